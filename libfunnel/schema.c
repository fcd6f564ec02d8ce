/*
 * schema.c: from the names in a header to column numbers.
 *
 * It knows no CRM: which names mean what is in the rows of presets[]. First
 * the kind of file is chosen, then its aliases are looked up, so that a name
 * such as `Status` or `Created Date` means what it means in that kind of
 * file. Everything here runs once a file, but for schema_furniture(), which
 * runs once a row.
 */
#include <string.h>

#include "heading.h"
#include "schema.h"

#define SHOWN_MAX 120 /* bytes of a column's name in messages and notes */
#define LISTED_MAX 8 /* columns that one message or note lists */
#define HEADER_CELLS_MAX 512 /* cells of a row that are scored */
#define TWIN_RANK 100 /* added for a twin: after all that is no twin */

struct binder {
	struct arena *arena;
	const char *path;
	const struct bind_request *request;
	struct headings headings;
	struct binding *out;
	struct fnl_err *err;
	bool mapped[FIELD_COUNT]; /* bound by a map, not by an alias */
};

/* ---- Which kind of file ---- */

/* The map of a field that is in force: the last one. */
static const struct column_map *
map_of(const struct bind_request *request, int field)
{
	for (size_t i = request->n_maps; i-- > 0;)
		if (request->maps[i].field &&
		    field_find(slice_of(request->maps[i].field)) == field)
			return &request->maps[i];
	return NULL;
}

/* Takes the next alternative off "a|b|c". */
static bool
next_alternative(const char **rest, struct slice *out)
{
	const char *bar;

	if (!**rest)
		return false;
	bar = strchr(*rest, '|');
	*out = slice_of(*rest);
	if (bar)
		out->n = (size_t)(bar - *rest);
	*rest += out->n + (bar != NULL);
	return true;
}

static bool
header_has(const struct headings *headings, struct slice name, bool bare)
{
	for (size_t i = 0; i < headings->n; i++) {
		const struct heading *h = &headings->items[i];

		if (h->key.n &&
		    (heading_matches(name, h->key) ||
			(bare && heading_matches(name, h->bare_key))))
			return true;
	}
	return false;
}

static bool
need_is_met(const char *need, const struct headings *headings,
    const struct bind_request *request)
{
	struct slice name;

	while (next_alternative(&need, &name)) {
		int field = request->n_maps ? field_find(name) : -1;

		if (header_has(headings, name, true) ||
		    (field >= 0 && map_of(request, field)))
			return true;
	}
	return false;
}

/* By whole names: HubSpot's property_created_at is no created_at. */
static bool
exclude_is_met(const char *exclude, const struct headings *headings)
{
	struct slice name;

	while (next_alternative(&exclude, &name))
		if (header_has(headings, name, false))
			return true;
	return false;
}

static const char *const *
aliases_of(const struct preset_object *object, int field)
{
	for (const struct field_alias *a = object->aliases; a->headers; a++)
		if ((int)a->field == field)
			return a->headers;
	return NULL;
}

static bool
field_is_bound(const struct preset_object *object, enum field_id field,
    const struct headings *headings, const struct bind_request *request)
{
	const char *const *aliases = aliases_of(object, (int)field);

	return map_of(request, (int)field) ||
	       (aliases && headings_alias(headings, aliases) >= 0);
}

static bool
object_fits(const struct preset_object *object, const struct headings *headings,
    const struct bind_request *request)
{
	for (const char *const *n = object->needs; n && *n; n++)
		if (!need_is_met(*n, headings, request))
			return false;
	for (const char *const *n = object->excludes; n && *n; n++)
		if (exclude_is_met(*n, headings))
			return false;
	for (const enum field_id *f = object->binds; f && *f < FIELD_COUNT; f++)
		if (!field_is_bound(object, *f, headings, request))
			return false;
	return true;
}

static bool
touch_columns_know(
    const struct touch_columns *columns, const struct heading *heading)
{
	for (; columns && columns->name; columns++)
		if (heading_matches_any(columns->dates, heading->bare_key) ||
		    heading_matches_any(columns->channels, heading->bare_key) ||
		    heading_matches_any(columns->campaigns, heading->bare_key))
			return true;
	return false;
}

