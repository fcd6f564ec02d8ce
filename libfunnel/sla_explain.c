/*
 * sla_explain.c: the report explain. Everything that is known of one record,
 * and what each commitment made of it, step by step: which event started a
 * clock, which stopped it and which did not and why, and how much of the
 * clock's own time had passed at each of them (product.md L18). Who doubts a
 * line of --report breaches finds here what it was made from.
 *
 * First come the events of the record, then, a commitment after the other,
 * those of them that it looks at, in order of time, and its verdict.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "change.h"
#include "judge.h"
#include "moment.h"
#include "recordid.h"
#include "sla.h"

enum trail_kind {
	TRAIL_CREATED,
	TRAIL_STAGE,
	TRAIL_OWNER,
	TRAIL_ASSIGNED, /* the column */
	TRAIL_TOUCH,
	TRAIL_RESPONSE, /* the column */
	TRAIL_COLUMN, /* one that a commitment names */
	TRAIL_DUE,
	TRAIL_AS_OF,
	TRAIL_KINDS
};

static const char *const trail_names[TRAIL_KINDS] = {
	[TRAIL_CREATED] = "created",
	[TRAIL_STAGE] = "stage",
	[TRAIL_OWNER] = "owner",
	[TRAIL_ASSIGNED] = "assigned",
	[TRAIL_TOUCH] = "touch",
	[TRAIL_RESPONSE] = "first response",
	[TRAIL_COLUMN] = "column",
	[TRAIL_DUE] = "due",
	[TRAIL_AS_OF] = "as of",
};

struct trail_event {
	struct when at;
	enum trail_kind kind;
	size_t number; /* in the order of its kind */
	const struct visit *visit;
	const struct touch *touch;
	const struct moment *moment; /* of a column */
	uint32_t owner;
};

struct trail {
	struct trail_event *items;
	size_t n, cap;
};

struct explain {
	struct sla *sla;
	uint32_t record;
	struct sheet *sheet;
	struct trail trail; /* of the record */
	struct trail step; /* of one commitment */
	uint64_t attempts; /* that were counted in this commitment */
};

enum {
	COLUMN_COMMITMENT,
	COLUMN_AT,
	COLUMN_EVENT,
	COLUMN_DETAIL,
	COLUMN_EFFECT,
	COLUMN_HOURS,
	COLUMN_ALL_HOURS,
	COLUMN_STATUS,
	COLUMN_ROW,
	N_COLUMNS
};
#define N_KEYS 3

static const struct column columns[N_COLUMNS] = {
	[COLUMN_COMMITMENT] = { "commitment", "Commitment", UNIT_TEXT, FOR_ALL,
	    "Who looks at it; empty: the record itself." },
	[COLUMN_AT] = { "at", "At", UNIT_TIME, FOR_ALL, "When it was." },
	[COLUMN_EVENT] = { "event", "Event", UNIT_TEXT, FOR_ALL,
	    "What happened; verdict: what came out." },
	[COLUMN_DETAIL] = { "detail", "Detail", UNIT_TEXT, FOR_ALL,
	    "The stage, the owner, the touch; of a verdict what is promised." },
	[COLUMN_EFFECT] = { "effect", "Effect", UNIT_TEXT, FOR_ALL,
	    "What it does to the clock, or why it does nothing." },
	[COLUMN_HOURS] = { "hours", "Hours", UNIT_HOURS, FOR_ALL_IF_ANY,
	    "Hours of the clock's own time from its start to then." },
	[COLUMN_ALL_HOURS] = { "all_hours", "All hours", UNIT_HOURS,
	    FOR_ROOM_IF_ANY, "The same with every hour counted." },
	[COLUMN_STATUS] = { "status", "Status", UNIT_TEXT, FOR_ALL_IF_ANY,
	    "Of a verdict: met, late, breached, pending, paused, void, na or "
	    "bad; of a volume counted or not." },
	[COLUMN_ROW] = { "row", "Row", UNIT_TEXT, FOR_ROOM_IF_ANY,
	    "File and line of a touch." },
};

