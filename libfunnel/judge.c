/*
 * judge.c: what happened to a record, and what a commitment makes of it.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "judge.h"
#include "moment.h"
#include "stay.h"

#define WHY_MAX 256 /* bytes of what is said of a case; longer is cut */

static const char only_robots[] = "automated touches only";

struct judge_scratch {
	struct arena *arena;
	struct moments starts, stops, owners;
	struct clock_cycle *cycles;
	size_t cap_cycles;
	struct clock_pause *pauses;
	size_t n_pauses, cap_pauses;
	bool pause_is_date;
	struct clock_period *periods;
	size_t cap_periods;
	struct clock clock; /* the one that is measured */
	struct clock_period named; /* its calendar */
	char why[WHY_MAX];
};

struct judge_scratch *
judge_scratch(struct arena *arena)
{
	struct judge_scratch *s = arena_alloc(arena, sizeof(*s));

	s->arena = arena;
	return s;
}

/* ---- a case ---- */

static struct sla_case
case_of(const struct commitments *all, const struct commitment *c)
{
	return (struct sla_case){ .commitment = c,
		.record = all->record,
		.by = all->by,
		.clock = { .elapsed = NAN,
		    .calendar = NAN,
		    .workdays = NAN,
		    .excess = NAN,
		    .excess_workdays = NAN },
		.assigned_after = NAN,
		.touched_after = NAN,
		.attempts = NAN };
}

static void
give(struct sla_case *x, enum clock_status status, const char *why,
    case_taker *take, void *context)
{
	x->clock.status = x->calendar_status = status;
	x->why = why;
	take(context, x);
}

static bool
in_scope(struct commitments *all, struct commitment *c)
{
	return conditions_match(
	    &c->where, &all->load->segments, all->load->store, all->record);
}

/* What starts after as_of has not started. */
static void
drop_later(const struct commitments *all, struct moments *starts)
{
	while (starts->n && !moment_is_known(all, starts->items[starts->n - 1]))
		starts->n--;
}

const struct when *
judge_moments(
    struct commitments *all, struct commitment *c, size_t *n, bool *undated)
{
	struct moments *starts = &all->scratch->starts;

	*n = 0;
	*undated = false;
	if (!in_scope(all, c))
		return NULL;
	moments_gather(all, &c->start, NULL, starts);
	drop_later(all, starts);
	*n = starts->n;
	*undated = starts->undated;
	return starts->items;
}

/* ---- clocks ---- */

static struct clock_pause *
new_pause(struct judge_scratch *s)
{
	if (s->n_pauses == s->cap_pauses) {
		s->cap_pauses = s->cap_pauses ? 2 * s->cap_pauses : 16;
		s->pauses = arena_grow(
		    s->arena, s->pauses, s->cap_pauses * sizeof(*s->pauses));
	}
	return &s->pauses[s->n_pauses++];
}

static bool
is_pause(const struct commitment *c, uint16_t stage)
{
	for (size_t i = 0; i < c->n_stages; i++)
		if (c->stages[i] == stage)
			return true;
	return false;
}

/* The stays in the stages of `pause`. */
static void
gather_pauses(struct commitments *all, const struct commitment *c)
{
	struct judge_scratch *s = all->scratch;
	struct stay stay;

	s->n_pauses = 0;
	s->pause_is_date = false;
	for (size_t at = 0;
	     c->n_stages && stay_next(all->timeline, &at, &stay);) {
		struct clock_pause *pause;

		if (!is_pause(c, stay.stage))
			continue;
		if (stay.start.kind != WHEN_INSTANT ||
		    (!stay.open && stay.end.kind != WHEN_INSTANT)) {
			s->pause_is_date = true;
			continue;
		}
		pause = new_pause(s);
		*pause = (struct clock_pause){ stay.start.seconds,
			stay.open ? INT64_MAX : stay.end.seconds };
	}
}

