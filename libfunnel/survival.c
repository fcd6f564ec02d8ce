/*
 * survival.c: all three estimators walk over the distinct times of events and
 * ask who is at risk there: the number of entries before t, less the number
 * of exits before t. Two pointers, one over the exits and one over the
 * sorted entries, make that linear after sorting.
 */
#include <math.h>
#include <stdlib.h>

#include "survival.h"

/* Relative; S is a product of as many factors as there are times, each of
 * them rounded. A million leave about 1e-13; a true difference is larger, as
 * 1/n is. 14 deals without censoring give S = 0.5000000000000001 at the 7th. */
#define ROUNDING 1e-12

static const struct interval undefined = { NAN, NAN };

/* NaN last: without a total order qsort may do anything. */
static int
compare_doubles(double a, double b)
{
	bool a_nan = isnan(a), b_nan = isnan(b);

	return a_nan || b_nan ? a_nan - b_nan : (a > b) - (a < b);
}

static int
compare_spells(const void *left, const void *right)
{
	const struct spell *a = left, *b = right;
	int order;

	/* What nearly all comparisons end with. */
	if (a->exit < b->exit)
		return -1;
	if (a->exit > b->exit)
		return 1;
	order = compare_doubles(a->exit, b->exit);
	return order ? order : (a->cause == 0) - (b->cause == 0);
}

/* glibc's qsort (a merge sort) needs 0.4 s for 2,000,000 spells; GSL's heap
 * sort would need that for the exits alone. */
void
survival_sort(struct spell *spells, size_t n)
{
	if (n)
		qsort(spells, n, sizeof(*spells), compare_spells);
}

/* ---- who is at risk, and what happens ---- */

static bool
is_counted(const struct spell *spell)
{
	return spell->entry < spell->exit; /* not with NaN */
}

static bool
is_event(const struct spell *spell)
{
	return spell->cause > 0 && is_counted(spell) && spell->exit < INFINITY;
}

struct walk { /* over the spells of one group, in order of time */
	const struct spell *spells;
	size_t n;
	double *entries; /* sorted, of those not seen from the start */
	size_t n_entries;
	size_t event; /* no event before this spell is left */
	size_t exits, entered; /* spells and entries before the time */
	uint64_t at_risk; /* at the time */
};

static struct walk
walk_new(struct arena *arena, const struct spell *sorted, size_t n)
{
	struct walk walk = { .spells = sorted, .n = n };

	for (size_t i = 0; i < n; i++) {
		walk.n_entries +=
		    is_counted(&sorted[i]) && sorted[i].entry > -INFINITY;
		walk.at_risk +=
		    is_counted(&sorted[i]) && !(sorted[i].entry > -INFINITY);
	}
	if (walk.n_entries == 0)
		return walk;
	walk.entries =
	    arena_grow(arena, NULL, walk.n_entries * sizeof(*walk.entries));
	walk.n_entries = 0;
	for (size_t i = 0; i < n; i++)
		if (is_counted(&sorted[i]) && sorted[i].entry > -INFINITY)
			walk.entries[walk.n_entries++] = sorted[i].entry;
	stats_sort(walk.entries, walk.n_entries);
	return walk;
}

static void
walk_end(struct arena *arena, struct walk *walk)
{
	arena_drop(arena, walk->entries);
}

/* The time of the next event; infinite when there is none left. */
static double
walk_next(struct walk *walk)
{
	while (walk->event < walk->n && !is_event(&walk->spells[walk->event]))
		walk->event++;
	return walk->event < walk->n ? walk->spells[walk->event].exit
				     : INFINITY;
}

/* Brings at_risk to the time t, which never goes back. */
static void
walk_to(struct walk *walk, double t)
{
	while (walk->entered < walk->n_entries &&
	       walk->entries[walk->entered] < t) {
		walk->at_risk++;
		walk->entered++;
	}
	while (walk->exits < walk->n && walk->spells[walk->exits].exit < t) {
		walk->at_risk -= is_counted(&walk->spells[walk->exits]);
		walk->exits++;
	}
}

/* The number of events at t, which walk_next has told; each is added to its
 * cause, too. */
static uint64_t
walk_events(struct walk *walk, double t, uint64_t *by_cause, unsigned n_causes)
{
	uint64_t events = 0;

	for (; walk_next(walk) == t; walk->event++) {
		unsigned cause = walk->spells[walk->event].cause;

		events++;
		if (cause <= n_causes)
			by_cause[cause - 1]++;
	}
	return events;
}

/* ---- Kaplan-Meier ---- */

