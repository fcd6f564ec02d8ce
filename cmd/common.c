/*
 * common.c: the options every command shares, in one table each, and the way
 * out: rendering, the ledger, the exit code.
 */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
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
	return (int)err->code;
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
		    "Zone of times without an offset (that of --tz)", "ZONE" },
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
		    "table, csv, tsv, json, jsonl, md, html or xlsx (table on "
		    "a "
		    "terminal, else csv)",
		    "FORMAT" },
		{ "output", 'o', POPT_ARG_STRING, &o->output, 0,
		    "Write there, in the format of its suffix", "FILE" },
		{ "metric", 'm', POPT_ARG_ARGV, &o->metrics, 0,
		    "Only these columns beside the keys, in this order",
		    "COLUMN,..." },
		{ "all-columns", 'a', POPT_ARG_NONE, &o->all_columns, 0,
		    "All columns, also in a table", NULL },
		{ "long", 0, POPT_ARG_NONE, &o->long_form, 0,
		    "One metric a row, for pivot tables", NULL },
		{ "chart", 0, POPT_ARG_STRING, &o->chart, 0,
		    "Draw it with gnuplot: .svg, .png, .pdf, or - on the "
		    "terminal",
		    "FILE" },
		{ "chart-script", 0, POPT_ARG_STRING, &o->chart_script, 0,
		    "Write what gnuplot is given", "FILE" },
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

