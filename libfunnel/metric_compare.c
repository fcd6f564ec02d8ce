/*
 * metric_compare.c: a share, another one, and whether chance alone parts
 * them. To add a metric, write its formula and its row; every format,
 * --metric, --help and the manual pick it up.
 */
#include <math.h>

#include "metric_compare.h"

#define VOLUME_DAYS 30 /* what a volume is per: months differ in length */

struct share_difference
share_compare(const struct share_count *own, const struct share_count *other,
    double confidence)
{
	if (!other)
		return stats_share_difference(0, 0, 0, 0, confidence);
	return stats_share_difference(own->converted, own->entered,
	    other->converted, other->entered, confidence);
}

/* ---- the share ---- */

/* Records that entered the first stage of the step. */
static double
m_entered(const struct compare_view *v)
{
	return (double)v->own->entered;
}

/* Of those, the ones that count at its last stage, with a horizon within
 * it. */
static double
m_converted(const struct compare_view *v)
{
	return (double)v->own->converted;
}

static double
rate_of(const struct share_count *c)
{
	return c ? stats_ratio((double)c->converted, (double)c->entered) : NAN;
}

/* converted / entered; undefined for 0 entered. Without a horizon it is low
 * for young records, which still may convert. */
static double
m_rate(const struct compare_view *v)
{
	return rate_of(v->own);
}

static struct interval
rate_interval(const struct compare_view *v)
{
	return stats_proportion(
	    v->own->converted, v->own->entered, v->confidence, v->method);
}

/* Lower bound of the rate (Wilson 1927, or Clopper and Pearson 1934). */
static double
m_lo(const struct compare_view *v)
{
	return rate_interval(v).low;
}

static double
m_hi(const struct compare_view *v)
{
	return rate_interval(v).high;
}

/* Entered, not converted, and nothing has ended them: censored, not failed. */
static double
m_open(const struct compare_view *v)
{
	return (double)v->own->open;
}

/* Entered without an event of their own (metrics.md 3.0.3). */
static double
m_imputed(const struct compare_view *v)
{
	return (double)v->own->imputed;
}

/* ---- beside another ---- */

/* The same of all other segments together, never of a total that holds the
 * segment itself (metrics.md 3.5.2). */
static double
m_rest_entered(const struct compare_view *v)
{
	return v->other ? (double)v->other->entered : NAN;
}

static double
m_rest_rate(const struct compare_view *v)
{
	return rate_of(v->other);
}

/* rate - rate of the other; undefined where one of them is. */
static double
m_difference(const struct compare_view *v)
{
	return v->difference.difference;
}

/* Its bounds: Newcombe (1998b), method 10, of two Wilson intervals. */
static double
m_difference_lo(const struct compare_view *v)
{
	return v->difference.interval.low;
}

static double
m_difference_hi(const struct compare_view *v)
{
	return v->difference.interval.high;
}

/* Which test p is of (R39). */
static const char *
m_test(const struct compare_view *v)
{
	if (isnan(v->difference.p))
		return NULL;
	return isnan(v->difference.z) ? "fisher" : "z";
}

/* The pooled z; undefined where Fisher's test was used. */
static double
m_z(const struct compare_view *v)
{
	return v->difference.z;
}

/* How often chance alone parts two equal shares as far, for one test. */
static double
m_p(const struct compare_view *v)
{
	return v->difference.p;
}

/* p adjusted for all tests of the table (metrics.md 3.5.5). */
static double
m_q(const struct compare_view *v)
{
	return v->q;
}

/* By rate, among the segments of the step and period; equal ones share it. */
static double
m_rank(const struct compare_view *v)
{
	return v->rank;
}

/* A leader or laggard only where the difference is real after all tests were
 * made; undefined where nothing was tested. */
static const char *
m_verdict(const struct compare_view *v)
{
	if (isnan(v->q))
		return NULL;
	if (!(v->q < 1 - v->confidence))
		return "no difference";
	return v->difference.difference > 0 ? "leader" : "laggard";
}

/* Few records: the interval is wide, and a single one moves the rate. */
static double
m_small(const struct compare_view *v)
{
	return v->own->entered < SMALL_N ? 1 : NAN;
}

/* ---- before and after ---- */

/* Length of the side, from its first day to the last of which all could be
 * followed. */
static double
m_days(const struct compare_view *v)
{
	return v->days;
}

static double
a_month(double n, double days)
{
	return days > 0 ? n / days * VOLUME_DAYS : NAN;
}

/* Entered in 30 days, so that sides of unequal length compare. */
static double
m_entered_30d(const struct compare_view *v)
{
	return a_month((double)v->own->entered, v->days);
}

/* Converted, of those who entered in 30 days: the volume that reaches the
 * stage after. */
