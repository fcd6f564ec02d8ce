/*
 * velocity_goal: what the report plan is asked for -- how much revenue, from
 * which day to which, and what is assumed instead of measured.
 */
#ifndef FUNNEL_VELOCITY_GOAL_H
#define FUNNEL_VELOCITY_GOAL_H

#include "metric_plan.h"
#include "velocity.h"

struct plan_goal {
	double revenue;
	const char *currency; /* "" when nobody said */
	const char *period; /* what the days are called */
	int64_t first, last; /* both included */
};

/*
 * The revenue of --target, else that of the definitions' target whose period
 * holds as-of, or holds --until where it is given; the shortest of several,
 * else the next one to begin. The days are those of that period, with
 * --target those of the fiscal quarter; --until ends them earlier or later.
 */
int goal_take(const struct velocity *velocity, struct plan_goal *out,
    struct fnl_err *err);

/* Puts the rates of --assume into stages[1..n_ranks], and that of amount into
 * *amount, which is left alone where none is given. */
int goal_assume(const struct velocity *velocity, struct plan_stage *stages,
    double *amount, struct fnl_err *err);

#endif
