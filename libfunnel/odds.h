/*
 * odds: how often, and how soon, deals were won that once stood where an open
 * deal stands now (metrics.md 3.2.7).
 *
 * Learned from the last pass of every deal: from its last opening to its end,
 * or still open. Whatever ends it without a win is the other end: lost,
 * rejected, and recycled too, since a deal that went back to nurture has left
 * the pipeline, and its return is a pass of its own.
 *
 * Two readings. `stage`: the share won among the closed ones that had been in
 * the stage. `time`: of two deals in a stage the one that is three weeks in
 * it is not the one of three days; one spell a deal and stage runs from its
 * last entry to the end of the deal, won and the other end competing, the
 * open ones censored (Aalen, Johansen 1978).
 *
 * Row 0 holds every deal, its clock starting with the deal: for deals whose
 * stage, or the time of its entry, is not known.
 *
 *	odds_start(&odds, arena, &deals, trailing);
 *	odds_learn(&odds, timeline, last_pass);    every deal
 *	odds_end(&odds);
 *	odds_standing(&odds, timeline, last_pass, &standing)
 *	odds_ever(&odds, &standing), odds_within(&odds, &standing, until)
 */
#ifndef FUNNEL_ODDS_H
#define FUNNEL_ODDS_H

#include "deal.h"
#include "survival.h"

enum odds_cause { ODDS_OPEN, ODDS_WON, ODDS_OTHER };
#define ODDS_CAUSES 2

struct odds_row { /* what is known of one stage */
	uint64_t won, other; /* closed deals that had been in it */
	struct spell *spells;
	size_t n, cap;
	struct incidence_curve curve;
};

struct odds {
	struct arena *arena;
	const struct deal_rules *deals;
	struct when since; /* deals that closed before it teach nothing;
			      unknown: all do */
	struct odds_row rows[RANKS_MAX + 1]; /* by rank; 0: see above */
	bool staged; /* some closed deal is known to have been in a stage */
	uint64_t closed, open; /* deals learned from */
	uint64_t old; /* closed before `since` */
	uint64_t untimed, negative; /* closed deals in no spell of row 0 */
};

/* deals says as of when and must outlive it. trailing is in seconds, 0 for
 * all that is known. Zeroed at first; started again it forgets what it learned
 * and keeps its memory. */
void odds_start(struct odds *odds, struct arena *arena,
    const struct deal_rules *deals, int64_t trailing);
/* pass is the last of deal_stays_open(). */
void odds_learn(struct odds *odds, const struct timeline *timeline,
    const struct pass *pass);
void odds_end(struct odds *odds);

/* Where an open deal stands. */
struct standing {
	uint8_t stage; /* rank of the present one; 0: not known */
	struct when entered; /* the stage; may be unknown */
	struct when opened; /* the deal; may be unknown */
};

/* False when it is not in the pipeline: closed, or moved back to a stage
 * before the opportunity stage. */
bool odds_standing(const struct odds *odds, const struct timeline *timeline,
    const struct pass *pass, struct standing *out);

/* By stage, some day; NaN where no such deal has closed. */
double odds_ever(const struct odds *odds, const struct standing *standing);

struct chance {
	double p; /* NaN: nobody was followed to that age, or all had ended */
	bool is_lower_bound; /* nobody was followed as long as asked */
};

/* By time, up to the end of a day (days since 1970-01-01). */
struct chance odds_within(
    const struct odds *odds, const struct standing *standing, int64_t last_day);
/* By time, as far as the data go: now, and when the stage was entered. */
double odds_now(const struct odds *odds, const struct standing *standing);
double odds_at_entry(const struct odds *odds, const struct standing *standing);

#endif
