/*
 * load.c: the input half of the pipeline, in order.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "load.h"
#include "periodlog.h"
#include "query.h"
#include "standard.h"

#define PRESETS_MAX 31
#define RECORD_EVENTS_MAX 50000 /* of one record */

static int
load_definitions_file(struct load *load, struct fnl_err *err)
{
	const struct fnl_input *input = load->input;

	if (input->definitions && input->stages)
		return fail(err, FNL_USAGE,
		    "give either a definitions file or --stages, not both");
	if (input->stages)
		return standard_parse(
		    load->arena, input->stages, &load->definitions, err);
	load->definitions.fiscal_month = 1;
	return input->definitions
		   ? definitions_read(load->arena, input->definitions,
			 &load->definitions, err)
		   : 0;
}

/* An unknown zone of the definitions is a mistake in that file. */
static int
open_zone(const struct load *load, const char *option, const char *name,
    const struct zone **out, struct fnl_err *err)
{
	struct fnl_err why = { FNL_OK, "" };

	if (zone_open(load->arena, name, out, &why) == 0)
		return 0;
	if (option || !load->definitions.path)
		return fail(err, why.code, "%s%s%s", option ? option : "",
		    option ? ": " : "", why.message);
	return fail(err, why.code == FNL_USAGE ? FNL_DATA : why.code,
	    "%s: timezone: %s", load->definitions.path, why.message);
}

/* A time without an offset is taken as written in the zone of the report, so
 * that a day stays the day that the export shows. */
static int
load_zones(struct load *load, struct fnl_err *err)
{
	const char *zone = load->input->zone;
	const char *input_zone = load->input->input_zone;
	const char *option = zone ? "--tz" : NULL;

	if (!zone)
		zone = load->definitions.timezone;
	if (!zone)
		zone = "UTC";
	if (open_zone(load, option, zone, &load->zone, err) < 0)
		return -1;
	load->input_zone = load->zone;
	return input_zone ? open_zone(load, "--in-tz", input_zone,
				&load->input_zone, err)
			  : 0;
}

static int
load_rates(struct load *load, struct fnl_err *err)
{
	const struct definitions *d = &load->definitions;

	if (!d->rates)
		return 0;
	if (!d->currency)
		return fail(err, FNL_DATA,
		    "%s: rates need the currency that they convert to; give "
		    "'currency'",
		    d->path);
	load->rates_path = rates_path(load->arena, d->path, d->rates);
	return rates_read(load->arena, load->rates_path, load->read.digests,
	    d->currency, load->zone, &load->rates, err);
}

static int
load_delimiter(const char *text, char *out, struct fnl_err *err)
{
	static const struct choice delimiters[] = { { "comma", ',' },
		{ "semicolon", ';' }, { "tab", '\t' }, { ",", ',' },
		{ ";", ';' }, { "\t", '\t' }, { NULL, 0 } };
	int value = 0;

	if (text &&
	    query_choice("--delimiter", text, delimiters, &value, err) < 0)
		return -1;
	*out = (char)value;
	return 0;
}

static int
load_preset(const char *name, struct fnl_err *err)
{
	struct choice known[PRESETS_MAX + 1] = { { NULL, 0 } };
	int ignored;

	for (int i = 0; i < PRESETS_MAX && presets[i].id; i++)
		known[i] = (struct choice){ presets[i].id, i };
	return name ? query_choice("--preset", name, known, &ignored, err) : 0;
}

