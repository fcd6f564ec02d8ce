/*
 * test_criteria: rules of a definitions file over small exports. Expected
 * results are read off the rows by the rules of criteria.h and
 * funnel-definitions(5): "." holds, "x" fails, "b" fails because the cell is
 * blank, "?" fails because it cannot be decided, one letter a criterion.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "criteria.h"

#include <cmocka.h>

#include "outside_fixture.h"

#define RULE 0 /* the one rule, or the first column, that a test asks for */

struct asked { /* by a test, of criteria_new() to criteria_settle() */
	const char *rule;
	const char *columns[4];
	bool lenient;
	bool touches;
	struct criteria *criteria;
};

static struct asked asked;
static char definitions_path[1100];

static int
fresh(void **state)
{
	asked = (struct asked){ .rule = NULL };
	*definitions_path = '\0';
	return setup(state);
}

static int
clean(void **state)
{
	if (*definitions_path)
		unlink(definitions_path);
	return outside_teardown(state);
}

/* The definitions: stages, and what a test adds. */
static void
agree(struct fixture *f, const char *yaml)
{
	FILE *out;

	snprintf(definitions_path, sizeof(definitions_path), "%s/funnel.yaml",
	    f->directory);
	f->input.definitions = definitions_path;
	out = fopen(definitions_path, "w");
	assert_non_null(out);
	fprintf(out,
	    "stages: [{ name: Lead }, { name: MQL }, { name: Won, outcome: won "
	    "}]\n%s",
	    yaml);
	assert_int_equal(fclose(out), 0);
}

static int
plan(struct load *load, void *context, struct fnl_err *err)
{
	struct asked *a = context;
	size_t number;

	a->criteria = criteria_new(load);
	for (size_t i = 0; a->columns[i]; i++) {
		if (criteria_add_column(a->criteria, a->columns[i],
			"commitment 'context'", a->lenient, &number, err) < 0)
			return -1;
		assert_int_equal(number, i);
	}
	if (!a->rule)
		return 0;
	if (criteria_add(
		a->criteria, a->rule, "--rule", a->lenient, &number, err) < 0)
		return -1;
	assert_int_equal(number, RULE);
	return 0;
}

static int
run(struct fixture *f)
{
	struct touch_options options = { .files = {
					     outside_files, n_outside } };
	struct touches *touches = NULL;

	f->load->plan = plan;
	f->load->plan_context = &asked;
	f->load->wants = join_wants;
	f->load->n_wants = f->load->n_own_wants = JOIN_WANTS;
	if (load_input(f->arena, &f->input, f->load, &f->err) < 0)
		return -1;
	if (asked.touches &&
	    touches_load(f->load, &options, &touches, &f->err) < 0)
		return -1;
	return criteria_settle(asked.criteria, touches, &f->err);
}

static void
assert_runs(struct fixture *f)
{
	if (run(f) < 0)
		fail_msg("%s", f->err.message);
}

static void
assert_refused(struct fixture *f, enum fnl_code code, const char *part)
{
	assert_int_equal(run(f), -1);
	if (!strstr(f->err.message, part))
		fail_msg("'%s' does not say '%s'", f->err.message, part);
	assert_int_equal(f->err.code, code);
}

static const char *
letters(struct fixture *f, const char *id, struct when at)
{
	struct criteria_result r =
	    criteria_of(asked.criteria, RULE, record_of(f, id), at);
	unsigned n = criteria_rule(asked.criteria, RULE)->n_criteria;
	char *text = arena_alloc(f->arena, n + 1);

	assert_int_equal(r.blank & r.unread, 0);
	assert_int_equal((r.blank | r.unread) & ~r.failed, 0);
	assert_int_equal(n < 64 ? r.failed >> n : 0, 0);
	assert_int_equal(criteria_pass(r), r.failed == 0);
	for (unsigned i = 0; i < n; i++)
		text[i] = r.blank >> i & 1    ? 'b'
			  : r.unread >> i & 1 ? '?'
			  : r.failed >> i & 1 ? 'x'
					      : '.';
	return text;
}

