/*
 * names.c: folded names, interned.
 */
#include "names.h"

struct names {
	struct intern *folded;
	struct vec values; /* uint32_t by number of the folded name */
};

struct names *
names_new(struct arena *arena)
{
	struct names *names = arena_alloc(arena, sizeof(*names));

	names->folded = intern_new(arena);
	names->values = vec_new(arena, sizeof(uint32_t));
	vec_push(&names->values); /* of the empty name, which is none */
	return names;
}

static struct slice
folded(char key[FOLD_MAX], struct slice text)
{
	return (struct slice){ key, fold_key(key, FOLD_MAX, text) };
}

void
names_add(struct names *names, const char *name, uint32_t value)
{
	char key[FOLD_MAX];
	uint32_t number =
	    intern_put(names->folded, folded(key, slice_of(name)));

	if (number >= names->values.count)
		*(uint32_t *)vec_push(&names->values) = value;
}

bool
names_find(const struct names *names, struct slice text, uint32_t *value)
{
	char key[FOLD_MAX];
	uint32_t number = intern_find(names->folded, folded(key, text));

	if (!number || number == UINT32_MAX)
		return false;
	*value = *(const uint32_t *)vec_at(&names->values, number);
	return true;
}
