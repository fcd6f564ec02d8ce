/*
 * velocity_stages.c: the report stages. How long records stay in each stage,
 * how many come back to it, and how long one team waits for the other
 * (metrics.md 3.0.4, 3.2.2).
 */
#include <math.h>

#include "change.h"
#include "durations.h"
#include "query.h"
#include "stay.h"

#define LEFT 1 /* the only way a stay ends */

enum which_stay { STAY_EACH, STAY_FIRST, STAY_LAST, STAY_TOTAL, STAY_MAX };

static const char *const stay_names[] = { "each stay",
	"the first stay of a record", "the last stay of a record",
	"all ended stays of a record together",
	"the longest ended stay of a record" };

struct stay_group {
	struct exposure_group exposures; /* first: groups know no more */
	struct stay_counts *counts; /* [n_rows] */
	uint64_t *open; /* [n_rows], where no spell shows it */
};

/* What one record did at one stage. */
struct at_stage {
	unsigned stays;
	struct stay first, last, longest;
	double total, most; /* of the ended, NaN when none has */
	struct when last_end;
	bool untimed;
	uint64_t owner_changes;
};

struct stages {
	struct velocity *v;
	struct groups groups;
	struct exposure_rules rules;
	struct duration_split split;
	unsigned n_sides, n_stages; /* ranked ones but won */
	enum which_stay which;
	double horizon; /* days */
	const char *horizon_text;
	struct at_stage *at; /* [n_stages], of the record in hand */
	uint64_t stays, negative, untimed, zero, order_violations;
};

static int
take_stay(struct velocity *v, enum which_stay *out, struct fnl_err *err)
{
	static const struct choice which[] = { { "each", STAY_EACH },
		{ "first", STAY_FIRST }, { "last", STAY_LAST },
		{ "total", STAY_TOTAL }, { "max", STAY_MAX }, { NULL, 0 } };
	int value;

	if (query_choice("--stay", v->query->stay, which, &value, err) < 0)
		return -1;
	*out = (enum which_stay)value;
	return 0;
}

int
velocity_stages_options(struct velocity *v, struct fnl_err *err)
{
	struct duration_split split;
	enum which_stay which;
	const char *text;
	double horizon;

	if (v->basis == VELOCITY_OPEN)
		return fail(err, FNL_USAGE,
		    "--basis open goes with --report velocity; use closed or "
		    "created");
	return take_stay(v, &which, err) < 0 ||
		       duration_split_take(v, &split, err) < 0 ||
		       duration_horizon_take(v, &horizon, &text, err) < 0
		   ? -1
		   : 0;
}

/* ---- counting ---- */

static struct stay_group *
with_counts(struct stages *s, struct exposure_group *exposures)
{
	struct stay_group *group = (struct stay_group *)exposures;

	if (group && !group->counts) {
		group->counts = arena_array(
		    s->v->arena, s->rules.n_rows, sizeof(*group->counts));
		group->open = arena_array(
		    s->v->arena, s->rules.n_rows, sizeof(*group->open));
	}
	return group;
}

static size_t
row_of(const struct stages *s, const struct stay *stay)
{
	return (stay->rank - 1u) * s->n_sides +
	       duration_side(s->v, &s->split, stay->start);
}

static const char *
owner_of(const struct stages *s, uint16_t stage)
{
	return stage == STAGE_NONE ? NULL
				   : s->v->load.definitions.stages[stage].owner;
}

static bool
is_handover(const struct stages *s, const struct stay *stay)
{
	const char *from = owner_of(s, stay->stage);
	const char *to = owner_of(s, stay->next_stage);

	return from && to && !fold_equal(slice_of(from), slice_of(to));
}

static void
add_handover(struct arena *arena, struct stay_counts *counts, double days)
{
	if (counts->n_handovers == counts->cap_handovers) {
		counts->cap_handovers = 2 * counts->cap_handovers + 16;
		counts->handovers = arena_grow(arena, counts->handovers,
		    counts->cap_handovers * sizeof(double));
	}
	counts->handovers[counts->n_handovers++] = days;
}

static double
days_of(const struct stages *s, const struct stay *stay)
{
	return when_days(s->v->load.zone, stay->start, stay->end);
}

static void
note_stay(
    struct at_stage *at, const struct stay *stay, double days, uint64_t changes)
{
	if (!at->stays++)
		at->first = *stay;
	at->last = *stay;
	at->owner_changes += changes;
	if (stay->open)
		return;
	at->untimed |= isnan(days);
	at->last_end = stay->end;
	if (days < 0)
		return;
	at->total = isnan(at->total) ? days : at->total + days;
	if (isnan(at->most) || days > at->most) {
		at->most = days;
		at->longest = *stay;
	}
}

