/*
 * credit.c: each model's weights stand above its row; below them, credits.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "credit.h"
#include "query.h"

#define DAY 86400.0

struct weighting
weighting_default(void)
{
	return (struct weighting){ .half_life = 7,
		.first = 30,
		.middle = 20,
		.last = 50,
		.direct = UINT32_MAX,
		.bonus_first = 1,
		.bonus_lead = 1,
		.bonus_opportunity = 1,
		.bonus_last = 1 };
}

/* Divides by the sum; all NaN where there is none. */
static void
normalise(double *weights, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += weights[i];
	for (size_t i = 0; i < n; i++)
		weights[i] = sum > 0 ? weights[i] / sum : (double)NAN;
}

static void
all_to(size_t touch, size_t n, double *weights)
{
	memset(weights, 0, n * sizeof(*weights));
	weights[touch] = 1;
}

/* ---- by position ---- */

static void
w_first(const struct journey_view *view, double *weights)
{
	all_to(0, view->n, weights);
}

static void
w_last(const struct journey_view *view, double *weights)
{
	all_to(view->n - 1, view->n, weights);
}

/* The last one after remove_if_not_all (metrics.md 3.3.2; DP6 does so): a
 * journey of direct touches alone is still theirs. */
static void
w_last_non_direct(const struct journey_view *view, double *weights)
{
	size_t last = view->n;

	while (last > 0 && view->touches[last - 1].channel == view->how->direct)
		last--;
	all_to((last ? last : view->n) - 1, view->n, weights);
}

static void
w_linear(const struct journey_view *view, double *weights)
{
	for (size_t i = 0; i < view->n; i++)
		weights[i] = 1 / (double)view->n;
}

/*
 * Adobe's two-touch rule leaves the middle out and keeps first to last; where
 * both are 0 they are equal (R20). The other rule gives each half of it.
 */
static void
position(double first, double middle, double last, bool halve_middle, size_t n,
    double *weights)
{
	bool nothing_outside = !(first + last > 0);

	if (n == 1) {
		weights[0] = 1;
		return;
	}
	if (n == 2) {
		double half = halve_middle || nothing_outside ? middle / 2 : 0;

		weights[0] = first + half;
		weights[1] = last + half;
	} else {
		for (size_t i = 1; i < n - 1; i++)
			weights[i] = middle / (double)(n - 2);
		weights[0] = first;
		weights[n - 1] = last;
	}
	normalise(weights, n);
}

static void
w_u(const struct journey_view *view, double *weights)
{
	position(40, 20, 40, view->how->halve_middle, view->n, weights);
}

static void
w_j(const struct journey_view *view, double *weights)
{
	position(20, 20, 60, view->how->halve_middle, view->n, weights);
}

static void
w_inverse_j(const struct journey_view *view, double *weights)
{
	position(60, 20, 20, view->how->halve_middle, view->n, weights);
}

static void
w_custom(const struct journey_view *view, double *weights)
{
	position(view->how->first, view->how->middle, view->how->last,
	    view->how->halve_middle, view->n, weights);
}

/* ---- by time ---- */

/*
 * 2^(-days/half_life) in proportion to the touch that is next to the
 * conversion: years before it every power would be 0. NaN when the days of
 * one touch are unknown, for then no share is known.
 */
static void
w_time_decay(const struct journey_view *view, double *weights)
{
	double nearest = INFINITY;
	bool known = true;

	for (size_t i = 0; i < view->n; i++) {
		known = known && isfinite(view->touches[i].days);
		nearest = fmin(nearest, view->touches[i].days);
	}
	for (size_t i = 0; i < view->n; i++)
		weights[i] = known ? exp2((nearest - view->touches[i].days) /
					  view->how->half_life)
				   : (double)NAN;
	normalise(weights, view->n);
}

/* ---- by milestones ---- */

enum { FIRST_TOUCH, LEAD, OPPORTUNITY, CLOSE, N_ANCHORS };

struct anchors { /* where they are, n for missing */
	size_t at[N_ANCHORS];
};

static struct anchors
find_anchors(const struct journey_view *view)
{
	const struct journey_touch *touches = view->touches;
	size_t n = view->n;
	struct anchors a = { { 0, n, n, n } };

	for (size_t i = 0; i < n; i++) {
		if (touches[i].milestones & MILESTONE_LEAD)
			a.at[LEAD] = i;
		if (touches[i].milestones & MILESTONE_OPPORTUNITY)
			a.at[OPPORTUNITY] = i;
		if (touches[i].milestones & MILESTONE_CLOSE)
			a.at[CLOSE] = i;
	}
	return a;
}

