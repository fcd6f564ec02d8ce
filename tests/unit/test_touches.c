/*
 * test_touches: touch files to the touches of records. Expected lists are
 * written out by hand from the rows above them, by the rules of touches.h,
 * join.h and the rulings R41, R44, R46, R49, R50, R51 and R52.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "touches.h"

#include <cmocka.h>

#include "outside_fixture.h"

static struct touch_options options;

static struct touches *
read_touches(struct fixture *f)
{
	struct touches *touches = NULL;

	load_records(f);
	options.files = (struct fnl_list){ outside_files, n_outside };
	if (touches_load(f->load, &options, &touches, &f->err) < 0)
		fail_msg("%s", f->err.message);
	return touches;
}

static int
fresh(void **state)
{
	options = (struct touch_options){ .join = NULL };
	return setup(state);
}

static void
assert_refused(struct fixture *f, const char *part)
{
	struct touches *touches = NULL;

	load_records(f);
	options.files = (struct fnl_list){ outside_files, n_outside };
	assert_int_equal(
	    touches_load(f->load, &options, &touches, &f->err), -1);
	if (!strstr(f->err.message, part))
		fail_msg("'%s' does not say '%s'", f->err.message, part);
}

static void
add_text(
    const struct touches *t, struct textbuf *line, const char *c, uint32_t text)
{
	struct slice s = touches_text(t, text);

	textbuf_add(line, "%s%.*s", c, (int)s.n, s.n ? s.p : "");
}

/* "2026-01-05 key/campaign", separated by bars; flags as letters, and who did
 * it. */
static const char *
listed(struct fixture *f, struct touches *t, const char *id)
{
	struct textbuf line = { .arena = f->arena };
	size_t n;
	const struct touch *touch = touches_of(t, record_of(f, id), &n);

	for (size_t i = 0; i < n; i++, touch++) {
		char at[WHEN_TEXT];

		assert_int_equal(touch->record, record_of(f, id));
		when_text(at, stamp_when(touch->at));
		textbuf_add(&line, "%s%s ", i ? " | " : "", at);
		add_text(t, &line, "", touches_key(t, touch));
		if (touch->campaign)
			add_text(t, &line, "/", touch->campaign);
		textbuf_add(&line, "%s%s%s",
		    touch->flags & TOUCH_ACTIVITY ? " A" : "",
		    touch->flags & TOUCH_SALES ? " S" : "",
		    touch->flags & TOUCH_AUTOMATED ? " R" : "");
		if (touch->owner)
			add_text(t, &line, " by ", touch->owner);
	}
	return textbuf_text(&line);
}

#define assert_touches(f, t, id, expected) \
	assert_string_equal(listed(f, t, id), expected)

/* The ledger of an outside file by name; those of the records come first. */
static const struct ledger_file *
ledger_of(const struct fixture *f, const char *name)
{
	for (size_t i = 0; i < f->load->ledger->files.count; i++) {
		const struct ledger_file *file =
		    vec_at(&f->load->ledger->files, i);
		const char *slash = strrchr(file->path, '/');

		if (slash && strcmp(slash + 1, name) == 0)
			return file;
	}
	fail_msg("no ledger of %s", name);
	return NULL;
}

/* Rows read are rows used and rows in the ledger. */
static void
assert_ledger(const struct fixture *f, const char *name, uint64_t rows,
    uint64_t used_rows, enum ledger_reason reason, uint64_t count)
{
	const struct ledger_file *file = ledger_of(f, name);
	uint64_t sum = file->used;

	for (int r = 0; r < LEDGER_REASONS; r++)
		if (ledger_reasons[r].is_row && r != LEDGER_TITLE &&
		    r != LEDGER_BLANK)
			sum += file->entries[r].count;
	assert_int_equal(file->rows, rows);
	assert_int_equal(file->used, used_rows);
	assert_int_equal(file->entries[reason].count, count);
	assert_int_equal(sum, rows);
}

#define DEALS "Id,StageName,AccountId,CreatedDate,IsWon\n"
#define TWO_DEALS                                    \
	DEALS "d1,Prospecting,a1,2026-01-01,false\n" \
	      "d2,Closed Won,a2,2026-01-02,true\n"

/* ---- Logs ---- */

static void
a_log_by_record(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv",
	    "deal_id,date,channel,campaign\n"
	    "d1,2026-02-03,Email,Spring\n"
	    "d2,2026-02-01,Web,--\n"
	    "d1,2026-02-01,,\n"
	    "zz,2026-02-02,Ads,X\n");
	t = read_touches(f);
	assert_touches(f, t, "d1", "2026-02-01  | 2026-02-03 Email/Spring");
	assert_touches(f, t, "d2", "2026-02-01 Web");
	assert_int_equal(t->n, 3);
	assert_int_equal(t->unjoined.count, 1);
	assert_ledger(f, "log.csv", 4, 3, LEDGER_UNJOINED, 1);
}

/* File, line and key of what belongs to nobody. */
static void
the_unjoined_are_listed(void **state)
{
	struct fixture *f = *state;
	struct touches *t;
	const struct unjoined *u;

	give(f, TWO_DEALS);
	give_outside(f, "2.csv", "deal_id,date,channel\nd1,2026-02-03,Email\n");
	give_outside(f, "1.csv",
	    "email,date,channel\n\n$(rm -rf ~)@x.org,2026-02-03,Email\n");
	t = read_touches(f);
	assert_int_equal(t->unjoined.count, 1);
	u = vec_at(&t->unjoined, 0);
	assert_int_equal(u->line, 3);
	assert_non_null(strstr(t->files[u->file].path, "1.csv"));
	assert_true(
	    slice_equal(touches_text(t, u->key), SLICE("$(rm -rf ~)@x.org")));
}

