/*
 * velocity_stalled.c: the report stalled. Open deals that are in their stage
 * for longer than nine in ten of the deals that were won had been, and what
 * the waiting costs (metrics.md 3.2.5, R17).
 *
 * The yardstick is the won path: how long a lost deal lay around before
 * somebody closed it says nothing of how long deals take that go on.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "pipeline.h"
#include "query.h"
#include "stay.h"

#define QUANTILE_DEFAULT 0.9
#define STAYS_MIN 20 /* completed stays before a stage has its own threshold */
#define WANT_NAME 0 /* in stalled_fields[] of velocity.c */
#define WANT_OWNER 1

struct stays { /* completed, in days */
	double *days;
	size_t n, cap;
};

struct threshold {
	double days; /* NaN: none */
	const char *from; /* stage or all */
	size_t n; /* stays that it was taken from */
};

struct stalled {
	struct velocity *v;
	struct pipeline pipeline;
	double quantile;
	struct stays stays[RANKS_MAX + 1]; /* by rank; 0: all of them */
	struct threshold thresholds[RANKS_MAX + 1];
	struct stalled_deal *deals;
	size_t n;
	uint64_t no_age, no_threshold, negative;
	bool several_currencies;
};

struct stalled_deal {
	const struct open_deal *open;
	double age;
	const struct threshold *threshold;
	double at_entry, now; /* chances to win */
};

int
velocity_stalled_options(struct velocity *v, struct fnl_err *err)
{
	const struct fnl_velocity_query *q = v->query;
	double quantile;

	if (q->input.period)
		return fail(err, FNL_USAGE,
		    "--period says nothing to --report stalled: it lists the "
		    "deals that are open as of --as-of");
	if (q->input.from || q->input.to)
		return fail(err, FNL_USAGE,
		    "--from and --to say nothing to --report stalled: it "
		    "lists the deals that are open as of --as-of; --trailing "
		    "limits what it learns from");
	if (q->trailing && !v->trailing)
		return fail(err, FNL_USAGE,
		    "--trailing: '%s' leaves nothing to learn from",
		    q->trailing);
	return q->stall_quantile
		   ? query_share("--stall-q", q->stall_quantile, &quantile, err)
		   : 0;
}

/* ---- thresholds ---- */

static void
add_stay(struct arena *arena, struct stays *stays, double days)
{
	if (stays->n == stays->cap) {
		stays->cap = stays->cap ? 2 * stays->cap : 16;
		stays->days = arena_grow(
		    arena, stays->days, stays->cap * sizeof(*stays->days));
	}
	stays->days[stays->n++] = days;
}

static bool
is_taught_by(const struct stalled *s, const struct pass *pass)
{
	const struct when since = s->pipeline.odds.since;

	return pass->outcome == OUTCOME_WON &&
	       (since.kind == WHEN_UNKNOWN ||
		   when_compare(s->v->load.zone, pass->end, since) >= 0);
}

/* The completed stays of a won deal, from its last opening on. */
static void
add_stays(struct stalled *s, const struct timeline *t, const struct pass *pass)
{
	struct arena *arena = s->v->arena;
	struct stay stay;

	for (size_t at = 0; stay_next(t, &at, &stay);) {
		double days = when_days(s->v->load.zone, stay.start, stay.end);

		if (stay.visit < pass->first || stay.open || !stay.rank ||
		    stay.rank < s->pipeline.deals.start_rank)
			continue;
		s->negative += days < 0;
		if (!(days >= 0))
			continue;
		add_stay(arena, &s->stays[stay.rank], days);
		add_stay(arena, &s->stays[0], days);
	}
}

static void
find_thresholds(struct stalled *s)
{
	for (size_t i = 0; i <= RANKS_MAX; i++)
		if (s->stays[i].n)
			stats_sort(s->stays[i].days, s->stays[i].n);
	for (size_t i = 0; i <= RANKS_MAX; i++) {
		bool own = i && s->stays[i].n >= STAYS_MIN;
		const struct stays *stays = &s->stays[own ? i : 0];

		s->thresholds[i] = (struct threshold){
			stats_quantile(stays->days, stays->n, s->quantile),
			own ? "stage" : "all", stays->n
		};
	}
}

/* ---- deals ---- */

static void
add_deal(struct stalled *s, const struct open_deal *open)
{
	const struct odds *odds = &s->pipeline.odds;
	const struct threshold *threshold =
	    &s->thresholds[open->standing.stage];
	double age = when_days(
	    s->v->load.zone, open->standing.entered, s->pipeline.deals.as_of);

	if (isnan(age)) {
		s->no_age++;
		return;
	}
	if (isnan(threshold->days)) {
		s->no_threshold++;
		return;
	}
	if (age <= threshold->days)
		return;
	s->deals[s->n++] = (struct stalled_deal){ .open = open,
		.age = age,
		.threshold = threshold,
		.at_entry = odds_at_entry(odds, &open->standing),
		.now = odds_now(odds, &open->standing) };
}

