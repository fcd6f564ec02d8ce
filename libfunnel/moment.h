/*
 * moment: when the things happened to a record that commitments start and
 * stop with -- entries to stages, touches, owners, dispositions, dates.
 */
#ifndef FUNNEL_MOMENT_H
#define FUNNEL_MOMENT_H

#include "commitment.h"

struct moments { /* in order of time; the room is used again */
	struct when *items;
	size_t n, cap;
	bool undated; /* some happened nobody knows when */
};

/* The moments of the record that is being judged. start is that of the
 * commitment, for dispositions; else NULL. */
void moments_gather(struct commitments *all, struct moment *moment,
    const struct moment *start, struct moments *out);

/* One more, at the end. */
void moments_add(
    const struct commitments *all, struct moments *moments, struct when at);

/* Why a touch is no such moment, in words; NULL: it is one. */
const char *moment_refusal(const struct commitments *all, struct moment *moment,
    const struct touch *touch);

/* At or before as_of. */
bool moment_is_known(const struct commitments *all, struct when at);

/* Whether a touch is of a type that the moment names: by its type or, where its
 * file has none, its channel. */
bool moment_is_of_type(const struct commitments *all, struct moment *moment,
    uint32_t type, uint32_t channel);
/* Somebody owned it then; owners are its moments of MOMENT_ASSIGNED. */
bool moment_is_owned(const struct commitments *all,
    const struct moments *owners, struct when at);

/* The text of a record's reason: number of store->texts, 0 where it has
 * none. */
uint32_t moment_reason(const struct commitments *all, uint32_t record);

#endif
