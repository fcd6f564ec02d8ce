/*
 * velocity_plan.c: the report plan. One revenue target worked backward to
 * wins, opportunities and leads, each source by its share, with the owner of
 * every stage, the day by which it must be entered and the gap to the present
 * rate (metrics.md 3.2.6; product.md V09, M12).
 *
 * A step is decided on the day a record went on or ended, and a step counts
 * in the window in which it was decided. A cohort by its day of entry would
 * lack its slow ones: what is young has had no time to win, but time to lose.
 */
#include <inttypes.h>
#include <math.h>

#include "path.h"
#include "velocity_goal.h"

struct plan_group {
	struct group_key key; /* first: groups know no more */
	struct plan_stage *stages; /* [1..n_ranks] */
	struct value_tally won;
	uint64_t wins; /* with or without an amount */
	double *amounts; /* the known ones */
	size_t n_amounts, cap_amounts;
};

struct plan {
	struct velocity *v;
	struct plan_goal goal;
	struct plan_stage *assumed; /* as every group starts */
	double assumed_amount; /* NaN: none */
	unsigned n_ranks;
	struct path_rule path;
	struct groups groups;
	struct window window; /* in which a step must be decided */
	int64_t earliest; /* day of the first thing in the data */
	bool has_earliest;
	struct value_tally won; /* of all groups */
	uint64_t wins;
	uint64_t seen; /* ranks that some record was seen at */
	uint64_t unstaged, negative;
	/* of each rank: steps and entries without a date */
	uint64_t undated[RANKS_MAX + 1], unplaced[RANKS_MAX + 1];
};

/* Where one record stands. */
struct position {
	uint32_t record;
	const struct timeline *timeline;
	struct reach reach;
	unsigned furthest;
	unsigned lowest; /* rank of its own dated entries; above furthest:
			    none */
	bool ended; /* lost, rejected or recycled, as of as_of */
};

/* ---- the window ---- */

/* --from and --to, else --trailing: so many days that end with that of
 * as_of. */
static struct window
take_window(const struct velocity *v)
{
	const struct load *load = &v->load;
	int64_t trailing = v->trailing ? v->trailing : TRAILING_DEFAULT;
	int64_t days = (trailing + DAY_SECONDS - 1) / DAY_SECONDS;
	int64_t first = zone_day(load->zone, load->as_of) + 1 - days;

	if (load->window.from.kind != WHEN_UNKNOWN ||
	    load->window.to.kind != WHEN_UNKNOWN)
		return load->window;
	return (struct window){ .from = { first * DAY_SECONDS, WHEN_DATE } };
}

/* A step of unknown date counts unless something known tells against it: an
 * export of deals without close dates still has a win rate. */
static bool
may_be_inside(
    const struct plan *p, struct when at, const struct timeline *timeline)
{
	struct when to = p->window.to, created = timeline->created;

	if (at.kind != WHEN_UNKNOWN)
		return window_holds(p->v->load.zone, &p->window, at);
	return to.kind == WHEN_UNKNOWN || created.kind == WHEN_UNKNOWN ||
	       when_compare(p->v->load.zone, created, to) < 0;
}

static void
see_day(struct plan *p, struct when at)
{
	int64_t day;

	if (at.kind == WHEN_UNKNOWN)
		return;
	day = zone_day(p->v->load.zone, at);
	if (!p->has_earliest || day < p->earliest)
		p->earliest = day;
	p->has_earliest = true;
}

static void
see_days(struct plan *p, const struct timeline *t)
{
	see_day(p, t->created);
	for (size_t i = 0; i < t->n; i++)
		see_day(p, t->visits[i].at);
}

/* The days in which entries could be seen: an export of four months says
 * nothing of the other eight. */
static bool
window_days(const struct plan *p, int64_t *first, int64_t *last)
{
	const struct zone *zone = p->v->load.zone;
	struct when from = p->window.from, to = p->window.to;

	*first = p->earliest;
	*last = zone_day(zone, p->v->load.as_of);
	if (from.kind != WHEN_UNKNOWN && zone_day(zone, from) > *first)
		*first = zone_day(zone, from);
	if (to.kind != WHEN_UNKNOWN && zone_day(zone, to) <= *last)
		*last = zone_day(zone, to) - (to.kind == WHEN_DATE);
	return p->has_earliest && *first <= *last;
}

/* ---- one record ---- */

/* What ended without any stage being known, as the lost deals of a plain
 * record list, ended where its kind begins; else every rate before won would
 * be 1. */
