/* Day arithmetic and reporting periods; tests/data/periods.data. */
#include "civil.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define LINE_MAX_BYTES 256

static int64_t
days(int64_t year, int month, int day)
{
	return civil_days((struct civil){ year, month, day });
}

/* Ordinals of Python's datetime.date less that of 1970-01-01. */
static void
test_known_days(void **state)
{
	(void)state;
	assert_int_equal(days(1970, 1, 1), 0);
	assert_int_equal(days(1969, 12, 31), -1);
	assert_int_equal(days(1, 1, 1), -719162);
	assert_int_equal(days(1600, 2, 29), -135081);
	assert_int_equal(days(1900, 3, 1), -25508);
	assert_int_equal(days(2000, 2, 29), 11016);
	assert_int_equal(days(2026, 3, 31), 20543);
	assert_int_equal(days(9999, 12, 31), 2932896);
}

/* Each day follows the one before, in the calendar and in the week. */
static void
test_every_day_of_ten_thousand_years(void **state)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	struct civil expected = { 1, 1, 1 };
	int weekday = 0; /* 0001-01-01 was a Monday, by Python */

	(void)state;
	for (int64_t day = -719162; day <= 2932896; day++) {
		struct civil date = civil_of_days(day);
		bool leap = (date.year % 4 == 0 && date.year % 100 != 0) ||
			    date.year % 400 == 0;

		if (date.year != expected.year ||
		    date.month != expected.month || date.day != expected.day ||
		    civil_days(date) != day || civil_weekday(day) != weekday ||
		    !civil_valid(date.year, date.month, date.day))
			fail_msg("day %lld", (long long)day);
		weekday = (weekday + 1) % 7;
		if (++expected.day <=
		    lengths[date.month - 1] + (date.month == 2 && leap))
			continue;
		if (civil_valid(date.year, date.month, expected.day))
			fail_msg("a day too many before %lld", (long long)day);
		expected.day = 1;
		expected.month = date.month % 12 + 1;
		expected.year += expected.month == 1;
	}
	assert_int_equal(expected.year, 10000);
}

static void
test_invalid_dates(void **state)
{
	(void)state;
	assert_false(civil_valid(0, 12, 31));
	assert_false(civil_valid(10000, 1, 1));
	assert_false(civil_valid(-4, 2, 29));
	assert_false(civil_valid(2024, 0, 1));
	assert_false(civil_valid(2024, 13, 1));
	assert_false(civil_valid(2024, 1, 0));
	assert_false(civil_valid(2024, 1, -1));
	assert_false(civil_valid(2024, 1, 32));
	assert_false(civil_valid(1900, 2, 29));
	assert_true(civil_valid(2000, 2, 29));
}

static void
test_floor_division(void **state)
{
	(void)state;
	assert_int_equal(floor_div(7, 2), 3);
	assert_int_equal(floor_div(-7, 2), -4);
	assert_int_equal(floor_div(-8, 2), -4);
	assert_int_equal(floor_div(7, -2), -4);
	assert_int_equal(floor_div(-1, DAY_SECONDS), -1);
}

static void
test_text(void **state)
{
	static const struct {
		struct when when;
		const char *text;
	} cases[] = {
		{ { 20543 * (int64_t)DAY_SECONDS, WHEN_DATE }, "2026-03-31" },
		{ { 20543 * (int64_t)DAY_SECONDS + 66600, WHEN_INSTANT },
		    "2026-03-31T18:30:00Z" },
		{ { 0, WHEN_INSTANT }, "1970-01-01T00:00:00Z" },
		{ { -1, WHEN_INSTANT }, "1969-12-31T23:59:59Z" },
		{ { -DAY_SECONDS, WHEN_DATE }, "1969-12-31" },
		{ { 0, WHEN_UNKNOWN }, "" },
		{ { 1, WHEN_EITHER }, "" },
	};
	char text[WHEN_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		when_text(text, cases[i].when);
		assert_string_equal(text, cases[i].text);
	}
}

static int64_t
parse_day(const char *text)
{
	struct civil date = { 0 };
	int year;

	assert_int_equal(
	    sscanf(text, "%d-%d-%d", &year, &date.month, &date.day), 3);
	date.year = year;
	return civil_days(date);
}

