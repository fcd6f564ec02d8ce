/*
 * Curves, intervals and tests against the vectors of metrics.md 3.5.3 and
 * 3.5.4 (W30-W34), against R's figures for g3.csv, against fractions worked
 * out with python3 (every S, variance and chi2 an exact fraction, intervals
 * with mpmath in 40 digits), and, for generated spells, against plain
 * quadratic code written from the formulas.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "survival.h"

#include <cmocka.h>

#include "arena_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define START (-INFINITY)

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

#define assert_interval(i, low, high, tolerance) \
	check_interval(i, low, high, tolerance, __FILE__, __LINE__)

static void
check_interval(struct interval i, double expected_low, double expected_high,
    double tolerance, const char *file, int line)
{
	check_close(i.low, expected_low, tolerance, file, line);
	check_close(i.high, expected_high, tolerance, file, line);
}

#define assert_undefined(i) check_undefined(i, __FILE__, __LINE__)

static void
check_undefined(struct interval i, const char *file, int line)
{
	_assert_true(isnan(i.low) && isnan(i.high), "undefined", file, line);
}

/* ---- the data of metrics.md ---- */

static const struct spell w30[] = { { START, 2, 0 }, { START, 3, 0 },
	{ START, 6, 1 }, { START, 6, 1 }, { START, 7, 1 }, { START, 10, 0 } };

static const struct spell w31[] = { { 1, 2, 1 }, { 2, 10, 1 }, { 4, 5, 1 },
	{ 0, 4, 1 }, { 0, 3, 1 } };

static const double w32_events[] = { 6, 6, 6, 7, 10, 13, 16, 22, 23 };
static const double w32_censored[] = { 6, 9, 10, 11, 17, 19, 20, 25, 25, 32, 32,
	34 };
/* the end of metrics.md 3.7 */
static const double w32_control[] = { 1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11,
	11, 12, 12, 15, 17, 22, 23 };

static struct spell *
sorted_copy(struct arena *arena, const struct spell *spells, size_t n)
{
	struct spell *copy = arena_array(arena, n, sizeof(*copy));

	memcpy(copy, spells, n * sizeof(*copy));
	survival_sort(copy, n);
	return copy;
}

/* Spells seen from the start, sorted. The censored come first on purpose. */
static struct spell *
spells_of(struct arena *arena, const double *events, size_t n_events,
    const double *censored, size_t n_censored)
{
	size_t n = n_events + n_censored;
	struct spell *spells = arena_array(arena, n, sizeof(*spells));

	for (size_t i = 0; i < n; i++)
		spells[i] =
		    i < n_censored
			? (struct spell){ START, censored[i], 0 }
			: (struct spell){ START, events[i - n_censored], 1 };
	survival_sort(spells, n);
	return spells;
}

static struct spell *
w32(struct arena *arena)
{
	return spells_of(arena, w32_events, COUNT(w32_events), w32_censored,
	    COUNT(w32_censored));
}

static struct spell *
control(struct arena *arena)
{
	return spells_of(arena, w32_control, COUNT(w32_control), NULL, 0);
}

#define W32_N (COUNT(w32_events) + COUNT(w32_censored))

static struct survival_curve
kaplan_meier(struct arena *arena, const struct spell *spells, size_t n)
{
	return survival_kaplan_meier(arena, sorted_copy(arena, spells, n), n);
}

/* ---- Kaplan-Meier ---- */

static void
test_sort(void **state)
{
	struct spell spells[] = { { 0, NAN, 1 }, { 0, 2, 0 }, { 0, 1, 0 },
		{ 0, 2, 3 }, { NAN, NAN, 0 }, { 0, -1, 1 }, { 0, 2, 0 },
		{ 0, INFINITY, 0 } };
	static const double exits[] = { -1, 1, 2, 2, 2, INFINITY };
	static const unsigned causes[] = { 1, 0, 3, 0, 0, 0 };

	(void)state;
	survival_sort(spells, COUNT(spells));
	for (size_t i = 0; i < COUNT(exits); i++) {
		assert_true(spells[i].exit == exits[i]);
		assert_true(spells[i].cause == causes[i]);
	}
	assert_true(isnan(spells[6].exit) && isnan(spells[7].exit));
	survival_sort(NULL, 0);
}

/* W30: conversion by 9 is 0.75. The interval by python3. */
static void
test_w30(void **state)
{
	struct survival_curve curve = kaplan_meier(*state, w30, COUNT(w30));

	assert_int_equal(curve.n, 2);
	assert_int_equal(curve.steps[0].at_risk, 4);
	assert_int_equal(curve.steps[0].events, 2);
	assert_true(survival_at(&curve, -1) == 1);
	assert_true(survival_at(&curve, 5.999) == 1);
	assert_true(survival_at(&curve, 6) == 0.5);
	assert_true(1 - survival_at(&curve, 9) == 0.75);
	assert_true(survival_at(&curve, 10) == 0.25);
	assert_true(survival_quantile(&curve, 0.5) == 6);
	assert_interval(survival_interval_at(&curve, 9, 0.95),
	    0.0089478244166031567, 0.66532534278886547, 1e-14);
}