static unsigned
first_rank(const struct plan *p, const struct position *at)
{
	const struct deal_rules *deals = &p->v->deals;

	return deals->start_rank && deal_is_one(deals, at->record, at->timeline)
		   ? deals->start_rank
		   : 1;
}

static struct position
find_position(struct plan *p)
{
	const struct timeline *t = p->v->walk.timeline;
	struct position at = { .record = p->v->walk.record,
		.timeline = t,
		.ended =
		    t->outcome != OUTCOME_NONE && t->outcome != OUTCOME_WON };
	uint64_t own;

	path_reach(&p->path, t, &at.reach);
	at.furthest = at.reach.furthest;
	own = at.reach.counted & ~at.reach.imputed;
	if (!at.furthest && at.ended) {
		at.furthest = first_rank(p, &at);
		own = rank_bit(at.furthest);
		p->unstaged++;
	}
	p->seen |= own;
	for (at.lowest = 1; at.lowest <= at.furthest &&
			    (!(own & rank_bit(at.lowest)) ||
				at.reach.at[at.lowest].kind == WHEN_UNKNOWN);)
		at.lowest++;
	return at;
}

/* The first time at the stage or a later one. Before its first dated entry the
 * creation says more, where records of its kind are created: a won deal of a
 * record list did not become an opportunity on the day it was won. */
static struct when
entered_at(const struct plan *p, const struct position *at, unsigned k)
{
	unsigned start = p->v->deals.start_rank;
	struct when created = at->timeline->created;

	if (k < at->lowest && k <= (start ? start : 1) &&
	    created.kind != WHEN_UNKNOWN)
		return created;
	return at->reach.by[k];
}

static void
count_entry(
    struct plan *p, struct plan_stage *stage, unsigned k, struct when at)
{
	if (at.kind == WHEN_UNKNOWN)
		p->unplaced[k]++;
	else
		stage->entered += window_holds(p->v->load.zone, &p->window, at);
}

static void
count_step(struct plan *p, struct plan_stage *stage, const struct position *at,
    unsigned k)
{
	bool advanced = k < at->furthest;
	struct when when = at->timeline->closed;

	if (advanced && at->reach.by[k + 1].kind != WHEN_UNKNOWN)
		when = at->reach.by[k + 1];
	if (stage->origin != PLAN_MEASURED ||
	    !may_be_inside(p, when, at->timeline))
		return;
	p->undated[k] += when.kind == WHEN_UNKNOWN;
	stage->rate.n++;
	stage->rate.x += advanced;
}

static void
keep(struct arena *arena, double **values, size_t *n, size_t *cap, double value)
{
	if (*n == *cap) {
		*cap = *cap ? 2 * *cap : 16;
		*values = arena_grow(arena, *values, *cap * sizeof(**values));
	}
	(*values)[(*n)++] = value;
}

/* The next stage of which the record has an entry of its own; an imputed date
 * yields no days (3.0.3). 0: none. */
static unsigned
next_entered(const struct position *at, unsigned k)
{
	uint64_t own = at->reach.counted & ~at->reach.imputed;

	if (!(own & rank_bit(k)))
		return 0;
	while (++k <= at->furthest)
		if (own & rank_bit(k))
			return k;
	return 0;
}

/* Kept by where they lead: which stage comes next for those who use the
 * ladder is only known at the end. */
static void
count_days(struct plan *p, struct plan_stage *stage, const struct position *at,
    unsigned k)
{
	const struct zone *zone = p->v->load.zone;
	unsigned next = next_entered(at, k);
	struct plan_days *days;
	double took;

	if (!next || !window_holds(zone, &p->window, at->reach.at[next]))
		return;
	took = when_days(zone, at->reach.at[k], at->reach.at[next]);
	if (took < 0)
		p->negative++;
	if (!(took >= 0))
		return;
	if (!stage->to)
		stage->to = arena_array(
		    p->v->arena, p->n_ranks + 1, sizeof(*stage->to));
	days = &stage->to[next];
	keep(p->v->arena, &days->items, &days->n, &days->cap, took);
}

static void
count_stages(
    struct plan *p, struct plan_group *group, const struct position *at)
{
	for (unsigned k = 1; k <= at->furthest; k++) {
		struct plan_stage *stage = &group->stages[k];

		count_entry(p, stage, k, entered_at(p, at, k));
		if (k < at->furthest)
			count_days(p, stage, at, k);
		if (k < at->furthest || (k < p->n_ranks && at->ended))
			count_step(p, stage, at, k);
	}
}

