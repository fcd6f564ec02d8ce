/*
 * metric_forecast: the formulas of the report forecast and of its back-test.
 * Each is a pure function of the deals of one row and of what was drawn for
 * them, standing right above its row; the row is its column.
 */
#ifndef FUNNEL_METRIC_FORECAST_H
#define FUNNEL_METRIC_FORECAST_H

#include "money.h"
#include "stats.h"
#include "table.h"

/* Amounts are in ten-thousandths: whole numbers, whose sums are exact. */
struct forecast_deal {
	double amount; /* NaN: unknown */
	double p; /* chance to win, or NaN */
	bool won; /* back-test: it was, by the end of the quarter */
	double won_amount; /* then; NaN: unknown */
};

struct forecast_view {
	const struct forecast_deal *deals; /* open, in a fixed order */
	size_t n;
	/* Amounts in several currencies: no sum of them is defined. */
	bool mixed, won_mixed;
	const double *draws; /* won value in ten-thousandths, sorted */
	size_t n_draws; /* 0 where nothing could be drawn */
	double seed;
	double won_so_far; /* in units; NaN: unknown */
};

struct forecast_metric {
	struct column column;
	double (*value)(const struct forecast_view *view); /* NaN: undefined */
};

extern const struct forecast_metric forecast_metrics[];
extern const size_t n_forecast_metrics;

/* A row of the back-test, or the sum of several. */
struct backtest_view {
	struct forecast_view forecast; /* of one quarter */
	bool is_sum; /* of several: it has no forecast of its own */
	uint64_t deals, scored; /* open; with a chance */
	double squares; /* sum of (p - y)^2 over the scored */
	double wins, won; /* sum of p and of y over the scored */
	/* that have a range; NaN where the row is not about quarters */
	double quarters, inside;
	double error; /* sum of expected - actual over the quarters */
};

struct backtest_metric {
	struct column column;
	double (*value)(const struct backtest_view *view);
};

extern const struct backtest_metric backtest_metrics[];
extern const size_t n_backtest_metrics;

/* The sums that make a row of one quarter, and adding it to others. */
struct backtest_view backtest_of(const struct forecast_view *forecast);
void backtest_add(struct backtest_view *sum, const struct backtest_view *view);

#endif
