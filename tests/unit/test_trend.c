/*
 * test_trend: control limits by the formulas of metrics.md 3.5.6 in python3,
 * slopes by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* before cmocka.h, whose fail() is a macro */
#include "arena.h"
#include "trend.h"

#include <cmocka.h>

#include "arena_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static struct trend_point
point(double n, double rate)
{
	return (struct trend_point){ .n = n, .rate = rate, .counts = true };
}

/* 144 of 400: 0.36 -+ 3 sqrt(0.36 0.64 / n). */
static void
test_shares(void **state)
{
	static const struct {
		double low, high;
		int side;
	} expected[] = {
		{ 0.216, 0.504, 0 },
		{ 0.22854658619876, 0.49145341380124, 0 },
		{ 0.19900310562002, 0.52099689437998, 0 },
		{ 0.216, 0.504, 1 },
	};
	struct trend_point p[] = { point(100, 0.30), point(120, 0.25),
		point(80, 0.30), point(100, 0.60) };

	trend_fill(*state, p, COUNT(p));
	for (size_t i = 0; i < COUNT(p); i++) {
		assert_true(fabs(p[i].low - expected[i].low) < 1e-12);
		assert_true(fabs(p[i].high - expected[i].high) < 1e-12);
		assert_int_equal(p[i].side, expected[i].side);
		assert_false(p[i].misaligned);
	}
}

/* One n: 2.66 mean moving ranges about the mean. */
static void
test_individuals(void **state)
{
	static const double rates[] = { .30, .32, .31, .30, .29, .31, .33, .10,
		.30, .31, .30, .30 };
	struct trend_point p[COUNT(rates)];

	for (size_t i = 0; i < COUNT(rates); i++)
		p[i] = point(40, rates[i]);
	trend_fill(*state, p, COUNT(p));
	for (size_t i = 0; i < COUNT(rates); i++) {
		assert_true(fabs(p[i].low - 0.15858484848484844) < 1e-12);
		assert_true(fabs(p[i].high - 0.4197484848484848) < 1e-12);
		assert_int_equal(p[i].side, i == 7 ? -1 : 0);
	}
}

/* A young period and one without a rate make no limits and get none. */
static void
test_young(void **state)
{
	struct trend_point p[] = { point(10, 0.5), point(10, 0.5),
		point(900, 0), point(10, NAN) };

	p[2].counts = false;
	trend_fill(*state, p, COUNT(p));
	assert_true(p[0].low == 0.5 && p[1].high == 0.5);
	assert_true(isnan(p[2].low) && p[2].side == 0);
	assert_true(isnan(p[3].high) && p[3].side == 0);
	p[1].counts = false;
	trend_fill(*state, p, COUNT(p));
	assert_true(isnan(p[0].low) && p[0].side == 0);
	trend_fill(*state, p, 0);
}

/* More and worse: misaligned. More and better, fewer and worse, two periods
 * only, and equal rates that round: not. */
static void
test_misaligned(void **state)
{
	static const struct {
		double n[4], rate[4];
		size_t count;
		bool expected;
	} rows[] = {
		{ { 10, 20, 15, 30 }, { 0.4, 0.3, 0.35, 0.2 }, 4, true },
		{ { 10, 20, 15, 30 }, { 0.2, 0.3, 0.3, 0.4 }, 4, false },
		{ { 30, 20, 25, 10 }, { 0.4, 0.3, 0.3, 0.2 }, 4, false },
		{ { 10, 20, 15, 30 }, { 0.4, 0.3, 0.3, 0.2 }, 2, false },
		{ { 10, 20, 30, 40 }, { 0.1, 0.1, 0.1, 0.1 }, 4, false },
		{ { 10, 10, 10, 10 }, { 0.4, 0.3, 0.3, 0.2 }, 4, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct trend_point p[4];

		for (size_t j = 0; j < rows[i].count; j++)
			p[j] = point(rows[i].n[j], rows[i].rate[j]);
		trend_fill(*state, p, rows[i].count);
		for (size_t j = 0; j < rows[i].count; j++)
			assert_int_equal(p[j].misaligned, rows[i].expected);
	}
}

#define in_arena(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_arena(test_shares),
		in_arena(test_individuals),
		in_arena(test_young),
		in_arena(test_misaligned),
	};

	return cmocka_run_group_tests_name("trend", tests, NULL, NULL);
}
