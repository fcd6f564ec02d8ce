/*
 * Which columns a header binds to: tests/data/headers.data; --map; telling
 * the header row; furniture; and that the tables of presets are in order.
 */
#include "heading.h"
#include "ledger.h"
#include "schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CELLS_MAX 2000
#define LINE_BYTES 65536
#define REQUEST_MAX 16

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return arena == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* ---- Rows ---- */

/* Cells of one CSV line; enough of CSV for headers. The line is changed. */
static struct csv_row
row_of(char *line)
{
	struct slice *cells = arena_array(arena, CELLS_MAX, sizeof(*cells));
	struct csv_row row = { .line = 1, .last_line = 1, .fields = cells };
	char *from = line, *to = line;

	if (strncmp(from, "\xef\xbb\xbf", 3) == 0)
		to = from += 3;
	for (bool more = true; more; row.n_fields++) {
		char *start = to;
		bool quoted = *from == '"';

		assert_true(row.n_fields < CELLS_MAX);
		from += quoted;
		for (;; *to++ = *from++) {
			if (quoted && from[0] == '"' && from[1] == '"')
				from++;
			else if (quoted && from[0] == '"')
				quoted = false, from++;
			if (!*from || (!quoted && strchr(",\r\n", *from)))
				break;
		}
		more = *from == ',';
		from += more;
		/* as csvin.h has it: no text where nothing stands */
		cells[row.n_fields] =
		    (struct slice){ quoted || to > start ? start : NULL,
			    (size_t)(to - start) };
		to = from;
	}
	return row;
}

static struct csv_row
row(const char *line)
{
	return row_of(arena_text(arena, slice_of(line)));
}

/* A row whose cells lie back to back in memory of exactly that size, so that
 * a sanitiser sees any step beyond. */
static struct csv_row
row_from_bytes(const char *bytes, size_t n)
{
	char *copy = arena_alloc(arena, n + 1);
	struct slice *cells = arena_array(arena, n + 1, sizeof(*cells));
	struct csv_row out = { .line = 1, .last_line = 1, .fields = cells };
	size_t start = 0;

	memcpy(copy, bytes, n);
	for (size_t i = 0; i <= n; i++) {
		if (i < n && copy[i] != ',')
			continue;
		cells[out.n_fields++] =
		    (struct slice){ copy + start, i - start };
		start = i + 1;
	}
	return out;
}

/* ---- headers.data ---- */

struct header_case {
	int line; /* of the data file */
	char header[LINE_BYTES];
	struct column_map maps[REQUEST_MAX];
	const char *wanted[REQUEST_MAX];
	struct bind_request request;
	struct binding binding;
	bool bound, absent;
};

/* The text after a keyword, or NULL. */
static char *
after(char *line, const char *keyword)
{
	size_t n = strlen(keyword);

	return strncmp(line, keyword, n) == 0 && line[n] == ' ' ? line + n + 1
								: NULL;
}

static void
read_first_line(struct header_case *c, const char *name)
{
	const char *shared = getenv("FUNNEL_SHARED");
	char path[1024];
	FILE *file;

	snprintf(path, sizeof(path), "%s/data/%s",
	    shared ? shared : "../shared", name);
	file = fopen(path, "rb");
	c->absent = !file || !fgets(c->header, sizeof(c->header), file);
	if (file)
		fclose(file);
	if (c->absent)
		print_message("skipped: %s is absent\n", name);
}

static void
bind(struct header_case *c)
{
	struct fnl_err err = { 0 };
	struct csv_row header;

	if (c->bound)
		return;
	c->bound = true;
	header = row(c->header);
	c->request.maps = c->maps;
	c->request.wanted = c->wanted;
	if (schema_bind(
		arena, "test.csv", &header, &c->request, &c->binding, &err))
		fail_msg("headers.data:%d: %s", c->line, err.message);
}

/* "HEADER", "#N" or "-" to the column that is meant. */
static int
column_meant(const struct header_case *c, const char *text)
{
	if (strcmp(text, "-") == 0)
		return -1;
	if (*text == '#')
		return (int)strtol(text + 1, NULL, 10) - 1;
	for (size_t i = 0; i < c->binding.n_columns; i++)
		if (strcmp(c->binding.header[i], text) == 0)
			return (int)i;
	fail_msg("headers.data:%d: no column '%s'", c->line, text);
	return -1;
}

