/*
 * records.c: the store of records and events; linking and grouping.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "names.h"

struct stage_set {
	struct arena *arena;
	struct names *names;
	struct intern *seen; /* texts as they stand in the data */
	uint16_t *by_seen; /* stage + 1, 0 not yet looked up */
	size_t n_by_seen;
	struct intern *unknown;
	struct vec unknown_counts; /* uint64_t by number */
};

static struct stage_set *
stage_set_new(struct arena *arena, const struct definitions *definitions)
{
	struct stage_set *set = arena_alloc(arena, sizeof(*set));

	set->arena = arena;
	set->names = names_new(arena);
	set->seen = intern_new(arena);
	set->unknown = intern_new(arena);
	set->unknown_counts = vec_new(arena, sizeof(uint64_t));
	vec_push(&set->unknown_counts);
	for (unsigned i = 0; i < definitions->n_stages; i++) {
		const struct stage_definition *stage = &definitions->stages[i];

		names_add(set->names, stage->name, i);
		for (unsigned j = 0; j < stage->aliases.n; j++)
			names_add(set->names, stage->aliases.items[j], i);
	}
	return set;
}

static uint16_t
stage_look_up(const struct stage_set *set, struct slice text)
{
	uint32_t stage;

	return names_find(set->names, text, &stage) ? (uint16_t)stage
						    : STAGE_NONE;
}

uint16_t
store_stage(struct store *store, struct slice text)
{
	struct stage_set *set = store->stages;
	uint32_t number = intern_put(set->seen, text);

	if (!number)
		return STAGE_NONE;
	if (number >= set->n_by_seen) {
		set->n_by_seen = 2 * (size_t)number + 64;
		set->by_seen = arena_grow(store->arena, set->by_seen,
		    set->n_by_seen * sizeof(*set->by_seen));
	}
	if (!set->by_seen[number])
		set->by_seen[number] =
		    (uint16_t)(stage_look_up(set, text) + 1u);
	/* STAGE_NONE + 1 wraps to 0 and is looked up again: rare, right. */
	return (uint16_t)(set->by_seen[number] - 1u);
}

void
store_unknown_stage(struct store *store, struct slice text)
{
	struct stage_set *set = store->stages;
	uint32_t number = intern_put(set->unknown, text);

	if (number >= set->unknown_counts.count)
		vec_push(&set->unknown_counts);
	++*(uint64_t *)vec_at(&set->unknown_counts, number);
}

#define UNKNOWN_STAGES_SHOWN 20

struct counted_name {
	struct slice name;
	uint64_t count;
};

static int
compare_counted(const void *pa, const void *pb)
{
	const struct counted_name *a = pa, *b = pb;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return slice_compare(a->name, b->name);
}

/* Most frequent first, so that the order of the files does not matter. */
static struct counted_name *
counted_unknown(const struct stage_set *set, size_t *n)
{
	struct counted_name *names;

	*n = intern_count(set->unknown) - 1;
	names = arena_array(set->arena, *n + 1, sizeof(*names));
	for (uint32_t i = 0; i < *n; i++)
		names[i] = (struct counted_name){
			intern_get(set->unknown, i + 1),
			*(const uint64_t *)vec_at(&set->unknown_counts, i + 1)
		};
	qsort(names, *n, sizeof(*names), compare_counted);
	return names;
}

const char *
store_unknown_stages(const struct store *store, struct arena *arena)
{
	const struct definitions *definitions = store->definitions;
	struct textbuf text = { .arena = arena };
	const struct counted_name *unknown;
	const char **names;
	size_t n;

	unknown = counted_unknown(store->stages, &n);
	names = arena_array(arena, definitions->n_stages + 1, sizeof(*names));
	for (unsigned i = 0; i < definitions->n_stages; i++)
		names[i] = definitions->stages[i].name;
	for (size_t i = 0; i < n && i < UNKNOWN_STAGES_SHOWN; i++) {
		struct slice name = unknown[i].name;
		const char *near =
		    nearest_name(name, names, definitions->n_stages);

		textbuf_add(&text, "%s'%.*s' %" PRIu64, i ? ", " : "",
		    (int)name.n, name.p, unknown[i].count);
		if (near)
			textbuf_add(&text, " (nearest: '%s')", near);
	}
	if (n > UNKNOWN_STAGES_SHOWN)
		textbuf_add(&text, " and %zu more", n - UNKNOWN_STAGES_SHOWN);
	return n ? text.p : NULL;
}

