/*
 * datetext: text to times, in every form that crm-exports.md 2.1 lists.
 *
 * Whether 3/4/2025 is in March or April is never guessed. A value with both
 * numbers up to 12 comes back as WHEN_EITHER, which holds the unresolved
 * numbers; the column collects proof from its other values, and
 * date_resolve() turns the pending values into times once the column is
 * proved. A column without proof is refused by the caller, which names
 * --date-order.
 */
#ifndef FUNNEL_DATETEXT_H
#define FUNNEL_DATETEXT_H

#include "zone.h"

enum date_order {
	DATE_ORDER_UNKNOWN,
	DATE_ORDER_DMY,
	DATE_ORDER_MDY,
	/* Two-digit years first, as Zoho's yy/MM/dd. Only when given: what it
	 * fits, day first fits as well. */
	DATE_ORDER_YMD,
};

/* What one column has shown so far. Zero it, set order when it is given. */
struct date_column {
	enum date_order order; /* given or proved */
	bool given; /* by the user or the definitions: no proof needed */
	uint32_t either; /* values that fit both */
	uint32_t first_either_line;
	uint32_t proof_line; /* of the first value that proved the order */
	uint32_t short_year_line; /* of the first value such as 24/07/15, which
				     may begin with the year, or 0 */
	bool not_year_first; /* some such value cannot */
};

/* At the end of a column: its values may begin with the year or not, and
 * nothing says which. The caller refuses it. */
static inline bool
date_column_is_short(const struct date_column *column)
{
	return !column->given && column->short_year_line &&
	       !column->not_year_first;
}

enum date_status {
	DATE_BLANK, /* unknown: blank or a null token, Unknown and None too */
	DATE_OK,
	DATE_PENDING, /* out is WHEN_EITHER */
	DATE_BAD, /* not a date */
	DATE_CONTRADICTS, /* fits only the order that the column disproved */
	DATE_FOREIGN_CALENDAR, /* a Jalali or other year: refused, said so */
};

/*
 * Reads one cell. zone is where a time without an offset was written. line
 * is for the column's notes. Fractions of a second are cut off.
 */
enum date_status date_read(struct slice text, const struct zone *zone,
    struct date_column *column, uint32_t line, struct when *out);

/* The first days of a month or quarter in words, and of the next: "2026-03",
 * "2026-Q1", "Mar 2026", "March 2026". */
bool
date_period(struct slice text, int fiscal_month, int64_t *start, int64_t *next);

/* A pending value under the column's order, DMY or MDY: every pending value
 * fits both. Other kinds come back as they are. */
struct when date_resolve(
    struct when pending, enum date_order order, const struct zone *zone);

#endif
