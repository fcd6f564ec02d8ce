/*
 * test_fieldchance: what the CRM writes for a chance to win, and what a whole
 * column of them proves.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "fieldchance.h"

#include <cmocka.h>

#include "load_fixture.h"

#define NEAR 1e-12

static void
assert_near(double actual, double expected)
{
	if (!(fabs(actual - expected) <= NEAR))
		fail_msg("%.17g, not %.17g", actual, expected);
}

static void
chances_are_read(void **state)
{
	static const struct {
		const char *text;
		double number;
		bool percent;
	} rows[] = {
		{ "30", 30, false },
		{ "30%", 30, true },
		{ " 30 % ", 30, true },
		{ "75.0", 75, false },
		{ "0,3", 0.3, false },
		{ ".5", 0.5, false },
		{ "0", 0, false },
		{ "", NAN, false },
		{ "%", NAN, true },
		{ ".", NAN, false },
		{ "-3", NAN, false },
		{ "1.2.3", NAN, false },
		{ "3e1", NAN, false },
		{ "high", NAN, false },
		{ "1234567890123456", NAN, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool percent;
		double number = chance_read(slice_of(rows[i].text), &percent);

		assert_int_equal(percent, rows[i].percent);
		if (isnan(rows[i].number))
			assert_true(isnan(number));
		else
			assert_near(number, rows[i].number);
	}
}

static const enum field_id probability[] = { FIELD_PROBABILITY };

/* What a column of three cells says of its first. */
static void
assert_column(void **state, const char *a, const char *b, const char *c,
    enum chance_unit unit, double first)
{
	struct fixture *f;
	struct field_chance field;
	char text[256];

	assert_int_equal(setup(state), 0);
	f = *state;
	f->input.stages = "Proposal,won:Won";
	f->load->wants = probability;
	f->load->n_wants = 1;
	snprintf(text, sizeof(text),
	    "id,stage,created,probability\n"
	    "a,Proposal,2026-01-01,\"%s\"\nb,Proposal,2026-01-01,\"%s\"\n"
	    "c,Proposal,2026-01-01,\"%s\"\n",
	    a, b, c);
	give(f, text);
	read_given(f);
	field = field_chance_new(f->load, f->load->want_attribute[0]);
	assert_int_equal(field.unit, unit);
	if (isnan(first))
		assert_true(isnan(field_chance_of(&field, record_of(f, "a"))));
	else
		assert_near(field_chance_of(&field, record_of(f, "a")), first);
	teardown(state);
}

static void
a_column_proves_its_unit(void **state)
{
	void *fixture = NULL;

	(void)state;
	assert_column(&fixture, "30", "1", "0", CHANCE_PERCENT, 0.3);
	assert_column(&fixture, "1", "0.5", "2", CHANCE_PERCENT, 0.01);
	assert_column(&fixture, "1", "0.5", "0", CHANCE_SHARE, 1);
	assert_column(&fixture, "1", "1%", "0", CHANCE_PERCENT, 0.01);
	assert_column(&fixture, "1", "0", "1.0", CHANCE_UNDECIDED, NAN);
	assert_column(&fixture, "soon", "", "", CHANCE_UNDECIDED, NAN);
	assert_column(&fixture, "", "", "", CHANCE_ABSENT, NAN);
	assert_column(&fixture, "101", "50", "", CHANCE_PERCENT, NAN);
	assert_column(&fixture, "100", "50", "", CHANCE_PERCENT, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chances_are_read),
		cmocka_unit_test(a_column_proves_its_unit),
	};

	return cmocka_run_group_tests_name("fieldchance", tests, NULL, NULL);
}
