/*
 * periodlog.c: proof first, then the shift of exits to entries.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "change.h"
#include "periodlog.h"

#define PROOF_SECONDS 60 /* between a deal's creation and its first row */

struct stay { /* a row, sortable without the store */
	uint32_t record;
	uint32_t event;
	uint32_t change;
	struct when at;
	struct when created;
	const struct zone *zone;
};

struct proof {
	uint64_t entry, comparable; /* records */
	uint64_t exit, pairs; /* neighbouring rows */
};

static int
compare_stays(const void *pa, const void *pb)
{
	const struct stay *a = pa, *b = pb;

	int order;

	if (a->record != b->record)
		return a->record < b->record ? -1 : 1;
	order = when_compare(a->zone, a->at, b->at);
	if (order)
		return order;
	return (a->event > b->event) - (a->event < b->event);
}

static struct stay *
sorted_stays(const struct reader *reader, const struct store *store)
{
	size_t n = reader->period_rows.count;
	struct stay *stays = arena_array(store->arena, n + 1, sizeof(*stays));

	for (size_t i = 0; i < n; i++) {
		const struct period_row *row = vec_at(&reader->period_rows, i);
		const struct event *event = vec_at(&store->events, row->event);

		stays[i] =
		    (struct stay){ event->record, row->event, row->change,
			    event_time(event), row->created, store->zone };
	}
	qsort(stays, n, sizeof(*stays), compare_stays);
	return stays;
}

static bool
is_near(struct when a, struct when b)
{
	int64_t apart = a.seconds - b.seconds;

	return a.kind == WHEN_INSTANT && b.kind == WHEN_INSTANT &&
	       apart <= PROOF_SECONDS && apart >= -PROOF_SECONDS;
}

static struct proof
prove(const struct store *store, const struct stay *stays, size_t n)
{
	struct proof proof = { 0, 0, 0, 0 };

	for (size_t i = 0; i < n; i++) {
		const struct record *record = store_at(store, stays[i].record);
		struct when created = stamp_when(record->created);
		bool first = i == 0 || stays[i - 1].record != stays[i].record;

		if (first && created.kind == WHEN_INSTANT) {
			proof.comparable++;
			proof.entry += is_near(created, stays[i].at);
		}
		if (!first && stays[i].created.kind == WHEN_INSTANT) {
			proof.pairs++;
			proof.exit +=
			    is_near(stays[i].created, stays[i - 1].at);
		}
	}
	return proof;
}

static int
decide(const struct reader *reader, struct proof proof, enum period_log *out,
    struct fnl_err *err)
{
	bool entry = 2 * proof.entry > proof.comparable;
	bool exit_time = 2 * proof.exit > proof.pairs;

	*out = reader->options->period_log;
	if (*out != PERIOD_LOG_PROVE)
		return 0;
	*out = entry ? PERIOD_LOG_ENTRY : PERIOD_LOG_EXIT;
	if (entry != exit_time)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: whether the time of a row is when its stage was entered or "
	    "left is not proved (%" PRIu64 " of %" PRIu64
	    " records begin at their creation): give the list of the deals "
	    "beside it, or say --zoho-history entry or exit",
	    reader->path, proof.entry, proof.comparable);
}

/* What a row says of amount and close date holds since its stage does. */
static void
shift_changes(struct store *store, uint32_t first, struct when at)
{
	for (size_t i = first; i < store->logged_changes.count; i++) {
		struct logged_change *change =
		    vec_at(&store->logged_changes, i);

		if (change->row != first)
			return;
		change->at = stamp_of(at);
	}
}

/* A stage was entered when the one before it was left, the first when the
 * record was created. */
static void
shift_exits(struct store *store, const struct stay *stays, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct event *event = vec_at(&store->events, stays[i].event);
		const struct record *record = store_at(store, stays[i].record);
		bool first = i == 0 || stays[i - 1].record != stays[i].record;
		struct when at =
		    first ? stamp_when(record->created) : stays[i - 1].at;

		if (stays[i].created.kind != WHEN_UNKNOWN)
			at = stays[i].created; /* the row's own beginning */

		event_set_time(event, at);
		shift_changes(store, stays[i].change, at);
		if (at.kind == WHEN_UNKNOWN)
			event->flags |= EVENT_FIRST;
	}
}

int
periodlog_settle(struct reader *const *readers, size_t n, struct store *store,
    struct fnl_err *err)
{
	for (size_t i = 0; i < n; i++) {
		size_t rows = readers[i]->period_rows.count;
		const struct stay *stays;
		enum period_log meaning;

		if (!rows)
			continue;
		stays = sorted_stays(readers[i], store);
		if (decide(readers[i], prove(store, stays, rows), &meaning,
			err) < 0)
			return -1;
		if (meaning == PERIOD_LOG_EXIT)
			shift_exits(store, stays, rows);
	}
	return 0;
}
