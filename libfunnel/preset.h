/*
 * preset: what the headers of each CRM mean. A preset is one row: alias sets
 * per canonical field, how its files are told apart (objects), the standard
 * stages that serve until there is a definitions file.
 */
#ifndef FUNNEL_PRESET_H
#define FUNNEL_PRESET_H

#include "definitions.h"
#include "field.h"

enum shape { /* crm-exports.md 1 */
	SHAPE_RECORD_LIST, /* present stage only */
	SHAPE_WIDE_DATES,
	SHAPE_SNAPSHOT_LOG,
	SHAPE_FROM_TO_LOG,
	SHAPE_OLD_NEW_LOG,
	SHAPE_PERIOD_LOG,
	SHAPE_OTHER, /* members, activities, campaigns: no funnel record */
	SHAPE_COUNT
};

struct shape_info {
	const char *name; /* "snapshot log" */
	const char *gives; /* what it supports, for the notes */
};
extern const struct shape_info shapes[SHAPE_COUNT];
/* One row a change or a stay, several a record. */
bool shape_is_history(enum shape shape);

/* What a file is read for; each has its own kinds of files. */
enum purpose { PURPOSE_RECORDS, PURPOSE_TOUCHES, PURPOSE_SPEND };

/* What a row of a file that was given for its touches is. */
enum touch_row {
	TOUCH_ROW_LOG, /* a touch */
	TOUCH_ROW_MEMBER, /* a campaign member: a touch once it responded */
	TOUCH_ROW_ACTIVITY, /* a task or call: a touch by sales once done */
	TOUCH_ROW_MEETING, /* one by sales at its start, which may be planned */
	TOUCH_ROW_PERSON, /* columns that hold several touches of a person */
	TOUCH_ROW_ROLE, /* a contact of a deal */
	TOUCH_ROW_CONTACT, /* a contact: its address and account */
	TOUCH_ROW_ACCOUNT, /* an account: its id and name */
	TOUCH_ROW_CAMPAIGN, /* a campaign: its id, name and type */
};

/* A touch that one row of a person holds in columns of its own. */
#define TOUCH_COLUMNS_MAX 4
struct touch_columns {
	const char *name; /* for messages */
	const char *const *dates; /* ends with NULL, as the other two */
	const char *const *channels; /* or NULL */
	const char *const *campaigns; /* or NULL */
};

/*
 * Headers are matched folded (ruling R52). They are written lower case, with
 * blanks where that reads better; '*' stands for any characters.
 */
struct field_alias {
	enum field_id field;
	const char *const *headers; /* by priority, ends with NULL */
};

/*
 * A header that holds the date of a stage: `before`, the stage and perhaps
 * its pipeline in brackets, `after`. Compared without regard to case; curly
 * quotes are told from straight ones, because HubSpot's two generations of
 * such columns differ by their quotes alone (crm-exports.md 4.2).
 */
struct stage_pattern {
	const char *before; /* lower case */
	const char *after; /* lower case, or "" */
	const char *const *quotes; /* the stage begins with one of these and
				      may end with one; NULL: no quotes */
	bool left; /* the date the stage was left */
	int rank; /* lower wins; see struct stage_column */
};

/* What must be said when a column of this name is used. */
struct header_caveat {
	const char *header;
	const char *says; /* follows "field: 'header' " */
};

struct standard_stage {
	const char *name;
	const char *const *aliases; /* ends with NULL; may be NULL */
	enum outcome outcome;
	const char *owner; /* "marketing", "sales" or NULL */
};

/* One kind of file a CRM exports: leads, deals, stage history, members. */
struct preset_object {
	const char *name; /* "lead", "opportunity", "opportunity history" */
	bool is_lead; /* its stages come before those of deals */
	enum shape shape; /* what the file is when it binds as this object */
	/*
	 * Headers that tell it: all of `needs`, none of `excludes`; NULL for
	 * none. "a|b" is either. A --map field=Column counts as a header named
	 * like the field. An object that needs and binds nothing is the last
	 * resort of its preset.
	 */
	const char *const *needs;
	const char *const *excludes;
	/* Fields that must find a column, by alias or --map; ends with
	 * FIELD_COUNT; or NULL. */
	const enum field_id *binds;
	const struct field_alias *aliases; /* ends with headers == NULL; */
	const struct standard_stage *stages; /* ends with name == NULL */
	const struct stage_pattern *patterns; /* ends with before == NULL; or
						 NULL */
	const char *only_pipeline; /* said in headers though there is no other:
				      left out */
	/* Old/new log: what `changed_field` says (folded) when the row is a
	 * change of stage, or the creation of the record; or NULL. */
	const char *const *stage_changes;
	const char *const *creation_changes;
	/* Old/new log: what it says when the row is a change of another field
	 * that is followed (amount, close date, owner); ends with headers ==
	 * NULL; or NULL. */
	const struct field_alias *value_changes;
	/* Other histories: fields whose column does not tell of the time of
	 * the row, but of now or of somebody else; ends with FIELD_COUNT; or
	 * NULL. */
	const enum field_id *not_then;
	/* Of files of touches. */
	enum touch_row touch;
	const char *const *done; /* statuses (folded) of an activity that was
				    done, or of a member that responded;
				    NULL: its dates tell */
	/* The same of those that came to nothing, though they have a time. */
	const char *const *failed;
	const char *type; /* of activities whose file does not say, or NULL */
	const struct touch_columns *columns; /* ends with name == NULL */
	/* Of files of costs without a column for the channel: whose they are,
	 * or NULL. */
	const char *channel;
};

struct preset {
	const char *id; /* what --preset takes */
	const char *title; /* "Salesforce" */
	const struct preset_object *objects; /* ends with name == NULL */
	/* The files of touches and of costs, with what joins them to records;
	 * as objects, or NULL. All are SHAPE_OTHER. */
	const struct preset_object *touches, *spend;
	const char *zone_note; /* what is known of the zone of its times */
	/* Text that may stand before or after any header, or NULL; a column
	 * without it wins over its twin. Lower case. */
	const char *prefix;
	const char *twin_suffix;
	/* Amounts in the organisation's currency, not the deal's; or NULL. */
	const char *const *home_amounts;
	const struct header_caveat *caveats; /* ends with header == NULL */
	bool salesforce_ids; /* ids of 15 and 18 characters are one id */
};

extern const struct preset presets[]; /* ends with id == NULL; generic last */
const struct preset *preset_find(const char *id);
/* The kinds of files that a preset knows for a purpose, or NULL. */
const struct preset_object *
preset_objects(const struct preset *preset, enum purpose purpose);

#endif