/* ---- finding the record ---- */

int
sla_explain_options(struct sla *s, struct fnl_err *err)
{
	if (!s->query->explain)
		return fail(err, FNL_USAGE,
		    "--report explain is about one record: --explain ID");
	if (s->query->input.period || s->query->input.from ||
	    s->query->input.to)
		return fail(err, FNL_USAGE,
		    "--explain shows all of one record: leave out --period, "
		    "--from and --to");
	return 0;
}

static int
fail_unknown(const struct sla *s, struct fnl_err *err)
{
	const struct store *store = s->load.store;
	size_t n = store->records.count;
	const char **ids = arena_array(s->arena, n + 1, sizeof(*ids));
	const char *near;

	for (size_t i = 0; i < n; i++)
		ids[i] = arena_text(s->arena, store_id(store, (uint32_t)i));
	near = nearest_name(slice_of(s->query->explain), ids, n);
	return fail(err, FNL_USAGE,
	    "--explain: no record has the id '%s'%s%s%s", s->query->explain,
	    near ? " (did you mean '" : " (--report breaches lists ids)",
	    near ? near : "", near ? "'?)" : "");
}

/* Ids are read as those of the files were. */
static int
find_record(const struct sla *s, uint32_t *record, struct fnl_err *err)
{
	struct slice text = slice_of(s->query->explain);
	char id[RECORD_ID_MAX];
	bool salesforce = false;
	size_t n;

	for (size_t i = 0; i < s->load.n_readers; i++)
		salesforce |= s->load.readers[i]->salesforce;
	if (record_id_read(text, salesforce, NULL, id, &n) == RECORD_ID_OK)
		text = (struct slice){ id, n };
	*record = store_find(s->load.store, text);
	if (*record == NO_RECORD)
		return fail_unknown(s, err);
	*record = store_counted(s->load.store, *record);
	return 0;
}

/* The walk of this one record. */
static int
walk_to(struct explain *e, struct fnl_err *err)
{
	struct sla *s = e->sla;
	const char *why = "has no row of its own or is deleted";

	if (find_record(s, &e->record, err) < 0)
		return -1;
	s->walk.next = e->record;
	if (walk_next(&s->walk) && s->walk.record == e->record)
		return 0;
	if (load_is_record(&s->load, e->record))
		why = load_selects(&s->load, e->record)
			  ? "did not exist as of --as-of"
			  : "is left out by --where";
	return fail(err, FNL_USAGE, "--explain: record '%s' %s",
	    s->query->explain, why);
}

/* ---- what happened ---- */

static struct trail_event *
trail_add(struct explain *e, struct trail *trail, enum trail_kind kind,
    struct when at)
{
	struct trail_event *event;

	if (trail->n == trail->cap) {
		trail->cap = trail->cap ? 2 * trail->cap : 32;
		trail->items = arena_grow(e->sla->arena, trail->items,
		    trail->cap * sizeof(*trail->items));
	}
	event = &trail->items[trail->n];
	*event = (struct trail_event){
		.at = at, .kind = kind, .number = trail->n++
	};
	return event;
}

static void
add_known(struct explain *e, struct trail *trail, enum trail_kind kind,
    struct when at)
{
	if (at.kind != WHEN_UNKNOWN)
		trail_add(e, trail, kind, at);
}

static void
add_owners(struct explain *e)
{
	size_t n;
	const struct change *changes =
	    store_changes(e->sla->load.store, e->record, &n);

	for (size_t i = 0; i < n; i++)
		if (changes[i].kind == CHANGE_OWNER)
			trail_add(e, &e->trail, TRAIL_OWNER,
			    stamp_when(changes[i].at))
			    ->owner =
			    changes[i].known ? (uint32_t)changes[i].value : 0;
}

