/*
 * qualification_report.c: the columns of a rule over records, its rows, notes.
 */
#include <math.h>

#include "qualification_report.h"

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

static double
m_fail_lo(const struct view *v)
{
	return 1 - pass_interval(v).high;
}

static double
m_fail_hi(const struct view *v)
{
	return 1 - pass_interval(v).low;
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
	bool follows; /* about what became of the records */
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
	{ { "n", "Records", UNIT_COUNT, FOR_ALL, "Entered the stage." }, m_n,
	    false },
	{ { "passed", "Passed", UNIT_COUNT, FOR_ALL, "For whom it holds." },
	    m_passed, false },
	{ { "pass_rate", "Rate", UNIT_SHARE, FOR_ALL, "passed / n." },
	    m_pass_rate, false },
	{ { "pass_lo", "Low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of pass_rate." },
	    m_pass_lo, false },
	{ { "pass_hi", "High", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of pass_rate." },
	    m_pass_hi, false },
	{ { "failed", "Failed", UNIT_COUNT, FOR_ALL, "n - passed." }, m_failed,
	    false },
	{ { "fail_rate", "Fail rate", UNIT_SHARE, FOR_MACHINES, "failed / n." },
	    m_fail_rate, false },
	{ { "fail_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of fail_rate." },
	    m_fail_lo, false },
	{ { "fail_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of fail_rate." },
	    m_fail_hi, false },
	{ { "blank", "Blank", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Of those failed: the cell is blank." },
	    m_blank, false },
	{ { "unread", "Undecided", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Of those failed: it could not be decided." },
	    m_unread, false },
	{ { "alone", "Alone", UNIT_COUNT, FOR_ALL,
	      "Of those failed: nothing else fails." },
	    m_alone, false },
	{ { "passed_rate", "Passed on", UNIT_SHARE, FOR_ALL,
	      "Share of the passed that went on." },
	    m_passed_rate, true },
	{ { "failed_rate", "Failed on", UNIT_SHARE, FOR_ALL,
	      "Share of the failed that went on." },
	    m_failed_rate, true },
	{ { "difference", "Difference", UNIT_SHARE, FOR_MACHINES,
	      "passed_rate - failed_rate." },
	    m_difference, true },
	{ { "diff_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of difference." },
	    m_diff_lo, true },
	{ { "diff_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of difference." },
	    m_diff_hi, true },
	{ { "p", "p", UNIT_NUMBER, FOR_MACHINES,
	      "Of no difference, one test alone." },
	    m_p, true },
	{ { "q", "q", UNIT_NUMBER, FOR_ROOM, "p, adjusted for all tests." },
	    m_q, true },
	{ { "passed_won", "Passed won", UNIT_SHARE, FOR_MACHINES,
	      "Share of the passed that was won." },
	    m_passed_won, true },
	{ { "failed_won", "Failed won", UNIT_SHARE, FOR_MACHINES,
	      "Share of the failed that was won." },
	    m_failed_won, true },
	{ { "shift", "Shift", UNIT_SHARE, FOR_ALL_IF_ANY,
	      "pass_rate less that of the period before." },
	    m_shift, false },
	{ { "shift_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of shift." },
	    m_shift_lo, false },
	{ { "shift_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of shift." },
	    m_shift_hi, false },
	{ { "shift_p", "Shift p", UNIT_NUMBER, FOR_MACHINES,
	      "Of no shift, one test alone." },
	    m_shift_p, false },
	{ { "shift_q", "Shift q", UNIT_NUMBER, FOR_ROOM_IF_ANY,
	      "shift_p, adjusted for all tests." },
	    m_shift_q, false },
};

#define N_METRICS (sizeof(metrics) / sizeof(*metrics))

/* What the report has of them. */
static bool
has_metric(const struct qualification_report *r, size_t k)
{
	return r->follows || !metrics[k].follows;
}

static void
plan_context(const struct qualification_report *r, struct sheet_plan *plan)
{
	struct cell *cells =
	    arena_array(r->load->arena, N_CONTEXT, sizeof(*cells));
	size_t first = r->mode ? 0 : 1;

	cells[0] = cell_optional(r->mode);
	cells[1] = cell_optional(r->holm ? "holm" : "bh");
	plan->context = context_columns + first;
	plan->context_cells = cells + first;
	plan->n_context = N_CONTEXT - first;
}

void
qualification_plan(
    const struct qualification_report *r, struct sheet_plan *plan)
{
	const struct column **columns =
	    arena_array(r->load->arena, N_KEYS + N_METRICS, sizeof(*columns));
	size_t n = 0;

	for (size_t i = 0; i < N_KEYS; i++)
		columns[n++] = keys[i];
	for (size_t k = 0; k < N_METRICS; k++)
		if (has_metric(r, k))
			columns[n++] = &metrics[k].column;
	plan->title = "Qualification";
	plan->period = r->load->period;
	plan->columns = columns;
	plan->n_columns = n;
	plan->n_keys = N_KEYS;
	plan_context(r, plan);
}

/* ---- rows ---- */

struct entry { /* a row before it is printed */
	const struct qualified_stage *stage;
	const struct qualification_group *group;
	unsigned count; /* in group->counts */
	struct view view;
};

static size_t
count_lines(const struct qualification_report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_stages; i++) {
		const struct qualification *q = &r->stages[i].counts;

		n += q->groups.items.count * (q->n_criteria + 1u);
	}
	return n;
}

static struct entry *
add_lines(const struct qualification_report *r, struct qualified_stage *stage,
    struct entry *line)
{
	struct qualification *q = &stage->counts;
	void **sorted = groups_sorted(&q->groups, r->load->store->texts);

	qualification_shift(q, sorted, r->confidence);
	for (size_t i = 0; i < q->groups.items.count; i++)
		for (unsigned k = 0; k <= q->n_criteria; k++) {
			const struct qualification_group *group = sorted[i];

			*line++ = (struct entry){ stage, group, k,
				{ .count = &group->counts[k],
				    .is_last = stage->is_last,
				    .is_won = stage->is_won,
				    .method = r->interval,
				    .confidence = r->confidence } };
		}
	return line;
}

/* One family: all that the table tests (metrics.md 3.5.5). */
static void
adjust(const struct qualification_report *r, struct entry *lines, size_t n)
{
	double *p = arena_array(r->load->arena, 2 * n + 1, sizeof(*p));

	for (size_t i = 0; i < n; i++) {
		p[2 * i] = r->follows ? m_p(&lines[i].view) : NAN;
		p[2 * i + 1] = m_shift_p(&lines[i].view);
	}
	(r->holm ? stats_holm : stats_benjamini_hochberg)(
	    r->load->arena, p, 2 * n, p);
	for (size_t i = 0; i < n; i++) {
		lines[i].view.q = p[2 * i];
		lines[i].view.shift_q = p[2 * i + 1];
	}
}

static void
fill_row(const struct qualification_report *r, struct sheet *sheet,
    const struct entry *line)
{
	const struct qualification *q = &line->stage->counts;
	size_t at = N_KEYS;

	sheet_row(sheet, &line->group->key);
	sheet_cell(sheet, 0, cell_optional(line->stage->name));
	sheet_cell(
	    sheet, 1, cell_optional(criteria_rule(q->criteria, q->rule)->name));
	sheet_cell(sheet, 2, cell_optional(qualification_name(q, line->count)));
	for (size_t k = 0; k < N_METRICS; k++) {
		if (!has_metric(r, k))
			continue;
		if (sheet_wants(sheet, at))
			sheet_cell(sheet, at,
			    cell_of_number(metrics[k].value(&line->view),
				metrics[k].column.unit));
		at++;
	}
}

void
qualification_rows(const struct qualification_report *r, struct sheet *sheet)
{
	size_t n = count_lines(r);
	struct entry *lines =
	    arena_array(r->load->arena, n + 1, sizeof(*lines));
	struct entry *end = lines;

	for (size_t i = 0; i < r->n_stages; i++)
		end = add_lines(r, &r->stages[i], end);
	adjust(r, lines, n);
	for (size_t i = 0; i < n; i++)
		fill_row(r, sheet, &lines[i]);
}

/* ---- notes ---- */

static void
note_doubts(const struct qualification *q, struct table *table)
{
	for (unsigned i = 0; i < q->n_criteria; i++) {
		const char *doubt =
		    criteria_doubt(q->criteria, q->rule, i, table->arena);

		if (doubt)
			table_note(table, "undecided", "%s", doubt);
	}
}

void
qualification_notes(const struct qualification_report *r, struct table *table)
{
	table_note(table, "judged",
	    "cells as the export has them now; touches up to the entry; what "
	    "is blank or cannot be decided does not pass");
	table_note(table, "tests",
	    "of %s; q by %s, all of the table one family",
	    r->follows ? "passed_rate against failed_rate, and of shifts"
		       : "shifts",
	    r->holm ? "Holm" : "Benjamini and Hochberg");
	table_note(table, "blank", "%s",
	    criteria_blank(r->stages[0].counts.criteria, r->load->arena));
	for (size_t i = 0; i < r->n_stages; i++)
		note_doubts(&r->stages[i].counts, table);
}
