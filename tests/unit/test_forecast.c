/*
 * test_forecast: the ranges of the forecast against the exact distribution,
 * and reports that do not depend on the order of rows, on generated deals and
 * through the public interface.
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
#include "stats.h"

#include <cmocka.h>

#define DEALS_MAX 7
#define ROWS_MAX 400
#define LINE_MAX_BYTES 64
#define STEPS 200 /* of the integral over the common factor */

/* Under AddressSanitizer a run costs many times as much. */
#ifdef __SANITIZE_ADDRESS__
#define CASES(n) ((n) / 4)
#else
#define CASES(n) (n)
#endif

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

/* ---- running ---- */

enum { DEALS, HISTORY, FILES };

static char names[FILES][256];
static const char *paths[FILES];

static int
make_files(void **state)
{
	const char *directory = getenv("TMPDIR");

	(void)state;
	for (int i = 0; i < FILES; i++) {
		int fd;

		snprintf(names[i], sizeof(names[i]),
		    "%s/funnel-forecast-XXXXXX",
		    directory ? directory : "/tmp");
		fd = mkstemp(names[i]);
		if (fd < 0 || close(fd) < 0)
			return -1;
		paths[i] = names[i];
	}
	return 0;
}

static int
remove_files(void **state)
{
	(void)state;
	for (int i = 0; i < FILES; i++)
		unlink(names[i]);
	return 0;
}

static FILE *
open_file(int file)
{
	FILE *out = fopen(names[file], "w");

	assert_non_null(out);
	return out;
}

/* Of the first n_files. */
static struct fnl_velocity_query
query_of(const char *report, size_t n_files)
{
	return (struct fnl_velocity_query){
		.input = { .files = { paths, n_files },
		    .stages = "Lead,Opportunity,Proposal,won:Won,lost:Lost",
		    .preset = "generic" },
		.report = report,
	};
}

/* To be freed. */
static char *
run(const struct fnl_velocity_query *query)
{
	struct fnl_style style = { .format = "csv", .all_columns = true };
	struct fnl_report *report = NULL;
	struct fnl_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (fnl_velocity(&report, query, &err) < 0 ||
	    fnl_render(report, FNL_TABLE, &style, out, &err) < 0)
		fail_msg("%s", err.message);
	assert_int_equal(fclose(out), 0);
	fnl_report_free(report);
	return text;
}

/* ---- the exact distribution ---- */

struct deals {
	int n;
	int amount[DEALS_MAX];
	double p[DEALS_MAX];
};

static struct deals
make_deals(uint64_t *seed)
{
	struct deals d = { .n = 1 + below(seed, DEALS_MAX) };
	FILE *out = open_file(DEALS);

	fputs("id,stage,created,amount,probability\n", out);
	for (int i = 0; i < d.n; i++) {
		int percent = below(seed, 101);

		d.amount[i] = 1 + below(seed, 1000);
		d.p[i] = percent / 100.0;
		fprintf(out, "d%d,Proposal,2026-01-01,%d,%d%%\n", i,
		    d.amount[i], percent);
	}
	assert_int_equal(fclose(out), 0);
	return d;
}

/* P(won value <= x), or < x, of independent deals. */
static double
cumulated(const struct deals *d, const double *p, double x, bool with)
{
	double sum = 0;

	for (unsigned outcome = 0; outcome < 1u << d->n; outcome++) {
		double chance = 1, value = 0;

		for (int i = 0; i < d->n; i++) {
			bool won = outcome >> i & 1;

			chance *= won ? p[i] : 1 - p[i];
			value += won ? d->amount[i] : 0;
		}
		if (value < x || (with && value == x))
			sum += chance;
	}
	return sum;
}

/* With one common factor: given it, they are independent; over it by the
 * midpoints of equally likely slices. */
static double
cumulated_with(const struct deals *d, double rho, double x, bool with)
{
	double p[DEALS_MAX], sum = 0;

	if (rho == 0)
		return cumulated(d, d->p, x, with);
	for (int step = 0; step < STEPS; step++) {
		double common = stats_normal_quantile((step + 0.5) / STEPS);

		for (int i = 0; i < d->n; i++)
			p[i] = d->p[i] <= 0 ? 0
			       : d->p[i] >= 1
				   ? 1
				   : stats_normal_cdf(
					 (stats_normal_quantile(d->p[i]) -
					     sqrt(rho) * common) /
					 sqrt(1 - rho));
		sum += cumulated(d, p, x, with) / STEPS;
	}
	return sum;
}

/* A quantile of 10,000 draws: 5 standard errors of a share, 0.025, to either
 * side. */
static void
assert_quantile(const struct deals *d, double rho, double share, double x)
{
	double upto = cumulated_with(d, rho, x, true);
	double before = cumulated_with(d, rho, x, false);

	if (upto < share - 0.025 || before > share + 0.025)
		fail_msg("%g at %g: P(<) %g, P(<=) %g", x, share, before, upto);
}

