/*
 * metric_cycle.c: means, quantiles, Kaplan-Meier medians of durations. To add
 * a metric, write its formula and its row; every format, --metric, --help and
 * the manual pick it up.
 */
#include <math.h>

#include "metric_cycle.h"

/* ---- durations, of deals or of stays in a stage ---- */

void
duration_view_intervals(struct duration_view *v)
{
	static const struct interval undefined = { NAN, NAN };

	v->km = v->curve
		    ? survival_quantile_interval(v->curve, 0.5, v->confidence)
		    : undefined;
	v->by_horizon = v->incidence ? incidence_interval_at(v->incidence,
					   v->cause, v->horizon, v->confidence)
				     : undefined;
}

/* Durations that ended as the row says. */
static double
m_n(const struct duration_view *v)
{
	return (double)v->n;
}

/* Those that have not ended, as of the end of the window; they are in no mean
 * and no quantile, but at risk in the Kaplan-Meier curve. */
static double
m_n_open(const struct duration_view *v)
{
	return v->open;
}

/* Mean of the ended; undefined for none. Short-biased while slow ones are
 * still open: km_median is not. */
static double
m_mean(const struct duration_view *v)
{
	return v->mean;
}

/* The middle one of the ended (R type 7, as all quantiles here). Short-biased
 * as the mean is. */
static double
m_median(const struct duration_view *v)
{
	return stats_quantile(v->days, v->n, 0.5);
}

/* A quarter took no longer. */
static double
m_p25(const struct duration_view *v)
{
	return stats_quantile(v->days, v->n, 0.25);
}

/* Three quarters took no longer. */
static double
m_p75(const struct duration_view *v)
{
	return stats_quantile(v->days, v->n, 0.75);
}

/* Nine in ten took no longer. */
static double
m_p90(const struct duration_view *v)
{
	return stats_quantile(v->days, v->n, 0.9);
}

/* The Kaplan-Meier median: half have ended after so long, the open ones taken
 * in (Kaplan, Meier 1958). Undefined while more than half are open. */
static double
m_km_median(const struct duration_view *v)
{
	return v->curve ? survival_quantile(v->curve, 0.5) : NAN;
}

/* Lower bound of km_median: where the log(-log) band of Greenwood's variance
 * crosses one half (Brookmeyer, Crowley 1982). */
static double
m_km_lo(const struct duration_view *v)
{
	return v->km.low;
}

/* Upper bound of km_median; undefined where the band does not come down. */
static double
m_km_hi(const struct duration_view *v)
{
	return v->km.high;
}

/* The share that has ended this way within the horizon, other ends competing
 * and the open ones taken in (Aalen, Johansen 1978). Undefined beyond the
 * longest follow-up. */
static double
m_by_horizon(const struct duration_view *v)
{
	return v->incidence ? incidence_at(v->incidence, v->cause, v->horizon)
			    : NAN;
}

/* Lower bound of by_horizon: log(-log) of the incidence itself (R37). */
static double
m_by_horizon_lo(const struct duration_view *v)
{
	return v->by_horizon.low;
}

/* Upper bound of by_horizon. */
static double
m_by_horizon_hi(const struct duration_view *v)
{
	return v->by_horizon.high;
}

/* Log-rank chi-squared against the others that the notes name (Mantel 1966;
 * Peto, Peto 1972). Undefined with fewer than two at risk (R38). */
static double
m_logrank(const struct duration_view *v)
{
	return v->log_rank.chi2;
}

/* Its p-value: how often chance alone would part the curves so far. */
static double
m_logrank_p(const struct duration_view *v)
{
	return v->log_rank.p;
}

/* The p-value corrected for all tests of the table (Benjamini, Hochberg
 * 1995). */
static double
m_logrank_q(const struct duration_view *v)
{
	return v->log_rank_q;
}

/* Ended when they began; they count as 0 days. */
static double
m_zero_dur(const struct duration_view *v)
{
	return v->zero;
}

/* Ended before they began, by their dates; in no duration. */
static double
m_neg_dur(const struct duration_view *v)
{
	return v->negative;
}

