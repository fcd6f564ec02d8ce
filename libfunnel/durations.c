/*
 * durations.c: rows of durations, and how two or more of them differ.
 */
#include <math.h>
#include <stdlib.h>

#include "durations.h"
#include "query.h"

/* Beyond it a test against the rest says little and costs a lot. */
#define COMPARED_MAX 64

static const struct log_rank no_test = { NAN, 0, NAN };

/* ---- --split ---- */

int
duration_split_take(
    struct velocity *v, struct duration_split *out, struct fnl_err *err)
{
	const struct zone *zone = v->load.zone;

	/* Before the input is read no zone is known: it is only checked. */
	if (!zone && zone_open(v->arena, "UTC", &zone, err) < 0)
		return -1;
	out->given = v->query->split != NULL;
	return query_when("--split", v->query->split, zone, &out->at, err);
}

unsigned
duration_side(const struct velocity *v, const struct duration_split *split,
    struct when start)
{
	return split->given &&
	       when_compare(v->load.zone, start, split->at) >= 0;
}

int
duration_horizon_take(const struct velocity *v, double *days, const char **text,
    struct fnl_err *err)
{
	int64_t seconds = 0;

	*text = v->query->horizon ? v->query->horizon : "90d";
	if (query_duration("--horizon", *text, &seconds, err) < 0)
		return -1;
	*days = (double)seconds / DAY_SECONDS;
	return 0;
}

/* ---- rows ---- */

struct duration_row *
duration_rows(const struct velocity *v, const struct groups *groups,
    size_t n_rows, unsigned n_sides, size_t *n)
{
	void **sorted = groups_sorted(groups, v->load.store->texts);
	struct duration_row *rows = arena_array(
	    v->arena, groups->items.count * n_rows + 1, sizeof(*rows));

	*n = 0;
	for (size_t g = 0; g < groups->items.count; g++)
		for (size_t r = 0; r < n_rows; r++) {
			struct exposure_group *group = sorted[g];
			struct exposure_tally *tally = &group->rows[r];

			survival_sort(tally->spells, tally->n);
			rows[(*n)++] = (struct duration_row){ .group = group,
				.row = r,
				.part = (unsigned)(r / n_sides),
				.side = (unsigned)(r % n_sides),
				.tally = tally,
				.test = no_test,
				.q = NAN };
		}
	return rows;
}

/* ---- comparison ---- */

static bool
same_period(const struct duration_row *a, const struct duration_row *b)
{
	return a->group->key.dated == b->group->key.dated &&
	       a->group->key.period == b->group->key.period;
}

static bool
same_segment(
    const struct duration_row *a, const struct duration_row *b, size_t n_by)
{
	for (size_t i = 0; i < n_by; i++)
		if (a->group->key.by[i] != b->group->key.by[i])
			return false;
	return true;
}

static void
test_pair(struct velocity *v, struct duration_row *a, struct duration_row *b)
{
	const struct spell *spells[] = { a->tally->spells, b->tally->spells };
	size_t n[] = { a->tally->n, b->tally->n };

	a->test = survival_log_rank(v->arena, spells, n, 2);
}

/* Each of the rows against all the others of its part and period. */
static void
test_against_rest(struct velocity *v, struct duration_row **rows, size_t n)
{
	const struct spell *spells[COMPARED_MAX] = { NULL };
	struct log_rank tests[COMPARED_MAX];
	size_t counts[COMPARED_MAX] = { 0 };

	if (n > COMPARED_MAX)
		return;
	for (size_t i = 0; i < n; i++) {
		spells[i] = rows[i]->tally->spells;
		counts[i] = rows[i]->tally->n;
	}
	survival_log_rank_each(v->arena, spells, counts, n, tests);
	for (size_t i = 0; i < n; i++)
		rows[i]->test = tests[i];
}

struct row_order {
	struct duration_row *row;
};

/* By part, then period, so that the rows to compare stand together. */
static int
compare_rows(const void *pa, const void *pb)
{
	const struct duration_row *a = ((const struct row_order *)pa)->row;
	const struct duration_row *b = ((const struct row_order *)pb)->row;

	if (a->part != b->part)
		return a->part < b->part ? -1 : 1;
	if (a->group->key.dated != b->group->key.dated)
		return a->group->key.dated ? -1 : 1;
	if (a->group->key.period != b->group->key.period)
		return a->group->key.period < b->group->key.period ? -1 : 1;
	return (a > b) - (a < b);
}

