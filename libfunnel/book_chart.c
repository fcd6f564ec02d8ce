/*
 * book_chart.c: bars side by side, lines over time, dots with intervals.
 * Which rows are labels and which are series is decided where gnuplot's charts
 * are read (chart_data), so that both show the same.
 *
 * libxlsxwriter has no error bars with values of their own. An interval is
 * drawn as the line from the lowest to the highest of the series at a label,
 * where the series are a value and its two bounds and nothing else.
 */
#include <math.h>

#include "book_chart.h"
#include "chart_data.h"

#define PANEL_ROWS 20 /* of the sheet, from one chart to the next */
#define SCALE_X 1.4 /* of 480 by 288 pixels */
#define SCALE_Y 1.25
#define TITLE_SIZE 12 /* points */
#define DOT_COLOR 0x1f4e79
#define UP_COLOR 0x009e73
#define DOWN_COLOR 0xd55e00
#define STEP_GAP 40 /* per cent of a column */

enum look {
	LOOK_COLUMNS, /* side by side */
	LOOK_STACK, /* on each other, the first unseen */
	LOOK_LINES,
	LOOK_DOTS, /* a value, its low and its high */
};

/* Columns of the data that one chart shows. */
struct panel {
	const char *title;
	size_t first, n;
	enum look look;
};

enum part { PART_VALUE, PART_LOW, PART_HIGH };

/* What a column of the data holds. */
struct source {
	size_t measure, series;
	enum part part;
	const struct column *column;
};

struct maker {
	struct chart_data data;
	struct vec sources; /* of struct source, one a column but the first */
	struct vec panels; /* of struct panel */
};

static const struct column label_column = { "label", "Label", UNIT_TEXT,
	FOR_ALL, "What stands below the chart." };

static bool
is_of_panel(const struct chart_data *d, size_t measure, unsigned panel)
{
	return d->measures[measure].figure->panel == panel;
}

static size_t
count_measures(const struct chart_data *d, unsigned panel)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n_measures; i++)
		n += is_of_panel(d, i, panel);
	return n;
}

static bool
is_first_of_panel(const struct chart_data *d, size_t measure)
{
	for (size_t i = 0; i < measure; i++)
		if (is_of_panel(d, i, d->measures[measure].figure->panel))
			return false;
	return true;
}

static bool
has_interval(const struct chart_data *d, size_t measure)
{
	for (size_t i = 0; i < d->n_labels; i++)
		if (!isnan(chart_at(d, measure, 0, i)->low))
			return true;
	return false;
}

static void
add_source(struct maker *m, const char *title, size_t measure, size_t series,
    enum part part)
{
	struct column *column = arena_alloc(m->data.arena, sizeof(*column));

	*column = (struct column){ title, title,
		m->data.measures[measure].column->unit, FOR_ALL,
		"A series of the chart." };
	*(struct source *)vec_push(&m->sources) =
	    (struct source){ measure, series, part, column };
}

/* A series is called by its name or, where there is one, by its measure. */
static void
add_measure(struct maker *m, size_t measure, bool interval)
{
	const struct chart_data *d = &m->data;
	const char *name = d->figure->kind == FIGURE_BOXES
			       ? d->measures[measure].column->title
			       : d->measures[measure].name;

	for (size_t s = 0; s < d->n_series; s++)
		add_source(m, d->n_series > 1 ? d->series[s] : name, measure, s,
		    PART_VALUE);
	if (!interval)
		return;
	add_source(m, "Low", measure, 0, PART_LOW);
	add_source(m, "High", measure, 0, PART_HIGH);
}

