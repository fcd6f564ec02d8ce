/*
 * convert_qualification.c: the report qualification. The rule that the
 * definitions give to a stage, over the records that entered it: how many
 * pass, which criteria fail, and whether those that pass do better (product.md
 * C14-C16, C24, C28); the counting is in qualification.c.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "convert.h"
#include "convert_compare.h"
#include "progress.h"
#include "qualification.h"

int
convert_qualification_options(struct convert *c, struct fnl_err *err)
{
	bool holm;

	return compare_take_adjust(c, &holm, err) < 0
		   ? -1
		   : convert_take_rules(c, err);
}

/* ---- counting ---- */

struct judged { /* a stage that has a rule */
	unsigned rank;
	struct qualification counts;
};

struct run {
	struct convert *c;
	struct judged *stages;
	size_t n_stages;
	bool holm;
	uint64_t counted, undated;
};

static bool
is_asked(const struct convert *c, uint16_t stage)
{
	const char *name = c->query->stage;

	return !name || store_stage(c->load.store, slice_of(name)) == stage;
}

/* Every ranked stage with a rule; --stage leaves one of them. */
static int
choose_stages(struct run *run, struct fnl_err *err)
{
	struct convert *c = run->c;
	const struct timeline_rules *t = c->walk.timelines;

	run->stages = arena_array(c->arena, RANKS_MAX, sizeof(*run->stages));
	for (unsigned k = 1; k <= t->n_ranks; k++) {
		uint16_t stage = t->stage_of_rank[k];
		size_t rule = stage_rule(c->stage_rules, stage);

		if (rule != STAGE_RULE_NONE && is_asked(c, stage))
			run->stages[run->n_stages++] = (struct judged){ k,
				qualification_new(
				    c->stage_rules->criteria, rule, &c->load) };
	}
	if (run->n_stages)
		return 0;
	return c->query->stage
		   ? fail(err, FNL_USAGE,
			 "--stage: '%s' has no rule, or is no stage that one "
			 "can reach: say which with --rule",
			 c->query->stage)
		   : fail(err, FNL_USAGE,
			 "no stage has a rule: give one in the definitions, or "
			 "say --stage STAGE --rule RULE");
}

static bool
count_at(struct run *run, struct judged *judged, const struct reach *reach)
{
	const struct convert *c = run->c;
	struct when at = reach->at[judged->rank];
	struct progress progress;

	if (!(reach->counted & rank_bit(judged->rank)))
		return false;
	if (!window_holds(c->load.zone, &c->load.window, at)) {
		run->undated += at.kind == WHEN_UNKNOWN;
		return false;
	}
	progress = progress_of(
	    &c->path, c->walk.timeline, reach, judged->rank, c->load.as_of);
	qualification_add(&judged->counts, c->walk.by, at, c->walk.record,
	    progress.advanced, progress.won);
	return true;
}

static void
count_records(struct run *run)
{
	struct convert *c = run->c;

	c->path.zone = c->load.zone;
	c->path.n_ranks = c->walk.timelines->n_ranks;
	while (walk_next(&c->walk)) {
		struct reach reach;
		bool stands = false;

		path_reach(&c->path, c->walk.timeline, &reach);
		for (size_t i = 0; i < run->n_stages; i++)
			stands |= count_at(run, &run->stages[i], &reach);
		run->counted += stands;
	}
}

/* ---- columns ---- */

struct view {
	const struct qualification_count *count;
	bool is_last, is_won; /* the stage */
	enum interval_method method;
	double confidence;
	double q, shift_q; /* adjusted p, shift_p */
};

static double
m_n(const struct view *v)
{
	return (double)(v->count->passed.n + v->count->failed.n);
}

/* Those for which the criterion holds; in the row (all), every criterion. */
static double
m_passed(const struct view *v)
{
	return (double)v->count->passed.n;
}

/* passed / n. What is blank or cannot be decided does not pass, so that a
 * column that few fill in makes it low; see blank. */
static double
m_pass_rate(const struct view *v)
{
	return stats_ratio(m_passed(v), m_n(v));
}

static struct interval
pass_interval(const struct view *v)
{
	return stats_proportion(v->count->passed.n,
	    v->count->passed.n + v->count->failed.n, v->confidence, v->method);
}

static double
m_pass_lo(const struct view *v)
{
	return pass_interval(v).low;
}

