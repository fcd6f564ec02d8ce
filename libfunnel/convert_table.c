/*
 * convert_table.c: what was counted, as a table. A column knows where its
 * cells come from, so that only the columns that are asked for are filled.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "convert.h"
#include "query.h"

enum source {
	FROM_SEGMENT, /* number i of --by */
	FROM_PERIOD,
	FROM_PERIOD_START,
	FROM_STAGE,
	FROM_STAGE_OWNER,
	FROM_METRIC, /* row i of the metrics of the report */
	FROM_CURRENCY,
	FROM_CONTEXT, /* row i of context_columns */
};

struct plan {
	const struct column **columns;
	struct {
		enum source source;
		size_t i;
	} * cells;
	size_t n, n_keys, n_context;
};

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
#define OWN_COLUMNS 8 /* period, stage, currency and such */

static const struct column period_column = { "period", "Period", UNIT_TEXT,
	FOR_ALL, "The reporting period; (undated) where no date is known." };
static const struct column period_start_column = { "period_start",
	"Period start", UNIT_TEXT, FOR_MACHINES, "First day of the period." };
static const struct column stage_column = { "stage", "Stage", UNIT_TEXT,
	FOR_ALL, "The stage, in the order of the definitions." };
static const struct column stage_owner_column = { "stage_owner", "Owner",
	UNIT_TEXT, FOR_MACHINES, "The team that owns the stage." };
static const struct column currency_column = { "currency", "Currency",
	UNIT_TEXT, FOR_MACHINES,
	"Of the won value; empty where it has none or several." };

/* ---- which columns ---- */

static size_t
n_metrics(const struct convert *c)
{
	return c->report == REPORT_STAGES ? n_stage_metrics : n_outcome_metrics;
}

static const struct column *
metric_column(const struct convert *c, size_t i)
{
	return c->report == REPORT_STAGES ? &stage_metrics[i].column
					  : &outcome_metrics[i].column;
}

static void
add(struct plan *plan, const struct column *column, enum source source,
    size_t i)
{
	plan->columns[plan->n] = column;
	plan->cells[plan->n].source = source;
	plan->cells[plan->n].i = i;
	plan->n++;
}

static bool
has(const struct plan *plan, const char *id)
{
	for (size_t i = 0; i < plan->n; i++)
		if (strcmp(plan->columns[i]->id, id) == 0)
			return true;
	return false;
}

static void
add_segments(const struct convert *c, struct plan *plan)
{
	for (size_t i = 0; i < c->load.segments.n_by; i++) {
		const char *name = c->load.segments.items[i].name;
		struct column *column = arena_alloc(c->arena, sizeof(*column));

		*column = (struct column){ name, name, UNIT_TEXT, FOR_ALL,
			"The segment; (blank) where the records do not say." };
		add(plan, column, FROM_SEGMENT, i);
	}
}

/* A column of the export that is called as one of the report's own becomes
 * by_stage and so on: no two columns may share an id. */
static void
rename_segments(const struct convert *c, struct plan *plan)
{
	for (size_t i = 0; i < c->load.segments.n_by; i++) {
		struct column *column;

		for (size_t j = 0; j < plan->n; j++) {
			if (j == i || strcmp(plan->columns[j]->id,
					  plan->columns[i]->id) != 0)
				continue;
			column = arena_alloc(c->arena, sizeof(*column));
			*column = *plan->columns[i];
			column->id =
			    arena_printf(c->arena, "by_%s", column->id);
			plan->columns[i] = column;
		}
	}
}

static struct plan
plan_all(const struct convert *c)
{
	size_t most =
	    c->load.segments.n_by + n_metrics(c) + N_CONTEXT + OWN_COLUMNS;
	struct plan plan = { 0 };

	plan.columns = arena_array(c->arena, most, sizeof(*plan.columns));
	plan.cells = arena_array(c->arena, most, sizeof(*plan.cells));
	add_segments(c, &plan);
	if (c->rules.period != PERIOD_NONE) {
		add(&plan, &period_column, FROM_PERIOD, 0);
		add(&plan, &period_start_column, FROM_PERIOD_START, 0);
	}
	if (c->report == REPORT_STAGES) {
		add(&plan, &stage_column, FROM_STAGE, 0);
		add(&plan, &stage_owner_column, FROM_STAGE_OWNER, 0);
	}
	plan.n_keys = plan.n;
	for (size_t i = 0; i < n_metrics(c); i++)
		add(&plan, metric_column(c, i), FROM_METRIC, i);
	if (c->report == REPORT_OUTCOMES && !has(&plan, currency_column.id))
		add(&plan, &currency_column, FROM_CURRENCY, 0);
	plan.n_context = N_CONTEXT;
	for (size_t i = 0; i < N_CONTEXT; i++)
		add(&plan, &context_columns[i], FROM_CONTEXT, i);
	rename_segments(c, &plan);
	return plan;
}

