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
#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "stats.h"

#define RADIX_BITS 8
#define RADIX (1u << RADIX_BITS)

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

/* ---- two shares ---- */

/* Newcombe (1998b), method 10. */
static struct interval
difference_interval(
    double share1, struct interval i1, double share2, struct interval i2)
{
	double difference = share1 - share2;

	return (struct interval){
		difference - hypot(share1 - i1.low, i2.high - share2),
		difference + hypot(i1.high - share1, share2 - i2.low),
	};
}

/*
 * A table of two rows with its margins kept. The counts are doubles: what a
 * sum of two uint64_t would lose is beyond any export.
 */
struct margins {
	double n1, n2; /* the rows */
	double yes, no; /* the columns */
};

static struct margins
margins_of(uint64_t x1, uint64_t n1, uint64_t x2, uint64_t n2)
{
	return (struct margins){ (double)n1, (double)n2,
		(double)x1 + (double)x2,
		(double)(n1 - x1) + (double)(n2 - x2) };
}

static double
smallest_expected(const struct margins *m)
{
	return fmin(m->n1, m->n2) * fmin(m->yes, m->no) / (m->n1 + m->n2);
}

/* Probability that the upper left count is x + 1, over that for x. */
static double
next_over_this(const struct margins *m, double x)
{
	return (m->n1 - x) * (m->yes - x) /
	       ((x + 1) * (m->n2 - m->yes + x + 1));
}

/* Sums of probabilities, all of them relative to that of the mode. */
struct fisher {
	double limit; /* the observed one, with room for rounding */
	double as_rare, all;
};

static void
fisher_add(struct fisher *sum, double weight)
{
	sum->all += weight;
	if (weight <= sum->limit)
		sum->as_rare += weight;
}

/* The weight of x, reached from that of the mode, which is 1. With a sum, the
 * weight of every count on the way goes there. */
static double
walk_from_mode(
    const struct margins *m, double mode, double x, struct fisher *sum)
{
	double weight = 1;

	for (double k = mode; k < x && weight > 0; k++) {
		weight *= next_over_this(m, k);
		if (sum)
			fisher_add(sum, weight);
	}
	for (double k = mode; k > x && weight > 0; k--) {
		weight /= next_over_this(m, k - 1);
		if (sum)
			fisher_add(sum, weight);
	}
	return weight;
}

/*
 * The hypergeometric probabilities by their ratios, outwards from the mode:
 * nothing overflows, and no logarithms of factorials cancel, which leaves
 * gsl_ran_hypergeometric_pdf nine digits for a million (and it takes no more
 * than 32 bits). What is equal but for rounding is as rare as the observed
 * table: the tolerance is R's in fisher.test.
 */
static double
fisher_exact(uint64_t x1, uint64_t n1, uint64_t x2, uint64_t n2)
{
	struct margins m = margins_of(x1, n1, x2, n2);
	double mode = floor((m.n1 + 1) / (m.n1 + m.n2 + 2) * (m.yes + 1));
	double least = fmax(0, m.yes - m.n2), most = fmin(m.n1, m.yes);
	struct fisher sum = { 0, 0, 0 };

	/* With the smaller row and column first, the counts are small where
	 * the expected one is, and steps of 1 are exact. */
	if (n1 > n2)
		return fisher_exact(x2, n2, x1, n1);
	if (m.yes > m.no)
		return fisher_exact(n1 - x1, n1, n2 - x2, n2);
	mode = fmin(fmax(mode, least), most);
	sum.limit = walk_from_mode(&m, mode, (double)x1, NULL) * (1 + 1e-7);
	fisher_add(&sum, 1);
	walk_from_mode(&m, mode, least, &sum);
	walk_from_mode(&m, mode, most, &sum);
	return sum.as_rare / sum.all;
}

struct share_difference
stats_share_difference(
    uint64_t x1, uint64_t n1, uint64_t x2, uint64_t n2, double confidence)
{
	struct share_difference d = { NAN, undefined, NAN, NAN };
	struct margins m = margins_of(x1, n1, x2, n2);
	double share1 = stats_ratio((double)x1, m.n1);
	double share2 = stats_ratio((double)x2, m.n2);

	if (n1 == 0 || n2 == 0 || x1 > n1 || x2 > n2)
		return d;
	d.difference = share1 - share2;
	d.interval = difference_interval(share1,
	    stats_proportion(x1, n1, confidence, INTERVAL_WILSON), share2,
	    stats_proportion(x2, n2, confidence, INTERVAL_WILSON));
	if (smallest_expected(&m) < 5) {
		d.p = fisher_exact(x1, n1, x2, n2);
		return d;
	}
	d.z = d.difference / sqrt(m.yes / (m.n1 + m.n2) * m.no / (m.n1 + m.n2) *
				  (1 / m.n1 + 1 / m.n2));
	d.p = 2 * gsl_cdf_ugaussian_Q(fabs(d.z));
	return d;
}

