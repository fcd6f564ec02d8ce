/*
 * markov.c: states, the counts between them, and one inverse for all removal
 * effects.
 *
 * Q holds the chances to go from state to state, r those to convert. The
 * fundamental matrix N = (I - Q)^-1 (Kemeny and Snell 1960) has in row s and
 * column t how often a journey from s will be in t; u = start' N the same for
 * all journeys, h = N r the chance to convert from each state. Let S be the
 * states that hold a channel. Where a journey first meets S is f, and u_S =
 * f' N_SS, for each visit to S descends from the first. Hence
 *
 *	P(conversion, having been in S) = f' h_S = u_S' N_SS^-1 h_S
 *
 * and the removal effect is that by P(conversion): a sum of positive terms,
 * nothing cancels, and each channel costs a system of the size of S only, at
 * order 1 a division.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "markov.h"
#include "stats.h"

/* ---- states ---- */

/* States by the bytes of their channels. */
struct states {
	struct arena *arena;
	unsigned order;
	bool self_loops;
	struct intern *texts; /* the number of a state, from 1 */
	uint32_t *path; /* a journey's channels, repeats left out */
	size_t room;
};

static struct states
states_new(struct arena *arena, unsigned order, bool self_loops)
{
	struct states states = {
		.arena = arena, .order = order, .self_loops = self_loops
	};

	states.texts = intern_new(arena);
	states.room = JOURNEY_MAX_TOUCHES;
	states.path =
	    arena_grow(arena, NULL, states.room * sizeof(*states.path));
	return states;
}

/* Fills path; returns its length. */
static size_t
collapse(struct states *states, const struct journey *journey)
{
	size_t n = 0;

	for (size_t i = 0; i < journey->n; i++) {
		uint32_t channel = journey->touches[i].channel;

		if (states->self_loops || !n || states->path[n - 1] != channel)
			states->path[n++] = channel;
	}
	return n;
}

static size_t
count_windows(const struct states *states, size_t length)
{
	return length > states->order ? length - states->order + 1 : 1;
}

/* The number of the state at the i-th window of a path of that length. */
static uint32_t
state_at(struct states *states, size_t length, size_t i)
{
	size_t n = length < states->order ? length : states->order;
	struct slice text = { (const char *)(states->path + i),
		n * sizeof(*states->path) };

	return intern_put(states->texts, text);
}

static int
compare_states(const void *left, const void *right)
{
	const struct markov_state *a = left, *b = right;

	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (a->channels[i] != b->channels[i])
			return a->channels[i] < b->channels[i] ? -1 : 1;
	return (a->n > b->n) - (a->n < b->n);
}

/* ---- the chain ---- */

struct chain {
	size_t n; /* states */
	/* Row 0 is the start, row 1 + s state s; column 0 the conversion,
	 * column 1 null, column 2 + s state s. */
	double *weights;
	double *sums; /* of the rows */
};

static double *
weight_at(const struct chain *chain, size_t row, size_t column)
{
	return &chain->weights[row * (chain->n + 2) + column];
}

static double
probability_at(const struct chain *chain, size_t row, size_t column)
{
	double weight = *weight_at(chain, row, column);

	return weight > 0 ? weight / chain->sums[row] : 0;
}

/* How often a journey ends in conversion and in null. */
struct ends {
	double conversion, null;
};

static struct ends
ends_of(const struct journey *journey, double mean_value)
{
	if (isnan(mean_value))
		return (struct ends){ journey->conversions, journey->nulls };
	return (struct ends){ journey->value, journey->nulls * mean_value };
}

/* Of a conversion; NaN when conversions count and not their value. Without a
 * conversion it is 0, and the chain is empty. */
static int
find_mean_value(
    const struct pool *pool, bool by_value, double *mean, struct fnl_err *err)
{
	struct journey total = pool_total(pool);

	*mean = NAN;
	if (!by_value)
		return 0;
	for (size_t j = 1; j < pool_size(pool); j++) {
		struct journey journey = pool_journey(pool, j);

		if (journey.value < 0)
			return fail(err, FNL_DATA,
			    "a path of %zu touches has a value below 0: no "
			    "chain can be weighted by value",
			    journey.n);
	}
	*mean = total.conversions > 0 ? total.value / total.conversions : 0;
	return 0;
}

