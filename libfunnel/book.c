/*
 * book.c: sheets, cells, notes, and the bytes of the file. The only owner of
 * libxlsxwriter, but for the charts of book_chart.c.
 *
 * Every column is there, as in CSV. Those for machines are folded away under
 * a [+] above the sheet, so that people see what a wide terminal shows them.
 * The first row is the header and nothing is above it: what reads a sheet by
 * program finds its columns.
 *
 * Text is text: a cell that starts with = or @ is a string in the file, which
 * no spreadsheet runs. XML has no room for control characters, so text is as
 * harmless here as in a table (text_harmless).
 *
 * The same tables give the same bytes: the archive's entries are dated
 * 1980-01-01 by the library, the document's properties here.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <xlsxwriter.h>

#include "book.h"
#include "book_cell.h"
#include "book_chart.h"
#include "render_text.h"

/* The limits of Excel. */
#define ROWS_MAX 1048576
#define COLUMNS_MAX 16384
#define CELL_TEXT_MAX 32767 /* UTF-16 units */
#define NAME_MAX_UNITS 31

/* Of a sheet that is not kept in memory, rows go to a file one by one, which
 * leaves out the comments of its header. */
#define CELLS_IN_MEMORY 500000
#define FORMATS_MAX 400 /* Excel has room for 64,000 */

/* What a cell takes in files, in all stages, beside three times its text. */
#define CELL_BYTES 100
#define SMALLEST_BOOK 100000

#define WIDTH_MIN 6
#define WIDTH_MAX 50
#define WIDTH_WRAPPED 90
#define LINES_MAX 27 /* that a row can be high */
#define WIDTH_ROOM 3 /* for the arrow of the filter; zeros of decimals */
#define WIDTH_MONEY 7 /* for a currency and two decimals */
#define COMMENT_WIDTH 280 /* pixels */
#define COMMENT_LINE 38 /* characters of it on one line */
#define COMMENT_LINE_HEIGHT 20

#define PAPER_A4 9
#define BIRTH 315532800 /* 1980-01-01T00:00:00Z, see above */

struct entry {
	const char *name;
	const struct table *table;
	const struct render_options *options;
	struct book_chart *chart; /* or NULL */
	lxw_worksheet *sheet; /* once it is made */
	bool wrap; /* only text, which goes on in the next line of its cell */
};

struct known_format {
	const char *text;
	lxw_format *format;
};

struct book {
	struct arena *arena;
	struct vec entries; /* of struct entry */
	struct vec formats; /* of struct known_format */
	char *text; /* of a cell; grows */
	size_t text_size;
	uint64_t cut; /* cells */
	lxw_workbook *lxw;
	lxw_format *bold, *wrapped;
	FILE *file; /* what libxlsxwriter writes */
};

/* Of one sheet. */
struct page {
	struct book *book;
	const struct entry *entry;
	lxw_worksheet *sheet;
	struct text text;
	size_t currency; /* column that says it, or n_columns */
	size_t *widths;
};

/* ---- names ---- */

static uint32_t
utf16_units(unsigned char lead)
{
	return (lead & 0xc0) == 0x80 ? 0 : lead >= 0xf0 ? 2 : 1;
}

/* Bytes of valid UTF-8 that make at most so many UTF-16 units. */
static size_t
fitting_bytes(struct slice valid, uint32_t units)
{
	uint32_t n = 0;

	for (size_t i = 0; i < valid.n; i++) {
		n += utf16_units((unsigned char)valid.p[i]);
		if (n > units)
			return i;
	}
	return valid.n;
}

static bool
is_taken(const struct book *book, const char *name)
{
	for (size_t i = 0; i < book->entries.count; i++) {
		const struct entry *entry = vec_at(&book->entries, i);

		if (fold_equal(slice_of(entry->name), slice_of(name)))
			return true;
	}
	return false;
}

/* Characters that a name may not have become blanks; no apostrophe may be at
 * either end, so none is kept. */
static char *
allowed_name(struct book *book, const char *wanted)
{
	static const struct render_options plain = { 0 };
	struct text text = { .options = &plain, .arena = book->arena };
	char *name =
	    arena_text(book->arena, text_harmless(&text, slice_of(wanted)));
	struct slice kept;

	for (char *p = name; *p; p++)
		if (strchr("[]:*?/\\'", *p))
			*p = ' ';
	kept = slice_trim(slice_of(name));
	kept.n = fitting_bytes(kept, NAME_MAX_UNITS);
	return arena_text(book->arena, slice_trim(kept));
}

