/*
 * book_cell.c: number formats (ECMA-376 part 1, 18.8.31).
 *
 * A format is chosen for the value, not only for the column: a workbook of
 * ours is read, not calculated on, and so what is not 0 can be kept from
 * reading as 0.0%, and any amount has its lakh groups, which Excel does not
 * know and a format has room for three of.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "book_cell.h"

#define DECIMALS_MAX 6
#define SIGNIFICANT 4 /* digits of a plain number, as in a table */
#define SMALLEST 1e-4 /* smaller ones are 1.00E-05 */
#define LARGEST 1e15 /* what a double holds to the unit, and Excel shows */
#define LAKHS_MANY 1e9 /* from here on the sections for large amounts */
#define NOISE 1e-12 /* what adding fractions leaves behind (render_text.c) */

/* Excel's calendar. Its 1900 has a 29th of February, which never was: the
 * days before are numbered otherwise than by everybody else. */
#define EXCEL_EPOCH 25569 /* 1970-01-01 */
#define EXCEL_FIRST 61 /* 1900-03-01 */
#define EXCEL_END 2958466 /* 10000-01-01 */

static bool
time_number(struct when when, double *number)
{
	double days = (double)when.seconds / DAY_SECONDS + EXCEL_EPOCH;

	*number = days;
	return days >= EXCEL_FIRST && days < EXCEL_END;
}

bool
book_number(const struct cell *cell, double *number)
{
	switch (cell->kind) {
	case CELL_UNDEFINED:
	case CELL_TEXT:
		break;
	case CELL_COUNT:
		*number = (double)cell->as.count;
		return true;
	case CELL_NUMBER:
		*number = cell->as.number;
		return true;
	case CELL_MONEY:
		*number = money_double(cell->as.money);
		return true;
	case CELL_TIME:
		return time_number(cell->as.time, number);
	}
	return false;
}

bool
book_is_currency(struct slice text)
{
	return text.n == 3 && ascii_is_upper(text.p[0]) &&
	       ascii_is_upper(text.p[1]) && ascii_is_upper(text.p[2]);
}

/* Decimals, from the usual ones on, until a value this far from a round one
 * does not read as that. */
static int
decimals_to_tell(double distance, int decimals)
{
	double half = 0.5 * pow(10, -decimals);

	for (; distance > NOISE && distance < half && decimals < DECIMALS_MAX;
	     half /= 10)
		decimals++;
	return decimals;
}

/* A share in per cent: neither 0 nor 100 unless it is. */
static int
share_decimals(double share)
{
	double distance = fmin(fabs(share), fabs(1 - share));

	return decimals_to_tell(100 * distance, 1);
}

/* A whole number has none. */
static int
plain_decimals(double number)
{
	double size = fabs(number);

	if (floor(size) >= size)
		return 0;
	for (int decimals = 2; decimals < DECIMALS_MAX; decimals++)
		if (size * pow(10, decimals) >= pow(10, SIGNIFICANT - 1))
			return decimals;
	return DECIMALS_MAX;
}

/* The signs that stand for one currency only; $ is many. */
static const char *
currency_sign(const char *code)
{
	static const char *const signs[][2] = { { "INR", "\xe2\x82\xb9" },
		{ "EUR", "\xe2\x82\xac" }, { "GBP", "\xc2\xa3" } };

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strcmp(code, signs[i][0]) == 0)
			return signs[i][1];
	return code;
}

/* Lakh groups, and from which amount on they are needed. */
static const struct group {
	double from;
	const char *digits;
} groups[] = {
	{ 1e11, "##\\,##\\,##\\,##\\,##\\,##0" },
	{ 1e9, "##\\,##\\,##\\,##\\,##0" },
	{ 1e7, "##\\,##\\,##\\,##0" },
	{ 1e5, "##\\,##\\,##0" },
	{ 0, "##,##0" },
};

