/*
 * holidays: the days off of an iCalendar file (RFC 5545). The only module
 * that knows libical.
 *
 * An event of whole days closes them: DTSTART;VALUE=DATE up to DTEND, which
 * is not included. A timed event closes its time and nothing else; its TZID
 * is a zone of zone.h, a time without one is that of the calendar. RRULE,
 * RDATE, EXDATE and RECURRENCE-ID are followed. A cancelled event is none;
 * TRANSP is not looked at, since the feeds of public holidays say TRANSPARENT
 * for every one.
 *
 * Strangers write such files. What is cut off, damaged or beyond a limit is
 * refused with the reason: half a list of holidays would move due times and
 * nobody would see it.
 */
#ifndef FUNNEL_HOLIDAYS_H
#define FUNNEL_HOLIDAYS_H

#include "arena.h"
#include "civil.h"
#include "zone.h"

#define HOLIDAYS_MAX_BYTES ((size_t)1 << 20) /* of a file */
#define HOLIDAYS_MAX_EVENTS 20000
#define HOLIDAYS_MAX_RULES 200 /* events with an RRULE */
#define HOLIDAYS_MAX_TIMES 50000 /* occurrences, from all events */
#define HOLIDAYS_MAX_DAYS 366 /* of one event */

struct holiday_days { /* civil days, last included */
	int64_t first, last;
};

struct holiday_time { /* UTC instants [from, to) */
	int64_t from, to;
};

struct holidays {
	struct vec days; /* struct holiday_days, in no order, may overlap */
	struct vec times; /* struct holiday_time, likewise */
};

/* An empty list; several files may be added to one. */
struct holidays holidays_new(struct arena *arena);

/* Adds what overlaps the civil days first..last of the zone. FNL_SYSTEM when
 * the file cannot be read, FNL_DATA with its name when it is refused. */
int holidays_read(struct holidays *holidays, const char *path,
    const struct zone *zone, int64_t first, int64_t last, struct fnl_err *err);

/* Same, from memory; name is for messages. */
int
holidays_parse(struct holidays *holidays, const char *name, struct slice text,
    const struct zone *zone, int64_t first, int64_t last, struct fnl_err *err);

#endif
