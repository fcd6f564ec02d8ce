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

/* ---- two definitions ---- */

/*
 * Of a record: out, or in a segment, young or followed, converted or not; by
 * the old definitions in one of two windows, by the new ones after. n[old][new]
 * in long doubles, to be moved a little.
 */
#define TWO 3 /* segments */
#define OLD_STANDS (1 + WINDOWS * TWO * KINDS)
#define NEW_STANDS (1 + TWO * KINDS)

struct pairs {
	long double n[OLD_STANDS][NEW_STANDS];
};

struct place {
	int segment; /* -1: out */
	int window;
	enum kind kind;
};

static struct place
place_of(int stand)
{
	int i = stand - 1;

	if (stand == 0)
		return (struct place){ -1, 0, YOUNG };
	return (struct place){ i / KINDS % TWO, i / KINDS / TWO,
		(enum kind)(i % KINDS) };
}

static struct place
new_place(int stand)
{
	struct place p = place_of(stand);

	p.window = WINDOW_AFTER;
	return p;
}

static bool
is_converted(struct place p)
{
	return p.segment >= 0 && p.kind != YOUNG && p.kind != NEVER;
}

/* Now and then the new definitions have another segment, or whether it was in
 * time; every window has somebody who was followed. */
static struct pairs
make_pairs(uint64_t *seed)
{
	struct pairs pairs = { 0 };
	uint64_t kinds = 1 + up_to(seed, KINDS - 2);

	for (int i = 0; i < 120; i++) {
		int old = (int)up_to(seed, OLD_STANDS - 1);
		int new = (int)up_to(seed, NEW_STANDS - 1);
		struct place p = place_of(old);

		if (p.segment >= 0 && p.window == WINDOW_AFTER &&
		    up_to(seed, kinds) != 0)
			new = 1 + (old - 1) % (TWO * KINDS);
		pairs.n[old][new]++;
	}
	pairs.n[0][0] = 0;
	pairs.n[1 + NEVER][1 + NEVER]++;
	pairs.n[1 + TWO * KINDS + NEVER][1 + IN_TIME]++;
	return pairs;
}

static enum stand
stand_of(struct place p, int segment)
{
	bool converted =
	    is_converted(p) && (segment < 0 || p.segment == segment);

	if (p.segment < 0)
		return STAND_OUT;
	if (p.window == WINDOW_BEFORE)
		return converted ? STAND_BEFORE_CONVERTED : STAND_BEFORE;
	return converted ? STAND_AFTER_CONVERTED : STAND_AFTER;
}

/* As one who counts records would: a segment knows those who stand in it. */
static void
count_pairs(const struct pairs *pairs, struct segment_counts *segments,
    struct overlap *overlaps, struct overlap *whole)
{
	struct cells old = { 0 };

	for (int i = 0; i < OLD_STANDS; i++)
		for (int j = 0; j < NEW_STANDS; j++) {
			struct place a = place_of(i), b = new_place(j);
			uint64_t n = (uint64_t)pairs->n[i][j];

			if (a.segment >= 0)
				old.n[a.window][a.segment][a.kind] +=
				    pairs->n[i][j];
			whole->n[stand_of(a, -1)][stand_of(b, -1)] += n;
			for (int s = 0; s < TWO; s++)
				if (s == a.segment || s == b.segment)
					overlaps[s].n[stand_of(a, s)]
						     [stand_of(b, s)] += n;
		}
	for (int s = 0; s < TWO; s++)
		for (int w = 0; w < WINDOWS; w++)
			segments[s].window[w] = counts_of(old.n[w][s]);
}

/* Converted of a segment, -1: of all, by all that entered. */
static long double
plain_share(const struct pairs *pairs, bool new, int window, int segment)
{
	long double entered = 0, converted = 0;

	for (int i = 0; i < OLD_STANDS; i++)
		for (int j = 0; j < NEW_STANDS; j++) {
			struct place p = new ? new_place(j) : place_of(i);

			if (p.segment < 0 || p.window != window)
				continue;
			entered += pairs->n[i][j];
			if (is_converted(p) &&
			    (segment < 0 || segment == p.segment))
				converted += pairs->n[i][j];
		}
	return converted / entered;
}

static long double
plain_difference(const struct pairs *pairs, int window, int segment)
{
	return plain_share(pairs, true, WINDOW_AFTER, segment) -
	       plain_share(pairs, false, window, segment);
}

/* As plain_error(): a record moves both rates at once. */
static double
plain_pair_error(const struct pairs *pairs, int window, int segment)
{
	long double variance = 0;

	for (int i = 0; i < OLD_STANDS; i++)
		for (int j = 0; j < NEW_STANDS; j++) {
			struct pairs more = *pairs, less = *pairs;
			long double n = pairs->n[i][j], step = n * 1e-4L, d;

			if (n == 0)
				continue;
			more.n[i][j] += step;
			less.n[i][j] -= step;
			d = (plain_difference(&more, window, segment) -
				plain_difference(&less, window, segment)) /
			    (2 * step);
			variance += n * d * d;
		}
	return (double)sqrtl(variance);
}

static void
check_difference(const struct pairs *pairs, int window, int segment,
    const struct part *part, bool bounds)
{
	double error;

	assert_close(part->value,
	    (double)plain_difference(pairs, window, segment), 1e-15);
	if (!bounds)
		return;
	error = plain_pair_error(pairs, window, segment);
	if (isnan(part->interval.low)) {
		assert_close(error, 0, 1e-9);
		return;
	}
	assert_close(part->interval.low, part->value - Z95 * error, 1e-7);
	assert_close(part->interval.high, part->value + Z95 * error, 1e-7);
}