static void
add_exposure(struct stages *s, const struct stay *stay)
{
	struct exposure exposure = { stay->start, stay->end,
		stay->open ? 0 : LEFT };

	exposure_add(
	    &s->groups, &s->rules, s->v->walk.by, row_of(s, stay), exposure);
}

static void
count_handover(struct stages *s, const struct stay *stay, double days)
{
	struct when at =
	    s->rules.basis == EXPOSURE_BY_END ? stay->end : stay->start;
	struct stay_group *group;

	if (!is_handover(s, stay) || !(days >= 0))
		return;
	group = with_counts(
	    s, exposure_group_at(&s->groups, &s->rules, s->v->walk.by, at));
	if (group)
		add_handover(
		    s->v->arena, &group->counts[row_of(s, stay)], days);
}

/* A sum has no age at the beginning of a window: it counts where its last part
 * ended, or where the first began. */
static void
add_total(struct stages *s, const struct at_stage *at)
{
	struct when when =
	    s->rules.basis == EXPOSURE_BY_END ? at->last_end : at->first.start;
	struct exposure_group *group;

	if (isnan(at->total) && !at->untimed)
		return; /* it never ended (R15) */
	group = exposure_group_at(&s->groups, &s->rules, s->v->walk.by, when);
	if (group)
		exposure_add_days(
		    &s->groups, &group->rows[row_of(s, &at->first)], at->total);
}

/* Came back under another owner, where a history has owners (3.0.4). */
static bool
is_redone(const struct stages *s, const struct at_stage *at)
{
	const struct store *store = s->v->load.store;
	uint32_t record = s->v->walk.record;
	uint32_t first =
	    store_owner_at(store, record, at->first.start, NO_ATTRIBUTE);
	uint32_t last =
	    store_owner_at(store, record, at->last.start, NO_ATTRIBUTE);

	return at->stays > 1 && first && last && first != last;
}

/* Changes of owner between the start of a stay and its end. */
static uint64_t
owner_changes(const struct stages *s, const struct stay *stay)
{
	const struct zone *zone = s->v->load.zone;
	const struct change *changes;
	uint64_t n_within = 0;
	size_t n;

	changes = store_changes(s->v->load.store, s->v->walk.record, &n);
	for (size_t i = 0; i < n; i++) {
		struct when at = stamp_when(changes[i].at);
		struct when end = stay->open ? s->rules.as_of : stay->end;

		n_within += changes[i].kind == CHANGE_OWNER &&
			    at.kind != WHEN_UNKNOWN &&
			    stay->start.kind != WHEN_UNKNOWN &&
			    when_compare(zone, at, stay->start) > 0 &&
			    when_compare(zone, at, end) <= 0;
	}
	return n_within;
}

static void
count_record(struct stages *s, const struct at_stage *at)
{
	struct when when = at->first.start;
	struct stay_group *group;
	size_t row = row_of(s, &at->first);

	if (s->rules.basis == EXPOSURE_BY_END)
		when = at->last.open ? s->rules.as_of : at->last.end;
	group = with_counts(
	    s, exposure_group_at(&s->groups, &s->rules, s->v->walk.by, when));
	if (!group)
		return;
	group->counts[row].records++;
	group->counts[row].returned += at->stays > 1;
	group->counts[row].redone += is_redone(s, at);
	group->counts[row].owner_changes += at->owner_changes;
	group->open[row] += at->last.open;
}

static void
finish_stage(struct stages *s, const struct at_stage *at)
{
	count_record(s, at);
	switch (s->which) {
	case STAY_EACH:
		break;
	case STAY_FIRST:
		add_exposure(s, &at->first);
		break;
	case STAY_LAST:
		add_exposure(s, &at->last);
		break;
	case STAY_TOTAL:
		add_total(s, at);
		break;
	case STAY_MAX:
		if (!isnan(at->most) || at->untimed)
			add_exposure(s, &at->longest);
		break;
	}
}

static void
count_stay(struct stages *s, const struct stay *stay)
{
	double days = stay->open ? NAN : days_of(s, stay);

	s->stays++;
	s->negative += days < 0;
	s->zero += days == 0;
	if (stay->open ? stay->start.kind == WHEN_UNKNOWN : isnan(days) != 0)
		s->untimed++;
	note_stay(&s->at[stay->rank - 1], stay, days, owner_changes(s, stay));
	if (s->which == STAY_EACH)
		add_exposure(s, stay);
	count_handover(s, stay, days);
}

