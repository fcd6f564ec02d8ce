/*
 * test_follow: packed spells against W33 of metrics.md 3.5.4 and, for generated
 * ones, against the curves of survival.c, which have tests of their own. What
 * else is expected is counted by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* before cmocka.h, whose fail() is a macro */
#include "civil.h"
#include "follow.h"

#include <cmocka.h>

#include "arena_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define DAYS(n) ((int64_t)(n)*DAY_SECONDS)

static void
add(struct arena *arena, struct follow *follow, double age, double days,
    enum follow_end end)
{
	follow_add(arena, follow, &(struct followed){ age, days, end });
}

/* W33: cause 2 is the next stage. One is a day old, the others six. */
static struct follow
w33(struct arena *arena)
{
	struct follow follow = { 0 };

	add(arena, &follow, 6, NAN, FOLLOW_OPEN);
	add(arena, &follow, 6, 5, FOLLOW_REACHED);
	add(arena, &follow, 6, 2, FOLLOW_ENDED);
	add(arena, &follow, 1, NAN, FOLLOW_OPEN);
	add(arena, &follow, 6, 4, FOLLOW_REACHED);
	add(arena, &follow, 6, 3, FOLLOW_ENDED);
	return follow;
}

static void
test_w33(void **state)
{
	static const struct {
		int days;
		double rate, low, high;
	} rows[] = {
		{ 3, 0, NAN, NAN },
		{ 4, 0.2, 0.008369, 0.581853 },
		{ 5, 0.4, 0.051976, 0.752816 },
		{ 6, 0.4, 0.051976, 0.752816 },
	};
	struct follow follow = w33(*state);
	struct maturity m;

	for (size_t i = 0; i < COUNT(rows); i++) {
		m = follow_maturity(*state, &follow, DAYS(rows[i].days), 0.95);
		assert_true(fabs(m.rate - rows[i].rate) < 1e-15);
		assert_int_equal(isnan(m.interval.low), isnan(rows[i].low));
		assert_false(fabs(m.interval.low - rows[i].low) > 0.5e-6);
		assert_false(fabs(m.interval.high - rows[i].high) > 0.5e-6);
		assert_true(m.followed == 5 && m.waiting == 1 && m.timed == 6);
	}
	assert_true(m.reached == 2);
	m = follow_maturity(*state, &follow, DAYS(1), 0.95);
	assert_true(m.rate == 0 && m.followed == 6 && m.waiting == 2);
}

/* R8: nobody was followed to seven days. Once the last has come to an end the
 * curve has ended, and later horizons are known. */
static void
test_not_followed(void **state)
{
	struct follow follow = w33(*state), ended = { 0 }, none = { 0 };
	struct maturity m = follow_maturity(*state, &follow, DAYS(6) + 1, 0.95);

	assert_true(isnan(m.rate) && isnan(m.interval.low));
	assert_true(m.followed == 0 && m.waiting == 0);
	assert_true(isnan(follow_maturity(*state, &follow, -1, 0.95).rate));
	assert_true(isnan(follow_maturity(*state, &none, 1, 0.95).rate));
	add(*state, &ended, 9, 1, FOLLOW_REACHED);
	add(*state, &ended, 9, 2, FOLLOW_ENDED);
	m = follow_maturity(*state, &ended, DAYS(90), 0.95);
	assert_true(m.rate == 0.5 && m.followed == 0 && m.reached == 0);
}

static void
test_left_out(void **state)
{
	struct follow follow = { 0 };

	add(*state, &follow, NAN, NAN, FOLLOW_OPEN);
	add(*state, &follow, 5, NAN, FOLLOW_ENDED);
	add(*state, &follow, 5, NAN, FOLLOW_REACHED);
	add(*state, &follow, -1, NAN, FOLLOW_OPEN);
	add(*state, &follow, 5, -0.5, FOLLOW_REACHED);
	assert_int_equal(follow.n, 0);
	assert_int_equal(follow.untimed, 3);
	assert_int_equal(follow.negative, 2);
}

/* Longer than 68 years is just so long: followed, whatever the horizon. */
static void
test_very_long(void **state)
{
	struct follow follow = { 0 };
	struct maturity m;

	add(*state, &follow, 1e6, NAN, FOLLOW_OPEN);
	add(*state, &follow, 1e6, 9e5, FOLLOW_REACHED);
	m = follow_maturity(*state, &follow, DAYS(60 * 365), 0.95);
	assert_true(m.rate == 0 && m.followed == 2);
}

