/*
 * outside_fixture: files of touches and costs beside those of load_fixture,
 * which it includes. Include it after cmocka.h and touches.h.
 */
#ifndef TESTS_UNIT_OUTSIDE_FIXTURE_H
#define TESTS_UNIT_OUTSIDE_FIXTURE_H

#include "load_fixture.h"

#define OUTSIDE_MAX 4

static char outside_paths[OUTSIDE_MAX][1100];
static const char *outside_files[OUTSIDE_MAX];
static size_t n_outside;

static inline void
give_outside_bytes(
    const struct fixture *f, const char *name, const char *bytes, size_t n)
{
	FILE *out;

	assert_true(n_outside < OUTSIDE_MAX);
	snprintf(outside_paths[n_outside], sizeof(outside_paths[0]), "%s/%s",
	    f->directory, name);
	outside_files[n_outside] = outside_paths[n_outside];
	out = fopen(outside_paths[n_outside++], "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, n, out), n);
	assert_int_equal(fclose(out), 0);
}

static inline void
give_outside(const struct fixture *f, const char *name, const char *text)
{
	give_outside_bytes(f, name, text, strlen(text));
}

static int
outside_teardown(void **state)
{
	for (size_t i = 0; i < n_outside; i++)
		unlink(outside_paths[i]);
	n_outside = 0;
	return teardown(state);
}

/* The records, as a command that attributes asks for them. */
static inline void
load_records(struct fixture *f)
{
	f->load->wants = join_wants;
	f->load->n_wants = f->load->n_own_wants = JOIN_WANTS;
	read_given(f);
}

/* A file under the shared data, or NULL where it is absent. */
static inline const char *
shared_file(struct fixture *f, const char *name)
{
	const char *shared = getenv("FUNNEL_SHARED");
	const char *path = arena_printf(
	    f->arena, "%s/data/%s", shared ? shared : "../shared", name);

	if (access(path, R_OK) == 0)
		return path;
	print_message("skipped: %s is absent\n", name);
	return NULL;
}

#endif
