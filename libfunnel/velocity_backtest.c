/*
 * velocity_backtest.c: the report forecast with --backtest. At the start of
 * every past quarter the same forecast is made of what was known then, and
 * compared with what the same deals brought by its end: does the range hold
 * what came in four quarters of five, and how good were the chances (Brier
 * 1950), by stage too.
 */
#include <inttypes.h>
#include <math.h>

#include "figures.h"
#include "forecast.h"

/* Ten years. A date typed wrong by a century would else ask for hundreds. */
#define QUARTERS_MAX 40

struct backtest_sums {
	struct backtest_view all;
	struct backtest_view stages[RANKS_MAX + 1]; /* by rank; 0: unknown */
};

struct backtest {
	struct velocity *v;
	struct forecast forecast;
	struct pipeline pipeline;
	struct walk walk; /* as of a quarter's start */
	struct sheet sheet;
	struct backtest_sums sums[FORECAST_METHODS];
	/* the deals of a quarter: */
	const struct open_deal **open;
	struct deal_result *results;
	size_t n, cap;
	uint64_t n_undated; /* of them left out */
	uint64_t undated; /* over all quarters */
	bool began, mixed, skipped;
};

/* ---- which quarters ---- */

static int64_t
sooner_day(const struct backtest *b, int64_t day, struct when when)
{
	int64_t other;

	if (when.kind == WHEN_UNKNOWN)
		return day;
	other = zone_day(b->v->load.zone, when);
	return other < day ? other : day;
}

/* The first day on which a deal was there. Leaves the walk of the run at its
 * end: its counts are for the notes. */
static int64_t
first_day(struct backtest *b)
{
	struct velocity *v = b->v;
	int64_t day = INT64_MAX;
	const struct pass *passes;

	while (walk_next(&v->walk)) {
		size_t n = deal_stays_open(
		    &v->deals, v->walk.record, v->walk.timeline, &passes);

		for (size_t i = 0; i < n; i++)
			day = sooner_day(b, day, passes[i].start);
	}
	return day;
}

static int64_t
quarter_start(const struct backtest *b, int64_t day)
{
	return period_start(
	    PERIOD_QUARTER, day, b->v->load.definitions.fiscal_month);
}

static int64_t
quarter_before(const struct backtest *b, int64_t start)
{
	return quarter_start(b, start - 1);
}

/* The start of the last quarter that is over: a date as_of has seen its day
 * to the end, an instant has not. */
static int64_t
last_quarter(const struct backtest *b)
{
	struct when as_of = b->v->load.as_of;
	int64_t day = zone_day(b->v->load.zone, as_of);

	return quarter_before(
	    b, quarter_start(b, as_of.kind == WHEN_DATE ? day + 1 : day));
}

/* ---- one quarter ---- */

static bool
is_between(int64_t day, int64_t first, int64_t next)
{
	return day >= first && day < next;
}

/* What became of it from `first` until before `next`, by all that is known
 * today. False for a deal that is closed, nobody knows when: perhaps it was
 * closed before already. */
static bool
find_result(struct backtest *b, const struct open_deal *deal, int64_t first,
    int64_t next, struct deal_result *out)
{
	struct velocity *v = b->v;
	const struct timeline *t =
	    timeline_build(v->walk.timelines, deal->record);
	const struct pass *passes;
	size_t n = deal_stays_open(&v->deals, deal->record, t, &passes);

	*out = (struct deal_result){ .won = false };
	for (size_t i = 0; i < n; i++) {
		if (passes[i].outcome == OUTCOME_NONE)
			continue;
		if (passes[i].end.kind == WHEN_UNKNOWN)
			return false;
		out->won |= passes[i].outcome == OUTCOME_WON &&
			    is_between(zone_day(v->load.zone, passes[i].end),
				first, next);
	}
	if (out->won)
		out->value = value_at(
		    &v->value, v->load.store, deal->record, t, v->load.as_of);
	return true;
}

static void
reserve(struct backtest *b, size_t n)
{
	if (n <= b->cap)
		return;
	b->cap = 2 * n;
	b->open = arena_grow(b->v->arena, b->open, b->cap * sizeof(*b->open));
	b->results =
	    arena_grow(b->v->arena, b->results, b->cap * sizeof(*b->results));
}

