/*
 * attribution_money.c: the report money. What was paid for a channel beside
 * what one model credits it with (metrics.md 3.3.5). To add a column, write
 * its formula and its row.
 *
 * A channel that cost and got no credit is a row with credit 0, and one with
 * credit that nobody paid for has no spend, which is not 0: neither may get
 * lost, or what is left looks better than it was.
 *
 * A price is also given for each step that the two teams agreed on, whatever
 * --conversion says: the same model credits who reached it, each step with
 * journeys of its own that end there.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attribution.h"

#define UNMAPPED_SHOWN 20

/* What has a price of its own. */
enum step { STEP_MQL, STEP_SQL, STEP_OPPORTUNITY, STEP_WIN, STEPS };

/* What the formulas see. NaN is unknown. */
struct money_view {
	double spend; /* NaN: no row of costs, or several currencies */
	double conversions, value; /* credited */
	double reached[STEPS]; /* credited; NaN: there is no such stage */
	bool comparable; /* spend and value are in one currency */
};

/* ---- formulas ---- */

/* What was paid, as the files say it: fees, salaries and tools are in it only
 * where a row has them. Undefined without a row. */
static double
m_spend(const struct money_view *v)
{
	return v->spend;
}

/* Conversions credited by the model. */
static double
m_conversions(const struct money_view *v)
{
	return v->conversions;
}

/* Value credited by the model: of conversions with a known amount only. */
static double
m_value(const struct money_view *v)
{
	return v->value;
}

/*
 * Return on advertising spend: value / spend. Undefined without spend, and
 * where the two are in different currencies. With --period what was paid this
 * month mostly converts in a later one, so that a growing budget looks bad and
 * a shrinking one good. It is of revenue, not of margin.
 */
static double
m_roas(const struct money_view *v)
{
	return v->comparable && v->spend > 0 ? v->value / v->spend : NAN;
}

/* spend / conversions. Undefined without a credit: what was paid for nothing
 * has no price, and shows as spend beside 0. */
static double
m_cost_per_conversion(const struct money_view *v)
{
	return v->conversions > 0 ? v->spend / v->conversions : NAN;
}

/* Who reached the stage MQL or a later one, credited by the model to the
 * touches up to then; so for the other steps. Undefined without the stage. */
static double
m_mqls(const struct money_view *v)
{
	return v->reached[STEP_MQL];
}

static double
m_sqls(const struct money_view *v)
{
	return v->reached[STEP_SQL];
}

static double
m_opportunities(const struct money_view *v)
{
	return v->reached[STEP_OPPORTUNITY];
}

static double
m_wins(const struct money_view *v)
{
	return v->reached[STEP_WIN];
}

static double
cost_per(const struct money_view *v, enum step step)
{
	return v->reached[step] > 0 ? v->spend / v->reached[step] : NAN;
}

/* spend / mqls. A cheap one is no good one: read it beside the later steps. */
static double
m_cost_per_mql(const struct money_view *v)
{
	return cost_per(v, STEP_MQL);
}

static double
m_cost_per_sql(const struct money_view *v)
{
	return cost_per(v, STEP_SQL);
}

static double
m_cost_per_opportunity(const struct money_view *v)
{
	return cost_per(v, STEP_OPPORTUNITY);
}

/* Customer acquisition cost: spend / wins, whatever the conversion is. Only of
 * what the files of costs hold, and so lower than one with salaries in it. */
static double
m_cac(const struct money_view *v)
{
	return cost_per(v, STEP_WIN);
}

