/*
 * test_book: number formats, written by hand from ECMA-376 part 1, 18.8.31;
 * numbers of days from Excel's own rule (25569 is 1970-01-01, 61 is
 * 1900-03-01); names of sheets by Excel's rules. What a spreadsheet makes of
 * them is shown by tests/cases/convert/xlsx-office.t.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "book.h"
#include "book_cell.h"

#include <cmocka.h>

#include "arena_fixture.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static const struct render_options plain = { 0 };

static struct column
column_of(enum unit unit)
{
	return (struct column){ "id", "Title", unit, FOR_ALL, "Help." };
}

static void
assert_format(enum unit unit, struct cell cell, bool indian,
    const char *currency, const char *expected)
{
	struct column column = column_of(unit);
	struct book_look look = { indian, currency };
	char format[BOOK_FORMAT];

	book_format(format, &column, &cell, &look);
	assert_string_equal(format, expected);
}

static void
figures_have_the_format_of_their_unit(void **state)
{
	(void)state;
	assert_format(UNIT_TEXT, cell_text(SLICE("=1+1")), false, "", "");
	assert_format(UNIT_COUNT, cell_count(0), false, "", "#,##0");
	assert_format(UNIT_COUNT, cell_number(0.5), false, "", "#,##0.0000");
	assert_format(UNIT_SHARE, cell_number(0.375), false, "", "0.0%");
	assert_format(UNIT_DAYS, cell_number(12.25), false, "", "#,##0.0");
	assert_format(UNIT_HOURS, cell_number(12.25), false, "", "#,##0.00");
	assert_format(UNIT_NUMBER, cell_number(123.5), false, "", "#,##0.00");
	assert_format(UNIT_NUMBER, cell_number(3), false, "", "#,##0");
	assert_format(UNIT_NUMBER, cell_number(2e-9), false, "", "0.00E+00");
	assert_format(UNIT_NUMBER, cell_number(-1e20), false, "", "0.00E+00");
}

/* What is not 0 or all never reads so. */
static void
decimals_tell_what_is_from_what_is_not(void **state)
{
	(void)state;
	assert_format(UNIT_SHARE, cell_number(0), false, "", "0.0%");
	assert_format(UNIT_SHARE, cell_number(1), false, "", "0.0%");
	assert_format(UNIT_SHARE, cell_number(0.0005), false, "", "0.0%");
	assert_format(UNIT_SHARE, cell_number(0.0004), false, "", "0.00%");
	assert_format(UNIT_SHARE, cell_number(0.99996), false, "", "0.000%");
	assert_format(UNIT_SHARE, cell_number(1 - 1e-16), false, "", "0.0%");
	assert_format(UNIT_HOURS, cell_number(0.001), false, "", "#,##0.000");
	assert_format(UNIT_MONEY, cell_money((struct money_sum){ 0, 30, 1 }),
	    false, "", "#,##0.000");
}

#define CRORE "##\\,##\\,##\\,##0"
#define LAKH "##\\,##\\,##0"

static void
money_has_its_currency_and_its_groups(void **state)
{
	const struct money_sum some = { 1234567, 5000, 1 };
	const struct money_sum owed = { -1234568, 5000, 1 };
	const struct money_sum many = { 5000000000, 0, 1 };

	(void)state;
	assert_format(UNIT_MONEY, cell_money(some), false, "", "#,##0.00");
	assert_format(
	    UNIT_MONEY, cell_money(some), false, "USD", "[$USD] #,##0.00");
	assert_format(
	    UNIT_MONEY, cell_money(some), false, "EUR", "[$€] #,##0.00");
	/* In the long form a value of money stands in a column of numbers. */
	assert_format(
	    UNIT_NUMBER, cell_money(some), false, "GBP", "[$£] #,##0.00");
	assert_format(UNIT_MONEY, cell_money(some), false, "INR",
	    "[>=10000000][$₹] " CRORE ".00;[>=100000][$₹] " LAKH
	    ".00;[$₹] ##,##0.00");
	assert_format(
	    UNIT_MONEY, cell_money(owed), false, "INR", "[$₹] " LAKH ".00");
	assert_format(UNIT_MONEY, cell_money(many), true, "",
	    "[>=100000000000]##\\,##\\," CRORE ".00;[>=1000000000]##\\," CRORE
	    ".00;" CRORE ".00");
	assert_format(UNIT_COUNT, cell_count(1234567), true, "",
	    "[>=10000000]" CRORE ";[>=100000]" LAKH ";##,##0");
}

static void
assert_day(int64_t seconds, enum when_kind kind, bool known, double expected)
{
	struct cell cell = cell_time((struct when){ seconds, kind });
	double number = 0;

	assert_int_equal(book_number(&cell, &number), known);
	if (known)
		assert_true(number >= expected && number <= expected);
}