static void
count_timeline(struct stages *s, const struct timeline *t)
{
	struct stay stay;

	for (unsigned i = 0; i < s->n_stages; i++)
		s->at[i] = (struct at_stage){ .total = NAN, .most = NAN };
	for (size_t at = 0; stay_next(t, &at, &stay);)
		if (stay.rank)
			count_stay(s, &stay);
	for (unsigned i = 0; i < s->n_stages; i++)
		if (s->at[i].stays)
			finish_stage(s, &s->at[i]);
}

/* One date a stage, and a later stage dated before an earlier one: no stay of
 * such a record is believed (3.0.7). */
static bool
is_disordered(const struct stages *s)
{
	const struct walk *walk = &s->v->walk;

	return walk->timeline->order_violations &&
	       store_at(s->v->load.store, walk->record)->wide_count;
}

static void
count_records(struct stages *s)
{
	struct walk *walk = &s->v->walk;

	while (walk_next(walk))
		if (is_disordered(s))
			s->order_violations++;
		else
			count_timeline(s, walk->timeline);
}

/* ---- table ---- */

static const struct column split_column = { "split", "Began", UNIT_TEXT,
	FOR_ALL, "Whether it began before or after --split." };
static const struct column stage_column = { "stage", "Stage", UNIT_TEXT,
	FOR_ALL, "The stage, in the order of the definitions." };
static const struct column owner_column = { "stage_owner", "Owner", UNIT_TEXT,
	FOR_MACHINES, "The team that owns the stage." };
static const struct column basis_column = { "basis", "Basis", UNIT_TEXT,
	FOR_MACHINES, "See --basis." };
static const struct column stay_column = { "stay", "Stay", UNIT_TEXT,
	FOR_MACHINES, "See --stay." };
static const struct column horizon_column = { "horizon", "Horizon", UNIT_TEXT,
	FOR_MACHINES, "Of by_horizon." };
static const struct column *const context_columns[] = { &basis_column,
	&stay_column, &horizon_column };

static const char *
basis_name(const struct stages *s)
{
	return s->rules.basis == EXPOSURE_BY_END ? "closed" : "created";
}

static int
new_sheet(const struct stages *s, struct sheet *sheet, struct fnl_err *err)
{
	const struct column **columns = arena_array(s->v->arena,
	    3 + n_duration_metrics + n_stay_metrics, sizeof(*columns));
	struct cell context[] = { cell_optional(basis_name(s)),
		cell_optional(s->v->query->stay ? s->v->query->stay : "each"),
		cell_optional(s->horizon_text) };
	struct sheet_plan plan = { .title = "Time in stage in days",
		.period = s->v->load.period,
		.columns = columns,
		.context = context_columns,
		.context_cells = context,
		.n_context = sizeof(context) / sizeof(*context) };

	columns[plan.n_columns++] = &stage_column;
	columns[plan.n_columns++] = &owner_column;
	if (s->split.given)
		columns[plan.n_columns++] = &split_column;
	plan.n_keys = plan.n_columns;
	for (size_t i = 0; i < n_duration_metrics; i++)
		columns[plan.n_columns++] = &duration_metrics[i].column;
	for (size_t i = 0; i < n_stay_metrics; i++)
		columns[plan.n_columns++] = &stay_metrics[i].column;
	return velocity_sheet(s->v, plan, sheet, err);
}

static void
fill_counts(struct sheet *sheet, size_t first, const struct stay_counts *counts)
{
	for (size_t i = 0; i < n_stay_metrics; i++)
		sheet_cell(sheet, first + i,
		    cell_of_number(stay_metrics[i].value(counts),
			stay_metrics[i].column.unit));
}

/* Of totals and longest stays the open ones have no spell and no curve. */
static struct duration_view
view_of(const struct stages *s, const struct duration_row *row,
    const struct incidence_curve *curves)
{
	const struct stay_group *group = (const struct stay_group *)row->group;
	const struct exposure_tally *tally = row->tally;
	bool whole = s->which == STAY_TOTAL || s->which == STAY_MAX;
	struct duration_view view = { .open = (double)durations_open(tally),
		.zero = (double)tally->zero,
		.negative = (double)tally->negative,
		.untimed = (double)tally->untimed,
		.cause = LEFT,
		.horizon = s->horizon,
		.confidence = s->v->confidence,
		.log_rank = row->test,
		.log_rank_q = row->q };

	if (whole)
		view.open = group->counts ? (double)group->open[row->row] : 0;
	else
		view.curve = &curves->all;
	if (!whole)
		view.incidence = curves;
	view.days = durations_of(s->v->arena, tally, 0, &view.n);
	view.mean = stats_mean(view.days, view.n);
	return view;
}

