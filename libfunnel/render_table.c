/*
 * render_table.c: aligned columns for a terminal, in two passes: the first
 * measures every cell, the second prints it. Cells are made into text twice
 * rather than kept, since a list of records has more of them than fit.
 *
 * Where the terminal is too narrow, columns FOR_ROOM are left out and named
 * below the table; after that only text gives way, since a cut figure is
 * another figure. A line that is still too long stays long.
 */
#include "render_text.h"

#define GAP 2 /* blanks between columns */
#define TEXT_NARROWEST 12 /* columns that a cut text keeps */
#define NOTE_NARROWEST 24
/* Without a terminal nothing is cut, but one huge cell must not pad every
 * other row: text that is longer is shown out of line. */
#define ALIGN_WIDEST 200

struct frame {
	const char *rule;
	const char *ellipsis;
};

struct shown {
	const struct column *column;
	size_t position; /* in the row */
	size_t width;
};

struct grid {
	struct text text;
	const struct frame *frame;
	FILE *out;
	size_t room; /* of the terminal; 0 is no limit, and nothing is cut */
	size_t blanks; /* owed before the next text; none end a line */
	struct shown *columns;
	size_t n_columns;
	const char *left_out; /* titles of columns, or NULL */
};

static const struct frame frames[] = { { "\xe2\x94\x80", "\xe2\x80\xa6" },
	{ "-", "..." } };

static void
widen(struct shown *shown, struct slice text)
{
	size_t width = display_width(text);

	if (width > shown->width)
		shown->width = width < ALIGN_WIDEST ? width : ALIGN_WIDEST;
}

static struct slice
title_of(struct grid *grid, const struct shown *shown)
{
	return text_harmless(&grid->text, slice_of(shown->column->title));
}

static struct slice
cell_of(struct grid *grid, const struct shown *shown, const struct cell *row)
{
	return text_cell(&grid->text, shown->column, &row[shown->position]);
}

static void
choose_columns(struct grid *grid, const struct table *table)
{
	grid->columns =
	    arena_array(table->arena, table->n_columns, sizeof(*grid->columns));
	for (size_t i = 0; i < table->n_columns; i++)
		if (text_shows(grid->text.options, table->columns[i]))
			grid->columns[grid->n_columns++] =
			    (struct shown){ .column = table->columns[i],
				    .position = i };
}

static void
measure(struct grid *grid, const struct table *table)
{
	for (size_t i = 0; i < grid->n_columns; i++) {
		struct shown *shown = &grid->columns[i];

		widen(shown, title_of(grid, shown));
		for (size_t r = 0; r < table->rows.count; r++)
			widen(shown, cell_of(grid, shown, table_at(table, r)));
	}
}

/* The text column that can give most, or NULL. */
static struct shown *
widest_text(struct grid *grid)
{
	struct shown *widest = NULL;

	for (size_t i = 0; i < grid->n_columns; i++) {
		struct shown *shown = &grid->columns[i];

		if (shown->column->unit == UNIT_TEXT &&
		    shown->width > TEXT_NARROWEST &&
		    (!widest || shown->width > widest->width))
			widest = shown;
	}
	return widest;
}

static size_t
line_width(const struct grid *grid)
{
	size_t line = 0;

	for (size_t i = 0; i < grid->n_columns; i++)
		line += grid->columns[i].width + (i ? GAP : 0);
	return line;
}

/* The last column that may be left out, or NULL; the first names the row. */
static struct shown *
last_for_room(struct grid *grid)
{
	if (grid->text.options->all_columns)
		return NULL;
	for (size_t i = grid->n_columns; i-- > 1;)
		if (grid->columns[i].column->audience == FOR_ROOM)
			return &grid->columns[i];
	return NULL;
}