struct store *
store_new(struct arena *arena, const struct definitions *definitions,
    const struct zone *zone, struct ledger *ledger, size_t n_attributes)
{
	struct store *store = arena_alloc(arena, sizeof(*store));

	store->arena = arena;
	store->definitions = definitions;
	store->zone = zone;
	store->ledger = ledger;
	store->stages = stage_set_new(arena, definitions);
	store->ids = intern_new(arena);
	store->texts = intern_new(arena);
	store->records = vec_new(arena, sizeof(struct record));
	store->modified = vec_new(arena, sizeof(struct stamp));
	store->events = vec_new(arena, sizeof(struct event));
	store->logged_changes = vec_new(arena, sizeof(struct logged_change));
	store->n_attributes = n_attributes;
	store->attributes = vec_new(
	    arena, (n_attributes ? n_attributes : 1) * sizeof(uint32_t));
	store->attribute_times = vec_new(
	    arena, (n_attributes ? n_attributes : 1) * sizeof(struct stamp));
	store->attribute_latest =
	    arena_array(arena, n_attributes + 1, sizeof(bool));
	store->segment_stage = STAGE_NONE;
	store->sorted = true;
	return store;
}

uint32_t
store_record_hashed(struct store *store, struct slice id, uint32_t hash)
{
	uint32_t number = intern_put_hashed(store->ids, id, hash);

	if (number > store->records.count) {
		struct record *record = vec_push(&store->records);

		record->deal = record->merged_into = NO_RECORD;
		record->stage = STAGE_NONE;
		if (store->n_attributes)
			vec_push(&store->attributes);
	}
	return number - 1;
}

uint32_t
store_record(struct store *store, struct slice id)
{
	return store_record_hashed(store, id, intern_hash(id));
}

uint32_t
store_find(const struct store *store, struct slice id)
{
	uint32_t number = intern_find(store->ids, id);

	return number && number != UINT32_MAX ? number - 1 : NO_RECORD;
}

#define WARM_AT_ONCE 64

void
store_warm(const struct store *store, const uint32_t *hashes, size_t n)
{
	uint32_t numbers[WARM_AT_ONCE];

	for (size_t i = 0; i < n; i += WARM_AT_ONCE) {
		size_t some = n - i < WARM_AT_ONCE ? n - i : WARM_AT_ONCE;

		intern_warm(store->ids, hashes + i, numbers, some);
		for (size_t j = 0; j < some; j++)
			if (numbers[j])
				__builtin_prefetch(
				    store_at(store, numbers[j] - 1));
	}
}

struct when
store_modified(const struct store *store, uint32_t record)
{
	if (record >= store->modified.count)
		return (struct when){ 0, WHEN_UNKNOWN };
	return stamp_when(
	    *(const struct stamp *)vec_at(&store->modified, record));
}

void
store_set_modified(struct store *store, uint32_t record, struct when when)
{
	if (when.kind == WHEN_UNKNOWN)
		return;
	while (store->modified.count <= record)
		vec_push(&store->modified);
	*(struct stamp *)vec_at(&store->modified, record) = stamp_of(when);
}

struct slice
store_id(const struct store *store, uint32_t record)
{
	return intern_get(store->ids, record + 1);
}

void
store_happened(struct store *store, struct when when)
{
	int order;

	if (when.kind == WHEN_UNKNOWN)
		return;
	order = when.kind == store->latest.kind
		    ? (when.seconds > store->latest.seconds) -
			  (when.seconds < store->latest.seconds)
		    : when_compare(store->zone, when, store->latest);
	/* A date reaches to the end of its day, so on a tie it stays. */
	if (order > 0 || (order == 0 && when.kind == WHEN_DATE))
		store->latest = when;
}

void
store_event(struct store *store, uint32_t record, uint16_t stage,
    struct when at, unsigned flags)
{
	struct event *event = vec_push(&store->events);

	event->record = record;
	event->stage = stage;
	event->flags = (uint16_t)flags;
	event_set_time(event, at);
	if (store->events.count > 1 && record < store->last_record)
		store->sorted = false;
	store->last_record = record;
	store_happened(store, at);
}

/* True when the value seen at `at` replaces the one kept from `kept`. */
static bool
attribute_replaces(
    const struct store *store, struct when kept, struct when at, bool latest)
{
	int order = when_compare(store->zone, at, kept);

	if (kept.kind == WHEN_UNKNOWN) /* a timeless value of the own row */
		return true;
	return latest ? order >= 0 : order < 0;
}

static uint32_t *
attribute_slot(const struct store *store, uint32_t record, size_t attribute)
{
	return (uint32_t *)vec_at(&store->attributes, record) + attribute;
}

