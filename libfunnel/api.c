/*
 * api.c: the pipeline of each report, in order, on one screen; and the doors
 * of the library, where running out of memory becomes an error.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "load.h"
#include "metric_convert.h"
#include "query.h"
#include "render.h"

#define KEY_COLUMNS_MAX (SEGMENTS_MAX + 8)

enum report { REPORT_AUTO, REPORT_STAGES, REPORT_OUTCOMES };

struct fnl_report {
	struct arena *arena;
	struct table *table;
	struct table *ledger;
	const char *summary;
	const char *too_bad;
	bool indian_grouping;
};

/* A running funnel-convert. */
struct convert {
	struct arena *arena;
	const struct fnl_convert_query *query;
	struct load load;
	enum report report;
	struct path_rule path;
	struct tally_rules rules;
	struct timeline_rules *timelines;
	struct tally *tally;
	enum interval_method interval;
	double confidence;
	/* what the notes say */
	uint64_t records, later_records, filtered, stageless, ties, repeats,
	    future, order_violations;
};

/* ---- options ---- */

static int
convert_choices(struct convert *c, struct fnl_err *err)
{
	static const struct choice reports[] = { { "", REPORT_AUTO },
		{ "stages", REPORT_STAGES }, { "outcomes", REPORT_OUTCOMES },
		{ NULL, 0 } };
	static const struct choice units[] = { { "records", COUNT_RECORDS },
		{ "entries", COUNT_ENTRIES }, { NULL, 0 } };
	static const struct choice intervals[] = {
		{ "wilson", INTERVAL_WILSON },
		{ "cp", INTERVAL_CLOPPER_PEARSON },
		{ NULL, 0 },
	};
	static const struct choice entries[] = { { "first", 0 }, { "best", 1 },
		{ NULL, 0 } };
	struct choice mode_names[MODE_COUNT + 1] = { { NULL, 0 } };
	struct choice basis_names[BASIS_COUNT + 1] = { { NULL, 0 } };
	const struct fnl_convert_query *q = c->query;
	int report, unit, interval, entry, mode, basis;

	for (int i = 0; i < MODE_COUNT; i++)
		mode_names[i] = (struct choice){ modes[i].name, i };
	for (int i = 0; i < BASIS_COUNT; i++)
		basis_names[i] = (struct choice){ bases[i].name, i };
	if (query_choice("--report", q->report, reports, &report, err) < 0 ||
	    query_choice("--count", q->count, units, &unit, err) < 0 ||
	    query_choice("--ci", q->interval, intervals, &interval, err) < 0 ||
	    query_choice("--reentry", q->reentry, entries, &entry, err) < 0 ||
	    query_choice("--mode", q->mode, mode_names, &mode, err) < 0 ||
	    query_choice("--basis", q->basis, basis_names, &basis, err) < 0)
		return -1;
	c->report = (enum report)report;
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
convert_report(struct convert *c, struct fnl_err *err)
{
	bool histories = c->load.store->histories;

	if (c->report == REPORT_AUTO)
		c->report = histories ? REPORT_STAGES : REPORT_OUTCOMES;
	if (c->report == REPORT_OUTCOMES && c->rules.basis != BASIS_COHORT &&
	    c->rules.basis != BASIS_CLOSED)
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
	if (c->report == REPORT_OUTCOMES || c->timelines->n_ranks > 1 ||
	    (c->timelines->n_ranks && !unknown))
		return 0;
	return fail(err, FNL_DATA,
	    "the stages and their order are not known: give a definitions "
	    "file (-d) or --stages 'First,Second,won:Closed Won'%s%s",
	    unknown ? "; the data has " : "", unknown ? unknown : "");
}

/* ---- counting ---- */

/* With --as-of, what was created later did not exist yet. */
static bool
existed(const struct convert *c, const struct timeline *t)
{
	if (!c->timelines->cut || t->n)
		return true;
	return !t->future &&
	       (t->created.kind == WHEN_UNKNOWN ||
		   when_compare(c->load.zone, t->created, c->load.as_of) <= 0);
}

static void
convert_record(struct convert *c, uint32_t record, uint32_t *by)
{
	struct store *store = c->load.store;
	const struct timeline *t = timeline_build(c->timelines, record);
	struct reach reach;

	if (!existed(c, t)) {
		c->later_records++;
		return;
	}
	c->records++;
	c->ties += t->ties;
	c->repeats += t->repeats;
	c->future += t->future;
	c->order_violations += t->order_violations;
	for (size_t i = 0; i < c->load.segments.n_by; i++)
		by[i] = segment_value(&c->load.segments, i, store, record);
	if (c->report == REPORT_OUTCOMES) {
		tally_outcome(c->tally, by, t, store_at(store, record));
		return;
	}
	path_reach(&c->path, t, &reach);
	c->stageless += reach.counted == 0;
	tally_stages(c->tally, by, t, &reach, &c->path);
}

static uint8_t
start_rank(const struct convert *c)
{
	uint16_t stage = store_stage(c->load.store, SLICE("Opportunity"));

	return stage == STAGE_NONE ? 0 : c->timelines->rank_of_stage[stage];
}

static void
convert_count(struct convert *c)
{
	struct store *store = c->load.store;
	uint32_t by[SEGMENTS_MAX] = { 0 };

	c->rules.period = c->load.period;
	c->rules.fiscal_month = c->load.definitions.fiscal_month;
	c->rules.from = c->load.from;
	c->rules.to = c->load.to;
	c->rules.as_of = c->load.as_of;
	c->rules.zone = c->path.zone = c->load.zone;
	c->rules.n_ranks = c->path.n_ranks = c->timelines->n_ranks;
	c->rules.start_rank = start_rank(c);
	c->rules.outcomes = c->report == REPORT_OUTCOMES;
	c->tally = tally_new(c->arena, &c->rules, c->load.segments.n_by);
	for (uint32_t i = 0; i < store->records.count; i++) {
		if (!load_is_record(&c->load, i))
			continue;
		if (load_selects(&c->load, i))
			convert_record(c, i, by);
		else
			c->filtered++;
	}
}

/* ---- the table ---- */

static const struct column *
text_column(struct arena *arena, const char *id, const char *title,
    enum audience audience, const char *help)
{
	struct column *column = arena_alloc(arena, sizeof(*column));

	*column = (struct column){ id, title, UNIT_TEXT, audience, help };
	return column;
}

static size_t
key_columns(const struct convert *c, const struct column **columns)
{
	struct arena *arena = c->arena;
	size_t n = 0;

	for (size_t i = 0; i < c->load.segments.n_by; i++) {
		const char *name = c->load.segments.items[i].name;

		columns[n++] = text_column(arena, name, name, FOR_ALL,
		    "The segment; (blank) where the records do not say.");
	}
	if (c->rules.period != PERIOD_NONE) {
		columns[n++] = text_column(arena, "period", "Period", FOR_ALL,
		    "The reporting period; (undated) where no date is known.");
		columns[n++] = text_column(arena, "period_start",
		    "Period start", FOR_MACHINES, "First day of the period.");
	}
	if (c->report == REPORT_STAGES) {
		columns[n++] = text_column(arena, "stage", "Stage", FOR_ALL,
		    "The stage, in the order of the definitions.");
		columns[n++] = text_column(arena, "stage_owner", "Owner",
		    FOR_MACHINES, "The team that owns the stage.");
	}
	return n;
}

/* What a row in a spreadsheet must carry to be told from another (metrics.md
 * 3.0.12); people read it once, in the notes. */
static const struct column context_columns[] = {
	{ "mode", "Mode", UNIT_TEXT, FOR_MACHINES, "See --mode." },
	{ "basis", "Basis", UNIT_TEXT, FOR_MACHINES, "See --basis." },
	{ "horizon", "Horizon", UNIT_TEXT, FOR_MACHINES, "See --horizon." },
	{ "as_of", "As of", UNIT_TEXT, FOR_MACHINES,
	    "Open records are followed to here." },
	{ "tz", "Zone", UNIT_TEXT, FOR_MACHINES, "Zone of the periods." },
	{ "defs_version", "Definitions", UNIT_TEXT, FOR_MACHINES,
	    "Version of the definitions." },
	{ "defs_sha", "Definitions hash", UNIT_TEXT, FOR_MACHINES,
	    "SHA-256 of the definitions." },
};

#define N_CONTEXT (sizeof(context_columns) / sizeof(*context_columns))

static struct cell
optional_text(const char *text)
{
	return text ? cell_text(slice_of(text))
		    : (struct cell){ .kind = CELL_UNDEFINED };
}

static void
fill_context(const struct convert *c, struct cell *cells)
{
	char as_of[WHEN_TEXT];

	when_text(as_of, c->load.as_of);
	if (c->report == REPORT_STAGES)
		cells[0] = optional_text(modes[c->path.mode].name);
	cells[1] = optional_text(bases[c->rules.basis].name);
	cells[2] = optional_text(c->query->horizon);
	cells[3] = optional_text(
	    *as_of ? arena_text(c->arena, slice_of(as_of)) : NULL);
	cells[4] = optional_text(zone_name(c->load.zone));
	cells[5] = optional_text(c->load.definitions.version);
	cells[6] = optional_text(c->load.definitions.sha256);
}

static struct cell
number_cell(double value, enum unit unit)
{
	if (isnan(value))
		return (struct cell){ .kind = CELL_UNDEFINED };
	if (unit == UNIT_FLAG)
		return cell_flag(value > 0);
	return unit == UNIT_COUNT ? cell_count((uint64_t)value)
				  : cell_number(value);
}

static struct cell *
fill_keys(const struct convert *c, const struct group *group, struct cell *cell)
{
	struct arena *arena = c->arena;
	char label[PERIOD_TEXT], start[WHEN_TEXT];

	for (size_t i = 0; i < c->load.segments.n_by; i++)
		*cell++ = cell_text(
		    group->by[i]
			? intern_get(c->load.store->texts, group->by[i])
			: SLICE("(blank)"));
	if (c->rules.period == PERIOD_NONE)
		return cell;
	if (!group->dated) {
		*cell++ = cell_text(SLICE("(undated)"));
		return cell + 1;
	}
	period_label(
	    label, c->rules.period, group->period, c->rules.fiscal_month);
	when_text(
	    start, (struct when){ group->period * DAY_SECONDS, WHEN_DATE });
	*cell++ = cell_text(slice_of(arena_text(arena, slice_of(label))));
	*cell++ = cell_text(slice_of(arena_text(arena, slice_of(start))));
	return cell;
}

static void
stage_rows(const struct convert *c, struct table *table,
    const struct group *group, const struct cell *context)
{
	const struct definitions *d = &c->load.definitions;

	for (unsigned k = 1; k <= c->rules.n_ranks; k++) {
		const struct stage_definition *stage =
		    &d->stages[c->timelines->stage_of_rank[k]];
		struct stage_view view = { group->stages, k, c->rules.n_ranks,
			c->rules.basis, c->rules.anchor, c->interval,
			c->confidence };
		struct cell *cell = fill_keys(c, group, table_row(table));

		*cell++ = cell_text(slice_of(stage->name));
		*cell++ = optional_text(stage->owner);
		for (size_t i = 0; i < n_stage_metrics; i++)
			*cell++ = number_cell(stage_metrics[i].value(&view),
			    stage_metrics[i].column.unit);
		memcpy(cell, context, N_CONTEXT * sizeof(*cell));
	}
}

static void
outcome_row(const struct convert *c, struct table *table,
    const struct group *group, const struct cell *context)
{
	const struct outcome_tally *o = &group->outcomes;
	struct outcome_view view = { o, o->cycles, c->rules.basis, c->interval,
		c->confidence };
	struct cell *cell = fill_keys(c, group, table_row(table));

	if (o->n_cycles)
		stats_sort(o->cycles, o->n_cycles);
	for (size_t i = 0; i < n_outcome_metrics; i++) {
		const struct outcome_metric *m = &outcome_metrics[i];

		if (m->value)
			*cell = number_cell(m->value(&view), m->column.unit);
		else if (!o->mixed_currencies)
			*cell = cell_money(m->money(&view));
		cell++;
	}
	memcpy(cell, context, N_CONTEXT * sizeof(*cell));
}

static struct table *
convert_table(const struct convert *c, size_t *n_keys)
{
	bool stages = c->report == REPORT_STAGES;
	size_t n_metrics = stages ? n_stage_metrics : n_outcome_metrics;
	const struct column **columns = arena_array(c->arena,
	    KEY_COLUMNS_MAX + n_metrics + N_CONTEXT, sizeof(*columns));
	size_t n = *n_keys = key_columns(c, columns);
	struct cell context[N_CONTEXT] = { { .kind = CELL_UNDEFINED } };
	const struct group **groups = tally_sorted(c->tally, c->load.store);
	struct table *table;

	for (size_t i = 0; i < n_metrics; i++)
		columns[n++] = stages ? &stage_metrics[i].column
				      : &outcome_metrics[i].column;
	for (size_t i = 0; i < N_CONTEXT; i++)
		columns[n++] = &context_columns[i];
	table = table_new(c->arena,
	    stages ? "Stage conversion" : "Outcomes and win rates", columns, n);
	fill_context(c, context);
	for (size_t i = 0; i < c->tally->groups.count; i++) {
		if (stages)
			stage_rows(c, table, groups[i], context);
		else
			outcome_row(c, table, groups[i], context);
	}
	table_settle(table);
	return table;
}

static bool
is_named(const struct fnl_list *list, const char *id)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->items[i], id) == 0)
			return true;
	return false;
}