/* Splits "LEFT = RIGHT" at the last " = ". */
static char *
right_side(char *text)
{
	char *at = NULL;

	for (char *p = text; (p = strstr(p, " = ")); p++)
		at = p;
	assert_non_null(at);
	*at = '\0';
	return at + 3;
}

static void
check_binds(const struct header_case *c, int line, const char *expected)
{
	const struct binding *b = &c->binding;
	const char *got = arena_printf(arena, "%s, %s, %s", b->preset->id,
	    b->object->name, shapes[b->shape].name);

	if (strcmp(got, expected))
		fail_msg("headers.data:%d: binds %s", line, got);
}

static void
check_column(const struct header_case *c, int line, char *text)
{
	int expected = column_meant(c, right_side(text));
	int field = field_find(slice_of(text));
	int got;

	assert_true(field >= 0);
	got = c->binding.column[field];
	if (got != expected)
		fail_msg("headers.data:%d: %s is '%s'", line, text,
		    got < 0 ? "-" : c->binding.header[got]);
}

static void
check_stage(const struct header_case *c, int line, char *text)
{
	int column = column_meant(c, right_side(text));

	for (size_t i = 0; i < c->binding.n_stages; i++) {
		const struct stage_column *s = &c->binding.stages[i];
		const char *got;

		if (s->column != column)
			continue;
		got = arena_printf(arena, "%s|%s|%s|%d",
		    s->left ? "left" : "entered", s->stage,
		    s->pipeline ? s->pipeline : "", s->rank);
		if (strcmp(got, text))
			fail_msg("headers.data:%d: stage %s", line, got);
		return;
	}
	fail_msg("headers.data:%d: no stage column", line);
}

static void
check_note(const struct header_case *c, int line, const char *text)
{
	for (size_t i = 0; i < c->binding.n_bound_notes; i++)
		if (strstr(c->binding.bound_notes[i], text))
			return;
	for (size_t i = 0; i < c->binding.n_bound_notes; i++)
		print_message("note: %s\n", c->binding.bound_notes[i]);
	fail_msg("headers.data:%d: no such note", line);
}

static void
check_count(int line, size_t got, const char *expected)
{
	if (got != strtoul(expected, NULL, 10))
		fail_msg("headers.data:%d: %zu", line, got);
}

static void
check_wanted(const struct header_case *c, int line, char *text)
{
	int expected = column_meant(c, right_side(text));

	if (c->binding.wanted[strtoul(text, NULL, 10)] != expected)
		fail_msg("headers.data:%d: not that column", line);
}

/* A line that belongs to the request; true when it is one. */
static bool
request_line(struct header_case *c, char *line)
{
	struct fnl_err err = { 0 };
	char *text;

	if ((text = after(line, "map"))) {
		struct column_map *map = &c->maps[c->request.n_maps++];

		assert_true(c->request.n_maps <= REQUEST_MAX);
		if (schema_parse_map(arena, text, map, &err))
			fail_msg("%s", err.message);
	} else if ((text = after(line, "want"))) {
		assert_true(c->request.n_wanted < REQUEST_MAX);
		c->wanted[c->request.n_wanted++] =
		    arena_text(arena, slice_of(text));
	} else if ((text = after(line, "preset"))) {
		c->request.preset = arena_text(arena, slice_of(text));
	}
	return text != NULL;
}

static void
check_line(const struct header_case *c, int number, char *line)
{
	char *text;

	if ((text = after(line, "binds")))
		check_binds(c, number, text);
	else if ((text = after(line, "column")))
		check_column(c, number, text);
	else if ((text = after(line, "stages")))
		check_count(number, c->binding.n_stages, text);
	else if ((text = after(line, "stage")))
		check_stage(c, number, text);
	else if ((text = after(line, "notes")))
		check_count(number, c->binding.n_bound_notes, text);
	else if ((text = after(line, "note")))
		check_note(c, number, text);
	else if ((text = after(line, "wanted")))
		check_wanted(c, number, text);
	else
		fail_msg("headers.data:%d: what is '%s'?", number, line);
}

static void
test_headers(void **state)
{
	static struct header_case c;
	static char line[LINE_BYTES];
	FILE *file = fopen("tests/data/headers.data", "r");
	int number = 0, cases = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		char *text;

		number++;
		line[strcspn(line, "\n")] = '\0';
		if (!*line || *line == '#')
			continue;
		if ((text = after(line, "header")) ||
		    (text = after(line, "file"))) {
			memset(&c, 0, sizeof(c));
			c.line = number;
			cases++;
			if (*line == 'f')
				read_first_line(&c, text);
			else
				snprintf(
				    c.header, sizeof(c.header), "%s", text);
		} else if (!c.absent && !request_line(&c, line)) {
			bind(&c);
			check_line(&c, number, line);
		}
	}
	fclose(file);
	assert_true(cases > 60);
}