/* A date before the times of its day; the same instant as it was read. */
static void
the_order_of_touches(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(f, "2.csv",
	    "deal_id,timestamp,channel\n"
	    "d1,2026-02-01T10:00:00Z,b1\n"
	    "d1,2026-02-01T09:00:00Z,b2\n"
	    "d1,2026-02-01,b3\n"
	    "d1,2026-01-31T23:00:00Z,b4\n");
	give_outside(f, "1.csv",
	    "deal_id,timestamp,channel\n"
	    "d1,2026-02-01T10:00:00Z,a1\n"
	    "d1,2026-02-01T10:00:00Z,a2\n");
	t = read_touches(f);
	assert_touches(f, t, "d1",
	    "2026-01-31T23:00:00Z b4 | 2026-02-01 b3 | "
	    "2026-02-01T09:00:00Z b2 | 2026-02-01T10:00:00Z a1 | "
	    "2026-02-01T10:00:00Z a2 | 2026-02-01T10:00:00Z b1");
}

/* 3.0.11: the same row again, in another file too; R41: the same id. */
static void
repeated_touches(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(f, "1.csv",
	    "deal_id,date,channel,note\nd1,2026-02-01,Web,x\n"
	    "d1,2026-02-01,Web,y\nd1,2026-02-01,Ads,x\n");
	give_outside(f, "2.csv",
	    "event_id,deal_id,date,channel\n1,d2,2026-02-01,Web\n"
	    "1,d2,2026-02-02,Ads\n2,d2,2026-02-01,Web\n");
	t = read_touches(f);
	assert_touches(f, t, "d1", "2026-02-01 Web | 2026-02-01 Ads");
	assert_touches(f, t, "d2", "2026-02-01 Web | 2026-02-01 Web");
	assert_ledger(f, "1.csv", 3, 2, LEDGER_DUPLICATE, 1);
	assert_ledger(f, "2.csv", 3, 2, LEDGER_DUPLICATE, 1);
}

static void
columns_by_map(void **state)
{
	static const char *const maps[] = { "touch.date=Wann",
		"touch.contact=Wer", "touch.channel=Kanal" };
	struct fixture *f = *state;
	struct touches *t;

	give(f, "Id,Opportunity Name,StageName,Contact ID,Close Date\n"
		"d1,A,Prospecting,c1,2026-01-01\n");
	give_outside(f, "log.csv", "Wer,Wann,Kanal\nc1,2026-02-01,Messe\n");
	options.maps = (struct fnl_list){ maps, 3 };
	t = read_touches(f);
	assert_touches(f, t, "d1", "2026-02-01 Messe");
}

static void
maps_are_split(void **state)
{
	static const char *const maps[] = { "id=Ref", "touch.date=When",
		"cost=Spent", "stage:MQL=Qualified" };
	struct fixture *f = *state;
	struct fnl_list all = { maps, 4 }, records, touches;

	touches_split_maps(f->arena, &all, &records, &touches);
	assert_int_equal(records.n, 2);
	assert_string_equal(records.items[1], "stage:MQL=Qualified");
	assert_int_equal(touches.n, 2);
	assert_string_equal(touches.items[1], "cost=Spent");
}

/* The proof of a column's order comes after rows that wait for it. */
static void
dates_are_proved(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv",
	    "deal_id;date;channel\nd1;03/02/2026;Web\nd1;13/01/2026;Ads\n");
	t = read_touches(f);
	assert_touches(f, t, "d1", "2026-01-13 Ads | 2026-02-03 Web");
}

static void
dates_without_proof_are_refused(void **state)
{
	struct fixture *f = *state;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv", "deal_id,date,channel\nd1,03/02/2026,Web\n");
	assert_refused(f, "--date-order dmy");
}

static void
without_a_time_or_a_person(void **state)
{
	struct fixture *f = *state;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv", "deal_id,channel\nd1,Web\n");
	assert_refused(f, "--map touch.date=COLUMN");
}

static void
without_a_person(void **state)
{
	struct fixture *f = *state;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv", "date,channel\n2026-01-01,Web\n");
	assert_refused(f, "--map touch.record=COLUMN");
}

static void
undated_rows(void **state)
{
	struct fixture *f = *state;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv",
	    "deal_id,date,channel\nd1,,Web\nd1,soon,Web\nd1,2026-01-01,Web\n"
	    "d1,2026-01-02\n,,\nTotal,,\n");
	read_touches(f);
	assert_ledger(f, "log.csv", 5, 1, LEDGER_UNDATED, 2);
	assert_int_equal(
	    ledger_of(f, "log.csv")->entries[LEDGER_BAD_TIME].count, 1);
	assert_int_equal(
	    ledger_of(f, "log.csv")->entries[LEDGER_RAGGED].count, 1);
	assert_int_equal(
	    ledger_of(f, "log.csv")->entries[LEDGER_FURNITURE].count, 1);
}

/* ---- Joining ---- */

#define LEAD_HEADER                                              \
	"Lead ID,Lead Status,Lead Owner,Created Date,Converted " \
	"Opportunity ID,Converted Contact ID,Email,Company\n"
#define LEADS                                                        \
	LEAD_HEADER                                                  \
	"l1,Working - Contacted,S,2026-01-01,d1,c1,Ada@X.org,Acme\n" \
	"l2,Working - Contacted,S,2026-01-01,,,b@y.org,Beta\n"

