/*
 * money: a cell is words, a number, words. The number is taken apart into
 * runs of digits and the marks between them without deciding what a mark
 * means; read_form() decides from the lengths of the runs alone, so that each
 * rule of grouping is in one place. No floating point before money_double().
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "money.h"

#define RUNS_MAX 16 /* an int64_t has at most 9 groups, in lakhs */
#define RUN_LONG 4 /* no group has more than three digits */
#define DIGITS_MAX 19 /* that an uint64_t holds whatever they are */
#define EXPONENT_DIGITS_MAX 3
#define EXPONENT_BARE_DIGITS 2 /* see the top of money.h */
#define DECIMALS 4 /* of MONEY_UNIT */

/* ISO 4217, as in the Debian package iso-codes 4.15, in order for bsearch. */
static const char codes[][4] = { "AED", "AFN", "ALL", "AMD", "ANG", "AOA",
	"ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
	"BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD",
	"CAD", "CDF", "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU",
	"CRC", "CUC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP",
	"ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD",
	"GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "ILS",
	"INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR",
	"KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
	"LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU",
	"MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO",
	"NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN",
	"PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG",
	"SEK", "SGD", "SHP", "SLE", "SLL", "SOS", "SRD", "SSP", "STN", "SVC",
	"SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD",
	"TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED",
	"VES", "VND", "VUV", "WST", "XAF", "XAG", "XAU", "XBA", "XBB", "XBC",
	"XBD", "XCD", "XDR", "XOF", "XPD", "XPF", "XPT", "XSU", "XUA", "YER",
	"ZAR", "ZMW", "ZWL" };

enum part {
	PART_SYMBOL = 1,
	PART_CODE = 2,
	PART_SCALE = 4,
	PART_MINUS = 8,
	PART_PLUS = 16,
	PART_OPEN = 32,
	PART_CLOSE = 64,
	PARTS_SIGN = PART_MINUS | PART_PLUS | PART_OPEN,
	PARTS_BEFORE = PART_SYMBOL | PART_CODE | PARTS_SIGN,
	PARTS_AFTER =
	    PART_SYMBOL | PART_CODE | PART_SCALE | PART_MINUS | PART_CLOSE,
};

/*
 * What stands around a number; the longest that fits is taken, ASCII letters
 * in either case. Symbols as in CLDR's English locale; one that more than one
 * country prints for its own money has no code.
 */
struct word {
	const char *text;
	enum part part;
	const char *currency;
	int power; /* of ten */
};

