/*
 * stay: the timeline of a record -> its stays in stages. The same stage
 * logged again prolongs a stay; a stay that has not ended is open.
 */
#ifndef FUNNEL_STAY_H
#define FUNNEL_STAY_H

#include "timeline.h"

struct stay {
	struct when start, end; /* may be unknown; open: no end */
	uint16_t stage;
	uint16_t next_stage; /* the one it ended with, or STAGE_NONE */
	uint8_t rank;
	bool open;
	size_t visit; /* the visit that began it */
};

/* Walks the stays of a timeline in order: *at is 0 at first. */
bool stay_next(const struct timeline *timeline, size_t *at, struct stay *out);

/* The stay that is open at the end, if there is one. */
bool stay_open(const struct timeline *timeline, struct stay *out);

#endif
