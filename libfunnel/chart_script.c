/*
 * chart_script.c: the kinds of charts, and from a table to a script.
 */
#include <math.h>
#include <string.h>

#include "chart_kinds.h"

static chart_draw_function *const kinds[] = {
	[FIGURE_BARS] = chart_bars,
	[FIGURE_WATERFALL] = chart_waterfall,
	[FIGURE_BOXES] = chart_boxes,
	[FIGURE_STEPS] = chart_lines,
	[FIGURE_HEAT] = chart_heat,
	[FIGURE_TIMES] = chart_times,
};

static bool
has_anything(const struct chart_data *data)
{
	for (size_t m = 0; m < data->n_measures; m++)
		if (chart_has(data, m))
			return true;
	return data->curve.count > 0;
}

int
chart_script(const struct table *table, const struct chart_options *options,
    struct chart *out, struct fnl_err *err)
{
	struct chart_data data;
	struct chart_page page;

	*out = (struct chart){ NULL, NULL };
	if (chart_data_read(&data, table, options, err) < 0)
		return -1;
	if (!has_anything(&data)) {
		out->note = "nothing to draw";
		return 0;
	}
	page = chart_page_new(data.arena, options);
	if (data.over_time)
		chart_lines(&page, &data);
	else
		kinds[data.figure->kind](&page, &data);
	out->script = chart_page_end(&page);
	out->note = chart_left_out(&data);
	return 0;
}
