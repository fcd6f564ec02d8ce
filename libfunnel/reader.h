/*
 * reader: CSV rows to typed rows to the store.
 *
 * A batch of rows is parsed on its own into a chunk of typed rows (dates,
 * amounts, ids, flags), seeing only the binding; chunks are then merged into
 * the store in the order of input. That is the seam for threads.
 *
 * While a column has not yet proved whether it is day first or month first,
 * chunks are held back; proof releases them, and without proof the file is
 * refused.
 */
#ifndef FUNNEL_READER_H
#define FUNNEL_READER_H

#include "csvin.h"
#include "datetext.h"
#include "ledger.h"
#include "money.h"
#include "schema.h"

enum wide_dates { WIDE_UNKNOWN, WIDE_FIRST, WIDE_LATEST };
enum period_log { PERIOD_LOG_PROVE, PERIOD_LOG_ENTRY, PERIOD_LOG_EXIT };

struct read_options {
	struct bind_request bind;
	const struct zone *zone; /* where times without an offset were
				    written */
	enum date_order date_order;
	enum decimal_mark decimal;
	char delimiter; /* 0: found */
	bool no_id; /* a row without an id column is a record of its own */
	bool changes; /* of a history amount, close date and owner too */
	enum period_log period_log;
	/* Attributes of the store, in its order. */
	const struct attribute_source {
		int field; /* enum field_id, or -1 */
		int wanted; /* bind.wanted column for files without it */
		bool latest; /* of a history the latest value, whatever
				--seg-at says */
	} * attributes;
	size_t n_attributes;
	void (*progress)(void *context, const char *path, double share);
	void *progress_context;
	struct digests *digests; /* of the files that are read, or NULL */
};

struct store;

#define NO_CHANGE UINT32_MAX

/* A row of a period log, until it is known what its time means. */
struct period_row {
	uint32_t event; /* its event in the store */
	uint32_t change; /* its first logged change, or NO_CHANGE */
	struct when created; /* the row's own creation, where it has one */
};

/* A row whose only filled cell matches no known total or notice: furniture
 * when no full row follows it, else ragged (R43). */
struct lone_row {
	uint32_t line;
	const char *text;
};

/* One input file, opened and bound. */
struct reader {
	struct arena *arena;
	const char *path;
	struct csvin *in;
	struct binding binding;
	struct ledger_file *ledger_file;
	const struct read_options *options;
	const struct csv_batch *above; /* title lines */
	bool salesforce; /* ids of 15 and 18 characters are one id */
	bool no_id; /* the file has no id column, and may */
	const char *pipeline; /* of its first record, where columns differ */
	bool several_pipelines; /* its records are of more than that one */
	struct vec period_rows; /* struct period_row, of a period log */
	struct vec lone_rows; /* struct lone_row, since the last full row */
};

/* The column of the file that holds an attribute, or -1. */
int reader_attribute(
    const struct reader *reader, const struct attribute_source *attribute);

/* Opens and binds a file; nothing is read beyond its first block. */
int reader_open(struct arena *arena, const char *path,
    const struct read_options *options, struct reader **out,
    struct fnl_err *err);

struct typed_row;

/* What takes the rows of a file that holds no records (PURPOSE_TOUCHES,
 * PURPOSE_SPEND). It counts each row as used or gives it to the ledger. */
#define WARM_ROWS 32
struct row_taker {
	struct ledger *ledger;
	int (*take)(
	    void *context, const struct typed_row *row, struct fnl_err *err);
	void *context;
	/* Fetches what taking the next n rows will touch; may be NULL. */
	void (*warm)(void *context, const struct typed_row *rows, size_t n);
};

/* Hands over the rows that can be used, in the order of input, and closes the
 * file. */
int reader_take(
    struct reader *reader, const struct row_taker *taker, struct fnl_err *err);

/* Reads all rows into the store and closes the file. */
int
reader_load(struct reader *reader, struct store *store, struct fnl_err *err);

#endif
