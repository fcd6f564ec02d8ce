/*
 * walk.c: the pass, and its notes.
 */
#include <inttypes.h>

#include "walk.h"

/* An --as-of at or after all that happened is the present. A date stands for
 * the whole of its day, of which an instant is only a part. */
static bool
is_cut(const struct load *load, struct when as_of)
{
	struct when latest = load->store->latest;
	int order = when_compare(load->zone, latest, as_of);

	return order > 0 || (order == 0 && latest.kind == WHEN_DATE &&
				as_of.kind == WHEN_INSTANT);
}

void
walk_start_at(struct walk *walk, struct load *load, struct when as_of)
{
	*walk = (struct walk){ .load = load,
		.timelines = timeline_rules_new(
		    load->store, as_of, is_cut(load, as_of)) };
}

void
walk_start(struct walk *walk, struct load *load)
{
	bool cut = load->as_of_given && is_cut(load, load->as_of);

	*walk = (struct walk){ .load = load,
		.timelines =
		    timeline_rules_new(load->store, load->as_of, cut) };
}

/* With --as-of, what was created later did not exist yet, nor what is known
 * only by a history that began later. */
static bool
existed(const struct walk *walk, const struct timeline *t)
{
	if (!walk->timelines->cut || t->n)
		return true;
	if (t->created.kind == WHEN_UNKNOWN)
		return !t->begins_later;
	return when_compare(
		   walk->load->zone, t->created, walk->timelines->as_of) <= 0;
}

static bool
stands_at(struct walk *walk, uint32_t record)
{
	struct load *load = walk->load;
	const struct timeline *t = timeline_build(walk->timelines, record);

	if (!existed(walk, t)) {
		walk->later_records++;
		return false;
	}
	walk->record = record;
	walk->timeline = t;
	walk->records++;
	walk->ties += t->ties;
	walk->repeats += t->repeats - t->duplicates;
	walk->duplicates += t->duplicates;
	walk->future += t->future;
	walk->undatable += t->undatable;
	walk->order_violations += t->order_violations;
	for (size_t i = 0; i < load->segments.n_by; i++)
		walk->by[i] =
		    segment_value(&load->segments, i, load->store, record);
	return true;
}

bool
walk_at(struct walk *walk, uint32_t record)
{
	return load_is_record(walk->load, record) && stands_at(walk, record);
}

bool
walk_next(struct walk *walk)
{
	struct load *load = walk->load;

	while (walk->next < load->store->records.count) {
		uint32_t record = walk->next++;

		if (!load_is_record(load, record))
			continue;
		if (!load_selects(load, record))
			walk->filtered++;
		else if (stands_at(walk, record))
			return true;
	}
	return false;
}

/* ---- notes ---- */

void
note_count(struct table *table, const char *key, uint64_t n, const char *what)
{
	if (n)
		table_note(table, key, "%" PRIu64 " (%s)", n, what);
}

void
walk_note_times(const struct walk *walk, struct table *table)
{
	const struct load *load = walk->load;
	const struct fnl_input *in = load->input;
	char as_of[WHEN_TEXT];

	if (in->from || in->to)
		table_note(table, "from_to",
		    "from %s to %s, the end "
		    "not included",
		    in->from ? in->from : "the beginning",
		    in->to ? in->to : "the end");
	when_text(as_of, load->as_of);
	table_note(table, "as_of", "%s, zone %s",
	    !*as_of ? "unknown: the data holds no time"
	    : load->as_of_given
		? as_of
		: arena_printf(
		      table->arena, "%s (the latest event in the data)", as_of),
	    zone_name(load->zone));
}

void
walk_note_records(
    const struct walk *walk, uint64_t counted, struct table *table)
{
	const struct load *load = walk->load;

	if (counted == walk->records)
		table_note(table, "records", "%" PRIu64, walk->records);
	else
		table_note(table, "records",
		    "%" PRIu64 ", of which %" PRIu64 " stand in the table",
		    walk->records, counted);
	for (size_t i = 0; i < load->input->where.n; i++)
		table_note(
		    table, "condition", "%s", load->input->where.items[i]);
	note_count(table, "filtered", walk->filtered,
	    "records that --where leaves out");
	for (size_t i = 0; i < load->conditions.n; i++) {
		const char *doubt =
		    conditions_doubt(&load->conditions, i, table->arena);

		if (doubt)
			table_note(table, "where", "%s", doubt);
	}
}

void
walk_note_events(const struct walk *walk, struct table *table)
{
	note_count(table, "ties", walk->ties,
	    "neighbouring events at the same time, ordered by stage rank");
	note_count(table, "repeats", walk->repeats,
	    "events that logged the same stage again, merged");
	note_count(table, "duplicates", walk->duplicates,
	    "events given twice, counted once");
	note_count(
	    table, "future", walk->future, "events after as-of, ignored");
	note_count(table, "undatable", walk->undatable,
	    "outcomes of today without a date: not known as of then");
	note_count(table, "order_violations", walk->order_violations,
	    "stage dates before the date of an earlier stage");
}