/* ---- --map ---- */

static const char *
map_error(const char *text)
{
	static struct fnl_err err;
	struct column_map map;

	err = (struct fnl_err){ 0 };
	assert_int_equal(schema_parse_map(arena, text, &map, &err), -1);
	assert_int_equal(err.code, FNL_USAGE);
	return err.message;
}

static void
test_parse_map(void **state)
{
	struct column_map map;

	(void)state;
	assert_int_equal(
	    schema_parse_map(arena, " Close Date = When = done ", &map, NULL),
	    0);
	assert_string_equal(map.field, "close_date");
	assert_string_equal(map.column, "When = done");
	assert_null(map.stage);
	assert_int_equal(
	    schema_parse_map(arena, "Stage: Closed Won =Won On", &map, NULL),
	    0);
	assert_null(map.field);
	assert_string_equal(map.stage, "Closed Won");
	assert_string_equal(map.column, "Won On");
	assert_int_equal(
	    schema_parse_map(arena, "touch.date=Day", &map, NULL), 0);
	assert_string_equal(map.field, "touch.date");
}

static void
test_parse_map_errors(void **state)
{
	(void)state;
	assert_string_equal(map_error("amount"),
	    "no '=' in --map 'amount' (write field=Column or "
	    "stage:NAME=Column)");
	assert_string_equal(map_error("amount= "),
	    "no column after '=' in --map 'amount= ' (write the column's name "
	    "as in the header)");
	assert_string_equal(map_error("stage:=Won On"),
	    "no stage after 'stage:' in --map 'stage:=Won On' (write "
	    "stage:NAME=Column)");
	assert_string_equal(map_error("ammount=A"),
	    "unknown field 'ammount' in --map (did you mean 'amount'?)");
	assert_string_equal(map_error("colour of the sky=A"),
	    "unknown field 'colour of the sky' in --map (see funnel-csv(5); a "
	    "stage's date is stage:NAME)");
	assert_string_equal(map_error("=A"),
	    "unknown field '' in --map (see funnel-csv(5); a stage's date is "
	    "stage:NAME)");
}

static const char *
bind_error(const char *header, const char *preset, const char *map)
{
	static struct fnl_err err;
	struct column_map maps[1] = { { 0 } };
	struct bind_request request = { .preset = preset, .maps = maps };
	struct csv_row cells = row(header);
	struct binding binding;

	err = (struct fnl_err){ 0 };
	if (map) {
		assert_int_equal(
		    schema_parse_map(arena, map, &maps[0], &err), 0);
		request.n_maps = 1;
	}
	assert_int_equal(
	    schema_bind(arena, "d.csv", &cells, &request, &binding, &err), -1);
	assert_int_equal(err.code, FNL_USAGE);
	return err.message;
}

static void
test_bind_errors(void **state)
{
	(void)state;
	assert_string_equal(bind_error("Id,StageName", "sugar", NULL),
	    "unknown preset 'sugar' (known are salesforce, hubspot, zoho, "
	    "generic)");
	assert_string_equal(bind_error("Id,Amount,Stage", NULL, "amount=Amout"),
	    "d.csv: no column 'Amout' to take as field 'amount' (did you mean "
	    "'Amount'?)");
	assert_string_equal(
	    bind_error("Id,Stage", NULL, "stage:Won=Gewonnen am"),
	    "d.csv: no column 'Gewonnen am' to take as stage 'Won' (its "
	    "columns are 'Id', 'Stage')");
	assert_string_equal(
	    bind_error("a1,a2,a3,a4,a5,a6,a7,a8,a9,b1", NULL, "id=zzzzzzzzz"),
	    "d.csv: no column 'zzzzzzzzz' to take as field 'id' (its columns "
	    "are 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8' and 2 more)");
}

