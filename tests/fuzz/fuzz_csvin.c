/*
 * fuzz_csvin: any bytes. Checked: lines rise and each is in one row or blank,
 * a malformed row has one, limits hold, cells stay readable, and the rows are
 * the same whatever the size of the blocks that the bytes come in.
 */
#include <stdlib.h>

#include "csvin.h"

#define CHECK(condition)          \
	do                        \
		if (!(condition)) \
			abort();  \
	while (0)

struct reading {
	bool opened, read; /* to the end */
	struct csv_facts facts;
	uint32_t header_line;
	uint64_t n_rows;
	uint64_t digest; /* of everything in the rows */
	uint32_t line; /* the last line of the last row */
	uint64_t lines; /* of all rows */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
mix(struct reading *reading, uint64_t value)
{
	reading->digest = (reading->digest ^ value) * UINT64_C(0x100000001b3);
}

static void
check_row(struct reading *reading, const struct csv_row *row)
{
	CHECK(row->line > reading->line && row->last_line >= row->line);
	CHECK(row->n_fields <= CSVIN_MAX_COLUMNS);
	CHECK(row->kind == CSV_MALFORMED
		  ? row->n_fields == 0 && row->last_line == row->line
		  : row->n_fields > 0);
	CHECK((row->kind == CSV_MALFORMED) == (row->fault != CSV_FAULT_NONE));
	mix(reading, row->line);
	mix(reading, row->last_line);
	mix(reading, row->fault);
	for (uint32_t i = 0; i < row->n_fields; i++) {
		struct slice cell = row->fields[i];

		CHECK(cell.p ? cell.n <= CSVIN_MAX_FIELD : cell.n == 0);
		CHECK(utf8_valid_prefix(cell) == cell.n);
		mix(reading, cell.p ? hash_bytes(cell.p, cell.n) : 1);
	}
	reading->line = row->last_line;
	reading->lines += row->last_line - row->line + 1;
	reading->n_rows++;
}

static void
check_batch(struct reading *reading, const struct csv_batch *batch)
{
	for (size_t i = 0; i < batch->n_rows; i++)
		check_row(reading, &batch->rows[i]);
}

static void
read_rows(struct reading *reading, struct csvin *in)
{
	const struct csv_batch *batch;
	const struct csv_row *header = csvin_header(in, &batch);
	int status;

	check_batch(reading, batch);
	check_row(reading, header);
	reading->header_line = header->line;
	while ((status = csvin_read(in, &batch, NULL)) > 0)
		check_batch(reading, batch);
	reading->facts = *csvin_facts(in);
	reading->read = status == 0;
	CHECK(!reading->read || reading->lines + reading->facts.blank_lines ==
				    reading->facts.lines);
}

static struct reading
read_blocks(struct slice bytes, size_t block)
{
	struct reading reading = { 0 };
	struct arena *arena = arena_new();
	struct csvin *in;

	CHECK(arena && !setjmp(*arena_catch(arena)));
	reading.opened =
	    csvin_open_memory(arena, bytes, block, NULL, &in, NULL) == 0;
	if (reading.opened)
		read_rows(&reading, in);
	arena_free(arena);
	return reading;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice bytes = { (const char *)data, size };
	struct reading a = read_blocks(bytes, 0);
	struct reading b = read_blocks(bytes, 1 + size % 61);

	/* With small blocks the header is looked for in less of the file. */
	if (!a.read || !b.opened || a.header_line != b.header_line ||
	    a.facts.delimiter != b.facts.delimiter)
		return 0;
	CHECK(b.read && a.n_rows == b.n_rows && a.digest == b.digest);
	CHECK(a.facts.bytes == size && a.facts.lines == b.facts.lines);
	CHECK(a.facts.blank_lines == b.facts.blank_lines);
	CHECK(a.facts.windows_1252_lines == b.facts.windows_1252_lines);
	CHECK(a.facts.unterminated == b.facts.unterminated);
	return 0;
}
