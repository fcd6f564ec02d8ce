/*
 * ledger.c: the reasons, as a table, and the counting.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

#define LEDGER_VALUE_MAX 60 /* bytes of a cell that are kept as an example */

const struct ledger_info ledger_reasons[LEDGER_REASONS] = {
	[LEDGER_TITLE] = { "title", "above the header", NULL, true, false },
	[LEDGER_FURNITURE] = { "furniture",
	    "totals or notes of the export, no records", NULL, true, false },
	[LEDGER_BLANK] = { "blank", "blank", NULL, true, false },
	[LEDGER_MALFORMED] = { "malformed", "quoting that CSV does not allow",
	    "a quote inside a cell must be doubled and a quoted cell closed; "
	    "export again",
	    true, true },
	[LEDGER_TOO_LONG] = { "too_long",
	    "a cell over 1 MB, a row over 8 MB or 8192 cells",
	    "an unclosed quote does that; export again", true, true },
	[LEDGER_RAGGED] = { "ragged", "more or fewer cells than the header",
	    "look for an unquoted delimiter or a cut line", true, true },
	[LEDGER_NO_ID] = { "no_id", "no record id",
	    "add the id column to the export, or name it with --map "
	    "id=COLUMN",
	    true, true },
	[LEDGER_DESTROYED_ID] = { "destroyed_id",
	    "an id that a spreadsheet rounded",
	    "export again and do not save the file from a spreadsheet", true,
	    true },
	[LEDGER_DELETED] = { "deleted", "marked as deleted in the CRM", NULL,
	    true, false },
	[LEDGER_DUPLICATE] = { "duplicate",
	    "rows that say the same again in the columns that are used", NULL,
	    true, false },
	[LEDGER_OTHER_FIELD] = { "other_field",
	    "changes of fields other than the stage", NULL, true, false },
	[LEDGER_UNCHANGED] = { "unchanged",
	    "saves that left the stage as it "
	    "was",
	    NULL, true, false },
	[LEDGER_UNKNOWN_STAGE] = { "unknown_stage",
	    "a stage that the definitions do not name",
	    "add it, or an alias, to the definitions", true, true },
	[LEDGER_NO_STAGE] = { "no_stage", "a history row without a stage", NULL,
	    true, true },
	[LEDGER_NO_TIME] = { "no_time",
	    "a history row without a time that can be read", NULL, true, true },
	[LEDGER_NOT_A_RECORD] = { "not_a_record",
	    "rows of another kind (members, activities, campaigns)",
	    "this command counts leads and deals; these rows are read by "
	    "other reports",
	    true, false },
	[LEDGER_NO_TOUCH] = { "no_touch",
	    "members that never responded, activities that were not done",
	    "--touch-date associated counts members from when they were added",
	    true, false },
	[LEDGER_UNDATED] = { "undated",
	    "a touch without a time that can be read",
	    "name its column with --map touch.date=COLUMN", true, true },
	[LEDGER_UNJOINED] = { "unjoined", "touches of nobody in the records",
	    "give contact roles or contacts beside the touches, or join by "
	    "company with --join account",
	    true, false },
	[LEDGER_NO_COST] = { "no_cost", "rows without a cost", NULL, true,
	    false },
	[LEDGER_BAD_PATH] = { "bad_path",
	    "no path, or counts that cannot be read",
	    "counts are plain numbers from 0 on, steps are separated by >",
	    true, true },
	[LEDGER_BAD_TIME] = { "bad_time", "cells that hold no date",
	    "see --date-order and funnel-csv(5)", false, true },
	[LEDGER_FOREIGN_CALENDAR] = { "foreign_calendar",
	    "dates of another calendar", "export with Gregorian dates", false,
	    true },
	[LEDGER_BAD_AMOUNT] = { "bad_amount", "cells that hold no amount",
	    "see --decimal and funnel-csv(5)", false, true },
	[LEDGER_BAD_FLAG] = { "bad_flag", "cells that hold no yes or no", NULL,
	    false, true },
	[LEDGER_BAD_LINK] = { "bad_link",
	    "ids of another record that a spreadsheet rounded",
	    "export again and do not save the file from a spreadsheet", false,
	    true },
	[LEDGER_BAD_OUTCOME] = { "bad_outcome",
	    "cells with an outcome that is not won, lost or open",
	    "make it an alias of a stage in the definitions", false, true },
	[LEDGER_CELL_STAGE] = { "cell_stage",
	    "cells with a stage that the definitions do not name",
	    "add it, or an alias, to the definitions", false, true },
	[LEDGER_CONFLICT] = { "conflict",
	    "cells that contradict an earlier row of the record",
	    "the later modification wins, else the later row (--dup error "
	    "refuses them); a stage history is read as one when --map "
	    "stage_entered=COLUMN names its date",
	    false, false },
};

struct ledger *
ledger_new(struct arena *arena, bool strict)
{
	struct ledger *ledger = arena_alloc(arena, sizeof(*ledger));

	ledger->arena = arena;
	ledger->files = vec_new(arena, sizeof(struct ledger_file));
	ledger->strict = strict;
	return ledger;
}

