/*
 * test_records: the store. What is expected follows by hand from records.h,
 * metrics.md 3.0.11 (merges) and 3.1.5 (segments).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "records.h"
#include "standard.h"

#include <cmocka.h>

struct fixture {
	struct arena *arena;
	struct definitions definitions;
	const struct zone *zone;
	struct store *store;
};

#define STAGES "Lead,MQL,Opportunity,won:Closed Won,lost:Closed Lost"

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct fnl_err err = { 0 };

	*state = f;
	f->arena = arena_new();
	if (standard_parse(f->arena, STAGES, &f->definitions, &err) < 0 ||
	    zone_open(f->arena, "UTC", &f->zone, &err) < 0)
		return -1;
	f->store = store_new(
	    f->arena, &f->definitions, f->zone, ledger_new(f->arena, false), 2);
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	free(f);
	return 0;
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

static const struct when unknown = { 0, WHEN_UNKNOWN };

static uint32_t
record(struct store *store, const char *id)
{
	return store_record(store, slice_of(id));
}

static void
set_flag(struct store *store, uint32_t number, unsigned flags)
{
	store_at(store, number)->flags |= (uint16_t)flags;
}

static void
became(struct store *store, uint32_t lead, uint32_t deal)
{
	store_at(store, lead)->deal = deal;
}

static void
merged(struct store *store, uint32_t loser, uint32_t winner)
{
	store_at(store, loser)->merged_into = winner;
}

static uint32_t
lead(struct store *store, const char *id, int64_t created)
{
	uint32_t number = record(store, id);

	set_flag(store, number, RECORD_SEEN | RECORD_LEAD);
	store_at(store, number)->created = stamp_of(instant(created));
	return number;
}

static uint32_t
deal(struct store *store, const char *id, int64_t created)
{
	uint32_t number = record(store, id);

	set_flag(store, number, RECORD_SEEN | RECORD_STATE);
	store_at(store, number)->created = stamp_of(instant(created));
	return number;
}

static bool
is_folded(const struct store *store, uint32_t number)
{
	return store_at(store, number)->flags & RECORD_FOLDED;
}

static uint32_t
n_events(const struct store *store, uint32_t number)
{
	return store->first_event[number + 1] - store->first_event[number];
}

/* ---- stages ---- */

static void
stages_by_name_in_any_writing(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;

	assert_int_equal(store_stage(store, SLICE("MQL")), 1);
	assert_int_equal(store_stage(store, SLICE(" closed_won")), 3);
	assert_int_equal(store_stage(store, SLICE("CLOSED WON")), 3);
	assert_int_equal(store_stage(store, SLICE("Customer")), STAGE_NONE);
	assert_int_equal(store_stage(store, SLICE("Customer")), STAGE_NONE);
	assert_int_equal(store_stage(store, SLICE("")), STAGE_NONE);
}

static void
aliases_are_stages(void **state)
{
	struct fixture *f = *state;
	const char *items[] = { "Customer", "Kunde" };
	struct store *store;

	f->definitions.stages[3].aliases = (struct texts){ items, 2 };
	store = store_new(
	    f->arena, &f->definitions, f->zone, ledger_new(f->arena, false), 0);
	assert_int_equal(store_stage(store, SLICE("kunde")), 3);
	assert_int_equal(store_stage(store, SLICE("Closed Won")), 3);
}

static void
unknown_stages_are_named_and_counted(void **state)
{
	struct fixture *f = *state;

	assert_null(store_unknown_stages(f->store, f->arena));
	store_unknown_stage(f->store, SLICE("Oportunity"));
	store_unknown_stage(f->store, SLICE("Zzz"));
	store_unknown_stage(f->store, SLICE("Oportunity"));
	assert_string_equal(store_unknown_stages(f->store, f->arena),
	    "'Oportunity' 2 (nearest: 'Opportunity'), 'Zzz' 1");
}

static void
unknown_stages_without_end(void **state)
{
	struct fixture *f = *state;
	const char *text;

	for (int i = 0; i < 50; i++) {
		char name[16];
		int n = snprintf(name, sizeof(name), "x%dyyyyyyyy", i);

		store_unknown_stage(
		    f->store, (struct slice){ name, (size_t)n });
	}
	text = store_unknown_stages(f->store, f->arena);
	assert_non_null(strstr(text, " and 30 more"));
}

/* ---- records and events ---- */

