/*
 * decompose: why a rate changed between two windows (metrics.md 3.1.10; M4 of
 * product.md). A pure function of counts by segment.
 *
 * The change of the naive rate is cut into what lies in
 *
 *   mix       segments of other rates became larger or smaller,
 *   rate      the segments' own rates moved,
 *   maturity  one window had less time to convert than the other,
 *
 * and the three add up to it. Mix and rate compare what was followed for one
 * horizon and converted within it, so that age is in neither; maturity is
 * what the naive rate shows on top of that. The formula of mix and rate is
 * Kitagawa's (1955), which leaves no interaction.
 *
 * Where the definitions changed between the windows, the rate before is by the
 * old ones and the rate after by the new ones. All three parts are then by the
 * old ones in both windows, and
 *
 *   definition   is the window after by the new ones, less the same by the old,
 *
 * so that four add up to the change.
 */
#ifndef FUNNEL_DECOMPOSE_H
#define FUNNEL_DECOMPOSE_H

#include "arena.h"
#include "stats.h"

enum effect { EFFECT_MIX, EFFECT_RATE, EFFECT_MATURITY, EFFECT_COUNT };

/* Of one segment in one window. */
struct window_counts {
	uint64_t entered;
	uint64_t converted; /* of those, by as-of */
	uint64_t followed; /* of the entered, for the whole horizon */
	uint64_t followed_converted; /* of the followed, by as-of */
	uint64_t in_time; /* of the followed, within the horizon */
};

enum { WINDOW_BEFORE, WINDOW_AFTER, WINDOWS };

struct segment_counts {
	struct window_counts window[WINDOWS];
};

/* How a record stands at a step by some definitions: entered in a window, and
 * converted by as-of or not. */
enum stand {
	STAND_OUT,
	STAND_BEFORE,
	STAND_BEFORE_CONVERTED,
	STAND_AFTER,
	STAND_AFTER_CONVERTED,
	STANDS
};

/* The records of a step by the old definitions and the new. Of a segment, only
 * what is converted there by one of them counts as converted by it. */
struct overlap {
	uint64_t n[STANDS][STANDS]; /* [old][new] */
};

struct part {
	double value; /* NaN where nobody was followed in a window */
	struct interval interval; /* NaN also where nothing varies */
};

/* Of a segment: what it adds to those of the whole. */
struct effects {
	struct part parts[EFFECT_COUNT];
	struct part definition; /* NaN until decompose_definition() */
	struct part change; /* the sum of the parts, and of that */
};

/*
 * One struct effects a segment, and that of the whole: sums of theirs, rounded
 * once. A segment without anybody followed in one window takes there the rate
 * of the other, so that it is all mix. Intervals by the delta method: records
 * of a window are draws of their own, so that sizes, rates and their product
 * vary together, and the horizon and the windows are given.
 */
void
decompose(struct arena *arena, const struct segment_counts *segments, size_t n,
    double confidence, struct effects *of_segment, struct effects *whole);

/* The same, not converted. */
enum stand stand_entered(enum stand stand);

/*
 * One more part for effects that decompose() made of the counts by the old
 * definitions. The overlap of a segment has the records that stand in it by
 * one of them; those of other segments are put in from `whole`.
 *
 * Of a segment it is its converted after / all entered after, by the new
 * definitions, less the same by the old: segments add up to the whole, whoever
 * belongs to which. Intervals by the delta method over records, of which one
 * may stand on both sides: what it adds to one rate and takes from the other
 * is taken together.
 */
void decompose_definition(struct overlap *overlaps, size_t n,
    const struct overlap *whole, double confidence, struct effects *of_segment,
    struct effects *of_whole);

/* Simpson's paradox: every segment that has a rate in both windows moved one
 * way or not at all, at least one did, and the rate of all of them moved the
 * other way. Of the rates within the horizon. */
bool decompose_is_simpson(const struct segment_counts *segments, size_t n);

void window_counts_add(
    struct window_counts *sum, const struct window_counts *counts);
struct window_counts window_counts_sum(
    const struct segment_counts *segments, size_t n, unsigned window);

#endif