/* --metric: the keys stay in front, in their order, so that no row is
 * nameless; period_start and the like only when they are named. */
static struct table *
choose_columns(const struct convert *c, struct table *table, size_t *n_keys,
    struct fnl_err *err)
{
	const struct fnl_list *metrics = &c->query->metrics;
	const char **ids;
	size_t n = 0, n_chosen_keys;

	if (!metrics->n)
		return table;
	ids = arena_array(c->arena, *n_keys + metrics->n, sizeof(*ids));
	for (size_t i = 0; i < *n_keys; i++)
		if (table->columns[i]->audience == FOR_ALL ||
		    is_named(metrics, table->columns[i]->id))
			ids[n++] = table->columns[i]->id;
	*n_keys = n_chosen_keys = n;
	for (size_t j = 0; j < metrics->n; j++) {
		struct fnl_list keys = { ids, n_chosen_keys };

		if (!is_named(&keys, metrics->items[j]))
			ids[n++] = metrics->items[j];
	}
	return table_select(table, ids, n, err);
}

/* ---- notes ---- */

static void
note_count(struct table *table, const char *key, uint64_t n, const char *what)
{
	if (n)
		table_note(table, key, "%" PRIu64 " (%s)", n, what);
}

static void
note_rules(const struct convert *c, struct table *table)
{
	const struct fnl_convert_query *q = c->query;
	char as_of[WHEN_TEXT];

	if (c->report == REPORT_STAGES)
		table_note(table, "mode", "%s: %s", modes[c->path.mode].name,
		    modes[c->path.mode].help);
	table_note(table, "basis", "%s: %s%s%s", bases[c->rules.basis].name,
	    bases[c->rules.basis].help, q->horizon ? "; horizon " : "",
	    q->horizon ? q->horizon : "");
	if (q->window)
		table_note(table, "window",
		    "only stages within %s of the %s entry to the first stage",
		    q->window, c->path.reentry_best ? "best" : "first");
	if (c->rules.unit == COUNT_ENTRIES)
		table_note(table, "count",
		    "every entry to a stage counts, not every record");
	if (q->input.from || q->input.to)
		table_note(table, "window_of_entry",
		    "from %s to %s, the end "
		    "not included",
		    q->input.from ? q->input.from : "the beginning",
		    q->input.to ? q->input.to : "the end");
	when_text(as_of, c->load.as_of);
	table_note(table, "as_of", "%s, zone %s",
	    !*as_of ? "unknown: the data holds no time"
	    : c->load.as_of_given
		? as_of
		: arena_printf(
		      c->arena, "%s (the latest event in the data)", as_of),
	    zone_name(c->load.zone));
}

