/*
 * exposure.c: which part of a duration lies in which period.
 *
 * A risk set holds what has entry < t <= exit (R37), and a window is [a, b): a
 * deal that closes at a closes in it, one that closes at b does not. So a part
 * is entered just before the age at a and left just before the age at b.
 */
#include <math.h>

#include "exposure.h"

static struct exposure_group *
group_at(struct groups *groups, const struct exposure_rules *rules,
    const uint32_t *by, struct when when)
{
	bool is_new;
	struct exposure_group *group = groups_at(groups, by, when, &is_new);

	if (is_new)
		group->rows = arena_array(
		    groups->arena, rules->n_rows, sizeof(*group->rows));
	return group;
}

struct groups
exposure_groups(struct arena *arena, size_t item, size_t n_by,
    enum period period, int fiscal_month, const struct exposure_rules *rules)
{
	struct groups groups =
	    groups_new(arena, item, n_by, period, fiscal_month, rules->zone);

	if (!n_by && period == PERIOD_NONE)
		group_at(&groups, rules, NULL, rules->as_of);
	return groups;
}

struct exposure_group *
exposure_group_at(struct groups *groups, const struct exposure_rules *rules,
    const uint32_t *by, struct when when)
{
	return window_holds(rules->zone, &rules->window, when)
		   ? group_at(groups, rules, by, when)
		   : NULL;
}

static void
add_spell(struct groups *groups, struct exposure_tally *tally, double entry,
    double exit, unsigned cause)
{
	if (tally->n == tally->cap) {
		tally->cap = tally->cap ? 2 * tally->cap : 16;
		tally->spells = arena_grow(groups->arena, tally->spells,
		    tally->cap * sizeof(*tally->spells));
	}
	tally->spells[tally->n++] = (struct spell){ entry, exit, cause };
	if (cause && exit == 0)
		tally->zero++;
}

/* The age at the last moment before `until`. A date is a whole number of days
 * away from a date: just below it, so that the day itself is after it. */
static double
age_before(
    const struct exposure_rules *rules, struct when start, struct when until)
{
	if (start.kind == WHEN_INSTANT && until.kind == WHEN_DATE)
		until = (struct when){ zone_utc(rules->zone, until.seconds),
			WHEN_INSTANT };
	return nextafter(when_days(rules->zone, start, until), -INFINITY);
}

void
exposure_add_days(
    struct groups *groups, struct exposure_tally *tally, double days)
{
	if (isnan(days))
		tally->untimed++;
	else if (days < 0)
		tally->negative++;
	else
		add_spell(groups, tally, -INFINITY, days, 1);
}

static struct when
later(const struct zone *zone, struct when a, struct when b)
{
	return b.kind != WHEN_UNKNOWN && when_compare(zone, b, a) > 0 ? b : a;
}

static struct when
sooner(const struct zone *zone, struct when a, struct when b)
{
	return b.kind != WHEN_UNKNOWN &&
		       (a.kind == WHEN_UNKNOWN || when_compare(zone, b, a) < 0)
		   ? b
		   : a;
}

/* The part of an exposure that lies in [a, b); either may be unknown, for no
 * end. Returns its group when it ended there. */
static struct exposure_group *
add_part(struct groups *groups, const struct exposure_rules *rules,
    const uint32_t *by, size_t row, struct exposure e, struct window part,
    struct when group_time)
{
	const struct zone *zone = rules->zone;
	struct exposure_group *group;
	double entry = -INFINITY, exit;
	bool ends = e.cause && window_holds(zone, &part, e.end);

