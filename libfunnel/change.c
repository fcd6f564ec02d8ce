/*
 * change.c: logged changes to the changes of each record, in order.
 */
#include <stdlib.h>

#include "change.h"

#define BEFORE_ALL INT64_MIN
/* Rows of one instant that are followed from value to value; more are no
 * work of people, and would cost the cube. */
#define TIES_MAX 16

/* A value that a row gives, before or after its change. */
struct value {
	int64_t value;
	uint32_t currency;
	bool said; /* the row has the cell, and it could be read */
	bool known;
};

/* What one row says of one kind. */
struct entry {
	const struct finish *finish;
	int64_t key; /* comparable time */
	struct stamp at;
	struct value before, after;
	uint32_t record; /* of the row, which may be folded */
	uint16_t order; /* of its stage */
	uint8_t kind;
	bool user_id;
};

struct ordered {
	int64_t key;
	size_t at; /* as it was put: the order within a key and kind */
	struct change change;
};

struct finish {
	struct store *store;
	uint32_t record; /* that is counted */
	struct entry *entries;
	size_t n_entries, cap_entries;
	struct ordered *ordered;
	size_t n_ordered, cap_ordered;
	size_t n_changes, cap_changes; /* of store->changes */
};

static int
compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Instants as they are; a date is the last second of its day. */
static int64_t
key_of(const struct store *store, struct when when)
{
	if (when.kind == WHEN_UNKNOWN)
		return BEFORE_ALL;
	return when.kind == WHEN_DATE
		   ? zone_utc(store->zone, when.seconds + DAY_SECONDS) - 1
		   : when.seconds;
}

/* No stage, then the ranks, then won, then the other endings. */
static uint16_t
order_of_stage(const struct definitions *definitions, uint16_t stage)
{
	unsigned n = definitions->n_stages;

	if (stage == STAGE_NONE)
		return 0;
	if (definitions->stages[stage].outcome == OUTCOME_NONE)
		return (uint16_t)(1 + stage);
	if (definitions->stages[stage].outcome == OUTCOME_WON)
		return (uint16_t)(1 + n);
	return (uint16_t)(2 + n + stage);
}

/* ---- Order ---- */

static int
compare_texts(const struct store *store, uint32_t a, uint32_t b)
{
	return a == b ? 0
		      : slice_compare(intern_get(store->texts, a),
			    intern_get(store->texts, b));
}

/* Numbers of texts depend on the order of input, so the texts decide. The
 * amount that says its currency first: the other is the same again. */
static int
compare_values(
    const struct entry *of, const struct value *a, const struct value *b)
{
	const struct store *store = of->finish->store;

	if (a->said != b->said)
		return a->said < b->said ? -1 : 1;
	if (a->known != b->known)
		return a->known < b->known ? -1 : 1;
	if (of->kind == CHANGE_OWNER)
		return compare_texts(
		    store, (uint32_t)a->value, (uint32_t)b->value);
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return compare_texts(store, b->currency, a->currency);
}

/* The record itself, then those folded into it, by id. */
static int
compare_records(const struct entry *a, const struct entry *b)
{
	const struct finish *f = a->finish;

	if (a->record == b->record)
		return 0;
	if (a->record == f->record || b->record == f->record)
		return a->record == f->record ? -1 : 1;
	return slice_compare(
	    store_id(f->store, a->record), store_id(f->store, b->record));
}

static int
compare_entries(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;
	int order = compare_records(a, b);

	if (!order)
		order = compare_numbers(a->kind, b->kind);
	if (!order)
		order = compare_numbers(a->key, b->key);
	if (!order)
		order = compare_numbers(a->order, b->order);
	if (!order)
		order = compare_numbers(a->at.packed, b->at.packed);
	if (!order)
		order = compare_numbers(a->user_id, b->user_id);
	if (!order)
		order = compare_values(a, &a->after, &b->after);
	return order ? order : compare_values(a, &a->before, &b->before);
}

static bool
same_currency(uint32_t a, uint32_t b)
{
	return a == b || !a || !b;
}

static bool
same_value(const struct value *a, const struct value *b)
{
	return a->said && b->said && a->known == b->known &&
	       (!a->known || (a->value == b->value &&
				 same_currency(a->currency, b->currency)));
}

