/*
 * tally.c: one function a basis.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tally.h"

const struct basis_info bases[BASIS_COUNT] = {
	[BASIS_COHORT] = { "cohort",
	    "records that began in the window, followed to as-of" },
	[BASIS_HORIZON] = { "horizon",
	    "cohort followed for the whole horizon, conversions within it" },
	[BASIS_PERIOD] = { "period",
	    "entries in the window over entries to the stage before in it" },
	[BASIS_ACTIVE] = { "active",
	    "records in the stage at any time in the window" },
	[BASIS_CLOSED] = { "closed",
	    "records closed in the window; of those that had reached a stage, "
	    "converted are the won" },
};

/* The group of a segment and the period in which `when` lies. */
static struct group *
group_of(struct tally *tally, const uint32_t *by, struct when when)
{
	bool is_new;
	struct group *group = groups_at(&tally->groups, by, when, &is_new);

	if (is_new && !tally->rules.outcomes)
		group->stages = arena_array(tally->arena,
		    tally->rules.n_ranks + 2, sizeof(*group->stages));
	tally->stands = true;
	return group;
}

struct tally *
tally_new(struct arena *arena, const struct tally_rules *rules, size_t n_by)
{
	struct tally *tally = arena_alloc(arena, sizeof(*tally));

	tally->arena = arena;
	tally->rules = *rules;
	tally->completed =
	    arena_array(arena, rules->n_ranks + 1, sizeof(*tally->completed));
	tally->groups = groups_new(arena, sizeof(struct group), n_by,
	    rules->period, rules->fiscal_month, rules->zone);
	if (!n_by && rules->period == PERIOD_NONE) {
		struct when any = { 0, WHEN_UNKNOWN };

		/* One group, which stands even when nothing counts. */
		group_of(tally, NULL, any);
	}
	return tally;
}

/* In the window, remembering that a record fell out only because nobody knows
 * its date. */
static bool
dated_in_window(struct tally *tally, struct when at)
{
	bool in = window_holds(tally->rules.zone, &tally->rules.window, at);

	tally->lacks_date |= !in && at.kind == WHEN_UNKNOWN;
	return in;
}

static bool
counted(const struct reach *reach, unsigned rank)
{
	return rank <= RANKS_MAX && reach->counted & rank_bit(rank);
}

static void
end_as(struct stage_tally *stage, enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_WON:
		stage->won++;
		break;
	case OUTCOME_LOST:
		stage->lost++;
		break;
	case OUTCOME_REJECTED:
		stage->rejected++;
		break;
	case OUTCOME_RECYCLED:
		stage->recycled++;
		break;
	case OUTCOME_NONE:
	case OUTCOME_COUNT:
		stage->open++;
	}
}

static void
enter_stage(struct stage_tally *stage, bool advanced, bool imputed,
    enum outcome outcome)
{
	stage->entered++;
	stage->imputed += imputed;
	stage->wins += outcome == OUTCOME_WON;
	if (advanced) {
		stage->advanced++;
		stage->converted++;
	} else {
		end_as(stage, outcome);
	}
}

static bool
is_followed(struct tally *tally, struct when anchor)
{
	const struct tally_rules *rules = &tally->rules;
	bool followed =
	    when_days(rules->zone, anchor, rules->as_of) * DAY_SECONDS >=
	    (double)rules->horizon;

	tally->lacks_date |= anchor.kind == WHEN_UNKNOWN;
	tally->lacks_follow_up |= !followed && anchor.kind != WHEN_UNKNOWN;
	return followed;
}

/* How a record that did not advance stood at the horizon. */
static enum outcome
outcome_within(const struct tally_rules *rules, const struct timeline *t,
    struct when anchor)
{
	if (rules->basis != BASIS_HORIZON ||
	    path_within(rules->zone, anchor, t->closed, rules->horizon))
		return t->outcome;
	return OUTCOME_NONE;
}

static bool
advances(const struct tally_rules *rules, const struct reach *reach, unsigned k,
    struct when anchor)
{
	if (k == rules->n_ranks || !(reach->moved & rank_bit(k)))
		return false;
	return rules->basis != BASIS_HORIZON ||
	       path_within(
		   rules->zone, anchor, reach->by[k + 1], rules->horizon);
}

/* ---- how long each was followed ---- */

static bool
follows(const struct tally_rules *rules)
{
	return rules->follow && rules->basis == BASIS_COHORT;
}

