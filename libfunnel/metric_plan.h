/*
 * metric_plan: a target worked backward through the stages (metrics.md
 * 3.2.6), and the formulas of the report plan. Each formula is a pure
 * function of one stage of one segment, standing right above its row; the row
 * is its column.
 *
 * Every volume is rounded up before the next is worked out, as plans on paper
 * do: 34 wins at 22% are 155 opportunities, not 154.5. Doubles would make 61
 * of 21 / 0.35 by their last bit, so that rates are ratios of whole numbers.
 */
#ifndef FUNNEL_METRIC_PLAN_H
#define FUNNEL_METRIC_PLAN_H

#include "stats.h"
#include "table.h"

/* x of n go on, as counted or as typed: 22% is 22 of 100. n 0: unknown. */
struct plan_rate {
	uint64_t x, n; /* n below 2^63 */
};

enum plan_origin {
	PLAN_MEASURED,
	PLAN_ASSUMED, /* to the next stage, by --assume STAGE=RATE */
	PLAN_ASSUMED_WIN, /* to the last stage, by --assume win=RATE */
	PLAN_PASSED, /* inside an assumed win rate: no need of its own */
};

struct plan_days { /* from the entry of a stage to that of another */
	double *items;
	size_t n, cap;
};

struct plan_stage {
	enum plan_origin origin;
	struct plan_rate rate; /* to the next stage; of the last one unknown */
	double entered; /* records, in the window */
	bool is_unused; /* nobody ever entered it: it takes no days */
	struct plan_days *to; /* by the stage that was entered next */
	double *days; /* to the next stage that is used, sorted */
	size_t n_days;
	/* by plan_work_back: */
	struct interval bounds; /* of a measured rate */
	double needed, low, high;
};

/* More than that is none that a double can count, and no plan. */
#define PLAN_VOLUME_MAX 1e15

/* How many it takes so that `next` go on: next x n / x, rounded up, exact for
 * a whole `next`. NaN where that is, for a rate that is unknown or 0, and
 * above PLAN_VOLUME_MAX. */
double plan_before(double next, struct plan_rate rate);

/* a / b rounded up; what is above a whole number by the error of doubles is
 * that number. NaN where one is, or b is not above 0. */
double plan_divide_up(double a, double b);

/* Fills bounds, needed, low and high of stages[1..n_ranks] from the wins. */
void plan_work_back(struct plan_stage *stages, unsigned n_ranks, double wins,
    double confidence);

/* What a formula sees. */
struct plan_view {
	const struct plan_stage *stages; /* [1..n_ranks] */
	unsigned k, n_ranks;
	unsigned start_rank; /* of the opportunity stage, 0: there is none */
	double share; /* of the segment; NaN: the target is not split */
	double target; /* of the segment */
	double amount; /* of a deal */
	int64_t last_day;
	double period_days; /* of the plan */
	double window_days; /* in which was counted what entered */
};

/* The day by which the stage must be entered; NaN when undefined. */
double plan_needed_by(const struct plan_view *view);

struct plan_metric {
	struct column column;
	double (*value)(const struct plan_view *view); /* NaN: undefined */
	const char *(*text)(const struct plan_view *view); /* instead */
};

extern const struct plan_metric plan_metrics[];
extern const size_t n_plan_metrics;

#endif
