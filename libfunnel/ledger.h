/*
 * ledger: where every row that was not used, and every cell that could not
 * be read, is counted under a reason with its first location. Nothing is
 * dropped in silence: rows read = rows used + rows of the ledger.
 */
#ifndef FUNNEL_LEDGER_H
#define FUNNEL_LEDGER_H

#include "table.h"

enum ledger_reason {
	/* Rows that were not used. */
	LEDGER_TITLE, /* above the header */
	LEDGER_FURNITURE, /* totals, copyright lines */
	LEDGER_BLANK,
	LEDGER_MALFORMED,
	LEDGER_TOO_LONG,
	LEDGER_RAGGED,
	LEDGER_NO_ID,
	LEDGER_DESTROYED_ID,
	LEDGER_DELETED,
	LEDGER_DUPLICATE,
	LEDGER_OTHER_FIELD,
	LEDGER_UNCHANGED,
	LEDGER_UNKNOWN_STAGE,
	LEDGER_NO_STAGE,
	LEDGER_NO_TIME,
	LEDGER_NOT_A_RECORD,
	LEDGER_NO_TOUCH,
	LEDGER_UNDATED,
	LEDGER_UNJOINED,
	LEDGER_NO_COST,
	LEDGER_BAD_PATH,
	/* Cells that are taken as unknown; their row was used. */
	LEDGER_BAD_TIME,
	LEDGER_FOREIGN_CALENDAR,
	LEDGER_BAD_AMOUNT,
	LEDGER_BAD_FLAG,
	LEDGER_BAD_LINK,
	LEDGER_BAD_OUTCOME,
	LEDGER_CELL_STAGE,
	LEDGER_CONFLICT,
	LEDGER_REASONS
};

struct ledger_info {
	const char *name; /* stable, what --ledger writes */
	const char *title; /* for the summary, after "N rows: " */
	const char *remedy; /* what the user can do, or NULL */
	bool is_row; /* counts whole rows, else cells */
	bool is_bad; /* counts towards --max-bad and --strict */
};

extern const struct ledger_info ledger_reasons[LEDGER_REASONS];

struct ledger_entry {
	uint64_t count;
	uint32_t line; /* of the first one */
	const char *column; /* of the first one, or NULL */
	const char *value; /* of the first one, or NULL */
};

struct ledger_file {
	const char *path;
	uint64_t rows; /* data rows read: all below the header but blanks */
	uint64_t used;
	struct ledger_entry entries[LEDGER_REASONS];
};

struct ledger {
	struct arena *arena;
	struct vec files; /* of struct ledger_file */
	bool strict; /* the first bad row or cell is an error */
};

struct ledger *ledger_new(struct arena *arena, bool strict);
struct ledger_file *ledger_open(struct ledger *ledger, const char *path);

/* Counts one (rows: the number of physical lines it took). column may be
 * NULL, value empty. With strict, a bad one fails with its location. */
int ledger_add(struct ledger *ledger, struct ledger_file *file,
    enum ledger_reason reason, uint32_t line, const char *column,
    struct slice value, struct fnl_err *err);

/* Takes in the files of another run. Of a file that both read, what was left
 * out most of: a run looks at what it needs. */
void ledger_merge(struct ledger *ledger, const struct ledger *other);

uint64_t ledger_bad(const struct ledger *ledger); /* rows and cells */

/* One row a file and reason: file, reason, scope, count, first line, column,
 * value, remedy; and the rows used. */
struct table *ledger_table(const struct ledger *ledger, struct arena *arena);

/* The summary as lines, in the order of files and reasons: what people read
 * on stderr. Only what they may want to act on, unless all. */
const char *
ledger_summary(const struct ledger *ledger, struct arena *arena, bool all);

#endif
