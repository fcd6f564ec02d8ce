/*
 * attribution_sourced.c: the reports sourced and sourced_deals. Three rules by
 * which teams call an opportunity marketing's, side by side, the opportunities
 * on which they differ, and beside them those that marketing influenced
 * (metrics.md 3.3.4, R22).
 *
 * The rules see the touches up to the opportunity, as journeys do: what came
 * after it cannot have been its source.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "attribution.h"

enum rule {
	RULE_FIELD = 1,
	RULE_FIRST = 2,
	RULE_PRESALES = 4,
	RULE_INFLUENCED = 8,
};

/* One rule, or two that must differ; none: every opportunity. */
static const struct sourced_row {
	const char *name;
	unsigned rules;
} rows[] = {
	{ "all", 0 },
	{ "field", RULE_FIELD },
	{ "first", RULE_FIRST },
	{ "presales", RULE_PRESALES },
	{ "influenced", RULE_INFLUENCED },
	{ "field/first", RULE_FIELD | RULE_FIRST },
	{ "field/presales", RULE_FIELD | RULE_PRESALES },
	{ "first/presales", RULE_FIRST | RULE_PRESALES },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

struct box {
	uint64_t deals, won;
	struct value_tally value, won_value;
};

struct sourced_group {
	struct group_key key; /* first: groups know no more */
	struct box rows[ROWS];
	struct box *channels; /* influenced, by number of channel */
};

/* An opportunity, as it is being counted, and of those that are listed. */
struct deal {
	struct sourced_group *group;
	struct slice id;
	struct when at; /* of the opportunity */
	struct when end; /* of influence; unknown: as_of */
	uint32_t source; /* of its record, number of store->texts */
	struct value value;
	bool won;
	unsigned rules; /* that call it marketing's */
};

struct sourced {
	struct attribution *a;
	struct walk walk;
	struct value_rules value;
	struct groups groups;
	struct vec listed; /* struct deal: the rules differ */
	bool list;
	bool teams; /* the definitions say some source's team */
	bool field; /* ... and some file has the lead source */
	bool mixed;
	size_t n_channels;
	uint64_t *met; /* by channel: the last opportunity that it touched */
	uint64_t deals, undated, from_creation, unmapped, beyond;
};

/* ---- what is marketing's ---- */

static bool
is_marketing_source(const struct source_definition *source)
{
	return source && source->team &&
	       fold_equal(slice_of(source->team), SLICE("marketing"));
}

static bool
has_teams(const struct definitions *d)
{
	for (unsigned i = 0; i < d->n_sources; i++)
		if (d->sources[i].team)
			return true;
	return false;
}

/* Where nobody agreed on teams, whatever no activity is; a column that is no
 * channel names no source either. */
static bool
teams_tell_touches(const struct sourced *s)
{
	return s->teams && s->a->touches->key != KEY_COLUMN;
}

/* What sales did is not marketing's, whichever channel it used. */
static bool
is_marketing(struct sourced *s, const struct touch *touch)
{
	struct load *load = &s->a->load;

	if (touch->flags & (TOUCH_ACTIVITY | TOUCH_SALES))
		return false;
	if (!teams_tell_touches(s))
		return true;
	return is_marketing_source(segments_source(&load->segments, load->store,
	    intern_get(load->store->texts, touch->channel)));
}

/* A mail that a machine sent is no work of sales on the deal. */
static bool
is_sales_activity(const struct touch *touch)
{
	return touch->flags & TOUCH_SALES && !(touch->flags & TOUCH_AUTOMATED);
}

static bool
is_field(struct sourced *s, const struct deal *deal)
{
	struct load *load = &s->a->load;
	const struct source_definition *source;

	if (!deal->source)
		return false;
	source = segments_source(&load->segments, load->store,
	    intern_get(load->store->texts, deal->source));
	s->unmapped += !source;
	return is_marketing_source(source);
}

/* ---- touches of an opportunity ---- */

static bool
is_after(const struct sourced *s, const struct touch *touch, struct when at)
{
	return when_compare(s->a->load.zone, stamp_when(touch->at), at) > 0;
}

/* What nobody could know as of as_of, and what lies before the look-back. */
static bool
is_seen(struct sourced *s, const struct deal *deal, const struct touch *touch)
{
	const struct attribution *a = s->a;

	if (is_after(s, touch, a->load.as_of))
		return false;
	return a->lookback < 0 ||
	       when_days(a->load.zone, stamp_when(touch->at), deal->at) <=
		   (double)a->lookback / DAY_SECONDS;
}

static struct when
first_sales_activity(struct sourced *s, const struct deal *deal,
    const struct touch *touches, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_sales_activity(&touches[i]) &&
		    is_seen(s, deal, &touches[i]))
			return stamp_when(touches[i].at);
	return (struct when){ 0, WHEN_UNKNOWN };
}

