/*
 * pipeline: one pass over the records as of a time. What the deals that were
 * known then teach of the chances (odds), and which of them were open, each
 * with its value and where it stood.
 *
 *	pipeline_start(&pipeline, velocity, &walk, as_of);
 *	while (pipeline_next(&pipeline))
 *		use pipeline.last, pipeline.walk
 *	pipeline_end(&pipeline);
 *	for (i = 0; i < pipeline.n_open; i++)
 *		use pipeline.open[i], pipeline.odds
 */
#ifndef FUNNEL_PIPELINE_H
#define FUNNEL_PIPELINE_H

#include "odds.h"
#include "velocity.h"

struct open_deal {
	uint32_t record;
	struct slice id;
	const uint32_t *by; /* of --by */
	struct standing standing;
	struct value value;
};

struct pipeline {
	struct velocity *v;
	struct walk *walk;
	struct deal_rules deals;
	struct value_rules value;
	struct odds odds;
	struct open_deal *open; /* by id, so that what is drawn or summed over
				   them does not depend on the order of rows */
	size_t n_open, cap;
	uint64_t
	    unknown; /* deals of which nobody knows whether they are open */
	/* the deal where the pass stands: */
	struct pass last;
};

/* The walk has been started as of as_of. Zeroed at first; started again it
 * keeps its memory. */
void pipeline_start(struct pipeline *pipeline, struct velocity *velocity,
    struct walk *walk, struct when as_of);
/* Goes to the next deal, learns from it and keeps it when it is open. */
bool pipeline_next(struct pipeline *pipeline);
/* Then the odds answer and the deals are sorted. */
void pipeline_end(struct pipeline *pipeline);

/* What was learned from, and what could not be. */
void pipeline_note_odds(const struct pipeline *pipeline, struct table *table);

#endif