static const struct money_metric {
	struct column column;
	double (*formula)(const struct money_view *view);
} money_metrics[] = {
	{ { "spend", "Spend", UNIT_MONEY, FOR_ALL, "What was paid." },
	    m_spend },
	{ { "conversions", "Conversions", UNIT_NUMBER, FOR_ALL,
	      "Conversions credited by the model." },
	    m_conversions },
	{ { "value", "Value", UNIT_MONEY, FOR_ALL,
	      "Value credited by the model." },
	    m_value },
	{ { "roas", "ROAS", UNIT_NUMBER, FOR_ALL, "value / spend." }, m_roas },
	{ { "cost_per_conversion", "Cost per conv.", UNIT_NUMBER, FOR_ALL,
	      "spend / conversions." },
	    m_cost_per_conversion },
	{ { "mqls", "MQLs", UNIT_NUMBER, FOR_MACHINES,
	      "Records that reached MQL, credited by the model." },
	    m_mqls },
	{ { "cost_per_mql", "Per MQL", UNIT_NUMBER, FOR_ROOM_IF_ANY,
	      "spend / mqls." },
	    m_cost_per_mql },
	{ { "sqls", "SQLs", UNIT_NUMBER, FOR_MACHINES,
	      "Records that reached SQL, credited by the model." },
	    m_sqls },
	{ { "cost_per_sql", "Per SQL", UNIT_NUMBER, FOR_ROOM_IF_ANY,
	      "spend / sqls." },
	    m_cost_per_sql },
	{ { "opportunities", "Opps", UNIT_NUMBER, FOR_MACHINES,
	      "Records that entered the pipeline, credited by the model." },
	    m_opportunities },
	{ { "cost_per_opportunity", "Per opp.", UNIT_NUMBER, FOR_ALL_IF_ANY,
	      "spend / opportunities." },
	    m_cost_per_opportunity },
	{ { "wins", "Wins", UNIT_NUMBER, FOR_MACHINES,
	      "Won records, credited by the model." },
	    m_wins },
	{ { "cac", "CAC", UNIT_NUMBER, FOR_ALL_IF_ANY, "spend / wins." },
	    m_cac },
};

#define N_METRICS (sizeof(money_metrics) / sizeof(*money_metrics))
#define MATURE_COLUMN (1 + N_METRICS)
#define N_COLUMNS (MATURE_COLUMN + 1)

static const struct column channel_column = {
	"channel", "Channel", UNIT_TEXT, FOR_ALL,
	"The agreed channel; (none): conversions without a touch; (all): all."
};
static const struct column model_column = { "model", "Model", UNIT_TEXT,
	FOR_MACHINES, "Which model gives the credit." };
static const struct column conversion_column = { "conversion", "Conversion",
	UNIT_TEXT, FOR_MACHINES, "See --conversion." };
static const struct column currency_column = { "currency", "Currency",
	UNIT_TEXT, FOR_MACHINES, "Of the spend." };
static const struct column mature_column = { "mature_from", "Mature", UNIT_TIME,
	FOR_ROOM_IF_ANY,
	"With a look-back: from when on nothing can be added to the credit." };
static const struct column *const context_columns[] = { &model_column,
	&conversion_column, &currency_column };

/* ---- a period ---- */

struct cost {
	struct money_sum spend; /* known: rows */
	int64_t last; /* day that was paid for; NO_DAY: not said of a row */
};

struct ends { /* the journeys that end in a period */
	struct credits *credits; /* or NULL: there are none */
	double conversions, value; /* of all of them */
};

struct money_group {
	struct group_key key; /* first: groups know no more */
	struct ends ends; /* with the conversion */
	struct ends steps[STEPS];
	const bool *seen; /* channels of its journeys */
	struct cost *costs; /* by channel */
	struct money_sum spend; /* all of them */
};

struct money_report {
	struct attribution *a;
	struct groups groups; /* struct money_group */
	/* Channels of journeys come first, then those that only cost. */
	size_t n_credited, n_channels;
	struct value_tally total; /* of what is in the table */
	uint16_t stage_of_step[STEPS]; /* STAGE_NONE: there is none */
	uint64_t outside, undated, young;
	struct intern *unmapped; /* keys of costs that nobody agreed on */
};

static struct when
day_when(int64_t day)
{
	return (struct when){ day * DAY_SECONDS, WHEN_DATE };
}

/* The credit of a pool of journeys, and what it adds up to: that of a model
 * that is not additive is no sum of its rows. */
static int
take_ends(struct money_report *m, const struct pool *pool, struct ends *ends,
    struct fnl_err *err)
{
	struct journey touched = pool_total(pool);
	struct journey others = pool_journey(pool, 0);

	ends->conversions = touched.conversions + others.conversions;
	ends->value = touched.value + others.value;
	return attribution_give(m->a, m->a->arena, &m->a->models[0], pool,
	    m->n_credited, &ends->credits, err);
}

static struct money_group *
group_of(struct money_report *m, struct group_key key)
{
	struct when unknown = { 0, WHEN_UNKNOWN };
	bool is_new;

	return groups_at(&m->groups, NULL,
	    key.dated ? day_when(key.period) : unknown, &is_new);
}