/* Strictly: on one bare day nobody knows who was first (R22, R49). */
static bool
is_before_sales(
    const struct sourced *s, const struct touch *touch, struct when sales)
{
	return sales.kind == WHEN_UNKNOWN ||
	       when_compare(s->a->load.zone, stamp_when(touch->at), sales) < 0;
}

static void
put(struct box *box, const struct deal *deal)
{
	box->deals++;
	value_add(&box->value, deal->value);
	if (!deal->won)
		return;
	box->won++;
	value_add(&box->won_value, deal->value);
}

/* Once a channel, however often it touched. */
static void
put_channel(struct sourced *s, const struct deal *deal, uint32_t channel)
{
	if (s->met[channel] == s->deals)
		return;
	s->met[channel] = s->deals;
	put(&deal->group->channels[channel], deal);
}

static unsigned
rules_of_touches(struct sourced *s, const struct deal *deal)
{
	size_t n, before = 0;
	const struct touch *touches =
	    touches_of(s->a->touches, s->walk.record, &n);
	struct when sales = first_sales_activity(s, deal, touches, n);
	unsigned rules = 0;

	for (size_t i = 0; i < n; i++) {
		const struct touch *touch = &touches[i];
		bool marketing = is_marketing(s, touch);
		bool is_before = !is_after(s, touch, deal->at);

		if (!is_seen(s, deal, touch)) {
			s->beyond += !is_after(s, touch, s->a->load.as_of);
			continue;
		}
		if (is_before && !before++ && marketing)
			rules |= RULE_FIRST;
		if (!marketing)
			continue;
		if (is_before && is_before_sales(s, touch, sales))
			rules |= RULE_PRESALES;
		if (deal->end.kind != WHEN_UNKNOWN &&
		    is_after(s, touch, deal->end))
			continue;
		rules |= RULE_INFLUENCED;
		put_channel(s, deal, attribution_channel_of(s->a, touch));
	}
	return rules;
}

/* ---- opportunities ---- */

static bool
is_conversion_said(const struct attribution *a)
{
	return a->query->conversion ||
	       a->load.definitions.attribution.conversion;
}

/* A list of deals without history dates only their creation: an open one
 * entered the pipeline then (3.2.1). A lead did not. */
static void
date_by_creation(struct sourced *s, struct fate *fate)
{
	const struct attribution *a = s->a;
	const struct timeline *t = s->walk.timeline;
	bool is_lead =
	    store_at(a->load.store, s->walk.record)->flags & RECORD_LEAD;

	if (fate->at.kind != WHEN_UNKNOWN || is_lead ||
	    t->created.kind == WHEN_UNKNOWN)
		return;
	fate->at = t->created;
	s->from_creation++;
}

/* Without an opportunity among the stages every record is one, unless a
 * conversion was asked for. */
