/*
 * Transforms against the table of metrics.md 3.3.2 (the unit tests of
 * fractribution), milestones and pooling by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "journey.h"

#include <cmocka.h>

#include "arena_fixture.h"
#include "journeys.h"

static const char *
text_of(
    const struct world *world, const struct journey_touch *touches, size_t n)
{
	struct textbuf text = { .arena = world->arena };

	for (size_t i = 0; i < n; i++) {
		struct slice name =
		    intern_get(world->channels, touches[i].channel);

		textbuf_add(&text, "%s%.*s", i ? " " : "", (int)name.n, name.p);
	}
	return textbuf_text(&text);
}

static struct transforms *
transforms_of(struct world *world, const char *const *names, size_t n)
{
	struct transforms *all = transforms_new(world->arena, world->channels);
	struct fnl_err err = { FNL_OK, "" };

	for (size_t i = 0; i < n; i++)
		assert_int_equal(transforms_add(all, names[i], &err), 0);
	return all;
}

static void
check_transform(struct world *world, const char *name, const char *input,
    const char *expected)
{
	struct transforms *all = transforms_of(world, &name, 1);
	struct journey_touch touches[TEXT_TOUCHES];
	size_t n = read_touches(world, input, touches);

	n = transforms_apply(all, touches, n);
	assert_string_equal(text_of(world, touches, n), expected);
}

static void
test_transform_table(void **state)
{
	static const char *const names[] = { "unique", "frequency", "exposure",
		"first", "remove_if_not_all:D", "remove_if_last_and_not_all:D",
		"trim:1", "trim:2" };
	static const struct {
		const char *input, *expected[COUNT(names)];
	} rows[] = {
		{ "Ex > V > D > D",
		    { "Ex V D D", "Ex(1) V(1) D(2)", "Ex V D", "Ex V D", "Ex V",
			"Ex V", "D", "D D" } },
		{ "D > D",
		    { "D D", "D(2)", "D", "D", "D D", "D D", "D", "D D" } },
		{ "a > a > a > D > a > D > D",
		    { "a a a D a D D", "a(4) D(3)", "a D a D", "a D", "a a a a",
			"a a a D a", "D", "D D" } },
		{ "D", { "D", "D(1)", "D", "D", "D", "D", "D", "D" } },
		{ "", { "", "", "", "", "", "", "", "" } },
	};
	struct world world = world_new(*state, POOL_CHANNELS);

	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t j = 0; j < COUNT(names); j++)
			check_transform(&world, names[j], rows[i].input,
			    rows[i].expected[j]);
}

/* One after another: Ex V D D a D, without D, of that the last two. */
static void
test_transforms_in_order(void **state)
{
	static const char *const trimmed[] = { "remove_if_not_all:D",
		"trim:2" };
	static const char *const first[] = { "trim:2", "remove_if_not_all:D",
		"frequency" };
	struct world world = world_new(*state, POOL_CHANNELS);
	struct journey_touch touches[TEXT_TOUCHES];
	const char *path = "Ex > V > D > D > a > D";
	size_t n = read_touches(&world, path, touches);

	n = transforms_apply(transforms_of(&world, trimmed, 2), touches, n);
	assert_string_equal(text_of(&world, touches, n), "V a");
	n = read_touches(&world, path, touches);
	n = transforms_apply(transforms_of(&world, first, 3), touches, n);
	assert_string_equal(text_of(&world, touches, n), "a(1)");
}

/* By hand: a milestone falls on the last touch at or before it that is left,
 * on none where there is none. */
