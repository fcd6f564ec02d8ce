/*
 * test_csvin: bytes to rows. Expected rows are written by hand after RFC 4180
 * and libcsv's manual; row counts of the shared files come from the csv
 * module of Python 3, their cells from the JSON beside them; Windows-1252
 * from iconv(3).
 */
#include <dirent.h>
#include <fcntl.h>
#include <iconv.h>
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

/* before cmocka.h, whose fail() is a macro */
#include "csvin.h"

#include <cmocka.h>

#include "arena_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
/* SLICE for tables, where a compound literal is no constant. */
#define CONST_SLICE(literal)                   \
	{                                      \
		(literal), sizeof(literal) - 1 \
	}
#define DUMP_MAX 4096
#define BLOCK (256u << 10) /* what one read gets */

/* ---- rows as text ---- */

static void
put(char out[DUMP_MAX], const char *text)
{
	size_t n = strlen(out);

	assert_true(n + strlen(text) < DUMP_MAX);
	snprintf(out + n, DUMP_MAX - n, "%s", text);
}

static void
put_cell(char out[DUMP_MAX], struct slice cell)
{
	put(out, "|");
	if (!cell.p)
		put(out, "~");
	for (size_t i = 0; i < cell.n; i++) {
		char c[2] = { cell.p[i], '\0' };

		put(out, *c == '\n' ? "\\n" : *c == '\r' ? "\\r" : c);
	}
}

static const char *const fault_marks[] = {
	[CSV_FAULT_NONE] = "",
	[CSV_FAULT_QUOTE] = "!",
	[CSV_FAULT_LONG_CELL] = "!cell",
	[CSV_FAULT_LONG_ROW] = "!row",
	[CSV_FAULT_MANY_CELLS] = "!cells",
};

/* "line-last|cell|cell" and a blank; ~ is a cell that is empty without
 * quotes, "line-last!" a malformed row, !cell, !row or !cells where a limit
 * is the reason. */
static void
put_row(char out[DUMP_MAX], const struct csv_row *row)
{
	char lines[32];

	snprintf(lines, sizeof(lines), "%s%" PRIu32 "-%" PRIu32 "%s",
	    *out ? " " : "", row->line, row->last_line,
	    fault_marks[row->fault]);
	put(out, lines);
	assert_int_equal(row->kind, row->fault ? CSV_MALFORMED : CSV_ROW);
	if (row->kind == CSV_MALFORMED)
		assert_int_equal(row->n_fields, 0);
	for (uint32_t i = 0; i < row->n_fields; i++)
		put_cell(out, row->fields[i]);
}

static void
put_rows(char out[DUMP_MAX], struct csvin *in)
{
	const struct csv_batch *batch;
	struct fnl_err err = { 0 };
	int status;

	while ((status = csvin_read(in, &batch, &err)) > 0)
		for (size_t i = 0; i < batch->n_rows; i++)
			put_row(out, &batch->rows[i]);
	if (status < 0)
		put(out, err.message);
}

static struct csvin *
open_bytes(struct arena *arena, struct slice bytes, size_t block,
    const struct csvin_options *options)
{
	struct fnl_err err = { 0 };
	struct csvin *in = NULL;

	if (csvin_open_memory(arena, bytes, block, options, &in, &err))
		fail_msg("%s", err.message);
	return in;
}

static uint64_t
count_rows(struct csvin *in, struct fnl_err *err)
{
	const struct csv_batch *batch;
	uint64_t rows = 0;

	while (csvin_read(in, &batch, err) > 0)
		rows += batch->n_rows;
	return rows;
}

/* Header and rows, whatever the size of the blocks. */
static void
assert_rows(struct slice bytes, const struct csvin_options *options,
    const char *expected)
{
	for (size_t block = 0; block < 9; block++) {
		struct arena *arena = arena_new();
		struct csvin *in = open_bytes(arena, bytes, block, options);
		char out[DUMP_MAX] = "";

		put_row(out, csvin_header(in, NULL));
		put_rows(out, in);
		assert_string_equal(out, expected);
		arena_free(arena);
	}
}

/* ---- dialect and lines ---- */

static const struct {
	struct slice text;
	const char *rows;
} row_cases[] = {
#define CASE(text, rows)                \
	{                               \
		CONST_SLICE(text), rows \
	}
	/* Line ends, blank lines, no final newline. */
	CASE("a,b\n1,2\n", "1-1|a|b 2-2|1|2"),
	CASE("a,b\n1,2", "1-1|a|b 2-2|1|2"),
	CASE("a,b\r\n1,2\r\n", "1-1|a|b 2-2|1|2"),
	CASE("a,b\r1,2\r3,4", "1-1|a|b 2-2|1|2 3-3|3|4"),
	CASE("a,b\r1,2\r", "1-1|a|b 2-2|1|2"),
	CASE("a,b\n1,2\r\n3,4\r5,6\n", "1-1|a|b 2-2|1|2 3-3|3|4 4-4|5|6"),
	CASE("a,b\n\r1,2\n", "1-1|a|b 3-3|1|2"),
	CASE("a,b\n\n \t\n\r\n1,2\n\n", "1-1|a|b 5-5|1|2"),
	CASE("\n\r\n  \na,b\n1,2\n", "4-4|a|b 5-5|1|2"),
	CASE("a\n", "1-1|a"),
	CASE("a,b", "1-1|a|b"),
	CASE("\"a\"", "1-1|a"),
	/* Blanks: trimmed off cells without quotes, kept within them. */
	CASE("a , b\n  1\t, \" 2 \" \n", "1-1|a|b 2-2|1| 2 "),
	/* Empty with and without quotes; short and long rows. */
	CASE("a,b,c\n1,,\"\"\n,,\n", "1-1|a|b|c 2-2|1|~| 3-3|~|~|~"),
	CASE("a,b\n1\n1,2,3\n\"\"\n", "1-1|a|b 2-2|1 3-3|1|2|3 4-4|"),
	CASE("a,b\n1,", "1-1|a|b 2-2|1|~"),
	/* Quotes: delimiters, doubled quotes and line ends within. */
	CASE("a,b\n\"1,5\",\"say \"\"x\"\"\"\n", "1-1|a|b 2-2|1,5|say \"x\""),
	CASE("a,b\n1,\"x\ny\"\n2,3\n", "1-1|a|b 2-3|1|x\\ny 4-4|2|3"),
	CASE("a,b\r\n1,\"x\r\n\r\ny\"\r\n2,3\r\n",
	    "1-1|a|b 2-4|1|x\\r\\n\\r\\ny 5-5|2|3"),
	CASE("a,b\n1,\"x\r\ny\rz\"\n2,3\n",
	    "1-1|a|b 2-4|1|x\\r\\ny\\rz 5-5|2|3"),
	CASE("\"a\nb\",c\n1,2\n", "1-2|a\\nb|c 3-3|1|2"),
	CASE(
	    "a,b\n\n\"x\n\n\n\",y\n\nz,\n", "1-1|a|b 3-6|x\\n\\n\\n|y 8-8|z|~"),
	/* Malformed: the line where the row starts, and no other. */
	CASE("a,b\n1,5\" pipe\n2,3\n", "1-1|a|b 2-2! 3-3|2|3"),
	CASE("a,b\n1,\"x\" y\n2,3\n", "1-1|a|b 2-2! 3-3|2|3"),
	CASE("a,b\n\"x\"y\n\"z\"w\n3,4", "1-1|a|b 2-2! 3-3! 4-4|3|4"),
	CASE("a,b\n\"", "1-1|a|b 2-2!"),
	CASE("a,b\n1,x\"", "1-1|a|b 2-2!"),
	CASE("a,b\r1,x\"\r2,3\r", "1-1|a|b 2-2! 3-3|2|3"),
	/* It fails in a later line, which is read again with all between. */
	CASE("a,b\n1,\"x\n2,\"y\"\n3,4\n", "1-1|a|b 2-2! 3-3|2|y 4-4|3|4"),
	CASE("a,b\n1,\"x\n2,3\n4,\"y\n5,6\n",
	    "1-1|a|b 2-2! 3-3|2|3 4-4! 5-5|5|6"),
	CASE("a,b\n1,\"x\n\n2,3\n \n4,\"y\nz\"\n5,6\n",
	    "1-1|a|b 2-2! 4-4|2|3 6-7|4|y\\nz 8-8|5|6"),
	CASE("a,b\n1,\"x\n2,\"y\n3,\"z\n4,5\n",
	    "1-1|a|b 2-2! 3-3! 4-4! 5-5|4|5"),
	CASE("a,b\n1,\"x\ny\"\",\"\"z\n2\"\n", "1-1|a|b 2-4|1|x\\ny\",\"z\\n2"),
	CASE("a,b\n1,\"x\ny\"\",\"\"z\n2\"3\n4,5",
	    "1-1|a|b 2-2! 3-3! 4-4! 5-5|4|5"),
	CASE("a,b\n1,\"x\n\"\",\"\"\n2,\"3\n4,5",
	    "1-1|a|b 2-2! 3-3|| 4-4! 5-5|4|5"),
	/* The file ends in the cell. */
	CASE("a,b\n1,2\n3,\"x\n4,5\n", "1-1|a|b 2-2|1|2 3-3! 4-4|4|5"),
	CASE("a,b\r\n1,\"x\r\n\r\n2,3\r4,5", "1-1|a|b 2-2! 4-4|2|3 5-5|4|5"),
	CASE("a,b\n1,\"x\n\n\n", "1-1|a|b 2-2!"),
	CASE("a,b\n1,\"\"\"\n2,\"\"\"\"\n3,4", "1-1|a|b 2-2! 3-3|2|\" 4-4|3|4"),
};

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(row_cases); i++)
		assert_rows(row_cases[i].text, NULL, row_cases[i].rows);
}

