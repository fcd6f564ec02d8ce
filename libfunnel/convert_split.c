/*
 * convert_split.c: the report split. Records that entered a step before a
 * date against those after it, both followed equally long: did a new
 * definition of MQL change what it was meant to change (metrics.md 3.1.9)?
 *
 * Rate and volume are of the same records, so that volume x rate is what
 * reaches the stage after: 0.6 x 2 = 1.2 (product.md C13).
 */
#include <math.h>

#include "convert_compare.h"
#include "fieldtime.h"
#include "query.h"
#include "span.h"

enum side { SIDE_BEFORE, SIDE_AFTER, SIDES };

static const char *const side_names[SIDES] = { "before", "after" };

struct split_group {
	struct group_key key; /* first: groups know no more */
	struct share_count sides[SIDES];
};

struct split_row {
	const struct split_group *group;
	struct share_difference difference;
	double q;
};

struct split_run {
	struct comparison x;
	const struct step *step;
	struct window windows[SIDES];
	struct window gap;
	struct span spans[SIDES]; /* as far as records could be followed */
	struct field_time *responses; /* NULL: in no file */
	struct groups groups;
	struct split_group whole; /* of all segments */
	int64_t first; /* day of the first entry that counts */
	uint64_t straddle, outside;
	struct split_row *rows;
	size_t n_rows;
};

/* ---- options ---- */

static int
take_split(const struct convert *c, struct when *split, int64_t *gap,
    struct fnl_err *err)
{
	const struct zone *zone = c->load.zone;

	*gap = 0;
	/* Before the input is read no zone is known: it is only checked. */
	if (!zone && zone_open(c->arena, "UTC", &zone, err) < 0)
		return -1;
	if (query_when("--split", c->query->split, zone, split, err) < 0)
		return -1;
	return c->query->gap ? query_duration("--gap", c->query->gap, gap, err)
			     : 0;
}

int
convert_split_options(struct convert *c, struct fnl_err *err)
{
	static const enum field_id wants[] = { FIELD_FIRST_RESPONSE };
	struct when split;
	int64_t gap;

	if (!c->query->split)
		return fail(err, FNL_USAGE,
		    "--report split compares before and after a date: say "
		    "which with --split 2026-03-01");
	if (take_split(c, &split, &gap, err) < 0)
		return -1;
	c->load.wants = wants;
	c->load.n_wants = sizeof(wants) / sizeof(*wants);
	return compare_options(c, err);
}

/* Whole days after a date are a date. */
static struct when
later(const struct zone *zone, struct when when, int64_t seconds)
{
	if (when.kind == WHEN_DATE && seconds % DAY_SECONDS)
		when =
		    (struct when){ zone_utc(zone, when.seconds), WHEN_INSTANT };
	when.seconds += seconds;
	return when;
}

static bool
is_empty(const struct zone *zone, const struct window *w)
{
	return w->from.kind != WHEN_UNKNOWN && w->to.kind != WHEN_UNKNOWN &&
	       when_compare(zone, w->from, w->to) >= 0;
}

static int
take_windows(struct split_run *run, struct fnl_err *err)
{
	const struct convert *c = run->x.c;
	const struct load *load = &c->load;
	struct when split, resume;
	int64_t gap;

	if (take_split(c, &split, &gap, err) < 0)
		return -1;
	resume = later(load->zone, split, gap);
	run->gap = (struct window){ split, resume };
	run->windows[SIDE_BEFORE] = (struct window){ load->window.from, split };
	run->windows[SIDE_AFTER] = (struct window){ resume, load->window.to };
	if (is_empty(load->zone, &run->windows[SIDE_BEFORE]) ||
	    is_empty(load->zone, &run->windows[SIDE_AFTER]))
		return fail(err, FNL_USAGE,
		    "--split '%s'%s%s leaves no time between --from and --to "
		    "on one of its sides",
		    c->query->split, c->query->gap ? " with --gap " : "",
		    c->query->gap ? c->query->gap : "");
	return compare_horizon_until(&run->x,
	    load->window.to.kind == WHEN_UNKNOWN
		? SPAN_AFTER_ALL
		: span_key(load->zone, load->window.to),
	    err);
}

