/*
 * datetext: one small scanner for every form, rather than a list of format
 * strings to try: three date fields (numbers or an English month name), then
 * perhaps a clock time, then perhaps an offset. Which field is the year
 * follows from its digits and from the month name; only day against month
 * between plain numbers needs the column (datetext.h). ISO dates, the bulk of
 * all exports, are read at fixed positions before that.
 *
 * What is accepted or refused where exports leave a choice:
 * - Two digits of a year: 00..69 are 2000..2069, 70..99 are 1970..1999.
 * - dd.MM.yyyy is day first unless an order was given: no locale writes m.d.y.
 *   It proves nothing about values with other separators.
 * - yy/MM/dd is read only when that order was given: 13/09/26 would fit it as
 *   well as day first, and no column would ever be proved.
 * - 24:00:00 is the midnight that ends the day (ISO 8601); second 60 is not a
 *   time; 12-hour times run from 12 to 11.
 * - An offset is Z, UTC, GMT or hours and minutes up to 14 hours. Letters such
 *   as IST are refused: they name zones in India, Israel and Ireland.
 * - A plain number is a spreadsheet's serial day from 20000 (1954) to 80000
 *   (2119), epoch seconds with 10 digits or milliseconds with 13. Any other
 *   number (a year, 20240708, an id) is no date.
 */
#include "datetext.h"

#include <string.h>

#define FIRST_YEAR 1900
#define LAST_YEAR 2200
#define JALALI_FIRST 1300 /* 1921 in Iran's calendar */
#define JALALI_LAST 1500 /* 2121 */
#define CENTURY_PIVOT 70

#define SERIAL_EPOCH (-25569) /* 1899-12-30, day 0 of spreadsheets */
#define SERIAL_FIRST 20000
#define SERIAL_LAST 80000
#define LAST_SECOND INT64_C(7289654400) /* 2201-01-01T00:00:00Z */
#define EPOCH_DIGITS 10
#define EPOCH_MS_DIGITS 13

#define MAX_OFFSET_HOURS 14 /* Pacific/Kiritimati */
#define NAME_LEAST 3 /* letters of a month or weekday: Sep, Sept, September */

struct cursor {
	const char *p, *end;
};

/* What stood after the date. */
enum clock_kind {
	CLOCK_NONE,
	CLOCK_LOCAL, /* seconds since local midnight */
	CLOCK_UTC, /* seconds since midnight of that date in UTC */
};

struct clock {
	enum clock_kind kind;
	int32_t seconds;
};

/* One of the three fields of a date, as written. */
struct part {
	int value; /* of a name: the month */
	int digits; /* 0: a name */
};

/* Plain numbers with the year last: the day or the month comes first. */
struct numeric {
	int year, first, second;
	bool short_year; /* two digits */
	bool dotted;
};

static const char *const months[] = { "january", "february", "march", "april",
	"may", "june", "july", "august", "september", "october", "november",
	"december" };

static const char *const weekdays[] = { "monday", "tuesday", "wednesday",
	"thursday", "friday", "saturday", "sunday" };

/* crm-exports.md 2.3; Unknown and None are no dates, and mean the same. */
static const struct slice null_tokens[] = {
	{ "-", 1 },
	{ "--", 2 },
	{ "(no value)", 10 },
	{ "no value", 8 },
	{ "select", 6 },
	{ "null", 4 },
	{ "unknown", 7 },
	{ "none", 4 },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/*
 * WHEN_EITHER packs what date_resolve() needs into `seconds`, from bit 0:
 * second number (4 bits), first number (4), year (12), enum clock_kind (2),
 * clock seconds + CLOCK_BIAS (19). The numbers are at most 12, or the value
 * would not be pending.
 */
#define FIRST_SHIFT 4
#define YEAR_SHIFT 8
#define KIND_SHIFT 20
#define CLOCK_SHIFT 22
#define CLOCK_BIAS (2 * DAY_SECONDS) /* an offset makes seconds negative */

/* An ASCII letter in lower case, else 0. */
static char
letter(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c + 'a' - 'A');
	return c >= 'a' && c <= 'z' ? c : '\0';
}

