/*
 * civil: integer day arithmetic in the proleptic Gregorian calendar, and the
 * two kinds of time that exports hold.
 *
 * A bare date is a civil date, not midnight UTC (metrics.md 3.0.8: exports
 * that turned dates into instants came out a day early). So a `when` says
 * which of the two it is, and the two are compared as civil dates in the
 * report zone (ruling R49).
 */
#ifndef FUNNEL_CIVIL_H
#define FUNNEL_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#define DAY_SECONDS 86400

enum when_kind {
	WHEN_UNKNOWN, /* blank or unreadable; never 0 seconds */
	WHEN_DATE, /* seconds = 86400 x days since 1970-01-01 */
	WHEN_INSTANT, /* seconds since 1970-01-01T00:00:00Z */
	WHEN_EITHER, /* d/m or m/d not yet proved; see datetext.h */
};

struct when {
	int64_t seconds;
	enum when_kind kind;
};

struct civil {
	int64_t year;
	int month; /* 1..12 */
	int day; /* 1..31 */
};

/* Days since 1970-01-01. The date must be valid. */
int64_t civil_days(struct civil date);
struct civil civil_of_days(int64_t days);
bool civil_valid(int64_t year, int month, int day);
int civil_weekday(int64_t days); /* 0 Monday .. 6 Sunday */

/* Floor division, which / is not for negative times. */
static inline int64_t
floor_div(int64_t a, int64_t b)
{
	int64_t q = a / b;

	return q - (a % b != 0 && (a < 0) != (b < 0));
}

/* "2026-03-31" or "2026-03-31T18:30:00Z", "" for the other kinds; out holds
 * 32 bytes. */
#define WHEN_TEXT 32
void when_text(char out[WHEN_TEXT], struct when when);

/*
 * Reporting periods. A period is known by the days it starts on and ends
 * before; fiscal_month (1..12) shifts quarters and years: with 4, Q1 is
 * April to June and the year 2026-27 starts on 2026-04-01.
 */
enum period {
	PERIOD_NONE,
	PERIOD_DAY,
	PERIOD_WEEK, /* ISO 8601: starts on Monday */
	PERIOD_MONTH,
	PERIOD_QUARTER,
	PERIOD_YEAR,
};

/* The first day of the period that holds day. */
int64_t period_start(enum period period, int64_t day, int fiscal_month);
/* The first day of the next one; start must be a first day. */
int64_t period_next(enum period period, int64_t start);
/*
 * "2026-03-31", "2026-W14", "2026-03", "2026-Q1", "2026"; where the fiscal
 * year does not start in January "FY2026-27 Q1" and "FY2026-27", so that no
 * reader can take it for a calendar quarter. Labels sort in time order.
 * PERIOD_NONE is one period, "all", that starts on day 0 and never ends.
 */
#define PERIOD_TEXT 24
void period_label(
    char out[PERIOD_TEXT], enum period period, int64_t start, int fiscal_month);
/* The first days of a month, quarter or year so labelled, and of the next.
 * "2026-Q1" and "2026" are fiscal, too: of the year that starts in 2026. */
bool
period_read(const char *label, int fiscal_month, int64_t *start, int64_t *next);

#endif