/* Only where a file says it, does the follow-up have an answer. */
static int
take_responses(struct split_run *run, struct fnl_err *err)
{
	struct load *load = &run->x.c->load;
	size_t attribute = load->want_attribute[0];

	if (!load_has_column(load, attribute))
		return 0;
	return field_time_new(load, fields[FIELD_FIRST_RESPONSE].name,
	    attribute, &run->responses, err);
}

/* ---- counting ---- */

static bool
is_answered(const struct split_run *run, struct when entry)
{
	struct walk *walk = &run->x.c->walk;

	return run->responses &&
	       path_within(run->x.c->load.zone, entry,
		   field_time_of(run->responses, walk->record), run->x.horizon);
}

static void
count_passage(struct split_run *run, enum side side, const struct passage *p)
{
	struct comparison *x = &run->x;
	bool is_new, answered = is_answered(run, p->entry);
	struct split_group *group =
	    groups_at(&run->groups, x->c->walk.by, p->entry, &is_new);
	int64_t day =
	    floor_div(span_key(x->c->load.zone, p->entry), DAY_SECONDS) *
	    DAY_SECONDS;

	compare_count(x, p, &group->sides[side]);
	compare_count(x, p, &run->whole.sides[side]);
	group->sides[side].answered += answered;
	run->whole.sides[side].answered += answered;
	if (day < run->first)
		run->first = day;
	x->stands = true;
}

static void
count_record(struct split_run *run, const struct reach *reach)
{
	struct comparison *x = &run->x;
	const struct zone *zone = x->c->load.zone;
	struct passage p;
	int side = SIDE_BEFORE;

	if (!compare_passage(x, run->step, reach, &p))
		return;
	if (p.entry.kind == WHEN_UNKNOWN) {
		x->lacks_date = true;
		return;
	}
	if (window_holds(zone, &run->gap, p.entry)) {
		run->straddle++;
		return;
	}
	while (
	    side < SIDES && !window_holds(zone, &run->windows[side], p.entry))
		side++;
	if (side == SIDES)
		run->outside++;
	else if (p.followed)
		count_passage(run, (enum side)side, &p);
	else
		x->lacks_follow_up = true;
}

static void
count_records(struct split_run *run)
{
	struct convert *c = run->x.c;
	struct reach reach;

	run->groups = groups_new(c->arena, sizeof(struct split_group),
	    c->load.segments.n_by, PERIOD_NONE,
	    c->load.definitions.fiscal_month, c->load.zone);
	run->whole.key =
	    (struct group_key){ compare_all_segments(&run->x), true, 0 };
	run->first = SPAN_AFTER_ALL;
	while (compare_next(&run->x, &reach))
		count_record(run, &reach);
}

/* The side before begins with --from, else on the day of the first entry; the
 * side after ends where nobody could be followed any more. */
static void
take_spans(struct split_run *run)
{
	const struct load *load = &run->x.c->load;
	int64_t known = span_end_of_knowledge(load);
	int64_t followed =
	    known == SPAN_AFTER_ALL ? SPAN_BEFORE_ALL : known - run->x.horizon;

	for (int i = 0; i < SIDES; i++) {
		const struct window *w = &run->windows[i];
		struct span *span = &run->spans[i];

		span->from = w->from.kind == WHEN_UNKNOWN
				 ? run->first
				 : span_key(load->zone, w->from);
		span->to = w->to.kind == WHEN_UNKNOWN
			       ? followed
			       : span_key(load->zone, w->to);
		if (span->to > followed)
			span->to = followed;
	}
}

/* ---- rows ---- */

static void
make_row(struct split_run *run, const struct split_group *group)
{
	run->rows[run->n_rows++] = (struct split_row){ group,
		share_compare(&group->sides[SIDE_AFTER],
		    &group->sides[SIDE_BEFORE], run->x.c->confidence),
		NAN };
}

static void
make_rows(struct split_run *run)
{
	const struct convert *c = run->x.c;
	void **sorted = groups_sorted(&run->groups, c->load.store->texts);
	size_t n = c->load.segments.n_by ? run->groups.items.count : 0;
	double *p = arena_array(c->arena, n + 1, sizeof(*p));

	run->rows = arena_array(c->arena, n + 1, sizeof(*run->rows));
	make_row(run, &run->whole);
	for (size_t i = 0; i < n; i++)
		make_row(run, sorted[i]);
	for (size_t i = 0; i < run->n_rows; i++)
		p[i] = run->rows[i].difference.p;
	compare_adjust(&run->x, p, p, run->n_rows);
	for (size_t i = 0; i < run->n_rows; i++)
		run->rows[i].q = p[i];
}

