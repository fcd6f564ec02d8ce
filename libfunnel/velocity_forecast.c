/*
 * velocity_forecast.c: the report forecast. What the deals that are open now
 * will bring by the last day of the quarter, by three ways to tell the chance
 * of a deal, each with its range (metrics.md 3.2.7, W12).
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "forecast.h"
#include "query.h"

#define WANT_PROBABILITY 0 /* in forecast_fields[] of velocity.c */

struct forecast_group {
	struct group_key key; /* first: groups know no more */
	const struct open_deal **open;
	size_t n, cap;
	struct value_tally won; /* so far */
	uint64_t n_won;
};

struct forecast_run {
	struct velocity *v;
	struct forecast forecast;
	struct pipeline pipeline;
	struct groups groups;
	struct when from; /* won_so_far begins here */
	int64_t last_day;
	uint64_t unread;
	bool mixed;
};

/* ---- options ---- */

static int
check_backtest(const struct fnl_velocity_query *q, struct fnl_err *err)
{
	if (q->input.from || q->until)
		return fail(err, FNL_USAGE,
		    "--backtest goes through all past quarters: leave --from "
		    "and --until out");
	if (q->input.by.n)
		return fail(err, FNL_USAGE,
		    "--backtest has no segments: choose one with --where");
	return 0;
}

/* Whole days: a forecast for the afternoon is none. A day needs no zone,
 * which is not known yet when the options are checked. */
static int
take_until(const struct velocity *v, struct when *until, struct fnl_err *err)
{
	const char *text = v->query->until;

	if (text && strlen(text) != sizeof("2026-03-31") - 1)
		return fail(err, FNL_USAGE,
		    "--until: '%s' is not a day (write 2026-03-31)", text);
	return query_when("--until", text, v->load.zone, until, err);
}

int
velocity_forecast_options(struct velocity *v, struct fnl_err *err)
{
	const struct fnl_velocity_query *q = v->query;
	struct forecast ignored;
	struct when until;

	if (q->input.period)
		return fail(err, FNL_USAGE,
		    "--period says nothing to --report forecast: it is about "
		    "the deals that are open as of --as-of");
	if (q->input.to)
		return fail(err, FNL_USAGE,
		    "--to says nothing to --report forecast; use --until");
	if (q->backtest && check_backtest(q, err) < 0)
		return -1;
	if (q->trailing && !v->trailing)
		return fail(err, FNL_USAGE,
		    "--trailing: '%s' leaves nothing to learn from",
		    q->trailing);
	if (take_until(v, &until, err) < 0)
		return -1;
	return forecast_new(v, &ignored, err);
}

/* From as_of to the last day of its quarter, or --until. */
static int
take_horizon(struct forecast_run *r, struct fnl_err *err)
{
	const struct velocity *v = r->v;
	int fiscal_month = v->load.definitions.fiscal_month;
	struct when until;
	int64_t today, start;

	if (v->load.as_of.kind == WHEN_UNKNOWN)
		return fail(
		    err, FNL_DATA, "the data holds no time: say --as-of");
	if (take_until(v, &until, err) < 0)
		return -1;
	today = zone_day(v->load.zone, v->load.as_of);
	start = period_start(PERIOD_QUARTER, today, fiscal_month);
	r->from = v->load.window.from;
	if (r->from.kind == WHEN_UNKNOWN)
		r->from = (struct when){ start * DAY_SECONDS, WHEN_DATE };
	r->last_day = until.kind == WHEN_DATE
			  ? until.seconds / DAY_SECONDS
			  : period_next(PERIOD_QUARTER, start) - 1;
	if (r->last_day < today)
		return fail(err, FNL_USAGE, "--until: '%s' is before as-of",
		    v->query->until);
	return 0;
}

/* ---- counting ---- */

static struct forecast_group *
group_of(struct forecast_run *r, const uint32_t *by)
{
	bool is_new;

	return groups_at(&r->groups, by, r->v->load.as_of, &is_new);
}