static void
test_facts(void **state)
{
	struct slice text = SLICE("a,b\n\n\"x\n\ny\",2\n \t\n4,\"z\n");
	struct csvin *in = open_bytes(*state, text, 0, NULL);
	const struct csv_facts *facts = csvin_facts(in);
	char out[DUMP_MAX] = "";

	assert_int_equal(facts->lines, 1);
	put_rows(out, in);
	assert_string_equal(out, "3-5|x\\n\\ny|2 7-7!");
	assert_int_equal(facts->encoding, CSV_UTF8);
	assert_int_equal(facts->delimiter, ',');
	assert_int_equal(facts->bytes, text.n);
	assert_int_equal(facts->lines, 7);
	assert_int_equal(facts->blank_lines, 2);
	assert_int_equal(facts->windows_1252_lines, 0);
	assert_true(facts->unterminated);
	/* The end stays the end. */
	put_rows(out, in);
	assert_string_equal(out, "3-5|x\\n\\ny|2 7-7!");
}

/* What is read again is counted once, at the end of the file and of what
 * failed in a line of its own. */
static void
test_facts_of_lines_read_again(void **state)
{
	static const struct {
		struct slice text;
		uint64_t lines, blank, windows_1252;
		bool unterminated;
	} cases[] = {
		{ CONST_SLICE("a\n\"x\n\n\xe9\n \n\xfc\n"), 6, 2, 2, true },
		{ CONST_SLICE("a\n\"x\n\n\xe9\n\n\"\xfc\n\n"), 7, 3, 2, true },
		{ CONST_SLICE("a\n\"\xe9\n\n\"y\"\n\n\xfc\"\n"), 6, 2, 2,
		    false },
		{ CONST_SLICE("a\n\"\xe9\n\ny\"\n"), 4, 0, 1, false },
		{ CONST_SLICE("a\n\"x\n\"y\n\"z\n1\n\n"), 6, 1, 0, true },
		{ CONST_SLICE("a\n\"x\n\"y\n1\n2\"\n"), 5, 0, 0, false },
	};

	for (size_t i = 0; i < 9 * COUNT(cases); i++) {
		struct slice text = cases[i / 9].text;
		struct csvin *in = open_bytes(*state, text, i % 9, NULL);
		const struct csv_facts *facts = csvin_facts(in);

		count_rows(in, NULL);
		assert_int_equal(facts->bytes, text.n);
		assert_int_equal(facts->lines, cases[i / 9].lines);
		assert_int_equal(facts->blank_lines, cases[i / 9].blank);
		assert_int_equal(
		    facts->windows_1252_lines, cases[i / 9].windows_1252);
		assert_int_equal(
		    facts->unterminated, cases[i / 9].unterminated);
	}
}

/* ---- a second reading of the grammar ---- */

/* The end of the physical line that p[at] is in. */
static size_t
line_end(const char *p, size_t n, size_t at)
{
	while (at < n && p[at] != '\r' && p[at] != '\n')
		at++;
	return at + (at < n) +
	       (at + 1 < n && p[at] == '\r' && p[at + 1] == '\n');
}

static size_t
skip_spaces(const char *p, size_t n, size_t at)
{
	while (at < n && (p[at] == ' ' || p[at] == '\t'))
		at++;
	return at;
}

/* The end of a cell that starts at p[at], SIZE_MAX when it is malformed. */
static size_t
cell_end(const char *p, size_t n, size_t at)
{
	at = skip_spaces(p, n, at);
	if (at == n || p[at] != '"') {
		for (; at < n && !strchr(",\r\n", p[at]); at++)
			if (p[at] == '"')
				return SIZE_MAX;
		return at;
	}
	for (at++; at < n && (p[at] != '"' || (at + 1 < n && p[at + 1] == '"'));
	     at++)
		at += p[at] == '"';
	if (at == n)
		return SIZE_MAX;
	at = skip_spaces(p, n, at + 1);
	return at == n || strchr(",\r\n", p[at]) ? at : SIZE_MAX;
}

static size_t
row_end(const char *p, size_t n, size_t at)
{
	do
		at = cell_end(p, n, at);
	while (at < n && p[at] == ',' && ++at);
	return at == SIZE_MAX ? at : line_end(p, n, at);
}

/* As put_row writes it, without the cells; returns the blank lines. */
static uint64_t
put_expected_rows(char out[DUMP_MAX], const char *p, size_t n)
{
	uint64_t blank = 0;
	uint32_t line = 1, last;

	for (size_t at = 0, end; at < n; at = end, line = last + 1) {
		size_t row = row_end(p, n, at);
		struct csv_row expected = { .line = line };

		last = line;
		end = line_end(p, n, at);
		if (strspn(p + at, " \t\r\n") >= end - at) {
			blank++;
			continue;
		}
		for (; row != SIZE_MAX && end < row; last++)
			end = line_end(p, n, end);
		expected.last_line = last;
		expected.fault =
		    row == SIZE_MAX ? CSV_FAULT_QUOTE : CSV_FAULT_NONE;
		expected.kind = expected.fault ? CSV_MALFORMED : CSV_ROW;
		put_row(out, &expected);
	}
	return blank;
}

