/*
 * commitment.c: the kinds of commitments, what they name, their calendars.
 * How a record is judged stands in judge.c.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "commitment.h"
#include "judge.h"
#include "query.h"

const enum field_id commitment_wants[COMMITMENT_WANTS] = {
	[WANT_RESPONSE] = FIELD_FIRST_RESPONSE,
	[WANT_ASSIGNED] = FIELD_ASSIGNED,
	[WANT_OWNER] = FIELD_OWNER,
	[WANT_REASON] = FIELD_REJECT_REASON,
};

static const char *
asked_by(const struct commitments *all, const struct commitment *c)
{
	return arena_printf(all->arena, "commitment '%s'", c->definition->name);
}

static int
refuse(const struct commitments *all, const struct commitment *c,
    const struct fnl_err *why, struct fnl_err *err)
{
	return fail(err, why->code == FNL_SYSTEM ? FNL_SYSTEM : FNL_DATA,
	    "%s: commitment '%s': %s", all->load->definitions.path,
	    c->definition->name, why->message);
}

/* ---- moments ---- */

/* The definitions were checked: a name is a stage's, else one of the words. */
static uint16_t
stage_named(const struct definitions *d, const char *name)
{
	struct slice text = slice_of(name);

	for (unsigned i = 0; i < d->n_stages; i++) {
		const struct stage_definition *stage = &d->stages[i];

		if (fold_equal(text, slice_of(stage->name)))
			return (uint16_t)i;
		for (unsigned k = 0; k < stage->aliases.n; k++)
			if (fold_equal(text, slice_of(stage->aliases.items[k])))
				return (uint16_t)i;
	}
	return STAGE_NONE;
}

static void
plan_types(
    struct arena *arena, struct moment *m, const char *const *types, size_t n)
{
	m->type_marks.arena = arena;
	if (!n)
		return;
	m->types = names_new(arena);
	for (size_t i = 0; i < n; i++)
		names_add(m->types, types[i], 0);
}

/* What follows the colon of `touch:TYPE`, else NULL. */
static const char *
after_colon(const char *text, const char *word)
{
	size_t n = strlen(word);

	return strncmp(text, word, n) == 0 && text[n] == ':' ? text + n + 1
							     : NULL;
}

static struct moment
moment_of(const struct commitments *all, const char *text)
{
	static const struct {
		const char *word;
		enum moment_kind kind;
	} words[] = { { "created", MOMENT_CREATED },
		{ "assigned", MOMENT_ASSIGNED },
		{ "sales touch", MOMENT_SALES_TOUCH },
		{ "disposition", MOMENT_DISPOSITION } };
	struct moment m = { .kind = MOMENT_STAGE, .text = text };
	const char *type = after_colon(text, "touch");

	m.stage = stage_named(&all->load->definitions, text);
	if (m.stage != STAGE_NONE)
		return m;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (fold_equal(slice_of(text), slice_of(words[i].word))) {
			m.kind = words[i].kind;
			plan_types(all->arena, &m, NULL, 0);
			return m;
		}
	if (after_colon(text, "column")) {
		m.kind = MOMENT_COLUMN;
		return m;
	}
	m.kind = MOMENT_TOUCH;
	if (!type)
		type = text;
	plan_types(all->arena, &m, &type, 1);
	return m;
}

/* ---- kinds ---- */

static void
plan_stages(
    struct commitments *all, struct commitment *c, const struct texts *names)
{
	c->stages = arena_array(all->arena, names->n + 1, sizeof(*c->stages));
	for (; c->n_stages < names->n; c->n_stages++)
		c->stages[c->n_stages] = stage_named(
		    &all->load->definitions, names->items[c->n_stages]);
}

static int
read_target(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	struct fnl_err why = { 0 };

	if (!c->definition->within)
		return 0;
	c->has_target = true;
	if (clock_target_read(
		"within", c->definition->within, &c->target, &why) < 0 ||
	    clock_check("within", &c->target, c->definition->calendar != NULL,
		c->definition->pause.n != 0, c->policy, &why) < 0)
		return refuse(all, c, &why, err);
	return 0;
}

static int
plan_start(struct commitments *all, struct commitment *c, const char *text,
    struct fnl_err *err)
{
	c->start = moment_of(all, text);
	if (c->start.kind != MOMENT_DISPOSITION)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: commitment '%s': '%s' can only stop a clock (name the stages "
	    "that begin or are counted)",
	    all->load->definitions.path, c->definition->name, text);
}

