/*
 * attribution_accounts.c: the report accounts: what marketing and sales did in
 * each account (metrics.md 3.3.8, product.md A08). Counts only: a score would
 * need weights that nobody agreed on.
 */
#include <stdlib.h>
#include <string.h>

#include "attribution.h"
#include "reader.h"
#include "recordid.h"

/* One account of a segment. */
struct account {
	struct group_key key; /* the segments, then the number of its name */
	struct slice name; /* the first of its spellings by their bytes */
	uint64_t marketing, sales, people, channels, deals, won;
	struct when first, last;
};

/* What is counted once an account. */
enum fact { FACT_TOUCH, FACT_PERSON, FACT_CHANNEL };

struct engagement {
	struct attribution *a;
	bool salesforce; /* some file of records is */
	struct groups accounts; /* struct account */
	struct intern *names; /* of accounts, folded, and of persons */
	struct intern *met; /* facts, as bytes */
};

/* ---- names ---- */

static bool
any_salesforce(const struct load *load)
{
	for (size_t i = 0; i < load->n_readers; i++)
		if (load->readers[i]->salesforce)
			return true;
	return false;
}

/* As joining has it: ids of 15 characters are those of 18, which folding does
 * no harm. */
static uint32_t
account_number(struct engagement *e, struct slice text)
{
	char id[RECORD_ID_MAX], key[FOLD_MAX];
	size_t n;

	if (!text.n)
		return 0;
	if (record_id_read(text, e->salesforce, NULL, id, &n) == RECORD_ID_OK)
		text = (struct slice){ id, n };
	n = fold_key(key, sizeof(key), text);
	return intern_put(e->names, (struct slice){ key, n });
}

/* Addresses are the same in any case, ids are not. */
static uint32_t
person_number(struct engagement *e, struct slice text)
{
	char key[FOLD_MAX];

	if (text.n && memchr(text.p, '@', text.n))
		text = (struct slice){ key, fold_key(key, sizeof(key), text) };
	return intern_put(e->names, text);
}

/* ---- counting ---- */

/* The account of the record that the walk is at. */
static struct account *
account_at(struct engagement *e, struct slice name)
{
	const struct when no_time = { 0, WHEN_UNKNOWN };
	size_t n_by = e->a->load.segments.n_by;
	uint32_t by[SEGMENTS_MAX + 1];
	struct account *account;
	bool is_new;

	memcpy(by, e->a->walk.by, n_by * sizeof(*by));
	by[n_by] = account_number(e, name);
	account = groups_at(&e->accounts, by, no_time, &is_new);
	if (is_new || slice_compare(name, account->name) < 0)
		account->name = name;
	return account;
}

#define FACT_MAX 8

static bool
first_met(struct engagement *e, const struct account *account, enum fact fact,
    const int64_t *values, size_t n)
{
	const size_t n_by = e->accounts.n_by;
	int64_t key[SEGMENTS_MAX + 2 + FACT_MAX];
	size_t before = intern_count(e->met), at = 0;

	key[at++] = fact;
	for (size_t i = 0; i < n_by; i++)
		key[at++] = account->key.by[i];
	for (size_t i = 0; i < n; i++)
		key[at++] = values[i];
	intern_put(
	    e->met, (struct slice){ (const char *)key, at * sizeof(*key) });
	return intern_count(e->met) > before;
}

static bool
first_met_text(struct engagement *e, const struct account *account,
    enum fact fact, uint32_t text)
{
	int64_t value = text;

	return text && first_met(e, account, fact, &value, 1);
}

/* An order for times of both kinds that no order of rows decides: a date
 * stands before the times of its day. */
static bool
is_before(const struct zone *zone, struct when a, struct when b)
{
	int64_t day_a = zone_day(zone, a), day_b = zone_day(zone, b);

	if (day_a != day_b)
		return day_a < day_b;
	return a.kind != b.kind ? a.kind < b.kind : a.seconds < b.seconds;
}

