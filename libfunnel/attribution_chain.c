/*
 * attribution_chain.c: the reports paths, removal, transitions and order: what
 * lies under the models.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attribution.h"

#define FOLDS 10
#define ORDERS_DEFAULT 4

static const char *
path_text(const struct attribution *a, const struct journey *path)
{
	struct textbuf text = { .arena = a->arena };
	size_t n = intern_count(a->channels);

	for (size_t i = 0; i < path->n; i++)
		textbuf_add(&text, "%s%s", i ? " > " : "",
		    attribution_channel(a, path->touches[i].channel, n));
	return path->n ? textbuf_text(&text) : "(none)";
}

/* ---- paths ---- */

/* Paths are told apart by their channels only, whatever their days. */
struct path_line {
	const char *text;
	double conversions, value, nulls;
	double *days; /* to the conversion, from the first touch */
	size_t n_days, cap_days;
};

static int
compare_paths(const void *pa, const void *pb)
{
	const struct path_line *a = *(struct path_line *const *)pa;
	const struct path_line *b = *(struct path_line *const *)pb;

	if (a->conversions != b->conversions)
		return a->conversions > b->conversions ? -1 : 1;
	if (a->nulls != b->nulls)
		return a->nulls > b->nulls ? -1 : 1;
	return strcmp(a->text, b->text);
}

static void
keep_days(struct arena *arena, struct path_line *row, double days)
{
	if (row->n_days == row->cap_days) {
		row->cap_days = 2 * row->cap_days + 8;
		row->days = arena_grow(
		    arena, row->days, row->cap_days * sizeof(*row->days));
	}
	row->days[row->n_days++] = days;
}

/* The rows of a group by channel sequence; of_path[i] is that of path i. */
static struct path_line **
path_rows(struct attribution *a, const struct journey_group *group, size_t *n)
{
	size_t n_paths = pool_size(group->pool);
	struct intern *texts = intern_new(a->arena);
	struct path_line **rows =
	    arena_array(a->arena, n_paths + 1, sizeof(*rows));
	struct path_line **of_path =
	    arena_array(a->arena, n_paths + 1, sizeof(*of_path));

	*n = 0;
	for (size_t i = 0; i < n_paths; i++) {
		struct journey path = pool_journey(group->pool, i);
		const char *text = path_text(a, &path);
		uint32_t number = intern_put(texts, slice_of(text));

		if (number > *n) {
			rows[*n] = arena_alloc(a->arena, sizeof(**rows));
			rows[(*n)++]->text = text;
		}
		of_path[i] = rows[number - 1];
		of_path[i]->conversions += path.conversions;
		of_path[i]->value += path.value;
		of_path[i]->nulls += path.nulls;
	}
	for (size_t i = 0; i < group->n_units; i++) {
		const struct journey_unit *unit = group->by_id[i];

		if (unit->converted && !isnan(unit->days))
			keep_days(a->arena, of_path[unit->path], unit->days);
	}
	qsort(rows, *n, sizeof(*rows), compare_paths);
	return rows;
}

enum {
	PATH_PATH,
	PATH_CONVERSIONS,
	PATH_VALUE,
	PATH_NULLS,
	PATH_RATE,
	PATH_DAYS,
	PATH_COLUMNS
};

static const struct column path_columns[PATH_COLUMNS] = {
	[PATH_PATH] = { "path", "Path", UNIT_TEXT, FOR_ALL,
	    "Channels, the oldest first; (none): without a touch." },
	[PATH_CONVERSIONS] = { "conversions", "Conversions", UNIT_NUMBER,
	    FOR_ALL, "Records that converted on it." },
	[PATH_VALUE] = { "value", "Value", UNIT_NUMBER, FOR_ALL,
	    "Their known amounts." },
	[PATH_NULLS] = { "nulls", "Nulls", UNIT_NUMBER, FOR_ALL,
	    "Records that ended without a conversion." },
	[PATH_RATE] = { "rate", "Rate", UNIT_SHARE, FOR_ALL,
	    "conversions / (conversions + nulls)." },
	[PATH_DAYS] = { "days", "Median days", UNIT_DAYS, FOR_ALL,
	    "Median days from the first touch to the conversion." },
};

