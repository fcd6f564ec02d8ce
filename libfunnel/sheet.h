/*
 * sheet: the table of a report with what all reports have around their own
 * columns -- the segments and periods in front, what a row in a spreadsheet
 * must carry to be told from another behind, --metric and --long.
 *
 *	sheet_new(&sheet, &load, &plan, err)
 *	sheet_row(&sheet, by, dated, period);      the segment and period
 *	sheet_cell(&sheet, i, cell);               own column i
 *	table = sheet_end(&sheet);
 */
#ifndef FUNNEL_SHEET_H
#define FUNNEL_SHEET_H

#include "groups.h"
#include "load.h"

struct sheet_plan {
	const char *title;
	enum period period; /* PERIOD_NONE: no such columns */
	bool no_segments; /* a list of records shows them as its own */
	/* The report's own columns; the first n_keys say what a row is about,
	 * stay in front under --metric and repeat under --long. */
	const struct column *const *columns;
	size_t n_columns, n_keys;
	/* The same on every row, after all others. */
	const struct column *const *context;
	const struct cell *context_cells;
	size_t n_context;
	struct fnl_list metrics; /* of --metric, one an item */
	bool long_form;
	const struct figure *figure; /* how the report is drawn, or NULL */
};

struct sheet {
	struct arena *arena;
	const struct load *load;
	struct sheet_plan plan;
	struct table *table;
	const struct column **columns; /* all, whether shown or not */
	size_t n, n_keys, n_context;
	struct fnl_list chosen; /* of --metric, where the table has all columns
				   because it is drawn */
	size_t own; /* the first of plan.columns */
	int *place; /* in the table, -1: not asked for */
	struct cell *constant; /* context, by the number in columns */
	struct cell *row;
};

/* Fails where --metric names no column, or one twice. */
int sheet_new(struct sheet *sheet, const struct load *load,
    const struct sheet_plan *plan, struct fnl_err *err);

/* Whether own column i is shown: a costly one need not be computed else. */
bool sheet_wants(const struct sheet *sheet, size_t i);

/* A new row of undefined own cells. key may be NULL without segments and
 * periods. */
void sheet_row(struct sheet *sheet, const struct group_key *key);
void sheet_cell(struct sheet *sheet, size_t i, struct cell cell);

/* The table, as --metric and --long want it; notes may follow. */
struct table *sheet_end(struct sheet *sheet);

/* The first day of a period and how it is called. */
struct cell sheet_period(
    const struct sheet *sheet, const struct group_key *key, bool start);

/* ---- cells ---- */

/* NULL is undefined. */
struct cell cell_optional(const char *text);
/* NaN is undefined; whole things and flags by the unit. */
struct cell cell_of_number(double value, enum unit unit);
/* A number of store->texts; 0 is blank. */
struct cell
cell_of_text(const struct load *load, uint32_t number, const char *blank);

#endif
