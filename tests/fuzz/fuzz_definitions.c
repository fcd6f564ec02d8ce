/*
 * Any bytes as a definitions file: no crash, no leak, and a refusal always
 * says where.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "definitions.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_new();
	struct fnl_err err = { .code = FNL_OK };
	struct definitions definitions;
	struct slice yaml = { (const char *)bytes, n };

	if (!arena)
		return 0;
	if (!setjmp(*arena_catch(arena)) &&
	    definitions_parse(arena, "f", yaml, &definitions, &err) &&
	    (err.code != FNL_DATA || strncmp(err.message, "f:", 2) != 0))
		abort();
	arena_free(arena);
	return 0;
}