static void
test_w31_left_truncation(void **state)
{
	static const double times[] = { 2, 3, 4, 5, 10 };
	static const double expected[] = { 2 / 3.0, 4 / 9.0, 2 / 9.0, 1 / 9.0,
		0 };
	static const uint64_t at_risk[] = { 3, 3, 2, 2, 1 };
	struct survival_curve curve = kaplan_meier(*state, w31, COUNT(w31));
	struct interval quantile;

	assert_int_equal(curve.n, COUNT(times));
	for (size_t i = 0; i < COUNT(times); i++) {
		assert_true(curve.steps[i].time == times[i]);
		assert_int_equal(curve.steps[i].at_risk, at_risk[i]);
		assert_close(survival_at(&curve, times[i]), expected[i], 1e-15);
	}
	assert_true(curve.followed.low == 0 && curve.followed.high == 10);
	/* python3: the bands are 0.0541-0.9452, 0.0379-0.8180, 0.0071-0.6327,
	 * 0.0021-0.4564 and none at 10, where S is 0. */
	assert_true(survival_quantile(&curve, 0.5) == 3);
	quantile = survival_quantile_interval(&curve, 0.5, 0.95);
	assert_true(quantile.low == 2 && quantile.high == 5);
	assert_interval(survival_interval_at(&curve, 5, 0.95),
	    0.002123573157886972, 0.45638720175847376, 1e-14);
	assert_undefined(survival_interval_at(&curve, 10, 0.95));
	assert_true(survival_at(&curve, 1000) == 0); /* it has ended */
}

/* Fractions and intervals by python3; metrics.md prints S to four digits. */
static void
test_w32(void **state)
{
	static const struct {
		double time, survival, low, high;
	} rows[] = {
		{ 6, 6 / 7.0, 0.61971795526598378, 0.95155174764699703 },
		{ 7, 96 / 119.0, 0.56314656462223332, 0.92280901920288045 },
		{ 10, 64 / 85.0, 0.50319951079995636, 0.88936183516926559 },
		{ 13, 176 / 255.0, 0.431610222486184, 0.84906596334945081 },
		{ 16, 32 / 51.0, 0.36751085598750202, 0.80491218947184132 },
		{ 22, 64 / 119.0, 0.26777893676713499, 0.74679071763539459 },
		{ 23, 160 / 357.0, 0.18805200595923234, 0.68014262849524151 },
	};
	struct survival_curve curve =
	    survival_kaplan_meier(*state, w32(*state), W32_N);

	assert_int_equal(curve.n, COUNT(rows));
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(curve.steps[i].time == rows[i].time);
		assert_close(
		    survival_at(&curve, rows[i].time), rows[i].survival, 1e-15);
		assert_interval(
		    survival_interval_at(&curve, rows[i].time, 0.95),
		    rows[i].low, rows[i].high, 1e-14);
	}
	assert_close(survival_at(&curve, 34), 160 / 357.0, 1e-15);
	assert_true(isnan(survival_at(&curve, 34.5)));
	assert_undefined(survival_interval_at(&curve, 34.5, 0.95));
	/* S is 1 */
	assert_undefined(survival_interval_at(&curve, 5, 0.95));
}

/*
 * python3, the first times at which the bands of test_w32 are at most 0.5,
 * 0.75 and 0.9: the median is 23, 13 to not reached; of the control arm 8, 4
 * to 11.
 */
static void
test_quantiles(void **state)
{
	static const struct {
		double p, w32[3], control[3];
	} rows[] = {
		{ 0.1, { 6, 6, 10 }, { 2, 1, 3 } },
		{ 0.25, { 13, 6, 22 }, { 4, 1, 5 } },
		{ 0.5, { 23, 13, NAN }, { 8, 4, 11 } },
		{ 0.75, { NAN, 23, NAN }, { 12, 8, 22 } },
		{ 1, { NAN, NAN, NAN }, { 23, NAN, NAN } },
	};
	struct survival_curve curves[2];

	curves[0] = survival_kaplan_meier(*state, w32(*state), W32_N);
	curves[1] =
	    survival_kaplan_meier(*state, control(*state), COUNT(w32_control));
	for (size_t i = 0; i < COUNT(rows); i++)
		for (int arm = 0; arm < 2; arm++) {
			const double *expected =
			    arm ? rows[i].control : rows[i].w32;
			struct interval interval = survival_quantile_interval(
			    &curves[arm], rows[i].p, 0.95);
			double got[3] = { survival_quantile(
					      &curves[arm], rows[i].p),
				interval.low, interval.high };

			for (int j = 0; j < 3; j++)
				assert_true(isnan(expected[j])
						? isnan(got[j])
						: got[j] == expected[j]);
		}
}

/* metrics.md 3.5.3: after 7 of 14 deals S is 0.5000000000000001 as computed,
 * and the median is the 7th all the same. So for every even number. */
static void
test_median_rounding(void **state)
{
	for (size_t n = 2; n <= 400; n += 2) {
		struct spell *spells = arena_array(*state, n, sizeof(*spells));
		struct survival_curve curve;

		for (size_t i = 0; i < n; i++)
			spells[i] = (struct spell){ START, (double)(i + 1), 1 };
		curve = survival_kaplan_meier(*state, spells, n);
		assert_true(survival_quantile(&curve, 0.5) == (double)(n / 2));
		assert_true(survival_quantile(&curve, 1) == (double)n);
	}
}

/* ---- Aalen-Johansen ---- */

/* W33 with the variances and intervals that SAS prints, as in metrics.md; the
 * last row by python3, which gives the others to 12 digits. */
