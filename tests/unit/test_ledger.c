/*
 * test_ledger: counts by reason, first locations, --strict, the two ways it
 * is shown. What is expected is the contract of ledger.h and house.md 5.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "ledger.h"

#include <cmocka.h>

static struct arena *arena;
static struct ledger *ledger;
static struct ledger_file *file;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	if (!arena)
		return -1;
	ledger = ledger_new(arena, false);
	file = ledger_open(ledger, "deals.csv");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static int
add(enum ledger_reason reason, uint32_t line, const char *column,
    const char *value, struct fnl_err *err)
{
	return ledger_add(
	    ledger, file, reason, line, column, slice_of(value), err);
}

static void
every_reason_is_described(void **state)
{
	(void)state;
	for (int i = 0; i < LEDGER_REASONS; i++) {
		assert_non_null(ledger_reasons[i].name);
		assert_non_null(ledger_reasons[i].title);
		assert_true(strspn(ledger_reasons[i].name,
				"abcdefghijklmnopqrstuvwxyz_") ==
			    strlen(ledger_reasons[i].name));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(
			    ledger_reasons[i].name, ledger_reasons[j].name);
		/* rows first, then cells (ledger.h) */
		assert_int_equal(ledger_reasons[i].is_row, i < LEDGER_BAD_TIME);
	}
}

static void
the_first_location_stays(void **state)
{
	struct fnl_err err = { 0 };
	const struct ledger_entry *entry = &file->entries[LEDGER_BAD_TIME];

	(void)state;
	assert_int_equal(
	    add(LEDGER_BAD_TIME, 17, "Close Date", "soon", &err), 0);
	assert_int_equal(add(LEDGER_BAD_TIME, 9, "Created", "later", &err), 0);
	assert_int_equal(entry->count, 2);
	assert_int_equal(entry->line, 17);
	assert_string_equal(entry->column, "Close Date");
	assert_string_equal(entry->value, "soon");
	assert_int_equal(err.code, FNL_OK);
}

/* An example is at most 60 bytes, and whole characters. */
static void
a_long_value_is_cut(void **state)
{
	char text[200];
	struct fnl_err err = { 0 };

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text + 59, "\xc3\xa4", 2);
	ledger_add(ledger, file, LEDGER_BAD_TIME, 2, "c",
	    (struct slice){ text, sizeof(text) }, &err);
	assert_int_equal(strlen(file->entries[LEDGER_BAD_TIME].value), 59);
	ledger_add(ledger, file, LEDGER_BAD_AMOUNT, 2, "c",
	    (struct slice){ text + 100, 100 }, &err);
	assert_int_equal(strlen(file->entries[LEDGER_BAD_AMOUNT].value), 60);
}

static void
bad_is_what_max_bad_counts(void **state)
{
	struct fnl_err err = { 0 };

	(void)state;
	add(LEDGER_RAGGED, 2, NULL, "", &err);
	add(LEDGER_BAD_AMOUNT, 3, "Amount", "x", &err);
	add(LEDGER_DUPLICATE, 4, NULL, "", &err);
	add(LEDGER_BLANK, 5, NULL, "", &err);
	add(LEDGER_CONFLICT, 6, "Owner", "Ann", &err);
	add(LEDGER_FURNITURE, 7, NULL, "Total", &err);
	file = ledger_open(ledger, "leads.csv");
	add(LEDGER_NO_ID, 8, NULL, "", &err);
	assert_int_equal(ledger_bad(ledger), 3);
}

/* house.md 5: what failed, the value in quotes, file:line, the remedy. */
static void
strict_stops_at_the_first_bad_one(void **state)
{
	struct fnl_err err = { 0 };

	(void)state;
	ledger->strict = true;
	assert_int_equal(add(LEDGER_DUPLICATE, 4, NULL, "", &err), 0);
	assert_int_equal(add(LEDGER_BAD_AMOUNT, 17, "Amount", "ten", &err), -1);
	assert_int_equal(err.code, FNL_DATA);
	assert_non_null(strstr(err.message, "deals.csv:17: "));
	assert_non_null(
	    strstr(err.message, ": 'ten' in column 'Amount'; see "));
	assert_null(strchr(err.message, '\n'));
}

static void
strict_without_column_or_value(void **state)
{
	struct fnl_err err = { 0 };

	(void)state;
	ledger->strict = true;
	assert_int_equal(add(LEDGER_NO_TIME, 3, NULL, "", &err), -1);
	assert_non_null(strstr(err.message, "deals.csv:3: "));
	assert_null(strchr(err.message, '\''));
}

/* ---- as a table ---- */

static const struct cell *
row_of(const struct table *table, const char *reason)
{
	for (size_t i = 0; i < table->rows.count; i++) {
		const struct cell *cells = table_at(table, i);

		if (slice_equal(cells[1].as.text, slice_of(reason)))
			return cells;
	}
	return NULL;
}