static void
count_win(struct plan *p, struct plan_group *group, const struct position *at)
{
	struct velocity *v = p->v;
	const struct timeline *t = at->timeline;
	struct value value;

	if (t->outcome != OUTCOME_WON || !may_be_inside(p, t->closed, t))
		return;
	value =
	    value_at(&v->value, v->load.store, at->record, t, v->load.as_of);
	group->wins++;
	p->wins++;
	value_add(&group->won, value);
	value_add(&p->won, value);
	if (value.known)
		keep(v->arena, &group->amounts, &group->n_amounts,
		    &group->cap_amounts, (double)value.amount / MONEY_UNIT);
}

static struct plan_group *
group_at(struct plan *p, const uint32_t *by)
{
	bool is_new;
	struct plan_group *group = groups_at(
	    &p->groups, by, (struct when){ 0, WHEN_UNKNOWN }, &is_new);

	if (!is_new)
		return group;
	group->stages =
	    arena_array(p->v->arena, p->n_ranks + 1, sizeof(*group->stages));
	for (unsigned k = 1; k <= p->n_ranks; k++)
		group->stages[k] = p->assumed[k];
	return group;
}

static void
count_records(struct plan *p)
{
	struct velocity *v = p->v;

	/* The plan of an assumed world needs no record. */
	if (!v->load.segments.n_by)
		group_at(p, NULL);
	while (walk_next(&v->walk)) {
		struct position at = find_position(p);
		struct plan_group *group = group_at(p, v->walk.by);

		see_days(p, at.timeline);
		count_stages(p, group, &at);
		count_win(p, group, &at);
	}
}

/* ---- from counts to the plan ---- */

/* The first stage that the data knows. Whatever lies before it every record
 * passed by definition only, which is no rate of 1. */
static unsigned
first_seen(const struct plan *p)
{
	unsigned k = 1;

	while (k <= p->n_ranks && !(p->seen & rank_bit(k)))
		k++;
	return k;
}

/* The days to the next stage that anybody ever entered: a stage of the CRM
 * that the company does not use takes none. */
static void
take_days(const struct plan *p, struct plan_stage *stage, unsigned k)
{
	unsigned next = k + 1;

	stage->is_unused = !(p->seen & rank_bit(k));
	while (next < p->n_ranks && !(p->seen & rank_bit(next)))
		next++;
	if (!stage->to || next > p->n_ranks)
		return;
	stage->days = stage->to[next].items;
	stage->n_days = stage->to[next].n;
	if (stage->n_days)
		stats_sort(stage->days, stage->n_days);
}

static void
finish_stages(const struct plan *p, struct plan_group *group)
{
	unsigned seen = first_seen(p);

	for (unsigned k = 1; k <= p->n_ranks; k++) {
		struct plan_stage *stage = &group->stages[k];

		take_days(p, stage, k);
		if (k >= seen)
			continue;
		stage->entered = NAN;
		if (stage->origin == PLAN_MEASURED)
			stage->rate = (struct plan_rate){ 0, 0 };
	}
}

static double
deal_size(const struct plan *p, struct plan_group *group)
{
	double size;

	if (!isnan(p->assumed_amount))
		return p->assumed_amount;
	if (group->won.mixed || !group->n_amounts)
		return NAN;
	if (p->v->statistic == STATISTIC_MEAN) {
		size = money_double(group->won.sum) / (double)group->n_amounts;
	} else {
		stats_sort(group->amounts, group->n_amounts);
		size = stats_quantile(group->amounts, group->n_amounts, 0.5);
	}
	return size > 0 ? size : NAN;
}

/* A segment without a win has a share of 0; one whose wins have no amounts
 * has an unknown one. */
static double
share_of(const struct plan *p, const struct plan_group *group)
{
	double share;

	if (p->won.mixed || !p->won.any || (group->wins && !group->won.any))
		return NAN;
	share =
	    stats_ratio(money_double(group->won.sum), money_double(p->won.sum));
	return share >= 0 ? share : NAN;
}

/* A target in one currency says nothing to wins in another. */
static int
check_currency(const struct plan *p, struct fnl_err *err)
{
	struct slice target = slice_of(p->goal.currency), won;

	if (!isnan(p->assumed_amount) || !p->won.any || p->won.mixed)
		return 0;
	won = intern_get(p->v->load.store->texts, p->won.currency);
	if (!won.n || !target.n || slice_equal(won, target))
		return 0;
	return fail(err, FNL_USAGE,
	    "the target is in %.*s and the won deals are in %.*s: give "
	    "--target "
	    "in the same currency, or rates in the definitions",
	    (int)target.n, target.p, (int)won.n, won.p);
}