static void
add_won(struct forecast_run *r)
{
	struct pipeline *p = &r->pipeline;
	const struct zone *zone = r->v->load.zone;
	const struct pass *pass = &p->last;
	struct forecast_group *group;

	if (pass->outcome != OUTCOME_WON || pass->end.kind == WHEN_UNKNOWN ||
	    when_compare(zone, pass->end, r->from) < 0 ||
	    when_compare(zone, pass->end, r->v->load.as_of) > 0)
		return;
	group = group_of(r, p->walk->by);
	group->n_won++;
	value_add(
	    &group->won, value_at(&p->value, r->v->load.store, p->walk->record,
			     p->walk->timeline, p->value.as_of));
}

static void
add_open(struct forecast_run *r, const struct open_deal *deal)
{
	struct forecast_group *group = group_of(r, deal->by);

	if (group->n == group->cap) {
		group->cap = group->cap ? 2 * group->cap : 8;
		group->open = arena_grow(r->v->arena, group->open,
		    group->cap * sizeof(*group->open));
	}
	group->open[group->n++] = deal;
	r->unread += field_chance_unread(&r->forecast.field, deal->record);
}

static void
count_deals(struct forecast_run *r)
{
	struct velocity *v = r->v;
	struct pipeline *p = &r->pipeline;

	r->groups = groups_new(v->arena, sizeof(struct forecast_group),
	    v->load.segments.n_by, PERIOD_NONE,
	    v->load.definitions.fiscal_month, v->load.zone);
	if (!v->load.segments.n_by)
		group_of(r, NULL);
	pipeline_start(p, v, &v->walk, v->load.as_of);
	while (pipeline_next(p))
		add_won(r);
	pipeline_end(p);
	for (size_t i = 0; i < p->n_open; i++)
		add_open(r, &p->open[i]);
}

/* ---- table ---- */

static const struct column method_column = { "method", "Method", UNIT_TEXT,
	FOR_ALL, "Where the chances come from: stage, field or time." };
static const struct column currency_column = { "currency", "Currency",
	UNIT_TEXT, FOR_MACHINES, "Of the sums; empty when they differ." };
static const struct column until_column = { "until", "Until", UNIT_TEXT,
	FOR_MACHINES, "Last day of the forecast." };
static const struct column rho_column = { "rho", "Correlation", UNIT_NUMBER,
	FOR_MACHINES, "See --rho." };
static const struct column *const context_columns[] = { &until_column,
	&rho_column };

static const char *
day_text(const struct velocity *v, int64_t day)
{
	char text[WHEN_TEXT];

	when_text(text, (struct when){ day * DAY_SECONDS, WHEN_DATE });
	return arena_text(v->arena, slice_of(text));
}

/* The segment of that name says it already. */
static bool
has_currency_segment(const struct velocity *v)
{
	for (size_t i = 0; i < v->load.segments.n_by; i++)
		if (strcmp(v->load.segments.items[i].name,
			currency_column.id) == 0)
			return true;
	return false;
}

static int
new_sheet(
    const struct forecast_run *r, struct sheet *sheet, struct fnl_err *err)
{
	const struct velocity *v = r->v;
	const struct column **columns =
	    arena_array(v->arena, n_forecast_metrics + 2, sizeof(*columns));
	struct cell context[] = { cell_optional(day_text(v, r->last_day)),
		cell_number(r->forecast.rho) };
	struct sheet_plan plan = { .title = "Forecast of open deals",
		.columns = columns,
		.n_keys = 1,
		.context = context_columns,
		.context_cells = context,
		.n_context = sizeof(context) / sizeof(*context) };

	columns[plan.n_columns++] = &method_column;
	for (size_t i = 0; i < n_forecast_metrics; i++)
		columns[plan.n_columns++] = &forecast_metrics[i].column;
	if (!has_currency_segment(v))
		columns[plan.n_columns++] = &currency_column;
	return velocity_sheet(v, plan, sheet, err);
}

static struct cell
currency_of(const struct forecast_run *r, const struct forecast_group *group)
{
	struct value_tally tally = group->won;

	for (size_t i = 0; i < group->n; i++)
		value_add(&tally, group->open[i]->value);
	if (!tally.any || tally.mixed)
		return cell_optional(NULL);
	return cell_of_text(&r->v->load, tally.currency, NULL);
}

