/*
 * convert_change.c: the report change. The rate of a step in two windows, and
 * what its change is made of (metrics.md 3.1.10): other segments, other rates
 * of theirs, or only less time to convert.
 *
 * The window after is --from to --to, the one before as long and right before
 * it, unless --before says another. What a change of definitions adds would
 * be one more part in decompose.h, from a second run over the same records.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "convert_compare.h"
#include "metric_change.h"
#include "query.h"
#include "span.h"

struct change_group {
	struct group_key key; /* first: groups know no more */
	struct segment_counts *steps; /* [n_steps] */
};

/* A segment of a step, or the whole. */
struct change_row {
	struct group_key key;
	size_t step;
	const struct window_counts *own, *whole; /* [WINDOWS] */
	struct effects effects;
	struct share_difference test;
	double q, rank;
	bool is_whole, is_simpson;
};

struct change_run {
	struct comparison x;
	struct window windows[WINDOWS];
	struct groups groups;
	const uint32_t *all_segments;
	struct change_row *rows;
	size_t n_rows;
};

/* ---- options ---- */

static int
take_before(const struct convert *c, struct window *out, struct fnl_err *err)
{
	const char *text = c->query->before, *dots;
	const struct zone *zone = c->load.zone;

	*out = (struct window){ { 0, WHEN_UNKNOWN }, { 0, WHEN_UNKNOWN } };
	if (!text)
		return 0;
	dots = strstr(text, "..");
	if (!dots)
		return fail(err, FNL_USAGE,
		    "--before: '%s' is not FROM..TO, such as "
		    "2026-01-01..2026-02-01",
		    text);
	/* Before the input is read no zone is known: it is only checked. */
	if (!zone && zone_open(c->arena, "UTC", &zone, err) < 0)
		return -1;
	if (query_when("--before",
		arena_text(
		    c->arena, (struct slice){ text, (size_t)(dots - text) }),
		zone, &out->from, err) < 0 ||
	    query_when("--before", dots + 2, zone, &out->to, err) < 0)
		return -1;
	if (when_compare(zone, out->from, out->to) >= 0)
		return fail(err, FNL_USAGE,
		    "--before: '%s' ends before it "
		    "begins",
		    text);
	return 0;
}

int
convert_change_options(struct convert *c, struct fnl_err *err)
{
	const struct fnl_input *in = &c->query->input;
	struct window before;

	if (!in->from || !in->to)
		return fail(err, FNL_USAGE,
		    "--report change explains a window against the one before "
		    "it: say which with --from and --to");
	if (take_before(c, &before, err) < 0)
		return -1;
	return compare_options(c, err);
}

/* As long as the window, right before it. */
static struct window
window_before(const struct zone *zone, struct window window)
{
	struct window before;

	if (window.from.kind != window.to.kind) {
		struct when *date =
		    window.from.kind == WHEN_DATE ? &window.from : &window.to;

		*date = (struct when){ zone_utc(zone, date->seconds),
			WHEN_INSTANT };
	}
	before = (struct window){ window.from, window.from };
	before.from.seconds -= window.to.seconds - window.from.seconds;
	return before;
}

static int
take_windows(struct change_run *run, struct fnl_err *err)
{
	const struct convert *c = run->x.c;
	const struct load *load = &c->load;
	struct window *before = &run->windows[WINDOW_BEFORE];
	struct window *after = &run->windows[WINDOW_AFTER];

	*after = load->window;
	if (take_before(c, before, err) < 0)
		return -1;
	if (!c->query->before)
		*before = window_before(load->zone, *after);
	if (when_compare(load->zone, before->to, after->from) > 0 &&
	    when_compare(load->zone, after->to, before->from) > 0)
		return fail(err, FNL_USAGE,
		    "--before '%s' overlaps --from and --to", c->query->before);
	return compare_horizon_until(&run->x,
	    span_key(
		load->zone, when_compare(load->zone, before->to, after->to) > 0
				? before->to
				: after->to),
	    err);
}

/* ---- counting ---- */

static void
add_passage(struct window_counts *counts, const struct passage *p)
{
	counts->entered++;
	counts->converted += p->converted;
	counts->followed += p->followed;
	counts->followed_converted += p->followed && p->converted;
	counts->in_time += p->in_time;
}

