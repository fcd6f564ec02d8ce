/*
 * arena: the only allocator. What is parsed, tallied and tabulated lives in
 * an arena and dies with it; nothing is freed one by one.
 *
 * Running out of memory jumps to the target that the API call has set with
 * arena_catch(), so that no caller checks a pointer and there are no cleanup
 * ladders. Things outside memory (open files) are handed to arena_defer().
 */
#ifndef FUNNEL_ARENA_H
#define FUNNEL_ARENA_H

#include <setjmp.h>

#include "base.h"

struct arena;

struct arena *arena_new(void); /* NULL when there is no memory at all */
void
arena_free(struct arena *arena); /* runs the deferred calls; NULL is fine */

/* if (setjmp(*arena_catch(arena))) { ...out of memory... } */
jmp_buf *arena_catch(struct arena *arena);

/* Bytes handed out so far, for the figures of make bench. */
size_t arena_bytes(const struct arena *arena);

/* n zeroed bytes, aligned for anything. Never NULL. */
void *arena_alloc(struct arena *arena, size_t n);
void *arena_array(struct arena *arena, size_t count, size_t size);

/*
 * A block that grows: returns a block of new_size bytes with the old
 * content, the rest zeroed; old (NULL at first) must come from arena_grow
 * and is gone.
 */
void *arena_grow(struct arena *arena, void *old, size_t new_size);

/* Gives a block of arena_grow back early. */
void arena_drop(struct arena *arena, void *block);

/* A NUL-terminated copy. */
char *arena_text(struct arena *arena, struct slice text);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A text that grows: start from zero with the arena set. p is "" at first. */
struct textbuf {
	struct arena *arena;
	char *p;
	size_t n, room;
};

void textbuf_add(struct textbuf *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
const char *textbuf_text(const struct textbuf *text);

/* Calls action(object) when the arena is freed, last deferred first. */
void arena_defer(struct arena *arena, void (*action)(void *), void *object);

/*
 * A growing array of equal items whose addresses never change (blocks, so
 * growing copies nothing and millions of rows cost no doubling).
 */
struct vec {
	struct arena *arena;
	char **blocks;
	size_t n_blocks;
	size_t item;
	size_t count;
};

#define VEC_SHIFT 12 /* items a block, as a power of two */
#define VEC_MASK (((size_t)1 << VEC_SHIFT) - 1)

struct vec vec_new(struct arena *arena, size_t item);
void *vec_push(struct vec *vec); /* a new zeroed item at the end */

static inline void *
vec_at(const struct vec *vec, size_t index)
{
	return vec->blocks[index >> VEC_SHIFT] + (index & VEC_MASK) * vec->item;
}

/*
 * Interned strings: equal texts get the same small number. 0 is the empty
 * text, which stands for unknown.
 */
struct intern;
struct intern *intern_new(struct arena *arena);
uint32_t intern_put(struct intern *intern, struct slice text);
/* The same with intern_hash() taken before, on another thread or while the
 * memory that intern_warm() asked for is on its way. */
uint32_t intern_hash(struct slice text);
uint32_t
intern_put_hashed(struct intern *intern, struct slice text, uint32_t hash);
/* Fetches what intern_put_hashed() of n texts will touch; numbers gets where
 * they probably are, 0 where not. */
void intern_warm(const struct intern *intern, const uint32_t *hashes,
    uint32_t *numbers, size_t n);
/* The number of a text that is already there, else UINT32_MAX. */
uint32_t intern_find(const struct intern *intern, struct slice text);
struct slice intern_get(const struct intern *intern, uint32_t number);
size_t intern_count(const struct intern *intern); /* numbers given, with 0 */

#endif
