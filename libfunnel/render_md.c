/*
 * render_md.c: a GitHub Flavored Markdown table under a heading, the notes as
 * a list. Names come from strangers, so whatever could be markup or HTML in
 * them is escaped; the result shows the text that the terminal table shows.
 */
#include <string.h>

#include "render_text.h"

static void
put_character(FILE *out, char c)
{
	static const char specials[] = "\\`|*_[]~#$";

	if (c == '<')
		fputs("&lt;", out);
	else if (c == '>')
		fputs("&gt;", out);
	else if (c == '&')
		fputs("&amp;", out);
	else if (c != '\0' && strchr(specials, c))
		fprintf(out, "\\%c", c);
	else
		putc(c, out);
}

static void
put_escaped(FILE *out, struct slice harmless)
{
	for (size_t i = 0; i < harmless.n; i++)
		put_character(out, harmless.p[i]);
}

static void
put_text(FILE *out, struct text *text, const char *raw)
{
	put_escaped(out, text_harmless(text, slice_of(raw)));
}

static void
put_head(FILE *out, struct text *text, const struct table *table)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		if (!text_shows(text->options, table->columns[i]))
			continue;
		fputs("| ", out);
		put_text(out, text, table->columns[i]->title);
		putc(' ', out);
	}
	fputs("|\n", out);
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = table->columns[i];

		if (text_shows(text->options, column))
			fputs(
			    text_is_right_aligned(column) ? "| --: " : "| :-- ",
			    out);
	}
	fputs("|\n", out);
}

static void
put_row(FILE *out, struct text *text, const struct table *table,
    const struct cell *row)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = table->columns[i];

		if (!text_shows(text->options, column))
			continue;
		fputs("| ", out);
		put_escaped(out, text_cell(text, column, &row[i]));
		putc(' ', out);
	}
	fputs("|\n", out);
}

static void
put_notes(FILE *out, struct text *text, const struct vec *notes)
{
	if (notes->count)
		putc('\n', out);
	for (size_t i = 0; i < notes->count; i++) {
		const struct note *note = vec_at(notes, i);

		fputs("- ", out);
		put_text(out, text, note->key);
		fputs(": ", out);
		put_text(out, text, note->text);
		putc('\n', out);
	}
}

int
render_md(const struct table *table, const struct render_options *options,
    FILE *out, struct fnl_err *err)
{
	struct text text = text_new(table, options);

	if (table->title) {
		fputs("## ", out);
		put_text(out, &text, table->title);
		fputs("\n\n", out);
	}
	put_head(out, &text, table);
	for (size_t r = 0; r < table->rows.count; r++)
		put_row(out, &text, table, table_at(table, r));
	if (table->rows.count == 0)
		fputs("\n(no rows)\n", out);
	put_notes(out, &text, &table->notes);
	return text_end(out, err);
}
