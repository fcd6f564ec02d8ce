/*
 * The models against the vectors of metrics.md 3.3.3 (W13-W17) and the toys
 * of the shared data, milestone models by hand as fractions, real paths
 * against plain sums, laws on generated paths.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "credit.h"

#include <cmocka.h>

#include "arena_fixture.h"
#include "credits.h"

static const struct model *
parse(struct arena *arena, const char *text, struct weighting *how)
{
	struct fnl_err err = { FNL_OK, "" };
	const struct model *model = NULL;

	assert_int_equal(model_parse(text, arena, &model, how, &err), 0);
	return model;
}

static void
weigh(struct arena *arena, const char *text, struct weighting how,
    const struct journey_touch *touches, size_t n, double *weights)
{
	const struct model *model = parse(arena, text, &how);
	struct channel_counts seen = channel_counts_new(arena);
	struct journey_view view = { &how, &seen, touches, n };

	model->weigh(&view, weights);
}

#define assert_weights(arena, text, how, touches, n, expected) \
	check_weights(                                         \
	    arena, text, how, touches, n, expected, __FILE__, __LINE__)

static void
check_weights(struct arena *arena, const char *text, struct weighting how,
    const struct journey_touch *touches, size_t n, const double *expected,
    const char *file, int line)
{
	double weights[TEXT_TOUCHES];

	weigh(arena, text, how, touches, n, weights);
	for (size_t i = 0; i < n; i++)
		check_close(weights[i], expected[i], 2e-16, file, line);
}

static struct credits *
credit_with(struct world *world, const char *text, struct weighting how)
{
	const struct model *model = parse(world->arena, text, &how);
	struct credits *credits = credits_new(world->arena, n_channels(world));

	credits_add_pool(credits, model, &how, world->pool);
	if (!(model->flags & MODEL_NOT_ADDITIVE))
		assert_conserves(world, credits);
	return credits;
}

static struct credits *
credit(struct world *world, const char *text)
{
	return credit_with(world, text, weighting_default());
}

/* ---- by position ---- */

/* Each row as parts of 100, or of what Adobe's rule leaves of it. */
static void
test_positions(void **state)
{
	static const struct {
		const char *model;
		double two[2], three[3], four[4];
	} rows[] = {
		{ "first", { 1, 0 }, { 1, 0, 0 }, { 1, 0, 0, 0 } },
		{ "last", { 0, 1 }, { 0, 0, 1 }, { 0, 0, 0, 1 } },
		{ "linear", { .5, .5 }, { 1 / 3., 1 / 3., 1 / 3. },
		    { .25, .25, .25, .25 } },
		{ "u", { .5, .5 }, { .4, .2, .4 }, { .4, .1, .1, .4 } },
		{ "j", { .25, .75 }, { .2, .2, .6 }, { .2, .1, .1, .6 } },
		{ "inverse_j", { .75, .25 }, { .6, .2, .2 },
		    { .6, .1, .1, .2 } },
		{ "custom", { .375, .625 }, { .3, .2, .5 },
		    { .3, .1, .1, .5 } },
		{ "custom:1:2:1", { .5, .5 }, { .25, .5, .25 },
		    { .25, .25, .25, .25 } },
		{ "custom:0:100:0", { .5, .5 }, { 0, 1, 0 },
		    { 0, .5, .5, 0 } }, /* R20 */
		{ "custom:7:0:0", { 1, 0 }, { 1, 0, 0 }, { 1, 0, 0, 0 } },
	};
	static const struct journey_touch touches[4] = { { .channel = 1 },
		{ .channel = 2 }, { .channel = 3 }, { .channel = 4 } };
	static const double one[] = { 1 };
	struct weighting how = weighting_default();

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *model = rows[i].model;

		assert_weights(*state, model, how, touches, 1, one);
		assert_weights(*state, model, how, touches, 2, rows[i].two);
		assert_weights(*state, model, how, touches, 3, rows[i].three);
		assert_weights(*state, model, how, touches, 4, rows[i].four);
	}
}

