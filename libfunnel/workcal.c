/*
 * workcal.c: calendars to open intervals.
 *
 * Everything is gathered as instants first -- what is open, what is closed --
 * then sorted, merged and subtracted: one pass that does not care whether an
 * hour came from a week, a date or a file. A look-up divides the time into
 * slots of nine hours and starts at the interval that is open in the slot or
 * next after it.
 */
#include "workcal.h"

#include <stdlib.h>
#include <string.h>

#include "holidays.h"
#include "hours.h"

#define SLOT_SHIFT 15 /* slots of 2^15 s = 9.1 hours */
#define FIRST_DAY (-25567) /* HOURS_FIRST_YEAR-01-01 */
#define END_DAY 84736 /* the day after HOURS_LAST_YEAR-12-31 */

struct interval {
	int64_t open, close; /* instants */
	int64_t before; /* working seconds of the intervals before it */
};

struct workcal {
	const char *name;
	const struct zone *zone;
	int64_t first_day, end_day; /* civil days that are compiled */
	int64_t from, to; /* the same as instants */
	const struct interval *intervals; /* and a last one at INT64_MAX */
	size_t n;
	const uint32_t *slots; /* the first that closes after its start */
	const uint32_t *worked; /* by day: working days before it */
	const int64_t *days; /* the working days */
	size_t n_days;
	const struct workcal_holiday *holidays;
	size_t n_holidays;
};

/* ---- compiling ---- */

struct span {
	int64_t from, to; /* instants */
};

enum { SHIFTED = 1, HOLIDAY = 2, WORKING = 4 };

struct builder {
	struct arena *arena;
	const struct calendar_definition *definition;
	const char *directory; /* of the definitions, with the slash; "" */
	struct workcal *calendar;
	struct vec opens, closings; /* struct span */
	uint8_t *flags; /* by day since first_day */
	struct fnl_err *err;
};

static int
refuse(const struct builder *b, const char *key, const char *text,
    const char *expected)
{
	return fail(b->err, FNL_DATA,
	    "calendar '%s': '%s' is not a value for '%s' (expected %s)",
	    b->definition->name, text, key, expected);
}

static int
add_span(const struct builder *b, struct vec *spans, int64_t from, int64_t to)
{
	if (spans->count == WORKCAL_MAX_INTERVALS)
		return fail(b->err, FNL_DATA,
		    "calendar '%s' has more than %zu open intervals between "
		    "the first and the last date (give fewer entries)",
		    b->definition->name, WORKCAL_MAX_INTERVALS);
	if (from < to)
		*(struct span *)vec_push(spans) = (struct span){ from, to };
	return 0;
}

/* The times of an entry on a day. In a zone that skipped this day, its times
 * would become those of the next one. */
static int
add_hours(const struct builder *b, struct vec *spans, const struct hours *hours,
    int64_t day)
{
	const struct zone *zone = b->calendar->zone;
	int64_t from = zone_utc(zone, day * DAY_SECONDS + hours->from);
	int64_t to = zone_utc(zone, day * DAY_SECONDS + hours->to);

	if (floor_div(zone_local(zone, from), DAY_SECONDS) != day)
		return 0;
	return add_span(b, spans, from, to);
}

static uint8_t *
flags_of(const struct builder *b, int64_t day)
{
	return &b->flags[day - b->calendar->first_day];
}

/* The dates of an entry that are compiled, as [first, end). */
static int64_t
first_of(const struct builder *b, const struct hours *hours)
{
	return hours->first > b->calendar->first_day ? hours->first
						     : b->calendar->first_day;
}

static int64_t
end_of(const struct builder *b, const struct hours *hours)
{
	return hours->last < b->calendar->end_day ? hours->last + 1
						  : b->calendar->end_day;
}

static void
mark(const struct builder *b, const struct hours *hours, uint8_t flag)
{
	for (int64_t day = first_of(b, hours); day < end_of(b, hours); day++)
		*flags_of(b, day) |= flag;
}