static void
add_panel(struct maker *m, size_t measure)
{
	const struct chart_data *d = &m->data;
	unsigned number = d->measures[measure].figure->panel;
	size_t n = count_measures(d, number);
	bool alone = n == 1 && d->n_series == 1;
	bool interval = alone && !d->over_time && has_interval(d, measure);
	struct panel *panel = vec_push(&m->panels);

	panel->first = 1 + m->sources.count;
	panel->look = d->over_time ? LOOK_LINES
		      : interval   ? LOOK_DOTS
				   : LOOK_COLUMNS;
	panel->title = n == 1 ? d->measures[measure].name : d->table->title;
	for (size_t i = measure; i < d->n_measures; i++)
		if (is_of_panel(d, i, number))
			add_measure(m, i, interval);
	panel->n = 1 + m->sources.count - panel->first;
}

/* Shares are per cent where charts are read. */
static struct cell
cell_of(const struct chart_point *point, const struct source *source)
{
	double number = source->part == PART_VALUE ? point->value
			: source->part == PART_LOW ? point->low
						   : point->high;

	return cell_number(
	    source->column->unit == UNIT_SHARE ? number / 100 : number);
}

static struct table *
make_table(const struct maker *m)
{
	const struct chart_data *d = &m->data;
	const size_t n = 1 + m->sources.count;
	const struct column **columns =
	    arena_array(d->arena, n, sizeof(*columns));
	struct table *table;

	columns[0] = &label_column;
	for (size_t i = 1; i < n; i++)
		columns[i] =
		    ((struct source *)vec_at(&m->sources, i - 1))->column;
	table = table_new(d->arena, "Chart", columns, n);
	table->currency = d->table->currency;
	table->mixes_currencies = d->table->mixes_currencies;
	for (size_t label = 0; label < d->n_labels; label++) {
		struct cell *row = table_row(table);

		row[0] = cell_text(slice_of(d->labels[label]));
		for (size_t i = 1; i < n; i++) {
			const struct source *s = vec_at(&m->sources, i - 1);

			row[i] = cell_of(
			    chart_at(d, s->measure, s->series, label), s);
		}
	}
	return table;
}

/* ---- waterfalls ---- */

enum { STEP_BASE = 1, STEP_LEVEL, STEP_UP, STEP_DOWN, STEP_COLUMNS };

static const struct column step_columns[STEP_COLUMNS] = {
	[STEP_BASE] = { "base", "Base", UNIT_NUMBER, FOR_ALL,
	    "How high a step begins; not seen." },
	[STEP_LEVEL] = { "level", "Level", UNIT_NUMBER, FOR_ALL,
	    "Where it began and where it got to." },
	[STEP_UP] = { "up", "Up", UNIT_NUMBER, FOR_ALL, "A step up." },
	[STEP_DOWN] = { "down", "Down", UNIT_NUMBER, FOR_ALL, "A step down." },
};

static struct table *
step_table(const struct chart_data *d)
{
	const struct column *columns[STEP_COLUMNS] = { &label_column };
	struct table *table;

	for (size_t i = STEP_BASE; i < STEP_COLUMNS; i++) {
		struct column *column = arena_alloc(d->arena, sizeof(*column));

		*column = step_columns[i];
		column->unit = d->measures[0].column->unit;
		columns[i] = column;
	}
	table = table_new(d->arena, "Chart", columns, STEP_COLUMNS);
	table->currency = d->table->currency;
	table->mixes_currencies = d->table->mixes_currencies;
	return table;
}

/* A level stands on 0, a step where the one before ended. Returns where it
 * ends itself. */
static double
put_step(struct table *table, const char *label,
    const struct chart_point *point, double from)
{
	struct cell *row = table_row(table);
	double value = isnan(point->value) ? 0 : point->value;
	double to = point->level ? value : from + value * point->sign;

	row[0] = cell_text(slice_of(label));
	if (point->level) {
		row[STEP_LEVEL] = cell_number(value);
		return to;
	}
	row[STEP_BASE] = cell_number(fmin(from, to));
	row[to < from ? STEP_DOWN : STEP_UP] = cell_number(fabs(to - from));
	return to;
}

