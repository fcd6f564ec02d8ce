/*
 * metric_plan.c: needs, rates, dates and gaps. To add a metric, write its
 * formula and its row; every format, --metric and --help pick it up.
 */
#include <math.h>

#include "metric_plan.h"

/* Far above the error of a quotient of doubles, far below one deal. */
#define DIVISION_ERROR 1e-12

/* ---- working back ---- */

/* ceil(a x b / c) without overflow, for c below 2^63: long division, one bit
 * of a after another. NaN above PLAN_VOLUME_MAX. */
static double
multiply_divide_up(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t quotient = 0, rest = 0;

	for (int bit = 63; bit >= 0; bit--) {
		quotient = 2 * quotient + (2 * rest >= c);
		rest = 2 * rest % c;
		if (a >> bit & 1) {
			rest += b % c;
			quotient += b / c + (rest >= c);
			rest %= c;
		}
		if (quotient > (uint64_t)PLAN_VOLUME_MAX)
			return NAN;
	}
	return (double)(quotient + (rest > 0));
}

double
plan_before(double next, struct plan_rate rate)
{
	if (!(next >= 0 && next <= PLAN_VOLUME_MAX) || !rate.x || !rate.n)
		return NAN;
	return multiply_divide_up((uint64_t)next, rate.n, rate.x);
}

double
plan_divide_up(double a, double b)
{
	double quotient = a / b;

	if (!(b > 0) || !(fabs(quotient) <= PLAN_VOLUME_MAX))
		return NAN;
	return ceil(quotient - fabs(quotient) * DIVISION_ERROR);
}

static void
work_back_from(
    struct plan_stage *stage, const struct plan_stage *next, double confidence)
{
	stage->needed = plan_before(next->needed, stage->rate);
	if (stage->origin != PLAN_MEASURED) {
		stage->low = plan_before(next->low, stage->rate);
		stage->high = plan_before(next->high, stage->rate);
		return;
	}
	stage->bounds = stats_proportion(
	    stage->rate.x, stage->rate.n, confidence, INTERVAL_WILSON);
	stage->low = plan_divide_up(next->low, stage->bounds.high);
	/* At no success Wilson's lower bound is 0 but for its last bits. */
	stage->high =
	    stage->rate.x ? plan_divide_up(next->high, stage->bounds.low) : NAN;
}

void
plan_work_back(
    struct plan_stage *stages, unsigned n_ranks, double wins, double confidence)
{
	struct plan_stage *next = &stages[n_ranks];

	next->needed = next->low = next->high = wins;
	for (unsigned k = n_ranks; k > 0; k--) {
		struct plan_stage *stage = &stages[k];

		stage->bounds = (struct interval){ NAN, NAN };
		if (stage->origin == PLAN_PASSED) {
			stage->needed = stage->low = stage->high = NAN;
		} else if (k < n_ranks) {
			work_back_from(stage, next, confidence);
			next = stage;
		}
	}
}

/* ---- columns ---- */

static const struct plan_stage *
stage_of(const struct plan_view *v)
{
	return &v->stages[v->k];
}

static bool
has_rate(const struct plan_view *v)
{
	return v->k < v->n_ranks && stage_of(v)->origin != PLAN_PASSED;
}

/* Won value of the segment / that of all, in the window. Undefined without
 * --by, where the amounts are unknown and where currencies mix. It says where
 * the wins came from, not where the next could come from most easily. */
static double
m_share(const struct plan_view *v)
{
	return v->share;
}

/* Wins: target / amount, rounded up; every earlier stage: needed of the next
 * stage / rate, rounded up. Undefined from the first unknown or zero rate on,
 * and for the stages that an assumed win rate passes over. */
static double
m_needed(const struct plan_view *v)
{
	return stage_of(v)->needed;
}

/* The same with every rate at the upper bound of its interval: all of them at
 * their best at once, so that the band is wider than one of the confidence.
 * The deal size is taken as it is. */
static double
m_needed_low(const struct plan_view *v)
{
	return stage_of(v)->low;
}

/* The same with every lower bound; undefined where none went on. */
static double
m_needed_high(const struct plan_view *v)
{
	return stage_of(v)->high;
}

/* advanced / (advanced + ended), of the records that went on from the stage
 * or ended in it in the window; or as assumed. Undefined for none. Open
 * records are undecided and in neither. */
static double
m_rate(const struct plan_view *v)
{
	const struct plan_stage *stage = stage_of(v);

	if (!has_rate(v))
		return NAN;
	return stats_ratio((double)stage->rate.x, (double)stage->rate.n);
}

static double
m_rate_lo(const struct plan_view *v)
{
	return stage_of(v)->bounds.low;
}

static double
m_rate_hi(const struct plan_view *v)
{
	return stage_of(v)->bounds.high;
}

/* advanced + ended; undefined for an assumed rate. */
static double
m_rate_n(const struct plan_view *v)
{
	if (!has_rate(v) || stage_of(v)->origin != PLAN_MEASURED)
		return NAN;
	return (double)stage_of(v)->rate.n;
}

