/*
 * convert_gap.c: the report gap: which step of the funnel loses most, and
 * whether it really does (product.md V14, M19).
 *
 *	recoverable = (benchmark - rate) x entered
 *	              x share won of those that get to the next stage
 *	              x mean won value
 *
 * The benchmark of a step is what was agreed with --expect; else, with --by,
 * the rate of the rest, never of a total that holds the segment itself
 * (metrics.md 3.5.2); else the rate of those that entered before --from. What
 * comes after the step is taken from the segment's own closed records: the
 * deals of one are not worth what those of another are.
 *
 * With many steps and segments the largest gap is large by chance alone. The
 * verdict therefore asks for two things: that the interval lies above 0, and
 * that the test holds among all tests of the table (Benjamini and Hochberg).
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "convert.h"
#include "query.h"

#define BOOTSTRAP_DEFAULT 1000
#define BOOTSTRAP_MAX 100000
#define BOOTSTRAP_WORK 20000000.0 /* numbers drawn, of all rows together */
#define BOOTSTRAP_LEAST 100
#define SEED_DEFAULT 1
#define GAP_SEGMENTS_MAX 10000

/* ---- what is counted ---- */

/* What the records of a segment were worth, whenever they entered. */
struct gap_segment {
	struct group_key key;
	uint64_t *closed; /* [k]: reached k, and won, lost or rejected */
	uint64_t *won;
	struct value_tally value; /* of the won */
	struct vec amounts; /* of double, the known ones */
	double mean; /* of them; NaN: none, or several currencies */
};

struct share {
	uint64_t x, n;
};

struct gap_row {
	const struct gap_segment *segment;
	unsigned k;
	uint64_t x, n; /* of n that entered x went on */
	const char *against; /* NULL: there is no benchmark */
	uint64_t benchmark_n;
	double benchmark, gap, p, q, win_rate;
	uint64_t win_n;
	double wins, value; /* recoverable */
	struct interval gap_interval, wins_interval, value_interval;
	const char *verdict;
	size_t place; /* before they are ranked */
};

struct gap_run {
	struct convert *c;
	struct value_rules value;
	struct tally *before; /* entries before --from, or NULL */
	struct groups segments; /* of struct gap_segment */
	struct gap_row *rows;
	size_t n_rows, n_tests;
	size_t draws;
	int64_t seed;
	struct share *all; /* [k]: of all segments */
	double *drawn_means; /* of the amounts of a segment, drawn again */
	double *drawn_wins, *drawn_values; /* of a row */
	bool by_value; /* ranked by value, else by wins */
	bool mixed; /* amounts of several currencies */
};

/* ---- options ---- */

static int
take_draws(
    const struct convert *c, int64_t *draws, int64_t *seed, struct fnl_err *err)
{
	const struct fnl_convert_query *q = c->query;

	*draws = BOOTSTRAP_DEFAULT;
	*seed = SEED_DEFAULT;
	if (q->bootstrap &&
	    query_count("--bootstrap", q->bootstrap, draws, err) < 0)
		return -1;
	if (q->seed && query_count("--seed", q->seed, seed, err) < 0)
		return -1;
	if (*draws < BOOTSTRAP_LEAST || *draws > BOOTSTRAP_MAX)
		return fail(err, FNL_USAGE,
		    "--bootstrap: '%s' is not between %d and %d", q->bootstrap,
		    BOOTSTRAP_LEAST, BOOTSTRAP_MAX);
	return 0;
}

/* The time before is a fair benchmark only where both sides are followed for
 * the same time. */
static bool
looks_back(const struct convert *c)
{
	const struct fnl_convert_query *q = c->query;

	return q->input.from && q->horizon && !q->input.by.n;
}

int
convert_gap_options(struct convert *c, struct fnl_err *err)
{
	const struct fnl_convert_query *q = c->query;
	int64_t draws, seed;

	if (!q->input.by.n && !c->expect.n && q->input.from && !q->horizon)
		return fail(err, FNL_USAGE,
		    "--report gap compares with the time before --from, where "
		    "records had longer to go on: give --horizon, such as "
		    "--horizon 90d");
	if (!q->input.by.n && !c->expect.n && !looks_back(c))
		return fail(err, FNL_USAGE,
		    "--report gap has nothing to compare with: give --by (each "
		    "segment with the rest), --expect STAGE=RATE, or --from "
		    "and --horizon (with the time before)");
	c->rules.anchor = ANCHOR_STEP;
	return take_draws(c, &draws, &seed, err);
}

