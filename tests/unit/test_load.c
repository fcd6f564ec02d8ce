/*
 * test_load: what a report asks of its input beside its query. Expected
 * values are read off the files below, by the rules of segment.h and load.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "load.h"

#include <cmocka.h>

#include "load_fixture.h"

static const enum field_id probability_and_owner[] = { FIELD_PROBABILITY,
	FIELD_OWNER };

static struct store *
read_wanting(struct fixture *f)
{
	f->load->wants = probability_and_owner;
	f->load->n_wants = 2;
	return read_given(f);
}

static void
assert_wanted(
    const struct fixture *f, const char *id, size_t want, const char *expected)
{
	const struct store *store = f->load->store;
	uint32_t text = store_attribute_at(
	    store, record_of(f, id), f->load->want_attribute[want]);

	if (!slice_equal(intern_get(store->texts, text), slice_of(expected)))
		fail_msg("%s has '%s', not '%s'", id,
		    arena_text(f->arena, intern_get(store->texts, text)),
		    expected);
}

#define DEALS                                        \
	"Id,StageName,Probability,CreatedDate,IsWon" \
	"\n"

static void
a_field_that_no_term_names(void **state)
{
	struct fixture *f = *state;

	give(f, DEALS "d1,Prospecting,10,2026-01-01,false\n"
		      "d2,Prospecting,,2026-01-01,false\n");
	read_wanting(f);
	assert_wanted(f, "d1", 0, "10");
	assert_wanted(f, "d2", 0, "");
	assert_int_equal(f->load->segments.n, 0);
}

/* No file has an owner, and nobody is told. */
static void
a_field_that_no_file_has(void **state)
{
	struct fixture *f = *state;
	struct table *table;

	give(f, DEALS "d1,Prospecting,10,2026-01-01,false\n");
	read_wanting(f);
	assert_wanted(f, "d1", 1, "");
	table = table_new(f->arena, "notes", NULL, 0);
	load_notes(f->load, table);
	assert_true(table->notes.count > 0);
	for (size_t i = 0; i < table->notes.count; i++) {
		const struct note *note = vec_at(&table->notes, i);

		assert_string_not_equal(note->key, "no_column");
	}
}

#define HISTORY "OpportunityId,StageName,CreatedDate,Probability\n"

static const char history[] =
    HISTORY "d1,Prospecting,2026-01-01T00:00:00Z,10\n"
	    "d1,Qualification,2026-01-09T00:00:00Z,60\n"
	    "d1,Needs Analysis,2026-01-05T00:00:00Z,30\n"
	    "d1,Closed Won,2026-02-01T00:00:00Z,\n";

/* The last that the history says; a blank says nothing. */
static void
the_latest_of_a_history(void **state)
{
	struct fixture *f = *state;

	give(f, history);
	f->input.segment_at = "first";
	read_wanting(f);
	assert_wanted(f, "d1", 0, "60");
}

static void
the_latest_by_as_of(void **state)
{
	struct fixture *f = *state;

	give(f, history);
	f->input.as_of = "2026-01-06";
	f->input.segment_at = "record";
	read_wanting(f);
	assert_wanted(f, "d1", 0, "30");
}

/* --by has its own rule for the same column. */
static void
beside_a_segment_of_the_same_field(void **state)
{
	static const char *const by[] = { "probability" };
	struct fixture *f = *state;
	const struct store *store;
	uint32_t first;

	give(f, history);
	f->input.by = (struct fnl_list){ by, 1 };
	f->input.segment_at = "first";
	store = read_wanting(f);
	assert_wanted(f, "d1", 0, "60");
	first =
	    store_attribute_at(store, 0, f->load->segments.items[0].attribute);
	assert_true(slice_equal(intern_get(store->texts, first), SLICE("10")));
}

/* The deal says how the record stands, as with its amount; what it does not
 * say is the lead's. */
static void
of_a_deal_before_that_of_its_lead(void **state)
{
	struct fixture *f = *state;

	give(f, "Lead ID,Lead Status,Lead Owner,Created Date,"
		"Converted Opportunity ID\n"
		"l1,Working - Contacted,Sam,2026-01-01,d1\n"
		"l2,Working - Contacted,Sam,2026-01-01,d2\n");
	give(f, "Opportunity ID,Opportunity Name,Stage,Opportunity Owner,"
		"Created Date\n"
		"d1,A,Prospecting,Ada,2026-01-05\n"
		"d2,B,Prospecting,,2026-01-05\n");
	read_wanting(f);
	assert_wanted(f, "l1", 1, "Ada");
	assert_wanted(f, "l2", 1, "Sam");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_field_that_no_term_names),
		TEST(a_field_that_no_file_has),
		TEST(the_latest_of_a_history),
		TEST(the_latest_by_as_of),
		TEST(beside_a_segment_of_the_same_field),
		TEST(of_a_deal_before_that_of_its_lead),
	};

	return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
