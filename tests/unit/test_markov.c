/*
 * Chains against the vectors of metrics.md 3.3.6 (W18-W20, R23, R24) and
 * against fractions worked out with python3 (each chain rebuilt and solved by
 * Gaussian elimination for every channel left out). The same, in doubles,
 * stands below for generated paths.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "markov.h"

#include <cmocka.h>

#include "arena_fixture.h"
#include "credits.h"

struct path_row {
	const char *path;
	double conversions, nulls;
};

static struct world
world_of(struct arena *arena, const struct path_row *paths, size_t n)
{
	struct world world = world_new(arena, POOL_CHANNELS);

	for (size_t i = 0; i < n; i++)
		add_path(&world, paths[i].path, paths[i].conversions,
		    100 * paths[i].conversions, paths[i].nulls);
	return world;
}

static struct markov
fit(const struct world *world, struct markov_options options)
{
	struct fnl_err err = { FNL_OK, "" };
	struct markov markov;

	assert_int_equal(markov_fit(world->arena, world->pool,
			     n_channels(world), &options, &markov, &err),
	    0);
	return markov;
}

static struct credits *
credit(const struct world *world, const struct markov *markov)
{
	struct credits *credits = credits_new(world->arena, n_channels(world));

	markov_credit(world->arena, markov, markov, world->pool, credits);
	return credits;
}

/* The probability of a transition between channels; NULL is the start,
 * "conversion" and "null" the ends. 0 when there is none. */
static uint32_t
node_of(
    const struct world *world, const struct markov *markov, const char *name)
{
	if (!name)
		return MARKOV_START;
	if (strcmp(name, "conversion") == 0)
		return MARKOV_CONVERSION;
	if (strcmp(name, "null") == 0)
		return MARKOV_NULL;
	for (size_t s = 0; s < markov->n_states; s++)
		if (markov->states[s].n == 1 &&
		    markov->states[s].channels[0] == channel(world, name))
			return MARKOV_STATES + (uint32_t)s;
	fail_msg("no state %s", name);
	return 0;
}

static double
probability(const struct world *world, const struct markov *markov,
    const char *from, const char *to)
{
	uint32_t a = node_of(world, markov, from);
	uint32_t b = node_of(world, markov, to);

	for (size_t i = 0; i < markov->n_transitions; i++)
		if (markov->transitions[i].from == a &&
		    markov->transitions[i].to == b)
			return markov->transitions[i].probability;
	return 0;
}

static const struct markov_options plain = { .order = 1 };

/* ---- vectors ---- */

/* Effects and credits of a chain, by channel A, B, ... */
struct chain_row {
	struct markov_options options;
	double conversion, effects[4], credits[4];
};

static void
check_chain(const struct world *world, const struct chain_row *row, size_t n)
{
	struct markov markov = fit(world, row->options);
	struct credits *credits = credit(world, &markov);

	assert_close(markov.conversion, row->conversion, 1e-15);
	for (size_t i = 0; i < n; i++) {
		uint32_t c = channel(world, (char[]){ (char)('A' + i), '\0' });

		assert_close(markov.removal[c], row->effects[i], 1e-14);
		assert_close(
		    credits_conversions(credits, c), row->credits[i], 1e-13);
		assert_close(
		    credits_value(credits, c), 100 * row->credits[i], 1e-11);
	}
	assert_conserves(world, credits);
}

/* Repeats collapsed or not, the effects are the same at order 1: a self-loop
 * only delays. python3 for order 2. */
