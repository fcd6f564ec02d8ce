/*
 * standard.c: stages without a file. What was used is hashed like a file, so
 * that two reports can be told apart all the same.
 */
#include <string.h>

#include "standard.h"

#define STANDARD_STAGES_MAX 200

struct stage_list {
	struct arena *arena;
	struct stage_definition *stages;
	unsigned n;
	bool full; /* there was one too many */
};

static struct stage_list
list_new(struct arena *arena)
{
	return (struct stage_list){ arena,
		arena_array(arena, STANDARD_STAGES_MAX + 1,
		    sizeof(struct stage_definition)),
		0, false };
}

static bool
names(const struct stage_definition *stage, const char *name)
{
	if (fold_equal(slice_of(stage->name), slice_of(name)))
		return true;
	for (unsigned i = 0; i < stage->aliases.n; i++)
		if (fold_equal(
			slice_of(stage->aliases.items[i]), slice_of(name)))
			return true;
	return false;
}

static bool
has(const struct stage_list *list, const char *name)
{
	for (unsigned i = 0; i < list->n; i++)
		if (names(&list->stages[i], name))
			return true;
	return false;
}

static struct stage_definition *
append(struct stage_list *list, const char *name, enum outcome outcome,
    const char *owner)
{
	struct stage_definition *stage = &list->stages[list->n];

	if (has(list, name))
		return NULL;
	if (list->n == STANDARD_STAGES_MAX) {
		list->full = true;
		return NULL;
	}
	stage->name = name;
	stage->outcome = outcome;
	stage->owner = owner;
	list->n++;
	return stage;
}

static int
finish(
    const struct stage_list *list, struct definitions *out, struct fnl_err *err)
{
	unsigned ranked = 0;
	struct textbuf text = { .arena = list->arena };

	for (unsigned i = 0; i < list->n; i++) {
		const struct stage_definition *stage = &list->stages[i];

		ranked += stage->outcome == OUTCOME_NONE ||
			  stage->outcome == OUTCOME_WON;
		textbuf_add(
		    &text, "%s\t%s", stage->name, outcome_name(stage->outcome));
		for (unsigned j = 0; j < stage->aliases.n; j++)
			textbuf_add(&text, "\t%s", stage->aliases.items[j]);
		textbuf_add(&text, "\n");
	}
	if (list->full || ranked > RANKS_MAX)
		return fail(err, FNL_USAGE,
		    "more than %d stages, or %d that are not lost, rejected "
		    "or recycled",
		    STANDARD_STAGES_MAX, RANKS_MAX);
	*out = (struct definitions){
		.fiscal_month = 1, .stages = list->stages, .n_stages = list->n
	};
	sha256_hex(out->sha256, textbuf_text(&text), text.n);
	return 0;
}

static struct slice
cut_outcome(struct slice item, enum outcome *outcome)
{
	for (int o = OUTCOME_WON; o < OUTCOME_COUNT; o++) {
		const char *word = outcome_name((enum outcome)o);
		size_t n = strlen(word);

		if (item.n > n && memcmp(item.p, word, n) == 0 &&
		    item.p[n] == ':') {
			*outcome = (enum outcome)o;
			return slice_trim(
			    (struct slice){ item.p + n + 1, item.n - n - 1 });
		}
	}
	return item;
}

int
standard_parse(struct arena *arena, const char *text, struct definitions *out,
    struct fnl_err *err)
{
	struct stage_list list = list_new(arena);
	const char *p = text;
	unsigned ranked = 0;

	for (const char *end; p; p = end ? end + 1 : NULL) {
		enum outcome outcome = OUTCOME_NONE;
		struct slice item;
		const char *name;

		end = strchr(p, ',');
		item = slice_trim(
		    (struct slice){ p, end ? (size_t)(end - p) : strlen(p) });
		item = cut_outcome(item, &outcome);
		name = arena_text(arena, item);
		if (!item.n || !append(&list, name, outcome, NULL))
			return fail(err, FNL_USAGE,
			    "--stages: '%s' is empty, stands twice, or is "
			    "one too many (write Lead,MQL,won:Customer,"
			    "lost:Dead)",
			    name);
		ranked += outcome == OUTCOME_NONE || outcome == OUTCOME_WON;
	}
	if (!ranked)
		return fail(err, FNL_USAGE,
		    "--stages: give a stage that is not lost, rejected or "
		    "recycled");
	return finish(&list, out, err);
}

static void
append_standard(struct stage_list *list, const struct standard_stage *stages)
{
	for (const struct standard_stage *s = stages; s && s->name; s++) {
		struct stage_definition *stage =
		    append(list, s->name, s->outcome, s->owner);
		unsigned n = 0;

		if (!stage)
			continue;
		while (s->aliases && s->aliases[n])
			n++;
		stage->aliases.items = arena_array(
		    list->arena, n + 1, sizeof(*stage->aliases.items));
		for (unsigned i = 0; i < n; i++)
			if (!has(list, s->aliases[i]))
				stage->aliases.items[stage->aliases.n++] =
				    s->aliases[i];
	}
}

/* Stages that --map or the definitions' columns name, in their order; a name
 * that the standard outcomes know (Closed Won) stays one of those. */
static void
append_mapped(struct stage_list *list, const struct reader *reader,
    const struct standard_stage *outcomes)
{
	struct stage_list known = list_new(list->arena);

	append_standard(&known, outcomes);
	for (size_t i = 0; i < reader->binding.n_stages; i++)
		if (!has(&known, reader->binding.stages[i].stage))
			append(list, reader->binding.stages[i].stage,
			    OUTCOME_NONE, NULL);
}

static bool
has_ranked(const struct standard_stage *stages)
{
	for (; stages && stages->name; stages++)
		if (stages->outcome == OUTCOME_NONE)
			return true;
	return false;
}

int
standard_compose(struct arena *arena, struct reader *const *readers, size_t n,
    struct definitions *out, struct fnl_err *err)
{
	struct stage_list list = list_new(arena);

	for (int leads = 1; leads >= 0; leads--)
		for (size_t i = 0; i < n; i++) {
			const struct binding *b = &readers[i]->binding;

			if (b->object->is_lead != (leads == 1))
				continue;
			if (!has_ranked(b->object->stages))
				append_mapped(
				    &list, readers[i], b->object->stages);
			append_standard(&list, b->object->stages);
		}
	return finish(&list, out, err);
}