static double
m_pass_hi(const struct view *v)
{
	return pass_interval(v).high;
}

/* n - passed. A record can fail several criteria. */
static double
m_failed(const struct view *v)
{
	return (double)v->count->failed.n;
}

/* failed / n. */
static double
m_fail_rate(const struct view *v)
{
	return stats_ratio(m_failed(v), m_n(v));
}

/* Of those that failed: the cell is blank; in the row (all), every criterion
 * that fails is blank. */
static double
m_blank(const struct view *v)
{
	return (double)v->count->blank;
}

/* Of those that failed: it could not be decided; in the row (all), every
 * criterion that fails. */
static double
m_unread(const struct view *v)
{
	return (double)v->count->unread;
}

/* Of those that failed, the ones that fail nothing else: so many more would
 * pass without this criterion. In the row (all), those that fail just one. */
static double
m_alone(const struct view *v)
{
	return (double)v->count->alone;
}

static double
m_passed_rate(const struct view *v)
{
	return v->is_last ? NAN
			  : stats_ratio((double)v->count->passed.advanced,
				(double)v->count->passed.n);
}

static double
m_failed_rate(const struct view *v)
{
	return v->is_last ? NAN
			  : stats_ratio((double)v->count->failed.advanced,
				(double)v->count->failed.n);
}

static struct share_difference
difference_of(const struct view *v)
{
	const struct qualified *passed = &v->count->passed;
	const struct qualified *failed = &v->count->failed;

	if (v->is_last)
		return (struct share_difference){ NAN, { NAN, NAN }, NAN, NAN };
	return stats_share_difference(passed->advanced, passed->n,
	    failed->advanced, failed->n, v->confidence);
}

/* passed_rate - failed_rate: positive where the criterion tells good records
 * from others. Both were treated alike only as far as sales took no notice of
 * it. */
static double
m_difference(const struct view *v)
{
	return difference_of(v).difference;
}

static double
m_diff_lo(const struct view *v)
{
	return difference_of(v).interval.low;
}

static double
m_diff_hi(const struct view *v)
{
	return difference_of(v).interval.high;
}

static double
m_p(const struct view *v)
{
	return difference_of(v).p;
}

/* p adjusted for all tests of the table (metrics.md 3.5.5). */
static double
m_q(const struct view *v)
{
	return v->q;
}

static double
m_passed_won(const struct view *v)
{
	return v->is_won ? NAN
			 : stats_ratio((double)v->count->passed.won,
			       (double)v->count->passed.n);
}

static double
m_failed_won(const struct view *v)
{
	return v->is_won ? NAN
			 : stats_ratio((double)v->count->failed.won,
			       (double)v->count->failed.n);
}

/* pass_rate less that of the period before in the same segment: drift. */
static double
m_shift(const struct view *v)
{
	return v->count->shift.difference;
}

static double
m_shift_lo(const struct view *v)
{
	return v->count->shift.interval.low;
}

static double
m_shift_hi(const struct view *v)
{
	return v->count->shift.interval.high;
}

static double
m_shift_p(const struct view *v)
{
	return v->count->shift.p;
}

static double
m_shift_q(const struct view *v)
{
	return v->shift_q;
}

struct metric {
	struct column column;
	double (*value)(const struct view *view);
};

static const struct column stage_column = { "stage", "Stage", UNIT_TEXT,
	FOR_ALL, "The stage that they entered." };
static const struct column rule_column = { "rule", "Rule", UNIT_TEXT,
	FOR_MACHINES, "The rule that they are judged by." };
static const struct column criterion_column = { "criterion", "Criterion",
	UNIT_TEXT, FOR_ALL, "The criterion; (all) is the rule." };
static const struct column *const keys[] = { &stage_column, &rule_column,
	&criterion_column };
#define N_KEYS (sizeof(keys) / sizeof(*keys))

static const struct column mode_column = { "mode", "Mode", UNIT_TEXT,
	FOR_MACHINES, "See --mode." };
static const struct column adjust_column = { "adjust", "Adjusted", UNIT_TEXT,
	FOR_MACHINES, "How q was made from p; see --adjust." };
static const struct column *const context_columns[] = { &mode_column,
	&adjust_column };
#define N_CONTEXT (sizeof(context_columns) / sizeof(*context_columns))

