/*
 * velocity.c: the reports of funnel-velocity, the options that they share,
 * and what comes before and after each of them.
 */
#include <string.h>

#include "change.h"
#include "figures.h"
#include "query.h"
#include "velocity.h"

static const enum field_id stalled_fields[] = { FIELD_NAME, FIELD_OWNER };
static const enum field_id forecast_fields[] = { FIELD_PROBABILITY };

const struct velocity_report velocity_reports[] = {
	{ "cycle", "how long from start to end, with what is still open",
	    velocity_cycle_options, velocity_cycle, false, false, NULL, 0 },
	{ "stages", "time in each stage, returns, hand-overs",
	    velocity_stages_options, velocity_stages, true, false, NULL, 0 },
	{ "velocity", "deals x win rate x value / cycle, and why it changed",
	    velocity_levers_options, velocity_levers, true, true, NULL, 0 },
	{ "week", "the bridge from open to open: generated, won, lost",
	    velocity_week_options, velocity_week, true, true, NULL, 0 },
	{ "stalled", "open deals that stay longer than deals that went on",
	    velocity_stalled_options, velocity_stalled, true, true,
	    stalled_fields, sizeof(stalled_fields) / sizeof(*stalled_fields) },
	{ "plan", "a revenue target worked backward to leads",
	    velocity_plan_options, velocity_plan, true, true, NULL, 0 },
	{ "forecast", "what the open deals will bring, with its range",
	    velocity_forecast_options, velocity_forecast, true, true,
	    forecast_fields,
	    sizeof(forecast_fields) / sizeof(*forecast_fields) },
	{ NULL, NULL, NULL, NULL, false, false, NULL, 0 },
};

#define N_REPORTS (sizeof(velocity_reports) / sizeof(*velocity_reports))

/* ---- options ---- */

static int
check_given(const struct velocity *v, struct fnl_err *err)
{
	const struct fnl_velocity_query *q = v->query;
	const struct report_option rows[] = {
		{ "--basis", q->basis != NULL, "cycle stages velocity" },
		{ "--start", q->start != NULL, "cycle" },
		{ "--end", q->end != NULL, "cycle" },
		{ "--cycles", q->cycles != NULL, "cycle" },
		{ "--stay", q->stay != NULL, "stages" },
		{ "--split", q->split != NULL, "cycle stages" },
		{ "--horizon", q->horizon != NULL, "cycle stages" },
		{ "--trailing", q->trailing != NULL,
		    "velocity stalled plan forecast" },
		{ "--stat", q->statistic != NULL, "velocity plan" },
		{ "--bootstrap", q->bootstrap != NULL, "velocity" },
		{ "--seed", q->seed != NULL, "velocity forecast" },
		{ "--bridge", q->bridge != NULL, "week" },
		{ "--stall-q", q->stall_quantile != NULL, "stalled" },
		{ "--target", q->target != NULL, "plan" },
		{ "--assume", q->assumptions.n != 0, "plan" },
		{ "--until", q->until != NULL, "plan forecast" },
		{ "--draws", q->draws != NULL, "forecast" },
		{ "--rho", q->rho != NULL, "forecast" },
		{ "--backtest", q->backtest, "forecast" },
		{ "--confidence", q->confidence != NULL,
		    "cycle stages velocity plan" },
		{ "--fx", q->fx != NULL,
		    "velocity week stalled plan forecast" },
	};

	return query_goes_with(
	    rows, sizeof(rows) / sizeof(*rows), v->report->name, err);
}

static int
take_count(const char *option, const char *text, int64_t most, int64_t *out,
    struct fnl_err *err)
{
	if (!text)
		return 0;
	if (query_count(option, text, out, err) < 0)
		return -1;
	return *out <= most ? 0
			    : fail(err, FNL_USAGE, "%s: %s is more than %lld",
				  option, text, (long long)most);
}

static int
take_choices(struct velocity *v, struct fnl_err *err)
{
	static const struct choice bases[] = { { "closed", VELOCITY_CLOSED },
		{ "created", VELOCITY_CREATED }, { "cohort", VELOCITY_CREATED },
		{ "open", VELOCITY_OPEN }, { NULL, 0 } };
	static const struct choice statistics[] = { { "mean", STATISTIC_MEAN },
		{ "median", STATISTIC_MEDIAN }, { NULL, 0 } };
	static const struct choice days[] = { { "close", FX_CLOSE },
		{ "created", FX_CREATED }, { "asof", FX_AS_OF }, { NULL, 0 } };
	const struct fnl_velocity_query *q = v->query;
	int basis, statistic, day;

	if (query_choice("--basis", q->basis, bases, &basis, err) < 0 ||
	    query_choice("--stat", q->statistic, statistics, &statistic, err) <
		0 ||
	    query_choice("--fx", q->fx, days, &day, err) < 0)
		return -1;
	v->basis = (enum velocity_basis)basis;
	v->statistic = (enum velocity_statistic)statistic;
	v->fx = (enum fx)day;
	return 0;
}