	if (e.cause && part.from.kind != WHEN_UNKNOWN &&
	    when_compare(zone, e.end, part.from) < 0)
		return NULL; /* over before */
	if (part.from.kind != WHEN_UNKNOWN &&
	    when_compare(zone, e.start, part.from) < 0)
		entry = age_before(rules, e.start, part.from);
	if (ends) {
		exit = when_days(zone, e.start, e.end);
	} else {
		exit = when_days(zone, e.start, rules->as_of);
		if (part.to.kind != WHEN_UNKNOWN &&
		    when_compare(zone, part.to, rules->as_of) <= 0)
			exit = age_before(rules, e.start, part.to);
	}
	/* An end that falls on a date, after a start that is an instant, can
	 * come out short by the hour that a day is longer in autumn. */
	if (ends && exit <= entry)
		entry = nextafter(exit, -INFINITY);
	if (!(exit >= 0) || exit <= entry)
		return NULL;
	group = exposure_group_at(groups, rules, by, group_time);
	if (!group)
		return NULL;
	add_spell(groups, &group->rows[row], entry, exit, ends ? e.cause : 0);
	return ends ? group : NULL;
}

/* Every period between start and end, as far as the window lets see. */
static struct exposure_group *
add_by_end(struct groups *groups, const struct exposure_rules *rules,
    const uint32_t *by, size_t row, struct exposure e)
{
	const struct zone *zone = rules->zone;
	struct when last = e.cause ? e.end : rules->as_of;
	struct exposure_group *ended = NULL;
	int64_t start, end;

	if (groups->period == PERIOD_NONE) {
		struct when inside = rules->window.from.kind != WHEN_UNKNOWN
					 ? rules->window.from
					 : e.start;

		if (rules->window.to.kind != WHEN_UNKNOWN &&
		    when_compare(zone, e.start, rules->window.to) >= 0)
			return NULL;
		return add_part(
		    groups, rules, by, row, e, rules->window, inside);
	}
	start = zone_day(zone, later(zone, e.start, rules->window.from));
	end = zone_day(zone, last);
	for (start = period_start(groups->period, start, groups->fiscal_month);
	     start <= end; start = period_next(groups->period, start)) {
		struct when a = { start * DAY_SECONDS, WHEN_DATE };
		struct when b = { period_next(groups->period, start) *
				      DAY_SECONDS,
			WHEN_DATE };
		struct window part = { later(zone, a, rules->window.from),
			sooner(zone, b, rules->window.to) };
		struct exposure_group *group;

		if (when_compare(zone, part.from, part.to) >= 0)
			break;
		group = add_part(groups, rules, by, row, e, part, part.from);
		ended = group ? group : ended;
	}
	return ended;
}

static struct exposure_group *
add_by_start(struct groups *groups, const struct exposure_rules *rules,
    const uint32_t *by, size_t row, struct exposure e)
{
	struct exposure_group *group =
	    exposure_group_at(groups, rules, by, e.start);
	double days =
	    when_days(rules->zone, e.start, e.cause ? e.end : rules->as_of);

	if (group && days >= 0)
		add_spell(groups, &group->rows[row], -INFINITY, days, e.cause);
	return group;
}

/* Counts what has no duration in the group where it would stand. */
static struct exposure_group *
add_without(struct groups *groups, const struct exposure_rules *rules,
    const uint32_t *by, size_t row, struct exposure e, bool negative)
{
	struct when at =
	    rules->basis == EXPOSURE_BY_END && e.cause ? e.end : e.start;
	struct exposure_group *group = exposure_group_at(groups, rules, by, at);

	if (!group)
		return NULL;
	group->rows[row].negative += negative;
	group->rows[row].untimed += !negative;
	return group;
}

struct exposure_group *
exposure_add(struct groups *groups, const struct exposure_rules *rules,
    const uint32_t *by, size_t row, struct exposure e)
{
	double days =
	    when_days(rules->zone, e.start, e.cause ? e.end : rules->as_of);

	if (isnan(days) || days < 0)
		return add_without(groups, rules, by, row, e, days < 0);
	return rules->basis == EXPOSURE_BY_END
		   ? add_by_end(groups, rules, by, row, e)
		   : add_by_start(groups, rules, by, row, e);
}
