/*
 * odds.c: deals to spells, spells to chances.
 */
#include <math.h>

#include "odds.h"
#include "stay.h"

static const struct when unknown = { 0, WHEN_UNKNOWN };

static double
days(const struct odds *odds, struct when from, struct when to)
{
	return when_days(odds->deals->store->zone, from, to);
}

/* ---- learning ---- */

/* So long before as_of; of dates whole days, since that is what they tell. */
static struct when
window_start(struct when as_of, int64_t trailing)
{
	struct when since = as_of;

	if (!trailing || as_of.kind == WHEN_UNKNOWN)
		return unknown;
	since.seconds -= trailing;
	if (since.kind == WHEN_DATE)
		since.seconds =
		    DAY_SECONDS *
		    floor_div(since.seconds + DAY_SECONDS - 1, DAY_SECONDS);
	return since;
}

void
odds_start(struct odds *odds, struct arena *arena,
    const struct deal_rules *deals, int64_t trailing)
{
	odds->arena = arena;
	odds->deals = deals;
	odds->since = window_start(deals->as_of, trailing);
	odds->staged = false;
	odds->closed = odds->open = odds->old = 0;
	odds->untimed = odds->negative = 0;
	for (size_t i = 0; i <= RANKS_MAX; i++)
		odds->rows[i].won = odds->rows[i].other = odds->rows[i].n = 0;
}

/* The age at which it came under observation. Deals that closed before the
 * window are left out, so the ones that outlived its beginning may count from
 * there on only: as if nobody had closed before, they would make every deal
 * look slow (left truncation). */
static double
entry_age(const struct odds *odds, struct when from, double exit)
{
	double age = odds->since.kind == WHEN_UNKNOWN
			 ? 0
			 : days(odds, from, odds->since);
	bool instants =
	    from.kind == WHEN_INSTANT && odds->since.kind == WHEN_INSTANT;

	if (!(age > 0))
		return -INFINITY;
	age = instants ? nextafter(age, -INFINITY) : age - 1;
	/* Dates and instants together can come out short by an hour. */
	return age < exit ? age : nextafter(exit, -INFINITY);
}

/* NaN or negative where there is none. */
static double
add_spell(struct odds *odds, struct odds_row *row, struct when from,
    const struct pass *pass, enum odds_cause cause)
{
	struct when to = cause == ODDS_OPEN ? odds->deals->as_of : pass->end;
	double exit = days(odds, from, to);

	if (!(exit >= 0))
		return exit;
	if (row->n == row->cap) {
		row->cap = row->cap ? 2 * row->cap : 16;
		row->spells = arena_grow(
		    odds->arena, row->spells, row->cap * sizeof(*row->spells));
	}
	row->spells[row->n++] =
	    (struct spell){ entry_age(odds, from, exit), exit, cause };
	return exit;
}

static void
learn_end(struct odds_row *row, enum odds_cause cause)
{
	row->won += cause == ODDS_WON;
	row->other += cause == ODDS_OTHER;
}

static bool
is_within(const struct pass *pass, const struct stay *stay)
{
	return stay->visit >= pass->first && stay->visit < pass->last;
}

/* Every stage of the pass once, from its last entry on. */
static void
learn_stages(struct odds *odds, const struct timeline *t,
    const struct pass *pass, enum odds_cause cause)
{
	struct when entered[RANKS_MAX + 1];
	bool been[RANKS_MAX + 1] = { false };
	struct stay stay;

	for (size_t at = 0; stay_next(t, &at, &stay);)
		if (is_within(pass, &stay) && stay.rank) {
			been[stay.rank] = true;
			entered[stay.rank] = stay.start;
		}
	for (unsigned rank = 1; rank <= RANKS_MAX; rank++) {
		if (!been[rank] || rank < odds->deals->start_rank)
			continue;
		odds->staged |= cause != ODDS_OPEN;
		learn_end(&odds->rows[rank], cause);
		add_spell(odds, &odds->rows[rank], entered[rank], pass, cause);
	}
}

static bool
is_old(const struct odds *odds, const struct pass *pass)
{
	return odds->since.kind != WHEN_UNKNOWN &&
	       (pass->end.kind == WHEN_UNKNOWN ||
		   when_compare(
		       odds->deals->store->zone, pass->end, odds->since) < 0);
}