static int
load_reading(struct load *load, struct fnl_err *err)
{
	static const struct choice orders[] = {
		{ "", DATE_ORDER_UNKNOWN },
		{ "dmy", DATE_ORDER_DMY },
		{ "mdy", DATE_ORDER_MDY },
		{ "ymd", DATE_ORDER_YMD },
		{ NULL, 0 },
	};
	static const struct choice marks[] = { { "", DECIMAL_UNKNOWN },
		{ "point", DECIMAL_POINT }, { "comma", DECIMAL_COMMA },
		{ NULL, 0 } };
	static const struct choice wides[] = { { "unknown", WIDE_UNKNOWN },
		{ "first", WIDE_FIRST }, { "latest", WIDE_LATEST },
		{ NULL, 0 } };
	static const struct choice logs[] = { { "prove", PERIOD_LOG_PROVE },
		{ "entry", PERIOD_LOG_ENTRY }, { "exit", PERIOD_LOG_EXIT },
		{ NULL, 0 } };
	static const struct choice rules[] = { { "last", CONFLICT_LATER_WINS },
		{ "error", CONFLICT_ERROR }, { NULL, 0 } };
	const struct fnl_input *in = load->input;
	struct read_options *read = &load->read;
	int order, mark, wide, log, rule;

	if (query_choice("--date-order", in->date_order, orders, &order, err) <
		0 ||
	    query_choice("--decimal", in->decimal, marks, &mark, err) < 0 ||
	    query_choice("--wide-dates", in->wide_dates, wides, &wide, err) <
		0 ||
	    query_choice("--zoho-history", in->period_log, logs, &log, err) <
		0 ||
	    query_choice("--dup", in->duplicates, rules, &rule, err) < 0 ||
	    load_preset(in->preset, err) < 0)
		return -1;
	read->date_order = (enum date_order)order;
	read->decimal = (enum decimal_mark)mark;
	load->conflict_rule = (enum conflict_rule)rule;
	load->wide_dates = (enum wide_dates)wide;
	read->period_log = (enum period_log)log;
	read->zone = load->input_zone;
	read->no_id = in->no_id;
	read->progress = in->progress;
	read->progress_context = in->progress_context;
	return load_delimiter(in->delimiter, &read->delimiter, err);
}

/* The definitions' columns first, so that --map overrides them. */
static int
load_maps(struct load *load, struct fnl_err *err)
{
	const struct definitions *d = &load->definitions;
	const struct fnl_list *maps = &load->input->maps;
	struct column_map *all =
	    arena_array(load->arena, d->n_columns + maps->n + 1, sizeof(*all));
	size_t n = 0;

	for (unsigned i = 0; i < d->n_columns; i++, n++)
		all[n] = (struct column_map){ d->columns[i].field,
			d->columns[i].stage, d->columns[i].column, true };
	for (size_t i = 0; i < maps->n; i++, n++) {
		if (schema_parse_map(
			load->arena, maps->items[i], &all[n], err) < 0)
			return -1;
		all[n].optional = load->input->files.n > 1;
	}
	load->read.bind.maps = all;
	load->read.bind.n_maps = n;
	load->read.bind.preset = load->input->preset;
	return 0;
}

/* With several files a --map may name a column of one of them only. */
static int
check_maps(const struct load *load, struct fnl_err *err)
{
	const struct bind_request *bind = &load->read.bind;

	for (size_t i = load->definitions.n_columns; i < bind->n_maps; i++) {
		bool found = false;

		for (size_t r = 0; r < load->n_readers; r++) {
			const struct binding *b = &load->readers[r]->binding;

			for (size_t c = 0; c < b->n_columns; c++)
				found |= fold_equal(slice_of(b->header[c]),
				    slice_of(bind->maps[i].column));
		}
		if (!found)
			return fail(err, FNL_USAGE,
			    "--map: no input has a column '%s'",
			    bind->maps[i].column);
	}
	return 0;
}

static int
compare_paths(const void *a, const void *b)
{
	return strcmp((*(struct reader *const *)a)->path,
	    (*(struct reader *const *)b)->path);
}

/* Sorted by path: in which order they were named decides nothing, neither
 * which of two rows of a record is the later nor the order of notes. */
