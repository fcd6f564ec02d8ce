/*
 * test_laws: what must hold for every funnel (house.md 3, metrics.md 3.6),
 * on generated ones, through the public interface: files in, bytes out.
 *
 * Two kinds of proof. The laws compare one run with another (shuffled, split,
 * cut at a day, under another TZ) or the columns of one run with each other.
 * The reference counts the six modes again, in plain quadratic code written
 * from the table of metrics.md 3.1.1 and nothing else, and compares.
 */
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

/* before cmocka.h, whose fail() is a macro */
#include "funnel.h"

#include <cmocka.h>

#define RECORDS_MAX 8
#define ENTRIES_MAX 9 /* of one record */
#define ROWS_MAX (RECORDS_MAX * ENTRIES_MAX)
#define RANKS 6 /* at most, won among them */
#define DAY 86400
#define FIRST_DAY 20454 /* 2026-01-01 */
#define FILES 2

/* Under AddressSanitizer a run costs many times as much. */
#ifdef __SANITIZE_ADDRESS__
#define CASES(n) ((n) / 4)
#else
#define CASES(n) (n)
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

static bool
one_in(uint64_t *state, int n)
{
	return below(state, n) == 0;
}

static void
shuffle(uint64_t *state, int *order, int n)
{
	for (int i = n - 1; i > 0; i--) {
		int j = below(state, i + 1), kept = order[i];

		order[i] = order[j];
		order[j] = kept;
	}
}

/* ---- generated funnels ---- */

enum ending { OPEN, WON, LOST, REJECTED, RECYCLED, ENDINGS };

struct row {
	int record, stage;
	int64_t at;
	bool date; /* at is a day, else an instant */
	int source; /* 0 blank */
};

struct funnel {
	int n_open, n_ranks; /* the last rank is won */
	int n_stages; /* lost, rejected, recycled stand behind the ranks */
	char stages[128]; /* what --stages takes */
	struct row rows[ROWS_MAX];
	int n_rows, n_records;
};

/* What a funnel may hold. */
enum times { DATES, INSTANTS, MIXED };

struct taste {
	enum times times;
	int endings; /* besides won: 1 lost, 2 rejected too, 3 recycled too */
	bool repeats; /* stages more than once */
	bool distinct; /* no two rows of a record at one time */
	bool sources; /* change from row to row */
};

static const char *const ending_names[ENDINGS] = { "", "won:Won", "lost:Lost",
	"rejected:Rejected", "recycled:Recycled" };

static const char *
stage_name(const struct funnel *f, int stage)
{
	static const char *const open[] = { "Lead", "MQL", "SAL", "SQL",
		"Opportunity" };

	return stage < f->n_open
		   ? open[stage]
		   : strchr(ending_names[stage - f->n_open + WON], ':') + 1;
}

static enum ending
ending_of(const struct funnel *f, int stage)
{
	return stage < f->n_open ? OPEN
				 : (enum ending)(stage - f->n_open + WON);
}

/* 1..n_ranks, 0 for what has no rank (R1) */
static int
rank_of(const struct funnel *f, int stage)
{
	return stage < f->n_ranks ? stage + 1 : 0;
}

static void
make_stages(struct funnel *f, uint64_t *seed, const struct taste *taste)
{
	size_t n = 0;

	f->n_open = 1 + below(seed, RANKS - 1);
	f->n_ranks = f->n_open + 1;
	f->n_stages = f->n_ranks + taste->endings;
	for (int i = 0; i < f->n_stages; i++) {
		enum ending ending = ending_of(f, i);

		n += (size_t)snprintf(f->stages + n, sizeof(f->stages) - n,
		    "%s%s", i ? "," : "",
		    ending ? ending_names[ending] : stage_name(f, i));
	}
}

static bool
is_taken(const struct funnel *f, int record, const struct row *new,
    const struct taste *taste)
{
	for (int i = 0; i < f->n_rows; i++) {
		const struct row *row = &f->rows[i];

		if (row->record != record)
			continue;
		if (!taste->repeats && row->stage == new->stage)
			return true;
		if (taste->distinct && row->at / DAY == new->at / DAY)
			return true;
	}
	return false;
}

/* Mostly forwards, as funnels are; every stage can follow every other. */
static int
make_stage(const struct funnel *f, uint64_t *seed, int before)
{
	if (one_in(seed, 3) || before + 1 >= f->n_stages)
		return below(seed, f->n_stages);
	return before + 1;
}

/* So few times that ties are common. */
static void
make_time(uint64_t *seed, enum times times, struct row *row)
{
	row->date = times == DATES || (times == MIXED && one_in(seed, 3));
	row->at = (FIRST_DAY + below(seed, 12)) * (int64_t)DAY;
	if (!row->date)
		row->at += below(seed, 4) * 21599;
}

static void
make_record(
    struct funnel *f, uint64_t *seed, const struct taste *taste, int record)
{
	int n = below(seed, ENTRIES_MAX + 1), stage = -1;
	int source = below(seed, 4);

	for (int i = 0; i < n; i++) {
		struct row row = { .record = record };

		row.stage = stage = make_stage(f, seed, stage);
		make_time(seed, taste->times, &row);
		if (taste->sources)
			source = below(seed, 4);
		row.source = one_in(seed, 3) ? 0 : source;
		if (!is_taken(f, record, &row, taste))
			f->rows[f->n_rows++] = row;
	}
}

/* Rows of one record stand in the order of time half of the time. */
static struct funnel
make_funnel(uint64_t *seed, const struct taste *taste)
{
	struct funnel f = { 0 };

	make_stages(&f, seed, taste);
	f.n_records = 1 + below(seed, RECORDS_MAX);
	while (!f.n_rows)
		for (int i = 0; i < f.n_records; i++)
			make_record(&f, seed, taste, i);
	if (one_in(seed, 2))
		for (int i = 0; i + 1 < f.n_rows; i++)
			for (int j = i + 1; j < f.n_rows; j++)
				if (f.rows[j].record == f.rows[i].record &&
				    f.rows[j].at < f.rows[i].at) {
					struct row kept = f.rows[i];

					f.rows[i] = f.rows[j];
					f.rows[j] = kept;
				}
	return f;
}

static struct taste
any_taste(uint64_t *seed)
{
	return (struct taste){ .times = (enum times)below(seed, 3),
		.endings = 1 + below(seed, 3),
		.repeats = !one_in(seed, 4) };
}

/* ---- files ---- */

static char paths[FILES][256];
static const char *path_list[FILES];