static uint64_t
put_row_spans(char out[DUMP_MAX], struct csvin *in)
{
	const struct csv_batch *batch;

	put_row(out, &(struct csv_row){ .line = 1, .last_line = 1 });
	while (csvin_read(in, &batch, NULL) > 0)
		for (size_t i = 0; i < batch->n_rows; i++) {
			struct csv_row row = batch->rows[i];

			row.n_fields = 0;
			put_row(out, &row);
		}
	return csvin_facts(in)->blank_lines;
}

static void
test_rows_of_random_text(void **state)
{
	static const char alphabet[] = "\"\"\"\n\n\n\r,, x";
	const struct csvin_options comma = { .delimiter = ',' };
	uint64_t random = 1;

	(void)state;
	for (size_t i = 0; i < 20000; i++) {
		struct arena *arena = arena_new();
		char text[40] = "h\n";
		char expected[DUMP_MAX] = "", out[DUMP_MAX] = "";
		size_t n = 2 + i % 37;
		struct csvin *in;

		for (size_t k = 2; k < n; k++) {
			/* Knuth's MMIX */
			random = random * UINT64_C(6364136223846793005) +
				 UINT64_C(1442695040888963407);
			text[k] =
			    alphabet[(random >> 33) % (sizeof(alphabet) - 1)];
		}
		in =
		    open_bytes(arena, (struct slice){ text, n }, i % 5, &comma);
		assert_int_equal(put_expected_rows(expected, text, n),
		    put_row_spans(out, in));
		assert_string_equal(out, expected);
		arena_free(arena);
	}
}

static void
test_header_alone(void **state)
{
	struct csvin *in = open_bytes(*state, SLICE("a,b\r\n"), 0, NULL);
	const struct csv_batch *batch;

	assert_int_equal(csvin_header(in, &batch)->n_fields, 2);
	assert_int_equal(batch->n_rows, 0);
	assert_int_equal(csvin_read(in, &batch, NULL), 0);
	assert_int_equal(csvin_read(in, &batch, NULL), 0);
	assert_false(csvin_facts(in)->unterminated);
}

static void
test_want(void **state)
{
	const bool wanted[] = { false, true, false };
	struct slice text = SLICE("a,b,c\n1,\"2\",3,4\n5\n,\"\",\n");
	struct csvin *in = open_bytes(*state, text, 0, NULL);
	char out[DUMP_MAX] = "";

	csvin_want(in, wanted, COUNT(wanted));
	put_rows(out, in);
	assert_string_equal(out, "2-2|~|2|~|~ 3-3|~ 4-4|~||~");
}

/* ---- delimiter and header ---- */

static const struct {
	const char *text;
	char delimiter;
	uint32_t n_fields;
} delimiter_cases[] = {
	{ "a,b,c\n1,2,3\n", ',', 3 },
	{ "a;b;c\n1;2,5;3\n", ';', 3 },
	{ "a\tb\tc\n1\t2,5\t3;4\n", '\t', 3 },
	{ "a\n1,2,3\n", ',', 1 },
	{ "a;b,c;d\n", ';', 3 },
	{ "a,b;c\n", ',', 2 },
	{ "\"a;b;c\",\"d\"\n", ',', 2 },
	{ "\"a,b\";\"c,d\"\n", ';', 2 },
	{ "\"a,b,c\"\t\"d\ne\"\n", '\t', 2 },
	{ ",,,\n;;\n\"\"\na;b\n", ';', 2 },
	{ "a\t\tc\n", '\t', 3 },
	{ "\t\tc\n", '\t', 3 },
};

static void
test_delimiter(void **state)
{
	for (size_t i = 0; i < COUNT(delimiter_cases); i++) {
		struct csvin *in = open_bytes(
		    *state, slice_of(delimiter_cases[i].text), 0, NULL);

		assert_int_equal(
		    csvin_facts(in)->delimiter, delimiter_cases[i].delimiter);
		assert_int_equal(csvin_header(in, NULL)->n_fields,
		    delimiter_cases[i].n_fields);
	}
}

static void
test_delimiter_given(void **state)
{
	const struct csvin_options semicolon = { .delimiter = ';' };
	const struct csvin_options pipe = { .delimiter = '|' };

	(void)state;
	assert_rows(SLICE("a,b,c;d\n1;2\n"), &semicolon, "1-1|a,b,c|d 2-2|1|2");
	assert_rows(SLICE("a|b\n1,\"2|3\"\n"), &pipe, "1-1|a|b 2-2!");
}

/* Cells that are one of the names in context, ended by NULL. */
static unsigned
count_names(void *context, const struct csv_row *row)
{
	unsigned score = 0;

	for (uint32_t i = 0; i < row->n_fields; i++)
		for (const char **name = context; *name; name++)
			score += slice_equal(row->fields[i], slice_of(*name));
	return score;
}

/* Google Ads and LinkedIn as in crm-exports.md section 10. */
static void
test_title_lines(void **state)
{
	const char *names[] = { "Campaign", "Cost", "Day", "Total Spent",
		NULL };
	const struct csvin_options options = { .score = count_names,
		.context = names };
	const struct csv_batch *above;
	struct slice google =
	    SLICE("Campaign report\n\"September 1, 2026 - September 3, 2026\"\n"
		  "Day,Campaign,Cost\n2026-09-02,Roofs,\"1,020.50\"\n");
	struct slice linkedin =
	    SLICE("Report (in UTC)\r\nStart: 9/1/2026, End: 9/2/2026\r\n\r\n"
		  "Campaign\tTotal Spent\r\nB2B\t\"1,2\"\r\n");
	struct csvin *in = open_bytes(*state, google, 0, &options);
	char out[DUMP_MAX] = "";

	csvin_header(in, &above);
	assert_int_equal(above->n_rows, 2);
	for (size_t i = 0; i < above->n_rows; i++)
		put_row(out, &above->rows[i]);
	assert_string_equal(out,
	    "1-1|Campaign report 2-2|September 1, 2026 - September 3, 2026");
	assert_rows(google, &options,
	    "3-3|Day|Campaign|Cost 4-4|2026-09-02|Roofs|1,020.50");
	assert_rows(linkedin, &options, "4-4|Campaign|Total Spent 5-5|B2B|1,2");
	/* A title with stray quotes is no reason to give up... */
	assert_rows(
	    SLICE("the \"best\" report\nDay,Cost\n"), &options, "2-2|Day|Cost");
	assert_rows(SLICE("\"the report\nDay,Cost\n1,2\n"), &options,
	    "2-2|Day|Cost 3-3|1|2");
	/* ...of two equally good rows the first counts, and where nothing is
	 * known, the first that is not blank. */
	assert_rows(SLICE("x\nDay\nCost\n"), &options, "2-2|Day 3-3|Cost");
	assert_rows(SLICE("\n,,\nx;y\nz;w\n"), &options, "3-3|x|y 4-4|z|w");
}