static int
plan_clock(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	static const struct choice policies[] = { { "never", CLOCK_NEVER },
		{ "reset", CLOCK_RESET }, { "resume", CLOCK_RESUME },
		{ "each", CLOCK_EACH }, { NULL, 0 } };
	const struct commitment_definition *d = c->definition;
	int policy;

	if (query_choice("cycles", d->cycles, policies, &policy, err) < 0)
		return -1;
	c->policy = (enum clock_policy)policy;
	if (plan_start(all, c, d->start, err) < 0)
		return -1;
	if (d->stop)
		c->stop = moment_of(all, d->stop);
	c->stop.first_response = c->stop.kind == MOMENT_SALES_TOUCH;
	plan_stages(all, c, &d->pause);
	return read_target(all, c, err);
}

static int
plan_attempts(
    struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	const struct texts *channels = &c->definition->channels;

	if (plan_clock(all, c, err) < 0)
		return -1;
	c->stop = (struct moment){ .kind = MOMENT_SALES_TOUCH,
		.text = "sales touch" };
	plan_types(all->arena, &c->stop, channels->items, channels->n);
	return 0;
}

static int
plan_worked(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	c->start = moment_of(all, c->definition->share_of);
	c->stop = moment_of(all, "sales touch");
	if (!c->definition->touched)
		return fail(err, FNL_DATA,
		    "%s: commitment '%s': 'touched: false' promises nothing "
		    "(write true)",
		    all->load->definitions.path, c->definition->name);
	c->stop.first_response = true;
	return read_target(all, c, err);
}

static int
plan_filled(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	(void)err;
	c->start = moment_of(all, c->definition->at);
	return 0;
}

static int
ask_filled(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	const struct texts *filled = &c->definition->filled;

	c->filled = arena_array(all->arena, filled->n + 1, sizeof(*c->filled));
	for (unsigned i = 0; i < filled->n; i++)
		if (criteria_add_column(all->criteria, filled->items[i],
			asked_by(all, c), false, &c->filled[i], err) < 0)
			return -1;
	return 0;
}

static int
plan_volume(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	return plan_start(all, c, c->definition->count, err);
}

static int
ask_passing(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	return c->definition->passing
		   ? criteria_add(all->criteria, c->definition->passing,
			 asked_by(all, c), false, &c->rule, err)
		   : 0;
}

static int
plan_disposed(
    struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	const struct definitions *d = &all->load->definitions;

	c->start = moment_of(all, c->definition->disposed);
	if (d->stages[c->start.stage].outcome == OUTCOME_NONE)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: commitment '%s': 'disposed: %s' is an outcome itself (name "
	    "a stage that records leave)",
	    d->path, c->definition->name, c->definition->disposed);
}

static int
plan_routed(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	c->start = moment_of(all, c->definition->routed);
	if (all->load->definitions.n_routing)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: commitment '%s': 'routed' needs 'routing', who may own which "
	    "records",
	    all->load->definitions.path, c->definition->name);
}

static int
plan_order(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	const struct texts *order = &c->definition->order;
	const char *path = all->load->definitions.path;

	if (order->n < 2 || order->n > ORDER_MAX)
		return fail(err, FNL_DATA,
		    "%s: commitment '%s': 'order' has %u stages (from 2 to %d "
		    "can be in order)",
		    path, c->definition->name, order->n, ORDER_MAX);
	plan_stages(all, c, order);
	for (size_t i = 0; i < c->n_stages; i++)
		for (size_t k = 0; k < i; k++)
			if (c->stages[i] == c->stages[k])
				return fail(err, FNL_DATA,
				    "%s: commitment '%s': 'order' has '%s' "
				    "twice (once is its place)",
				    path, c->definition->name, order->items[i]);
	return 0;
}

static bool
is_clock(const struct commitment_definition *d)
{
	return d->start && d->stop;
}

static bool
is_attempts(const struct commitment_definition *d)
{
	return d->start && d->attempts;
}

static bool
is_volume(const struct commitment_definition *d)
{
	return d->count != NULL;
}

static bool
is_worked(const struct commitment_definition *d)
{
	return d->share_of != NULL;
}

static bool
is_completeness(const struct commitment_definition *d)
{
	return d->at != NULL;
}

static bool
is_reasons(const struct commitment_definition *d)
{
	return d->rejected_with != NULL;
}

