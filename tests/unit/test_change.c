/*
 * test_change: what histories say of amount, close date and owner, from CSV
 * text to the changes of a record. Expected lists are written out by hand
 * from the rows above them, by the rules of change.h; the shapes are those of
 * crm-exports.md 3.3 and 5.4.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "change.h"
#include "load.h"

#include <cmocka.h>

#include "load_fixture.h"

static const struct when unknown = { 0, WHEN_UNKNOWN };

static struct store *
read_changes(struct fixture *f)
{
	f->load->changes = true;
	return read_given(f);
}

static void
assert_refused(struct fixture *f, const char *part)
{
	f->load->changes = true;
	assert_int_equal(load_input(f->arena, &f->input, f->load, &f->err), -1);
	if (!strstr(f->err.message, part))
		fail_msg("'%s' does not say '%s'", f->err.message, part);
}

static void
add_value(
    const struct store *store, const struct change *c, struct textbuf *text)
{
	char out[MONEY_TEXT], when[WHEN_TEXT];
	struct money_sum sum = { 0 };
	struct slice name = c->kind == CHANGE_OWNER
				? intern_get(store->texts, (uint32_t)c->value)
				: intern_get(store->texts, c->currency);

	if (!c->known) {
		textbuf_add(text, " -");
		return;
	}
	if (c->kind == CHANGE_AMOUNT) {
		money_add(&sum, c->value);
		out[money_text(out, sum)] = '\0';
		textbuf_add(text, " %s", out);
	}
	if (c->kind == CHANGE_CLOSE_DATE) {
		when_text(when, stamp_when((struct stamp){ c->value }));
		textbuf_add(text, " %s", when);
	}
	if (name.n)
		textbuf_add(text, " %.*s", (int)name.n, name.p);
}

/* "? amount 100 EUR", "2026-01-05T10:00:00Z owner Ada", a line each. */
static const char *
listed(const struct fixture *f, const char *id)
{
	static const char *const kinds[] = { "amount", "close", "owner" };
	const struct store *store = f->load->store;
	struct textbuf text = { .arena = f->arena };
	const struct change *changes;
	size_t n;

	changes = store_changes(store, record_of(f, id), &n);
	for (size_t i = 0; i < n; i++) {
		const struct change *c = &changes[i];
		char at[WHEN_TEXT];

		assert_int_equal(c->record, record_of(f, id));
		when_text(at, stamp_when(c->at));
		textbuf_add(&text, "%s %s", *at ? at : "?", kinds[c->kind]);
		add_value(store, c, &text);
		textbuf_add(&text, "\n");
	}
	return textbuf_text(&text);
}

static void
assert_changes(const struct fixture *f, const char *id, const char *expected)
{
	assert_string_equal(listed(f, id), expected);
}

/* ---- Snapshot logs ---- */

#define SNAPSHOTS "OpportunityId,StageName,Amount,CloseDate,CreatedDate\n"

static const char snapshots[] =
    SNAPSHOTS "d1,Prospecting,1000,2026-03-31,2026-01-05T10:00:00Z\n"
	      "d1,Prospecting,1200.5,2026-03-31,2026-01-10T10:00:00Z\n"
	      "d1,Qualification,1200.5,2026-04-30,2026-01-20T10:00:00Z\n"
	      "d1,Qualification,,2026-04-30,2026-02-01T10:00:00Z\n"
	      "d1,Closed Won,900,2026-02-10,2026-02-10T10:00:00Z\n"
	      "d2,Prospecting,,,2026-01-06T10:00:00Z\n";

/* What stays as it was is no change; a blank is one. */
static void
every_save_of_a_snapshot_log(void **state)
{
	struct fixture *f = *state;

	give(f, snapshots);
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-05T10:00:00Z amount 1000\n"
	    "2026-01-05T10:00:00Z close 2026-03-31\n"
	    "2026-01-10T10:00:00Z amount 1200.5\n"
	    "2026-01-20T10:00:00Z close 2026-04-30\n"
	    "2026-02-01T10:00:00Z amount -\n"
	    "2026-02-10T10:00:00Z amount 900\n"
	    "2026-02-10T10:00:00Z close 2026-02-10\n");
	assert_changes(f, "d2",
	    "2026-01-06T10:00:00Z amount -\n"
	    "2026-01-06T10:00:00Z close -\n");
	assert_int_equal(used(f, 0), 6);
}

static void
nothing_is_kept_unless_asked_for(void **state)
{
	struct fixture *f = *state;
	const struct store *store;
	size_t n = 7;

	give(f, snapshots);
	store = read_given(f);
	assert_null(store_changes(store, 0, &n));
	assert_int_equal(n, 0);
	assert_int_equal(store->logged_changes.count, 0);
	assert_null(store->logged_changes.blocks);
	assert_null(store->changes);
	assert_null(store->first_change);
	assert_int_equal(used(f, 0), 6);
}

