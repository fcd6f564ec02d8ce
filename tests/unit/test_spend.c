/*
 * test_spend: cost files to sums. The files are those of crm-exports.md 3.5
 * and 10; the sums are added by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "spend.h"

#include <cmocka.h>

#include "outside_fixture.h"

static struct touch_options options;

static int
fresh(void **state)
{
	options = (struct touch_options){ .join = NULL };
	return setup(state);
}

static struct spend *
read_spend(struct fixture *f)
{
	struct touches *touches = NULL;
	struct spend *spend = NULL;

	give(f, "Id,StageName,CreatedDate,IsWon\n"
		"d1,Prospecting,2026-01-01,false\n");
	load_records(f);
	options.spend = (struct fnl_list){ outside_files, n_outside };
	if (touches_load(f->load, &options, &touches, &f->err) < 0 ||
	    spend_load(touches, &options, &spend, &f->err) < 0)
		fail_msg("%s", f->err.message);
	return spend;
}

/* "Email 2026-03 30.5 EUR", a line each. */
static void
assert_sums(struct fixture *f, const struct spend *spend, const char *expected)
{
	struct textbuf text = { .arena = f->arena };

	for (size_t i = 0; i < spend->n_sums; i++) {
		const struct spend_sum *sum = &spend->sums[i];
		struct slice key = touches_text(spend->touches, sum->key);
		struct slice currency =
		    touches_text(spend->touches, sum->currency);
		char month[PERIOD_TEXT] = "?", cost[MONEY_TEXT + 1];

		if (sum->month != NO_DAY)
			period_label(month, PERIOD_MONTH, sum->month, 1);
		cost[money_text(cost, sum->cost)] = '\0';
		textbuf_add(&text, "%.*s %s %s %.*s\n", (int)key.n,
		    key.n ? key.p : "", month, cost, (int)currency.n,
		    currency.n ? currency.p : "");
	}
	assert_string_equal(textbuf_text(&text), expected);
}

static uint64_t
ledger_count(const struct fixture *f, enum ledger_reason reason)
{
	const struct ledger_file *file =
	    vec_at(&f->load->ledger->files, f->load->ledger->files.count - 1);
	uint64_t sum = file->used;

	for (int r = 0; r < LEDGER_REASONS; r++)
		if (ledger_reasons[r].is_row && r != LEDGER_TITLE &&
		    r != LEDGER_BLANK)
			sum += file->entries[r].count;
	assert_int_equal(file->rows, sum);
	return file->entries[reason].count;
}

static void
a_plain_table(void **state)
{
	struct fixture *f = *state;

	give_outside(f, "1.csv",
	    "source,month,cost,currency\nEmail,2026-03,10.5,EUR\n"
	    "Email,2026-03,20,EUR\nEmail,Apr 2026,1,EUR\nAds,2026-03-01,5,USD\n"
	    "Ads,2026-Q1,7,USD\nAds,,2,USD\nAds,2026-03,--,USD\n");
	assert_sums(f, read_spend(f),
	    "Ads ? 9 USD\nAds 2026-03 5 USD\nEmail 2026-03 30.5 EUR\n"
	    "Email 2026-04 1 EUR\n");
	assert_int_equal(ledger_count(f, LEDGER_NO_COST), 1);
}

/* Month-grain rows stay what they are. */
static void
the_period_of_a_row(void **state)
{
	struct fixture *f = *state;
	const struct spend *spend;
	const struct spend_row *row;
	int64_t first = civil_days((struct civil){ 2026, 3, 1 });

	give_outside(f, "1.csv",
	    "channel,month,cost\nEmail,3/1/2026,10\n"
	    "Email,3/31/2026,5\n");
	give_outside(f, "2.csv", "channel,date,cost\nEmail,2026-03-01,10\n");
	spend = read_spend(f);
	row = vec_at(&spend->rows, 1);
	assert_true(row->from == first && row->next == first + 31);
	row = vec_at(&spend->rows, 2);
	assert_true(row->from == first && row->next == first + 1);
	assert_sums(f, spend, "Email 2026-03 25 \n");
}

