/*
 * velocity_goal.c: --target, --until and --assume, and the targets of the
 * definitions.
 */
#include <string.h>

#include "query.h"
#include "velocity_goal.h"

#define RATE_DIGITS 9 /* of a typed rate; ratios of them stay exact */
#define DATE_LENGTH 10

/* ---- texts ---- */

/* The digits at *text after those that are in *value; how many there were.
 * What is too long is left standing, for the caller to trip over. */
static int
take_digits(const char **text, uint64_t *value, int room)
{
	int n = 0;

	for (; n < room && ascii_is_digit(**text); n++, ++*text)
		*value = *value * 10 + (uint64_t)(**text - '0');
	return n;
}

/* "5:3": of 5 come 3, as the plans on paper write it. */
static bool
read_ratio(const char *p, struct plan_rate *out)
{
	*out = (struct plan_rate){ 0, 0 };
	if (!take_digits(&p, &out->n, RATE_DIGITS) || *p++ != ':')
		return false;
	return take_digits(&p, &out->x, RATE_DIGITS) && !*p;
}

/* "22%", "0.22": 22 of 100. */
static bool
read_decimal(const char *p, struct plan_rate *out)
{
	int digits;

	*out = (struct plan_rate){ 0, 1 };
	digits = take_digits(&p, &out->x, RATE_DIGITS);
	if (*p == '.') {
		int decimals;

		p++;
		decimals = take_digits(&p, &out->x, RATE_DIGITS - digits);
		for (int i = 0; i < decimals; i++)
			out->n *= 10;
		digits += decimals;
	}
	if (*p == '%') {
		out->n *= 100;
		p++;
	}
	return digits && !*p;
}

static int
read_rate(const char *name, const char *text, struct plan_rate *out,
    struct fnl_err *err)
{
	if ((read_ratio(text, out) || read_decimal(text, out)) && out->x &&
	    out->x <= out->n)
		return 0;
	return fail(err, FNL_USAGE,
	    "--assume %s: cannot read '%s' as a rate above 0 and up to 1 "
	    "(write 22%%, 0.22, or 5:3 where 3 of 5 go on)",
	    name, text);
}

/* ---- assumptions ---- */

struct assumption {
	const char *name; /* a stage, win or amount */
	bool is_amount, is_win;
	struct plan_rate rate;
	struct money amount;
};

static int
read_assumption(const struct velocity *v, const char *text,
    struct assumption *out, struct fnl_err *err)
{
	const char *equals = strrchr(text, '=');
	struct slice name = { text, equals ? (size_t)(equals - text) : 0 };
	const char *value;

	name = slice_trim(name);
	if (!name.n)
		return fail(err, FNL_USAGE,
		    "--assume: '%s' is no assumption (write STAGE=22%%, "
		    "win=22%% or amount=60000)",
		    text);
	*out = (struct assumption){ .name = arena_text(v->arena, name) };
	value = arena_text(v->arena, slice_trim(slice_of(equals + 1)));
	out->is_amount = fold_equal(name, SLICE("amount"));
	out->is_win = fold_equal(name, SLICE("win"));
	return out->is_amount
		   ? query_amount("--assume amount", value, &out->amount, err)
		   : read_rate(out->name, value, &out->rate, err);
}

static int
fail_twice(const char *name, struct fnl_err *err)
{
	return fail(err, FNL_USAGE, "--assume gives '%s' twice", name);
}

static const char *
name_of_rank(const struct velocity *v, unsigned rank)
{
	return v->load.definitions
	    .stages[v->walk.timelines->stage_of_rank[rank]]
	    .name;
}

/* The win rate of sales is that of opportunities: what lies between has no
 * rate of its own then. */
static int
assume_win(const struct velocity *v, const struct assumption *a,
    struct plan_stage *stages, struct fnl_err *err)
{
	unsigned start = v->deals.start_rank;
	unsigned n_ranks = v->walk.timelines->n_ranks;

