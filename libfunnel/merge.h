/*
 * merge: typed rows to the store, in the order of input.
 *
 * Rows of one record become one record field by field: a blank is filled, a
 * different value is a conflict that the later modification wins (R42).
 */
#ifndef FUNNEL_MERGE_H
#define FUNNEL_MERGE_H

#include "records.h"
#include "row.h"

struct merge {
	struct reader *reader;
	struct store *store;
	const uint16_t *stage_of_column; /* per stage column */
	const bool *first_of_stage; /* the first column of its stage */
	bool pipelines; /* the stage columns are of several pipelines */
	bool unknown_columns; /* some of them name no known stage */
};

/* Resolves the names of the file's stage columns. */
struct merge merge_new(struct reader *reader, struct store *store);

int merge_row(const struct merge *merge, const struct typed_row *row,
    struct fnl_err *err);

/* After the last row: what could not be decided before. */
int merge_end(const struct merge *merge, struct fnl_err *err);

#endif