static const struct word words[] = {
	{ "$", PART_SYMBOL, "", 0 },
	{ "\u20b9", PART_SYMBOL, "INR", 0 },
	{ "\u20ac", PART_SYMBOL, "EUR", 0 },
	{ "\u00a3", PART_SYMBOL, "GBP", 0 },
	{ "\u00a5", PART_SYMBOL, "", 0 }, /* yen and yuan */
	{ "Rs", PART_SYMBOL, "", 0 }, /* India, Pakistan, Sri Lanka, ... */
	{ "Rs.", PART_SYMBOL, "", 0 },
	{ "\u20a8", PART_SYMBOL, "", 0 },
	{ "US$", PART_SYMBOL, "USD", 0 },
	{ "CA$", PART_SYMBOL, "CAD", 0 },
	{ "C$", PART_SYMBOL, "", 0 }, /* Canada, Nicaragua */
	{ "A$", PART_SYMBOL, "AUD", 0 },
	{ "AU$", PART_SYMBOL, "AUD", 0 },
	{ "NZ$", PART_SYMBOL, "NZD", 0 },
	{ "HK$", PART_SYMBOL, "HKD", 0 },
	{ "NT$", PART_SYMBOL, "TWD", 0 },
	{ "MX$", PART_SYMBOL, "MXN", 0 },
	{ "R$", PART_SYMBOL, "BRL", 0 },
	{ "S$", PART_SYMBOL, "SGD", 0 },
	{ "CN\u00a5", PART_SYMBOL, "CNY", 0 },
	{ "JP\u00a5", PART_SYMBOL, "JPY", 0 },
	{ "\u20aa", PART_SYMBOL, "ILS", 0 },
	{ "\u20a9", PART_SYMBOL, "KRW", 0 },
	{ "\u20b1", PART_SYMBOL, "PHP", 0 },
	{ "\u20ab", PART_SYMBOL, "VND", 0 },
	{ "\u20ba", PART_SYMBOL, "TRY", 0 },
	{ "\u20bd", PART_SYMBOL, "RUB", 0 },
	{ "\u20b4", PART_SYMBOL, "UAH", 0 },
	{ "\u20a6", PART_SYMBOL, "NGN", 0 },
	{ "\u0e3f", PART_SYMBOL, "THB", 0 },
	{ "z\u0142", PART_SYMBOL, "PLN", 0 },
	{ "kr", PART_SYMBOL, "", 0 }, /* Denmark, Norway, Sweden, Iceland */
	{ "K", PART_SCALE, "", 3 },
	{ "thousand", PART_SCALE, "", 3 },
	{ "L", PART_SCALE, "", 5 },
	{ "lac", PART_SCALE, "", 5 },
	{ "lacs", PART_SCALE, "", 5 },
	{ "lakh", PART_SCALE, "", 5 },
	{ "lakhs", PART_SCALE, "", 5 },
	{ "M", PART_SCALE, "", 6 },
	{ "mn", PART_SCALE, "", 6 },
	{ "million", PART_SCALE, "", 6 },
	{ "cr", PART_SCALE, "", 7 },
	{ "crore", PART_SCALE, "", 7 },
	{ "crores", PART_SCALE, "", 7 },
	{ "B", PART_SCALE, "", 9 },
	{ "bn", PART_SCALE, "", 9 },
	{ "billion", PART_SCALE, "", 9 },
	{ "-", PART_MINUS, "", 0 },
	{ "\u2212", PART_MINUS, "", 0 },
	{ "+", PART_PLUS, "", 0 },
	{ "(", PART_OPEN, "", 0 },
	{ ")", PART_CLOSE, "", 0 },
};

/* All blanks are one mark, and so are all apostrophes. */
static const struct mark {
	const char *text;
	char mark;
} marks[] = {
	{ ".", '.' },
	{ ",", ',' },
	{ " ", ' ' },
	{ "\u00a0", ' ' },
	{ "\u202f", ' ' },
	{ "\u2009", ' ' },
	{ "'", '\'' },
	{ "\u2019", '\'' },
};

/*
 * The digits as significand x 10^zeros, zeros at the end held back, so that
 * any number of zeros on either side is fine. The significand is only good
 * while count <= DIGITS_MAX.
 */
struct number {
	unsigned char run[RUNS_MAX]; /* lengths of the runs of digits, up to
					RUN_LONG */
	char mark[RUNS_MAX]; /* mark[i] stands after run[i] */
	size_t marks;
	size_t last; /* length of the last run */
	char first; /* character of the number */
	uint64_t significand;
	int64_t count;
	int64_t zeros;
};

struct cell {
	unsigned parts; /* seen so far */
	char currency[4];
	int power; /* of ten, from the scale and the exponent */
	bool exponent;
	struct number number;
};

/* What the runs and marks of a number say. */
struct form {
	bool either; /* the only mark could group or be decimal */
	bool decimals; /* the last run is behind the decimal mark */
	enum decimal_mark proves;
};

static void
skip(struct slice *rest, size_t n)
{
	rest->p += n;
	rest->n -= n;
}

/* The length of word when text starts with it, else 0. ASCII letters match
 * in either case. */
static size_t
match(struct slice text, const char *word)
{
	size_t n = 0;

	while (n < text.n && word[n] &&
	       ascii_lower(text.p[n]) == ascii_lower(word[n]))
		n++;
	return word[n] ? 0 : n;
}

/* The mark that text starts with, or NULL. */
static const struct mark *
mark_at(struct slice text)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (match(text, marks[i].text))
			return &marks[i];
	return NULL;
}

static void
skip_blanks(struct slice *rest)
{
	const struct mark *mark;

	while (rest->n && !ascii_is_digit(*rest->p) &&
	       (mark = mark_at(*rest)) && mark->mark == ' ')
		skip(rest, strlen(mark->text));
}

/* ---- words around the number ---- */