	if (!start || start >= n_ranks)
		return fail(err, FNL_USAGE,
		    "--assume win: no stage before the last is called "
		    "Opportunity, where a win rate begins; give the rate of "
		    "each stage");
	for (unsigned k = start; k < n_ranks; k++) {
		if (stages[k].origin == PLAN_ASSUMED)
			return fail(err, FNL_USAGE,
			    "--assume: win stands for all rates from '%s' on; "
			    "leave '%s' out",
			    name_of_rank(v, start), name_of_rank(v, k));
		stages[k].origin = PLAN_PASSED;
	}
	stages[start].origin = PLAN_ASSUMED_WIN;
	stages[start].rate = a->rate;
	return 0;
}

static int
assume_stage(const struct velocity *v, const struct assumption *a,
    struct plan_stage *stages, struct fnl_err *err)
{
	uint16_t stage = store_stage(v->load.store, slice_of(a->name));
	unsigned rank;

	if (stage == STAGE_NONE)
		return load_fail_stage(&v->load, "--assume", a->name, err);
	rank = v->walk.timelines->rank_of_stage[stage];
	if (!rank || rank == v->walk.timelines->n_ranks)
		return fail(err, FNL_USAGE,
		    "--assume: no rate leads out of '%s', where records end",
		    a->name);
	if (stages[rank].origin != PLAN_MEASURED)
		return fail_twice(a->name, err);
	stages[rank].origin = PLAN_ASSUMED;
	stages[rank].rate = a->rate;
	return 0;
}

/* The stages first, so that win finds which of its own were given. */
static int
assume_kind(const struct velocity *v, bool win, struct plan_stage *stages,
    double *amount, struct fnl_err *err)
{
	const struct fnl_list *list = &v->query->assumptions;
	struct assumption a;

	for (size_t i = 0; i < list->n; i++) {
		if (read_assumption(v, list->items[i], &a, err) < 0)
			return -1;
		if (a.is_amount)
			*amount = (double)a.amount.ten_thousandths / MONEY_UNIT;
		else if (a.is_win == win && (win ? assume_win : assume_stage)(
						v, &a, stages, err) < 0)
			return -1;
	}
	return 0;
}

int
goal_assume(const struct velocity *v, struct plan_stage *stages, double *amount,
    struct fnl_err *err)
{
	if (assume_kind(v, false, stages, amount, err) < 0)
		return -1;
	return assume_kind(v, true, stages, amount, err);
}

/* ---- options ---- */

static int
check_assumptions(const struct velocity *v, struct fnl_err *err)
{
	const struct fnl_list *list = &v->query->assumptions;
	struct assumption a;
	bool amount = false, win = false;

	for (size_t i = 0; i < list->n; i++) {
		if (read_assumption(v, list->items[i], &a, err) < 0)
			return -1;
		if ((a.is_amount && amount) || (a.is_win && win))
			return fail_twice(a.name, err);
		amount |= a.is_amount;
		win |= a.is_win;
	}
	return 0;
}

/* A day: the last one of a plan is in it as a whole. */
static int
read_until(const struct velocity *v, struct when *out, struct fnl_err *err)
{
	const char *text = v->query->until;

	if (text && strlen(text) != DATE_LENGTH)
		return fail(err, FNL_USAGE,
		    "--until: '%s' is no day (write 2026-12-31)", text);
	return query_when("--until", text, v->load.zone, out, err);
}

int
velocity_plan_options(struct velocity *v, struct fnl_err *err)
{
	const char *period = v->query->input.period;
	struct money target;
	struct when until;

	if (period && !fold_equal(slice_of(period), SLICE("none")))
		return fail(err, FNL_USAGE,
		    "--period says nothing to --report plan, which is for one "
		    "period; see --until");
	if (v->query->target &&
	    query_amount("--target", v->query->target, &target, err) < 0)
		return -1;
	if (read_until(v, &until, err) < 0)
		return -1;
	return check_assumptions(v, err);
}

/* ---- the goal ---- */

static const char *
day_text(const struct velocity *v, int64_t day)
{
	char text[WHEN_TEXT];

	when_text(text, (struct when){ day * DAY_SECONDS, WHEN_DATE });
	return arena_text(v->arena, slice_of(text));
}

/* A target of the definitions whose period is not over. */
struct candidate {
	const struct target_definition *target;
	int64_t first, next;
	bool holds; /* the day that is asked about */
};

