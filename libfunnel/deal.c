/*
 * deal.c: visits to passes.
 */
#include <math.h>

#include "deal.h"

struct deal_rules
deal_rules_new(const struct store *store,
    const struct timeline_rules *timelines, struct when as_of)
{
	uint16_t stage = store_deal_stage(store);

	return (struct deal_rules){ .store = store,
		.timelines = timelines,
		.start_rank =
		    stage == STAGE_NONE ? 0 : timelines->rank_of_stage[stage],
		.as_of = as_of };
}

bool
deal_is_one(
    const struct deal_rules *rules, uint32_t record, const struct timeline *t)
{
	unsigned flags = store_at(rules->store, record)->flags;
	bool before = false;

	for (size_t i = 0; i < t->n; i++) {
		if (t->visits[i].rank >= rules->start_rank && t->visits[i].rank)
			return true;
		before |= t->visits[i].rank != 0;
	}
	if (!rules->start_rank)
		return true;
	return !before && (!(flags & RECORD_LEAD) || flags & RECORD_HAS_DEAL);
}

static struct pass *
new_pass(struct deal_rules *rules, size_t *n)
{
	if (*n == rules->cap) {
		rules->cap = rules->cap ? 2 * rules->cap : 8;
		rules->passes = arena_grow(rules->store->arena, rules->passes,
		    rules->cap * sizeof(*rules->passes));
	}
	rules->passes[*n] = (struct pass){ .outcome = OUTCOME_NONE };
	return &rules->passes[(*n)++];
}

static double
days_between(const struct deal_rules *rules, struct when a, struct when b)
{
	return when_days(rules->store->zone, a, b);
}

double
pass_days(const struct deal_rules *rules, const struct pass *pass)
{
	if (pass->end_is_skipped)
		return NAN;
	return days_between(rules, pass->start,
	    pass->outcome == OUTCOME_NONE ? rules->as_of : pass->end);
}

/* ---- every pass ---- */

/* The visit that brought it into the pipeline: what happened before, the
 * rejection of the lead for one, is not the deal's. A deal that is first seen
 * closed has none; then the first visit. */
static size_t
first_in_pipeline(const struct deal_rules *rules, const struct timeline *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->visits[i].rank && t->visits[i].rank >= rules->start_rank)
			return i;
	return 0;
}

static void
close_pass(struct pass *pass, const struct visit *v, size_t i)
{
	pass->outcome = (enum outcome)v->outcome;
	pass->end = v->at;
	pass->last = i;
}

/* First seen closed: it was created, or at least there, and closed (R16). */
static void
start_closed(
    struct deal_rules *rules, const struct timeline *t, size_t i, size_t *n)
{
	struct pass *pass = new_pass(rules, n);
	struct when at = t->visits[i].at;

	/* What was known as a lead before was no deal until then. */
	pass->start = i ? at : t->created;
	pass->start_is_creation = true;
	if (pass->start.kind == WHEN_UNKNOWN)
		pass->start = at;
	pass->first = i;
}

/* Passes by the visits alone; whatever is open at the end stays open. Of a
 * closing after a closing only the later is in force; but the first was a
 * closing too, and `gross` wants both, the later as a pass of no length. */
static size_t
passes_of_visits(struct deal_rules *rules, const struct timeline *t, bool gross)
{
	struct pass *open = NULL;
	size_t n = 0;

	for (size_t i = first_in_pipeline(rules, t); i < t->n; i++) {
		const struct visit *v = &t->visits[i];

		if (v->repeat)
			continue;
		if (v->outcome != OUTCOME_NONE) {
			if (!n)
				start_closed(rules, t, i, &n);
			else if (!open && gross)
				new_pass(rules, &n)->start = v->at;
			close_pass(&rules->passes[n - 1], v, i);
			open = NULL;
		} else if (!open) {
			open = new_pass(rules, &n);
			open->start = v->at;
			open->first = i;
		}
		if (open)
			open->last = t->n;
	}
	return n;
}

/* The row's own close date where it knows better than the last visit. */
static void
end_as_timeline(struct pass *last, const struct timeline *t)
{
	last->outcome = t->outcome;
	if (t->outcome == OUTCOME_NONE) {
		last->end = (struct when){ 0, WHEN_UNKNOWN };
		return;
	}
	last->end = t->closed;
	last->end_is_typed = t->closed_is_typed;
}

static size_t
all_passes(struct deal_rules *rules, uint32_t record, const struct timeline *t,
    bool gross)
{
	size_t n;

	if (!deal_is_one(rules, record, t))
		return 0;
	n = passes_of_visits(rules, t, gross);
	if (!n) {
		struct pass *pass = new_pass(rules, &n);

		pass->start = t->created;
		pass->start_is_creation = true;
		pass->last = t->n;
	}
	end_as_timeline(&rules->passes[n - 1], t);
	return n;
}

size_t
deal_stays_open(struct deal_rules *rules, uint32_t record,
    const struct timeline *t, const struct pass **out)
{
	size_t n = all_passes(rules, record, t, true);

	*out = rules->passes;
	return n;
}

/* ---- one pass from start to end ---- */

static size_t
find_stage(const struct timeline *t, size_t from, uint16_t stage)
{
	while (from < t->n &&
	       (t->visits[from].repeat || t->visits[from].stage != stage))
		from++;
	return from;
}

