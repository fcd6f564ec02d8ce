/*
 * pattern.c: compiled once, matched with a limit.
 *
 * PCRE2's own match limit starts again at each place of the text where a
 * match may begin, so that n bytes allow n times the limit. An automatic
 * callout before each item of the expression counts all of them.
 */
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "pattern.h"

#define ROOM_KIB_MAX 65536 /* for what a match may have to come back to */
#define WHY_MAX 256

struct pattern {
	pcre2_code *code;
	pcre2_match_context *context;
	pcre2_match_data *data;
	uint64_t steps; /* of the present text */
	uint64_t all_steps;
};

/* Its memory dies with the arena; where there is none, the jump out of PCRE2
 * leaves nothing else behind. */
static void *
take_memory(size_t n, void *arena)
{
	return arena_grow(arena, NULL, n);
}

static void
drop_memory(void *block, void *arena)
{
	arena_drop(arena, block);
}

static int
count_step(pcre2_callout_block *block, void *pattern)
{
	struct pattern *p = pattern;

	(void)block;
	return ++p->steps > PATTERN_STEPS_MAX ? PCRE2_ERROR_CALLOUT : 0;
}

static const char *
explain(struct arena *arena, int code, size_t offset)
{
	PCRE2_UCHAR text[WHY_MAX];

	pcre2_get_error_message(code, text, sizeof(text));
	return arena_printf(
	    arena, "%s (after %zu bytes)", (const char *)text, offset);
}

struct pattern *
pattern_new(struct arena *arena, const char *text, const char **why)
{
	const uint32_t options = PCRE2_UTF | PCRE2_UCP |
				 PCRE2_MATCH_INVALID_UTF |
				 PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
	pcre2_general_context *general =
	    pcre2_general_context_create(take_memory, drop_memory, arena);
	struct pattern *p = arena_alloc(arena, sizeof(*p));
	PCRE2_SIZE offset;
	int code;

	p->code = pcre2_compile((PCRE2_SPTR)text, strlen(text), options, &code,
	    &offset, pcre2_compile_context_create(general));
	if (!p->code) {
		*why = explain(arena, code, offset);
		return NULL;
	}
	p->context = pcre2_match_context_create(general);
	pcre2_set_callout(p->context, count_step, p);
	pcre2_set_heap_limit(p->context, ROOM_KIB_MAX);
	p->data = pcre2_match_data_create(1, general);
	return p;
}

bool
pattern_exhausted(const struct pattern *p)
{
	return p->all_steps > PATTERN_ALL_STEPS_MAX;
}

enum pattern_result
pattern_match(struct pattern *p, struct slice text)
{
	int found;

	if (pattern_exhausted(p))
		return PATTERN_TOO_LONG;
	p->steps = 0;
	found = pcre2_match(
	    p->code, (PCRE2_SPTR)text.p, text.n, 0, 0, p->data, p->context);
	p->all_steps += p->steps;
	if (found == PCRE2_ERROR_NOMATCH)
		return PATTERN_MISSES;
	return found >= 0 ? PATTERN_MATCHES : PATTERN_TOO_LONG;
}
