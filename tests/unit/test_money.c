/* Amounts: the table tests/data/money.data, columns, sums and their text. */
#include "money.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LINE_MAX_BYTES 512
#define COLUMNS 6

static const char *const status_names[] = { "BLANK", "OK", "PENDING", "BAD",
	"CONTRADICTS", "TOO_FINE", "TOO_LARGE" };

/* Cuts line at its tabs; fails the test when there are not COLUMNS. */
static void
split(char *line, char *part[COLUMNS])
{
	line[strcspn(line, "\n")] = '\0';
	for (int i = 0; i < COLUMNS; i++) {
		part[i] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = '\0';
		else
			assert_int_equal(i, COLUMNS - 1);
	}
	assert_null(line);
}

/* \xHH to bytes. */
static struct slice
unescape(const char *text)
{
	size_t n = 0;
	char *out = test_malloc(strlen(text) + 1);

	while (*text) {
		if (text[0] == '\\' && text[1] == 'x') {
			char digits[3] = { text[2], text[3], '\0' };

			out[n++] = (char)strtol(digits, NULL, 16);
			text += 4;
		} else {
			out[n++] = *text++;
		}
	}
	return (struct slice){ out, n };
}

static enum decimal_mark
mark_of(const char *text)
{
	return *text == '.'   ? DECIMAL_POINT
	       : *text == ',' ? DECIMAL_COMMA
			      : DECIMAL_UNKNOWN;
}

static struct money_sum
sum_of(int64_t amount)
{
	struct money_sum sum = { 0 };

	money_add(&sum, amount);
	return sum;
}

static void
check_line(char *line, int number)
{
	char *part[COLUMNS], text[MONEY_TEXT];
	struct money_column column = { 0 };
	struct money money;
	struct slice cell;
	enum money_status status;

	split(line, part);
	cell = unescape(part[0]);
	column.mark = mark_of(part[1]);
	column.given = column.mark != DECIMAL_UNKNOWN;
	status = money_read(cell, &column, 7, &money);
	money_text(text, sum_of(money.ten_thousandths));
	if (strcmp(status_names[status], part[2]) != 0 ||
	    strcmp(text, part[3]) != 0)
		fail_msg("money.data:%d: '%s' is %s %s", number, part[0],
		    status_names[status], text);
	assert_string_equal(*money.currency ? money.currency : "-", part[4]);
	if (column.mark != mark_of(part[5]))
		fail_msg("money.data:%d: '%s' left mark %d", number, part[0],
		    column.mark);
	assert_int_equal(column.either, status == MONEY_PENDING);
	assert_int_equal(
	    column.first_either_line, status == MONEY_PENDING ? 7 : 0);
	assert_int_equal(column.proof_line,
	    column.mark != DECIMAL_UNKNOWN && !column.given ? 7 : 0);
	test_free((char *)(uintptr_t)cell.p);
}

static void
test_table(void **state)
{
	FILE *file = fopen("tests/data/money.data", "r");
	char line[LINE_MAX_BYTES];
	int number = 0, cases = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		number++;
		if (*line == '#')
			continue;
		check_line(line, number);
		cases++;
	}
	fclose(file);
	assert_true(cases > 250);
}

static void
test_pending(void **state)
{
	struct money_column column = { 0 };
	struct money money;

	(void)state;
	assert_int_equal(
	    money_read(SLICE("1,234"), &column, 2, &money), MONEY_PENDING);
	assert_int_equal(
	    money_read(SLICE("($5.678K)"), &column, 3, &money), MONEY_PENDING);
	assert_int_equal(column.either, 2);
	assert_int_equal(column.first_either_line, 2);
	assert_int_equal(money_resolve(money.ten_thousandths, false),
	    -5678 * INT64_C(1000) * MONEY_UNIT);
	assert_int_equal(money_resolve(money.ten_thousandths, true),
	    -5678 * INT64_C(1) * MONEY_UNIT);
	assert_int_equal(
	    money_read(SLICE("9.5"), &column, 4, &money), MONEY_OK);
	assert_int_equal(column.proof_line, 4);
	assert_int_equal(
	    money_read(SLICE("1,234"), &column, 5, &money), MONEY_OK);
	assert_int_equal(
	    money_read(SLICE("9,5"), &column, 6, &money), MONEY_CONTRADICTS);
	assert_int_equal(column.either, 2);
	assert_int_equal(column.proof_line, 4);
}