static void
test_w18(void **state)
{
	static const struct path_row paths[] = { { "A > B > A > B > B > A", 1,
						     0 },
		{ "A > B > B > A > A", 1, 0 }, { "A > A", 1, 0 } };
	static const struct chain_row rows[] = {
		{ { .order = 1 }, 1, { 1, .5 }, { 2, 1 } },
		{ { .order = 1, .self_loops = true }, 1, { 1, .5 }, { 2, 1 } },
		{ { .order = 2 }, 1, { 1, 2 / 3. }, { 9 / 5., 6 / 5. } },
	};
	struct world world = world_of(*state, paths, COUNT(paths));
	struct markov markov = fit(&world, plain);

	assert_true(probability(&world, &markov, NULL, "A") == 1);
	assert_true(probability(&world, &markov, "A", "B") == .5);
	assert_true(probability(&world, &markov, "A", "conversion") == .5);
	assert_true(probability(&world, &markov, "B", "A") == 1);
	assert_int_equal(markov.n_transitions, 4);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_chain(&world, &rows[i], 2);
	/* by hand: of A's 8 steps 3 convert, 3 go to B, 2 stay */
	markov = fit(&world, rows[1].options);
	assert_close(probability(&world, &markov, "A", "A"), 2 / 8., 1e-16);
}

static void
test_w19(void **state)
{
	static const struct path_row paths[] = { { "A > B", 3, 1 },
		{ "A > C", 1, 1 } };
	static const struct chain_row rows[] = {
		{ { .order = 1 }, 2 / 3., { 1, 3 / 4., 1 / 4. },
		    { 2, 3 / 2., 1 / 2. } },
		/* all start in A: without them nothing is left */
		{ { .order = 1, .removal = REMOVAL_RESTART }, 2 / 3.,
		    { 1, 3 / 4., 1 / 4. }, { 2, 3 / 2., 1 / 2. } },
	};
	struct world world = world_of(*state, paths, COUNT(paths));
	struct markov markov = fit(&world, plain);

	assert_close(probability(&world, &markov, "A", "B"), 2 / 3., 1e-16);
	assert_close(probability(&world, &markov, "A", "C"), 1 / 3., 1e-16);
	assert_true(probability(&world, &markov, "B", "conversion") == .75);
	assert_true(probability(&world, &markov, "B", "null") == .25);
	assert_true(probability(&world, &markov, "C", "conversion") == .5);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_chain(&world, &rows[i], 3);
}

/* W20, R23 and R24; the credits of those by python3. */
static void
test_w20(void **state)
{
	static const struct path_row paths[] = { { "A", 1, 0 },
		{ "A > B", 1, 0 }, { "A > B > C", 1, 0 }, { "B", 1, 0 },
		{ "B > A", 1, 0 }, { "B > C > A", 1, 0 }, { "C", 1, 0 },
		{ "C > A", 1, 0 }, { "C > B > A", 1, 0 } };
	static const struct chain_row rows[] = {
		{ { .order = 1 }, 1, { 2 / 3., 8 / 15., 28 / 57. },
		    { 855 / 241., 684 / 241., 630 / 241. } },
		{ { .order = 2 }, 1, { 13 / 18., 2 / 3., 5 / 9. },
		    { 117 / 35., 108 / 35., 18 / 7. } },
		{ { .order = 1, .removal = REMOVAL_RESTART }, 1,
		    { 1 / 2., 3 / 10., 9 / 38. },
		    { 855 / 197., 513 / 197., 405 / 197. } },
		{ { .order = 2, .removal = REMOVAL_RESTART }, 1,
		    { 3 / 8., 0, 1 / 5. }, { 135 / 23., 0, 72 / 23. } },
	};
	struct world world = world_of(*state, paths, COUNT(paths));

	for (size_t i = 0; i < COUNT(rows); i++)
		check_chain(&world, &rows[i], 3);
}

/* The third toy of the shared data's README. */
static void
test_toy(void **state)
{
	static const struct path_row paths[] = { { "A > B > C", 1, 0 },
		{ "A", 0, 1 }, { "B > C", 0, 1 } };
	static const struct chain_row row = { { .order = 1 }, 1 / 3.,
		{ .5, 1, 1 }, { .2, .4, .4 } };
	struct world world = world_of(*state, paths, COUNT(paths));

	check_chain(&world, &row, 3);
}