static enum period
parse_period(const char *text)
{
	static const char *const names[] = { "none", "day", "week", "month",
		"quarter", "year" };

	for (int i = 0; i < 6; i++)
		if (strcmp(text, names[i]) == 0)
			return (enum period)i;
	fail_msg("no period '%s'", text);
	return PERIOD_NONE;
}

static void
test_periods(void **state)
{
	FILE *file = fopen("tests/data/periods.data", "r");
	char line[LINE_MAX_BYTES], period[16], day[16], start[16], next[16];
	char expected[PERIOD_TEXT], label[PERIOD_TEXT];
	int fiscal, lines = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		enum period kind;

		if (line[0] == '#')
			continue;
		assert_int_equal(
		    sscanf(line, "%15s | %d | %15s | %15s | %15s | %23[^\n]",
			period, &fiscal, day, start, next, expected),
		    6);
		kind = parse_period(period);
		assert_int_equal(period_start(kind, parse_day(day), fiscal),
		    parse_day(start));
		assert_int_equal(
		    period_next(kind, parse_day(start)), parse_day(next));
		period_label(label, kind, parse_day(start), fiscal);
		assert_string_equal(label, expected);
		lines++;
	}
	fclose(file);
	assert_true(lines > 150);
}

/* Labels of months and what is made of them read back. */
static void
assert_label_reads(const char *label, enum period period, int fiscal,
    int64_t start, int64_t next)
{
	int64_t first, after;
	bool read = period_read(label, fiscal, &first, &after);

	assert_int_equal(read, period >= PERIOD_MONTH);
	assert_true(!read || (first == start && after == next));
}

/* What people write and no label is; 20543 is 2026-03-31. */
static void
test_periods_read(void **state)
{
	static const char *const bad[] = { "", "26", "2026-", "2026-00",
		"2026-13", "2026-Q0", "2026-Q5", "2026-Q11", "2026 Q1", "FY",
		"FY2026", "FY2026-28", "FY2026-27Q1", "FY2026-27-Q1",
		"FY2026-27 11", "fy2026-27", "2026x", "-2026" };
	int64_t start, next;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(period_read(bad[i], 4, &start, &next));
	assert_false(period_read("FY2026-27", 1, &start, &next));
	assert_true(period_read("FY2099-00 Q1", 4, &start, &next));
	assert_true(period_read("2025-Q4", 4, &start, &next));
	assert_int_equal(start, 20543 - 89);
	assert_int_equal(next, 20543 + 1);
	assert_true(period_read("2025", 4, &start, &next));
	assert_int_equal(start, 20543 + 1 - 365);
	assert_int_equal(next, 20543 + 1);
}

/* Every day is in its period, periods follow without a gap, and labels sort
 * in time order and differ. */
static void
test_laws_of_periods(void **state)
{
	(void)state;
	for (int kind = PERIOD_DAY; kind <= PERIOD_YEAR; kind++)
		for (int fiscal = 1; fiscal <= 12; fiscal++) {
			enum period period = (enum period)kind;
			int64_t start = period_start(period, -800, fiscal);
			char label[PERIOD_TEXT], before[PERIOD_TEXT] = "";

			assert_true(start <= -800);
			while (start < 12000) {
				int64_t next = period_next(period, start);

				assert_true(next > start);
				for (int64_t day = start; day < next; day++)
					assert_int_equal(
					    period_start(period, day, fiscal),
					    start);
				period_label(label, period, start, fiscal);
				assert_true(strcmp(before, label) < 0);
				assert_label_reads(
				    label, period, fiscal, start, next);
				memcpy(before, label, sizeof(before));
				start = next;
			}
		}
}

static void
test_no_periods(void **state)
{
	char label[PERIOD_TEXT];

	(void)state;
	assert_int_equal(period_start(PERIOD_NONE, 20543, 4), 0);
	assert_true(period_next(PERIOD_NONE, 0) == INT64_MAX);
	period_label(label, PERIOD_NONE, 0, 4);
	assert_string_equal(label, "all");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_days),
		cmocka_unit_test(test_every_day_of_ten_thousand_years),
		cmocka_unit_test(test_invalid_dates),
		cmocka_unit_test(test_floor_division),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_periods),
		cmocka_unit_test(test_laws_of_periods),
		cmocka_unit_test(test_periods_read),
		cmocka_unit_test(test_no_periods),
	};

	return cmocka_run_group_tests_name("civil", tests, NULL, NULL);
}