static void
leave_out(struct grid *grid, struct shown *shown)
{
	const char *title = shown->column->title;

	if (grid->left_out)
		title = arena_printf(
		    grid->text.arena, "%s, %s", title, grid->left_out);
	grid->left_out = title;
	grid->n_columns--;
	for (; shown < grid->columns + grid->n_columns; shown++)
		*shown = shown[1];
}

/* Neighbours leave together: half an interval tells nobody anything. */
static void
leave_out_run(struct grid *grid, struct shown *shown)
{
	do
		leave_out(grid, shown);
	while (--shown > grid->columns && shown->column->audience == FOR_ROOM);
}

/* Leaves out what can be, then takes from the widest text, a blank at a time,
 * until the line fits. */
static void
fit(struct grid *grid)
{
	struct shown *shown;
	size_t line;

	while (line_width(grid) > grid->room && (shown = last_for_room(grid)))
		leave_out_run(grid, shown);
	line = line_width(grid);
	for (; line > grid->room && (shown = widest_text(grid)); line--)
		shown->width--;
}

static void
put(struct grid *grid, struct slice s)
{
	for (; s.n && grid->blanks; grid->blanks--)
		putc(' ', grid->out);
	text_put(grid->out, s);
}

static void
end_line(struct grid *grid)
{
	grid->blanks = 0;
	putc('\n', grid->out);
}

