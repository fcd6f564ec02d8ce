/*
 * convert_segments.c: the report segments. Each segment of a step against the
 * rest of them, tested, the tests corrected for their number, so that nobody
 * rewards or blames a segment for chance (metrics.md 3.5.2, 3.5.5).
 */
#include <math.h>
#include <stdlib.h>

#include "convert_compare.h"

struct segment_group {
	struct group_key key; /* first: groups know no more */
	struct share_count *steps; /* [n_steps] */
	const struct segment_group *whole; /* all segments of the period */
};

struct segment_row {
	const struct segment_group *group;
	size_t step;
	struct share_count rest;
	struct share_difference difference;
	double rate, q;
	unsigned rank; /* 0: it has no rate */
};

struct segment_run {
	struct comparison x;
	struct groups groups; /* by segment and period */
	struct groups wholes; /* by period */
	struct segment_row *rows; /* by step, then in the order of groups */
	size_t n_rows;
};

int
convert_segments_options(struct convert *c, struct fnl_err *err)
{
	if (!c->query->input.by.n)
		return fail(err, FNL_USAGE,
		    "--report segments compares the groups of --by: say which, "
		    "such as --by source");
	return compare_options(c, err);
}

/* ---- counting ---- */

static struct segment_group *
group_at(struct segment_run *run, struct groups *groups, const uint32_t *by,
    struct when when)
{
	bool is_new;
	struct segment_group *group = groups_at(groups, by, when, &is_new);

	if (is_new)
		group->steps = arena_array(
		    run->x.c->arena, run->x.n_steps, sizeof(*group->steps));
	return group;
}

static bool
in_cohort(struct comparison *x, const struct passage *p)
{
	const struct load *load = &x->c->load;

	if (!window_holds(load->zone, &load->window, p->entry)) {
		x->lacks_date |= p->entry.kind == WHEN_UNKNOWN;
		return false;
	}
	if (!p->followed) {
		x->lacks_date |= p->entry.kind == WHEN_UNKNOWN;
		x->lacks_follow_up |= p->entry.kind != WHEN_UNKNOWN;
	}
	return p->followed;
}

static void
count_record(struct segment_run *run, const struct reach *reach)
{
	struct comparison *x = &run->x;

	for (size_t i = 0; i < x->n_steps; i++) {
		struct segment_group *group, *whole;
		struct passage p;

		if (!compare_passage(x, &x->steps[i], reach, &p) ||
		    !in_cohort(x, &p))
			continue;
		group = group_at(run, &run->groups, x->c->walk.by, p.entry);
		whole = group_at(run, &run->wholes, NULL, p.entry);
		group->whole = whole;
		compare_count(x, &p, &group->steps[i]);
		compare_count(x, &p, &whole->steps[i]);
		x->stands = true;
	}
}

static void
count_records(struct segment_run *run)
{
	struct convert *c = run->x.c;
	struct reach reach;

	run->groups = groups_new(c->arena, sizeof(struct segment_group),
	    c->load.segments.n_by, c->load.period,
	    c->load.definitions.fiscal_month, c->load.zone);
	run->wholes = groups_new(c->arena, sizeof(struct segment_group), 0,
	    c->load.period, c->load.definitions.fiscal_month, c->load.zone);
	while (compare_next(&run->x, &reach))
		count_record(run, &reach);
}

/* ---- rows ---- */

static void
make_row(
    struct segment_run *run, const struct segment_group *group, size_t step)
{
	const struct share_count *own = &group->steps[step];
	const struct share_count *whole = &group->whole->steps[step];
	struct segment_row *row = &run->rows[run->n_rows++];

	*row = (struct segment_row){ .group = group,
		.step = step,
		.rest = { .entered = whole->entered - own->entered,
		    .converted = whole->converted - own->converted },
		.rate =
		    stats_ratio((double)own->converted, (double)own->entered) };
	row->difference = share_compare(own, &row->rest, run->x.c->confidence);
}

/* By period, then the highest rate first; without a rate last. */
static int
compare_rates(const void *pa, const void *pb)
{
	const struct segment_row *a = *(struct segment_row *const *)pa;
	const struct segment_row *b = *(struct segment_row *const *)pb;
	const struct group_key *ka = &a->group->key, *kb = &b->group->key;

	if (ka->dated != kb->dated)
		return ka->dated ? -1 : 1;
	if (ka->period != kb->period)
		return ka->period < kb->period ? -1 : 1;
	if (isnan(a->rate) || isnan(b->rate))
		return isnan(a->rate) - isnan(b->rate);
	return (a->rate < b->rate) - (a->rate > b->rate);
}

