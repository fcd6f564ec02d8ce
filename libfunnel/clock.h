/*
 * clock: one clock of one record -- from a start to a stop, closing or as_of,
 * in calendar or working time, against a target (metrics.md 3.4).
 *
 * A clock has a target in seconds (15m, 24h), in whole days of calendar time
 * (3d, 2w) or in business days (10bd). Where its start or its end is a bare
 * date, targets in days compare civil dates (R49); a target in hours cannot
 * be measured and the clock is bad, with the reason.
 *
 * Nothing here has state: a clock is a value in and a result out.
 */
#ifndef FUNNEL_CLOCK_H
#define FUNNEL_CLOCK_H

#include "civil.h"
#include "workcal.h"

enum clock_unit {
	CLOCK_SECONDS, /* s, m, h: time of the clock in use */
	CLOCK_DAYS, /* d, w: days of 24 hours, or civil days between dates */
	CLOCK_BUSINESS_DAYS, /* bd: R33 */
};

struct clock_target {
	enum clock_unit unit;
	int64_t n; /* seconds for CLOCK_SECONDS, else days; >= 1 */
};

/* "30s", "15m", "24h", "3d", "2w", "10bd". what names the place in messages,
 * such as "within". Fails (FNL_USAGE) for another text, 0 and more than
 * CLOCK_TARGET_MAX. */
#define CLOCK_TARGET_MAX ((int64_t)100 * 366 * DAY_SECONDS)
int clock_target_read(const char *what, const char *text,
    struct clock_target *out, struct fnl_err *err);

/* What a new start after a stop means (3.4.6, after Time to SLA). */
enum clock_policy {
	CLOCK_NEVER, /* nothing: the first start and its stop */
	CLOCK_RESET, /* a fresh clock: the last cycle is the one that counts */
	CLOCK_RESUME, /* the clock goes on: cycles add up to one elapsed */
	CLOCK_EACH, /* every cycle is a clock of its own */
};

/*
 * Refuses (FNL_USAGE) what has no meaning: business days without a calendar,
 * calendar days beside one (a working day is not 24 hours), business days
 * with pauses (R33) or with CLOCK_RESUME, whose gaps are pauses. what as
 * above.
 */
int clock_check(const char *what, const struct clock_target *target,
    bool has_calendar, bool has_pauses, enum clock_policy policy,
    struct fnl_err *err);

/* A calendar up to an instant, where the next one begins to hold: the owner
 * changed (W29). NULL: all time counts. */
struct clock_period {
	const struct workcal *calendar;
	int64_t until; /* INT64_MAX for the last */
};

struct clock_pause { /* [from, to); to INT64_MAX: still on */
	int64_t from, to;
};

/* What the clocks of a commitment share. */
struct clock_rules {
	const struct zone *zone; /* of the report: dates of instants (R49) */
	struct when as_of; /* a date: with all of its day */
	struct clock_target target;
};

struct clock {
	struct when start, stop, closed; /* each may be unknown */
	const struct clock_period *periods; /* in order; none: calendar time */
	size_t n_periods;
	const struct clock_pause *pauses; /* in order of from; they may
					     overlap */
	size_t n_pauses;
};

enum clock_status {
	CLOCK_MET, /* stopped, within the target */
	CLOCK_LATE, /* stopped after it */
	CLOCK_BREACHED, /* not stopped, and the target has run out */
	CLOCK_PENDING, /* not stopped, and it has not */
	CLOCK_PAUSED, /* pending, in a pause at as_of */
	CLOCK_VOID, /* closed without a stop before it ran out, or just then */
	CLOCK_NA, /* not started as of as_of (R29) */
	CLOCK_BAD, /* unusable times: see reason */
	CLOCK_STATUSES
};

const char *clock_status_name(enum clock_status status); /* "met", ... */

/* Met, late or breached: what is in the denominator of compliance. */
static inline bool
clock_counts(enum clock_status status)
{
	return status <= CLOCK_BREACHED;
}

enum clock_reason {
	CLOCK_FINE,
	CLOCK_NO_START, /* na */
	CLOCK_STARTS_LATER, /* na: after as_of */
	CLOCK_DATE_ONLY, /* bad: hours from or to a bare date */
	CLOCK_REVERSED, /* bad: the stop is before the start */
	CLOCK_PAUSED_DATES, /* bad: a bare date, and pauses, which are times */
	CLOCK_OUTSIDE, /* bad: not in the range that a calendar covers */
	CLOCK_NO_CALENDAR, /* bad: bd, and none holds at the start */
	CLOCK_REASONS
};

const char *clock_reason_text(enum clock_reason reason);

/* Numbers are NaN where they are not defined. */
struct clock_result {
	enum clock_status status;
	enum clock_reason reason;
	bool by_date; /* civil days were compared; due and end are dates */
	struct when end; /* measured up to here: the stop, the closing or
			    as_of */
	struct when due; /* unknown: in a pause that is still on, or after all
			    that a calendar covers */
	double elapsed; /* seconds of the clock's own time, pauses left out;
			   by date 86400 x civil days (bd: NaN) */
	double calendar; /* the same with every hour counted */
	double workdays; /* bd: working days after that of the start, up to
			    that of the end; else NaN */
	double excess; /* late and breached: own seconds past the target, with
			  bd past the due time; else NaN. By date 86400 x days
			  past the due date (bd: NaN) */
	double excess_workdays; /* late and breached, bd: working days past
				   the due day; else NaN */
};

/*
 * Measures a clock. A stop or closing after as_of has not happened yet, nor
 * has the end of a pause; a closing before the start belongs to something
 * else and is not looked at. A clock that is closed after its target ran out
 * is breached and ends there.
 * Business days go by the calendar that holds at the start, as the target
 * does (3.4.6); their elapsed time is that of all periods.
 */
void clock_measure(const struct clock_rules *rules, const struct clock *clock,
    struct clock_result *out);

struct clock_cycle {
	struct when start;
	struct when stop; /* unknown: none yet */
};

/*
 * Starts and stops, each in order of time and none unknown, to cycles: a
 * start, and the first stop at or after it; then the first start after that
 * stop, and so on. A start while the clock runs is nothing new, nor is one at
 * the instant of the stop (R34) or, where one of them is a bare date, on its
 * day. Returns how many cycles count: at most one with CLOCK_NEVER (the
 * first) and CLOCK_RESET (the last), else all. out has room for n_starts.
 */
size_t clock_cycles(const struct zone *zone, enum clock_policy policy,
    const struct when *starts, size_t n_starts, const struct when *stops,
    size_t n_stops, struct clock_cycle *out);

/*
 * CLOCK_RESUME: cycles (n >= 1) are one clock from the first start to the
 * last stop, and the n - 1 gaps between them, which go to out, are pauses of
 * it. The caller merges them with pauses of other origin, in order of from.
 * False when one of the times is a bare date: then the clock is bad, with
 * CLOCK_PAUSED_DATES.
 */
bool
clock_gaps(const struct clock_cycle *cycles, size_t n, struct clock_pause *out);

#endif
