/*
 * metric_change.c: what the change of a rate is made of. To add a metric,
 * write its formula and its row; every format, --metric, --help and the
 * manual pick it up.
 */
#include <math.h>

#include "metric_change.h"

struct share_difference
change_test(const struct window_counts own[WINDOWS], double confidence)
{
	const struct window_counts *before = &own[WINDOW_BEFORE];
	const struct window_counts *after = &own[WINDOW_AFTER];

	return stats_share_difference(after->in_time, after->followed,
	    before->in_time, before->followed, confidence);
}

/* ---- the change ---- */

/* The largest change first; changes that are equal share a place. */
static double
m_rank(const struct change_view *v)
{
	return v->rank;
}

/* Of the whole the naive rate after - before; of a segment what it adds to
 * that. mix_effect + rate_effect + maturity_effect + definition_effect, to the
 * last digit. With --against the rate before is under the old file and the
 * rate after under the new one. */
static double
m_change(const struct change_view *v)
{
	return v->effects->change.value;
}

static double
m_change_lo(const struct change_view *v)
{
	return v->effects->change.interval.low;
}

static double
m_change_hi(const struct change_view *v)
{
	return v->effects->change.interval.high;
}

static const struct part *
part_of(const struct change_view *v, enum effect effect)
{
	return &v->effects->parts[effect];
}

/* (share after - share before) x mean of the two rates (metrics.md 3.1.10).
 * Of one segment it is positive wherever it grew; only the sum says whether
 * the mix became better. */
static double
m_mix_effect(const struct change_view *v)
{
	return part_of(v, EFFECT_MIX)->value;
}

static double
m_mix_lo(const struct change_view *v)
{
	return part_of(v, EFFECT_MIX)->interval.low;
}

static double
m_mix_hi(const struct change_view *v)
{
	return part_of(v, EFFECT_MIX)->interval.high;
}

/* (rate after - rate before) x mean of the two shares. */
static double
m_rate_effect(const struct change_view *v)
{
	return part_of(v, EFFECT_RATE)->value;
}

static double
m_rate_lo(const struct change_view *v)
{
	return part_of(v, EFFECT_RATE)->interval.low;
}

static double
m_rate_hi(const struct change_view *v)
{
	return part_of(v, EFFECT_RATE)->interval.high;
}

/* The change of the naive rate less that of the rate within the horizon:
 * negative where the later window is younger. */
static double
m_maturity_effect(const struct change_view *v)
{
	return part_of(v, EFFECT_MATURITY)->value;
}

static double
m_maturity_lo(const struct change_view *v)
{
	return part_of(v, EFFECT_MATURITY)->interval.low;
}

static double
m_maturity_hi(const struct change_view *v)
{
	return part_of(v, EFFECT_MATURITY)->interval.high;
}

/*
 * With --against what the new file makes of the window after. C(s) are the
 * converted of segment s, E all that entered, whatever their segment:
 *
 *	definition(s) = C_new(s) / E_new - C_old(s) / E_old
 *
 * Each file has its own members and its own segments. Summed over all s it is
 * the rate after under the new file less that under the old one, as each who
 * converted stands in one s. mix + rate + maturity is C_old(s) / E_old after
 * less the same before, so that the four are C_new(s) / E_new after less
 * C_old(s) / E_old before: the change. What a segment that only one file knows
 * has after is all definition.
 */
static double
m_definition_effect(const struct change_view *v)
{
	return v->effects->definition.value;
}

static double
m_definition_lo(const struct change_view *v)
{
	return v->effects->definition.interval.low;
}

static double
m_definition_hi(const struct change_view *v)
{
	return v->effects->definition.interval.high;
}

/* ---- what it is made from ---- */

/* Records that entered the step in the window. */
static double
m_before_entered(const struct change_view *v)
{
	return (double)v->own[WINDOW_BEFORE].entered;
}

static double
m_after_entered(const struct change_view *v)
{
	return (double)v->now->entered;
}

/* The same after under the old file. */
static double
m_after_old_entered(const struct change_view *v)
{
	return v->is_redefined ? (double)v->own[WINDOW_AFTER].entered : NAN;
}

static double
naive_rate(const struct window_counts *c)
{
	return stats_ratio((double)c->converted, (double)c->entered);
}

/* Converted by as-of / entered; low while records are young. */
static double
m_before_naive(const struct change_view *v)
{
	return naive_rate(&v->own[WINDOW_BEFORE]);
}

static double
m_after_naive(const struct change_view *v)
{
	return naive_rate(v->now);
}

/* The same after under the old file: of the whole, the step between the other
 * parts and the definition. */
static double
m_after_old_naive(const struct change_view *v)
{
	return v->is_redefined ? naive_rate(&v->own[WINDOW_AFTER]) : NAN;
}

/* Of the entered, those who could be followed for the whole horizon. These and
 * what follows are under the old file, if there are two: mix and rate are made
 * of them. */
static double
m_before_followed(const struct change_view *v)
{
	return (double)v->own[WINDOW_BEFORE].followed;
}

static double
m_after_followed(const struct change_view *v)
{
	return (double)v->own[WINDOW_AFTER].followed;
}

static double
matched_rate(const struct window_counts *c)
{
	return stats_ratio((double)c->in_time, (double)c->followed);
}

/* Converted within the horizon / followed. */
static double
m_before_rate(const struct change_view *v)
{
	return matched_rate(&v->own[WINDOW_BEFORE]);
}

