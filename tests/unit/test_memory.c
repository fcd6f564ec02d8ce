/*
 * test_memory: every allocation of a whole run fails once. A run that meets
 * the failure must say so (-1 and an error of the system), leave nothing
 * behind, and not crash; a later run must not notice.
 *
 * malloc, calloc and realloc are replaced for the whole process, so that what
 * stdio and the libraries allocate fails, too. glibc and the sanitizers keep
 * their own entries for those who replace them; without one of the two the
 * test is skipped. Workbooks are left out: libxlsxwriter goes on without what
 * it got no memory for.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* before cmocka.h, whose fail() is a macro */
#include "funnel.h"

#include <cmocka.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN
#endif

#if defined(UNDER_ASAN)
#define REAL(name) __interceptor_##name
#elif defined(__GLIBC__)
#define REAL(name) __libc_##name
#endif

/* Allocations since the count began; number fail_at fails. 0: none. */
static long n_allocations, fail_at;
static bool counting;

#ifdef REAL
void *REAL(malloc)(size_t size);
void *REAL(calloc)(size_t n, size_t size);
void *REAL(realloc)(void *old, size_t size);

static bool
fails(void)
{
	return counting && ++n_allocations == fail_at;
}

void *
malloc(size_t size)
{
	return fails() ? NULL : REAL(malloc)(size);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : REAL(calloc)(n, size);
}

void *
realloc(void *old, size_t size)
{
	return fails() ? NULL : REAL(realloc)(old, size);
}
#endif

static const char history[] =
    "Deal ID,Stage,Stage entered,Amount,Owner\n"
    "d1,Lead,2026-01-01T10:00:00+05:30,\"1,200.50\",Ann\n"
    "d1,Won,2026-01-09T10:00:00+05:30,1300,Ann\n"
    "d2,Lead,2026-01-02 11:00,,Bo\n"
    "d2,Limbo,2026-01-03 11:00,,Bo\n"
    ",Lead,2026-01-03 11:00,,Bo\n"
    "d3,Lead,soon,7,\"Bo\n";

static const char definitions[] = "version: 1\n"
				  "timezone: Asia/Kolkata\n"
				  "stages:\n"
				  "  - name: Lead\n"
				  "  - name: Won\n"
				  "    outcome: won\n"
				  "blank: [tbd]\n"
				  "criteria:\n"
				  "  - name: r\n"
				  "    all:\n"
				  "      - name: a\n"
				  "        column: Title\n"
				  "        matches: (?i)(?<x>b|c)+\n"
				  "sources:\n"
				  "  - name: Web\n"
				  "    team: marketing\n"
				  "    aliases: [web, site]\n";

static const char owners[] = "Owner,Team\nAnn,North\nBo,South\n";

enum { HISTORY, DEFINITIONS, OWNERS, OUTPUT, FILES };

static const char *const contents[FILES] = { history, definitions, owners, "" };
static char paths[FILES][256];

