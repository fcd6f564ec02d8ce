/*
 * fuzz_reports: any bytes as an export, through every report of
 * funnel-velocity, funnel-attribution and funnel-sla, and those of
 * funnel-convert that fuzz_convert leaves out. The first byte chooses the
 * report, the second its options. What follows is read as the export and, for
 * attribution and commitments, as the touches beside it too. Whatever the bytes
 * are: no crash, and an error has a code and a message of one line. A bridge
 * that does not close is an error of the system, which no input may cause.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "funnel.h"

#define CHECK(condition)          \
	do                        \
		if (!(condition)) \
			abort();  \
	while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every kind of commitment, event, policy of cycles and unit of time. */
static const char commitments[] =
    "timezone: Asia/Kolkata\n"
    "stages:\n"
    "  - { name: Lead, aliases: [New] }\n"
    "  - { name: Opportunity, aliases: [Working, Qualified] }\n"
    "  - { name: Closed Won, outcome: won }\n"
    "  - { name: Closed Lost, outcome: lost }\n"
    "  - { name: Rejected, outcome: rejected }\n"
    "  - { name: Nurture, outcome: recycled }\n"
    "criteria:\n"
    "  - { name: big, all: [{ name: amount, column: Amount, at_least: 5 }] }\n"
    "rejection_reasons: [No budget]\n"
    "sales_touches: { types: [call, email] }\n"
    "calendars:\n"
    "  - { name: a, hours: [Mon-Fri 09:30-18:30], holidays: [2026-01-26],\n"
    "      owners: [Asha, Ann] }\n"
    "  - { name: b, timezone: America/New_York, hours: [Mon-Sun 00:00-24:00],\n"
    "      owners: [Bob, Ravi] }\n"
    "routing: [{ name: all, owners: [Asha] }]\n"
    "sla:\n"
    "  - { name: a, start: Lead, stop: sales touch, within: 24h, calendar: a,\n"
    "      pause: [Nurture], promise: 90% }\n"
    "  - { name: b, start: Lead, stop: disposition, within: 2d,\n"
    "      cycles: each }\n"
    "  - { name: c, start: Lead, stop: Opportunity, within: 8h,\n"
    "      calendar: owner, cycles: resume, pause: [Nurture] }\n"
    "  - { name: d, start: created, stop: assigned, within: 15m,\n"
    "      cycles: reset }\n"
    "  - { name: e, start: Lead, attempts: 2, within: 5bd, calendar: a,\n"
    "      channels: [call] }\n"
    "  - { name: f, count: Lead, passing: big, per: month, at_least: 2,\n"
    "      calendar: a }\n"
    "  - { name: g, count: touch:call, per: year, at_least: 2 }\n"
    "  - { name: h, at: Lead, filled: [Amount, Source] }\n"
    "  - { name: i, share_of: Lead, touched: true }\n"
    "  - { name: j, rejected_with: rejection_reasons }\n"
    "  - { name: k, disposed: Lead }\n"
    "  - { name: l, routed: Lead }\n"
    "  - { name: m, order: [Lead, Opportunity, Closed Won] }\n"
    "  - { name: n, start: call, stop: column:Created, within: 1w }\n";

static char path[256], agreed[256];
static const char *const files[] = { path };
static const struct fnl_list one_file = { files, 1 };

static void
remove_files(void)
{
	unlink(path);
	unlink(agreed);
}

static void
make_file(char out[256])
{
	const char *directory = getenv("TMPDIR");
	int fd;

	snprintf(
	    out, 256, "%s/fuzz-reports-XXXXXX", directory ? directory : "/tmp");
	fd = mkstemp(out);
	CHECK(fd >= 0);
	close(fd);
}

static void
write_to(const char *file, const void *data, size_t size)
{
	FILE *out = fopen(file, "wb");

	CHECK(out);
	fwrite(data, 1, size, out);
	CHECK(fclose(out) == 0);
}

static void
write_file(const uint8_t *data, size_t size)
{
	if (!*path) {
		make_file(path);
		make_file(agreed);
		write_to(agreed, commitments, strlen(commitments));
		atexit(remove_files);
	}
	write_to(path, data, size);
}

static struct fnl_input
input_of(unsigned choice)
{
	static const char *const by[] = { "source" };
	struct fnl_input input = { .files = one_file };

	if (choice & 1)
		input.stages = "Lead,Opportunity,won:Closed Won,"
			       "lost:Closed Lost,recycled:Nurture";
	if (choice & 2)
		input.period = "month";
	if (choice & 4)
		input.by = (struct fnl_list){ by, 1 };
	if (choice & 8)
		input.as_of = "2026-02-01";
	if (choice & 16) {
		input.date_order = "dmy";
		input.decimal = "point";
		input.no_id = true;
	}
	return input;
}

static int
run_velocity(struct fnl_report **report, unsigned which, unsigned choice,
    struct fnl_err *err)
{
	static const char *const reports[] = { "cycle", "stages", "velocity",
		"week", "stalled", "plan", "forecast", "forecast" };
	struct fnl_velocity_query q = { .input = input_of(choice),
		.report = reports[which] };

