/*
 * convert_stages.c: the reports stages and outcomes: one pass over the records
 * fills a tally, the formulas of metric_convert.c make its rows.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "convert.h"

static const struct column stage_column = { "stage", "Stage", UNIT_TEXT,
	FOR_ALL, "The stage, in the order of the definitions." };
static const struct column stage_owner_column = { "stage_owner", "Owner",
	UNIT_TEXT, FOR_MACHINES, "The team that owns the stage." };
static const struct column currency_column = { "currency", "Currency",
	UNIT_TEXT, FOR_MACHINES,
	"Of the won value; empty where it has none or several." };

/* How the rates were counted: a spreadsheet must not mix two ways. */
static const struct column mode_column = { "mode", "Mode", UNIT_TEXT,
	FOR_MACHINES, "See --mode." };
static const struct column basis_column = { "basis", "Basis", UNIT_TEXT,
	FOR_MACHINES, "See --basis." };
static const struct column horizon_column = { "horizon", "Horizon", UNIT_TEXT,
	FOR_MACHINES, "See --horizon." };
static const struct column *const context_columns[] = { &mode_column,
	&basis_column, &horizon_column };

#define N_CONTEXT (sizeof(context_columns) / sizeof(*context_columns))
#define STAGE_KEYS 2

/* ---- counting ---- */

static void
count_record(struct convert *c)
{
	const struct timeline *t = c->walk.timeline;
	struct reach reach;

	if (c->rules.outcomes) {
		tally_outcome(c->tally, c->walk.by, t,
		    store_at(c->load.store, c->walk.record));
		return;
	}
	path_reach(&c->path, t, &reach);
	c->stageless += reach.counted == 0;
	tally_stages(c->tally, c->walk.by, t, &reach, &c->path);
}

uint8_t
convert_start_rank(const struct convert *c)
{
	uint16_t stage = store_deal_stage(c->load.store);

	return stage == STAGE_NONE ? 0
				   : c->walk.timelines->rank_of_stage[stage];
}

bool
convert_has_won(const struct convert *c)
{
	const struct timeline_rules *t = c->walk.timelines;

	return t->n_ranks > 0 &&
	       c->load.definitions.stages[t->stage_of_rank[t->n_ranks]]
		       .outcome == OUTCOME_WON;
}

static void
set_rules(struct convert *c)
{
	c->rules.period = c->load.period;
	c->rules.fiscal_month = c->load.definitions.fiscal_month;
	c->rules.window = c->load.window;
	c->rules.as_of = c->load.as_of;
	c->rules.zone = c->path.zone = c->load.zone;
	c->rules.n_ranks = c->path.n_ranks = c->walk.timelines->n_ranks;
	c->rules.start_rank = convert_start_rank(c);
	c->rules.outcomes = c->report->run == convert_outcomes;
	c->rules.value = load_value_rules(&c->load, c->rules.value.fx);
}

static void
count_records(struct convert *c)
{
	c->tally = tally_new(c->arena, &c->rules, c->load.segments.n_by);
	while (walk_next(&c->walk))
		count_record(c);
}

/* ---- columns ---- */

/* The segment "currency" says it already. */
static bool
has_currency_segment(const struct convert *c)
{
	for (size_t i = 0; i < c->load.segments.n_by; i++)
		if (strcmp(c->load.segments.items[i].name,
			currency_column.id) == 0)
			return true;
	return false;
}

static const struct column **
own_columns(const struct convert *c, size_t *n, size_t *n_keys)
{
	const struct column **columns = arena_array(c->arena,
	    n_stage_metrics + n_outcome_metrics + STAGE_KEYS + 1,
	    sizeof(*columns));

	*n = *n_keys = 0;
	if (!c->rules.outcomes) {
		columns[(*n)++] = &stage_column;
		columns[(*n)++] = &stage_owner_column;
		*n_keys = *n;
		for (size_t i = 0; i < n_stage_metrics; i++)
			columns[(*n)++] = &stage_metrics[i].column;
		return columns;
	}
	for (size_t i = 0; i < n_outcome_metrics; i++)
		columns[(*n)++] = &outcome_metrics[i].column;
	if (!has_currency_segment(c))
		columns[(*n)++] = &currency_column;
	return columns;
}