static void
note_counts(const struct convert *c, struct table *table)
{
	char confidence[NUMBER_MAX];

	number_text(confidence, 100 * c->confidence);
	table_note(table, "interval", "%s %% %s", confidence,
	    c->interval == INTERVAL_WILSON ? "Wilson score"
					   : "Clopper-Pearson");
	table_note(table, "records", "%" PRIu64, c->records);
	note_count(
	    table, "filtered", c->filtered, "records that --where leaves out");
	for (size_t i = 0; i < c->load.conditions.n; i++) {
		const char *unread =
		    conditions_unread(&c->load.conditions, i, c->arena);

		if (unread)
			table_note(table, "uncomparable", "%s", unread);
	}
	note_count(table, "stageless", c->stageless,
	    "records that count at no stage: none entered, or not the first "
	    "one that the mode needs");
	note_count(table, "ties", c->ties,
	    "neighbouring events at the same time, ordered by stage rank");
	note_count(table, "repeats", c->repeats,
	    "events that logged the same stage again, merged");
	note_count(table, "future", c->future, "events after as-of, ignored");
	note_count(table, "order_violations", c->order_violations,
	    "stage dates before the date of an earlier stage");
	note_count(table, "undated", c->tally->undated,
	    "records left out at some stage: it has no date, and the window "
	    "or horizon needs one");
	note_count(table, "not_followed", c->tally->not_followed,
	    "records left out at some stage: as-of comes before the end of "
	    "their horizon");
}

