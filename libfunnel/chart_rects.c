/*
 * chart_rects.c: waterfalls, boxes and heat maps: rectangles beside labels.
 */
#include <math.h>

#include "chart_kinds.h"

#define RECT_COLUMNS "(($1+$2)/2):3:1:2:($3-$4):($3+$4)"
#define RECT "with boxxyerror fs solid 1 "
#define WON_COLOUR 2 /* up: green; down: vermilion; levels: blue */
#define LOST_COLOUR 1
#define LEVEL_COLOUR 0

static double
figure_width(const struct chart_data *d, size_t measure)
{
	size_t widest = 0;

	for (size_t s = 0; s < d->n_series; s++)
		for (size_t l = 0; l < d->n_labels; l++) {
			const char *text = chart_at(d, measure, s, l)->text;
			size_t width = text ? display_width(slice_of(text)) : 0;

			widest = width > widest ? width : widest;
		}
	return (double)widest;
}

static struct chart_panel
rows_panel(struct chart_rows *rows, struct chart_range range, enum unit unit,
    double reserve, const char *heading)
{
	struct chart_page *page = rows->page;
	struct chart_panel panel = { .left = rows->left,
		.right = page->width - (reserve + 2) * page->em -
			 (page->is_text ? 1 : 10),
		.top = rows->top,
		.bottom = rows->top + rows->row * (double)rows->n -
			  (page->is_text ? 1 : 0),
		.x_tics = true };

	panel.x = chart_scale_new(
	    page, range.low, range.high, page->is_text ? 4 : 8, unit);
	panel.y = (struct chart_scale){ .first = (double)rows->n };
	if (page->is_text)
		panel.right = floor(panel.right);
	chart_word(page, WORD_BOLD, panel.left,
	    rows->top - page->line * (page->is_text ? 1 : .7), heading);
	return panel;
}

/* A rectangle from..to in a row. */
static void
rect_row(
    struct chart_rows *rows, size_t label, double from, double to, double half)
{
	const double row[] = { from, to, chart_rows_at(rows, label, 0, 1),
		half };

	chart_numbers(rows->page, row, 4);
}

static void
text_rect(struct chart_rows *rows, const struct chart_panel *panel,
    size_t label, double from, double to, const char *fill)
{
	double x0 = round(chart_x(panel, fmin(from, to)));
	double x1 = round(chart_x(panel, fmax(from, to)));

	chart_word(rows->page, WORD_LEFT, x0, chart_rows_y(rows, label, 0, 1),
	    chart_repeat(rows->page, fill, fmax(x1 - x0, 1)));
}

/* ---- waterfall ---- */

struct step {
	double from, to;
	size_t colour;
	const char *text;
};

/* Levels begin at 0, steps where the one before ended. */
static struct step *
steps_of(const struct chart_data *d)
{
	struct step *steps = arena_array(d->arena, d->n_labels, sizeof(*steps));
	double running = 0;

	for (size_t l = 0; l < d->n_labels; l++) {
		const struct chart_point *p = chart_at(d, 0, 0, l);
		double step = p->level ? p->value : p->value * p->sign;

		if (p->level)
			running = 0;
		steps[l].from = running;
		running += isnan(step) ? 0 : step;
		steps[l].to = running;
		steps[l].text = !p->text ? "-" /* unknown, which is not 0 */
				: p->level
				    ? p->text
				    : arena_printf(d->arena, "%s%s",
					  p->sign < 0 ? "-" : "+", p->text);
		steps[l].colour = p->level      ? LEVEL_COLOUR
				  : p->sign < 0 ? LOST_COLOUR
						: WON_COLOUR;
	}
	return steps;
}

static void
plot_steps(struct chart_rows *rows, const struct step *steps)
{
	for (size_t colour = 0; colour < 3; colour++) {
		chart_block(rows->page);
		for (size_t l = 0; l < rows->n; l++)
			if (steps[l].colour == colour)
				rect_row(rows, l,
				    fmin(steps[l].from, steps[l].to),
				    fmax(steps[l].from, steps[l].to), .36);
		chart_block_end(rows->page);
	}
}

