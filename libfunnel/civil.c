/*
 * civil: day numbers by arithmetic alone. The year is counted from 1 March,
 * so that the leap day is the last of the year and the months before it fall
 * on a straight line (Howard Hinnant, "chrono-compatible low-level date
 * algorithms", 2013). No table and no loop, right for every int64_t year that
 * can be written as seconds.
 */
#include "civil.h"

#include <inttypes.h>
#include <stdio.h>

#define ERA_YEARS 400
#define ERA_DAYS 146097 /* days in 400 years: the calendar repeats */
#define EPOCH_DAYS 719468 /* 0000-03-01 to 1970-01-01 */
#define YEAR_MONTHS 12

int64_t
civil_days(struct civil date)
{
	int64_t year = date.year - (date.month <= 2);
	int64_t era = floor_div(year, ERA_YEARS);
	int64_t of_era = year - era * ERA_YEARS;
	int month = date.month + (date.month > 2 ? -3 : 9);
	int64_t of_year = (153 * month + 2) / 5 + date.day - 1;

	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - EPOCH_DAYS;
}

struct civil
civil_of_days(int64_t days)
{
	int64_t era = floor_div(days + EPOCH_DAYS, ERA_DAYS);
	int64_t day = days + EPOCH_DAYS - era * ERA_DAYS;
	int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	int64_t of_year = day - (365 * year + year / 4 - year / 100);
	int month = (int)((5 * of_year + 2) / 153);
	struct civil date;

	date.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	date.month = month < 10 ? month + 3 : month - 9;
	date.year = era * ERA_YEARS + year + (date.month <= 2);
	return date;
}

bool
civil_valid(int64_t year, int month, int day)
{
	static const int lengths[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	if (year < 1 || year > 9999 || month < 1 || month > YEAR_MONTHS)
		return false;
	return day >= 1 && day <= lengths[month - 1] - (month == 2 && !leap);
}

int
civil_weekday(int64_t days)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(days + 3 - floor_div(days + 3, 7) * 7);
}

void
when_text(char out[WHEN_TEXT], struct when when)
{
	int64_t days = floor_div(when.seconds, DAY_SECONDS);
	int second = (int)(when.seconds - days * DAY_SECONDS);
	struct civil date = civil_of_days(days);
	int n = 0;

	out[0] = '\0';
	if (when.kind == WHEN_DATE || when.kind == WHEN_INSTANT)
		n = snprintf(out, WHEN_TEXT, "%04" PRId64 "-%02d-%02d",
		    date.year, date.month, date.day);
	if (when.kind == WHEN_INSTANT)
		snprintf(out + n, (size_t)(WHEN_TEXT - n), "T%02d:%02d:%02dZ",
		    second / 3600, second / 60 % 60, second % 60);
}

/* Months in a period that is made of months, else 0. */
static int
period_months(enum period period)
{
	switch (period) {
	case PERIOD_MONTH:
		return 1;
	case PERIOD_QUARTER:
		return 3;
	case PERIOD_YEAR:
		return YEAR_MONTHS;
	default:
		return 0;
	}
}

/* Months since the first month of the fiscal year that began in year 0. */
static int64_t
fiscal_months(int64_t day, int fiscal_month)
{
	struct civil date = civil_of_days(day);

	return date.year * YEAR_MONTHS + date.month - fiscal_month;
}

/* The first day of a month counted like that. */
static int64_t
fiscal_day(int64_t months, int fiscal_month)
{
	int64_t month = months + fiscal_month - 1;
	int64_t year = floor_div(month, YEAR_MONTHS);

	return civil_days(
	    (struct civil){ year, (int)(month - year * YEAR_MONTHS) + 1, 1 });
}

int64_t
period_start(enum period period, int64_t day, int fiscal_month)
{
	int length = period_months(period);

	if (length > 0)
		return fiscal_day(
		    floor_div(fiscal_months(day, fiscal_month), length) *
			length,
		    fiscal_month);
	if (period == PERIOD_WEEK)
		return day - civil_weekday(day);
	return period == PERIOD_DAY ? day : 0;
}