static int
take_options(struct velocity *v, struct fnl_err *err)
{
	const struct fnl_velocity_query *q = v->query;
	struct choice names[N_REPORTS] = { { NULL, 0 } };
	int report;

	for (int i = 0; velocity_reports[i].name; i++)
		names[i] = (struct choice){ velocity_reports[i].name, i };
	if (query_choice("--report", q->report, names, &report, err) < 0)
		return -1;
	v->report = &velocity_reports[report];
	v->load.wants = v->report->wants;
	v->load.n_wants = v->report->n_wants;
	v->load.changes = v->report->changes;
	v->confidence = 0.95;
	v->bootstrap = BOOTSTRAP_DEFAULT;
	v->draws = DRAWS_DEFAULT;
	v->seed = SEED_DEFAULT;
	if (figure_check(
		"velocity", v->report->name, q->input.needs_chart, err) < 0 ||
	    check_given(v, err) < 0 || take_choices(v, err) < 0 ||
	    take_count("--bootstrap", q->bootstrap, BOOTSTRAP_MAX,
		&v->bootstrap, err) < 0 ||
	    take_count("--draws", q->draws, DRAWS_MAX, &v->draws, err) < 0 ||
	    take_count("--seed", q->seed, INT64_MAX, &v->seed, err) < 0)
		return -1;
	if (q->trailing &&
	    query_duration("--trailing", q->trailing, &v->trailing, err) < 0)
		return -1;
	if (q->confidence &&
	    query_share("--confidence", q->confidence, &v->confidence, err) < 0)
		return -1;
	return v->report->options ? v->report->options(v, err) : 0;
}

/* ---- the run ---- */

int
velocity_run(struct velocity *v, struct table **out, struct fnl_err *err)
{
	v->metrics = query_split(v->arena, &v->query->metrics);
	if (take_options(v, err) < 0)
		return -1;
	if (load_input(v->arena, &v->query->input, &v->load, err) < 0)
		return -1;
	walk_start(&v->walk, &v->load);
	v->value = load_value_rules(&v->load, v->fx);
	v->deals =
	    deal_rules_new(v->load.store, v->walk.timelines, v->load.as_of);
	return v->report->run(v, out, err);
}

int
velocity_sheet(const struct velocity *v, struct sheet_plan plan,
    struct sheet *sheet, struct fnl_err *err)
{
	plan.metrics = v->metrics;
	plan.long_form = v->query->long_form;
	if (!plan.figure)
		plan.figure = figure_of("velocity", v->report->name);
	return sheet_new(sheet, &v->load, &plan, err);
}

const char *
velocity_start_name(const struct velocity *v)
{
	uint8_t rank = v->deals.start_rank;

	if (!rank)
		return "creation: no stage is called Opportunity";
	return arena_printf(v->arena, "the first entry to '%s', else creation",
	    v->load.definitions.stages[v->walk.timelines->stage_of_rank[rank]]
		.name);
}

const char *
velocity_entry_name(const struct velocity *v)
{
	uint8_t rank = v->deals.start_rank;

	if (!rank)
		return "creation: no stage is called Opportunity";
	return arena_printf(v->arena,
	    "its first entry to '%s' or a later stage; where no file says any, "
	    "creation",
	    v->load.definitions.stages[v->walk.timelines->stage_of_rank[rank]]
		.name);
}

void
velocity_note_amounts(const struct velocity *v, struct table *table)
{
	table_note(table, "amounts",
	    store_has_changes(v->load.store, CHANGE_AMOUNT)
		? "as the history has them then; of deals without such a "
		  "history, those of today"
		: "those of today: no file tells what they were then");
}

void
velocity_notes(
    struct velocity *v, uint64_t counted, bool mixed, struct table *table)
{
	walk_note_times(&v->walk, table);
	load_notes(&v->load, table);
	walk_note_records(&v->walk, counted, table);
	walk_note_events(&v->walk, table);
	if (v->walk.timelines->cut && v->report->values)
		velocity_note_amounts(v, table);
	load_note_values(&v->load, &v->value, mixed, table);
}
