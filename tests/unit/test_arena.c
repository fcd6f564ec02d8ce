/*
 * test_arena: blocks, vectors, interned strings. What is expected is the
 * contract of arena.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "arena.h"

#include <cmocka.h>

#include "arena_fixture.h"

static bool
is_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

static void
blocks_are_zeroed_aligned_and_apart(void **state)
{
	char *last = NULL;

	for (size_t n = 0; n < 3000; n++) {
		char *p = arena_alloc(*state, n);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		assert_true(is_zero(p, n));
		memset(p, 0xff, n);
		if (last && n > 1)
			assert_true(last[n - 2] == (char)0xff);
		last = p;
	}
}

static void
large_blocks(void **state)
{
	size_t n = (size_t)5 << 20;
	char *small = arena_alloc(*state, 10), *large = arena_alloc(*state, n);
	char *next = arena_alloc(*state, 10);

	assert_true(is_zero(large, n));
	memset(large, 1, n);
	assert_true(is_zero(small, 10) && is_zero(next, 10));
	/* a large block does not hide the room that is left */
	assert_true(next > small && next - small < 1024);
	assert_true(arena_bytes(*state) >= n);
}

static void
impossible_sizes_jump(void **state)
{
	volatile int jumps = 0;

	if (setjmp(*arena_catch(*state)) == 0)
		arena_alloc(*state, SIZE_MAX);
	else
		jumps++;
	if (setjmp(*arena_catch(*state)) == 0)
		arena_array(*state, SIZE_MAX / 2, 3);
	else
		jumps++;
	if (setjmp(*arena_catch(*state)) == 0)
		arena_grow(*state, NULL, SIZE_MAX - 8);
	else
		jumps++;
	if (setjmp(*arena_catch(*state)) == 0)
		arena_text(*state, (struct slice){ "", SIZE_MAX });
	else
		jumps++;
	assert_int_equal(jumps, 4);
	assert_non_null(arena_array(*state, 0, 0));
}

static void
growing_keeps_and_zeroes(void **state)
{
	char *p = NULL;

	for (size_t n = 1; n < 200000; n *= 3) {
		p = arena_grow(*state, p, n);
		assert_true(is_zero(p + n / 3, n - n / 3));
		for (size_t i = 0; i < n / 3; i++)
			assert_int_equal(p[i], (char)(i % 100 + 1));
		for (size_t i = 0; i < n; i++)
			p[i] = (char)(i % 100 + 1);
	}
}

static void
several_grow_side_by_side(void **state)
{
	uint32_t *blocks[10] = { NULL };

	for (uint32_t n = 1; n <= 1000; n++)
		for (uint32_t b = 0; b < 10; b++) {
			blocks[b] =
			    arena_grow(*state, blocks[b], n * sizeof(uint32_t));
			blocks[b][n - 1] = n * 10 + b;
		}
	for (uint32_t b = 0; b < 10; b++)
		for (uint32_t n = 1; n <= 1000; n++)
			assert_int_equal(blocks[b][n - 1], n * 10 + b);
	for (uint32_t b = 0; b < 10; b += 2)
		arena_drop(*state, blocks[b]);
	arena_drop(*state, NULL);
	for (uint32_t b = 1; b < 10; b += 2)
		assert_int_equal(blocks[b][999], 10000 + b);
}

static void
a_block_that_shrinks(void **state)
{
	char *p = arena_grow(*state, NULL, 100);

	memset(p, 1, 100);
	p = arena_grow(*state, p, 10);
	assert_int_equal(p[9], 1);
	p = arena_grow(*state, p, 100);
	assert_int_equal(p[9], 1);
	assert_true(is_zero(p + 10, 90));
}

static void
texts(void **state)
{
	char *text = arena_text(*state, (struct slice){ "abcdef", 3 });

	assert_string_equal(text, "abc");
	assert_string_equal(arena_text(*state, (struct slice){ NULL, 0 }), "");
	assert_memory_equal(
	    arena_text(*state, (struct slice){ "a\0b", 3 }), "a\0b", 4);
	assert_string_equal(arena_printf(*state, "%s-%d%%", "x", -7), "x--7%");
	assert_int_equal(
	    strlen(arena_printf(*state, "%*d", 100000, 1)), 100000);
}

/* ---- deferred calls ---- */

static char log_text[8];
static size_t log_length;

static void
note_call(void *object)
{
	log_text[log_length++] = *(const char *)object;
}

