/*
 * test_sla_laws: what must hold for every scorecard of funnel-sla (metrics.md
 * 3.4, 3.6), on generated histories and activities, through the public
 * interface: files in, bytes out. The laws compare one run with another
 * (shuffled, split, cut at an instant, with more records) or the rows of one
 * run with each other (a calendar that is always open beside none, longer
 * targets beside shorter ones, owners beside all).
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* before cmocka.h, whose fail() is a macro */
#include "funnel.h"

#include <cmocka.h>

#define RECORDS_MAX 9
#define ROWS_MAX 120
#define FIRST INT64_C(1772323200) /* 2026-03-01T00:00:00Z, a Sunday */
#define DAY 86400
#define DAYS 12 /* over the day on which the clocks of New York change */
#define LATER 9 /* records that are added */

/* Under AddressSanitizer a run costs many times as much. */
#ifdef __SANITIZE_ADDRESS__
#define CASES 8
#else
#define CASES 30
#endif

/* ---- chance, the same on every machine ---- */

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

/* ---- what was agreed ---- */

#define TARGETS 3
#define CLOCKS (sizeof(clocks) / sizeof(*clocks))
#define CALENDARS (sizeof(calendars) / sizeof(*calendars))

/* Each with each calendar and each target. */
static const struct clock {
	const char *name, *keys;
} clocks[] = {
	{ "touch", "start: SAL, stop: sales touch, pause: [Hold]" },
	{ "move", "start: MQL, stop: SAL" },
	{ "reset", "start: MQL, stop: SAL, cycles: reset" },
	{ "resume", "start: MQL, stop: SQL, cycles: resume" },
	{ "feedback", "start: MQL, stop: disposition" },
	{ "owned", "start: MQL, stop: assigned, cycles: reset" },
	{ "attempts", "start: SAL, attempts: 2" },
};
static const struct clock calendars[] = {
	{ "plain", "" },
	{ "always", ", calendar: always" },
	{ "office", ", calendar: office" },
	{ "owner", ", calendar: owner" },
};
static const char *const targets[TARGETS] = { "3h", "8h", "120h" };

static const char ground[] =
    "timezone: Asia/Kolkata\n"
    "stages:\n"
    "  - name: MQL\n"
    "  - name: SAL\n"
    "  - name: Hold\n"
    "  - name: SQL\n"
    "  - { name: Won, outcome: won }\n"
    "  - { name: Rejected, outcome: rejected }\n"
    "rejection_reasons: [Budget]\n"
    "sales_touches:\n"
    "  types: [call, email]\n"
    "  automated: { column: Automated }\n"
    "calendars:\n"
    "  - name: always\n"
    "    timezone: America/New_York\n"
    "    hours: [Mon-Sun 00:00-24:00]\n"
    "  - name: office\n"
    "    timezone: America/New_York\n"
    "    hours: [Mon-Fri 09:00-12:30, Mon-Fri 13:00-17:00]\n"
    "    holidays: [2026-03-04]\n"
    "    owners: [Ann]\n"
    "  - name: other\n"
    "    timezone: Asia/Kolkata\n"
    "    hours: [Mon-Sat 10:00-19:00]\n"
    "    owners: [Bob]\n"
    "routing:\n"
    "  - { name: all, owners: [Ann] }\n"
    "sla:\n";

/* One case a record. */
static const char others[] =
    "  - { name: days-1, start: SAL, stop: sales touch, within: 1bd,\n"
    "      calendar: office }\n"
    "  - { name: days-2, start: SAL, stop: sales touch, within: 2bd,\n"
    "      calendar: office }\n"
    "  - { name: days-3, start: SAL, stop: sales touch, within: 9bd,\n"
    "      calendar: office }\n"
    "  - { name: filled, at: SAL, filled: [note] }\n"
    "  - { name: worked, share_of: SAL, touched: true }\n"
    "  - { name: reasons, rejected_with: rejection_reasons }\n"
    "  - { name: disposed, disposed: MQL }\n"
    "  - { name: routed, routed: SAL }\n"
    "  - { name: order, order: [MQL, SAL, SQL] }\n";

