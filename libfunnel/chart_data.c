/*
 * chart_data.c: which rows are labels, which are series, which of them are
 * shown, and their numbers.
 *
 * A row's key is its segments, its period and the columns that the figure
 * names. One part of the key goes along the axis (the periods where there are
 * several, else the figure's label, else the segments), the others are the
 * series; where the measures of a panel are series themselves, all of the key
 * goes along the axis.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart_data.h"

#define NONE SIZE_MAX

/* Where the columns of the figure are in the table, or NONE. */
struct places {
	size_t period, period_start;
	size_t label, label_else, more[2], series, x, sign, ticks, only, young;
	size_t *value, *low, *high, *error, *target; /* a measure each */
};

/* A label or series while it is not known how many there are. */
struct key {
	const char *text;
	double day;
};

struct reading {
	struct chart_data *data;
	struct places at;
	bool joined; /* the whole key is the label */
	struct intern *label_texts, *series_texts;
	struct vec labels, series; /* of struct key, by the number in texts */
	size_t *label_place, *series_place; /* shown at, or NONE */
};

static size_t
find(const struct table *table, const char *id)
{
	for (size_t i = 0; id && i < table->n_columns; i++)
		if (strcmp(table->columns[i]->id, id) == 0)
			return i;
	return NONE;
}

static double
number_of(const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_COUNT:
		return (double)cell->as.count;
	case CELL_NUMBER:
		return cell->as.number;
	case CELL_MONEY:
		return money_double(cell->as.money);
	case CELL_TIME:
		return (double)cell->as.time.seconds;
	case CELL_UNDEFINED:
	case CELL_TEXT:
		break;
	}
	return NAN;
}

/* Of a column, or NaN where the table has none; shares are per cent. */
static double
number_at(const struct table *table, const struct cell *row, size_t column)
{
	if (column == NONE)
		return NAN;
	return number_of(&row[column]) *
	       (table->columns[column]->unit == UNIT_SHARE ? 100 : 1);
}

static const char *
text_at(struct chart_data *d, const struct cell *row, size_t column)
{
	return arena_text(d->arena,
	    text_cell(&d->text, d->table->columns[column], &row[column]));
}

/* ---- measures ---- */

static const char *const unit_names[] = {
	[UNIT_TEXT] = NULL,
	[UNIT_COUNT] = NULL,
	[UNIT_SHARE] = "%",
	[UNIT_NUMBER] = NULL,
	[UNIT_DAYS] = "days",
	[UNIT_HOURS] = "hours",
	[UNIT_MONEY] = NULL,
	[UNIT_TIME] = NULL,
	[UNIT_FLAG] = NULL,
};

/* "Kept; | promised, %": the line of the target as it is drawn. */
static const char *
axis_name(
    const struct chart_data *d, const struct chart_measure *m, bool has_target)
{
	const char *name = m->figure->axis ? m->figure->axis : m->name;
	const char *unit = unit_names[m->column->unit];

	if (has_target && m->figure->target_name)
		name = arena_printf(d->arena, "%s; %s %s", name,
		    d->over_time ? "dashed:" : "|", m->figure->target_name);
	return arena_printf(
	    d->arena, "%s%s%s", name, unit ? ", " : "", unit ? unit : "");
}

static bool
has_number(const struct table *table, size_t column)
{
	for (size_t i = 0; column != NONE && i < table->rows.count; i++)
		if (!isnan(number_of(&table_at(table, i)[column])))
			return true;
	return false;
}

/* Only those whose column the table has, with some number in it; a box has all
 * of its parts. */