static const struct when never = { 0, WHEN_UNKNOWN };

#define assert_judged(f, id, expected) \
	assert_string_equal(letters(f, id, never), expected)

/* ---- Columns ---- */

/* The four parts of the example of the specification, without its touches. */
static void
the_profile(void **state)
{
	struct fixture *f = *state;

	agree(f,
	    "criteria:\n"
	    "  - name: icp\n"
	    "    all:\n"
	    "      - { name: industry, column: Industry,\n"
	    "          any_of: [Manufacturing, Software] }\n"
	    "      - { name: size, column: Employees, between: [50, 5000] }\n"
	    "      - { name: role, column: Title,\n"
	    "          matches: \"(?i)director|head|vp|chief|founder\" }\n"
	    "      - { name: score, column: Lead Score, at_least: 50 }\n");
	give(f,
	    "Record ID,Stage,Create Date,Industry,Employees,Title,Lead Score\n"
	    "1,Lead,2026-01-05,Manufacturing,50,VP Sales,50\n"
	    "2,Lead,2026-01-05,manu_facturing,5000,co-founder,49.9999\n"
	    "3,Lead,2026-01-05,Retail,49,Manager,1000\n"
	    "4,Lead,2026-01-05,,,,\n"
	    "5,Lead,2026-01-05,Unknown,N/A,-,null\n"
	    "6,Lead,2026-01-05,SOFTWARE,5001,Sales director,\n"
	    "7,Lead,2026-01-05,Software ,51-200,CHIEF of staff,fifty\n");
	asked.rule = "ICP";
	assert_runs(f);
	assert_judged(f, "1", "....");
	assert_judged(f, "2", "...x");
	assert_judged(f, "3", "xxx.");
	assert_judged(f, "4", "bbbb");
	assert_judged(f, "5", "bbbb");
	assert_judged(f, "6", ".x.b");
	assert_judged(f, "7", ".?.?");
	assert_null(criteria_undecided(asked.criteria, RULE));
	assert_null(criteria_doubt(asked.criteria, RULE, 0, f->arena));
	assert_string_equal(criteria_doubt(asked.criteria, RULE, 1, f->arena),
	    "rule 'icp', criterion 'size': 1 (records that do not pass "
	    "because their 'Employees' is no number, such as '51-200')");
}

/* Several tests of one criterion: all hold. What fails one of them fails,
 * even if another cannot be decided. */
static void
several_tests_of_a_column(void **state)
{
	struct fixture *f = *state;

	agree(f,
	    "criteria:\n"
	    "  - name: r\n"
	    "    all:\n"
	    "      - { name: a, column: Size, at_least: 10, at_most: 20.5,\n"
	    "          any_of: [10, 20.5, 21, many], matches: \"^[12m]\" }\n"
	    "      - { name: b, column: Size, at_least: 10, between: [0, 15] "
	    "}\n"
	    "      - { name: c, column: Size, at_least: 1, matches: m }\n");
	give(f, "Record ID,Stage,Create Date,Size\n"
		"1,Lead,2026-01-05,10\n"
		"2,Lead,2026-01-05,20.5\n"
		"3,Lead,2026-01-05,21\n"
		"4,Lead,2026-01-05,15\n"
		"5,Lead,2026-01-05,many\n"
		"6,Lead,2026-01-05,few\n");
	asked.rule = "r";
	assert_runs(f);
	assert_judged(f, "1", "..x");
	assert_judged(f, "2", ".xx");
	assert_judged(f, "3", "xxx");
	assert_judged(f, "4", "x.x");
	assert_judged(f, "5", "???");
	assert_judged(f, "6", "x?x");
}

static void
decimal_comma(void **state)
{
	struct fixture *f = *state;

	agree(f, "criteria:\n"
		 "  - name: r\n"
		 "    all: [{ name: big, column: Umsatz, at_least: 1234 }]\n");
	give(f, "Record ID;Stage;Create Date;Umsatz\n"
		"1;Lead;2026-01-05;1.234\n" /* only 3 tells how it is meant */
		"2;Lead;2026-01-05;1.233,99\n"
		"3;Lead;2026-01-05;12,50\n"
		"4;Lead;2026-01-05;1234,00\n");
	asked.rule = "r";
	assert_runs(f);
	assert_judged(f, "1", ".");
	assert_judged(f, "2", "x");
	assert_judged(f, "3", "x");
	assert_judged(f, "4", ".");
}