static double
m_converted_30d(const struct compare_view *v)
{
	return a_month((double)v->own->converted, v->days);
}

/* Of the entered of the side, those of the segment: the mix. */
static double
m_share(const struct compare_view *v)
{
	return stats_ratio((double)v->own->entered, (double)v->whole->entered);
}

static double
volume_ratio(const struct compare_view *v, uint64_t own, uint64_t other)
{
	return stats_ratio(a_month((double)own, v->days),
	    a_month((double)other, v->other_days));
}

/* entered_30d after / before: 0.6 after a redefinition that takes 40 % away.
 * Undefined where none entered before. */
static double
m_entered_ratio(const struct compare_view *v)
{
	return v->other ? volume_ratio(v, v->own->entered, v->other->entered)
			: NAN;
}

/* rate after / before. */
static double
m_rate_ratio(const struct compare_view *v)
{
	return stats_ratio(rate_of(v->own), rate_of(v->other));
}

/* converted_30d after / before = entered_ratio x rate_ratio: whether fewer
 * but better ones are more in the end (product.md C13). */
static double
m_converted_ratio(const struct compare_view *v)
{
	return v->other
		   ? volume_ratio(v, v->own->converted, v->other->converted)
		   : NAN;
}

/* Records with a first response before the end of their horizon, one before
 * they entered among them. Undefined where no file says. */
static double
m_answered(const struct compare_view *v)
{
	return v->answers_known ? (double)v->own->answered : NAN;
}

/* answered / entered: the follow-up. */
static double
m_answered_rate(const struct compare_view *v)
{
	return stats_ratio(m_answered(v), (double)v->own->entered);
}

static struct share_difference
answered_difference(const struct compare_view *v)
{
	const struct share_count *own = v->own, *other = v->other;

	if (!other || !v->answers_known)
		return stats_share_difference(0, 0, 0, 0, v->confidence);
	return stats_share_difference(own->answered, own->entered,
	    other->answered, other->entered, v->confidence);
}

/* answered_rate after - before, with bounds as of difference. */
static double
m_answered_difference(const struct compare_view *v)
{
	return answered_difference(v).difference;
}

static double
m_answered_lo(const struct compare_view *v)
{
	return answered_difference(v).interval.low;
}

static double
m_answered_hi(const struct compare_view *v)
{
	return answered_difference(v).interval.high;
}