static bool
is_opportunity(struct sourced *s, struct fate *fate)
{
	struct attribution *a = s->a;
	uint32_t record = s->walk.record;
	const struct timeline *t = s->walk.timeline;
	uint8_t rank = s->walk.timelines->rank_of_stage[a->conversion];
	bool ended = attribution_fate(a, record, t, fate);

	if (is_conversion_said(a) && rank != a->deals.start_rank)
		return ended && fate->converted;
	if (!deal_is_one(&a->deals, record, t))
		return false;
	fate->at = fate->opportunity;
	date_by_creation(s, fate);
	return true;
}

static struct sourced_group *
group_at(struct sourced *s, const uint32_t *by, struct when when)
{
	bool is_new;
	struct sourced_group *group = groups_at(&s->groups, by, when, &is_new);

	if (is_new)
		group->channels = arena_array(
		    s->a->arena, s->n_channels, sizeof(*group->channels));
	return group;
}

/* However it ended; unknown while it is open. */
static struct when
close_of(const struct timeline *t)
{
	return t->outcome == OUTCOME_NONE ? (struct when){ 0, WHEN_UNKNOWN }
					  : t->closed;
}

static struct deal
deal_of(struct sourced *s, const struct fate *fate)
{
	struct load *load = &s->a->load;
	const struct timeline *t = s->walk.timeline;

	return (struct deal){ .group = group_at(s, s->walk.by, fate->at),
		.id = store_id(load->store, s->walk.record),
		.at = fate->at,
		.end = s->a->until_close ? close_of(t) : fate->at,
		.source = store_attribute_at(load->store, s->walk.record,
		    load->want_attribute[ATTRIBUTION_SOURCE]),
		.value = value_at(
		    &s->value, load->store, s->walk.record, t, load->as_of),
		.won = t->outcome == OUTCOME_WON };
}

/* One rule holds, or of two one alone. */
static bool
is_in(const struct sourced_row *row, unsigned rules)
{
	unsigned held = rules & row->rules;

	if (!row->rules)
		return true;
	return held && (held != row->rules || !(held & (held - 1)));
}

static bool
differs(const struct sourced *s, unsigned rules)
{
	unsigned all = RULE_FIRST | RULE_PRESALES | (s->field ? RULE_FIELD : 0);

	return (rules & all) && (rules & all) != all;
}

static void
add_deal(struct sourced *s, const struct fate *fate)
{
	struct deal deal = deal_of(s, fate);

	s->deals++;
	deal.rules = rules_of_touches(s, &deal);
	if (s->field && is_field(s, &deal))
		deal.rules |= RULE_FIELD;
	for (size_t i = 0; i < ROWS; i++)
		if (is_in(&rows[i], deal.rules))
			put(&deal.group->rows[i], &deal);
	s->mixed |= deal.group->rows[0].value.mixed;
	if (s->list && differs(s, deal.rules))
		*(struct deal *)vec_push(&s->listed) = deal;
}

static void
count(struct sourced *s)
{
	struct attribution *a = s->a;
	struct fate fate;

	if (!a->load.segments.n_by && a->load.period == PERIOD_NONE)
		group_at(s, NULL, (struct when){ 0, WHEN_UNKNOWN });
	while (walk_next(&s->walk)) {
		if (!is_opportunity(s, &fate))
			continue;
		if (fate.at.kind == WHEN_UNKNOWN)
			s->undated++;
		else if (window_holds(a->load.zone, &a->load.window, fate.at))
			add_deal(s, &fate);
	}
}

static struct sourced
start(struct attribution *a, bool list)
{
	struct sourced s = { .a = a, .list = list };
	const struct load *load = &a->load;

	walk_start(&s.walk, &a->load);
	s.value = load_value_rules(load, a->fx);
	s.groups = groups_new(a->arena, sizeof(struct sourced_group),
	    load->segments.n_by, load->period, load->definitions.fiscal_month,
	    load->zone);
	s.listed = vec_new(a->arena, sizeof(struct deal));
	s.teams = has_teams(&load->definitions);
	s.field = s.teams && load_has_column(load,
				 load->want_attribute[ATTRIBUTION_SOURCE]);
	s.n_channels = intern_count(a->channels);
	s.met = arena_array(a->arena, s.n_channels, sizeof(*s.met));
	return s;
}

