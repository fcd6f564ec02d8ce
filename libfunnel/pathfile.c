/*
 * pathfile.c: rows of a path file to sequences of channels.
 */
#include <stdlib.h>
#include <string.h>

#include "csvin.h"
#include "pathfile.h"

#define NUMBER_CELL_MAX 64 /* bytes of a count */

enum part { PART_PATH, PART_CONVERSIONS, PART_VALUE, PART_NULL, PARTS };

/* By priority; compared folded. */
static const char *const names[PARTS][5] = {
	[PART_PATH] = { "path", "paths", "journey", NULL },
	[PART_CONVERSIONS] = { "total conversions", "conversions",
	    "total conversion", "conversion", NULL },
	[PART_VALUE] = { "total conversion value", "conversion value",
	    "total value", "value", NULL },
	[PART_NULL] = { "total null", "null", "nulls", "total non conversions",
	    NULL },
};

struct file {
	struct arena *arena;
	const char *path;
	struct csvin *in;
	const struct csv_batch *above;
	struct ledger *ledger;
	struct ledger_file *ledger_file;
	struct pathfile *paths;
	size_t *cap_steps;
	uint32_t n_columns;
	int column[PARTS];
};

static int
column_of(const struct csv_row *header, const char *const *wanted)
{
	for (; *wanted; wanted++)
		for (uint32_t i = 0; i < header->n_fields; i++)
			if (fold_equal(slice_trim(header->fields[i]),
				slice_of(*wanted)))
				return (int)i;
	return -1;
}

static unsigned
score(void *context, const struct csv_row *row)
{
	unsigned known = 0;

	(void)context;
	if (row->kind != CSV_ROW)
		return 0;
	for (int i = 0; i < PARTS; i++)
		known += column_of(row, names[i]) >= 0;
	return known;
}

static int
open_file(struct file *file, char delimiter, struct digests *digests,
    struct fnl_err *err)
{
	struct csvin_options options = {
		.delimiter = delimiter, .score = score, .digests = digests
	};
	const struct csv_row *header;

	if (csvin_open(file->arena, file->path, &options, &file->in, err) < 0)
		return -1;
	header = csvin_header(file->in, &file->above);
	file->n_columns = header->n_fields;
	for (int i = 0; i < PARTS; i++)
		file->column[i] = column_of(header, names[i]);
	if (file->column[PART_PATH] < 0 || file->column[PART_CONVERSIONS] < 0)
		return fail(err, FNL_DATA,
		    "%s: a path file has the columns path and conversions, "
		    "and may have value and null",
		    file->path);
	file->paths->has_value |= file->column[PART_VALUE] >= 0;
	file->paths->has_null |= file->column[PART_NULL] >= 0;
	return 0;
}

/* ---- Cells ---- */

static size_t
digits(struct slice text, size_t i)
{
	while (i < text.n && ascii_is_digit(text.p[i]))
		i++;
	return i;
}

/* "12", "0.5", "1e+05" as R writes a hundred thousand. */
static bool
is_number(struct slice text)
{
	size_t i = digits(text, 0), start;

	if (i == 0)
		return false;
	if (i < text.n && text.p[i] == '.')
		i = digits(text, i + 1);
	if (i < text.n && ascii_lower(text.p[i]) == 'e') {
		i++;
		i += i < text.n && (text.p[i] == '+' || text.p[i] == '-');
		start = i;
		i = digits(text, i);
		if (i == start)
			return false;
	}
	return i == text.n;
}

/* A blank is 0 but for the conversions, which a row is about. */
static bool
read_number(const struct file *file, const struct csv_row *row, enum part part,
    double *out)
{
	char copy[NUMBER_CELL_MAX + 1] = "";
	struct slice text = SLICE("");

	*out = 0;
	if (file->column[part] >= 0)
		text = row->fields[file->column[part]];
	text = text.n ? slice_trim(text) : text;
	if (!text.n)
		return part != PART_CONVERSIONS;
	if (text.n > NUMBER_CELL_MAX || !is_number(text))
		return false;
	memcpy(copy, text.p, text.n);
	*out = strtod(copy, NULL);
	return *out <= 1e300;
}

static void
push_step(struct file *file, uint32_t channel)
{
	struct pathfile *paths = file->paths;

	if (paths->n_steps == *file->cap_steps) {
		*file->cap_steps += *file->cap_steps / 2 + 4096;
		paths->steps = arena_grow(file->arena, paths->steps,
		    *file->cap_steps * sizeof(*paths->steps));
	}
	paths->steps[paths->n_steps++] = channel;
}

/* False, and nothing kept, where a step is blank or there are too many. */
static bool
read_steps(struct file *file, struct slice text, struct path_row *out)
{
	struct pathfile *paths = file->paths;

	out->first = (uint32_t)paths->n_steps;
	for (bool more = true; more; out->n++) {
		const char *end = text.n ? memchr(text.p, '>', text.n) : NULL;
		size_t n = end ? (size_t)(end - text.p) : text.n;
		struct slice step = { text.p, n };

		step = n ? slice_trim(step) : step;
		if (!step.n || out->n == PATH_STEPS_MAX) {
			paths->n_steps = out->first;
			return false;
		}
		push_step(file, intern_put(paths->channels, step));
		more = end != NULL;
		n += more;
		text = (struct slice){ text.p + n, text.n - n };
	}
	return true;
}

