/*
 * money: text to exact amounts. Amounts are integers of ten-thousandths, so
 * that sums are exact and do not depend on the order of rows.
 *
 * Whether 1,234 is a thousand or one and a bit is proved per column, as with
 * dates: 1,234.50 and 12,34,567 and 1500.125 prove the point, 1.234,50 and
 * 12,50 and 0,125 the comma. A column that proves nothing is refused by the
 * caller, which names --decimal.
 *
 * What is read (crm-exports.md 2.2): currency symbols and upper-case ISO 4217
 * codes before or after the number, thousands by comma, point, blank (also
 * U+00A0, U+2009, U+202F) or apostrophe, lakh groups (12,34,567) with commas,
 * a minus (also U+2212) before or after, parentheses for negative, and K, M,
 * B, L, lakh, Cr, crore and their like after the number, in either case.
 *
 * An exponent (1.5E+6) is read when the digits in front of it are all there:
 * when they reach down to the unit (1.23456789E7), or when there are at most
 * two of them. Else it is MONEY_BAD: a spreadsheet writes 1.50E+06 for
 * whatever rounds to that.
 */
#ifndef FUNNEL_MONEY_H
#define FUNNEL_MONEY_H

#include "base.h"

#define MONEY_UNIT 10000

enum decimal_mark { DECIMAL_UNKNOWN, DECIMAL_POINT, DECIMAL_COMMA };

/* Zero it, and set mark and given when the mark is given. */
struct money_column {
	enum decimal_mark mark; /* given or proved */
	bool given;
	uint32_t either; /* pending values */
	uint32_t first_either_line;
	uint32_t proof_line; /* of the first value that proved the mark */
};

enum money_status {
	MONEY_BLANK, /* unknown, which is not zero */
	MONEY_OK,
	MONEY_PENDING, /* value holds the reading as thousands; see below */
	MONEY_BAD,
	MONEY_CONTRADICTS, /* fits only the mark that the column does not use */
	MONEY_TOO_FINE, /* more than four decimals that are not zero */
	MONEY_TOO_LARGE, /* beyond +-922,337,203,685,477.5807 */
};

struct money {
	int64_t ten_thousandths; /* 0 unless MONEY_OK or MONEY_PENDING */
	char currency[4]; /* ISO 4217 when the cell itself said it, else "";
			     a bare $ is "" because it can be many */
};

enum money_status money_read(struct slice text, struct money_column *column,
    uint32_t line, struct money *out);

/* A pending value (such as 1,234) under the mark that the column proved:
 * grouping stays 1234, a decimal mark gives 1.234. */
int64_t money_resolve(int64_t pending, bool mark_is_decimal);

/* Which mark a pending cell used: ',' or '.'; 0 when it was not pending. */
char money_pending_mark(struct slice text);

/*
 * An exact running sum: units + ten_thousandths / 10,000, with the fraction
 * never negative, so that equal sums are equal structs: -0.5 is units -1 and
 * ten_thousandths 5,000. Zero it to start. At 2^63 units, which takes 10,000
 * amounts of the largest kind, it stays at the limit for good.
 */
struct money_sum {
	int64_t units;
	int64_t ten_thousandths; /* 0..9999 */
	uint64_t known; /* amounts added */
};

void money_add(struct money_sum *sum, int64_t ten_thousandths);
/* The nearest double up to 900,000,000,000 units, within one ulp above. */
double money_double(struct money_sum sum);
/* "1234.5", no grouping, no trailing zeros, "-" in front when negative.
 * Returns the length. */
#define MONEY_TEXT 32
size_t money_text(char out[MONEY_TEXT], struct money_sum sum);

#endif