/* ---- table ---- */

static const struct column stage_column = { "stage", "Stage", UNIT_TEXT,
	FOR_ALL, "The stage, in order." };
static const struct column owner_column = { "stage_owner", "Owner", UNIT_TEXT,
	FOR_ALL_IF_ANY, "Who owns the step into it, by the definitions." };
static const struct column first_column = { "plan_start", "Plan start",
	UNIT_TIME, FOR_MACHINES, "First day of the plan." };
static const struct column last_column = { "plan_end", "Plan end", UNIT_TIME,
	FOR_MACHINES, "Last day of the plan." };
static const struct column since_column = { "rates_from", "Rates from",
	UNIT_TIME, FOR_MACHINES,
	"First day of what rates and deal size are taken from." };
static const struct column *const context_columns[] = { &first_column,
	&last_column, &since_column };
#define N_KEYS 2
#define N_CONTEXT (sizeof(context_columns) / sizeof(*context_columns))

static struct cell
cell_of_day(int64_t day)
{
	return cell_time((struct when){ day * DAY_SECONDS, WHEN_DATE });
}

/* Where the rates come from is news only when some are assumed. */
static const struct column *
column_of(const struct plan *p, const struct plan_metric *metric)
{
	struct column *copy;

	if (!metric->text || !p->v->query->assumptions.n)
		return &metric->column;
	copy = arena_alloc(p->v->arena, sizeof(*copy));
	*copy = metric->column;
	copy->audience = FOR_ALL;
	return copy;
}

static int
new_sheet(const struct plan *p, struct sheet *sheet, struct fnl_err *err)
{
	const struct column **columns =
	    arena_array(p->v->arena, N_KEYS + n_plan_metrics, sizeof(*columns));
	struct cell *cells =
	    arena_array(p->v->arena, N_CONTEXT, sizeof(*cells));
	struct sheet_plan plan = { .title = "Plan: a target worked backward",
		.period = PERIOD_NONE,
		.columns = columns,
		.n_columns = N_KEYS + n_plan_metrics,
		.n_keys = N_KEYS,
		.context = context_columns,
		.context_cells = cells,
		.n_context = N_CONTEXT };

	cells[0] = cell_of_day(p->goal.first);
	cells[1] = cell_of_day(p->goal.last);
	cells[2] = cell_time(p->window.from);
	columns[0] = &stage_column;
	columns[1] = &owner_column;
	for (size_t i = 0; i < n_plan_metrics; i++)
		columns[N_KEYS + i] = column_of(p, &plan_metrics[i]);
	return velocity_sheet(p->v, plan, sheet, err);
}

/* Money to its ten-thousandth, where it fits. */
static struct cell
cell_of_amount(double amount)
{
	struct money_sum sum = { 0 };

	if (!(fabs(amount) < (double)INT64_MAX / MONEY_UNIT))
		return cell_number(amount);
	money_add(&sum, llround(amount * MONEY_UNIT));
	return cell_money(sum);
}

static struct cell
cell_of_metric(const struct plan_metric *metric, const struct plan_view *view)
{
	double value;

	if (metric->text)
		return cell_optional(metric->text(view));
	value = metric->value(view);
	if (metric->column.unit == UNIT_TIME && !isnan(value))
		return cell_of_day((int64_t)value);
	if (metric->column.unit == UNIT_MONEY)
		return cell_of_amount(value);
	return cell_of_number(value, metric->column.unit);
}

static const struct stage_definition *
stage_of_rank(const struct plan *p, unsigned k)
{
	const struct velocity *v = p->v;

	return &v->load.definitions.stages[v->walk.timelines->stage_of_rank[k]];
}

static void
fill_rows(const struct plan *p, struct sheet *sheet,
    const struct plan_group *group, struct plan_view *view)
{
	for (view->k = 1; view->k <= p->n_ranks; view->k++) {
		const struct stage_definition *stage =
		    stage_of_rank(p, view->k);

		sheet_row(sheet, &group->key);
		sheet_cell(sheet, 0, cell_optional(stage->name));
		sheet_cell(sheet, 1, cell_optional(stage->owner));
		for (size_t i = 0; i < n_plan_metrics; i++)
			sheet_cell(sheet, N_KEYS + i,
			    cell_of_metric(&plan_metrics[i], view));
	}
}

