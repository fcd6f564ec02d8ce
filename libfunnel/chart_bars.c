/*
 * chart_bars.c: lying bars and dots with their intervals, a line a label, so
 * that long names are read where they stand; side by side the panels of the
 * figure. Bars begin at 0. On a terminal they are drawn with characters.
 */
#include <math.h>
#include <string.h>

#include "chart_kinds.h"

#define PANELS_MAX 8

struct bars {
	struct chart_page *page;
	struct chart_data *data;
	struct chart_rows rows;
	bool by_measure; /* slots and colours are measures, not series */
	size_t n_slots; /* bars a label */
	unsigned panels[PANELS_MAX];
	size_t n_panels;
};

/* ---- what is where ---- */

static size_t
slot_of(const struct bars *b, size_t measure)
{
	size_t slot = 0;

	for (size_t i = 0; i < measure; i++)
		slot += b->data->measures[i].figure->panel ==
			b->data->measures[measure].figure->panel;
	return slot;
}

static void
find_panels(struct bars *b)
{
	struct chart_data *d = b->data;
	size_t most = 1;

	for (size_t m = 0; m < d->n_measures; m++) {
		unsigned panel = d->measures[m].figure->panel;
		size_t i = 0;

		if (!chart_has(d, m))
			continue;
		while (i < b->n_panels && b->panels[i] != panel)
			i++;
		if (i == b->n_panels && i < PANELS_MAX)
			b->panels[b->n_panels++] = panel;
		if (slot_of(b, m) + 1 > most)
			most = slot_of(b, m) + 1;
	}
	b->by_measure = most > 1;
	b->n_slots = most > 1 ? most : d->n_series;
}

/* Bars beside each other in the panel of a measure. */
static size_t
slots_of(const struct bars *b, size_t measure)
{
	size_t slots = 0;

	for (size_t i = 0; i < b->data->n_measures; i++)
		slots += b->data->measures[i].figure->panel ==
			 b->data->measures[measure].figure->panel;
	return b->by_measure ? slots : b->n_slots;
}

/* A measure that is alone in its panel is no series of the legend. */
static size_t
colour_of(const struct bars *b, size_t measure, size_t series)
{
	if (!b->by_measure)
		return series;
	return slots_of(b, measure) == 1 ? CHART_SERIES_MAX - 1
					 : measure % CHART_SERIES_MAX;
}

static double
head(struct bars *b)
{
	struct chart_data *d = b->data;
	const char **names =
	    arena_array(b->page->arena, d->n_measures + 1, sizeof(*names));
	size_t n = 0, first = 0;

	if (!b->by_measure)
		return chart_head(b->page, d, d->series, d->n_series, 0);
	for (size_t m = 0; m < d->n_measures; m++) {
		bool crowded = slot_of(b, m) > 0 ||
			       (m + 1 < d->n_measures && slot_of(b, m + 1) > 0);

		if (!crowded)
			continue;
		if (!n)
			first = m;
		names[n++] = d->measures[m].name;
	}
	return chart_head(b->page, d, names, n, first);
}

/* ---- one panel ---- */

/* Of a panel: its numbers, and the widest of them as a text. */
struct range {
	struct chart_range of;
	size_t text; /* characters */
	enum unit unit;
};

static struct range
range_of(const struct bars *b, unsigned panel)
{
	struct range range = { { 0, 0 }, 1, UNIT_NUMBER };
	const struct chart_data *d = b->data;

	for (size_t m = 0; m < d->n_measures; m++) {
		if (d->measures[m].figure->panel != panel)
			continue;
		range.unit = d->measures[m].column->unit;
		for (size_t i = 0; i < d->n_series * b->rows.n; i++) {
			const struct chart_point *p =
			    chart_at(d, m, i / b->rows.n, i % b->rows.n);
			size_t width =
			    p->text ? display_width(slice_of(p->text)) : 0;

			chart_widen(&range.of, p->value);
			chart_widen(&range.of, p->low);
			chart_widen(&range.of, p->high);
			chart_widen(&range.of, p->target);
			range.text = width > range.text ? width : range.text;
		}
	}
	return range;
}

static void
bar_row(struct bars *b, const struct chart_point *p, double y)
{
	const double half = b->n_slots > 1 ? .42 / (double)b->n_slots : .36;
	const double row[] = { fmin(0, p->value), fmax(0, p->value), y, half };

	chart_numbers(b->page, row, 4);
}

/* The bars of one colour; those that are too young apart. */
static unsigned
bar_block(struct bars *b, size_t m, size_t s, bool young)
{
	size_t slot = b->by_measure ? slot_of(b, m) : s;
	unsigned block = 0;

	for (size_t l = 0; l < b->rows.n; l++) {
		const struct chart_point *p = chart_at(b->data, m, s, l);

		if (isnan(p->value) || p->young != young)
			continue;
		if (!block)
			block = chart_block(b->page);
		bar_row(b, p, chart_rows_at(&b->rows, l, slot, slots_of(b, m)));
	}
	if (block)
		chart_block_end(b->page);
	return block;
}