static bool
object_knows(const struct preset_object *object, const struct heading *heading)
{
	bool bare = heading->bare.n != heading->text.n;
	struct slice stage;

	for (const struct field_alias *a = object->aliases; a->headers; a++)
		if (heading_matches_any(a->headers, heading->key) ||
		    (bare &&
			heading_matches_any(a->headers, heading->bare_key)))
			return true;
	return heading_stage(object->patterns, heading->bare, &stage) != NULL ||
	       touch_columns_know(object->columns, heading);
}

static size_t
count_known(const struct preset_object *object, const struct headings *headings)
{
	size_t known = 0;

	for (size_t i = 0; i < headings->n; i++)
		known += object_knows(object, &headings->items[i]);
	return known;
}

/* How well an object fits, before known headers are counted; 0: not at all;
 * 1 keeps a forced preset from refusing an unusual file. */
static unsigned
object_class(const struct preset *preset, const struct preset_object *object,
    const struct headings *headings, const struct bind_request *request)
{
	bool generic = preset[1].id == NULL;
	bool specific = object->needs || object->binds;

	if (object_fits(object, headings, request))
		return specific ? (generic ? 3 : 4) : 2;
	if (request->purpose != PURPOSE_RECORDS)
		return 0;
	return request->preset && (object->shape == SHAPE_RECORD_LIST ||
				      object->shape == SHAPE_WIDE_DATES);
}

/* The best object of one preset, if it is better than the binding's. */
static void
consider_preset(struct binder *b, const struct preset *preset,
    const struct csv_row *header, unsigned *best_class, size_t *best_known)
{
	struct headings headings = headings_read(b->arena, header, preset);
	const struct preset_object *o =
	    preset_objects(preset, b->request->purpose);

	for (; o && o->name; o++) {
		unsigned class = object_class(preset, o, &headings, b->request);
		size_t known;

		if (!class || class < *best_class)
			continue;
		known = count_known(o, &headings);
		if (class == *best_class && known <= *best_known)
			continue;
		*best_class = class;
		*best_known = known;
		b->out->preset = preset;
		b->out->object = o;
		b->headings = headings;
	}
}

static int
unknown_preset(struct binder *b)
{
	const char *known = NULL;

	for (const struct preset *p = presets; p->id; p++)
		known = arena_printf(b->arena, "%s%s%s", known ? known : "",
		    known ? ", " : "", p->id);
	return fail(b->err, FNL_USAGE, "unknown preset '%s' (known are %s)",
	    b->request->preset, known);
}

static int
choose_object(struct binder *b, const struct csv_row *header)
{
	const char *forced = b->request->preset;
	const struct preset *only = preset_find(forced);
	unsigned best_class = 0;
	size_t best_known = 0;

	if (forced && !only)
		return unknown_preset(b);
	for (const struct preset *p = presets; p->id; p++)
		if (!forced || p == only)
			consider_preset(b, p, header, &best_class, &best_known);
	return 0;
}

/* ---- Notes and messages ---- */

/* A name cut to what a message can show, at a whole character. */
static struct slice
shown(struct slice name)
{
	if (name.n > SHOWN_MAX) {
		name.n = SHOWN_MAX;
		name.n = utf8_valid_prefix(name);
	}
	return name;
}

static void
note(struct binder *b, const char *text)
{
	struct binding *out = b->out;

	out->bound_notes = arena_grow(b->arena, (void *)out->bound_notes,
	    (out->n_bound_notes + 1) * sizeof(*out->bound_notes));
	out->bound_notes[out->n_bound_notes++] = text;
}

/* "'a', 'b' and 3 more", growing. */
static const char *
list_name(struct arena *arena, const char *list, size_t n, struct slice name)
{
	name = shown(name);
	if (n >= LISTED_MAX)
		return list;
	return arena_printf(arena, "%s%s'%.*s'", list ? list : "",
	    list ? ", " : "", (int)name.n, name.p);
}

static const char *
list_end(struct arena *arena, const char *list, size_t n)
{
	return n > LISTED_MAX ? arena_printf(arena, "%s and %zu more", list,
				    n - LISTED_MAX)
			      : list;
}

