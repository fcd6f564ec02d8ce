/*
 * velocity_curves.c: Kaplan-Meier curves as points, for charts: where a curve
 * steps, its interval there, and how many were last seen open since the point
 * before.
 */
#include <math.h>

#include "durations.h"

/* A picture has no more room: of longer curves, points so far apart. */
#define CURVE_POINTS_MAX 400

enum {
	CURVE_NAME,
	CURVE_DAYS,
	CURVE_SURVIVING,
	CURVE_LOW,
	CURVE_HIGH,
	CURVE_CENSORED,
	N_CURVE_COLUMNS,
};

static const struct column curve_columns[N_CURVE_COLUMNS] = {
	[CURVE_NAME] = { "curve", "Side", UNIT_TEXT, FOR_ALL,
	    "Of --split: before or after." },
	[CURVE_DAYS] = { "days", "Days", UNIT_DAYS, FOR_ALL,
	    "Since the start." },
	[CURVE_SURVIVING] = { "surviving", "Not ended yet", UNIT_SHARE, FOR_ALL,
	    "Kaplan-Meier." },
	[CURVE_LOW] = { "surviving_lo", "Low", UNIT_SHARE, FOR_ALL,
	    "Lower bound." },
	[CURVE_HIGH] = { "surviving_hi", "High", UNIT_SHARE, FOR_ALL,
	    "Upper bound." },
	[CURVE_CENSORED] = { "censored", "Last seen", UNIT_COUNT, FOR_ALL,
	    "Last seen open since the point before." },
};

static int
new_sheet(const struct velocity *v, struct sheet *sheet, struct fnl_err *err)
{
	const struct column *columns[N_CURVE_COLUMNS];
	struct sheet_plan plan = { .period = v->load.period,
		.columns = columns,
		.n_columns = N_CURVE_COLUMNS,
		.n_keys = 1 };

	for (int i = 0; i < N_CURVE_COLUMNS; i++)
		columns[i] = &curve_columns[i];
	return sheet_new(sheet, &v->load, &plan, err);
}

struct point {
	double days;
	uint64_t censored;
};

static void
add_point(const struct velocity *v, struct sheet *sheet,
    const struct duration_row *row, const struct survival_curve *curve,
    struct point point, bool has_sides)
{
	struct interval interval =
	    survival_interval_at(curve, point.days, v->confidence);

	sheet_row(sheet, &row->group->key);
	sheet_cell(sheet, CURVE_NAME,
	    cell_optional(row->side   ? "after"
			  : has_sides ? "before"
				      : NULL));
	sheet_cell(sheet, CURVE_DAYS, cell_number(point.days));
	sheet_cell(sheet, CURVE_SURVIVING,
	    cell_number(survival_at(curve, point.days)));
	sheet_cell(sheet, CURVE_LOW, cell_number(interval.low));
	sheet_cell(sheet, CURVE_HIGH, cell_number(interval.high));
	sheet_cell(sheet, CURVE_CENSORED, cell_count(point.censored));
}

/* The spells are sorted by their ends. */
static void
add_curve(const struct velocity *v, struct sheet *sheet,
    const struct duration_row *row, bool has_sides)
{
	const struct exposure_tally *tally = row->tally;
	struct survival_curve curve =
	    survival_kaplan_meier(v->arena, tally->spells, tally->n);
	double last = curve.followed.high, least = last / CURVE_POINTS_MAX;
	double at = fmax(0, curve.followed.low);
	struct point point = { 0, 0 };

	if (!(last > 0))
		return;
	add_point(v, sheet, row, &curve, (struct point){ at, 0 }, has_sides);
	for (size_t i = 0; i < tally->n; i++) {
		const struct spell *spell = &tally->spells[i];
		bool is_last = i + 1 == tally->n ||
			       !(tally->spells[i + 1].exit <= spell->exit);

		if (!(spell->exit > 0 && spell->exit > spell->entry))
			continue;
		point.days = spell->exit;
		point.censored += spell->cause == 0;
		if (!is_last ||
		    (spell->exit - at < least && spell->exit < last))
			continue;
		add_point(v, sheet, row, &curve, point, has_sides);
		at = point.days;
		point.censored = 0;
	}
}

int
velocity_curves(const struct velocity *v, const struct duration_row *rows,
    size_t n, struct table *table, struct fnl_err *err)
{
	bool has_sides = false;
	struct sheet sheet;

	if (!v->load.input->chart)
		return 0;
	if (new_sheet(v, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		has_sides |= rows[i].side != 0;
	for (size_t i = 0; i < n; i++)
		add_curve(v, &sheet, &rows[i], has_sides);
	table->drawn = sheet.table;
	return 0;
}
