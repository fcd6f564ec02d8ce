/*
 * outside.c: opening files of touches and of costs.
 */
#include <stdlib.h>
#include <string.h>

#include "outside.h"

/* The definitions' columns first, so that --map overrides them. */
int
outside_options(struct load *load, const struct fnl_list *maps,
    enum purpose purpose, struct read_options *out, struct fnl_err *err)
{
	const struct definitions *d = &load->definitions;
	struct column_map *all =
	    arena_array(load->arena, d->n_columns + maps->n + 1, sizeof(*all));
	size_t n = 0;

	for (unsigned i = 0; i < d->n_columns; i++)
		if (d->columns[i].field)
			all[n++] = (struct column_map){ d->columns[i].field,
				NULL, d->columns[i].column, true };
	for (size_t i = 0; i < maps->n; i++, n++) {
		if (schema_parse_map(
			load->arena, maps->items[i], &all[n], err) < 0)
			return -1;
		all[n].optional = true;
	}
	*out = load->read;
	out->no_id = out->changes = false;
	out->bind = (struct bind_request){
		.purpose = purpose, .maps = all, .n_maps = n
	};
	return 0;
}

static int
compare_paths(const void *a, const void *b)
{
	return strcmp((*(struct reader *const *)a)->path,
	    (*(struct reader *const *)b)->path);
}

static int
check_list(const struct load *load, const struct fnl_list *files,
    const char *option, struct fnl_err *err)
{
	const struct fnl_list *records = &load->input->files;
	unsigned standard_inputs = 0;

	if (files->n > INPUT_FILES_MAX)
		return fail(err, FNL_USAGE, "%s: more than %d files", option,
		    INPUT_FILES_MAX);
	for (size_t i = 0; i < records->n; i++)
		standard_inputs += strcmp(records->items[i], "-") == 0;
	for (size_t i = 0; i < files->n; i++)
		standard_inputs += strcmp(files->items[i], "-") == 0;
	return standard_inputs > 1
		   ? fail(err, FNL_USAGE,
			 "%s: standard input can be read only once", option)
		   : 0;
}

int
outside_open(struct load *load, const struct fnl_list *files,
    const char *option, const struct read_options *read, struct reader ***out,
    struct fnl_err *err)
{
	struct reader **readers =
	    arena_array(load->arena, files->n + 1, sizeof(struct reader *));

	*out = readers;
	if (check_list(load, files, option, err) < 0)
		return -1;
	for (size_t i = 0; i < files->n; i++)
		if (reader_open(load->arena, files->items[i], read, &readers[i],
			err) < 0)
			return -1;
	qsort(readers, files->n, sizeof(*readers), compare_paths);
	return 0;
}
