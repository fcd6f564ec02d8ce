/*
 * test_timeline: order, ties, what is synthesised, what --as-of cuts away.
 * Expected sequences are worked out by hand from metrics.md 3.0.2, 3.0.4 to
 * 3.0.7 and rulings R1, R40, R47 and R49, named where they decide.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* before cmocka.h, whose fail() is a macro */
#include "standard.h"
#include "visits.h"

#include <cmocka.h>

struct fixture {
	struct arena *arena;
	struct definitions definitions;
	const struct zone *zone;
	struct store *store;
	struct timeline_rules *rules;
	uint32_t record;
};

static int
setup_in(void **state, const char *zone)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct fnl_err err = { 0 };

	*state = f;
	f->arena = arena_new();
	if (standard_parse(f->arena, LADDER_STAGES, &f->definitions, &err) <
		0 ||
	    zone_open(f->arena, zone, &f->zone, &err) < 0)
		return -1;
	f->store = store_new(
	    f->arena, &f->definitions, f->zone, ledger_new(f->arena, false), 0);
	f->record = store_record(f->store, SLICE("r"));
	return 0;
}

static int
setup(void **state)
{
	return setup_in(state, "UTC");
}

static int
setup_kolkata(void **state)
{
	return setup_in(state, "Asia/Kolkata");
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	free(f);
	return 0;
}

/* "S@5 M@3" in the order of input, with flags for all of them. */
static void
add_flagged(struct fixture *f, const char *text, unsigned flags)
{
	struct visits visits;
	const struct timeline *t = visits_read(&visits, text);

	for (size_t i = 0; i < t->n; i++)
		store_event(f->store, f->record, t->visits[i].stage,
		    t->visits[i].at, flags);
}

static void
add(struct fixture *f, const char *text)
{
	add_flagged(f, text, 0);
}

static struct record *
record_of(struct fixture *f)
{
	return store_at(f->store, f->record);
}

static struct when
instant(int64_t seconds)
{
	return (struct when){ seconds, WHEN_INSTANT };
}

static struct when
day(int64_t n)
{
	return (struct when){ n * DAY_SECONDS, WHEN_DATE };
}

static const struct timeline *
build_as_of(struct fixture *f, struct when as_of)
{
	store_finish(f->store);
	f->rules =
	    timeline_rules_new(f->store, as_of, as_of.kind != WHEN_UNKNOWN);
	return timeline_build(f->rules, f->record);
}

static const struct timeline *
build(struct fixture *f)
{
	return build_as_of(f, (struct when){ 0, WHEN_UNKNOWN });
}

/* "L@0 M@? A@d3", as it is written in visits.h; + before what is marked as
 * logged again. */
static void
assert_visits(const struct timeline *t, const char *expected)
{
	static const char letters[] = LADDER "XJR";
	char text[VISITS_MAX * 24] = "";
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct visit *v = &t->visits[i];
		bool date = v->at.kind == WHEN_DATE;

		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s%c@",
		    i ? " " : "", v->repeat ? "+" : "", letters[v->stage]);
		if (v->at.kind == WHEN_UNKNOWN)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "?");
		else
			n += (size_t)snprintf(text + n, sizeof(text) - n,
			    "%s%ld", date ? "d" : "",
			    (long)(date ? v->at.seconds / DAY_SECONDS
					: v->at.seconds));
	}
	assert_string_equal(text, expected);
}

/* ---- order ---- */

static void
time_orders_not_input(void **state)
{
	add(*state, "S@30 L@10 A@20");
	assert_visits(build(*state), "L@10 A@20 S@30");
}

static void
a_return_stays_a_return(void **state)
{
	const struct timeline *t;

	add(*state, "L@1 M@2 L@3 M@4");
	t = build(*state);
	assert_visits(t, "L@1 M@2 L@3 M@4");
	assert_int_equal(t->visits[2].rank, 1);
	assert_int_equal(t->ties, 0);
}

static void
rank_orders_a_tie(void **state)
{
	const struct timeline *t;

	add(*state, "S@5 L@5 M@5 A@9");
	t = build(*state);
	assert_visits(t, "L@5 M@5 S@5 A@9");
	assert_int_equal(t->ties, 2);
}

