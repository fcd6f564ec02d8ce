/*
 * convert: a run of funnel-convert, from its options to its table.
 */
#ifndef FUNNEL_CONVERT_H
#define FUNNEL_CONVERT_H

#include "metric_convert.h"
#include "sheet.h"
#include "stagerule.h"
#include "walk.h"

struct convert;

/* A report is a file of its own, convert_NAME.c, and a row of
 * convert_reports[]. */
struct convert_report {
	const char *name; /* what --report takes */
	/* Checks the options that are its own; may be NULL. Before anything
	 * is read, so that it can say what is wanted of the input. */
	int (*options)(struct convert *convert, struct fnl_err *err);
	/* The input is loaded, the walk is at its start: gives the table with
	 * its notes. */
	int (*run)(
	    struct convert *convert, struct table **out, struct fnl_err *err);
	bool stageless; /* has a meaning where no stages are known */
};

/* A rate of --expect: of those at rank from so many should get to rank to. */
struct expectation {
	unsigned from, to;
	double rate;
};

extern const struct convert_report convert_reports[];

/* A running funnel-convert. */
struct convert {
	struct arena *arena;
	const struct fnl_convert_query *query;
	struct fnl_list metrics; /* of --metric, one an item */
	struct load load;
	const struct convert_report *report;
	struct path_rule path;
	struct tally_rules rules;
	struct walk walk;
	struct tally *tally;
	enum interval_method interval;
	double confidence;
	struct fnl_list expect; /* of --expect, one an item */
	struct expectation *expected; /* the same, once stages are known */
	size_t n_expected;
	int64_t mature; /* seconds: horizon of the matured rates; -1: from the
			   data */
	uint64_t stageless; /* records that count at no stage */
	struct stage_rules *stage_rules; /* set by the options of a report that
					    judges records by them, or NULL */
};

/* From the options to the report's table, with its notes, as --metric and
 * --long want it. */
int
convert_run(struct convert *convert, struct table **out, struct fnl_err *err);

/* A sheet of this run; columns, keys and context of plan are the caller's. */
int convert_sheet(const struct convert *convert, struct sheet_plan plan,
    struct sheet *sheet, struct fnl_err *err);
/* The method of the intervals, the records, oddities of their events. */
void convert_note_records(
    const struct convert *convert, uint64_t counted, struct table *table);
/* What a record list cannot tell of stages. */
void convert_note_shape(const struct convert *convert, struct table *table);

const char *convert_stage(const struct convert *convert, unsigned rank);

/* --expect: before anything is read, once stages are known, and for a tally
 * of stages. */
int expect_check_texts(const struct convert *convert, struct fnl_err *err);
int expect_read(struct convert *convert, struct fnl_err *err);
int expect_agrees(const struct convert *convert, struct fnl_err *err);
void expect_check(const struct convert *convert, struct table *table);

/* "North, 2026-03": a segment and period in messages, "" where there is one. */
const char *
convert_group(const struct convert *convert, const struct group_key *key);

int convert_stages(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_outcomes(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_segments_options(struct convert *convert, struct fnl_err *err);
int convert_segments(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_split_options(struct convert *convert, struct fnl_err *err);
int
convert_split(struct convert *convert, struct table **out, struct fnl_err *err);
int convert_change_options(struct convert *convert, struct fnl_err *err);
int convert_change(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_acceptance_options(struct convert *convert, struct fnl_err *err);
int convert_acceptance(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_rejections_options(struct convert *convert, struct fnl_err *err);
int convert_rejections(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_rejected_options(struct convert *convert, struct fnl_err *err);
int convert_rejected(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_vocabulary_options(struct convert *convert, struct fnl_err *err);
int convert_vocabulary(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_moves_options(struct convert *convert, struct fnl_err *err);
int convert_transitions(
    struct convert *convert, struct table **out, struct fnl_err *err);
int
convert_moves(struct convert *convert, struct table **out, struct fnl_err *err);
int convert_gap_options(struct convert *convert, struct fnl_err *err);
int
convert_gap(struct convert *convert, struct table **out, struct fnl_err *err);
int convert_passport_options(struct convert *convert, struct fnl_err *err);
int convert_passport(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_qualification_options(struct convert *convert, struct fnl_err *err);
int convert_qualification(
    struct convert *convert, struct table **out, struct fnl_err *err);
int convert_replay_options(struct convert *convert, struct fnl_err *err);
int convert_replay(
    struct convert *convert, struct table **out, struct fnl_err *err);
int
convert_flips(struct convert *convert, struct table **out, struct fnl_err *err);

/* Rules of stages as --stage, --rule, --touches and its kin ask for. */
int convert_take_rules(struct convert *convert, struct fnl_err *err);

/* The rank at which the cycle starts: of the opportunity stage, or 0. */
uint8_t convert_start_rank(const struct convert *convert);
/* The last stage of the ladder is the won one. */
bool convert_has_won(const struct convert *convert);

#endif
