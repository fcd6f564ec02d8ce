/*
 * test_base: slices, errors, folding, nearest names, digests, numbers.
 *
 * From elsewhere: the folds of the table below are Python's str.casefold()
 * (Unicode 15) with blanks, underscores and quotes taken out; distances are
 * counted by hand; SHA-256 from FIPS 180-2, appendix B; UTF-8 from RFC 3629
 * and table 3-7 of the Unicode standard; tests/data/numbers.data is
 * Python's repr() of each double (David Gay's shortest digits).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "base.h"

static int
fail_with(struct fnl_err *err, enum fnl_code code, const char *text)
{
	return fail(err, code, "%s", text);
}

#include <cmocka.h>

/* ---- slices ---- */

static void
slices(void **state)
{
	(void)state;
	assert_int_equal(slice_of(NULL).n, 0);
	assert_non_null(slice_of(NULL).p);
	assert_true(slice_equal(slice_of("ab"), SLICE("ab")));
	assert_false(slice_equal(slice_of("ab"), SLICE("aB")));
	assert_false(slice_equal(slice_of("ab"), SLICE("abc")));
	assert_true(slice_equal((struct slice){ NULL, 0 }, SLICE("")));
	assert_true(slice_compare(SLICE("ab"), SLICE("abc")) < 0);
	assert_true(slice_compare(SLICE("b"), SLICE("abc")) > 0);
	assert_true(slice_compare(SLICE("\xff"), SLICE("a")) > 0);
	assert_int_equal(slice_compare(SLICE("a"), SLICE("a")), 0);
	assert_true(slice_compare((struct slice){ NULL, 0 }, SLICE("a")) < 0);
}

static void
trimming(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "" }, { "a", "a" }, { " \t\r\n a b \v\f ", "a b" },
		{ "\xc2\xa0"
		  "a\xc2\xa0 \xc2\xa0",
		    "a" }, /* U+00A0 */
		{ "   ", "" }, { "\xc2\xa0", "" },
		{ "\xc3\xa0", "\xc3\xa0" }, /* a with grave ends in a0 */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_true(slice_equal(slice_trim(slice_of(cases[i].text)),
		    slice_of(cases[i].expected)));
}

/* ---- errors ---- */

static void
the_first_error_wins(void **state)
{
	struct fnl_err err = { 0 };

	(void)state;
	assert_int_equal(fail_with(&err, FNL_DATA, "first"), -1);
	assert_int_equal(fail_with(&err, FNL_USAGE, "second"), -1);
	assert_int_equal(err.code, FNL_DATA);
	assert_string_equal(err.message, "first");
	assert_int_equal(fail_with(NULL, FNL_DATA, "nobody listens"), -1);
}

static void
a_long_message_is_cut(void **state)
{
	char text[3 * FNL_MESSAGE_MAX];
	struct fnl_err err = { 0 };

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	fail_with(&err, FNL_DATA, text);
	assert_int_equal(strlen(err.message), FNL_MESSAGE_MAX - 1);
}

/* ---- folding (R52) ---- */

static void
assert_fold(const char *text, const char *expected)
{
	char key[FOLD_MAX];
	size_t n = fold_key(key, sizeof(key), slice_of(text));

	assert_int_equal(n, strlen(expected));
	assert_memory_equal(key, expected, n);
}

