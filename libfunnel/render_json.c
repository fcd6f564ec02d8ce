/*
 * render_json.c: json, one object with everything; jsonl, an object a row.
 * All columns. The only file that knows jansson, which writes the strings;
 * figures are written digit by digit as in CSV, so that the two formats
 * agree: counts, fractions and money (an exact decimal) are numbers, times
 * are ISO 8601 strings, flags are true or null, what is undefined is null.
 */
#include <jansson.h>
#include <string.h>

#include "render_text.h"

struct writer {
	const struct table *table;
	struct text text;
	FILE *out;
	bool out_of_memory; /* jansson's */
};

static void
put(struct writer *w, const char *text)
{
	fputs(text, w->out);
}

static void
put_string(struct writer *w, struct slice raw)
{
	struct slice text = text_valid(&w->text, raw);
	json_t *string = json_stringn(text.p, text.n);

	if (!string)
		w->out_of_memory = true;
	else if (json_dumpf(string, w->out, JSON_ENCODE_ANY) < 0)
		w->out_of_memory = true; /* or the stream says so itself */
	json_decref(string);
}

static void
put_key(struct writer *w, const char *key)
{
	put_string(w, slice_of(key));
	put(w, ": ");
}

static void
put_member(struct writer *w, const char *key, const char *text)
{
	put_key(w, key);
	put_string(w, slice_of(text));
}

static void
put_cell(struct writer *w, const struct column *column, const struct cell *cell)
{
	char exact[TEXT_EXACT];

	if (cell->kind == CELL_UNDEFINED)
		put(w, "null");
	else if (column->unit == UNIT_FLAG)
		put(w, "true");
	else if (cell->kind == CELL_TEXT || cell->kind == CELL_TIME)
		put_string(w, text_exact(exact, cell));
	else
		text_put(w->out, text_exact(exact, cell));
}

static void
put_row(struct writer *w, const struct cell *row)
{
	put(w, "{");
	for (size_t i = 0; i < w->table->n_columns; i++) {
		const struct column *column = w->table->columns[i];

		put(w, i ? ", " : "");
		put_key(w, column->id);
		put_cell(w, column, &row[i]);
	}
	put(w, "}");
}

static void
put_column(struct writer *w, const struct column *column)
{
	put(w, "{");
	put_member(w, "id", column->id);
	put(w, ", ");
	put_member(w, "title", column->title);
	put(w, ", ");
	put_member(w, "unit", unit_name(column->unit));
	put(w, ", ");
	put_member(w, "help", column->help);
	put(w, "}");
}

/* Every item of a list or an object stands on a line of its own. */
static void
start_item(struct writer *w, bool first)
{
	put(w, first ? "\n    " : ",\n    ");
}

static void
end_items(struct writer *w, bool none, const char *close)
{
	put(w, none ? "" : "\n  ");
	put(w, close);
}

static void
put_columns(struct writer *w)
{
	put(w, "  \"columns\": [");
	for (size_t i = 0; i < w->table->n_columns; i++) {
		start_item(w, i == 0);
		put_column(w, w->table->columns[i]);
	}
	end_items(w, w->table->n_columns == 0, "],\n");
}

static void
put_rows(struct writer *w)
{
	put(w, "  \"rows\": [");
	for (size_t r = 0; r < w->table->rows.count; r++) {
		start_item(w, r == 0);
		put_row(w, table_at(w->table, r));
	}
	end_items(w, w->table->rows.count == 0, "],\n");
}

/* The next note with the key at or after position `from`, or the count. */
static size_t
find_note(const struct vec *notes, size_t from, const char *key)
{
	while (from < notes->count &&
	       strcmp(((const struct note *)vec_at(notes, from))->key, key))
		from++;
	return from;
}

static void
put_note(struct writer *w, size_t first)
{
	const struct vec *notes = &w->table->notes;
	const struct note *note = vec_at(notes, first);
	size_t next = find_note(notes, first + 1, note->key);
	bool many = next < notes->count;

	put_key(w, note->key);
	put(w, many ? "[" : "");
	put_string(w, slice_of(note->text));
	for (; next < notes->count;
	     next = find_note(notes, next + 1, note->key)) {
		put(w, ", ");
		note = vec_at(notes, next);
		put_string(w, slice_of(note->text));
	}
	put(w, many ? "]" : "");
}

/* A key that is repeated stands where it was first, with all its texts. */
static void
put_notes(struct writer *w)
{
	const struct vec *notes = &w->table->notes;

	put(w, "  \"notes\": {");
	for (size_t i = 0; i < notes->count; i++) {
		const struct note *note = vec_at(notes, i);

		if (find_note(notes, 0, note->key) < i)
			continue;
		start_item(w, i == 0);
		put_note(w, i);
	}
	end_items(w, notes->count == 0, "}\n");
}

static int
end(const struct writer *w, struct fnl_err *err)
{
	if (w->out_of_memory && !ferror(w->out))
		return fail(err, FNL_SYSTEM, "out of memory");
	return text_end(w->out, err);
}

int
render_json(const struct table *table, const struct render_options *options,
    FILE *out, struct fnl_err *err)
{
	struct writer w = { table, text_new(table, options), out, false };

	put(&w, "{\n  ");
	put_member(&w, "title", table->title);
	put(&w, ",\n");
	put_columns(&w);
	put_rows(&w);
	put_notes(&w);
	put(&w, "}\n");
	return end(&w, err);
}

int
render_jsonl(const struct table *table, const struct render_options *options,
    FILE *out, struct fnl_err *err)
{
	struct writer w = { table, text_new(table, options), out, false };

	for (size_t r = 0; r < table->rows.count; r++) {
		put_row(&w, table_at(table, r));
		put(&w, "\n");
	}
	return end(&w, err);
}