static int
make_files(void **state)
{
	const char *directory = getenv("TMPDIR");

	(void)state;
	for (int i = 0; i < FILES; i++) {
		int fd;

		snprintf(paths[i], sizeof(paths[i]), "%s/funnel-laws-XXXXXX",
		    directory ? directory : "/tmp");
		fd = mkstemp(paths[i]);
		if (fd < 0)
			return -1;
		close(fd);
		path_list[i] = paths[i];
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
time_text(char out[32], int64_t at, bool date)
{
	FILE *f = fmemopen(out, 32, "w");

	assert_non_null(f);
	put_time(f, at, date);
	assert_int_equal(fclose(f), 0);
}

static const char *const source_names[] = { "", "Web", "Fair", "Call" };

static FILE *
open_file(int file)
{
	FILE *out = fopen(paths[file], "w");

	assert_non_null(out);
	return out;
}

/* Rows order[0..n) of the funnel as a snapshot log. */
static void
write_rows(int file, const struct funnel *f, const int *order, int n)
{
	FILE *out = open_file(file);

	fputs("id,stage,stage entered,source\n", out);
	for (int i = 0; i < n; i++) {
		const struct row *row = &f->rows[order ? order[i] : i];

		fprintf(out, "r%d,%s,", row->record, stage_name(f, row->stage));
		put_time(out, row->at, row->date);
		fprintf(out, ",%s\n", source_names[row->source]);
	}
	assert_int_equal(fclose(out), 0);
}

static void
write_funnel(const struct funnel *f)
{
	write_rows(0, f, NULL, f->n_rows);
}

static struct fnl_convert_query
query_of(const struct funnel *f)
{
	return (struct fnl_convert_query){
		.input = { .files = { path_list, 1 },
		    .stages = f->stages,
		    .preset = "generic" },
	};
}

/* ---- running ---- */

static const char *
mode_name(int mode)
{
	static const char *const names[] = { "reached", "strict", "any",
		"current", "exact", "direct" };

	return names[mode];
}

enum { REACHED, STRICT, ANY, CURRENT, EXACT, DIRECT, MODES };

/* Which funnel a failure is about. */
static int case_number;

static void
show_case(const struct funnel *f)
{
	print_message("case %d, --stages %s\n", case_number, f->stages);
	for (int i = 0; i < f->n_rows; i++)
		print_message("  r%d %s %" PRId64 " %+" PRId64 "%s %s\n",
		    f->rows[i].record, stage_name(f, f->rows[i].stage),
		    f->rows[i].at / DAY - FIRST_DAY, f->rows[i].at % DAY,
		    f->rows[i].date ? " date" : "",
		    source_names[f->rows[i].source]);
}

static char *
render(struct fnl_report *report, enum fnl_what what, const char *format)
{
	struct fnl_style style = { .format = format, .all_columns = true };
	struct fnl_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (fnl_render(report, what, &style, out, &err) < 0)
		fail_msg("render %s: %s", format, err.message);
	assert_int_equal(fclose(out), 0);
	return text;
}

static struct fnl_report *
convert(const struct fnl_convert_query *query)
{
	struct fnl_report *report = NULL;
	struct fnl_err err = { 0 };

	if (fnl_convert(&report, query, &err) < 0)
		fail_msg("case %d: %s", case_number, err.message);
	return report;
}

/* To be freed. */
static char *
run(const struct fnl_convert_query *query, const char *format)
{
	struct fnl_report *report = convert(query);
	char *text = render(report, FNL_TABLE, format);

	fnl_report_free(report);
	return text;
}

static void
assert_same(const struct funnel *f, const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return;
	show_case(f);
	fail_msg("case %d\n--- one\n%s--- other\n%s", case_number, a, b);
}

static void
assert_same_csv(
    const struct funnel *f, const struct fnl_convert_query *q, const char *csv)
{
	char *other = run(q, "csv");

	assert_same(f, csv, other);
	free(other);
}

/* ---- tables read back: no cell of these funnels needs a quote ---- */

#define GRID_ROWS 400
#define GRID_COLUMNS 64

struct grid {
	char *text;
	char *cells[GRID_ROWS][GRID_COLUMNS]; /* [0] is the header */
	int n_rows, n_columns;
};

static struct grid *
grid_read(char *text, char separator)
{
	struct grid *g = calloc(1, sizeof(*g));

	assert_non_null(g);
	g->text = text;
	for (char *p = text; *p;) {
		size_t n = strcspn(p, "\n");
		int column = 0;

		assert_true(g->n_rows < GRID_ROWS);
		p[n] = '\0';
		for (char *cell = p; cell; column++) {
			char *end = strchr(cell, separator);

			assert_true(column < GRID_COLUMNS);
			g->cells[g->n_rows][column] = cell;
			if (end)
				*end++ = '\0';
			cell = end;
		}
		assert_true(!g->n_rows || column == g->n_columns);
		g->n_columns = column;
		g->n_rows++;
		p += n + 1;
	}
	return g;
}

static struct grid *
grid_run(const struct fnl_convert_query *query)
{
	return grid_read(run(query, "csv"), ',');
}

static void
grid_free(struct grid *g)
{
	free(g->text);
	free(g);
}

static int
grid_column(const struct grid *g, const char *id)
{
	for (int i = 0; i < g->n_columns; i++)
		if (strcmp(g->cells[0][i], id) == 0)
			return i;
	fail_msg("no column %s", id);
	return -1;
}

/* A count; row 1 is the first below the header. Empty is 0, and so is all of
 * a table without rows: no record counts at any stage. */
static long
grid_count(const struct grid *g, int row, const char *id)
{
	if (g->n_rows == 1)
		return 0;
	assert_true(row < g->n_rows);
	return strtol(g->cells[row][grid_column(g, id)], NULL, 10);
}

/* ---- the reference: the table of metrics.md 3.1.1, written out ---- */

struct step {
	int rank; /* 0: lost, rejected, recycled */
	enum ending ending;
	int64_t at; /* what is compared */
	bool date;
};

struct options {
	int mode;
	int64_t window; /* -1: none */
	bool best, strict_time;
};

struct counts {
	long entered[RANKS + 2], converted[RANKS + 2];
	long ended[RANKS + 2][ENDINGS];
};

/* R49: where a bare date stands on a day, all of that day is that date. */
static int64_t
time_of(const struct funnel *f, const struct row *row)
{
	for (int i = 0; i < f->n_rows; i++)
		if (f->rows[i].record == row->record && f->rows[i].date &&
		    f->rows[i].at / DAY == row->at / DAY)
			return f->rows[i].at;
	return row->at;
}

/* 3.0.2 and R1: time, rank with endings behind all ranks in the order of the
 * definitions, input. */
static bool
comes_before(const struct funnel *f, const struct row *a, const struct row *b)
{
	int64_t ta = time_of(f, a), tb = time_of(f, b);
	int ra = rank_of(f, a->stage), rb = rank_of(f, b->stage);

	if (ta != tb)
		return ta < tb;
	ra = ra ? ra : 99 + a->stage;
	rb = rb ? rb : 99 + b->stage;
	return ra != rb ? ra < rb : a < b;
}

/* The steps of a record; a stage logged twice running is one (3.0.4), unless
 * every entry is wanted. */
static int
steps_of(const struct funnel *f, int record, bool every, struct step *steps)
{
	const struct row *taken[ROWS_MAX];
	bool used[ROWS_MAX] = { false };
	int n = 0, n_steps = 0;

	for (;;) {
		int first = -1;

		for (int i = 0; i < f->n_rows; i++)
			if (!used[i] && f->rows[i].record == record &&
			    (first < 0 ||
				comes_before(f, &f->rows[i], &f->rows[first])))
				first = i;
		if (first < 0)
			break;
		used[first] = true;
		taken[n++] = &f->rows[first];
	}
	for (int i = 0; i < n; i++)
		if (every || !i || taken[i]->stage != taken[i - 1]->stage)
			steps[n_steps++] =
			    (struct step){ rank_of(f, taken[i]->stage),
				    ending_of(f, taken[i]->stage), taken[i]->at,
				    taken[i]->date };
	return n_steps;
}

/* b at most so many seconds after a; days where one is a date (R12, R49). */
static bool
within(const struct step *a, const struct step *b, int64_t window)
{
	if (window < 0)
		return true;
	if (a->date || b->date)
		return (b->at / DAY - a->at / DAY) * DAY <= window;
	return b->at - a->at <= window;
}

static bool
later(const struct step *a, const struct step *b)
{
	return a->date || b->date ? a->at / DAY < b->at / DAY : a->at < b->at;
}

/* Entered 1..k in order: some chain of entries ends at i. */
static bool
chain(const struct step *s, int start, int i, int k, const struct options *o)
{
	if (s[i].rank != k || !within(&s[start], &s[i], o->window))
		return false;
	if (k == 1)
		return i == start;
	for (int j = start; j < i; j++)
		if (chain(s, start, j, k - 1, o) &&
		    (!o->strict_time || later(&s[j], &s[i])))
			return true;
	return false;
}

/* Where a window opens without a stage-1 entry: at the stage that stands in
 * for it (3.0.3), the first entry to the lowest rank. */
static int
stand_in(const struct step *s, int n)
{
	for (int k = 1; k <= RANKS; k++)
		for (int i = 0; i < n; i++)
			if (s[i].rank == k)
				return i;
	return 0;
}

/* Does the record count at k, seen from the stage-1 entry `start`? */
static bool
counts_at(const struct step *s, int n, int start, int k, int n_ranks,
    const struct options *o)
{
	int from = o->window < 0 ? 0 : start < 0 ? stand_in(s, n) : start;
	int furthest = 0, last = 0;

	for (int i = from; i < n; i++)
		if (within(&s[from], &s[i], o->window) && s[i].rank > furthest)
			furthest = s[i].rank;
	for (int i = 0; i < n; i++)
		if (s[i].rank && s[i].ending == OPEN)
			last = s[i].rank;
	if (n && s[n - 1].ending == WON)
		last = n_ranks;
	switch (o->mode) {
	case REACHED:
		return furthest >= k;
	case CURRENT:
		return furthest >= k && last >= k;
	case ANY:
	case DIRECT:
		for (int i = from; i < n; i++)
			if (s[i].rank == k &&
			    within(&s[from], &s[i], o->window))
				return true;
		return false;
	case STRICT:
		for (int i = start; i >= 0 && i < n; i++)
			if (chain(s, start, i, k, o))
				return true;
		return false;
	default: /* EXACT: the k entries from start on are 1..k */
		if (start < 0 || start + k > n)
			return false;
		for (int i = 0; i < k; i++)
			if (s[start + i].rank != i + 1 ||
			    !within(&s[start], &s[start + i], o->window) ||
			    (i && o->strict_time &&
				!later(&s[start + i - 1], &s[start + i])))
				return false;
		return true;
	}
}

/* --reentry best: the stage-1 entry from which most is reached. */
static int
start_of(const struct step *s, int n, int n_ranks, const struct options *o)
{
	int best = -1, best_reached = -1;

	for (int i = 0; i < n; i++) {
		int reached = 0;

		if (s[i].rank != 1)
			continue;
		for (int k = 1; k <= n_ranks; k++)
			if (counts_at(s, n, i, k, n_ranks, o))
				reached = k;
		if (best < 0 || (o->best && reached > best_reached)) {
			best = i;
			best_reached = reached;
		}
	}
	return best;
}

/* direct: moved k -> k+1, and no later entry at k or below took it back. */
static bool
moved_from(const struct step *s, int n, int k)
{
	bool moved = false;

	for (int i = 0; i < n; i++) {
		if (s[i].rank && s[i].rank <= k)
			moved = false;
		if (i && s[i].rank == k + 1 && s[i - 1].rank == k)
			moved = true;
	}
	return moved;
}

static struct counts
reference(const struct funnel *f, const struct options *o)
{
	bool every = o->best && o->mode != EXACT;
	struct counts c = { 0 };

	for (int r = 0; r < f->n_records; r++) {
		struct step s[ROWS_MAX];
		int n = steps_of(f, r, every, s);
		int start = start_of(s, n, f->n_ranks, o);

		for (int k = 1; k <= f->n_ranks; k++) {
			bool at = counts_at(s, n, start, k, f->n_ranks, o);
			bool on = k < f->n_ranks &&
				  counts_at(s, n, start, k + 1, f->n_ranks, o);

			if (o->mode == DIRECT)
				on = moved_from(s, n, k);
			c.entered[k] += at;
			c.converted[k] += o->mode == ANY ? on : at && on;
			if (at && !on)
				c.ended[k][s[n - 1].ending]++;
		}
	}
	return c;
}

static void
assert_count(const struct funnel *f, const char *what, const struct grid *g,
    int k, const char *id, long expected)
{
	long count = grid_count(g, k, id);

	if (count == expected)
		return;
	show_case(f);
	fail_msg("case %d, %s: stage %d: %s is %ld, the reference says %ld",
	    case_number, what, k, id, count, expected);
}

static void
assert_reference(const struct funnel *f, const struct options *o)
{
	static const char *const ids[ENDINGS] = { "open", "won", "lost",
		"rejected", "recycled" };
	struct fnl_convert_query q = query_of(f);
	struct counts expected = reference(f, o);
	char window[32], what[100];
	struct grid *g;

	snprintf(what, sizeof(what),
	    "mode %s, window %" PRId64 ", best %d, strict time %d",
	    mode_name(o->mode), o->window, o->best, o->strict_time);
	q.mode = mode_name(o->mode);
	q.strict_time = o->strict_time;
	q.reentry = o->best ? "best" : "first";
	snprintf(window, sizeof(window), "%" PRId64 "s", o->window);
	if (o->window >= 0)
		q.window = window;
	g = grid_run(&q);
	for (int k = 1; k <= f->n_ranks; k++) {
		assert_count(f, what, g, k, "entered", expected.entered[k]);
		assert_count(f, what, g, k, "converted",
		    k < f->n_ranks ? expected.converted[k] : 0);
		for (int e = 0; e < ENDINGS; e++)
			assert_count(
			    f, what, g, k, ids[e], expected.ended[k][e]);
	}
	grid_free(g);
}

static void
reference_of_every_mode(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (case_number = 0; case_number < CASES(600); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);

		write_funnel(&f);
		for (int mode = 0; mode < MODES; mode++) {
			struct options o = { .mode = mode, .window = -1 };

			assert_reference(&f, &o);
		}
	}
}

static void
reference_of_windows_and_strict_time(void **state)
{
	static const int windows[] = { 0, 21599, 43198, DAY, 3 * DAY };
	uint64_t seed = 2;

	(void)state;
	for (case_number = 0; case_number < CASES(500); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);

		write_funnel(&f);
		for (int mode = 0; mode < DIRECT; mode++) {
			struct options o = { .mode = mode,
				.window = windows[below(&seed, 5)],
				.strict_time = one_in(&seed, 2) };

			assert_reference(&f, &o);
		}
	}
}

