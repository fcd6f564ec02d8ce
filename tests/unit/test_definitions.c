/*
 * The definitions file: every value arrives, every mistake is named with its
 * place, and no bytes whatever do harm. The messages are cases in
 * tests/data/definitions.data; what the example holds was read off the file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "definitions.h"

#include <cmocka.h>

#define FILE_MAX ((size_t)1 << 16)

static char file_bytes[FILE_MAX];

static struct slice
read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t n;

	if (!file)
		fail_msg("cannot open %s", path);
	n = fread(file_bytes, 1, FILE_MAX, file);
	assert_true(n < FILE_MAX);
	fclose(file);
	return (struct slice){ file_bytes, n };
}

static struct arena *
new_arena(void)
{
	struct arena *arena = arena_new();

	assert_non_null(arena);
	return arena;
}

/* Parses; returns "ok" or the message. */
static const char *
parse(struct arena *arena, struct slice yaml, struct definitions *out)
{
	static struct fnl_err err;

	err = (struct fnl_err){ .code = FNL_OK };
	if (setjmp(*arena_catch(arena)))
		return "out of memory";
	if (definitions_parse(arena, "funnel.yaml", yaml, out, &err) == 0) {
		assert_int_equal(err.code, FNL_OK);
		return "ok";
	}
	assert_int_equal(err.code, FNL_DATA);
	return err.message;
}

static void
assert_parses_to(struct slice yaml, const char *expected)
{
	struct arena *arena = new_arena();
	struct definitions definitions;

	assert_string_equal(parse(arena, yaml, &definitions), expected);
	arena_free(arena);
}

/* "funnel.yaml:LINE:COLUMN: something", or "ok" */
static bool
has_place(const char *message)
{
	unsigned line = 0, column = 0;
	char after = 0;

	if (strcmp(message, "ok") == 0)
		return true;
	return sscanf(message, "funnel.yaml:%u:%u: %c", &line, &column,
		   &after) == 3 &&
	       line >= 1 && column >= 1;
}

static void
test_cases(void **state)
{
	struct slice data = read_file("tests/data/definitions.data");
	char *at, *next;
	unsigned n = 0;

	(void)state;
	file_bytes[data.n] = '\0';
	at = strstr(file_bytes, "\n### ") + 1;
	for (; at; at = next, n++) {
		char *yaml = strchr(at, '\n') + 1;
		char expected[FNL_MESSAGE_MAX];
		bool ok = strncmp(at, "### ok\n", 7) == 0;

		next = strstr(yaml - 1, "\n### ");
		next = next ? next + 1 : NULL;
		snprintf(expected, sizeof(expected), "%s%.*s",
		    ok ? "" : "funnel.yaml:", (int)(yaml - at - 5), at + 4);
		assert_parses_to(
		    (struct slice){
			yaml, next ? (size_t)(next - yaml) : strlen(yaml) },
		    expected);
	}
	assert_true(n >= 100);
}

static void
assert_texts(struct texts texts, const char *joined)
{
	char text[1000] = "";
	size_t n = 0;

	for (unsigned i = 0; i < texts.n; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s",
		    i ? "|" : "", texts.items[i]);
	assert_string_equal(text, joined);
}

