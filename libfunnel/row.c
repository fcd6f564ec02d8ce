/*
 * row.c: cells to values, and the proof of a column's date order.
 */
#include <inttypes.h>
#include <string.h>

#include "row.h"

/* Which canonical field feeds which part of a typed row. */
static const enum field_id text_fields[ROW_TEXTS] = {
	[ROW_ID] = FIELD_ID,
	[ROW_CONVERTED_ID] = FIELD_CONVERTED_ID,
	[ROW_MERGED_INTO] = FIELD_MERGED_INTO,
	[ROW_MERGED_IDS] = FIELD_MERGED_IDS,
	[ROW_STAGE] = FIELD_STAGE,
	[ROW_OLD_STAGE] = FIELD_FROM_STAGE,
	[ROW_CHANGED_FIELD] = FIELD_CHANGED_FIELD,
	[ROW_OUTCOME] = FIELD_OUTCOME,
	[ROW_CURRENCY] = FIELD_CURRENCY,
	[ROW_PIPELINE] = FIELD_PIPELINE,
	[ROW_OWNER] = FIELD_OWNER,
};

const enum field_id row_time_fields[ROW_TIMES] = {
	[ROW_CREATED] = FIELD_CREATED,
	[ROW_CLOSED] = FIELD_CLOSE_DATE,
	[ROW_ENTERED] = FIELD_STAGE_ENTERED,
	[ROW_MODIFIED] = FIELD_MODIFIED,
	[ROW_CONVERTED] = FIELD_CONVERTED_DATE,
	[ROW_RESPONSE] = FIELD_FIRST_RESPONSE,
	[ROW_TOUCH] = FIELD_TOUCH_DATE,
};

static const enum field_id flag_fields[ROW_FLAGS] = {
	[ROW_WON] = FIELD_IS_WON,
	[ROW_IS_CLOSED] = FIELD_IS_CLOSED,
	[ROW_IS_CONVERTED] = FIELD_IS_CONVERTED,
	[ROW_DELETED] = FIELD_DELETED,
};

static bool
tells_of_then(const struct preset_object *object, enum field_id field)
{
	const enum field_id *f = object->not_then;

	for (; f && *f != FIELD_COUNT; f++)
		if (*f == field)
			return false;
	return true;
}

int
row_value_column(const struct reader *reader, enum field_id field)
{
	const struct binding *b = &reader->binding;

	return reader->options->changes && shape_is_history(b->shape) &&
		       b->shape != SHAPE_OLD_NEW_LOG &&
		       tells_of_then(b->object, field)
		   ? b->column[field]
		   : -1;
}

bool
row_has_change(const struct reader *reader)
{
	return reader->options->changes &&
	       reader->binding.shape == SHAPE_OLD_NEW_LOG &&
	       reader->binding.object->value_changes;
}

int
row_text_column(const struct reader *reader, enum row_text part)
{
	const int *column = reader->binding.column;
	enum shape shape = reader->binding.shape;

	if (part == ROW_ID && shape_is_history(shape) &&
	    column[FIELD_PARENT_ID] >= 0)
		return column[FIELD_PARENT_ID];
	if (part == ROW_STAGE && shape == SHAPE_OLD_NEW_LOG)
		return column[FIELD_NEW_VALUE];
	if (part == ROW_OLD_STAGE && shape == SHAPE_OLD_NEW_LOG)
		return column[FIELD_OLD_VALUE];
	if (part == ROW_OWNER)
		return row_value_column(reader, FIELD_OWNER);
	/* A list of leads has its stage in the status column. */
	if (part == ROW_STAGE && column[FIELD_STAGE] < 0)
		return column[FIELD_STATUS];
	return column[text_fields[part]];
}

/* What one looks for in files of touches and of costs. */
static bool
is_outside(const struct reader *reader)
{
	return reader->options->bind.purpose != PURPOSE_RECORDS;
}

static bool
wants_outside_time(enum purpose purpose, enum row_time part)
{
	return part == ROW_TOUCH ||
	       (purpose == PURPOSE_TOUCHES &&
		   (part == ROW_CREATED || part == ROW_RESPONSE));
}

