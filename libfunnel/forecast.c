/*
 * forecast.c: the methods, and the Monte Carlo behind the ranges.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "forecast.h"
#include "query.h"

/* Deals times draws of a row: some seconds. A large pipeline needs fewer
 * draws for the same figure, but below DRAWS_MIN a tenth is a rough one. */
#define WORK_MAX UINT64_C(200000000)
#define DRAWS_MIN 1000

/* ---- methods ---- */

static struct chance
by_stage(const struct forecast *f, const struct pipeline *p,
    const struct open_deal *deal, int64_t last_day)
{
	(void)f;
	(void)last_day;
	return (struct chance){ odds_ever(&p->odds, &deal->standing), false };
}

static struct chance
by_field(const struct forecast *f, const struct pipeline *p,
    const struct open_deal *deal, int64_t last_day)
{
	(void)p;
	(void)last_day;
	return (
	    struct chance){ field_chance_of(&f->field, deal->record), false };
}

static struct chance
by_time(const struct forecast *f, const struct pipeline *p,
    const struct open_deal *deal, int64_t last_day)
{
	(void)f;
	return odds_within(&p->odds, &deal->standing, last_day);
}

const struct forecast_method forecast_methods[FORECAST_METHODS] = {
	{ "stage", by_stage, false },
	{ "field", by_field, true },
	{ "time", by_time, false },
};

/* ---- options ---- */

/* query_share wants more than 0; here 0 is the plain case. */
static int
take_rho(const char *text, double *rho, struct fnl_err *err)
{
	*rho = 0;
	if (!text || (*text == '0' && text[strspn(text, "0.%")] == '\0'))
		return 0;
	return query_share("--rho", text, rho, err);
}

int
forecast_new(struct velocity *v, struct forecast *f, struct fnl_err *err)
{
	*f = (struct forecast){ .v = v };
	if (v->draws < 1)
		return fail(err, FNL_USAGE, "--draws: at least 1");
	return take_rho(v->query->rho, &f->rho, err);
}

/* ---- Monte Carlo ---- */

static uint64_t
draws_of(struct forecast *f, size_t n)
{
	uint64_t draws = (uint64_t)f->v->draws, most = WORK_MAX / n;

	if (most < DRAWS_MIN)
		most = DRAWS_MIN;
	if (draws <= most)
		return draws;
	f->fewest = f->shortened++ && f->fewest < most ? f->fewest : most;
	return most;
}

static double *
reserve(struct arena *arena, double *block, size_t *cap, size_t n)
{
	if (n <= *cap)
		return block;
	*cap = n;
	return arena_grow(arena, block, n * sizeof(*block));
}

/* Below its limit a deal is won: its chance against a uniform number, or the
 * quantile of its chance against a normal one. */
static bool
is_won(const struct forecast *f, struct stats_random *random, double common,
    double limit)
{
	if (f->rho == 0)
		return stats_random_uniform(random) < limit;
	return common + sqrt(1 - f->rho) * stats_random_gaussian(random) <
	       limit;
}

/*
 * One draw: the value of the deals that are won in it. With rho all share one
 * normal factor, the weather of the quarter (the one-factor Gaussian copula of
 * Vasicek 1987 and Li 2000): each still wins with its own chance, but more or
 * fewer of them together, so that the range grows and the mean stays.
 */
static double
draw(const struct forecast *f, struct stats_random *random, size_t n)
{
	double won = 0, common = 0;

	if (f->rho > 0)
		common = sqrt(f->rho) * stats_random_gaussian(random);
	for (size_t i = 0; i < n; i++)
		if (!isnan(f->limits[i]) &&
		    is_won(f, random, common, f->limits[i]))
			won += f->deals[i].amount;
	return won;
}

/* A generator of its own, so that no row depends on the rows before. */
static void
simulate(struct forecast *f, struct forecast_view *view)
{
	struct arena *arena = f->v->arena;
	struct stats_random *random;
	size_t counted = 0;

	f->limits = reserve(arena, f->limits, &f->cap_limits, view->n);
	for (size_t i = 0; i < view->n; i++) {
		double p = view->deals[i].p;

		f->limits[i] = NAN;
		if (isnan(p) || isnan(view->deals[i].amount))
			continue;
		f->limits[i] = f->rho > 0 ? stats_normal_quantile(p) : p;
		counted++;
	}
	if (!counted || view->mixed)
		return;
	view->n_draws = draws_of(f, counted);
	f->draws = reserve(arena, f->draws, &f->cap_draws, view->n_draws);
	random = stats_random_new(arena, (uint64_t)f->v->seed);
	for (size_t i = 0; i < view->n_draws; i++)
		f->draws[i] = draw(f, random, view->n);
	stats_sort(f->draws, view->n_draws);
	view->draws = f->draws;
}

/* ---- rows ---- */

static double
amount_of(struct value value)
{
	return value.known ? (double)value.amount : NAN;
}

struct forecast_view
forecast_row(struct forecast *f, const struct pipeline *p,
    const struct forecast_method *method, const struct open_deal *const *open,
    const struct deal_result *results, size_t n, int64_t last_day)
{
	struct forecast_view view = {
		.n = n, .seed = (double)f->v->seed, .won_so_far = NAN
	};
	struct value_tally tally = { .any = false }, won = tally;

	if (n > f->cap_deals) {
		f->cap_deals = n;
		f->deals =
		    arena_grow(f->v->arena, f->deals, n * sizeof(*f->deals));
	}
	for (size_t i = 0; i < n; i++) {
		struct chance chance = method->chance(f, p, open[i], last_day);

		f->deals[i] =
		    (struct forecast_deal){ .amount = amount_of(open[i]->value),
			    .p = chance.p };
		f->lower_bounds += chance.is_lower_bound;
		value_add(&tally, open[i]->value);
		if (!results)
			continue;
		f->deals[i].won = results[i].won;
		f->deals[i].won_amount = amount_of(results[i].value);
		value_add(&won, results[i].value);
	}
	view.deals = f->deals;
	view.mixed = tally.mixed;
	view.won_mixed = won.mixed;
	simulate(f, &view);
	return view;
}

void
forecast_note(const struct forecast *f, struct table *table)
{
	table_note(table, "draws",
	    "%" PRId64 " a row, seed %" PRId64 ", rho %g%s", f->v->draws,
	    f->v->seed, f->rho,
	    f->rho > 0 ? "" : ": deals are won independently of each other");
	if (f->shortened)
		table_note(table, "draws",
		    "%" PRIu64
		    " rows of many deals had fewer, down to %" PRIu64,
		    f->shortened, f->fewest);
	note_count(table, "lower_bound", f->lower_bounds,
	    "chances by time beyond the longest follow-up: as far as the data "
	    "go, a lower bound");
}