/* metrics.md 3.3.3: 30/20/50 of two touches is .40/.60 in DP6. */
static void
test_halved_middle(void **state)
{
	static const struct journey_touch touches[3] = { { .channel = 1 },
		{ .channel = 2 }, { .channel = 3 } };
	static const double custom[] = { .4, .6 }, j[] = { .3, .7 };
	static const double three[] = { .3, .2, .5 };
	struct weighting how = weighting_default();

	how.halve_middle = true;
	assert_weights(*state, "custom", how, touches, 2, custom);
	assert_weights(*state, "j", how, touches, 2, j);
	assert_weights(*state, "custom", how, touches, 3, three);
}

static void
test_last_non_direct(void **state)
{
	static const struct journey_touch touches[4] = { { .channel = 1 },
		{ .channel = 2 }, { .channel = 3 }, { .channel = 3 } };
	static const double second[] = { 0, 1, 0, 0 };
	static const double last[] = { 0, 0, 0, 1 }, one[] = { 0, 1 };
	struct weighting how = weighting_default();

	assert_weights(*state, "last_non_direct", how, touches, 4, last);
	how.direct = 3;
	assert_weights(*state, "last_non_direct", how, touches, 4, second);
	assert_weights(*state, "last_non_direct", how, touches + 2, 2, one);
}

/* ---- by time ---- */

/* W13: $50, search 9 days before, social 6, email and display 0. */
static void
test_w13(void **state)
{
	static const double days[] = { 9, 6, 0, 0 };
	static const char *const names[] = { "search", "social", "email",
		"display" };
	static const struct {
		const char *model;
		double expected[4], tolerance;
	} rows[] = {
		{ "linear", { 12.5, 12.5, 12.5, 12.5 }, 1e-14 },
		{ "j", { 10, 5, 5, 30 }, 1e-14 },
		{ "time_decay", { 6.92, 9.32, 16.88, 16.88 }, 0.005 },
		{ "time_decay:7d", { 6.92, 9.32, 16.88, 16.88 }, 0.005 },
	};
	struct world world = world_new(*state, POOL_TOUCHES);
	struct journey_touch touches[4];

	for (int i = 0; i < 4; i++)
		touches[i] = (struct journey_touch){ days[i],
			channel(&world, names[i]), 0 };
	add_touches(&world, touches, 4, 1, 50, 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct credits *credits = credit(&world, rows[i].model);

		for (int j = 0; j < 4; j++)
			assert_close(value_of(&world, credits, names[j]),
			    rows[i].expected[j], rows[i].tolerance);
	}
}

/* W13's last-visit look-back is one of 0 days. */
static void
test_w13_last_visit(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);

	add_path(&world, "email > display", 1, 50, 0);
	assert_true(value_of(&world, credit(&world, "first"), "email") == 50);
	assert_true(value_of(&world, credit(&world, "linear"), "email") == 25);
	assert_true(
	    value_of(&world, credit(&world, "linear"), "display") == 25);
}

/* W14: 1/15, 2/15, 4/15, 8/15; as far from the conversion as can be, too,
 * where the powers of 2 themselves are 0. */
static void
test_w14(void **state)
{
	static const double expected[] = { 1 / 15., 2 / 15., 4 / 15., 8 / 15. };
	struct weighting how = weighting_default();
	struct journey_touch touches[4] = { { 28, 1, 0 }, { 21, 2, 0 },
		{ 14, 3, 0 }, { 7, 4, 0 } };

	assert_weights(*state, "time_decay", how, touches, 4, expected);
	for (int i = 0; i < 4; i++)
		touches[i].days += 20000;
	assert_weights(*state, "time_decay", how, touches, 4, expected);
	for (int i = 0; i < 4; i++)
		touches[i].days -= 40000;
	assert_weights(*state, "time_decay", how, touches, 4, expected);
}

