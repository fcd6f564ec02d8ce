/*
 * render.c: the formats. To add one, write its render function in a file of
 * its own and give it a row here.
 */
#include <string.h>

#include "render_text.h"

const struct format formats[] = {
	{ "table", "txt", "aligned columns for a terminal", true, false,
	    render_table },
	{ "csv", "csv", "comma-separated (RFC 4180), full precision", false,
	    false, render_csv },
	{ "tsv", "tsv", "tab-separated, with \\t \\n \\\\ for those in a cell",
	    false, false, render_tsv },
	{ "json", "json", "one object: title, columns, rows, notes", false,
	    false, render_json },
	{ "jsonl", "jsonl", "one object a row, on a line", false, false,
	    render_jsonl },
	{ "md", "md", "a GitHub Markdown table", true, false, render_md },
	{ "html", "html", "a page that needs nothing but a browser", true,
	    false, render_html },
	{ "xlsx", "xlsx", "an Excel workbook with notes and a chart", true,
	    true, render_xlsx },
	{ NULL, NULL, NULL, false, false, NULL },
};

const struct format *
format_find(const char *name)
{
	for (const struct format *f = formats; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

const struct format *
format_of_file(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');

	if (!dot)
		return NULL;
	for (const struct format *f = formats; f->name; f++)
		if (fold_equal(slice_of(dot + 1), slice_of(f->suffix)))
			return f;
	return NULL;
}
