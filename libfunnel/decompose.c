/*
 * decompose.c: the parts, their sums, and how far chance moves them.
 */
#include <math.h>

#include "decompose.h"
#include "sum.h"

#define ROUNDING 1e-12 /* of a share: what varies less does not vary */

static double
share_of(uint64_t part, uint64_t whole)
{
	return stats_ratio((double)part, (double)whole);
}

void
window_counts_add(struct window_counts *sum, const struct window_counts *c)
{
	sum->entered += c->entered;
	sum->converted += c->converted;
	sum->followed += c->followed;
	sum->followed_converted += c->followed_converted;
	sum->in_time += c->in_time;
}

struct window_counts
window_counts_sum(
    const struct segment_counts *segments, size_t n, unsigned window)
{
	struct window_counts sum = { 0 };

	for (size_t i = 0; i < n; i++)
		window_counts_add(&sum, &segments[i].window[window]);
	return sum;
}

/* a/b - c/d with one rounding of the difference: the products of counts are
 * exact up to 2^53. */
static double
ratio_difference(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	return stats_ratio((double)a * (double)d - (double)c * (double)b,
	    (double)b * (double)d);
}

/* ---- the parts of a segment ---- */

/* A segment's shares of the followed and its rates. */
struct sides {
	double share[WINDOWS], rate[WINDOWS];
	double shift; /* share after - share before */
	bool in_both; /* else the missing rate is the other's */
};

static struct sides
sides_of(const struct segment_counts *segment,
    const struct window_counts whole[WINDOWS])
{
	const struct window_counts *c = segment->window;
	struct sides s = {
		.in_both = c[0].followed > 0 && c[1].followed > 0,
		.shift = ratio_difference(c[1].followed, whole[1].followed,
		    c[0].followed, whole[0].followed),
	};

	for (int i = 0; i < WINDOWS; i++) {
		const struct window_counts *rated =
		    c[i].followed ? &c[i] : &c[1 - i];

		s.share[i] = share_of(c[i].followed, whole[i].followed);
		/* In neither window: share and shift are 0. */
		s.rate[i] = rated->followed
				? share_of(rated->in_time, rated->followed)
				: 0;
	}
	return s;
}

static void
value_parts(const struct segment_counts *segment,
    const struct window_counts whole[WINDOWS], struct effects *out)
{
	const struct window_counts *c = segment->window;
	struct sides s = sides_of(segment, whole);
	double moved = s.in_both ? ratio_difference(c[1].in_time, c[1].followed,
				       c[0].in_time, c[0].followed)
				 : 0;
	double naive = ratio_difference(
	    c[1].converted, whole[1].entered, c[0].converted, whole[0].entered);
	double matched = ratio_difference(
	    c[1].in_time, whole[1].followed, c[0].in_time, whole[0].followed);

	out->parts[EFFECT_MIX].value = s.shift * (s.rate[0] + s.rate[1]) / 2;
	out->parts[EFFECT_RATE].value = moved * (s.share[0] + s.share[1]) / 2;
	out->parts[EFFECT_MATURITY].value = naive - matched;
	out->definition = (struct part){ NAN, { NAN, NAN } };
	out->change.value = naive;
	if (isnan(matched))
		for (int i = 0; i < EFFECT_COUNT; i++)
			out->parts[i].value = NAN;
}

/* ---- sums ---- */

/* The change is what a reader gets who adds the parts, with one more. Where
 * there are none, it is the difference of the naive rates. */
static void
close_sum(struct effects *e, double more)
{
	struct sum sum = { 0, 0 };

	for (int i = 0; i < EFFECT_COUNT; i++)
		sum_add(&sum, e->parts[i].value);
	sum_add(&sum, more);
	if (!isnan(sum_value(sum)))
		e->change.value = sum_value(sum);
}

