/*
 * csvin: lines to rows of cells; the only file that knows libcsv.
 *
 * The decision that shaped it: libcsv is fed one whole physical line at a
 * time. That gives exact line numbers (libcsv has none), and a row that fails
 * costs the line where it starts and no more: the parser starts afresh at the
 * next one, which is kept for that. It costs a few percent of the parse.
 *
 * Reading lines again cannot become quadratic. In strict mode a cell is open
 * at the end of a line if and only if the row so far has an odd number of
 * quotes. So when a row fails, every line between its first and the one that
 * failed has an even number of them (mostly none) and, read by itself, is a
 * row of one line, good or bad; only the line that failed, the last one kept,
 * can open a row that goes on. Each line is thus fed at most twice: inside a
 * row that fails and alone, or as the end of one and the start of the next.
 * What is kept is at most CSVIN_MAX_ROW and a line.
 *
 * Room for whatever a line can hold is reserved before it is fed, so that
 * nothing in libcsv's callbacks can fail.
 */
#include <csv.h>
#include <inttypes.h>
#include <string.h>

#include "csvin.h"

#define ENTRY_SIZE (CSVIN_MAX_FIELD + 2) /* closing quote, look-ahead */
#define CHUNK_SIZE ((size_t)512 << 10) /* a batch of the usual size */
#define AGAIN_SIZE (CHUNK_SIZE / 2) /* what a batch takes of lines kept */

/* Text of cells; a chunk never moves, so that slices may point into it. */
struct chunk {
	struct chunk *next;
	size_t size;
	char text[];
};

/* What one batch holds. */
struct pool {
	struct csv_batch batch;
	size_t rows_size; /* in bytes, as the next */
	struct slice *fields; /* those of all rows, one after the other */
	size_t fields_size;
	size_t n_fields;
	struct chunk *chunks;
	struct chunk *chunk; /* the one in use, and in it: */
	char *at;
	size_t room;
	size_t n_again; /* bytes of lines read again */
};

/* The lines of the open row after its first, and of a row that was given up
 * those to be read again: each as its size, then its text. */
struct kept {
	char *p;
	size_t size;
	size_t n;
	size_t at; /* the next to be read again; n: none */
	size_t row; /* where the open row's second line is or would be */
};

struct csvin {
	struct arena *arena;
	struct lines *lines;
	struct csv_parser parser;
	char *entry; /* libcsv's buffer for the cell it is in */

	uint32_t line; /* the last one that was fed */
	bool row_open;
	uint32_t row_line;
	size_t row_bytes;
	uint32_t n_cells; /* of the open row, and where they go: */
	bool filled; /* some cell of the open row holds text */
	struct slice *cells;
	uint32_t column_limit;
	struct kept kept;
	struct pool pool;

	struct csv_row header;
	struct csv_batch above;
	bool wanted[CSVIN_MAX_COLUMNS + 1];
	struct csv_facts facts;
};

/* ---- the memory of a batch ---- */

/* Room for one more row of as many cells as are allowed. */
static void
reserve_row(struct csvin *in)
{
	struct pool *pool = &in->pool;
	size_t rows = (pool->batch.n_rows + 1) * sizeof(*pool->batch.rows);
	size_t fields =
	    (pool->n_fields + CSVIN_MAX_COLUMNS + 1) * sizeof(*pool->fields);

	if (rows > pool->rows_size) {
		pool->rows_size = 2 * rows;
		pool->batch.rows =
		    arena_grow(in->arena, pool->batch.rows, 2 * rows);
	}
	if (fields > pool->fields_size) {
		pool->fields_size = 2 * fields;
		pool->fields = arena_grow(in->arena, pool->fields, 2 * fields);
	}
	in->cells = pool->fields + pool->n_fields;
}

static void
use_chunk(struct pool *pool, struct chunk *chunk)
{
	pool->chunk = chunk;
	pool->at = chunk ? chunk->text : NULL;
	pool->room = chunk ? chunk->size : 0;
}

