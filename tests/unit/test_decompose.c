/*
 * The parts of a change against W8 of metrics.md 3.1.10, worked by hand, and,
 * on generated counts, against plain code written from the formulas there and
 * in M4 of product.md: the parts in long doubles, the intervals by
 * differentiating them numerically by each count.
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
#include "decompose.h"

#include <cmocka.h>

#include "arena_fixture.h"

#define SEGMENTS 5
#define CASES 2000
#define Z95 1.9599639845400545

/* splitmix64 (Steele, Lea, Flood 2014; public domain by Vigna) */
static uint64_t
next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static uint64_t
up_to(uint64_t *state, uint64_t most)
{
	return next(state) % (most + 1);
}

static int case_number;

static void
assert_close(double a, double b, double tolerance)
{
	if (!(fabs(a - b) <= tolerance))
		fail_msg("case %d: %.17g is not %.17g", case_number, a, b);
}

/* Followed to the end: entered = followed, by as-of = in time. */
static struct window_counts
mature(uint64_t entered, uint64_t converted)
{
	return (struct window_counts){ entered, converted, entered, converted,
		converted };
}

/* ---- W8 ---- */

static const struct segment_counts *
w8(void)
{
	static struct segment_counts segments[2];

	segments[0].window[WINDOW_BEFORE] = mature(4000, 200);
	segments[0].window[WINDOW_AFTER] = mature(1000, 30);
	segments[1].window[WINDOW_BEFORE] = mature(1000, 200);
	segments[1].window[WINDOW_AFTER] = mature(4000, 720);
	return segments;
}

static void
test_w8(void **state)
{
	struct effects segments[2], whole;

	case_number = 8;
	decompose(*state, w8(), 2, 0.95, segments, &whole);
	assert_close(whole.parts[EFFECT_MIX].value, 0.09, 1e-16);
	assert_close(whole.parts[EFFECT_RATE].value, -0.02, 1e-16);
	assert_close(whole.parts[EFFECT_MATURITY].value, 0, 0);
	assert_close(whole.change.value, 0.07, 2e-17);
	/* paid: -0.6 x 0.04; direct: 0.6 x 0.19 */
	assert_close(segments[0].parts[EFFECT_MIX].value, -0.024, 1e-17);
	assert_close(segments[1].parts[EFFECT_MIX].value, 0.114, 2e-17);
	assert_true(decompose_is_simpson(w8(), 2));
}

/* ---- what is missing ---- */

static void
test_new_segment_is_all_mix(void **state)
{
	struct segment_counts c[2] = { { { mature(50, 10), mature(50, 10) } },
		{ { mature(0, 0), mature(50, 30) } } };
	struct effects segments[2], whole;

	decompose(*state, c, 2, 0.95, segments, &whole);
	/* 0.5 x 0.6, and -0.5 x 0.2 of the old one */
	assert_close(segments[1].parts[EFFECT_MIX].value, 0.3, 1e-16);
	assert_close(segments[1].parts[EFFECT_RATE].value, 0, 0);
	assert_close(whole.parts[EFFECT_MIX].value, 0.2, 1e-16);
	assert_close(whole.parts[EFFECT_RATE].value, 0, 0);
}

static void
test_nobody_followed(void **state)
{
	struct segment_counts c = { { mature(50, 10), { 20, 2, 0, 0, 0 } } };
	struct effects segment, whole;

	decompose(*state, &c, 1, 0.95, &segment, &whole);
	assert_close(whole.change.value, -0.1, 1e-16);
	for (int i = 0; i < EFFECT_COUNT; i++) {
		assert_true(isnan(whole.parts[i].value));
		assert_true(isnan(whole.parts[i].interval.low));
	}
	/* Wald: 0.2 0.8 / 50 + 0.1 0.9 / 20 */
	assert_close(whole.change.interval.high,
	    -0.1 + Z95 * sqrt(0.0032 + 0.0045), 1e-12);
}

static void
test_nothing(void **state)
{
	struct effects whole;
	struct segment_counts empty = { { mature(0, 0), mature(0, 0) } };
	struct effects segment;

	decompose(*state, NULL, 0, 0.95, NULL, &whole);
	assert_true(isnan(whole.change.value));
	decompose(*state, &empty, 1, 0.95, &segment, &whole);
	assert_true(isnan(whole.change.value));
	assert_true(isnan(whole.change.interval.low));
	assert_false(decompose_is_simpson(&empty, 1));
	assert_false(decompose_is_simpson(NULL, 0));
}

