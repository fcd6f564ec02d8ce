/*
 * metric_velocity.c: V = N W A / L and what moved it (metrics.md 3.2.3). To
 * add a metric, write its formula and its row; every format, --metric, --help
 * and the manual pick it up.
 */
#include <math.h>

#include "metric_velocity.h"

#define ROUNDING 1e-12 /* relative */

static double
win_rate_of(const struct levers *l)
{
	return stats_ratio(l->won, l->closed);
}

/*
 * Of means, the factors that cancel are divided first: with --basis closed
 * and every won amount known what is left is won value / cycle, to the last
 * digit.
 */
double
velocity_of(const struct levers *l)
{
	if (!(l->cycle > 0) || isnan(win_rate_of(l)))
		return NAN;
	if (l->mean)
		return stats_ratio(l->deals, l->closed) *
		       stats_ratio(l->won, l->known) * l->won_value / l->cycle;
	return l->deals * win_rate_of(l) * l->value / l->cycle;
}

/* ---- the levers ---- */

/* N: deals open at the end, created in, or closed in the window, by --basis.
 * Open or created ones that sales never qualified inflate the velocity, since
 * the win rate is of those that were closed. */
static double
m_deals(const struct lever_view *v)
{
	return v->now->deals;
}

/* W: won / (won + lost) of the closed; undefined for none. */
static double
m_win_rate(const struct lever_view *v)
{
	return win_rate_of(v->now);
}

/* A: mean (or median, --stat) of the known amounts of the won. One large deal
 * moves the mean: see largest_share. */
static double
m_value(const struct lever_view *v)
{
	return v->now->value;
}

/* L: mean (or median) days from the opportunity to the win. Short-biased
 * while slow deals are open. */
static double
m_cycle(const struct lever_view *v)
{
	return v->now->cycle;
}

/* N W A / L: value won per day at this pace. Undefined without a win. Not
 * additive over segments. */
static double
m_velocity(const struct lever_view *v)
{
	return velocity_of(v->now);
}

/* Lower end of the percentile bootstrap interval (Efron 1979): closed deals
 * drawn anew, N as it is. A draw without a win counts as 0. */
static double
m_velocity_lo(const struct lever_view *v)
{
	return v->now->interval.low;
}

/* Upper end of the same. */
static double
m_velocity_hi(const struct lever_view *v)
{
	return v->now->interval.high;
}

/* The same pace for 30 days. */
static double
m_velocity_30d(const struct lever_view *v)
{
	return 30 * velocity_of(v->now);
}

/* ---- the change ---- */

/* Ratios to the period before; NaN where one side is undefined or 0. */
struct ratios {
	double deals, win_rate, value, cycle, velocity;
};

static double
log_ratio(double now, double before)
{
	return now > 0 && before > 0 ? log(now / before) : NAN;
}

static struct ratios
log_ratios(const struct lever_view *v)
{
	struct ratios r = { NAN, NAN, NAN, NAN, NAN };

	if (!v->before)
		return r;
	r.deals = log_ratio(v->now->deals, v->before->deals);
	r.win_rate = log_ratio(win_rate_of(v->now), win_rate_of(v->before));
	r.value = log_ratio(v->now->value, v->before->value);
	r.cycle = -log_ratio(v->now->cycle, v->before->cycle);
	r.velocity = log_ratio(velocity_of(v->now), velocity_of(v->before));
	return r;
}

/*
 * What a lever did in value per day: the logarithmic mean of both velocities
 * times its log ratio. The four add up to the change (Montgomery 1929;
 * Vartia 1976; Ang 2004, LMDI), whichever is taken first.
 */
static double
contribution(const struct lever_view *v, double lever)
{
	double now, before;

	if (!v->before || isnan(lever))
		return NAN;
	now = velocity_of(v->now);
	before = velocity_of(v->before);
	if (!(now > 0 && before > 0))
		return NAN;
	if (now == before)
		return now * lever;
	return (now - before) / log(now / before) * lever;
}

