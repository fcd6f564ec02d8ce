/*
 * csvin: lines to rows of cells. The only file that knows libcsv: dialect,
 * header, physical line of a row, limits.
 *
 * Rows come in batches that a caller can hand to a worker whole: a batch
 * holds its own text and refers to nothing that changes until the next call,
 * which reuses its memory.
 */
#ifndef FUNNEL_CSVIN_H
#define FUNNEL_CSVIN_H

#include "lines.h" /* enum csv_encoding */

#define CSVIN_MAX_FIELD (1u << 20) /* bytes of one cell */
#define CSVIN_MAX_ROW (8u << 20) /* bytes of one row */
#define CSVIN_MAX_COLUMNS 8192
#define CSVIN_SNIFF_ROWS LINES_FIRST /* where a header can stand */

enum csv_row_kind {
	CSV_ROW, /* an ordinary row */
	CSV_MALFORMED, /* no fields; its fault says why. Only the line where
			  it starts was skipped, reading goes on at the next */
};

/* Why a row is malformed. */
enum csv_fault {
	CSV_FAULT_NONE,
	CSV_FAULT_QUOTE, /* one that strict CSV does not allow, or that is
			    still open at the end of the file */
	CSV_FAULT_LONG_CELL, /* above CSVIN_MAX_FIELD */
	CSV_FAULT_LONG_ROW, /* above CSVIN_MAX_ROW */
	CSV_FAULT_MANY_CELLS, /* more than CSVIN_MAX_COLUMNS */
};

struct csv_row {
	uint32_t line; /* physical line of its first byte, from 1 */
	uint32_t last_line;
	uint32_t n_fields;
	enum csv_row_kind kind;
	enum csv_fault fault;
	bool filled; /* some cell holds text, wanted or not */
	const struct slice *fields; /* n_fields; p == NULL: the cell is
				       empty without quotes */
};

struct csv_batch {
	struct csv_row *rows;
	size_t n_rows;
};

/* What the bytes turned out to be; final once csvin_read has returned 0. */
struct csv_facts {
	enum csv_encoding encoding;
	char delimiter;
	uint64_t bytes; /* read from the file */
	uint64_t lines; /* physical */
	uint64_t blank_lines;
	uint64_t windows_1252_lines; /* lines that were not UTF-8 */
	uint32_t first_windows_1252_line;
	bool unterminated; /* the end of the file was met in a quoted cell;
			      where that started is a malformed row */
};

struct csvin;

/*
 * How much a row looks like a header: 0 is not at all. Called with the rows
 * of the first block under each candidate delimiter; the highest score wins,
 * then the earlier row, then the one with more cells. So where every score is
 * 0 the header is the first row that is not blank.
 */
typedef unsigned (*csv_header_score)(void *context, const struct csv_row *row);

struct csvin_options {
	char delimiter; /* 0: found from the header among , ; and tab */
	csv_header_score score; /* NULL: the first row that is not blank */
	void *context;
	struct digests *digests; /* see lines.h; may be NULL */
};

/*
 * Opens path ("-" is standard input), refuses what is no CSV (XLSX, ZIP,
 * gzip, PDF, HTML, old XLS, a directory, NUL bytes outside UTF-16, an empty
 * file) with what to do instead, and finds encoding, delimiter and header.
 * options may be NULL. A file of a header alone is fine.
 */
int csvin_open(struct arena *arena, const char *path,
    const struct csvin_options *options, struct csvin **out,
    struct fnl_err *err);

/* The same for bytes that stay where they are until the end; block is how
 * many of them come at a time, 0 for as many as from a file. For tests. */
int csvin_open_memory(struct arena *arena, struct slice bytes, size_t block,
    const struct csvin_options *options, struct csvin **out,
    struct fnl_err *err);

/* The header row; rows above it (title lines) in *above. */
const struct csv_row *
csvin_header(const struct csvin *in, const struct csv_batch **above);

/* Columns whose cells are wanted; others come as empty slices. Without a
 * call all are. wanted has n flags. */
void csvin_want(struct csvin *in, const bool *wanted, size_t n);

/* The next rows after the header: 1 with a batch, 0 at the end, -1 on error.
 * The batch is valid until the next call. */
int
csvin_read(struct csvin *in, const struct csv_batch **out, struct fnl_err *err);

const struct csv_facts *csvin_facts(const struct csvin *in);
/* Shares of the file read, 0..1, or NaN where the size is not known. */
double csvin_progress(const struct csvin *in);
void csvin_close(struct csvin *in); /* also happens with the arena */

#endif
