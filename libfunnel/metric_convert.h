/*
 * metric_convert: the formulas of funnel-convert. Each is a pure function of
 * a tally, standing right above its row; the row is its column.
 */
#ifndef FUNNEL_METRIC_CONVERT_H
#define FUNNEL_METRIC_CONVERT_H

#include "stats.h"
#include "table.h"
#include "tally.h"

/* What a formula of the stages report sees: one stage of one group. */
struct stage_view {
	const struct stage_tally *stages; /* [1..n_ranks] */
	unsigned k;
	unsigned n_ranks;
	enum basis basis;
	enum anchor anchor;
	enum interval_method method;
	double confidence;
};

struct stage_metric {
	struct column column;
	double (*value)(const struct stage_view *view); /* NaN: undefined */
};

extern const struct stage_metric stage_metrics[];
extern const size_t n_stage_metrics;

/* What a formula of the outcomes report sees: one group. */
struct outcome_view {
	const struct outcome_tally *outcomes;
	const double *cycles; /* sorted, days */
	enum basis basis;
	enum interval_method method;
	double confidence;
};

struct outcome_metric {
	struct column column;
	double (*value)(const struct outcome_view *view);
	/* Instead of value, for amounts: undefined where currencies mix. */
	struct money_sum (*money)(const struct outcome_view *view);
};

extern const struct outcome_metric outcome_metrics[];
extern const size_t n_outcome_metrics;

#endif
