/*
 * Reasons by their agreed names, their order, and the reports of them where
 * somebody judges them, as funnel-sla does. What is expected is read off the
 * texts and files below.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "rejections.h"

#include <cmocka.h>

#include "load_fixture.h"

static const char *const list[] = { "Poor timing", "Out of ICP" };

static struct reasons *
new_reasons(struct fixture *f, struct intern *texts, unsigned n)
{
	struct definitions *d = arena_alloc(f->arena, sizeof(*d));

	d->rejection_reasons = (struct texts){ (const char **)list, n };
	return reasons_new(f->arena, d, texts);
}

static const struct reason *
reason_of(struct reasons *reasons, struct intern *texts, const char *text)
{
	return reasons_of(reasons, intern_put(texts, slice_of(text)));
}

static void
finds_the_agreed_name(void **state)
{
	static const struct {
		const char *text, *label;
		enum reason_kind kind;
	} cases[] = {
		{ "", "(blank)", REASON_BLANK },
		{ "_", "(blank)", REASON_BLANK }, /* folds to nothing */
		{ "Poor timing", "Poor timing", REASON_LISTED },
		{ "out_OF icp", "Out of ICP", REASON_LISTED },
		{ "Poor timing!", "(unlisted) Poor timing!", REASON_UNLISTED },
	};
	struct fixture *f = *state;
	struct intern *texts = intern_new(f->arena);
	struct reasons *reasons = new_reasons(f, texts, 2);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct reason *reason =
		    reason_of(reasons, texts, cases[i].text);
		struct slice label = reason_label(f->arena, reason);

		assert_int_equal(reason->kind, cases[i].kind);
		assert_true(slice_equal(label, slice_of(cases[i].label)));
	}
	assert_true(reasons_agreed(reasons));
}

static void
knows_no_list(void **state)
{
	struct fixture *f = *state;
	struct intern *texts = intern_new(f->arena);
	struct reasons *reasons = new_reasons(f, texts, 0);
	const struct reason *reason = reason_of(reasons, texts, "Poor timing");

	assert_false(reasons_agreed(reasons));
	assert_int_equal(reason->kind, REASON_PLAIN);
	assert_true(
	    slice_equal(reason_label(f->arena, reason), SLICE("Poor timing")));
}

/* Whichever spelling comes first, the name is the same. */
static void
names_spellings_alike(void **state)
{
	static const char *const spellings[] = { "too small", "Too Small",
		"TOO_SMALL" };
	struct fixture *f = *state;

	for (size_t first = 0; first < 3; first++) {
		struct intern *texts = intern_new(f->arena);
		struct reasons *reasons = new_reasons(f, texts, 2);
		const struct reason *reason =
		    reason_of(reasons, texts, spellings[first]);

		for (size_t i = 0; i < 3; i++)
			assert_ptr_equal(
			    reason_of(reasons, texts, spellings[i]), reason);
		assert_true(slice_equal(reason->name, SLICE("TOO_SMALL")));
	}
}

static void
sorts_ties_by_name(void **state)
{
	static const char *const given[] = { "b", "a", "c", "c", "",
		"(blank)" };
	static const char *const sorted[] = { "c", "(blank)",
		"(unlisted) (blank)", "(unlisted) a", "(unlisted) b" };
	struct fixture *f = *state;
	struct intern *texts = intern_new(f->arena);
	struct reasons *reasons = new_reasons(f, texts, 2);
	struct pareto *pareto = pareto_new(f->arena, 0, PERIOD_NONE, 1, NULL);
	struct pareto_row **rows;
	size_t n;

	for (size_t i = 0; i < 6; i++)
		pareto_add(pareto, NULL, (struct when){ 0, WHEN_UNKNOWN },
		    reason_of(reasons, texts, given[i]),
		    (struct value){ .known = i == 2, .amount = 5 },
		    i == 3 ? STANDING_DISPUTED : STANDING_NONE);
	rows = pareto_sorted(pareto, texts, &n);
	assert_int_equal(n, 5);
	for (size_t i = 1; i < n; i++)
		assert_true(slice_equal(reason_label(f->arena, rows[i]->reason),
		    slice_of(sorted[i])));
	assert_int_equal(rows[0]->n, 2);
	assert_int_equal(rows[0]->standing[STANDING_DISPUTED], 1);
	assert_int_equal(rows[0]->standing[STANDING_NONE], 1);
	assert_int_equal(rows[0]->value.sum.known, 1);
	assert_int_equal(rows[1]->cumulative, 3);
	assert_int_equal(rows[4]->cumulative, 6);
	assert_int_equal(rows[4]->group->n, 6);
}