static void
reserve_text(struct csvin *in, size_t n)
{
	struct pool *pool = &in->pool;
	struct chunk **link = pool->chunk ? &pool->chunk->next : &pool->chunks;
	struct chunk *chunk = *link;

	if (n <= pool->room)
		return;
	if (!chunk || chunk->size < n) {
		size_t size = n > CHUNK_SIZE ? 2 * n : CHUNK_SIZE;

		chunk = arena_alloc(in->arena, sizeof(*chunk) + size);
		chunk->size = size;
		chunk->next = *link;
		*link = chunk;
	}
	use_chunk(pool, chunk);
}

static void
clear_batch(struct csvin *in)
{
	in->pool.batch.n_rows = 0;
	in->pool.n_fields = 0;
	in->pool.n_again = 0;
	use_chunk(&in->pool, in->pool.chunks);
}

/* Tells the rows where their cells are, now that these do not move any
 * more. */
static const struct csv_batch *
finished_batch(struct csvin *in)
{
	const struct csv_batch *batch = &in->pool.batch;
	const struct slice *fields = in->pool.fields;

	for (size_t i = 0; i < batch->n_rows; i++) {
		batch->rows[i].fields = fields;
		fields += batch->rows[i].n_fields;
	}
	return batch;
}

/* ---- lines to rows ---- */

/* What is fed fits into the entry buffer or is over the limit. */
static void *
no_growth(void *old, size_t size)
{
	(void)old;
	(void)size;
	return NULL;
}

static void
no_free(void *block)
{
	(void)block;
}

/*
 * libcsv's allocator has no context to find an arena through, so the parser
 * is given its buffer beforehand and refused any growth: a cell above
 * CSVIN_MAX_FIELD then ends csv_parse with CSV_ENOMEM, which is the limit on
 * a field's size that libcsv itself does not have.
 */
static void
start_parser(struct csvin *in)
{
	csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
	csv_set_delim(&in->parser, (unsigned char)in->facts.delimiter);
	csv_set_realloc_func(&in->parser, no_growth);
	csv_set_free_func(&in->parser, no_free);
	in->parser.entry_buf = (unsigned char *)in->entry;
	in->parser.entry_size = ENTRY_SIZE;
}

static void
end_row(struct csvin *in, enum csv_fault fault)
{
	struct csv_batch *batch = &in->pool.batch;
	struct csv_row *row = &batch->rows[batch->n_rows++];

	row->line = in->row_line;
	row->last_line = in->line;
	row->kind = fault ? CSV_MALFORMED : CSV_ROW;
	row->fault = fault;
	row->filled = in->filled;
	row->n_fields = fault ? 0 : in->n_cells;
	in->pool.n_fields += row->n_fields;
	in->row_open = false;
}

/* Skips the line where the row starts; the next is the one after it. */
static void
give_up_row(struct csvin *in, enum csv_fault fault)
{
	in->line = in->row_line;
	in->kept.at = in->kept.row;
	end_row(in, fault);
	start_parser(in);
}

static void
take_cell(void *text, size_t n, void *context)
{
	struct csvin *in = context;
	struct slice *cell = in->cells + in->n_cells;

	if (in->n_cells > CSVIN_MAX_COLUMNS)
		return;
	*cell = (struct slice){ NULL, 0 };
	in->filled |= n != 0;
	if (text && in->wanted[in->n_cells]) {
		*cell = (struct slice){ in->pool.at, n };
		memcpy(in->pool.at, text, n);
		in->pool.at += n;
		in->pool.room -= n;
	}
	in->n_cells++;
}

static void
take_row(int end, void *context)
{
	struct csvin *in = context;

	(void)end;
	if (in->n_cells <= in->column_limit)
		end_row(in, CSV_FAULT_NONE);
}

/* Whether libcsv would drop the line without a word. */
static bool
is_blank(struct slice line, char delimiter)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == delimiter || !memchr(" \t\r\n", line.p[i], 4))
			return false;
	return true;
}

static void
start_row(struct csvin *in)
{
	if (in->kept.at == in->kept.n)
		in->kept.at = in->kept.n = 0;
	in->row_open = true;
	in->row_line = in->line;
	in->row_bytes = 0;
	in->n_cells = 0;
	in->filled = false;
	in->kept.row = in->kept.at;
}

