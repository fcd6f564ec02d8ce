/*
 * test_table: rows, notes, choosing columns, the long form, who sees a column.
 * Expected values are written out by hand from the contract in table.h.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "table.h"

#include <cmocka.h>

#include "arena_fixture.h"

static const struct column stage = { "stage", "Stage", UNIT_TEXT, FOR_ALL,
	"The stage." };
static const struct column entered = { "entered", "Entered", UNIT_COUNT,
	FOR_ALL, "How many came in." };
static const struct column mode = { "mode", "Mode", UNIT_TEXT, FOR_MACHINES,
	"The mode." };
static const struct column rate = { "rate", "Rate", UNIT_SHARE, FOR_ALL,
	"Advanced by entered." };

static const struct column *const columns[] = { &stage, &entered, &mode,
	&rate };

static struct table *
sample(struct arena *arena)
{
	struct table *table = table_new(arena, "Funnel", columns, 4);
	struct cell *row = table_row(table);

	row[0] = cell_text(SLICE("Lead"));
	row[1] = cell_count(10);
	row[2] = cell_text(SLICE("strict"));
	row[3] = cell_number(0.5);
	row = table_row(table);
	row[0] = cell_text(SLICE("MQL"));
	row[1] = cell_count(5);
	table_note(table, "as_of", "%s", "2026-03-31");
	return table;
}

static void
assert_text(struct cell cell, const char *expected)
{
	assert_int_equal(cell.kind, CELL_TEXT);
	assert_true(slice_equal(cell.as.text, slice_of(expected)));
}

static void
a_new_row_is_undefined(void **state)
{
	struct table *table = table_new(*state, "t", columns, 4);

	for (int r = 0; r < 5000; r++)
		table_row(table);
	assert_int_equal(table->rows.count, 5000);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(table_at(table, 4999)[i].kind, CELL_UNDEFINED);
}

static void
columns_are_copied(void **state)
{
	const struct column *mine[] = { &stage, &rate };
	struct table *table = table_new(*state, "t", mine, 2);

	mine[0] = NULL;
	assert_ptr_equal(table->columns[0], &stage);
}

static void
unknown_values_are_undefined(void **state)
{
	const struct when unknown = { 0, WHEN_UNKNOWN };
	const struct when either = { 86400, WHEN_EITHER };

	(void)state;
	assert_int_equal(cell_number(NAN).kind, CELL_UNDEFINED);
	assert_int_equal(cell_number(INFINITY).kind, CELL_UNDEFINED);
	assert_int_equal(cell_number(-INFINITY).kind, CELL_UNDEFINED);
	assert_int_equal(
	    cell_money((struct money_sum){ 0 }).kind, CELL_UNDEFINED);
	assert_int_equal(cell_time(unknown).kind, CELL_UNDEFINED);
	assert_int_equal(cell_time(either).kind, CELL_UNDEFINED);
	assert_int_equal(cell_flag(false).kind, CELL_UNDEFINED);
}

static void
known_zero_is_defined(void **state)
{
	const struct when epoch = { 0, WHEN_DATE };

	(void)state;
	assert_int_equal(cell_count(0).kind, CELL_COUNT);
	assert_int_equal(cell_number(0).kind, CELL_NUMBER);
	assert_int_equal(
	    cell_money((struct money_sum){ 0, 0, 1 }).kind, CELL_MONEY);
	assert_int_equal(cell_time(epoch).kind, CELL_TIME);
	assert_text(cell_text((struct slice){ NULL, 0 }), "");
	assert_text(cell_flag(true), "yes");
	assert_true(cell_count(UINT64_MAX).as.count == INT64_MAX);
}

static void
a_note_is_kept_once(void **state)
{
	struct table *table = table_new(*state, "t", columns, 4);
	char text[] = "first";
	const struct note *note;

	table_note(table, "key", "%s", text);
	text[0] = 'F';
	table_note(table, "key", "first");
	table_note(table, "key", "second %d", 2);
	table_note(table, "other", "first");
	assert_int_equal(table->notes.count, 3);
	note = vec_at(&table->notes, 0);
	assert_string_equal(note->text, "first");
	note = vec_at(&table->notes, 1);
	assert_string_equal(note->text, "second 2");
}

static void
notes_have_a_limit(void **state)
{
	struct table *table = table_new(*state, "t", columns, 4);
	const struct note *last;

	for (int i = 0; i < TABLE_MAX_NOTES + 50; i++)
		table_note(table, "key", "%d", i);
	assert_int_equal(table->notes.count, TABLE_MAX_NOTES + 1);
	last = vec_at(&table->notes, TABLE_MAX_NOTES);
	assert_string_equal(last->key, "notes");
	assert_string_equal(last->text, "more notes than are kept");
}

static void
select_takes_columns_in_the_order_named(void **state)
{
	static const char *const ids[] = { "rate", "stage" };
	struct fnl_err err = { 0 };
	struct table *chosen = table_select(sample(*state), ids, 2, &err);

	assert_non_null(chosen);
	assert_int_equal(err.code, FNL_OK);
	assert_int_equal(chosen->n_columns, 2);
	assert_ptr_equal(chosen->columns[0], &rate);
	assert_int_equal(chosen->rows.count, 2);
	assert_true(table_at(chosen, 0)[0].as.number == 0.5);
	assert_text(table_at(chosen, 0)[1], "Lead");
	assert_int_equal(table_at(chosen, 1)[0].kind, CELL_UNDEFINED);
	assert_string_equal(chosen->title, "Funnel");
	assert_int_equal(chosen->notes.count, 1);
}

static void
select_names_the_nearest_column(void **state)
{
	static const char *const slip[] = { "stage", "entred" };
	static const char *const strange[] = { "zzzzzzzz" };
	struct fnl_err err = { 0 };

	assert_null(table_select(sample(*state), slip, 2, &err));
	assert_int_equal(err.code, FNL_USAGE);
	assert_string_equal(err.message,
	    "this report has no column 'entred'; did you mean 'entered' "
	    "(columns: stage, entered, mode, rate)");
	err = (struct fnl_err){ 0 };
	assert_null(table_select(sample(*state), strange, 1, &err));
	assert_string_equal(err.message,
	    "this report has no column 'zzzzzzzz' "
	    "(columns: stage, entered, mode, rate)");
}

static void
select_refuses_a_column_named_twice(void **state)
{
	static const char *const ids[] = { "rate", "stage", "rate" };
	struct fnl_err err = { 0 };

	assert_null(table_select(sample(*state), ids, 3, &err));
	assert_int_equal(err.code, FNL_USAGE);
	assert_string_equal(
	    err.message, "column 'rate' is named twice (name it once)");
}

static void
the_long_form_has_a_fact_a_row(void **state)
{
	struct table *facts = table_long(sample(*state), 1, 0);
	static const char *const stages[] = { "Lead", "Lead", "Lead", "MQL",
		"MQL", "MQL" };
	static const char *const metrics[] = { "entered", "mode", "rate",
		"entered", "mode", "rate" };
	static const enum cell_kind kinds[] = { CELL_COUNT, CELL_TEXT,
		CELL_NUMBER, CELL_COUNT, CELL_UNDEFINED, CELL_UNDEFINED };

	assert_int_equal(facts->n_columns, 3);
	assert_ptr_equal(facts->columns[0], &stage);
	assert_string_equal(facts->columns[1]->id, "metric");
	assert_string_equal(facts->columns[2]->id, "value");
	assert_int_equal(facts->rows.count, 6);
	for (size_t r = 0; r < 6; r++) {
		const struct cell *row = table_at(facts, r);

		assert_text(row[0], stages[r]);
		assert_text(row[1], metrics[r]);
		assert_int_equal(row[2].kind, kinds[r]);
	}
	assert_int_equal(table_at(facts, 3)[2].as.count, 5);
	assert_string_equal(facts->title, "Funnel");
	assert_int_equal(facts->notes.count, 1);
}

static void
the_long_form_repeats_the_context(void **state)
{
	struct table *facts = table_long(sample(*state), 1, 2);

	assert_int_equal(facts->n_columns, 5);
	assert_string_equal(facts->columns[2]->id, "value");
	assert_ptr_equal(facts->columns[3], &mode);
	assert_ptr_equal(facts->columns[4], &rate);
	assert_int_equal(facts->rows.count, 2);
	assert_text(table_at(facts, 0)[1], "entered");
	assert_int_equal(table_at(facts, 0)[2].as.count, 10);
	assert_text(table_at(facts, 0)[3], "strict");
	assert_true(table_at(facts, 0)[4].as.number == 0.5);
	assert_text(table_at(facts, 1)[0], "MQL");
	assert_int_equal(table_at(facts, 1)[3].kind, CELL_UNDEFINED);
}

static void
the_long_form_of_keys_and_context_only_has_no_facts(void **state)
{
	struct table *keys = table_long(sample(*state), 4, 0);
	struct table *both = table_long(sample(*state), 1, 3);
	struct table *none = table_long(sample(*state), 0, 0);

	assert_int_equal(keys->n_columns, 6);
	assert_int_equal(keys->rows.count, 0);
	assert_int_equal(both->n_columns, 6);
	assert_ptr_equal(both->columns[3], &entered);
	assert_int_equal(both->rows.count, 0);
	assert_int_equal(none->n_columns, 2);
	assert_int_equal(none->rows.count, 8);
}

/* The audience of a column whose second row of three holds the cell. */
static enum audience
settled(struct arena *arena, enum audience audience, struct cell cell)
{
	const struct column column = { "c", "C", UNIT_TEXT, audience, "" };
	const struct column *const one[] = { &column };
	struct table *table = table_new(arena, "t", one, 1);

	table_row(table);
	table_row(table)[0] = cell;
	table_row(table);
	table_settle(table);
	assert_string_equal(table->columns[0]->id, "c");
	assert_int_equal(column.audience, audience);
	return table->columns[0]->audience;
}

