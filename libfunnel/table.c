/*
 * table.c: rows of cells under columns. A cell is undefined until somebody
 * knows better, so a column that a report forgets to fill is empty, never 0.
 * The other shapes of a table (chosen columns, long form) are tables again:
 * no renderer knows of them.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "table.h"

static const struct column long_metric = { "metric", "Metric", UNIT_TEXT,
	FOR_ALL, "The id of the column that holds the value in wide form." };
static const struct column long_value = { "value", "Value", UNIT_NUMBER,
	FOR_ALL, "The value of the metric; shares are fractions of 1." };

struct table *
table_new(struct arena *arena, const char *title,
    const struct column *const *columns, size_t n_columns)
{
	struct table *table = arena_alloc(arena, sizeof(*table));

	table->arena = arena;
	table->title = title;
	table->columns = arena_array(arena, n_columns, sizeof(*table->columns));
	for (size_t i = 0; i < n_columns; i++)
		table->columns[i] = columns[i];
	table->n_columns = n_columns;
	table->rows = vec_new(arena, sizeof(struct cell *));
	table->notes = vec_new(arena, sizeof(struct note));
	return table;
}

struct cell *
table_row(struct table *table)
{
	struct cell **row = vec_push(&table->rows);

	*row = arena_array(table->arena, table->n_columns, sizeof(**row));
	return *row;
}

const struct cell *
table_at(const struct table *table, size_t row)
{
	return *(struct cell **)vec_at(&table->rows, row);
}

static void
add_note(struct table *table, const char *key, const char *text)
{
	for (size_t i = 0; i < table->notes.count; i++) {
		const struct note *note = vec_at(&table->notes, i);

		if (strcmp(note->key, key) == 0 &&
		    strcmp(note->text, text) == 0)
			return;
	}
	*(struct note *)vec_push(&table->notes) = (struct note){ key, text };
}

/* NULL where the format cannot be printed. */
static char *
print_text(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text = NULL;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	if (n >= 0) {
		text = arena_alloc(arena, (size_t)n + 1);
		vsnprintf(text, (size_t)n + 1, format, again);
	}
	va_end(again);
	return text;
}

void
table_note(struct table *table, const char *key, const char *format, ...)
{
	const char *text;
	va_list args;

	if (table->notes.count >= TABLE_MAX_NOTES) {
		add_note(table, "notes", "more notes than are kept");
		return;
	}
	va_start(args, format);
	text = print_text(table->arena, format, args);
	va_end(args);
	if (text)
		add_note(table, key, text);
}

void
table_condition(struct table *table, const char *format, ...)
{
	char *text;
	va_list args;

	va_start(args, format);
	text = print_text(table->arena, format, args);
	va_end(args);
	if (text && table->condition)
		text = arena_printf(
		    table->arena, "%s; %s", table->condition, text);
	if (text) {
		text_disarm(text);
		table->condition = text;
	}
}

/* Notes, the condition that holds, what is known of currencies, the picture.
 */
static void
copy_notes(struct table *to, const struct table *from)
{
	to->condition = from->condition;
	to->currency = from->currency;
	to->mixes_currencies = from->mixes_currencies;
	to->figure = from->figure;
	to->drawn = from->drawn ? from->drawn : from;
	for (size_t i = 0; i < from->notes.count; i++)
		*(struct note *)vec_push(&to->notes) =
		    *(struct note *)vec_at(&from->notes, i);
}

/* The position of a column, or n_columns. */
static size_t
find_column(const struct table *table, const char *id)
{
	size_t i = 0;

	while (i < table->n_columns && strcmp(table->columns[i]->id, id) != 0)
		i++;
	return i;
}

static int
fail_unknown(const struct table *table, const char *id, struct fnl_err *err)
{
	struct arena *arena = table->arena;
	const char **names =
	    arena_array(arena, table->n_columns, sizeof(*names));
	const char *list = "", *near;

	for (size_t i = 0; i < table->n_columns; i++) {
		names[i] = table->columns[i]->id;
		list = arena_printf(
		    arena, "%s%s%s", list, i ? ", " : "", names[i]);
	}
	near = nearest_name(slice_of(id), names, table->n_columns);
	return fail(err, FNL_USAGE,
	    "this report has no column '%s'%s%s%s (columns: %s)", id,
	    near ? "; did you mean '" : "", near ? near : "", near ? "'" : "",
	    list);
}