static int
compare_codes(const void *a, const void *b)
{
	return memcmp(a, b, 3);
}

/* Upper case only: all, top and try are words too. */
static const char *
code_at(struct slice text)
{
	if (text.n < 3 || !ascii_is_upper(text.p[0]) ||
	    !ascii_is_upper(text.p[1]) || !ascii_is_upper(text.p[2]) ||
	    (text.n > 3 && ascii_is_upper(text.p[3])))
		return NULL;
	return bsearch(text.p, codes, sizeof(codes) / sizeof(*codes),
	    sizeof(*codes), compare_codes);
}

static const struct word *
word_at(struct slice text, unsigned allowed, size_t *length)
{
	const struct word *longest = NULL;

	*length = 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t n =
		    (words[i].part & allowed) ? match(text, words[i].text) : 0;

		if (n > *length) {
			longest = &words[i];
			*length = n;
		}
	}
	return longest;
}

/* A part at most once, one sign at most, and not two different currencies. */
static bool
note_part(struct cell *cell, enum part part, const char *currency, int power)
{
	if (cell->parts & part)
		return false;
	if ((part & PARTS_SIGN) && (cell->parts & PARTS_SIGN))
		return false;
	cell->parts |= part;
	cell->power += power;
	if (!*currency)
		return true;
	if (*cell->currency)
		return memcmp(cell->currency, currency, 3) == 0;
	memcpy(cell->currency, currency, 4);
	return true;
}

/* Takes words off the front of rest while they are among the allowed parts;
 * false when they make no sense together. */
static bool
read_words(struct slice *rest, unsigned allowed, struct cell *cell)
{
	for (;;) {
		const struct word *word;
		const char *code;
		size_t n = 3;
		bool sense;

		skip_blanks(rest);
		if (!rest->n || ascii_is_digit(*rest->p))
			return true;
		if ((code = code_at(*rest)))
			sense = note_part(cell, PART_CODE, code, 0);
		else if ((word = word_at(*rest, allowed, &n)))
			sense = note_part(
			    cell, word->part, word->currency, word->power);
		else
			return true;
		if (!sense)
			return false;
		skip(rest, n);
	}
}

/* ---- the number ---- */

static const uint64_t powers_of_ten[] = { 1, 10, 100, 1000, 10000, 100000,
	1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
	1000000000000, 10000000000000, 100000000000000, 1000000000000000,
	10000000000000000, 100000000000000000, 1000000000000000000,
	10000000000000000000u };

static void
push_digit(struct number *number, char c)
{
	if (c == '0') {
		number->zeros += number->significand != 0;
		return;
	}
	number->count += number->zeros + 1;
	if (number->count <= DIGITS_MAX)
		number->significand =
		    number->significand * powers_of_ten[number->zeros + 1] +
		    (uint64_t)(c - '0');
	number->zeros = 0;
}

/* Digits and the marks that have a digit behind them; false when there are
 * more runs than any amount has. */
static bool
read_runs(struct slice *rest, struct number *number)
{
	number->first = rest->n ? *rest->p : 0;
	for (;;) {
		const struct mark *mark;
		size_t n = 0;

		while (n < rest->n && ascii_is_digit(rest->p[n]))
			push_digit(number, rest->p[n++]);
		number->last = n;
		number->run[number->marks] =
		    (unsigned char)(n < RUN_LONG ? n : RUN_LONG);
		skip(rest, n);
		mark = rest->n ? mark_at(*rest) : NULL;
		n = mark ? strlen(mark->text) : 0;
		if (!mark || rest->n <= n || !ascii_is_digit(rest->p[n]))
			return true;
		if (number->marks + 1 == RUNS_MAX)
			return false;
		number->mark[number->marks++] = mark->mark;
		skip(rest, n);
	}
}

/* True when the first n marks can all be grouping: one and the same, between
 * groups of three, or in lakhs, where all but the last group have two. */