struct ledger_file *
ledger_open(struct ledger *ledger, const char *path)
{
	struct ledger_file *file = vec_push(&ledger->files);

	file->path = path;
	return file;
}

static int
fail_strict(const struct ledger_file *file, const struct ledger_info *info,
    const struct ledger_entry *entry, struct fnl_err *err)
{
	const char *remedy = info->remedy ? info->remedy : "";

	return fail(err, FNL_DATA, "%s:%" PRIu32 ": %s%s%s%s%s%s%s%s%s",
	    file->path, entry->line, info->title, entry->value ? ": '" : "",
	    entry->value ? entry->value : "", entry->value ? "'" : "",
	    entry->column ? " in column '" : "",
	    entry->column ? entry->column : "", entry->column ? "'" : "",
	    *remedy ? "; " : "", remedy);
}

int
ledger_add(struct ledger *ledger, struct ledger_file *file,
    enum ledger_reason reason, uint32_t line, const char *column,
    struct slice value, struct fnl_err *err)
{
	struct ledger_entry *entry = &file->entries[reason];
	const struct ledger_info *info = &ledger_reasons[reason];

	if (entry->count++ == 0) {
		if (value.n > LEDGER_VALUE_MAX)
			value.n = LEDGER_VALUE_MAX;
		value.n = utf8_valid_prefix(value);
		entry->line = line;
		entry->column = column;
		if (value.n)
			entry->value = arena_text(ledger->arena, value);
	}
	if (ledger->strict && info->is_bad)
		return fail_strict(file, info, entry, err);
	return 0;
}

static struct ledger_file *
file_named(const struct ledger *ledger, const char *path)
{
	for (size_t i = 0; i < ledger->files.count; i++) {
		struct ledger_file *file = vec_at(&ledger->files, i);

		if (strcmp(file->path, path) == 0)
			return file;
	}
	return NULL;
}

static void
take_entry(struct arena *arena, struct ledger_entry *to,
    const struct ledger_entry *from)
{
	*to = *from;
	if (from->column)
		to->column = arena_text(arena, slice_of(from->column));
	if (from->value)
		to->value = arena_text(arena, slice_of(from->value));
}

/* Rows go together with the rows that were used, cells by themselves. */
static void
merge_file(struct arena *arena, struct ledger_file *to,
    const struct ledger_file *from, bool is_new)
{
	bool rows = is_new || from->used < to->used;

	for (int r = 0; r < LEDGER_REASONS; r++)
		if (ledger_reasons[r].is_row
			? rows
			: from->entries[r].count > to->entries[r].count)
			take_entry(arena, &to->entries[r], &from->entries[r]);
	if (rows) {
		to->rows = from->rows;
		to->used = from->used;
	}
}

void
ledger_merge(struct ledger *ledger, const struct ledger *other)
{
	for (size_t i = 0; i < other->files.count; i++) {
		const struct ledger_file *from = vec_at(&other->files, i);
		struct ledger_file *to = file_named(ledger, from->path);

		merge_file(ledger->arena,
		    to ? to
		       : ledger_open(ledger,
			     arena_text(ledger->arena, slice_of(from->path))),
		    from, !to);
	}
}

uint64_t
ledger_bad(const struct ledger *ledger)
{
	uint64_t bad = 0;

	for (size_t i = 0; i < ledger->files.count; i++) {
		const struct ledger_file *file = vec_at(&ledger->files, i);

		for (int r = 0; r < LEDGER_REASONS; r++)
			if (ledger_reasons[r].is_bad)
				bad += file->entries[r].count;
	}
	return bad;
}

static const struct column ledger_columns[] = {
	{ "file", "File", UNIT_TEXT, FOR_ALL, "The input file." },
	{ "reason", "Reason", UNIT_TEXT, FOR_ALL,
	    "Why; `used` are the rows that were used." },
	{ "scope", "Scope", UNIT_TEXT, FOR_ALL,
	    "row: a whole row; cell: one cell of a row that was used." },
	{ "count", "Count", UNIT_COUNT, FOR_ALL, "How many." },
	{ "first_line", "First line", UNIT_COUNT, FOR_ALL,
	    "Physical line of the first one." },
	{ "column", "Column", UNIT_TEXT, FOR_ALL, "Column of the first one." },
	{ "value", "Value", UNIT_TEXT, FOR_ALL, "Cell of the first one." },
	{ "meaning", "Meaning", UNIT_TEXT, FOR_ALL, "The reason in words." },
	{ "remedy", "Remedy", UNIT_TEXT, FOR_ALL, "What you can do." },
};

#define N_LEDGER_COLUMNS (sizeof(ledger_columns) / sizeof(*ledger_columns))

static void
used_row(struct table *table, const struct ledger_file *file)
{
	struct cell *cells = table_row(table);

	cells[0] = cell_text(slice_of(file->path));
	cells[1] = cell_text(SLICE("used"));
	cells[2] = cell_text(SLICE("row"));
	cells[3] = cell_count(file->used);
	cells[7] = cell_text(SLICE("rows that were used"));
}