/* A cell that cannot be read says nothing, which is not blank. */
static void
an_unread_cell_is_no_change(void **state)
{
	struct fixture *f = *state;

	give(f,
	    SNAPSHOTS "d1,Prospecting,1000,2026-03-31,2026-01-05T10:00:00Z\n"
		      "d1,Prospecting,soon,n.d.,2026-01-10T10:00:00Z\n"
		      "d1,Prospecting,2000,,2026-01-11T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-05T10:00:00Z amount 1000\n"
	    "2026-01-05T10:00:00Z close 2026-03-31\n"
	    "2026-01-11T10:00:00Z amount 2000\n"
	    "2026-01-11T10:00:00Z close -\n");
	assert_true(counted(f, 0, LEDGER_BAD_AMOUNT) > 0);
	assert_true(counted(f, 0, LEDGER_BAD_TIME) > 0);
	assert_int_equal(used(f, 0), 3);
}

/* A stage that nobody defined spoils the stage and not the amount: the row is
 * used, its cell is counted. Without a time nothing can be said. */
static void
rows_without_a_stage_to_count(void **state)
{
	struct fixture *f = *state;

	give(f, SNAPSHOTS "d1,Prospecting,1,2026-03-31,2026-01-05T10:00:00Z\n"
			  "d1,Nameless,2,2026-03-31,2026-01-06T10:00:00Z\n"
			  "d1,,3,2026-03-31,2026-01-07T10:00:00Z\n"
			  "d1,Prospecting,4,2026-03-31,\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-05T10:00:00Z amount 1\n"
	    "2026-01-05T10:00:00Z close 2026-03-31\n"
	    "2026-01-06T10:00:00Z amount 2\n"
	    "2026-01-07T10:00:00Z amount 3\n");
	assert_int_equal(used(f, 0), 3);
	assert_int_equal(counted(f, 0, LEDGER_CELL_STAGE), 1);
	assert_int_equal(counted(f, 0, LEDGER_UNKNOWN_STAGE), 0);
	assert_int_equal(counted(f, 0, LEDGER_NO_STAGE), 0);
	assert_int_equal(counted(f, 0, LEDGER_NO_TIME), 1);
}

/* Versions of a warehouse have the owner too; deleted ones say nothing. */
static void
owners_of_versions(void **state)
{
	struct fixture *f = *state;

	give(f, "_fivetran_start,id,stage_name,owner_id,is_deleted\n"
		"2026-01-05T10:00:00Z,d1,Prospecting,ada,false\n"
		"2026-01-06T10:00:00Z,d1,Qualification,ada,false\n"
		"2026-01-07T10:00:00Z,d1,Qualification,bob,false\n"
		"2026-01-08T10:00:00Z,d1,Qualification,cy,true\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-05T10:00:00Z owner ada\n"
	    "2026-01-07T10:00:00Z owner bob\n");
}

/* ---- Moves ---- */

/* A save that left the stage as it was is used when it says the amount. The
 * owner of the report is the one of today (crm-exports.md 3.3). */
static void
saves_that_are_no_move(void **state)
{
	struct fixture *f = *state;

	give(f, "Opportunity ID,Opportunity Owner,From Stage,To Stage,Amount,"
		"Last Modified\n"
		"d1,Eve,,Prospecting,100,2026-01-05T10:00:00Z\n"
		"d1,Eve,Prospecting,Prospecting,200,2026-01-06T10:00:00Z\n"
		"d1,Eve,Prospecting,Qualification,200,2026-01-07T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-05T10:00:00Z amount 100\n"
	    "2026-01-06T10:00:00Z amount 200\n");
	assert_int_equal(used(f, 0), 3);
	assert_int_equal(counted(f, 0, LEDGER_UNCHANGED), 0);
	/* which is no event all the same: two moves, one left stage */
	assert_int_equal(f->load->store->events.count, 3);
}

