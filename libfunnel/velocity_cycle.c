/*
 * velocity_cycle.c: the report cycle. How long deals take from the
 * opportunity stage, or any other point, to their close, or any other point;
 * with what is still open taken in (metrics.md 3.2.1, 3.5.3, 3.5.4).
 */
#include <math.h>
#include <string.h>

#include "durations.h"
#include "fieldtime.h"
#include "query.h"

#define SIDES 2
#define CAUSES OUTCOME_COUNT /* OUTCOME_NONE is 0: censored */

/* A kind of end, which is a row. */
struct end_row {
	const char *name;
	unsigned cause; /* 0: all of them */
	bool if_any; /* no row where no group has one */
};

static const struct end_row closings[] = {
	{ "won", OUTCOME_WON, false },
	{ "lost", OUTCOME_LOST, false },
	{ "rejected", OUTCOME_REJECTED, true },
	{ "recycled", OUTCOME_RECYCLED, true },
	{ "all", 0, false },
};

/* With an end of its own: it was reached, or the record ended before. */
static const struct end_row arrivals[] = {
	{ "reached", OUTCOME_WON, false },
	{ "ended before", OUTCOME_LOST, false },
	{ "all", 0, false },
};

struct cycle_group {
	struct exposure_group exposures; /* first: groups know no more */
	struct cycle_counts (*counts)[CAUSES]; /* [n_rows][cause] */
};

struct cycle {
	struct velocity *v;
	struct groups groups;
	struct exposure_rules rules;
	struct duration_split split;
	const struct end_row *ends;
	size_t n_ends;
	bool any_of_cause[CAUSES];
	unsigned most_cause; /* of those that occur */
	double horizon; /* days */
	const char *horizon_text;
	const char *start_name, *end_name;
	struct field_time *start_field, *end_field;
	uint64_t deals, negative, untimed, zero, skipped;
};

/* The times of a record's own row that --start and --end can name. */
static const enum field_id end_fields[] = { FIELD_FIRST_RESPONSE,
	FIELD_CONVERTED_DATE };

/* Asks for the field of that name, if it is one, before the input is read:
 * nobody else pays for it. */
static void
want_field(struct velocity *v, const char *name)
{
	static const size_t n = sizeof(end_fields) / sizeof(*end_fields);

	for (size_t i = 0; name && i < n; i++)
		if (fold_equal(
			slice_of(name), slice_of(fields[end_fields[i]].name))) {
			v->load.wants = end_fields;
			v->load.n_wants = n;
		}
}

int
velocity_cycle_options(struct velocity *v, struct fnl_err *err)
{
	struct duration_split split;
	const char *text;
	double horizon;
	int split_cycles;
	static const struct choice cycles[] = { { "merge", 0 }, { "split", 1 },
		{ NULL, 0 } };

	if (v->basis == VELOCITY_OPEN)
		return fail(err, FNL_USAGE,
		    "--basis open goes with --report velocity; use closed or "
		    "created");
	if (v->query->end && v->query->cycles)
		return fail(err, FNL_USAGE,
		    "--cycles is about closing and re-opening: leave --end "
		    "out");
	if (query_choice(
		"--cycles", v->query->cycles, cycles, &split_cycles, err) < 0 ||
	    duration_split_take(v, &split, err) < 0 ||
	    duration_horizon_take(v, &horizon, &text, err) < 0)
		return -1;
	want_field(v, v->query->start);
	want_field(v, v->query->end);
	return 0;
}

/* ---- start and end ---- */

/* The field of that name, which was wanted before the input was read. */
static int
take_field(struct velocity *v, const char *option, const char *name,
    struct deal_end *end, struct field_time **field, struct fnl_err *err)
{
	for (size_t i = 0; i < v->load.n_wants; i++) {
		enum field_id id = v->load.wants[i];

		if (!fold_equal(slice_of(name), slice_of(fields[id].name)))
			continue;
		if (field_time_new(&v->load, fields[id].name,
			v->load.want_attribute[i], field, err) < 0)
			return -1;
		end->kind = END_FIELD;
		end->time = field_time_of;
		end->context = *field;
		return 0;
	}
	return load_fail_stage(&v->load, option, name, err);
}

static int
take_end(struct velocity *v, const char *option, const char *name,
    struct deal_end *end, struct field_time **field, struct fnl_err *err)
{
	uint16_t stage;