/* 3.0.4: with --reentry best a stage logged twice running is two entries. */
static void
reference_of_best_reentry(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (case_number = 0; case_number < CASES(700); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct options strict = { .mode = STRICT,
			.window = (1 + below(&seed, 3)) * DAY,
			.best = true };
		struct options exact = {
			.mode = EXACT, .window = -1, .best = true
		};

		write_funnel(&f);
		assert_reference(&f, &strict);
		assert_reference(&f, &exact);
	}
}

/* ---- the reference of the bases: metrics.md 3.1.2, written out ---- */

struct window {
	int64_t from, to, horizon; /* [from, to) in seconds, whole days */
	int64_t as_of;
};

/* First entry to k in mode reached; skipped stages take the date of the next
 * later one (3.0.3). NULL when nothing at k or beyond was entered. */
static const struct step *
entry_to(const struct step *s, int n, int k, int n_ranks)
{
	for (; k <= n_ranks; k++)
		for (int i = 0; i < n; i++)
			if (s[i].rank == k)
				return &s[i];
	return NULL;
}

static bool
is_in(const struct window *w, const struct step *s)
{
	return s && s->at >= w->from && s->at < w->to;
}

static void
count_cohort(const struct step *s, int n, int n_ranks, const struct window *w,
    bool each_step, struct counts *c)
{
	for (int k = 1; k <= n_ranks; k++) {
		const struct step *at = entry_to(s, n, k, n_ranks);
		const struct step *first = entry_to(s, n, 1, n_ranks);

		if (!at || !is_in(w, each_step ? at : first))
			continue;
		c->entered[k]++;
		if (entry_to(s, n, k + 1, n_ranks))
			c->converted[k]++;
		else
			c->ended[k][s[n - 1].ending]++;
	}
}

