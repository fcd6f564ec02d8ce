/* Text to times: tests/data/dates.data, then what a column remembers. */
#include "datetext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* After base.h, whose fail() is a macro here. */
#include <cmocka.h>

#include "zone_fixture.h"

#define LINE_MAX_BYTES 512
#define COLUMNS 5

struct word {
	const char *text;
	int value;
};

static const struct word statuses[] = { { "blank", DATE_BLANK },
	{ "ok", DATE_OK }, { "pending", DATE_PENDING }, { "bad", DATE_BAD },
	{ "contradicts", DATE_CONTRADICTS },
	{ "foreign", DATE_FOREIGN_CALENDAR }, { NULL, 0 } };

static const struct word orders[] = { { "-", DATE_ORDER_UNKNOWN },
	{ "dmy", DATE_ORDER_DMY }, { "mdy", DATE_ORDER_MDY },
	{ "ymd", DATE_ORDER_YMD }, { NULL, 0 } };

static int
value_of(const struct word *words, const char *text)
{
	for (; words->text; words++)
		if (strcmp(words->text, text) == 0)
			return words->value;
	fail_msg("no such word: '%s'", text);
	return 0;
}

/* Cuts a line at " | " and takes the blanks off. */
static int
split(char *line, char *columns[COLUMNS])
{
	int n = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *p = line; p && n < COLUMNS; n++) {
		char *bar = strchr(p, '|');
		char *end = bar ? bar : p + strlen(p);

		p += strspn(p, " ");
		while (end > p && end[-1] == ' ')
			end--;
		*end = '\0';
		columns[n] = p;
		p = bar ? bar + 1 : NULL;
	}
	return n;
}

/* \xHH to bytes, in place; the length. */
static size_t
unescape(char *text)
{
	char *start = text, *out = text;
	unsigned byte;

	while (*text) {
		if (sscanf(text, "\\x%2x", &byte) == 1) {
			*out++ = (char)byte;
			text += 4;
		} else {
			*out++ = *text++;
		}
	}
	return (size_t)(out - start);
}

static void
show(char *out, size_t size, enum date_status status, struct when when,
    const struct zone *zone)
{
	char a[WHEN_TEXT] = "", b[WHEN_TEXT] = "";

	if (status == DATE_PENDING) {
		when_text(a, date_resolve(when, DATE_ORDER_DMY, zone));
		when_text(b, date_resolve(when, DATE_ORDER_MDY, zone));
		snprintf(out, size, "%s %s", a, b);
	} else {
		when_text(a, when);
		snprintf(out, size, "%s", a);
	}
}

static void
check_line(char *line, int number)
{
	char *columns[COLUMNS], found[2 * WHEN_TEXT + 2];
	struct date_column column = { 0 };
	const struct zone *zone;
	enum date_status status;
	struct when when;
	struct slice text;

	if (split(line, columns) != COLUMNS)
		fail_msg("dates.data:%d: not %d columns", number, COLUMNS);
	column.order = (enum date_order)value_of(orders, columns[0]);
	column.given = column.order != DATE_ORDER_UNKNOWN;
	zone = open_zone(columns[1]);
	text = (struct slice){ columns[2], unescape(columns[2]) };
	status = date_read(text, zone, &column, 1, &when);
	show(found, sizeof(found), status, when, zone);
	if ((int)status != value_of(statuses, columns[3]) ||
	    strcmp(found, columns[4]) != 0)
		fail_msg("dates.data:%d: status %d, '%s'", number, (int)status,
		    found);
}

static void
test_every_form(void **state)
{
	FILE *file = fopen("tests/data/dates.data", "r");
	char line[LINE_MAX_BYTES];
	int number = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		number++;
		if (line[0] != '#')
			check_line(line, number);
	}
	fclose(file);
	assert_true(number > 200);
}

static enum date_status
read_text(struct date_column *column, const char *text, uint32_t line,
    struct when *when)
{
	return date_read(slice_of(text), open_zone("UTC"), column, line, when);
}

static void
assert_when(struct when when, const char *text)
{
	char found[WHEN_TEXT];

	when_text(found, when);
	assert_string_equal(found, text);
}

