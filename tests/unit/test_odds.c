/*
 * test_odds: chances by stage and by time, on deals few enough for a pencil.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "pipeline.h"

#include <cmocka.h>

#include "load_fixture.h"

#define NEAR 1e-12

/*
 * As of 31 January, days in Opportunity: a 10 won, e 15 open, b 20 lost, c 20
 * recycled, f 25 open, d 30 won. By hand, with F of the wins:
 *
 *	 t  at risk  won  other  S      F
 *	10     6      1     0    5/6    1/6
 *	20     4      0     2    5/12   1/6
 *	30     1      1     0    0      7/12
 */
static const char history[] = "id,stage,stage entered\n"
			      "a,Opportunity,2026-01-01\na,Won,2026-01-11\n"
			      "b,Opportunity,2026-01-01\nb,Lost,2026-01-21\n"
			      "c,Opportunity,2026-01-01\nc,Nurture,2026-01-21\n"
			      "d,Opportunity,2026-01-01\nd,Won,2026-01-31\n"
			      "e,Opportunity,2026-01-16\n"
			      "f,Opportunity,2026-01-06\n"
			      "g,Lead,2026-01-05\n"
			      "h,Opportunity,2026-01-30\nh,Lead,2026-01-31\n";

#define STAGES "Lead,Opportunity,Proposal,won:Won,lost:Lost,recycled:Nurture"
#define OPPORTUNITY 2 /* its rank */
#define DAY(n) (20484 + (n)) /* days after 31 January 2026 */

/* The pipeline of a text as of a day of January 2026. */
static struct pipeline *
pipeline_of(struct fixture *f, const char *text, const char *as_of,
    int64_t trailing_days)
{
	static struct fnl_velocity_query query;
	struct velocity *v;
	struct pipeline *p;

	f->input.stages = STAGES;
	f->input.preset = "generic";
	f->input.as_of = as_of;
	give(f, text);
	read_given(f);
	v = arena_alloc(f->arena, sizeof(*v));
	p = arena_alloc(f->arena, sizeof(*p));
	v->arena = f->arena;
	v->query = &query;
	v->load = *f->load;
	v->trailing = trailing_days * DAY_SECONDS;
	walk_start(&v->walk, &v->load);
	pipeline_start(p, v, &v->walk, v->load.as_of);
	while (pipeline_next(p))
		;
	pipeline_end(p);
	return p;
}

static const struct open_deal *
open_deal_of(const struct pipeline *p, const char *id)
{
	for (size_t i = 0; i < p->n_open; i++)
		if (slice_equal(p->open[i].id, slice_of(id)))
			return &p->open[i];
	fail_msg("%s is not in the pipeline", id);
	return NULL;
}

static void
assert_near(double actual, double expected)
{
	if (!(fabs(actual - expected) <= NEAR))
		fail_msg("%.17g, not %.17g", actual, expected);
}

static void
assert_within(const struct pipeline *p, const char *id, int64_t last_day,
    double expected, bool is_lower_bound)
{
	struct chance chance =
	    odds_within(&p->odds, &open_deal_of(p, id)->standing, last_day);

	assert_near(chance.p, expected);
	assert_int_equal(chance.is_lower_bound, is_lower_bound);
}

static void
by_hand(void **state)
{
	const struct pipeline *p =
	    pipeline_of(*state, history, "2026-01-31", 0);
	const struct standing *e = &open_deal_of(p, "e")->standing;

	/* g is no deal, h went back to a lead: it teaches, it is not open. */
	assert_int_equal(p->n_open, 2);
	assert_int_equal(p->odds.rows[OPPORTUNITY].won, 2);
	assert_int_equal(p->odds.rows[OPPORTUNITY].other, 2);
	assert_near(odds_ever(&p->odds, e), 0.5);
}