static void
count_passage(struct change_run *run, size_t step, const struct passage *p)
{
	struct comparison *x = &run->x;
	const struct zone *zone = x->c->load.zone;
	struct change_group *group;
	unsigned window = 0;
	bool is_new;

	if (p->entry.kind == WHEN_UNKNOWN) {
		x->lacks_date = true;
		return;
	}
	while (window < WINDOWS &&
	       !window_holds(zone, &run->windows[window], p->entry))
		window++;
	if (window == WINDOWS)
		return;
	group = groups_at(&run->groups, x->c->walk.by, p->entry, &is_new);
	if (is_new)
		group->steps =
		    arena_array(x->c->arena, x->n_steps, sizeof(*group->steps));
	add_passage(&group->steps[step].window[window], p);
	x->lacks_follow_up |= !p->followed;
	x->stands = true;
}

static void
count_records(struct change_run *run)
{
	struct comparison *x = &run->x;
	struct convert *c = x->c;
	struct reach reach;

	run->groups = groups_new(c->arena, sizeof(struct change_group),
	    c->load.segments.n_by, PERIOD_NONE,
	    c->load.definitions.fiscal_month, c->load.zone);
	run->all_segments = compare_all_segments(x);
	while (compare_next(x, &reach))
		for (size_t i = 0; i < x->n_steps; i++) {
			struct passage p;

			if (compare_passage(x, &x->steps[i], &reach, &p))
				count_passage(run, i, &p);
		}
}

/* ---- rows ---- */

/* The change that a segment adds, whatever its sign, times the entered of both
 * windows: whole numbers, so that equal changes are equal. */
static double
size_of(const struct change_row *row)
{
	const struct window_counts *own = row->own, *whole = row->whole;

	return fabs((double)own[WINDOW_AFTER].converted *
			(double)whole[WINDOW_BEFORE].entered -
		    (double)own[WINDOW_BEFORE].converted *
			(double)whole[WINDOW_AFTER].entered);
}

/* The largest change first. Equal ones keep the order of their segments: that
 * of the array. */
static int
compare_changes(const void *pa, const void *pb)
{
	const struct change_row *a = *(struct change_row *const *)pa;
	const struct change_row *b = *(struct change_row *const *)pb;
	double x = size_of(a), y = size_of(b);

	if (x != y)
		return x < y ? 1 : -1;
	return (a > b) - (a < b);
}

static void
rank_rows(struct arena *arena, struct change_row *rows, size_t n)
{
	struct change_row **sorted = arena_array(arena, n + 1, sizeof(*sorted));
	struct change_row *copy = arena_array(arena, n + 1, sizeof(*copy));

	for (size_t i = 0; i < n; i++)
		sorted[i] = &rows[i];
	qsort(sorted, n, sizeof(struct change_row *), compare_changes);
	for (size_t i = 0; i < n; i++) {
		copy[i] = *sorted[i];
		copy[i].rank = (double)i + 1;
		if (i && size_of(&copy[i]) == size_of(&copy[i - 1]))
			copy[i].rank = copy[i - 1].rank;
		if (isnan(copy[i].effects.change.value))
			copy[i].rank = NAN;
	}
	memcpy(rows, copy, n * sizeof(*rows));
}

/* The segments that entered the step in one of the windows. */
static size_t
take_segments(const struct change_run *run, void *const *sorted, size_t step,
    struct segment_counts *counts, struct change_row *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < run->groups.items.count; i++) {
		const struct change_group *group = sorted[i];
		const struct segment_counts *own = &group->steps[step];

		if (!own->window[WINDOW_BEFORE].entered &&
		    !own->window[WINDOW_AFTER].entered)
			continue;
		counts[n] = *own;
		rows[n++] = (struct change_row){ .key = group->key,
			.own = own->window };
	}
	return n;
}

static void
finish_row(const struct change_run *run, struct change_row *row, size_t step,
    const struct effects *effects, const struct window_counts *whole)
{
	row->step = step;
	row->whole = whole;
	row->effects = *effects;
	row->test = change_test(row->own, run->x.c->confidence);
}

