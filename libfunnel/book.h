/*
 * book: tables to one Excel workbook (XLSX): a sheet a table, then a sheet of
 * their notes and one of their columns.
 */
#ifndef FUNNEL_BOOK_H
#define FUNNEL_BOOK_H

#include "render.h"

struct book;
struct book *book_new(struct arena *arena);

/*
 * Adds a sheet. Its name is as near to name, or to the table's title where
 * name is NULL, as Excel's rules and the names before it allow. The table
 * must live until the book is written. Returns the name.
 */
const char *book_add(struct book *book, const char *name,
    const struct table *table, const struct render_options *options);

/*
 * Writes the workbook, once, and flushes. Fails with FNL_USAGE when a table
 * has more rows or columns than a sheet, and with FNL_SYSTEM when the disk
 * did not take all of it; temporary files go where TMPDIR says, else to /tmp.
 */
int book_write(struct book *book, FILE *out, struct fnl_err *err);

#endif
