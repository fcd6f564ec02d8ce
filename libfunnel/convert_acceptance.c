/*
 * convert_acceptance.c: the report acceptance. What sales did with the records
 * that marketing handed over, by the period in which they were handed over
 * (metrics.md 3.1.7, product.md C05, C08, C21).
 */
#include <inttypes.h>
#include <math.h>

#include "convert.h"
#include "handoff.h"
#include "metric_handoff.h"
#include "query.h"

struct group_counts {
	struct group_key key; /* first: groups know no more */
	struct handoff_tally leads, deals;
};

struct recycled_to { /* where records went, by stage */
	uint64_t n, again, accepted;
};

struct acceptance {
	struct convert *c;
	struct handoff handoff, deals;
	struct decision_target target;
	struct groups groups;
	struct recycled_to *recycled; /* [n_stages] */
	uint64_t counted, skipped, undated, unlogged, untimed;
	bool recycled_decided;
};

static int
take_recycled(const struct convert *c, bool *decided, struct fnl_err *err)
{
	static const struct choice choices[] = { { "apart", 0 },
		{ "decided", 1 }, { NULL, 0 } };
	int choice;

	if (query_choice(
		"--recycled", c->query->recycled, choices, &choice, err) < 0)
		return -1;
	*decided = choice == 1;
	return 0;
}

int
convert_acceptance_options(struct convert *c, struct fnl_err *err)
{
	int64_t seconds;
	bool decided;

	if (c->query->target &&
	    query_duration("--target", c->query->target, &seconds, err) < 0)
		return -1;
	return take_recycled(c, &decided, err);
}

/* ---- counting ---- */

static void
add_days(struct arena *arena, struct handoff_tally *tally, double days)
{
	if (tally->n_days == tally->cap_days) {
		tally->cap_days = tally->cap_days ? 2 * tally->cap_days : 16;
		tally->days = arena_grow(
		    arena, tally->days, tally->cap_days * sizeof(*tally->days));
	}
	tally->days[tally->n_days++] = days;
}

static void
count_undecided(const struct acceptance *a, const struct handed *handed,
    struct handoff_tally *tally)
{
	const struct load *load = &a->c->load;

	tally->undecided++;
	if (!a->target.has || handed->at.kind == WHEN_UNKNOWN ||
	    load->as_of.kind == WHEN_UNKNOWN)
		return;
	if (path_within(load->zone, handed->at, load->as_of, a->target.seconds))
		tally->within++;
	else
		tally->past++;
}

static void
count_accepted(struct acceptance *a, const struct handed *handed,
    struct handoff_tally *tally)
{
	double days = when_days(a->c->load.zone, handed->at, handed->accepted);

	tally->accepted++;
	tally->reversed += handed->reversed;
	if (!isnan(days))
		add_days(a->c->arena, tally, days);
}

static void
count_handed(struct acceptance *a, const struct handed *handed,
    struct handoff_tally *tally)
{
	tally->handed++;
	tally->rejected += handed->decision == DECISION_REJECTED;
	tally->recycled += handed->decision == DECISION_RECYCLED;
	tally->lost += handed->decision == DECISION_LOST;
	tally->recycled_ever += handed->recycled;
	tally->again += handed->again;
	tally->accepted_again += handed->accepted_again;
	if (handed->decision == DECISION_NONE)
		count_undecided(a, handed, tally);
	if (handed->decision == DECISION_ACCEPTED)
		count_accepted(a, handed, tally);
}

static struct group_counts *
group_of(struct acceptance *a, const struct handed *handed)
{
	bool is_new;

	return groups_at(&a->groups, a->c->walk.by, handed->at, &is_new);
}

static bool
in_window(const struct acceptance *a, const struct handed *handed)
{
	const struct load *load = &a->c->load;

	return handed->handed &&
	       window_holds(load->zone, &load->window, handed->at);
}