static void
gather(struct explain *e)
{
	const struct sla *s = e->sla;
	const struct commitments *all = &s->commitments;
	const struct timeline *t = s->walk.timeline;
	const struct touch *touches;
	size_t n = 0;

	add_known(e, &e->trail, TRAIL_CREATED, t->created);
	for (size_t i = 0; i < t->n; i++)
		trail_add(e, &e->trail, TRAIL_STAGE, t->visits[i].at)->visit =
		    &t->visits[i];
	add_owners(e);
	if (all->assigned)
		add_known(e, &e->trail, TRAIL_ASSIGNED,
		    field_time_of(all->assigned, e->record));
	touches = s->touches ? touches_of(s->touches, e->record, &n) : NULL;
	for (size_t i = 0; i < n; i++)
		trail_add(e, &e->trail, TRAIL_TOUCH, stamp_when(touches[i].at))
		    ->touch = &touches[i];
	if (all->response)
		add_known(e, &e->trail, TRAIL_RESPONSE,
		    field_time_of(all->response, e->record));
}

/* A date before the times of its day; what has no time first. */
struct trail_key {
	int64_t at;
	const struct trail_event *event;
};

static int
compare_keys(const void *pa, const void *pb)
{
	const struct trail_key *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->event->at.kind != b->event->at.kind)
		return a->event->at.kind < b->event->at.kind ? -1 : 1;
	if (a->event->kind != b->event->kind)
		return a->event->kind < b->event->kind ? -1 : 1;
	return (a->event->number > b->event->number) -
	       (a->event->number < b->event->number);
}

static const struct trail_key *
in_order(const struct explain *e, const struct trail *trail)
{
	const struct load *load = &e->sla->load;
	struct trail_key *keys =
	    arena_array(e->sla->arena, trail->n + 1, sizeof(*keys));

	for (size_t i = 0; i < trail->n; i++) {
		struct when at = trail->items[i].at;

		keys[i] = (struct trail_key){ at.seconds, &trail->items[i] };
		if (at.kind == WHEN_UNKNOWN)
			keys[i].at = INT64_MIN;
		else if (at.kind == WHEN_DATE)
			keys[i].at = zone_utc(load->zone, at.seconds);
	}
	qsort(keys, trail->n, sizeof(*keys), compare_keys);
	return keys;
}

/* ---- in words ---- */

static struct slice
text_of(const struct explain *e, uint32_t number)
{
	return intern_get(e->sla->load.store->texts, number);
}

/* "call by Asha" */
static const char *
touch_text(const struct explain *e, const struct touch *touch)
{
	struct textbuf text = { .arena = e->sla->arena };
	struct slice what =
	    text_of(e, touch->type ? touch->type : touch->channel);
	struct slice who = text_of(e, touch->owner);

	textbuf_add(&text, "%.*s", (int)what.n, what.p);
	if (who.n)
		textbuf_add(
		    &text, "%sby %.*s", what.n ? " " : "", (int)who.n, who.p);
	return text.n ? textbuf_text(&text) : NULL;
}

static struct cell
detail_of(const struct explain *e, const struct trail_event *event)
{
	const struct load *load = &e->sla->load;

	switch (event->kind) {
	case TRAIL_STAGE:
		return cell_optional(
		    load->definitions.stages[event->visit->stage].name);
	case TRAIL_OWNER:
		return cell_of_text(load, event->owner, "(blank)");
	case TRAIL_TOUCH:
		return cell_optional(touch_text(e, event->touch));
	case TRAIL_COLUMN:
		return cell_optional(event->moment->text);
	default:
		return cell_optional(NULL);
	}
}

/* What is to be known of an event whoever looks at it. */
static const char *
remark_of(const struct explain *e, const struct trail_event *event)
{
	if (event->at.kind == WHEN_UNKNOWN)
		return "nobody knows when";
	if (!moment_is_known(&e->sla->commitments, event->at))
		return "after as_of";
	if (event->touch && (event->touch->flags & TOUCH_AUTOMATED))
		return "automated";
	if (event->touch && !(event->touch->flags & TOUCH_SALES))
		return "not by sales";
	if (event->visit && event->visit->repeat)
		return "the same stage again";
	return NULL;
}