struct fnl_list
options_list(char **items)
{
	struct fnl_list list = { (const char *const *)items, 0 };

	while (items && items[list.n])
		list.n++;
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
cannot(const char *command, const char *what, const char *path)
{
	fprintf(stderr, "funnel-%s: cannot %s '%s': %s\n", command, what, path,
	    strerror(errno));
	return FNL_SYSTEM;
}

int
close_stdout(const char *command)
{
	/* A write that failed earlier left its mark, not its errno. */
	bool failed = ferror(stdout) != 0;

	if (failed)
		errno = EIO;
	if (fclose(stdout) == 0 && !failed)
		return FNL_OK;
	fprintf(stderr, "funnel%s%s: cannot write 'standard output': %s\n",
	    *command ? "-" : "", command, strerror(errno));
	return FNL_SYSTEM;
}

static int
print_help(const char *command, poptContext context, const char *examples)
{
	poptPrintHelp(context, stdout, 0);
	printf("\n%s", examples);
	return close_stdout(command);
}

static int
bad_option(const char *command, poptContext context, int error)
{
	fprintf(stderr, "funnel-%s: %s: %s\nfunnel-%s: see funnel-%s --help\n",
	    command, poptBadOption(context, POPT_BADOPTION_NOALIAS),
	    poptStrerror(error), command, command);
	return FNL_USAGE;
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

static void
take_arguments(struct options *o, poptContext context)
{
	o->input.files = options_list((char **)poptGetArgs(context));
	o->input.maps = options_list(o->maps);
	o->input.lookups = options_list(o->lookups);
	o->input.where = options_list(o->where);
	o->input.by = options_list(o->by);
	o->input.strict = o->strict != 0;
	o->input.no_id = o->no_id != 0;
	/* A page and a workbook show the chart that the report has. */
	o->input.needs_chart = o->chart || o->chart_script;
	o->input.chart = o->input.needs_chart ||
			 strcmp(format_of(o), "html") == 0 ||
			 strcmp(format_of(o), "xlsx") == 0;
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat sa, sb;

	return a && b && stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
	       S_ISREG(sa.st_mode) && sa.st_dev == sb.st_dev &&
	       sa.st_ino == sb.st_ino;
}

/* An input, that the output would destroy. */
static const char *
input_that_is(const struct options *o, const char *output)
{
	const struct fnl_list *files = &o->input.files;

	for (size_t i = 0; i < files->n; i++)
		if (is_same_file(files->items[i], output))
			return files->items[i];
	return is_same_file(o->input.definitions, output) ? o->input.definitions
							  : NULL;
}

/* A name that promises what would not be in the file. */
static bool
is_other_format(const char *path)
{
	static const char *const suffixes[] = { ".xls", ".ods", ".htm", ".pdf",
		".docx" };
	size_t n = path ? strlen(path) : 0;

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		size_t length = strlen(suffixes[i]);

		if (n > length &&
		    strcasecmp(path + n - length, suffixes[i]) == 0)
			return true;
	}
	return false;
}

static bool
goes_to_terminal(const struct options *o)
{
	return (!o->output || strcmp(o->output, "-") == 0) &&
	       isatty(STDOUT_FILENO);
}

static bool
is_file(const char *path)
{
	return path && strcmp(path, "-") != 0;
}

/* Two outputs in one file, or an input that would be lost. */
static int
check_files(const struct options *o, const char *command)
{
	const struct {
		const char *option, *path;
	} outputs[] = { { "--output", o->output }, { "--ledger", o->ledger },
		{ "--chart", o->chart },
		{ "--chart-script", o->chart_script } };

	for (int i = 0; i < 4; i++) {
		const char *path = outputs[i].path;

		if (path && input_that_is(o, path)) {
			fprintf(stderr,
			    "funnel-%s: '%s' is an input; write the output to "
			    "another file\n",
			    command, path);
			return FNL_USAGE;
		}
		for (int j = 0; j < i && is_file(path); j++) {
			if (!outputs[j].path ||
			    strcmp(outputs[j].path, path) != 0)
				continue;
			fprintf(stderr, "funnel-%s: %s and %s are both '%s'\n",
			    command, outputs[j].option, outputs[i].option,
			    path);
			return FNL_USAGE;
		}
	}
	return FNL_OK;
}

/* What can be refused before anything is read or written. */
static int
check_output(const struct options *o, const char *command)
{
	struct fnl_err err = { 0 };

	if (fnl_check_format(o->format, &err) < 0)
		return complain(command, &err);
	if (!o->format && is_other_format(o->output)) {
		fprintf(stderr,
		    "funnel-%s: cannot write '%s' in that format; write .csv, "
		    ".tsv, .json, .jsonl, .md, .html, .xlsx or .txt, or say "
		    "--format\n",
		    command, o->output);
		return FNL_USAGE;
	}
	if (fnl_format_is_document(format_of(o)) && goes_to_terminal(o)) {
		fprintf(stderr,
		    "funnel-%s: '%s' is nothing for a terminal; write it to a "
		    "file with --output FILE\n",
		    command, format_of(o));
		return FNL_USAGE;
	}
	if (o->chart && fnl_check_chart(o->chart, &err) < 0)
		return complain(command, &err);
	return check_files(o, command);
}

/* ---- the options as a text ---- */

static bool
is_plain(const char *word)
{
	return *word && word[strspn(word, "abcdefghijklmnopqrstuvwxyz"
					  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					  "0123456789_-+.,:/=@%")] == '\0';
}

/* As one would type it: what a shell would read otherwise stands in quotes. */
static void
put_word(FILE *out, const char *word)
{
	if (is_plain(word)) {
		fputs(word, out);
		return;
	}
	putc('\'', out);
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", out);
		else
			putc(*word, out);
	putc('\'', out);
}

/* What only says where the result goes does not change what it is. */
static bool
is_about_output(const char *name)
{
	static const char *const names[] = { "output", "format", "ledger",
		"quiet", "chart", "chart-script" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static void
put_option(FILE *out, const struct poptOption *option, const char *value)
{
	fprintf(out, "%s--%s", ftell(out) > 0 ? " " : "", option->longName);
	if (!value)
		return;
	putc(' ', out);
	put_word(out, value);
}

static void
put_given(FILE *out, const struct poptOption *option)
{
	unsigned kind = option->argInfo & POPT_ARG_MASK;

	if (kind == POPT_ARG_NONE && *(const int *)option->arg)
		put_option(out, option, NULL);
	else if (kind == POPT_ARG_STRING && *(char **)option->arg)
		put_option(out, option, *(char **)option->arg);
	else if (kind == POPT_ARG_ARGV && *(char ***)option->arg)
		for (char **value = *(char ***)option->arg; *value; value++)
			put_option(out, option, *value);
}

static void
put_options(FILE *out, const struct poptOption *table)
{
	for (; table->longName || table->arg; table++)
		if ((table->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE)
			put_options(out, table->arg);
		else if (table->arg && !is_about_output(table->longName))
			put_given(out, table);
}

/* All that were given, in the order of --help; NULL without any. Kept to the
 * end of the program, as they are. */
static const char *
options_text(const struct poptOption *own)
{
	static char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	put_options(out, own);
	return fclose(out) == 0 && size ? text : NULL;
}

int
options_parse(struct options *o, const char *command, struct poptOption *own,
    const char *synopsis, const char *examples, int argc, const char **argv)
{
	/* Kept to the end of the program: the file names live in it. */
	static poptContext context;
	int got, code;

	context = poptGetContext(command, argc, argv, own, 0);
	poptSetOtherOptionHelp(context, synopsis);
	while ((got = poptGetNextOpt(context)) > 0) {
		if (got == OPTION_HELP)
			return print_help(command, context, examples);
		printf("funnel-%s %s\n", command, FNL_VERSION);
		return close_stdout(command);
	}
	if (got < -1)
		return bad_option(command, context, got);
	take_arguments(o, context);
	code = check_output(o, command);
	if (code != FNL_OK)
		return code;
	if (fnl_format_is_document(format_of(o))) {
		o->input.digests = true;
		o->input.options = options_text(own);
	}
	start_progress(o, command);
	return -1;
}

struct fnl_list
options_metrics(const struct options *o)
{
	return options_list(o->metrics);
}

/* ---- output ---- */

/* Zeros where there is no terminal. */
static struct winsize
terminal_size(FILE *out)
{
	struct winsize size = { 0 };

	if (!isatty(fileno(out)) || ioctl(fileno(out), TIOCGWINSZ, &size) < 0)
		return (struct winsize){ 0 };
	return size;
}

/*
 * A file is written beside its name and renamed into place, so that a full
 * disk or a crash leaves the old one whole. What is no regular file (a pipe,
 * /dev/stdout) is written directly.
 */
struct target {
	const char *name; /* for messages */
	const char *path; /* where it belongs, or NULL */
	char temporary[PATH_MAX]; /* "" when written directly */
	FILE *out;
};

static FILE *
open_beside(struct target *t)
{
	mode_t mask = umask(0);
	int n, fd;

	umask(mask);
	n = snprintf(t->temporary, sizeof(t->temporary), "%s.XXXXXX", t->path);
	if (n < 0 || (size_t)n >= sizeof(t->temporary)) {
		errno = ENAMETOOLONG;
		t->temporary[0] = '\0';
		return NULL;
	}
	fd = mkstemp(t->temporary);
	if (fd < 0) {
		t->temporary[0] = '\0';
		return NULL;
	}
	fchmod(fd, 0666 & ~mask);
	return fdopen(fd, "w");
}

static FILE *
open_target(struct target *t, const char *path)
{
	struct stat status;
	bool standard = !path || strcmp(path, "-") == 0;

	t->name = standard ? "standard output" : path;
	t->path = path;
	t->temporary[0] = '\0';
	if (standard)
		t->out = stdout;
	else if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
		t->out = fopen(path, "w");
	else
		t->out = open_beside(t);
	return t->out;
}

/* Puts the file in place, or takes it away again. Standard output stays open:
 * a chart may follow the table. */
static int
close_target(struct target *t, const char *command, int code)
{
	bool failed = ferror(t->out) != 0;

	failed |= (t->out == stdout ? fflush(stdout) : fclose(t->out)) != 0;
	if (failed && code == FNL_OK)
		code = cannot(command, "write", t->name);
	if (*t->temporary && code == FNL_OK &&
	    rename(t->temporary, t->path) != 0)
		code = cannot(command, "write", t->name);
	if (*t->temporary && code != FNL_OK)
		unlink(t->temporary);
	return code;
}

/* Writes one table to a file, or to standard output where path is NULL; what
 * the disk did not take is an error. */
static int
write_table(const char *command, const char *path, struct fnl_report *report,
    enum fnl_what what, struct fnl_style *style)
{
	struct fnl_err err = { 0 };
	struct target target;
	int code = FNL_OK;

	if (!open_target(&target, path))
		return cannot(command, "write", target.name);
	style->width = terminal_size(target.out).ws_col;
	errno = 0;
	if (fnl_render(report, what, style, target.out, &err) < 0)
		code = err.code == FNL_SYSTEM && errno
			   ? cannot(command, "write", target.name)
			   : complain(command, &err);
	return close_target(&target, command, code);
}

/* ---- charts ---- */

static int
failed(const char *command, const char *name, const struct fnl_err *err)
{
	if (err->code == FNL_SYSTEM && errno == ENOSPC)
		return cannot(command, "write", name);
	return complain(command, err);
}

static int
write_chart(const char *command, const struct fnl_chart_style *style,
    struct fnl_report *report, const struct fnl_chart *chart)
{
	struct fnl_err err = { 0 };
	struct target target;
	int code = FNL_OK;

	if (!open_target(&target, style->file))
		return cannot(command, "write", target.name);
	errno = 0;
	if (fnl_draw(report, chart, style, target.out, &err) < 0)
		code = failed(command, target.name, &err);
	return close_target(&target, command, code);
}

static int
write_script(const char *command, const char *path, const char *script)
{
	struct target target;

	if (!open_target(&target, path))
		return cannot(command, "write", target.name);
	fputs(script, target.out);
	return close_target(&target, command, FNL_OK);
}

/* As C programs are told, without asking for a locale: the first of these that
 * says something. */
static bool
wants_ascii(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (int i = 0; i < 3; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strcmp(value, "C") == 0 ||
			       strcmp(value, "POSIX") == 0;
	}
	return false;
}

/* The picture, and the script that drew it. Without gnuplot there still is the
 * script. */
static int
render_chart(
    const struct options *o, const char *command, struct fnl_report *report)
{
	struct winsize size = terminal_size(stdout);
	struct fnl_chart_style style = { .file = o->chart ? o->chart : ".svg",
		.columns = size.ws_col,
		.lines = size.ws_row ? size.ws_row - 1 : 0, /* the prompt */
		.ascii = wants_ascii() };
	struct fnl_chart chart;
	struct fnl_err err = { 0 };
	int code = FNL_OK;

	if (!o->chart && !o->chart_script)
		return FNL_OK;
	if (fnl_chart(report, &style, &chart, &err) < 0)
		return complain(command, &err);
	if (chart.note && !o->quiet)
		fprintf(stderr, "chart: %s\n", chart.note);
	if (chart.script && o->chart_script)
		code = write_script(command, o->chart_script, chart.script);
	if (chart.script && o->chart && code == FNL_OK)
		code = write_chart(command, &style, report, &chart);
	return code;
}

static bool
uses_stdout(const struct options *o)
{
	const char *paths[] = { o->output ? o->output : "-", o->ledger,
		o->chart, o->chart_script };

	for (int i = 0; i < 4; i++)
		if (paths[i] && strcmp(paths[i], "-") == 0)
			return true;
	return false;
}

int
options_render(
    const struct options *o, const char *command, struct fnl_report *report)
{
	struct fnl_style style = { .format = format_of(o),
		.all_columns = o->all_columns || o->metrics,
		.charts = true };
	struct fnl_style csv = { .format = "csv" };
	const char *too_bad = fnl_too_bad(report);
	const char *condition = fnl_condition(report);
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
	if (code == FNL_OK)
		code = render_chart(o, command, report);
	if (code == FNL_OK && uses_stdout(o))
		code = close_stdout(command);
	if (code == FNL_OK && condition) {
		fprintf(stderr, "funnel-%s: %s\n", command, condition);
		code = FNL_HOLDS;
	}
	if (code <= FNL_HOLDS && too_bad) {
		fprintf(stderr, "funnel-%s: %s\n", command, too_bad);
		code = FNL_DATA;
	}
	return code;
}
