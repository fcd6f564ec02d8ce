/*
 * chart_data: a table and its figure -> labels, series and the numbers of
 * each: what every kind of chart is drawn from. Private to the chart files.
 *
 * What is too much to be seen is left out, and said.
 */
#ifndef FUNNEL_CHART_DATA_H
#define FUNNEL_CHART_DATA_H

#include "chart.h"
#include "render_text.h"

#define CHART_LABELS_MAX 50
#define CHART_SERIES_MAX 7 /* as many colours can be told apart */
#define CHART_FACETS_MAX 12 /* small charts side by side */
#define CHART_PERIODS_MAX 120 /* the last ones */
#define CHART_COLUMNS_MAX 24 /* of a heat map */
#define CHART_POINTS_MAX 20000

struct chart_point {
	double value, low, high, target; /* NaN: unknown; shares per cent */
	const char *text; /* the value as people read it; NULL: unknown */
	double x, sign, ticks;
	bool young;
	bool level; /* of a waterfall: where it began or got to */
};

/* A measure that the table has some value of. */
struct chart_measure {
	const struct figure_measure *figure;
	const struct column *column;
	const char *name;
	const char *axis; /* with the unit */
};

struct chart_data {
	struct arena *arena;
	const struct table *table; /* the one that is drawn */
	const struct figure *figure;
	const char *title;
	const struct chart_options *options;
	struct text text;
	bool over_time;
	struct chart_measure *measures;
	size_t n_measures;
	const char **labels; /* harmless, not yet cut */
	double *days; /* over_time: the first day of each label's period */
	size_t n_labels;
	const char **series;
	size_t n_series;
	struct chart_point *points; /* see chart_at */
	size_t labels_left, series_left; /* so many were left out */
	/* of FIGURE_STEPS and FIGURE_TIMES: points as they come */
	struct vec curve; /* of struct chart_curve_point */
};

struct chart_curve_point {
	size_t label, series;
	struct chart_point point;
};

/* Fails where the table has no figure. Where the table lacks a column that the
 * figure cannot do without, there are no measures, labels and points. */
int chart_data_read(struct chart_data *data, const struct table *table,
    const struct chart_options *options, struct fnl_err *err);

static inline struct chart_point *
chart_at(
    const struct chart_data *data, size_t measure, size_t series, size_t label)
{
	return &data->points[(measure * data->n_series + series) *
				 data->n_labels +
			     label];
}

/* Some number of the measure is known. */
bool chart_has(const struct chart_data *data, size_t measure);

/* Some point is too young to tell. */
bool chart_has_young(const struct chart_data *data);

/* What was left out, in words; NULL where nothing was. */
const char *chart_left_out(const struct chart_data *data);

#endif
