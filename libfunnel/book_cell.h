/*
 * book_cell: what a spreadsheet is told of a cell -- a double and the number
 * format it is read in, or text. Knows Excel's formats, not its files.
 */
#ifndef FUNNEL_BOOK_CELL_H
#define FUNNEL_BOOK_CELL_H

#include "table.h"

struct book_look {
	bool indian_grouping; /* 12,34,567 in every figure */
	const char *currency; /* of amounts: three capitals, or "" */
};

/*
 * The number of a cell that is one, as Excel holds it: a fraction for a
 * share, days since 1899-12-30 for a time. False for text, for what is
 * undefined, and for times that Excel has no number for.
 */
bool book_number(const struct cell *cell, double *number);

/*
 * The number format in which people read the cell, in the notation of files,
 * which is the same in every language; "" for text.
 */
#define BOOK_FORMAT 160
void book_format(char out[BOOK_FORMAT], const struct column *column,
    const struct cell *cell, const struct book_look *look);

/* Three capital letters, as ISO 4217 codes are. */
bool book_is_currency(struct slice text);

#endif
