/*
 * attribution.c: the reports of funnel-attribution, and what comes before and
 * after one.
 */
#include <inttypes.h>
#include <string.h>

#include "attribution.h"
#include "figures.h"
#include "query.h"

/* What makes journeys, and what makes a chain of them. */
#define JOURNEYS (TAKES_PERIODS | TAKES_CONVERSION | TAKES_TRANSFORMS)
#define CHAIN (JOURNEYS | TAKES_CHAIN)

const struct attribution_report attribution_reports[] = {
	{ "credit", attribution_credit,
	    CHAIN | TAKES_REMOVAL | TAKES_CHAIN_VALUE | TAKES_MODELS |
		TAKES_DRAWS | TAKES_READY_PATHS },
	{ "paths", attribution_paths,
	    JOURNEYS | TAKES_TOP | TAKES_READY_PATHS },
	{ "removal", attribution_removal,
	    CHAIN | TAKES_REMOVAL | TAKES_CHAIN_VALUE | TAKES_READY_PATHS },
	{ "transitions", attribution_transitions,
	    CHAIN | TAKES_CHAIN_VALUE | TAKES_READY_PATHS },
	{ "order", attribution_order, CHAIN },
	{ "money", attribution_money,
	    CHAIN | TAKES_REMOVAL | TAKES_CHAIN_VALUE | TAKES_MODELS |
		TAKES_SPEND },
	{ "sourced", attribution_sourced,
	    TAKES_PERIODS | TAKES_CONVERSION | TAKES_INFLUENCE },
	{ "sourced_deals", attribution_sourced_deals,
	    TAKES_PERIODS | TAKES_CONVERSION | TAKES_INFLUENCE },
	{ "quality", attribution_quality, TAKES_PERIODS },
	{ "timeline", attribution_timeline, LISTS_TOUCHES },
	{ "unjoined", attribution_unjoined, LISTS_TOUCHES },
	{ "accounts", attribution_accounts, LISTS_TOUCHES },
	{ "overlap", attribution_overlap, LISTS_TOUCHES | TAKES_LISTS },
	{ NULL, NULL, 0 },
};

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

uint16_t
attribution_won_stage(const struct attribution *a)
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
		a->conversion = attribution_won_stage(a);
	else
		a->conversion = store_stage(a->load.store, slice_of(name));
	if (a->conversion == STAGE_NONE && !name)
		a->conversion = attribution_won_stage(a);
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
	if (a->report->takes & LISTS_TOUCHES)
		return 0;
	if (a->report->takes & TAKES_CONVERSION && take_conversion(a, err) < 0)
		return -1;
	return take_lookback(a, err);
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
	    a->load.read.digests, a->load.ledger, &a->paths, err);
}

int
attribution_run(struct attribution *a, struct table **out, struct fnl_err *err)
{
	a->metrics = query_split(a->arena, &a->query->metrics);
	a->channels = intern_new(a->arena);
	if (attribution_take_options(a, err) < 0)
		return -1;
	if (a->report->run == attribution_overlap) /* nothing is loaded */
		return a->report->run(a, out, err);
	if ((a->query->path_files.n ? load_ready_paths(a, err)
				    : load_records(a, err)) < 0)
		return -1;
	if (a->report->takes & LISTS_TOUCHES)
		return a->report->run(a, out, err);
	if (attribution_take_models(a, err) < 0 || take_transforms(a, err) < 0)
		return -1;
	a->groups = attribution_groups(a);
	if (!(a->report->takes & TAKES_TRANSFORMS)) /* it makes no journeys */
		attribution_number_channels(a);
	else if ((a->paths ? attribution_ready_paths(a, err)
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
	if (!plan.figure)
		plan.figure = figure_of("attribution", a->report->name);
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
	    "%" PRIu64 " rows gave %" PRIu64 " touches, %" PRIu64
	    " of them of a record",
	    a->touches->rows, a->touches->read, a->touches->read - unjoined);
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
	if (a->report->takes & LISTS_TOUCHES)
		note_list(a, table);
	else
		note_journeys(a, table);
	walk_note_events(&a->walk, table);
	load_note_values(&a->load, &a->value, a->mixed, table);
}