/* "Funnel", else "Funnel (2)" and so on. Excel keeps "History" for itself. */
static const char *
free_name(struct book *book, const char *wanted)
{
	const char *base = allowed_name(book, wanted), *name = base;

	if (!*base)
		name = base = "Report";
	else if (fold_equal(slice_of(base), SLICE("History")))
		name = base = "Report history";
	for (unsigned n = 2; is_taken(book, name); n++) {
		char suffix[16];
		struct slice start = slice_of(base);

		snprintf(suffix, sizeof(suffix), " (%u)", n);
		start.n = fitting_bytes(
		    start, NAME_MAX_UNITS - (uint32_t)strlen(suffix));
		name = arena_printf(
		    book->arena, "%.*s%s", (int)start.n, start.p, suffix);
	}
	return name;
}

struct book *
book_new(struct arena *arena)
{
	struct book *book = arena_alloc(arena, sizeof(*book));

	book->arena = arena;
	book->entries = vec_new(arena, sizeof(struct entry));
	book->formats = vec_new(arena, sizeof(struct known_format));
	return book;
}

static struct entry *
add_entry(struct book *book, const char *name, const struct table *table,
    const struct render_options *options, bool wrap)
{
	struct entry *entry;

	name = free_name(book, name);
	entry = vec_push(&book->entries);
	*entry = (struct entry){
		.name = name, .table = table, .options = options, .wrap = wrap
	};
	return entry;
}

const char *
book_add(struct book *book, const char *name, const struct table *table,
    const struct render_options *options)
{
	struct entry *entry = add_entry(book,
	    name           ? name
	    : table->title ? table->title
			   : "",
	    table, options, false);

	entry->chart = book_chart_new(table);
	return entry->name;
}

/* ---- cells ---- */

static int
check(lxw_error error, struct fnl_err *err)
{
	if (error == LXW_NO_ERROR)
		return 0;
	errno = 0; /* the message has what there is to say */
	return fail(err, FNL_SYSTEM, "cannot make the workbook: %s",
	    lxw_strerror(error));
}

/* The format, new or known; NULL, which is none, for "" and beyond the
 * limit. */
static lxw_format *
format_of(struct book *book, const char *text)
{
	struct known_format *known;

	for (size_t i = 0; i < book->formats.count; i++) {
		known = vec_at(&book->formats, i);
		if (strcmp(known->text, text) == 0)
			return known->format;
	}
	if (!*text || book->formats.count == FORMATS_MAX)
		return NULL;
	known = vec_push(&book->formats);
	known->text = arena_text(book->arena, slice_of(text));
	known->format = workbook_add_format(book->lxw);
	if (known->format)
		format_set_num_format(known->format, text);
	return known->format;
}