/* Velocity of the period before, on which the levers below are measured. */
static double
m_velocity_before(const struct lever_view *v)
{
	return v->before ? velocity_of(v->before) : NAN;
}

/* N of the period before. */
static double
m_deals_before(const struct lever_view *v)
{
	return v->before ? v->before->deals : NAN;
}

/* W of the period before. */
static double
m_win_rate_before(const struct lever_view *v)
{
	return v->before ? win_rate_of(v->before) : NAN;
}

/* A of the period before. */
static double
m_value_before(const struct lever_view *v)
{
	return v->before ? v->before->value : NAN;
}

/* L of the period before. */
static double
m_cycle_before(const struct lever_view *v)
{
	return v->before ? v->before->cycle : NAN;
}

/* Velocity minus that of the period before; what only the rounding of doubles
 * tells apart is the same. */
static double
m_change(const struct lever_view *v)
{
	double now = m_velocity(v), change = now - m_velocity_before(v);

	return fabs(change) <= now * ROUNDING ? 0 : change;
}

/* Part of the change that the number of deals explains. */
static double
m_by_deals(const struct lever_view *v)
{
	return contribution(v, log_ratios(v).deals);
}

/* Part that the win rate explains. */
static double
m_by_win_rate(const struct lever_view *v)
{
	return contribution(v, log_ratios(v).win_rate);
}

/* Part that the value of a won deal explains. */
static double
m_by_value(const struct lever_view *v)
{
	return contribution(v, log_ratios(v).value);
}

/* Part that the cycle explains; a shorter one is positive. */
static double
m_by_cycle(const struct lever_view *v)
{
	return contribution(v, log_ratios(v).cycle);
}

static double
share_of(const struct ratios *r, double lever)
{
	return fabs(r->velocity) > ROUNDING ? lever / r->velocity : NAN;
}

/* by_deals as a share of the change; the four shares add up to 1. Undefined
 * when nothing changed. Levers that pull apart have shares beyond 0 and 1. */
static double
m_share_deals(const struct lever_view *v)
{
	struct ratios r = log_ratios(v);

	return share_of(&r, r.deals);
}

/* by_win_rate as a share of the change. */
static double
m_share_win_rate(const struct lever_view *v)
{
	struct ratios r = log_ratios(v);

	return share_of(&r, r.win_rate);
}

/* by_value as a share of the change. */
static double
m_share_value(const struct lever_view *v)
{
	struct ratios r = log_ratios(v);

	return share_of(&r, r.value);
}

/* by_cycle as a share of the change. */
static double
m_share_cycle(const struct lever_view *v)
{
	struct ratios r = log_ratios(v);

	return share_of(&r, r.cycle);
}

/* ---- what to beware of ---- */

/* Share of the largest won deal in the won value: a mean that hangs on one
 * deal is no lever. */
static double
m_largest_share(const struct lever_view *v)
{
	return stats_ratio(v->now->largest, v->now->won_value);
}

/* Won deals that the rates are taken from. */
static double
m_won(const struct lever_view *v)
{
	return v->now->won;
}

/* Won and lost deals that the rates are taken from. */
static double
m_closed(const struct lever_view *v)
{
	return v->now->closed;
}

/* Known value of the won ones. */
static double
m_won_value(const struct lever_view *v)
{
	return v->now->known > 0 ? v->now->won_value : NAN;
}

/* Resamples that were made for the interval. */
static double
m_draws(const struct lever_view *v)
{
	return v->now->draws;
}

/* The period is not over as of as_of: N is not yet what it will be. */
static double
m_partial(const struct lever_view *v)
{
	return v->now->partial;
}

