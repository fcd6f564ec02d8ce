/*
 * preset.c: what the headers of each CRM mean. All of it is data: a CRM is
 * one row of presets[], and its rows are read by schema.c, which knows no
 * CRM by name.
 *
 * A preset is a set of aliases and not a list of columns, since one field
 * has several spellings in one CRM (Data Loader, report, API, warehouse).
 * What differs between the files of a CRM, above all what a creation date
 * means, is told by the kind of file ("object"), so that `Last Modified` is
 * the date of a move in a history and nothing of the sort in a list.
 *
 * Sources: crm-exports.md. What is marked [?] there is left out.
 */
#include "preset.h"
#include "preset_touch.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define FIELDS(...) ((const enum field_id[]){ __VA_ARGS__, FIELD_COUNT })

const struct shape_info shapes[SHAPE_COUNT] = {
	[SHAPE_RECORD_LIST] = { "record list",
	    "win rates, cycle lengths and conversion by present stage; no time "
	    "in stage" },
	[SHAPE_WIDE_DATES] = { "wide dates",
	    "everything but re-entries and moves back: one date a stage" },
	[SHAPE_SNAPSHOT_LOG] = { "snapshot log",
	    "everything; rows that repeat a stage are no move" },
	[SHAPE_FROM_TO_LOG] = { "from/to log",
	    "everything; rows from a stage to itself are no move" },
	[SHAPE_OLD_NEW_LOG] = { "old/new log",
	    "everything but records that never moved, unless a record list is "
	    "given beside it" },
	[SHAPE_PERIOD_LOG] = { "period log",
	    "everything; one row is one stay" },
	[SHAPE_OTHER] = { "other",
	    "touches, costs or look-ups; no funnel record" },
};

bool
shape_is_history(enum shape shape)
{
	return shape == SHAPE_SNAPSHOT_LOG || shape == SHAPE_FROM_TO_LOG ||
	       shape == SHAPE_OLD_NEW_LOG || shape == SHAPE_PERIOD_LOG;
}

/* Custom columns in most companies, so found by their words. Not
 * "*los*reason*": that would take Closed Won Reason. */
#define LOSS_REASONS                                                           \
	"closed lost reason", "reason for loss", "lost reason", "loss reason", \
	    "*lost*reason*", "*loss*reason*", "*reason*lost*", "*reason*loss*"
#define REJECT_REASONS                                                         \
	"rejection reason", "reject reason", "disqualification reason",        \
	    "disqualified reason", "unqualified reason", "*disqualif*reason*", \
	    "*reject*reason*", "*reason*disqualif*", "*reason*reject*"

/* Words of home-made tables that no CRM uses: such a file is generic. */
#define HOME_MADE                                                 \
	"created at", "closed at", "entered at", "stage entered", \
	    "stage entered at", "changed at", "timestamp", "event time"

/* It never tells an outcome: of 1,425 won deals of one company 859 had a
 * probability other than 100 (crm-exports.md 0). */
#define PROBABILITY_WORDS "probability (%)", "probability"

#define PARENT_OPPORTUNITY "opportunity id*18*", "opportunity id"
#define PARENT_LEAD "lead id*18*", "lead id"

static const char *const double_quotes[] = { "\"", "\u201c", "\u201d", NULL };
static const char *const single_quotes[] = { "'", "\u2018", "\u2019", NULL };

/* ---- Salesforce: crm-exports.md 3 ---- */

static const struct field_alias salesforce_opportunity[] = {
	{ FIELD_ID, NAMES("id", PARENT_OPPORTUNITY, "case safe id") },
	{ FIELD_NAME, NAMES("opportunity name", "name") },
	{ FIELD_ACCOUNT, NAMES("account name", "account.name", "account id",
			     "account id*18*") },
	{ FIELD_CREATED, NAMES("created date", "create date") },
	{ FIELD_STAGE, NAMES("stage", "stage name") },
	{ FIELD_STAGE_ENTERED, NAMES("last stage change date") },
	{ FIELD_OWNER,
	    NAMES("opportunity owner", "owner.name", "owner", "owner id") },
	{ FIELD_SOURCE, NAMES("lead source", "source") },
	{ FIELD_CAMPAIGN, NAMES("primary campaign source", "campaign.name",
			      "campaign name", "campaign id") },
	{ FIELD_AMOUNT, NAMES("amount (converted)", "amount", "total amount") },
	{ FIELD_CURRENCY, NAMES("amount currency", "opportunity currency",
			      "currency iso code", "currency") },
	{ FIELD_CLOSE_DATE, NAMES("close date") },
	{ FIELD_PROBABILITY, NAMES(PROBABILITY_WORDS) },
	{ FIELD_IS_WON, NAMES("is won", "won") },
	{ FIELD_IS_CLOSED, NAMES("is closed", "closed") },
	{ FIELD_REJECT_REASON, NAMES(LOSS_REASONS) },
	{ FIELD_MODIFIED, NAMES("last modified date", "last modified") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ FIELD_MERGED_INTO, NAMES("master record id") },
	{ FIELD_TOUCH_CONTACT,
	    NAMES("contact id*18*", "contact id", "primary contact") },
	{ 0, NULL },
};