/* A lead and its deal are one record: touches of either, of the address and
 * of the contact that the lead became. */
static void
a_lead_and_its_deal(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, LEADS);
	give(f, TWO_DEALS);
	give_outside(f, "log.csv",
	    "id,email,date,channel\nl1,,2026-01-01,lead\n"
	    "d1,,2026-01-02,deal\n,ada@x.ORG,2026-01-03,address\n"
	    "c1,,2026-01-04,contact\nl2,ada@x.org,2026-01-05,record first\n");
	t = read_touches(f);
	assert_touches(f, t, "l1",
	    "2026-01-01 lead | 2026-01-02 deal | 2026-01-03 address | "
	    "2026-01-04 contact");
	assert_touches(f, t, "l2", "2026-01-05 record first");
	assert_touches(f, t, "d1", "");
}

/* All deals of a contact have the touch, a deal that is named alone. */
static void
contact_roles(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS "d3,Prospecting,a3,2026-01-01,false\n");
	give_outside(f, "a-log.csv",
	    "contact_id,deal_id,date,channel\nc1,,2026-02-01,Web\n"
	    "c1,d2,2026-02-02,Ads\nc9,,2026-02-03,Ads\n");
	give_outside(f, "roles.csv",
	    "OpportunityId,ContactId,Role,IsPrimary\nd1,c1,Buyer,true\n"
	    "d2,c1,,false\nd2,c1,,false\nzz,c1,,\n");
	t = read_touches(f);
	assert_touches(f, t, "d1", "2026-02-01 Web");
	assert_touches(f, t, "d2", "2026-02-01 Web | 2026-02-02 Ads");
	assert_touches(f, t, "d3", "");
	assert_int_equal(t->shared, 1);
	assert_int_equal(t->read, 3);
	assert_int_equal(t->unjoined.count, 1);
	assert_ledger(f, "roles.csv", 4, 3, LEDGER_UNJOINED, 1);
}

static void
only_by_record(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv",
	    "contact_id,deal_id,date\nc1,,2026-02-01\nc1,d2,2026-02-02\n");
	give_outside(f, "roles.csv", "contact_id,deal_id\nc1,d1\n");
	options.join = "record";
	t = read_touches(f);
	assert_touches(f, t, "d1", "");
	assert_touches(f, t, "d2", "2026-02-02 ");
}

/* By name however it is spelt, by id, through the account's file, through the
 * contact's company. */
static void
by_account(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, "id,stage,account,created\nd1,New,ACME  Corp,2026-01-01\n"
		"d2,New,Acme Corp,2026-01-01\nd3,New,x7,2026-01-01\n");
	give_outside(f, "log.csv",
	    "contact_id,company,date,channel\n,acme corp,2026-02-01,Web\n"
	    ",X7,2026-02-02,Ads\n,Xenon,2026-02-03,Fair\n"
	    "c7,,2026-02-04,Mail\nc8,,2026-02-05,Mail\n");
	give_outside(
	    f, "accounts.csv", "Id,Account Name,Billing City\nx7,Xenon,Pune\n");
	give_outside(f, "contacts.csv",
	    "Id,Name,MailingCity,Email,AccountId\nc7,A,B,a@x.org,x7\n");
	options.join = "account";
	t = read_touches(f);
	assert_touches(f, t, "d1", "2026-02-01 Web");
	assert_touches(f, t, "d2", "2026-02-01 Web");
	assert_touches(
	    f, t, "d3", "2026-02-02 Ads | 2026-02-03 Fair | 2026-02-04 Mail");
	assert_int_equal(t->unjoined.count, 1);
	assert_int_equal(t->shared, 1);
}

static void
not_by_account_unless_asked(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, "id,stage,account,created\nd1,New,Acme,2026-01-01\n");
	give_outside(
	    f, "log.csv", "company,date,channel\nAcme,2026-02-01,Web\n");
	t = read_touches(f);
	assert_int_equal(t->n, 0);
	assert_int_equal(t->unjoined.count, 1);
}

/* An address and an id of one contact are one person. */
static void
through_the_address_of_a_contact(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(
	    f, "log.csv", "email,date,channel\nA@x.org,2026-02-01,Web\n");
	give_outside(f, "roles.csv", "contact_id,deal_id\nc1,d1\n");
	give_outside(
	    f, "contacts.csv", "Id,Name,MailingCity,Email\nc1,A,B,a@X.org\n");
	t = read_touches(f);
	assert_touches(f, t, "d1", "2026-02-01 Web");
}

/* 15 and 18 characters (crm-exports 3.7). */
static void
ids_of_both_lengths(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, DEALS "006Ec00000AieKFIAZ,Prospecting,a1,2026-01-01,false\n");
	give_outside(f, "log.csv",
	    "deal_id,date,channel\n006Ec00000AieKF,2026-02-01,Web\n");
	t = read_touches(f);
	assert_touches(f, t, "006Ec00000AieKFIAZ", "2026-02-01 Web");
}

/* Several contacts in one cell, and a contact that is a record itself. */
static void
contacts_of_hubspot_deals(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f,
	    "Record ID,Deal Name,Deal Stage,Create Date,"
	    "Associated Contact IDs\n7,A,Contract Sent,2026-01-01,101;102\n");
	give(f, "Record ID,Email,Lifecycle Stage,Contact owner,Create Date\n"
		"102,z@x.org,Lead,S,2026-01-01\n");
	give_outside(f, "log.csv",
	    "contact_id,date,channel\n101,2026-02-01,Web\n"
	    "102,2026-02-02,Ads\nz@x.org,2026-02-03,Mail\n");
	t = read_touches(f);
	assert_touches(f, t, "7", "2026-02-01 Web | 2026-02-02 Ads");
	assert_touches(f, t, "102", "2026-02-02 Ads | 2026-02-03 Mail");
}

