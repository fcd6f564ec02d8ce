/*
 * Working time against a count of minutes. For random calendars in zones with
 * odd clocks, every minute of some days is asked what the wall clock shows
 * and whether that is open; sums of such minutes must be what the compiled
 * calendar says. Nothing is shared with workcal.c but the zone.
 *
 * The two differ by definition where an interval ends inside a gap or a
 * repeated hour (R36): such draws are left out, and counted.
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

#define TRIALS 400
#define QUERIES 60
#define DAYS 9
#define MINUTES (DAYS * 24 * 60)
#define ENTRIES_MAX 12

/* Zones, with a day near which their clocks do something. */
static const struct {
	const char *zone;
	int year, month, day;
} scenes[] = {
	{ "America/Los_Angeles", 2014, 3, 9 },
	{ "America/Los_Angeles", 2014, 11, 2 },
	{ "Asia/Kolkata", 2026, 1, 26 },
	{ "Europe/London", 2026, 3, 29 },
	{ "Europe/London", 2025, 10, 26 },
	{ "Australia/Lord_Howe", 2024, 4, 7 }, /* by half an hour */
	{ "Australia/Lord_Howe", 2024, 10, 6 },
	{ "Pacific/Apia", 2011, 12, 30 }, /* a day that was not */
	{ "America/Sao_Paulo", 2017, 10, 15 }, /* at midnight */
	{ "America/Sao_Paulo", 2018, 2, 18 },
	{ "Africa/Casablanca", 2026, 2, 15 },
	{ "UTC", 2026, 2, 28 },
};

struct entry {
	bool weekly;
	int weekday; /* 0 Monday, or */
	int64_t day;
	int from, to; /* minutes of the day */
};

struct trial {
	const struct zone *zone;
	int64_t start; /* of the first minute, in UTC */
	struct entry hours[ENTRIES_MAX], breaks[ENTRIES_MAX];
	struct entry shifts[ENTRIES_MAX];
	int64_t holidays[ENTRIES_MAX];
	size_t n_hours, n_breaks, n_shifts, n_holidays;
	int open_before[MINUTES + 1];
	int64_t days[DAYS + 2]; /* working days, in order */
	size_t n_days;
};