/*
 * share[] on the anchors, rest over the touches before `end` that are none.
 * The share of a missing milestone, and a rest that has no touch, go to the
 * anchors that are there, pro rata (metrics.md 3.3.3).
 */
static void
milestones(const struct journey_view *view, const double share[N_ANCHORS],
    double rest, size_t end, double *weights)
{
	struct anchors a = find_anchors(view);
	size_t n = view->n;
	double present = 0, all = 0, scale;
	size_t others = 0;

	memset(weights, 0, n * sizeof(*weights));
	for (int k = 0; k < N_ANCHORS; k++) {
		all += share[k];
		if (a.at[k] == n)
			continue;
		weights[a.at[k]] += share[k];
		present += share[k];
	}
	for (size_t i = 0; i < end; i++)
		others += weights[i] == 0;
	scale = (others ? all : all + rest) / present;
	for (size_t i = 0; i < n; i++)
		if (weights[i] > 0)
			weights[i] *= scale;
		else if (i < end)
			weights[i] = rest / (double)others;
	normalise(weights, n);
}

static void
w_w(const struct journey_view *view, double *weights)
{
	static const double share[N_ANCHORS] = { 30, 30, 30, 0 };

	milestones(view, share, 10, view->n, weights);
}

static void
w_full_path(const struct journey_view *view, double *weights)
{
	static const double share[N_ANCHORS] = { 22.5, 22.5, 22.5, 22.5 };

	milestones(view, share, 10, view->n, weights);
}

static void
w_u50(const struct journey_view *view, double *weights)
{
	static const double share[N_ANCHORS] = { 50, 50, 0, 0 };

	milestones(view, share, 0, 0, weights);
}

/* Between is before the lead; without a lead nothing is (R21). */
static void
w_u_lead(const struct journey_view *view, double *weights)
{
	static const double share[N_ANCHORS] = { 40, 40, 0, 0 };
	size_t lead = find_anchors(view).at[LEAD];

	milestones(view, share, 20, lead == view->n ? 0 : lead, weights);
}

static void
w_points(const struct journey_view *view, double *weights)
{
	struct anchors a = find_anchors(view);

	for (size_t i = 0; i < view->n; i++)
		weights[i] =
		    1 + (i == 0 ? view->how->bonus_first : 0) +
		    (i == a.at[LEAD] ? view->how->bonus_lead : 0) +
		    (i == a.at[OPPORTUNITY] ? view->how->bonus_opportunity
					    : 0) +
		    (i == view->n - 1 ? view->how->bonus_last : 0);
	normalise(weights, view->n);
}

/* ---- not additive ---- */

static void
w_participation(const struct journey_view *view, double *weights)
{
	channel_counts_restart(view->seen);
	for (size_t i = 0; i < view->n; i++)
		weights[i] = (*channel_count(
				 view->seen, view->touches[i].channel))++ == 0
				 ? 1
				 : 0;
}

/* The same name means different weights elsewhere: hence the words. Sources
 * in metrics.md 3.3.3. */
const struct model models[] = {
	{ "first", "first touch 100", w_first, 0 },
	{ "last", "last touch 100", w_last, 0 },
	{ "last_non_direct", "last touch that is not direct 100",
	    w_last_non_direct, 0 },
	{ "linear", "every touch the same", w_linear, 0 },
	{ "u", "first touch 40, last 40, the middle 20", w_u, 0 },
	{ "j", "first touch 20, last 60, the middle 20", w_j, 0 },
	{ "inverse_j", "first touch 60, last 20, the middle 20", w_inverse_j,
	    0 },
	{ "custom", "first touch, middle and last as given", w_custom, 0 },
	{ "time_decay", "halves with every half-life before the conversion",
	    w_time_decay, MODEL_DAYS },
	{ "w", "first touch 30, lead 30, opportunity 30, the rest 10", w_w,
	    MODEL_MILESTONES },
	{ "full_path",
	    "first touch, lead, opportunity and close 22.5 each, the rest 10",
	    w_full_path, MODEL_MILESTONES },
	{ "u50", "first touch 50, lead 50", w_u50, MODEL_MILESTONES },
	{ "u_lead", "first touch 40, lead 40, between them 20", w_u_lead,
	    MODEL_MILESTONES },
	{ "points",
	    "a point a touch, bonuses for first, lead, opportunity, last",
	    w_points, MODEL_MILESTONES },
	{ "participation", "100 to every channel of the journey",
	    w_participation, MODEL_NOT_ADDITIVE },
};

#define N_MODELS (sizeof(models) / sizeof(*models))

