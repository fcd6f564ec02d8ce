/*
 * test_tally: who is in the numerator and who in the denominator, by basis
 * (metrics.md 3.1.2, 3.1.3) and rulings R4 to R9. Every expected number is
 * counted by hand from the timelines beside it, or is W1 or W3.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

/* before cmocka.h, whose fail() is a macro */
#include "tally.h"
#include "visits.h"

#include <cmocka.h>

static struct arena *arena;
static const struct zone *utc;
static struct tally_rules rules;
static struct path_rule path;
static struct tally *tally;

static const uint32_t nobody[1] = { 0 };

static int
setup(void **state)
{
	struct fnl_err err = { 0 };

	(void)state;
	arena = arena_new();
	tally = NULL;
	if (!arena || zone_open(arena, "UTC", &utc, &err) < 0)
		return -1;
	path = (struct path_rule){
		.mode = MODE_REACHED, .zone = utc, .n_ranks = LADDER_RANKS
	};
	rules = (struct tally_rules){ .zone = utc,
		.n_ranks = LADDER_RANKS,
		.fiscal_month = 1,
		.as_of = { 100 * DAY_SECONDS, WHEN_INSTANT } };
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct when
day(int64_t n)
{
	return (struct when){ n * DAY_SECONDS, WHEN_DATE };
}

static struct when
instant(int64_t seconds)
{
	return (struct when){ seconds, WHEN_INSTANT };
}

static void
add_by(const char *text, const uint32_t *by)
{
	struct visits visits;
	struct reach reach;
	const struct timeline *t = visits_read(&visits, text);

	if (!tally)
		tally = tally_new(arena, &rules, 1);
	path_reach(&path, t, &reach);
	tally_stages(tally, by, t, &reach, &path);
}

static void
add(const char *text)
{
	add_by(text, nobody);
}

/* The only group, or that of the period which starts on a day. */
static const struct group *
group_at(int64_t period)
{
	for (size_t i = 0; tally && i < tally->groups.items.count; i++) {
		const struct group *group = vec_at(&tally->groups.items, i);

		if (group->key.dated && group->key.period == period)
			return group;
	}
	return NULL;
}

static const struct stage_tally *
stage_in(int64_t period, char letter)
{
	const struct group *group = group_at(period);

	assert_non_null(group);
	return &group->stages[visit_stage(letter) + 1];
}

static const struct stage_tally *
stage(char letter)
{
	return stage_in(0, letter);
}

/* entered and converted, the two numbers that every basis has */
static void
assert_step_in(int64_t period, char letter, int entered, int converted)
{
	assert_int_equal(stage_in(period, letter)->entered, entered);
	assert_int_equal(stage_in(period, letter)->converted, converted);
}

static void
assert_step(char letter, int entered, int converted)
{
	assert_step_in(0, letter, entered, converted);
}

/* won, lost, rejected, recycled, open: those that did not advance */
static void
assert_ends(
    char letter, int won, int lost, int rejected, int recycled, int open)
{
	const struct stage_tally *s = stage(letter);

	assert_int_equal(s->won, won);
	assert_int_equal(s->lost, lost);
	assert_int_equal(s->rejected, rejected);
	assert_int_equal(s->recycled, recycled);
	assert_int_equal(s->open, open);
	assert_int_equal(s->entered,
	    s->advanced + (uint64_t)(won + lost + rejected + recycled + open));
}

/* ---- cohort ---- */

/* W1 in mode reached, as samples/README.md adds it up by hand. */
static void
w1_cohort(void **state)
{
	static const char *const w1[] = { "L M A S O W", "L M S O W", "O W",
		"L M A M A S O X", "L M X", "L M A S", "L", "W",
		"L M A S O X O W", "L M A S M" };

	(void)state;
	for (size_t i = 0; i < sizeof(w1) / sizeof(*w1); i++)
		add(w1[i]);
	assert_step('L', 10, 9);
	assert_ends('L', 0, 0, 0, 0, 1);
	assert_step('M', 9, 8);
	assert_ends('M', 0, 1, 0, 0, 0);
	assert_step('A', 8, 8);
	assert_step('S', 8, 6);
	assert_ends('S', 0, 0, 0, 0, 2);
	assert_step('O', 6, 5);
	assert_ends('O', 0, 1, 0, 0, 0);
	assert_int_equal(stage('W')->entered, 5);
	assert_ends('W', 5, 0, 0, 0, 0);
	assert_int_equal(stage('L')->imputed, 2);
	assert_int_equal(stage('A')->imputed, 3);
	assert_int_equal(stage('O')->imputed, 1);
}

static void
every_outcome_has_its_place(void **state)
{
	(void)state;
	add("L M X");
	add("L M J");
	add("L M R");
	add("L M");
	add("L M A");
	assert_step('M', 5, 1);
	assert_ends('M', 0, 1, 1, 1, 1);
}

/* In mode any the step rate is n[k+1]/n[k], and can exceed 1 (3.1.1); what
 * follows records is `advanced`. */
static void
any_counts_whoever_came(void **state)
{
	(void)state;
	path.mode = MODE_ANY;
	add("L M");
	add("M W");
	add("M X");
	assert_step('L', 1, 3);
	assert_int_equal(stage('L')->advanced, 1);
	assert_step('M', 3, 0);
	assert_ends('M', 1, 1, 0, 0, 1);
}

/* 3.1.2: first entry to stage 1, or to k, in the window. */
static void
cohort_window_by_anchor(void **state)
{
	(void)state;
	rules.window.from = day(10);
	rules.window.to = day(20);
	add("L@d9 M@d12");
	add("L@d10 M@d25");
	add("L@d19 M@d19");
	add("L@d20 M@d21");
	assert_step('L', 2, 2);
	assert_step('M', 2, 0);
	tally = NULL;
	rules.anchor = ANCHOR_STEP;
	add("L@d9 M@d12");
	add("L@d10 M@d25");
	add("L@d19 M@d19");
	add("L@d20 M@d21");
	assert_step('L', 2, 2);
	assert_step('M', 2, 0);
	assert_int_equal(stage('M')->open, 2);
}

static void
cohort_of_a_month(void **state)
{
	(void)state;
	rules.period = PERIOD_MONTH;
	add("L@d0 M@d40");
	add("L@d30 M@d31");
	add("L@d31 X@d32");
	assert_step_in(0, 'L', 2, 2);
	assert_step_in(0, 'M', 2, 0);
	assert_step_in(31, 'L', 1, 0);
	assert_int_equal(stage_in(31, 'L')->lost, 1);
	tally = NULL;
	rules.anchor = ANCHOR_STEP;
	add("L@d0 M@d40");
	add("L@d30 M@d31");
	assert_step_in(0, 'L', 2, 2);
	assert_step_in(31, 'M', 2, 0);
}

static void
the_undated_stand_apart(void **state)
{
	const struct group *group;

	(void)state;
	rules.period = PERIOD_MONTH;
	add("L@? M@?");
	group = vec_at(&tally->groups.items, 0);
	assert_false(group->key.dated);
	assert_int_equal(group->stages[1].entered, 1);
	/* and are in no window */
	tally = NULL;
	rules.window.from = day(0);
	add("L@? M@?");
	assert_int_equal(tally->groups.items.count, 0);
}

static void
segments_are_groups(void **state)
{
	const uint32_t web = 1, fair = 2;

	(void)state;
	add_by("L M", &web);
	add_by("L", &fair);
	add_by("L M", &web);
	assert_int_equal(tally->groups.items.count, 2);
	assert_int_equal(((const struct group *)vec_at(&tally->groups.items, 0))
			     ->stages[1]
			     .entered,
	    2);
	assert_int_equal(((const struct group *)vec_at(&tally->groups.items, 1))
			     ->stages[1]
			     .entered,
	    1);
}

/* ---- horizon (R4) ---- */

static void
horizon_is_inclusive_and_from_the_entry(void **state)
{
	(void)state;
	rules.basis = BASIS_HORIZON;
	rules.anchor = ANCHOR_STEP;
	rules.horizon = 5 * DAY_SECONDS;
	add("L@0 M@432000"); /* 5 days to the second */
	add("L@0 M@432001");
	add("L@0 X@432000");
	add("L@0 X@432001"); /* lost, but not yet at the horizon */
	assert_step('L', 4, 1);
	assert_ends('L', 0, 1, 0, 0, 2);
}

/* Cohort members followed for H: as_of - entry >= H (3.1.2). */
static void
horizon_needs_the_whole_follow_up(void **state)
{
	(void)state;
	rules.basis = BASIS_HORIZON;
	rules.anchor = ANCHOR_STEP;
	rules.horizon = 5 * DAY_SECONDS;
	rules.as_of = instant(500000);
	add("L@68000 M@70000"); /* exactly 5 days before as-of */
	add("L@68001 M@70000");
	assert_step('L', 1, 1);
}

/* R4: from the entry to k by default, to stage 1 by option. */
static void
horizon_from_the_first_stage(void **state)
{
	(void)state;
	rules.basis = BASIS_HORIZON;
	rules.anchor = ANCHOR_STEP;
	rules.horizon = 5 * DAY_SECONDS;
	add("L@d0 M@d4 A@d8");
	assert_step('L', 1, 1);
	assert_step('M', 1, 1);
	tally = NULL;
	rules.anchor = ANCHOR_FIRST;
	add("L@d0 M@d4 A@d8");
	assert_step('L', 1, 1);
	assert_step('M', 1, 0);
	assert_int_equal(stage('M')->open, 1);
}

/* ---- period (R5) ---- */

static void
period_counts_entries_of_anyone(void **state)
{
	(void)state;
	rules.basis = BASIS_PERIOD;
	rules.period = PERIOD_MONTH;
	add("L@d1 M@d35");
	add("L@d2 M@d36");
	add("L@d33 M@d37");
	assert_step_in(0, 'L', 2, 0);
	assert_step_in(31, 'L', 1, 3); /* over 1: other records */
	assert_step_in(31, 'M', 3, 0);
}

static void
period_counts_first_entries_or_all(void **state)
{
	(void)state;
	rules.basis = BASIS_PERIOD;
	add("L@d1 M@d2 L@d3 M@d4");
	assert_step('L', 1, 1);
	assert_step('M', 1, 0);
	tally = NULL;
	rules.unit = COUNT_ENTRIES;
	add("L@d1 M@d2 L@d3 M@d4");
	assert_step('L', 2, 2);
	assert_step('M', 2, 0);
}

static void
period_window(void **state)
{
	(void)state;
	rules.basis = BASIS_PERIOD;
	rules.window.from = day(10);
	rules.window.to = day(20);
	add("L@d9 M@d10");
	add("L@d12 M@d19");
	add("L@d13 M@d20");
	assert_step('L', 2, 2);
	assert_step('M', 2, 0);
}

/* ---- active (R6) ---- */

static void
set_active(int64_t from, int64_t to)
{
	rules.basis = BASIS_ACTIVE;
	rules.window.from = day(from);
	rules.window.to = day(to);
	tally = NULL;
}

static void
active_is_whoever_stood_there(void **state)
{
	(void)state;
	set_active(10, 20);
	add("L@d1"); /* all the time */
	add("L@d1 M@d15"); /* moved within: in both */
	add("L@d12 X@d14"); /* lost is no progress */
	add("L@d1 M@d5"); /* left before: only in M */
	add("L@d20"); /* came after */
	assert_step('L', 3, 1);
	assert_step('M', 2, 0);
}

/* Who leaves exactly at the start is not active; the move must be inside. */
static void
active_at_the_edges(void **state)
{
	(void)state;
	set_active(10, 20);
	add("L@864000 M@1728000"); /* day 10 00:00 to day 20 00:00 */
	assert_step('L', 1, 0);
	assert_int_equal(stage('M')->entered, 0);
	set_active(10, 20);
	add("L@d1 M@864000"); /* leaves at the very start */
	assert_int_equal(stage('L')->entered, 0);
	assert_step('M', 1, 0);
	set_active(10, 20);
	add("L@d1 M@1727999");
	assert_step('L', 1, 1);
}

/* The window opens at midnight: six in the evening is well inside. */
static void
active_until_the_first_evening(void **state)
{
	(void)state;
	set_active(10, 20);
	add("M@d1 W@928800"); /* day 10, 18:00 */
	assert_step('M', 1, 1);
}

/* 3.0.4: the same stage logged again is one stay; this one ends on day 10. */
static void
active_through_a_repeat(void **state)
{
	struct visits visits;
	struct reach reach;

	(void)state;
	set_active(10, 20);
	visits_read(&visits, "L@d3 L@d10 M@d10");
	visits.items[1].repeat = true;
	visits.timeline.repeats = 1;
	tally = tally_new(arena, &rules, 1);
	path_reach(&path, &visits.timeline, &reach);
	tally_stages(tally, nobody, &visits.timeline, &reach, &path);
	assert_int_equal(stage('L')->entered, 0);
	assert_step('M', 1, 0);
}

/* Zero-length stays count at their instant. */
static void
active_for_no_time_at_all(void **state)
{
	(void)state;
	set_active(10, 20);
	add("L@900000 M@900000 A@900000");
	assert_step('L', 1, 1);
	assert_step('M', 1, 1);
	assert_step('A', 1, 0);
}

/* Won counts as progress; a closed record stands in no open stage. */
static void
active_and_won(void **state)
{
	(void)state;
	set_active(10, 20);
	add("O@d1 W@d12");
	assert_step('O', 1, 1);
	assert_int_equal(stage('W')->entered, 0);
	set_active(10, 20);
	add("O@d1 W@d5");
	assert_null(group_at(0));
}

/* A stage that was skipped was never stood in. */
static void
active_knows_no_imputed_stays(void **state)
{
	(void)state;
	set_active(10, 20);
	add("L@d11 S@d12");
	assert_step('L', 1, 1);
	assert_int_equal(stage('M')->entered, 0);
	assert_step('S', 1, 0);
}

static void
active_in_every_month_it_lasts(void **state)
{
	(void)state;
	rules.basis = BASIS_ACTIVE;
	rules.period = PERIOD_MONTH;
	rules.as_of = day(100);
	add("L@d1 M@d40"); /* open to day 100, 11 April */
	assert_step_in(0, 'L', 1, 0);
	assert_step_in(31, 'L', 1, 1);
	assert_step_in(31, 'M', 1, 0);
	assert_step_in(59, 'M', 1, 0);
	assert_step_in(90, 'M', 1, 0);
	assert_int_equal(stage_in(59, 'L')->entered, 0);
	assert_null(group_at(120));
}

/* ---- closed (R7) ---- */

static void
closed_looks_back(void **state)
{
	(void)state;
	rules.basis = BASIS_CLOSED;
	rules.window.from = day(10);
	rules.window.to = day(20);
	add("L@d1 O@d5 W@d15");
	add("L@d1 M@d5 X@d15");
	add("L@d11 M@d12"); /* open */
	add("L@d1 W@d9"); /* closed before */
	add("L@d1 M@d2 J@d19");
	assert_step('L', 3, 1);
	assert_int_equal(stage('L')->lost, 1);
	assert_int_equal(stage('L')->rejected, 1);
	assert_step('M', 3, 1);
	assert_step('A', 1, 1);
	assert_int_equal(stage('W')->entered, 1);
	assert_int_equal(stage('W')->won, 1);
}

static void
closed_by_the_close_still_in_force(void **state)
{
	(void)state;
	rules.basis = BASIS_CLOSED;
	rules.period = PERIOD_MONTH;
	add("O@d1 X@d10 O@d40 W@d45");
	add("O@d1 X@d10 O@d40");
	assert_null(group_at(0));
	assert_step_in(31, 'O', 1, 1);
}

/* ---- entries ---- */

/* W3 (Amplitude): step 1 on 1, 5 and 20 January, step 2 on the 2nd and 6th.
 * By record 100 %; by entry 100 % on the 1st and 5th, 0 % on the 20th. */
static void
w3_amplitude(void **state)
{
	static const char record[] = "L@d0 M@d1 L@d4 M@d5 L@d19";

	(void)state;
	add(record);
	assert_step('L', 1, 1);
	tally = NULL;
	rules.unit = COUNT_ENTRIES;
	rules.period = PERIOD_DAY;
	add(record);
	assert_step_in(0, 'L', 1, 1);
	assert_step_in(4, 'L', 1, 1);
	assert_step_in(19, 'L', 1, 0);
}

/* R9: an entry may use a conversion that lies after the next entry, unless
 * the best re-entry takes it. */
static void
one_conversion_for_two_entries(void **state)
{
	(void)state;
	rules.unit = COUNT_ENTRIES;
	add("L@d0 X@d1 L@d2 M@d3");
	assert_step('L', 2, 2);
	tally = NULL;
	rules.reentry_best = true;
	add("L@d0 X@d1 L@d2 M@d3");
	assert_step('L', 2, 1);
	assert_int_equal(stage('L')->open, 1);
}

static void
entries_within_a_horizon(void **state)
{
	(void)state;
	rules.unit = COUNT_ENTRIES;
	rules.basis = BASIS_HORIZON;
	rules.horizon = 2 * DAY_SECONDS;
	add("L@d0 X@d1 L@d4 M@d6");
	assert_step('L', 2, 1);
}

static void
entries_in_mode_any_need_the_next_stage(void **state)
{
	(void)state;
	rules.unit = COUNT_ENTRIES;
	add("L@d0 A@d1");
	assert_step('L', 1, 1);
	tally = NULL;
	path.mode = MODE_ANY;
	add("L@d0 A@d1");
	assert_step('L', 1, 0);
}

/* ---- outcomes ---- */

static const struct outcome_tally *
outcomes(void)
{
	assert_int_equal(tally->groups.items.count, 1);
	return &((const struct group *)vec_at(&tally->groups.items, 0))
		    ->outcomes;
}

static void
add_outcome(
    const char *text, struct when created, int64_t amount, uint32_t currency)
{
	struct visits visits;
	struct record record = { .amount = amount, .currency = currency };

	if (currency)
		record.flags = RECORD_AMOUNT;
	rules.outcomes = true;
	if (!tally)
		tally = tally_new(arena, &rules, 1);
	visits_read(&visits, text);
	visits.timeline.created = created;
	tally_outcome(tally, nobody, &visits.timeline, &record);
}

#define EUR 7
#define INR 8
#define NO_AMOUNT 0

static void
outcomes_are_counted(void **state)
{
	(void)state;
	add_outcome("W@d3", day(1), 100, EUR);
	add_outcome("W@d4", day(1), 0, NO_AMOUNT);
	add_outcome("X@d5", day(1), 30, EUR);
	add_outcome("J@d5", day(1), 40, EUR);
	add_outcome("R@d5", day(1), 50, EUR);
	add_outcome("O@d5", day(1), 60, EUR);
	assert_int_equal(outcomes()->records, 6);
	assert_int_equal(outcomes()->won, 2);
	assert_int_equal(outcomes()->lost, 1);
	assert_int_equal(outcomes()->rejected, 1);
	assert_int_equal(outcomes()->recycled, 1);
	assert_int_equal(outcomes()->open, 1);
	/* blank is unknown, not 0 (3.0.9) */
	assert_int_equal(outcomes()->won_value.sum.known, 1);
	assert_int_equal(outcomes()->won_value.sum.ten_thousandths, 100);
	assert_int_equal(outcomes()->lost_value.sum.ten_thousandths, 30);
}

/* 3.0.9: mixed currencies are never summed. Only what is summed counts. */
static void
currencies_mix(void **state)
{
	(void)state;
	add_outcome("W@d3", day(1), 100, EUR);
	add_outcome("O@d3", day(1), 100, INR);
	add_outcome("X@d3", day(1), 100, INR);
	assert_false(outcomes()->won_value.mixed);
	assert_false(outcomes()->lost_value.mixed);
	add_outcome("W@d3", day(1), 100, EUR);
	assert_false(outcomes()->won_value.mixed);
	add_outcome("W@d3", day(1), 100, INR);
	assert_true(outcomes()->won_value.mixed);
	assert_false(outcomes()->lost_value.mixed);
}

/* 3.2.1: first entry to the opportunity stage, else created; to the close. */
static void
cycles(void **state)
{
	(void)state;
	rules.start_rank = 5; /* O */
	add_outcome("L@d1 O@d3 W@d10", day(0), 0, NO_AMOUNT);
	add_outcome("L@d1 W@d10", day(2), 0, NO_AMOUNT);
	add_outcome("L@d1 O@d3 X@d4 O@d5 W@d6", day(0), 0, NO_AMOUNT);
	add_outcome("O@d3 X@d10", day(0), 0, NO_AMOUNT); /* not won */
	add_outcome("W@d3", day(5), 0, NO_AMOUNT); /* before it began */
	add_outcome("W@?", day(5), 0, NO_AMOUNT);
	add_outcome("O@0 W@43200", day(0), 0, NO_AMOUNT);
	assert_int_equal(outcomes()->n_cycles, 4);
	assert_true(fabs(outcomes()->cycles[0] - 7) < 1e-12);
	assert_true(fabs(outcomes()->cycles[1] - 8) < 1e-12);
	assert_true(fabs(outcomes()->cycles[2] - 3) < 1e-12);
	assert_true(fabs(outcomes()->cycles[3] - 0.5) < 1e-12);
	assert_int_equal(outcomes()->negative_cycles, 1);
	assert_int_equal(outcomes()->untimed_cycles, 1);
}

static void
many_cycles(void **state)
{
	(void)state;
	for (int i = 0; i < 1000; i++)
		add_outcome("O@d3 W@d10", day(3), 0, NO_AMOUNT);
	assert_int_equal(outcomes()->n_cycles, 1000);
	assert_true(fabs(outcomes()->cycles[999] - 7) < 1e-12);
}

static void
outcomes_by_creation_or_close(void **state)
{
	(void)state;
	rules.window.from = day(10);
	rules.window.to = day(20);
	add_outcome("W@d25", day(10), 0, NO_AMOUNT);
	add_outcome("W@d15", day(9), 0, NO_AMOUNT);
	add_outcome("O@d12", day(12), 0, NO_AMOUNT);
	assert_int_equal(outcomes()->records, 2);
	assert_int_equal(outcomes()->won, 1);
	tally = NULL;
	rules.basis = BASIS_CLOSED;
	add_outcome("W@d25", day(10), 0, NO_AMOUNT);
	add_outcome("W@d15", day(9), 0, NO_AMOUNT);
	add_outcome("O@d12", day(12), 0, NO_AMOUNT);
	assert_int_equal(outcomes()->records, 1);
	assert_int_equal(outcomes()->won, 1);
}

/* Without a creation date the first event dates the record. */
static void
outcomes_without_a_date(void **state)
{
	struct when unknown = { 0, WHEN_UNKNOWN };

	(void)state;
	rules.window.from = day(10);
	add_outcome("O@d12", unknown, 0, NO_AMOUNT);
	add_outcome("O@?", unknown, 0, NO_AMOUNT);
	assert_int_equal(outcomes()->records, 1);
	assert_int_equal(tally->undated, 1);
}

/* ---- order of the groups ---- */

static void
groups_are_sorted_by_text_then_period(void **state)
{
	struct definitions d = { 0 };
	struct store *store =
	    store_new(arena, &d, utc, ledger_new(arena, false), 0);
	uint32_t web = intern_put(store->texts, SLICE("Web"));
	uint32_t fair = intern_put(store->texts, SLICE("Fair"));
	struct group_key *const *sorted;

	(void)state;
	rules.period = PERIOD_MONTH;
	add_by("L@d40", &web);
	add_by("L@d1", &web);
	add_by("L@?", &fair);
	add_by("L@d1", &fair);
	sorted = (struct group_key *const *)groups_sorted(
	    &tally->groups, store->texts);
	assert_int_equal(sorted[0]->by[0], fair);
	assert_true(sorted[0]->dated);
	assert_int_equal(sorted[1]->by[0], fair);
	assert_false(sorted[1]->dated);
	assert_int_equal(sorted[2]->period, 0);
	assert_int_equal(sorted[3]->period, 31);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(w1_cohort),
		TEST(every_outcome_has_its_place),
		TEST(any_counts_whoever_came),
		TEST(cohort_window_by_anchor),
		TEST(cohort_of_a_month),
		TEST(the_undated_stand_apart),
		TEST(segments_are_groups),
		TEST(horizon_is_inclusive_and_from_the_entry),
		TEST(horizon_needs_the_whole_follow_up),
		TEST(horizon_from_the_first_stage),
		TEST(period_counts_entries_of_anyone),
		TEST(period_counts_first_entries_or_all),
		TEST(period_window),
		TEST(active_is_whoever_stood_there),
		TEST(active_at_the_edges),
		TEST(active_until_the_first_evening),
		TEST(active_through_a_repeat),
		TEST(active_for_no_time_at_all),
		TEST(active_and_won),
		TEST(active_knows_no_imputed_stays),
		TEST(active_in_every_month_it_lasts),
		TEST(closed_looks_back),
		TEST(closed_by_the_close_still_in_force),
		TEST(w3_amplitude),
		TEST(one_conversion_for_two_entries),
		TEST(entries_within_a_horizon),
		TEST(entries_in_mode_any_need_the_next_stage),
		TEST(outcomes_are_counted),
		TEST(currencies_mix),
		TEST(cycles),
		TEST(many_cycles),
		TEST(outcomes_by_creation_or_close),
		TEST(outcomes_without_a_date),
		TEST(groups_are_sorted_by_text_then_period),
	};

	return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