static void
test_milestones_move(void **state)
{
	static const struct {
		const char *name;
		uint32_t expected[4];
		size_t n;
	} rows[] = {
		{ "unique", { 0, 1, 2, 4 }, 4 },
		{ "exposure", { 0, 1 | 2, 4 }, 3 },
		{ "first", { 0, 1 | 2 | 4 }, 2 },
		{ "remove_if_not_all:b", { 1 | 2, 4 }, 2 },
		{ "remove_if_not_all:a", { 1, 2 | 4 }, 2 },
		{ "remove_if_last_and_not_all:a", { 0, 1, 2 | 4 }, 3 },
		{ "trim:2", { 2, 4 }, 2 },
		{ "trim:9", { 0, 1, 2, 4 }, 4 },
	};
	struct world world = world_new(*state, POOL_CHANNELS);

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct transforms *all =
		    transforms_of(&world, &rows[i].name, 1);
		struct journey_touch touches[TEXT_TOUCHES];
		size_t n = read_touches(&world, "a > b > b > a", touches);

		for (size_t j = 1; j < n; j++)
			touches[j].milestones = 1u << (j - 1);
		n = transforms_apply(all, touches, n);
		assert_int_equal(n, rows[i].n);
		for (size_t j = 0; j < n; j++)
			assert_int_equal(
			    touches[j].milestones, rows[i].expected[j]);
	}
}

static void
test_bad_transforms(void **state)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{ "expsure", "did you mean 'exposure'" },
		{ "trim", "'trim' wants a number: trim:2" },
		{ "trim:", "wants a number" },
		{ "trim:0", "'trim:0' would leave nothing" },
		{ "trim:-1", "cannot read '-1' as a whole number" },
		{ "remove_if_not_all", "wants a channel" },
		{ "first:2", "'first' takes nothing after it" },
		{ "", "unknown transform ''" },
	};
	struct world world = world_new(*state, POOL_CHANNELS);
	struct transforms *all = transforms_new(*state, world.channels);
	struct fnl_err err;

	for (size_t i = 0; i < COUNT(rows); i++) {
		err = (struct fnl_err){ FNL_OK, "" };
		assert_int_equal(transforms_add(all, rows[i].text, &err), -1);
		assert_int_equal(err.code, FNL_USAGE);
		assert_non_null(strstr(err.message, rows[i].message));
	}
	err = (struct fnl_err){ FNL_OK, "" };
	for (size_t i = 0; i < TRANSFORMS_MAX; i++)
		assert_int_equal(transforms_add(all, "unique", &err), 0);
	assert_int_equal(transforms_add(all, "unique", &err), -1);
}

/* A name with a colon is a name: only the first one separates. */
static void
test_channel_with_colon(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);

	check_transform(&world, "remove_if_not_all:a:b", "a:b > c", "c");
}

static void
test_pool(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);
	struct journey journey;

	add_path(&world, "", 1, 5, 2);
	add_path(&world, "a > b", 1, 0.1, 0);
	add_path(&world, "b > a", 1, 7, 1);
	add_path(&world, "a > b", 2, 0.2, 3);
	add_path(&world, "a > b", 1, NAN, 0);
	assert_int_equal(pool_size(world.pool), 3);
	journey = pool_journey(world.pool, 0);
	assert_true(journey.n == 0 && journey.conversions == 1 &&
		    journey.value == 5 && journey.nulls == 2);
	journey = pool_journey(world.pool, 1);
	assert_true(journey.n == 2 && journey.conversions == 4);
	assert_true(journey.value == 0.1 + 0.2);
	assert_true(journey.nulls == 3 && isnan(journey.touches[0].days));
	journey = pool_total(world.pool);
	assert_true(journey.conversions == 5 && journey.nulls == 4);
	pool_reset(world.pool);
	assert_int_equal(pool_size(world.pool), 3);
	assert_true(pool_total(world.pool).conversions == 0);
	assert_int_equal(pool_journey(world.pool, 2).n, 2);
}

/* Days and milestones make paths differ where the pool looks at them; every
 * NaN is the same, and so is every zero. */
static void
test_pool_of_touches(void **state)
{
	struct world world = world_new(*state, POOL_TOUCHES);
	struct journey_touch touch = { 3, channel(&world, "a"), 0 };

	add_touches(&world, &touch, 1, 1, 0, 0);
	touch.days = 4;
	add_touches(&world, &touch, 1, 1, 0, 0);
	touch.milestones = MILESTONE_LEAD;
	add_touches(&world, &touch, 1, 1, 0, 0);
	assert_int_equal(pool_size(world.pool), 4);
	touch.days = 0.0;
	add_touches(&world, &touch, 1, 1, 0, 0);
	touch.days = -0.0;
	add_touches(&world, &touch, 1, 1, 0, 0);
	assert_int_equal(pool_size(world.pool), 5);
	touch.days = (double)NAN;
	add_touches(&world, &touch, 1, 1, 0, 0);
	touch.days = -(double)NAN;
	add_touches(&world, &touch, 1, 1, 0, 0);
	assert_int_equal(pool_size(world.pool), 6);
	assert_int_equal(pool_find(world.pool, &touch, 1), 5);
	touch.days = 99;
	assert_true(pool_find(world.pool, &touch, 1) == UINT32_MAX);
}

