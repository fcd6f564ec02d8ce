/*
 * zone_fixture: an arena for the tests of a file, and time zones by name in
 * it. Include it after cmocka.h.
 */
#ifndef TESTS_UNIT_ZONE_FIXTURE_H
#define TESTS_UNIT_ZONE_FIXTURE_H

#include "zone.h"

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return arena ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const struct zone *
open_zone(const char *name)
{
	const struct zone *zone = NULL;
	struct fnl_err err = { 0 };

	if (zone_open(arena, name, &zone, &err))
		fail_msg("%s", err.message);
	return zone;
}

#endif
