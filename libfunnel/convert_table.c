/*
 * convert_table.c: what was counted, as a table.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "convert.h"
#include "sheet.h"

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
	if (c->report == REPORT_STAGES) {
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
		cell_optional(c->report == REPORT_STAGES
				  ? modes[c->path.mode].name
				  : NULL),
		cell_optional(bases[c->rules.basis].name),
		cell_optional(c->query->horizon),
	};
	struct sheet_plan plan = { .title = c->report == REPORT_STAGES
						? "Stage conversion"
						: "Outcomes and win rates",
		.period = c->rules.period,
		.context = context_columns,
		.context_cells = context,
		.n_context = N_CONTEXT,
		.metrics = c->metrics,
		.long_form = c->query->long_form };

	plan.columns = own_columns(c, &plan.n_columns, &plan.n_keys);
	return sheet_new(sheet, &c->load, &plan, err);
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
	for (size_t i = 0; i < n_stage_metrics; i++)
		if (sheet_wants(sheet, STAGE_KEYS + i))
			sheet_cell(sheet, STAGE_KEYS + i,
			    cell_of_number(stage_metrics[i].value(view),
				stage_metrics[i].column.unit));
}

static void
stage_rows(
    const struct convert *c, struct sheet *sheet, const struct group *group)
{
	struct stage_view view = { group->stages, 1, c->rules.n_ranks,
		c->rules.basis, c->rules.anchor, c->interval, c->confidence };

	for (; view.k <= c->rules.n_ranks; view.k++) {
		sheet_row(sheet, &group->key);
		fill_stage(c, sheet, &view);
	}
}

static void
outcome_row(
    const struct convert *c, struct sheet *sheet, const struct group *group)
{
	const struct outcome_tally *o = &group->outcomes;
	struct outcome_view view = { o, o->cycles, c->rules.basis, c->interval,
		c->confidence };

	if (o->n_cycles)
		stats_sort(o->cycles, o->n_cycles);
	sheet_row(sheet, &group->key);
	for (size_t i = 0; i < n_outcome_metrics; i++) {
		const struct outcome_metric *metric = &outcome_metrics[i];

		if (sheet_wants(sheet, i))
			sheet_cell(sheet, i,
			    metric->value ? cell_of_number(metric->value(&view),
						metric->column.unit)
					  : cell_money(metric->money(&view)));
	}
	if (!has_currency_segment(c) && o->won_value.any && !o->won_value.mixed)
		sheet_cell(sheet, n_outcome_metrics,
		    cell_of_text(&c->load, o->won_value.currency, NULL));
}

/* ---- notes ---- */

static void
note_rules(const struct convert *c, struct table *table)
{
	const struct fnl_convert_query *q = c->query;

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
	walk_note_times(&c->walk, table);
}

static void
note_counts(const struct convert *c, struct table *table)
{
	char confidence[NUMBER_MAX];

	number_text(confidence, 100 * c->confidence);
	table_note(table, "interval", "%s %% %s", confidence,
	    c->interval == INTERVAL_WILSON ? "Wilson score"
					   : "Clopper-Pearson");
	walk_note_records(&c->walk, c->tally->counted, table);
	note_count(table, "stageless", c->stageless,
	    "records that count at no stage: none entered, or not the first "
	    "one that the mode needs");
	walk_note_events(&c->walk, table);
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
	const struct groups *groups = &c->tally->groups;
	struct sheet sheet;
	void **sorted;

	if (new_sheet(c, &sheet, err) < 0)
		return NULL;
	sorted = groups_sorted(groups, c->load.store->texts);
	for (size_t i = 0; i < groups->items.count; i++)
		if (c->report == REPORT_STAGES)
			stage_rows(c, &sheet, sorted[i]);
		else
			outcome_row(c, &sheet, sorted[i]);
	note_rules(c, sheet.table);
	load_notes(&c->load, sheet.table);
	note_counts(c, sheet.table);
	if (c->report == REPORT_OUTCOMES)
		note_outcomes(c, sheet.table);
	else
		note_stages(c, sheet.table);
	return sheet_end(&sheet);
}
