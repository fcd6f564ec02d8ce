/*
 * fuzz_convert: any bytes as an export, through the whole program: detection,
 * reading, linking, counting, every format. The first byte chooses options.
 * Whatever the bytes are: no crash, an error has a code and a message of one
 * line, and a report balances (rows, and entries by how they ended).
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "funnel.h"

#define CHECK(condition)          \
	do                        \
		if (!(condition)) \
			abort();  \
	while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[256];

static void
remove_file(void)
{
	unlink(path);
}

static void
write_file(const uint8_t *data, size_t size)
{
	FILE *out;

	if (!*path) {
		const char *directory = getenv("TMPDIR");
		int fd;

		snprintf(path, sizeof(path), "%s/fuzz-convert-XXXXXX",
		    directory ? directory : "/tmp");
		fd = mkstemp(path);
		CHECK(fd >= 0);
		close(fd);
		atexit(remove_file);
	}
	out = fopen(path, "wb");
	CHECK(out);
	fwrite(data, 1, size, out);
	CHECK(fclose(out) == 0);
}

static char *
render(struct fnl_report *report, enum fnl_what what, const char *format)
{
	struct fnl_style style = { .format = format, .width = 40 };
	struct fnl_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	CHECK(out);
	CHECK(fnl_render(report, what, &style, out, &err) == 0);
	CHECK(fclose(out) == 0);
	return text;
}

static json_int_t
count(const json_t *row, const char *key)
{
	return json_integer_value(json_object_get(row, key));
}

static void
check_stage(const json_t *row)
{
	const json_t *lost = json_object_get(row, "lost");
	json_int_t ended = count(row, "won") + count(row, "lost") +
			   count(row, "rejected") + count(row, "recycled") +
			   count(row, "open");

	if (!json_object_get(row, "stage") || !json_is_integer(lost))
		return;
	CHECK(count(row, "entered") == count(row, "converted") + ended);
}

static void
check_json(char *text)
{
	json_error_t error;
	json_t *root = json_loads(text, 0, &error);
	const json_t *rows = json_object_get(root, "rows");

	CHECK(root && json_is_array(rows));
	for (size_t i = 0; i < json_array_size(rows); i++)
		check_stage(json_array_get(rows, i));
	json_decref(root);
	free(text);
}

static void
check_report(struct fnl_report *report)
{
	static const char *const formats[] = { "csv", "tsv", "jsonl", "md",
		"html", "table" };

	check_json(render(report, FNL_TABLE, "json"));
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		free(render(report, FNL_TABLE, formats[i]));
		free(render(report, FNL_LEDGER, formats[i]));
	}
	CHECK(fnl_summary(report));
}

/* In mode any and basis period converted is not a part of entered. */
static void
choose(struct fnl_convert_query *q, unsigned choice)
{
	static const char *const modes[] = { NULL, "strict", "current",
		"exact" };
	static const char *const reports[] = { NULL, "stages", "outcomes",
		NULL };
	static const char *const by[] = { "source", "owner" };

	q->mode = modes[choice & 3];
	q->report = reports[choice >> 2 & 3];
	if (choice & 16)
		q->input.stages =
		    "Lead,MQL,Qualified,won:Closed Won,lost:Closed Lost";
	if (choice & 32)
		q->input.period = "month";
	if (choice & 64)
		q->input.by = (struct fnl_list){ by, 1 };
	if (choice & 128) {
		q->input.as_of = "2026-02-01";
		q->input.date_order = "dmy";
		q->input.decimal = "point";
		q->input.no_id = true;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *files[] = { path };
	struct fnl_convert_query q = { .input.files = { files, 1 } };
	struct fnl_report *report = NULL;
	struct fnl_err err = { 0 };

	if (!size)
		return 0;
	write_file(data + 1, size - 1);
	choose(&q, data[0]);
	if (fnl_convert(&report, &q, &err) < 0) {
		CHECK(err.code != FNL_OK && *err.message);
		CHECK(!strchr(err.message, '\n'));
		return 0;
	}
	check_report(report);
	fnl_report_free(report);
	return 0;
}
