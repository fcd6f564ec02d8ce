/*
 * merge.c: own rows, history rows, links.
 */
#include <inttypes.h>
#include <string.h>

#include "accept.h"
#include "changelog.h"
#include "merge.h"

static int
note(const struct merge *merge, const struct typed_row *row,
    enum ledger_reason reason, int column, struct slice value,
    struct fnl_err *err)
{
	return ledger_add(merge->store->ledger, merge->reader->ledger_file,
	    reason, row->line,
	    column >= 0 ? merge->reader->binding.header[column] : NULL, value,
	    err);
}

static int
conflict(const struct merge *merge, const struct typed_row *row, int column,
    struct slice value, struct fnl_err *err)
{
	if (merge->store->conflict_rule == CONFLICT_ERROR)
		return fail(err, FNL_DATA,
		    "%s:%" PRIu32 ": record '%.*s' has another value in "
		    "column '%s' than an earlier row (--dup last takes the "
		    "later one)",
		    merge->reader->path, row->line, (int)row->text[ROW_ID].n,
		    row->text[ROW_ID].p,
		    column >= 0 ? merge->reader->binding.header[column] : "");
	return note(merge, row, LEDGER_CONFLICT, column, value, err);
}

/* A date and a time of that day say the same; the time says more. */
static bool
same_day(const struct store *store, struct when a, struct when b)
{
	return a.kind != b.kind &&
	       zone_day(store->zone, a) == zone_day(store->zone, b);
}

static int
merge_time(const struct merge *merge, const struct typed_row *row,
    enum row_time part, struct stamp *kept, bool later, struct fnl_err *err)
{
	struct when new = row->time[part], old = stamp_when(*kept);

	if (new.kind == WHEN_UNKNOWN || stamp_of(new).packed == kept->packed)
		return 0;
	if (old.kind == WHEN_UNKNOWN) {
		*kept = stamp_of(new);
		return 0;
	}
	if (same_day(merge->store, old, new)) {
		if (new.kind == WHEN_INSTANT)
			*kept = stamp_of(new);
		return 0;
	}
	if (later)
		*kept = stamp_of(new);
	return conflict(merge, row,
	    merge->reader->binding.column[row_time_fields[part]], SLICE(""),
	    err);
}

/* The created column of a record beats the `Created.` row of its history when
 * it has a time; a bare date does not (R47). */
static int
merge_created(const struct merge *merge, const struct typed_row *row,
    struct record *record, bool later, struct fnl_err *err)
{
	struct when new = row->time[ROW_CREATED];

	if (!(record->flags & RECORD_CREATED_LOGGED))
		return merge_time(
		    merge, row, ROW_CREATED, &record->created, later, err);
	if (new.kind == WHEN_INSTANT) {
		record->created = stamp_of(new);
		record->flags &= (uint16_t)~RECORD_CREATED_LOGGED;
	}
	return 0;
}

/* How a record stands, as one row says it. */
struct state {
	uint16_t stage; /* or STAGE_NONE */
	enum outcome outcome;
	bool said; /* the row says anything at all */
	bool unknown; /* it names a stage or outcome that nobody defined */
};

