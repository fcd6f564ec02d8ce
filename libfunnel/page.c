/*
 * page.c: the HTML page. It is written as XML would have it, too (closed
 * tags, no named entities), so that xmllint can prove every page well formed.
 *
 * A figure stands in its cell as people read it, and exactly in data-value
 * where the two differ: the script sorts by the latter. The definition of a
 * column is on the page once, in the list below its table; the head of the
 * column links to it, and the script shows it wherever a figure is pointed
 * at. Columns for machines are there and hidden until somebody ticks a box,
 * which takes no script.
 *
 * The digest of the script is the leave to run: markup that got in all the
 * same would not be run, and default-src 'none' lets no request out. Style
 * is not digested, since gnuplot sets attributes of that name.
 */
#include <string.h>

#include "page.h"
#include "render_text.h"

/* The files page.css and page.js byte by byte, from the Makefile. */
static const char style[] = {
#include "page.css.h"
};
static const char script[] = {
#include "page.js.h"
};

/* As XML reads it, an element of style or script is text in which & and < are
 * markup, unless it stands in such a section; HTML sees a comment. */
#define CDATA_START "/*<![CDATA[*/\n"
#define CDATA_END "/*]]>*/"

struct writer {
	const struct page *page;
	const struct render_options *options;
	const struct page_section *section; /* in work */
	struct text text;
	FILE *out;
};

static void
put(struct writer *w, const char *markup)
{
	fputs(markup, w->out);
}

static const char *
entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* The one way of a text onto the page, as content or between quotes. */
static void
put_escaped(struct writer *w, struct slice harmless)
{
	for (size_t i = 0; i < harmless.n; i++) {
		const char *entity = entity_of(harmless.p[i]);

		if (entity)
			fputs(entity, w->out);
		else
			putc(harmless.p[i], w->out);
	}
}

static void
put_text(struct writer *w, const char *raw)
{
	put_escaped(w, text_harmless(&w->text, slice_of(raw)));
}

/* <tag>text</tag>, the text kept from reordering what stands around it. */
static void
put_element(struct writer *w, const char *tag, const char *raw)
{
	fprintf(w->out, "<%s><bdi>", tag);
	put_text(w, raw);
	fprintf(w->out, "</bdi></%s>", tag);
}

/* ---- the head ---- */

static const char *
digest_of_script(struct arena *arena)
{
	struct textbuf whole = { .arena = arena };
	char *digest = arena_alloc(arena, SHA256_BASE64);

	textbuf_add(&whole, "%s%.*s%s", CDATA_START, (int)sizeof(script),
	    script, CDATA_END);
	sha256_base64(digest, whole.p, whole.n);
	return digest;
}

static void
put_policy(struct writer *w)
{
	fprintf(w->out,
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src 'unsafe-inline'; "
	    "script-src 'sha256-%s'; base-uri 'none'; form-action 'none'\"/>\n",
	    digest_of_script(w->page->arena));
}

static void
put_head(struct writer *w)
{
	put(w, "<!DOCTYPE html>\n"
	       "<html lang=\"en\">\n"
	       "<head>\n"
	       "<meta charset=\"utf-8\"/>\n");
	put_policy(w);
	put(w, "<meta name=\"viewport\" content=\"width=device-width, "
	       "initial-scale=1\"/>\n"
	       "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
	       "<meta name=\"generator\" content=\"funnel " FNL_VERSION "\"/>\n"
	       "<title>");
	put_text(w, w->page->title);
	put(w, "</title>\n<style>" CDATA_START);
	text_put(w->out, (struct slice){ style, sizeof(style) });
	put(w, CDATA_END "</style>\n</head>\n");
}

static void
put_lead(struct writer *w, const char *lead)
{
	if (!lead)
		return;
	put(w, "<p class=\"lead\"><bdi>");
	put_text(w, lead);
	put(w, "</bdi></p>\n");
}

static void
put_header(struct writer *w)
{
	put(w, "<body>\n"
	       "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n"
	       "<header>\n");
	put_element(w, "h1", w->page->title);
	put(w, "\n");
	put_lead(w, w->page->lead);
	put(w, "</header>\n");
}

/* ---- where things are ---- */

static const char *
title_of(const struct page_section *section)
{
	return section->title ? section->title : section->table->title;
}