static void
test_pending_mark(void **state)
{
	(void)state;
	assert_int_equal(money_pending_mark(SLICE("1,234")), ',');
	assert_int_equal(money_pending_mark(SLICE("Rs. 1.234")), '.');
	assert_int_equal(money_pending_mark(SLICE("Rs.1,234")), ',');
	assert_int_equal(money_pending_mark(SLICE("1234")), 0);
	assert_int_equal(money_pending_mark(SLICE("")), 0);
	assert_int_equal(money_pending_mark(SLICE(",")), 0);
}

/* By hand. */
static void
test_text(void **state)
{
	static const struct {
		int64_t amount;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 1, "0.0001" },
		{ -1, "-0.0001" },
		{ -5000, "-0.5" },
		{ 5000, "0.5" },
		{ 10000, "1" },
		{ -10000, "-1" },
		{ -15000, "-1.5" },
		{ 12345000, "1234.5" },
		{ 1000000, "100" },
		{ -1000100, "-100.01" },
		{ INT64_MAX, "922337203685477.5807" },
		{ -INT64_MAX, "-922337203685477.5807" },
		{ INT64_MIN, "-922337203685477.5808" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char text[MONEY_TEXT];
		size_t n = money_text(text, sum_of(cases[i].amount));

		assert_string_equal(text, cases[i].text);
		assert_int_equal(n, strlen(text));
	}
}

/* The convention of the header: the fraction is never negative. */
static void
test_normal_form(void **state)
{
	struct money_sum sum = sum_of(-5000);

	(void)state;
	assert_int_equal(sum.units, -1);
	assert_int_equal(sum.ten_thousandths, 5000);
	money_add(&sum, 4999);
	assert_int_equal(sum.units, -1);
	assert_int_equal(sum.ten_thousandths, 9999);
	money_add(&sum, 1);
	assert_int_equal(sum.units, 0);
	assert_int_equal(sum.ten_thousandths, 0);
	assert_int_equal(sum.known, 3);
}

static uint64_t
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
		 UINT64_C(1442695040888963407);
	return *state >> 11;
}

/* The same amounts forwards and backwards, against a plain integer sum. */
static void
test_order(void **state)
{
	enum { N = 1000 };
	int64_t amounts[N], total = 0;
	struct money_sum forwards = { 0 }, backwards = { 0 };
	uint64_t seed = 20;

	(void)state;
	for (int i = 0; i < N; i++) {
		amounts[i] =
		    (int64_t)(next_random(&seed) >> 4) - (INT64_C(1) << 48);
		total += amounts[i];
	}
	for (int i = 0; i < N; i++) {
		money_add(&forwards, amounts[i]);
		money_add(&backwards, amounts[N - 1 - i]);
	}
	assert_memory_equal(&forwards, &backwards, sizeof(forwards));
	assert_int_equal(
	    forwards.units * MONEY_UNIT + forwards.ten_thousandths, total);
}

static void
test_limit(void **state)
{
	struct money_sum up = { 0 }, down = { 0 };
	char text[MONEY_TEXT];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		money_add(&up, INT64_MAX);
		money_add(&down, -INT64_MAX);
	}
	assert_int_equal(up.units, INT64_MAX);
	assert_int_equal(down.units, INT64_MIN);
	money_add(&up, -INT64_MAX);
	assert_int_equal(up.units, INT64_MAX);
	assert_int_equal(up.known, 20001);
	assert_true(money_text(text, up) < MONEY_TEXT);
	assert_true(money_text(text, down) < MONEY_TEXT);
	assert_true(money_double(up) > 9.2e18);
}

/* The double is the one that strtod makes of the text: rounded once. */
static void
test_double(void **state)
{
	uint64_t seed = 9;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int64_t amount =
		    (int64_t)next_random(&seed) >> (next_random(&seed) % 52);
		struct money_sum sum = sum_of(i % 2 ? amount : -amount);
		char text[MONEY_TEXT];

		money_text(text, sum);
		assert_true(money_double(sum) == strtod(text, NULL));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_pending),
		cmocka_unit_test(test_pending_mark),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_normal_form),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_double),
	};

	return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
