/*
 * moves: from where to where records went, counted a segment and period
 * (metrics.md 3.1.8), and the chain of states that these counts are.
 *
 * What counts is the stay in a state. Each leads somewhere else, which is a
 * move, or is the last of its record. It counts in the period in which it
 * began, so that entries = moves + stays that last, in every group.
 */
#ifndef FUNNEL_MOVES_H
#define FUNNEL_MOVES_H

#include "groups.h"
#include "timeline.h"

/* States: the start, rank k at k, then the endings without a rank. As a
 * target the start stands for no move at all. */
#define STATE_START 0
#define STATE_STAYS STATE_START
#define STATES_MAX (1 + RANKS_MAX + OUTCOME_COUNT)

struct move_tally {
	struct group_key key;
	uint64_t *counts; /* from s to t at [s * n_states + t] */
	uint64_t *zero_dwell; /* moves out of s at the time of its entry */
};

struct moves_rules {
	unsigned n_ranks;
	bool has_won; /* the last rank is the win */
	struct window window; /* of the beginnings of stays */
	const struct zone *zone;
	enum period period;
	int fiscal_month;
};

struct moves {
	struct arena *arena;
	struct moves_rules rules;
	unsigned n_states;
	struct groups groups; /* of struct move_tally */
	uint64_t counted; /* records with a stay in some group */
	uint64_t undated; /* records with a stay left out for want of a date */
	uint64_t stageless; /* records that entered nothing */
	uint64_t same_ending; /* from one ending to another of its kind, such
				 as from lost to lost by a rival: no move */
};

struct moves *
moves_new(struct arena *arena, const struct moves_rules *rules, size_t n_by);
void moves_add(
    struct moves *moves, const uint32_t *by, const struct timeline *timeline);

/* All groups in one. */
struct move_tally moves_total(const struct moves *moves);

enum move_kind {
	MOVE_ADVANCED, /* to the next rank; the start is rank 0 (R10) */
	MOVE_ENDED, /* from a stage to lost, rejected or recycled */
	/* What follows does not conform to the ladder. */
	MOVE_SKIPPED, /* over at least one stage */
	MOVE_REGRESSED, /* to a lower rank */
	MOVE_REOPENED, /* from an ending to anything */
	MOVE_NONE, /* the stay that lasts */
	MOVE_KINDS
};
enum move_kind
moves_kind(const struct moves *moves, unsigned from, unsigned to);

static inline bool
moves_conform(enum move_kind kind)
{
	return kind == MOVE_ADVANCED || kind == MOVE_ENDED;
}

/* The ending that a state is; OUTCOME_NONE for stages and the start. */
enum outcome moves_outcome(const struct moves *moves, unsigned state);

/* Stays that began in a state; those of them that left it. */
uint64_t moves_entries(
    const struct moves *moves, const struct move_tally *tally, unsigned state);

/*
 * The chance to end won from each state, wins[n_states]: stays that are open
 * say nothing and are left out, and so are moves to states from which nobody
 * came to an end. NaN where nothing is left. A loss (rejection, return to
 * nurture) that was re-opened goes on, unless losses are absorbing.
 */
void moves_chances(const struct moves *moves, const struct move_tally *tally,
    bool absorbing, double *wins);

/* The product of the shares from the first stage to the next and so on to the
 * win, open stays in their denominators: what a funnel chart says. NaN where
 * a stage was never entered, or there is no win. */
double
moves_adjacent(const struct moves *moves, const struct move_tally *tally);

#endif