/* Other columns that the same aliases match: which one is used matters. */
static void
note_rivals(struct binder *b, int field, const char *const *aliases)
{
	const struct heading *all = b->headings.items;
	size_t used = (size_t)b->out->column[field], n = 0;
	const char *rivals = NULL;

	for (size_t i = 0; i < b->headings.n; i++) {
		if (slice_equal(all[i].key, all[used].key) ||
		    (!heading_matches_any(aliases, all[i].key) &&
			!heading_matches_any(aliases, all[i].bare_key)))
			continue;
		rivals = list_name(b->arena, rivals, n++, all[i].text);
	}
	if (!rivals)
		return;
	note(b, arena_printf(b->arena, "%s: '%.*s' used, not %s",
		    fields[field].name, (int)shown(all[used].text).n,
		    all[used].text.p, list_end(b->arena, rivals, n)));
}

static void
note_caveat(struct binder *b, int field)
{
	const struct heading *used = &b->headings.items[b->out->column[field]];
	const struct header_caveat *c = b->out->preset->caveats;

	for (; c && c->header; c++)
		if (heading_matches(slice_of(c->header), used->bare_key))
			note(
			    b, arena_printf(b->arena, "%s: '%.*s' %s",
				   fields[field].name, (int)shown(used->text).n,
				   used->text.p, c->says));
}

/* Columns with the same name: the first is used. */
static void
note_namesakes(struct binder *b, const char *what, int column)
{
	const struct heading *all = b->headings.items;
	const struct heading *used = &all[column];

	for (size_t i = (size_t)column + 1; i < b->headings.n; i++) {
		if (!slice_equal(all[i].key, used->key))
			continue;
		note(b, arena_printf(b->arena,
			    "%s: two columns are named '%.*s', %d and %zu; "
			    "the first is used",
			    what, (int)shown(used->text).n, used->text.p,
			    column + 1, i + 1));
		return;
	}
}

/* ---- Binding ---- */

static int
no_column(struct binder *b, const struct column_map *map)
{
	const struct binding *out = b->out;
	const char *near =
	    nearest_name(slice_of(map->column), out->header, out->n_columns);
	const char *list = NULL;
	const char *what = map->field ? map->field : map->stage;

	if (near)
		return fail(b->err, FNL_USAGE,
		    "%s: no column '%s' to take as %s '%s' (did you mean "
		    "'%s'?)",
		    b->path, map->column, map->field ? "field" : "stage", what,
		    near);
	for (size_t i = 0; i < out->n_columns; i++)
		list = list_name(b->arena, list, i, b->headings.items[i].text);
	return fail(b->err, FNL_USAGE,
	    "%s: no column '%s' to take as %s '%s' (its columns are %s)",
	    b->path, map->column, map->field ? "field" : "stage", what,
	    list_end(b->arena, list, out->n_columns));
}

static int
bind_maps(struct binder *b)
{
	const struct bind_request *request = b->request;

	for (size_t i = 0; i < request->n_maps; i++) {
		const struct column_map *map = &request->maps[i];
		int field, column;

		if (!map->field)
			continue;
		field = field_find(slice_of(map->field));
		if (field < 0)
			return fail(b->err, FNL_USAGE,
			    "unknown field '%s' (see funnel-csv(5))",
			    map->field);
		if (map_of(request, field) != map)
			continue;
		column = headings_find(&b->headings, slice_of(map->column));
		if (column < 0 && map->optional)
			continue;
		if (column < 0)
			return no_column(b, map);
		b->out->column[field] = column;
		b->mapped[field] = true;
		note_namesakes(b, map->field, column);
	}
	return 0;
}

static bool
is_stage_map(const struct binder *b, int column)
{
	const struct bind_request *request = b->request;

	for (size_t i = 0; column >= 0 && i < request->n_maps; i++)
		if (request->maps[i].stage &&
		    headings_find(&b->headings,
			slice_of(request->maps[i].column)) == column)
			return true;
	return false;
}

static void
bind_aliases(struct binder *b)
{
	const struct field_alias *a = b->out->object->aliases;

	for (; a->headers; a++) {
		int column = headings_alias(&b->headings, a->headers);

		/* A column that --map gives to a stage is that alone. */
		if (!b->mapped[a->field] && !is_stage_map(b, column))
			b->out->column[a->field] = column;
	}
}

static bool
is_currency_of(struct slice before, struct slice amount)
{
	struct slice word = SLICE("currency");

	return before.n == amount.n + word.n &&
	       memcmp(before.p, amount.p, amount.n) == 0 &&
	       memcmp(before.p + amount.n, word.p, word.n) == 0;
}

/*
 * A report repeats the currency for every money column, just before it
 * (crm-exports.md 0.6). An amount in the organisation's currency is not in
 * that of the deal.
 */
