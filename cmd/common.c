/*
 * common.c: the options every command shares, in one table each, and the way
 * out: rendering, the ledger, the exit code.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"

#define PROGRESS_AFTER 1.0 /* seconds of silence before progress shows */
#define PROGRESS_EVERY 0.2

enum { OPTION_HELP = 1, OPTION_VERSION };

int
complain(const char *command, const struct fnl_err *err)
{
	fprintf(stderr, "funnel-%s: %s\n", command, err->message);
	if (err->code == FNL_USAGE)
		fprintf(stderr, "funnel-%s: see funnel-%s --help\n", command,
		    command);
	return err->code;
}

/* popt wants addresses in its rows, so the shared tables are filled in for
 * one struct options. */
struct option_tables
options_bind(struct options *o)
{
	struct fnl_input *in = &o->input;
	struct poptOption input[] = {
		{ "definitions", 'd', POPT_ARG_STRING, &in->definitions, 0,
		    "What both teams agreed; see funnel-definitions(5)",
		    "FILE" },
		{ "stages", 0, POPT_ARG_STRING, &in->stages, 0,
		    "Instead: A,B,won:C,lost:D in order", "LIST" },
		{ "preset", 0, POPT_ARG_STRING, &in->preset, 0,
		    "salesforce, hubspot, zoho or generic (found by itself)",
		    "CRM" },
		{ "map", 0, POPT_ARG_ARGV, &o->maps, 0,
		    "Which column holds a field; stage:NAME=COLUMN for the "
		    "date a stage was entered",
		    "FIELD=COLUMN" },
		{ "no-id", 0, POPT_ARG_NONE, &o->no_id, 0,
		    "Every row is a record of its own", NULL },
		{ "lookup", 0, POPT_ARG_ARGV, &o->lookups, 0,
		    "Join the columns of FILE on its first column, or on KEY",
		    "FILE[:KEY]" },
		{ "in-tz", 0, POPT_ARG_STRING, &in->input_zone, 0,
		    "Zone of times without an offset (UTC)", "ZONE" },
		{ "date-order", 0, POPT_ARG_STRING, &in->date_order, 0,
		    "dmy, mdy or ymd, where the dates do not prove it",
		    "ORDER" },
		{ "decimal", 0, POPT_ARG_STRING, &in->decimal, 0,
		    "point or comma, where the amounts do not prove it",
		    "MARK" },
		{ "delimiter", 0, POPT_ARG_STRING, &in->delimiter, 0,
		    "comma, semicolon or tab (found by itself)", "NAME" },
		{ "wide-dates", 0, POPT_ARG_STRING, &in->wide_dates, 0,
		    "Which entry a date per stage is: first, latest, unknown",
		    "WHICH" },
		{ "zoho-history", 0, POPT_ARG_STRING, &in->period_log, 0,
		    "Modified Time is the entry or the exit of the stage",
		    "WHICH" },
		{ "dup", 0, POPT_ARG_STRING, &in->duplicates, 0,
		    "Rows of one record that disagree: last wins, or error",
		    "RULE" },
		{ "strict", 0, POPT_ARG_NONE, &o->strict, 0,
		    "Stop at the first bad row or cell", NULL },
		{ "max-bad", 0, POPT_ARG_STRING, &in->max_bad, 0,
		    "Exit with 3 when more rows and cells are bad", "N" },
		POPT_TABLEEND,
	};
	struct poptOption selection[] = {
		{ "by", 'b', POPT_ARG_ARGV, &o->by, 0,
		    "Segments: source, team, owner, ..., or any column",
		    "COLUMN,..." },
		{ "period", 'p', POPT_ARG_STRING, &in->period, 0,
		    "day, week, month, quarter or year", "PERIOD" },
		{ "where", 'w', POPT_ARG_ARGV, &o->where, 0,
		    "Only such records; also != < > <= >= ~", "COLUMN=VALUE" },
		{ "from", 0, POPT_ARG_STRING, &in->from, 0,
		    "Start of the window", "DATE" },
		{ "to", 0, POPT_ARG_STRING, &in->to, 0,
		    "End of the window, not included", "DATE" },
		{ "as-of", 0, POPT_ARG_STRING, &in->as_of, 0,
		    "Know only what was known then (latest event)", "DATE" },
		{ "tz", 0, POPT_ARG_STRING, &in->zone, 0,
		    "Zone of days and periods (definitions, else UTC)",
		    "ZONE" },
		{ "seg-at", 0, POPT_ARG_STRING, &in->segment_at, 0,
		    "Value of a segment: first, last, record, stage:NAME",
		    "POINT" },
		POPT_TABLEEND,
	};
	struct poptOption output[] = {
		{ "format", 'f', POPT_ARG_STRING, &o->format, 0,
		    "table, csv, tsv, json, jsonl or md (table on a "
		    "terminal, else csv)",
		    "FORMAT" },
		{ "output", 'o', POPT_ARG_STRING, &o->output, 0,
		    "Write there, in the format of its suffix", "FILE" },
		{ "metric", 'm', POPT_ARG_ARGV, &o->metrics, 0,
		    "Only these columns, in this order", "COLUMN,..." },
		{ "all-columns", 'a', POPT_ARG_NONE, &o->all_columns, 0,
		    "All columns, also in a table", NULL },
		{ "long", 0, POPT_ARG_NONE, &o->long_form, 0,
		    "One metric a row, for pivot tables", NULL },
		{ "ledger", 0, POPT_ARG_STRING, &o->ledger, 0,
		    "Write which rows were used and which not, as CSV",
		    "FILE" },
		{ "quiet", 'q', POPT_ARG_NONE, &o->quiet, 0,
		    "No summary of unused rows on standard error", NULL },
		POPT_TABLEEND,
	};
	struct poptOption help[] = {
		{ "help", 'h', POPT_ARG_NONE, NULL, OPTION_HELP,
		    "Show this help", NULL },
		{ "version", 'V', POPT_ARG_NONE, NULL, OPTION_VERSION,
		    "Show the version", NULL },
		POPT_TABLEEND,
	};
	/* The copies live as long as the program: popt keeps pointers. */
	static struct poptOption tables[4][20];

	memcpy(tables[0], input, sizeof(input));
	memcpy(tables[1], selection, sizeof(selection));
	memcpy(tables[2], output, sizeof(output));
	memcpy(tables[3], help, sizeof(help));
	return (
	    struct option_tables){ tables[0], tables[1], tables[2], tables[3] };
}