/* The numbers of the states of all journeys that count, one journey after
 * another; stops above the limit. */
static void
number_states(struct states *states, const struct pool *pool, double mean_value,
    struct vec *numbers)
{
	for (size_t j = 1; j < pool_size(pool); j++) {
		struct journey journey = pool_journey(pool, j);
		struct ends ends = ends_of(&journey, mean_value);
		size_t length, windows;

		if (!(ends.conversion + ends.null > 0))
			continue;
		length = collapse(states, &journey);
		windows = count_windows(states, length);
		for (size_t i = 0; i < windows; i++)
			*(uint32_t *)vec_push(numbers) =
			    state_at(states, length, i);
		if (intern_count(states->texts) > MARKOV_MAX_STATES + 1)
			return;
	}
}

/* The states in the order of their channels, and the place of each there by
 * its number. */
static uint32_t *
sort_states(const struct states *states, struct markov *markov)
{
	size_t n = intern_count(states->texts) - 1;
	struct markov_state *sorted =
	    arena_array(states->arena, n + 1, sizeof(*sorted));
	uint32_t *place = arena_array(states->arena, n + 1, sizeof(*place));

	for (size_t i = 0; i < n; i++) {
		struct slice text = intern_get(states->texts, (uint32_t)i + 1);
		uint32_t *copy = arena_alloc(states->arena, text.n);

		memcpy(copy, text.p, text.n);
		sorted[i] =
		    (struct markov_state){ copy, text.n / sizeof(*copy) };
	}
	qsort(sorted, n, sizeof(*sorted), compare_states);
	for (size_t i = 0; i < n; i++) {
		struct slice text = { (const char *)sorted[i].channels,
			sorted[i].n * sizeof(*sorted[i].channels) };

		place[intern_find(states->texts, text)] = (uint32_t)i;
	}
	markov->states = sorted;
	markov->n_states = n;
	return place;
}

static struct chain
count_transitions(struct states *states, const struct pool *pool,
    double mean_value, const struct vec *numbers, const uint32_t *place,
    size_t n)
{
	struct chain chain = { .n = n };
	size_t next = 0;

	chain.weights = arena_grow(
	    states->arena, NULL, (n + 1) * (n + 2) * sizeof(*chain.weights));
	chain.sums = arena_array(states->arena, n + 1, sizeof(*chain.sums));
	for (size_t j = 1; j < pool_size(pool); j++) {
		struct journey journey = pool_journey(pool, j);
		struct ends ends = ends_of(&journey, mean_value);
		size_t windows, row = 0;

		if (!(ends.conversion + ends.null > 0))
			continue;
		windows = count_windows(states, collapse(states, &journey));
		for (size_t i = 0; i < windows; i++) {
			uint32_t number = *(uint32_t *)vec_at(numbers, next++);
			size_t state = place[number];

			*weight_at(&chain, row, 2 + state) +=
			    ends.conversion + ends.null;
			row = 1 + state;
		}
		*weight_at(&chain, row, 0) += ends.conversion;
		*weight_at(&chain, row, 1) += ends.null;
	}
	for (size_t row = 0; row <= n; row++)
		for (size_t column = 0; column < n + 2; column++)
			chain.sums[row] += *weight_at(&chain, row, column);
	return chain;
}

static void
list_transitions(
    struct arena *arena, const struct chain *chain, struct markov *markov)
{
	size_t cells = (chain->n + 1) * (chain->n + 2), n = 0;
	struct markov_transition *list;

	for (size_t i = 0; i < cells; i++)
		n += chain->weights[i] > 0;
	list = arena_array(arena, n, sizeof(*list));
	markov->transitions = list;
	markov->n_transitions = n;
	for (size_t i = 0; i < cells; i++) {
		size_t row = i / (chain->n + 2), column = i % (chain->n + 2);

		if (!(chain->weights[i] > 0))
			continue;
		*list++ = (struct markov_transition){
			row ? (uint32_t)(MARKOV_STATES + row - 1)
			    : MARKOV_START,
			(uint32_t)(MARKOV_CONVERSION + column),
			chain->weights[i], probability_at(chain, row, column)
		};
	}
}