static bool
is_hex(char c)
{
	return ascii_is_digit(c) ||
	       (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
}

/* _x0041_ in a file is an A (ECMA-376 part 1, 22.4.2.4). */
static bool
is_escape(const char *p, size_t n)
{
	return n >= 7 && p[0] == '_' && p[1] == 'x' && is_hex(p[2]) &&
	       is_hex(p[3]) && is_hex(p[4]) && is_hex(p[5]) && p[6] == '_';
}

/* The underscore of what is no escape but looks like one is written as one,
 * which the library does not do. */
static size_t
copy_escaped(char *to, struct slice from)
{
	static const char underscore[] = "_x005F_";
	size_t n = 0;

	for (size_t i = 0; i < from.n; i++) {
		if (is_escape(from.p + i, from.n - i)) {
			memcpy(to + n, underscore, sizeof(underscore) - 1);
			n += sizeof(underscore) - 1;
		} else {
			to[n++] = from.p[i];
		}
	}
	return n;
}

/* Text as a cell holds it, until the next call. What is too long ends with an
 * ellipsis and is counted. */
static const char *
text_of(struct page *page, struct slice raw)
{
	static const char ellipsis[] = "\xe2\x80\xa6";
	struct book *book = page->book;
	struct slice clean = text_harmless(&page->text, raw), whole;

	if (book->text_size < 7 * clean.n + sizeof(ellipsis)) {
		book->text_size = 2 * (7 * clean.n + sizeof(ellipsis));
		book->text =
		    arena_grow(book->arena, book->text, book->text_size);
	}
	whole = (struct slice){ book->text, copy_escaped(book->text, clean) };
	if (fitting_bytes(whole, CELL_TEXT_MAX) < whole.n) {
		whole.n = fitting_bytes(whole, CELL_TEXT_MAX - 1);
		memcpy(book->text + whole.n, ellipsis, sizeof(ellipsis) - 1);
		whole.n += sizeof(ellipsis) - 1;
		book->cut++;
	}
	book->text[whole.n] = '\0';
	return book->text;
}

/* The row's own column says which currency its amounts have, else the table
 * does. */
static const char *
currency_of(const struct page *page, const struct cell *row, char own[4])
{
	const struct table *table = page->entry->table;
	const struct cell *cell = &row[page->currency];

	if (table->mixes_currencies)
		return "";
	if (page->currency < table->n_columns && cell->kind == CELL_TEXT &&
	    book_is_currency(cell->as.text)) {
		memcpy(own, cell->as.text.p, 3);
		own[3] = '\0';
		return own;
	}
	return table->currency ? table->currency : "";
}

static lxw_error
put_number(struct page *page, lxw_row_t at, size_t i, const struct cell *row)
{
	char format[BOOK_FORMAT], own[4];
	struct book_look look = { .indian_grouping =
				      page->entry->options->indian_grouping,
		.currency = currency_of(page, row, own) };
	double number;

	if (!book_number(&row[i], &number))
		return LXW_ERROR_PARAMETER_VALIDATION;
	book_format(format, page->entry->table->columns[i], &row[i], &look);
	return worksheet_write_number(page->sheet, at, (lxw_col_t)i, number,
	    format_of(page->book, format));
}

static lxw_error
put_text(struct page *page, lxw_row_t at, size_t i, struct slice raw)
{
	return worksheet_write_string(page->sheet, at, (lxw_col_t)i,
	    text_of(page, raw), page->entry->wrap ? page->book->wrapped : NULL);
}

/* Nothing at all for what is undefined and for empty text, which a filter
 * calls blank. */
static lxw_error
put_cell(struct page *page, lxw_row_t at, size_t i, const struct cell *row)
{
	char exact[TEXT_EXACT];
	struct slice text;
	double ignored;

	if (book_number(&row[i], &ignored))
		return put_number(page, at, i, row);
	text = text_exact(exact, &row[i]);
	return text.n ? put_text(page, at, i, text) : LXW_NO_ERROR;
}

/* Makes room for the cell of a row that is wrapped over most lines; not every
 * program does it by itself. */
static lxw_error
put_height(struct page *page, lxw_row_t at, const struct cell *row)
{
	size_t lines = 1;

	if (!page->entry->wrap)
		return LXW_NO_ERROR;
	for (size_t i = 0; i < page->entry->table->n_columns; i++) {
		size_t n = 1 + display_width(row[i].as.text) / WIDTH_WRAPPED;

		lines = n > lines ? n : lines;
	}
	lines = lines < LINES_MAX ? lines : LINES_MAX;
	return worksheet_set_row(
	    page->sheet, at, (double)lines * LXW_DEF_ROW_HEIGHT, NULL);
}

static int
put_rows(struct page *page, struct fnl_err *err)
{
	const struct table *table = page->entry->table;

	for (size_t r = 0; r < table->rows.count; r++) {
		const struct cell *row = table_at(table, r);

		if (check(put_height(page, (lxw_row_t)r + 1, row), err))
			return -1;
		for (size_t i = 0; i < table->n_columns; i++)
			if (check(
				put_cell(page, (lxw_row_t)r + 1, i, row), err))
				return -1;
	}
	return 0;
}

/* ---- columns ---- */

static size_t
extra_width(enum unit unit)
{
	return unit == UNIT_MONEY ? WIDTH_MONEY : WIDTH_ROOM;
}

/* Room for every cell as people read it, and for the title with its arrow. */
static void
measure(struct page *page)
{
	const struct table *table = page->entry->table;

	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = table->columns[i];
		size_t *width = &page->widths[i];
		size_t limit = page->entry->wrap ? WIDTH_WRAPPED : WIDTH_MAX;
		size_t cell;

		*width = display_width(slice_of(column->title));
		for (size_t r = 0; r < table->rows.count; r++) {
			cell = display_width(text_cell(
			    &page->text, column, &table_at(table, r)[i]));
			*width = cell > *width ? cell : *width;
		}
		*width += extra_width(column->unit);
		*width = *width < WIDTH_MIN ? WIDTH_MIN : *width;
		*width = *width > limit ? limit : *width;
	}
}

