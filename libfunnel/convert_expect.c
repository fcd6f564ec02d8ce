/*
 * convert_expect.c: --expect, the rates that both teams agreed on. A rate is
 * below what was expected when its whole interval is: ten records of which
 * two went on refute no 30 %.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "convert.h"
#include "query.h"

#define NAMED_MAX 5 /* rows that a message names */

/* ---- the option ---- */

/* "NAME=RATE": where the name ends; checks the rate. */
static int
split(const char *text, size_t *name, double *rate, struct fnl_err *err)
{
	const char *equals = strrchr(text, '=');

	if (!equals || equals == text)
		return fail(err, FNL_USAGE,
		    "--expect: '%s' names no rate (write STAGE=30%% for the "
		    "step to the next stage, or FROM:TO=30%%)",
		    text);
	*name = (size_t)(equals - text);
	return query_share("--expect", equals + 1, rate, err);
}

int
expect_check_texts(const struct convert *c, struct fnl_err *err)
{
	const struct fnl_list *list = &c->expect;
	double rate;
	size_t name;

	for (size_t i = 0; i < list->n; i++)
		if (split(list->items[i], &name, &rate, err) < 0)
			return -1;
	return 0;
}

/* 0 where no stage on the way is called so. */
static unsigned
rank_of(const struct convert *c, struct slice name)
{
	uint16_t stage = store_stage(c->load.store, slice_trim(name));

	return stage == STAGE_NONE ? 0
				   : c->walk.timelines->rank_of_stage[stage];
}

/* A stage, or two with a colon between; names may hold colons too. */
static bool
find_step(const struct convert *c, struct slice name, struct expectation *e)
{
	e->from = rank_of(c, name);
	e->to = e->from + 1;
	for (size_t i = 0; i < name.n && !e->from; i++) {
		struct slice rest = { name.p + i + 1, name.n - i - 1 };

		if (name.p[i] != ':')
			continue;
		e->to = rank_of(c, rest);
		if (e->to)
			e->from = rank_of(c, (struct slice){ name.p, i });
	}
	return e->from != 0;
}

static int
read_expectation(const struct convert *c, const char *text,
    struct expectation *e, struct fnl_err *err)
{
	struct slice name = { text, 0 };

	if (split(text, &name.n, &e->rate, err) < 0)
		return -1;
	if (!find_step(c, name, e))
		return load_fail_stage(
		    &c->load, "--expect", arena_text(c->arena, name), err);
	if (e->to <= e->from || e->to > c->walk.timelines->n_ranks)
		return fail(err, FNL_USAGE,
		    "--expect: '%s' leads to no later stage", text);
	return 0;
}

int
expect_read(struct convert *c, struct fnl_err *err)
{
	const struct fnl_list *list = &c->expect;

	c->expected = arena_array(c->arena, list->n + 1, sizeof(*c->expected));
	for (c->n_expected = 0; c->n_expected < list->n; c->n_expected++)
		if (read_expectation(c, list->items[c->n_expected],
			&c->expected[c->n_expected], err) < 0)
			return -1;
	return 0;
}

int
expect_agrees(const struct convert *c, struct fnl_err *err)
{
	enum basis basis = c->rules.basis;

	if (!c->n_expected)
		return 0;
	if (basis != BASIS_COHORT && basis != BASIS_HORIZON)
		return fail(err, FNL_USAGE,
		    "--expect is about what becomes of records: use --basis "
		    "cohort or horizon, not %s",
		    bases[basis].name);
	for (size_t i = 0; i < c->n_expected; i++)
		if (c->expected[i].to != c->expected[i].from + 1 &&
		    (c->path.mode == MODE_ANY || c->path.mode == MODE_DIRECT ||
			c->rules.anchor != ANCHOR_FIRST))
			return fail(err, FNL_USAGE,
			    "--expect '%s' spans several steps, which hold "
			    "other records here: use --anchor first, and no "
			    "--mode any or direct",
			    c->expect.items[i]);
	return 0;
}