static int
check_steps(const struct convert *c, struct fnl_err *err)
{
	for (size_t i = 0; i < c->n_expected; i++) {
		if (c->expected[i].to != c->expected[i].from + 1)
			return fail(err, FNL_USAGE,
			    "--expect '%s' spans several steps; --report gap "
			    "looks at each: give STAGE=RATE",
			    c->expect.items[i]);
		for (size_t j = 0; j < i; j++)
			if (c->expected[j].from == c->expected[i].from)
				return fail(err, FNL_USAGE,
				    "--expect gives '%s' twice",
				    convert_stage(c, c->expected[i].from));
	}
	return 0;
}

/* ---- counting ---- */

static struct gap_segment *
segment_at(struct gap_run *run, const uint32_t *by)
{
	struct convert *c = run->c;
	bool is_new;
	struct gap_segment *segment = groups_at(
	    &run->segments, by, (struct when){ 0, WHEN_UNKNOWN }, &is_new);

	if (!is_new)
		return segment;
	segment->closed = arena_array(
	    c->arena, c->rules.n_ranks + 1, sizeof(*segment->closed));
	segment->won =
	    arena_array(c->arena, c->rules.n_ranks + 1, sizeof(*segment->won));
	segment->amounts = vec_new(c->arena, sizeof(double));
	return segment;
}

static void
count_worth(struct gap_run *run, const struct reach *reach)
{
	struct convert *c = run->c;
	const struct timeline *t = c->walk.timeline;
	struct gap_segment *segment = segment_at(run, c->walk.by);
	bool won = t->outcome == OUTCOME_WON;
	struct value value;

	if (!won && t->outcome != OUTCOME_LOST &&
	    t->outcome != OUTCOME_REJECTED)
		return;
	for (unsigned k = 1; k <= c->rules.n_ranks; k++)
		if (reach->counted & rank_bit(k)) {
			segment->closed[k]++;
			segment->won[k] += won;
		}
	if (!won)
		return;
	value = value_of_record(
	    &run->value, store_at(c->load.store, c->walk.record), t);
	value_add(&segment->value, value);
	if (value.known)
		*(double *)vec_push(&segment->amounts) =
		    (double)value.amount / MONEY_UNIT;
}

static void
start_counting(struct gap_run *run)
{
	struct convert *c = run->c;
	struct tally_rules *rules = &c->rules;
	struct tally_rules before;

	rules->window = c->load.window;
	rules->as_of = c->load.as_of;
	rules->zone = c->path.zone = c->load.zone;
	rules->fiscal_month = c->load.definitions.fiscal_month;
	rules->n_ranks = c->path.n_ranks = c->walk.timelines->n_ranks;
	run->value = load_value_rules(&c->load, rules->value.fx);
	c->tally = tally_new(c->arena, rules, c->load.segments.n_by);
	run->segments = groups_new(c->arena, sizeof(struct gap_segment),
	    c->load.segments.n_by, PERIOD_NONE, rules->fiscal_month,
	    rules->zone);
	if (!c->load.segments.n_by)
		segment_at(run, NULL);
	if (!looks_back(c))
		return;
	before = *rules;
	before.window = (struct window){ .to = rules->window.from };
	run->before = tally_new(c->arena, &before, 0);
}

static void
count_records(struct gap_run *run)
{
	struct convert *c = run->c;

	start_counting(run);
	while (walk_next(&c->walk)) {
		const struct timeline *t = c->walk.timeline;
		struct reach reach;

		path_reach(&c->path, t, &reach);
		c->stageless += reach.counted == 0;
		tally_stages(c->tally, c->walk.by, t, &reach, &c->path);
		if (run->before)
			tally_stages(run->before, NULL, t, &reach, &c->path);
		count_worth(run, &reach);
	}
}

/* ---- benchmarks ---- */

static struct share
share_of(const struct group *group, unsigned k)
{
	return (struct share){ group->stages[k].converted,
		group->stages[k].entered };
}

