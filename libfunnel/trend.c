/*
 * trend.c: control limits and slopes. A period that is still young is in
 * neither: it would be told from the others by its youth alone.
 */
#include <math.h>

#include "arena.h"
#include "trend.h"

#define LIMITS_LEAST 2
#define SLOPE_LEAST 3
/* Rates are quotients: equal ones may differ by it, and so may their mean. */
#define ROUNDING 1e-12

/* The points that count, next to each other. */
struct series {
	double *n, *rate;
	size_t count;
};

static struct series
series_of(struct arena *arena, const struct trend_point *points, size_t n)
{
	struct series series = { arena_array(arena, n + 1, sizeof(double)),
		arena_array(arena, n + 1, sizeof(double)), 0 };

	for (size_t i = 0; i < n; i++) {
		if (!points[i].counts || isnan(points[i].rate))
			continue;
		series.n[series.count] = points[i].n;
		series.rate[series.count++] = points[i].rate;
	}
	return series;
}

static bool
all_equal(const double *values, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (values[i] < values[0] || values[i] > values[0])
			return false;
	return true;
}

/* The rate of all together. */
static double
pooled(const struct series *s)
{
	double events = 0, n = 0;

	for (size_t i = 0; i < s->count; i++) {
		events += s->n[i] * s->rate[i];
		n += s->n[i];
	}
	return stats_ratio(events, n);
}

/* Its sign is that of the slope; NaN for too few. */
static double
slope(const double *values, size_t n)
{
	double middle = ((double)n - 1) / 2, sum = 0, squares = 0;

	if (n < SLOPE_LEAST)
		return NAN;
	for (size_t i = 0; i < n; i++) {
		double x = (double)i - middle;

		sum += x * values[i];
		squares += x * x;
	}
	return sum / squares;
}

void
trend_fill(struct arena *arena, struct trend_point *points, size_t n)
{
	struct series s = series_of(arena, points, n);
	bool individuals = all_equal(s.n, s.count);
	struct control_limits same = stats_control_limits(s.rate, s.count);
	double centre = pooled(&s);
	bool misaligned = slope(s.n, s.count) > ROUNDING &&
			  slope(s.rate, s.count) < -ROUNDING;

	for (size_t i = 0; i < n; i++) {
		struct trend_point *point = &points[i];
		struct control_limits limits =
		    individuals ? same : stats_share_limits(centre, point->n);

		point->low = point->high = NAN;
		if (!point->counts || isnan(point->rate))
			continue;
		point->misaligned = misaligned;
		if (s.count < LIMITS_LEAST)
			continue;
		point->low = limits.low;
		point->high = limits.high;
		point->side = (point->rate > limits.high + ROUNDING) -
			      (point->rate < limits.low - ROUNDING);
	}
}