static void
take_measures(struct reading *r)
{
	struct chart_data *d = r->data;
	const struct figure *figure = d->figure;
	size_t n = figure->n_measures;

	d->measures = arena_array(d->arena, n, sizeof(*d->measures));
	r->at.value = arena_array(d->arena, 5 * n, sizeof(size_t));
	r->at.low = r->at.value + n;
	r->at.high = r->at.low + n;
	r->at.error = r->at.high + n;
	r->at.target = r->at.error + n;
	for (size_t i = 0; i < n; i++) {
		const struct figure_measure *m = &figure->measures[i];
		size_t at = find(d->table, m->value), k = d->n_measures;

		if (at == NONE ||
		    (figure->kind != FIGURE_BOXES && !has_number(d->table, at)))
			continue;
		r->at.value[k] = at;
		r->at.low[k] = find(d->table, m->low);
		r->at.high[k] = find(d->table, m->high);
		r->at.error[k] = find(d->table, m->error);
		r->at.target[k] = find(d->table, m->target);
		d->measures[k].figure = m;
		d->measures[k].column = d->table->columns[at];
		d->measures[k].name =
		    m->name ? m->name : d->table->columns[at]->title;
		d->measures[k].axis = axis_name(
		    d, &d->measures[k], has_number(d->table, r->at.target[k]));
		d->n_measures++;
	}
}

static void
keep_measure(struct reading *r, size_t chosen)
{
	struct chart_data *d = r->data;

	d->measures[0] = d->measures[chosen];
	r->at.value[0] = r->at.value[chosen];
	r->at.low[0] = r->at.low[chosen];
	r->at.high[0] = r->at.high[chosen];
	r->at.error[0] = r->at.error[chosen];
	r->at.target[0] = r->at.target[chosen];
	d->n_measures = 1;
}

/* Over time one measure is drawn: the one that says so, else the first. */
static void
take_trend(struct reading *r)
{
	const struct chart_data *d = r->data;
	size_t chosen = 0;

	for (size_t i = d->n_measures; i-- > 0;)
		if (d->measures[i].figure->over_time)
			chosen = i;
	if (d->n_measures)
		keep_measure(r, chosen);
}

/* ---- keys ---- */

/* NULL: says anything. */
static bool
reads(const struct cell *cell, const char *text)
{
	if (!text)
		return cell->kind != CELL_UNDEFINED;
	return cell->kind == CELL_TEXT &&
	       slice_equal(cell->as.text, slice_of(text));
}

static bool
is_drawn(const struct reading *r, const struct cell *row)
{
	const struct figure *figure = r->data->figure;

	if (r->at.only == NONE)
		return true;
	return reads(&row[r->at.only], figure->is);
}

static const char *
join(struct chart_data *d, const char *a, const char *b)
{
	if (!*a || !*b)
		return *a ? a : b;
	return arena_printf(
	    d->arena, "%s %s %s", a, d->options->ascii ? "-" : "\xc2\xb7", b);
}

static const char *
join_segments(struct chart_data *d, const struct cell *row)
{
	const char *text = "";

	for (size_t i = 0; i < d->table->n_by; i++)
		text = join(d, text, text_at(d, row, i));
	return text;
}

static const char *
join_column(
    struct chart_data *d, const char *text, const struct cell *row, size_t at)
{
	if (at == NONE || row[at].kind == CELL_UNDEFINED)
		return text;
	return join(d, text, text_at(d, row, at));
}

/* The column of the label, or the one that stands in for it. */
static size_t
label_column(const struct reading *r, const struct cell *row)
{
	size_t at = r->at.label;

	if (at != NONE && r->at.label_else != NONE &&
	    row[at].kind == CELL_UNDEFINED)
		return r->at.label_else;
	return at;
}

static const char *
own_label(struct reading *r, const struct cell *row)
{
	struct chart_data *d = r->data;
	const char *text = join_column(d, "", row, label_column(r, row));

	for (size_t i = 0; i < 2; i++)
		if (!d->over_time || r->at.more[i] != r->at.period)
			text = join_column(d, text, row, r->at.more[i]);
	return text;
}