/* ---- Kinds of files ---- */

#define MEMBERS                                                            \
	"Id,CampaignId,LeadId,ContactId,Status,HasResponded,CreatedDate,"  \
	"FirstRespondedDate,CompanyOrAccount,LeadSource\n"                 \
	"m1,701x,l2,,Responded,true,2026-01-10T08:00:00Z,2026-01-12,Beta," \
	"Web\n"                                                            \
	"m2,701x,l2,,Sent,false,2026-01-11T08:00:00Z,,Beta,Web\n"          \
	"m3,702x,,c1,Attended,true,2026-01-13T08:00:00Z,2026-01-20,Acme,\n"

#define CAMPAIGNS                                      \
	"Id,Name,Type,StartDate,ActualCost,IsActive\n" \
	"701x,Spring,Webinar,2026-01-01,100,true\n"

static void
salesforce_members(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, LEADS);
	give(f, TWO_DEALS);
	give_outside(f, "members.csv", MEMBERS);
	give_outside(f, "campaigns.csv", CAMPAIGNS);
	t = read_touches(f);
	assert_touches(f, t, "l2", "2026-01-12 Webinar/Spring");
	assert_touches(f, t, "l1", "2026-01-20 /702x");
	assert_ledger(f, "members.csv", 3, 2, LEDGER_NO_TOUCH, 1);
	assert_ledger(f, "campaigns.csv", 1, 1, LEDGER_NO_TOUCH, 0);
}

static void
members_from_when_they_were_added(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, LEADS);
	give_outside(f, "members.csv", MEMBERS);
	options.touch_date = "associated";
	t = read_touches(f);
	assert_touches(f, t, "l2",
	    "2026-01-10T08:00:00Z /701x | 2026-01-11T08:00:00Z /701x");
	assert_ledger(f, "members.csv", 3, 3, LEDGER_NO_TOUCH, 0);
}

/* The report "Campaigns with Campaign Members". */
static void
a_report_of_members(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, LEADS);
	give_outside(f, "report.csv",
	    "Campaign Name,Campaign Type,Lead ID,Member Status,"
	    "Member First Associated Date,Member First Responded Date\n"
	    "Fair 26,Trade Show,l2,Responded,1/13/2026,1/14/2026\n"
	    "Fair 26,Trade Show,l1,Sent,1/13/2026,\n"
	    "Total,,,2,,\n"
	    "\"Copyright (c) 2000-2026\"\n");
	t = read_touches(f);
	assert_touches(f, t, "l2", "2026-01-14 Trade Show/Fair 26");
	assert_ledger(f, "report.csv", 4, 1, LEDGER_NO_TOUCH, 1);
	assert_int_equal(
	    ledger_of(f, "report.csv")->entries[LEDGER_FURNITURE].count, 2);
}

static void
members_without_a_response_date(void **state)
{
	struct fixture *f = *state;

	give(f, LEADS);
	give_outside(f, "report.csv",
	    "Campaign Name,Lead ID,Member Status,Member First Associated Date\n"
	    "Fair 26,l2,Responded,2026-01-13\n");
	assert_refused(f, "--touch-date associated");
}

static void
zoho_members(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, LEAD_HEADER "785549000045192131,New,S,2026-01-01,,,,\n");
	give_outside(f, "members.csv",
	    "Record Id,Campaign.id,Lead.id,Member Status,Created Time,"
	    "Modified Time\n1,77,zcrm_785549000045192131,Responded,2026-01-01 "
	    "10:00:00,"
	    "2026-01-05 10:00:00\n2,77,785549000045192131,Opened,2026-01-01 "
	    "10:00:00,"
	    "2026-01-06 10:00:00\n");
	t = read_touches(f);
	assert_touches(f, t, "785549000045192131", "2026-01-05T10:00:00Z /77");
	assert_ledger(f, "members.csv", 2, 1, LEDGER_NO_TOUCH, 1);
}

/* R50: completed, or closed with its own day; open is none. */
static void
tasks_that_were_done(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(f, "tasks.csv",
	    "Id,WhoId,WhatId,Subject,ActivityDate,Status,IsClosed,CreatedDate,"
	    "CompletedDateTime,TaskSubtype,OwnerId\n"
	    "t1,,d1,a,2026-02-01,Completed,true,2026-01-20T00:00:00Z,"
	    "2026-02-03T10:00:00Z,Call,005x\n"
	    "t2,,d1,b,2026-02-02,Completed,1,2026-01-20T00:00:00Z,,Email,005y\n"
	    "t3,,d1,c,2026-09-02,Not Started,,2026-01-20T00:00:00Z,,Task,\n"
	    "t4,,d1,d,2026-09-02,Completed,0,2026-01-20T00:00:00Z,,Task,\n"
	    "t5,,d1,e,2026-02-04,Completed,,2026-01-20T00:00:00Z,,Task,\n"
	    "t6,,d1,f,,Completed,1,2026-01-20T00:00:00Z,,Task,\n");
	t = read_touches(f);
	assert_touches(f, t, "d1",
	    "2026-02-02 Email A S by 005y | 2026-02-03T10:00:00Z Call A S by "
	    "005x | 2026-02-04 Task A S");
	assert_ledger(f, "tasks.csv", 6, 3, LEDGER_NO_TOUCH, 2);
	assert_false(t->tells_sales);
}

