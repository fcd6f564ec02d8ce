/*
 * timeline.c: collect, order, merge.
 */
#include <stdlib.h>
#include <string.h>

#include "timeline.h"

#define BEFORE_ALL INT64_MIN /* an untimed first stage */
#define AFTER_ALL INT64_MAX /* an untimed present stage or outcome */

struct sorted_event {
	int64_t key; /* comparable time within this record */
	struct when at;
	uint16_t stage;
	uint16_t flags;
	uint8_t order; /* rank; terminal stages after all ranks */
};

static void
rank_stages(struct timeline_rules *rules, const struct definitions *definitions)
{
	uint16_t won = STAGE_NONE;

	for (unsigned i = 0; i < definitions->n_stages; i++) {
		if (definitions->stages[i].outcome == OUTCOME_WON)
			won = (uint16_t)i;
		if (definitions->stages[i].outcome != OUTCOME_NONE)
			continue;
		rules->stage_of_rank[++rules->n_ranks] = (uint16_t)i;
		rules->rank_of_stage[i] = (uint8_t)rules->n_ranks;
	}
	if (won != STAGE_NONE)
		rules->stage_of_rank[++rules->n_ranks] = won;
	/* A file may alias several stages as won (Zoho has two lost ones):
	 * all of them are the last rank. */
	for (unsigned i = 0; i < definitions->n_stages; i++)
		if (definitions->stages[i].outcome == OUTCOME_WON)
			rules->rank_of_stage[i] = (uint8_t)rules->n_ranks;
}

struct timeline_rules *
timeline_rules_new(const struct store *store, struct when as_of, bool cut)
{
	struct timeline_rules *rules =
	    arena_alloc(store->arena, sizeof(*rules));

	rules->store = store;
	rules->as_of = as_of;
	rules->cut = cut;
	rules->rank_of_stage =
	    arena_alloc(store->arena, store->definitions->n_stages + 1);
	rank_stages(rules, store->definitions);
	return rules;
}

static void
reserve(struct timeline_rules *rules, size_t n)
{
	struct arena *arena = rules->store->arena;

	if (n <= rules->cap)
		return;
	rules->cap = 2 * n;
	rules->sorted = arena_grow(
	    arena, rules->sorted, rules->cap * sizeof(*rules->sorted));
	rules->timeline.visits = arena_grow(arena, rules->timeline.visits,
	    rules->cap * sizeof(*rules->timeline.visits));
}

/* At one instant: ranks in order, then the endings as the definitions list
 * them, so that the order of rows decides nothing. */
static uint8_t
order_of(const struct timeline_rules *rules, uint16_t stage)
{
	uint8_t rank = rules->rank_of_stage[stage];
	unsigned ending = RANKS_MAX + 1u + stage;

	return rank ? rank : (uint8_t)(ending < UINT8_MAX ? ending : UINT8_MAX);
}

static void
add(struct timeline_rules *rules, size_t *n, uint16_t stage, struct when at,
    int64_t key, unsigned flags)
{
	rules->sorted[*n] = (struct sorted_event){ .key = key,
		.at = at,
		.stage = stage,
		.flags = (uint16_t)flags,
		.order = order_of(rules, stage) };
	++*n;
}

static bool
is_future(const struct timeline_rules *rules, struct when at)
{
	if (!rules->cut || at.kind == WHEN_UNKNOWN)
		return false;
	if (at.kind == rules->as_of.kind)
		return at.seconds > rules->as_of.seconds;
	return when_compare(rules->store->zone, at, rules->as_of) > 0;
}

/* The first logged change tells the stage before it (R47): entered when the
 * record was created, else nobody knows when. */
static void
add_first_old_value(
    struct timeline_rules *rules, size_t *n, const struct event *oldest)
{
	struct when created = rules->timeline.created;
	const struct zone *zone = rules->store->zone;
	bool known = created.kind != WHEN_UNKNOWN &&
		     when_compare(zone, created, event_time(oldest)) <= 0;