/* The whole, then its segments. */
static void
make_step(struct change_run *run, void *const *sorted, size_t step)
{
	const struct convert *c = run->x.c;
	size_t most = run->groups.items.count + 1, n;
	struct segment_counts *counts =
	    arena_array(c->arena, most, sizeof(*counts));
	struct effects *effects = arena_array(c->arena, most, sizeof(*effects));
	struct change_row *row = &run->rows[run->n_rows];
	struct window_counts *whole =
	    arena_array(c->arena, WINDOWS, sizeof(*whole));
	struct effects of_whole;

	n = take_segments(run, sorted, step, counts, row + 1);
	decompose(c->arena, counts, n, c->confidence, effects, &of_whole);
	for (unsigned i = 0; i < WINDOWS; i++)
		whole[i] = window_counts_sum(counts, n, i);
	*row = (struct change_row){ .key = { run->all_segments, true, 0 },
		.own = whole,
		.rank = NAN,
		.is_whole = true,
		.is_simpson = decompose_is_simpson(counts, n) };
	finish_row(run, row, step, &of_whole, whole);
	for (size_t i = 0; i < n; i++)
		finish_row(run, &row[1 + i], step, &effects[i], whole);
	rank_rows(c->arena, row + 1, n);
	run->n_rows += 1 + (c->load.segments.n_by ? n : 0);
}

static void
make_rows(struct change_run *run)
{
	const struct convert *c = run->x.c;
	void **sorted = groups_sorted(&run->groups, c->load.store->texts);
	size_t most = run->x.n_steps * (run->groups.items.count + 1);
	double *p;

	run->rows = arena_array(c->arena, most + 1, sizeof(*run->rows));
	for (size_t i = 0; i < run->x.n_steps; i++)
		make_step(run, sorted, i);
	p = arena_array(c->arena, run->n_rows + 1, sizeof(*p));
	for (size_t i = 0; i < run->n_rows; i++)
		p[i] = run->rows[i].test.p;
	compare_adjust(&run->x, p, p, run->n_rows);
	for (size_t i = 0; i < run->n_rows; i++)
		run->rows[i].q = p[i];
}

/* ---- table ---- */

static int
new_sheet(
    const struct change_run *run, struct sheet *sheet, struct fnl_err *err)
{
	const struct convert *c = run->x.c;
	const struct column **columns =
	    arena_array(c->arena, n_change_metrics + 1, sizeof(*columns));
	struct cell context[COMPARE_CONTEXT];
	struct sheet_plan plan = { .title = "Why the rate changed",
		.period = PERIOD_NONE,
		.columns = columns,
		.n_columns = n_change_metrics + 1,
		.n_keys = 1,
		.context = compare_context,
		.context_cells = context,
		.n_context = COMPARE_CONTEXT };

	compare_context_cells(&run->x, context);
	columns[0] = compare_step_column(&run->x);
	for (size_t i = 0; i < n_change_metrics; i++)
		columns[i + 1] = &change_metrics[i].column;
	return convert_sheet(c, plan, sheet, err);
}

static void
fill_row(const struct change_run *run, struct sheet *sheet,
    const struct change_row *row)
{
	struct change_view view = { row->own, row->whole, &row->effects,
		row->test, row->q, row->rank, row->is_whole, row->is_simpson };

	sheet_row(sheet, &row->key);
	sheet_cell(sheet, 0, cell_optional(run->x.steps[row->step].name));
	for (size_t i = 0; i < n_change_metrics; i++)
		sheet_cell(sheet, i + 1,
		    cell_of_number(change_metrics[i].value(&view),
			change_metrics[i].column.unit));
}

static void
note_change(const struct change_run *run, struct table *table)
{
	char ends[WINDOWS][2][WHEN_TEXT];

	for (int i = 0; i < WINDOWS; i++) {
		when_text(ends[i][0], run->windows[i].from);
		when_text(ends[i][1], run->windows[i].to);
	}
	table_note(table, "windows",
	    "before: from %s to %s; after: from %s to %s; the ends not "
	    "included",
	    ends[0][0], ends[0][1], ends[1][0], ends[1][1]);
	table_note(table, "change",
	    "mix + rate + maturity = change of the naive rate; mix and rate "
	    "of what was followed for %s, and within it",
	    run->x.horizon_text);
	if (!run->x.c->load.segments.n_by)
		table_note(table, "mix",
		    "without --by there are no segments, and no mix");
}

int
convert_change(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct change_run run = { .n_rows = 0 };
	struct sheet sheet;

	if (compare_start(&run.x, c, err) < 0 || take_windows(&run, err) < 0)
		return -1;
	count_records(&run);
	make_rows(&run);
	if (new_sheet(&run, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < run.n_rows; i++)
		fill_row(&run, &sheet, &run.rows[i]);
	note_change(&run, sheet.table);
	compare_notes(&run.x, "delta method", sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
