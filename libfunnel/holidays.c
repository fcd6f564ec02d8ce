/*
 * holidays.c: iCalendar files to days and times off. The only file that
 * knows libical.
 *
 * libical is given as little as possible: this file unfolds the lines and
 * hands over one event at a time, with only the properties that are used
 * here. So it never sees nested components (which it frees by recursion), nor
 * descriptions, nor zones, and a message can name the line. Of what it offers
 * only the readers of values and of RRULE are used. Its time zones are not
 * (zone.c says why), hence not its own expansion of events either, which goes
 * through them and through time_t.
 *
 * What libical 3.0.16 does that one has to know (measured, or read there):
 * it accepts the 32nd of January; of a list of values it keeps the first 500
 * and says nothing; it turns a value that it cannot read into a property
 * X-LIC-ERROR and goes on; its iterator gives up when an error of
 * an earlier call is still in icalerrno, and steps second by second through
 * centuries for a rule that never fits; texts it returns may live in a ring
 * of its own, which is freed here.
 */
#include "holidays.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#define DEPTH_MAX 16
#define VALUES_MAX 500 /* of one line, as libical */
#define SHOWN_MAX 80 /* bytes of a damaged value that a message repeats */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct moment { /* a date, or a wall time in a zone */
	int64_t local; /* civil seconds */
	const struct zone *zone;
	bool is_date;
};

struct event {
	unsigned line; /* of its BEGIN */
	uint32_t uid;
	bool cancelled;
	struct moment start, end; /* zone NULL: not given */
	struct moment replaces; /* RECURRENCE-ID */
	const struct icaldurationtype *duration;
	struct icalrecurrencetype *rule;
	size_t first_extra, n_extras; /* its RDATEs */
	int64_t days; /* whole days: how many */
	int64_t seconds; /* timed: how long */
};

/* An occurrence that does not take place: of one event (EXDATE), or of all
 * with a UID (RECURRENCE-ID). By day, where one of the two is a date. */
struct exception {
	uint64_t owner;
	int64_t at; /* a civil day or an instant */
	bool by_day;
};

#define OWNER_UID ((uint64_t)1 << 63)

struct reader {
	struct holidays *out;
	struct arena *arena;
	const char *name;
	const struct zone *zone, *utc;
	int64_t first, last;
	struct fnl_err *err;
	struct slice rest;
	unsigned next_line, line; /* physical: the next, the unfolded one's */
	char *text; /* the line, unfolded */
	size_t n;
	unsigned depth;
	bool in_event;
	struct event event; /* that is being read */
	char *wanted; /* its lines for libical */
	size_t n_wanted;
	icalcomponent *component; /* libical's, until it is freed */
	icalrecur_iterator *iterator;
	struct intern *words; /* UIDs and zones */
	struct vec zones; /* const struct zone *, by number of its name */
	struct vec events, extras; /* struct event, struct moment */
	struct vec exceptions;
	struct exception *sorted; /* the same in order */
	size_t n_rules, n_times;
};

