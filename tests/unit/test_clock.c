/*
 * Clocks: the statuses of metrics.md 3.4.2, the rulings R28, R29, R32-R34,
 * R49, the vector W29. Answers are the specification's or worked out by hand
 * from wall times in the comments.
 */
#include "clock.h"

#include <math.h>
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

static const struct when unknown = { 0, WHEN_UNKNOWN };

/* All instants here are in January 2026, UTC. The 5th is a Monday. */
static struct when
jan(int day, int hour, int minute)
{
	return (struct when){ wall(2026, 1, day, hour, minute), WHEN_INSTANT };
}

static struct when
date(int day)
{
	return (struct when){ wall(2026, 1, day, 0, 0), WHEN_DATE };
}

static struct clock_result
measure(const char *target, struct when as_of, const struct clock *clock)
{
	struct clock_rules rules = { .zone = open_zone("UTC"), .as_of = as_of };
	struct clock_result result;
	struct fnl_err err = { 0 };

	assert_int_equal(
	    clock_target_read("within", target, &rules.target, &err), 0);
	clock_measure(&rules, clock, &result);
	return result;
}

static const struct workcal *
office(void)
{
	return compile("UTC", "Mon-Fri 09:00-17:00", "", "", "2026-01-19",
	    wall(2026, 1, 1, 0, 0), wall(2026, 2, 1, 0, 0));
}

static void
assert_when(struct when found, struct when expected)
{
	char a[WHEN_TEXT], b[WHEN_TEXT];

	when_text(a, found);
	when_text(b, expected);
	assert_string_equal(a, b);
}

static void
assert_number(double found, double expected)
{
	if (isnan(expected) ? !isnan(found) : found != expected)
		fail_msg("%g, not %g", found, expected);
}

static void
assert_status(struct clock_result result, enum clock_status status)
{
	assert_string_equal(
	    clock_status_name(result.status), clock_status_name(status));
}

