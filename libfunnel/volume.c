/*
 * volume.c: count, fill the gaps, compare.
 */
#include <math.h>

#include "groups.h"
#include "judge.h"
#include "moment.h"
#include "volume.h"

struct counted { /* of a segment and period */
	struct group_key key;
	uint64_t raw, passing;
};

struct volume {
	struct commitment *commitment;
	struct groups groups;
	enum period period;
	int64_t first; /* period in which anything was counted */
};

struct volumes {
	struct commitments *all;
	struct volume *items;
	size_t n;
	uint64_t undated;
	bool *counted; /* by record: volumes_add() was called for it */
};

static enum period
period_named(const char *name)
{
	static const struct {
		const char *name;
		enum period period;
	} periods[] = { { "day", PERIOD_DAY }, { "week", PERIOD_WEEK },
		{ "month", PERIOD_MONTH }, { "quarter", PERIOD_QUARTER } };

	for (size_t i = 0; i < sizeof(periods) / sizeof(*periods); i++)
		if (fold_equal(slice_of(name), slice_of(periods[i].name)))
			return periods[i].period;
	return PERIOD_YEAR;
}

struct volumes *
volumes_new(struct commitments *all)
{
	const struct load *load = all->load;
	struct volumes *v = arena_alloc(all->arena, sizeof(*v));

	v->all = all;
	v->items = arena_array(all->arena, all->n + 1, sizeof(*v->items));
	v->counted = arena_array(
	    all->arena, load->store->records.count + 1, sizeof(*v->counted));
	for (size_t i = 0; i < all->n; i++) {
		struct volume *volume = &v->items[v->n];

		if (all->items[i].kind->judge)
			continue;
		v->n++;
		volume->commitment = &all->items[i];
		volume->period = period_named(all->items[i].definition->per);
		volume->first = INT64_MAX;
		volume->groups = groups_new(all->arena, sizeof(struct counted),
		    load->segments.n_by, volume->period,
		    load->definitions.fiscal_month, load->zone);
	}
	return v;
}

static void
add_at(struct volumes *v, struct volume *volume, struct when at)
{
	struct commitments *all = v->all;
	const struct commitment *c = volume->commitment;
	struct counted *counted;
	bool is_new;

	counted = groups_at(&volume->groups, all->by, at, &is_new);
	counted->raw++;
	counted->passing +=
	    !c->definition->passing ||
	    criteria_pass(criteria_of(all->criteria, c->rule, all->record, at));
	if (counted->key.dated && counted->key.period < volume->first)
		volume->first = counted->key.period;
}

/* A record counts once, at its first entry; touches count one by one. */
void
volumes_add(struct volumes *v)
{
	v->counted[v->all->record] = true;
	for (size_t i = 0; i < v->n; i++) {
		struct volume *volume = &v->items[i];
		bool undated;
		size_t n;
		const struct when *at =
		    judge_moments(v->all, volume->commitment, &n, &undated);

		v->undated += undated && !n;
		if (volume->commitment->start.kind == MOMENT_STAGE && n > 1)
			n = 1;
		for (size_t k = 0; k < n; k++)
			add_at(v, volume, at[k]);
	}
}

/* Conditions are about records, and nobody knows whose it is. */
static bool
counts_unjoined(const struct volumes *v, const struct volume *volume)
{
	const struct commitment *c = volume->commitment;

	return c->start.kind == MOMENT_TOUCH && !c->definition->where.n &&
	       !c->definition->passing && !v->all->load->conditions.n;
}

static void
add_of_nobody(
    struct volumes *v, struct when at, uint32_t type, uint32_t channel)
{
	struct commitments *all = v->all;

	if (!moment_is_known(all, at))
		return;
	for (size_t i = 0; i < v->n; i++)
		if (counts_unjoined(v, &v->items[i]) &&
		    moment_is_of_type(
			all, &v->items[i].commitment->start, type, channel))
			add_at(v, &v->items[i], at);
}

/* Those of a record that is not there as of as_of are nobody's then. */
void
volumes_add_unjoined(struct volumes *v)
{
	static const uint32_t nobody[SEGMENTS_MAX];
	const struct touches *touches = v->all->touches;
	size_t n_records = v->all->load->store->records.count;

	v->all->by = nobody;
	if (!touches)
		return;
	for (size_t i = 0; i < touches->unjoined.count; i++) {
		const struct unjoined *touch = vec_at(&touches->unjoined, i);

		add_of_nobody(
		    v, stamp_when(touch->at), touch->type, touch->channel);
	}
	for (uint32_t i = 0; i < n_records; i++) {
		size_t n = 0;
		const struct touch *touch =
		    v->counted[i] ? NULL : touches_of(touches, i, &n);

		for (size_t k = 0; k < n; k++)
			add_of_nobody(v, stamp_when(touch[k].at), touch[k].type,
			    touch[k].channel);
	}
}

uint64_t
volumes_undated(const struct volumes *v)
{
	return v->undated;
}