static int complain(const struct reader *r, unsigned line, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

static int
complain(const struct reader *r, unsigned line, const char *format, ...)
{
	char text[FNL_MESSAGE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	text_disarm(text);
	return fail(r->err, FNL_DATA, "%s:%u: %s", r->name, line, text);
}

/* ---- lines ---- */

/* The next physical line without its end; false after the last. */
static bool
physical_line(struct reader *r, struct slice *out)
{
	size_t n = 0;

	if (!r->rest.n)
		return false;
	while (n < r->rest.n && r->rest.p[n] != '\n' && r->rest.p[n] != '\r')
		n++;
	*out = (struct slice){ r->rest.p, n };
	if (n + 1 < r->rest.n && r->rest.p[n] == '\r' &&
	    r->rest.p[n + 1] == '\n')
		n++;
	n += n < r->rest.n;
	r->rest.p += n;
	r->rest.n -= n;
	r->next_line++;
	return true;
}

/* The next line with its continuations, which begin with a blank. */
static bool
next_line(struct reader *r)
{
	struct slice part;

	r->line = r->next_line;
	r->n = 0;
	if (!physical_line(r, &part))
		return false;
	for (;;) {
		memcpy(r->text + r->n, part.p, part.n);
		r->n += part.n;
		if (!r->rest.n || (*r->rest.p != ' ' && *r->rest.p != '\t') ||
		    !physical_line(r, &part))
			break;
		part.p++;
		part.n--;
	}
	return true;
}

/* Whether the line is the property of this name. */
static bool
is_property(const struct reader *r, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++)
		if (i >= r->n ||
		    ascii_lower(r->text[i]) != ascii_lower(name[i]))
			return false;
	return n < r->n && (r->text[n] == ':' || r->text[n] == ';');
}

static bool
has_value(const struct reader *r, const char *value)
{
	size_t n = strlen(value);

	return r->n > n && r->text[r->n - n - 1] == ':' &&
	       fold_equal(
		   (struct slice){ r->text + r->n - n, n }, slice_of(value));
}

static void
want(struct reader *r, const char *text, size_t n)
{
	memcpy(r->wanted + r->n_wanted, text, n);
	r->n_wanted += n;
	r->wanted[r->n_wanted++] = '\n';
	r->wanted[r->n_wanted] = '\0';
}

/* ---- values ---- */

static int
open_tzid(struct reader *r, const char *tzid, const struct zone **out)
{
	uint32_t number = intern_put(r->words, slice_of(tzid));
	struct fnl_err err = { .code = FNL_OK };
	const struct zone **zone;

	while (r->zones.count <= number)
		vec_push(&r->zones);
	zone = vec_at(&r->zones, number);
	if (!*zone && zone_open(r->arena, tzid, zone, &err)) {
		if (err.code == FNL_SYSTEM)
			return fail(r->err, err.code, "%s", err.message);
		return complain(r, r->event.line, "%s", err.message);
	}
	*out = *zone;
	return 0;
}

/* A value of libical to a moment; name is for the message. */
static int
read_moment(struct reader *r, const icalproperty *property,
    struct icaltimetype t, struct moment *out)
{
	icalparameter *tzid = icalproperty_get_first_parameter(
	    (icalproperty *)property, ICAL_TZID_PARAMETER);
	const char *name = tzid ? icalparameter_get_tzid(tzid) : NULL;

	if (!civil_valid(t.year, t.month, t.day) || t.hour < 0 || t.hour > 23 ||
	    t.minute < 0 || t.minute > 59 || t.second < 0 || t.second > 60)
		return complain(r, r->event.line,
		    "the event that begins here has no valid date in '%s'",
		    icalproperty_get_property_name(property));
	out->is_date = t.is_date;
	out->local =
	    civil_days((struct civil){ t.year, t.month, t.day }) * DAY_SECONDS;
	out->zone = r->zone;
	if (t.is_date)
		return 0;
	out->local += t.hour * 3600 + t.minute * 60 + t.second;
	if (icaltime_is_utc(t))
		out->zone = r->utc;
	else if (name && open_tzid(r, name, &out->zone))
		return -1;
	return 0;
}

static int64_t
day_of(struct moment m)
{
	return floor_div(m.local, DAY_SECONDS);
}

static int64_t
instant_of(struct moment m)
{
	return zone_utc(m.zone, m.local);
}

static int
take_start(struct reader *r, const icalproperty *p)
{
	return read_moment(r, p, icalproperty_get_dtstart(p), &r->event.start);
}

static int
take_end(struct reader *r, const icalproperty *p)
{
	return read_moment(r, p, icalproperty_get_dtend(p), &r->event.end);
}

static int
take_duration(struct reader *r, const icalproperty *p)
{
	struct icaldurationtype *copy = arena_alloc(r->arena, sizeof(*copy));

	*copy = icalproperty_get_duration(p);
	r->event.duration = copy;
	return 0;
}

/* Only what days need: rules below a day cost libical centuries of seconds,
 * and other calendars a library with a locale. */
static int
take_rule(struct reader *r, const icalproperty *p)
{
	struct icalrecurrencetype *copy = arena_alloc(r->arena, sizeof(*copy));

	*copy = icalproperty_get_rrule(p);
	if (copy->rscale)
		return complain(r, r->event.line,
		    "a rule of another calendar (RSCALE) is not supported");
	if (copy->freq < ICAL_DAILY_RECURRENCE ||
	    copy->freq > ICAL_YEARLY_RECURRENCE ||
	    copy->by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX ||
	    copy->by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
	    copy->by_second[0] != ICAL_RECURRENCE_ARRAY_MAX)
		return complain(r, r->event.line,
		    "this event recurs within a day, which a holiday cannot");
	if (++r->n_rules > HOLIDAYS_MAX_RULES)
		return complain(r, r->event.line,
		    "more than %d events recur by a rule", HOLIDAYS_MAX_RULES);
	r->event.rule = copy;
	return 0;
}

static int
take_extra(struct reader *r, const icalproperty *p)
{
	struct icaldatetimeperiodtype value = icalproperty_get_rdate(p);

	if (icaltime_is_null_time(value.time))
		return complain(r, r->event.line,
		    "an RDATE with a period is not supported");
	r->event.n_extras++;
	return read_moment(r, p, value.time, vec_push(&r->extras));
}

/* Whether it goes by day is known once the event is complete. */
static int
take_exception(struct reader *r, const icalproperty *p)
{
	struct exception *e = vec_push(&r->exceptions);
	struct moment m;

	if (read_moment(r, p, icalproperty_get_exdate(p), &m))
		return -1;
	*e = (struct exception){ r->events.count, instant_of(m), m.is_date };
	if (m.is_date || r->event.start.is_date) {
		e->by_day = true;
		e->at = day_of(m);
	}
	return 0;
}

static int
take_replaced(struct reader *r, const icalproperty *p)
{
	if (icalproperty_get_first_parameter(
		(icalproperty *)p, ICAL_RANGE_PARAMETER))
		return complain(
		    r, r->event.line, "RANGE=THISANDFUTURE is not supported");
	return read_moment(
	    r, p, icalproperty_get_recurrenceid(p), &r->event.replaces);
}

static int
take_uid(struct reader *r, const icalproperty *p)
{
	r->event.uid = intern_put(r->words, slice_of(icalproperty_get_uid(p)));
	return 0;
}

static int
take_status(struct reader *r, const icalproperty *p)
{
	r->event.cancelled =
	    icalproperty_get_status(p) == ICAL_STATUS_CANCELLED;
	return 0;
}

static int
refuse_exrule(struct reader *r, const icalproperty *p)
{
	(void)p;
	return complain(r, r->event.line,
	    "EXRULE is not supported (RFC 5545 dropped it; list EXDATEs)");
}

/* What libical cannot read, it keeps as this; the value follows a colon. */
static int
refuse_damaged(struct reader *r, const icalproperty *p)
{
	const char *text = icalproperty_get_xlicerror(p);
	const char *value = text ? strstr(text, ": ") : NULL;

	return complain(r, r->event.line,
	    "cannot read '%.*s' in the event that begins here", SHOWN_MAX,
	    value ? value + 2 : "");
}

/* The properties that libical gets to see, in the order they are taken: the
 * start first, since others depend on it. */
static const struct property {
	const char *name; /* NULL: libical's own */
	icalproperty_kind kind;
	int (*take)(struct reader *, const icalproperty *);
	bool many;
} properties[] = {
	{ NULL, ICAL_XLICERROR_PROPERTY, refuse_damaged, true },
	{ "DTSTART", ICAL_DTSTART_PROPERTY, take_start, false },
	{ "DTEND", ICAL_DTEND_PROPERTY, take_end, false },
	{ "DURATION", ICAL_DURATION_PROPERTY, take_duration, false },
	{ "RRULE", ICAL_RRULE_PROPERTY, take_rule, false },
	{ "RDATE", ICAL_RDATE_PROPERTY, take_extra, true },
	{ "EXDATE", ICAL_EXDATE_PROPERTY, take_exception, true },
	{ "EXRULE", ICAL_EXRULE_PROPERTY, refuse_exrule, true },
	{ "RECURRENCE-ID", ICAL_RECURRENCEID_PROPERTY, take_replaced, false },
	{ "UID", ICAL_UID_PROPERTY, take_uid, false },
	{ "STATUS", ICAL_STATUS_PROPERTY, take_status, false },
};

/* ---- events ---- */

/* Days or seconds of an event, from its end, its duration or neither. */
static int
measure_dates(const struct reader *r, struct event *event)
{
	event->days = 1;
	if (event->end.zone)
		event->days = day_of(event->end) - day_of(event->start);
	else if (event->duration)
		event->days = (int64_t)event->duration->days +
			      7 * (int64_t)event->duration->weeks;
	if (event->days < 0)
		return complain(
		    r, event->line, "this event ends before it starts");
	if (event->days > HOLIDAYS_MAX_DAYS)
		return complain(r, event->line,
		    "this event closes more than %d days", HOLIDAYS_MAX_DAYS);
	/* A last day instead of the one after it is a common fault. */
	event->days += event->days == 0;
	return 0;
}

static int
measure_times(const struct reader *r, struct event *event)
{
	const struct icaldurationtype *d = event->duration;

	if (event->end.zone)
		event->seconds =
		    instant_of(event->end) - instant_of(event->start);
	else if (d)
		event->seconds =
		    ((int64_t)d->days + 7 * (int64_t)d->weeks) * DAY_SECONDS +
		    (int64_t)d->hours * 3600 + (int64_t)d->minutes * 60 +
		    (int64_t)d->seconds;
	if (event->seconds < 0)
		return complain(
		    r, event->line, "this event ends before it starts");
	if (event->seconds > (int64_t)HOLIDAYS_MAX_DAYS * DAY_SECONDS)
		return complain(r, event->line,
		    "this event closes more than %d days", HOLIDAYS_MAX_DAYS);
	return 0;
}

static int
finish_event(struct reader *r)
{
	struct event *event = &r->event;
	const struct moment *replaces = &event->replaces;
	bool is_date = event->start.is_date;

	if (!event->start.zone)
		return complain(r, event->line,
		    "the event that begins here has no DTSTART");
	if (event->end.zone && event->end.is_date != is_date)
		return complain(r, event->line,
		    "of this event's start and end one is a date, one a time");
	if (event->duration && event->duration->is_neg)
		return complain(
		    r, event->line, "this event ends before it starts");
	if (is_date ? measure_dates(r, event) : measure_times(r, event))
		return -1;
	if (r->events.count == HOLIDAYS_MAX_EVENTS)
		return complain(
		    r, event->line, "more than %d events", HOLIDAYS_MAX_EVENTS);
	*(struct event *)vec_push(&r->events) = *event;
	if (!replaces->zone)
		return 0;
	is_date = is_date || replaces->is_date;
	*(struct exception *)vec_push(
	    &r->exceptions) = (struct exception){ OWNER_UID | event->uid,
		is_date ? day_of(*replaces) : instant_of(*replaces), is_date };
	return 0;
}

/* libical's objects are given back, however the reader ends. */
static void
let_go(void *object)
{
	struct reader *r = object;

	if (r->iterator)
		icalrecur_iterator_free(r->iterator);
	if (r->component)
		icalcomponent_free(r->component);
	r->iterator = NULL;
	r->component = NULL;
	icalmemory_free_ring();
}

static int
take_property(struct reader *r, const struct property *property)
{
	icalcomponent *c = r->component;
	icalproperty *p = icalcomponent_get_first_property(c, property->kind);

	for (bool again = false; p; again = true) {
		if (again && !property->many)
			return complain(r, r->event.line,
			    "'%s' is given twice in the event that begins "
			    "here",
			    property->name);
		if (property->take(r, p))
			return -1;
		p = icalcomponent_get_next_property(c, property->kind);
	}
	return 0;
}

static int
take_properties(struct reader *r)
{
	for (size_t i = 0; i < COUNT(properties); i++)
		if (take_property(r, &properties[i]))
			return -1;
	return 0;
}

static int
read_event(struct reader *r)
{
	int status;

	want(r, "END:VEVENT", 10);
	icalerror_set_errors_are_fatal(0); /* it must not abort, nor print */
	icalerror_clear_errno();
	r->component = icalparser_parse_string(r->wanted);
	if (!r->component && icalerrno == ICAL_NEWFAILED_ERROR)
		longjmp(*arena_catch(r->arena), 1);
	if (!r->component ||
	    icalcomponent_isa(r->component) != ICAL_VEVENT_COMPONENT)
		return complain(
		    r, r->event.line, "cannot read the event that begins here");
	status = take_properties(r);
	let_go(r);
	return status ? -1 : finish_event(r);
}

static int
begin_component(struct reader *r)
{
	if (++r->depth > DEPTH_MAX)
		return complain(r, r->line,
		    "components inside components, more than %d deep",
		    DEPTH_MAX);
	if (r->depth == 1 && !has_value(r, "VCALENDAR"))
		return complain(r, r->line,
		    "this is no iCalendar file (it must begin with "
		    "BEGIN:VCALENDAR)");
	if (r->depth != 2 || !has_value(r, "VEVENT"))
		return 0;
	r->in_event = true;
	r->event =
	    (struct event){ .line = r->line, .first_extra = r->extras.count };
	r->n_wanted = 0;
	want(r, "BEGIN:VEVENT", 12);
	return 0;
}

static int
end_component(struct reader *r)
{
	if (!r->depth)
		return complain(r, r->line, "END without a BEGIN");
	r->depth--;
	if (r->depth != 1 || !r->in_event)
		return 0;
	r->in_event = false;
	return read_event(r);
}

/* Keeps a line of an event for libical, if it is one of those used. */
static int
pass_on(struct reader *r)
{
	size_t i = 0, values = 1;

	while (i < COUNT(properties) &&
	       !(properties[i].name && is_property(r, properties[i].name)))
		i++;
	if (i == COUNT(properties))
		return 0;
	for (size_t k = 0; k < r->n; k++)
		values += r->text[k] == ',';
	if (values > VALUES_MAX)
		return complain(r, r->line,
		    "more than %d values in one line (write several lines)",
		    VALUES_MAX);
	want(r, r->text, r->n);
	return 0;
}

static int
read_line(struct reader *r)
{
	if (is_property(r, "BEGIN"))
		return begin_component(r);
	if (is_property(r, "END"))
		return end_component(r);
	if (!r->depth && r->n)
		return complain(r, r->line,
		    "this is no iCalendar file (it must begin with "
		    "BEGIN:VCALENDAR)");
	return r->in_event && r->depth == 2 ? pass_on(r) : 0;
}

static int
read_lines(struct reader *r)
{
	while (next_line(r))
		if (read_line(r))
			return -1;
	if (r->depth)
		return complain(r, r->line,
		    "the file ends before END:VCALENDAR (it was cut off)");
	if (!r->events.count)
		return complain(r, 1, "there is no event in this file");
	return 0;
}

/* ---- occurrences ---- */

static int
by_owner(const void *a, const void *b)
{
	const struct exception *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->by_day != y->by_day)
		return x->by_day ? 1 : -1;
	return (x->at > y->at) - (x->at < y->at);
}