/* One row a status: a clock of 24 h that starts on the 5th at 10:00. */
static void
test_statuses(void **state)
{
	const struct {
		struct when stop, closed, as_of;
		enum clock_status status;
		double hours, excess;
	} rows[] = {
		/* equality is met; a second more is late */
		{ jan(6, 10, 0), unknown, jan(20, 0, 0), CLOCK_MET, 24, NAN },
		{ jan(6, 10, 30), unknown, jan(20, 0, 0), CLOCK_LATE, 24.5,
		    0.5 },
		{ unknown, unknown, jan(6, 10, 0), CLOCK_PENDING, 24, NAN },
		{ unknown, unknown, jan(6, 11, 0), CLOCK_BREACHED, 25, 1 },
		/* R28: closed at the instant of the target is void */
		{ unknown, jan(6, 10, 0), jan(20, 0, 0), CLOCK_VOID, 24, NAN },
		{ unknown, jan(6, 12, 0), jan(20, 0, 0), CLOCK_BREACHED, 26,
		    2 },
		/* closed, then touched: it has a stop */
		{ jan(5, 12, 0), jan(5, 11, 0), jan(20, 0, 0), CLOCK_MET, 2,
		    NAN },
		/* after as_of nothing has happened */
		{ jan(6, 10, 0), unknown, jan(5, 12, 0), CLOCK_PENDING, 2,
		    NAN },
		{ unknown, jan(6, 10, 0), jan(5, 12, 0), CLOCK_PENDING, 2,
		    NAN },
		/* a closing before the start is another story */
		{ unknown, jan(4, 0, 0), jan(7, 10, 0), CLOCK_BREACHED, 48,
		    24 },
		/* as_of a date: all of that day is known */
		{ unknown, unknown, date(5), CLOCK_PENDING, 14, NAN },
		{ jan(5, 23, 59), unknown, date(5), CLOCK_MET, 13 + 59 / 60.0,
		    NAN },
		{ jan(5, 10, 0), unknown, jan(20, 0, 0), CLOCK_MET, 0, NAN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct clock clock = { .start = jan(5, 10, 0),
			.stop = rows[i].stop,
			.closed = rows[i].closed };
		struct clock_result r = measure("24h", rows[i].as_of, &clock);

		assert_status(r, rows[i].status);
		assert_number(r.elapsed, rows[i].hours * HOUR);
		assert_number(r.calendar, rows[i].hours * HOUR);
		assert_number(r.excess, rows[i].excess * HOUR);
		assert_number(r.workdays, NAN);
		assert_when(r.due, jan(6, 10, 0));
		assert_int_equal(clock_counts(r.status),
		    r.status == CLOCK_MET || r.status == CLOCK_LATE ||
			r.status == CLOCK_BREACHED);
	}
}

/* R29, and times that cannot be used. */
static void
test_no_clock(void **state)
{
	const struct workcal *calendar = office();
	const struct clock_period period = { calendar, INT64_MAX };
	const struct clock_pause pause = { 0, 1 };
	const struct {
		const char *target;
		struct clock clock;
		enum clock_status status;
		enum clock_reason reason;
	} rows[] = {
		{ "24h", { .stop = jan(5, 0, 0) }, CLOCK_NA, CLOCK_NO_START },
		{ "24h", { .start = jan(21, 0, 0) }, CLOCK_NA,
		    CLOCK_STARTS_LATER },
		{ "24h", { .start = date(21) }, CLOCK_NA, CLOCK_STARTS_LATER },
		{ "24h", { .start = jan(6, 0, 0), .stop = jan(5, 0, 0) },
		    CLOCK_BAD, CLOCK_REVERSED },
		{ "24h", { .start = date(5), .stop = jan(5, 12, 0) }, CLOCK_BAD,
		    CLOCK_DATE_ONLY },
		{ "24h", { .start = jan(5, 12, 0), .stop = date(5) }, CLOCK_BAD,
		    CLOCK_DATE_ONLY },
		{ "24h", { .start = jan(5, 12, 0), .closed = date(9) },
		    CLOCK_BAD, CLOCK_DATE_ONLY },
		{ "24h", { .start = date(5) }, CLOCK_BAD, CLOCK_DATE_ONLY },
		{ "3d", { .start = date(5), .pauses = &pause, .n_pauses = 1 },
		    CLOCK_BAD, CLOCK_PAUSED_DATES },
		{ "3bd", { .start = jan(5, 12, 0) }, CLOCK_BAD,
		    CLOCK_NO_CALENDAR },
		{ "3bd", { .start = date(5) }, CLOCK_BAD, CLOCK_NO_CALENDAR },
		{ "8h",
		    { .start = { 0, WHEN_INSTANT },
			.periods = &period,
			.n_periods = 1 },
		    CLOCK_BAD, CLOCK_OUTSIDE },
		{ "3bd",
		    { .start = { 0, WHEN_DATE },
			.periods = &period,
			.n_periods = 1 },
		    CLOCK_BAD, CLOCK_OUTSIDE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct clock_result r =
		    measure(rows[i].target, jan(20, 0, 0), &rows[i].clock);

		assert_status(r, rows[i].status);
		assert_string_equal(clock_reason_text(r.reason),
		    clock_reason_text(rows[i].reason));
		assert_number(r.elapsed, NAN);
		assert_number(r.excess, NAN);
	}
}

/* R32: Friday 9th 15:00 + 2 h is due at the close, and a stop on Monday at
 * the opening is met. Working time and all time are both told. */
static void
test_working_time(void **state)
{
	const struct clock_period period = { office(), INT64_MAX };
	struct clock clock = { .start = jan(9, 15, 0),
		.stop = jan(12, 9, 0),
		.periods = &period,
		.n_periods = 1 };
	struct clock_result r = measure("2h", jan(20, 0, 0), &clock);

	(void)state;
	assert_status(r, CLOCK_MET);
	assert_when(r.due, jan(9, 17, 0));
	assert_when(r.end, jan(12, 9, 0));
	assert_number(r.elapsed, 2 * HOUR);
	assert_number(r.calendar, 66 * HOUR);
	clock.stop = jan(12, 9, 20);
	r = measure("2h", jan(20, 0, 0), &clock);
	assert_status(r, CLOCK_LATE);
	assert_number(r.excess, 20 * 60);
	/* a due time that no compiled calendar reaches is unknown */
	r = measure("99999h", jan(20, 0, 0), &clock);
	assert_status(r, CLOCK_MET);
	assert_when(r.due, unknown);
}

/*
 * W29, in the week of Sunday 2026-01-04: schedule 1 is open in week minutes
 * 3600-4440 and 5040-5880, schedule 2 in 3780-4350 and 5220-5790.
 */
static void
test_calendars_of_owners(void **state)
{
	int64_t from = wall(2026, 1, 1, 0, 0), to = wall(2026, 2, 1, 0, 0);
	const struct workcal *first = compile("UTC",
	    "Tue-Wed 12:00-24:00|Wed-Thu 00:00-02:00", "", "", "", from, to);
	const struct workcal *second = compile("UTC",
	    "Tue-Wed 15:00-24:00|Wed-Thu 00:00-00:30", "", "", "", from, to);
	const struct clock_period periods[] = {
		{ first, wall(2026, 1, 7, 19, 1) + 25 },
		{ second, INT64_MAX },
	};
	struct clock clock = { .start = jan(6, 17, 1),
		.stop = jan(7, 19, 1),
		.periods = periods,
		.n_periods = 2 };
	struct clock_result r;

	(void)state;
	clock.start.seconds += 38;
	clock.stop.seconds += 46;
	r = measure("16h", jan(20, 0, 0), &clock);
	/* 960.1333 minutes by period: 8 s over 16 h */
	assert_number(r.elapsed, 57608);
	assert_number(r.excess, 8);
	assert_number(r.calendar, 93608);
	assert_when(
	    r.due, (struct when){ clock.stop.seconds - 8, WHEN_INSTANT });
	/* 690.1333 by the last schedule alone */
	clock.periods = periods + 1;
	clock.n_periods = 1;
	assert_number(measure("16h", jan(20, 0, 0), &clock).elapsed, 41408);
	/* an owner without a calendar: all time counts. 17:01:38 to 24:00 and
	 * 00:00 to 19:01:46 is 93,608 s */
	clock.periods = &(struct clock_period){ NULL, INT64_MAX };
	assert_number(measure("16h", jan(20, 0, 0), &clock).elapsed, 93608);
}

/* Pauses of Monday 10-11 and 10:30-12, and of the 6th 09:00 on. */
static void
test_pauses(void **state)
{
	struct clock_pause pauses[] = {
		{ jan(5, 10, 0).seconds, jan(5, 11, 0).seconds },
		{ jan(5, 10, 30).seconds, jan(5, 12, 0).seconds },
		{ jan(6, 9, 0).seconds, INT64_MAX },
	};
	const struct clock_period period = { office(), INT64_MAX };
	struct clock clock = {
		.start = jan(5, 9, 0), .pauses = pauses, .n_pauses = 3
	};
	struct clock_result r = measure("8h", jan(5, 16, 0), &clock);

	(void)state;
	/* 09-10 and 12-16; the third pause is not known yet */
	assert_status(r, CLOCK_PENDING);
	assert_number(r.elapsed, 5 * HOUR);
	assert_when(r.due, jan(5, 19, 0));
	/* in the pause that is on: past the target it is breached */
	r = measure("8h", jan(7, 9, 0), &clock);
	assert_status(r, CLOCK_BREACHED);
	assert_number(r.elapsed, 22 * HOUR);
	r = measure("24h", jan(7, 9, 0), &clock);
	assert_status(r, CLOCK_PAUSED);
	assert_when(r.due, unknown);
	r = measure("22h", jan(6, 9, 0), &clock);
	assert_status(r, CLOCK_PAUSED);
	assert_when(r.due, jan(6, 9, 0));
	/* its end is known later */
	pauses[2].to = jan(8, 9, 0).seconds;
	assert_status(measure("24h", jan(7, 9, 0), &clock), CLOCK_PAUSED);
	r = measure("24h", jan(8, 9, 30), &clock);
	assert_status(r, CLOCK_PENDING);
	assert_when(r.due, jan(8, 11, 0));
	/* a stop inside a pause: time stood still */
	clock.stop = jan(5, 11, 30);
	r = measure("1h", jan(20, 0, 0), &clock);
	assert_status(r, CLOCK_MET);
	assert_number(r.elapsed, HOUR);
	/* in working time: 09-10, 12-17, then 2 h of the 8th */
	clock.stop = jan(8, 11, 0);
	clock.periods = &period;
	clock.n_periods = 1;
	r = measure("8h", jan(20, 0, 0), &clock);
	assert_status(r, CLOCK_MET);
	assert_number(r.elapsed, 8 * HOUR);
	assert_when(r.due, jan(8, 11, 0));
}

/* R33; the 19th is a holiday. */
static void
test_business_days(void **state)
{
	const struct clock_period period = { office(), INT64_MAX };
	struct clock clock = { .start = jan(15, 11, 15),
		.stop = jan(20, 11, 15),
		.periods = &period,
		.n_periods = 1 };
	struct clock_result r = measure("2bd", jan(30, 0, 0), &clock);

	(void)state;
	assert_status(r, CLOCK_MET);
	assert_when(r.due, jan(20, 11, 15));
	assert_number(r.workdays, 2);
	assert_number(r.elapsed, 16 * HOUR);
	clock.stop = jan(22, 9, 45);
	r = measure("2bd", jan(30, 0, 0), &clock);
	assert_status(r, CLOCK_LATE);
	/* 20th 11:15-17, 21st, 22nd 09-09:45 */
	assert_number(r.excess, 5.75 * HOUR + 8 * HOUR + 0.75 * HOUR);
	assert_number(r.excess_workdays, 2);
	clock.stop = unknown;
	assert_status(measure("2bd", jan(20, 11, 15), &clock), CLOCK_PENDING);
	assert_status(measure("2bd", jan(20, 11, 16), &clock), CLOCK_BREACHED);
	clock.closed = jan(20, 11, 15);
	assert_status(measure("2bd", jan(30, 0, 0), &clock), CLOCK_VOID);
}

/* R49: where one side is a date, both are. */
static void
test_dates(void **state)
{
	const struct clock_period period = { office(), INT64_MAX };
	struct clock clock = { .start = jan(15, 23, 0), .stop = date(18) };
	struct clock_result r = measure("3d", jan(30, 0, 0), &clock);

	(void)state;
	assert_status(r, CLOCK_MET);
	assert_true(r.by_date);
	assert_when(r.due, date(18));
	assert_when(r.end, date(18));
	assert_number(r.elapsed, 3 * 86400);
	clock.stop = jan(19, 0, 1);
	assert_status(measure("3d", jan(30, 0, 0), &clock), CLOCK_LATE);
	clock.start = date(15);
	r = measure("3d", jan(30, 0, 0), &clock);
	assert_status(r, CLOCK_LATE);
	assert_number(r.excess, 86400);
	clock.stop = unknown;
	assert_status(measure("3d", jan(18, 23, 0), &clock), CLOCK_PENDING);
	assert_status(measure("3d", date(19), &clock), CLOCK_BREACHED);
	/* working days after Thursday 15th: 16, 20 */
	clock.stop = date(20);
	clock.periods = &period;
	clock.n_periods = 1;
	r = measure("2bd", jan(30, 0, 0), &clock);
	assert_status(r, CLOCK_MET);
	assert_when(r.due, date(20));
	assert_number(r.workdays, 2);
	assert_number(r.elapsed, NAN);
	clock.stop = date(22);
	r = measure("2bd", jan(30, 0, 0), &clock);
	assert_status(r, CLOCK_LATE);
	assert_number(r.excess_workdays, 2);
	assert_number(r.excess, NAN);
}

/* Whole days between instants are 24 hours each. */
static void
test_days_between_instants(void **state)
{
	struct clock clock = { .start = jan(5, 10, 0), .stop = jan(8, 10, 0) };

	(void)state;
	assert_status(measure("3d", jan(30, 0, 0), &clock), CLOCK_MET);
	clock.stop.seconds++;
	assert_status(measure("3d", jan(30, 0, 0), &clock), CLOCK_LATE);
	assert_false(measure("2w", jan(30, 0, 0), &clock).by_date);
	assert_when(measure("2w", jan(30, 0, 0), &clock).due, jan(19, 10, 0));
}

/* Cycles as days of starts and stops; 0 is an open end. */
static void
test_cycles(void **state)
{
	static const struct {
		enum clock_policy policy;
		int starts[6], stops[6], cycles[6]; /* pairs; end with 0 */
	} rows[] = {
		{ CLOCK_NEVER, { 1, 5, 9 }, { 3, 6 }, { 1, 3 } },
		{ CLOCK_EACH, { 1, 5, 9 }, { 3, 6 }, { 1, 3, 5, 6, 9, 0 } },
		{ CLOCK_RESUME, { 1, 5, 9 }, { 3, 6 }, { 1, 3, 5, 6, 9, 0 } },
		{ CLOCK_RESET, { 1, 5, 9 }, { 3, 6 }, { 9, 0 } },
		{ CLOCK_RESET, { 1, 5 }, { 3, 6 }, { 5, 6 } },
		/* a start while it runs, a stop before it or while it rests */
		{ CLOCK_EACH, { 2, 3, 7 }, { 1, 4, 5, 8 }, { 2, 4, 7, 8 } },
		/* R34: a start at the instant of the stop */
		{ CLOCK_EACH, { 1, 3, 4 }, { 3, 4 }, { 1, 3, 4, 4 } },
		{ CLOCK_RESET, { 1, 3 }, { 3 }, { 1, 3 } },
		/* no stop after the start, no start at all */
		{ CLOCK_NEVER, { 4 }, { 3 }, { 4, 0 } },
		{ CLOCK_EACH, { 0 }, { 3 }, { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct when starts[6], stops[6];
		struct clock_cycle cycles[6];
		size_t n_starts = 0, n_stops = 0, n, expected = 0;

		for (; rows[i].starts[n_starts]; n_starts++)
			starts[n_starts] = jan(rows[i].starts[n_starts], 0, 0);
		for (; rows[i].stops[n_stops]; n_stops++)
			stops[n_stops] = jan(rows[i].stops[n_stops], 0, 0);
		n = clock_cycles(open_zone("UTC"), rows[i].policy, starts,
		    n_starts, stops, n_stops, cycles);
		for (; expected < 3 && rows[i].cycles[2 * expected];
		     expected++) {
			int stop = rows[i].cycles[2 * expected + 1];

			assert_when(cycles[expected].start,
			    jan(rows[i].cycles[2 * expected], 0, 0));
			assert_when(cycles[expected].stop,
			    stop ? jan(stop, 0, 0) : unknown);
		}
		assert_int_equal(n, expected);
	}
}

/* A bare date ties with every time of its day. */
static void
test_cycles_of_dates(void **state)
{
	const struct when starts[] = { jan(5, 12, 0), jan(6, 15, 0), date(9) };
	const struct when stops[] = { date(6), jan(9, 8, 0) };
	struct clock_cycle cycles[3];

	(void)state;
	assert_int_equal(clock_cycles(open_zone("UTC"), CLOCK_EACH, starts, 3,
			     stops, 2, cycles),
	    2);
	assert_when(cycles[0].stop, date(6));
	assert_when(cycles[1].start, date(9));
	assert_when(cycles[1].stop, jan(9, 8, 0));
	assert_false(clock_gaps(cycles, 2, &(struct clock_pause){ 0, 0 }));
}

/* Resumed: 2 h, a gap, 3 h. */
static void
test_resume(void **state)
{
	const struct clock_cycle cycles[] = {
		{ jan(5, 10, 0), jan(5, 12, 0) },
		{ jan(6, 10, 0), jan(6, 13, 0) },
	};
	struct clock_pause gap;
	struct clock clock = { .start = cycles[0].start,
		.stop = cycles[1].stop,
		.pauses = &gap,
		.n_pauses = 1 };
	struct clock_result r;

	(void)state;
	assert_true(clock_gaps(cycles, 2, &gap));
	r = measure("4h", jan(20, 0, 0), &clock);
	assert_status(r, CLOCK_LATE);
	assert_number(r.elapsed, 5 * HOUR);
	assert_number(r.excess, HOUR);
	assert_when(r.due, jan(6, 12, 0));
}

static void
test_targets(void **state)
{
	static const struct {
		const char *text;
		enum clock_unit unit;
		int64_t n;
	} good[] = {
		{ "30s", CLOCK_SECONDS, 30 },
		{ "15m", CLOCK_SECONDS, 900 },
		{ "24h", CLOCK_SECONDS, 86400 },
		{ "3d", CLOCK_DAYS, 3 },
		{ "2w", CLOCK_DAYS, 14 },
		{ "10bd", CLOCK_BUSINESS_DAYS, 10 },
		{ "36600d", CLOCK_DAYS, 36600 },
	};
	static const char *const bad[] = { "", "h", "24", "24 h", "-1h", "0h",
		"1.5h", "24H", "1db", "36601d", "99999999999999999999s",
		"3bdd" };
	struct clock_target target;
	struct fnl_err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_int_equal(
		    clock_target_read("within", good[i].text, &target, &err),
		    0);
		assert_int_equal(target.unit, good[i].unit);
		assert_int_equal(target.n, good[i].n);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		err = (struct fnl_err){ .code = FNL_OK };
		assert_int_equal(
		    clock_target_read("within", bad[i], &target, &err), -1);
		assert_int_equal(err.code, FNL_USAGE);
		assert_string_equal(err.message,
		    arena_printf(arena,
			"within: cannot read '%s' as a target (such as 15m, "
			"24h, 3d, 2w, or 10bd for working days; at most 100 "
			"years)",
			bad[i]));
	}
}

static const char *
check(const char *text, bool calendar, bool pauses, enum clock_policy policy)
{
	static struct fnl_err err;
	struct clock_target target;

	err = (struct fnl_err){ .code = FNL_OK };
	assert_int_equal(
	    clock_target_read("follow-up", text, &target, &err), 0);
	return clock_check("follow-up", &target, calendar, pauses, policy, &err)
		   ? err.message
		   : "";
}

static void
test_what_goes_together(void **state)
{
	(void)state;
	assert_string_equal(check("24h", true, true, CLOCK_RESUME), "");
	assert_string_equal(check("3d", false, true, CLOCK_RESUME), "");
	assert_string_equal(check("3bd", true, false, CLOCK_RESET), "");
	assert_string_equal(check("3d", true, false, CLOCK_NEVER),
	    "follow-up: '3d' beside a calendar is neither working time nor "
	    "working days (write hours, or 3bd)");
	assert_string_equal(check("3bd", false, false, CLOCK_NEVER),
	    "follow-up: '3bd' needs a calendar (name one, or write 3d for "
	    "days of 24 hours)");
	assert_string_equal(check("3bd", true, true, CLOCK_NEVER),
	    "follow-up: '3bd' cannot be paused (write hours)");
	assert_string_equal(check("3bd", true, false, CLOCK_RESUME),
	    "follow-up: '3bd' cannot resume after a stop (write hours)");
}

/* Laws on a grid of clocks in working time with a pause: at the due instant
 * the target is just used up, and a clock met is one that stopped with no
 * more than that. */
static void
test_due_and_elapsed_are_inverse(void **state)
{
	const struct clock_period periods[] = {
		{ office(), wall(2026, 1, 8, 13, 0) },
		{ NULL, wall(2026, 1, 12, 10, 0) },
		{ office(), INT64_MAX },
	};
	const struct clock_pause pause = { jan(6, 8, 0).seconds,
		jan(6, 15, 0).seconds };
	struct clock clock = { .periods = periods,
		.n_periods = 3,
		.pauses = &pause,
		.n_pauses = 1 };

	(void)state;
	for (int hour = 0; hour < 150; hour += 7)
		for (int target = 1; target < 90; target += 4) {
			const char *text = arena_printf(arena, "%dh", target);
			struct clock_result r;

			clock.start = jan(5, 0, 0);
			clock.start.seconds += hour * HOUR;
			clock.stop = unknown;
			clock.stop = measure(text, jan(30, 0, 0), &clock).due;
			assert_int_equal(clock.stop.kind, WHEN_INSTANT);
			r = measure(text, jan(30, 0, 0), &clock);
			assert_status(r, CLOCK_MET);
			assert_number(r.elapsed, target * HOUR);
			assert_true(r.elapsed <= r.calendar);
			clock.stop.seconds--;
			r = measure(text, jan(30, 0, 0), &clock);
			assert_number(r.elapsed, target * HOUR - 1);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_statuses),
		cmocka_unit_test(test_no_clock),
		cmocka_unit_test(test_working_time),
		cmocka_unit_test(test_calendars_of_owners),
		cmocka_unit_test(test_pauses),
		cmocka_unit_test(test_business_days),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_days_between_instants),
		cmocka_unit_test(test_cycles),
		cmocka_unit_test(test_cycles_of_dates),
		cmocka_unit_test(test_resume),
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_what_goes_together),
		cmocka_unit_test(test_due_and_elapsed_are_inverse),
	};

	return cmocka_run_group_tests_name("clock", tests, set_up, tear_down);
}