static int
take_credits(struct money_report *m, struct fnl_err *err)
{
	struct attribution *a = m->a;

	for (size_t i = 0; i < a->groups.items.count; i++) {
		struct journey_group *journeys = vec_at(&a->groups.items, i);
		struct money_group *group = group_of(m, journeys->key);

		if (take_ends(m, journeys->pool, &group->ends, err) < 0)
			return -1;
		group->seen =
		    attribution_seen(a, journeys->pool, m->n_credited);
	}
	return 0;
}

/* ---- steps ---- */

static void
find_steps(struct money_report *m)
{
	static const char *const names[STEPS] = {
		[STEP_MQL] = "MQL", [STEP_SQL] = "SQL"
	};
	struct store *store = m->a->load.store;
	uint16_t *stages = m->stage_of_step;

	for (int i = 0; i < STEPS; i++) {
		stages[i] = names[i] ? store_stage(store, slice_of(names[i]))
			    : i == STEP_WIN ? attribution_won_stage(m->a)
					    : store_deal_stage(store);
		if (stages[i] != STAGE_NONE &&
		    !m->a->walk.timelines->rank_of_stage[stages[i]])
			stages[i] = STAGE_NONE;
	}
}

/* A run of its own, which leaves that of the conversion as it is. */
static int
take_step(struct money_report *m, int step, struct fnl_err *err)
{
	struct attribution a = *m->a;

	a.conversion = m->stage_of_step[step];
	a.groups = attribution_groups(&a);
	walk_start(&a.walk, &a.load);
	if (attribution_journeys(&a, err) < 0)
		return -1;
	for (size_t i = 0; i < a.groups.items.count; i++) {
		struct journey_group *journeys = vec_at(&a.groups.items, i);
		struct money_group *group = group_of(m, journeys->key);

		if (take_ends(m, journeys->pool, &group->steps[step], err) < 0)
			return -1;
	}
	return 0;
}

static int
take_steps(struct money_report *m, struct fnl_err *err)
{
	find_steps(m);
	for (int i = 0; i < STEPS; i++)
		if (m->stage_of_step[i] != STAGE_NONE &&
		    take_step(m, i, err) < 0)
			return -1;
	return 0;
}

/* ---- costs ---- */

/* The number of what a row was paid for; 0 is unmapped, as for touches. */
static uint32_t
channel_of(struct money_report *m, const struct spend_row *row)
{
	uint32_t key = spend_key(m->a->spend, row);
	struct slice text = touches_text(m->a->touches, key);

	if (attribution_is_channel(m->a, text))
		return intern_put(m->a->channels, text);
	intern_put(m->unmapped, text.n ? text : SLICE("(blank)"));
	return 0;
}

/* Part of a row cannot be told from the rest: it is in or it is not. */
static bool
is_in_window(const struct attribution *a, const struct spend_row *row)
{
	struct when unknown = { 0, WHEN_UNKNOWN };
	bool dated = row->from != NO_DAY;

	return window_holds(a->load.zone, &a->load.window,
		   dated ? day_when(row->from) : unknown) &&
	       window_holds(a->load.zone, &a->load.window,
		   dated ? day_when(row->next - 1) : unknown);
}

/* The period that holds all days of a row: its month, or the quarter of its
 * month; unknown where no one does. */
static struct when
period_of(const struct attribution *a, const struct spend_row *row)
{
	enum period period = a->load.period;
	int64_t start;

	if (row->from == NO_DAY)
		return (struct when){ 0, WHEN_UNKNOWN };
	if (period == PERIOD_NONE)
		return day_when(row->from);
	start =
	    period_start(period, row->from, a->load.definitions.fiscal_month);
	return row->next <= period_next(period, start)
		   ? day_when(row->from)
		   : (struct when){ 0, WHEN_UNKNOWN };
}

/* The first day on which no conversion can be credited any more to what was
 * paid for on a day, since the look-back is over; NO_DAY: never or unknown. */
static int64_t
mature_from(const struct attribution *a, int64_t day)
{
	if (a->lookback < 0 || day == NO_DAY)
		return NO_DAY;
	return day + (a->lookback + DAY_SECONDS - 1) / DAY_SECONDS + 1;
}

static void
add_days(struct money_report *m, struct cost *cost, const struct spend_row *row)
{
	struct attribution *a = m->a;
	int64_t last = row->from == NO_DAY ? NO_DAY : row->next - 1;
	int64_t mature = mature_from(a, last);

	if (mature != NO_DAY && mature > zone_day(a->load.zone, a->load.as_of))
		m->young++;
	if (!cost->spend.known)
		cost->last = last;
	else if (last == NO_DAY || cost->last == NO_DAY)
		cost->last = NO_DAY;
	else if (last > cost->last)
		cost->last = last;
}

