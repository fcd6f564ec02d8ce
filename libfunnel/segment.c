/*
 * segment.c: terms, look-ups, agreed sources.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "query.h"
#include "segment.h"

#define LOOKUP_ROWS_MAX 1000000

struct lookup {
	const char *path;
	const char *key; /* name of the key column */
	const char **header;
	size_t n_columns;
	struct intern *keys; /* number -> row */
	struct vec rows; /* of const struct slice *, [0] unused */
	uint64_t bad, repeated; /* rows that were not used */
};

static int
find_column(const char *const *header, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(header[i], name) == 0)
			return (int)i;
	for (size_t i = 0; i < n; i++)
		if (fold_equal(slice_of(header[i]), slice_of(name)))
			return (int)i;
	return -1;
}

static void
lookup_row(struct arena *arena, struct lookup *lookup, size_t key,
    const struct csv_row *row)
{
	struct slice *cells;
	uint32_t number;

	if (row->kind != CSV_ROW || row->n_fields != lookup->n_columns) {
		lookup->bad++;
		return;
	}
	number = intern_put(lookup->keys, slice_trim(row->fields[key]));
	if (number < lookup->rows.count) { /* blank, or the first stands */
		lookup->repeated++;
		return;
	}
	cells = arena_array(arena, lookup->n_columns, sizeof(*cells));
	for (size_t i = 0; i < lookup->n_columns; i++) {
		cells[i] = slice_trim(row->fields[i]);
		cells[i].p = arena_text(arena, cells[i]);
	}
	*(const struct slice **)vec_push(&lookup->rows) = cells;
}

static int
lookup_rows(struct arena *arena, struct lookup *lookup, struct csvin *in,
    struct fnl_err *err)
{
	int key = lookup->key ? find_column(lookup->header, lookup->n_columns,
				    lookup->key)
			      : 0;
	const struct csv_batch *batch;
	int more;

	if (key < 0)
		return fail(err, FNL_USAGE, "--lookup: '%s' has no column '%s'",
		    lookup->path, lookup->key);
	lookup->key = lookup->header[key];
	while ((more = csvin_read(in, &batch, err)) > 0)
		for (size_t i = 0; i < batch->n_rows; i++) {
			if (lookup->rows.count > LOOKUP_ROWS_MAX)
				return fail(err, FNL_DATA,
				    "--lookup: '%s' has more than %d keys",
				    lookup->path, LOOKUP_ROWS_MAX);
			lookup_row(arena, lookup, (size_t)key, &batch->rows[i]);
		}
	return more;
}

/* FILE or FILE:KEY; without a key the first column is it. */
static int
lookup_open(struct arena *arena, const char *text, struct digests *digests,
    struct lookup **out, struct fnl_err *err)
{
	struct lookup *lookup = arena_alloc(arena, sizeof(*lookup));
	const char *colon = strrchr(text, ':');
	struct csvin_options options = { .digests = digests };
	const struct csv_batch *above;
	const struct csv_row *header;
	struct csvin *in;

	lookup->path = colon ? arena_text(arena, (struct slice){ text,
						     (size_t)(colon - text) })
			     : arena_text(arena, slice_of(text));
	lookup->key = colon ? arena_text(arena, slice_of(colon + 1)) : NULL;
	if (csvin_open(arena, lookup->path, &options, &in, err) < 0)
		return -1;
	header = csvin_header(in, &above);
	lookup->n_columns = header->n_fields;
	lookup->header =
	    arena_array(arena, lookup->n_columns, sizeof(*lookup->header));
	for (size_t i = 0; i < lookup->n_columns; i++)
		lookup->header[i] =
		    arena_text(arena, slice_trim(header->fields[i]));
	lookup->keys = intern_new(arena);
	lookup->rows = vec_new(arena, sizeof(const struct slice *));
	vec_push(&lookup->rows);
	*out = lookup;
	return lookup_rows(arena, lookup, in, err);
}

/* ---- planning ---- */

/* A canonical field (by its name too, in files where no alias binds it), or
 * a column of the export. */