static void
sum_segments(const struct effects *segments, size_t n, struct effects *whole)
{
	struct sum change = { 0, 0 };

	for (int i = 0; i < EFFECT_COUNT; i++) {
		struct sum sum = { 0, 0 };

		for (size_t j = 0; j < n; j++)
			sum_add(&sum, segments[j].parts[i].value);
		whole->parts[i].value = n ? sum_value(sum) : NAN;
	}
	for (size_t j = 0; j < n; j++)
		sum_add(&change, segments[j].change.value);
	whole->definition = (struct part){ NAN, { NAN, NAN } };
	whole->change.value = n ? sum_value(change) : NAN;
}

/* ---- intervals ---- */

/*
 * How a quantity moves, to the first order, with a segment's share of the
 * followed, its rate within the horizon, and its converted per entered of the
 * whole.
 */
struct slope {
	double share, rate, converted;
};

/* Of a part of a segment, in each window. */
static void
slopes_of(
    enum effect effect, const struct sides *s, struct slope slopes[WINDOWS])
{
	double mean_rate = (s->rate[0] + s->rate[1]) / 2;
	double mean_share = (s->share[0] + s->share[1]) / 2;
	double moved = s->rate[1] - s->rate[0];

	for (int i = 0; i < WINDOWS; i++) {
		double sign = i == WINDOW_AFTER ? 1 : -1;
		struct slope *d = &slopes[i];

		switch (effect) {
		case EFFECT_MIX:
			d->share += sign * mean_rate;
			d->rate += s->in_both ? s->shift / 2 : s->shift;
			break;
		case EFFECT_RATE:
			d->share += moved / 2;
			d->rate += s->in_both ? sign * mean_share : 0;
			break;
		case EFFECT_MATURITY:
			d->converted += sign;
			d->share -= sign * s->rate[i];
			d->rate -= sign * s->share[i];
			break;
		case EFFECT_COUNT: /* the change */
			d->converted += sign;
			break;
		}
	}
}

/* One kind of record: how many, and what one of them adds. */
static void
add_kind(struct sum *sum, uint64_t n, double influence)
{
	sum_add(sum, (double)n * influence * influence);
}

/* Sum of the squared influences of the records of a segment on a quantity
 * with these slopes; share_mean and converted_mean are those of a record. */
static void
add_influences(struct sum *sum, const struct window_counts *c,
    const struct window_counts *whole, const struct slope *d, double share_mean,
    double converted_mean)
{
	double entered = (double)whole->entered;
	double all = whole->followed ? entered / (double)whole->followed : 0;
	double own = c->followed ? entered / (double)c->followed : 0;
	double rate = c->followed ? share_of(c->in_time, c->followed) : 0;
	double followed = all * (d->share - share_mean) - converted_mean;
	uint64_t later = c->followed_converted - c->in_time;
	uint64_t never = c->followed - c->followed_converted;
	uint64_t young = c->entered - c->followed;
	uint64_t young_converted = c->converted - c->followed_converted;

	add_kind(sum, c->in_time,
	    followed + own * d->rate * (1 - rate) + d->converted);
	add_kind(sum, later, followed - own * d->rate * rate + d->converted);
	add_kind(sum, never, followed - own * d->rate * rate);
	add_kind(sum, young_converted, d->converted - converted_mean);
	add_kind(sum, young - young_converted, -converted_mean);
}

/* The variance that the records of one window give to a quantity. */
static double
window_variance(const struct segment_counts *segments,
    const struct slope (*slopes)[WINDOWS], size_t n,
    const struct window_counts *whole, unsigned window)
{
	struct sum share = { 0, 0 }, converted = { 0, 0 }, squares = { 0, 0 };
	double entered = (double)whole->entered;

	for (size_t i = 0; i < n; i++) {
		const struct window_counts *c = &segments[i].window[window];
		const struct slope *d = &slopes[i][window];

		if (whole->followed)
			sum_add(&share,
			    d->share * share_of(c->followed, whole->followed));
		sum_add(&converted,
		    d->converted * share_of(c->converted, whole->entered));
	}
	for (size_t i = 0; i < n; i++)
		add_influences(&squares, &segments[i].window[window], whole,
		    &slopes[i][window], sum_value(share), sum_value(converted));
	return sum_value(squares) / (entered * entered);
}

