/*
 * test_agenda: the sections of a pack as data. Each names options that its
 * command has; ids and titles are their own; what a word stands for, and what
 * is left out, is in the query and in the command that users see.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "agenda.h"

#include <cmocka.h>

#include "arena_fixture.h"

static const struct agenda_words words = { .by = "source",
	.period = "month",
	.from = "2026-02-01",
	.to = "2026-03-01",
	.settled_from = "2026-01-01",
	.settled_to = "2026-02-01",
	.settled_before = "2025-12-01..2026-01-01",
	.trend = "2025-02-01",
	.until = "2026-03-31",
	.target = "1Cr" };

static const struct agenda_item *
item_of(const char *id)
{
	const struct agenda_item *item = agenda;

	while (item->id && strcmp(item->id, id) != 0)
		item++;
	assert_non_null(item->id);
	return item;
}

static struct agenda_files
some_files(void)
{
	static const char *names[] = { "a.csv", "b.csv" };
	struct agenda_files files;

	for (int i = 0; i < AGENDA_INPUTS; i++)
		files.of[i] = (struct fnl_list){ names, 2 };
	return files;
}

static void
options_are_those_of_the_commands(void **state)
{
	const struct agenda_files files = some_files();
	const struct fnl_input input = { 0 };

	for (const struct agenda_item *item = agenda; item->id; item++) {
		union agenda_query query;
		struct fnl_err err = { 0 };
		const char *command = NULL;

		assert_int_equal(agenda_query(*state, item, &words, &input,
				     &files, &query, &command, &err),
		    0);
		assert_null(strchr(command, '@'));
		assert_null(agenda_lacks(*state, item, &words, &files));
		for (const char *p = item->id; *p; p++)
			assert_true((*p >= 'a' && *p <= 'z') || *p == '-');
		for (const struct agenda_item *other = agenda; other != item;
		     other++) {
			assert_string_not_equal(other->id, item->id);
			assert_string_not_equal(other->title, item->title);
		}
	}
}

static void
words_go_into_the_query(void **state)
{
	static const char *names[] = { "it's.csv" };
	const struct agenda_files none = { .of = { { NULL, 0 } } };
	struct fnl_input input = { .files = { names, 1 },
		.as_of = "2026-03-05" };
	struct agenda_words without = words;
	union agenda_query query;
	struct fnl_err err = { 0 };
	const char *command;

	assert_int_equal(agenda_query(*state, item_of("bridge-by"), &words,
			     &input, &none, &query, &command, &err),
	    0);
	assert_string_equal(query.velocity.report, "week");
	assert_string_equal(query.velocity.input.period, "month");
	assert_int_equal(query.velocity.input.by.n, 1);
	assert_string_equal(query.velocity.input.by.items[0], "source");
	assert_string_equal(query.velocity.input.as_of, "2026-03-05");
	assert_string_equal(command,
	    "funnel velocity --report week --period month --by source "
	    "--from 2026-02-01 --to 2026-03-01 --as-of 2026-03-05 "
	    "'it'\\''s.csv'");
	without.by = NULL;
	assert_int_equal(agenda_query(*state, item_of("bridge-by"), &without,
			     &input, &none, &query, &command, &err),
	    0);
	assert_int_equal(query.velocity.input.by.n, 0);
	assert_null(strstr(command, "--by"));
}

static void
what_is_lacking_is_named(void **state)
{
	const struct agenda_files none = { .of = { { NULL, 0 } } };
	struct agenda_words without = words;

	without.by = NULL;
	assert_string_equal(
	    agenda_lacks(*state, item_of("money"), &words, &none),
	    "--touches FILE and --spend FILE");
	assert_string_equal(
	    agenda_lacks(*state, item_of("segments"), &without, &none),
	    "--by COLUMN");
	assert_null(agenda_lacks(*state, item_of("bridge"), &without, &none));
}

static void
lists_are_read_without_records(void **state)
{
	static const char *names[] = { "deals.csv" };
	const struct agenda_files files = some_files();
	const struct fnl_input input = { .files = { names, 1 },
		.where = { names, 1 } };
	union agenda_query query;
	struct fnl_err err = { 0 };
	const char *command;

	assert_int_equal(agenda_query(*state, item_of("overlap"), &words,
			     &input, &files, &query, &command, &err),
	    0);
	assert_int_equal(query.attribution.input.files.n, 0);
	assert_int_equal(query.attribution.input.where.n, 0);
	assert_int_equal(query.attribution.lists.n, 2);
	assert_null(strstr(command, "deals.csv"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    options_are_those_of_the_commands, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    words_go_into_the_query, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    what_is_lacking_is_named, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    lists_are_read_without_records, setup, teardown),
	};

	return cmocka_run_group_tests_name("agenda", tests, NULL, NULL);
}
