/*
 * names: agreed names and their aliases, found however they are spelt (ruling
 * R52): stages and sources.
 */
#ifndef FUNNEL_NAMES_H
#define FUNNEL_NAMES_H

#include "arena.h"

struct names;

struct names *names_new(struct arena *arena);
/* A name or alias of thing number `value`; the first of equal ones stands. */
void names_add(struct names *names, const char *name, uint32_t value);
/* Whether some name folds to the text; *value is its thing. */
bool names_find(const struct names *names, struct slice text, uint32_t *value);

#endif
