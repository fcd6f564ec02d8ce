/*
 * sheet.c: which columns, then rows.
 */
#include <math.h>
#include <string.h>

#include "sheet.h"

#define PERIOD_COLUMNS 2
#define N_COMMON 4

static const struct column period_column = { "period", "Period", UNIT_TEXT,
	FOR_ALL, "The reporting period; (undated) where no date is known." };
static const struct column period_start_column = { "period_start",
	"Period start", UNIT_TEXT, FOR_MACHINES, "First day of the period." };

/* What people read once, in the notes (metrics.md 3.0.12). */
static const struct column common_context[N_COMMON] = {
	{ "as_of", "As of", UNIT_TEXT, FOR_MACHINES,
	    "Open records are followed to here." },
	{ "tz", "Zone", UNIT_TEXT, FOR_MACHINES, "Zone of the periods." },
	{ "defs_version", "Definitions", UNIT_TEXT, FOR_MACHINES,
	    "Version of the definitions." },
	{ "defs_sha", "Definitions hash", UNIT_TEXT, FOR_MACHINES,
	    "SHA-256 of the definitions." },
};

/* ---- cells ---- */

struct cell
cell_optional(const char *text)
{
	return text ? cell_text(slice_of(text))
		    : (struct cell){ .kind = CELL_UNDEFINED };
}

struct cell
cell_of_number(double value, enum unit unit)
{
	if (isnan(value))
		return (struct cell){ .kind = CELL_UNDEFINED };
	if (unit == UNIT_FLAG)
		return cell_flag(value > 0);
	return unit == UNIT_COUNT ? cell_count((uint64_t)value)
				  : cell_number(value);
}

struct cell
cell_of_text(const struct load *load, uint32_t number, const char *blank)
{
	return number ? cell_text(intern_get(load->store->texts, number))
		      : cell_optional(blank);
}

/* ---- which columns ---- */

static void
add_segments(struct sheet *s)
{
	const struct segments *segments = &s->load->segments;

	for (size_t i = 0; i < segments->n_by && !s->plan.no_segments; i++) {
		const char *name = segments->items[i].name;
		struct column *column = arena_alloc(s->arena, sizeof(*column));

		*column = (struct column){ name, name, UNIT_TEXT, FOR_ALL,
			"The segment; (blank) where the records do not say." };
		s->columns[s->n++] = column;
	}
}

/* A column of the export that is called as one of the report's own becomes
 * by_stage and so on: no two columns may share an id. */
static void
rename_segments(struct sheet *s)
{
	size_t n = s->plan.no_segments ? 0 : s->load->segments.n_by;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < s->n; j++) {
			struct column *column;

			if (j == i ||
			    strcmp(s->columns[j]->id, s->columns[i]->id) != 0)
				continue;
			column = arena_alloc(s->arena, sizeof(*column));
			*column = *s->columns[i];
			column->id =
			    arena_printf(s->arena, "by_%s", column->id);
			s->columns[i] = column;
		}
}

static void
add_common_context(struct sheet *s)
{
	const struct definitions *d = &s->load->definitions;
	char as_of[WHEN_TEXT];
	struct cell *cells = &s->constant[s->n];

	when_text(as_of, s->load->as_of);
	cells[0] = cell_optional(
	    *as_of ? arena_text(s->arena, slice_of(as_of)) : NULL);
	cells[1] = cell_optional(zone_name(s->load->zone));
	cells[2] = cell_optional(d->version);
	cells[3] = cell_optional(*d->sha256 ? d->sha256 : NULL);
	for (size_t i = 0; i < N_COMMON; i++)
		s->columns[s->n++] = &common_context[i];
}

static void
plan_all(struct sheet *s)
{
	const struct sheet_plan *plan = &s->plan;
	size_t most = s->load->segments.n_by + PERIOD_COLUMNS +
		      plan->n_columns + plan->n_context + N_COMMON;

	s->columns = arena_array(s->arena, most, sizeof(*s->columns));
	s->constant = arena_array(s->arena, most, sizeof(*s->constant));
	add_segments(s);
	if (plan->period != PERIOD_NONE) {
		s->columns[s->n++] = &period_column;
		s->columns[s->n++] = &period_start_column;
	}
	s->own = s->n;
	for (size_t i = 0; i < plan->n_columns; i++)
		s->columns[s->n++] = plan->columns[i];
	s->n_keys = s->own + plan->n_keys;
	for (size_t i = 0; i < plan->n_context; i++) {
		s->constant[s->n] = plan->context_cells[i];
		s->columns[s->n++] = plan->context[i];
	}
	add_common_context(s);
	s->n_context = plan->n_context + N_COMMON;
	rename_segments(s);
}