/* Both ends on one path, orders above the length; python3. */
static void
test_mixed(void **state)
{
	static const struct path_row paths[] = { { "A > B > C", 2, 5 },
		{ "A > B", 3, 0 }, { "C > A", 1, 4 }, { "B > B", 0, 7 },
		{ "C > B > A", 4, 1 }, { "D > A > D", 1, 2 } };
	static const struct chain_row rows[] = {
		{ { .order = 1 }, 11 / 30.,
		    { 5029 / 7458., 4115 / 8041., 229 / 517., 4544 / 24189. },
		    { 1393136049239 / 341241653853.,
			352429940390 / 113747217951.,
			305040818962 / 113747217951.,
			388109865088 / 341241653853. } },
		{ { .order = 2 }, 11 / 30., { 1, 9 / 11., 7 / 11., 1 / 11. },
		    { 121 / 28., 99 / 28., 11 / 4., 11 / 28. } },
		{ { .order = 10 }, 11 / 30., { 1, 9 / 11., 7 / 11., 1 / 11. },
		    { 121 / 28., 99 / 28., 11 / 4., 11 / 28. } },
		{ { .order = 1, .removal = REMOVAL_RESTART }, 11 / 30.,
		    { 2543 / 4972., 67163 / 184943., 85 / 517.,
			21251 / 217701. },
		    { 437471590448673 / 88382594914127.,
			310618131875172 / 88382594914127.,
			140625149597460 / 88382594914127.,
			83493672134092 / 88382594914127. } },
	};
	struct world world = world_of(*state, paths, COUNT(paths));

	for (size_t i = 0; i < COUNT(rows); i++)
		check_chain(&world, &rows[i], 4);
}

/* ---- value ---- */

/* By hand: A converts for 30, B for 10, and as often not at all; the mean is
 * 20, so A goes on at 30:20, B at 10:20. In cents it is the same. */
static void
test_by_value(void **state)
{
	struct markov_options options = { .order = 1, .by_value = true };

	for (double scale = 1; scale <= 100; scale *= 100) {
		struct world world = world_new(*state, POOL_CHANNELS);
		struct markov markov, counted;
		struct credits *credits;

		add_path(&world, "A", 1, 30 * scale, 1);
		add_path(&world, "B", 1, 10 * scale, 1);
		markov = fit(&world, options);
		counted = fit(&world, plain);
		assert_close(
		    probability(&world, &markov, "A", "conversion"), .6, 1e-15);
		assert_close(probability(&world, &markov, "B", "conversion"),
		    1 / 3., 1e-15);
		assert_close(markov.conversion, .5, 1e-15);
		credits = credits_new(*state, n_channels(&world));
		markov_credit(*state, &counted, &markov, world.pool, credits);
		assert_close(conversions_of(&world, credits, "A"), 1, 1e-15);
		assert_close(
		    value_of(&world, credits, "A"), 30 * scale, 1e-14 * scale);
		assert_conserves(&world, credits);
	}
}

static void
test_negative_value(void **state)
{
	struct markov_options options = { .order = 1, .by_value = true };
	struct world world = world_new(*state, POOL_CHANNELS);
	struct fnl_err err = { FNL_OK, "" };
	struct markov markov;

	add_path(&world, "A", 1, -30, 1);
	assert_int_equal(markov_fit(*state, world.pool, n_channels(&world),
			     &options, &markov, &err),
	    -1);
	assert_int_equal(err.code, FNL_DATA);
	fit(&world, plain);
}

/* ---- nothing, and too much ---- */

static void
check_undefined(const struct world *world, struct markov_options options)
{
	struct markov markov = fit(world, options);
	struct credits *credits = credit(world, &markov);

	for (size_t c = 0; c < n_channels(world); c++) {
		assert_true(isnan(markov.removal[c]));
		assert_true(isnan(credits_conversions(credits, c)));
	}
	assert_true(
	    credits_conversions(credits, n_channels(world) + CREDIT_NONE) ==
	    pool_journey(world->pool, 0).conversions);
}

