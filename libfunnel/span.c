/*
 * span.c: times to keys, periods to spans.
 */
#include "span.h"

int64_t
span_key(const struct zone *zone, struct when when)
{
	switch (when.kind) {
	case WHEN_DATE:
		return when.seconds;
	case WHEN_INSTANT:
		return zone_local(zone, when.seconds);
	case WHEN_UNKNOWN:
	case WHEN_EITHER:
		break;
	}
	return SPAN_BEFORE_ALL;
}

struct span
span_of_window(const struct load *load)
{
	const struct window *window = &load->window;

	return (struct span){ span_key(load->zone, window->from),
		window->to.kind == WHEN_UNKNOWN
		    ? SPAN_AFTER_ALL
		    : span_key(load->zone, window->to) };
}

int64_t
span_end_of_knowledge(const struct load *load)
{
	switch (load->as_of.kind) {
	case WHEN_DATE:
		return load->as_of.seconds + DAY_SECONDS;
	case WHEN_INSTANT:
		return span_key(load->zone, load->as_of) + 1;
	case WHEN_UNKNOWN:
	case WHEN_EITHER:
		break;
	}
	return SPAN_AFTER_ALL;
}

int64_t
span_period(const struct load *load, struct span span)
{
	if (load->period == PERIOD_NONE)
		return 0;
	return period_start(load->period, floor_div(span.from, DAY_SECONDS),
	    load->definitions.fiscal_month);
}

static struct span
period_span(const struct load *load, int64_t start)
{
	return (struct span){ start * DAY_SECONDS,
		period_next(load->period, start) * DAY_SECONDS };
}

static void
window_and_before(const struct load *load, struct span *spans)
{
	struct span all = span_of_window(load);

	spans[1] = all;
	spans[0] = (struct span){ all.from, all.from };
	if (all.from != SPAN_BEFORE_ALL && all.to != SPAN_AFTER_ALL)
		spans[0].from = 2 * all.from - all.to;
}

int
spans_of_rows(const struct load *load, int64_t first, size_t n_segments,
    struct span **out, size_t *n, struct fnl_err *err)
{
	struct span all = span_of_window(load);
	int64_t known = span_end_of_knowledge(load), start, next;
	size_t most;

	*n = 2;
	*out = arena_array(load->arena, 2, sizeof(**out));
	if (load->period == PERIOD_NONE) {
		window_and_before(load, *out);
		return 0;
	}
	if (all.from > first)
		first = all.from;
	start = span_period(load, (struct span){ first, first });
	next = start;
	for (most = 1; next * DAY_SECONDS < known &&
		       next * DAY_SECONDS < all.to && most <= SPAN_ROWS_MAX;
	     most++)
		next = period_next(load->period, next);
	if (most * (n_segments ? n_segments : 1) > SPAN_ROWS_MAX)
		return fail(err, FNL_USAGE,
		    "more than %d segments and periods; say a longer --period, "
		    "or --from",
		    SPAN_ROWS_MAX);
	*out = arena_array(load->arena, most, sizeof(**out));
	next = span_period(load, (struct span){ (start - 1) * DAY_SECONDS, 0 });
	for (*n = 0; *n < most; ++*n) {
		struct span span = period_span(load, next);

		next = period_next(load->period, next);
		if (*n && span.from < all.from)
			span.from = all.from;
		if (*n && span.to > all.to)
			span.to = all.to;
		(*out)[*n] = span;
	}
	return 0;
}