/* The Maven opportunities have both kinds of value in each column. */
static void
test_proof_settles_pending_values(void **state)
{
	struct date_column column = { 0 };
	struct when early, later, when;

	(void)state;
	assert_int_equal(read_text(&column, "5/5/2025", 2, &when), DATE_OK);
	assert_int_equal(
	    read_text(&column, "3/4/2025", 3, &early), DATE_PENDING);
	assert_int_equal(
	    read_text(&column, "1/2/2025 9:30 PM", 4, &later), DATE_PENDING);
	assert_int_equal(column.order, DATE_ORDER_UNKNOWN);
	assert_int_equal(read_text(&column, "4/23/2024", 5, &when), DATE_OK);
	assert_int_equal(column.order, DATE_ORDER_MDY);
	assert_int_equal(column.proof_line, 5);
	assert_int_equal(column.either, 2);
	assert_int_equal(column.first_either_line, 3);
	assert_when(
	    date_resolve(early, column.order, open_zone("UTC")), "2025-03-04");
	assert_when(date_resolve(later, column.order, open_zone("UTC")),
	    "2025-01-02T21:30:00Z");
	assert_int_equal(read_text(&column, "6/7/2025", 6, &when), DATE_OK);
	assert_when(when, "2025-06-07");
	assert_int_equal(column.either, 2);
	assert_int_equal(
	    read_text(&column, "23/4/2024", 7, &when), DATE_CONTRADICTS);
	assert_int_equal(when.kind, WHEN_UNKNOWN);
	assert_int_equal(column.proof_line, 5);
	assert_int_equal(column.order, DATE_ORDER_MDY);
}

/* Neither a value that is no date, nor one that is the same both ways, nor
 * the convention for dots may decide about the others. */
static void
test_what_is_no_proof(void **state)
{
	static const char *const texts[] = { "30/02/2024", "2/30/2024",
		"31/31/2024", "7/7/2025", "25.12.2024", "25.12.24",
		"2024-12-25", "25 Dec 2024", "45000", "25/12/2024x",
		"25/12/1405", "99/12/31" };
	struct date_column column = { 0 };
	struct when when;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		read_text(&column, texts[i], 1, &when);
	assert_int_equal(column.order, DATE_ORDER_UNKNOWN);
	assert_int_equal(column.proof_line, 0);
	assert_int_equal(column.either, 0);
}

static void
test_dots_in_a_month_first_column(void **state)
{
	struct date_column column = { 0 };
	struct when when;

	(void)state;
	assert_int_equal(read_text(&column, "12/25/2024", 1, &when), DATE_OK);
	assert_int_equal(read_text(&column, "3.4.2025", 2, &when), DATE_OK);
	assert_when(when, "2025-04-03");
	assert_int_equal(read_text(&column, "3/4/2025", 3, &when), DATE_OK);
	assert_when(when, "2025-03-04");
}

static void
test_resolve_without_an_order(void **state)
{
	struct date_column column = { 0 };
	struct when pending, date = { DAY_SECONDS, WHEN_DATE };
	const struct zone *utc = open_zone("UTC");

	(void)state;
	read_text(&column, "3/4/2025", 1, &pending);
	assert_int_equal(
	    date_resolve(pending, DATE_ORDER_UNKNOWN, utc).kind, WHEN_UNKNOWN);
	assert_when(date_resolve(date, DATE_ORDER_DMY, utc), "1970-01-02");
}

/* Every day of the two centuries and a bit, as ISO, d/m and month name; the
 * oracle is that the days must come one after the other. */
static void
test_every_day(void **state)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct date_column column = { .order = DATE_ORDER_DMY, .given = true };
	int64_t expected = -25567; /* 1900-01-01, by python's datetime */
	char text[3][32];
	struct when when;

	(void)state;
	for (int day = 1, month = 1, year = 1900; year <= 2200; expected++) {
		bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;

		snprintf(text[0], 32, "%04d-%02d-%02d", year, month, day);
		snprintf(text[1], 32, "%d/%d/%d", day, month, year);
		snprintf(text[2], 32, "%s %d, %d", names[month - 1], day, year);
		for (int i = 0; i < 3; i++) {
			assert_int_equal(
			    read_text(&column, text[i], 1, &when), DATE_OK);
			assert_int_equal(when.seconds, expected * DAY_SECONDS);
		}
		if (++day > lengths[month - 1] + (month == 2 && leap)) {
			day = 1;
			month = month % 12 + 1;
			year += month == 1;
		}
	}
	assert_int_equal(expected, 84371); /* 2201-01-01, same source */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_form),
		cmocka_unit_test(test_proof_settles_pending_values),
		cmocka_unit_test(test_what_is_no_proof),
		cmocka_unit_test(test_dots_in_a_month_first_column),
		cmocka_unit_test(test_resolve_without_an_order),
		cmocka_unit_test(test_every_day),
	};

	return cmocka_run_group_tests_name(
	    "datetext", tests, set_up, tear_down);
}