static bool
is_excepted(const struct reader *r, struct exception key)
{
	return r->exceptions.count &&
	       bsearch(
		   &key, r->sorted, r->exceptions.count, sizeof(key), by_owner);
}

/* Whether an occurrence is left out, by its event or by its UID. */
static bool
takes_place(const struct reader *r, size_t number, const struct event *e,
    struct moment m)
{
	const uint64_t owners[] = { number, OWNER_UID | e->uid };

	for (size_t i = 0; i < COUNT(owners); i++)
		if (is_excepted(
			r, (struct exception){ owners[i], day_of(m), true }) ||
		    (!m.is_date && is_excepted(r, (struct exception){ owners[i],
						      instant_of(m), false })))
			return false;
	return true;
}

static void
add_days(struct reader *r, const struct event *event, struct moment m)
{
	int64_t first = day_of(m);
	int64_t last = first + event->days - 1;

	if (first > r->last || last < r->first)
		return;
	*(struct holiday_days *)vec_push(&r->out->days) =
	    (struct holiday_days){ first < r->first ? r->first : first,
		    last > r->last ? r->last : last };
}

static void
add_time(struct reader *r, const struct event *event, struct moment m)
{
	int64_t from = instant_of(m);
	int64_t to = from + event->seconds;

	if (from < zone_utc(r->zone, (r->last + 1) * DAY_SECONDS) &&
	    to > zone_utc(r->zone, r->first * DAY_SECONDS))
		*(struct holiday_time *)vec_push(&r->out->times) =
		    (struct holiday_time){ from, to };
}

