/*
 * page: tables as one HTML page that needs nothing but itself: no network, no
 * library. The page of one table and the pack of many are written by the same
 * code, section by section.
 *
 * What strangers wrote reaches the page through one function that escapes it,
 * and the page's own policy (Content-Security-Policy) lets a browser run the
 * one script whose digest it names, and fetch nothing.
 */
#ifndef FUNNEL_PAGE_H
#define FUNNEL_PAGE_H

#include "render.h"

struct page_section {
	const char *id; /* anchor, unique on its page: a-z, 0-9, - */
	const char *title; /* NULL: that of the table */
	const char *lead; /* what it is about, or NULL */
	const char *lacks; /* instead of the table: what it would take to have
			      one; NULL: there is one */
	const struct table *table;
	/* What cells were before, row by row: they are marked. NULL where a
	 * cell is the same, itself NULL where all are. */
	const char *const *before;
	/* page_draw() fills these. */
	struct slice chart; /* SVG as gnuplot writes it, or empty */
	const char *chart_note; /* what it leaves out, or why there is none */
};

struct page {
	struct arena *arena;
	const char *title;
	const char *lead; /* or NULL */
	const struct page_section *sections;
	size_t n_sections;
};

/*
 * The picture of the section's table, where it has a figure and the options
 * want charts. Where it cannot be drawn the page has its table all the same,
 * and a line that says why.
 */
void
page_draw(struct page_section *section, const struct render_options *options);

/* Writes and flushes; -1 and FNL_SYSTEM when out did not take it. */
int page_write(const struct page *page, const struct render_options *options,
    FILE *out, struct fnl_err *err);

#endif