static enum csv_fault
feed(struct csvin *in, const struct line *line)
{
	struct slice text = line->text;

	in->row_bytes += text.n;
	if (line->cut || in->row_bytes > CSVIN_MAX_ROW)
		return CSV_FAULT_LONG_ROW;
	if (csv_parse(&in->parser, text.p, text.n, take_cell, take_row, in) !=
	    text.n)
		return csv_error(&in->parser) == CSV_ENOMEM
			   ? CSV_FAULT_LONG_CELL
			   : CSV_FAULT_QUOTE;
	return in->n_cells > in->column_limit ? CSV_FAULT_MANY_CELLS
					      : CSV_FAULT_NONE;
}

static void
take_line(struct csvin *in, const struct line *line)
{
	enum csv_fault fault;

	in->line = line->number;
	if (!in->row_open) {
		if (!line->cut && is_blank(line->text, in->facts.delimiter)) {
			in->facts.blank_lines++;
			return;
		}
		start_row(in);
	}
	reserve_row(in);
	reserve_text(in, in->parser.entry_pos + line->text.n);
	fault = feed(in, line);
	if (fault)
		give_up_row(in, fault);
}

static void
take_end(struct csvin *in)
{
	if (csv_fini(&in->parser, take_cell, take_row, in)) {
		in->facts.unterminated = true;
		give_up_row(in, CSV_FAULT_QUOTE);
	} else if (in->n_cells > in->column_limit) {
		give_up_row(in, CSV_FAULT_MANY_CELLS);
	}
}

/* A line that was cut is kept without its text: there is no other way for a
 * line to be empty. */
static void
keep_line(struct csvin *in, const struct line *line)
{
	struct kept *kept = &in->kept;
	uint32_t n = line->cut ? 0 : (uint32_t)line->text.n;
	size_t end = kept->n + sizeof(n) + n;

	if (end > kept->size) {
		kept->size = 2 * end;
		kept->p = arena_grow(in->arena, kept->p, kept->size);
	}
	memcpy(kept->p + kept->n, &n, sizeof(n));
	memcpy(kept->p + kept->n + sizeof(n), line->text.p, n);
	kept->n = kept->at = end;
}

static void
read_again(struct csvin *in, struct line *line)
{
	struct kept *kept = &in->kept;
	const char *p = kept->p + kept->at;
	uint32_t n;

	memcpy(&n, p, sizeof(n));
	line->text = (struct slice){ p + sizeof(n), n };
	line->number = in->line + 1;
	line->cut = n == 0;
	kept->at += sizeof(n) + n;
	in->pool.n_again += n;
}

/* What was kept comes before what was never read. */
static bool
next_line(struct csvin *in, struct line *line)
{
	if (in->kept.at < in->kept.n) {
		read_again(in, line);
		return true;
	}
	if (!lines_next(in->lines, line))
		return false;
	if (in->row_open)
		keep_line(in, line);
	return true;
}

/* Lines read again come as blocks do, lest a batch grows to a whole row of
 * the limit taken apart. */
static bool
is_full(const struct csvin *in, size_t max_rows)
{
	const struct pool *pool = &in->pool;

	return pool->batch.n_rows >= max_rows ||
	       (pool->n_again > AGAIN_SIZE && pool->batch.n_rows &&
		   !in->row_open);
}

/* Parses the lines that are there, up to max_rows rows in the batch. */
static void
parse(struct csvin *in, size_t max_rows)
{
	struct line line;

	while (!is_full(in, max_rows)) {
		if (next_line(in, &line))
			take_line(in, &line);
		else if (in->row_open && lines_ended(in->lines))
			take_end(in);
		else
			return;
	}
}

/* ---- the header ---- */

#define IS_IT_CSV " (is it a CSV export?)"

/* Back to the first line, with another delimiter. */
static void
restart(struct csvin *in, char delimiter)
{
	in->facts.delimiter = delimiter;
	in->facts.blank_lines = 0;
	in->facts.unterminated = false;
	in->row_open = false;
	in->kept.n = in->kept.at = 0;
	clear_batch(in);
	start_parser(in);
	lines_rewind(in->lines);
}

