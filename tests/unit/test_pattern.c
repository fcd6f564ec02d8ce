/*
 * test_pattern: what Perl's expressions match, by the manual of Perl
 * (perlre), and that none can take long. How many steps (a+)+$ needs is
 * known: it doubles with each further a (Friedl 2006, chapter 6), so that 40
 * of them are beyond any limit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "pattern.h"

#include <cmocka.h>

static int
setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static struct pattern *
compiled(struct arena *arena, const char *text)
{
	const char *why = "";
	struct pattern *pattern = pattern_new(arena, text, &why);

	if (!pattern)
		fail_msg("%s: %s", text, why);
	return pattern;
}

static void
what_matches(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool matches;
	} cases[] = {
		{ "(?i)director|head|vp|chief", "Sales DIRECTOR", true },
		{ "(?i)director|head|vp|chief", "Managing Partner", false },
		{ "director|head|vp|chief", "Sales DIRECTOR", false },
		{ "^VP\\b", "VP Sales", true },
		{ "^VP\\b", "VPN engineer", false },
		{ "^VP\\b", "Senior VP", false },
		{ "head(?! of it)", "head of it", false },
		{ "head(?! of it)", "head of ops", true },
		{ "^\\d{2,3}$", "500", true },
		{ "^\\d{2,3}$", "5000", false },
		/* letters of any script, and their case */
		{ "(?i)^gesch\303\244ftsf\303\274hrer$",
		    "GESCH\303\204FTSF\303\234HRER", true },
		{ "^\\w+$", "\340\244\250\340\244\256", true },
		{ "^.$", "\303\244", true },
		/* bytes that are no UTF-8 match nothing and do no harm */
		{ "a.b", "a\377b", false },
		{ "vp", "\377 vp", true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct pattern *p = compiled(*state, cases[i].pattern);
		enum pattern_result result =
		    pattern_match(p, slice_of(cases[i].text));

		if (result !=
		    (cases[i].matches ? PATTERN_MATCHES : PATTERN_MISSES))
			fail_msg("%s on %s: %d", cases[i].pattern,
			    cases[i].text, (int)result);
	}
}

static void
what_is_none(void **state)
{
	static const char *const wrong[] = { "dire(ctor", "[[:alpha:]", "*",
		"a{2,1}", "\\C", "(?<n>a)(?<n>b)",
		"((((((a{1,999}){1,999}){1,999}){1,999}){1,999}){1,999})" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		const char *why = NULL;

		assert_null(pattern_new(*state, wrong[i], &why));
		assert_non_null(why);
	}
}

#define LONG 100000

static void
hostile_texts_end(void **state)
{
	static char text[LONG];
	static const char *const patterns[] = { "(a+)+$", "(a|a)*b?$", "(a*)*$",
		"^(?:(?:a?){9})*c?$", "(.*)(.*)(.*)(.*)b?!!" };

	memset(text, 'a', sizeof(text));
	text[LONG - 1] = '!';
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		struct pattern *p = compiled(*state, patterns[i]);

		if (pattern_match(p, (struct slice){ text, LONG }) !=
		    PATTERN_TOO_LONG)
			fail_msg("%s ends by itself", patterns[i]);
		/* and the next text is matched as if nothing had been */
		assert_false(pattern_exhausted(p));
	}
	assert_int_equal(pattern_match(compiled(*state, "(a+)+$"),
			     (struct slice){ text + LONG - 41, 41 }),
	    PATTERN_TOO_LONG);
}

/* No limit a text: 2000 texts of 100,000 steps are the limit of all. */
static void
many_hostile_texts_end(void **state)
{
	static char text[41];
	struct pattern *p = compiled(*state, "(a+)+$");
	unsigned n = 0;

	memset(text, 'a', sizeof(text) - 1);
	text[40] = '!';
	for (; !pattern_exhausted(p); n++)
		assert_int_equal(pattern_match(p, (struct slice){ text, 41 }),
		    PATTERN_TOO_LONG);
	assert_int_equal(n, PATTERN_ALL_STEPS_MAX / PATTERN_STEPS_MAX);
	assert_int_equal(pattern_match(p, SLICE("a")), PATTERN_TOO_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_matches, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_none, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    hostile_texts_end, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    many_hostile_texts_end, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
