/*
 * heading.c: how the name of a column is compared with the names of a preset.
 *
 * Names are compared folded (ruling R52), and two spellings of a header
 * count: the whole one, and the one without the prefix or the twin suffix
 * that its CRM puts on some columns. The whole one is tried first, so that an
 * exact match beats a twin.
 */
#include <string.h>

#include "heading.h"

#define GLOB_MAX 96 /* bytes of a folded name that '*' is tried on */

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static struct slice
slice_from(struct slice s, size_t n)
{
	return (struct slice){ s.p + n, s.n - n };
}

size_t
heading_prefix(struct slice text, const char *prefix)
{
	size_t n = 0;

	while (n < text.n && prefix[n] && lower(text.p[n]) == prefix[n])
		n++;
	return prefix[n] ? 0 : n;
}

static size_t
suffix_of(struct slice text, const char *suffix)
{
	size_t n = strlen(suffix);

	if (n > text.n)
		return 0;
	return heading_prefix(slice_from(text, text.n - n), suffix);
}

/* Blanks, underscores and quotes in the pattern do not count, as in
 * fold_key(). Several '*' try every split, hence GLOB_MAX. */
bool
heading_matches(struct slice pattern, struct slice key)
{
	for (; pattern.n; pattern = slice_from(pattern, 1)) {
		if (memchr(" _\"'", *pattern.p, 4))
			continue;
		if (*pattern.p == '*')
			break;
		if (!key.n || *key.p != *pattern.p)
			return false;
		key = slice_from(key, 1);
	}
	if (!pattern.n)
		return !key.n;
	if (key.n > GLOB_MAX)
		return false;
	for (pattern = slice_from(pattern, 1);; key = slice_from(key, 1)) {
		bool can_start = !pattern.n || !key.n || *pattern.p == *key.p ||
				 !(*pattern.p >= 'a' && *pattern.p <= 'z');

		if (can_start && heading_matches(pattern, key))
			return true;
		if (!key.n)
			return false;
	}
}

bool
heading_matches_any(const char *const *patterns, struct slice key)
{
	for (; key.n && patterns && *patterns; patterns++)
		if (heading_matches(slice_of(*patterns), key))
			return true;
	return false;
}

struct slice
heading_bare(const struct preset *preset, struct slice text, bool *twin)
{
	size_t n =
	    preset->twin_suffix ? suffix_of(text, preset->twin_suffix) : 0;

	*twin = n > 0;
	text.n -= n;
	if (preset->prefix)
		text = slice_from(text, heading_prefix(text, preset->prefix));
	return text;
}

static struct slice
folded(struct arena *arena, struct slice text)
{
	char key[FOLD_MAX];
	size_t n = fold_key(key, sizeof(key), text);

	return (struct slice){ arena_text(arena, (struct slice){ key, n }), n };
}

struct headings
headings_read(struct arena *arena, const struct csv_row *header,
    const struct preset *preset)
{
	struct headings all = { NULL, header->n_fields };

	all.items = arena_array(arena, all.n + 1, sizeof(*all.items));
	for (size_t i = 0; i < all.n; i++) {
		struct heading *h = &all.items[i];

		h->text = header->fields[i].n ? slice_trim(header->fields[i])
					      : SLICE("");
		h->key = folded(arena, h->text);
		h->bare = heading_bare(preset, h->text, &h->twin);
		h->bare_key =
		    h->bare.n == h->text.n ? h->key : folded(arena, h->bare);
	}
	return all;
}

/* The first column that one alias means, whole names before bare ones. */
static int
alias_column(const struct headings *headings, struct slice alias)
{
	int bare = -1;

	for (size_t i = 0; i < headings->n; i++) {
		const struct heading *h = &headings->items[i];

		if (h->key.n && heading_matches(alias, h->key))
			return (int)i;
		if (bare < 0 && h->bare_key.n &&
		    heading_matches(alias, h->bare_key))
			bare = (int)i;
	}
	return bare;
}

int
headings_alias(const struct headings *headings, const char *const *aliases)
{
	int column = -1;

	for (; column < 0 && *aliases; aliases++)
		column = alias_column(headings, slice_of(*aliases));
	return column;
}

int
headings_find(const struct headings *headings, struct slice name)
{
	char text[FOLD_MAX];
	struct slice key = { text, fold_key(text, sizeof(text), name) };

	for (size_t i = 0; key.n && i < headings->n; i++)
		if (slice_equal(headings->items[i].key, key))
			return (int)i;
	return -1;
}

/* Bytes of the quote at the start of text, or at its end. */
static size_t
quote_of(const char *const *quotes, struct slice text, bool end)
{
	for (; *quotes; quotes++) {
		size_t n = end ? suffix_of(text, *quotes)
			       : heading_prefix(text, *quotes);

		if (n)
			return n;
	}
	return 0;
}

static bool
pattern_matches(
    const struct stage_pattern *pattern, struct slice text, struct slice *stage)
{
	size_t before = heading_prefix(text, pattern->before);
	size_t after = suffix_of(text, pattern->after);

	if (!before || after != strlen(pattern->after) ||
	    before + after > text.n)
		return false;
	text = slice_from(text, before);
	text.n -= after;
	text = slice_trim(text);
	if (pattern->quotes) {
		size_t quote = quote_of(pattern->quotes, text, false);

		if (!quote)
			return false;
		text = slice_from(text, quote);
		text.n -= quote_of(pattern->quotes, text, true);
	}
	*stage = slice_trim(text);
	return stage->n > 0;
}

const struct stage_pattern *
heading_stage(const struct stage_pattern *patterns, struct slice text,
    struct slice *stage)
{
	for (; patterns && patterns->before; patterns++)
		if (pattern_matches(patterns, text, stage))
			return patterns;
	return NULL;
}

/* At the bracket that belongs to the one at the end: the names of stage and
 * pipeline can hold brackets themselves. */
struct slice
heading_pipeline(struct slice *label)
{
	size_t i = label->n, depth = 0;
	struct slice pipeline, stage;

	if (!i || label->p[i - 1] != ')')
		return SLICE("");
	do {
		i--;
		depth += label->p[i] == ')';
		depth -= label->p[i] == '(';
	} while (i && depth);
	stage = slice_trim((struct slice){ label->p, i });
	if (depth || !stage.n || stage.n == i)
		return SLICE("");
	pipeline = (struct slice){ label->p + i + 1, label->n - i - 2 };
	*label = stage;
	return slice_trim(pipeline);
}
