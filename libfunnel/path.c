/*
 * path.c: the six readings. W1 of metrics.md is their test.
 */
#include <math.h>
#include <string.h>

#include "path.h"

const struct mode_info modes[MODE_COUNT] = {
	[MODE_REACHED] = { "reached",
	    "the furthest stage ever entered is this one or a later one" },
	[MODE_STRICT] = { "strict",
	    "entered all stages up to this one in order, none skipped" },
	[MODE_ANY] = { "any", "entered this stage at least once" },
	[MODE_CURRENT] = { "current",
	    "the last open position, or the win, is this one or a later one" },
	[MODE_EXACT] = { "exact", "as strict, and no other stage between" },
	[MODE_DIRECT] = { "direct",
	    "moved straight to the next stage and did not fall back later" },
};

bool
path_within(
    const struct zone *zone, struct when a, struct when b, int64_t seconds)
{
	if (a.kind == WHEN_UNKNOWN || b.kind == WHEN_UNKNOWN)
		return false;
	if (a.kind == WHEN_INSTANT && b.kind == WHEN_INSTANT)
		return b.seconds - a.seconds <= seconds;
	return (zone_day(zone, b) - zone_day(zone, a)) * DAY_SECONDS <= seconds;
}

static bool
in_window(const struct path_rule *rule, struct when start, struct when at)
{
	return !rule->has_window ||
	       path_within(rule->zone, start, at, rule->window);
}

/* Index of the first visit to stage 1 from `from` on, or n. */
static size_t
first_entry(const struct timeline *t, size_t from)
{
	while (from < t->n && t->visits[from].rank != 1)
		from++;
	return from;
}

static void
count(struct reach *reach, unsigned rank, struct when at)
{
	reach->counted |= rank_bit(rank);
	reach->at[rank] = at;
	if (rank > reach->furthest)
		reach->furthest = rank;
}

/* Ranks entered from visit `from` on, within the window that opens there; the
 * first entry of each. */
static void
enter(const struct path_rule *rule, const struct timeline *t, size_t from,
    struct reach *reach)
{
	struct when start = { 0, WHEN_UNKNOWN };

	for (size_t i = from; i < t->n; i++) {
		const struct visit *v = &t->visits[i];

		if (start.kind == WHEN_UNKNOWN)
			start = v->at;
		if (v->rank && !(reach->counted & rank_bit(v->rank)) &&
		    in_window(rule, start, v->at))
			count(reach, v->rank, v->at);
	}
}

/* Where stage 1 was skipped the window runs from the stage that stands in for
 * it: the first entry of the lowest rank (3.0.3). */
static size_t
window_start(const struct timeline *t, size_t from)
{
	size_t start = 0;

	if (from < t->n)
		return from;
	for (size_t i = 0; i < t->n; i++)
		if (t->visits[i].rank &&
		    (!t->visits[start].rank ||
			t->visits[i].rank < t->visits[start].rank))
			start = i;
	return start;
}

static void
reach_any(const struct path_rule *rule, const struct timeline *t, size_t from,
    struct reach *reach)
{
	enter(rule, t, rule->has_window ? window_start(t, from) : 0, reach);
}

/* Everything below the furthest rank is counted; what has no entry takes the
 * date of the next later stage, from the far end backwards (3.0.3). */
static void
fill_below(struct reach *reach, unsigned furthest)
{
	struct when later = { 0, WHEN_UNKNOWN };

	for (unsigned k = furthest; k > 0; k--) {
		if (reach->counted & rank_bit(k)) {
			if (reach->at[k].kind != WHEN_UNKNOWN)
				later = reach->at[k];
			continue;
		}
		count(reach, k, later);
		reach->imputed |= rank_bit(k);
	}
}

static void
reach_reached(const struct path_rule *rule, const struct timeline *t,
    size_t from, struct reach *reach)
{
	reach_any(rule, t, from, reach);
	fill_below(reach, reach->furthest);
}

/* A win counts; after a loss it is where the record last stood open. */
static unsigned
last_position(const struct path_rule *rule, const struct timeline *t)
{
	if (t->outcome == OUTCOME_WON)
		return rule->n_ranks;
	for (size_t i = t->n; i-- > 0;)
		if (t->visits[i].rank && t->visits[i].outcome == OUTCOME_NONE)
			return t->visits[i].rank;
	return 0;
}