static bool
at_end(const struct cursor *c)
{
	return c->p == c->end;
}

static char
peek(const struct cursor *c)
{
	return c->p < c->end ? *c->p : '\0';
}

static bool
accept(struct cursor *c, char wanted)
{
	if (peek(c) != wanted || at_end(c))
		return false;
	c->p++;
	return true;
}

static bool
accept_bytes(struct cursor *c, const char *bytes, size_t n)
{
	if ((size_t)(c->end - c->p) < n || memcmp(c->p, bytes, n) != 0)
		return false;
	c->p += n;
	return true;
}

/* Blanks as they stand before AM/PM: U+00A0, U+2009 and U+202F too. */
static bool
skip_blanks(struct cursor *c)
{
	const char *start = c->p;

	while (accept(c, ' ') || accept(c, '\t') ||
	       accept_bytes(c, "\xc2\xa0", 2) ||
	       accept_bytes(c, "\xe2\x80\x89", 3) ||
	       accept_bytes(c, "\xe2\x80\xaf", 3))
		;
	return c->p > start;
}

/* How many digits there are; 0 unless from least to most of them. */
static int
read_digits(struct cursor *c, int least, int most, int *value)
{
	int n = 0;

	for (*value = 0; n < most && ascii_is_digit(peek(c)); n++)
		*value = *value * 10 + (*c->p++ - '0');
	return n >= least && !ascii_is_digit(peek(c)) ? n : 0;
}

/* 1 and up for the name that the letters at the cursor begin, else 0. */
static int
read_name(struct cursor *c, const char *const *names, size_t count)
{
	size_t n = 0;

	while (c->p + n < c->end && letter(c->p[n]))
		n++;
	for (size_t i = 0; i < count && n >= NAME_LEAST; i++) {
		size_t same = 0;

		while (same < n && names[i][same] == letter(c->p[same]))
			same++;
		if (same == n) {
			c->p += n;
			(void)accept(c, '.');
			return (int)i + 1;
		}
	}
	return 0;
}

static bool
same_letters(struct slice text, struct slice lower)
{
	if (text.n != lower.n)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != lower.p[i] && letter(text.p[i]) != lower.p[i])
			return false;
	return true;
}

static bool
is_null_token(struct slice text)
{
	if (text.n == 0)
		return true;
	for (size_t i = 0; i < COUNT(null_tokens); i++)
		if (same_letters(text, null_tokens[i]))
			return true;
	return false;
}

/* After a 12-hour time; changes *hour. False: no such time. */
static bool
read_half_day(struct cursor *c, int *hour)
{
	struct cursor ahead = *c;
	char half;

	skip_blanks(&ahead);
	half = letter(peek(&ahead));
	if (half != 'a' && half != 'p')
		return true;
	ahead.p++;
	(void)accept(&ahead, '.');
	if (letter(peek(&ahead)) != 'm')
		return false;
	ahead.p++;
	(void)accept(&ahead, '.');
	*c = ahead;
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (half == 'p' ? 12 : 0);
	return true;
}

/* +05:30, +0530 or +05 */
static bool
read_hours(struct cursor *c, int32_t *offset)
{
	int sign = *c->p++ == '-' ? -1 : 1;
	int hours, minutes = 0;
	int n = read_digits(c, 2, 4, &hours);

	if (n == 4) {
		minutes = hours % 100;
		hours /= 100;
	} else if (n != 2 ||
		   (accept(c, ':') && !read_digits(c, 2, 2, &minutes))) {
		return false;
	}
	*offset = sign * (hours * 3600 + minutes * 60);
	return minutes < 60 && hours * 60 + minutes <= MAX_OFFSET_HOURS * 60;
}

