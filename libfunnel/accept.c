/*
 * accept.c: rows read = rows used + rows of the ledger.
 */
#include "accept.h"

static int
count_row(const struct reader *reader, struct ledger *ledger,
    const struct typed_row *row, struct fnl_err *err)
{
	if (!row->skipped || row->reason != LEDGER_BLANK)
		reader->ledger_file->rows++;
	return row->skipped
		   ? ledger_add(ledger, reader->ledger_file, row->reason,
			 row->line, NULL, row->example, err)
		   : 0;
}

static int
flush_lone_rows(struct reader *reader, struct ledger *ledger,
    enum ledger_reason reason, struct fnl_err *err)
{
	struct vec *lone = &reader->lone_rows;

	for (size_t i = 0; i < lone->count; i++) {
		const struct lone_row *row = vec_at(lone, i);

		reader->ledger_file->rows++;
		if (ledger_add(ledger, reader->ledger_file, reason, row->line,
			NULL, slice_of(row->text), err) < 0)
			return -1;
	}
	lone->count = 0;
	return 0;
}

static void
keep_lone_row(struct reader *reader, const struct typed_row *row)
{
	struct lone_row *kept = vec_push(&reader->lone_rows);

	kept->line = row->line;
	kept->text = arena_text(reader->arena, row->example);
}

int
accept_end(struct reader *reader, struct ledger *ledger, struct fnl_err *err)
{
	return flush_lone_rows(reader, ledger, LEDGER_FURNITURE, err);
}

int
accept_problems(const struct reader *reader, struct ledger *ledger,
    const struct typed_row *row, struct fnl_err *err)
{
	for (unsigned i = 0; i < row->n_problems; i++) {
		const struct problem *problem = &row->problems[i];

		if (ledger_add(ledger, reader->ledger_file, problem->reason,
			row->line,
			problem->column >= 0
			    ? reader->binding.header[problem->column]
			    : NULL,
			problem->value, err) < 0)
			return -1;
	}
	return 0;
}

int
accept_row(struct reader *reader, struct ledger *ledger,
    const struct typed_row *row, struct fnl_err *err)
{
	if (row->lone) {
		keep_lone_row(reader, row);
		return 0;
	}
	if (!row->skipped && reader->lone_rows.count &&
	    flush_lone_rows(reader, ledger, LEDGER_RAGGED, err) < 0)
		return -1;
	if (count_row(reader, ledger, row, err) < 0)
		return -1;
	return !row->skipped;
}