static void
test_simpson_needs_all_one_way(void **state)
{
	struct segment_counts c[2];

	(void)state;
	memcpy(c, w8(), sizeof(c));
	/* one stands still: the other still fell while all rose */
	c[0].window[WINDOW_AFTER] = mature(1000, 50);
	assert_true(decompose_is_simpson(c, 2));
	/* one rose with the whole */
	c[0].window[WINDOW_AFTER] = mature(1000, 51);
	assert_false(decompose_is_simpson(c, 2));
	/* both stand still, only the mix moved */
	c[0].window[WINDOW_AFTER] = mature(1000, 50);
	c[1].window[WINDOW_AFTER] = mature(4000, 800);
	assert_false(decompose_is_simpson(c, 2));
}

/* ---- generated counts ---- */

/* What a record can be, in long doubles, to be moved a little: young, young
 * and converted, followed in vain, followed and converted too late, in time. */
enum kind { YOUNG, YOUNG_WON, NEVER, LATE, IN_TIME, KINDS };

struct cells {
	long double n[WINDOWS][SEGMENTS][KINDS];
};

static struct window_counts
counts_of(const long double n[KINDS])
{
	long double followed = n[NEVER] + n[LATE] + n[IN_TIME];

	return (struct window_counts){
		(uint64_t)(n[YOUNG] + n[YOUNG_WON] + followed),
		(uint64_t)(n[YOUNG_WON] + n[LATE] + n[IN_TIME]),
		(uint64_t)followed,
		(uint64_t)(n[LATE] + n[IN_TIME]),
		(uint64_t)n[IN_TIME],
	};
}

/* Now and then a segment is missing or not followed in a window; every window
 * has somebody. */
static struct cells
make_cells(uint64_t *seed)
{
	struct cells cells;

	for (int w = 0; w < WINDOWS; w++)
		for (int s = 0; s < SEGMENTS; s++) {
			bool missing = s && up_to(seed, 5) == 0;
			bool young = s && up_to(seed, 5) == 0;

			for (int k = 0; k < KINDS; k++)
				cells.n[w][s][k] =
				    missing || (young && k >= NEVER)
					? 0
					: (long double)up_to(seed, 40);
			cells.n[w][s][NEVER] += s == 0;
		}
	return cells;
}

static void
segments_of(const struct cells *cells, struct segment_counts *out)
{
	for (int s = 0; s < SEGMENTS; s++)
		for (int w = 0; w < WINDOWS; w++)
			out[s].window[w] = counts_of(cells->n[w][s]);
}

static long double
sum_kinds(const struct cells *cells, int w, int segment, enum kind first,
    enum kind last)
{
	long double sum = 0;

	for (int s = 0; s < SEGMENTS; s++)
		for (int k = (int)first; k <= (int)last; k++)
			if (segment < 0 || s == segment)
				sum += cells->n[w][s][k];
	return sum;
}

/* From the formulas: mix, rate, maturity and, at EFFECT_COUNT, the change. */
static void
plain_parts(const struct cells *cells, int s, long double out[EFFECT_COUNT + 1])
{
	long double w[WINDOWS], r[WINDOWS], c[WINDOWS], f[WINDOWS];

	for (int i = 0; i < WINDOWS; i++) {
		f[i] = sum_kinds(cells, i, s, NEVER, IN_TIME);
		w[i] = f[i] / sum_kinds(cells, i, -1, NEVER, IN_TIME);
		r[i] = cells->n[i][s][IN_TIME] / f[i];
		c[i] = (cells->n[i][s][YOUNG_WON] + cells->n[i][s][LATE] +
			   cells->n[i][s][IN_TIME]) /
		       sum_kinds(cells, i, -1, YOUNG, IN_TIME);
	}
	for (int i = 0; i < WINDOWS; i++)
		if (f[i] == 0)
			r[i] = f[1 - i] == 0 ? 0 : r[1 - i];
	out[EFFECT_MIX] = (w[1] - w[0]) * (r[0] + r[1]) / 2;
	out[EFFECT_RATE] = (r[1] - r[0]) * (w[0] + w[1]) / 2;
	out[EFFECT_COUNT] = c[1] - c[0];
	out[EFFECT_MATURITY] = out[EFFECT_COUNT] - (w[1] * r[1] - w[0] * r[0]);
}

/* segment -1: the whole */
static long double
plain_part(const struct cells *cells, int segment, int effect)
{
	long double sum = 0, parts[EFFECT_COUNT + 1];

	for (int s = 0; s < SEGMENTS; s++)
		if (segment < 0 || s == segment) {
			plain_parts(cells, s, parts);
			sum += parts[effect];
		}
	return sum;
}

/* A record counts as much as the part moves when its kind gains one: the
 * influence, since a part does not move when all kinds grow alike. */
