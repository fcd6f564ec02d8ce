/*
 * pipeline.c: learn and collect, then sort.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline.h"

void
pipeline_start(struct pipeline *p, struct velocity *v, struct walk *walk,
    struct when as_of)
{
	p->v = v;
	p->walk = walk;
	p->deals = deal_rules_new(v->load.store, walk->timelines, as_of);
	p->value = load_value_rules(&v->load, v->fx);
	p->value.as_of = as_of;
	p->n_open = 0;
	p->unknown = 0;
	odds_start(&p->odds, v->arena, &p->deals, v->trailing);
}

static const uint32_t *
copy_segments(const struct pipeline *p)
{
	size_t n = p->v->load.segments.n_by;
	uint32_t *by;

	if (!n)
		return NULL;
	by = arena_array(p->v->arena, n, sizeof(*by));
	memcpy(by, p->walk->by, n * sizeof(*by));
	return by;
}

static void
keep_open(struct pipeline *p, const struct standing *standing)
{
	uint32_t record = p->walk->record;

	if (p->n_open == p->cap) {
		p->cap = p->cap ? 2 * p->cap : 64;
		p->open =
		    arena_grow(p->v->arena, p->open, p->cap * sizeof(*p->open));
	}
	p->open[p->n_open++] = (struct open_deal){ .record = record,
		.id = store_id(p->v->load.store, record),
		.by = copy_segments(p),
		.standing = *standing,
		.value = value_at(&p->value, p->v->load.store, record,
		    p->walk->timeline, p->value.as_of) };
}

/* No stage, or one that is in no definition: open or closed, nobody knows. */
static bool
is_unknown(const struct pipeline *p)
{
	unsigned flags = store_at(p->v->load.store, p->walk->record)->flags;

	return !p->walk->timeline->n &&
	       (flags & RECORD_STAGE_UNKNOWN || !(flags & RECORD_STATE));
}

/* Of its only pass the beginning may be untimed, as in a record list, which
 * says where a deal is and not since when: then it was created (3.2.1). */
static struct pass
last_pass(const struct timeline *t, const struct pass *passes, size_t n)
{
	struct pass last = passes[n - 1];

	if (n == 1 && last.start.kind == WHEN_UNKNOWN)
		last.start = t->created;
	return last;
}

bool
pipeline_next(struct pipeline *p)
{
	struct standing standing;
	const struct pass *passes;

	while (walk_next(p->walk)) {
		const struct timeline *t = p->walk->timeline;
		size_t n =
		    deal_stays_open(&p->deals, p->walk->record, t, &passes);

		if (!n)
			continue;
		p->last = last_pass(t, passes, n);
		if (is_unknown(p)) {
			p->unknown++;
			continue;
		}
		odds_learn(&p->odds, t, &p->last);
		if (odds_standing(&p->odds, t, &p->last, &standing))
			keep_open(p, &standing);
		return true;
	}
	return false;
}

static int
compare_open(const void *a, const void *b)
{
	return slice_compare(((const struct open_deal *)a)->id,
	    ((const struct open_deal *)b)->id);
}

void
pipeline_end(struct pipeline *p)
{
	odds_end(&p->odds);
	if (p->n_open)
		qsort(p->open, p->n_open, sizeof(*p->open), compare_open);
}

void
pipeline_note_odds(const struct pipeline *p, struct table *table)
{
	const struct odds *odds = &p->odds;

	table_note(table, "odds",
	    "learned from %" PRIu64 " closed deals, %" PRIu64
	    " of them won, and %" PRIu64 " open ones; %s",
	    odds->closed, odds->rows[0].won, odds->open,
	    odds->staged ? "by stage"
			 : "no closed deal shows the stages it was in: all "
			   "deals together, by age");
	if (p->v->query->trailing)
		table_note(table, "trailing",
		    "%s: %" PRIu64 " deals that closed before teach nothing",
		    p->v->query->trailing, odds->old);
	note_count(table, "unknown_stage", p->unknown,
	    "deals whose present stage is in no definition, left out");
	note_count(table, "neg_dur", odds->negative,
	    "closed before they began, in no chance by time");
	note_count(table, "untimed", odds->untimed,
	    "closed without a date or a beginning, in no chance by time");
}