static void
as_a_table(void **state)
{
	struct fnl_err err = { 0 };
	const struct table *table;
	const struct cell *cells;

	(void)state;
	file->rows = 10;
	file->used = 7;
	add(LEDGER_RAGGED, 5, NULL, "", &err);
	add(LEDGER_RAGGED, 6, NULL, "", &err);
	add(LEDGER_DUPLICATE, 9, NULL, "", &err);
	add(LEDGER_BAD_TIME, 3, "Created", "x", &err);
	table = ledger_table(ledger, arena);
	assert_int_equal(table->rows.count, 4);
	cells = row_of(table, "used");
	assert_int_equal(cells[3].as.count, 7);
	cells = row_of(table, "ragged");
	assert_true(slice_equal(cells[0].as.text, SLICE("deals.csv")));
	assert_true(slice_equal(cells[2].as.text, SLICE("row")));
	assert_int_equal(cells[3].as.count, 2);
	assert_int_equal(cells[4].as.count, 5);
	assert_int_equal(cells[5].kind, CELL_UNDEFINED);
	cells = row_of(table, "bad_time");
	assert_true(slice_equal(cells[2].as.text, SLICE("cell")));
	assert_true(slice_equal(cells[5].as.text, SLICE("Created")));
	assert_true(slice_equal(cells[6].as.text, SLICE("x")));
	assert_null(row_of(table, "no_id"));
}

/* ---- as lines ---- */

static void
nothing_to_say(void **state)
{
	struct fnl_err err = { 0 };

	(void)state;
	assert_string_equal(ledger_summary(ledger, arena, false), "");
	add(LEDGER_FURNITURE, 7, NULL, "Total", &err);
	add(LEDGER_DUPLICATE, 8, NULL, "", &err);
	assert_string_equal(ledger_summary(ledger, arena, false),
	    "deals.csv: left out: 1 furniture, 1 duplicate\n");
	assert_non_null(
	    strstr(ledger_summary(ledger, arena, true), "deals.csv: 1 row"));
}

static void
one_line_a_reason(void **state)
{
	struct fnl_err err = { 0 };
	const char *text;

	(void)state;
	add(LEDGER_BAD_TIME, 17, "Close Date", "31/31/2024", &err);
	add(LEDGER_NO_ID, 4, NULL, "", &err);
	add(LEDGER_NO_ID, 5, NULL, "", &err);
	text = ledger_summary(ledger, arena, false);
	assert_non_null(strstr(text, "deals.csv: 2 rows"));
	assert_non_null(strstr(text, "deals.csv: 1 cell"));
	assert_non_null(strstr(text, "line 17"));
	assert_non_null(strstr(text, "'Close Date'"));
	assert_non_null(strstr(text, "'31/31/2024'"));
	assert_non_null(strstr(text, "--date-order"));
	assert_int_equal(text[strlen(text) - 1], '\n');
	assert_true(strstr(text, "2 rows") < strstr(text, "1 cell"));
}

static void
files_by_name(void **state)
{
	struct fnl_err err = { 0 };
	const char *text;

	(void)state;
	add(LEDGER_RAGGED, 2, NULL, "", &err);
	file = ledger_open(ledger, "accounts.csv");
	add(LEDGER_RAGGED, 3, NULL, "", &err);
	text = ledger_summary(ledger, arena, false);
	assert_true(strstr(text, "accounts.csv") < strstr(text, "deals.csv"));
}

/* Of two runs over one file the one that used fewer rows says which; cells are
 * what either could not read. A file that only one read is taken in whole. */
static void
two_runs_make_one(void **state)
{
	struct fnl_err err = { 0 };
	struct ledger *other = ledger_new(arena, false);
	struct ledger_file *again = ledger_open(other, "deals.csv");
	struct ledger_file *more = ledger_open(other, "calls.csv");
	struct slice cell = slice_of("soon");

	(void)state;
	file->rows = 5;
	file->used = 4;
	add(LEDGER_RAGGED, 3, NULL, "", &err);
	again->rows = 5;
	again->used = 3;
	ledger_add(other, again, LEDGER_UNDATED, 4, "created", cell, &err);
	ledger_add(other, again, LEDGER_UNDATED, 5, "created", cell, &err);
	ledger_add(other, again, LEDGER_BAD_TIME, 6, "created", cell, &err);
	more->rows = more->used = 7;
	ledger_merge(ledger, other);
	assert_int_equal(ledger->files.count, 2);
	file = vec_at(&ledger->files, 0);
	assert_int_equal(file->used, 3);
	assert_int_equal(file->entries[LEDGER_RAGGED].count, 0);
	assert_int_equal(file->entries[LEDGER_UNDATED].count, 2);
	assert_int_equal(file->entries[LEDGER_BAD_TIME].count, 1);
	assert_string_equal(file->entries[LEDGER_BAD_TIME].value, "soon");
	file = vec_at(&ledger->files, 1);
	assert_string_equal(file->path, "calls.csv");
	assert_int_equal(file->used, 7);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_reason_is_described),
		TEST(the_first_location_stays),
		TEST(a_long_value_is_cut),
		TEST(bad_is_what_max_bad_counts),
		TEST(strict_stops_at_the_first_bad_one),
		TEST(strict_without_column_or_value),
		TEST(as_a_table),
		TEST(nothing_to_say),
		TEST(one_line_a_reason),
		TEST(files_by_name),
		TEST(two_runs_make_one),
	};

	return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
