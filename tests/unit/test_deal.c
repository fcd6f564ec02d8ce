/*
 * Stays, passes through the pipeline and the spells that they become. The
 * days are counted by hand from the sequences; W9 is that of metrics.md 3.2.2.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "deal.h"
#include "exposure.h"
#include "standard.h"
#include "stay.h"

#include <cmocka.h>

#include "visits.h"
#include "zone_fixture.h"

#define AS_OF 100 /* day */

static struct visits visits;
static struct definitions definitions;
static struct store *store;
static struct timeline_rules *timelines;
static struct deal_rules rules;
static const struct pass *passes;

static int
set_up_deals(void **state)
{
	struct fnl_err err = { 0 };
	struct when as_of = { AS_OF * (int64_t)DAY_SECONDS, WHEN_INSTANT };

	set_up(state);
	definitions = (struct definitions){ 0 };
	if (standard_parse(arena, LADDER_STAGES, &definitions, &err) < 0)
		return -1;
	store = store_new(
	    arena, &definitions, open_zone("UTC"), ledger_new(arena, false), 0);
	store_record(store, SLICE("r1"));
	timelines = timeline_rules_new(store, as_of, false);
	rules = deal_rules_new(store, timelines, as_of);
	rules.start_rank = 5; /* O */
	return 0;
}

static size_t
passes_of(const char *text)
{
	return deal_passes(&rules, 0, visits_read(&visits, text), &passes);
}

static size_t
open_passes(const char *text)
{
	return deal_stays_open(&rules, 0, visits_read(&visits, text), &passes);
}

static void
assert_days(size_t i, double days, enum outcome outcome)
{
	assert_int_equal(passes[i].outcome, outcome);
	if (isnan(days))
		assert_true(isnan(pass_days(&rules, &passes[i])));
	else
		assert_true(pass_days(&rules, &passes[i]) == days);
}

/* ---- stays ---- */

/* W9: L0 M2 A5 M6 A9 S12 O15 X30. Instants in units of 86400 seconds. */
#define W9                                                             \
	"L@0 M@172800 A@432000 M@518400 A@777600 S@1036800 O@1296000 " \
	"X@2592000"

static void
w9_stays(void **state)
{
	static const struct {
		char stage;
		double days;
	} expected[] = { { 'L', 2 }, { 'M', 3 }, { 'A', 1 }, { 'M', 3 },
		{ 'A', 3 }, { 'S', 3 }, { 'O', 15 } };
	const struct timeline *t = visits_read(&visits, W9);
	struct stay stay;
	double sum = 0;
	size_t at = 0, n = 0;

	(void)state;
	for (; stay_next(t, &at, &stay); n++) {
		double days = when_days(store->zone, stay.start, stay.end);

		assert_true(n < 7);
		assert_int_equal(stay.stage, visit_stage(expected[n].stage));
		assert_true(days == expected[n].days);
		assert_false(stay.open);
		sum += days;
	}
	assert_int_equal(n, 7);
	assert_true(sum == 30); /* last close - first event */
	assert_int_equal(passes_of(W9), 1);
	assert_days(0, 15, OUTCOME_LOST);
}

static void
a_repeat_prolongs_a_stay(void **state)
{
	struct timeline *t;
	struct stay stay;
	size_t at = 0;

	(void)state;
	t = (struct timeline *)visits_read(&visits, "O O W");
	visits.items[1].repeat = true;
	assert_true(stay_next(t, &at, &stay));
	assert_true(when_days(store->zone, stay.start, stay.end) == 2);
	assert_false(stay_next(t, &at, &stay));
}

static void
the_last_stay_is_open(void **state)
{
	struct stay stay;

	(void)state;
	assert_true(stay_open(visits_read(&visits, "L M O"), &stay));
	assert_int_equal(stay.stage, visit_stage('O'));
	assert_int_equal(stay.next_stage, STAGE_NONE);
	assert_false(stay_open(visits_read(&visits, "L M O W"), &stay));
	assert_false(stay_open(visits_read(&visits, ""), &stay));
}

/* ---- passes ---- */

