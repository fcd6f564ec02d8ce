/*
 * test_attribution_laws: what must hold for the credit of every set of records
 * and touches (metrics.md 3.3.1, 3.6), on generated ones, through the public
 * interface.
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

#define DEALS 9
#define TOUCHES 30
#define CHANNELS 4
#define FILES 3 /* deals, touches, more touches */
#define MODELS                                                                 \
	"first,last,linear,u,j,inverse_j,custom:1:2:3,time_decay,w,full_path," \
	"u50,u_lead,points,markov,shapley,shapley_rate,counterfactual"
#define N_MODELS 17

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

struct world {
	int closed[DEALS]; /* day of January 2026; 0: open */
	bool won[DEALS];
	int amount[DEALS];
	struct {
		int deal, day, channel;
	} touches[TOUCHES]; /* no two of a deal on one day */
	int n;
};

static struct world
make_world(uint64_t *seed)
{
	struct world w = { .n = 0 };

	for (int i = 0; i < DEALS; i++) {
		w.closed[i] = below(seed, 5) ? 10 + below(seed, 18) : 0;
		w.won[i] = below(seed, 3) != 0;
		w.amount[i] = 10 * (1 + below(seed, 50));
	}
	for (int i = 0; i < DEALS; i++)
		for (int day = 1 + below(seed, 9);
		     day < 28 && w.n < TOUCHES && below(seed, 4);
		     day += 1 + below(seed, 8)) {
			w.touches[w.n].deal = i;
			w.touches[w.n].day = day;
			w.touches[w.n++].channel = below(seed, CHANNELS);
		}
	return w;
}

static char paths[FILES][256];
static const char *const records[] = { paths[0] };
static const char *const touches[] = { paths[1], paths[2] };

static FILE *
open_file(int file)
{
	FILE *out = fopen(paths[file], "w");

	assert_non_null(out);
	return out;
}

static void
write_deals(const struct world *w, const int *order)
{
	FILE *out = open_file(0);

	fputs("id,created,close date,outcome,stage,amount\n", out);
	for (int i = 0; i < DEALS; i++) {
		int d = order ? order[i] : i;

		fprintf(out, "d%d,2026-01-05,", d);
		if (w->closed[d])
			fprintf(out, "2026-01-%02d,%s,%s,", w->closed[d],
			    w->won[d] ? "won" : "lost",
			    w->won[d] ? "Won" : "Lost");
		else
			fputs(",open,Offer,", out);
		fprintf(out, "%d\n", w->amount[d]);
	}
	assert_int_equal(fclose(out), 0);
}

/* Touches order[from..to) under the names of channels. */
static void
write_touches(const struct world *w, int file, const int *order, int from,
    int to, const char *names)
{
	FILE *out = open_file(file);

	fputs("deal id,date,channel\n", out);
	for (int i = from; i < to; i++) {
		int t = order ? order[i] : i;

		fprintf(out, "d%d,2026-01-%02d,%c\n", w->touches[t].deal,
		    w->touches[t].day, names[w->touches[t].channel]);
	}
	assert_int_equal(fclose(out), 0);
}

static int case_number;