static void
bind_currency(struct binder *b)
{
	const struct heading *all = b->headings.items;
	int amount = b->out->column[FIELD_AMOUNT];
	int *currency = &b->out->column[FIELD_CURRENCY];

	if (amount < 0 || b->mapped[FIELD_CURRENCY])
		return;
	if (amount && is_currency_of(all[amount - 1].key, all[amount].key)) {
		*currency = amount - 1;
		return;
	}
	if (!heading_matches_any(
		b->out->preset->home_amounts, all[amount].bare_key))
		return;
	b->out->home_amount = true;
	if (*currency < 0)
		return;
	note(b, arena_printf(b->arena,
		    "currency: '%.*s' is not that of '%.*s', which is in the "
		    "organisation's currency",
		    (int)shown(all[*currency].text).n, all[*currency].text.p,
		    (int)shown(all[amount].text).n, all[amount].text.p));
	*currency = -1;
}

static void
note_aliases(struct binder *b)
{
	const struct field_alias *a = b->out->object->aliases;

	for (; a->headers; a++) {
		int field = (int)a->field;

		if (b->mapped[field] || b->out->column[field] < 0)
			continue;
		note_rivals(b, field, a->headers);
		note_namesakes(b, fields[field].name, b->out->column[field]);
		note_caveat(b, field);
	}
}

static int
add_stage_column(struct binder *b, struct stage_column column)
{
	struct binding *out = b->out;

	if (out->n_stages == STAGE_COLUMNS_MAX)
		return fail(b->err, FNL_DATA,
		    "%s: more than %d columns of stage dates (export fewer "
		    "pipelines at a time)",
		    b->path, STAGE_COLUMNS_MAX);
	out->stages = arena_grow(
	    b->arena, out->stages, (out->n_stages + 1) * sizeof(*out->stages));
	out->stages[out->n_stages++] = column;
	return 0;
}

/* True when a later map names the same stage. */
static bool
stage_map_is_overridden(const struct bind_request *request, size_t i)
{
	struct slice stage = slice_of(request->maps[i].stage);

	for (size_t j = i + 1; j < request->n_maps; j++)
		if (request->maps[j].stage &&
		    fold_equal(slice_of(request->maps[j].stage), stage))
			return true;
	return false;
}

/* Marks the columns it takes in taken. */
static int
bind_stage_maps(struct binder *b, bool *taken)
{
	const struct bind_request *request = b->request;

	for (size_t i = 0; i < request->n_maps; i++) {
		const struct column_map *map = &request->maps[i];
		struct stage_column found = { .stage = map->stage };

		if (!map->stage || stage_map_is_overridden(request, i))
			continue;
		found.column =
		    headings_find(&b->headings, slice_of(map->column));
		if (found.column < 0 && map->optional)
			continue;
		if (found.column < 0)
			return no_column(b, map);
		if (add_stage_column(b, found))
			return -1;
		taken[found.column] = true;
	}
	return 0;
}

static int
bind_pattern_column(struct binder *b, int column)
{
	const struct preset_object *object = b->out->object;
	const struct heading *h = &b->headings.items[column];
	struct slice stage, pipeline;
	const struct stage_pattern *p =
	    heading_stage(object->patterns, h->bare, &stage);
	struct stage_column found = { .column = column };

	if (!p)
		return 0;
	pipeline = heading_pipeline(&stage);
	if (object->only_pipeline &&
	    fold_equal(pipeline, slice_of(object->only_pipeline)))
		pipeline.n = 0;
	found.stage = arena_text(b->arena, stage);
	if (pipeline.n)
		found.pipeline = arena_text(b->arena, pipeline);
	found.left = p->left;
	found.rank = p->rank + (h->twin ? TWIN_RANK : 0);
	return add_stage_column(b, found);
}

static int
bind_stage_columns(struct binder *b)
{
	bool *taken = arena_array(b->arena, b->headings.n + 1, sizeof(*taken));

	if (bind_stage_maps(b, taken))
		return -1;
	for (int i = 0; i < (int)b->headings.n; i++)
		if (!taken[i] && bind_pattern_column(b, i))
			return -1;
	return 0;
}

static int
optional_alias(const struct binder *b, const char *const *aliases)
{
	return aliases ? headings_alias(&b->headings, aliases) : -1;
}

