/*
 * test_compare_laws: what must hold for the reports segments, split and
 * change on every funnel (metrics.md 3.6), on generated ones, through the
 * public interface: the order of rows decides nothing, other names of
 * segments only permute the rows, and the counts are those of the report
 * stages.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* before cmocka.h, whose fail() is a macro */
#include "funnel.h"

#include <cmocka.h>

#define RECORDS 40
#define ROWS_MAX (RECORDS * N_STAGES)
#define LINES_MAX 200
#define DAYS 90 /* from 2026-01-01 */
#define STAGES "Lead,MQL,SQL,won:Won,lost:Lost"

/* Under AddressSanitizer a run costs many times as much. */
#ifdef __SANITIZE_ADDRESS__
#define CASES(n) ((n) / 10)
#else
#define CASES(n) (n)
#endif

enum stage { LEAD, MQL, SQL, WON, LOST, N_STAGES };

static const char *const stage_names[N_STAGES] = { "Lead", "MQL", "SQL", "Won",
	"Lost" };

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

/* ---- generated funnels ---- */

struct row {
	int record, day;
	enum stage stage;
	int source; /* of the record */
};

struct funnel {
	struct row rows[ROWS_MAX];
	int n;
};

/* A record enters some stages in their order, on days of their own. */
static struct funnel
make_funnel(uint64_t *seed)
{
	struct funnel f = { .n = 0 };

	for (int record = 0; record < RECORDS; record++) {
		int day = below(seed, 2 * DAYS / 3), source = below(seed, 3);

		for (int stage = LEAD; stage < N_STAGES && day < DAYS; stage++)
			if (stage == LEAD || below(seed, 3)) {
				f.rows[f.n++] = (struct row){ record, day,
					(enum stage)stage, source };
				day += 1 + below(seed, 20);
				if (stage == WON || below(seed, 8) == 0)
					break;
			}
	}
	return f;
}

static char path[256];
static const char *const paths[] = { path };

static void
put_day(FILE *out, int day)
{
	static const int lengths[] = { 31, 28, 31 };
	int month = 0;

	while (day >= lengths[month])
		day -= lengths[month++];
	fprintf(out, "2026-%02d-%02d", month + 1, day + 1);
}

/* Sources are called by one letter each. */
static void
write_funnel(const struct funnel *f, const int *order, const char *letters)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fputs("id,stage,stage entered,source\n", out);
	for (int i = 0; i < f->n; i++) {
		const struct row *row = &f->rows[order ? order[i] : i];

		fprintf(out, "r%d,%s,", row->record, stage_names[row->stage]);
		put_day(out, row->day);
		fprintf(out, ",%c\n", letters[row->source]);
	}
	assert_int_equal(fclose(out), 0);
}

/* ---- running ---- */

static int case_number;
static const char *const by[] = { "source" };

/* The three reports, at a horizon that leaves some records behind. */
static struct fnl_convert_query
query_of(int report)
{
	static const char *const reports[] = { "segments", "split", "change" };
	struct fnl_convert_query q = {
		.input = { .files = { paths, 1 },
		    .by = { by, 1 },
		    .stages = STAGES,
		    .preset = "generic" },
		.report = reports[report],
		.horizon = "20d",
	};

	if (report == 1) {
		q.split = "2026-02-01";
		q.gap = "3d";
		q.step = "MQL:Won";
	} else if (report == 2) {
		q.input.from = "2026-02-01";
		q.input.to = "2026-03-15";
		q.before = "2026-01-01..2026-02-01";
	}
	return q;
}

#define REPORTS 3