static int
open_readers(struct load *load, struct fnl_err *err)
{
	const struct fnl_list *files = &load->input->files;
	unsigned standard_inputs = 0;

	if (!files->n)
		return fail(err, FNL_USAGE,
		    "no input: name an export, or - for standard input");
	if (files->n > INPUT_FILES_MAX)
		return fail(err, FNL_USAGE, "more than %d input files",
		    INPUT_FILES_MAX);
	load->readers =
	    arena_array(load->arena, files->n, sizeof(struct reader *));
	for (size_t i = 0; i < files->n; i++) {
		standard_inputs += strcmp(files->items[i], "-") == 0;
		if (standard_inputs > 1)
			return fail(err, FNL_USAGE,
			    "standard input can be read only once");
		if (reader_open(load->arena, files->items[i], &load->read,
			&load->readers[load->n_readers], err) < 0)
			return -1;
		load->n_readers++;
	}
	qsort(load->readers, load->n_readers, sizeof(*load->readers),
	    compare_paths);
	return check_maps(load, err);
}

int
load_fail_stage(const struct load *load, const char *option, const char *name,
    struct fnl_err *err)
{
	const struct definitions *d = &load->definitions;
	const char **names =
	    arena_array(load->arena, d->n_stages + 1, sizeof(*names));
	struct textbuf known = { .arena = load->arena };
	const char *near;

	for (unsigned i = 0; i < d->n_stages; i++)
		names[i] = d->stages[i].name;
	near = nearest_name(slice_of(name), names, d->n_stages);
	for (unsigned i = 0; i < d->n_stages; i++)
		textbuf_add(&known, "%s%s", i ? ", " : "", names[i]);
	return fail(err, FNL_USAGE,
	    "unknown stage '%s' in %s (%s%s%sknown: %s)", name, option,
	    near ? "did you mean '" : "", near ? near : "", near ? "'? " : "",
	    textbuf_text(&known));
}

static int
load_segment_at(struct load *load, struct fnl_err *err)
{
	static const struct choice points[] = { { "first", SEGMENT_FIRST },
		{ "last", SEGMENT_LAST }, { "record", SEGMENT_RECORD },
		{ "stage:NAME", SEGMENT_STAGE }, { NULL, 0 } };
	const char *text = load->input->segment_at;
	int at;

	if (text && strncmp(text, "stage:", 6) == 0) {
		uint16_t stage = store_stage(load->store, slice_of(text + 6));

		load->store->segment_at = SEGMENT_STAGE;
		load->store->segment_stage = stage;
		return stage != STAGE_NONE
			   ? 0
			   : load_fail_stage(load, "--seg-at", text + 6, err);
	}
	if (query_choice("--seg-at", text, points, &at, err) < 0)
		return -1;
	load->store->segment_at = (enum segment_at)at;
	return 0;
}

/* A stage that --map names must be one of the definitions. */
static int
check_mapped_stages(const struct load *load, struct fnl_err *err)
{
	const struct bind_request *bind = &load->read.bind;

	for (size_t i = load->definitions.n_columns; i < bind->n_maps; i++)
		if (bind->maps[i].stage &&
		    store_stage(load->store, slice_of(bind->maps[i].stage)) ==
			STAGE_NONE)
			return load_fail_stage(
			    load, "--map", bind->maps[i].stage, err);
	return 0;
}

static int
make_store(struct load *load, struct fnl_err *err)
{
	load->ledger = ledger_new(load->arena, load->input->strict);
	load->store = store_new(load->arena, &load->definitions, load->zone,
	    load->ledger, load->segments.n_attributes);
	for (size_t i = 0; i < load->segments.n_attributes; i++)
		load->store->attribute_latest[i] =
		    load->segments.attributes[i].latest;
	load->store->keep_changes = load->changes;
	load->store->as_of = load->as_of;
	load->store->conflict_rule = load->conflict_rule;
	if (load_segment_at(load, err) < 0)
		return -1;
	return check_mapped_stages(load, err);
}

/* "--as-of 2026-03-31" means all of that day, since a date ties with every
 * time of its day. Without it the data says how far it reaches (R46). */