/* A million times a tenth is 100000, and so it is in any order: a plain sum
 * of doubles has 100000.00000133288. */
static void
test_pool_sums(void **state)
{
	struct world world = world_new(*state, POOL_CHANNELS);

	for (int i = 0; i < 1000000; i++)
		pool_add(world.pool, 0, 1, 0.1, 0);
	assert_true(pool_journey(world.pool, 0).value == 100000);
	pool_add(world.pool, 0, 0, 1e20, 0);
	pool_add(world.pool, 0, 0, 1, 0);
	pool_add(world.pool, 0, 0, -1e20, 0);
	assert_true(pool_journey(world.pool, 0).value == 100001);
}

static void
test_pool_transform(void **state)
{
	static const char *const exposure[] = { "exposure" };
	struct world world = world_new(*state, POOL_CHANNELS);
	struct world to = { *state, world.channels,
		pool_new(*state, POOL_CHANNELS) };
	struct journey_touch touches[TEXT_TOUCHES];
	struct fnl_err err = { FNL_OK, "" };
	struct journey journey;

	add_path(&world, "a > a > b", 1, 10, 0);
	add_path(&world, "a > b > b", 2, 20, 5);
	add_path(&world, "", 1, 3, 4);
	assert_int_equal(pool_transform(world.pool,
			     transforms_of(&world, exposure, 1), to.pool, &err),
	    0);
	assert_int_equal(pool_size(to.pool), 2);
	journey = pool_journey(to.pool, 0);
	assert_true(journey.conversions == 1 && journey.value == 3);
	read_touches(&world, "a > b", touches);
	journey = pool_journey(to.pool, pool_find(to.pool, touches, 2));
	assert_true(journey.conversions == 3 && journey.value == 30 &&
		    journey.nulls == 5);
}

static void
test_limits(void **state)
{
	struct pool *pool = pool_new(*state, POOL_CHANNELS);
	struct journey_touch *touches =
	    arena_array(*state, JOURNEY_MAX_TOUCHES + 1, sizeof(*touches));
	struct fnl_err err = { FNL_OK, "" };
	uint32_t path;

	assert_int_equal(
	    pool_put(pool, touches, JOURNEY_MAX_TOUCHES, &path, &err), 0);
	assert_int_equal(
	    pool_put(pool, touches, JOURNEY_MAX_TOUCHES + 1, &path, &err), -1);
	assert_int_equal(err.code, FNL_DATA);
	assert_string_equal(err.message,
	    "a journey of 10001 touches (at most 10000; a shorter look-back "
	    "leaves fewer)");
}

/* A restart forgets, also where its number comes round. */
static void
test_channel_counts(void **state)
{
	struct channel_counts counts = channel_counts_new(*state);

	counts.round = UINT32_MAX - 1;
	for (int i = 0; i < 4; i++) {
		channel_counts_restart(&counts);
		assert_int_equal(*channel_count(&counts, 7), 0);
		*channel_count(&counts, 7) = 5;
		assert_int_equal(*channel_count(&counts, 7000), 0);
		assert_int_equal(*channel_count(&counts, 7), 5);
	}
}

#define in_arena(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_arena(test_transform_table),
		in_arena(test_transforms_in_order),
		in_arena(test_milestones_move),
		in_arena(test_bad_transforms),
		in_arena(test_channel_with_colon),
		in_arena(test_pool),
		in_arena(test_pool_of_touches),
		in_arena(test_pool_sums),
		in_arena(test_pool_transform),
		in_arena(test_limits),
		in_arena(test_channel_counts),
	};

	return cmocka_run_group_tests_name("journey", tests, NULL, NULL);
}