static void
test_w33(void **state)
{
	static const struct spell spells[] = { { START, 1, 0 }, { START, 2, 1 },
		{ START, 3, 1 }, { START, 4, 2 }, { START, 5, 2 },
		{ START, 6, 0 } };
	struct incidence_curve curve =
	    survival_incidence(*state, spells, COUNT(spells), 2);

	assert_true(incidence_at(&curve, 2, 3.9) == 0);
	assert_close(incidence_at(&curve, 2, 4), 0.2, 1e-15);
	assert_close(incidence_at(&curve, 2, 5), 0.4, 1e-15);
	assert_close(incidence_at(&curve, 2, 6), 0.4, 1e-15);
	assert_true(isnan(incidence_at(&curve, 2, 6.1)));
	assert_close(incidence_variance_at(&curve, 2, 4), 0.032, 1e-15);
	assert_close(incidence_variance_at(&curve, 2, 5), 0.048, 1e-15);
	assert_interval(incidence_interval_at(&curve, 2, 4, 0.95), 0.008369,
	    0.581853, 0.5e-6);
	assert_interval(incidence_interval_at(&curve, 2, 5, 0.95), 0.051976,
	    0.752816, 0.5e-6);
	assert_interval(incidence_interval_at(&curve, 1, 5, 0.95),
	    0.0519757503775, 0.752815791359, 1e-12);
	assert_undefined(incidence_interval_at(&curve, 2, 3, 0.95));
	assert_true(incidence_variance_at(&curve, 2, 3) == 0);
}

static void
test_w34_ties(void **state)
{
	static const struct spell spells[] = { { START, 1, 0 }, { START, 2, 1 },
		{ START, 2, 2 }, { START, 4, 1 }, { START, 5, 2 },
		{ START, 6, 0 } };
	struct incidence_curve curve =
	    survival_incidence(*state, spells, COUNT(spells), 2);

	assert_close(incidence_at(&curve, 2, 2), 0.2, 1e-15);
	assert_close(incidence_at(&curve, 2, 5), 0.4, 1e-15);
	assert_close(incidence_at(&curve, 1, 2), 0.2, 1e-15);
	assert_close(incidence_at(&curve, 1, 4), 0.4, 1e-15);
	assert_close(incidence_variance_at(&curve, 1, 2), 0.032, 1e-15);
	assert_close(incidence_variance_at(&curve, 2, 5), 0.048, 1e-15);
}

/* Competing risks with late entries: fractions by python3. */
static void
test_incidence_truncated(void **state)
{
	static const struct spell spells[] = { { 1, 2, 1 }, { 2, 10, 2 },
		{ 4, 5, 2 }, { 0, 4, 1 }, { 0, 3, 0 }, { START, 7, 1 } };
	static const struct {
		double time, incidence[2], variance[2];
	} rows[] = {
		{ 2, { 1 / 4.0, 0 }, { 3 / 64.0, 0 } },
		{ 4, { 1 / 2.0, 0 }, { 1 / 16.0, 0 } },
		{ 5, { 1 / 2.0, 1 / 6.0 }, { 1 / 16.0, 11 / 432.0 } },
		{ 7, { 2 / 3.0, 1 / 6.0 }, { 5 / 108.0, 11 / 432.0 } },
		{ 10, { 2 / 3.0, 1 / 3.0 }, { 5 / 108.0, 5 / 108.0 } },
	};
	const struct spell *sorted = sorted_copy(*state, spells, COUNT(spells));
	struct incidence_curve curve =
	    survival_incidence(*state, sorted, COUNT(spells), 2);

	for (size_t i = 0; i < COUNT(rows); i++)
		for (unsigned k = 1; k <= 2; k++) {
			assert_close(incidence_at(&curve, k, rows[i].time),
			    rows[i].incidence[k - 1], 1e-15);
			assert_close(
			    incidence_variance_at(&curve, k, rows[i].time),
			    rows[i].variance[k - 1], 1e-15);
		}
	assert_interval(incidence_interval_at(&curve, 2, 10, 0.95),
	    0.0309571322592, 0.706587479089, 1e-12);
}

/* W33 by hand: F_2 is 0, 0.2 from 4 and 0.4 from 5; S is 1, then 0.8, 0.6, 0.4
 * and 0.2 from 2, 3, 4 and 5. */
static void
test_incidence_given(void **state)
{
	static const struct spell spells[] = { { START, 1, 0 }, { START, 2, 1 },
		{ START, 3, 1 }, { START, 4, 2 }, { START, 5, 2 },
		{ START, 6, 0 } };
	static const struct spell late[] = { { 3, 4, 1 }, { 3, 5, 2 } };
	struct incidence_curve curve =
	    survival_incidence(*state, spells, COUNT(spells), 2);

	assert_close(incidence_given(&curve, 2, 0, 4), 0.2, 1e-15);
	assert_close(incidence_given(&curve, 2, 3, 1), 1 / 3.0, 1e-15);
	assert_close(incidence_given(&curve, 2, 3, 2.9), 2 / 3.0, 1e-15);
	assert_close(incidence_given(&curve, 1, 2, 1), 0.25, 1e-15);
	assert_true(incidence_given(&curve, 1, 3, 1) == 0);
	assert_true(incidence_given(&curve, 1, 3, 0) == 0);
	assert_true(isnan(incidence_given(&curve, 1, 6, 0)));
	assert_true(isnan(incidence_given(&curve, 2, 3, 3.5)));
	assert_true(isnan(incidence_given(&curve, 2, 3, -1)));
	assert_true(isnan(incidence_given(&curve, 2, 3, NAN)));
	assert_true(isnan(incidence_given(&curve, 2, NAN, 1)));
	assert_true(isnan(incidence_given(&curve, 3, 3, 1)));

	/* Nobody at risk before 3; S is 0 from 5. */
	curve = survival_incidence(*state, late, COUNT(late), 2);
	assert_true(isnan(incidence_given(&curve, 1, 2, 4)));
	assert_close(incidence_given(&curve, 1, 3, 4), 0.5, 1e-15);
	assert_close(incidence_given(&curve, 2, 4, 40), 1, 1e-15);
	assert_true(isnan(incidence_given(&curve, 1, 5, 1)));
}