static bool
is_disposed(const struct commitment_definition *d)
{
	return d->disposed != NULL;
}

static bool
is_routed(const struct commitment_definition *d)
{
	return d->routed != NULL;
}

static bool
is_order(const struct commitment_definition *d)
{
	return d->order.n != 0;
}

static const struct commitment_kind commitment_kinds[] = {
	{ "clock", is_clock, plan_clock, NULL, judge_clock },
	{ "attempts", is_attempts, plan_attempts, NULL, judge_attempts },
	{ "volume", is_volume, plan_volume, ask_passing, NULL },
	{ "worked", is_worked, plan_worked, NULL, judge_worked },
	{ "completeness", is_completeness, plan_filled, ask_filled,
	    judge_filled },
	{ "reasons", is_reasons, NULL, NULL, judge_reasons },
	{ "disposition", is_disposed, plan_disposed, NULL, judge_disposed },
	{ "routing", is_routed, plan_routed, NULL, judge_routed },
	{ "order", is_order, plan_order, NULL, judge_order },
};

#define N_KINDS (sizeof(commitment_kinds) / sizeof(*commitment_kinds))

/* Every entry has exactly one of the keys that tell (definitions.c). */
static const struct commitment_kind *
kind_of(const struct commitment_definition *definition)
{
	size_t i = 0;

	while (i + 1 < N_KINDS && !commitment_kinds[i].is(definition))
		i++;
	return &commitment_kinds[i];
}

/* ---- in words ---- */

static void
say_list(struct textbuf *text, const struct texts *list, const char *between)
{
	for (unsigned i = 0; i < list->n; i++)
		textbuf_add(text, "%s%s", i ? between : "", list->items[i]);
}

static void
say_kind(struct textbuf *text, const struct commitment_definition *d)
{
	if (d->stop)
		textbuf_add(text, "%s to %s", d->start, d->stop);
	if (d->attempts)
		textbuf_add(text, "%s: %" PRId64 " attempts%s", d->start,
		    *d->attempts, d->channels.n ? " by " : "");
	say_list(text, &d->channels, ", ");
	if (d->count)
		textbuf_add(text, "%s%s%s: %" PRId64 " per %s", d->count,
		    d->passing ? " passing " : "", d->passing ? d->passing : "",
		    *d->at_least, d->per);
	if (d->share_of)
		textbuf_add(text, "%s touched by sales", d->share_of);
	if (d->at)
		textbuf_add(text, "at %s filled: ", d->at);
	say_list(text, &d->filled, ", ");
	if (d->rejected_with)
		textbuf_add(text, "rejected with an agreed reason");
	if (d->disposed)
		textbuf_add(text, "%s disposed or advanced", d->disposed);
	if (d->routed)
		textbuf_add(text, "%s owned as routed", d->routed);
	say_list(text, &d->order, " > ");
}

static bool
is_of_owner(const char *calendar)
{
	return fold_equal(slice_of(calendar), slice_of("owner"));
}

static const char *
in_words(struct arena *arena, const struct commitment_definition *d)
{
	struct textbuf text = { .arena = arena };

	say_kind(&text, d);
	if (d->within)
		textbuf_add(&text, " within %s", d->within);
	if (d->calendar)
		textbuf_add(&text, " (%s)",
		    is_of_owner(d->calendar) ? "calendar of its owner"
					     : d->calendar);
	if (d->where.n)
		textbuf_add(&text, ", where ");
	say_list(&text, &d->where, " and ");
	return textbuf_text(&text);
}

/* ---- planning ---- */

static double
promise_of(const struct commitment_definition *d)
{
	double share;

	if (!d->promise || query_share("promise", d->promise, &share, NULL) < 0)
		return d->promise ? 1 : NAN; /* 100% is no open share */
	return share;
}

static bool
is_asked(const struct fnl_list *only, const char *name)
{
	for (size_t i = 0; i < only->n; i++)
		if (fold_equal(slice_of(only->items[i]), slice_of(name)))
			return true;
	return only->n == 0;
}

/* The nearest name, else all of them. */
static const char *
suggest(
    struct arena *arena, const char *text, const char *const *names, size_t n)
{
	struct textbuf known = { .arena = arena };
	const char *near = nearest_name(slice_of(text), names, n);

	if (near)
		return arena_printf(arena, "did you mean '%s'?", near);
	for (size_t i = 0; i < n; i++)
		textbuf_add(&known, "%s%s", i ? ", " : "known: ", names[i]);
	return textbuf_text(&known);
}