/* value, y, low, high: those that have an interval, or all dots; the young ones
 * apart. */
static unsigned
whisker_block(struct bars *b, size_t m, size_t s, bool young)
{
	bool dots = b->data->measures[m].figure->mark == MARK_DOT;
	size_t slot = b->by_measure ? slot_of(b, m) : s;
	unsigned block = 0;

	for (size_t l = 0; l < b->rows.n; l++) {
		const struct chart_point *p = chart_at(b->data, m, s, l);
		bool has_interval = !isnan(p->low) && !isnan(p->high);
		const double row[] = { p->value,
			chart_rows_at(&b->rows, l, slot, slots_of(b, m)),
			has_interval ? p->low : p->value,
			has_interval ? p->high : p->value };

		if (isnan(p->value) || p->young != young ||
		    (!dots && !has_interval))
			continue;
		if (!block)
			block = chart_block(b->page);
		chart_numbers(b->page, row, 4);
	}
	if (block)
		chart_block_end(b->page);
	return block;
}

static unsigned
target_block(struct bars *b, size_t m, size_t s)
{
	size_t slot = b->by_measure ? slot_of(b, m) : s;
	double half = .5 / (double)b->n_slots;
	unsigned block = 0;

	for (size_t l = 0; l < b->rows.n; l++) {
		const struct chart_point *p = chart_at(b->data, m, s, l);
		const double row[] = { p->target,
			chart_rows_at(&b->rows, l, slot, slots_of(b, m)) - half,
			0, 2 * half };

		if (isnan(p->target))
			continue;
		if (!block)
			block = chart_block(b->page);
		chart_numbers(b->page, row, 4);
	}
	if (block)
		chart_block_end(b->page);
	return block;
}

/* Of a measure and series: bars and whiskers, each the old ones and the young
 * ones, and targets; 0 where there are none. */
#define BLOCKS 5

#define BAR_COLUMNS "(($1+$2)/2):3:1:2:($3-$4):($3+$4)"

static void
plot_series(struct bars *b, size_t m, size_t s, const unsigned *blocks)
{
	const char *colour = chart_colours[colour_of(b, m, s)];
	bool dots = b->data->measures[m].figure->mark == MARK_DOT;

	if (blocks[0])
		chart_plot(b->page,
		    "$d%u using " BAR_COLUMNS
		    " with boxxyerror fs solid 0.85 noborder lc rgb \"%s\"",
		    blocks[0], colour);
	if (blocks[1])
		chart_plot(b->page,
		    "$d%u using " BAR_COLUMNS
		    " with boxxyerror lc rgb \"%s\" fs solid 0.25 border lc "
		    "rgb \"%s\"",
		    blocks[1], colour, colour);
	for (int young = 0; young < 2; young++)
		if (blocks[2 + young])
			chart_plot(b->page,
			    "$d%u using 1:2:3:4 with xerrorbars pt %d ps 0.9 "
			    "lw 1.3 lc rgb \"%s\"",
			    blocks[2 + young], dots ? 7 - young : 0,
			    dots ? colour : "#333333");
	if (blocks[4])
		chart_plot(b->page,
		    "$d%u using 1:2:3:4 with vectors nohead lw 2 lc rgb "
		    "\"#000000\"",
		    blocks[4]);
}

/* Figures: those of bars at their ends, those of dots in a column. */
static void
value_words(struct bars *b, const struct chart_panel *panel, size_t m, size_t s,
    double edge)
{
	bool dots = b->data->measures[m].figure->mark == MARK_DOT;
	size_t slot = b->by_measure ? slot_of(b, m) : s;

	for (size_t l = 0; l < b->rows.n; l++) {
		const struct chart_point *p = chart_at(b->data, m, s, l);
		double y = chart_rows_y(&b->rows, l, slot, slots_of(b, m)),
		       gap = b->page->is_text ? 1 : 5;
		double end =
		    fmax(0, fmax(p->value, isnan(p->high) ? 0 : p->high));

		/* Of many bars those of nothing need no figure. */
		if (!p->text ||
		    (b->by_measure && !dots && !(fabs(p->value) > 0)))
			continue;
		if (dots)
			chart_word(b->page, WORD_RIGHT, edge, y, p->text);
		else if (p->value < 0)
			chart_word(b->page, WORD_RIGHT,
			    chart_x(panel, fmin(p->value, p->low)) - gap, y,
			    p->text);
		else
			chart_word(b->page, WORD_LEFT,
			    chart_x(panel, end) + gap, y, p->text);
	}
}

/* ---- with characters ---- */

static void
text_bar(struct bars *b, const struct chart_panel *panel,
    const struct chart_point *p, double y, const char *fill)
{
	double from = round(chart_x(panel, fmin(0, p->value)));
	double to = round(chart_x(panel, fmax(0, p->value)));

	if (p->young)
		fill = b->page->options->ascii ? "." : "\xe2\x96\x91";
	chart_word(b->page, WORD_LEFT, from, y,
	    chart_repeat(b->page, fill, fmax(to - from, p->value != 0)));
}