static bool
is_better(const struct candidate *a, const struct candidate *b)
{
	if (!b->target || a->holds != b->holds)
		return a->holds || !b->target;
	if (!a->holds && a->first != b->first)
		return a->first < b->first;
	return a->next - a->first < b->next - b->first;
}

static int
find_target(const struct velocity *v, int64_t day, struct candidate *best,
    struct fnl_err *err)
{
	const struct definitions *d = &v->load.definitions;

	*best = (struct candidate){ .target = NULL };
	for (unsigned i = 0; i < d->n_targets; i++) {
		struct candidate c = { .target = &d->targets[i] };

		if (!period_read(
			c.target->period, d->fiscal_month, &c.first, &c.next))
			return fail(err, FNL_DATA,
			    "%s: the target's period '%s' is none of this "
			    "fiscal year (write 2026, 2026-Q4 or 2026-10)",
			    d->path, c.target->period);
		c.holds = c.first <= day && day < c.next;
		if (c.next > day && is_better(&c, best))
			*best = c;
	}
	return 0;
}

static int
goal_of_definitions(const struct velocity *v, int64_t day,
    struct plan_goal *out, struct fnl_err *err)
{
	const struct definitions *d = &v->load.definitions;
	struct candidate best;

	if (find_target(v, day, &best, err) < 0)
		return -1;
	if (!best.target && d->n_targets)
		return fail(err, FNL_USAGE,
		    "%s: the periods of all targets are over by %s; give "
		    "--target AMOUNT, or a later target",
		    d->path, day_text(v, day));
	if (!best.target)
		return fail(err, FNL_USAGE,
		    "no target: give --target AMOUNT, or 'targets' in the "
		    "definitions");
	if (!(best.target->revenue > 0))
		return fail(err, FNL_DATA,
		    "%s: the target of %s is no amount above 0", d->path,
		    best.target->period);
	*out = (struct plan_goal){ .revenue = best.target->revenue,
		.currency = d->currency ? d->currency : "",
		.period = best.target->period,
		.first = best.first,
		.last = best.next - 1 };
	return 0;
}

static int
goal_of_option(const struct velocity *v, int64_t day, struct plan_goal *out,
    struct fnl_err *err)
{
	int month = v->load.definitions.fiscal_month;
	int64_t first = period_start(PERIOD_QUARTER, day, month);
	char label[PERIOD_TEXT];
	struct money target;

	if (query_amount("--target", v->query->target, &target, err) < 0)
		return -1;
	period_label(label, PERIOD_QUARTER, first, month);
	*out = (struct plan_goal){
		.revenue = (double)target.ten_thousandths / MONEY_UNIT,
		.currency = arena_text(v->arena, slice_of(target.currency)),
		.period = arena_text(v->arena, slice_of(label)),
		.first = first,
		.last = period_next(PERIOD_QUARTER, first) - 1,
	};
	return 0;
}

/* Ends the days of a goal where --until says. */
static int
end_goal(const struct velocity *v, int64_t last, struct plan_goal *goal,
    struct fnl_err *err)
{
	if (last < goal->first)
		return fail(err, FNL_USAGE,
		    "--until %s is before %s begins, the period of the target "
		    "(%s)",
		    v->query->until, goal->period, day_text(v, goal->first));
	goal->last = last;
	return 0;
}

int
goal_take(const struct velocity *v, struct plan_goal *out, struct fnl_err *err)
{
	struct when until;
	int64_t as_of, day;

	if (v->load.as_of.kind == WHEN_UNKNOWN)
		return fail(err, FNL_DATA,
		    "the data holds no time: say with --as-of what a plan "
		    "starts from");
	if (read_until(v, &until, err) < 0)
		return -1;
	as_of = day = zone_day(v->load.zone, v->load.as_of);
	if (until.kind != WHEN_UNKNOWN)
		day = zone_day(v->load.zone, until);
	if (day < as_of)
		return fail(err, FNL_USAGE,
		    "--until %s is before as-of, %s: a plan is for days to "
		    "come (see --as-of)",
		    v->query->until, day_text(v, as_of));
	if ((v->query->target ? goal_of_option : goal_of_definitions)(
		v, day, out, err) < 0)
		return -1;
	return until.kind != WHEN_UNKNOWN ? end_goal(v, day, out, err) : 0;
}
