/*
 * velocity_levers.c: the report velocity. Deals x win rate x value / cycle
 * per segment and period, beside the period before (metrics.md 3.2.3).
 *
 * The deals of a segment are kept once, sorted by the time they closed, began
 * and ended; a row is a range of each, found by bisection, so that a long
 * trailing window costs no copies.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "metric_velocity.h"
#include "span.h"
#include "velocity.h"

/* Drawn deals in all of a table; beyond it fewer resamples are made. */
#define BOOTSTRAP_WORK 20000000.0
#define BOOTSTRAP_LEAST 100

struct closed_deal {
	int64_t at;
	double days; /* of the cycle; NaN: in no mean */
	struct value value;
	bool won;
};

struct keys {
	int64_t *items;
	size_t n, cap;
};

struct segment_deals {
	struct group_key key; /* first: groups know no more */
	struct closed_deal *closed;
	size_t n_closed, cap_closed;
	struct keys begun, ended; /* passes through the pipeline */
	struct keys created; /* first entries */
};

struct lever_row {
	struct group_key key; /* of the table */
	const struct segment_deals *deals;
	struct span closed; /* where the rates are taken from */
	size_t first, n; /* those, among deals->closed */
	bool is_before_all; /* nothing had happened by its end */
	bool is_hidden; /* only there for the row after it to compare with */
	struct levers levers;
};

struct lever_run {
	struct velocity *v;
	struct groups segments;
	struct segment_deals all; /* of every segment */
	int64_t trailing;
	int64_t as_of, first; /* end of its day; first thing that happened */
	uint64_t deals;
	bool mixed;
	struct lever_row *rows;
	size_t n_rows;
	const struct lever_row *total; /* of all segments, the last period */
	/* the won deals of the row in hand, and room for their numbers */
	const struct closed_deal **won;
	size_t n_won;
	double *amounts, *days_of_won;
};

/* ---- deals ---- */

static int64_t
local_key(const struct lever_run *run, struct when when)
{
	return span_key(run->v->load.zone, when);
}

static void
add_key(struct arena *arena, struct keys *keys, int64_t key)
{
	if (keys->n == keys->cap) {
		keys->cap = keys->cap ? 2 * keys->cap : 16;
		keys->items = arena_grow(
		    arena, keys->items, keys->cap * sizeof(*keys->items));
	}
	keys->items[keys->n++] = key;
}

static void
add_closed(
    struct arena *arena, struct segment_deals *deals, struct closed_deal deal)
{
	if (deals->n_closed == deals->cap_closed) {
		deals->cap_closed =
		    deals->cap_closed ? 2 * deals->cap_closed : 16;
		deals->closed = arena_grow(arena, deals->closed,
		    deals->cap_closed * sizeof(*deals->closed));
	}
	deals->closed[deals->n_closed++] = deal;
}

static void
add_passes(struct lever_run *run, struct segment_deals *deals,
    const struct pass *passes, size_t n)
{
	struct arena *arena = run->v->arena;

	for (size_t i = 0; i < n; i++) {
		int64_t start = local_key(run, passes[i].start);

		if (!i)
			add_key(arena, &deals->created, start);
		add_key(arena, &deals->begun, start);
		if (passes[i].outcome != OUTCOME_NONE)
			add_key(arena, &deals->ended,
			    local_key(run, passes[i].end));
		if (start != SPAN_BEFORE_ALL && start < run->first)
			run->first = start;
	}
}

static bool
take_closed(
    struct lever_run *run, const struct pass *pass, struct closed_deal *out)
{
	struct velocity *v = run->v;
	double days = pass_days(&v->deals, pass);

	if (pass->outcome != OUTCOME_WON && pass->outcome != OUTCOME_LOST)
		return false;
	*out = (struct closed_deal){ local_key(run, pass->end),
		days >= 0 ? days : NAN,
		value_at(&v->value, v->load.store, v->walk.record,
		    v->walk.timeline, v->load.as_of),
		pass->outcome == OUTCOME_WON };
	if (out->at != SPAN_BEFORE_ALL && out->at < run->first)
		run->first = out->at;
	return true;
}

