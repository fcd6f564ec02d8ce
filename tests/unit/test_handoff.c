/*
 * What became of records that were handed over. The sequences are written as
 * in metrics.md 3.1.1 (M handed over, A accepted, J rejected, R recycled, X
 * lost), what is expected is read off them by 3.1.7.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "handoff.h"

#include <cmocka.h>

#include "visits.h"

static const struct handoff at_a = { 2, 3 };

static struct handed
follow(const char *sequence)
{
	struct visits visits;
	struct handed handed;

	handoff_follow(&at_a, visits_read(&visits, sequence), &handed);
	return handed;
}

static void
decides(void **state)
{
	static const struct {
		const char *sequence;
		enum decision decision;
		bool reversed, unlogged;
	} cases[] = {
		{ "L M", DECISION_NONE, false, false },
		{ "L M L M", DECISION_NONE, false, false },
		{ "L M A", DECISION_ACCEPTED, false, false },
		{ "M A M", DECISION_ACCEPTED, false, false },
		{ "M S", DECISION_ACCEPTED, false, true },
		{ "M W", DECISION_ACCEPTED, false, true },
		{ "M S A", DECISION_ACCEPTED, false, true },
		{ "M J", DECISION_REJECTED, false, false },
		{ "M J M", DECISION_REJECTED, false, false },
		{ "M J A", DECISION_ACCEPTED, true, false },
		{ "M J M S J", DECISION_ACCEPTED, true, true },
		/* rejected only after it was accepted: nothing reversed */
		{ "M A J A", DECISION_ACCEPTED, false, false },
		{ "M R", DECISION_RECYCLED, false, false },
		{ "M R M", DECISION_RECYCLED, false, false },
		{ "M R J", DECISION_REJECTED, false, false },
		{ "M J R", DECISION_RECYCLED, false, false },
		{ "M R M A", DECISION_ACCEPTED, false, false },
		{ "M X", DECISION_LOST, false, false },
		{ "M X A", DECISION_ACCEPTED, false, false },
		/* what came before the hand-over decides nothing */
		{ "L J M", DECISION_NONE, false, false },
		{ "A M", DECISION_NONE, false, false },
		{ "A M S", DECISION_ACCEPTED, false, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct handed handed = follow(cases[i].sequence);

		if (!handed.handed || handed.skipped ||
		    handed.decision != cases[i].decision ||
		    handed.reversed != cases[i].reversed ||
		    handed.unlogged != cases[i].unlogged)
			fail_msg("'%s': decision %d", cases[i].sequence,
			    (int)handed.decision);
	}
}

static void
is_never_handed_over(void **state)
{
	static const struct {
		const char *sequence;
		bool skipped;
	} cases[] = {
		{ "", false },
		{ "L", false },
		{ "L J", false },
		{ "L A S", true },
		{ "W", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct handed handed = follow(cases[i].sequence);

		assert_false(handed.handed);
		assert_int_equal(handed.decision, DECISION_NONE);
		assert_int_equal(handed.skipped, cases[i].skipped);
	}
}

static void
comes_back(void **state)
{
	static const struct {
		const char *sequence;
		bool recycled, again, accepted_again;
	} cases[] = {
		{ "M A", false, false, false },
		{ "R M A", false, false, false }, /* before the hand-over */
		{ "M R", true, false, false },
		{ "M R A", true, false, false }, /* not handed over again */
		{ "M R M", true, true, false },
		{ "M R L M A", true, true, true },
		{ "M A R M", true, true, false },
		{ "M A R M S", true, true, true },
		{ "M J M A", false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct handed handed = follow(cases[i].sequence);

		if (handed.recycled != cases[i].recycled ||
		    handed.again != cases[i].again ||
		    handed.accepted_again != cases[i].accepted_again)
			fail_msg("'%s'", cases[i].sequence);
		assert_int_equal(handed.recycled_to,
		    cases[i].recycled ? visit_stage('R') : STAGE_NONE);
	}
}

/* The first hand-over, the first accept after it. */
static void
takes_the_first_dates(void **state)
{
	struct handed handed = follow("A@5 M@10 J@20 M@30 A@40 M@50 S@60");

	(void)state;
	assert_int_equal(handed.at.seconds, 10);
	assert_int_equal(handed.accepted.seconds, 40);
	handed = follow("M@? A@d3");
	assert_int_equal(handed.at.kind, WHEN_UNKNOWN);
	assert_int_equal(handed.accepted.kind, WHEN_DATE);
}

/* The same stage logged again is no entry. */
static void
ignores_repeats(void **state)
{
	struct visits visits;
	struct handed handed;

	(void)state;
	visits_read(&visits, "M@10 R@20 M@30");
	visits.items[2].repeat = true;
	handoff_follow(&at_a, &visits.timeline, &handed);
	assert_false(handed.again);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decides),
		cmocka_unit_test(is_never_handed_over),
		cmocka_unit_test(comes_back),
		cmocka_unit_test(takes_the_first_dates),
		cmocka_unit_test(ignores_repeats),
	};

	return cmocka_run_group_tests_name("handoff", tests, NULL, NULL);
}
