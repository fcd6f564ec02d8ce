/*
 * stats: the only file that knows GSL. Every function answers NaN where the
 * quantity is undefined: GSL's own mean and quantile of nothing are 0, the
 * very number a user would publish. GSL's aborting error handler is off.
 * Unknown values are left out before they come here: a NaN among the values
 * makes the mean NaN, and sorted order means nothing.
 */
#ifndef FUNNEL_STATS_H
#define FUNNEL_STATS_H

#include <stddef.h>
#include <stdint.h>

enum interval_method { INTERVAL_WILSON, INTERVAL_CLOPPER_PEARSON };

struct interval {
	double low, high; /* NaN, NaN when undefined */
};

/* x of n with 0 <= x <= n; confidence such as 0.95 (metrics.md 3.5.1). NaN
 * when n is 0, when x > n (a step rate over 1), or confidence not in (0,1). */
struct interval stats_proportion(
    uint64_t x, uint64_t n, double confidence, enum interval_method method);

/* NaN when the denominator is 0, whatever the numerator (metrics.md 3.0.10). */
double stats_ratio(double numerator, double denominator);

/* The quantile of n sorted values by R's type 7; NaN when n is 0 or p not in
 * [0,1]. */
double stats_quantile(const double *sorted, size_t n, double p);
/* Sums in the order given: sort first where the last bit must not depend on
 * the order of rows. */
double stats_mean(const double *values, size_t n);
void stats_sort(double *values, size_t n);

#endif