/* One column more than the limit, and a file just within it. */
static void
test_too_many_stage_columns(void **state)
{
	static struct slice cells[STAGE_COLUMNS_MAX + 3];
	struct csv_row header = { .n_fields = STAGE_COLUMNS_MAX + 3,
		.fields = cells };
	struct bind_request request = { 0 };
	struct binding binding;
	struct fnl_err err = { 0 };

	(void)state;
	cells[0] = SLICE("Record ID");
	cells[1] = SLICE("Deal Name");
	for (int i = 0; i <= STAGE_COLUMNS_MAX; i++)
		cells[i + 2] = slice_of(
		    arena_printf(arena, "Date entered \"Stage %d (P)\"", i));
	assert_int_equal(
	    schema_bind(arena, "d.csv", &header, &request, &binding, &err), -1);
	assert_int_equal(err.code, FNL_DATA);
	assert_string_equal(err.message,
	    "d.csv: more than 1024 columns of stage dates (export fewer "
	    "pipelines at a time)");
	header.n_fields--;
	assert_int_equal(
	    schema_bind(arena, "d.csv", &header, &request, &binding, NULL), 0);
	assert_int_equal(binding.n_stages, STAGE_COLUMNS_MAX);
}

/* ---- The header row ---- */

static unsigned
score(const char *line)
{
	struct bind_request request = { 0 };
	struct csv_row cells = row(line);

	return schema_header_score(&request, &cells);
}

/* Title lines, header and totals of crm-exports.md 10 and 3.1. */
static void
test_header_score(void **state)
{
	static const char *const wanted[] = { "Colour" };
	struct bind_request request = { .wanted = wanted, .n_wanted = 1 };
	struct csv_row cells = row("Shape,Colour");
	struct csv_row malformed = { .kind = CSV_MALFORMED };

	(void)state;
	assert_int_equal(score("Campaign report"), 1);
	assert_int_equal(score("\"September 1, 2026 - September 3, 2026\""), 1);
	assert_true(score("Day,Campaign,Campaign ID,Currency code,Cost,Impr.,"
			  "Clicks,Conversions") > 5);
	assert_int_equal(
	    score("2026-09-02,Spring Roofs,12345678901,CAD,\"1,020.50\""), 0);
	assert_int_equal(score(""), 0);
	assert_int_equal(score(",,"), 0);
	assert_int_equal(score("red,red,blue"), 0);
	assert_int_equal(score("red,green,blue"), 2);
	assert_int_equal(score("red,7,blue"), 0);
	/* a column of a pivot table does not spoil a header that is known */
	assert_true(score("Deal ID,Stage,Amount,Owner,2024") >= 6);
	/* the cells of a field history hold names of columns too */
	assert_true(score("Opportunity ID,Field / Event,Old Value,New Value,"
			  "Edit Date") >
		    score("0063000000aBcDe,Stage,Prospecting,Amount,Today"));
	assert_true(schema_header_score(&request, &cells) > 2);
	assert_int_equal(schema_header_score(&request, &malformed), 0);
}

/* ---- Furniture ---- */

static enum furniture
furniture(const char *header, const char *line)
{
	struct bind_request request = { 0 };
	struct csv_row names = row(header), cells = row(line);
	struct binding binding;
	enum furniture found;

	assert_int_equal(
	    schema_bind(arena, "d.csv", &names, &request, &binding, NULL), 0);
	found = schema_furniture(&binding, &cells);
	assert_int_equal(
	    schema_is_furniture(&binding, &cells), found != FURNITURE_NONE);
	return found;
}

#define REPORT "Account Name,Opportunity ID,Stage,Amount"