static void
zeros_and_undefined_cells_settle_for_machines(void **state)
{
	const struct when unknown = { 0, WHEN_UNKNOWN };
	const struct cell nothing[] = { { .kind = CELL_UNDEFINED },
		cell_count(0), cell_number(0), cell_number(-0.0),
		cell_number(NAN), cell_money((struct money_sum){ 0, 0, 2 }),
		cell_time(unknown), cell_flag(false) };

	for (size_t i = 0; i < sizeof(nothing) / sizeof(*nothing); i++) {
		assert_int_equal(
		    settled(*state, FOR_ALL_IF_ANY, nothing[i]), FOR_MACHINES);
		assert_int_equal(
		    settled(*state, FOR_ROOM_IF_ANY, nothing[i]), FOR_MACHINES);
	}
}

static void
one_cell_that_says_something_settles_for_people(void **state)
{
	const struct when epoch = { 0, WHEN_DATE };
	const struct cell something[] = { cell_count(1), cell_number(-0.5),
		cell_number(1e-300), cell_text(SLICE("")), cell_flag(true),
		cell_time(epoch), cell_money((struct money_sum){ 0, 1, 1 }),
		cell_money((struct money_sum){ -2, 0, 1 }) };

	for (size_t i = 0; i < sizeof(something) / sizeof(*something); i++) {
		assert_int_equal(
		    settled(*state, FOR_ALL_IF_ANY, something[i]), FOR_ALL);
		assert_int_equal(
		    settled(*state, FOR_ROOM_IF_ANY, something[i]), FOR_ROOM);
	}
}