static struct share
share_of_all(const struct tally *tally, unsigned k)
{
	struct share all = { 0, 0 };

	for (size_t i = 0; i < tally->groups.items.count; i++) {
		struct share one = share_of(vec_at(&tally->groups.items, i), k);

		all.x += one.x;
		all.n += one.n;
	}
	return all;
}

static const struct expectation *
expectation_of(const struct convert *c, unsigned k)
{
	for (size_t i = 0; i < c->n_expected; i++)
		if (c->expected[i].from == k)
			return &c->expected[i];
	return NULL;
}

/* Wilson's interval and its own test, the z of the score. */
static void
compare_to_rate(const struct convert *c, struct gap_row *row, double rate)
{
	struct interval own =
	    stats_proportion(row->x, row->n, c->confidence, INTERVAL_WILSON);
	double n = (double)row->n, z;

	row->against = "expected";
	row->benchmark = rate;
	row->gap = rate - stats_ratio((double)row->x, n);
	row->gap_interval =
	    (struct interval){ rate - own.high, rate - own.low };
	z = row->gap / sqrt(rate * (1 - rate) / n);
	row->p = 2 * stats_normal_cdf(-fabs(z));
}

static void
compare_to_share(const struct convert *c, struct gap_row *row,
    const char *against, struct share share)
{
	struct share_difference d = stats_share_difference(
	    share.x, share.n, row->x, row->n, c->confidence);

	row->against = against;
	row->benchmark = stats_ratio((double)share.x, (double)share.n);
	row->benchmark_n = share.n;
	row->gap = d.difference;
	row->gap_interval = d.interval;
	row->p = d.p;
}

static void
compare(const struct gap_run *run, struct gap_row *row)
{
	const struct convert *c = run->c;
	const struct expectation *e = expectation_of(c, row->k);

	row->benchmark = row->gap = row->p = NAN;
	row->gap_interval = (struct interval){ NAN, NAN };
	if (e) {
		compare_to_rate(c, row, e->rate);
	} else if (c->load.segments.n_by) {
		struct share rest = run->all[row->k];

		rest.x -= row->x;
		rest.n -= row->n;
		compare_to_share(c, row, "rest", rest);
	} else if (run->before) {
		compare_to_share(
		    c, row, "before", share_of_all(run->before, row->k));
	}
}

/* ---- draws ---- */

/* As many as were asked for, as long as the work stays bounded. */
static size_t
draws_for(const struct gap_run *run, double asked)
{
	double work = 0;

	for (size_t i = 0; i < run->segments.items.count; i++) {
		const struct gap_segment *segment =
		    vec_at(&run->segments.items, i);

		work += (double)segment->amounts.count +
			3.0 * run->c->rules.n_ranks;
	}
	if (asked * work > BOOTSTRAP_WORK)
		asked = fmax(BOOTSTRAP_LEAST, floor(BOOTSTRAP_WORK / work));
	return (size_t)asked;
}

/* The mean amount, of the amounts and of draws from them. */
static void
draw_means(struct gap_run *run, struct gap_segment *segment,
    struct stats_random *random)
{
	size_t n = segment->amounts.count;
	double *amounts = arena_array(run->c->arena, n + 1, sizeof(*amounts));

	for (size_t i = 0; i < n; i++)
		amounts[i] = *(double *)vec_at(&segment->amounts, i);
	stats_sort(amounts, n); /* no matter in which order they came */
	segment->mean = segment->value.mixed
			    ? (double)NAN
			    : stats_ratio(money_double(segment->value.sum),
				  (double)segment->value.sum.known);
	for (size_t d = 0; d < run->draws; d++) {
		double sum = 0;

		for (size_t i = 0; i < n; i++)
			sum += amounts[stats_random_below(random, n)];
		run->drawn_means[d] = stats_ratio(sum, (double)n);
	}
}

static double
draw_share(struct stats_random *random, double share, uint64_t n)
{
	return stats_random_binomial(random, share, (unsigned)n) / (double)n;
}

static struct interval
percentiles(const struct gap_run *run, double *values)
{
	double tail = (1 - run->c->confidence) / 2;

	stats_sort(values, run->draws);
	return (struct interval){ stats_quantile(values, run->draws, tail),
		stats_quantile(values, run->draws, 1 - tail) };
}