/* R1: terminal stages come after all ranked ones at the same instant; won is
 * the last rank, lost has none. */
static void
terminals_come_last_in_a_tie(void **state)
{
	const struct timeline *t;

	add(*state, "X@5 W@5 L@5");
	t = build(*state);
	assert_visits(t, "L@5 W@5 X@5");
	assert_int_equal(t->outcome, OUTCOME_LOST);
	assert_int_equal(t->visits[1].rank, LADDER_RANKS);
	assert_int_equal(t->visits[2].rank, 0);
}

/* R40: then the order of input, which stable sorting keeps. */
static void
long_histories_sort_alike(void **state)
{
	struct fixture *f = *state;
	const struct timeline *t;

	for (int i = 199; i >= 0; i--)
		store_event(
		    f->store, f->record, (uint16_t)(i % 5), instant(i / 5), 0);
	t = build(f);
	assert_int_equal(t->n, 200);
	for (size_t i = 0; i < 200; i++) {
		assert_int_equal(t->visits[i].at.seconds, i / 5);
		assert_int_equal(t->visits[i].stage, i % 5);
	}
	assert_int_equal(t->ties, 160);
}

/* ---- dates and instants (R49) ---- */

static void
a_date_ties_with_its_day(void **state)
{
	const struct timeline *t;

	/* day 1 is 86400..172799 */
	add(*state, "M@d1 L@172799 A@172800");
	t = build(*state);
	assert_visits(t, "L@172799 M@d1 A@172800");
	assert_int_equal(t->ties, 1);
}

/* 20:00 UTC is 01:30 of the next day in Kolkata. */
static void
the_day_is_that_of_the_report(void **state)
{
	add(*state, "M@d1 L@72000 S@72001 A@d1");
	assert_visits(build(*state), "L@72000 M@d1 A@d1 S@72001");
}

static void
instants_on_other_days_keep_their_clock(void **state)
{
	add(*state, "S@d0 M@180000 A@172801 O@d3");
	assert_visits(build(*state), "S@d0 A@172801 M@180000 O@d3");
}

static bool
has_date(const struct fixture *f, uint32_t record, int64_t on)
{
	for (uint32_t i = f->store->first_event[record];
	     i < f->store->first_event[record + 1]; i++) {
		const struct event *e = store_event_at(f->store, i);

		if (e->flags & EVENT_DATE && e->at == on * DAY_SECONDS)
			return true;
	}
	return false;
}

/* House law: in every timeline times do not decrease. On a day of which a
 * bare date is known every event is of that day, so there it is days. */
static void
times_never_decrease(void **state)
{
	struct fixture *f = *state;
	uint64_t seed = 1;

	for (int n = 0; n < 2000; n++) {
		char id[16];
		int length = snprintf(id, sizeof(id), "%d", n);
		uint32_t record = store_record(
		    f->store, (struct slice){ id, (size_t)length });

		for (int i = 0; i < 12; i++) {
			struct when at;

			/* Knuth's MMIX constants (1997) */
			seed = seed * UINT64_C(6364136223846793005) +
			       UINT64_C(1442695040888963407);
			at = instant((int64_t)(seed >> 40) % (5 * 86400));
			if (seed >> 60 < 4)
				at = day(at.seconds / DAY_SECONDS);
			store_event(f->store, record,
			    (uint16_t)((seed >> 33) % 9), at, 0);
		}
	}
	build(f);
	for (uint32_t r = 1; r < f->store->records.count; r++) {
		const struct timeline *t = timeline_build(f->rules, r);

		assert_int_equal(t->n, 12);
		for (size_t i = 0; i + 1 < t->n; i++) {
			struct when a = t->visits[i].at;
			struct when b = t->visits[i + 1].at;

			assert_true(
			    zone_day(f->zone, a) <= zone_day(f->zone, b));
			if (!has_date(f, r, zone_day(f->zone, a)))
				assert_true(a.seconds <= b.seconds);
			assert_int_equal(t->visits[i + 1].repeat,
			    t->visits[i].stage == t->visits[i + 1].stage);
		}
	}
}