const struct lever_metric lever_metrics[] = {
	{ { "deals", "Deals", UNIT_COUNT, FOR_ALL,
	      "Open, created or closed, by --basis." },
	    m_deals },
	{ { "win_rate", "Win rate", UNIT_SHARE, FOR_ALL,
	      "won / (won + lost)." },
	    m_win_rate },
	{ { "value", "Value", UNIT_NUMBER, FOR_ALL,
	      "Mean or median known amount of a won deal." },
	    m_value },
	{ { "cycle", "Cycle", UNIT_DAYS, FOR_ALL,
	      "Mean or median days of a won deal." },
	    m_cycle },
	{ { "velocity", "Velocity", UNIT_NUMBER, FOR_ALL,
	      "deals x win_rate x value / cycle: value a day." },
	    m_velocity },
	{ { "velocity_lo", "Low", UNIT_NUMBER, FOR_ALL,
	      "Lower bound of velocity, by bootstrap." },
	    m_velocity_lo },
	{ { "velocity_hi", "High", UNIT_NUMBER, FOR_ALL,
	      "Upper bound of velocity." },
	    m_velocity_hi },
	{ { "velocity_30d", "30 days", UNIT_NUMBER, FOR_MACHINES,
	      "30 x velocity." },
	    m_velocity_30d },
	{ { "change", "Change", UNIT_NUMBER, FOR_ALL_IF_ANY,
	      "velocity minus that of the period before." },
	    m_change },
	{ { "by_deals", "By deals", UNIT_NUMBER, FOR_ROOM_IF_ANY,
	      "Part of the change that deals explain." },
	    m_by_deals },
	{ { "by_win_rate", "By rate", UNIT_NUMBER, FOR_ROOM_IF_ANY,
	      "Part that the win rate explains." },
	    m_by_win_rate },
	{ { "by_value", "By value", UNIT_NUMBER, FOR_ROOM_IF_ANY,
	      "Part that the value explains." },
	    m_by_value },
	{ { "by_cycle", "By cycle", UNIT_NUMBER, FOR_ROOM_IF_ANY,
	      "Part that the cycle explains; shorter is positive." },
	    m_by_cycle },
	{ { "share_deals", "Deals' share", UNIT_SHARE, FOR_MACHINES,
	      "by_deals / change." },
	    m_share_deals },
	{ { "share_win_rate", "Rate's share", UNIT_SHARE, FOR_MACHINES,
	      "by_win_rate / change." },
	    m_share_win_rate },
	{ { "share_value", "Value's share", UNIT_SHARE, FOR_MACHINES,
	      "by_value / change." },
	    m_share_value },
	{ { "share_cycle", "Cycle's share", UNIT_SHARE, FOR_MACHINES,
	      "by_cycle / change." },
	    m_share_cycle },
	{ { "deals_before", "Deals before", UNIT_COUNT, FOR_MACHINES,
	      "deals of the period before." },
	    m_deals_before },
	{ { "win_rate_before", "Rate before", UNIT_SHARE, FOR_MACHINES,
	      "win_rate of the period before." },
	    m_win_rate_before },
	{ { "value_before", "Value before", UNIT_NUMBER, FOR_MACHINES,
	      "value of the period before." },
	    m_value_before },
	{ { "cycle_before", "Cycle before", UNIT_DAYS, FOR_MACHINES,
	      "cycle of the period before." },
	    m_cycle_before },
	{ { "velocity_before", "Before", UNIT_NUMBER, FOR_MACHINES,
	      "velocity of the period before." },
	    m_velocity_before },
	{ { "largest_share", "Largest", UNIT_SHARE, FOR_ROOM,
	      "Largest won deal's share of won_value." },
	    m_largest_share },
	{ { "won", "Won", UNIT_COUNT, FOR_MACHINES, "Won deals of the rates." },
	    m_won },
	{ { "closed", "Closed", UNIT_COUNT, FOR_MACHINES,
	      "Won and lost deals of the rates." },
	    m_closed },
	{ { "won_value", "Won value", UNIT_NUMBER, FOR_MACHINES,
	      "Known value of the won ones." },
	    m_won_value },
	{ { "draws", "Draws", UNIT_COUNT, FOR_MACHINES,
	      "Resamples made for the interval." },
	    m_draws },
	{ { "partial", "Not over", UNIT_FLAG, FOR_ALL_IF_ANY,
	      "The period is not over as of as-of." },
	    m_partial },
};

const size_t n_lever_metrics = sizeof(lever_metrics) / sizeof(*lever_metrics);