static int
check_asked(const struct commitments *all, const struct fnl_list *only,
    struct fnl_err *err)
{
	const struct definitions *d = &all->load->definitions;
	const char **names =
	    arena_array(all->arena, d->n_sla + 1, sizeof(*names));

	for (unsigned i = 0; i < d->n_sla; i++)
		names[i] = d->sla[i].name;
	for (size_t i = 0; i < only->n; i++) {
		struct fnl_list one = { &only->items[i], 1 };
		bool found = false;

		for (unsigned k = 0; k < d->n_sla; k++)
			found |= is_asked(&one, names[k]);
		if (!found)
			return fail(err, FNL_USAGE,
			    "--commitment: the definitions have no '%s' (%s)",
			    only->items[i],
			    suggest(
				all->arena, only->items[i], names, d->n_sla));
	}
	return 0;
}

static int
list_commitments(
    struct commitments *all, const struct fnl_list *only, struct fnl_err *err)
{
	const struct definitions *d = &all->load->definitions;

	if (!d->n_sla)
		return fail(err, FNL_USAGE,
		    "no commitments: give a definitions file with 'sla' (-d "
		    "FILE); see funnel-definitions(5)");
	if (d->n_sla > COMMITMENTS_MAX)
		return fail(err, FNL_DATA, "%s: more than %d commitments",
		    d->path, COMMITMENTS_MAX);
	if (check_asked(all, only, err) < 0)
		return -1;
	all->items = arena_array(all->arena, d->n_sla, sizeof(*all->items));
	for (unsigned i = 0; i < d->n_sla; i++) {
		struct commitment *c = &all->items[all->n];

		c->kind = kind_of(&d->sla[i]);
		if (!is_asked(only, d->sla[i].name) ||
		    (all->only_kind &&
			strcmp(c->kind->name, all->only_kind) != 0))
			continue;
		c->definition = &d->sla[i];
		c->number = all->n++;
		c->promise = promise_of(c->definition);
		c->what = in_words(all->arena, c->definition);
	}
	return 0;
}

static int
plan_where(struct commitments *all, const char *asked,
    const struct texts *texts, struct conditions *out, struct fnl_err *err)
{
	struct load *load = all->load;
	struct segments *segments = &load->segments;
	struct fnl_list where = { texts->items, texts->n };
	struct fnl_err why = { 0 };
	size_t before = segments->n;

	if (conditions_plan(segments, &where, &load->read, out, &why) == 0) {
		for (size_t i = before; i < segments->n; i++)
			segments->items[i].asked = asked;
		return 0;
	}
	return fail(err, why.code == FNL_SYSTEM ? FNL_SYSTEM : FNL_DATA,
	    "%s: %s: %s", load->definitions.path, asked, why.message);
}

/* All of them before the first column: segments_column() says so. */
static int
plan_conditions(struct commitments *all, struct fnl_err *err)
{
	const struct definitions *d = &all->load->definitions;

	for (size_t i = 0; i < all->n; i++)
		if (plan_where(all, asked_by(all, &all->items[i]),
			&all->items[i].definition->where, &all->items[i].where,
			err) < 0)
			return -1;
	if (d->n_routing > ROUTES_MAX)
		return fail(err, FNL_DATA,
		    "%s: more than %d entries of "
		    "'routing'",
		    d->path, ROUTES_MAX);
	all->routes =
	    arena_array(all->arena, d->n_routing + 1, sizeof(*all->routes));
	for (; all->n_routes < d->n_routing; all->n_routes++) {
		struct route *route = &all->routes[all->n_routes];

		route->definition = &d->routing[all->n_routes];
		if (plan_where(all,
			arena_printf(
			    all->arena, "route '%s'", route->definition->name),
			&route->definition->where, &route->where, err) < 0)
			return -1;
	}
	return 0;
}

static int
plan_column(struct commitments *all, const struct commitment *c,
    struct moment *moment, struct fnl_err *err)
{
	return moment->kind != MOMENT_COLUMN
		   ? 0
		   : segments_column(&all->load->segments,
			 after_colon(moment->text, "column"), asked_by(all, c),
			 false, &moment->segment, err);
}

