/*
 * Games against metrics.md 3.3.7 (W21, W22 and the set game of MTA), against
 * values by all orders of the players, and against what Snowplow and Google
 * print for their data (attribution-fractribution).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "shapley.h"

#include <cmocka.h>

#include "arena_fixture.h"
#include "credits.h"

static struct credits *
sets(const struct world *world)
{
	struct credits *credits = credits_new(world->arena, n_channels(world));

	shapley_sets(world->arena, world->pool, credits);
	assert_conserves(world, credits);
	return credits;
}

static struct credits *
rates(const struct world *world, const struct intern *names)
{
	struct credits *credits = credits_new(world->arena, n_channels(world));

	shapley_rates(
	    world->arena, world->pool, n_channels(world), names, credits);
	assert_conserves(world, credits);
	return credits;
}

static struct credits *
counterfactual(const struct world *world)
{
	struct credits *credits = credits_new(world->arena, n_channels(world));
	struct fnl_err err = { FNL_OK, "" };

	assert_int_equal(
	    shapley_counterfactual(world->arena, world->pool, credits, &err),
	    0);
	assert_conserves(world, credits);
	return credits;
}

/* ---- any game ---- */

/* W22: O 7, F 6, D 4, OF 15, OD 7, FD 9, OFD 19. */
static void
test_w22(void **state)
{
	static const double game[] = { 0, 7, 6, 15, 4, 7, 9, 19 };
	double values[SHAPLEY_MAX_PLAYERS] = { [3] = 99 };

	(void)state;
	shapley_values(game, 7, values);
	assert_close(values[0], 23 / 3., 1e-14);
	assert_close(values[1], 49 / 6., 1e-14);
	assert_close(values[2], 19 / 6., 1e-14);
	assert_true(values[3] == 99);
	/* By hand, of F and D: 6 + (9 - 6 - 4) / 2. */
	shapley_values(game, 6, values);
	assert_close(values[1], 5.5, 1e-15);
	assert_close(values[2], 3.5, 1e-15);
	shapley_values(game, 0, values);
}

/* Adds what each player brings over all orders that begin with those of
 * `before`; returns how many orders those are. A prefix counts once for each
 * way to go on after it, and by_orders is called once for each way to it. */
static double
by_orders(const double *game, uint32_t all, uint32_t before, double *sums)
{
	double orders = 0;

	if (before == all)
		return 1;
	for (unsigned i = 0; i < SHAPLEY_MAX_PLAYERS; i++) {
		uint32_t with = before | (uint32_t)1 << i;
		double n;

		if (!(all >> i & 1) || with == before)
			continue;
		n = by_orders(game, all, with, sums);
		sums[i] += n * (game[with] - game[before]);
		orders += n;
	}
	return orders;
}

static void
test_law_values(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260341);

	for (int i = 0; i < CASES(200); i++) {
		double game[1 << 7] = { 0 };
		double values[SHAPLEY_MAX_PLAYERS] = { 0 };
		double sums[SHAPLEY_MAX_PLAYERS] = { 0 };
		uint32_t all = 1 + (uint32_t)stats_random_below(random, 127);
		double orders, total = 0;

		for (size_t set = 1; set < COUNT(game); set++)
			game[set] = stats_random_gaussian(random);
		shapley_values(game, all, values);
		orders = by_orders(game, all, 0, sums);
		for (unsigned p = 0; p < 7; p++) {
			assert_close(values[p], sums[p] / orders, 1e-13);
			total += values[p];
		}
		assert_close(total, game[all], 1e-13);
	}
}

/* ---- sets ---- */

/* metrics.md 3.3.7 */
static void
test_sets(void **state)
{
	struct world one = world_new(*state, POOL_CHANNELS);
	struct world four = world_new(*state, POOL_CHANNELS);
	struct credits *credits;

	add_path(&one, "a", 4, 40, 1);
	add_path(&one, "a > b", 6, 60, 2);
	add_path(&one, "", 5, 50, 2);
	credits = sets(&one);
	assert_true(conversions_of(&one, credits, "a") == 7);
	assert_true(conversions_of(&one, credits, "b") == 3);
	assert_true(value_of(&one, credits, "a") == 70);
	assert_true(
	    credits_conversions(credits, n_channels(&one) + CREDIT_NONE) == 5);
	add_path(&four, "a > b > c > a > d > d", 10, 0, 0);
	credits = sets(&four);
	for (char c = 'a'; c <= 'd'; c++)
		assert_true(
		    conversions_of(&four, credits, (char[]){ c, '\0' }) == 2.5);
}

#define LAW_CHANNELS 6

