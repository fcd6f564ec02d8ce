/*
 * test_path: the six readings of a funnel. Expected values are those of
 * metrics.md 3.1.1 (W1, the HubSpot example), 3.1.4 (W4 Mixpanel, W5
 * ClickHouse, W6 retentioneering) and rulings R2, R3 and R12; the rest is
 * worked out by hand from the table of modes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

/* before cmocka.h, whose fail() is a macro */
#include "path.h"
#include "visits.h"

#include <cmocka.h>

#define HOUR 3600

static const struct zone *utc;
static struct arena *arena;

static int
setup(void **state)
{
	struct fnl_err err = { 0 };

	(void)state;
	arena = arena_new();
	return arena ? zone_open(arena, "UTC", &utc, &err) : -1;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct path_rule
rule_of(enum mode mode)
{
	return (struct path_rule){
		.mode = mode, .zone = utc, .n_ranks = LADDER_RANKS
	};
}

static struct reach
reach_of(const struct path_rule *rule, const char *text)
{
	struct visits visits;
	struct reach reach;

	path_reach(rule, visits_read(&visits, text), &reach);
	return reach;
}

static const char *
letters(uint64_t set, char out[LADDER_RANKS + 1])
{
	size_t n = 0;

	for (unsigned k = 1; k <= LADDER_RANKS; k++)
		if (set & rank_bit(k))
			out[n++] = LADDER[k - 1];
	out[n] = '\0';
	return out;
}

static void
assert_set(uint64_t set, const char *expected)
{
	char text[LADDER_RANKS + 1];

	assert_string_equal(letters(set, text), expected);
}

static void
assert_counted(
    const struct path_rule *rule, const char *text, const char *expected)
{
	assert_set(reach_of(rule, text).counted, expected);
}

static void
assert_mode(enum mode mode, const char *text, const char *expected)
{
	struct path_rule rule = rule_of(mode);

	assert_counted(&rule, text, expected);
}

static const char *const w1[] = {
	"L M A S O W",
	"L M S O W",
	"O W",
	"L M A M A S O X",
	"L M X",
	"L M A S",
	"L",
	"W",
	"L M A S O X O W",
	"L M A S M",
};

#define W1_RECORDS (sizeof(w1) / sizeof(*w1))

static void
count_w1(enum mode mode, int counted[LADDER_RANKS], int moved[LADDER_RANKS])
{
	struct path_rule rule = rule_of(mode);

	for (size_t i = 0; i < W1_RECORDS; i++) {
		struct reach reach = reach_of(&rule, w1[i]);

		for (unsigned k = 1; k <= LADDER_RANKS; k++) {
			counted[k - 1] += !!(reach.counted & rank_bit(k));
			moved[k - 1] += !!(reach.moved & rank_bit(k));
		}
	}
}

static void
w1_as_the_table_says(void **state)
{
	static const struct {
		enum mode mode;
		int n[LADDER_RANKS];
	} rows[] = {
		{ MODE_STRICT, { 8, 7, 5, 5, 3, 2 } },
		{ MODE_ANY, { 8, 7, 5, 6, 5, 5 } },
		{ MODE_REACHED, { 10, 9, 8, 8, 6, 5 } },
		{ MODE_CURRENT, { 10, 9, 7, 7, 6, 5 } },
		{ MODE_EXACT, { 8, 7, 5, 4, 2, 1 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int counted[LADDER_RANKS] = { 0 }, moved[LADDER_RANKS] = { 0 };

		count_w1(rows[i].mode, counted, moved);
		assert_memory_equal(counted, rows[i].n, sizeof(counted));
	}
}

static void
w1_direct_is_a_ratio_per_step(void **state)
{
	static const int entrants[LADDER_RANKS] = { 8, 7, 5, 6, 5, 5 };
	static const int moves[LADDER_RANKS] = { 7, 4, 4, 4, 4, 0 };
	int counted[LADDER_RANKS] = { 0 }, moved[LADDER_RANKS] = { 0 };

	(void)state;
	count_w1(MODE_DIRECT, counted, moved);
	assert_memory_equal(counted, entrants, sizeof(counted));
	assert_memory_equal(moved, moves, sizeof(moved));
}

/* Seen [H1]: contact created -> Lead -> Customer without an opportunity. "All
 * stages" counts it in the first two only, reached in all. */
static void
hubspot_example(void **state)
{
	(void)state;
	assert_mode(MODE_STRICT, "L M W", "LM");
	assert_mode(MODE_REACHED, "L M W", "LMASOW");
	assert_mode(MODE_ANY, "L M W", "LMW");
}

static void
nothing_entered_counts_nowhere(void **state)
{
	(void)state;
	for (int mode = 0; mode < MODE_COUNT; mode++) {
		struct path_rule rule = rule_of((enum mode)mode);
		struct reach reach = reach_of(&rule, "");

		assert_int_equal(reach.counted, 0);
		assert_int_equal(reach.moved, 0);
		assert_int_equal(reach.furthest, 0);
		assert_int_equal(reach.anchor.kind, WHEN_UNKNOWN);
		assert_counted(&rule, "X", "");
	}
}

static void
strict_lets_others_lie_between(void **state)
{
	(void)state;
	assert_mode(MODE_STRICT, "L O M X A", "LMA");
	assert_mode(MODE_STRICT, "M L A M", "LM");
	assert_mode(MODE_STRICT, "M A S", "");
}

static void
exact_ends_at_any_other(void **state)
{
	(void)state;
	assert_mode(MODE_EXACT, "L M O A", "LM");
	assert_mode(MODE_EXACT, "L M L A", "LM");
	assert_mode(MODE_EXACT, "S L M A", "LMA");
}

/* R3: current of a loss without an open position is rank 0; a loss ends
 * exact. */
static void
losses_under_r3(void **state)
{
	(void)state;
	assert_mode(MODE_CURRENT, "X", "");
	assert_mode(MODE_CURRENT, "L M A X", "LMA");
	assert_mode(MODE_CURRENT, "L M A M J", "LM");
	assert_mode(MODE_EXACT, "L M X A", "LM");
	assert_mode(MODE_EXACT, "L M R A", "LM");
}

static void
current_is_the_last_word(void **state)
{
	(void)state;
	assert_mode(MODE_CURRENT, "O S M", "LM");
	assert_mode(MODE_CURRENT, "L W", "LMASOW");
	assert_mode(MODE_CURRENT, "L W M", "LM");
	assert_mode(MODE_CURRENT, "L S W X", "LMAS");
}

static void
direct_takes_progress_back(void **state)
{
	struct path_rule rule = rule_of(MODE_DIRECT);

	(void)state;
	assert_set(reach_of(&rule, "L M A S").moved, "LMA");
	assert_set(reach_of(&rule, "L M A S M").moved, "L");
	assert_set(reach_of(&rule, "L M A L").moved, "");
	assert_set(reach_of(&rule, "L M A L M").moved, "L");
	assert_set(reach_of(&rule, "L A S").moved, "A");
	assert_set(reach_of(&rule, "L M A X M").moved, "L");
	assert_set(reach_of(&rule, "L M X A").moved, "L");
	assert_set(reach_of(&rule, "O W S").moved, "");
}

/* 3.0.3: back-filled from the next later stage that has a date, from the far
 * end backwards, and marked. */
static void
skipped_stages_are_imputed(void **state)
{
	struct path_rule rule = rule_of(MODE_REACHED);
	struct reach reach = reach_of(&rule, "L@10 A@30 O@50");

	(void)state;
	assert_set(reach.counted, "LMASO");
	assert_set(reach.imputed, "MS");
	assert_int_equal(reach.at[1].seconds, 10);
	assert_int_equal(reach.at[2].seconds, 30);
	assert_int_equal(reach.at[4].seconds, 50);
	reach = reach_of(&rule, "W@70");
	assert_set(reach.imputed, "LMASO");
	assert_int_equal(reach.at[1].seconds, 70);
	assert_int_equal(reach.anchor.seconds, 70);
}

static void
an_unknown_time_fills_nothing(void **state)
{
	struct path_rule rule = rule_of(MODE_REACHED);
	struct reach reach = reach_of(&rule, "L@10 A@? O@50");

	(void)state;
	assert_set(reach.imputed, "MS");
	assert_int_equal(reach.at[3].kind, WHEN_UNKNOWN);
	assert_int_equal(reach.at[2].seconds, 50);
	reach = reach_of(&rule, "L@10 O@?");
	assert_set(reach.counted, "LMASO");
	assert_int_equal(reach.at[2].kind, WHEN_UNKNOWN);
}

static void
imputed_only_where_counts_are_inferred(void **state)
{
	static const enum mode plain[] = { MODE_STRICT, MODE_ANY, MODE_EXACT,
		MODE_DIRECT };

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++) {
		struct path_rule rule = rule_of(plain[i]);

		assert_set(reach_of(&rule, "L M S W").imputed, "");
	}
}

/* A, B, C of the vectors are L, M, A here. */
static void
w4_mixpanel(void **state)
{
	static const char record[] = "L@46800 L@48600 M@49500 A@51300";
	struct path_rule rule = rule_of(MODE_STRICT);

	(void)state;
	rule.has_window = true;
	rule.window = HOUR;
	assert_counted(&rule, record, "LM");
	rule.reentry_best = true;
	assert_counted(&rule, record, "LMA");
}

static void
w5_clickhouse(void **state)
{
	struct path_rule rule = rule_of(MODE_STRICT);

	(void)state;
	rule.has_window = true;
	rule.window = 50;
	assert_counted(&rule, "M@99 L@100", "L");
	assert_counted(&rule, "M@250", "");
	assert_counted(&rule, "L@200 L@210 M@230 M@240", "LM");
}

static void
w6_retentioneering(void **state)
{
	(void)state;
	assert_mode(MODE_STRICT, "L M A", "LMA");
	assert_mode(MODE_STRICT, "L M", "LM");
	assert_mode(MODE_STRICT, "L", "L");
	assert_mode(MODE_STRICT, "M", "");
}

/* R12: the end of the window is in it; dates count in whole days. */
static void
window_is_inclusive(void **state)
{
	struct path_rule rule = rule_of(MODE_STRICT);

	(void)state;
	rule.has_window = true;
	rule.window = 50;
	assert_counted(&rule, "L@100 M@150", "LM");
	assert_counted(&rule, "L@100 M@151", "L");
	rule.window = DAY_SECONDS;
	assert_counted(&rule, "L@d3 M@d4", "LM");
	assert_counted(&rule, "L@d3 M@d5", "L");
	/* R49: 23:59 of day 4 is one civil day after day 3 */
	assert_counted(&rule, "L@d3 M@431940", "LM");
	rule.window = 0;
	assert_counted(&rule, "L@100 M@100 A@101", "LM");
}

static void
window_in_every_mode(void **state)
{
	struct path_rule rule = rule_of(MODE_ANY);

	(void)state;
	rule.has_window = true;
	rule.window = 100;
	assert_counted(&rule, "L@0 M@50 A@101 S@60", "LMS");
	rule.mode = MODE_REACHED;
	assert_counted(&rule, "L@0 A@90 W@101", "LMA");
	rule.mode = MODE_CURRENT;
	assert_counted(&rule, "L@0 A@90 W@101", "LMA");
	rule.mode = MODE_EXACT;
	assert_counted(&rule, "L@0 M@50 A@101", "LM");
}

/* 3.1.4: later entries to stage 1 do not restart the window. */
static void
window_does_not_restart(void **state)
{
	struct path_rule rule = rule_of(MODE_STRICT);

	(void)state;
	rule.has_window = true;
	rule.window = 100;
	assert_counted(&rule, "L@0 X@10 L@80 M@120", "L");
	rule.reentry_best = true;
	assert_counted(&rule, "L@0 X@10 L@80 M@120", "LM");
	/* the first entry stays when none reaches further */
	assert_int_equal(
	    reach_of(&rule, "L@0 M@10 X@20 L@80 M@120").at[1].seconds, 0);
}

static void
no_window_without_a_time(void **state)
{
	struct path_rule rule = rule_of(MODE_STRICT);

	(void)state;
	rule.has_window = true;
	rule.window = 100;
	assert_counted(&rule, "L@0 M@?", "L");
	rule.has_window = false;
	assert_counted(&rule, "L@0 M@?", "LM");
}

/* 3.0.2: equal instants are a passage unless --strict-time. */
static void
strict_time(void **state)
{
	struct path_rule rule = rule_of(MODE_STRICT);

	(void)state;
	assert_counted(&rule, "L@5 M@5 A@6", "LMA");
	rule.strict_time = true;
	assert_counted(&rule, "L@5 M@5 A@6", "L");
	assert_counted(&rule, "L@5 M@6 A@7", "LMA");
	/* a bare date equals every time of its day (R49) */
	assert_counted(&rule, "L@d1 M@100000 A@d2", "L");
	assert_counted(&rule, "L@d1 M@172800 A@d3", "LMA");
	rule.mode = MODE_EXACT;
	assert_counted(&rule, "L@5 M@5", "L");
}

static void
anchor_is_the_entry_to_the_first_stage(void **state)
{
	struct path_rule rule = rule_of(MODE_STRICT);
	struct visits visits;
	struct reach reach;

	(void)state;
	assert_int_equal(reach_of(&rule, "A@5 L@10 M@20").anchor.seconds, 10);
	assert_int_equal(reach_of(&rule, "A@5 M@10").anchor.seconds, 10);
	visits_read(&visits, "X@9");
	visits.timeline.created = (struct when){ 7, WHEN_INSTANT };
	path_reach(&rule, &visits.timeline, &reach);
	assert_int_equal(reach.anchor.seconds, 7);
}

static void
path_within_needs_both(void **state)
{
	struct when day = { 2 * DAY_SECONDS, WHEN_DATE };
	struct when late = { 3 * DAY_SECONDS + 86399, WHEN_INSTANT };
	struct when none = { 0, WHEN_UNKNOWN };

	(void)state;
	assert_true(path_within(utc, day, late, DAY_SECONDS));
	assert_false(path_within(utc, day, late, DAY_SECONDS - 1));
	assert_false(path_within(utc, none, late, DAY_SECONDS));
	assert_false(path_within(utc, day, none, DAY_SECONDS));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(w1_as_the_table_says),
		cmocka_unit_test(w1_direct_is_a_ratio_per_step),
		cmocka_unit_test(hubspot_example),
		cmocka_unit_test(nothing_entered_counts_nowhere),
		cmocka_unit_test(strict_lets_others_lie_between),
		cmocka_unit_test(exact_ends_at_any_other),
		cmocka_unit_test(losses_under_r3),
		cmocka_unit_test(current_is_the_last_word),
		cmocka_unit_test(direct_takes_progress_back),
		cmocka_unit_test(skipped_stages_are_imputed),
		cmocka_unit_test(an_unknown_time_fills_nothing),
		cmocka_unit_test(imputed_only_where_counts_are_inferred),
		cmocka_unit_test(w4_mixpanel),
		cmocka_unit_test(w5_clickhouse),
		cmocka_unit_test(w6_retentioneering),
		cmocka_unit_test(window_is_inclusive),
		cmocka_unit_test(window_in_every_mode),
		cmocka_unit_test(window_does_not_restart),
		cmocka_unit_test(no_window_without_a_time),
		cmocka_unit_test(strict_time),
		cmocka_unit_test(anchor_is_the_entry_to_the_first_stage),
		cmocka_unit_test(path_within_needs_both),
	};

	return cmocka_run_group_tests_name("path", tests, setup, teardown);
}