/* ---- what a commitment makes of it ---- */

static int
compare_times(const struct explain *e, struct when a, struct when b)
{
	return when_compare(e->sla->load.zone, a, b);
}

static bool
same_time(struct when a, struct when b)
{
	return a.kind == b.kind && a.seconds == b.seconds &&
	       a.kind != WHEN_UNKNOWN;
}

/* An event that moments of a kind are made from, whether or not it counts. */
static bool
is_moment(const struct explain *e, const struct moment *m,
    const struct moment *start, const struct trail_event *event)
{
	const uint8_t *ranks = e->sla->commitments.ranks;

	switch (m->kind) {
	case MOMENT_STAGE:
		return event->visit && event->visit->stage == m->stage &&
		       !event->visit->repeat;
	case MOMENT_CREATED:
		return event->kind == TRAIL_CREATED;
	case MOMENT_ASSIGNED:
		return event->kind == TRAIL_ASSIGNED ||
		       (event->kind == TRAIL_OWNER && event->owner);
	case MOMENT_DISPOSITION:
		return event->visit && !event->visit->repeat &&
		       (event->visit->outcome != OUTCOME_NONE ||
			   (start->kind == MOMENT_STAGE &&
			       event->visit->rank > ranks[start->stage]));
	case MOMENT_COLUMN:
		return event->moment == m;
	case MOMENT_SALES_TOUCH:
		return event->touch ||
		       (event->kind == TRAIL_RESPONSE && !m->types);
	case MOMENT_TOUCH:
		return event->touch != NULL;
	default:
		return false;
	}
}

/* Why an event that could stop a clock does not, or NULL. */
static const char *
refusal_of(const struct explain *e, struct moment *stop,
    const struct trail_event *event)
{
	const struct commitments *all = &e->sla->commitments;

	if (event->touch)
		return moment_refusal(all, stop, event->touch);
	if (stop->kind == MOMENT_DISPOSITION &&
	    event->visit->outcome == OUTCOME_REJECTED &&
	    all->load->definitions.rejection_reasons.n &&
	    !commitment_reason_is_agreed(all, e->record))
		return "no agreed reason";
	return NULL;
}

static const char *
stop_effect(struct explain *e, const struct sla_case *x, struct moment *stop,
    const struct trail_event *event)
{
	const char *refusal = refusal_of(e, stop, event);
	bool attempts = x->commitment->definition->attempts != NULL;

	if (refusal)
		return refusal;
	if (compare_times(e, event->at, x->start) < 0)
		return "before the start";
	if (attempts)
		e->attempts++;
	if (same_time(event->at, x->stop))
		return "stops it";
	if (x->stop.kind != WHEN_UNKNOWN &&
	    compare_times(e, event->at, x->stop) > 0)
		return "after the stop";
	return attempts ? arena_printf(
			      e->sla->arena, "attempt %" PRIu64, e->attempts)
			: "stops it for now"; /* resume */
}

static bool
is_paused_in(const struct commitment *c, uint16_t stage)
{
	for (size_t i = 0; c->definition->pause.n && i < c->n_stages; i++)
		if (c->stages[i] == stage)
			return true;
	return false;
}