	if (which < 3 && choice & 32)
		q.basis = "created";
	if (which == 2)
		q.bootstrap = "3";
	if (which == 3 && choice & 32)
		q.bridge = "close-date";
	if (which == 5)
		q.target = "1000";
	if (which > 5)
		q.draws = "20";
	q.backtest = which == 7;
	return fnl_velocity(report, &q, err);
}

static int
run_attribution(struct fnl_report **report, unsigned which, unsigned choice,
    struct fnl_err *err)
{
	static const char *const reports[] = { "credit", "paths", "removal",
		"transitions", "order", "credit", "paths", "removal" };
	struct fnl_attribution_query q = { .input = input_of(choice),
		.report = reports[which],
		.touches = one_file };

	if (which > 4) {
		q.touches.n = 0;
		q.input = (struct fnl_input){ .files = { NULL, 0 } };
		q.path_files = one_file;
	}
	if (which == 0 && choice & 32)
		q.bootstrap = "2";
	return fnl_attribution(report, &q, err);
}

/* What reports of funnel-convert take beside the common options. */
static void
handoff_options(struct fnl_convert_query *q, unsigned choice)
{
	q->handoff = "Lead:Opportunity";
	q->target = choice & 32 ? "72h" : NULL;
}

static void
outcome_options(struct fnl_convert_query *q, unsigned choice)
{
	(void)choice;
	q->outcome = "any";
}

static void
losses_options(struct fnl_convert_query *q, unsigned choice)
{
	q->losses = choice & 32 ? "absorbing" : NULL;
}

static void
expect_options(struct fnl_convert_query *q, unsigned choice)
{
	static const char *const expect[] = { "Lead=30%" };

	if (choice & 32)
		q->expect = (struct fnl_list){ expect, 1 };
}

static void
gap_options(struct fnl_convert_query *q, unsigned choice)
{
	expect_options(q, choice);
	q->bootstrap = "100";
}

static const struct convert_case {
	const char *report;
	bool has_periods;
	void (*options)(struct fnl_convert_query *q, unsigned choice);
} convert_cases[16] = {
	{ "acceptance", true, handoff_options },
	{ "rejections", true, outcome_options },
	{ "rejected", false, outcome_options },
	{ "vocabulary", false, NULL },
	{ "transitions", true, losses_options },
	{ "moves", true, losses_options },
	{ "gap", false, gap_options },
	{ "stages", true, expect_options },
};

/* Whatever the table has no row for is left to the input. */
static int
run_convert(struct fnl_report **report, unsigned which, unsigned choice,
    struct fnl_err *err)
{
	const struct convert_case *row = &convert_cases[which];
	struct fnl_convert_query q = { .input = input_of(choice),
		.report = row->report };

	if (!row->has_periods)
		q.input.period = NULL;
	if (row->options)
		row->options(&q, choice);
	return fnl_convert(report, &q, err);
}

/* What a file has no column for is left out of the commitments. */
static int
run_sla(struct fnl_report **report, unsigned which, unsigned choice,
    struct fnl_err *err)
{
	static const char *const reports[] = { "scorecard", "breaches",
		"volume", "scorecard" };
	static const char *const names[] = { "a,b,d,i,j,k,m", "c,e,l,m",
		"f,g,h", "n" };
	const char *some = names[choice >> 6];
	struct fnl_sla_query q = { .input = input_of(choice & ~1u),
		.report = reports[which & 3],
		.activities = one_file };

	q.input.definitions = agreed;
	if (which & 3)
		q.input.period = NULL;
	if (which & 4 || choice & 32)
		q.commitments = (struct fnl_list){ &some, 1 };
	if ((which & 3) == 1 && choice & 32)
		q.due = "24h";
	if ((which & 3) == 3) {
		q.void_as = "late";
		q.fail_below = "promise";
	}
	return fnl_sla(report, &q, err);
}

static int
run_any(struct fnl_report **report, unsigned kind, unsigned choice,
    struct fnl_err *err)
{
	if (kind & 32)
		return run_sla(report, kind & 7, choice, err);
	if (kind & 16)
		return run_convert(report, kind & 15, choice, err);
	return kind & 8 ? run_attribution(report, kind & 7, choice, err)
			: run_velocity(report, kind & 7, choice, err);
}

static void
check_report(struct fnl_report *report)
{
	struct fnl_style style = { .format = "json" };
	struct fnl_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	CHECK(out);
	CHECK(fnl_render(report, FNL_TABLE, &style, out, &err) == 0);
	CHECK(fclose(out) == 0);
	free(text);
	CHECK(fnl_summary(report));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fnl_report *report = NULL;
	struct fnl_err err = { 0 };

	if (size < 2)
		return 0;
	write_file(data + 2, size - 2);
	if (run_any(&report, data[0], data[1], &err) < 0) {
		CHECK(err.code != FNL_OK && *err.message);
		CHECK(err.code != FNL_SYSTEM);
		CHECK(!strchr(err.message, '\n'));
		return 0;
	}
	check_report(report);
	fnl_report_free(report);
	return 0;
}