/* The word of an outcome column: the definitions' names and aliases first. */
static bool
outcome_of_word(
    const struct merge *merge, struct slice text, enum outcome *outcome)
{
	static const struct {
		const char *word;
		enum outcome outcome;
	} words[] = {
		{ "won", OUTCOME_WON },
		{ "closed won", OUTCOME_WON },
		{ "lost", OUTCOME_LOST },
		{ "closed lost", OUTCOME_LOST },
		{ "open", OUTCOME_NONE },
	};
	uint16_t stage = store_stage(merge->store, text);

	if (stage != STAGE_NONE) {
		*outcome = merge->store->definitions->stages[stage].outcome;
		return true;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (fold_equal(text, slice_of(words[i].word))) {
			*outcome = words[i].outcome;
			return true;
		}
	return false;
}

/* Flags are calculated by the CRM and win over words; a stage that the
 * definitions call rejected stays rejected when the flag says closed. */
static bool
outcome_of_flags(
    const struct typed_row *row, enum outcome by_stage, enum outcome *outcome)
{
	if (row->flag[ROW_WON] == YES) {
		*outcome = OUTCOME_WON;
		return true;
	}
	if (row->flag[ROW_IS_CLOSED] == YES && row->flag[ROW_WON] != UNKNOWN) {
		*outcome =
		    by_stage == OUTCOME_REJECTED || by_stage == OUTCOME_RECYCLED
			? by_stage
			: OUTCOME_LOST;
		return true;
	}
	if (row->flag[ROW_IS_CLOSED] == NO && by_stage == OUTCOME_NONE) {
		*outcome = OUTCOME_NONE;
		return true;
	}
	return false;
}

/* Several lead statuses can mean converted (crm-exports.md 3.4): the flag
 * says so whatever the status is called. Where the ladder has no stage for it
 * the deal that the lead became carries on. */
static struct slice
converted_stage(const struct merge *merge, struct state *state)
{
	state->stage = store_stage(merge->store, SLICE("Closed - Converted"));
	if (state->stage == STAGE_NONE)
		state->stage = store_stage(merge->store, SLICE("Converted"));
	return SLICE("");
}

static struct state
row_state(const struct merge *merge, const struct typed_row *row,
    struct fnl_err *err, int *failed)
{
	struct slice stage = row->text[ROW_STAGE];
	struct slice word = row->text[ROW_OUTCOME];
	struct state state = { .stage = store_stage(merge->store, stage) };
	bool flags;

	if (row->flag[ROW_IS_CONVERTED] == YES)
		stage = converted_stage(merge, &state);
	if (state.stage != STAGE_NONE)
		state.outcome =
		    merge->store->definitions->stages[state.stage].outcome;
	flags = outcome_of_flags(row, state.outcome, &state.outcome);
	state.said =
	    stage.n || word.n || flags || row->flag[ROW_IS_CONVERTED] == YES;
	if (stage.n && state.stage == STAGE_NONE) {
		store_unknown_stage(merge->store, stage);
		state.unknown = true;
		*failed |= note(merge, row, LEDGER_CELL_STAGE,
		    row_text_column(merge->reader, ROW_STAGE), stage, err);
	}
	if (word.n && !flags && state.outcome == OUTCOME_NONE) {
		bool known = outcome_of_word(merge, word, &state.outcome);

		state.unknown = !known;
		if (!known)
			*failed |= note(merge, row, LEDGER_BAD_OUTCOME,
			    merge->reader->binding.column[FIELD_OUTCOME], word,
			    err);
	}
	state.unknown &= !flags && state.outcome == OUTCOME_NONE;
	return state;
}

static void
take_state(struct record *record, struct state state)
{
	record->stage = state.stage;
	record->outcome = (uint8_t)state.outcome;
	record->flags |= RECORD_STATE;
	record->flags &= (uint16_t)~RECORD_STAGE_UNKNOWN;
	if (state.unknown)
		record->flags |= RECORD_STAGE_UNKNOWN;
}

/* Stage and outcome are one statement: the later row's, whole. */
static int
merge_state(const struct merge *merge, const struct typed_row *row,
    struct record *record, struct state state, bool later, struct fnl_err *err)
{
	if (!state.said)
		return 0;
	if (!(record->flags & RECORD_STATE)) {
		take_state(record, state);
		return 0;
	}
	if (record->stage == state.stage &&
	    record->outcome == (uint8_t)state.outcome)
		return 0;
	if (later)
		take_state(record, state);
	return conflict(merge, row, row_text_column(merge->reader, ROW_STAGE),
	    row->text[ROW_STAGE], err);
}

/* What the amount's own cell says, else the currency column, else the
 * currency of the company. */
static uint32_t
currency_of(const struct merge *merge, const struct typed_row *row)
{
	struct store *store = merge->store;
	struct slice text = row->text[ROW_CURRENCY];

	if (*row->currency)
		text = slice_of(row->currency);
	if (!text.n && merge->reader->binding.column[FIELD_AMOUNT] >= 0)
		text = slice_of(store->definitions->currency);
	return intern_put(store->texts, text);
}

static int
merge_amount(const struct merge *merge, const struct typed_row *row,
    struct record *record, bool later, struct fnl_err *err)
{
	uint32_t currency = currency_of(merge, row);

	if (!row->has_amount) {
		if (!record->currency)
			record->currency = currency;
		return 0;
	}
	if (record->flags & RECORD_AMOUNT) {
		if (record->amount == row->amount &&
		    record->currency == currency)
			return 0;
		if (conflict(merge, row,
			merge->reader->binding.column[FIELD_AMOUNT], SLICE(""),
			err) < 0)
			return -1;
		if (!later)
			return 0;
	}
	record->amount = row->amount;
	record->currency = currency;
	record->flags |= RECORD_AMOUNT;
	return 0;
}

static struct event *
wide_event(
    const struct merge *merge, const struct record *record, uint16_t stage)
{
	for (uint32_t i = 0; i < record->wide_count; i++) {
		struct event *event =
		    vec_at(&merge->store->events, record->wide_first + i);

		if (event->stage == stage)
			return event;
	}
	return NULL;
}

/* A column of another pipeline than the record's own says nothing of it. */
static bool
is_of_pipeline(const struct merge *merge, const struct typed_row *row,
    const struct stage_column *column)
{
	struct slice pipeline = row->text[ROW_PIPELINE];

	return !merge->pipelines || !pipeline.n || !column->pipeline ||
	       fold_equal(pipeline, slice_of(column->pipeline));
}

/* The date of stage k on this row: of the columns of one stage, the one with
 * the best rank that is filled (Date entered "x" before 'x' before Became). */
static struct when
stage_time(const struct merge *merge, const struct typed_row *row,
    uint16_t stage, size_t *column)
{
	const struct binding *b = &merge->reader->binding;
	struct when best = { 0, WHEN_UNKNOWN };
	int rank = 0;

	for (size_t i = *column; i < b->n_stages; i++) {
		if (merge->stage_of_column[i] != stage ||
		    row->stage_times[i].kind == WHEN_UNKNOWN ||
		    !is_of_pipeline(merge, row, &b->stages[i]) ||
		    (best.kind != WHEN_UNKNOWN && b->stages[i].rank >= rank))
			continue;
		best = row->stage_times[i];
		rank = b->stages[i].rank;
		*column = i;
	}
	return best;
}

/* Moves the record's stage dates to the end, so that they stay together. */
static void
move_wide_events(
    const struct merge *merge, uint32_t number, struct record *record)
{
	struct store *store = merge->store;
	uint32_t first = (uint32_t)store->events.count;

	for (uint32_t i = 0; i < record->wide_count; i++) {
		struct event *event =
		    vec_at(&store->events, record->wide_first + i);

		store_event(store, number, event->stage, event_time(event),
		    event->flags);
		event->flags |= EVENT_DEAD;
	}
	record->wide_first = first;
}

static int
merge_stage_times(const struct merge *merge, const struct typed_row *row,
    uint32_t number, struct record *record, bool later, struct fnl_err *err)
{
	struct store *store = merge->store;
	const struct binding *b = &merge->reader->binding;

	if (record->wide_count &&
	    record->wide_first + record->wide_count != store->events.count)
		move_wide_events(merge, number, record);
	if (!record->wide_count)
		record->wide_first = (uint32_t)store->events.count;
	for (size_t i = 0; i < b->n_stages; i++) {
		uint16_t stage = merge->stage_of_column[i];
		struct event *event;
		struct when when;
		size_t column = i;

		if (!merge->first_of_stage[i])
			continue;
		when = stage_time(merge, row, stage, &column);
		if (when.kind == WHEN_UNKNOWN)
			continue;
		event = wide_event(merge, record, stage);
		if (!event) {
			store_event(store, number, stage, when, EVENT_WIDE);
			record->wide_count++;
			continue;
		}
		if (when_compare(store->zone, event_time(event), when) == 0)
			continue;
		if (later) {
			event->at = when.seconds;
			event->flags =
			    (uint16_t)(EVENT_WIDE |
				       (when.kind == WHEN_DATE ? EVENT_DATE
							       : 0));
			store_happened(store, when);
		}
		if (conflict(merge, row, b->stages[column].column, SLICE(""),
			err) < 0)
			return -1;
	}
	return 0;
}

static int
merge_attributes(const struct merge *merge, const struct typed_row *row,
    uint32_t number, bool later, struct fnl_err *err)
{
	for (size_t i = 0; i < merge->store->n_attributes; i++)
		if (!store_own_attribute(
			merge->store, number, i, row->wanted[i], later) &&
		    conflict(merge, row, row_attribute_column(merge->reader, i),
			row->wanted[i], err) < 0)
			return -1;
	return 0;
}

/* The record that an id names, when it names another one. */
static uint32_t
other_record(struct store *store, uint32_t record, struct slice id)
{
	uint32_t other = id.n ? store_record(store, id) : record;

	return other == record ? NO_RECORD : other;
}

/* `Merged Deal IDs`: ids that became part of this record, ';' between. */
static int
link_merged(const struct merge *merge, const struct typed_row *row,
    uint32_t into, struct fnl_err *err)
{
	struct store *store = merge->store;
	struct slice ids = row->text[ROW_MERGED_IDS];

	while (ids.n) {
		const char *end = memchr(ids.p, ';', ids.n);
		size_t n = end ? (size_t)(end - ids.p) : ids.n, length = 0;
		char id[RECORD_ID_MAX];

		struct slice text = slice_trim((struct slice){ ids.p, n });
		enum record_id_status status = record_id_read(
		    text, merge->reader->salesforce, NULL, id, &length);

		if (status == RECORD_ID_OK) {
			uint32_t from = other_record(
			    store, into, (struct slice){ id, length });

			if (from != NO_RECORD)
				store_at(store, from)->merged_into = into;
		} else if (status == RECORD_ID_DESTROYED &&
			   note(merge, row, LEDGER_BAD_LINK,
			       row_text_column(merge->reader, ROW_MERGED_IDS),
			       text, err) < 0) {
			return -1;
		}
		n += end != NULL;
		ids = (struct slice){ ids.p + n, ids.n - n };
	}
	return 0;
}

static bool
is_later(
    const struct store *store, uint32_t record, const struct typed_row *row)
{
	struct when old = store_modified(store, record);
	struct when new = row->time[ROW_MODIFIED];

	return old.kind == WHEN_UNKNOWN || new.kind == WHEN_UNKNOWN ||
	       when_compare(store->zone, new, old) >= 0;
}

/* Its close: store_finish. */
static void
record_happened(struct store *store, const struct record *record)
{
	store_happened(store, stamp_when(record->created));
}

/* When the present stage of a list was entered, as long as no stage dates of
 * the record say more (timeline.c: collect). */
static void
enter_present_stage(const struct merge *merge, const struct typed_row *row,
    uint32_t number, uint16_t stage)
{
	struct when at = row->time[ROW_ENTERED];

	if (at.kind == WHEN_UNKNOWN)
		at = row->time[ROW_CONVERTED];
	if (stage != STAGE_NONE && at.kind != WHEN_UNKNOWN)
		store_event(merge->store, number, stage, at, EVENT_PRESENT);
}

static int
merge_link(const struct merge *merge, const struct typed_row *row,
    enum row_text part, uint32_t number, uint32_t *kept, bool later,
    struct fnl_err *err)
{
	uint32_t other = other_record(merge->store, number, row->text[part]);
	uint32_t old = *kept;

	if (other == NO_RECORD || other == old)
		return 0;
	if (old == NO_RECORD || later)
		*kept = other;
	return old == NO_RECORD
		   ? 0
		   : conflict(merge, row, row_text_column(merge->reader, part),
			 row->text[part], err);
}

/* The deal that the lead became, the record that this one is part of. */
static int
merge_links(const struct merge *merge, const struct typed_row *row,
    uint32_t number, bool later, struct fnl_err *err)
{
	uint32_t deal = store_at(merge->store, number)->deal;
	uint32_t winner = store_at(merge->store, number)->merged_into;

	if (merge_link(
		merge, row, ROW_CONVERTED_ID, number, &deal, later, err) < 0 ||
	    merge_link(
		merge, row, ROW_MERGED_INTO, number, &winner, later, err) < 0)
		return -1;
	/* A record that is new by now may have moved the others. */
	store_at(merge->store, number)->deal = deal;
	store_at(merge->store, number)->merged_into = winner;
	return link_merged(merge, row, number, err);
}

static void
mark_seen(const struct merge *merge, const struct typed_row *row,
    struct record *record)
{
	record->row_hash = row->hash;
	record->flags |= RECORD_SEEN;
	if (merge->reader->binding.object->is_lead)
		record->flags |= RECORD_LEAD;
	if (record->wide_count)
		record->flags |= RECORD_HISTORY;
}

/* Two pipelines in one funnel are worth a word. */
static void
see_pipeline(const struct merge *merge, const struct typed_row *row)
{
	struct reader *reader = merge->reader;
	struct slice pipeline = row->text[ROW_PIPELINE];

	if (!merge->pipelines || !pipeline.n || reader->several_pipelines)
		return;
	if (!reader->pipeline)
		reader->pipeline = arena_text(reader->arena, pipeline);
	reader->several_pipelines =
	    !fold_equal(pipeline, slice_of(reader->pipeline));
}

/* A row of a record list or of wide stage dates. */
static int
merge_record(
    const struct merge *merge, const struct typed_row *row, struct fnl_err *err)
{
	struct store *store = merge->store;
	uint32_t number =
	    store_record_hashed(store, row->text[ROW_ID], row->id_hash);
	struct record *record = store_at(store, number);
	bool later = is_later(store, number, row);
	struct state state;
	int failed = 0;

	if (record->flags & RECORD_SEEN && record->row_hash == row->hash)
		return note(merge, row, LEDGER_DUPLICATE, -1, SLICE(""), err);
	if (row->flag[ROW_DELETED] == YES && !row->text[ROW_MERGED_INTO].n) {
		record->flags |= RECORD_DELETED;
		return note(merge, row, LEDGER_DELETED, -1, SLICE(""), err);
	}
	merge->reader->ledger_file->used++;
	see_pipeline(merge, row);
	state = row_state(merge, row, err, &failed);
	if (failed || merge_state(merge, row, record, state, later, err) < 0 ||
	    merge_created(merge, row, record, later, err) < 0 ||
	    merge_time(merge, row, ROW_CLOSED, &record->closed, later, err) <
		0 ||
	    merge_amount(merge, row, record, later, err) < 0 ||
	    merge_attributes(merge, row, number, later, err) < 0 ||
	    merge_stage_times(merge, row, number, record, later, err) < 0)
		return -1;
	if (later)
		store_set_modified(store, number, row->time[ROW_MODIFIED]);
	mark_seen(merge, row, record);
	record_happened(store, record);
	enter_present_stage(merge, row, number, state.stage);
	return merge_links(merge, row, number, later, err);
}

/* Old/New logs mix all tracked fields (crm-exports.md 3.3). */
static bool
is_any_of(struct slice text, const char *const *names)
{
	for (; names && *names; names++)
		if (fold_equal(text, slice_of(*names)))
			return true;
	return false;
}

static bool
is_stage_change(const struct merge *merge, const struct typed_row *row)
{
	return is_any_of(row->text[ROW_CHANGED_FIELD],
	    merge->reader->binding.object->stage_changes);
}

static bool
is_creation(const struct merge *merge, const struct typed_row *row)
{
	return is_any_of(row->text[ROW_CHANGED_FIELD],
	    merge->reader->binding.object->creation_changes);
}

/* What stood where a history row has its time, as an example. */
static struct slice
unread_time(const struct typed_row *row)
{
	for (unsigned i = 0; i < row->n_problems; i++)
		if (row->problems[i].reason == LEDGER_BAD_TIME)
			return row->problems[i].value;
	return SLICE("");
}

/* What a row that enters no stage tells of the record otherwise. */
static bool
use_changes(const struct merge *merge, const struct typed_row *row)
{
	struct store *store = merge->store;
	uint16_t stage = STAGE_NONE;
	uint32_t number;

	if (!store->keep_changes)
		return false;
	if (merge->reader->binding.shape != SHAPE_OLD_NEW_LOG)
		stage = store_stage(store, row->text[ROW_STAGE]);
	if (!changelog_row(merge, row, stage))
		return false;
	number = store_record_hashed(store, row->text[ROW_ID], row->id_hash);
	for (size_t i = 0; i < store->n_attributes; i++)
		if (store->attribute_latest[i])
			store_attribute(store, number, i, row->wanted[i],
			    row->time[ROW_ENTERED], stage);
	merge->reader->ledger_file->used++;
	return true;
}

/* Rows of a history that are no stage change. 1 when it was one of them. */
static int
skip_history_row(
    const struct merge *merge, const struct typed_row *row, struct fnl_err *err)
{
	enum shape shape = merge->reader->binding.shape;
	struct slice field = row->text[ROW_CHANGED_FIELD];
	struct slice old = row->text[ROW_OLD_STAGE];
	enum ledger_reason reason;

	if (row->flag[ROW_DELETED] == YES)
		reason = LEDGER_DELETED;
	else if (changelog_is_change(row) &&
		 row->time[ROW_ENTERED].kind == WHEN_UNKNOWN)
		reason = LEDGER_NO_TIME;
	else if (shape == SHAPE_OLD_NEW_LOG && !is_stage_change(merge, row))
		reason = LEDGER_OTHER_FIELD;
	else if (!row->text[ROW_STAGE].n)
		reason = LEDGER_NO_STAGE;
	else if (old.n && fold_equal(old, row->text[ROW_STAGE]))
		reason = LEDGER_UNCHANGED;
	else if (row->time[ROW_ENTERED].kind == WHEN_UNKNOWN)
		reason = LEDGER_NO_TIME;
	else
		return 0;
	if (use_changes(merge, row))
		return 1;
	if (note(merge, row, reason, -1,
		reason == LEDGER_OTHER_FIELD ? field : unread_time(row),
		err) < 0)
		return -1;
	return 1;
}

/* The `Created.` row of an Old/New log says when the record was created. */
static void
merge_creation(const struct merge *merge, const struct typed_row *row)
{
	uint32_t number =
	    store_record_hashed(merge->store, row->text[ROW_ID], row->id_hash);
	struct record *record = store_at(merge->store, number);

	if (stamp_when(record->created).kind != WHEN_INSTANT) {
		record->created = stamp_of(row->time[ROW_ENTERED]);
		record->flags |= RECORD_CREATED_LOGGED;
	}
	store_happened(merge->store, row->time[ROW_ENTERED]);
	merge->reader->ledger_file->used++;
}

static void
keep_period_row(
    const struct merge *merge, const struct typed_row *row, uint32_t change)
{
	struct period_row *kept = vec_push(&merge->reader->period_rows);

	kept->event = (uint32_t)(merge->store->events.count - 1);
	kept->change = change;
	kept->created = row->time[ROW_CREATED];
}

/* The stage that a change left; it only tells something where it is the first
 * change of the record. */
static int
merge_old_stage(const struct merge *merge, const struct typed_row *row,
    uint32_t number, struct fnl_err *err)
{
	struct store *store = merge->store;
	struct slice old = row->text[ROW_OLD_STAGE];
	uint16_t stage = store_stage(store, old);

	if (!old.n)
		return 0;
	if (stage != STAGE_NONE) {
		store_event(store, number, stage, row->time[ROW_ENTERED],
		    EVENT_OLD_VALUE);
		return 0;
	}
	store_unknown_stage(store, old);
	return note(merge, row, LEDGER_CELL_STAGE,
	    row_text_column(merge->reader, ROW_OLD_STAGE), old, err);
}

static int
merge_history(
    const struct merge *merge, const struct typed_row *row, struct fnl_err *err)
{
	struct store *store = merge->store;
	enum shape shape = merge->reader->binding.shape;
	struct when at = row->time[ROW_ENTERED];
	uint32_t number, change;
	uint16_t stage;
	int skipped;

	if (shape == SHAPE_OLD_NEW_LOG && at.kind != WHEN_UNKNOWN &&
	    is_creation(merge, row)) {
		merge_creation(merge, row);
		return 0;
	}
	/* Whatever the row is, something happened then (R46). */
	store_happened(store, at);
	skipped = skip_history_row(merge, row, err);
	if (skipped)
		return skipped < 0 ? -1 : 0;
	stage = store_stage(store, row->text[ROW_STAGE]);
	if (stage == STAGE_NONE) {
		store_unknown_stage(store, row->text[ROW_STAGE]);
		return note(merge, row,
		    use_changes(merge, row) ? LEDGER_CELL_STAGE
					    : LEDGER_UNKNOWN_STAGE,
		    row_text_column(merge->reader, ROW_STAGE),
		    row->text[ROW_STAGE], err);
	}
	number = store_record_hashed(store, row->text[ROW_ID], row->id_hash);
	store_at(store, number)->flags |= RECORD_HISTORY;
	if (merge_old_stage(merge, row, number, err) < 0)
		return -1;
	change = (uint32_t)store->logged_changes.count;
	if (!changelog_row(merge, row, stage))
		change = NO_CHANGE;
	store_event(store, number, stage, at, 0);
	if (shape == SHAPE_PERIOD_LOG)
		keep_period_row(merge, row, change);
	for (size_t i = 0; i < store->n_attributes; i++)
		store_attribute(store, number, i, row->wanted[i], at, stage);
	merge->reader->ledger_file->used++;
	return 0;
}

static int
count_unknown_stage_columns(
    const struct merge *merge, const struct typed_row *row, struct fnl_err *err)
{
	const struct binding *b = &merge->reader->binding;

	for (size_t i = 0; i < b->n_stages; i++)
		if (merge->stage_of_column[i] == STAGE_NONE &&
		    !b->stages[i].left &&
		    row->stage_times[i].kind != WHEN_UNKNOWN) {
			store_unknown_stage(
			    merge->store, slice_of(b->stages[i].stage));
			if (note(merge, row, LEDGER_CELL_STAGE,
				b->stages[i].column,
				slice_of(b->stages[i].stage), err) < 0)
				return -1;
		}
	return 0;
}

int
merge_end(const struct merge *merge, struct fnl_err *err)
{
	return accept_end(merge->reader, merge->store->ledger, err);
}

/* Creation, a completed task, a response; a task that is still open has a
 * planned date only (R50). */
static void
activity_happened(const struct merge *merge, const struct typed_row *row)
{
	store_happened(merge->store, row->time[ROW_CREATED]);
	store_happened(merge->store, row->time[ROW_RESPONSE]);
	if (row->flag[ROW_IS_CLOSED] == YES ||
	    merge->reader->binding.column[FIELD_IS_CLOSED] < 0)
		store_happened(merge->store, row->time[ROW_TOUCH]);
}

int
merge_row(
    const struct merge *merge, const struct typed_row *row, struct fnl_err *err)
{
	struct ledger *ledger = merge->store->ledger;
	int used = accept_row(merge->reader, ledger, row, err);

	if (used < 0)
		return -1;
	if (!used) {
		/* A task or a campaign member that happened (R46). */
		if (!row->lone && row->reason == LEDGER_NOT_A_RECORD)
			activity_happened(merge, row);
		return 0;
	}
	if (accept_problems(merge->reader, ledger, row, err) < 0 ||
	    (merge->unknown_columns &&
		count_unknown_stage_columns(merge, row, err) < 0))
		return -1;
	return shape_is_history(merge->reader->binding.shape)
		   ? merge_history(merge, row, err)
		   : merge_record(merge, row, err);
}

/* Stage columns that no definition knows are counted by their filled cells,
 * under the name in the header. */
static const uint16_t *
stages_of_columns(const struct reader *reader, struct store *store)
{
	const struct binding *b = &reader->binding;
	uint16_t *stages =
	    arena_array(reader->arena, b->n_stages + 1, sizeof(*stages));

	for (size_t i = 0; i < b->n_stages; i++) {
		struct slice name = slice_of(b->stages[i].stage);

		stages[i] =
		    b->stages[i].left ? STAGE_NONE : store_stage(store, name);
	}
	return stages;
}

/* Of several columns of one stage only the first is asked; it looks at all. */
static const bool *
first_columns(
    const struct reader *reader, struct store *store, const uint16_t *stages)
{
	size_t n = reader->binding.n_stages;
	bool *first = arena_array(reader->arena, n + 1, sizeof(*first));
	bool *seen = arena_array(
	    reader->arena, store->definitions->n_stages + 1, sizeof(*seen));

	for (size_t i = 0; i < n; i++) {
		if (stages[i] == STAGE_NONE)
			continue;
		first[i] = !seen[stages[i]];
		seen[stages[i]] = true;
	}
	return first;
}

static bool
has_pipelines(const struct binding *b)
{
	const char *first = NULL;

	for (size_t i = 0; i < b->n_stages; i++) {
		const char *pipeline = b->stages[i].pipeline;

		if (!pipeline)
			continue;
		if (first && !fold_equal(slice_of(first), slice_of(pipeline)))
			return true;
		first = pipeline;
	}
	return false;
}

struct merge
merge_new(struct reader *reader, struct store *store)
{
	struct merge merge = { .reader = reader,
		.store = store,
		.stage_of_column = stages_of_columns(reader, store) };

	merge.pipelines = has_pipelines(&reader->binding);
	merge.first_of_stage =
	    first_columns(reader, store, merge.stage_of_column);
	for (size_t i = 0; i < reader->binding.n_stages; i++)
		merge.unknown_columns |= !reader->binding.stages[i].left &&
					 merge.stage_of_column[i] == STAGE_NONE;
	return merge;
}