/* Left out of the days, or of the split by the target. */
static bool
lacks_dates(const struct acceptance *a, const struct handed *handed)
{
	bool undated = handed->at.kind == WHEN_UNKNOWN;

	if (handed->decision == DECISION_ACCEPTED)
		return undated || handed->accepted.kind == WHEN_UNKNOWN;
	return handed->decision == DECISION_NONE && a->target.has && undated;
}

static void
note_lead(struct acceptance *a, const struct handed *handed)
{
	struct recycled_to *to;

	a->counted++;
	a->unlogged += handed->unlogged;
	a->untimed += lacks_dates(a, handed);
	if (!handed->recycled)
		return;
	to = &a->recycled[handed->recycled_to];
	to->n++;
	to->again += handed->again;
	to->accepted += handed->accepted_again;
}

static void
count_record(struct acceptance *a)
{
	const struct timeline *t = a->c->walk.timeline;
	struct handed handed;

	if (a->deals.from) {
		handoff_follow(&a->deals, t, &handed);
		if (in_window(a, &handed))
			count_handed(a, &handed, &group_of(a, &handed)->deals);
	}
	handoff_follow(&a->handoff, t, &handed);
	a->skipped += handed.skipped;
	if (in_window(a, &handed)) {
		count_handed(a, &handed, &group_of(a, &handed)->leads);
		note_lead(a, &handed);
	} else
		a->undated += handed.handed && handed.at.kind == WHEN_UNKNOWN;
}

/* ---- table ---- */

static const struct column handoff_column = { "handoff", "Hand-off", UNIT_TEXT,
	FOR_MACHINES, "See --handoff." };
static const struct column target_column = { "target", "Target", UNIT_TEXT,
	FOR_MACHINES, "See --target." };
static const struct column rule_column = { "recycled_as", "Recycled as",
	UNIT_TEXT, FOR_MACHINES, "See --recycled." };
static const struct column *const context_columns[] = { &handoff_column,
	&target_column, &rule_column };

#define N_CONTEXT (sizeof(context_columns) / sizeof(*context_columns))

static const char *
stage_name(const struct acceptance *a, uint8_t rank)
{
	const struct convert *c = a->c;

	return c->load.definitions
	    .stages[c->walk.timelines->stage_of_rank[rank]]
	    .name;
}

static int
new_sheet(const struct acceptance *a, struct sheet *sheet, struct fnl_err *err)
{
	struct arena *arena = a->c->arena;
	const struct column **columns =
	    arena_array(arena, n_handoff_metrics, sizeof(*columns));
	struct cell context[N_CONTEXT] = {
		cell_optional(
		    arena_printf(arena, "%s:%s", stage_name(a, a->handoff.from),
			stage_name(a, a->handoff.to))),
		cell_optional(a->target.text),
		cell_optional(a->recycled_decided ? "decided" : "apart"),
	};
	struct sheet_plan plan = { .title = "Acceptance",
		.period = a->c->load.period,
		.columns = columns,
		.n_columns = n_handoff_metrics,
		.context = context_columns,
		.context_cells = context,
		.n_context = N_CONTEXT };

	for (size_t i = 0; i < n_handoff_metrics; i++)
		columns[i] = &handoff_metrics[i].column;
	return convert_sheet(a->c, plan, sheet, err);
}

static void
fill_row(
    const struct acceptance *a, struct sheet *sheet, struct group_counts *group)
{
	const struct handoff_view view = { .tally = &group->leads,
		.deals = &group->deals,
		.has_target = a->target.has,
		.has_deals = a->deals.from != 0,
		.recycled_decided = a->recycled_decided,
		.method = a->c->interval,
		.confidence = a->c->confidence };

	if (group->leads.n_days)
		stats_sort(group->leads.days, group->leads.n_days);
	sheet_row(sheet, &group->key);
	for (size_t i = 0; i < n_handoff_metrics; i++)
		if (sheet_wants(sheet, i))
			sheet_cell(sheet, i,
			    cell_of_number(handoff_metrics[i].value(&view),
				handoff_metrics[i].column.unit));
}

/* ---- notes ---- */

