/*
 * metric_sla.c: compliance, and what keeps it honest (metrics.md 3.4.2, M9 of
 * product.md). To add a metric, write its formula and its row.
 */
#include <math.h>

#include "metric_sla.h"

#define HOUR 3600.0

static double
counted(const struct sla_tally *t)
{
	return (double)(t->status[CLOCK_MET] + t->status[CLOCK_LATE] +
			t->status[CLOCK_BREACHED]);
}

double
sla_attained(const struct sla_tally *t)
{
	return stats_ratio((double)t->status[CLOCK_MET], counted(t));
}

const char *
sla_verdict(const struct sla_tally *t)
{
	double attained = sla_attained(t);

	if (isnan(attained) || isnan(t->promise))
		return NULL;
	return attained >= t->promise - SAME_SHARE ? "kept" : "missed";
}

/* Of `attained`; what cannot be a share has none. */
static struct interval
attained_interval(const struct sla_view *v)
{
	const struct sla_tally *t = v->tally;

	return stats_proportion(t->status[CLOCK_MET], (uint64_t)counted(t),
	    v->confidence, v->method);
}

static double
m_promise(const struct sla_view *v)
{
	return v->tally->promise;
}

/* met / (met + late + breached). Those still pending are in neither; those
 * whom nobody ever touched are, once their time has run out, so that it does
 * not rise when leads are forgotten. Undefined without one. */
static double
m_attained(const struct sla_view *v)
{
	return sla_attained(v->tally);
}

/* Lower bound of attained: Wilson score (Wilson 1927), or --ci cp. */
static double
m_lo(const struct sla_view *v)
{
	return attained_interval(v).low;
}

/* Upper bound; see lo. */
static double
m_hi(const struct sla_view *v)
{
	return attained_interval(v).high;
}

/* met + late + breached. */
static double
m_n(const struct sla_view *v)
{
	return counted(v->tally);
}

static double
m_met(const struct sla_view *v)
{
	return (double)v->tally->status[CLOCK_MET];
}

static double
m_late(const struct sla_view *v)
{
	return (double)v->tally->status[CLOCK_LATE];
}

static double
m_breached(const struct sla_view *v)
{
	return (double)v->tally->status[CLOCK_BREACHED];
}

static double
m_pending(const struct sla_view *v)
{
	return (double)v->tally->status[CLOCK_PENDING];
}

static double
m_paused(const struct sla_view *v)
{
	return (double)v->tally->status[CLOCK_PAUSED];
}

static double
m_void(const struct sla_view *v)
{
	return (double)v->tally->status[CLOCK_VOID];
}

static double
m_na(const struct sla_view *v)
{
	return (double)v->tally->status[CLOCK_NA];
}

static double
m_bad(const struct sla_view *v)
{
	return (double)v->tally->status[CLOCK_BAD];
}

static double
quantile_hours(const double *sorted, size_t n, double p)
{
	return stats_quantile(sorted, n, p) / HOUR;
}

/* From start to stop of those that stopped: who was never touched is not in
 * it, and so it is read beside `breached`. */
static double
m_elapsed_median(const struct sla_view *v)
{
	return quantile_hours(v->tally->elapsed, v->tally->n_elapsed, 0.5);
}

static double
m_elapsed_p90(const struct sla_view *v)
{
	return quantile_hours(v->tally->elapsed, v->tally->n_elapsed, 0.9);
}

/* How far those that stopped too late were over the target. */
static double
m_late_median(const struct sla_view *v)
{
	return quantile_hours(v->tally->late, v->tally->n_late, 0.5);
}

static double
m_late_p90(const struct sla_view *v)
{
	return quantile_hours(v->tally->late, v->tally->n_late, 0.9);
}

/* The same of those that still run (R30): it grows until somebody acts. */
static double
m_over_median(const struct sla_view *v)
{
	return quantile_hours(v->tally->over, v->tally->n_over, 0.5);
}

static double
m_over_p90(const struct sla_view *v)
{
	return quantile_hours(v->tally->over, v->tally->n_over, 0.9);
}

