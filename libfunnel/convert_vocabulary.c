/*
 * convert_vocabulary.c: the report vocabulary. Every value of the columns that
 * both teams count by, as people typed it, and what is wrong with it
 * (product.md C23, C25): not on the agreed list, a spelling of another, blank.
 *
 * Raw values, on purpose: the other reports show agreed names, and hide how
 * many spellings are behind one.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "convert.h"
#include "reasons.h"

/* The stage before the status: where they are one column, it is the stage. */
static const enum field_id vocabulary_fields[] = { FIELD_SOURCE, FIELD_CAMPAIGN,
	FIELD_REJECT_REASON, FIELD_STAGE, FIELD_STATUS };

#define N_FIELDS (sizeof(vocabulary_fields) / sizeof(*vocabulary_fields))

struct word { /* one spelling in one column */
	struct slice raw;
	struct slice agreed; /* .p NULL: none */
	struct slice variant_of; /* the spelling that it should have had */
	uint64_t n;
};

struct vocabulary { /* one column */
	const char *name;
	int field; /* enum field_id or -1: decides what was agreed */
	size_t attribute;
	uint64_t *counts; /* by text */
	struct word *words;
	size_t n_words;
	uint64_t blank;
};

struct vocabularies {
	struct convert *c;
	struct reasons *reasons;
	struct vocabulary *items;
	size_t n;
	uint64_t records;
};

int
convert_vocabulary_options(struct convert *c, struct fnl_err *err)
{
	const struct fnl_input *in = &c->query->input;

	if (in->from || in->to)
		return fail(err, FNL_USAGE,
		    "--from and --to say nothing to --report vocabulary: it "
		    "looks at all records");
	c->load.wants = vocabulary_fields;
	c->load.n_wants = N_FIELDS;
	return 0;
}

/* ---- which columns ---- */

/* Two attributes of one column of each file. */
static bool
is_same(const struct load *load, size_t a, size_t b)
{
	const struct attribute_source *attributes = load->segments.attributes;

	for (size_t i = 0; i < load->n_readers; i++)
		if (reader_attribute(load->readers[i], &attributes[a]) !=
		    reader_attribute(load->readers[i], &attributes[b]))
			return false;
	return true;
}

static void
add_column(struct vocabularies *v, const char *name, int field, size_t at)
{
	const struct load *load = &v->c->load;

	if (!load_has_column(load, at))
		return;
	for (size_t i = 0; i < v->n; i++)
		if (is_same(load, v->items[i].attribute, at))
			return;
	v->items[v->n++] = (struct vocabulary){ .name = name,
		.field = field,
		.attribute = at,
		.counts = arena_array(v->c->arena,
		    intern_count(load->store->texts) + 1, sizeof(uint64_t)) };
}

/* --by names further ones. What comes from a look-up file is no word of the
 * export, and a currency no word. */
static void
choose_columns(struct vocabularies *v)
{
	const struct load *load = &v->c->load;
	const struct segments *segments = &load->segments;

	v->items = arena_array(
	    v->c->arena, N_FIELDS + segments->n_by + 1, sizeof(*v->items));
	for (size_t i = 0; i < N_FIELDS; i++)
		add_column(v, fields[vocabulary_fields[i]].name,
		    (int)vocabulary_fields[i], load->want_attribute[i]);
	for (size_t i = 0; i < segments->n_by; i++)
		if (segments->items[i].kind == SEGMENT_PLAIN)
			add_column(v, segments->items[i].name, -1,
			    segments->items[i].attribute);
}

static void
count_words(struct vocabularies *v)
{
	struct walk *walk = &v->c->walk;

	while (walk_next(walk)) {
		v->records++;
		for (size_t i = 0; i < v->n; i++)
			v->items[i].counts[store_attribute_at(v->c->load.store,
			    walk->record, v->items[i].attribute)]++;
	}
}

/* ---- words ---- */

static bool
has_list(const struct vocabularies *v, const struct vocabulary *column)
{
	const struct definitions *d = &v->c->load.definitions;

	return (column->field == FIELD_SOURCE && d->n_sources) ||
	       (column->field == FIELD_STAGE && d->n_stages) ||
	       (column->field == FIELD_REJECT_REASON && d->rejection_reasons.n);
}