static bool
is_alone(const struct writer *w)
{
	return w->page->n_sections == 1;
}

static void
put_link(struct writer *w, const char *id, const char *part, const char *title)
{
	fprintf(w->out, "<li><a href=\"#%s%s\"><bdi>", id, part);
	put_text(w, title);
	put(w, "</bdi></a></li>\n");
}

/* The parts of a lone section, else the sections. */
static void
put_links(struct writer *w)
{
	const struct page_section *first = w->page->sections;

	for (size_t i = 0; !is_alone(w) && i < w->page->n_sections; i++)
		put_link(w, first[i].id, "", title_of(&first[i]));
	if (!is_alone(w))
		return;
	if (first->chart.n)
		put_link(w, first->id, "-chart", "Chart");
	put_link(w, first->id, "-table", "Table");
	put_link(w, first->id, "-definitions", "Definitions");
	if (first->table->notes.count)
		put_link(w, first->id, "-notes", "Notes");
}

static void
put_nav(struct writer *w)
{
	put(w, "<nav aria-label=\"On this page\">\n<ul>\n");
	put_links(w);
	put(w, "</ul>\n</nav>\n");
}

/* ---- the chart ---- */

static bool
starts(struct slice s, struct slice with)
{
	return s.n >= with.n && memcmp(s.p, with.p, with.n) == 0;
}

static struct slice
without(struct slice s, size_t n)
{
	return (struct slice){ s.p + n, s.n - n };
}

/*
 * The names of one drawing must not be those of the next, and gnuplot gives
 * all its drawings the same: each gets the section in front, where a tag
 * defines it and where one refers to it. Returns what stands before a name.
 */
static size_t
before_name(struct slice svg)
{
	static const struct slice before[] = { { " id=\"", 5 }, { " id='", 5 },
		{ "href=\"#", 7 }, { "href='#", 7 }, { "url(#", 5 } };

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		if (starts(svg, before[i]))
			return before[i].n;
	return 0;
}

/* Without what stands before the next such text, or without all of it. */
static struct slice
from(struct slice s, struct slice text)
{
	while (s.n > 0 && !starts(s, text))
		s = without(s, 1);
	return s;
}

/* The element: what stands before it is of a file, not of a page. Its titles,
 * gnuplot_plot_1 and the like, would show wherever the pointer rests. */
static void
put_svg(struct writer *w, struct slice svg)
{
	bool in_tag = false;

	svg = from(svg, SLICE("<svg"));
	while (svg.n > 0) {
		size_t n = in_tag ? before_name(svg) : 0;
		size_t step = n ? n : 1;

		if (starts(svg, SLICE("<title>"))) {
			svg = from(svg, SLICE("</title>"));
			svg = without(svg, svg.n ? sizeof("</title>") - 1 : 0);
			continue;
		}
		if (*svg.p == '>' && !in_tag) /* XML wants it for ]]> */
			put(w, "&gt;");
		else
			text_put(w->out, (struct slice){ svg.p, step });
		in_tag = *svg.p == '<' || (in_tag && *svg.p != '>');
		if (n)
			fprintf(w->out, "%s-", w->section->id);
		svg = without(svg, step);
	}
}

static void
put_chart(struct writer *w)
{
	const struct page_section *s = w->section;

	if (s->chart.n) {
		fprintf(w->out,
		    "<figure id=\"%s-chart\" role=\"img\" aria-label=\"Chart: ",
		    s->id);
		put_text(w, title_of(s));
		put(w, "; the table below has its figures\">\n");
		put_svg(w, s->chart);
		put(w, "</figure>\n");
	}
	if (s->chart_note) {
		put(w, "<p class=\"chart-note\">Chart: ");
		put_text(w, s->chart_note);
		put(w, "</p>\n");
	}
}

/* ---- the table ---- */

static bool
is_hidden(const struct writer *w, const struct column *column)
{
	return !text_shows(w->options, column);
}

static size_t
count_hidden(const struct writer *w)
{
	const struct table *table = w->section->table;
	size_t n = 0;

	for (size_t i = 0; i < table->n_columns; i++)
		n += is_hidden(w, table->columns[i]);
	return n;
}

