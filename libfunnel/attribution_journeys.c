/*
 * attribution_journeys.c: records with their touches to journeys (metrics.md
 * 3.3.1): who converted when, which touches lie before it, which of them are
 * its milestones.
 */
#include <math.h>
#include <stdlib.h>

#include "attribution.h"

/* The first entry to a stage or, where it was skipped, to a later one. */
static struct when
reached_at(const struct timeline *t, uint8_t rank)
{
	for (size_t i = 0; rank && i < t->n; i++)
		if (t->visits[i].rank >= rank)
			return t->visits[i].at;
	return (struct when){ 0, WHEN_UNKNOWN };
}

static bool
has_reached(const struct timeline *t, uint8_t rank)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->visits[i].rank >= rank)
			return true;
	return false;
}

/* A win is the outcome in force, not one that was taken back. */
static bool
is_won_conversion(const struct attribution *a)
{
	return a->load.definitions.stages[a->conversion].outcome == OUTCOME_WON;
}

/* When it entered the pipeline, as funnel-velocity says; false for a lead
 * that never did. */
static bool
entered_pipeline(struct attribution *a, uint32_t record,
    const struct timeline *t, struct when *at)
{
	const struct pass *passes;
	bool did = deal_stays_open(&a->deals, record, t, &passes) > 0;

	*at = did ? passes[0].start : (struct when){ 0, WHEN_UNKNOWN };
	return did;
}

bool
attribution_fate(struct attribution *a, uint32_t record,
    const struct timeline *t, struct fate *fate)
{
	const struct timeline_rules *rules = a->walk.timelines;
	uint8_t rank = rules->rank_of_stage[a->conversion];
	bool is_deal;

	*fate = (struct fate){ .lead = t->created,
		.close = t->outcome == OUTCOME_WON
			     ? t->closed
			     : (struct when){ 0, WHEN_UNKNOWN } };
	if (t->created.kind == WHEN_UNKNOWN && t->n)
		fate->lead = t->visits[0].at;
	is_deal = entered_pipeline(a, record, t, &fate->opportunity);
	if (rank && rank == a->deals.start_rank) {
		fate->converted = is_deal;
		fate->at = is_deal ? fate->opportunity : t->closed;
		return is_deal || t->outcome != OUTCOME_NONE;
	}
	fate->converted = is_won_conversion(a) ? t->outcome == OUTCOME_WON
					       : has_reached(t, rank);
	if (fate->converted)
		fate->at =
		    is_won_conversion(a) ? t->closed : reached_at(t, rank);
	else
		fate->at = t->closed;
	return fate->converted || t->outcome != OUTCOME_NONE;
}

/* ---- touches ---- */

bool
attribution_is_channel(const struct attribution *a, struct slice text)
{
	uint32_t ignored;

	return text.n && (!a->agreed || names_find(a->agreed, text, &ignored));
}

static int
compare_texts(const void *pa, const void *pb)
{
	return slice_compare(
	    *(const struct slice *)pa, *(const struct slice *)pb);
}

/* Numbers the channels by name: what is solved with them has its last digits
 * from their order, which the order of rows must not decide. */
void
attribution_number_channels(struct attribution *a)
{
	size_t n_texts, n = 0;
	struct slice *names;
	bool *seen;

	/* An agreed name becomes a text when its alias is first looked up. */
	for (size_t i = 0; i < a->touches->n; i++)
		touches_key(a->touches, &a->touches->all[i]);
	n_texts = intern_count(a->load.store->texts);
	names = arena_array(a->arena, n_texts, sizeof(*names));
	seen = arena_array(a->arena, n_texts, sizeof(*seen));
	for (size_t i = 0; i < a->touches->n; i++) {
		uint32_t text = touches_key(a->touches, &a->touches->all[i]);

		if (seen[text])
			continue;
		seen[text] = true;
		names[n] = touches_text(a->touches, text);
		n += attribution_is_channel(a, names[n]);
	}
	if (n)
		qsort(names, n, sizeof(*names), compare_texts);
	for (size_t i = 0; i < n; i++)
		intern_put(a->channels, names[i]);
	a->channel_of_text =
	    arena_array(a->arena, n_texts, sizeof(*a->channel_of_text));
	for (uint32_t i = 0; i < n_texts; i++)
		if (seen[i] &&
		    attribution_is_channel(a, touches_text(a->touches, i)))
			a->channel_of_text[i] = intern_find(
			    a->channels, touches_text(a->touches, i));
}

uint32_t
attribution_channel_of(const struct attribution *a, const struct touch *touch)
{
	return a->channel_of_text[touches_key(a->touches, touch)];
}

