/*
 * chunk: a batch of rows, parsed. It is filled from a batch alone and merged
 * later, in the order of input: the seam for threads.
 */
#ifndef FUNNEL_CHUNK_H
#define FUNNEL_CHUNK_H

#include "row.h"

struct chunk {
	struct typed_row *rows;
	size_t n_rows, cap_rows;
	struct when *stage_times;
	struct slice *wanted;
	struct row_change *changes; /* one a row, or none */
	struct id_pool ids;
};

/* Parses a batch; texts point into it. */
int chunk_parse(const struct reader *reader, const struct csv_batch *batch,
    struct columns *columns, struct chunk *chunk, struct fnl_err *err);

/* A copy that no longer needs the batch. */
struct chunk *
chunk_keep(const struct reader *reader, const struct chunk *chunk);

#endif