/* ---- repeats ---- */

/* 3.0.4: the same stage logged twice in a row is one stay, counted apart, and
 * marked for --reentry best, which sees each entry. */
static void
the_same_stage_again_is_one_stay(void **state)
{
	const struct timeline *t;

	add(*state, "L@1 L@2 M@3 M@3 L@4 L@5 L@6");
	t = build(*state);
	assert_visits(t, "L@1 +L@2 M@3 +M@3 L@4 +L@5 +L@6");
	assert_int_equal(t->repeats, 4);
	assert_int_equal(t->ties, 0);
}

/* ---- outcomes (3.0.5) ---- */

static void
the_last_word_is_the_outcome(void **state)
{
	const struct timeline *t;

	add(*state, "L@1 O@2 W@3");
	t = build(*state);
	assert_int_equal(t->outcome, OUTCOME_WON);
	assert_int_equal(t->closed.seconds, 3);
}

static void
a_reopened_deal_is_open(void **state)
{
	const struct timeline *t;

	add(*state, "L@1 X@2 M@3");
	t = build(*state);
	assert_int_equal(t->outcome, OUTCOME_NONE);
	assert_int_equal(t->closed.kind, WHEN_UNKNOWN);
}

static void
a_reopened_deal_closes_when_it_closes_again(void **state)
{
	const struct timeline *t;

	add(*state, "O@1 X@2 O@3 W@4");
	t = build(*state);
	assert_visits(t, "O@1 X@2 O@3 W@4");
	assert_int_equal(t->outcome, OUTCOME_WON);
	assert_int_equal(t->closed.seconds, 4);
}

static void
rejected_and_recycled_are_outcomes(void **state)
{
	struct fixture *f = *state;
	uint32_t other = store_record(f->store, SLICE("other"));
	const struct timeline *t;

	add(f, "L@1 J@2");
	f->record = other;
	add(f, "L@1 R@2");
	t = build(f);
	assert_int_equal(t->outcome, OUTCOME_RECYCLED);
	t = timeline_build(f->rules, 0);
	assert_int_equal(t->outcome, OUTCOME_REJECTED);
}

static void
nothing_known_is_nothing(void **state)
{
	const struct timeline *t = build(*state);

	assert_int_equal(t->n, 0);
	assert_int_equal(t->outcome, OUTCOME_NONE);
	assert_int_equal(t->closed.kind, WHEN_UNKNOWN);
	assert_int_equal(t->created.kind, WHEN_UNKNOWN);
}

/* ---- what the record's own row adds ---- */

static void
the_row_tells_an_outcome_that_the_history_lacks(void **state)
{
	struct fixture *f = *state;
	const struct timeline *t;

	add(f, "L@1 O@2");
	record_of(f)->outcome = OUTCOME_LOST;
	record_of(f)->closed = stamp_of(instant(9));
	t = build(f);
	assert_visits(t, "L@1 O@2 X@9");
	assert_int_equal(t->outcome, OUTCOME_LOST);
	assert_int_equal(t->closed.seconds, 9);
}

/* A typed close date is no better than the logged one (3.2.1). */
static void
a_logged_outcome_stands(void **state)
{
	struct fixture *f = *state;

	add(f, "L@1 W@5");
	record_of(f)->outcome = OUTCOME_WON;
	record_of(f)->closed = stamp_of(instant(3));
	assert_visits(build(f), "L@1 W@5");
}

/* A close date is typed by hand; a stage history is written by the CRM. */
static void
a_close_date_is_told_from_a_logged_end(void **state)
{
	struct fixture *f = *state;
	const struct timeline *t;

	add(f, "L@1 O@2");
	record_of(f)->outcome = OUTCOME_LOST;
	record_of(f)->closed = stamp_of(instant(9));
	t = build(f);
	assert_true(t->closed_is_typed);
	/* the flag is of the end, not of the run */
	record_of(f)->outcome = OUTCOME_NONE;
	assert_false(timeline_build(f->rules, f->record)->closed_is_typed);
}