/* Reached k + 1 means k + 1 or any later stage, whichever came first. */
static const struct step *
first_beyond(const struct step *s, int n, int k)
{
	for (int i = 0; i < n; i++)
		if (s[i].rank > k)
			return &s[i];
	return NULL;
}

/* R4: from the entry to k, inclusive; as_of - entry >= H. */
static void
count_horizon(const struct step *s, int n, int n_ranks, const struct window *w,
    bool each_step, struct counts *c)
{
	(void)each_step;
	for (int k = 1; k <= n_ranks; k++) {
		const struct step *at = entry_to(s, n, k, n_ranks);
		const struct step *on = first_beyond(s, n, k);
		const struct step *last = &s[n - 1];

		if (!is_in(w, at) || w->as_of - at->at < w->horizon)
			continue;
		c->entered[k]++;
		if (on && on->at - at->at <= w->horizon)
			c->converted[k]++;
		else
			c->ended[k][last->at - at->at <= w->horizon
					? last->ending
					: OPEN]++;
	}
}

/* R5: first entries, of any record. */
static void
count_period(const struct step *s, int n, int n_ranks, const struct window *w,
    bool each_step, struct counts *c)
{
	(void)each_step;
	for (int k = 1; k <= n_ranks; k++) {
		c->entered[k] += is_in(w, entry_to(s, n, k, n_ranks));
		c->converted[k] += is_in(w, entry_to(s, n, k + 1, n_ranks));
	}
}

/* R6: [start, end) of the stay meets the window, or it has no length and its
 * instant is in it; a later entry further on lies in the window. */
static void
count_active(const struct step *s, int n, int n_ranks, const struct window *w,
    bool each_step, struct counts *c)
{
	(void)each_step;
	for (int k = 1; k <= n_ranks; k++) {
		bool active = false, moved = false;

		for (int i = 0; i < n; i++) {
			int64_t end = i + 1 < n ? s[i + 1].at : INT64_MAX;
			bool none = end == s[i].at && is_in(w, &s[i]);

			moved |= active && s[i].rank > k && is_in(w, &s[i]);
			if (s[i].rank == k && s[i].ending == OPEN &&
			    (none || (s[i].at < w->to && end > w->from &&
					 end > s[i].at)))
				active = true;
		}
		c->entered[k] += active;
		c->converted[k] += moved;
	}
}

/* R7: closed in the window and had reached k; won are converted. */
static void
count_closed(const struct step *s, int n, int n_ranks, const struct window *w,
    bool each_step, struct counts *c)
{
	const struct step *last = n ? &s[n - 1] : NULL;

	(void)each_step;
	if (!is_in(w, last) || last->ending == OPEN || last->ending == RECYCLED)
		return;
	for (int k = 1; k <= n_ranks && entry_to(s, n, k, n_ranks); k++) {
		c->entered[k]++;
		if (last->ending == WON && k < n_ranks)
			c->converted[k]++;
		else
			c->ended[k][last->ending]++;
	}
}

static const struct {
	const char *name;
	void (*count)(const struct step *s, int n, int n_ranks,
	    const struct window *w, bool each_step, struct counts *c);
	bool follows_records;
} bases[] = {
	{ "cohort", count_cohort, true },
	{ "horizon", count_horizon, true },
	{ "period", count_period, false },
	{ "active", count_active, false },
	{ "closed", count_closed, true },
};

static void
assert_basis(
    const struct funnel *f, int basis, const struct window *w, bool each_step)
{
	static const char *const ids[ENDINGS] = { "open", "won", "lost",
		"rejected", "recycled" };
	struct fnl_convert_query q = query_of(f);
	struct counts c = { 0 };
	char from[32], to[32], what[100];
	struct grid *g;

	for (int r = 0; r < f->n_records; r++) {
		struct step s[ROWS_MAX];
		int n = steps_of(f, r, false, s);

		if (n)
			bases[basis].count(s, n, f->n_ranks, w, each_step, &c);
	}
	time_text(from, w->from, true);
	time_text(to, w->to, true);
	snprintf(what, sizeof(what), "basis %s, from %s to %s%s",
	    bases[basis].name, from, to, each_step ? ", by step" : "");
	q.input.from = from;
	q.input.to = to;
	q.basis = bases[basis].name;
	q.horizon = bases[basis].count == count_horizon ? "2d" : NULL;
	q.anchor = each_step ? "step" : NULL;
	g = grid_run(&q);
	for (int k = 1; k <= f->n_ranks; k++) {
		assert_count(f, what, g, k, "entered", c.entered[k]);
		assert_count(f, what, g, k, "converted",
		    k < f->n_ranks ? c.converted[k] : 0);
		for (int e = 0; bases[basis].follows_records && e < ENDINGS;
		     e++)
			assert_count(f, what, g, k, ids[e], c.ended[k][e]);
	}
	grid_free(g);
}

static void
reference_of_every_basis(void **state)
{
	uint64_t seed = 17;

	(void)state;
	for (case_number = 0; case_number < CASES(500); case_number++) {
		struct taste taste = any_taste(&seed);
		struct window w = { .horizon = 2 * DAY };
		struct funnel f;

		taste.times = (enum times)below(&seed, 2);
		f = make_funnel(&seed, &taste);
		w.from = (FIRST_DAY + below(&seed, 8)) * (int64_t)DAY;
		w.to = w.from + (1 + below(&seed, 8)) * (int64_t)DAY;
		for (int i = 0; i < f.n_rows; i++)
			if (f.rows[i].at > w.as_of)
				w.as_of = f.rows[i].at;
		write_funnel(&f);
		for (int b = 0; b < 5; b++)
			assert_basis(&f, b, &w,
			    bases[b].count == count_cohort && one_in(&seed, 2));
	}
}