#define COMMA                                  \
	"Record ID;Stage;Create Date;Umsatz\n" \
	"1;Lead;2026-01-05;1.234\n2;Lead;2026-01-05;5\n"

static void
no_proof_of_the_decimal_mark(void **state)
{
	struct fixture *f = *state;

	agree(f, "criteria:\n"
		 "  - name: r\n"
		 "    all: [{ name: big, column: Umsatz, at_least: 1000 }]\n");
	give(f, COMMA);
	asked.rule = "r";
	assert_refused(f, FNL_DATA,
	    "rule 'r', criterion 'big': no number of 'Umsatz' shows whether");
}

static void
the_given_decimal_mark(void **state)
{
	struct fixture *f = *state;

	agree(f, "criteria:\n"
		 "  - name: r\n"
		 "    all: [{ name: big, column: Umsatz, at_least: 1000 }]\n");
	give(f, COMMA);
	f->input.decimal = "point";
	asked.rule = "r";
	assert_runs(f);
	assert_judged(f, "1", "x"); /* 1.234 */
	assert_judged(f, "2", "x");
}

/* Agreed words, as --by knows them: sources and teams. */
static void
agreed_values(void **state)
{
	struct fixture *f = *state;

	agree(f, "sources:\n"
		 "  - { name: Paid, team: marketing, aliases: [google_ads] }\n"
		 "  - { name: Outbound, team: sales }\n"
		 "criteria:\n"
		 "  - name: r\n"
		 "    all:\n"
		 "      - { name: source, column: source, any_of: [paid] }\n"
		 "      - { name: team, column: team, any_of: [marketing] }\n");
	give(f, "Record ID,Stage,Create Date,Lead Source\n"
		"1,Lead,2026-01-05,Google Ads\n"
		"2,Lead,2026-01-05,Outbound\n"
		"3,Lead,2026-01-05,Fair\n"
		"4,Lead,2026-01-05,\n");
	asked.rule = "r";
	assert_runs(f);
	assert_judged(f, "1", "..");
	assert_judged(f, "2", "xx");
	assert_judged(f, "3", "xb");
	assert_judged(f, "4", "bb");
}

/* A word that means blank is none where any_of lists it. */
static void
a_listed_blank_word(void **state)
{
	struct fixture *f = *state;

	agree(f, "blank: [tbd]\n"
		 "criteria:\n"
		 "  - name: r\n"
		 "    all:\n"
		 "      - { name: a, column: Size, any_of: [TBD, small] }\n"
		 "      - { name: b, column: Size, matches: . }\n");
	give(f, "Record ID,Stage,Create Date,Size\n"
		"1,Lead,2026-01-05,tbd\n"
		"2,Lead,2026-01-05,Unknown\n" /* no longer a blank word */
		"3,Lead,2026-01-05,\n");
	asked.rule = "r";
	assert_runs(f);
	assert_judged(f, "1", ".b");
	assert_judged(f, "2", "x.");
	assert_judged(f, "3", "bb");
	assert_string_equal(
	    criteria_blank(asked.criteria, f->arena), "an empty cell, 'tbd'");
}