static int
load_times(struct load *load, struct fnl_err *err)
{
	static const struct choice periods[] = { { "none", PERIOD_NONE },
		{ "day", PERIOD_DAY }, { "week", PERIOD_WEEK },
		{ "month", PERIOD_MONTH }, { "quarter", PERIOD_QUARTER },
		{ "year", PERIOD_YEAR }, { NULL, 0 } };
	const struct fnl_input *in = load->input;
	int period;

	if (query_choice("--period", in->period, periods, &period, err) < 0 ||
	    query_when(
		"--from", in->from, load->zone, &load->window.from, err) < 0 ||
	    query_when("--to", in->to, load->zone, &load->window.to, err) < 0 ||
	    query_when("--as-of", in->as_of, load->zone, &load->as_of, err) < 0)
		return -1;
	load->period = (enum period)period;
	load->as_of_given = load->as_of.kind != WHEN_UNKNOWN;
	if (load->window.from.kind != WHEN_UNKNOWN &&
	    load->window.to.kind != WHEN_UNKNOWN &&
	    when_compare(load->zone, load->window.from, load->window.to) >= 0)
		return fail(err, FNL_USAGE,
		    "--from %s is not before --to %s, which is not included",
		    in->from, in->to);
	load->max_bad = -1;
	return in->max_bad
		   ? query_count("--max-bad", in->max_bad, &load->max_bad, err)
		   : 0;
}

/* A report on nothing is an error, whatever the reason. */
static int
check_used(const struct load *load, struct fnl_err *err)
{
	uint64_t rows = 0, used = 0;
	const char *reasons;

	for (size_t i = 0; i < load->ledger->files.count; i++) {
		const struct ledger_file *file =
		    vec_at(&load->ledger->files, i);

		rows += file->rows;
		used += file->used;
	}
	/* Without any stage known the better error comes later. */
	if (used || (store_unknown_stages(load->store, load->arena) &&
			!load->input->definitions && !load->input->stages))
		return 0;
	if (!rows)
		return fail(err, FNL_DATA, "%s: a header and no rows below it",
		    load->readers[0]->path);
	reasons = ledger_summary(load->ledger, load->arena, true);
	return fail(err, FNL_DATA, "no row could be used: %.*s",
	    (int)strcspn(reasons, "\n"), reasons);
}

static int
fail_too_many(const struct store *store, uint32_t record, int most,
    const char *what, struct fnl_err *err)
{
	struct slice id = store_id(store, record);

	return fail(err, FNL_DATA,
	    "record '%.*s' has more than %d %s; is its id column the right "
	    "one? (--map id=COLUMN)",
	    (int)id.n, id.p, most, what);
}

/* Some readings look at every pair of a record's events, and at all its
 * changes for each of them. */
static int
check_events(const struct load *load, struct fnl_err *err)
{
	const struct store *store = load->store;
	size_t n;

	for (uint32_t i = 0; i < store->records.count; i++) {
		if (store->first_event[i + 1] - store->first_event[i] >
		    RECORD_EVENTS_MAX)
			return fail_too_many(
			    store, i, RECORD_EVENTS_MAX, "events", err);
		store_changes(store, i, &n);
		if (n > RECORD_CHANGES_MAX)
			return fail_too_many(
			    store, i, RECORD_CHANGES_MAX, "changes", err);
	}
	return 0;
}

static int
read_files(struct load *load, struct fnl_err *err)
{
	for (size_t i = 0; i < load->n_readers; i++)
		if (reader_load(load->readers[i], load->store, err) < 0)
			return -1;
	if (periodlog_settle(load->readers, load->n_readers, load->store, err) <
	    0)
		return -1;
	if (check_used(load, err) < 0)
		return -1;
	if (load->store->logged_changes.count > LOGGED_CHANGES_MAX)
		return fail(
		    err, FNL_DATA, "more than %d changes", LOGGED_CHANGES_MAX);
	store_finish(load->store);
	if (check_events(load, err) < 0)
		return -1;
	if (!load->as_of_given)
		load->as_of = load->store->latest;
	return conditions_prove(
	    &load->conditions, &load->segments, load->store, err);
}