static const char *
label_of(struct reading *r, const struct cell *row)
{
	struct chart_data *d = r->data;
	const char *text;

	if (d->over_time)
		return text_at(d, row, r->at.period);
	if (d->figure->kind == FIGURE_STEPS)
		return "all";
	if (r->at.label != NONE && !r->joined && d->figure->kind != FIGURE_HEAT)
		return own_label(r, row);
	text = join_column(d, join_segments(d, row), row, r->at.period);
	text = join(d, text, own_label(r, row));
	if (r->joined)
		text = join_column(d, text, row, r->at.series);
	return *text ? text : "all";
}

static const char *
series_of(struct reading *r, const struct cell *row)
{
	struct chart_data *d = r->data;
	const char *text = "";

	if (r->joined)
		return text;
	if (d->figure->kind == FIGURE_HEAT)
		return text_at(d, row, r->at.series);
	if (d->over_time || r->at.label != NONE ||
	    d->figure->kind == FIGURE_STEPS) {
		text = join_segments(d, row);
		if (!d->over_time)
			text = join_column(d, text, row, r->at.period);
	}
	if (d->over_time)
		text = join(d, text, own_label(r, row));
	return join_column(d, text, row, r->at.series);
}

/* 2026-03-31, or a date, as days; NaN for anything else. */
static double
day_of(const struct cell *cell)
{
	struct civil date = { 0 };
	const char *p = cell->as.text.p;

	if (cell->kind == CELL_TIME && cell->as.time.kind == WHEN_DATE)
		return (double)floor_div(cell->as.time.seconds, DAY_SECONDS);
	if (cell->kind != CELL_TEXT || cell->as.text.n != 10)
		return NAN;
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? p[i] != '-' : !ascii_is_digit(p[i]))
			return NAN;
	date.year = strtol(p, NULL, 10);
	date.month = (int)strtol(p + 5, NULL, 10);
	date.day = (int)strtol(p + 8, NULL, 10);
	return (double)civil_days(date);
}

static size_t
put_key(struct intern *texts, struct vec *keys, const char *text, double day)
{
	/* 0 is the empty text in every intern. */
	size_t number = intern_put(texts, slice_of(text));

	while (keys->count <= number)
		*(struct key *)vec_push(keys) = (struct key){ NULL, NAN };
	*(struct key *)vec_at(keys, number) = (struct key){ text, day };
	return number;
}

static const char *
unique_label(struct reading *r, size_t row)
{
	/* No name has an unit separator: text_harmless sees to it. */
	return arena_printf(r->data->arena, "%s\x1f%zu",
	    label_of(r, table_at(r->data->table, row)), row);
}

/* Where a waterfall began or got to. */
static bool
is_level(const struct reading *r, const struct cell *row)
{
	const struct figure *figure = r->data->figure;
	const struct cell *label = &row[r->at.label];

	return label->kind == CELL_TEXT &&
	       (slice_equal(label->as.text, slice_of(figure->first)) ||
		   slice_equal(label->as.text, slice_of(figure->last)));
}

/* A row without a number, a flow of nothing, where several numbers stand side
 * by side only zeros: no line of the chart. */
static bool
says_nothing(const struct reading *r, const struct cell *row)
{
	const struct chart_data *d = r->data;

	if (d->figure->kind == FIGURE_WATERFALL && !is_level(r, row) &&
	    fabs(number_at(d->table, row, r->at.value[0])) <= 0)
		return true;
	for (size_t m = 0; m < d->n_measures; m++) {
		double value = number_at(d->table, row, r->at.value[m]);

		if (r->joined ? fabs(value) > 0 : !isnan(value))
			return false;
	}
	return d->n_measures > 0 && d->figure->kind != FIGURE_WATERFALL;
}

static void
collect_keys(struct reading *r)
{
	struct chart_data *d = r->data;

	for (size_t i = 0; i < d->table->rows.count; i++) {
		const struct cell *row = table_at(d->table, i);
		double day =
		    d->over_time ? day_of(&row[r->at.period_start]) : NAN;

		if (!is_drawn(r, row) || (d->over_time && isnan(day)) ||
		    says_nothing(r, row))
			continue;
		put_key(r->label_texts, &r->labels,
		    d->figure->each_row ? unique_label(r, i) : label_of(r, row),
		    day);
		put_key(r->series_texts, &r->series, series_of(r, row), NAN);
	}
}