static int
new_sheet(const struct attribution *a, const char *title,
    const struct column *columns, size_t n, size_t n_keys, struct sheet *sheet,
    struct fnl_err *err)
{
	const struct column **own = arena_array(a->arena, n, sizeof(*own));
	struct sheet_plan plan = { .title = title,
		.period = a->load.period,
		.columns = own,
		.n_columns = n,
		.n_keys = n_keys };

	for (size_t i = 0; i < n; i++)
		own[i] = &columns[i];
	return attribution_sheet(a, plan, sheet, err);
}

static void
fill_path(const struct attribution *a, struct sheet *sheet,
    const struct journey_group *group, struct path_line *row)
{
	if (row->n_days)
		stats_sort(row->days, row->n_days);
	sheet_row(sheet, &group->key);
	sheet_cell(sheet, PATH_PATH, cell_optional(row->text));
	sheet_cell(sheet, PATH_CONVERSIONS, cell_number(row->conversions));
	sheet_cell(sheet, PATH_VALUE,
	    cell_number(a->mixed || !a->any_value ? NAN : row->value));
	sheet_cell(sheet, PATH_NULLS, cell_number(row->nulls));
	sheet_cell(sheet, PATH_RATE,
	    cell_number(
		stats_ratio(row->conversions, row->conversions + row->nulls)));
	sheet_cell(sheet, PATH_DAYS,
	    cell_number(stats_quantile(row->days, row->n_days, 0.5)));
}