/* W15, with its exact figures. */
static void
test_w15(void **state)
{
	static const double days[] = { 38, 33, 26, 8, 0 };
	static const double decay[] = { 175.20, 287.44, 574.88, 3417.04,
		7545.45 };
	static const double u[] = { 4800, 800, 800, 800, 4800 };
	struct world world = world_new(*state, POOL_TOUCHES);
	struct journey_touch touches[5];
	struct credits *decayed, *linear, *shaped;

	for (uint32_t i = 0; i < 5; i++)
		touches[i] = (struct journey_touch){ days[i],
			channel(&world, (char[]){ (char)('a' + i), '\0' }), 0 };
	add_touches(&world, touches, 5, 1, 12000, 0);
	decayed = credit(&world, "time_decay");
	linear = credit(&world, "linear");
	shaped = credit(&world, "u");
	for (uint32_t i = 0; i < 5; i++) {
		assert_close(credits_value(decayed, touches[i].channel),
		    decay[i], 0.005);
		assert_close(
		    credits_value(linear, touches[i].channel), 2400, 1e-12);
		assert_close(
		    credits_value(shaped, touches[i].channel), u[i], 1e-12);
	}
}

/* One unknown time, and no share is known: the journey has a row. */
static void
test_undated(void **state)
{
	struct world world = world_new(*state, POOL_TOUCHES);
	struct journey_touch touches[] = { { 3, channel(&world, "a"), 0 },
		{ (double)NAN, channel(&world, "b"), 0 } };
	struct credits *credits;

	add_touches(&world, touches, 2, 1, 7, 0);
	touches[1].days = 3;
	add_touches(&world, touches, 2, 2, 8, 0);
	add_touches(&world, touches, 0, 4, 16, 0);
	credits = credit(&world, "time_decay");
	assert_true(credits_conversions(
			credits, n_channels(&world) + CREDIT_UNDATED) == 1);
	assert_true(
	    credits_value(credits, n_channels(&world) + CREDIT_UNDATED) == 7);
	assert_true(conversions_of(&world, credits, "a") == 1);
	assert_true(value_of(&world, credits, "b") == 4);
	assert_true(credits_conversions(
			credits, n_channels(&world) + CREDIT_NONE) == 4);
	assert_true(
	    credits_value(credits, n_channels(&world) + CREDIT_NONE) == 16);
}

/* ---- by milestones ---- */

#define L MILESTONE_LEAD
#define O MILESTONE_OPPORTUNITY
#define C MILESTONE_CLOSE

/* By hand from the rule of metrics.md 3.3.3. */
static void
test_milestone_models(void **state)
{
	static const struct {
		const char *model;
		uint32_t milestones[5];
		size_t n;
		double expected[5];
	} rows[] = {
		{ "w", { 0, L, 0, O, 0 }, 5, { .3, .3, .05, .3, .05 } },
		{ "w", { 0, L, O, C, 0 }, 5, { .3, .3, .3, .05, .05 } },
		{ "w", { L, 0, O }, 3, { .6, .1, .3 } },
		{ "w", { L | O, 0 }, 2, { .9, .1 } },
		{ "w", { L | O }, 1, { 1 } },
		{ "w", { 0, L, O }, 3, { 1 / 3., 1 / 3., 1 / 3. } },
		/* no lead: its 30 to the others, 45 each */
		{ "w", { 0, 0, O }, 3, { .45, .1, .45 } },
		{ "w", { 0, O }, 2, { .5, .5 } },
		{ "w", { 0, 0, 0 }, 3, { .9, .05, .05 } },
		{ "full_path", { 0, L, O, 0, C }, 5,
		    { .225, .225, .225, .1, .225 } },
		{ "full_path", { 0, L, O, C }, 4, { .25, .25, .25, .25 } },
		/* 22.5 : 45 of 90, no opportunity */
		{ "full_path", { 0, 0, L | C }, 3, { .3, .1, .6 } },
		{ "full_path", { L | O | C, 0 }, 2, { .9, .1 } },
		{ "u50", { 0, 0, L, 0 }, 4, { .5, 0, .5, 0 } },
		{ "u50", { L, 0 }, 2, { 1, 0 } },
		{ "u50", { 0, 0, O }, 3, { 1, 0, 0 } },
		{ "u_lead", { 0, 0, 0, L, 0 }, 5, { .4, .1, .1, .4, 0 } },
		{ "u_lead", { 0, L, 0 }, 3, { .5, .5, 0 } },
		{ "u_lead", { L, 0, 0 }, 3, { 1, 0, 0 } },
		{ "u_lead", { 0, 0, C }, 3, { 1, 0, 0 } }, /* R21 */
		/* R27: one bonus each, of 4 + 1 + 1 + 1 + 1 */
		{ "points", { 0, L, O, 0 }, 4, { .25, .25, .25, .25 } },
		{ "points", { L | O, 0, C }, 3, { 4 / 7., 1 / 7., 2 / 7. } },
		{ "points", { 0 }, 1, { 1 } },
	};
	struct weighting how = weighting_default();

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct journey_touch touches[5];

		for (uint32_t j = 0; j < rows[i].n; j++)
			touches[j] = (struct journey_touch){ (double)NAN, j,
				rows[i].milestones[j] };
		assert_weights(*state, rows[i].model, how, touches, rows[i].n,
		    rows[i].expected);
	}
}

