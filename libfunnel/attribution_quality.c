/*
 * attribution_quality.c: the report quality. What became of the records that
 * each channel brought, on one row, so that volume cannot hide quality (A11).
 *
 * A record belongs to the channel of its first touch and to the period in
 * which it was created: a cohort, whose later stages may still come.
 */
#include <math.h>

#include "attribution.h"

/* What one row counted. */
struct quality {
	uint64_t leads, accepted, sql, opportunities, wins, losses;
	struct value_tally revenue;
	struct vec cycles; /* double */
};

struct quality_view {
	const struct quality *row;
	bool has_accepted, has_sql; /* there is such a stage */
	const double *cycles; /* sorted */
};

/* ---- columns ---- */

/* Records. Many tell nothing: compare what became of them. */
static double
m_leads(const struct quality_view *v)
{
	return (double)v->row->leads;
}

/* Reached the stage SAL or a later one; undefined without such a stage. */
static double
m_accepted(const struct quality_view *v)
{
	return v->has_accepted ? (double)v->row->accepted : NAN;
}

/* The same for the stage SQL. */
static double
m_sql(const struct quality_view *v)
{
	return v->has_sql ? (double)v->row->sql : NAN;
}

/* Entered the pipeline, open ones too. */
static double
m_opportunities(const struct quality_view *v)
{
	return (double)v->row->opportunities;
}

static double
m_wins(const struct quality_view *v)
{
	return (double)v->row->wins;
}

/* Known amounts of the wins; undefined where none is known or they are in
 * several currencies. A row without wins earned 0. */
static double
m_revenue(const struct quality_view *v)
{
	const struct value_tally *revenue = &v->row->revenue;

	if (!v->row->wins)
		return 0;
	return revenue->any && !revenue->mixed ? money_double(revenue->sum)
					       : NAN;
}

/* wins / (wins + lost opportunities), as CRMs have it: open ones are in
 * neither, so that a young channel is judged by its fastest deals. Undefined
 * while none is closed. */
static double
m_win_rate(const struct quality_view *v)
{
	double wins = (double)v->row->wins;

	return stats_ratio(wins, wins + (double)v->row->losses);
}

/* Median days from the opportunity to the win; only of wins, so that it is
 * short while slow deals are still open. */
static double
m_cycle_median(const struct quality_view *v)
{
	return stats_quantile(v->cycles, v->row->cycles.count, 0.5);
}

/* Wins whose amount is not known, in no revenue. */
static double
m_unvalued(const struct quality_view *v)
{
	return (double)(v->row->wins - v->row->revenue.sum.known);
}

static const struct column channel_column = { "channel", "Channel", UNIT_TEXT,
	FOR_ALL, "Of the first touch of the record." };

