/*
 * convert.c: the reports of funnel-convert, its options, and what comes before
 * and after a report.
 */
#include <string.h>

#include "convert.h"
#include "figures.h"
#include "query.h"

const struct convert_report convert_reports[] = {
	{ "stages", NULL, convert_stages, false },
	{ "outcomes", NULL, convert_outcomes, true },
	{ "passport", convert_passport_options, convert_passport, true },
	{ "segments", convert_segments_options, convert_segments, false },
	{ "split", convert_split_options, convert_split, false },
	{ "change", convert_change_options, convert_change, false },
	{ "transitions", convert_moves_options, convert_transitions, false },
	{ "moves", convert_moves_options, convert_moves, false },
	{ "gap", convert_gap_options, convert_gap, false },
	{ "acceptance", convert_acceptance_options, convert_acceptance, false },
	{ "rejections", convert_rejections_options, convert_rejections, true },
	{ "rejected", convert_rejected_options, convert_rejected, true },
	{ "vocabulary", convert_vocabulary_options, convert_vocabulary, true },
	{ "qualification", convert_qualification_options, convert_qualification,
	    false },
	{ "replay", convert_replay_options, convert_replay, false },
	{ "flips", convert_replay_options, convert_flips, false },
	{ NULL, NULL, NULL, false },
};

#define N_REPORTS (sizeof(convert_reports) / sizeof(*convert_reports))

/* ---- options ---- */

static int
check_given(const struct convert *c, struct fnl_err *err)
{
	const struct fnl_convert_query *q = c->query;
	static const char judging[] = "qualification replay flips";
	static const char counting[] = "change qualification replay flips";
	const struct report_option rows[] = {
		{ "--mode", q->mode != NULL,
		    "stages outcomes passport segments split change "
		    "qualification replay flips" },
		{ "--basis", q->basis != NULL, "stages outcomes" },
		{ "--horizon", q->horizon != NULL,
		    "stages outcomes passport segments split change gap" },
		{ "--mature", q->mature != NULL, "stages outcomes replay" },
		{ "--window", q->window != NULL,
		    "stages outcomes passport segments split change "
		    "qualification replay flips" },
		{ "--anchor", q->anchor != NULL, "stages outcomes" },
		{ "--count", q->count != NULL, "stages outcomes" },
		{ "--reentry", q->reentry != NULL,
		    "stages outcomes passport segments split change "
		    "qualification replay flips" },
		{ "--strict-time", q->strict_time,
		    "stages outcomes passport segments split change "
		    "qualification replay flips" },
		{ "--passport", q->passport != NULL, "passport" },
		{ "--step", q->step != NULL, "segments split change" },
		{ "--split", q->split != NULL, "split" },
		{ "--gap", q->gap != NULL, "split" },
		{ "--before", q->before != NULL, "change" },
		{ "--adjust", q->adjust != NULL,
		    "segments split change qualification" },
		{ "--handoff", q->handoff != NULL, "acceptance" },
		{ "--target", q->target != NULL, "acceptance" },
		{ "--recycled", q->recycled != NULL, "acceptance" },
		{ "--outcome", q->outcome != NULL, "rejections rejected" },
		{ "--last-rejected", q->last_rejected != NULL, "rejected" },
		{ "--against", q->against != NULL, "change replay flips" },
		{ "--members", q->members != NULL, "replay flips" },
		{ "--stage", q->stage != NULL, judging },
		{ "--rule", q->rule != NULL, judging },
		{ "--touches", q->touches.n != 0, counting },
		{ "--join", q->join != NULL, counting },
		{ "--touch-date", q->touch_date != NULL, counting },
		{ "--ci", q->interval != NULL,
		    "stages outcomes passport segments split transitions moves "
		    "acceptance qualification replay" },
		{ "--fx", q->fx != NULL,
		    "stages outcomes passport gap rejections" },
		{ "--expect", q->expect.n != 0, "stages gap" },
		{ "--bootstrap", q->bootstrap != NULL, "gap" },
		{ "--seed", q->seed != NULL, "gap" },
		{ "--losses", q->losses != NULL, "transitions moves" },
		{ "--confidence", q->confidence != NULL,
		    "stages outcomes passport segments split change "
		    "transitions "
		    "moves gap acceptance qualification replay" },
		{ "--period", q->input.period != NULL,
		    "stages outcomes segments transitions moves acceptance "
		    "rejections qualification" },
	};

	return query_goes_with(
	    rows, sizeof(rows) / sizeof(*rows), c->report->name, err);
}

