/*
 * base.c: slices, errors, name folding, digests, number text. The only file
 * that knows utf8proc's case folding and libmd.
 */
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sha256.h>
#include <utf8proc.h>

#include "base.h"

#define NEAREST_MAX 64 /* bytes of a name that are compared */

struct slice
slice_of(const char *text)
{
	return (struct slice){ text ? text : "", text ? strlen(text) : 0 };
}

bool
slice_equal(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int
slice_compare(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* Length of the blank that s starts with (ASCII blank or U+00A0), else 0. */
static size_t
blank_at_start(struct slice s)
{
	if (!s.n)
		return 0;
	if (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r'))
		return 1;
	return s.n > 1 && memcmp(s.p, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static size_t
blank_at_end(struct slice s)
{
	struct slice last;

	if (!s.n)
		return 0;
	last = (struct slice){ s.p + s.n - 1, 1 };
	if (blank_at_start(last))
		return 1;
	return s.n > 1 && memcmp(s.p + s.n - 2, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

struct slice
slice_trim(struct slice s)
{
	size_t n;

	while ((n = blank_at_start(s))) {
		s.p += n;
		s.n -= n;
	}
	while ((n = blank_at_end(s)))
		s.n -= n;
	return s;
}

int
fail(struct fnl_err *err, enum fnl_code code, const char *format, ...)
{
	va_list args;

	if (!err || err->code != FNL_OK)
		return -1;
	err->code = code;
	va_start(args, format);
	vsnprintf(err->message, sizeof(err->message), format, args);
	va_end(args);
	text_disarm(err->message);
	return -1;
}

static bool
is_obeyed(utf8proc_int32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

void
text_disarm(char *text)
{
	const char *from = text;
	char *to = text;

	while (*from) {
		utf8proc_int32_t c = (unsigned char)*from;
		utf8proc_ssize_t n = 1;

		if (c >= 0x80)
			n = utf8proc_iterate(
			    (const utf8proc_uint8_t *)from, -1, &c);
		if (n <= 0 || is_obeyed(c)) {
			*to++ = '?';
			from += n > 0 ? n : 1;
			continue;
		}
		memmove(to, from, (size_t)n);
		to += n;
		from += n;
	}
	*to = '\0';
}

static bool
fold_drops(utf8proc_int32_t c)
{
	/* The quote characters of HubSpot's headers; see crm-exports 0.1. */
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '_' || c == '"' ||
	       c == '\'' || c == 0xa0 || c == 0x202f ||
	       (c >= 0x2018 && c <= 0x201f);
}

static size_t
fold_character(char out[16], utf8proc_int32_t c)
{
	utf8proc_int32_t folded[4];
	int boundary = 0;
	utf8proc_ssize_t n =
	    utf8proc_decompose_char(c, folded, 4, UTF8PROC_CASEFOLD, &boundary);
	size_t length = 0;

	if (n < 0 || n > 4) {
		folded[0] = c;
		n = 1;
	}
	for (utf8proc_ssize_t i = 0; i < n; i++)
		length += (size_t)utf8proc_encode_char(
		    folded[i], (utf8proc_uint8_t *)out + length);
	return length;
}

size_t
fold_key(char *out, size_t cap, struct slice text)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t length = 0;

	while (p < end) {
		utf8proc_int32_t c = (unsigned char)*p;
		utf8proc_ssize_t used = 1;
		char folded[16];
		size_t n = 1;

		if (c >= 0x80)
			used = utf8proc_iterate(
			    (const utf8proc_uint8_t *)p, end - p, &c);
		if (used <= 0) { /* not UTF-8: the byte stays */
			folded[0] = *p;
			used = 1;
		} else if (fold_drops(c)) {
			n = 0;
		} else if (c < 0x80) {
			folded[0] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
		} else {
			n = fold_character(folded, c);
		}
		if (length + n > cap)
			break;
		memcpy(out + length, folded, n);
		length += n;
		p += used;
	}
	return length;
}

bool
fold_equal(struct slice a, struct slice b)
{
	char fa[FOLD_MAX], fb[FOLD_MAX];
	size_t na = fold_key(fa, sizeof(fa), a);
	size_t nb = fold_key(fb, sizeof(fb), b);

	return na == nb && memcmp(fa, fb, na) == 0;
}

bool
text_is_null(struct slice text)
{
	static const char *const words[] = { "--", "-", "null", "(No value)",
		"No value", "Select" };

	if (!text.n)
		return true;
	if (text.n > 10 || !strchr("-nN(sS", text.p[0]))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (fold_equal(text, slice_of(words[i])))
			return true;
	return false;
}

static size_t
smallest(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* Edit distance with neighbours swapped as one slip (Damerau 1964, optimal
 * string alignment), by rows, on folded bytes. */
static size_t
edit_distance(const char *a, size_t na, const char *b, size_t nb)
{
	size_t rows[3][NEAREST_MAX + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= nb; j++)
		above[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *oldest = before;

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = smallest(above[j] + 1, row[j - 1] + 1,
			    above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		before = above;
		above = row;
		row = oldest;
	}
	return above[nb];
}

const char *
nearest_name(struct slice text, const char *const *names, size_t n)
{
	char a[NEAREST_MAX], b[NEAREST_MAX];
	size_t na = fold_key(a, sizeof(a), text);
	size_t best_distance = NEAREST_MAX;
	const char *best = NULL;

	for (size_t i = 0; i < n; i++) {
		size_t nb = fold_key(b, sizeof(b), slice_of(names[i]));
		size_t distance = edit_distance(a, na, b, nb);

		/* A slip changes a letter in three at most. */
		if (distance < best_distance &&
		    3 * distance <= (na > nb ? na : nb)) {
			best_distance = distance;
			best = names[i];
		}
	}
	return best;
}

/* The finaliser of MurmurHash3 (Appleby, public domain). */
static uint64_t
mix(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdu;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53u;
	return h ^ (h >> 33);
}

/* One multiplication for 8 bytes; the rotation brings the high bits, which
 * a product mixes best, down to where the next word is added. */
uint64_t
hash_bytes(const void *p, size_t n)
{
	const unsigned char *bytes = p;
	uint64_t h = 0x9e3779b97f4a7c15u ^ n, word = 0;

	for (; n >= 8; n -= 8, bytes += 8) {
		memcpy(&word, bytes, 8);
		h = (h ^ word) * 0x9fb21c651e98df25u;
		h = h >> 32 | h << 32;
	}
	word = 0;
	for (size_t i = 0; i < n; i++)
		word = word << 8 | bytes[i];
	return mix(h ^ word);
}

struct sha256 {
	SHA2_CTX context;
};

size_t
sha256_size(void)
{
	return sizeof(struct sha256);
}

void
sha256_start(struct sha256 *state)
{
	SHA256Init(&state->context);
}

void
sha256_add(struct sha256 *state, const void *p, size_t n)
{
	SHA256Update(&state->context, p, n);
}

void
sha256_end(struct sha256 *state, char out[SHA256_HEX])
{
	SHA256End(&state->context, out);
}

void
sha256_hex(char out[SHA256_HEX], const void *p, size_t n)
{
	struct sha256 state;

	sha256_start(&state);
	sha256_add(&state, p, n);
	sha256_end(&state, out);
}

/* The four base64 characters of three bytes. */
static void
encode_three(char out[4], const unsigned char bytes[3])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned value =
	    (unsigned)bytes[0] << 16 | (unsigned)bytes[1] << 8 | bytes[2];

	for (int i = 0; i < 4; i++)
		out[i] = digits[value >> (18 - 6 * i) & 63];
}

void
sha256_base64(char out[SHA256_BASE64], const void *p, size_t n)
{
	/* One zero fills the last three: 32 is no multiple of 3. */
	unsigned char digest[SHA256_DIGEST_LENGTH + 1] = { 0 };
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, p, n);
	SHA256Final(digest, &context);
	for (size_t i = 0; i < sizeof(digest) / 3; i++)
		encode_three(out + 4 * i, digest + 3 * i);
	out[SHA256_BASE64 - 2] = '=';
	out[SHA256_BASE64 - 1] = '\0';
}

size_t
display_width(struct slice text)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text.p;
	utf8proc_ssize_t left = (utf8proc_ssize_t)text.n;
	size_t width = 0;

	while (left > 0) {
		utf8proc_int32_t c = -1;
		utf8proc_ssize_t used = utf8proc_iterate(p, left, &c);

		if (used <= 0) {
			used = 1;
			width++;
		} else {
			int w = utf8proc_charwidth(c);

			width += w > 0 ? (size_t)w : 0;
		}
		p += used;
		left -= used;
	}
	return width;
}

size_t
utf8_valid_prefix(struct slice s)
{
	size_t i = 0;

	while (i < s.n) {
		utf8proc_int32_t c;
		utf8proc_ssize_t used = 1;

		if ((unsigned char)s.p[i] >= 0x80)
			used =
			    utf8proc_iterate((const utf8proc_uint8_t *)s.p + i,
				(utf8proc_ssize_t)(s.n - i), &c);
		if (used <= 0)
			break;
		i += (size_t)used;
	}
	return i;
}

size_t
number_text(char out[NUMBER_MAX], double value)
{
	int n = 0;

	if (!isfinite(value)) {
		out[0] = '\0';
		return 0;
	}
	if (value == 0)
		value = 0; /* no "-0" */
	if (fabs(value) < 1e15 && value == floor(value))
		return (size_t)snprintf(out, NUMBER_MAX, "%.0f", value);
	/* 15 digits always survive text -> double -> text, 17 always survive
	 * the other way; the first that reads back is the shortest. Denormals
	 * have fewer digits. */
	for (int digits = fabs(value) < DBL_MIN ? 1 : 15; digits <= 17;
	     digits++) {
		n = snprintf(out, NUMBER_MAX, "%.*g", digits, value);
		if (strtod(out, NULL) == value)
			break;
	}
	return (size_t)n;
}