static void
reach_current(const struct path_rule *rule, const struct timeline *t,
    size_t from, struct reach *reach)
{
	unsigned last = last_position(rule, t);

	reach_any(rule, t, from, reach);
	if (last > reach->furthest)
		last = reach->furthest;
	if (last < RANKS_MAX)
		reach->counted &= rank_bit(last + 1) - 1;
	reach->furthest = last;
	fill_below(reach, last);
}

static bool
passes(const struct path_rule *rule, struct when before, struct when at)
{
	return !rule->strict_time || when_compare(rule->zone, before, at) < 0;
}

static void
reach_in_order(const struct path_rule *rule, const struct timeline *t,
    size_t from, struct reach *reach)
{
	struct when start, before;

	if (from >= t->n)
		return;
	start = before = t->visits[from].at;
	count(reach, 1, start);
	for (size_t i = from + 1; i < t->n; i++) {
		const struct visit *v = &t->visits[i];

		if (v->rank == reach->furthest + 1 &&
		    passes(rule, before, v->at) &&
		    in_window(rule, start, v->at)) {
			count(reach, v->rank, v->at);
			before = v->at;
		} else if (rule->mode == MODE_EXACT && !v->repeat) {
			break; /* another stage, or a loss (R3), between */
		}
	}
}

/* Entering a rank takes back every move made from there or beyond: for a
 * move forward there is none, for a regression that is the rule. */
static void
reach_direct(const struct path_rule *rule, const struct timeline *t,
    size_t from, struct reach *reach)
{
	unsigned rank = 0;

	reach_any(rule, t, from, reach);
	for (size_t i = 0; i < t->n; i++) {
		unsigned next = t->visits[i].rank;

		if (t->visits[i].repeat)
			continue;
		if (next)
			reach->moved &= rank_bit(next) - 1;
		if (rank && next == rank + 1 && reach->counted & rank_bit(next))
			reach->moved |= rank_bit(rank);
		rank = next;
	}
}

static void (*const reach_of_mode[MODE_COUNT])(const struct path_rule *,
    const struct timeline *, size_t, struct reach *) = {
	[MODE_REACHED] = reach_reached,
	[MODE_STRICT] = reach_in_order,
	[MODE_ANY] = reach_any,
	[MODE_CURRENT] = reach_current,
	[MODE_EXACT] = reach_in_order,
	[MODE_DIRECT] = reach_direct,
};

static struct when
anchor_of(const struct timeline *t)
{
	unsigned lowest = RANKS_MAX + 1;
	struct when anchor = t->created;

	for (size_t i = 0; i < t->n; i++) {
		const struct visit *v = &t->visits[i];

		if (v->rank && v->rank < lowest && v->at.kind != WHEN_UNKNOWN) {
			lowest = v->rank;
			anchor = v->at;
		}
	}
	return anchor;
}

static void
reach_from(const struct path_rule *rule, const struct timeline *t, size_t from,
    struct reach *out)
{
	memset(out, 0, offsetof(struct reach, at));
	for (unsigned k = 1; k <= rule->n_ranks; k++)
		out->at[k] = (struct when){ 0, WHEN_UNKNOWN };
	reach_of_mode[rule->mode](rule, t, from, out);
}

/* Reached k means k or any later stage: the first of those says when. */
static void
count_from(const struct path_rule *rule, struct reach *reach)
{
	bool later_counts =
	    rule->mode == MODE_REACHED || rule->mode == MODE_CURRENT;

	reach->by[rule->n_ranks + 1] = (struct when){ 0, WHEN_UNKNOWN };
	for (unsigned k = rule->n_ranks; k > 0; k--) {
		struct when later = reach->by[k + 1];

		reach->by[k] = reach->at[k];
		if (later_counts && later.kind != WHEN_UNKNOWN &&
		    (reach->at[k].kind == WHEN_UNKNOWN ||
			when_compare(rule->zone, later, reach->at[k]) < 0))
			reach->by[k] = later;
	}
}

void
path_reach(
    const struct path_rule *rule, const struct timeline *t, struct reach *out)
{
	size_t from = first_entry(t, 0);

	reach_from(rule, t, from, out);
	if (rule->reentry_best)
		for (from = first_entry(t, from + 1); from < t->n;
		     from = first_entry(t, from + 1)) {
			struct reach other;

			reach_from(rule, t, from, &other);
			if (other.furthest > out->furthest)
				*out = other;
		}
	count_from(rule, out);
	out->anchor = anchor_of(t);
	if (rule->mode != MODE_DIRECT)
		out->moved = out->counted & out->counted >> 1;
}
