/*
 * path: which stages a record counts at, under each reading of a funnel
 * (metrics.md 3.1.1). Pure functions of a timeline.
 */
#ifndef FUNNEL_PATH_H
#define FUNNEL_PATH_H

#include "timeline.h"

enum mode {
	MODE_REACHED, /* the furthest rank ever entered is k or later */
	MODE_STRICT, /* entered 1..k in order, others may lie between */
	MODE_ANY, /* entered k at least once */
	MODE_CURRENT, /* the last open position, or the win, is k or later */
	MODE_EXACT, /* as strict, and no other stage between */
	MODE_DIRECT, /* moved k -> k+1, and no later regression undid it */
	MODE_COUNT
};

struct mode_info {
	const char *name; /* what --mode takes */
	const char *help;
};
extern const struct mode_info modes[MODE_COUNT];

struct path_rule {
	enum mode mode;
	const struct zone *zone;
	unsigned n_ranks;
	bool has_window;
	int64_t window; /* seconds from the first entry to stage 1,
			   inclusive (R12) */
	bool reentry_best; /* the entry to stage 1 that reaches furthest,
			      else the first */
	bool strict_time; /* equal times are no passage */
};

/* Bit k-1 of a set stands for rank k. */
struct reach {
	uint64_t counted;
	uint64_t imputed; /* counted, without an entry of its own */
	uint64_t moved; /* k -> k+1 for MODE_DIRECT, else counted twice
			   running: bit k-1 when k and k+1 are counted */
	unsigned furthest; /* highest rank counted, 0 none */
	struct when at[RANKS_MAX + 1]; /* [k]: entry, back-filled from the
					  next later stage when imputed */
	struct when by[RANKS_MAX + 2]; /* [k]: when the record first counted at
					  k; before at[k] where a later stage
					  came first (reached, current) */
	struct when anchor; /* entry to stage 1, back-filled; else created */
};

static inline uint64_t
rank_bit(unsigned rank)
{
	return (uint64_t)1 << (rank - 1);
}

void path_reach(const struct path_rule *rule, const struct timeline *timeline,
    struct reach *out);

/* b is no later than seconds after a; false where one is unknown. Dates
 * count in whole days. */
bool path_within(
    const struct zone *zone, struct when a, struct when b, int64_t seconds);

#endif