/* What an event means to a case; NULL: nothing, it is not shown. */
static const char *
effect_of(struct explain *e, const struct sla_case *x,
    const struct trail_event *event)
{
	/* The lazy marks of touch types are not const. */
	struct commitment *c =
	    &e->sla->commitments.items[x->commitment->number];

	if (event->at.kind == WHEN_UNKNOWN ||
	    !moment_is_known(&e->sla->commitments, event->at))
		return NULL;
	if (is_moment(e, &c->start, NULL, event))
		return same_time(event->at, x->start)
			   ? c->stop.kind == MOMENT_NONE ? "is looked at"
							 : "starts it"
		       : c->policy == CLOCK_RESUME ? "a start again"
						   : "another start";
	if (x->start.kind == WHEN_UNKNOWN)
		return NULL;
	if (is_moment(e, &c->stop, &c->start, event))
		return stop_effect(e, x, &c->stop, event);
	if (event->visit && is_paused_in(c, event->visit->stage))
		return "the clock stands still";
	if (event->kind == TRAIL_OWNER && c->calendar_of_owner)
		return "the calendar of this owner";
	if (event->kind == TRAIL_OWNER && c->definition->routed)
		return "who owns it";
	if (event->visit && event->visit->outcome != OUTCOME_NONE &&
	    x->stop.kind == WHEN_UNKNOWN)
		return "closed";
	return NULL;
}

static void
fill_event(struct explain *e, const char *commitment,
    const struct trail_event *event, const char *effect)
{
	sheet_row(e->sheet, &(struct group_key){ .by = e->sla->walk.by });
	sheet_cell(e->sheet, COLUMN_COMMITMENT, cell_optional(commitment));
	sheet_cell(e->sheet, COLUMN_AT, cell_time(event->at));
	sheet_cell(
	    e->sheet, COLUMN_EVENT, cell_optional(trail_names[event->kind]));
	sheet_cell(e->sheet, COLUMN_DETAIL, detail_of(e, event));
	sheet_cell(e->sheet, COLUMN_EFFECT, cell_optional(effect));
	if (event->touch)
		sheet_cell(e->sheet, COLUMN_ROW,
		    cell_optional(arena_printf(e->sla->arena, "%s:%" PRIu32,
			e->sla->touches->files[event->touch->file].path,
			event->touch->line)));
}

/* Own and calendar time from the start to an event, as the clock itself
 * measures it: as if it had stopped there. */
static void
fill_hours(struct explain *e, const struct sla_case *x,
    const struct trail_event *event)
{
	const struct load *load = &e->sla->load;
	struct clock clock;
	struct clock_rules rules = { load->zone, load->as_of,
		x->commitment->target };
	struct clock_result result;

	if (!x->measured || compare_times(e, event->at, x->start) < 0)
		return;
	clock = *x->measured;
	clock.stop = event->at;
	if (!moment_is_known(&e->sla->commitments, event->at))
		rules.as_of = event->at;
	clock_measure(&rules, &clock, &result);
	sheet_cell(e->sheet, COLUMN_HOURS, cell_number(result.elapsed / 3600));
	sheet_cell(
	    e->sheet, COLUMN_ALL_HOURS, cell_number(result.calendar / 3600));
}

static void
fill_verdict(struct explain *e, const struct sla_case *x)
{
	const struct commitment *c = x->commitment;

	sheet_row(e->sheet, &(struct group_key){ .by = e->sla->walk.by });
	sheet_cell(
	    e->sheet, COLUMN_COMMITMENT, cell_optional(c->definition->name));
	sheet_cell(e->sheet, COLUMN_AT, cell_time(x->clock.end));
	sheet_cell(e->sheet, COLUMN_EVENT, cell_optional("verdict"));
	sheet_cell(e->sheet, COLUMN_DETAIL, cell_optional(c->what));
	sheet_cell(e->sheet, COLUMN_EFFECT,
	    cell_optional(
		x->why ? arena_text(e->sla->arena, slice_of(x->why)) : NULL));
	sheet_cell(
	    e->sheet, COLUMN_HOURS, cell_number(x->clock.elapsed / 3600));
	sheet_cell(
	    e->sheet, COLUMN_ALL_HOURS, cell_number(x->clock.calendar / 3600));
	sheet_cell(e->sheet, COLUMN_STATUS,
	    cell_optional(clock_status_name(x->clock.status)));
}