/* A row that may be the header. */
struct candidate {
	unsigned score;
	uint32_t line;
	uint32_t n_fields; /* 0: there is none */
	size_t row;
	char delimiter;
};

static bool
is_better(const struct candidate *a, const struct candidate *b)
{
	if (!b->n_fields || a->score != b->score)
		return !b->n_fields || a->score > b->score;
	if (a->line != b->line)
		return a->line < b->line;
	return a->n_fields > b->n_fields;
}

/* Nothing but blanks and delimiters, of whatever kind: ",,," is one cell
 * where the delimiter is taken to be ';'. */
static bool
says_nothing(const struct csv_row *row)
{
	static const char nothing[] = " \t\r\n,;\"";

	for (uint32_t i = 0; i < row->n_fields; i++)
		for (size_t k = 0; k < row->fields[i].n; k++)
			if (!strchr(nothing, row->fields[i].p[k]))
				return false;
	return true;
}

static void
weigh_rows(struct csvin *in, const struct csvin_options *options,
    struct candidate *best)
{
	const struct csv_batch *batch;

	parse(in, CSVIN_SNIFF_ROWS);
	batch = finished_batch(in);
	for (size_t i = 0; i < batch->n_rows; i++) {
		const struct csv_row *row = &batch->rows[i];
		struct candidate candidate = {
			.line = row->line,
			.n_fields = row->n_fields,
			.row = i,
			.delimiter = in->facts.delimiter,
		};

		if (says_nothing(row))
			continue;
		if (options->score)
			candidate.score = options->score(options->context, row);
		if (is_better(&candidate, best))
			*best = candidate;
	}
}

static const char *const header_faults[] = {
	[CSV_FAULT_QUOTE] = "its quotes do not match (a cell with quotes must "
			    "be quoted, the quotes in it doubled)",
	[CSV_FAULT_LONG_CELL] = "a cell has more than 1 MB" IS_IT_CSV,
	[CSV_FAULT_LONG_ROW] = "it has more than 8 MB" IS_IT_CSV,
};

_Static_assert(CSVIN_MAX_FIELD == 1u << 20 && CSVIN_MAX_ROW == 8u << 20,
    "the messages name these limits");

static int
no_header(const struct csvin *in, struct fnl_err *err)
{
	const struct csv_batch *batch = &in->pool.batch;
	const char *name = lines_name(in->lines);

	for (size_t i = 0; i < batch->n_rows; i++)
		if (batch->rows[i].kind == CSV_MALFORMED)
			return fail(err, FNL_DATA,
			    "cannot read line %" PRIu32
			    " of '%s' as a header: %s",
			    batch->rows[i].line, name,
			    header_faults[batch->rows[i].fault]);
	if (in->row_open)
		return fail(err, FNL_DATA,
		    "line %" PRIu32 " of '%s' opens a quote that does not "
		    "close where the header should be (close it)",
		    in->row_line, name);
	/* Opening has loaded this much to find the end of a line with words
	 * in it. */
	if (in->line < CSVIN_SNIFF_ROWS && !lines_ended(in->lines))
		return fail(err, FNL_DATA,
		    "line %" PRIu32 " of '%s' has no end within %u MB, where "
		    "the header should be" IS_IT_CSV,
		    in->line + 1, name, CSVIN_MAX_ROW >> 20);
	return fail(err, FNL_DATA,
	    "'%s' has no header row in its first %" PRIu32 " lines" IS_IT_CSV,
	    name, in->line);
}

static int
check_header(
    const struct csvin *in, const struct candidate *best, struct fnl_err *err)
{
	const struct csv_batch *batch = &in->pool.batch;

	if (best->n_fields > CSVIN_MAX_COLUMNS)
		return fail(err, FNL_DATA,
		    "line %" PRIu32
		    " of '%s' has more than %d columns" IS_IT_CSV,
		    best->line, lines_name(in->lines), CSVIN_MAX_COLUMNS);
	/* Where nothing speaks for this row, one above it that could not be
	 * read may well be the header. */
	for (size_t i = 0; best->score == 0 && i < best->row; i++)
		if (batch->rows[i].kind == CSV_MALFORMED)
			return no_header(in, err);
	return 0;
}