static void
put_toggle(struct writer *w)
{
	size_t hidden = count_hidden(w);

	if (hidden == 0)
		return;
	fprintf(w->out,
	    "<input type=\"checkbox\" class=\"all\" id=\"%s-all\"/>"
	    "<label for=\"%s-all\">Show %zu more column%s</label>\n",
	    w->section->id, w->section->id, hidden, hidden == 1 ? "" : "s");
}

static void
put_class(
    struct writer *w, const struct column *column, bool undefined, bool moved)
{
	const struct {
		bool holds;
		const char *name;
	} classes[] = {
		{ text_is_right_aligned(column), "figure" },
		{ undefined, "none" },
		{ is_hidden(w, column), "machine" },
		{ moved, "moved" },
	};
	bool any = false;

	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		if (!classes[i].holds)
			continue;
		put(w, any ? " " : " class=\"");
		put(w, classes[i].name);
		any = true;
	}
	put(w, any ? "\"" : "");
}

static void
put_column(struct writer *w, size_t i)
{
	const struct column *column = w->section->table->columns[i];
	const char *id = w->section->id;

	put(w, "<th scope=\"col\"");
	put_class(w, column, false, false);
	fprintf(w->out, " data-definition=\"%s-d%zu\"><a href=\"#%s-d%zu\"", id,
	    i, id, i);
	put(w, " title=\"");
	put_text(w, column->help);
	put(w, "\"><bdi>");
	put_text(w, column->title);
	put(w, "</bdi></a></th>\n");
}

/* The columns in front that name what a row is about, at least the first. */
static size_t
count_keys(const struct table *table)
{
	size_t n = 0;

	while (
	    n < table->n_columns && !text_is_right_aligned(table->columns[n]))
		n++;
	return n > 0 && n < table->n_columns ? n : 1;
}

/* data-value, where the cell shows less or in another way. */
static void
put_exact(
    struct writer *w, const struct cell *cell, struct slice shown, bool moved)
{
	char buffer[TEXT_EXACT];
	struct slice exact;

	if (cell->kind == CELL_UNDEFINED || (cell->kind == CELL_TEXT && !moved))
		return;
	exact = cell->kind == CELL_TEXT ? shown : text_exact(buffer, cell);
	if (slice_equal(exact, shown) && !moved)
		return;
	put(w, " data-value=\"");
	put_escaped(w, exact);
	put(w, "\"");
}

static void
put_cell(struct writer *w, const struct column *column, const struct cell *cell,
    bool is_key, const char *before)
{
	struct slice shown = text_cell(&w->text, column, cell);
	bool is_text = cell->kind == CELL_TEXT;

	put(w, is_key ? "<th scope=\"row\"" : "<td");
	put_class(w, column, cell->kind == CELL_UNDEFINED, before != NULL);
	put_exact(w, cell, shown, before != NULL);
	put(w, is_text ? "><bdi>" : ">");
	put_escaped(w, shown);
	put(w, is_text ? "</bdi>" : "");
	if (before) {
		put(w, " <small>was <bdi>");
		put_text(w, before);
		put(w, "</bdi></small>");
	}
	put(w, is_key ? "</th>" : "</td>");
}

static void
put_row(struct writer *w, size_t number, size_t n_keys)
{
	const struct table *table = w->section->table;
	const struct cell *row = table_at(table, number);
	const char *const *before =
	    w->section->before ? w->section->before + number * table->n_columns
			       : NULL;

	put(w, "<tr>");
	for (size_t i = 0; i < table->n_columns; i++)
		put_cell(w, table->columns[i], &row[i], i < n_keys,
		    before ? before[i] : NULL);
	put(w, "</tr>\n");
}

/* Who sees the page has the title right above. */
static void
put_caption(struct writer *w)
{
	size_t rows = w->section->table->rows.count;

	fprintf(w->out,
	    "<caption id=\"%s-caption\"><span class=\"unseen\"><bdi>",
	    w->section->id);
	put_text(w, title_of(w->section));
	fprintf(w->out, "</bdi>, </span>%zu row%s</caption>\n", rows,
	    rows == 1 ? "" : "s");
}