	if (!name)
		return 0;
	stage = store_stage(v->load.store, slice_of(name));
	if (stage != STAGE_NONE) {
		*end = (struct deal_end){ .kind = END_STAGE, .stage = stage };
		return 0;
	}
	if (fold_equal(slice_of(name), slice_of(fields[FIELD_CREATED].name))) {
		end->kind = END_CREATED;
		return 0;
	}
	return take_field(v, option, name, end, field, err);
}

static int
take_ends(struct cycle *c, struct fnl_err *err)
{
	struct velocity *v = c->v;
	const struct fnl_velocity_query *q = v->query;

	if (take_end(v, "--start", q->start, &v->deals.start, &c->start_field,
		err) < 0 ||
	    take_end(v, "--end", q->end, &v->deals.end, &c->end_field, err) < 0)
		return -1;
	if (q->start && q->end &&
	    fold_equal(slice_of(q->start), slice_of(q->end)))
		return fail(err, FNL_USAGE, "--start and --end are both '%s'",
		    q->start);
	if (v->deals.end.kind == END_CREATED)
		return fail(err, FNL_USAGE,
		    "--end: creation ends nothing; say a stage");
	v->deals.split =
	    q->cycles && fold_equal(slice_of(q->cycles), SLICE("split"));
	if (v->deals.split && v->deals.start.kind != END_USUAL)
		return fail(err, FNL_USAGE,
		    "--cycles split counts from every opening: leave --start "
		    "out");
	c->start_name = q->start ? q->start : velocity_start_name(v);
	c->end_name = q->end ? q->end : "any close";
	c->ends = q->end ? arrivals : closings;
	c->n_ends = q->end ? sizeof(arrivals) / sizeof(*arrivals)
			   : sizeof(closings) / sizeof(*closings);
	return 0;
}

/* ---- counting ---- */

static unsigned
cause_of(const struct cycle *c, const struct pass *pass)
{
	if (pass->outcome == OUTCOME_NONE)
		return 0;
	if (c->ends == closings || pass->outcome == OUTCOME_WON)
		return pass->outcome;
	return OUTCOME_LOST;
}

static void
keep_closed_days(struct arena *arena, struct cycle_counts *counts, double days)
{
	if (counts->n_closed_days == counts->cap_closed_days) {
		counts->cap_closed_days = 2 * counts->cap_closed_days + 4;
		counts->closed_days = arena_grow(arena, counts->closed_days,
		    counts->cap_closed_days * sizeof(double));
	}
	counts->closed_days[counts->n_closed_days++] = days;
}

static void
count_pass(struct cycle *c, struct cycle_group *group, size_t row,
    unsigned cause, const struct pass *pass)
{
	struct cycle_counts *counts;

	if (!group->counts)
		group->counts = arena_array(
		    c->v->arena, c->rules.n_rows, sizeof(*group->counts));
	counts = &group->counts[row][cause];
	counts->from_creation += pass->start_is_creation;
	counts->from_close_date += cause && pass->end_is_typed;
	counts->skipped += pass->end_is_skipped;
	if (pass->reopened) {
		counts->reopened++;
		if (cause && pass_days(&c->v->deals, pass) >= 0)
			keep_closed_days(
			    c->v->arena, counts, pass->closed_days);
	}
}

static void
add_pass(struct cycle *c, const struct pass *pass)
{
	struct velocity *v = c->v;
	unsigned cause = cause_of(c, pass);
	size_t row = duration_side(v, &c->split, pass->start);
	struct exposure exposure = { pass->start, pass->end, cause };
	struct cycle_group *group;
	double days;

	if (pass->end_is_skipped)
		exposure.end = (struct when){ 0, WHEN_UNKNOWN };
	days = pass_days(&v->deals, pass);
	c->deals++;
	c->skipped += pass->end_is_skipped;
	c->untimed += isnan(days) && !pass->end_is_skipped;
	c->negative += days < 0;
	c->zero += cause && days == 0;
	c->any_of_cause[cause] = true;
	if (cause > c->most_cause)
		c->most_cause = cause;
	group = (struct cycle_group *)exposure_add(
	    &c->groups, &c->rules, v->walk.by, row, exposure);
	if (group)
		count_pass(c, group, row, cause, pass);
}

static void
count_passes(struct cycle *c)
{
	struct velocity *v = c->v;
	const struct pass *passes;

	while (walk_next(&v->walk)) {
		size_t n = deal_passes(
		    &v->deals, v->walk.record, v->walk.timeline, &passes);

		for (size_t i = 0; i < n; i++)
			add_pass(c, &passes[i]);
	}
}