static size_t
add_attribute(struct segments *s, int field, const char *column, bool latest)
{
	struct attribute_source *a;

	for (size_t i = 0; i < s->n_attributes; i++) {
		a = &s->attributes[i];
		if (a->field == field && a->latest == latest &&
		    (field >= 0 || fold_equal(slice_of(s->wanted[a->wanted]),
				       slice_of(column))))
			return i;
	}
	a = &s->attributes[s->n_attributes];
	a->field = field;
	a->latest = latest;
	a->wanted = (int)s->n_wanted;
	s->wanted[s->n_wanted++] = field >= 0 ? fields[field].name : column;
	return s->n_attributes++;
}

static bool
from_lookup(struct segments *s, const char *name, struct segment *out)
{
	for (size_t i = 0; i < s->lookups.count; i++) {
		const struct lookup *lookup =
		    *(struct lookup *const *)vec_at(&s->lookups, i);
		int column =
		    find_column(lookup->header, lookup->n_columns, name);

		if (column < 0 ||
		    fold_equal(slice_of(lookup->key), slice_of(name)))
			continue;
		out->kind = SEGMENT_LOOKUP;
		out->lookup = lookup;
		out->lookup_column = (size_t)column;
		out->attribute = add_attribute(s, -1, lookup->key, false);
		return true;
	}
	return false;
}

/* A column of a look-up file, an agreed word, a canonical field, else a
 * column of the export by its header. */
static size_t
add_term(struct segments *s, const char *name)
{
	struct segment *segment = &s->items[s->n];
	int field = field_find(slice_of(name));

	segment->name = name;
	if (from_lookup(s, name, segment))
		return s->n++;
	if (fold_equal(slice_of(name), SLICE("team"))) {
		segment->kind = SEGMENT_TEAM;
		field = FIELD_SOURCE;
	} else if (field == FIELD_SOURCE) {
		segment->kind = SEGMENT_SOURCE;
	} else if (field == FIELD_CURRENCY) {
		segment->kind = SEGMENT_CURRENCY;
		field = FIELD_AMOUNT;
	}
	segment->attribute = add_attribute(s, field, name, false);
	return s->n++;
}

int
segments_add(
    struct segments *s, const char *name, size_t *out, struct fnl_err *err)
{
	if (s->n == SEGMENTS_MAX)
		return fail(err, FNL_USAGE,
		    "more than %d --by and --where terms", SEGMENTS_MAX);
	if (!*name)
		return fail(err, FNL_USAGE, "--by and --where need a column");
	*out = add_term(s, name);
	return 0;
}

int
segments_column(struct segments *s, const char *name, const char *asked,
    bool lenient, size_t *out, struct fnl_err *err)
{
	for (size_t i = 0; i < s->n; i++) {
		struct segment *segment = &s->items[i];

		if (!fold_equal(slice_of(segment->name), slice_of(name)))
			continue;
		if (segment->lenient && !lenient) {
			segment->lenient = false;
			segment->asked = asked;
		}
		*out = i;
		return 0;
	}
	if (s->n_columns == SEGMENT_COLUMNS_MAX)
		return fail(err, FNL_USAGE,
		    "%s: the rules and lists asked for name more than %d "
		    "columns",
		    asked, SEGMENT_COLUMNS_MAX);
	*out = add_term(s, name);
	s->items[*out].asked = asked;
	s->items[*out].lenient = lenient;
	s->n_columns++;
	return 0;
}

size_t
segments_want(struct segments *s, enum field_id field, bool latest)
{
	return add_attribute(s, (int)field, NULL, latest);
}

static bool
is_named_before(const struct fnl_list *names, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(names->items[j], names->items[i]) == 0)
			return true;
	return false;
}

static int
plan_by(struct segments *s, const struct fnl_list *by, struct fnl_err *err)
{
	struct fnl_list names = query_split(s->arena, by);
	size_t at;

	for (size_t i = 0; i < names.n; i++) {
		if (is_named_before(&names, i))
			return fail(err, FNL_USAGE,
			    "--by: '%s' is named twice (name it once)",
			    names.items[i]);
		if (segments_add(s, names.items[i], &at, err) < 0)
			return -1;
	}
	s->n_by = s->n;
	return 0;
}

int
segments_plan(struct arena *arena, const struct fnl_input *input,
    struct digests *digests, struct segments *s, struct fnl_err *err)
{
	const size_t terms = SEGMENTS_MAX + SEGMENT_COLUMNS_MAX;
	const size_t most = terms + WANTS_MAX;