/* Start or end unknown; in no duration. */
static double
m_untimed(const struct duration_view *v)
{
	return v->untimed;
}

const struct duration_metric duration_metrics[] = {
	{ { "n", "N", UNIT_COUNT, FOR_ALL, "Durations that have ended so." },
	    m_n },
	{ { "n_open", "Open", UNIT_COUNT, FOR_ALL,
	      "Not ended at the end of the window; in no mean." },
	    m_n_open },
	{ { "mean", "Mean", UNIT_DAYS, FOR_ALL, "Mean days of the ended." },
	    m_mean },
	{ { "p25", "p25", UNIT_DAYS, FOR_ROOM, "A quarter took no longer." },
	    m_p25 },
	{ { "median", "Median", UNIT_DAYS, FOR_ALL,
	      "Median days of the ended." },
	    m_median },
	{ { "p75", "p75", UNIT_DAYS, FOR_ROOM,
	      "Three quarters took no longer." },
	    m_p75 },
	{ { "p90", "p90", UNIT_DAYS, FOR_ALL, "Nine in ten took no longer." },
	    m_p90 },
	{ { "km_median", "KM median", UNIT_DAYS, FOR_ALL_IF_ANY,
	      "Kaplan-Meier median: the open ones taken in." },
	    m_km_median },
	{ { "km_lo", "Low", UNIT_DAYS, FOR_ALL_IF_ANY,
	      "Lower bound of km_median." },
	    m_km_lo },
	{ { "km_hi", "High", UNIT_DAYS, FOR_ALL_IF_ANY,
	      "Upper bound of km_median." },
	    m_km_hi },
	{ { "by_horizon", "By horizon", UNIT_SHARE, FOR_ALL_IF_ANY,
	      "Share that ended so within the horizon, others competing." },
	    m_by_horizon },
	{ { "by_horizon_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of by_horizon." },
	    m_by_horizon_lo },
	{ { "by_horizon_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of by_horizon." },
	    m_by_horizon_hi },
	{ { "logrank", "Log-rank", UNIT_NUMBER, FOR_MACHINES,
	      "Log-rank chi-squared of the comparison in the notes." },
	    m_logrank },
	{ { "logrank_p", "p", UNIT_NUMBER, FOR_ALL_IF_ANY,
	      "p-value of the log-rank test." },
	    m_logrank_p },
	{ { "logrank_q", "q", UNIT_NUMBER, FOR_MACHINES,
	      "logrank_p corrected for all tests of the table." },
	    m_logrank_q },
	{ { "zero_dur", "Zero", UNIT_COUNT, FOR_MACHINES,
	      "Ended when they began." },
	    m_zero_dur },
	{ { "neg_dur", "Negative", UNIT_COUNT, FOR_MACHINES,
	      "Ended before they began; no duration." },
	    m_neg_dur },
	{ { "untimed", "Untimed", UNIT_COUNT, FOR_MACHINES,
	      "Start or end unknown; no duration." },
	    m_untimed },
};

const size_t n_duration_metrics =
    sizeof(duration_metrics) / sizeof(*duration_metrics);

/* ---- deals ---- */

/* Were closed and opened again between start and end. */
static double
m_reopened(const struct cycle_view *v)
{
	return (double)v->counts->reopened;
}

/* Mean days without the time between a close and a re-opening (3.0.5). */
static double
m_open_days(const struct cycle_view *v)
{
	return v->mean -
	       (v->counts->n_closed_days
		       ? stats_mean(
			     v->counts->closed_days, v->counts->n_closed_days) *
			     (double)v->counts->n_closed_days / (double)v->n
		       : 0);
}

/* Begin at creation, since no entry to the start stage is dated. */
static double
m_from_creation(const struct cycle_view *v)
{
	return (double)v->counts->from_creation;
}

/* End at the close date of the record, which people type and the CRM presets,
 * and not at a logged stage entry (3.2.1). */
static double
m_from_close_date(const struct cycle_view *v)
{
	return (double)v->counts->from_close_date;
}