/* The created date of these is the instant of the change (ruling R41). */
static const struct field_alias salesforce_opportunity_history[] = {
	{ FIELD_ID, NAMES("id") },
	{ FIELD_PARENT_ID, NAMES(PARENT_OPPORTUNITY) },
	{ FIELD_STAGE, NAMES("stage name") },
	{ FIELD_STAGE_ENTERED, NAMES("created date") },
	{ FIELD_STAGE_LEFT, NAMES("system modstamp") },
	{ FIELD_AMOUNT, NAMES("amount") },
	{ FIELD_CURRENCY, NAMES("currency iso code") },
	{ FIELD_CLOSE_DATE, NAMES("close date") },
	{ FIELD_PROBABILITY, NAMES(PROBABILITY_WORDS) },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

static const struct field_alias salesforce_opportunity_moves[] = {
	{ FIELD_PARENT_ID, NAMES(PARENT_OPPORTUNITY) },
	{ FIELD_NAME, NAMES("opportunity name") },
	{ FIELD_ACCOUNT, NAMES("account name", "account id") },
	{ FIELD_CREATED, NAMES("created date", "create date") },
	{ FIELD_FROM_STAGE, NAMES("from stage") },
	{ FIELD_STAGE, NAMES("to stage") },
	{ FIELD_STAGE_ENTERED, NAMES("last modified", "last modified date") },
	{ FIELD_STAGE_DURATION, NAMES("stage duration") },
	{ FIELD_OWNER, NAMES("opportunity owner") },
	{ FIELD_SOURCE, NAMES("lead source") },
	{ FIELD_AMOUNT, NAMES("amount (converted)", "amount") },
	{ FIELD_CURRENCY, NAMES("amount currency", "opportunity currency") },
	{ FIELD_CLOSE_DATE, NAMES("close date") },
	{ FIELD_PROBABILITY, NAMES(PROBABILITY_WORDS) },
	{ 0, NULL },
};

/* A warehouse that keeps every version of a record writes a row per version,
 * with the time since when it holds; the created date is the record's. */
static const struct field_alias salesforce_opportunity_versions[] = {
	{ FIELD_ID, NAMES("id") },
	{ FIELD_NAME, NAMES("name") },
	{ FIELD_ACCOUNT, NAMES("account id") },
	{ FIELD_CREATED, NAMES("created date") },
	{ FIELD_STAGE, NAMES("stage name") },
	{ FIELD_STAGE_ENTERED, NAMES("_fivetran_start") },
	{ FIELD_STAGE_LEFT, NAMES("_fivetran_end") },
	{ FIELD_OWNER, NAMES("owner id") },
	{ FIELD_SOURCE, NAMES("lead source") },
	{ FIELD_CAMPAIGN, NAMES("campaign id") },
	{ FIELD_AMOUNT, NAMES("amount") },
	{ FIELD_CURRENCY, NAMES("currency iso code") },
	{ FIELD_CLOSE_DATE, NAMES("close date") },
	{ FIELD_PROBABILITY, NAMES(PROBABILITY_WORDS) },
	{ FIELD_IS_WON, NAMES("is won") },
	{ FIELD_IS_CLOSED, NAMES("is closed") },
	{ FIELD_REJECT_REASON, NAMES(LOSS_REASONS) },
	{ FIELD_MODIFIED, NAMES("last modified date") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

static const struct field_alias salesforce_lead_versions[] = {
	{ FIELD_ID, NAMES("id") },
	{ FIELD_NAME, NAMES("name") },
	{ FIELD_ACCOUNT, NAMES("company") },
	{ FIELD_CREATED, NAMES("created date") },
	{ FIELD_STAGE, NAMES("status") },
	{ FIELD_STAGE_ENTERED, NAMES("_fivetran_start") },
	{ FIELD_STAGE_LEFT, NAMES("_fivetran_end") },
	{ FIELD_OWNER, NAMES("owner id") },
	{ FIELD_SOURCE, NAMES("lead source") },
	{ FIELD_IS_CONVERTED, NAMES("is converted") },
	{ FIELD_CONVERTED_DATE, NAMES("converted date") },
	{ FIELD_CONVERTED_ID, NAMES("converted opportunity id") },
	{ FIELD_REJECT_REASON, NAMES(REJECT_REASONS) },
	{ FIELD_MODIFIED, NAMES("last modified date") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ FIELD_MERGED_INTO, NAMES("master record id") },
	{ 0, NULL },
};

static const struct field_alias salesforce_field_history[] = {
	{ FIELD_ID, NAMES("id") },
	{ FIELD_PARENT_ID, NAMES(PARENT_OPPORTUNITY, PARENT_LEAD) },
	{ FIELD_CHANGED_FIELD, NAMES("field") },
	{ FIELD_OLD_VALUE, NAMES("old value") },
	{ FIELD_NEW_VALUE, NAMES("new value") },
	{ FIELD_STAGE_ENTERED, NAMES("created date") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

/* As the API writes it and as the report does; the owner of a lead is assigned
 * or accepted from a queue. */
static const struct field_alias salesforce_value_changes[] = {
	{ FIELD_AMOUNT, NAMES("amount") },
	{ FIELD_CLOSE_DATE, NAMES("close date") },
	{ FIELD_OWNER,
	    NAMES("owner", "owner id", "opportunity owner", "lead owner",
		"owner assignment", "owner (assignment)", "owner accepted",
		"owner (accepted)") },
	{ 0, NULL },
};

/* The report shows columns of the record beside those of the change. */
static const struct field_alias salesforce_field_history_report[] = {
	{ FIELD_PARENT_ID, NAMES(PARENT_OPPORTUNITY, PARENT_LEAD) },
	{ FIELD_NAME, NAMES("opportunity name", "lead name") },
	{ FIELD_ACCOUNT, NAMES("account name", "company / account") },
	{ FIELD_CREATED, NAMES("created date", "create date") },
	{ FIELD_CHANGED_FIELD, NAMES("field / event") },
	{ FIELD_OLD_VALUE, NAMES("old value") },
	{ FIELD_NEW_VALUE, NAMES("new value") },
	{ FIELD_STAGE_ENTERED, NAMES("edit date") },
	{ FIELD_OWNER, NAMES("opportunity owner", "lead owner") },
	{ FIELD_SOURCE, NAMES("lead source") },
	{ 0, NULL },
};

static const struct field_alias salesforce_lead[] = {
	{ FIELD_ID, NAMES("id", PARENT_LEAD, "case safe id") },
	{ FIELD_NAME, NAMES("name", "lead name", "last name") },
	{ FIELD_ACCOUNT, NAMES("company / account", "company") },
	{ FIELD_CREATED, NAMES("created date", "create date") },
	{ FIELD_STAGE, NAMES("lead status", "status") },
	{ FIELD_STATUS, NAMES("lead status", "status") },
	{ FIELD_OWNER, NAMES("lead owner", "owner.name", "owner", "owner id") },
	{ FIELD_SOURCE, NAMES("lead source", "source") },
	{ FIELD_CAMPAIGN, NAMES("primary campaign source", "campaign name") },
	{ FIELD_IS_CONVERTED, NAMES("is converted", "converted") },
	{ FIELD_CONVERTED_DATE, NAMES("converted date") },
	{ FIELD_CONVERTED_ID,
	    NAMES("converted opportunity id", "converted opportunity") },
	{ FIELD_CONVERTED_CONTACT, NAMES("converted contact id") },
	{ FIELD_REJECT_REASON, NAMES(REJECT_REASONS) },
	{ FIELD_FIRST_RESPONSE,
	    NAMES("first outreach date", "first email date time",
		"first call date time") },
	{ FIELD_MODIFIED, NAMES("last modified date", "last modified") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ FIELD_MERGED_INTO, NAMES("master record id") },
	{ FIELD_TOUCH_CONTACT, NAMES("email") },
	{ 0, NULL },
};

/* Ruling R44 needs both dates: that of the response and, as `created`, that
 * of the membership. */
static const struct field_alias salesforce_campaign_member[] = {
	{ FIELD_ID, NAMES("id") },
	{ FIELD_PARENT_ID, NAMES("lead or contact id", "contact id*18*",
			       "contact id", PARENT_LEAD, "related record") },
	{ FIELD_CREATED,
	    NAMES("member first associated date", "created date") },
	{ FIELD_STATUS, NAMES("member status", "status") },
	{ FIELD_ACCOUNT, NAMES("company / account", "company or account") },
	{ FIELD_SOURCE, NAMES("lead source") },
	{ FIELD_MODIFIED,
	    NAMES("member status update date", "last modified date") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ FIELD_TOUCH_DATE,
	    NAMES("member first responded date", "first responded date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("campaign type", "campaign.type") },
	{ FIELD_TOUCH_CAMPAIGN,
	    NAMES("campaign name", "campaign.name", "campaign id") },
	{ FIELD_TOUCH_CONTACT,
	    NAMES("lead or contact id", "contact id*18*", "contact id",
		PARENT_LEAD, "related record") },
	{ 0, NULL },
};

/* Never Total Actual Cost in Hierarchy: it holds the children's again. */
static const struct field_alias salesforce_campaign[] = {
	{ FIELD_ID, NAMES("id", "campaign id*18*", "campaign id") },
	{ FIELD_NAME, NAMES("campaign name", "name") },
	{ FIELD_CREATED, NAMES("created date") },
	{ FIELD_OWNER, NAMES("campaign owner", "owner id") },
	{ FIELD_STATUS, NAMES("status") },
	{ FIELD_CURRENCY, NAMES("campaign currency", "currency iso code") },
	{ FIELD_MODIFIED, NAMES("last modified date") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ FIELD_TOUCH_DATE, NAMES("start date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("type", "campaign type") },
	{ FIELD_TOUCH_CAMPAIGN, NAMES("campaign name", "name") },
	{ FIELD_COST, NAMES("actual cost in campaign", "actual cost") },
	{ 0, NULL },
};

/* Ruling R50 takes the instant of completion, or the activity's own date
 * when the task is closed: the first is first_response here. */
static const struct field_alias salesforce_task[] = {
	{ FIELD_ID, NAMES("id", "activity id") },
	{ FIELD_PARENT_ID, NAMES("what id", "who id", "opportunity", "lead") },
	{ FIELD_NAME, NAMES("subject") },
	{ FIELD_ACCOUNT, NAMES("company / account", "account id") },
	{ FIELD_CREATED, NAMES("created date") },
	{ FIELD_OWNER, NAMES("assigned", "owner id") },
	{ FIELD_STATUS, NAMES("status") },
	{ FIELD_IS_CLOSED, NAMES("is closed") },
	{ FIELD_FIRST_RESPONSE, NAMES("completed date time") },
	{ FIELD_MODIFIED, NAMES("last modified date") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ FIELD_TOUCH_DATE, NAMES("activity date", "date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("task subtype", "type") },
	{ FIELD_TOUCH_CONTACT, NAMES("who id", "contact", "lead") },
	{ 0, NULL },
};

static const struct field_alias salesforce_event[] = {
	{ FIELD_ID, NAMES("id", "activity id") },
	{ FIELD_PARENT_ID, NAMES("what id", "who id") },
	{ FIELD_NAME, NAMES("subject") },
	{ FIELD_ACCOUNT, NAMES("account id") },
	{ FIELD_CREATED, NAMES("created date") },
	{ FIELD_OWNER, NAMES("assigned", "owner id") },
	{ FIELD_MODIFIED, NAMES("last modified date") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ FIELD_TOUCH_DATE,
	    NAMES("start date time", "activity date time", "activity date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("event subtype", "type") },
	{ FIELD_TOUCH_CONTACT, NAMES("who id") },
	{ 0, NULL },
};

static const struct field_alias salesforce_contact[] = {
	{ FIELD_ID, NAMES("id", "contact id*18*", "contact id") },
	{ FIELD_NAME, NAMES("name", "last name") },
	{ FIELD_ACCOUNT, NAMES("account id", "account name") },
	{ FIELD_CREATED, NAMES("created date") },
	{ FIELD_OWNER, NAMES("contact owner", "owner.name", "owner id") },
	{ FIELD_SOURCE, NAMES("lead source") },
	{ FIELD_MODIFIED, NAMES("last modified date") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ FIELD_MERGED_INTO, NAMES("master record id") },
	{ FIELD_TOUCH_CONTACT, NAMES("email") },
	{ 0, NULL },
};

static const struct field_alias salesforce_account[] = {
	{ FIELD_ID, NAMES("id", "account id*18*", "account id") },
	{ FIELD_NAME, NAMES("account name", "name") },
	{ FIELD_ACCOUNT, NAMES("account name", "name") },
	{ FIELD_CREATED, NAMES("created date") },
	{ FIELD_OWNER, NAMES("account owner", "owner.name", "owner id") },
	{ FIELD_SOURCE, NAMES("account source") },
	{ FIELD_MODIFIED, NAMES("last modified date") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ FIELD_MERGED_INTO, NAMES("master record id") },
	{ 0, NULL },
};

static const struct standard_stage salesforce_opportunity_stages[] = {
	{ "Prospecting", NULL, OUTCOME_NONE, "sales" },
	{ "Qualification", NULL, OUTCOME_NONE, "sales" },
	{ "Needs Analysis", NULL, OUTCOME_NONE, "sales" },
	{ "Value Proposition", NULL, OUTCOME_NONE, "sales" },
	{ "Id. Decision Makers", NAMES("Identify Decision Makers"),
	    OUTCOME_NONE, "sales" },
	{ "Perception Analysis", NULL, OUTCOME_NONE, "sales" },
	{ "Proposal/Price Quote", NULL, OUTCOME_NONE, "sales" },
	{ "Negotiation/Review", NULL, OUTCOME_NONE, "sales" },
	{ "Closed Won", NULL, OUTCOME_WON, "sales" },
	{ "Closed Lost", NULL, OUTCOME_LOST, "sales" },
	{ NULL, NULL, OUTCOME_NONE, NULL },
};

/* Marketing hands a lead over when sales begins to work it. A converted
 * lead is no outcome: its deal goes on from there. */
static const struct standard_stage salesforce_lead_stages[] = {
	{ "Open - Not Contacted", NULL, OUTCOME_NONE, "marketing" },
	{ "Working - Contacted", NULL, OUTCOME_NONE, "sales" },
	{ "Closed - Converted", NULL, OUTCOME_NONE, "sales" },
	{ "Closed - Not Converted", NULL, OUTCOME_REJECTED, "sales" },
	{ NULL, NULL, OUTCOME_NONE, NULL },
};

#define OPPORTUNITY_ONLY                                                      \
	"opportunity name|name|opportunity owner|owner id|owner.name|is won|" \
	"is closed|lead source|account id|account name|forecast category name"

static const struct preset_object salesforce_objects[] = {
	{
	    .name = "opportunity history",
	    .shape = SHAPE_FROM_TO_LOG,
	    .needs = NAMES(
		"from stage", "to stage", "last modified|last modified date"),
	    .aliases = salesforce_opportunity_moves,
	    .stages = salesforce_opportunity_stages,
	    .not_then = FIELDS(FIELD_OWNER), /* of today */
	},
	{
	    .name = "opportunity history",
	    .shape = SHAPE_SNAPSHOT_LOG,
	    .needs = NAMES("opportunity id", "stage name", "created date"),
	    .excludes = NAMES(OPPORTUNITY_ONLY, "_fivetran_start"),
	    .aliases = salesforce_opportunity_history,
	    .stages = salesforce_opportunity_stages,
	},
	{
	    .name = "opportunity history",
	    .shape = SHAPE_SNAPSHOT_LOG,
	    .needs = NAMES("_fivetran_start", "stage name", "id"),
	    .aliases = salesforce_opportunity_versions,
	    .stages = salesforce_opportunity_stages,
	},
	{
	    .name = "lead history",
	    .is_lead = true,
	    .shape = SHAPE_SNAPSHOT_LOG,
	    .needs = NAMES("_fivetran_start", "status", "is converted", "id"),
	    .aliases = salesforce_lead_versions,
	    .stages = salesforce_lead_stages,
	},
	{
	    .name = "opportunity field history",
	    .shape = SHAPE_OLD_NEW_LOG,
	    .needs = NAMES("opportunity id", "field", "old value", "new value",
		"created date"),
	    .aliases = salesforce_field_history,
	    .stages = salesforce_opportunity_stages,
	    .stage_changes = NAMES("stage", "stage name"),
	    .creation_changes = NAMES("created", "created."),
	    .value_changes = salesforce_value_changes,
	},
	{
	    .name = "opportunity field history",
	    .shape = SHAPE_OLD_NEW_LOG,
	    .needs =
		NAMES("field / event", "old value", "new value", "edit date",
		    "opportunity id*|opportunity name|opportunity owner"),
	    .aliases = salesforce_field_history_report,
	    .stages = salesforce_opportunity_stages,
	    .stage_changes = NAMES("stage", "stage name"),
	    .creation_changes = NAMES("created", "created."),
	    .value_changes = salesforce_value_changes,
	},
	{
	    .name = "lead history",
	    .is_lead = true,
	    .shape = SHAPE_OLD_NEW_LOG,
	    .needs = NAMES(
		"lead id", "field", "old value", "new value", "created date"),
	    .aliases = salesforce_field_history,
	    .stages = salesforce_lead_stages,
	    .stage_changes = NAMES("status", "lead status"),
	    .creation_changes = NAMES("created", "created."),
	    .value_changes = salesforce_value_changes,
	},
	{
	    .name = "lead history",
	    .is_lead = true,
	    .shape = SHAPE_OLD_NEW_LOG,
	    .needs = NAMES("field / event", "old value", "new value",
		"edit date",
		"lead id*|lead owner|lead status|company / account|converted"),
	    .aliases = salesforce_field_history_report,
	    .stages = salesforce_lead_stages,
	    .stage_changes = NAMES("status", "lead status"),
	    .creation_changes = NAMES("created", "created."),
	    .value_changes = salesforce_value_changes,
	},
	{
	    .name = "campaign member",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("campaign id", "status",
		"has responded|first responded date|lead or contact id",
		"lead id|contact id|lead or contact id"),
	    .aliases = salesforce_campaign_member,
	},
	{
	    .name = "campaign member",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("member status|member first associated date|"
			   "member first responded date",
		"campaign name|campaign id*"),
	    .excludes = NAMES("campaign.id"),
	    .aliases = salesforce_campaign_member,
	},
	{
	    .name = "campaign",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("name|campaign name", "start date",
		"actual cost|actual cost in campaign|budgeted cost|"
		"budgeted cost in campaign|number sent|num sent|is active"),
	    .excludes = NAMES("record id", "created time", "campaign owner.id"),
	    .aliases = salesforce_campaign,
	},
	{
	    .name = "event",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("subject", "start date time|activity date time",
		"who id|what id"),
	    .aliases = salesforce_event,
	},
	{
	    .name = "task",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("subject", "activity date|status", "who id|what id"),
	    .excludes = NAMES("start date time"),
	    .aliases = salesforce_task,
	},
	{
	    .name = "task",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("assigned", "subject", "date"),
	    .aliases = salesforce_task,
	},
	{
	    .name = "lead",
	    .is_lead = true,
	    .shape = SHAPE_RECORD_LIST,
	    .needs = NAMES("status", "id|lead id",
		"is converted|converted opportunity id|converted date"),
	    .excludes = NAMES("_fivetran_start", "record id"),
	    .aliases = salesforce_lead,
	    .stages = salesforce_lead_stages,
	},
	{
	    .name = "lead",
	    .is_lead = true,
	    .shape = SHAPE_RECORD_LIST,
	    .needs =
		NAMES("lead status", "lead owner|company / account|lead id*",
		    "created date|create date|converted date|converted|"
		    "lead source"),
	    .excludes = NAMES("record id", "created time", "lead owner.id",
		"lifecycle stage", "old value", "moved to", HOME_MADE),
	    .aliases = salesforce_lead,
	    .stages = salesforce_lead_stages,
	},
	{
	    .name = "opportunity",
	    .shape = SHAPE_RECORD_LIST,
	    .needs = NAMES("stage name", OPPORTUNITY_ONLY),
	    .excludes = NAMES("_fivetran_start", HOME_MADE),
	    .aliases = salesforce_opportunity,
	    .stages = salesforce_opportunity_stages,
	},
	{
	    .name = "opportunity",
	    .shape = SHAPE_RECORD_LIST,
	    .needs = NAMES("stage name", "id", "close date"),
	    .excludes = NAMES("opportunity id", "_fivetran_start", HOME_MADE),
	    .aliases = salesforce_opportunity,
	    .stages = salesforce_opportunity_stages,
	},
	{
	    .name = "opportunity",
	    .shape = SHAPE_RECORD_LIST,
	    .needs = NAMES("stage",
		"opportunity name|opportunity owner|opportunity id*|"
		"primary campaign source",
		"close date|created date|amount*|total amount|fiscal period|"
		"probability (%)|account name"),
	    .excludes = NAMES(
		"from stage", "old value", "deal name", "record id", HOME_MADE),
	    .aliases = salesforce_opportunity,
	    .stages = salesforce_opportunity_stages,
	},
	{
	    .name = "contact",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("last name|name",
		"mailing street|mailing city|mailing state/province|"
		"reports to id|reports to",
		"id|contact id*|contact owner|account name"),
	    .excludes = NAMES("record id", "deal name"),
	    .aliases = salesforce_contact,
	},
	{
	    .name = "account",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("account name|name",
		"billing street|billing city|billing state/province|"
		"billing country"),
	    .excludes = NAMES("record id", "last name", "stage", "stage name"),
	    .aliases = salesforce_account,
	},
	{ .name = NULL },
};

/* ---- HubSpot: crm-exports.md 4 ---- */

/* Double quotes are the present generation of calculated columns, single
 * ones the older twin; "Became a ... Date" is older still. */
static const struct stage_pattern hubspot_stage_dates[] = {
	{ "date entered ", "", double_quotes, false, 1 },
	{ "date exited ", "", double_quotes, true, 1 },
	{ "hs_v2_date_entered_", "", NULL, false, 1 },
	{ "hs_v2_date_exited_", "", NULL, true, 1 },
	{ "date entered ", "", single_quotes, false, 3 },
	{ "date exited ", "", single_quotes, true, 3 },
	{ "hs_date_entered_", "", NULL, false, 3 },
	{ "hs_date_exited_", "", NULL, true, 3 },
	{ "date entered ", "", NULL, false, 2 },
	{ "date exited ", "", NULL, true, 2 },
	{ "became an ", " date", NULL, false, 4 },
	{ "became a ", " date", NULL, false, 4 },
	{ "hs_lifecyclestage_", "_date", NULL, false, 4 },
	{ NULL, NULL, NULL, false, 0 },
};

static const struct field_alias hubspot_deal[] = {
	{ FIELD_ID, NAMES("record id", "deal id", "hs_object_id") },
	{ FIELD_NAME, NAMES("deal name") },
	{ FIELD_ACCOUNT,
	    NAMES("company name", "associated company",
		"primary associated company", "associated company ids",
		"associated company id", "primary associated company id") },
	{ FIELD_CREATED, NAMES("create date") },
	{ FIELD_STAGE, NAMES("deal stage", "deal pipeline stage id") },
	{ FIELD_OWNER, NAMES("deal owner", "hubspot_owner_id", "owner id") },
	{ FIELD_ASSIGNED,
	    NAMES("owner assigned date", "hubspot_owner_assigneddate") },
	{ FIELD_SOURCE, NAMES("original traffic source", "original source",
			    "original source type", "hs_analytics_source") },
	{ FIELD_CAMPAIGN,
	    NAMES("hubspot campaign", "hs_campaign",
		"original traffic source drill-down 1",
		"original source drill-down 1", "original source data 1",
		"hs_analytics_source_data_1") },
	{ FIELD_AMOUNT, NAMES("amount in company currency",
			    "amount_in_home_currency", "amount") },
	{ FIELD_CURRENCY, NAMES("currency", "deal_currency_code") },
	{ FIELD_CLOSE_DATE, NAMES("close date") },
	{ FIELD_PROBABILITY,
	    NAMES("deal probability", "hs_deal_stage_probability") },
	{ FIELD_IS_WON, NAMES("is closed won", "hs_is_closed_won") },
	{ FIELD_IS_CLOSED,
	    NAMES("is deal closed?", "is closed", "hs_is_closed") },
	{ FIELD_REJECT_REASON, NAMES(LOSS_REASONS) },
	{ FIELD_MODIFIED, NAMES("last modified date", "hs_lastmodifieddate") },
	{ FIELD_DELETED, NAMES("is deleted", "_fivetran_deleted") },
	{ FIELD_MERGED_IDS, NAMES("merged deal ids", "hs_merged_object_ids") },
	{ FIELD_PIPELINE, NAMES("pipeline", "deal pipeline id") },
	{ FIELD_TOUCH_CONTACT,
	    NAMES("associated contact ids", "associated contact") },
	{ 0, NULL },
};

static const struct field_alias hubspot_contact[] = {
	{ FIELD_ID,
	    NAMES("record id", "contact id", "hs_object_id", "vid", "id") },
	{ FIELD_NAME, NAMES("last name") },
	{ FIELD_ACCOUNT,
	    NAMES("company name", "company", "associated company",
		"primary associated company", "associated company ids",
		"associated company id", "primary associated company id") },
	{ FIELD_CREATED, NAMES("create date") },
	{ FIELD_STAGE, NAMES("lifecycle stage") },
	{ FIELD_OWNER, NAMES("contact owner", "hubspot_owner_id", "owner id") },
	{ FIELD_ASSIGNED,
	    NAMES("owner assigned date", "hubspot_owner_assigneddate") },
	{ FIELD_SOURCE, NAMES("original traffic source", "original source",
			    "original source type", "hs_analytics_source") },
	{ FIELD_CAMPAIGN,
	    NAMES("original traffic source drill-down 1",
		"original source drill-down 1", "original source data 1",
		"hs_analytics_source_data_1") },
	{ FIELD_CLOSE_DATE, NAMES("close date") },
	{ FIELD_STATUS, NAMES("lead status", "hs_lead_status") },
	{ FIELD_REJECT_REASON, NAMES(REJECT_REASONS) },
	{ FIELD_FIRST_RESPONSE,
	    NAMES("first outreach date", "hs_first_outreach_date",
		"date of first engagement", "hs_sa_first_engagement_date") },
	{ FIELD_MODIFIED, NAMES("last modified date", "lastmodifieddate") },
	{ FIELD_DELETED, NAMES("is deleted", "_fivetran_deleted") },
	{ FIELD_MERGED_IDS,
	    NAMES("merged contact ids", "hs_merged_object_ids") },
	{ FIELD_TOUCH_DATE,
	    NAMES("first conversion date", "recent conversion date") },
	{ FIELD_TOUCH_CAMPAIGN,
	    NAMES("first conversion", "first_conversion_event_name",
		"recent conversion") },
	{ FIELD_TOUCH_CONTACT, NAMES("email") },
	{ 0, NULL },
};

/* Warehouse tables: one row a stage of a deal ... */
static const struct field_alias hubspot_deal_stages_entered[] = {
	{ FIELD_PARENT_ID, NAMES("deal id") },
	{ FIELD_STAGE, NAMES("value") },
	{ FIELD_STAGE_ENTERED, NAMES("date entered", "_fivetran_start") },
	{ FIELD_STAGE_LEFT, NAMES("_fivetran_end") },
	{ 0, NULL },
};

/* ... and one row a change of any property, without the old value. */
static const struct field_alias hubspot_property_history[] = {
	{ FIELD_PARENT_ID, NAMES("deal id", "contact id") },
	{ FIELD_CHANGED_FIELD, NAMES("name") },
	{ FIELD_NEW_VALUE, NAMES("value") },
	{ FIELD_STAGE_ENTERED, NAMES("timestamp") },
	{ 0, NULL },
};

static const struct field_alias hubspot_value_changes[] = {
	{ FIELD_AMOUNT, NAMES("amount") },
	{ FIELD_CLOSE_DATE, NAMES("close date") },
	{ FIELD_OWNER, NAMES("hubspot_owner_id") },
	{ 0, NULL },
};

static const struct standard_stage hubspot_deal_stages[] = {
	{ "Appointment Scheduled", NULL, OUTCOME_NONE, "sales" },
	{ "Qualified To Buy", NULL, OUTCOME_NONE, "sales" },
	{ "Presentation Scheduled", NULL, OUTCOME_NONE, "sales" },
	{ "Decision Maker Bought-In", NAMES("decisionmakerboughtin"),
	    OUTCOME_NONE, "sales" },
	{ "Contract Sent", NULL, OUTCOME_NONE, "sales" },
	{ "Closed Won", NULL, OUTCOME_WON, "sales" },
	{ "Closed Lost", NULL, OUTCOME_LOST, "sales" },
	{ NULL, NULL, OUTCOME_NONE, NULL },
};

/* An evangelist is a customer who recommends, so no second win. Other is
 * for contacts who are no prospects: they left the funnel without a win. */
static const struct standard_stage hubspot_lifecycle_stages[] = {
	{ "Subscriber", NULL, OUTCOME_NONE, "marketing" },
	{ "Lead", NULL, OUTCOME_NONE, "marketing" },
	{ "Marketing Qualified Lead", NAMES("MQL"), OUTCOME_NONE, "marketing" },
	{ "Sales Qualified Lead", NAMES("SQL"), OUTCOME_NONE, "sales" },
	{ "Opportunity", NULL, OUTCOME_NONE, "sales" },
	{ "Customer", NAMES("Evangelist"), OUTCOME_WON, "sales" },
	{ "Other", NAMES("Other Lifecycle"), OUTCOME_REJECTED, NULL },
	{ NULL, NULL, OUTCOME_NONE, NULL },
};

static const struct preset_object hubspot_objects[] = {
	{
	    .name = "deal stage history",
	    .shape = SHAPE_SNAPSHOT_LOG,
	    .needs = NAMES("deal id", "value", "date entered"),
	    .aliases = hubspot_deal_stages_entered,
	    .stages = hubspot_deal_stages,
	},
	{
	    .name = "deal property history",
	    .shape = SHAPE_OLD_NEW_LOG,
	    .needs = NAMES("deal id", "timestamp", "name", "value"),
	    .aliases = hubspot_property_history,
	    .stages = hubspot_deal_stages,
	    .stage_changes = NAMES("deal stage"),
	    .value_changes = hubspot_value_changes,
	},
	{
	    .name = "contact property history",
	    .is_lead = true,
	    .shape = SHAPE_OLD_NEW_LOG,
	    .needs = NAMES("contact id", "timestamp", "name", "value"),
	    .aliases = hubspot_property_history,
	    .stages = hubspot_lifecycle_stages,
	    .stage_changes = NAMES("lifecycle stage"),
	    .value_changes = hubspot_value_changes,
	},
	{
	    .name = "deal",
	    .shape = SHAPE_WIDE_DATES,
	    .needs = NAMES("deal name|deal stage|deal pipeline stage id",
		"record id|deal id|hs_object_id|deal owner|hubspot_owner_id|"
		"create date|date entered*"),
	    .excludes = NAMES("created time", "closing date", "deal owner.id",
		"moved to", "opportunity id", HOME_MADE),
	    .aliases = hubspot_deal,
	    .stages = hubspot_deal_stages,
	    .patterns = hubspot_stage_dates,
	},
	{
	    .name = "contact",
	    .is_lead = true,
	    .shape = SHAPE_WIDE_DATES,
	    .needs = NAMES("record id|contact id|hs_object_id|vid|id",
		"lifecycle stage|contact owner|became a*date|"
		"hs_lifecyclestage*|date entered*(lifecycle stage pipeline)*|"
		"hs_lead_status|original source|original traffic source|"
		"property_email"),
	    .excludes = NAMES("deal name", "deal stage", "created time",
		"contact owner.id", "company domain name", "mailing street",
		"mailing city", HOME_MADE),
	    .aliases = hubspot_contact,
	    .stages = hubspot_lifecycle_stages,
	    .patterns = hubspot_stage_dates,
	    .only_pipeline = "lifecycle stage pipeline",
	},
	{ .name = NULL },
};

/* ---- Zoho: crm-exports.md 5 ---- */

static const struct field_alias zoho_deal[] = {
	{ FIELD_ID, NAMES("record id", "deal id", "potential id", "id") },
	{ FIELD_NAME, NAMES("deal name", "potential name") },
	{ FIELD_ACCOUNT, NAMES("account name", "account name.id",
			     "company name", "company name.id") },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_STAGE, NAMES("stage") },
	{ FIELD_STAGE_ENTERED, NAMES("stage modified time") },
	{ FIELD_OWNER,
	    NAMES("deal owner", "potential owner", "owner", "deal owner.id") },
	{ FIELD_SOURCE, NAMES("lead source") },
	{ FIELD_CAMPAIGN,
	    NAMES("campaign source", "campaign name", "campaign id") },
	{ FIELD_AMOUNT, NAMES("amount") },
	{ FIELD_CURRENCY, NAMES("currency") },
	{ FIELD_CLOSE_DATE, NAMES("closing date") },
	{ FIELD_PROBABILITY, NAMES(PROBABILITY_WORDS) },
	{ FIELD_OUTCOME, NAMES("forecast type") },
	{ FIELD_REJECT_REASON, NAMES(LOSS_REASONS) },
	{ FIELD_MODIFIED, NAMES("modified time") },
	{ FIELD_PIPELINE, NAMES("pipeline", "sub-pipeline") },
	{ FIELD_TOUCH_CONTACT,
	    NAMES("contact name.id", "contact id", "contact name") },
	{ 0, NULL },
};

static const struct field_alias zoho_lead[] = {
	{ FIELD_ID, NAMES("record id", "lead id", "id") },
	{ FIELD_NAME, NAMES("lead name", "full name", "last name") },
	{ FIELD_ACCOUNT, NAMES("company", "company name") },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_STAGE, NAMES("lead status") },
	{ FIELD_STATUS, NAMES("lead status") },
	{ FIELD_OWNER, NAMES("lead owner", "owner", "lead owner.id") },
	{ FIELD_SOURCE, NAMES("lead source") },
	{ FIELD_CAMPAIGN, NAMES("ad campaign name", "campaign source") },
	{ FIELD_IS_CONVERTED, NAMES("is converted", "converted") },
	{ FIELD_CONVERTED_ID, NAMES("converted deal.id", "converted deal") },
	{ FIELD_CONVERTED_CONTACT,
	    NAMES("converted contact.id", "converted contact") },
	{ FIELD_REJECT_REASON, NAMES(REJECT_REASONS, LOSS_REASONS) },
	{ FIELD_MODIFIED, NAMES("modified time") },
	{ FIELD_TOUCH_CONTACT, NAMES("email") },
	{ FIELD_COST, NAMES("cost per click") },
	{ 0, NULL },
};

/* Whether Modified Time is the entry or the exit of the row's stage is
 * proved per file (ruling R48); the created time of a row, where there is
 * one, is the start of that row. */
static const struct field_alias zoho_stage_history[] = {
	{ FIELD_ID, NAMES("record id", "id") },
	{ FIELD_PARENT_ID, NAMES("deal name.id", "potential name.id", "deal id",
			       "potential id", "parent id.id", "parent id") },
	{ FIELD_NAME, NAMES("deal name", "potential name") },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_STAGE, NAMES("stage") },
	{ FIELD_STAGE_ENTERED, NAMES("modified time") },
	{ FIELD_MOVED_TO, NAMES("moved to", "moved_to__s") },
	{ FIELD_STAGE_DURATION,
	    NAMES("duration (days)", "duration days", "duration",
		"stage duration (calendar days)",
		"stage duration calendar days") },
	{ FIELD_AMOUNT, NAMES("amount") },
	{ FIELD_CURRENCY, NAMES("currency") },
	{ FIELD_CLOSE_DATE, NAMES("closing date") },
	{ FIELD_PROBABILITY, NAMES(PROBABILITY_WORDS) },
	{ 0, NULL },
};

static const struct field_alias zoho_lead_history[] = {
	{ FIELD_ID, NAMES("record id", "id") },
	{ FIELD_PARENT_ID, NAMES("lead name.id", "lead.id", "lead id",
			       "parent id.id", "parent id") },
	{ FIELD_NAME, NAMES("lead name") },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_STAGE, NAMES("lead status", "status") },
	{ FIELD_STAGE_ENTERED, NAMES("modified time") },
	{ FIELD_MOVED_TO, NAMES("moved to", "moved_to__s") },
	{ FIELD_STAGE_DURATION,
	    NAMES("duration (days)", "duration days", "duration") },
	{ 0, NULL },
};

static const struct field_alias zoho_campaign_member[] = {
	{ FIELD_ID, NAMES("record id", "id") },
	{ FIELD_PARENT_ID,
	    NAMES("lead.id", "contact.id", "lead id", "contact id") },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_STATUS, NAMES("member status", "status") },
	{ FIELD_TOUCH_DATE, NAMES("last modified time", "modified time") },
	{ FIELD_TOUCH_CAMPAIGN,
	    NAMES("campaign name", "campaign.id", "campaign id") },
	{ FIELD_TOUCH_CONTACT,
	    NAMES("lead.id", "contact.id", "lead id", "contact id") },
	{ 0, NULL },
};

static const struct field_alias zoho_campaign[] = {
	{ FIELD_ID, NAMES("record id", "campaign id", "id") },
	{ FIELD_NAME, NAMES("campaign name") },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_OWNER, NAMES("campaign owner") },
	{ FIELD_CURRENCY, NAMES("currency") },
	{ FIELD_STATUS, NAMES("status") },
	{ FIELD_MODIFIED, NAMES("modified time") },
	{ FIELD_TOUCH_DATE, NAMES("start date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("type") },
	{ FIELD_TOUCH_CAMPAIGN, NAMES("campaign name") },
	{ FIELD_COST, NAMES("actual cost") },
	{ 0, NULL },
};

/* POTENTIALID 0 means that there is no deal. */
static const struct field_alias zoho_activity[] = {
	{ FIELD_ID, NAMES("record id", "call id", "task id", "id") },
	{ FIELD_PARENT_ID, NAMES("related to.id", "potential id", "lead id",
			       "contact id", "what id", "who id") },
	{ FIELD_NAME, NAMES("subject") },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_OWNER, NAMES("call owner", "task owner") },
	{ FIELD_STATUS, NAMES("status") },
	{ FIELD_FIRST_RESPONSE, NAMES("call start time", "closed time") },
	{ FIELD_MODIFIED, NAMES("modified time") },
	{ FIELD_TOUCH_DATE, NAMES("call start time", "closed time") },
	{ FIELD_TOUCH_CHANNEL, NAMES("call type") },
	{ FIELD_TOUCH_CONTACT,
	    NAMES("contact name.id", "contact id", "lead id", "contact name") },
	{ 0, NULL },
};

static const struct standard_stage zoho_deal_stages[] = {
	{ "Qualification", NULL, OUTCOME_NONE, "sales" },
	{ "Needs Analysis", NULL, OUTCOME_NONE, "sales" },
	{ "Value Proposition", NULL, OUTCOME_NONE, "sales" },
	{ "Identify Decision Makers", NAMES("Id. Decision Makers"),
	    OUTCOME_NONE, "sales" },
	{ "Proposal/Price Quote", NULL, OUTCOME_NONE, "sales" },
	{ "Negotiation/Review", NULL, OUTCOME_NONE, "sales" },
	{ "Closed Won", NAMES("Closed - Won"), OUTCOME_WON, "sales" },
	{ "Closed Lost", NAMES("Closed - Lost"), OUTCOME_LOST, "sales" },
	{ "Closed Lost to Competition", NULL, OUTCOME_LOST, "sales" },
	{ NULL, NULL, OUTCOME_NONE, NULL },
};

/* What a dialler writes into the status is an attempt (crm-exports 5.6). */
static const struct standard_stage zoho_lead_stages[] = {
	{ "Not Contacted", NULL, OUTCOME_NONE, "marketing" },
	{ "Attempted to Contact",
	    NAMES("Open - Disconnected", "Not Reachable", "Call Rejected",
		"Network Issue"),
	    OUTCOME_NONE, "sales" },
	{ "Contacted", NULL, OUTCOME_NONE, "sales" },
	{ "Pre Qualified", NAMES("Pre-Qualified"), OUTCOME_NONE, "sales" },
	{ "Contact in Future", NULL, OUTCOME_RECYCLED, "marketing" },
	{ "Junk Lead", NULL, OUTCOME_REJECTED, "sales" },
	{ "Lost Lead", NULL, OUTCOME_REJECTED, "sales" },
	{ NULL, NULL, OUTCOME_NONE, NULL },
};

static const struct preset_object zoho_objects[] = {
	{
	    .name = "deal history",
	    .shape = SHAPE_PERIOD_LOG,
	    .needs = NAMES(
		"stage", "moved to|moved_to__s", "modified time|created time"),
	    .aliases = zoho_stage_history,
	    .stages = zoho_deal_stages,
	},
	{
	    .name = "lead status history",
	    .is_lead = true,
	    .shape = SHAPE_PERIOD_LOG,
	    .needs = NAMES("lead status|status", "moved to|moved_to__s",
		"modified time|created time"),
	    .excludes = NAMES("stage"),
	    .aliases = zoho_lead_history,
	    .stages = zoho_lead_stages,
	},
	{
	    .name = "campaign member",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("campaign.id|campaign name",
		"lead.id|contact.id|lead first name|contact first name",
		"member status|status"),
	    .aliases = zoho_campaign_member,
	},
	{
	    .name = "campaign",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("campaign name",
		"actual cost|budgeted cost|expected revenue",
		"record id|campaign id|campaign owner|created time"),
	    .aliases = zoho_campaign,
	},
	{
	    .name = "call",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("call start time",
		"call type|call owner|call purpose|call duration*"),
	    .aliases = zoho_activity,
	},
	{
	    .name = "task",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES(
		"task owner", "subject", "due date|closed time|created time"),
	    .aliases = zoho_activity,
	},
	{
	    .name = "lead",
	    .is_lead = true,
	    .shape = SHAPE_RECORD_LIST,
	    .needs = NAMES("lead status",
		"lead owner|lead owner.id|lead name|is converted|converted",
		"record id|created time|lead owner.id"),
	    .excludes = NAMES("moved to", "moved_to__s"),
	    .aliases = zoho_lead,
	    .stages = zoho_lead_stages,
	},
	{
	    .name = "deal",
	    .shape = SHAPE_RECORD_LIST,
	    .needs = NAMES("stage",
		"deal name|potential name|deal owner|potential owner",
		"record id|created time|closing date|potential id"),
	    .excludes = NAMES("moved to", "moved_to__s", HOME_MADE),
	    .aliases = zoho_deal,
	    .stages = zoho_deal_stages,
	},
	{ .name = NULL },
};

/* ---- Generic: crm-exports.md 11 ---- */

#define ID_WORDS                                                              \
	"id", "record id", "deal id", "opportunity id*18*", "opportunity id", \
	    "lead id", "contact id", "case safe id", "prospect id",           \
	    "customer id"
#define STAGE_WORDS                                                          \
	"stage", "stage name", "deal stage", "opportunity stage",            \
	    "lead stage", "sales stage", "pipeline stage", "pipeline phase", \
	    "lifecycle stage"
/* Not "date entered": SuiteCRM means the creation of the record by it. */
#define ENTERED_WORDS                                                         \
	"stage entered", "stage entered at", "stage entered date", "entered", \
	    "entered at", "entered on", "changed at", "timestamp",            \
	    "event time", "edit date"
#define OWNER_WORDS                                               \
	"owner", "deal owner", "opportunity owner", "lead owner", \
	    "owner name", "owner id", "sales agent", "sales rep", \
	    "account executive", "salesperson", "assigned to", "assigned"
#define AMOUNT_WORDS                                                 \
	"amount", "amount (converted)", "deal amount", "deal value", \
	    "close value", "opportunity amount", "total amount", "value"
#define CURRENCY_WORDS                                                       \
	"currency", "currency code", "currency iso code", "amount currency", \
	    "deal currency"

static const struct field_alias generic_record[] = {
	{ FIELD_ID, NAMES(ID_WORDS) },
	{ FIELD_PARENT_ID, NAMES("parent id") },
	{ FIELD_NAME, NAMES("name", "deal name", "opportunity name",
			  "lead name", "title") },
	{ FIELD_ACCOUNT,
	    NAMES("account", "account name", "account.name", "company",
		"company name", "associated company", "customer",
		"organization", "organisation", "account id") },
	{ FIELD_CREATED, NAMES("created", "created date", "create date",
			     "created at", "created on", "created time",
			     "creation date", "date created", "engage date") },
	{ FIELD_STAGE, NAMES(STAGE_WORDS) },
	{ FIELD_OWNER, NAMES(OWNER_WORDS) },
	{ FIELD_SOURCE, NAMES("source", "lead source", "original source",
			    "original traffic source", "utm source") },
	{ FIELD_CAMPAIGN,
	    NAMES("campaign", "campaign name", "primary campaign source",
		"campaign source", "utm campaign", "campaign id") },
	{ FIELD_AMOUNT, NAMES(AMOUNT_WORDS) },
	{ FIELD_CURRENCY, NAMES(CURRENCY_WORDS) },
	{ FIELD_CLOSE_DATE, NAMES("close date", "closed date", "closing date",
				"actual close date", "closed at", "closed on",
				"date closed", "close time") },
	{ FIELD_PROBABILITY,
	    NAMES("probability", "probability (%)", "deal probability",
		"win probability", "deal - probability") },
	{ FIELD_OUTCOME, NAMES("outcome", "deal outcome", "result") },
	{ FIELD_IS_WON, NAMES("is won", "won") },
	{ FIELD_IS_CLOSED, NAMES("is closed", "closed") },
	{ FIELD_IS_CONVERTED, NAMES("is converted", "converted") },
	{ FIELD_CONVERTED_DATE, NAMES("converted date", "converted at") },
	{ FIELD_CONVERTED_ID, NAMES("converted id", "converted opportunity id",
				  "converted deal id") },
	{ FIELD_CONVERTED_CONTACT, NAMES("converted contact id") },
	{ FIELD_STATUS, NAMES("status", "lead status") },
	{ FIELD_REJECT_REASON, NAMES(REJECT_REASONS, LOSS_REASONS) },
	{ FIELD_FIRST_RESPONSE,
	    NAMES("first response", "first response at", "first response date",
		"first outreach date") },
	{ FIELD_MODIFIED,
	    NAMES("modified", "modified date", "last modified",
		"last modified date", "modified time", "modified on",
		"modified at", "updated at", "date modified") },
	{ FIELD_DELETED, NAMES("deleted", "is deleted") },
	{ FIELD_MERGED_INTO, NAMES("merged into", "master record id") },
	{ FIELD_MERGED_IDS, NAMES("merged ids") },
	{ FIELD_PIPELINE, NAMES("pipeline", "pipeline name") },
	{ FIELD_TOUCH_DATE, NAMES("touch.date", "touch date", "day") },
	{ FIELD_TOUCH_CHANNEL,
	    NAMES("touch.channel", "touch channel", "channel",
		"source / medium", "medium", "touchpoint type") },
	{ FIELD_TOUCH_CAMPAIGN, NAMES("touch.campaign", "touch campaign") },
	{ FIELD_TOUCH_CONTACT,
	    NAMES("touch.contact", "touch contact", "contact id", "email") },
	{ FIELD_COST, NAMES("cost", "actual cost", "total spent",
			  "amount spent", "spend") },
	{ 0, NULL },
};

/* The columns that every generic history has; the record is the parent
 * (ruling R41). */
#define GENERIC_HISTORY                                                        \
	{ FIELD_ID, NAMES("id", "record id", "case safe id", "customer id") }, \
	    { FIELD_PARENT_ID,                                                 \
		    NAMES("parent id", "deal id", PARENT_OPPORTUNITY,          \
			PARENT_LEAD, "contact id") },                          \
	    { FIELD_STAGE_ENTERED, NAMES(ENTERED_WORDS) },                     \
	    { FIELD_OWNER, NAMES(OWNER_WORDS) },                               \
	    { FIELD_SOURCE, NAMES("source", "lead source") },                  \
	    { FIELD_AMOUNT, NAMES(AMOUNT_WORDS) },                             \
	    { FIELD_CURRENCY, NAMES(CURRENCY_WORDS) },                         \
	{                                                                      \
		FIELD_PIPELINE, NAMES("pipeline", "pipeline name")             \
	}

static const struct field_alias generic_history[] = {
	GENERIC_HISTORY,
	{ FIELD_STAGE, NAMES(STAGE_WORDS) },
	{ FIELD_STAGE_LEFT,
	    NAMES("stage left", "stage left at", "left at", "exited at") },
	{ FIELD_CREATED, NAMES("created", "created date", "created at") },
	{ FIELD_CLOSE_DATE, NAMES("close date", "closed date", "closed at") },
	{ FIELD_PROBABILITY, NAMES(PROBABILITY_WORDS) },
	{ FIELD_DELETED, NAMES("deleted", "is deleted") },
	{ 0, NULL },
};

static const struct field_alias generic_moves[] = {
	GENERIC_HISTORY,
	{ FIELD_FROM_STAGE,
	    NAMES("from stage", "old stage", "previous stage") },
	{ FIELD_STAGE, NAMES("to stage", "new stage", "stage") },
	{ 0, NULL },
};

static const struct field_alias generic_field_history[] = {
	GENERIC_HISTORY,
	{ FIELD_CHANGED_FIELD,
	    NAMES("changed field", "field", "field / event", "property") },
	{ FIELD_OLD_VALUE, NAMES("old value") },
	{ FIELD_NEW_VALUE, NAMES("new value") },
	{ 0, NULL },
};

static const struct field_alias generic_value_changes[] = {
	{ FIELD_AMOUNT, NAMES(AMOUNT_WORDS) },
	{ FIELD_CLOSE_DATE, NAMES("close date", "closed date", "closing date",
				"expected close date") },
	{ FIELD_OWNER, NAMES(OWNER_WORDS) },
	{ 0, NULL },
};

/* The column names of process mining, whose tools write such files. */
static const struct field_alias generic_event_log[] = {
	{ FIELD_ID, NAMES("case id", "case:concept:name") },
	{ FIELD_STAGE, NAMES("activity", "concept:name") },
	{ FIELD_STAGE_ENTERED, NAMES("timestamp", "time:timestamp") },
	{ FIELD_OWNER, NAMES("owner", "resource", "org:resource") },
	{ FIELD_AMOUNT, NAMES("amount") },
	{ FIELD_SOURCE, NAMES("source") },
	{ 0, NULL },
};

/* None ranked: the order of a stranger's stages is not known. These make
 * outcomes work without a definitions file. */
static const struct standard_stage generic_stages[] = {
	{ "Won", NAMES("Closed Won", "Closed - Won"), OUTCOME_WON, NULL },
	{ "Lost", NAMES("Closed Lost", "Closed - Lost"), OUTCOME_LOST, NULL },
	{ NULL, NULL, OUTCOME_NONE, NULL },
};

static const struct preset_object generic_objects[] = {
	{
	    .name = "stage changes",
	    .shape = SHAPE_FROM_TO_LOG,
	    .binds = FIELDS(FIELD_FROM_STAGE, FIELD_STAGE, FIELD_STAGE_ENTERED),
	    .aliases = generic_moves,
	    .stages = generic_stages,
	},
	{
	    .name = "field history",
	    .shape = SHAPE_OLD_NEW_LOG,
	    .binds = FIELDS(FIELD_CHANGED_FIELD, FIELD_OLD_VALUE,
		FIELD_NEW_VALUE, FIELD_STAGE_ENTERED),
	    .aliases = generic_field_history,
	    .stages = generic_stages,
	    .stage_changes = NAMES("stage", "stage name", "deal stage",
		"status", "lead status", "lifecycle stage"),
	    .creation_changes = NAMES("created", "created."),
	    .value_changes = generic_value_changes,
	},
	{
	    .name = "stage history",
	    .shape = SHAPE_SNAPSHOT_LOG,
	    .excludes = NAMES("from stage", "old stage", "previous stage",
		"old value", "moved to"),
	    .binds = FIELDS(FIELD_STAGE, FIELD_STAGE_ENTERED),
	    .aliases = generic_history,
	    .stages = generic_stages,
	},
	{
	    .name = "event log",
	    .shape = SHAPE_SNAPSHOT_LOG,
	    .binds = FIELDS(FIELD_ID, FIELD_STAGE, FIELD_STAGE_ENTERED),
	    .aliases = generic_event_log,
	    .stages = generic_stages,
	    .not_then = FIELDS(FIELD_OWNER), /* who did it */
	},
	{
	    .name = "record",
	    .shape = SHAPE_RECORD_LIST,
	    .aliases = generic_record,
	    .stages = generic_stages,
	    .patterns = hubspot_stage_dates,
	},
	{ .name = NULL },
};

/* ---- The CRMs ---- */

static const struct header_caveat salesforce_caveats[] = {
	{ "last stage change date", "tells of the last move only" },
	{ NULL, NULL },
};

static const struct header_caveat hubspot_caveats[] = {
	{ "date of first engagement",
	    "is the first engagement of the present owner, not of anyone" },
	{ "hs_sa_first_engagement_date",
	    "is the first engagement of the present owner, not of anyone" },
	{ NULL, NULL },
};

static const struct header_caveat zoho_caveats[] = {
	{ "stage modified time", "tells of the last move only" },
	{ NULL, NULL },
};

static const struct header_caveat generic_caveats[] = {
	{ "engage date",
	    "is when work on the deal began; it stands in for its creation" },
	{ NULL, NULL },
};

const struct preset presets[] = {
	{
	    .id = "salesforce",
	    .title = "Salesforce",
	    .objects = salesforce_objects,
	    .touches = salesforce_touches,
	    .spend = salesforce_spend,
	    .zone_note = "API and Data Loader files are in UTC and say so; "
			 "report times are in the zone of the user who ran the "
			 "report, which --in-tz names",
	    .home_amounts = NAMES("*(converted)"),
	    .caveats = salesforce_caveats,
	    .salesforce_ids = true,
	},
	{
	    .id = "hubspot",
	    .title = "HubSpot",
	    .objects = hubspot_objects,
	    .touches = hubspot_touches,
	    .zone_note = "times of an export are taken to be in the zone of "
			 "the HubSpot account, which --in-tz names; HubSpot "
			 "does not say",
	    .prefix = "property_",
	    .twin_suffix = " (old hub)",
	    .home_amounts =
		NAMES("amount in company currency", "amount in home currency"),
	    .caveats = hubspot_caveats,
	},
	{
	    .id = "zoho",
	    .title = "Zoho CRM",
	    .objects = zoho_objects,
	    .touches = zoho_touches,
	    .spend = zoho_spend,
	    .zone_note = "times of module exports and backups carry no zone; "
			 "--in-tz names it; the API writes an offset",
	    .caveats = zoho_caveats,
	},
	{
	    .id = "generic",
	    .title = "Generic",
	    .objects = generic_objects,
	    .touches = generic_touches,
	    .spend = generic_spend,
	    .zone_note = "times without an offset are read in the zone that "
			 "--in-tz names",
	    .home_amounts = NAMES("*(converted)"),
	    .caveats = generic_caveats,
	},
	{ .id = NULL },
};

const struct preset *
preset_find(const char *id)
{
	for (const struct preset *p = presets; id && p->id; p++)
		if (fold_equal(slice_of(id), slice_of(p->id)))
			return p;
	return NULL;
}

const struct preset_object *
preset_objects(const struct preset *preset, enum purpose purpose)
{
	if (purpose == PURPOSE_TOUCHES)
		return preset->touches;
	return purpose == PURPOSE_SPEND ? preset->spend : preset->objects;
}