/* From start to `next`, NULL for who did not get there; whatever else ended
 * the record competes with it, back to nurture too: it has left the funnel,
 * and its return is an entry of its own. */
static struct followed
followed_to(const struct tally_rules *rules, const struct timeline *t,
    struct when start, const struct when *next)
{
	return (struct followed){ when_days(rules->zone, start, rules->as_of),
		when_days(rules->zone, start, next ? *next : t->closed),
		next                         ? FOLLOW_REACHED
		: t->outcome != OUTCOME_NONE ? FOLLOW_ENDED
					     : FOLLOW_OPEN };
}

/*
 * A step is done when the record first counts at k + 1: by a later stage, where
 * that one was skipped. That is an event of its own, not a date that was
 * filled in, and what the basis horizon goes by. False where there is no step,
 * or no entry of its own to k (R2).
 */
static bool
follow_step(struct tally *tally, const struct timeline *t,
    const struct reach *reach, unsigned k, struct followed *out)
{
	const struct tally_rules *rules = &tally->rules;
	bool moved;

	if (!follows(rules) || k == rules->n_ranks || !counted(reach, k) ||
	    reach->imputed & rank_bit(k))
		return false;
	moved = advances(rules, reach, k, reach->at[k]);
	*out = followed_to(
	    rules, t, reach->at[k], moved ? &reach->by[k + 1] : NULL);
	/* Of all, whatever the window: a horizon from the cohort in hand would
	 * be as young as it. */
	follow_days_add(tally->arena, &tally->completed[k], out);
	return true;
}

/* Counted at k; with a horizon from stage 1, only when it was reached within
 * it, so that one stage's converted are the next one's entered. */
static bool
enters(const struct tally_rules *rules, const struct reach *reach, unsigned k,
    struct when anchor)
{
	return counted(reach, k) && (rules->basis != BASIS_HORIZON ||
					path_within(rules->zone, anchor,
					    reach->by[k], rules->horizon));
}

static void
tally_cohort(struct tally *tally, const uint32_t *by, const struct timeline *t,
    const struct reach *reach, const struct path_rule *path)
{
	const struct tally_rules *rules = &tally->rules;
	bool first = rules->anchor == ANCHOR_FIRST;

	for (unsigned k = 1; k <= rules->n_ranks; k++) {
		struct when anchor = first ? reach->anchor : reach->at[k];
		struct stage_tally *stages;
		struct followed followed;
		bool step;

		if (!counted(reach, k) && !counted(reach, k + 1))
			continue;
		step = follow_step(tally, t, reach, k, &followed);
		if (!dated_in_window(tally, anchor) ||
		    (rules->basis == BASIS_HORIZON &&
			!is_followed(tally, anchor)))
			continue;
		stages = group_of(tally, by, anchor)->stages;
		if (enters(rules, reach, k, anchor)) {
			enter_stage(&stages[k],
			    advances(rules, reach, k, anchor),
			    reach->imputed & rank_bit(k),
			    outcome_within(rules, t, anchor));
			if (step)
				follow_add(
				    tally->arena, &stages[k].follow, &followed);
		} else if (path->mode == MODE_ANY && first &&
			   enters(rules, reach, k + 1, anchor)) {
			stages[k].converted++;
		}
	}
}

static void
tally_period(struct tally *tally, const uint32_t *by, const struct reach *reach)
{
	const struct tally_rules *rules = &tally->rules;

	for (unsigned k = 1; k <= rules->n_ranks; k++) {
		struct stage_tally *stages;

		if (!counted(reach, k) || !dated_in_window(tally, reach->at[k]))
			continue;
		stages = group_of(tally, by, reach->at[k])->stages;
		stages[k].entered++;
		stages[k].imputed += (reach->imputed & rank_bit(k)) != 0;
		stages[k - 1].converted++;
	}
}

static void
tally_closed(struct tally *tally, const uint32_t *by, const struct timeline *t,
    const struct reach *reach)
{
	const struct tally_rules *rules = &tally->rules;
	struct stage_tally *stages;

	if ((t->outcome != OUTCOME_WON && t->outcome != OUTCOME_LOST &&
		t->outcome != OUTCOME_REJECTED) ||
	    !dated_in_window(tally, t->closed))
		return;
	stages = group_of(tally, by, t->closed)->stages;
	for (unsigned k = 1; k <= rules->n_ranks; k++)
		if (counted(reach, k))
			enter_stage(&stages[k],
			    t->outcome == OUTCOME_WON && k < rules->n_ranks,
			    reach->imputed & rank_bit(k), t->outcome);
}