static bool
has_periods(const struct reading *r)
{
	const struct table *table = r->data->table;
	size_t at = r->at.period_start;
	double first = NAN;

	if (at == NONE || r->data->figure->no_time ||
	    r->data->figure->kind != FIGURE_BARS)
		return false;
	for (size_t i = 0; i < table->rows.count; i++) {
		double day = day_of(&table_at(table, i)[at]);

		if (isnan(day) || !is_drawn(r, table_at(table, i)))
			continue;
		if (fabs(day - first) > 0)
			return true;
		first = day;
	}
	return false;
}

/* Measures that share a panel are told apart as series are. */
static bool
has_crowded_panel(const struct chart_data *d)
{
	if (d->figure->kind != FIGURE_BARS)
		return d->figure->kind == FIGURE_BOXES ||
		       d->figure->kind == FIGURE_WATERFALL;
	for (size_t i = 0; i < d->n_measures; i++)
		for (size_t j = 0; j < i; j++)
			if (d->measures[i].figure->panel ==
			    d->measures[j].figure->panel)
				return true;
	return false;
}

/* ---- which are shown ---- */

static int
compare_days(const void *a, const void *b)
{
	const struct key *x = *(const struct key *const *)a;
	const struct key *y = *(const struct key *const *)b;

	return (x->day > y->day) - (x->day < y->day);
}

/* The keys that occurred, in the order in which they are drawn. */
static const struct key **
list_keys(
    const struct chart_data *d, const struct vec *keys, size_t *n, bool by_day)
{
	const struct key **list =
	    arena_array(d->arena, keys->count + 1, sizeof(*list));

	*n = 0;
	for (size_t i = 0; i < keys->count; i++) {
		const struct key *key = vec_at(keys, i);

		if (key->text)
			list[(*n)++] = key;
	}
	if (by_day)
		qsort(list, *n, sizeof(*list), compare_days);
	return list;
}

static size_t
place_keys(const struct chart_data *d, struct intern *texts,
    const struct key **list, size_t n, size_t first, size_t most, size_t *place)
{
	for (size_t i = 0; i <= intern_count(texts); i++)
		place[i] = NONE;
	for (size_t i = first; i < n && i - first < most; i++)
		place[intern_find(texts, slice_of(list[i]->text))] = i - first;
	(void)d;
	return n < most ? n : most;
}

static size_t
most_labels(const struct chart_data *d)
{
	return d->over_time ? CHART_PERIODS_MAX : CHART_LABELS_MAX;
}

static void
choose_labels(struct reading *r)
{
	struct chart_data *d = r->data;
	size_t n, most = most_labels(d), first;
	const struct key **list = list_keys(d, &r->labels, &n, d->over_time);

	first = d->over_time && n > most ? n - most : 0;
	r->label_place = arena_array(
	    d->arena, intern_count(r->label_texts) + 1, sizeof(size_t));
	d->n_labels =
	    place_keys(d, r->label_texts, list, n, first, most, r->label_place);
	d->labels_left = n - d->n_labels;
	d->labels = arena_array(d->arena, d->n_labels, sizeof(*d->labels));
	d->days = arena_array(d->arena, d->n_labels, sizeof(*d->days));
	for (size_t i = 0; i < d->n_labels; i++) {
		const char *text = list[first + i]->text;

		d->labels[i] = arena_text(
		    d->arena, (struct slice){ text, strcspn(text, "\x1f") });
		d->days[i] = list[first + i]->day;
	}
}

static size_t
most_series(const struct chart_data *d)
{
	if (d->figure->kind == FIGURE_HEAT)
		return CHART_COLUMNS_MAX;
	return d->over_time && d->options->form != CHART_TEXT
		   ? CHART_FACETS_MAX
		   : CHART_SERIES_MAX;
}

