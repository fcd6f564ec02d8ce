/*
 * survival: how long until it happens, when for many it has not happened yet.
 * Kaplan-Meier, Aalen-Johansen and the log-rank test (metrics.md 3.5.3,
 * 3.5.4; R37, R38) over spells in any unit of time.
 *
 * A spell is at risk at the times t with entry < t <= exit. One that is never
 * at risk (entry >= exit, or one of them NaN) counts nowhere; an event at
 * infinity has not happened, so it is a censoring. Negative times are times.
 *
 * Every curve is a step function, defined up to the latest exit. After that
 * nobody was followed, and it is NaN (R8), unless it has ended: at 0, nothing
 * can follow. What R's summary.survfit does without extend = TRUE.
 */
#ifndef FUNNEL_SURVIVAL_H
#define FUNNEL_SURVIVAL_H

#include "arena.h"
#include "stats.h"

struct spell { /* one observed duration */
	double entry; /* left truncation: seen from here on; -INFINITY when
			 seen from the start, zero durations included */
	double exit; /* at the event or at the censoring */
	unsigned cause; /* 0 censored, 1.. the kind of event */
};

/* By exit, events before censorings: the order that all below want. NaN
 * last. */
void survival_sort(struct spell *spells, size_t n);

struct survival_step { /* one for every time with events */
	double time;
	uint64_t at_risk, events;
	double survival; /* S(time) */
	double greenwood; /* sum of d/(n(n-d)) up to here: Var S / S^2;
			     infinite where S is 0 */
};

struct survival_curve {
	const struct survival_step *steps;
	size_t n;
	struct interval followed; /* earliest entry, latest exit */
};

/* Kaplan and Meier (1958); every cause is the event. */
struct survival_curve survival_kaplan_meier(
    struct arena *arena, const struct spell *sorted, size_t n);

double survival_at(const struct survival_curve *curve, double t);

/* log(-log S) -+ z standard errors (Greenwood 1926; Kalbfleisch and Prentice
 * 1980); NaN where S is 0 or 1 (R37). */
struct interval survival_interval_at(
    const struct survival_curve *curve, double t, double confidence);

/* The first t with S(t) <= 1 - p, p in (0,1]; NaN when that is not reached. R
 * takes the middle of the step where S is exactly 1 - p; metrics.md 3.5.3 has
 * its beginning. */
double survival_quantile(const struct survival_curve *curve, double p);

/*
 * Brookmeyer and Crowley (1982) with the intervals above, as survfit of R
 * with conf.type = "log-log": low is the first event time at which the lower
 * end of the interval of S is <= 1 - p, high the first at which the upper end
 * is. Times without an interval (S = 0) are passed over. An end that is not
 * reached is NaN: of low = 13 and high = NaN read "13 or later".
 */
struct interval survival_quantile_interval(
    const struct survival_curve *curve, double p, double confidence);

/* Aalen and Johansen (1978): the share to which each cause has happened, where
 * one precludes the others. Sum over the causes + S = 1, unless a spell has a
 * cause above n_causes: it ends like the others and is in no incidence. */
struct incidence_curve {
	struct survival_curve all; /* S: no event of any cause yet */
	unsigned n_causes;
	/* of step i and cause k at [i * n_causes + k - 1] */
	const uint64_t *events;
	const double *incidence;
};

struct incidence_curve survival_incidence(struct arena *arena,
    const struct spell *sorted, size_t n, unsigned n_causes);

/* NaN, besides where the curve is not defined, for a cause not in
 * 1..n_causes. */
double
incidence_at(const struct incidence_curve *curve, unsigned cause, double t);
/* The delta method's (Marubini and Valsecchi 1995; Coviello and Boggess
 * 2004), as in metrics.md 3.5.4. Linear in the number of steps. */
double incidence_variance_at(
    const struct incidence_curve *curve, unsigned cause, double t);
/* log(-log) of the incidence itself; NaN where that is 0 or 1 (R37). */
struct interval incidence_interval_at(const struct incidence_curve *curve,
    unsigned cause, double t, double confidence);

/* The same of any share whose variance is known. */
struct interval
survival_share_interval(double share, double variance, double confidence);

/*
 * P(the cause happens within h | no event by the age u): (F(u+h) - F(u)) /
 * S(u). NaN where S(u) is 0, where no entry is as early or no exit later than
 * u, and where F(u+h) is not defined. Whoever wants the chance as far as the
 * data go, a lower bound, asks for a smaller h: all.followed.high - u.
 */
double incidence_given(
    const struct incidence_curve *curve, unsigned cause, double u, double h);

struct log_rank {
	double chi2;
	unsigned df;
	double p;
};

/*
 * Do k groups have the same hazard? (Mantel 1966; Peto and Peto 1972.) Every
 * cause is the event. A group that is never at risk together with another,
 * while not everybody at risk has the event, cannot be compared: it is left
 * out, and df is smaller than k - 1. NaN with df 0 when fewer than two groups
 * remain (R38).
 */
struct log_rank survival_log_rank(struct arena *arena,
    const struct spell *const *sorted, const size_t *n, size_t k);

/* Each of k groups against all the others together, in one pass: df 1; NaN
 * with df 0 for one that was never at risk beside another. */
void
survival_log_rank_each(struct arena *arena, const struct spell *const *sorted,
    const size_t *n, size_t k, struct log_rank *out);

#endif
