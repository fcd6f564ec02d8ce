/*
 * coverage: do the intervals of matured rates cover the true ones? Writes a
 * report in Markdown; make coverage-report keeps it as README.md here.
 *
 * A company whose true rates are known: of the leads of a month, which come in
 * evenly, a share p goes on and the others are lost, and both take their time.
 * As of some day the youngest have been followed for less than the horizon, and
 * some of them for nearly nothing. The true matured rate is p F(H), F being the
 * distribution of the time to the next stage: no simulation is needed for it.
 *
 * The seed is fixed: every run, on every machine, gives the same report.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "civil.h"
#include "follow.h"

#define COHORTS 2000
#define SEED 20261122
#define CONFIDENCE 0.95
#define COVERED_LEAST 93 /* per cent: what is asked for */
#define COVERED_MOST 97

/* The times in days are exponential with these means, Weibull with these
 * shapes: below 1 many are quick, above 1 few are. Whole days are what exports
 * with dates hold; many then tie. */
struct company {
	const char *name;
	unsigned n; /* leads of a cohort */
	double p; /* that ever go on */
	double mean, shape; /* of the time to the next stage */
	double lost_mean, lost_shape;
	double horizon; /* days */
	double month; /* days in which the cohort came in */
	double youngest; /* age of the last of them, days */
	bool whole_days;
};

static const struct company companies[] = {
	{ "old: all followed", 200, 0.40, 20, 1, 30, 1, 60, 30, 60, false },
	{ "last month", 200, 0.40, 20, 1, 30, 1, 45, 30, 20, false },
	{ "this month", 200, 0.40, 15, 1, 25, 1, 28, 30, 0, false },
	{ "this month, whole days", 200, 0.40, 15, 1, 25, 1, 25, 30, 0, true },
	{ "quick losses", 200, 0.40, 25, 1.5, 5, 1, 45, 30, 20, false },
	{ "quick steps", 200, 0.40, 5, 0.8, 40, 1.5, 45, 30, 20, false },
	{ "rare steps", 400, 0.08, 20, 1, 30, 1, 45, 30, 20, false },
	{ "nearly all go on", 200, 0.90, 15, 1, 30, 1, 45, 30, 20, false },
	{ "a small cohort", 50, 0.40, 20, 1, 30, 1, 45, 30, 20, false },
};

struct result {
	unsigned cohorts, covered, undefined;
	double naive, resolved, matured; /* sums of rate - truth */
	double settled; /* sum of the shares that were followed or ended */
};

/* ---- the company ---- */

/* The scale of a Weibull distribution with that mean. */
static double
scale_of(double mean, double shape)
{
	return mean / tgamma(1 + 1 / shape);
}

static double
share_by(double days, double mean, double shape)
{
	return -expm1(-pow(days / scale_of(mean, shape), shape));
}

/* A duration of whole days that counts within H was shorter than H + 1. */
static double
truth(const struct company *c)
{
	return c->p * share_by(c->horizon + (c->whole_days ? 1 : 0), c->mean,
			  c->shape);
}

static double
draw_days(struct stats_random *random, double mean, double shape)
{
	double u = 1 - stats_random_uniform(random); /* in (0,1] */

	return scale_of(mean, shape) * pow(-log(u), 1 / shape);
}

static void
add_lead(struct arena *arena, struct stats_random *random,
    const struct company *c, struct follow *follow, unsigned *reached,
    unsigned *ended)
{
	double age = c->youngest + c->month * stats_random_uniform(random);
	bool goes_on = stats_random_uniform(random) < c->p;
	double days = goes_on ? draw_days(random, c->mean, c->shape)
			      : draw_days(random, c->lost_mean, c->lost_shape);
	struct followed f;

	if (c->whole_days) {
		age = floor(age);
		days = floor(days);
	}
	f = (struct followed){ age, days,
		days > age ? FOLLOW_OPEN
		: goes_on  ? FOLLOW_REACHED
			   : FOLLOW_ENDED };
	*reached += f.end == FOLLOW_REACHED;
	*ended += f.end == FOLLOW_ENDED;
	follow_add(arena, follow, &f);
}

/* ---- the report ---- */

static void
add_cohort(
    struct result *r, struct stats_random *random, const struct company *c)
{
	struct arena *arena = arena_new();
	struct follow follow = { 0 };
	unsigned reached = 0, ended = 0;
	struct maturity m;

	if (!arena || setjmp(*arena_catch(arena)))
		exit(4);
	for (unsigned i = 0; i < c->n; i++)
		add_lead(arena, random, c, &follow, &reached, &ended);
	m = follow_maturity(
	    arena, &follow, (int64_t)(c->horizon * DAY_SECONDS), CONFIDENCE);
	arena_free(arena);
	if (isnan(m.interval.low)) {
		r->undefined++;
		return;
	}
	r->cohorts++;
	r->covered += m.interval.low <= truth(c) && truth(c) <= m.interval.high;
	r->matured += m.rate - truth(c);
	r->naive += (double)reached / c->n - truth(c);
	r->resolved += stats_ratio(reached, reached + ended) - truth(c);
	r->settled += (reached + ended + m.waiting) / c->n;
}

static double
print_company(struct stats_random *random, const struct company *c)
{
	struct result r = { 0 };
	double n;

	for (unsigned i = 0; i < COHORTS; i++)
		add_cohort(&r, random, c);
	n = r.cohorts;
	printf("| %s | %u | %g | %.4f | %.1f | %+.2f | %+.2f | %+.2f | %.2f |"
	       " %u |\n",
	    c->name, c->n, c->horizon, truth(c), 100 * r.settled / n,
	    100 * r.naive / n, 100 * r.resolved / n, 100 * r.matured / n,
	    100 * r.covered / n, r.undefined);
	return 100 * r.covered / n;
}

int
main(void)
{
	struct arena *arena = arena_new();
	struct stats_random *random;
	double least = 100, most = 0;

	if (!arena || setjmp(*arena_catch(arena)))
		return 4;
	random = stats_random_new(arena, SEED);
	printf("# Coverage of matured rates\n\n"
	       "Written by `make coverage-report` from `coverage.c`, which "
	       "says how the cohorts\nare drawn. %d cohorts a line, seed %d, "
	       "%g %% intervals; the truth is known\nby formula. Bias is the "
	       "mean of rate - truth, in points; settled, the share of\nleads "
	       "that came to an end or were followed to the horizon, in %%. A "
	       "cohort\nwithout an interval (a rate of 0 or 1, or nobody "
	       "followed so long) is in no\nother column.\n\n",
	    COHORTS, SEED, 100 * CONFIDENCE);
	puts("| company | leads | horizon, days | true rate | settled | "
	     "bias of naive | of resolved | of matured | covered, % | "
	     "no interval |\n"
	     "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
	for (size_t i = 0; i < sizeof(companies) / sizeof(*companies); i++) {
		double covered = print_company(random, &companies[i]);

		least = fmin(least, covered);
		most = fmax(most, covered);
	}
	printf("\nCovered: %.2f to %.2f %%, asked for: %d to %d %%.\n", least,
	    most, COVERED_LEAST, COVERED_MOST);
	arena_free(arena);
	return least < COVERED_LEAST || most > COVERED_MOST;
}
