/*
 * test_velocity_laws: what must hold for the reports of funnel-velocity on
 * every pipeline, on generated ones, through the public interface.
 *
 * The bridge is counted again by plain code, day by day, from the words of
 * metrics.md 3.2.4 and R16; the laws compare one run with another (shuffled,
 * cut at a day, the windows side by side).
 */
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* before cmocka.h, whose fail() is a macro */
#include "funnel.h"

#include <cmocka.h>

#define DEALS 6
#define SAVES 8 /* of one deal */
#define DAYS 40 /* from 2026-01-05, a Monday */
#define WEEKS 6
#define STAGES "Lead,Opportunity,Proposal,won:Won,lost:Lost"

/* Under AddressSanitizer a run costs many times as much. */
#ifdef __SANITIZE_ADDRESS__
#define CASES(n) ((n) / 10)
#else
#define CASES(n) (n)
#endif

enum stage { LEAD, OPPORTUNITY, PROPOSAL, WON, LOST, N_STAGES };

static const char *const stage_names[N_STAGES] = { "Lead", "Opportunity",
	"Proposal", "Won", "Lost" };

/* splitmix64 (Steele, Lea, Flood 2014; public domain by Vigna) */
static uint64_t
next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static int
below(uint64_t *state, int n)
{
	return (int)(next(state) % (uint64_t)n);
}

/* ---- generated pipelines ---- */

struct save { /* a row of a snapshot log: what held after it */
	int deal, day;
	enum stage stage;
	int amount; /* 0: blank */
	int due; /* day of the close date */
};

struct pipeline {
	struct save saves[DEALS * SAVES];
	int n;
	const char *sources[DEALS];
};

/* One day a save, so that the order of a day decides nothing; days may be
 * skipped, stages too. */
static struct pipeline
make_pipeline(uint64_t *seed)
{
	static const char *const sources[] = { "Web", "Fair" };
	struct pipeline p = { .n = 0 };

	for (int deal = 0; deal < DEALS; deal++) {
		int n = 1 + below(seed, SAVES), day = below(seed, DAYS / 2);
		int amount = 100 * (1 + below(seed, 5));
		int due = day + 5 + below(seed, 25);

		p.sources[deal] = sources[below(seed, 2)];
		for (int i = 0; i < n && day < DAYS; i++) {
			enum stage stage = i ? (enum stage)below(seed, N_STAGES)
					     : (enum stage)below(seed, 3);

			if (below(seed, 3) == 0)
				amount = 100 * below(seed, 6);
			if (below(seed, 3) == 0)
				due = abs(due + below(seed, 20) - 6);
			p.saves[p.n++] =
			    (struct save){ deal, day, stage, amount, due };
			day += 1 + below(seed, 9);
		}
	}
	return p;
}

static char path[256];
static const char *const paths[] = { path };

static void
put_day(FILE *out, int day)
{
	/* 2026-01-05 + day */
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int month = 0, d = 5 + day;

	while (d > lengths[month])
		d -= lengths[month++];
	fprintf(out, "2026-%02d-%02d", month + 1, d);
}

/* The saves in an order, up to a day. */
static int
write_pipeline(const struct pipeline *p, const int *order, int last_day)
{
	FILE *out = fopen(path, "w");
	int written = 0;

	assert_non_null(out);
	fputs("Id,OpportunityId,StageName,Amount,CloseDate,CreatedDate,"
	      "Region\n",
	    out);
	for (int i = 0; i < p->n; i++) {
		const struct save *s = &p->saves[order ? order[i] : i];

		if (s->day > last_day)
			continue;
		written++;
		fprintf(out, "h%td,d%d,%s,", s - p->saves, s->deal,
		    stage_names[s->stage]);
		if (s->amount)
			fprintf(out, "%d", s->amount);
		fputc(',', out);
		put_day(out, s->due);
		fputc(',', out);
		put_day(out, s->day);
		fprintf(out, ",%s\n", p->sources[s->deal]);
	}
	assert_int_equal(fclose(out), 0);
	return written;
}

static int case_number;

static void
show(const struct pipeline *p)
{
	print_message("case %d\n", case_number);
	for (int i = 0; i < p->n; i++)
		print_message("  d%d day %d %s %d due %d %s\n",
		    p->saves[i].deal, p->saves[i].day,
		    stage_names[p->saves[i].stage], p->saves[i].amount,
		    p->saves[i].due, p->sources[p->saves[i].deal]);
}

static struct fnl_velocity_query
query_of(const char *report)
{
	return (struct fnl_velocity_query){
		.input = { .files = { paths, 1 },
		    .stages = STAGES,
		    .preset = "salesforce" },
		.report = report,
	};
}