static void
note_handoff(const struct acceptance *a, struct table *table)
{
	table_note(table, "handoff",
	    "handed over at '%s', accepted at '%s' or later (%s)",
	    stage_name(a, a->handoff.from), stage_name(a, a->handoff.to),
	    a->c->query->handoff ? "--handoff" : "by the owners of the stages");
	table_note(table, "target", "%s", a->target.why);
	table_note(table, "recycled",
	    a->recycled_decided
		? "recycled records are decided"
		: "recycled records are neither decided nor undecided "
		  "(--recycled decided)");
	if (a->deals.from)
		table_note(table, "opportunities",
		    "offered at '%s', accepted at '%s' or later; opp_rate is "
		    "dated by the offer",
		    stage_name(a, a->deals.from), stage_name(a, a->deals.to));
}

/* Which way back pays, where there is more than one. */
static void
note_recycled(const struct acceptance *a, struct table *table)
{
	const struct definitions *d = &a->c->load.definitions;
	unsigned ways = 0;

	for (unsigned i = 0; i < d->n_stages; i++)
		ways += d->stages[i].outcome == OUTCOME_RECYCLED;
	for (unsigned i = 0; ways > 1 && i < d->n_stages; i++)
		if (a->recycled[i].n)
			table_note(table, "recycled_to",
			    "%s: %" PRIu64 ", handed over again %" PRIu64
			    ", accepted then %" PRIu64,
			    d->stages[i].name, a->recycled[i].n,
			    a->recycled[i].again, a->recycled[i].accepted);
}

static void
note_records(const struct acceptance *a, struct table *table)
{
	convert_note_records(a->c, a->counted, table);
	note_count(table, "skipped", a->skipped,
	    "records that came to the stage of acceptance or a later one and "
	    "were never handed over: not counted as accepted");
	note_count(table, "undated", a->undated,
	    "records left out: the date on which they were handed over is not "
	    "known, and --from and --to need it");
	note_count(table, "unlogged", a->unlogged,
	    "accepted records that left out the stage of acceptance and came "
	    "to a later one");
	note_count(table, "untimed", a->untimed,
	    "records without the dates that days_to_accept or the target "
	    "needs, in neither");
}

static void
note_all(const struct acceptance *a, struct table *table)
{
	note_handoff(a, table);
	note_recycled(a, table);
	walk_note_times(&a->c->walk, table);
	load_notes(&a->c->load, table);
	note_records(a, table);
}

/* ---- the run ---- */

static int
start(struct convert *c, struct acceptance *a, struct fnl_err *err)
{
	const struct load *load = &c->load;

	*a = (struct acceptance){ .c = c };
	if (!load->store->histories)
		return fail(err, FNL_DATA,
		    "--report acceptance: a record list does not tell which "
		    "records were handed over; give an export of the stage "
		    "history, or the dates on which stages were entered");
	if (handoff_choose(load, c->walk.timelines, c->query->handoff,
		&a->handoff, err) < 0 ||
	    handoff_target(load, c->walk.timelines, &a->handoff,
		c->query->target, &a->target, err) < 0 ||
	    take_recycled(c, &a->recycled_decided, err) < 0)
		return -1;
	a->deals = handoff_of_deals(load, c->walk.timelines);
	a->groups = groups_new(c->arena, sizeof(struct group_counts),
	    load->segments.n_by, load->period, load->definitions.fiscal_month,
	    load->zone);
	a->recycled = arena_array(
	    c->arena, load->definitions.n_stages + 1, sizeof(*a->recycled));
	return 0;
}

int
convert_acceptance(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct acceptance a;
	struct sheet sheet;
	void **sorted;

	if (start(c, &a, err) < 0 || new_sheet(&a, &sheet, err) < 0)
		return -1;
	while (walk_next(&c->walk))
		count_record(&a);
	sorted = groups_sorted(&a.groups, c->load.store->texts);
	for (size_t i = 0; i < a.groups.items.count; i++)
		fill_row(&a, &sheet, sorted[i]);
	note_all(&a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
