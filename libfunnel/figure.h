/*
 * figure: what a report's table looks like as a picture -- data only, one
 * figure a report, by column ids. What draws (chart, a page, a workbook) looks
 * the ids up in the table, passes over those that it does not have, and knows
 * no report; a report knows no picture.
 *
 * The segments in front of a table (table.n_by of them) and its periods need
 * no word here: they are labels or series, or the line of time, by themselves.
 *
 * A report has its row in figures.c; one whose columns are known only at run
 * time (a model's) makes its own, in the arena.
 */
#ifndef FUNNEL_FIGURE_H
#define FUNNEL_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

enum figure_kind {
	/* A bar or a dot a label, side by side a series, with intervals;
	 * where there are several periods, lines over them. */
	FIGURE_BARS,
	/* A number that goes from start to end by signed steps: rows of the
	 * table, their direction in the column `sign`; the rows whose labels
	 * are `first` and `last` are where it began and ended. */
	FIGURE_WATERFALL,
	/* Of a label: from the first to the third measure a box, the second a
	 * line in it, the fourth the end of a whisker. */
	FIGURE_BOXES,
	/* Step curves of the first measure over `x`, a series each; `ticks`
	 * counts what was censored there. */
	FIGURE_STEPS,
	/* The first measure as the shade of a field: rows `label`, columns
	 * `series`. */
	FIGURE_HEAT,
	/* A point at the time `x`, a line a label, a colour a series. */
	FIGURE_TIMES,
};

enum figure_mark { MARK_BAR, MARK_DOT };

/* A number that is drawn. The measures of one panel share an axis. */
struct figure_measure {
	const char *value; /* a column */
	const char *low, *high; /* the ends of its interval, or NULL */
	const char *error; /* instead: what it is uncertain by */
	const char *target; /* what it should be, drawn as a line */
	const char *target_name; /* in words, "promised" */
	const char *name; /* NULL: the column's title */
	const char *axis; /* of the panel, where it has several measures */
	unsigned panel; /* 0.. from left to right */
	enum figure_mark mark;
	bool over_time; /* the one that the lines over periods show; where
			   none is, the first */
};

struct figure {
	enum figure_kind kind;
	const char *title; /* the subject; NULL: the table's */
	const char *label; /* the column that names a row; NULL: its segments */
	const char *label_else; /* where that is empty */
	const char *more[2]; /* columns that belong to the label, or NULL */
	const char *series; /* a column whose values are drawn apart, or NULL */
	const char *x; /* of FIGURE_STEPS and FIGURE_TIMES */
	const char *x_name; /* what it counts, such as "days" */
	const char *sign, *first, *last; /* of FIGURE_WATERFALL */
	const char *ticks; /* of FIGURE_STEPS */
	const char *only, *is; /* only rows where the column reads so (NULL: is
				  not empty) */
	const char *young, *young_is; /* where the column reads so (NULL: is
					 not empty) it is too early to tell:
					 drawn paler, dashed, hollow */
	const char *young_means; /* NULL: that; else what pale stands for */
	const char *period, *period_start; /* NULL: those of --period */
	bool joined; /* the series is part of the label */
	bool each_row; /* a list: equal labels are different rows */
	bool no_time; /* periods are rows like all others */
	const struct figure_measure *measures;
	size_t n_measures;
};

#endif