/* ---- removal ---- */

struct solution {
	double *inverse; /* N */
	double *visits; /* u */
	double *converts; /* h */
};

/* The inverse of I - Q. Each journey ends, so that from every state there is
 * a way out, and I - Q is regular. */
static double *
fundamental_matrix(struct arena *arena, const struct chain *chain)
{
	size_t n = chain->n;
	double *system = arena_grow(arena, NULL, n * n * sizeof(*system));
	double *inverse = arena_grow(arena, NULL, n * n * sizeof(*inverse));
	size_t *order = arena_array(arena, n, sizeof(*order));
	gsl_matrix_view a = gsl_matrix_view_array(system, n, n);
	gsl_matrix_view b = gsl_matrix_view_array(inverse, n, n);
	gsl_permutation p = { n, order };
	int sign;

	for (size_t s = 0; s < n; s++)
		for (size_t t = 0; t < n; t++)
			system[s * n + t] =
			    (s == t) - probability_at(chain, 1 + s, 2 + t);
	gsl_set_error_handler_off(); /* see stats.c */
	gsl_linalg_LU_decomp(&a.matrix, &p, &sign);
	gsl_linalg_LU_invert(&a.matrix, &p, &b.matrix);
	arena_drop(arena, system);
	return inverse;
}

static struct solution
solve(struct arena *arena, const struct chain *chain)
{
	size_t n = chain->n;
	struct solution solution = { .inverse =
					 fundamental_matrix(arena, chain) };

	solution.visits = arena_array(arena, n, sizeof(*solution.visits));
	solution.converts = arena_array(arena, n, sizeof(*solution.converts));
	for (size_t s = 0; s < n; s++) {
		double start = probability_at(chain, 0, 2 + s);

		for (size_t t = 0; t < n; t++) {
			double times = solution.inverse[s * n + t];

			solution.visits[t] += start * times;
			solution.converts[s] +=
			    times * probability_at(chain, 1 + t, 0);
		}
	}
	return solution;
}

static bool
holds(const struct markov_state *state, uint32_t channel)
{
	for (size_t i = 0; i < state->n; i++)
		if (state->channels[i] == channel)
			return true;
	return false;
}

/* P(conversion, having been in one of n states): see the top. block and order
 * are room for n * n and n. */
static double
converts_through(const struct solution *solution, size_t n_states,
    const size_t *states, size_t n, double *block, double *x, size_t *order)
{
	gsl_matrix_view a = gsl_matrix_view_array(block, n, n);
	gsl_vector_view b = gsl_vector_view_array(x, n);
	gsl_permutation p = { n, order };
	double sum = 0;
	int sign;

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++)
			block[i * n + j] =
			    solution->inverse[states[i] * n_states + states[j]];
		x[i] = solution->converts[states[i]];
	}
	gsl_linalg_LU_decomp(&a.matrix, &p, &sign);
	gsl_linalg_LU_svx(&a.matrix, &p, &b.vector);
	for (size_t i = 0; i < n; i++)
		sum += solution->visits[states[i]] * x[i];
	return sum;
}

/* The share of journeys that start in none of the states; 0 exactly when
 * there are none. */
static double
starts_elsewhere(
    const struct chain *chain, const struct markov *markov, uint32_t channel)
{
	double weight = 0;

	for (size_t s = 0; s < chain->n; s++)
		if (!holds(&markov->states[s], channel))
			weight += *weight_at(chain, 0, 2 + s);
	return weight / chain->sums[0];
}

static double
clip(double share)
{
	return share < 0 ? 0 : share > 1 ? 1 : share;
}

static void
find_removal(struct arena *arena, const struct chain *chain,
    const struct solution *solution, enum markov_removal removal,
    struct markov *markov, double *effects)
{
	size_t n = chain->n;
	size_t *held = arena_array(arena, n, sizeof(*held));
	size_t *order = arena_array(arena, n, sizeof(*order));
	double *x = arena_array(arena, n, sizeof(*x));
	double *block = arena_grow(arena, NULL, n * n * sizeof(*block));