/* `attained` had every hour counted (3.4.5); without a calendar it would be
 * the same number again. */
static double
m_attained_calendar(const struct sla_view *v)
{
	const struct sla_tally *t = v->tally;

	return t->has_calendar ? stats_ratio((double)t->calendar_met,
				     (double)t->calendar_counted)
			       : NAN;
}

/* Closed without a stop, of those that were to be in `n`: leads that are
 * closed to stop a clock raise it. */
static double
m_void_rate(const struct sla_view *v)
{
	double voids = (double)v->tally->status[CLOCK_VOID];

	return v->tally->is_clock
		   ? stats_ratio(voids, voids + counted(v->tally))
		   : NAN;
}

static double
of_started(const struct sla_tally *t, uint64_t n)
{
	return t->is_clock ? stats_ratio((double)n, (double)t->started) : NAN;
}

/* Touched before the clock started, of all that started: leads that are
 * worked first and handed over afterwards. */
static double
m_pretouch_rate(const struct sla_view *v)
{
	return of_started(v->tally, v->tally->touched_before);
}

/* Touched by robots and by nobody else, of all that started; of clocks that a
 * touch by sales stops. */
static double
m_automated_rate(const struct sla_view *v)
{
	return v->tally->is_touched
		   ? of_started(v->tally, v->tally->automated_only)
		   : NAN;
}

/* Stops of one owner at one instant, SLA_BULK of them or more, of all stops:
 * somebody ticked a list off. */
static double
m_bulk_rate(const struct sla_view *v)
{
	return stats_ratio((double)v->tally->bulk, (double)v->tally->stopped);
}

/* L20: breached / started, where the first touch by sales was to come: handed
 * over, never touched since, and older than the target. It differs from 1 -
 * attained, which has those that were touched too late, and counts over those
 * that are pending or void, too: what is closed before its target runs out was
 * looked at. A touch before the start is none (see pretouch_rate). */
static double
m_leak_rate(const struct sla_view *v)
{
	const struct sla_tally *t = v->tally;

	return t->is_worked ? of_started(t, t->status[CLOCK_BREACHED]) : NAN;
}

/* Age of the clocks that run and have time left. */
static double
m_pending_age(const struct sla_view *v)
{
	return quantile_hours(v->tally->pending, v->tally->n_pending, 0.5);
}

/* The system's part of the delay (3.4.7): from the start to an owner. */
static double
m_assigned_median(const struct sla_view *v)
{
	return quantile_hours(v->tally->assigned, v->tally->n_assigned, 0.5);
}

/* The human part: from the owner to the first touch. */
static double
m_touched_median(const struct sla_view *v)
{
	return quantile_hours(v->tally->touched, v->tally->n_touched, 0.5);
}

static double
m_volume(const struct sla_view *v)
{
	return v->tally->volume;
}

static double
m_volume_target(const struct sla_view *v)
{
	return v->tally->volume_target;
}

/* Pro rata by the days that are over, working ones where a calendar is
 * named. */
static double
m_volume_due(const struct sla_view *v)
{
	return v->tally->volume_due;
}

/* The count at the end of the period if it goes on like this. */
static double
m_volume_projected(const struct sla_view *v)
{
	return v->tally->volume_projected;
}

/* A terminal that is too narrow loses neighbours that are FOR_ROOM together
 * (render_table.c), so `bad` and `volume` part them: first the durations go,
 * then what betrays polish, then the counts, the interval last. */