static void
ids_are_exact(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t a = record(store, "0068d00000AbCdE");

	assert_int_equal(record(store, "0068d00000AbCdE"), a);
	assert_int_not_equal(record(store, "0068d00000AbCde"), a);
	assert_int_equal(a, 0);
	assert_true(slice_equal(store_id(store, 1), SLICE("0068d00000AbCde")));
	assert_int_equal(store_at(store, a)->deal, NO_RECORD);
	assert_int_equal(store_at(store, a)->merged_into, NO_RECORD);
	assert_int_equal(store_at(store, a)->stage, STAGE_NONE);
}

static void
events_are_grouped_and_keep_their_order(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t a = record(store, "a"), b = record(store, "b");
	uint32_t c = record(store, "c");

	store_event(store, b, 0, instant(1), 0);
	store_event(store, a, 1, instant(2), 0);
	store_event(store, b, 2, instant(3), 0);
	store_event(store, a, 0, instant(4), 0);
	store_finish(store);
	assert_int_equal(n_events(store, a), 2);
	assert_int_equal(n_events(store, b), 2);
	assert_int_equal(n_events(store, c), 0);
	assert_int_equal(store_event_at(store, store->first_event[a])->at, 2);
	assert_int_equal(
	    store_event_at(store, store->first_event[a] + 1)->at, 4);
	assert_int_equal(store_event_at(store, store->first_event[b])->at, 1);
}

static void
sorted_input_needs_no_index(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;

	for (uint32_t i = 0; i < 10000; i++) {
		char id[16];
		int n = snprintf(id, sizeof(id), "%u", i);

		store_event(store,
		    store_record(store, (struct slice){ id, (size_t)n }), 0,
		    instant(i), 0);
	}
	store_finish(store);
	assert_null(store->by_record);
	for (uint32_t i = 0; i < 10000; i++) {
		assert_int_equal(n_events(store, i), 1);
		assert_int_equal(
		    store_event_at(store, store->first_event[i])->at, i);
	}
}

static void
nothing_at_all(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;

	store_finish(store);
	assert_int_equal(store->records.count, 0);
	assert_int_equal(store->n_linked, 0);
}

static void
kinds_of_time_become_flags(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t a = record(store, "a");

	store_event(store, a, 0, day(2), EVENT_WIDE);
	store_event(store, a, 0, unknown, 0);
	store_event(store, a, 0, instant(5), 0);
	store_finish(store);
	assert_int_equal(
	    store_event_at(store, 0)->flags, EVENT_WIDE | EVENT_DATE);
	assert_int_equal(store_event_at(store, 1)->flags, EVENT_UNTIMED);
	assert_int_equal(store_event_at(store, 2)->flags, 0);
}

/* ---- the latest instant (R46) ---- */

static void
the_latest_thing_that_happened(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;

	assert_int_equal(store->latest.kind, WHEN_UNKNOWN);
	store_happened(store, instant(100));
	store_happened(store, unknown);
	store_happened(store, instant(50));
	assert_int_equal(store->latest.seconds, 100);
	store_event(store, record(store, "a"), 0, instant(200), 0);
	assert_int_equal(store->latest.seconds, 200);
}

/* A date reaches to the end of its day: it wins against the times of that
 * day, in either order. */
static void
a_date_outlasts_its_day(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;

	store_happened(store, instant(2 * DAY_SECONDS + 500));
	store_happened(store, day(2));
	assert_int_equal(store->latest.kind, WHEN_DATE);
	store_happened(store, instant(2 * DAY_SECONDS + 900));
	assert_int_equal(store->latest.kind, WHEN_DATE);
	store_happened(store, instant(3 * DAY_SECONDS));
	assert_int_equal(store->latest.kind, WHEN_INSTANT);
	store_happened(store, day(2));
	assert_int_equal(store->latest.seconds, 3 * DAY_SECONDS);
}

static void
stamps_keep_a_time(void **state)
{
	const struct when times[] = { unknown, day(0), day(-3), instant(0),
		instant(-1), instant(INT64_C(253402300799)) };

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		struct when back = stamp_when(stamp_of(times[i]));

		assert_int_equal(back.kind, times[i].kind);
		assert_int_equal(back.seconds, times[i].seconds);
	}
}

/* ---- attributes ---- */

static void
assert_attribute(
    const struct store *store, uint32_t number, size_t n, const char *expected)
{
	struct slice text =
	    intern_get(store->texts, store_attribute_at(store, number, n));

	assert_true(slice_equal(text, slice_of(expected)));
}

static void
see(struct store *store, const char *value, int64_t at, uint16_t stage)
{
	store_attribute(
	    store, record(store, "a"), 1, slice_of(value), instant(at), stage);
}

