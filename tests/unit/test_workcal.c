/*
 * Working time: the vectors W23-W28 of metrics.md 3.4.4 and the rulings R31,
 * R32, R33, R36. Wall times and answers are the specification's or counted by
 * hand, as said at each. test_workcal_laws.c compares whole calendars with a
 * count of minutes.
 */
#include "workcal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* After base.h, whose fail() is a macro here. */
#include <cmocka.h>

#include "zone_fixture.h"

#include "workcal_fixture.h"

static const char biz_week[] =
    "Mon 09:00-17:00|Tue 00:00-24:00|Wed 09:00-17:00|Thu 09:00-12:00|"
    "Thu 13:00-17:00|Sat 10:00-14:00";

static const char office[] = "Mon-Fri 09:00-17:00";

static const struct workcal *
week_of(const char *zone, const char *hours)
{
	return compile(zone, hours, "", "", "", wall(2014, 1, 1, 0, 0),
	    wall(2027, 1, 1, 0, 0));
}

static int64_t
at(const struct workcal *calendar, int64_t local)
{
	return zone_utc(workcal_zone(calendar), local);
}

static void
assert_elapsed(
    const struct workcal *calendar, int64_t a, int64_t b, int64_t seconds)
{
	assert_int_equal(
	    workcal_elapsed(calendar, at(calendar, a), at(calendar, b)),
	    seconds);
}

static void
assert_after(
    const struct workcal *calendar, int64_t a, int64_t seconds, int64_t due)
{
	assert_int_equal(workcal_after(calendar, at(calendar, a), seconds),
	    at(calendar, due));
}

static void
assert_days_after(
    const struct workcal *calendar, int64_t a, int64_t days, int64_t due)
{
	assert_int_equal(workcal_after_days(calendar, at(calendar, a), days),
	    at(calendar, due));
}

/* W23: six segments in UTC, as the README of biz prints them. */
static void
test_segments_of_biz(void **state)
{
	const struct workcal *calendar =
	    week_of("America/Los_Angeles", biz_week);
	const int64_t segments[][2] = {
		{ wall(2015, 1, 10, 18, 0), wall(2015, 1, 10, 22, 0) },
		{ wall(2015, 1, 12, 17, 0), wall(2015, 1, 13, 1, 0) },
		{ wall(2015, 1, 13, 8, 0), wall(2015, 1, 14, 8, 0) },
		{ wall(2015, 1, 14, 17, 0), wall(2015, 1, 15, 1, 0) },
		{ wall(2015, 1, 15, 17, 0), wall(2015, 1, 15, 20, 0) },
		{ wall(2015, 1, 15, 21, 0), wall(2015, 1, 16, 1, 0) },
	};
	int64_t t = wall(2015, 1, 10, 10, 0);

	(void)state;
	assert_int_equal(
	    workcal_elapsed(calendar, t, wall(2015, 1, 17, 10, 0)), 51 * HOUR);
	for (size_t i = 0; i < 6; i++) {
		int64_t length = segments[i][1] - segments[i][0];

		t = workcal_next_open(calendar, t);
		assert_int_equal(t, segments[i][0]);
		assert_int_equal(
		    workcal_elapsed(calendar, t, segments[i][1]), length);
		assert_int_equal(
		    workcal_after(calendar, t, length), segments[i][1]);
		t = segments[i][1];
	}
	assert_int_equal(
	    workcal_next_open(calendar, t), wall(2015, 1, 17, 18, 0));
}

/* W24, and R36: ends of intervals are wall times made instants. */
static void
test_days_of_23_and_25_hours(void **state)
{
	const char *zone = "America/Los_Angeles";
	const struct workcal *always = week_of(zone, "Mon-Sun 00:00-24:00");
	const struct workcal *calendar = week_of(zone, office);

	(void)state;
	assert_elapsed(
	    always, wall(2014, 3, 9, 0, 0), wall(2014, 3, 10, 0, 0), 23 * HOUR);
	assert_elapsed(always, wall(2014, 11, 2, 0, 0), wall(2014, 11, 3, 0, 0),
	    25 * HOUR);
	assert_elapsed(calendar, wall(2014, 3, 7, 16, 0),
	    wall(2014, 3, 10, 10, 0), 2 * HOUR);
	calendar = week_of(zone, "Sun 02:30-17:00");
	assert_elapsed(calendar, wall(2014, 3, 9, 0, 0),
	    wall(2014, 3, 10, 0, 0), 27 * HOUR / 2);
	calendar = week_of(zone, "Sun 00:00-01:30");
	assert_elapsed(calendar, wall(2014, 11, 2, 0, 0),
	    wall(2014, 11, 3, 0, 0), 3 * HOUR / 2);
}