	for (size_t c = 0; c < markov->n_channels; c++) {
		size_t n_held = 0;
		double elsewhere;

		for (size_t s = 0; s < n; s++)
			if (holds(&markov->states[s], (uint32_t)c))
				held[n_held++] = s;
		effects[c] = n_held == 0
				 ? 0
				 : clip(converts_through(solution, n, held,
					    n_held, block, x, order) /
					markov->conversion);
		if (removal == REMOVAL_NULL || n_held == 0)
			continue;
		elsewhere = starts_elsewhere(chain, markov, (uint32_t)c);
		effects[c] =
		    elsewhere > 0 ? 1 - (1 - effects[c]) / elsewhere : 1;
	}
	arena_drop(arena, block);
}

static void
find_effects(struct arena *arena, const struct chain *chain,
    enum markov_removal removal, struct markov *markov)
{
	double *effects =
	    arena_array(arena, markov->n_channels, sizeof(*effects));
	struct solution solution;
	double conversion = 0, start = 0;

	markov->removal = effects;
	markov->conversion = NAN;
	for (size_t c = 0; c < markov->n_channels; c++)
		effects[c] = NAN;
	if (chain->n == 0)
		return;
	for (size_t s = 0; s < chain->n; s++)
		start += *weight_at(chain, 1 + s, 0);
	markov->conversion = 0;
	if (!(start > 0))
		return;
	solution = solve(arena, chain);
	for (size_t s = 0; s < chain->n; s++)
		conversion +=
		    probability_at(chain, 0, 2 + s) * solution.converts[s];
	markov->conversion = clip(conversion);
	find_removal(arena, chain, &solution, removal, markov, effects);
	arena_drop(arena, solution.inverse);
}

int
markov_fit(struct arena *arena, const struct pool *pool, size_t n_channels,
    const struct markov_options *options, struct markov *markov,
    struct fnl_err *err)
{
	struct states states =
	    states_new(arena, options->order, options->self_loops);
	struct vec numbers = vec_new(arena, sizeof(uint32_t));
	struct chain chain;
	double mean_value;
	uint32_t *place;

	*markov = (struct markov){ .n_channels = n_channels };
	if (options->order < 1 || options->order > MARKOV_MAX_ORDER)
		return fail(err, FNL_USAGE, "the order of a chain is 1 to %d",
		    MARKOV_MAX_ORDER);
	if (find_mean_value(pool, options->by_value, &mean_value, err) == -1)
		return -1;
	number_states(&states, pool, mean_value, &numbers);
	if (intern_count(states.texts) > MARKOV_MAX_STATES + 1)
		return fail(err, FNL_DATA,
		    "a chain of order %u has more than %d states here (%s)",
		    options->order, MARKOV_MAX_STATES,
		    options->order > 1 ? "take a lower order"
				       : "bring channels together");
	place = sort_states(&states, markov);
	chain = count_transitions(
	    &states, pool, mean_value, &numbers, place, markov->n_states);
	list_transitions(arena, &chain, markov);
	find_effects(arena, &chain, options->removal, markov);
	arena_drop(arena, chain.weights);
	arena_drop(arena, states.path);
	return 0;
}

/* The same chain with a start from which nothing comes. */
void
markov_converts(
    struct arena *arena, const double *weights, size_t n, double *converts)
{
	struct chain chain = { .n = n };
	struct solution solution;

	if (n == 0)
		return;
	chain.weights =
	    arena_grow(arena, NULL, (n + 1) * (n + 2) * sizeof(*chain.weights));
	chain.sums = arena_array(arena, n + 1, sizeof(*chain.sums));
	memcpy(weight_at(&chain, 1, 0), weights,
	    n * (n + 2) * sizeof(*chain.weights));
	for (size_t s = 1; s <= n; s++)
		for (size_t column = 0; column < n + 2; column++)
			chain.sums[s] += *weight_at(&chain, s, column);
	solution = solve(arena, &chain);
	for (size_t s = 0; s < n; s++)
		converts[s] = clip(solution.converts[s]);
	arena_drop(arena, solution.inverse);
	arena_drop(arena, chain.weights);
}

