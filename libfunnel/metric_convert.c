/*
 * metric_convert.c: step rates, leaks, win rates. To add a metric, write its
 * formula and its row; every format, --metric, --help and the manual pick it
 * up.
 */
#include <math.h>

#include "metric_convert.h"

/* ---- stages ---- */

/* Records (or entries) that count at the stage; n[k]. */
static double
m_entered(const struct stage_view *v)
{
	return (double)v->stages[v->k].entered;
}

/* Those that count at the next stage too; n[k+1]. For the basis closed: the
 * won. The last stage has no next one: undefined, not 0. */
static double
m_converted(const struct stage_view *v)
{
	return v->k < v->n_ranks ? (double)v->stages[v->k].converted : NAN;
}

/* converted / entered; undefined for 0 entered. In mode any and basis period
 * it can exceed 1, since others may be counted above the line: it is printed
 * as it is. Young cohorts make it look low: their open records still may
 * convert. */
static double
m_rate(const struct stage_view *v)
{
	return stats_ratio(m_converted(v), m_entered(v));
}

static struct interval
rate_interval(const struct stage_view *v)
{
	if (v->k == v->n_ranks)
		return (struct interval){ NAN, NAN };
	return stats_proportion(v->stages[v->k].converted,
	    v->stages[v->k].entered, v->confidence, v->method);
}

/* Lower bound of the rate: Wilson score interval (Wilson 1927; Newcombe 1998
 * method 3) or Clopper-Pearson. Undefined for a rate over 1. */
static double
m_lo(const struct stage_view *v)
{
	return rate_interval(v).low;
}

/* Upper bound of the rate; see lo. */
static double
m_hi(const struct stage_view *v)
{
	return rate_interval(v).high;
}

/* n[k] / n[1]: of those that entered the funnel, the share that counts here.
 * Undefined where the stages hold different records: basis period and
 * active, anchor step. */
static double
m_cumulative(const struct stage_view *v)
{
	if (v->basis == BASIS_PERIOD || v->basis == BASIS_ACTIVE ||
	    v->anchor == ANCHOR_STEP)
		return NAN;
	return stats_ratio(m_entered(v), (double)v->stages[1].entered);
}

static bool
follows_records(const struct stage_view *v)
{
	return v->basis != BASIS_PERIOD && v->basis != BASIS_ACTIVE;
}

/* Entered, did not convert, and won: in mode reached only at the last stage,
 * in strict and any also those that skipped the next one. */
static double
m_won(const struct stage_view *v)
{
	return follows_records(v) ? (double)v->stages[v->k].won : NAN;
}

/* Entered, did not convert, and the last word is lost. */
static double
m_lost(const struct stage_view *v)
{
	return follows_records(v) ? (double)v->stages[v->k].lost : NAN;
}

/* As lost, for stages that the definitions call rejected. */
static double
m_rejected(const struct stage_view *v)
{
	return follows_records(v) ? (double)v->stages[v->k].rejected : NAN;
}

/* As lost, for stages that the definitions call recycled: back to nurture. */
static double
m_recycled(const struct stage_view *v)
{
	return follows_records(v) ? (double)v->stages[v->k].recycled : NAN;
}

/* Entered, did not convert, and is still open (censored, not failed). */
static double
m_open(const struct stage_view *v)
{
	return follows_records(v) ? (double)v->stages[v->k].open : NAN;
}

/* Counted here without an entry of their own, because a later stage was
 * entered (metrics.md 3.0.3). */
static double
m_imputed(const struct stage_view *v)
{
	return (double)v->stages[v->k].imputed;
}

static double
leak(const struct stage_view *v, unsigned k)
{
	const struct stage_tally *s = &v->stages[k];

	return (double)s->lost + (double)s->rejected + (double)s->recycled;
}

/* Of all records lost, rejected or recycled anywhere, the share that was
 * last seen at this stage: where leads leak. Open records are no loss. */
static double
m_leak_share(const struct stage_view *v)
{
	double all = 0;

	if (!follows_records(v))
		return NAN;
	for (unsigned k = 1; k <= v->n_ranks; k++)
		all += leak(v, k);
	return stats_ratio(leak(v, v->k), all);
}

/* 1 where the rate exceeds 1, so that nobody takes it for a share. */
static double
m_nonmonotone(const struct stage_view *v)
{
	return m_rate(v) > 1 ? 1 : NAN;
}

/* ---- young cohorts ---- */

/* Of those entered, the share that has gone on so far: the rate, but that in
 * mode any others are not counted with them. Low while they are young. */