static const struct quality_metric {
	struct column column;
	double (*value)(const struct quality_view *view); /* NaN: undefined */
} metrics[] = {
	{ { "leads", "Leads", UNIT_COUNT, FOR_ALL,
	      "Records whose first touch it was." },
	    m_leads },
	{ { "accepted", "Accepted", UNIT_COUNT, FOR_ALL,
	      "They reached the stage SAL or a later one." },
	    m_accepted },
	{ { "sql", "SQL", UNIT_COUNT, FOR_ALL,
	      "They reached the stage SQL or a later one." },
	    m_sql },
	{ { "opportunities", "Opps", UNIT_COUNT, FOR_ALL,
	      "They entered the pipeline." },
	    m_opportunities },
	{ { "wins", "Wins", UNIT_COUNT, FOR_ALL, "They were won." }, m_wins },
	{ { "revenue", "Revenue", UNIT_NUMBER, FOR_ALL,
	      "Known amounts of the wins." },
	    m_revenue },
	{ { "win_rate", "Win rate", UNIT_SHARE, FOR_ALL,
	      "wins / (wins + lost opportunities)." },
	    m_win_rate },
	{ { "cycle_median", "Cycle", UNIT_DAYS, FOR_ALL,
	      "Median days from the opportunity to the win." },
	    m_cycle_median },
	{ { "unvalued", "No amount", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Wins whose amount is not known; in no revenue." },
	    m_unvalued },
};

#define METRICS (sizeof(metrics) / sizeof(*metrics))

/* ---- counting ---- */

struct quality_group {
	struct group_key key; /* first: groups know no more */
	struct quality *rows; /* by number of channel, then (none) */
};

struct run {
	struct attribution *a;
	struct walk walk;
	struct value_rules value;
	struct groups groups;
	size_t n_channels;
	uint8_t sal, sql; /* ranks; 0: there is no such stage */
	uint64_t undated;
	bool mixed;
};

static uint8_t
rank_of(const struct run *r, struct slice name)
{
	uint16_t stage = store_stage(r->a->load.store, name);

	return stage == STAGE_NONE ? 0
				   : r->walk.timelines->rank_of_stage[stage];
}

static bool
has_reached(const struct timeline *t, uint8_t rank)
{
	for (size_t i = 0; rank && i < t->n; i++)
		if (t->visits[i].rank >= rank)
			return true;
	return false;
}

/* Of the first touch that is no activity and known as of as_of; a record
 * without one has the number after all channels. */
static size_t
channel_of_record(const struct run *r)
{
	const struct load *load = &r->a->load;
	size_t n;
	const struct touch *touches =
	    touches_of(r->a->touches, r->walk.record, &n);

	for (size_t i = 0; i < n; i++)
		if (!(touches[i].flags & TOUCH_ACTIVITY) &&
		    when_compare(load->zone, stamp_when(touches[i].at),
			load->as_of) <= 0)
			return attribution_channel_of(r->a, &touches[i]);
	return r->n_channels;
}

static struct quality_group *
group_at(struct run *r, const uint32_t *by, struct when when)
{
	struct arena *arena = r->a->arena;
	bool is_new;
	struct quality_group *group = groups_at(&r->groups, by, when, &is_new);

	if (!is_new)
		return group;
	group->rows =
	    arena_array(arena, r->n_channels + 1, sizeof(*group->rows));
	for (size_t i = 0; i <= r->n_channels; i++)
		group->rows[i].cycles = vec_new(arena, sizeof(double));
	return group;
}

static void
add_win(struct run *r, struct quality *row, const struct fate *fate)
{
	const struct load *load = &r->a->load;
	double days = when_days(load->zone, fate->opportunity, fate->close);

	row->wins++;
	value_add(
	    &row->revenue, value_at(&r->value, load->store, r->walk.record,
			       r->walk.timeline, load->as_of));
	r->mixed |= row->revenue.mixed;
	if (!isnan(days))
		*(double *)vec_push(&row->cycles) = days;
}

static void
add_record(struct run *r)
{
	const struct load *load = &r->a->load;
	const struct timeline *t = r->walk.timeline;
	struct quality *row;
	struct fate fate;

	attribution_fate(r->a, r->walk.record, t, &fate);
	if (fate.lead.kind == WHEN_UNKNOWN &&
	    (load->period != PERIOD_NONE || r->a->query->input.from ||
		r->a->query->input.to)) {
		r->undated++;
		return;
	}
	if (fate.lead.kind != WHEN_UNKNOWN &&
	    !window_holds(load->zone, &load->window, fate.lead))
		return;
	row = &group_at(r, r->walk.by, fate.lead)->rows[channel_of_record(r)];
	row->leads++;
	row->accepted += has_reached(t, r->sal);
	row->sql += has_reached(t, r->sql);
	if (!deal_is_one(&r->a->deals, r->walk.record, t))
		return;
	row->opportunities++;
	row->losses += t->outcome == OUTCOME_LOST;
	if (t->outcome == OUTCOME_WON)
		add_win(r, row, &fate);
}

static struct run
start(struct attribution *a)
{
	struct run r = { .a = a, .n_channels = intern_count(a->channels) };

	walk_start(&r.walk, &a->load);
	r.value = load_value_rules(&a->load, a->fx);
	r.groups = groups_new(a->arena, sizeof(struct quality_group),
	    a->load.segments.n_by, a->load.period,
	    a->load.definitions.fiscal_month, a->load.zone);
	r.sal = rank_of(&r, SLICE("SAL"));
	r.sql = rank_of(&r, SLICE("SQL"));
	return r;
}

/* ---- the table ---- */

static int
new_sheet(const struct run *r, struct sheet *sheet, struct fnl_err *err)
{
	const struct column **own =
	    arena_array(r->a->arena, METRICS + 1, sizeof(*own));
	struct sheet_plan plan = { .title = "Quality by channel",
		.period = r->a->load.period,
		.columns = own,
		.n_columns = METRICS + 1,
		.n_keys = 1 };

	own[0] = &channel_column;
	for (size_t i = 0; i < METRICS; i++)
		own[i + 1] = &metrics[i].column;
	return attribution_sheet(r->a, plan, sheet, err);
}

static void
fill_row(const struct run *r, struct sheet *sheet,
    const struct quality_group *group, size_t channel)
{
	struct quality *row = &group->rows[channel];
	size_t n = row->cycles.count;
	double *cycles = arena_array(r->a->arena, n + 1, sizeof(*cycles));
	struct quality_view view = { row, r->sal != 0, r->sql != 0, cycles };

	for (size_t i = 0; i < n; i++)
		cycles[i] = *(const double *)vec_at(&row->cycles, i);
	stats_sort(cycles, n);
	sheet_row(sheet, &group->key);
	sheet_cell(sheet, 0,
	    cell_optional(
		channel == r->n_channels
		    ? "(none)"
		    : attribution_channel(r->a, channel, r->n_channels)));
	for (size_t i = 0; i < METRICS; i++)
		sheet_cell(sheet, i + 1,
		    cell_of_number(
			metrics[i].value(&view), metrics[i].column.unit));
}

/* (unmapped) and (none) always, so that nobody need ask for them. */
static void
fill_group(
    const struct run *r, struct sheet *sheet, const struct quality_group *group)
{
	for (size_t c = 1; c < r->n_channels; c++)
		if (group->rows[c].leads)
			fill_row(r, sheet, group, c);
	fill_row(r, sheet, group, 0);
	fill_row(r, sheet, group, r->n_channels);
}

static void
note_quality(struct run *r, struct table *table)
{
	table_note(table, "quality",
	    "records by the channel of their first touch that is no activity, "
	    "and by the period of their creation");
	if (!r->sal)
		table_note(table, "no_sal",
		    "no stage is called SAL: who was accepted is not known");
	if (!r->sql)
		table_note(table, "no_sql",
		    "no stage is called SQL: who got there is not known");
	if (!r->a->deals.start_rank)
		table_note(table, "no_opportunity",
		    "no stage is called Opportunity: every record counts as "
		    "one");
	note_count(table, "undated_records", r->undated,
	    "without a date of creation, left out");
	attribution_notes_of(r->a, &r->walk, &r->value, r->mixed, table);
}

int
attribution_quality(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	struct run r = start(a);
	struct sheet sheet;
	void **sorted;

	if (!a->load.segments.n_by && a->load.period == PERIOD_NONE)
		group_at(&r, NULL, (struct when){ 0, WHEN_UNKNOWN });
	while (walk_next(&r.walk))
		add_record(&r);
	sorted = groups_sorted(&r.groups, a->load.store->texts);
	if (new_sheet(&r, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < r.groups.items.count; i++)
		fill_group(&r, &sheet, sorted[i]);
	note_quality(&r, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