static void
note_outcomes(const struct convert *c, struct table *table)
{
	bool mixed = false;
	uint64_t negative = 0, untimed = 0;

	for (size_t i = 0; i < c->tally->groups.count; i++) {
		const struct group *group = vec_at(&c->tally->groups, i);

		mixed |= group->outcomes.mixed_currencies;
		negative += group->outcomes.negative_cycles;
		untimed += group->outcomes.untimed_cycles;
	}
	if (mixed)
		table_note(table, "currency",
		    "amounts in several currencies are not added: use --by "
		    "currency");
	note_count(table, "negative_cycles", negative,
	    "won records dated as closed before they began, left out of the "
	    "cycle");
	note_count(table, "untimed_cycles", untimed,
	    "won records without a start or a close date, left out of the "
	    "cycle");
	if (!c->load.store->histories)
		table_note(table, "shape",
		    "record list: it holds the present stage only, so it gives "
		    "win rates and cycle; for stage conversion export the "
		    "stage history or the dates each stage was entered "
		    "(--report stages counts what can be inferred)");
}

static void
note_stages(const struct convert *c, struct table *table)
{
	if (!c->load.store->histories)
		table_note(table, "shape",
		    "record list: the stages before the present one are "
		    "inferred, and a lost record shows only where it was "
		    "lost from if its stage says so; read with care");
}

