/*
 * shapley: credit by what would be missing. The Shapley value of a channel is
 * its mean contribution over all orders in which the channels may come
 * together (Shapley 1953); the counterfactual is what one touch adds to a
 * path (metrics.md 3.3.7).
 */
#ifndef FUNNEL_SHAPLEY_H
#define FUNNEL_SHAPLEY_H

#include "arena.h"
#include "credit.h"
#include "journey.h"

/* The channels of the rate game; one player more is the others together. */
#define SHAPLEY_MAX_CHANNELS 12
#define SHAPLEY_MAX_PLAYERS (SHAPLEY_MAX_CHANNELS + 1)

/*
 * The Shapley values of any game: game[S] is what the set S of players is
 * worth, player i being bit i. The game is played by the players of `all`
 * only, and only their values are set; they add up to game[all], an empty set
 * being worth nothing. Time 2^n for n players.
 */
void shapley_values(const double *game, uint32_t all, double *values);

/*
 * The set game: a set is worth the conversions of the paths whose channels
 * are all in it. That is a sum of unanimity games, one a path, so the values
 * are each path's conversions and value split equally among its distinct
 * channels, for any number of channels in linear time.
 */
void shapley_sets(
    struct arena *arena, const struct pool *pool, struct credits *credits);

/*
 * The rate game (DP6; R25): a set is worth the conversion rate of the paths
 * with exactly these channels, 0 for a set that nobody had. One game for every
 * set seen, its values times the journeys with that set; value in the same
 * shares. Credits conserve; single ones can be negative.
 *
 * It knows the SHAPLEY_MAX_CHANNELS channels with the most conversions on
 * their paths, ties by name where names are given and then by number; the
 * rest are one player and get row CREDIT_OTHER.
 */
void shapley_rates(struct arena *arena, const struct pool *pool,
    size_t n_channels, const struct intern *names, struct credits *credits);

/*
 * The counterfactual (Google's fractribution): a touch is worth the conversion
 * rate of the path less that of the path without the touch, at least 0; a path
 * that nobody had has the rate 0 (R26). The last touch gets all where no touch
 * is worth anything, the only touch where there is one. Transform the pool
 * first: the path without a touch is looked up as it is. Days and milestones
 * do not matter. FNL_DATA as pool_put.
 */
int shapley_counterfactual(struct arena *arena, const struct pool *pool,
    struct credits *credits, struct fnl_err *err);

#endif
