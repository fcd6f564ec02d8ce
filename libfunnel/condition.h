/*
 * condition: --where, evaluated once per distinct value of its column.
 *
 * < and > compare numbers or dates, whichever the option's own value is. The
 * column's values must prove their date order or decimal mark, as everywhere.
 */
#ifndef FUNNEL_CONDITION_H
#define FUNNEL_CONDITION_H

#include "segment.h"

struct condition;

struct conditions {
	struct condition *items;
	size_t n;
};

/* "COLUMN=VALUE", also != < > <= >= and ~ (an extended regular expression,
 * case ignored). = and != fold case,
 * blanks and underscores, as everywhere. Adds its column to the segments. */
int conditions_plan(struct segments *segments, const struct fnl_list *where,
    const struct read_options *read, struct conditions *out,
    struct fnl_err *err);

/* Once all is read: proves the columns that < and > compare. */
int conditions_prove(struct conditions *conditions, struct segments *segments,
    struct store *store, struct fnl_err *err);

/* All hold. A blank value is neither less nor more than anything. */
bool conditions_match(struct conditions *conditions, struct segments *segments,
    struct store *store, uint32_t record);

/* What the user should know of a condition: values that it could not compare,
 * or that it never held; NULL when all is well. */
const char *conditions_doubt(
    const struct conditions *conditions, size_t i, struct arena *arena);

#endif