/* The largest first, unknown values last; then the longest; then by id. */
static int
compare_deals(const void *pa, const void *pb)
{
	const struct stalled_deal *a = pa, *b = pb;
	const struct value *va = &a->open->value, *vb = &b->open->value;

	if (va->known != vb->known)
		return va->known ? -1 : 1;
	if (va->known && va->amount != vb->amount)
		return va->amount > vb->amount ? -1 : 1;
	if (a->age != b->age)
		return a->age > b->age ? -1 : 1;
	return slice_compare(a->open->id, b->open->id);
}

static void
find_stalled(struct stalled *s)
{
	struct pipeline *p = &s->pipeline;

	pipeline_start(p, s->v, &s->v->walk, s->v->load.as_of);
	while (pipeline_next(p))
		if (is_taught_by(s, &p->last))
			add_stays(s, p->walk->timeline, &p->last);
	pipeline_end(p);
	find_thresholds(s);
	s->deals = arena_array(s->v->arena, p->n_open + 1, sizeof(*s->deals));
	for (size_t i = 0; i < p->n_open; i++)
		add_deal(s, &p->open[i]);
	qsort(s->deals, s->n, sizeof(*s->deals), compare_deals);
	for (size_t i = 1; i < s->n; i++)
		s->several_currencies |= s->deals[i].open->value.known &&
					 s->deals[i].open->value.currency !=
					     s->deals[0].open->value.currency;
}

/* ---- table ---- */

struct stalled_column {
	struct column column;
	struct cell (*cell)(
	    const struct stalled *s, const struct stalled_deal *deal);
};

static struct cell
cell_id(const struct stalled *s, const struct stalled_deal *deal)
{
	(void)s;
	return cell_text(deal->open->id);
}

static struct cell
wanted_text(const struct stalled *s, const struct stalled_deal *deal,
    size_t want, const char *blank)
{
	const struct load *load = &s->v->load;

	return cell_of_text(load,
	    store_attribute_at(
		load->store, deal->open->record, load->want_attribute[want]),
	    blank);
}

static struct cell
cell_name(const struct stalled *s, const struct stalled_deal *deal)
{
	return wanted_text(s, deal, WANT_NAME, NULL);
}

static struct cell
cell_owner(const struct stalled *s, const struct stalled_deal *deal)
{
	return wanted_text(s, deal, WANT_OWNER, "(blank)");
}

static const char *
stage_of_rank(const struct stalled *s, size_t rank)
{
	const struct velocity *v = s->v;

	return v->load.definitions
	    .stages[v->walk.timelines->stage_of_rank[rank]]
	    .name;
}

static struct cell
cell_stage(const struct stalled *s, const struct stalled_deal *deal)
{
	return cell_optional(stage_of_rank(s, deal->open->standing.stage));
}

static struct cell
cell_value(const struct stalled *s, const struct stalled_deal *deal)
{
	struct money_sum sum = { 0 };

	(void)s;
	if (deal->open->value.known)
		money_add(&sum, deal->open->value.amount);
	return cell_money(sum);
}

static struct cell
cell_currency(const struct stalled *s, const struct stalled_deal *deal)
{
	return deal->open->value.known
		   ? cell_of_text(&s->v->load, deal->open->value.currency, NULL)
		   : cell_optional(NULL);
}

/* From the entry to the present stage to as_of. */
static struct cell
cell_age(const struct stalled *s, const struct stalled_deal *deal)
{
	(void)s;
	return cell_number(deal->age);
}

static struct cell
cell_threshold(const struct stalled *s, const struct stalled_deal *deal)
{
	(void)s;
	return cell_number(deal->threshold->days);
}

static struct cell
cell_threshold_from(const struct stalled *s, const struct stalled_deal *deal)
{
	(void)s;
	return cell_optional(deal->threshold->from);
}

static struct cell
cell_threshold_n(const struct stalled *s, const struct stalled_deal *deal)
{
	(void)s;
	return cell_count(deal->threshold->n);
}

/* What the waiting took from the value that could be expected when the deal
 * entered its stage. Negative where deals of that age are won more often than
 * fresh ones, because the losses come early: that is news, not a mistake. */
static struct cell
cell_expected_loss(const struct stalled *s, const struct stalled_deal *deal)
{
	const struct value *value = &deal->open->value;

	(void)s;
	if (!value->known)
		return cell_optional(NULL);
	return cell_number(
	    (double)value->amount / MONEY_UNIT * (deal->at_entry - deal->now));
}

static struct cell
cell_p_entry(const struct stalled *s, const struct stalled_deal *deal)
{
	(void)s;
	return cell_number(deal->at_entry);
}

static struct cell
cell_p_now(const struct stalled *s, const struct stalled_deal *deal)
{
	(void)s;
	return cell_number(deal->now);
}

