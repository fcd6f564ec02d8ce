/*
 * judge: one record against one commitment (metrics.md 3.4.1-3.4.9). There is
 * one function a kind, named in commitment_kinds[] (commitment.c).
 */
#ifndef FUNNEL_JUDGE_H
#define FUNNEL_JUDGE_H

#include "commitment.h"

/* Room that is used again from record to record. */
struct judge_scratch *judge_scratch(struct arena *arena);

/* When a commitment starts for the record that is being judged, in order of
 * time; none where it is not in scope. undated: once more, nobody knows when.
 * Valid until the next call. */
const struct when *judge_moments(struct commitments *all,
    struct commitment *commitment, size_t *n, bool *undated);

/* The first entry of `routing` that fits the record, or NULL. */
const struct route *judge_route(struct commitments *all);

void judge_clock(struct commitments *all, struct commitment *commitment,
    case_taker *take, void *context);
void judge_attempts(struct commitments *all, struct commitment *commitment,
    case_taker *take, void *context);
void judge_worked(struct commitments *all, struct commitment *commitment,
    case_taker *take, void *context);
void judge_filled(struct commitments *all, struct commitment *commitment,
    case_taker *take, void *context);
void judge_reasons(struct commitments *all, struct commitment *commitment,
    case_taker *take, void *context);
void judge_disposed(struct commitments *all, struct commitment *commitment,
    case_taker *take, void *context);
void judge_routed(struct commitments *all, struct commitment *commitment,
    case_taker *take, void *context);
void judge_order(struct commitments *all, struct commitment *commitment,
    case_taker *take, void *context);

#endif