/* Draws every rate of the product anew from its own count. */
static void
draw_row(struct gap_run *run, struct gap_row *row, struct stats_random *random)
{
	double rate = (double)row->x / (double)row->n;

	for (size_t d = 0; d < run->draws; d++) {
		double benchmark =
		    row->benchmark_n
			? draw_share(random, row->benchmark, row->benchmark_n)
			: row->benchmark;
		double gap = benchmark - draw_share(random, rate, row->n);
		double wins = gap * (double)row->n *
			      draw_share(random, row->win_rate, row->win_n);

		run->drawn_wins[d] = wins;
		run->drawn_values[d] = wins * run->drawn_means[d];
	}
	row->wins_interval = percentiles(run, run->drawn_wins);
	if (!isnan(row->value))
		row->value_interval = percentiles(run, run->drawn_values);
}

/* ---- rows ---- */

static void
fill_row(struct gap_run *run, struct gap_row *row, struct stats_random *random)
{
	const struct gap_segment *segment = row->segment;

	compare(run, row);
	row->win_n = segment->closed[row->k + 1];
	row->win_rate =
	    stats_ratio((double)segment->won[row->k + 1], (double)row->win_n);
	row->wins = row->gap * (double)row->n * row->win_rate;
	row->value = row->wins * segment->mean;
	row->wins_interval = row->value_interval =
	    (struct interval){ NAN, NAN };
	if (!isnan(row->wins))
		draw_row(run, row, random);
}

/* Of each segment in turn with chance numbers of its own, so that one segment
 * more changes nothing for the others. */
static void
make_segment(
    struct gap_run *run, struct gap_segment *segment, const struct group *group)
{
	struct stats_random *random =
	    stats_random_new(run->c->arena, (uint64_t)run->seed);

	draw_means(run, segment, random);
	for (unsigned k = 1; k < run->c->rules.n_ranks; k++) {
		struct gap_row *row = &run->rows[run->n_rows];
		struct share own = share_of(group, k);

		*row = (struct gap_row){ .segment = segment,
			.k = k,
			.x = own.x,
			.n = own.n,
			.place = run->n_rows++ };
		fill_row(run, row, random);
		run->n_tests += isnan(row->p) ? 0 : 1;
	}
}

static void
make_rows(struct gap_run *run)
{
	struct convert *c = run->c;
	const struct groups *groups = &c->tally->groups;
	void **sorted = groups_sorted(groups, c->load.store->texts);

	run->rows = arena_array(c->arena,
	    groups->items.count * c->rules.n_ranks + 1, sizeof(*run->rows));
	run->all =
	    arena_array(c->arena, c->rules.n_ranks + 1, sizeof(*run->all));
	for (unsigned k = 1; k < c->rules.n_ranks; k++)
		run->all[k] = share_of_all(c->tally, k);
	run->drawn_means =
	    arena_array(c->arena, run->draws, sizeof(*run->drawn_means));
	run->drawn_wins =
	    arena_array(c->arena, run->draws, sizeof(*run->drawn_wins));
	run->drawn_values =
	    arena_array(c->arena, run->draws, sizeof(*run->drawn_values));
	for (size_t i = 0; i < groups->items.count; i++) {
		const struct group *group = sorted[i];

		make_segment(run, segment_at(run, group->key.by), group);
	}
}

static void
adjust(struct gap_run *run)
{
	double *p = arena_array(run->c->arena, run->n_rows + 1, sizeof(*p));

	for (size_t i = 0; i < run->n_rows; i++)
		p[i] = run->rows[i].p;
	stats_benjamini_hochberg(run->c->arena, p, run->n_rows, p);
	for (size_t i = 0; i < run->n_rows; i++)
		run->rows[i].q = p[i];
}

/* Whether amounts rank the rows: there are some, in one currency. */
static void
choose_measure(struct gap_run *run)
{
	struct value_tally all = { .any = false };

	for (size_t i = 0; i < run->segments.items.count; i++) {
		const struct gap_segment *segment =
		    vec_at(&run->segments.items, i);

		all.mixed |= segment->value.mixed ||
			     (all.any && segment->value.any &&
				 segment->value.currency != all.currency);
		if (segment->value.any)
			all.currency = segment->value.currency;
		all.any |= segment->value.any;
	}
	run->mixed = all.mixed;
	run->by_value = all.any && !all.mixed;
}