static size_t
count_times(const struct spell *sorted, size_t n)
{
	double last = INFINITY;
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (is_event(&sorted[i]) && sorted[i].exit != last) {
			last = sorted[i].exit;
			count++;
		}
	return count;
}

static struct interval
followed(const struct spell *sorted, size_t n)
{
	struct interval i = undefined;

	for (size_t s = 0; s < n; s++)
		if (is_counted(&sorted[s])) {
			i.low = fmin(i.low, sorted[s].entry);
			i.high = fmax(i.high, sorted[s].exit);
		}
	return i;
}

static struct survival_curve
product_limit(struct arena *arena, const struct spell *sorted, size_t n,
    uint64_t *by_cause, unsigned n_causes)
{
	size_t n_steps = count_times(sorted, n);
	struct survival_step *steps =
	    arena_array(arena, n_steps, sizeof(*steps));
	struct walk walk = walk_new(arena, sorted, n);
	double survival = 1, greenwood = 0;

	for (size_t i = 0; i < n_steps; i++) {
		double t = walk_next(&walk), at_risk, left;
		struct survival_step *step = &steps[i];

		walk_to(&walk, t);
		*step = (struct survival_step){ .time = t,
			.at_risk = walk.at_risk };
		step->events = walk_events(&walk, t, by_cause, n_causes);
		if (n_causes)
			by_cause += n_causes;
		at_risk = (double)step->at_risk;
		left = at_risk - (double)step->events;
		greenwood +=
		    left > 0 ? (double)step->events / at_risk / left : INFINITY;
		step->greenwood = greenwood;
		survival *= left / at_risk;
		step->survival = survival;
	}
	walk_end(arena, &walk);
	return (struct survival_curve){ steps, n_steps, followed(sorted, n) };
}

struct survival_curve
survival_kaplan_meier(struct arena *arena, const struct spell *sorted, size_t n)
{
	return product_limit(arena, sorted, n, NULL, 0);
}