/* ---- laws of one run ---- */

static void
assert_balance(const struct funnel *f, const struct grid *g)
{
	static const char *const ways[] = { "converted", "won", "lost",
		"rejected", "recycled", "open" };

	for (int row = 1; row < g->n_rows; row++) {
		long sum = 0;

		for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
			sum += grid_count(g, row, ways[i]);
		if (sum != grid_count(g, row, "entered"))
			show_case(f);
		assert_int_equal(sum, grid_count(g, row, "entered"));
	}
}

static void
every_entry_ends_in_one_way(void **state)
{
	static const int by_mode[] = { REACHED, STRICT, CURRENT, EXACT };
	static const char *const names[] = { "cohort", "closed", "horizon" };
	uint64_t seed = 4;

	(void)state;
	for (case_number = 0; case_number < CASES(150); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);

		write_funnel(&f);
		for (int i = 0; i < 4; i++)
			for (int b = 0; b < 3; b++) {
				struct grid *g;

				q.mode = mode_name(by_mode[i]);
				q.basis = names[b];
				q.horizon = b == 2 ? "2d" : NULL;
				q.anchor = one_in(&seed, 2) ? "step" : "first";
				q.input.period =
				    one_in(&seed, 2) ? "week" : NULL;
				g = grid_run(&q);
				assert_balance(&f, g);
				grid_free(g);
			}
		q.mode = q.horizon = q.anchor = NULL;
		q.basis = "cohort";
		q.count = "entries";
		struct grid *g = grid_run(&q);

		assert_balance(&f, g);
		grid_free(g);
	}
}

static void
assert_never_more(const struct funnel *f, const struct grid *less,
    const struct grid *more, const char *which)
{
	for (int k = 1; k <= f->n_ranks; k++)
		if (grid_count(less, k, "entered") >
		    grid_count(more, k, "entered")) {
			show_case(f);
			fail_msg(
			    "case %d, stage %d: %s", case_number, k, which);
		}
}

static void
modes_are_nested(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (case_number = 0; case_number < CASES(250); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		struct grid *g[MODES];

		write_funnel(&f);
		for (int mode = 0; mode < MODES; mode++) {
			q.mode = mode_name(mode);
			g[mode] = grid_run(&q);
		}
		assert_never_more(&f, g[STRICT], g[ANY], "strict > any");
		assert_never_more(
		    &f, g[STRICT], g[REACHED], "strict > reached");
		assert_never_more(&f, g[EXACT], g[STRICT], "exact > strict");
		assert_never_more(&f, g[ANY], g[REACHED], "any > reached");
		assert_never_more(
		    &f, g[CURRENT], g[REACHED], "current > reached");
		for (int k = 1; k < f.n_ranks; k++) {
			assert_true(grid_count(g[REACHED], k, "entered") >=
				    grid_count(g[REACHED], k + 1, "entered"));
			assert_int_equal(grid_count(g[REACHED], k, "converted"),
			    grid_count(g[REACHED], k + 1, "entered"));
		}
		for (int mode = 0; mode < MODES; mode++)
			grid_free(g[mode]);
	}
}

/* A longer window or horizon never loses a conversion. */
static void
windows_only_grow(void **state)
{
	static const char *const windows[] = { "0s", "6h", "1d", "3d", "20d" };
	uint64_t seed = 6;

	(void)state;
	for (case_number = 0; case_number < CASES(150); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		struct grid *before = NULL;

		write_funnel(&f);
		q.mode = mode_name(below(&seed, ANY + 1));
		for (int i = 0; i < 5; i++) {
			struct grid *g;

			q.window = windows[i];
			g = grid_run(&q);
			if (before) {
				assert_never_more(&f, before, g, "window");
				grid_free(before);
			}
			before = g;
		}
		grid_free(before);
	}
}

/* ---- laws of two runs ---- */

/* Options of some run, to try a law under. */
static void
vary(struct fnl_convert_query *q, uint64_t *seed)
{
	static const char *const by[] = { "source" };
	static const char *const expect[] = { "Lead=30%" };
	static const char *const periods[] = { NULL, "day", "week", "month" };
	static const char *const names[] = { NULL, "cohort", "period", "closed",
		"active" };

	if (one_in(seed, 3))
		q->input.by = (struct fnl_list){ by, 1 };
	q->input.period = periods[below(seed, 4)];
	q->basis = names[below(seed, 5)];
	if (!q->basis || strcmp(q->basis, "active") != 0)
		q->mode = mode_name(below(seed, DIRECT));
	if (one_in(seed, 4))
		q->input.from = "2026-01-04";
	if (one_in(seed, 4))
		q->input.to = "2026-01-09";
	if (one_in(seed, 6)) {
		q->basis = q->input.period = q->mode = NULL;
		q->report = "outcomes";
	}
	if (one_in(seed, 6)) {
		q->basis = q->mode = NULL;
		q->report = one_in(seed, 2) ? "moves" : "transitions";
	} else if (one_in(seed, 20)) {
		q->basis = q->mode = q->input.period = NULL;
		q->expect = (struct fnl_list){ expect, 1 };
		q->report = "gap";
		q->bootstrap = "100";
	}
}

static void
order_of_rows_changes_nothing(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (case_number = 0; case_number < CASES(600); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		int order[ROWS_MAX];
		char *csv;

		vary(&q, &seed);
		write_funnel(&f);
		csv = run(&q, "csv");
		for (int i = 0; i < f.n_rows; i++)
			order[i] = i;
		shuffle(&seed, order, f.n_rows);
		write_rows(0, &f, order, f.n_rows);
		assert_same_csv(&f, &q, csv);
		free(csv);
	}
}

/* A file split in two, given in either order: nothing but the notes. */
static void
files_in_any_cut_and_order(void **state)
{
	uint64_t seed = 8;

	(void)state;
	for (case_number = 0; case_number < CASES(500); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		const char *turned[FILES] = { paths[1], paths[0] };
		int cut = below(&seed, f.n_rows + 1), order[ROWS_MAX];
		char *csv;

		vary(&q, &seed);
		write_funnel(&f);
		csv = run(&q, "csv");
		for (int i = 0; i < f.n_rows; i++)
			order[i] = i;
		write_rows(0, &f, order, cut);
		write_rows(1, &f, order + cut, f.n_rows - cut);
		q.input.files.n = 2;
		assert_same_csv(&f, &q, csv);
		q.input.files.items = turned;
		assert_same_csv(&f, &q, csv);
		free(csv);
	}
}

static bool
known_at(const struct row *row, int64_t at, bool date)
{
	return row->date || date ? row->at / DAY <= at / DAY : row->at <= at;
}