static int
new_sheet(const struct convert *c, struct sheet *sheet, struct fnl_err *err)
{
	struct cell context[N_CONTEXT] = {
		cell_optional(
		    !c->rules.outcomes ? modes[c->path.mode].name : NULL),
		cell_optional(bases[c->rules.basis].name),
		cell_optional(c->query->horizon),
	};
	struct sheet_plan plan = { .title = !c->rules.outcomes
						? "Stage conversion"
						: "Outcomes and win rates",
		.period = c->rules.period,
		.context = context_columns,
		.context_cells = context,
		.n_context = N_CONTEXT };

	plan.columns = own_columns(c, &plan.n_columns, &plan.n_keys);
	return convert_sheet(c, plan, sheet, err);
}

/* Whether a column is shown that needs to know how long each was followed. */
static bool
wants_follow(const struct convert *c, const struct sheet *sheet)
{
	static const char *const ids[] = { "matured", "matured_lo",
		"matured_hi", "matured_n", "horizon_days", "verdict", "signal",
		"limit_lo", "limit_hi", "misaligned", "win_time", "win_time_lo",
		"win_time_hi" };

	for (size_t i = 0; i < sheet->plan.n_columns; i++)
		for (size_t j = 0; j < sizeof(ids) / sizeof(*ids); j++)
			if (strcmp(sheet->plan.columns[i]->id, ids[j]) == 0 &&
			    sheet_wants(sheet, i))
				return c->rules.basis == BASIS_COHORT;
	return false;
}

/* ---- rows ---- */

static void
fill_stage(
    const struct convert *c, struct sheet *sheet, const struct stage_view *view)
{
	const struct stage_definition *stage =
	    &c->load.definitions
		 .stages[c->walk.timelines->stage_of_rank[view->k]];

	sheet_cell(sheet, 0, cell_text(slice_of(stage->name)));
	sheet_cell(sheet, 1, cell_optional(stage->owner));
	for (size_t i = 0; i < n_stage_metrics; i++) {
		const struct stage_metric *metric = &stage_metrics[i];

		if (sheet_wants(sheet, STAGE_KEYS + i))
			sheet_cell(sheet, STAGE_KEYS + i,
			    metric->word ? cell_optional(metric->word(view))
					 : cell_of_number(metric->value(view),
					       metric->column.unit));
	}
}

static void
stage_rows(
    const struct convert *c, struct sheet *sheet, const struct group *group)
{
	struct stage_view view = { .stages = group->stages,
		.k = 1,
		.n_ranks = c->rules.n_ranks,
		.has_won = convert_has_won(c),
		.basis = c->rules.basis,
		.anchor = c->rules.anchor,
		.method = c->interval,
		.confidence = c->confidence };

	for (; view.k <= c->rules.n_ranks; view.k++) {
		view.young = group->young && view.k < c->rules.n_ranks
				 ? &group->young[view.k]
				 : NULL;
		sheet_row(sheet, &group->key);
		fill_stage(c, sheet, &view);
	}
}

static struct cell
outcome_cell(
    const struct outcome_metric *metric, const struct outcome_view *view)
{
	if (metric->word)
		return cell_optional(metric->word(view));
	return metric->value
		   ? cell_of_number(metric->value(view), metric->column.unit)
		   : cell_money(metric->money(view));
}

static void
outcome_row(
    const struct convert *c, struct sheet *sheet, const struct group *group)
{
	const struct outcome_tally *o = &group->outcomes;
	struct outcome_view view = { o, o->cycles, c->rules.basis, c->interval,
		c->confidence, group->young };

	if (o->n_cycles)
		stats_sort(o->cycles, o->n_cycles);
	sheet_row(sheet, &group->key);
	for (size_t i = 0; i < n_outcome_metrics; i++) {
		const struct outcome_metric *metric = &outcome_metrics[i];

		if (sheet_wants(sheet, i))
			sheet_cell(sheet, i, outcome_cell(metric, &view));
	}
	if (o->won_value.any && o->lost_value.any &&
	    o->won_value.currency != o->lost_value.currency)
		sheet->table->mixes_currencies = true;
	if (!has_currency_segment(c) && o->won_value.any && !o->won_value.mixed)
		sheet_cell(sheet, n_outcome_metrics,
		    cell_of_text(&c->load, o->won_value.currency, NULL));
}