static void
test_example_stages(void **state)
{
	struct arena *arena = new_arena();
	struct definitions d;

	(void)state;
	assert_string_equal(
	    parse(arena, read_file("tests/data/definitions-example.yaml"), &d),
	    "ok");
	assert_string_equal(d.path, "funnel.yaml");
	assert_string_equal(d.version, "2026-Q4");
	assert_string_equal(d.company, "Example Industries");
	assert_string_equal(d.timezone, "Asia/Kolkata");
	assert_string_equal(d.currency, "INR");
	assert_string_equal(d.rates, "rates.csv");
	assert_int_equal(d.fiscal_month, 4);
	assert_int_equal(d.n_stages, 10);
	assert_string_equal(d.stages[0].name, "Lead");
	assert_int_equal(d.stages[0].aliases.n, 0);
	assert_null(d.stages[0].rule);
	assert_string_equal(d.stages[1].owner, "marketing");
	assert_string_equal(d.stages[1].rule, "mql");
	assert_texts(d.stages[1].aliases,
	    "Marketing Qualified Lead|marketingqualifiedlead");
	assert_string_equal(
	    d.stages[1].means, "Matches the ICP and the engagement threshold");
	assert_texts(d.stages[3].requires, "Budget|Authority|Need|Timeline");
	assert_false(d.stages[4].optional);
	assert_true(d.stages[5].optional);
	assert_int_equal(d.stages[5].outcome, OUTCOME_NONE);
	assert_int_equal(d.stages[6].outcome, OUTCOME_WON);
	assert_int_equal(d.stages[7].outcome, OUTCOME_LOST);
	assert_int_equal(d.stages[8].outcome, OUTCOME_REJECTED);
	assert_int_equal(d.stages[9].outcome, OUTCOME_RECYCLED);
	assert_int_equal(d.n_sources, 4);
	assert_string_equal(d.sources[0].team, "marketing");
	assert_texts(d.sources[0].aliases, "google_ads|Google Ads|cpc");
	assert_int_equal(d.sources[3].aliases.n, 0);
	assert_int_equal(d.n_columns, 2);
	assert_string_equal(d.columns[0].field, "amount");
	assert_null(d.columns[0].stage);
	assert_string_equal(d.columns[0].column, "Deal Value (INR)");
	assert_null(d.columns[1].field);
	assert_string_equal(d.columns[1].stage, "MQL");
	arena_free(arena);
}

static void
test_example_rules(void **state)
{
	struct arena *arena = new_arena();
	const struct criterion *icp;
	struct definitions d;

	(void)state;
	assert_string_equal(
	    parse(arena, read_file("tests/data/definitions-example.yaml"), &d),
	    "ok");
	assert_int_equal(d.n_criteria, 2);
	assert_string_equal(d.criteria[0].name, "mql");
	assert_int_equal(d.criteria[0].n_criteria, 2);
	assert_true(*d.criteria[0].criteria[0].at_least == 50);
	assert_null(d.criteria[0].criteria[0].at_most);
	assert_null(d.criteria[0].criteria[0].between);
	icp = d.criteria[1].criteria;
	assert_int_equal(d.criteria[1].n_criteria, 4);
	assert_texts(icp[0].any_of, "Manufacturing|Software");
	assert_true(icp[1].between[0] == 50 && icp[1].between[1] == 5000);
	assert_null(icp[1].at_least);
	assert_texts(icp[2].touch, "Webinar|Pricing page|Demo request");
	assert_null(icp[2].column);
	assert_string_equal(
	    icp[3].matches, "(?i)director|head|vp|chief|founder");
	assert_texts(d.rejection_reasons,
	    "Wrong persona|Poor timing|No active need|Out of ICP");
	assert_int_equal(d.n_calendars, 1);
	assert_string_equal(d.calendars[0].timezone, "Asia/Kolkata");
	assert_texts(d.calendars[0].hours,
	    "Mon 09:30-13:00|Mon 13:30-18:30|Tue-Fri 09:30-18:30");
	assert_texts(d.calendars[0].holidays, "holidays-2026.ics|2026-01-26");
	arena_free(arena);
}

static void
test_example_commitments(void **state)
{
	struct arena *arena = new_arena();
	struct definitions d;

	(void)state;
	assert_string_equal(
	    parse(arena, read_file("tests/data/definitions-example.yaml"), &d),
	    "ok");
	assert_int_equal(d.n_sla, 8);
	assert_string_equal(d.sla[0].name, "follow-up");
	assert_string_equal(d.sla[0].owner, "sales");
	assert_string_equal(d.sla[0].start, "SAL");
	assert_string_equal(d.sla[0].stop, "sales touch");
	assert_string_equal(d.sla[0].within, "24h");
	assert_string_equal(d.sla[0].calendar, "india");
	assert_string_equal(d.sla[0].promise, "90%");
	assert_null(d.sla[0].attempts);
	assert_true(*d.sla[2].attempts == 5);
	assert_texts(d.sla[2].channels, "call|email");
	assert_string_equal(d.sla[4].count, "MQL");
	assert_string_equal(d.sla[4].passing, "icp");
	assert_string_equal(d.sla[4].per, "month");
	assert_true(*d.sla[4].at_least == 120);
	assert_string_equal(d.sla[5].at, "SAL");
	assert_texts(d.sla[5].filled, "Lead Source|Campaign|Last Page|Notes");
	assert_string_equal(d.sla[6].share_of, "SAL");
	assert_true(d.sla[6].touched);
	assert_string_equal(d.sla[7].rejected_with, "rejection_reasons");
	assert_texts(d.sales_touches.types, "call|email|meeting");
	assert_string_equal(d.sales_touches.by.column, "Team");
	assert_texts(d.sales_touches.by.any_of, "Sales");
	assert_string_equal(d.sales_touches.automated.column, "Automated");
	assert_string_equal(d.attribution.touches_within, "90d");
	assert_string_equal(d.attribution.conversion, "Opportunity");
	assert_string_equal(d.attribution.key, "channel");
	assert_string_equal(d.attribution.marketing_sourced, "first");
	assert_texts(d.attribution.models,
	    "first|last|linear|u|w|time_decay|markov|shapley");
	assert_int_equal(d.n_targets, 1);
	assert_string_equal(d.targets[0].period, "2026-Q4");
	assert_true(d.targets[0].revenue == 50000000);
	arena_free(arena);
}