/* When the kept value was seen, for values that came from history rows. */
static struct stamp *
attribute_time(struct store *store, uint32_t record, size_t attribute)
{
	while (store->attribute_times.count <= record)
		vec_push(&store->attribute_times);
	return (struct stamp *)vec_at(&store->attribute_times, record) +
	       attribute;
}

void
store_attribute(struct store *store, uint32_t record, size_t attribute,
    struct slice value, struct when at, uint16_t stage)
{
	uint32_t *slot = attribute_slot(store, record, attribute);
	bool latest = store->attribute_latest[attribute];
	enum segment_at rule = latest ? SEGMENT_LAST : store->segment_at;
	struct stamp *time;

	if (!value.n || rule == SEGMENT_RECORD ||
	    (store->as_of.kind != WHEN_UNKNOWN &&
		when_compare(store->zone, at, store->as_of) > 0) ||
	    (rule == SEGMENT_STAGE && stage != store->segment_stage))
		return;
	time = attribute_time(store, record, attribute);
	if (*slot && !attribute_replaces(
			 store, stamp_when(*time), at, rule == SEGMENT_LAST))
		return;
	*slot = intern_put(store->texts, value);
	*time = stamp_of(at);
}

bool
store_own_attribute(struct store *store, uint32_t record, size_t attribute,
    struct slice value, bool later)
{
	uint32_t *slot = attribute_slot(store, record, attribute);
	uint32_t text;

	if (!value.n)
		return true;
	text = intern_put(store->texts, value);
	if (*slot == text)
		return true;
	if (*slot == 0) {
		*slot = text;
		return true;
	}
	/* A value from the history stands: it has a time, this has none. */
	if (record < store->attribute_times.count &&
	    attribute_time(store, record, attribute)->packed)
		return true;
	if (later)
		*slot = text;
	return false;
}

static bool
is_known(const struct record *record)
{
	return record->flags & (RECORD_SEEN | RECORD_HISTORY);
}

#define UNRESOLVED UINT32_MAX
#define ON_THE_WAY (UINT32_MAX - 1)

/* The record that a merged one counts with: the survivor, when some input
 * shows it alive; else the record keeps counting for itself. */
static uint32_t
survivor(const struct store *store, uint32_t record)
{
	const struct record *r = store_at(store, record);

	if (r->merged_into == NO_RECORD ||
	    store_at(store, r->merged_into)->flags & RECORD_DELETED ||
	    !is_known(store_at(store, r->merged_into)))
		return record;
	return r->merged_into;
}

/* Of a ring, the record with the smallest id, wherever it was entered. */
static uint32_t
root_of_ring(const struct store *store, uint32_t member)
{
	uint32_t root = member;

	for (uint32_t at = survivor(store, member); at != member;
	     at = survivor(store, at))
		if (slice_compare(store_id(store, at), store_id(store, root)) <
		    0)
			root = at;
	return root;
}

/* Follows a chain of merges to its end and makes all of it point there, so
 * that every link is walked once. */
static void
resolve_chain(const struct store *store, uint32_t *root_of, uint32_t start)
{
	uint32_t root = start, at = start;

	while (root_of[root] == UNRESOLVED) {
		root_of[root] = ON_THE_WAY;
		root = survivor(store, root);
	}
	root = root_of[root] == ON_THE_WAY ? root_of_ring(store, root)
					   : root_of[root];
	while (root_of[at] == ON_THE_WAY) {
		uint32_t next = survivor(store, at);

		root_of[at] = root;
		at = next;
	}
}

/* Of two leads that became one deal, the one that keeps it: created first,
 * then by id, so that the order of rows does not matter. */
static bool
earlier_lead(const struct store *store, uint32_t a, uint32_t b)
{
	struct when ca = stamp_when(store_at(store, a)->created);
	struct when cb = stamp_when(store_at(store, b)->created);
	int order = when_compare(store->zone, ca, cb);

	if (order)
		return ca.kind != WHEN_UNKNOWN &&
		       (order < 0 || cb.kind == WHEN_UNKNOWN);
	return slice_compare(store_id(store, a), store_id(store, b)) < 0;
}