static bool
is_folded(const struct page *page, size_t i)
{
	const struct table *table = page->entry->table;

	return i < table->n_columns &&
	       !text_shows(page->entry->options, table->columns[i]);
}

/* Excel puts the [+] of folded columns over the one after them. */
static int
put_columns(struct page *page, struct fnl_err *err)
{
	const struct table *table = page->entry->table;

	for (size_t i = 0; i <= table->n_columns; i++) {
		bool folded = is_folded(page, i);
		lxw_row_col_options options = { .hidden = folded,
			.level = folded,
			.collapsed = !folded && i && is_folded(page, i - 1) };
		double width = i < table->n_columns ? (double)page->widths[i]
						    : LXW_DEF_COL_WIDTH;

		if (check(worksheet_set_column_opt(page->sheet, (lxw_col_t)i,
			      (lxw_col_t)i, width, NULL, &options),
			err))
			return -1;
	}
	return 0;
}

/* A column's definition shows when the mouse rests on its title. */
static lxw_error
put_comment(struct page *page, size_t i, const char *help)
{
	lxw_comment_options options = { .width = COMMENT_WIDTH,
		.height = (uint16_t)(COMMENT_LINE_HEIGHT *
				     (2 + strlen(help) / COMMENT_LINE)) };

	if (!*help)
		return LXW_NO_ERROR;
	return worksheet_write_comment_opt(
	    page->sheet, 0, (lxw_col_t)i, help, &options);
}

static int
put_header(struct page *page, struct fnl_err *err)
{
	const struct table *table = page->entry->table;

	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = table->columns[i];

		if (check(worksheet_write_string(page->sheet, 0, (lxw_col_t)i,
			      text_of(page, slice_of(column->title)),
			      page->book->bold),
			err) ||
		    check(put_comment(page, i, column->help), err))
			return -1;
	}
	return 0;
}

static size_t
find_currency(const struct table *table)
{
	size_t i = 0;

	while (i < table->n_columns &&
	       !fold_equal(slice_of(table->columns[i]->id), SLICE("currency")))
		i++;
	return i;
}

/* Printed, it is as wide as a page, with the header on each. */
static void
set_paper(lxw_worksheet *sheet)
{
	worksheet_set_paper(sheet, PAPER_A4);
	worksheet_set_landscape(sheet);
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_repeat_rows(sheet, 0, 0);
}

static int
put_page(struct book *book, struct entry *entry, struct fnl_err *err)
{
	const struct table *table = entry->table;
	struct page page = { .book = book,
		.entry = entry,
		.sheet = workbook_add_worksheet(book->lxw, entry->name),
		.text = text_new(table, entry->options),
		.currency = find_currency(table),
		.widths = arena_array(
		    book->arena, table->n_columns, sizeof(*page.widths)) };
	lxw_row_t last = table->rows.count ? (lxw_row_t)table->rows.count : 1;

	entry->sheet = page.sheet;
	if (!page.sheet)
		return check(LXW_ERROR_MEMORY_MALLOC_FAILED, err);
	measure(&page);
	if (put_columns(&page, err) || put_header(&page, err) ||
	    put_rows(&page, err))
		return -1;
	worksheet_freeze_panes(page.sheet, 1, 0);
	set_paper(page.sheet);
	return check(worksheet_autofilter(page.sheet, 0, 0, last,
			 (lxw_col_t)(table->n_columns - 1)),
	    err);
}

/* ---- the sheets of notes and columns ---- */

static const struct column sheet_column = { "sheet", "Sheet", UNIT_TEXT,
	FOR_ALL, "Which sheet it is about." };
static const struct column key_column = { "note", "Note", UNIT_TEXT, FOR_ALL,
	"What it is about; the manual explains each." };
static const struct column text_column = { "text", "Text", UNIT_TEXT, FOR_ALL,
	"The note." };
static const struct column *const note_columns[] = { &sheet_column, &key_column,
	&text_column };

static const struct column title_column = { "title", "Column", UNIT_TEXT,
	FOR_ALL, "Its title." };
static const struct column id_column = { "id", "Id", UNIT_TEXT, FOR_ALL,
	"Its name in CSV and for --metric." };
static const struct column unit_column = { "unit", "Unit", UNIT_TEXT, FOR_ALL,
	"What it is measured in." };
static const struct column help_column = { "definition", "Definition",
	UNIT_TEXT, FOR_ALL, "What it says." };