/* Where the named columns are: positions[0..n). */
static int
find_columns(const struct table *table, const char *const *ids, size_t n,
    size_t *positions, struct fnl_err *err)
{
	for (size_t i = 0; i < n; i++) {
		positions[i] = find_column(table, ids[i]);
		if (positions[i] == table->n_columns)
			return fail_unknown(table, ids[i], err);
		for (size_t j = 0; j < i; j++)
			if (positions[j] == positions[i])
				return fail(err, FNL_USAGE,
				    "column '%s' is named twice (name it "
				    "once)",
				    ids[i]);
	}
	return 0;
}

struct table *
table_select(const struct table *table, const char *const *ids, size_t n,
    struct fnl_err *err)
{
	struct arena *arena = table->arena;
	size_t *at = arena_array(arena, n, sizeof(*at));
	const struct column **columns = arena_array(arena, n, sizeof(*columns));
	struct table *chosen;

	if (find_columns(table, ids, n, at, err))
		return NULL;
	for (size_t i = 0; i < n; i++)
		columns[i] = table->columns[at[i]];
	chosen = table_new(arena, table->title, columns, n);
	for (size_t r = 0; r < table->rows.count; r++) {
		const struct cell *from = table_at(table, r);
		struct cell *to = table_row(chosen);

		for (size_t i = 0; i < n; i++)
			to[i] = from[at[i]];
	}
	copy_notes(chosen, table);
	return chosen;
}

/* ---- copies ---- */

static const char *
copy_text(struct arena *arena, const char *text)
{
	return text ? arena_text(arena, slice_of(text)) : NULL;
}

static const struct column **
copy_columns(struct arena *arena, const struct table *table)
{
	const struct column **columns =
	    arena_array(arena, table->n_columns, sizeof(*columns));

	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *from = table->columns[i];
		struct column *to = arena_alloc(arena, sizeof(*to));

		*to = (struct column){ copy_text(arena, from->id),
			copy_text(arena, from->title), from->unit,
			from->audience, copy_text(arena, from->help) };
		columns[i] = to;
	}
	return columns;
}

static struct figure_measure *
copy_measures(struct arena *arena, const struct figure *figure)
{
	struct figure_measure *measures =
	    arena_array(arena, figure->n_measures + 1, sizeof(*measures));

	for (size_t i = 0; i < figure->n_measures; i++) {
		const struct figure_measure *from = &figure->measures[i];
		struct figure_measure *to = &measures[i];

		*to = *from;
		to->value = copy_text(arena, from->value);
		to->low = copy_text(arena, from->low);
		to->high = copy_text(arena, from->high);
		to->error = copy_text(arena, from->error);
		to->target = copy_text(arena, from->target);
		to->name = copy_text(arena, from->name);
		to->axis = copy_text(arena, from->axis);
	}
	return measures;
}

static struct figure *
copy_figure(struct arena *arena, const struct figure *from)
{
	struct figure *to;

	if (!from)
		return NULL;
	to = arena_alloc(arena, sizeof(*to));
	*to = *from;
	to->title = copy_text(arena, from->title);
	to->label = copy_text(arena, from->label);
	to->label_else = copy_text(arena, from->label_else);
	for (size_t i = 0; i < sizeof(to->more) / sizeof(*to->more); i++)
		to->more[i] = copy_text(arena, from->more[i]);
	to->series = copy_text(arena, from->series);
	to->x = copy_text(arena, from->x);
	to->x_name = copy_text(arena, from->x_name);
	to->sign = copy_text(arena, from->sign);
	to->first = copy_text(arena, from->first);
	to->last = copy_text(arena, from->last);
	to->ticks = copy_text(arena, from->ticks);
	to->only = copy_text(arena, from->only);
	to->is = copy_text(arena, from->is);
	to->young = copy_text(arena, from->young);
	to->young_is = copy_text(arena, from->young_is);
	to->measures = copy_measures(arena, from);
	return to;
}

static void
copy_rows(struct table *to, const struct table *from)
{
	for (size_t r = 0; r < from->rows.count; r++) {
		const struct cell *cells = table_at(from, r);
		struct cell *row = table_row(to);

		for (size_t i = 0; i < from->n_columns; i++) {
			row[i] = cells[i];
			if (cells[i].kind == CELL_TEXT)
				row[i].as.text.p =
				    arena_text(to->arena, cells[i].as.text);
		}
	}
}

