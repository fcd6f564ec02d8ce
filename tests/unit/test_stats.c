/*
 * Intervals against python3 (tests/data/intervals.data) and the printed
 * digits of metrics.md 3.5.1, quantiles against python3, and the empty cases.
 */
#include "stats.h"

#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

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
	};

	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