/* --as-of T on the full history is --as-of T on the history cut at T. */
static void
assert_time_machine(uint64_t *seed, const struct taste *taste, bool by_source)
{
	static const char *const source[] = { "source" };
	static const char *const points[] = { "first", "last", "stage:Lead" };
	struct funnel f = make_funnel(seed, taste);
	struct fnl_convert_query q = query_of(&f);
	struct row when = { 0 };
	int order[ROWS_MAX], n = 0;
	char as_of[32];
	char *csv;

	make_time(seed, taste->times, &when);
	time_text(as_of, when.at, when.date);
	for (int i = 0; i < f.n_rows; i++)
		if (known_at(&f.rows[i], when.at, when.date))
			order[n++] = i;
	if (!n)
		return;
	vary(&q, seed);
	q.input.by = (struct fnl_list){ source, by_source };
	q.input.segment_at = points[below(seed, 3)];
	q.input.as_of = as_of;
	write_funnel(&f);
	csv = run(&q, "csv");
	write_rows(0, &f, order, n);
	assert_same_csv(&f, &q, csv);
	free(csv);
}

static void
as_of_is_a_time_machine(void **state)
{
	uint64_t seed = 9;

	(void)state;
	for (case_number = 0; case_number < CASES(800); case_number++) {
		struct taste taste = any_taste(&seed);

		assert_time_machine(&seed, &taste, false);
	}
}

static void
as_of_is_a_time_machine_for_segments(void **state)
{
	uint64_t seed = 10;

	(void)state;
	for (case_number = 0; case_number < CASES(500); case_number++) {
		struct taste taste = any_taste(&seed);

		taste.sources = taste.distinct = true;
		assert_time_machine(&seed, &taste, true);
	}
}

struct deal {
	int created, closed; /* days, 0 unknown */
	enum ending ending;
};

/* What was known of the deals at the end of that day; 0: all. */
static void
write_list(const struct deal *deals, int n, int as_of)
{
	static const char *const stages[] = { "Lead", "Won", "Lost" };
	FILE *out = open_file(0);

	fputs("id,stage,created,close date\n", out);
	for (int i = 0; i < n; i++) {
		const struct deal *d = &deals[i];
		bool open = as_of && d->closed > as_of;

		if (as_of && d->created > as_of)
			continue;
		fprintf(out, "r%d,%s,", i, stages[open ? OPEN : d->ending]);
		if (d->created)
			put_time(out, d->created * (int64_t)DAY, true);
		fputc(',', out);
		if (d->ending && d->closed && !open)
			put_time(out, d->closed * (int64_t)DAY, true);
		fputc('\n', out);
	}
	assert_int_equal(fclose(out), 0);
}

static void
as_of_is_a_time_machine_for_lists(void **state)
{
	static const struct funnel f = { .stages = "Lead,won:Won,lost:Lost" };
	uint64_t seed = 18;

	(void)state;
	for (case_number = 0; case_number < CASES(400); case_number++) {
		struct fnl_convert_query q = query_of(&f);
		struct deal deals[RECORDS_MAX];
		int as_of = FIRST_DAY + 5;
		char text[32], *csv;

		for (int i = 0; i < RECORDS_MAX; i++) {
			int created = FIRST_DAY + below(&seed, 12);

			deals[i] =
			    (struct deal){ created, created + below(&seed, 6),
				    (enum ending)below(&seed, 3) };
		}
		deals[0].created = FIRST_DAY;
		if (one_in(&seed, 2))
			deals[1].created = 0;
		time_text(text, as_of * (int64_t)DAY, true);
		q.input.as_of = text;
		q.report = "outcomes";
		q.basis = one_in(&seed, 3) ? "closed" : NULL;
		q.input.period = one_in(&seed, 3) ? "day" : NULL;
		write_list(deals, RECORDS_MAX, 0);
		csv = run(&q, "csv");
		write_list(deals, RECORDS_MAX, as_of);
		assert_same_csv(&f, &q, csv);
		free(csv);
	}
}

/* ---- segments and periods ---- */

static int
row_of(const struct grid *g, const char *source, const char *stage)
{
	int by = grid_column(g, "source"), at = grid_column(g, "stage");

	for (int row = 1; row < g->n_rows; row++)
		if (strcmp(g->cells[row][by], source) == 0 &&
		    strcmp(g->cells[row][at], stage) == 0)
			return row;
	return 0;
}

/* Other names for the segments: the same lines under other names. */
static void
assert_permuted(const struct funnel *f, const struct grid *g,
    const struct grid *renamed, const int *new_source)
{
	int by = grid_column(g, "source"), at = grid_column(g, "stage");

	assert_int_equal(g->n_rows, renamed->n_rows);
	for (int row = 1; row < g->n_rows; row++) {
		const char *source = g->cells[row][by];
		int other;

		for (int s = 1; s < 4; s++)
			if (strcmp(g->cells[row][by], source_names[s]) == 0)
				source = source_names[new_source[s]];
		other = row_of(renamed, source, g->cells[row][at]);
		if (!other)
			show_case(f);
		assert_true(other);
		for (int i = 0; i < g->n_columns; i++)
			if (i != by)
				assert_string_equal(
				    g->cells[row][i], renamed->cells[other][i]);
	}
}

static void
segment_names_mean_nothing(void **state)
{
	static const char *const source[] = { "source" };
	uint64_t seed = 11;

	(void)state;
	for (case_number = 0; case_number < CASES(250); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		int names[4] = { 0, 1, 2, 3 };
		struct grid *g, *renamed;

		q.input.by = (struct fnl_list){ source, 1 };
		q.mode = mode_name(below(&seed, MODES));
		write_funnel(&f);
		g = grid_run(&q);
		shuffle(&seed, names + 1, 3);
		for (int i = 0; i < f.n_rows; i++)
			f.rows[i].source = names[f.rows[i].source];
		write_funnel(&f);
		renamed = grid_run(&q);
		assert_permuted(&f, g, renamed, names);
		grid_free(g);
		grid_free(renamed);
	}
}

/* The rows of a table of transitions that come from, or lead to, a state. */
struct passages {
	long n;
	double share;
};

static struct passages
passages_of(const struct grid *g, const char *id, const char *state)
{
	int column = grid_column(g, id), share = grid_column(g, "share");
	struct passages p = { 0, 0 };

	for (int row = 1; row < g->n_rows; row++)
		if (strcmp(g->cells[row][column], state) == 0) {
			p.n += grid_count(g, row, "n");
			p.share += strtod(g->cells[row][share], NULL);
		}
	return p;
}

static void
assert_conserved(const struct funnel *f, const struct grid *g)
{
	int from = grid_column(g, "from"), wins = grid_column(g, "win_chance");

	for (int row = 1; row < g->n_rows; row++) {
		const char *state = g->cells[row][from];
		struct passages out = passages_of(g, "from", state);
		struct passages in = passages_of(g, "to", state);
		double chance = strtod(g->cells[row][wins], NULL);

		if (fabs(out.share - 1) < 1e-12 && chance >= 0 && chance <= 1 &&
		    (out.n == in.n || strcmp(state, "(start)") == 0))
			continue;
		show_case(f);
		fail_msg("case %d: %ld into %s, %ld out, shares %.17g",
		    case_number, in.n, state, out.n, out.share);
	}
}

/* 3.1.8: who enters a state leaves it or stays, so that its shares are 1. */
static void
moves_are_conserved(void **state)
{
	uint64_t seed = 17;

	(void)state;
	for (case_number = 0; case_number < CASES(300); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		struct grid *g;

		q.report = "transitions";
		q.losses = one_in(&seed, 2) ? "absorbing" : "transient";
		write_funnel(&f);
		g = grid_run(&q);
		assert_conserved(&f, g);
		grid_free(g);
	}
}

