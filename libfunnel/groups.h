/*
 * groups: one item per segment and period, made when it is first met and
 * handed out in an order that the rows of the input do not decide.
 */
#ifndef FUNNEL_GROUPS_H
#define FUNNEL_GROUPS_H

#include "arena.h"
#include "zone.h"

/* The first member of every item. */
struct group_key {
	const uint32_t *by; /* n_by numbers of store->texts */
	bool dated; /* false: no date to put it in a period */
	int64_t period; /* first day, 0 without --period */
};

struct groups {
	struct arena *arena;
	const struct zone *zone;
	enum period period;
	int fiscal_month;
	size_t n_by;
	struct intern *keys;
	struct vec items;
	uint32_t last; /* the item found last, + 1 */
	char *key, *last_key;
};

/* Items of `item` bytes, the first of them a struct group_key. */
struct groups groups_new(struct arena *arena, size_t item, size_t n_by,
    enum period period, int fiscal_month, const struct zone *zone);

/* The item of a segment and the period in which `when` lies; zeroed but for
 * its key when it is new. Its address never changes. */
void *groups_at(
    struct groups *groups, const uint32_t *by, struct when when, bool *is_new);

/* By the texts of the segments, then by period, the undated last. */
void **groups_sorted(const struct groups *groups, const struct intern *texts);

#endif