/* Equal rates share the best of their places. */
static void
rank_rows(struct segment_run *run, size_t first, size_t n)
{
	struct segment_row **sorted =
	    arena_grow(run->x.c->arena, NULL, (n + 1) * sizeof(*sorted));
	unsigned place = 0, rank = 0;

	for (size_t i = 0; i < n; i++)
		sorted[i] = &run->rows[first + i];
	qsort(sorted, n, sizeof(struct segment_row *), compare_rates);
	for (size_t i = 0; i < n; i++) {
		struct segment_row *row = sorted[i];

		if (!i || sorted[i - 1]->group->whole != row->group->whole)
			place = 0;
		if (isnan(row->rate))
			continue;
		if (++place == 1 || sorted[i - 1]->rate > row->rate)
			rank = place;
		row->rank = rank;
	}
	arena_drop(run->x.c->arena, sorted);
}

static void
adjust_rows(struct segment_run *run)
{
	struct arena *arena = run->x.c->arena;
	double *p = arena_array(arena, run->n_rows + 1, sizeof(*p));

	for (size_t i = 0; i < run->n_rows; i++)
		p[i] = run->rows[i].difference.p;
	compare_adjust(&run->x, p, p, run->n_rows);
	for (size_t i = 0; i < run->n_rows; i++)
		run->rows[i].q = p[i];
}

static void
make_rows(struct segment_run *run)
{
	const struct convert *c = run->x.c;
	void **sorted = groups_sorted(&run->groups, c->load.store->texts);
	size_t n = run->groups.items.count;

	run->rows =
	    arena_array(c->arena, n * run->x.n_steps + 1, sizeof(*run->rows));
	for (size_t i = 0; i < run->x.n_steps; i++) {
		for (size_t j = 0; j < n; j++)
			make_row(run, sorted[j], i);
		rank_rows(run, i * n, n);
	}
	adjust_rows(run);
}

/* ---- table ---- */

static int
new_sheet(
    const struct segment_run *run, struct sheet *sheet, struct fnl_err *err)
{
	const struct convert *c = run->x.c;
	const struct column **columns =
	    arena_array(c->arena, n_segment_metrics + 1, sizeof(*columns));
	struct cell context[COMPARE_CONTEXT];
	struct sheet_plan plan = { .title = "Segments against the rest",
		.period = c->load.period,
		.columns = columns,
		.n_columns = n_segment_metrics + 1,
		.n_keys = 1,
		.context = compare_context,
		.context_cells = context,
		.n_context = COMPARE_CONTEXT };

	compare_context_cells(&run->x, context);
	columns[0] = compare_step_column(&run->x);
	for (size_t i = 0; i < n_segment_metrics; i++)
		columns[i + 1] = &segment_metrics[i].column;
	return convert_sheet(c, plan, sheet, err);
}

static void
fill_row(const struct segment_run *run, struct sheet *sheet,
    const struct segment_row *row)
{
	const struct convert *c = run->x.c;
	struct compare_view view = {
		.own = &row->group->steps[row->step],
		.other = &row->rest,
		.whole = &row->group->whole->steps[row->step],
		.difference = row->difference,
		.q = row->q,
		.rank = row->rank ? (double)row->rank : NAN,
		.days = NAN,
		.other_days = NAN,
		.method = c->interval,
		.confidence = c->confidence,
	};

	sheet_row(sheet, &row->group->key);
	sheet_cell(sheet, 0, cell_optional(run->x.steps[row->step].name));
	compare_fill(sheet, 1, segment_metrics, n_segment_metrics, &view);
}

int
convert_segments(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct segment_run run = { .n_rows = 0 };
	struct sheet sheet;

	if (compare_start(&run.x, c, err) < 0)
		return -1;
	count_records(&run);
	make_rows(&run);
	if (new_sheet(&run, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < run.n_rows; i++)
		fill_row(&run, &sheet, &run.rows[i]);
	compare_notes(&run.x, compare_interval_name(&run.x), sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