/* The value that one row found is what another one at that instant left. */
static bool
follows_another(const struct entry *group, size_t n, size_t at)
{
	for (size_t i = 0; i < n; i++)
		if (i != at && same_value(&group[i].after, &group[at].before))
			return true;
	return false;
}

/* The first value of all that the rows of an instant found. */
static const struct value *
value_before(const struct entry *group, size_t n)
{
	const struct value *found = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!group[i].before.said)
			continue;
		if (n <= TIES_MAX && !follows_another(group, n, i))
			return &group[i].before;
		if (!found)
			found = &group[i].before;
	}
	return found;
}

/* Which of the rows comes next after a value: one that repeats it, one that
 * found it, one that found what no other one left, one that does not say. */
static size_t
next_entry(const struct entry *group, size_t n, const struct value *in_force)
{
	for (size_t i = 0; i < n; i++)
		if (!group[i].before.said &&
		    same_value(&group[i].after, in_force))
			return i;
	for (size_t i = 0; i < n; i++)
		if (same_value(&group[i].before, in_force))
			return i;
	for (size_t i = 0; i < n; i++)
		if (group[i].before.said && !follows_another(group, n, i))
			return i;
	for (size_t i = 0; i < n; i++)
		if (!group[i].before.said)
			return i;
	return 0;
}

static void
chain(struct entry *group, size_t n, struct value in_force)
{
	for (size_t i = 0; i < n; i++) {
		size_t at = i + next_entry(group + i, n - i, &in_force);
		struct entry next = group[at];

		for (; at > i; at--)
			group[at] = group[at - 1];
		group[i] = next;
		if (next.after.said)
			in_force = next.after;
	}
}

/* The same row in two exports is one row. */
static size_t
drop_repeated(struct entry *group, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!kept || compare_entries(&group[kept - 1], &group[i]) != 0)
			group[kept++] = group[i];
	return kept;
}

/* Salesforce logs a change of owner twice, with names and with ids
 * (crm-exports.md 3.3): where both are there the names count. */
static size_t
drop_user_ids(struct entry *group, size_t n)
{
	bool names = false;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		names |= !group[i].user_id;
	for (size_t i = 0; i < n; i++)
		if (!names || !group[i].user_id)
			group[kept++] = group[i];
	return kept;
}

/* ---- One record ---- */

static void
put(struct finish *f, const struct entry *entry, const struct value *value,
    struct stamp at)
{
	struct ordered *ordered;

	if (f->n_ordered == f->cap_ordered) {
		f->cap_ordered = 2 * f->cap_ordered + 64;
		f->ordered = arena_grow(f->store->arena, f->ordered,
		    f->cap_ordered * sizeof(*f->ordered));
	}
	ordered = &f->ordered[f->n_ordered];
	*ordered = (struct ordered){ .key = key_of(f->store, stamp_when(at)),
		.at = f->n_ordered,
		.change = { .at = at,
		    .value = value->known ? value->value : 0,
		    .record = f->record,
		    .currency = value->known ? value->currency : 0,
		    .kind = entry->kind,
		    .known = value->known } };
	f->n_ordered++;
}

/* From when on the value held that the first change found: from the
 * beginning, which for a folded record is its creation -- until then the
 * record it is counted with had values of its own. */
static struct stamp
beginning(const struct finish *f, const struct entry *first)
{
	struct stamp created = store_at(f->store, first->record)->created;

	if (first->record == f->record ||
	    key_of(f->store, stamp_when(created)) > first->key)
		return stamp_of((struct when){ 0, WHEN_UNKNOWN });
	return created;
}

/* The rows of one record, kind and instant, after the value in force. */
static struct value
put_group(
    struct finish *f, struct entry *group, size_t n, struct value in_force)
{
	const struct value *found;

	n = drop_user_ids(group, n);
	n = drop_repeated(group, n);
	found = value_before(group, n);
	if (found && !in_force.said) {
		in_force = *found;
		put(f, group, &in_force, beginning(f, group));
	}
	if (found && n <= TIES_MAX)
		chain(group, n, in_force);
	for (size_t i = 0; i < n; i++)
		if (group[i].after.said) {
			in_force = group[i].after;
			put(f, &group[i], &in_force, group[i].at);
		}
	return in_force;
}

static bool
is_one_line(const struct entry *a, const struct entry *b)
{
	return a->record == b->record && a->kind == b->kind;
}