/* ---- basis active: stays, not entries ---- */

static int64_t
day_or(const struct tally_rules *rules, struct when when, int64_t otherwise)
{
	return when.kind == WHEN_UNKNOWN ? otherwise
					 : zone_day(rules->zone, when);
}

/* Where a window begins on a date, an instant of that day is after it. */
static int
compare_to_start(const struct tally_rules *rules, struct when at, struct when a)
{
	if (at.kind == WHEN_INSTANT && a.kind == WHEN_DATE)
		a = (struct when){ zone_utc(rules->zone, a.seconds),
			WHEN_INSTANT };
	return when_compare(rules->zone, at, a);
}

/* R6: a stay that ends exactly at the start of the window is not in it,
 * unless it is an instant. */
static bool
stay_touches(const struct tally_rules *rules, struct when start,
    const struct when *end, struct when a, struct when b)
{
	const struct zone *zone = rules->zone;

	if (b.kind != WHEN_UNKNOWN && when_compare(zone, start, b) >= 0)
		return false;
	if (!end || a.kind == WHEN_UNKNOWN)
		return true;
	return compare_to_start(rules, *end, a) > 0 ||
	       (when_compare(zone, *end, start) == 0 &&
		   when_compare(zone, start, a) >= 0);
}

/* When the stay that began with visit i ended; a repeat ends nothing. NULL:
 * still there, or nobody knows. */
static const struct when *
end_of_stay(const struct timeline *t, size_t i)
{
	do
		i++;
	while (i < t->n && t->visits[i].repeat);
	return i == t->n || t->visits[i].at.kind == WHEN_UNKNOWN
		   ? NULL
		   : &t->visits[i].at;
}

/* In [a, b) the record stood at rank k (bit in *active) and moved beyond it
 * (bit in *moved). */
static void
active_between(const struct tally_rules *rules, const struct timeline *t,
    struct when a, struct when b, uint64_t *active, uint64_t *moved)
{
	struct window window = { a, b };

	*active = *moved = 0;
	for (size_t i = 0; i < t->n; i++) {
		const struct visit *v = &t->visits[i];

		if (v->at.kind == WHEN_UNKNOWN || v->repeat)
			continue;
		if (v->rank && v->outcome == OUTCOME_NONE &&
		    stay_touches(rules, v->at, end_of_stay(t, i), a, b))
			*active |= rank_bit(v->rank);
		if (v->rank > 1 && window_holds(rules->zone, &window, v->at))
			*moved |= *active & (rank_bit(v->rank) - 1);
	}
}

static void
tally_active_window(struct tally *tally, const uint32_t *by,
    const struct timeline *t, struct when a, struct when b, struct when group)
{
	struct stage_tally *stages;
	uint64_t active, moved;

	if (a.kind != WHEN_UNKNOWN && b.kind != WHEN_UNKNOWN &&
	    when_compare(tally->rules.zone, a, b) >= 0)
		return;
	active_between(&tally->rules, t, a, b, &active, &moved);
	if (!active)
		return;
	stages = group_of(tally, by, group)->stages;
	for (unsigned k = 1; k <= tally->rules.n_ranks; k++) {
		if (!(active & rank_bit(k)))
			continue;
		stages[k].entered++;
		stages[k].converted += (moved & rank_bit(k)) != 0;
	}
}

static struct when
later_of(const struct zone *zone, struct when a, struct when b)
{
	return when_compare(zone, a, b) >= 0 ? a : b;
}

static struct when
earlier_of(const struct zone *zone, struct when a, struct when b)
{
	if (b.kind == WHEN_UNKNOWN)
		return a;
	return when_compare(zone, a, b) <= 0 ? a : b;
}

/* Midnight as an instant where --from or --to is one, so that a part of a day
 * is not taken for the whole. */
static struct when
like(const struct tally_rules *rules, struct when day)
{
	if (rules->window.from.kind != WHEN_INSTANT &&
	    rules->window.to.kind != WHEN_INSTANT)
		return day;
	return (
	    struct when){ zone_utc(rules->zone, day.seconds), WHEN_INSTANT };
}

/* The first and last day of the record's life, as far as --from and --to let
 * see it; false where there is none. */
