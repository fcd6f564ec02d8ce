/*
 * parse: reads a CSV file with libcsv and does nothing with it. What the
 * toolkit takes is printed as a multiple of this, a figure that does not
 * depend on the machine.
 */
#include <csv.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define BUFFER_SIZE (1u << 18)

struct counts {
	uint64_t fields, rows, bytes;
};

static void
count_field(void *field, size_t n, void *context)
{
	struct counts *counts = context;

	(void)field;
	counts->fields++;
	counts->bytes += n;
}

static void
count_row(int last, void *context)
{
	struct counts *counts = context;

	(void)last;
	counts->rows++;
}

/* 0, or -1 with errno or a message printed. */
static int
parse(FILE *in, struct counts *counts)
{
	static char buffer[BUFFER_SIZE];
	struct csv_parser parser;
	int status = 0;
	size_t n;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return -1;
	while (status == 0 && (n = fread(buffer, 1, sizeof(buffer), in)) > 0)
		if (csv_parse(&parser, buffer, n, count_field, count_row,
			counts) != n)
			status = -1;
	if (status == 0)
		status = csv_fini(&parser, count_field, count_row, counts);
	if (status)
		fprintf(
		    stderr, "parse: %s\n", csv_strerror(csv_error(&parser)));
	csv_free(&parser);
	return status || ferror(in) ? -1 : 0;
}

int
main(int argc, char **argv)
{
	struct counts counts = { 0 };
	FILE *in = argc == 2 ? fopen(argv[1], "r") : NULL;
	int status;

	if (argc != 2) {
		fprintf(stderr, "usage: parse FILE\n");
		return 2;
	}
	if (!in) {
		fprintf(stderr, "parse: %s: %s\n", argv[1], strerror(errno));
		return 4;
	}
	status = parse(in, &counts);
	fclose(in);
	printf("%" PRIu64 " rows, %" PRIu64 " fields, %" PRIu64 " bytes\n",
	    counts.rows, counts.fields, counts.bytes);
	return status ? 3 : 0;
}
