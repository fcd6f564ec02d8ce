/*
 * moment.c: one function a kind of moment.
 */
#include "moment.h"
#include "change.h"

void
moments_add(const struct commitments *all, struct moments *m, struct when at)
{
	if (at.kind == WHEN_UNKNOWN) {
		m->undated = true;
		return;
	}
	if (m->n == m->cap) {
		m->cap = m->cap ? 2 * m->cap : 16;
		m->items = arena_grow(
		    all->arena, m->items, m->cap * sizeof(*m->items));
	}
	m->items[m->n++] = at;
}

/* In front of those that are later. */
static void
insert(const struct commitments *all, struct moments *m, struct when at)
{
	size_t i;

	moments_add(all, m, at);
	if (at.kind == WHEN_UNKNOWN)
		return;
	for (i = m->n - 1;
	     i && when_compare(all->load->zone, m->items[i - 1], at) > 0; i--)
		m->items[i] = m->items[i - 1];
	m->items[i] = at;
}

/* A blank cell: it did not happen. One that is no time: nobody knows when. */
static void
add_cell(
    const struct commitments *all, struct moments *m, struct field_time *column)
{
	struct when at = field_time_of(column, all->record);

	if (at.kind != WHEN_UNKNOWN ||
	    field_time_is_unread(column, all->record))
		insert(all, m, at);
}

static void
add_entries(struct commitments *all, struct moments *m, uint16_t stage)
{
	const struct timeline *t = all->timeline;

	for (size_t i = 0; i < t->n; i++)
		if (t->visits[i].stage == stage && !t->visits[i].repeat)
			moments_add(all, m, t->visits[i].at);
}

bool
moment_is_of_type(const struct commitments *all, struct moment *moment,
    uint32_t type, uint32_t channel)
{
	uint32_t texts[] = { type, channel };
	bool is = false;

	if (!moment->types)
		return true;
	for (size_t i = 0; i < 2 && !is; i++) {
		char *mark = distinct_mark(&moment->type_marks, texts[i]);
		uint32_t ignored;

		if (!*mark)
			*mark =
			    names_find(moment->types,
				touches_text(all->touches, texts[i]), &ignored)
				? 'y'
				: 'n';
		is = *mark == 'y';
	}
	return is;
}

const char *
moment_refusal(const struct commitments *all, struct moment *moment,
    const struct touch *touch)
{
	if (moment->kind == MOMENT_SALES_TOUCH) {
		if (touch->flags & TOUCH_AUTOMATED)
			return "automated";
		if (!(touch->flags & TOUCH_SALES))
			return "not by sales";
	}
	return moment_is_of_type(all, moment, touch->type, touch->channel)
		   ? NULL
		   : "not of its types";
}

static void
add_touches(struct commitments *all, struct moments *m, struct moment *moment)
{
	for (size_t i = 0; i < all->n_record_touches; i++) {
		const struct touch *touch = &all->record_touches[i];

		if (!moment_refusal(all, moment, touch))
			moments_add(all, m, stamp_when(touch->at));
	}
	if (moment->first_response && all->response)
		add_cell(all, m, all->response);
}

bool
moment_is_known(const struct commitments *all, struct when at)
{
	return when_compare(all->load->zone, at, all->load->as_of) <= 0;
}

bool
moment_is_owned(
    const struct commitments *all, const struct moments *owners, struct when at)
{
	bool logged;
	const struct change *change = store_change_at(
	    all->load->store, all->record, CHANGE_OWNER, at, &logged);

	if (logged)
		return change && change->known && change->value &&
		       when_compare(
			   all->load->zone, stamp_when(change->at), at) <= 0;
	return owners->n &&
	       when_compare(all->load->zone, owners->items[0], at) <= 0;
}

/* Without a log: whose date of assignment is blank, or who has no owner, was
 * not assigned; of an owner without a date nobody knows since when. */
static void
add_assigned(struct commitments *all, struct moments *m)
{
	const struct load *load = all->load;
	size_t owner = load->want_attribute[all->want + WANT_OWNER];
	bool owned =
	    load_has_column(load, owner)
		? store_attribute_at(load->store, all->record, owner) != 0
		: !all->assigned;

	if (all->assigned)
		add_cell(all, m, all->assigned);
	if (owned && !m->n)
		m->undated = true;
}

/* When somebody came to own it, the first time and each time it changed. A log
 * begins with what it first saw: that owner is as old as the record. */
static void
add_owners(struct commitments *all, struct moments *m)
{
	size_t n;
	const struct change *changes =
	    store_changes(all->load->store, all->record, &n);
	bool logged = false;

	for (size_t i = 0; i < n; i++) {
		const struct change *change = &changes[i];
		struct when at = stamp_when(change->at);

		if (change->kind != CHANGE_OWNER)
			continue;
		logged = true;
		if (!change->known || !change->value)
			continue;
		if (at.kind == WHEN_UNKNOWN)
			at = all->timeline->created;
		if (at.kind == WHEN_UNKNOWN || moment_is_known(all, at))
			insert(all, m, at);
	}
	if (!logged)
		add_assigned(all, m);
}

uint32_t
moment_reason(const struct commitments *all, uint32_t record)
{
	const struct load *load = all->load;

	return store_attribute_at(
	    load->store, record, load->want_attribute[all->want + WANT_REASON]);
}

bool
commitment_reason_is_agreed(const struct commitments *all, uint32_t record)
{
	const struct texts *agreed = &all->load->definitions.rejection_reasons;
	uint32_t text = moment_reason(all, record);

	for (unsigned i = 0; text && i < agreed->n; i++)
		if (fold_equal(intern_get(all->load->store->texts, text),
			slice_of(agreed->items[i])))
			return true;
	return text && !agreed->n;
}

/* 3.4.9: a rejection without an agreed reason disposes of nothing. */
static bool
disposes(const struct commitments *all, const struct visit *visit)
{
	return visit->outcome != OUTCOME_REJECTED ||
	       !all->load->definitions.rejection_reasons.n ||
	       commitment_reason_is_agreed(all, all->record);
}

/* Entries to a later stage than that of the start (the first one where it
 * starts with something else), and to outcomes. */
static void
add_dispositions(struct commitments *all, struct moments *m, uint16_t start)
{
	const struct timeline *t = all->timeline;
	uint8_t rank = all->ranks[start];

	for (size_t i = 0; i < t->n; i++) {
		const struct visit *visit = &t->visits[i];

		if (visit->repeat || visit->stage == start ||
		    (visit->outcome == OUTCOME_NONE && visit->rank <= rank))
			continue;
		if (disposes(all, visit))
			moments_add(all, m, visit->at);
	}
}

void
moments_gather(struct commitments *all, struct moment *moment,
    const struct moment *start, struct moments *m)
{
	m->n = 0;
	m->undated = false;
	switch (moment->kind) {
	case MOMENT_STAGE:
		add_entries(all, m, moment->stage);
		break;
	case MOMENT_CREATED:
		moments_add(all, m, all->timeline->created);
		break;
	case MOMENT_ASSIGNED:
		add_owners(all, m);
		break;
	case MOMENT_DISPOSITION:
		add_dispositions(all, m,
		    start && start->kind == MOMENT_STAGE ? start->stage : 0);
		break;
	case MOMENT_COLUMN:
		add_cell(all, m, moment->column);
		break;
	default:
		add_touches(all, m, moment);
	}
}