static void
a_lead_is_no_deal(void **state)
{
	(void)state;
	assert_int_equal(passes_of("L M"), 0);
	assert_int_equal(passes_of("L M X"), 0);
	assert_int_equal(passes_of("L M J M"), 0);
	assert_int_equal(passes_of("L O"), 1);
	assert_days(0, AS_OF - 1, OUTCOME_NONE);
}

/* 3.0.3: no duration from a date that nobody wrote: without an entry to the
 * opportunity it is creation that starts. */
static void
a_skipped_opportunity_starts_at_creation(void **state)
{
	struct timeline *t;

	(void)state;
	t = (struct timeline *)visits_read(&visits, "L@0 M@86400 W@864000");
	t->created = (struct when){ -DAY_SECONDS, WHEN_INSTANT };
	assert_int_equal(deal_passes(&rules, 0, t, &passes), 1);
	assert_true(passes[0].start_is_creation);
	assert_days(0, 11, OUTCOME_WON);
	/* R13: in counts, in no duration */
	t->created.kind = WHEN_UNKNOWN;
	assert_int_equal(deal_passes(&rules, 0, t, &passes), 1);
	assert_days(0, NAN, OUTCOME_WON);
}

/* 3.0.5: O0 X10 O14 W20. */
#define REOPENED "L@0 O@0 X@864000 O@1209600 W@1728000"

static void
reopened_merged_and_split(void **state)
{
	(void)state;
	assert_int_equal(passes_of(REOPENED), 1);
	assert_days(0, 20, OUTCOME_WON);
	assert_int_equal(passes[0].reopened, 1);
	assert_true(passes[0].closed_days == 4);
	rules.split = true;
	assert_int_equal(passes_of(REOPENED), 2);
	assert_days(0, 10, OUTCOME_LOST);
	assert_days(1, 6, OUTCOME_WON);
	assert_int_equal(passes_of("O@0 X@864000 O@1209600"), 2);
	assert_days(1, AS_OF - 14, OUTCOME_NONE);
}

/* What happened to the lead before is not the deal's. */
static void
a_rejected_lead_that_came_back(void **state)
{
	(void)state;
	assert_int_equal(open_passes("L@0 M@86400 J@172800 M@259200 "
				     "O@432000 W@864000"),
	    1);
	assert_days(0, 5, OUTCOME_WON);
	rules.split = true;
	assert_int_equal(passes_of("L@0 J@172800 O@432000 W@864000"), 1);
	assert_days(0, 5, OUTCOME_WON);
}

/* R16: a deal first seen won is generated and won. */
static void
first_seen_closed(void **state)
{
	struct timeline *t;

	(void)state;
	/* what was a lead until then was not created as a deal */
	t = (struct timeline *)visits_read(&visits, "L@86400 W@864000");
	t->created = (struct when){ 0, WHEN_INSTANT };
	assert_int_equal(deal_stays_open(&rules, 0, t, &passes), 1);
	assert_days(0, 0, OUTCOME_WON);
	assert_int_equal(open_passes("W@864000"), 1);
	assert_days(0, 0, OUTCOME_WON);
	t = (struct timeline *)visits_read(&visits, "X@864000");
	t->created = (struct when){ 0, WHEN_INSTANT };
	assert_int_equal(deal_stays_open(&rules, 0, t, &passes), 1);
	assert_days(0, 10, OUTCOME_LOST);
}

/* A closing that follows on a closing corrects it; flows are gross. */
static void
closed_twice(void **state)
{
	(void)state;
	assert_int_equal(open_passes("O@0 W@86400 X@259200"), 2);
	assert_days(0, 1, OUTCOME_WON);
	assert_days(1, 0, OUTCOME_LOST);
	assert_int_equal(passes_of("O@0 W@86400 X@259200"), 1);
	assert_days(0, 3, OUTCOME_LOST);
	assert_int_equal(passes[0].reopened, 1);
	assert_true(passes[0].closed_days == 2);
	rules.split = true;
	assert_int_equal(passes_of("O@0 W@86400 X@259200"), 1);
	assert_days(0, 3, OUTCOME_LOST);
	/* an entry of a later pass starts no earlier one */
	assert_int_equal(passes_of("L@0 W@86400 O@259200 W@345600"), 2);
	assert_days(0, NAN, OUTCOME_WON);
	assert_days(1, 1, OUTCOME_WON);
}