/* Bytes of the first character of valid UTF-8. */
static size_t
character(struct slice s)
{
	size_t n = 1;

	while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* The same with the marks that combine with it. */
static size_t
step(struct slice s)
{
	size_t n = character(s);

	while (n < s.n) {
		struct slice mark = { s.p + n, s.n - n };

		mark.n = character(mark);
		if (display_width(mark) > 0)
			break;
		n += mark.n;
	}
	return n;
}

/* The longest start of s that fits into room. */
static struct slice
start_of(struct slice s, size_t room)
{
	struct slice start = { s.p, 0 };

	while (start.n < s.n) {
		struct slice rest = { s.p + start.n, s.n - start.n };
		size_t n = step(rest);
		size_t width = display_width((struct slice){ rest.p, n });

		if (width > room)
			break;
		room -= width;
		start.n += n;
	}
	return start;
}

/* The longest end of s that fits into room. */
static struct slice
end_of(struct slice s, size_t room)
{
	size_t width = display_width(s);

	while (width > room) {
		size_t n = step(s);

		width -= display_width((struct slice){ s.p, n });
		s.p += n;
		s.n -= n;
	}
	return s;
}

/*
 * Cuts in the middle, since campaigns and files are told apart by how they
 * end as often as by how they start. Returns the width.
 */
static size_t
put_cut(struct grid *grid, struct slice s, size_t width)
{
	struct slice ellipsis = slice_of(grid->frame->ellipsis);
	size_t room = width - display_width(ellipsis);
	struct slice start = start_of(s, room - room / 2);
	struct slice end = end_of(s, room / 2);

	put(grid, start);
	put(grid, ellipsis);
	put(grid, end);
	return width - room + display_width(start) + display_width(end);
}

static void
put_aligned(struct grid *grid, const struct shown *shown, struct slice s)
{
	size_t width = display_width(s);
	size_t blanks = width < shown->width ? shown->width - width : 0;

	if (text_is_right_aligned(shown->column)) {
		grid->blanks += blanks;
		put(grid, s);
	} else if (grid->room && width > shown->width) {
		grid->blanks = shown->width - put_cut(grid, s, shown->width);
	} else {
		put(grid, s);
		grid->blanks += blanks;
	}
	grid->blanks += GAP;
}

static void
put_head(struct grid *grid)
{
	for (size_t i = 0; i < grid->n_columns; i++)
		put_aligned(
		    grid, &grid->columns[i], title_of(grid, &grid->columns[i]));
	end_line(grid);
	for (size_t i = 0; i < grid->n_columns; i++) {
		for (size_t n = 0; n < grid->columns[i].width; n++)
			put(grid, slice_of(grid->frame->rule));
		grid->blanks = GAP;
	}
	end_line(grid);
}

static void
put_row(struct grid *grid, const struct cell *row)
{
	for (size_t i = 0; i < grid->n_columns; i++)
		put_aligned(grid, &grid->columns[i],
		    cell_of(grid, &grid->columns[i], row));
	end_line(grid);
}

static void
put_rows(struct grid *grid, const struct table *table)
{
	for (size_t r = 0; r < table->rows.count; r++)
		put_row(grid, table_at(table, r));
	if (table->rows.count == 0) {
		put(grid, SLICE("(no rows)"));
		end_line(grid);
	}
}

/* Cuts the first word off s, without the blanks before it. */
static struct slice
next_word(struct slice *s)
{
	size_t start = 0, end;
	struct slice word;

	while (start < s->n && s->p[start] == ' ')
		start++;
	for (end = start; end < s->n && s->p[end] != ' ';)
		end++;
	word = (struct slice){ s->p + start, end - start };
	s->p += end;
	s->n -= end;
	return word;
}

/* Breaks between words only: a path or a digest can be copied whole. */
static void
put_wrapped(struct grid *grid, struct slice s, size_t indent, size_t room)
{
	size_t used = 0;

	for (struct slice word = next_word(&s); word.n; word = next_word(&s)) {
		size_t width = display_width(word);

		if (used && room && used + 1 + width > room) {
			end_line(grid);
			grid->blanks = indent;
			used = 0;
		}
		if (used)
			grid->blanks = 1;
		put(grid, word);
		used += width + (used > 0);
	}
	end_line(grid);
}

static size_t
widest_key(struct grid *grid, const struct vec *notes)
{
	struct shown keys = { 0 };

	for (size_t i = 0; i < notes->count; i++) {
		const struct note *note = vec_at(notes, i);

		widen(&keys, text_harmless(&grid->text, slice_of(note->key)));
	}
	return keys.width;
}

static void
put_note(struct grid *grid, const struct note *note, size_t indent)
{
	struct slice key = text_harmless(&grid->text, slice_of(note->key));
	size_t width = display_width(key);
	size_t room = grid->room;

	if (room)
		room = room > indent + NOTE_NARROWEST ? room - indent
						      : NOTE_NARROWEST;
	put(grid, key);
	grid->blanks = width + GAP < indent ? indent - width : GAP;
	put_wrapped(grid, text_harmless(&grid->text, slice_of(note->text)),
	    indent, room);
}

static void
put_notes(struct grid *grid, const struct vec *notes)
{
	size_t indent = widest_key(grid, notes) + GAP;

	if (notes->count)
		end_line(grid);
	for (size_t i = 0; i < notes->count; i++)
		put_note(grid, vec_at(notes, i), indent);
}

static void
put_left_out(struct grid *grid)
{
	const char *line = arena_printf(grid->text.arena,
	    "left out to fit the width: %s (--all-columns or --metric shows "
	    "them)",
	    grid->left_out);

	end_line(grid);
	put_wrapped(
	    grid, text_harmless(&grid->text, slice_of(line)), 0, grid->room);
}

static void
put_title(struct grid *grid, const char *title)
{
	put(grid, text_harmless(&grid->text, slice_of(title)));
	end_line(grid);
	end_line(grid);
}

int
render_table(const struct table *table, const struct render_options *options,
    FILE *out, struct fnl_err *err)
{
	struct grid grid = { .text = text_new(table, options),
		.frame = &frames[options->ascii],
		.out = out,
		.room = options->width > 0 ? (size_t)options->width : 0 };

	choose_columns(&grid, table);
	measure(&grid, table);
	if (grid.room)
		fit(&grid);
	if (table->title)
		put_title(&grid, table->title);
	put_head(&grid);
	put_rows(&grid, table);
	put_notes(&grid, &table->notes);
	if (grid.left_out)
		put_left_out(&grid);
	return text_end(out, err);
}