/* The deals open when the quarter began, with what became of them. */
static void
find_deals(struct backtest *b, int64_t first, int64_t next)
{
	struct pipeline *p = &b->pipeline;
	struct when before = { (first - 1) * DAY_SECONDS, WHEN_DATE };

	walk_start_at(&b->walk, &b->v->load, before);
	pipeline_start(p, b->v, &b->walk, before);
	while (pipeline_next(p))
		;
	pipeline_end(p);
	reserve(b, p->n_open);
	b->n = b->n_undated = 0;
	for (size_t i = 0; i < p->n_open; i++) {
		bool known =
		    find_result(b, &p->open[i], first, next, &b->results[b->n]);

		b->n_undated += !known;
		if (known)
			b->open[b->n++] = &p->open[i];
	}
}

static void
add_stages(struct backtest *b, struct backtest_sums *sums,
    const struct forecast_view *view)
{
	for (size_t i = 0; i < view->n; i++) {
		struct forecast_view one = { .deals = &view->deals[i], .n = 1 };
		struct backtest_view scored = backtest_of(&one);

		backtest_add(
		    &sums->stages[b->open[i]->standing.stage], &scored);
	}
}

/* ---- table ---- */

static const struct column quarter_column = { "quarter", "Quarter", UNIT_TEXT,
	FOR_ALL, "The quarter that was forecast; all: all of them." };
static const struct column method_column = { "method", "Method", UNIT_TEXT,
	FOR_ALL, "Where the chances come from: stage or time." };
static const struct column stage_column = { "stage", "Stage", UNIT_TEXT,
	FOR_ALL, "Where the deals stood; all: anywhere." };
static const struct column rho_column = { "rho", "Correlation", UNIT_NUMBER,
	FOR_MACHINES, "See --rho." };
static const struct column draws_column = { "draws", "Draws", UNIT_COUNT,
	FOR_MACHINES, "Simulated outcomes a row." };
static const struct column seed_column = { "seed", "Seed", UNIT_COUNT,
	FOR_MACHINES, "Of the random numbers." };
static const struct column *const context_columns[] = { &rho_column,
	&draws_column, &seed_column };

#define N_KEYS 3

static int
new_sheet(struct backtest *b, struct fnl_err *err)
{
	const struct column **columns = arena_array(
	    b->v->arena, N_KEYS + n_backtest_metrics, sizeof(*columns));
	struct cell context[] = { cell_number(b->forecast.rho),
		cell_count((uint64_t)b->v->draws),
		cell_count((uint64_t)b->v->seed) };
	struct sheet_plan plan = { .title = "Back-test of the forecast",
		.columns = columns,
		.n_columns = N_KEYS + n_backtest_metrics,
		.n_keys = N_KEYS,
		.context = context_columns,
		.context_cells = context,
		.n_context = sizeof(context) / sizeof(*context),
		.figure = figure_of("velocity", "forecast --backtest") };

	columns[0] = &quarter_column;
	columns[1] = &method_column;
	columns[2] = &stage_column;
	for (size_t i = 0; i < n_backtest_metrics; i++)
		columns[N_KEYS + i] = &backtest_metrics[i].column;
	return velocity_sheet(b->v, plan, &b->sheet, err);
}

static void
fill_row(struct backtest *b, const char *quarter,
    const struct forecast_method *method, const char *stage,
    const struct backtest_view *view)
{
	sheet_row(&b->sheet, &(struct group_key){ .dated = false });
	sheet_cell(&b->sheet, 0, cell_optional(quarter));
	sheet_cell(&b->sheet, 1, cell_optional(method->name));
	sheet_cell(&b->sheet, 2, cell_optional(stage));
	for (size_t i = 0; i < n_backtest_metrics; i++)
		if (sheet_wants(&b->sheet, N_KEYS + i))
			sheet_cell(&b->sheet, N_KEYS + i,
			    cell_of_number(backtest_metrics[i].value(view),
				backtest_metrics[i].column.unit));
}

static const char *
quarter_name(const struct backtest *b, int64_t start)
{
	char text[PERIOD_TEXT];

	period_label(
	    text, PERIOD_QUARTER, start, b->v->load.definitions.fiscal_month);
	return arena_text(b->v->arena, slice_of(text));
}