static int
compare_pauses(const void *pa, const void *pb)
{
	const struct clock_pause *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* The gaps between cycles, among the pauses in order of time. */
static void
add_gaps(struct commitments *all, const struct clock_cycle *cycles, size_t n)
{
	struct judge_scratch *s = all->scratch;
	struct clock_pause gap;

	for (size_t i = 0; i + 1 < n; i++)
		if (clock_gaps(&cycles[i], 2, &gap))
			*new_pause(s) = gap;
		else
			s->pause_is_date = true;
	if (s->n_pauses) /* else there is no array */
		qsort(
		    s->pauses, s->n_pauses, sizeof(*s->pauses), compare_pauses);
}

static struct clock_period *
new_period(struct judge_scratch *s, size_t n)
{
	if (n == s->cap_periods) {
		s->cap_periods = s->cap_periods ? 2 * s->cap_periods : 8;
		s->periods = arena_grow(
		    s->arena, s->periods, s->cap_periods * sizeof(*s->periods));
	}
	return &s->periods[n];
}

/* The calendar of an owner; NULL where no calendar names them. */
static const struct workcal *
calendar_of(const struct commitments *all, uint32_t owner)
{
	struct slice name = intern_get(all->load->store->texts, owner);
	uint32_t number;

	if (!owner || !names_find(all->calendar_of_owner, name, &number))
		return NULL;
	return all->calendars[number];
}

/* Where a clock ends as of as_of. */
static struct when
end_of(const struct commitments *all, const struct clock *clock)
{
	if (clock->stop.kind != WHEN_UNKNOWN &&
	    moment_is_known(all, clock->stop))
		return clock->stop;
	if (clock->closed.kind != WHEN_UNKNOWN &&
	    moment_is_known(all, clock->closed) &&
	    when_compare(all->load->zone, clock->closed, clock->start) >= 0)
		return clock->closed;
	return all->load->as_of;
}

/* A new owner while the clock runs; who comes with its end or later has no
 * part in it. */
static bool
takes_over(const struct commitments *all, const struct change *change,
    struct when start, struct when end)
{
	const struct zone *zone = all->load->zone;
	struct when at = stamp_when(change->at);

	if (change->kind != CHANGE_OWNER || at.kind != WHEN_INSTANT ||
	    when_compare(zone, at, start) <= 0)
		return false;
	return end.kind == WHEN_INSTANT ? at.seconds < end.seconds
					: when_compare(zone, at, end) <= 0;
}

static bool
add_period(
    struct commitments *all, struct clock *clock, uint32_t owner, int64_t until)
{
	struct clock_period *period =
	    new_period(all->scratch, clock->n_periods++);

	*period = (struct clock_period){ calendar_of(all, owner), until };
	clock->periods = all->scratch->periods;
	return period->calendar != NULL;
}

/* From owner to owner; false where one of them has no calendar. */
static bool
gather_periods(struct commitments *all, struct clock *clock)
{
	const struct store *store = all->load->store;
	size_t n, attribute = all->load->want_attribute[all->want + WANT_OWNER];
	const struct change *changes = store_changes(store, all->record, &n);
	struct when end = end_of(all, clock);
	uint32_t owner =
	    store_owner_at(store, all->record, clock->start, attribute);

	clock->n_periods = 0;
	for (size_t i = 0; i < n; i++) {
		if (!takes_over(all, &changes[i], clock->start, end))
			continue;
		if (!add_period(
			all, clock, owner, stamp_when(changes[i].at).seconds))
			return false;
		owner = changes[i].known ? (uint32_t)changes[i].value : 0;
	}
	return add_period(all, clock, owner, INT64_MAX);
}

/* A clock that stops for a disposition is not closed by it. */
static struct when
closing(const struct commitments *all, const struct commitment *c)
{
	const struct timeline *t = all->timeline;
	struct when unknown = { 0, WHEN_UNKNOWN };

	return t->outcome == OUTCOME_NONE || c->stop.kind == MOMENT_DISPOSITION
		   ? unknown
		   : t->closed;
}

static void
measure(struct commitments *all, const struct commitment *c,
    const struct clock *clock, struct sla_case *x)
{
	struct clock_rules rules = { all->load->zone, all->load->as_of,
		c->target };
	struct clock calendar_time = *clock;
	struct clock_result result;

	clock_measure(&rules, clock, &x->clock);
	x->calendar_status = x->clock.status;
	if (!clock->n_periods || c->target.unit == CLOCK_BUSINESS_DAYS)
		return;
	calendar_time.n_periods = 0;
	clock_measure(&rules, &calendar_time, &result);
	x->calendar_status = result.status;
}

static bool
touched_by_robot(const struct commitments *all, struct when start)
{
	for (size_t i = 0; i < all->n_record_touches; i++) {
		const struct touch *touch = &all->record_touches[i];
		struct when at = stamp_when(touch->at);

		if ((touch->flags & TOUCH_AUTOMATED) &&
		    moment_is_known(all, at) &&
		    when_compare(all->load->zone, at, start) >= 0)
			return true;
	}
	return false;
}

/* 3.4.7: how long until somebody owned it, and from then to the touch. A
 * record that was owned before waited for no system. */
static void
split_delay(struct commitments *all, struct sla_case *x)
{
	struct moment assigned = { .kind = MOMENT_ASSIGNED };
	struct moments *owners = &all->scratch->owners;
	const struct zone *zone = all->load->zone;
	struct when since = { 0, WHEN_UNKNOWN };

	if (x->commitment->stop.kind != MOMENT_SALES_TOUCH ||
	    !clock_counts(x->clock.status))
		return;
	moments_gather(all, &assigned, NULL, owners);
	if (moment_is_owned(all, owners, x->start))
		since = x->start;
	for (size_t i = 0; since.kind == WHEN_UNKNOWN && i < owners->n; i++)
		if (when_compare(zone, owners->items[i], x->start) > 0)
			since = owners->items[i];
	if (since.kind != WHEN_INSTANT || x->start.kind != WHEN_INSTANT)
		return;
	x->assigned_after = (double)(since.seconds - x->start.seconds);
	if (x->stop.kind == WHEN_INSTANT && x->stop.seconds >= since.seconds)
		x->touched_after = (double)(x->stop.seconds - since.seconds);
}

static void
judge_cycle(struct commitments *all, const struct commitment *c,
    struct clock_cycle cycle, struct sla_case *x)
{
	struct judge_scratch *s = all->scratch;

	s->clock = (struct clock){ .start = cycle.start,
		.stop = cycle.stop,
		.closed = closing(all, c),
		.pauses = s->pauses,
		.n_pauses = s->n_pauses };
	s->named = (struct clock_period){ c->calendar, INT64_MAX };
	x->start = cycle.start;
	x->stop = cycle.stop;
	if (c->calendar) {
		s->clock.periods = &s->named;
		s->clock.n_periods = 1;
	}
	if ((c->calendar_of_owner && !gather_periods(all, &s->clock)) ||
	    s->pause_is_date) {
		x->clock.status = x->calendar_status = CLOCK_BAD;
		x->why = s->pause_is_date
			     ? clock_reason_text(CLOCK_PAUSED_DATES)
			     : "no calendar names its owner";
		return;
	}
	x->measured = &s->clock;
	measure(all, c, &s->clock, x);
	if (all->void_is_late && x->clock.status == CLOCK_VOID)
		x->clock.status = x->calendar_status = CLOCK_LATE;
	if (x->clock.status == CLOCK_BAD || x->clock.status == CLOCK_NA)
		x->why = clock_reason_text(x->clock.reason);
	if (x->stop.kind != WHEN_UNKNOWN && !moment_is_known(all, x->stop))
		x->stop.kind = WHEN_UNKNOWN;
	x->automated_only = x->stop.kind == WHEN_UNKNOWN &&
			    c->stop.kind == MOMENT_SALES_TOUCH &&
			    touched_by_robot(all, x->start);
	split_delay(all, x);
}

/* Owned already: a state, not an event, so it was assigned at the start. */
static void
assign_at_starts(struct commitments *all, const struct commitment *c)
{
	struct judge_scratch *s = all->scratch;
	struct moments merged = s->owners;
	size_t k = 0;

	if (c->stop.kind != MOMENT_ASSIGNED)
		return;
	merged.n = 0;
	for (size_t i = 0; i < s->starts.n; i++) {
		struct when start = s->starts.items[i];

		for (; k < s->stops.n && when_compare(all->load->zone,
					     s->stops.items[k], start) < 0;
		     k++)
			moments_add(all, &merged, s->stops.items[k]);
		if (moment_is_owned(all, &s->stops, start))
			moments_add(all, &merged, start);
		if (c->policy == CLOCK_NEVER)
			break;
	}
	for (; k < s->stops.n; k++)
		moments_add(all, &merged, s->stops.items[k]);
	s->owners = s->stops;
	s->stops = merged;
}

static size_t
find_cycles(struct commitments *all, const struct commitment *c)
{
	struct judge_scratch *s = all->scratch;

	if (s->cap_cycles < s->starts.n) {
		s->cap_cycles = 2 * s->starts.n;
		s->cycles = arena_grow(
		    s->arena, s->cycles, s->cap_cycles * sizeof(*s->cycles));
	}
	return clock_cycles(all->load->zone, c->policy, s->starts.items,
	    s->starts.n, s->stops.items, s->stops.n, s->cycles);
}

static bool
stopped_before(const struct commitments *all)
{
	const struct judge_scratch *s = all->scratch;

	return s->starts.n && s->stops.n &&
	       when_compare(
		   all->load->zone, s->stops.items[0], s->starts.items[0]) < 0;
}

/* Nothing started it as of as_of (R29), or nobody knows when. */
static void
give_unstarted(const struct moments *starts, bool later, struct sla_case *x,
    case_taker *take, void *context)
{
	if (starts->undated)
		give(x, CLOCK_BAD, "nobody knows when it started", take,
		    context);
	else
		give(x, CLOCK_NA,
		    clock_reason_text(
			later ? CLOCK_STARTS_LATER : CLOCK_NO_START),
		    take, context);
}

/* The row of a record knows its first response only. Without a log, nobody
 * knows what came after one before the start. */
static bool
hides_stops(const struct commitments *all, const struct commitment *c)
{
	return !all->touches && c->stop.kind == MOMENT_SALES_TOUCH &&
	       stopped_before(all);
}

/* Why the moments do not say enough to run a clock, or NULL. */
static const char *
stops_fault(const struct commitments *all, const struct commitment *c)
{
	const struct moments *stops = &all->scratch->stops;

	if (!stops->n && stops->undated)
		return "nobody knows when it stopped";
	if (hides_stops(all, c))
		return "its first response came before the start, and only "
		       "the first is known";
	return NULL;
}

/* Whether the moments say enough to run a clock; else the case is given. */
static bool
has_cycles(struct commitments *all, struct commitment *c, struct sla_case *x,
    case_taker *take, void *context)
{
	struct judge_scratch *s = all->scratch;
	const char *fault;
	bool later;

	if (!in_scope(all, c)) {
		give(x, CLOCK_NA, "not of these records", take, context);
		return false;
	}
	moments_gather(all, &c->start, NULL, &s->starts);
	later = s->starts.n != 0;
	drop_later(all, &s->starts);
	if (!s->starts.n) {
		give_unstarted(&s->starts, later, x, take, context);
		return false;
	}
	moments_gather(all, &c->stop, &c->start, &s->stops);
	fault = stops_fault(all, c);
	if (fault) {
		x->start = s->starts.items[0];
		give(x, CLOCK_BAD, fault, take, context);
	}
	return !fault;
}

void
judge_clock(struct commitments *all, struct commitment *c, case_taker *take,
    void *context)
{
	struct judge_scratch *s = all->scratch;
	struct sla_case x = case_of(all, c);
	size_t n;

	if (!has_cycles(all, c, &x, take, context))
		return;
	x.touched_before = stopped_before(all);
	assign_at_starts(all, c);
	n = find_cycles(all, c);
	gather_pauses(all, c);
	if (c->policy == CLOCK_RESUME && n > 1) {
		add_gaps(all, s->cycles, n);
		s->cycles[0].stop = s->cycles[n - 1].stop;
		n = 1;
	}
	for (size_t i = 0; i < n; i++) {
		struct sla_case one = x;

		one.touched_before &= i == 0;
		judge_cycle(all, c, s->cycles[i], &one);
		if (one.automated_only && !one.why)
			one.why = only_robots;
		take(context, &one);
	}
}

/* 3.4.2 with the n-th touch as the stop (L12). */
void
judge_attempts(struct commitments *all, struct commitment *c, case_taker *take,
    void *context)
{
	struct judge_scratch *s = all->scratch;
	struct sla_case x = case_of(all, c);
	struct clock_cycle cycle = { .stop = { 0, WHEN_UNKNOWN } };
	int64_t wanted = *c->definition->attempts, n = 0;

	if (!has_cycles(all, c, &x, take, context))
		return;
	cycle.start = s->starts.items[0];
	for (size_t i = 0; i < s->stops.n; i++) {
		struct when at = s->stops.items[i];

		if (when_compare(all->load->zone, at, cycle.start) < 0 ||
		    !moment_is_known(all, at))
			continue;
		if (++n == wanted)
			cycle.stop = at;
	}
	gather_pauses(all, c);
	x.touched_before = stopped_before(all);
	x.attempts = (double)n;
	judge_cycle(all, c, cycle, &x);
	x.automated_only &= n == 0;
	if (!x.why && n < wanted) {
		snprintf(s->why, sizeof(s->why), "%" PRId64 " of %" PRId64, n,
		    wanted);
		x.why = s->why;
	}
	take(context, &x);
}

/* L06, L19: was it ever touched. Without a time limit there is nothing to wait
 * for: who was not touched by as_of was not. */
void
judge_worked(struct commitments *all, struct commitment *c, case_taker *take,
    void *context)
{
	struct judge_scratch *s = all->scratch;
	struct sla_case x = case_of(all, c);

	if (c->has_target) {
		judge_clock(all, c, take, context);
		return;
	}
	if (!has_cycles(all, c, &x, take, context))
		return;
	x.touched_before = stopped_before(all);
	find_cycles(all, c);
	x.start = s->cycles[0].start;
	x.stop = s->cycles[0].stop;
	if (x.stop.kind != WHEN_UNKNOWN && !moment_is_known(all, x.stop))
		x.stop.kind = WHEN_UNKNOWN;
	x.automated_only =
	    x.stop.kind == WHEN_UNKNOWN && touched_by_robot(all, x.start);
	if (x.stop.kind != WHEN_UNKNOWN)
		give(&x, CLOCK_MET, NULL, take, context);
	else
		give(&x, CLOCK_BREACHED,
		    x.automated_only ? only_robots : "never touched", take,
		    context);
}

/* ---- hand-offs, reasons, dispositions ---- */

/* The first entry to the stage that a commitment starts with. */
static bool
has_entered(struct commitments *all, struct commitment *c, struct sla_case *x,
    case_taker *take, void *context)
{
	struct moments *starts = &all->scratch->starts;

	if (!in_scope(all, c)) {
		give(x, CLOCK_NA, "not of these records", take, context);
		return false;
	}
	moments_gather(all, &c->start, NULL, starts);
	if (!starts->n && !starts->undated) {
		give(x, CLOCK_NA, clock_reason_text(CLOCK_NO_START), take,
		    context);
		return false;
	}
	if (starts->n)
		x->start = starts->items[0];
	return true;
}

/* What did not fit is cut, but never within a character. */
static const char *
end_why(struct judge_scratch *s)
{
	s->why[utf8_valid_prefix(slice_of(s->why))] = '\0';
	return s->why;
}

static void
add_why(struct judge_scratch *s, const char *first, const char *text)
{
	size_t n = strlen(s->why);

	snprintf(
	    s->why + n, sizeof(s->why) - n, "%s%s", n ? ", " : first, text);
	end_why(s);
}

/* A text of the data, which may be of any length, cut to go into a why. */
static struct slice
some_of(struct slice text)
{
	if (text.n > WHY_MAX / 4)
		text.n = WHY_MAX / 4;
	text.n = utf8_valid_prefix(text);
	return text;
}

/* L07: the cells of the record's own row, as 3.4.8 reads them. */
void
judge_filled(struct commitments *all, struct commitment *c, case_taker *take,
    void *context)
{
	struct judge_scratch *s = all->scratch;
	struct sla_case x = case_of(all, c);

	if (!has_entered(all, c, &x, take, context))
		return;
	s->why[0] = '\0';
	for (unsigned i = 0; i < c->definition->filled.n; i++)
		if (!criteria_filled(all->criteria, c->filled[i], all->record))
			add_why(s, "blank: ", c->definition->filled.items[i]);
	give(&x, *s->why ? CLOCK_BREACHED : CLOCK_MET, *s->why ? s->why : NULL,
	    take, context);
}

/* What is wrong with the reason of a rejection, or NULL. */
static const char *
reason_fault(struct commitments *all)
{
	struct judge_scratch *s = all->scratch;
	uint32_t text = moment_reason(all, all->record);
	struct slice reason =
	    some_of(intern_get(all->load->store->texts, text));

	if (commitment_reason_is_agreed(all, all->record))
		return NULL;
	if (!text)
		return "no reason";
	snprintf(s->why, sizeof(s->why), "reason '%.*s' is not agreed",
	    (int)reason.n, reason.p);
	return end_why(s);
}

/* L16: what is rejected as of as_of; a lead that came back is not. */
void
judge_reasons(struct commitments *all, struct commitment *c, case_taker *take,
    void *context)
{
	const struct timeline *t = all->timeline;
	struct sla_case x = case_of(all, c);
	const char *fault;

	if (!in_scope(all, c)) {
		give(&x, CLOCK_NA, "not of these records", take, context);
		return;
	}
	if (t->outcome != OUTCOME_REJECTED) {
		give(&x, CLOCK_NA, "not rejected", take, context);
		return;
	}
	x.start = t->closed;
	fault = reason_fault(all);
	give(&x, fault ? CLOCK_BREACHED : CLOCK_MET, fault, take, context);
}

static bool
advanced(const struct commitments *all, uint16_t stage)
{
	const struct timeline *t = all->timeline;

	for (size_t i = 0; i < t->n; i++)
		if (t->visits[i].rank > all->ranks[stage])
			return true;
	return false;
}

/* L04: of those that went no further, who has an outcome. */
void
judge_disposed(struct commitments *all, struct commitment *c, case_taker *take,
    void *context)
{
	const struct timeline *t = all->timeline;
	struct sla_case x = case_of(all, c);
	const char *fault = NULL;

	if (!has_entered(all, c, &x, take, context))
		return;
	if (advanced(all, c->start.stage)) {
		give(&x, CLOCK_NA, "advanced", take, context);
		return;
	}
	if (t->outcome == OUTCOME_NONE)
		fault = "no outcome";
	else if (t->outcome == OUTCOME_REJECTED &&
		 all->load->definitions.rejection_reasons.n)
		fault = reason_fault(all);
	x.stop = t->outcome == OUTCOME_NONE ? x.stop : t->closed;
	give(&x, fault ? CLOCK_BREACHED : CLOCK_MET, fault, take, context);
}

/* ---- routing ---- */

const struct route *
judge_route(struct commitments *all)
{
	struct load *load = all->load;

	for (size_t i = 0; i < all->n_routes; i++)
		if (conditions_match(&all->routes[i].where, &load->segments,
			load->store, all->record))
			return &all->routes[i];
	return NULL;
}

static bool
is_listed(const struct texts *texts, struct slice text)
{
	for (unsigned i = 0; i < texts->n; i++)
		if (fold_equal(text, slice_of(texts->items[i])))
			return true;
	return false;
}

/* L13: who owned it when it entered the stage, as its history says. */
void
judge_routed(struct commitments *all, struct commitment *c, case_taker *take,
    void *context)
{
	const struct load *load = all->load;
	struct judge_scratch *s = all->scratch;
	struct sla_case x = case_of(all, c);
	const struct route *route;
	struct slice owner;

	if (!has_entered(all, c, &x, take, context))
		return;
	route = judge_route(all);
	if (!route) {
		give(&x, CLOCK_NA, "no route fits", take, context);
		return;
	}
	owner = intern_get(load->store->texts,
	    store_owner_at(load->store, all->record, x.start,
		load->want_attribute[all->want + WANT_OWNER]));
	if (is_listed(&route->definition->owners, owner)) {
		give(&x, CLOCK_MET, NULL, take, context);
		return;
	}
	owner = some_of(owner);
	snprintf(s->why, sizeof(s->why), "%s%.*s%s not of route '%s'",
	    owner.n ? "owner '" : "nobody", (int)owner.n, owner.p,
	    owner.n ? "'" : " owned it,", route->definition->name);
	give(&x, CLOCK_BREACHED, end_why(s), take, context);
}

/* ---- order ---- */

static size_t
place_in(const struct commitment *c, uint16_t stage)
{
	size_t i = 0;

	while (i < c->n_stages && c->stages[i] != stage)
		i++;
	return i;
}

/* The first visits to the listed stages in turn: each must be the next one.
 * swapped: it came after a later one; missing: nobody saw it. */
static void
find_faults(struct commitments *all, const struct commitment *c, uint64_t *seen,
    uint64_t *swapped)
{
	const struct timeline *t = all->timeline;
	size_t furthest = 0;

	*seen = *swapped = 0;
	for (size_t i = 0; i < t->n; i++) {
		size_t place = place_in(c, t->visits[i].stage);

		if (place == c->n_stages || (*seen >> place & 1))
			continue;
		if (*seen && place < furthest)
			*swapped |= (uint64_t)1 << place;
		*seen |= (uint64_t)1 << place;
		furthest = place > furthest ? place : furthest;
	}
}

static void
say_faults(struct commitments *all, const struct commitment *c, uint64_t seen,
    uint64_t swapped)
{
	const struct definitions *d = &all->load->definitions;
	struct judge_scratch *s = all->scratch;

	s->why[0] = '\0';
	for (size_t i = 0; i < c->n_stages && seen >> i; i++) {
		if (!(seen >> i & 1))
			add_why(s, "", "missing ");
		else if (swapped >> i & 1)
			add_why(s, "", "late ");
		else
			continue;
		snprintf(s->why + strlen(s->why),
		    sizeof(s->why) - strlen(s->why), "%s",
		    d->stages[c->stages[i]].name);
		end_why(s);
	}
}

/* One that is at the first stage has taken no step yet, and one that was
 * closed there never will. */
static enum clock_status
status_of_order(const struct commitments *all, const char *fault, uint64_t seen)
{
	if (*fault)
		return CLOCK_BREACHED;
	if (seen > 1)
		return CLOCK_MET;
	return all->timeline->outcome == OUTCOME_NONE ? CLOCK_PENDING
						      : CLOCK_VOID;
}

/* L15, M15: stages as far as the record came, in the declared order and none
 * left out. */
void
judge_order(struct commitments *all, struct commitment *c, case_taker *take,
    void *context)
{
	const struct timeline *t = all->timeline;
	struct judge_scratch *s = all->scratch;
	struct sla_case x = case_of(all, c);
	uint64_t seen, swapped;

	find_faults(all, c, &seen, &swapped);
	if (!in_scope(all, c) || !seen) {
		give(&x, CLOCK_NA,
		    seen ? "not of these records"
			 : clock_reason_text(CLOCK_NO_START),
		    take, context);
		return;
	}
	for (size_t i = t->n; i-- > 0;)
		if (place_in(c, t->visits[i].stage) < c->n_stages)
			x.start = t->visits[i].at;
	say_faults(all, c, seen, swapped);
	give(&x, status_of_order(all, s->why, seen), *s->why ? s->why : NULL,
	    take, context);
}

/* ---- all of them ---- */

void
commitments_judge(struct commitments *all, const struct walk *walk,
    case_taker *take, void *context)
{
	all->record = walk->record;
	all->timeline = walk->timeline;
	all->by = walk->by;
	all->ranks = walk->timelines->rank_of_stage;
	all->n_record_touches = 0;
	if (all->touches)
		all->record_touches = touches_of(
		    all->touches, walk->record, &all->n_record_touches);
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].kind->judge)
			all->items[i].kind->judge(
			    all, &all->items[i], take, context);
}
