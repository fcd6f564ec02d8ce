/*
 * walk: one pass over the records of an input that existed as of as_of and
 * that --where selects, each with its timeline and its segments; and what the
 * notes of every report say of such a pass.
 *
 *	walk_start(&walk, &load);
 *	while (walk_next(&walk))
 *		use walk.record, walk.timeline, walk.by
 */
#ifndef FUNNEL_WALK_H
#define FUNNEL_WALK_H

#include "load.h"

struct walk {
	struct load *load;
	struct timeline_rules *timelines;
	/* where it stands: */
	uint32_t record;
	const struct timeline *timeline; /* until the next step */
	uint32_t by[SEGMENTS_MAX]; /* values of --by */
	/* what was met: */
	uint64_t records, later_records, filtered, ties, repeats, duplicates,
	    future, undatable, order_violations;
	uint32_t next;
};

/* As of load->as_of. */
void walk_start(struct walk *walk, struct load *load);
/* As of an earlier time, as if --as-of had said so. */
void walk_start_at(struct walk *walk, struct load *load, struct when as_of);
bool walk_next(struct walk *walk);
/* To one record, whatever --where says, in an order of the caller's; false
 * where it is none or did not exist. Each at most once: what is met counts. */
bool walk_at(struct walk *walk, uint32_t record);

/* as_of and the window; the records, of which `counted` stand in the table,
 * and what --where left out; ties, repeats and other oddities of events. */
void walk_note_times(const struct walk *walk, struct table *table);
void walk_note_records(
    const struct walk *walk, uint64_t counted, struct table *table);
void walk_note_events(const struct walk *walk, struct table *table);

/* "N (what it means)", unless N is 0. */
void
note_count(struct table *table, const char *key, uint64_t n, const char *what);

#endif