static int
find_header(
    struct csvin *in, const struct csvin_options *options, struct fnl_err *err)
{
	const char given[] = { options->delimiter, '\0' };
	const char *delimiters = options->delimiter ? given : ",;\t";
	struct candidate best = { 0 };

	for (; *delimiters; delimiters++) {
		restart(in, *delimiters);
		weigh_rows(in, options, &best);
	}
	if (!best.n_fields)
		return no_header(in, err);
	restart(in, best.delimiter);
	parse(in, best.row + 1);
	in->above = *finished_batch(in);
	in->above.n_rows = best.row;
	in->header = in->above.rows[best.row];
	if (check_header(in, &best, err))
		return -1;
	in->pool = (struct pool){ 0 }; /* the header keeps the old one */
	in->column_limit = CSVIN_MAX_COLUMNS;
	return 0;
}

/* ---- the interface ---- */

/* What the lines know. */
static void
take_facts(struct csvin *in)
{
	const struct line_facts *facts = lines_facts(in->lines);

	in->facts.encoding = facts->encoding;
	in->facts.bytes = facts->bytes;
	in->facts.lines = facts->lines;
	in->facts.windows_1252_lines = facts->windows_1252_lines;
	in->facts.first_windows_1252_line = facts->first_windows_1252_line;
}

static struct csvin *
new_csvin(struct arena *arena)
{
	struct csvin *in = arena_alloc(arena, sizeof(*in));

	in->arena = arena;
	in->lines = lines_new(arena, CSVIN_MAX_ROW);
	in->column_limit = UINT32_MAX;
	in->entry = arena_alloc(arena, ENTRY_SIZE);
	memset(in->wanted, true, sizeof(in->wanted));
	return in;
}

/* Where the lines are open. */
static int
start(struct csvin *in, const struct csvin_options *options, struct csvin **out,
    struct fnl_err *err)
{
	static const struct csvin_options none;

	if (find_header(in, options ? options : &none, err)) {
		csvin_close(in);
		return -1;
	}
	take_facts(in);
	*out = in;
	return 0;
}

int
csvin_open(struct arena *arena, const char *path,
    const struct csvin_options *options, struct csvin **out,
    struct fnl_err *err)
{
	struct csvin *in = new_csvin(arena);

	lines_digest(in->lines, options ? options->digests : NULL);
	if (lines_open(in->lines, path, err))
		return -1;
	return start(in, options, out, err);
}

int
csvin_open_memory(struct arena *arena, struct slice bytes, size_t block,
    const struct csvin_options *options, struct csvin **out,
    struct fnl_err *err)
{
	struct csvin *in = new_csvin(arena);

	if (lines_open_memory(in->lines, bytes, block, err))
		return -1;
	return start(in, options, out, err);
}

const struct csv_row *
csvin_header(const struct csvin *in, const struct csv_batch **above)
{
	if (above)
		*above = &in->above;
	return &in->header;
}

void
csvin_want(struct csvin *in, const bool *wanted, size_t n)
{
	memset(in->wanted, false, sizeof(in->wanted));
	for (size_t i = 0; i < n && i < CSVIN_MAX_COLUMNS; i++)
		in->wanted[i] = wanted[i];
}

/*
 * A batch ends where the text so far does, except that the last row is
 * finished first: then no half row is carried from one batch to the next.
 */
int
csvin_read(struct csvin *in, const struct csv_batch **out, struct fnl_err *err)
{
	const size_t *n_rows = &in->pool.batch.n_rows;

	clear_batch(in);
	parse(in, SIZE_MAX);
	while ((*n_rows == 0 || in->row_open) && !lines_ended(in->lines)) {
		if (lines_load(in->lines, err))
			return -1;
		parse(in, *n_rows ? *n_rows + 1 : SIZE_MAX);
	}
	take_facts(in);
	*out = finished_batch(in);
	return *n_rows > 0;
}

const struct csv_facts *
csvin_facts(const struct csvin *in)
{
	return &in->facts;
}

double
csvin_progress(const struct csvin *in)
{
	return lines_progress(in->lines);
}

void
csvin_close(struct csvin *in)
{
	lines_close(in->lines);
}