/* R46: a touch is something that happened; a meeting in the diary and an open
 * task are not. */
static void
how_far_the_data_reach(void **state)
{
	struct fixture *f = *state;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv", "deal_id,date,channel\nzz,2026-02-01,Web\n");
	give_outside(f, "events.csv",
	    "Id,WhoId,WhatId,Subject,StartDateTime,CreatedDate\n"
	    "e1,,d1,x,2026-12-01T10:00:00Z,2026-01-05T00:00:00Z\n");
	read_touches(f);
	assert_int_equal(f->load->as_of.kind, WHEN_DATE);
	assert_int_equal(f->load->as_of.seconds,
	    civil_days((struct civil){ 2026, 2, 1 }) * DAY_SECONDS);
}

static void
a_given_as_of_stays(void **state)
{
	struct fixture *f = *state;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv", "deal_id,date,channel\nd1,2026-02-01,Web\n");
	f->input.as_of = "2026-01-31";
	read_touches(f);
	assert_int_equal(f->load->as_of.seconds,
	    civil_days((struct civil){ 2026, 1, 31 }) * DAY_SECONDS);
}

static void
calls_of_zoho(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(f, "calls.csv",
	    "CALLID,Call Start Time,Call Type,Call Owner,Subject,POTENTIALID,"
	    "CONTACTID\n1,2026-02-03 10:00:00,Outbound,Priya,x,d1,\n"
	    "2,2026-02-03 11:00:00,Inbound,Priya,x,0,\n");
	t = read_touches(f);
	assert_touches(
	    f, t, "d1", "2026-02-03T10:00:00Z Outbound A S by Priya");
	assert_int_equal(t->unjoined.count, 1);
}

/* By the person or the lead, too; nobody answered a missed call. Call Type is
 * a direction, so that the kind is said by the file (R51). */
static void
people_called_in_zoho(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, LEADS);
	give(f, TWO_DEALS);
	give_outside(f, "calls.csv",
	    "CALLID,Call Start Time,Call Duration (in seconds),Call Type,"
	    "Call Owner,Subject,POTENTIALID,CONTACTID,LEADID\n"
	    "1,2026-02-03 10:00:00,60,Outbound,Priya,x,0,c1,\n"
	    "2,2026-02-03 11:00:00,30,Inbound,Sam,x,,,l2\n"
	    "3,2026-02-03 12:00:00,0,Missed,Sam,x,,,l2\n");
	t = read_touches(f);
	assert_touches(
	    f, t, "l1", "2026-02-03T10:00:00Z Outbound A S by Priya");
	assert_touches(f, t, "l2", "2026-02-03T11:00:00Z Inbound A S by Sam");
	assert_ledger(f, "calls.csv", 3, 2, LEDGER_NO_TOUCH, 1);
	assert_true(slice_equal(
	    touches_text(
		t, touches_of(t, record_of(f, "l2"), &(size_t){ 0 })->type),
	    SLICE("call")));
}

static void
tasks_of_zoho(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(f, "tasks.csv",
	    "TASKID,Task Owner,Subject,Created Time,Due Date,Status,Closed "
	    "Time,Related To.id\n"
	    "1,Priya,a,2026-02-01 09:00:00,2026-02-05,Completed,"
	    "2026-02-04 10:00:00,d1\n"
	    "2,Priya,b,2026-02-01 09:00:00,2026-02-05,In Progress,,d1\n"
	    "3,Priya,c,2026-02-01 09:00:00,2026-02-05,Completed,,d1\n");
	t = read_touches(f);
	assert_touches(f, t, "d1", "2026-02-04T10:00:00Z  A S by Priya");
	assert_ledger(f, "tasks.csv", 3, 1, LEDGER_NO_TOUCH, 1);
	assert_int_equal(
	    ledger_of(f, "tasks.csv")->entries[LEDGER_UNDATED].count, 1);
}

/* Zoho Analytics names the leads of a campaign and has no id of them. */
static void
members_by_name_are_refused(void **state)
{
	struct fixture *f = *state;

	give(f, LEADS);
	give_outside(f, "members.csv",
	    "Campaign Name,Lead First Name,Lead Last Name,Status,Last Modified "
	    "Time\nFair,Bea,B,Responded,2026-01-05 10:00:00\n");
	assert_refused(f, "no column tells whose touch it is");
}

/* The labels before 2023 and the names of the API (crm-exports.md 4.3). */
static void
older_contacts_of_hubspot(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, "Contact ID,Email,Lifecycle Stage,Create Date\n"
		"1,a@x.org,Lead,2026-01-03\n2,b@x.org,Lead,2026-01-03\n");
	give_outside(f, "label.csv",
	    "Contact ID,Email,Original Source,Original Source Drill-Down 1,"
	    "Time First Seen,Latest Source,Latest Source Date\n"
	    "1,a@x.org,Organic search,google,2026-01-01 10:00,Direct traffic,"
	    "2026-01-02 10:00\n");
	give_outside(f, "name.csv",
	    "hs_object_id,email,hs_analytics_source,"
	    "hs_analytics_first_timestamp,hs_latest_source,"
	    "hs_latest_source_timestamp,first_conversion_date,"
	    "first_conversion_event_name\n"
	    "2,b@x.org,PAID_SOCIAL,2026-01-01T10:00:00Z,EMAIL_MARKETING,"
	    "2026-01-03T10:00:00Z,2026-01-02T10:00:00Z,Form A\n");
	t = read_touches(f);
	assert_touches(f, t, "1",
	    "2026-01-01T10:00:00Z Organic search/google | "
	    "2026-01-02T10:00:00Z Direct traffic");
	assert_touches(f, t, "2",
	    "2026-01-01T10:00:00Z PAID_SOCIAL | 2026-01-02T10:00:00Z /Form A | "
	    "2026-01-03T10:00:00Z EMAIL_MARKETING");
}

