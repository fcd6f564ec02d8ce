/*
 * workcal: working time. A calendar of the definitions, compiled over the
 * range of the data into sorted, disjoint open intervals with running sums,
 * so that every question is a look into a table: nothing steps through time.
 *
 * Open are the `shifts` of a date, else the weekly `hours`; `breaks` of
 * either kind and timed events of .ics files are taken out of both, and a
 * holiday closes its day, shifts included (metrics.md 3.4.4, R31). Wall times
 * become instants at the two ends of an interval (R36), so that days of 23 or
 * 25 hours count as they were; a day that a zone skipped has no open time.
 * Intervals are [open, close): closing time is not open.
 *
 * Instants are UTC seconds, durations seconds, days civil days (civil.h) of
 * the calendar's own zone. All functions but workcal_open are pure.
 */
#ifndef FUNNEL_WORKCAL_H
#define FUNNEL_WORKCAL_H

#include "arena.h"
#include "civil.h"
#include "definitions.h"
#include "zone.h"

#define WORKCAL_MAX_INTERVALS ((size_t)1 << 20) /* before merging */
#define WORKCAL_MARGIN_DAYS 750 /* compiled before and after the range */

/* An instant or day that lies after all that was compiled. */
#define WORKCAL_NEVER INT64_MAX

struct workcal;

/*
 * Compiles a calendar so that it covers the instants from..to, and
 * WORKCAL_MARGIN_DAYS more on both sides for what is due later. zone holds
 * where the calendar names none; .ics files are looked for beside the file
 * definitions_path (NULL: as they stand). Fails for a calendar without hours,
 * an unknown zone, a file that holidays.h refuses, an entry that
 * definitions.h would refuse, and more than WORKCAL_MAX_INTERVALS. What it
 * makes lives in the arena.
 */
int
workcal_open(struct arena *arena, const struct calendar_definition *definition,
    const char *definitions_path, const struct zone *zone, int64_t from,
    int64_t to, const struct workcal **out, struct fnl_err *err);

const char *workcal_name(const struct workcal *calendar);
const struct zone *workcal_zone(const struct workcal *calendar);

/* Whether an instant lies in what was compiled. */
bool workcal_covers(const struct workcal *calendar, int64_t at);

/* Working seconds in [a, b): 0 when b <= a, additive, at most b - a. -1 when
 * one of the two is not covered. */
int64_t workcal_elapsed(const struct workcal *calendar, int64_t a, int64_t b);

/* The first instant t >= a with workcal_elapsed(a, t) == n: a itself for n
 * <= 0; the close where n is used up exactly there (R32). WORKCAL_NEVER when
 * a is not covered or it is not used up in what was compiled. */
int64_t workcal_after(const struct workcal *calendar, int64_t a, int64_t n);

/* The first open instant at or after a, or WORKCAL_NEVER. */
int64_t workcal_next_open(const struct workcal *calendar, int64_t a);

/* `Nbd` (R33): the local time of a on the n-th working day (n >= 1) after
 * the day of a, then forward to the next open instant. Or WORKCAL_NEVER. */
int64_t
workcal_after_days(const struct workcal *calendar, int64_t a, int64_t n);

/* The same for dates: the n-th working day after a day, or WORKCAL_NEVER. A
 * working day is one with any open time. */
int64_t
workcal_day_after(const struct workcal *calendar, int64_t day, int64_t n);

/* Working days in [from, to); 0 when to <= from, -1 when not covered. */
int64_t workcal_days(const struct workcal *calendar, int64_t from, int64_t to);

/* A day that a holiday closed, as notes name it. */
struct workcal_holiday {
	int64_t day;
	bool used; /* it would have had open time; false on a Sunday off */
};

/* The holidays in [from, to), in order; *n of them. They live as long as the
 * calendar. */
const struct workcal_holiday *workcal_holidays(
    const struct workcal *calendar, int64_t from, int64_t to, size_t *n);

#endif
