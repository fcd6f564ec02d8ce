/*
 * metric_convert: the formulas of funnel-convert. Each is a pure function of
 * a tally, standing right above its row; the row is its column.
 */
#ifndef FUNNEL_METRIC_CONVERT_H
#define FUNNEL_METRIC_CONVERT_H

#include "stats.h"
#include "table.h"
#include "tally.h"
#include "young.h"

/* What a formula of the stages report sees: one stage of one group. */
struct stage_view {
	const struct stage_tally *stages; /* [1..n_ranks] */
	unsigned k;
	unsigned n_ranks;
	bool has_won; /* the last stage is the won one */
	enum basis basis;
	enum anchor anchor;
	enum interval_method method;
	double confidence;
	const struct young *young; /* of the stage; NULL for the last one, and
				      but for the basis cohort */
};

struct stage_metric {
	struct column column;
	double (*value)(const struct stage_view *view); /* NaN: undefined */
	/* Instead of value: a word, or NULL. */
	const char *(*word)(const struct stage_view *view);
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
	const struct young *young; /* NULL but for the basis cohort */
};

struct outcome_metric {
	struct column column;
	double (*value)(const struct outcome_view *view);
	/* Instead of value, for amounts: undefined where currencies mix. */
	struct money_sum (*money)(const struct outcome_view *view);
	/* Instead of both: a word, or NULL. */
	const char *(*word)(const struct outcome_view *view);
};

extern const struct outcome_metric outcome_metrics[];
extern const size_t n_outcome_metrics;

/* The column win_value. */
double metric_win_value(const struct outcome_tally *outcomes);

#endif