const size_t n_models = N_MODELS;

/* ---- names to models ---- */

static int
parse_half_life(
    const char *argument, struct weighting *how, struct fnl_err *err)
{
	int64_t seconds;

	if (query_duration("time_decay", argument, &seconds, err) == -1)
		return -1;
	if (seconds == 0)
		return fail(err, FNL_USAGE,
		    "time_decay: a half-life of 0 (write 7d, 12h)");
	how->half_life = (double)seconds / DAY;
	return 0;
}

static int
parse_custom(const char *argument, struct arena *arena, struct weighting *how,
    struct fnl_err *err)
{
	double *parts[] = { &how->first, &how->middle, &how->last };
	const char *rest = argument;

	for (size_t i = 0; i < 3; i++) {
		size_t n = rest ? strcspn(rest, ":") : 0;
		int64_t count;

		if (!n || (i < 2) != (rest[n] == ':'))
			return fail(err, FNL_USAGE,
			    "custom: cannot read '%s' as first:middle:last "
			    "(such as 30:20:50)",
			    argument);
		if (query_count("custom",
			arena_text(arena, (struct slice){ rest, n }), &count,
			err) == -1)
			return -1;
		*parts[i] = (double)count;
		rest += n + 1;
	}
	if (how->first + how->middle + how->last > 0)
		return 0;
	return fail(
	    err, FNL_USAGE, "custom: '%s' gives nobody anything", argument);
}

int
model_parse(const char *text, struct arena *arena, const struct model **model,
    struct weighting *how, struct fnl_err *err)
{
	struct choice choices[N_MODELS + 1] = { { NULL, 0 } };
	const char *colon = strchr(text, ':');
	const char *name = text;
	int number;

	if (colon)
		name = arena_text(
		    arena, (struct slice){ text, (size_t)(colon - text) });
	for (size_t i = 0; i < N_MODELS; i++)
		choices[i] = (struct choice){ models[i].name, (int)i };
	if (query_choice("model", name, choices, &number, err) == -1)
		return -1;
	*model = &models[number];
	if (!colon)
		return 0;
	if ((*model)->weigh == w_time_decay)
		return parse_half_life(colon + 1, how, err);
	if ((*model)->weigh == w_custom)
		return parse_custom(colon + 1, arena, how, err);
	return fail(err, FNL_USAGE, "model '%s' takes nothing after it",
	    (*model)->name);
}

/* What goes in front of each number, and the numbers. */
static const char *
weights_with(const char *const *before, const double *numbers, size_t n,
    struct arena *arena)
{
	struct textbuf text = { .arena = arena };
	char number[NUMBER_MAX];

	for (size_t i = 0; i < n; i++) {
		number_text(number, numbers[i]);
		textbuf_add(&text, "%s%s", before[i], number);
	}
	return textbuf_text(&text);
}

const char *
model_weights(
    const struct model *model, const struct weighting *how, struct arena *arena)
{
	static const char *const points[] = {
		"a point a touch; bonuses: first ", ", lead ", ", opportunity ",
		", last "
	};
	static const char *const custom[] = { "first touch ", ", the middle ",
		", last " };
	static const char *const decay[] = {
		"halves with every half-life before the conversion; days: "
	};

	if (model->weigh == w_points)
		return weights_with(points,
		    (const double[]){ how->bonus_first, how->bonus_lead,
			how->bonus_opportunity, how->bonus_last },
		    4, arena);
	if (model->weigh == w_custom)
		return weights_with(custom,
		    (const double[]){ how->first, how->middle, how->last }, 3,
		    arena);
	return model->weigh == w_time_decay
		   ? weights_with(decay, &how->half_life, 1, arena)
		   : model->weights;
}

/* ---- credits ---- */

struct credit {
	struct sum conversions, value;
};

struct credits {
	struct arena *arena;
	size_t n_channels;
	struct credit *rows;
	struct channel_counts seen;
	uint32_t *touched; /* the rows of a journey's touches */
	double *weights;
	size_t room;
};

struct credits *
credits_new(struct arena *arena, size_t n_channels)
{
	struct credits *credits = arena_alloc(arena, sizeof(*credits));

	credits->arena = arena;
	credits->n_channels = n_channels;
	credits->rows = arena_array(
	    arena, n_channels + CREDIT_ROWS, sizeof(*credits->rows));
	credits->seen = channel_counts_new(arena);
	return credits;
}

void
credits_put(
    struct credits *credits, size_t row, double conversions, double value)
{
	sum_add(&credits->rows[row].conversions, conversions);
	sum_add(&credits->rows[row].value, value);
}