/* ---- table ---- */

static const struct column split_column = { "split", "Began", UNIT_TEXT,
	FOR_ALL, "Whether it began before or after --split." };
static const struct column outcome_column = { "outcome", "Outcome", UNIT_TEXT,
	FOR_ALL, "How it ended; all: any end." };
static const struct column basis_column = { "basis", "Basis", UNIT_TEXT,
	FOR_MACHINES, "See --basis." };
static const struct column start_column = { "start", "Start", UNIT_TEXT,
	FOR_MACHINES, "Where the days begin." };
static const struct column end_column = { "end", "End", UNIT_TEXT, FOR_MACHINES,
	"Where the days end." };
static const struct column horizon_column = { "horizon", "Horizon", UNIT_TEXT,
	FOR_MACHINES, "Of by_horizon." };
static const struct column *const context_columns[] = { &basis_column,
	&start_column, &end_column, &horizon_column };

static const char *
basis_name(const struct cycle *c)
{
	return c->rules.basis == EXPOSURE_BY_END ? "closed" : "created";
}

static int
new_sheet(const struct cycle *c, struct sheet *sheet, struct fnl_err *err)
{
	const struct column **columns = arena_array(c->v->arena,
	    2 + n_duration_metrics + n_cycle_metrics, sizeof(*columns));
	struct cell context[] = { cell_optional(basis_name(c)),
		cell_optional(c->start_name), cell_optional(c->end_name),
		cell_optional(c->horizon_text) };
	struct sheet_plan plan = { .title = "Cycle length in days",
		.period = c->v->load.period,
		.columns = columns,
		.context = context_columns,
		.context_cells = context,
		.n_context = sizeof(context) / sizeof(*context) };

	if (c->split.given)
		columns[plan.n_columns++] = &split_column;
	columns[plan.n_columns++] = &outcome_column;
	plan.n_keys = plan.n_columns;
	for (size_t i = 0; i < n_duration_metrics; i++)
		columns[plan.n_columns++] = &duration_metrics[i].column;
	for (size_t i = 0; i < n_cycle_metrics; i++)
		columns[plan.n_columns++] = &cycle_metrics[i].column;
	return velocity_sheet(c->v, plan, sheet, err);
}

static void
sum_counts(struct cycle_counts *sum, const struct cycle_counts *counts)
{
	sum->reopened += counts->reopened;
	sum->from_creation += counts->from_creation;
	sum->from_close_date += counts->from_close_date;
	sum->skipped += counts->skipped;
}

/* Of one cause, or of all that ended. */
static struct cycle_counts
counts_of(const struct cycle *c, const struct duration_row *row, unsigned cause)
{
	const struct cycle_group *group =
	    (const struct cycle_group *)row->group;
	struct cycle_counts sum = { 0 };

	if (!group->counts)
		return sum;
	if (cause)
		return group->counts[row->row][cause];
	for (unsigned i = 1; i < CAUSES; i++) {
		const struct cycle_counts *counts = &group->counts[row->row][i];

		sum_counts(&sum, counts);
		for (size_t j = 0; j < counts->n_closed_days; j++)
			keep_closed_days(
			    c->v->arena, &sum, counts->closed_days[j]);
	}
	return sum;
}

static void
fill_row(const struct cycle *c, struct sheet *sheet,
    const struct duration_row *row, const struct end_row *end,
    const struct incidence_curve *curves)
{
	const struct exposure_tally *tally = row->tally;
	struct duration_view view = { .open = NAN,
		.zero = NAN,
		.negative = NAN,
		.untimed = NAN,
		.cause = end->cause,
		.horizon = c->horizon,
		.confidence = c->v->confidence,
		.log_rank = { NAN, 0, NAN },
		.log_rank_q = NAN };
	struct cycle_counts counts = counts_of(c, row, end->cause);
	struct cycle_view cycle = { .counts = &counts };
	size_t column = 0;

	view.days = durations_of(c->v->arena, tally, end->cause, &view.n);
	if (!end->cause) {
		view.open = (double)durations_open(tally);
		view.zero = (double)tally->zero;
		view.negative = (double)tally->negative;
		view.untimed = (double)tally->untimed;
		view.curve = &curves->all;
		view.log_rank = row->test;
		view.log_rank_q = row->q;
	} else {
		view.incidence = curves;
	}
	cycle.n = view.n;
	cycle.mean = view.mean = stats_mean(view.days, view.n);
	if (counts.n_closed_days)
		stats_sort(counts.closed_days, counts.n_closed_days);
	sheet_row(sheet, &row->group->key);
	if (c->split.given)
		sheet_cell(sheet, column++,
		    cell_optional(row->side ? "after" : "before"));
	sheet_cell(sheet, column++, cell_optional(end->name));
	durations_fill(sheet, column, &view);
	column += n_duration_metrics;
	for (size_t i = 0; i < n_cycle_metrics; i++)
		sheet_cell(sheet, column + i,
		    cell_of_number(cycle_metrics[i].value(&cycle),
			cycle_metrics[i].column.unit));
}