/* Samoa had no Friday 2011-12-30; Saturday must not get its hours. */
static void
test_day_that_never_was(void **state)
{
	const struct workcal *calendar = compile("Pacific/Apia", office, "", "",
	    "2011-12-30", wall(2011, 1, 1, 0, 0), wall(2012, 1, 1, 0, 0));
	size_t n;

	(void)state;
	assert_elapsed(
	    calendar, wall(2011, 12, 29, 17, 0), wall(2012, 1, 2, 9, 0), 0);
	assert_int_equal(
	    workcal_days(calendar, wall(2011, 12, 30, 0, 0) / 86400,
		wall(2012, 1, 1, 0, 0) / 86400),
	    0);
	assert_false(workcal_holidays(calendar, 0, 100000, &n)->used);
	assert_int_equal(n, 1);
}

/* W25 to W27. */
static void
test_vectors_of_other_tools(void **state)
{
	const struct workcal *calendar = week_of("UTC", "Mon-Fri 00:00-24:00");

	(void)state;
	assert_elapsed(calendar, wall(2019, 6, 8, 23, 7) + 2,
	    wall(2019, 6, 11, 2, 53) + 20, 96800);
	calendar = week_of("UTC", office);
	assert_after(calendar, wall(2026, 1, 9, 16, 0), 8 * HOUR,
	    wall(2026, 1, 12, 16, 0));
	assert_after(calendar, wall(2026, 1, 9, 16, 0), 2 * HOUR,
	    wall(2026, 1, 12, 10, 0));
	assert_after(calendar, wall(2026, 1, 7, 16, 0), 4 * HOUR,
	    wall(2026, 1, 8, 12, 0));
	calendar =
	    week_of("UTC", "Mon 09:00-17:00|Tue 09:00-16:00|Thu 08:00-17:00");
	assert_after(calendar, wall(2026, 1, 5, 11, 0), 16 * HOUR,
	    wall(2026, 1, 8, 11, 0));
}

/* W28: Friday 17:45 to Tuesday 10:15 over Republic Day. */
static void
test_holiday(void **state)
{
	const char *hours = "Mon-Fri 09:30-18:30";
	const struct workcal *calendar = week_of("Asia/Kolkata", hours);
	int64_t a = wall(2026, 1, 23, 17, 45), b = wall(2026, 1, 27, 10, 15);
	const struct workcal_holiday *list;
	size_t n;

	(void)state;
	assert_elapsed(calendar, a, b, 21 * HOUR / 2);
	calendar = compile("Asia/Kolkata", hours, "", "",
	    "2026-01-26|2026-01-24..2026-01-25|2026-01-26", a, b);
	assert_elapsed(calendar, a, b, 3 * HOUR / 2);
	assert_int_equal(b - a, 177 * HOUR / 2);
	list = workcal_holidays(calendar, a / 86400, b / 86400 + 1, &n);
	assert_int_equal(n, 3);
	assert_int_equal(list[0].day, wall(2026, 1, 24, 0, 0) / 86400);
	assert_false(list[0].used || list[1].used);
	assert_int_equal(list[2].day, wall(2026, 1, 26, 0, 0) / 86400);
	assert_true(list[2].used);
	list = workcal_holidays(calendar, list[2].day, list[2].day, &n);
	assert_int_equal(n, 0);
}

/* Breaks are taken out, of shifts too; a shift replaces the hours of its
 * date; a holiday closes it (R31). 2026-10-20 is a Tuesday. */