#define GOOGLE_HEAD \
	"Campaign report\n\"September 1, 2026 - September 3, 2026\"\n"

static void
google_ads(void **state)
{
	struct fixture *f = *state;
	const struct spend *spend;

	give_outside(f, "1.csv",
	    GOOGLE_HEAD
	    "Day,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks\n"
	    "2026-09-02,Spring,1,CAD,\"1,020.50\",\"10,500\",88\n"
	    "2026-09-02,Spring,1,CAD,\"1,020.50\",\"10,500\",88\n"
	    "2026-09-03,Total comfort,2,CAD,15.44,1,1\n"
	    "Total: Account,--,--,CAD,\"1,035.94\",\"11,774\",97\n"
	    "Total,2026-09-03,--,CAD,1.00,1,1\n");
	options.key = "campaign";
	spend = read_spend(f);
	assert_sums(f, spend,
	    "2026-09-03 ? 1 CAD\nSpring 2026-09 2041 CAD\n"
	    "Total comfort 2026-09 15.44 CAD\n");
	assert_int_equal(spend->repeated, 1);
	assert_int_equal(ledger_count(f, LEDGER_FURNITURE), 1);
}

#define GOOGLE_ROW                                                   \
	"Day,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks\n" \
	"2026-09-02,Spring,1,CAD,\"1,020.50\",\"10,500\",88\n"
#define LINKEDIN_ROW                                                     \
	"Start Date (in UTC),Account Name,Campaign Name,Currency,Total " \
	"Spent,Impressions\n9/13/2026,Acme,B2B,CAD,9.50,100\n"

/* Their reports have no column for the channel: it is the network. */
static void
networks_are_channels(void **state)
{
	struct fixture *f = *state;

	give_outside(f, "1.csv", GOOGLE_HEAD GOOGLE_ROW);
	give_outside(f, "2.csv", LINKEDIN_ROW);
	assert_sums(f, read_spend(f),
	    "Google Ads 2026-09 1020.5 CAD\nLinkedIn Ads 2026-09 9.5 CAD\n");
}

/* By the name that was agreed, where there is one (R52). */
static void
networks_by_agreed_names(void **state)
{
	struct fixture *f = *state;

	give_outside(f, "funnel.yaml",
	    "stages:\n  - name: Prospecting\n"
	    "sources:\n  - { name: Paid Search, aliases: [google_ads] }\n");
	f->input.definitions = arena_text(f->arena, slice_of(outside_files[0]));
	give_outside(f, "1.csv", GOOGLE_HEAD GOOGLE_ROW);
	give_outside(f, "2.csv", LINKEDIN_ROW);
	outside_files[0] = outside_files[1];
	outside_files[1] = outside_files[2];
	n_outside = 2;
	assert_sums(f, read_spend(f),
	    "LinkedIn Ads 2026-09 9.5 CAD\nPaid Search 2026-09 1020.5 CAD\n");
	n_outside = 3;
}

/* What the file says itself, or --map, is not overruled; a cost of a campaign
 * that is no such report has no channel. */
static void
networks_are_not_guessed(void **state)
{
	static const char *const maps[] = { "touch.channel=Label" };
	struct fixture *f = *state;

	give_outside(f, "1.csv",
	    "Day,Campaign,Currency code,Cost,Clicks,Label\n"
	    "2026-09-02,Spring,CAD,1,8,Search\n2026-09-02,Fall,CAD,2,8,\n");
	options.maps = (struct fnl_list){ maps, 1 };
	assert_sums(f, read_spend(f), " 2026-09 2 CAD\nSearch 2026-09 1 CAD\n");
}

static void
a_cost_without_a_channel(void **state)
{
	struct fixture *f = *state;

	give_outside(f, "1.csv", "Day,Campaign,Cost\n2026-09-02,Spring,1\n");
	assert_sums(f, read_spend(f), " 2026-09 1 \n");
}