static void
put_entries(struct finish *f)
{
	struct value in_force = { 0 };
	size_t end;

	qsort(f->entries, f->n_entries, sizeof(*f->entries), compare_entries);
	for (size_t i = 0; i < f->n_entries; i = end) {
		struct entry *first = &f->entries[i];

		if (i && !is_one_line(first - 1, first))
			in_force = (struct value){ 0 };
		for (end = i + 1; end < f->n_entries &&
				  is_one_line(first, &f->entries[end]) &&
				  first->key == f->entries[end].key;
		     end++)
			;
		in_force = put_group(f, first, end - i, in_force);
	}
}

static int
compare_ordered(const void *pa, const void *pb)
{
	const struct ordered *a = pa, *b = pb;
	int order = compare_numbers(a->key, b->key);

	if (!order)
		order = compare_numbers(a->change.kind, b->change.kind);
	return order ? order : (a->at > b->at) - (a->at < b->at);
}

static bool
is_no_change(const struct change *last, const struct change *next)
{
	struct value a = { last->value, last->currency, true, last->known };
	struct value b = { next->value, next->currency, true, next->known };

	return same_value(&a, &b);
}

static void
keep_change(struct finish *f, const struct change *change)
{
	struct store *store = f->store;

	if (f->n_changes == f->cap_changes) {
		f->cap_changes = 2 * f->cap_changes + 64;
		store->changes = arena_grow(store->arena, store->changes,
		    f->cap_changes * sizeof(*store->changes));
	}
	store->changes[f->n_changes++] = *change;
}

static void
keep_changes(struct finish *f)
{
	const struct change *last[CHANGE_KINDS] = { NULL };

	qsort(f->ordered, f->n_ordered, sizeof(*f->ordered), compare_ordered);
	for (size_t i = 0; i < f->n_ordered; i++) {
		const struct change *next = &f->ordered[i].change;

		if (last[next->kind] && is_no_change(last[next->kind], next))
			continue;
		last[next->kind] = next;
		keep_change(f, next);
	}
}

/* ---- All records ---- */

static struct value
value_of(const struct logged_change *logged)
{
	return (struct value){ logged->value, logged->currency, true,
		(logged->flags & LOGGED_KNOWN) != 0 };
}

static struct entry *
new_entry(struct finish *f, const struct logged_change *logged)
{
	const struct store *store = f->store;
	struct entry *entry;

	if (f->n_entries == f->cap_entries) {
		f->cap_entries = 2 * f->cap_entries + 64;
		f->entries = arena_grow(store->arena, f->entries,
		    f->cap_entries * sizeof(*f->entries));
	}
	entry = &f->entries[f->n_entries++];
	*entry = (struct entry){ .finish = f,
		.key = key_of(store, stamp_when(logged->at)),
		.at = logged->at,
		.record = logged->record,
		.order = order_of_stage(store->definitions, logged->stage),
		.kind = logged->kind };
	return entry;
}

static void
add_logged(struct finish *f, const struct logged_change *logged,
    const struct logged_change *last)
{
	bool pair = last && last->row == logged->row &&
		    last->kind == logged->kind && last->flags & LOGGED_BEFORE;
	struct entry *entry =
	    pair ? &f->entries[f->n_entries - 1] : new_entry(f, logged);

	if (logged->flags & LOGGED_BEFORE)
		entry->before = value_of(logged);
	else
		entry->after = value_of(logged);
	entry->user_id |= (logged->flags & LOGGED_USER_ID) != 0;
}

static uint32_t
owner_of(const uint32_t *owner, uint32_t record)
{
	return owner ? owner[record] : record;
}

/* Counting sort of their numbers by owner, as of events; first has room for
 * two more than there are records. */
static uint32_t *
group_logged(const struct store *store, const uint32_t *owner, uint32_t *first)
{
	size_t n = store->logged_changes.count;
	uint32_t *sorted =
	    arena_grow(store->arena, NULL, (n + 1) * sizeof(*sorted));

	for (size_t i = 0; i < n; i++) {
		const struct logged_change *c =
		    vec_at(&store->logged_changes, i);

		first[owner_of(owner, c->record) + 2]++;
	}
	for (size_t i = 2; i < store->records.count + 2; i++)
		first[i] += first[i - 1];
	for (size_t i = 0; i < n; i++) {
		const struct logged_change *c =
		    vec_at(&store->logged_changes, i);

		sorted[first[owner_of(owner, c->record) + 1]++] = (uint32_t)i;
	}
	return sorted;
}

