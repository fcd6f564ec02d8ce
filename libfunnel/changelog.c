/*
 * changelog.c: columns of histories, and cells of logs of fields.
 */
#include <string.h>

#include "change.h"
#include "changelog.h"

/* A row as far as its changes have it in common. */
static struct logged_change
logged_of(
    const struct merge *merge, const struct typed_row *row, uint16_t stage)
{
	struct store *store = merge->store;

	return (struct logged_change){ .at = stamp_of(row->time[ROW_ENTERED]),
		.record =
		    store_record_hashed(store, row->text[ROW_ID], row->id_hash),
		.row = (uint32_t)store->logged_changes.count,
		.stage = stage };
}

/* A cell that could not be read is not blank; a row with more of them than
 * are kept may have any. */
static bool
is_unread(const struct typed_row *row, int column)
{
	for (unsigned i = 0; i < row->n_problems; i++)
		if (row->problems[i].column == column)
			return true;
	return row->n_problems == PROBLEMS_MAX;
}

/* As in merge.c, but that a history which does not say the currency leaves it
 * to the record's own row. */
static uint32_t
currency_of(
    const struct merge *merge, const struct typed_row *row, const char *of_cell)
{
	struct slice text = row->text[ROW_CURRENCY];

	if (*of_cell)
		text = slice_of(of_cell);
	if (!text.n && merge->reader->binding.home_amount)
		text = slice_of(merge->store->definitions->currency);
	return intern_put(merge->store->texts, text);
}

static void
log_amount(const struct merge *merge, const struct typed_row *row,
    struct logged_change change)
{
	change.kind = CHANGE_AMOUNT;
	if (row->has_amount) {
		change.value = row->amount;
		change.currency = currency_of(merge, row, row->currency);
		change.flags = LOGGED_KNOWN;
	}
	store_log_change(merge->store, change);
}

static void
log_close_date(const struct merge *merge, const struct typed_row *row,
    struct logged_change change)
{
	struct when closed = row->time[ROW_CLOSED];

	change.kind = CHANGE_CLOSE_DATE;
	if (closed.kind != WHEN_UNKNOWN) {
		change.value = stamp_of(closed).packed;
		change.flags = LOGGED_KNOWN;
	}
	store_log_change(merge->store, change);
}

/* The id of a user or of a queue of Salesforce, by its key prefix. */
static bool
is_user_id(const struct merge *merge, struct slice text)
{
	return merge->reader->salesforce && (text.n == 15 || text.n == 18) &&
	       (memcmp(text.p, "005", 3) == 0 ||
		   memcmp(text.p, "00G", 3) == 0) &&
	       !memchr(text.p, ' ', text.n);
}

static void
log_owner(
    const struct merge *merge, struct slice owner, struct logged_change change)
{
	change.kind = CHANGE_OWNER;
	if (owner.n) {
		change.value = intern_put(merge->store->texts, owner);
		change.flags |= LOGGED_KNOWN;
	}
	if (is_user_id(merge, owner))
		change.flags |= LOGGED_USER_ID;
	store_log_change(merge->store, change);
}

static bool
log_columns(
    const struct merge *merge, const struct typed_row *row, uint16_t stage)
{
	const struct reader *reader = merge->reader;
	struct logged_change change = logged_of(merge, row, stage);
	int amount = row_value_column(reader, FIELD_AMOUNT);
	int closed = row_value_column(reader, FIELD_CLOSE_DATE);

	if (amount >= 0 && !is_unread(row, amount))
		log_amount(merge, row, change);
	if (closed >= 0 && !is_unread(row, closed))
		log_close_date(merge, row, change);
	if (row_value_column(reader, FIELD_OWNER) >= 0)
		log_owner(merge, row->text[ROW_OWNER], change);
	return change.row != merge->store->logged_changes.count;
}

bool
changelog_is_change(const struct typed_row *row)
{
	return row->change && row->change->field != FIELD_ID;
}

static void
log_value(const struct merge *merge, const struct typed_row *row,
    const struct row_value *value, struct slice text,
    struct logged_change change)
{
	if (!value->said)
		return;
	if (row->change->field == FIELD_OWNER) {
		log_owner(merge, text, change);
		return;
	}
	change.kind = CHANGE_AMOUNT;
	change.value = value->amount;
	if (row->change->field == FIELD_CLOSE_DATE) {
		change.kind = CHANGE_CLOSE_DATE;
		change.value = stamp_of(value->when).packed;
	} else if (value->known) {
		change.currency = currency_of(merge, row, value->currency);
	}
	if (value->known)
		change.flags |= LOGGED_KNOWN;
	store_log_change(merge->store, change);
}

/* A row that names the field and no value, as Salesforce writes for long
 * texts, says nothing. */
static bool
log_change(
    const struct merge *merge, const struct typed_row *row, uint16_t stage)
{
	const struct row_change *of = row->change;
	struct logged_change change;

	if (of->before.said && of->after.said && !of->before.known &&
	    !of->after.known)
		return false;
	change = logged_of(merge, row, stage);
	change.flags = LOGGED_BEFORE;
	log_value(merge, row, &of->before, row->text[ROW_OLD_STAGE], change);
	change.flags = 0;
	log_value(merge, row, &of->after, row->text[ROW_STAGE], change);
	return true;
}

bool
changelog_row(
    const struct merge *merge, const struct typed_row *row, uint16_t stage)
{
	enum shape shape = merge->reader->binding.shape;

	if (!merge->store->keep_changes || row->flag[ROW_DELETED] == YES ||
	    row->time[ROW_ENTERED].kind == WHEN_UNKNOWN)
		return false;
	if (shape == SHAPE_OLD_NEW_LOG)
		return changelog_is_change(row) &&
		       log_change(merge, row, STAGE_NONE);
	/* Whether the time of a stay is its beginning is known only of those
	 * that the stages prove (periodlog.c). */
	if (shape == SHAPE_PERIOD_LOG && stage == STAGE_NONE)
		return false;
	return log_columns(merge, row, stage);
}
