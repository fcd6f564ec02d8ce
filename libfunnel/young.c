/*
 * young.c: one curve a group and stage; one series a segment and stage.
 */
#include <math.h>
#include <string.h>

#include "young.h"

int64_t
young_horizon(const struct tally *tally, unsigned k, int64_t given)
{
	return given >= 0
		   ? given
		   : follow_horizon(&tally->completed[k], YOUNG_COMPLETED);
}

static void
mature(const struct tally *tally, struct young *young,
    const struct follow *follow, int64_t horizon, double confidence,
    double entered, double open)
{
	struct maturity *m = &young->maturity;

	*m = follow_maturity(tally->arena, follow, horizon, confidence);
	young->settled = stats_ratio(entered - open + m->waiting, entered);
}

static bool
is_mature(const struct young *young)
{
	return young->settled >= YOUNG_MATURE;
}

static void
mature_stages(const struct tally *tally, struct group *group, int64_t horizon,
    double confidence)
{
	for (unsigned k = 1; k < tally->rules.n_ranks; k++) {
		const struct stage_tally *stage = &group->stages[k];
		struct young *young = &group->young[k];
		double entered = (double)stage->entered;

		mature(tally, young, &stage->follow,
		    young_horizon(tally, k, horizon), confidence, entered,
		    (double)stage->open);
		young->trend = (struct trend_point){ .n = entered,
			.rate =
			    isnan(young->maturity.rate)
				? stats_ratio((double)stage->advanced, entered)
				: young->maturity.rate,
			.counts = group->key.dated && is_mature(young),
			.low = NAN,
			.high = NAN };
	}
}

static void
mature_outcomes(const struct tally *tally, struct group *group, int64_t horizon,
    double confidence)
{
	const struct outcome_tally *o = &group->outcomes;

	mature(tally, &group->young[0], &o->follow,
	    young_horizon(tally, 0, horizon), confidence,
	    (double)(o->records - o->unknown), (double)o->open);
}

/* ---- over the periods ---- */

static bool
same_segment(const struct group *a, const struct group *b, size_t n_by)
{
	return n_by == 0 ||
	       memcmp(a->key.by, b->key.by, n_by * sizeof(*a->key.by)) == 0;
}

static void
trend_of(struct tally *tally, void **sorted, size_t n, unsigned k)
{
	struct trend_point *points =
	    arena_grow(tally->arena, NULL, n * sizeof(*points));

	for (size_t i = 0; i < n; i++)
		points[i] = ((struct group *)sorted[i])->young[k].trend;
	trend_fill(tally->arena, points, n);
	for (size_t i = 0; i < n; i++)
		((struct group *)sorted[i])->young[k].trend = points[i];
	arena_drop(tally->arena, points);
}

/* The periods of a segment stand together, in order of time. */
static void
fill_trends(struct tally *tally, void **sorted)
{
	size_t n = tally->groups.items.count;

	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1;
		     end < n &&
		     same_segment(sorted[i], sorted[end], tally->groups.n_by);
		     end++)
			;
		for (unsigned k = 1; k < tally->rules.n_ranks; k++)
			trend_of(tally, sorted + i, end - i, k);
	}
}

void
young_fill(
    struct tally *tally, void **sorted, int64_t horizon, double confidence)
{
	for (size_t i = 0; i < tally->groups.items.count; i++) {
		struct group *group = sorted[i];

		group->young = arena_array(tally->arena,
		    tally->rules.n_ranks + 1, sizeof(*group->young));
		if (tally->rules.outcomes)
			mature_outcomes(tally, group, horizon, confidence);
		else
			mature_stages(tally, group, horizon, confidence);
	}
	if (!tally->rules.outcomes && tally->rules.period != PERIOD_NONE)
		fill_trends(tally, sorted);
}
