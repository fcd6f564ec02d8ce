/*
 * moved.c: the tables of a pack beside those of an earlier one. Rows are
 * matched by what they are about (table.n_keys), and their cells are compared
 * as texts, which are exact.
 *
 * A table about one period, such as a bridge, is compared with that of the
 * other period; in a series rows are matched by period, and that a period was
 * added is no news.
 */
#include <stdlib.h>
#include <string.h>

#include "csvin.h"
#include "pack.h"
#include "render_text.h"

#define MOVED_MAX 1000 /* rows; how many more there are is noted */
#define KEY_BETWEEN '\x1f' /* of the cells of a key */

/* A table as texts: as it was, from its file, or as it is. */
struct rows {
	struct slice *columns; /* their ids */
	size_t n_columns;
	size_t n_keys;
	size_t name; /* column that says it in words, or n_columns */
	size_t period; /* column, or n_columns */
	bool one_period; /* in all rows: no part of their keys */
	struct vec rows; /* of struct row */
};

struct row {
	struct slice key;
	struct slice *cells;
	bool matched;
};

struct moving {
	const struct pack *pack;
	struct arena *arena;
	struct pack_section *section; /* in work */
	struct text text; /* cells of its table as people read them */
	struct table *out;
	size_t left_out;
};

/* ---- rows ---- */

static struct slice
keep(struct arena *arena, struct slice text)
{
	return (struct slice){ arena_text(arena, text), text.n };
}

static size_t
column_like(const struct rows *rows, struct slice id)
{
	size_t i = 0;

	while (i < rows->n_columns && !slice_equal(rows->columns[i], id))
		i++;
	return i;
}

static void
open_rows(struct arena *arena, struct rows *rows, size_t n, size_t n_keys)
{
	rows->n_columns = n;
	rows->n_keys = n_keys < n ? n_keys : n;
	rows->columns = arena_array(arena, n + 1, sizeof(*rows->columns));
	rows->rows = vec_new(arena, sizeof(struct row));
}

static struct slice *
add_row(struct arena *arena, struct rows *rows)
{
	struct row *row = vec_push(&rows->rows);

	row->cells =
	    arena_array(arena, rows->n_columns + 1, sizeof(*row->cells));
	return row->cells;
}

static const struct row *
row_at(const struct rows *rows, size_t i)
{
	return vec_at(&rows->rows, i);
}

static void
find_period(struct rows *rows)
{
	rows->name = column_like(rows, SLICE("name"));
	rows->period = column_like(rows, SLICE("period"));
	rows->one_period = rows->period < rows->n_keys;
	for (size_t i = 1; rows->one_period && i < rows->rows.count; i++)
		rows->one_period =
		    slice_equal(row_at(rows, i)->cells[rows->period],
			row_at(rows, 0)->cells[rows->period]);
}

/* The keys, each with what ends it; without the period where that is to be
 * passed over, and without its first day, which follows from it. */
static void
set_keys(struct arena *arena, struct rows *rows, bool pass_period)
{
	size_t start = column_like(rows, SLICE("period_start"));

	for (size_t r = 0; r < rows->rows.count; r++) {
		struct row *row = vec_at(&rows->rows, r);
		struct textbuf text = { .arena = arena };

		for (size_t i = 0; i < rows->n_keys; i++)
			if (!pass_period || (i != rows->period && i != start))
				textbuf_add(&text, "%.*s%c",
				    (int)row->cells[i].n,
				    row->cells[i].n ? row->cells[i].p : "",
				    KEY_BETWEEN);
		row->key = slice_of(textbuf_text(&text));
	}
}

/* ---- what it was ---- */

static void
take_row(struct arena *arena, struct rows *rows, const struct csv_row *row)
{
	struct slice *cells;

	if (row->kind == CSV_MALFORMED || row->n_fields != rows->n_columns)
		return;
	cells = add_row(arena, rows);
	for (size_t i = 0; i < row->n_fields; i++)
		cells[i] = keep(arena, row->fields[i]);
}

static int
read_old(struct arena *arena, const char *path, size_t n_keys,
    struct rows *rows, struct fnl_err *err)
{
	const struct csvin_options options = { .delimiter = ',' };
	const struct csv_batch *batch;
	const struct csv_row *header;
	struct csvin *in;
	int got;

	if (csvin_open(arena, path, &options, &in, err) < 0)
		return -1;
	header = csvin_header(in, &batch);
	open_rows(arena, rows, header->n_fields, n_keys);
	for (size_t i = 0; i < rows->n_columns; i++)
		rows->columns[i] = keep(arena, header->fields[i]);
	while ((got = csvin_read(in, &batch, err)) > 0)
		for (size_t i = 0; i < batch->n_rows; i++)
			take_row(arena, rows, &batch->rows[i]);
	csvin_close(in);
	return got;
}

/* ---- what it is ---- */

