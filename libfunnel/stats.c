/*
 * stats: the few numbers of GSL that the formulas use, each with an answer
 * for the empty case.
 *
 * Clopper-Pearson bounds are quantiles of the beta distribution, but they are
 * found by bisection on the distribution function and not with
 * gsl_cdf_beta_Pinv: that one, in GSL 2.7.1, does not converge for 5,000 of
 * 10,000 (it raises an error and answers NaN) and does not return at all for
 * 5,000,000 of 10,000,000.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>

#include "stats.h"

static const struct interval undefined = { NAN, NAN };

/*
 * The end of the Wilson score interval on one side, z standard errors away:
 * Wilson (1927); Newcombe (1998), method 3. Kept in counts, where nothing
 * cancels for x far below n.
 */
static double
score_bound(double x, double n, double z)
{
	double spread = sqrt(x * (n - x) / n + z * z / 4);

	return (x + z * z / 2 + z * spread) / (n + z * z);
}

/* The x at which the tail of beta(a, b) -- the upper one, or the lower -- is
 * p; NaN where GSL cannot tell. */
static double
beta_quantile(double p, double a, double b, bool upper)
{
	double low = 0, high = 1;

	for (;;) {
		double x = low + (high - low) / 2;
		double tail =
		    upper ? gsl_cdf_beta_Q(x, a, b) : gsl_cdf_beta_P(x, a, b);

		if (isnan(tail))
			return NAN;
		if (x <= low || x >= high)
			return x;
		if (upper ? tail > p : tail < p)
			low = x;
		else
			high = x;
	}
}

/*
 * Clopper and Pearson (1934). Above n = 1,500,000 GSL's continued fraction
 * stops short for some x near the middle; there the score bound with the
 * continuity correction (Newcombe 1998, method 4) stands in. It was within
 * 1e-7 of the exact bound, computed to 40 digits.
 */
static double
exact_bound(uint64_t x, uint64_t n, double p, double z, bool upper)
{
	double below = (double)x + (upper ? 1 : 0);
	double above = (double)(n - x) + (upper ? 0 : 1);
	double bound = beta_quantile(p, below, above, upper);

	if (!isnan(bound))
		return bound;
	return score_bound(
	    (double)x + (upper ? 0.5 : -0.5), (double)n, upper ? z : -z);
}

struct interval
stats_proportion(
    uint64_t x, uint64_t n, double confidence, enum interval_method method)
{
	double p = (1 - confidence) / 2;
	bool exact = method == INTERVAL_CLOPPER_PEARSON;
	struct interval i = { 0, 1 };
	double z;

	if (n == 0 || x > n || !(confidence > 0 && confidence < 1))
		return undefined;
	/* GSL's handler is a global of GSL's, not ours, and the default one
	 * aborts. It is switched off at every use and never back on: a
	 * restore would race with another thread that is inside GSL. */
	gsl_set_error_handler_off();
	z = gsl_cdf_ugaussian_Qinv(p);
	/* At x = 0 and x = n both methods end at 0 and 1 exactly; rounding
	 * would miss them. */
	if (x > 0)
		i.low = exact ? exact_bound(x, n, p, z, false)
			      : score_bound((double)x, (double)n, -z);
	if (x < n)
		i.high = exact ? exact_bound(x, n, p, z, true)
			       : score_bound((double)x, (double)n, z);
	return i;
}

double
stats_ratio(double numerator, double denominator)
{
	return denominator == 0 ? NAN : numerator / denominator;
}

double
stats_quantile(const double *sorted, size_t n, double p)
{
	if (n == 0 || !(p >= 0 && p <= 1))
		return NAN;
	return gsl_stats_quantile_from_sorted_data(sorted, 1, n, p);
}

double
stats_mean(const double *values, size_t n)
{
	return n == 0 ? NAN : gsl_stats_mean(values, 1, n);
}

void
stats_sort(double *values, size_t n)
{
	gsl_sort(values, 1, n);
}