/* A web form can send this; (a+)+$ needs 2^40 steps for it. */
static void
a_hostile_cell(void **state)
{
	struct fixture *f = *state;

	agree(f,
	    "criteria:\n"
	    "  - name: r\n"
	    "    all: [{ name: role, column: Title, matches: \"(a+)+$\" }]\n");
	give(f, "Record ID,Stage,Create Date,Title\n"
		"1,Lead,2026-01-05,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n"
		"2,Lead,2026-01-05,aaaa\n"
		"3,Lead,2026-01-05,aaab!\n");
	asked.rule = "r";
	assert_runs(f);
	assert_judged(f, "1", "?");
	assert_judged(f, "2", ".");
	assert_judged(f, "3", "x");
	assert_string_equal(criteria_doubt(asked.criteria, RULE, 0, f->arena),
	    "rule 'r', criterion 'role': 1 (records that do not pass because "
	    "their 'Title' takes the regular expression too long, such as "
	    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')");
}

/* The example of a doubt is the first in the order of texts, not of rows. */
static void
examples_in_order(void **state)
{
	struct fixture *f = *state;

	agree(f, "criteria:\n"
		 "  - name: r\n"
		 "    all: [{ name: a, column: Size, at_most: 3 }]\n");
	give(f, "Record ID,Stage,Create Date,Size\n"
		"1,Lead,2026-01-05,some\n"
		"2,Lead,2026-01-05,few\n"
		"3,Lead,2026-01-05,some\n");
	asked.rule = "r";
	assert_runs(f);
	assert_string_equal(criteria_doubt(asked.criteria, RULE, 0, f->arena),
	    "rule 'r', criterion 'a': 3 (records that do not pass because "
	    "their 'Size' is no number, such as 'few')");
}

static void
read_history(struct fixture *f, const char *segment_at)
{
	agree(f, "criteria:\n"
		 "  - name: r\n"
		 "    all: [{ name: a, column: Score, at_least: 50 }]\n");
	give(f, "Deal ID,Stage,Stage entered,Score\n"
		"1,Lead,2026-01-01,40\n"
		"1,MQL,2026-01-05,60\n"
		"2,Lead,2026-01-01,70\n"
		"2,MQL,2026-01-05,30\n");
	f->input.segment_at = segment_at;
	asked.rule = "r";
	assert_runs(f);
}

/* A history that has the column: its first value, as --by shows it. */
static void
values_of_a_history(void **state)
{
	struct fixture *f = *state;

	read_history(f, NULL);
	assert_judged(f, "1", "x");
	assert_judged(f, "2", ".");
}

static void
values_of_a_history_at_a_stage(void **state)
{
	struct fixture *f = *state;

	read_history(f, "stage:MQL");
	assert_judged(f, "1", ".");
	assert_judged(f, "2", "x");
}

/* One term, whether --by, a rule or a list names it. */
static void
a_column_named_twice(void **state)
{
	struct fixture *f = *state;
	const char *by = "industry";

	agree(f,
	    "criteria:\n"
	    "  - name: r\n"
	    "    all: [{ name: a, column: Industry, any_of: [Retail] }]\n");
	give(f, "Record ID,Stage,Create Date,Industry\n"
		"1,Lead,2026-01-05,retail\n2,Lead,2026-01-05,\n");
	f->input.by = (struct fnl_list){ &by, 1 };
	asked.rule = "r";
	asked.columns[0] = "INDUSTRY";
	assert_runs(f);
	assert_int_equal(f->load->segments.n, 1);
	assert_int_equal(f->load->segments.n_by, 1);
	assert_judged(f, "1", ".");
	assert_judged(f, "2", "b");
	assert_true(criteria_filled(asked.criteria, 0, record_of(f, "1")));
	assert_false(criteria_filled(asked.criteria, 0, record_of(f, "2")));
}

/* ---- Touches ---- */

#define LOG                                 \
	"deal_id,date,channel,campaign\n"   \
	"1,2026-01-10,Webinar,Spring\n"     \
	"1,2026-01-12,Email,pricing_page\n" \
	"1,2026-01-12,Email,News\n"         \
	"1,2026-02-01,WEBINAR,Autumn\n"     \
	"2,2026-01-12 18:00,Email,Pricing Page\n"

static void
give_touched(struct fixture *f, const char *criterion)
{
	agree(f, arena_printf(f->arena,
		     "sources: [{ name: Event, aliases: [Webinar] }]\n"
		     "criteria:\n"
		     "  - name: r\n"
		     "    all: [{ name: intent, %s }]\n",
		     criterion));
	give(f, "Record ID,Stage,Create Date\n"
		"1,Lead,2026-01-05\n2,Lead,2026-01-05\n3,Lead,2026-01-05\n");
	give_outside(f, "touches.csv", LOG);
	asked.rule = "r";
	asked.touches = true;
}

static const char *
on(struct fixture *f, const char *id, int day)
{
	struct civil date = { 2026, 1, day };

	return letters(
	    f, id, (struct when){ civil_days(date) * DAY_SECONDS, WHEN_DATE });
}

static void
touches_of_a_kind(void **state)
{
	struct fixture *f = *state;

	give_touched(f, "touch: [Webinar, Pricing page]");
	assert_runs(f);
	assert_string_equal(on(f, "1", 9), "x");
	assert_string_equal(on(f, "1", 10), ".");
	assert_string_equal(on(f, "1", 20), ".");
	assert_string_equal(on(f, "2", 11), "x");
	assert_string_equal(on(f, "2", 12), "."); /* a date is all its day */
	assert_string_equal(on(f, "3", 31), "x");
	/* 17:59 and 18:00 in UTC, the zone of the report */
	assert_string_equal(
	    letters(f, "2",
		(struct when){
		    civil_days((struct civil){ 2026, 1, 12 }) * DAY_SECONDS +
			17 * 3600 + 59 * 60,
		    WHEN_INSTANT }),
	    "x");
	assert_string_equal(
	    letters(f, "2",
		(struct when){
		    civil_days((struct civil){ 2026, 1, 12 }) * DAY_SECONDS +
			18 * 3600,
		    WHEN_INSTANT }),
	    ".");
	assert_judged(f, "1", "?"); /* as of when is not known */
}

static void
so_many_touches(void **state)
{
	struct fixture *f = *state;

	give_touched(f, "touch: [Webinar, Pricing page], at_least: 2");
	assert_runs(f);
	assert_string_equal(on(f, "1", 11), "x");
	assert_string_equal(on(f, "1", 12), ".");
	assert_string_equal(on(f, "2", 31), "x");
}

static void
at_most_so_many_touches(void **state)
{
	struct fixture *f = *state;

	give_touched(f, "touch: [Webinar], at_most: 1");
	assert_runs(f);
	assert_string_equal(on(f, "1", 31), ".");
	assert_string_equal(on(f, "1", 32), "x"); /* the 1st of February */
	assert_string_equal(on(f, "3", 31), ".");
}

/* The agreed source of a channel is a kind, too. */
static void
agreed_kinds(void **state)
{
	struct fixture *f = *state;

	give_touched(f, "touch: [Event]");
	assert_runs(f);
	assert_string_equal(on(f, "1", 10), ".");
	assert_string_equal(on(f, "2", 31), "x");
}

/* So is the type of an activity. */
static void
types_as_kinds(void **state)
{
	struct fixture *f = *state;

	give_touched(f, "touch: [Demo request]");
	give_outside(f, "types.csv",
	    "deal_id,date,channel,type\n"
	    "1,2026-01-10,Email,Demo Request\n"
	    "2,2026-01-10,Email,Call\n");
	assert_runs(f);
	assert_string_equal(on(f, "1", 10), ".");
	assert_string_equal(on(f, "2", 10), "x");
}

static void
touches_not_given(void **state)
{
	struct fixture *f = *state;

	give_touched(f, "touch: [Event]");
	asked.touches = false;
	assert_refused(f, FNL_USAGE,
	    "--rule: rule 'r', criterion 'intent': it counts touches: give "
	    "their files with --touches");
}

static void
touches_not_given_to_a_lenient_rule(void **state)
{
	struct fixture *f = *state;

	give_touched(f, "touch: [Event]");
	asked.touches = false;
	asked.lenient = true;
	assert_runs(f);
	assert_string_equal(criteria_undecided(asked.criteria, RULE),
	    "criterion 'intent': it counts touches: give their files with "
	    "--touches");
	assert_string_equal(on(f, "1", 31), "?");
}

/* ---- Filled ---- */

static void
filled(void **state)
{
	static const char *const expected[] = { "1111", "0000", "0000", "1110",
		"0111" };
	struct fixture *f = *state;

	agree(f, "");
	give(f,
	    "Record ID,Stage,Create Date,Lead Source,Campaign,Amount,Notes\n"
	    "1,Lead,2026-01-05,Web,Spring,1.50,x\n"
	    "2,Lead,2026-01-05,,  ,0.00,-\n"
	    "3,Lead,2026-01-05,Unknown,N/A,INR 0,NULL\n"
	    "4,Lead,2026-01-05,0,none,\"10,00,000\",unknown\n"
	    "5,Lead,2026-01-05,n/a,unknown cause,0.01,0\n");
	memcpy(asked.columns,
	    (const char *[]){ "Lead Source", "campaign", "Amount", NULL },
	    sizeof(asked.columns));
	assert_runs(f);
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < 3; k++) {
			char id[2] = { (char)('1' + i), '\0' };

			if (criteria_filled(asked.criteria, k,
				record_of(f, id)) != (expected[i][k] == '1'))
				fail_msg("%s of %s", asked.columns[k], id);
		}
	assert_null(criteria_missing(asked.criteria, 0));
	assert_string_equal(criteria_blank(asked.criteria, f->arena),
	    "an empty cell, 'n/a', '-', 'unknown', 'null'");
}