/* Reached the end stage only by passing it: no date, no duration (3.0.3). */
static double
m_skipped(const struct cycle_view *v)
{
	return (double)v->counts->skipped;
}

const struct cycle_metric cycle_metrics[] = {
	{ { "reopened", "Re-opened", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Closed and opened again between start and end." },
	    m_reopened },
	{ { "open_days", "Open days", UNIT_DAYS, FOR_MACHINES,
	      "Mean days without those between close and re-opening." },
	    m_open_days },
	{ { "from_creation", "From creation", UNIT_COUNT, FOR_MACHINES,
	      "Begin at creation, for want of an entry to the stage." },
	    m_from_creation },
	{ { "from_close_date", "By close date", UNIT_COUNT, FOR_MACHINES,
	      "End at the typed close date, not at a logged stage entry." },
	    m_from_close_date },
	{ { "skipped", "Skipped", UNIT_COUNT, FOR_MACHINES,
	      "Passed the end stage without an entry; no duration." },
	    m_skipped },
};

const size_t n_cycle_metrics = sizeof(cycle_metrics) / sizeof(*cycle_metrics);

/* ---- stays ---- */

/* Records that were in the stage, whether their stay has a duration or not. */
static double
m_records(const struct stay_counts *c)
{
	return (double)c->records;
}

/* Of those, the ones that were there more than once: rework. The same stage
 * logged twice in a row is no return (3.0.4). */
static double
m_returned(const struct stay_counts *c)
{
	return (double)c->returned;
}

/* returned / records; undefined for none. */
static double
m_return_share(const struct stay_counts *c)
{
	return stats_ratio(m_returned(c), m_records(c));
}

/* Of the returned, those that came back to another owner: redo, where the
 * same owner would be repeat (3.0.4). 0 too where no history has owners. */
static double
m_redone(const struct stay_counts *c)
{
	return (double)c->redone;
}

/* Changes of owner during stays in the stage, where a history has them. */
static double
m_owner_changes(const struct stay_counts *c)
{
	return (double)c->owner_changes;
}

/* Stays that ended with a move to a stage that another team owns. */
static double
m_handovers(const struct stay_counts *c)
{
	return (double)c->n_handovers;
}

/* Median days of those: how long the one team waits for the other. */
static double
m_handover_median(const struct stay_counts *c)
{
	return stats_quantile(c->handovers, c->n_handovers, 0.5);
}

/* Nine in ten hand-overs waited no longer. */
static double
m_handover_p90(const struct stay_counts *c)
{
	return stats_quantile(c->handovers, c->n_handovers, 0.9);
}

const struct stay_metric stay_metrics[] = {
	{ { "records", "Records", UNIT_COUNT, FOR_ROOM, "Were in the stage." },
	    m_records },
	{ { "returned", "Returned", UNIT_COUNT, FOR_MACHINES,
	      "Were in it more than once." },
	    m_returned },
	{ { "return_share", "Return", UNIT_SHARE, FOR_ALL_IF_ANY,
	      "returned / records." },
	    m_return_share },
	{ { "redone", "Redone", UNIT_COUNT, FOR_MACHINES,
	      "Returned to another owner." },
	    m_redone },
	{ { "owner_changes", "Owner changes", UNIT_COUNT, FOR_MACHINES,
	      "Changes of owner while in the stage." },
	    m_owner_changes },
	{ { "handovers", "Hand-overs", UNIT_COUNT, FOR_MACHINES,
	      "Stays that ended with a stage of another team." },
	    m_handovers },
	{ { "handover_median", "Hand-over", UNIT_DAYS, FOR_ROOM_IF_ANY,
	      "Median days of those stays." },
	    m_handover_median },
	{ { "handover_p90", "Hand-over p90", UNIT_DAYS, FOR_MACHINES,
	      "Nine in ten of those stays took no longer." },
	    m_handover_p90 },
};

const size_t n_stay_metrics = sizeof(stay_metrics) / sizeof(*stay_metrics);
