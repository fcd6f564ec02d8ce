/*
 * Intervals against python3 (tests/data/intervals.data) and the printed
 * digits of metrics.md 3.5.1, quantiles and tests against python3, random
 * numbers against their moments and the C++ standard, and the empty cases.
 */
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "arena.h"
#include "stats.h"

#include <cmocka.h>

#include "arena_fixture.h"

#define assert_close(a, b, tolerance) \
	check_close(a, b, tolerance, __FILE__, __LINE__)

static void
check_close(double a, double b, double tolerance, const char *file, int line)
{
	if (fabs(a - b) <= tolerance)
		return;
	print_error("%.17g is not %.17g\n", a, b);
	_fail(file, line);
}

static void
test_published(void **state)
{
	static const struct {
		uint64_t x, n;
		double wilson_low, wilson_high, exact_low, exact_high;
	} rows[] = {
		{ 81, 263, 0.2553, 0.3662, 0.2527, 0.3676 },
		{ 15, 148, 0.0624, 0.1605, 0.0578, 0.1617 },
		{ 0, 20, 0.0000, 0.1611, 0.0000, 0.1684 },
		{ 1, 29, 0.0061, 0.1718, 0.0009, 0.1776 },
		{ 250, 533, 0.4270, 0.5115, 0.4260, 0.5124 },
		{ 33, 45, 0.5896, 0.8404, 0.5806, 0.8540 },
		{ 13, 16, 0.5699, 0.9341, 0.5435, 0.9595 },
		{ 3, 10, 0.1078, 0.6032, 0.0667, 0.6525 },
		{ 3, 100, 0.0103, 0.0845, 0.0062, 0.0852 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct interval wilson = stats_proportion(
		    rows[i].x, rows[i].n, 0.95, INTERVAL_WILSON);
		struct interval exact = stats_proportion(
		    rows[i].x, rows[i].n, 0.95, INTERVAL_CLOPPER_PEARSON);

		assert_close(wilson.low, rows[i].wilson_low, 0.5e-4);
		assert_close(wilson.high, rows[i].wilson_high, 0.5e-4);
		assert_close(exact.low, rows[i].exact_low, 0.5e-4);
		assert_close(exact.high, rows[i].exact_high, 0.5e-4);
	}
}

static void
test_intervals(void **state)
{
	FILE *file = fopen("tests/data/intervals.data", "r");
	char line[256];
	int cases = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		uint64_t x, n;
		double confidence, w[2], e[2];
		struct interval wilson, exact;

		if (*line == '#')
			continue;
		assert_int_equal(
		    sscanf(line, "%" SCNu64 " %" SCNu64 " %lf %lf %lf %lf %lf",
			&x, &n, &confidence, &w[0], &w[1], &e[0], &e[1]),
		    7);
		wilson = stats_proportion(x, n, confidence, INTERVAL_WILSON);
		exact = stats_proportion(
		    x, n, confidence, INTERVAL_CLOPPER_PEARSON);
		assert_close(wilson.low, w[0], 1e-12);
		assert_close(wilson.high, w[1], 1e-12);
		assert_close(exact.low, e[0], 1e-12);
		assert_close(exact.high, e[1], 1e-12);
		cases++;
	}
	fclose(file);
	assert_true(cases > 70);
}