/* xorshift64*, Vigna 2016. */
static uint64_t
draw(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

static int
below(uint64_t *state, int n)
{
	return (int)((draw(state) >> 33) % (uint64_t)n);
}

/* ---- the count ---- */

static bool
fits(const struct entry *entry, int64_t day, int minute)
{
	return minute >= entry->from && minute < entry->to &&
	       (entry->weekly ? entry->weekday == (day % 7 + 10) % 7
			      : entry->day == day);
}

static bool
any(const struct entry *entries, size_t n, int64_t day, int minute)
{
	for (size_t i = 0; i < n; i++)
		if (fits(&entries[i], day, minute))
			return true;
	return false;
}

static bool
has_shift(const struct trial *t, int64_t day)
{
	for (size_t i = 0; i < t->n_shifts; i++)
		if (t->shifts[i].day == day)
			return true;
	return false;
}

static bool
is_holiday(const struct trial *t, int64_t day)
{
	for (size_t i = 0; i < t->n_holidays; i++)
		if (t->holidays[i] == day)
			return true;
	return false;
}

static void
count_minutes(struct trial *t)
{
	t->n_days = 0;
	t->open_before[0] = 0;
	for (int m = 0; m < MINUTES; m++) {
		int64_t local = zone_local(t->zone, t->start + m * 60);
		int64_t day = local / DAY_SECONDS;
		int minute = (int)(local % DAY_SECONDS / 60);
		bool open = has_shift(t, day)
				? any(t->shifts, t->n_shifts, day, minute)
				: any(t->hours, t->n_hours, day, minute);

		open = open && !is_holiday(t, day) &&
		       !any(t->breaks, t->n_breaks, day, minute);
		t->open_before[m + 1] = t->open_before[m] + open;
		if (open && (!t->n_days || t->days[t->n_days - 1] != day))
			t->days[t->n_days++] = day;
	}
}

static bool
is_open(const struct trial *t, int m)
{
	return t->open_before[m + 1] > t->open_before[m];
}

/* ---- draws ---- */

/* Whether a wall time comes exactly once, or begins a gap. */
static bool
is_plain(const struct zone *zone, int64_t local)
{
	int64_t utc = zone_utc(zone, local);

	if (zone_local(zone, utc) != local)
		return zone_local(zone, utc - 1) == local - 1;
	for (int64_t later = 1800; later <= 7200; later += 1800)
		if (zone_local(zone, utc + later) == local)
			return false;
	return true;
}

static bool
are_plain(const struct trial *t, const struct entry *entries, size_t n)
{
	int64_t first = t->start / DAY_SECONDS - 2;

	for (size_t i = 0; i < n; i++)
		for (int64_t day = first; day < first + DAYS + 4; day++)
			if (!is_plain(t->zone,
				day * DAY_SECONDS + entries[i].from * 60) ||
			    !is_plain(t->zone,
				day * DAY_SECONDS + entries[i].to * 60))
				return false;
	return true;
}

static struct entry
draw_entry(uint64_t *state, bool weekly, int64_t middle)
{
	struct entry e = { .weekly = weekly,
		.weekday = below(state, 7),
		.day = middle - DAYS / 2 + below(state, DAYS) };

	/* midnight and full hours are where clocks change */
	e.from = below(state, 2) ? 60 * below(state, 24) : below(state, 1440);
	if (below(state, 6) == 0)
		e.from = 0;
	e.to = e.from + 1 + below(state, 1440 - e.from);
	if (below(state, 4) == 0)
		e.to = 1440;
	return e;
}

static void
draw_trial(uint64_t *state, struct trial *t, size_t scene)
{
	int64_t middle = wall(scenes[scene].year, scenes[scene].month,
			     scenes[scene].day, 0, 0) /
			 DAY_SECONDS;

	*t = (struct trial){ .zone = open_zone(scenes[scene].zone) };
	t->start = (middle - DAYS / 2) * DAY_SECONDS + 60 * below(state, 1440);
	t->n_hours = 1 + (size_t)below(state, ENTRIES_MAX - 1);
	t->n_breaks = (size_t)below(state, 5);
	t->n_shifts = (size_t)below(state, 4);
	t->n_holidays = (size_t)below(state, 3);
	for (size_t i = 0; i < t->n_hours; i++)
		t->hours[i] = draw_entry(state, true, middle);
	for (size_t i = 0; i < t->n_breaks; i++)
		t->breaks[i] = draw_entry(state, below(state, 2) == 0, middle);
	for (size_t i = 0; i < t->n_shifts; i++)
		t->shifts[i] = draw_entry(state, false, middle);
	for (size_t i = 0; i < t->n_holidays; i++)
		t->holidays[i] = middle - DAYS / 2 + below(state, DAYS);
}

static const char *
date_text(int64_t day)
{
	char text[WHEN_TEXT];

	when_text(text, (struct when){ day * DAY_SECONDS, WHEN_DATE });
	return arena_text(arena, slice_of(text));
}

static const char *
entries_text(const struct entry *entries, size_t n)
{
	static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri",
		"Sat", "Sun" };
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(arena, "%s%s%s %02d:%02d-%02d:%02d", text,
		    i ? "|" : "",
		    entries[i].weekly ? names[entries[i].weekday]
				      : date_text(entries[i].day),
		    entries[i].from / 60, entries[i].from % 60,
		    entries[i].to / 60, entries[i].to % 60);
	return text;
}

static const struct workcal *
compile_trial(const struct trial *t)
{
	const char *holidays = "";

	for (size_t i = 0; i < t->n_holidays; i++)
		holidays = arena_printf(arena, "%s%s%s", holidays, i ? "|" : "",
		    date_text(t->holidays[i]));
	return compile(zone_name(t->zone), entries_text(t->hours, t->n_hours),
	    entries_text(t->breaks, t->n_breaks),
	    entries_text(t->shifts, t->n_shifts), holidays, t->start,
	    t->start + MINUTES * 60);
}

/* ---- the laws ---- */

static void
check_elapsed(const struct trial *t, const struct workcal *c, int a, int b)
{
	int64_t x = t->start + a * 60, y = t->start + b * 60;
	int64_t seconds = workcal_elapsed(c, x, y);
	int64_t middle = x + (y - x) / 3;
	int64_t expected = 60 * (t->open_before[b] - t->open_before[a]);

	if (seconds != expected)
		fail_msg("%s, %lld to %lld: %lld s, counted %lld\nhours %s\n"
			 "breaks %s\nshifts %s",
		    zone_name(t->zone), (long long)x, (long long)y,
		    (long long)seconds, (long long)expected,
		    entries_text(t->hours, t->n_hours),
		    entries_text(t->breaks, t->n_breaks),
		    entries_text(t->shifts, t->n_shifts));
	assert_in_range(seconds, 0, y - x);
	assert_int_equal(workcal_elapsed(c, y, x), a == b ? seconds : 0);
	assert_int_equal(
	    workcal_elapsed(c, x, middle) + workcal_elapsed(c, middle, y),
	    seconds);
}

