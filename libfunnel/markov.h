/*
 * markov: journeys as a chain of states with two ends, conversion and null,
 * and what each channel is worth to it (metrics.md 3.3.6; Anderl, Becker, von
 * Wangenheim and Schumann 2016). Solved, not simulated.
 *
 * A state is the last `order` channels; a shorter journey is one state. A
 * journey counts as often as it converted and did not. Those without a touch
 * are outside the chain.
 */
#ifndef FUNNEL_MARKOV_H
#define FUNNEL_MARKOV_H

#include "arena.h"
#include "credit.h"
#include "journey.h"

/* A dense system of this size is solved in about 3 s and 130 MB. */
#define MARKOV_MAX_STATES 2000
#define MARKOV_MAX_ORDER 10

enum markov_removal {
	REMOVAL_NULL, /* who would come to the channel ends at null */
	REMOVAL_RESTART /* so, but who would start there is left out (R24) */
};

struct markov_options {
	unsigned order; /* 1..MARKOV_MAX_ORDER */
	bool self_loops; /* repeats of a channel are steps */
	enum markov_removal removal;
	/* A journey that converted counts by its value instead, one that did
	 * not by the mean value of a conversion, so that another currency
	 * changes nothing. */
	bool by_value;
};

/* Where a transition leads and comes from: states are numbered from
 * MARKOV_STATES. */
enum markov_node {
	MARKOV_START,
	MARKOV_CONVERSION,
	MARKOV_NULL,
	MARKOV_STATES
};

struct markov_state {
	const uint32_t *channels; /* the oldest first */
	size_t n; /* order, or fewer */
};

struct markov_transition {
	uint32_t from, to;
	double weight, probability;
};

struct markov {
	size_t n_channels;
	const struct markov_state *states; /* by channels */
	size_t n_states;
	const struct markov_transition *transitions; /* by from, then to */
	size_t n_transitions;
	double conversion; /* P(conversion); NaN without a journey */
	/*
	 * By channel: 1 - P(conversion without it) / P(conversion); NaN when
	 * nothing converts. REMOVAL_NULL: from 0 to 1, the chance that a
	 * journey which converts has been there. REMOVAL_RESTART: below 0 for
	 * a channel that journeys are better off not to start in.
	 */
	const double *removal;
};

/*
 * Every channel of the pool is below n_channels. FNL_DATA when there are more
 * than MARKOV_MAX_STATES, or when by_value meets a path of negative value.
 */
int markov_fit(struct arena *arena, const struct pool *pool, size_t n_channels,
    const struct markov_options *options, struct markov *markov,
    struct fnl_err *err);

/*
 * Adds to credits the pool's conversions in proportion to the removal effects
 * of one chain and its value to those of another, or the same. A negative
 * effect earns nothing. NaN for every channel where no effect is above 0.
 * Journeys without a touch go to (none).
 */
void markov_credit(struct arena *arena, const struct markov *conversions,
    const struct markov *value, const struct pool *pool,
    struct credits *credits);

/*
 * A chain that was counted elsewhere: weights has a row for each of n states,
 * how often it led to conversion, to null and to each state. Fills
 * converts[n] with the chances to end in conversion. From every state some
 * way must lead to an end. n is at most MARKOV_MAX_STATES.
 */
void markov_converts(
    struct arena *arena, const double *weights, size_t n, double *converts);

/* ---- the order ---- */

struct markov_score { /* of one order, out of sample */
	unsigned order;
	double log_loss, standard_error; /* mean of the folds, and its own */
	double auc; /* mean of the folds in which both ends happen */
	unsigned folds; /* in which it could be told */
};

/*
 * How well does a journey's last state tell how it ends? Each fold is judged
 * by the others (metrics.md 3.3.6): the chance of conversion is (c + r) / (n
 * + 1), c of n journeys with that state converted, r the share of all. The
 * one journey at the mean keeps it off 0 and 1, where one surprise would cost
 * everything.
 *
 * Fills scores[0..max_order-1] and returns the smallest order whose log-loss
 * is within one standard error of the best (Breiman, Friedman, Olshen and
 * Stone 1984, the 1 SE rule); 0 when fewer than two folds can tell.
 * max_order is at most MARKOV_MAX_ORDER.
 */
unsigned markov_order(struct arena *arena, const struct pool *const *folds,
    size_t n_folds, bool self_loops, unsigned max_order,
    struct markov_score *scores);

#endif
