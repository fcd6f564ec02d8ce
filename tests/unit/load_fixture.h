/*
 * load_fixture: files of CSV text, read as every report reads its input.
 * Include it after cmocka.h, and load.h before that.
 */
#ifndef TESTS_UNIT_LOAD_FIXTURE_H
#define TESTS_UNIT_LOAD_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define GIVEN_MAX 3

struct fixture {
	struct arena *arena;
	struct load *load;
	struct fnl_input input;
	struct fnl_err err;
	char directory[1024];
	char paths[GIVEN_MAX][1040];
	const char *files[GIVEN_MAX];
};

static int
setup(void **state)
{
	const char *directory = getenv("TMPDIR");
	struct fixture *f = calloc(1, sizeof(*f));

	*state = f;
	snprintf(f->directory, sizeof(f->directory), "%s/funnel-load-XXXXXX",
	    directory ? directory : "/tmp");
	f->arena = arena_new();
	f->load = arena_alloc(f->arena, sizeof(*f->load));
	f->input.files.items = f->files;
	return mkdtemp(f->directory) ? 0 : -1;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	for (size_t i = 0; i < f->input.files.n; i++)
		unlink(f->paths[i]);
	rmdir(f->directory);
	free(f);
	return 0;
}

/* One more file, a.csv, b.csv, ...: in which order they are given is the
 * order that they are read in. */
static inline void
give(struct fixture *f, const char *text)
{
	size_t i = f->input.files.n++;
	FILE *out;

	assert_true(i < GIVEN_MAX);
	snprintf(f->paths[i], sizeof(f->paths[i]), "%s/%c.csv", f->directory,
	    (char)('a' + i));
	f->files[i] = f->paths[i];
	out = fopen(f->paths[i], "w");
	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static inline struct store *
read_given(struct fixture *f)
{
	if (load_input(f->arena, &f->input, f->load, &f->err) < 0)
		fail_msg("%s", f->err.message);
	return f->load->store;
}

static inline uint32_t
record_of(const struct fixture *f, const char *id)
{
	uint32_t number = intern_find(f->load->store->ids, slice_of(id));

	if (number == UINT32_MAX)
		fail_msg("no record '%s'", id);
	return number - 1;
}

static inline uint64_t
counted(const struct fixture *f, size_t file, enum ledger_reason reason)
{
	const struct ledger_file *of = vec_at(&f->load->ledger->files, file);

	return of->entries[reason].count;
}

static inline uint64_t
used(const struct fixture *f, size_t file)
{
	const struct ledger_file *of = vec_at(&f->load->ledger->files, file);

	return of->used;
}

#endif