/* The lines of crm-exports.md 3.1 and ruling R43. */
static void
test_furniture(void **state)
{
	static const char *const lines[] = {
		"Total,,,5000",
		"total:,,,",
		"Totals (3),,,",
		"Grand Totals (17 records),,,\"1,000\"",
		"GRAND TOTAL,,,",
		"Subtotals,,,12",
		",Total,,12",
		"  Total ,,,",
		"Total\u00a0:,,,",
		"Copyright (c) 2000-2025 salesforce.com; inc.,,,",
		"Copyright \u00a9 2000-2023 salesforce.com; inc.,,,",
		"Copyright (\u00a9) x,,,",
		"Confidential Information - Do Not Distribute,,,",
		"Generated By: A Name 1/2/2025,,,",
		"Copyright c 2000",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (furniture(REPORT, lines[i]) != FURNITURE_PATTERN)
			fail_msg("no furniture: %s", lines[i]);
	assert_int_equal(furniture(REPORT, "Ofcom"), FURNITURE_LONE);
	assert_int_equal(furniture("Id", "Ofcom"), FURNITURE_NONE);
}

static void
test_no_furniture(void **state)
{
	static const char *const lines[] = {
		"Total Energies,006A0000001abcd,Prospecting,5000",
		"Total Energies,,Prospecting,5000",
		"Total,006A0000001abcd,,",
		"Totally Fine,,,",
		"Total_1,,,",
		"Totalé,,,",
		"Copyright Office,006A0000001abcd,Prospecting,1",
		"Copy,,,",
		"Gamma,,,",
		"Acme,,,",
		",,,",
		"",
		"Acme,Total,,",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (furniture(REPORT, lines[i]) != FURNITURE_NONE)
			fail_msg("furniture: %s", lines[i]);
}

/* The cell that matches can itself be the id or the stage; a file without
 * either is judged by what names its rows (R45). */
static void
test_furniture_without_keys(void **state)
{
	static const char costs[] = "Day,Campaign,Currency code,Cost";

	(void)state;
	assert_int_equal(
	    furniture("Deal ID,Stage,Amount", "Total,,7"), FURNITURE_PATTERN);
	assert_int_equal(
	    furniture("Deal ID,Amount", "Totals,7"), FURNITURE_PATTERN);
	assert_int_equal(
	    furniture("Stage,Amount", "Total,7"), FURNITURE_PATTERN);
	assert_int_equal(
	    furniture(costs, "Total: Account,--,CAD,7"), FURNITURE_PATTERN);
	assert_int_equal(furniture(costs, "Total recall,Spring Roofs,CAD,7"),
	    FURNITURE_NONE);
}

/* ---- The tables ---- */

static void
check_pattern_text(const char *pattern)
{
	char key[FOLD_MAX];
	size_t n = fold_key(key, sizeof(key), slice_of(pattern));

	for (const char *p = pattern; *p; p++)
		assert_false(*p >= 'A' && *p <= 'Z');
	if (!heading_matches(slice_of(pattern), (struct slice){ key, n }))
		fail_msg("'%s' does not match itself", pattern);
}

/* Each alternative of each. */
static void
check_patterns(const char *const *patterns)
{
	for (; patterns && *patterns; patterns++)
		for (const char *p = *patterns; *p;) {
			size_t n = strcspn(p, "|");

			check_pattern_text(
			    arena_text(arena, (struct slice){ p, n }));
			p += n + (p[n] == '|');
		}
}

static void
check_stages(const struct preset_object *object)
{
	int won = 0;

	for (const struct standard_stage *s = object->stages; s && s->name;
	     s++) {
		won += s->outcome == OUTCOME_WON;
		for (const struct standard_stage *t = object->stages; t < s;
		     t++)
			assert_false(
			    fold_equal(slice_of(s->name), slice_of(t->name)));
	}
	assert_true(won <= 1);
}

/* Every log of fields says which of them are followed, and no other file. */
static void
check_changes(const struct preset_object *object)
{
	const struct field_alias *a = object->value_changes;

	assert_true((a != NULL) == (object->shape == SHAPE_OLD_NEW_LOG));
	for (; a && a->headers; a++) {
		assert_true(a->field == FIELD_AMOUNT ||
			    a->field == FIELD_CLOSE_DATE ||
			    a->field == FIELD_OWNER);
		check_patterns(a->headers);
	}
}

static void
check_object(const struct preset_object *object)
{
	bool seen[FIELD_COUNT] = { false };

	assert_true((unsigned)object->shape < SHAPE_COUNT);
	assert_true(object->shape == SHAPE_OTHER || object->stages);
	check_patterns(object->needs);
	check_patterns(object->excludes);
	check_patterns(object->stage_changes);
	for (const struct field_alias *a = object->aliases; a->headers; a++) {
		assert_false(seen[a->field]);
		seen[a->field] = true;
		check_patterns(a->headers);
	}
	check_stages(object);
	check_changes(object);
}

static void
test_tables(void **state)
{
	(void)state;
	for (int i = 0; i < FIELD_COUNT; i++) {
		assert_non_null(fields[i].name);
		assert_non_null(fields[i].help);
		assert_int_equal(field_find(slice_of(fields[i].name)), i);
	}
	assert_int_equal(field_find(SLICE("CLOSE DATE")), FIELD_CLOSE_DATE);
	assert_int_equal(field_find(SLICE("")), -1);
	for (int i = 0; i < SHAPE_COUNT; i++)
		assert_true(shapes[i].name && shapes[i].gives);
	for (const struct preset *p = presets; p->id; p++) {
		assert_ptr_equal(preset_find(p->id), p);
		assert_true(p->title && p->zone_note);
		check_patterns(p->home_amounts);
		for (const struct header_caveat *c = p->caveats; c && c->header;
		     c++)
			check_pattern_text(c->header);
		for (const struct preset_object *o = p->objects; o->name; o++)
			check_object(o);
	}
	assert_null(preset_find("nobody"));
	assert_null(preset_find(NULL));
}

/* The names that tell a kind of file are enough to be taken for it. */
static void
test_needs_tell_the_object(void **state)
{
	(void)state;
	for (const struct preset *p = presets; p->id; p++)
		for (const struct preset_object *o = p->objects; o->name; o++) {
			struct slice cells[REQUEST_MAX];
			struct csv_row header = { .fields = cells };
			struct bind_request request = { 0 };
			struct binding binding;

			for (const char *const *n = o->needs; n && *n; n++)
				cells[header.n_fields++] =
				    (struct slice){ *n, strcspn(*n, "|") };
			if (!header.n_fields)
				continue;
			assert_int_equal(schema_bind(arena, "x", &header,
					     &request, &binding, NULL),
			    0);
			if (binding.preset != p ||
			    strcmp(binding.object->name, o->name))
				fail_msg("%s %s is taken for %s %s", p->id,
				    o->name, binding.preset->id,
				    binding.object->name);
		}
}

/* ---- The manual ---- */

#define MANUAL "man/funnel-csv.5"

static bool
manual_has(const char *line)
{
	static char text[LINE_BYTES];
	static size_t n;

	if (!n) {
		FILE *file = fopen(MANUAL, "r");

		assert_non_null(file);
		n = fread(text, 1, sizeof(text) - 1, file);
		fclose(file);
	}
	return strstr(text, arena_printf(arena, "\n%s\n", line)) != NULL;
}

/* Every row of the tables has an entry, under the name that users type. */
static void
test_manual(void **state)
{
	(void)state;
	for (int i = 0; i < FIELD_COUNT; i++)
		if (!manual_has(
			arena_printf(arena, ".It Ic %s", fields[i].name)))
			fail_msg("no entry for field %s", fields[i].name);
	for (const struct preset *p = presets; p->id; p++)
		if (!manual_has(arena_printf(arena, ".It Cm %s", p->id)))
			fail_msg("no entry for preset %s", p->id);
	for (int i = 0; i < SHAPE_COUNT; i++)
		if (!manual_has(
			arena_printf(arena, ".It Dq %s", shapes[i].name)))
			fail_msg("no entry for shape %s", shapes[i].name);
	for (int i = 0; i < LEDGER_REASONS; i++)
		if (!manual_has(arena_printf(
			arena, ".It Cm %s", ledger_reasons[i].name)))
			fail_msg("no entry for %s", ledger_reasons[i].name);
}

/* ---- Hostile headers ---- */

static void
test_hostile_headers(void **state)
{
	static char bytes[4096];
	struct bind_request request = { 0 };
	struct binding binding;
	uint32_t random = 12345;

	(void)state;
	for (int round = 0; round < 200; round++) {
		static const char words[] = "\"'*(),()dateentered lost_ \xe2";
		size_t n = (size_t)(random >> 8) % sizeof(bytes);
		struct csv_row cells;

		for (size_t i = 0; i < n; i++) {
			random = random * 1664525u + 1013904223u;
			bytes[i] =
			    round & 1
				? words[(random >> 16) % (sizeof(words) - 1)]
				: (char)(random >> 16);
		}
		cells = row_from_bytes(bytes, n);
		schema_header_score(&request, &cells);
		assert_int_equal(
		    schema_bind(arena, "x", &cells, &request, &binding, NULL),
		    0);
		schema_furniture(&binding, &cells);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_needs_tell_the_object),
		cmocka_unit_test(test_parse_map),
		cmocka_unit_test(test_parse_map_errors),
		cmocka_unit_test(test_bind_errors),
		cmocka_unit_test(test_too_many_stage_columns),
		cmocka_unit_test(test_header_score),
		cmocka_unit_test(test_furniture),
		cmocka_unit_test(test_no_furniture),
		cmocka_unit_test(test_furniture_without_keys),
		cmocka_unit_test(test_manual),
		cmocka_unit_test(test_hostile_headers),
	};

	return cmocka_run_group_tests_name("schema", tests, set_up, tear_down);
}
