/*
 * convert_change.c: the report change. The rate of a step in two windows, and
 * what its change is made of (metrics.md 3.1.10): other segments, other rates
 * of theirs, or only less time to convert.
 *
 * The window after is --from to --to, the one before as long and right before
 * it, unless --before says another.
 *
 * With --against each record is judged under two files (replay.h), and counts
 * at a stage of a file only if it passes the rule there, at both ends of a
 * step. The rate before is by the old file, the rate after by the new one. What
 * happened between the windows, other segments, other rates, less time, is by
 * the old file in both, with its segments; what the new file makes of the
 * window after is the definition.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "convert_compare.h"
#include "convert_replay.h"
#include "metric_change.h"
#include "query.h"
#include "span.h"

/* Of a segment, or of the whole, at a step. */
struct change_counts {
	struct segment_counts counts; /* under the old file, if there are two */
	/* With --against: */
	struct window_counts now; /* after, under the new file */
	struct overlap overlap;
};

struct change_group {
	struct group_key key; /* first: groups know no more */
	struct change_counts *steps; /* [n_steps] */
};

/* A segment of a step, or the whole. */
struct change_row {
	struct group_key key;
	size_t step;
	const struct change_counts *own, *whole;
	struct effects effects;
	struct share_difference test;
	double q, rank;
	bool is_whole, is_simpson;
};