static void
choose_series(struct reading *r)
{
	struct chart_data *d = r->data;
	size_t n, most = most_series(d);
	const struct key **list = list_keys(d, &r->series, &n, false);

	r->series_place = arena_array(
	    d->arena, intern_count(r->series_texts) + 1, sizeof(size_t));
	d->n_series =
	    place_keys(d, r->series_texts, list, n, 0, most, r->series_place);
	d->series_left = n - d->n_series;
	d->series = arena_array(d->arena, d->n_series, sizeof(*d->series));
	for (size_t i = 0; i < d->n_series; i++)
		d->series[i] = list[i]->text;
}

/* ---- numbers ---- */

static bool
is_young(const struct reading *r, const struct cell *row)
{
	return r->at.young != NONE &&
	       reads(&row[r->at.young], r->data->figure->young_is);
}

static struct chart_point
read_point(struct reading *r, const struct cell *row, size_t m)
{
	struct chart_data *d = r->data;
	const struct table *table = d->table;
	struct chart_point p = {
		.value = number_at(table, row, r->at.value[m]),
		.low = number_at(table, row, r->at.low[m]),
		.high = number_at(table, row, r->at.high[m]),
		.target = number_at(table, row, r->at.target[m]),
		.x = number_at(table, row, r->at.x),
		.sign = number_at(table, row, r->at.sign),
		.ticks = number_at(table, row, r->at.ticks),
		.young = is_young(r, row),
	};
	double error = number_at(table, row, r->at.error[m]);

	if (!isnan(error)) {
		p.low = p.value - error;
		p.high = p.value + error;
	}
	if (d->figure->kind == FIGURE_WATERFALL)
		p.level = is_level(r, row);
	if (!isnan(p.value))
		p.text = text_at(d, row, r->at.value[m]);
	return p;
}

static void
clear_points(struct chart_data *d)
{
	size_t n = d->n_measures * d->n_series * d->n_labels;
	const struct chart_point unknown = {
		.value = NAN, .low = NAN, .high = NAN, .target = NAN, .x = NAN
	};

	d->points = arena_array(d->arena, n, sizeof(*d->points));
	for (size_t i = 0; i < n; i++)
		d->points[i] = unknown;
}

static size_t
label_place(struct reading *r, size_t row)
{
	const char *text = r->data->figure->each_row
			       ? unique_label(r, row)
			       : label_of(r, table_at(r->data->table, row));
	uint32_t number = intern_find(r->label_texts, slice_of(text));

	return number == UINT32_MAX ? NONE : r->label_place[number];
}

static size_t
series_place(struct reading *r, const struct cell *row)
{
	uint32_t number =
	    intern_find(r->series_texts, slice_of(series_of(r, row)));

	return number == UINT32_MAX ? NONE : r->series_place[number];
}

static void
read_row(struct reading *r, size_t i)
{
	struct chart_data *d = r->data;
	const struct cell *row = table_at(d->table, i);
	size_t label = label_place(r, i), series = series_place(r, row);

	if (label == NONE || series == NONE || !is_drawn(r, row))
		return;
	if (d->figure->x) {
		struct chart_curve_point *point;

		if (d->curve.count >= CHART_POINTS_MAX)
			return;
		point = vec_push(&d->curve);
		*point = (struct chart_curve_point){ label, series,
			read_point(r, row, 0) };
		return;
	}
	for (size_t m = 0; m < d->n_measures; m++) {
		struct chart_point *point = chart_at(d, m, series, label);

		if (isnan(point->value)) /* the first of equal keys */
			*point = read_point(r, row, m);
	}
}