static bool
is_named(const struct fnl_list *list, const char *id)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->items[i], id) == 0)
			return true;
	return false;
}

static size_t
find(const struct plan *plan, const char *id)
{
	size_t i = 0;

	while (strcmp(plan->columns[i]->id, id) != 0)
		i++;
	return i;
}

/* --metric: the keys stay in front, in their order, so that no row is
 * nameless; period_start and the like only when they are named. */
static size_t
chosen_ids(const struct convert *c, const struct plan *all, const char **ids,
    size_t *n_keys)
{
	struct fnl_list keys = { ids, 0 };
	size_t n = 0;

	for (size_t i = 0; i < all->n_keys; i++)
		if (all->columns[i]->audience == FOR_ALL ||
		    is_named(&c->metrics, all->columns[i]->id))
			ids[n++] = all->columns[i]->id;
	*n_keys = keys.n = n;
	for (size_t i = 0; i < c->metrics.n; i++)
		if (!is_named(&keys, c->metrics.items[i]))
			ids[n++] = c->metrics.items[i];
	return n;
}

static int
plan_columns(const struct convert *c, struct plan *plan, struct fnl_err *err)
{
	struct plan all = plan_all(c);
	const char **ids;
	size_t n;

	*plan = all;
	if (!c->metrics.n)
		return 0;
	ids = arena_array(c->arena, all.n + c->metrics.n, sizeof(*ids));
	n = chosen_ids(c, &all, ids, &plan->n_keys);
	/* An empty table knows how to refuse a name. */
	if (!table_select(
		table_new(c->arena, "", all.columns, all.n), ids, n, err))
		return -1;
	plan->n = plan->n_context = 0;
	plan->columns = arena_array(c->arena, n, sizeof(*plan->columns));
	plan->cells = arena_array(c->arena, n, sizeof(*plan->cells));
	for (size_t i = 0; i < n; i++) {
		size_t from = find(&all, ids[i]);

		add(plan, all.columns[from], all.cells[from].source,
		    all.cells[from].i);
	}
	return 0;
}

/* ---- cells ---- */

struct row { /* what a row of the table is about */
	const struct group *group;
	struct stage_view stage;
	struct outcome_view outcome;
	struct cell period, period_start;
};