static int
make_files(void **state)
{
	const char *directory = getenv("TMPDIR");

	(void)state;
	for (int i = 0; i < FILES; i++) {
		size_t n = strlen(contents[i]);
		int fd;

		snprintf(paths[i], sizeof(paths[i]), "%s/funnel-memory-XXXXXX",
		    directory ? directory : "/tmp");
		fd = mkstemp(paths[i]);
		if (fd < 0 || write(fd, contents[i], n) != (ssize_t)n)
			return -1;
		close(fd);
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

struct run {
	struct fnl_convert_query query;
	const char *format;
};

static int
render(struct fnl_report *report, const char *format, FILE *out,
    struct fnl_err *err)
{
	struct fnl_style style = { .format = format, .width = 80 };

	return fnl_render(report, FNL_TABLE, &style, out, err) < 0 ||
		       fnl_render(report, FNL_LEDGER, &style, out, err) < 0
		   ? -1
		   : 0;
}

/* Everything but opening the output, which is the command's. */
static int
run_failing(const struct run *run, long at, FILE *out, struct fnl_err *err)
{
	struct fnl_report *report = NULL;
	int result;

	n_allocations = 0;
	fail_at = at;
	counting = true;
	result = fnl_convert(&report, &run->query, err);
	if (result == 0) {
		result = render(report, run->format, out, err);
		fnl_report_free(report);
	}
	counting = false;
	return result;
}

/* What the run wrote, read back without stdio, whose memory is at stake. */
static size_t
output(FILE *out, char *text, size_t size)
{
	ssize_t n;

	fflush(out);
	n = pread(fileno(out), text, size, 0);
	return n < 0 ? 0 : (size_t)n;
}

static void
empty(FILE *out)
{
	rewind(out);
	assert_int_equal(ftruncate(fileno(out), 0), 0);
}

#define OUTPUT_MAX (1 << 16)
#define UNSOUND_SHOWN 5

/* A failure is said, or it did not matter: then all bytes are there. */
static bool
is_sound(const struct run *run, long at, FILE *out, const char *good, size_t n)
{
	static char text[OUTPUT_MAX];
	struct fnl_err err = { 0 };

	empty(out);
	if (run_failing(run, at, out, &err) < 0) {
		if (err.code == FNL_SYSTEM && *err.message)
			return true;
		print_error("%s, allocation %ld: code %d, '%s'\n", run->format,
		    at, (int)err.code, err.message);
		return false;
	}
	if (output(out, text, sizeof(text)) == n && memcmp(text, good, n) == 0)
		return true;
	print_error("%s, allocation %ld: no error, and not all of the "
		    "output\n",
	    run->format, at);
	return false;
}

/* The n-th allocation fails, for n = 1, 2, ... until none is left. */
static void
fail_everywhere(const struct run *run)
{
	static char buffer[OUTPUT_MAX], good[OUTPUT_MAX];
	FILE *out = fopen(paths[OUTPUT], "w+");
	struct fnl_err err = { 0 };
	long needed, unsound = 0;
	size_t n;

	assert_non_null(out);
	setvbuf(out, buffer, _IOFBF, sizeof(buffer));
	/* what libraries keep for the next time is there after one run */
	assert_int_equal(run_failing(run, 0, out, &err), 0);
	empty(out);
	assert_int_equal(run_failing(run, 0, out, &err), 0);
	needed = n_allocations;
	n = output(out, good, sizeof(good));
	assert_true(needed > 5 && n > 100);
	for (long at = 1; at <= needed && unsound < UNSOUND_SHOWN; at++)
		unsound += !is_sound(run, at, out, good, n);
	assert_int_equal(unsound, 0);
	/* and a later run does not notice */
	assert_true(is_sound(run, 0, out, good, n));
	assert_int_equal(n_allocations, needed);
	fclose(out);
}

static void
every_allocation_of_every_format(void **state)
{
	static const char *const formats[] = { "csv", "tsv", "json", "jsonl",
		"md", "html", "table" };
	const char *files[] = { paths[HISTORY] };
	const char *by[] = { "owner" };
	struct run run = { .query = { .input = { .files = { files, 1 },
					  .stages = "Lead,won:Won",
					  .preset = "generic",
					  .by = { by, 1 },
					  .period = "month" } } };

	(void)state;
#ifndef REAL
	skip();
#endif
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		run.format = formats[i];
		fail_everywhere(&run);
	}
}

/* The files that other libraries read: definitions, zone, look-up. Not a
 * pattern of --where: glibc's own regcomp() leaks when memory runs out. */
static void
every_allocation_of_every_library(void **state)
{
	char lookup[300];
	const char *files[] = { paths[HISTORY] }, *lookups[] = { lookup };
	const char *by[] = { "Team" }, *where[] = { "owner!=Cy" };
	struct run run = { .format = "json",
		.query = { .report = "outcomes",
		    .input = { .files = { files, 1 },
			.definitions = paths[DEFINITIONS],
			.lookups = { lookups, 1 },
			.where = { where, 1 },
			.by = { by, 1 },
			.input_zone = "America/New_York" } } };

	(void)state;
#ifndef REAL
	skip();
#endif
	snprintf(lookup, sizeof(lookup), "%s:owner", paths[OWNERS]);
	fail_everywhere(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_of_every_format),
		cmocka_unit_test(every_allocation_of_every_library),
	};

	return cmocka_run_group_tests_name(
	    "memory", tests, make_files, remove_files);
}