static const struct column *const help_columns[] = { &sheet_column,
	&title_column, &id_column, &unit_column, &help_column };

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static void
add_texts(struct table *table, const char *const *texts)
{
	struct cell *row = table_row(table);

	for (size_t i = 0; i < table->n_columns; i++)
		row[i] = cell_text(slice_of(texts[i]));
}

static void
add_notes(struct table *notes, const struct entry *entry)
{
	const struct table *table = entry->table;

	if (table->title)
		add_texts(notes, (const char *const[]){
				     entry->name, "title", table->title });
	for (size_t i = 0; i < table->notes.count; i++) {
		const struct note *note = vec_at(&table->notes, i);

		add_texts(notes, (const char *const[]){
				     entry->name, note->key, note->text });
	}
}

static void
add_chart_note(struct table *notes, const struct entry *entry)
{
	if (entry->chart && entry->chart->note)
		add_texts(notes, (const char *const[]){ entry->name, "chart",
				     entry->chart->note });
}

static void
add_columns(struct table *columns, const struct entry *entry)
{
	for (size_t i = 0; i < entry->table->n_columns; i++) {
		const struct column *column = entry->table->columns[i];

		add_texts(columns,
		    (const char *const[]){ entry->name, column->title,
			column->id, unit_name(column->unit), column->help });
	}
}

/* What is known of the workbook once its tables are written. */
static void
add_own_notes(struct table *notes, const struct book *book)
{
	add_texts(notes,
	    (const char *const[]){ "", "funnel", "version " FNL_VERSION });
	if (book->cut)
		add_texts(notes,
		    (const char *const[]){ "", "cut",
			arena_printf(book->arena,
			    "%" PRIu64 " (cells longer than the %d characters "
			    "that one holds; csv has all)",
			    book->cut, CELL_TEXT_MAX) });
}

/* The tables are built when all others are written. */
static int
put_back_matter(struct book *book, struct fnl_err *err)
{
	static const struct render_options plain = { .all_columns = true };
	size_t n = book->entries.count;
	struct table *notes =
	    table_new(book->arena, "Notes", note_columns, LENGTH(note_columns));
	struct table *columns = table_new(
	    book->arena, "Columns", help_columns, LENGTH(help_columns));

	add_own_notes(notes, book);
	for (size_t i = 0; i < n; i++) {
		add_notes(notes, vec_at(&book->entries, i));
		add_chart_note(notes, vec_at(&book->entries, i));
		add_columns(columns, vec_at(&book->entries, i));
	}
	add_entry(book, "Notes", notes, &plain, true);
	add_entry(book, "Columns", columns, &plain, true);
	for (; n < book->entries.count; n++)
		if (put_page(book, vec_at(&book->entries, n), err))
			return -1;
	return 0;
}

/* ---- charts ---- */

/* The numbers of a chart in a sheet at the end, the chart beside its table. */
static int
put_chart(struct book *book, const struct entry *entry, struct fnl_err *err)
{
	struct entry *data;

	if (!entry->chart)
		return 0;
	data =
	    add_entry(book, arena_printf(book->arena, "Chart %s", entry->name),
		entry->chart->data, entry->options, false);
	if (put_page(book, data, err))
		return -1;
	return check(book_chart_put(entry->chart, book->lxw, entry->sheet,
			 entry->table->n_columns + 1, data->name),
	    err);
}

/* ---- the file ---- */

static int
check_size(const struct entry *entry, struct fnl_err *err)
{
	const struct table *table = entry->table;

	if (table->rows.count < ROWS_MAX && table->n_columns < COLUMNS_MAX)
		return 0;
	return fail(err, FNL_USAGE,
	    "a sheet of a workbook has room for %d rows and %d columns, this "
	    "report has %zu and %zu; write it as csv",
	    ROWS_MAX - 1, COLUMNS_MAX - 1, table->rows.count, table->n_columns);
}

static uint64_t
count_cells(const struct book *book)
{
	uint64_t n = 0;

	for (size_t i = 0; i < book->entries.count; i++) {
		const struct entry *entry = vec_at(&book->entries, i);

		n += (uint64_t)entry->table->rows.count *
		     entry->table->n_columns;
	}
	return n;
}

static uint64_t
row_bytes(const struct table *table, size_t row)
{
	const struct cell *cells = table_at(table, row);
	uint64_t bytes = 0;

	for (size_t i = 0; i < table->n_columns; i++)
		if (cells[i].kind == CELL_TEXT)
			bytes += 3 * (uint64_t)cells[i].as.text.n;
	return bytes;
}

