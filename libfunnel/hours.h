/*
 * hours: the entries of a calendar as people write them -- days of the week
 * or dates, with times -- read to numbers. One grammar for the definitions,
 * which refuse what does not fit, and for workcal, which uses it.
 */
#ifndef FUNNEL_HOURS_H
#define FUNNEL_HOURS_H

#include "base.h"
#include "civil.h"

/* Dates of calendars, both included: what zone and datetext know. */
#define HOURS_FIRST_YEAR 1900
#define HOURS_LAST_YEAR 2201

struct hours {
	unsigned weekdays; /* bit 0 Monday .. 6 Sunday; 0: dated */
	int64_t first, last; /* civil days, both included, where dated */
	int from, to; /* seconds of the local day, 0 <= from < to <= 86400 */
};

/* "Mon-Fri 09:30-18:30", "Mon,Wed 09:00-12:00", "Fri-Sun 18:00-24:00". Days
 * may wrap (Sat-Mon); times may not: two entries make a night. */
bool hours_weekly(const char *text, struct hours *out);

/* "2026-11-07 10:00-14:00", "2026-12-24..2026-12-31 09:00-12:00". */
bool hours_dated(const char *text, struct hours *out);

/* "2026-01-26", "2026-12-24..2026-12-26": whole days. */
bool hours_dates(const char *text, struct hours *out);

/* Ends in .ics, in capitals or not, with something before it. */
bool hours_is_file(const char *text);

#endif
