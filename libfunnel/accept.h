/*
 * accept: whether a row of a file is used. What is not used, and every cell
 * that could not be read, goes to the ledger.
 */
#ifndef FUNNEL_ACCEPT_H
#define FUNNEL_ACCEPT_H

#include "row.h"

/* Counts the row: 1 when it is used, 0 when the ledger has it or will, -1
 * where --strict refuses it. In the order of input. */
int accept_row(struct reader *reader, struct ledger *ledger,
    const struct typed_row *row, struct fnl_err *err);

/* Counts the cells of a row that could not be read. */
int accept_problems(const struct reader *reader, struct ledger *ledger,
    const struct typed_row *row, struct fnl_err *err);

/* After the last row: one cell below the last full row is furniture (R43). */
int
accept_end(struct reader *reader, struct ledger *ledger, struct fnl_err *err);

#endif