static void
test_breaks_and_shifts(void **state)
{
	const struct workcal *calendar =
	    compile("Asia/Kolkata", "Mon-Fri 09:30-18:30",
		"Mon-Fri 13:00-13:30|2026-10-20 14:00-18:00|Mon 09:00-09:45",
		"2026-11-07 10:00-12:00|2026-11-07 12:30-14:00|"
		"2026-11-10 11:00-14:00|2026-11-11 09:30-10:30",
		"2026-11-11", wall(2026, 1, 1, 0, 0), wall(2026, 12, 31, 0, 0));
	static const struct {
		int month, day;
		int64_t seconds;
	} days[] = {
		{ 10, 19, 17 * HOUR / 2 - 900 }, /* Monday: starts 09:45 */
		{ 10, 20, 9 * HOUR / 2 }, /* 09:30-13, 13:30-14, 18-18:30 */
		{ 10, 21, 17 * HOUR / 2 },
		{ 11, 7, 7 * HOUR / 2 }, /* a Saturday */
		{ 11, 8, 0 },
		{ 11, 10, 5 * HOUR / 2 }, /* Tuesday: 11-13, 13:30-14 */
		{ 11, 11, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		int64_t from = wall(2026, days[i].month, days[i].day, 0, 0);

		assert_elapsed(
		    calendar, from, from + DAY_SECONDS, days[i].seconds);
		assert_int_equal(workcal_days(calendar, from / DAY_SECONDS,
				     from / DAY_SECONDS + 1),
		    days[i].seconds > 0);
	}
}

/* Hours that overlap count once. */
static void
test_overlaps_merge(void **state)
{
	const struct workcal *calendar = week_of("UTC",
	    "Mon,Wed 09:00-12:00|Mon 11:00-13:00|Mon-Tue 13:00-14:00|"
	    "Sat-Mon 23:00-24:00|Mon 00:00-01:00");

	(void)state;
	assert_elapsed(
	    calendar, wall(2026, 1, 5, 0, 0), wall(2026, 1, 6, 0, 0), 7 * HOUR);
	assert_elapsed(calendar, wall(2026, 1, 5, 0, 0),
	    wall(2026, 1, 12, 0, 0), 13 * HOUR);
	/* Sunday 23 to Monday 1 is one interval */
	assert_after(calendar, wall(2026, 1, 11, 23, 30), HOUR,
	    wall(2026, 1, 12, 0, 30));
}

/* R32 and 3.4.4: used up at closing is due then; a start at closing counts
 * from the next opening. */
static void
test_closing_time(void **state)
{
	const struct workcal *calendar = week_of("UTC", office);
	int64_t close = wall(2026, 1, 9, 17, 0), open = wall(2026, 1, 12, 9, 0);

	(void)state;
	assert_after(calendar, wall(2026, 1, 9, 15, 0), 2 * HOUR, close);
	assert_int_equal(workcal_next_open(calendar, close), open);
	assert_int_equal(workcal_next_open(calendar, close - 1), close - 1);
	assert_after(calendar, close, 1, open + 1);
	assert_after(calendar, close, 0, close);
	assert_elapsed(calendar, close, open, 0);
	assert_elapsed(calendar, open, close, 0);
}

/* R33: 2026-01-09 is a Friday, Monday 12th off. */
static void
test_business_days(void **state)
{
	const struct workcal *calendar = compile("Asia/Kolkata",
	    "Mon-Fri 09:30-18:30", "2026-01-14 09:30-18:30", "", "2026-01-12",
	    wall(2026, 1, 1, 0, 0), wall(2026, 2, 1, 0, 0));
	int64_t friday = wall(2026, 1, 9, 0, 0) / DAY_SECONDS;

	(void)state;
	/* the Wednesday has no open time left, so it is no working day */
	assert_days_after(
	    calendar, wall(2026, 1, 9, 11, 15), 1, wall(2026, 1, 13, 11, 15));
	assert_days_after(
	    calendar, wall(2026, 1, 9, 11, 15), 3, wall(2026, 1, 16, 11, 15));
	/* from a day off: the first working day after it */
	assert_days_after(
	    calendar, wall(2026, 1, 10, 11, 0), 1, wall(2026, 1, 13, 11, 0));
	/* closing time is not open, nor is the morning */
	assert_days_after(
	    calendar, wall(2026, 1, 9, 18, 30), 1, wall(2026, 1, 15, 9, 30));
	assert_days_after(
	    calendar, wall(2026, 1, 9, 18, 29), 1, wall(2026, 1, 13, 18, 29));
	assert_days_after(
	    calendar, wall(2026, 1, 9, 7, 0), 1, wall(2026, 1, 13, 9, 30));
	assert_int_equal(workcal_day_after(calendar, friday, 2), friday + 6);
	assert_int_equal(workcal_days(calendar, friday, friday + 7), 3);
	assert_int_equal(workcal_days(calendar, friday, friday), 0);
	assert_int_equal(workcal_days(calendar, friday, friday - 3), 0);
}

/* Local time stays over a change of the clock: 09:00 in March is an hour
 * earlier in UTC than in February. */
static void
test_business_days_over_a_change(void **state)
{
	const struct workcal *calendar = week_of("America/Los_Angeles", office);

	(void)state;
	assert_int_equal(
	    workcal_after_days(calendar, wall(2014, 3, 7, 19, 0), 1),
	    wall(2014, 3, 10, 18, 0));
}

static void
test_outside(void **state)
{
	const struct workcal *calendar = compile("UTC", office, "", "", "",
	    wall(2026, 1, 1, 0, 0), wall(2026, 12, 31, 0, 0));
	int64_t far = wall(2040, 1, 1, 0, 0), near = wall(2026, 6, 1, 0, 0);

	(void)state;
	assert_true(workcal_covers(calendar, wall(2024, 1, 1, 0, 0)));
	assert_true(workcal_covers(calendar, wall(2028, 12, 31, 0, 0)));
	assert_false(workcal_covers(calendar, far));
	assert_int_equal(workcal_elapsed(calendar, near, far), -1);
	assert_int_equal(workcal_elapsed(calendar, -far, near), -1);
	assert_int_equal(workcal_after(calendar, far, 1), WORKCAL_NEVER);
	assert_int_equal(
	    workcal_after(calendar, near, far - near), WORKCAL_NEVER);
	assert_int_equal(
	    workcal_after(calendar, near, INT64_MAX), WORKCAL_NEVER);
	assert_int_equal(workcal_next_open(calendar, far), WORKCAL_NEVER);
	assert_int_equal(
	    workcal_after_days(calendar, near, 2000), WORKCAL_NEVER);
	assert_int_equal(
	    workcal_day_after(calendar, far / 86400, 1), WORKCAL_NEVER);
	assert_int_equal(workcal_days(calendar, near / 86400, far / 86400), -1);
}

/* Never open: a holiday of three centuries. */
static void
test_never_open(void **state)
{
	const struct workcal *calendar =
	    compile("UTC", office, "", "", "1900-01-01..2201-12-31",
		wall(2026, 1, 1, 0, 0), wall(2026, 12, 31, 0, 0));
	int64_t near = wall(2026, 6, 1, 0, 0);

	(void)state;
	assert_int_equal(workcal_elapsed(calendar, near, near + 86400), 0);
	assert_int_equal(workcal_after(calendar, near, 1), WORKCAL_NEVER);
	assert_int_equal(workcal_after(calendar, near, 0), near);
	assert_int_equal(workcal_next_open(calendar, near), WORKCAL_NEVER);
	assert_int_equal(workcal_after_days(calendar, near, 1), WORKCAL_NEVER);
}

/* Dates at both ends of what zones know do not go past it. */
static void
test_widest_range(void **state)
{
	const struct workcal *calendar =
	    compile("Europe/London", office, "", "", "", INT64_MIN, INT64_MAX);
	int64_t last = wall(2201, 12, 31, 0, 0);

	(void)state;
	/* by Python: weekdays of 1900-01-01..2201-12-31 are 78,789 */
	assert_int_equal(workcal_days(calendar, wall(1900, 1, 1, 0, 0) / 86400,
			     last / 86400 + 1),
	    78789);
	assert_int_equal(
	    workcal_day_after(calendar, last / 86400, 1), WORKCAL_NEVER);
}

struct refused {
	const char *zone, *hours, *breaks, *shifts, *holidays, *message;
};

static void
test_refused(void **state)
{
	static const struct refused cases[] = {
		{ NULL, "", "", "", "",
		    "calendar 'test' has no 'hours' (give days and times, "
		    "such as Mon-Fri 09:30-18:30; for all time leave out "
		    "'calendar')" },
		{ "Asia/Kolkatta", "Mon 09:00-17:00", "", "", "",
		    "unknown time zone 'Asia/Kolkatta' (did you mean "
		    "'Asia/Kolkata'?)" },
		{ NULL, "Mon 9-17", "", "", "",
		    "calendar 'test': 'Mon 9-17' is not a value for 'hours' "
		    "(expected days and times, such as Mon-Fri 09:30-18:30)" },
		{ NULL, "Mon 09:00-17:00", "Mon", "", "",
		    "calendar 'test': 'Mon' is not a value for 'breaks' "
		    "(expected days or a date, and times, such as Mon-Fri "
		    "13:00-13:30 or 2026-10-20 14:00-18:00)" },
		{ NULL, "Mon 09:00-17:00", "", "Mon 10:00-11:00", "",
		    "calendar 'test': 'Mon 10:00-11:00' is not a value for "
		    "'shifts' (expected a date and times, such as 2026-11-07 "
		    "10:00-14:00)" },
		{ NULL, "Mon 09:00-17:00", "", "", "2026-02-29",
		    "calendar 'test': '2026-02-29' is not a value for "
		    "'holidays' (expected a date such as 2026-01-26, dates "
		    "such as 2026-12-24..2026-12-26, or a file name that ends "
		    "in .ics)" },
		{ NULL, "Mon 09:00-17:00", "", "", "no/such.ics",
		    "cannot open 'no/such.ics': No such file or directory" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct refused *c = &cases[i];
		const struct calendar_definition definition = {
			.name = "test",
			.timezone = c->zone,
			.hours = entries(c->hours),
			.breaks = entries(c->breaks),
			.shifts = entries(c->shifts),
			.holidays = entries(c->holidays),
		};
		const struct workcal *calendar;
		struct fnl_err err = { 0 };

		assert_int_equal(workcal_open(arena, &definition, NULL,
				     open_zone("UTC"), 0, 1, &calendar, &err),
		    -1);
		assert_string_equal(err.message, c->message);
	}
}

/* Every entry with other times, merged: too many to count. */
static void
test_too_many_intervals(void **state)
{
	struct calendar_definition definition = { .name = "test" };
	const struct workcal *calendar;
	struct fnl_err err = { 0 };

	(void)state;
	definition.hours.n = 1000;
	definition.hours.items =
	    arena_array(arena, 1000, sizeof(*definition.hours.items));
	for (int i = 0; i < 1000; i++)
		definition.hours.items[i] = arena_printf(
		    arena, "Mon-Sun %02d:%02d-24:00", i / 60, i % 60);
	assert_int_equal(
	    workcal_open(arena, &definition, NULL, open_zone("UTC"), INT64_MIN,
		INT64_MAX, &calendar, &err),
	    -1);
	assert_non_null(
	    strstr(err.message, "more than 1048576 open intervals"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_segments_of_biz),
		cmocka_unit_test(test_days_of_23_and_25_hours),
		cmocka_unit_test(test_day_that_never_was),
		cmocka_unit_test(test_vectors_of_other_tools),
		cmocka_unit_test(test_holiday),
		cmocka_unit_test(test_breaks_and_shifts),
		cmocka_unit_test(test_overlaps_merge),
		cmocka_unit_test(test_closing_time),
		cmocka_unit_test(test_business_days),
		cmocka_unit_test(test_business_days_over_a_change),
		cmocka_unit_test(test_outside),
		cmocka_unit_test(test_never_open),
		cmocka_unit_test(test_widest_range),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_too_many_intervals),
	};

	return cmocka_run_group_tests_name("workcal", tests, set_up, tear_down);
}