void
chart_waterfall(struct chart_page *page, struct chart_data *data)
{
	struct chart_rows rows = { .page = page, .data = data };
	struct chart_range range = { 0, 0 };
	struct step *steps = steps_of(data);
	struct chart_panel panel;

	chart_rows_lay_out(&rows, chart_head(page, data, NULL, 0, 0), 1);
	for (size_t l = 0; l < rows.n; l++) {
		chart_widen(&range, steps[l].from);
		chart_widen(&range, steps[l].to);
	}
	panel = rows_panel(&rows, range, data->measures[0].column->unit,
	    figure_width(data, 0), data->measures[0].axis);
	for (size_t l = 0; l < rows.n; l++) {
		double end = fmax(steps[l].from, steps[l].to);

		chart_word(page, WORD_LEFT,
		    chart_x(&panel, end) + (page->is_text ? 2 : 6),
		    chart_rows_y(&rows, l, 0, 1), steps[l].text);
		if (page->is_text)
			text_rect(&rows, &panel, l, steps[l].from, steps[l].to,
			    chart_fill(page, steps[l].colour));
	}
	if (!page->is_text)
		plot_steps(&rows, steps);
	chart_panel_begin(page, &panel);
	for (unsigned i = 0; !page->is_text && i < 3; i++)
		chart_plot(page,
		    "$d%u using " RECT_COLUMNS " " RECT
		    "noborder lc rgb \"%s\"",
		    page->n_blocks - 2 + i, chart_colours[i]);
	chart_panel_end(page);
	chart_foot(page, data);
}

/* ---- boxes ---- */

struct box {
	double low, middle, high, end;
};

static struct box
box_of(const struct chart_data *d, size_t label)
{
	double v[4] = { NAN, NAN, NAN, NAN };

	for (size_t m = 0; m < d->n_measures && m < 4; m++)
		v[m] = chart_at(d, m, 0, label)->value;
	return (struct box){ v[0], v[1], v[2], v[3] };
}

static void
plot_boxes(struct chart_rows *rows)
{
	struct chart_page *page = rows->page;

	chart_block(page);
	for (size_t l = 0; l < rows->n; l++) {
		struct box b = box_of(rows->data, l);

		if (!isnan(b.low))
			rect_row(rows, l, b.low, b.high, .3);
	}
	chart_block_end(page);
	chart_block(page);
	for (size_t l = 0; l < rows->n; l++) {
		struct box b = box_of(rows->data, l);
		double y = chart_rows_at(rows, l, 0, 1);
		const double middle[] = { b.middle, y - .3, 0, .6 };
		const double whisker[] = { b.high, y, b.end - b.high, 0 };
		const double end[] = { b.end, y - .15, 0, .3 };

		if (isnan(b.middle))
			continue;
		chart_numbers(page, middle, 4);
		chart_numbers(page, whisker, 4);
		chart_numbers(page, end, 4);
	}
	chart_block_end(page);
}

static void
text_box(struct chart_rows *rows, const struct chart_panel *panel, size_t l)
{
	bool ascii = rows->page->options->ascii;
	struct box b = box_of(rows->data, l);

	if (isnan(b.middle))
		return;
	text_rect(rows, panel, l, b.high, b.end, ascii ? "-" : "\xe2\x94\x80");
	text_rect(rows, panel, l, b.low, b.high, ascii ? "=" : "\xe2\x96\x92");
	chart_word(rows->page, WORD_CENTRE, round(chart_x(panel, b.middle)),
	    chart_rows_y(rows, l, 0, 1), "|");
}