int
row_time_column(const struct reader *reader, enum row_time part)
{
	bool activity = part == ROW_RESPONSE || part == ROW_TOUCH;

	if (is_outside(reader) &&
	    !wants_outside_time(reader->options->bind.purpose, part))
		return -1;
	if (activity && reader->binding.shape != SHAPE_OTHER)
		return -1;
	return reader->binding.column[row_time_fields[part]];
}

int
row_attribute_column(const struct reader *reader, size_t attribute)
{
	return reader_attribute(
	    reader, &reader->options->attributes[attribute]);
}

static void
want(bool *wanted, int column)
{
	if (column >= 0)
		wanted[column] = true;
}

/* Of touches and costs the texts come as attributes. */
static bool
wants_text(const struct reader *reader, enum row_text part)
{
	return !is_outside(reader) || part == ROW_CURRENCY;
}

static enum field_id
amount_field(const struct reader *reader)
{
	return is_outside(reader) ? FIELD_COST : FIELD_AMOUNT;
}

/* Only the cells that are used are copied out of the file's bytes. */
void
row_want_columns(struct reader *reader)
{
	const struct binding *b = &reader->binding;
	bool *wanted =
	    arena_array(reader->arena, b->n_columns + 1, sizeof(*wanted));

	for (int i = 0; i < ROW_TEXTS; i++)
		if (wants_text(reader, (enum row_text)i))
			want(wanted, row_text_column(reader, (enum row_text)i));
	for (int i = 0; i < ROW_TIMES; i++)
		want(wanted, row_time_column(reader, (enum row_time)i));
	for (int i = 0; i < ROW_FLAGS; i++)
		want(wanted, b->column[flag_fields[i]]);
	want(wanted, b->column[amount_field(reader)]);
	for (size_t i = 0; i < b->n_stages; i++)
		want(wanted, b->stages[i].column);
	for (size_t i = 0; i < reader->options->n_attributes; i++)
		want(wanted, row_attribute_column(reader, i));
	wanted[0] = true; /* totals and copyright lines stand there */
	csvin_want(reader->in, wanted, b->n_columns);
}

static struct slice
cell(const struct csv_row *row, int column)
{
	struct slice text = SLICE("");

	if (column >= 0 && (uint32_t)column < row->n_fields &&
	    row->fields[column].n)
		text = slice_trim(row->fields[column]);
	return text;
}

static struct slice
known_cell(const struct csv_row *row, int column)
{
	struct slice text = cell(row, column);

	return !text.n || text_is_null(text) ? SLICE("") : text;
}

static void
add_problem(struct typed_row *typed, enum ledger_reason reason, int column,
    struct slice value)
{
	if (typed->n_problems < PROBLEMS_MAX)
		typed->problems[typed->n_problems++] =
		    (struct problem){ reason, column, value };
}

static void
skip(struct typed_row *typed, enum ledger_reason reason, struct slice example)
{
	typed->skipped = true;
	typed->reason = reason;
	typed->example = example;
}

static enum tri
read_flag(struct typed_row *typed, int column, struct slice text)
{
	static const struct {
		const char *word;
		enum tri value;
	} words[] = {
		{ "true", YES },
		{ "false", NO },
		{ "yes", YES },
		{ "no", NO },
		{ "1", YES },
		{ "0", NO },
		{ "y", YES },
		{ "n", NO },
		{ "on", YES },
		{ "off", NO },
	};

	if (!text.n)
		return UNKNOWN;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (fold_equal(text, slice_of(words[i].word)))
			return words[i].value;
	add_problem(typed, LEDGER_BAD_FLAG, column, text);
	return UNKNOWN;
}

