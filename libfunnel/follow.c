/*
 * follow.c: packed spells, and the curve up to a horizon.
 */
#include <math.h>
#include <stdlib.h>

#include "civil.h"
#include "follow.h"

/* An item: 31 bits of seconds to the end, 2 of the end, 31 of the age. So the
 * order of the numbers is that of time, events before censorings. */
#define SECONDS_BITS 31
#define SECONDS_MASK (((uint64_t)1 << SECONDS_BITS) - 1)
#define END_BITS 2
/* A radix sort of 33 bits, the exit and the end, in three passes. */
#define DIGIT_BITS 11
#define DIGITS ((size_t)1 << DIGIT_BITS)
#define RADIX_LEAST 4096

static uint64_t
seconds_of(double days)
{
	double seconds = days * DAY_SECONDS;

	return seconds >= (double)SECONDS_MASK ? SECONDS_MASK
					       : (uint64_t)llround(seconds);
}

static uint64_t
item_exit(uint64_t item)
{
	return item >> (SECONDS_BITS + END_BITS);
}

static enum follow_end
item_end(uint64_t item)
{
	return (enum follow_end)(item >> SECONDS_BITS & 3);
}

static uint64_t
item_age(uint64_t item)
{
	return item & SECONDS_MASK;
}

/* ---- adding ---- */

void
follow_days_add(struct arena *arena, struct follow_days *completed,
    const struct followed *f)
{
	size_t day;

	if (f->end != FOLLOW_REACHED || !(f->age >= 0) || !(f->days >= 0))
		return;
	day = (size_t)((seconds_of(f->days) + DAY_SECONDS - 1) / DAY_SECONDS);
	if (day >= completed->n_days) {
		completed->n_days = 2 * day + 64;
		completed->n = arena_grow(arena, completed->n,
		    completed->n_days * sizeof(*completed->n));
	}
	completed->n[day]++;
}

static void
push(struct arena *arena, struct follow *follow, uint64_t item)
{
	if (follow->n == follow->cap) {
		follow->cap = follow->cap ? 2 * follow->cap : 8;
		follow->items = arena_grow(
		    arena, follow->items, follow->cap * sizeof(*follow->items));
	}
	follow->items[follow->n++] = item;
}

void
follow_add(struct arena *arena, struct follow *follow, const struct followed *f)
{
	double exit = f->end == FOLLOW_OPEN ? f->age : f->days;

	if (isnan(f->age) || isnan(exit))
		follow->untimed++;
	else if (f->age < 0 || exit < 0)
		follow->negative++;
	else
		push(arena, follow,
		    seconds_of(exit) << (SECONDS_BITS + END_BITS) |
			(uint64_t)f->end << SECONDS_BITS | seconds_of(f->age));
}

int64_t
follow_horizon(const struct follow_days *completed, double p)
{
	uint64_t all = 0, done = 0;

	for (size_t i = 0; i < completed->n_days; i++)
		all += completed->n[i];
	for (size_t i = 0; all && i < completed->n_days; i++) {
		done += completed->n[i];
		if ((double)done >= p * (double)all)
			return (int64_t)(i ? i : 1) * DAY_SECONDS;
	}
	return -1;
}

/* ---- the rate ---- */