/* A weekly or dated entry, on the days whose flags under mask are want. */
static int
add_entry(const struct builder *b, struct vec *spans, const struct hours *hours,
    uint8_t mask, uint8_t want)
{
	struct hours always = { .first = b->calendar->first_day,
		.last = b->calendar->end_day };
	const struct hours *dates = hours->weekdays ? &always : hours;

	for (int64_t day = first_of(b, dates); day < end_of(b, dates); day++)
		if ((!hours->weekdays ||
			hours->weekdays >> civil_weekday(day) & 1) &&
		    (*flags_of(b, day) & mask) == want &&
		    add_hours(b, spans, hours, day))
			return -1;
	return 0;
}

static int
read_shift(const struct builder *b, const char *text, struct hours *out)
{
	return hours_dated(text, out)
		   ? 0
		   : refuse(b, "shifts", text,
			 "a date and times, such as 2026-11-07 10:00-14:00");
}

static int
mark_shifts(const struct builder *b)
{
	const struct texts *shifts = &b->definition->shifts;
	struct hours hours;

	for (unsigned i = 0; i < shifts->n; i++) {
		if (read_shift(b, shifts->items[i], &hours))
			return -1;
		mark(b, &hours, SHIFTED);
	}
	return 0;
}

/* Timed events are closings. */
static int
add_file(struct builder *b, const char *name)
{
	struct workcal *c = b->calendar;
	struct holidays list = holidays_new(b->arena);
	const char *path =
	    *name == '/' ? name
			 : arena_printf(b->arena, "%s%s", b->directory, name);

	if (holidays_read(
		&list, path, c->zone, c->first_day, c->end_day - 1, b->err))
		return -1;
	for (size_t i = 0; i < list.days.count; i++) {
		const struct holiday_days *days = vec_at(&list.days, i);

		mark(b,
		    &(struct hours){ .first = days->first, .last = days->last },
		    HOLIDAY);
	}
	for (size_t i = 0; i < list.times.count; i++) {
		const struct holiday_time *time = vec_at(&list.times, i);

		if (add_span(b, &b->closings, time->from, time->to))
			return -1;
	}
	return 0;
}

static int
mark_holidays(struct builder *b)
{
	const struct texts *holidays = &b->definition->holidays;

	for (unsigned i = 0; i < holidays->n; i++) {
		const char *text = holidays->items[i];
		struct hours hours;

		if (hours_dates(text, &hours))
			mark(b, &hours, HOLIDAY);
		else if (!hours_is_file(text))
			return refuse(b, "holidays", text,
			    "a date such as 2026-01-26, dates such as "
			    "2026-12-24..2026-12-26, or a file name that "
			    "ends in .ics");
		else if (add_file(b, text))
			return -1;
	}
	return 0;
}

/* Open time of all days, holidays too: they are closed after it is known
 * which of them took any time away. */
static int
add_opens(struct builder *b)
{
	const struct calendar_definition *d = b->definition;
	struct hours hours;

	for (unsigned i = 0; i < d->hours.n; i++) {
		if (!hours_weekly(d->hours.items[i], &hours))
			return refuse(b, "hours", d->hours.items[i],
			    "days and times, such as Mon-Fri 09:30-18:30");
		if (add_entry(b, &b->opens, &hours, SHIFTED, 0))
			return -1;
	}
	for (unsigned i = 0; i < d->shifts.n; i++)
		if (read_shift(b, d->shifts.items[i], &hours) ||
		    add_entry(b, &b->opens, &hours, 0, 0))
			return -1;
	return 0;
}

static int
add_breaks(struct builder *b)
{
	const struct texts *breaks = &b->definition->breaks;
	struct hours hours;

	for (unsigned i = 0; i < breaks->n; i++) {
		if (!hours_weekly(breaks->items[i], &hours) &&
		    !hours_dated(breaks->items[i], &hours))
			return refuse(b, "breaks", breaks->items[i],
			    "days or a date, and times, such as Mon-Fri "
			    "13:00-13:30 or 2026-10-20 14:00-18:00");
		if (add_entry(b, &b->closings, &hours, 0, 0))
			return -1;
	}
	return 0;
}