/* Days since 1970 from python3's datetime. */
static void
times_are_days_of_excel(void **state)
{
	struct cell day =
	    cell_time((struct when){ 20512 * DAY_SECONDS, WHEN_DATE });
	struct cell instant =
	    cell_time((struct when){ 1774981805, WHEN_INSTANT });

	(void)state;
	assert_day(0, WHEN_DATE, true, 25569);
	assert_day(20512 * DAY_SECONDS, WHEN_DATE, true, 46081);
	assert_day(DAY_SECONDS / 4, WHEN_INSTANT, true, 25569.25);
	assert_day(-25508 * (int64_t)DAY_SECONDS, WHEN_DATE, true, 61);
	assert_day(-25509 * (int64_t)DAY_SECONDS, WHEN_DATE, false, 0);
	assert_day(2932896 * (int64_t)DAY_SECONDS, WHEN_DATE, true, 2958465);
	assert_day(2932897 * (int64_t)DAY_SECONDS, WHEN_DATE, false, 0);
	assert_format(UNIT_TIME, day, false, "", "yyyy\\-mm\\-dd");
	assert_format(
	    UNIT_TIME, instant, false, "", "yyyy\\-mm\\-dd hh:mm:ss\\Z");
}

static void
only_three_capitals_are_a_currency(void **state)
{
	(void)state;
	assert_true(book_is_currency(SLICE("INR")));
	assert_false(book_is_currency(SLICE("inr")));
	assert_false(book_is_currency(SLICE("IN]")));
	assert_false(book_is_currency(SLICE("INRX")));
	assert_false(book_is_currency(SLICE("")));
}

static struct table *
one_row(struct arena *arena, const char *title)
{
	static const struct column column = { "name", "Name", UNIT_TEXT,
		FOR_ALL, "A name." };
	static const struct column *const columns[] = { &column };
	struct table *table = table_new(arena, title, columns, 1);

	table_row(table)[0] = cell_text(SLICE("x"));
	return table;
}

static void
sheets_have_names_that_excel_takes(void **state)
{
	static const struct {
		const char *wanted, *given;
	} names[] = {
		{ NULL, "Funnel" }, { "funnel", "funnel (2)" },
		{ "FUNNEL", "FUNNEL (3)" },
		{ "a[b]c:d*e?f/g\\h", "a b c d e f g h" },
		{ "'quoted'", "quoted" }, { "", "Report" },
		{ "?", "Report (2)" }, { "History", "Report history" },
		{ "0123456789012345678901234567890123",
		    "0123456789012345678901234567890" },
		{ "0123456789012345678901234567890",
		    "012345678901234567890123456 (2)" },
		/* U+1F680 is two of 31 units. */
		{ "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀", "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀" },
		{ "a\nb", "a nb" }, /* shown as \n, of which \ is not allowed */
	};
	struct book *book = book_new(*state);
	const struct table *table = one_row(*state, "Funnel");

	for (size_t i = 0; i < LENGTH(names); i++)
		assert_string_equal(
		    book_add(book, names[i].wanted, table, &plain),
		    names[i].given);
}

/* Many tables make one workbook: a ZIP archive, the same every time. */
static size_t
write_book(struct arena *arena, char *bytes, size_t most)
{
	struct book *book = book_new(arena);
	struct fnl_err err = { 0 };
	FILE *file = tmpfile();
	size_t n;

	assert_non_null(file);
	for (int i = 0; i < 30; i++)
		book_add(book, NULL, one_row(arena, "Funnel"), &plain);
	assert_int_equal(book_write(book, file, &err), 0);
	rewind(file);
	n = fread(bytes, 1, most, file);
	fclose(file);
	return n;
}

static void
many_tables_make_the_same_workbook_twice(void **state)
{
	static char one[200000], two[200000];
	size_t n = write_book(*state, one, sizeof(one));

	assert_in_range(n, 1000, sizeof(one) - 1);
	assert_memory_equal(one, "PK\3\4", 4);
	assert_int_equal(write_book(*state, two, sizeof(two)), n);
	assert_memory_equal(one, two, n);
}

static void
a_table_that_no_sheet_holds_is_refused(void **state)
{
	enum { N = 16384 };
	static const struct column *columns[N];
	struct column column = column_of(UNIT_COUNT);
	struct book *book = book_new(*state);
	struct fnl_err err = { 0 };

	for (size_t i = 0; i < N; i++)
		columns[i] = &column;
	book_add(book, NULL, table_new(*state, "wide", columns, N), &plain);
	assert_int_equal(book_write(book, NULL, &err), -1);
	assert_int_equal(err.code, FNL_USAGE);
	assert_non_null(strstr(err.message, "16383 columns"));
	assert_non_null(strstr(err.message, "csv"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_have_the_format_of_their_unit),
		cmocka_unit_test(decimals_tell_what_is_from_what_is_not),
		cmocka_unit_test(money_has_its_currency_and_its_groups),
		cmocka_unit_test(times_are_days_of_excel),
		cmocka_unit_test(only_three_capitals_are_a_currency),
		cmocka_unit_test_setup_teardown(
		    sheets_have_names_that_excel_takes, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    many_tables_make_the_same_workbook_twice, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_table_that_no_sheet_holds_is_refused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
