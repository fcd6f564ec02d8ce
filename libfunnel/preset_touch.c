/*
 * preset_touch.c: rows of presets for funnel-attribution; all of it is data.
 *
 * They are lists apart from the kinds of record files, since the same file
 * can be both: a HubSpot export of contacts is a list of leads, and holds the
 * first and the last touch of each.
 *
 * Sources: crm-exports.md 3.5, 3.6, 4.3, 5.5, 10, 11. What is marked [?]
 * there is left out, but for the columns of OpportunityContactRole, which
 * the documentation of the API has.
 */
#include "preset_touch.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define LEAD_ID "lead id*18*", "lead id"
#define CONTACT_ID "contact id*18*", "contact id"

/* ---- Salesforce: 3.5, 3.6 ---- */

/* Either the lead or the contact is filled in; LeadOrContactId is both. */
static const struct field_alias salesforce_member[] = {
	{ FIELD_TOUCH_ID, NAMES("id", "campaign member id") },
	{ FIELD_TOUCH_RECORD, NAMES(LEAD_ID) },
	{ FIELD_TOUCH_CONTACT,
	    NAMES("lead or contact id", CONTACT_ID, "related record",
		"related record id", "email") },
	{ FIELD_TOUCH_ACCOUNT, NAMES("company / account", "company or account",
				   "company (account)", "account id") },
	{ FIELD_TOUCH_DATE,
	    NAMES("member first responded date", "first responded date") },
	{ FIELD_CREATED,
	    NAMES("member first associated date", "created date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("campaign type", "campaign.type") },
	{ FIELD_TOUCH_CAMPAIGN,
	    NAMES("campaign name", "campaign.name", "campaign id") },
	{ FIELD_SOURCE, NAMES("lead source") },
	{ FIELD_STATUS, NAMES("member status", "status") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

/* Ruling R50: the instant of completion before the day of the activity. */
static const struct field_alias salesforce_task_touch[] = {
	{ FIELD_TOUCH_ID, NAMES("id", "activity id") },
	{ FIELD_TOUCH_RECORD, NAMES("what id", "opportunity id", LEAD_ID) },
	{ FIELD_TOUCH_CONTACT, NAMES("who id", CONTACT_ID) },
	{ FIELD_TOUCH_ACCOUNT, NAMES("account id", "company / account") },
	{ FIELD_TOUCH_DATE, NAMES("activity date", "date") },
	{ FIELD_FIRST_RESPONSE, NAMES("completed date time") },
	{ FIELD_CREATED, NAMES("created date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("task subtype", "type") },
	{ FIELD_TOUCH_TYPE, NAMES("task subtype", "type") },
	{ FIELD_TOUCH_OWNER, NAMES("assigned", "owner id", "owner") },
	{ FIELD_IS_CLOSED, NAMES("is closed", "closed") },
	{ FIELD_STATUS, NAMES("status") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

static const struct field_alias salesforce_meeting[] = {
	{ FIELD_TOUCH_ID, NAMES("id", "activity id") },
	{ FIELD_TOUCH_RECORD, NAMES("what id", "opportunity id", LEAD_ID) },
	{ FIELD_TOUCH_CONTACT, NAMES("who id", CONTACT_ID) },
	{ FIELD_TOUCH_ACCOUNT, NAMES("account id") },
	{ FIELD_TOUCH_DATE,
	    NAMES("start date time", "activity date time", "activity date") },
	{ FIELD_CREATED, NAMES("created date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("event subtype", "type") },
	{ FIELD_TOUCH_TYPE, NAMES("event subtype", "type") },
	{ FIELD_TOUCH_OWNER, NAMES("assigned", "owner id", "owner") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

static const struct field_alias salesforce_role[] = {
	{ FIELD_TOUCH_RECORD, NAMES("opportunity id*18*", "opportunity id") },
	{ FIELD_TOUCH_CONTACT, NAMES(CONTACT_ID) },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

static const struct field_alias salesforce_contact_link[] = {
	{ FIELD_TOUCH_ID, NAMES("id", CONTACT_ID) },
	{ FIELD_TOUCH_CONTACT, NAMES("email") },
	{ FIELD_TOUCH_ACCOUNT, NAMES("account id", "account name") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

static const struct field_alias salesforce_account_link[] = {
	{ FIELD_TOUCH_ID, NAMES("id", "account id*18*", "account id") },
	{ FIELD_TOUCH_ACCOUNT, NAMES("account name", "name") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

static const struct field_alias salesforce_campaign_link[] = {
	{ FIELD_TOUCH_ID, NAMES("id", "campaign id*18*", "campaign id") },
	{ FIELD_TOUCH_CAMPAIGN, NAMES("campaign name", "name") },
	{ FIELD_TOUCH_CHANNEL, NAMES("type", "campaign type") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

/* Never Total Actual Cost in Hierarchy: it holds the children's again. */
static const struct field_alias salesforce_campaign_cost[] = {
	{ FIELD_TOUCH_DATE, NAMES("start date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("type", "campaign type") },
	{ FIELD_TOUCH_CAMPAIGN, NAMES("campaign name", "name") },
	{ FIELD_CURRENCY, NAMES("campaign currency", "actual cost currency",
			      "currency iso code") },
	{ FIELD_COST, NAMES("actual cost in campaign", "actual cost") },
	{ FIELD_DELETED, NAMES("is deleted") },
	{ 0, NULL },
};

#define CAMPAIGN_ONLY                                        \
	"actual cost|actual cost in campaign|budgeted cost|" \
	"budgeted cost in campaign|number sent|num sent|is active|active"

static const char *const done_words[] = { "completed", "closed", "done", NULL };

const struct preset_object salesforce_touches[] = {
	{
	    .name = "campaign member",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("campaign id*|campaign name|campaign.name",
		"status|member status|member first responded date|"
		"member first associated date|first responded date",
		"lead id*|contact id*|lead or contact id|related record*"),
	    .excludes = NAMES("campaign.id", "start date"),
	    .aliases = salesforce_member,
	    .touch = TOUCH_ROW_MEMBER,
	},
	{
	    .name = "event",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("subject", "start date time|activity date time",
		"who id|what id"),
	    .aliases = salesforce_meeting,
	    .touch = TOUCH_ROW_MEETING,
	},
	{
	    .name = "task",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("subject", "activity date|status", "who id|what id"),
	    .excludes = NAMES("start date time"),
	    .aliases = salesforce_task_touch,
	    .touch = TOUCH_ROW_ACTIVITY,
	    .done = done_words,
	},
	{
	    .name = "task",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("assigned", "subject", "date"),
	    .aliases = salesforce_task_touch,
	    .touch = TOUCH_ROW_ACTIVITY,
	    .done = done_words,
	},
	{
	    .name = "contact role",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("opportunity id*", "contact id*",
		"role|is primary|contact role|primary"),
	    .excludes = NAMES("status", "channel", "touch date"),
	    .aliases = salesforce_role,
	    .touch = TOUCH_ROW_ROLE,
	},
	{
	    .name = "contact",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("last name|name",
		"mailing street|mailing city|mailing state/province|"
		"reports to id|reports to",
		"id|contact id*"),
	    .excludes = NAMES("record id", "deal name"),
	    .aliases = salesforce_contact_link,
	    .touch = TOUCH_ROW_CONTACT,
	},
	{
	    .name = "account",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("account name|name",
		"billing street|billing city|billing state/province|"
		"billing country",
		"id|account id*"),
	    .excludes = NAMES("record id", "last name"),
	    .aliases = salesforce_account_link,
	    .touch = TOUCH_ROW_ACCOUNT,
	},
	{
	    .name = "campaign",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("name|campaign name", "start date", CAMPAIGN_ONLY,
		"id|campaign id*"),
	    .aliases = salesforce_campaign_link,
	    .touch = TOUCH_ROW_CAMPAIGN,
	},
	{ .name = NULL },
};

const struct preset_object salesforce_spend[] = {
	{
	    .name = "campaign",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("name|campaign name", "start date", CAMPAIGN_ONLY),
	    .excludes = NAMES("record id", "created time", "campaign owner.id"),
	    .aliases = salesforce_campaign_cost,
	},
	{ .name = NULL },
};

/* ---- HubSpot: 4.3 ---- */

#define FIRST_SOURCE(suffix)                                        \
	"original traffic source" suffix, "original source" suffix, \
	    "original source type" suffix
#define LATEST_SOURCE(suffix) \
	"latest traffic source" suffix, "latest source" suffix

/* The newer labels first, as in the list of deals. */
static const struct touch_columns hubspot_touch_columns[] = {
	{ "first seen",
	    NAMES("time first seen", "hs_analytics_first_timestamp"),
	    NAMES(FIRST_SOURCE(""), "hs_analytics_source"),
	    NAMES(FIRST_SOURCE(" drill-down 1"), "original source data 1",
		"hs_analytics_source_data_1") },
	{ "latest source",
	    NAMES(LATEST_SOURCE(" date"), "latest source timestamp",
		"hs_latest_source_timestamp"),
	    NAMES(LATEST_SOURCE(""), "hs_latest_source"),
	    NAMES(LATEST_SOURCE(" drill-down 1"), "hs_latest_source_data_1") },
	{ "first conversion", NAMES("first conversion date"), NULL,
	    NAMES("first conversion", "first_conversion_event_name") },
	{ "recent conversion", NAMES("recent conversion date"), NULL,
	    NAMES("recent conversion", "recent_conversion_event_name") },
	{ NULL, NULL, NULL, NULL },
};

static const struct field_alias hubspot_person[] = {
	{ FIELD_TOUCH_RECORD,
	    NAMES("record id", "contact id", "hs_object_id", "vid", "id") },
	{ FIELD_TOUCH_CONTACT, NAMES("email") },
	{ FIELD_TOUCH_ACCOUNT,
	    NAMES("company name", "company", "associated company",
		"primary associated company", "associated company ids",
		"associated company id", "primary associated company id") },
	{ FIELD_DELETED, NAMES("is deleted", "_fivetran_deleted") },
	{ 0, NULL },
};

/* The export of activities; which columns it has beside the first three is
 * up to who exports it. */
static const struct field_alias hubspot_activity[] = {
	{ FIELD_TOUCH_ID, NAMES("activity id", "engagement id") },
	{ FIELD_TOUCH_RECORD,
	    NAMES("associated deal ids", "associated deal id", "deal id") },
	{ FIELD_TOUCH_CONTACT,
	    NAMES("associated contact ids", "associated contact id",
		"contact id", "email") },
	{ FIELD_TOUCH_ACCOUNT,
	    NAMES("associated company", "associated company ids",
		"associated company id", "company name") },
	{ FIELD_TOUCH_DATE, NAMES("activity date") },
	{ FIELD_CREATED, NAMES("create date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("activity type") },
	{ FIELD_TOUCH_TYPE, NAMES("activity type") },
	{ FIELD_TOUCH_OWNER, NAMES("activity assigned to") },
	{ 0, NULL },
};

const struct preset_object hubspot_touches[] = {
	{
	    .name = "contact",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("record id|contact id|hs_object_id|vid|email",
		"time first seen|hs_analytics_first_timestamp|"
		"latest traffic source date|latest source date|"
		"hs_latest_source_timestamp|first conversion date|"
		"recent conversion date"),
	    .aliases = hubspot_person,
	    .touch = TOUCH_ROW_PERSON,
	    .columns = hubspot_touch_columns,
	},
	/* Of emails, calls, meetings, notes and tasks. */
	{
	    .name = "activity",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("activity date", "activity type",
		"activity assigned to|associated contact*|associated deal*"),
	    .aliases = hubspot_activity,
	    .touch = TOUCH_ROW_MEETING,
	},
	{ .name = NULL },
};

/* ---- Zoho: 5.5 ---- */

/* Its members have a status and the time of its last change. */
static const struct field_alias zoho_member[] = {
	{ FIELD_TOUCH_ID, NAMES("record id", "id") },
	{ FIELD_TOUCH_RECORD, NAMES("lead.id", "lead id") },
	{ FIELD_TOUCH_CONTACT, NAMES("contact.id", "contact id") },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_STATUS, NAMES("member status", "status") },
	{ FIELD_TOUCH_DATE, NAMES("last modified time", "modified time") },
	{ FIELD_TOUCH_CHANNEL, NAMES("campaign type", "campaign.type") },
	{ FIELD_TOUCH_CAMPAIGN,
	    NAMES("campaign name", "campaign.id", "campaign id") },
	{ 0, NULL },
};

/* A column each for the deal, the lead and the contact. */
#define ZOHO_DEAL "related to.id", "potential id", "deal id", "what id"
#define ZOHO_CONTACT "contact name.id", "contact id", "who id"

/* Call Type is the direction, or that nobody answered. */
static const struct field_alias zoho_call[] = {
	{ FIELD_TOUCH_ID, NAMES("record id", "call id", "id") },
	{ FIELD_TOUCH_RECORD, NAMES(ZOHO_DEAL) },
	{ FIELD_TOUCH_LEAD, NAMES("lead id") },
	{ FIELD_TOUCH_CONTACT, NAMES(ZOHO_CONTACT) },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_STATUS, NAMES("call type") },
	{ FIELD_TOUCH_DATE, NAMES("call start time") },
	{ FIELD_TOUCH_CHANNEL, NAMES("call type") },
	{ FIELD_TOUCH_OWNER, NAMES("call owner", "call owner.id", "owner") },
	{ 0, NULL },
};

static const struct field_alias zoho_task[] = {
	{ FIELD_TOUCH_ID, NAMES("record id", "task id", "id") },
	{ FIELD_TOUCH_RECORD, NAMES(ZOHO_DEAL) },
	{ FIELD_TOUCH_LEAD, NAMES("lead id") },
	{ FIELD_TOUCH_CONTACT, NAMES(ZOHO_CONTACT) },
	{ FIELD_CREATED, NAMES("created time") },
	{ FIELD_STATUS, NAMES("status") },
	{ FIELD_TOUCH_DATE, NAMES("closed time") },
	{ FIELD_TOUCH_OWNER, NAMES("task owner", "task owner.id", "owner") },
	{ 0, NULL },
};

static const struct field_alias zoho_campaign_link[] = {
	{ FIELD_TOUCH_ID, NAMES("record id", "campaign id", "id") },
	{ FIELD_TOUCH_CAMPAIGN, NAMES("campaign name") },
	{ FIELD_TOUCH_CHANNEL, NAMES("type") },
	{ 0, NULL },
};

static const struct field_alias zoho_campaign_cost[] = {
	{ FIELD_TOUCH_DATE, NAMES("start date") },
	{ FIELD_TOUCH_CHANNEL, NAMES("type") },
	{ FIELD_TOUCH_CAMPAIGN, NAMES("campaign name") },
	{ FIELD_CURRENCY, NAMES("currency") },
	{ FIELD_COST, NAMES("actual cost") },
	{ 0, NULL },
};

const struct preset_object zoho_touches[] = {
	{
	    .name = "campaign member",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("campaign.id|campaign name",
		"lead.id|contact.id|lead first name|contact first name",
		"member status|status"),
	    .aliases = zoho_member,
	    .touch = TOUCH_ROW_MEMBER,
	    .done = NAMES("responded"),
	},
	{
	    .name = "call",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("call start time",
		"call type|call owner|call purpose|call duration*"),
	    .aliases = zoho_call,
	    .touch = TOUCH_ROW_MEETING,
	    .failed = NAMES("missed"),
	    .type = "call",
	},
	{
	    .name = "task",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES(
		"task owner", "subject", "due date|closed time|created time"),
	    .aliases = zoho_task,
	    .touch = TOUCH_ROW_ACTIVITY,
	    .done = done_words,
	    .type = "task",
	},
	{
	    .name = "campaign",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("campaign name",
		"actual cost|budgeted cost|expected revenue",
		"record id|campaign id|id"),
	    .excludes = NAMES("is active", "number sent"),
	    .aliases = zoho_campaign_link,
	    .touch = TOUCH_ROW_CAMPAIGN,
	},
	{ .name = NULL },
};

const struct preset_object zoho_spend[] = {
	{
	    .name = "campaign",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("campaign name",
		"actual cost|budgeted cost|expected revenue",
		"record id|campaign id|campaign owner|created time"),
	    .excludes = NAMES("is active", "number sent"),
	    .aliases = zoho_campaign_cost,
	},
	{ .name = NULL },
};

/* ---- Generic: 10, 11 ---- */

#define DATE_WORDS                                                           \
	"touch.date", "touch date", "touch time", "touched at", "timestamp", \
	    "event time", "event date", "occurred at", "date", "time",       \
	    "datetime", "activity date", "created at", "created date",       \
	    "created", "day"
#define CHANNEL_WORDS                                                          \
	"touch.channel", "touch channel", "channel", "source / medium",        \
	    "touchpoint type", "source", "utm source", "medium", "utm medium", \
	    "type", "touch type", "activity type"
#define CAMPAIGN_WORDS                                                   \
	"touch.campaign", "touch campaign", "campaign", "campaign name", \
	    "utm campaign", "campaign id"
#define TOUCH_RECORD_WORDS                                            \
	"touch.record", "record id", "deal id", "opportunity id*18*", \
	    "opportunity id", LEAD_ID, "prospect id", "customer id", "id"
#define TOUCH_CONTACT_WORDS                                                  \
	"touch.contact", "touch contact", CONTACT_ID, "person id", "person", \
	    "contact", "email", "e-mail", "email address"
#define TOUCH_ACCOUNT_WORDS                                               \
	"touch.account", "touch account", "account id*18*", "account id", \
	    "account name", "account", "company name", "company",         \
	    "organization", "organisation"

static const struct field_alias generic_touch[] = {
	{ FIELD_TOUCH_ID, NAMES("touch.id", "touch id", "event id",
			      "activity id", "interaction id") },
	{ FIELD_TOUCH_RECORD, NAMES(TOUCH_RECORD_WORDS) },
	{ FIELD_TOUCH_CONTACT, NAMES(TOUCH_CONTACT_WORDS) },
	{ FIELD_TOUCH_ACCOUNT, NAMES(TOUCH_ACCOUNT_WORDS) },
	{ FIELD_TOUCH_DATE, NAMES(DATE_WORDS) },
	{ FIELD_TOUCH_CHANNEL, NAMES(CHANNEL_WORDS) },
	{ FIELD_TOUCH_CAMPAIGN, NAMES(CAMPAIGN_WORDS) },
	{ FIELD_TOUCH_TYPE,
	    NAMES("touch.type", "touch type", "activity type", "type") },
	/* Not "owner", who may be that of the record. */
	{ FIELD_TOUCH_OWNER,
	    NAMES("touch.owner", "touch owner", "activity owner",
		"activity assigned to", "performed by") },
	{ FIELD_SOURCE, NAMES("source", "lead source", "utm source") },
	{ FIELD_DELETED, NAMES("deleted", "is deleted") },
	{ 0, NULL },
};

static const struct field_alias generic_role[] = {
	{ FIELD_TOUCH_RECORD,
	    NAMES("touch.record", "deal id", "opportunity id*18*",
		"opportunity id", "record id") },
	{ FIELD_TOUCH_CONTACT, NAMES(TOUCH_CONTACT_WORDS) },
	{ 0, NULL },
};

static const struct field_alias generic_cost[] = {
	{ FIELD_TOUCH_DATE, NAMES("touch.date", "day", "date", "month",
				"start date (in utc)", "start date", "period",
				"week", "jour", "tag", "mois", "monat") },
	{ FIELD_TOUCH_CHANNEL,
	    NAMES("touch.channel", "channel", "source", "utm source", "medium",
		"source / medium", "platform") },
	{ FIELD_SOURCE, NAMES("source", "lead source", "utm source") },
	{ FIELD_TOUCH_CAMPAIGN,
	    NAMES("touch.campaign", "campaign name", "campaign", "campagne",
		"kampagne", "nome da campanha", "utm campaign") },
	{ FIELD_CURRENCY,
	    NAMES("currency code", "currency", "currency iso code",
		"code de la devise", "w\u00e4hrungscode") },
	/* Not Avg. cost, Cost / conv. */
	{ FIELD_COST, NAMES("cost", "cost (converted currency)", "total spent",
			  "amount spent", "spend", "actual cost", "co\u00fbt",
			  "kosten", "importe gastado") },
	{ 0, NULL },
};

#define NO_TOUCH_WORDS                                                       \
	"touch date", "touch.date", "timestamp", "date", "time", "datetime", \
	    "day", "event time", "channel", "medium", "campaign",            \
	    "campaign id", "campaign name"

const struct preset_object generic_touches[] = {
	{
	    .name = "contact role",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("contact id*|contact|email",
		"deal id|opportunity id*|touch.record"),
	    .excludes = NAMES(NO_TOUCH_WORDS),
	    .aliases = generic_role,
	    .touch = TOUCH_ROW_ROLE,
	},
	{
	    .name = "touch log",
	    .shape = SHAPE_OTHER,
	    .aliases = generic_touch,
	    .touch = TOUCH_ROW_LOG,
	},
	{ .name = NULL },
};

#define HAS_CHANNEL                                                   \
	"touch.channel", "channel", "source", "utm source", "medium", \
	    "source / medium", "platform"

/* The networks' own reports are about one channel and have no column for it. */
const struct preset_object generic_spend[] = {
	{
	    .name = "Google Ads report",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("campaign|campagne|kampagne",
		"cost|cost (converted currency)|co\u00fbt|kosten",
		"currency code|code de la devise|w\u00e4hrungscode",
		"impr.|clicks|conversions|campaign id|code de la devise|"
		"w\u00e4hrungscode"),
	    .excludes = NAMES(HAS_CHANNEL),
	    .aliases = generic_cost,
	    .channel = "Google Ads",
	},
	{
	    .name = "LinkedIn report",
	    .shape = SHAPE_OTHER,
	    .needs = NAMES("total spent", "campaign name|nome da campanha",
		"start date (in utc)|campaign group name|account name"),
	    .excludes = NAMES(HAS_CHANNEL),
	    .aliases = generic_cost,
	    .channel = "LinkedIn Ads",
	},
	{
	    .name = "costs",
	    .shape = SHAPE_OTHER,
	    .aliases = generic_cost,
	},
	{ .name = NULL },
};