/* An incidence of 1 has no interval (R37), although the sum that leads there
 * rounds for most of these numbers. */
static void
test_incidence_of_all(void **state)
{
	for (size_t n = 1; n <= 100; n++) {
		struct spell *spells = arena_array(*state, n, sizeof(*spells));
		struct incidence_curve curve;

		for (size_t i = 0; i < n; i++)
			spells[i] = (struct spell){ START, (double)(i + 1), 1 };
		curve = survival_incidence(*state, spells, n, 1);
		assert_close(incidence_at(&curve, 1, (double)n), 1, 1e-14);
		assert_undefined(
		    incidence_interval_at(&curve, 1, (double)n, 0.95));
	}
}

/* A cause that nobody asked for ends a spell like any other. */
static void
test_other_causes(void **state)
{
	static const struct spell spells[] = { { START, 1, 7 }, { START, 2, 1 },
		{ START, 3, 4000000000u }, { START, 4, 0 } };
	struct incidence_curve curve =
	    survival_incidence(*state, spells, COUNT(spells), 1);

	assert_close(incidence_at(&curve, 1, 4), 0.25, 1e-15);
	assert_close(survival_at(&curve.all, 4), 0.25, 1e-15);
	assert_true(isnan(incidence_at(&curve, 0, 4)));
	assert_true(isnan(incidence_at(&curve, 2, 4)));
	assert_true(isnan(incidence_variance_at(&curve, 2, 4)));
	assert_undefined(incidence_interval_at(&curve, 2, 4, 0.95));
	curve = survival_incidence(*state, spells, COUNT(spells), 0);
	assert_true(isnan(incidence_at(&curve, 1, 4)));
}

/* ---- log-rank ---- */

#define assert_log_rank(result, chi2, df, p) \
	check_log_rank(result, chi2, df, p, __FILE__, __LINE__)

static void
check_log_rank(struct log_rank result, double expected_chi2,
    unsigned expected_df, double expected_p, const char *file, int line)
{
	check_close(
	    result.chi2, expected_chi2, 1e-12 * expected_chi2, file, line);
	_assert_int_equal(result.df, expected_df, file, line);
	check_close(result.p, expected_p, 1e-12 * expected_p, file, line);
}

/* The values of R in metrics.md (0.254237 and 0.614107; 0.384615 and
 * 0.535143; 16.79294 and 4.17e-5) to more digits, by python3. */
static void
test_log_rank_published(void **state)
{
	static const struct spell a[] = { { START, 10, 1 }, { START, 20, 1 },
		{ START, 30, 1 } };
	static const struct spell b[] = { { START, 10, 1 }, { START, 20, 1 },
		{ START, 50, 1 } };
	static const struct spell c[] = { { START, 10, 1 }, { START, 20, 0 },
		{ START, 30, 1 } };
	static const struct spell d[] = { { START, 10, 1 }, { START, 20, 0 },
		{ START, 50, 1 } };
	static const size_t three[] = { 3, 3 };
	static const size_t arms[] = { W32_N, COUNT(w32_control) };

	assert_log_rank(survival_log_rank(*state,
			    (const struct spell *const[]){ a, b }, three, 2),
	    0.25423728813559322, 1, 0.61410715005536542);
	assert_log_rank(survival_log_rank(*state,
			    (const struct spell *const[]){ c, d }, three, 2),
	    0.38461538461538462, 1, 0.53514345239775055);
	assert_log_rank(
	    survival_log_rank(*state,
		(const struct spell *const[]){ w32(*state), control(*state) },
		arms, 2),
	    16.792940989216533, 1, 4.1688091093345419e-5);
}

/* Three groups, the third with late entries; python3, the covariance as
 * fractions, solved without its last row. In any order of the groups. */
static void
test_log_rank_three(void **state)
{
	static const struct spell late[] = { { 0, 4, 1 }, { 2, 7, 1 },
		{ 3, 9, 0 }, { 5, 12, 1 }, { 8, 20, 1 }, { 10, 21, 0 },
		{ 15, 30, 1 } };
	const struct spell *groups[] = { w32(*state), control(*state), late };
	size_t n[] = { W32_N, COUNT(w32_control), COUNT(late) };

	for (size_t shift = 0; shift < 3; shift++) {
		const struct spell *turned[3];
		size_t sizes[3];

		for (size_t g = 0; g < 3; g++) {
			turned[g] = groups[(g + shift) % 3];
			sizes[g] = n[(g + shift) % 3];
		}
		assert_log_rank(survival_log_rank(*state, turned, sizes, 3),
		    17.36856984732743, 2, 0.00016922439822104386);
	}
}

/*
 * a and b are at risk together, later c and d, and e alone: the covariance of
 * five groups has rank 2. chi2 of the whole is the sum of the two parts,
 * 0.20317841980689033 + 2 (python3).
 */
