/*
 * metric_sla: the formulas of the scorecard. Each is a pure function of what
 * one commitment counted, standing right above its row; the row is its column.
 */
#ifndef FUNNEL_METRIC_SLA_H
#define FUNNEL_METRIC_SLA_H

#include "clock.h"
#include "stats.h"
#include "table.h"

#define SAME_SHARE 1e-12 /* 17 of 20 is 85 % */

struct sla_tally {
	uint64_t status[CLOCK_STATUSES];
	uint64_t calendar_met, calendar_counted; /* in calendar time */
	bool has_calendar;
	bool is_clock; /* it starts and stops */
	bool is_touched; /* a touch by sales stops it */
	bool is_worked; /* the first touch by sales stops it */
	uint64_t touched_before, automated_only;
	uint64_t started; /* all but na and bad */
	uint64_t stopped, bulk; /* stops with a time of day, and those of them
				   in bulk */
	double promise; /* NaN: none */
	/* sorted, in seconds */
	const double *late, *over, *elapsed, *pending, *assigned, *touched;
	size_t n_late, n_over, n_elapsed, n_pending, n_assigned, n_touched;
	/* the last period of a volume; NaN where it is none */
	double volume, volume_target, volume_due, volume_projected;
};

struct sla_view {
	const struct sla_tally *tally;
	enum interval_method method;
	double confidence;
};

struct sla_metric {
	struct column column;
	double (*value)(const struct sla_view *view); /* NaN: undefined */
};

extern const struct sla_metric sla_metrics[];
extern const size_t n_sla_metrics;

/* Met of those whose clock has run out or stopped (3.4.2). */
double sla_attained(const struct sla_tally *tally);
/* "kept", "missed", or NULL without a promise or a case. */
const char *sla_verdict(const struct sla_tally *tally);

#endif