	s->arena = arena;
	s->items = arena_array(arena, terms + 1, sizeof(*s->items));
	s->attributes = arena_array(arena, most + 1, sizeof(*s->attributes));
	s->wanted = arena_array(arena, most + 1, sizeof(*s->wanted));
	s->lookups = vec_new(arena, sizeof(struct lookup *));
	for (size_t i = 0; i < input->lookups.n; i++)
		if (lookup_open(arena, input->lookups.items[i], digests,
			vec_push(&s->lookups), err) < 0)
			return -1;
	return plan_by(s, &input->by, err);
}

static bool
is_bound(const struct segments *s, const struct segment *segment,
    struct reader *const *readers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (reader_attribute(
			readers[i], &s->attributes[segment->attribute]) >= 0)
			return true;
	return false;
}

/* Of all files, since any of them may have it. */
static const char *
nearest_column(const char *name, struct reader *const *readers, size_t n)
{
	const char *near = NULL;

	for (size_t i = 0; i < n && !near; i++)
		near = nearest_name(slice_of(name), readers[i]->binding.header,
		    readers[i]->binding.n_columns);
	return near;
}

const char *
segments_absent(
    const struct segments *s, size_t i, struct reader *const *readers, size_t n)
{
	const struct segment *segment = &s->items[i];
	const struct attribute_source *a = &s->attributes[segment->attribute];
	const char *name = s->wanted[a->wanted], *near;

	if (is_bound(s, segment, readers, n))
		return NULL;
	if (a->field >= 0)
		return arena_printf(s->arena,
		    "no input has a column for '%s' (say which with --map "
		    "%s=COLUMN)",
		    segment->name, fields[a->field].name);
	near = nearest_column(name, readers, n);
	return arena_printf(s->arena, "no input has a column '%s'%s%s%s", name,
	    near ? " (did you mean '" : "", near ? near : "",
	    near ? "'?)" : "");
}

int
segments_check(const struct segments *s, struct reader *const *readers,
    size_t n, struct fnl_err *err)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct segment *segment = &s->items[i];
		const char *absent =
		    segment->lenient ? NULL : segments_absent(s, i, readers, n);

		if (absent)
			return fail(err, FNL_USAGE, "%s%s%s",
			    segment->asked ? segment->asked : "",
			    segment->asked ? ": " : "", absent);
	}
	return 0;
}

/* ---- values ---- */

static struct names *
names_of_sources(struct arena *arena, const struct definitions *d)
{
	struct names *names = names_new(arena);

	for (unsigned i = 0; i < d->n_sources; i++) {
		const struct source_definition *source = &d->sources[i];

		names_add(names, source->name, i);
		for (unsigned j = 0; j < source->aliases.n; j++)
			names_add(names, source->aliases.items[j], i);
	}
	return names;
}

static const struct source_definition *
agreed_source(
    const struct segments *s, const struct store *store, struct slice raw)
{
	uint32_t i;

	return s->sources && names_find(s->sources, raw, &i)
		   ? &store->definitions->sources[i]
		   : NULL;
}

const struct source_definition *
segments_source(
    struct segments *segments, const struct store *store, struct slice raw)
{
	if (!segments->sources)
		segments->sources =
		    names_of_sources(segments->arena, store->definitions);
	return agreed_source(segments, store, raw);
}

static struct slice
agreed_value(const struct segments *s, const struct segment *segment,
    const struct store *store, struct slice raw)
{
	const struct source_definition *source;
	uint32_t key;

	switch (segment->kind) {
	case SEGMENT_SOURCE:
		source = agreed_source(s, store, raw);
		return source ? slice_of(source->name) : raw;
	case SEGMENT_TEAM:
		source = agreed_source(s, store, raw);
		return source ? slice_of(source->team) : SLICE("");
	case SEGMENT_LOOKUP:
		key = intern_find(segment->lookup->keys, raw);
		if (key == UINT32_MAX)
			return SLICE(SEGMENT_NO_MATCH);
		if (!key)
			return SLICE("");
		return (*(const struct slice *const *)vec_at(
		    &segment->lookup->rows, key))[segment->lookup_column];
	case SEGMENT_CURRENCY:
	case SEGMENT_PLAIN:
		break;
	}
	return raw;
}

uint32_t
segment_value(
    struct segments *segments, size_t i, struct store *store, uint32_t record)
{
	struct segment *segment = &segments->items[i];
	uint32_t raw = store_attribute_at(store, record, segment->attribute);