static void
a_logged_end_is_not_typed(void **state)
{
	struct fixture *f = *state;
	const struct timeline *t;

	add(f, "L@1 W@5 W@7");
	record_of(f)->outcome = OUTCOME_WON;
	record_of(f)->closed = stamp_of(instant(3));
	t = build(f);
	assert_int_equal(t->closed.seconds, 5);
	assert_false(t->closed_is_typed);
}

/* The date of a present stage, which a list shows, is the CRM's own. */
static void
the_date_of_a_present_stage_is_not_typed(void **state)
{
	struct fixture *f = *state;
	const struct timeline *t;

	add_flagged(f, "W@5", EVENT_PRESENT);
	record_of(f)->outcome = OUTCOME_WON;
	record_of(f)->closed = stamp_of(instant(3));
	t = build(f);
	assert_int_equal(t->closed.seconds, 5);
	assert_false(t->closed_is_typed);
}

/* A row that knows better than its history ends with its own close date; it
 * may say none, and that it is open again. */
static void
a_row_that_knows_better_ends_as_typed(void **state)
{
	struct fixture *f = *state;
	const struct timeline *t;

	add(f, "L@1 W@5");
	record_of(f)->flags |= RECORD_STATE;
	record_of(f)->outcome = OUTCOME_LOST;
	record_of(f)->closed = stamp_of(instant(8));
	t = build(f);
	assert_int_equal(t->outcome, OUTCOME_LOST);
	assert_int_equal(t->closed.seconds, 8);
	assert_true(t->closed_is_typed);
	record_of(f)->closed = stamp_of((struct when){ 0, WHEN_UNKNOWN });
	assert_false(timeline_build(f->rules, f->record)->closed_is_typed);
}

/* Typed, and then the deal was opened again: no end, nothing typed. */
static void
an_end_that_was_undone_is_not_typed(void **state)
{
	struct fixture *f = *state;
	const struct timeline *t;

	add(f, "L@1 O@12");
	record_of(f)->outcome = OUTCOME_LOST;
	record_of(f)->closed = stamp_of(instant(9));
	t = build(f);
	assert_visits(t, "L@1 X@9 O@12");
	assert_int_equal(t->closed.kind, WHEN_UNKNOWN);
	assert_false(t->closed_is_typed);
}

static void
an_outcome_without_a_date_comes_last(void **state)
{
	struct fixture *f = *state;
	const struct timeline *t;

	add(f, "L@1 O@2");
	record_of(f)->outcome = OUTCOME_WON;
	t = build(f);
	assert_visits(t, "L@1 O@2 W@?");
	assert_int_equal(t->outcome, OUTCOME_WON);
	assert_int_equal(t->closed.kind, WHEN_UNKNOWN);
	assert_false(t->closed_is_typed);
	assert_int_equal(t->ties, 0);
}

static void
a_present_stage_further_on_was_entered(void **state)
{
	struct fixture *f = *state;

	add(f, "L@1 M@2");
	record_of(f)->stage = visit_stage('S');
	assert_visits(build(f), "L@1 M@2 S@?");
}

static void
a_present_stage_further_back_says_nothing_new(void **state)
{
	struct fixture *f = *state;

	add(f, "L@1 S@2");
	record_of(f)->stage = visit_stage('M');
	assert_visits(build(f), "L@1 S@2");
}

/* What is true now was perhaps not true as of then. */
static void
the_present_stage_is_not_known_as_of(void **state)
{
	struct fixture *f = *state;

	add(f, "L@1 M@2");
	record_of(f)->stage = visit_stage('S');
	assert_visits(build_as_of(f, instant(5)), "L@1 M@2");
}

/* ---- untimed events ---- */

static void
untimed_events_stand_at_the_ends(void **state)
{
	struct fixture *f = *state;
	struct when unknown = { 0, WHEN_UNKNOWN };
	const struct timeline *t;

	add(f, "A@5 M@3");
	store_event(f->store, f->record, visit_stage('O'), unknown, 0);
	store_event(
	    f->store, f->record, visit_stage('S'), unknown, EVENT_FIRST);
	t = build(f);
	assert_visits(t, "S@? M@3 A@5 O@?");
	assert_int_equal(t->ties, 0);
}