static int
read_time(const struct reader *reader, struct date_column *column, int number,
    struct slice text, struct typed_row *typed, struct when *out,
    struct fnl_err *err)
{
	*out = (struct when){ 0, WHEN_UNKNOWN };
	switch (
	    date_read(text, reader->options->zone, column, typed->line, out)) {
	case DATE_BLANK:
	case DATE_OK:
	case DATE_PENDING:
		return 0;
	case DATE_FOREIGN_CALENDAR:
		add_problem(typed, LEDGER_FOREIGN_CALENDAR, number, text);
		break;
	case DATE_CONTRADICTS:
		if (!column->given)
			return fail(err, FNL_DATA,
			    "%s:%" PRIu32 ": '%.*s' in column '%s' is %s "
			    "first, but line %" PRIu32
			    " proves %s first; say which with --date-order",
			    reader->path, typed->line, (int)text.n, text.p,
			    reader->binding.header[number],
			    column->order == DATE_ORDER_DMY ? "month" : "day",
			    column->proof_line,
			    column->order == DATE_ORDER_DMY ? "day" : "month");
		/* fall through */
	case DATE_BAD:
		add_problem(typed, LEDGER_BAD_TIME, number, text);
	}
	*out = (struct when){ 0, WHEN_UNKNOWN };
	return 0;
}

/* *out is MONEY_OK or MONEY_PENDING for an amount, MONEY_BLANK for none, else
 * noted as MONEY_BAD. */
static int
read_money(const struct reader *reader, struct money_column *column, int number,
    struct slice text, struct typed_row *typed, struct money *money,
    enum money_status *out, struct fnl_err *err)
{
	*out = money_read(text, column, typed->line, money);
	if (*out == MONEY_CONTRADICTS && !column->given)
		return fail(err, FNL_DATA,
		    "%s:%" PRIu32 ": '%.*s' in column '%s' uses another "
		    "decimal mark than line %" PRIu32
		    "; say which with --decimal",
		    reader->path, typed->line, (int)text.n, text.p,
		    reader->binding.header[number], column->proof_line);
	if (*out == MONEY_BLANK || *out == MONEY_OK || *out == MONEY_PENDING)
		return 0;
	add_problem(typed, LEDGER_BAD_AMOUNT, number, text);
	*out = MONEY_BAD;
	return 0;
}

static int
read_amount(const struct reader *reader, struct columns *columns, int number,
    struct slice text, struct typed_row *typed, struct fnl_err *err)
{
	struct money money;
	enum money_status status;

	if (read_money(reader, &columns->amount, number, text, typed, &money,
		&status, err) < 0)
		return -1;
	if (status != MONEY_OK && status != MONEY_PENDING)
		return 0;
	typed->has_amount = true;
	typed->amount = money.ten_thousandths;
	memcpy(typed->currency, money.currency, sizeof(typed->currency));
	typed->amount_pending = status == MONEY_PENDING;
	if (typed->amount_pending)
		typed->pending_mark = money_pending_mark(text);
	return 0;
}

static enum field_id
changed_field(const struct reader *reader, struct slice text)
{
	const struct field_alias *a = reader->binding.object->value_changes;

	for (; a->headers; a++)
		for (const char *const *name = a->headers; *name; name++)
			if (fold_equal(text, slice_of(*name)))
				return a->field;
	return FIELD_ID;
}

static int
read_changed_amount(const struct reader *reader, struct columns *columns,
    int number, struct slice text, struct typed_row *typed,
    struct row_value *value, struct fnl_err *err)
{
	struct money money;
	enum money_status status;

	if (read_money(reader, &columns->changed_amount, number, text, typed,
		&money, &status, err) < 0)
		return -1;
	value->said = status != MONEY_BAD;
	value->known = status == MONEY_OK || status == MONEY_PENDING;
	if (!value->known)
		return 0;
	value->amount = money.ten_thousandths;
	memcpy(value->currency, money.currency, sizeof(value->currency));
	value->pending = status == MONEY_PENDING;
	if (value->pending)
		value->pending_mark = money_pending_mark(text);
	return 0;
}

static int
read_changed_date(const struct reader *reader, struct columns *columns,
    int number, struct slice text, struct typed_row *typed,
    struct row_value *value, struct fnl_err *err)
{
	unsigned problems = typed->n_problems;