static double
m_naive(const struct stage_view *v)
{
	if (v->basis != BASIS_COHORT || v->k == v->n_ranks)
		return NAN;
	return stats_ratio((double)v->stages[v->k].advanced, m_entered(v));
}

/* Of those that came to an end at this stage, the share that went on: either
 * way wrong while they are young, since quick losses, or quick steps, come
 * first. Undefined before the first of them. */
static double
m_resolved(const struct stage_view *v)
{
	if (v->basis != BASIS_COHORT || v->k == v->n_ranks)
		return NAN;
	return stats_ratio(
	    (double)v->stages[v->k].advanced, m_entered(v) - m_open(v));
}

/*
 * The incidence of the next stage at the horizon (Aalen and Johansen 1978):
 * loss, rejection and nurture compete, the open are censored at their age.
 * Undefined where nobody was followed to the horizon and some are still open
 * (R8), where no step was ever completed to take a horizon from, and without
 * dates. Below the rate where many skip the stage: who has no entry of its own
 * is not in it (R2). What others call a fitted or projected conversion.
 */
static double
m_matured(const struct stage_view *v)
{
	return v->young ? v->young->maturity.rate : NAN;
}

/* Its interval: log(-log) with the delta method's variance (R37). Undefined
 * where the rate is 0 or 1. */
static double
m_matured_lo(const struct stage_view *v)
{
	return v->young ? v->young->maturity.interval.low : NAN;
}

static double
m_matured_hi(const struct stage_view *v)
{
	return v->young ? v->young->maturity.interval.high : NAN;
}

static double
followed(const struct young *young)
{
	return young && young->maturity.horizon >= 0 ? young->maturity.followed
						     : NAN;
}

static double
horizon_days(const struct young *young)
{
	return young && young->maturity.horizon >= 0
		   ? (double)young->maturity.horizon / DAY_SECONDS
		   : NAN;
}

/* NULL where nobody entered. */
static const char *
verdict(const struct young *young)
{
	if (!young || isnan(young->settled))
		return NULL;
	return young->settled >= YOUNG_MATURE ? "mature" : "immature";
}

static double
m_matured_n(const struct stage_view *v)
{
	return followed(v->young);
}

static double
m_horizon_days(const struct stage_view *v)
{
	return horizon_days(v->young);
}

static const char *
w_verdict(const struct stage_view *v)
{
	return verdict(v->young);
}

/* ---- over the periods ---- */

static const char *
w_signal(const struct stage_view *v)
{
	int side = v->young ? v->young->trend.side : 0;

	return side > 0 ? "above" : side < 0 ? "below" : NULL;
}

/* Undefined without periods and where fewer than two are mature. */
static double
m_limit_lo(const struct stage_view *v)
{
	return v->young && v->young->trend.counts ? v->young->trend.low : NAN;
}

static double
m_limit_hi(const struct stage_view *v)
{
	return v->young && v->young->trend.counts ? v->young->trend.high : NAN;
}

/* More come in while fewer of them go on (C12). By the signs of two slopes
 * alone: with few periods it can be chance. */
static double
m_misaligned(const struct stage_view *v)
{
	return v->young && v->young->trend.misaligned ? 1 : NAN;
}

/* ---- won from here ---- */

static bool
knows_wins(const struct stage_view *v)
{
	return v->has_won && follows_records(v);
}

/* won / entered: what the probability of a stage in the CRM should be close
 * to. Low while records are open; compare the basis closed. */
static double
m_win_stage(const struct stage_view *v)
{
	return knows_wins(v)
		   ? stats_ratio((double)v->stages[v->k].wins, m_entered(v))
		   : NAN;
}

static struct interval
win_interval(const struct stage_view *v)
{
	if (!knows_wins(v))
		return (struct interval){ NAN, NAN };
	return stats_proportion(v->stages[v->k].wins, v->stages[v->k].entered,
	    v->confidence, v->method);
}

static double
m_win_stage_lo(const struct stage_view *v)
{
	return win_interval(v).low;
}

static double
m_win_stage_hi(const struct stage_view *v)
{
	return win_interval(v).high;
}

