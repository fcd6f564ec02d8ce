/*
 * chart_lines.c: lines over periods with the bands of their intervals, what is
 * too young to tell dashed and hollow; step curves with a tick where somebody
 * was last seen.
 */
#include <math.h>

#include "chart_kinds.h"

#define HEIGHT 440.0 /* pixels */
#define FACET 190.0
#define BANDS_MAX \
	3 /* series: more hide each other, and have charts of their
		       own side by side */

struct lines {
	struct chart_page *page;
	struct chart_data *data;
	struct chart_panel panel;
	bool facets; /* a panel a series */
};

/* ---- points ---- */

/* The i-th point of a series, in the order of x; NULL after the last. */
struct points {
	const struct chart_point **list;
	double *x;
	size_t n;
};

static struct points
points_new(struct lines *l, size_t most)
{
	return (struct points){ arena_array(l->page->arena, most + 1,
				    sizeof(const struct chart_point *)),
		arena_array(l->page->arena, most + 1, sizeof(double)), 0 };
}

static void
points_add(struct points *points, double x, const struct chart_point *point)
{
	points->x[points->n] = x;
	points->list[points->n++] = point;
}

static struct points
points_of(struct lines *l, size_t series)
{
	const struct chart_data *d = l->data;
	struct points points =
	    points_new(l, d->over_time ? d->n_labels : d->curve.count);

	for (size_t i = 0; d->over_time && i < d->n_labels; i++)
		if (!isnan(chart_at(d, 0, series, i)->value))
			points_add(
			    &points, d->days[i], chart_at(d, 0, series, i));
	for (size_t i = 0; i < d->curve.count; i++) {
		const struct chart_curve_point *p = vec_at(&d->curve, i);

		if (p->series == series && !isnan(p->point.value))
			points_add(&points, p->point.x, &p->point);
	}
	return points;
}

/* ---- the frame ---- */

static void
widen_by(struct lines *l, const struct points *points, struct chart_range *x,
    struct chart_range *y, bool bands)
{
	for (size_t i = 0; i < points->n; i++) {
		const struct chart_point *p = points->list[i];

		chart_widen(x, points->x[i]);
		chart_widen(y, p->value);
		chart_widen(y, p->target);
		if (bands) {
			chart_widen(y, p->low);
			chart_widen(y, p->high);
		}
	}
	(void)l;
}

static bool
has_bands(const struct lines *l)
{
	return l->facets || l->data->n_series <= BANDS_MAX;
}

static void
find_ranges(struct lines *l, struct chart_range *x, struct chart_range *y)
{
	bool first = true;

	*y = (struct chart_range){ 0, 0 };
	for (size_t s = 0; s < l->data->n_series; s++) {
		struct points points = points_of(l, s);

		if (first && points.n) {
			double x0 = l->data->over_time ? points.x[0] : 0;

			*x = (struct chart_range){ x0, x0 };
			first = false;
		}
		widen_by(l, &points, x, y, has_bands(l));
	}
}

static void
set_scales(struct lines *l)
{
	struct chart_page *page = l->page;
	struct chart_range x = { 0, 0 }, y;

	find_ranges(l, &x, &y);
	l->panel.y = chart_scale_new(page, y.low, y.high,
	    page->is_text || l->facets ? 4 : 6,
	    l->data->measures[0].column->unit);
	if (!l->data->over_time)
		l->panel.x = chart_scale_new(
		    page, 0, x.high, page->is_text ? 5 : 8, UNIT_DAYS);
	else /* the first and the last have some room */
		l->panel.x = (struct chart_scale){
			.first = x.low - fmax(1, (x.high - x.low) * .03),
			.last = x.high + fmax(1, (x.high - x.low) * .03)
		};
}

/* Lines below the panel: tics, and the name of the axis. */
static double
below(const struct lines *l)
{
	const struct chart_page *page = l->page;
	double foot = *chart_foot_text(page, l->data) ? page->line : 0;

	if (page->is_text)
		return (l->data->over_time ? 2 : 3) + foot;
	return (l->data->over_time ? 2.2 : 3.2) * page->line + foot;
}

static void
lay_out(struct lines *l)
{
	struct chart_page *page = l->page;
	struct chart_data *d = l->data;
	double head;

	l->facets = d->over_time && !page->is_text && d->n_series > BANDS_MAX;
	head = chart_head(page, d, d->series, l->facets ? 0 : d->n_series, 0);
	if (l->facets)
		page->height = head + page->line +
			       FACET * (double)((d->n_series + 1) / 2) +
			       below(l) - page->line;
	else if (!page->is_text)
		page->height = HEIGHT;
	l->panel = (struct chart_panel){ .left = 9 * page->em,
		.right = page->width - (page->is_text ? 4 : 30),
		.top = head + page->line,
		.bottom = page->height - below(l),
		.x_tics = !d->over_time,
		.y_tics = true };
	set_scales(l);
}

