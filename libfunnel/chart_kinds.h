/*
 * chart_kinds: one function a kind of chart, from its data to a page. Private
 * to the chart files; chart_script.c has the table of them.
 */
#ifndef FUNNEL_CHART_KINDS_H
#define FUNNEL_CHART_KINDS_H

#include "chart_page.h"

/* Labels one under the other, each with `slots` lines beside it. */
struct chart_rows {
	struct chart_page *page;
	struct chart_data *data;
	size_t slots;
	size_t n; /* labels: on a terminal, as many as it has room for */
	double top, row; /* page units */
	double left; /* where the labels end */
};

/* From below the head; sets the height of the page, and the labels. */
void chart_rows_lay_out(struct chart_rows *rows, double head, size_t slots);
/* The middle of one of `slots` slots on the page, and in rows from the top. */
double chart_rows_y(
    const struct chart_rows *rows, size_t label, size_t slot, size_t slots);
double chart_rows_at(
    const struct chart_rows *rows, size_t label, size_t slot, size_t slots);

/* n times a character. */
const char *
chart_repeat(const struct chart_page *page, const char *character, double n);

struct chart_range {
	double low, high;
};

void chart_widen(struct chart_range *range, double value); /* NaN does not */

typedef void
chart_draw_function(struct chart_page *page, struct chart_data *data);

chart_draw_function chart_bars, chart_lines, chart_waterfall, chart_boxes,
    chart_heat, chart_times;

#endif