/* "(India Standard Time)", as JavaScript writes it, to the end. */
static bool
skip_comment(struct cursor *c)
{
	skip_blanks(c);
	if (!accept(c, '('))
		return true;
	c->p = c->end;
	return c->p[-1] == ')';
}

/* The offset that ends the text, if there is one. */
static bool
read_zone(struct cursor *c, struct clock *clock)
{
	int32_t offset = 0;
	bool named;

	skip_blanks(c);
	if (at_end(c))
		return true;
	named = accept(c, 'Z') || accept_bytes(c, "UTC", 3) ||
		accept_bytes(c, "GMT", 3);
	if (peek(c) == '+' || peek(c) == '-') {
		if (!read_hours(c, &offset))
			return false;
	} else if (!named) {
		return false;
	}
	clock->kind = CLOCK_UTC;
	clock->seconds -= offset;
	return skip_comment(c) && at_end(c);
}

/* "T17:40:52.000+0000", " 6:55 PM", ", 10:22 AM" or nothing, to the end. */
static bool
read_clock(struct cursor *c, struct clock *clock)
{
	int hour, minute, second = 0;

	*clock = (struct clock){ CLOCK_NONE, 0 };
	if (at_end(c))
		return true;
	if (!accept(c, 'T')) {
		bool comma = accept(c, ',');

		if (!skip_blanks(c) && !comma)
			return false;
	}
	if (!read_digits(c, 1, 2, &hour) || !accept(c, ':') ||
	    !read_digits(c, 2, 2, &minute))
		return false;
	if (accept(c, ':')) {
		int ignored;

		if (!read_digits(c, 2, 2, &second))
			return false;
		if ((accept(c, '.') || accept(c, ',')) &&
		    !read_digits(c, 1, 9, &ignored))
			return false;
	}
	if (!read_half_day(c, &hour))
		return false;
	clock->kind = CLOCK_LOCAL;
	clock->seconds = hour * 3600 + minute * 60 + second;
	if (hour > 24 || minute > 59 || second > 59 ||
	    clock->seconds > DAY_SECONDS)
		return false;
	return at_end(c) || read_zone(c, clock);
}

/* The date is valid. */
static struct when
when_of(struct civil date, struct clock clock, const struct zone *zone)
{
	int64_t seconds = civil_days(date) * DAY_SECONDS + clock.seconds;

	if (clock.kind == CLOCK_NONE)
		return (struct when){ seconds, WHEN_DATE };
	if (clock.kind == CLOCK_LOCAL)
		seconds = zone_utc(zone, seconds);
	return (struct when){ seconds, WHEN_INSTANT };
}

/* A month of the Jalali calendar may have 31 days where ours has 30. */
static bool
is_jalali(int year, int month, int day)
{
	return year >= JALALI_FIRST && year <= JALALI_LAST && month >= 1 &&
	       month <= 12 && day >= 1 && day <= 31;
}

static bool
is_date(int year, int month, int day)
{
	return year >= FIRST_YEAR && year <= LAST_YEAR &&
	       civil_valid(year, month, day);
}

static enum date_status
place(int year, int month, int day, struct clock clock, const struct zone *zone,
    struct when *out)
{
	if (is_jalali(year, month, day))
		return DATE_FOREIGN_CALENDAR;
	if (!is_date(year, month, day))
		return DATE_BAD;
	*out = when_of((struct civil){ year, month, day }, clock, zone);
	return DATE_OK;
}

static int
full_year(int year, int digits)
{
	if (digits == 4)
		return year;
	return year + (year < CENTURY_PIVOT ? 2000 : 1900);
}

/* The date under an order; none (year 0) where it has no place for it. */
static struct civil
arrange(const struct numeric *n, enum date_order order)
{
	if (order == DATE_ORDER_DMY)
		return (struct civil){ n->year, n->second, n->first };
	if (order == DATE_ORDER_MDY)
		return (struct civil){ n->year, n->first, n->second };
	if (order == DATE_ORDER_YMD && n->short_year)
		return (struct civil){ full_year(n->first, 2), n->second,
			n->year % 100 };
	return (struct civil){ 0, 0, 0 };
}

