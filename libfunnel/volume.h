/*
 * volume: commitments to a number of records or touches a period (L05, L09,
 * L21): how many entered a stage, and passed a rule, in each week or month.
 *
 * Every period counts from the first in which anything was counted (or from
 * --from) to that of as_of: a month without a single MQL is a breach, not a
 * gap in the table. The period of as_of is running: met once its count is
 * there, pending before.
 */
#ifndef FUNNEL_VOLUME_H
#define FUNNEL_VOLUME_H

#include "commitment.h"

struct volumes;

struct volumes *volumes_new(struct commitments *all);
/* Touches that belong to no record are counted, too: a joint meeting of the
 * two teams (L21) is nobody's. Not where records are selected, by --where or
 * the commitment's own conditions. In segments they have no text. */
void volumes_add_unjoined(struct volumes *volumes);
/* Counts the record that commitments_judge() was called for last. */
void volumes_add(struct volumes *volumes);
/* Records of which nobody knows when they would have counted. */
uint64_t volumes_undated(const struct volumes *volumes);
/* One case a commitment, segment and period that lies in the window. */
void volumes_give(struct volumes *volumes, case_taker *take, void *context);

#endif