/* A blank cell of a look-up file, and a key that it does not have. */
static void
filled_from_a_lookup(void **state)
{
	struct fixture *f = *state;
	const char *lookup;

	agree(f, "");
	give(f, "Record ID,Stage,Create Date,Company\n"
		"1,Lead,2026-01-05,Acme\n"
		"2,Lead,2026-01-05,Beta\n"
		"3,Lead,2026-01-05,Gamma\n");
	give_outside(f, "firms.csv", "Company,Staff\nAcme,20\nBeta,\n");
	lookup = outside_paths[0];
	f->input.lookups = (struct fnl_list){ &lookup, 1 };
	asked.columns[0] = "Staff";
	assert_runs(f);
	assert_true(criteria_filled(asked.criteria, 0, record_of(f, "1")));
	assert_false(criteria_filled(asked.criteria, 0, record_of(f, "2")));
	assert_false(criteria_filled(asked.criteria, 0, record_of(f, "3")));
}

/* ---- What is refused ---- */

#define ONE_LEAD "Record ID,Stage,Create Date,Employees\n1,Lead,2026-01-05,9\n"
#define SIZE              \
	"criteria:\n"     \
	"  - name: icp\n" \
	"    all:\n"      \
	"      - { name: size, column: Employes, at_least: 1 }\n"

