/*
 * young: a tally -> the matured rate of every group and stage, and the trend
 * over the periods (metrics.md 3.1.3, 3.5.6).
 */
#ifndef FUNNEL_YOUNG_H
#define FUNNEL_YOUNG_H

#include "tally.h"
#include "trend.h"

/* Without --mature, the share of the completed steps of all groups that had
 * been done by then. */
#define YOUNG_COMPLETED 0.9
/* Of those entered, the share that must have come to an end or have been
 * followed to the horizon before a cohort is called mature. */
#define YOUNG_MATURE 0.95

struct young { /* of one group, at one stage or of its outcomes */
	struct maturity maturity;
	double settled; /* share that came to an end or was followed; NaN:
			   nobody entered */
	struct trend_point trend;
};

/* Fills young of every group; sorted as groups_sorted() has them. horizon in
 * seconds, -1 for one a stage from the data: the same for all groups, so that
 * they compare. */
void young_fill(
    struct tally *tally, void **sorted, int64_t horizon, double confidence);

/* The horizon of a stage, 0 for the outcomes, in seconds; -1: none. */
int64_t young_horizon(const struct tally *tally, unsigned k, int64_t given);

#endif