static int
add_occurrence(
    struct reader *r, size_t number, const struct event *event, struct moment m)
{
	if (++r->n_times > HOLIDAYS_MAX_TIMES)
		return complain(r, event->line,
		    "the events of this file recur more than %d times",
		    HOLIDAYS_MAX_TIMES);
	if (!event->replaces.zone && !takes_place(r, number, event, m))
		return 0;
	if (event->start.is_date)
		add_days(r, event, m);
	else
		add_time(r, event, m);
	return 0;
}

static struct icaltimetype
to_ical(int64_t local, bool is_date)
{
	struct civil date = civil_of_days(floor_div(local, DAY_SECONDS));
	int second = (int)(local - floor_div(local, DAY_SECONDS) * DAY_SECONDS);

	return (struct icaltimetype){ .year = (int)date.year,
		.month = date.month,
		.day = date.day,
		.hour = is_date ? 0 : second / 3600,
		.minute = is_date ? 0 : second / 60 % 60,
		.second = is_date ? 0 : second % 60,
		.is_date = is_date };
}

/* libical compares the end of a rule with wall times as they stand, so it
 * gets a wall time, and never one after the range. */
static void
bound_rule(const struct reader *r, const struct event *event)
{
	struct icalrecurrencetype *rule = event->rule;
	struct icaltimetype until = rule->until;
	int64_t bound = (r->last + 2) * DAY_SECONDS, end;

	if (rule->count)
		return;
	end = bound;
	if (!icaltime_is_null_time(until) &&
	    civil_valid(until.year, until.month, until.day)) {
		end = civil_days((struct civil){
			  until.year, until.month, until.day }) *
		      DAY_SECONDS;
		end += until.is_date ? DAY_SECONDS - 1
				     : until.hour * 3600 + until.minute * 60 +
					   until.second;
		if (icaltime_is_utc(until) && !event->start.is_date)
			end = zone_local(event->start.zone, end);
	}
	rule->until = to_ical(end < bound ? end : bound, event->start.is_date);
}