/* Two beside each other, each with its heading. */
static void
place_facet(struct lines *l, size_t series, double top)
{
	struct chart_page *page = l->page;
	double width = page->width / 2;

	l->panel.left = (double)(series % 2) * width + 8 * page->em;
	l->panel.right = (double)(series % 2 + 1) * width - 4.5 * page->em;
	l->panel.top = top + FACET * (double)(series / 2) + 1.5 * page->line;
	l->panel.bottom = l->panel.top + FACET - 3.4 * page->line;
	chart_word(page, WORD_LEFT, l->panel.left,
	    l->panel.top - .7 * page->line,
	    chart_cut(page, l->data->series[series], 44));
}

/* As many names of periods as there is room for, the last among them. */
static void
put_periods(struct lines *l)
{
	const struct chart_page *page = l->page;
	const struct chart_data *d = l->data;
	size_t most = chart_widest(d->labels, d->n_labels, 24);
	double gap = (page->is_text ? 1 : 2) * page->em;
	double room = l->panel.right + 3 * page->em + gap;

	for (size_t i = d->n_labels; i-- > 0;) {
		double x = chart_x(&l->panel, d->days[i]);

		if (x + (double)most * page->em / 2 + gap > room)
			continue;
		room = x - (double)most * page->em / 2;
		chart_word(l->page, WORD_CENTRE, x,
		    l->panel.bottom + page->line * (page->is_text ? 1 : .9),
		    d->labels[i]);
	}
}

static void
put_axes(struct lines *l)
{
	const struct chart_page *page = l->page;
	const struct chart_data *d = l->data;

	chart_word(l->page, WORD_BOLD, page->is_text ? 0 : 14,
	    l->panel.top - page->line * (page->is_text ? 1 : .8),
	    d->measures[0].axis);
	if (!d->over_time && d->figure->x_name)
		chart_word(l->page, WORD_CENTRE,
		    (l->panel.left + l->panel.right) / 2,
		    l->panel.bottom + page->line * 2, d->figure->x_name);
}

/* ---- drawing ---- */

/* x, value, low, high of the points from..to. */
static unsigned
point_block(
    struct lines *l, const struct points *points, size_t from, size_t to)
{
	unsigned block = chart_block(l->page);

	for (size_t i = from; i < to; i++) {
		const struct chart_point *p = points->list[i];
		const double row[] = { points->x[i], p->value, p->low,
			p->high };

		chart_numbers(l->page, row, 4);
	}
	chart_block_end(l->page);
	return block;
}

/* A step holds until the next one begins. */
static unsigned
step_band_block(struct lines *l, const struct points *points)
{
	unsigned block = chart_block(l->page);

	for (size_t i = 0; i < points->n; i++) {
		const struct chart_point *p = points->list[i];
		const double here[] = { points->x[i], p->low, p->high };
		const double next[] = {
			points->x[i + 1 < points->n ? i + 1 : i], p->low,
			p->high
		};

		chart_numbers(l->page, here, 3);
		chart_numbers(l->page, next, 3);
	}
	chart_block_end(l->page);
	return block;
}

static unsigned
tick_block(struct lines *l, const struct points *points)
{
	double half = (l->panel.y.last - l->panel.y.first) * .012;
	unsigned block = 0;

	for (size_t i = 0; i < points->n; i++) {
		const struct chart_point *p = points->list[i];
		const double row[] = { points->x[i], p->value - half, 0,
			2 * half };

		if (!(p->ticks > 0))
			continue;
		if (!block)
			block = chart_block(l->page);
		chart_numbers(l->page, row, 4);
	}
	if (block)
		chart_block_end(l->page);
	return block;
}

/* The first of the young ones at the end, or n. */
static size_t
first_young(const struct points *points)
{
	size_t i = points->n;

	while (i > 0 && points->list[i - 1]->young)
		i--;
	return i;
}

static unsigned
target_block(struct lines *l, const struct points *points)
{
	unsigned block = 0;

	for (size_t i = 0; i < points->n; i++) {
		const double row[] = { points->x[i], points->list[i]->target };

		if (isnan(row[1]))
			continue;
		if (!block)
			block = chart_block(l->page);
		chart_numbers(l->page, row, 2);
	}
	if (block)
		chart_block_end(l->page);
	return block;
}

struct blocks {
	unsigned old, young, band, target, ticks;
};

static struct blocks
write_blocks(struct lines *l, size_t series)
{
	struct points points = points_of(l, series);
	size_t young = first_young(&points);
	struct blocks blocks = { 0 };

	if (l->data->figure->kind == FIGURE_STEPS) {
		blocks.old = point_block(l, &points, 0, points.n);
		blocks.ticks = tick_block(l, &points);
		if (has_bands(l))
			blocks.band = step_band_block(l, &points);
		return blocks;
	}
	if (young)
		blocks.old = point_block(l, &points, 0, young);
	if (young < points.n)
		blocks.young =
		    point_block(l, &points, young ? young - 1 : 0, points.n);
	if (has_bands(l))
		blocks.band = point_block(l, &points, 0, points.n);
	blocks.target = target_block(l, &points);
	return blocks;
}