static void
test_undefined(void **state)
{
	static const struct markov_options by_value = { .order = 1,
		.by_value = true };
	struct world world = world_new(*state, POOL_CHANNELS);

	check_undefined(&world, plain); /* no path */
	add_path(&world, "", 3, 30, 4);
	check_undefined(&world, plain); /* no touch */
	check_undefined(&world, by_value);
	assert_true(isnan(fit(&world, plain).conversion));
	add_path(&world, "A > B", 0, 0, 4);
	check_undefined(&world, plain); /* no conversion */
	assert_true(fit(&world, plain).conversion == 0);
	check_undefined(&world, by_value);
	add_path(&world, "A > B", 1, 0, 0);
	assert_true(isnan(fit(&world, by_value).removal[1])); /* no value */
	assert_true(isnan(fit(&world, by_value).conversion));
}

/* All conversions from one channel, none lost: 1 and all of it, and 0 for a
 * channel on no path. */
static void
test_one_channel(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);
	struct markov markov;
	struct credits *credits;

	channel(&world, "never");
	add_path(&world, "A > A > A", 3, 30, 0);
	add_path(&world, "A", 4, 40, 0);
	for (int restart = 0; restart < 2; restart++) {
		markov = fit(&world,
		    (struct markov_options){ .order = 1,
			.removal = restart ? REMOVAL_RESTART : REMOVAL_NULL });
		credits = credit(&world, &markov);
		assert_true(markov.removal[channel(&world, "A")] == 1);
		assert_true(markov.removal[channel(&world, "never")] == 0);
		assert_true(conversions_of(&world, credits, "A") == 7);
		assert_true(value_of(&world, credits, "A") == 70);
		assert_true(conversions_of(&world, credits, "never") == 0);
	}
}

/* By hand: of 4 journeys 3 convert, all but one of the two that start in A.
 * Without those all do: 1 - 1 / (3/4) = -1/3. It earns nothing. */
static void
test_negative_effect(void **state)
{
	static const struct path_row paths[] = { { "A", 1, 1 }, { "B", 2, 0 } };
	struct world world = world_of(*state, paths, COUNT(paths));
	struct markov markov = fit(&world,
	    (struct markov_options){ .order = 1, .removal = REMOVAL_RESTART });
	struct credits *credits = credit(&world, &markov);

	assert_close(markov.removal[channel(&world, "A")], -1 / 3., 1e-15);
	assert_close(markov.removal[channel(&world, "B")], 1 / 3., 1e-15);
	assert_true(conversions_of(&world, credits, "A") == 0);
	assert_true(conversions_of(&world, credits, "B") == 3);
}

static void
test_limits(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);
	struct markov_options options = { .order = 2 };
	struct markov markov;
	struct fnl_err err = { FNL_OK, "" };

	for (uint32_t i = 0; i <= MARKOV_MAX_STATES; i++) {
		struct journey_touch touches[] = { { 0, i % 50, 0 },
			{ 0, 100 + i / 50, 0 } };

		add_touches(&world, touches, 2, 1, 1, 0);
	}
	assert_int_equal(
	    markov_fit(*state, world.pool, 200, &options, &markov, &err), -1);
	assert_int_equal(err.code, FNL_DATA);
	assert_string_equal(err.message,
	    "a chain of order 2 has more than 2000 states here (take a lower "
	    "order)");
	options.order = 1;
	err = (struct fnl_err){ FNL_OK, "" };
	assert_int_equal(
	    markov_fit(*state, world.pool, 200, &options, &markov, &err), 0);
	for (options.order = 0; options.order <= MARKOV_MAX_ORDER + 1;
	     options.order += MARKOV_MAX_ORDER + 1) {
		err = (struct fnl_err){ FNL_OK, "" };
		assert_int_equal(markov_fit(*state, world.pool, 200, &options,
				     &markov, &err),
		    -1);
		assert_int_equal(err.code, FNL_USAGE);
	}
}

/* ---- laws ---- */

#define LAW_STATES 200