static void
start(struct load *load, struct arena *arena, const struct fnl_input *input)
{
	load->arena = arena;
	load->input = input;
	if (!input->digests)
		return;
	load->read.digests = arena_alloc(arena, sizeof(*load->read.digests));
	load->read.digests->files = vec_new(arena, sizeof(struct digest));
}

int
load_nothing(struct arena *arena, const struct fnl_input *input,
    struct load *load, struct fnl_err *err)
{
	start(load, arena, input);
	if (input->by.n || input->where.n || input->period || input->from ||
	    input->to || input->files.n)
		return fail(err, FNL_USAGE,
		    "ready-made paths have no records: leave out files of "
		    "records, --by, --where, --period, --from and --to");
	if (load_definitions_file(load, err) < 0 || load_zones(load, err) < 0 ||
	    load_reading(load, err) < 0 || load_times(load, err) < 0 ||
	    segments_plan(
		arena, input, load->read.digests, &load->segments, err) < 0)
		return -1;
	return make_store(load, err);
}

int
load_input(struct arena *arena, const struct fnl_input *input,
    struct load *load, struct fnl_err *err)
{
	start(load, arena, input);
	if (load_definitions_file(load, err) < 0 || load_zones(load, err) < 0 ||
	    load_rates(load, err) < 0 || load_reading(load, err) < 0 ||
	    load_times(load, err) < 0 || load_maps(load, err) < 0 ||
	    segments_plan(
		arena, input, load->read.digests, &load->segments, err) < 0)
		return -1;
	if (conditions_plan(&load->segments, &input->where, &load->read,
		&load->conditions, err) < 0)
		return -1;
	if (load->plan && load->plan(load, load->plan_context, err) < 0)
		return -1;
	load->read.changes = load->changes;
	for (size_t i = 0; i < load->n_wants; i++)
		load->want_attribute[i] = segments_want(&load->segments,
		    load->wants[i], i + load->n_own_wants < load->n_wants);
	load->read.bind.wanted = load->segments.wanted;
	load->read.bind.n_wanted = load->segments.n_wanted;
	load->read.attributes = load->segments.attributes;
	load->read.n_attributes = load->segments.n_attributes;
	if (open_readers(load, err) < 0 ||
	    segments_check(
		&load->segments, load->readers, load->n_readers, err) < 0)
		return -1;
	if (!load->definitions.n_stages &&
	    standard_compose(arena, load->readers, load->n_readers,
		&load->definitions, err) < 0)
		return -1;
	return make_store(load, err) < 0 || read_files(load, err) < 0 ? -1 : 0;
}

bool
load_has_column(const struct load *load, size_t attribute)
{
	for (size_t i = 0; i < load->n_readers; i++)
		if (reader_attribute(load->readers[i],
			&load->segments.attributes[attribute]) >= 0)
			return true;
	return false;
}

size_t
load_wanted(const struct load *load, enum field_id field)
{
	for (size_t i = 0; i < load->n_wants; i++)
		if (load->wants[i] == field)
			return load->want_attribute[i];
	return NO_ATTRIBUTE;
}

bool
load_is_record(const struct load *load, uint32_t record)
{
	const struct store *store = load->store;
	const struct record *r = store_at(store, record);

	if (r->flags & (RECORD_DELETED | RECORD_FOLDED))
		return false;
	/* Else it is only named by a link: its own export was not given. */
	return r->flags & (RECORD_SEEN | RECORD_HISTORY) ||
	       store->first_event[record] != store->first_event[record + 1];
}

bool
load_selects(struct load *load, uint32_t record)
{
	return conditions_match(
	    &load->conditions, &load->segments, load->store, record);
}

struct value_rules
load_value_rules(const struct load *load, enum fx fx)
{
	return (struct value_rules){ .rates = load->rates,
		.fx = fx,
		.as_of = load->as_of,
		.texts = load->store->texts,
		.currency = intern_put(
		    load->store->texts, slice_of(load->definitions.currency)) };
}