static void
add_cost(struct money_report *m, const struct spend_row *row, uint32_t channel)
{
	struct attribution *a = m->a;
	struct when when = period_of(a, row);
	bool is_new;
	struct money_group *group = groups_at(&m->groups, NULL, when, &is_new);

	if (!group->costs)
		group->costs =
		    arena_array(a->arena, m->n_channels, sizeof(*group->costs));
	add_days(m, &group->costs[channel], row);
	money_add(&group->costs[channel].spend, row->cost);
	money_add(&group->spend, row->cost);
	value_add(&m->total, (struct value){ true, row->cost, row->currency });
	m->undated +=
	    a->load.period != PERIOD_NONE && when.kind == WHEN_UNKNOWN;
}

/* First who was paid for, then how much: a group has a sum a channel. */
static void
take_costs(struct money_report *m)
{
	struct vec *rows = &m->a->spend->rows;
	uint32_t *channels =
	    arena_array(m->a->arena, rows->count + 1, sizeof(*channels));

	for (size_t i = 0; i < rows->count; i++)
		if (is_in_window(m->a, vec_at(rows, i)))
			channels[i] = channel_of(m, vec_at(rows, i));
		else
			channels[i] = UINT32_MAX;
	m->n_channels = intern_count(m->a->channels);
	for (size_t i = 0; i < rows->count; i++)
		if (channels[i] == UINT32_MAX)
			m->outside++;
		else
			add_cost(m, vec_at(rows, i), channels[i]);
}

/* ---- rows ---- */

static bool
is_comparable(const struct money_report *m)
{
	const struct attribution *a = m->a;

	return !m->total.any || !a->any_value ||
	       m->total.currency == a->currency;
}

/* A credit of nothing is worth nothing, whatever the amounts are; of a credit
 * without any known amount the worth is unknown. */
static double
value_of(const struct attribution *a, double conversions, double value)
{
	if (a->mixed || (!a->any_value && conversions != 0))
		return NAN;
	return value;
}

/* Where a channel stands among the rows of credits; SIZE_MAX: it only cost. */
static size_t
credited_row(const struct money_report *m, size_t row)
{
	if (row >= m->n_channels)
		return row - m->n_channels + m->n_credited;
	return row < m->n_credited ? row : SIZE_MAX;
}

static double
credited(const struct ends *ends, size_t row)
{
	return ends->credits && row != SIZE_MAX
		   ? credits_conversions(ends->credits, row)
		   : 0;
}

static struct money_view
empty_view(const struct money_report *m)
{
	return (
	    struct money_view){ .spend = NAN, .comparable = is_comparable(m) };
}

static struct money_view
view_of(
    const struct money_report *m, const struct money_group *group, size_t row)
{
	struct money_view view = empty_view(m);
	size_t at = credited_row(m, row);

	view.conversions = credited(&group->ends, at);
	if (group->ends.credits && at != SIZE_MAX)
		view.value = value_of(m->a, view.conversions,
		    credits_value(group->ends.credits, at));
	for (int i = 0; i < STEPS; i++)
		view.reached[i] = m->stage_of_step[i] == STAGE_NONE
				      ? NAN
				      : credited(&group->steps[i], at);
	if (row < m->n_channels && group->costs &&
	    group->costs[row].spend.known && !m->total.mixed)
		view.spend = money_double(group->costs[row].spend);
	return view;
}

/* The period as a whole, whose customers are won by all that was paid (A06). */
static struct money_view
view_of_all(const struct money_report *m, const struct money_group *group)
{
	struct money_view view = empty_view(m);

	view.conversions = group->ends.conversions;
	view.value = value_of(m->a, group->ends.conversions, group->ends.value);
	for (int i = 0; i < STEPS; i++)
		view.reached[i] = m->stage_of_step[i] == STAGE_NONE
				      ? NAN
				      : group->steps[i].conversions;
	if (group->spend.known && !m->total.mixed)
		view.spend = money_double(group->spend);
	return view;
}

struct money_row {
	size_t row;
	const char *name;
	double spend;
};

static int
compare_rows(const void *pa, const void *pb)
{
	const struct money_row *a = pa, *b = pb;

	if (a->spend != b->spend)
		return a->spend > b->spend ? -1 : 1;
	return strcmp(a->name, b->name);
}