/*
 * Amounts from 0 on have a section with a condition for each of two groups
 * and one for the rest, so that the format still fits once somebody types
 * another amount. Which sign is shown below 0 then depends on the program
 * (LibreOffice shows none, one or two), so such an amount has one section,
 * which is signed everywhere.
 */
static void
put_lakhs(char out[BOOK_FORMAT], double number, const char *prefix,
    const char *decimals)
{
	const struct group *g = groups;

	while (fabs(number) < g->from)
		g++;
	if (number < 0) {
		snprintf(
		    out, BOOK_FORMAT, "%s%s%s", prefix, g->digits, decimals);
		return;
	}
	g = number < LAKHS_MANY ? &groups[2] : groups;
	snprintf(out, BOOK_FORMAT, "[>=%.0f]%s%s%s;[>=%.0f]%s%s%s;%s%s%s",
	    g[0].from, prefix, g[0].digits, decimals, g[1].from, prefix,
	    g[1].digits, decimals, prefix, g[2].digits, decimals);
}

/* A figure with groups and a currency, or "", in front. */
static void
put_figure(char out[BOOK_FORMAT], double number, int decimals,
    const char *currency, bool indian)
{
	static const char zeros[] = ".000000";
	char fraction[sizeof(zeros)], prefix[24] = "";

	snprintf(fraction, sizeof(fraction), "%.*s",
	    decimals ? decimals + 1 : 0, zeros);
	if (*currency)
		snprintf(
		    prefix, sizeof(prefix), "[$%s] ", currency_sign(currency));
	if (indian)
		put_lakhs(out, number, prefix, fraction);
	else
		snprintf(out, BOOK_FORMAT, "%s#,##0%s", prefix, fraction);
}

static void
put_share(char out[BOOK_FORMAT], double share)
{
	snprintf(out, BOOK_FORMAT, "0.%.*s%%", share_decimals(share), "000000");
}

static void
put_plain(char out[BOOK_FORMAT], double number, bool indian)
{
	double size = fabs(number);

	if (size >= LARGEST || (size > 0 && size < SMALLEST))
		snprintf(out, BOOK_FORMAT, "0.00E+00");
	else
		put_figure(out, number, plain_decimals(number), "", indian);
}

static void
put_amount(char out[BOOK_FORMAT], double amount, const struct book_look *look)
{
	put_figure(out, amount, decimals_to_tell(fabs(amount), 2),
	    look->currency,
	    look->indian_grouping || strcmp(look->currency, "INR") == 0);
}

static void
put_number(char out[BOOK_FORMAT], enum unit unit, double number,
    const struct book_look *look)
{
	switch (unit) {
	case UNIT_SHARE:
		put_share(out, number);
		return;
	case UNIT_DAYS:
		put_figure(out, number, decimals_to_tell(fabs(number), 1), "",
		    look->indian_grouping);
		return;
	case UNIT_HOURS:
		put_figure(out, number, decimals_to_tell(fabs(number), 2), "",
		    look->indian_grouping);
		return;
	case UNIT_MONEY:
		put_amount(out, number, look);
		return;
	case UNIT_TEXT:
	case UNIT_COUNT:
	case UNIT_NUMBER:
	case UNIT_TIME:
	case UNIT_FLAG:
		break;
	}
	put_plain(out, number, look->indian_grouping);
}

void
book_format(char out[BOOK_FORMAT], const struct column *column,
    const struct cell *cell, const struct book_look *look)
{
	double number;

	*out = '\0';
	if (!book_number(cell, &number))
		return;
	if (cell->kind == CELL_TIME)
		/* The times of a report are in UTC, as in every format. */
		snprintf(out, BOOK_FORMAT, "%s",
		    cell->as.time.kind == WHEN_DATE
			? "yyyy\\-mm\\-dd"
			: "yyyy\\-mm\\-dd hh:mm:ss\\Z");
	else if (cell->kind == CELL_MONEY)
		put_amount(out, number, look);
	else
		put_number(out, column->unit, number, look);
}
