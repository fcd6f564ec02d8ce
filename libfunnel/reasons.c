/*
 * reasons.c: cells to reasons, reasons to counts.
 */
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "reasons.h"

static const struct reason blank_reason = { REASON_BLANK,
	{ "(blank)", sizeof("(blank)") - 1 }, 0 };

struct reasons {
	struct arena *arena;
	struct intern *texts;
	const struct texts *list; /* as agreed */
	struct names *agreed; /* name -> place in the list */
	struct intern *keys; /* folded names: number n is item n - 1 */
	struct vec items; /* struct reason */
	uint32_t *memo; /* by cell: number in keys + 1 */
	size_t n_memo;
};

struct reasons *
reasons_new(struct arena *arena, const struct definitions *definitions,
    struct intern *texts)
{
	struct reasons *reasons = arena_alloc(arena, sizeof(*reasons));

	reasons->arena = arena;
	reasons->texts = texts;
	reasons->list = &definitions->rejection_reasons;
	reasons->agreed = names_new(arena);
	reasons->keys = intern_new(arena);
	reasons->items = vec_new(arena, sizeof(struct reason));
	for (unsigned i = 0; i < reasons->list->n; i++)
		names_add(reasons->agreed, reasons->list->items[i], i);
	return reasons;
}

bool
reasons_agreed(const struct reasons *reasons)
{
	return reasons->list->n > 0;
}

static void
new_reason(struct reasons *r, struct slice key, struct slice text)
{
	struct reason *reason = vec_push(&r->items);
	uint32_t place;

	reason->key = intern_put(r->texts, key);
	reason->name = text;
	reason->kind = r->list->n ? REASON_UNLISTED : REASON_PLAIN;
	if (names_find(r->agreed, text, &place)) {
		reason->kind = REASON_LISTED;
		reason->name = slice_of(r->list->items[place]);
	}
}

/* The number of the reason, 0 for a text of which nothing is left. */
static uint32_t
find_reason(struct reasons *r, struct slice text)
{
	char folded[FOLD_MAX];
	struct slice key = { folded, fold_key(folded, FOLD_MAX, text) };
	uint32_t number = intern_put(r->keys, key);
	struct reason *reason;

	if (!number)
		return 0;
	if (number > r->items.count)
		new_reason(r, key, text);
	reason = vec_at(&r->items, number - 1);
	/* Not the first spelling met: that would be up to the order of rows. */
	if (reason->kind != REASON_LISTED &&
	    slice_compare(text, reason->name) < 0)
		reason->name = text;
	return number;
}

static void
reserve(struct reasons *r, uint32_t text)
{
	if (text < r->n_memo)
		return;
	r->n_memo = 2 * (size_t)text + 64;
	r->memo = arena_grow(r->arena, r->memo, r->n_memo * sizeof(*r->memo));
}

const struct reason *
reasons_of(struct reasons *r, uint32_t text)
{
	reserve(r, text);
	if (text && !r->memo[text])
		r->memo[text] = 1 + find_reason(r, intern_get(r->texts, text));
	return r->memo[text] > 1 ? vec_at(&r->items, r->memo[text] - 2)
				 : &blank_reason;
}

struct slice
reason_label(struct arena *arena, const struct reason *reason)
{
	if (reason->kind != REASON_UNLISTED)
		return reason->name;
	return slice_of(arena_printf(
	    arena, "(unlisted) %.*s", (int)reason->name.n, reason->name.p));
}

/* ---- how often ---- */

struct pareto {
	struct arena *arena;
	size_t n_by;
	struct groups groups; /* of struct pareto_group */
	struct groups rows; /* of struct pareto_row */
	uint32_t *key; /* of the row in hand */
};

struct pareto *
pareto_new(struct arena *arena, size_t n_by, enum period period,
    int fiscal_month, const struct zone *zone)
{
	struct pareto *pareto = arena_alloc(arena, sizeof(*pareto));

	pareto->arena = arena;
	pareto->n_by = n_by;
	pareto->groups = groups_new(arena, sizeof(struct pareto_group), n_by,
	    period, fiscal_month, zone);
	pareto->rows = groups_new(arena, sizeof(struct pareto_row), n_by + 1,
	    period, fiscal_month, zone);
	pareto->key = arena_array(arena, n_by + 1, sizeof(*pareto->key));
	return pareto;
}

void
pareto_add(struct pareto *pareto, const uint32_t *by, struct when when,
    const struct reason *reason, struct value value, enum standing standing)
{
	bool is_new;
	struct pareto_group *group =
	    groups_at(&pareto->groups, by, when, &is_new);
	struct pareto_row *row;

	if (pareto->n_by)
		memcpy(pareto->key, by, pareto->n_by * sizeof(*by));
	pareto->key[pareto->n_by] = reason->key;
	row = groups_at(&pareto->rows, pareto->key, when, &is_new);
	row->group = group;
	row->reason = reason;
	row->n++;
	row->standing[standing]++;
	value_add(&row->value, value);
	group->n++;
}

static int
compare_rows(const void *pa, const void *pb)
{
	const struct pareto_row *a = *(struct pareto_row *const *)pa;
	const struct pareto_row *b = *(struct pareto_row *const *)pb;
	int by_name = slice_compare(a->reason->name, b->reason->name);

	if (a->group != b->group)
		return a->group->place < b->group->place ? -1 : 1;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return by_name ? by_name : (int)a->reason->kind - (int)b->reason->kind;
}

struct pareto_row **
pareto_sorted(struct pareto *pareto, const struct intern *texts, size_t *n)
{
	void **groups = groups_sorted(&pareto->groups, texts);
	struct pareto_row **rows = arena_array(
	    pareto->arena, pareto->rows.items.count + 1, sizeof(*rows));
	uint64_t cumulative = 0;

	for (size_t i = 0; i < pareto->groups.items.count; i++)
		((struct pareto_group *)groups[i])->place = i;
	*n = pareto->rows.items.count;
	for (size_t i = 0; i < *n; i++)
		rows[i] = vec_at(&pareto->rows.items, i);
	qsort(rows, *n, sizeof(*rows), compare_rows);
	for (size_t i = 0; i < *n; i++) {
		if (!i || rows[i]->group != rows[i - 1]->group)
			cumulative = 0;
		rows[i]->cumulative = cumulative += rows[i]->n;
	}
	return rows;
}