void
odds_learn(struct odds *odds, const struct timeline *t, const struct pass *pass)
{
	enum odds_cause cause = pass->outcome == OUTCOME_NONE  ? ODDS_OPEN
				: pass->outcome == OUTCOME_WON ? ODDS_WON
							       : ODDS_OTHER;
	double age;

	if (cause != ODDS_OPEN && is_old(odds, pass)) {
		odds->old++;
		return;
	}
	odds->open += cause == ODDS_OPEN;
	odds->closed += cause != ODDS_OPEN;
	learn_end(&odds->rows[0], cause);
	age = add_spell(odds, &odds->rows[0], pass->start, pass, cause);
	odds->untimed += cause != ODDS_OPEN && isnan(age);
	odds->negative += cause != ODDS_OPEN && age < 0;
	learn_stages(odds, t, pass, cause);
}

void
odds_end(struct odds *odds)
{
	for (size_t i = 0; i <= RANKS_MAX; i++) {
		struct odds_row *row = &odds->rows[i];

		survival_sort(row->spells, row->n);
		row->curve = survival_incidence(
		    odds->arena, row->spells, row->n, ODDS_CAUSES);
	}
}

/* ---- an open deal ---- */

bool
odds_standing(const struct odds *odds, const struct timeline *t,
    const struct pass *pass, struct standing *out)
{
	struct stay stay;

	if (pass->outcome != OUTCOME_NONE)
		return false;
	*out = (struct standing){ .opened = pass->start };
	if (!stay_open(t, &stay) || !stay.rank)
		return true;
	out->stage = stay.rank;
	out->entered = stay.start;
	return stay.rank >= odds->deals->start_rank;
}

/* A record list knows the present stage of open deals and none of closed
 * ones: there every deal is compared with all. */
static const struct odds_row *
row_of(const struct odds *odds, const struct standing *s, struct when *from)
{
	bool known =
	    odds->staged && s->stage && s->entered.kind != WHEN_UNKNOWN;

	*from = known ? s->entered : s->opened;
	return &odds->rows[known ? s->stage : 0];
}

double
odds_ever(const struct odds *odds, const struct standing *s)
{
	const struct odds_row *row = &odds->rows[odds->staged ? s->stage : 0];

	return stats_ratio((double)row->won, (double)(row->won + row->other));
}

/* The longest h that ends within the follow-up; adding it to u again may not
 * round beyond. */
static double
to_the_end(const struct incidence_curve *curve, double u)
{
	double end = curve->all.followed.high, h = end - u;

	while (u + h > end)
		h = nextafter(h, 0);
	return h;
}

/* Of two instants to the very end of the day; else in days of the calendar,
 * as when_days counts them. */
static double
age_at_end_of(const struct odds *odds, struct when from, int64_t last_day)
{
	const struct zone *zone = odds->deals->store->zone;
	struct when end = { last_day * DAY_SECONDS, WHEN_DATE };

	if (from.kind == WHEN_INSTANT &&
	    odds->deals->as_of.kind == WHEN_INSTANT)
		end =
		    (struct when){ zone_utc(zone, (last_day + 1) * DAY_SECONDS),
			    WHEN_INSTANT };
	return when_days(zone, from, end);
}

/* Where nobody has ever ended there is no chance, rather than none. The
 * rounding of a quotient may not make more than certain of certain. */
static double
given(const struct odds_row *row, double u, double h)
{
	double p = incidence_given(&row->curve, ODDS_WON, u, h);

	if (isnan(p) || !row->curve.all.n)
		return NAN;
	return fmin(fmax(p, 0), 1);
}

struct chance
odds_within(const struct odds *odds, const struct standing *s, int64_t last_day)
{
	struct when from;
	const struct odds_row *row = row_of(odds, s, &from);
	double u = days(odds, from, odds->deals->as_of);
	double h = age_at_end_of(odds, from, last_day) - u;
	struct chance chance = { given(row, u, h), false };

	if (isnan(chance.p) && h > 0 && u + h > row->curve.all.followed.high) {
		chance.p = odds_now(odds, s);
		chance.is_lower_bound = !isnan(chance.p);
	}
	return chance;
}

double
odds_now(const struct odds *odds, const struct standing *s)
{
	struct when from;
	const struct odds_row *row = row_of(odds, s, &from);
	double u = days(odds, from, odds->deals->as_of);

	if (!(u < row->curve.all.followed.high))
		return NAN;
	return given(row, u, to_the_end(&row->curve, u));
}

double
odds_at_entry(const struct odds *odds, const struct standing *s)
{
	struct when from;
	const struct odds_row *row = row_of(odds, s, &from);

	if (!row->curve.all.n)
		return NAN;
	return incidence_at(
	    &row->curve, ODDS_WON, row->curve.all.followed.high);
}
