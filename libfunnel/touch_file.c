/*
 * touch_file.c: the columns of touch files, and what is refused without them.
 */
#include <string.h>

#include "row.h"
#include "touch_file.h"

static const enum field_id slot_fields[TOUCH_SLOT_KEY] = {
	[TOUCH_SLOT_ID] = FIELD_TOUCH_ID,
	[TOUCH_SLOT_RECORD] = FIELD_TOUCH_RECORD,
	[TOUCH_SLOT_LEAD] = FIELD_TOUCH_LEAD,
	[TOUCH_SLOT_CONTACT] = FIELD_TOUCH_CONTACT,
	[TOUCH_SLOT_ACCOUNT] = FIELD_TOUCH_ACCOUNT,
	[TOUCH_SLOT_CHANNEL] = FIELD_TOUCH_CHANNEL,
	[TOUCH_SLOT_CAMPAIGN] = FIELD_TOUCH_CAMPAIGN,
	[TOUCH_SLOT_TYPE] = FIELD_TOUCH_TYPE,
	[TOUCH_SLOT_OWNER] = FIELD_TOUCH_OWNER,
	[TOUCH_SLOT_STATUS] = FIELD_STATUS,
	[TOUCH_SLOT_SOURCE] = FIELD_SOURCE,
};

void
touch_slots_plan(const struct touch_rules *rules, struct touch_slots *slots,
    struct read_options *read)
{
	for (int i = 0; i < TOUCH_SLOTS; i++) {
		slots->attributes[i] =
		    (struct attribute_source){ -1, i, false };
		slots->wanted[i] = "";
		if (i < TOUCH_SLOT_KEY)
			slots->attributes[i].field = (int)slot_fields[i];
	}
	if (rules->key == KEY_COLUMN)
		slots->wanted[TOUCH_SLOT_KEY] = rules->key_name;
	if (rules->sales->by.column)
		slots->wanted[TOUCH_SLOT_BY] = rules->sales->by.column;
	if (rules->sales->automated.column)
		slots->wanted[TOUCH_SLOT_AUTOMATED] =
		    rules->sales->automated.column;
	read->attributes = slots->attributes;
	read->n_attributes = TOUCH_SLOTS;
	read->bind.wanted = slots->wanted;
	read->bind.n_wanted = TOUCH_SLOTS;
}

bool
touch_file_joins(const struct touch_file *file)
{
	return file->kind == TOUCH_ROW_ROLE ||
	       file->kind == TOUCH_ROW_CONTACT ||
	       file->kind == TOUCH_ROW_ACCOUNT ||
	       file->kind == TOUCH_ROW_CAMPAIGN;
}

bool
touch_file_has_activities(const struct touch_file *file)
{
	return file->kind == TOUCH_ROW_ACTIVITY ||
	       file->kind == TOUCH_ROW_MEETING ||
	       (file->kind == TOUCH_ROW_LOG && file->given_as_activities);
}

/* The columns of several touches in a row are those of the kind of file. */
static void
bind_columns(struct reader *reader)
{
	struct binding *b = &reader->binding;

	for (size_t i = 0; i < b->n_stages; i++) {
		b->wanted[TOUCH_SLOT_COLUMNS + 2 * i] = b->touches[i].channel;
		b->wanted[TOUCH_SLOT_COLUMNS + 2 * i + 1] =
		    b->touches[i].campaign;
	}
	row_want_columns(reader);
}

struct touch_file
touch_file_of(struct reader *reader)
{
	bind_columns(reader);
	return (struct touch_file){ .path = reader->path,
		.binding = &reader->binding,
		.kind = reader->binding.object->touch,
		.tells_sales = reader->binding.wanted[TOUCH_SLOT_BY] >= 0 };
}

static int
check_link(const struct touch_file *file, struct fnl_err *err)
{
	static const struct {
		enum touch_row kind;
		enum field_id field;
	} needs[] = {
		{ TOUCH_ROW_ROLE, FIELD_TOUCH_RECORD },
		{ TOUCH_ROW_ROLE, FIELD_TOUCH_CONTACT },
		{ TOUCH_ROW_CONTACT, FIELD_TOUCH_ID },
		{ TOUCH_ROW_ACCOUNT, FIELD_TOUCH_ID },
		{ TOUCH_ROW_CAMPAIGN, FIELD_TOUCH_ID },
	};
	const struct binding *b = file->binding;

	for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++)
		if (needs[i].kind == file->kind &&
		    b->column[needs[i].field] < 0)
			return fail(err, FNL_DATA,
			    "%s: no column tells the %s of a %s; name it with "
			    "--map %s=COLUMN",
			    file->path,
			    fields[needs[i].field].name + strlen("touch."),
			    b->object->name, fields[needs[i].field].name);
	return 0;
}

static int
check_time(const struct touch_rules *rules, const struct touch_file *file,
    struct fnl_err *err)
{
	const struct binding *b = file->binding;
	bool member = file->kind == TOUCH_ROW_MEMBER;
	bool added = member && rules->associated;
	enum field_id needed = added ? FIELD_CREATED : FIELD_TOUCH_DATE;

	if (b->n_stages || b->column[needed] >= 0 ||
	    b->column[FIELD_FIRST_RESPONSE] >= 0)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: no column tells when %s; name it with --map %s=COLUMN%s",
	    file->path,
	    !member ? "a touch happened"
	    : added ? "members were added"
		    : "members responded",
	    fields[needed].name,
	    member && !added ? ", or count from when they were added with "
			       "--touch-date associated"
			     : "");
}

static int
check_person(const struct touch_file *file, struct fnl_err *err)
{
	const int *column = file->binding->column;

	if (column[FIELD_TOUCH_RECORD] >= 0 || column[FIELD_TOUCH_LEAD] >= 0 ||
	    column[FIELD_TOUCH_CONTACT] >= 0 ||
	    column[FIELD_TOUCH_ACCOUNT] >= 0)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: no column tells whose touch it is; name one with --map "
	    "touch.record=COLUMN, touch.contact=COLUMN or "
	    "touch.account=COLUMN",
	    file->path);
}

int
touch_file_check(const struct touch_rules *rules, const struct touch_file *file,
    struct fnl_err *err)
{
	if (touch_file_joins(file))
		return check_link(file, err);
	return check_time(rules, file, err) < 0 ? -1 : check_person(file, err);
}

int
touch_files_check_key(const struct touch_rules *rules,
    const struct touch_file *files, size_t n, struct fnl_err *err)
{
	const struct binding *first = NULL;
	const char *near;

	if (rules->key != KEY_COLUMN)
		return 0;
	for (size_t i = 0; i < n; i++) {
		const struct binding *b = files[i].binding;

		if (b->wanted[TOUCH_SLOT_KEY] >= 0)
			return 0;
		if (!first && !touch_file_joins(&files[i]))
			first = b;
	}
	near = first ? nearest_name(slice_of(rules->key_name), first->header,
			   first->n_columns)
		     : NULL;
	return fail(err, FNL_USAGE,
	    "--key: no touch file has a column '%s'%s%s%s", rules->key_name,
	    near ? " (did you mean '" : "", near ? near : "",
	    near ? "'?)" : "");
}