/* The batch above the header must outlive later reads. */
static void
test_header_stays(void **state)
{
	const char *names[] = { "Day", NULL };
	const struct csvin_options options = { .score = count_names,
		.context = names };
	struct slice text = SLICE("title\nDay,b\n1,2\n3,4\n");
	struct csvin *in = open_bytes(*state, text, 1, &options);
	const struct csv_batch *above;
	char rows[DUMP_MAX] = "", out[DUMP_MAX] = "";

	put_rows(rows, in);
	put_row(out, csvin_header(in, &above));
	put_row(out, &above->rows[0]);
	assert_string_equal(out, "2-2|Day|b 1-1|title");
}

static void
assert_refused(struct slice bytes, const char *part)
{
	struct arena *arena = arena_new();
	struct fnl_err err = { 0 };
	struct csvin *in;

	assert_int_equal(
	    csvin_open_memory(arena, bytes, 0, NULL, &in, &err), -1);
	if (!strstr(err.message, part))
		fail_msg("'%s' does not say '%s'", err.message, part);
	assert_int_equal(err.code, FNL_DATA);
	assert_null(strchr(err.message, '\n'));
	arena_free(arena);
}

static void
test_no_header(void **state)
{
	(void)state;
	assert_refused(SLICE("a,5\" b\nc,d\n"), "line 1 of 'memory'");
	assert_refused(SLICE("\"a,b\nc,d\n"), "line 1 of 'memory'");
	assert_refused(SLICE(",,\n\"\"\n"), "no header row in its first 2");
}

/* ---- encodings ---- */

static struct slice
utf16(struct arena *arena, struct slice text, bool big)
{
	char *from = arena_text(arena, text), *to, *start;
	size_t left = text.n, room = 4 * text.n + 2;
	iconv_t converter = iconv_open(big ? "UTF-16BE" : "UTF-16LE", "UTF-8");

	start = to = arena_alloc(arena, room);
	memcpy(to, big ? "\xfe\xff" : "\xff\xfe", 2);
	to += 2;
	room -= 2;
	assert_int_equal(iconv(converter, &from, &left, &to, &room), 0);
	iconv_close(converter);
	return (struct slice){ start, (size_t)(to - start) };
}

static void
test_byte_order_marks(void **state)
{
	/* The mark must not become part of a quoted first header. */
	struct slice text = SLICE("\"a\"\tb\r\n\"1\r\n\xe2\x82\xac\"\t"
				  "\xf0\x9f\x98\x80\r\nx\ty");
	const char *rows = "1-1|a|b 2-3|1\\r\\n\xe2\x82\xac|\xf0\x9f\x98\x80 "
			   "4-4|x|y";
	const struct csvin_options options = { 0 };
	struct csvin *in;

	assert_rows(text, &options, rows);
	assert_rows(utf16(*state, text, false), &options, rows);
	assert_rows(utf16(*state, text, true), &options, rows);
	in = open_bytes(*state, SLICE("\xef\xbb\xbf\"a,b\",c\n"), 0, NULL);
	assert_int_equal(csvin_facts(in)->encoding, CSV_UTF8_BOM);
	assert_int_equal(csvin_facts(in)->bytes, 11);
	assert_int_equal(csvin_header(in, NULL)->n_fields, 2);
	assert_true(
	    slice_equal(csvin_header(in, NULL)->fields[0], SLICE("a,b")));
	in = open_bytes(*state, utf16(*state, text, false), 0, NULL);
	assert_int_equal(csvin_facts(in)->encoding, CSV_UTF16LE);
	assert_int_equal(csvin_facts(in)->delimiter, '\t');
	in = open_bytes(*state, utf16(*state, text, true), 0, NULL);
	assert_int_equal(csvin_facts(in)->encoding, CSV_UTF16BE);
}

static void
test_broken_utf16(void **state)
{
	(void)state;
	/* A low surrogate alone, a high one alone, half a character. */
	assert_rows(SLICE("\xff\xfe"
			  "a\0\n\0\x00\xdc"
			  "b\0"),
	    NULL,
	    "1-1|a 2-2|\xef\xbf\xbd"
	    "b");
	assert_rows(SLICE("\xff\xfe"
			  "a\0\n\0\x00\xd8"
			  "b\0"),
	    NULL,
	    "1-1|a 2-2|\xef\xbf\xbd"
	    "b");
	assert_rows(SLICE("\xff\xfe"
			  "a\0\n\0b\0c"),
	    NULL, "1-1|a 2-2|b\xef\xbf\xbd");
	assert_rows(SLICE("\xff\xfe"
			  "a\0\n\0b\0\x00\xd8"),
	    NULL, "1-1|a 2-2|b\xef\xbf\xbd");
	assert_refused(SLICE("\xff\xfe"
			     "a\0\n\0\0\0b\0"),
	    "in line 2");
}

static void
test_windows_1252(void **state)
{
	/* Only the second and fourth line are not UTF-8. */
	struct slice text = SLICE("a,\xc3\xa9\nM\xfcller,\x80 5\n"
				  "\xc3\xbc,x\n\"\xc3\xa9\n\x93q\x94\",z\n");
	struct csvin *in = open_bytes(*state, text, 0, NULL);
	char out[DUMP_MAX] = "";

	put_rows(out, in);
	assert_string_equal(out,
	    "2-2|M\xc3\xbcller|\xe2\x82\xac 5 3-3|\xc3\xbc|x "
	    "4-5|\xc3\xa9\\n\xe2\x80\x9cq\xe2\x80\x9d|z");
	assert_int_equal(csvin_facts(in)->windows_1252_lines, 2);
	assert_int_equal(csvin_facts(in)->first_windows_1252_line, 2);
	in = open_bytes(*state, SLICE("\xe9t\xe9;b\n1;2\n"), 0, NULL);
	assert_int_equal(csvin_facts(in)->first_windows_1252_line, 1);
	assert_int_equal(csvin_facts(in)->windows_1252_lines, 1);
}

/* Against iconv(3), which refuses the five bytes that are undefined. */
static void
test_windows_1252_table(void **state)
{
	iconv_t converter = iconv_open("UTF-8", "WINDOWS-1252");
	int undefined = 0;

	for (int c = 0x80; c < 0x100; c++) {
		char byte = (char)c, *from = &byte, expected[8] = "",
		     *to = expected;
		char text[] = { 'a', '\n', byte, '\xff', '\n' };
		size_t left = 1, room = sizeof(expected);
		struct csvin *in =
		    open_bytes(*state, (struct slice){ text, 5 }, 0, NULL);
		char out[DUMP_MAX] = "", line[32];

		if (iconv(converter, &from, &left, &to, &room) != 0) {
			iconv(converter, NULL, NULL, NULL, NULL);
			expected[0] = '\xc2'; /* the C1 control */
			expected[1] = byte;
			undefined++;
		}
		put_rows(out, in);
		snprintf(line, sizeof(line), "2-2|%s\xc3\xbf", expected);
		assert_string_equal(out, line);
	}
	assert_int_equal(undefined, 5);
	iconv_close(converter);
}

/* ---- limits and boundaries ---- */