/* R45: a channel that is called Total is no total. */
static void
a_channel_called_total(void **state)
{
	struct fixture *f = *state;

	give_outside(f, "1.csv",
	    "channel,month,cost\nTotal,2026-01,1\nTotal,--,9\nTotal,,9\n");
	assert_sums(f, read_spend(f), "Total 2026-01 1 \n");
	assert_int_equal(ledger_count(f, LEDGER_FURNITURE), 2);
}

/* Without a day the row covers what stands above the header. */
static void
google_ads_without_days(void **state)
{
	struct fixture *f = *state;

	give_outside(f, "1.csv", GOOGLE_HEAD "Campaign,Cost\nSpring,10\n");
	options.key = "campaign";
	assert_sums(f, read_spend(f), "Spring 2026-09 10 \n");
}

static void
google_ads_in_german(void **state)
{
	struct fixture *f = *state;

	give_outside(f, "1.csv",
	    "Kampagnenbericht\nTag;Kampagne;W\u00e4hrungscode;Kosten\n"
	    "2026-09-02;Fr\u00fchling;EUR;1.020,50\n"
	    "Gesamt: Konto;--;EUR;1.020,50\n");
	options.key = "campaign";
	assert_sums(f, read_spend(f), "Fr\u00fchling 2026-09 1020.5 EUR\n");
	assert_int_equal(ledger_count(f, LEDGER_FURNITURE), 1);
}

/* UTF-16 with tabs, as it comes. */
static void
linkedin(void **state)
{
	static const char text[] =
	    "Campaign Performance Report (in UTC)\n"
	    "Report Start: 9/1/2026, Report End: 9/2/2026\n\n"
	    "Start Date (in UTC)\tAccount Name\tCampaign Group Name\t"
	    "Campaign Name\tCampaign ID\tCurrency\tTotal Spent\tImpressions\n"
	    "9/13/2026\tAcme\tDefault\tB2B\t11\tUSD\t\"1,234.50\"\t10000\n"
	    "9/1/2026\tAcme\t-\t-\t\tUSD\t0.5\t1\n";
	struct fixture *f = *state;
	char bytes[2 * sizeof(text) + 2] = "\xff\xfe";

	for (size_t i = 0; i < sizeof(text) - 1; i++)
		bytes[2 + 2 * i] = text[i];
	give_outside_bytes(f, "1.csv", bytes, 2 * sizeof(text));
	options.key = "campaign";
	assert_sums(
	    f, read_spend(f), " 2026-09 0.5 USD\nB2B 2026-09 1234.5 USD\n");
}

/* Never the costs of the hierarchy. */
static void
salesforce_campaigns(void **state)
{
	struct fixture *f = *state;

	give_outside(f, "1.csv",
	    "Campaign Name,Type,Start Date,Active,"
	    "Total Actual Cost in Hierarchy,Actual Cost in Campaign\n"
	    "Spring,Webinar,2026-01-15,1,500,100\n"
	    "Fair,Trade Show,2026-02-15,1,600,400\n"
	    "Plan,Trade Show,2026-03-15,0,,\n");
	assert_sums(f, read_spend(f),
	    "Trade Show 2026-02 400 \nWebinar 2026-01 100 \n");
}

static void
agreed_sources_and_rates(void **state)
{
	struct fixture *f = *state;
	const char *rates;

	give_outside(f, "rates.csv",
	    "currency,from,rate\nEUR,2026-01-01,1.1\nEUR,2026-03-15,2\n");
	rates = arena_text(f->arena, slice_of(outside_files[0]));
	give_outside(f, "funnel.yaml",
	    arena_printf(f->arena,
		"currency: USD\nrates: %s\nstages:\n"
		"  - name: Prospecting\n"
		"sources:\n  - { name: Paid Search, aliases: [google_ads] }\n",
		rates));
	f->input.definitions = arena_text(f->arena, slice_of(outside_files[1]));
	give_outside(f, "1.csv",
	    "source,month,cost,currency\ngoogle ads,2026-03,10,EUR\n"
	    "Paid Search,2026-03,1,USD\nPaid Search,2026-02,10,eur\n"
	    "Paid Search,2026-02,3,INR\nfb,2026-02,4,\n");
	outside_files[0] = outside_files[2];
	n_outside = 1;
	/* March by the rate of its last day */
	assert_sums(f, read_spend(f),
	    "Paid Search 2026-02 3 INR\nPaid Search 2026-02 11 USD\n"
	    "Paid Search 2026-03 21 USD\nfb 2026-02 4 USD\n");
	n_outside = 3;
}