struct table *
table_copy(struct arena *arena, const struct table *from)
{
	struct table *to = table_new(arena, copy_text(arena, from->title),
	    copy_columns(arena, from), from->n_columns);

	copy_rows(to, from);
	to->n_by = from->n_by;
	to->n_keys = from->n_keys;
	to->currency = copy_text(arena, from->currency);
	to->mixes_currencies = from->mixes_currencies;
	to->condition = copy_text(arena, from->condition);
	to->figure = copy_figure(arena, from->figure);
	if (from->drawn && from->drawn != from)
		to->drawn = table_copy(arena, from->drawn);
	for (size_t i = 0; i < from->notes.count; i++) {
		const struct note *note = vec_at(&from->notes, i);

		*(struct note *)vec_push(&to->notes) =
		    (struct note){ copy_text(arena, note->key),
			    copy_text(arena, note->text) };
	}
	return to;
}

/* The facts of one row of the wide table. */
static void
add_facts(struct table *facts, const struct table *wide,
    const struct cell *from, size_t n_keys, size_t n_context)
{
	size_t n_facts = wide->n_columns - n_context;

	for (size_t i = n_keys; i < n_facts; i++) {
		struct cell *to = table_row(facts);

		memcpy(to, from, n_keys * sizeof(*to));
		to[n_keys] = cell_text(slice_of(wide->columns[i]->id));
		to[n_keys + 1] = from[i];
		memcpy(
		    to + n_keys + 2, from + n_facts, n_context * sizeof(*to));
	}
}

struct table *
table_long(const struct table *table, size_t n_keys, size_t n_context)
{
	const struct column **columns =
	    arena_array(table->arena, n_keys + 2 + n_context, sizeof(*columns));
	struct table *facts;
	size_t n = 0;

	for (size_t i = 0; i < n_keys; i++)
		columns[n++] = table->columns[i];
	columns[n++] = &long_metric;
	columns[n++] = &long_value;
	for (size_t i = table->n_columns - n_context; i < table->n_columns; i++)
		columns[n++] = table->columns[i];
	facts = table_new(table->arena, table->title, columns, n);
	for (size_t r = 0; r < table->rows.count; r++)
		add_facts(facts, table, table_at(table, r), n_keys, n_context);
	copy_notes(facts, table);
	return facts;
}

struct cell
cell_text(struct slice text)
{
	return (struct cell){ .kind = CELL_TEXT,
		.as.text = text.n ? text : SLICE("") };
}

struct cell
cell_count(uint64_t count)
{
	return (struct cell){ .kind = CELL_COUNT,
		.as.count = count < INT64_MAX ? (int64_t)count : INT64_MAX };
}

struct cell
cell_number(double number)
{
	if (!isfinite(number))
		return (struct cell){ .kind = CELL_UNDEFINED };
	return (struct cell){ .kind = CELL_NUMBER, .as.number = number };
}

struct cell
cell_money(struct money_sum money)
{
	if (money.known == 0)
		return (struct cell){ .kind = CELL_UNDEFINED };
	return (struct cell){ .kind = CELL_MONEY, .as.money = money };
}

struct cell
cell_time(struct when when)
{
	if (when.kind != WHEN_DATE && when.kind != WHEN_INSTANT)
		return (struct cell){ .kind = CELL_UNDEFINED };
	return (struct cell){ .kind = CELL_TIME, .as.time = when };
}

struct cell
cell_flag(bool flag)
{
	return flag ? cell_text(SLICE("yes"))
		    : (struct cell){ .kind = CELL_UNDEFINED };
}

static bool
says_something(const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_UNDEFINED:
		return false;
	case CELL_COUNT:
		return cell->as.count != 0;
	case CELL_NUMBER:
		return cell->as.number > 0 || cell->as.number < 0;
	case CELL_MONEY:
		return cell->as.money.units != 0 ||
		       cell->as.money.ten_thousandths != 0;
	case CELL_TEXT:
	case CELL_TIME:
		break;
	}
	return true;
}

static bool
column_says_something(const struct table *table, size_t column)
{
	for (size_t i = 0; i < table->rows.count; i++)
		if (says_something(&table_at(table, i)[column]))
			return true;
	return false;
}

/* Whom a column is for when some row says something. */
static const enum audience if_any[] = {
	[FOR_ALL] = FOR_ALL,
	[FOR_ROOM] = FOR_ROOM,
	[FOR_MACHINES] = FOR_MACHINES,
	[FOR_ALL_IF_ANY] = FOR_ALL,
	[FOR_ROOM_IF_ANY] = FOR_ROOM,
};

void
table_settle(struct table *table)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		enum audience audience = table->columns[i]->audience;
		struct column *settled;

		if (if_any[audience] == audience)
			continue;
		settled = arena_alloc(table->arena, sizeof(*settled));
		*settled = *table->columns[i];
		settled->audience = column_says_something(table, i)
					? if_any[audience]
					: FOR_MACHINES;
		table->columns[i] = settled;
	}
}