const struct stage_metric stage_metrics[] = {
	{ { "entered", "Entered", UNIT_COUNT, FOR_ALL,
	      "Records that count at the stage under the mode." },
	    m_entered, NULL },
	{ { "converted", "Converted", UNIT_COUNT, FOR_ALL,
	      "Of those, the ones that count at the next stage." },
	    m_converted, NULL },
	{ { "rate", "Rate", UNIT_SHARE, FOR_ALL,
	      "converted / entered; empty when nothing entered." },
	    m_rate, NULL },
	{ { "lo", "Low", UNIT_SHARE, FOR_ALL,
	      "Lower bound of the rate's confidence interval." },
	    m_lo, NULL },
	{ { "hi", "High", UNIT_SHARE, FOR_ALL,
	      "Upper bound of the rate's confidence interval." },
	    m_hi, NULL },
	{ { "matured", "Matured", UNIT_SHARE, FOR_ALL_IF_ANY,
	      "Of those entered, the share that converts within the horizon, "
	      "as if all had been followed so long." },
	    m_matured, NULL },
	{ { "verdict", "Verdict", UNIT_TEXT, FOR_ALL_IF_ANY,
	      "mature where 95 % came to an end or were followed to the "
	      "horizon, else immature." },
	    NULL, w_verdict },
	{ { "signal", "Signal", UNIT_TEXT, FOR_ALL_IF_ANY,
	      "above or below the control limits of the mature periods." },
	    NULL, w_signal },
	{ { "matured_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of matured." },
	    m_matured_lo, NULL },
	{ { "matured_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of matured." },
	    m_matured_hi, NULL },
	{ { "matured_n", "Followed", UNIT_COUNT, FOR_MACHINES,
	      "Entered long enough ago to be followed to the horizon." },
	    m_matured_n, NULL },
	{ { "horizon_days", "Horizon", UNIT_DAYS, FOR_MACHINES,
	      "Days after the entry that matured is for." },
	    m_horizon_days, NULL },
	{ { "naive", "Naive", UNIT_SHARE, FOR_MACHINES,
	      "Of those entered, the share that has converted so far." },
	    m_naive, NULL },
	{ { "resolved", "Resolved", UNIT_SHARE, FOR_MACHINES,
	      "Of those that are no longer open here, the share that "
	      "converted." },
	    m_resolved, NULL },
	{ { "limit_lo", "Limit low", UNIT_SHARE, FOR_MACHINES,
	      "Lower control limit of the period." },
	    m_limit_lo, NULL },
	{ { "limit_hi", "Limit high", UNIT_SHARE, FOR_MACHINES,
	      "Upper control limit of the period." },
	    m_limit_hi, NULL },
	{ { "misaligned", "Misaligned", UNIT_FLAG, FOR_ROOM_IF_ANY,
	      "yes where over the mature periods entered rises and the "
	      "matured rate falls." },
	    m_misaligned, NULL },
	{ { "win_stage", "Win rate", UNIT_SHARE, FOR_MACHINES,
	      "Of those entered, the share that was won." },
	    m_win_stage, NULL },
	{ { "win_stage_lo", "Win low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of win_stage." },
	    m_win_stage_lo, NULL },
	{ { "win_stage_hi", "Win high", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of win_stage." },
	    m_win_stage_hi, NULL },
	{ { "won", "Won", UNIT_COUNT, FOR_MACHINES,
	      "Entered, did not convert by the mode, and won." },
	    m_won, NULL },
	{ { "lost", "Lost", UNIT_COUNT, FOR_ROOM,
	      "Entered, did not convert, and are lost." },
	    m_lost, NULL },
	{ { "rejected", "Rejected", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Entered, did not convert, and were rejected." },
	    m_rejected, NULL },
	{ { "recycled", "Recycled", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Entered, did not convert, and went back to nurture." },
	    m_recycled, NULL },
	{ { "open", "Open", UNIT_COUNT, FOR_ROOM,
	      "Entered, did not convert, and are still open." },
	    m_open, NULL },
	{ { "imputed", "Skipped", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Counted here only because a later stage was entered." },
	    m_imputed, NULL },
	{ { "leak_share", "Leak", UNIT_SHARE, FOR_ROOM,
	      "Of all lost, rejected and recycled, the share that was last "
	      "seen at this stage." },
	    m_leak_share, NULL },
	{ { "cumulative", "Of first", UNIT_SHARE, FOR_ROOM,
	      "entered / entered at the first stage." },
	    m_cumulative, NULL },
	{ { "nonmonotone", "Over 1", UNIT_FLAG, FOR_MACHINES,
	      "yes where more converted than entered." },
	    m_nonmonotone, NULL },
};

const size_t n_stage_metrics = sizeof(stage_metrics) / sizeof(*stage_metrics);

/* ---- outcomes ---- */

/* All records of the group. */
static double
m_records(const struct outcome_view *v)
{
	return (double)v->outcomes->records;
}

/* Records whose last word is won. */
static double
m_records_won(const struct outcome_view *v)
{
	return (double)v->outcomes->won;
}

/* Records whose last word is lost. */
static double
m_records_lost(const struct outcome_view *v)
{
	return (double)v->outcomes->lost;
}

/* Records that were rejected; never part of a win rate. */
static double
m_records_rejected(const struct outcome_view *v)
{
	return (double)v->outcomes->rejected;
}

/* Records that went back to nurture. */
static double
m_records_recycled(const struct outcome_view *v)
{
	return (double)v->outcomes->recycled;
}

/* Records whose present stage is in no definition: neither open nor closed
 * can be said of them. */
static double
m_records_unknown(const struct outcome_view *v)
{
	return (double)v->outcomes->unknown;
}

/* Records without an outcome. */
static double
m_records_open(const struct outcome_view *v)
{
	return (double)v->outcomes->open;
}

static uint64_t
decided(const struct outcome_view *v)
{
	return v->outcomes->won + v->outcomes->lost;
}

/* won / (won + lost), by count: the win rate that CRMs print. Undefined
 * before anything closed. High while slow losses are still open. */
static double
m_win_closed(const struct outcome_view *v)
{
	return stats_ratio((double)v->outcomes->won, (double)decided(v));
}

static double
m_win_closed_lo(const struct outcome_view *v)
{
	return stats_proportion(
	    v->outcomes->won, decided(v), v->confidence, v->method)
	    .low;
}

static double
m_win_closed_hi(const struct outcome_view *v)
{
	return stats_proportion(
	    v->outcomes->won, decided(v), v->confidence, v->method)
	    .high;
}

/* won / all created of which it is known how they stand. Low while records are
 * open. Undefined for the basis closed, which does not hold the open ones. */
static double
m_win_created(const struct outcome_view *v)
{
	if (v->basis == BASIS_CLOSED)
		return NAN;
	return stats_ratio((double)v->outcomes->won,
	    (double)v->outcomes->records - (double)v->outcomes->unknown);
}

/* Nothing known where no amount is, or where they are in several currencies:
 * those are never added. */
static struct money_sum
one_currency(const struct value_tally *value)
{
	return value->mixed ? (struct money_sum){ 0, 0, 0 } : value->sum;
}

/* Sum of the known amounts of won records. */
static struct money_sum
m_won_value(const struct outcome_view *v)
{
	return one_currency(&v->outcomes->won_value);
}

/* Sum of the known amounts of lost records. */
static struct money_sum
m_lost_value(const struct outcome_view *v)
{
	return one_currency(&v->outcomes->lost_value);
}

/* won value / (won + lost value): the win rate by value. Undefined when a
 * side has no known amount, or the currencies differ. */
double
metric_win_value(const struct outcome_tally *o)
{
	const struct value_tally *won = &o->won_value;
	const struct value_tally *lost = &o->lost_value;

	if (!won->any || !lost->any || won->mixed || lost->mixed ||
	    won->currency != lost->currency)
		return NAN;
	return stats_ratio(money_double(won->sum),
	    money_double(won->sum) + money_double(lost->sum));
}

static double
m_win_value(const struct outcome_view *v)
{
	return metric_win_value(v->outcomes);
}

/* Mean known amount of a won record. One large deal drives it. */
static double
m_mean_won_value(const struct outcome_view *v)
{
	struct money_sum sum = one_currency(&v->outcomes->won_value);

	return stats_ratio(money_double(sum), (double)sum.known);
}

/* Won records with a start and an end of their cycle. */
static double
m_cycles(const struct outcome_view *v)
{
	return (double)v->outcomes->n_cycles;
}

/* Mean days from the first entry to Opportunity, else creation, to the win.
 * Short while slow deals are still open. */
static double
m_cycle_mean(const struct outcome_view *v)
{
	return stats_mean(v->cycles, v->outcomes->n_cycles);
}

/* Median of the same (R's type 7). */
static double
m_cycle_median(const struct outcome_view *v)
{
	return stats_quantile(v->cycles, v->outcomes->n_cycles, 0.5);
}

/* Won records dated as closed before they began: left out of the cycle. */
static double
m_negative_cycles(const struct outcome_view *v)
{
	return (double)v->outcomes->negative_cycles;
}

/*
 * The incidence of won at the horizon, counted from the creation that puts a
 * record into its cohort: what win_created will be once all are so old.
 * Undefined as matured is.
 */
static double
m_win_time(const struct outcome_view *v)
{
	return v->young ? v->young->maturity.rate : NAN;
}

static double
m_win_time_lo(const struct outcome_view *v)
{
	return v->young ? v->young->maturity.interval.low : NAN;
}

static double
m_win_time_hi(const struct outcome_view *v)
{
	return v->young ? v->young->maturity.interval.high : NAN;
}

static const char *
w_win_verdict(const struct outcome_view *v)
{
	return verdict(v->young);
}

static double
m_win_followed(const struct outcome_view *v)
{
	return followed(v->young);
}

static double
m_win_horizon(const struct outcome_view *v)
{
	return horizon_days(v->young);
}

const struct outcome_metric outcome_metrics[] = {
	{ { "records", "Records", UNIT_COUNT, FOR_ALL, "All records." },
	    m_records, NULL, NULL },
	{ { "won", "Won", UNIT_COUNT, FOR_ALL, "Their last word is won." },
	    m_records_won, NULL, NULL },
	{ { "lost", "Lost", UNIT_COUNT, FOR_ALL, "Their last word is lost." },
	    m_records_lost, NULL, NULL },
	{ { "rejected", "Rejected", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "They were rejected; in no win rate." },
	    m_records_rejected, NULL, NULL },
	{ { "recycled", "Recycled", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "They went back to nurture; in no win rate." },
	    m_records_recycled, NULL, NULL },
	{ { "open", "Open", UNIT_COUNT, FOR_ALL, "They have no outcome." },
	    m_records_open, NULL, NULL },
	{ { "unknown", "Unknown", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Their stage is in no definition." },
	    m_records_unknown, NULL, NULL },
	{ { "win_closed", "Win rate", UNIT_SHARE, FOR_ALL,
	      "won / (won + lost)." },
	    m_win_closed, NULL, NULL },
	{ { "win_closed_lo", "Low", UNIT_SHARE, FOR_ALL,
	      "Lower bound of win_closed." },
	    m_win_closed_lo, NULL, NULL },
	{ { "win_closed_hi", "High", UNIT_SHARE, FOR_ALL,
	      "Upper bound of win_closed." },
	    m_win_closed_hi, NULL, NULL },
	{ { "win_created", "Of created", UNIT_SHARE, FOR_ROOM,
	      "won / (records - unknown); empty for the basis closed." },
	    m_win_created, NULL, NULL },
	{ { "win_time", "Matured", UNIT_SHARE, FOR_ALL_IF_ANY,
	      "Of the records, the share won within the horizon, as if all "
	      "had been followed so long." },
	    m_win_time, NULL, NULL },
	{ { "win_time_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of win_time." },
	    m_win_time_lo, NULL, NULL },
	{ { "win_time_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of win_time." },
	    m_win_time_hi, NULL, NULL },
	{ { "verdict", "Verdict", UNIT_TEXT, FOR_ALL_IF_ANY,
	      "mature where 95 % came to an end or were followed to the "
	      "horizon, else immature." },
	    NULL, NULL, w_win_verdict },
	{ { "matured_n", "Followed", UNIT_COUNT, FOR_MACHINES,
	      "Created long enough ago to be followed to the horizon." },
	    m_win_followed, NULL, NULL },
	{ { "horizon_days", "Horizon", UNIT_DAYS, FOR_MACHINES,
	      "Days after the creation that win_time is for." },
	    m_win_horizon, NULL, NULL },
	{ { "won_value", "Won value", UNIT_MONEY, FOR_ALL_IF_ANY,
	      "Sum of the known amounts of won records, one currency." },
	    NULL, m_won_value, NULL },
	{ { "lost_value", "Lost value", UNIT_MONEY, FOR_MACHINES,
	      "Sum of the known amounts of lost records, one currency." },
	    NULL, m_lost_value, NULL },
	{ { "win_value", "By value", UNIT_SHARE, FOR_MACHINES,
	      "won value / (won value + lost value)." },
	    m_win_value, NULL, NULL },
	{ { "mean_won_value", "Mean won", UNIT_NUMBER, FOR_MACHINES,
	      "Mean known amount of a won record." },
	    m_mean_won_value, NULL, NULL },
	{ { "cycle_n", "Cycles", UNIT_COUNT, FOR_MACHINES,
	      "Won records whose cycle has a start and an end." },
	    m_cycles, NULL, NULL },
	{ { "cycle_mean", "Mean days", UNIT_DAYS, FOR_ROOM_IF_ANY,
	      "Mean days from Opportunity, else creation, to the win." },
	    m_cycle_mean, NULL, NULL },
	{ { "cycle_median", "Median days", UNIT_DAYS, FOR_ROOM_IF_ANY,
	      "Median of the same." },
	    m_cycle_median, NULL, NULL },
	{ { "negative_cycles", "Negative", UNIT_COUNT, FOR_MACHINES,
	      "Won records dated as closed before they began; no duration." },
	    m_negative_cycles, NULL, NULL },
};

const size_t n_outcome_metrics =
    sizeof(outcome_metrics) / sizeof(*outcome_metrics);