static bool
is_named(const struct fnl_list *list, const char *id)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->items[i], id) == 0)
			return true;
	return false;
}

/* --metric: the keys stay in front, in their order, so that no row is
 * nameless; period_start and the like only when they are named. */
static size_t
chosen_ids(struct sheet *s, const char **ids)
{
	const struct fnl_list *metrics = &s->plan.metrics;
	struct fnl_list keys = { ids, 0 };
	size_t n = 0;

	for (size_t i = 0; i < s->n_keys; i++)
		if (s->columns[i]->audience == FOR_ALL ||
		    is_named(metrics, s->columns[i]->id))
			ids[n++] = s->columns[i]->id;
	s->n_keys = keys.n = n;
	for (size_t i = 0; i < metrics->n; i++)
		if (!is_named(&keys, metrics->items[i]))
			ids[n++] = metrics->items[i];
	s->n_context = 0;
	return n;
}

/* Where each column goes, once it is known which are shown. */
static void
place_columns(struct sheet *s)
{
	s->place = arena_array(s->arena, s->n, sizeof(*s->place));
	for (size_t i = 0; i < s->n; i++) {
		s->place[i] = -1;
		for (size_t j = 0; j < s->table->n_columns; j++)
			if (s->table->columns[j] == s->columns[i])
				s->place[i] = (int)j;
	}
}

/* A table that is drawn keeps every column until sheet_end(): a chart of rates
 * needs their intervals, whichever columns are shown. */
static int
choose_columns(struct sheet *s, struct fnl_err *err)
{
	const char **ids =
	    arena_array(s->arena, s->n + s->plan.metrics.n, sizeof(*ids));
	size_t n = chosen_ids(s, ids);
	/* An empty table knows how to refuse a name. */
	struct table *chosen = table_select(s->table, ids, n, err);

	if (!chosen)
		return -1;
	if (s->plan.figure && s->load->input->chart)
		s->chosen = (struct fnl_list){ ids, n };
	else
		s->table = chosen;
	return 0;
}

int
sheet_new(struct sheet *sheet, const struct load *load,
    const struct sheet_plan *plan, struct fnl_err *err)
{
	*sheet =
	    (struct sheet){ .arena = load->arena, .load = load, .plan = *plan };
	plan_all(sheet);
	sheet->table =
	    table_new(load->arena, plan->title, sheet->columns, sheet->n);
	sheet->table->n_keys = sheet->n_keys;
	sheet->table->n_by = plan->no_segments ? 0 : load->segments.n_by;
	sheet->table->figure = plan->figure;
	if (plan->metrics.n && choose_columns(sheet, err) < 0)
		return -1;
	place_columns(sheet);
	return 0;
}

bool
sheet_wants(const struct sheet *sheet, size_t i)
{
	return sheet->place[sheet->own + i] >= 0;
}

/* ---- rows ---- */

static void
put(struct sheet *s, size_t column, struct cell cell)
{
	if (s->place[column] >= 0)
		s->row[s->place[column]] = cell;
}

struct cell
sheet_period(const struct sheet *s, const struct group_key *key, bool start)
{
	char text[PERIOD_TEXT > WHEN_TEXT ? PERIOD_TEXT : WHEN_TEXT];
	struct when first = { key->period * DAY_SECONDS, WHEN_DATE };

	if (!key->dated)
		return cell_optional(start ? NULL : "(undated)");
	if (start)
		when_text(text, first);
	else
		period_label(text, s->plan.period, key->period,
		    s->load->definitions.fiscal_month);
	return cell_text(slice_of(arena_text(s->arena, slice_of(text))));
}

void
sheet_row(struct sheet *s, const struct group_key *key)
{
	size_t n_by = s->plan.no_segments ? 0 : s->load->segments.n_by;

	s->row = table_row(s->table);
	for (size_t i = s->n - s->plan.n_context - N_COMMON; i < s->n; i++)
		put(s, i, s->constant[i]);
	for (size_t i = 0; i < n_by; i++)
		put(s, i, cell_of_text(s->load, key->by[i], "(blank)"));
	if (s->plan.period != PERIOD_NONE) {
		put(s, n_by, sheet_period(s, key, false));
		put(s, n_by + 1, sheet_period(s, key, true));
	}
}

void
sheet_cell(struct sheet *sheet, size_t i, struct cell cell)
{
	put(sheet, sheet->own + i, cell);
}

struct table *
sheet_end(struct sheet *s)
{
	struct table *table = s->table;

	/* The names were there when the sheet was new. */
	if (s->chosen.n)
		table = table_select(table, s->chosen.items, s->chosen.n, NULL);
	table_settle(table);
	return s->plan.long_form ? table_long(table, s->n_keys, s->n_context)
				 : table;
}