static void
read_new(struct arena *arena, const struct table *table, struct rows *rows)
{
	open_rows(arena, rows, table->n_columns, table->n_keys);
	for (size_t i = 0; i < table->n_columns; i++)
		rows->columns[i] = slice_of(table->columns[i]->id);
	for (size_t r = 0; r < table->rows.count; r++) {
		struct slice *cells = add_row(arena, rows);

		for (size_t i = 0; i < table->n_columns; i++) {
			char exact[TEXT_EXACT];

			cells[i] = keep(
			    arena, text_exact(exact, &table_at(table, r)[i]));
		}
	}
}

/* ---- what moved ---- */

enum {
	MOVED_SECTION,
	MOVED_ABOUT,
	MOVED_METRIC,
	MOVED_DIRECTION,
	MOVED_BEFORE,
	MOVED_NOW,
	MOVED_WAS_EXACT,
	MOVED_IS_EXACT,
	N_COLUMNS
};

static const struct column moved_columns[N_COLUMNS] = {
	{ "section", "Section", UNIT_TEXT, FOR_ALL, "Where it is." },
	{ "about", "About", UNIT_TEXT, FOR_ALL,
	    "The row, by what it is about." },
	{ "metric", "Metric", UNIT_TEXT, FOR_ALL,
	    "The column's title; empty: the row as a whole." },
	{ "direction", "Direction", UNIT_TEXT, FOR_ALL,
	    "up or down; changed, where it is no number or was or is not "
	    "known; new or gone: the row." },
	{ "before", "Before", UNIT_TEXT, FOR_ALL,
	    "What it was in the pack before." },
	{ "now", "Now", UNIT_TEXT, FOR_ALL, "What it is." },
	{ "before_exact", "Exactly before", UNIT_TEXT, FOR_MACHINES,
	    "With every digit." },
	{ "now_exact", "Exactly now", UNIT_TEXT, FOR_MACHINES,
	    "With every digit." },
};

/* "Web, MQL": the keys that say something, then the name. */
static struct slice
about(struct arena *arena, const struct rows *rows, const struct row *row)
{
	struct textbuf text = { .arena = arena };
	size_t start = column_like(rows, SLICE("period_start"));
	const char *between = "";

	for (size_t i = 0; i < rows->n_columns; i++)
		if ((i < rows->n_keys || i == rows->name) && i != start &&
		    !(rows->one_period && i == rows->period) &&
		    row->cells[i].n) {
			textbuf_add(&text, "%s%.*s", between,
			    (int)row->cells[i].n, row->cells[i].p);
			between = ", ";
		}
	return slice_of(textbuf_text(&text));
}

/* NULL: there is no room left. */
static struct cell *
add_moved(struct moving *m, const struct rows *rows,
    const struct row *about_row, const char *direction)
{
	struct cell *row;

	if (m->out->rows.count == MOVED_MAX) {
		m->left_out++;
		return NULL;
	}
	row = table_row(m->out);
	row[MOVED_SECTION] = cell_text(slice_of(m->section->title));
	row[MOVED_ABOUT] = cell_text(about(m->arena, rows, about_row));
	row[MOVED_DIRECTION] = cell_text(slice_of(direction));
	return row;
}

static bool
is_number(const struct column *column)
{
	return column->unit != UNIT_TEXT && column->unit != UNIT_TIME &&
	       column->unit != UNIT_FLAG;
}

/* A cell as people read it, from its exact text. */
static struct cell
as_read(struct moving *m, const struct column *column, struct slice exact)
{
	struct cell cell = cell_text(exact);

	if (!exact.n)
		return (struct cell){ .kind = CELL_UNDEFINED };
	if (is_number(column))
		cell = cell_number(strtod(exact.p, NULL));
	return cell_text(keep(m->arena, text_cell(&m->text, column, &cell)));
}

static const char *
direction_of(const struct column *column, struct slice before, struct slice now)
{
	double was, is;

	if (!is_number(column) || !before.n || !now.n)
		return "changed";
	was = strtod(before.p, NULL);
	is = strtod(now.p, NULL);
	return is > was ? "up" : is < was ? "down" : "changed";
}

/* The cell of the section's table says what it was. */
static void
mark(struct moving *m, size_t row, size_t column, struct cell was)
{
	struct pack_section *section = m->section;
	size_t n = section->table->n_columns;

	if (!section->before)
		section->before = arena_array(m->arena,
		    section->table->rows.count * n, sizeof(*section->before));
	section->before[row * n + column] =
	    was.kind == CELL_TEXT ? was.as.text.p : "-";
}

static void
compare_cell(struct moving *m, const struct rows *rows, size_t r, size_t i,
    struct slice before)
{
	const struct column *column = m->section->table->columns[i];
	const struct row *row = row_at(rows, r);
	struct slice now = row->cells[i];
	struct cell *to;

	if (slice_equal(before, now))
		return;
	mark(m, r, i, as_read(m, column, before));
	to = add_moved(m, rows, row, direction_of(column, before, now));
	if (!to)
		return;
	to[MOVED_METRIC] = cell_text(slice_of(column->title));
	to[MOVED_BEFORE] = as_read(m, column, before);
	to[MOVED_NOW] = as_read(m, column, now);
	to[MOVED_WAS_EXACT] = cell_text(before);
	to[MOVED_IS_EXACT] = cell_text(now);
}

