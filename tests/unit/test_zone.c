/* Time zones: tests/data/zones.data, metrics.md 3.0.8, W24 and R49. */
#include "zone.h"

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

#define LINE_MAX_BYTES 256
#define HOUR 3600

static int64_t
seconds(int year, int month, int day, int hour, int minute)
{
	return civil_days((struct civil){ year, month, day }) * DAY_SECONDS +
	       hour * HOUR + minute * 60;
}

static struct when
instant(const struct zone *zone, int64_t local)
{
	return (struct when){ zone_utc(zone, local), WHEN_INSTANT };
}

static struct when
date(int year, int month, int day)
{
	return (struct when){ seconds(year, month, day, 0, 0), WHEN_DATE };
}

static void
test_against_zoneinfo(void **state)
{
	FILE *file = fopen("tests/data/zones.data", "r");
	char line[LINE_MAX_BYTES], name[64], direction[16];
	long long from, to;
	int lines = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		const struct zone *zone;
		int64_t found;

		if (line[0] == '#')
			continue;
		assert_int_equal(sscanf(line, "%63s | %15s | %lld | %lld", name,
				     direction, &from, &to),
		    4);
		zone = open_zone(name);
		found = direction[0] == 'u' ? zone_local(zone, from)
					    : zone_utc(zone, from);
		if (found != to)
			fail_msg("%s %s %lld: %lld, not %lld", name, direction,
			    from, (long long)found, to);
		lines++;
	}
	fclose(file);
	assert_true(lines > 200);
}

/* metrics.md 3.0.8, from zendesk/biz; Lord Howe's gap is half an hour. */
static void
test_gap_and_repeated_hour(void **state)
{
	const struct zone *angeles = open_zone("America/Los_Angeles");
	const struct zone *howe = open_zone("Australia/Lord_Howe");
	int64_t utc;

	(void)state;
	utc = zone_utc(angeles, seconds(2014, 3, 9, 2, 30));
	assert_int_equal(utc, seconds(2014, 3, 9, 10, 30));
	assert_int_equal(zone_local(angeles, utc), seconds(2014, 3, 9, 3, 30));
	utc = zone_utc(angeles, seconds(2014, 11, 2, 1, 30));
	assert_int_equal(utc, seconds(2014, 11, 2, 8, 30));
	utc = zone_utc(howe, seconds(2024, 10, 6, 2, 15));
	assert_int_equal(zone_local(howe, utc), seconds(2024, 10, 6, 2, 45));
}

/* W24: such days last 23 and 25 hours. */
static void
test_length_of_days(void **state)
{
	const struct zone *zone = open_zone("America/Los_Angeles");

	(void)state;
	assert_int_equal(zone_utc(zone, seconds(2014, 3, 10, 0, 0)) -
			     zone_utc(zone, seconds(2014, 3, 9, 0, 0)),
	    23 * HOUR);
	assert_int_equal(zone_utc(zone, seconds(2014, 11, 3, 0, 0)) -
			     zone_utc(zone, seconds(2014, 11, 2, 0, 0)),
	    25 * HOUR);
}

/* Local to UTC and back is the same time, but in a gap; and UTC only grows
 * with local time outside the second run of a repeated hour. */
static void
test_there_and_back(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "Asia/Kolkata",
		"America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca",
		"Pacific/Apia", "UTC" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct zone *zone = open_zone(names[i]);

		for (int64_t t = seconds(1900, 1, 1, 0, 0);
		     t < seconds(2210, 1, 1, 0, 0); t += 100003) {
			int64_t local = zone_local(zone, t);
			int64_t utc = zone_utc(zone, local);

			assert_true(utc <= t);
			assert_true(t - utc <= 3 * HOUR);
			assert_int_equal(zone_local(zone, utc), local);
		}
	}
}

/* Files hold changes up to 2037; the rule at their end goes on. */
static void
test_rules_go_on_after_2037(void **state)
{
	const struct zone *zone = open_zone("Europe/Berlin");
	const int64_t winter = seconds(2037, 1, 15, 12, 0);
	const int64_t summer = seconds(2037, 7, 15, 12, 0);

	(void)state;
	for (int year = 2038; year <= 2200; year++) {
		int64_t january = seconds(year, 1, 15, 12, 0);
		int64_t july = seconds(year, 7, 15, 12, 0);

		assert_int_equal(zone_local(zone, january) - january,
		    zone_local(zone, winter) - winter);
		assert_int_equal(zone_local(zone, july) - july,
		    zone_local(zone, summer) - summer);
	}
}

static void
assert_refused(const char *name, const char *part)
{
	const struct zone *zone = NULL;
	struct fnl_err err = { 0 };

	assert_int_equal(zone_open(arena, name, &zone, &err), -1);
	assert_int_equal(err.code, FNL_USAGE);
	if (!strstr(err.message, part))
		fail_msg("'%s' is not in: %s", part, err.message);
}

