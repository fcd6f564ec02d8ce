/*
 * hours.c: entries of calendars to numbers.
 *
 * Each reader takes what it likes off the front of the text and says whether
 * it did; an entry fits when nothing is left.
 */
#include "hours.h"

#include <string.h>

#define WEEK 7

static bool
take_char(const char **text, char c)
{
	if (**text != c)
		return false;
	++*text;
	return true;
}

/* Exactly so many digits. */
static bool
take_digits(const char **text, int digits, int *out)
{
	*out = 0;
	for (; digits > 0; digits--, ++*text) {
		if (!ascii_is_digit(**text))
			return false;
		*out = *out * 10 + (**text - '0');
	}
	return true;
}

static bool
take_weekday(const char **text, unsigned *out)
{
	static const char *const names[WEEK] = { "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat", "Sun" };

	for (unsigned i = 0; i < WEEK; i++)
		if (strncmp(*text, names[i], 3) == 0) {
			*text += 3;
			*out = i;
			return true;
		}
	return false;
}

/* Mon or Mon-Fri, added to the days. */
static bool
take_day_range(const char **text, unsigned *days)
{
	unsigned day, last;

	if (!take_weekday(text, &day))
		return false;
	last = day;
	if (take_char(text, '-') && !take_weekday(text, &last))
		return false;
	for (*days |= 1U << day; day != last; *days |= 1U << day)
		day = (day + 1) % WEEK;
	return true;
}

static bool
take_clock(const char **text, int *seconds)
{
	int hour, minute;

	if (!take_digits(text, 2, &hour) || !take_char(text, ':') ||
	    !take_digits(text, 2, &minute))
		return false;
	*seconds = hour * 3600 + minute * 60;
	return minute < 60 && *seconds <= DAY_SECONDS;
}

/* " 09:30-18:30", then nothing. */
static bool
take_times(const char **text, struct hours *out)
{
	return take_char(text, ' ') && take_clock(text, &out->from) &&
	       take_char(text, '-') && take_clock(text, &out->to) && !**text &&
	       out->from < out->to;
}

static bool
take_date(const char **text, int64_t *day)
{
	int year, month, of_month;

	if (!take_digits(text, 4, &year) || !take_char(text, '-') ||
	    !take_digits(text, 2, &month) || !take_char(text, '-') ||
	    !take_digits(text, 2, &of_month) || year < HOURS_FIRST_YEAR ||
	    year > HOURS_LAST_YEAR || !civil_valid(year, month, of_month))
		return false;
	*day = civil_days((struct civil){ year, month, of_month });
	return true;
}

/* A date, or two with .. between them. */
static bool
take_dates(const char **text, struct hours *out)
{
	*out = (struct hours){ .to = DAY_SECONDS };
	if (!take_date(text, &out->first))
		return false;
	out->last = out->first;
	if (take_char(text, '.') &&
	    (!take_char(text, '.') || !take_date(text, &out->last)))
		return false;
	return out->first <= out->last;
}

bool
hours_weekly(const char *text, struct hours *out)
{
	*out = (struct hours){ .weekdays = 0 };
	do {
		if (!take_day_range(&text, &out->weekdays))
			return false;
	} while (take_char(&text, ','));
	return take_times(&text, out);
}

bool
hours_dated(const char *text, struct hours *out)
{
	return take_dates(&text, out) && take_times(&text, out);
}

bool
hours_dates(const char *text, struct hours *out)
{
	return take_dates(&text, out) && !*text;
}

bool
hours_is_file(const char *text)
{
	struct slice all = slice_of(text);

	return all.n > 4 &&
	       fold_equal((struct slice){ text + all.n - 4, 4 }, SLICE(".ics"));
}