static void
test_log_rank_apart(void **state)
{
	static const struct spell a[] = { { START, 2, 1 }, { START, 5, 1 },
		{ START, 9, 0 } };
	static const struct spell b[] = { { START, 1, 1 }, { START, 3, 1 },
		{ START, 4, 1 }, { START, 9, 0 } };
	static const struct spell c[] = { { 20, 22, 1 }, { 20, 25, 1 },
		{ 21, 28, 0 } };
	static const struct spell d[] = { { 20, 24, 0 }, { 20, 30, 1 },
		{ 20, 31, 1 } };
	static const struct spell e[] = { { 50, 60, 1 }, { 50, 61, 1 } };
	static const size_t n[] = { 3, 3, 2, 4, 3 };

	assert_log_rank(
	    survival_log_rank(
		*state, (const struct spell *const[]){ a, c, e, b, d }, n, 5),
	    2.2031784198068903, 2, 0.33234250180033772);
	assert_log_rank(survival_log_rank(*state,
			    (const struct spell *const[]){ a, e, e + 2, b },
			    (const size_t[]){ 3, 2, 0, 4 }, 4),
	    0.20317841980689033, 1, 0.65216745682992179);
}

/* R38 */
static void
test_log_rank_undefined(void **state)
{
	static const struct spell one[] = { { START, 1, 1 }, { START, 2, 1 } };
	static const struct spell open[] = { { START, 5, 0 } };
	static const struct spell late[] = { { 5, 6, 1 } };
	static const struct spell broken[] = { { NAN, 1, 1 } };
	static const struct {
		const struct spell *groups[2];
		size_t n[2], k;
	} cases[] = {
		{ { one, one }, { 2, 0 }, 2 },
		{ { one, late }, { 2, 1 }, 2 },
		{ { one, broken }, { 2, 1 }, 2 },
		{ { open, open }, { 1, 1 }, 2 }, /* no event */
		{ { one, one }, { 1, 1 }, 2 }, /* all at once */
		{ { one, NULL }, { 2, 0 }, 1 },
		{ { NULL, NULL }, { 0, 0 }, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct log_rank result = survival_log_rank(
		    *state, cases[i].groups, cases[i].n, cases[i].k);

		assert_int_equal(result.df, 0);
		assert_true(isnan(result.chi2) && isnan(result.p));
	}
}

/* ---- files of others ---- */

struct group {
	char name[16];
	struct spell *spells;
	size_t n;
};

/* A line of "no.,age,sex,histology,group,event,time" or "T,E,group" as a spell
 * of its group; true when it is one. */
static bool
parse_line(const char *line, char name[16], struct spell *spell)
{
	char event[8];
	int status;

	*spell = (struct spell){ START, 0, 0 };
	if (sscanf(line, "%*d,%*d,%*[^,],%*[^,],%15[^,],%7[^,],%lf", name,
		event, &spell->exit) == 3) {
		spell->cause = strcmp(event, "True") == 0;
		return true;
	}
	if (sscanf(line, "%lf%*[,\t]%d%*[,\t]%15[^\r\n]", &spell->exit, &status,
		name) != 3)
		return false;
	spell->cause = status == 1;
	return true;
}

#define FILE_ROWS 200

/* Reads two groups from $FUNNEL_SHARED/data/survival/, or skips. */
static void
read_groups(struct arena *arena, const char *file_name, struct group groups[2])
{
	const char *shared = getenv("FUNNEL_SHARED");
	char path[4096], line[256], name[16];
	struct spell spell;
	FILE *file;

	if (!shared)
		shared = "../shared";
	snprintf(path, sizeof(path), "%s/data/survival/%s", shared, file_name);
	file = fopen(path, "r");
	if (!file) {
		print_message(
		    "skipped: no data/survival/%s in %s\n", file_name, shared);
		skip();
	}
	while (fgets(line, sizeof(line), file)) {
		struct group *group = groups;

		if (!parse_line(line, name, &spell))
			continue;
		if (*groups->name && strcmp(groups->name, name) != 0)
			group++;
		if (!group->spells)
			group->spells = arena_array(
			    arena, FILE_ROWS, sizeof(*group->spells));
		memcpy(group->name, name, sizeof(name));
		assert_true(group->n < FILE_ROWS);
		group->spells[group->n++] = spell;
	}
	fclose(file);
	for (int g = 0; g < 2; g++)
		survival_sort(groups[g].spells, groups[g].n);
}

/* S as R prints it (data/README.md); the intervals and the log-rank by
 * python3. */
static void
test_g3(void **state)
{
	static const struct {
		int group;
		double time, survival, low, high;
	} rows[] = {
		{ 0, 25, 0.909, 0.50808020576992935, 0.9866738226678231 },
		{ 0, 53, 0.779, 0.35439952224310694, 0.94177279890892867 },
		{ 1, 9, 0.833, 0.27312284992835574, 0.9747124266908935 },
		{ 1, 19, 0.667, 0.19461663680623481, 0.9044341643225164 },
		{ 1, 32, 0.500, 0.11094826035143796, 0.80370923685005676 },
		{ 1, 34, 0.333, 0.046082243412045078, 0.67556435796930092 },
	};
	struct group groups[2] = { { { 0 }, NULL, 0 } };
	struct survival_curve curves[2];

	read_groups(*state, "g3.csv", groups);
	assert_string_equal(groups[0].name, "RIT");
	assert_string_equal(groups[1].name, "Control");
	for (int g = 0; g < 2; g++)
		curves[g] = survival_kaplan_meier(
		    *state, groups[g].spells, groups[g].n);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct survival_curve *curve = &curves[rows[i].group];

		assert_close(
		    survival_at(curve, rows[i].time), rows[i].survival, 0.5e-3);
		assert_interval(survival_interval_at(curve, rows[i].time, 0.95),
		    rows[i].low, rows[i].high, 1e-14);
	}
	assert_log_rank(survival_log_rank(*state,
			    (const struct spell *const[]){
				groups[0].spells, groups[1].spells },
			    (const size_t[]){ groups[0].n, groups[1].n }, 2),
	    6.0628878159827866, 1, 0.013805175857343759);
}

