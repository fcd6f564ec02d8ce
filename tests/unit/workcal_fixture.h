/*
 * workcal_fixture: calendars from short texts, and instants from wall times.
 * Include it after cmocka.h and zone_fixture.h.
 */
#ifndef TESTS_UNIT_WORKCAL_FIXTURE_H
#define TESTS_UNIT_WORKCAL_FIXTURE_H

#include <string.h>

#include "workcal.h"

#define HOUR 3600

/* "a|b|c" to a list. */
static struct texts
entries(const char *text)
{
	struct texts list = { NULL, 0 };

	list.items = arena_array(arena, strlen(text) + 1, sizeof(*list.items));
	while (*text) {
		size_t n = strcspn(text, "|");

		list.items[list.n++] =
		    arena_text(arena, (struct slice){ text, n });
		text += n + (text[n] == '|');
	}
	return list;
}

/* Civil seconds of a wall time. */
static int64_t
wall(int year, int month, int day, int hour, int minute)
{
	return civil_days((struct civil){ year, month, day }) * DAY_SECONDS +
	       hour * HOUR + minute * 60;
}

static const struct workcal *
compile(const char *zone, const char *hours, const char *breaks,
    const char *shifts, const char *holidays, int64_t from, int64_t to)
{
	const struct calendar_definition definition = { .name = "test",
		.timezone = zone,
		.hours = entries(hours),
		.breaks = entries(breaks),
		.shifts = entries(shifts),
		.holidays = entries(holidays) };
	const struct workcal *calendar = NULL;
	struct fnl_err err = { 0 };

	if (workcal_open(arena, &definition, NULL, open_zone("UTC"), from, to,
		&calendar, &err))
		fail_msg("%s", err.message);
	return calendar;
}

#endif