/* Solves a x = b by Gaussian elimination with pivots; both are spoilt. */
static void
eliminate(double *a, double *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t pivot = i;

		for (size_t r = i; r < n; r++)
			if (fabs(a[r * n + i]) > fabs(a[pivot * n + i]))
				pivot = r;
		for (size_t j = 0; j < n; j++) {
			double kept = a[i * n + j];

			a[i * n + j] = a[pivot * n + j];
			a[pivot * n + j] = kept;
		}
		double kept = b[i];

		b[i] = b[pivot];
		b[pivot] = kept;
		for (size_t r = 0; r < n; r++) {
			double f = a[r * n + i] / a[i * n + i];

			if (r == i || f == 0)
				continue;
			for (size_t j = i; j < n; j++)
				a[r * n + j] -= f * a[i * n + j];
			b[r] -= f * b[i];
		}
	}
	for (size_t i = 0; i < n; i++)
		b[i] /= a[i * n + i];
}

static bool
is_avoided(const struct markov *markov, uint32_t node, long avoided)
{
	const struct markov_state *state;

	if (node < MARKOV_STATES)
		return false;
	state = &markov->states[node - MARKOV_STATES];
	for (size_t i = 0; i < state->n; i++)
		if ((long)state->channels[i] == avoided)
			return true;
	return false;
}

/* P(conversion) of the printed transitions, those into a state with one
 * channel led to null, or, from the start with `restart`, left out. */
static double
reference_conversion(const struct world *world, const struct markov *markov,
    long avoided, bool restart)
{
	size_t n = markov->n_states + 1;
	double *a = arena_array(world->arena, n * n, sizeof(*a));
	double *b = arena_array(world->arena, n, sizeof(*b));
	double left_out = 0;

	assert_true(n <= LAW_STATES);
	for (size_t i = 0; i < n; i++)
		a[i * n + i] = 1;
	for (size_t i = 0; i < markov->n_transitions; i++) {
		const struct markov_transition *t = &markov->transitions[i];
		size_t from = t->from ? t->from - MARKOV_STATES + 1 : 0;

		if (t->to == MARKOV_CONVERSION)
			b[from] += t->probability;
		else if (is_avoided(markov, t->to, avoided))
			left_out += from == 0 ? t->probability : 0;
		else if (t->to != MARKOV_NULL)
			a[from * n + t->to - MARKOV_STATES + 1] -=
			    t->probability;
	}
	if (restart && left_out > 1 - 1e-12)
		return 0;
	eliminate(a, b, n);
	return restart ? b[0] / (1 - left_out) : b[0];
}

static void
check_reference(const struct world *world, struct markov_options options)
{
	struct markov markov = fit(world, options);
	bool restart = options.removal == REMOVAL_RESTART;
	double all = reference_conversion(world, &markov, -1, false);

	assert_close(markov.conversion, all, 1e-13);
	for (size_t c = 0; c < n_channels(world); c++)
		assert_close(markov.removal[c],
		    1 - reference_conversion(world, &markov, (long)c, restart) /
			    all,
		    1e-11);
	assert_conserves(world, credit(world, &markov));
}

static void
test_law_reference(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260311);

	for (unsigned i = 0; i < CASES(60); i++) {
		struct world world = world_new(*state, POOL_CHANNELS);

		add_random(&world, random, 30, 2 + i % 4, 7);
		check_reference(&world,
		    (struct markov_options){ .order = 1 + i % 3,
			.self_loops = i % 2 == 0,
			.removal = i / 2 % 2 ? REMOVAL_RESTART : REMOVAL_NULL,
			.by_value = i / 4 % 2 });
	}
}

/* Other numbers for the channels, and other records in between. */
static void
test_law_labels(void **state)
{
	for (unsigned order = 1; order <= 3; order++) {
		struct markov_options options = { .order = order };
		struct world world = world_new(*state, POOL_CHANNELS);
		struct world other = world_new(*state, POOL_CHANNELS);
		struct markov a, b;

		for (char c = 'f'; c >= 'a'; c--)
			channel(&other, (char[]){ c, '\0' });
		add_random(
		    &world, stats_random_new(*state, 20260312), 200, 6, 6);
		add_random(
		    &other, stats_random_new(*state, 20260312), 200, 6, 6);
		a = fit(&world, options);
		b = fit(&other, options);
		assert_int_equal(a.n_states, b.n_states);
		assert_int_equal(a.n_transitions, b.n_transitions);
		for (char c = 'a'; c <= 'f'; c++) {
			char name[] = { c, '\0' };

			assert_close(a.removal[channel(&world, name)],
			    b.removal[channel(&other, name)], 1e-13);
		}
	}
}