/* The largest first, undefined ones last. */
static int
compare_measures(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(a) - isnan(b);
	return (a < b) - (a > b);
}

static int
by_place(const struct gap_row *a, const struct gap_row *b)
{
	return (a->place > b->place) - (a->place < b->place);
}

static int
by_wins(const void *pa, const void *pb)
{
	const struct gap_row *a = pa, *b = pb;
	int order = compare_measures(a->wins, b->wins);

	return order ? order : by_place(a, b);
}

static int
by_value(const void *pa, const void *pb)
{
	const struct gap_row *a = pa, *b = pb;
	int order = compare_measures(a->value, b->value);

	return order ? order : by_wins(pa, pb);
}

static bool
is_real(const struct gap_run *run, const struct gap_row *row)
{
	double low =
	    run->by_value ? row->value_interval.low : row->wins_interval.low;

	return row->gap_interval.low > 0 && low > 0 &&
	       row->q <= 1 - run->c->confidence;
}

/* Ranks the rows, and says what each is. Returns the one to fix, or NULL. */
static const struct gap_row *
judge(struct gap_run *run)
{
	const struct gap_row *first = NULL;

	qsort(run->rows, run->n_rows, sizeof(*run->rows),
	    run->by_value ? by_value : by_wins);
	for (size_t i = 0; i < run->n_rows; i++) {
		struct gap_row *row = &run->rows[i];

		if (!(row->gap > 0))
			continue;
		if (!is_real(run, row)) {
			row->verdict = "noise";
			continue;
		}
		row->verdict = first ? "gap" : "fix this";
		if (!first)
			first = row;
	}
	return first;
}

/* ---- table ---- */

enum {
	GAP_STAGE,
	GAP_ENTERED,
	GAP_CONVERTED,
	GAP_RATE,
	GAP_AGAINST,
	GAP_BENCHMARK,
	GAP_BENCHMARK_N,
	GAP_GAP,
	GAP_LO,
	GAP_HI,
	GAP_P,
	GAP_Q,
	GAP_WIN_RATE,
	GAP_WIN_N,
	GAP_MEAN,
	GAP_WINS,
	GAP_WINS_LO,
	GAP_WINS_HI,
	GAP_VALUE,
	GAP_VALUE_LO,
	GAP_VALUE_HI,
	GAP_CURRENCY,
	GAP_VERDICT,
	GAP_COLUMNS
};

static const struct column gap_columns[GAP_COLUMNS] = {
	[GAP_STAGE] = { "stage", "Stage", UNIT_TEXT, FOR_ALL,
	    "The step from this stage to the next." },
	[GAP_ENTERED] = { "entered", "Entered", UNIT_COUNT, FOR_ROOM,
	    "Records that count at the stage." },
	[GAP_CONVERTED] = { "converted", "Converted", UNIT_COUNT, FOR_MACHINES,
	    "Of those, at the next stage." },
	[GAP_RATE] = { "rate", "Rate", UNIT_SHARE, FOR_ALL,
	    "converted / entered." },
	[GAP_AGAINST] = { "against", "Against", UNIT_TEXT, FOR_MACHINES,
	    "The benchmark: expected, rest or before." },
	[GAP_BENCHMARK] = { "benchmark", "Benchmark", UNIT_SHARE, FOR_ALL,
	    "The rate to compare with." },
	[GAP_BENCHMARK_N] = { "benchmark_n", "Of", UNIT_COUNT, FOR_MACHINES,
	    "Records behind it; empty for an expected rate." },
	[GAP_GAP] = { "gap", "Gap", UNIT_SHARE, FOR_ROOM, "benchmark - rate." },
	[GAP_LO] = { "gap_lo", "Gap low", UNIT_SHARE, FOR_MACHINES,
	    "Lower bound of gap." },
	[GAP_HI] = { "gap_hi", "Gap high", UNIT_SHARE, FOR_MACHINES,
	    "Upper bound of gap." },
	[GAP_P] = { "p", "p", UNIT_NUMBER, FOR_MACHINES,
	    "Of a gap this large or larger by chance." },
	[GAP_Q] = { "q", "q", UNIT_NUMBER, FOR_MACHINES,
	    "The same among all rows, by Benjamini and Hochberg." },
	[GAP_WIN_RATE] = { "win_rate", "Won after", UNIT_SHARE, FOR_MACHINES,
	    "Won of the closed records that got to the next stage." },
	[GAP_WIN_N] = { "win_n", "Closed", UNIT_COUNT, FOR_MACHINES,
	    "Those closed records." },
	[GAP_MEAN] = { "mean_won_value", "Mean won", UNIT_NUMBER, FOR_MACHINES,
	    "Mean known amount of a won record of the segment." },
	[GAP_WINS] = { "wins", "Wins", UNIT_NUMBER, FOR_ALL,
	    "Wins to recover: gap x entered x win_rate." },
	[GAP_WINS_LO] = { "wins_lo", "Wins low", UNIT_NUMBER, FOR_MACHINES,
	    "Lower bound of wins." },
	[GAP_WINS_HI] = { "wins_hi", "Wins high", UNIT_NUMBER, FOR_MACHINES,
	    "Upper bound of wins." },
	[GAP_VALUE] = { "value", "Value", UNIT_MONEY, FOR_ALL_IF_ANY,
	    "Value to recover: wins x mean_won_value." },
	[GAP_VALUE_LO] = { "value_lo", "Low", UNIT_MONEY, FOR_ROOM_IF_ANY,
	    "Lower bound of value." },
	[GAP_VALUE_HI] = { "value_hi", "High", UNIT_MONEY, FOR_ROOM_IF_ANY,
	    "Upper bound of value." },
	[GAP_CURRENCY] = { "currency", "Currency", UNIT_TEXT, FOR_MACHINES,
	    "Of the values." },
	[GAP_VERDICT] = { "verdict", "Verdict", UNIT_TEXT, FOR_ALL,
	    "fix this, gap, or noise; empty: no gap." },
};