static int
add_by_rule(struct reader *r, size_t number, const struct event *event)
{
	struct moment m = event->start;
	struct icaltimetype t = to_ical(m.local, m.is_date);
	int64_t bound = (r->last + 2) * DAY_SECONDS;
	int status = 0;

	bound_rule(r, event);
	icalerror_clear_errno();
	r->iterator = icalrecur_iterator_new(*event->rule, t);
	if (!r->iterator && icalerrno == ICAL_NEWFAILED_ERROR)
		longjmp(*arena_catch(r->arena), 1);
	while (r->iterator && !status) {
		t = icalrecur_iterator_next(r->iterator);
		if (icaltime_is_null_time(t))
			break;
		m.local = civil_days((struct civil){ t.year, t.month, t.day }) *
			  DAY_SECONDS;
		if (!m.is_date)
			m.local += t.hour * 3600 + t.minute * 60 + t.second;
		if (m.local > bound)
			break;
		status = add_occurrence(r, number, event, m);
	}
	let_go(r);
	return status;
}

/* An RDATE, as a wall time of its event. */
static int
add_extra(struct reader *r, size_t number, const struct event *event,
    struct moment extra)
{
	struct moment m = event->start;

	if (extra.is_date && !m.is_date)
		return complain(r, event->line,
		    "an RDATE of this event is a date without a time");
	m.local = m.is_date ? day_of(extra) * DAY_SECONDS
			    : zone_local(m.zone, instant_of(extra));
	return add_occurrence(r, number, event, m);
}