static void
first_value_that_is_not_blank(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;

	see(store, "", 1, 0);
	see(store, "late", 9, 0);
	see(store, "early", 3, 1);
	see(store, "middle", 5, 1);
	assert_attribute(store, 0, 1, "early");
	assert_attribute(store, 0, 0, "");
}

static void
last_value(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;

	store->segment_at = SEGMENT_LAST;
	see(store, "late", 9, 0);
	see(store, "early", 3, 1);
	see(store, "", 10, 1);
	assert_attribute(store, 0, 1, "late");
}

static void
value_at_a_stage(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;

	store->segment_at = SEGMENT_STAGE;
	store->segment_stage = 1;
	see(store, "as lead", 1, 0);
	see(store, "again", 7, 1);
	see(store, "as mql", 5, 1);
	see(store, "won", 9, 3);
	assert_attribute(store, 0, 1, "as mql");
}

static void
only_the_records_own_row(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;

	store->segment_at = SEGMENT_RECORD;
	see(store, "history", 1, 0);
	assert_attribute(store, 0, 1, "");
	assert_true(store_own_attribute(store, 0, 1, SLICE("own"), false));
	see(store, "history", 2, 0);
	assert_attribute(store, 0, 1, "own");
}

static void
own_rows_that_disagree(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t a = record(store, "a");

	assert_true(store_own_attribute(store, a, 0, SLICE("x"), true));
	assert_true(store_own_attribute(store, a, 0, SLICE("x"), true));
	assert_true(store_own_attribute(store, a, 0, SLICE(""), true));
	assert_attribute(store, a, 0, "x");
	assert_false(store_own_attribute(store, a, 0, SLICE("y"), false));
	assert_attribute(store, a, 0, "x");
	assert_false(store_own_attribute(store, a, 0, SLICE("y"), true));
	assert_attribute(store, a, 0, "y");
}

/* A value of the history has a time, the one of the own row has none: the
 * history says what was first. Either file may come first (R42). */
static void
history_before_the_own_row_in_any_order(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t b = record(store, "b"), c = record(store, "c");

	store_attribute(store, b, 0, SLICE("logged"), instant(4), 0);
	store_own_attribute(store, b, 0, SLICE("now"), true);
	store_own_attribute(store, c, 0, SLICE("now"), true);
	store_attribute(store, c, 0, SLICE("logged"), instant(4), 0);
	assert_attribute(store, b, 0, "logged");
	assert_attribute(store, c, 0, "logged");
}

/* ---- leads and the deals they became ---- */

static void
a_lead_and_its_deal_are_one(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t l = lead(store, "l", 10), d = deal(store, "d", 20);
	struct record *r;

	became(store, l, d);
	store_at(store, d)->outcome = OUTCOME_WON;
	store_at(store, d)->closed = stamp_of(instant(30));
	store_at(store, d)->amount = 500;
	set_flag(store, d, RECORD_AMOUNT);
	store_event(store, l, 0, instant(10), 0);
	store_event(store, d, 3, instant(30), 0);
	store_own_attribute(store, l, 0, SLICE("Web"), true);
	store_own_attribute(store, d, 0, SLICE("Other"), true);
	store_own_attribute(store, d, 1, SLICE("Ann"), true);
	store_finish(store);
	r = store_at(store, l);
	assert_false(is_folded(store, l));
	assert_true(is_folded(store, d));
	assert_int_equal(store->n_linked, 1);
	assert_int_equal(r->outcome, OUTCOME_WON);
	assert_int_equal(stamp_when(r->closed).seconds, 30);
	assert_int_equal(stamp_when(r->created).seconds, 10);
	assert_int_equal(r->amount, 500);
	assert_attribute(store, l, 0, "Web"); /* the lead's own stands */
	assert_attribute(store, l, 1, "Ann"); /* what it lacks is filled */
	/* and the deal's creation enters Opportunity */
	assert_int_equal(n_events(store, l), 3);
	assert_int_equal(n_events(store, d), 0);
	assert_int_equal(
	    store_event_at(store, store->first_event[l] + 2)->flags,
	    EVENT_DEAL_CREATED);
	assert_int_equal(
	    store_event_at(store, store->first_event[l] + 2)->stage, 2);
}

static void
a_deal_that_no_file_has(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t l = lead(store, "l", 10);

	became(store, l, record(store, "d"));
	store_finish(store);
	assert_int_equal(store->n_unseen_deals, 1);
	assert_int_equal(store->n_linked, 0);
	assert_false(is_folded(store, l));
}