int
commitments_plan(struct commitments *all, struct load *load,
    const struct fnl_list *only, size_t want, struct fnl_err *err)
{
	all->arena = load->arena;
	all->load = load;
	all->want = want;
	all->criteria = criteria_new(load);
	if (!only)
		return 0;
	load->changes = true; /* whose a record was when */
	if (list_commitments(all, only, err) < 0)
		return -1;
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].kind->plan &&
		    all->items[i].kind->plan(all, &all->items[i], err) < 0)
			return -1;
	if (plan_conditions(all, err) < 0)
		return -1;
	for (size_t i = 0; i < all->n; i++) {
		struct commitment *c = &all->items[i];

		if (plan_column(all, c, &c->start, err) < 0 ||
		    plan_column(all, c, &c->stop, err) < 0 ||
		    (c->kind->plan_criteria &&
			c->kind->plan_criteria(all, c, err) < 0))
			return -1;
	}
	return 0;
}

/* ---- once all is read ---- */

static void
reach(struct when when, int64_t *from, int64_t *to)
{
	if (when.kind == WHEN_UNKNOWN)
		return;
	if (when.seconds < *from)
		*from = when.seconds;
	if (when.seconds > *to)
		*to = when.seconds;
}

static void
reach_column(const struct commitments *all, struct field_time *column,
    int64_t *from, int64_t *to)
{
	for (uint32_t i = 0; column && i < all->load->store->records.count; i++)
		reach(field_time_of(column, i), from, to);
}

static void
reach_columns(const struct commitments *all, int64_t *from, int64_t *to)
{
	reach_column(all, all->response, from, to);
	reach_column(all, all->assigned, from, to);
	for (size_t i = 0; i < all->n; i++) {
		reach_column(all, all->items[i].start.column, from, to);
		reach_column(all, all->items[i].stop.column, from, to);
	}
}

/* Up to as_of: nothing after it has happened. Back to the first time in the
 * data, but no further than the longest target is: a clock of the year 1 is
 * a slip of the pen, and must not take the calendars along. A day more on both
 * sides: a date is no instant, and zones differ. */
static void
find_range(struct commitments *all)
{
	const struct load *load = all->load;
	const struct store *store = load->store;
	int64_t *from = &all->from, *to = &all->to;

	*from = INT64_MAX;
	*to = INT64_MIN;
	reach(load->as_of, from, to);
	reach_columns(all, from, to);
	for (uint32_t i = 0; i < store->records.count; i++) {
		const struct record *r = store_at(store, i);

		reach(stamp_when(r->created), from, to);
		reach(stamp_when(r->closed), from, to);
		for (uint32_t k = store->first_event[i];
		     k < store->first_event[i + 1]; k++)
			reach(event_time(store_event_at(store, k)), from, to);
	}
	for (size_t i = 0; all->touches && i < all->touches->n; i++)
		reach(stamp_when(all->touches->all[i].at), from, to);
	if (*from > *to)
		*from = *to = 0;
	if (load->as_of.kind != WHEN_UNKNOWN)
		*to = load->as_of.seconds;
	if (*from > *to)
		*from = *to;
	if (*from < *to - CLOCK_TARGET_MAX)
		*from = *to - CLOCK_TARGET_MAX;
	*from -= DAY_SECONDS;
	*to += 2 * DAY_SECONDS;
}

static int
open_calendar(struct commitments *all, size_t number, struct fnl_err *err)
{
	const struct load *load = all->load;

	if (all->calendars[number])
		return 0;
	return workcal_open(all->arena, &load->definitions.calendars[number],
	    load->definitions.path, load->zone, all->from, all->to,
	    &all->calendars[number], err);
}

static int
open_named(struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	const struct definitions *d = &all->load->definitions;

	for (unsigned i = 0; i < d->n_calendars; i++) {
		const struct calendar_definition *calendar = &d->calendars[i];

		if (!fold_equal(slice_of(calendar->name),
			slice_of(c->definition->calendar)))
			continue;
		if (open_calendar(all, i, err) < 0)
			return -1;
		c->calendar = all->calendars[i];
		return 0;
	}
	return 0;
}

/* `calendar: owner`: the one whose `owners` name who has the record. */
static int
open_of_owners(
    struct commitments *all, struct commitment *c, struct fnl_err *err)
{
	const struct definitions *d = &all->load->definitions;
	bool any = false;