void
chart_boxes(struct chart_page *page, struct chart_data *data)
{
	struct chart_rows rows = { .page = page, .data = data };
	struct chart_range range = { 0, 0 };
	struct chart_panel panel;

	chart_rows_lay_out(&rows, chart_head(page, data, NULL, 0, 0), 1);
	for (size_t l = 0; l < rows.n; l++) {
		struct box b = box_of(data, l);

		chart_widen(&range, b.high);
		chart_widen(&range, b.end);
	}
	panel = rows_panel(&rows, range, UNIT_DAYS, figure_width(data, 1),
	    data->measures[1].axis);
	for (size_t l = 0; l < rows.n; l++) {
		const char *text = chart_at(data, 1, 0, l)->text;

		if (text)
			chart_word(page, WORD_RIGHT,
			    page->width - (page->is_text ? 2 : 14),
			    chart_rows_y(&rows, l, 0, 1), text);
		if (page->is_text)
			text_box(&rows, &panel, l);
	}
	if (!page->is_text)
		plot_boxes(&rows);
	chart_panel_begin(page, &panel);
	if (!page->is_text) {
		chart_plot(page,
		    "$d%u using " RECT_COLUMNS " " RECT "noborder lc rgb "
		    "\"#56B4E9\"",
		    page->n_blocks - 1);
		chart_plot(page,
		    "$d%u using 1:2:3:4 with vectors nohead lw 2 lc rgb "
		    "\"#003355\"",
		    page->n_blocks);
	}
	chart_panel_end(page);
	chart_foot(page, data);
}

/* ---- heat map ---- */

/* From white to dark blue, in steps of lightness that survive grey print. */
static double
shade(double share)
{
	double s = fmin(1, fmax(0, share));
	double red = 255 - s * 255, green = 255 - s * 165, blue = 255 - s * 105;

	return floor(red) * 65536 + floor(green) * 256 + floor(blue);
}

static void
plot_heat(struct chart_rows *rows, double most)
{
	const struct chart_data *d = rows->data;

	chart_block(rows->page);
	for (size_t l = 0; l < rows->n; l++)
		for (size_t s = 0; s < d->n_series; s++) {
			double value = chart_at(d, 0, s, l)->value;
			const double row[] = { (double)s, (double)s + 1,
				(double)l + .5, .5, shade(value / most) };

			if (!isnan(value))
				chart_numbers(rows->page, row, 5);
		}
	chart_block_end(rows->page);
}

static void
heat_words(
    struct chart_rows *rows, const struct chart_panel *panel, double most)
{
	const struct chart_page *page = rows->page;
	const struct chart_data *d = rows->data;
	double cell = (panel->right - panel->left) / (double)d->n_series;

	for (size_t l = 0; l < rows->n; l++)
		for (size_t s = 0; s < d->n_series; s++) {
			const struct chart_point *p = chart_at(d, 0, s, l);
			bool dark = !page->is_text && p->value > most * .55;

			if (p->text &&
			    (double)display_width(slice_of(p->text)) *
				    page->em <
				cell)
				chart_word(rows->page,
				    dark ? WORD_WHITE : WORD_CENTRE,
				    chart_x(panel, (double)s + .5),
				    chart_rows_y(rows, l, 0, 1), p->text);
		}
}

/* The names of the columns stand below, slanted. */
static void
column_words(struct chart_rows *rows, const struct chart_panel *panel)
{
	const struct chart_page *page = rows->page;
	const struct chart_data *d = rows->data;
	double cell = (panel->right - panel->left) / (double)d->n_series;

	for (size_t s = 0; s < d->n_series; s++)
		chart_word(rows->page,
		    page->is_text ? WORD_CENTRE : WORD_SLANTED,
		    chart_x(panel, (double)s + .5) + (page->is_text ? 0 : 4),
		    panel->bottom + (page->is_text ? 1 : 10),
		    chart_cut(page, d->series[s],
			page->is_text ? (size_t)fmax(2, cell - 1) : 20));
}