int64_t
period_next(enum period period, int64_t start)
{
	int length = period_months(period);

	if (length > 0)
		return fiscal_day(fiscal_months(start, 1) + length, 1);
	if (period == PERIOD_WEEK)
		return start + 7;
	return period == PERIOD_DAY ? start + 1 : INT64_MAX;
}

/* ISO 8601: a week belongs to the year that holds its Thursday. */
static void
week_label(char out[PERIOD_TEXT], int64_t start)
{
	int64_t thursday = start + 3;
	int64_t year = civil_of_days(thursday).year;
	int64_t first = civil_days((struct civil){ year, 1, 1 });

	snprintf(out, PERIOD_TEXT, "%04" PRId64 "-W%02d", year,
	    (int)((thursday - first) / 7 + 1));
}

static void
fiscal_label(
    char out[PERIOD_TEXT], enum period period, int64_t start, int fiscal_month)
{
	int64_t months = fiscal_months(start, fiscal_month);
	int64_t year = floor_div(months, YEAR_MONTHS);
	int quarter = (int)(months - year * YEAR_MONTHS) / 3 + 1;
	int n;

	if (fiscal_month == 1)
		n = snprintf(out, PERIOD_TEXT, "%04" PRId64, year);
	else
		n = snprintf(out, PERIOD_TEXT, "FY%04" PRId64 "-%02d", year,
		    (int)((year + 1) % 100));
	if (period == PERIOD_QUARTER)
		snprintf(out + n, (size_t)(PERIOD_TEXT - n), "%cQ%d",
		    fiscal_month == 1 ? '-' : ' ', quarter);
}

void
period_label(
    char out[PERIOD_TEXT], enum period period, int64_t start, int fiscal_month)
{
	char day[WHEN_TEXT];
	int length = period == PERIOD_MONTH ? 7 : 10;

	if (period == PERIOD_WEEK) {
		week_label(out, start);
	} else if (period == PERIOD_QUARTER || period == PERIOD_YEAR) {
		fiscal_label(out, period, start, fiscal_month);
	} else if (period == PERIOD_NONE) {
		snprintf(out, PERIOD_TEXT, "all");
	} else {
		when_text(day, (struct when){ start * DAY_SECONDS, WHEN_DATE });
		snprintf(out, PERIOD_TEXT, "%.*s", length, day);
	}
}

/* The number that the next n digits write; -1 when they are none. */
static int
take_digits(const char **text, int n)
{
	int value = 0;

	for (; n > 0; n--, ++*text) {
		if (**text < '0' || **text > '9')
			return -1;
		value = value * 10 + (**text - '0');
	}
	return value;
}

/* "FY2026-27": 2026; -1 when the years do not follow each other. */
static int
take_fiscal_year(const char **text, int fiscal_month)
{
	int year, second;

	*text += 2;
	year = take_digits(text, 4);
	if (year < 0 || fiscal_month == 1 || **text != '-')
		return -1;
	++*text;
	second = take_digits(text, 2);
	return second == (year + 1) % 100 ? year : -1;
}

static bool
take_period(const char *p, int fiscal_month, enum period *period, int64_t *year,
    int *number)
{
	bool fiscal = p[0] == 'F' && p[1] == 'Y';

	*number = 1;
	*period = PERIOD_YEAR;
	*year =
	    fiscal ? take_fiscal_year(&p, fiscal_month) : take_digits(&p, 4);
	if (*year < 0 || !*p)
		return *year >= 0;
	if (*p++ != (fiscal ? ' ' : '-'))
		return false;
	*period = fiscal || *p == 'Q' ? PERIOD_QUARTER : PERIOD_MONTH;
	if (*period == PERIOD_QUARTER && *p++ != 'Q')
		return false;
	*number = take_digits(&p, *period == PERIOD_QUARTER ? 1 : 2);
	return *number >= 1 && !*p &&
	       *number <= YEAR_MONTHS / period_months(*period);
}

bool
period_read(const char *label, int fiscal_month, int64_t *start, int64_t *next)
{
	enum period period;
	int64_t year;
	int number, first;

	if (!take_period(label, fiscal_month, &period, &year, &number))
		return false;
	first = period == PERIOD_MONTH ? 1 : fiscal_month;
	*start = fiscal_day(
	    year * YEAR_MONTHS + (number - 1) * period_months(period), first);
	*next = period_next(period, *start);
	return true;
}
