/*
 * seen: rows that were read before, by a hash of their cells.
 *
 * 64 bits stand for a row: that some two of two million different rows are
 * taken for one has a chance of one in ten million.
 */
#ifndef FUNNEL_SEEN_H
#define FUNNEL_SEEN_H

#include "arena.h"

struct seen;

struct seen *seen_new(struct arena *arena);
/* Whether the hash was there; it is from now on. */
bool seen_before(struct seen *seen, uint64_t hash);
/* Fetches what seen_before() will touch. */
void seen_warm(const struct seen *seen, uint64_t hash);
void seen_drop(struct seen *seen); /* gives its memory back */

#endif