static bool
is_grouped(const struct number *number, size_t n)
{
	bool thousands = true, lakhs = number->mark[0] == ',';

	if (n == 0)
		return true;
	if (number->first == '0' || number->run[0] < 1 || number->run[0] > 3 ||
	    number->run[n] != 3)
		return false;
	lakhs = lakhs && number->run[0] < 3;
	for (size_t i = 1; i < n; i++) {
		if (number->mark[i] != number->mark[0])
			return false;
		thousands = thousands && number->run[i] == 3;
		lakhs = lakhs && number->run[i] == 2;
	}
	return thousands || lakhs;
}

static enum decimal_mark
decimal_mark_of(char mark)
{
	return mark == '.' ? DECIMAL_POINT : DECIMAL_COMMA;
}

/* False when the marks make no number. */
static bool
read_form(const struct cell *cell, struct form *form)
{
	const struct number *number = &cell->number;
	size_t n = number->marks;
	char last = n ? number->mark[n - 1] : ' ';
	bool repeated = n > 1 && number->mark[n - 2] == last;

	*form = (struct form){ 0 };
	if (cell->exponent && n > 1) /* nobody groups a mantissa */
		return false;
	if (last == ' ' || last == '\'')
		return is_grouped(number, n) && !(cell->exponent && n);
	if (repeated) {
		form->proves = decimal_mark_of(last == '.' ? ',' : '.');
		return is_grouped(number, n);
	}
	form->either = n == 1 && !cell->exponent && is_grouped(number, 1);
	form->decimals = !form->either;
	if (form->decimals)
		form->proves = decimal_mark_of(last);
	return is_grouped(number, n - 1);
}

/* E, perhaps a sign, digits; false when the exponent rounds away what stood
 * in front of it (see the top of money.h). */
static bool
read_exponent(struct slice *rest, struct cell *cell)
{
	const struct number *number = &cell->number;
	struct slice e = *rest;
	bool negative;
	int value = 0, digits = 0;
	size_t decimals, written = number->run[0];

	if (!e.n || ascii_lower(*e.p) != 'e')
		return true;
	skip(&e, 1);
	negative = e.n && *e.p == '-';
	if (e.n && (*e.p == '-' || *e.p == '+'))
		skip(&e, 1);
	for (; e.n && ascii_is_digit(*e.p) && digits < EXPONENT_DIGITS_MAX;
	     digits++) {
		value = value * 10 + (*e.p - '0');
		skip(&e, 1);
	}
	if (digits == 0) /* EUR, or nonsense: the words will say */
		return true;
	*rest = e;
	decimals = number->marks ? number->last : 0;
	if (number->marks)
		written += decimals;
	cell->exponent = true;
	cell->power = negative ? -value : value;
	return negative || (size_t)value <= decimals ||
	       written <= EXPONENT_BARE_DIGITS;
}

/* ---- the cell ---- */

static bool
read_cell(struct slice rest, struct cell *cell)
{
	if (rest.n && !ascii_is_digit(*rest.p) &&
	    !read_words(&rest, PARTS_BEFORE, cell))
		return false;
	if (!read_runs(&rest, &cell->number))
		return false;
	if (cell->number.marks == 0 && cell->number.run[0] == 0)
		return false;
	if (rest.n == 0)
		return !(cell->parts & PART_OPEN);
	if (!read_exponent(&rest, cell) ||
	    !read_words(&rest, PARTS_AFTER, cell))
		return false;
	return rest.n == 0 && !(cell->exponent && (cell->parts & PART_SCALE)) &&
	       !(cell->parts & PART_OPEN) == !(cell->parts & PART_CLOSE);
}

/* The value, once it is known how many of the digits are decimals. */
static enum money_status
read_value(const struct cell *cell, size_t decimals, int64_t *value)
{
	const struct number *number = &cell->number;
	int64_t shift =
	    number->zeros - (int64_t)decimals + cell->power + DECIMALS;
	uint64_t magnitude;

	if (number->count == 0)
		return MONEY_OK;
	if (shift < 0)
		return MONEY_TOO_FINE;
	if (number->count + shift > DIGITS_MAX)
		return MONEY_TOO_LARGE;
	magnitude = number->significand * powers_of_ten[shift];
	if (magnitude > INT64_MAX)
		return MONEY_TOO_LARGE;
	*value = (int64_t)magnitude;
	if (cell->parts & (PART_MINUS | PART_OPEN))
		*value = -*value;
	return MONEY_OK;
}

