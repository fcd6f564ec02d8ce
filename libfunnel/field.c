/*
 * field.c: the canonical fields, one row each. The row is the whole meaning
 * of a field outside the code: its name for --map and the definitions file,
 * how its cells are read, and the line that the help and the manual print.
 */
#include "field.h"

const struct field fields[FIELD_COUNT] = {
	[FIELD_ID] = { "id", FIELD_RECORD_ID, "id of the record" },
	[FIELD_PARENT_ID] = { "parent_id", FIELD_RECORD_ID,
	    "id of the record that a history, member or activity row is "
	    "about" },
	[FIELD_NAME] = { "name", FIELD_TEXT, "name of the lead or deal" },
	[FIELD_ACCOUNT] = { "account", FIELD_TEXT, "company, by name or id" },
	[FIELD_CREATED] = { "created", FIELD_TIME,
	    "when the record was created" },
	[FIELD_STAGE] = { "stage", FIELD_TEXT,
	    "present stage; in a history the stage entered" },
	[FIELD_STAGE_ENTERED] = { "stage_entered", FIELD_TIME,
	    "when the stage of the row was entered" },
	[FIELD_STAGE_LEFT] = { "stage_left", FIELD_TIME,
	    "when the stage of the row was left" },
	[FIELD_FROM_STAGE] = { "from_stage", FIELD_TEXT,
	    "stage before the change, in a from/to log" },
	[FIELD_CHANGED_FIELD] = { "changed_field", FIELD_TEXT,
	    "which field a row of an old/new log is about" },
	[FIELD_OLD_VALUE] = { "old_value", FIELD_TEXT,
	    "its value before the change" },
	[FIELD_NEW_VALUE] = { "new_value", FIELD_TEXT,
	    "its value after the change" },
	[FIELD_MOVED_TO] = { "moved_to", FIELD_TEXT,
	    "next stage, in a period log; blank while the stage lasts" },
	[FIELD_STAGE_DURATION] = { "stage_duration", FIELD_TEXT,
	    "days in the stage as the CRM counts them: a check only" },
	[FIELD_OWNER] = { "owner", FIELD_TEXT, "who owns the record" },
	[FIELD_SOURCE] = { "source", FIELD_TEXT, "where the lead came from" },
	[FIELD_CAMPAIGN] = { "campaign", FIELD_TEXT,
	    "campaign that the record names as its source" },
	[FIELD_AMOUNT] = { "amount", FIELD_MONEY, "value of the deal" },
	[FIELD_CURRENCY] = { "currency", FIELD_TEXT,
	    "ISO 4217 code of the amount" },
	[FIELD_CLOSE_DATE] = { "close_date", FIELD_TIME,
	    "expected close of an open deal, actual close of a closed one" },
	[FIELD_PROBABILITY] = { "probability", FIELD_TEXT,
	    "chance to win, in percent, as the CRM shows it" },
	[FIELD_OUTCOME] = { "outcome", FIELD_TEXT, "won, lost or open" },
	[FIELD_IS_WON] = { "is_won", FIELD_FLAG, "the deal is won" },
	[FIELD_IS_CLOSED] = { "is_closed", FIELD_FLAG,
	    "the deal or task is closed" },
	[FIELD_IS_CONVERTED] = { "is_converted", FIELD_FLAG,
	    "the lead became a deal" },
	[FIELD_CONVERTED_DATE] = { "converted_date", FIELD_TIME,
	    "when the lead became a deal" },
	[FIELD_CONVERTED_ID] = { "converted_id", FIELD_RECORD_ID,
	    "id of the deal that a lead became" },
	[FIELD_STATUS] = { "status", FIELD_TEXT,
	    "status of a lead, member or task" },
	[FIELD_REJECT_REASON] = { "reject_reason", FIELD_TEXT,
	    "why it was lost or rejected" },
	[FIELD_FIRST_RESPONSE] = { "first_response", FIELD_TIME,
	    "first outreach by sales" },
	[FIELD_MODIFIED] = { "modified", FIELD_TIME,
	    "last change of the record: decides between conflicting rows" },
	[FIELD_DELETED] = { "deleted", FIELD_FLAG,
	    "the record is in the recycle bin" },
	[FIELD_MERGED_INTO] = { "merged_into", FIELD_RECORD_ID,
	    "id of the record that survived a merge" },
	[FIELD_MERGED_IDS] = { "merged_ids", FIELD_TEXT,
	    "ids merged into this record, separated by ';'" },
	[FIELD_PIPELINE] = { "pipeline", FIELD_TEXT,
	    "pipeline that the stage belongs to" },
	[FIELD_TOUCH_DATE] = { "touch.date", FIELD_TIME,
	    "when a touch happened, or the day of a cost" },
	[FIELD_TOUCH_CHANNEL] = { "touch.channel", FIELD_TEXT,
	    "its channel or type" },
	[FIELD_TOUCH_CAMPAIGN] = { "touch.campaign", FIELD_TEXT,
	    "its campaign" },
	[FIELD_TOUCH_CONTACT] = { "touch.contact", FIELD_RECORD_ID,
	    "the person touched, by id or address" },
	[FIELD_COST] = { "cost", FIELD_MONEY, "money spent" },
};

int
field_find(struct slice name)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		if (fold_equal(name, slice_of(fields[i].name)))
			return i;
	return -1;
}
