/*
 * attribution_models.c: the models of a run, those among them that share out
 * whole pools instead of weighing touches.
 */
#include <string.h>

#include "attribution.h"
#include "query.h"

/* ---- models that share out whole pools ---- */

static int
credit_markov(struct attribution *a, struct arena *arena,
    const struct pool *pool, struct credits *credits, struct fnl_err *err)
{
	struct markov_options by_value = a->markov;
	struct markov conversions, value;
	size_t n = intern_count(a->channels);

	by_value.by_value = true;
	if (markov_fit(arena, pool, n, &a->markov, &conversions, err) < 0)
		return -1;
	if (!a->query->by_value) {
		markov_credit(arena, &conversions, &conversions, pool, credits);
		return 0;
	}
	if (markov_fit(arena, pool, n, &by_value, &value, err) < 0)
		return -1;
	markov_credit(arena, &conversions, &value, pool, credits);
	return 0;
}

static int
credit_shapley(struct attribution *a, struct arena *arena,
    const struct pool *pool, struct credits *credits, struct fnl_err *err)
{
	(void)a;
	(void)err;
	shapley_sets(arena, pool, credits);
	return 0;
}

static int
credit_shapley_rate(struct attribution *a, struct arena *arena,
    const struct pool *pool, struct credits *credits, struct fnl_err *err)
{
	(void)err;
	shapley_rates(
	    arena, pool, intern_count(a->channels), a->channels, credits);
	return 0;
}

static int
credit_counterfactual(struct attribution *a, struct arena *arena,
    const struct pool *pool, struct credits *credits, struct fnl_err *err)
{
	(void)a;
	return shapley_counterfactual(arena, pool, credits, err);
}

static const struct {
	const char *name;
	int (*credit)(struct attribution *attribution, struct arena *arena,
	    const struct pool *pool, struct credits *credits,
	    struct fnl_err *err);
	const char *weights;
} games[] = {
	{ "markov", credit_markov,
	    "removal effects of a chain of channels, solved exactly" },
	{ "shapley", credit_shapley,
	    "set game: each path's conversions in equal parts to its distinct "
	    "channels" },
	{ "shapley_rate", credit_shapley_rate,
	    "game of conversion rates over the sets of channels seen; parts "
	    "can be negative" },
	{ "counterfactual", credit_counterfactual,
	    "conversion rate of the path less that without the touch" },
};

#define N_GAMES (sizeof(games) / sizeof(*games))

/* ---- the models that were asked for ---- */

/* All of them in one list: those above are none of credit.h. */
static int
check_model(const char *text, struct fnl_err *err)
{
	struct choice names[MODELS_MAX + 1] = { { NULL, 0 } };
	char name[32] = "";
	size_t n = strcspn(text, ":");
	int ignored;

	for (size_t i = 0; i < n_models; i++)
		names[i].name = models[i].name;
	for (size_t i = 0; i < N_GAMES; i++)
		names[n_models + i].name = games[i].name;
	memcpy(name, text, n < sizeof(name) ? n : sizeof(name) - 1);
	return query_choice("--model", name, names, &ignored, err);
}

/* With the bonuses of points that the two teams agreed on (R27). */
static struct weighting
agreed_weighting(const struct attribution *a)
{
	const struct points_definition *points =
	    &a->load.definitions.attribution.points;
	struct weighting how = weighting_default();

	if (points->first)
		how.bonus_first = *points->first;
	if (points->lead)
		how.bonus_lead = *points->lead;
	if (points->opportunity)
		how.bonus_opportunity = *points->opportunity;
	if (points->last)
		how.bonus_last = *points->last;
	return how;
}

static int
add_model(struct attribution *a, const char *text, struct fnl_err *err)
{
	struct asked_model *asked = &a->models[a->n_models];

	if (a->n_models == MODELS_MAX)
		return fail(err, FNL_USAGE, "more than %d models", MODELS_MAX);
	for (size_t i = 0; i < a->n_models; i++)
		if (strcmp(a->models[i].text, text) == 0)
			return fail(
			    err, FNL_USAGE, "--model: '%s' twice", text);
	if (check_model(text, err) < 0)
		return -1;
	asked->text = text;
	asked->how = agreed_weighting(a);
	a->n_models++;
	for (size_t i = 0; i < N_GAMES; i++)
		if (fold_equal(slice_of(text), slice_of(games[i].name))) {
			asked->credit = games[i].credit;
			asked->weights = games[i].weights;
			return 0;
		}
	if (model_parse(text, a->arena, &asked->model, &asked->how, err) < 0)
		return -1;
	asked->weights = model_weights(asked->model, &asked->how, a->arena);
	return 0;
}

static bool
is_money(const struct attribution *a)
{
	return a->report->run == attribution_money;
}

/* Of --model, else of the definitions, else those that are asked for most. */
static struct fnl_list
model_names(const struct attribution *a)
{
	static const char *const usual[] = { "first", "last", "linear", "u",
		"markov", "shapley" };
	static const char *const one[] = { "linear" };
	struct fnl_list names = query_split(a->arena, &a->query->models);
	const struct texts *agreed = &a->load.definitions.attribution.models;

	if (names.n)
		return names;
	if (agreed->n)
		return (struct fnl_list){ agreed->items,
			is_money(a) ? 1 : agreed->n };
	if (is_money(a))
		return (struct fnl_list){ one, 1 };
	return (struct fnl_list){ usual, sizeof(usual) / sizeof(*usual) };
}

int
attribution_take_models(struct attribution *a, struct fnl_err *err)
{
	struct fnl_list names = model_names(a);

	if (is_money(a) && names.n > 1)
		return fail(err, FNL_USAGE,
		    "--report money takes one --model, not %zu: a cost is "
		    "paid once",
		    names.n);
	for (size_t i = 0; i < names.n; i++)
		if (add_model(a, names.items[i], err) < 0)
			return -1;
	return 0;
}