static void
add_column(struct explain *e, const struct moment *moment)
{
	struct when at;

	if (moment->kind != MOMENT_COLUMN)
		return;
	at = field_time_of(moment->column, e->record);
	if (at.kind != WHEN_UNKNOWN)
		trail_add(e, &e->step, TRAIL_COLUMN, at)->moment = moment;
}

/* It was closed, and nothing could stop it any more. */
static bool
is_closed(const struct explain *e, const struct sla_case *x)
{
	struct when closed = x->measured->closed;

	return closed.kind != WHEN_UNKNOWN &&
	       moment_is_known(&e->sla->commitments, closed) &&
	       compare_times(e, closed, x->start) >= 0;
}

/* The events of the record and those that only this commitment knows. */
static void
gather_step(struct explain *e, const struct sla_case *x)
{
	const struct commitment *c = x->commitment;

	e->step.n = 0;
	for (size_t i = 0; i < e->trail.n; i++) {
		struct trail_event *event = trail_add(
		    e, &e->step, e->trail.items[i].kind, e->trail.items[i].at);
		size_t number = event->number;

		*event = e->trail.items[i];
		event->number = number;
	}
	add_column(e, &c->start);
	add_column(e, &c->stop);
	if (!x->measured)
		return;
	add_known(e, &e->step, TRAIL_DUE, x->clock.due);
	if (x->stop.kind == WHEN_UNKNOWN && !is_closed(e, x))
		add_known(e, &e->step, TRAIL_AS_OF, e->sla->load.as_of);
}

static const char *
own_effect(struct explain *e, const struct sla_case *x,
    const struct trail_event *event)
{
	if (event->kind == TRAIL_DUE)
		return x->commitment->definition->within;
	if (event->kind == TRAIL_AS_OF)
		return "not stopped";
	return effect_of(e, x, event);
}

/* Which entry of `routing` was asked. */
static void
fill_route(struct explain *e, const struct sla_case *x)
{
	const struct route *route;
	struct textbuf text = { .arena = e->sla->arena };

	if (!x->commitment->definition->routed || x->clock.status == CLOCK_NA)
		return;
	route = judge_route(&e->sla->commitments);
	textbuf_add(&text, "%s: ", route->definition->name);
	for (unsigned i = 0; i < route->definition->owners.n; i++)
		textbuf_add(&text, "%s%s", i ? ", " : "",
		    route->definition->owners.items[i]);
	sheet_row(e->sheet, &(struct group_key){ .by = e->sla->walk.by });
	sheet_cell(e->sheet, COLUMN_COMMITMENT,
	    cell_optional(x->commitment->definition->name));
	sheet_cell(e->sheet, COLUMN_EVENT, cell_optional("route"));
	sheet_cell(e->sheet, COLUMN_DETAIL, cell_optional(textbuf_text(&text)));
	sheet_cell(e->sheet, COLUMN_EFFECT, cell_optional("who may own it"));
}

static void
take_case(void *context, const struct sla_case *x)
{
	struct explain *e = context;
	const struct trail_key *keys;

	e->attempts = 0;
	gather_step(e, x);
	keys = in_order(e, &e->step);
	for (size_t i = 0; i < e->step.n; i++) {
		const char *effect = own_effect(e, x, keys[i].event);

		if (!effect)
			continue;
		fill_event(
		    e, x->commitment->definition->name, keys[i].event, effect);
		fill_hours(e, x, keys[i].event);
	}
	fill_route(e, x);
	fill_verdict(e, x);
}

/* ---- volumes ---- */

/* "fails icp: size (blank), intent" */
static const char *
criteria_text(const struct explain *e, const struct commitment *c,
    struct criteria_result result)
{
	const struct rule_definition *rule =
	    criteria_rule(e->sla->commitments.criteria, c->rule);
	struct textbuf text = { .arena = e->sla->arena };