/* ---- together ---- */

static int
convert_run(struct convert *c, struct fnl_report *report, struct fnl_err *err)
{
	struct table *table;
	size_t n_keys;

	if (convert_choices(c, err) < 0 || convert_numbers(c, err) < 0 ||
	    convert_agrees(c, err) < 0 ||
	    load_input(c->arena, &c->query->input, &c->load, err) < 0 ||
	    convert_report(c, err) < 0)
		return -1;
	c->timelines = timeline_rules_new(
	    c->load.store, c->load.as_of, c->load.as_of_given);
	if (convert_stages_known(c, err) < 0)
		return -1;
	convert_count(c);
	table = convert_table(c, &n_keys);
	note_rules(c, table);
	load_notes(&c->load, table);
	note_counts(c, table);
	if (c->report == REPORT_OUTCOMES)
		note_outcomes(c, table);
	else
		note_stages(c, table);
	table = choose_columns(c, table, &n_keys, err);
	if (!table)
		return -1;
	report->table =
	    c->query->long_form
		? table_long(table, n_keys, c->query->metrics.n ? 0 : N_CONTEXT)
		: table;
	return 0;
}

static const char *
too_bad(const struct load *load)
{
	uint64_t bad = ledger_bad(load->ledger);

	if (load->max_bad < 0 || bad <= (uint64_t)load->max_bad)
		return NULL;
	return arena_printf(load->arena,
	    "%" PRIu64 " bad rows and cells, more than --max-bad %" PRId64, bad,
	    load->max_bad);
}

static void
report_input(const struct load *load, struct fnl_report *report)
{
	report->ledger = ledger_table(load->ledger, load->arena);
	report->summary = ledger_summary(load->ledger, load->arena, false);
	report->too_bad = too_bad(load);
	report->indian_grouping =
	    load->definitions.currency &&
	    strcmp(load->definitions.currency, "INR") == 0;
}

static int
out_of_memory(struct fnl_err *err)
{
	return fail(err, FNL_SYSTEM, "out of memory");
}

int
fnl_convert(struct fnl_report **out, const struct fnl_convert_query *query,
    struct fnl_err *err)
{
	struct arena *arena = arena_new();
	struct fnl_report *report;
	struct convert *c;

	if (!arena)
		return out_of_memory(err);
	if (setjmp(*arena_catch(arena))) {
		arena_free(arena);
		return out_of_memory(err);
	}
	report = arena_alloc(arena, sizeof(*report));
	c = arena_alloc(arena, sizeof(*c));
	report->arena = c->arena = arena;
	c->query = query;
	if (convert_run(c, report, err) < 0) {
		arena_free(arena);
		return -1;
	}
	report_input(&c->load, report);
	*out = report;
	return 0;
}

void
fnl_report_free(struct fnl_report *report)
{
	if (report)
		arena_free(report->arena);
}

int
fnl_render(struct fnl_report *report, enum fnl_what what,
    const struct fnl_style *style, FILE *out, struct fnl_err *err)
{
	const struct format *format = format_find(style->format);
	struct render_options options = { .width = style->width,
		.all_columns = style->all_columns,
		.indian_grouping = report->indian_grouping };

	if (!format)
		return fail(
		    err, FNL_USAGE, "unknown format '%s'", style->format);
	if (setjmp(*arena_catch(report->arena)))
		return out_of_memory(err);
	return format->render(
	    what == FNL_LEDGER ? report->ledger : report->table, &options, out,
	    err);
}

const char *
fnl_summary(const struct fnl_report *report)
{
	return report->summary;
}

const char *
fnl_too_bad(const struct fnl_report *report)
{
	return report->too_bad;
}

const char *
fnl_format_of_file(const char *path)
{
	const struct format *format = format_of_file(path);

	return format ? format->name : NULL;
}