/* The set game by its own definition, over all 2^n sets. */
static void
test_law_sets(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260342);

	for (int i = 0; i < CASES(100); i++) {
		struct world world = world_new(*state, POOL_CHANNELS);
		double game[1 << LAW_CHANNELS] = { 0 };
		double values[SHAPLEY_MAX_PLAYERS];
		struct credits *credits;

		add_random(&world, random, 30, LAW_CHANNELS, 6);
		for (size_t j = 1; j < pool_size(world.pool); j++) {
			struct journey journey = pool_journey(world.pool, j);
			uint32_t own = 0;

			/* channel 0 has no name */
			for (size_t t = 0; t < journey.n; t++)
				own |= 1u << (journey.touches[t].channel - 1);
			for (uint32_t set = 0; set < COUNT(game); set++)
				if ((own & set) == own)
					game[set] += journey.conversions;
		}
		shapley_values(game, (1 << LAW_CHANNELS) - 1, values);
		credits = sets(&world);
		for (size_t c = 0; c < LAW_CHANNELS; c++)
			assert_close(credits_conversions(credits, c + 1),
			    values[c], 1e-12);
	}
}

/* ---- rates ---- */

/*
 * By hand: the rates are a 1/2, b 1/4, ab 3/4 in 8 journeys. a alone 1, b
 * alone 1; of ab's 6 a has (1/2 + 3/4 - 1/4) / 2 = 1/2 of 3/4, so 4, b has 2.
 * With c: ac 0, so of abc (1/5, in 5 journeys) c has a value below 0:
 * (2 0 + (0 - 1/2) + (0 - 1/4) + 2 (1/5 - 3/4)) / 6 = -37/120.
 */
static void
test_rates(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);
	struct credits *credits;

	add_path(&world, "a > a", 1, 10, 1);
	add_path(&world, "b", 1, 20, 3);
	add_path(&world, "a > b", 4, 0, 0);
	add_path(&world, "b > a > b", 2, 60, 2);
	add_path(&world, "", 3, 5, 1);
	credits = rates(&world, NULL);
	assert_close(conversions_of(&world, credits, "a"), 5, 1e-14);
	assert_close(conversions_of(&world, credits, "b"), 3, 1e-14);
	assert_close(value_of(&world, credits, "a"), 10 + 40, 1e-13);
	assert_close(value_of(&world, credits, "b"), 20 + 20, 1e-13);
	add_path(&world, "a > c", 0, 0, 9);
	add_path(&world, "c > b > a", 1, 100, 4);
	credits = rates(&world, NULL);
	assert_close(conversions_of(&world, credits, "c"), -37 / 24., 1e-14);
	assert_close(value_of(&world, credits, "c"), -37 / 24. * 100, 1e-12);
}

/* W22 as rates: journeys with their sets in thousandths. */
static void
test_rates_of_w22(void **state)
{
	static const struct {
		const char *path;
		double rate;
	} rows[] = { { "O", 7 }, { "F", 6 }, { "D", 4 }, { "O > F", 15 },
		{ "O > D", 7 }, { "F > D", 9 }, { "O > F > D", 19 } };
	struct world world = world_new(*state, POOL_CHANNELS);
	struct credits *credits;

	for (size_t i = 0; i < COUNT(rows); i++)
		add_path(
		    &world, rows[i].path, rows[i].rate, 0, 1000 - rows[i].rate);
	credits = rates(&world, NULL);
	/* python3: alone 7, 6, 4; the pairs 8 7, 5 2, 5.5 3.5; the three 23/3,
	 * 49/6, 19/6 */
	assert_close(
	    conversions_of(&world, credits, "O"), 7 + 8 + 5 + 23 / 3., 1e-12);
	assert_close(
	    conversions_of(&world, credits, "F"), 6 + 7 + 5.5 + 49 / 6., 1e-12);
	assert_close(
	    conversions_of(&world, credits, "D"), 4 + 2 + 3.5 + 19 / 6., 1e-12);
}

/* Twelve channels are kept, by conversions and then by name; the others are
 * one player, also where two of them meet. */
