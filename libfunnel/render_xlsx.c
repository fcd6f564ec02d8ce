/*
 * render_xlsx.c: xlsx, a workbook with one table; book.c writes it.
 */
#include "book.h"
#include "render_text.h"

int
render_xlsx(const struct table *table, const struct render_options *options,
    FILE *out, struct fnl_err *err)
{
	struct book *book = book_new(table->arena);

	book_add(book, NULL, table, options);
	return book_write(book, out, err);
}