static void
stage_to_stage(void **state)
{
	(void)state;
	rules.start =
	    (struct deal_end){ .kind = END_STAGE, .stage = visit_stage('A') };
	rules.end =
	    (struct deal_end){ .kind = END_STAGE, .stage = visit_stage('S') };
	assert_int_equal(passes_of(W9), 1);
	assert_days(0, 7, OUTCOME_WON); /* first A 5, S 12 */
	assert_int_equal(passes_of("L M"), 0);
	assert_int_equal(passes_of("L A"), 1);
	assert_days(0, AS_OF - 1, OUTCOME_NONE);
	/* over without S; S only passed by; S before A does not count */
	assert_int_equal(passes_of("A X"), 1);
	assert_days(0, 1, OUTCOME_LOST);
	assert_int_equal(passes_of("A O"), 1);
	assert_true(passes[0].end_is_skipped);
	assert_days(0, NAN, OUTCOME_WON);
	assert_int_equal(passes_of("S A"), 1);
	assert_days(0, AS_OF - 1, OUTCOME_NONE);
}

static void
from_creation(void **state)
{
	struct timeline *t;

	(void)state;
	rules.start.kind = END_CREATED;
	t = (struct timeline *)visits_read(&visits, "L@86400 X@259200");
	t->created = (struct when){ 0, WHEN_INSTANT };
	assert_int_equal(deal_passes(&rules, 0, t, &passes), 1);
	assert_days(0, 3, OUTCOME_LOST);
}

/* ---- exposures ---- */

static struct exposure_rules exposures;
static struct groups groups;

static void
use_groups(enum exposure_basis basis, enum period period)
{
	exposures = (struct exposure_rules){ .basis = basis,
		.as_of = { AS_OF * (int64_t)DAY_SECONDS, WHEN_DATE },
		.zone = store->zone,
		.n_rows = 1 };
	groups = exposure_groups(
	    arena, sizeof(struct exposure_group), 0, period, 1, &exposures);
}

static struct when
day(int64_t n)
{
	return (struct when){ n * DAY_SECONDS, WHEN_DATE };
}

/* The only spell of the group that begins on a day of 1970. */
static void
assert_spell(int64_t period, double entry, double exit, unsigned cause)
{
	const struct exposure_tally *tally = NULL;

	for (size_t i = 0; i < groups.items.count; i++) {
		const struct exposure_group *group = vec_at(&groups.items, i);

		if (group->key.period == period)
			tally = group->rows;
	}
	assert_non_null(tally);
	assert_int_equal(tally->n, 1);
	assert_true(tally->spells[0].entry == entry);
	assert_true(tally->spells[0].exit == exit);
	assert_int_equal(tally->spells[0].cause, cause);
}

/* Just before an age: what begins there is after it. */
static double
before(double days)
{
	return nextafter(days, -INFINITY);
}

/* From 1970-01-21 (day 20) to 1970-03-12 (day 70): in January seen from the
 * start, open when February begins (day 31), 11 days old; in February from
 * then to 1 March (day 59), 39 days; in March from then to 50. */
static void
by_end_every_month_has_its_part(void **state)
{
	struct exposure e = { day(20), day(70), 1 };

	(void)state;
	use_groups(EXPOSURE_BY_END, PERIOD_MONTH);
	assert_non_null(exposure_add(&groups, &exposures, NULL, 0, e));
	assert_int_equal(groups.items.count, 3);
	assert_spell(0, -INFINITY, before(11), 0);
	assert_spell(31, before(11), before(39), 0);
	assert_spell(59, before(39), 50, 1);
}

static void
open_until_as_of(void **state)
{
	struct exposure e = { day(65), { 0, WHEN_UNKNOWN }, 0 };

	(void)state;
	use_groups(EXPOSURE_BY_END, PERIOD_MONTH);
	assert_null(exposure_add(&groups, &exposures, NULL, 0, e));
	assert_int_equal(groups.items.count, 2);
	assert_spell(59, -INFINITY, before(25), 0); /* 1 April is day 90 */
	assert_spell(90, before(25), 35, 0);
}

