/*
 * touch_order.c: a counting sort by record, then a sort of each record.
 */
#include <stdlib.h>

#include "touch_order.h"

/* Moves each touch to its place, in circles, so that no second array of them
 * is needed. */
static void
permute(struct touch *all, uint32_t *place, size_t n)
{
	for (size_t i = 0; i < n; i++)
		while (place[i] != i) {
			uint32_t to = place[i];
			struct touch touch = all[to];

			__builtin_prefetch(&all[place[to]]);
			all[to] = all[i];
			all[i] = touch;
			place[i] = place[to];
			place[to] = to;
		}
}

/* Stable, so that the order of input stays within a record. */
static uint32_t *
group(struct arena *arena, struct touch *all, size_t n, size_t n_records)
{
	uint32_t *place = arena_grow(arena, NULL, (n + 1) * sizeof(*place));
	uint32_t *first = arena_array(arena, n_records + 2, sizeof(*first));

	for (size_t i = 0; i < n; i++)
		first[all[i].record + 2]++;
	for (size_t i = 2; i < n_records + 2; i++)
		first[i] += first[i - 1];
	for (size_t i = 0; i < n; i++)
		place[i] = first[all[i].record + 1]++;
	permute(all, place, n);
	arena_drop(arena, place);
	return first;
}

struct ordered {
	int64_t day; /* 0 where times are of one kind and need none */
	size_t at; /* as it was read */
	struct touch touch;
};

static int
compare_ordered(const void *pa, const void *pb)
{
	const struct ordered *a = pa, *b = pb;
	struct when wa = stamp_when(a->touch.at), wb = stamp_when(b->touch.at);

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (wa.kind != wb.kind)
		return wa.kind < wb.kind ? -1 : 1;
	if (wa.seconds != wb.seconds)
		return wa.seconds < wb.seconds ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* A date equals every time of its day (R49), which is no order to sort by:
 * where both kinds are there, the day comes first, and its date before its
 * times. */
static void
sort_record(
    const struct zone *zone, struct ordered *room, struct touch *all, size_t n)
{
	bool mixed = false, sorted = true;

	for (size_t i = 1; i < n; i++) {
		struct when a = stamp_when(all[i - 1].at);
		struct when b = stamp_when(all[i].at);

		mixed |= a.kind != b.kind;
		sorted &= a.seconds <= b.seconds;
	}
	if (sorted && !mixed)
		return;
	for (size_t i = 0; i < n; i++)
		room[i] = (struct ordered){
			mixed ? zone_day(zone, stamp_when(all[i].at)) : 0, i,
			all[i]
		};
	qsort(room, n, sizeof(*room), compare_ordered);
	for (size_t i = 0; i < n; i++)
		all[i] = room[i].touch;
}

static void
sort(struct arena *arena, const struct zone *zone, struct touch *all,
    const uint32_t *first, size_t n_records)
{
	struct ordered *room;
	size_t most = 0;

	for (size_t i = 0; i < n_records; i++)
		if (first[i + 1] - first[i] > most)
			most = first[i + 1] - first[i];
	room = arena_grow(arena, NULL, (most + 1) * sizeof(*room));
	for (size_t i = 0; i < n_records; i++)
		if (first[i + 1] - first[i] > 1)
			sort_record(zone, room, all + first[i],
			    first[i + 1] - first[i]);
	arena_drop(arena, room);
}

uint32_t *
touch_order(struct arena *arena, const struct zone *zone, struct touch *all,
    size_t n, size_t n_records)
{
	uint32_t *first = group(arena, all, n, n_records);

	sort(arena, zone, all, first, n_records);
	return first;
}
