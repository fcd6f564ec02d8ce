/*
 * touch_file: what a file that was given for its touches has -- which of its
 * columns are looked at, and whether they are enough.
 */
#ifndef FUNNEL_TOUCH_FILE_H
#define FUNNEL_TOUCH_FILE_H

#include "reader.h"

enum touch_key { KEY_CHANNEL, KEY_CAMPAIGN, KEY_SOURCE, KEY_COLUMN };

/* What was agreed and asked for, of all files. */
struct touch_rules {
	const struct touch_definition *sales; /* sales_touches (R51) */
	struct intern *texts; /* of the store */
	enum touch_key key;
	const char *key_name; /* of the key's column */
	bool associated; /* members count from when they were added (R44) */
};

struct touch_file {
	const char *path;
	const struct binding *binding;
	enum touch_row kind;
	bool tells_sales; /* has the column sales_touches.by (R51) */
	bool given_as_activities; /* a log of what sales did, as who gave it
				     says: its header does not */
	uint64_t touches; /* that belong to a record */
};

/* The texts of a row: typed_row.wanted and the attributes of its reader. */
enum touch_slot {
	TOUCH_SLOT_ID,
	TOUCH_SLOT_RECORD,
	TOUCH_SLOT_LEAD,
	TOUCH_SLOT_CONTACT,
	TOUCH_SLOT_ACCOUNT,
	TOUCH_SLOT_CHANNEL,
	TOUCH_SLOT_CAMPAIGN,
	TOUCH_SLOT_TYPE,
	TOUCH_SLOT_OWNER,
	TOUCH_SLOT_STATUS,
	TOUCH_SLOT_SOURCE,
	TOUCH_SLOT_KEY, /* these three are columns that somebody named */
	TOUCH_SLOT_BY,
	TOUCH_SLOT_AUTOMATED,
	TOUCH_SLOT_COLUMNS, /* of several touches in a row: channel, campaign */
	TOUCH_SLOTS = TOUCH_SLOT_COLUMNS + 2 * TOUCH_COLUMNS_MAX
};

struct touch_slots {
	struct attribute_source attributes[TOUCH_SLOTS];
	const char *wanted[TOUCH_SLOTS];
};

/* Asks for the slots in read; they live as long as it. */
void touch_slots_plan(const struct touch_rules *rules,
    struct touch_slots *slots, struct read_options *read);

/* Of a file that is open; it asks for the columns of its kind. */
struct touch_file touch_file_of(struct reader *reader);

/* It has no touches: it helps to find the records of those in others. */
bool touch_file_joins(const struct touch_file *file);

/* Its rows are what people did: tasks, calls, meetings. */
bool touch_file_has_activities(const struct touch_file *file);

/* Refuses a file without the columns that its kind cannot do without. */
int touch_file_check(const struct touch_rules *rules,
    const struct touch_file *file, struct fnl_err *err);

/* Refuses a key that no file has: it would credit everything to nothing. */
int touch_files_check_key(const struct touch_rules *rules,
    const struct touch_file *files, size_t n, struct fnl_err *err);

#endif
