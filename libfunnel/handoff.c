/*
 * handoff.c: a timeline followed from its first hand-over; which stages the
 * hand-over is between; by when a decision is due.
 */
#include <string.h>

#include "handoff.h"
#include "query.h"

/* ---- what became of a record ---- */

static void
accept_at(const struct handoff *handoff, const struct visit *visit,
    bool rejected, struct handed *h)
{
	h->accepted_again |= h->again;
	if (h->decision == DECISION_ACCEPTED)
		return;
	h->decision = DECISION_ACCEPTED;
	h->accepted = visit->at;
	h->reversed = rejected;
	h->unlogged = visit->rank != handoff->to;
}

static void
send_back(const struct visit *visit, struct handed *h)
{
	static const enum decision decisions[OUTCOME_COUNT] = {
		[OUTCOME_LOST] = DECISION_LOST,
		[OUTCOME_REJECTED] = DECISION_REJECTED,
		[OUTCOME_RECYCLED] = DECISION_RECYCLED,
	};

	if (visit->outcome == OUTCOME_RECYCLED && !h->recycled) {
		h->recycled = true;
		h->recycled_to = visit->stage;
	}
	if (h->decision != DECISION_ACCEPTED)
		h->decision = decisions[visit->outcome];
}

static void
hand_over(const struct visit *visit, struct handed *h)
{
	h->again |= h->recycled;
	if (h->handed)
		return;
	h->handed = true;
	h->at = visit->at;
}

void
handoff_follow(
    const struct handoff *handoff, const struct timeline *t, struct handed *out)
{
	bool rejected = false;

	*out = (struct handed){ .recycled_to = STAGE_NONE };
	for (size_t i = 0; i < t->n; i++) {
		const struct visit *visit = &t->visits[i];

		if (visit->repeat)
			continue;
		if (visit->rank == handoff->from)
			hand_over(visit, out);
		else if (!out->handed)
			out->skipped |= visit->rank >= handoff->to;
		else if (visit->rank >= handoff->to)
			accept_at(handoff, visit, rejected, out);
		else if (!visit->rank) {
			rejected |= visit->outcome == OUTCOME_REJECTED;
			send_back(visit, out);
		}
	}
	out->skipped &= !out->handed;
}

/* ---- which stages ---- */

static bool
is_owner(const struct stage_definition *stage, const char *team)
{
	return stage->owner &&
	       fold_equal(slice_of(stage->owner), slice_of(team));
}

static int
choose_by_owner(const struct load *load, const struct timeline_rules *timelines,
    struct handoff *out, struct fnl_err *err)
{
	for (unsigned rank = 1; rank <= timelines->n_ranks; rank++) {
		const struct stage_definition *stage =
		    &load->definitions.stages[timelines->stage_of_rank[rank]];

		if (stage->outcome != OUTCOME_NONE)
			continue;
		if (is_owner(stage, "marketing"))
			out->from = (uint8_t)rank;
		if (is_owner(stage, "sales") && !out->to)
			out->to = (uint8_t)rank;
	}
	if (out->from && out->from < out->to)
		return 0;
	return fail(err, FNL_USAGE,
	    "%s: say at which stages marketing hands over and sales accepts, "
	    "such as --handoff MQL:SAL",
	    !out->from || !out->to
		? "the stages have no owners marketing and sales"
		: "a stage of sales comes before the last one of marketing");
}

static int
ranked_stage(const struct load *load, const struct timeline_rules *timelines,
    const char *name, uint8_t *rank, struct fnl_err *err)
{
	uint16_t stage = store_stage(load->store, slice_trim(slice_of(name)));

	if (stage == STAGE_NONE)
		return load_fail_stage(load, "--handoff", name, err);
	*rank = timelines->rank_of_stage[stage];
	return *rank ? 0
		     : fail(err, FNL_USAGE,
			   "--handoff: '%s' says how a record ended and has no "
			   "place among the stages",
			   name);
}

int
handoff_choose(const struct load *load, const struct timeline_rules *timelines,
    const char *text, struct handoff *out, struct fnl_err *err)
{
	const char *colon = text ? strchr(text, ':') : NULL;
	const char *from;

	*out = (struct handoff){ 0, 0 };
	if (!text)
		return choose_by_owner(load, timelines, out, err);
	if (!colon || colon == text || !colon[1])
		return fail(err, FNL_USAGE,
		    "--handoff: '%s' is not FROM:TO, such as MQL:SAL", text);
	from = arena_text(
	    load->arena, (struct slice){ text, (size_t)(colon - text) });
	if (ranked_stage(load, timelines, from, &out->from, err) < 0 ||
	    ranked_stage(load, timelines, colon + 1, &out->to, err) < 0)
		return -1;
	return out->from < out->to
		   ? 0
		   : fail(err, FNL_USAGE,
			 "--handoff: '%s' does not come before '%s'", from,
			 colon + 1);
}

struct handoff
handoff_of_deals(
    const struct load *load, const struct timeline_rules *timelines)
{
	uint16_t stage = store_deal_stage(load->store);
	uint8_t rank =
	    stage == STAGE_NONE ? 0 : timelines->rank_of_stage[stage];

	return rank > 1 ? (struct handoff){ (uint8_t)(rank - 1), rank }
			: (struct handoff){ 0, 0 };
}

/* ---- by when ---- */

static bool
is_about(const struct load *load, const struct timeline_rules *timelines,
    const struct handoff *handoff, const struct commitment_definition *c)
{
	return c->start && c->stop && c->within &&
	       fold_equal(slice_of(c->stop), SLICE("disposition")) &&
	       store_stage(load->store, slice_of(c->start)) ==
		   timelines->stage_of_rank[handoff->from];
}

/* A clock that stands still at times, or that only some records have, says
 * nothing of the time since the hand-over of all. */
static const char *
not_by_the_clock(const struct commitment_definition *c)
{
	if (c->calendar)
		return "runs in working time";
	if (c->pause.n)
		return "has pauses";
	return c->where.n ? "is about some records only" : NULL;
}

static void
take_commitment(const struct load *load, const struct commitment_definition *c,
    struct decision_target *out)
{
	const char *other = not_by_the_clock(c);
	struct fnl_err why = { FNL_OK, "" };

	if (!other &&
	    query_duration("within", c->within, &out->seconds, &why) < 0)
		other = "runs in working time";
	if (other) {
		out->why = arena_printf(load->arena,
		    "none: the commitment '%s' %s; --target gives one", c->name,
		    other);
		return;
	}
	out->has = true;
	out->text = c->within;
	out->why = arena_printf(
	    load->arena, "%s, of the commitment '%s'", c->within, c->name);
}

int
handoff_target(const struct load *load, const struct timeline_rules *timelines,
    const struct handoff *handoff, const char *text,
    struct decision_target *out, struct fnl_err *err)
{
	const struct definitions *d = &load->definitions;
	const struct commitment_definition *found = NULL;
	unsigned n = 0;

	*out = (struct decision_target){ .has = text != NULL, .text = text };
	if (text) {
		out->why = arena_printf(load->arena, "%s, of --target", text);
		return query_duration("--target", text, &out->seconds, err);
	}
	for (unsigned i = 0; i < d->n_sla; i++)
		if (is_about(load, timelines, handoff, &d->sla[i])) {
			found = &d->sla[i];
			n++;
		}
	out->why = n ? "none: several commitments promise a disposition; "
		       "--target decides"
		     : "none: no commitment promises a disposition; --target "
		       "gives one";
	if (n == 1)
		take_commitment(load, found, out);
	return 0;
}
