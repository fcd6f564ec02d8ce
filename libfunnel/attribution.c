/*
 * attribution.c: the reports of funnel-attribution, the models that are no
 * weights of touches, the options, and what comes before and after a report.
 */
#include <inttypes.h>
#include <string.h>

#include "attribution.h"
#include "query.h"

const struct attribution_report attribution_reports[] = {
	{ "credit", "conversions and value by channel, one column a model",
	    attribution_credit, false },
	{ "paths", "the most frequent paths", attribution_paths, false },
	{ "removal", "what the chain would lose without each channel",
	    attribution_removal, false },
	{ "transitions", "from where to where, and how likely",
	    attribution_transitions, false },
	{ "order", "how many channels back a chain should look",
	    attribution_order, false },
	{ "money", "what was paid beside what was credited", attribution_money,
	    false },
	{ "sourced", "opportunities that marketing sourced, by three rules",
	    attribution_sourced, false },
	{ "sourced_deals", "the opportunities on which the rules differ",
	    attribution_sourced_deals, false },
	{ "quality", "leads to revenue, one row a channel", attribution_quality,
	    false },
	{ "timeline", "touches and activities of each record, in order of time",
	    attribution_timeline, true },
	{ "unjoined", "touches that belong to no record", attribution_unjoined,
	    true },
	{ "accounts", "what marketing and sales did in each account",
	    attribution_accounts, true },
	{ "overlap", "two lists of target accounts side by side",
	    attribution_overlap, true },
	{ NULL, NULL, NULL, false },
};

#define N_REPORTS (sizeof(attribution_reports) / sizeof(*attribution_reports))
#define PATHS_DEFAULT 20
#define PATHS_MAX 1000000
#define BOOTSTRAP_MAX 100000

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

/* ---- options ---- */

static bool
is_money(const struct attribution *a)
{
	return a->report->run == attribution_money;
}

/* Costs know their key and their days, and no segment of a record. */
static int
check_money(const struct attribution *a, struct fnl_err *err)
{
	const struct fnl_attribution_query *q = a->query;

	if (!is_money(a))
		return 0;
	if (!q->spend.n)
		return fail(err, FNL_USAGE,
		    "--report money needs the costs: --spend FILE");
	return q->input.by.n
		   ? fail(err, FNL_USAGE,
			 "--by says nothing to --report money: costs belong "
			 "to no segment; it goes by --key and --period")
		   : 0;
}

static int
check_given(const struct attribution *a, struct fnl_err *err)
{
	const struct fnl_attribution_query *q = a->query;
	const char *report = a->report->name;
	const struct {
		const char *option;
		bool given;
		const char *reports;
	} rows[] = {
		{ "--model", q->models.n != 0, "credit money" },
		{ "--spend", q->spend.n != 0, "money" },
		{ "--bootstrap", q->bootstrap != NULL, "credit" },
		{ "--seed", q->seed != NULL, "credit" },
		{ "--confidence", q->confidence != NULL, "credit" },
		{ "--direct", q->direct != NULL, "credit money" },
		{ "--markov-value", q->by_value,
		    "credit removal transitions money" },
		{ "--order", q->order != NULL,
		    "credit removal transitions order money" },
		{ "--self-loops", q->self_loops,
		    "credit removal transitions order money" },
		{ "--removal", q->removal != NULL, "credit removal money" },
		{ "--paths", q->paths != NULL, "paths" },
		{ "--influence", q->influence != NULL,
		    "sourced sourced_deals" },
		{ "--transform", q->transforms.n != 0,
		    "credit paths removal transitions order money" },
		{ "--conversion", q->conversion != NULL,
		    "credit paths removal transitions order money sourced "
		    "sourced_deals" },
		{ "--lookback", q->lookback != NULL,
		    "credit paths removal transitions order money sourced "
		    "sourced_deals" },
		{ "--lists", q->lists.n != 0, "overlap" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].given && !strstr(rows[i].reports, report))
			return fail(err, FNL_USAGE,
			    "%s says nothing to --report %s; it goes with: %s",
			    rows[i].option, report, rows[i].reports);
	return 0;
}

