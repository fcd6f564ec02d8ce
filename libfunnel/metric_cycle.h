/*
 * metric_cycle: the formulas of the reports on durations, cycle and stages.
 * Each is a pure function of what one row counted, standing right above its
 * row; the row is its column.
 */
#ifndef FUNNEL_METRIC_CYCLE_H
#define FUNNEL_METRIC_CYCLE_H

#include "stats.h"
#include "survival.h"
#include "table.h"

/* What a formula sees: the durations of one row. */
struct duration_view {
	const double *days; /* sorted: those that ended as the row says */
	size_t n;
	double mean; /* of them, NaN for none */
	/* Counted, whether they have a duration or not; NaN where the row is
	 * not about it. */
	double open, zero, negative, untimed;
	/* Of all ends together, or NULL on a row of one kind of end (R14). */
	const struct survival_curve *curve;
	/* Of this kind of end, or NULL. */
	const struct incidence_curve *incidence;
	unsigned cause;
	double horizon; /* days */
	double confidence;
	/* by duration_view_intervals, since they cost a pass over the curve */
	struct interval km, by_horizon;
	struct log_rank log_rank; /* NaN when the row is compared to none */
	double log_rank_q;
};

void duration_view_intervals(struct duration_view *view);

struct duration_metric {
	struct column column;
	double (*value)(const struct duration_view *view); /* NaN: undefined */
};

extern const struct duration_metric duration_metrics[];
extern const size_t n_duration_metrics;

/* What the cycle report counts beside the durations of a row. */
struct cycle_counts {
	uint64_t reopened; /* were closed and opened again in between */
	uint64_t from_creation; /* start at creation, for want of an entry */
	uint64_t from_close_date; /* end at a close date that people type */
	uint64_t skipped; /* the end stage has no entry, a later one has */
	double *closed_days; /* of the re-opened, between close and opening */
	size_t n_closed_days, cap_closed_days;
};

struct cycle_view {
	const struct cycle_counts *counts;
	double mean; /* of the durations, or NaN */
	size_t n;
};

struct cycle_metric {
	struct column column;
	double (*value)(const struct cycle_view *view);
};

extern const struct cycle_metric cycle_metrics[];
extern const size_t n_cycle_metrics;

/* What the stages report counts beside the durations of a stage. */
struct stay_counts {
	uint64_t records; /* were in the stage */
	uint64_t returned; /* more than once */
	uint64_t redone; /* under another owner than before */
	uint64_t owner_changes; /* while in the stage */
	double *handovers; /* days of stays that ended with a stage of another
			      team; sorted */
	size_t n_handovers, cap_handovers;
};

struct stay_metric {
	struct column column;
	double (*value)(const struct stay_counts *counts);
};

extern const struct stay_metric stay_metrics[];
extern const size_t n_stay_metrics;

#endif