static void
add_deal(struct lever_run *run, struct segment_deals *deals)
{
	struct velocity *v = run->v;
	const struct pass *passes;
	struct closed_deal closed;
	size_t n = deal_stays_open(
	    &v->deals, v->walk.record, v->walk.timeline, &passes);

	add_passes(run, deals, passes, n);
	if (n && run->all.key.by)
		add_passes(run, &run->all, passes, n);
	n = deal_passes(&v->deals, v->walk.record, v->walk.timeline, &passes);
	run->deals += n != 0;
	if (n && take_closed(run, &passes[0], &closed)) {
		add_closed(v->arena, deals, closed);
		if (run->all.key.by)
			add_closed(v->arena, &run->all, closed);
	}
}

static int
compare_keys(const void *pa, const void *pb)
{
	int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;

	return (a > b) - (a < b);
}

/* By close; then by what a resample could see, so that the order of rows in
 * the input decides nothing. */
static int
compare_closed(const void *pa, const void *pb)
{
	const struct closed_deal *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->won != b->won)
		return a->won ? -1 : 1;
	if (a->value.known != b->value.known)
		return a->value.known ? -1 : 1;
	if (a->value.amount != b->value.amount)
		return a->value.amount < b->value.amount ? -1 : 1;
	if (isnan(a->days) || isnan(b->days))
		return isnan(a->days) - isnan(b->days);
	return (a->days > b->days) - (a->days < b->days);
}

static void
sort_keys(struct keys *keys)
{
	if (keys->n)
		qsort(keys->items, keys->n, sizeof(*keys->items), compare_keys);
}

static void
sort_deals(struct segment_deals *deals)
{
	if (deals->n_closed)
		qsort(deals->closed, deals->n_closed, sizeof(*deals->closed),
		    compare_closed);
	sort_keys(&deals->begun);
	sort_keys(&deals->ended);
	sort_keys(&deals->created);
}