static const struct convert_report *
report_named(const char *name)
{
	const struct convert_report *report = convert_reports;

	while (strcmp(report->name, name) != 0)
		report++;
	return report;
}

static int
convert_choices(struct convert *c, struct fnl_err *err)
{
	static const struct choice units[] = { { "records", COUNT_RECORDS },
		{ "entries", COUNT_ENTRIES }, { NULL, 0 } };
	static const struct choice intervals[] = {
		{ "wilson", INTERVAL_WILSON },
		{ "cp", INTERVAL_CLOPPER_PEARSON },
		{ NULL, 0 },
	};
	static const struct choice entries[] = { { "first", 0 }, { "best", 1 },
		{ NULL, 0 } };
	static const struct choice days[] = { { "close", FX_CLOSE },
		{ "created", FX_CREATED }, { "asof", FX_AS_OF }, { NULL, 0 } };
	struct choice mode_names[MODE_COUNT + 1] = { { NULL, 0 } };
	struct choice basis_names[BASIS_COUNT + 1] = { { NULL, 0 } };
	struct choice reports[N_REPORTS] = { { NULL, 0 } };
	const struct fnl_convert_query *q = c->query;
	int report, unit, interval, entry, mode, basis, day;

	for (int i = 0; i < MODE_COUNT; i++)
		mode_names[i] = (struct choice){ modes[i].name, i };
	for (int i = 0; convert_reports[i].name; i++)
		reports[i] = (struct choice){ convert_reports[i].name, i };
	for (int i = 0; i < BASIS_COUNT; i++)
		basis_names[i] = (struct choice){ bases[i].name, i };
	if (query_choice("--report", q->report, reports, &report, err) < 0 ||
	    query_choice("--count", q->count, units, &unit, err) < 0 ||
	    query_choice("--ci", q->interval, intervals, &interval, err) < 0 ||
	    query_choice("--reentry", q->reentry, entries, &entry, err) < 0 ||
	    query_choice("--fx", q->fx, days, &day, err) < 0 ||
	    query_choice("--mode", q->mode, mode_names, &mode, err) < 0 ||
	    query_choice("--basis", q->basis, basis_names, &basis, err) < 0)
		return -1;
	c->report = q->report          ? &convert_reports[report]
		    : q->last_rejected ? report_named("rejected")
		    : q->passport      ? report_named("passport")
				       : NULL;
	c->rules.value.fx = (enum fx)day;
	c->rules.unit = (enum count_unit)unit;
	c->interval = (enum interval_method)interval;
	c->path.reentry_best = c->rules.reentry_best = entry == 1;
	c->path.mode = (enum mode)mode;
	c->rules.basis = (enum basis)basis;
	return 0;
}

static int
convert_numbers(struct convert *c, struct fnl_err *err)
{
	static const struct choice anchors[] = { { "first", ANCHOR_FIRST },
		{ "step", ANCHOR_STEP }, { NULL, 0 } };
	const struct fnl_convert_query *q = c->query;
	int anchor = ANCHOR_FIRST;

	if (q->horizon && !q->basis)
		c->rules.basis = BASIS_HORIZON;
	/* R4: a horizon runs from the entry to the stage itself. */
	if (!q->anchor && c->rules.basis == BASIS_HORIZON)
		anchor = ANCHOR_STEP;
	else if (query_choice("--anchor", q->anchor, anchors, &anchor, err) < 0)
		return -1;
	c->rules.anchor = (enum anchor)anchor;
	c->confidence = 0.95;
	c->path.has_window = q->window != NULL;
	c->path.strict_time = q->strict_time;
	if (q->window &&
	    query_duration("--window", q->window, &c->path.window, err) < 0)
		return -1;
	if (q->horizon &&
	    query_duration("--horizon", q->horizon, &c->rules.horizon, err) < 0)
		return -1;
	c->mature = -1;
	if (q->mature &&
	    query_duration("--mature", q->mature, &c->mature, err) < 0)
		return -1;
	return q->confidence ? query_share("--confidence", q->confidence,
				   &c->confidence, err)
			     : 0;
}