#define ORDER_BIT(order) (1u << (order))
#define EITHER (ORDER_BIT(DATE_ORDER_DMY) | ORDER_BIT(DATE_ORDER_MDY))

/* The orders under which the numbers are a date, as bits. */
static unsigned
orders_that_fit(const struct numeric *n)
{
	unsigned orders = 0;

	for (int i = DATE_ORDER_DMY; i <= DATE_ORDER_YMD; i++) {
		struct civil date = arrange(n, (enum date_order)i);

		if (is_date((int)date.year, date.month, date.day))
			orders |= ORDER_BIT(i);
	}
	return orders;
}

/* The order that a value shows, noted as the column's; unknown where it fits
 * either. Equal numbers are the same date either way and show nothing. */
static enum date_order
prove(const struct numeric *n, unsigned orders, struct date_column *column,
    uint32_t line)
{
	if (orders == EITHER && n->first == n->second)
		return DATE_ORDER_DMY;
	if (orders == EITHER) {
		if (column->either++ == 0)
			column->first_either_line = line;
		return DATE_ORDER_UNKNOWN;
	}
	column->order = orders == ORDER_BIT(DATE_ORDER_DMY) ? DATE_ORDER_DMY
							    : DATE_ORDER_MDY;
	column->proof_line = line;
	return column->order;
}

static struct when
pack(const struct numeric *n, struct clock clock)
{
	int64_t bits = (int64_t)(clock.seconds + CLOCK_BIAS) << CLOCK_SHIFT;

	bits |= (int64_t)clock.kind << KIND_SHIFT;
	bits |= (int64_t)n->year << YEAR_SHIFT;
	bits |= (int64_t)n->first << FIRST_SHIFT | n->second;
	return (struct when){ bits, WHEN_EITHER };
}

struct when
date_resolve(
    struct when pending, enum date_order order, const struct zone *zone)
{
	uint64_t bits = (uint64_t)pending.seconds;
	struct numeric n = {
		.year = (int)(bits >> YEAR_SHIFT & 0xfff),
		.first = (int)(bits >> FIRST_SHIFT & 0xf),
		.second = (int)(bits & 0xf),
	};
	struct clock clock = {
		(enum clock_kind)(bits >> KIND_SHIFT & 3),
		(int32_t)(bits >> CLOCK_SHIFT & 0x7ffff) - CLOCK_BIAS,
	};
	struct civil date = arrange(&n, order);

	if (pending.kind != WHEN_EITHER)
		return pending;
	if (!is_date((int)date.year, date.month, date.day))
		return (struct when){ 0, WHEN_UNKNOWN };
	return when_of(date, clock, zone);
}

/* 24/07/15 may begin with the year, as Zoho's yy/MM/dd does. One value that
 * cannot clears the whole column. */
static void
note_short_year(unsigned orders, struct date_column *column, uint32_t line)
{
	if (!(orders & ORDER_BIT(DATE_ORDER_YMD)))
		column->not_year_first = true;
	else if (!column->short_year_line)
		column->short_year_line = line;
}

static enum date_status
read_numeric(const struct numeric *n, struct clock clock,
    const struct zone *zone, struct date_column *column, uint32_t line,
    struct when *out)
{
	enum date_order order = column->order;
	unsigned orders = orders_that_fit(n);

	if (n->short_year && !n->dotted && !column->given)
		note_short_year(orders, column, line);
	if (is_jalali(n->year, n->second, n->first) ||
	    is_jalali(n->year, n->first, n->second))
		return DATE_FOREIGN_CALENDAR;
	if (n->dotted && !column->given) {
		order = DATE_ORDER_DMY;
		orders &= ORDER_BIT(DATE_ORDER_DMY);
	} else if (order == DATE_ORDER_UNKNOWN) {
		orders &= EITHER;
	}
	if (orders == 0)
		return DATE_BAD;
	if (order == DATE_ORDER_UNKNOWN)
		order = prove(n, orders, column, line);
	if (order == DATE_ORDER_UNKNOWN) {
		*out = pack(n, clock);
		return DATE_PENDING;
	}
	if (!(orders & ORDER_BIT(order)))
		return DATE_CONTRADICTS;
	*out = when_of(arrange(n, order), clock, zone);
	return DATE_OK;
}

