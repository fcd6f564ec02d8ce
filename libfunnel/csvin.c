/*
 * csvin: lines to rows of cells; the only file that knows libcsv.
 *
 * The decision that shaped it: libcsv is fed one whole physical line at a
 * time. That gives exact line numbers (libcsv has none) and bounds what a
 * stray quote can destroy: after an error the parser starts afresh at the
 * next line. It costs a few percent of the parse.
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
	struct slice *cells;
	uint32_t column_limit;
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
end_row(struct csvin *in, enum csv_row_kind kind)
{
	struct csv_batch *batch = &in->pool.batch;
	struct csv_row *row = &batch->rows[batch->n_rows++];

	row->line = in->row_line;
	row->last_line = in->line;
	row->kind = kind;
	row->n_fields = kind == CSV_ROW ? in->n_cells : 0;
	in->pool.n_fields += row->n_fields;
	in->row_open = false;
}

static void
give_up_row(struct csvin *in)
{
	end_row(in, CSV_MALFORMED);
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
	end_row(in, in->n_cells > in->column_limit ? CSV_MALFORMED : CSV_ROW);
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
take_line(struct csvin *in, const struct line *line)
{
	struct slice text = line->text;

	in->line = line->number;
	if (!in->row_open) {
		if (!line->cut && is_blank(text, in->facts.delimiter)) {
			in->facts.blank_lines++;
			return;
		}
		in->row_open = true;
		in->row_line = line->number;
		in->row_bytes = 0;
		in->n_cells = 0;
	}
	in->row_bytes += text.n;
	reserve_row(in);
	reserve_text(in, in->parser.entry_pos + text.n);
	if (line->cut || in->row_bytes > CSVIN_MAX_ROW ||
	    csv_parse(&in->parser, text.p, text.n, take_cell, take_row, in) !=
		text.n)
		give_up_row(in);
}

/* Parses the lines that are there, up to max_rows rows in the batch. */
static void
parse(struct csvin *in, size_t max_rows)
{
	const size_t *n_rows = &in->pool.batch.n_rows;
	struct line line;

	while (*n_rows < max_rows && lines_next(in->lines, &line))
		take_line(in, &line);
	if (*n_rows == max_rows || !lines_ended(in->lines))
		return;
	if (csv_fini(&in->parser, take_cell, take_row, in)) {
		in->facts.unterminated = true;
		give_up_row(in);
	}
}

/* ---- the header ---- */

/* Back to the first line, with another delimiter. */
static void
restart(struct csvin *in, char delimiter)
{
	in->facts.delimiter = delimiter;
	in->facts.blank_lines = 0;
	in->facts.unterminated = false;
	in->row_open = false;
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

static int
no_header(const struct csvin *in, struct fnl_err *err)
{
	const struct csv_batch *batch = &in->pool.batch;

	for (size_t i = 0; i < batch->n_rows; i++)
		if (batch->rows[i].kind == CSV_MALFORMED)
			return fail(err, FNL_DATA,
			    "cannot read line %" PRIu32 " of '%s' as a header: "
			    "its quotes do not match (a cell with quotes must "
			    "be quoted, the quotes in it doubled)",
			    batch->rows[i].line, lines_name(in->lines));
	if (in->row_open)
		return fail(err, FNL_DATA,
		    "line %" PRIu32 " of '%s' opens a quote that does not "
		    "close where the header should be (close it)",
		    in->row_line, lines_name(in->lines));
	return fail(err, FNL_DATA,
	    "'%s' has no header row in its first %" PRIu32
	    " lines (is it a CSV export?)",
	    lines_name(in->lines), in->line);
}

static int
check_header(
    const struct csvin *in, const struct candidate *best, struct fnl_err *err)
{
	const struct csv_batch *batch = &in->pool.batch;

	if (best->n_fields > CSVIN_MAX_COLUMNS)
		return fail(err, FNL_DATA,
		    "line %" PRIu32
		    " of '%s' has more than %d columns (is it a CSV export?)",
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