/* Days before the conversion, a date counting as the whole of its day (R19,
 * R49); negative after it. */
static double
days_before(const struct attribution *a, struct when touch, struct when at)
{
	return when_days(a->load.zone, touch, at);
}

static bool
is_after(const struct attribution *a, struct when touch, struct when at)
{
	return when_compare(a->load.zone, touch, at) > 0;
}

/* The last touch at or before a milestone holds it (3.3.3). */
static void
set_milestone(const struct attribution *a, const struct touch *touches,
    struct journey_touch *journey, const size_t *from, size_t n, struct when at,
    uint32_t milestone)
{
	size_t last = n;

	if (at.kind == WHEN_UNKNOWN)
		return;
	for (size_t i = 0; i < n; i++)
		if (!is_after(a, stamp_when(touches[from[i]].at), at))
			last = i;
	if (last < n)
		journey[last].milestones |= milestone;
}

struct scratch {
	struct journey_touch *journey;
	size_t *from; /* number of the touch */
	size_t cap;
};

static void
reserve(struct attribution *a, struct scratch *s, size_t n)
{
	if (n <= s->cap)
		return;
	s->cap = 2 * n;
	s->journey =
	    arena_grow(a->arena, s->journey, s->cap * sizeof(*s->journey));
	s->from = arena_grow(a->arena, s->from, s->cap * sizeof(*s->from));
}

/* The touches that count for a record, in order of time. */
static size_t
take_touches(struct attribution *a, const struct fate *fate,
    const struct touch *touches, size_t n, struct scratch *s)
{
	size_t taken = 0;

	reserve(a, s, n);
	for (size_t i = 0; i < n; i++) {
		struct when at = stamp_when(touches[i].at);
		double days = days_before(a, at, fate->at);

		if (touches[i].flags & (TOUCH_ACTIVITY | TOUCH_SALES)) {
			a->activities++;
			continue;
		}
		if (is_after(a, at, fate->at)) {
			a->after++;
			continue;
		}
		if (a->lookback >= 0 &&
		    days > (double)a->lookback / DAY_SECONDS) {
			a->beyond++;
			continue;
		}
		s->from[taken] = i;
		s->journey[taken++] = (struct journey_touch){ .days = days,
			.channel = attribution_channel_of(a, &touches[i]) };
	}
	set_milestone(
	    a, touches, s->journey, s->from, taken, fate->lead, MILESTONE_LEAD);
	set_milestone(a, touches, s->journey, s->from, taken, fate->opportunity,
	    MILESTONE_OPPORTUNITY);
	set_milestone(a, touches, s->journey, s->from, taken, fate->close,
	    MILESTONE_CLOSE);
	return taken;
}

/* ---- groups ---- */

struct groups
attribution_groups(const struct attribution *a)
{
	return groups_new(a->arena, sizeof(struct journey_group),
	    a->load.segments.n_by, a->load.period,
	    a->load.definitions.fiscal_month, a->load.zone);
}

static struct journey_group *
group_at(struct attribution *a, const uint32_t *by, struct when when)
{
	bool is_new;
	struct journey_group *group = groups_at(&a->groups, by, when, &is_new);

	if (is_new) {
		group->pool = pool_new(a->arena, POOL_TOUCHES);
		group->units = vec_new(a->arena, sizeof(struct journey_unit));
	}
	return group;
}

static double
value_of(struct attribution *a, const struct fate *fate)
{
	struct value value;

	if (!fate->converted)
		return NAN;
	value = value_at(&a->value, a->load.store, a->walk.record,
	    a->walk.timeline, a->load.as_of);
	a->unvalued += !value.known;
	if (!value.known)
		return NAN;
	a->mixed |= a->any_value && a->currency != value.currency;
	a->any_value = true;
	a->currency = value.currency;
	return (double)value.amount / MONEY_UNIT;
}

static int
add_unit(struct attribution *a, struct journey_group *group,
    const struct fate *fate, const struct journey_touch *touches, size_t n,
    struct fnl_err *err)
{
	struct journey_unit *unit = vec_push(&group->units);

	*unit = (struct journey_unit){ .id = store_id(
					   a->load.store, a->walk.record),
		.converted = fate->converted,
		.value = value_of(a, fate),
		.days = n ? touches[0].days : NAN };
	if (pool_put(group->pool, touches, n, &unit->path, err) < 0)
		return -1;
	pool_add(group->pool, unit->path, fate->converted, unit->value,
	    !fate->converted);
	a->conversions += fate->converted;
	a->without_touch += fate->converted && !n;
	a->nulls += !fate->converted;
	return 0;
}

