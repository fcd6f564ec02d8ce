/*
 * follow: how far the members of a young cohort have been followed, and what
 * their rate is once they are old (metrics.md 3.1.3, 3.5.4).
 *
 * Each has an age as of as_of and, at some time since it began, came to what
 * is counted (the next stage, a win), came to another end (a loss competes),
 * or did neither yet (censored at its age). The matured rate is the incidence
 * of the first at a horizon, by Aalen and Johansen.
 *
 * There is one entry a record and stage, so that it is packed: 8 bytes, in
 * seconds up to 68 years. What lasts longer counts as just so long, and nothing
 * is known of a horizon beyond.
 */
#ifndef FUNNEL_FOLLOW_H
#define FUNNEL_FOLLOW_H

#include "survival.h"

enum follow_end { FOLLOW_REACHED, FOLLOW_ENDED, FOLLOW_OPEN };

/* Days to each completed step: the whole days within which it was done. */
struct follow_days {
	uint64_t *n; /* [day] */
	size_t n_days;
};

struct follow {
	uint64_t *items; /* packed */
	size_t n, cap;
	uint64_t untimed; /* no start, or ended nobody knows when */
	uint64_t negative; /* ended before it began */
};

/* What is known of one: age and days, from its start to as_of and to its end,
 * are NaN where a date is unknown; days is ignored while it is open. */
struct followed {
	double age, days;
	enum follow_end end;
};

void follow_add(struct arena *arena, struct follow *follow,
    const struct followed *followed);

/* The step, if it was completed. */
void follow_days_add(struct arena *arena, struct follow_days *completed,
    const struct followed *followed);

/* The least whole number of days, 1 or more, within which the share p of the
 * completed steps was done (R18), in seconds; -1 where there is none. Only a
 * cohort that is old itself shows its slow steps, so young data make it
 * short. */
int64_t follow_horizon(const struct follow_days *completed, double p);

struct maturity {
	int64_t horizon; /* seconds; -1: none, and all below is undefined */
	double rate; /* NaN: nobody was followed to the horizon (R8) */
	struct interval interval;
	double timed; /* with a start and, once ended, an end */
	double followed; /* began long enough ago for the horizon */
	double waiting; /* of those, still open */
	double reached; /* of those, reached it within the horizon */
	double untimed, negative; /* in no rate */
};

struct maturity follow_maturity(struct arena *arena,
    const struct follow *follow, int64_t horizon, double confidence);

#endif
