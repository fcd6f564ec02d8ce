/*
 * arena.c: the only file that calls malloc. Small things come from chunks
 * that grow with what is asked for; blocks that grow on their own (tables of
 * a hash, a row buffer) are kept in a list so that realloc can move them.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

#define CHUNK_FIRST ((size_t)16 << 10)
#define CHUNK_LARGEST ((size_t)1 << 20)
#define INTERN_FIRST_SLOTS 64
#define POOL_SHIFT 16 /* bytes of a pool of packed strings, as a power of two */
#define POOL_SIZE ((size_t)1 << POOL_SHIFT)

struct chunk {
	struct chunk *next;
	size_t used;
	size_t size;
	max_align_t data[];
};

struct ring {
	struct ring *next, *previous;
};

struct block { /* of arena_grow */
	struct ring ring;
	size_t size;
	max_align_t data[];
};

struct deferred {
	struct deferred *next;
	void (*action)(void *);
	void *object;
};

struct arena {
	jmp_buf catch;
	struct chunk *chunks;
	struct ring blocks;
	struct deferred *deferred;
	size_t bytes;
};

struct arena *
arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena)
		arena->blocks.next = arena->blocks.previous = &arena->blocks;
	return arena;
}

void
arena_free(struct arena *arena)
{
	struct chunk *chunk, *next;

	if (!arena)
		return;
	for (struct deferred *d = arena->deferred; d; d = d->next)
		d->action(d->object);
	while (arena->blocks.next != &arena->blocks)
		arena_drop(arena, ((struct block *)arena->blocks.next)->data);
	for (chunk = arena->chunks; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(arena);
}

jmp_buf *
arena_catch(struct arena *arena)
{
	return &arena->catch;
}

size_t
arena_bytes(const struct arena *arena)
{
	return arena->bytes;
}

static void *
or_jump(struct arena *arena, void *p, size_t n)
{
	if (!p)
		longjmp(arena->catch, 1);
	arena->bytes += n;
	return p;
}

static struct chunk *
add_chunk(struct arena *arena, size_t at_least)
{
	size_t size = arena->chunks ? arena->chunks->size * 2 : CHUNK_FIRST;
	struct chunk *chunk;

	if (size > CHUNK_LARGEST)
		size = CHUNK_LARGEST;
	if (size < at_least)
		size = at_least;
	chunk = or_jump(arena, calloc(1, sizeof(*chunk) + size), size);
	chunk->size = size;
	/* A chunk made for one large thing must not hide the room left in
	 * the current one. */
	if (arena->chunks && at_least > CHUNK_LARGEST / 4) {
		chunk->next = arena->chunks->next;
		arena->chunks->next = chunk;
	} else {
		chunk->next = arena->chunks;
		arena->chunks = chunk;
	}
	return chunk;
}

void *
arena_alloc(struct arena *arena, size_t n)
{
	size_t align = sizeof(max_align_t);
	struct chunk *chunk = arena->chunks;
	void *p;

	if (n > SIZE_MAX - align)
		longjmp(arena->catch, 1);
	n = (n + align - 1) / align * align;
	if (!chunk || chunk->size - chunk->used < n)
		chunk = add_chunk(arena, n);
	p = (char *)chunk->data + chunk->used;
	chunk->used += n;
	return p;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		longjmp(arena->catch, 1);
	return arena_alloc(arena, count * size);
}

static struct block *
block_of(void *data)
{
	return (struct block *)(void *)((char *)data -
					offsetof(struct block, data));
}

void *
arena_grow(struct arena *arena, void *old, size_t new_size)
{
	struct block *block = old ? block_of(old) : NULL;
	size_t old_size = block ? block->size : 0;
	struct block *grown;

	if (new_size > SIZE_MAX / 2)
		longjmp(arena->catch, 1);
	/* calloc, because the system hands out large blocks zeroed anyway
	 * and their pages then cost nothing until they are used. */
	grown = block ? realloc(block, sizeof(*block) + new_size)
		      : calloc(1, sizeof(*block) + new_size);
	grown = or_jump(
	    arena, grown, new_size > old_size ? new_size - old_size : 0);
	if (block && new_size > old_size)
		memset((char *)grown->data + old_size, 0, new_size - old_size);
	grown->size = new_size;
	if (!block) {
		grown->ring.next = arena->blocks.next;
		grown->ring.previous = &arena->blocks;
	}
	grown->ring.next->previous = &grown->ring;
	grown->ring.previous->next = &grown->ring;
	return grown->data;
}

void
arena_drop(struct arena *arena, void *data)
{
	struct block *block;

	if (!data)
		return;
	block = block_of(data);
	arena->bytes -= block->size;
	block->ring.next->previous = block->ring.previous;
	block->ring.previous->next = block->ring.next;
	free(block);
}

char *
arena_text(struct arena *arena, struct slice text)
{
	char *copy;

	if (text.n == SIZE_MAX)
		longjmp(arena->catch, 1);
	copy = arena_alloc(arena, text.n + 1);
	if (text.n)
		memcpy(copy, text.p, text.n);
	return copy;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		return arena_text(arena, SLICE(""));
	text = arena_alloc(arena, (size_t)n + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)n + 1, format, args);
	va_end(args);
	return text;
}

