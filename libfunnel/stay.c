/*
 * stay.c: a visit and what follows it.
 */
#include "stay.h"

static size_t
next_entry(const struct timeline *t, size_t i)
{
	do
		i++;
	while (i < t->n && t->visits[i].repeat);
	return i;
}

/* A closing takes its time from the timeline, which knows whether the close
 * date of the record says more than the history. */
static struct when
entered(const struct timeline *t, size_t i)
{
	return t->visits[i].outcome != OUTCOME_NONE && next_entry(t, i) == t->n
		   ? t->closed
		   : t->visits[i].at;
}

bool
stay_next(const struct timeline *t, size_t *at, struct stay *out)
{
	for (size_t i = *at; i < t->n; i = next_entry(t, i)) {
		const struct visit *v = &t->visits[i];
		size_t next;

		if (v->repeat || v->outcome != OUTCOME_NONE)
			continue;
		next = next_entry(t, i);
		*out = (struct stay){ .start = v->at,
			.stage = v->stage,
			.next_stage = STAGE_NONE,
			.rank = v->rank,
			.open = next == t->n,
			.visit = i };
		if (next < t->n) {
			out->end = entered(t, next);
			out->next_stage = t->visits[next].stage;
		}
		*at = next;
		return true;
	}
	*at = t->n;
	return false;
}

bool
stay_open(const struct timeline *t, struct stay *out)
{
	for (size_t at = 0; stay_next(t, &at, out);)
		if (out->open)
			return true;
	return false;
}