static int
compare_items(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

/* One pass of a radix sort: by DIGIT_BITS from `shift` on, stable. */
static void
sort_digit(const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
	size_t start[DIGITS + 1] = { 0 };

	for (size_t i = 0; i < n; i++)
		start[(from[i] >> shift) % DIGITS + 1]++;
	for (size_t d = 0; d < DIGITS; d++)
		start[d + 1] += start[d];
	for (size_t i = 0; i < n; i++)
		to[start[(from[i] >> shift) % DIGITS]++] = from[i];
}

/* By exit and end, in items or in spare, which is returned. qsort would need
 * an eighth of the whole run for 2,000,000 records. */
static uint64_t *
sort_items(uint64_t *items, uint64_t *spare, size_t n)
{
	if (n < RADIX_LEAST) {
		if (n)
			qsort(items, n, sizeof(*items), compare_items);
		return items;
	}
	sort_digit(items, spare, n, SECONDS_BITS);
	sort_digit(spare, items, n, SECONDS_BITS + DIGIT_BITS);
	sort_digit(items, spare, n, SECONDS_BITS + 2 * DIGIT_BITS);
	return spare;
}

/* Those that end up to the horizon; the rest needs no order. */
static size_t
take_until(const struct follow *follow, uint64_t h, uint64_t *items)
{
	size_t n = 0;

	for (size_t i = 0; i < follow->n; i++)
		if (item_exit(follow->items[i]) <= h)
			items[n++] = follow->items[i];
	return n;
}

/* Those at risk at one time at which somebody came to an end, and how many. */
struct step {
	double at_risk, events, reached;
};

/* Over sorted items; false after the last end. */
static bool
next_step(
    const uint64_t *items, size_t n, size_t all, size_t *at, struct step *step)
{
	uint64_t exit;

	while (*at < n && item_end(items[*at]) == FOLLOW_OPEN)
		++*at;
	if (*at == n)
		return false;
	exit = item_exit(items[*at]);
	*step = (struct step){ (double)(all - *at), 0, 0 };
	for (; *at < n && item_exit(items[*at]) == exit; ++*at) {
		step->events += item_end(items[*at]) != FOLLOW_OPEN;
		step->reached += item_end(items[*at]) == FOLLOW_REACHED;
	}
	return true;
}

/*
 * What survival_incidence() and incidence_variance_at() give at the last step
 * (metrics.md 3.5.4), in two passes that keep no curve: one of a million
 * instants would need more memory than the records.
 */
static void
incidence(const uint64_t *items, size_t n, size_t all, double *rate,
    double *left, double *variance)
{
	double survival = 1, total = 0, sum = 0, before = 0;
	struct step step;

	for (size_t at = 0; next_step(items, n, all, &at, &step);) {
		total += survival * step.reached / step.at_risk;
		survival *= (step.at_risk - step.events) / step.at_risk;
	}
	*rate = total;
	*left = survival;
	survival = 1;
	for (size_t at = 0; next_step(items, n, all, &at, &step);) {
		double r = step.at_risk, d = step.events, k = step.reached;
		double rest;

		before += survival * k / r;
		rest = total - before;
		sum += survival * survival * k * (r - k) / (r * r * r);
		if (r > d)
			sum += rest * rest * d / (r * (r - d)) -
			       2 * rest * survival * k / (r * r);
		survival *= (r - d) / r;
	}
	*variance = fmax(sum, 0); /* it can be 0 but for rounding */
}

static void
count_followed(struct maturity *m, const struct follow *follow, uint64_t h)
{
	for (size_t i = 0; i < follow->n; i++) {
		uint64_t item = follow->items[i];

		if (item_age(item) < h)
			continue;
		m->followed++;
		m->waiting += item_end(item) == FOLLOW_OPEN;
		m->reached +=
		    item_end(item) == FOLLOW_REACHED && item_exit(item) <= h;
	}
}

/* Was anybody followed to the horizon, or has the curve ended? (R8) */
static bool
is_known(const struct follow *follow, uint64_t h, double left)
{
	for (size_t i = 0; i < follow->n; i++)
		if (item_exit(follow->items[i]) >= h)
			return true;
	return left == 0;
}

struct maturity
follow_maturity(struct arena *arena, const struct follow *follow,
    int64_t horizon, double confidence)
{
	struct maturity m = { .horizon = horizon,
		.rate = NAN,
		.interval = { NAN, NAN },
		.timed = (double)follow->n,
		.untimed = (double)follow->untimed,
		.negative = (double)follow->negative };
	double rate, left, variance;
	uint64_t *items, *spare;
	size_t n;

	if (horizon < 0 || !follow->n)
		return m;
	items = arena_grow(arena, NULL, follow->n * sizeof(*items));
	spare = arena_grow(arena, NULL, follow->n * sizeof(*spare));
	n = take_until(follow, (uint64_t)horizon, items);
	incidence(
	    sort_items(items, spare, n), n, follow->n, &rate, &left, &variance);
	arena_drop(arena, spare);
	arena_drop(arena, items);
	count_followed(&m, follow, (uint64_t)horizon);
	if (!is_known(follow, (uint64_t)horizon, left))
		return m;
	m.rate = rate;
	m.interval = survival_share_interval(rate, variance, confidence);
	return m;
}