/* ---- many tests ---- */

/* The tests among n values, smallest first: indices to p; returns how many.
 * The heapsort of GSL is good enough for what one table prints. */
static size_t
family(struct arena *arena, const double *p, size_t n, size_t **order)
{
	double *tests = arena_array(arena, n, sizeof(*tests));
	size_t *index = arena_array(arena, n, sizeof(*index));
	size_t count = 0;

	*order = arena_array(arena, n, sizeof(**order));
	for (size_t i = 0; i < n; i++)
		if (p[i] >= 0 && p[i] <= 1) {
			tests[count] = p[i];
			index[count++] = i;
		}
	gsl_sort_index(*order, tests, 1, count);
	for (size_t i = 0; i < count; i++)
		(*order)[i] = index[(*order)[i]];
	return count;
}

/* What is no test. */
static void
blank_rest(const double *p, size_t n, double *adjusted)
{
	for (size_t i = 0; i < n; i++)
		adjusted[i] = p[i] >= 0 && p[i] <= 1 ? p[i] : NAN;
}

void
stats_benjamini_hochberg(
    struct arena *arena, const double *p, size_t n, double *adjusted)
{
	size_t *order;
	size_t count = family(arena, p, n, &order);
	double least = 1;

	blank_rest(p, n, adjusted);
	for (size_t rank = count; rank > 0; rank--) {
		double *q = &adjusted[order[rank - 1]];

		least = fmin(least, *q * (double)count / (double)rank);
		*q = least;
	}
}

void
stats_holm(struct arena *arena, const double *p, size_t n, double *adjusted)
{
	size_t *order;
	size_t count = family(arena, p, n, &order);
	double most = 0;

	blank_rest(p, n, adjusted);
	for (size_t i = 0; i < count; i++) {
		double *q = &adjusted[order[i]];

		most = fmax(most, fmin(1, *q * (double)(count - i)));
		*q = most;
	}
}

/* ---- distributions ---- */

double
stats_normal_cdf(double x)
{
	return isnan(x) ? NAN : gsl_cdf_ugaussian_P(x);
}

double
stats_normal_quantile(double p)
{
	return p >= 0 && p <= 1 ? gsl_cdf_ugaussian_Pinv(p) : NAN;
}

double
stats_chi2_upper(double chi2, unsigned df)
{
	if (df == 0 || !(chi2 >= 0))
		return NAN;
	gsl_set_error_handler_off();
	return isinf(chi2) ? 0 : gsl_cdf_chisq_Q(chi2, df);
}

double
stats_squared_distance(double *covariance, double *u, size_t n)
{
	gsl_matrix_view v;
	gsl_vector_view y;
	double sum;

	if (n == 0)
		return NAN;
	gsl_set_error_handler_off();
	v = gsl_matrix_view_array(covariance, n, n);
	y = gsl_vector_view_array(u, n);
	if (gsl_linalg_cholesky_decomp1(&v.matrix) != GSL_SUCCESS)
		return NAN;
	/* V = L L', so with L y = u the distance is y'y. */
	gsl_blas_dtrsv(
	    CblasLower, CblasNoTrans, CblasNonUnit, &v.matrix, &y.vector);
	gsl_blas_ddot(&y.vector, &y.vector, &sum);
	return sum;
}

/* ---- values ---- */

double
stats_ratio(double numerator, double denominator)
{
	return denominator == 0 ? NAN : numerator / denominator;
}

double
stats_quantile(const double *sorted, size_t n, double p)
{
	double value;
	size_t low;

	if (n == 0 || !(p >= 0 && p <= 1))
		return NAN;
	/* Between two equal values rounding leads out of them. */
	low = (size_t)(p * (double)(n - 1));
	value = gsl_stats_quantile_from_sorted_data(sorted, 1, n, p);
	value = fmax(value, sorted[low]);
	return fmin(value, sorted[low + 1 < n ? low + 1 : low]);
}

double
stats_mean(const double *values, size_t n)
{
	return n == 0 ? NAN : gsl_stats_mean(values, 1, n);
}

