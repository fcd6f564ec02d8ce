/*
 * metric_velocity: the formulas of sales velocity and its levers. Each is a
 * pure function of two sets of levers, those of the row and those of the
 * period before, standing right above its row; the row is its column.
 */
#ifndef FUNNEL_METRIC_VELOCITY_H
#define FUNNEL_METRIC_VELOCITY_H

#include "stats.h"
#include "table.h"

/* What one row counted. */
struct levers {
	double deals; /* N: open, created or closed, by --basis */
	double won, closed; /* of the deals that the rates are taken from */
	double known; /* won ones whose amount is known */
	double won_value; /* their sum; NaN in several currencies */
	double value; /* A: mean or median of it */
	double cycle; /* L: mean or median days of the won */
	bool mean; /* value and cycle are means */
	double largest; /* amount of the largest won deal */
	struct interval interval; /* of the velocity, by bootstrap */
	double draws; /* resamples made for it */
	bool partial; /* the period is not over */
};

struct lever_view {
	const struct levers *now;
	const struct levers *before; /* the period before, or NULL */
};

struct lever_metric {
	struct column column;
	double (*value)(const struct lever_view *view); /* NaN: undefined */
};

extern const struct lever_metric lever_metrics[];
extern const size_t n_lever_metrics;

/* N W A / L per day; NaN where a lever is undefined or the cycle is 0. */
double velocity_of(const struct levers *levers);

#endif
