/*
 * shapley.c: three games, each the weights of a journey or of a set of
 * journeys for credits_share().
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shapley.h"

/* ---- any game ---- */

static unsigned
count_players(uint32_t set)
{
	unsigned n = 0;

	for (; set; set &= set - 1)
		n++;
	return n;
}

/*
 * The value of player i is the sum of p(|S|) (game[S and i] - game[S]) over
 * the sets S without i, with p(s) = s! (n - s - 1)! / n!. Here by sets: S adds
 * p(|S| - 1) game[S] to its players and takes p(|S|) game[S] from the others.
 */
void
shapley_values(const double *game, uint32_t all, double *values)
{
	unsigned n = count_players(all);
	double p[SHAPLEY_MAX_PLAYERS + 1] = { 0 };

	if (n == 0)
		return;
	p[0] = 1 / (double)n;
	for (unsigned s = 1; s < n; s++)
		p[s] = p[s - 1] * s / (n - s);
	for (unsigned i = 0; i < SHAPLEY_MAX_PLAYERS; i++)
		if (all >> i & 1)
			values[i] = 0;
	for (uint32_t set = all; set; set = (set - 1) & all) {
		unsigned size = count_players(set);

		if (game[set] == 0)
			continue;
		for (unsigned i = 0; i < SHAPLEY_MAX_PLAYERS; i++)
			if (set >> i & 1)
				values[i] += p[size - 1] * game[set];
			else if (all >> i & 1)
				values[i] -= p[size] * game[set];
	}
}

/* ---- sets ---- */

static bool
earns(const struct journey *journey)
{
	return journey->conversions != 0 || journey->value != 0;
}

/* The distinct channels of a journey, in the order of their first touch. */
static size_t
distinct_channels(const struct journey *journey, struct channel_counts *seen,
    uint32_t *channels)
{
	size_t n = 0;

	channel_counts_restart(seen);
	for (size_t i = 0; i < journey->n; i++) {
		uint32_t channel = journey->touches[i].channel;

		if ((*channel_count(seen, channel))++ == 0)
			channels[n++] = channel;
	}
	return n;
}

void
shapley_sets(
    struct arena *arena, const struct pool *pool, struct credits *credits)
{
	struct channel_counts seen = channel_counts_new(arena);
	uint32_t *channels =
	    arena_array(arena, JOURNEY_MAX_TOUCHES, sizeof(*channels));
	double *weights =
	    arena_array(arena, JOURNEY_MAX_TOUCHES, sizeof(*weights));

	credits_add_none(credits, pool);
	for (size_t j = 1; j < pool_size(pool); j++) {
		struct journey journey = pool_journey(pool, j);
		size_t n;

		if (!earns(&journey))
			continue;
		n = distinct_channels(&journey, &seen, channels);
		for (size_t i = 0; i < n; i++)
			weights[i] = 1 / (double)n;
		credits_share(credits, channels, weights, n,
		    journey.conversions, journey.value);
	}
}

/* ---- rates ---- */

struct candidate { /* to be a player */
	uint32_t channel;
	double conversions; /* of the paths it is on */
	struct slice name;
};

struct set_sums {
	struct sum conversions, value, nulls;
};

struct rate_game {
	uint32_t *player; /* bit of a channel */
	uint32_t rows[SHAPLEY_MAX_PLAYERS]; /* where its credit goes */
	struct set_sums *sets;
	double *rates;
	uint32_t n_sets;
};

static int
compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	int order = (a->conversions < b->conversions) -
		    (a->conversions > b->conversions);

	if (!order)
		order = slice_compare(a->name, b->name);
	return order ? order
		     : (a->channel > b->channel) - (a->channel < b->channel);
}

static struct candidate *
rank_channels(struct arena *arena, const struct pool *pool, size_t n_channels,
    const struct intern *names)
{
	struct channel_counts seen = channel_counts_new(arena);
	struct candidate *list = arena_array(arena, n_channels, sizeof(*list));
	struct sum *sums = arena_array(arena, n_channels, sizeof(*sums));
	uint32_t *channels =
	    arena_array(arena, JOURNEY_MAX_TOUCHES, sizeof(*channels));

	for (size_t j = 1; j < pool_size(pool); j++) {
		struct journey journey = pool_journey(pool, j);
		size_t n = distinct_channels(&journey, &seen, channels);

		for (size_t i = 0; i < n; i++)
			sum_add(&sums[channels[i]], journey.conversions);
	}
	for (size_t c = 0; c < n_channels; c++)
		list[c] = (struct candidate){ (uint32_t)c, sum_value(sums[c]),
			names ? intern_get(names, (uint32_t)c)
			      : (struct slice){ "", 0 } };
	if (n_channels)
		qsort(list, n_channels, sizeof(*list), compare_candidates);
	return list;
}