static int
by_from(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

/* In order, overlapping and touching ones made one; *n of them. */
static struct span *
merge(struct arena *arena, const struct vec *spans, size_t *n)
{
	struct span *out = arena_array(arena, spans->count, sizeof(*out));
	size_t kept = 0;

	for (size_t i = 0; i < spans->count; i++)
		out[i] = *(const struct span *)vec_at(spans, i);
	if (spans->count)
		qsort(out, spans->count, sizeof(*out), by_from);
	for (size_t i = 0; i < spans->count; i++)
		if (!kept || out[i].from > out[kept - 1].to)
			out[kept++] = out[i];
		else if (out[i].to > out[kept - 1].to)
			out[kept - 1].to = out[i].to;
	*n = kept;
	return out;
}

/* What is in a and not in b, both merged; out has room for n_a + n_b. */
static size_t
subtract(const struct span *a, size_t n_a, const struct span *b, size_t n_b,
    struct span *out)
{
	size_t k = 0, n = 0;

	for (size_t i = 0; i < n_a; i++) {
		int64_t from = a[i].from;

		while (k < n_b && b[k].to <= from)
			k++;
		for (size_t j = k; j < n_b && b[j].from < a[i].to; j++) {
			if (from < b[j].from)
				out[n++] = (struct span){ from, b[j].from };
			from = b[j].to;
		}
		if (from < a[i].to)
			out[n++] = (struct span){ from, a[i].to };
	}
	return n;
}

/* Marks each civil day that a span has time on. */
static void
mark_working(const struct builder *b, const struct span *spans, size_t n)
{
	const struct workcal *c = b->calendar;

	for (size_t i = 0; i < n; i++) {
		int64_t day =
		    floor_div(zone_local(c->zone, spans[i].from), DAY_SECONDS);
		int64_t last = floor_div(
		    zone_local(c->zone, spans[i].to - 1), DAY_SECONDS);

		for (; day <= last; day++)
			if (day >= c->first_day && day < c->end_day)
				*flags_of(b, day) |= WORKING;
	}
}

/* Holidays become closings, from midnight to midnight, and are listed with
 * whether there was anything to close. */
static int
close_holidays(struct builder *b, const struct span *open, size_t n_open)
{
	struct workcal *c = b->calendar;
	size_t n_days = (size_t)(c->end_day - c->first_day);
	struct workcal_holiday *list;
	size_t n = 0;

	mark_working(b, open, n_open);
	for (size_t i = 0; i < n_days; i++)
		n += (b->flags[i] & HOLIDAY) != 0;
	list = arena_array(b->arena, n, sizeof(*list));
	for (size_t i = 0; i < n_days; i++) {
		int64_t day = c->first_day + (int64_t)i;

		if (b->flags[i] & HOLIDAY) {
			list[c->n_holidays++] = (struct workcal_holiday){ day,
				(b->flags[i] & WORKING) != 0 };
			if (add_hours(b, &b->closings,
				&(struct hours){ .to = DAY_SECONDS }, day))
				return -1;
		}
		b->flags[i] &= (uint8_t)~WORKING;
	}
	c->holidays = list;
	return 0;
}

static void
set_intervals(struct builder *b, const struct span *spans, size_t n)
{
	struct workcal *c = b->calendar;
	struct interval *out = arena_array(b->arena, n + 1, sizeof(*out));
	int64_t before = 0;

	for (size_t i = 0; i < n; i++) {
		out[i] =
		    (struct interval){ spans[i].from, spans[i].to, before };
		before += spans[i].to - spans[i].from;
	}
	out[n] = (struct interval){ INT64_MAX, INT64_MAX, before };
	c->intervals = out;
	c->n = n;
}

static void
index_slots(struct builder *b)
{
	struct workcal *c = b->calendar;
	size_t n = (size_t)((c->to - c->from) >> SLOT_SHIFT) + 1;
	uint32_t *slots = arena_array(b->arena, n, sizeof(*slots));
	uint32_t i = 0;

	for (size_t slot = 0; slot < n; slot++) {
		while (c->intervals[i].close <=
		       c->from + ((int64_t)slot << SLOT_SHIFT))
			i++;
		slots[slot] = i;
	}
	c->slots = slots;
}

static void
list_days(struct builder *b)
{
	struct workcal *c = b->calendar;
	size_t n_days = (size_t)(c->end_day - c->first_day);
	uint32_t *worked = arena_array(b->arena, n_days + 1, sizeof(*worked));
	int64_t *days = arena_array(b->arena, n_days, sizeof(*days));

	for (size_t i = 0; i < n_days; i++) {
		worked[i] = (uint32_t)c->n_days;
		if (b->flags[i] & WORKING)
			days[c->n_days++] = c->first_day + (int64_t)i;
	}
	worked[n_days] = (uint32_t)c->n_days;
	c->worked = worked;
	c->days = days;
}

/*
 * Twice the same: without the holidays, which tells which of them had hours
 * to take away, then with them.
 */
static int
compile(struct builder *b)
{
	size_t n_open, n_closed, n = 0;
	struct span *open, *closed, *left;

	if (mark_shifts(b) || mark_holidays(b) || add_opens(b) || add_breaks(b))
		return -1;
	open = merge(b->arena, &b->opens, &n_open);
	for (int pass = 0; pass < 2; pass++) {
		closed = merge(b->arena, &b->closings, &n_closed);
		left = arena_array(b->arena, n_open + n_closed, sizeof(*left));
		n = subtract(open, n_open, closed, n_closed, left);
		if (pass == 0 && close_holidays(b, left, n))
			return -1;
	}
	mark_working(b, left, n);
	set_intervals(b, left, n);
	index_slots(b);
	list_days(b);
	return 0;
}

static int64_t
clamp(int64_t value, int64_t low, int64_t high)
{
	return value < low ? low : value > high ? high : value;
}

/* The days of the range and the margin, as far as zones are known. */
static void
set_range(struct workcal *c, int64_t from, int64_t to)
{
	int64_t low = FIRST_DAY * (int64_t)DAY_SECONDS;
	int64_t high = END_DAY * (int64_t)DAY_SECONDS;
	int64_t first = floor_div(clamp(from, low, high), DAY_SECONDS);
	int64_t end = floor_div(clamp(to, low, high), DAY_SECONDS);

	c->first_day = clamp(first - WORKCAL_MARGIN_DAYS, FIRST_DAY, END_DAY);
	c->end_day = clamp(end + 1 + WORKCAL_MARGIN_DAYS, FIRST_DAY, END_DAY);
	if (c->end_day < c->first_day)
		c->end_day = c->first_day;
	c->from = zone_utc(c->zone, c->first_day * DAY_SECONDS);
	c->to = zone_utc(c->zone, c->end_day * DAY_SECONDS);
}

static const char *
directory_of(struct arena *arena, const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? arena_text(arena,
			   (struct slice){ path, (size_t)(slash - path) + 1 })
		     : "";
}

int
workcal_open(struct arena *arena, const struct calendar_definition *definition,
    const char *definitions_path, const struct zone *zone, int64_t from,
    int64_t to, const struct workcal **out, struct fnl_err *err)
{
	struct workcal *c = arena_alloc(arena, sizeof(*c));
	struct builder b = { .arena = arena,
		.definition = definition,
		.directory = directory_of(arena, definitions_path),
		.calendar = c,
		.opens = vec_new(arena, sizeof(struct span)),
		.closings = vec_new(arena, sizeof(struct span)),
		.err = err };

	c->name = definition->name;
	c->zone = zone;
	if (!definition->hours.n)
		return fail(err, FNL_DATA,
		    "calendar '%s' has no 'hours' (give days and times, such "
		    "as Mon-Fri 09:30-18:30; for all time leave out "
		    "'calendar')",
		    definition->name);
	if (definition->timezone &&
	    zone_open(arena, definition->timezone, &c->zone, err))
		return -1;
	set_range(c, from, to);
	b.flags = arena_alloc(arena, (size_t)(c->end_day - c->first_day));
	if (compile(&b))
		return -1;
	*out = c;
	return 0;
}

/* ---- questions ---- */

const char *
workcal_name(const struct workcal *calendar)
{
	return calendar->name;
}

const struct zone *
workcal_zone(const struct workcal *calendar)
{
	return calendar->zone;
}

bool
workcal_covers(const struct workcal *calendar, int64_t at)
{
	return at >= calendar->from && at <= calendar->to;
}

/* The first interval that closes after an instant that is covered. */
static const struct interval *
interval_at(const struct workcal *c, int64_t at)
{
	const struct interval *i =
	    c->intervals + c->slots[(at - c->from) >> SLOT_SHIFT];

	while (i->close <= at)
		i++;
	return i;
}

/* Working seconds before an instant, which interval i is open at or after. */
static int64_t
worked_until(const struct interval *i, int64_t at)
{
	return i->before + (at > i->open ? at - i->open : 0);
}

int64_t
workcal_elapsed(const struct workcal *calendar, int64_t a, int64_t b)
{
	if (!workcal_covers(calendar, a) || !workcal_covers(calendar, b))
		return -1;
	if (b <= a)
		return 0;
	return worked_until(interval_at(calendar, b), b) -
	       worked_until(interval_at(calendar, a), a);
}

/* The last interval from i on with less than goal before it: a step that
 * doubles, since targets are near, then halves. */
static const struct interval *
interval_of_goal(
    const struct workcal *c, const struct interval *i, int64_t goal)
{
	size_t left = (size_t)(c->intervals + c->n - i), step = 1;

	while (step <= left && i[step].before < goal) {
		i += step;
		left -= step;
		step *= 2;
	}
	for (; step; step /= 2)
		if (step <= left && i[step].before < goal) {
			i += step;
			left -= step;
		}
	return i;
}

int64_t
workcal_after(const struct workcal *calendar, int64_t a, int64_t n)
{
	const struct interval *end = calendar->intervals + calendar->n;
	const struct interval *i;
	int64_t goal;

	if (!workcal_covers(calendar, a))
		return WORKCAL_NEVER;
	if (n <= 0)
		return a;
	i = interval_at(calendar, a);
	if (n > end->before - worked_until(i, a))
		return WORKCAL_NEVER;
	goal = worked_until(i, a) + n;
	i = interval_of_goal(calendar, i, goal);
	return i->open + (goal - i->before);
}

int64_t
workcal_next_open(const struct workcal *calendar, int64_t a)
{
	const struct interval *i;

	if (!workcal_covers(calendar, a))
		return WORKCAL_NEVER;
	i = interval_at(calendar, a);
	return a > i->open ? a : i->open;
}

int64_t
workcal_day_after(const struct workcal *calendar, int64_t day, int64_t n)
{
	size_t before;

	if (day < calendar->first_day || day >= calendar->end_day || n < 1)
		return WORKCAL_NEVER;
	before = calendar->worked[day + 1 - calendar->first_day];
	if ((uint64_t)n > calendar->n_days - before)
		return WORKCAL_NEVER;
	return calendar->days[before + (size_t)n - 1];
}

int64_t
workcal_after_days(const struct workcal *calendar, int64_t a, int64_t n)
{
	int64_t local, day, due;

	if (!workcal_covers(calendar, a))
		return WORKCAL_NEVER;
	local = zone_local(calendar->zone, a);
	day = floor_div(local, DAY_SECONDS);
	due = workcal_day_after(calendar, day, n);
	if (due == WORKCAL_NEVER)
		return WORKCAL_NEVER;
	return workcal_next_open(calendar,
	    zone_utc(calendar->zone, local + (due - day) * DAY_SECONDS));
}

int64_t
workcal_days(const struct workcal *calendar, int64_t from, int64_t to)
{
	if (from < calendar->first_day || from > calendar->end_day ||
	    to < calendar->first_day || to > calendar->end_day)
		return -1;
	if (to <= from)
		return 0;
	return (int64_t)calendar->worked[to - calendar->first_day] -
	       (int64_t)calendar->worked[from - calendar->first_day];
}

/* The number of holidays before a day. */
static size_t
holidays_before(const struct workcal *c, int64_t day)
{
	size_t low = 0, high = c->n_holidays;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->holidays[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct workcal_holiday *
workcal_holidays(
    const struct workcal *calendar, int64_t from, int64_t to, size_t *n)
{
	size_t first = holidays_before(calendar, from);
	size_t end = holidays_before(calendar, to);

	*n = end > first ? end - first : 0;
	return calendar->holidays + first;
}