static void
test_defaults(void **state)
{
	struct arena *arena = new_arena();
	struct definitions d;

	(void)state;
	assert_string_equal(
	    parse(arena, SLICE("stages: [{ name: Lead }]\n"), &d), "ok");
	assert_null(d.version);
	assert_null(d.timezone);
	assert_int_equal(d.fiscal_month, 1);
	assert_int_equal(d.n_sla, 0);
	assert_null(d.attribution.conversion);
	assert_null(d.attribution.points.lead);
	/* printf 'stages: [{ name: Lead }]\n' | sha256sum */
	assert_string_equal(d.sha256, "adcdfa2a933a53feaf824e4def107c24"
				      "99be7ad8c62870d6dffa9a38a7106885");
	arena_free(arena);
}

static void
test_sample(void **state)
{
	struct arena *arena = new_arena();
	struct fnl_err err = { .code = FNL_OK };
	struct definitions d;

	(void)state;
	if (setjmp(*arena_catch(arena)))
		fail_msg("out of memory");
	assert_int_equal(
	    definitions_read(arena, "samples/funnel.yaml", &d, &err), 0);
	assert_string_equal(d.path, "samples/funnel.yaml");
	assert_int_equal(d.n_stages, 10);
	assert_string_equal(d.stages[5].name, "Proposal");
	assert_true(d.stages[5].optional);
	assert_string_equal(d.stages[6].name, "Closed Won");
	assert_int_equal(d.fiscal_month, 4);
	assert_string_equal(d.currency, "INR");
	assert_string_equal(d.timezone, "Asia/Kolkata");
	arena_free(arena);
}

/* The next display of the manual page at *at, its '\e' undone, or NULL. */
static char *
next_display(char **at, const char *start)
{
	char *text = strstr(*at, start);
	char *end, *out;

	if (!text)
		return NULL;
	text += strlen(start);
	end = strstr(text, ".Ed\n");
	assert_non_null(end);
	*at = end + 1;
	out = text;
	for (char *in = text; in < end; in++) {
		*out++ = *in;
		if (in[0] == '\\' && in[1] == 'e')
			in++;
	}
	*out = '\0';
	return text;
}

static void
test_manual_sample(void **state)
{
	static char sample[FILE_MAX];
	struct slice file = read_file("samples/funnel.yaml");
	char *at = file_bytes;
	char *shown;

	(void)state;
	memcpy(sample, file.p, file.n);
	file = read_file("man/funnel-definitions.5");
	file_bytes[file.n] = '\0';
	shown = next_display(&at, ".\\\" samples/funnel.yaml\n.Bd -literal\n");
	assert_non_null(shown);
	assert_string_equal(shown, sample);
}