/* How many steps are at or before t. */
static size_t
steps_until(const struct survival_curve *curve, double t)
{
	size_t low = 0, high = curve->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (curve->steps[middle].time <= t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
has_ended(const struct survival_curve *curve)
{
	return curve->n && curve->steps[curve->n - 1].survival == 0;
}

static bool
is_defined(const struct survival_curve *curve, double t)
{
	return !isnan(t) && (t <= curve->followed.high || has_ended(curve));
}

double
survival_at(const struct survival_curve *curve, double t)
{
	size_t i = steps_until(curve, t);

	if (!is_defined(curve, t))
		return NAN;
	return i ? curve->steps[i - 1].survival : 1;
}

/* The interval of a share whose log(-log) is taken to be normal; error is the
 * standard error. exp(-exp(log(-log x) +- h)) is x^exp(+-h). */
static struct interval
log_log_interval(double share, double error, double z)
{
	double half = z * error / share / -log(share);

	if (!(share > 0 && share < 1 - ROUNDING) || isnan(half))
		return undefined;
	return (
	    struct interval){ pow(share, exp(half)), pow(share, exp(-half)) };
}

static struct interval
step_interval(const struct survival_step *step, double z)
{
	double error = step->survival * sqrt(step->greenwood);

	return log_log_interval(step->survival, error, z);
}

/* NaN when confidence is not in (0,1). */
static double
deviations(double confidence)
{
	return confidence > 0 && confidence < 1
		   ? stats_normal_quantile((1 + confidence) / 2)
		   : NAN;
}

struct interval
survival_interval_at(
    const struct survival_curve *curve, double t, double confidence)
{
	size_t i = steps_until(curve, t);

	if (!is_defined(curve, t) || i == 0)
		return undefined;
	return step_interval(&curve->steps[i - 1], deviations(confidence));
}

/* x <= 1 - p but for rounding; not when x is NaN. */
static bool
is_at_most(double x, double p)
{
	return x <= (1 - p) * (1 + ROUNDING);
}

double
survival_quantile(const struct survival_curve *curve, double p)
{
	if (!(p > 0 && p <= 1))
		return NAN;
	for (size_t i = 0; i < curve->n; i++)
		if (is_at_most(curve->steps[i].survival, p))
			return curve->steps[i].time;
	return NAN;
}

struct interval
survival_quantile_interval(
    const struct survival_curve *curve, double p, double confidence)
{
	double z = deviations(confidence);
	struct interval times = undefined;

	if (!(p > 0 && p < 1))
		return undefined;
	for (size_t i = 0; i < curve->n && isnan(times.high); i++) {
		struct interval band = step_interval(&curve->steps[i], z);

		if (isnan(times.low) && is_at_most(band.low, p))
			times.low = curve->steps[i].time;
		if (is_at_most(band.high, p))
			times.high = curve->steps[i].time;
	}
	return times;
}

/* ---- Aalen-Johansen ---- */

struct incidence_curve
survival_incidence(struct arena *arena, const struct spell *sorted, size_t n,
    unsigned n_causes)
{
	size_t n_steps = count_times(sorted, n);
	uint64_t *events =
	    arena_array(arena, n_steps, n_causes * sizeof(*events));
	double *incidence =
	    arena_array(arena, n_steps, n_causes * sizeof(*incidence));
	struct survival_curve all =
	    product_limit(arena, sorted, n, events, n_causes);
	double before = 1;

	for (size_t i = 0; i < n_steps; i++) {
		const struct survival_step *step = &all.steps[i];

		for (size_t k = 0; k < n_causes; k++) {
			size_t now = i * n_causes + k;

			incidence[now] = before * (double)events[now] /
					 (double)step->at_risk;
			if (i > 0)
				incidence[now] += incidence[now - n_causes];
		}
		before = step->survival;
	}
	return (struct incidence_curve){ all, n_causes, events, incidence };
}

static bool
is_cause(const struct incidence_curve *curve, unsigned cause)
{
	return cause >= 1 && cause <= curve->n_causes;
}

/* Of the step i. */
static double
incidence_of(const struct incidence_curve *curve, unsigned cause, size_t i)
{
	return curve->incidence[i * curve->n_causes + cause - 1];
}

double
incidence_at(const struct incidence_curve *curve, unsigned cause, double t)
{
	size_t i = steps_until(&curve->all, t);

	if (!is_cause(curve, cause) || !is_defined(&curve->all, t))
		return NAN;
	return i ? incidence_of(curve, cause, i - 1) : 0;
}

/* What the step i, with S before it, adds to the variance of an incidence that
 * has still to grow by rest. */
static double
variance_term(const struct incidence_curve *curve, unsigned cause, size_t i,
    double before, double rest)
{
	const struct survival_step *step = &curve->all.steps[i];
	double n = (double)step->at_risk, d = (double)step->events;
	double d_k = (double)curve->events[i * curve->n_causes + cause - 1];
	double own = before * before * d_k * (n - d_k) / (n * n * n);

	/* When all have the event, S is 0 and the incidence grows no more. */
	if (n <= d)
		return own;
	return own + rest * rest * d / (n * (n - d)) -
	       2 * rest * before * d_k / (n * n);
}

double
incidence_variance_at(
    const struct incidence_curve *curve, unsigned cause, double t)
{
	double total = incidence_at(curve, cause, t);
	size_t n = steps_until(&curve->all, t);
	double sum = 0, before = 1;

	if (isnan(total))
		return NAN;
	for (size_t i = 0; i < n; i++) {
		double rest = total - incidence_of(curve, cause, i);

		sum += variance_term(curve, cause, i, before, rest);
		before = curve->all.steps[i].survival;
	}
	return fmax(sum, 0); /* it can be 0 but for rounding */
}

struct interval
survival_share_interval(double share, double variance, double confidence)
{
	return log_log_interval(share, sqrt(variance), deviations(confidence));
}

struct interval
incidence_interval_at(const struct incidence_curve *curve, unsigned cause,
    double t, double confidence)
{
	return survival_share_interval(incidence_at(curve, cause, t),
	    incidence_variance_at(curve, cause, t), confidence);
}

double
incidence_given(
    const struct incidence_curve *curve, unsigned cause, double u, double h)
{
	double survival = survival_at(&curve->all, u);

	if (!(u >= curve->all.followed.low && u < curve->all.followed.high) ||
	    !(h >= 0) || !(survival > 0))
		return NAN;
	return (incidence_at(curve, cause, u + h) -
		   incidence_at(curve, cause, u)) /
	       survival;
}

/* ---- log-rank ---- */

struct comparison { /* of k groups */
	size_t k;
	struct walk *walks;
	double *at_risk, *events; /* at one time */
	double *excess; /* observed - expected events, summed */
	double *covariance; /* of the excesses, k x k; or their variances */
	void (*add)(struct comparison *c, double n, double d);
	size_t *component; /* groups once at risk together share a number, the
			      index of one of them */
};

static struct comparison
comparison_new(struct arena *arena, const struct spell *const *sorted,
    const size_t *n, size_t k,
    void (*add)(struct comparison *c, double n, double d))
{
	struct comparison c = { .k = k, .add = add };

	c.walks = arena_array(arena, k, sizeof(*c.walks));
	c.at_risk = arena_array(arena, k, sizeof(*c.at_risk));
	c.events = arena_array(arena, k, sizeof(*c.events));
	c.excess = arena_array(arena, k, sizeof(*c.excess));
	c.component = arena_array(arena, k, sizeof(*c.component));
	c.covariance = arena_array(arena, k, k * sizeof(*c.covariance));
	for (size_t g = 0; g < k; g++) {
		c.walks[g] = walk_new(arena, sorted[g], n[g]);
		c.component[g] = g;
	}
	return c;
}

/* a and b, and who is with them, can be compared. */
static void
join(struct comparison *c, size_t a, size_t b)
{
	size_t keep = c->component[a], drop = c->component[b];

	if (keep == drop)
		return;
	for (size_t g = 0; g < c->k; g++)
		if (c->component[g] == drop)
			c->component[g] = keep;
}

/* The multivariate hypergeometric variance of d events among n at risk. */
static void
add_covariance(struct comparison *c, double n, double d)
{
	double scale = d * (n - d) / (n - 1);
	size_t first = 0;

	while (c->at_risk[first] == 0)
		first++;
	for (size_t g = first; g < c->k; g++) {
		double share = c->at_risk[g] / n;
		double *row = &c->covariance[g * c->k];

		if (share == 0)
			continue;
		join(c, first, g);
		for (size_t h = first; h < c->k; h++)
			row[h] -= scale * share * c->at_risk[h] / n;
		row[g] += scale * share;
	}
}

/* Adds what happens at the next time of an event; false when there is none. */
static bool
compare_next(struct comparison *c)
{
	double t = INFINITY, n = 0, d = 0;

	for (size_t g = 0; g < c->k; g++)
		t = fmin(t, walk_next(&c->walks[g]));
	if (t == INFINITY)
		return false;
	for (size_t g = 0; g < c->k; g++) {
		walk_to(&c->walks[g], t);
		c->at_risk[g] = (double)c->walks[g].at_risk;
		c->events[g] = (double)walk_events(&c->walks[g], t, NULL, 0);
		n += c->at_risk[g];
		d += c->events[g];
	}
	for (size_t g = 0; g < c->k; g++)
		c->excess[g] += c->events[g] - d * (c->at_risk[g] / n);
	if (d < n)
		c->add(c, n, d);
	return true;
}

/*
 * The excesses of a component add up to 0, so its covariance is singular;
 * without one group it is a weighted graph's Laplacian without a row,
 * which is positive definite. The groups that stay move to the front.
 */
static size_t
drop_redundant(struct comparison *c)
{
	size_t kept = 0, cell = 0;

	for (size_t g = 0; g < c->k; g++) {
		if (c->component[g] == g)
			continue;
		c->excess[kept++] = c->excess[g];
		for (size_t h = 0; h < c->k; h++)
			if (c->component[h] != h)
				c->covariance[cell++] =
				    c->covariance[g * c->k + h];
	}
	return kept;
}

struct log_rank
survival_log_rank(struct arena *arena, const struct spell *const *sorted,
    const size_t *n, size_t k)
{
	struct comparison c =
	    comparison_new(arena, sorted, n, k, add_covariance);
	struct log_rank result;
	size_t kept;

	while (compare_next(&c))
		;
	for (size_t g = 0; g < k; g++)
		walk_end(arena, &c.walks[g]);
	kept = drop_redundant(&c);
	result.df = (unsigned)kept;
	result.chi2 = stats_squared_distance(c.covariance, c.excess, kept);
	result.p = stats_chi2_upper(result.chi2, result.df);
	return result;
}

/* The variance of each group's excess against all the others. */
static void
add_variances(struct comparison *c, double n, double d)
{
	for (size_t g = 0; g < c->k; g++) {
		double share = c->at_risk[g] / n;

		c->covariance[g] += d * (n - d) / (n - 1) * share * (1 - share);
	}
}

void
survival_log_rank_each(struct arena *arena, const struct spell *const *sorted,
    const size_t *n, size_t k, struct log_rank *out)
{
	struct comparison c =
	    comparison_new(arena, sorted, n, k, add_variances);

	while (compare_next(&c))
		;
	for (size_t g = 0; g < k; g++) {
		bool tested = c.covariance[g] > 0;
		double chi2 =
		    tested ? c.excess[g] * c.excess[g] / c.covariance[g] : NAN;

		walk_end(arena, &c.walks[g]);
		out[g] = (struct log_rank){ chi2, tested,
			stats_chi2_upper(chi2, 1) };
	}
}