static const struct metric metrics[] = {
	{ { "n", "Records", UNIT_COUNT, FOR_ALL, "Entered the stage." }, m_n },
	{ { "passed", "Passed", UNIT_COUNT, FOR_ALL, "For whom it holds." },
	    m_passed },
	{ { "pass_rate", "Rate", UNIT_SHARE, FOR_ALL, "passed / n." },
	    m_pass_rate },
	{ { "pass_lo", "Low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of pass_rate." },
	    m_pass_lo },
	{ { "pass_hi", "High", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of pass_rate." },
	    m_pass_hi },
	{ { "failed", "Failed", UNIT_COUNT, FOR_ALL, "n - passed." },
	    m_failed },
	{ { "fail_rate", "Fail rate", UNIT_SHARE, FOR_MACHINES, "failed / n." },
	    m_fail_rate },
	{ { "blank", "Blank", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Of those failed: the cell is blank." },
	    m_blank },
	{ { "unread", "Undecided", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Of those failed: it could not be decided." },
	    m_unread },
	{ { "alone", "Alone", UNIT_COUNT, FOR_ALL,
	      "Of those failed: nothing else fails." },
	    m_alone },
	{ { "passed_rate", "Passed on", UNIT_SHARE, FOR_ALL,
	      "Share of the passed that went on." },
	    m_passed_rate },
	{ { "failed_rate", "Failed on", UNIT_SHARE, FOR_ALL,
	      "Share of the failed that went on." },
	    m_failed_rate },
	{ { "difference", "Difference", UNIT_SHARE, FOR_MACHINES,
	      "passed_rate - failed_rate." },
	    m_difference },
	{ { "diff_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of difference." },
	    m_diff_lo },
	{ { "diff_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of difference." },
	    m_diff_hi },
	{ { "p", "p", UNIT_NUMBER, FOR_MACHINES,
	      "Of no difference, one test alone." },
	    m_p },
	{ { "q", "q", UNIT_NUMBER, FOR_ROOM, "p, adjusted for all tests." },
	    m_q },
	{ { "passed_won", "Passed won", UNIT_SHARE, FOR_MACHINES,
	      "Share of the passed that was won." },
	    m_passed_won },
	{ { "failed_won", "Failed won", UNIT_SHARE, FOR_MACHINES,
	      "Share of the failed that was won." },
	    m_failed_won },
	{ { "shift", "Shift", UNIT_SHARE, FOR_ALL_IF_ANY,
	      "pass_rate less that of the period before." },
	    m_shift },
	{ { "shift_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of shift." },
	    m_shift_lo },
	{ { "shift_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of shift." },
	    m_shift_hi },
	{ { "shift_p", "Shift p", UNIT_NUMBER, FOR_MACHINES,
	      "Of no shift, one test alone." },
	    m_shift_p },
	{ { "shift_q", "Shift q", UNIT_NUMBER, FOR_ROOM_IF_ANY,
	      "shift_p, adjusted for all tests." },
	    m_shift_q },
};

#define N_METRICS (sizeof(metrics) / sizeof(*metrics))

/* ---- rows ---- */

struct entry { /* a row before it is printed */
	const struct judged *judged;
	const struct qualification_group *group;
	unsigned count; /* in group->counts */
	struct view view;
};

static size_t
count_lines(const struct run *run)
{
	size_t n = 0;

	for (size_t i = 0; i < run->n_stages; i++) {
		const struct qualification *q = &run->stages[i].counts;

		n += q->groups.items.count * (q->n_criteria + 1u);
	}
	return n;
}

static struct entry *
add_lines(const struct run *run, struct judged *judged, struct entry *line)
{
	const struct convert *c = run->c;
	struct qualification *q = &judged->counts;
	void **sorted = groups_sorted(&q->groups, c->load.store->texts);
	bool is_last = judged->rank == c->path.n_ranks;

	qualification_shift(q, sorted, c->confidence);
	for (size_t i = 0; i < q->groups.items.count; i++)
		for (unsigned k = 0; k <= q->n_criteria; k++) {
			const struct qualification_group *group = sorted[i];

			*line++ = (struct entry){ judged, group, k,
				{ .count = &group->counts[k],
				    .is_last = is_last,
				    .is_won = is_last && convert_has_won(c),
				    .method = c->interval,
				    .confidence = c->confidence } };
		}
	return line;
}

/* One family: all that the table tests (metrics.md 3.5.5). */
static void
adjust(const struct run *run, struct entry *lines, size_t n)
{
	double *p = arena_array(run->c->arena, 2 * n + 1, sizeof(*p));

	for (size_t i = 0; i < n; i++) {
		p[2 * i] = m_p(&lines[i].view);
		p[2 * i + 1] = m_shift_p(&lines[i].view);
	}
	(run->holm ? stats_holm : stats_benjamini_hochberg)(
	    run->c->arena, p, 2 * n, p);
	for (size_t i = 0; i < n; i++) {
		lines[i].view.q = p[2 * i];
		lines[i].view.shift_q = p[2 * i + 1];
	}
}

static void
fill_row(const struct run *run, struct sheet *sheet, const struct entry *line)
{
	const struct qualification *q = &line->judged->counts;

	sheet_row(sheet, &line->group->key);
	sheet_cell(
	    sheet, 0, cell_optional(convert_stage(run->c, line->judged->rank)));
	sheet_cell(
	    sheet, 1, cell_optional(criteria_rule(q->criteria, q->rule)->name));
	sheet_cell(sheet, 2, cell_optional(qualification_name(q, line->count)));
	for (size_t k = 0; k < N_METRICS; k++)
		if (sheet_wants(sheet, N_KEYS + k))
			sheet_cell(sheet, N_KEYS + k,
			    cell_of_number(metrics[k].value(&line->view),
				metrics[k].column.unit));
}

static void
fill_rows(const struct run *run, struct sheet *sheet)
{
	size_t n = count_lines(run);
	struct entry *lines = arena_array(run->c->arena, n + 1, sizeof(*lines));
	struct entry *end = lines;

	for (size_t i = 0; i < run->n_stages; i++)
		end = add_lines(run, &run->stages[i], end);
	adjust(run, lines, n);
	for (size_t i = 0; i < n; i++)
		fill_row(run, sheet, &lines[i]);
}

/* ---- notes ---- */

static void
note_all(const struct run *run, struct table *table)
{
	struct convert *c = run->c;

	table_note(table, "mode", "%s: %s", modes[c->path.mode].name,
	    modes[c->path.mode].help);
	table_note(table, "judged",
	    "cells as the export has them now; touches up to the entry; what "
	    "is blank or cannot be decided does not pass");
	table_note(table, "tests",
	    "of passed_rate against failed_rate, and of shifts; q by %s, all "
	    "of "
	    "the table one family",
	    run->holm ? "Holm" : "Benjamini and Hochberg");
	table_note(table, "blank", "%s",
	    criteria_blank(c->stage_rules->criteria, c->arena));
	stage_rules_note(c->stage_rules, table);
	walk_note_times(&c->walk, table);
	load_notes(&c->load, table);
	convert_note_records(c, run->counted, table);
	note_count(table, "undated", run->undated,
	    "entries without a date, left out: --from and --to need it");
	convert_note_shape(c, table);
}

static int
new_sheet(const struct run *run, struct sheet *sheet, struct fnl_err *err)
{
	const struct convert *c = run->c;
	const struct cell context[N_CONTEXT] = {
		cell_optional(modes[c->path.mode].name),
		cell_optional(run->holm ? "holm" : "bh"),
	};
	const struct column **columns =
	    arena_array(c->arena, N_KEYS + N_METRICS, sizeof(*columns));
	struct sheet_plan plan = { .title = "Qualification",
		.period = c->load.period,
		.columns = columns,
		.n_columns = N_KEYS + N_METRICS,
		.n_keys = N_KEYS,
		.context = context_columns,
		.context_cells = context,
		.n_context = N_CONTEXT };

	for (size_t i = 0; i < N_KEYS; i++)
		columns[i] = keys[i];
	for (size_t i = 0; i < N_METRICS; i++)
		columns[N_KEYS + i] = &metrics[i].column;
	return convert_sheet(c, plan, sheet, err);
}

int
convert_qualification(
    struct convert *c, struct table **out, struct fnl_err *err)
{
	struct run run = { .c = c };
	struct sheet sheet;

	if (c->query->touches.n && !stage_rules_count_touches(c->stage_rules))
		return fail(err, FNL_USAGE,
		    "--touches: no rule that is looked at counts touches");
	if (compare_take_adjust(c, &run.holm, err) < 0 ||
	    choose_stages(&run, err) < 0 || new_sheet(&run, &sheet, err) < 0)
		return -1;
	count_records(&run);
	fill_rows(&run, &sheet);
	note_all(&run, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
