/*
 * spend.c: rows of cost files, and their sums.
 */
#include <stdlib.h>
#include <string.h>

#include "outside.h"
#include "row.h"
#include "seen.h"
#include "spend.h"

enum slot {
	SLOT_CHANNEL,
	SLOT_CAMPAIGN,
	SLOT_SOURCE,
	SLOT_DATE,
	SLOT_KEY,
	SLOTS
};

struct days {
	int64_t from, next;
};

struct reading {
	struct spend *spend;
	struct load *load;
	struct read_options read;
	struct attribute_source attributes[SLOTS];
	const char *wanted[SLOTS];
	struct seen *seen;
	uint16_t file; /* that is being read */
	struct days covers; /* what the file says above its header */
};

static void
plan_slots(struct reading *r)
{
	static const int slot_fields[SLOTS] = { [SLOT_CHANNEL] =
						    FIELD_TOUCH_CHANNEL,
		[SLOT_CAMPAIGN] = FIELD_TOUCH_CAMPAIGN,
		[SLOT_SOURCE] = FIELD_SOURCE,
		[SLOT_DATE] = FIELD_TOUCH_DATE,
		[SLOT_KEY] = -1 };

	for (int i = 0; i < SLOTS; i++) {
		r->attributes[i] =
		    (struct attribute_source){ slot_fields[i], i, false };
		r->wanted[i] = "";
	}
	if (r->spend->touches->key == KEY_COLUMN)
		r->wanted[SLOT_KEY] = r->spend->touches->key_name;
	r->read.attributes = r->attributes;
	r->read.n_attributes = SLOTS;
	r->read.bind.wanted = r->wanted;
	r->read.bind.n_wanted = SLOTS;
}

/* ---- What a file covers ---- */

/* Titles are read alone, without a column that proves an order; where both
 * readings fit, month first, as LinkedIn writes them (crm-exports.md 10). */
static int64_t
title_day(const struct reading *r, struct slice text)
{
	struct date_column column = { .order = r->read.date_order,
		.given = r->read.date_order != DATE_ORDER_UNKNOWN };
	struct when when;
	enum date_status status =
	    date_read(text, r->read.zone, &column, 0, &when);

	if (status == DATE_PENDING)
		when = date_resolve(when, DATE_ORDER_MDY, r->read.zone);
	else if (status != DATE_OK)
		return NO_DAY;
	return zone_day(r->load->zone, when);
}

/* What follows a label such as "Report Start:" in a title. */
static int64_t
labelled_day(const struct reading *r, struct slice text, const char *label)
{
	size_t n = strlen(label);

	for (size_t i = 0; i + n <= text.n; i++) {
		struct slice rest = { text.p + i + n, text.n - i - n };
		const char *comma;

		if (memcmp(text.p + i, label, n))
			continue;
		comma = rest.n ? memchr(rest.p, ',', rest.n) : NULL;
		if (comma)
			rest.n = (size_t)(comma - rest.p);
		return rest.n ? title_day(r, slice_trim(rest)) : NO_DAY;
	}
	return NO_DAY;
}

/* "September 1, 2026 - September 30, 2026". */
static struct days
range_of(const struct reading *r, struct slice text)
{
	struct days days = { NO_DAY, NO_DAY };

	for (size_t i = 0; i + 3 < text.n; i++) {
		struct slice before = { text.p, i };
		struct slice after = { text.p + i + 3, text.n - i - 3 };

		if (memcmp(text.p + i, " - ", 3))
			continue;
		days.from = title_day(r, slice_trim(before));
		days.next = title_day(r, slice_trim(after));
		if (days.from != NO_DAY && days.next != NO_DAY)
			break;
	}
	return days;
}

static void
read_title(const struct reading *r, struct slice text, struct days *days)
{
	struct days range = range_of(r, text);
	int64_t start = labelled_day(r, text, "Report Start:");
	int64_t end = labelled_day(r, text, "Report End:");

	if (range.from != NO_DAY && range.next != NO_DAY)
		*days = range;
	if (start != NO_DAY)
		days->from = start;
	if (end != NO_DAY)
		days->next = end;
}

/* Both ends, the last day included, or nothing. */
static struct days
days_covered(const struct reading *r, const struct csv_batch *above)
{
	struct days days = { NO_DAY, NO_DAY };

	for (size_t i = 0; above && i < above->n_rows; i++)
		for (uint32_t k = 0; k < above->rows[i].n_fields; k++)
			if (above->rows[i].fields[k].n)
				read_title(r, above->rows[i].fields[k], &days);
	if (days.from == NO_DAY || days.next == NO_DAY || days.next < days.from)
		return (struct days){ NO_DAY, NO_DAY };
	days.next++;
	return days;
}

