/*
 * test_query: the texts of options. Values are counted by hand; messages are
 * what house.md 5 asks for: the value in quotes, then the remedy.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "query.h"
#include "zone.h"

#include <cmocka.h>

static const struct choice bases[] = { { "cohort", 4 }, { "horizon", 5 },
	{ "closed", 6 }, { NULL, 0 } };

static void
choices(void **state)
{
	struct fnl_err err = { 0 };
	int value = 0;

	(void)state;
	assert_int_equal(query_choice("--basis", NULL, bases, &value, &err), 0);
	assert_int_equal(value, 4);
	assert_int_equal(
	    query_choice("--basis", "closed", bases, &value, &err), 0);
	assert_int_equal(value, 6);
	assert_int_equal(
	    query_choice("--basis", "Horizon", bases, &value, &err), 0);
	assert_int_equal(value, 5);
}

static void
assert_refused(int result, const struct fnl_err *err, const char *message)
{
	assert_int_equal(result, -1);
	assert_int_equal(err->code, FNL_USAGE);
	assert_string_equal(err->message, message);
}

static void
unknown_choices(void **state)
{
	struct fnl_err err = { 0 }, other = { 0 };
	int value;

	(void)state;
	assert_refused(query_choice("--basis", "cohrt", bases, &value, &err),
	    &err,
	    "unknown --basis 'cohrt' (did you mean 'cohort'? known: cohort, "
	    "horizon, closed)");
	assert_refused(query_choice("--basis", "xyz", bases, &value, &other),
	    &other, "unknown --basis 'xyz' (known: cohort, horizon, closed)");
}

static void
an_endless_choice_is_cut_not_copied(void **state)
{
	static char text[100000];
	struct fnl_err err = { 0 };
	int value;

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	assert_int_equal(
	    query_choice("--basis", text, bases, &value, &err), -1);
	assert_true(strlen(err.message) < FNL_MESSAGE_MAX);
}

static void
durations(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} cases[] = {
		{ "90d", INT64_C(7776000) },
		{ "24h", 86400 },
		{ "15m", 900 },
		{ "50s", 50 },
		{ "2w", 1209600 },
		{ "0s", 0 },
		{ "007d", 604800 },
		{ "36600d", INT64_C(3162240000) },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fnl_err err = { 0 };
		int64_t seconds = -1;

		assert_int_equal(
		    query_duration("--horizon", cases[i].text, &seconds, &err),
		    0);
		assert_int_equal(seconds, cases[i].seconds);
	}
}

static void
what_is_no_duration(void **state)
{
	static const char *const cases[] = { "", "d", "90", "-1d", "+1d",
		"1.5d", "90 d", " 90d", "90dd", "90D", "1y", "1mo", "36601d",
		"99999999999999999999d", "999999999999999s", "0x10d",
		"\xd9\xa1 d" };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fnl_err err = { 0 };
		int64_t seconds;

		assert_int_equal(
		    query_duration("--horizon", cases[i], &seconds, &err), -1);
		assert_int_equal(err.code, FNL_USAGE);
		assert_non_null(strstr(err.message, "--horizon"));
	}
}

static const struct zone *
zone_named(struct arena *arena, const char *name)
{
	const struct zone *zone = NULL;
	struct fnl_err err = { 0 };

	assert_int_equal(zone_open(arena, name, &zone, &err), 0);
	return zone;
}

/* Seconds: python3 -c "from datetime import *; print(datetime(...)
 * .timestamp())" with the zone beside it. */
static void
times(void **state)
{
	static const struct {
		const char *text;
		enum when_kind kind;
		int64_t seconds;
	} cases[] = {
		{ NULL, WHEN_UNKNOWN, 0 },
		{ "2026-03-31", WHEN_DATE, INT64_C(1774915200) },
		{ "1969-12-31", WHEN_DATE, -86400 },
		{ "2026-03-31T18:30:00+05:30", WHEN_INSTANT,
		    INT64_C(1774962000) },
		{ "2026-03-31T13:00:00Z", WHEN_INSTANT, INT64_C(1774962000) },
		/* without an offset: Kolkata */
		{ "2026-03-31T18:30:00", WHEN_INSTANT, INT64_C(1774962000) },
		{ "2026-03-31 18:30", WHEN_INSTANT, INT64_C(1774962000) },
	};
	struct arena *arena = arena_new();
	const struct zone *zone = zone_named(arena, "Asia/Kolkata");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fnl_err err = { 0 };
		struct when when = { 7, WHEN_EITHER };

		assert_int_equal(
		    query_when("--from", cases[i].text, zone, &when, &err), 0);
		assert_int_equal(when.kind, cases[i].kind);
		assert_int_equal(when.seconds, cases[i].seconds);
	}
	arena_free(arena);
}

static void
what_is_no_time(void **state)
{
	static const char *const cases[] = { "", "2026", "2026-3-31",
		"31.03.2026", "03/31/2026", "2026-02-30", "2026-13-01",
		"2026/03/31", "yesterday", "2026-03-31x", "2026-03-31T25:00",
		"20260331", " 2026-03-31" };
	struct arena *arena = arena_new();
	const struct zone *zone = zone_named(arena, "UTC");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fnl_err err = { 0 };
		struct when when;

		if (query_when("--from", cases[i], zone, &when, &err) == 0)
			fail_msg("'%s' was read", cases[i]);
		assert_int_equal(err.code, FNL_USAGE);
		assert_non_null(strstr(err.message, "--from"));
	}
	arena_free(arena);
}

static void
shares(void **state)
{
	static const struct {
		const char *text;
		double value;
	} cases[] = { { "0.95", 0.95 }, { "95%", 0.95 }, { "99.9%", 0.999 },
		{ "0.5", 0.5 }, { "1%", 0.01 }, { "0.999999", 0.999999 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fnl_err err = { 0 };
		double value = 0;

		assert_int_equal(
		    query_share("--confidence", cases[i].text, &value, &err),
		    0);
		assert_true(fabs(value - cases[i].value) < 1e-15);
	}
}

static void
what_is_no_share(void **state)
{
	static const char *const cases[] = { "", "0", "1", "100%", "0%", "95",
		"-0.5", ".5.", "0,95", "0.95x", "95%%", "nan", "1e-1",
		"0.95 " };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fnl_err err = { 0 };
		double value;

		if (query_share("--confidence", cases[i], &value, &err) == 0)
			fail_msg("'%s' was read", cases[i]);
		assert_int_equal(err.code, FNL_USAGE);
	}
}

static void
counts(void **state)
{
	static const char *const bad[] = { "", "-1", "1.0", " 1", "1 ", "x",
		"99999999999999999999" };
	struct fnl_err err = { 0 };
	int64_t n = -1;

	(void)state;
	assert_int_equal(query_count("--max-bad", "0", &n, &err), 0);
	assert_int_equal(n, 0);
	assert_int_equal(query_count("--max-bad", "12345678901", &n, &err), 0);
	assert_int_equal(n, INT64_C(12345678901));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct fnl_err other = { 0 };

		assert_int_equal(
		    query_count("--max-bad", bad[i], &n, &other), -1);
		assert_int_equal(other.code, FNL_USAGE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(choices),
		cmocka_unit_test(unknown_choices),
		cmocka_unit_test(an_endless_choice_is_cut_not_copied),
		cmocka_unit_test(durations),
		cmocka_unit_test(what_is_no_duration),
		cmocka_unit_test(times),
		cmocka_unit_test(what_is_no_time),
		cmocka_unit_test(shares),
		cmocka_unit_test(what_is_no_share),
		cmocka_unit_test(counts),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
