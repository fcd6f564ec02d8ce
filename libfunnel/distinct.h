/*
 * distinct: what is found out once per distinct value of a term, never per
 * record: marks by text number, and numbers by the decimal mark that the
 * column proves. Shared by --where and the criteria of the definitions.
 */
#ifndef FUNNEL_DISTINCT_H
#define FUNNEL_DISTINCT_H

#include "money.h"
#include "segment.h"

/* Zeroed, with the arena set. */
struct distinct {
	struct arena *arena;
	char *marks;
	size_t n;
};

/* The mark of a text of store->texts; 0 at first. */
char *distinct_mark(struct distinct *distinct, uint32_t text);

/* Calls see() with each distinct value that some record has, and wipes the
 * marks. */
void distinct_see(struct distinct *distinct, struct segments *segments,
    size_t segment, struct store *store,
    void (*see)(void *context, struct slice value), void *context);

/* Once every value went through money_read: fails unless the column proves
 * its decimal mark or needs none. `asked` opens the message. */
int distinct_check_decimal(const struct money_column *column, const char *asked,
    const char *name, struct fnl_err *err);

/* A text as a number of ten-thousandths; false when it is none. */
bool
distinct_number(struct money_column *column, struct slice text, int64_t *out);

#endif