/* python3: the medians of 34 and 129 rows, and the log-rank as a fraction. */
static void
test_waltons(void **state)
{
	struct group groups[2] = { { { 0 }, NULL, 0 } };
	static const double medians[] = { 26, 58 };

	read_groups(*state, "waltons_dataset.csv", groups);
	assert_int_equal(groups[0].n, 34);
	assert_int_equal(groups[1].n, 129);
	for (int g = 0; g < 2; g++) {
		struct survival_curve curve = survival_kaplan_meier(
		    *state, groups[g].spells, groups[g].n);

		assert_true(survival_quantile(&curve, 0.5) == medians[g]);
	}
	assert_log_rank(survival_log_rank(*state,
			    (const struct spell *const[]){
				groups[0].spells, groups[1].spells },
			    (const size_t[]){ groups[0].n, groups[1].n }, 2),
	    122.24912557300616, 1, 2.0359832222855358e-28);
}

/* ---- nothing, and nonsense ---- */

static void
test_empty(void **state)
{
	static const struct spell never[] = { { 5, 5, 1 }, { 6, 5, 1 },
		{ NAN, 5, 1 }, { 0, NAN, 1 }, { INFINITY, INFINITY, 1 },
		{ START, START, 1 } };

	for (size_t n = 0; n <= COUNT(never); n += COUNT(never)) {
		struct survival_curve curve = kaplan_meier(*state, never, n);
		struct incidence_curve incidence = survival_incidence(
		    *state, sorted_copy(*state, never, n), n, 2);

		assert_int_equal(curve.n, 0);
		assert_undefined(curve.followed);
		assert_true(isnan(survival_at(&curve, 0)));
		assert_true(isnan(survival_quantile(&curve, 0.5)));
		assert_undefined(survival_interval_at(&curve, 0, 0.95));
		assert_undefined(survival_quantile_interval(&curve, 0.5, 0.95));
		assert_true(isnan(incidence_at(&incidence, 1, 0)));
		assert_true(isnan(incidence_given(&incidence, 1, 0, 1)));
	}
}

/* Zero durations count when a spell is seen from the start (R37), negative
 * times are times, an event at infinity is none, and only censorings leave S
 * at 1. */
static void
test_odd_times(void **state)
{
	static const struct spell odd[] = { { START, -3, 1 }, { START, 0, 1 },
		{ 0, 0, 1 }, { START, 4, 0 }, { START, INFINITY, 1 } };
	static const struct spell open[] = { { START, 4, 0 } };
	struct survival_curve curve = kaplan_meier(*state, odd, COUNT(odd));

	assert_int_equal(curve.n, 2);
	assert_close(survival_at(&curve, -3), 0.75, 1e-15);
	assert_close(survival_at(&curve, 0), 0.5, 1e-15);
	assert_close(survival_at(&curve, INFINITY), 0.5, 1e-15);
	assert_true(survival_at(&curve, START) == 1);
	assert_true(isnan(survival_at(&curve, NAN)));
	curve = survival_kaplan_meier(*state, open, 1);
	assert_true(survival_at(&curve, 4) == 1);
	assert_true(isnan(survival_at(&curve, 5)));
	assert_undefined(survival_interval_at(&curve, 4, 0.95));
}

static void
test_bad_arguments(void **state)
{
	static const double outside[] = { -0.5, 0, 1.5, NAN, INFINITY };
	struct survival_curve curve =
	    survival_kaplan_meier(*state, w32(*state), W32_N);
	struct incidence_curve incidence =
	    survival_incidence(*state, w32(*state), W32_N, 1);

	for (size_t i = 0; i < COUNT(outside); i++) {
		double x = outside[i];

		assert_true(isnan(survival_quantile(&curve, x)));
		assert_undefined(survival_quantile_interval(&curve, x, 0.95));
		assert_undefined(survival_quantile_interval(&curve, 0.5, x));
		assert_undefined(survival_interval_at(&curve, 10, x));
		assert_undefined(incidence_interval_at(&incidence, 1, 10, x));
	}
	assert_undefined(survival_interval_at(&curve, NAN, 0.95));
	assert_true(isnan(incidence_variance_at(&incidence, 1, NAN)));
}

/* ---- laws, on generated spells ---- */

#define LAW_SPELLS 40
#define LAW_CASES 400
#define LAW_CAUSES 3

/* Few distinct times, so that everything ties; half of the cases with late
 * entries, some of them after the exit. */
