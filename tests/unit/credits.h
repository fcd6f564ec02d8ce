/*
 * credits: credits by the name of a channel, and that they conserve. Include
 * it after cmocka.h.
 */
#ifndef TESTS_UNIT_CREDITS_H
#define TESTS_UNIT_CREDITS_H

#include "credit.h"
#include "journeys.h"

static inline double
conversions_of(
    const struct world *world, const struct credits *credits, const char *name)
{
	return credits_conversions(credits, channel(world, name));
}

static inline double
value_of(
    const struct world *world, const struct credits *credits, const char *name)
{
	return credits_value(credits, channel(world, name));
}

/* The sum of all rows, exactly enough to judge it. */
static inline double
total_of(const struct credits *credits,
    double (*read)(const struct credits *credits, size_t row))
{
	struct sum sum = { 0, 0 };

	for (size_t row = 0; row < credits_rows(credits); row++)
		sum_add(&sum, read(credits, row));
	return sum_value(sum);
}

/* All rows together are what the pool has, to its last digit. */
static inline void
assert_conserves(const struct world *world, const struct credits *credits)
{
	struct journey total = pool_total(world->pool);
	struct journey none = pool_journey(world->pool, 0);
	double conversions = total.conversions + none.conversions;
	double value = total.value + none.value;

	assert_close(total_of(credits, credits_conversions), conversions,
	    1e-15 * fabs(conversions));
	assert_close(
	    total_of(credits, credits_value), value, 1e-15 * fabs(value));
}

#endif