static double
plain_error(const struct cells *cells, int segment, int effect)
{
	long double variance = 0;

	for (int w = 0; w < WINDOWS; w++)
		for (int s = 0; s < SEGMENTS; s++)
			for (int k = 0; k < KINDS; k++) {
				struct cells more = *cells, less = *cells;
				long double n = cells->n[w][s][k];
				long double step = n * 1e-4L, d;

				if (n == 0)
					continue;
				more.n[w][s][k] += step;
				less.n[w][s][k] -= step;
				d = (plain_part(&more, segment, effect) -
					plain_part(&less, segment, effect)) /
				    (2 * step);
				variance += n * d * d;
			}
	return (double)sqrtl(variance);
}

static const struct part *
part_of(const struct effects *effects, int i)
{
	return i == EFFECT_COUNT ? &effects->change : &effects->parts[i];
}

/* A sum rounded once, of 3 values: exact in 113 bits, or in 64 near enough. */
static double
sum_of_parts(const struct effects *e)
{
	return (double)((long double)e->parts[EFFECT_MIX].value +
			(long double)e->parts[EFFECT_RATE].value +
			(long double)e->parts[EFFECT_MATURITY].value);
}

static void
check_effects(
    const struct cells *cells, int segment, const struct effects *effects)
{
	for (int i = 0; i <= EFFECT_COUNT; i++)
		assert_close(part_of(effects, i)->value,
		    (double)plain_part(cells, segment, i), 1e-15);
	/* to the last digit */
	assert_close(sum_of_parts(effects), effects->change.value, 1e-17);
}

static void
test_parts_add_up(void **state)
{
	uint64_t seed = 1;

	for (case_number = 0; case_number < CASES; case_number++) {
		struct cells cells = make_cells(&seed);
		struct segment_counts segments[SEGMENTS];
		struct effects of_segment[SEGMENTS], whole;

		segments_of(&cells, segments);
		decompose(*state, segments, SEGMENTS, 0.95, of_segment, &whole);
		check_effects(&cells, -1, &whole);
		for (int s = 0; s < SEGMENTS; s++)
			check_effects(&cells, s, &of_segment[s]);
	}
}

static void
check_intervals(
    const struct cells *cells, int segment, const struct effects *effects)
{
	for (int i = 0; i <= EFFECT_COUNT; i++) {
		const struct part *part = part_of(effects, i);
		double error = plain_error(cells, segment, i);

		if (isnan(part->interval.low)) {
			assert_close(error, 0, 1e-9);
			continue;
		}
		assert_close(
		    part->interval.low, part->value - Z95 * error, 1e-7);
		assert_close(
		    part->interval.high, part->value + Z95 * error, 1e-7);
	}
}

static void
test_intervals(void **state)
{
	uint64_t seed = 2;

	for (case_number = 0; case_number < CASES / 20; case_number++) {
		struct cells cells = make_cells(&seed);
		struct segment_counts segments[SEGMENTS];
		struct effects of_segment[SEGMENTS], whole;

		segments_of(&cells, segments);
		decompose(*state, segments, SEGMENTS, 0.95, of_segment, &whole);
		check_intervals(&cells, -1, &whole);
		for (int s = 0; s < SEGMENTS; s++)
			check_intervals(&cells, s, &of_segment[s]);
	}
}

/* The order of the segments decides nothing, not even the last bit. */
static void
test_order(void **state)
{
	uint64_t seed = 3;

	for (case_number = 0; case_number < CASES; case_number++) {
		struct cells cells = make_cells(&seed);
		struct segment_counts one[SEGMENTS], other[SEGMENTS];
		struct effects a[SEGMENTS], b[SEGMENTS], all_a, all_b;

		segments_of(&cells, one);
		for (int s = 0; s < SEGMENTS; s++)
			other[SEGMENTS - 1 - s] = one[s];
		decompose(*state, one, SEGMENTS, 0.95, a, &all_a);
		decompose(*state, other, SEGMENTS, 0.95, b, &all_b);
		assert_memory_equal(&all_a, &all_b, sizeof(all_a));
		for (int s = 0; s < SEGMENTS; s++)
			assert_memory_equal(
			    &a[s], &b[SEGMENTS - 1 - s], sizeof(a[s]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_w8, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_new_segment_is_all_mix, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_nobody_followed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nothing, setup, teardown),
		cmocka_unit_test(test_simpson_needs_all_one_way),
		cmocka_unit_test_setup_teardown(
		    test_parts_add_up, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_intervals, setup, teardown),
		cmocka_unit_test_setup_teardown(test_order, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