/* The curve of all ends is the Kaplan-Meier curve of the row `all`. */
static void
fill_rows(
    const struct cycle *c, struct sheet *sheet, const struct duration_row *row)
{
	struct incidence_curve curves = survival_incidence(
	    c->v->arena, row->tally->spells, row->tally->n, c->most_cause);

	for (size_t i = 0; i < c->n_ends; i++)
		if (!c->ends[i].if_any || c->any_of_cause[c->ends[i].cause])
			fill_row(c, sheet, row, &c->ends[i], &curves);
}

static void
note_cycle(const struct cycle *c, struct table *table)
{
	table_note(
	    table, "cycle", "days from %s to %s", c->start_name, c->end_name);
	table_note(table, "basis", "%s: %s", basis_name(c),
	    c->rules.basis == EXPOSURE_BY_END
		? "by the date of the end; what is open counts in the "
		  "Kaplan-Meier median of every period it was open in"
		: "by the date of the start, followed to as-of");
	if (c->v->deals.split)
		table_note(table, "cycles",
		    "split: every pass from an opening to its close is one");
	table_note(table, "horizon", "%s, for by_horizon", c->horizon_text);
	durations_note_comparison(c->v, c->split.given, table);
	note_count(table, "cycle_n", c->deals, "cycles, ended and open");
	note_count(
	    table, "zero_dur", c->zero, "ended when they began: 0 days, kept");
	note_count(
	    table, "neg_dur", c->negative, "end before start, in no duration");
	note_count(table, "untimed", c->untimed,
	    "start or end unknown, in no duration");
	note_count(table, "skipped", c->skipped,
	    "reached the end stage only by passing it, in no duration");
	if (c->start_field)
		note_count(table, "unread", field_time_unread(c->start_field),
		    "cells of the start that are no date");
	if (c->end_field)
		note_count(table, "unread", field_time_unread(c->end_field),
		    "cells of the end that are no date");
}

static int
cycle_table(struct cycle *c, struct table **out, struct fnl_err *err)
{
	struct duration_row *rows;
	struct sheet sheet;
	size_t n;

	if (new_sheet(c, &sheet, err) < 0)
		return -1;
	rows = duration_rows(
	    c->v, &c->groups, c->rules.n_rows, (unsigned)c->rules.n_rows, &n);
	durations_compare(c->v, rows, n, c->split.given);
	for (size_t i = 0; i < n; i++)
		fill_rows(c, &sheet, &rows[i]);
	note_cycle(c, sheet.table);
	velocity_notes(c->v, c->v->walk.records, false, sheet.table);
	*out = sheet_end(&sheet);
	return velocity_curves(c->v, rows, n, *out, err);
}

int
velocity_cycle(struct velocity *v, struct table **out, struct fnl_err *err)
{
	struct cycle c = { .v = v, .most_cause = OUTCOME_LOST };

	if (take_ends(&c, err) < 0 ||
	    duration_split_take(v, &c.split, err) < 0 ||
	    duration_horizon_take(v, &c.horizon, &c.horizon_text, err) < 0)
		return -1;
	c.rules = (struct exposure_rules){
		.basis = v->basis == VELOCITY_CREATED ? EXPOSURE_BY_START
						      : EXPOSURE_BY_END,
		.window = v->load.window,
		.as_of = v->load.as_of,
		.zone = v->load.zone,
		.n_rows = c.split.given ? SIDES : 1,
	};
	c.groups = exposure_groups(v->arena, sizeof(struct cycle_group),
	    v->load.segments.n_by, v->load.period,
	    v->load.definitions.fiscal_month, &c.rules);
	count_passes(&c);
	return cycle_table(&c, out, err);
}
