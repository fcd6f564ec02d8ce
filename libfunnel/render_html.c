/*
 * render_html.c: a page with one table, and its chart.
 */
#include "page.h"
#include "render_text.h"

int
render_html(const struct table *table, const struct render_options *options,
    FILE *out, struct fnl_err *err)
{
	struct page_section section = { .id = "report", .table = table };
	const struct page page = { .arena = table->arena,
		.title = table->title,
		.sections = &section,
		.n_sections = 1 };

	page_draw(&section, options);
	return page_write(&page, options, out, err);
}