/* The agreed name of a text, or one without bytes. */
static struct slice
agreed_name(const struct vocabularies *v, const struct vocabulary *column,
    uint32_t text)
{
	struct load *load = &v->c->load;
	struct slice raw = intern_get(load->store->texts, text);
	const struct source_definition *source;
	const struct reason *reason;
	uint16_t stage;

	switch (column->field) {
	case FIELD_SOURCE:
		source = segments_source(&load->segments, load->store, raw);
		return slice_of(source ? source->name : NULL);
	case FIELD_STAGE:
		stage = store_stage(load->store, raw);
		return slice_of(stage == STAGE_NONE
				    ? NULL
				    : load->definitions.stages[stage].name);
	case FIELD_REJECT_REASON:
		reason = reasons_of(v->reasons, text);
		return reason->kind == REASON_LISTED ? reason->name
						     : slice_of(NULL);
	default:
		return slice_of(NULL);
	}
}

/* The most frequent first. */
static int
compare_words(const void *pa, const void *pb)
{
	const struct word *a = pa, *b = pb;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return slice_compare(a->raw, b->raw);
}

static uint32_t
key_of(struct intern *keys, struct slice text)
{
	char folded[FOLD_MAX];
	size_t n = fold_key(folded, FOLD_MAX, text);

	return intern_put(keys, (struct slice){ folded, n });
}

static bool
is_agreed(const struct word *word)
{
	return word->agreed.n && slice_equal(word->agreed, word->raw);
}

/* Of spellings that fold to the same, all are variants of the agreed name,
 * else of the most frequent, which comes first. */
static void
find_variants(struct arena *arena, struct vocabulary *column)
{
	struct intern *keys = intern_new(arena);
	const struct word **leaders =
	    arena_array(arena, column->n_words + 1, sizeof(*leaders));

	for (size_t i = 0; i < column->n_words; i++) {
		const struct word *word = &column->words[i];
		uint32_t key = key_of(keys, word->raw);

		if (!leaders[key] || is_agreed(word))
			leaders[key] = word;
	}
	for (size_t i = 0; i < column->n_words; i++) {
		struct word *word = &column->words[i];
		const struct word *leader = leaders[key_of(keys, word->raw)];

		if (leader != word)
			word->variant_of = leader->raw;
	}
}

/* The words of the n texts that were there before the walk. */
static void
make_words(struct vocabularies *v, struct vocabulary *column, size_t n)
{
	const struct intern *texts = v->c->load.store->texts;
	size_t count = 0;

	for (uint32_t text = 1; text < n; text++)
		count += column->counts[text] > 0;
	column->words =
	    arena_array(v->c->arena, count + 1, sizeof(*column->words));
	for (uint32_t text = 1; text < n; text++)
		if (column->counts[text])
			column->words[column->n_words++] =
			    (struct word){ .raw = intern_get(texts, text),
				    .agreed = agreed_name(v, column, text),
				    .n = column->counts[text] };
	column->blank = column->counts[0];
	qsort(column->words, column->n_words, sizeof(*column->words),
	    compare_words);
	find_variants(v->c->arena, column);
}

/* ---- table ---- */

enum {
	WORD_COLUMN,
	WORD_VALUE,
	WORD_N,
	WORD_SHARE,
	WORD_FINDING,
	WORD_AGREED,
	WORD_VARIANT,
	WORD_COLUMNS
};

static const struct column word_columns[WORD_COLUMNS] = {
	[WORD_COLUMN] = { "column", "Column", UNIT_TEXT, FOR_ALL,
	    "What the values are of: a field, or a column of --by." },
	[WORD_VALUE] = { "text", "Value", UNIT_TEXT, FOR_ALL,
	    "As it was typed; (blank) where nothing was." },
	[WORD_N] = { "n", "Records", UNIT_COUNT, FOR_ALL,
	    "Records that have it." },
	[WORD_SHARE] = { "share", "Share", UNIT_SHARE, FOR_ALL,
	    "Of all records." },
	[WORD_FINDING] = { "finding", "Finding", UNIT_TEXT, FOR_ALL,
	    "agreed, alias, spelling, unlisted, blank; empty: nothing to "
	    "say." },
	[WORD_AGREED] = { "agreed", "Agreed name", UNIT_TEXT, FOR_ALL_IF_ANY,
	    "The name in the definitions that it stands for." },
	[WORD_VARIANT] = { "variant_of", "Spelling of", UNIT_TEXT,
	    FOR_ALL_IF_ANY,
	    "The agreed name, else the most frequent value, from which it "
	    "differs in case, blanks or underscores only." },
};

