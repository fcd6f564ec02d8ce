/*
 * metric_forecast.c: expected values, their spread, and how they came out. To
 * add a metric, write its formula and its row.
 */
#include <math.h>

#include "metric_forecast.h"

static bool
is_counted(const struct forecast_deal *deal)
{
	return !isnan(deal->amount) && !isnan(deal->p);
}

/* Of f over the deals that have an amount and a chance; NaN for none, and in
 * several currencies. */
static double
sum_of(const struct forecast_view *v,
    double (*f)(const struct forecast_deal *deal))
{
	double sum = 0;
	bool any = false;

	for (size_t i = 0; i < v->n; i++)
		if (is_counted(&v->deals[i])) {
			sum += f(&v->deals[i]);
			any = true;
		}
	return any && !v->mixed ? sum : NAN;
}

static double
units(double ten_thousandths)
{
	return ten_thousandths / MONEY_UNIT;
}

/* The smallest of the drawn values that so many per cent do not exceed
 * (R18): no value between two that can happen. */
static double
draw_at(const struct forecast_view *v, size_t percent)
{
	if (!v->n_draws)
		return NAN;
	return units(v->draws[(percent * v->n_draws + 99) / 100 - 1]);
}

/* ---- forecast ---- */

/* Open deals in the pipeline as of as_of. */
static double
m_deals(const struct forecast_view *v)
{
	return (double)v->n;
}

/* Their amount is unknown, which is not 0: they are in `wins` and in no sum
 * of money, which is therefore low. */
static double
m_unvalued(const struct forecast_view *v)
{
	double n = 0;

	for (size_t i = 0; i < v->n; i++)
		n += isnan(v->deals[i].amount);
	return n;
}

/* Without a chance by this method: in no other number but `pipeline`. */
static double
m_no_odds(const struct forecast_view *v)
{
	double n = 0;

	for (size_t i = 0; i < v->n; i++)
		n += isnan(v->deals[i].p);
	return n;
}

static double
sum_amounts(const struct forecast_view *v, bool without_odds)
{
	double sum = 0;
	bool any = false;

	for (size_t i = 0; i < v->n; i++) {
		const struct forecast_deal *deal = &v->deals[i];

		if (isnan(deal->amount) || (without_odds && !isnan(deal->p)))
			continue;
		sum += deal->amount;
		any = true;
	}
	return any && !v->mixed ? units(sum) : NAN;
}

/* Sum of the known amounts of all open deals, whether they have a chance or
 * not, so that it is the same for every method. */
static double
m_pipeline(const struct forecast_view *v)
{
	return sum_amounts(v, false);
}

/* The part of it that the forecast says nothing about. */
static double
m_no_odds_value(const struct forecast_view *v)
{
	return sum_amounts(v, true);
}

static double
expected(const struct forecast_deal *deal)
{
	return deal->amount * deal->p;
}

/* Sum of amount x chance. A mean over many such quarters, not what is likely
 * in one of them: few large deals come in whole or not at all. */
static double
m_expected(const struct forecast_view *v)
{
	return units(sum_of(v, expected));
}

static double
variance(const struct forecast_deal *deal)
{
	return deal->amount * deal->amount * deal->p * (1 - deal->p);
}

/* Square root of the sum of amount^2 p (1 - p): of independent deals,
 * whatever --rho says. */
static double
m_sd(const struct forecast_view *v)
{
	return units(sqrt(sum_of(v, variance)));
}

/* One draw in ten brings no more. */
static double
m_p10(const struct forecast_view *v)
{
	return draw_at(v, 10);
}

/* Half of the draws bring no more. */
static double
m_p50(const struct forecast_view *v)
{
	return draw_at(v, 50);
}

/* Nine draws in ten bring no more. */
static double
m_p90(const struct forecast_view *v)
{
	return draw_at(v, 90);
}

/* Sum of the chances; counts the deals without an amount, too. */
static double
m_wins(const struct forecast_view *v)
{
	double sum = 0;
	bool any = false;

	for (size_t i = 0; i < v->n; i++)
		if (!isnan(v->deals[i].p)) {
			sum += v->deals[i].p;
			any = true;
		}
	return any ? sum : NAN;
}

/* Value of the deals won from the first day of the quarter, or --from, to
 * as_of. 0 when none was won, undefined when no won amount is known. */
