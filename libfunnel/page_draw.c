/*
 * page_draw.c: the chart of a section, from gnuplot by way of an unnamed file.
 */
#include "chart.h"
#include "page.h"

static void
close_file(void *file)
{
	fclose(file);
}

static struct slice
read_back(struct arena *arena, FILE *file)
{
	long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
	char *p;

	if (size <= 0)
		return SLICE("");
	p = arena_alloc(arena, (size_t)size);
	rewind(file);
	return (struct slice){ p, fread(p, 1, (size_t)size, file) };
}

static int
draw(struct page_section *section, const struct render_options *options,
    struct fnl_err *err)
{
	const struct chart_options svg = { .form = CHART_SVG,
		.indian_grouping = options->indian_grouping };
	struct arena *arena = section->table->arena;
	struct chart chart;
	FILE *file;

	if (chart_script(section->table, &svg, &chart, err) < 0)
		return -1;
	section->chart_note = chart.note;
	if (!chart.script)
		return 0;
	file = tmpfile();
	if (!file)
		return fail(err, FNL_SYSTEM,
		    "there is no chart: a temporary file cannot be written");
	arena_defer(arena, close_file, file);
	if (chart_run(arena, &chart, &svg, file, err) < 0)
		return -1;
	section->chart = read_back(arena, file);
	return 0;
}

void
page_draw(struct page_section *section, const struct render_options *options)
{
	struct fnl_err err = { 0 };

	if (options->charts && section->table->figure &&
	    draw(section, options, &err) < 0)
		section->chart_note =
		    arena_printf(section->table->arena, "%s", err.message);
}