static void
test_unknown_names(void **state)
{
	char longest[300];

	(void)state;
	assert_refused("Asia/Kolkatta",
	    "unknown time zone 'Asia/Kolkatta' (did you mean 'Asia/Kolkata'?)");
	assert_refused("Asia/Calcuta", "(did you mean 'Asia/");
	assert_refused("asia/kolkata", "(did you mean 'Asia/Kolkata'?)");
	assert_refused("America/Argentina/Buenos_Airs",
	    "(did you mean 'America/Argentina/Buenos_Aires'?)");
	assert_refused("utc", "(did you mean 'UTC'?)");
	memset(longest, 'A', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_refused(longest, "unknown time zone 'AAAA");
}

/* Of the zone directory and the rest of the file system only zones open. */
static void
test_names_that_are_paths(void **state)
{
	static const char *const names[] = { "../../etc/passwd", "/etc/passwd",
		"/usr/share/zoneinfo/Asia/Tokyo", "Asia/../Asia/Tokyo",
		"Asia/./Tokyo", "Asia//Tokyo", "Asia/Tokyo/", "Asia", "Asia/",
		"posix/Asia/Tokyo", "right/Asia/Tokyo", "posixrules",
		"localtime", "zone.tab", "tzdata.zi", "", ".", "..", "/", ":",
		"A", "UTC\n", "EST5EDT,M3.2.0,M11.1.0", "\xff", "Asia/%s%n" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_refused(names[i], "unknown time zone '");
}

static void
test_names(void **state)
{
	const struct zone *zone = open_zone("Asia/Kolkata");

	(void)state;
	assert_string_equal(zone_name(zone), "Asia/Kolkata");
	assert_string_equal(zone_name(open_zone("UTC")), "UTC");
	assert_int_equal(zone_local(open_zone("UTC"), -5), -5);
	assert_int_equal(zone_utc(open_zone("UTC"), -5), -5);
}

static void
test_day(void **state)
{
	const struct zone *kolkata = open_zone("Asia/Kolkata");
	struct when evening = { seconds(2026, 3, 31, 18, 30), WHEN_INSTANT };
	int64_t last = civil_days((struct civil){ 2026, 3, 31 });

	(void)state;
	assert_int_equal(zone_day(open_zone("UTC"), evening), last);
	assert_int_equal(zone_day(kolkata, evening), last + 1);
	evening.seconds--;
	assert_int_equal(zone_day(kolkata, evening), last);
	assert_int_equal(zone_day(kolkata, date(2026, 3, 31)), last);
	assert_int_equal(
	    zone_day(open_zone("America/New_York"), date(2026, 3, 31)), last);
	assert_int_equal(zone_day(kolkata, date(1969, 12, 31)), -1);
}

/* R49: with a bare date on one side only the days count. */
static void
test_compare(void **state)
{
	const struct zone *zone = open_zone("Asia/Kolkata");
	struct when unknown = { 0, WHEN_UNKNOWN };
	struct when early = instant(zone, seconds(2026, 4, 1, 0, 0));
	struct when late = instant(zone, seconds(2026, 4, 1, 23, 59));

	(void)state;
	assert_int_equal(when_compare(zone, early, late), -1);
	assert_int_equal(when_compare(zone, late, early), 1);
	assert_int_equal(when_compare(zone, late, late), 0);
	assert_int_equal(when_compare(zone, date(2026, 4, 1), late), 0);
	assert_int_equal(when_compare(zone, early, date(2026, 4, 1)), 0);
	assert_int_equal(when_compare(zone, early, date(2026, 3, 31)), 1);
	assert_int_equal(when_compare(zone, late, date(2026, 4, 2)), -1);
	assert_int_equal(
	    when_compare(zone, date(2026, 4, 1), date(2026, 4, 2)), -1);
	assert_int_equal(when_compare(zone, unknown, date(1901, 1, 1)), -1);
	assert_int_equal(when_compare(zone, date(1901, 1, 1), unknown), 1);
	assert_int_equal(when_compare(zone, unknown, unknown), 0);
}

static void
assert_close(double found, double expected)
{
	if (!(fabs(found - expected) < 1e-12))
		fail_msg("%.15g, not %.15g", found, expected);
}

static void
test_difference(void **state)
{
	const struct zone *zone = open_zone("America/Los_Angeles");
	struct when unknown = { 0, WHEN_UNKNOWN };
	struct when before = instant(zone, seconds(2014, 3, 9, 0, 0));
	struct when after = instant(zone, seconds(2014, 3, 10, 0, 0));

	(void)state;
	assert_close(when_days(zone, before, after), 23.0 / 24);
	assert_close(when_days(zone, after, before), -23.0 / 24);
	assert_close(when_days(zone, date(2014, 3, 9), after), 1);
	assert_close(when_days(zone, before, date(2014, 3, 9)), 0);
	assert_close(when_days(zone, date(2014, 3, 9), date(2014, 3, 1)), -8);
	assert_true(isnan(when_days(zone, unknown, after)));
	assert_true(isnan(when_days(zone, after, unknown)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_zoneinfo),
		cmocka_unit_test(test_gap_and_repeated_hour),
		cmocka_unit_test(test_length_of_days),
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_rules_go_on_after_2037),
		cmocka_unit_test(test_unknown_names),
		cmocka_unit_test(test_names_that_are_paths),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_day),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_difference),
	};

	return cmocka_run_group_tests_name("zone", tests, set_up, tear_down);
}