static void
deferred_calls_last_first(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	memset(log_text, 0, sizeof(log_text));
	log_length = 0;
	arena_defer(arena, note_call, "a");
	arena_defer(arena, note_call, "b");
	arena_defer(arena, note_call, "c");
	assert_string_equal(log_text, "");
	arena_free(arena);
	assert_string_equal(log_text, "cba");
	arena_free(NULL);
}

/* ---- vectors ---- */

static void
vectors_never_move(void **state)
{
	struct vec vec = vec_new(*state, sizeof(uint64_t));
	uint64_t *first = NULL;

	for (size_t i = 0; i < 100000; i++) {
		uint64_t *item = vec_push(&vec);

		if (!first)
			first = item;
		assert_int_equal(*item, 0);
		*item = i * 7;
	}
	assert_int_equal(vec.count, 100000);
	assert_ptr_equal(vec_at(&vec, 0), first);
	for (size_t i = 0; i < vec.count; i++)
		assert_int_equal(*(uint64_t *)vec_at(&vec, i), i * 7);
}

static void
vectors_of_any_item(void **state)
{
	struct vec vec = vec_new(*state, 3);

	for (int i = 0; i < 10000; i++) {
		unsigned char *item = vec_push(&vec);

		item[0] = (unsigned char)i;
		item[2] = (unsigned char)(i >> 8);
	}
	for (int i = 0; i < 10000; i++) {
		const unsigned char *item = vec_at(&vec, (size_t)i);

		assert_int_equal(item[0] | item[2] << 8, i);
		assert_int_equal(item[1], 0);
	}
}

/* ---- interned strings ---- */

static struct slice
number_name(char out[32], uint32_t i)
{
	int n = snprintf(out, 32, "record-%u", i);

	return (struct slice){ out, (size_t)n };
}

static void
a_hundred_thousand_strings(void **state)
{
	struct intern *intern = intern_new(*state);
	char text[32];

	for (uint32_t i = 1; i <= 100000; i++)
		assert_int_equal(intern_put(intern, number_name(text, i)), i);
	for (uint32_t i = 1; i <= 100000; i++) {
		struct slice name = number_name(text, i);

		assert_int_equal(intern_put(intern, name), i);
		assert_int_equal(intern_find(intern, name), i);
		assert_true(slice_equal(intern_get(intern, i), name));
	}
	assert_int_equal(intern_count(intern), 100001);
	assert_int_equal(
	    intern_find(intern, SLICE("record-100001")), UINT32_MAX);
	assert_int_equal(intern_count(intern), 100001);
}

static void
the_empty_text_is_nought(void **state)
{
	struct intern *intern = intern_new(*state);

	assert_int_equal(intern_count(intern), 1);
	assert_int_equal(intern_put(intern, SLICE("")), 0);
	assert_int_equal(intern_find(intern, (struct slice){ NULL, 0 }), 0);
	assert_int_equal(intern_get(intern, 0).n, 0);
	assert_int_equal(intern_put(intern, SLICE("\0")), 1);
}

static void
strings_of_every_length(void **state)
{
	static char text[100000];
	struct intern *intern = intern_new(*state);
	uint32_t number = 0;

	memset(text, 'x', sizeof(text));
	for (size_t n = 1; n < sizeof(text); n += 1 + n / 7)
		assert_int_equal(
		    intern_put(intern, (struct slice){ text, n }), ++number);
	number = 0;
	for (size_t n = 1; n < sizeof(text); n += 1 + n / 7) {
		struct slice kept = intern_get(intern, ++number);

		assert_int_equal(kept.n, n);
		assert_memory_equal(kept.p, text, n);
	}
}

static void
strings_are_copied(void **state)
{
	struct intern *intern = intern_new(*state);
	char text[] = "abc";
	uint32_t number = intern_put(intern, slice_of(text));

	text[0] = 'x';
	assert_true(slice_equal(intern_get(intern, number), SLICE("abc")));
	assert_int_not_equal(intern_put(intern, slice_of(text)), number);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(blocks_are_zeroed_aligned_and_apart),
		TEST(large_blocks),
		TEST(impossible_sizes_jump),
		TEST(growing_keeps_and_zeroes),
		TEST(several_grow_side_by_side),
		TEST(a_block_that_shrinks),
		TEST(texts),
		TEST(deferred_calls_last_first),
		TEST(vectors_never_move),
		TEST(vectors_of_any_item),
		TEST(a_hundred_thousand_strings),
		TEST(the_empty_text_is_nought),
		TEST(strings_of_every_length),
		TEST(strings_are_copied),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