/* '/', '-' or '.'; ' ' for a comma or blanks or both; else 0. */
static char
read_separator(struct cursor *c)
{
	char found = peek(c);
	bool comma;

	if (accept(c, '/') || accept(c, '-') || accept(c, '.'))
		return found;
	comma = accept(c, ',');
	return skip_blanks(c) || comma ? ' ' : '\0';
}

static bool
read_parts(struct cursor *c, struct part parts[3], char separators[2])
{
	for (int i = 0; i < 3; i++) {
		struct part *part = &parts[i];

		if (i > 0 && !(separators[i - 1] = read_separator(c)))
			return false;
		part->digits = read_digits(c, 1, 4, &part->value);
		if (part->digits == 0)
			part->value = read_name(c, months, COUNT(months));
		if (part->digits == 3 || (part->digits == 0 && !part->value))
			return false;
	}
	return true;
}

static bool
is_year(const struct part *part)
{
	return part->digits == 2 || part->digits == 4;
}

/* With a month name, or the year first: the parts say which is which. */
static enum date_status
read_plain(const struct part *year, const struct part *month,
    const struct part *day, struct clock clock, const struct zone *zone,
    struct when *out)
{
	if (!is_year(year) || month->digits > 2 || day->digits == 0 ||
	    day->digits > 2)
		return DATE_BAD;
	return place(full_year(year->value, year->digits), month->value,
	    day->value, clock, zone, out);
}

/* Every form but ISO at its fixed positions and single numbers. */
static enum date_status
read_parted(struct cursor c, const struct zone *zone,
    struct date_column *column, uint32_t line, struct when *out)
{
	struct part parts[3];
	char separators[2];
	struct clock clock;
	struct numeric n;

	if (read_name(&c, weekdays, COUNT(weekdays)))
		(void)read_separator(&c);
	if (!read_parts(&c, parts, separators) || !read_clock(&c, &clock))
		return DATE_BAD;
	if (parts[0].digits == 0)
		return read_plain(
		    &parts[2], &parts[0], &parts[1], clock, zone, out);
	if (parts[1].digits == 0 && parts[0].digits != 4)
		return read_plain(
		    &parts[2], &parts[1], &parts[0], clock, zone, out);
	if (parts[1].digits > 0 &&
	    (separators[0] == ' ' || separators[0] != separators[1]))
		return DATE_BAD;
	if (parts[0].digits == 4)
		return read_plain(
		    &parts[0], &parts[1], &parts[2], clock, zone, out);
	if (parts[1].digits > 2 || !is_year(&parts[2]))
		return DATE_BAD;
	n = (struct numeric){
		full_year(parts[2].value, parts[2].digits),
		parts[0].value,
		parts[1].value,
		parts[2].digits == 2,
		separators[0] == '.',
	};
	return read_numeric(&n, clock, zone, column, line, out);
}

/*
 * A number alone. The fraction of a serial day is a time, to the nearest
 * second because it is a rounded decimal; without one it is a date. Fractions
 * of epoch seconds are cut off.
 */
