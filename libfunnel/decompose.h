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
 * Kitagawa's (1955), which leaves no interaction. A part that another
 * comparison finds, such as that of changed definitions, is one more row of
 * enum effect.
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

struct part {
	double value; /* NaN where nobody was followed in a window */
	struct interval interval; /* NaN also where nothing varies */
};

/* Of a segment: what it adds to those of the whole. */
struct effects {
	struct part parts[EFFECT_COUNT];
	struct part change; /* the sum of the parts */
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

/* Simpson's paradox: every segment that has a rate in both windows moved one
 * way or not at all, at least one did, and the rate of all of them moved the
 * other way. Of the rates within the horizon. */
bool decompose_is_simpson(const struct segment_counts *segments, size_t n);

struct window_counts window_counts_sum(
    const struct segment_counts *segments, size_t n, unsigned window);

#endif