void
chart_heat(struct chart_page *page, struct chart_data *data)
{
	struct chart_rows rows = { .page = page, .data = data };
	struct chart_range range = { 0, 0 };
	struct chart_panel panel;

	chart_rows_lay_out(&rows, chart_head(page, data, NULL, 0, 0), 1);
	if (!page->is_text)
		page->height += 20 * page->em * .6;
	for (size_t s = 0; s < data->n_series; s++)
		for (size_t l = 0; l < rows.n; l++)
			chart_widen(&range, chart_at(data, 0, s, l)->value);
	panel = rows_panel(&rows, range, UNIT_SHARE, 0, data->measures[0].axis);
	panel.x = (struct chart_scale){ .last = (double)data->n_series };
	panel.x_tics = false;
	heat_words(&rows, &panel, range.high);
	column_words(&rows, &panel);
	if (!page->is_text)
		plot_heat(&rows, range.high);
	chart_panel_begin(page, &panel);
	if (!page->is_text)
		chart_plot(page,
		    "$d%u using " RECT_COLUMNS
		    ":5 with boxxyerror lc rgb variable fs solid 1 noborder",
		    page->n_blocks);
	chart_panel_end(page);
	chart_foot(page, data);
}

/* ---- points in time ---- */

static void
time_words(struct chart_rows *rows, struct chart_panel *panel)
{
	for (int i = 0; i <= 4; i++) {
		double at =
		    panel->x.first + (panel->x.last - panel->x.first) * i / 4;
		char text[WHEN_TEXT];
		struct when when = { (int64_t)at, WHEN_INSTANT };

		when_text(text, when);
		text[10] = '\0'; /* the day */
		chart_word(rows->page, WORD_CENTRE, chart_x(panel, at),
		    panel->bottom +
			rows->page->line * (rows->page->is_text ? 1 : .8),
		    text);
	}
}

static void
plot_times(struct chart_rows *rows, const struct chart_panel *panel, size_t s)
{
	const struct chart_data *d = rows->data;
	struct chart_page *page = rows->page;

	if (!page->is_text)
		chart_block(page);
	for (size_t i = 0; i < d->curve.count; i++) {
		const struct chart_curve_point *p = vec_at(&d->curve, i);
		const double row[] = { p->point.x,
			chart_rows_at(rows, p->label, 0, 1) };

		if (p->series != s || p->label >= rows->n || isnan(p->point.x))
			continue;
		if (page->is_text)
			chart_word(page, WORD_CENTRE,
			    round(chart_x(panel, p->point.x)),
			    chart_rows_y(rows, p->label, 0, 1),
			    chart_fill(page, s));
		else
			chart_numbers(page, row, 2);
	}
	if (!page->is_text)
		chart_block_end(page);
}

void
chart_times(struct chart_page *page, struct chart_data *data)
{
	struct chart_rows rows = { .page = page, .data = data };
	struct chart_range range = { INFINITY, -INFINITY };
	struct chart_panel panel;

	chart_rows_lay_out(
	    &rows, chart_head(page, data, data->series, data->n_series, 0), 1);
	for (size_t i = 0; i < data->curve.count; i++)
		chart_widen(&range,
		    ((struct chart_curve_point *)vec_at(&data->curve, i))
			->point.x);
	if (!(range.high > range.low))
		range.high = range.low + DAY_SECONDS;
	panel = rows_panel(&rows, range, UNIT_TIME, 3, data->figure->x_name);
	panel.x =
	    (struct chart_scale){ .first = range.low, .last = range.high };
	panel.x_tics = false;
	panel.left += page->em * 4;
	time_words(&rows, &panel);
	for (size_t s = 0; s < data->n_series; s++)
		plot_times(&rows, &panel, s);
	chart_panel_begin(page, &panel);
	for (unsigned s = 0; !page->is_text && s < data->n_series; s++)
		chart_plot(page,
		    "$d%u using 1:2 with points pt %d ps 1 lc rgb \"%s\"",
		    page->n_blocks + 1 - (unsigned)data->n_series + s,
		    chart_shapes[s], chart_colours[s]);
	chart_panel_end(page);
	chart_foot(page, data);
}