static enum date_status
read_number(struct cursor c, const struct zone *zone, struct when *out)
{
	int64_t value = 0;
	double fraction = 0;
	const char *start = c.p;
	int digits;

	while (ascii_is_digit(peek(&c)) && c.p - start < EPOCH_MS_DIGITS)
		value = value * 10 + (*c.p++ - '0');
	digits = (int)(c.p - start);
	if (accept(&c, '.'))
		for (double unit = 0.1; ascii_is_digit(peek(&c)); unit /= 10)
			fraction += (*c.p++ - '0') * unit;
	if (!at_end(&c) || !ascii_is_digit(c.p[-1]) || *start == '0')
		return DATE_BAD;
	if (value >= SERIAL_FIRST && value <= SERIAL_LAST) {
		int64_t day = (value + SERIAL_EPOCH) * DAY_SECONDS;
		int64_t second = (int64_t)(fraction * DAY_SECONDS + 0.5);

		*out = (struct when){ day, WHEN_DATE };
		if (second > 0)
			*out = (struct when){ zone_utc(zone, day + second),
				WHEN_INSTANT };
		return DATE_OK;
	}
	if (digits == EPOCH_MS_DIGITS)
		value /= 1000;
	if (digits < EPOCH_DIGITS || value >= LAST_SECOND ||
	    (digits > EPOCH_DIGITS && digits != EPOCH_MS_DIGITS))
		return DATE_BAD;
	*out = (struct when){ value, WHEN_INSTANT };
	return DATE_OK;
}

static int
two_digits(const char *p)
{
	return ascii_is_digit(p[0]) && ascii_is_digit(p[1])
		   ? (p[0] - '0') * 10 + (p[1] - '0')
		   : -1;
}

/* yyyy-MM-dd at the cursor, by position. */
static bool
read_iso_date(struct cursor *c, int *year, int *month, int *day)
{
	const char *p = c->p;
	int century, rest;

	if (c->end - p < 10 || p[4] != '-' || p[7] != '-')
		return false;
	century = two_digits(p);
	rest = two_digits(p + 2);
	*month = two_digits(p + 5);
	*day = two_digits(p + 8);
	*year = century * 100 + rest;
	c->p += 10;
	return century >= 0 && rest >= 0 && *month >= 0 && *day >= 0;
}

enum date_status
date_read(struct slice text, const struct zone *zone,
    struct date_column *column, uint32_t line, struct when *out)
{
	/* An empty cell may have no address to count from. */
	struct slice trimmed = slice_trim(text.n ? text : SLICE(""));
	struct cursor c = { trimmed.p, trimmed.p + trimmed.n };
	struct cursor after = c;
	struct clock clock;
	int year, month, day;

	*out = (struct when){ 0, WHEN_UNKNOWN };
	if (read_iso_date(&after, &year, &month, &day))
		return read_clock(&after, &clock)
			   ? place(year, month, day, clock, zone, out)
			   : DATE_BAD;
	if (is_null_token(trimmed))
		return DATE_BLANK;
	if (read_number(c, zone, out) == DATE_OK)
		return DATE_OK;
	return read_parted(c, zone, column, line, out);
}

#define PERIOD_WORD_MAX 16 /* bytes, as in "September 2026" */

static bool
month_and_year(struct slice text, int64_t *start, int64_t *next)
{
	char day[PERIOD_WORD_MAX + 2] = "1 ";
	struct date_column column = { 0 };
	struct when when;

	for (size_t i = 0; i < text.n; i++)
		if (ascii_is_digit(text.p[i]) != (i + 4 >= text.n))
			return false;
	memcpy(day + 2, text.p, text.n);
	if (date_read((struct slice){ day, text.n + 2 }, NULL, &column, 0,
		&when) != DATE_OK ||
	    when.kind != WHEN_DATE)
		return false;
	*start = when.seconds / DAY_SECONDS;
	*next = period_next(PERIOD_MONTH, *start);
	return true;
}

bool
date_period(struct slice text, int fiscal_month, int64_t *start, int64_t *next)
{
	char label[PERIOD_WORD_MAX + 1] = "";

	text = slice_trim(text);
	if (text.n < 7 || text.n > PERIOD_WORD_MAX)
		return false;
	if (!ascii_is_digit(*text.p))
		return month_and_year(text, start, next);
	memcpy(label, text.p, text.n);
	return memchr(label, '-', text.n) &&
	       period_read(label, fiscal_month, start, next);
}