/* Every feature once across the end of a block, at every offset. */
static void
test_block_boundary(void **state)
{
	static const char piece[] = "1,\"x\r\ny\",\xe2\x82\xac\r\n"
				    "2,bad\"\r\n3,\"\",M\xfc\r\n";
	static char text[BLOCK + 100];

	for (size_t shift = 0; shift <= sizeof(piece); shift++) {
		struct arena *arena = arena_new();
		size_t n = BLOCK - shift;
		char out[DUMP_MAX] = "";
		struct csvin *in;

		memset(text, 'h', n);
		memcpy(text, "a,b,c\n\"", 7);
		memcpy(text + n - 2, "\"\n", 2);
		memcpy(text + n, piece, sizeof(piece) - 1);
		in = open_bytes(arena,
		    (struct slice){ text, n + sizeof(piece) - 1 }, 0, NULL);
		csvin_want(in, (const bool[]){ false, true, true }, 3);
		put_rows(out, in);
		assert_string_equal(out,
		    "2-2|~ 3-4|~|x\\r\\ny|\xe2\x82\xac 5-5! "
		    "6-6|~||M\xc3\xbc");
		assert_int_equal(csvin_facts(in)->lines, 6);
		arena_free(arena);
	}
	(void)state;
}

/* "a\n" and a cell of n bytes, then rest. */
static struct slice
long_cell(struct arena *arena, const char *open, size_t n, const char *rest)
{
	size_t size = 2 + strlen(open) + n + strlen(rest);
	char *text = arena_alloc(arena, size + 1);

	snprintf(text, size + 1, "a\n%s", open);
	memset(text + 2 + strlen(open), 'x', n);
	snprintf(text + size - strlen(rest), strlen(rest) + 1, "%s", rest);
	return (struct slice){ text, size };
}

static void
assert_second_row(
    struct slice bytes, size_t block, enum csv_fault fault, const char *rest)
{
	struct arena *arena = arena_new();
	struct csvin *in = open_bytes(arena, bytes, block, NULL);
	const struct csv_batch *batch;
	char out[DUMP_MAX] = "";
	size_t n = 0;

	while (csvin_read(in, &batch, NULL) > 0)
		for (size_t i = 0; i < batch->n_rows; i++, n++) {
			if (n > 0)
				put_row(out, &batch->rows[i]);
			else
				assert_int_equal(batch->rows[i].fault, fault);
		}
	assert_string_equal(out, rest);
	arena_free(arena);
}

static void
test_field_limit(void **state)
{
	const size_t most = CSVIN_MAX_FIELD;

	assert_second_row(
	    long_cell(*state, "", most, "\nb\n"), 0, CSV_FAULT_NONE, "3-3|b");
	assert_second_row(long_cell(*state, "\"", most, "\"\nb\n"), 0,
	    CSV_FAULT_NONE, "3-3|b");
	assert_second_row(long_cell(*state, "", most + 3, "\nb\n"), 0,
	    CSV_FAULT_LONG_CELL, "3-3|b");
	assert_second_row(long_cell(*state, "\"", most + 3, "\"\nb\n"), 0,
	    CSV_FAULT_LONG_CELL, "3-3|b");
}

/* A line so long that its start is dropped, with its end just before, at and
 * just after the end of the block where that happens. */
static void
test_cut_line(void **state)
{
	const size_t n = CSVIN_MAX_ROW + BLOCK - 2;
	struct csvin *in;
	struct slice text;

	for (size_t i = 0; i < 3; i++) {
		text = long_cell(*state, "", n - 2 + i, "\r\nb\r\nc");
		assert_second_row(text, 0, CSV_FAULT_LONG_ROW, "3-3|b 4-4|c");
		text = long_cell(*state, "", n - 2 + i, "\rb\rc");
		assert_second_row(text, 0, CSV_FAULT_LONG_ROW, "3-3|b 4-4|c");
		text = long_cell(*state, "", n - 1 + i, "");
		assert_second_row(text, 0, CSV_FAULT_LONG_ROW, "");
	}
	text = long_cell(*state, "1,2\",\"", 2 * CSVIN_MAX_ROW, "\nb\n");
	assert_second_row(text, 0, CSV_FAULT_LONG_ROW, "3-3|b");
	/* In a row that is open it ends that row, and is one of its own. */
	text = long_cell(*state, "\"x\n", n, "\nb\n");
	assert_second_row(text, 0, CSV_FAULT_LONG_ROW, "3-3!row 4-4|b");
	/* Cut within a character, which is still no Windows-1252. */
	text = long_cell(*state, "", n, "\nb\n");
	for (size_t i = 2; i < n; i += 2)
		memcpy((char *)text.p + i, "\xc3\xa9", 2);
	((char *)text.p)[n + 1] = '\xa9';
	((char *)text.p)[n] = '\xc3';
	in = open_bytes(*state, text, 0, NULL);
	assert_int_equal(count_rows(in, NULL), 2);
	assert_int_equal(csvin_facts(in)->windows_1252_lines, 0);
}

/* Cells within their limit, the row just within and just above its own. */
static void
test_row_limit(void **state)
{
	for (size_t over = 0; over < 2; over++) {
		struct slice text =
		    long_cell(*state, "", CSVIN_MAX_ROW - 1 + over, "\nb\n");

		for (size_t i = 10000; i < CSVIN_MAX_ROW; i += 10000)
			((char *)text.p)[i] = ',';
		assert_second_row(text, 0,
		    over ? CSV_FAULT_LONG_ROW : CSV_FAULT_NONE, "3-3|b");
	}
}

/* One cell of many short lines, above the usual size of a batch. */
static void
test_cell_of_many_lines(void **state)
{
	const size_t n = CSVIN_MAX_FIELD;
	struct slice text = long_cell(*state, "\"", n, "\"\n");
	struct csvin *in;
	const struct csv_batch *batch;

	for (size_t i = 0; i < n; i += 16)
		((char *)text.p)[3 + i] = '\n';
	in = open_bytes(*state, text, 0, NULL);
	assert_int_equal(csvin_read(in, &batch, NULL), 1);
	assert_int_equal(batch->n_rows, 1);
	assert_int_equal(batch->rows[0].last_line, 2 + n / 16);
	assert_true(slice_equal(
	    batch->rows[0].fields[0], (struct slice){ text.p + 3, n }));
}

/* A row of many lines that passes its limit, of which each alone fails. */
static void
test_row_limit_of_many_lines(void **state)
{
	const size_t n = CSVIN_MAX_ROW + 1000, line = 500000;
	struct slice text = long_cell(*state, "\"", n, "\"\nb\n");
	char *p = (char *)text.p;

	for (size_t i = line; i < n; i += line)
		memcpy(p + i, "\nx\",\"", 5);
	assert_second_row(text, 0, CSV_FAULT_LONG_ROW,
	    "3-3! 4-4! 5-5! 6-6! 7-7! 8-8! 9-9! 10-10! 11-11! 12-12! 13-13! "
	    "14-14! 15-15! 16-16! 17-17! 18-18! 19-19|b");
}

/* What came of the rows below the header, and what it took. */
struct outcome {
	uint64_t rows, malformed;
	enum csv_fault fault; /* of the last that was malformed */
	uint32_t line; /* of the first that was */
	size_t batches, largest; /* in rows */
	uint64_t lines; /* of all rows */
	double seconds;
};

