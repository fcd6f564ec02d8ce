/*
 * span: the windows of a table's rows as local civil seconds of the report's
 * zone, so that they compare by subtraction: a date is its midnight, an
 * instant what the clock on the wall showed.
 */
#ifndef FUNNEL_SPAN_H
#define FUNNEL_SPAN_H

#include "load.h"

#define SPAN_BEFORE_ALL INT64_MIN /* also: nobody knows when */
#define SPAN_AFTER_ALL INT64_MAX

#define SPAN_ROWS_MAX 100000 /* of a table: segments x periods */

struct span { /* [from, to) */
	int64_t from, to;
};

/* Of a time; SPAN_BEFORE_ALL where it is unknown. */
int64_t span_key(const struct zone *zone, struct when when);

/* Of --from and --to; without them from before all, to after all. */
struct span span_of_window(const struct load *load);

/* The end of what is known: of the day of as_of, or of its second. */
int64_t span_end_of_knowledge(const struct load *load);

/*
 * The periods from `first` to as_of, cut to --from and --to, after one more
 * before them: in the arena. Without --period one, the window, after the one
 * of the same length before it, which is empty where the window has no ends.
 * n_segments only bounds the size of the table; more is refused.
 */
int spans_of_rows(const struct load *load, int64_t first, size_t n_segments,
    struct span **out, size_t *n, struct fnl_err *err);

/* The first day of the period of a span: what group_key.period holds. */
int64_t span_period(const struct load *load, struct span span);

#endif