static const char *
finding(const struct vocabularies *v, const struct vocabulary *column,
    const struct word *word)
{
	if (has_list(v, column) && !word->agreed.n)
		return "unlisted";
	if (is_agreed(word))
		return "agreed";
	if (word->agreed.n && !fold_equal(word->agreed, word->raw))
		return "alias";
	return word->agreed.n || word->variant_of.n ? "spelling" : NULL;
}

static struct cell
cell_or_none(struct slice text)
{
	return text.n ? cell_text(text) : cell_optional(NULL);
}

static void
fill_word(const struct vocabularies *v, struct sheet *sheet,
    const struct vocabulary *column, const struct word *word)
{
	sheet_row(sheet, NULL);
	sheet_cell(sheet, WORD_COLUMN, cell_optional(column->name));
	sheet_cell(sheet, WORD_VALUE, cell_text(word->raw));
	sheet_cell(sheet, WORD_N, cell_count(word->n));
	sheet_cell(sheet, WORD_SHARE,
	    cell_number(stats_ratio((double)word->n, (double)v->records)));
	sheet_cell(
	    sheet, WORD_FINDING, cell_optional(finding(v, column, word)));
	sheet_cell(sheet, WORD_AGREED, cell_or_none(word->agreed));
	sheet_cell(sheet, WORD_VARIANT, cell_or_none(word->variant_of));
}

static void
fill_blank(const struct vocabularies *v, struct sheet *sheet,
    const struct vocabulary *column)
{
	sheet_row(sheet, NULL);
	sheet_cell(sheet, WORD_COLUMN, cell_optional(column->name));
	sheet_cell(sheet, WORD_VALUE, cell_optional("(blank)"));
	sheet_cell(sheet, WORD_N, cell_count(column->blank));
	sheet_cell(sheet, WORD_SHARE,
	    cell_number(
		stats_ratio((double)column->blank, (double)v->records)));
	sheet_cell(sheet, WORD_FINDING, cell_optional("blank"));
}

static void
note_column(const struct vocabularies *v, const struct vocabulary *column,
    struct table *table)
{
	uint64_t records = 0;
	size_t unlisted = 0, variants = 0;

	for (size_t i = 0; i < column->n_words; i++) {
		const struct word *word = &column->words[i];
		bool stray = has_list(v, column) && !word->agreed.n;

		unlisted += stray;
		records += stray ? word->n : 0;
		variants += word->variant_of.n > 0;
	}
	table_note(table, "vocabulary",
	    "%s: %zu values, %zu of them spellings of another, %s; blank in "
	    "%" PRIu64 " of %" PRIu64 " records",
	    column->name, column->n_words, variants,
	    has_list(v, column)
		? arena_printf(table->arena,
		      "%zu unlisted (%" PRIu64 " records)", unlisted, records)
		: "none agreed",
	    column->blank, v->records);
}

static int
new_sheet(const struct convert *c, struct sheet *sheet, struct fnl_err *err)
{
	const struct column *columns[WORD_COLUMNS];
	struct sheet_plan plan = { .title = "Vocabulary",
		.no_segments = true,
		.columns = columns,
		.n_columns = WORD_COLUMNS,
		.n_keys = WORD_N };

	for (size_t i = 0; i < WORD_COLUMNS; i++)
		columns[i] = &word_columns[i];
	return convert_sheet(c, plan, sheet, err);
}

static void
fill_column(struct vocabularies *v, struct vocabulary *column, size_t n_texts,
    struct sheet *sheet)
{
	make_words(v, column, n_texts);
	for (size_t i = 0; i < column->n_words; i++)
		fill_word(v, sheet, column, &column->words[i]);
	if (column->blank)
		fill_blank(v, sheet, column);
	note_column(v, column, sheet->table);
}

int
convert_vocabulary(struct convert *c, struct table **out, struct fnl_err *err)
{
	size_t n_texts = intern_count(c->load.store->texts);
	struct vocabularies v = { .c = c };
	struct sheet sheet;

	v.reasons =
	    reasons_new(c->arena, &c->load.definitions, c->load.store->texts);
	choose_columns(&v);
	if (new_sheet(c, &sheet, err) < 0)
		return -1;
	count_words(&v);
	for (size_t i = 0; i < v.n; i++)
		fill_column(&v, &v.items[i], n_texts, &sheet);
	if (!v.n)
		table_note(sheet.table, "vocabulary",
		    "no file has a column of these fields: name some with "
		    "--map or --by");
	walk_note_times(&c->walk, sheet.table);
	load_notes(&c->load, sheet.table);
	walk_note_records(&c->walk, v.records, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