/* How many keys lie before a time. */
static size_t
before(const struct keys *keys, int64_t time)
{
	size_t low = 0, high = keys->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (keys->items[middle] < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t
closed_before(const struct segment_deals *deals, int64_t time)
{
	size_t low = 0, high = deals->n_closed;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (deals->closed[middle].at < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- one row ---- */

/* The end of a row's window, no later than as_of lets see. */
static int64_t
end_of(const struct lever_run *run, struct span span)
{
	return span.to < run->as_of ? span.to : run->as_of;
}

static int64_t
trailing_before(const struct lever_run *run, int64_t end)
{
	return end == SPAN_BEFORE_ALL ? end : end - run->trailing;
}

/* Where the rates are taken from, and N. */
static void
place_row(const struct lever_run *run, struct lever_row *row, struct span span)
{
	const struct segment_deals *d = row->deals;
	int64_t end = end_of(run, span);
	size_t last;

	row->closed = span;
	if (run->v->basis != VELOCITY_CLOSED)
		row->closed = (struct span){ trailing_before(run, end), end };
	row->first = closed_before(d, row->closed.from);
	last = closed_before(d, row->closed.to);
	row->n = last > row->first ? last - row->first : 0;
	switch (run->v->basis) {
	case VELOCITY_CLOSED:
		row->levers.deals = (double)row->n;
		break;
	case VELOCITY_CREATED:
		if (span.from == SPAN_BEFORE_ALL)
			span.from = trailing_before(run, end);
		row->levers.deals = (double)(before(&d->created, span.to) -
					     before(&d->created, span.from));
		break;
	case VELOCITY_OPEN:
		row->levers.deals = (double)before(&d->begun, end) -
				    (double)before(&d->ended, end);
		break;
	}
	row->levers.partial = span.to != SPAN_AFTER_ALL && span.to > run->as_of;
}

static void
take_won(struct lever_run *run, const struct lever_row *row)
{
	run->n_won = 0;
	for (size_t i = 0; i < row->n; i++) {
		const struct closed_deal *deal =
		    &row->deals->closed[row->first + i];

		if (deal->won)
			run->won[run->n_won++] = deal;
	}
}

static double
statistic_of(const struct lever_run *run, double *values, size_t n)
{
	if (n)
		stats_sort(values, n);
	return run->v->statistic == STATISTIC_MEDIAN
		   ? stats_quantile(values, n, 0.5)
		   : stats_mean(values, n);
}

static void
fill_levers(struct lever_run *run, struct lever_row *row)
{
	struct levers *l = &row->levers;
	struct value_tally value = { .any = false };
	size_t n_days = 0, n_known = 0;

	l->mean = run->v->statistic == STATISTIC_MEAN;
	l->won = (double)run->n_won;
	l->closed = (double)row->n;
	for (size_t i = 0; i < run->n_won; i++) {
		const struct closed_deal *deal = run->won[i];

		value_add(&value, deal->value);
		if (deal->value.known)
			run->amounts[n_known++] =
			    (double)deal->value.amount / MONEY_UNIT;
		if (!isnan(deal->days))
			run->days_of_won[n_days++] = deal->days;
	}
	run->mixed |= value.mixed;
	l->known = (double)n_known;
	l->value = value.mixed ? NAN : statistic_of(run, run->amounts, n_known);
	l->won_value = value.mixed ? NAN : money_double(value.sum);
	if (l->mean)
		l->value = l->won_value / l->known;
	l->largest = NAN;
	for (size_t i = 0; i < n_known; i++)
		l->largest = fmax(l->largest, run->amounts[i]);
	l->cycle = statistic_of(run, run->days_of_won, n_days);
	l->interval = (struct interval){ NAN, NAN };
	l->draws = NAN;
}

/* ---- bootstrap ---- */

/* The velocity of one resample of the closed deals. */
static double
resample(struct lever_run *run, const struct lever_row *row,
    struct stats_random *random)
{
	struct levers drawn = row->levers;
	double rate = row->levers.won / row->levers.closed;
	size_t n =
	    (size_t)stats_random_binomial(random, rate, (unsigned)row->n);
	size_t n_known = 0, n_days = 0;
	double sum = 0, v;

	for (size_t i = 0; i < n; i++) {
		const struct closed_deal *deal =
		    run->won[stats_random_below(random, run->n_won)];

		if (deal->value.known) {
			run->amounts[n_known] =
			    (double)deal->value.amount / MONEY_UNIT;
			sum += run->amounts[n_known++];
		}
		if (!isnan(deal->days))
			run->days_of_won[n_days++] = deal->days;
	}
	drawn.won = (double)n;
	drawn.known = (double)n_known;
	drawn.won_value = sum;
	drawn.cycle = run->v->statistic == STATISTIC_MEDIAN
			  ? statistic_of(run, run->days_of_won, n_days)
			  : stats_mean(run->days_of_won, n_days);
	if (!drawn.mean)
		drawn.value = statistic_of(run, run->amounts, n_known);
	v = velocity_of(&drawn);
	return isnan(v) ? 0 : v;
}

static void
bootstrap(struct lever_run *run, struct lever_row *row, size_t draws)
{
	struct stats_random *random =
	    stats_random_new(run->v->arena, (uint64_t)run->v->seed);
	double *velocities =
	    arena_array(run->v->arena, draws + 1, sizeof(*velocities));
	double tail = (1 - run->v->confidence) / 2;

	for (size_t i = 0; i < draws; i++)
		velocities[i] = resample(run, row, random);
	stats_sort(velocities, draws);
	row->levers.interval.low = stats_quantile(velocities, draws, tail);
	row->levers.interval.high = stats_quantile(velocities, draws, 1 - tail);
	row->levers.draws = (double)draws;
}

/* As many as were asked for, as long as the work stays bounded. */
static size_t
draws_for(const struct lever_run *run)
{
	double work = 0, draws = (double)run->v->bootstrap;

	for (size_t i = 0; i < run->n_rows; i++)
		work += run->rows[i].levers.won;
	if (draws * work > BOOTSTRAP_WORK)
		draws = fmax(BOOTSTRAP_LEAST, floor(BOOTSTRAP_WORK / work));
	return (size_t)fmin(draws, (double)run->v->bootstrap);
}

static void
bootstrap_rows(struct lever_run *run)
{
	size_t draws = draws_for(run);

	for (size_t i = 0; i < run->n_rows && draws; i++) {
		if (run->rows[i].is_hidden ||
		    isnan(velocity_of(&run->rows[i].levers)))
			continue;
		take_won(run, &run->rows[i]);
		bootstrap(run, &run->rows[i], draws);
	}
}

/* ---- rows ---- */

static void
make_row(struct lever_run *run, const struct segment_deals *deals,
    const struct span *span, bool hidden)
{
	struct lever_row *row = &run->rows[run->n_rows++];
	*row = (struct lever_row){
		.key = deals->key, .deals = deals, .is_hidden = hidden
	};
	row->key.dated = true;
	row->is_before_all = span->to <= run->first;
	row->key.period = span_period(&run->v->load, *span);
	place_row(run, row, *span);
	take_won(run, row);
	fill_levers(run, row);
}

static size_t
most_closed(const struct lever_run *run)
{
	size_t most = run->all.n_closed;

	for (size_t i = 0; i < run->segments.items.count; i++) {
		const struct segment_deals *deals =
		    vec_at(&run->segments.items, i);

		if (deals->n_closed > most)
			most = deals->n_closed;
	}
	return most;
}

static int
make_rows(struct lever_run *run, struct fnl_err *err)
{
	size_t n_segments = run->segments.items.count, n_spans, most;
	void **sorted =
	    groups_sorted(&run->segments, run->v->load.store->texts);
	struct arena *arena = run->v->arena;
	struct span *spans;

	if (spans_of_rows(&run->v->load, run->first, n_segments, &spans,
		&n_spans, err) < 0)
		return -1;
	most = most_closed(run) + 1;
	run->won = arena_array(arena, most, sizeof(*run->won));
	run->amounts = arena_array(arena, most, sizeof(*run->amounts));
	run->days_of_won = arena_array(arena, most, sizeof(*run->days_of_won));
	run->rows =
	    arena_array(arena, (n_segments + 1) * n_spans, sizeof(*run->rows));
	for (size_t i = 0; i < n_segments; i++) {
		sort_deals(sorted[i]);
		for (size_t j = 0; j < n_spans; j++)
			make_row(run, sorted[i], &spans[j], j == 0);
	}
	bootstrap_rows(run);
	if (run->all.key.by) {
		sort_deals(&run->all);
		make_row(run, &run->all, &spans[n_spans - 1], true);
		run->total = &run->rows[--run->n_rows];
	}
	return 0;
}

/* ---- table ---- */

static const struct column basis_column = { "basis", "Basis", UNIT_TEXT,
	FOR_MACHINES, "See --basis." };
static const struct column statistic_column = { "stat", "Statistic", UNIT_TEXT,
	FOR_MACHINES, "See --stat." };
static const struct column *const context_columns[] = { &basis_column,
	&statistic_column };

static const char *const basis_names[] = { [VELOCITY_CLOSED] = "closed",
	[VELOCITY_CREATED] = "created",
	[VELOCITY_OPEN] = "open" };

static int
new_sheet(const struct lever_run *run, struct sheet *sheet, struct fnl_err *err)
{
	const struct velocity *v = run->v;
	const struct column **columns =
	    arena_array(v->arena, n_lever_metrics, sizeof(*columns));
	struct cell context[] = { cell_optional(basis_names[v->basis]),
		cell_optional(
		    v->statistic == STATISTIC_MEDIAN ? "median" : "mean") };
	struct sheet_plan plan = { .title = "Sales velocity a day",
		.period = v->load.period,
		.columns = columns,
		.n_columns = n_lever_metrics,
		.context = context_columns,
		.context_cells = context,
		.n_context = sizeof(context) / sizeof(*context) };

	for (size_t i = 0; i < n_lever_metrics; i++)
		columns[i] = &lever_metrics[i].column;
	return velocity_sheet(v, plan, sheet, err);
}

static void
fill_row(struct sheet *sheet, const struct lever_row *row)
{
	struct lever_view view = { &row->levers,
		row[-1].is_before_all ? NULL : &row[-1].levers };

	sheet_row(sheet, &row->key);
	for (size_t i = 0; i < n_lever_metrics; i++)
		sheet_cell(sheet, i,
		    cell_of_number(lever_metrics[i].value(&view),
			lever_metrics[i].column.unit));
}

/* A sum over segments is not the velocity of all (metrics.md 3.2.3). */
static void
note_mix(const struct lever_run *run, struct table *table)
{
	char gap_text[NUMBER_MAX], all_text[NUMBER_MAX];
	double sum = 0, all;

	if (!run->total)
		return;
	all = velocity_of(&run->total->levers);
	for (size_t i = 0; i < run->n_rows; i++) {
		double one = velocity_of(&run->rows[i].levers);

		if (!run->rows[i].is_hidden &&
		    run->rows[i].key.period == run->total->key.period &&
		    !isnan(one))
			sum += one;
	}
	if (isnan(all))
		return;
	number_text(all_text, round(all * 100) / 100);
	number_text(gap_text, round((sum - all) * 100) / 100);
	table_note(table, "mix_gap",
	    "%s: the segments' velocities minus that of all together, %s%s; "
	    "velocity does not add up",
	    gap_text, all_text,
	    run->v->load.period != PERIOD_NONE ? ", in the last period" : "");
}

static void
note_levers(const struct lever_run *run, struct table *table)
{
	static const char *const helps[] = {
		[VELOCITY_CLOSED] = "deals closed in the window, and their "
				    "win rate, value and cycle",
		[VELOCITY_CREATED] = "deals that entered the pipeline in the "
				     "window",
		[VELOCITY_OPEN] = "deals open at the end of the window",
	};
	const struct velocity *v = run->v;
	char text[NUMBER_MAX];

	table_note(
	    table, "basis", "%s: %s", basis_names[v->basis], helps[v->basis]);
	if (v->basis == VELOCITY_CREATED && !v->query->input.from &&
	    v->load.period == PERIOD_NONE)
		table_note(table, "window",
		    "no --from and no --period: deals created in the time that "
		    "the rates are taken from");
	if (v->basis != VELOCITY_CLOSED)
		table_note(table, "trailing",
		    "win rate, value and cycle are those of the deals closed "
		    "within %s before the end of the window; deals that were "
		    "never qualified would inflate the velocity",
		    v->query->trailing ? v->query->trailing : "365d");
	table_note(
	    table, "cycle", "days from %s to the win", velocity_start_name(v));
	number_text(text, 100 * v->confidence);
	table_note(table, "interval",
	    "%s %% bootstrap percentiles, %" PRIu64
	    " draws asked for, seed %" PRId64,
	    text, (uint64_t)v->bootstrap, v->seed);
	note_mix(run, table);
	note_count(table, "deals", run->deals, "deals, closed and open");
}

static int
lever_table(
    const struct lever_run *run, struct table **out, struct fnl_err *err)
{
	struct sheet sheet;

	if (new_sheet(run, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < run->n_rows; i++)
		if (!run->rows[i].is_hidden)
			fill_row(&sheet, &run->rows[i]);
	note_levers(run, sheet.table);
	velocity_notes(run->v, run->v->walk.records, run->mixed, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

/* ---- the run ---- */

static void
count_deals(struct lever_run *run)
{
	struct walk *walk = &run->v->walk;
	struct when no_time = { 0, WHEN_UNKNOWN };
	bool is_new;

	if (!run->v->load.segments.n_by)
		groups_at(&run->segments, NULL, no_time, &is_new);
	else
		run->all.key.by = walk->by;
	while (walk_next(walk))
		add_deal(
		    run, groups_at(&run->segments, walk->by, no_time, &is_new));
}

int
velocity_levers_options(struct velocity *v, struct fnl_err *err)
{
	if (v->query->trailing && v->basis == VELOCITY_CLOSED)
		return fail(err, FNL_USAGE,
		    "--trailing says nothing to --basis closed, which takes "
		    "all from its window; use --from, or --basis open or "
		    "created");
	return 0;
}

int
velocity_levers(struct velocity *v, struct table **out, struct fnl_err *err)
{
	struct lever_run run = { .v = v,
		.first = SPAN_AFTER_ALL,
		.trailing = v->trailing ? v->trailing : TRAILING_DEFAULT,
		.segments = groups_new(v->arena, sizeof(struct segment_deals),
		    v->load.segments.n_by, PERIOD_NONE,
		    v->load.definitions.fiscal_month, v->load.zone) };

	run.as_of = span_end_of_knowledge(&v->load);
	count_deals(&run);
	if (run.first == SPAN_AFTER_ALL)
		run.first = run.as_of == SPAN_AFTER_ALL ? 0 : run.as_of - 1;
	if (make_rows(&run, err) < 0)
		return -1;
	return lever_table(&run, out, err);
}
