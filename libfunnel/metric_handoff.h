/*
 * metric_handoff: the formulas of the acceptance report (metrics.md 3.1.7).
 * Each is a pure function of what one group counted, standing above its row;
 * the row is its column.
 */
#ifndef FUNNEL_METRIC_HANDOFF_H
#define FUNNEL_METRIC_HANDOFF_H

#include "stats.h"
#include "table.h"

/* Records by what became of them after one hand-off:
 * handed = accepted + rejected + recycled + lost + undecided. */
struct handoff_tally {
	uint64_t handed, accepted, rejected, recycled, lost, undecided;
	uint64_t within, past; /* of undecided, by the target */
	uint64_t reversed; /* of accepted */
	uint64_t recycled_ever, again, accepted_again;
	double *days; /* to the first accept */
	size_t n_days, cap_days;
};

/* What a formula sees: one group. */
struct handoff_view {
	const struct handoff_tally *tally; /* of leads, its days sorted */
	const struct handoff_tally *deals; /* the same of opportunities */
	bool has_target;
	bool has_deals; /* a stage comes before the opportunity stage */
	bool recycled_decided; /* --recycled decided */
	enum interval_method method;
	double confidence;
};

struct handoff_metric {
	struct column column;
	double (*value)(const struct handoff_view *view); /* NaN: undefined */
};

extern const struct handoff_metric handoff_metrics[];
extern const size_t n_handoff_metrics;

#endif