const struct sla_metric sla_metrics[] = {
	{ { "promise", "Promise", UNIT_SHARE, FOR_ALL,
	      "The share that was promised." },
	    m_promise },
	{ { "attained", "Kept", UNIT_SHARE, FOR_ALL,
	      "met / (met + late + breached)." },
	    m_attained },
	{ { "lo", "Low", UNIT_SHARE, FOR_ROOM, "Lower bound of its interval." },
	    m_lo },
	{ { "hi", "High", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of its interval." },
	    m_hi },
	{ { "n", "N", UNIT_COUNT, FOR_ALL, "met + late + breached." }, m_n },
	{ { "met", "Met", UNIT_COUNT, FOR_ROOM,
	      "Stopped within the target, or the condition holds." },
	    m_met },
	{ { "late", "Late", UNIT_COUNT, FOR_ROOM, "Stopped after the target." },
	    m_late },
	{ { "breached", "Breached", UNIT_COUNT, FOR_ALL,
	      "Not stopped, and the target has run out; or the condition "
	      "does not hold." },
	    m_breached },
	{ { "pending", "Pending", UNIT_COUNT, FOR_ALL,
	      "Not stopped, and there is time left." },
	    m_pending },
	{ { "paused", "Paused", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Pending, in a stage where the clock stands still." },
	    m_paused },
	{ { "void", "Void", UNIT_COUNT, FOR_MACHINES,
	      "Closed before the target ran out." },
	    m_void },
	{ { "na", "N/a", UNIT_COUNT, FOR_MACHINES,
	      "Never started, or not of these records." },
	    m_na },
	{ { "bad", "Bad", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Its times cannot be used; --report breaches says why." },
	    m_bad },
	{ { "void_rate", "Void rate", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "void / (void + n)." },
	    m_void_rate },
	{ { "pretouch_rate", "Before", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "Touched before the start / started." },
	    m_pretouch_rate },
	{ { "automated_rate", "Robots", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "Touched by robots only / started." },
	    m_automated_rate },
	{ { "bulk_rate", "Bulk", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "Stops of one owner at one instant, five or more / stops." },
	    m_bulk_rate },
	{ { "leak_rate", "Leaked", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "breached / started, where one touch by sales stops it." },
	    m_leak_rate },
	{ { "volume", "Volume", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Counted in the last period." },
	    m_volume },
	{ { "volume_target", "Of", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Agreed for a period." },
	    m_volume_target },
	{ { "volume_due", "Due", UNIT_NUMBER, FOR_MACHINES,
	      "Of it, due by now." },
	    m_volume_due },
	{ { "volume_projected", "Pace", UNIT_NUMBER, FOR_ROOM_IF_ANY,
	      "Volume of the last period at its end, at this pace." },
	    m_volume_projected },
	{ { "elapsed_median", "Median h", UNIT_HOURS, FOR_ROOM_IF_ANY,
	      "Median hours from start to stop, of those that stopped." },
	    m_elapsed_median },
	{ { "elapsed_p90", "P90 h", UNIT_HOURS, FOR_MACHINES,
	      "90th percentile of the same." },
	    m_elapsed_p90 },
	{ { "late_median", "Late by h", UNIT_HOURS, FOR_ROOM_IF_ANY,
	      "Median hours past the target, of those that stopped late." },
	    m_late_median },
	{ { "late_p90", "Late p90 h", UNIT_HOURS, FOR_MACHINES,
	      "90th percentile of the same." },
	    m_late_p90 },
	{ { "over_median", "Over by h", UNIT_HOURS, FOR_ROOM_IF_ANY,
	      "Median hours past the target, of those that still run." },
	    m_over_median },
	{ { "over_p90", "Over p90 h", UNIT_HOURS, FOR_MACHINES,
	      "90th percentile of the same." },
	    m_over_p90 },
	{ { "attained_calendar", "Kept 24/7", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "attained if every hour counted, not only those of the "
	      "calendar." },
	    m_attained_calendar },
	{ { "pending_age", "Pending h", UNIT_HOURS, FOR_ROOM_IF_ANY,
	      "Median hours that pending clocks have run." },
	    m_pending_age },
	{ { "assigned_median", "Assigned h", UNIT_HOURS, FOR_MACHINES,
	      "Median hours from the start to an owner: the system." },
	    m_assigned_median },
	{ { "touched_median", "Touched h", UNIT_HOURS, FOR_MACHINES,
	      "Median hours from the owner to the touch: the human." },
	    m_touched_median },
};

const size_t n_sla_metrics = sizeof(sla_metrics) / sizeof(*sla_metrics);
