/*
 * seen.c: a set of hashes, open addressing.
 */
#include "seen.h"

#define SEEN_FIRST 4096 /* slots; a power of two */

struct seen {
	struct arena *arena;
	uint64_t *slots; /* 0 is free */
	size_t n, n_slots;
};

struct seen *
seen_new(struct arena *arena)
{
	struct seen *seen = arena_alloc(arena, sizeof(*seen));

	seen->arena = arena;
	return seen;
}

static size_t
slot_of(const struct seen *seen, uint64_t hash)
{
	size_t i = (size_t)hash & (seen->n_slots - 1);

	while (seen->slots[i] && seen->slots[i] != hash)
		i = (i + 1) & (seen->n_slots - 1);
	return i;
}

static void
grow(struct seen *seen)
{
	struct seen old = *seen;

	seen->n_slots = old.n_slots ? 2 * old.n_slots : SEEN_FIRST;
	seen->slots =
	    arena_grow(seen->arena, NULL, seen->n_slots * sizeof(uint64_t));
	for (size_t i = 0; i < old.n_slots; i++)
		if (old.slots[i])
			seen->slots[slot_of(seen, old.slots[i])] = old.slots[i];
	arena_drop(seen->arena, old.slots);
}

bool
seen_before(struct seen *seen, uint64_t hash)
{
	size_t slot;

	hash |= hash == 0;
	if (seen->n * 4 >= seen->n_slots * 3)
		grow(seen);
	slot = slot_of(seen, hash);
	if (seen->slots[slot])
		return true;
	seen->slots[slot] = hash;
	seen->n++;
	return false;
}

void
seen_warm(const struct seen *seen, uint64_t hash)
{
	if (seen->n_slots)
		__builtin_prefetch(
		    &seen->slots[(size_t)hash & (seen->n_slots - 1)]);
}

void
seen_drop(struct seen *seen)
{
	arena_drop(seen->arena, seen->slots);
	seen->slots = NULL;
	seen->n = seen->n_slots = 0;
}