static bool
is_in_group(const struct money_report *m, const struct money_group *group,
    size_t channel)
{
	size_t row = credited_row(m, channel);

	for (int i = 0; i < STEPS; i++)
		if (credited(&group->steps[i], row) != 0)
			return true;
	return (group->costs && group->costs[channel].spend.known) ||
	       (group->seen && row != SIZE_MAX && group->seen[row]);
}

/* The most paid first; those that nobody paid for after them, by name. */
static struct money_row *
order_of(
    const struct money_report *m, const struct money_group *group, size_t *n)
{
	struct money_row *rows =
	    arena_array(m->a->arena, m->n_channels, sizeof(*rows));

	*n = 0;
	for (size_t i = 1; i < m->n_channels; i++) {
		double spend = view_of(m, group, i).spend;

		if (is_in_group(m, group, i))
			rows[(*n)++] = (struct money_row){ i,
				attribution_channel(m->a, i, m->n_channels),
				isnan(spend) ? -INFINITY : spend };
	}
	if (*n)
		qsort(rows, *n, sizeof(*rows), compare_rows);
	return rows;
}

static void
fill_view(struct sheet *sheet, const struct money_group *group,
    const char *name, const struct money_view *view)
{
	sheet_row(sheet, &group->key);
	sheet_cell(sheet, 0, cell_optional(name));
	for (size_t i = 0; i < N_METRICS; i++)
		sheet_cell(sheet, 1 + i,
		    cell_of_number(money_metrics[i].formula(view),
			money_metrics[i].column.unit));
}

static void
fill_row(const struct money_report *m, struct sheet *sheet,
    const struct money_group *group, size_t row)
{
	struct money_view view = view_of(m, group, row);
	int64_t mature = NO_DAY;

	fill_view(
	    sheet, group, attribution_channel(m->a, row, m->n_channels), &view);
	if (row < m->n_channels && group->costs &&
	    group->costs[row].spend.known)
		mature = mature_from(m->a, group->costs[row].last);
	if (mature != NO_DAY)
		sheet_cell(sheet, MATURE_COLUMN, cell_time(day_when(mature)));
}

static void
fill_group(const struct money_report *m, struct sheet *sheet,
    const struct money_group *group)
{
	size_t n;
	const struct money_row *rows = order_of(m, group, &n);
	struct money_view all;

	for (size_t i = 0; i < n; i++)
		fill_row(m, sheet, group, rows[i].row);
	fill_row(m, sheet, group, 0);
	fill_row(m, sheet, group, m->n_channels + CREDIT_NONE);
	for (size_t i = CREDIT_NONE + 1; i < CREDIT_ROWS; i++) {
		struct money_view view = view_of(m, group, m->n_channels + i);

		if (view.conversions != 0 || view.value > 0)
			fill_row(m, sheet, group, m->n_channels + i);
	}
	all = view_of_all(m, group);
	fill_view(sheet, group, "(all)", &all);
}

static const char *
currency_text(const struct money_report *m, uint32_t currency)
{
	return currency ? arena_text(m->a->arena,
			      intern_get(m->a->load.store->texts, currency))
			: NULL;
}

static int
new_sheet(
    const struct money_report *m, struct sheet *sheet, struct fnl_err *err)
{
	const struct attribution *a = m->a;
	const struct column **columns =
	    arena_array(a->arena, N_COLUMNS, sizeof(*columns));
	struct cell context[] = { cell_optional(a->models[0].text),
		cell_optional(a->load.definitions.stages[a->conversion].name),
		cell_optional(m->total.mixed
				  ? NULL
				  : currency_text(m, m->total.currency)) };
	struct sheet_plan plan = { .title = "Money by channel",
		.period = a->load.period,
		.columns = columns,
		.n_columns = N_COLUMNS,
		.n_keys = 1,
		.context = context_columns,
		.context_cells = context,
		.n_context = sizeof(context) / sizeof(*context) };

	columns[0] = &channel_column;
	for (size_t i = 0; i < N_METRICS; i++)
		columns[1 + i] = &money_metrics[i].column;
	columns[MATURE_COLUMN] = &mature_column;
	return attribution_sheet(a, plan, sheet, err);
}

/* ---- notes ---- */

