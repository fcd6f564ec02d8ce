/*
 * test_plan: rounding up, and working back. The expected numbers are W11 of
 * metrics.md 3.2.6, or from Python's integers: -(-a * n // x).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "metric_plan.h"

#include <cmocka.h>

#define RANKS 4

static double
before(double next, uint64_t x, uint64_t n)
{
	return plan_before(next, (struct plan_rate){ x, n });
}

static void
published_plans(void **state)
{
	(void)state;
	assert_true(plan_divide_up(2000000, 60000) == 34);
	assert_true(before(34, 22, 100) == 155);
	assert_true(plan_divide_up(2000000, 25000) == 80);
	assert_true(before(80, 25, 100) == 320);
	assert_true(before(320, 1, 2) == 640);
	assert_true(before(100, 3, 5) == 167);
	assert_true(before(167, 5, 10) == 334);
	assert_true(before(21, 35, 100) == 60);
}

/* What doubles get wrong by a last bit, and what is really above. */
static void
doubles_round_up_as_decimals(void **state)
{
	(void)state;
	assert_true(plan_divide_up(21, 0.35) == 60);
	assert_true(plan_divide_up(0.3, 0.1) == 3);
	assert_true(plan_divide_up(1, 1.0 / 49) == 49);
	assert_true(plan_divide_up(1.1 * 3, 1.1) == 3);
	assert_true(plan_divide_up(100.0001, 100) == 2);
	assert_true(plan_divide_up(50000001, 50000000) == 2);
	assert_true(plan_divide_up(0.01, 5) == 1);
	assert_true(plan_divide_up(0, 5) == 0);
	assert_true(isnan(plan_divide_up(5, 0)));
	assert_true(isnan(plan_divide_up(5, -1)));
	assert_true(isnan(plan_divide_up(NAN, 1)));
	assert_true(isnan(plan_divide_up(1, NAN)));
	assert_true(isnan(plan_divide_up(1e300, 1e-300)));
}

static void
ratios_are_exact(void **state)
{
	(void)state;
	for (uint64_t next = 0; next <= 40; next++)
		for (uint64_t n = 1; n <= 30; n++)
			for (uint64_t x = 1; x <= n; x++)
				assert_true(before((double)next, x, n) ==
					    (double)((next * n + x - 1) / x));
	/* Products beyond 64 bits. */
	assert_true(before(1e14, 999999999, 1000000000) == 100000000100001.0);
	assert_true(
	    before(123456789012, 333333333, 999999999) == 370370367036.0);
	assert_true(before(7, UINT64_C(6000000000000000000),
			UINT64_C(9000000000000000000)) == 11);
	assert_true(before(1e6, 999999999, 100000000000) == 100000001.0);
}

static void
unknown_stays_unknown(void **state)
{
	(void)state;
	assert_true(isnan(before(5, 0, 10)));
	assert_true(isnan(before(5, 0, 0)));
	assert_true(isnan(before(NAN, 1, 2)));
	assert_true(isnan(before(-1, 1, 2)));
	assert_true(isnan(before(1e14, 1, 1000)));
	assert_true(isnan(before(1e16, 1, 1)));
	assert_true(before(0, 1, 2) == 0);
}

/* Ranks 1 to 4: 3 of 4, 1 of 2, 2 of 3, won. */
static void
fill(struct plan_stage stages[RANKS + 1])
{
	memset(stages, 0, (RANKS + 1) * sizeof(*stages));
	stages[1].rate = (struct plan_rate){ 3, 4 };
	stages[2].rate = (struct plan_rate){ 1, 2 };
	stages[3].rate = (struct plan_rate){ 2, 3 };
}

static void
assert_volumes(
    const struct plan_stage *stage, double needed, double low, double high)
{
	assert_true(stage->needed == needed);
	assert_true(stage->low == low);
	assert_true(stage->high == high);
}

/*
 * Wilson at 95%: 2/3 0.207660 to 0.938508, 1/2 0.094531 to 0.905469, 3/4
 * 0.300642 to 0.954413. 10 wins: 10 / (2/3) = 15; 10 / 0.938508 = 10.7: 11;
 * 10 / 0.207660 = 48.2: 49. 15 x 2 = 30; 11 / 0.905469 = 12.1: 13; 49 /
 * 0.094531 = 518.3: 519. 30 x 4 / 3 = 40; 13 / 0.954413 = 13.6: 14; 519 /
 * 0.300642 = 1726.3: 1727.
 */
static void
works_back_step_by_step(void **state)
{
	struct plan_stage stages[RANKS + 1];

	(void)state;
	fill(stages);
	plan_work_back(stages, RANKS, 10, 0.95);
	assert_volumes(&stages[4], 10, 10, 10);
	assert_volumes(&stages[3], 15, 11, 49);
	assert_volumes(&stages[2], 30, 13, 519);
	assert_volumes(&stages[1], 40, 14, 1727);
	assert_true(isnan(stages[4].bounds.low));
}