static void
finish_record(struct finish *f, const uint32_t *numbers, size_t n)
{
	const struct logged_change *last = NULL;

	f->n_entries = f->n_ordered = 0;
	for (size_t i = 0; i < n; i++) {
		const struct logged_change *logged =
		    vec_at(&f->store->logged_changes, numbers[i]);

		add_logged(f, logged, last);
		last = logged;
	}
	put_entries(f);
	keep_changes(f);
}

void
changes_finish(struct store *store, const uint32_t *owner)
{
	struct finish f = { .store = store };
	size_t n = store->records.count;
	uint32_t *first, *numbers;

	if (!store->keep_changes)
		return;
	first = arena_grow(store->arena, NULL, (n + 2) * sizeof(*first));
	store->first_change =
	    arena_grow(store->arena, NULL, (n + 1) * sizeof(*first));
	numbers = group_logged(store, owner, first);
	for (uint32_t i = 0; i < n; i++) {
		f.record = i;
		if (first[i] < first[i + 1])
			finish_record(
			    &f, numbers + first[i], first[i + 1] - first[i]);
		store->first_change[i + 1] = (uint32_t)f.n_changes;
	}
	arena_drop(store->arena, f.entries);
	arena_drop(store->arena, f.ordered);
	arena_drop(store->arena, numbers);
	arena_drop(store->arena, first);
}

/* ---- Answers ---- */

const struct change *
store_changes(const struct store *store, uint32_t record, size_t *n)
{
	*n = 0;
	if (!store->first_change)
		return NULL;
	*n = store->first_change[record + 1] - store->first_change[record];
	return *n ? store->changes + store->first_change[record] : NULL;
}

bool
store_has_changes(const struct store *store, enum change_kind kind)
{
	size_t n =
	    store->first_change ? store->first_change[store->records.count] : 0;

	for (size_t i = 0; i < n; i++)
		if (store->changes[i].kind == kind)
			return true;
	return false;
}

static bool
is_after(const struct store *store, struct when when, struct when limit)
{
	return when.kind != WHEN_UNKNOWN && limit.kind != WHEN_UNKNOWN &&
	       when_compare(store->zone, when, limit) > 0;
}

const struct change *
store_change_at(const struct store *store, uint32_t record,
    enum change_kind kind, struct when at, bool *any)
{
	const struct change *found = NULL, *changes;
	size_t n;

	*any = false;
	changes = store_changes(store, record, &n);
	for (size_t i = 0; i < n; i++) {
		struct when when = stamp_when(changes[i].at);

		if (changes[i].kind != kind)
			continue;
		*any = true;
		if (!is_after(store, when, store->as_of) &&
		    (!found || !is_after(store, when, at)))
			found = &changes[i];
	}
	return found;
}

bool
store_amount_at(const struct store *store, uint32_t record, struct when at,
    int64_t *amount, uint32_t *currency)
{
	const struct record *r = store_at(store, record);
	const struct change *change;
	bool any;

	change = store_change_at(store, record, CHANGE_AMOUNT, at, &any);
	*amount = change ? change->value : any ? 0 : r->amount;
	if (currency)
		*currency =
		    change && change->currency ? change->currency : r->currency;
	return any ? change && change->known : (r->flags & RECORD_AMOUNT) != 0;
}

struct when
store_close_date_at(const struct store *store, uint32_t record, struct when at)
{
	const struct when unknown = { 0, WHEN_UNKNOWN };
	const struct change *change;
	bool any;

	change = store_change_at(store, record, CHANGE_CLOSE_DATE, at, &any);
	if (!any)
		return stamp_when(store_at(store, record)->closed);
	return change && change->known
		   ? stamp_when((struct stamp){ change->value })
		   : unknown;
}

uint32_t
store_owner_at(const struct store *store, uint32_t record, struct when at,
    size_t attribute)
{
	const struct change *change;
	bool any;

	change = store_change_at(store, record, CHANGE_OWNER, at, &any);
	if (!any)
		return attribute == NO_ATTRIBUTE
			   ? 0
			   : store_attribute_at(store, record, attribute);
	return change && change->known ? (uint32_t)change->value : 0;
}