/* The pieces that the manual shows are right, alone or all together. */
static void
test_manual_pieces(void **state)
{
	static char all[FILE_MAX];
	struct slice file = read_file("man/funnel-definitions.5");
	char *at = file_bytes;
	unsigned n_pieces = 0;
	size_t n = (size_t)snprintf(all, sizeof(all),
	    "stages: [{ name: MQL }, { name: SAL }, { name: Opportunity }, "
	    "{ name: Nurture, outcome: recycled }]\n");
	char *piece;

	(void)state;
	file_bytes[file.n] = '\0';
	while ((piece = next_display(&at, ".Bd -literal -offset indent\n"))) {
		if (strncmp(piece, "funnel.yaml:", 12) == 0 ||
		    strncmp(piece, "currency,from,rate", 18) == 0)
			continue; /* a message, a rate file */
		n_pieces++;
		if (strncmp(piece, "stages:", 7) == 0)
			assert_parses_to(slice_of(piece), "ok");
		else
			n += (size_t)snprintf(
			    all + n, sizeof(all) - n, "%s", piece);
	}
	assert_parses_to((struct slice){ all, n }, "ok");
	assert_int_equal(n_pieces, 14);
}

static void
test_files_that_cannot_be_read(void **state)
{
	static const char *const paths[] = { "tests/data/no-such.yaml",
		"tests/data" };
	struct arena *arena = new_arena();
	struct definitions d;

	(void)state;
	if (setjmp(*arena_catch(arena)))
		fail_msg("out of memory");
	for (size_t i = 0; i < 2; i++) {
		struct fnl_err err = { .code = FNL_OK };

		assert_int_equal(
		    definitions_read(arena, paths[i], &d, &err), -1);
		assert_int_equal(err.code, FNL_SYSTEM);
		assert_non_null(strstr(err.message, paths[i]));
	}
	arena_free(arena);
}

/* Every beginning of the sample is a file that is fine or has a place where
 * it is not. */
static void
test_truncations(void **state)
{
	struct slice whole = read_file("samples/funnel.yaml");

	(void)state;
	for (size_t n = 0; n <= whole.n; n++) {
		struct arena *arena = new_arena();
		char *copy = arena_grow(arena, NULL, n + 1);
		struct definitions d;
		const char *message;

		memcpy(copy, whole.p, n);
		message = parse(arena, (struct slice){ copy, n }, &d);
		if (!has_place(message))
			fail_msg("first %zu bytes: %s", n, message);
		arena_free(arena);
	}
}

/* So is the sample with any one byte replaced. */
static void
test_mutations(void **state)
{
	static const char bytes[] = "\t\n\"'#&*-:[]{}|>%@\\\xff\xc3\x01";
	struct slice whole = read_file("samples/funnel.yaml");

	(void)state;
	for (size_t i = 0; i < whole.n; i++) {
		struct arena *arena = new_arena();
		char kept = file_bytes[i];
		struct definitions d;
		const char *message;

		file_bytes[i] = bytes[(i * 7) % (sizeof(bytes) - 1)];
		message = parse(arena, whole, &d);
		if (!has_place(message))
			fail_msg("byte %zu: %s", i, message);
		file_bytes[i] = kept;
		arena_free(arena);
	}
}

/* head, then count times a printf of part with the number, then tail */
static struct slice
repeated(const char *head, const char *part, unsigned count, const char *tail)
{
	size_t n = (size_t)snprintf(file_bytes, FILE_MAX, "%s", head);

	for (unsigned i = 0; i < count; i++)
		n += (size_t)snprintf(
		    file_bytes + n, FILE_MAX - n, "%s%u", part, i);
	n += (size_t)snprintf(file_bytes + n, FILE_MAX - n, "%s", tail);
	assert_true(n < FILE_MAX);
	return (struct slice){ file_bytes, n };
}

static void
test_limits(void **state)
{
	(void)state;
	assert_parses_to(repeated("stages:", "\n- name: s", 60, "\n"), "ok");
	assert_parses_to(repeated("stages:", "\n- name: s", 61, "\n"),
	    "funnel.yaml:62:9: more than 60 ranked stages");
	assert_parses_to(repeated("stages:", "\n- name: s", 60,
			     "\n- { name: Won, outcome: won }"),
	    "funnel.yaml:62:11: more than 60 ranked stages");
	assert_parses_to(repeated("stages:\n- name: Lead",
			     "\n- outcome: lost\n"
			     "  name: s",
			     99, "\n"),
	    "ok");
	assert_parses_to(repeated("stages:", "\n- name: s", 101, "\n"),
	    "funnel.yaml:102:3: too many entries in 'stages' (at most 100)");
	assert_parses_to(repeated("stages: [{ name: Lead }]\nsources:",
			     "\n- name: s", 1000, "\n"),
	    "ok");
	assert_parses_to(repeated("stages: [{ name: Lead }]\nsources:",
			     "\n- name: s", 1001, "\n"),
	    "funnel.yaml:1003:3: too many entries in 'sources' (at most 1000)");
}