	if (!segments->sources)
		segments->sources =
		    names_of_sources(segments->arena, store->definitions);
	if (segment->kind == SEGMENT_CURRENCY)
		return store_at(store, record)->currency;
	if (segment->kind == SEGMENT_PLAIN)
		return raw;
	if (raw >= segment->n_memo) {
		segment->n_memo = 2 * (size_t)raw + 64;
		segment->memo = arena_grow(segments->arena, segment->memo,
		    segment->n_memo * sizeof(*segment->memo));
	}
	if (!segment->memo[raw])
		segment->memo[raw] =
		    1 + intern_put(
			    store->texts, agreed_value(segments, segment, store,
					      intern_get(store->texts, raw)));
	return segment->memo[raw] - 1;
}

#define UNMAPPED_SHOWN 20

static const struct segment *
source_segment(const struct segments *segments)
{
	for (size_t i = 0; i < segments->n; i++)
		if (segments->items[i].kind == SEGMENT_SOURCE ||
		    segments->items[i].kind == SEGMENT_TEAM)
			return &segments->items[i];
	return NULL;
}

static int
compare_slices(const void *a, const void *b)
{
	return slice_compare(
	    *(const struct slice *)a, *(const struct slice *)b);
}

/* "'a', 'b' and 3 more", sorted; values is reordered. */
static const char *
list_values(struct slice *values, size_t n, struct arena *arena)
{
	struct textbuf text = { .arena = arena };

	qsort(values, n, sizeof(*values), compare_slices);
	for (size_t i = 0; i < n && i < UNMAPPED_SHOWN; i++)
		textbuf_add(&text, "%s'%.*s'", i ? ", " : "", (int)values[i].n,
		    values[i].p);
	if (n > UNMAPPED_SHOWN)
		textbuf_add(&text, " and %zu more", n - UNMAPPED_SHOWN);
	return n ? text.p : NULL;
}

const char *
segments_unmapped_sources(const struct segments *segments,
    const struct store *store, struct arena *arena)
{
	const struct segment *segment = source_segment(segments);
	struct slice *values;
	size_t n = 0;

	if (!segment)
		return NULL;
	values = arena_array(arena, segment->n_memo + 1, sizeof(*values));
	for (uint32_t raw = 1; raw < segment->n_memo; raw++) {
		struct slice value;

		if (!segment->memo[raw])
			continue;
		value = intern_get(store->texts, raw);
		if (!agreed_source(segments, store, value))
			values[n++] = value;
	}
	return list_values(values, n, arena);
}

/* Keys of the records that the look-up file does not have. */
static const char *
missing_keys(const struct segment *segment, const struct store *store,
    struct arena *arena)
{
	struct slice *values =
	    arena_array(arena, segment->n_memo + 1, sizeof(*values));
	size_t n = 0;

	for (uint32_t raw = 1; raw < segment->n_memo; raw++) {
		struct slice value;

		if (!segment->memo[raw])
			continue;
		value = intern_get(store->texts, raw);
		if (intern_find(segment->lookup->keys, value) == UINT32_MAX)
			values[n++] = value;
	}
	return list_values(values, n, arena);
}

/* One note a look-up file, whichever of its columns are asked for. */
static const struct segment *
first_segment_of(const struct segments *segments, const struct lookup *lookup)
{
	for (size_t i = 0; i < segments->n; i++)
		if (segments->items[i].lookup == lookup)
			return &segments->items[i];
	return NULL;
}

void
segments_note_lookups(const struct segments *segments,
    const struct store *store, struct table *table)
{
	for (size_t i = 0; i < segments->lookups.count; i++) {
		const struct lookup *lookup =
		    *(struct lookup *const *)vec_at(&segments->lookups, i);
		const struct segment *segment =
		    first_segment_of(segments, lookup);
		const char *missing =
		    segment ? missing_keys(segment, store, table->arena) : NULL;

		table_note(table, "lookup",
		    "%s: %zu rows by '%s'; not used: %" PRIu64
		    " malformed or ragged, %" PRIu64 " blank or repeated keys",
		    lookup->path, lookup->rows.count - 1, lookup->key,
		    lookup->bad, lookup->repeated);
		if (missing)
			table_note(table, "no_match", "%s has no row for %s",
			    lookup->path, missing);
	}
}