/* W16: points 4, 2, 3, 1 of $10,000. */
static void
test_w16(void **state)
{
	static const double expected[] = { 4000, 2000, 3000, 1000 };
	struct world world = world_new(*state, POOL_TOUCHES);
	struct weighting how = weighting_default();
	struct journey_touch touches[] = { { 4, 1, 0 }, { 3, 2, L },
		{ 2, 3, O }, { 1, 4, 0 } };
	struct credits *credits;

	for (int i = 0; i < 4; i++)
		channel(&world, (char[]){ (char)('a' + i), '\0' });
	how.bonus_first = 3;
	how.bonus_lead = 1;
	how.bonus_opportunity = 2;
	how.bonus_last = 0;
	add_touches(&world, touches, 4, 1, 10000, 0);
	credits = credit_with(&world, "points", how);
	for (size_t i = 0; i < 4; i++)
		assert_close(credits_value(credits, i + 1), expected[i], 1e-11);
}

/* ---- paths ---- */

struct path_row {
	const char *path;
	double conversions;
};

struct model_row {
	const char *model;
	double expected[4]; /* of a, b, c, d */
};

static void
check_paths(struct arena *arena, const struct path_row *paths, size_t n_paths,
    const struct model_row *rows, size_t n_rows)
{
	struct world world = world_new(arena, POOL_CHANNELS);

	for (char c = 'a'; c <= 'd'; c++)
		channel(&world, (char[]){ c, '\0' });
	for (size_t i = 0; i < n_paths; i++)
		add_path(&world, paths[i].path, paths[i].conversions,
		    10 * paths[i].conversions, 1);
	for (size_t i = 0; i < n_rows; i++) {
		struct credits *credits = credit(&world, rows[i].model);

		for (size_t j = 0; j < 4; j++) {
			double expected = rows[i].expected[j];

			assert_close(credits_conversions(credits, j + 1),
			    expected, 1e-14);
			assert_close(credits_value(credits, j + 1),
			    10 * expected, 1e-13);
		}
	}
}

/* W17; a direct, b search, c email, d social. The position shape is u. */
static void
test_w17(void **state)
{
	static const struct path_row paths[] = { { "a", 2 }, { "b > c", 3 },
		{ "b > d > c", 5 } };
	static const struct model_row rows[] = { { "first", { 2, 8, 0, 0 } },
		{ "last", { 2, 0, 8, 0 } },
		{ "linear", { 2, 19 / 6., 19 / 6., 5 / 3. } },
		{ "u", { 2, 3.5, 3.5, 1 } },
		{ "participation", { 2, 8, 8, 5 } } };
	static const struct path_row repeated[] = { { "a > a > b", 6 } };
	static const struct model_row of_repeated[] = { { "linear",
							    { 4, 2, 0, 0 } },
		{ "participation", { 6, 6, 0, 0 } } };
	static const struct path_row two[] = { { "a > b", 10 } };
	static const struct model_row of_two[] = { { "custom:30:0:70",
	    { 3, 7, 0, 0 } } };

	check_paths(*state, paths, COUNT(paths), rows, COUNT(rows));
	check_paths(*state, repeated, 1, of_repeated, COUNT(of_repeated));
	check_paths(*state, two, 1, of_two, COUNT(of_two));
}