/* ---- lists ---- */

static struct fnl_list
list_of(char **items)
{
	struct fnl_list list = { (const char *const *)items, 0 };

	while (items && items[list.n])
		list.n++;
	return list;
}

static size_t
count_items(char **items)
{
	size_t n = 0;

	for (; items && *items; items++) {
		n++;
		for (const char *p = *items; *p; p++)
			n += *p == ',';
	}
	return n;
}

/* "a,b" "c" to a b c; cuts the strings in place. Lives to the end. */
static struct fnl_list
split_list(char **items)
{
	struct fnl_list list = { NULL, 0 };
	char **split = calloc(count_items(items) + 1, sizeof(*split));

	for (; split && items && *items; items++)
		for (char *p = *items; p;) {
			char *comma = strchr(p, ',');

			if (comma)
				*comma = '\0';
			split[list.n++] = p;
			p = comma ? comma + 1 : NULL;
		}
	list.items = (const char *const *)split;
	return list;
}

/* ---- progress ---- */

struct progress {
	const char *command;
	double start, last;
	bool shown;
};

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void
show_progress(void *context, const char *file, double share)
{
	struct progress *p = context;
	double now = seconds();

	if (now - p->start < PROGRESS_AFTER || now - p->last < PROGRESS_EVERY)
		return;
	p->last = now;
	p->shown = true;
	if (isnan(share))
		fprintf(stderr, "\rfunnel-%s: reading %s", p->command, file);
	else
		fprintf(stderr, "\rfunnel-%s: reading %s %3.0f %%", p->command,
		    file, 100 * share);
}

/* One progress line a run; its file name is wiped when the table comes. */
static struct progress *
the_progress(void)
{
	static struct progress progress;

	return &progress;
}

static void
end_progress(void)
{
	if (the_progress()->shown)
		fputs("\r\033[K", stderr);
	the_progress()->shown = false;
}

static void
start_progress(struct options *o, const char *command)
{
	if (o->quiet || !isatty(STDERR_FILENO))
		return;
	*the_progress() = (struct progress){ command, seconds(), 0, false };
	o->input.progress = show_progress;
	o->input.progress_context = the_progress();
}