static void
plot_steps(struct lines *l, const struct blocks *blocks, const char *colour)
{
	if (blocks->band)
		chart_plot(l->page,
		    "$d%u using 1:2:3 with filledcurves fs transparent solid "
		    "0.15 noborder lc rgb \"%s\"",
		    blocks->band, colour);
	chart_plot(l->page, "$d%u using 1:2 with steps lw 2 lc rgb \"%s\"",
	    blocks->old, colour);
	if (blocks->ticks)
		chart_plot(l->page,
		    "$d%u using 1:2:3:4 with vectors nohead lw 1.5 lc rgb "
		    "\"%s\"",
		    blocks->ticks, colour);
}

static void
plot_line(struct lines *l, const struct blocks *blocks, size_t series)
{
	const char *colour = chart_colours[series % CHART_SERIES_MAX];
	int shape = chart_shapes[series % CHART_SERIES_MAX];

	if (blocks->band)
		chart_plot(l->page,
		    "$d%u using 1:3:4 with filledcurves fs transparent solid "
		    "0.15 noborder lc rgb \"%s\"",
		    blocks->band, colour);
	if (blocks->target)
		chart_plot(l->page,
		    "$d%u using 1:2 with lines dt 2 lw 2 lc rgb \"#000000\"",
		    blocks->target);
	/* Hollow, and its mature beginning drawn over by what follows. */
	if (blocks->young)
		chart_plot(l->page,
		    "$d%u using 1:2 with linespoints dt 3 lw 2 pt %d ps 0.9 "
		    "lc rgb \"%s\"",
		    blocks->young, shape - 1, colour);
	if (blocks->old)
		chart_plot(l->page,
		    "$d%u using 1:2 with linespoints lw 2 pt %d ps 0.9 "
		    "lc rgb \"%s\"",
		    blocks->old, shape, colour);
}

/* ---- with characters ---- */

static double
text_row(const struct lines *l, double value)
{
	return round(chart_y(&l->panel, value));
}

static void
text_between(
    struct lines *l, const struct points *points, size_t i, const char *mark)
{
	double x0 = round(chart_x(&l->panel, points->x[i]));
	double x1 = round(chart_x(&l->panel, points->x[i + 1]));
	double y0 = chart_y(&l->panel, points->list[i]->value);
	double y1 = chart_y(&l->panel, points->list[i + 1]->value);
	bool steps = l->data->figure->kind == FIGURE_STEPS;

	for (double x = x0 + 1; x < x1; x++)
		chart_word(l->page, WORD_LEFT, x,
		    round(steps ? y0 : y0 + (y1 - y0) * (x - x0) / (x1 - x0)),
		    mark);
}

/* Dashes, where both ends of a step are known. */
static void
text_target(struct lines *l, const struct points *points, size_t i)
{
	double x0 = round(chart_x(&l->panel, points->x[i]));
	double x1 = round(chart_x(&l->panel, points->x[i + 1]));
	double y0 = chart_y(&l->panel, points->list[i]->target);
	double y1 = chart_y(&l->panel, points->list[i + 1]->target);

	for (double x = x0 + 1; !isnan(y0) && !isnan(y1) && x < x1; x += 2)
		chart_word(l->page, WORD_LEFT, x,
		    round(y0 + (y1 - y0) * (x - x0) / (x1 - x0)), "-");
}

static void
text_line(struct lines *l, size_t series)
{
	struct points points = points_of(l, series);
	bool steps = l->data->figure->kind == FIGURE_STEPS;
	const char *fill = chart_fill(l->page, series);
	const char *dot = l->page->options->ascii ? "." : "\xc2\xb7";

	for (size_t i = 0; !steps && i + 1 < points.n; i++)
		text_target(l, &points, i);
	for (size_t i = 0; i + 1 < points.n; i++)
		text_between(l, &points, i, steps ? fill : dot);
	for (size_t i = 0; i < points.n; i++)
		chart_word(l->page, WORD_LEFT,
		    round(chart_x(&l->panel, points.x[i])),
		    text_row(l, points.list[i]->value),
		    points.list[i]->ticks > 0 ? "|"
		    : points.list[i]->young   ? "o"
					      : fill);
}

static void
draw_series(struct lines *l, size_t series)
{
	struct blocks blocks;

	if (l->page->is_text) {
		text_line(l, series);
		return;
	}
	blocks = write_blocks(l, series);
	if (l->data->figure->kind == FIGURE_STEPS)
		plot_steps(l, &blocks, chart_colours[series]);
	else
		plot_line(l, &blocks, l->facets ? 0 : series);
}

static void
draw_facets(struct lines *l)
{
	double top = l->panel.top;

	for (size_t s = 0; s < l->data->n_series; s++) {
		place_facet(l, s, top);
		put_periods(l);
		chart_panel_begin(l->page, &l->panel);
		draw_series(l, s);
		chart_panel_end(l->page);
	}
}

void
chart_lines(struct chart_page *page, struct chart_data *data)
{
	struct lines l = { .page = page, .data = data };

	lay_out(&l);
	put_axes(&l);
	if (l.facets) {
		draw_facets(&l);
	} else {
		if (data->over_time)
			put_periods(&l);
		chart_panel_begin(page, &l.panel);
		for (size_t s = 0; s < data->n_series; s++)
			draw_series(&l, s);
		chart_panel_end(page);
	}
	chart_foot(page, data);
}