void
credits_share(struct credits *credits, const uint32_t *rows,
    const double *weights, size_t n, double conversions, double value)
{
	struct credit left = { { conversions, 0 }, { value, 0 } };
	size_t last = n;

	while (last > 1 && weights[last - 1] == 0)
		last--;
	for (size_t i = 0; i + 1 < last; i++) {
		double c = conversions * weights[i], v = value * weights[i];

		if (weights[i] == 0)
			continue;
		credits_put(credits, rows[i], c, v);
		sum_add(&left.conversions, -c);
		sum_add(&left.value, -v);
	}
	sum_join(&credits->rows[rows[last - 1]].conversions, left.conversions);
	sum_join(&credits->rows[rows[last - 1]].value, left.value);
}

static void
make_room(struct credits *credits, size_t n)
{
	if (n <= credits->room)
		return;
	credits->room = 2 * n;
	credits->touched = arena_grow(credits->arena, credits->touched,
	    credits->room * sizeof(*credits->touched));
	credits->weights = arena_grow(credits->arena, credits->weights,
	    credits->room * sizeof(*credits->weights));
}

static void
add_journey(struct credits *credits, const struct model *model,
    const struct weighting *how, const struct journey *journey)
{
	struct journey_view view = { how, &credits->seen, journey->touches,
		journey->n };
	size_t n = journey->n;
	double *weights;

	make_room(credits, n);
	weights = credits->weights;
	model->weigh(&view, weights);
	if (isnan(weights[0])) {
		credits_put(credits, credits->n_channels + CREDIT_UNDATED,
		    journey->conversions, journey->value);
		return;
	}
	for (size_t i = 0; i < n; i++)
		credits->touched[i] = journey->touches[i].channel;
	if (!(model->flags & MODEL_NOT_ADDITIVE)) {
		credits_share(credits, credits->touched, weights, n,
		    journey->conversions, journey->value);
		return;
	}
	for (size_t i = 0; i < n; i++)
		credits_put(credits, credits->touched[i],
		    weights[i] * journey->conversions,
		    weights[i] * journey->value);
}

void
credits_add_none(struct credits *credits, const struct pool *pool)
{
	struct journey none = pool_journey(pool, 0);

	credits_put(credits, credits->n_channels + CREDIT_NONE,
	    none.conversions, none.value);
}

void
credits_add_pool(struct credits *credits, const struct model *model,
    const struct weighting *how, const struct pool *pool)
{
	size_t n = pool_size(pool);

	credits_add_none(credits, pool);
	for (size_t i = 1; i < n; i++) {
		struct journey journey = pool_journey(pool, i);

		if (journey.conversions != 0 || journey.value != 0)
			add_journey(credits, model, how, &journey);
	}
}

size_t
credits_rows(const struct credits *credits)
{
	return credits->n_channels + CREDIT_ROWS;
}

double
credits_conversions(const struct credits *credits, size_t row)
{
	return sum_value(credits->rows[row].conversions);
}

double
credits_value(const struct credits *credits, size_t row)
{
	return sum_value(credits->rows[row].value);
}

/* ---- rounding ---- */

struct cut {
	double remainder; /* of a unit */
	size_t part;
};

static int
compare_cuts(const void *left, const void *right)
{
	const struct cut *a = left, *b = right;

	if (a->remainder != b->remainder)
		return a->remainder > b->remainder ? -1 : 1;
	return (a->part > b->part) - (a->part < b->part);
}

void
credits_round(struct arena *arena, double *parts, size_t n, unsigned digits)
{
	struct cut *cuts = arena_array(arena, n, sizeof(*cuts));
	double unit = pow(10, digits), largest = 0, left;
	struct sum sum = { 0, 0 };

	for (size_t i = 0; i < n; i++) {
		sum_add(&sum, parts[i]);
		largest = fmax(largest, fabs(parts[i]));
	}
	if (!(fabs(sum_value(sum)) * unit < 0x1p53 && largest * unit < 0x1p53))
		return;
	left = nearbyint(sum_value(sum) * unit);
	for (size_t i = 0; i < n; i++) {
		double units = floor(parts[i] * unit);

		cuts[i] = (struct cut){ parts[i] * unit - units, i };
		left -= units;
		parts[i] = units;
	}
	if (n)
		qsort(cuts, n, sizeof(*cuts), compare_cuts);
	for (size_t i = 0; i < n && left > 0; i++, left--)
		parts[cuts[i].part]++;
	for (size_t i = 0; i < n; i++)
		parts[i] /= unit;
}