/* ---- A row ---- */

static bool
column_is(const struct binding *b, const char *const *words)
{
	const char *name = b->header[b->column[FIELD_TOUCH_DATE]];

	for (; *words; words++)
		if (fold_equal(slice_of(name), slice_of(*words)))
			return true;
	return false;
}

/* A day, unless the column is one of weeks or months. */
static struct days
days_of_cell(const struct reading *r, const struct binding *b, struct when when)
{
	static const char *const months[] = { "month", "mois", "monat", NULL };
	static const char *const weeks[] = { "week", "semaine", "woche", NULL };
	int64_t day = zone_day(r->load->zone, when);

	if (column_is(b, months)) {
		day = period_start(PERIOD_MONTH, day, 1);
		return (struct days){ day, period_next(PERIOD_MONTH, day) };
	}
	return (struct days){ day, day + (column_is(b, weeks) ? 7 : 1) };
}

static struct days
days_of(const struct reading *r, const struct typed_row *row)
{
	const struct binding *b = &r->spend->readers[r->file]->binding;
	struct days days = { NO_DAY, NO_DAY };

	if (b->column[FIELD_TOUCH_DATE] < 0)
		return r->covers;
	if (date_period(row->wanted[SLOT_DATE],
		r->load->definitions.fiscal_month, &days.from, &days.next))
		return days;
	if (row->time[ROW_TOUCH].kind == WHEN_UNKNOWN)
		return (struct days){ NO_DAY, NO_DAY };
	return days_of_cell(r, b, row->time[ROW_TOUCH]);
}

/* Of a network's own report, unless --map names a column. */
static struct slice
channel_of(const struct reading *r, const struct typed_row *row)
{
	const struct binding *b = &r->spend->readers[r->file]->binding;

	if (b->object->channel && b->column[FIELD_TOUCH_CHANNEL] < 0)
		return slice_of(b->object->channel);
	return row->wanted[SLOT_CHANNEL];
}

static struct slice
key_of(const struct reading *r, const struct typed_row *row)
{
	switch (r->spend->touches->key) {
	case KEY_CAMPAIGN:
		return row->wanted[SLOT_CAMPAIGN];
	case KEY_COLUMN:
		return row->wanted[SLOT_KEY];
	case KEY_SOURCE:
		if (row->wanted[SLOT_SOURCE].n)
			return row->wanted[SLOT_SOURCE];
		break;
	case KEY_CHANNEL:
		break;
	}
	return channel_of(r, row);
}

/* The cell, then the column, then the currency of the report. */
static struct slice
currency_of(const struct reading *r, const struct typed_row *row)
{
	if (*row->currency)
		return slice_of(row->currency);
	if (row->text[ROW_CURRENCY].n)
		return row->text[ROW_CURRENCY];
	return slice_of(r->load->definitions.currency);
}

static void
convert(struct reading *r, struct spend_row *row, struct slice *currency)
{
	struct when on = r->load->as_of;

	if (!r->load->rates)
		return;
	if (row->next != NO_DAY)
		on = (struct when){ (row->next - 1) * DAY_SECONDS, WHEN_DATE };
	if (rates_convert(r->load->rates, *currency, on, row->cost, &row->cost))
		*currency = slice_of(r->load->definitions.currency);
	else
		r->spend->unconverted++;
}

static int
take_row(void *context, const struct typed_row *row, struct fnl_err *err)
{
	struct reading *r = context;
	struct spend *spend = r->spend;
	struct intern *texts = r->load->store->texts;
	struct slice currency = currency_of(r, row);
	struct days days = days_of(r, row);
	struct spend_row out = { .from = days.from,
		.next = days.next,
		.cost = row->amount,
		.line = row->line,
		.file = r->file };

	if (!row->has_amount)
		return ledger_add(r->load->ledger,
		    spend->readers[r->file]->ledger_file, LEDGER_NO_COST,
		    row->line, NULL, SLICE(""), err);
	if (spend->rows.count == SPEND_ROWS_MAX)
		return fail(
		    err, FNL_DATA, "more than %d costs", SPEND_ROWS_MAX);
	convert(r, &out, &currency);
	out.key = intern_put(texts, key_of(r, row));
	out.campaign = intern_put(texts, row->wanted[SLOT_CAMPAIGN]);
	out.currency = intern_put(texts, currency);
	spend->repeated += seen_before(r->seen, row->whole_hash);
	spend->readers[r->file]->ledger_file->used++;
	*(struct spend_row *)vec_push(&spend->rows) = out;
	return 0;
}

