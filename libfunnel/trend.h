/*
 * trend: is a period out of line with the others of its stage and segment
 * (metrics.md 3.5.6), and does more come in while less of it is any good
 * (product.md C12)?
 */
#ifndef FUNNEL_TREND_H
#define FUNNEL_TREND_H

#include "stats.h"

#include <stdbool.h>

struct trend_point { /* one period */
	double n, rate;
	bool counts; /* old enough: the others make no limits and get none */
	/* what trend_fill finds: */
	double low, high; /* NaN: no limits */
	int side; /* -1 below them, 1 above, else 0 */
	bool misaligned; /* n rises and the rate falls, over all that count */
};

/*
 * points in order of time. Where all n are one number, the individuals chart;
 * else the p chart about the rate of all together. Needs two points that
 * count, and three to tell a slope; slopes are by least squares, a period
 * apart from the next that counts.
 */
void trend_fill(struct arena *arena, struct trend_point *points, size_t n);

#endif