/* The start is an occurrence even where it does not fit the rule. */
static int
expand(struct reader *r, size_t number, const struct event *event)
{
	if (event->cancelled)
		return 0;
	if (add_occurrence(r, number, event, event->start))
		return -1;
	for (size_t i = 0; i < event->n_extras; i++) {
		const struct moment *extra =
		    vec_at(&r->extras, event->first_extra + i);

		if (add_extra(r, number, event, *extra))
			return -1;
	}
	return event->rule ? add_by_rule(r, number, event) : 0;
}

static int
expand_all(struct reader *r)
{
	size_t n = r->exceptions.count;

	r->sorted = arena_array(r->arena, n, sizeof(*r->sorted));
	for (size_t i = 0; i < n; i++)
		r->sorted[i] =
		    *(const struct exception *)vec_at(&r->exceptions, i);
	if (n)
		qsort(r->sorted, n, sizeof(*r->sorted), by_owner);
	for (size_t i = 0; i < r->events.count; i++)
		if (expand(r, i, vec_at(&r->events, i)))
			return -1;
	return 0;
}

/* ---- what the module offers ---- */

struct holidays
holidays_new(struct arena *arena)
{
	return (struct holidays){ vec_new(arena, sizeof(struct holiday_days)),
		vec_new(arena, sizeof(struct holiday_time)) };
}