/* ---- credits ---- */

/* Shares of 1; false when no effect is above 0. */
static bool
shares_of(const struct markov *markov, double *shares)
{
	double sum = 0;

	for (size_t c = 0; c < markov->n_channels; c++) {
		shares[c] = fmax(markov->removal[c], 0);
		sum += shares[c];
	}
	for (size_t c = 0; c < markov->n_channels; c++)
		shares[c] /= sum;
	return sum > 0;
}

static void
undefine(struct credits *credits, size_t n, double conversions, double value)
{
	for (size_t c = 0; c < n; c++)
		credits_put(credits, c, conversions, value);
}

void
markov_credit(struct arena *arena, const struct markov *conversions,
    const struct markov *value, const struct pool *pool,
    struct credits *credits)
{
	size_t n = conversions->n_channels;
	double *shares = arena_array(arena, n, sizeof(*shares));
	uint32_t *rows = arena_array(arena, n, sizeof(*rows));
	struct journey total = pool_total(pool);

	for (size_t c = 0; c < n; c++)
		rows[c] = (uint32_t)c;
	credits_add_none(credits, pool);
	if (shares_of(conversions, shares))
		credits_share(credits, rows, shares, n, total.conversions, 0);
	else
		undefine(credits, n, NAN, 0);
	if (shares_of(value, shares))
		credits_share(credits, rows, shares, n, 0, total.value);
	else
		undefine(credits, n, 0, NAN);
}

/* ---- the order ---- */

struct endings { /* how journeys end by their last state */
	size_t n_folds, n_states;
	struct ends *ends; /* of state s in fold f at [s * n_folds + f] */
	struct ends *folds; /* of all states */
};

struct guess { /* about the journeys of a fold with one last state */
	double p; /* of conversion, by the other folds */
	struct ends ends;
};

static void
add_ends(struct ends *to, double conversion, double null)
{
	to->conversion += conversion;
	to->null += null;
}

static struct endings
endings_new(struct arena *arena, struct states *states,
    const struct pool *const *folds, size_t n_folds)
{
	struct endings endings = { .n_folds = n_folds };
	size_t room = 0;

	endings.folds = arena_array(arena, n_folds, sizeof(*endings.folds));
	for (size_t f = 0; f < n_folds; f++)
		for (size_t j = 1; j < pool_size(folds[f]); j++) {
			struct journey journey = pool_journey(folds[f], j);
			size_t length, state;

			length = collapse(states, &journey);
			state = state_at(
			    states, length, count_windows(states, length) - 1);
			if (state >= room) {
				room = 2 * state + 64;
				endings.ends = arena_grow(arena, endings.ends,
				    room * n_folds * sizeof(*endings.ends));
			}
			add_ends(&endings.ends[state * n_folds + f],
			    journey.conversions, journey.nulls);
			add_ends(&endings.folds[f], journey.conversions,
			    journey.nulls);
			if (state >= endings.n_states)
				endings.n_states = state + 1;
		}
	return endings;
}

/* Of all folds but one. */
static struct ends
others(const struct ends *folds, size_t n_folds, size_t fold)
{
	struct ends ends = { 0, 0 };

	for (size_t f = 0; f < n_folds; f++)
		if (f != fold)
			add_ends(&ends, folds[f].conversion, folds[f].null);
	return ends;
}

/* What the other folds say about this one; returns the number of guesses, 0
 * when they cannot say anything. */
static size_t
make_guesses(const struct endings *endings, size_t fold, struct guess *guesses)
{
	struct ends all = others(endings->folds, endings->n_folds, fold);
	double rate = all.conversion / (all.conversion + all.null);
	size_t n = 0;

	if (!(rate > 0 && rate < 1))
		return 0;
	for (size_t s = 0; s < endings->n_states; s++) {
		const struct ends *row = &endings->ends[s * endings->n_folds];
		struct ends train;

		if (!(row[fold].conversion + row[fold].null > 0))
			continue;
		train = others(row, endings->n_folds, fold);
		guesses[n++] =
		    (struct guess){ (train.conversion + rate) /
					(train.conversion + train.null + 1),
			    row[fold] };
	}
	return n;
}