	all->calendar_of_owner = names_new(all->arena);
	for (unsigned i = 0; i < d->n_calendars; i++) {
		const struct texts *owners = &d->calendars[i].owners;

		if (owners->n && open_calendar(all, i, err) < 0)
			return -1;
		for (unsigned k = 0; k < owners->n; k++)
			names_add(all->calendar_of_owner, owners->items[k], i);
		any |= owners->n != 0;
	}
	c->calendar_of_owner = true;
	return any ? 0
		   : fail(err, FNL_DATA,
			 "%s: commitment '%s': 'calendar: owner' needs a "
			 "calendar with 'owners'",
			 d->path, c->definition->name);
}

static int
open_calendars(struct commitments *all, struct fnl_err *err)
{
	bool ranged = false;

	all->calendars = arena_array(all->arena,
	    all->load->definitions.n_calendars + 1, sizeof(*all->calendars));
	for (size_t i = 0; i < all->n; i++) {
		struct commitment *c = &all->items[i];
		const char *name = c->definition->calendar;

		if (!name)
			continue;
		if (!ranged)
			find_range(all);
		ranged = true;
		if ((is_of_owner(name) ? open_of_owners(all, c, err)
				       : open_named(all, c, err)) < 0)
			return -1;
	}
	return 0;
}

/* A field that no file has is no error: then nothing is known of it. */
static int
open_field(struct commitments *all, enum commitment_want want,
    struct field_time **out, struct fnl_err *err)
{
	struct load *load = all->load;
	size_t attribute = load->want_attribute[all->want + want];

	if (!load_has_column(load, attribute))
		return 0;
	return field_time_new(
	    load, fields[commitment_wants[want]].name, attribute, out, err);
}

static int
open_column(struct commitments *all, struct moment *moment, struct fnl_err *err)
{
	struct load *load = all->load;

	return moment->kind != MOMENT_COLUMN
		   ? 0
		   : field_time_new(load, after_colon(moment->text, "column"),
			 load->segments.items[moment->segment].attribute,
			 &moment->column, err);
}

static bool
needs_touches(const struct commitment *c)
{
	return c->stop.kind == MOMENT_TOUCH || c->start.kind == MOMENT_TOUCH;
}

static bool
needs_sales(const struct commitment *c)
{
	return c->stop.kind == MOMENT_SALES_TOUCH ||
	       c->start.kind == MOMENT_SALES_TOUCH;
}

/* Some file can show a touch by sales. */
static bool
has_sales(const struct touches *touches)
{
	for (size_t i = 0; touches && i < touches->n_files; i++) {
		const struct touch_file *file = &touches->files[i];

		if (!touch_file_joins(file) &&
		    (file->tells_sales || touch_file_has_activities(file)))
			return true;
	}
	return false;
}

/* A follow-up that no file can show would read as a breach of everybody. A
 * first response shows the first stop of a clock, and no more. */
static int
check_touches(const struct commitments *all, struct fnl_err *err)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct commitment *c = &all->items[i];
		bool response = all->response && c->stop.first_response &&
				c->policy == CLOCK_NEVER &&
				c->start.kind != MOMENT_TOUCH;

		if (needs_sales(c) && !has_sales(all->touches) && !response)
			return fail(err, FNL_USAGE,
			    "commitment '%s' needs what sales did%s: give "
			    "--activities FILE, or name only the others with "
			    "--commitment",
			    c->definition->name,
			    all->touches ? ", which no file of touches tells"
					 : "");
		if (needs_touches(c) && !all->touches)
			return fail(err, FNL_USAGE,
			    "commitment '%s' needs touches: give --activities "
			    "FILE or --touches FILE, or name only the others "
			    "with --commitment",
			    c->definition->name);
	}
	return 0;
}

static int
prove_conditions(struct commitments *all, struct fnl_err *err)
{
	struct load *load = all->load;

	for (size_t i = 0; i < all->n; i++)
		if (conditions_prove(&all->items[i].where, &load->segments,
			load->store, err) < 0)
			return -1;
	for (size_t i = 0; i < all->n_routes; i++)
		if (conditions_prove(&all->routes[i].where, &load->segments,
			load->store, err) < 0)
			return -1;
	return 0;
}

int
commitments_settle(
    struct commitments *all, struct touches *touches, struct fnl_err *err)
{
	all->touches = touches;
	if (open_field(all, WANT_RESPONSE, &all->response, err) < 0 ||
	    open_field(all, WANT_ASSIGNED, &all->assigned, err) < 0 ||
	    check_touches(all, err) < 0 || prove_conditions(all, err) < 0)
		return -1;
	for (size_t i = 0; i < all->n; i++)
		if (open_column(all, &all->items[i].start, err) < 0 ||
		    open_column(all, &all->items[i].stop, err) < 0)
			return -1;
	if (criteria_settle(all->criteria, touches, err) < 0)
		return -1;
	all->scratch = judge_scratch(all->arena);
	return open_calendars(all, err);
}