/* The first toy of the shared data's README. */
static void
test_toy(void **state)
{
	static const struct path_row paths[] = { { "a", 2 }, { "b > c", 1 },
		{ "c > a > b", 5 } };
	static const struct model_row rows[] = { { "first", { 2, 1, 5, 0 } },
		{ "last", { 2, 5, 1, 0 } },
		{ "linear", { 11 / 3., 13 / 6., 13 / 6., 0 } },
		{ "u", { 3, 2.5, 2.5, 0 } } };

	check_paths(*state, paths, COUNT(paths), rows, COUNT(rows));
}

/* ---- names ---- */

static void
test_parse(void **state)
{
	struct weighting how = weighting_default();

	for (size_t i = 0; i < n_models; i++)
		assert_ptr_equal(
		    parse(*state, models[i].name, &how), &models[i]);
	parse(*state, "time_decay:36h", &how);
	assert_true(how.half_life == 1.5);
	parse(*state, "custom:1:0:3", &how);
	assert_true(how.first == 1 && how.middle == 0 && how.last == 3);
}

static void
test_bad_models(void **state)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{ "liner", "did you mean 'linear'" },
		{ "linear:2", "model 'linear' takes nothing after it" },
		{ "time_decay:x", "cannot read 'x' as a duration" },
		{ "time_decay:0d", "a half-life of 0" },
		{ "custom:1:2", "cannot read '1:2' as first:middle:last" },
		{ "custom:1:2:3:4", "cannot read '1:2:3:4'" },
		{ "custom:1::3", "cannot read '1::3'" },
		{ "custom:", "cannot read ''" },
		{ "custom:1:-2:3", "cannot read '-2' as a whole number" },
		{ "custom:0:0:0", "gives nobody anything" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fnl_err err = { FNL_OK, "" };
		struct weighting how = weighting_default();
		const struct model *model;

		assert_int_equal(
		    model_parse(rows[i].text, *state, &model, &how, &err), -1);
		assert_int_equal(err.code, FNL_USAGE);
		assert_non_null(strstr(err.message, rows[i].message));
	}
}

/* ---- real paths ---- */

#define REAL_CHANNELS 12

struct plain { /* sums of a channel, taken without the library */
	char name[16];
	double first[2], last[2], linear[2]; /* conversions, value */
};

static struct plain *
plain_of(struct plain *all, const char *name, size_t n)
{
	for (size_t i = 0; i < REAL_CHANNELS; i++) {
		if (all[i].name[0] == '\0')
			memcpy(all[i].name, name, n);
		if (strlen(all[i].name) == n &&
		    memcmp(all[i].name, name, n) == 0)
			return &all[i];
	}
	fail_msg("more than %d channels", REAL_CHANNELS);
	return NULL;
}

static void
add_plain(struct plain *all, const char *path, const double worth[2])
{
	struct plain *touch[TEXT_TOUCHES];
	size_t n = 0;

	for (const char *p = path; p; n++) {
		const char *end = strstr(p, " > ");

		touch[n] =
		    plain_of(all, p, end ? (size_t)(end - p) : strlen(p));
		p = end ? end + 3 : NULL;
	}
	for (int k = 0; k < 2; k++) {
		touch[0]->first[k] += worth[k];
		touch[n - 1]->last[k] += worth[k];
		for (size_t i = 0; i < n; i++)
			touch[i]->linear[k] += worth[k] / (double)n;
	}
}

