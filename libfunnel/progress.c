/*
 * progress.c: spells from an entry, to what came of it.
 */
#include "progress.h"

/* From start to `end`, NULL for who did not get there: whatever else ended
 * the record competes with it, else it is still open. */
static struct followed
followed_to(const struct path_rule *path, const struct timeline *t,
    struct when start, const struct when *end, struct when as_of)
{
	return (struct followed){ when_days(path->zone, start, as_of),
		when_days(path->zone, start, end ? *end : t->closed),
		end                          ? FOLLOW_REACHED
		: t->outcome != OUTCOME_NONE ? FOLLOW_ENDED
					     : FOLLOW_OPEN };
}

struct progress
progress_of(const struct path_rule *path, const struct timeline *t,
    const struct reach *reach, unsigned k, struct when as_of)
{
	struct progress p = {
		.advanced = k < path->n_ranks && reach->moved & rank_bit(k),
		.won = t->outcome == OUTCOME_WON,
		.timed = !(reach->imputed & rank_bit(k)),
	};

	p.next = followed_to(path, t, reach->at[k],
	    p.advanced ? &reach->by[k + 1] : NULL, as_of);
	p.win = followed_to(
	    path, t, reach->at[k], p.won ? &t->closed : NULL, as_of);
	return p;
}