static void
reason_row(struct table *table, const struct ledger_file *file,
    enum ledger_reason reason)
{
	const struct ledger_entry *entry = &file->entries[reason];
	const struct ledger_info *info = &ledger_reasons[reason];
	struct cell *cells = table_row(table);

	cells[0] = cell_text(slice_of(file->path));
	cells[1] = cell_text(slice_of(info->name));
	cells[2] = cell_text(slice_of(info->is_row ? "row" : "cell"));
	cells[3] = cell_count(entry->count);
	if (entry->line)
		cells[4] = cell_count(entry->line);
	if (entry->column)
		cells[5] = cell_text(slice_of(entry->column));
	if (entry->value)
		cells[6] = cell_text(slice_of(entry->value));
	cells[7] = cell_text(slice_of(info->title));
	if (info->remedy)
		cells[8] = cell_text(slice_of(info->remedy));
}

static int
compare_files(const void *pa, const void *pb)
{
	const struct ledger_file *a = *(const struct ledger_file *const *)pa;
	const struct ledger_file *b = *(const struct ledger_file *const *)pb;

	return strcmp(a->path, b->path);
}

/* The files by name, so that their order on the command line says nothing. */
static const struct ledger_file **
sorted_files(const struct ledger *ledger, struct arena *arena)
{
	size_t n = ledger->files.count;
	const struct ledger_file **files =
	    arena_array(arena, n + 1, sizeof(*files));

	for (size_t i = 0; i < n; i++)
		files[i] = vec_at(&ledger->files, i);
	qsort(files, n, sizeof(*files), compare_files);
	return files;
}

struct table *
ledger_table(const struct ledger *ledger, struct arena *arena)
{
	const struct column *columns[N_LEDGER_COLUMNS];
	const struct ledger_file **files = sorted_files(ledger, arena);
	struct table *table;

	for (size_t i = 0; i < N_LEDGER_COLUMNS; i++)
		columns[i] = &ledger_columns[i];
	table = table_new(arena, "Ledger", columns, N_LEDGER_COLUMNS);
	for (size_t i = 0; i < ledger->files.count; i++) {
		const struct ledger_file *file = files[i];

		used_row(table, file);
		for (int r = 0; r < LEDGER_REASONS; r++)
			if (file->entries[r].count)
				reason_row(table, file, (enum ledger_reason)r);
	}
	return table;
}

/* "deals.csv: 2 rows not used: ... (first: line 7, column 'x', 'y'); ..." */
static void
add_line(struct textbuf *lines, const struct ledger_file *file,
    enum ledger_reason reason)
{
	const struct ledger_entry *entry = &file->entries[reason];
	const struct ledger_info *info = &ledger_reasons[reason];
	const char *fate = info->is_row                ? "not used"
			   : reason == LEDGER_CONFLICT ? "overruled"
						       : "taken as unknown";
	struct textbuf line = { .arena = lines->arena };

	textbuf_add(&line, "%s: %" PRIu64 " %s%s %s: %s (first: line %" PRIu32,
	    file->path, entry->count, info->is_row ? "row" : "cell",
	    entry->count == 1 ? "" : "s", fate, info->title, entry->line);
	if (entry->column)
		textbuf_add(&line, ", column '%s'", entry->column);
	if (entry->value)
		textbuf_add(&line, ", '%s'", entry->value);
	textbuf_add(&line, ")%s%s", info->remedy ? "; " : "",
	    info->remedy ? info->remedy : "");
	text_disarm(line.p);
	textbuf_add(lines, "%s\n", line.p);
	arena_drop(lines->arena, line.p);
}

static bool
is_shown_alone(int reason)
{
	return ledger_reasons[reason].is_bad || reason == LEDGER_CONFLICT ||
	       reason == LEDGER_CELL_STAGE;
}

/* What is left out by design, in one line a file. */
static void
add_harmless(struct textbuf *lines, const struct ledger_file *file)
{
	struct textbuf line = { .arena = lines->arena };

	for (int r = 0; r < LEDGER_REASONS; r++)
		if (file->entries[r].count && !is_shown_alone(r) &&
		    r != LEDGER_BLANK)
			textbuf_add(&line, "%s%" PRIu64 " %s",
			    line.n ? ", " : "", file->entries[r].count,
			    ledger_reasons[r].name);
	if (!line.n)
		return;
	textbuf_add(lines, "%s: left out: %s\n", file->path, line.p);
	arena_drop(lines->arena, line.p);
}

const char *
ledger_summary(const struct ledger *ledger, struct arena *arena, bool all)
{
	const struct ledger_file **files = sorted_files(ledger, arena);
	struct textbuf lines = { .arena = arena };

	for (size_t i = 0; i < ledger->files.count; i++) {
		for (int r = 0; r < LEDGER_REASONS; r++)
			if (files[i]->entries[r].count &&
			    (all || is_shown_alone(r)))
				add_line(
				    &lines, files[i], (enum ledger_reason)r);
		if (!all)
			add_harmless(&lines, files[i]);
	}
	return textbuf_text(&lines);
}