static const struct stalled_column stalled_columns[] = {
	{ { "id", "Id", UNIT_TEXT, FOR_ALL, "Id of the deal." }, cell_id },
	{ { "name", "Name", UNIT_TEXT, FOR_ROOM, "Its name." }, cell_name },
	{ { "owner", "Owner", UNIT_TEXT, FOR_ALL,
	      "Who owns it; (blank) where nobody is named." },
	    cell_owner },
	{ { "stage", "Stage", UNIT_TEXT, FOR_ALL, "Where it is." },
	    cell_stage },
	{ { "value", "Value", UNIT_MONEY, FOR_ALL,
	      "Its amount; empty where it is unknown." },
	    cell_value },
	{ { "currency", "Currency", UNIT_TEXT, FOR_MACHINES, "Of the value." },
	    cell_currency },
	{ { "age", "Days", UNIT_DAYS, FOR_ALL,
	      "Days since it entered the stage." },
	    cell_age },
	{ { "threshold", "Limit", UNIT_DAYS, FOR_ALL,
	      "Days that so many won deals (--stall-q) did not exceed." },
	    cell_threshold },
	{ { "threshold_from", "Limit of", UNIT_TEXT, FOR_ROOM,
	      "stage: stays in that stage; all: in all stages, for want of "
	      "20." },
	    cell_threshold_from },
	{ { "threshold_n", "Stays", UNIT_COUNT, FOR_MACHINES,
	      "Completed stays behind the limit." },
	    cell_threshold_n },
	{ { "expected_loss", "Expected loss", UNIT_MONEY, FOR_ALL,
	      "value x (p_entry - p_now); negative where age helped." },
	    cell_expected_loss },
	{ { "p_entry", "Chance at entry", UNIT_SHARE, FOR_MACHINES,
	      "Chance to win when it entered the stage." },
	    cell_p_entry },
	{ { "p_now", "Chance now", UNIT_SHARE, FOR_MACHINES,
	      "Chance to win at its age, as far as the data go." },
	    cell_p_now },
};

#define N_COLUMNS (sizeof(stalled_columns) / sizeof(*stalled_columns))

/* Every stage that has a threshold, with it. */
static void
note_thresholds(const struct stalled *s, struct table *table)
{
	for (size_t rank = 1; rank <= s->v->walk.timelines->n_ranks; rank++)
		if (s->stays[rank].n >= STAYS_MIN)
			table_note(table, "threshold",
			    "%s: %.1f d (%zu stays of won deals)",
			    stage_of_rank(s, rank), s->thresholds[rank].days,
			    s->thresholds[rank].n);
	if (s->stays[0].n)
		table_note(table, "threshold",
		    "all stages: %.1f d (%zu stays), where a stage has fewer "
		    "than %d",
		    s->thresholds[0].days, s->thresholds[0].n, STAYS_MIN);
	else
		table_note(table, "threshold",
		    "none: no won deal shows how long it stayed in a stage; "
		    "give a history of stages");
}

static void
note_stalled(const struct stalled *s, struct table *table)
{
	table_note(table, "stalled",
	    "%zu of %zu open deals are in their stage for longer than %g%% "
	    "of won deals were",
	    s->n, s->pipeline.n_open, 100 * s->quantile);
	note_thresholds(s, table);
	note_count(table, "no_age", s->no_age,
	    "open deals of which no file says when they entered their stage: "
	    "give an export of the stage history");
	note_count(table, "no_threshold", s->no_threshold,
	    "open deals that are compared with nothing");
	note_count(table, "neg_stays", s->negative,
	    "stays that end before they begin, in no limit");
	if (s->several_currencies)
		table_note(table, "currency",
		    "values of several currencies, sorted as if they were "
		    "one: say currency and rates in the definitions");
	pipeline_note_odds(&s->pipeline, table);
}

static void
fill_row(const struct stalled *s, struct sheet *sheet,
    const struct stalled_deal *deal)
{
	sheet_row(sheet, &(struct group_key){ .by = deal->open->by });
	for (size_t i = 0; i < N_COLUMNS; i++)
		if (sheet_wants(sheet, i))
			sheet_cell(sheet, i, stalled_columns[i].cell(s, deal));
}

int
velocity_stalled(struct velocity *v, struct table **out, struct fnl_err *err)
{
	struct stalled *s = arena_alloc(v->arena, sizeof(*s));
	const struct column *columns[N_COLUMNS];
	struct sheet_plan plan = { .title = "Stalled deals",
		.columns = columns,
		.n_columns = N_COLUMNS,
		.n_keys = 1 };
	struct sheet sheet;

	for (size_t i = 0; i < N_COLUMNS; i++)
		columns[i] = &stalled_columns[i].column;
	s->v = v;
	s->quantile = QUANTILE_DEFAULT;
	if (v->query->stall_quantile &&
	    query_share(
		"--stall-q", v->query->stall_quantile, &s->quantile, err) < 0)
		return -1;
	if (velocity_sheet(v, plan, &sheet, err) < 0)
		return -1;
	find_stalled(s);
	for (size_t i = 0; i < s->n; i++)
		fill_row(s, &sheet, &s->deals[i]);
	note_stalled(s, sheet.table);
	velocity_notes(v, s->n, false, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