/* Combinations that have no meaning are refused, with the way out. */
static int
convert_agrees(const struct convert *c, struct fnl_err *err)
{
	const struct fnl_convert_query *q = c->query;
	enum basis basis = c->rules.basis;
	enum mode mode = c->path.mode;

	if (basis == BASIS_HORIZON && !q->horizon)
		return fail(err, FNL_USAGE,
		    "--basis horizon needs --horizon, such as --horizon 90d");
	if (q->horizon && basis != BASIS_HORIZON)
		return fail(err, FNL_USAGE,
		    "--horizon goes with --basis horizon, not %s",
		    bases[basis].name);
	if (q->mature && basis != BASIS_COHORT)
		return fail(err, FNL_USAGE,
		    "--mature goes with --basis cohort, not %s",
		    bases[basis].name);
	if (c->rules.unit == COUNT_ENTRIES &&
	    ((mode != MODE_REACHED && mode != MODE_ANY) ||
		(basis != BASIS_COHORT && basis != BASIS_HORIZON &&
		    basis != BASIS_PERIOD)))
		return fail(err, FNL_USAGE,
		    "--count entries goes with the modes reached and any and "
		    "the bases cohort, horizon and period");
	if (basis == BASIS_ACTIVE && mode != MODE_REACHED)
		return fail(err, FNL_USAGE,
		    "--basis active counts stays: leave --mode out");
	if (mode == MODE_DIRECT && basis == BASIS_PERIOD)
		return fail(err, FNL_USAGE,
		    "--mode direct counts moves of the same records: use "
		    "--basis cohort");
	return 0;
}

/* Record lists know how deals ended, not through which stages they went. */
static int
choose_report(struct convert *c, struct fnl_err *err)
{
	bool histories = c->load.store->histories;

	if (!c->report) {
		c->report = report_named(histories ? "stages" : "outcomes");
		if (check_given(c, err) < 0)
			return -1;
	}
	if (c->report->run == convert_outcomes &&
	    c->rules.basis != BASIS_COHORT && c->rules.basis != BASIS_CLOSED)
		return fail(err, FNL_USAGE,
		    "%s: use --basis cohort (by creation) or closed (by close "
		    "date)",
		    histories ? "--report outcomes has no such basis"
			      : "a record list has no stage dates for this "
				"basis");
	return 0;
}

static int
convert_stages_known(const struct convert *c, struct fnl_err *err)
{
	const char *unknown;

	unknown = store_unknown_stages(c->load.store, c->arena);
	if (c->report->stageless || c->walk.timelines->n_ranks > 1 ||
	    (c->walk.timelines->n_ranks && !unknown))
		return 0;
	return fail(err, FNL_DATA,
	    "the stages and their order are not known: give a definitions "
	    "file (-d) or --stages 'First,Second,won:Closed Won'%s%s",
	    unknown ? "; the data has " : "", unknown ? unknown : "");
}

/* ---- the run ---- */

static int
take_options(struct convert *c, struct fnl_err *err)
{
	c->metrics = query_split(c->arena, &c->query->metrics);
	c->expect = query_split(c->arena, &c->query->expect);
	if (convert_choices(c, err) < 0)
		return -1;
	if (c->report && check_given(c, err) < 0)
		return -1;
	if (convert_numbers(c, err) < 0 || convert_agrees(c, err) < 0 ||
	    expect_check_texts(c, err) < 0)
		return -1;
	if (c->report && figure_check("convert", c->report->name,
			     c->query->input.needs_chart, err) < 0)
		return -1;
	return c->report && c->report->options ? c->report->options(c, err) : 0;
}