/* Due and elapsed are inverse, and nothing earlier would do. */
static void
check_after(const struct trial *t, const struct workcal *c, int a, int b)
{
	int64_t x = t->start + a * 60;
	int open = t->open_before[b] - t->open_before[a], m = a;
	int64_t due = workcal_after(c, x, open * 60);

	if (!open)
		return;
	while (t->open_before[m] - t->open_before[a] < open)
		m++;
	assert_int_equal(due, t->start + m * 60);
	assert_int_equal(workcal_elapsed(c, x, due), open * 60);
	assert_int_equal(workcal_elapsed(c, x, due - 1), open * 60 - 1);
	assert_int_equal(workcal_after(c, x, open * 60 - 17), due - 17);
}

static void
check_next_open(const struct trial *t, const struct workcal *c, int a)
{
	int m = a;

	while (m < MINUTES && !is_open(t, m))
		m++;
	if (m < MINUTES)
		assert_int_equal(
		    workcal_next_open(c, t->start + a * 60), t->start + m * 60);
}

/* The first and last days of the count may be cut; those inside are not. */
static void
check_days(const struct trial *t, const struct workcal *c)
{
	int64_t first = zone_local(t->zone, t->start) / DAY_SECONDS + 1;
	int64_t end =
	    zone_local(t->zone, t->start + MINUTES * 60) / DAY_SECONDS;
	int64_t n = 0, last = first - 1;

	for (size_t i = 0; i < t->n_days; i++) {
		if (t->days[i] < first || t->days[i] >= end)
			continue;
		n++;
		assert_int_equal(
		    workcal_day_after(c, first - 1, n), t->days[i]);
		assert_int_equal(workcal_day_after(c, last, 1), t->days[i]);
		assert_int_equal(workcal_days(c, last + 1, t->days[i] + 1), 1);
		last = t->days[i];
	}
	assert_int_equal(workcal_days(c, first, end), n);
}

static void
check_trial(uint64_t *state, struct trial *t)
{
	const struct workcal *c = compile_trial(t);

	count_minutes(t);
	check_days(t, c);
	for (int i = 0; i < QUERIES; i++) {
		int a = below(state, MINUTES + 1);
		int b = a + below(state, MINUTES + 1 - a);

		check_elapsed(t, c, a, b);
		check_after(t, c, a, b);
		check_next_open(t, c, a);
	}
}

static void
test_against_minutes(void **state)
{
	static struct trial trial;
	uint64_t seed = 20261122;
	int done = 0;

	(void)state;
	for (int i = 0; i < TRIALS; i++) {
		draw_trial(&seed, &trial,
		    (size_t)i % (sizeof(scenes) / sizeof(*scenes)));
		if (!are_plain(&trial, trial.hours, trial.n_hours) ||
		    !are_plain(&trial, trial.breaks, trial.n_breaks) ||
		    !are_plain(&trial, trial.shifts, trial.n_shifts))
			continue;
		check_trial(&seed, &trial);
		done++;
	}
	if (done < TRIALS / 2)
		fail_msg("only %d of %d draws were of use", done, TRIALS);
}

/* A calendar of all hours is calendar time, in any zone. */
static void
test_always_open(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(scenes) / sizeof(*scenes); i++) {
		int64_t a = wall(scenes[i].year, 1, 1, 3, 7) + 11;
		const struct workcal *c = compile(scenes[i].zone,
		    "Mon-Sun 00:00-24:00", "", "", "", a, a + 400 * 86400);

		for (int64_t step = 1; step < 400 * 86400; step += 86399 * 3) {
			assert_int_equal(workcal_elapsed(c, a, a + step), step);
			assert_int_equal(workcal_after(c, a, step), a + step);
			assert_int_equal(
			    workcal_next_open(c, a + step), a + step);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_minutes),
		cmocka_unit_test(test_always_open),
	};

	return cmocka_run_group_tests_name(
	    "workcal laws", tests, set_up, tear_down);
}