static void
test_long_texts(void **state)
{
	char name[DEFINITIONS_MAX_NAME + 2];
	char text[DEFINITIONS_MAX_NAME + 40];

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	snprintf(text, sizeof(text), "stages: [{ name: %s }]", name);
	assert_parses_to(slice_of(text),
	    "funnel.yaml:1:18: 'name' is longer than 200 bytes");
	snprintf(text, sizeof(text), "stages: [{ name: %s }]", name + 1);
	assert_parses_to(slice_of(text), "ok");
}

static void
test_bytes(void **state)
{
	static const size_t large = DEFINITIONS_MAX_BYTES + 1;
	struct arena *arena = new_arena();
	char *blanks = arena_grow(arena, NULL, large);

	(void)state;
	memset(blanks, ' ', large);
	assert_parses_to((struct slice){ blanks, large },
	    "funnel.yaml:1:1: the file is larger than 1048576 bytes");
	memset(blanks, '[', large - 1);
	assert_parses_to((struct slice){ blanks, large - 1 },
	    "funnel.yaml:1:1: the file must be keys with values, such as "
	    "name: a");
	arena_free(arena);
	/* Latin-1, behind a character of two bytes that counts as one */
	assert_parses_to(SLICE("version: 1\ncompany: \xc3\xa9 caf\xe9\n"),
	    "funnel.yaml:2:15: byte 0xe9 is not UTF-8 (save the file as "
	    "UTF-8)");
	assert_parses_to(SLICE("stages: [{ name: Lead }]\n\0"),
	    "funnel.yaml:2:1: not YAML: control characters are not allowed");
	assert_parses_to(
	    SLICE("\xef\xbb\xbfstages: [{ name: Lead }]\r\n"), "ok");
	assert_parses_to(
	    SLICE(
		"version: 1\r\nstages:\r\n  - name: Lead\r\n    alias: x\r\n"),
	    "funnel.yaml:4:5: unknown key 'alias' (did you mean 'aliases'?)");
}

static void
test_fiscal_months(void **state)
{
	static const char *const months[] = { "January", "February", "March",
		"April", "May", "June", "July", "August", "September",
		"October", "November", "December" };
	struct definitions d;

	(void)state;
	for (int i = 0; i < 12; i++) {
		char forms[3][20];

		snprintf(forms[0], sizeof(forms[0]), "%s", months[i]);
		snprintf(forms[1], sizeof(forms[1]), "%.3s", months[i]);
		snprintf(forms[2], sizeof(forms[2]), "%d", i + 1);
		for (int k = 0; k < 3; k++) {
			struct arena *arena = new_arena();
			char text[160];

			snprintf(text, sizeof(text),
			    "fiscal_year_starts: %s\nstages: [{ name: L }]",
			    forms[k]);
			assert_string_equal(
			    parse(arena, slice_of(text), &d), "ok");
			assert_int_equal(d.fiscal_month, i + 1);
			arena_free(arena);
		}
	}
}

static void
test_outcome_names(void **state)
{
	(void)state;
	assert_string_equal(outcome_name(OUTCOME_NONE), "open");
	assert_string_equal(outcome_name(OUTCOME_WON), "won");
	assert_string_equal(outcome_name(OUTCOME_LOST), "lost");
	assert_string_equal(outcome_name(OUTCOME_REJECTED), "rejected");
	assert_string_equal(outcome_name(OUTCOME_RECYCLED), "recycled");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_example_stages),
		cmocka_unit_test(test_example_rules),
		cmocka_unit_test(test_example_commitments),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_sample),
		cmocka_unit_test(test_manual_sample),
		cmocka_unit_test(test_manual_pieces),
		cmocka_unit_test(test_files_that_cannot_be_read),
		cmocka_unit_test(test_truncations),
		cmocka_unit_test(test_mutations),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_fiscal_months),
		cmocka_unit_test(test_outcome_names),
	};

	return cmocka_run_group_tests_name("definitions", tests, NULL, NULL);
}