/* A sum rounded once, as in sum_of_parts(). */
static void
check_sum(const struct effects *e)
{
	double sum = (double)((long double)e->parts[EFFECT_MIX].value +
			      (long double)e->parts[EFFECT_RATE].value +
			      (long double)e->parts[EFFECT_MATURITY].value +
			      (long double)e->definition.value);

	assert_close(sum, e->change.value, 1e-17);
}

static void
check_pairs(
    struct arena *arena, const struct pairs *pairs, bool bounds, bool *differ)
{
	struct segment_counts segments[TWO];
	struct overlap overlaps[TWO] = { 0 }, whole = { 0 };
	struct effects own[TWO], all, own_old[TWO], all_old;

	count_pairs(pairs, segments, overlaps, &whole);
	decompose(arena, segments, TWO, 0.95, own_old, &all_old);
	assert_true(isnan(all_old.definition.value));
	all = all_old;
	memcpy(own, own_old, sizeof(own));
	decompose_definition(overlaps, TWO, &whole, 0.95, own, &all);
	check_sum(&all);
	check_difference(pairs, WINDOW_AFTER, -1, &all.definition, bounds);
	check_difference(pairs, WINDOW_BEFORE, -1, &all.change, bounds);
	assert_memory_equal(all.parts, all_old.parts, sizeof(all.parts));
	for (int s = 0; s < TWO; s++) {
		check_sum(&own[s]);
		check_difference(
		    pairs, WINDOW_AFTER, s, &own[s].definition, bounds);
		check_difference(
		    pairs, WINDOW_BEFORE, s, &own[s].change, bounds);
		assert_memory_equal(
		    own[s].parts, own_old[s].parts, sizeof(own[s].parts));
	}
	*differ |= fabs(all.definition.value) > 0.01;
}

static void
test_definition(void **state)
{
	uint64_t seed = 4;
	bool differ = false;

	for (case_number = 0; case_number < CASES / 20; case_number++) {
		struct pairs pairs = make_pairs(&seed);

		check_pairs(*state, &pairs, case_number < CASES / 200, &differ);
	}
	assert_true(differ);
}

/* Definitions that agree on everybody have no part in the change, which is what
 * it was. */
static void
test_same_definition(void **state)
{
	uint64_t seed = 5;

	for (case_number = 0; case_number < CASES / 20; case_number++) {
		struct pairs pairs = make_pairs(&seed), same = { 0 };
		struct segment_counts segments[TWO];
		struct overlap overlaps[TWO] = { 0 }, whole = { 0 };
		struct effects own[TWO], all, all_old;

		for (int i = 0; i < OLD_STANDS; i++)
			for (int j = 0; j < NEW_STANDS; j++) {
				bool after = i > TWO * KINDS;

				same.n[i][after ? i - TWO * KINDS : 0] +=
				    pairs.n[i][j];
			}
		same.n[0][0] = 0;
		count_pairs(&same, segments, overlaps, &whole);
		decompose(*state, segments, TWO, 0.95, own, &all);
		all_old = all;
		decompose_definition(overlaps, TWO, &whole, 0.95, own, &all);
		assert_true(all.definition.value == 0);
		assert_true(isnan(all.definition.interval.low));
		for (int s = 0; s < TWO; s++)
			assert_true(own[s].definition.value == 0);
		assert_close(all.change.value, all_old.change.value, 0);
		assert_close(all.change.interval.low,
		    all_old.change.interval.low, 1e-14);
		assert_close(all.change.interval.high,
		    all_old.change.interval.high, 1e-14);
	}
}

/* Nobody entered after by one of the definitions: neither it nor the change
 * that ends there is a number; the other parts are as they were. */
static void
test_definition_of_nobody(void **state)
{
	struct segment_counts c = { { mature(50, 10), mature(20, 10) } };
	struct overlap overlap = { 0 }, whole;
	struct effects own, all;

	overlap.n[STAND_BEFORE][STAND_OUT] = 40;
	overlap.n[STAND_BEFORE_CONVERTED][STAND_OUT] = 10;
	overlap.n[STAND_AFTER][STAND_OUT] = 10;
	overlap.n[STAND_AFTER_CONVERTED][STAND_OUT] = 10;
	whole = overlap;
	decompose(*state, &c, 1, 0.95, &own, &all);
	decompose_definition(&overlap, 1, &whole, 0.95, &own, &all);
	assert_true(isnan(all.definition.value));
	assert_true(isnan(all.change.value));
	assert_true(isnan(all.change.interval.low));
	assert_close(all.parts[EFFECT_RATE].value, 0.3, 1e-16);

	/* By the old ones: the change is known, 5/10 - 10/50, its cut not. */
	c.window[WINDOW_AFTER] = mature(0, 0);
	memset(&overlap, 0, sizeof(overlap));
	overlap.n[STAND_BEFORE][STAND_OUT] = 40;
	overlap.n[STAND_BEFORE_CONVERTED][STAND_OUT] = 10;
	overlap.n[STAND_OUT][STAND_AFTER] = 5;
	overlap.n[STAND_OUT][STAND_AFTER_CONVERTED] = 5;
	whole = overlap;
	decompose(*state, &c, 1, 0.95, &own, &all);
	decompose_definition(&overlap, 1, &whole, 0.95, &own, &all);
	assert_true(isnan(all.definition.value));
	assert_true(isnan(all.parts[EFFECT_RATE].value));
	assert_close(all.change.value, 0.3, 1e-16);
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
		cmocka_unit_test_setup_teardown(
		    test_definition, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_same_definition, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_definition_of_nobody, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