int
attribution_paths(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	void **sorted = groups_sorted(&a->groups, a->load.store->texts);
	struct sheet sheet;

	if (new_sheet(a, "Paths", path_columns, PATH_COLUMNS, 1, &sheet, err) <
	    0)
		return -1;
	for (size_t g = 0; g < a->groups.items.count; g++) {
		size_t n;
		struct path_line **rows = path_rows(a, sorted[g], &n);

		for (size_t i = 0; i < n && i < (size_t)a->top_paths; i++)
			if (rows[i]->conversions > 0 || rows[i]->nulls > 0)
				fill_path(a, &sheet, sorted[g], rows[i]);
		if (n > (size_t)a->top_paths)
			table_note(sheet.table, "paths",
			    "the %" PRId64 " with most conversions of %zu "
			    "(--paths)",
			    a->top_paths, n);
	}
	attribution_notes(a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

/* ---- removal and transitions ---- */

static const struct column removal_columns[] = {
	{ "channel", "Channel", UNIT_TEXT, FOR_ALL, "The channel." },
	{ "removal", "Removal", UNIT_SHARE, FOR_ALL,
	    "1 - chance to convert without it / chance to convert." },
	{ "share", "Share", UNIT_SHARE, FOR_ALL,
	    "Its part of all removal effects above 0." },
	{ "conversion_rate", "Chain rate", UNIT_SHARE, FOR_MACHINES,
	    "Chance to convert in the chain." },
};

static int
fit(struct attribution *a, const struct journey_group *group,
    struct markov *chain, struct fnl_err *err)
{
	struct markov_options options = a->markov;

	options.by_value = a->query->by_value;
	return markov_fit(a->arena, group->pool, intern_count(a->channels),
	    &options, chain, err);
}

struct effect {
	size_t channel;
	const char *name;
	double removal;
};

static int
compare_effects(const void *pa, const void *pb)
{
	const struct effect *a = pa, *b = pb;

	if (a->removal != b->removal)
		return a->removal > b->removal ? -1 : 1;
	return strcmp(a->name, b->name);
}

static bool
is_in_chain(const struct markov *chain, size_t channel)
{
	for (size_t i = 0; i < chain->n_states; i++)
		for (size_t j = 0; j < chain->states[i].n; j++)
			if (chain->states[i].channels[j] == channel)
				return true;
	return false;
}

static void
fill_removal(struct attribution *a, struct sheet *sheet,
    const struct journey_group *group, const struct markov *chain)
{
	struct effect *effects =
	    arena_array(a->arena, chain->n_channels + 1, sizeof(*effects));
	double total = 0;
	size_t n = 0;

	for (size_t i = 0; i < chain->n_channels; i++) {
		if (!is_in_chain(chain, i))
			continue;
		effects[n++] = (struct effect){ i,
			attribution_channel(a, i, chain->n_channels),
			chain->removal[i] };
		if (chain->removal[i] > 0)
			total += chain->removal[i];
	}
	qsort(effects, n, sizeof(*effects), compare_effects);
	for (size_t i = 0; i < n; i++) {
		double effect = effects[i].removal;

		sheet_row(sheet, &group->key);
		sheet_cell(sheet, 0, cell_optional(effects[i].name));
		sheet_cell(sheet, 1, cell_number(effect));
		sheet_cell(sheet, 2,
		    cell_number(stats_ratio(effect > 0 ? effect : 0, total)));
		sheet_cell(sheet, 3, cell_number(chain->conversion));
	}
}

static void
note_chain(const struct attribution *a, struct table *table)
{
	table_note(table, "chain",
	    "order %u, repeats %s, removed channels %s%s", a->markov.order,
	    a->markov.self_loops ? "kept" : "collapsed",
	    a->markov.removal == REMOVAL_NULL ? "end at null"
					      : "are left out where journeys "
						"start",
	    a->query->by_value ? "; journeys count by their value" : "");
}

int
attribution_removal(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	void **sorted = groups_sorted(&a->groups, a->load.store->texts);
	struct sheet sheet;
	struct markov chain;

	if (new_sheet(a, "Removal effects", removal_columns,
		sizeof(removal_columns) / sizeof(*removal_columns), 1, &sheet,
		err) < 0)
		return -1;
	for (size_t g = 0; g < a->groups.items.count; g++) {
		if (fit(a, sorted[g], &chain, err) < 0)
			return -1;
		fill_removal(a, &sheet, sorted[g], &chain);
	}
	note_chain(a, sheet.table);
	attribution_notes(a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

static const struct column transition_columns[] = {
	{ "from", "From", UNIT_TEXT, FOR_ALL, "Channels, or (start)." },
	{ "to", "To", UNIT_TEXT, FOR_ALL, "Channels, (conversion) or (null)." },
	{ "weight", "Journeys", UNIT_NUMBER, FOR_ALL,
	    "Journeys that go this way, or their value." },
	{ "probability", "Probability", UNIT_SHARE, FOR_ALL,
	    "Of those that leave `from`." },
};

static const char *
state_text(
    const struct attribution *a, const struct markov *chain, uint32_t node)
{
	static const char *const ends[MARKOV_STATES] = {
		[MARKOV_START] = "(start)",
		[MARKOV_CONVERSION] = "(conversion)",
		[MARKOV_NULL] = "(null)",
	};
	struct textbuf text = { .arena = a->arena };
	const struct markov_state *state;

	if (node < MARKOV_STATES)
		return ends[node];
	state = &chain->states[node - MARKOV_STATES];
	for (size_t i = 0; i < state->n; i++)
		textbuf_add(&text, "%s%s", i ? " > " : "",
		    attribution_channel(
			a, state->channels[i], chain->n_channels));
	return textbuf_text(&text);
}

struct named_transition {
	const char *from, *to;
	const struct markov_transition *transition;
};

static int
compare_transitions(const void *pa, const void *pb)
{
	const struct named_transition *a = pa, *b = pb;
	int order = strcmp(a->from, b->from);

	return order ? order : strcmp(a->to, b->to);
}

static void
fill_transitions(struct attribution *a, struct sheet *sheet,
    const struct journey_group *group, const struct markov *chain)
{
	size_t n = chain->n_transitions;
	struct named_transition *named =
	    arena_array(a->arena, n + 1, sizeof(*named));

	for (size_t i = 0; i < n; i++)
		named[i] = (struct named_transition){
			state_text(a, chain, chain->transitions[i].from),
			state_text(a, chain, chain->transitions[i].to),
			&chain->transitions[i]
		};
	qsort(named, n, sizeof(*named), compare_transitions);
	for (size_t i = 0; i < n; i++) {
		sheet_row(sheet, &group->key);
		sheet_cell(sheet, 0, cell_optional(named[i].from));
		sheet_cell(sheet, 1, cell_optional(named[i].to));
		sheet_cell(sheet, 2, cell_number(named[i].transition->weight));
		sheet_cell(
		    sheet, 3, cell_number(named[i].transition->probability));
	}
}

int
attribution_transitions(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	void **sorted = groups_sorted(&a->groups, a->load.store->texts);
	struct sheet sheet;
	struct markov chain;

	if (new_sheet(a, "Transitions", transition_columns,
		sizeof(transition_columns) / sizeof(*transition_columns), 2,
		&sheet, err) < 0)
		return -1;
	for (size_t g = 0; g < a->groups.items.count; g++) {
		if (fit(a, sorted[g], &chain, err) < 0)
			return -1;
		fill_transitions(a, &sheet, sorted[g], &chain);
	}
	note_chain(a, sheet.table);
	attribution_notes(a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

/* ---- order ---- */

enum {
	ORDER_ORDER,
	ORDER_LOSS,
	ORDER_ERROR,
	ORDER_AUC,
	ORDER_FOLDS,
	ORDER_CHOSEN,
	ORDER_COLUMNS
};

static const struct column order_columns[ORDER_COLUMNS] = {
	[ORDER_ORDER] = { "order", "Order", UNIT_COUNT, FOR_ALL,
	    "Channels that a state remembers." },
	[ORDER_LOSS] = { "log_loss", "Log-loss", UNIT_NUMBER, FOR_ALL,
	    "Mean out of sample; less is better." },
	[ORDER_ERROR] = { "standard_error", "Std error", UNIT_NUMBER, FOR_ALL,
	    "Of log_loss, over the folds." },
	[ORDER_AUC] = { "auc", "AUC", UNIT_NUMBER, FOR_ALL,
	    "Mean out of sample; 0.5 tells nothing." },
	[ORDER_FOLDS] = { "folds", "Folds", UNIT_COUNT, FOR_ROOM,
	    "In which it could be told." },
	[ORDER_CHOSEN] = { "chosen", "Chosen", UNIT_FLAG, FOR_ALL,
	    "Smallest within one standard error of the best." },
};

/* A record belongs to a fold by its id, whatever else is read beside it. */
static int
fold_pools(struct attribution *a, const struct journey_group *group,
    struct pool **folds, struct fnl_err *err)
{
	for (size_t f = 0; f < FOLDS; f++)
		folds[f] = pool_new(a->arena, POOL_CHANNELS);
	for (size_t i = 0; i < group->n_units; i++) {
		const struct journey_unit *unit = group->by_id[i];
		struct journey path = pool_journey(group->pool, unit->path);
		struct pool *fold = folds[intern_hash(unit->id) % FOLDS];
		uint32_t number;

		if (pool_put(fold, path.touches, path.n, &number, err) < 0)
			return -1;
		pool_add(fold, number, unit->converted, NAN, !unit->converted);
	}
	return 0;
}

static int
fill_orders(struct attribution *a, struct sheet *sheet,
    const struct journey_group *group, struct fnl_err *err)
{
	unsigned most = a->query->order ? a->markov.order : ORDERS_DEFAULT;
	struct markov_score scores[MARKOV_MAX_ORDER];
	struct pool *folds[FOLDS];
	unsigned chosen;

	if (fold_pools(a, group, folds, err) < 0)
		return -1;
	chosen = markov_order(a->arena, (const struct pool *const *)folds,
	    FOLDS, a->markov.self_loops, most, scores);
	for (unsigned i = 0; i < most; i++) {
		sheet_row(sheet, &group->key);
		sheet_cell(sheet, ORDER_ORDER, cell_count(scores[i].order));
		sheet_cell(sheet, ORDER_LOSS, cell_number(scores[i].log_loss));
		sheet_cell(
		    sheet, ORDER_ERROR, cell_number(scores[i].standard_error));
		sheet_cell(sheet, ORDER_AUC, cell_number(scores[i].auc));
		sheet_cell(sheet, ORDER_FOLDS, cell_count(scores[i].folds));
		sheet_cell(
		    sheet, ORDER_CHOSEN, cell_flag(scores[i].order == chosen));
	}
	return 0;
}

int
attribution_order(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	void **sorted = groups_sorted(&a->groups, a->load.store->texts);
	struct sheet sheet;

	if (new_sheet(a, "Order of the chain", order_columns, ORDER_COLUMNS, 1,
		&sheet, err) < 0)
		return -1;
	for (size_t g = 0; g < a->groups.items.count; g++)
		if (fill_orders(a, &sheet, sorted[g], err) < 0)
			return -1;
	table_note(sheet.table, "folds",
	    "%d, by the ids of the records; each is judged by the others",
	    FOLDS);
	attribution_notes(a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