	if (read_time(reader, &columns->changed_date, number, text, typed,
		&value->when, err) < 0)
		return -1;
	value->known = value->when.kind != WHEN_UNKNOWN;
	value->said = value->known || (typed->n_problems == problems &&
					  problems < PROBLEMS_MAX);
	return 0;
}

/* The value before or after a change, in the column of that field. */
static int
read_value(const struct reader *reader, struct columns *columns,
    const struct csv_row *row, enum field_id field, struct typed_row *typed,
    struct row_value *value, struct fnl_err *err)
{
	int number = reader->binding.column[field];
	struct slice text = cell(row, number);

	if (number < 0)
		return 0;
	if (typed->change->field == FIELD_AMOUNT)
		return read_changed_amount(
		    reader, columns, number, text, typed, value, err);
	if (typed->change->field == FIELD_CLOSE_DATE)
		return read_changed_date(
		    reader, columns, number, text, typed, value, err);
	value->said = true;
	value->known = known_cell(row, number).n != 0;
	return 0;
}

static int
read_change(const struct reader *reader, struct columns *columns,
    const struct csv_row *row, struct typed_row *typed, struct fnl_err *err)
{
	struct row_change *change = typed->change;

	change->field = changed_field(reader, typed->text[ROW_CHANGED_FIELD]);
	if (change->field == FIELD_ID)
		return 0;
	if (read_value(reader, columns, row, FIELD_OLD_VALUE, typed,
		&change->before, err) < 0)
		return -1;
	return read_value(
	    reader, columns, row, FIELD_NEW_VALUE, typed, &change->after, err);
}

/* Ids are mostly fine as they stand; only a rewritten one is copied. */
static struct slice
keep_id(const struct reader *reader, struct id_pool *ids, struct slice text,
    const char *id, size_t n)
{
	char *copy;

	if (n <= text.n && memcmp(text.p + text.n - n, id, n) == 0)
		return (struct slice){ text.p + text.n - n, n };
	if (n > ID_COPY_MAX)
		copy = arena_alloc(reader->arena, n);
	else
		copy = ids->bytes + ids->used;
	if (n <= ID_COPY_MAX)
		ids->used += n;
	memcpy(copy, id, n);
	return (struct slice){ copy, n };
}

static void
read_id(const struct reader *reader, struct id_pool *ids,
    struct columns *columns, enum row_text part, struct typed_row *typed)
{
	char id[RECORD_ID_MAX];
	struct slice text = typed->text[part];
	size_t n = 0;

	switch (record_id_read(text, reader->salesforce,
	    part == ROW_ID ? &columns->ids : NULL, id, &n)) {
	case RECORD_ID_OK:
		typed->text[part] = keep_id(reader, ids, text, id, n);
		return;
	case RECORD_ID_DESTROYED:
		if (part == ROW_ID)
			skip(typed, LEDGER_DESTROYED_ID, text);
		else
			add_problem(typed, LEDGER_BAD_LINK,
			    row_text_column(reader, part), text);
		break;
	case RECORD_ID_TOO_LONG:
	case RECORD_ID_BLANK:
		if (part == ROW_ID)
			skip(typed, LEDGER_NO_ID, SLICE(""));
	}
	typed->text[part] = SLICE("");
}

/* Of a file without ids: its name and the line, which nothing joins. */
static struct slice
row_id(const struct reader *reader, uint32_t line)
{
	return slice_of(
	    arena_printf(reader->arena, "%s:%" PRIu32, reader->path, line));
}

static uint64_t
whole_hash(const struct csv_row *row)
{
	uint64_t h = 0;

	for (uint32_t i = 0; i < row->n_fields; i++)
		if (row->fields[i].n)
			h = (h ^ hash_bytes(
				     row->fields[i].p, row->fields[i].n)) *
				0x9fb21c651e98df25u +
			    i;
	return h;
}

/* Never 0, which stands for no row. */
static uint32_t
row_hash(const struct csv_row *row)
{
	return (uint32_t)(whole_hash(row) >> 32) | 1;
}