static void
other_audiences_stay(void **state)
{
	static const enum audience certain[] = { FOR_ALL, FOR_ROOM,
		FOR_MACHINES };

	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(
		    settled(*state, certain[i], cell_count(0)), certain[i]);
		assert_int_equal(
		    settled(*state, certain[i], cell_count(1)), certain[i]);
	}
}

static void
without_rows_there_is_nothing_to_see(void **state)
{
	static const struct column if_any = { "c", "C", UNIT_COUNT,
		FOR_ROOM_IF_ANY, "" };
	const struct column *const both[] = { &stage, &if_any };
	struct table *table = table_new(*state, "t", both, 2);

	table_settle(table);
	assert_ptr_equal(table->columns[0], &stage);
	assert_int_equal(table->columns[1]->audience, FOR_MACHINES);
}

/* Whatever shape the table takes; what a terminal would obey is gone. */
static void
conditions_add_up_and_stay(void **state)
{
	struct table *table = sample(*state), *other;
	const char *ids[] = { "rate" };
	struct fnl_err err = { 0 };

	assert_null(table->condition);
	assert_null(table_long(table, 1, 0)->condition);
	table_condition(table, "%s is below %d%%", "MQL", 30);
	assert_string_equal(table->condition, "MQL is below 30%");
	table_condition(table, "S\033AL is late");
	assert_string_equal(table->condition, "MQL is below 30%; S?AL is late");
	other = table_long(table_select(table, ids, 1, &err), 0, 0);
	assert_string_equal(other->condition, "MQL is below 30%; S?AL is late");
}