static void
dead_events_are_gone(void **state)
{
	struct fixture *f = *state;

	add(f, "L@1");
	add_flagged(f, "M@2", EVENT_DEAD);
	assert_visits(build(f), "L@1");
}

/* ---- old values (R47) ---- */

/* The first logged change tells the stage before it, entered on creation. */
static void
the_first_old_value_was_entered_on_creation(void **state)
{
	struct fixture *f = *state;

	record_of(f)->created = stamp_of(instant(1));
	add(f, "A@5");
	add_flagged(f, "M@5", EVENT_OLD_VALUE);
	add(f, "S@8");
	add_flagged(f, "A@8", EVENT_OLD_VALUE);
	assert_visits(build(f), "M@1 A@5 S@8");
}

static void
without_creation_nobody_knows_when(void **state)
{
	struct fixture *f = *state;

	add(f, "A@5");
	add_flagged(f, "M@5", EVENT_OLD_VALUE);
	assert_visits(build(f), "M@? A@5");
}

static void
a_creation_after_the_change_is_not_believed(void **state)
{
	struct fixture *f = *state;

	record_of(f)->created = stamp_of(instant(7));
	add(f, "A@5");
	add_flagged(f, "M@5", EVENT_OLD_VALUE);
	assert_visits(build(f), "M@? A@5");
}

/* Another file knows the entry already. */
static void
an_earlier_event_makes_the_old_value_idle(void **state)
{
	struct fixture *f = *state;

	record_of(f)->created = stamp_of(instant(1));
	add(f, "M@3 A@5");
	add_flagged(f, "M@5", EVENT_OLD_VALUE);
	assert_visits(build(f), "M@3 A@5");
}

static void
newest_first_logs_give_the_same(void **state)
{
	struct fixture *f = *state;

	record_of(f)->created = stamp_of(instant(1));
	add_flagged(f, "A@8", EVENT_OLD_VALUE);
	add(f, "S@8");
	add_flagged(f, "M@5", EVENT_OLD_VALUE);
	add(f, "A@5");
	assert_visits(build(f), "M@1 A@5 S@8");
}

/* ---- as-of (3.0.6) ---- */

static void
later_events_are_ignored_and_counted(void **state)
{
	const struct timeline *t;

	add(*state, "L@1 M@5 A@6 W@7");
	t = build_as_of(*state, instant(5));
	assert_visits(t, "L@1 M@5");
	assert_int_equal(t->future, 2);
	assert_int_equal(t->outcome, OUTCOME_NONE);
}

static void
a_day_as_of_includes_all_of_it(void **state)
{
	const struct timeline *t;

	add(*state, "L@0 M@86399 A@86400 S@d1");
	t = build_as_of(*state, day(0));
	assert_visits(t, "L@0 M@86399");
	assert_int_equal(t->future, 2);
}

static void
a_later_close_is_not_known_yet(void **state)
{
	struct fixture *f = *state;
	const struct timeline *t;

	add(f, "L@1");
	record_of(f)->outcome = OUTCOME_WON;
	record_of(f)->closed = stamp_of(instant(9));
	t = build_as_of(f, instant(5));
	assert_visits(t, "L@1");
	assert_int_equal(t->future, 1);
	assert_int_equal(t->outcome, OUTCOME_NONE);
}

static void
a_later_change_says_nothing_as_of_before(void **state)
{
	struct fixture *f = *state;

	record_of(f)->created = stamp_of(instant(1));
	add(f, "A@9");
	add_flagged(f, "M@9", EVENT_OLD_VALUE);
	/* as a log that ends on that day says nothing (metrics.md 3.6) */
	assert_visits(build_as_of(f, instant(5)), "");
}

/* ---- one date a stage (3.0.7, wide shape) ---- */

static void
a_later_stage_dated_earlier_is_a_violation(void **state)
{
	const struct timeline *t;

	add_flagged(*state, "L@d5 M@d3 A@d6", EVENT_WIDE);
	t = build(*state);
	assert_visits(t, "M@d3 L@d5 A@d6");
	assert_int_equal(t->order_violations, 1);
}