/* The deal counts with the lead that became it; of several, with the first. */
static void
link_lead(struct store *store, const uint32_t *root_of, uint32_t *owner,
    uint32_t lead)
{
	uint32_t deal = root_of[store_at(store, lead)->deal];
	uint32_t root = root_of[lead];

	if (deal == root || store_at(store, deal)->flags & RECORD_LEAD)
		return;
	if (!is_known(store_at(store, deal))) {
		store->n_unseen_deals++;
		return;
	}
	store->n_linked++;
	if (owner[deal] == deal || owner[deal] == root) {
		owner[deal] = root;
		return;
	}
	store->n_shared_deals++;
	if (earlier_lead(store, root, owner[deal]))
		owner[deal] = root;
}

/* owner[r] becomes the record that r's events and outcome are counted with:
 * first by merges, then deals by the leads that became them. */
static void
link_records(struct store *store, uint32_t *owner)
{
	uint32_t n = (uint32_t)store->records.count;
	uint32_t *root_of =
	    arena_grow(store->arena, NULL, n * sizeof(*root_of));

	for (uint32_t i = 0; i < n; i++)
		root_of[i] = UNRESOLVED;
	for (uint32_t i = 0; i < n; i++) {
		resolve_chain(store, root_of, i);
		store->n_merged +=
		    root_of[i] != i && store_at(store, i)->flags & RECORD_SEEN;
	}
	memcpy(owner, root_of, n * sizeof(*owner));
	for (uint32_t i = 0; i < n; i++)
		if (store_at(store, i)->deal != NO_RECORD)
			link_lead(store, root_of, owner, i);
	/* A record merged into a deal follows that deal to its lead. */
	for (uint32_t i = 0; i < n; i++)
		owner[i] = owner[root_of[i]];
	arena_drop(store->arena, root_of);
}

static void
fill_time(struct stamp *to, struct stamp from)
{
	if (stamp_when(*to).kind == WHEN_UNKNOWN)
		*to = from;
}

/* What the owner does not know itself it takes from the folded record; a
 * deal's close, outcome, stage and amount say how its lead ended. */
static void
fold_record(struct store *store, uint32_t from, uint32_t into, bool deal)
{
	struct record *r = store_at(store, from),
		      *owner = store_at(store, into);

	r->flags |= RECORD_FOLDED;
	owner->flags |= r->flags & (RECORD_HISTORY | RECORD_SEEN);
	fill_time(&owner->created, r->created);
	for (size_t a = 0; a < store->n_attributes; a++) {
		uint32_t *slot = attribute_slot(store, into, a);
		uint32_t value = store_attribute_at(store, from, a);

		if (*slot == 0 || (deal && value && store->attribute_latest[a]))
			*slot = value;
	}
	if (deal) {
		store->n_further_deals += (owner->flags & RECORD_HAS_DEAL) != 0;
		owner->flags |= RECORD_HAS_DEAL;
	}
	if (deal && r->flags & RECORD_STATE) {
		owner->closed = r->closed;
		owner->outcome = r->outcome;
		owner->stage = r->stage;
		owner->flags &= (uint16_t)~RECORD_STAGE_UNKNOWN;
		owner->flags |=
		    r->flags & (RECORD_STATE | RECORD_STAGE_UNKNOWN);
	} else {
		fill_time(&owner->closed, r->closed);
	}
	if (!owner->currency)
		owner->currency = r->currency;
	if (r->flags & RECORD_AMOUNT &&
	    (deal || !(owner->flags & RECORD_AMOUNT))) {
		owner->amount = r->amount;
		owner->currency = r->currency;
		owner->flags |= RECORD_AMOUNT;
	}
}

uint16_t
store_deal_stage(const struct store *store)
{
	uint16_t stage = stage_look_up(store->stages, SLICE("Opportunity"));

	for (const struct preset *p = presets; p->id; p++)
		for (const struct preset_object *o = p->objects;
		     stage == STAGE_NONE && o->name; o++)
			if (!o->is_lead && o->stages && o->stages->name &&
			    o->stages->outcome == OUTCOME_NONE)
				stage = stage_look_up(
				    store->stages, slice_of(o->stages->name));
	return stage;
}

struct folded {
	const struct store *store;
	uint32_t record;
};

/* By day of creation, then time, then id; unknown first, so that it is
 * overruled. A date ties with every time of its day, which is no order to sort
 * by: the day comes first here. */