/* ---- the check ---- */

enum verdict { MET, BELOW, UNSURE, NOBODY, VERDICTS };

struct check {
	const struct expectation *expected;
	uint64_t x, n;
	struct interval interval;
	enum verdict verdict;
};

static struct check
check_group(const struct convert *c, const struct expectation *e,
    const struct group *group)
{
	struct check check = { .expected = e, .verdict = UNSURE };

	check.n = group->stages[e->from].entered;
	check.x = e->to == e->from + 1 ? group->stages[e->from].converted
				       : group->stages[e->to].entered;
	check.interval =
	    stats_proportion(check.x, check.n, c->confidence, c->interval);
	if (!check.n)
		check.verdict = NOBODY;
	else if (check.interval.high < e->rate)
		check.verdict = BELOW;
	else if ((double)check.x >= e->rate * (double)check.n)
		check.verdict = MET;
	return check;
}

/* "Lead to MQL". */
static const char *
step_name(const struct convert *c, const struct expectation *e)
{
	return arena_printf(c->arena, "%s to %s", convert_stage(c, e->from),
	    convert_stage(c, e->to));
}

static const char *
check_text(const struct convert *c, const struct check *check)
{
	static const char *const words[VERDICTS] = { [MET] = "as expected",
		[BELOW] = "below",
		[UNSURE] = "too few to tell" };
	const struct expectation *e = check->expected;

	if (check->verdict == NOBODY)
		return arena_printf(c->arena,
		    "%s: nobody entered, %g%% expected", step_name(c, e),
		    100 * e->rate);
	return arena_printf(c->arena,
	    "%s: %.1f%% of %" PRIu64 " (%.1f to %.1f), %g%% expected: %s",
	    step_name(c, e), 100 * (double)check->x / (double)check->n,
	    check->n, 100 * check->interval.low, 100 * check->interval.high,
	    100 * e->rate, words[check->verdict]);
}

/* One row of the report: all is said. */
static void
check_one(const struct convert *c, const struct expectation *e,
    const struct group *group, struct table *table)
{
	struct check check = check_group(c, e, group);
	const char *text = check_text(c, &check);

	table_note(table, "expect", "%s", text);
	if (check.verdict == BELOW)
		table_condition(table, "%s", text);
}

static void
check_many(const struct convert *c, const struct expectation *e, void **groups,
    size_t n, struct table *table)
{
	uint64_t counts[VERDICTS] = { 0 };
	const char *names = "";

	for (size_t i = 0; i < n; i++) {
		const struct group *group = groups[i];
		struct check check = check_group(c, e, group);

		if (++counts[check.verdict] > NAMED_MAX ||
		    check.verdict != BELOW)
			continue;
		names = arena_printf(c->arena, "%s%s%s", names,
		    *names ? "; " : "", convert_group(c, &group->key));
	}
	table_note(table, "expect",
	    "%s, %g%% expected: %" PRIu64 " groups as expected, %" PRIu64
	    " below, %" PRIu64 " too few to tell, %" PRIu64 " without entries",
	    step_name(c, e), 100 * e->rate, counts[MET], counts[BELOW],
	    counts[UNSURE], counts[NOBODY]);
	if (counts[BELOW])
		table_condition(table,
		    "%s is below the %g%% expected in %" PRIu64
		    " of %zu groups: %s%s",
		    step_name(c, e), 100 * e->rate, counts[BELOW], n, names,
		    counts[BELOW] > NAMED_MAX ? "; ..." : "");
}

void
expect_check(const struct convert *c, struct table *table)
{
	const struct groups *groups = &c->tally->groups;
	void **sorted = groups_sorted(groups, c->load.store->texts);
	bool one = !c->load.segments.n_by && c->load.period == PERIOD_NONE;

	for (size_t i = 0; i < c->n_expected; i++)
		if (one)
			check_one(c, &c->expected[i], sorted[0], table);
		else
			check_many(c, &c->expected[i], sorted,
			    groups->items.count, table);
}