static void
set_interval(struct part *part, const struct segment_counts *segments,
    const struct slope (*slopes)[WINDOWS], size_t n,
    const struct window_counts whole[WINDOWS], double deviations)
{
	double variance = 0, reach;

	part->interval = (struct interval){ NAN, NAN };
	if (isnan(part->value))
		return;
	for (unsigned i = 0; i < WINDOWS; i++)
		variance += window_variance(segments, slopes, n, &whole[i], i);
	reach = deviations * sqrt(variance);
	if (!(reach > ROUNDING))
		return;
	part->interval.low = part->value - reach;
	part->interval.high = part->value + reach;
}

/* The segment beside all others, which only make up the whole. */
static void
bound_segment(const struct segment_counts *segment,
    const struct window_counts whole[WINDOWS], double deviations,
    struct effects *effects)
{
	struct segment_counts pair[2] = { *segment, { { { 0 } } } };
	struct sides s = sides_of(segment, whole);

	for (unsigned i = 0; i < WINDOWS; i++) {
		const struct window_counts *own = &segment->window[i];

		pair[1].window[i] = (struct window_counts){
			whole[i].entered - own->entered,
			whole[i].converted - own->converted,
			whole[i].followed - own->followed,
			whole[i].followed_converted - own->followed_converted,
			whole[i].in_time - own->in_time,
		};
	}
	for (int i = 0; i <= EFFECT_COUNT; i++) {
		struct slope slopes[2][WINDOWS] = { { { 0, 0, 0 } } };

		slopes_of((enum effect)i, &s, slopes[0]);
		set_interval(
		    i < EFFECT_COUNT ? &effects->parts[i] : &effects->change,
		    pair, (const struct slope(*)[WINDOWS])slopes, 2, whole,
		    deviations);
	}
}

static void
bound_whole(struct arena *arena, const struct segment_counts *segments,
    size_t n, const struct window_counts whole[WINDOWS], double deviations,
    struct effects *effects)
{
	for (int i = 0; i <= EFFECT_COUNT; i++) {
		struct slope(*slopes)[WINDOWS] =
		    arena_grow(arena, NULL, (n + 1) * sizeof(*slopes));

		for (size_t j = 0; j < n; j++) {
			struct sides s = sides_of(&segments[j], whole);

			slopes_of((enum effect)i, &s, slopes[j]);
		}
		set_interval(
		    i < EFFECT_COUNT ? &effects->parts[i] : &effects->change,
		    segments, (const struct slope(*)[WINDOWS])slopes, n, whole,
		    deviations);
		arena_drop(arena, slopes);
	}
}

void
decompose(struct arena *arena, const struct segment_counts *segments, size_t n,
    double confidence, struct effects *of_segment, struct effects *whole)
{
	double deviations = stats_normal_quantile((1 + confidence) / 2);
	struct window_counts sums[WINDOWS];

	for (unsigned i = 0; i < WINDOWS; i++)
		sums[i] = window_counts_sum(segments, n, i);
	for (size_t i = 0; i < n; i++) {
		value_parts(&segments[i], sums, &of_segment[i]);
		close_sum(&of_segment[i], 0);
		bound_segment(&segments[i], sums, deviations, &of_segment[i]);
	}
	sum_segments(of_segment, n, whole);
	close_sum(whole, 0);
	bound_whole(arena, segments, n, sums, deviations, whole);
}

/* ---- definitions ---- */

enum stand
stand_entered(enum stand stand)
{
	return stand == STAND_BEFORE_CONVERTED  ? STAND_BEFORE
	       : stand == STAND_AFTER_CONVERTED ? STAND_AFTER
						: stand;
}

/* Who stands in other segments has entered, but converted elsewhere. A single
 * difference may wrap around; their sums are counts. */
static void
complete_overlap(struct overlap *own, const struct overlap *whole)
{
	const struct overlap mine = *own;

	for (int i = 0; i < STANDS; i++)
		for (int j = 0; j < STANDS; j++)
			own->n[stand_entered((enum stand)i)][stand_entered(
			    (enum stand)j)] += whole->n[i][j] - mine.n[i][j];
}