	add(rules, n, oldest->stage,
	    known ? created : (struct when){ 0, WHEN_UNKNOWN },
	    known ? created.seconds : BEFORE_ALL, oldest->flags);
}

static bool
is_before(const struct timeline_rules *rules, const struct event *a,
    const struct event *b)
{
	return when_compare(rules->store->zone, event_time(a), event_time(b)) <
	       0;
}

static int64_t
key_of(const struct event *event)
{
	if (event->flags & EVENT_FIRST)
		return BEFORE_ALL;
	return event->flags & EVENT_UNTIMED ? AFTER_ALL : event->at;
}

/* Of two old values at one time the earlier stage, not the earlier row. */
static bool
is_older(const struct timeline_rules *rules, const struct event *a,
    const struct event *b)
{
	int order =
	    when_compare(rules->store->zone, event_time(a), event_time(b));

	return order < 0 || (order == 0 && order_of(rules, a->stage) <
					       order_of(rules, b->stage));
}

/* Stage dates of a record say more than the date of its present stage. */
static bool
is_outdone(const struct store *store, const struct event *e)
{
	return e->flags & EVENT_PRESENT &&
	       store_at(store, e->record)->wide_count;
}

/* Timed events by as_of; old values apart, of which the oldest counts if no
 * other event precedes it. Returns how many. */
static size_t
collect(struct timeline_rules *rules, uint32_t first, uint32_t end)
{
	const struct event *oldest = NULL, *earliest = NULL, *created = NULL;
	bool deal_stage_known = false;
	size_t n = 0;

	for (uint32_t i = first; i < end; i++) {
		const struct event *e = store_event_at(rules->store, i);

		if (e->flags & EVENT_DEAD || is_outdone(rules->store, e))
			continue;
		if (is_future(rules, event_time(e))) {
			rules->timeline.future += !(e->flags & EVENT_OLD_VALUE);
			rules->timeline.begins_later = true;
			continue;
		}
		if (e->flags & EVENT_OLD_VALUE) {
			if (!oldest || is_older(rules, e, oldest))
				oldest = e;
			continue;
		}
		if (e->flags & EVENT_DEAL_CREATED) {
			created = e;
			continue;
		}
		if (!earliest || is_before(rules, e, earliest))
			earliest = e;
		add(rules, &n, e->stage, event_time(e), key_of(e), e->flags);
	}
	for (size_t i = 0; created && i < n; i++)
		deal_stage_known |= rules->sorted[i].stage == created->stage;
	if (created && !deal_stage_known)
		add(rules, &n, created->stage, event_time(created), created->at,
		    created->flags);
	if (oldest && (!earliest || !is_before(rules, earliest, oldest)))
		add_first_old_value(rules, &n, oldest);
	return n;
}

static uint16_t
stage_of_outcome(
    const struct timeline_rules *rules, const struct record *record)
{
	const struct definitions *d = rules->store->definitions;

	if (record->stage != STAGE_NONE &&
	    d->stages[record->stage].outcome == record->outcome)
		return record->stage;
	for (unsigned i = 0; i < d->n_stages; i++)
		if (d->stages[i].outcome == (enum outcome)record->outcome)
			return (uint16_t)i;
	return STAGE_NONE;
}

/* What the record's own row says and its events do not: the outcome, dated by
 * the close date, and a present stage further than any that was entered. */
