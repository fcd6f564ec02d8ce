/*
 * tally: timelines -> counts per segment, period and stage. No rates here:
 * formulas are in metric_convert.c and see only what this file counts.
 */
#ifndef FUNNEL_TALLY_H
#define FUNNEL_TALLY_H

#include "follow.h"
#include "groups.h"
#include "path.h"
#include "value.h"

enum basis { /* metrics.md 3.1.2: who is in the denominator */
	BASIS_COHORT,
	BASIS_HORIZON,
	BASIS_PERIOD,
	BASIS_ACTIVE,
	BASIS_CLOSED,
	BASIS_COUNT
};

struct basis_info {
	const char *name;
	const char *help;
};
extern const struct basis_info bases[BASIS_COUNT];

enum anchor { ANCHOR_FIRST, ANCHOR_STEP };
enum count_unit { COUNT_RECORDS, COUNT_ENTRIES };

/*
 * In every basis that follows records (cohort, horizon, closed):
 * entered = advanced + won + lost + rejected + recycled + open.
 */
struct stage_tally {
	uint64_t entered;
	uint64_t converted; /* the numerator of the step rate: n[k+1] */
	uint64_t advanced; /* of those entered, counted at k+1 too; differs
			      from converted in mode any and basis period */
	uint64_t won; /* not advanced, by how they ended */
	uint64_t lost, rejected, recycled, open;
	uint64_t imputed; /* entered without an event of their own */
	uint64_t wins; /* of those entered, advanced or not, the won */
	struct follow follow; /* basis cohort, of those with an entry of their
				 own (R2) */
};

struct outcome_tally {
	uint64_t records, won, lost, rejected, recycled, open;
	uint64_t unknown; /* the present stage is in no definition */
	struct value_tally won_value, lost_value;
	uint64_t negative_cycles; /* closed before they began: no duration */
	uint64_t untimed_cycles; /* won, start or close unknown */
	double *cycles; /* days, of won records */
	size_t n_cycles, cap_cycles;
	struct follow follow; /* basis cohort, from creation to the win */
};

struct young; /* of young.h, which makes it of what is counted here */

struct group {
	struct group_key key;
	struct stage_tally *stages; /* [1..n_ranks] */
	struct outcome_tally outcomes;
	struct young *young; /* [0..n_ranks], 0 of the outcomes; or NULL */
};

struct tally_rules {
	enum basis basis;
	enum anchor anchor;
	enum count_unit unit;
	bool reentry_best;
	int64_t horizon; /* seconds */
	enum period period;
	int fiscal_month;
	struct window window;
	struct when as_of;
	const struct zone *zone;
	unsigned n_ranks;
	uint8_t start_rank; /* of the cycle: the opportunity stage, or 0 */
	bool outcomes; /* fill outcomes, not stages */
	bool follow; /* fill follow, which takes memory */
	struct value_rules value;
};

struct tally {
	struct arena *arena;
	struct tally_rules rules;
	struct groups groups; /* of struct group */
	uint64_t undated; /* records left out for want of a date */
	uint64_t not_followed; /* records left out for want of follow-up */
	uint64_t counted; /* records that stand in some group */
	struct follow_days *completed; /* [0..n_ranks], 0 of the outcomes */
	/* of the record being counted: */
	bool lacks_date, lacks_follow_up, stands;
};

struct tally *
tally_new(struct arena *arena, const struct tally_rules *rules, size_t n_by);

/* Adds one record; by holds its n_by segment values. */
void tally_stages(struct tally *tally, const uint32_t *by,
    const struct timeline *timeline, const struct reach *reach,
    const struct path_rule *path);
void tally_outcome(struct tally *tally, const uint32_t *by,
    const struct timeline *timeline, const struct record *record);

#endif