static struct outcome
read_all(struct csvin *in)
{
	const struct csv_batch *batch;
	struct outcome outcome = { 0 };
	clock_t start = clock();

	while (csvin_read(in, &batch, NULL) > 0) {
		outcome.batches++;
		if (batch->n_rows > outcome.largest)
			outcome.largest = batch->n_rows;
		for (size_t i = 0; i < batch->n_rows; i++) {
			const struct csv_row *row = &batch->rows[i];

			outcome.lines += row->last_line - row->line + 1;
			outcome.rows += row->kind == CSV_ROW;
			if (row->kind == CSV_ROW)
				continue;
			outcome.fault = row->fault;
			if (outcome.malformed++ == 0)
				outcome.line = row->line;
		}
	}
	outcome.seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	return outcome;
}

/* "a,b\n", first, and n times the same line. */
static struct csvin *
open_repeated(struct arena *arena, const char *first, const char *line,
    size_t n, size_t every, const char *other)
{
	size_t size = 0;
	char *text = arena_alloc(
	    arena, 4 + strlen(first) + n * (strlen(line) + strlen(other)) + 1);

	size += (size_t)snprintf(text, 5 + strlen(first), "a,b\n%s", first);
	for (size_t i = 1; i <= n; i++) {
		const char *p = every && i % every == 0 ? other : line;

		memcpy(text + size, p, strlen(p));
		size += strlen(p);
	}
	return open_bytes(arena, (struct slice){ text, size }, 0, NULL);
}

/* One stray quote costs its line, wherever it is found to be one: at the end
 * of the file, or in a megabyte at the limit of a cell. */
static void
test_stray_quote_costs_a_line(void **state)
{
	static const struct {
		size_t n;
		enum csv_fault fault;
	} cases[] = { { 50000, CSV_FAULT_QUOTE },
		{ 400000, CSV_FAULT_LONG_CELL } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = cases[i].n;
		struct csvin *in = open_repeated(
		    *state, "1,2\n1,\"x\n", "1234,56\n", n, 0, "");
		struct outcome outcome = read_all(in);

		assert_int_equal(outcome.rows, n + 1);
		assert_int_equal(outcome.malformed, 1);
		assert_int_equal(outcome.line, 3);
		assert_int_equal(outcome.fault, cases[i].fault);
		assert_int_equal(csvin_facts(in)->lines, n + 3);
		assert_int_equal(csvin_facts(in)->unterminated,
		    cases[i].fault == CSV_FAULT_QUOTE);
		/* No batch is all that was read again: a block of that, the
		 * line that passes it, and one from the file. */
		assert_in_range(outcome.largest, 1, 2 * BLOCK / 8 + 2);
		assert_in_range(outcome.batches, 1, 3 + 2 * 8 * n / BLOCK);
	}
}

/* Lines are let go where a row of many lines ends, and where the one that
 * made it fail starts the next, all through the file. */
static void
test_memory_of_long_rows(void **state)
{
	static char line[400];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct arena *arena = arena_new();
		struct csvin *in;
		size_t before;

		memset(line, 'x', sizeof(line) - 1);
		memcpy(line, "1,\"", 3);
		memcpy(line + sizeof(line) - 3, i ? "x\n" : "\"\n", 2);
		line[sizeof(line) / 2] = i ? 'x' : '\n';
		in = open_repeated(arena, "", line, 40000, 0, "");
		before = arena_bytes(arena);
		assert_int_equal(read_all(in).malformed, i ? 40000 : 0);
		assert_in_range(arena_bytes(arena) - before, 0, 4u << 20);
		arena_free(arena);
	}
}

/* A batch of blank lines that are read again is not the end. */
static void
test_blank_lines_read_again(void **state)
{
	const size_t n = 800000;
	struct csvin *in = open_repeated(*state, "\"x\n", "\n", n, n, "1,2\n");
	struct outcome outcome = read_all(in);

	assert_int_equal(outcome.rows, 1);
	assert_int_equal(outcome.malformed, 1);
	assert_int_equal(csvin_facts(in)->blank_lines, n - 1);
	assert_int_equal(csvin_facts(in)->lines, n + 2);
}

/* Files made to be read again and again. Were it quadratic, each would take
 * minutes. */