static void
folding(void **state)
{
	static const char *const cases[][2] = {
		{ "Closed Won", "closedwon" },
		{ " closed_WON\t", "closedwon" },
		{ "\"Deal\" 'Stage'", "dealstage" },
		/* U+201C U+201D U+2019 U+00A0 U+202F */
		{ "\xe2\x80\x9c"
		  "A\xe2\x80\x9d\xe2\x80\x99\xc2\xa0\xe2\x80\xaf"
		  "B",
		    "ab" },
		{ "STRA\xc3\x9f"
		  "E",
		    "strasse" },
		{ "\xc3\x84nderung", "\xc3\xa4nderung" },
		{ "\xce\xa3\xce\xaf\xcf\x82", "\xcf\x83\xce\xaf\xcf\x83" },
		{ "\xe1\xba\x9e", "ss" }, /* capital sharp s */
		{ "\xef\xac\x81", "fi" }, /* ligature */
		/* Kannada has no case */
		{ "\xe0\xb2\xa8\xe0\xb2\xbe", "\xe0\xb2\xa8\xe0\xb2\xbe" },
		{ "a-b.c/d", "a-b.c/d" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_fold(cases[i][0], cases[i][1]);
	assert_true(fold_equal(SLICE("Lead Source"), SLICE("lead_source")));
	assert_true(fold_equal(SLICE("LeadSource"), SLICE("LEAD SOURCE")));
	assert_false(fold_equal(SLICE("Lead"), SLICE("Leads")));
	assert_true(fold_equal(SLICE(""), SLICE(" _\"")));
}

static void
folding_what_is_not_text(void **state)
{
	char key[FOLD_MAX];

	(void)state;
	assert_fold("A\xff\xfe"
		    "B",
	    "a\xff\xfe"
	    "b");
	assert_fold("\xc3", "\xc3");
	assert_fold("\xed\xa0\x80", "\xed\xa0\x80"); /* a surrogate */
	assert_int_equal(fold_key(key, sizeof(key), SLICE("\0A")), 2);
	assert_memory_equal(key, "\0a", 2);
}

/* A longer text is cut, and never in the middle of a character. */
static void
folding_into_little_room(void **state)
{
	char key[4];

	(void)state;
	assert_int_equal(fold_key(key, 4, SLICE("ABCDEF")), 4);
	assert_memory_equal(key, "abcd", 4);
	assert_int_equal(fold_key(key, 4, SLICE("ABC\xc3\x84")), 3);
	assert_int_equal(fold_key(key, 0, SLICE("A")), 0);
}

/* ---- nearest names ---- */

static void
nearest(void **state)
{
	static const char *const names[] = { "cohort", "horizon", "period",
		"active", "closed" };
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "cohrt", "cohort" }, /* 1 */
		{ "Cohorts", "cohort" }, /* 1 */
		{ "hroizon", "horizon" }, /* 2 */
		{ "cloesd", "closed" }, /* 2 */
		{ "PERIOD", "period" }, /* 0 */
		{ "act ive", "active" }, /* 0, folded */
		{ "xyzzy", NULL },
		{ "win", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *found =
		    nearest_name(slice_of(cases[i].text), names, 5);

		if (cases[i].expected)
			assert_string_equal(found, cases[i].expected);
		else
			assert_null(found);
	}
	assert_null(nearest_name(SLICE("cohort"), names, 0));
}

static void
nearest_of_equals_is_the_first(void **state)
{
	static const char *const names[] = { "stage_b", "stage_c" };

	(void)state;
	assert_string_equal(
	    nearest_name(SLICE("stage_x"), names, 2), "stage_b");
}

static void
nearest_of_the_very_long(void **state)
{
	static const char *const names[] = { "cohort" };
	char text[5000];

	(void)state;
	memset(text, 'c', sizeof(text));
	assert_null(
	    nearest_name((struct slice){ text, sizeof(text) }, names, 1));
}

/* ---- words for nothing (crm-exports.md 2.3) ---- */

static void
null_words(void **state)
{
	static const char *const nulls[] = { "", "--", "-", "null", "NULL",
		"(No value)", "(no value)", "No value", "No Value", "Select" };
	static const char *const values[] = { "Unknown", "None", "0", "n/a",
		"---", "Selected", "nullable", "(none)", "No values" };

	(void)state;
	for (size_t i = 0; i < sizeof(nulls) / sizeof(*nulls); i++)
		assert_true(text_is_null(slice_of(nulls[i])));
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
		assert_false(text_is_null(slice_of(values[i])));
}

/* ---- digests ---- */

/* FIPS 180-2, B.1 and B.2; the empty text as everywhere. */
static void
sha256(void **state)
{
	static const char *const cases[][2] = {
		{ "abc", "ba7816bf8f01cfea414140de5dae2223"
			 "b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039"
		    "a33ce45964ff2167f6ecedd419db06c1" },
		{ "", "e3b0c44298fc1c149afbf4c8996fb924"
		      "27ae41e4649b934ca495991b7852b855" },
	};
	char out[SHA256_HEX];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sha256_hex(out, cases[i][0], strlen(cases[i][0]));
		assert_string_equal(out, cases[i][1]);
	}
}