static double
log_loss(const struct guess *guesses, size_t n)
{
	double loss = 0, weight = 0;

	for (size_t i = 0; i < n; i++) {
		loss -= guesses[i].ends.conversion * log(guesses[i].p) +
			guesses[i].ends.null * log1p(-guesses[i].p);
		weight += guesses[i].ends.conversion + guesses[i].ends.null;
	}
	return loss / weight;
}

static int
compare_guesses(const void *left, const void *right)
{
	const struct guess *a = left, *b = right;

	return (a->p > b->p) - (a->p < b->p);
}

/* The chance that a journey that converts has the higher guess of two, ties
 * half (Mann and Whitney 1947). Sorts. NaN when only one end happened. */
static double
area_under_curve(struct guess *guesses, size_t n)
{
	double below = 0, conversions = 0, pairs = 0;

	if (n)
		qsort(guesses, n, sizeof(*guesses), compare_guesses);
	for (size_t i = 0, end; i < n; i = end) {
		struct ends tied = { 0, 0 };

		for (end = i; end < n && !(guesses[end].p > guesses[i].p);
		     end++)
			add_ends(&tied, guesses[end].ends.conversion,
			    guesses[end].ends.null);
		pairs += tied.conversion * (below + tied.null / 2);
		conversions += tied.conversion;
		below += tied.null;
	}
	return stats_ratio(pairs, conversions * below);
}

/* Mean of the n values that are known, and its standard error. */
static unsigned
mean_of(const double *values, size_t n, double *mean, double *standard_error)
{
	double sum = 0, squares = 0;
	unsigned known = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(values[i])) {
			sum += values[i];
			known++;
		}
	*mean = known ? sum / known : (double)NAN;
	for (size_t i = 0; i < n; i++)
		if (!isnan(values[i]))
			squares += (values[i] - *mean) * (values[i] - *mean);
	*standard_error =
	    known > 1 ? sqrt(squares / (known - 1) / known) : (double)NAN;
	return known;
}

static struct markov_score
score_order(struct arena *arena, struct states *states,
    const struct pool *const *folds, size_t n_folds)
{
	struct endings endings = endings_new(arena, states, folds, n_folds);
	struct guess *guesses =
	    arena_grow(arena, NULL, (endings.n_states + 1) * sizeof(*guesses));
	double *losses = arena_array(arena, n_folds, sizeof(*losses));
	double *areas = arena_array(arena, n_folds, sizeof(*areas));
	struct markov_score score = { .order = states->order };
	double unused;

	for (size_t f = 0; f < n_folds; f++) {
		size_t n = make_guesses(&endings, f, guesses);

		losses[f] = n ? log_loss(guesses, n) : (double)NAN;
		areas[f] = area_under_curve(guesses, n);
	}
	score.folds =
	    mean_of(losses, n_folds, &score.log_loss, &score.standard_error);
	mean_of(areas, n_folds, &score.auc, &unused);
	arena_drop(arena, guesses);
	arena_drop(arena, endings.ends);
	return score;
}

unsigned
markov_order(struct arena *arena, const struct pool *const *folds,
    size_t n_folds, bool self_loops, unsigned max_order,
    struct markov_score *scores)
{
	struct states states = states_new(arena, 1, self_loops);
	const struct markov_score *best = scores;

	for (unsigned k = 0; k < max_order; k++) {
		states.order = k + 1;
		scores[k] = score_order(arena, &states, folds, n_folds);
		if (scores[k].log_loss < best->log_loss)
			best = &scores[k];
	}
	arena_drop(arena, states.path);
	for (unsigned k = 0; k < max_order; k++)
		if (scores[k].log_loss <= best->log_loss + best->standard_error)
			return scores[k].order;
	return 0; /* nothing but NaN */
}