static void
test_reading_again_is_linear(void **state)
{
	static const struct {
		const char *first, *line;
		size_t n, every;
		const char *other;
		uint64_t malformed;
	} cases[] = {
		{ "", "1,\"x\n", 200000, 0, "", 200000 },
		{ "", "1,x\"\n", 200000, 0, "", 200000 },
		{ "", "\"\ny\"x\n", 100000, 0, "", 200000 },
		{ "\"\n", "\"\",\"\"\n", 1000000, 0, "", 1 },
		{ "1,\"x\n", "1234567,12345678\n", 500000, 0, "", 1 },
		{ "1,\"x\n", "12,34\n", 800000, 1000, "1,\"x\n", 801 },
		{ "1,\"x\n", "12,34\n", 800000, 100000, "1,\"x\n", 9 },
		{ "\"x\n", "1\",\"2\n", 500000, 0, "", 500001 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new();
		struct csvin *in = open_repeated(arena, cases[i].first,
		    cases[i].line, cases[i].n, cases[i].every, cases[i].other);
		struct outcome outcome = read_all(in);

		assert_int_equal(outcome.malformed, cases[i].malformed);
		assert_int_equal(outcome.lines + 1, csvin_facts(in)->lines);
		if (outcome.seconds > 2)
			fail_msg("case %zu: %f s", i, outcome.seconds);
		arena_free(arena);
	}
}

static void
test_column_limit(void **state)
{
	const size_t n = CSVIN_MAX_COLUMNS;
	char *text = arena_alloc(*state, n + 2);
	struct csvin *in;

	memset(text, ',', n);
	text[0] = 'a';
	text[n] = '\n'; /* n columns: n - 1 commas */
	in = open_bytes(*state, (struct slice){ text, n + 1 }, 0, NULL);
	assert_int_equal(csvin_header(in, NULL)->n_fields, n);
	text[n] = ',';
	text[n + 1] = '\n';
	assert_refused((struct slice){ text, n + 2 }, "more than 8192 columns");
}

/* "a\n", start, n commas, end. */
static struct slice
many_commas(struct arena *arena, const char *start, size_t n, const char *end)
{
	struct slice text = long_cell(arena, start, n, end);

	memset((char *)text.p + 2 + strlen(start), ',', n);
	return text;
}

/* Below the header a row of too many cells is malformed, no more, and where
 * it has many lines the first is. */
static void
test_many_cells(void **state)
{
	const size_t most = CSVIN_MAX_COLUMNS - 1; /* commas */

	for (size_t i = 0; i < 2; i++) {
		const char *end = i ? "\n" : "";

		assert_second_row(
		    many_commas(*state, "", most, end), 0, CSV_FAULT_NONE, "");
		assert_second_row(many_commas(*state, "", most + 1, end), 0,
		    CSV_FAULT_MANY_CELLS, "");
		assert_second_row(many_commas(*state, "", 9 * most, end), 0,
		    CSV_FAULT_MANY_CELLS, "");
		assert_second_row(
		    many_commas(*state, "\"x\n2\"", most + 1, end), 0,
		    CSV_FAULT_MANY_CELLS, "3-3!");
	}
	assert_second_row(many_commas(*state, "\"x\n2\"", most + 1, "\n1\n"), 0,
	    CSV_FAULT_MANY_CELLS, "3-3! 4-4|1");
	assert_second_row(many_commas(*state, "\"x\n,,\"", most + 1, "\n1\n"),
	    0, CSV_FAULT_MANY_CELLS, "3-3! 4-4|1");
}

/* A header wider than a block. */
static void
test_wide_header(void **state)
{
	const size_t columns = 8000, width = 50;
	char *text = arena_alloc(*state, columns * width);
	struct csvin *in;
	char out[DUMP_MAX] = "";

	memset(text, 'h', columns * width);
	for (size_t i = 1; i < columns; i++)
		text[i * width] = ';';
	memcpy(text + columns * width - 3, "\n1\n", 3);
	in = open_bytes(
	    *state, (struct slice){ text, columns * width }, 0, NULL);
	assert_int_equal(csvin_header(in, NULL)->n_fields, columns);
	put_rows(out, in);
	assert_string_equal(out, "2-2|1");
	/* A line of nothing above it is no reason not to wait for its end. */
	for (size_t i = 0; i < 2; i++) {
		memcpy(text, i ? ";\n" : "\n", 2 - !i);
		in = open_bytes(
		    *state, (struct slice){ text, columns * width }, 0, NULL);
		assert_int_equal(csvin_header(in, NULL)->line, 2);
		assert_int_equal(csvin_header(in, NULL)->n_fields, columns);
	}
}

/* A first line without end, or with one far away. */
static void
test_long_header(void **state)
{
	struct slice text =
	    long_cell(*state, "", CSVIN_MAX_ROW + 2 * BLOCK, "\n1\n");
	char *p = (char *)text.p;

	memcpy(p, "xx", 2);
	assert_refused(
	    text, "line 1 of 'memory' has no end within 8 MB, where the");
	memcpy(p, ",\n", 2);
	assert_refused(text, "line 2 of 'memory' has no end within 8 MB");
	memcpy(p, "\n\n", 2);
	assert_refused(text, "line 3 of 'memory' has no end within 8 MB");
	memcpy(p + CSVIN_MAX_ROW + 10, "\n", 1);
	assert_refused(text,
	    "cannot read line 3 of 'memory' as a header: it has more than "
	    "8 MB (is it a CSV export?)");
	memcpy(p + CSVIN_MAX_FIELD + 10, "\n", 1);
	assert_refused(text,
	    "cannot read line 3 of 'memory' as a header: a cell has more "
	    "than 1 MB (is it a CSV export?)");
}

/* ---- what is no CSV ---- */

static const struct {
	struct slice bytes;
	const char *part;
} refused_cases[] = {
	CASE("PK\003\004\024\0\006\0", "XLSX or ZIP"),
	CASE("PK\003\004", "save it as CSV UTF-8"),
	CASE("\037\213\010\0\0\0\0\0", "gzip"),
	CASE("\x28\xb5\x2f\xfd\x04", "zstd"),
	CASE("BZh91AY&SY\x12\x34", "bzip2"),
	CASE("\xfd"
	     "7zXZ\0",
	    "xz"),
	CASE("%PDF-1.7\n", "PDF"),
	CASE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "old XLS"),
	CASE("PAR1\025\0", "Parquet"),
	CASE("SQLite format 3\0", "SQLite"),
	CASE("<html><table>", "HTML"),
	CASE("\n \t<!DOCTYPE HTML PUBLIC", "HTML"),
	CASE("\xef\xbb\xbf\r\n<Table border=1>", "HTML"),
	CASE("<?xml version=\"1.0\"?>", "XML"),
	CASE("\xff\xfe<\0h\0t\0m\0l\0>\0", "HTML"),
	CASE("\xff\xfe\0\0a\0\0\0", "UTF-32"),
	CASE("", "is empty"),
	CASE("\xef\xbb\xbf", "is empty"),
	CASE("\xff\xfe", "is empty"),
	CASE("\n\r\n \t\n", "only blank lines"),
	CASE("a,b\n1,\0\n", "NUL byte at offset 6, line 2"),
	CASE("\0", "NUL byte at offset 0, line 1"),
	CASE("a\0,\0b\0\n\0", "NUL byte at offset 1, line 1"),
	CASE("\xef\xbb\xbf"
	     "a\0",
	    "NUL byte at offset 4, line 1"),
};

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused_cases); i++)
		assert_refused(refused_cases[i].bytes, refused_cases[i].part);
	/* PK is a usual header, BZh and PAR could be one. */
	assert_rows(SLICE("PK,Name\n1,x\n"), NULL, "1-1|PK|Name 2-2|1|x");
	assert_rows(SLICE("BZh,a\n"), NULL, "1-1|BZh|a");
	assert_rows(SLICE("<b>,a\n"), NULL, "1-1|<b>|a");
}

static void
test_nul_found_later(void **state)
{
	struct slice text = long_cell(*state, "1\n2", BLOCK, "\n3");
	struct fnl_err err = { 0 };
	const struct csv_batch *batch;
	struct csvin *in;

	((char *)text.p)[text.n - 1] = '\0';
	in = open_bytes(*state, text, 0, NULL);
	while (csvin_read(in, &batch, &err) > 0)
		;
	assert_int_equal(err.code, FNL_DATA);
	assert_non_null(strstr(err.message, "offset 262150, line 4"));
}

/* ---- files ---- */

static int
temporary_file(struct slice bytes, char path[32])
{
	int descriptor;

	snprintf(path, 32, "%s", "/tmp/test_csvin.XXXXXX");
	descriptor = mkstemp(path);
	assert_true(descriptor >= 0);
	assert_int_equal(write(descriptor, bytes.p, bytes.n), bytes.n);
	return descriptor;
}

static void
assert_cannot_open(struct arena *arena, const char *path, const char *message)
{
	struct fnl_err err = { 0 };
	struct csvin *in;

	assert_int_equal(csvin_open(arena, path, NULL, &in, &err), -1);
	assert_string_equal(err.message, message);
	assert_int_equal(err.code, FNL_SYSTEM);
}

static void
test_cannot_open(void **state)
{
	assert_cannot_open(*state, "tests/no-such-file.csv",
	    "cannot open 'tests/no-such-file.csv': No such file or directory");
	assert_cannot_open(*state, "/", "cannot open '/': Is a directory");
}

static void
test_file_progress(void **state)
{
	struct slice text = long_cell(*state, "", BLOCK, "\n1\n2\n");
	char path[32], out[DUMP_MAX] = "";
	const struct csv_batch *batch;
	struct csvin *in;

	close(temporary_file(text, path));
	assert_int_equal(csvin_open(*state, path, NULL, &in, NULL), 0);
	unlink(path);
	assert_true(csvin_progress(in) > 0.9 && csvin_progress(in) < 1);
	assert_int_equal(csvin_read(in, &batch, NULL), 1);
	put_rows(out, in);
	assert_true(csvin_progress(in) >= 1 && csvin_progress(in) <= 1);
	assert_int_equal(csvin_facts(in)->bytes, text.n);
	csvin_close(in);
	csvin_close(in);
}