static void
assert_ranges(const struct deals *d, const char *rho)
{
	static const char *metrics[] = { "expected", "p10", "p50", "p90" };
	struct fnl_velocity_query q = query_of("forecast", 1);
	double expected = 0, values[4], r = rho ? strtod(rho, NULL) : 0;
	char *text, *row;

	q.rho = rho;
	q.metrics = (struct fnl_list){ metrics, 4 };
	text = run(&q);
	row = strstr(text, "\nfield,");
	assert_non_null(row);
	row += strlen("\nfield,");
	for (int i = 0; i < 4; i++, row++)
		values[i] = strtod(row, &row);
	free(text);
	for (int i = 0; i < d->n; i++)
		expected += d->amount[i] * d->p[i];
	assert_true(fabs(values[0] - expected) < 1e-6);
	assert_quantile(d, r, 0.1, values[1]);
	assert_quantile(d, r, 0.5, values[2]);
	assert_quantile(d, r, 0.9, values[3]);
}

static void
ranges_are_those_of_the_distribution(void **state)
{
	uint64_t seed = 31;

	(void)state;
	for (int i = 0; i < CASES(60); i++) {
		struct deals d = make_deals(&seed);

		assert_ranges(&d, NULL);
		assert_ranges(&d, "0.3");
	}
}

/* ---- order of rows ---- */

struct rows {
	char lines[ROWS_MAX][LINE_MAX_BYTES];
	int order[ROWS_MAX];
	int n;
};

static void
add_row(struct rows *rows, int deal, const char *stage, int day)
{
	char *line = rows->lines[rows->n];

	rows->order[rows->n] = rows->n;
	rows->n++;
	snprintf(line, LINE_MAX_BYTES, "r%d,%s,%04d-%02d-%02d", deal, stage,
	    2025 + day / 336, 1 + day % 336 / 28, 1 + day % 28);
}

/* Deals of a year and some: through their stages, won, lost or open. */
static void
make_rows(struct rows *rows, uint64_t *seed)
{
	static const char *const stages[] = { "Lead", "Opportunity",
		"Proposal" };

	rows->n = 0;
	for (int deal = 0; deal < ROWS_MAX / 4; deal++) {
		int day = below(seed, 400);

		for (int i = below(seed, 2); i < 3 && day < 430; i++) {
			add_row(rows, deal, stages[i], day);
			day += below(seed, 60);
		}
		if (day < 430)
			add_row(
			    rows, deal, below(seed, 2) ? "Won" : "Lost", day);
	}
}

/* The history in the order of the rows, the amounts upwards or downwards. */
static void
write_rows(const struct rows *rows, bool downwards)
{
	FILE *out = open_file(HISTORY);

	fputs("id,stage,stage entered\n", out);
	for (int i = 0; i < rows->n; i++)
		fprintf(out, "%s\n", rows->lines[rows->order[i]]);
	assert_int_equal(fclose(out), 0);
	out = open_file(DEALS);
	fputs("id,created,amount,probability\n", out);
	for (int i = 0; i < ROWS_MAX / 4; i++) {
		int deal = downwards ? ROWS_MAX / 4 - 1 - i : i;

		fprintf(out, "r%d,2025-01-01,%d,%d%%\n", deal,
		    100 * (deal * 37 % 50), deal * 7 % 101);
	}
	assert_int_equal(fclose(out), 0);
}

static void
shuffle(struct rows *rows, uint64_t *seed)
{
	for (int i = rows->n - 1; i > 0; i--) {
		int j = below(seed, i + 1), kept = rows->order[i];

		rows->order[i] = rows->order[j];
		rows->order[j] = kept;
	}
}

static void
assert_order_is_nothing(const struct fnl_velocity_query *query, uint64_t *seed)
{
	struct rows rows;
	char *one, *other;

	make_rows(&rows, seed);
	write_rows(&rows, false);
	one = run(query);
	shuffle(&rows, seed);
	write_rows(&rows, true);
	other = run(query);
	assert_string_equal(one, other);
	free(one);
	free(other);
}

static void
order_of_rows_changes_nothing(void **state)
{
	uint64_t seed = 32;

	(void)state;
	for (int i = 0; i < CASES(20); i++) {
		struct fnl_velocity_query q = query_of("forecast", FILES);

		q.draws = "500";
		assert_order_is_nothing(&q, &seed);
		q.backtest = true;
		assert_order_is_nothing(&q, &seed);
		q = query_of("stalled", FILES);
		assert_order_is_nothing(&q, &seed);
		q.stall_quantile = "0.5";
		q.trailing = "200d";
		assert_order_is_nothing(&q, &seed);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_are_those_of_the_distribution),
		cmocka_unit_test(order_of_rows_changes_nothing),
	};

	return cmocka_run_group_tests_name(
	    "forecast", tests, make_files, remove_files);
}
