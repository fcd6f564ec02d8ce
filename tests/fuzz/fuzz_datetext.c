/*
 * Any bytes as a column of dates, one cell a line, in a zone with daylight
 * saving time. What is read must lie in the years that datetext promises, a
 * pending value must be a time under either order, and reading a cell again
 * once the order is given must agree with resolving it.
 */
#include "datetext.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 1900
#define LAST_YEAR 2200

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena *arena;
static const struct zone *zone;

static void
require(bool law)
{
	if (!law)
		abort();
}

/* An offset may carry a time over the ends of the years by a day. */
static void
check_time(struct when when)
{
	int64_t slack = when.kind == WHEN_INSTANT ? DAY_SECONDS : 0;
	int64_t first = civil_days((struct civil){ FIRST_YEAR, 1, 1 });
	int64_t end = civil_days((struct civil){ LAST_YEAR + 1, 1, 1 });

	require(when.kind == WHEN_DATE || when.kind == WHEN_INSTANT);
	require(when.seconds >= first * DAY_SECONDS - slack);
	require(when.seconds < end * DAY_SECONDS + slack);
	require(when.kind != WHEN_DATE || when.seconds % DAY_SECONDS == 0);
}

static void
check_pending(struct slice cell, struct when pending, enum date_order order)
{
	struct date_column given = { .order = order, .given = true };
	struct when resolved = date_resolve(pending, order, zone);
	struct when again;

	check_time(resolved);
	require(date_read(cell, zone, &given, 1, &again) == DATE_OK);
	require(again.kind == resolved.kind);
	require(again.seconds == resolved.seconds);
}

static void
check_cell(struct slice cell, struct date_column *column)
{
	struct when when;
	enum date_status status = date_read(cell, zone, column, 1, &when);

	if (status == DATE_OK) {
		check_time(when);
	} else if (status == DATE_PENDING) {
		require(when.kind == WHEN_EITHER && !column->given);
		check_pending(cell, when, DATE_ORDER_DMY);
		check_pending(cell, when, DATE_ORDER_MDY);
	} else {
		require(when.kind == WHEN_UNKNOWN);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct date_column column = { 0 };
	const char *p = (const char *)data, *end = p + size;

	if (!arena) {
		struct fnl_err err = { 0 };

		arena = arena_new();
		require(arena != NULL);
		require(
		    zone_open(arena, "Australia/Lord_Howe", &zone, &err) == 0);
	}
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *stop = newline ? newline : end;

		check_cell((struct slice){ p, (size_t)(stop - p) }, &column);
		p = newline ? newline + 1 : end;
	}
	return 0;
}