static void
a_column_that_no_input_has(void **state)
{
	struct fixture *f = *state;

	agree(f, SIZE);
	give(f, ONE_LEAD);
	asked.rule = "icp";
	assert_refused(f, FNL_USAGE,
	    "funnel.yaml: rule 'icp', criterion 'size': no input has a column "
	    "'Employes' (did you mean 'Employees'?)");
}

static void
a_lenient_rule(void **state)
{
	struct fixture *f = *state;

	agree(f,
	    SIZE "      - { name: many, column: Employees, at_least: 10 }\n");
	give(f, ONE_LEAD);
	asked.rule = "icp";
	asked.columns[0] = "Notes";
	asked.columns[1] = "employees";
	asked.lenient = true;
	assert_runs(f);
	assert_string_equal(criteria_undecided(asked.criteria, RULE),
	    "criterion 'size': no input has a column 'Employes' (did you mean "
	    "'Employees'?)");
	assert_judged(f, "1", "?x");
	assert_string_equal(criteria_missing(asked.criteria, 0),
	    "no input has a column 'Notes'");
	assert_null(criteria_missing(asked.criteria, 1));
	assert_true(criteria_filled(asked.criteria, 1, record_of(f, "1")));
}

/* A lenient list does not make a rule lenient that names the same column. */
static int
plan_both(struct load *load, void *context, struct fnl_err *err)
{
	struct criteria *c = criteria_new(load);
	size_t number;

	(void)context;
	asked.criteria = c;
	return criteria_add_column(
		   c, "Employes", "a list", true, &number, err) < 0
		   ? -1
		   : criteria_add(c, "icp", "--rule", false, &number, err);
}