const struct compare_metric segment_metrics[] = {
	{ { "rank", "Rank", UNIT_COUNT, FOR_ROOM,
	      "By rate among the segments of the step; 1 is the highest." },
	    m_rank, NULL },
	{ { "entered", "Entered", UNIT_COUNT, FOR_ALL,
	      "Records of the segment that entered the step." },
	    m_entered, NULL },
	{ { "converted", "Converted", UNIT_COUNT, FOR_ROOM,
	      "Of those, the ones that made the step." },
	    m_converted, NULL },
	{ { "rate", "Rate", UNIT_SHARE, FOR_ALL,
	      "converted / entered; empty when nothing entered." },
	    m_rate, NULL },
	{ { "lo", "Low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of the rate's confidence interval." },
	    m_lo, NULL },
	{ { "hi", "High", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of the rate's confidence interval." },
	    m_hi, NULL },
	{ { "rest_entered", "Rest", UNIT_COUNT, FOR_ROOM,
	      "entered of all other segments together." },
	    m_rest_entered, NULL },
	{ { "rest_rate", "Rest rate", UNIT_SHARE, FOR_ROOM,
	      "rate of all other segments together." },
	    m_rest_rate, NULL },
	{ { "difference", "Diff", UNIT_SHARE, FOR_ALL, "rate - rest_rate." },
	    m_difference, NULL },
	{ { "difference_lo", "Diff low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of the difference (Newcombe)." },
	    m_difference_lo, NULL },
	{ { "difference_hi", "Diff high", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of the difference (Newcombe)." },
	    m_difference_hi, NULL },
	{ { "test", "Test", UNIT_TEXT, FOR_MACHINES,
	      "z, or fisher where counts are small." },
	    NULL, m_test },
	{ { "z", "z", UNIT_NUMBER, FOR_MACHINES, "Pooled z of the test." }, m_z,
	    NULL },
	{ { "p", "p", UNIT_NUMBER, FOR_ROOM, "Of one test alone." }, m_p,
	    NULL },
	{ { "q", "q", UNIT_NUMBER, FOR_ALL,
	      "p adjusted for all tests of the table." },
	    m_q, NULL },
	{ { "verdict", "Verdict", UNIT_TEXT, FOR_ALL,
	      "leader or laggard where q is below 1 - confidence." },
	    NULL, m_verdict },
	{ { "small", "Small", UNIT_FLAG, FOR_ALL_IF_ANY,
	      "yes where fewer than 30 entered." },
	    m_small, NULL },
	{ { "open", "Open", UNIT_COUNT, FOR_MACHINES,
	      "Entered, did not convert, and are still open." },
	    m_open, NULL },
	{ { "imputed", "Skipped", UNIT_COUNT, FOR_MACHINES,
	      "Entered only because a later stage was entered." },
	    m_imputed, NULL },
};

const size_t n_segment_metrics =
    sizeof(segment_metrics) / sizeof(*segment_metrics);

const struct compare_metric split_metrics[] = {
	{ { "days", "Days", UNIT_NUMBER, FOR_ROOM, "Length of the side." },
	    m_days, NULL },
	{ { "entered", "Entered", UNIT_COUNT, FOR_ALL,
	      "Records that entered the step on this side." },
	    m_entered, NULL },
	{ { "entered_30d", "In 30 days", UNIT_NUMBER, FOR_ALL,
	      "entered per 30 days." },
	    m_entered_30d, NULL },
	{ { "share", "Of side", UNIT_SHARE, FOR_ROOM,
	      "The segment's share of what entered on this side." },
	    m_share, NULL },
	{ { "converted", "Converted", UNIT_COUNT, FOR_ROOM,
	      "Of the entered, those that made the step in the horizon." },
	    m_converted, NULL },
	{ { "rate", "Rate", UNIT_SHARE, FOR_ALL,
	      "converted / entered; empty when nothing entered." },
	    m_rate, NULL },
	{ { "lo", "Low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of the rate's confidence interval." },
	    m_lo, NULL },
	{ { "hi", "High", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of the rate's confidence interval." },
	    m_hi, NULL },
	{ { "converted_30d", "Conv. in 30 d", UNIT_NUMBER, FOR_ROOM,
	      "converted, of those who entered in 30 days." },
	    m_converted_30d, NULL },
	{ { "answered", "Answered", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Had a first response before the end of the horizon." },
	    m_answered, NULL },
	{ { "answered_rate", "Follow-up", UNIT_SHARE, FOR_ALL_IF_ANY,
	      "answered / entered." },
	    m_answered_rate, NULL },
	{ { "entered_ratio", "Volume x", UNIT_NUMBER, FOR_ALL,
	      "entered_30d after / before." },
	    m_entered_ratio, NULL },
	{ { "rate_ratio", "Rate x", UNIT_NUMBER, FOR_ROOM,
	      "rate after / before." },
	    m_rate_ratio, NULL },
	{ { "converted_ratio", "Conv. x", UNIT_NUMBER, FOR_ALL,
	      "converted_30d after / before." },
	    m_converted_ratio, NULL },
	{ { "difference", "Diff", UNIT_SHARE, FOR_ALL, "rate after - before." },
	    m_difference, NULL },
	{ { "difference_lo", "Diff low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of the difference (Newcombe)." },
	    m_difference_lo, NULL },
	{ { "difference_hi", "Diff high", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of the difference (Newcombe)." },
	    m_difference_hi, NULL },
	{ { "answered_difference", "Follow-up diff", UNIT_SHARE,
	      FOR_ROOM_IF_ANY, "answered_rate after - before." },
	    m_answered_difference, NULL },
	{ { "answered_lo", "F.-up low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of answered_difference (Newcombe)." },
	    m_answered_lo, NULL },
	{ { "answered_hi", "F.-up high", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of answered_difference (Newcombe)." },
	    m_answered_hi, NULL },
	{ { "test", "Test", UNIT_TEXT, FOR_MACHINES,
	      "z, or fisher where counts are small." },
	    NULL, m_test },
	{ { "z", "z", UNIT_NUMBER, FOR_MACHINES, "Pooled z of the test." }, m_z,
	    NULL },
	{ { "p", "p", UNIT_NUMBER, FOR_ROOM, "Of one test alone." }, m_p,
	    NULL },
	{ { "q", "q", UNIT_NUMBER, FOR_ALL,
	      "p adjusted for all tests of the table." },
	    m_q, NULL },
	{ { "small", "Small", UNIT_FLAG, FOR_ALL_IF_ANY,
	      "yes where fewer than 30 entered." },
	    m_small, NULL },
	{ { "open", "Open", UNIT_COUNT, FOR_MACHINES,
	      "Not converted nor ended within the horizon." },
	    m_open, NULL },
	{ { "imputed", "Skipped", UNIT_COUNT, FOR_MACHINES,
	      "Entered only because a later stage was entered." },
	    m_imputed, NULL },
};

const size_t n_split_metrics = sizeof(split_metrics) / sizeof(*split_metrics);
