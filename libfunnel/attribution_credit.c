/*
 * attribution_credit.c: the report credit. A row a channel, two columns a
 * model; with --bootstrap their intervals, and whether the order of the
 * channels is one that a decision can stand on.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attribution.h"
#include "figures.h"

/* Drawn records times models in all of a table; beyond it fewer resamples. */
#define BOOTSTRAP_WORK 400000000.0
#define BOOTSTRAP_LEAST 50
#define STABLE_SHARE 0.95

/* Columns of a model, after its credit. */
enum { PART_CREDIT, PART_VALUE, PART_SHARE, PART_LOW, PART_HIGH, PARTS };

struct channel_row {
	size_t row; /* of the credits */
	const char *name;
	double rank_by; /* credit by the first model */
};

struct credit_table {
	struct attribution *a;
	const struct journey_group *group;
	size_t n_channels;
	struct credits *credits[MODELS_MAX];
	/* of resamples: [model][row][draw] */
	double *draws[MODELS_MAX];
	size_t n_draws;
	size_t *same_rank; /* by row: resamples and models that rank it so */
};

/* ---- columns ---- */

static const struct column channel_column = { "channel", "Channel", UNIT_TEXT,
	FOR_ALL, "The agreed channel; (none): conversions without a touch." };
static const struct column stability_column = { "rank_stability", "Rank stable",
	UNIT_SHARE, FOR_ALL,
	"Share of resamples and models in which the channel has this rank." };
static const struct column safe_column = { "decision_safe", "Safe", UNIT_FLAG,
	FOR_ALL, "rank_stability is at least 95 %." };
static const struct column conversion_column = { "conversion", "Conversion",
	UNIT_TEXT, FOR_MACHINES, "See --conversion." };
static const struct column *const context_columns[] = { &conversion_column };

/* "linear" for linear, "time_decay:14d" for two half-lives side by side. */
static const struct column *
model_column(struct attribution *a, const char *text, int part)
{
	static const struct {
		const char *suffix, *title;
		enum unit unit;
		enum audience audience;
		const char *help;
	} parts[PARTS] = {
		{ "", "", UNIT_NUMBER, FOR_ALL, "Conversions credited." },
		{ "_value", " value", UNIT_NUMBER, FOR_ROOM,
		    "Value credited." },
		{ "_share", " share", UNIT_SHARE, FOR_MACHINES,
		    "Share of the conversions." },
		{ "_lo", " low", UNIT_NUMBER, FOR_ROOM,
		    "Lower bound of the credit, by bootstrap." },
		{ "_hi", " high", UNIT_NUMBER, FOR_ROOM,
		    "Upper bound of the credit." },
	};
	struct column *column = arena_alloc(a->arena, sizeof(*column));

	*column = (struct column){ .id = arena_printf(a->arena, "%s%s", text,
				       parts[part].suffix),
		.title =
		    arena_printf(a->arena, "%s%s", text, parts[part].title),
		.unit = parts[part].unit,
		.audience = parts[part].audience,
		.help = parts[part].help };
	return column;
}

/* A bar a model, side by side, with the intervals of the resamples. */
static const struct figure *
credit_figure(struct attribution *a)
{
	struct figure *figure = arena_alloc(a->arena, sizeof(*figure));
	struct figure_measure *measures =
	    arena_array(a->arena, a->n_models, sizeof(*measures));

	*figure = *figure_of("attribution", "credit");
	figure->measures = measures;
	figure->n_measures = a->n_models;
	for (size_t m = 0; m < a->n_models; m++)
		measures[m] = (struct figure_measure){
			.value = model_column(a, a->models[m].text, 0)->id,
			.low = model_column(a, a->models[m].text, PART_LOW)->id,
			.high =
			    model_column(a, a->models[m].text, PART_HIGH)->id,
			.axis = "Conversions credited",
		};
	return figure;
}

static int
new_sheet(struct attribution *a, struct sheet *sheet, struct fnl_err *err)
{
	const struct column **columns =
	    arena_array(a->arena, 3 + a->n_models * PARTS, sizeof(*columns));
	struct cell context[] = { cell_optional(
	    a->touches ? a->load.definitions.stages[a->conversion].name
		       : NULL) };
	struct sheet_plan plan = { .title = "Credit by channel",
		.period = a->load.period,
		.columns = columns,
		.n_keys = 1,
		.context = context_columns,
		.context_cells = context,
		.n_context = 1,
		.figure = credit_figure(a) };

	columns[plan.n_columns++] = &channel_column;
	for (size_t m = 0; m < a->n_models; m++)
		for (int part = 0; part < PARTS; part++)
			if (part < PART_LOW || a->bootstrap)
				columns[plan.n_columns++] =
				    model_column(a, a->models[m].text, part);
	if (a->bootstrap) {
		columns[plan.n_columns++] = &stability_column;
		columns[plan.n_columns++] = &safe_column;
	}
	return attribution_sheet(a, plan, sheet, err);
}