static void
find_places(struct reading *r)
{
	const struct table *table = r->data->table;
	const struct figure *figure = r->data->figure;

	r->at.period = find(table, figure->period ? figure->period : "period");
	r->at.period_start = find(table,
	    figure->period_start ? figure->period_start : "period_start");
	r->at.label = find(table, figure->label);
	r->at.label_else = find(table, figure->label_else);
	r->at.more[0] = find(table, figure->more[0]);
	r->at.more[1] = find(table, figure->more[1]);
	r->at.series = find(table, figure->series);
	r->at.x = find(table, figure->x);
	r->at.sign = find(table, figure->sign);
	r->at.ticks = find(table, figure->ticks);
	r->at.only = find(table, figure->only);
	r->at.young = find(table, figure->young);
}

/* A figure may name columns that the table does not have, but not those that
 * its kind cannot do without: nothing is drawn then. */
static bool
has_columns(const struct reading *r)
{
	const struct chart_data *d = r->data;
	const struct figure *figure = d->figure;

	if ((figure->label && r->at.label == NONE) ||
	    (figure->x && r->at.x == NONE))
		return false;
	switch (figure->kind) {
	case FIGURE_BOXES:
		return d->n_measures == figure->n_measures;
	case FIGURE_HEAT:
		return d->n_measures && r->at.series != NONE;
	case FIGURE_WATERFALL:
		return d->n_measures && r->at.label != NONE;
	case FIGURE_STEPS:
	case FIGURE_TIMES:
		return d->n_measures && r->at.x != NONE;
	case FIGURE_BARS:
		break;
	}
	return d->n_measures > 0;
}

int
chart_data_read(struct chart_data *d, const struct table *table,
    const struct chart_options *options, struct fnl_err *err)
{
	struct render_options *render =
	    arena_alloc(table->arena, sizeof(*render));
	struct reading r = { .data = d };

	if (!table->figure)
		return fail(err, FNL_USAGE, "this report has no chart");
	render->ascii = options->ascii;
	render->indian_grouping = options->indian_grouping;
	*d = (struct chart_data){ .arena = table->arena,
		.table = table->drawn ? table->drawn : table,
		.figure = table->figure,
		.title =
		    table->figure->title ? table->figure->title : table->title,
		.options = options };
	d->text = text_new(d->table, render);
	d->curve = vec_new(d->arena, sizeof(struct chart_curve_point));
	r.label_texts = intern_new(d->arena);
	r.series_texts = intern_new(d->arena);
	r.labels = vec_new(d->arena, sizeof(struct key));
	r.series = vec_new(d->arena, sizeof(struct key));
	find_places(&r);
	d->over_time = has_periods(&r);
	take_measures(&r);
	if (!has_columns(&r)) {
		d->n_measures = 0;
		return 0;
	}
	if (d->over_time)
		take_trend(&r);
	if (d->figure->kind == FIGURE_WATERFALL && d->n_measures)
		keep_measure(&r, 0); /* the first that is known */
	r.joined = !d->over_time && (d->figure->joined || has_crowded_panel(d));
	collect_keys(&r);
	choose_labels(&r);
	choose_series(&r);
	clear_points(d);
	for (size_t i = 0; i < d->table->rows.count; i++)
		read_row(&r, i);
	return 0;
}

bool
chart_has(const struct chart_data *d, size_t measure)
{
	for (size_t s = 0; s < d->n_series; s++)
		for (size_t l = 0; l < d->n_labels; l++)
			if (!isnan(chart_at(d, measure, s, l)->value))
				return true;
	return false;
}

bool
chart_has_young(const struct chart_data *d)
{
	for (size_t i = 0; i < d->n_measures * d->n_series * d->n_labels; i++)
		if (d->points[i].young)
			return true;
	return false;
}

const char *
chart_left_out(const struct chart_data *d)
{
	struct textbuf text = { .arena = d->arena };

	if (d->labels_left)
		textbuf_add(&text, "%zu %s%s", d->labels_left,
		    d->over_time ? "earlier period" : "row",
		    d->labels_left > 1 ? "s" : "");
	if (d->series_left)
		textbuf_add(
		    &text, "%s%zu series", text.n ? ", " : "", d->series_left);
	return text.n ? arena_printf(
			    d->arena, "not drawn: %s", textbuf_text(&text))
		      : NULL;
}