/* Engagements are activities, not touches of marketing. */
static void
activities_of_hubspot(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, "Record ID,Deal Name,Deal Stage,Create Date,Associated Contact "
		"IDs\n7,A,Contract Sent,2026-01-01,101\n");
	give_outside(f, "activities.csv",
	    "Activity date,Activity type,Activity assigned to,Associated "
	    "contact IDs\n2026-02-03 10:00,Call,Priya,101\n"
	    "2026-02-04 10:00,Email,Sam,102\n");
	t = read_touches(f);
	assert_touches(f, t, "7", "2026-02-03T10:00:00Z Call A S by Priya");
	assert_int_equal(t->unjoined.count, 1);
}

/* No two organisations have the same columns (crm-exports.md 8): the lead is
 * known by its id, the rest by --map. */
static void
activities_of_leadsquared(void **state)
{
	static const char *const maps[] = { "touch.date=ActivityOn",
		"touch.channel=ActivityEvent", "touch.type=ActivityEvent",
		"touch.owner=OwnerIdName" };
	struct fixture *f = *state;
	struct touches *t;

	give(f, "ProspectID,ProspectStage,Source,CreatedOn\n"
		"7927b2df-8bba,Prospect,google_lp,2026-09-01 09:30:00\n");
	give_outside(f, "activities.csv",
	    "ProspectID,ActivityEvent,ActivityOn,OwnerIdName\n"
	    "7927b2df-8bba,Phone Call,2026-09-02 10:00:00,Priya\n"
	    "7927b2df-8bba,Email Opened,2026-09-01 10:00:00,\n");
	options.maps = (struct fnl_list){ maps, 4 };
	t = read_touches(f);
	assert_touches(f, t, "7927b2df-8bba",
	    "2026-09-01T10:00:00Z Email Opened | "
	    "2026-09-02T10:00:00Z Phone Call by Priya");
}

/* One row, four touches at most; those without a date are none. */
static void
contacts_of_hubspot(void **state)
{
	static const char header[] =
	    "Record ID,Email,Lifecycle Stage,Create Date,Original Traffic "
	    "Source,Original Traffic Source Drill-Down 1,Time First Seen,"
	    "Latest Traffic Source,Latest Traffic Source Date,"
	    "First Conversion,First Conversion Date,Recent Conversion,"
	    "Recent Conversion Date\n";
	struct fixture *f = *state;
	const char *text = arena_printf(f->arena,
	    "%s1,a@x.org,Lead,2026-01-03,Organic search,google,"
	    "2026-01-01 10:00,Paid social,2026-02-01 10:00,Form A,"
	    "2026-01-02 09:00,Form B,2026-02-02 09:00\n"
	    "2,b@x.org,Lead,2026-01-03,Offline sources,CRM_UI,,,,,,,\n"
	    "3,c@x.org,Lead,2026-01-03,Direct traffic,,2026-01-05 10:00,,,,,"
	    ",\n",
	    header);
	struct touches *t;

	give(f, text);
	give_outside(f, "contacts.csv", text);
	t = read_touches(f);
	assert_touches(f, t, "1",
	    "2026-01-01T10:00:00Z Organic search/google | "
	    "2026-01-02T09:00:00Z /Form A | 2026-02-01T10:00:00Z Paid social | "
	    "2026-02-02T09:00:00Z /Form B");
	assert_touches(f, t, "2", "");
	assert_touches(f, t, "3", "2026-01-05T10:00:00Z Direct traffic");
	assert_int_equal(t->read, 5);
	assert_ledger(f, "contacts.csv", 3, 2, LEDGER_NO_TOUCH, 1);
}

/* ---- Definitions ---- */

static void
give_definitions(struct fixture *f)
{
	give_outside(f, "funnel.yaml",
	    "stages:\n  - name: Prospecting\n  - name: Closed Won\n"
	    "    outcome: won\n"
	    "sources:\n"
	    "  - { name: Paid Search, team: marketing, aliases: [google_ads] "
	    "}\n"
	    "  - { name: Outbound, team: sales, aliases: [Cold Call] }\n"
	    "sales_touches:\n  types: [call, email]\n"
	    "  by: { column: Team, any_of: [Sales] }\n"
	    "  automated: { column: Automated }\n"
	    "attribution:\n  key: channel\n");
	f->input.definitions = outside_files[0];
}

/* Nobody agrees on the kinds of activities: they get no credit. */
static void
activities_are_not_unmapped(void **state)
{
	struct fixture *f = *state;
	struct touches *t = NULL;
	size_t n = 1;

	give(f, TWO_DEALS);
	give_definitions(f);
	give_outside(f, "calls.csv",
	    "Call Start Time,Call Type,Subject,POTENTIALID\n"
	    "2026-02-03 10:00:00,Outbound call,x,d1\n");
	load_records(f);
	options.files = (struct fnl_list){ outside_files + 1, 1 };
	assert_int_equal(touches_load(f->load, &options, &t, &f->err), 0);
	touches_unmapped(t, f->arena, &n);
	assert_int_equal(t->n, 1);
	assert_int_equal(n, 0);
}