static size_t
generate(struct stats_random *random, struct spell spells[LAW_SPELLS])
{
	size_t n = stats_random_below(random, LAW_SPELLS) + 1;
	bool late = stats_random_below(random, 2);

	for (size_t i = 0; i < n; i++) {
		spells[i].exit = (double)stats_random_below(random, 15);
		spells[i].entry =
		    late && stats_random_below(random, 3)
			? (double)stats_random_below(random, 12) - 2
			: START;
		spells[i].cause =
		    (unsigned)stats_random_below(random, LAW_CAUSES + 1);
	}
	return n;
}

struct counts { /* at one time, by looking at every spell */
	double at_risk, events, by_cause[LAW_CAUSES + 1];
};

static struct counts
count_at(const struct spell *spells, size_t n, double t)
{
	struct counts counts = { 0, 0, { 0 } };

	for (size_t i = 0; i < n; i++) {
		if (!(spells[i].entry < t && t <= spells[i].exit))
			continue;
		counts.at_risk++;
		if (spells[i].exit != t || spells[i].cause == 0)
			continue;
		counts.events++;
		counts.by_cause[spells[i].cause]++;
	}
	return counts;
}

/* Times are whole: S and the incidences up to t, factor by factor. */
static void
reference(const struct spell *spells, size_t n, double t, double *survival,
    double incidence[LAW_CAUSES + 1])
{
	*survival = 1;
	memset(incidence, 0, (LAW_CAUSES + 1) * sizeof(*incidence));
	for (double u = 0; u <= t; u++) {
		struct counts counts = count_at(spells, n, u);

		if (counts.events == 0)
			continue;
		for (unsigned k = 1; k <= LAW_CAUSES; k++)
			incidence[k] +=
			    *survival * counts.by_cause[k] / counts.at_risk;
		*survival *= 1 - counts.events / counts.at_risk;
	}
}

/* The formula of metrics.md 3.5.4, term by term. */
static double
reference_variance(
    const struct spell *spells, size_t n, double t, unsigned cause)
{
	double survival, at_t[LAW_CAUSES + 1], at_u[LAW_CAUSES + 1], sum = 0;
	double before = 1;

	reference(spells, n, t, &survival, at_t);
	for (double u = 0; u <= t; u++) {
		struct counts counts = count_at(spells, n, u);
		double m = counts.at_risk, d = counts.events;
		double d_k = counts.by_cause[cause], rest;

		if (d == 0)
			continue;
		reference(spells, n, u, &survival, at_u);
		rest = at_t[cause] - at_u[cause];
		if (m > d)
			sum += rest * rest * d / (m * (m - d));
		sum += before * before * d_k * (m - d_k) / pow(m, 3);
		sum -= 2 * rest * before * d_k / (m * m);
		before = survival;
	}
	return sum;
}

static void
check_curve(const struct incidence_curve *curve, const struct spell *spells,
    size_t n, double t)
{
	double survival, incidence[LAW_CAUSES + 1], sum;

	reference(spells, n, t, &survival, incidence);
	assert_close(survival_at(&curve->all, t), survival, 1e-13);
	sum = survival_at(&curve->all, t);
	for (unsigned k = 1; k <= LAW_CAUSES; k++) {
		assert_close(incidence_at(curve, k, t), incidence[k], 1e-13);
		assert_close(incidence_variance_at(curve, k, t),
		    reference_variance(spells, n, t, k), 1e-13);
		sum += incidence_at(curve, k, t);
	}
	assert_close(sum, 1, 1e-13);
}

static void
test_law_reference(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260101);

	for (int i = 0; i < LAW_CASES; i++) {
		struct spell spells[LAW_SPELLS];
		size_t n = generate(random, spells);
		struct incidence_curve curve = survival_incidence(
		    *state, sorted_copy(*state, spells, n), n, LAW_CAUSES);

		for (double t = -1; t <= curve.all.followed.high; t++)
			check_curve(&curve, spells, n, t);
	}
}

/* With one cause the incidence is 1 - S and its variance Greenwood's: each
 * term of the sum becomes S(t)^2 d/(n(n-d)). */
static void
test_law_one_cause(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260102);

	for (int i = 0; i < LAW_CASES; i++) {
		struct spell spells[LAW_SPELLS];
		size_t n = generate(random, spells);
		struct incidence_curve curve;

		for (size_t s = 0; s < n; s++)
			spells[s].cause = spells[s].cause > 1;
		survival_sort(spells, n);
		curve = survival_incidence(*state, spells, n, 1);
		for (size_t s = 0; s < curve.all.n; s++) {
			const struct survival_step *step = &curve.all.steps[s];
			double survival = step->survival;

			assert_close(incidence_at(&curve, 1, step->time),
			    1 - survival, 1e-13);
			if (survival > 0)
				assert_close(incidence_variance_at(
						 &curve, 1, step->time),
				    survival * survival * step->greenwood,
				    1e-13);
		}
	}
}

static void
shuffle(struct stats_random *random, struct spell *spells, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = stats_random_below(random, i);
		struct spell kept = spells[i - 1];

		spells[i - 1] = spells[j];
		spells[j] = kept;
	}
}

