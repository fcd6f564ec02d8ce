/*
 * pathfile: ready-made paths, one row a path:
 *
 *	path,conversions,value,null
 *	Search > Email > Direct,3,1200.50,14
 *
 * Also with total_ before the counts, as the R package ChannelAttribution
 * writes them. The steps stand in the order of time, separated by '>' with or
 * without blanks. The columns of value and null may be absent: 0 then.
 */
#ifndef FUNNEL_PATHFILE_H
#define FUNNEL_PATHFILE_H

#include "ledger.h"

#define PATH_STEPS_MAX 100000 /* of one path */
#define PATH_ROWS_MAX 100000000
#define PATH_ALL_STEPS_MAX 2000000000
#define PATH_FILES_MAX 512

struct path_row {
	uint32_t first; /* its steps are pathfile.steps + first */
	uint32_t n; /* never 0 */
	double conversions, value, nulls; /* finite, from 0 on */
};

struct digests; /* lines.h */

struct pathfile {
	struct intern *channels; /* as they stand, trimmed; numbers from 1 */
	uint32_t *steps; /* numbers of channels */
	size_t n_steps;
	struct vec rows; /* struct path_row, in order of files and lines */
	bool has_value, has_null; /* some file has the column */
};

/* The files sorted by name, "-" is standard input. delimiter: 0 is found. Rows
 * that are no path go to the ledger. */
int pathfile_read(struct arena *arena, const struct fnl_list *files,
    char delimiter, struct digests *digests, struct ledger *ledger,
    struct pathfile **out, struct fnl_err *err);

#endif