static void
histories_have_returns_not_violations(void **state)
{
	const struct timeline *t;

	add(*state, "L@d1 M@d3 L@d5");
	t = build(*state);
	assert_int_equal(t->order_violations, 0);
}

/* ---- ranks ---- */

static void
ranks_follow_the_definitions(void **state)
{
	struct fixture *f = *state;

	build(f);
	assert_int_equal(f->rules->n_ranks, LADDER_RANKS);
	assert_int_equal(f->rules->store->definitions
			     ->stages[f->rules->stage_of_rank[LADDER_RANKS]]
			     .outcome,
	    OUTCOME_WON);
	for (unsigned k = 1; k <= LADDER_RANKS; k++)
		assert_int_equal(f->rules->stage_of_rank[k], k - 1);
	assert_int_equal(f->rules->rank_of_stage[visit_stage('X')], 0);
}

/* won is the last rank wherever the definitions name it. */
static void
won_is_last_wherever_it_stands(void **state)
{
	struct fixture *f = *state;
	struct definitions d;
	struct fnl_err err = { 0 };
	struct store *store;
	struct timeline_rules *rules;

	assert_int_equal(
	    standard_parse(f->arena, "won:W,L,lost:X,M", &d, &err), 0);
	store =
	    store_new(f->arena, &d, f->zone, ledger_new(f->arena, false), 0);
	rules =
	    timeline_rules_new(store, (struct when){ 0, WHEN_UNKNOWN }, false);
	assert_int_equal(rules->n_ranks, 3);
	assert_int_equal(rules->rank_of_stage[0], 3);
	assert_int_equal(rules->rank_of_stage[1], 1);
	assert_int_equal(rules->rank_of_stage[3], 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(time_orders_not_input),
		TEST(a_return_stays_a_return),
		TEST(rank_orders_a_tie),
		TEST(terminals_come_last_in_a_tie),
		TEST(long_histories_sort_alike),
		TEST(a_date_ties_with_its_day),
		cmocka_unit_test_setup_teardown(
		    the_day_is_that_of_the_report, setup_kolkata, teardown),
		TEST(instants_on_other_days_keep_their_clock),
		TEST(times_never_decrease),
		TEST(the_same_stage_again_is_one_stay),
		TEST(the_last_word_is_the_outcome),
		TEST(a_reopened_deal_is_open),
		TEST(a_reopened_deal_closes_when_it_closes_again),
		TEST(rejected_and_recycled_are_outcomes),
		TEST(nothing_known_is_nothing),
		TEST(the_row_tells_an_outcome_that_the_history_lacks),
		TEST(a_logged_outcome_stands),
		TEST(a_close_date_is_told_from_a_logged_end),
		TEST(a_logged_end_is_not_typed),
		TEST(the_date_of_a_present_stage_is_not_typed),
		TEST(a_row_that_knows_better_ends_as_typed),
		TEST(an_end_that_was_undone_is_not_typed),
		TEST(an_outcome_without_a_date_comes_last),
		TEST(a_present_stage_further_on_was_entered),
		TEST(a_present_stage_further_back_says_nothing_new),
		TEST(the_present_stage_is_not_known_as_of),
		TEST(untimed_events_stand_at_the_ends),
		TEST(dead_events_are_gone),
		TEST(the_first_old_value_was_entered_on_creation),
		TEST(without_creation_nobody_knows_when),
		TEST(a_creation_after_the_change_is_not_believed),
		TEST(an_earlier_event_makes_the_old_value_idle),
		TEST(newest_first_logs_give_the_same),
		TEST(later_events_are_ignored_and_counted),
		TEST(a_day_as_of_includes_all_of_it),
		TEST(a_later_close_is_not_known_yet),
		TEST(a_later_change_says_nothing_as_of_before),
		TEST(a_later_stage_dated_earlier_is_a_violation),
		TEST(histories_have_returns_not_violations),
		TEST(ranks_follow_the_definitions),
		TEST(won_is_last_wherever_it_stands),
	};

	return cmocka_run_group_tests_name("timeline", tests, NULL, NULL);
}
