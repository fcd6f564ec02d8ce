/*
 * credit: who made the conversions. A model is a row of models[]: a weight
 * for every touch of a journey (metrics.md 3.3.3). Credits are its sums over
 * the journeys, by channel.
 *
 * Credits conserve. Within a journey the last touch with a weight takes what
 * the others leave, so that the parts add up to the journey's conversions and
 * value, and sums keep their own errors (sum.h). Only reading a credit rounds,
 * to the nearest double: all of them together differ from the total by less
 * than its last digit.
 */
#ifndef FUNNEL_CREDIT_H
#define FUNNEL_CREDIT_H

#include "arena.h"
#include "journey.h"

/* ---- models ---- */

struct weighting { /* what a user may choose; see weighting_default() */
	double half_life; /* of time_decay, days, > 0 */
	/* Of custom: any scale, not all 0, none below. */
	double first, middle, last;
	/* With two touches the middle is shared by them (DP6, fractribution)
	 * and not left out (Adobe). */
	bool halve_middle;
	uint32_t direct; /* the channel of last_non_direct; UINT32_MAX none */
	/* Points on top of the one that every touch has (R27). */
	double bonus_first, bonus_lead, bonus_opportunity, bonus_last;
};

/* 7 days, 30:20:50, Adobe, no direct channel, bonuses of 1. */
struct weighting weighting_default(void);

enum model_flag {
	MODEL_DAYS = 1, /* looks at days: unknown ones give no weights */
	MODEL_MILESTONES = 2, /* looks at milestones */
	MODEL_NOT_ADDITIVE = 4 /* the weights do not add up to 1 */
};

struct journey_view { /* what a model sees */
	const struct weighting *how;
	struct channel_counts *seen; /* scratch memory */
	const struct journey_touch *touches;
	size_t n; /* > 0 */
};

struct model {
	const char *name;
	const char *weights; /* in words; model_weights() knows the numbers */
	/* A weight a touch: 0 or more, together 1 (but for
	 * MODEL_NOT_ADDITIVE). All NaN where it cannot tell. */
	void (*weigh)(const struct journey_view *view, double *weights);
	unsigned flags; /* of enum model_flag */
};

extern const struct model models[];
extern const size_t n_models;

/* "linear", "time_decay", "time_decay:14d", "custom:30:20:50" to a model and
 * its part of *how. FNL_USAGE on anything else. */
int model_parse(const char *text, struct arena *arena,
    const struct model **model, struct weighting *how, struct fnl_err *err);

/* The weights of a model in words, with the numbers of how. */
const char *model_weights(const struct model *model,
    const struct weighting *how, struct arena *arena);

/* ---- credits ---- */

/* Rows after those of the n channels: row n + CREDIT_NONE is (none), and so
 * on. */
enum credit_row {
	CREDIT_NONE, /* conversions without a touch */
	CREDIT_UNDATED, /* the model could not weigh their touches */
	CREDIT_OTHER, /* channels that a model pools (R25) */
	CREDIT_ROWS
};

struct credits;
struct credits *credits_new(struct arena *arena, size_t n_channels);

/* Adds every journey of a pool. Its channels are below n_channels. */
void credits_add_pool(struct credits *credits, const struct model *model,
    const struct weighting *how, const struct pool *pool);

/* Adds one journey with weights that add up to 1 but for rounding, not all 0.
 * What the channels are is up to the caller: rows, then. */
void credits_share(struct credits *credits, const uint32_t *rows,
    const double *weights, size_t n, double conversions, double value);

/* Adds the journeys of a pool that have no touch: for models that share out
 * the others by themselves. */
void credits_add_none(struct credits *credits, const struct pool *pool);

/* Adds to one row; NaN makes it undefined for good. */
void credits_put(
    struct credits *credits, size_t row, double conversions, double value);

size_t credits_rows(const struct credits *credits);
double credits_conversions(const struct credits *credits, size_t row);
double credits_value(const struct credits *credits, size_t row);

/*
 * Rounds n parts to digits behind the point so that they still add up to
 * their total as it is rounded: each is cut, and what is left goes to those
 * that lost most, the earlier one of equals (largest remainder, Hamilton
 * 1792; metrics.md 3.3.1). Nothing changes when a part is NaN, or when the
 * total times 10^digits is 2^53 or more: a double has no such digits.
 */
void
credits_round(struct arena *arena, double *parts, size_t n, unsigned digits);

#endif