/* ---- table ---- */

static const struct column split_column = { "split", "Side", UNIT_TEXT, FOR_ALL,
	"Whether they entered before or after --split." };

#define KEYS 2 /* step, split */

static int
new_sheet(const struct split_run *run, struct sheet *sheet, struct fnl_err *err)
{
	const struct convert *c = run->x.c;
	const struct column **columns =
	    arena_array(c->arena, n_split_metrics + KEYS, sizeof(*columns));
	struct cell context[COMPARE_CONTEXT];
	struct sheet_plan plan = { .title = "Before and after",
		.period = PERIOD_NONE,
		.columns = columns,
		.n_columns = n_split_metrics + KEYS,
		.n_keys = KEYS,
		.context = compare_context,
		.context_cells = context,
		.n_context = COMPARE_CONTEXT };

	compare_context_cells(&run->x, context);
	columns[0] = compare_step_column(&run->x);
	columns[1] = &split_column;
	for (size_t i = 0; i < n_split_metrics; i++)
		columns[KEYS + i] = &split_metrics[i].column;
	return convert_sheet(c, plan, sheet, err);
}

static double
days_of(const struct split_run *run, enum side side)
{
	const struct span *span = &run->spans[side];

	if (span->from >= span->to)
		return NAN;
	return (double)(span->to - span->from) / DAY_SECONDS;
}

static void
fill_row(const struct split_run *run, struct sheet *sheet,
    const struct split_row *row, enum side side)
{
	const struct convert *c = run->x.c;
	struct compare_view view = {
		.own = &row->group->sides[side],
		.whole = &run->whole.sides[side],
		.difference = share_compare(NULL, NULL, c->confidence),
		.q = NAN,
		.rank = NAN,
		.days = days_of(run, side),
		.other_days = days_of(run, SIDE_BEFORE),
		.answers_known = run->responses != NULL,
		.method = c->interval,
		.confidence = c->confidence,
	};

	if (side == SIDE_AFTER) {
		view.other = &row->group->sides[SIDE_BEFORE];
		view.difference = row->difference;
		view.q = row->q;
	}
	sheet_row(sheet, &row->group->key);
	sheet_cell(sheet, 0, cell_optional(run->step->name));
	sheet_cell(sheet, 1, cell_optional(side_names[side]));
	compare_fill(sheet, KEYS, split_metrics, n_split_metrics, &view);
}

static const char *
span_text(const struct split_run *run, enum side side)
{
	char from[WHEN_TEXT], to[WHEN_TEXT];
	const struct span *span = &run->spans[side];

	if (span->from >= span->to)
		return "nothing";
	when_text(from, (struct when){ span->from, WHEN_DATE });
	when_text(to, (struct when){ span->to - 1, WHEN_DATE });
	return arena_printf(run->x.c->arena, "%s to %s", from, to);
}

static void
note_split(const struct split_run *run, struct table *table)
{
	table_note(table, "split",
	    "before %s, after %s, the days included; what is compared stands "
	    "on the row after",
	    span_text(run, SIDE_BEFORE), span_text(run, SIDE_AFTER));
	note_count(table, "straddle", run->straddle,
	    "records that entered in the gap, dropped");
	note_count(table, "outside", run->outside,
	    "records that entered outside --from and --to");
	if (!run->responses)
		table_note(table, "follow_up",
		    "unknown: no input has a first response (--map "
		    "first_response=COLUMN)");
	else
		note_count(table, "unread", field_time_unread(run->responses),
		    "cells of the first response that are no date");
}

int
convert_split(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct split_run run = { .n_rows = 0 };
	struct sheet sheet;

	if (compare_start_one(&run.x, c, err) < 0 ||
	    take_windows(&run, err) < 0 || take_responses(&run, err) < 0)
		return -1;
	run.step = &run.x.steps[0];
	count_records(&run);
	take_spans(&run);
	make_rows(&run);
	if (new_sheet(&run, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < run.n_rows; i++)
		for (int side = SIDE_BEFORE; side < SIDES; side++)
			fill_row(&run, &sheet, &run.rows[i], (enum side)side);
	note_split(&run, sheet.table);
	compare_notes(&run.x, compare_interval_name(&run.x), sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
