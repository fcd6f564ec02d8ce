/*
 * row: one row of text to one typed row -- ids, dates, amounts, flags.
 *
 * Sees only the binding of its file and what the columns have proved so far:
 * nothing of the store, so that a batch of rows can be parsed anywhere.
 */
#ifndef FUNNEL_ROW_H
#define FUNNEL_ROW_H

#include "datetext.h"
#include "ledger.h"
#include "money.h"
#include "reader.h"
#include "recordid.h"

#define ID_COPY_MAX 40 /* bytes of an id that had to be rewritten */

enum row_text {
	ROW_ID,
	ROW_CONVERTED_ID,
	ROW_MERGED_INTO,
	ROW_MERGED_IDS,
	ROW_STAGE,
	ROW_OLD_STAGE,
	ROW_CHANGED_FIELD,
	ROW_OUTCOME,
	ROW_CURRENCY,
	ROW_PIPELINE,
	ROW_OWNER, /* of a history whose changes are kept */
	ROW_TEXTS
};

enum row_time {
	ROW_CREATED,
	ROW_CLOSED,
	ROW_ENTERED,
	ROW_MODIFIED,
	ROW_CONVERTED,
	ROW_RESPONSE, /* these two of activities and members only */
	ROW_TOUCH,
	ROW_TIMES
};

enum row_flag {
	ROW_WON,
	ROW_IS_CLOSED,
	ROW_IS_CONVERTED,
	ROW_DELETED,
	ROW_FLAGS
};

enum tri { UNKNOWN, NO, YES };

/* A cell that could not be read, noted while parsing, counted on merging. */
struct problem {
	enum ledger_reason reason;
	int column;
	struct slice value;
};

#define PROBLEMS_MAX 8 /* kept per row; a row with more is as bad */

/* The value of a field before or after a change, but an owner's: that is in
 * text[ROW_OLD_STAGE] and text[ROW_STAGE], where every such value is. */
struct row_value {
	bool said; /* the file has the column, and the cell could be read */
	bool known; /* and is not blank */
	bool pending;
	char pending_mark;
	char currency[4]; /* that the cell said, else "" */
	int64_t amount;
	struct when when;
};

/* A row of an old/new log that is about another field than the stage. */
struct row_change {
	enum field_id field; /* FIELD_AMOUNT, FIELD_CLOSE_DATE, FIELD_OWNER,
				or FIELD_ID for none of them */
	struct row_value before, after;
};

struct typed_row {
	uint32_t line;
	bool skipped;
	bool lone; /* skipped, as furniture or ragged: see struct lone_row */
	enum ledger_reason reason;
	struct slice example;
	struct slice text[ROW_TEXTS];
	struct when time[ROW_TIMES];
	enum tri flag[ROW_FLAGS];
	bool has_amount, amount_pending;
	char pending_mark;
	int64_t amount;
	char currency[4]; /* that the amount's own cell said, else "" */
	uint32_t hash; /* of the cells that are used */
	uint32_t id_hash; /* intern_hash of the id */
	uint64_t whole_hash; /* of the same cells; of touches and costs only */
	struct when *stage_times; /* one per stage column */
	struct slice *wanted;
	struct row_change *change; /* NULL unless row_has_change */
	unsigned n_problems;
	struct problem problems[PROBLEMS_MAX];
};

/* What the columns of one file have proved so far. */
struct columns {
	struct date_column times[ROW_TIMES];
	struct date_column *stage_times;
	struct money_column amount;
	/* Of an old/new log: its values are of many fields, and each field
	 * proves its own. */
	struct money_column changed_amount;
	struct date_column changed_date;
	struct record_id_column ids;
};

/* Room for rewritten ids: 3 x ID_COPY_MAX bytes a row. */
struct id_pool {
	char *bytes;
	size_t used;
};

extern const enum field_id row_time_fields[ROW_TIMES];

/* The column of the file that feeds a part of the row, or -1. */
int row_text_column(const struct reader *reader, enum row_text part);
/* The same for a time. */
int row_time_column(const struct reader *reader, enum row_time part);
int row_attribute_column(const struct reader *reader, size_t attribute);
/* The column of a history that says what held from the time of its row on
 * (amount, close date, owner), or -1. An old/new log has none: what stands
 * there beside a change is of today. */
int row_value_column(const struct reader *reader, enum field_id field);
/* The file is an old/new log, and changes of other fields are kept. */
bool row_has_change(const struct reader *reader);
/* Asks the file for the cells that row_read looks at, and no others. */
void row_want_columns(struct reader *reader);

/* Fails only where a column contradicts its own proof. typed is zeroed but
 * for its arrays. */
int row_read(const struct reader *reader, struct columns *columns,
    struct id_pool *ids, const struct csv_row *row, struct typed_row *typed,
    struct fnl_err *err);

struct columns columns_new(const struct reader *reader);
/* Some column holds values of both readings and no proof yet. */
bool
columns_undecided(const struct reader *reader, const struct columns *columns);
/* The error that such a column is at the end of the file, else 0. */
int columns_refuse(const struct reader *reader, const struct columns *columns,
    struct fnl_err *err);
/* Pending dates and amounts by what the columns proved. */
void row_resolve(const struct reader *reader, const struct columns *columns,
    struct typed_row *row);

#endif