static struct cell
optional_text(const char *text)
{
	return text ? cell_text(slice_of(text))
		    : (struct cell){ .kind = CELL_UNDEFINED };
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

static struct cell
metric_cell(const struct convert *c, const struct row *row, size_t i)
{
	const struct outcome_metric *metric;

	if (c->report == REPORT_STAGES)
		return number_cell(stage_metrics[i].value(&row->stage),
		    stage_metrics[i].column.unit);
	metric = &outcome_metrics[i];
	if (metric->value)
		return number_cell(
		    metric->value(&row->outcome), metric->column.unit);
	return cell_money(metric->money(&row->outcome));
}

static struct cell
context_cell(const struct convert *c, size_t i)
{
	const struct definitions *d = &c->load.definitions;
	char as_of[WHEN_TEXT];

	when_text(as_of, c->load.as_of);
	switch (i) {
	case 0:
		return optional_text(c->report == REPORT_STAGES
					 ? modes[c->path.mode].name
					 : NULL);
	case 1:
		return optional_text(bases[c->rules.basis].name);
	case 2:
		return optional_text(c->query->horizon);
	case 3:
		return optional_text(
		    *as_of ? arena_text(c->arena, slice_of(as_of)) : NULL);
	case 4:
		return optional_text(zone_name(c->load.zone));
	case 5:
		return optional_text(d->version);
	default:
		return optional_text(d->sha256);
	}
}

static struct cell
value_cell(const struct convert *c, uint32_t number, const char *blank)
{
	return number ? cell_text(intern_get(c->load.store->texts, number))
		      : optional_text(blank);
}

static struct cell
own_cell(const struct convert *c, const struct row *row, enum source source,
    size_t i)
{
	const struct value_tally *value = &row->group->outcomes.won_value;
	const struct stage_definition *stage =
	    &c->load.definitions
		 .stages[c->timelines->stage_of_rank[row->stage.k]];

	switch (source) {
	case FROM_SEGMENT:
		return value_cell(c, row->group->by[i], "(blank)");
	case FROM_PERIOD:
		return row->period;
	case FROM_PERIOD_START:
		return row->period_start;
	case FROM_STAGE:
		return cell_text(slice_of(stage->name));
	case FROM_STAGE_OWNER:
		return optional_text(stage->owner);
	case FROM_CURRENCY:
		return value->any && !value->mixed
			   ? value_cell(c, value->currency, NULL)
			   : optional_text(NULL);
	case FROM_METRIC:
	case FROM_CONTEXT:
		break;
	}
	return metric_cell(c, row, i);
}

static void
fill(const struct convert *c, const struct plan *plan,
    const struct cell *context, const struct row *row, struct table *table)
{
	struct cell *cells = table_row(table);

	for (size_t i = 0; i < plan->n; i++)
		cells[i] = plan->cells[i].source == FROM_CONTEXT
			       ? context[plan->cells[i].i]
			       : own_cell(c, row, plan->cells[i].source,
				     plan->cells[i].i);
}

static void
name_period(const struct convert *c, struct row *row)
{
	char label[PERIOD_TEXT], start[WHEN_TEXT];
	struct when first = { row->group->period * DAY_SECONDS, WHEN_DATE };

	if (c->rules.period == PERIOD_NONE)
		return;
	if (!row->group->dated) {
		row->period = cell_text(SLICE("(undated)"));
		return;
	}
	period_label(
	    label, c->rules.period, row->group->period, c->rules.fiscal_month);
	when_text(start, first);
	row->period =
	    cell_text(slice_of(arena_text(c->arena, slice_of(label))));
	row->period_start =
	    cell_text(slice_of(arena_text(c->arena, slice_of(start))));
}

static void
group_rows(const struct convert *c, const struct plan *plan,
    const struct cell *context, const struct group *group, struct table *table)
{
	const struct outcome_tally *o = &group->outcomes;
	struct row row = { .group = group,
		.stage = { group->stages, 0, c->rules.n_ranks, c->rules.basis,
		    c->rules.anchor, c->interval, c->confidence },
		.outcome = { o, o->cycles, c->rules.basis, c->interval,
		    c->confidence } };

	name_period(c, &row);
	if (c->report == REPORT_OUTCOMES) {
		if (o->n_cycles)
			stats_sort(o->cycles, o->n_cycles);
		fill(c, plan, context, &row, table);
		return;
	}
	for (row.stage.k = 1; row.stage.k <= c->rules.n_ranks; row.stage.k++)
		fill(c, plan, context, &row, table);
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
		table_note(table, "from_to",
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
	if (c->tally->counted == c->records)
		table_note(table, "records", "%" PRIu64, c->records);
	else
		table_note(table, "records",
		    "%" PRIu64 ", of which %" PRIu64 " stand in the table",
		    c->records, c->tally->counted);
	for (size_t i = 0; i < c->query->input.where.n; i++)
		table_note(
		    table, "condition", "%s", c->query->input.where.items[i]);
	note_count(
	    table, "filtered", c->filtered, "records that --where leaves out");
	for (size_t i = 0; i < c->load.conditions.n; i++) {
		const char *doubt =
		    conditions_doubt(&c->load.conditions, i, c->arena);

		if (doubt)
			table_note(table, "where", "%s", doubt);
	}
	note_count(table, "stageless", c->stageless,
	    "records that count at no stage: none entered, or not the first "
	    "one that the mode needs");
	note_count(table, "ties", c->ties,
	    "neighbouring events at the same time, ordered by stage rank");
	note_count(table, "repeats", c->repeats,
	    "events that logged the same stage again, merged");
	note_count(table, "duplicates", c->duplicates,
	    "events given twice, counted once");
	note_count(table, "future", c->future, "events after as-of, ignored");
	note_count(table, "undatable", c->undatable,
	    "outcomes of today without a date: not known as of then");
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

		mixed |= group->outcomes.won_value.mixed ||
			 group->outcomes.lost_value.mixed;
		negative += group->outcomes.negative_cycles;
		untimed += group->outcomes.untimed_cycles;
	}
	if (c->load.rates)
		table_note(table, "rates",
		    "%s, to %s on the day of %s; %" PRIu64
		    " amounts without a rate in force",
		    c->load.rates_path, c->load.definitions.currency,
		    c->query->fx ? c->query->fx : "close",
		    c->tally->unconverted);
	if (mixed)
		table_note(table, "currency",
		    "amounts in several currencies, or some without one, are "
		    "not added: use --by currency, or say currency and rates "
		    "in the definitions");
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

struct table *
convert_table(struct convert *c, struct fnl_err *err)
{
	const struct group **groups;
	struct cell context[N_CONTEXT];
	struct table *table;
	struct plan plan;

	if (plan_columns(c, &plan, err) < 0)
		return NULL;
	table = table_new(c->arena,
	    c->report == REPORT_STAGES ? "Stage conversion"
				       : "Outcomes and win rates",
	    plan.columns, plan.n);
	for (size_t i = 0; i < N_CONTEXT; i++)
		context[i] = context_cell(c, i);
	groups = tally_sorted(c->tally, c->load.store);
	for (size_t i = 0; i < c->tally->groups.count; i++)
		group_rows(c, &plan, context, groups[i], table);
	table_settle(table);
	note_rules(c, table);
	load_notes(&c->load, table);
	note_counts(c, table);
	if (c->report == REPORT_OUTCOMES)
		note_outcomes(c, table);
	else
		note_stages(c, table);
	return c->query->long_form
		   ? table_long(table, plan.n_keys, plan.n_context)
		   : table;
}