/* What only machines see is context: the definitions, the time. */
static bool
is_compared(const struct rows *rows, const struct column *column, size_t i)
{
	return i >= rows->n_keys && i != rows->name &&
	       column->audience != FOR_MACHINES;
}

static void
compare_row(struct moving *m, const struct rows *now, size_t r,
    const struct rows *old, const struct row *was)
{
	for (size_t i = 0; i < now->n_columns; i++) {
		size_t there = column_like(old, now->columns[i]);

		if (there < old->n_columns &&
		    is_compared(now, m->section->table->columns[i], i))
			compare_cell(m, now, r, i, was->cells[there]);
	}
}

/* ---- a section ---- */

/* By key, and rows of one key in their order. */
static int
compare_keys(const void *pa, const void *pb)
{
	const struct row *a = *(struct row *const *)pa;
	const struct row *b = *(struct row *const *)pb;
	int order = slice_compare(a->key, b->key);

	return order ? order : (a > b) - (a < b);
}

static struct row **
sorted_rows(struct arena *arena, const struct rows *rows)
{
	size_t n = rows->rows.count;
	struct row **sorted = arena_array(arena, n + 1, sizeof(*sorted));

	for (size_t i = 0; i < n; i++)
		sorted[i] = vec_at(&rows->rows, i);
	qsort(sorted, n, sizeof(struct row *), compare_keys);
	return sorted;
}

/* The first row of the key that nobody has found yet. */
static struct row *
row_like(struct row *const *sorted, size_t n, struct slice key)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (slice_compare(sorted[middle]->key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low < n && sorted[low]->matched &&
	       slice_equal(sorted[low]->key, key))
		low++;
	return low < n && slice_equal(sorted[low]->key, key) ? sorted[low]
							     : NULL;
}

static void
match(struct moving *m, const struct rows *now, const struct rows *old,
    bool series)
{
	struct row **sorted = sorted_rows(m->arena, old);

	for (size_t r = 0; r < now->rows.count; r++) {
		const struct row *row = row_at(now, r);
		struct row *was = row_like(sorted, old->rows.count, row->key);

		if (was) {
			was->matched = true;
			compare_row(m, now, r, old, was);
		} else if (!series) {
			add_moved(m, now, row, "new");
		}
	}
	for (size_t r = 0; !series && r < old->rows.count; r++)
		if (!row_at(old, r)->matched)
			add_moved(m, old, row_at(old, r), "gone");
}

/* Rows that are about other things, as by another column, have nothing that
 * could have moved. */
static bool
has_keys_of(const struct rows *a, const struct rows *b)
{
	if (a->n_keys != b->n_keys)
		return false;
	for (size_t i = 0; i < a->n_keys; i++)
		if (!slice_equal(a->columns[i], b->columns[i]))
			return false;
	return true;
}

static int
compare_section(struct moving *m, const char *path, struct fnl_err *err)
{
	const struct table *table = m->section->table;
	struct rows old = { 0 }, now = { 0 };
	bool pass_period;

	m->text = text_new(table, &m->pack->options);
	if (read_old(m->arena, path, table->n_keys, &old, err) < 0)
		return -1;
	read_new(m->arena, table, &now);
	if (!has_keys_of(&now, &old)) {
		table_note(m->out, "incomparable",
		    "%s: its rows are about other columns", m->section->title);
		return 0;
	}
	find_period(&old);
	find_period(&now);
	pass_period = old.one_period && now.one_period;
	set_keys(m->arena, &old, pass_period);
	set_keys(m->arena, &now, pass_period);
	match(m, &now, &old, now.period < now.n_keys && !pass_period);
	return 0;
}

static bool
is_there(const char *path)
{
	FILE *file = fopen(path, "r");

	if (file)
		fclose(file);
	return file != NULL;
}

int
pack_moved(const struct pack *p, const char *directory, struct table **out,
    struct fnl_err *err)
{
	const struct column *columns[N_COLUMNS];
	struct moving m = { .pack = p, .arena = p->arena };

	for (size_t i = 0; i < N_COLUMNS; i++)
		columns[i] = &moved_columns[i];
	if (!is_there(arena_printf(p->arena, "%s/manifest.json", directory)))
		return fail(err, FNL_USAGE,
		    "--compare '%s': there is no pack (no manifest.json)",
		    directory);
	m.out = *out = table_new(p->arena, "What moved", columns, N_COLUMNS);
	for (size_t i = 0; i < p->sections.count; i++) {
		struct pack_section *s = vec_at(&p->sections, i);
		const char *path = arena_printf(
		    p->arena, "%s/tables/%s.csv", directory, s->id);

		if (s->lacks || !s->table || !s->table->n_keys ||
		    !is_there(path))
			continue;
		m.section = s;
		if (compare_section(&m, path, err) < 0)
			return -1;
	}
	if (m.left_out)
		table_note(m.out, "more", "%zu more, not listed", m.left_out);
	return 0;
}