/* The first entry to the opportunity stage, else creation (3.2.1); of the
 * visits before `end`, where the first of several passes ends. */
static void
start_usual(const struct deal_rules *rules, const struct timeline *t,
    size_t end, struct pass *pass)
{
	for (size_t i = 0; rules->start_rank && i < end; i++)
		if (t->visits[i].rank == rules->start_rank &&
		    t->visits[i].at.kind != WHEN_UNKNOWN) {
			pass->start = t->visits[i].at;
			pass->start_is_creation = false;
			pass->first = i;
			return;
		}
	pass->start = t->created;
	pass->start_is_creation = true;
	pass->first = first_in_pipeline(rules, t);
}

/* False when the record never started. */
static bool
start_pass(const struct deal_rules *rules, uint32_t record,
    const struct timeline *t, struct pass *pass)
{
	const struct deal_end *start = &rules->start;

	switch (start->kind) {
	case END_CREATED:
		pass->start = t->created;
		return true;
	case END_STAGE:
		pass->first = find_stage(t, 0, start->stage);
		if (pass->first == t->n)
			return false;
		pass->start = t->visits[pass->first].at;
		return true;
	case END_FIELD:
		pass->start = start->time(start->context, record);
		return pass->start.kind != WHEN_UNKNOWN;
	case END_USUAL:
		break;
	}
	if (!deal_is_one(rules, record, t))
		return false;
	start_usual(rules, t, t->n, pass);
	return true;
}

/* The end stage was skipped when a later rank was entered without it. */
static bool
is_skipped(const struct deal_rules *rules, const struct timeline *t,
    size_t from, uint16_t stage)
{
	uint8_t rank = rules->timelines->rank_of_stage[stage];

	for (size_t i = from; rank && i < t->n; i++)
		if (t->visits[i].rank > rank)
			return true;
	return false;
}

static void
end_at_stage(
    const struct deal_rules *rules, const struct timeline *t, struct pass *pass)
{
	size_t at = find_stage(t, pass->first, rules->end.stage);

	if (at < t->n) {
		close_pass(pass, &t->visits[at], at);
		pass->outcome = OUTCOME_WON;
		return;
	}
	end_as_timeline(pass, t);
	pass->end_is_skipped =
	    is_skipped(rules, t, pass->first, rules->end.stage);
	if (pass->end_is_skipped)
		pass->outcome = OUTCOME_WON;
	else if (pass->outcome == OUTCOME_WON)
		/* Won without the end stage: over, not reached. */
		pass->outcome = OUTCOME_LOST;
}

static void
end_at_field(const struct deal_rules *rules, uint32_t record,
    const struct timeline *t, struct pass *pass)
{
	struct when at = rules->end.time(rules->end.context, record);

	if (at.kind == WHEN_UNKNOWN ||
	    when_compare(rules->store->zone, at, rules->as_of) > 0) {
		end_as_timeline(pass, t);
		if (pass->outcome == OUTCOME_WON)
			pass->outcome = OUTCOME_LOST;
		return;
	}
	pass->end = at;
	pass->outcome = OUTCOME_WON;
}

static void
add_gap(const struct deal_rules *rules, struct pass *pass, struct when closed,
    struct when opened)
{
	pass->reopened++;
	pass->closed_days += days_between(rules, closed, opened);
}

/* The days between a closing and the next opening inside the pass; a closing
 * that corrects another opens and closes again. */
static void
find_gaps(
    const struct deal_rules *rules, const struct timeline *t, struct pass *pass)
{
	struct when closed = { 0, WHEN_UNKNOWN };
	bool is_closed = false;
	size_t n_closings = 0;

	for (size_t i = pass->first; i < t->n; i++) {
		const struct visit *v = &t->visits[i];

		if (v->repeat)
			continue;
		if (v->outcome != OUTCOME_NONE) {
			closed = is_closed ? closed : v->at;
			is_closed = true;
			n_closings++;
			continue;
		}
		if (is_closed)
			add_gap(rules, pass, closed, v->at);
		is_closed = false;
		n_closings = 0;
	}
	if (n_closings > 1)
		add_gap(rules, pass, closed, pass->end);
}

size_t
deal_passes(struct deal_rules *rules, uint32_t record, const struct timeline *t,
    const struct pass **out)
{
	bool usual =
	    rules->start.kind == END_USUAL && rules->end.kind == END_USUAL;
	struct pass *pass;
	size_t n = 0;

	if (rules->split && usual && deal_is_one(rules, record, t)) {
		n = all_passes(rules, record, t, false);
		*out = rules->passes;
		start_usual(rules, t, rules->passes[0].last, &rules->passes[0]);
		return n;
	}
	pass = new_pass(rules, &n);
	*out = pass;
	pass->last = t->n;
	if (!start_pass(rules, record, t, pass))
		return 0;
	switch (rules->end.kind) {
	case END_STAGE:
		end_at_stage(rules, t, pass);
		break;
	case END_FIELD:
		end_at_field(rules, record, t, pass);
		break;
	case END_USUAL:
	case END_CREATED:
		end_as_timeline(pass, t);
		find_gaps(rules, t, pass);
	}
	return 1;
}
