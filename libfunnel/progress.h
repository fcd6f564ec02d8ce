/*
 * progress: how a record went on from its entry to a stage, to the next one
 * and to the win, and how long it was followed.
 */
#ifndef FUNNEL_PROGRESS_H
#define FUNNEL_PROGRESS_H

#include "follow.h"
#include "path.h"

struct progress {
	bool advanced; /* counts at the next stage, too */
	bool won; /* as of as_of */
	/* From the entry. An imputed one has no date of its own: it is in no
	 * duration (R2), and these mean nothing. */
	bool timed;
	struct followed next, win;
};

/* From rank k, at which the record counts, of n_ranks. */
struct progress
progress_of(const struct path_rule *path, const struct timeline *timeline,
    const struct reach *reach, unsigned k, struct when as_of);

#endif
