/*
 * deal: the timeline of a record -> its passes through the pipeline: when
 * each began, when and how it ended (metrics.md 3.0.5, 3.2.1).
 *
 * A record is a deal when it entered the opportunity stage or a later one, or
 * when its export lists deals; a lead that was lost before is none. Where the
 * stages know no opportunity, every record is a deal.
 */
#ifndef FUNNEL_DEAL_H
#define FUNNEL_DEAL_H

#include "timeline.h"

/* Where a duration starts or ends. */
enum end_kind {
	END_USUAL, /* start: the opportunity stage, else created; end: any
		      close */
	END_CREATED, /* the record's creation */
	END_STAGE, /* the first entry to a stage */
	END_FIELD, /* a time of the record's own row */
};

struct deal_end {
	enum end_kind kind;
	uint16_t stage; /* for END_STAGE */
	struct when (*time)(void *context, uint32_t record); /* END_FIELD */
	void *context;
};

struct deal_rules {
	const struct store *store;
	const struct timeline_rules *timelines;
	uint8_t start_rank; /* of the opportunity stage; 0: there is none */
	struct deal_end start, end;
	bool split; /* every pass between a close and a re-opening apart, else
		       one from the first start to the last close */
	struct when as_of;
	/* scratch: */
	struct pass *passes;
	size_t cap;
};

struct pass {
	struct when start; /* may be unknown */
	struct when end; /* unknown: open, or closed nobody knows when */
	enum outcome outcome; /* OUTCOME_NONE: open as of as_of. With an end
				 of its own, OUTCOME_WON: reached it */
	size_t first, last; /* its visits: first..last-1 */
	double closed_days; /* between a close and a re-opening inside it */
	unsigned reopened; /* times */
	bool start_is_creation; /* for want of an opportunity entry */
	bool end_is_typed; /* a close date of the record's own row */
	bool end_is_skipped; /* the end stage has no entry, a later one has:
				reached, no duration (3.0.3) */
};

/* start and end are as zeroed: usual. */
struct deal_rules deal_rules_new(const struct store *store,
    const struct timeline_rules *timelines, struct when as_of);

bool deal_is_one(const struct deal_rules *rules, uint32_t record,
    const struct timeline *timeline);

/* The passes of a record, in order; 0 when it is no deal or never started.
 * Valid until the next call. */
size_t deal_passes(struct deal_rules *rules, uint32_t record,
    const struct timeline *timeline, const struct pass **out);

/* The same without regard to rules->start and end, always split and gross:
 * when it was in the pipeline. It enters with the first stage from the
 * opportunity on, else its creation, else its close. A closing that corrects
 * another is a pass of no length. */
size_t deal_stays_open(struct deal_rules *rules, uint32_t record,
    const struct timeline *timeline, const struct pass **out);

/* Days from start to end, or to as_of while open; NaN when one is unknown or
 * the end was skipped. Negative where the data says so. */
double pass_days(const struct deal_rules *rules, const struct pass *pass);

#endif
