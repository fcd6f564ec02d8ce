/*
 * touch_row.c: a typed row to a touch.
 */
#include <string.h>

#include "touch_row.h"

/* Of the row's own id where it has one (R41), else of all its cells. */
uint64_t
touch_row_hash(const struct touch_file *file, const struct typed_row *row)
{
	const char *preset = file->binding->preset->id;
	struct slice id = row->wanted[TOUCH_SLOT_ID];

	return id.n
		   ? hash_bytes(id.p, id.n) ^ hash_bytes(preset, strlen(preset))
		   : row->whole_hash;
}

struct slice
touch_row_record(const struct typed_row *row)
{
	static const enum touch_slot slots[] = { TOUCH_SLOT_RECORD,
		TOUCH_SLOT_LEAD };

	for (size_t i = 0; i < sizeof(slots) / sizeof(*slots); i++) {
		struct slice id = row->wanted[slots[i]];

		if (id.n && !slice_equal(id, SLICE("0")))
			return id;
	}
	return SLICE("");
}

/* ---- Who did it ---- */

static bool
is_word_of(const char *const *words, struct slice text)
{
	for (; text.n && words && *words; words++)
		if (fold_equal(text, slice_of(*words)))
			return true;
	return false;
}

static bool
is_text_of(const struct texts *texts, struct slice text)
{
	for (unsigned i = 0; i < texts->n; i++)
		if (fold_equal(text, slice_of(texts->items[i])))
			return true;
	return false;
}

/* Any true value where the definitions list none. */
static bool
column_matches(const struct column_match *match, struct slice text)
{
	static const char *const true_words[] = { "true", "yes", "y", "1", "on",
		NULL };

	return match->any_of.n ? is_text_of(&match->any_of, text)
			       : is_word_of(true_words, text);
}

/* Its kind: call, email, meeting. */
static struct slice
type_of(const struct touch_file *file, const struct typed_row *row)
{
	const char *type = file->binding->object->type;
	struct slice text = row->wanted[TOUCH_SLOT_TYPE];

	return text.n || !type ? text : slice_of(type);
}

static bool
is_by_sales(const struct touch_rules *rules, const struct touch_file *file,
    const struct typed_row *row)
{
	const struct touch_definition *sales = rules->sales;
	struct slice type = type_of(file, row);

	if (file->tells_sales
		? !column_matches(&sales->by, row->wanted[TOUCH_SLOT_BY])
		: !touch_file_has_activities(file))
		return false;
	return !sales->types.n || !type.n || is_text_of(&sales->types, type);
}

static uint16_t
flags_of(const struct touch_rules *rules, const struct touch_file *file,
    const struct typed_row *row)
{
	const struct column_match *automated = &rules->sales->automated;
	unsigned flags = touch_file_has_activities(file) ? TOUCH_ACTIVITY : 0;

	if (is_by_sales(rules, file, row))
		flags |= TOUCH_SALES;
	if (automated->column &&
	    column_matches(automated, row->wanted[TOUCH_SLOT_AUTOMATED]))
		flags |= TOUCH_AUTOMATED;
	return (uint16_t)flags;
}

/* ---- Whether and when ---- */

/* R50: completed, or closed with a date of its own. */
static bool
activity_is_done(const struct touch_file *file, const struct typed_row *row)
{
	if (row->time[ROW_RESPONSE].kind != WHEN_UNKNOWN ||
	    row->flag[ROW_IS_CLOSED] == YES)
		return true;
	if (row->flag[ROW_IS_CLOSED] == NO)
		return false;
	return is_word_of(
	    file->binding->object->done, row->wanted[TOUCH_SLOT_STATUS]);
}

/* R44: a member that never responded is none. Where the status tells, the
 * time is that of its last change. */
static bool
member_responded(const struct touch_file *file, const struct typed_row *row)
{
	const char *const *done = file->binding->object->done;

	if (done)
		return is_word_of(done, row->wanted[TOUCH_SLOT_STATUS]);
	return row->time[ROW_TOUCH].kind != WHEN_UNKNOWN;
}

static bool
person_has_touch(const struct binding *b, const struct typed_row *row)
{
	for (size_t i = 0; i < b->n_stages; i++)
		if (row->stage_times[i].kind != WHEN_UNKNOWN)
			return true;
	return false;
}

bool
touch_row_happened(const struct touch_rules *rules,
    const struct touch_file *file, const struct typed_row *row)
{
	if (is_word_of(
		file->binding->object->failed, row->wanted[TOUCH_SLOT_STATUS]))
		return false;
	switch (file->kind) {
	case TOUCH_ROW_ACTIVITY:
		return activity_is_done(file, row);
	case TOUCH_ROW_MEMBER:
		return rules->associated || member_responded(file, row);
	case TOUCH_ROW_PERSON:
		return person_has_touch(file->binding, row);
	default:
		return true;
	}
}

struct when
touch_row_time(const struct touch_rules *rules, const struct touch_file *file,
    const struct typed_row *row)
{
	if (file->kind == TOUCH_ROW_MEMBER && rules->associated)
		return row->time[ROW_CREATED];
	if (touch_file_has_activities(file) &&
	    row->time[ROW_RESPONSE].kind != WHEN_UNKNOWN)
		return row->time[ROW_RESPONSE];
	return row->time[ROW_TOUCH];
}

/* ---- What ---- */

struct touch
touch_row_read(const struct touch_rules *rules, const struct touch_file *file,
    const struct typed_row *row)
{
	static const enum touch_slot key_slots[] = {
		[KEY_CHANNEL] = TOUCH_SLOT_CHANNEL,
		[KEY_CAMPAIGN] = TOUCH_SLOT_CHANNEL,
		[KEY_SOURCE] = TOUCH_SLOT_SOURCE,
		[KEY_COLUMN] = TOUCH_SLOT_KEY,
	};
	const struct slice *texts = row->wanted;
	struct intern *t = rules->texts;
	struct touch touch = { .channel =
				   intern_put(t, texts[key_slots[rules->key]]),
		.campaign = intern_put(t, texts[TOUCH_SLOT_CAMPAIGN]),
		.person = intern_put(t, texts[TOUCH_SLOT_CONTACT]),
		.account = intern_put(t, texts[TOUCH_SLOT_ACCOUNT]),
		.type = intern_put(t, type_of(file, row)),
		.owner = intern_put(t, texts[TOUCH_SLOT_OWNER]),
		.line = row->line,
		.flags = flags_of(rules, file, row) };

	/* A person without an address is known by its id. */
	if (file->kind == TOUCH_ROW_PERSON && !touch.person)
		touch.person = intern_put(t, texts[TOUCH_SLOT_RECORD]);
	return touch;
}

bool
touch_row_column(const struct touch_rules *rules, const struct typed_row *row,
    size_t column, struct touch *touch)
{
	const struct slice *texts =
	    &row->wanted[TOUCH_SLOT_COLUMNS + 2 * column];

	if (row->stage_times[column].kind == WHEN_UNKNOWN)
		return false;
	touch->at = stamp_of(row->stage_times[column]);
	if (rules->key != KEY_COLUMN)
		touch->channel = intern_put(rules->texts, texts[0]);
	touch->campaign = intern_put(rules->texts, texts[1]);
	return true;
}
