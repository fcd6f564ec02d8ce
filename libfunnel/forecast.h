/*
 * forecast: open deals and a method -> their chances, and what they may bring
 * (metrics.md 3.2.7; R18). The report forecast and its back-test share it.
 */
#ifndef FUNNEL_FORECAST_H
#define FUNNEL_FORECAST_H

#include "fieldchance.h"
#include "metric_forecast.h"
#include "pipeline.h"

struct forecast {
	struct velocity *v;
	double rho;
	struct field_chance field; /* for the method of that name */
	uint64_t lower_bounds; /* chances by time that are one */
	uint64_t shortened, fewest; /* rows with fewer draws than asked; the
				       fewest of them */
	/* scratch of one row: */
	struct forecast_deal *deals;
	size_t cap_deals;
	double *draws, *limits;
	size_t cap_draws, cap_limits;
};

struct forecast_method {
	const char *name;
	struct chance (*chance)(const struct forecast *forecast,
	    const struct pipeline *pipeline, const struct open_deal *deal,
	    int64_t last_day);
	bool needs_today; /* what it looks at is not known as of a past time */
};

extern const struct forecast_method forecast_methods[];
#define FORECAST_METHODS 3

/* What became of a deal, for the back-test. */
struct deal_result {
	bool won;
	struct value value; /* when it was won */
};

/* Takes --rho, --draws and --seed. */
int forecast_new(
    struct velocity *velocity, struct forecast *forecast, struct fnl_err *err);

/* The chances of n open deals by a method, and draws of what they bring.
 * results is NULL or as long as open. Valid until the next call. */
struct forecast_view
forecast_row(struct forecast *forecast, const struct pipeline *pipeline,
    const struct forecast_method *method, const struct open_deal *const *open,
    const struct deal_result *results, size_t n, int64_t last_day);

void forecast_note(const struct forecast *forecast, struct table *table);

/* velocity_backtest.c: forecast --backtest. */
int velocity_backtest(
    struct velocity *velocity, struct table **out, struct fnl_err *err);

#endif
