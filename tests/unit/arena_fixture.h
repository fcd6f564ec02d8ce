/*
 * arena_fixture: an arena of its own for every test, as its *state. Include
 * it after cmocka.h.
 */
#ifndef TESTS_UNIT_ARENA_FIXTURE_H
#define TESTS_UNIT_ARENA_FIXTURE_H

#include "arena.h"

static int
setup(void **state)
{
	*state = arena_new();
	return *state ? 0 : -1;
}

static int
teardown(void **state)
{
	arena_free(*state);
	return 0;
}

#endif