/* Below 0 no stack of columns can show it: no chart. */
static bool
make_waterfall(struct maker *m, struct book_chart *chart)
{
	const struct chart_data *d = &m->data;
	struct table *table;
	double at = 0;

	if (d->n_measures == 0 || d->n_series != 1)
		return false;
	table = step_table(d);
	for (size_t i = 0; i < d->n_labels; i++) {
		at = put_step(table, d->labels[i], chart_at(d, 0, 0, i), at);
		if (!(at >= 0))
			return false;
	}
	*(struct panel *)vec_push(&m->panels) =
	    (struct panel){ d->measures[0].name, STEP_BASE,
		    STEP_COLUMNS - STEP_BASE, LOOK_STACK };
	chart->data = table;
	return d->n_labels > 0;
}

static bool
make_bars(struct maker *m, struct book_chart *chart)
{
	for (size_t i = 0; i < m->data.n_measures; i++)
		if (is_first_of_panel(&m->data, i) && chart_has(&m->data, i))
			add_panel(m, i);
	chart->data = make_table(m);
	return m->panels.count && m->data.n_labels;
}

struct book_chart *
book_chart_new(const struct table *table)
{
	static const struct chart_options options = { .form = CHART_SVG };
	/* Excel has no step curves or fields of shades of such numbers. */
	static bool (*const makers[])(struct maker *, struct book_chart *) = {
		[FIGURE_BARS] = make_bars,
		[FIGURE_WATERFALL] = make_waterfall,
		[FIGURE_BOXES] = make_bars,
		[FIGURE_STEPS] = NULL,
		[FIGURE_HEAT] = NULL,
		[FIGURE_TIMES] = NULL,
	};
	struct maker *m = arena_alloc(table->arena, sizeof(*m));
	struct book_chart *chart = arena_alloc(table->arena, sizeof(*chart));

	if (!table->figure || !makers[table->figure->kind] ||
	    chart_data_read(&m->data, table, &options, NULL) < 0)
		return NULL;
	m->sources = vec_new(table->arena, sizeof(struct source));
	m->panels = vec_new(table->arena, sizeof(struct panel));
	if (!makers[table->figure->kind](m, chart))
		return NULL;
	chart->note = chart_left_out(&m->data);
	chart->panels = m->panels;
	return chart;
}

/* ---- drawing ---- */

struct easel {
	const struct book_chart *chart;
	const struct panel *panel;
	const char *data_name;
	lxw_chart *lxw;
};

/* Null where memory ran out. */
static lxw_chart_series *
put_series(const struct easel *e, size_t column)
{
	lxw_chart_series *series = chart_add_series(e->lxw, NULL, NULL);
	lxw_row_t last = (lxw_row_t)e->chart->data->rows.count;

	if (!series)
		return NULL;
	chart_series_set_categories(series, e->data_name, 1, 0, last, 0);
	chart_series_set_values(series, e->data_name, 1, (lxw_col_t)column,
	    last, (lxw_col_t)column);
	chart_series_set_name_range(series, e->data_name, 0, (lxw_col_t)column);
	return series;
}

/* A dot, and a line from its low to its high. */
static void
dress_interval(const struct easel *e, lxw_chart_series *series, size_t i)
{
	lxw_chart_line invisible = { .width = 0, .none = LXW_TRUE };
	lxw_chart_line whisker = { .color = LXW_COLOR_GRAY, .width = 1.5 };
	lxw_chart_line edge = { .color = i ? LXW_COLOR_GRAY : DOT_COLOR };
	lxw_chart_fill fill = { .color = i ? LXW_COLOR_GRAY : DOT_COLOR };

	chart_series_set_line(series, &invisible);
	chart_series_set_marker_type(
	    series, i ? LXW_CHART_MARKER_LONG_DASH : LXW_CHART_MARKER_CIRCLE);
	chart_series_set_marker_size(series, i ? 5 : 9);
	chart_series_set_marker_line(series, &edge);
	chart_series_set_marker_fill(series, &fill);
	chart_set_high_low_lines(e->lxw, &whisker);
}

