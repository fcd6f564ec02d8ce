/*
 * render: a table to bytes, one row of formats[] each. Formats for people
 * round, group and align; formats for machines print full precision. An
 * undefined cell is empty, null or -, never 0.
 */
#ifndef FUNNEL_RENDER_H
#define FUNNEL_RENDER_H

#include <stdio.h>

#include "table.h"

struct render_options {
	int width; /* of the terminal; 0 is no limit */
	bool ascii; /* no characters outside ASCII in the frame */
	bool all_columns; /* the user chose: show FOR_MACHINES columns too */
	bool indian_grouping; /* 12,34,567 */
	bool charts; /* html: drawn by gnuplot */
};

struct format {
	const char *name; /* what --format takes */
	const char *suffix; /* of -o FILE, without the dot */
	const char *help;
	bool for_people;
	bool document; /* it goes from hand to hand: not to a terminal, and
			  its notes say how it was made */
	/* Writes and flushes; -1 and FNL_SYSTEM when out did not take it. */
	int (*render)(const struct table *table,
	    const struct render_options *options, FILE *out,
	    struct fnl_err *err);
};

extern const struct format formats[]; /* ends with a NULL name */

/* By name, or NULL. */
const struct format *format_find(const char *name);
/* By the suffix of a file name (in any case), or NULL. */
const struct format *format_of_file(const char *path);

#endif
