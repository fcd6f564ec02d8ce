/*
 * recordid: one form for an id, whichever export it came through. The length
 * and the first character say which of the rules can apply at all, so that an
 * ordinary id is a copy and little else.
 */
#include <string.h>

#include "recordid.h"

#define GUID_LENGTH 36
#define SALESFORCE_SHORT 15
#define SALESFORCE_BLOCK 5
#define ROUNDED_MIN 10 /* ids that make a pattern out of an accident */

static bool
is_alphanumeric(char c)
{
	return ascii_is_digit(c) ||
	       (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
}

static size_t
digits_at(struct slice text, size_t from)
{
	size_t i = from;

	while (i < text.n && ascii_is_digit(text.p[i]))
		i++;
	return i - from;
}

/* ^\d([.,]\d+)?[eE]\+\d+$ (crm-exports.md 5.6, with the comma of other
 * locales). */
static bool
is_destroyed(struct slice text)
{
	size_t i = 1;

	if (text.n < 4 || !ascii_is_digit(text.p[0]))
		return false;
	if (text.p[1] == '.' || text.p[1] == ',') {
		size_t decimals = digits_at(text, 2);

		if (decimals == 0)
			return false;
		i += 1 + decimals;
	}
	if (i + 2 >= text.n || ascii_lower(text.p[i]) != 'e' ||
	    text.p[i + 1] != '+')
		return false;
	return digits_at(text, i + 2) == text.n - i - 2;
}

/* A cell with `zcrm_` never was a number to a spreadsheet: the caller counts
 * before the prefix is off. */
static void
count_long_number(struct record_id_column *column, struct slice text)
{
	if (text.n < 16 || text.n > 19 || digits_at(text, 0) != text.n)
		return;
	column->long_numbers++;
	if (memcmp(text.p + text.n - 2, "00", 2) == 0)
		column->long_numbers_ending_00++;
}

static struct slice
without_zcrm(struct slice text)
{
	static const struct slice prefix = { "zcrm_", 5 };

	if (text.n <= prefix.n || memcmp(text.p, prefix.p, prefix.n) != 0 ||
	    digits_at(text, prefix.n) != text.n - prefix.n)
		return text;
	return (struct slice){ text.p + prefix.n, text.n - prefix.n };
}

static bool
is_guid(struct slice text)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	if (text.n != GUID_LENGTH)
		return false;
	for (size_t i = 0; i < GUID_LENGTH; i++) {
		char c = ascii_lower(text.p[i]);
		bool hexadecimal = ascii_is_digit(c) || (c >= 'a' && c <= 'f');

		if (form[i] == '-' ? c != '-' : !hexadecimal)
			return false;
	}
	return true;
}

static struct slice
without_braces(struct slice text)
{
	struct slice inner = { text.p + 1, text.n - 2 };

	if (text.n != GUID_LENGTH + 2 || text.p[0] != '{' ||
	    text.p[text.n - 1] != '}' || !is_guid(inner))
		return text;
	return inner;
}

static bool
is_salesforce_short(struct slice text)
{
	if (text.n != SALESFORCE_SHORT ||
	    !(ascii_is_digit(text.p[0]) || text.p[0] == 'a'))
		return false;
	for (size_t i = 0; i < SALESFORCE_SHORT; i++)
		if (!is_alphanumeric(text.p[i]))
			return false;
	return true;
}

/* One check character per block of five: bit i of its index is set when
 * character i of the block is a capital (crm-exports.md 3.7). */
static void
append_check(char *id)
{
	static const char check[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

	for (size_t block = 0; block < 3; block++) {
		const char *c = id + block * SALESFORCE_BLOCK;
		unsigned index = 0;

		for (unsigned i = 0; i < SALESFORCE_BLOCK; i++)
			index |= (unsigned)ascii_is_upper(c[i]) << i;
		id[SALESFORCE_SHORT + block] = check[index];
	}
}

enum record_id_status
record_id_read(struct slice text, bool salesforce,
    struct record_id_column *column, char *out, size_t *length)
{
	text = slice_trim(text);
	if (text.n == 0)
		return RECORD_ID_BLANK;
	if (is_destroyed(text))
		return RECORD_ID_DESTROYED;
	if (column)
		count_long_number(column, text);
	text = without_braces(without_zcrm(text));
	if (text.n > RECORD_ID_MAX)
		return RECORD_ID_TOO_LONG;
	memcpy(out, text.p, text.n);
	*length = text.n;
	if (is_guid(text)) {
		for (size_t i = 0; i < GUID_LENGTH; i++)
			out[i] = ascii_lower(out[i]);
	} else if (salesforce && is_salesforce_short(text)) {
		append_check(out);
		*length += 3;
	}
	return RECORD_ID_OK;
}

bool
record_id_column_rounded(const struct record_id_column *column)
{
	return column->long_numbers >= ROUNDED_MIN &&
	       column->long_numbers_ending_00 == column->long_numbers;
}