static void
compare_segments(struct velocity *v, struct duration_row *rows, size_t n)
{
	struct row_order *order = arena_array(v->arena, n, sizeof(*order));
	struct duration_row **set = arena_array(v->arena, n, sizeof(*set));

	for (size_t i = 0; i < n; i++)
		order[i].row = &rows[i];
	qsort(order, n, sizeof(*order), compare_rows);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i;
		     end < n && order[end].row->part == order[i].row->part &&
		     same_period(order[end].row, order[i].row);
		     end++)
			set[end - i] = order[end].row;
		test_against_rest(v, set, end - i);
	}
}

/* rows are by segment, period, part, side: neighbours are n_rows apart. */
static void
compare_periods(struct velocity *v, struct duration_row *rows, size_t n)
{
	size_t n_by = v->load.segments.n_by, parts = 1;

	while (parts < n && rows[parts].group == rows[0].group)
		parts++;
	for (size_t i = parts; i < n; i++)
		if (same_segment(&rows[i], &rows[i - parts], n_by) &&
		    rows[i].group->key.dated)
			test_pair(v, &rows[i], &rows[i - parts]);
}

static void
compare_sides(struct velocity *v, struct duration_row *rows, size_t n)
{
	for (size_t i = 0; i + 1 < n; i += 2) {
		test_pair(v, &rows[i], &rows[i + 1]);
		rows[i + 1].test = rows[i].test;
	}
}

/* The two sides of a split are one test of the family, not two. */
static void
correct(struct velocity *v, struct duration_row *rows, size_t n, bool split)
{
	size_t step = split ? 2 : 1;
	double *p = arena_array(v->arena, n + 1, sizeof(*p));
	double *q = arena_array(v->arena, n + 1, sizeof(*q));

	for (size_t i = 0; i * step < n; i++)
		p[i] = rows[i * step].test.p;
	stats_benjamini_hochberg(v->arena, p, n / step, q);
	for (size_t i = 0; i < n; i++)
		rows[i].q = q[i / step];
}

void
durations_compare(
    struct velocity *v, struct duration_row *rows, size_t n, bool split)
{
	if (!n)
		return;
	if (split)
		compare_sides(v, rows, n);
	else if (v->load.segments.n_by)
		compare_segments(v, rows, n);
	else if (v->load.period != PERIOD_NONE)
		compare_periods(v, rows, n);
	else
		return;
	correct(v, rows, n, split);
}

void
durations_note_comparison(
    const struct velocity *v, bool split, struct table *table)
{
	if (split)
		table_note(table, "logrank",
		    "what began before %s against what began from then on",
		    v->query->split);
	else if (v->load.segments.n_by)
		table_note(table, "logrank",
		    "each segment against all others%s; none where they are "
		    "more than %d",
		    v->load.period != PERIOD_NONE ? " of its period" : "",
		    COMPARED_MAX);
	else if (v->load.period != PERIOD_NONE)
		table_note(
		    table, "logrank", "each period against the one before");
}

/* ---- columns ---- */

const double *
durations_of(struct arena *arena, const struct exposure_tally *tally,
    unsigned cause, size_t *n)
{
	double *days = arena_array(arena, tally->n + 1, sizeof(*days));

	*n = 0;
	for (size_t i = 0; i < tally->n; i++)
		if (tally->spells[i].cause &&
		    (!cause || tally->spells[i].cause == cause))
			days[(*n)++] = tally->spells[i].exit;
	return days;
}

uint64_t
durations_open(const struct exposure_tally *tally)
{
	uint64_t open = 0;

	for (size_t i = 0; i < tally->n; i++)
		open += tally->spells[i].cause == 0;
	return open;
}

void
durations_fill(struct sheet *sheet, size_t first, struct duration_view *view)
{
	duration_view_intervals(view);
	for (size_t i = 0; i < n_duration_metrics; i++)
		if (sheet_wants(sheet, first + i))
			sheet_cell(sheet, first + i,
			    cell_of_number(duration_metrics[i].value(view),
				duration_metrics[i].column.unit));
}