const char *
load_currency(const struct load *load)
{
	const char *currency = load->definitions.currency;

	if (!currency || load->rates)
		return currency;
	for (uint32_t i = 0; i < load->store->records.count; i++) {
		const struct record *r = store_at(load->store, i);

		if (r->flags & RECORD_AMOUNT && r->currency &&
		    !slice_equal(intern_get(load->store->texts, r->currency),
			slice_of(currency)))
			return NULL;
	}
	return currency;
}

/* ---- notes ---- */

void
load_note_values(const struct load *load, const struct value_rules *rules,
    bool mixed, struct table *table)
{
	static const char *const days[] = { [FX_CLOSE] = "close",
		[FX_CREATED] = "created",
		[FX_AS_OF] = "asof" };

	if (rules->rates)
		table_note(table, "rates",
		    "%s, to %s on the day of %s; %" PRIu64
		    " amounts without a rate in force",
		    load->rates_path, load->definitions.currency,
		    days[rules->fx], rules->unconverted);
	if (mixed)
		table_note(table, "currency",
		    "amounts in several currencies, or some without one, are "
		    "not added: use --by currency, or say currency and rates "
		    "in the definitions");
}

static void
note_definitions(const struct load *load, struct table *table)
{
	const struct definitions *d = &load->definitions;

	if (d->path)
		table_note(table, "definitions", "%s, version %s, sha256 %s",
		    d->path, d->version ? d->version : "not given", d->sha256);
	else
		table_note(table, "definitions",
		    "none given: %s stages of %s, sha256 %s",
		    load->input->stages ? "the" : "standard",
		    load->input->stages
			? "--stages"
			: load->readers[0]->binding.preset->title,
		    d->sha256);
}

static void
note_file(const struct reader *reader, struct table *table)
{
	static const char *const encodings[] = { [CSV_UTF8] = "UTF-8",
		[CSV_UTF8_BOM] = "UTF-8 with byte order mark",
		[CSV_UTF16LE] = "UTF-16LE",
		[CSV_UTF16BE] = "UTF-16BE" };
	const struct csv_facts *facts = csvin_facts(reader->in);
	const struct binding *b = &reader->binding;

	table_note(table, "input",
	    "%s: %s %s, %s; %" PRIu64 " of %" PRIu64 " rows used; %s, %s",
	    reader->path, b->preset->title, b->object->name,
	    shapes[b->shape].name, reader->ledger_file->used,
	    reader->ledger_file->rows, encodings[facts->encoding],
	    facts->delimiter == '\t'  ? "tabs"
	    : facts->delimiter == ';' ? "semicolons"
				      : "commas");
	if (facts->windows_1252_lines)
		table_note(table, "encoding",
		    "%s: %" PRIu64 " lines are not UTF-8 and were read as "
		    "Windows-1252 (first: line %" PRIu32 ")",
		    reader->path, facts->windows_1252_lines,
		    facts->first_windows_1252_line);
	for (size_t i = 0; i < b->n_bound_notes; i++)
		table_note(table, "columns", "%s: %s", reader->path,
		    b->bound_notes[i]);
}

/* A history beside a list of its records need not say what the list says. */
static bool
is_told_by_list(const struct load *load, const struct attribute_source *source)
{
	for (size_t r = 0; r < load->n_readers; r++) {
		enum shape shape = load->readers[r]->binding.shape;

		if (shape != SHAPE_OTHER && !shape_is_history(shape) &&
		    reader_attribute(load->readers[r], source) >= 0)
			return true;
	}
	return false;
}

/* A segment of which some files know nothing: their records are (blank). */
static void
note_missing_columns(const struct load *load, struct table *table)
{
	for (size_t i = 0; i < load->segments.n; i++) {
		const struct segment *segment = &load->segments.items[i];
		const struct attribute_source *source =
		    &load->segments.attributes[segment->attribute];
		bool told = is_told_by_list(load, source);

		for (size_t r = 0; r < load->n_readers; r++) {
			const struct reader *reader = load->readers[r];
			enum shape shape = reader->binding.shape;

			if (shape != SHAPE_OTHER &&
			    !(told && shape_is_history(shape)) &&
			    reader_attribute(reader, source) < 0)
				table_note(table, "no_column",
				    "%s has no column for '%s'", reader->path,
				    segment->name);
		}
	}
}