/* What can be said of a row before any of its cells is read. */
static bool
row_is_skipped(const struct reader *reader, const struct csv_row *row,
    struct typed_row *typed)
{
	enum furniture furniture = row->kind == CSV_ROW
				       ? schema_furniture(&reader->binding, row)
				       : FURNITURE_NONE;

	if (row->kind == CSV_MALFORMED)
		skip(typed,
		    row->fault == CSV_FAULT_QUOTE ? LEDGER_MALFORMED
						  : LEDGER_TOO_LONG,
		    SLICE(""));
	else if (furniture != FURNITURE_NONE)
		skip(typed, LEDGER_FURNITURE, cell(row, 0));
	else if (row->n_fields != reader->binding.n_columns)
		skip(typed, LEDGER_RAGGED, cell(row, 0));
	typed->lone = furniture == FURNITURE_LONE;
	return typed->skipped;
}

static int
read_ids(const struct reader *reader, struct columns *columns,
    struct id_pool *ids, struct typed_row *typed)
{
	if (reader->no_id)
		typed->text[ROW_ID] = row_id(reader, typed->line);
	else
		read_id(reader, ids, columns, ROW_ID, typed);
	if (typed->skipped)
		return -1;
	typed->id_hash = intern_hash(typed->text[ROW_ID]);
	if (typed->text[ROW_CONVERTED_ID].n)
		read_id(reader, ids, columns, ROW_CONVERTED_ID, typed);
	if (typed->text[ROW_MERGED_INTO].n)
		read_id(reader, ids, columns, ROW_MERGED_INTO, typed);
	return 0;
}

/* "2026-03" says a month, for which whoever counts costs looks. */
static bool
is_period_label(const struct reader *reader, struct slice text)
{
	int64_t start, next;

	return reader->options->bind.purpose == PURPOSE_SPEND &&
	       date_period(text, 1, &start, &next);
}

static int
read_times(const struct reader *reader, struct columns *columns,
    const struct csv_row *row, struct typed_row *typed, struct fnl_err *err)
{
	const struct binding *b = &reader->binding;

	for (int i = 0; i < ROW_TIMES; i++) {
		int column = row_time_column(reader, (enum row_time)i);

		if (column >= 0 &&
		    !is_period_label(reader, cell(row, column)) &&
		    read_time(reader, &columns->times[i], column,
			cell(row, column), typed, &typed->time[i], err) < 0)
			return -1;
	}
	for (size_t i = 0; i < b->n_stages; i++)
		if (!b->stages[i].left &&
		    read_time(reader, &columns->stage_times[i],
			b->stages[i].column, cell(row, b->stages[i].column),
			typed, &typed->stage_times[i], err) < 0)
			return -1;
	return 0;
}

/* Of a row that is no lead or deal only the times are read. */
static int
read_activity(const struct reader *reader, struct columns *columns,
    const struct csv_row *row, struct typed_row *typed, struct fnl_err *err)
{
	int closed = reader->binding.column[FIELD_IS_CLOSED];

	typed->flag[ROW_IS_CLOSED] =
	    read_flag(typed, closed, known_cell(row, closed));
	skip(typed, LEDGER_NOT_A_RECORD, SLICE(""));
	return read_times(reader, columns, row, typed, err);
}

static void
read_flags(const struct reader *reader, const struct csv_row *row,
    struct typed_row *typed)
{
	const int *column = reader->binding.column;

	for (int i = 0; i < ROW_FLAGS; i++)
		typed->flag[i] = read_flag(typed, column[flag_fields[i]],
		    known_cell(row, column[flag_fields[i]]));
}

static void
read_attributes(const struct reader *reader, const struct csv_row *row,
    struct typed_row *typed)
{
	for (size_t i = 0; i < reader->options->n_attributes; i++)
		typed->wanted[i] =
		    known_cell(row, row_attribute_column(reader, i));
}

