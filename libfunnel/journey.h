/*
 * journey: touches on the way to a conversion, what may be done to them
 * before credit is given (metrics.md 3.3.2), and the pool in which equal
 * journeys are one path with sums.
 *
 * A channel is its number in an interned table of names, 0 the touches
 * without one; what gives credit sees only numbers below some n_channels.
 * Channels are told apart by the bytes of their names: whoever fills the
 * table brings spellings together.
 */
#ifndef FUNNEL_JOURNEY_H
#define FUNNEL_JOURNEY_H

#include "arena.h"
#include "sum.h"

#define JOURNEY_MAX_TOUCHES 10000
#define POOL_MAX_PATHS 50000000
#define TRANSFORMS_MAX 16

/* A milestone falls on the last touch at or before it (metrics.md 3.3.3); one
 * before the first touch is missing, on no touch. */
enum milestone {
	MILESTONE_LEAD = 1,
	MILESTONE_OPPORTUNITY = 2,
	MILESTONE_CLOSE = 4
};

struct journey_touch {
	double days; /* before the conversion; NaN unknown, negative after */
	uint32_t channel;
	uint32_t milestones; /* a set of enum milestone */
};

struct journey { /* a path of a pool, with the sums over its records */
	const struct journey_touch *touches; /* the oldest first; of the pool */
	size_t n;
	double conversions, value, nulls;
};

/* ---- counting channels ---- */

/* A count for every channel that starts anew at no cost: scratch memory for
 * what looks at one journey after another. */
struct channel_counts {
	struct arena *arena;
	struct channel_cell {
		uint32_t round, count;
	} * cells;
	size_t room;
	uint32_t round;
};

struct channel_counts channel_counts_new(struct arena *arena);
void channel_counts_restart(struct channel_counts *counts);
/* The count of the channel, 0 after a restart; good until the next call. */
uint32_t *channel_count(struct channel_counts *counts, uint32_t channel);

/* ---- transforms ---- */

/*
 * What a transform drops takes no milestone with it: that moves to the touch
 * before, which is then the last one at or before it, and is missing when
 * there is none. Of touches that become one the earliest stays.
 */
struct transforms;
struct transforms *transforms_new(struct arena *arena, struct intern *channels);

/*
 * Appends "unique", "exposure" (a run of one channel is one touch), "first"
 * (of every channel the first), "frequency" (the same, as a channel of its
 * own that is called `name(count)`), "remove_if_not_all:NAME",
 * "remove_if_last_and_not_all:NAME" or "trim:N" (the last N stay, the look-
 * back by steps). Fails with FNL_USAGE on anything else and above
 * TRANSFORMS_MAX. A NAME that no touch has changes nothing; it gets a number.
 */
int transforms_add(
    struct transforms *transforms, const char *text, struct fnl_err *err);

/* All of them in order, in place; returns how many touches are left. */
size_t transforms_apply(
    struct transforms *transforms, struct journey_touch *touches, size_t n);

/* ---- the pool ---- */

/* What makes two journeys one path: the channels alone, and days and
 * milestones are forgotten; or all of it. */
enum pool_key { POOL_CHANNELS, POOL_TOUCHES };

struct pool;
struct pool *pool_new(struct arena *arena, enum pool_key key);

/* Finds or makes the path of n touches, the oldest first. Path 0 is there
 * from the beginning and has none. FNL_DATA above the limits. */
int pool_put(struct pool *pool, const struct journey_touch *touches, size_t n,
    uint32_t *path, struct fnl_err *err);

/* Adds to the sums of a path, exactly (sum.h). Finite, and none below 0 but
 * the value; an unknown value, NaN, adds nothing (metrics.md 3.0.9). */
void pool_add(struct pool *pool, uint32_t path, double conversions,
    double value, double nulls);

/* Takes all sums back to 0 and keeps the paths: for a resample. */
void pool_reset(struct pool *pool);

/* The number of a path by its channels and, where the pool looks at them,
 * days and milestones; UINT32_MAX when there is none. */
uint32_t
pool_find(struct pool *pool, const struct journey_touch *touches, size_t n);

enum pool_key pool_key(const struct pool *pool);
size_t pool_size(const struct pool *pool); /* paths, with path 0 */
struct journey pool_journey(const struct pool *pool, size_t path);
/* The sums over all paths with a touch; no touches. */
struct journey pool_total(const struct pool *pool);

/* Adds every path of a pool to another one, transformed; NULL for as it
 * is. */
int pool_transform(const struct pool *from, struct transforms *transforms,
    struct pool *to, struct fnl_err *err);

#endif