/* Nothing won is 0; something won of no known amount is not. In another
 * currency than the open deals it cannot be added to them. */
static double
won_so_far(const struct forecast_group *group, bool mixed)
{
	if (!group->n_won)
		return 0;
	return group->won.any && !group->won.mixed && !mixed
		   ? money_double(group->won.sum)
		   : NAN;
}

static bool
is_mixed(const struct forecast_group *group)
{
	struct value_tally tally = group->won;

	for (size_t i = 0; i < group->n; i++)
		value_add(&tally, group->open[i]->value);
	return tally.mixed;
}

static void
fill_row(struct forecast_run *r, struct sheet *sheet,
    const struct forecast_group *group, const struct forecast_method *method)
{
	bool mixed = is_mixed(group);
	struct forecast_view view = forecast_row(&r->forecast, &r->pipeline,
	    method, group->open, NULL, group->n, r->last_day);

	r->mixed |= mixed;
	view.won_so_far = won_so_far(group, mixed);
	sheet_row(sheet, &group->key);
	sheet_cell(sheet, 0, cell_optional(method->name));
	for (size_t i = 0; i < n_forecast_metrics; i++)
		if (sheet_wants(sheet, i + 1))
			sheet_cell(sheet, i + 1,
			    cell_of_number(forecast_metrics[i].value(&view),
				forecast_metrics[i].column.unit));
	if (!has_currency_segment(r->v))
		sheet_cell(
		    sheet, n_forecast_metrics + 1, currency_of(r, group));
}

static const char *const field_notes[] = {
	[CHANCE_ABSENT] = "no file has a column of chances (--map "
			  "probability=COLUMN): no forecast by field",
	[CHANCE_UNDECIDED] = "the chances are only 0 and 1, of which nobody "
			     "can say whether 1 is one per cent or certain: "
			     "no forecast by field",
	[CHANCE_LATER] = "the chances of the CRM are those of today, as of "
			 "as-of nobody knows them: no forecast by field",
	[CHANCE_PERCENT] = "the chances are read as per cent",
	[CHANCE_SHARE] = "the chances are read as shares of 1",
};

static void
note_forecast(const struct forecast_run *r, struct table *table)
{
	char from[WHEN_TEXT];

	when_text(from, r->from);
	table_note(table, "forecast",
	    "deals open as of as-of, until %s; won so far since %s",
	    day_text(r->v, r->last_day), from);
	table_note(table, "methods",
	    "stage and field: to win some day; time: by %s",
	    day_text(r->v, r->last_day));
	table_note(table, "field", "%s", field_notes[r->forecast.field.unit]);
	note_count(table, "unread", r->unread,
	    "open deals whose chance in the CRM is no chance");
	forecast_note(&r->forecast, table);
	pipeline_note_odds(&r->pipeline, table);
}

static int
forecast_table(struct forecast_run *r, struct table **out, struct fnl_err *err)
{
	void **groups;
	struct sheet sheet;

	if (new_sheet(r, &sheet, err) < 0)
		return -1;
	count_deals(r);
	groups = groups_sorted(&r->groups, r->v->load.store->texts);
	for (size_t i = 0; i < r->groups.items.count; i++)
		for (size_t m = 0; m < FORECAST_METHODS; m++)
			fill_row(r, &sheet, groups[i], &forecast_methods[m]);
	note_forecast(r, sheet.table);
	velocity_notes(r->v, r->pipeline.n_open, r->mixed, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

int
velocity_forecast(struct velocity *v, struct table **out, struct fnl_err *err)
{
	struct forecast_run *r;

	if (v->query->backtest)
		return velocity_backtest(v, out, err);
	r = arena_alloc(v->arena, sizeof(*r));
	r->v = v;
	if (forecast_new(v, &r->forecast, err) < 0 || take_horizon(r, err) < 0)
		return -1;
	r->forecast.field = field_chance_new(
	    &v->load, v->load.want_attribute[WANT_PROBABILITY]);
	if (v->walk.timelines->cut && r->forecast.field.unit != CHANCE_ABSENT)
		r->forecast.field.unit = CHANCE_LATER;
	return forecast_table(r, out, err);
}