static void
dress_step(lxw_chart_series *series, size_t i)
{
	static const lxw_color_t colors[] = { 0, DOT_COLOR, UP_COLOR,
		DOWN_COLOR };
	lxw_chart_fill fill = { .color = colors[i], .none = i == 0 };

	chart_series_set_fill(series, &fill);
}

/* Shares are read in per cent, and end where all is. */
static void
dress_axis(const struct easel *e)
{
	const struct table *data = e->chart->data;
	double most = 0;

	if (data->columns[e->panel->first]->unit != UNIT_SHARE)
		return;
	for (size_t r = 0; r < data->rows.count; r++)
		for (size_t i = 0; i < e->panel->n; i++) {
			const struct cell *cell =
			    &table_at(data, r)[e->panel->first + i];

			if (cell->kind == CELL_NUMBER)
				most = fmax(most, cell->as.number);
		}
	chart_axis_set_num_format(e->lxw->y_axis, "0%");
	if (most <= 1)
		chart_axis_set_max(e->lxw->y_axis, 1);
}

static lxw_error
put_all_series(const struct easel *e)
{
	for (size_t i = 0; i < e->panel->n; i++) {
		lxw_chart_series *series = put_series(e, e->panel->first + i);

		if (!series)
			return LXW_ERROR_MEMORY_MALLOC_FAILED;
		if (e->panel->look == LOOK_DOTS)
			dress_interval(e, series, i);
		else if (e->panel->look == LOOK_LINES)
			chart_series_set_marker_type(
			    series, LXW_CHART_MARKER_CIRCLE);
		else if (e->panel->look == LOOK_STACK)
			dress_step(series, i);
	}
	return LXW_NO_ERROR;
}

/* The library would read a title that starts so as a formula. */
static const char *
plain_title(const char *title)
{
	return title && *title != '=' ? title : "";
}

static lxw_error
put_panel(const struct book_chart *chart, const struct panel *panel,
    lxw_workbook *book, lxw_worksheet *sheet, lxw_row_t row, size_t column,
    const char *data_name)
{
	static const uint8_t types[] = {
		[LOOK_COLUMNS] = LXW_CHART_COLUMN,
		[LOOK_STACK] = LXW_CHART_COLUMN_STACKED,
		[LOOK_LINES] = LXW_CHART_LINE,
		[LOOK_DOTS] = LXW_CHART_LINE,
	};
	lxw_chart_options options = { .x_scale = SCALE_X,
		.y_scale = SCALE_Y,
		.object_position = LXW_OBJECT_MOVE_DONT_SIZE };
	lxw_chart_font font = { .size = TITLE_SIZE };
	struct easel e = { chart, panel, data_name,
		workbook_add_chart(book, types[panel->look]) };

	if (!e.lxw || put_all_series(&e))
		return LXW_ERROR_MEMORY_MALLOC_FAILED;
	dress_axis(&e);
	chart_title_set_name(e.lxw, plain_title(panel->title));
	chart_title_set_name_font(e.lxw, &font);
	if (panel->look == LOOK_STACK)
		chart_set_series_gap(e.lxw, STEP_GAP);
	chart_legend_set_position(e.lxw,
	    panel->n > 1 && panel->look != LOOK_STACK ? LXW_CHART_LEGEND_BOTTOM
						      : LXW_CHART_LEGEND_NONE);
	return worksheet_insert_chart_opt(
	    sheet, row, (lxw_col_t)column, e.lxw, &options);
}

lxw_error
book_chart_put(const struct book_chart *chart, lxw_workbook *book,
    lxw_worksheet *sheet, size_t column, const char *data_name)
{
	for (size_t i = 0; i < chart->panels.count; i++) {
		lxw_error error =
		    put_panel(chart, vec_at(&chart->panels, i), book, sheet,
			(lxw_row_t)(1 + i * PANEL_ROWS), column, data_name);

		if (error)
			return error;
	}
	return LXW_NO_ERROR;
}