/* The touches that a row of a person holds, those whose date it has. */
static int
bind_touch_columns(struct binder *b)
{
	const struct touch_columns *c = b->out->object->columns;

	for (; c && c->name; c++) {
		struct stage_column date = { .stage = c->name };

		date.column = headings_alias(&b->headings, c->dates);
		if (date.column < 0)
			continue;
		b->out->touches[b->out->n_stages] =
		    (struct touch_binding){ optional_alias(b, c->channels),
			    optional_alias(b, c->campaigns) };
		if (add_stage_column(b, date))
			return -1;
	}
	return 0;
}

static bool
same_stage(const struct stage_column *a, const struct stage_column *b)
{
	return a->left == b->left &&
	       fold_equal(slice_of(a->stage), slice_of(b->stage)) &&
	       fold_equal(slice_of(a->pipeline), slice_of(b->pipeline));
}

/* One note for all columns whose stage has a newer column. */
static void
note_stage_twins(struct binder *b)
{
	const struct binding *out = b->out;
	const char *list = NULL;
	size_t n = 0;

	for (size_t i = 0; i < out->n_stages; i++)
		for (size_t j = 0; j < out->n_stages; j++) {
			if (out->stages[j].rank >= out->stages[i].rank ||
			    !same_stage(&out->stages[i], &out->stages[j]))
				continue;
			list = list_name(b->arena, list, n++,
			    b->headings.items[out->stages[i].column].text);
			break;
		}
	if (list)
		note(b, arena_printf(b->arena,
			    "stage dates: not used, since a newer column holds "
			    "the same stage: %s",
			    list_end(b->arena, list, n)));
}

static void
bind_wanted(struct binder *b)
{
	const struct bind_request *request = b->request;

	b->out->wanted = arena_array(
	    b->arena, request->n_wanted + 1, sizeof(*b->out->wanted));
	for (size_t i = 0; i < request->n_wanted; i++) {
		int column =
		    headings_find(&b->headings, slice_of(request->wanted[i]));

		b->out->wanted[i] = column;
		if (column >= 0)
			note_namesakes(b, request->wanted[i], column);
	}
}

/* Dates of stages make a record list wide, whoever found them; an object
 * that is wide as a rule can come without any. */
static enum shape
shape_of(const struct binding *binding)
{
	enum shape shape = binding->object->shape;
	bool entered = false;

	for (size_t i = 0; i < binding->n_stages; i++)
		entered |= !binding->stages[i].left;
	if (shape != SHAPE_RECORD_LIST && shape != SHAPE_WIDE_DATES &&
	    shape != SHAPE_OTHER)
		return shape;
	if (entered)
		return SHAPE_WIDE_DATES;
	return shape == SHAPE_WIDE_DATES ? SHAPE_RECORD_LIST : shape;
}

static void
copy_header(struct binder *b)
{
	struct binding *out = b->out;

	out->n_columns = b->headings.n;
	out->header =
	    arena_array(b->arena, out->n_columns + 1, sizeof(*out->header));
	for (size_t i = 0; i < out->n_columns; i++)
		out->header[i] =
		    arena_text(b->arena, b->headings.items[i].text);
}

int
schema_bind(struct arena *arena, const char *path, const struct csv_row *header,
    const struct bind_request *request, struct binding *out,
    struct fnl_err *err)
{
	struct binder b = { .arena = arena,
		.path = path,
		.request = request,
		.out = out,
		.err = err };

	*out = (struct binding){ 0 };
	for (int i = 0; i < FIELD_COUNT; i++)
		out->column[i] = -1;
	if (choose_object(&b, header))
		return -1;
	copy_header(&b);
	if (bind_maps(&b))
		return -1;
	bind_aliases(&b);
	bind_currency(&b);
	note_aliases(&b);
	if (request->purpose == PURPOSE_RECORDS ? bind_stage_columns(&b)
						: bind_touch_columns(&b))
		return -1;
	note_stage_twins(&b);
	bind_wanted(&b);
	out->shape = request->purpose == PURPOSE_RECORDS ? shape_of(out)
							 : out->object->shape;
	return 0;
}

/* ---- --map ---- */