/* To be freed. */
static char *
run(size_t n_touch_files, const char *bootstrap, const char *metric)
{
	static const char *const models[] = { MODELS };
	const char *const metrics[] = { metric };
	struct fnl_attribution_query q = {
		.input = { .files = { records, 1 },
		    .stages = "Offer,won:Won,lost:Lost",
		    .preset = "generic" },
		.touches = { touches, n_touch_files },
		.models = { models, 1 },
		.conversion = "won",
		.bootstrap = bootstrap,
		.metrics = { metrics, metric != NULL },
	};
	struct fnl_style style = { .format = "csv" };
	struct fnl_report *report = NULL;
	struct fnl_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (fnl_attribution(&report, &q, &err) < 0 ||
	    fnl_render(report, FNL_TABLE, &style, out, &err) < 0)
		fail_msg("case %d: %s", case_number, err.message);
	fnl_report_free(report);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void
assert_same(const char *one, const char *other)
{
	if (strcmp(one, other) != 0)
		fail_msg("case %d\n--- one\n%s--- other\n%s", case_number, one,
		    other);
}

/* Column `column` of a line, from 0. */
static double
number_at(const char *line, int column)
{
	while (column-- && line)
		line = strchr(line, ',') + 1;
	return strtod(line, NULL);
}

/* For every model the credits add up to the wins, and to their value. */
static void
credit_conserves(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (case_number = 0; case_number < CASES(400); case_number++) {
		struct world w = make_world(&seed);
		double sums[N_MODELS][2] = { { 0 } }, wins = 0, value = 0;
		char *text;

		write_deals(&w, NULL);
		write_touches(&w, 1, NULL, 0, w.n, "ABCD");
		text = run(1, NULL, NULL);
		for (int i = 0; i < DEALS; i++)
			if (w.closed[i] && w.won[i]) {
				wins++;
				value += w.amount[i];
			}
		for (char *line = strchr(text, '\n') + 1; *line;
		     line = strchr(line, '\n') + 1)
			for (int m = 0; m < N_MODELS; m++)
				for (int part = 0; part < 2; part++)
					sums[m][part] +=
					    number_at(line, 1 + 3 * m + part);
		for (int m = 0; m < N_MODELS; m++) {
			assert_true(fabs(sums[m][0] - wins) < 1e-9);
			assert_true(fabs(sums[m][1] - value) < 1e-6);
		}
		free(text);
	}
}

static void
shuffle(uint64_t *seed, int *order, int n)
{
	for (int i = 0; i < n; i++)
		order[i] = i;
	for (int i = n - 1; i > 0; i--) {
		int j = below(seed, i + 1), kept = order[i];

		order[i] = order[j];
		order[j] = kept;
	}
}

/* Shuffled, and split over two files. */
static void
order_of_rows_decides_nothing(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (case_number = 0; case_number < CASES(200); case_number++) {
		struct world w = make_world(&seed);
		int deals[DEALS], order[TOUCHES];
		char *one, *other;

		write_deals(&w, NULL);
		write_touches(&w, 1, NULL, 0, w.n, "ABCD");
		one = run(1, "10", NULL);
		shuffle(&seed, deals, DEALS);
		shuffle(&seed, order, w.n);
		write_deals(&w, deals);
		write_touches(&w, 1, order, 0, w.n / 2, "ABCD");
		write_touches(&w, 2, order, w.n / 2, w.n, "ABCD");
		other = run(2, "10", NULL);
		assert_same(one, other);
		free(one);
		free(other);
	}
}

/* The channels at the beginnings of lines. */
static void
rename_back(char *text)
{
	char last = '\n';

	for (char *p = text; *p; last = *p++)
		if (last == '\n' && *p >= 'P' && *p <= 'S')
			*p = (char)(*p - 'P' + 'A');
}

/* Other names in the same order give the same numbers under them. */
static void
names_decide_nothing(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (case_number = 0; case_number < CASES(200); case_number++) {
		struct world w = make_world(&seed);
		char *one, *other;

		write_deals(&w, NULL);
		write_touches(&w, 1, NULL, 0, w.n, "ABCD");
		one = run(1, NULL, NULL);
		write_touches(&w, 1, NULL, 0, w.n, "PQRS");
		other = run(1, NULL, NULL);
		rename_back(other);
		assert_same(one, other);
		free(one);
		free(other);
	}
}

static int
make_files(void **state)
{
	const char *directory = getenv("TMPDIR");

	(void)state;
	for (int i = 0; i < FILES; i++) {
		int fd;

		snprintf(paths[i], sizeof(paths[i]), "%s/funnel-credit-XXXXXX",
		    directory ? directory : "/tmp");
		fd = mkstemp(paths[i]);
		if (fd < 0 || close(fd) < 0)
			return -1;
	}
	return 0;
}

static int
remove_files(void **state)
{
	(void)state;
	for (int i = 0; i < FILES; i++)
		unlink(paths[i]);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(credit_conserves),
		cmocka_unit_test(order_of_rows_decides_nothing),
		cmocka_unit_test(names_decide_nothing),
	};

	return cmocka_run_group_tests_name(
	    "attribution_laws", tests, make_files, remove_files);
}