static size_t
add_present(struct timeline_rules *rules, const struct record *record, size_t n)
{
	const struct definitions *d = rules->store->definitions;
	struct when closed = stamp_when(record->closed);
	uint16_t terminal = record->outcome != OUTCOME_NONE
				? stage_of_outcome(rules, record)
				: STAGE_NONE;
	uint8_t furthest = 0;
	bool known = false;

	for (size_t i = 0; i < n; i++) {
		uint16_t stage = rules->sorted[i].stage;

		if (rules->rank_of_stage[stage] > furthest)
			furthest = rules->rank_of_stage[stage];
		known |=
		    terminal != STAGE_NONE &&
		    d->stages[stage].outcome == (enum outcome)record->outcome;
	}
	if (record->outcome == OUTCOME_NONE) {
		if (record->stage != STAGE_NONE && !rules->cut &&
		    rules->rank_of_stage[record->stage] > furthest)
			add(rules, &n, record->stage,
			    (struct when){ 0, WHEN_UNKNOWN }, AFTER_ALL,
			    EVENT_UNTIMED);
		return n;
	}
	if (known || terminal == STAGE_NONE)
		return n;
	/* Of an outcome without a date nobody can say that it was known. */
	if (rules->cut && closed.kind == WHEN_UNKNOWN) {
		rules->timeline.undatable++;
		return n;
	}
	if (is_future(rules, closed)) {
		rules->timeline.future++;
		return n;
	}
	add(rules, &n, terminal, closed,
	    closed.kind == WHEN_UNKNOWN ? AFTER_ALL : closed.seconds,
	    closed.kind == WHEN_UNKNOWN ? EVENT_PRESENT
					: EVENT_PRESENT | EVENT_TYPED);
	return n;
}

/*
 * Whether the record's own row knows better than its history how it stands. A
 * row that says closed does, unless it was modified before the last event:
 * close dates are typed by hand, and histories lose their last move. A row
 * that says open must show that it is the newer one. With --as-of, now is not
 * what is asked.
 */
static bool
row_is_present(const struct timeline_rules *rules, uint32_t number,
    const struct visit *last)
{
	const struct record *record = store_at(rules->store, number);
	struct when modified = store_modified(rules->store, number);

	if (rules->cut || !(record->flags & RECORD_STATE) ||
	    record->flags & RECORD_STAGE_UNKNOWN ||
	    last->outcome == record->outcome)
		return false;
	if (modified.kind == WHEN_UNKNOWN || last->at.kind == WHEN_UNKNOWN)
		return record->outcome != OUTCOME_NONE;
	return when_compare(rules->store->zone, modified, last->at) >= 0;
}

/* Ends the timeline as the record's own row does. */
static void
end_as_present(struct timeline_rules *rules, uint32_t number)
{
	const struct record *record = store_at(rules->store, number);
	struct timeline *t = &rules->timeline;
	const struct visit *last = t->n ? &t->visits[t->n - 1] : NULL;
	bool open = record->outcome == OUTCOME_NONE;
	uint16_t stage = open ? record->stage : stage_of_outcome(rules, record);

	if (!last || stage == STAGE_NONE ||
	    !row_is_present(rules, number, last))
		return;
	t->order_violations++;
	t->visits[t->n] = (struct visit){ .stage = stage,
		.rank = rules->rank_of_stage[stage],
		.outcome = record->outcome };
	if (!open && stamp_when(record->closed).kind != WHEN_UNKNOWN)
		t->visits[t->n].at = last->at;
	t->n++;
	t->outcome = (enum outcome)record->outcome;
	t->closed = open ? (struct when){ 0, WHEN_UNKNOWN }
			 : stamp_when(record->closed);
	t->closed_is_typed = t->closed.kind != WHEN_UNKNOWN;
}

/* A time says more than the date of its day, and comes first. */
static int
compare_events(const void *pa, const void *pb)
{
	const struct sorted_event *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	if (a->at.kind != b->at.kind)
		return a->at.kind > b->at.kind ? -1 : 1;
	if (a->at.seconds != b->at.seconds)
		return a->at.seconds < b->at.seconds ? -1 : 1;
	return (a->flags > b->flags) - (a->flags < b->flags);
}

#define INSERTION_MAX 24

static void
sort_events(struct sorted_event *events, size_t n)
{
	if (n > INSERTION_MAX) {
		qsort(events, n, sizeof(*events), compare_events);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		struct sorted_event e = events[i];
		size_t j = i;

		for (; j && compare_events(&events[j - 1], &e) > 0; j--)
			events[j] = events[j - 1];
		events[j] = e;
	}
}

static bool
is_mixed(const struct timeline_rules *rules, size_t n)
{
	bool dates = false, instants = false;

	for (size_t i = 0; i < n; i++) {
		dates |= rules->sorted[i].at.kind == WHEN_DATE;
		instants |= rules->sorted[i].at.kind == WHEN_INSTANT;
	}
	return dates && instants;
}