/* The rows of the transition matrix add up to 1, and what comes into a state
 * goes out of it. */
static void
test_law_matrix(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);
	struct markov markov;
	double in[LAW_STATES] = { 0 }, out[LAW_STATES] = { 0 };
	double share[LAW_STATES] = { 0 };

	add_random(&world, stats_random_new(*state, 20260313), 500, 6, 6);
	markov = fit(
	    &world, (struct markov_options){ .order = 2, .self_loops = true });
	assert_true(markov.n_states + MARKOV_STATES <= LAW_STATES);
	for (size_t i = 0; i < markov.n_transitions; i++) {
		const struct markov_transition *t = &markov.transitions[i];

		in[t->to] += t->weight;
		out[t->from] += t->weight;
		share[t->from] += t->probability;
		assert_true(i == 0 || t[-1].from < t->from ||
			    (t[-1].from == t->from && t[-1].to < t->to));
	}
	for (size_t s = 0; s < markov.n_states; s++) {
		assert_true(in[MARKOV_STATES + s] == out[MARKOV_STATES + s]);
		assert_close(share[MARKOV_STATES + s], 1, 1e-14);
	}
	assert_true(
	    out[MARKOV_START] == in[MARKOV_CONVERSION] + in[MARKOV_NULL]);
}

/* Real paths; the figures by python3, the orders against the reference. */
static void
test_pathdata(void **state)
{
	static const struct {
		const char *name;
		double removal;
	} effects[] = { { "alpha", 0.5583994895 }, { "iota", 0.4058350045 },
		{ "eta", 0.3490263319 }, { "mi", 0.0001799458 } };
	FILE *file = open_shared("attribution-paths/pathdata.csv");
	struct world world = world_new(*state, POOL_CHANNELS);
	char line[LINE_MAX_BYTES], *cells[4];
	struct markov markov;

	while (read_cells(file, line, cells, 4))
		add_path(&world, cells[0], strtod(cells[1], NULL),
		    strtod(cells[2], NULL), strtod(cells[3], NULL));
	fclose(file);
	markov = fit(&world, plain);
	assert_close(markov.conversion, 0.22384513559686380, 1e-15);
	for (size_t i = 0; i < COUNT(effects); i++)
		assert_close(markov.removal[channel(&world, effects[i].name)],
		    effects[i].removal, 1e-10);
	for (unsigned order = 1; order <= 2; order++)
		for (int loops = 0; loops < 2; loops++)
			check_reference(
			    &world, (struct markov_options){
					.order = order, .self_loops = loops });
}

/* ---- the order ---- */

/* Journeys whose end depends on the last `depth` channels. */
static void
add_dependent(struct arena *arena, struct pool **folds, size_t n_folds,
    unsigned depth, uint64_t seed)
{
	struct stats_random *random = stats_random_new(arena, seed);

	for (int i = 0; i < 6000; i++) {
		struct journey_touch touches[6];
		struct world world = { arena, NULL,
			folds[stats_random_below(random, n_folds)] };
		unsigned sum = 0;
		bool converted;

		for (int j = 0; j < 6; j++)
			touches[j] = (struct journey_touch){ NAN,
				1 + (uint32_t)stats_random_below(random, 3),
				0 };
		for (unsigned j = 0; j < depth; j++)
			sum += touches[5 - j].channel;
		converted =
		    stats_random_uniform(random) < (sum % 3 == 0 ? 0.8 : 0.2);
		add_touches(&world, touches, 6, converted, 0, !converted);
	}
}

#define FOLDS 5

static void
make_folds(struct arena *arena, struct pool **folds)
{
	for (size_t f = 0; f < FOLDS; f++)
		folds[f] = pool_new(arena, POOL_CHANNELS);
}