/* A row of a file of touches or of costs. */
static int
read_outside(const struct reader *reader, struct columns *columns,
    const struct csv_row *row, struct typed_row *typed, struct fnl_err *err)
{
	int cost = reader->binding.column[FIELD_COST];

	if (!row->filled) {
		skip(typed, LEDGER_BLANK, SLICE(""));
		return 0;
	}
	typed->text[ROW_CURRENCY] =
	    known_cell(row, row_text_column(reader, ROW_CURRENCY));
	read_flags(reader, row, typed);
	read_attributes(reader, row, typed);
	typed->whole_hash = whole_hash(row);
	if (typed->flag[ROW_DELETED] == YES) {
		skip(typed, LEDGER_DELETED, SLICE(""));
		return 0;
	}
	if (read_times(reader, columns, row, typed, err) < 0)
		return -1;
	return cost < 0 ? 0
			: read_amount(reader, columns, cost, cell(row, cost),
			      typed, err);
}

int
row_read(const struct reader *reader, struct columns *columns,
    struct id_pool *ids, const struct csv_row *row, struct typed_row *typed,
    struct fnl_err *err)
{
	const int *column = reader->binding.column;

	typed->line = row->line;
	if (row_is_skipped(reader, row, typed))
		return 0;
	if (is_outside(reader))
		return read_outside(reader, columns, row, typed, err);
	if (reader->binding.shape == SHAPE_OTHER)
		return read_activity(reader, columns, row, typed, err);
	for (int i = 0; i < ROW_TEXTS; i++)
		typed->text[i] =
		    known_cell(row, row_text_column(reader, (enum row_text)i));
	if (read_ids(reader, columns, ids, typed) < 0) {
		if (!row->filled) /* `,,,` as spreadsheets leave it */
			typed->reason = LEDGER_BLANK;
		return 0;
	}
	read_flags(reader, row, typed);
	read_attributes(reader, row, typed);
	typed->hash = row_hash(row);
	if (read_times(reader, columns, row, typed, err) < 0 ||
	    (typed->change &&
		read_change(reader, columns, row, typed, err) < 0))
		return -1;
	if (column[FIELD_AMOUNT] < 0)
		return 0;
	return read_amount(reader, columns, column[FIELD_AMOUNT],
	    cell(row, column[FIELD_AMOUNT]), typed, err);
}

static bool
is_open(const struct date_column *column)
{
	return column->order == DATE_ORDER_UNKNOWN && column->either;
}

static bool
is_open_amount(const struct money_column *column)
{
	return column->mark == DECIMAL_UNKNOWN && column->either;
}

/* A column that holds values of both readings and no proof. */
struct undecided {
	int column; /* or -1 */
	const struct date_column *when; /* one of them */
	const struct money_column *amount;
};

static struct undecided
undecided_column(const struct reader *reader, const struct columns *columns)
{
	const struct binding *b = &reader->binding;
	const int *column = b->column;

	for (int i = 0; i < ROW_TIMES; i++)
		if (is_open(&columns->times[i]))
			return (
			    struct undecided){ .column = row_time_column(
						   reader, (enum row_time)i),
				.when = &columns->times[i] };
	for (size_t i = 0; i < b->n_stages; i++)
		if (is_open(&columns->stage_times[i]))
			return (
			    struct undecided){ .column = b->stages[i].column,
				.when = &columns->stage_times[i] };
	if (is_open(&columns->changed_date))
		return (struct undecided){ .column = column[FIELD_NEW_VALUE],
			.when = &columns->changed_date };
	if (is_open_amount(&columns->amount))
		return (
		    struct undecided){ .column = column[amount_field(reader)],
			.amount = &columns->amount };
	if (is_open_amount(&columns->changed_amount))
		return (struct undecided){ .column = column[FIELD_NEW_VALUE],
			.amount = &columns->changed_amount };
	return (struct undecided){ .column = -1 };
}

bool
columns_undecided(const struct reader *reader, const struct columns *columns)
{
	return undecided_column(reader, columns).column >= 0;
}