static void
text_dot(struct bars *b, const struct chart_panel *panel,
    const struct chart_point *p, double y, const char *mark)
{
	bool ascii = b->page->options->ascii;
	double low = round(chart_x(panel, p->low));
	double high = round(chart_x(panel, p->high));
	double at = round(chart_x(panel, p->value));

	if (!isnan(low) && !isnan(high) && high > low)
		chart_word(b->page, WORD_LEFT, low, y,
		    chart_repeat(
			b->page, ascii ? "-" : "\xe2\x94\x80", high - low + 1));
	chart_word(b->page, WORD_CENTRE, at, y, mark);
}

/* In a panel without colours. */
static const char *
dot_alone(const struct bars *b, const struct chart_point *p)
{
	if (p->young)
		return b->page->options->ascii ? "." : "o";
	return b->page->options->ascii ? "o" : "\xe2\x97\x8f";
}

static void
text_series(struct bars *b, const struct chart_panel *panel, size_t m, size_t s)
{
	size_t slot = b->by_measure ? slot_of(b, m) : s;
	size_t colour = colour_of(b, m, s);

	for (size_t l = 0; l < b->rows.n; l++) {
		const struct chart_point *p = chart_at(b->data, m, s, l);
		double y = chart_rows_y(&b->rows, l, slot, slots_of(b, m));

		if (isnan(p->value))
			continue;
		if (b->data->measures[m].figure->mark == MARK_DOT)
			text_dot(b, panel, p, y,
			    slots_of(b, m) == 1 ? dot_alone(b, p)
						: chart_fill(b->page, colour));
		else
			text_bar(b, panel, p, y, chart_fill(b->page, colour));
		if (!isnan(p->target))
			chart_word(b->page, WORD_CENTRE,
			    round(chart_x(panel, p->target)), y, "|");
	}
}

/* ---- all of it ---- */

static const char *
heading_of(const struct bars *b, unsigned panel)
{
	for (size_t m = 0; m < b->data->n_measures; m++)
		if (b->data->measures[m].figure->panel == panel)
			return b->data->measures[m].axis;
	return "";
}

static struct chart_panel
place_panel(struct bars *b, size_t i, double *edge)
{
	struct chart_page *page = b->page;
	struct range range = range_of(b, b->panels[i]);
	double width = (page->width - b->rows.left - (page->is_text ? 1 : 12)) /
		       (double)b->n_panels;
	double heading = b->rows.left + (double)i * width;
	double figure = ((double)range.text + 2) * page->em;
	struct chart_panel panel = {
		.left = heading,
		.top = b->rows.top,
		.bottom = b->rows.top + b->rows.row * (double)b->rows.n,
		.x_tics = true,
	};

	panel.x = chart_scale_new(page, range.of.low, range.of.high,
	    page->is_text || b->n_panels > 2 ? 3 : 5, range.unit);
	*edge = panel.left + width - page->em;
	panel.right = *edge - figure;
	if (range.of.low < 0)
		panel.left += figure;
	panel.y = (struct chart_scale){ .first = (double)b->rows.n };
	if (page->is_text) {
		panel.left = ceil(panel.left);
		panel.right = floor(panel.right);
		panel.bottom--;
	}
	chart_word(page, WORD_BOLD, heading,
	    b->rows.top - page->line * (page->is_text ? 1 : .7),
	    chart_cut(page, heading_of(b, b->panels[i]),
		(size_t)(width / page->em / (page->is_text ? 1 : 1.1)) - 1));
	return panel;
}

static void
draw_panel(struct bars *b, size_t i)
{
	double edge;
	struct chart_panel panel = place_panel(b, i, &edge);
	struct chart_data *d = b->data;

	chart_panel_begin(b->page, &panel);
	for (size_t m = 0; m < d->n_measures; m++)
		for (size_t s = 0; s < d->n_series; s++) {
			bool dots = d->measures[m].figure->mark == MARK_DOT;
			unsigned blocks[BLOCKS] = { 0 };

			if (d->measures[m].figure->panel != b->panels[i])
				continue;
			value_words(b, &panel, m, s, edge);
			if (b->page->is_text) {
				text_series(b, &panel, m, s);
				continue;
			}
			if (!dots) {
				blocks[0] = bar_block(b, m, s, false);
				blocks[1] = bar_block(b, m, s, true);
			}
			blocks[2] = whisker_block(b, m, s, false);
			blocks[3] = whisker_block(b, m, s, true);
			blocks[4] = target_block(b, m, s);
			plot_series(b, m, s, blocks);
		}
	chart_panel_end(b->page);
}

void
chart_bars(struct chart_page *page, struct chart_data *data)
{
	struct bars b = { .page = page,
		.data = data,
		.rows = { .page = page, .data = data } };

	find_panels(&b);
	chart_rows_lay_out(&b.rows, head(&b), b.n_slots);
	for (size_t i = 0; i < b.n_panels; i++)
		draw_panel(&b, i);
	chart_foot(page, data);
}