void
textbuf_add(struct textbuf *text, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		return;
	if (text->n + (size_t)n + 1 > text->room) {
		text->room = 2 * (text->n + (size_t)n + 1);
		text->p = arena_grow(text->arena, text->p, text->room);
	}
	va_start(args, format);
	vsnprintf(text->p + text->n, (size_t)n + 1, format, args);
	va_end(args);
	text->n += (size_t)n;
}

const char *
textbuf_text(const struct textbuf *text)
{
	return text->p ? text->p : "";
}

void
arena_defer(struct arena *arena, void (*action)(void *), void *object)
{
	struct deferred *d = arena_alloc(arena, sizeof(*d));

	d->action = action;
	d->object = object;
	d->next = arena->deferred;
	arena->deferred = d;
}

struct vec
vec_new(struct arena *arena, size_t item)
{
	return (struct vec){ .arena = arena, .item = item };
}

void *
vec_push(struct vec *vec)
{
	size_t block = vec->count >> VEC_SHIFT;

	if (block == vec->n_blocks) {
		/* The first block starts small: most vectors hold little. */
		size_t slots = vec->n_blocks ? vec->n_blocks : 4;

		if ((vec->n_blocks & (vec->n_blocks - 1)) == 0)
			vec->blocks = arena_grow(vec->arena, vec->blocks,
			    2 * slots * sizeof(*vec->blocks));
		vec->blocks[block] =
		    arena_array(vec->arena, (size_t)1 << VEC_SHIFT, vec->item);
		vec->n_blocks++;
	}
	vec->count++;
	return vec_at(vec, vec->count - 1);
}

/*
 * Ids are the bulk of what is interned, millions of them: their bytes are
 * packed into pools without padding, a string is 8 bytes (place and length),
 * and a slot carries half of the hash, so that a probe that misses touches no
 * string.
 */
struct interned {
	uint32_t place; /* pool number << POOL_SHIFT | offset */
	uint32_t n;
};

struct intern {
	struct arena *arena;
	struct vec strings; /* of struct interned; [0] is "" */
	uint64_t *slots; /* hash << 32 | number of the string; 0 is free */
	size_t n_slots; /* a power of two */
	struct vec pools; /* of char *; a text longer than a pool has its own */
	size_t pool_left; /* in the pool that is being filled */
	uint32_t filling; /* its number */
};

uint32_t
intern_hash(struct slice text)
{
	return (uint32_t)(hash_bytes(text.p, text.n) >> 32);
}

struct intern *
intern_new(struct arena *arena)
{
	struct intern *intern = arena_alloc(arena, sizeof(*intern));

	intern->arena = arena;
	intern->strings = vec_new(arena, sizeof(struct interned));
	intern->pools = vec_new(arena, sizeof(char *));
	*(const char **)vec_push(&intern->pools) = "";
	vec_push(&intern->strings);
	intern->n_slots = INTERN_FIRST_SLOTS;
	intern->slots =
	    arena_grow(arena, NULL, intern->n_slots * sizeof(*intern->slots));
	return intern;
}

static const char *
interned_text(const struct intern *intern, const struct interned *s)
{
	return *(char *const *)vec_at(&intern->pools, s->place >> POOL_SHIFT) +
	       (s->place & (POOL_SIZE - 1));
}

/* The slot of the text, or the free one where it belongs. */
static size_t
intern_slot(const struct intern *intern, uint32_t hash, struct slice text)
{
	size_t mask = intern->n_slots - 1;
	size_t slot = hash & mask;

	for (; intern->slots[slot]; slot = (slot + 1) & mask) {
		const struct interned *s;

		if (intern->slots[slot] >> 32 != hash)
			continue;
		s = vec_at(&intern->strings, (uint32_t)intern->slots[slot]);
		if (s->n == text.n &&
		    memcmp(interned_text(intern, s), text.p, text.n) == 0)
			break;
	}
	return slot;
}

