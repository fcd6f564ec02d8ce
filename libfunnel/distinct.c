/*
 * distinct.c: marks by text, decimal marks by column.
 */
#include <string.h>

#include "distinct.h"

char *
distinct_mark(struct distinct *distinct, uint32_t text)
{
	if (text >= distinct->n) {
		distinct->n = 2 * (size_t)text + 64;
		distinct->marks =
		    arena_grow(distinct->arena, distinct->marks, distinct->n);
	}
	return &distinct->marks[text];
}

void
distinct_see(struct distinct *distinct, struct segments *segments,
    size_t segment, struct store *store,
    void (*see)(void *context, struct slice value), void *context)
{
	for (uint32_t i = 0; i < store->records.count; i++) {
		uint32_t text = segment_value(segments, segment, store, i);
		char *seen = distinct_mark(distinct, text);

		if (*seen)
			continue;
		*seen = 1;
		see(context, intern_get(store->texts, text));
	}
	if (distinct->n)
		memset(distinct->marks, 0, distinct->n);
}

int
distinct_check_decimal(const struct money_column *column, const char *asked,
    const char *name, struct fnl_err *err)
{
	if (column->mark != DECIMAL_UNKNOWN || !column->either)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: no number of '%s' shows whether its comma or point is the "
	    "decimal mark; say --decimal point or comma",
	    asked, name);
}

bool
distinct_number(struct money_column *column, struct slice text, int64_t *out)
{
	struct money money;
	enum money_status status = money_read(text, column, 0, &money);

	if (status != MONEY_OK && status != MONEY_PENDING)
		return false;
	*out = status == MONEY_OK ? money.ten_thousandths
				  : money_resolve(money.ten_thousandths,
					(column->mark == DECIMAL_POINT) ==
					    (money_pending_mark(text) == '.'));
	return true;
}
