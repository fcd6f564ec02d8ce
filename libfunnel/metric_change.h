/*
 * metric_change: the columns of the report change. Each is a pure function of
 * what decompose.c made of a segment, or of the whole, standing right above
 * its row; the row is its column.
 */
#ifndef FUNNEL_METRIC_CHANGE_H
#define FUNNEL_METRIC_CHANGE_H

#include "decompose.h"
#include "table.h"

struct change_view {
	/* [WINDOWS]; under the old definitions where there are two */
	const struct window_counts *own, *whole;
	const struct window_counts *now; /* after, under the new ones */
	const struct effects *effects;
	struct share_difference test; /* of the rates within the horizon */
	double q;
	double rank; /* 1: the segment with the largest change; NaN: whole */
	bool is_redefined; /* there are two definitions */
	bool is_whole, is_simpson;
};

struct change_metric {
	struct column column;
	double (*value)(const struct change_view *view); /* NaN: undefined */
};

extern const struct change_metric change_metrics[];
extern const size_t n_change_metrics;

/* The rates within the horizon, after against before. */
struct share_difference
change_test(const struct window_counts own[WINDOWS], double confidence);

#endif