static void
fill_row(
    const struct stages *s, struct sheet *sheet, const struct duration_row *row)
{
	static const struct stay_counts none;
	const struct stay_group *group = (const struct stay_group *)row->group;
	const struct stage_definition *stage =
	    &s->v->load.definitions
		 .stages[s->v->walk.timelines->stage_of_rank[row->part + 1]];
	struct incidence_curve curves = survival_incidence(
	    s->v->arena, row->tally->spells, row->tally->n, LEFT);
	struct duration_view view = view_of(s, row, &curves);
	struct stay_counts *counts =
	    group->counts ? &group->counts[row->row] : NULL;
	size_t column = 0;

	if (counts && counts->n_handovers)
		stats_sort(counts->handovers, counts->n_handovers);
	sheet_row(sheet, &row->group->key);
	sheet_cell(sheet, column++, cell_text(slice_of(stage->name)));
	sheet_cell(sheet, column++, cell_optional(stage->owner));
	if (s->split.given)
		sheet_cell(sheet, column++,
		    cell_optional(row->side ? "after" : "before"));
	durations_fill(sheet, column, &view);
	fill_counts(
	    sheet, column + n_duration_metrics, counts ? counts : &none);
}

static void
note_stages(const struct stages *s, struct table *table)
{
	table_note(table, "stay", "%s", stay_names[s->which]);
	table_note(table, "basis", "%s: %s", basis_name(s),
	    s->rules.basis == EXPOSURE_BY_END
		? "by the date a stay ended; what is open counts in the "
		  "Kaplan-Meier median of every period it was open in"
		: "by the date a stay began, followed to as-of");
	table_note(table, "horizon", "%s, for by_horizon", s->horizon_text);
	durations_note_comparison(s->v, s->split.given, table);
	note_count(table, "stays", s->stays, "stays, ended and open");
	note_count(
	    table, "zero_dur", s->zero, "ended when they began: 0 days, kept");
	note_count(
	    table, "neg_dur", s->negative, "end before start, in no duration");
	note_count(table, "untimed", s->untimed,
	    "start or end unknown, in no duration");
	note_count(table, "disordered", s->order_violations,
	    "records with a later stage dated before an earlier one: none of "
	    "their stays is taken");
	if (!s->v->load.store->histories)
		table_note(table, "shape",
		    "record list: it does not say when a stage was entered; "
		    "export the stage history or the dates each stage was "
		    "entered");
	if (s->v->load.wide_dates == WIDE_LATEST)
		table_note(table, "last_stays",
		    "the dates are of the latest entries, so these are last "
		    "stays, up to the next stage's latest entry");
}

static int
stages_table(struct stages *s, struct table **out, struct fnl_err *err)
{
	struct duration_row *rows;
	struct sheet sheet;
	size_t n;

	if (new_sheet(s, &sheet, err) < 0)
		return -1;
	rows = duration_rows(s->v, &s->groups, s->rules.n_rows, s->n_sides, &n);
	durations_compare(s->v, rows, n, s->split.given);
	for (size_t i = 0; i < n; i++)
		fill_row(s, &sheet, &rows[i]);
	note_stages(s, sheet.table);
	velocity_notes(s->v, s->v->walk.records, false, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

/* Nobody stays in won. */
static unsigned
open_stages(const struct velocity *v)
{
	const struct timeline_rules *t = v->walk.timelines;
	uint16_t last = t->stage_of_rank[t->n_ranks];

	return t->n_ranks -
	       (t->n_ranks &&
		   v->load.definitions.stages[last].outcome == OUTCOME_WON);
}

int
velocity_stages(struct velocity *v, struct table **out, struct fnl_err *err)
{
	struct stages s = { .v = v, .n_stages = open_stages(v) };

	if (take_stay(v, &s.which, err) < 0 ||
	    duration_split_take(v, &s.split, err) < 0 ||
	    duration_horizon_take(v, &s.horizon, &s.horizon_text, err) < 0)
		return -1;
	if (!s.n_stages)
		return fail(err, FNL_DATA,
		    "the stages are not known: give a definitions file (-d) "
		    "or --stages 'First,Second,won:Closed Won'");
	s.n_sides = s.split.given ? 2 : 1;
	s.at = arena_array(v->arena, s.n_stages, sizeof(*s.at));
	s.rules = (struct exposure_rules){
		.basis = v->basis == VELOCITY_CREATED ? EXPOSURE_BY_START
						      : EXPOSURE_BY_END,
		.window = v->load.window,
		.as_of = v->load.as_of,
		.zone = v->load.zone,
		.n_rows = (size_t)s.n_stages * s.n_sides,
	};
	s.groups = exposure_groups(v->arena, sizeof(struct stay_group),
	    v->load.segments.n_by, v->load.period,
	    v->load.definitions.fiscal_month, &s.rules);
	count_records(&s);
	return stages_table(&s, out, err);
}
