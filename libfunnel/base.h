/*
 * base: the words every other module uses -- text slices, errors, the fold
 * that makes two spellings of a name equal, digests.
 *
 * Text is a slice (pointer and length, no terminator needed): cells of a CSV
 * row are never copied before somebody wants to keep them.
 */
#ifndef FUNNEL_BASE_H
#define FUNNEL_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "funnel.h"

struct slice {
	const char *p;
	size_t n;
};

/* ASCII classes that no locale changes. */
static inline bool
ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline char
ascii_lower(char c)
{
	return ascii_is_upper(c) ? (char)(c + 'a' - 'A') : c;
}

#define SLICE(literal) ((struct slice){ (literal), sizeof(literal) - 1 })

struct slice slice_of(const char *text); /* NULL gives the empty slice */
bool slice_equal(struct slice a, struct slice b);
struct slice slice_trim(struct slice s); /* ASCII blanks and NBSP off both
					    ends */
int slice_compare(struct slice a, struct slice b); /* bytewise, as memcmp */

/*
 * Records the first error and returns -1, so that a failing function can end
 * in one expression: return fail(err, FNL_DATA, "..."). A later error never
 * replaces an earlier one. err may be NULL.
 */
int fail(struct fnl_err *err, enum fnl_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Replaces, in place, what a terminal would obey: control characters, line
 * breaks, the bidirectional controls U+202A-202E and U+2066-2069. Messages
 * quote strangers' cells. */
void text_disarm(char *text);

/*
 * The key under which two spellings of a header, stage, source or status are
 * the same name (ruling R52): Unicode case folded; blanks, underscores and
 * the quote characters " ' and their curly forms left out. Writes at most cap
 * bytes, returns the length. Bytes that are not UTF-8 are kept as they are. A
 * text longer than cap is cut: FOLD_MAX is far above any header.
 */
#define FOLD_MAX 512
size_t fold_key(char *out, size_t cap, struct slice text);
bool fold_equal(struct slice a, struct slice b);

/* The nearest of n names to text by edit distance of the folded forms, or
 * NULL when none is near enough to be a likely typing slip. */
const char *nearest_name(struct slice text, const char *const *names, size_t n);

/* Blank, or one of the words that exports write for nothing: -- - null
 * (No value), No Value, Select (crm-exports.md 2.3). `Unknown` and `None` are
 * values in some CRMs and stay. */
bool text_is_null(struct slice text);

uint64_t hash_bytes(const void *p, size_t n);

/* Lower-case hexadecimal SHA-256 of n bytes; out holds 65 bytes. */
#define SHA256_HEX 65
void sha256_hex(char out[SHA256_HEX], const void *p, size_t n);

/* The same, of bytes that come in parts. The state is sha256_size bytes, as
 * aligned as any object. */
struct sha256;
size_t sha256_size(void);
void sha256_start(struct sha256 *state);
void sha256_add(struct sha256 *state, const void *p, size_t n);
void sha256_end(struct sha256 *state, char out[SHA256_HEX]);
/* The same in base64 (RFC 4648), as the policy of a web page wants it. */
#define SHA256_BASE64 45
void sha256_base64(char out[SHA256_BASE64], const void *p, size_t n);

/* Columns that a terminal needs to show UTF-8 text. */
size_t display_width(struct slice text);

/* Length of the valid UTF-8 prefix of s; s.n when all of it is valid. */
size_t utf8_valid_prefix(struct slice s);

/*
 * The shortest decimal that reads back as the same double, always with a '.'
 * whatever the locale; integers print without one. out holds NUMBER_MAX
 * bytes. Returns the length; 0 for NaN and infinities.
 */
#define NUMBER_MAX 40
size_t number_text(char out[NUMBER_MAX], double value);

#endif