/* To be freed. */
static char *
run(const struct fnl_convert_query *query)
{
	struct fnl_style style = { .format = "csv" };
	struct fnl_report *report = NULL;
	struct fnl_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (fnl_convert(&report, query, &err) < 0 ||
	    fnl_render(report, FNL_TABLE, &style, out, &err) < 0)
		fail_msg("case %d: %s", case_number, err.message);
	fnl_report_free(report);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void
assert_same(const char *a, const char *b)
{
	if (strcmp(a, b) != 0)
		fail_msg(
		    "case %d\n--- one\n%s--- other\n%s", case_number, a, b);
}

/* ---- the laws ---- */

static void
test_shuffled(void **state)
{
	uint64_t seed = 11;

	(void)state;
	for (case_number = 0; case_number < CASES(100); case_number++) {
		struct funnel f = make_funnel(&seed);
		int order[ROWS_MAX];

		for (int i = 0; i < f.n; i++)
			order[i] = i;
		for (int i = f.n - 1; i > 0; i--) {
			int j = below(&seed, i + 1), kept = order[i];

			order[i] = order[j];
			order[j] = kept;
		}
		for (int report = 0; report < REPORTS; report++) {
			struct fnl_convert_query q = query_of(report);
			char *straight, *shuffled;

			write_funnel(&f, NULL, "ABC");
			straight = run(&q);
			write_funnel(&f, order, "ABC");
			shuffled = run(&q);
			assert_same(straight, shuffled);
			free(straight);
			free(shuffled);
		}
	}
}

static int
compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a text, in place, in the order of their bytes. */
static int
sorted_lines(char *text, char **lines)
{
	int n = 0;

	while (*text) {
		size_t length = strcspn(text, "\n");

		assert_true(n < LINES_MAX);
		lines[n++] = text;
		text += length;
		if (*text)
			*text++ = '\0';
	}
	qsort(lines, (size_t)n, sizeof(*lines), compare_lines);
	return n;
}

/* A line begins with its segment: B, C, A back to A, B, C. */
static void
rename_back(char *text)
{
	for (char *p = text; p && *p; p = strchr(p, '\n')) {
		p += *p == '\n';
		if (*p >= 'A' && *p <= 'C')
			*p = *p == 'A' ? 'C' : (char)(*p - 1);
	}
}

static void
test_other_names(void **state)
{
	uint64_t seed = 12;

	(void)state;
	for (case_number = 0; case_number < CASES(100); case_number++) {
		struct funnel f = make_funnel(&seed);

		for (int report = 0; report < REPORTS; report++) {
			struct fnl_convert_query q = query_of(report);
			char *one, *other, *a[LINES_MAX], *b[LINES_MAX];
			int n;

			write_funnel(&f, NULL, "ABC");
			one = run(&q);
			write_funnel(&f, NULL, "BCA");
			other = run(&q);
			rename_back(other);
			n = sorted_lines(one, a);
			assert_int_equal(n, sorted_lines(other, b));
			for (int i = 0; i < n; i++)
				assert_same(a[i], b[i]);
			free(one);
			free(other);
		}
	}
}

/* Of "source,Lead,2,1" the numbers, and "source,Lead:MQL" in key; false on
 * the last stage, which leads nowhere, and on the header. */
static bool
step_of_line(const char *line, char key[64], const char **numbers)
{
	const char *stage = strchr(line, ',') + 1;
	size_t n = strcspn(stage, ",");

	for (int i = LEAD; i < WON; i++)
		if (strlen(stage_names[i]) == n &&
		    strncmp(stage_names[i], stage, n) == 0) {
			snprintf(key, 64, "%.*s:%s,", (int)(stage + n - line),
			    line, stage_names[i + 1]);
			*numbers = stage + n + 1;
			return true;
		}
	return false;
}

/* The same numbers for every stage but the last. */
static void
check_counts(char *stages, char *segments)
{
	char *a[LINES_MAX], *b[LINES_MAX], key[64];
	const char *numbers;
	int n = sorted_lines(stages, a), m = sorted_lines(segments, b);
	int found = 0;

	for (int i = 0; i < n; i++)
		for (int j = 0; j < m && step_of_line(a[i], key, &numbers); j++)
			if (strncmp(b[j], key, strlen(key)) == 0) {
				assert_same(numbers, b[j] + strlen(key));
				found++;
			}
	/* of four steps, all but the one from end to end */
	assert_int_equal(found, (m - 1) / 4 * 3);
}

static void
test_counts_of_stages(void **state)
{
	static const char *const metrics[] = { "entered", "converted" };
	uint64_t seed = 13;

	(void)state;
	for (case_number = 0; case_number < CASES(100); case_number++) {
		struct funnel f = make_funnel(&seed);
		struct fnl_convert_query q = query_of(0);
		char *stages, *segments;

		write_funnel(&f, NULL, "ABC");
		q.metrics = (struct fnl_list){ metrics, 2 };
		if (case_number % 2)
			q.input.from = "2026-01-20";
		segments = run(&q);
		q.report = "stages";
		stages = run(&q);
		check_counts(stages, segments);
		free(stages);
		free(segments);
	}
}

static int
make_file(void **state)
{
	const char *directory = getenv("TMPDIR");
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "%s/funnel-laws-XXXXXX",
	    directory ? directory : "/tmp");
	fd = mkstemp(path);
	if (fd < 0)
		return -1;
	close(fd);
	return 0;
}

static int
remove_file(void **state)
{
	(void)state;
	unlink(path);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shuffled),
		cmocka_unit_test(test_other_names),
		cmocka_unit_test(test_counts_of_stages),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