static int
compare_folded(const void *pa, const void *pb)
{
	const struct folded *a = pa, *b = pb;
	const struct store *store = a->store;
	struct when wa = stamp_when(store_at(store, a->record)->created);
	struct when wb = stamp_when(store_at(store, b->record)->created);
	int64_t day_a, day_b;

	if (wa.kind == WHEN_UNKNOWN || wb.kind == WHEN_UNKNOWN) {
		if (wa.kind != wb.kind)
			return wa.kind == WHEN_UNKNOWN ? -1 : 1;
		return slice_compare(
		    store_id(store, a->record), store_id(store, b->record));
	}
	day_a = zone_day(store->zone, wa);
	day_b = zone_day(store->zone, wb);
	if (day_a != day_b)
		return day_a < day_b ? -1 : 1;
	if (wa.kind != wb.kind)
		return wa.kind < wb.kind ? -1 : 1;
	if (wa.seconds != wb.seconds)
		return wa.seconds < wb.seconds ? -1 : 1;
	return slice_compare(
	    store_id(store, a->record), store_id(store, b->record));
}

/* In order of creation: of several deals that one person's leads became the
 * newest says how it stands, whatever the order of rows. */
static void
fold_records(struct store *store, const uint32_t *owner)
{
	uint16_t first = store_deal_stage(store);
	struct folded *all;
	size_t n = 0;

	for (uint32_t i = 0; i < store->records.count; i++)
		n += owner[i] != i;
	all = arena_grow(store->arena, NULL, (n + 1) * sizeof(*all));
	n = 0;
	for (uint32_t i = 0; i < store->records.count; i++)
		if (owner[i] != i)
			all[n++] = (struct folded){ store, i };
	qsort(all, n, sizeof(*all), compare_folded);
	for (size_t k = 0; k < n; k++) {
		uint32_t i = all[k].record;
		const struct record *r = store_at(store, i);
		bool deal = r->merged_into == NO_RECORD;

		if (deal && first != STAGE_NONE &&
		    stamp_when(r->created).kind != WHEN_UNKNOWN)
			store_event(store, i, first, stamp_when(r->created),
			    EVENT_DEAL_CREATED);
		fold_record(store, i, owner[i], deal);
	}
	arena_drop(store->arena, all);
}

/* Stable counting sort of event numbers by owner. */
static void
group_events(struct store *store, const uint32_t *owner)
{
	size_t n_records = store->records.count, n = store->events.count;
	uint32_t *first =
	    arena_grow(store->arena, NULL, (n_records + 2) * sizeof(*first));

	for (size_t i = 0; i < n; i++) {
		const struct event *e = vec_at(&store->events, i);

		first[(owner ? owner[e->record] : e->record) + 2]++;
	}
	for (size_t i = 2; i < n_records + 2; i++)
		first[i] += first[i - 1];
	store->first_event = first;
	if (store->sorted && !owner) {
		store->first_event = first + 1;
		return;
	}
	store->by_record =
	    arena_grow(store->arena, NULL, (n + 1) * sizeof(*store->by_record));
	for (size_t i = 0; i < n; i++) {
		const struct event *e = vec_at(&store->events, i);
		uint32_t at = owner ? owner[e->record] : e->record;

		store->by_record[first[at + 1]++] = (uint32_t)i;
	}
}

static bool
any_link(const struct store *store)
{
	for (uint32_t i = 0; i < store->records.count; i++)
		if (store_at(store, i)->deal != NO_RECORD ||
		    store_at(store, i)->merged_into != NO_RECORD)
			return true;
	return false;
}

/* The history says when: what people type as the close date is only asked
 * where it does not (R46). */
static bool
close_is_logged(const struct store *store, uint32_t record)
{
	const struct record *r = store_at(store, record);

	for (uint32_t i = store->first_event[record];
	     i < store->first_event[record + 1]; i++) {
		const struct event *e = store_event_at(store, i);

		if (!(e->flags &
			(EVENT_DEAD | EVENT_UNTIMED | EVENT_OLD_VALUE)) &&
		    store->definitions->stages[e->stage].outcome ==
			(enum outcome)r->outcome)
			return true;
	}
	return false;
}

static void
closes_happened(struct store *store)
{
	for (uint32_t i = 0; i < store->records.count; i++) {
		const struct record *r = store_at(store, i);

		if (r->outcome != OUTCOME_NONE &&
		    !(r->flags & (RECORD_DELETED | RECORD_FOLDED)) &&
		    stamp_when(r->closed).kind != WHEN_UNKNOWN &&
		    !close_is_logged(store, i))
			store_happened(store, stamp_when(r->closed));
	}
}

void
store_finish(struct store *store)
{
	uint32_t *owner = NULL;

	if (any_link(store)) {
		owner = arena_grow(
		    store->arena, NULL, store->records.count * sizeof(*owner));
		link_records(store, owner);
		fold_records(store, owner);
	}
	group_events(store, owner);
	closes_happened(store);
	changes_finish(store, owner);
	store->owner = owner;
}