/* Gives and takes the column's proof; false when the two disagree. */
static bool
settle(struct form *form, const struct number *number,
    struct money_column *column, uint32_t line)
{
	if (form->either && column->mark != DECIMAL_UNKNOWN) {
		form->decimals =
		    decimal_mark_of(number->mark[0]) == column->mark;
		form->either = false;
	}
	if (form->proves == DECIMAL_UNKNOWN || form->proves == column->mark)
		return true;
	if (column->mark != DECIMAL_UNKNOWN)
		return false;
	column->mark = form->proves;
	column->proof_line = line;
	return true;
}

static bool
is_null(struct slice text)
{
	text = slice_trim(text);
	return text_is_null(text) || fold_equal(text, SLICE("n/a"));
}

enum money_status
money_read(struct slice text, struct money_column *column, uint32_t line,
    struct money *out)
{
	struct cell cell = { 0 };
	struct form form;
	enum money_status status;

	*out = (struct money){ 0 };
	if (text.n == 0)
		return MONEY_BLANK;
	if (!read_cell(text, &cell) || !read_form(&cell, &form))
		return is_null(text) ? MONEY_BLANK : MONEY_BAD;
	if (!settle(&form, &cell.number, column, line))
		return MONEY_CONTRADICTS;
	status = read_value(
	    &cell, form.decimals ? cell.number.last : 0, &out->ten_thousandths);
	if (status != MONEY_OK)
		return status;
	memcpy(out->currency, cell.currency, sizeof(out->currency));
	if (!form.either)
		return MONEY_OK;
	if (column->either++ == 0)
		column->first_either_line = line;
	return MONEY_PENDING;
}

int64_t
money_resolve(int64_t pending, bool mark_is_decimal)
{
	return mark_is_decimal ? pending / 1000 : pending;
}

char
money_pending_mark(struct slice text)
{
	for (size_t i = 1; i + 1 < text.n; i++)
		if ((text.p[i] == ',' || text.p[i] == '.') &&
		    ascii_is_digit(text.p[i - 1]) &&
		    ascii_is_digit(text.p[i + 1]))
			return text.p[i];
	return 0;
}

/* ---- sums ---- */

void
money_add(struct money_sum *sum, int64_t ten_thousandths)
{
	int64_t units = ten_thousandths / MONEY_UNIT;

	sum->known++;
	if (sum->units == INT64_MAX || sum->units == INT64_MIN)
		return;
	sum->ten_thousandths += ten_thousandths % MONEY_UNIT;
	if (sum->ten_thousandths < 0) {
		sum->ten_thousandths += MONEY_UNIT;
		units--;
	} else if (sum->ten_thousandths >= MONEY_UNIT) {
		sum->ten_thousandths -= MONEY_UNIT;
		units++;
	}
	if (units > 0 && sum->units > INT64_MAX - units)
		sum->units = INT64_MAX;
	else if (units < 0 && sum->units < INT64_MIN - units)
		sum->units = INT64_MIN;
	else
		sum->units += units;
}

double
money_double(struct money_sum sum)
{
	const int64_t exact = (INT64_C(1) << 53) / MONEY_UNIT - 1;

	/* One division of whole numbers is rounded once: 0.1 is 0.1. */
	if (sum.units >= -exact && sum.units <= exact)
		return (double)(sum.units * MONEY_UNIT + sum.ten_thousandths) /
		       MONEY_UNIT;
	return (double)sum.units + (double)sum.ten_thousandths / MONEY_UNIT;
}

size_t
money_text(char out[MONEY_TEXT], struct money_sum sum)
{
	bool negative = sum.units < 0;
	uint64_t units = (uint64_t)sum.units;
	int64_t rest = sum.ten_thousandths;
	int n;

	if (negative) {
		units = 0 - units - (rest != 0);
		rest = rest ? MONEY_UNIT - rest : 0;
	}
	n = snprintf(out, MONEY_TEXT, "%s%" PRIu64 ".%04" PRId64,
	    negative ? "-" : "", units, rest);
	while (out[n - 1] == '0')
		n--;
	if (out[n - 1] == '.')
		n--;
	out[n] = '\0';
	return (size_t)n;
}