/* Marks the stages that some column of the file dates; false for a file that
 * could tell of any stage. */
static bool
mark_dated_stages(const struct load *load, const struct binding *b, bool *dated)
{
	if (b->shape == SHAPE_OTHER)
		return true;
	for (size_t i = 0; i < b->n_stages; i++) {
		uint16_t stage =
		    store_stage(load->store, slice_of(b->stages[i].stage));

		if (stage != STAGE_NONE)
			dated[stage] = true;
	}
	return b->shape == SHAPE_WIDE_DATES;
}

/* A stage that no column dates shows 0, which may only mean that its column
 * was not named. */
static void
note_undated_stages(const struct load *load, struct table *table)
{
	const struct definitions *d = &load->definitions;
	struct textbuf names = { .arena = load->arena };
	bool *dated = arena_array(load->arena, d->n_stages + 1, sizeof(*dated));

	for (size_t i = 0; i < load->n_readers; i++)
		if (!mark_dated_stages(load, &load->readers[i]->binding, dated))
			return;
	for (unsigned i = 0; i < d->n_stages; i++)
		if (!dated[i] && d->stages[i].outcome == OUTCOME_NONE)
			textbuf_add(&names, "%s'%s'", names.n ? ", " : "",
			    d->stages[i].name);
	if (names.n && load->store->histories)
		table_note(table, "no_date_column",
		    "no column dates the stage %s; name it with --map "
		    "stage:NAME=COLUMN",
		    names.p);
}

static void
note_wide_dates(const struct load *load, struct table *table)
{
	bool wide = false;

	for (size_t i = 0; i < load->n_readers; i++)
		wide |= load->readers[i]->binding.shape == SHAPE_WIDE_DATES;
	if (!wide)
		return;
	if (load->wide_dates == WIDE_UNKNOWN)
		table_note(table, "wide_dates",
		    "one date a stage: a stage entered twice shows once, and "
		    "the export does not say whether with its first or latest "
		    "entry (--wide-dates)");
	else
		table_note(table, "wide_dates",
		    "one date a stage, the %s entry (--wide-dates)",
		    load->wide_dates == WIDE_FIRST ? "first" : "latest");
}

/* Nobody should take people that became deals for more people. */
static void
note_unlinked(const struct store *store, struct table *table)
{
	uint64_t leads = 0, deals = 0;

	for (uint32_t i = 0; i < store->records.count; i++) {
		unsigned flags = store_at(store, i)->flags;

		leads += (flags & (RECORD_SEEN | RECORD_LEAD)) ==
			 (RECORD_SEEN | RECORD_LEAD);
		deals += (flags & (RECORD_SEEN | RECORD_LEAD)) == RECORD_SEEN;
	}
	if (leads && deals)
		table_note(table, "links",
		    "none: no lead names its deal, so %" PRIu64
		    " leads and %" PRIu64 " deals are counted side by side",
		    leads, deals);
}

static void
note_deals_without_lead(const struct store *store, struct table *table)
{
	uint64_t deals = 0, leads = 0;

	for (uint32_t i = 0; i < store->records.count; i++) {
		const struct record *r = store_at(store, i);

		leads += (r->flags & RECORD_LEAD) != 0;
		deals +=
		    (r->flags & (RECORD_SEEN | RECORD_LEAD | RECORD_FOLDED)) ==
			RECORD_SEEN &&
		    r->deal == NO_RECORD;
	}
	/* Files that do not say what they list leave it open. */
	if (leads && deals)
		table_note(table, "without_lead",
		    "%" PRIu64 " (deals that no lead became; they count at "
		    "the stages before them)",
		    deals);
}

