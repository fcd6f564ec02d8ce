/*
 * exposure: durations -> the spells that a curve or a quantile is made of,
 * per segment, period and row.
 *
 * Two readings of a window or a period. By start (a cohort): what began in
 * it, followed to as_of; the young are censored. By end: what ended in it,
 * and, for Kaplan-Meier, everything that was open in it: at risk from its age
 * at the beginning (left truncated), censored at its age at the end. So a
 * quarter tells of that quarter, neither short because it is young nor mixed
 * with older ones; without a window both are the same.
 */
#ifndef FUNNEL_EXPOSURE_H
#define FUNNEL_EXPOSURE_H

#include "groups.h"
#include "survival.h"

enum exposure_basis { EXPOSURE_BY_END, EXPOSURE_BY_START };

struct exposure_rules {
	enum exposure_basis basis;
	struct window window;
	struct when as_of;
	const struct zone *zone;
	size_t n_rows; /* of an item, such as one a stage */
};

/* One row of a group. */
struct exposure_tally {
	struct spell *spells; /* days; cause 0: still open */
	size_t n, cap;
	uint64_t zero; /* ended when they began */
	uint64_t negative; /* ended before: in no duration */
	uint64_t untimed; /* start or end unknown: in no duration */
};

/* An item of groups; rows is [n_rows]. */
struct exposure_group {
	struct group_key key;
	struct exposure_tally *rows;
};

struct exposure {
	struct when start, end; /* end is ignored while cause is 0 */
	unsigned cause; /* 0 open as of as_of */
};

/* Adds one duration wherever it belongs. Returns the group in which it ended
 * or, by start, began; NULL when that is in none. */
struct exposure_group *
exposure_add(struct groups *groups, const struct exposure_rules *rules,
    const uint32_t *by, size_t row, struct exposure exposure);

/* A duration of known days that has ended, and is not truncated. */
void exposure_add_days(
    struct groups *groups, struct exposure_tally *tally, double days);

/* Groups of items of `item` bytes that begin with an exposure_group. The only
 * group without segments and periods stands even when nothing counts. */
struct groups exposure_groups(struct arena *arena, size_t item, size_t n_by,
    enum period period, int fiscal_month, const struct exposure_rules *rules);

/* The group of a time, made when it is new; NULL outside the window. */
struct exposure_group *exposure_group_at(struct groups *groups,
    const struct exposure_rules *rules, const uint32_t *by, struct when when);

#endif
