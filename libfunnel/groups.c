/*
 * groups.c: a key of bytes a group, interned.
 */
#include <stdlib.h>
#include <string.h>

#include "groups.h"

static size_t
key_size(size_t n_by)
{
	return n_by * sizeof(uint32_t) + sizeof(int64_t) + 1;
}

struct groups
groups_new(struct arena *arena, size_t item, size_t n_by, enum period period,
    int fiscal_month, const struct zone *zone)
{
	return (struct groups){ .arena = arena,
		.zone = zone,
		.period = period,
		.fiscal_month = fiscal_month,
		.n_by = n_by,
		.keys = intern_new(arena),
		.items = vec_new(arena, item),
		.key = arena_alloc(arena, key_size(n_by)),
		.last_key = arena_alloc(arena, key_size(n_by)) };
}

static void *
new_item(struct groups *groups, const uint32_t *by, bool dated, int64_t period)
{
	struct group_key *key = vec_push(&groups->items);
	uint32_t *copy =
	    arena_array(groups->arena, groups->n_by + 1, sizeof(*copy));

	if (groups->n_by)
		memcpy(copy, by, groups->n_by * sizeof(*by));
	*key = (struct group_key){ copy, dated, period };
	return key;
}

/* Writes the key; whether there is a date, and the period it lies in. */
static bool
write_key(struct groups *groups, const uint32_t *by, struct when when,
    int64_t *period)
{
	size_t n_by = groups->n_by * sizeof(*by);
	bool dated = when.kind != WHEN_UNKNOWN;

	*period = 0;
	if (groups->period == PERIOD_NONE)
		dated = true;
	else if (dated)
		*period = period_start(groups->period,
		    zone_day(groups->zone, when), groups->fiscal_month);
	if (n_by)
		memcpy(groups->key, by, n_by);
	memcpy(groups->key + n_by, period, sizeof(*period));
	groups->key[key_size(groups->n_by) - 1] = dated;
	return dated;
}

void *
groups_at(
    struct groups *groups, const uint32_t *by, struct when when, bool *is_new)
{
	size_t n = key_size(groups->n_by);
	int64_t period;
	bool dated = write_key(groups, by, when, &period);
	uint32_t number;

	*is_new = false;
	if (groups->last && memcmp(groups->key, groups->last_key, n) == 0)
		return vec_at(&groups->items, groups->last - 1);
	number = intern_put(groups->keys, (struct slice){ groups->key, n });
	memcpy(groups->last_key, groups->key, n);
	groups->last = number;
	*is_new = number > groups->items.count;
	return *is_new ? new_item(groups, by, dated, period)
		       : vec_at(&groups->items, number - 1);
}

struct sort_key {
	void *item;
	const struct intern *texts;
	size_t n_by;
};

static int
compare_items(const void *pa, const void *pb)
{
	const struct sort_key *a = pa, *b = pb;
	const struct group_key *ka = a->item, *kb = b->item;

	for (size_t i = 0; i < a->n_by; i++) {
		int order = slice_compare(intern_get(a->texts, ka->by[i]),
		    intern_get(b->texts, kb->by[i]));

		if (order)
			return order;
	}
	if (ka->dated != kb->dated)
		return ka->dated ? -1 : 1;
	return (ka->period > kb->period) - (ka->period < kb->period);
}

void **
groups_sorted(const struct groups *groups, const struct intern *texts)
{
	size_t n = groups->items.count;
	struct sort_key *keys =
	    arena_array(groups->arena, n + 1, sizeof(*keys));
	void **sorted = arena_array(groups->arena, n + 1, sizeof(*sorted));

	for (size_t i = 0; i < n; i++)
		keys[i] = (struct sort_key){ vec_at(&groups->items, i), texts,
			groups->n_by };
	qsort(keys, n, sizeof(*keys), compare_items);
	for (size_t i = 0; i < n; i++)
		sorted[i] = keys[i].item;
	return sorted;
}