static const char *
m_rate_from(const struct plan_view *v)
{
	static const char *const names[] = { [PLAN_MEASURED] = "measured",
		[PLAN_ASSUMED] = "assumed",
		[PLAN_ASSUMED_WIN] = "assumed to won",
		[PLAN_PASSED] = NULL };
	const struct plan_stage *stage = stage_of(v);

	return has_rate(v) && stage->rate.n ? names[stage->origin] : NULL;
}

/* needed x amount, from the opportunity stage on: at that stage the pipeline
 * that it takes. Above the target, since deals are whole. */
static double
m_value(const struct plan_view *v)
{
	unsigned first = v->start_rank ? v->start_rank : v->n_ranks;

	return v->k >= first ? m_needed(v) * v->amount : NAN;
}

/* Pipeline / target, at the opportunity stage. */
static double
m_coverage(const struct plan_view *v)
{
	return v->k == v->start_rank ? stats_ratio(m_value(v), v->target) : NAN;
}

/* Median days from the entry to that of the next stage which anybody uses, of
 * records that have both and entered the next in the window. Skipped stages
 * have none. */
static double
m_median_days(const struct plan_view *v)
{
	const struct plan_stage *stage = stage_of(v);

	return stats_quantile(stage->days, stage->n_days, 0.5);
}

/* The last day less the median days of all steps from here on, rounded to the
 * earlier day. A sum of medians is not the median of the sum: half of the
 * deals take longer in each step. Undefined where a step has no median; a stage
 * that nobody uses takes no days. */
double
plan_needed_by(const struct plan_view *v)
{
	struct plan_view at = *v;
	double days = 0;

	if (stage_of(v)->origin == PLAN_PASSED ||
	    (stage_of(v)->is_unused && v->k < v->n_ranks))
		return NAN;
	for (; at.k < at.n_ranks; at.k++)
		if (!stage_of(&at)->is_unused)
			days += m_median_days(&at);
	return (double)v->last_day - ceil(days - days * DIVISION_ERROR);
}

/* Records that entered the stage, or a later one, in the window, scaled to
 * the days of the plan. Undefined where the window has no length. */
static double
m_run_rate(const struct plan_view *v)
{
	return stage_of(v)->entered *
	       stats_ratio(v->period_days, v->window_days);
}

/* needed - run_rate: below 0 the present rate is enough. */
static double
m_gap(const struct plan_view *v)
{
	return m_needed(v) - m_run_rate(v);
}

static double
m_target(const struct plan_view *v)
{
	return v->target;
}

static double
m_amount(const struct plan_view *v)
{
	return v->amount;
}

const struct plan_metric plan_metrics[] = {
	{ { "share", "Share", UNIT_SHARE, FOR_ALL_IF_ANY,
	      "Of the won value in the window; the segment's part of the "
	      "target." },
	    m_share, NULL },
	{ { "needed", "Needed", UNIT_COUNT, FOR_ALL,
	      "Entries to the stage that the target takes." },
	    m_needed, NULL },
	{ { "needed_low", "Low", UNIT_COUNT, FOR_ROOM,
	      "The same with every rate at its upper bound." },
	    m_needed_low, NULL },
	{ { "needed_high", "High", UNIT_COUNT, FOR_ROOM,
	      "The same with every rate at its lower bound." },
	    m_needed_high, NULL },
	{ { "rate", "Rate", UNIT_SHARE, FOR_ALL,
	      "Of those that left the stage, the share that went on." },
	    m_rate, NULL },
	{ { "rate_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of the rate, Wilson." },
	    m_rate_lo, NULL },
	{ { "rate_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of the rate." },
	    m_rate_hi, NULL },
	{ { "rate_n", "n", UNIT_COUNT, FOR_MACHINES,
	      "Records that went on from the stage or ended in it." },
	    m_rate_n, NULL },
	{ { "rate_from", "Rate is", UNIT_TEXT, FOR_MACHINES,
	      "measured, assumed, or assumed to won." },
	    NULL, m_rate_from },
	{ { "value", "Value", UNIT_MONEY, FOR_ROOM,
	      "needed x amount, from the opportunity stage on." },
	    m_value, NULL },
	{ { "coverage", "Coverage", UNIT_NUMBER, FOR_MACHINES,
	      "value / target, at the opportunity stage." },
	    m_coverage, NULL },
	{ { "needed_by", "Needed by", UNIT_TIME, FOR_ALL,
	      "Last day less the median days from the stage to won." },
	    plan_needed_by, NULL },
	{ { "median_days", "Days", UNIT_DAYS, FOR_MACHINES,
	      "Median from the entry to the next stage's entry." },
	    m_median_days, NULL },
	{ { "run_rate", "Run rate", UNIT_NUMBER, FOR_ALL,
	      "Entries in the window, scaled to the days of the plan." },
	    m_run_rate, NULL },
	{ { "gap", "Gap", UNIT_NUMBER, FOR_ALL, "needed - run_rate." }, m_gap,
	    NULL },
	{ { "target", "Target", UNIT_MONEY, FOR_MACHINES,
	      "Revenue to reach, of the segment." },
	    m_target, NULL },
	{ { "amount", "Deal size", UNIT_MONEY, FOR_MACHINES,
	      "Mean or median of the won deals, or as assumed." },
	    m_amount, NULL },
};

const size_t n_plan_metrics = sizeof(plan_metrics) / sizeof(*plan_metrics);