static void
test_order_found(void **state)
{
	for (unsigned depth = 1; depth <= 3; depth++) {
		struct pool *folds[FOLDS];
		struct markov_score scores[5];

		make_folds(*state, folds);
		add_dependent(*state, folds, FOLDS, depth, 20260320 + depth);
		assert_int_equal(
		    markov_order(*state, (const struct pool *const *)folds,
			FOLDS, true, 5, scores),
		    depth);
		for (unsigned k = 0; k < 5; k++) {
			assert_int_equal(scores[k].order, k + 1);
			assert_int_equal(scores[k].folds, FOLDS);
			assert_true(scores[k].standard_error > 0);
			assert_true(scores[k].auc > 0.4 && scores[k].auc < 0.9);
		}
	}
}

/*
 * Two folds by hand: A converts 3 of 4 and 1 of 2, B 1 of 4 and 1 of 2. For
 * the first fold r = 2/4, so A and B are guessed (1 + r)/3 = 1/2; for the
 * second r = 4/8, A (3 + r)/5 = 0.7 and B (1 + r)/5 = 0.3. AUC: of equal
 * guesses 1/2; then of 2 x 2 pairs 1 right, 2 tied (.7 and .7, .3 and .3), 1
 * wrong: 1/2 again.
 */
static void
test_order_scores(void **state)
{
	struct pool *folds[2] = { pool_new(*state, POOL_CHANNELS),
		pool_new(*state, POOL_CHANNELS) };
	struct world world = { *state, intern_new(*state), folds[0] };
	struct markov_score score;
	double second = -(log(0.7) + log(0.3)) / 2;

	add_path(&world, "A", 3, 0, 1);
	add_path(&world, "B", 1, 0, 3);
	add_path(&world, "", 9, 0, 9); /* is outside */
	world.pool = folds[1];
	add_path(&world, "A", 1, 0, 1);
	add_path(&world, "B", 1, 0, 1);
	assert_int_equal(markov_order(*state, (const struct pool *const *)folds,
			     2, false, 1, &score),
	    1);
	assert_close(score.log_loss, (log(2) + second) / 2, 1e-15);
	assert_close(score.standard_error, fabs(second - log(2)) / 2, 1e-15);
	assert_close(score.auc, 0.5, 1e-15);
	assert_int_equal(score.folds, 2);
}

/* Without nulls, without conversions, with one fold, with none. */
static void
test_order_undefined(void **state)
{
	struct pool *folds[FOLDS];
	struct markov_score scores[3];

	for (int nulls = 0; nulls < 2; nulls++) {
		make_folds(*state, folds);
		for (size_t f = 0; f < FOLDS; f++) {
			struct world world = { *state, intern_new(*state),
				folds[f] };

			add_path(&world, "A > B", 1 - nulls, 0, nulls);
		}
		assert_int_equal(
		    markov_order(*state, (const struct pool *const *)folds,
			FOLDS, false, 3, scores),
		    0);
		assert_true(isnan(scores[0].log_loss) && isnan(scores[2].auc));
		assert_int_equal(scores[1].folds, 0);
	}
	add_dependent(*state, folds, 1, 1, 20260330);
	assert_int_equal(markov_order(*state, (const struct pool *const *)folds,
			     1, false, 3, scores),
	    0);
	assert_int_equal(markov_order(*state, NULL, 0, false, 3, scores), 0);
}

#define in_arena(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_arena(test_w18),
		in_arena(test_w19),
		in_arena(test_w20),
		in_arena(test_toy),
		in_arena(test_mixed),
		in_arena(test_by_value),
		in_arena(test_negative_value),
		in_arena(test_undefined),
		in_arena(test_one_channel),
		in_arena(test_negative_effect),
		in_arena(test_limits),
		in_arena(test_law_reference),
		in_arena(test_law_labels),
		in_arena(test_law_matrix),
		in_arena(test_pathdata),
		in_arena(test_order_found),
		in_arena(test_order_scores),
		in_arena(test_order_undefined),
	};

	return cmocka_run_group_tests_name("markov", tests, NULL, NULL);
}