static void
put_number(struct sheet *sheet, size_t i, double value)
{
	sheet_cell(sheet, i, cell_number(value));
}

static void
put_row(
    const struct gap_run *run, struct sheet *sheet, const struct gap_row *row)
{
	const struct gap_segment *segment = row->segment;

	sheet_row(sheet, &segment->key);
	sheet_cell(
	    sheet, GAP_STAGE, cell_optional(convert_stage(run->c, row->k)));
	sheet_cell(sheet, GAP_ENTERED, cell_count(row->n));
	sheet_cell(sheet, GAP_CONVERTED, cell_count(row->x));
	put_number(
	    sheet, GAP_RATE, stats_ratio((double)row->x, (double)row->n));
	sheet_cell(sheet, GAP_AGAINST, cell_optional(row->against));
	put_number(sheet, GAP_BENCHMARK, row->benchmark);
	if (row->benchmark_n)
		sheet_cell(
		    sheet, GAP_BENCHMARK_N, cell_count(row->benchmark_n));
	put_number(sheet, GAP_GAP, row->gap);
	put_number(sheet, GAP_LO, row->gap_interval.low);
	put_number(sheet, GAP_HI, row->gap_interval.high);
	put_number(sheet, GAP_P, row->p);
	put_number(sheet, GAP_Q, row->q);
	put_number(sheet, GAP_WIN_RATE, row->win_rate);
	sheet_cell(sheet, GAP_WIN_N, cell_count(row->win_n));
	put_number(sheet, GAP_MEAN, segment->mean);
	put_number(sheet, GAP_WINS, row->wins);
	put_number(sheet, GAP_WINS_LO, row->wins_interval.low);
	put_number(sheet, GAP_WINS_HI, row->wins_interval.high);
	put_number(sheet, GAP_VALUE, row->value);
	put_number(sheet, GAP_VALUE_LO, row->value_interval.low);
	put_number(sheet, GAP_VALUE_HI, row->value_interval.high);
	if (segment->value.any && !segment->value.mixed)
		sheet_cell(sheet, GAP_CURRENCY,
		    cell_of_text(&run->c->load, segment->value.currency, NULL));
	sheet_cell(sheet, GAP_VERDICT, cell_optional(row->verdict));
}

/* ---- notes ---- */

