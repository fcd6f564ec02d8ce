/*
 * fieldtime.c: prove, then resolve.
 */
#include "fieldtime.h"
#include "datetext.h"

struct field_time {
	const struct store *store;
	size_t attribute;
	struct stamp *times; /* by number of the text */
	bool *unread;
};

static bool
is_text(const struct field_time *f, uint32_t record, uint32_t *text)
{
	*text = store_attribute_at(f->store, record, f->attribute);
	return *text != 0;
}

/* Every distinct value once; those that fit both orders stay pending. */
static void
read_all(
    struct field_time *f, const struct zone *zone, struct date_column *column)
{
	uint32_t text;

	for (uint32_t i = 0; i < f->store->records.count; i++) {
		struct when when = { 0, WHEN_UNKNOWN };
		enum date_status status;

		if (!is_text(f, i, &text) || f->times[text].packed ||
		    f->unread[text])
			continue;
		status = date_read(
		    intern_get(f->store->texts, text), zone, column, 0, &when);
		if (status == DATE_OK || status == DATE_PENDING)
			f->times[text] = stamp_of(when);
		else
			f->unread[text] = status != DATE_BLANK;
	}
}

int
field_time_new(const struct load *load, const char *name, size_t attribute,
    struct field_time **out, struct fnl_err *err)
{
	struct field_time *f = arena_alloc(load->arena, sizeof(*f));
	size_t n = intern_count(load->store->texts);
	struct date_column column = { .order = load->read.date_order,
		.given = load->read.date_order != DATE_ORDER_UNKNOWN };

	if (!load_has_column(load, attribute))
		return fail(err, FNL_USAGE,
		    "no input has a column for '%s' (say which with --map "
		    "%s=COLUMN)",
		    name, name);
	f->store = load->store;
	f->attribute = attribute;
	f->times = arena_array(load->arena, n, sizeof(*f->times));
	f->unread = arena_array(load->arena, n, sizeof(*f->unread));
	read_all(f, load->input_zone, &column);
	if (date_column_is_short(&column) ||
	    (column.order == DATE_ORDER_UNKNOWN && column.either))
		return fail(err, FNL_DATA,
		    "no date of '%s' shows the order of day, month and year; "
		    "say --date-order dmy, mdy or ymd",
		    name);
	for (size_t i = 0; i < n; i++)
		f->times[i] = stamp_of(date_resolve(
		    stamp_when(f->times[i]), column.order, load->input_zone));
	*out = f;
	return 0;
}

struct when
field_time_of(void *field_time, uint32_t record)
{
	const struct field_time *f = field_time;
	uint32_t text;

	if (!is_text(f, record, &text))
		return (struct when){ 0, WHEN_UNKNOWN };
	return stamp_when(f->times[text]);
}

bool
field_time_is_unread(const struct field_time *f, uint32_t record)
{
	uint32_t text;

	return is_text(f, record, &text) && f->unread[text];
}

uint64_t
field_time_unread(const struct field_time *f)
{
	uint64_t n = 0;

	for (uint32_t i = 0; i < f->store->records.count; i++)
		n += field_time_is_unread(f, i);
	return n;
}
