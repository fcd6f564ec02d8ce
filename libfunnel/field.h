/*
 * field: the canonical fields of an export (crm-exports.md), the words that
 * presets, --map and the definitions file share.
 */
#ifndef FUNNEL_FIELD_H
#define FUNNEL_FIELD_H

#include "base.h"

enum field_id {
	FIELD_ID,
	FIELD_PARENT_ID, /* of a history, member or activity row (R41) */
	FIELD_NAME,
	FIELD_ACCOUNT,
	FIELD_CREATED,
	FIELD_STAGE,
	FIELD_STAGE_ENTERED,
	FIELD_STAGE_LEFT,
	FIELD_FROM_STAGE, /* From/To log; FIELD_STAGE is the To side */
	FIELD_CHANGED_FIELD, /* Old/New log: which field changed */
	FIELD_OLD_VALUE,
	FIELD_NEW_VALUE,
	FIELD_MOVED_TO, /* period log */
	FIELD_STAGE_DURATION,
	FIELD_OWNER,
	FIELD_ASSIGNED,
	FIELD_SOURCE,
	FIELD_CAMPAIGN,
	FIELD_AMOUNT,
	FIELD_CURRENCY,
	FIELD_CLOSE_DATE, /* expected, then actual */
	FIELD_PROBABILITY, /* as the CRM or its user sees it; no outcome */
	FIELD_OUTCOME, /* text: won, lost, open */
	FIELD_IS_WON,
	FIELD_IS_CLOSED,
	FIELD_IS_CONVERTED,
	FIELD_CONVERTED_DATE,
	FIELD_CONVERTED_ID, /* the deal that a lead became */
	FIELD_CONVERTED_CONTACT, /* the contact that a lead became */
	FIELD_STATUS,
	FIELD_REJECT_REASON,
	FIELD_FIRST_RESPONSE,
	FIELD_MODIFIED,
	FIELD_DELETED,
	FIELD_MERGED_INTO, /* id of the surviving record */
	FIELD_MERGED_IDS, /* ids that were merged into this one, ';' */
	FIELD_PIPELINE,
	FIELD_TOUCH_DATE,
	FIELD_TOUCH_CHANNEL,
	FIELD_TOUCH_CAMPAIGN,
	FIELD_TOUCH_CONTACT,
	FIELD_TOUCH_ID, /* tells the same touch again (R41) */
	FIELD_TOUCH_RECORD, /* the lead or deal it names */
	FIELD_TOUCH_LEAD, /* where there is a column for each */
	FIELD_TOUCH_ACCOUNT,
	FIELD_TOUCH_TYPE, /* call, email, meeting */
	FIELD_TOUCH_OWNER, /* who did it */
	FIELD_COST,
	FIELD_COUNT
};

enum field_type {
	FIELD_TEXT,
	FIELD_TIME,
	FIELD_MONEY,
	FIELD_FLAG,
	FIELD_RECORD_ID,
};

struct field {
	const char *name; /* as --map takes it: "close_date", "touch.date" */
	enum field_type type;
	const char *help;
};

extern const struct field fields[FIELD_COUNT];

/* By name (folded), or -1. */
int field_find(struct slice name);

#endif