struct change_run {
	struct comparison x;
	struct window windows[WINDOWS];
	struct replay *replay; /* with --against, else NULL */
	struct step *old_steps; /* with it: x.steps in the old file's ranks */
	struct textbuf left_out; /* steps that the old file does not have */
	struct groups groups;
	struct overlap *overlaps; /* with it: of the whole, by step */
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

/* Only rules look at touches, and only definitions that are compared at rules.
 */
static int
no_touches(const struct convert *c, struct fnl_err *err)
{
	const struct fnl_convert_query *q = c->query;

	if (!q->touches.n && !q->join && !q->touch_date)
		return 0;
	return fail(err, FNL_USAGE,
	    "%s: --report change judges by rules only with --against, the old "
	    "definitions",
	    q->touches.n ? "--touches"
	    : q->join    ? "--join"
			 : "--touch-date");
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
	if (take_before(c, &before, err) < 0 || compare_options(c, err) < 0)
		return -1;
	return c->query->against ? convert_replay_inputs(c, err)
				 : no_touches(c, err);
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

/* ---- steps of two files ---- */

/* A stage of the new file in the old one: its rank, 0 for none. */
static unsigned
old_rank(const struct replay *r, unsigned rank)
{
	for (size_t i = 0; i < r->n_pairs; i++)
		if (r->pairs[i].rank[REPLAY_AFTER] == rank)
			return r->pairs[i].rank[REPLAY_BEFORE];
	return 0;
}

/* Keeps the steps that both files have, in this direction. */
static int
pair_steps(struct change_run *run, struct fnl_err *err)
{
	struct comparison *x = &run->x;
	size_t n = 0;

	run->left_out = (struct textbuf){ .arena = x->c->arena };
	run->old_steps =
	    arena_array(x->c->arena, x->n_steps + 1, sizeof(*run->old_steps));
	for (size_t i = 0; i < x->n_steps; i++) {
		struct step old = { old_rank(run->replay, x->steps[i].from),
			old_rank(run->replay, x->steps[i].to),
			x->steps[i].name };

		if (!old.from || old.from >= old.to) {
			textbuf_add(&run->left_out, "%s'%s'",
			    run->left_out.n ? ", " : "", old.name);
			continue;
		}
		run->old_steps[n] = old;
		x->steps[n++] = x->steps[i];
	}
	x->n_steps = n;
	if (n)
		return 0;
	return x->c->query->step
		   ? fail(err, FNL_DATA,
			 "--step: the definitions of --against do not lead "
			 "from one stage of '%s' to the other, by these names "
			 "or aliases",
			 x->c->query->step)
		   : fail(err, FNL_DATA,
			 "the definitions of --against have no step in common "
			 "with the new ones");
}

static int
start_replay(struct change_run *run, struct convert *c, struct fnl_err *err)
{
	if (!c->query->against)
		return 0;
	run->replay = arena_alloc(c->arena, sizeof(*run->replay));
	return convert_replay_start(c, run->replay, err);
}

static int
start_steps(struct change_run *run, struct convert *c, struct fnl_err *err)
{
	if (compare_start(&run->x, c, err) < 0)
		return -1;
	return run->replay ? pair_steps(run, err) : 0;
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

/* The window that a passage stands in; WINDOWS: none. */
static unsigned
window_of(struct change_run *run, const struct passage *p)
{
	struct comparison *x = &run->x;
	unsigned window = 0;

	if (p->entry.kind == WHEN_UNKNOWN) {
		x->lacks_date = true;
		return WINDOWS;
	}
	while (window < WINDOWS && !window_holds(x->walk->load->zone,
				       &run->windows[window], p->entry))
		window++;
	return window;
}

static struct change_counts *
counts_at(struct change_run *run, const uint32_t *by, size_t step)
{
	struct when any = { 0, WHEN_UNKNOWN };
	bool is_new;
	struct change_group *group = groups_at(&run->groups, by, any, &is_new);

	if (is_new)
		group->steps = arena_array(
		    run->x.c->arena, run->x.n_steps, sizeof(*group->steps));
	return &group->steps[step];
}

static void
count_passage(struct change_run *run, size_t step, const struct passage *p)
{
	struct comparison *x = &run->x;
	unsigned window = window_of(run, p);

	if (window == WINDOWS)
		return;
	add_passage(
	    &counts_at(run, x->walk->by, step)->counts.window[window], p);
	x->lacks_follow_up |= !p->followed;
	x->stands = true;
}

static void
count_walk(struct change_run *run)
{
	struct comparison *x = &run->x;
	struct reach reach;

	while (compare_next(x, &reach))
		for (size_t i = 0; i < x->n_steps; i++) {
			struct passage p;

			if (compare_passage(x, &x->steps[i], &reach, &p))
				count_passage(run, i, &p);
		}
}

/* A record under one of two files. */
struct judged {
	const struct step *steps;
	struct walk *walk;
	struct reach reach; /* of what passes the rules */
	uint32_t by[SEGMENTS_MAX];
};

static struct judged
judge(struct change_run *run, int file)
{
	struct replay_file *f = &run->replay->files[file];
	struct judged j = { .steps = file == REPLAY_BEFORE ? run->old_steps
							   : run->x.steps,
		.walk = &f->walk };

	if (!f->present)
		return j;
	j.reach = f->reach;
	j.reach.counted = replay_counted(f);
	replay_segments(run->replay, file, j.by);
	return j;
}

/* How it stands at a step, and where it is counted, or NULL. */
static enum stand
count_judged(struct change_run *run, const struct judged *j, int file,
    size_t step, struct change_counts **counts)
{
	static const enum stand stands[WINDOWS][2] = {
		{ STAND_BEFORE, STAND_BEFORE_CONVERTED },
		{ STAND_AFTER, STAND_AFTER_CONVERTED },
	};
	struct comparison *x = &run->x;
	struct passage p;
	unsigned window = WINDOWS;

	x->walk = j->walk;
	*counts = NULL;
	if (compare_passage(x, &j->steps[step], &j->reach, &p))
		window = window_of(run, &p);
	if (window == WINDOWS || (file == REPLAY_AFTER && !window))
		return STAND_OUT;
	*counts = counts_at(run, j->by, step);
	if (file == REPLAY_AFTER) {
		add_passage(&(*counts)->now, &p);
	} else {
		add_passage(&(*counts)->counts.window[window], &p);
		x->lacks_follow_up |= !p.followed;
	}
	x->stands = true;
	return stands[window][p.converted];
}

static void
count_both(struct change_run *run, const struct judged *old,
    const struct judged *new, size_t step)
{
	struct change_counts *in_old, *in_new;
	enum stand before =
	    count_judged(run, old, REPLAY_BEFORE, step, &in_old);
	enum stand after = count_judged(run, new, REPLAY_AFTER, step, &in_new);

	if (before == STAND_OUT && after == STAND_OUT)
		return;
	run->overlaps[step].n[before][after]++;
	if (in_old == in_new) {
		in_old->overlap.n[before][after]++;
		return;
	}
	if (in_old)
		in_old->overlap.n[before][stand_entered(after)]++;
	if (in_new)
		in_new->overlap.n[stand_entered(before)][after]++;
}

static void
count_replayed(struct change_run *run)
{
	struct comparison *x = &run->x;
	struct replay *r = run->replay;

	run->overlaps =
	    arena_array(x->c->arena, x->n_steps, sizeof(*run->overlaps));
	while (replay_next(r)) {
		struct judged old = judge(run, REPLAY_BEFORE);
		struct judged new = judge(run, REPLAY_AFTER);

		compare_close_record(x);
		x->c->stageless += !old.reach.counted && !new.reach.counted;
		for (size_t i = 0; i < x->n_steps; i++)
			count_both(run, &old, &new, i);
	}
	compare_close_record(x);
	x->walk = &r->files[REPLAY_AFTER].walk;
}

static void
count_records(struct change_run *run)
{
	struct convert *c = run->x.c;

	run->groups = groups_new(c->arena, sizeof(struct change_group),
	    c->load.segments.n_by, PERIOD_NONE,
	    c->load.definitions.fiscal_month, c->load.zone);
	run->all_segments = compare_all_segments(&run->x);
	if (run->replay)
		count_replayed(run);
	else
		count_walk(run);
}

/* ---- rows ---- */

/* The change that a segment adds, whatever its sign, times the entered of both
 * windows: whole numbers, so that equal changes are equal. */
static double
size_of(const struct change_row *row)
{
	const struct window_counts *own = row->own->counts.window;
	const struct window_counts *whole = row->whole->counts.window;

	return fabs((double)row->own->now.converted *
			(double)whole[WINDOW_BEFORE].entered -
		    (double)own[WINDOW_BEFORE].converted *
			(double)row->whole->now.entered);
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
    struct change_row *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < run->groups.items.count; i++) {
		const struct change_group *group = sorted[i];
		struct change_counts *own = &group->steps[step];
		const struct window_counts *window = own->counts.window;

		if (!run->replay)
			own->now = window[WINDOW_AFTER];
		if (window[WINDOW_BEFORE].entered ||
		    window[WINDOW_AFTER].entered || own->now.entered)
			rows[n++] = (struct change_row){ .key = group->key,
				.own = own };
	}
	return n;
}

static struct change_counts *
sum_of(const struct change_run *run, const struct change_row *rows, size_t n)
{
	struct change_counts *sum = arena_alloc(run->x.c->arena, sizeof(*sum));

	for (size_t i = 0; i < n; i++) {
		for (int w = 0; w < WINDOWS; w++)
			window_counts_add(&sum->counts.window[w],
			    &rows[i].own->counts.window[w]);
		window_counts_add(&sum->now, &rows[i].own->now);
	}
	return sum;
}

/* The whole is rows[0], its n segments follow. */
static void
set_effects(struct change_run *run, size_t step, struct change_row *rows,
    size_t n, bool *is_simpson)
{
	const struct convert *c = run->x.c;
	struct segment_counts *counts =
	    arena_array(c->arena, n + 1, sizeof(*counts));
	struct overlap *overlaps =
	    arena_array(c->arena, n + 1, sizeof(*overlaps));
	struct effects *effects =
	    arena_array(c->arena, n + 1, sizeof(*effects));

	for (size_t i = 0; i < n; i++) {
		counts[i] = rows[1 + i].own->counts;
		overlaps[i] = rows[1 + i].own->overlap;
	}
	decompose(c->arena, counts, n, c->confidence, effects + 1, effects);
	if (run->replay)
		decompose_definition(overlaps, n, &run->overlaps[step],
		    c->confidence, effects + 1, effects);
	for (size_t i = 0; i <= n; i++)
		rows[i].effects = effects[i];
	*is_simpson = decompose_is_simpson(counts, n);
}

/* The whole, then its segments. */
static void
make_step(struct change_run *run, void *const *sorted, size_t step)
{
	const struct convert *c = run->x.c;
	struct change_row *rows = &run->rows[run->n_rows];
	size_t n = take_segments(run, sorted, step, rows + 1);
	bool is_simpson;

	rows[0] = (struct change_row){ .key = { run->all_segments, true, 0 },
		.own = sum_of(run, rows + 1, n),
		.is_whole = true };
	set_effects(run, step, rows, n, &is_simpson);
	for (size_t i = 0; i <= n; i++) {
		rows[i].step = step;
		rows[i].whole = rows[0].own;
		rows[i].test =
		    change_test(rows[i].own->counts.window, c->confidence);
	}
	rows[0].is_simpson = is_simpson;
	rows[0].rank = NAN;
	rank_rows(c->arena, rows + 1, n);
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
	const struct column *context_columns[COMPARE_CONTEXT + REPLAY_CONTEXT];
	struct cell context[COMPARE_CONTEXT + REPLAY_CONTEXT];
	struct sheet_plan plan = { .title = "Why the rate changed",
		.period = PERIOD_NONE,
		.columns = columns,
		.n_columns = n_change_metrics + 1,
		.n_keys = 1,
		.context = context_columns,
		.context_cells = context,
		.n_context = COMPARE_CONTEXT };

	memcpy(context_columns, compare_context, sizeof(compare_context));
	compare_context_cells(&run->x, context);
	if (run->replay)
		plan.n_context += convert_replay_context(run->replay,
		    context_columns + COMPARE_CONTEXT,
		    context + COMPARE_CONTEXT);
	columns[0] = compare_step_column(&run->x);
	for (size_t i = 0; i < n_change_metrics; i++)
		columns[i + 1] = &change_metrics[i].column;
	return convert_sheet(c, plan, sheet, err);
}

static void
fill_row(const struct change_run *run, struct sheet *sheet,
    const struct change_row *row)
{
	struct change_view view = { .own = row->own->counts.window,
		.whole = row->whole->counts.window,
		.now = &row->own->now,
		.effects = &row->effects,
		.test = row->test,
		.q = row->q,
		.rank = row->rank,
		.is_redefined = run->replay != NULL,
		.is_whole = row->is_whole,
		.is_simpson = row->is_simpson };

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
	    "mix + rate + maturity%s = change of the naive rate; mix and rate "
	    "of what was followed for %s, and within it",
	    run->replay ? " + definition" : "", run->x.horizon_text);
	if (run->replay)
		table_note(table, "definition",
		    "before under the old file, after under the new one; mix, "
		    "rate and maturity under the old one in both windows; "
		    "definition is the window after under the new file less "
		    "the same under the old one");
	if (!run->x.c->load.segments.n_by)
		table_note(table, "mix",
		    "without --by there are no segments, and no mix");
}

static void
note_replay(struct change_run *run, struct table *table)
{
	if (!run->replay)
		return;
	convert_replay_note_against(run->x.c, run->replay, table);
	if (run->left_out.n)
		table_note(table, "unpaired",
		    "steps that do not lead from a stage to a later one by the "
		    "old file, left out: %s",
		    textbuf_text(&run->left_out));
	convert_replay_note_rules(run->replay, table);
	convert_replay_note_old_records(run->replay, table);
}

int
convert_change(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct change_run run = { .n_rows = 0 };
	struct sheet sheet;

	/* Both files are read first: together they say what as-of is. */
	if (start_replay(&run, c, err) < 0 || start_steps(&run, c, err) < 0 ||
	    take_windows(&run, err) < 0)
		return -1;
	count_records(&run);
	make_rows(&run);
	if (new_sheet(&run, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < run.n_rows; i++)
		fill_row(&run, &sheet, &run.rows[i]);
	note_change(&run, sheet.table);
	note_replay(&run, sheet.table);
	compare_notes(&run.x, "delta method", sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
