/*
 * fuzz_reports: any bytes as an export, through every report of
 * funnel-velocity and funnel-attribution, and those of funnel-convert that
 * fuzz_convert leaves out. The first byte chooses the report, the second its
 * options. What follows is read as the export and, for attribution, as the
 * touches beside it too. Whatever the bytes are: no crash, and an error has a
 * code and a message of one line. A bridge that does not close is an error of
 * the system, which no input may cause.
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

static char path[256];
static const char *const files[] = { path };
static const struct fnl_list one_file = { files, 1 };

static void
remove_file(void)
{
	unlink(path);
}

static void
write_file(const uint8_t *data, size_t size)
{
	FILE *out;

	if (!*path) {
		const char *directory = getenv("TMPDIR");
		int fd;

		snprintf(path, sizeof(path), "%s/fuzz-reports-XXXXXX",
		    directory ? directory : "/tmp");
		fd = mkstemp(path);
		CHECK(fd >= 0);
		close(fd);
		atexit(remove_file);
	}
	out = fopen(path, "wb");
	CHECK(out);
	fwrite(data, 1, size, out);
	CHECK(fclose(out) == 0);
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

static int
run_any(struct fnl_report **report, unsigned kind, unsigned choice,
    struct fnl_err *err)
{
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