/* It scrolls by itself, also by keyboard: hence a region with a tab stop. */
static void
put_table(struct writer *w)
{
	const struct table *table = w->section->table;
	const char *id = w->section->id;
	size_t n_keys = count_keys(table);

	put_toggle(w);
	fprintf(w->out,
	    "<div class=\"scroll\" id=\"%s-table\" role=\"region\" "
	    "aria-labelledby=\"%s-caption\" tabindex=\"0\">\n<table>\n",
	    id, id);
	put_caption(w);
	put(w, "<thead>\n<tr>\n");
	for (size_t i = 0; i < table->n_columns; i++)
		put_column(w, i);
	put(w, "</tr>\n</thead>\n<tbody>\n");
	for (size_t r = 0; r < table->rows.count; r++)
		put_row(w, r, n_keys);
	put(w, "</tbody>\n</table>\n");
	if (table->rows.count == 0)
		put(w, "<p class=\"no-rows\">No rows.</p>\n");
	put(w, "</div>\n");
}

/* ---- below it ---- */

static void
put_definition(struct writer *w, size_t i)
{
	const struct column *column = w->section->table->columns[i];

	put(w, is_hidden(w, column) ? "<div class=\"machine\">" : "<div>");
	put(w, "<dt><bdi>");
	put_text(w, column->title);
	put(w, "</bdi> ");
	put_element(w, "code", column->id);
	fprintf(w->out, "</dt><dd id=\"%s-d%zu\">", w->section->id, i);
	put_text(w, column->help);
	put(w, "</dd></div>\n");
}

static void
put_definitions(struct writer *w)
{
	const struct table *table = w->section->table;

	fprintf(w->out,
	    "<details class=\"definitions\" id=\"%s-definitions\">"
	    "<summary>What the columns mean</summary>\n<dl>\n",
	    w->section->id);
	for (size_t i = 0; i < table->n_columns; i++)
		put_definition(w, i);
	put(w, "</dl>\n</details>\n");
}

static void
put_note(struct writer *w, const struct note *note)
{
	put(w, "<li>");
	put_element(w, "b", note->key);
	put(w, " <span><bdi>");
	put_text(w, note->text);
	put(w, "</bdi></span></li>\n");
}

static void
put_notes(struct writer *w)
{
	const struct vec *notes = &w->section->table->notes;
	const char *level = is_alone(w) ? "h2" : "h3";

	if (notes->count == 0)
		return;
	fprintf(w->out, "<%s id=\"%s-notes\">Notes</%s>\n", level,
	    w->section->id, level);
	put(w, "<ul class=\"notes\">\n");
	for (size_t i = 0; i < notes->count; i++)
		put_note(w, vec_at(notes, i));
	put(w, "</ul>\n");
}

static void
put_lacks(struct writer *w)
{
	put(w, "<p class=\"lacks\">What it would need: <bdi>");
	put_text(w, w->section->lacks);
	put(w, "</bdi></p>\n");
}

static void
put_content(struct writer *w)
{
	put_chart(w);
	put_table(w);
	put_definitions(w);
	put_notes(w);
}

/* A lone section has no title of its own: the page has it. */
static void
put_section(struct writer *w, const struct page_section *section)
{
	w->section = section;
	fprintf(w->out, "<section id=\"%s\" aria-labelledby=\"%s-%s\">\n",
	    section->id, section->id, is_alone(w) ? "caption" : "title");
	if (!is_alone(w)) {
		fprintf(w->out, "<h2 id=\"%s-title\"><bdi>", section->id);
		put_text(w, title_of(section));
		put(w, "</bdi></h2>\n");
	}
	put_lead(w, section->lead);
	if (section->lacks)
		put_lacks(w);
	else
		put_content(w);
	put(w, "</section>\n");
}

static void
put_footer(struct writer *w)
{
	put(w, "</main>\n"
	       "<footer>Made by funnel " FNL_VERSION
	       ". All of it is in this file; it loads nothing.</footer>\n"
	       "<script>" CDATA_START);
	text_put(w->out, (struct slice){ script, sizeof(script) });
	put(w, CDATA_END "</script>\n</body>\n</html>\n");
}

int
page_write(const struct page *page, const struct render_options *options,
    FILE *out, struct fnl_err *err)
{
	struct writer w = { .page = page,
		.options = options,
		.text = { .options = options, .arena = page->arena },
		.out = out };

	put_head(&w);
	put_header(&w);
	put_nav(&w);
	put(&w, "<main id=\"main\" tabindex=\"-1\">\n");
	for (size_t i = 0; i < page->n_sections; i++)
		put_section(&w, &page->sections[i]);
	put_footer(&w);
	return text_end(out, err);
}