/* What makes journeys says nothing where there are none. */
static int
check_list(const struct attribution *a, struct fnl_err *err)
{
	const struct fnl_attribution_query *q = a->query;
	const struct {
		const char *option;
		bool given;
	} rows[] = { { "--conversion", q->conversion != NULL },
		{ "--lookback", q->lookback != NULL },
		{ "--transform", q->transforms.n != 0 },
		{ "--fx", q->fx != NULL },
		{ "--period", q->input.period != NULL },
		{ "--path-file", q->path_files.n != 0 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (a->report->lists_touches && rows[i].given)
			return fail(err, FNL_USAGE,
			    "%s says nothing to --report %s, which lists "
			    "touches",
			    rows[i].option, a->report->name);
	return 0;
}

static int
take_count(const char *option, const char *text, int64_t least, int64_t most,
    int64_t *out, struct fnl_err *err)
{
	if (!text)
		return 0;
	if (query_count(option, text, out, err) < 0)
		return -1;
	return *out >= least && *out <= most
		   ? 0
		   : fail(err, FNL_USAGE,
			 "%s: %s is not from %" PRId64 " to %" PRId64, option,
			 text, least, most);
}

static int
take_chain(struct attribution *a, struct fnl_err *err)
{
	static const struct choice removals[] = { { "null", REMOVAL_NULL },
		{ "restart", REMOVAL_RESTART }, { NULL, 0 } };
	const struct fnl_attribution_query *q = a->query;
	int64_t order = 1;
	int removal;

	if (query_choice("--removal", q->removal, removals, &removal, err) <
		0 ||
	    take_count("--order", q->order, 1, MARKOV_MAX_ORDER, &order, err) <
		0)
		return -1;
	a->markov.removal = (enum markov_removal)removal;
	a->markov.order = (unsigned)order;
	a->markov.self_loops = q->self_loops;
	return 0;
}

static int
take_influence(struct attribution *a, struct fnl_err *err)
{
	static const struct choice ends[] = { { "opportunity", false },
		{ "close", true }, { NULL, 0 } };
	int end;

	if (query_choice("--influence", a->query->influence, ends, &end, err) <
	    0)
		return -1;
	a->until_close = end != 0;
	return 0;
}

static int
take_options(struct attribution *a, struct fnl_err *err)
{
	static const struct choice days[] = { { "close", FX_CLOSE },
		{ "created", FX_CREATED }, { "asof", FX_AS_OF }, { NULL, 0 } };
	const struct fnl_attribution_query *q = a->query;
	struct choice names[N_REPORTS] = { { NULL, 0 } };
	int report, day;

	for (int i = 0; attribution_reports[i].name; i++)
		names[i] = (struct choice){ attribution_reports[i].name, i };
	if (query_choice("--report", q->report, names, &report, err) < 0 ||
	    query_choice("--fx", q->fx, days, &day, err) < 0)
		return -1;
	a->report = &attribution_reports[report];
	a->fx = (enum fx)day;
	a->confidence = 0.95;
	a->seed = 1;
	a->top_paths = PATHS_DEFAULT;
	if (check_given(a, err) < 0 || check_money(a, err) < 0 ||
	    check_list(a, err) < 0 || take_chain(a, err) < 0 ||
	    take_influence(a, err) < 0 ||
	    take_count("--bootstrap", q->bootstrap, 0, BOOTSTRAP_MAX,
		&a->bootstrap, err) < 0 ||
	    take_count("--seed", q->seed, 0, INT64_MAX, &a->seed, err) < 0 ||
	    take_count("--paths", q->paths, 1, PATHS_MAX, &a->top_paths, err) <
		0)
		return -1;
	return q->confidence ? query_share("--confidence", q->confidence,
				   &a->confidence, err)
			     : 0;
}

/* ---- models ---- */

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
	asked->how = weighting_default();
	a->n_models++;
	for (size_t i = 0; i < N_GAMES; i++)
		if (fold_equal(slice_of(text), slice_of(games[i].name))) {
			asked->credit = games[i].credit;
			asked->weights = games[i].weights;
			return 0;
		}
	if (model_parse(text, a->arena, &asked->model, &asked->how, err) < 0)
		return -1;
	asked->weights = asked->model->weights;
	return 0;
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

static int
take_models(struct attribution *a, struct fnl_err *err)
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

static int
take_transforms(struct attribution *a, struct fnl_err *err)
{
	struct fnl_list texts = query_split(a->arena, &a->query->transforms);

	if (texts.n)
		a->transforms = transforms_new(a->arena, a->channels);
	for (size_t i = 0; i < texts.n; i++)
		if (transforms_add(a->transforms, texts.items[i], err) < 0)
			return -1;
	return 0;
}

/* The channel that last_non_direct passes over. */
static void
take_direct(struct attribution *a)
{
	const char *name = a->query->direct ? a->query->direct : "Direct";
	uint32_t direct = intern_find(a->channels, slice_of(name));

	for (size_t i = 0; i < a->n_models; i++)
		a->models[i].how.direct = direct;
}

/* ---- what counts as a conversion ---- */

static uint16_t
won_stage(const struct attribution *a)
{
	const struct definitions *d = &a->load.definitions;

	for (unsigned i = 0; i < d->n_stages; i++)
		if (d->stages[i].outcome == OUTCOME_WON)
			return (uint16_t)i;
	return STAGE_NONE;
}

static int
take_conversion(struct attribution *a, struct fnl_err *err)
{
	const char *name = a->query->conversion;

	if (!name)
		name = a->load.definitions.attribution.conversion;
	if (!name)
		a->conversion = store_deal_stage(a->load.store);
	else if (fold_equal(slice_of(name), SLICE("won")))
		a->conversion = won_stage(a);
	else
		a->conversion = store_stage(a->load.store, slice_of(name));
	if (a->conversion == STAGE_NONE && !name)
		a->conversion = won_stage(a);
	if (a->conversion == STAGE_NONE)
		return name ? load_fail_stage(
				  &a->load, "--conversion", name, err)
			    : fail(err, FNL_USAGE,
				  "no stage is won: say --conversion STAGE");
	if (!a->walk.timelines->rank_of_stage[a->conversion])
		return fail(err, FNL_USAGE,
		    "--conversion: '%s' is no stage that one can reach", name);
	return 0;
}

static int
take_lookback(struct attribution *a, struct fnl_err *err)
{
	const char *text = a->query->lookback;

	a->lookback = -1;
	if (!text)
		text = a->load.definitions.attribution.touches_within;
	return text ? query_duration("--lookback", text, &a->lookback, err) : 0;
}

static void
take_agreed(struct attribution *a)
{
	const struct definitions *d = &a->load.definitions;

	if (!d->n_sources || a->touches->key == KEY_CAMPAIGN ||
	    a->touches->key == KEY_COLUMN)
		return;
	a->agreed = names_new(a->arena);
	for (unsigned i = 0; i < d->n_sources; i++)
		names_add(a->agreed, d->sources[i].name, i);
}

/* ---- the run ---- */

/* Those of the join, and the lead source for the rule `field`. */
static void
want_fields(struct attribution *a)
{
	enum field_id *wants =
	    arena_array(a->arena, JOIN_WANTS + 1, sizeof(*wants));

	memcpy(wants, join_wants, sizeof(join_wants));
	wants[ATTRIBUTION_SOURCE] = FIELD_SOURCE;
	a->load.wants = wants;
	a->load.n_wants = a->load.n_own_wants = JOIN_WANTS + 1;
}

static int
load_records(struct attribution *a, struct fnl_err *err)
{
	const struct fnl_attribution_query *q = a->query;
	struct touch_options options = { .files = q->touches,
		.spend = q->spend,
		.join = q->join,
		.touch_date = q->touch_date,
		.key = q->key };
	struct fnl_input *input = arena_alloc(a->arena, sizeof(*input));

	if (!q->touches.n)
		return fail(err, FNL_USAGE,
		    "no touches: give --touches FILE, or ready-made paths with "
		    "--path-file FILE");
	*input = q->input;
	touches_split_maps(
	    a->arena, &q->input.maps, &input->maps, &options.maps);
	want_fields(a);
	a->load.changes = true;
	if (load_input(a->arena, input, &a->load, err) < 0 ||
	    touches_load(&a->load, &options, &a->touches, err) < 0 ||
	    (q->spend.n &&
		spend_load(a->touches, &options, &a->spend, err) < 0))
		return -1;
	walk_start(&a->walk, &a->load);
	a->value = load_value_rules(&a->load, a->fx);
	a->deals =
	    deal_rules_new(a->load.store, a->walk.timelines, a->load.as_of);
	take_agreed(a);
	if (a->report->lists_touches)
		return 0;
	return take_conversion(a, err) < 0 ? -1 : take_lookback(a, err);
}

/* Paths have lost their records: nothing can be drawn, and no stage asked. */
static int
check_ready_paths(const struct attribution *a, struct fnl_err *err)
{
	const struct fnl_attribution_query *q = a->query;
	const struct {
		const char *option;
		bool given;
	} rows[] = { { "--touches", q->touches.n != 0 },
		{ "--bootstrap", a->bootstrap != 0 },
		{ "--report order", strcmp(a->report->name, "order") == 0 },
		{ "--report sourced",
		    strncmp(a->report->name, "sourced", 7) == 0 },
		{ "--report quality", strcmp(a->report->name, "quality") == 0 },
		{ "--spend", q->spend.n != 0 },
		{ "--conversion", q->conversion != NULL },
		{ "--lookback", q->lookback != NULL },
		{ "--key", q->key != NULL }, { "--join", q->join != NULL },
		{ "--touch-date", q->touch_date != NULL } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].given)
			return fail(err, FNL_USAGE,
			    "%s needs records and touches, not --path-file",
			    rows[i].option);
	return 0;
}

static int
load_ready_paths(struct attribution *a, struct fnl_err *err)
{
	const struct fnl_attribution_query *q = a->query;

	if (check_ready_paths(a, err) < 0 ||
	    load_nothing(a->arena, &q->input, &a->load, err) < 0)
		return -1;
	return pathfile_read(a->arena, &q->path_files, a->load.read.delimiter,
	    a->load.ledger, &a->paths, err);
}

int
attribution_run(struct attribution *a, struct table **out, struct fnl_err *err)
{
	a->metrics = query_split(a->arena, &a->query->metrics);
	a->channels = intern_new(a->arena);
	if (take_options(a, err) < 0)
		return -1;
	if (a->report->run == attribution_overlap) /* nothing is loaded */
		return a->report->run(a, out, err);
	if ((a->query->path_files.n ? load_ready_paths(a, err)
				    : load_records(a, err)) < 0)
		return -1;
	if (a->report->lists_touches)
		return a->report->run(a, out, err);
	if (take_models(a, err) < 0 || take_transforms(a, err) < 0)
		return -1;
	a->groups = groups_new(a->arena, sizeof(struct journey_group),
	    a->load.segments.n_by, a->load.period,
	    a->load.definitions.fiscal_month, a->load.zone);
	if ((a->paths ? attribution_ready_paths(a, err)
		      : attribution_journeys(a, err)) < 0)
		return -1;
	take_direct(a);
	return a->report->run(a, out, err);
}

int
attribution_sheet(const struct attribution *a, struct sheet_plan plan,
    struct sheet *sheet, struct fnl_err *err)
{
	plan.metrics = a->metrics;
	plan.long_form = a->query->long_form;
	return sheet_new(sheet, &a->load, &plan, err);
}

const char *
attribution_channel(const struct attribution *a, size_t row, size_t n_channels)
{
	static const char *const after[CREDIT_ROWS] = {
		[CREDIT_NONE] = "(none)",
		[CREDIT_UNDATED] = "(undated)",
		[CREDIT_OTHER] = "(other)",
	};

	if (row >= n_channels)
		return after[row - n_channels];
	if (!row)
		return "(unmapped)";
	return arena_text(a->arena, intern_get(a->channels, (uint32_t)row));
}

/* ---- notes ---- */

static void
note_unmapped(struct attribution *a, struct table *table)
{
	struct textbuf text = { .arena = a->arena };
	const struct unmapped *list;
	size_t n;

	list = touches_unmapped(a->touches, a->arena, &n);
	for (size_t i = 0; i < n && i < 20; i++) {
		struct slice name = touches_text(a->touches, list[i].text);

		textbuf_add(&text, "%s'%.*s' %" PRIu64, i ? ", " : "",
		    (int)name.n, name.p, list[i].touches);
	}
	if (n > 20)
		textbuf_add(&text, " and %zu more", n - 20);
	if (n)
		table_note(table, "unmapped_channels",
		    "no agreed source names these: %s", textbuf_text(&text));
}

static void
note_journeys(struct attribution *a, struct table *table)
{
	table_note(table, "conversion",
	    "the first entry to '%s'%s; a touch after it gets no credit",
	    a->load.definitions.stages[a->conversion].name,
	    a->lookback >= 0 ? ", of touches within the look-back" : "");
	note_count(table, "conversions", a->conversions, "records");
	note_count(table, "without_touch", a->without_touch,
	    "conversions without a touch, in (none)");
	note_count(table, "nulls", a->nulls,
	    "records that ended without a conversion, with touches");
	note_count(table, "open_records", a->open,
	    "open without a conversion, in neither");
	note_count(table, "undated_records", a->undated,
	    "whose conversion or end has no date, left out");
	note_count(table, "after", a->after,
	    "touches after the conversion, without credit");
	note_count(table, "beyond", a->beyond,
	    "touches before the look-back, without credit");
	note_count(table, "activities", a->activities,
	    "touches that are activities of sales, without credit");
	note_count(table, "unvalued", a->unvalued,
	    "conversions without a known amount, in no value");
}

static void
note_list(struct attribution *a, struct table *table)
{
	note_count(table, "later_touches", a->later,
	    "touches after as_of, left out, once a record");
	note_count(table, "outside", a->outside,
	    "touches outside --from and --to, left out, once a record");
	if (!a->touches->tells_sales)
		table_note(table, "sales_touches",
		    "no column that says who did it: every activity counts as "
		    "one by sales (sales_touches of the definitions)");
}

static void
note_touches(struct attribution *a, struct table *table)
{
	uint64_t unjoined = a->touches->unjoined.count;

	table_note(table, "touches",
	    "%" PRIu64 " rows gave %" PRIu64 " touches, %zu of them of a "
	    "record",
	    a->touches->rows, a->touches->read, a->touches->n);
	note_count(
	    table, "unjoined", unjoined, "touches that belong to no record");
	note_unmapped(a, table);
}

static void
note_ready_paths(const struct attribution *a, struct table *table)
{
	const struct journey_group *group = vec_at(&a->groups.items, 0);
	struct journey total = pool_total(group->pool);
	char conversions[NUMBER_MAX], nulls[NUMBER_MAX];

	number_text(conversions, total.conversions);
	number_text(nulls, total.nulls);
	table_note(table, "ready_paths",
	    "%zu rows, %zu paths: %s conversions, %s nulls",
	    a->paths->rows.count, pool_size(group->pool) - 1, conversions,
	    nulls);
}

void
attribution_notes_of(struct attribution *a, const struct walk *walk,
    const struct value_rules *value, bool mixed, struct table *table)
{
	walk_note_times(walk, table);
	load_notes(&a->load, table);
	note_touches(a, table);
	walk_note_records(walk, walk->records, table);
	walk_note_events(walk, table);
	load_note_values(&a->load, value, mixed, table);
}

void
attribution_notes(struct attribution *a, struct table *table)
{
	if (a->paths) {
		note_ready_paths(a, table);
		return;
	}
	walk_note_times(&a->walk, table);
	load_notes(&a->load, table);
	note_touches(a, table);
	walk_note_records(&a->walk, a->walk.records, table);
	if (a->report->lists_touches)
		note_list(a, table);
	else
		note_journeys(a, table);
	walk_note_events(&a->walk, table);
	load_note_values(&a->load, &a->value, a->mixed, table);
}