static struct rate_game
rate_game_new(struct arena *arena, const struct pool *pool, size_t n_channels,
    const struct intern *names)
{
	struct candidate *list = rank_channels(arena, pool, n_channels, names);
	size_t n_players = n_channels <= SHAPLEY_MAX_CHANNELS
			       ? n_channels
			       : SHAPLEY_MAX_PLAYERS;
	struct rate_game game = { .n_sets = (uint32_t)1 << n_players };

	game.player = arena_array(arena, n_channels, sizeof(*game.player));
	for (size_t i = 0; i < n_channels; i++) {
		size_t player =
		    i < SHAPLEY_MAX_CHANNELS ? i : SHAPLEY_MAX_CHANNELS;

		game.player[list[i].channel] = (uint32_t)1 << player;
		game.rows[player] = player < SHAPLEY_MAX_CHANNELS
					? list[i].channel
					: (uint32_t)n_channels + CREDIT_OTHER;
	}
	game.sets = arena_array(arena, game.n_sets, sizeof(*game.sets));
	game.rates = arena_array(arena, game.n_sets, sizeof(*game.rates));
	return game;
}

static void
find_rates(struct rate_game *game, const struct pool *pool)
{
	for (size_t j = 1; j < pool_size(pool); j++) {
		struct journey journey = pool_journey(pool, j);
		uint32_t set = 0;

		for (size_t i = 0; i < journey.n; i++)
			set |= game->player[journey.touches[i].channel];
		sum_add(&game->sets[set].conversions, journey.conversions);
		sum_add(&game->sets[set].value, journey.value);
		sum_add(&game->sets[set].nulls, journey.nulls);
	}
	for (uint32_t set = 1; set < game->n_sets; set++) {
		double conversions = sum_value(game->sets[set].conversions);
		double nulls = sum_value(game->sets[set].nulls);

		if (conversions > 0)
			game->rates[set] = conversions / (conversions + nulls);
	}
}

/* The values by the rate of the whole set are its weights. Value without a
 * conversion is split equally. */
static void
share_set(const struct rate_game *game, uint32_t set, struct credits *credits)
{
	double values[SHAPLEY_MAX_PLAYERS], weights[SHAPLEY_MAX_PLAYERS];
	uint32_t rows[SHAPLEY_MAX_PLAYERS];
	double rate = game->rates[set];
	size_t n = 0;

	shapley_values(game->rates, set, values);
	for (unsigned i = 0; i < SHAPLEY_MAX_PLAYERS; i++)
		if (set >> i & 1) {
			weights[n] = rate > 0 ? values[i] / rate
					      : 1 / (double)count_players(set);
			rows[n++] = game->rows[i];
		}
	credits_share(credits, rows, weights, n,
	    sum_value(game->sets[set].conversions),
	    sum_value(game->sets[set].value));
}

void
shapley_rates(struct arena *arena, const struct pool *pool, size_t n_channels,
    const struct intern *names, struct credits *credits)
{
	struct rate_game game = rate_game_new(arena, pool, n_channels, names);

	credits_add_none(credits, pool);
	find_rates(&game, pool);
	for (uint32_t set = 1; set < game.n_sets; set++)
		if (game.rates[set] > 0 || sum_value(game.sets[set].value) != 0)
			share_set(&game, set, credits);
}

/* ---- counterfactual ---- */

static double
rate_of(struct pool *paths, const struct journey_touch *touches, size_t n)
{
	uint32_t path = n ? pool_find(paths, touches, n) : UINT32_MAX;
	struct journey journey;

	if (path == UINT32_MAX)
		return 0;
	journey = pool_journey(paths, path);
	return journey.conversions > 0
		   ? journey.conversions / (journey.conversions + journey.nulls)
		   : 0;
}

/* The weights of the n > 0 touches of a path; without is room for n. */
static void
weigh_touches(struct pool *paths, const struct journey_touch *touches, size_t n,
    struct journey_touch *without, double *weights)
{
	double rate = rate_of(paths, touches, n), sum = 0;

	memcpy(without, touches + 1, (n - 1) * sizeof(*without));
	for (size_t i = 0; i < n; i++) {
		if (i)
			without[i - 1] = touches[i - 1];
		weights[i] = fmax(rate - rate_of(paths, without, n - 1), 0);
		sum += weights[i];
	}
	for (size_t i = 0; i < n; i++)
		weights[i] = sum > 0 ? weights[i] / sum : i == n - 1;
}

int
shapley_counterfactual(struct arena *arena, const struct pool *pool,
    struct credits *credits, struct fnl_err *err)
{
	struct pool *paths = pool_new(arena, POOL_CHANNELS);
	struct journey_touch *without =
	    arena_array(arena, JOURNEY_MAX_TOUCHES, sizeof(*without));
	uint32_t *rows = arena_array(arena, JOURNEY_MAX_TOUCHES, sizeof(*rows));
	double *weights =
	    arena_array(arena, JOURNEY_MAX_TOUCHES, sizeof(*weights));

	if (pool_transform(pool, NULL, paths, err) == -1)
		return -1;
	credits_add_none(credits, pool);
	for (size_t j = 1; j < pool_size(paths); j++) {
		struct journey journey = pool_journey(paths, j);

		if (!earns(&journey))
			continue;
		weigh_touches(
		    paths, journey.touches, journey.n, without, weights);
		for (size_t i = 0; i < journey.n; i++)
			rows[i] = journey.touches[i].channel;
		credits_share(credits, rows, weights, journey.n,
		    journey.conversions, journey.value);
	}
	return 0;
}