/* A copy outlives the arena of what it was copied from: AddressSanitizer sees
 * whatever was not copied. */
static void
a_copy_needs_nothing_of_the_original(void **state)
{
	struct arena *own = arena_new();
	struct column *column;
	struct figure_measure *measures;
	struct figure *figure;
	const struct column *one[1];
	struct table *table, *copy;

	assert_non_null(own);
	column = arena_alloc(own, sizeof(*column));
	*column = (struct column){ arena_text(own, SLICE("rate")),
		arena_text(own, SLICE("Rate")), UNIT_SHARE, FOR_ALL,
		arena_text(own, SLICE("Of all.")) };
	one[0] = column;
	measures = arena_array(own, 2, sizeof(*measures));
	measures[0].value = arena_text(own, SLICE("rate"));
	measures[0].axis = arena_text(own, SLICE("share"));
	figure = arena_alloc(own, sizeof(*figure));
	figure->first = arena_text(own, SLICE("start"));
	figure->label_else = arena_text(own, SLICE("none"));
	figure->more[1] = arena_text(own, SLICE("id"));
	figure->young_is = arena_text(own, SLICE("immature"));
	figure->measures = measures;
	figure->n_measures = 1;
	table = table_new(own, arena_text(own, SLICE("T")), one, 1);
	table_row(table)[0] =
	    cell_text((struct slice){ arena_text(own, SLICE("web")), 3 });
	table_note(table, "key", "text");
	table->currency = arena_text(own, SLICE("INR"));
	table->mixes_currencies = true;
	table->n_by = table->n_keys = 1;
	table->figure = figure;
	table->drawn = table_new(own, arena_text(own, SLICE("D")), one, 1);
	copy = table_copy(*state, table);
	arena_free(own);
	assert_string_equal(copy->title, "T");
	assert_string_equal(copy->columns[0]->id, "rate");
	assert_string_equal(copy->columns[0]->help, "Of all.");
	assert_true(slice_equal(table_at(copy, 0)[0].as.text, SLICE("web")));
	assert_string_equal(
	    ((const struct note *)vec_at(&copy->notes, 0))->text, "text");
	assert_string_equal(copy->currency, "INR");
	assert_true(copy->mixes_currencies);
	assert_int_equal(copy->n_by, 1);
	assert_int_equal(copy->n_keys, 1);
	assert_string_equal(copy->figure->first, "start");
	assert_string_equal(copy->figure->label_else, "none");
	assert_string_equal(copy->figure->more[1], "id");
	assert_string_equal(copy->figure->young_is, "immature");
	assert_string_equal(copy->figure->measures[0].axis, "share");
	assert_string_equal(copy->drawn->title, "D");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_new_row_is_undefined, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    columns_are_copied, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_copy_needs_nothing_of_the_original, setup, teardown),
		cmocka_unit_test(unknown_values_are_undefined),
		cmocka_unit_test(known_zero_is_defined),
		cmocka_unit_test_setup_teardown(
		    conditions_add_up_and_stay, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_note_is_kept_once, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    notes_have_a_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    select_takes_columns_in_the_order_named, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    select_names_the_nearest_column, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    select_refuses_a_column_named_twice, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    the_long_form_has_a_fact_a_row, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    the_long_form_repeats_the_context, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    the_long_form_of_keys_and_context_only_has_no_facts, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    zeros_and_undefined_cells_settle_for_machines, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    one_cell_that_says_something_settles_for_people, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    other_audiences_stay, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    without_rows_there_is_nothing_to_see, setup, teardown),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