/* 3.1.5: every record is in one segment, so that rows add up; so are the
 * periods of a cohort. */
static void
groups_add_up(void **state)
{
	static const char *const counts[] = { "entered", "converted", "won",
		"lost", "rejected", "recycled", "open", "imputed" };
	static const char *const source[] = { "source" };
	uint64_t seed = 12;

	(void)state;
	for (case_number = 0; case_number < CASES(250); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		struct grid *all, *parts;

		taste.sources = true;
		q.mode = mode_name(below(&seed, MODES));
		q.anchor = one_in(&seed, 2) ? "step" : "first";
		write_funnel(&f);
		all = grid_run(&q);
		q.input.by = (struct fnl_list){ source, 1 };
		q.input.period = one_in(&seed, 2) ? "day" : NULL;
		parts = grid_run(&q);
		for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
			for (int k = 1; k < all->n_rows; k++) {
				long sum = 0;

				for (int row = k; row < parts->n_rows;
				     row += f.n_ranks)
					sum +=
					    grid_count(parts, row, counts[i]);
				assert_int_equal(
				    sum, grid_count(all, k, counts[i]));
			}
		grid_free(all);
		grid_free(parts);
	}
}

/* ---- shapes: one history, written as four kinds of export ---- */

static int
find_entry(const struct funnel *f, int record, int stage)
{
	for (int i = 0; i < f->n_rows; i++)
		if (f->rows[i].record == record && f->rows[i].stage == stage)
			return i;
	return -1;
}

static void
write_wide(const struct funnel *f)
{
	FILE *out = open_file(0);

	fputs("id", out);
	for (int i = 0; i < f->n_stages; i++)
		fprintf(out, ",Date of %s", stage_name(f, i));
	fputc('\n', out);
	for (int r = 0; r < f->n_records; r++) {
		fprintf(out, "r%d", r);
		for (int i = 0; i < f->n_stages; i++) {
			int row = find_entry(f, r, i);

			fputc(',', out);
			if (row >= 0)
				put_time(
				    out, f->rows[row].at, f->rows[row].date);
		}
		fputc('\n', out);
	}
	assert_int_equal(fclose(out), 0);
}

/* Rows of each record in the order of time, with the stage before. */
static void
write_moves(const struct funnel *f, const char *header, bool field_history)
{
	FILE *out = open_file(0);

	fputs(header, out);
	for (int i = 0; i < f->n_rows; i++) {
		const struct row *row = &f->rows[i], *before = NULL;

		for (int j = 0; j < f->n_rows; j++)
			if (f->rows[j].record == row->record &&
			    f->rows[j].at < row->at &&
			    (!before || f->rows[j].at > before->at))
				before = &f->rows[j];
		fprintf(out, "r%d,%s%s,%s,", row->record,
		    field_history ? "Stage," : "",
		    before ? stage_name(f, before->stage) : "",
		    stage_name(f, row->stage));
		put_time(out, row->at, row->date);
		fputc('\n', out);
	}
	assert_int_equal(fclose(out), 0);
}

static void
all_shapes_tell_the_same(void **state)
{
	uint64_t seed = 13;

	(void)state;
	for (case_number = 0; case_number < CASES(200); case_number++) {
		struct taste taste = { .times = (enum times)below(&seed, 2),
			.endings = 1 + below(&seed, 3),
			.distinct = true };
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		char text[RANKS + 3][64];
		const char *maps[RANKS + 3];
		char *csv;

		q.mode = mode_name(below(&seed, MODES));
		write_funnel(&f);
		csv = run(&q, "csv");
		write_moves(&f, "id,from stage,to stage,changed at\n", false);
		q.input.maps = (struct fnl_list){
			(const char *const[]){ "stage_entered=changed at" }, 1
		};
		assert_same_csv(&f, &q, csv);
		write_moves(
		    &f, "id,field,old value,new value,changed at\n", true);
		assert_same_csv(&f, &q, csv);
		for (int i = 0; i < f.n_stages; i++) {
			snprintf(text[i], sizeof(text[i]),
			    "stage:%s=Date of %s", stage_name(&f, i),
			    stage_name(&f, i));
			maps[i] = text[i];
		}
		q.input.maps = (struct fnl_list){ maps, (size_t)f.n_stages };
		write_wide(&f);
		assert_same_csv(&f, &q, csv);
		free(csv);
	}
}

/* ---- renderers ---- */

/* A cell of JSON as CSV has it. */
static void
assert_json_cell(const json_t *value, const char *cell)
{
	if (json_is_null(value))
		assert_string_equal(cell, "");
	else if (json_is_string(value))
		assert_string_equal(cell, json_string_value(value));
	else
		assert_true(
		    json_number_value(value) == strtod(cell, NULL) && *cell);
}

static void
assert_json_row(const json_t *row, const struct grid *g, int i)
{
	assert_int_equal(json_object_size(row), g->n_columns);
	for (int c = 0; c < g->n_columns; c++)
		assert_json_cell(
		    json_object_get(row, g->cells[0][c]), g->cells[i][c]);
}

static void
assert_json(char *text, const struct grid *g)
{
	json_error_t error;
	json_t *root = json_loads(text, 0, &error);
	const json_t *rows = json_object_get(root, "rows");

	assert_non_null(root);
	assert_int_equal(json_array_size(rows), g->n_rows - 1);
	for (int i = 1; i < g->n_rows; i++)
		assert_json_row(json_array_get(rows, (size_t)i - 1), g, i);
	json_decref(root);
	free(text);
}

static void
assert_jsonl(char *text, const struct grid *g)
{
	const char *p = text;

	for (int i = 1; i < g->n_rows; i++) {
		json_error_t error;
		size_t n = strcspn(p, "\n");
		json_t *row = json_loadb(p, n, 0, &error);

		assert_non_null(row);
		assert_json_row(row, g, i);
		json_decref(row);
		p += n + (p[n] != '\0');
	}
	free(text);
}

static void
assert_tsv(char *text, const struct grid *g)
{
	struct grid *tsv = grid_read(text, '\t');

	assert_int_equal(tsv->n_rows, g->n_rows);
	assert_int_equal(tsv->n_columns, g->n_columns);
	for (int i = 0; i < g->n_rows; i++)
		for (int c = 0; c < g->n_columns; c++)
			assert_string_equal(tsv->cells[i][c], g->cells[i][c]);
	grid_free(tsv);
}

/* What people see: words and counts as they are, shares in per cent and
 * days rounded to one decimal. */
static void
assert_people_cell(const char *shown, const char *cell)
{
	double value = strtod(cell, NULL), off = strtod(shown, NULL);
	bool percent = strchr(shown, '%') != NULL;

	if (strcmp(shown, *cell ? cell : "-") == 0)
		return;
	off -= percent ? 100 * value : value;
	if (!*cell || !strchr(shown, '.') || off > 0.0500001 ||
	    off < -0.0500001)
		assert_string_equal(shown, cell);
}

static char *
trimmed(char *cell)
{
	size_t n;

	cell += strspn(cell, " ");
	n = strlen(cell);
	while (n && cell[n - 1] == ' ')
		cell[--n] = '\0';
	return cell;
}