/* Several cases a record, or none. */
static const char more_definitions[] =
    "  - { name: each, start: MQL, stop: SAL, within: 8h, cycles: each,\n"
    "      calendar: office }\n"
    "  - { name: visits, start: touch:visit, stop: sales touch, within: 8h,\n"
    "      cycles: each, calendar: owner }\n"
    "  - { name: again, start: touch:visit, stop: sales touch, within: 8h,\n"
    "      cycles: reset }\n"
    "  - { name: on, start: touch:visit, stop: sales touch, within: 30h,\n"
    "      cycles: resume, pause: [Hold] }\n"
    "  - { name: calls, count: 'touch:call', per: week, at_least: 2 }\n"
    "  - { name: volume, count: MQL, per: day, at_least: 1 }\n";

/* ---- what happened ---- */

struct row {
	int record;
	bool touch;
	const char *text; /* a stage, or a type */
	int64_t at;
	bool date;
	const char *owner; /* of a touch: whether it was automated */
};

struct data {
	struct row rows[ROWS_MAX];
	int n, n_records;
};

static void
add_row(struct data *d, struct row row)
{
	assert_true(d->n < ROWS_MAX);
	d->rows[d->n++] = row;
}

/* So few times that ties are common, and some of them dates. */
static void
add_any(struct data *d, uint64_t *seed, int record)
{
	static const char *const stages[] = { "MQL", "SAL", "SAL", "Hold",
		"SQL", "Won", "Rejected", "MQL" };
	static const char *const types[] = { "call", "email", "visit" };
	static const char *const owners[] = { "Ann", "Ann", "Bob", "Cid", "" };
	struct row row = { .record = record, .touch = below(seed, 3) == 0 };

	row.at = FIRST + below(seed, DAYS) * (int64_t)DAY +
		 below(seed, 8) * INT64_C(10799);
	row.date = below(seed, 12) == 0;
	row.text = row.touch ? types[below(seed, 3)] : stages[below(seed, 8)];
	row.owner = row.touch ? (below(seed, 5) ? "no" : "yes")
			      : owners[below(seed, 5)];
	add_row(d, row);
}

static struct data
make_data(uint64_t *seed)
{
	struct data d = { .n_records = 1 + below(seed, RECORDS_MAX) };

	for (int i = 0; i < d.n_records; i++) {
		add_row(&d, (struct row){ i, false, "MQL",
				FIRST + below(seed, DAYS) * (int64_t)DAY, false,
				below(seed, 2) ? "Ann" : "" });
		for (int n = below(seed, 9); n > 0; n--)
			add_any(&d, seed, i);
	}
	return d;
}

/* ---- files ---- */

enum { DEFINITIONS, HISTORY, MORE_HISTORY, TOUCHES, MORE_TOUCHES, FILES };

static char directory[200], paths[FILES][256];

static int
make_files(void **state)
{
	static const char *const names[FILES] = { "d.yaml", "a.csv", "b.csv",
		"c.csv", "d.csv" };
	const char *temporary = getenv("TMPDIR");

	(void)state;
	snprintf(directory, sizeof(directory), "%s/funnel-sla-laws-XXXXXX",
	    temporary ? temporary : "/tmp");
	if (!mkdtemp(directory))
		return -1;
	for (int i = 0; i < FILES; i++)
		snprintf(
		    paths[i], sizeof(paths[i]), "%s/%s", directory, names[i]);
	return 0;
}

static int
remove_files(void **state)
{
	(void)state;
	for (int i = 0; i < FILES; i++)
		unlink(paths[i]);
	return rmdir(directory);
}

static FILE *
open_file(int file)
{
	FILE *out = fopen(paths[file], "w");

	assert_non_null(out);
	return out;
}