/* Nine of ten were done within 9 days; half a day is within the first. */
static void
test_horizon(void **state)
{
	struct follow_days days = { 0 };
	struct followed f = { 1000, 0, FOLLOW_REACHED };

	assert_int_equal(follow_horizon(&days, 0.9), -1);
	follow_days_add(*state, &days, &f);
	assert_int_equal(follow_horizon(&days, 0.9), DAYS(1));
	for (int i = 1; i < 10; i++) {
		f.days = i - 0.5;
		follow_days_add(*state, &days, &f);
	}
	assert_int_equal(follow_horizon(&days, 0.9), DAYS(8));
	f.days = 900;
	follow_days_add(*state, &days, &f);
	assert_int_equal(follow_horizon(&days, 0.9), DAYS(9));
	assert_int_equal(follow_horizon(&days, 1), DAYS(900));
	f.end = FOLLOW_ENDED;
	follow_days_add(*state, &days, &f);
	f = (struct followed){ NAN, NAN, FOLLOW_REACHED };
	follow_days_add(*state, &days, &f);
	assert_int_equal(follow_horizon(&days, 1), DAYS(900));
}

/* ---- laws ---- */

/* Ends of both kinds and open ones, in whole hours so that many tie. */
static void
generate(struct arena *arena, struct stats_random *random, size_t n,
    struct follow *follow, struct follow *swapped, struct spell *spells)
{
	for (size_t i = 0; i < n; i++) {
		double age = (double)stats_random_below(random, 2000) / 24;
		double days = (double)stats_random_below(random, 2000) / 24;
		bool reached = stats_random_below(random, 3) == 0;
		bool open = days > age;

		add(arena, follow, age, days,
		    open      ? FOLLOW_OPEN
		    : reached ? FOLLOW_REACHED
			      : FOLLOW_ENDED);
		add(arena, swapped, age, days,
		    open      ? FOLLOW_OPEN
		    : reached ? FOLLOW_ENDED
			      : FOLLOW_REACHED);
		spells[i] = (struct spell){ -INFINITY, open ? age : days,
			open      ? 0
			: reached ? 1
				  : 2 };
	}
	survival_sort(spells, n);
}

/* The same as survival.c, on both sides of where the radix sort begins; and the
 * two incidences and what is left add up to 1. */
static void
test_law_curves(void **state)
{
	static const size_t sizes[] = { 1, 2, 3, 10, 100, 1000, 5000, 20000 };
	struct stats_random *random = stats_random_new(*state, 7);
	int defined = 0;

	for (size_t i = 0; i < COUNT(sizes); i++) {
		size_t n = sizes[i];
		struct follow follow = { 0 }, swapped = { 0 };
		struct spell *spells = arena_array(*state, n, sizeof(*spells));
		struct incidence_curve curve;

		generate(*state, random, n, &follow, &swapped, spells);
		curve = survival_incidence(*state, spells, n, 2);
		for (int days = 1; days < 84; days += 9) {
			struct maturity m =
			    follow_maturity(*state, &follow, DAYS(days), 0.9);
			struct maturity other =
			    follow_maturity(*state, &swapped, DAYS(days), 0.9);
			double rate = incidence_at(&curve, 1, days);
			struct interval interval =
			    incidence_interval_at(&curve, 1, days, 0.9);

			assert_int_equal(isnan(rate), isnan(m.rate));
			assert_int_equal(
			    isnan(interval.low), isnan(m.interval.low));
			if (isnan(rate))
				continue;
			assert_true(fabs(m.rate - rate) < 1e-12);
			assert_true(
			    fabs(m.rate + other.rate +
				 survival_at(&curve.all, days) - 1) < 1e-12);
			if (isnan(interval.low))
				continue;
			assert_true(fabs(m.interval.low - interval.low) < 1e-9);
			assert_true(
			    fabs(m.interval.high - interval.high) < 1e-9);
			defined++;
		}
	}
	assert_true(defined > 40);
}

/* Where all were followed to the horizon the matured rate is what the basis
 * horizon counts. */
static void
test_law_all_followed(void **state)
{
	struct stats_random *random = stats_random_new(*state, 8);

	for (size_t n = 1; n < 300; n += 7) {
		struct follow follow = { 0 };
		struct maturity m;

		for (size_t i = 0; i < n; i++)
			add(*state, &follow, 50,
			    (double)stats_random_below(random, 100) / 2,
			    (enum follow_end)stats_random_below(random, 3));
		m = follow_maturity(*state, &follow, DAYS(20), 0.95);
		assert_true(m.followed == (double)n);
		assert_true(fabs(m.rate - m.reached / m.followed) < 1e-12);
	}
}

#define in_arena(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_arena(test_w33),
		in_arena(test_not_followed),
		in_arena(test_left_out),
		in_arena(test_very_long),
		in_arena(test_horizon),
		in_arena(test_law_curves),
		in_arena(test_law_all_followed),
	};

	return cmocka_run_group_tests_name("follow", tests, NULL, NULL);
}
