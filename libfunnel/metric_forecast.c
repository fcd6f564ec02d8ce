/*
 * metric_forecast.c: expected values and their spread. To
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
	{ { "unvalued", "Unvalued", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Their amount is unknown: in no sum of money." },
	    m_unvalued },
	{ { "no_odds", "No odds", UNIT_COUNT, FOR_ALL_IF_ANY,
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
	{ { "won_so_far", "Won so far", UNIT_MONEY, FOR_ALL,
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