static void
take_time(const struct zone *zone, struct account *account, struct when at)
{
	if (account->first.kind == WHEN_UNKNOWN ||
	    is_before(zone, at, account->first))
		account->first = at;
	if (account->last.kind == WHEN_UNKNOWN ||
	    is_before(zone, account->last, at))
		account->last = at;
}

/* A touch of several records of the account is one; so are the first and the
 * last touch of a person (HubSpot) that are the same. */
static void
add_touch(
    struct engagement *e, struct account *account, const struct touch *touch)
{
	struct when at = stamp_when(touch->at);
	const int64_t place[] = { touch->file, touch->line, at.kind, at.seconds,
		touch->channel, touch->campaign };

	if (!first_met(
		e, account, FACT_TOUCH, place, sizeof(place) / sizeof(*place)))
		return;
	take_time(e->a->load.zone, account, at);
	account->people += first_met_text(e, account, FACT_PERSON,
	    person_number(e, touches_text(e->a->touches, touch->person)));
	if (attribution_by_sales(touch)) {
		account->sales++;
		return;
	}
	account->marketing++;
	account->channels += first_met_text(
	    e, account, FACT_CHANNEL, touches_key(e->a->touches, touch));
}

/* Where the record names no account its touches may; the deal then has none. */
static void
add_record(struct engagement *e)
{
	struct attribution *a = e->a;
	uint32_t record = a->walk.record;
	const struct pass *passes;
	struct account *account = account_at(
	    e, touches_text(a->touches, attribution_account(a, record, NULL)));
	size_t n;
	const struct touch *touches = touches_of(a->touches, record, &n);

	account->deals +=
	    deal_stays_open(&a->deals, record, a->walk.timeline, &passes) > 0;
	account->won += a->walk.timeline->outcome == OUTCOME_WON;
	for (size_t i = 0; i < n; i++) {
		uint32_t name = attribution_account(a, record, &touches[i]);

		if (attribution_lists(a, touches[i].at))
			add_touch(e,
			    account_at(e, touches_text(a->touches, name)),
			    &touches[i]);
	}
}

/* ---- the table ---- */

enum {
	ACCOUNT_NAME,
	ACCOUNT_TOUCHES,
	ACCOUNT_MARKETING,
	ACCOUNT_SALES,
	ACCOUNT_BOTH,
	ACCOUNT_PEOPLE,
	ACCOUNT_CHANNELS,
	ACCOUNT_FIRST,
	ACCOUNT_LAST,
	ACCOUNT_DAYS,
	ACCOUNT_DEALS,
	ACCOUNT_WON,
	ACCOUNT_COLUMNS
};

static const struct column account_columns[ACCOUNT_COLUMNS] = {
	[ACCOUNT_NAME] = { "account", "Account", UNIT_TEXT, FOR_ALL,
	    "The account of the record, else of the touch; (blank): neither." },
	[ACCOUNT_TOUCHES] = { "touches", "Touches", UNIT_COUNT, FOR_ALL,
	    "marketing + sales; one of several records counts once." },
	[ACCOUNT_MARKETING] = { "marketing", "Marketing", UNIT_COUNT, FOR_ALL,
	    "Touches that are none of sales." },
	[ACCOUNT_SALES] = { "sales", "Sales", UNIT_COUNT, FOR_ALL,
	    "Activities, and touches that sales_touches gives to sales." },
	[ACCOUNT_BOTH] = { "both_sides", "Both", UNIT_FLAG, FOR_ALL,
	    "Both marketing and sales touched it." },
	[ACCOUNT_PEOPLE] = { "people", "People", UNIT_COUNT, FOR_ALL,
	    "Distinct persons of its touches, as their files name them." },
	[ACCOUNT_CHANNELS] = { "channels", "Channels", UNIT_COUNT, FOR_ROOM,
	    "Distinct channels (--key) of its marketing touches." },
	[ACCOUNT_FIRST] = { "first_touch", "First", UNIT_TIME, FOR_ROOM,
	    "Its first touch, of either side." },
	[ACCOUNT_LAST] = { "last_touch", "Last", UNIT_TIME, FOR_ROOM,
	    "Its last touch, of either side." },
	[ACCOUNT_DAYS] = { "days_since_last", "Days since", UNIT_DAYS, FOR_ALL,
	    "Days from its last touch to as_of." },
	[ACCOUNT_DEALS] = { "deals", "Deals", UNIT_COUNT, FOR_ALL,
	    "Its records that entered the pipeline." },
	[ACCOUNT_WON] = { "won", "Won", UNIT_COUNT, FOR_ALL,
	    "Its records that are won." },
};