static double
m_won_so_far(const struct forecast_view *v)
{
	return v->won_so_far;
}

/* won_so_far + expected: what the quarter is to end with. */
static double
m_total(const struct forecast_view *v)
{
	return v->won_so_far + m_expected(v);
}

/* Of the simulation behind p10, p50 and p90. */
static double
m_draws(const struct forecast_view *v)
{
	return v->n_draws ? (double)v->n_draws : NAN;
}

/* Of its random numbers. */
static double
m_seed(const struct forecast_view *v)
{
	return v->n_draws ? v->seed : NAN;
}

const struct forecast_metric forecast_metrics[] = {
	{ { "deals", "Open deals", UNIT_COUNT, FOR_ALL,
	      "Deals in the pipeline as of as-of." },
	    m_deals },
	{ { "unvalued", "Unvalued", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Their amount is unknown: in no sum of money." },
	    m_unvalued },
	{ { "no_odds", "No odds", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Without a chance by this method: not in the forecast." },
	    m_no_odds },
	{ { "pipeline", "Pipeline", UNIT_MONEY, FOR_ROOM,
	      "Known amounts of all open deals." },
	    m_pipeline },
	{ { "no_odds_value", "Without odds", UNIT_MONEY, FOR_ROOM_IF_ANY,
	      "The part of pipeline that has no chance by this method." },
	    m_no_odds_value },
	{ { "expected", "Expected", UNIT_MONEY, FOR_ALL,
	      "Sum of amount x chance to win." },
	    m_expected },
	{ { "sd", "Std dev", UNIT_MONEY, FOR_ROOM,
	      "Square root of the sum of amount^2 p (1 - p)." },
	    m_sd },
	{ { "p10", "P10", UNIT_MONEY, FOR_ALL,
	      "One simulated outcome in ten is no higher." },
	    m_p10 },
	{ { "p50", "P50", UNIT_MONEY, FOR_ALL,
	      "Half of the simulated outcomes are no higher." },
	    m_p50 },
	{ { "p90", "P90", UNIT_MONEY, FOR_ALL,
	      "Nine in ten simulated outcomes are no higher." },
	    m_p90 },
	{ { "wins", "Wins", UNIT_NUMBER, FOR_ROOM, "Expected number of wins." },
	    m_wins },
	{ { "won_so_far", "Won so far", UNIT_MONEY, FOR_ROOM,
	      "Won from the start of the quarter (--from) to as-of." },
	    m_won_so_far },
	{ { "total", "Total", UNIT_MONEY, FOR_ALL, "won_so_far + expected." },
	    m_total },
	{ { "draws", "Draws", UNIT_COUNT, FOR_MACHINES, "Simulated outcomes." },
	    m_draws },
	{ { "seed", "Seed", UNIT_COUNT, FOR_MACHINES,
	      "Of the random numbers." },
	    m_seed },
};

const size_t n_forecast_metrics =
    sizeof(forecast_metrics) / sizeof(*forecast_metrics);

/* ---- back-test ---- */

/* What the deals of the forecast really brought: those with an amount and a
 * chance, so that it is measured by what it spoke of. */
static double
actual(const struct forecast_view *v)
{
	double sum = 0;
	bool any = false;

	for (size_t i = 0; i < v->n; i++) {
		if (!is_counted(&v->deals[i]))
			continue;
		any = true;
		if (v->deals[i].won)
			sum += v->deals[i].won_amount;
	}
	return any && !v->mixed && !v->won_mixed ? units(sum) : NAN;
}

struct backtest_view
backtest_of(const struct forecast_view *v)
{
	struct backtest_view view = { .forecast = *v, .deals = v->n };
	double came = actual(v), low = m_p10(v), high = m_p90(v);

	for (size_t i = 0; i < v->n; i++) {
		const struct forecast_deal *deal = &v->deals[i];

		if (isnan(deal->p))
			continue;
		view.scored++;
		view.squares += (deal->p - deal->won) * (deal->p - deal->won);
		view.wins += deal->p;
		view.won += deal->won;
	}
	if (isnan(came) || isnan(low))
		return view;
	view.quarters = 1;
	view.inside = low <= came && came <= high;
	view.error = m_expected(v) - came;
	return view;
}

void
backtest_add(struct backtest_view *sum, const struct backtest_view *view)
{
	sum->deals += view->deals;
	sum->scored += view->scored;
	sum->squares += view->squares;
	sum->wins += view->wins;
	sum->won += view->won;
	sum->quarters += view->quarters;
	sum->inside += view->inside;
	sum->error += view->error;
}

/* Open at the start of the quarter; in the last block summed over them. */
static double
b_deals(const struct backtest_view *v)
{
	return (double)v->deals;
}

/* Of them without a chance: neither forecast nor scored. */
static double
b_no_odds(const struct backtest_view *v)
{
	return (double)(v->deals - v->scored);
}

static double
b_expected(const struct backtest_view *v)
{
	return m_expected(&v->forecast);
}

static double
b_p10(const struct backtest_view *v)
{
	return m_p10(&v->forecast);
}

static double
b_p90(const struct backtest_view *v)
{
	return m_p90(&v->forecast);
}

static double
b_actual(const struct backtest_view *v)
{
	return actual(&v->forecast);
}

/* expected - actual, above 0 when too much was promised; in the last block
 * the mean over the quarters that have a range. */
static double
b_error(const struct backtest_view *v)
{
	return stats_ratio(v->error, v->quarters);
}

/* p10 <= actual <= p90. */
static double
b_inside(const struct backtest_view *v)
{
	return !v->is_sum && v->quarters > 0 ? v->inside : NAN;
}

/* Quarters that have a range. */
static double
b_quarters(const struct backtest_view *v)
{
	return v->is_sum ? v->quarters : NAN;
}

/* Share of them that came out inside; about 0.8 when the range is right. */
static double
b_coverage(const struct backtest_view *v)
{
	return v->is_sum ? stats_ratio(v->inside, v->quarters) : NAN;
}

/* Wins that the chances add up to. */
static double
b_wins(const struct backtest_view *v)
{
	return v->scored ? v->wins : NAN;
}

/* Wins that came of those deals. */
static double
b_won(const struct backtest_view *v)
{
	return v->scored ? v->won : NAN;
}

/* Mean of (p - y)^2, y = 1 when it was won in the quarter (Brier 1950). 0 is
 * perfect; saying the base rate w of everybody gives w (1 - w). */
static double
b_brier(const struct backtest_view *v)
{
	return stats_ratio(v->squares, (double)v->scored);
}

const struct backtest_metric backtest_metrics[] = {
	{ { "deals", "Open deals", UNIT_COUNT, FOR_ALL,
	      "Deals open when the quarter began." },
	    b_deals },
	{ { "no_odds", "No odds", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Without a chance by this method: not in the forecast." },
	    b_no_odds },
	{ { "expected", "Expected", UNIT_MONEY, FOR_ALL,
	      "Sum of amount x chance to win." },
	    b_expected },
	{ { "p10", "P10", UNIT_MONEY, FOR_ALL,
	      "One simulated outcome in ten is no higher." },
	    b_p10 },
	{ { "p90", "P90", UNIT_MONEY, FOR_ALL,
	      "Nine in ten simulated outcomes are no higher." },
	    b_p90 },
	{ { "actual", "Actual", UNIT_MONEY, FOR_ALL,
	      "Won of the forecast deals by the end of the quarter." },
	    b_actual },
	{ { "inside", "Inside", UNIT_FLAG, FOR_ALL, "p10 <= actual <= p90." },
	    b_inside },
	{ { "error", "Error", UNIT_MONEY, FOR_ROOM,
	      "expected - actual; of all quarters the mean." },
	    b_error },
	{ { "quarters", "Quarters", UNIT_COUNT, FOR_ROOM,
	      "Quarters that have a range." },
	    b_quarters },
	{ { "coverage", "Coverage", UNIT_SHARE, FOR_ALL,
	      "Share of quarters inside; 80% when the range is right." },
	    b_coverage },
	{ { "wins", "Wins expected", UNIT_NUMBER, FOR_ROOM,
	      "Sum of the chances." },
	    b_wins },
	{ { "won", "Wins", UNIT_COUNT, FOR_ROOM,
	      "Of those deals won in the quarter." },
	    b_won },
	{ { "brier", "Brier", UNIT_NUMBER, FOR_ALL,
	      "Mean of (chance - outcome)^2: 0 is perfect." },
	    b_brier },
};

const size_t n_backtest_metrics =
    sizeof(backtest_metrics) / sizeof(*backtest_metrics);