/* ---- parsing ---- */

static int
print_help(poptContext context, const char *examples)
{
	poptPrintHelp(context, stdout, 0);
	printf("\n%s", examples);
	return fflush(stdout) ? FNL_SYSTEM : FNL_OK;
}

static int
bad_option(const char *command, poptContext context, int error)
{
	fprintf(stderr, "funnel-%s: %s: %s\nfunnel-%s: see funnel-%s --help\n",
	    command, poptBadOption(context, POPT_BADOPTION_NOALIAS),
	    poptStrerror(error), command, command);
	return FNL_USAGE;
}

static void
take_arguments(struct options *o, poptContext context)
{
	const char **files = poptGetArgs(context);

	o->input.files = list_of((char **)files);
	o->input.maps = list_of(o->maps);
	o->input.lookups = list_of(o->lookups);
	o->input.where = list_of(o->where);
	o->input.by = split_list(o->by);
	o->input.strict = o->strict != 0;
	o->input.no_id = o->no_id != 0;
}

int
options_parse(struct options *o, const char *command, struct poptOption *own,
    const char *synopsis, const char *examples, int argc, const char **argv)
{
	/* Kept to the end of the program: the file names live in it. */
	poptContext context = poptGetContext(command, argc, argv, own, 0);
	int got;

	poptSetOtherOptionHelp(context, synopsis);
	while ((got = poptGetNextOpt(context)) > 0) {
		if (got == OPTION_HELP)
			return print_help(context, examples);
		printf("funnel-%s %s\n", command, FNL_VERSION);
		return fflush(stdout) ? FNL_SYSTEM : FNL_OK;
	}
	if (got < -1)
		return bad_option(command, context, got);
	take_arguments(o, context);
	start_progress(o, command);
	return -1;
}

struct fnl_list
options_metrics(const struct options *o)
{
	return split_list(o->metrics);
}

/* ---- output ---- */

static int
terminal_width(FILE *out)
{
	struct winsize size;

	if (!isatty(fileno(out)) || ioctl(fileno(out), TIOCGWINSZ, &size) < 0)
		return 0;
	return size.ws_col;
}

static const char *
format_of(const struct options *o)
{
	const char *by_suffix =
	    o->output ? fnl_format_of_file(o->output) : NULL;

	if (o->format)
		return o->format;
	if (by_suffix)
		return by_suffix;
	return o->output || !isatty(STDOUT_FILENO) ? "csv" : "table";
}

static int
cannot(const char *command, const char *what, const char *path)
{
	fprintf(stderr, "funnel-%s: cannot %s '%s': %s\n", command, what, path,
	    strerror(errno));
	return FNL_SYSTEM;
}

/* Writes one table to a file, or to standard output where path is NULL; what
 * the disk did not take is an error. */
static int
write_table(const char *command, const char *path, struct fnl_report *report,
    enum fnl_what what, struct fnl_style *style)
{
	const char *name = path ? path : "standard output";
	struct fnl_err err = { 0 };
	FILE *out = path ? fopen(path, "w") : stdout;
	int code = FNL_OK;

	if (!out)
		return cannot(command, "write", name);
	style->width = terminal_width(out);
	if (fnl_render(report, what, style, out, &err) < 0)
		code = err.code == FNL_SYSTEM && errno
			   ? cannot(command, "write", name)
			   : complain(command, &err);
	if (fclose(out) != 0 && code == FNL_OK)
		code = cannot(command, "write", name);
	return code;
}

int
options_render(
    const struct options *o, const char *command, struct fnl_report *report)
{
	struct fnl_style style = { .format = format_of(o),
		.all_columns = o->all_columns || o->metrics };
	struct fnl_style csv = { .format = "csv" };
	const char *too_bad = fnl_too_bad(report);
	int code = FNL_OK;

	end_progress();
	if (!o->quiet)
		fputs(fnl_summary(report), stderr);
	if (o->ledger)
		code =
		    write_table(command, o->ledger, report, FNL_LEDGER, &csv);
	if (code == FNL_OK)
		code =
		    write_table(command, o->output, report, FNL_TABLE, &style);
	if (code == FNL_OK && too_bad) {
		fprintf(stderr, "funnel-%s: %s\n", command, too_bad);
		code = FNL_DATA;
	}
	return code;
}