/* ---- credits ---- */

int
attribution_give(struct attribution *a, struct arena *arena,
    const struct asked_model *model, const struct pool *pool, size_t n_channels,
    struct credits **out, struct fnl_err *err)
{
	*out = credits_new(arena, n_channels);
	if (model->credit)
		return model->credit(a, arena, pool, *out, err);
	credits_add_pool(*out, model->model, &model->how, pool);
	return 0;
}

/* ---- order ---- */

static int
compare_rows(const void *pa, const void *pb)
{
	const struct channel_row *a = pa, *b = pb;

	if (a->rank_by != b->rank_by)
		return a->rank_by > b->rank_by ? -1 : 1;
	return strcmp(a->name, b->name);
}

/* The channels by credit, the most first, then by name. 0 is the row of
 * touches without an agreed channel, and always there, as (none) is. */
static struct channel_row *
order_of(const struct attribution *a, struct arena *arena,
    const struct credits *credits, size_t n_channels)
{
	struct channel_row *rows =
	    arena_array(arena, n_channels + CREDIT_ROWS, sizeof(*rows));

	for (size_t i = 0; i < n_channels; i++) {
		double credit = credits_conversions(credits, i);

		rows[i] = (struct channel_row){ i,
			attribution_channel(a, i, n_channels),
			isnan(credit) ? -INFINITY : credit };
	}
	if (n_channels > 1)
		qsort(rows + 1, n_channels - 1, sizeof(*rows), compare_rows);
	return rows;
}

/* ---- bootstrap ---- */

static size_t
draws_of(const struct attribution *a, const struct journey_group *group)
{
	double work = (double)group->n_units * (double)a->n_models;
	double draws = (double)a->bootstrap;

	if (draws * work > BOOTSTRAP_WORK)
		draws = fmax(BOOTSTRAP_LEAST, floor(BOOTSTRAP_WORK / work));
	return (size_t)fmin(draws, (double)a->bootstrap);
}

/* Records drawn anew, with their paths. */
static void
resample(const struct journey_group *group, struct stats_random *random)
{
	size_t n = group->n_units;

	pool_reset(group->pool);
	for (size_t i = 0; i < n; i++) {
		const struct journey_unit *unit =
		    group->by_id[stats_random_below(random, n)];

		pool_add(group->pool, unit->path, unit->converted, unit->value,
		    !unit->converted);
	}
}

/* How often each channel has the rank that the first model gives it. */
static void
count_ranks(struct credit_table *t, struct arena *arena,
    const struct channel_row *order, const struct credits *credits)
{
	struct channel_row *drawn =
	    order_of(t->a, arena, credits, t->n_channels);

	for (size_t i = 1; i < t->n_channels; i++)
		t->same_rank[order[i].row] += drawn[i].row == order[i].row;
}

static int
credit_draw(struct credit_table *t, struct arena *arena,
    const struct channel_row *order, size_t i, struct fnl_err *err)
{
	size_t rows = t->n_channels + CREDIT_ROWS;

	for (size_t m = 0; m < t->a->n_models; m++) {
		struct credits *credits;

		if (attribution_give(t->a, arena, &t->a->models[m],
			t->group->pool, t->n_channels, &credits, err) < 0)
			return -1;
		for (size_t r = 0; r < rows; r++)
			t->draws[m][r * t->n_draws + i] =
			    credits_conversions(credits, r);
		count_ranks(t, arena, order, credits);
	}
	return 0;
}

/* In memory of its own, so that a thousand draws take no more than one. */
static int
draw(struct credit_table *t, const struct channel_row *order, size_t i,
    struct fnl_err *err)
{
	struct arena *arena = arena_new();
	int code;

	if (!arena)
		return fail(err, FNL_SYSTEM, "out of memory");
	if (setjmp(*arena_catch(arena))) {
		arena_free(arena);
		return fail(err, FNL_SYSTEM, "out of memory");
	}
	code = credit_draw(t, arena, order, i, err);
	arena_free(arena);
	return code;
}

static int
bootstrap(struct credit_table *t, const struct channel_row *order,
    struct fnl_err *err)
{
	struct attribution *a = t->a;
	size_t rows = t->n_channels + CREDIT_ROWS;
	struct stats_random *random =
	    stats_random_new(a->arena, (uint64_t)a->seed);

	t->n_draws = draws_of(a, t->group);
	t->same_rank = arena_array(a->arena, rows, sizeof(*t->same_rank));
	for (size_t m = 0; m < a->n_models; m++)
		t->draws[m] = arena_array(
		    a->arena, rows * t->n_draws, sizeof(*t->draws[m]));
	for (size_t i = 0; i < t->n_draws; i++) {
		resample(t->group, random);
		if (draw(t, order, i, err) < 0)
			return -1;
	}
	return 0;
}