/* The same bits, whatever the order of rows. */
static void
test_law_order(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260103);

	for (int i = 0; i < LAW_CASES; i++) {
		struct spell spells[LAW_SPELLS];
		size_t n = generate(random, spells);
		struct incidence_curve one = survival_incidence(
		    *state, sorted_copy(*state, spells, n), n, LAW_CAUSES);
		struct incidence_curve other;

		shuffle(random, spells, n);
		other = survival_incidence(
		    *state, sorted_copy(*state, spells, n), n, LAW_CAUSES);
		assert_int_equal(one.all.n, other.all.n);
		if (one.all.n == 0)
			continue;
		assert_memory_equal(one.all.steps, other.all.steps,
		    one.all.n * sizeof(*one.all.steps));
		assert_memory_equal(one.incidence, other.incidence,
		    one.all.n * LAW_CAUSES * sizeof(*one.incidence));
	}
}

/* Two groups: (O - E)^2 / V, Mantel's own form. */
static double
reference_log_rank(
    const struct spell *a, size_t n_a, const struct spell *b, size_t n_b)
{
	double excess = 0, variance = 0;

	for (double t = 0; t < 16; t++) {
		struct counts x = count_at(a, n_a, t);
		struct counts y = count_at(b, n_b, t);
		double n = x.at_risk + y.at_risk, d = x.events + y.events;

		if (d == 0)
			continue;
		excess += x.events - d * x.at_risk / n;
		if (n > 1)
			variance += d * x.at_risk * y.at_risk * (n - d) /
				    (n * n * (n - 1));
	}
	return variance > 0 ? excess * excess / variance : NAN;
}

static void
test_law_log_rank(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260104);
	int defined = 0;

	for (int i = 0; i < LAW_CASES; i++) {
		struct spell a[LAW_SPELLS], b[LAW_SPELLS];
		size_t n[] = { generate(random, a), generate(random, b) };
		const struct spell *groups[] = { a, b };
		double expected = reference_log_rank(a, n[0], b, n[1]);
		struct log_rank result;

		survival_sort(a, n[0]);
		survival_sort(b, n[1]);
		result = survival_log_rank(*state, groups, n, 2);
		if (isnan(expected)) {
			assert_true(isnan(result.chi2) && result.df == 0);
			continue;
		}
		defined++;
		assert_int_equal(result.df, 1);
		assert_close(result.chi2, expected, 1e-11 * (1 + expected));
	}
	assert_true(defined > LAW_CASES / 2);
}

/* Each group against the others together. */
static void
test_law_log_rank_each(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260106);
	enum { K = 3 };

	for (int i = 0; i < LAW_CASES; i++) {
		struct spell spells[K][LAW_SPELLS], rest[K * LAW_SPELLS];
		const struct spell *groups[K];
		struct log_rank each[K];
		size_t n[K];

		for (int g = 0; g < K; g++) {
			n[g] = generate(random, spells[g]);
			survival_sort(spells[g], n[g]);
			groups[g] = spells[g];
		}
		survival_log_rank_each(*state, groups, n, K, each);
		for (int g = 0; g < K; g++) {
			size_t n_rest = 0;
			double expected;

			for (int h = 0; h < K; h++)
				for (size_t s = 0; h != g && s < n[h]; s++)
					rest[n_rest++] = spells[h][s];
			expected =
			    reference_log_rank(spells[g], n[g], rest, n_rest);
			if (isnan(expected)) {
				assert_true(isnan(each[g].chi2));
				assert_true(isnan(each[g].p));
				continue;
			}
			assert_close(
			    each[g].chi2, expected, 1e-11 * (1 + expected));
			assert_close(
			    each[g].p, stats_chi2_upper(each[g].chi2, 1), 0);
		}
	}
}

/* Under the null hypothesis chi2 of k groups has the mean k - 1 (and the
 * variance 2(k-1), hence the tolerance of 5 standard errors), late entries or
 * not. */
static void
test_law_log_rank_null(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260105);
	enum { K = 4, N = 30, CASES = 400 };
	double sum = 0;

	for (int i = 0; i < CASES; i++) {
		struct spell spells[K][N];
		const struct spell *groups[K];
		size_t n[K];

		for (int g = 0; g < K; g++) {
			for (int s = 0; s < N; s++) {
				double entry = stats_random_uniform(random);
				double u = 1 - stats_random_uniform(random);

				spells[g][s] = (struct spell){ entry,
					entry - log(u), u > 0.2 };
			}
			survival_sort(spells[g], N);
			groups[g] = spells[g];
			n[g] = N;
		}
		sum += survival_log_rank(*state, groups, n, K).chi2;
	}
	assert_close(sum / CASES, K - 1, 5 * sqrt(2.0 * (K - 1) / CASES));
}

#define in_arena(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort),
		in_arena(test_w30),
		in_arena(test_w31_left_truncation),
		in_arena(test_w32),
		in_arena(test_quantiles),
		in_arena(test_median_rounding),
		in_arena(test_w33),
		in_arena(test_w34_ties),
		in_arena(test_incidence_truncated),
		in_arena(test_incidence_given),
		in_arena(test_incidence_of_all),
		in_arena(test_other_causes),
		in_arena(test_log_rank_published),
		in_arena(test_log_rank_three),
		in_arena(test_log_rank_apart),
		in_arena(test_log_rank_undefined),
		in_arena(test_g3),
		in_arena(test_waltons),
		in_arena(test_empty),
		in_arena(test_odd_times),
		in_arena(test_bad_arguments),
		in_arena(test_law_reference),
		in_arena(test_law_one_cause),
		in_arena(test_law_order),
		in_arena(test_law_log_rank),
		in_arena(test_law_log_rank_each),
		in_arena(test_law_log_rank_null),
	};

	return cmocka_run_group_tests_name("survival", tests, NULL, NULL);
}
