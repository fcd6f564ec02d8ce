/*
 * metric_compare: the formulas of the reports segments and split, where one
 * share stands beside another. Each is a pure function of a row, standing
 * right above its name; the rows of the two tables are the columns.
 */
#ifndef FUNNEL_METRIC_COMPARE_H
#define FUNNEL_METRIC_COMPARE_H

#include "stats.h"
#include "table.h"

/* Below it a row is flagged: the number below which Mixpanel does not even
 * show a p (metrics.md 3.5.2). */
#define SMALL_N 30

/* One step of one group of records. */
struct share_count {
	uint64_t entered, converted;
	uint64_t open; /* not converted, and nothing has ended them */
	uint64_t imputed; /* entered without an event of their own */
	uint64_t answered; /* had a first response in time */
};

struct compare_view {
	const struct share_count *own;
	const struct share_count *other; /* the rest, or the side before; NULL:
					    nothing to compare with */
	const struct share_count *whole; /* own is a part of it */
	struct share_difference difference; /* own - other */
	double q;
	double rank; /* 1: the highest rate */
	double days, other_days; /* in which they entered; NaN: unknown */
	bool answers_known; /* some file has a first response */
	enum interval_method method;
	double confidence;
};

/* own against other at a confidence; all NaN where there is none. */
struct share_difference share_compare(const struct share_count *own,
    const struct share_count *other, double confidence);

struct compare_metric {
	struct column column;
	double (*value)(const struct compare_view *view); /* NaN: undefined */
	/* Instead of value; NULL: undefined. */
	const char *(*text)(const struct compare_view *view);
};

extern const struct compare_metric segment_metrics[];
extern const size_t n_segment_metrics;
extern const struct compare_metric split_metrics[];
extern const size_t n_split_metrics;

#endif