static void
test_rates_others(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);
	struct credits *credits;

	for (char c = 'n'; c >= 'a'; c--)
		add_path(&world, (char[]){ c, '\0' }, 2, 20, 2);
	add_path(&world, "m > n", 1, 10, 0);
	add_path(&world, "z", 1, 10, 1);
	add_path(&world, "z > z > y", 1, 10, 1);
	/* m, n (3), then of those with 2 the first ten by name: a to j */
	credits = rates(&world, world.channels);
	assert_close(conversions_of(&world, credits, "j"), 2, 1e-14);
	assert_true(conversions_of(&world, credits, "k") == 0);
	assert_true(conversions_of(&world, credits, "z") == 0);
	assert_close(conversions_of(&world, credits, "n"), 2.5, 1e-14);
	assert_close(
	    credits_conversions(credits, n_channels(&world) + CREDIT_OTHER),
	    2 + 2 + 1 + 1, 1e-14);
	/* by number: n, m, l, ... */
	credits = rates(&world, NULL);
	assert_close(conversions_of(&world, credits, "k"), 2, 1e-14);
	assert_true(conversions_of(&world, credits, "a") == 0);
}

/* ---- counterfactual ---- */

/* W21: to a rate of 1/2 Organic adds 1/2 - 3/28, Direct 1/2 - 1/27. */
static void
test_w21(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);
	struct credits *credits;

	add_path(&world, "Organic > Direct", 1, 1, 1);
	credits = counterfactual(&world);
	assert_true(conversions_of(&world, credits, "Direct") == 0.5);
	add_path(&world, "Direct", 3, 0, 25);
	add_path(&world, "Organic", 1, 0, 26);
	credits = counterfactual(&world);
	assert_close(value_of(&world, credits, "Organic"), 0.45904, 0.5e-5);
	assert_close(value_of(&world, credits, "Direct"), 0.54096, 0.5e-5);
	assert_close(
	    conversions_of(&world, credits, "Direct"), 3.54096, 0.5e-5);
	assert_close(
	    conversions_of(&world, credits, "Organic"), 1.45904, 0.5e-5);
}

/* By hand: a > b converts less than a or b alone, so the last touch has all;
 * a > c > a as often as a > c and more than a > a, so c has. */
static void
test_counterfactual_floor(void **state)
{
	struct world world = world_new(*state, POOL_TOUCHES);
	struct journey_touch a = { 1, channel(&world, "a"), 0 };
	struct credits *credits;

	add_path(&world, "a > b", 1, 10, 9);
	add_touches(&world, &a, 1, 1, 0, 0); /* days do not matter */
	a.days = 2;
	add_touches(&world, &a, 1, 1, 0, 2);
	add_path(&world, "b", 1, 0, 1);
	credits = counterfactual(&world);
	assert_true(value_of(&world, credits, "a") == 0);
	assert_true(value_of(&world, credits, "b") == 10);
	add_path(&world, "a > c > a", 1, 100, 1);
	add_path(&world, "a > c", 0, 0, 1);
	add_path(&world, "c > a", 1, 0, 1);
	add_path(&world, "", 2, 7, 0);
	credits = counterfactual(&world);
	/* 1/2 - 1/2, 1/2 - 0 and 1/2 - 0 for want of a > a and a > c */
	assert_true(value_of(&world, credits, "a") == 50);
	assert_true(value_of(&world, credits, "c") == 50);
	assert_true(
	    credits_value(credits, n_channels(&world) + CREDIT_NONE) == 7);
}

/* The path summary of Snowplow's set, and what it printed for it. */
static void
test_snowplow(void **state)
{
	FILE *file = open_shared("attribution-fractribution/expected/snowplow_"
				 "fractribution_path_summary_expected.csv");
	struct world world = world_new(*state, POOL_CHANNELS);
	char line[LINE_MAX_BYTES], *cells[6];
	struct weighting how = weighting_default();
	struct fnl_err err = { FNL_OK, "" };
	struct credits *results[2];
	const struct model *last;
	int rows = 0;

	while (read_cells(file, line, cells, 4))
		add_path(&world, cells[0], strtod(cells[1], NULL),
		    strtod(cells[3], NULL), strtod(cells[2], NULL));
	fclose(file);
	results[0] = counterfactual(&world);
	results[1] = credits_new(*state, n_channels(&world));
	assert_int_equal(model_parse("last", *state, &last, &how, &err), 0);
	credits_add_pool(results[1], last, &how, world.pool);
	file = open_shared("attribution-fractribution/expected/snowplow_"
			   "fractribution_channel_attribution_expected.csv");
	for (; read_cells(file, line, cells, 6); rows++) {
		const struct credits *credits =
		    results[strcmp(cells[5], "last_touch") == 0];

		assert_close(conversions_of(&world, credits, cells[2]),
		    strtod(cells[3], NULL), 1e-8);
		assert_close(value_of(&world, credits, cells[2]),
		    strtod(cells[4], NULL), 1e-8);
	}
	fclose(file);
	assert_int_equal(rows, 12);
}

