/*
 * render_csv.c: csv (RFC 4180 with LF line ends) and tsv, all columns, full
 * precision, undefined cells empty.
 *
 * Text is never altered. A cell that starts with = + - or @ is a formula to a
 * spreadsheet (OWASP, CSV Injection), but the usual cure, a quote mark in
 * front, breaks every negative number and every join on a name, and these
 * files are first of all read by programs. People who open them in a
 * spreadsheet import the column as text.
 */
#include <string.h>

#include "render_text.h"

struct dialect {
	char separator;
	const char *lone; /* an undefined cell that is alone on its line */
	void (*put_text)(FILE *out, struct slice text);
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/*
 * Besides what RFC 4180 says: blanks at the ends, because readers (libcsv is
 * one) trim what is bare, and the empty text, which is "" so that it is not
 * taken for an undefined cell.
 */
static bool
needs_quotes(struct slice text)
{
	if (text.n == 0 || is_blank(text.p[0]) || is_blank(text.p[text.n - 1]))
		return true;
	return memchr(text.p, ',', text.n) || memchr(text.p, '"', text.n) ||
	       memchr(text.p, '\n', text.n) || memchr(text.p, '\r', text.n);
}

static void
put_csv_text(FILE *out, struct slice text)
{
	if (!needs_quotes(text)) {
		text_put(out, text);
		return;
	}
	putc('"', out);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			putc('"', out);
		putc(text.p[i], out);
	}
	putc('"', out);
}

/* The linear TSV convention: a cell never holds a tab or a line end. It has
 * no quotes, so an empty text and an undefined cell look the same. */
static void
put_tsv_text(FILE *out, struct slice text)
{
	static const char acting[] = "\t\n\r\\", letters[] = "tnr\\";

	for (size_t i = 0; i < text.n; i++) {
		const char *found =
		    memchr(acting, text.p[i], sizeof(acting) - 1);

		if (found)
			putc('\\', out);
		putc(found ? letters[found - acting] : text.p[i], out);
	}
}

static void
put_cell(FILE *out, const struct dialect *dialect, const struct cell *cell)
{
	char exact[TEXT_EXACT];

	if (cell->kind == CELL_TEXT)
		dialect->put_text(out, cell->as.text);
	else
		text_put(out, text_exact(exact, cell));
}

static void
put_row(
    FILE *out, const struct dialect *dialect, const struct cell *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			putc(dialect->separator, out);
		put_cell(out, dialect, &row[i]);
	}
	if (n == 1 && row->kind == CELL_UNDEFINED)
		fputs(dialect->lone, out);
	putc('\n', out);
}

static int
render(const struct table *table, const struct dialect *dialect, FILE *out,
    struct fnl_err *err)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		if (i)
			putc(dialect->separator, out);
		dialect->put_text(out, slice_of(table->columns[i]->id));
	}
	putc('\n', out);
	for (size_t r = 0; r < table->rows.count; r++)
		put_row(out, dialect, table_at(table, r), table->n_columns);
	return text_end(out, err);
}

int
render_csv(const struct table *table, const struct render_options *options,
    FILE *out, struct fnl_err *err)
{
	/* Readers skip blank lines, hence the quotes. */
	static const struct dialect csv = { ',', "\"\"", put_csv_text };

	(void)options;
	return render(table, &csv, out, err);
}

int
render_tsv(const struct table *table, const struct render_options *options,
    FILE *out, struct fnl_err *err)
{
	static const struct dialect tsv = { '\t', "", put_tsv_text };

	(void)options;
	return render(table, &tsv, out, err);
}