	textbuf_add(&text, "%s %s", criteria_pass(result) ? "passes" : "fails",
	    c->definition->passing);
	for (unsigned i = 0, n = 0; i < rule->n_criteria; i++) {
		uint64_t bit = (uint64_t)1 << i;

		if (!(result.failed & bit))
			continue;
		textbuf_add(&text, "%s%s%s", n++ ? ", " : ": ",
		    rule->criteria[i].name,
		    result.blank & bit    ? " (blank)"
		    : result.unread & bit ? " (cannot be decided)"
					  : "");
	}
	return textbuf_text(&text);
}

/* One row a start that counts, or one that says that there is none. */
static void
fill_volume(struct explain *e, struct commitment *c)
{
	struct commitments *all = &e->sla->commitments;
	bool undated;
	size_t n;
	const struct when *at = judge_moments(all, c, &n, &undated);
	struct criteria_result result = { 0 };

	if (c->start.kind == MOMENT_STAGE && n > 1)
		n = 1;
	for (size_t i = 0; i < (n ? n : 1); i++) {
		if (n && c->definition->passing)
			result = criteria_of(
			    all->criteria, c->rule, e->record, at[i]);
		sheet_row(
		    e->sheet, &(struct group_key){ .by = e->sla->walk.by });
		sheet_cell(e->sheet, COLUMN_COMMITMENT,
		    cell_optional(c->definition->name));
		if (n)
			sheet_cell(e->sheet, COLUMN_AT, cell_time(at[i]));
		sheet_cell(e->sheet, COLUMN_EVENT, cell_optional("verdict"));
		sheet_cell(e->sheet, COLUMN_DETAIL, cell_optional(c->what));
		if (n && c->definition->passing)
			sheet_cell(e->sheet, COLUMN_EFFECT,
			    cell_optional(criteria_text(e, c, result)));
		sheet_cell(e->sheet, COLUMN_STATUS,
		    cell_optional(!n                      ? "na"
				  : criteria_pass(result) ? "counted"
							  : "not counted"));
	}
}

/* ---- the report ---- */

static void
fill_record(struct explain *e)
{
	const struct trail_key *keys = in_order(e, &e->trail);

	for (size_t i = 0; i < e->trail.n; i++)
		fill_event(e, NULL, keys[i].event, remark_of(e, keys[i].event));
}

static void
add_notes(const struct explain *e, struct table *table)
{
	const struct sla *s = e->sla;
	struct slice id = store_id(s->load.store, e->record);
	struct slice owner = text_of(e, sla_owner(s, e->record));
	struct slice reason =
	    text_of(e, moment_reason(&s->commitments, e->record));

	table_note(table, "record", "%.*s", (int)id.n, id.p);
	if (owner.n)
		table_note(table, "owner", "%.*s", (int)owner.n, owner.p);
	if (reason.n)
		table_note(table, "reason", "%.*s (%s)", (int)reason.n,
		    reason.p,
		    commitment_reason_is_agreed(&s->commitments, e->record)
			? "agreed"
			: "not agreed");
}

int
sla_explain(struct sla *s, struct table **out, struct fnl_err *err)
{
	struct commitments *all = &s->commitments;
	const struct column *shown[N_COLUMNS];
	struct sheet sheet;
	struct explain e = { .sla = s, .sheet = &sheet };
	struct sheet_plan plan = { .title = "What was made of one record",
		.columns = shown,
		.n_columns = N_COLUMNS,
		.n_keys = N_KEYS };

	for (size_t i = 0; i < N_COLUMNS; i++)
		shown[i] = &columns[i];
	if (sla_sheet(s, plan, &sheet, err) < 0 || walk_to(&e, err) < 0)
		return -1;
	gather(&e);
	fill_record(&e);
	commitments_judge(all, &s->walk, take_case, &e);
	for (size_t i = 0; i < all->n; i++)
		if (!all->items[i].kind->judge)
			fill_volume(&e, &all->items[i]);
	add_notes(&e, sheet.table);
	sla_notes(s, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