static void
agreed_names_and_teams(void **state)
{
	struct fixture *f = *state;
	const struct unmapped *unmapped;
	struct touches *t = NULL;
	size_t n;

	give(f, TWO_DEALS);
	give_definitions(f);
	give_outside(f, "log.csv",
	    "deal_id,date,channel,type,team,automated\n"
	    "d1,2026-02-01,GOOGLE ads,,Marketing,\n"
	    "d1,2026-02-02,cold_call,Call,sales,\n"
	    "d1,2026-02-03,fb,Email,Sales,yes\n"
	    "d1,2026-02-04,fb,Webinar,Sales,no\n"
	    "d1,2026-02-05,,Call,,\n");
	load_records(f);
	options.files = (struct fnl_list){ outside_files + 1, 1 };
	assert_int_equal(touches_load(f->load, &options, &t, &f->err), 0);
	assert_touches(f, t, "d1",
	    "2026-02-01 Paid Search | 2026-02-02 Outbound S | "
	    "2026-02-03 fb S R | 2026-02-04 fb | 2026-02-05 ");
	assert_true(t->files[0].tells_sales);
	unmapped = touches_unmapped(t, f->arena, &n);
	assert_int_equal(n, 1);
	assert_true(
	    slice_equal(touches_text(t, unmapped[0].text), SLICE("fb")));
	assert_int_equal(unmapped[0].touches, 2);
	/* the raw fact is kept */
	assert_true(slice_equal(
	    touches_text(t, t->all[0].channel), SLICE("GOOGLE ads")));
}

static void
any_column_as_key(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv",
	    "deal_id,date,channel,message angle\nd1,2026-02-01,Web,Price\n");
	options.key = "Message Angle";
	t = read_touches(f);
	assert_touches(f, t, "d1", "2026-02-01 Price");
}

static void
a_key_that_no_file_has(void **state)
{
	struct fixture *f = *state;

	give(f, TWO_DEALS);
	give_outside(f, "log.csv",
	    "deal_id,date,channel,message\nd1,2026-02-01,Web,Price\n");
	options.key = "mesage";
	assert_refused(f, "did you mean 'message'");
}

static void
campaign_and_source_as_key(void **state)
{
	struct fixture *f = *state;
	struct touches *t;

	give(f, LEADS);
	give_outside(f, "members.csv", MEMBERS);
	options.key = "source";
	t = read_touches(f);
	assert_touches(f, t, "l2", "2026-01-12 Web/701x");
}

/* ---- Hostile input, order, real files ---- */

static void
random_bytes(char *bytes, size_t n, uint32_t seed)
{
	for (size_t i = 0; i < n; i++) {
		seed = seed * 1664525 + 1013904223;
		bytes[i] = (char)(seed >> 24 | (seed >> 24 == 0));
	}
}

/* Whatever comes, it is refused or counted. */
static void
what_strangers_send(void **state)
{
	static const char start[] = "deal_id,date,channel\nd1,2026-02-01,Web\n";
	struct fixture *f = *state;
	char bytes[4096];

	give(f, TWO_DEALS);
	load_records(f);
	for (uint32_t seed = 0; seed < 40; seed++) {
		struct touches *t = NULL;
		struct fnl_err err = { FNL_OK, "" };
		size_t cut = seed * sizeof(start) / 40;

		memcpy(bytes, start, sizeof(start) - 1);
		random_bytes(bytes + cut, sizeof(bytes) - cut, seed);
		n_outside = 0;
		give_outside_bytes(f, "log.csv", bytes, sizeof(bytes));
		options.files = (struct fnl_list){ outside_files, 1 };
		if (touches_load(f->load, &options, &t, &err) < 0)
			assert_true(err.code == FNL_DATA && *err.message);
		else
			assert_ledger(f, "log.csv",
			    ledger_of(f, "log.csv")->rows,
			    ledger_of(f, "log.csv")->used, LEDGER_RAGGED,
			    ledger_of(f, "log.csv")
				->entries[LEDGER_RAGGED]
				.count);
	}
}

/* Rows in two files and turned round: the same touches. */
static void
the_order_of_rows_decides_nothing(void **state)
{
	static const char *const rows[] = { "c1,,2026-02-01,Web\n",
		",d1,2026-02-02,Ads\n", "c2,,2026-02-03T10:00:00Z,Mail\n",
		",d2,2026-02-03,Fair\n", "c1,,2026-01-03,Call\n" };
	struct fixture *f = *state;
	struct textbuf one = { .arena = f->arena };
	struct textbuf other = { .arena = f->arena };
	const char *first[2], *second[2];
	struct touches *t;

	give(f, TWO_DEALS);
	textbuf_add(&one, "contact_id,deal_id,timestamp,channel\n");
	textbuf_add(&other, "%s", one.p);
	for (int i = 0; i < 5; i++) {
		textbuf_add(&one, "%s", rows[i]);
		textbuf_add(&other, "%s", rows[4 - i]);
	}
	give_outside(f, "log.csv", one.p);
	give_outside(
	    f, "roles.csv", "contact_id,deal_id\nc1,d1\nc2,d2\nc1,d2\n");
	t = read_touches(f);
	first[0] = listed(f, t, "d1");
	first[1] = listed(f, t, "d2");
	n_outside = 0;
	give_outside(
	    f, "roles.csv", "contact_id,deal_id\nc1,d2\nc2,d2\nc1,d1\n");
	give_outside(f, "log.csv", other.p);
	options.files = (struct fnl_list){ outside_files, 2 };
	assert_int_equal(touches_load(f->load, &options, &t, &f->err), 0);
	second[0] = listed(f, t, "d1");
	second[1] = listed(f, t, "d2");
	assert_string_equal(first[0], second[0]);
	assert_string_equal(first[1], second[1]);
	assert_string_equal(
	    first[0], "2026-01-03 Call | 2026-02-01 Web | 2026-02-02 Ads");
}