/* ---- Sums ---- */

struct keyed_cost {
	const struct intern *texts;
	struct spend_sum sum;
	int64_t cost;
};

static int
compare_texts(const struct intern *texts, uint32_t a, uint32_t b)
{
	return a == b
		   ? 0
		   : slice_compare(intern_get(texts, a), intern_get(texts, b));
}

static int
compare_costs(const void *pa, const void *pb)
{
	const struct keyed_cost *a = pa, *b = pb;
	int order = compare_texts(a->texts, a->sum.key, b->sum.key);

	if (!order)
		order = (a->sum.month > b->sum.month) -
			(a->sum.month < b->sum.month);
	return order
		   ? order
		   : compare_texts(a->texts, a->sum.currency, b->sum.currency);
}

/* The month that holds all days of a row. */
static int64_t
month_of(const struct spend_row *row)
{
	int64_t month;

	if (row->from == NO_DAY)
		return NO_DAY;
	month = period_start(PERIOD_MONTH, row->from, 1);
	return row->next <= period_next(PERIOD_MONTH, month) ? month : NO_DAY;
}

uint32_t
spend_key(const struct spend *spend, const struct spend_row *row)
{
	enum touch_key key = spend->touches->key;

	return key == KEY_CHANNEL || key == KEY_SOURCE
		   ? touches_agreed(spend->touches, row->key)
		   : row->key;
}

static struct keyed_cost *
keyed_costs(struct spend *spend)
{
	struct touches *touches = spend->touches;
	size_t n = spend->rows.count;
	struct keyed_cost *costs =
	    arena_grow(touches->load->arena, NULL, (n + 1) * sizeof(*costs));

	for (size_t i = 0; i < n; i++) {
		const struct spend_row *row = vec_at(&spend->rows, i);

		costs[i].texts = touches->load->store->texts;
		costs[i].cost = row->cost;
		costs[i].sum = (struct spend_sum){ .key = spend_key(spend, row),
			.currency = row->currency,
			.month = month_of(row) };
	}
	return costs;
}

static void
add_costs(struct spend *spend)
{
	struct arena *arena = spend->touches->load->arena;
	size_t n = spend->rows.count;
	struct keyed_cost *costs = keyed_costs(spend);

	qsort(costs, n, sizeof(*costs), compare_costs);
	spend->sums = arena_array(arena, n + 1, sizeof(*spend->sums));
	for (size_t i = 0; i < n; i++) {
		if (!i || compare_costs(&costs[i - 1], &costs[i]) != 0)
			spend->sums[spend->n_sums++] = costs[i].sum;
		money_add(&spend->sums[spend->n_sums - 1].cost, costs[i].cost);
	}
	arena_drop(arena, costs);
}

/* ---- Files ---- */

static int
read_file(struct reading *r, size_t i, struct fnl_err *err)
{
	struct reader *reader = r->spend->readers[i];
	struct row_taker taker = {
		.ledger = r->load->ledger, .take = take_row, .context = r
	};

	if (reader->binding.column[FIELD_COST] < 0)
		return fail(err, FNL_DATA,
		    "%s: no column holds the cost; name it with --map "
		    "cost=COLUMN",
		    reader->path);
	r->file = (uint16_t)i;
	r->covers = days_covered(r, reader->above);
	return reader_take(reader, &taker, err);
}

int
spend_load(struct touches *touches, const struct touch_options *options,
    struct spend **out, struct fnl_err *err)
{
	struct load *load = touches->load;
	struct spend *spend = arena_alloc(load->arena, sizeof(*spend));
	struct reading *r = arena_alloc(load->arena, sizeof(*r));

	spend->touches = touches;
	spend->rows = vec_new(load->arena, sizeof(struct spend_row));
	spend->n_readers = options->spend.n;
	r->spend = spend;
	r->load = load;
	r->seen = seen_new(load->arena);
	if (outside_options(
		load, &options->maps, PURPOSE_SPEND, &r->read, err) < 0)
		return -1;
	plan_slots(r);
	if (outside_open(load, &options->spend, "--spend", &r->read,
		&spend->readers, err) < 0)
		return -1;
	for (size_t i = 0; i < spend->n_readers; i++)
		if (read_file(r, i, err) < 0)
			return -1;
	seen_drop(r->seen);
	add_costs(spend);
	*out = spend;
	return 0;
}