int
convert_take_rules(struct convert *c, struct fnl_err *err)
{
	const struct fnl_convert_query *q = c->query;

	if (q->rule && !q->stage)
		return fail(err, FNL_USAGE,
		    "--rule needs --stage, the stage whose records are judged");
	if (!q->touches.n && (q->join || q->touch_date))
		return fail(err, FNL_USAGE,
		    "%s goes with --touches, files of touches",
		    q->join ? "--join" : "--touch-date");
	if (c->path.mode == MODE_DIRECT)
		return fail(err, FNL_USAGE,
		    "--mode direct counts moves, not who reached a stage: use "
		    "another one");
	c->stage_rules = arena_alloc(c->arena, sizeof(*c->stage_rules));
	*c->stage_rules = (struct stage_rules){ .stage = q->stage,
		.rule = q->rule,
		.touches = { .files = q->touches,
		    .join = q->join,
		    .touch_date = q->touch_date } };
	return 0;
}

static int
load_records(struct convert *c, struct fnl_err *err)
{
	const struct fnl_input *input = &c->query->input;

	return c->stage_rules ? stage_rules_load(c->stage_rules, c->arena,
				    input, &c->load, err)
			      : load_input(c->arena, input, &c->load, err);
}

int
convert_run(struct convert *c, struct table **out, struct fnl_err *err)
{
	if (take_options(c, err) < 0 || load_records(c, err) < 0 ||
	    choose_report(c, err) < 0)
		return -1;
	walk_start(&c->walk, &c->load);
	if (convert_stages_known(c, err) < 0 || expect_read(c, err) < 0)
		return -1;
	if (c->report->run != convert_stages)
		return c->report->run(c, out, err);
	if (expect_agrees(c, err) < 0 || c->report->run(c, out, err) < 0)
		return -1;
	expect_check(c, *out);
	return 0;
}

const char *
convert_stage(const struct convert *c, unsigned rank)
{
	return c->load.definitions
	    .stages[c->walk.timelines->stage_of_rank[rank]]
	    .name;
}

int
convert_sheet(const struct convert *c, struct sheet_plan plan,
    struct sheet *sheet, struct fnl_err *err)
{
	plan.metrics = c->metrics;
	plan.long_form = c->query->long_form;
	if (!plan.figure)
		plan.figure = figure_of("convert", c->report->name);
	return sheet_new(sheet, &c->load, &plan, err);
}

const char *
convert_group(const struct convert *c, const struct group_key *key)
{
	const struct segments *segments = &c->load.segments;
	const char *name = "";
	char period[PERIOD_TEXT] = "(undated)";

	for (size_t i = 0; i < segments->n_by; i++) {
		struct slice value =
		    intern_get(c->load.store->texts, key->by[i]);

		name = arena_printf(c->arena, "%s%s%s", name, i ? " / " : "",
		    key->by[i] ? arena_text(c->arena, value) : "(blank)");
	}
	if (c->load.period == PERIOD_NONE)
		return name;
	if (key->dated)
		period_label(period, c->load.period, key->period,
		    c->load.definitions.fiscal_month);
	return arena_printf(
	    c->arena, "%s%s%s", name, *name ? ", " : "", period);
}

/* ---- notes ---- */

void
convert_note_records(
    const struct convert *c, uint64_t counted, struct table *table)
{
	char confidence[NUMBER_MAX];

	number_text(confidence, 100 * c->confidence);
	table_note(table, "interval", "%s %% %s", confidence,
	    c->interval == INTERVAL_WILSON ? "Wilson score"
					   : "Clopper-Pearson");
	walk_note_records(&c->walk, counted, table);
	walk_note_events(&c->walk, table);
}