static void
intern_rehash(struct intern *intern)
{
	size_t n_slots = intern->n_slots * 2;
	uint64_t *slots =
	    arena_grow(intern->arena, NULL, n_slots * sizeof(*slots));

	for (size_t i = 0; i < intern->n_slots; i++) {
		size_t slot = (intern->slots[i] >> 32) & (n_slots - 1);

		if (!intern->slots[i])
			continue;
		while (slots[slot])
			slot = (slot + 1) & (n_slots - 1);
		slots[slot] = intern->slots[i];
	}
	arena_drop(intern->arena, intern->slots);
	intern->slots = slots;
	intern->n_slots = n_slots;
}

static uint32_t
add_pool(struct intern *intern, size_t n)
{
	if (intern->pools.count > UINT32_MAX >> POOL_SHIFT)
		longjmp(intern->arena->catch, 1);
	*(char **)vec_push(&intern->pools) = arena_alloc(intern->arena, n);
	return (uint32_t)intern->pools.count - 1;
}

/* Copies the text and returns its place. */
static uint32_t
intern_copy(struct intern *intern, struct slice text)
{
	uint32_t place;
	char *pool;

	if (text.n > POOL_SIZE / 8) {
		place = add_pool(intern, text.n) << POOL_SHIFT;
	} else {
		if (text.n > intern->pool_left) {
			intern->filling = add_pool(intern, POOL_SIZE);
			intern->pool_left = POOL_SIZE;
		}
		place = intern->filling << POOL_SHIFT |
			(uint32_t)(POOL_SIZE - intern->pool_left);
		intern->pool_left -= text.n;
	}
	pool = *(char **)vec_at(&intern->pools, place >> POOL_SHIFT);
	memcpy(pool + (place & (POOL_SIZE - 1)), text.p, text.n);
	return place;
}

uint32_t
intern_put_hashed(struct intern *intern, struct slice text, uint32_t hash)
{
	struct interned *s;
	size_t slot;

	if (!text.n)
		return 0;
	slot = intern_slot(intern, hash, text);
	if (intern->slots[slot])
		return (uint32_t)intern->slots[slot];
	if (intern->strings.count * 4 >= intern->n_slots * 3) {
		intern_rehash(intern);
		slot = intern_slot(intern, hash, text);
	}
	if (text.n > UINT32_MAX || intern->strings.count >= UINT32_MAX - 1)
		longjmp(intern->arena->catch, 1);
	s = vec_push(&intern->strings);
	s->place = intern_copy(intern, text);
	s->n = (uint32_t)text.n;
	intern->slots[slot] =
	    (uint64_t)hash << 32 | (uint32_t)(intern->strings.count - 1);
	return (uint32_t)intern->slots[slot];
}

uint32_t
intern_put(struct intern *intern, struct slice text)
{
	return intern_put_hashed(intern, text, intern_hash(text));
}

/* Each pass asks for what the next one needs, so that the misses of many
 * look-ups overlap (Chen, Ailamaki, Gibbons and Mowry 2004, group
 * prefetching). */
void
intern_warm(const struct intern *intern, const uint32_t *hashes,
    uint32_t *numbers, size_t n)
{
	size_t mask = intern->n_slots - 1;

	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(&intern->slots[hashes[i] & mask]);
	for (size_t i = 0; i < n; i++) {
		uint64_t slot = intern->slots[hashes[i] & mask];

		numbers[i] = slot >> 32 == hashes[i] ? (uint32_t)slot : 0;
		__builtin_prefetch(vec_at(&intern->strings, numbers[i]));
	}
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(interned_text(
		    intern, vec_at(&intern->strings, numbers[i])));
}

uint32_t
intern_find(const struct intern *intern, struct slice text)
{
	size_t slot;

	if (!text.n)
		return 0;
	slot = intern_slot(intern, intern_hash(text), text);
	return intern->slots[slot] ? (uint32_t)intern->slots[slot] : UINT32_MAX;
}

struct slice
intern_get(const struct intern *intern, uint32_t number)
{
	const struct interned *s = vec_at(&intern->strings, number);

	return (struct slice){ interned_text(intern, s), s->n };
}

size_t
intern_count(const struct intern *intern)
{
	return intern->strings.count;
}
