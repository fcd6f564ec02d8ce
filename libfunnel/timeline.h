/*
 * timeline: the events of one record -> its visits to stages, in order.
 *
 * Order (metrics.md 3.0.2, R1, R40): instant, then stage rank with terminal
 * stages last, then input. A bare date ties with every time of its day
 * (R49): on a day of which a record knows a bare date, all its events count
 * as of that day, so that the order stays total.
 */
#ifndef FUNNEL_TIMELINE_H
#define FUNNEL_TIMELINE_H

#include "records.h"

struct visit {
	struct when at; /* unknown: it happened, nobody wrote when */
	uint16_t stage;
	uint8_t rank; /* 1..n_ranks; 0 for lost, rejected, recycled */
	uint8_t outcome; /* enum outcome of the stage */
	bool repeat; /* the same stage logged again: no entry of its own but
			for --reentry best (3.0.4) */
	bool typed; /* at is a close date: see closed_is_typed */
};

struct timeline {
	struct visit *visits;
	size_t n;
	enum outcome outcome; /* the last one, as of as_of */
	struct when created;
	struct when closed; /* entry of the outcome still in force */
	bool closed_is_typed; /* closed is the close date of the record's own
				 row, which people type */
	unsigned ties; /* neighbours at one time, ordered by rank */
	unsigned repeats; /* the same stage logged again in a row */
	unsigned duplicates; /* repeats at the same time: the row again */
	unsigned future; /* events after as_of, ignored */
	bool begins_later; /* some of them were entries to stages */
	unsigned undatable; /* outcomes of today, of no known date */
	unsigned order_violations; /* a later stage dated before an earlier
				      one, where there is one date a stage */
};

/* What every timeline of a run shares. */
struct timeline_rules {
	const struct store *store;
	uint8_t *rank_of_stage; /* by stage; 0 has none */
	uint16_t stage_of_rank[RANKS_MAX + 1]; /* [1..n_ranks] */
	unsigned n_ranks; /* won, if there is one, is the last */
	struct when as_of;
	bool cut; /* the data goes on after as_of: what was true later is not
		     known */
	/* scratch, reused from record to record: */
	struct timeline timeline;
	size_t cap;
	struct sorted_event *sorted;
};

struct timeline_rules *
timeline_rules_new(const struct store *store, struct when as_of, bool cut);

/* The timeline of a record; valid until the next call. */
const struct timeline *
timeline_build(struct timeline_rules *rules, uint32_t record);

#endif