/* Doubles in order, as whole numbers in order. */
static unsigned
digit_of(double value, unsigned shift)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	bits ^= bits >> 63 ? UINT64_MAX : UINT64_C(1) << 63;
	return (unsigned)(bits >> shift) & (RADIX - 1);
}

/* Each value to the piece of its digit; from and to are those of the pieces. */
static void
spread(double *values, size_t *from, const size_t *to, unsigned shift)
{
	for (unsigned digit = 0; digit < RADIX; digit++)
		while (from[digit] < to[digit]) {
			double value = values[from[digit]];
			unsigned at = digit_of(value, shift);

			values[from[digit]] = values[from[at]];
			values[from[at]++] = value;
		}
}

/* In place and never quadratic: the American flag sort of McIlroy, Bostic and
 * McIlroy, 1993. A heap sort misses the cache once it does not fit into it. */
static void
sort_digits(double *values, size_t n, unsigned shift)
{
	size_t from[RADIX], to[RADIX] = { 0 }, at = 0;

	if (n < RADIX) {
		gsl_sort(values, 1, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		to[digit_of(values[i], shift)]++;
	for (unsigned digit = 0; digit < RADIX; digit++) {
		from[digit] = at;
		at += to[digit];
		to[digit] = at;
	}
	spread(values, from, to, shift);
	for (unsigned digit = 0; shift && digit < RADIX; digit++) {
		at = digit ? to[digit - 1] : 0;
		if (to[digit] - at > 1)
			sort_digits(
			    values + at, to[digit] - at, shift - RADIX_BITS);
	}
}

void
stats_sort(double *values, size_t n)
{
	sort_digits(values, n, 64 - RADIX_BITS);
}

struct control_limits
stats_control_limits(const double *values, size_t n)
{
	struct control_limits limits = { NAN, NAN, NAN };
	double ranges = 0, reach;

	if (n < 2)
		return limits;
	for (size_t i = 1; i < n; i++)
		ranges += fabs(values[i] - values[i - 1]);
	/* 2.66 = 3 / 1.128: three standard deviations, and 1.128 of them is
	 * the mean range of two normal values. */
	reach = 2.66 * ranges / (double)(n - 1);
	limits.centre = stats_mean(values, n);
	limits.low = limits.centre - reach;
	limits.high = limits.centre + reach;
	return limits;
}

struct control_limits
stats_share_limits(double centre, double n)
{
	double reach = 3 * sqrt(centre * (1 - centre) / n);

	if (!(centre >= 0 && centre <= 1) || !(n > 0))
		return (struct control_limits){ NAN, NAN, NAN };
	return (struct control_limits){ centre, fmax(centre - reach, 0),
		fmin(centre + reach, 1) };
}

/* ---- chance ---- */

struct stats_random {
	gsl_rng rng;
};

/* What gsl_rng_alloc does, with the state in the arena: nothing is left to
 * free. */
struct stats_random *
stats_random_new(struct arena *arena, uint64_t seed)
{
	struct stats_random *random = arena_alloc(arena, sizeof(*random));

	gsl_set_error_handler_off();
	random->rng.type = gsl_rng_mt19937;
	random->rng.state = arena_alloc(arena, random->rng.type->size);
	gsl_rng_set(&random->rng, (uint32_t)(seed ^ seed >> 32));
	return random;
}

double
stats_random_uniform(struct stats_random *random)
{
	return gsl_rng_uniform(&random->rng);
}

static uint64_t
random_bits(struct stats_random *random)
{
	uint64_t high = gsl_rng_get(&random->rng);

	return high << 32 | gsl_rng_get(&random->rng);
}

/* The 64-bit numbers above the last multiple of n are drawn again. */
uint64_t
stats_random_below(struct stats_random *random, uint64_t n)
{
	uint64_t bits;

	if (n == 0)
		return 0;
	do
		bits = random_bits(random);
	while (bits - bits % n > UINT64_MAX - n + 1);
	return bits % n;
}

/* Of GSL's methods the one that asks the mathematical library least, whose
 * last digit is not the same everywhere: Marsaglia and Tsang (2000), but for
 * one number in a hundred, is a table and a product. */
double
stats_random_gaussian(struct stats_random *random)
{
	return gsl_ran_gaussian_ziggurat(&random->rng, 1);
}

double
stats_random_binomial(struct stats_random *random, double p, unsigned n)
{
	if (!(p >= 0 && p <= 1))
		return NAN;
	return gsl_ran_binomial(&random->rng, p, n);
}
