/*
 * handoff: what became of a record that one team handed to the other: at
 * which stage it was handed over, at which it counts as accepted, and how the
 * other team decided (metrics.md 3.1.7, product.md C05, C21).
 *
 * Only an entry to the first stage hands a record over: one that begins later,
 * such as a deal that sales found itself, was never offered, and to count it
 * as accepted would flatter the rate.
 */
#ifndef FUNNEL_HANDOFF_H
#define FUNNEL_HANDOFF_H

#include "load.h"

struct handoff {
	uint8_t from, to; /* ranks, from < to; 0: there is none */
};

enum decision {
	DECISION_NONE, /* since it was first handed over */
	DECISION_ACCEPTED, /* entered `to` or a later stage, at any time */
	/* else the last one, whatever stages it was in since: */
	DECISION_REJECTED,
	DECISION_RECYCLED,
	DECISION_LOST, /* closed as lost, neither taken nor sent back */
	DECISION_COUNT
};

struct handed {
	bool handed;
	bool skipped; /* not handed over, yet entered `to` or later */
	struct when at; /* the first hand-over */
	enum decision decision;
	struct when accepted; /* the first time */
	bool reversed; /* it had been rejected before */
	bool unlogged; /* by a later stage, `to` itself was left out */
	bool recycled; /* at some time, also after it was accepted */
	uint16_t recycled_to; /* the first such stage */
	bool again; /* handed over once more after that */
	bool accepted_again; /* and accepted then: the second pass */
};

void handoff_follow(const struct handoff *handoff,
    const struct timeline *timeline, struct handed *out);

/*
 * The hand-off from marketing to sales. text is FROM:TO, two stages; NULL
 * takes the last stage that the definitions give to marketing and the first
 * one that they give to sales, and fails where they do not tell.
 */
int
handoff_choose(const struct load *load, const struct timeline_rules *timelines,
    const char *text, struct handoff *out, struct fnl_err *err);

/* Of opportunities: from the stage before the one at which deals begin. */
struct handoff handoff_of_deals(
    const struct load *load, const struct timeline_rules *timelines);

/*
 * Until when a decision is due: `text` (an option), else `within` of the one
 * commitment of the definitions that starts at `from` and stops at
 * `disposition`. Nothing is guessed: has is false where there is none, or
 * several, or one in working time, with pauses or for some records only, and
 * why says so.
 */
struct decision_target {
	bool has;
	int64_t seconds;
	const char *text; /* "72h", or NULL */
	const char *why; /* where it comes from, or why there is none */
};
int handoff_target(const struct load *load,
    const struct timeline_rules *timelines, const struct handoff *handoff,
    const char *text, struct decision_target *out, struct fnl_err *err);

#endif