/* Works the group's part of the target back. */
static struct plan_view
view_of(const struct plan *p, struct plan_group *group)
{
	bool split = p->v->load.segments.n_by > 0;
	struct plan_view view = { .stages = group->stages,
		.n_ranks = p->n_ranks,
		.start_rank = p->v->deals.start_rank,
		.share = split ? share_of(p, group) : NAN,
		.amount = deal_size(p, group),
		.last_day = p->goal.last,
		.period_days = (double)(p->goal.last - p->goal.first + 1),
		.window_days = NAN };
	int64_t first, last;

	if (window_days(p, &first, &last))
		view.window_days = (double)(last - first + 1);
	view.target = p->goal.revenue * (split ? view.share : 1);
	finish_stages(p, group);
	plan_work_back(group->stages, p->n_ranks,
	    view.target > 0 ? plan_divide_up(view.target, view.amount) : NAN,
	    p->v->confidence);
	return view;
}

/* ---- notes ---- */

static const char *
amount_text(const struct plan *p, double amount)
{
	struct cell cell = cell_of_amount(amount);
	char text[MONEY_TEXT] = "unknown";

	if (cell.kind == CELL_MONEY)
		money_text(text, cell.as.money);
	return arena_text(p->v->arena, slice_of(text));
}

static const char *
day_text(const struct plan *p, int64_t day)
{
	char text[WHEN_TEXT];

	when_text(text, (struct when){ day * DAY_SECONDS, WHEN_DATE });
	return arena_text(p->v->arena, slice_of(text));
}

static void
note_goal(const struct plan *p, struct table *table)
{
	const struct plan_goal *goal = &p->goal;

	table_note(table, "plan", "%s%s%s by %s: %s, %" PRId64 " days from %s",
	    goal->currency, *goal->currency ? " " : "",
	    amount_text(p, goal->revenue), day_text(p, goal->last),
	    goal->period, goal->last - goal->first + 1,
	    day_text(p, goal->first));
	for (size_t i = 0; i < p->v->query->assumptions.n; i++)
		table_note(
		    table, "assumed", "%s", p->v->query->assumptions.items[i]);
}

/* The pipeline, which people without --all-columns would have to divide. */
static void
note_pipeline(
    const struct plan *p, const struct plan_view *view, struct table *table)
{
	unsigned start = view->start_rank;
	double needed, value;

	if (!start || start == p->n_ranks || p->v->load.segments.n_by)
		return;
	needed = view->stages[start].needed;
	value = needed * view->amount;
	if (!isnan(value))
		table_note(table, "pipeline",
		    "%.0f at '%s' x %s = %s, %.2f times the target", needed,
		    stage_of_rank(p, start)->name, amount_text(p, view->amount),
		    amount_text(p, value), value / view->target);
}

/* The stages whose day is past: what the target takes there must have been
 * entered already, whatever the gap says. */
static void
note_late(const struct plan *p, struct plan_view view, struct table *table)
{
	struct textbuf names = { .arena = p->v->arena };
	int64_t as_of = zone_day(p->v->load.zone, p->v->load.as_of);

	for (view.k = 1; view.k <= p->n_ranks; view.k++)
		if (plan_needed_by(&view) < (double)as_of)
			textbuf_add(&names, "%s%s", names.n ? ", " : "",
			    stage_of_rank(p, view.k)->name);
	if (names.n && !p->v->load.segments.n_by)
		table_note(table, "late", "needed by a day that is past: %s",
		    textbuf_text(&names));
}

static void
note_window(const struct plan *p, struct table *table)
{
	int64_t first, last;
	char from[WHEN_TEXT];

	when_text(from, p->window.from);
	table_note(table, "trailing",
	    "rates, days and deal size are those of what was decided from %s "
	    "to %s",
	    *from ? from : "the beginning",
	    p->window.to.kind != WHEN_UNKNOWN
		? arena_printf(
		      p->v->arena, "%s, not included", p->v->query->input.to)
		: "as-of");
	if (window_days(p, &first, &last))
		table_note(table, "run_rate",
		    "entries from %s to %s, %" PRId64
		    " days, scaled to the days of the plan",
		    day_text(p, first), day_text(p, last), last - first + 1);
}