static void
lenient_and_not(void **state)
{
	struct fixture *f = *state;

	agree(f, SIZE);
	give(f, ONE_LEAD);
	f->load->plan = plan_both;
	assert_int_equal(load_input(f->arena, &f->input, f->load, &f->err), -1);
	assert_non_null(strstr(f->err.message,
	    "funnel.yaml: rule 'icp', criterion 'size': no input has a "));
}

static void
a_canonical_field_that_no_input_has(void **state)
{
	struct fixture *f = *state;

	agree(f, "");
	give(f, ONE_LEAD);
	asked.columns[0] = "Close Date";
	assert_refused(f, FNL_USAGE,
	    "commitment 'context': no input has a column for 'Close Date' "
	    "(say which with --map close_date=COLUMN)");
}

static void
an_unknown_rule(void **state)
{
	struct fixture *f = *state;

	agree(f, SIZE);
	give(f, ONE_LEAD);
	asked.rule = "icq";
	assert_refused(f, FNL_USAGE,
	    "--rule: unknown rule 'icq' (did you mean 'icp'? known: icp)");
}

static void
no_rule_at_all(void **state)
{
	struct fixture *f = *state;

	agree(f, "");
	give(f, ONE_LEAD);
	asked.rule = "icp";
	assert_refused(f, FNL_USAGE, "unknown rule 'icp' (the definitions");
}

static void
bounds_that_nothing_passes(void **state)
{
	struct fixture *f = *state;

	agree(f, "criteria:\n"
		 "  - name: icp\n"
		 "    all: [{ name: size, column: Employees, at_least: 10,\n"
		 "            between: [1, 9] }]\n");
	give(f, ONE_LEAD);
	asked.rule = "icp";
	assert_refused(
	    f, FNL_DATA, "rule 'icp', criterion 'size': no number lies within");
}

static void
too_many_columns(void **state)
{
	struct fixture *f = *state;
	struct textbuf yaml = { .arena = f->arena };

	textbuf_add(&yaml, "criteria:\n  - name: icp\n    all:\n");
	for (int i = 0; i < 64; i++)
		textbuf_add(&yaml,
		    "      - { name: c%d, column: X%d, at_least: 1 }\n", i, i);
	agree(f, yaml.p);
	give(f, ONE_LEAD);
	asked.rule = "icp";
	assert_refused(f, FNL_USAGE, "criterion 'c0': no input has");
	textbuf_add(&yaml, "      - { name: c64, column: X64, at_least: 1 }\n");
	agree(f, yaml.p);
	memset(f->load, 0, sizeof(*f->load));
	f->err = (struct fnl_err){ .code = FNL_OK };
	assert_refused(f, FNL_DATA, "too many entries in 'all' (at most 64)");
}

#define test(function) cmocka_unit_test_setup_teardown(function, fresh, clean)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(the_profile),
		test(several_tests_of_a_column),
		test(decimal_comma),
		test(no_proof_of_the_decimal_mark),
		test(the_given_decimal_mark),
		test(agreed_values),
		test(a_listed_blank_word),
		test(a_hostile_cell),
		test(examples_in_order),
		test(values_of_a_history),
		test(values_of_a_history_at_a_stage),
		test(a_column_named_twice),
		test(touches_of_a_kind),
		test(so_many_touches),
		test(at_most_so_many_touches),
		test(agreed_kinds),
		test(types_as_kinds),
		test(touches_not_given),
		test(touches_not_given_to_a_lenient_rule),
		test(filled),
		test(filled_from_a_lookup),
		test(a_column_that_no_input_has),
		test(a_lenient_rule),
		test(lenient_and_not),
		test(a_canonical_field_that_no_input_has),
		test(an_unknown_rule),
		test(no_rule_at_all),
		test(bounds_that_nothing_passes),
		test(too_many_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
