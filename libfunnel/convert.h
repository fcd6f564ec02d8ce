/*
 * convert: a run of funnel-convert, from its options to its table.
 */
#ifndef FUNNEL_CONVERT_H
#define FUNNEL_CONVERT_H

#include "metric_convert.h"
#include "walk.h"

enum convert_report { REPORT_AUTO, REPORT_STAGES, REPORT_OUTCOMES };

/* A running funnel-convert. */
struct convert {
	struct arena *arena;
	const struct fnl_convert_query *query;
	struct fnl_list metrics; /* of --metric, one an item */
	struct load load;
	enum convert_report report;
	struct path_rule path;
	struct tally_rules rules;
	struct walk walk;
	struct tally *tally;
	enum interval_method interval;
	double confidence;
	uint64_t stageless; /* records that count at no stage */
};

/* Checks the options, reads the input, counts. */
int convert_count(struct convert *convert, struct fnl_err *err);

/* The report's table, with its notes, as --metric and --long want it; NULL on
 * error. */
struct table *convert_table(struct convert *convert, struct fnl_err *err);

#endif