static int
unknown_field(struct slice name, struct fnl_err *err)
{
	const char *names[FIELD_COUNT];
	const char *near;

	for (int i = 0; i < FIELD_COUNT; i++)
		names[i] = fields[i].name;
	near = nearest_name(name, names, FIELD_COUNT);
	name = shown(name);
	if (near)
		return fail(err, FNL_USAGE,
		    "unknown field '%.*s' in --map (did you mean '%s'?)",
		    (int)name.n, name.p, near);
	return fail(err, FNL_USAGE,
	    "unknown field '%.*s' in --map (see funnel-csv(5); a stage's date "
	    "is stage:NAME)",
	    (int)name.n, name.p);
}

int
schema_parse_map(struct arena *arena, const char *text, struct column_map *out,
    struct fnl_err *err)
{
	const char *equals = strchr(text, '=');
	struct slice name, column;
	size_t stage;
	int field;

	*out = (struct column_map){ 0 };
	if (!equals)
		return fail(err, FNL_USAGE,
		    "no '=' in --map '%s' (write field=Column or "
		    "stage:NAME=Column)",
		    text);
	name = slice_trim((struct slice){ text, (size_t)(equals - text) });
	column = slice_trim(slice_of(equals + 1));
	if (!column.n)
		return fail(err, FNL_USAGE,
		    "no column after '=' in --map '%s' (write the column's "
		    "name as in the header)",
		    text);
	out->column = arena_text(arena, column);
	stage = heading_prefix(name, "stage:");
	if (stage) {
		name = slice_trim(
		    ((struct slice){ name.p + stage, name.n - stage }));
		if (!name.n)
			return fail(err, FNL_USAGE,
			    "no stage after 'stage:' in --map '%s' (write "
			    "stage:NAME=Column)",
			    text);
		out->stage = arena_text(arena, name);
		return 0;
	}
	field = field_find(name);
	if (field < 0)
		return unknown_field(name, err);
	out->field = fields[field].name;
	return 0;
}

/* ---- Finding the header row ---- */

static bool
preset_knows(const struct preset *preset, enum purpose purpose,
    const struct heading *heading)
{
	const struct preset_object *o = preset_objects(preset, purpose);
	const struct field_alias *asked = NULL;

	for (; o && o->name; o++) {
		if (o->aliases != asked && object_knows(o, heading))
			return true;
		asked = o->aliases;
	}
	return false;
}

static bool
asked_for(const struct bind_request *request, struct slice key)
{
	for (size_t i = 0; i < request->n_maps; i++)
		if (fold_equal(slice_of(request->maps[i].column), key))
			return true;
	for (size_t i = 0; i < request->n_wanted; i++)
		if (fold_equal(slice_of(request->wanted[i]), key))
			return true;
	return false;
}

static bool
cell_is_known(const struct bind_request *request, struct slice text)
{
	char key[FOLD_MAX], bare_key[FOLD_MAX];
	struct heading h = { .text = text };

	h.key = (struct slice){ key, fold_key(key, sizeof(key), text) };
	if (asked_for(request, h.key))
		return true;
	for (const struct preset *p = presets; p->id; p++) {
		if (request->preset && preset_find(request->preset) != p)
			continue;
		h.bare = heading_bare(p, text, &h.twin);
		h.bare_key.p = bare_key;
		h.bare_key.n = fold_key(bare_key, sizeof(bare_key), h.bare);
		if (preset_knows(p, request->purpose, &h))
			return true;
	}
	return false;
}

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool
letter(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits and no letters: a number, a date, an amount, no name. */
static bool
numbers_only(struct slice text)
{
	bool digits = false;

	for (size_t i = 0; i < text.n; i++) {
		if (letter(text.p[i]))
			return false;
		digits |= digit(text.p[i]);
	}
	return digits;
}

static bool
has_equal_cells(const struct csv_row *row, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = i + 1; row->fields[i].n && j < n; j++)
			if (slice_equal(row->fields[i], row->fields[j]))
				return true;
	return false;
}

/* The cells that are known; stops when fewer than `least` can be. */
static unsigned
count_known_cells(const struct bind_request *request, const struct csv_row *row,
    uint32_t n, unsigned names, unsigned least)
{
	unsigned known = 0, unknown = 0;

	for (uint32_t i = 0; i < n && names - unknown >= least; i++) {
		struct slice text = slice_trim(row->fields[i]);

		if (!text.n || numbers_only(text))
			continue;
		if (cell_is_known(request, text))
			known++;
		else
			unknown++;
	}
	return known;
}