static void
note_spend(const struct money_report *m, struct table *table)
{
	const struct spend *spend = m->a->spend;
	const char *currency = currency_text(m, m->total.currency);
	char total[MONEY_TEXT + 1];

	total[money_text(total, m->total.sum)] = '\0';
	table_note(table, "spend", "%zu rows of %zu file%s%s%s%s%s",
	    spend->rows.count, spend->n_readers,
	    spend->n_readers == 1 ? "" : "s", m->total.mixed ? "" : ": ",
	    m->total.mixed ? "" : total, m->total.mixed || !currency ? "" : " ",
	    m->total.mixed || !currency ? "" : currency);
	note_count(table, "spend_repeated", spend->repeated,
	    "rows of costs that repeat an earlier one, added all the same");
	note_count(table, "spend_unconverted", spend->unconverted,
	    "costs without a rate in force");
	note_count(table, "spend_outside", m->outside,
	    "rows of costs that are not wholly in the window, left out");
	note_count(table, "spend_young", m->young,
	    "rows of costs younger than the look-back: more may come of them");
	note_count(table, "spend_undated", m->undated,
	    "rows of costs that no one period holds, in (undated)");
}

/* That of a network is its name, which a file does not say. */
static void
note_networks(const struct money_report *m, struct table *table)
{
	const struct spend *spend = m->a->spend;
	enum touch_key key = m->a->touches->key;

	if (key != KEY_CHANNEL && key != KEY_SOURCE)
		return;
	for (size_t i = 0; i < spend->n_readers; i++) {
		const struct binding *b = &spend->readers[i]->binding;

		if (b->object->channel && b->column[FIELD_TOUCH_CHANNEL] < 0)
			table_note(table, "spend_channel",
			    "%s: a %s, without a column for the channel: all "
			    "of it is '%s' (else say which with --map "
			    "touch.channel=COLUMN)",
			    spend->readers[i]->path, b->object->name,
			    b->object->channel);
	}
}

static void
note_currency(const struct money_report *m, struct table *table)
{
	const char *spend = currency_text(m, m->total.currency);
	const char *value = currency_text(m, m->a->currency);

	table->mixes_currencies = !is_comparable(m);
	if (m->total.mixed)
		table_note(table, "spend_currency",
		    "costs in several currencies, or some without one, are "
		    "not added: say currency and rates in the definitions");
	else if (!m->a->mixed && !is_comparable(m))
		table_note(table, "spend_currency",
		    "no roas: costs are in %s, values in %s; say currency and "
		    "rates in the definitions",
		    spend ? spend : "no known currency",
		    value ? value : "no known currency");
}

static int
compare_slices(const void *pa, const void *pb)
{
	return slice_compare(
	    *(const struct slice *)pa, *(const struct slice *)pb);
}

static void
note_unmapped(const struct money_report *m, struct table *table)
{
	struct textbuf text = { .arena = m->a->arena };
	size_t n = intern_count(m->unmapped) - 1;
	struct slice *names = arena_array(m->a->arena, n + 1, sizeof(*names));

	for (size_t i = 0; i < n; i++)
		names[i] = intern_get(m->unmapped, (uint32_t)i + 1);
	if (n)
		qsort(names, n, sizeof(*names), compare_slices);
	for (size_t i = 0; i < n && i < UNMAPPED_SHOWN; i++)
		textbuf_add(&text, "%s'%.*s'", i ? ", " : "", (int)names[i].n,
		    names[i].p);
	if (n > UNMAPPED_SHOWN)
		textbuf_add(&text, " and %zu more", n - UNMAPPED_SHOWN);
	if (n)
		table_note(table, "spend_unmapped",
		    "no agreed source names these costs: %s",
		    textbuf_text(&text));
}

int
attribution_money(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	struct money_report m = { .a = a,
		.n_credited = intern_count(a->channels),
		.unmapped = intern_new(a->arena),
		.groups = groups_new(a->arena, sizeof(struct money_group), 0,
		    a->load.period, a->load.definitions.fiscal_month,
		    a->load.zone) };
	struct sheet sheet;
	void **sorted;

	if (take_credits(&m, err) < 0 || take_steps(&m, err) < 0)
		return -1;
	take_costs(&m);
	if (new_sheet(&m, &sheet, err) < 0)
		return -1;
	sorted = groups_sorted(&m.groups, a->load.store->texts);
	for (size_t i = 0; i < m.groups.items.count; i++)
		fill_group(&m, &sheet, sorted[i]);
	table_note(sheet.table, "model", "%s: %s", a->models[0].text,
	    a->models[0].weights);
	note_spend(&m, sheet.table);
	note_networks(&m, sheet.table);
	note_currency(&m, sheet.table);
	note_unmapped(&m, sheet.table);
	attribution_notes(a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