static bool
is_timed(const struct sorted_event *event)
{
	return event->at.kind != WHEN_UNKNOWN;
}

/* Dates and instants in one record: instants take their local civil time as
 * key, and on a day with a bare date every event takes that day. */
static void
normalise_keys(struct timeline_rules *rules, size_t n)
{
	struct sorted_event *events = rules->sorted;

	for (size_t i = 0; i < n; i++)
		if (events[i].at.kind == WHEN_INSTANT)
			events[i].key = zone_local(
			    rules->store->zone, events[i].at.seconds);
	sort_events(events, n);
	for (size_t i = 0, end; i < n; i = end) {
		int64_t day = floor_div(events[i].key, DAY_SECONDS);
		bool date = false;

		for (end = i; end < n && is_timed(&events[end]) &&
			      floor_div(events[end].key, DAY_SECONDS) == day;
		     end++)
			date |= events[end].at.kind == WHEN_DATE;
		for (size_t j = i; date && j < end; j++)
			events[j].key = day * DAY_SECONDS;
		end += end == i; /* an untimed event */
	}
}

static void
count_order_violations(struct timeline_rules *rules, size_t n)
{
	uint8_t furthest = 0;

	for (size_t i = 0; i < n; i++) {
		const struct sorted_event *e = &rules->sorted[i];

		if (!(e->flags & EVENT_WIDE))
			continue;
		rules->timeline.order_violations += e->order < furthest;
		if (e->order > furthest && e->order <= RANKS_MAX)
			furthest = e->order;
	}
}

/* The same stage twice running is one stay: the later is a repeat (3.0.4). */
static void
make_visits(struct timeline_rules *rules, size_t n)
{
	struct timeline *t = &rules->timeline;
	const struct definitions *d = rules->store->definitions;

	for (size_t i = 0; i < n; i++) {
		const struct sorted_event *e = &rules->sorted[i];
		bool repeat = i && rules->sorted[i - 1].stage == e->stage;

		t->repeats += repeat;
		t->duplicates +=
		    repeat && is_timed(e) && rules->sorted[i - 1].key == e->key;
		if (i && !repeat && rules->sorted[i - 1].key == e->key &&
		    e->key != AFTER_ALL)
			t->ties++;
		t->visits[t->n++] = (struct visit){ .at = e->at,
			.stage = e->stage,
			.rank = rules->rank_of_stage[e->stage],
			.outcome = (uint8_t)d->stages[e->stage].outcome,
			.repeat = repeat,
			.typed = (e->flags & EVENT_TYPED) != 0 };
	}
}

/* When the stay that is still in force began: the last entry that is no
 * repeat. */
static void
close_timeline(struct timeline *t)
{
	size_t i = t->n;

	if (!t->n)
		return;
	while (t->visits[--i].repeat)
		;
	t->outcome = (enum outcome)t->visits[i].outcome;
	if (t->outcome == OUTCOME_NONE)
		return;
	t->closed = t->visits[i].at;
	t->closed_is_typed = t->visits[i].typed;
}

const struct timeline *
timeline_build(struct timeline_rules *rules, uint32_t number)
{
	const struct store *store = rules->store;
	const struct record *record = store_at(store, number);
	uint32_t first = store->first_event[number];
	uint32_t end = store->first_event[number + 1];
	struct visit *visits;
	size_t n;

	reserve(rules, end - first + 4);
	visits = rules->timeline.visits;
	rules->timeline = (struct timeline){ .visits = visits,
		.created = stamp_when(record->created) };
	n = collect(rules, first, end);
	n = add_present(rules, record, n);
	if (is_mixed(rules, n))
		normalise_keys(rules, n);
	sort_events(rules->sorted, n);
	count_order_violations(rules, n);
	make_visits(rules, n);
	close_timeline(&rules->timeline);
	end_as_present(rules, number);
	return &rules->timeline;
}