static void
put_time(FILE *out, int64_t at, bool date)
{
	struct tm tm;
	time_t t = (time_t)at;

	gmtime_r(&t, &tm);
	fprintf(out, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
	    tm.tm_mday);
	if (!date)
		fprintf(
		    out, "T%02d:%02d:%02dZ", tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void
put_row(FILE *out, const struct row *row)
{
	fprintf(out, "r%d,%s,", row->record, row->text);
	put_time(out, row->at, row->date);
	fprintf(out, ",%s", row->owner);
	if (!row->touch)
		fprintf(out, ",%s,%s", row->record % 3 ? "x" : "",
		    row->record % 2 ? "Budget" : "Whim");
	fputc('\n', out);
}

/* Rows order[from..to) as a history and a list of touches. */
static void
write_part(const struct data *d, const int *order, int from, int to, int file)
{
	FILE *history = open_file(HISTORY + file),
	     *touches = open_file(TOUCHES + file);

	fputs("id,stage,stage entered,owner,note,rejection reason\n", history);
	fputs("record id,type,touch date,Automated\n", touches);
	for (int i = from; i < to; i++) {
		const struct row *row = &d->rows[order ? order[i] : i];

		put_row(row->touch ? touches : history, row);
	}
	assert_int_equal(fclose(history), 0);
	assert_int_equal(fclose(touches), 0);
}

static void
write_data(const struct data *d)
{
	write_part(d, NULL, 0, d->n, 0);
}

static void
write_definitions(bool more)
{
	FILE *out = open_file(DEFINITIONS);

	fputs(ground, out);
	for (size_t i = 0; i < CLOCKS * CALENDARS * TARGETS; i++) {
		const struct clock *clock = &clocks[i / TARGETS / CALENDARS];
		const struct clock *calendar =
		    &calendars[i / TARGETS % CALENDARS];

		fprintf(out, "  - { name: %s-%s-%zu, %s%s, within: %s }\n",
		    clock->name, calendar->name, i % TARGETS + 1, clock->keys,
		    calendar->keys, targets[i % TARGETS]);
	}
	fprintf(out, "%s%s", others, more ? more_definitions : "");
	assert_int_equal(fclose(out), 0);
}

/* ---- running ---- */

static int case_number;

static void
show(const struct data *d)
{
	print_message("case %d\n", case_number);
	for (int i = 0; i < d->n; i++) {
		put_row(stdout, &d->rows[i]);
		fflush(stdout);
	}
}

/* The table as CSV, to be freed; two: both parts of the files. */
static char *
run(const char *as_of, const char *by, bool two)
{
	static const char *const columns[] = { "met", "late", "breached",
		"pending", "paused", "void", "na", "bad", "attained", "lo",
		"hi", "elapsed_median", "late_median", "over_median",
		"pending_age", "attained_calendar", "pretouch_rate",
		"automated_rate", "volume", "volume_projected" };
	const char *const history[] = { paths[HISTORY], paths[MORE_HISTORY] };
	const char *const touches[] = { paths[MORE_TOUCHES], paths[TOUCHES] };
	struct fnl_sla_query q = {
		.input = { .files = { history, two ? 2 : 1 },
		    .definitions = paths[DEFINITIONS],
		    .preset = "generic",
		    .as_of = as_of,
		    .by = { &by, by ? 1 : 0 } },
		.activities = { two ? touches : touches + 1, two ? 2 : 1 },
		.metrics = { columns, sizeof(columns) / sizeof(*columns) },
	};
	struct fnl_style style = { .format = "csv", .all_columns = true };
	struct fnl_report *report = NULL;
	struct fnl_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (fnl_sla(&report, &q, &err) < 0 ||
	    fnl_render(report, FNL_TABLE, &style, out, &err) < 0)
		fail_msg("case %d: %s", case_number, err.message);
	assert_int_equal(fclose(out), 0);
	fnl_report_free(report);
	return text;
}

/* The first row of two tables that differs. */
static void
assert_same(const struct data *d, const char *a, const char *b)
{
	size_t i = 0, line = 0;

	if (strcmp(a, b) == 0)
		return;
	for (; a[i] && a[i] == b[i]; i++)
		line = a[i] == '\n' ? i + 1 : line;
	show(d);
	fail_msg("case %d\n%.*s\n%.*s", case_number,
	    (int)strcspn(a + line, "\n"), a + line,
	    (int)strcspn(b + line, "\n"), b + line);
}

/* ---- a row read back: no cell needs a quote ---- */

/* In the order of columns[] of run(). */
enum { MET, LATE, BREACHED, PENDING, PAUSED, VOID, NA, BAD, STATUSES };

#define SHARES 3

struct score {
	char name[64], owner[16];
	long status[STATUSES];
	char shares[SHARES][40]; /* attained, and its interval */
};

static void
cut_cell(const char **p, char *out, size_t size)
{
	size_t n = strcspn(*p, ",\n");

	assert_true(n < size);
	memcpy(out, *p, n);
	out[n] = '\0';
	*p += n + (**p != '\0' && (*p)[n] == ',');
}

/* The row after *p, which moves on; false at the end. */
static bool
read_score(const char **p, bool by_owner, struct score *out)
{
	char cell[64], empty[64];
	const char *line, *end = strchr(*p, '\n');

	if (!end || !end[1])
		return false;
	line = end + 1;
	*p = line;
	if (by_owner)
		cut_cell(&line, out->owner, sizeof(out->owner));
	cut_cell(&line, out->name, sizeof(out->name));
	cut_cell(&line, empty, sizeof(empty)); /* promised_by */
	for (int i = 0; i < STATUSES; i++) {
		cut_cell(&line, cell, sizeof(cell));
		out->status[i] = strtol(cell, NULL, 10);
	}
	for (int i = 0; i < SHARES; i++)
		cut_cell(&line, out->shares[i], sizeof(out->shares[i]));
	return true;
}

static struct score
score_named(const char *table, const char *name)
{
	struct score score;

	for (const char *p = table; read_score(&p, false, &score);)
		if (strcmp(score.name, name) == 0)
			return score;
	fail_msg("no row %s", name);
	return score;
}

static long
total_of(const struct score *score)
{
	long n = 0;

	for (int i = 0; i < STATUSES; i++)
		n += score->status[i];
	return n;
}

static void
assert_same_shares(const struct score *a, const struct score *b)
{
	for (int i = 0; i < SHARES; i++)
		assert_string_equal(a->shares[i], b->shares[i]);
}

/* ---- the laws ---- */

typedef void law_of(const struct data *d, uint64_t *seed);

static void
hold(law_of *law, bool more)
{
	uint64_t seed = 3;

	write_definitions(more);
	for (case_number = 0; case_number < CASES; case_number++) {
		struct data d = make_data(&seed);

		law(&d, &seed);
	}
}

/* met + late + breached + pending + paused + void + na + bad = records. */
static void
law_sum(const struct data *d, uint64_t *seed)
{
	struct score score;
	char *table;

	(void)seed;
	write_data(d);
	table = run(NULL, NULL, false);
	for (const char *p = table; read_score(&p, false, &score);)
		if (total_of(&score) != d->n_records) {
			show(d);
			fail_msg(
			    "case %d: %s\n%s", case_number, score.name, table);
		}
	free(table);
}

static void
test_sum(void **state)
{
	(void)state;
	hold(law_sum, false);
}

/* The rows of the owners add up to those of all. */
static void
law_owners(const struct data *d, uint64_t *seed)
{
	char *all, *by;
	struct score whole, part;

	(void)seed;
	write_data(d);
	all = run(NULL, NULL, false);
	by = run(NULL, "owner", false);
	for (const char *p = all; read_score(&p, false, &whole);) {
		long sums[STATUSES] = { 0 };

		for (const char *q = by; read_score(&q, true, &part);)
			for (int i = 0; i < STATUSES; i++)
				if (strcmp(part.name, whole.name) == 0)
					sums[i] += part.status[i];
		if (memcmp(sums, whole.status, sizeof(sums)) != 0) {
			show(d);
			fail_msg("case %d: %s\n%s%s", case_number, whole.name,
			    all, by);
		}
	}
	free(all);
	free(by);
}

static void
test_owners(void **state)
{
	(void)state;
	hold(law_owners, false);
}

/* A calendar that is always open is none: the same statuses and numbers, and
 * what is kept in calendar time is what is kept. */
static void
law_always(const struct data *d, uint64_t *seed)
{
	char *table;

	(void)seed;
	write_data(d);
	table = run(NULL, NULL, false);
	for (size_t i = 0; i < CLOCKS * TARGETS; i++) {
		char name[64];
		struct score plain, always;

		snprintf(name, sizeof(name), "%s-plain-%zu",
		    clocks[i / TARGETS].name, i % TARGETS + 1);
		plain = score_named(table, name);
		snprintf(name, sizeof(name), "%s-always-%zu",
		    clocks[i / TARGETS].name, i % TARGETS + 1);
		always = score_named(table, name);
		if (memcmp(plain.status, always.status, sizeof(plain.status)) !=
		    0) {
			show(d);
			fail_msg("case %d: %s\n%s", case_number, name, table);
		}
		assert_same_shares(&plain, &always);
	}
	free(table);
}

static void
test_always(void **state)
{
	(void)state;
	hold(law_always, false);
}

/* Name without the number behind it: targets of one clock stand together. */
static bool
is_next_target(const struct score *a, const struct score *b)
{
	size_t n = strlen(a->name);

	return n > 2 && a->name[n - 2] == '-' && strlen(b->name) == n &&
	       strncmp(a->name, b->name, n - 1) == 0 &&
	       b->name[n - 1] == a->name[n - 1] + 1;
}

/* A longer target never lowers met, nor raises breached. */
static void
law_longer(const struct data *d, uint64_t *seed)
{
	struct score before = { .name = "" }, score;
	char *table;

	(void)seed;
	write_data(d);
	table = run(NULL, NULL, false);
	for (const char *p = table; read_score(&p, false, &score);) {
		if (is_next_target(&before, &score) &&
		    (score.status[MET] < before.status[MET] ||
			score.status[BREACHED] > before.status[BREACHED])) {
			show(d);
			fail_msg(
			    "case %d: %s\n%s", case_number, score.name, table);
		}
		before = score;
	}
	free(table);
}

static void
test_longer(void **state)
{
	(void)state;
	hold(law_longer, false);
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

/* Neither the order of rows nor how they are spread over files matters. */
static void
law_order(const struct data *d, uint64_t *seed)
{
	int order[ROWS_MAX], cut = below(seed, d->n + 1);
	char *one, *other;

	shuffle(seed, order, d->n);
	write_data(d);
	one = run(NULL, NULL, false);
	write_part(d, order, 0, d->n, 0);
	other = run(NULL, NULL, false);
	assert_same(d, one, other);
	free(other);
	write_part(d, order, 0, cut, 0);
	write_part(d, order, cut, d->n, 1);
	other = run(NULL, NULL, true);
	assert_same(d, one, other);
	free(one);
	free(other);
}

static void
test_order(void **state)
{
	(void)state;
	hold(law_order, true);
}

static bool
has_history(const struct data *d)
{
	for (int i = 0; i < d->n; i++)
		if (!d->rows[i].touch)
			return true;
	return false;
}

/* As of an instant: as if nothing of later were there. */
static void
law_as_of(const struct data *d, uint64_t *seed)
{
	int64_t until = FIRST + below(seed, DAYS) * (int64_t)DAY +
			below(seed, 8) * INT64_C(10799);
	struct data cut = { .n_records = d->n_records };
	char as_of[32], *whole, *known;
	FILE *out = fmemopen(as_of, sizeof(as_of), "w");

	put_time(out, until, false);
	assert_int_equal(fclose(out), 0);
	for (int i = 0; i < d->n; i++) {
		struct row row = d->rows[i];

		row.date = false; /* whether a date is past is a matter of
				     zones: test_clock.c */
		if (row.at <= until)
			cut.rows[cut.n++] = row;
	}
	if (!has_history(&cut))
		return;
	write_data(&cut);
	known = run(as_of, NULL, false);
	for (int i = 0; i < d->n; i++)
		cut.rows[i] = d->rows[i], cut.rows[i].date = false;
	cut.n = d->n;
	write_data(&cut);
	whole = run(as_of, NULL, false);
	assert_same(&cut, known, whole);
	free(whole);
	free(known);
}

static void
test_as_of(void **state)
{
	(void)state;
	hold(law_as_of, true);
}

/* Clocks that have just started are pending, and change no rate. */
static void
law_pending(const struct data *d, uint64_t *seed)
{
	static const char as_of[] = "2026-03-14T00:00:00Z";
	struct data more = *d;
	struct score one, other;
	char *before, *after;

	(void)seed;
	write_data(d);
	before = run(as_of, NULL, false);
	for (int i = 0; i < LATER; i++) {
		int64_t at = FIRST + 13 * (int64_t)DAY - 1;

		add_row(&more, (struct row){ d->n_records + i, false, "SAL", at,
				   false, "Ann" });
	}
	write_data(&more);
	after = run(as_of, NULL, false);
	for (const char *p = before; read_score(&p, false, &one);) {
		/* Of these, what is not so is breached at once. */
		if (strcmp(one.name, "worked") == 0 ||
		    strcmp(one.name, "filled") == 0 ||
		    strcmp(one.name, "routed") == 0)
			continue;
		other = score_named(after, one.name);
		assert_int_equal(total_of(&other), total_of(&one) + LATER);
		if (strcmp(one.name, "order") != 0)
			assert_same_shares(&one, &other);
		if (strncmp(one.name, "touch", 5) == 0)
			assert_int_equal(
			    other.status[PENDING], one.status[PENDING] + LATER);
	}
	free(before);
	free(after);
}

static void
test_pending(void **state)
{
	(void)state;
	hold(law_pending, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sum),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_always),
		cmocka_unit_test(test_longer),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_as_of),
		cmocka_unit_test(test_pending),
	};

	return cmocka_run_group_tests_name(
	    "sla_laws", tests, make_files, remove_files);
}