/* The same reason in two segments is two rows. */
static void
keeps_segments_apart(void **state)
{
	struct fixture *f = *state;
	struct intern *texts = intern_new(f->arena);
	struct reasons *reasons = new_reasons(f, texts, 2);
	const struct reason *reason = reason_of(reasons, texts, "Out of ICP");
	struct pareto *pareto = pareto_new(f->arena, 1, PERIOD_NONE, 1, NULL);
	uint32_t web = intern_put(texts, SLICE("Web"));
	uint32_t fair = intern_put(texts, SLICE("Fair"));
	struct pareto_row **rows;
	size_t n;

	for (int i = 0; i < 5; i++)
		pareto_add(pareto, i < 2 ? &web : &fair,
		    (struct when){ 0, WHEN_UNKNOWN }, reason,
		    (struct value){ 0 }, STANDING_NONE);
	rows = pareto_sorted(pareto, texts, &n);
	assert_int_equal(n, 2);
	assert_int_equal(rows[0]->group->key.by[0], fair);
	assert_int_equal(rows[0]->n, 3);
	assert_int_equal(rows[1]->cumulative, 2);
}

/* ---- judged ---- */

static enum standing
judge(void *context, uint32_t record, struct when at,
    const struct reason *reason, const char **why)
{
	struct fixture *f = context;

	(void)at;
	if (why)
		*why = "all hold";
	return reason->kind != REASON_LISTED ? STANDING_NONE
	       : record == record_of(f, "a") ? STANDING_DISPUTED
					     : STANDING_UNDECIDED;
}

static void
ask(struct fixture *f, struct walk *walk, struct rejections_query *query)
{
	f->input.stages = "Lead,rejected:Disqualified";
	give(f, "id,stage,reject reason\na,Disqualified,Out of ICP\n"
		"b,Disqualified,Out of ICP\nc,Disqualified,\n");
	f->load->wants = rejection_fields;
	f->load->n_wants = N_REJECTION_FIELDS;
	read_given(f);
	f->load->definitions.rejection_reasons =
	    (struct texts){ (const char **)list, 2 };
	walk_start(walk, f->load);
	*query = (struct rejections_query){ .load = f->load,
		.walk = walk,
		.last = REJECTED_DEFAULT,
		.judge = judge,
		.judge_context = f };
	assert_int_equal(
	    rejections_outcomes(NULL, &query->outcomes, &f->err), 0);
}

static struct cell
cell_at(const struct table *table, size_t row, const char *id)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (strcmp(table->columns[i]->id, id) == 0)
			return table_at(table, row)[i];
	fail_msg("no column '%s'", id);
	return (struct cell){ .kind = CELL_UNDEFINED };
}

static void
counts_disputes(void **state)
{
	struct fixture *f = *state;
	struct rejections_query query;
	struct table *table;
	struct walk walk;

	ask(f, &walk, &query);
	assert_int_equal(rejections_report(&query, &table, &f->err), 0);
	assert_int_equal(table->rows.count, 2);
	assert_int_equal(cell_at(table, 0, "n").as.count, 2);
	assert_int_equal(cell_at(table, 0, "agreed").as.count, 0);
	assert_int_equal(cell_at(table, 0, "disputed").as.count, 1);
	assert_int_equal(cell_at(table, 0, "undecided").as.count, 1);
	assert_int_equal(cell_at(table, 1, "disputed").as.count, 0);
	assert_int_equal(cell_at(table, 1, "undecided").as.count, 0);
}

static void
lists_disputes(void **state)
{
	struct fixture *f = *state;
	struct rejections_query query;
	struct table *table;
	struct walk walk;

	ask(f, &walk, &query);
	assert_int_equal(rejected_report(&query, &table, &f->err), 0);
	assert_int_equal(table->rows.count, 3);
	assert_true(slice_equal(
	    cell_at(table, 0, "standing").as.text, SLICE("disputed")));
	assert_true(
	    slice_equal(cell_at(table, 0, "why").as.text, SLICE("all hold")));
	assert_true(slice_equal(
	    cell_at(table, 1, "standing").as.text, SLICE("undecided")));
	assert_int_equal(cell_at(table, 2, "standing").kind, CELL_UNDEFINED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    finds_the_agreed_name, setup, teardown),
		cmocka_unit_test_setup_teardown(knows_no_list, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    names_spellings_alike, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    sorts_ties_by_name, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    keeps_segments_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    counts_disputes, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    lists_disputes, setup, teardown),
	};

	return cmocka_run_group_tests_name("reasons", tests, NULL, NULL);
}