/* "| a | b |" lines; header and ruler first. */
static void
assert_markdown(char *text, const struct grid *g)
{
	char *p = strchr(text, '|');

	for (int i = -1; i < g->n_rows; i++) {
		size_t n = strcspn(p, "\n");
		char *cell = p + 1;

		p[n] = '\0';
		for (int c = 0; i >= 1 && c < g->n_columns; c++) {
			char *end = strchr(cell, '|');

			assert_non_null(end);
			*end = '\0';
			assert_people_cell(trimmed(cell), g->cells[i][c]);
			cell = end + 1;
		}
		p += n + 1;
	}
	free(text);
}

/* Cells of a table for terminals stand two blanks apart. */
static void
assert_terminal(char *text, const struct grid *g)
{
	char *p = strstr(text, "\n\n");

	assert_non_null(p);
	p += 2;
	for (int i = -1; i < g->n_rows; i++) {
		size_t n = strcspn(p, "\n");
		char *cell = p;

		p[n] = '\0';
		for (int c = 0; i >= 1 && c < g->n_columns; c++) {
			char *end;

			cell += strspn(cell, " ");
			end = strstr(cell, "  ");
			if (end)
				*end = '\0';
			assert_people_cell(trimmed(cell), g->cells[i][c]);
			cell = end ? end + 1 : cell + strlen(cell);
		}
		p += n + 1;
	}
	free(text);
}

static void
every_format_shows_the_same(void **state)
{
	uint64_t seed = 14;

	(void)state;
	for (case_number = 0; case_number < CASES(100); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		struct fnl_report *report;
		struct grid *g;

		vary(&q, &seed);
		write_funnel(&f);
		report = convert(&q);
		g = grid_read(render(report, FNL_TABLE, "csv"), ',');
		assert_tsv(render(report, FNL_TABLE, "tsv"), g);
		assert_json(render(report, FNL_TABLE, "json"), g);
		assert_jsonl(render(report, FNL_TABLE, "jsonl"), g);
		assert_markdown(render(report, FNL_TABLE, "md"), g);
		assert_terminal(render(report, FNL_TABLE, "table"), g);
		grid_free(g);
		fnl_report_free(report);
	}
}

/* ---- the machine ---- */

static void
the_machines_zone_changes_nothing(void **state)
{
	static const char *const zones[] = { "UTC", "Asia/Kolkata",
		"America/St_Johns", "Pacific/Kiritimati", "XYZ-13:37" };
	const char *before = getenv("TZ");
	char *kept = before ? strdup(before) : NULL;
	uint64_t seed = 15;

	(void)state;
	for (case_number = 0; case_number < CASES(60); case_number++) {
		struct taste taste = any_taste(&seed);
		struct funnel f = make_funnel(&seed, &taste);
		struct fnl_convert_query q = query_of(&f);
		char *csv = NULL;

		vary(&q, &seed);
		write_funnel(&f);
		for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
			setenv("TZ", zones[i], 1);
			tzset();
			if (csv)
				assert_same_csv(&f, &q, csv);
			else
				csv = run(&q, "csv");
		}
		free(csv);
	}
	if (kept)
		setenv("TZ", kept, 1);
	else
		unsetenv("TZ");
	tzset();
	free(kept);
}

/* ---- the ledger ---- */

enum fate {
	USED,
	UNKNOWN_STAGE,
	NO_ID,
	NO_TIME,
	NO_STAGE,
	RAGGED,
	MALFORMED,
	BLANK,
	FATES
};

static const struct {
	const char *reason;
	const char *line;
} fates[FATES] = {
	[USED] = { "used", "r1,Lead,2026-01-01,Web" },
	[UNKNOWN_STAGE] = { "unknown_stage", "r1,Limbo,2026-01-01,Web" },
	[NO_ID] = { "no_id", ",Lead,2026-01-01,Web" },
	[NO_TIME] = { "no_time", "r1,Lead,,Web" },
	[NO_STAGE] = { "no_stage", "r1,,2026-01-01,Web" },
	[RAGGED] = { "ragged", "r1,Lead,2026-01-01,Web,more" },
	[MALFORMED] = { "malformed", "r1,Le\"ad,2026-01-01,Web" },
	[BLANK] = { "blank", "" },
};

static long
ledger_count(const struct grid *ledger, const char *reason)
{
	int column = grid_column(ledger, "reason");

	for (int i = 1; i < ledger->n_rows; i++)
		if (strcmp(ledger->cells[i][column], reason) == 0)
			return grid_count(ledger, i, "count");
	return 0;
}

/* The ledger has commas in its words: rows are read up to the count. */
static struct grid *
ledger_of(const struct fnl_convert_query *query)
{
	struct fnl_report *report = convert(query);
	char *text = render(report, FNL_LEDGER, "tsv");

	fnl_report_free(report);
	return grid_read(text, '\t');
}

static void
rows_read_are_rows_used_or_explained(void **state)
{
	static const struct funnel f = { .stages = "Lead,won:Won" };
	uint64_t seed = 16;

	(void)state;
	for (case_number = 0; case_number < CASES(300); case_number++) {
		struct fnl_convert_query q = query_of(&f);
		long expected[FATES] = { 0 };
		FILE *out = open_file(0);
		struct grid *ledger;

		fputs("id,stage,stage entered,source\n", out);
		for (int i = 1 + below(&seed, 60); i > 0; i--) {
			int fate =
			    one_in(&seed, 2) ? USED : below(&seed, FATES);

			expected[fate]++;
			fprintf(out, "%s\n", fates[fate].line);
		}
		fprintf(out, "%s\n", fates[USED].line);
		expected[USED]++;
		assert_int_equal(fclose(out), 0);
		ledger = ledger_of(&q);
		for (int i = 0; i < FATES; i++)
			if (ledger_count(ledger, fates[i].reason) !=
			    expected[i])
				fail_msg("case %d: %s %ld, written were %ld",
				    case_number, fates[i].reason,
				    ledger_count(ledger, fates[i].reason),
				    expected[i]);
		grid_free(ledger);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_of_every_mode),
		cmocka_unit_test(reference_of_windows_and_strict_time),
		cmocka_unit_test(reference_of_best_reentry),
		cmocka_unit_test(reference_of_every_basis),
		cmocka_unit_test(every_entry_ends_in_one_way),
		cmocka_unit_test(modes_are_nested),
		cmocka_unit_test(windows_only_grow),
		cmocka_unit_test(order_of_rows_changes_nothing),
		cmocka_unit_test(files_in_any_cut_and_order),
		cmocka_unit_test(as_of_is_a_time_machine),
		cmocka_unit_test(as_of_is_a_time_machine_for_segments),
		cmocka_unit_test(as_of_is_a_time_machine_for_lists),
		cmocka_unit_test(segment_names_mean_nothing),
		cmocka_unit_test(moves_are_conserved),
		cmocka_unit_test(groups_add_up),
		cmocka_unit_test(all_shapes_tell_the_same),
		cmocka_unit_test(every_format_shows_the_same),
		cmocka_unit_test(the_machines_zone_changes_nothing),
		cmocka_unit_test(rows_read_are_rows_used_or_explained),
	};

	return cmocka_run_group_tests_name(
	    "laws", tests, make_files, remove_files);
}