/* What closes on the first day of a window closes in it. */
static void
on_the_first_day(void **state)
{
	struct exposure e = { day(20), day(31), 1 };

	(void)state;
	use_groups(EXPOSURE_BY_END, PERIOD_MONTH);
	exposure_add(&groups, &exposures, NULL, 0, e);
	assert_spell(0, -INFINITY, before(11), 0);
	assert_spell(31, before(11), 11, 1);
}

static void
instants_are_parted_too(void **state)
{
	struct exposure e = { { 30 * DAY_SECONDS + 43200, WHEN_INSTANT },
		{ 31 * DAY_SECONDS, WHEN_INSTANT }, 1 };

	(void)state;
	use_groups(EXPOSURE_BY_END, PERIOD_MONTH);
	exposure_add(&groups, &exposures, NULL, 0, e);
	assert_spell(0, -INFINITY, nextafter(0.5, 0), 0);
	assert_spell(31, nextafter(0.5, 0), 0.5, 1);
}

static void
by_start_all_in_one(void **state)
{
	struct exposure e = { day(20), day(70), 1 };

	(void)state;
	use_groups(EXPOSURE_BY_START, PERIOD_MONTH);
	assert_non_null(exposure_add(&groups, &exposures, NULL, 0, e));
	assert_int_equal(groups.items.count, 1);
	assert_spell(0, -INFINITY, 50, 1);
}

static void
a_window_cuts(void **state)
{
	struct exposure e = { day(20), day(70), 1 };

	(void)state;
	use_groups(EXPOSURE_BY_END, PERIOD_NONE);
	exposures.window = (struct window){ day(40), day(60) };
	assert_null(exposure_add(&groups, &exposures, NULL, 0, e));
	assert_spell(0, before(20), before(40), 0);
	exposures.window = (struct window){ day(71), day(80) };
	use_groups(EXPOSURE_BY_END, PERIOD_NONE);
	exposures.window = (struct window){ day(71), day(80) };
	assert_null(exposure_add(&groups, &exposures, NULL, 0, e));
	assert_int_equal(
	    ((struct exposure_group *)vec_at(&groups.items, 0))->rows->n, 0);
}

static void
no_duration(void **state)
{
	struct exposure negative = { day(20), day(19), 1 };
	struct exposure untimed = { day(20), { 0, WHEN_UNKNOWN }, 1 };
	struct exposure zero = { day(20), day(20), 1 };
	const struct exposure_tally *tally;

	(void)state;
	use_groups(EXPOSURE_BY_END, PERIOD_NONE);
	exposure_add(&groups, &exposures, NULL, 0, negative);
	exposure_add(&groups, &exposures, NULL, 0, untimed);
	exposure_add(&groups, &exposures, NULL, 0, zero);
	tally = ((struct exposure_group *)vec_at(&groups.items, 0))->rows;
	assert_int_equal(tally->negative, 1);
	assert_int_equal(tally->untimed, 1);
	assert_int_equal(tally->zero, 1);
	assert_spell(0, -INFINITY, 0, 1);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up_deals, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(w9_stays),
		TEST(a_repeat_prolongs_a_stay),
		TEST(the_last_stay_is_open),
		TEST(a_lead_is_no_deal),
		TEST(a_skipped_opportunity_starts_at_creation),
		TEST(reopened_merged_and_split),
		TEST(a_rejected_lead_that_came_back),
		TEST(first_seen_closed),
		TEST(closed_twice),
		TEST(stage_to_stage),
		TEST(from_creation),
		TEST(by_end_every_month_has_its_part),
		TEST(open_until_as_of),
		TEST(on_the_first_day),
		TEST(instants_are_parted_too),
		TEST(by_start_all_in_one),
		TEST(a_window_cuts),
		TEST(no_duration),
	};

	return cmocka_run_group_tests_name("deal", tests, NULL, NULL);
}