static size_t
shared_touches(struct fixture *f, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		outside_files[i] = shared_file(f, names[i]);
		if (!outside_files[i])
			skip();
	}
	options.files = (struct fnl_list){ outside_files, n };
	return n;
}

/* 68 members (awk 'END { print NR - 1 }' CampaignMember.csv), and the column
 * FirstRespondedDate is blank in all of them. 34 are leads of Lead.csv:
 *   awk -F, 'NR == FNR { lead[$1] = 1; next } $4 in lead { n++ }
 *       END { print n }' Lead.csv CampaignMember.csv
 * with the header not counted; the others are contacts, and no lead of that
 * file became one. */
static void
members_of_an_org(void **state)
{
	static const char *const names[] = {
		"salesforce-api/CampaignMember.csv",
		"salesforce-api/Campaign.csv"
	};
	struct fixture *f = *state;
	const char *leads = shared_file(f, "salesforce-api/Lead.csv");
	struct touches *t = NULL;

	if (!leads)
		skip();
	f->files[0] = leads;
	f->input.files.n = 1;
	load_records(f);
	shared_touches(f, names, 2);
	assert_int_equal(touches_load(f->load, &options, &t, &f->err), 0);
	assert_int_equal(t->n, 0);
	assert_ledger(f, "CampaignMember.csv", 68, 0, LEDGER_NO_TOUCH, 68);
	options.touch_date = "associated";
	assert_int_equal(touches_load(f->load, &options, &t, &f->err), 0);
	assert_int_equal(t->read, 68);
	assert_int_equal(t->n, 34);
	assert_int_equal(t->unjoined.count, 34);
	/* all campaigns are known by name and type */
	for (size_t i = 0; i < t->n; i++) {
		assert_true(t->all[i].channel != 0);
		assert_true(t->all[i].campaign != 0);
	}
	f->input.files.n = 0;
}

/*
 * Members by the company of their row, else of their contact, to every deal of
 * it; no task of that org was done (all 75 are Not Started). Counted
 * with the csv module of Python, since cells are quoted: for each member the
 * deals whose AccountId is its CompanyOrAccount, or where there are none the
 * AccountId of its contact; none, several, and their sum.
 */
static void
members_by_account(void **state)
{
	static const char *const names[] = {
		"salesforce-api/CampaignMember.csv",
		"salesforce-api/Contact.csv", "salesforce-api/Task.csv"
	};
	struct fixture *f = *state;
	const char *deals = shared_file(f, "salesforce-api/Opportunity.csv");
	struct touches *t = NULL;

	if (!deals)
		skip();
	f->files[0] = deals;
	f->input.files.n = 1;
	load_records(f);
	shared_touches(f, names, 3);
	options.touch_date = "associated";
	options.join = "account";
	assert_int_equal(touches_load(f->load, &options, &t, &f->err), 0);
	assert_ledger(f, "Task.csv", 75, 0, LEDGER_NO_TOUCH, 75);
	assert_ledger(f, "Contact.csv", 102, 102, LEDGER_NO_TOUCH, 0);
	assert_int_equal(t->n, 26);
	assert_int_equal(t->unjoined.count, 59);
	assert_int_equal(t->shared, 7);
	f->input.files.n = 0;
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fresh, outside_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_log_by_record),
		TEST(the_unjoined_are_listed),
		TEST(the_order_of_touches),
		TEST(repeated_touches),
		TEST(columns_by_map),
		TEST(maps_are_split),
		TEST(dates_are_proved),
		TEST(dates_without_proof_are_refused),
		TEST(without_a_time_or_a_person),
		TEST(without_a_person),
		TEST(undated_rows),
		TEST(a_lead_and_its_deal),
		TEST(contact_roles),
		TEST(only_by_record),
		TEST(by_account),
		TEST(not_by_account_unless_asked),
		TEST(through_the_address_of_a_contact),
		TEST(ids_of_both_lengths),
		TEST(contacts_of_hubspot_deals),
		TEST(salesforce_members),
		TEST(members_from_when_they_were_added),
		TEST(a_report_of_members),
		TEST(members_without_a_response_date),
		TEST(zoho_members),
		TEST(tasks_that_were_done),
		TEST(how_far_the_data_reach),
		TEST(a_given_as_of_stays),
		TEST(calls_of_zoho),
		TEST(people_called_in_zoho),
		TEST(tasks_of_zoho),
		TEST(members_by_name_are_refused),
		TEST(older_contacts_of_hubspot),
		TEST(activities_of_hubspot),
		TEST(activities_of_leadsquared),
		TEST(contacts_of_hubspot),
		TEST(activities_are_not_unmapped),
		TEST(agreed_names_and_teams),
		TEST(any_column_as_key),
		TEST(a_key_that_no_file_has),
		TEST(campaign_and_source_as_key),
		TEST(what_strangers_send),
		TEST(the_order_of_rows_decides_nothing),
		TEST(members_of_an_org),
		TEST(members_by_account),
	};

	return cmocka_run_group_tests_name("touches", tests, NULL, NULL);
}