static void
note_links(const struct store *store, struct table *table)
{
	if (!store->n_linked)
		note_unlinked(store, table);
	if (store->n_linked)
		note_deals_without_lead(store, table);
	if (store->n_linked)
		table_note(table, "links",
		    "%" PRIu64 " (leads counted as one record with the deal "
		    "they became; its creation enters Opportunity)",
		    store->n_linked);
	if (store->n_shared_deals)
		table_note(table, "shared_deals",
		    "%" PRIu64 " (leads whose deal an earlier lead keeps)",
		    store->n_shared_deals);
	if (store->n_further_deals)
		table_note(table, "further_deals",
		    "%" PRIu64 " (deals beside another one of the same lead: "
		    "the newest says the outcome and the amount)",
		    store->n_further_deals);
	if (store->n_unseen_deals)
		table_note(table, "unseen_deals",
		    "%" PRIu64 " (leads that became a deal that is in no "
		    "input: give the export of the deals beside them)",
		    store->n_unseen_deals);
	if (store->n_merged)
		table_note(table, "merged",
		    "%" PRIu64 " (records merged into another in the CRM, "
		    "counted with it)",
		    store->n_merged);
}

static void
note_store(const struct load *load, struct table *table)
{
	const struct store *store = load->store;
	const char *unknown = store_unknown_stages(store, load->arena);
	const char *sources =
	    segments_unmapped_sources(&load->segments, store, load->arena);

	if (unknown)
		table_note(table, "unknown_stages",
		    "not in the definitions, their cells were not used as "
		    "stages: %s",
		    unknown);
	if (sources && load->definitions.n_sources)
		table_note(table, "unmapped_sources",
		    "no agreed source names these: %s", sources);
	note_links(store, table);
}

/* A log of changes does not know what never changed (R47). */
static void
note_shapes(const struct load *load, struct table *table)
{
	bool changes = false, list = false;

	for (size_t i = 0; i < load->n_readers; i++) {
		enum shape shape = load->readers[i]->binding.shape;

		changes |= shape == SHAPE_OLD_NEW_LOG;
		list |= shape == SHAPE_RECORD_LIST || shape == SHAPE_WIDE_DATES;
		if (load->readers[i]->several_pipelines)
			table_note(table, "pipelines",
			    "%s holds several pipelines in one funnel: see "
			    "--by pipeline and --where pipeline=NAME",
			    load->readers[i]->path);
	}
	if (changes && !list)
		table_note(table, "never_moved",
		    "records that never moved are in no log of changes: give "
		    "the list of the records beside it");
}

void
load_notes(struct load *load, struct table *table)
{
	note_definitions(load, table);
	for (size_t i = 0; i < load->n_readers; i++)
		note_file(load->readers[i], table);
	segments_note_lookups(&load->segments, load->store, table);
	note_shapes(load, table);
	note_missing_columns(load, table);
	note_undated_stages(load, table);
	note_wide_dates(load, table);
	note_store(load, table);
}

static int
compare_digests(const void *pa, const void *pb)
{
	const struct digest *a = *(const struct digest *const *)pa;
	const struct digest *b = *(const struct digest *const *)pb;
	int order = strcmp(a->name, b->name);

	return order ? order : strcmp(a->sha256, b->sha256);
}

void
load_note_origin(const struct load *load, struct table *table)
{
	const struct vec *files;
	const struct digest **sorted;

	if (load->input->options)
		table_note(table, "options", "%s", load->input->options);
	if (!load->read.digests)
		return;
	files = &load->read.digests->files;
	sorted = arena_array(load->arena, files->count, sizeof(*sorted));
	for (size_t i = 0; i < files->count; i++)
		sorted[i] = vec_at(files, i);
	if (files->count)
		qsort(sorted, files->count, sizeof(*sorted), compare_digests);
	for (size_t i = 0; i < files->count; i++)
		table_note(table, "digest", "%s: %s",
		    strcmp(sorted[i]->name, "-") ? sorted[i]->name
						 : "(standard input)",
		    sorted[i]->sha256);
}