/* What comes through a pipe a few bytes at a time. */
static void
test_standard_input(void **state)
{
	int ends[2], saved = dup(STDIN_FILENO);
	char out[DUMP_MAX] = "";
	struct fnl_err err = { 0 };
	struct csvin *in;

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "a,b\n1,\"x\ny\"\n", 12), 12);
	close(ends[1]);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	close(ends[0]);
	if (csvin_open(*state, "-", NULL, &in, &err))
		fail_msg("%s", err.message);
	assert_true(isnan(csvin_progress(in)));
	put_rows(out, in);
	assert_string_equal(out, "2-3|1|x\\ny");
	csvin_close(in);
	assert_cannot_open(
	    *state, "", "cannot open '': No such file or directory");
	assert_int_equal(csvin_open(*state, "-", NULL, &in, &err), -1);
	assert_string_equal(
	    err.message, "'standard input' is empty (export it again)");
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(saved);
}

/* ---- files of others ---- */

static const char *
shared(struct arena *arena, const char *name)
{
	const char *directory = getenv("FUNNEL_SHARED");
	const char *path = arena_printf(
	    arena, "%s/data/%s", directory ? directory : "../shared", name);

	if (access(path, R_OK) != 0) {
		print_message("%s is not there\n", path);
		skip();
	}
	return path;
}

/* One array of objects; row i is object i, its keys the header. */
static void
assert_like_json(struct arena *arena, const char *csv, const char *json)
{
	json_t *expected = json_load_file(json, 0, NULL);
	const struct csv_batch *batch;
	const struct csv_row *header;
	struct fnl_err err = { 0 };
	struct csvin *in;
	size_t n = 0;

	assert_non_null(expected);
	if (csvin_open(arena, csv, NULL, &in, &err))
		fail_msg("%s", err.message);
	header = csvin_header(in, NULL);
	while (csvin_read(in, &batch, &err) > 0)
		for (size_t i = 0; i < batch->n_rows; i++, n++) {
			json_t *object = json_array_get(expected, n);

			assert_int_equal(
			    batch->rows[i].n_fields, json_object_size(object));
			for (uint32_t k = 0; k < header->n_fields; k++)
				assert_true(slice_equal(
				    batch->rows[i].fields[k],
				    slice_of(json_string_value(json_object_get(
					object, arena_text(arena,
						    header->fields[k]))))));
		}
	assert_int_equal(n, json_array_size(expected));
	json_decref(expected);
	csvin_close(in);
}

static void
test_csv_spectrum(void **state)
{
	/* Left out: location_coordinates, whose JSON is of other data and
	 * whose cells have quotes without being quoted: see below. */
	static const char *const names[] = { "comma_in_quotes", "empty",
		"empty_crlf", "escaped_quotes", "json", "newlines",
		"newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf",
		"utf8" };
	const char *directory = shared(*state, "csv-spectrum");
	char out[DUMP_MAX] = "";
	struct csvin *in;

	for (size_t i = 0; i < COUNT(names); i++)
		assert_like_json(*state,
		    arena_printf(*state, "%s/csvs/%s.csv", directory, names[i]),
		    arena_printf(
			*state, "%s/json/%s.json", directory, names[i]));
	assert_int_equal(csvin_open(*state,
			     arena_printf(*state,
				 "%s/csvs/location_coordinates.csv", directory),
			     NULL, &in, NULL),
	    0);
	put_rows(out, in);
	assert_string_equal(out, "2-2!");
}

/* Rows below the header by Python's csv.reader(strict=True), blank lines and
 * rows of empty cells above the header not counted. */
static const struct {
	const char *name;
	uint64_t rows, cells_of_header;
} zsv_cases[] = {
	{ "2json.csv", 511, 173 },
	{ "blank-leading-rows.csv", 4, 7 },
	{ "buffsplit_quote.csv", 999, 86 },
	{ "crlf-2.csv", 4, 4 },
	{ "crlf-line-ending.csv", 4098, 3 },
	{ "embedded.csv", 4, 3 },
	{ "embedded_dos.csv", 4, 3 },
	{ "flatten.csv", 87892, 3 },
	{ "header-only.csv", 0, 3 },
	{ "latin1.csv", 7, 5 },
	{ "mixed-line-endings.csv", 4098, 3 },
	{ "no-eol-2.csv", 3, 2 },
	{ "select-merge.csv", 511, 346 },
	{ "seed_03_push_semicolon", 1, 4 },
	{ "tab.txt", 1, 4 },
	{ "Excel.tsv", 2, 2 },
};

static void
test_csv_zsv_rows(void **state)
{
	const char *directory = shared(*state, "csv-zsv");

	for (size_t i = 0; i < COUNT(zsv_cases); i++) {
		const char *path =
		    arena_printf(*state, "%s/%s", directory, zsv_cases[i].name);
		struct fnl_err err = { 0 };
		struct csvin *in;

		if (csvin_open(*state, path, NULL, &in, &err))
			fail_msg("%s", err.message);
		assert_int_equal(csvin_header(in, NULL)->n_fields,
		    zsv_cases[i].cells_of_header);
		assert_int_equal(count_rows(in, &err), zsv_cases[i].rows);
		assert_int_equal(err.code, FNL_OK);
		csvin_close(in);
	}
}

static void
test_csv_zsv_all(void **state)
{
	const char *path = shared(*state, "csv-zsv");
	DIR *directory = opendir(path);
	struct dirent *entry;

	assert_non_null(directory);
	while ((entry = readdir(directory))) {
		struct arena *arena = arena_new();
		struct fnl_err err = { 0 };
		struct csvin *in;

		if (csvin_open(arena,
			arena_printf(arena, "%s/%s", path, entry->d_name), NULL,
			&in, &err) == 0)
			count_rows(in, &err);
		else
			assert_int_not_equal(err.code, FNL_OK);
		assert_int_equal(err.code != FNL_OK, *err.message != '\0');
		arena_free(arena);
	}
	closedir(directory);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_rows),
		TEST(test_facts),
		TEST(test_facts_of_lines_read_again),
		TEST(test_rows_of_random_text),
		TEST(test_header_alone),
		TEST(test_want),
		TEST(test_delimiter),
		TEST(test_delimiter_given),
		TEST(test_title_lines),
		TEST(test_header_stays),
		TEST(test_no_header),
		TEST(test_byte_order_marks),
		TEST(test_broken_utf16),
		TEST(test_windows_1252),
		TEST(test_windows_1252_table),
		TEST(test_block_boundary),
		TEST(test_field_limit),
		TEST(test_cut_line),
		TEST(test_row_limit),
		TEST(test_cell_of_many_lines),
		TEST(test_row_limit_of_many_lines),
		TEST(test_stray_quote_costs_a_line),
		TEST(test_memory_of_long_rows),
		TEST(test_blank_lines_read_again),
		TEST(test_reading_again_is_linear),
		TEST(test_column_limit),
		TEST(test_many_cells),
		TEST(test_wide_header),
		TEST(test_long_header),
		TEST(test_refused),
		TEST(test_nul_found_later),
		TEST(test_cannot_open),
		TEST(test_file_progress),
		TEST(test_standard_input),
		TEST(test_csv_spectrum),
		TEST(test_csv_zsv_rows),
		TEST(test_csv_zsv_all),
	};

	return cmocka_run_group_tests_name("csvin", tests, NULL, NULL);
}