/* ---- Rows ---- */

static int
count(struct file *file, const struct csv_row *row, enum ledger_reason reason,
    struct slice example, struct fnl_err *err)
{
	if (reason != LEDGER_BLANK)
		file->ledger_file->rows++;
	return ledger_add(file->ledger, file->ledger_file, reason, row->line,
	    NULL, example, err);
}

static int
take_row(struct file *file, const struct csv_row *row, struct fnl_err *err)
{
	struct path_row path = { 0 };
	struct slice text;

	if (row->kind == CSV_MALFORMED)
		return count(file, row,
		    row->fault == CSV_FAULT_QUOTE ? LEDGER_MALFORMED
						  : LEDGER_TOO_LONG,
		    SLICE(""), err);
	if (!row->filled)
		return count(file, row, LEDGER_BLANK, SLICE(""), err);
	if (row->n_fields != file->n_columns)
		return count(file, row, LEDGER_RAGGED, row->fields[0], err);
	text = row->fields[file->column[PART_PATH]];
	if (!read_number(file, row, PART_CONVERSIONS, &path.conversions) ||
	    !read_number(file, row, PART_VALUE, &path.value) ||
	    !read_number(file, row, PART_NULL, &path.nulls) ||
	    !read_steps(file, text, &path))
		return count(file, row, LEDGER_BAD_PATH, text, err);
	file->ledger_file->rows++;
	file->ledger_file->used++;
	*(struct path_row *)vec_push(&file->paths->rows) = path;
	return 0;
}

static int
check_size(const struct file *file, struct fnl_err *err)
{
	if (file->paths->rows.count > PATH_ROWS_MAX)
		return fail(err, FNL_DATA, "%s: more than %d paths", file->path,
		    PATH_ROWS_MAX);
	if (file->paths->n_steps > PATH_ALL_STEPS_MAX)
		return fail(err, FNL_DATA, "%s: more than %d steps", file->path,
		    PATH_ALL_STEPS_MAX);
	return 0;
}

static int
count_outside_rows(struct file *file, struct fnl_err *err)
{
	const struct csv_batch *above = file->above;

	for (size_t i = 0; above && i < above->n_rows; i++)
		if (ledger_add(file->ledger, file->ledger_file, LEDGER_TITLE,
			above->rows[i].line, NULL, SLICE(""), err) < 0)
			return -1;
	file->ledger_file->entries[LEDGER_BLANK].count +=
	    csvin_facts(file->in)->blank_lines;
	return 0;
}

static int
read_file(struct file *file, struct fnl_err *err)
{
	const struct csv_batch *batch;
	int more;

	file->ledger_file = ledger_open(file->ledger, file->path);
	while ((more = csvin_read(file->in, &batch, err)) > 0) {
		for (size_t i = 0; i < batch->n_rows; i++)
			if (take_row(file, &batch->rows[i], err) < 0)
				return -1;
		if (check_size(file, err) < 0)
			return -1;
	}
	if (more < 0 || count_outside_rows(file, err) < 0)
		return -1;
	csvin_close(file->in);
	return 0;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int
sort_files(struct arena *arena, const struct fnl_list *files, const char ***out,
    struct fnl_err *err)
{
	unsigned standard_inputs = 0;

	if (files->n > PATH_FILES_MAX)
		return fail(
		    err, FNL_USAGE, "more than %d path files", PATH_FILES_MAX);
	*out = arena_array(arena, files->n + 1, sizeof(**out));
	for (size_t i = 0; i < files->n; i++) {
		(*out)[i] = files->items[i];
		standard_inputs += strcmp(files->items[i], "-") == 0;
	}
	qsort(*out, files->n, sizeof(**out), compare_names);
	return standard_inputs > 1 ? fail(err, FNL_USAGE,
					 "standard input can be read only once")
				   : 0;
}

int
pathfile_read(struct arena *arena, const struct fnl_list *files, char delimiter,
    struct digests *digests, struct ledger *ledger, struct pathfile **out,
    struct fnl_err *err)
{
	struct pathfile *paths = arena_alloc(arena, sizeof(*paths));
	const char **sorted = NULL;
	size_t cap_steps = 0;

	paths->channels = intern_new(arena);
	paths->rows = vec_new(arena, sizeof(struct path_row));
	if (sort_files(arena, files, &sorted, err) < 0)
		return -1;
	for (size_t i = 0; i < files->n; i++) {
		struct file file = { .arena = arena,
			.path = sorted[i],
			.ledger = ledger,
			.paths = paths,
			.cap_steps = &cap_steps };

		if (open_file(&file, delimiter, digests, err) < 0 ||
		    read_file(&file, err) < 0)
			return -1;
	}
	*out = paths;
	return 0;
}