unsigned
schema_header_score(void *context, const struct csv_row *row)
{
	const struct bind_request *request = context;
	uint32_t n =
	    row->n_fields < HEADER_CELLS_MAX ? row->n_fields : HEADER_CELLS_MAX;
	unsigned names = 0, numbers = 0, least, known;

	if (row->kind != CSV_ROW)
		return 0;
	for (uint32_t i = 0; i < n; i++) {
		struct slice text = slice_trim(row->fields[i]);

		numbers += text.n && numbers_only(text);
		names += text.n && !numbers_only(text);
	}
	least = numbers ? (names + numbers + 1) / 2 : 0;
	if (!names || names < least)
		return 0;
	known = count_known_cells(request, row, n, names, least);
	if (known < least)
		return 0;
	if (known)
		return 2 + known;
	return has_equal_cells(row, n) ? 0 : names > 1 ? 2 : 1;
}

/* ---- Furniture ---- */

struct furniture_pattern {
	const char *text; /* lower case */
	bool word; /* the word must end here */
};

/* crm-exports.md 3.1. The copyright sign comes as UTF-8. */
static const struct furniture_pattern furniture_patterns[] = {
	{ "total", true },
	{ "totals", true },
	{ "grand total", true },
	{ "grand totals", true },
	{ "subtotal", false },
	{ "gesamt", false },
	{ "copyright c", false },
	{ "copyright (c", false },
	{ "copyright \u00a9", false },
	{ "copyright (\u00a9", false },
	{ "confidential information", false },
	{ "generated by", false },
};

static bool
furniture_text(struct slice text)
{
	if (!text.n || !memchr("tgsc", lower(*text.p), 4))
		return false;
	for (size_t i = 0;
	     i < sizeof(furniture_patterns) / sizeof(*furniture_patterns);
	     i++) {
		const struct furniture_pattern *p = &furniture_patterns[i];
		size_t n = heading_prefix(text, p->text);
		char next = n < text.n ? text.p[n] : ' ';

		/* "Total\u00a0:" is French and ends the word too. */
		if (n && (!p->word || next == '\xc2' ||
			     !(letter(next) || digit(next) || next == '_')))
			return true;
	}
	return false;
}

/* True when none of the fields' cells says anything, the matched one apart;
 * *any tells whether the file has such a column at all. */
static bool
cells_are_blank(const struct binding *binding, const struct csv_row *row,
    const enum field_id *keys, uint32_t matched, bool *any)
{
	*any = false;
	for (; *keys < FIELD_COUNT; keys++) {
		int column = binding->column[*keys];

		if (column < 0 || (uint32_t)column == matched)
			continue;
		*any = true;
		if ((uint32_t)column < row->n_fields &&
		    !text_is_null(slice_trim(row->fields[column])))
			return false;
	}
	return true;
}

enum furniture
schema_furniture(const struct binding *binding, const struct csv_row *row)
{
	static const enum field_id record_keys[] = { FIELD_ID, FIELD_PARENT_ID,
		FIELD_STAGE, FIELD_NEW_VALUE, FIELD_COUNT };
	static const enum field_id other_keys[] = { FIELD_TOUCH_CAMPAIGN,
		FIELD_TOUCH_CHANNEL, FIELD_TOUCH_CONTACT, FIELD_TOUCH_RECORD,
		FIELD_TOUCH_ACCOUNT, FIELD_CAMPAIGN, FIELD_NAME, FIELD_ACCOUNT,
		FIELD_TOUCH_DATE, FIELD_CREATED, FIELD_COUNT };
	uint32_t first = 0;
	bool any;

	while (first < row->n_fields && !slice_trim(row->fields[first]).n)
		first++;
	if (first == row->n_fields)
		return FURNITURE_NONE;
	if (row->n_fields == 1 && binding->n_columns > 1)
		return furniture_text(slice_trim(row->fields[0]))
			   ? FURNITURE_PATTERN
			   : FURNITURE_LONE;
	if (!furniture_text(slice_trim(row->fields[first])) ||
	    !cells_are_blank(binding, row, record_keys, first, &any))
		return FURNITURE_NONE;
	if (!any && !cells_are_blank(binding, row, other_keys, first, &any))
		return FURNITURE_NONE;
	return FURNITURE_PATTERN;
}

bool
schema_is_furniture(const struct binding *binding, const struct csv_row *row)
{
	return schema_furniture(binding, row) != FURNITURE_NONE;
}