/* ---- periods ---- */

/* The day of as_of is over where as_of is that date. */
static int64_t
days_known(const struct load *load)
{
	return zone_day(load->zone, load->as_of) +
	       (load->as_of.kind == WHEN_DATE);
}

/* The days of a period up to a day, working ones where a calendar is named. */
static double
days_between(const struct commitment *c, int64_t from, int64_t to)
{
	int64_t days =
	    c->calendar ? workcal_days(c->calendar, from, to) : to - from;

	return days < 0 ? NAN : (double)days;
}

static struct sla_volume
volume_of(const struct volumes *v, const struct volume *volume,
    const struct counted *counted, int64_t start)
{
	const struct commitment *c = volume->commitment;
	int64_t next = period_next(volume->period, start);
	int64_t known = days_known(v->all->load);
	struct sla_volume out = { .target = (double)*c->definition->at_least,
		.running = known < next };
	double all = days_between(c, start, next);
	double over = days_between(c, start, out.running ? known : next);

	if (counted) {
		out.count = counted->passing;
		out.raw = counted->raw;
	}
	out.due = all > 0 ? out.target * over / all : NAN;
	out.projected = (double)out.count;
	if (out.running)
		out.projected = over > 0 ? out.projected * all / over : NAN;
	return out;
}

static bool
is_in_window(const struct load *load, int64_t start, int64_t next)
{
	const struct window *w = &load->window;

	return (w->from.kind == WHEN_UNKNOWN ||
		   zone_day(load->zone, w->from) <= start) &&
	       (w->to.kind == WHEN_UNKNOWN ||
		   next <= zone_day(load->zone, w->to));
}

static void
give_period(const struct volumes *v, const struct volume *volume,
    const uint32_t *by, const struct counted *counted, int64_t start,
    case_taker *take, void *context)
{
	struct sla_volume period = volume_of(v, volume, counted, start);
	struct sla_case x = { .commitment = volume->commitment,
		.record = NO_RECORD,
		.by = by,
		.start = { start * DAY_SECONDS, WHEN_DATE },
		.clock = { .elapsed = NAN,
		    .calendar = NAN,
		    .workdays = NAN,
		    .excess = NAN,
		    .excess_workdays = NAN },
		.assigned_after = NAN,
		.touched_after = NAN,
		.attempts = NAN,
		.volume = &period };

	if (!is_in_window(
		v->all->load, start, period_next(volume->period, start)))
		return;
	x.clock.status = (double)period.count >= period.target ? CLOCK_MET
			 : period.running                      ? CLOCK_PENDING
							       : CLOCK_BREACHED;
	x.calendar_status = x.clock.status;
	take(context, &x);
}

static bool
is_same_segment(
    const struct volumes *v, const struct counted *a, const struct counted *b)
{
	for (size_t i = 0; i < v->all->load->segments.n_by; i++)
		if (a->key.by[i] != b->key.by[i])
			return false;
	return true;
}

/* The window's first whole period, where it has a start; INT64_MAX where
 * nothing was counted and nobody says from when on it should be. */
static int64_t
first_period(const struct volumes *v, const struct volume *volume)
{
	const struct load *load = v->all->load;
	int64_t day, start;

	if (load->window.from.kind == WHEN_UNKNOWN)
		return volume->first;
	day = zone_day(load->zone, load->window.from);
	start =
	    period_start(volume->period, day, load->definitions.fiscal_month);
	return start < day ? period_next(volume->period, start) : start;
}

/* The periods of a segment, counted or not. */
static void
give_segment(const struct volumes *v, const struct volume *volume,
    struct counted *const *items, size_t n, case_taker *take, void *context)
{
	const struct load *load = v->all->load;
	static const uint32_t no_segments[1];
	int64_t last = zone_day(load->zone, load->as_of);
	size_t i = 0;

	for (int64_t start = first_period(v, volume);
	     start <= last && start != INT64_MAX;
	     start = period_next(volume->period, start)) {
		while (i < n && items[i]->key.dated &&
		       items[i]->key.period < start)
			i++;
		give_period(v, volume, n ? items[0]->key.by : no_segments,
		    i < n && items[i]->key.dated &&
			    items[i]->key.period == start
			? items[i]
			: NULL,
		    start, take, context);
	}
}

void
volumes_give(struct volumes *v, case_taker *take, void *context)
{
	for (size_t i = 0; i < v->n; i++) {
		struct volume *volume = &v->items[i];
		struct counted **sorted = (struct counted **)groups_sorted(
		    &volume->groups, v->all->load->store->texts);
		size_t n = volume->groups.items.count, from = 0;

		if (!n && !v->all->load->segments.n_by)
			give_segment(v, volume, sorted, 0, take, context);
		for (size_t k = 1; k <= n; k++) {
			if (k < n &&
			    is_same_segment(v, sorted[from], sorted[k]))
				continue;
			give_segment(
			    v, volume, sorted + from, k - from, take, context);
			from = k;
		}
	}
}