/* The lead that was created first keeps the deal, then the smaller id:
 * whatever order the rows are in. */
static void
two_leads_of_one_deal(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t late = lead(store, "late", 20), d = deal(store, "d", 30);
	uint32_t early = lead(store, "early", 10);

	became(store, late, d);
	became(store, early, d);
	store_at(store, d)->outcome = OUTCOME_WON;
	store_finish(store);
	assert_int_equal(store->n_shared_deals, 1);
	assert_int_equal(store_at(store, early)->outcome, OUTCOME_WON);
	assert_int_equal(store_at(store, late)->outcome, OUTCOME_NONE);
}

static void
two_leads_of_one_moment(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t b = lead(store, "b", 10), d = deal(store, "d", 30);
	uint32_t a = lead(store, "a", 10);

	became(store, b, d);
	became(store, a, d);
	store_at(store, d)->outcome = OUTCOME_WON;
	store_finish(store);
	assert_int_equal(store_at(store, a)->outcome, OUTCOME_WON);
	assert_int_equal(store_at(store, b)->outcome, OUTCOME_NONE);
}

/* ---- merges (3.0.11) ---- */

static void
the_loser_folds_into_the_winner(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t loser = deal(store, "loser", 5), w = deal(store, "w", 9);

	store_at(store, w)->created = stamp_of(unknown);
	merged(store, loser, w);
	store_event(store, loser, 0, instant(5), 0);
	store_event(store, w, 1, instant(9), 0);
	store_finish(store);
	assert_true(is_folded(store, loser));
	assert_int_equal(store->n_merged, 1);
	assert_int_equal(n_events(store, w), 2);
	assert_int_equal(stamp_when(store_at(store, w)->created).seconds, 5);
}

/* Only counted when its own row was there. */
static void
a_merged_id_without_a_row(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t w = deal(store, "w", 9), loser = record(store, "loser");

	merged(store, loser, w);
	store_finish(store);
	assert_int_equal(store->n_merged, 0);
	assert_true(is_folded(store, loser));
}

static void
a_chain_of_merges(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t a = deal(store, "a", 1), b = deal(store, "b", 2);
	uint32_t c = deal(store, "c", 3);

	merged(store, a, b);
	merged(store, b, c);
	store_event(store, a, 0, instant(1), 0);
	store_finish(store);
	assert_int_equal(n_events(store, c), 1);
	assert_true(is_folded(store, a));
	assert_true(is_folded(store, b));
	assert_false(is_folded(store, c));
}

/* A chain longer than any that a CRM makes: all of it is one record. */
static void
a_long_chain_of_merges(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t n = 200, last;

	for (uint32_t i = 0; i < n; i++) {
		char id[16];

		snprintf(id, sizeof(id), "%u", i);
		last = deal(store, id, i);
		store_event(store, last, 0, instant(i), 0);
		if (i)
			merged(store, last - 1, last);
	}
	store_finish(store);
	assert_false(is_folded(store, last));
	assert_int_equal(n_events(store, last), n);
}

/* Two exports of a merge each naming the other, or worse: no event may be
 * lost and exactly one record must be left. */
static void
a_ring_of_merges(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	const char *const ids[] = { "a", "b", "c", "d", "e" };
	uint32_t events = 0, left = 0;

	for (uint32_t i = 0; i < 5; i++) {
		deal(store, ids[i], i + 1);
		store_event(store, i, 0, instant(i), 0);
	}
	for (uint32_t i = 0; i < 5; i++)
		merged(store, i, (i + 1) % 5);
	store_finish(store);
	for (uint32_t i = 0; i < 5; i++) {
		left += !is_folded(store, i);
		if (!is_folded(store, i))
			events += n_events(store, i);
	}
	assert_int_equal(left, 1);
	assert_int_equal(events, 5);
}

static void
a_merge_of_two_into_each_other(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t a = deal(store, "a", 1), b = deal(store, "b", 2);

	merged(store, a, b);
	merged(store, b, a);
	store_event(store, a, 0, instant(1), 0);
	store_event(store, b, 1, instant(2), 0);
	store_finish(store);
	assert_true(is_folded(store, a) != is_folded(store, b));
	assert_int_equal(n_events(store, is_folded(store, a) ? b : a), 2);
}