/* ---- notes ---- */

static void
note_field(const struct sourced *s, struct table *table)
{
	if (!s->teams)
		table_note(table, "no_field",
		    "no source of the definitions has a team: the rule field "
		    "is not known");
	else if (!s->field)
		table_note(table, "no_field",
		    "no input has a column for the source: the rule field is "
		    "not known (say which with --map source=COLUMN)");
	else
		table_note(table, "field",
		    "the source of the record belongs to marketing");
	note_count(table, "unmapped_sources", s->unmapped,
	    "opportunities whose source nobody agreed on; --by source shows "
	    "them");
}

static void
note_rules(const struct sourced *s, struct table *table)
{
	const char *agreed =
	    s->a->load.definitions.attribution.marketing_sourced;

	note_field(s, table);
	table_note(table, "first",
	    "the first touch, activities among them, is marketing's; up to "
	    "the opportunity");
	table_note(table, "presales",
	    "a touch of marketing up to the opportunity, and strictly before "
	    "the first activity of sales where there is one");
	table_note(table, "influenced", "a touch of marketing %s",
	    s->a->until_close ? "at or before the close, or as of now while "
				"it is open"
			      : "at or before the opportunity");
	if (agreed)
		table_note(table, "agreed_rule",
		    "%s (attribution.marketing_sourced)", agreed);
	table_note(table, "marketing",
	    teams_tell_touches(s)
		? "touches of sources whose team is marketing"
		: "all touches but activities and those by sales: no teams "
		  "tell them apart");
	if (!s->a->touches->tells_sales)
		table_note(table, "sales_touches",
		    "no column says what is by sales (sales_touches of the "
		    "definitions): every activity is");
}

static void
note_sourced(const struct sourced *s, struct table *table)
{
	const struct attribution *a = s->a;

	note_rules(s, table);
	note_count(table, "opportunities", s->deals, "records");
	if (a->deals.start_rank || is_conversion_said(a))
		table_note(table, "conversion", "the first entry to '%s'",
		    a->load.definitions.stages[a->conversion].name);
	else
		table_note(table, "conversion",
		    "no stage is the opportunity: every record is one, from "
		    "its creation");
	note_count(table, "from_creation", s->from_creation,
	    "whose entry has no date: opportunities since their creation");
	note_count(table, "undated_records", s->undated,
	    "opportunities without a date, left out");
	note_count(table, "beyond", s->beyond,
	    "touches before the look-back, not seen");
	attribution_notes_of(s->a, &s->walk, &s->value, s->mixed, table);
}

/* ---- the table of rules ---- */

enum {
	SOURCED_RULE,
	SOURCED_DEALS,
	SOURCED_SHARE,
	SOURCED_VALUE,
	SOURCED_WON,
	SOURCED_WON_VALUE,
	SOURCED_UNVALUED,
	SOURCED_CURRENCY,
	SOURCED_COLUMNS
};

static const struct column sourced_columns[SOURCED_COLUMNS] = {
	[SOURCED_RULE] = { "rule", "Rule", UNIT_TEXT, FOR_ALL,
	    "Who is counted; A/B: on whom two rules differ." },
	[SOURCED_DEALS] = { "deals", "Deals", UNIT_COUNT, FOR_ALL,
	    "Opportunities, each once." },
	[SOURCED_SHARE] = { "share", "Share", UNIT_SHARE, FOR_ALL,
	    "Of all opportunities." },
	[SOURCED_VALUE] = { "value", "Value", UNIT_MONEY, FOR_ALL,
	    "Their known amounts." },
	[SOURCED_WON] = { "won", "Won", UNIT_COUNT, FOR_ALL,
	    "Of the opportunities, those that were won." },
	[SOURCED_WON_VALUE] = { "won_value", "Won value", UNIT_MONEY, FOR_ALL,
	    "The known amounts of those." },
	[SOURCED_UNVALUED] = { "unvalued", "No amount", UNIT_COUNT,
	    FOR_ALL_IF_ANY,
	    "Opportunities whose amount is not known; in no value." },
	[SOURCED_CURRENCY] = { "currency", "Currency", UNIT_TEXT, FOR_MACHINES,
	    "Of the value." },
};