static void
saves_that_say_nothing_are_unchanged(void **state)
{
	struct fixture *f = *state;

	give(f, "Opportunity ID,From Stage,To Stage,Last Modified\n"
		"d1,,Prospecting,2026-01-05T10:00:00Z\n"
		"d1,Prospecting,Prospecting,2026-01-06T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "d1", "");
	assert_int_equal(counted(f, 0, LEDGER_UNCHANGED), 1);
}

/* ---- Period logs ---- */

#define STAYS                                               \
	"Deal Name.id,Stage,Moved To,Modified Time,Amount," \
	"Closing Date\n"

static const char stays[] = STAYS
    "z1,Qualification,Needs Analysis,2026-01-05T10:00:00Z,100,2026-03-31\n"
    "z1,Needs Analysis,Closed Won,2026-01-15T10:00:00Z,200,2026-03-31\n"
    "z1,Closed Won,,2026-01-25T10:00:00Z,300,2026-01-25\n";

static void
stays_dated_by_their_entry(void **state)
{
	struct fixture *f = *state;

	give(f, stays);
	f->input.period_log = "entry";
	read_changes(f);
	assert_changes(f, "z1",
	    "2026-01-05T10:00:00Z amount 100\n"
	    "2026-01-05T10:00:00Z close 2026-03-31\n"
	    "2026-01-15T10:00:00Z amount 200\n"
	    "2026-01-25T10:00:00Z amount 300\n"
	    "2026-01-25T10:00:00Z close 2026-01-25\n");
}

/* The same rows dated by the exit: each holds since the one before was left,
 * the first from the beginning (R48). */
static void
stays_dated_by_their_exit(void **state)
{
	struct fixture *f = *state;

	give(f, stays);
	f->input.period_log = "exit";
	read_changes(f);
	assert_changes(f, "z1",
	    "? amount 100\n"
	    "? close 2026-03-31\n"
	    "2026-01-05T10:00:00Z amount 200\n"
	    "2026-01-15T10:00:00Z amount 300\n"
	    "2026-01-15T10:00:00Z close 2026-01-25\n");
}

/* A stay whose stage nobody knows cannot be dated. */
static void
stays_of_an_unknown_stage(void **state)
{
	struct fixture *f = *state;

	give(f, STAYS "z1,Qualification,X,2026-01-05T10:00:00Z,100,\n"
		      "z1,X,,2026-01-15T10:00:00Z,200,\n");
	f->input.period_log = "entry";
	read_changes(f);
	assert_changes(f, "z1",
	    "2026-01-05T10:00:00Z amount 100\n"
	    "2026-01-05T10:00:00Z close -\n");
	assert_int_equal(counted(f, 0, LEDGER_UNKNOWN_STAGE), 1);
}

/* ---- Logs of fields ---- */

#define FIELDS "OpportunityId,Field,OldValue,NewValue,CreatedDate\n"

static const char field_log[] =
    FIELDS "d1,created,,,2026-01-01T10:00:00Z\n"
	   "d1,StageName,Prospecting,Qualification,2026-01-02T10:00:00Z\n"
	   "d1,Amount,1000,1500,2026-01-03T10:00:00Z\n"
	   "d1,Amount,1500,,2026-01-09T10:00:00Z\n"
	   "d1,CloseDate,2026-03-31,2026-04-30,2026-01-04T10:00:00Z\n"
	   "d1,Owner,Ada,Bob,2026-01-05T10:00:00Z\n"
	   "d1,NextStep,Call,Write,2026-01-06T10:00:00Z\n"
	   "d2,Amount,,70,2026-01-07T10:00:00Z\n";

/* The old value of the first change held from the beginning. */
static void
old_and_new_values(void **state)
{
	struct fixture *f = *state;

	give(f, field_log);
	read_changes(f);
	assert_changes(f, "d1",
	    "? amount 1000\n"
	    "? close 2026-03-31\n"
	    "? owner Ada\n"
	    "2026-01-03T10:00:00Z amount 1500\n"
	    "2026-01-04T10:00:00Z close 2026-04-30\n"
	    "2026-01-05T10:00:00Z owner Bob\n"
	    "2026-01-09T10:00:00Z amount -\n");
	assert_changes(f, "d2", "? amount -\n2026-01-07T10:00:00Z amount 70\n");
	assert_int_equal(used(f, 0), 7);
	assert_int_equal(counted(f, 0, LEDGER_OTHER_FIELD), 1);
	/* a record that never moved is still unknown (R47) */
	assert_false(load_is_record(f->load, record_of(f, "d2")));
}

static void
other_fields_unless_asked_for(void **state)
{
	struct fixture *f = *state;

	give(f, field_log);
	read_given(f);
	assert_int_equal(used(f, 0), 2);
	assert_int_equal(counted(f, 0, LEDGER_OTHER_FIELD), 6);
	assert_int_equal(f->load->store->records.count, 1);
}

/* The labels of the report, and dates and amounts as people see them; one
 * value proves the order for both columns, and the stages none. */
static void
a_report_of_fields(void **state)
{
	struct fixture *f = *state;

	give(f,
	    "Opportunity ID,Field / Event,Old Value,New Value,Edit Date\n"
	    "d1,Stage,Prospecting,Qualification,2026-01-02T10:00:00Z\n"
	    "d1,Close Date,3/4/2026,5/4/2026,2026-01-03T10:00:00Z\n"
	    "d1,Close Date,5/4/2026,31/5/2026,2026-01-04T10:00:00Z\n"
	    "d1,Amount,\"EUR 1.000\",\"EUR 2.000,50\",2026-01-05T10:00:00Z\n"
	    "d1,Opportunity Owner,Ada,Bob,2026-01-05T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "? amount 1000 EUR\n"
	    "? close 2026-04-03\n"
	    "? owner Ada\n"
	    "2026-01-03T10:00:00Z close 2026-04-05\n"
	    "2026-01-04T10:00:00Z close 2026-05-31\n"
	    "2026-01-05T10:00:00Z amount 2000.5 EUR\n"
	    "2026-01-05T10:00:00Z owner Bob\n");
}

#define UNPROVED_DATES                                             \
	FIELDS "d1,StageName,A,Prospecting,2026-01-02T10:00:00Z\n" \
	       "d1,CloseDate,3/4/2026,5/4/2026,2026-01-03T10:00:00Z\n"
#define UNPROVED_AMOUNTS                                           \
	FIELDS "d1,StageName,A,Prospecting,2026-01-02T10:00:00Z\n" \
	       "d1,Amount,\"1,000\",\"2,000\",2026-01-03T10:00:00Z\n"

static void
dates_without_proof_are_refused(void **state)
{
	give(*state, UNPROVED_DATES);
	assert_refused(*state, "no date of column 'NewValue'");
}

static void
dates_as_the_user_says(void **state)
{
	struct fixture *f = *state;

	give(f, UNPROVED_DATES);
	f->input.date_order = "mdy";
	read_changes(f);
	assert_changes(f, "d1",
	    "? close 2026-03-04\n"
	    "2026-01-03T10:00:00Z close 2026-05-04\n");
}

static void
amounts_without_proof_are_refused(void **state)
{
	give(*state, UNPROVED_AMOUNTS);
	assert_refused(*state, "column 'NewValue' does not show whether its");
}

static void
amounts_as_the_user_says(void **state)
{
	struct fixture *f = *state;

	give(f, UNPROVED_AMOUNTS);
	f->input.decimal = "comma";
	read_changes(f);
	assert_changes(f, "d1", "? amount 1\n2026-01-03T10:00:00Z amount 2\n");
}

/* Nobody reads these values unless asked to. */
static void
unproved_values_are_no_matter_otherwise(void **state)
{
	struct fixture *f = *state;

	give(f, UNPROVED_DATES);
	give(f, UNPROVED_AMOUNTS);
	read_given(f);
	assert_int_equal(used(f, 0), 1);
}

static void
values_that_contradict_their_column(void **state)
{
	give(*state,
	    FIELDS "d1,CloseDate,31/3/2026,4/30/2026,2026-01-03T10:00:00Z\n");
	assert_refused(*state, "say which with --date-order");
}

static void
unread_values_are_counted(void **state)
{
	struct fixture *f = *state;

	give(f, FIELDS "d1,Amount,lots,200,2026-01-03T10:00:00Z\n"
		       "d1,Amount,200,more,2026-01-04T10:00:00Z\n"
		       "d1,CloseDate,soon,2026-04-30,2026-01-03T10:00:00Z\n"
		       "d1,Amount,200,300,\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-03T10:00:00Z amount 200\n"
	    "2026-01-03T10:00:00Z close 2026-04-30\n");
	assert_int_equal(counted(f, 0, LEDGER_BAD_AMOUNT), 2);
	assert_int_equal(counted(f, 0, LEDGER_BAD_TIME), 1);
	assert_int_equal(counted(f, 0, LEDGER_NO_TIME), 1);
	assert_int_equal(used(f, 0), 3);
}

/* Salesforce logs a new owner by name and by id; the names count, where there
 * are any (crm-exports.md 3.3). */
static void
owners_by_name_and_by_id(void **state)
{
	struct fixture *f = *state;

	give(f,
	    FIELDS "d1,Owner,005000000000001AAA,005000000000002AAA,"
		   "2026-01-05T10:00:00Z\n"
		   "d1,Owner,Ada,Bob,2026-01-05T10:00:00Z\n"
		   "d2,ownerAssignment,005000000000001AAA,005000000000002AAA,"
		   "2026-01-06T10:00:00Z\n");
	read_changes(f);
	assert_changes(
	    f, "d1", "? owner Ada\n2026-01-05T10:00:00Z owner Bob\n");
	assert_changes(f, "d2",
	    "? owner 005000000000001AAA\n"
	    "2026-01-06T10:00:00Z owner 005000000000002AAA\n");
}

/* HubSpot's warehouse table has no old value, so nothing says what was from
 * the beginning. */
static void
a_log_without_old_values(void **state)
{
	struct fixture *f = *state;

	give(f, "deal_id,name,value,timestamp\n"
		"h1,dealstage,contractsent,2026-01-01T10:00:00Z\n"
		"h1,amount,100,2026-01-02T10:00:00Z\n"
		"h1,closedate,1774915200000,2026-01-02T10:00:00Z\n"
		"h1,hubspot_owner_id,77,2026-01-03T10:00:00Z\n"
		"h1,amount,,2026-01-04T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "h1",
	    "2026-01-02T10:00:00Z amount 100\n"
	    "2026-01-02T10:00:00Z close 2026-03-31T00:00:00Z\n"
	    "2026-01-03T10:00:00Z owner 77\n"
	    "2026-01-04T10:00:00Z amount -\n");
}

/* ---- One instant ---- */

/* R40: then the rank of the stage; the last in force is that of the later
 * stage, whatever the order of lines. */
static void
stages_order_an_instant(void **state)
{
	struct fixture *f = *state;

	give(f, SNAPSHOTS "d1,Closed Lost,300,,2026-01-05T10:00:00Z\n"
			  "d1,Qualification,200,,2026-01-05T10:00:00Z\n"
			  "d1,Closed Won,50,,2026-01-05T10:00:00Z\n"
			  "d1,Prospecting,400,,2026-01-05T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-05T10:00:00Z amount 400\n"
	    "2026-01-05T10:00:00Z amount 200\n"
	    "2026-01-05T10:00:00Z amount 50\n"
	    "2026-01-05T10:00:00Z amount 300\n"
	    "2026-01-05T10:00:00Z close -\n");
}

/* Each row says what it found: 500, 100, 300, 200, and one row is there
 * twice. */
static void
old_values_order_an_instant(void **state)
{
	struct fixture *f = *state;

	give(f, FIELDS "d1,Amount,300,200,2026-01-05T10:00:00Z\n"
		       "d1,Amount,500,100,2026-01-05T10:00:00Z\n"
		       "d1,Amount,100,300,2026-01-05T10:00:00Z\n"
		       "d1,Amount,500,100,2026-01-05T10:00:00Z\n"
		       /* and back to where it was, from what was in force */
		       "d1,Amount,900,200,2026-01-06T10:00:00Z\n"
		       "d1,Amount,200,900,2026-01-06T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "? amount 500\n"
	    "2026-01-05T10:00:00Z amount 100\n"
	    "2026-01-05T10:00:00Z amount 300\n"
	    "2026-01-05T10:00:00Z amount 200\n"
	    "2026-01-06T10:00:00Z amount 900\n"
	    "2026-01-06T10:00:00Z amount 200\n");
}

/* Two logs of the same saves are one. */
static void
two_logs_of_one_save(void **state)
{
	struct fixture *f = *state;

	give(f, FIELDS "d1,Amount,100,300,2026-01-05T10:00:00Z\n"
		       "d1,Amount,300,250,2026-01-06T10:00:00Z\n");
	give(f, SNAPSHOTS "d1,Prospecting,100,,2026-01-01T10:00:00Z\n"
			  "d1,Prospecting,300,,2026-01-05T10:00:00Z\n"
			  "d1,Qualification,300,,2026-01-06T10:00:00Z\n"
			  "d1,Needs Analysis,250,,2026-01-06T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-01T10:00:00Z amount 100\n"
	    "2026-01-01T10:00:00Z close -\n"
	    "2026-01-05T10:00:00Z amount 300\n"
	    "2026-01-06T10:00:00Z amount 250\n");
}

/* Where nothing else decides, the smaller comes first; more rows than anybody
 * could have saved are not followed. */
static void
many_rows_of_one_instant(void **state)
{
	struct fixture *f = *state;
	struct textbuf text = { .arena = f->arena };
	int64_t amount;

	textbuf_add(&text, FIELDS);
	for (int i = 40; i > 0; i--)
		textbuf_add(
		    &text, "d1,Amount,%d,%d,2026-01-05T10:00:00Z\n", i, i - 1);
	give(f, textbuf_text(&text));
	read_changes(f);
	assert_true(store_amount_at(
	    f->load->store, record_of(f, "d1"), unknown, &amount, NULL));
	assert_int_equal(amount, 39 * MONEY_UNIT);
}

/* A bare date reaches to the end of its day. */
static void
a_date_stands_at_the_end_of_its_day(void **state)
{
	struct fixture *f = *state;

	give(f, "id,stage,stage entered,amount\n"
		"g1,Won,2026-01-05,2\n"
		"g1,Won,2026-01-05T22:00:00Z,1\n"
		"g1,Won,2026-01-06T00:30:00Z,3\n");
	f->input.stages = "New,won:Won";
	f->input.zone = "UTC";
	read_changes(f);
	assert_changes(f, "g1",
	    "2026-01-05T22:00:00Z amount 1\n"
	    "2026-01-05 amount 2\n"
	    "2026-01-06T00:30:00Z amount 3\n");
}

/* ---- The order of files and lines ---- */

static const char *const rows[] = {
	"d1,Prospecting,100,2026-03-31,2026-01-05T10:00:00Z\n",
	"d1,Prospecting,100,2026-04-30,2026-01-06T10:00:00Z\n",
	"d1,Prospecting,300,2026-04-30,2026-01-06T10:00:00Z\n",
	"d1,Qualification,200,2026-04-30,2026-01-06T10:00:00Z\n",
	"d1,Qualification,200,,2026-01-07\n",
	"d1,Needs Analysis,200,2026-05-31,2026-01-07T10:00:00Z\n",
	"d1,Closed Won,50,2026-01-08,2026-01-08T10:00:00Z\n",
	"d1,Closed Won,50,2026-01-08,2026-01-08T10:00:00Z\n",
};

#define N_ROWS (sizeof(rows) / sizeof(*rows))
#define ORDERS 40

static void
a_shuffle(size_t order[N_ROWS], uint32_t *random)
{
	for (size_t i = 0; i < N_ROWS; i++)
		order[i] = i;
	for (size_t i = N_ROWS - 1; i > 0; i--) {
		size_t j, kept = order[i];

		*random = *random * 1664525u + 1013904223u;
		j = (*random >> 16) % (i + 1);
		order[i] = order[j];
		order[j] = kept;
	}
}

static void
the_order_of_input_decides_nothing(void **state)
{
	static const char expected[] =
	    "2026-01-05T10:00:00Z amount 100\n"
	    "2026-01-05T10:00:00Z close 2026-03-31\n"
	    "2026-01-06T10:00:00Z amount 300\n"
	    "2026-01-06T10:00:00Z amount 200\n"
	    "2026-01-06T10:00:00Z close 2026-04-30\n"
	    "2026-01-07T10:00:00Z close 2026-05-31\n"
	    "2026-01-07 close -\n"
	    "2026-01-08T10:00:00Z amount 50\n"
	    "2026-01-08T10:00:00Z close 2026-01-08\n";
	uint32_t random = 1;

	(void)state;
	for (int i = 0; i < ORDERS; i++) {
		size_t order[N_ROWS], half = (size_t)i % (N_ROWS + 1);
		struct textbuf text[2];
		struct fixture *f;

		assert_int_equal(setup((void **)&f), 0);
		text[0] = text[1] = (struct textbuf){ .arena = f->arena };
		textbuf_add(&text[0], SNAPSHOTS);
		textbuf_add(&text[1], SNAPSHOTS);
		a_shuffle(order, &random);
		for (size_t k = 0; k < N_ROWS; k++)
			textbuf_add(&text[k < half], "%s", rows[order[k]]);
		give(f, text[0].p);
		give(f, text[1].p);
		read_changes(f);
		assert_changes(f, "d1", expected);
		teardown((void **)&f);
	}
}

/* ---- Records that are counted as one ---- */

/* A lead was Sam's, who gave it to Ada; its deal was Ada's when it was made
 * and went to Bob. */
static void
a_lead_and_its_deal(void **state)
{
	struct fixture *f = *state;
	bool any;

	give(f, "Lead ID,Lead Status,Lead Owner,Created Date,"
		"Converted Opportunity ID\n"
		"l1,Working - Contacted,Ada,2026-01-01,d1\n");
	give(f, "LeadId,Field,OldValue,NewValue,CreatedDate\n"
		"l1,Owner,Sam,Ada,2026-01-03T10:00:00Z\n"
		"l1,Status,Open - Not Contacted,Working - Contacted,"
		"2026-01-03T10:00:00Z\n");
	give(f, FIELDS "d1,created,,,2026-01-05T10:00:00Z\n"
		       "d1,Owner,Eve,Bob,2026-01-07T10:00:00Z\n"
		       "d1,Amount,100,200,2026-01-08T10:00:00Z\n"
		       "d1,StageName,Prospecting,Qualification,"
		       "2026-01-08T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "l1",
	    "? owner Sam\n"
	    "2026-01-03T10:00:00Z owner Ada\n"
	    "2026-01-05T10:00:00Z amount 100\n"
	    "2026-01-05T10:00:00Z owner Eve\n"
	    "2026-01-07T10:00:00Z owner Bob\n"
	    "2026-01-08T10:00:00Z amount 200\n");
	assert_changes(f, "d1", "");
	assert_null(store_change_at(
	    f->load->store, record_of(f, "d1"), CHANGE_OWNER, unknown, &any));
	assert_false(any);
}

/* At one instant the deal says how its lead stands. */
static void
a_deal_after_its_lead(void **state)
{
	struct fixture *f = *state;

	give(f, "Lead ID,Lead Status,Created Date,Converted Opportunity ID\n"
		"l1,Working - Contacted,2026-01-01,d1\n");
	give(f, FIELDS "d1,Owner,Cy,Ada,2026-01-03T10:00:00Z\n"
		       "d1,StageName,Prospecting,Qualification,"
		       "2026-01-03T10:00:00Z\n");
	give(f, "LeadId,Field,OldValue,NewValue,CreatedDate\n"
		"l1,Owner,Sam,Zoe,2026-01-03T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "l1",
	    "? owner Sam\n"
	    "? owner Cy\n"
	    "2026-01-03T10:00:00Z owner Zoe\n"
	    "2026-01-03T10:00:00Z owner Ada\n");
}

static void
merged_records(void **state)
{
	struct fixture *f = *state;

	give(f, "Id,StageName,OwnerId,CreatedDate,MasterRecordId,IsDeleted\n"
		"d1,Prospecting,ada,2026-01-01,,false\n"
		"d2,Prospecting,ada,2026-01-02,d1,true\n");
	give(f, SNAPSHOTS "d1,Prospecting,100,,2026-01-05T10:00:00Z\n"
			  "d2,Prospecting,300,,2026-01-06T10:00:00Z\n"
			  "d1,Prospecting,400,,2026-01-07T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-05T10:00:00Z amount 100\n"
	    "2026-01-05T10:00:00Z close -\n"
	    "2026-01-06T10:00:00Z amount 300\n"
	    "2026-01-07T10:00:00Z amount 400\n");
}

/* ---- What was in force ---- */

static struct when
at(const char *text)
{
	struct date_column column = { 0 };
	struct when when;

	assert_int_equal(
	    date_read(slice_of(text), NULL, &column, 1, &when), DATE_OK);
	return when;
}

static void
assert_amount(const struct fixture *f, const char *id, struct when when,
    const char *expected)
{
	const struct store *store = f->load->store;
	struct change c = { .kind = CHANGE_AMOUNT };
	struct textbuf text = { .arena = f->arena };

	c.known = store_amount_at(
	    store, record_of(f, id), when, &c.value, &c.currency);
	add_value(store, &c, &text);
	assert_string_equal(textbuf_text(&text) + 1, expected);
}

static void
assert_close_date(const struct fixture *f, const char *id, struct when when,
    const char *expected)
{
	char text[WHEN_TEXT];

	when_text(
	    text, store_close_date_at(f->load->store, record_of(f, id), when));
	assert_string_equal(text, expected);
}

static void
assert_owner(const struct fixture *f, const char *id, struct when when,
    const char *expected)
{
	const struct store *store = f->load->store;
	uint32_t owner = store_owner_at(store, record_of(f, id), when,
	    f->load->n_wants ? f->load->want_attribute[0] : NO_ATTRIBUTE);

	assert_true(
	    slice_equal(intern_get(store->texts, owner), slice_of(expected)));
}

/* A snapshot log begins with what it first saw. */
static void
in_force_by_snapshots(void **state)
{
	struct fixture *f = *state;

	give(f, snapshots);
	read_changes(f);
	assert_amount(f, "d1", at("2026-01-01"), "1000");
	assert_amount(f, "d1", at("2026-01-05T10:00:00Z"), "1000");
	assert_amount(f, "d1", at("2026-01-10T09:59:59Z"), "1000");
	assert_amount(f, "d1", at("2026-01-10T10:00:00Z"), "1200.5");
	assert_amount(f, "d1", at("2026-01-10"), "1200.5"); /* all day */
	assert_amount(f, "d1", at("2026-02-05"), "-");
	assert_amount(f, "d1", unknown, "900");
	assert_close_date(f, "d1", at("2026-01-15"), "2026-03-31");
	assert_close_date(f, "d1", at("2026-01-20"), "2026-04-30");
	assert_amount(f, "d2", unknown, "-");
	assert_owner(f, "d1", unknown, "");
}

/* The old value of the first change, up to it. */
static void
in_force_by_old_values(void **state)
{
	struct fixture *f = *state;

	give(f, field_log);
	read_changes(f);
	assert_amount(f, "d1", at("2026-01-01"), "1000");
	assert_amount(f, "d1", at("2026-01-04"), "1500");
	assert_owner(f, "d1", at("2026-01-04"), "Ada");
	assert_owner(f, "d1", at("2026-01-06"), "Bob");
	/* it was blank, which is not what it became */
	assert_amount(f, "d2", at("2026-01-06"), "-");
	assert_amount(f, "d2", at("2026-01-07"), "70");
}

static const enum field_id wants_owner[] = { FIELD_OWNER };

/* Nothing that came later is used, neither of the history nor of a row that
 * shows today. */
static void
in_force_by_as_of(void **state)
{
	struct fixture *f = *state;

	give(f, snapshots);
	give(f, "Id,StageName,Amount,CloseDate,CreatedDate,Owner.Name\n"
		"d1,Closed Won,900,2026-02-10,2026-01-05T10:00:00Z,Ada\n"
		"d2,Prospecting,800,2026-09-30,2026-01-06T10:00:00Z,Ada\n"
		"d3,Prospecting,700,2026-09-30,2026-01-01T10:00:00Z,Cy\n");
	f->input.as_of = "2026-01-15";
	f->load->wants = wants_owner;
	f->load->n_wants = 1;
	read_changes(f);
	assert_amount(f, "d1", unknown, "1200.5");
	assert_amount(f, "d1", at("2026-02-20"), "1200.5");
	assert_close_date(f, "d1", at("2026-02-20"), "2026-03-31");
	assert_amount(f, "d2", unknown, "-");
	/* of d3 the row is all there is */
	assert_amount(f, "d3", at("2026-01-10"), "700");
	assert_close_date(f, "d3", at("2026-01-10"), "2026-09-30");
	assert_owner(f, "d3", at("2026-01-10"), "Cy");
}

static void
nothing_was_known_by_as_of(void **state)
{
	struct fixture *f = *state;

	give(f, snapshots);
	give(f, "Id,StageName,Amount,CloseDate,CreatedDate\n"
		"d1,Closed Won,900,2026-02-10,2026-01-01T10:00:00Z\n");
	f->input.as_of = "2026-01-04";
	read_changes(f);
	assert_amount(f, "d1", unknown, "-");
	assert_close_date(f, "d1", unknown, "");
}

/* ---- Currencies ---- */

/* What a row does not say is the record's; a row may say it, its cell before
 * its column. */
static void
currencies(void **state)
{
	struct fixture *f = *state;

	give(f, "Id,StageName,Amount,CurrencyIsoCode,CloseDate,CreatedDate\n"
		"d1,Prospecting,100,EUR,2026-09-30,2026-01-01\n"
		"d2,Prospecting,100,EUR,2026-09-30,2026-01-01\n");
	give(f,
	    SNAPSHOTS "d1,Prospecting,100,,2026-01-05T10:00:00Z\n"
		      "d1,Prospecting,\"GBP 80.00\",,2026-01-06T10:00:00Z\n");
	give(f, "OpportunityId,StageName,Amount,CurrencyIsoCode,CreatedDate\n"
		"d2,Prospecting,100,USD,2026-01-05T10:00:00Z\n"
		"d2,Prospecting,100,CHF,2026-01-06T10:00:00Z\n");
	read_changes(f);
	assert_changes(f, "d1",
	    "2026-01-05T10:00:00Z amount 100\n"
	    "2026-01-05T10:00:00Z close -\n"
	    "2026-01-06T10:00:00Z amount 80 GBP\n");
	assert_amount(f, "d1", at("2026-01-05"), "100 EUR");
	assert_amount(f, "d1", at("2026-01-06"), "80 GBP");
	assert_changes(f, "d2",
	    "2026-01-05T10:00:00Z amount 100 USD\n"
	    "2026-01-06T10:00:00Z amount 100 CHF\n");
}

/* An amount in the organisation's currency is not in that of the deal. */
static void
amounts_in_the_organisations_currency(void **state)
{
	static const char definitions[] = "version: 1\n"
					  "currency: INR\n"
					  "stages:\n"
					  "  - name: Prospecting\n"
					  "  - {name: Won, outcome: won}\n";
	struct fixture *f = *state;

	give(f, "Opportunity ID,Opportunity Name,Stage,Amount Currency,Amount,"
		"Close Date\n"
		"d1,A,Prospecting,EUR,1.00,2026-09-30\n");
	give(f, "Opportunity ID,From Stage,To Stage,Opportunity Currency,"
		"Amount (converted),Last Modified\n"
		"d1,,Prospecting,EUR,90.00,2026-01-05T10:00:00Z\n");
	give(f, definitions);
	f->input.definitions = f->files[--f->input.files.n];
	read_changes(f);
	f->input.files.n++; /* to be removed with the others */
	assert_changes(f, "d1", "2026-01-05T10:00:00Z amount 90 INR\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_save_of_a_snapshot_log),
		TEST(nothing_is_kept_unless_asked_for),
		TEST(an_unread_cell_is_no_change),
		TEST(rows_without_a_stage_to_count),
		TEST(owners_of_versions),
		TEST(saves_that_are_no_move),
		TEST(saves_that_say_nothing_are_unchanged),
		TEST(stays_dated_by_their_entry),
		TEST(stays_dated_by_their_exit),
		TEST(stays_of_an_unknown_stage),
		TEST(old_and_new_values),
		TEST(other_fields_unless_asked_for),
		TEST(a_report_of_fields),
		TEST(dates_without_proof_are_refused),
		TEST(dates_as_the_user_says),
		TEST(amounts_without_proof_are_refused),
		TEST(amounts_as_the_user_says),
		TEST(unproved_values_are_no_matter_otherwise),
		TEST(values_that_contradict_their_column),
		TEST(unread_values_are_counted),
		TEST(owners_by_name_and_by_id),
		TEST(a_log_without_old_values),
		TEST(stages_order_an_instant),
		TEST(old_values_order_an_instant),
		TEST(two_logs_of_one_save),
		TEST(many_rows_of_one_instant),
		TEST(a_date_stands_at_the_end_of_its_day),
		TEST(the_order_of_input_decides_nothing),
		TEST(a_lead_and_its_deal),
		TEST(a_deal_after_its_lead),
		TEST(merged_records),
		TEST(in_force_by_snapshots),
		TEST(in_force_by_old_values),
		TEST(in_force_by_as_of),
		TEST(nothing_was_known_by_as_of),
		TEST(currencies),
		TEST(amounts_in_the_organisations_currency),
	};

	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