/* A lead became a deal that was then merged into another. */
static void
a_merged_deal_finds_its_lead(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t l = lead(store, "l", 1), d1 = deal(store, "d1", 5);
	uint32_t d2 = deal(store, "d2", 6);

	became(store, l, d1);
	merged(store, d1, d2);
	store_at(store, d2)->outcome = OUTCOME_WON;
	store_event(store, d1, 2, instant(5), 0);
	store_event(store, d2, 3, instant(7), 0);
	store_finish(store);
	assert_false(is_folded(store, l));
	assert_true(is_folded(store, d1));
	assert_true(is_folded(store, d2));
	assert_int_equal(store_at(store, l)->outcome, OUTCOME_WON);
	/* both deals' events, and the creation of the deal */
	assert_true(n_events(store, l) >= 3);
	assert_int_equal(n_events(store, d1) + n_events(store, d2), 0);
}

/* A merged lead's deal belongs to the lead that survived. */
static void
a_merged_leads_deal(void **state)
{
	struct store *store = ((struct fixture *)*state)->store;
	uint32_t l1 = lead(store, "l1", 1), l2 = lead(store, "l2", 2);
	uint32_t d = deal(store, "d", 5);

	merged(store, l2, l1);
	became(store, l1, d);
	store_event(store, l2, 1, instant(2), 0);
	store_event(store, d, 3, instant(9), 0);
	store_at(store, d)->outcome = OUTCOME_WON;
	store_finish(store);
	assert_false(is_folded(store, l1));
	assert_int_equal(n_events(store, l1), 3);
	assert_int_equal(store_at(store, l1)->outcome, OUTCOME_WON);
}

/* Whatever the links say, every event is counted with some record, and every
 * group of linked records is one: chains, rings, tails that run into rings. */
static void
no_event_is_lost_in_any_tangle(void **state)
{
	struct fixture *f = *state;
	uint64_t seed = 1;

	for (int n = 0; n < 2000; n++) {
		struct store *store = store_new(
		    f->arena, &f->definitions, f->zone, f->store->ledger, 0);
		uint32_t group[8], left = 0, groups = 0, events = 0;

		for (uint32_t i = 0; i < 8; i++) {
			const char id[2] = { (char)('a' + i), '\0' };

			store_event(
			    store, deal(store, id, i), 0, instant(i), 0);
			group[i] = i;
		}
		for (uint32_t i = 0; i < 8; i++) {
			/* Knuth's MMIX constants (1997) */
			seed = seed * UINT64_C(6364136223846793005) +
			       UINT64_C(1442695040888963407);
			uint32_t to = (uint32_t)(seed >> 33) % 10;

			if (to >= 8 || to == i)
				continue;
			merged(store, i, to);
			for (uint32_t j = 0, old = group[i]; j < 8; j++)
				if (group[j] == old)
					group[j] = group[to];
		}
		for (uint32_t i = 0; i < 8; i++) {
			bool first = true;

			for (uint32_t j = 0; j < i; j++)
				first &= group[j] != group[i];
			groups += first;
		}
		store_finish(store);
		for (uint32_t i = 0; i < 8; i++)
			if (!is_folded(store, i)) {
				left++;
				events += n_events(store, i);
			}
		assert_int_equal(events, 8);
		assert_int_equal(left, groups);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(stages_by_name_in_any_writing),
		TEST(aliases_are_stages),
		TEST(unknown_stages_are_named_and_counted),
		TEST(unknown_stages_without_end),
		TEST(ids_are_exact),
		TEST(events_are_grouped_and_keep_their_order),
		TEST(sorted_input_needs_no_index),
		TEST(nothing_at_all),
		TEST(kinds_of_time_become_flags),
		TEST(the_latest_thing_that_happened),
		TEST(a_date_outlasts_its_day),
		TEST(stamps_keep_a_time),
		TEST(first_value_that_is_not_blank),
		TEST(last_value),
		TEST(value_at_a_stage),
		TEST(only_the_records_own_row),
		TEST(own_rows_that_disagree),
		TEST(history_before_the_own_row_in_any_order),
		TEST(a_lead_and_its_deal_are_one),
		TEST(a_deal_that_no_file_has),
		TEST(two_leads_of_one_deal),
		TEST(two_leads_of_one_moment),
		TEST(the_loser_folds_into_the_winner),
		TEST(a_merged_id_without_a_row),
		TEST(a_chain_of_merges),
		TEST(a_long_chain_of_merges),
		TEST(a_ring_of_merges),
		TEST(a_merge_of_two_into_each_other),
		TEST(a_merged_deal_finds_its_lead),
		TEST(a_merged_leads_deal),
		TEST(no_event_is_lost_in_any_tangle),
	};

	return cmocka_run_group_tests_name("records", tests, NULL, NULL);
}