/* To be freed. */
static char *
run(const struct fnl_velocity_query *query, const struct pipeline *p)
{
	struct fnl_style style = { .format = "csv" };
	struct fnl_report *report = NULL;
	struct fnl_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (fnl_velocity(&report, query, &err) < 0 ||
	    fnl_render(report, FNL_TABLE, &style, out, &err) < 0) {
		show(p);
		fail_msg("case %d: %s", case_number, err.message);
	}
	fnl_report_free(report);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void
assert_same(const struct pipeline *p, const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return;
	show(p);
	fail_msg("case %d\n--- one\n%s--- other\n%s", case_number, a, b);
}

/* ---- the bridge, counted again ---- */

enum flow {
	START,
	GENERATED,
	REOPENED,
	F_WON,
	F_LOST,
	UP,
	DOWN,
	END,
	ADVANCED,
	REGRESSED,
	LATER,
	N_FLOWS
};

static const char *const flow_names[N_FLOWS] = { "open at start", "generated",
	"reopened", "won", "lost", "amount up", "amount down", "open at end",
	"advanced", "regressed", "close date later" };

struct count {
	int deals, value;
};

struct life { /* of one deal on one day, at its end */
	bool seen, in, closed;
	enum stage stage, most; /* most: of open stages and won */
	int amount, due;
};

static struct life
life_on(const struct pipeline *p, int deal, int day)
{
	struct life life = { .seen = false };

	for (int i = 0; i < p->n; i++) {
		const struct save *s = &p->saves[i];

		if (s->deal != deal || s->day > day)
			continue;
		life.seen = true;
		life.stage = s->stage;
		if (s->stage != LOST && s->stage > life.most)
			life.most = s->stage;
		life.in |= s->stage != LEAD && s->stage != LOST;
		life.amount = s->amount;
		life.due = s->due;
	}
	life.closed = life.stage == WON || life.stage == LOST;
	return life;
}

static bool
is_open(const struct life *life)
{
	return life->seen && life->in && !life->closed;
}

static void
add(struct count *count, int value)
{
	count->deals++;
	count->value += value;
}

/* Whether it ever enters the pipeline: else it is a lead. A deal of which
 * only the loss is known is one, too. */
static bool
is_deal(const struct pipeline *p, int deal)
{
	struct life life = life_on(p, deal, DAYS);

	return life.in ||
	       (life.seen && life.most == LEAD && p->saves[0].deal < 0);
}

static void
count_day(const struct pipeline *p, int deal, int day, struct count *flows,
    bool changed[2])
{
	struct life before = life_on(p, deal, day - 1);
	struct life now = life_on(p, deal, day);
	bool was = is_open(&before), is = is_open(&now);

	/* Of a save that opens, the amount is what it opens with; of one that
	 * closes, the amount changes first. */
	if (was && now.amount != before.amount) {
		bool up = now.amount > before.amount;

		flows[up ? UP : DOWN].value += abs(now.amount - before.amount);
		changed[up] = true;
	}
	if (!was && is)
		add(&flows[before.in ? REOPENED : GENERATED], now.amount);
	if (was && !is)
		add(&flows[now.stage == WON ? F_WON : F_LOST], now.amount);
	/* a close that corrects another: opened and closed again */
	if (before.in && before.closed && now.closed &&
	    now.stage != before.stage) {
		add(&flows[REOPENED], now.amount);
		add(&flows[now.stage == WON ? F_WON : F_LOST], now.amount);
	}
	/* won out of nothing: generated and won */
	if (!was && !is && now.stage == WON && !before.in && now.in) {
		add(&flows[GENERATED], now.amount);
		add(&flows[F_WON], now.amount);
	}
}

static void
count_week(const struct pipeline *p, int week, struct count *flows)
{
	int first = 7 * week, last = first + 6;

	memset(flows, 0, N_FLOWS * sizeof(*flows));
	for (int deal = 0; deal < DEALS; deal++) {
		struct life start = life_on(p, deal, first - 1);
		struct life end = life_on(p, deal, last);
		bool pushed = false, changed[2] = { false, false };

		if (!is_deal(p, deal))
			continue;
		if (is_open(&start))
			add(&flows[START], start.amount);
		if (is_open(&end))
			add(&flows[END], end.amount);
		for (int day = first; day <= last; day++) {
			struct life before = life_on(p, deal, day - 1);
			struct life now = life_on(p, deal, day);

			count_day(p, deal, day, flows, changed);
			pushed |= is_open(&before) && is_open(&now) &&
				  now.due > before.due;
		}
		flows[DOWN].deals += changed[0];
		flows[UP].deals += changed[1];
		if (pushed)
			add(&flows[LATER], end.amount);
		if (start.in && end.most > start.most && end.stage != LOST)
			add(&flows[ADVANCED], end.amount);
		if (is_open(&start) && is_open(&end) && end.stage < start.stage)
			add(&flows[REGRESSED], end.amount);
	}
}

/* A line "period,flow,deals,value"; false at the end. */
static bool
read_line(char **text, char *cells[4])
{
	char *line = *text;

	if (!*line)
		return false;
	*text = line + strcspn(line, "\n");
	if (**text)
		*(*text)++ = '\0';
	for (int i = 0; i < 4; i++) {
		char *comma = strchr(line, ',');

		cells[i] = line;
		if (comma)
			*comma++ = '\0';
		line = comma ? comma : line + strlen(line);
	}
	return true;
}

static int
flow_of(const char *name)
{
	int flow = 0;

	while (flow < N_FLOWS && strcmp(flow_names[flow], name) != 0)
		flow++;
	return flow;
}

/* 2026-W02 is week 0. */
static int
week_of(const char *period)
{
	return (int)strtol(period + 6, NULL, 10) - 2;
}

static void
check_bridge(const struct pipeline *p, char *text)
{
	struct count flows[N_FLOWS];
	char *cells[4], *rest = text;
	int open_at_end = -1;

	read_line(&rest, cells);
	while (read_line(&rest, cells)) {
		int flow = flow_of(cells[1]);
		bool right;

		if (strcmp(cells[1], "difference") == 0)
			assert_string_equal(cells[3], "0");
		if (flow == N_FLOWS)
			continue;
		count_week(p, week_of(cells[0]), flows);
		/* of deals without any known amount the value is not known */
		right = strtol(cells[2], NULL, 10) == flows[flow].deals &&
			(!*cells[3] ? flows[flow].value == 0
				    : strtol(cells[3], NULL, 10) ==
					  flows[flow].value);
		if (!right) {
			show(p);
			fail_msg("case %d, %s, %s: %s %s is not %d %d",
			    case_number, cells[0], cells[1], cells[2], cells[3],
			    flows[flow].deals, flows[flow].value);
		}
		if (flow == START && open_at_end >= 0)
			assert_int_equal(flows[START].deals, open_at_end);
		if (flow == END)
			open_at_end = flows[END].deals;
	}
}

/* The program refuses a bridge that does not close, and every box is what
 * counting day by day gives. */
static void
the_bridge_closes(void **state)
{
	static const char *const metrics[] = { "deals", "value" };
	uint64_t seed = 1;

	(void)state;
	for (case_number = 0; case_number < CASES(10000); case_number++) {
		struct pipeline p = make_pipeline(&seed);
		struct fnl_velocity_query q = query_of("week");
		char *text;

		q.input.period = "week";
		q.metrics = (struct fnl_list){ metrics, 2 };
		write_pipeline(&p, NULL, DAYS);
		text = run(&q, &p);
		check_bridge(&p, text);
		free(text);
	}
}

/* ---- one run and another ---- */

static const char *const reports[] = { "cycle", "stages", "velocity", "week" };

static void
vary(struct fnl_velocity_query *q, uint64_t *seed)
{
	static const char *const periods[] = { NULL, "week", "month" };
	static const char *const by[] = { "Region" };

	q->report = reports[below(seed, 4)];
	q->input.period = periods[below(seed, 3)];
	q->input.by = (struct fnl_list){ by, (size_t)below(seed, 2) };
	if (strcmp(q->report, "week") != 0 && below(seed, 2))
		q->basis = "created";
	if (strcmp(q->report, "velocity") == 0)
		q->bootstrap = "20";
}

static void
order_of_rows_decides_nothing(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (case_number = 0; case_number < CASES(1500); case_number++) {
		struct pipeline p = make_pipeline(&seed);
		struct fnl_velocity_query q = query_of(NULL);
		int order[DEALS * SAVES];
		char *one, *other;

		vary(&q, &seed);
		write_pipeline(&p, NULL, DAYS);
		one = run(&q, &p);
		for (int i = 0; i < p.n; i++)
			order[i] = i;
		for (int i = p.n - 1; i > 0; i--) {
			int j = below(&seed, i + 1), kept = order[i];

			order[i] = order[j];
			order[j] = kept;
		}
		write_pipeline(&p, order, DAYS);
		other = run(&q, &p);
		assert_same(&p, one, other);
		free(one);
		free(other);
	}
}

/* --as-of T is --as-of T on the history cut at T. */
static void
as_of_is_a_time_machine(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (case_number = 0; case_number < CASES(1500); case_number++) {
		struct pipeline p = make_pipeline(&seed);
		struct fnl_velocity_query q = query_of(NULL);
		int day = 10 + below(&seed, DAYS - 12);
		char as_of[32] = "", *one, *other;
		FILE *out = fmemopen(as_of, sizeof(as_of), "w");

		put_day(out, day);
		fclose(out);
		vary(&q, &seed);
		q.input.as_of = as_of;
		if (!write_pipeline(&p, NULL, day))
			continue;
		one = run(&q, &p);
		write_pipeline(&p, NULL, DAYS);
		other = run(&q, &p);
		assert_same(&p, one, other);
		free(one);
		free(other);
	}
}

static int
make_file(void **state)
{
	const char *directory = getenv("TMPDIR");
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "%s/funnel-velocity-XXXXXX",
	    directory ? directory : "/tmp");
	fd = mkstemp(path);
	return fd < 0 ? -1 : close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_bridge_closes),
		cmocka_unit_test(order_of_rows_decides_nothing),
		cmocka_unit_test(as_of_is_a_time_machine),
	};

	return cmocka_run_group_tests_name(
	    "velocity_laws", tests, make_file, remove_file);
}
