/*
 * reader.c: open and bind a file; the loop over its batches.
 */
#include <inttypes.h>
#include <string.h>

#include "accept.h"
#include "chunk.h"
#include "merge.h"

#define MERGE_GROUP 32 /* rows whose records are fetched together */
#define HELD_ROWS_MAX 1000000 /* that wait for the proof of a date order */

struct held { /* a chunk that waits for the proof of a date order */
	struct held *next;
	struct chunk *chunk;
};

int
reader_attribute(
    const struct reader *reader, const struct attribute_source *attribute)
{
	const struct binding *b = &reader->binding;

	if (attribute->field >= 0 && b->column[attribute->field] >= 0)
		return b->column[attribute->field];
	return b->wanted[attribute->wanted];
}

static int
fail_no_id(const struct reader *reader, struct fnl_err *err)
{
	const struct binding *b = &reader->binding;

	if (b->n_columns < 2)
		return fail(err, FNL_DATA,
		    "%s: the header is one column, '%s': if its delimiter is "
		    "none of comma, semicolon and tab, export with one of "
		    "those",
		    reader->path, b->n_columns ? b->header[0] : "");
	return fail(err, FNL_DATA,
	    "%s: no column holds the record id; name it with --map "
	    "id=COLUMN%s",
	    reader->path,
	    shape_is_history(b->shape)
		? ""
		: ", or say --no-id when every row is a record of its own");
}

/* Anything with an id is no list of leads or deals yet: some column must tell
 * how or when the records stand. */
static int
check_state(const struct reader *reader, struct fnl_err *err)
{
	static const enum field_id telling[] = { FIELD_STAGE, FIELD_STATUS,
		FIELD_OUTCOME, FIELD_IS_WON, FIELD_IS_CLOSED, FIELD_CREATED,
		FIELD_CLOSE_DATE, FIELD_IS_CONVERTED, FIELD_MERGED_INTO };
	const struct binding *b = &reader->binding;

	if (b->shape != SHAPE_RECORD_LIST)
		return 0;
	for (size_t i = 0; i < sizeof(telling) / sizeof(*telling); i++)
		if (b->column[telling[i]] >= 0)
			return 0;
	return fail(err, FNL_DATA,
	    "%s: no column tells a stage, an outcome or a date; name it with "
	    "--map stage=COLUMN (see funnel-csv(5))",
	    reader->path);
}

static int
check_id(struct reader *reader, struct fnl_err *err)
{
	const struct binding *b = &reader->binding;

	if (b->shape == SHAPE_OTHER || row_text_column(reader, ROW_ID) >= 0)
		return 0;
	reader->no_id = reader->options->no_id && !shape_is_history(b->shape);
	return reader->no_id ? 0 : fail_no_id(reader, err);
}

int
reader_open(struct arena *arena, const char *path,
    const struct read_options *options, struct reader **out,
    struct fnl_err *err)
{
	struct bind_request *request = arena_alloc(arena, sizeof(*request));
	struct reader *reader = arena_alloc(arena, sizeof(*reader));
	struct csvin_options csv = { .delimiter = options->delimiter,
		.score = schema_header_score,
		.context = request,
		.digests = options->digests };

	*request = options->bind;
	reader->arena = arena;
	reader->path = strcmp(path, "-") ? path : "(standard input)";
	reader->options = options;
	if (csvin_open(arena, path, &csv, &reader->in, err) < 0 ||
	    schema_bind(arena, reader->path,
		csvin_header(reader->in, &reader->above), request,
		&reader->binding, err) < 0)
		return -1;
	reader->period_rows = vec_new(arena, sizeof(struct period_row));
	reader->lone_rows = vec_new(arena, sizeof(struct lone_row));
	reader->salesforce = reader->binding.preset->salesforce_ids;
	row_want_columns(reader);
	*out = reader;
	return check_id(reader, err) < 0 ? -1 : check_state(reader, err);
}

/* Rows of one batch name records all over the memory: the next few are
 * fetched together. */
static void
warm_group(const struct merge *merge, const struct chunk *chunk, size_t first)
{
	uint32_t hashes[MERGE_GROUP];
	size_t n = 0;

	for (size_t i = first; i < chunk->n_rows && n < MERGE_GROUP; i++)
		hashes[n++] = chunk->rows[i].id_hash;
	store_warm(merge->store, hashes, n);
}

/* What takes the chunks of a file, in the order of input. */
struct sink {
	struct reader *reader;
	int (*chunk)(const struct sink *sink, const struct columns *columns,
	    struct chunk *chunk, struct fnl_err *err);
	const struct merge *merge;
	const struct row_taker *taker;
};

static int
merge_chunk(const struct sink *sink, const struct columns *columns,
    struct chunk *chunk, struct fnl_err *err)
{
	const struct merge *merge = sink->merge;

	for (size_t i = 0; i < chunk->n_rows; i++) {
		struct typed_row *row = &chunk->rows[i];

		if (i % MERGE_GROUP == 0)
			warm_group(merge, chunk, i);
		if (!row->skipped || row->reason == LEDGER_NOT_A_RECORD)
			row_resolve(merge->reader, columns, row);
		if (merge_row(merge, row, err) < 0)
			return -1;
	}
	return 0;
}