static double
drawn_quantile(struct credit_table *t, size_t model, size_t row, double p)
{
	double *values = &t->draws[model][row * t->n_draws];
	size_t n = 0;

	/* A chain without a conversion has no effects: then nothing is
	 * credited. */
	for (; n < t->n_draws; n++)
		if (isnan(values[n]))
			values[n] = 0;
	stats_sort(values, n);
	return stats_quantile(values, n, p);
}

/* ---- rows ---- */

static void
fill_model(struct credit_table *t, struct sheet *sheet, size_t *column,
    size_t m, size_t row, double total)
{
	struct attribution *a = t->a;
	double credit = credits_conversions(t->credits[m], row);
	double tail = (1 - a->confidence) / 2;

	sheet_cell(sheet, (*column)++, cell_number(credit));
	sheet_cell(sheet, (*column)++,
	    cell_number(a->mixed ? NAN : credits_value(t->credits[m], row)));
	sheet_cell(sheet, (*column)++, cell_number(stats_ratio(credit, total)));
	if (!a->bootstrap)
		return;
	sheet_cell(
	    sheet, (*column)++, cell_number(drawn_quantile(t, m, row, tail)));
	sheet_cell(sheet, (*column)++,
	    cell_number(drawn_quantile(t, m, row, 1 - tail)));
}

static void
fill_row(struct credit_table *t, struct sheet *sheet, size_t row, double total)
{
	size_t column = 1;
	double stable;

	sheet_row(sheet, &t->group->key);
	sheet_cell(sheet, 0,
	    cell_optional(attribution_channel(t->a, row, t->n_channels)));
	for (size_t m = 0; m < t->a->n_models; m++)
		fill_model(t, sheet, &column, m, row, total);
	if (!t->a->bootstrap || row >= t->n_channels || !row)
		return;
	stable = stats_ratio((double)t->same_rank[row],
	    (double)t->n_draws * (double)t->a->n_models);
	sheet_cell(sheet, column++, cell_number(stable));
	sheet_cell(sheet, column, cell_flag(stable >= STABLE_SHARE));
}

bool *
attribution_seen(
    const struct attribution *a, const struct pool *pool, size_t n_channels)
{
	bool *seen = arena_array(a->arena, n_channels, sizeof(*seen));

	for (size_t i = 0; i < pool_size(pool); i++) {
		struct journey path = pool_journey(pool, i);

		for (size_t j = 0; j < path.n; j++)
			seen[path.touches[j].channel] = true;
	}
	return seen;
}

/* (undated) and (other) only where a model put something there. */
static bool
is_empty_row(const struct credit_table *t, size_t row)
{
	for (size_t m = 0; m < t->a->n_models; m++)
		if (credits_conversions(t->credits[m], row) != 0 ||
		    credits_value(t->credits[m], row) != 0)
			return false;
	return true;
}

static int
fill_group(struct attribution *a, struct sheet *sheet,
    const struct journey_group *group, struct fnl_err *err)
{
	size_t n_channels = intern_count(a->channels);
	struct credit_table t = {
		.a = a, .group = group, .n_channels = n_channels
	};
	struct journey total = pool_total(group->pool);
	double conversions =
	    total.conversions + pool_journey(group->pool, 0).conversions;
	struct channel_row *order;
	const bool *seen;

	for (size_t m = 0; m < a->n_models; m++)
		if (attribution_give(a, a->arena, &a->models[m], group->pool,
			n_channels, &t.credits[m], err) < 0)
			return -1;
	order = order_of(a, a->arena, t.credits[0], n_channels);
	if (a->bootstrap && bootstrap(&t, order, err) < 0)
		return -1;
	seen = attribution_seen(a, group->pool, n_channels);
	for (size_t i = 1; i < n_channels; i++)
		if (seen[order[i].row])
			fill_row(&t, sheet, order[i].row, conversions);
	fill_row(&t, sheet, 0, conversions);
	fill_row(&t, sheet, n_channels + CREDIT_NONE, conversions);
	for (size_t i = CREDIT_NONE + 1; i < CREDIT_ROWS; i++)
		if (!is_empty_row(&t, n_channels + i))
			fill_row(&t, sheet, n_channels + i, conversions);
	return 0;
}

int
attribution_credit(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	void **sorted = groups_sorted(&a->groups, a->load.store->texts);
	struct sheet sheet;

	if (new_sheet(a, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < a->groups.items.count; i++)
		if (fill_group(a, &sheet, sorted[i], err) < 0)
			return -1;
	for (size_t m = 0; m < a->n_models; m++)
		table_note(sheet.table, "model", "%s: %s", a->models[m].text,
		    a->models[m].weights);
	attribution_notes(a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