/* A win rate of 1 in 3 from rank 2 on: 10, 30, none at rank 3, 40. The band
 * of an assumed rate is the rate; of rank 1 30 / 0.954413 = 31.4: 32 to 30 /
 * 0.300642 = 99.8: 100. */
static void
a_win_rate_passes_over_stages(void **state)
{
	struct plan_stage stages[RANKS + 1];

	(void)state;
	fill(stages);
	stages[2].origin = PLAN_ASSUMED_WIN;
	stages[2].rate = (struct plan_rate){ 1, 3 };
	stages[3].origin = PLAN_PASSED;
	plan_work_back(stages, RANKS, 10, 0.95);
	assert_volumes(&stages[2], 30, 30, 30);
	assert_true(isnan(stages[2].bounds.low));
	assert_volumes(&stages[1], 40, 32, 100);
	assert_true(isnan(stages[3].needed) && isnan(stages[3].low) &&
		    isnan(stages[3].high));
}

/* Where none went on there is no need and no upper bound of it, but a lower
 * one: Wilson 0 of 3 is up to 0.561497: 10 / 0.561497 = 17.8. */
static void
unknown_from_the_first_unknown_on(void **state)
{
	struct plan_stage stages[RANKS + 1];

	(void)state;
	fill(stages);
	stages[2].rate = (struct plan_rate){ 0, 0 };
	stages[3].rate = (struct plan_rate){ 0, 3 };
	plan_work_back(stages, RANKS, 10, 0.95);
	assert_true(isnan(stages[3].needed) && isnan(stages[3].high));
	assert_true(stages[3].low == 18);
	assert_true(isnan(stages[2].low) && isnan(stages[1].low));
	plan_work_back(stages, RANKS, NAN, 0.95);
	assert_true(isnan(stages[4].needed) && isnan(stages[3].low));
}

static double
value_of(const char *id, const struct plan_view *view)
{
	for (size_t i = 0; i < n_plan_metrics; i++)
		if (strcmp(plan_metrics[i].column.id, id) == 0)
			return plan_metrics[i].value(view);
	fail_msg("no column '%s'", id);
	return NAN;
}

/* Rank 2 is the opportunity stage. 30 deals of 50 against a target of 1,000:
 * 30 x 50 = 1,500, 1.5 times. Entered 12 in 365 days, for 73: 2.4. Medians
 * 1.5, 4 and 10 days: 15.5 before day 100 is day 84. */
static void
formulas(void **state)
{
	static double first[] = { 1, 2 }, second[] = { 3, 4, 9 };
	static double third[] = { 10 };
	struct plan_stage stages[RANKS + 1];
	struct plan_view view = { .stages = stages,
		.k = 2,
		.n_ranks = RANKS,
		.start_rank = 2,
		.share = NAN,
		.target = 1000,
		.amount = 50,
		.last_day = 100,
		.period_days = 73,
		.window_days = 365 };

	(void)state;
	fill(stages);
	stages[1].days = first;
	stages[1].n_days = 2;
	stages[2].days = second;
	stages[2].n_days = 3;
	stages[3].days = third;
	stages[3].n_days = 1;
	stages[2].entered = 12;
	plan_work_back(stages, RANKS, 10, 0.95);
	assert_true(value_of("value", &view) == 1500);
	assert_true(value_of("coverage", &view) == 1.5);
	assert_true(fabs(value_of("run_rate", &view) - 2.4) < 1e-12);
	assert_true(fabs(value_of("gap", &view) - 27.6) < 1e-12);
	assert_true(value_of("needed_by", &view) == 86);
	view.k = 1;
	assert_true(value_of("needed_by", &view) == 84);
	assert_true(isnan(value_of("value", &view)));
	assert_true(isnan(value_of("coverage", &view)));
	view.k = 4;
	assert_true(value_of("needed_by", &view) == 100);
	assert_true(value_of("value", &view) == 500);
	assert_true(isnan(value_of("rate", &view)));
	assert_true(isnan(value_of("rate_n", &view)));
	assert_true(isnan(value_of("median_days", &view)));
	view.start_rank = 0;
	view.k = 3;
	assert_true(isnan(value_of("value", &view)));
	stages[3].n_days = 0;
	assert_true(isnan(value_of("needed_by", &view)));
	stages[3].origin = PLAN_PASSED;
	assert_true(isnan(value_of("rate", &view)));
	view.window_days = NAN;
	assert_true(isnan(value_of("run_rate", &view)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_plans),
		cmocka_unit_test(doubles_round_up_as_decimals),
		cmocka_unit_test(ratios_are_exact),
		cmocka_unit_test(unknown_stays_unknown),
		cmocka_unit_test(works_back_step_by_step),
		cmocka_unit_test(a_win_rate_passes_over_stages),
		cmocka_unit_test(unknown_from_the_first_unknown_on),
		cmocka_unit_test(formulas),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