static bool
life(const struct tally_rules *rules, const struct timeline *t, int64_t *first,
    int64_t *last)
{
	size_t i = 0;

	while (i < t->n && t->visits[i].at.kind == WHEN_UNKNOWN)
		i++;
	if (i == t->n)
		return false;
	*first = zone_day(rules->zone, t->visits[i].at);
	*last = t->outcome == OUTCOME_NONE ? day_or(rules, rules->as_of, *first)
					   : day_or(rules, t->closed, *first);
	if (*first < day_or(rules, rules->window.from, *first))
		*first = day_or(rules, rules->window.from, *first);
	if (*last > day_or(rules, rules->window.to, *last))
		*last = day_or(rules, rules->window.to, *last);
	return true;
}

/* Every period that the record's life touches is a window of its own, cut
 * to [from, to). */
static void
tally_active(struct tally *tally, const uint32_t *by, const struct timeline *t)
{
	const struct tally_rules *rules = &tally->rules;
	int64_t first, last, start;

	if (rules->period == PERIOD_NONE) {
		tally_active_window(tally, by, t, rules->window.from,
		    rules->window.to, rules->as_of);
		return;
	}
	if (!life(rules, t, &first, &last)) {
		tally->lacks_date |= t->n != 0;
		return;
	}
	for (start = period_start(rules->period, first, rules->fiscal_month);
	     start <= last; start = period_next(rules->period, start)) {
		struct when a = { start * DAY_SECONDS, WHEN_DATE };
		struct when b = { period_next(rules->period, start) *
				      DAY_SECONDS,
			WHEN_DATE };

		tally_active_window(tally, by, t,
		    later_of(rules->zone, like(rules, a), rules->window.from),
		    earlier_of(rules->zone, like(rules, b), rules->window.to),
		    a);
	}
}

/* ---- every entry is a unit of its own ---- */

/* The visit that converts an entry: the first later one at a higher rank; in
 * mode any exactly the next rank. With best re-entry a conversion belongs to
 * the last entry before it (R9). */
static const struct visit *
conversion_of(const struct tally *tally, const struct timeline *t, size_t i,
    enum mode mode)
{
	unsigned rank = t->visits[i].rank;

	for (size_t j = i + 1; j < t->n; j++) {
		const struct visit *v = &t->visits[j];

		if (mode == MODE_ANY ? v->rank == rank + 1 : v->rank > rank)
			return v;
		if (tally->rules.reentry_best && v->rank == rank && !v->repeat)
			return NULL;
	}
	return NULL;
}

static void
tally_entry(struct tally *tally, const uint32_t *by, const struct timeline *t,
    size_t i, const struct path_rule *path)
{
	const struct tally_rules *rules = &tally->rules;
	const struct visit *v = &t->visits[i];
	const struct visit *next = conversion_of(tally, t, i, path->mode);
	struct followed followed =
	    followed_to(rules, t, v->at, next ? &next->at : NULL);
	struct stage_tally *stages;

	if (follows(rules))
		follow_days_add(
		    tally->arena, &tally->completed[v->rank], &followed);
	if (!dated_in_window(tally, v->at))
		return;
	if (rules->basis == BASIS_HORIZON && !is_followed(tally, v->at))
		return;
	stages = group_of(tally, by, v->at)->stages;
	if (rules->basis == BASIS_PERIOD) {
		stages[v->rank].entered++;
		stages[v->rank - 1].converted++;
		return;
	}
	if (next && rules->basis == BASIS_HORIZON &&
	    !path_within(rules->zone, v->at, next->at, rules->horizon))
		next = NULL;
	enter_stage(&stages[v->rank], next != NULL, false,
	    outcome_within(rules, t, v->at));
	if (follows(rules) && v->rank < rules->n_ranks)
		follow_add(tally->arena, &stages[v->rank].follow, &followed);
}

static void
tally_record(struct tally *tally, const uint32_t *by, const struct timeline *t,
    const struct reach *reach, const struct path_rule *path)
{
	if (tally->rules.unit == COUNT_ENTRIES) {
		for (size_t i = 0; i < t->n; i++)
			if (t->visits[i].rank && !t->visits[i].repeat)
				tally_entry(tally, by, t, i, path);
		return;
	}
	switch (tally->rules.basis) {
	case BASIS_COHORT:
	case BASIS_HORIZON:
		tally_cohort(tally, by, t, reach, path);
		break;
	case BASIS_PERIOD:
		tally_period(tally, by, reach);
		break;
	case BASIS_ACTIVE:
		tally_active(tally, by, t);
		break;
	case BASIS_CLOSED:
		tally_closed(tally, by, t, reach);
		break;
	case BASIS_COUNT:
		break;
	}
}