/* What the files take at most, but for text that is all escapes. */
static uint64_t
count_bytes(const struct book *book)
{
	uint64_t bytes = SMALLEST_BOOK + CELL_BYTES * count_cells(book);

	for (size_t i = 0; i < book->entries.count; i++) {
		const struct table *table =
		    ((const struct entry *)vec_at(&book->entries, i))->table;

		for (size_t r = 0; r < table->rows.count; r++)
			bytes += row_bytes(table, r);
	}
	return bytes;
}

/*
 * Whether the disk has room is found out beforehand, with zeros that are
 * written over: the library does not look whether its temporary files took
 * what it wrote, and would make a workbook of what they did.
 */
static int
reserve(FILE *file, uint64_t bytes)
{
	static const char zeros[BUFSIZ];

	for (uint64_t n = 0; n < bytes; n += sizeof(zeros))
		fwrite(zeros, 1, sizeof(zeros), file);
	return fflush(file) == 0 && !ferror(file) ? 0 : -1;
}

static int
fail_temporary(struct fnl_err *err)
{
	const char *why = strerror(errno ? errno : EIO);

	errno = 0; /* else it were said of the output */
	return fail(err, FNL_SYSTEM,
	    "cannot write temporary files: %s (TMPDIR says where, else /tmp)",
	    why);
}

static void
close_book(void *object)
{
	struct book *book = object;

	if (book->lxw)
		lxw_workbook_free(book->lxw);
	if (book->file)
		fclose(book->file);
	book->lxw = NULL;
	book->file = NULL;
}

static void
set_properties(struct book *book)
{
	const struct entry *first = vec_at(&book->entries, 0);
	lxw_doc_properties properties = { .title = arena_text(book->arena,
					      slice_of(first->name)),
		.created = BIRTH };

	workbook_set_properties(book->lxw, &properties);
}

/*
 * The library wants the name of a file: that of one which is open and has no
 * name any more, so that nothing stays behind however the run ends.
 */
static int
open_book(struct book *book, struct fnl_err *err)
{
	uint64_t bytes = count_bytes(book);
	lxw_workbook_options options = { .constant_memory = count_cells(book) >
							    CELLS_IN_MEMORY,
		.use_zip64 = bytes > UINT32_MAX / 2 };
	char path[32];

	arena_defer(book->arena, close_book, book);
	book->file = lxw_tmpfile(NULL);
	if (!book->file || reserve(book->file, bytes) < 0)
		return fail_temporary(err);
	snprintf(path, sizeof(path), "/dev/fd/%d", fileno(book->file));
	book->lxw = workbook_new_opt(path, &options);
	if (!book->lxw)
		return check(LXW_ERROR_MEMORY_MALLOC_FAILED, err);
	set_properties(book);
	book->bold = workbook_add_format(book->lxw);
	book->wrapped = workbook_add_format(book->lxw);
	if (!book->bold || !book->wrapped)
		return check(LXW_ERROR_MEMORY_MALLOC_FAILED, err);
	format_set_bold(book->bold);
	format_set_bottom(book->bold, LXW_BORDER_THIN);
	format_set_text_wrap(book->wrapped);
	format_set_align(book->wrapped, LXW_ALIGN_VERTICAL_TOP);
	return 0;
}

static int
copy_out(FILE *from, FILE *out, struct fnl_err *err)
{
	char buffer[BUFSIZ];
	size_t n;

	rewind(from);
	while ((n = fread(buffer, 1, sizeof(buffer), from)) > 0)
		if (fwrite(buffer, 1, n, out) < n)
			break;
	if (ferror(from))
		return fail_temporary(err);
	return text_end(out, err);
}

/* Closing frees the library's workbook in any case. */
static int
close_lxw(struct book *book, struct fnl_err *err)
{
	lxw_workbook *lxw = book->lxw;

	book->lxw = NULL;
	return check(workbook_close(lxw), err);
}

int
book_write(struct book *book, FILE *out, struct fnl_err *err)
{
	size_t n = book->entries.count;
	int code;

	for (size_t i = 0; i < n; i++)
		if (check_size(vec_at(&book->entries, i), err))
			return -1;
	if (open_book(book, err))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (put_page(book, vec_at(&book->entries, i), err))
			return -1;
	if (put_back_matter(book, err))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (put_chart(book, vec_at(&book->entries, i), err))
			return -1;
	if (close_lxw(book, err))
		return -1;
	code = copy_out(book->file, out, err);
	close_book(book);
	return code;
}