/* The weights of one path, by the only conversion with a value. */
static void
check_google(const struct world *world, const char *path, char *const *cells)
{
	struct world copy = { world->arena, world->channels,
		pool_new(world->arena, POOL_CHANNELS) };
	struct fnl_err err = { FNL_OK, "" };
	struct credits *credits;

	assert_int_equal(pool_transform(world->pool, NULL, copy.pool, &err), 0);
	add_path(&copy, path, 0, 1, 0);
	credits = counterfactual(&copy);
	for (int i = 0; i < 11; i++)
		assert_close(
		    value_of(&copy, credits, (char[]){ (char)('A' + i), '\0' }),
		    strtod(cells[i], NULL), 1e-12);
}

/* Google's 758 paths with `exposure`, and the weights that it printed for
 * each of its 1,983 customers; a path's customers stand together. */
static void
test_google(void **state)
{
	FILE *file =
	    open_shared("attribution-fractribution/example_path_summary.csv");
	struct world raw = world_new(*state, POOL_CHANNELS);
	struct world world = { *state, raw.channels,
		pool_new(*state, POOL_CHANNELS) };
	struct transforms *exposure = transforms_new(*state, raw.channels);
	char line[LINE_MAX_BYTES], *cells[17], last[256] = "";
	struct fnl_err err = { FNL_OK, "" };
	int rows = 0, paths = 0;

	while (read_cells(file, line, cells, 3))
		add_path(&raw, cells[0], strtod(cells[1], NULL), 0,
		    strtod(cells[2], NULL));
	fclose(file);
	assert_int_equal(transforms_add(exposure, "exposure", &err), 0);
	assert_int_equal(
	    pool_transform(raw.pool, exposure, world.pool, &err), 0);
	assert_true(pool_total(world.pool).conversions == 1983);
	file =
	    open_shared("attribution-fractribution/expected_exposure_fit.csv");
	for (; read_cells(file, line, cells, 17); rows++) {
		if (strcmp(last, cells[2]) == 0)
			continue;
		snprintf(last, sizeof(last), "%s", cells[2]);
		check_google(&world, last, cells + 5);
		paths++;
	}
	fclose(file);
	assert_int_equal(rows, 1983);
	assert_true(paths >= 48);
}

/* ---- laws ---- */

static void
test_law_labels(void **state)
{
	struct credits *(*const games[])(
	    const struct world *world) = { sets, counterfactual };
	struct world world = world_new(*state, POOL_CHANNELS);
	struct world other = world_new(*state, POOL_CHANNELS);

	for (char c = 'o'; c >= 'a'; c--)
		channel(&other, (char[]){ c, '\0' });
	add_random(&world, stats_random_new(*state, 20260343), 2000, 15, 5);
	add_random(&other, stats_random_new(*state, 20260343), 2000, 15, 5);
	for (size_t g = 0; g <= COUNT(games); g++) {
		struct credits *a = g < COUNT(games)
					? games[g](&world)
					: rates(&world, world.channels);
		struct credits *b = g < COUNT(games)
					? games[g](&other)
					: rates(&other, other.channels);

		for (char c = 'a'; c <= 'o'; c++) {
			char name[] = { c, '\0' };

			assert_close(conversions_of(&world, a, name),
			    conversions_of(&other, b, name), 1e-11);
			assert_close(value_of(&world, a, name),
			    value_of(&other, b, name), 1e-7);
		}
	}
}

/* Nothing in, nothing out. */
static void
test_empty(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);

	for (int i = 0; i < 2; i++) {
		assert_true(credits_conversions(sets(&world), 0) == 0);
		assert_true(credits_conversions(rates(&world, NULL), 0) == 0);
		assert_true(
		    credits_conversions(counterfactual(&world), 0) == 0);
		add_path(&world, "a > b", 0, 0, 5);
	}
	/* value without a conversion: it is shared, not lost */
	add_path(&world, "a > b", 0, 10, 0);
	assert_true(value_of(&world, rates(&world, NULL), "a") == 5);
	assert_true(value_of(&world, sets(&world), "a") == 5);
	assert_true(value_of(&world, counterfactual(&world), "b") == 10);
}

#define in_arena(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_w22),
		in_arena(test_law_values),
		in_arena(test_sets),
		in_arena(test_law_sets),
		in_arena(test_rates),
		in_arena(test_rates_of_w22),
		in_arena(test_rates_others),
		in_arena(test_w21),
		in_arena(test_counterfactual_floor),
		in_arena(test_snowplow),
		in_arena(test_google),
		in_arena(test_law_labels),
		in_arena(test_empty),
	};

	return cmocka_run_group_tests_name("shapley", tests, NULL, NULL);
}