static int
add_record(struct attribution *a, struct scratch *s, struct fnl_err *err)
{
	const struct touch *touches;
	struct fate fate;
	size_t n, taken;

	if (!attribution_fate(a, a->walk.record, a->walk.timeline, &fate)) {
		a->open++;
		return 0;
	}
	if (fate.at.kind == WHEN_UNKNOWN) {
		a->undated++;
		return 0;
	}
	if (!window_holds(a->load.zone, &a->load.window, fate.at))
		return 0;
	touches = touches_of(a->touches, a->walk.record, &n);
	taken = take_touches(a, &fate, touches, n, s);
	if (!taken && !fate.converted)
		return 0; /* nobody touched it, nothing came: no journey */
	if (a->transforms)
		taken = transforms_apply(a->transforms, s->journey, taken);
	return add_unit(
	    a, group_at(a, a->walk.by, fate.at), &fate, s->journey, taken, err);
}

static int
compare_units(const void *pa, const void *pb)
{
	const struct journey_unit *a = *(struct journey_unit *const *)pa;
	const struct journey_unit *b = *(struct journey_unit *const *)pb;

	return slice_compare(a->id, b->id);
}

/* By the ids of their records: what is drawn must not depend on the order of
 * rows. */
static void
sort_units(struct attribution *a, struct journey_group *group)
{
	size_t n = group->n_units = group->units.count;

	group->by_id = arena_array(a->arena, n + 1, sizeof(*group->by_id));
	for (size_t i = 0; i < n; i++)
		group->by_id[i] = vec_at(&group->units, i);
	if (n)
		qsort(group->by_id, n, sizeof(*group->by_id), compare_units);
}

int
attribution_journeys(struct attribution *a, struct fnl_err *err)
{
	struct scratch scratch = { 0 };
	struct when no_time = { 0, WHEN_UNKNOWN };

	if (!a->channel_of_text)
		attribution_number_channels(a);
	if (!a->load.segments.n_by && a->load.period == PERIOD_NONE)
		group_at(a, NULL, no_time);
	while (walk_next(&a->walk))
		if (add_record(a, &scratch, err) < 0)
			return -1;
	for (size_t i = 0; i < a->groups.items.count; i++)
		sort_units(a, vec_at(&a->groups.items, i));
	return 0;
}

/* ---- ready-made paths ---- */

/* The channels of the files by name, for the same reason. */
static uint32_t *
number_ready_channels(struct attribution *a)
{
	size_t n = intern_count(a->paths->channels);
	struct slice *names = arena_array(a->arena, n, sizeof(*names));
	uint32_t *numbers = arena_array(a->arena, n, sizeof(*numbers));

	for (uint32_t i = 1; i < n; i++)
		names[i - 1] = intern_get(a->paths->channels, i);
	qsort(names, n - 1, sizeof(*names), compare_texts);
	for (size_t i = 0; i + 1 < n; i++)
		intern_put(a->channels, names[i]);
	for (uint32_t i = 1; i < n; i++)
		numbers[i] =
		    intern_find(a->channels, intern_get(a->paths->channels, i));
	return numbers;
}

static int
add_ready_path(struct attribution *a, struct pool *pool,
    const struct path_row *row, const uint32_t *numbers, struct scratch *s,
    struct fnl_err *err)
{
	size_t n = row->n;
	uint32_t path;

	reserve(a, s, n);
	for (size_t i = 0; i < n; i++)
		s->journey[i] = (struct journey_touch){ .days = NAN,
			.channel = numbers[a->paths->steps[row->first + i]] };
	if (a->transforms)
		n = transforms_apply(a->transforms, s->journey, n);
	if (pool_put(pool, s->journey, n, &path, err) < 0)
		return -1;
	pool_add(pool, path, row->conversions,
	    a->paths->has_value ? row->value : NAN, row->nulls);
	return 0;
}

int
attribution_ready_paths(struct attribution *a, struct fnl_err *err)
{
	struct when no_time = { 0, WHEN_UNKNOWN };
	struct pool *pool = group_at(a, NULL, no_time)->pool;
	const uint32_t *numbers = number_ready_channels(a);
	struct scratch scratch = { 0 };

	for (size_t i = 0; i < a->paths->rows.count; i++)
		if (add_ready_path(a, pool, vec_at(&a->paths->rows, i), numbers,
			&scratch, err) < 0)
			return -1;
	a->any_value = a->paths->has_value;
	return 0;
}