/* ---- notes ---- */

static void
note_rules(const struct convert *c, struct table *table)
{
	const struct fnl_convert_query *q = c->query;

	if (!c->rules.outcomes)
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
	walk_note_times(&c->walk, table);
}

static void
note_untimed(const struct convert *c, struct table *table)
{
	const struct groups *groups = &c->tally->groups;
	unsigned first = c->rules.outcomes ? 0 : 1;
	unsigned end = c->rules.outcomes ? 1 : c->rules.n_ranks;
	double untimed = 0, negative = 0;

	for (size_t i = 0; i < groups->items.count; i++) {
		const struct group *group = vec_at(&groups->items, i);

		for (unsigned k = first; k < end; k++) {
			untimed += group->young[k].maturity.untimed;
			negative += group->young[k].maturity.negative;
		}
	}
	note_count(table, "untimed", (uint64_t)untimed,
	    "entries without a date, or that ended on no known date: in no "
	    "matured rate");
	note_count(table, "neg_dur", (uint64_t)negative,
	    "end before start, in no matured rate");
}

/* What the matured rates are, where they are shown. */
static void
note_young(const struct convert *c, struct table *table)
{
	if (!c->tally->rules.follow)
		return;
	if (c->query->mature)
		table_note(table, "matured", "at %s, open records censored",
		    c->query->mature);
	else
		table_note(table, "matured",
		    "at the number of days within which %g %% of the completed "
		    "%s were done, open records censored",
		    100 * YOUNG_COMPLETED,
		    c->rules.outcomes ? "wins" : "steps of a stage");
	note_untimed(c, table);
}

static void
note_counts(const struct convert *c, struct table *table)
{
	convert_note_records(c, c->tally->counted, table);
	note_count(table, "stageless", c->stageless,
	    "records that count at no stage: none entered, or not the first "
	    "one that the mode needs");
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

	for (size_t i = 0; i < c->tally->groups.items.count; i++) {
		const struct group *group = vec_at(&c->tally->groups.items, i);

		mixed |= group->outcomes.won_value.mixed ||
			 group->outcomes.lost_value.mixed;
		negative += group->outcomes.negative_cycles;
		untimed += group->outcomes.untimed_cycles;
	}
	load_note_values(&c->load, &c->tally->rules.value, mixed, table);
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

void
convert_note_shape(const struct convert *c, struct table *table)
{
	if (!c->load.store->histories)
		table_note(table, "shape",
		    "record list: the stages before the present one are "
		    "inferred, and a lost record shows only where it was "
		    "lost from if its stage says so; read with care");
}

static int
run_report(struct convert *c, struct table **out, struct fnl_err *err)
{
	const struct groups *groups;
	struct sheet sheet;
	void **sorted;

	set_rules(c);
	if (new_sheet(c, &sheet, err) < 0)
		return -1;
	c->rules.follow = wants_follow(c, &sheet);
	count_records(c);
	groups = &c->tally->groups;
	sorted = groups_sorted(groups, c->load.store->texts);
	if (c->rules.follow)
		young_fill(c->tally, sorted, c->mature, c->confidence);
	for (size_t i = 0; i < groups->items.count; i++)
		if (c->rules.outcomes)
			outcome_row(c, &sheet, sorted[i]);
		else
			stage_rows(c, &sheet, sorted[i]);
	note_rules(c, sheet.table);
	note_young(c, sheet.table);
	load_notes(&c->load, sheet.table);
	note_counts(c, sheet.table);
	if (c->rules.outcomes)
		note_outcomes(c, sheet.table);
	else
		convert_note_shape(c, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

int
convert_stages(struct convert *c, struct table **out, struct fnl_err *err)
{
	return run_report(c, out, err);
}

int
convert_outcomes(struct convert *c, struct table **out, struct fnl_err *err)
{
	return run_report(c, out, err);
}
