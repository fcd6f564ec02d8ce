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

struct arena;

enum interval_method { INTERVAL_WILSON, INTERVAL_CLOPPER_PEARSON };

struct interval {
	double low, high; /* NaN, NaN when undefined */
};

/* x of n with 0 <= x <= n; confidence such as 0.95 (metrics.md 3.5.1). NaN
 * when n is 0, when x > n (a step rate over 1), or confidence not in (0,1). */
struct interval stats_proportion(
    uint64_t x, uint64_t n, double confidence, enum interval_method method);

/*
 * Is x1 of n1 another share than x2 of n2? (metrics.md 3.5.2; R39.) The
 * interval of the difference squares and adds two Wilson intervals: Newcombe
 * (1998b), method 10. The test is the pooled z where every expected count is
 * at least 5, else Fisher's exact test, two-sided: the sum of the
 * probabilities that do not exceed the observed one. All NaN when n1 or n2 is
 * 0 or x > n; only the interval when confidence is not in (0,1).
 */
struct share_difference {
	double difference; /* x1/n1 - x2/n2 */
	struct interval interval;
	double z; /* NaN where Fisher's test was used */
	double p;
};
struct share_difference stats_share_difference(
    uint64_t x1, uint64_t n1, uint64_t x2, uint64_t n2, double confidence);

/*
 * p values of one family of n tests, adjusted: Benjamini and Hochberg (1995)
 * for the false discovery rate, Holm (1979) for the chance of any false alarm
 * (metrics.md 3.5.5). NaN, and what lies outside [0,1], is no test: it stays
 * NaN and does not make the family larger. p and adjusted may be the same.
 */
void stats_benjamini_hochberg(
    struct arena *arena, const double *p, size_t n, double *adjusted);
void
stats_holm(struct arena *arena, const double *p, size_t n, double *adjusted);

/* P(Z <= x) of the standard normal distribution, and its inverse: infinite at
 * 0 and 1, NaN outside. */
double stats_normal_cdf(double x);
double stats_normal_quantile(double p);

/* P(X >= chi2); NaN for 0 degrees of freedom and below 0. */
double stats_chi2_upper(double chi2, unsigned df);

/* u' V^-1 u for a covariance matrix V of n rows. Both are overwritten (by V's
 * Cholesky factor). NaN when n is 0 or V is not positive definite. */
double stats_squared_distance(double *covariance, double *u, size_t n);

/* NaN when the denominator is 0, whatever the numerator (metrics.md 3.0.10). */
double stats_ratio(double numerator, double denominator);

/* The quantile of n sorted values by R's type 7; NaN when n is 0 or p not in
 * [0,1]. */
double stats_quantile(const double *sorted, size_t n, double p);
/* Sums in the order given: sort first where the last bit must not depend on
 * the order of rows. */
double stats_mean(const double *values, size_t n);
void stats_sort(double *values, size_t n);

/*
 * The individuals chart (metrics.md 3.5.6; Shewhart 1931; Wheeler 1993):
 * centre = mean, limits = centre -+ 2.66 mean moving ranges. Values in order
 * of time; all NaN with fewer than two of them, which have no range.
 */
struct control_limits {
	double centre, low, high;
};
struct control_limits stats_control_limits(const double *values, size_t n);
/* The p chart, for shares of n that vary: centre -+ 3 standard deviations of a
 * share of n, within [0,1]. NaN when n is 0 or centre not in [0,1]. */
struct control_limits stats_share_limits(double centre, double n);

/*
 * Random numbers, the same on every machine: the Mersenne twister MT19937
 * (Matsumoto and Nishimura 1998). It lives in the arena. The seed is folded
 * to the 32 bits that GSL takes, and GSL reads 0 as 4357.
 */
struct stats_random;
struct stats_random *stats_random_new(struct arena *arena, uint64_t seed);
double stats_random_uniform(struct stats_random *random); /* in [0,1) */
/* 0..n-1, each with exactly the same chance; 0 when n is 0. */
uint64_t stats_random_below(struct stats_random *random, uint64_t n);
double stats_random_gaussian(struct stats_random *random); /* standard */
/* Successes of n trials with the chance p; NaN when p is not in [0,1]. */
double stats_random_binomial(struct stats_random *random, double p, unsigned n);

#endif