static void
no_cost_column(void **state)
{
	struct fixture *f = *state;
	struct touches *touches = NULL;
	struct spend *spend = NULL;

	give(f, "Id,StageName,CreatedDate,IsWon\n"
		"d1,Prospecting,2026-01-01,false\n");
	give_outside(f, "1.csv", "source,month,clicks\nEmail,2026-03,10\n");
	load_records(f);
	options.spend = (struct fnl_list){ outside_files, n_outside };
	assert_int_equal(touches_load(f->load, &options, &touches, &f->err), 0);
	assert_int_equal(spend_load(touches, &options, &spend, &f->err), -1);
	assert_non_null(strstr(f->err.message, "--map cost=COLUMN"));
}

static void
hostile_files(void **state)
{
	static const char start[] =
	    GOOGLE_HEAD "Day,Campaign,Cost\n2026-09-02,$(rm -rf ~),1\n";
	struct fixture *f = *state;
	struct touches *touches;
	char bytes[2048];
	uint32_t random = 7;

	give(f, "Id,StageName,CreatedDate,IsWon\n"
		"d1,Prospecting,2026-01-01,false\n");
	load_records(f);
	assert_int_equal(touches_load(f->load, &options, &touches, &f->err), 0);
	for (size_t i = 0; i < 40; i++) {
		struct fnl_err err = { FNL_OK, "" };
		struct spend *spend = NULL;

		for (size_t k = 0; k < sizeof(bytes); k++) {
			random = random * 1664525 + 1013904223;
			bytes[k] = (char)(random >> 24 | (random >> 24 == 0));
		}
		memcpy(bytes, start, i * (sizeof(start) - 1) / 39);
		n_outside = 0;
		give_outside_bytes(f, "1.csv", bytes, sizeof(bytes));
		options.spend = (struct fnl_list){ outside_files, 1 };
		if (spend_load(touches, &options, &spend, &err) < 0)
			assert_true(err.code == FNL_DATA && *err.message);
		else
			ledger_count(f, LEDGER_NO_COST);
	}
}

static void
periods_in_words(void **state)
{
	int64_t start, next, march = civil_days((struct civil){ 2026, 3, 1 });

	(void)state;
	assert_true(date_period(SLICE("2026-03"), 1, &start, &next));
	assert_true(start == march && next == march + 31);
	assert_true(date_period(SLICE(" March 2026 "), 1, &start, &next));
	assert_true(start == march && next == march + 31);
	assert_true(date_period(SLICE("Mar-2026"), 1, &start, &next));
	assert_true(start == march);
	assert_true(date_period(SLICE("2026-Q1"), 4, &start, &next));
	assert_true(start == march + 31);
	assert_false(date_period(SLICE("2026-03-01"), 1, &start, &next));
	assert_false(date_period(SLICE("2026-13"), 1, &start, &next));
	assert_false(date_period(SLICE("Mar 1, 2026"), 1, &start, &next));
	assert_false(date_period(SLICE("2026"), 1, &start, &next));
	assert_false(date_period(SLICE("Spring 2026"), 1, &start, &next));
	assert_false(date_period(SLICE(""), 1, &start, &next));
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fresh, outside_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_plain_table),
		TEST(the_period_of_a_row),
		TEST(google_ads),
		TEST(networks_are_channels),
		TEST(networks_by_agreed_names),
		TEST(networks_are_not_guessed),
		TEST(a_cost_without_a_channel),
		TEST(a_channel_called_total),
		TEST(google_ads_without_days),
		TEST(google_ads_in_german),
		TEST(linkedin),
		TEST(salesforce_campaigns),
		TEST(agreed_sources_and_rates),
		TEST(no_cost_column),
		TEST(hostile_files),
		TEST(periods_in_words),
	};

	return cmocka_run_group_tests_name("spend", tests, NULL, NULL);
}