static void
test_ends(void **state)
{
	static const uint64_t sizes[] = { 1, 2, 20, 1000, 1000000,
		UINT64_C(1) << 40, UINT64_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		for (int method = 0; method < 2; method++) {
			uint64_t n = sizes[i];
			struct interval none = stats_proportion(
			    0, n, 0.95, (enum interval_method)method);
			struct interval all = stats_proportion(
			    n, n, 0.95, (enum interval_method)method);

			assert_true(none.low == 0 && none.high > 0);
			assert_true(none.high < 1 && all.low > 0);
			assert_true(all.low <= 1 && all.high == 1);
		}
}

/*
 * Where gsl_cdf_beta_Pinv fails: 5,000 of 10,000 and beyond. The last two
 * have the fallback. Expected values: mpmath, 40 digits, root of the
 * incomplete beta function.
 */
static void
test_large(void **state)
{
	static const struct {
		uint64_t x, n;
		double low, high, tolerance;
	} rows[] = {
		{ 5000, 10000, 0.49015138058998049, 0.50984861941001951,
		    1e-12 },
		{ 50000, 100000, 0.4968960624918004, 0.5031039375081996,
		    1e-12 },
		{ 500000, 1000000, 0.49901951919531182, 0.50098048080468818,
		    1e-12 },
		{ 1, 1000000000, 2.531780798396938e-11, 5.5716433782031153e-9,
		    1e-18 },
		{ 750000, 2000000, 0.37432898357142733, 0.37567137839543231,
		    1e-7 },
		{ 5000000, 10000000, 0.49969005252137109, 0.50030994747862891,
		    1e-10 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct interval exact = stats_proportion(
		    rows[i].x, rows[i].n, 0.95, INTERVAL_CLOPPER_PEARSON);

		assert_close(exact.low, rows[i].low, rows[i].tolerance);
		assert_close(exact.high, rows[i].high, rows[i].tolerance);
	}
}

static void
test_undefined(void **state)
{
	static const double one[] = { 4 };
	static const struct {
		uint64_t x, n;
		double confidence;
	} cases[] = { { 0, 0, 0.95 }, { 3, 2, 0.95 }, { 1, 2, 0 }, { 1, 2, 1 },
		{ 1, 2, -1 }, { 1, 2, NAN } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (int method = 0; method < 2; method++) {
			struct interval interval = stats_proportion(cases[i].x,
			    cases[i].n, cases[i].confidence,
			    (enum interval_method)method);

			assert_true(isnan(interval.low));
			assert_true(isnan(interval.high));
		}
	assert_true(isnan(stats_ratio(0, 0)));
	assert_true(isnan(stats_ratio(1, 0)));
	assert_true(isnan(stats_ratio(NAN, 2)));
	assert_true(isnan(stats_mean(one, 0)));
	assert_true(isnan(stats_mean(NULL, 0)));
	assert_true(isnan(stats_quantile(NULL, 0, 0.5)));
	assert_true(isnan(stats_quantile(one, 1, -0.1)));
	assert_true(isnan(stats_quantile(one, 1, 1.1)));
	assert_true(isnan(stats_quantile(one, 1, NAN)));
}

/* python3: statistics.quantiles(v, n=..., method='inclusive'), which is R's
 * type 7. */
static void
test_quantile(void **state)
{
	double v[] = { 30, 2, 15, 4, 9, 1, 6.5, 3 };
	const size_t n = sizeof(v) / sizeof(*v);
	static const double one[] = { 4 };

	(void)state;
	stats_sort(v, n);
	for (size_t i = 1; i < n; i++)
		assert_true(v[i - 1] < v[i]);
	assert_close(stats_quantile(v, n, 0.25), 2.75, 1e-14);
	assert_close(stats_quantile(v, n, 0.5), 5.25, 1e-14);
	assert_close(stats_quantile(v, n, 0.75), 10.5, 1e-14);
	assert_close(stats_quantile(v, n, 0.9), 19.5, 1e-13);
	assert_true(stats_quantile(v, n, 0) == 1);
	assert_true(stats_quantile(v, n, 1) == 30);
	assert_true(stats_quantile(one, 1, 0.3) == 4);
	stats_sort(v, 0);
}

static void
test_mean_ratio(void **state)
{
	static const double v[] = { 1, 2, 4, 9 };

	(void)state;
	assert_close(stats_mean(v, 4), 4, 0);
	assert_close(stats_ratio(6, 5), 1.2, 0);
	assert_close(stats_ratio(0, 5), 0, 0);
}

/*
 * python3: Newcombe's method 10 and z with mpmath in 40 digits, Fisher as a
 * fraction of sums of exact binomials. The first is in metrics.md 3.5.2, and
 * 3/4 against 1/4 is Fisher's tea there, 0.4857. Without variance the test is
 * Fisher's (R39).
 */
static void
test_share_difference(void **state)
{
	static const struct {
		uint64_t x1, n1, x2, n2;
		double difference, low, high, z, p;
	} rows[] = {
		{ 56, 70, 48, 80, 0.2, 0.052431472402364878,
		    0.33387265403690598, 2.650171951258533,
		    0.0080450813681965847 },
		{ 9, 10, 3, 10, 0.6, 0.17052272393450288, 0.80901797353548798,
		    NAN, 0.019766611097880448 },
		{ 6, 7, 2, 7, 0.57142857142857143, 0.058227927482312202,
		    0.80624963752422776, NAN, 0.10256410256410256 },
		{ 5, 56, 0, 29, 0.089285714285714286, -0.038137147903536903,
		    0.19256001385511162, NAN, 0.16062144320947107 },
		{ 0, 10, 0, 20, 0, -0.16112515805281939, 0.27753279986288925,
		    NAN, 1 },
		{ 10, 10, 0, 10, 1, 0.60750935043052416, 1, 4.472135954999579,
		    7.7442164310440836e-6 },
		{ 3, 4, 1, 4, 0.5, -0.13548840058295147, 0.78908326808475575,
		    NAN, 0.48571428571428571 },
		{ 1, 4, 3, 4, -0.5, -0.78908326808475575, 0.13548840058295147,
		    NAN, 0.48571428571428571 },
		{ 7, 7, 9, 9, 0, -0.35433043506668746, 0.2991450484195441, NAN,
		    1 },
		{ 10, 20, 10, 20, 0, -0.28383547880138186, 0.28383547880138186,
		    0, 1 },
		{ 3, 3000, 20, 3000, -0.0056666666666666667,
		    -0.0093351240752384855, -0.0026242576903308612,
		    -3.551558729257608, 0.00038295651771742626 },
		{ 1, 20000, 3, 30, -0.09995, -0.25616083121808128,
		    -0.034549473016625405, NAN, 1.2114908104452414e-8 },
		{ 4000, 5000, 3, 3, -0.2, -0.21131567725196884,
		    0.36160194881457959, NAN, 1 },
		{ 5, 5000, 990, 1000000, 1e-5, -0.00056630497445087258,
		    0.0013502855886015252, NAN, 0.82248205835814819 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct share_difference d = stats_share_difference(
		    rows[i].x1, rows[i].n1, rows[i].x2, rows[i].n2, 0.95);

		assert_close(d.difference, rows[i].difference, 1e-15);
		assert_close(d.interval.low, rows[i].low, 1e-12);
		assert_close(d.interval.high, rows[i].high, 1e-12);
		if (isnan(rows[i].z))
			assert_true(isnan(d.z));
		else
			assert_close(d.z, rows[i].z, 1e-12);
		assert_close(d.p, rows[i].p, 1e-12 * rows[i].p);
	}
}

static void
test_share_difference_undefined(void **state)
{
	static const uint64_t rows[][4] = { { 0, 0, 1, 2 }, { 1, 2, 0, 0 },
		{ 3, 2, 1, 2 }, { 1, 2, 3, 2 }, { 0, 0, 0, 0 },
		{ UINT64_MAX, 1, UINT64_MAX, 1 } };
	struct share_difference d;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		d = stats_share_difference(
		    rows[i][0], rows[i][1], rows[i][2], rows[i][3], 0.95);
		assert_true(isnan(d.difference) && isnan(d.z) && isnan(d.p));
		assert_true(isnan(d.interval.low) && isnan(d.interval.high));
	}
	d = stats_share_difference(1, 2, 1, 2, 1);
	assert_true(d.difference == 0 && d.p == 1);
	assert_true(isnan(d.interval.low) && isnan(d.interval.high));
	/* Tables as large as can be, in every orientation. Two of 3 fail where
	 * 2 of n do: p is C(3,2) C(n,2) / C(n+3,4), about 36 / n^2. */
	for (int turned = 0; turned < 2; turned++) {
		uint64_t large = turned ? 2 : UINT64_MAX - 2;
		uint64_t small = turned ? 2 : 1;

		d = stats_share_difference(large, UINT64_MAX, small, 3, 0.95);
		assert_close(d.p, ldexp(36, -128), ldexp(1, -150));
		d = stats_share_difference(small, 3, large, UINT64_MAX, 0.95);
		assert_close(d.p, ldexp(36, -128), ldexp(1, -150));
	}
	d = stats_share_difference(UINT64_MAX, UINT64_MAX, 3, 3, 0.95);
	assert_true(d.p == 1);
}

/* metrics.md 3.5.5, printed with four digits there; what is no test is not in
 * the family. */
static void
test_adjusted(void **state)
{
	static const double p[] = { NAN, 0.04, 0.001, 0.50, -1, 0.01, 0.20, 2 };
	static const double bh[] = { NAN, 0.2 / 3, 0.005, 0.5, NAN, 0.025, 0.25,
		NAN };
	static const double holm[] = { NAN, 0.12, 0.005, 0.5, NAN, 0.04, 0.4,
		NAN };
	enum { N = sizeof(p) / sizeof(*p) };
	double q[N], h[N];

	stats_benjamini_hochberg(*state, p, N, q);
	memcpy(h, p, sizeof(h));
	stats_holm(*state, h, N, h);
	for (int i = 0; i < N; i++) {
		if (isnan(bh[i])) {
			assert_true(isnan(q[i]) && isnan(h[i]));
			continue;
		}
		assert_close(q[i], bh[i], 1e-15);
		assert_close(h[i], holm[i], 1e-15);
	}
	stats_benjamini_hochberg(*state, p, 0, q);
	stats_holm(*state, p, 1, h);
	assert_true(isnan(h[0]));
}

/* By hand: 0.03 0.04 0.04 0.9 give BH 0.04 * 4/3, the third one's, three
 * times; Holm 0.03 * 4 three times, since none is below the one before. And
 * nothing exceeds 1. */
static void
test_adjusted_monotone(void **state)
{
	static const double p[] = { 0.04, 0.9, 0.03, 0.04 };
	static const double ones[] = { 0.6, 0.7 };
	double q[4];

	stats_benjamini_hochberg(*state, p, 4, q);
	assert_close(q[2], 0.16 / 3, 1e-15);
	assert_close(q[0], 0.16 / 3, 1e-15);
	assert_close(q[3], 0.16 / 3, 1e-15);
	assert_close(q[1], 0.9, 1e-15);
	stats_holm(*state, p, 4, q);
	assert_close(q[2], 0.12, 1e-15);
	assert_close(q[0], 0.12, 1e-15);
	assert_close(q[3], 0.12, 1e-15);
	assert_close(q[1], 0.9, 1e-15);
	stats_benjamini_hochberg(*state, ones, 2, q);
	assert_true(q[0] == 0.7 && q[1] == 0.7);
	stats_holm(*state, ones, 2, q);
	assert_true(q[0] == 1 && q[1] == 1);
}

/* mpmath, 40 digits: erfc, erfinv, the regularized incomplete gamma. */
static void
test_distributions(void **state)
{
	static const double quantiles[][2] = { { 0.5, 0 },
		{ 0.975, 1.9599639845400542 }, { 0.025, -1.9599639845400542 },
		{ 1e-10, -6.3613409024040562 }, { 0.999, 3.0902323061678135 } };
	static const double cdf[][2] = { { 0, 0.5 },
		{ 1.96, 0.97500210485177957 }, { -3, 0.0013498980316300945 },
		{ -10, 7.6198530241605261e-24 }, { 1e-3, 0.50039894221391106 },
		{ 8, 0.99999999999999938 } };
	static const struct {
		double chi2;
		unsigned df;
		double p;
	} tails[] = { { 3.841458820694124, 1, 0.05 }, { 0, 3, 1 },
		{ 16.79294, 1, 4.1688112825228601e-5 },
		{ 122.25, 1, 2.0350860936868025e-28 },
		{ 7.5, 3, 0.057558451972636407 },
		{ 50, 60, 0.81789608402254489 },
		{ 200, 150, 0.0039731859708216113 } };

	(void)state;
	for (size_t i = 0; i < sizeof(quantiles) / sizeof(*quantiles); i++)
		assert_close(stats_normal_quantile(quantiles[i][0]),
		    quantiles[i][1], 1e-14);
	for (size_t i = 0; i < sizeof(cdf) / sizeof(*cdf); i++)
		assert_close(
		    stats_normal_cdf(cdf[i][0]), cdf[i][1], 1e-14 * cdf[i][1]);
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
		assert_close(stats_chi2_upper(tails[i].chi2, tails[i].df),
		    tails[i].p, 1e-12 * tails[i].p);
}

static void
test_distribution_ends(void **state)
{
	(void)state;
	assert_true(stats_normal_quantile(0) == -INFINITY);
	assert_true(stats_normal_quantile(1) == INFINITY);
	assert_true(isnan(stats_normal_quantile(-0.1)));
	assert_true(isnan(stats_normal_quantile(1.1)));
	assert_true(isnan(stats_normal_quantile(NAN)));
	assert_true(stats_normal_cdf(-INFINITY) == 0);
	assert_true(stats_normal_cdf(INFINITY) == 1);
	assert_true(isnan(stats_normal_cdf(NAN)));
	assert_true(stats_chi2_upper(INFINITY, 2) == 0);
	assert_true(isnan(stats_chi2_upper(1, 0)));
	assert_true(isnan(stats_chi2_upper(-1, 1)));
	assert_true(isnan(stats_chi2_upper(NAN, 1)));
}

/* mpmath: u' V^-1 u = 6.2537... = 419/67. */
static void
test_squared_distance(void **state)
{
	double v[] = { 4, 2, 1, 2, 5, 3, 1, 3, 6 };
	double u[] = { 1, -2, 3 };
	double singular[] = { 1, 1, 1, 1 };
	double unknown[] = { NAN };

	(void)state;
	assert_close(stats_squared_distance(v, u, 3), 419.0 / 67, 1e-14);
	assert_true(isnan(stats_squared_distance(singular, u, 2)));
	assert_true(isnan(stats_squared_distance(unknown, u, 1)));
	assert_true(isnan(stats_squared_distance(v, u, 0)));
}

/* By hand: moving ranges 2, 1, 4, 6, their mean 3.25, 2.66 of it 8.645. */
static void
test_control_limits(void **state)
{
	static const double v[] = { 10, 12, 11, 15, 9 };
	static const double flat[] = { 3, 3 };
	struct control_limits limits = stats_control_limits(v, 5);

	(void)state;
	assert_close(limits.centre, 11.4, 1e-14);
	assert_close(limits.low, 2.755, 1e-14);
	assert_close(limits.high, 20.045, 1e-14);
	limits = stats_control_limits(flat, 2);
	assert_true(limits.low == 3 && limits.centre == 3 && limits.high == 3);
	limits = stats_control_limits(v, 1);
	assert_true(isnan(limits.low) && isnan(limits.centre));
	assert_true(isnan(limits.high));
	assert_true(isnan(stats_control_limits(NULL, 0).centre));
}

/* python3: centre -+ 3 sqrt(centre (1 - centre) / n), and no share is below 0
 * or above 1. */
static void
test_share_limits(void **state)
{
	struct control_limits limits = stats_share_limits(0.3, 100);

	(void)state;
	assert_close(limits.low, 0.1625227291513248, 1e-15);
	assert_close(limits.high, 0.43747727084867516, 1e-15);
	assert_true(limits.centre == 0.3);
	limits = stats_share_limits(0.01, 50);
	assert_true(limits.low == 0);
	assert_close(limits.high, 0.05221374183841087, 1e-15);
	assert_true(stats_share_limits(0.99, 50).high == 1);
	assert_true(stats_share_limits(0, 50).high == 0);
	assert_true(isnan(stats_share_limits(0.5, 0).low));
	assert_true(isnan(stats_share_limits(NAN, 10).low));
	assert_true(isnan(stats_share_limits(1.5, 10).high));
}

/*
 * The numbers of MT19937 with the seed 5489: the 10,000th is given by the C++
 * standard (std::mt19937, [rand.predef]), the first two are those of every
 * implementation: 3499211612 and 581869302.
 */
static void
test_random_numbers(void **state)
{
	struct stats_random *random = stats_random_new(*state, 5489);
	double x = 0;

	assert_true(stats_random_uniform(random) == 3499211612 / 4294967296.0);
	for (int i = 1; i < 10000; i++)
		x = stats_random_uniform(random);
	assert_true(x == 4123659995 / 4294967296.0);

	/* (3499211612 << 32 | 581869302) mod 1000003, by python3 */
	random = stats_random_new(*state, 5489);
	assert_true(stats_random_below(random, 1000003) == 263328);
	assert_true(stats_random_below(random, 1) == 0);
	assert_true(stats_random_below(random, 0) == 0);
	/* The upper half of the seed counts. */
	assert_true(stats_random_uniform(stats_random_new(*state, 7)) !=
		    stats_random_uniform(
			stats_random_new(*state, UINT64_C(1) << 40 | 7)));
}

/* Where n is above 2^63 nearly every second number is drawn again. */
static void
test_random_below(void **state)
{
	struct stats_random *random = stats_random_new(*state, 1);
	const uint64_t large = (UINT64_C(1) << 63) + 1;
	unsigned seen[6] = { 0 }, upper = 0;

	for (int i = 0; i < 60000; i++) {
		uint64_t below = stats_random_below(random, 6);

		assert_true(below < 6);
		seen[below]++;
		below = stats_random_below(random, large);
		assert_true(below < large);
		upper += below > large / 2;
	}
	/* 5 standard deviations: sqrt(60000 * 5/36) = 91, sqrt(15000) = 122 */
	for (int i = 0; i < 6; i++)
		assert_close(seen[i], 10000, 456);
	assert_close(upper, 30000, 612);
}

/* The moments of the standard normal distribution, within 5 standard errors:
 * sqrt of 1/n, 2/n, 15/n and 96/n. */
static void
test_random_gaussian(void **state)
{
	struct stats_random *random = stats_random_new(*state, 2);
	enum { N = 200000 };
	double sums[5] = { 0 };

	for (int i = 0; i < N; i++) {
		double x = stats_random_gaussian(random), power = 1;

		for (int k = 1; k <= 4; k++)
			sums[k] += power *= x;
	}
	assert_close(sums[1] / N, 0, 5 * sqrt(1.0 / N));
	assert_close(sums[2] / N, 1, 5 * sqrt(2.0 / N));
	assert_close(sums[3] / N, 0, 5 * sqrt(15.0 / N));
	assert_close(sums[4] / N, 3, 5 * sqrt(96.0 / N));
}

/* Mean n p and variance n p (1-p); GSL changes its method at n p = 14. */
static void
test_random_binomial(void **state)
{
	static const struct {
		double p;
		unsigned n;
	} rows[] = { { 0.3, 10 }, { 0.3, 1000 }, { 0.9, 500 }, { 0.001, 50 } };
	struct stats_random *random = stats_random_new(*state, 3);
	enum { N = 50000 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		double mean = rows[i].n * rows[i].p;
		double variance = mean * (1 - rows[i].p), sum = 0, squares = 0;

		for (int draw = 0; draw < N; draw++) {
			double x =
			    stats_random_binomial(random, rows[i].p, rows[i].n);

			assert_true(x >= 0 && x <= rows[i].n && x == floor(x));
			sum += x - mean;
			squares += (x - mean) * (x - mean);
		}
		assert_close(sum / N, 0, 5 * sqrt(variance / N));
		/* The fourth central moment: variance + 3 variance^2 is its
		 * upper limit. */
		assert_close(squares / N, variance,
		    5 * sqrt((variance + 2 * variance * variance) / N));
	}
	assert_true(stats_random_binomial(random, 0, 9) == 0);
	assert_true(stats_random_binomial(random, 1, 9) == 9);
	assert_true(stats_random_binomial(random, 0.5, 0) == 0);
	assert_true(isnan(stats_random_binomial(random, NAN, 9)));
	assert_true(isnan(stats_random_binomial(random, 1.5, 9)));
}

#define in_arena(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published),
		cmocka_unit_test(test_intervals),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_undefined),
		cmocka_unit_test(test_quantile),
		cmocka_unit_test(test_mean_ratio),
		cmocka_unit_test(test_share_difference),
		cmocka_unit_test(test_share_difference_undefined),
		in_arena(test_adjusted),
		in_arena(test_adjusted_monotone),
		cmocka_unit_test(test_distributions),
		cmocka_unit_test(test_distribution_ends),
		cmocka_unit_test(test_squared_distance),
		cmocka_unit_test(test_control_limits),
		cmocka_unit_test(test_share_limits),
		in_arena(test_random_numbers),
		in_arena(test_random_below),
		in_arena(test_random_gaussian),
		in_arena(test_random_binomial),
	};

	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