static void
note_verdict(
    const struct gap_run *run, const struct gap_row *row, struct table *table)
{
	const struct convert *c = run->c;
	char value[NUMBER_MAX];
	const char *where;

	if (!row) {
		table_note(table, "gap",
		    "no gap distinguishable from noise, of %zu compared",
		    run->n_tests);
		return;
	}
	where = convert_group(c, &row->segment->key);
	number_text(value, round(row->value));
	table_note(table, "gap",
	    "fix this: %s%s%s to %s, where %.1f%% of %" PRIu64
	    " go on; at %.1f%% there would be %.1f more wins (%.1f to %.1f)"
	    "%s%s",
	    where, *where ? ": " : "", convert_stage(c, row->k),
	    convert_stage(c, row->k + 1), 100 * (double)row->x / (double)row->n,
	    row->n, 100 * row->benchmark, row->wins, row->wins_interval.low,
	    row->wins_interval.high, run->by_value ? ", worth " : "",
	    run->by_value ? value : "");
}

static void
note_rules(const struct gap_run *run, struct table *table)
{
	const struct convert *c = run->c;
	const char *horizon = c->query->horizon;

	table_note(table, "benchmark", "%s%s",
	    c->n_expected ? "the rates of --expect; for other steps " : "",
	    c->load.segments.n_by ? "the rate of the rest, without the segment"
	    : run->before         ? "the rate of those that entered before "
				    "--from"
				  : "there is none");
	table_note(table, "worth",
	    "wins that a step more leads to, and their mean value, as the "
	    "closed records of the segment show; ranked by %s",
	    run->by_value ? "value" : "wins");
	table_note(table, "selection",
	    "a gap says where to look, not why: what differs may be the "
	    "records, not the work");
	if (horizon)
		table_note(table, "horizon",
		    "only records that could be followed for %s from their "
		    "entry, and steps within it",
		    horizon);
	else
		table_note(table, "young",
		    "open records count as not gone on, however young; compare "
		    "with --horizon");
	table_note(table, "bootstrap",
	    "percentiles of %zu draws, seed %" PRId64
	    ", for wins and value; Newcombe's interval, or Wilson's, for the "
	    "gap",
	    run->draws, run->seed);
	if (run->mixed)
		table_note(table, "currency",
		    "values of several currencies cannot be ranked: say "
		    "currency and rates in the definitions");
}

static void
note_run(struct gap_run *run, struct table *table)
{
	struct convert *c = run->c;

	note_rules(run, table);
	walk_note_times(&c->walk, table);
	load_notes(&c->load, table);
	load_note_values(&c->load, &run->value, run->mixed, table);
	convert_note_records(c, c->tally->counted, table);
	note_count(table, "stageless", c->stageless,
	    "records that count at no stage: none was entered");
	note_count(table, "undated", c->tally->undated,
	    "records left out at some stage: it has no date, and the window "
	    "or horizon needs one");
	note_count(table, "not_followed", c->tally->not_followed,
	    "records left out at some stage: as-of comes before the end of "
	    "their horizon");
}

/* ---- the run ---- */

int
convert_gap(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct gap_run run = { .c = c };
	const struct column *columns[GAP_COLUMNS];
	struct sheet_plan plan = { .title = "Gaps",
		.columns = columns,
		.n_columns = GAP_COLUMNS,
		.n_keys = 1 };
	struct sheet sheet;
	int64_t draws;

	if (check_steps(c, err) < 0 ||
	    take_draws(c, &draws, &run.seed, err) < 0)
		return -1;
	if (!c->load.store->histories)
		return fail(err, FNL_DATA,
		    "a record list shows no steps, only where records are: "
		    "export the stage history or the dates each stage was "
		    "entered");
	for (size_t i = 0; i < GAP_COLUMNS; i++)
		columns[i] = &gap_columns[i];
	if (convert_sheet(c, plan, &sheet, err) < 0)
		return -1;
	count_records(&run);
	if (run.segments.items.count > GAP_SEGMENTS_MAX)
		return fail(err, FNL_USAGE,
		    "more than %d segments to compare: take a --by of fewer "
		    "values",
		    GAP_SEGMENTS_MAX);
	run.draws = draws_for(&run, (double)draws);
	make_rows(&run);
	adjust(&run);
	choose_measure(&run);
	note_verdict(&run, judge(&run), sheet.table);
	for (size_t i = 0; i < run.n_rows; i++)
		put_row(&run, &sheet, &run.rows[i]);
	expect_check(c, sheet.table);
	note_run(&run, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