struct sorted_account {
	const struct account *account;
	const struct load *load;
};

static int
compare_accounts(const void *pa, const void *pb)
{
	const struct sorted_account *sa = pa, *sb = pb;
	const struct account *a = sa->account, *b = sb->account;
	const struct intern *texts = sa->load->store->texts;
	uint64_t n_a = a->marketing + a->sales, n_b = b->marketing + b->sales;

	for (size_t i = 0; i < sa->load->segments.n_by; i++) {
		int order = slice_compare(intern_get(texts, a->key.by[i]),
		    intern_get(texts, b->key.by[i]));

		if (order)
			return order;
	}
	if (n_a != n_b)
		return n_a > n_b ? -1 : 1;
	return slice_compare(a->name, b->name);
}

static void
fill_account(
    const struct load *load, struct sheet *sheet, const struct account *t)
{
	const struct {
		int column;
		uint64_t count;
	} counts[] = {
		{ ACCOUNT_TOUCHES, t->marketing + t->sales },
		{ ACCOUNT_MARKETING, t->marketing },
		{ ACCOUNT_SALES, t->sales },
		{ ACCOUNT_PEOPLE, t->people },
		{ ACCOUNT_CHANNELS, t->channels },
		{ ACCOUNT_DEALS, t->deals },
		{ ACCOUNT_WON, t->won },
	};

	sheet_row(sheet, &t->key);
	sheet_cell(sheet, ACCOUNT_NAME,
	    t->name.n ? cell_text(t->name) : cell_optional("(blank)"));
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		sheet_cell(sheet, (size_t)counts[i].column,
		    cell_count(counts[i].count));
	sheet_cell(
	    sheet, ACCOUNT_BOTH, cell_flag(t->marketing > 0 && t->sales > 0));
	sheet_cell(sheet, ACCOUNT_FIRST, cell_time(t->first));
	sheet_cell(sheet, ACCOUNT_LAST, cell_time(t->last));
	sheet_cell(sheet, ACCOUNT_DAYS,
	    cell_number(when_days(load->zone, t->last, load->as_of)));
}

static void
fill_accounts(const struct engagement *e, struct sheet *sheet)
{
	const struct load *load = &e->a->load;
	size_t n = e->accounts.items.count;
	struct sorted_account *sorted =
	    arena_array(e->a->arena, n + 1, sizeof(*sorted));

	for (size_t i = 0; i < n; i++)
		sorted[i] =
		    (struct sorted_account){ vec_at(&e->accounts.items, i),
			    load };
	if (n)
		qsort(sorted, n, sizeof(*sorted), compare_accounts);
	for (size_t i = 0; i < n; i++)
		fill_account(load, sheet, sorted[i].account);
}

static struct engagement
engagement_new(struct attribution *a)
{
	return (struct engagement){ .a = a,
		.salesforce = any_salesforce(&a->load),
		.accounts = groups_new(a->arena, sizeof(struct account),
		    a->load.segments.n_by + 1, PERIOD_NONE, 1, a->load.zone),
		.names = intern_new(a->arena),
		.met = intern_new(a->arena) };
}

int
attribution_accounts(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	struct engagement e = engagement_new(a);
	struct sheet sheet;

	if (attribution_list(a, "Accounts", account_columns, ACCOUNT_COLUMNS, 1,
		true, &sheet, err) < 0)
		return -1;
	while (walk_next(&a->walk))
		add_record(&e);
	fill_accounts(&e, &sheet);
	attribution_notes(a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
