/*
 * chart: a table with a figure -> a script for gnuplot, and gnuplot's picture.
 * The only module that runs a program.
 *
 *	chart_script(table, &options, &chart, err)
 *	if (chart.script)
 *		chart_run(arena, &chart, &options, out, err)
 *
 * Names in a table are a stranger's text. They stand in data blocks of the
 * script, quoted, and nowhere else; the script goes to gnuplot's standard
 * input, no shell sees it, and gnuplot is told to read no markup in text.
 */
#ifndef FUNNEL_CHART_H
#define FUNNEL_CHART_H

#include "table.h"

enum chart_form { CHART_SVG, CHART_PNG, CHART_PDF, CHART_TEXT };

struct chart_options {
	enum chart_form form;
	int columns, lines; /* of CHART_TEXT; 0: 80, 24 */
	bool ascii; /* of CHART_TEXT: nothing outside of ASCII but the names */
	bool indian_grouping; /* 12,34,567 */
	const char
	    *name; /* an SVG's ids begin so: several in one page; [a-z0-9],
			     or NULL */
};

struct chart {
	const char *script; /* NULL: there is nothing to draw */
	const char *note; /* what was left out, or why there is nothing; NULL */
};

/* By the suffix of a file name, in any case; "-" is CHART_TEXT. Returns -1
 * for any other. */
int chart_form_of_file(const char *path, enum chart_form *out);

/* Reads the table's figure; fails where it has none. The texts live in the
 * table's arena. */
int chart_script(const struct table *table, const struct chart_options *options,
    struct chart *out, struct fnl_err *err);

/*
 * Gives a script to gnuplot and writes what it draws, the same bytes for the
 * same script and gnuplot. Fails, with nothing written, where gnuplot is
 * missing or says no.
 */
int chart_run(struct arena *arena, const struct chart *chart,
    const struct chart_options *options, FILE *out, struct fnl_err *err);

#endif