/* h is at risk from 0 to 1, before anything happens: no change. */
static void
by_time(void **state)
{
	const struct pipeline *p =
	    pipeline_of(*state, history, "2026-01-31", 0);
	const struct standing *e = &open_deal_of(p, "e")->standing;

	assert_within(p, "e", DAY(0), 0, false);
	assert_within(p, "e", DAY(14), 0, false); /* age 29 */
	assert_within(p, "e", DAY(15), 0.5, false); /* (7/12 - 1/6) / (5/6) */
	assert_within(p, "e", DAY(900), 0.5, false); /* the curve has ended */
	assert_within(p, "f", DAY(4), 0, false);
	assert_within(p, "f", DAY(5), 1, false); /* (7/12 - 1/6) / (5/12) */
	assert_near(odds_now(&p->odds, e), 0.5);
	assert_near(odds_at_entry(&p->odds, e), 7.0 / 12);
}

/* As of the 30th d is open at 29, the longest: who could say more? And e at
 * 14 is followed for 15 days, 11 of which hold no win. */
static void
beyond_the_follow_up(void **state)
{
	const struct pipeline *p =
	    pipeline_of(*state, history, "2026-01-30", 0);
	struct chance d =
	    odds_within(&p->odds, &open_deal_of(p, "d")->standing, DAY(60));

	assert_int_equal(p->n_open, 4); /* d e f h */
	assert_true(isnan(d.p));
	assert_false(d.is_lower_bound);
	assert_within(p, "e", DAY(14), 0, false); /* age 29 */
	assert_within(p, "e", DAY(15), 0, true);
	assert_true(isnan(odds_now(&p->odds, &open_deal_of(p, "d")->standing)));
}

/* Since the 16th: a is forgotten; b, c, d are seen from the age 15 on, f from
 * 10. At 20 four are at risk and two end, at 30 one wins: F is 1/2. */
static void
of_the_last_days(void **state)
{
	const struct pipeline *p =
	    pipeline_of(*state, history, "2026-01-31", 15);

	assert_int_equal(p->odds.old, 1);
	assert_near(
	    odds_ever(&p->odds, &open_deal_of(p, "e")->standing), 1.0 / 3);
	assert_within(p, "e", DAY(15), 0.5, false);
	assert_near(
	    odds_at_entry(&p->odds, &open_deal_of(p, "e")->standing), 0.5);
}

/* The pass since the last opening counts: i was lost after 1 day and is won
 * in the 5 days after it came back, in another stage. */
static void
of_the_last_pass(void **state)
{
	const struct pipeline *p = pipeline_of(*state,
	    "id,stage,stage entered\n"
	    "i,Opportunity,2026-01-01\ni,Lost,2026-01-02\n"
	    "i,Proposal,2026-01-10\ni,Won,2026-01-15\n"
	    "j,Opportunity,2026-01-20\n",
	    "2026-01-31", 0);

	assert_int_equal(p->odds.rows[OPPORTUNITY].n, 1); /* j */
	assert_int_equal(p->odds.rows[OPPORTUNITY].other, 0);
	assert_int_equal(p->odds.rows[OPPORTUNITY + 1].won, 1);
	assert_near(p->odds.rows[OPPORTUNITY + 1].spells[0].exit, 5);
	assert_true(
	    isnan(odds_ever(&p->odds, &open_deal_of(p, "j")->standing)));
}

/* Nobody knows when m entered its stage, nor where k and l had been: all
 * together, from creation. k 10 won, m 20 open, l 30 lost. */
static void
of_a_record_list(void **state)
{
	const struct pipeline *p = pipeline_of(*state,
	    "id,stage,created,close date\n"
	    "k,Won,2026-01-01,2026-01-11\n"
	    "l,Lost,2026-01-01,2026-01-31\n"
	    "m,Proposal,2026-01-11,\n",
	    "2026-01-31", 0);
	const struct standing *m = &open_deal_of(p, "m")->standing;

	assert_false(p->odds.staged);
	assert_int_equal(m->stage, OPPORTUNITY + 1);
	assert_near(odds_ever(&p->odds, m), 0.5);
	assert_near(odds_at_entry(&p->odds, m), 1.0 / 3);
	assert_within(p, "m", DAY(20), 0, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(by_hand, setup, teardown),
		cmocka_unit_test_setup_teardown(by_time, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    beyond_the_follow_up, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    of_the_last_days, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    of_the_last_pass, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    of_a_record_list, setup, teardown),
	};

	return cmocka_run_group_tests_name("odds", tests, NULL, NULL);
}
