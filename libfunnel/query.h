/*
 * query: the texts of options to values, with the errors that a user reads.
 */
#ifndef FUNNEL_QUERY_H
#define FUNNEL_QUERY_H

#include "arena.h"
#include "civil.h"
#include "money.h"

struct choice {
	const char *name;
	int value;
};

/* The value of a name; NULL text gives the first row. An unknown name fails
 * with FNL_USAGE, the nearest name and the list. choices end with NULL. */
int query_choice(const char *option, const char *text,
    const struct choice *choices, int *out, struct fnl_err *err);

/* "90d", "24h", "15m", "50s", "2w" to seconds. */
int query_duration(const char *option, const char *text, int64_t *seconds,
    struct fnl_err *err);

/* "2026-03-31" or "2026-03-31T18:30:00+05:30": ISO 8601 only, so that an
 * option means the same everywhere. NULL gives WHEN_UNKNOWN. zone is for a
 * time without an offset. */
struct zone;
int query_when(const char *option, const char *text, const struct zone *zone,
    struct when *out, struct fnl_err *err);

/* "0.95" or "95%". */
int query_share(
    const char *option, const char *text, double *out, struct fnl_err *err);

/* An amount above 0, with a point for the decimals: "20000000", "2Cr". */
int query_amount(const char *option, const char *text, struct money *out,
    struct fnl_err *err);

/* "a,b" "c" to a b c, in the arena. */
struct fnl_list query_split(struct arena *arena, const struct fnl_list *list);

/*
 * Options that only some reports look at. One that the report would not look
 * at is refused: whoever gives it expects that it changes something.
 */
struct report_option {
	const char *option;
	bool given;
	const char *reports; /* their names, with blanks between them */
};
int query_goes_with(const struct report_option *options, size_t n,
    const char *report, struct fnl_err *err);

int query_count(
    const char *option, const char *text, int64_t *out, struct fnl_err *err);

#endif