static double
m_after_rate(const struct change_view *v)
{
	return matched_rate(&v->own[WINDOW_AFTER]);
}

static double
share_of_whole(const struct change_view *v, unsigned window)
{
	return stats_ratio(
	    (double)v->own[window].followed, (double)v->whole[window].followed);
}

/* Of the followed, those of the segment: the weight in mix and rate. */
static double
m_before_share(const struct change_view *v)
{
	return share_of_whole(v, WINDOW_BEFORE);
}

static double
m_after_share(const struct change_view *v)
{
	return share_of_whole(v, WINDOW_AFTER);
}

/* Are the rates within the horizon the same? Pooled z, or Fisher (R39). */
static double
m_p(const struct change_view *v)
{
	return v->test.p;
}

/* p adjusted for all tests of the table (metrics.md 3.5.5). */
static double
m_q(const struct change_view *v)
{
	return v->q;
}

/* Of the whole: every segment went one way, and it the other. */
static double
m_simpson(const struct change_view *v)
{
	return v->is_whole && v->is_simpson ? 1 : NAN;
}

const struct change_metric change_metrics[] = {
	{ { "rank", "Rank", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Among the segments, by the size of the change." },
	    m_rank },
	{ { "before_naive", "Before", UNIT_SHARE, FOR_ALL,
	      "Converted by as-of / entered, in the window before." },
	    m_before_naive },
	{ { "after_naive", "After", UNIT_SHARE, FOR_ALL,
	      "The same in the window after." },
	    m_after_naive },
	{ { "change", "Change", UNIT_SHARE, FOR_ALL,
	      "Of the whole: after - before; of a segment: its part of it." },
	    m_change },
	{ { "mix_effect", "Mix", UNIT_SHARE, FOR_ALL,
	      "Of the change, what lies in the sizes of the segments." },
	    m_mix_effect },
	{ { "rate_effect", "Rate", UNIT_SHARE, FOR_ALL,
	      "Of the change, what lies in their rates in the horizon." },
	    m_rate_effect },
	{ { "maturity_effect", "Maturity", UNIT_SHARE, FOR_ALL,
	      "Of the change, what lies in how long records were followed." },
	    m_maturity_effect },
	{ { "definition_effect", "Definition", UNIT_SHARE, FOR_ALL_IF_ANY,
	      "Of the change, what lies in the new definitions." },
	    m_definition_effect },
	{ { "change_lo", "Change low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of change." },
	    m_change_lo },
	{ { "change_hi", "Change high", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of change." },
	    m_change_hi },
	{ { "mix_lo", "Mix low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of mix_effect." },
	    m_mix_lo },
	{ { "mix_hi", "Mix high", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of mix_effect." },
	    m_mix_hi },
	{ { "rate_lo", "Rate low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of rate_effect." },
	    m_rate_lo },
	{ { "rate_hi", "Rate high", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of rate_effect." },
	    m_rate_hi },
	{ { "maturity_lo", "Mat. low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of maturity_effect." },
	    m_maturity_lo },
	{ { "maturity_hi", "Mat. high", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of maturity_effect." },
	    m_maturity_hi },
	{ { "definition_lo", "Def. low", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "Lower bound of definition_effect." },
	    m_definition_lo },
	{ { "definition_hi", "Def. high", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "Upper bound of definition_effect." },
	    m_definition_hi },
	{ { "simpson", "Simpson", UNIT_FLAG, FOR_ALL_IF_ANY,
	      "yes where every segment moved one way and the whole the "
	      "other." },
	    m_simpson },
	{ { "before_entered", "Entered before", UNIT_COUNT, FOR_ROOM,
	      "Records that entered the step in the window before." },
	    m_before_entered },
	{ { "after_entered", "Entered after", UNIT_COUNT, FOR_ROOM,
	      "Records that entered it in the window after." },
	    m_after_entered },
	{ { "after_old_naive", "After, old", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "after_naive under the old definitions." },
	    m_after_old_naive },
	{ { "after_old_entered", "Entered, old", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "after_entered under the old definitions." },
	    m_after_old_entered },
	{ { "before_followed", "Followed before", UNIT_COUNT, FOR_MACHINES,
	      "Of those before, followed for the whole horizon." },
	    m_before_followed },
	{ { "after_followed", "Followed after", UNIT_COUNT, FOR_MACHINES,
	      "Of those after, followed for the whole horizon." },
	    m_after_followed },
	{ { "before_rate", "Matched before", UNIT_SHARE, FOR_ROOM,
	      "Converted within the horizon / followed, before." },
	    m_before_rate },
	{ { "after_rate", "Matched after", UNIT_SHARE, FOR_ROOM,
	      "Converted within the horizon / followed, after." },
	    m_after_rate },
	{ { "before_share", "Share before", UNIT_SHARE, FOR_ROOM,
	      "The segment's share of the followed, before." },
	    m_before_share },
	{ { "after_share", "Share after", UNIT_SHARE, FOR_ROOM,
	      "The segment's share of the followed, after." },
	    m_after_share },
	{ { "p", "p", UNIT_NUMBER, FOR_MACHINES,
	      "Test of after_rate against before_rate." },
	    m_p },
	{ { "q", "q", UNIT_NUMBER, FOR_ROOM,
	      "p adjusted for all tests of the table." },
	    m_q },
};

const size_t n_change_metrics =
    sizeof(change_metrics) / sizeof(*change_metrics);