static int
new_sheet(const struct sourced *s, const char *title,
    const struct column *columns, size_t n, struct sheet *sheet,
    struct fnl_err *err)
{
	const struct column **own = arena_array(s->a->arena, n, sizeof(*own));
	struct sheet_plan plan = { .title = title,
		.period = s->a->load.period,
		.columns = own,
		.n_columns = n,
		.n_keys = 1 };

	for (size_t i = 0; i < n; i++)
		own[i] = &columns[i];
	return attribution_sheet(s->a, plan, sheet, err);
}

/* Nothing is worth 0, unknown amounts are not. */
static struct cell
value_cell(const struct value_tally *value, uint64_t deals)
{
	static const struct money_sum nothing = { .known = 1 };

	if (value->mixed)
		return cell_optional(NULL);
	return cell_money(deals ? value->sum : nothing);
}

static void
fill_box(const struct sourced *s, struct sheet *sheet,
    const struct sourced_group *group, const struct box *box)
{
	const struct value_tally *value = &box->value;

	sheet_cell(sheet, SOURCED_DEALS, cell_count(box->deals));
	sheet_cell(sheet, SOURCED_SHARE,
	    cell_number(
		stats_ratio((double)box->deals, (double)group->rows[0].deals)));
	sheet_cell(sheet, SOURCED_VALUE, value_cell(value, box->deals));
	sheet_cell(sheet, SOURCED_WON, cell_count(box->won));
	sheet_cell(
	    sheet, SOURCED_WON_VALUE, value_cell(&box->won_value, box->won));
	sheet_cell(
	    sheet, SOURCED_UNVALUED, cell_count(box->deals - value->sum.known));
	if (value->any && !value->mixed)
		sheet_cell(sheet, SOURCED_CURRENCY,
		    cell_of_text(&s->a->load, value->currency, NULL));
}

static void
fill_channel(const struct sourced *s, struct sheet *sheet,
    const struct sourced_group *group, size_t channel)
{
	struct textbuf name = { .arena = s->a->arena };

	if (!group->channels[channel].deals)
		return;
	textbuf_add(&name, "influenced: %s",
	    attribution_channel(s->a, channel, s->n_channels));
	sheet_row(sheet, &group->key);
	sheet_cell(sheet, SOURCED_RULE, cell_optional(textbuf_text(&name)));
	fill_box(s, sheet, group, &group->channels[channel]);
}

static void
fill_group(const struct sourced *s, struct sheet *sheet,
    const struct sourced_group *group)
{
	for (size_t i = 0; i < ROWS; i++) {
		sheet_row(sheet, &group->key);
		sheet_cell(sheet, SOURCED_RULE, cell_optional(rows[i].name));
		if (s->field || !(rows[i].rules & RULE_FIELD))
			fill_box(s, sheet, group, &group->rows[i]);
	}
	for (size_t c = 1; c < s->n_channels; c++)
		fill_channel(s, sheet, group, c);
	fill_channel(s, sheet, group, 0);
}