/* The same digests by openssl dgst -sha256 -binary | base64. */
static void
sha256_in_base64(void **state)
{
	char out[SHA256_BASE64];

	(void)state;
	sha256_base64(out, "abc", 3);
	assert_string_equal(
	    out, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
	sha256_base64(out, "", 0);
	assert_string_equal(
	    out, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

static void
hashes_see_every_byte(void **state)
{
	char text[40] = { 0 };
	uint64_t seen[sizeof(text) + 1];

	(void)state;
	for (size_t n = 0; n <= sizeof(text); n++) {
		seen[n] = hash_bytes(text, n); /* zeros of each length */
		for (size_t m = 0; m < n; m++)
			assert_true(seen[m] != seen[n]);
	}
	for (size_t i = 0; i < sizeof(text); i++) {
		text[i] = 1;
		assert_true(
		    hash_bytes(text, sizeof(text)) != seen[sizeof(text)]);
		text[i] = 0;
	}
	assert_true(hash_bytes(text + 1, 20) == hash_bytes(text + 3, 20));
}

/* ---- UTF-8 ---- */

static void
valid_prefixes(void **state)
{
	static const struct {
		const char *text;
		size_t n, valid;
	} cases[] = {
		{ "", 0, 0 },
		{ "abc", 3, 3 },
		{ "a\0b", 3, 3 },
		{ "\xc3\xa4", 2, 2 },
		{ "a\xc3", 2, 1 }, /* cut */
		{ "\xe2\x82\xac", 3, 3 },
		{ "\xe2\x82", 2, 0 },
		{ "\xf0\x9f\x98\x80", 4, 4 },
		{ "\xc0\x80", 2, 0 }, /* overlong */
		{ "\xe0\x80\x80", 3, 0 },
		{ "\xf0\x80\x80\x80", 4, 0 },
		{ "ab\xed\xa0\x80", 5, 2 }, /* surrogate */
		{ "\xf4\x8f\xbf\xbf", 4, 4 }, /* U+10FFFF */
		{ "\xf4\x90\x80\x80", 4, 0 },
		{ "ok\x80", 3, 2 }, /* a lone continuation */
		{ "\xff", 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(utf8_valid_prefix((struct slice){
				     cases[i].text, cases[i].n }),
		    cases[i].valid);
}

/* East Asian width, combining marks (UAX 11); a stray byte is one column. */
static void
widths(void **state)
{
	(void)state;
	assert_int_equal(display_width(SLICE("")), 0);
	assert_int_equal(display_width(SLICE("Lead")), 4);
	assert_int_equal(display_width(SLICE("\xc3\xa4")), 1);
	assert_int_equal(display_width(SLICE("e\xcc\x81")), 1);
	assert_int_equal(display_width(SLICE("\xe6\xbc\xa2\xe5\xad\x97")), 4);
	assert_int_equal(display_width(SLICE("a\xff")), 2);
}

/* ---- numbers ---- */

/* The significant digits of a number's text: "0.0120e+5" has 12. Where an
 * exponent begins is a matter of taste, the digits are not. */
static void
digits_of(const char *text, char out[NUMBER_MAX])
{
	size_t n = 0;

	for (; *text && *text != 'e'; text++)
		if (*text >= (n ? '0' : '1') && *text <= '9')
			out[n++] = *text;
	while (n && out[n - 1] == '0')
		n--;
	out[n] = '\0';
}

static void
assert_shortest(double value, const char *shortest)
{
	char out[NUMBER_MAX], digits[NUMBER_MAX], expected[NUMBER_MAX];
	size_t length = number_text(out, value);

	digits_of(out, digits);
	digits_of(shortest, expected);
	if (strcmp(digits, expected) != 0 || strtod(out, NULL) != value)
		fail_msg("%a: '%s', expected '%s'", value, out, shortest);
	assert_int_equal(length, strlen(out));
}

static void
numbers_as_short_as_python_writes_them(void **state)
{
	FILE *in = fopen("tests/data/numbers.data", "r");
	char line[200];
	int n = 0;

	(void)state;
	assert_non_null(in);
	while (fgets(line, sizeof(line), in)) {
		char *tab = strchr(line, '\t');

		if (*line == '#')
			continue;
		assert_non_null(tab);
		tab[strcspn(tab, "\n")] = '\0';
		assert_shortest(strtod(line, NULL), tab + 1);
		n++;
	}
	fclose(in);
	assert_true(n > 200);
}

static void
numbers_as_people_write_them(void **state)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = { { 0, "0" }, { 12, "12" }, { -3, "-3" }, { 0.5, "0.5" },
		{ 0.75, "0.75" }, { -0.1, "-0.1" }, { 0.045, "0.045" },
		{ 1234567, "1234567" }, { 99999999999999, "99999999999999" },
		{ 0.0001, "0.0001" }, { 1e-5, "1e-05" } };
	char out[NUMBER_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		number_text(out, cases[i].value);
		assert_string_equal(out, cases[i].text);
	}
}

static void
numbers_that_are_none(void **state)
{
	char out[NUMBER_MAX] = "x";

	(void)state;
	assert_int_equal(number_text(out, NAN), 0);
	assert_string_equal(out, "");
	assert_int_equal(number_text(out, INFINITY), 0);
	assert_int_equal(number_text(out, -INFINITY), 0);
	assert_int_equal(number_text(out, -0.0), 1);
	assert_string_equal(out, "0");
}

/* What is printed reads back as the same double. */
static void
numbers_survive(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		char out[NUMBER_MAX];
		double value;
		size_t n;

		/* Knuth's MMIX constants (1997) */
		seed = seed * UINT64_C(6364136223846793005) +
		       UINT64_C(1442695040888963407);
		memcpy(&value, &seed, sizeof(value));
		if (!isfinite(value))
			continue;
		n = number_text(out, value);
		assert_true(n < NUMBER_MAX && strtod(out, NULL) == value);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices),
		cmocka_unit_test(trimming),
		cmocka_unit_test(the_first_error_wins),
		cmocka_unit_test(a_long_message_is_cut),
		cmocka_unit_test(folding),
		cmocka_unit_test(folding_what_is_not_text),
		cmocka_unit_test(folding_into_little_room),
		cmocka_unit_test(nearest),
		cmocka_unit_test(nearest_of_equals_is_the_first),
		cmocka_unit_test(nearest_of_the_very_long),
		cmocka_unit_test(null_words),
		cmocka_unit_test(sha256),
		cmocka_unit_test(sha256_in_base64),
		cmocka_unit_test(hashes_see_every_byte),
		cmocka_unit_test(valid_prefixes),
		cmocka_unit_test(widths),
		cmocka_unit_test(numbers_as_short_as_python_writes_them),
		cmocka_unit_test(numbers_as_people_write_them),
		cmocka_unit_test(numbers_that_are_none),
		cmocka_unit_test(numbers_survive),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