static void
check_plain(const struct world *world, const struct credits *credits,
    const char *name, const double expected[2])
{
	assert_close(conversions_of(world, credits, name), expected[0], 1e-9);
	assert_close(value_of(world, credits, name), expected[1], 1e-9);
}

/* 10,000 paths of ChannelAttribution's PathData. */
static void
test_pathdata(void **state)
{
	FILE *file = open_shared("attribution-paths/pathdata.csv");
	struct world world = world_new(*state, POOL_CHANNELS);
	struct plain all[REAL_CHANNELS] = { 0 };
	char line[LINE_MAX_BYTES], *cells[4];
	struct credits *first, *last, *linear;

	while (read_cells(file, line, cells, 4)) {
		double worth[2] = { strtod(cells[1], NULL),
			strtod(cells[2], NULL) };

		add_path(&world, cells[0], worth[0], worth[1],
		    strtod(cells[3], NULL));
		add_plain(all, cells[0], worth);
	}
	fclose(file);
	/* python3: 5408 different paths */
	assert_int_equal(pool_size(world.pool), 5408 + 1);
	first = credit(&world, "first");
	last = credit(&world, "last");
	linear = credit(&world, "linear");
	for (size_t i = 0; i < REAL_CHANNELS; i++) {
		check_plain(&world, first, all[i].name, all[i].first);
		check_plain(&world, last, all[i].name, all[i].last);
		check_plain(&world, linear, all[i].name, all[i].linear);
	}
	for (size_t i = 0; i < n_models; i++)
		credit(&world, models[i].name); /* conserves */
}

/* ---- laws ---- */

#define LAW_PATHS CASES(10000)

/* Sums to conversions and value, to the last digit, and when printed with 9
 * digits, too. */
static void
test_law_conserves(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260301);
	struct world world = world_new(*state, POOL_TOUCHES);
	struct weighting how = weighting_default();

	add_random(&world, random, LAW_PATHS, 20, 12);
	how.direct = channel(&world, "d");
	for (size_t i = 0; i < n_models; i++) {
		struct credits *credits =
		    credit_with(&world, models[i].name, how);
		size_t n = credits_rows(credits);
		double *parts = arena_array(*state, n, sizeof(*parts));
		double units = 0, total;

		if (models[i].flags & MODEL_NOT_ADDITIVE)
			continue;
		for (size_t row = 0; row < n; row++)
			parts[row] = credits_conversions(credits, row);
		total = pool_total(world.pool).conversions +
			pool_journey(world.pool, 0).conversions;
		credits_round(*state, parts, n, 9);
		for (size_t row = 0; row < n; row++) {
			assert_close(parts[row],
			    credits_conversions(credits, row), 1e-9);
			units += nearbyint(parts[row] * 1e9);
		}
		assert_true(units == total * 1e9);
	}
}

/* Every weight is in [0, 1], and together they are 1. */
static void
test_law_weights(void **state)
{
	struct stats_random *random = stats_random_new(*state, 20260302);
	static const uint32_t channels[] = { 1, 2, 3 };
	struct weighting how = weighting_default();

	how.direct = 2;
	for (int i = 0; i < CASES(5000); i++) {
		struct journey_touch touches[TEXT_TOUCHES];
		size_t n = random_touches(random, channels, 3, touches, 15);

		for (size_t m = 0; n && m < n_models; m++) {
			double weights[TEXT_TOUCHES], sum = 0;

			weigh(*state, models[m].name, how, touches, n, weights);
			for (size_t j = 0; j < n; j++) {
				assert_true(weights[j] >= 0 && weights[j] <= 1);
				sum += weights[j];
			}
			if (!(models[m].flags & MODEL_NOT_ADDITIVE))
				assert_close(sum, 1, 1e-14);
		}
	}
}