static int
refuse_short_year(const struct reader *reader, const struct date_column *when,
    int column, struct fnl_err *err)
{
	if (!date_column_is_short(when))
		return 0;
	return fail(err, FNL_DATA,
	    "%s:%" PRIu32 ": no date of column '%s' shows whether it begins "
	    "with the day or the year; say --date-order dmy, mdy or ymd",
	    reader->path, when->short_year_line,
	    reader->binding.header[column]);
}

static int
refuse_short_years(const struct reader *reader, const struct columns *columns,
    struct fnl_err *err)
{
	const struct binding *b = &reader->binding;

	for (int i = 0; i < ROW_TIMES; i++)
		if (refuse_short_year(reader, &columns->times[i],
			row_time_column(reader, (enum row_time)i), err) < 0)
			return -1;
	for (size_t i = 0; i < b->n_stages; i++)
		if (refuse_short_year(reader, &columns->stage_times[i],
			b->stages[i].column, err) < 0)
			return -1;
	return refuse_short_year(
	    reader, &columns->changed_date, b->column[FIELD_NEW_VALUE], err);
}

int
columns_refuse(const struct reader *reader, const struct columns *columns,
    struct fnl_err *err)
{
	struct undecided open = undecided_column(reader, columns);

	if (open.column < 0)
		return refuse_short_years(reader, columns, err);
	if (open.amount)
		return fail(err, FNL_DATA,
		    "%s:%" PRIu32 ": column '%s' does not show whether its "
		    "comma or point is the decimal mark; say --decimal point "
		    "or --decimal comma",
		    reader->path, open.amount->first_either_line,
		    reader->binding.header[open.column]);
	return fail(err, FNL_DATA,
	    "%s:%" PRIu32 ": no date of column '%s' shows whether the day or "
	    "the month comes first; say --date-order dmy or --date-order mdy",
	    reader->path, open.when->first_either_line,
	    reader->binding.header[open.column]);
}

static struct when
resolved(const struct reader *reader, const struct date_column *column,
    struct when when)
{
	return when.kind == WHEN_EITHER
		   ? date_resolve(when, column->order, reader->options->zone)
		   : when;
}

static int64_t
resolved_amount(const struct money_column *column, int64_t amount, char mark)
{
	return money_resolve(
	    amount, (column->mark == DECIMAL_POINT) == (mark == '.'));
}

static void
resolve_value(const struct reader *reader, const struct columns *columns,
    struct row_value *value)
{
	value->when = resolved(reader, &columns->changed_date, value->when);
	if (value->pending)
		value->amount = resolved_amount(&columns->changed_amount,
		    value->amount, value->pending_mark);
}

void
row_resolve(const struct reader *reader, const struct columns *columns,
    struct typed_row *row)
{
	for (int i = 0; i < ROW_TIMES; i++)
		row->time[i] =
		    resolved(reader, &columns->times[i], row->time[i]);
	for (size_t i = 0; i < reader->binding.n_stages; i++)
		row->stage_times[i] = resolved(
		    reader, &columns->stage_times[i], row->stage_times[i]);
	if (row->amount_pending)
		row->amount = resolved_amount(
		    &columns->amount, row->amount, row->pending_mark);
	if (row->change) {
		resolve_value(reader, columns, &row->change->before);
		resolve_value(reader, columns, &row->change->after);
	}
}

struct columns
columns_new(const struct reader *reader)
{
	const struct read_options *o = reader->options;
	size_t n = reader->binding.n_stages;
	struct columns columns = { .amount = { .mark = o->decimal,
				       .given =
					   o->decimal != DECIMAL_UNKNOWN } };
	struct date_column start = { .order = o->date_order,
		.given = o->date_order != DATE_ORDER_UNKNOWN };

	columns.changed_amount = columns.amount;
	columns.changed_date = start;
	for (int i = 0; i < ROW_TIMES; i++)
		columns.times[i] = start;
	columns.stage_times =
	    arena_array(reader->arena, n + 1, sizeof(*columns.stage_times));
	for (size_t i = 0; i < n; i++)
		columns.stage_times[i] = start;
	return columns;
}
