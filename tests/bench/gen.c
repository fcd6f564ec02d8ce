/*
 * gen: writes the large exports that the benchmark reads.
 *
 *	gen wide N	N deals as HubSpot exports them, a date column a stage
 *	gen log N	N rows of a Salesforce OpportunityHistory in time order
 *	gen deals N	N deals of a plain list
 *	gen touches N	N touches of N / 4 of them, in no order
 *
 * The same arguments give the same bytes on every machine, so that figures of
 * two machines or two commits are about the same file. Hence an own generator
 * of random numbers instead of rand(), and integer arithmetic only.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED UINT64_C(20260101)
#define BUFFER_SIZE (1u << 20)
#define ROW_MAX 1024 /* more than any row below */
#define ROWS_MAX UINT64_C(1000000000)
#define DAY 86400
#define FIRST_DAY 19358 /* 2023-01-01, in days since 1970 */
#define SPAN_DAYS 730
#define LIVE_MAX (1u << 20)

static char buffer[BUFFER_SIZE];
static size_t filled;
static uint64_t random_state = SEED;

/* splitmix64: Steele, Lea, Flood, OOPSLA 2014. */
static uint64_t
next_random(void)
{
	uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* 0..n-1. The bias of the multiplication does not matter at these n. */
static uint32_t
below(uint32_t n)
{
	return (uint32_t)(((next_random() >> 32) * n) >> 32);
}

static bool
chance(unsigned per_cent)
{
	return below(100) < per_cent;
}

static void
flush(void)
{
	if (fwrite(buffer, 1, filled, stdout) != filled) {
		fprintf(stderr, "gen: cannot write: %s\n", strerror(errno));
		exit(4);
	}
	filled = 0;
}

static void
put_byte(char c)
{
	buffer[filled++] = c;
}

static void
put(const char *text)
{
	size_t n = strlen(text);

	memcpy(buffer + filled, text, n);
	filled += n;
}

static void
put_number(uint64_t number, unsigned digits)
{
	char *end = buffer + filled + digits;

	for (char *p = end; p > buffer + filled; number /= 10)
		*--p = (char)('0' + number % 10);
	filled += digits;
}

static unsigned
digits_of(uint64_t number)
{
	unsigned digits = 1;

	while (number /= 10)
		digits++;
	return digits;
}

/* Days since 1970 to a civil date: Hinnant, chrono-compatible low-level date
 * algorithms, for days after 1970. */
static void
put_date(int64_t day)
{
	int64_t z = day + 719468, era = z / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9;

	put_number((uint64_t)(yoe + era * 400 + (month <= 2)), 4);
	put_byte('-');
	put_number((uint64_t)month, 2);
	put_byte('-');
	put_number((uint64_t)(doy - (153 * mp + 2) / 5 + 1), 2);
}

static void
put_clock(int64_t second)
{
	uint64_t in_day = (uint64_t)(second % DAY);

	put_number(in_day / 3600, 2);
	put_byte(':');
	put_number(in_day / 60 % 60, 2);
	put_byte(':');
	put_number(in_day % 60, 2);
}

static void
put_cell(const char *text)
{
	put_byte('"');
	put(text);
	put("\",");
}

/* 2024-07-08 14:56:28 in quotes; nothing in them for 0. */
static void
put_time_cell(int64_t second)
{
	put_byte('"');
	if (second) {
		put_date(second / DAY);
		put_byte(' ');
		put_clock(second);
	}
	put_byte('"');
}

/*
 * wide: HubSpot's default deal pipeline. A lost deal has a stage and a close
 * date but no column of its own, as where the view does not show it.
 */
#define DATED_STAGES 6

static const char *const deal_stages[DATED_STAGES] = {
	"Appointment Scheduled",
	"Qualified To Buy",
	"Presentation Scheduled",
	"Decision Maker Bought-In",
	"Contract Sent",
	"Closed Won",
};
static const char *const owners[] = { "A. Rao", "B. Iyer", "C. Khan", "D. Das",
	"E. Sen", "F. Roy", "G. Pai", "H. Jain" };
static const char *const sources[] = { "Organic search", "Paid search",
	"Referrals", "Email", "Offline", "Direct traffic", "" };

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

static void
put_wide_header(void)
{
	put("\"Record ID\",\"Deal Name\",\"Deal Stage\",\"Amount\","
	    "\"Currency\",\"Deal owner\",\"Original Traffic Source\","
	    "\"Create Date\",\"Close Date\"");
	for (unsigned k = 0; k < DATED_STAGES; k++) {
		put(",\"Date entered \"\"");
		put(deal_stages[k]);
		put(" (Sales Pipeline)\"\"\"");
	}
	put_byte('\n');
}

static void
put_deal(uint64_t number)
{
	int64_t entered[DATED_STAGES] = { 0 };
	int64_t created =
	    (int64_t)(FIRST_DAY + below(SPAN_DAYS)) * DAY + below(DAY);
	int64_t now = created;
	unsigned furthest = 0;
	bool lost, won;

	entered[0] = created;
	while (furthest + 1 < DATED_STAGES && chance(60)) {
		now += below(20 * DAY);
		entered[++furthest] = now;
	}
	won = furthest + 1 == DATED_STAGES;
	lost = !won && chance(45);
	if (lost)
		now += below(30 * DAY);
	put_byte('"');
	put_number(UINT64_C(18900000000) + number, 11);
	put("\",\"D-");
	put_number(number, 7);
	put("\",");
	put_cell(lost ? "Closed Lost" : deal_stages[furthest]);
	put_byte('"');
	if (!chance(20)) {
		put_number(10000 + below(90000), 5);
		put(".50");
	}
	put("\",");
	put_cell("INR");
	put_cell(owners[below(COUNT(owners))]);
	put_cell(sources[below(COUNT(sources))]);
	put_time_cell(created);
	put_byte(',');
	put_time_cell(won || lost ? now : 0);
	for (unsigned k = 0; k < DATED_STAGES; k++) {
		put_byte(',');
		put_time_cell(entered[k]);
	}
	put_byte('\n');
}

static void
write_wide(uint64_t rows)
{
	put_wide_header();
	for (uint64_t i = 0; i < rows; i++) {
		put_deal(i);
		if (filled > BUFFER_SIZE - ROW_MAX)
			flush();
	}
}

/*
 * log: every row is a save of a live opportunity chosen by chance, or a new
 * one, so that opportunities lie interleaved in time order as in a real
 * object. A third of the saves leave the stage alone; some go back.
 */
#define LAST_OPEN 7

static const char *const log_stages[] = { "Prospecting", "Qualification",
	"Needs Analysis", "Value Proposition", "Id. Decision Makers",
	"Perception Analysis", "Proposal/Price Quote", "Negotiation/Review",
	"Closed Won", "Closed Lost" };
static const char *const probabilities[] = { "10", "10", "20", "50", "60", "70",
	"75", "90", "100", "0" };
enum { STAGE_WON = LAST_OPEN + 1, STAGE_LOST };

struct opportunity {
	uint32_t number;
	uint32_t amount; /* 0: not known yet */
	unsigned stage;
};

static struct opportunity live[LIVE_MAX];
static uint32_t n_live;

static const char base62[] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* A valid id of 18 characters: the last three say which of the others are
 * capitals (crm-exports.md 3.7). */
static void
put_salesforce_id(const char *prefix, uint64_t number)
{
	static const char suffix[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
	char id[15] = "0005g000000000";

	memcpy(id, prefix, 3);
	for (unsigned i = 14; i > 7; i--, number /= 62)
		id[i] = base62[number % 62];
	memcpy(buffer + filled, id, sizeof(id));
	filled += sizeof(id);
	for (unsigned block = 0; block < 3; block++) {
		unsigned bits = 0;
		for (unsigned i = 0; i < 5; i++) {
			char c = id[block * 5 + i];
			if (c >= 'A' && c <= 'Z')
				bits |= 1u << i;
		}
		put_byte(suffix[bits]);
	}
}

/* Whether the opportunity stays live after this save. */
static bool
save(struct opportunity *deal)
{
	unsigned dice = below(100);

	if (deal->stage >= STAGE_WON) {
		deal->stage = LAST_OPEN; /* re-opened */
		return true;
	}
	if (deal->amount == 0 && deal->stage >= 3)
		deal->amount = 10000 + below(90000);
	if (dice < 33)
		return true;
	if (dice < 38 && deal->stage > 0)
		deal->stage--;
	else if (dice < 50)
		deal->stage = STAGE_LOST;
	else
		deal->stage += deal->stage < LAST_OPEN && chance(15) ? 2 : 1;
	return deal->stage < STAGE_WON || chance(2);
}

static void
put_save(uint64_t row, const struct opportunity *deal, int64_t now)
{
	put_salesforce_id("008", row);
	put_byte(',');
	put_salesforce_id("006", deal->number);
	put_byte(',');
	put(log_stages[deal->stage]);
	put_byte(',');
	if (deal->amount) {
		put_number(deal->amount, digits_of(deal->amount));
		put(".0");
	}
	put_byte(',');
	put_date(now / DAY + 30);
	put_byte(',');
	put(probabilities[deal->stage]);
	put_byte(',');
	put_date(now / DAY);
	put_byte('T');
	put_clock(now);
	put(".000Z\n");
}

static void
write_log(uint64_t rows)
{
	uint64_t millis = (uint64_t)FIRST_DAY * DAY * 1000;
	uint64_t step = (uint64_t)SPAN_DAYS * DAY * 1000 / (rows + 1);
	uint32_t opportunities = 0;

	put("Id,OpportunityId,StageName,Amount,CloseDate,Probability,"
	    "CreatedDate\n");
	for (uint64_t row = 0; row < rows; row++) {
		struct opportunity *deal = &live[n_live];
		bool stays = true;

		if (n_live == 0 || (below(1000) < 170 && n_live < LIVE_MAX)) {
			*deal = (struct opportunity){ opportunities++, 0, 0 };
			n_live++;
		} else {
			deal = &live[below(n_live)];
			stays = save(deal);
		}
		put_save(row, deal, (int64_t)(millis / 1000));
		if (!stays)
			*deal = live[--n_live];
		millis += next_random() % (2 * step + 1);
		if (filled > BUFFER_SIZE - ROW_MAX)
			flush();
	}
}

/*
 * deals and touches: the shortest rows that attribution can do with, since it
 * is the joining and the models that are measured, not the parsing. Two thirds
 * of the deals are closed, half of those won.
 */
#define DEAL_BASE UINT64_C(18900000000)
#define TOUCHES_A_DEAL 4

static const char *const channels[] = { "Paid Search", "Organic Search",
	"Email", "Webinar", "Trade Show", "Paid Social", "Organic Social",
	"Referral", "Partner", "Display", "Direct", "Content" };

static void
write_deals(uint64_t rows)
{
	put("id,created,close date,outcome,amount\n");
	for (uint64_t i = 0; i < rows; i++) {
		int64_t created = FIRST_DAY + below(SPAN_DAYS);
		uint32_t fate = below(3);

		put_number(DEAL_BASE + i, 11);
		put_byte(',');
		put_date(created);
		put_byte(',');
		put_date(created + 30 + below(90));
		put(fate == 0 ? ",won," : fate == 1 ? ",lost," : ",open,");
		put_number(10000 + below(90000), 5);
		put_byte('\n');
		if (filled > BUFFER_SIZE - ROW_MAX)
			flush();
	}
}

static void
write_touches(uint64_t rows)
{
	uint32_t deals = (uint32_t)(rows / TOUCHES_A_DEAL);

	put("Deal Id,Touch Date,Channel\n");
	for (uint64_t i = 0; i < rows; i++) {
		put_number(DEAL_BASE + below(deals), 11);
		put_byte(',');
		put_date(FIRST_DAY + below(SPAN_DAYS + 90));
		put_byte(',');
		put(channels[below(COUNT(channels))]);
		put_byte('\n');
		if (filled > BUFFER_SIZE - ROW_MAX)
			flush();
	}
}

static const struct kind {
	const char *name;
	void (*write)(uint64_t rows);
} kinds[] = {
	{ "wide", write_wide },
	{ "log", write_log },
	{ "deals", write_deals },
	{ "touches", write_touches },
};

static const struct kind *
find_kind(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

int
main(int argc, char **argv)
{
	const struct kind *kind = argc == 3 ? find_kind(argv[1]) : NULL;
	char *end = NULL;
	unsigned long long rows = 0;

	if (kind)
		rows = strtoull(argv[2], &end, 10);
	if (!kind || end == argv[2] || *end || rows > ROWS_MAX) {
		fprintf(stderr, "usage: gen wide|log|deals|touches ROWS\n");
		return 2;
	}
	kind->write(rows);
	flush();
	if (fflush(stdout) != 0) {
		fprintf(stderr, "gen: cannot write: %s\n", strerror(errno));
		return 4;
	}
	return 0;
}
