/*
 * table: the result of every report. Columns with an id that users type, a
 * title, a unit; rows of cells that may be undefined; notes. Renderers see
 * nothing else, so a format is written once for all reports.
 */
#ifndef FUNNEL_TABLE_H
#define FUNNEL_TABLE_H

#include "arena.h"
#include "civil.h"
#include "figure.h"
#include "money.h"

enum unit {
	UNIT_TEXT,
	UNIT_COUNT, /* whole number of things */
	UNIT_SHARE, /* 0..1 (a rate can exceed 1); people read per cent */
	UNIT_NUMBER,
	UNIT_DAYS,
	UNIT_HOURS,
	UNIT_MONEY, /* exact decimal */
	UNIT_TIME, /* date or instant */
	UNIT_FLAG, /* yes or nothing */
};

/* Who gets to see a column when nobody chose columns with --metric. */
enum audience {
	FOR_ALL,
	FOR_ROOM, /* people see it, but not on a terminal that is too narrow:
		     the first to go is the last of them */
	FOR_MACHINES, /* csv, tsv, json, jsonl: context that people read in
			 the notes, or detail */
	FOR_ALL_IF_ANY, /* people see it when some row is neither 0 nor
			   undefined; table_settle() decides */
	FOR_ROOM_IF_ANY, /* the same, when there is room */
};

struct column {
	const char *id; /* lower_case, what --metric takes */
	const char *title; /* for people */
	enum unit unit;
	enum audience audience;
	const char *help; /* one sentence: the definition */
};

enum cell_kind {
	CELL_UNDEFINED, /* prints empty, null or - */
	CELL_TEXT,
	CELL_COUNT,
	CELL_NUMBER,
	CELL_MONEY,
	CELL_TIME,
};

struct cell {
	enum cell_kind kind;
	union {
		struct slice text;
		int64_t count;
		double number;
		struct money_sum money;
		struct when time;
	} as;
};

struct note {
	const char *key; /* "definitions", "as_of", ...; stable */
	const char *text;
};

struct table {
	struct arena *arena;
	const char *title;
	const struct column **columns;
	size_t n_columns;
	struct vec rows; /* of struct cell *: n_columns cells each */
	struct vec notes; /* of struct note */
	const char *condition; /* see table_condition; NULL: nothing holds */
	const char *currency; /* of amounts where no column `currency` says
				 it; NULL: not known */
	bool mixes_currencies; /* within a row, whatever that column says */
	size_t n_by; /* so many columns in front are segments */
	size_t n_keys; /* so many in front say what a row is about */
	const struct figure *figure; /* how it is drawn; NULL: it is not */
	/* What the figure is about where that is not this table: curves have
	 * points, and --metric hides columns. NULL: this table. */
	const struct table *drawn;
};

/* columns is copied, the columns themselves must live as long as the table. */
struct table *table_new(struct arena *arena, const char *title,
    const struct column *const *columns, size_t n_columns);
/* A new row of undefined cells. */
struct cell *table_row(struct table *table);
const struct cell *table_at(const struct table *table, size_t row);
/*
 * The key must outlive the table, the text is copied. The same text under the
 * same key is kept once; after TABLE_MAX_NOTES one note says that there were
 * more.
 */
#define TABLE_MAX_NOTES 1000
void table_note(struct table *table, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A condition that the user asked about holds: the exit code says so. Several
 * make one text, with semicolons between them, fit for a terminal. */
void table_condition(struct table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * The same rows and notes with only the n named columns, in that order: what
 * --metric asks for. NULL and FNL_USAGE for a name that is no column (the
 * message has the nearest and all of them) or that is given twice.
 */
struct table *table_select(const struct table *table, const char *const *ids,
    size_t n, struct fnl_err *err);

/* A copy that needs nothing of the table's arena: its texts, columns, figure
 * and the table that the figure is about are copied, too. */
struct table *table_copy(struct arena *arena, const struct table *table);

/*
 * The long form, one fact a row: the first n_keys columns, then `metric` (a
 * column's id) and `value`, then the last n_context columns again on every
 * row. Undefined cells are rows too. A value keeps its kind, not its unit:
 * shares stay fractions. n_keys + n_context is at most n_columns.
 */
struct table *
table_long(const struct table *table, size_t n_keys, size_t n_context);

/* Turns every column FOR_ALL_IF_ANY into one FOR_ALL or FOR_MACHINES, and
 * FOR_ROOM_IF_ANY into FOR_ROOM or FOR_MACHINES, once the rows are there. */
void table_settle(struct table *table);

struct cell cell_text(struct slice text); /* text must outlive the table */
struct cell cell_count(uint64_t count);
/* NaN and the infinities, which dividing by zero gives, are undefined. */
struct cell cell_number(double number);
struct cell cell_money(struct money_sum money); /* undefined when none known */
struct cell cell_time(struct when when); /* undefined when unknown */
struct cell cell_flag(bool flag); /* "yes" or undefined */

#endif