static int
take_chunk(const struct sink *sink, const struct columns *columns,
    struct chunk *chunk, struct fnl_err *err)
{
	const struct row_taker *taker = sink->taker;

	for (size_t i = 0; i < chunk->n_rows; i++) {
		struct typed_row *row = &chunk->rows[i];
		size_t left = chunk->n_rows - i;
		int used;

		if (taker->warm && i % WARM_ROWS == 0)
			taker->warm(taker->context, row,
			    left < WARM_ROWS ? left : WARM_ROWS);
		used = accept_row(sink->reader, taker->ledger, row, err);
		if (used < 0)
			return -1;
		if (!used)
			continue;
		row_resolve(sink->reader, columns, row);
		if (accept_problems(sink->reader, taker->ledger, row, err) <
			0 ||
		    taker->take(taker->context, row, err) < 0)
			return -1;
	}
	return 0;
}

static int
release(const struct sink *sink, const struct columns *columns,
    struct held **first, struct fnl_err *err)
{
	for (struct held *h = *first; h; h = h->next)
		if (sink->chunk(sink, columns, h->chunk, err) < 0)
			return -1;
	*first = NULL;
	return 0;
}

static void
report_progress(const struct reader *reader)
{
	const struct read_options *o = reader->options;

	if (o->progress)
		o->progress(o->progress_context, reader->path,
		    csvin_progress(reader->in));
}

/* Chunks are held back while a column has not proved its order. */
static int
read_batches(
    const struct sink *sink, struct columns *columns, struct fnl_err *err)
{
	struct reader *reader = sink->reader;
	struct held *first = NULL, **last = &first;
	struct chunk chunk = { 0 };
	const struct csv_batch *batch;
	size_t n_held = 0;
	int more;

	while ((more = csvin_read(reader->in, &batch, err)) > 0) {
		if (chunk_parse(reader, batch, columns, &chunk, err) < 0)
			return -1;
		report_progress(reader);
		if (columns_undecided(reader, columns)) {
			n_held += batch->n_rows;
			if (n_held > HELD_ROWS_MAX)
				break;
			*last = arena_alloc(reader->arena, sizeof(**last));
			(*last)->chunk = chunk_keep(reader, &chunk);
			last = &(*last)->next;
			continue;
		}
		if (release(sink, columns, &first, err) < 0 ||
		    sink->chunk(sink, columns, &chunk, err) < 0)
			return -1;
		last = &first;
		n_held = 0;
	}
	if (more < 0 || columns_refuse(reader, columns, err) < 0)
		return -1;
	return release(sink, columns, &first, err);
}

static int
count_outside_data(
    const struct reader *reader, struct ledger *ledger, struct fnl_err *err)
{
	const struct csv_facts *facts = csvin_facts(reader->in);
	struct ledger_entry *blank =
	    &reader->ledger_file->entries[LEDGER_BLANK];

	for (size_t i = 0; reader->above && i < reader->above->n_rows; i++)
		if (ledger_add(ledger, reader->ledger_file, LEDGER_TITLE,
			reader->above->rows[i].line, NULL,
			reader->above->rows[i].n_fields
			    ? slice_trim(reader->above->rows[i].fields[0])
			    : SLICE(""),
			err) < 0)
			return -1;
	blank->count += facts->blank_lines;
	return 0;
}

static int
refuse_rounded(const struct reader *reader, const struct columns *columns,
    struct fnl_err *err)
{
	if (!record_id_column_rounded(&columns->ids))
		return 0;
	return fail(err, FNL_DATA,
	    "%s: every long id ends in 00: a spreadsheet has rounded them; "
	    "export again and do not save the file from a spreadsheet",
	    reader->path);
}

int
reader_load(struct reader *reader, struct store *store, struct fnl_err *err)
{
	struct columns columns = columns_new(reader);
	struct merge merge = merge_new(reader, store);
	struct sink sink = {
		.reader = reader, .chunk = merge_chunk, .merge = &merge
	};

	reader->ledger_file = ledger_open(store->ledger, reader->path);
	if (reader->binding.n_stages || shape_is_history(reader->binding.shape))
		store->histories = true;
	if (read_batches(&sink, &columns, err) < 0 ||
	    merge_end(&merge, err) < 0 ||
	    count_outside_data(reader, store->ledger, err) < 0 ||
	    refuse_rounded(reader, &columns, err) < 0)
		return -1;
	csvin_close(reader->in);
	return 0;
}

int
reader_take(
    struct reader *reader, const struct row_taker *taker, struct fnl_err *err)
{
	struct columns columns = columns_new(reader);
	struct sink sink = {
		.reader = reader, .chunk = take_chunk, .taker = taker
	};

	reader->ledger_file = ledger_open(taker->ledger, reader->path);
	if (read_batches(&sink, &columns, err) < 0 ||
	    accept_end(reader, taker->ledger, err) < 0 ||
	    count_outside_data(reader, taker->ledger, err) < 0 ||
	    refuse_rounded(reader, &columns, err) < 0)
		return -1;
	csvin_close(reader->in);
	return 0;
}