static void
note_amount(const struct plan *p, struct table *table)
{
	bool split = p->v->load.segments.n_by > 0;

	if (isnan(p->assumed_amount) && !p->won.mixed)
		table_note(table, "deal_size",
		    "%s of %" PRIu64 " won deals with an amount, of %" PRIu64,
		    p->v->statistic == STATISTIC_MEAN ? "mean" : "median",
		    p->won.sum.known, p->wins);
	if (split)
		table_note(table, "share",
		    "the target is split by the won value of each segment; "
		    "one without a win has no needs here");
	if (!(money_double(p->won.sum) > 0) &&
	    (split || isnan(p->assumed_amount)))
		table_note(table, "no_wins",
		    "no won amount above 0 in the window: say a longer "
		    "--trailing%s",
		    split ? "" : ", or --assume amount=VALUE");
}

/* "Lead, MQL": what lies before the first stage of the data. */
static void
note_unseen(const struct plan *p, struct table *table)
{
	struct textbuf names = { .arena = p->v->arena };

	for (unsigned k = 1; k < first_seen(p); k++)
		textbuf_add(&names, "%s%s", k > 1 ? ", " : "",
		    stage_of_rank(p, k)->name);
	if (names.n)
		table_note(table, "unseen",
		    "no record was ever seen at %s: no rate is known there",
		    textbuf_text(&names));
}

/* Where stages have a rate at all. */
static uint64_t
sum_seen(const struct plan *p, const uint64_t *counts)
{
	uint64_t sum = 0;

	for (unsigned k = first_seen(p); k <= p->n_ranks; k++)
		sum += counts[k];
	return sum;
}

static void
note_plan(const struct plan *p, struct table *table)
{
	note_goal(p, table);
	note_window(p, table);
	note_amount(p, table);
	table_note(table, "rates",
	    "went on / (went on + ended), on the day of either; what is open "
	    "at a stage is undecided and left out");
	table_note(table, "interval",
	    "low and high: all rates at the upper, all at the lower bound of "
	    "their Wilson intervals, confidence %g",
	    p->v->confidence);
	note_unseen(p, table);
	note_count(table, "unstaged", p->unstaged,
	    "ended without a known stage: counted at the first one of their "
	    "kind");
	note_count(table, "undated", sum_seen(p, p->undated),
	    "steps of unknown date, counted as in the window");
	note_count(table, "unplaced", sum_seen(p, p->unplaced),
	    "entries of unknown date, in no run rate");
	note_count(table, "neg_dur", p->negative,
	    "entered the next stage before this one, in no duration");
}

static int
plan_table(struct plan *p, struct table **out, struct fnl_err *err)
{
	void **groups = groups_sorted(&p->groups, p->v->load.store->texts);
	struct plan_view view;
	struct sheet sheet;

	if (new_sheet(p, &sheet, err) < 0)
		return -1;
	note_plan(p, sheet.table);
	for (size_t i = 0; i < p->groups.items.count; i++) {
		view = view_of(p, groups[i]);
		note_pipeline(p, &view, sheet.table);
		note_late(p, view, sheet.table);
		fill_rows(p, &sheet, groups[i], &view);
	}
	velocity_notes(p->v, p->v->walk.records, p->won.mixed, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

int
velocity_plan(struct velocity *v, struct table **out, struct fnl_err *err)
{
	unsigned n_ranks = v->walk.timelines->n_ranks;
	const struct definitions *d = &v->load.definitions;
	struct plan p = { .v = v,
		.n_ranks = n_ranks,
		.assumed_amount = NAN,
		.path = { .mode = MODE_REACHED,
		    .zone = v->load.zone,
		    .n_ranks = n_ranks } };

	if (!n_ranks ||
	    d->stages[v->walk.timelines->stage_of_rank[n_ranks]].outcome !=
		OUTCOME_WON)
		return fail(err, FNL_USAGE,
		    "no stage is won, where a plan begins: give one the "
		    "outcome won");
	p.assumed = arena_array(v->arena, n_ranks + 1, sizeof(*p.assumed));
	if (goal_take(v, &p.goal, err) < 0 ||
	    goal_assume(v, p.assumed, &p.assumed_amount, err) < 0)
		return -1;
	p.window = take_window(v);
	p.groups = groups_new(v->arena, sizeof(struct plan_group),
	    v->load.segments.n_by, PERIOD_NONE, d->fiscal_month, v->load.zone);
	count_records(&p);
	if (check_currency(&p, err) < 0)
		return -1;
	return plan_table(&p, out, err);
}