/* Other numbers for the channels: the same bits for each name. */
static void
test_law_labels(void **state)
{
	struct world world = world_new(*state, POOL_TOUCHES);
	struct world other = world_new(*state, POOL_TOUCHES);

	for (char c = 'h'; c >= 'a'; c--)
		channel(&other, (char[]){ c, '\0' });
	add_random(&world, stats_random_new(*state, 20260303), 500, 8, 6);
	add_random(&other, stats_random_new(*state, 20260303), 500, 8, 6);
	for (size_t i = 0; i < n_models; i++) {
		struct credits *a = credit(&world, models[i].name);
		struct credits *b = credit(&other, models[i].name);

		for (char c = 'a'; c <= 'h'; c++) {
			char name[] = { c, '\0' };

			assert_true(conversions_of(&world, a, name) ==
				    conversions_of(&other, b, name));
			assert_true(value_of(&world, a, name) ==
				    value_of(&other, b, name));
		}
	}
}

/* Two halves together are the whole, in either order. */
static void
test_law_split(void **state)
{
	struct world whole = world_new(*state, POOL_TOUCHES);
	struct world halves[2];
	struct fnl_err err = { FNL_OK, "" };
	struct pool *joined = pool_new(*state, POOL_TOUCHES);

	for (int i = 0; i < 2; i++) {
		halves[i] = world_new(*state, POOL_TOUCHES);
		add_random(&halves[i],
		    stats_random_new(*state, 20260304 + (uint64_t)i), 300, 8,
		    6);
		add_random(&whole,
		    stats_random_new(*state, 20260304 + (uint64_t)i), 300, 8,
		    6);
	}
	for (int i = 1; i >= 0; i--)
		assert_int_equal(
		    pool_transform(halves[i].pool, NULL, joined, &err), 0);
	for (size_t i = 0; i < n_models; i++) {
		struct credits *a = credit(&whole, models[i].name);
		struct world world = { *state, whole.channels, joined };
		struct credits *b = credit(&world, models[i].name);

		for (size_t row = 0; row < credits_rows(a); row++) {
			assert_true(credits_conversions(a, row) ==
				    credits_conversions(b, row));
			assert_true(
			    credits_value(a, row) == credits_value(b, row));
		}
	}
}

/* ---- rounding ---- */

/* By hand: the largest remainders, the earlier of equals, below 0 too. */
static void
test_round(void **state)
{
	static const struct {
		double parts[3], expected[3];
		unsigned digits;
	} rows[] = {
		{ { 1 / 3., 1 / 3., 1 / 3. }, { .34, .33, .33 }, 2 },
		{ { 1.4, 1.4, 1.2 }, { 2, 1, 1 }, 0 },
		{ { -0.5, 0.75, 0.75 }, { -1, 1, 1 }, 0 },
		{ { 2, 0, 5 }, { 2, 0, 5 }, 3 },
		{ { 1e16, 0.25, 0.25 }, { 1e16, 0.25, 0.25 }, 1 },
	};
	double unknown[] = { 0.55, (double)NAN };

	for (size_t i = 0; i < COUNT(rows); i++) {
		double parts[3];

		memcpy(parts, rows[i].parts, sizeof(parts));
		credits_round(*state, parts, 3, rows[i].digits);
		for (int j = 0; j < 3; j++)
			assert_true(parts[j] == rows[i].expected[j]);
	}
	credits_round(*state, unknown, 2, 1);
	assert_true(unknown[0] == 0.55 && isnan(unknown[1]));
	credits_round(*state, NULL, 0, 1);
}

#define in_arena(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_arena(test_positions),
		in_arena(test_halved_middle),
		in_arena(test_last_non_direct),
		in_arena(test_w13),
		in_arena(test_w13_last_visit),
		in_arena(test_w14),
		in_arena(test_w15),
		in_arena(test_undated),
		in_arena(test_milestone_models),
		in_arena(test_w16),
		in_arena(test_w17),
		in_arena(test_toy),
		in_arena(test_parse),
		in_arena(test_bad_models),
		in_arena(test_pathdata),
		in_arena(test_law_conserves),
		in_arena(test_law_weights),
		in_arena(test_law_labels),
		in_arena(test_law_split),
		in_arena(test_round),
	};

	return cmocka_run_group_tests_name("credit", tests, NULL, NULL);
}