void
tally_stages(struct tally *tally, const uint32_t *by, const struct timeline *t,
    const struct reach *reach, const struct path_rule *path)
{
	tally->lacks_date = tally->lacks_follow_up = tally->stands = false;
	tally_record(tally, by, t, reach, path);
	tally->undated += tally->lacks_date;
	tally->not_followed += tally->lacks_follow_up;
	tally->counted += tally->stands;
}

/* ---- outcomes ---- */

/* From the first entry to the opportunity stage, else creation (3.2.1). */
static struct when
cycle_start(const struct tally_rules *rules, const struct timeline *t)
{
	for (size_t i = 0; rules->start_rank && i < t->n; i++)
		if (t->visits[i].rank == rules->start_rank &&
		    t->visits[i].at.kind != WHEN_UNKNOWN)
			return t->visits[i].at;
	return t->created;
}

static void
add_cycle(
    struct tally *tally, struct outcome_tally *o, const struct timeline *t)
{
	double days = when_days(
	    tally->rules.zone, cycle_start(&tally->rules, t), t->closed);

	if (isnan(days)) {
		o->untimed_cycles++;
		return;
	}
	if (days < 0) {
		o->negative_cycles++;
		return;
	}
	if (o->n_cycles == o->cap_cycles) {
		o->cap_cycles = o->cap_cycles ? 2 * o->cap_cycles : 16;
		o->cycles = arena_grow(tally->arena, o->cycles,
		    o->cap_cycles * sizeof(*o->cycles));
	}
	o->cycles[o->n_cycles++] = days;
}

/* From the date that puts the record into its cohort, so that it is the same
 * for all of them, to the win. */
static struct followed
follow_win(struct tally *tally, const struct timeline *t, struct when start)
{
	struct followed followed = followed_to(&tally->rules, t, start,
	    t->outcome == OUTCOME_WON ? &t->closed : NULL);

	if (follows(&tally->rules))
		follow_days_add(tally->arena, &tally->completed[0], &followed);
	return followed;
}

/* Its present stage is in no definition: neither open nor closed. */
static bool
is_unknown(const struct timeline *t, const struct record *record)
{
	return t->outcome == OUTCOME_NONE && !t->n &&
	       (record->flags & RECORD_STAGE_UNKNOWN ||
		   !(record->flags & RECORD_STATE));
}

void
tally_outcome(struct tally *tally, const uint32_t *by, const struct timeline *t,
    const struct record *record)
{
	const struct tally_rules *rules = &tally->rules;
	bool closed = rules->basis == BASIS_CLOSED, unknown;
	struct when when = closed ? t->closed : t->created;
	struct followed followed;
	struct outcome_tally *o;

	if (closed &&
	    (t->outcome == OUTCOME_NONE || t->outcome == OUTCOME_RECYCLED))
		return;
	if (!closed && when.kind == WHEN_UNKNOWN && t->n)
		when = t->visits[0].at;
	followed = follow_win(tally, t, when);
	if (!window_holds(rules->zone, &rules->window, when)) {
		tally->undated += when.kind == WHEN_UNKNOWN;
		return;
	}
	o = &group_of(tally, by, when)->outcomes;
	o->records++;
	tally->counted++;
	o->won += t->outcome == OUTCOME_WON;
	o->lost += t->outcome == OUTCOME_LOST;
	o->rejected += t->outcome == OUTCOME_REJECTED;
	o->recycled += t->outcome == OUTCOME_RECYCLED;
	unknown = is_unknown(t, record);
	o->unknown += unknown;
	o->open += t->outcome == OUTCOME_NONE && !unknown;
	if (follows(rules) && !unknown)
		follow_add(tally->arena, &o->follow, &followed);
	if (t->outcome == OUTCOME_WON) {
		value_add(&o->won_value,
		    value_of_record(&tally->rules.value, record, t));
		add_cycle(tally, o, t);
	} else if (t->outcome == OUTCOME_LOST) {
		value_add(&o->lost_value,
		    value_of_record(&tally->rules.value, record, t));
	}
}