int
attribution_sourced(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	struct sourced s = start(a, false);
	struct sheet sheet;
	void **sorted;

	count(&s);
	sorted = groups_sorted(&s.groups, a->load.store->texts);
	if (new_sheet(&s, "Sourced and influenced", sourced_columns,
		SOURCED_COLUMNS, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < s.groups.items.count; i++)
		fill_group(&s, &sheet, sorted[i]);
	table_note(sheet.table, "channels",
	    "an opportunity counts once for each channel that influenced it: "
	    "these rows do not add up");
	note_sourced(&s, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

/* ---- the list ---- */

enum {
	LIST_ID,
	LIST_VALUE,
	LIST_CURRENCY,
	LIST_FIELD,
	LIST_FIRST,
	LIST_PRESALES,
	LIST_INFLUENCED,
	LIST_ENTERED,
	LIST_SOURCE,
	LIST_COLUMNS
};

static const struct column list_columns[LIST_COLUMNS] = {
	[LIST_ID] = { "id", "Id", UNIT_TEXT, FOR_ALL, "Of the record." },
	[LIST_VALUE] = { "value", "Value", UNIT_MONEY, FOR_ALL,
	    "Its amount as of as_of." },
	[LIST_CURRENCY] = { "currency", "Currency", UNIT_TEXT, FOR_MACHINES,
	    "Of the value." },
	[LIST_FIELD] = { "field", "Field", UNIT_FLAG, FOR_ALL,
	    "Its source belongs to marketing." },
	[LIST_FIRST] = { "first", "First", UNIT_FLAG, FOR_ALL,
	    "Its first touch is marketing's." },
	[LIST_PRESALES] = { "presales", "Presales", UNIT_FLAG, FOR_ALL,
	    "A touch of marketing precedes the first activity of sales." },
	[LIST_INFLUENCED] = { "influenced", "Influenced", UNIT_FLAG, FOR_ALL,
	    "A touch of marketing came in time, whatever the rules say." },
	[LIST_ENTERED] = { "opportunity", "Opportunity", UNIT_TIME, FOR_ROOM,
	    "When it became one." },
	[LIST_SOURCE] = { "source", "Source", UNIT_TEXT, FOR_ROOM,
	    "The source of the record, as it stands." },
};

static int
compare_deals(const void *pa, const void *pb)
{
	const struct deal *a = *(struct deal *const *)pa;
	const struct deal *b = *(struct deal *const *)pb;

	if (a->value.known != b->value.known)
		return a->value.known ? -1 : 1;
	if (a->value.amount != b->value.amount)
		return a->value.amount > b->value.amount ? -1 : 1;
	return slice_compare(a->id, b->id);
}

static void
fill_deal(const struct sourced *s, struct sheet *sheet, const struct deal *deal)
{
	static const struct {
		size_t column;
		enum rule rule;
	} flags[] = {
		{ LIST_FIELD, RULE_FIELD },
		{ LIST_FIRST, RULE_FIRST },
		{ LIST_PRESALES, RULE_PRESALES },
		{ LIST_INFLUENCED, RULE_INFLUENCED },
	};
	struct value_tally value = { .any = false };

	value_add(&value, deal->value);
	sheet_row(sheet, &deal->group->key);
	sheet_cell(sheet, LIST_ID, cell_text(deal->id));
	sheet_cell(sheet, LIST_VALUE, cell_money(value.sum));
	sheet_cell(sheet, LIST_CURRENCY,
	    cell_of_text(&s->a->load, value.currency, NULL));
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		sheet_cell(sheet, flags[i].column,
		    cell_flag(deal->rules & flags[i].rule));
	sheet_cell(sheet, LIST_ENTERED, cell_time(deal->at));
	sheet_cell(
	    sheet, LIST_SOURCE, cell_of_text(&s->a->load, deal->source, NULL));
}

int
attribution_sourced_deals(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	struct sourced s = start(a, true);
	struct deal **sorted;
	struct sheet sheet;
	size_t n;

	count(&s);
	n = s.listed.count;
	sorted = arena_array(a->arena, n + 1, sizeof(*sorted));
	for (size_t i = 0; i < n; i++)
		sorted[i] = vec_at(&s.listed, i);
	qsort(sorted, n, sizeof(*sorted), compare_deals);
	if (new_sheet(&s, "Opportunities on which the rules differ",
		list_columns, LIST_COLUMNS, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		fill_deal(&s, &sheet, sorted[i]);
	table_note(sheet.table, "listed",
	    "%zu of %" PRIu64 " opportunities: field, first and presales do "
	    "not agree",
	    n, s.deals);
	note_sourced(&s, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