/* ---- notes ---- */

static void
note_holidays(const struct commitments *all, const struct workcal *calendar,
    struct table *table)
{
	struct textbuf text = { .arena = all->arena };
	size_t n, used = 0;
	const struct workcal_holiday *days =
	    workcal_holidays(calendar, floor_div(all->from, DAY_SECONDS),
		floor_div(all->to, DAY_SECONDS) + 1, &n);
	for (size_t i = 0; i < n; i++) {
		char day[WHEN_TEXT];

		if (!days[i].used)
			continue;
		when_text(
		    day, (struct when){ days[i].day * DAY_SECONDS, WHEN_DATE });
		textbuf_add(&text, "%s%s", used++ ? ", " : "", day);
	}
	table_note(table, "calendar", "%s, %s: %s%s", workcal_name(calendar),
	    zone_name(workcal_zone(calendar)),
	    used ? "closed on " : "no holiday in the range of the data",
	    used ? textbuf_text(&text) : "");
}

/* What the definitions say of touches, and what the files lack for it. */
static void
note_sales(const struct commitments *all, struct table *table)
{
	const struct touch_definition *sales =
	    &all->load->definitions.sales_touches;

	for (size_t i = 0; i < all->touches->n_files; i++) {
		const struct touch_file *file = &all->touches->files[i];

		if (!touch_file_has_activities(file))
			continue;
		if (sales->by.column && !file->tells_sales)
			table_note(table, "sales_touches",
			    "%s: no column '%s': every activity of it counts "
			    "as one by sales",
			    file->path, sales->by.column);
		if (sales->automated.column &&
		    file->binding->wanted[TOUCH_SLOT_AUTOMATED] < 0)
			table_note(table, "automated",
			    "%s: no column '%s': nothing tells its automated "
			    "touches from human ones",
			    file->path, sales->automated.column);
	}
	if (!sales->by.column)
		table_note(table, "sales_touches",
		    "no column was named that says who did it: every activity "
		    "counts as one by sales (sales_touches of the "
		    "definitions)");
	if (!sales->automated.column && !sales->types.n)
		table_note(table, "automated",
		    "nothing tells automated touches from human ones "
		    "(sales_touches.automated of the definitions)");
}

static void
note_doubts(const struct commitments *all, const struct commitment *c,
    struct table *table)
{
	for (size_t i = 0; i < c->where.n; i++) {
		const char *doubt = conditions_doubt(&c->where, i, all->arena);

		if (doubt)
			table_note(
			    table, "where", "%s: %s", asked_by(all, c), doubt);
	}
}

static void
note_unread(const struct commitments *all, const struct moment *moment,
    struct table *table)
{
	if (moment->kind == MOMENT_COLUMN)
		note_count(table, "unread", field_time_unread(moment->column),
		    arena_printf(all->arena, "cells of '%s' that are no date",
			after_colon(moment->text, "column")));
}

/* An agreed number has no parts: nobody said how much of it is whose. */
void
commitments_note_volumes(const struct commitments *all, struct table *table)
{
	bool any = false;

	for (size_t i = 0; i < all->n; i++)
		any |= !all->items[i].kind->judge;
	if (any && all->load->segments.n_by)
		table_note(table, "volumes",
		    "each group of --by is held against the whole number that "
		    "was agreed");
}

void
commitments_notes(const struct commitments *all, struct table *table)
{
	const struct definitions *d = &all->load->definitions;

	for (unsigned i = 0; all->calendars && i < d->n_calendars; i++)
		if (all->calendars[i])
			note_holidays(all, all->calendars[i], table);
	if (all->touches)
		note_sales(all, table);
	if (all->response)
		table_note(table, "first_response",
		    "a first response of the record counts as a touch by "
		    "sales; of later ones it says nothing");
	if (all->response)
		note_count(table, "unread", field_time_unread(all->response),
		    "cells of the first response that are no date");
	for (size_t i = 0; i < all->n; i++) {
		const struct commitment *c = &all->items[i];

		note_doubts(all, c, table);
		note_unread(all, &c->start, table);
		note_unread(all, &c->stop, table);
	}
}