static void
test_quarter(struct backtest *b, int64_t first, int64_t next)
{
	const char *name = quarter_name(b, first);

	find_deals(b, first, next);
	b->began |= b->pipeline.n_open && b->pipeline.odds.closed;
	if (!b->began)
		return;
	b->undated += b->n_undated;
	for (size_t m = 0; m < FORECAST_METHODS; m++) {
		const struct forecast_method *method = &forecast_methods[m];
		struct forecast_view forecast;
		struct backtest_view view;

		if (method->needs_today)
			continue;
		forecast = forecast_row(&b->forecast, &b->pipeline, method,
		    b->open, b->results, b->n, next - 1);
		b->mixed |= forecast.mixed || forecast.won_mixed;
		view = backtest_of(&forecast);
		backtest_add(&b->sums[m].all, &view);
		add_stages(b, &b->sums[m], &forecast);
		fill_row(b, name, method, "all", &view);
	}
}

static void
test_quarters(struct backtest *b)
{
	int64_t day = first_day(b), last = last_quarter(b), first = last;

	if (day > last)
		return;
	for (int i = 1; i < QUARTERS_MAX && first > day; i++)
		first = quarter_before(b, first);
	b->skipped = first > day;
	for (; first <= last; first = period_next(PERIOD_QUARTER, first))
		test_quarter(b, first, period_next(PERIOD_QUARTER, first));
}

static const char *
stage_name(const struct backtest *b, size_t rank)
{
	const struct velocity *v = b->v;

	if (!rank)
		return "(unknown)";
	return v->load.definitions
	    .stages[v->walk.timelines->stage_of_rank[rank]]
	    .name;
}

static void
fill_sums(struct backtest *b)
{
	for (size_t m = 0; m < FORECAST_METHODS && b->began; m++) {
		const struct backtest_sums *sums = &b->sums[m];

		if (forecast_methods[m].needs_today)
			continue;
		fill_row(b, "all", &forecast_methods[m], "all", &sums->all);
		for (size_t i = 1; i <= RANKS_MAX + 1; i++) {
			size_t rank = i % (RANKS_MAX + 1);

			if (sums->stages[rank].deals)
				fill_row(b, "all", &forecast_methods[m],
				    stage_name(b, rank), &sums->stages[rank]);
		}
	}
}

static void
note_backtest(const struct backtest *b, struct table *table)
{
	if (b->began)
		table_note(table, "backtest",
		    "at every start of a quarter, from what was known the day "
		    "before, against what the same deals brought by its end");
	else
		table_note(table, "backtest",
		    "no quarter that is over by as-of began with open deals "
		    "and closed ones before it");
	table_note(table, "methods",
	    "stage: to win some day, so that it promises too much of a "
	    "quarter; time: by its end; field is left out, since the "
	    "chances of the CRM are those of today");
	if (b->skipped)
		table_note(table, "quarters", "the last %d only", QUARTERS_MAX);
	note_count(table, "undated", b->undated,
	    "times that a deal was left out that is closed nobody knows when");
	if (b->began)
		velocity_note_amounts(b->pipeline.v, table);
	forecast_note(&b->forecast, table);
}

/* ---- the run ---- */

static void
zero_sums(struct backtest *b)
{
	for (size_t m = 0; m < FORECAST_METHODS; m++) {
		b->sums[m].all.is_sum = true;
		for (size_t i = 0; i <= RANKS_MAX; i++) {
			b->sums[m].stages[i].is_sum = true;
			b->sums[m].stages[i].quarters = NAN;
		}
	}
}

int
velocity_backtest(struct velocity *v, struct table **out, struct fnl_err *err)
{
	struct backtest *b = arena_alloc(v->arena, sizeof(*b));

	b->v = v;
	if (v->load.as_of.kind == WHEN_UNKNOWN)
		return fail(
		    err, FNL_DATA, "the data holds no time: say --as-of");
	if (forecast_new(v, &b->forecast, err) < 0 || new_sheet(b, err) < 0)
		return -1;
	zero_sums(b);
	test_quarters(b);
	fill_sums(b);
	note_backtest(b, b->sheet.table);
	velocity_notes(v, v->walk.records, b->mixed, b->sheet.table);
	*out = sheet_end(&b->sheet);
	return 0;
}