static struct reader *
open_reader(struct holidays *holidays, const char *name, struct slice text,
    const struct zone *zone, struct fnl_err *err)
{
	struct arena *arena = holidays->days.arena;
	struct reader *r = arena_alloc(arena, sizeof(*r));

	r->out = holidays;
	r->arena = arena;
	r->name = name;
	r->zone = zone;
	r->err = err;
	r->rest = text;
	r->next_line = 1;
	r->words = intern_new(arena);
	r->zones = vec_new(arena, sizeof(const struct zone *));
	r->events = vec_new(arena, sizeof(struct event));
	r->extras = vec_new(arena, sizeof(struct moment));
	r->exceptions = vec_new(arena, sizeof(struct exception));
	arena_defer(arena, let_go, r);
	return r;
}

static int
check_bytes(const struct reader *r)
{
	if (r->rest.n > HOLIDAYS_MAX_BYTES)
		return complain(r, 1, "the file is larger than %zu bytes",
		    HOLIDAYS_MAX_BYTES);
	if (r->rest.n && memchr(r->rest.p, '\0', r->rest.n))
		return complain(
		    r, 1, "the file has a NUL byte (save it as UTF-8)");
	return 0;
}

int
holidays_parse(struct holidays *holidays, const char *name, struct slice text,
    const struct zone *zone, int64_t first, int64_t last, struct fnl_err *err)
{
	struct reader *r = open_reader(holidays, name, text, zone, err);
	int status;

	r->first = first;
	r->last = last;
	if (check_bytes(r) || zone_open(r->arena, "UTC", &r->utc, err))
		return -1;
	if (text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0)
		r->rest = (struct slice){ text.p + 3, text.n - 3 };
	r->text = arena_grow(r->arena, NULL, text.n + 1);
	r->wanted = arena_grow(r->arena, NULL, text.n + 64);
	status = read_lines(r) || expand_all(r) ? -1 : 0;
	let_go(r);
	arena_drop(r->arena, r->text);
	arena_drop(r->arena, r->wanted);
	return status;
}

/* The file's bytes, at most one more than are allowed, or -1. */
static int
read_bytes(const char *path, char *bytes, size_t *n, struct fnl_err *err)
{
	FILE *file = fopen(path, "rb");
	int status = 0;

	if (!file)
		return fail(err, FNL_SYSTEM, "cannot open '%s': %s", path,
		    strerror(errno));
	*n = fread(bytes, 1, HOLIDAYS_MAX_BYTES + 1, file);
	if (ferror(file))
		status = fail(err, FNL_SYSTEM, "cannot read '%s': %s", path,
		    strerror(errno));
	fclose(file);
	return status;
}

int
holidays_read(struct holidays *holidays, const char *path,
    const struct zone *zone, int64_t first, int64_t last, struct fnl_err *err)
{
	struct arena *arena = holidays->days.arena;
	char *bytes = arena_grow(arena, NULL, HOLIDAYS_MAX_BYTES + 1);
	struct slice text = { bytes, 0 };
	int status = read_bytes(path, bytes, &text.n, err);

	if (!status)
		status = holidays_parse(
		    holidays, path, text, zone, first, last, err);
	arena_drop(arena, bytes);
	return status;
}