/* One side of a difference: a window by some definitions. */
struct side {
	enum stand entered, converted;
	uint64_t n_entered, n_converted;
};

static struct side
old_side(const struct overlap *o, unsigned window)
{
	bool before = window == WINDOW_BEFORE;
	struct side s = { before ? STAND_BEFORE : STAND_AFTER,
		before ? STAND_BEFORE_CONVERTED : STAND_AFTER_CONVERTED, 0, 0 };

	for (int j = 0; j < STANDS; j++) {
		s.n_entered += o->n[s.entered][j] + o->n[s.converted][j];
		s.n_converted += o->n[s.converted][j];
	}
	return s;
}

static struct side
new_side(const struct overlap *o)
{
	struct side s = { STAND_AFTER, STAND_AFTER_CONVERTED, 0, 0 };

	for (int i = 0; i < STANDS; i++) {
		s.n_entered += o->n[i][s.entered] + o->n[i][s.converted];
		s.n_converted += o->n[i][s.converted];
	}
	return s;
}

/* What a record that stands so adds to a rate, to the first order. */
static double
influence(const struct side *s, enum stand stand)
{
	double converted = stand == s->converted;

	if (stand != s->entered && stand != s->converted)
		return 0;
	return (converted - share_of(s->n_converted, s->n_entered)) /
	       (double)s->n_entered;
}

/* After by the new definitions, less a window by the old. */
static struct part
difference_of(const struct overlap *o, unsigned window, double deviations)
{
	struct side old = old_side(o, window), new = new_side(o);
	struct part part = { ratio_difference(new.n_converted, new.n_entered,
				 old.n_converted, old.n_entered),
		{ NAN, NAN } };
	struct sum squares = { 0, 0 };
	double reach;

	if (isnan(part.value))
		return part;
	for (int i = 0; i < STANDS; i++)
		for (int j = 0; j < STANDS; j++)
			add_kind(&squares, o->n[i][j],
			    influence(&new, (enum stand)j) -
				influence(&old, (enum stand)i));
	reach = deviations * sqrt(sum_value(squares));
	if (reach > ROUNDING) {
		part.interval.low = part.value - reach;
		part.interval.high = part.value + reach;
	}
	return part;
}

static void
add_definition(
    const struct overlap *o, double deviations, struct effects *effects)
{
	effects->definition = difference_of(o, WINDOW_AFTER, deviations);
	effects->change = difference_of(o, WINDOW_BEFORE, deviations);
	close_sum(effects, effects->definition.value);
}

void
decompose_definition(struct overlap *overlaps, size_t n,
    const struct overlap *whole, double confidence, struct effects *of_segment,
    struct effects *of_whole)
{
	double deviations = stats_normal_quantile((1 + confidence) / 2);
	struct sum sum = { 0, 0 };

	add_definition(whole, deviations, of_whole);
	for (size_t i = 0; i < n; i++) {
		complete_overlap(&overlaps[i], whole);
		add_definition(&overlaps[i], deviations, &of_segment[i]);
		sum_add(&sum, of_segment[i].definition.value);
	}
	if (!n)
		return;
	of_whole->definition.value = sum_value(sum);
	close_sum(of_whole, of_whole->definition.value);
}

/* ---- Simpson ---- */

static int
direction(const struct window_counts window[WINDOWS])
{
	double before = share_of(window[0].in_time, window[0].followed);
	double after = share_of(window[1].in_time, window[1].followed);

	return (after > before) - (after < before);
}

bool
decompose_is_simpson(const struct segment_counts *segments, size_t n)
{
	struct window_counts whole[WINDOWS] = { window_counts_sum(
						    segments, n, WINDOW_BEFORE),
		window_counts_sum(segments, n, WINDOW_AFTER) };
	int total = direction(whole);
	bool against = false;

	for (size_t i = 0; i < n; i++) {
		int own = direction(segments[i].window);

		if (own && own == total)
			return false;
		against |= own == -total;
	}
	return total && against;
}
