/*
 * cmd.h: what the commands share. The only part of funnel that prints and
 * exits.
 */
#ifndef FUNNEL_CMD_H
#define FUNNEL_CMD_H

#include <popt.h>

#include "funnel.h"

struct command {
	const char *name;
	const char *summary; /* one line for the index */
	int (*run)(int argc, const char **argv);
};

/* Options that every command has, in one order. */
struct options {
	struct fnl_input input;
	char **maps, **lookups, **where, **by, **metrics;
	int strict, no_id, quiet, all_columns, long_form;
	char *format, *output, *ledger, *chart, *chart_script;
};

/* What every command shares. The rows write into the one struct that
 * options_bind() was given. */
struct option_tables {
	struct poptOption *input, *selection, *output, *help;
};

/* Option groups as --help shows them: those of the command under a title, then
 * the shared ones. */
#define OPTION_GROUP(table, title)                                     \
	{                                                              \
		NULL, 0, POPT_ARG_INCLUDE_TABLE, table, 0, title, NULL \
	}
#define OPTION_GROUPS(own, title, shared)                               \
	{                                                               \
		OPTION_GROUP(own, title),                               \
		    OPTION_GROUP((shared).input, "Input:"),             \
		    OPTION_GROUP((shared).selection, "Selection:"),     \
		    OPTION_GROUP((shared).output, "Output:"),           \
		    OPTION_GROUP((shared).help, "Help:"), POPT_TABLEEND \
	}

/* The shared tables, bound to o. Lives until the program ends. */
struct option_tables options_bind(struct options *o);

/*
 * Parses the command line of a command: own are its own options. Returns -1
 * to go on, else the exit code (after --help, --version or a mistake).
 */
int
options_parse(struct options *o, const char *command, struct poptOption *own,
    const char *synopsis, const char *examples, int argc, const char **argv);

/* The values of an option that may be given several times. */
struct fnl_list options_list(char **items);
/* What --metric named. */
struct fnl_list options_metrics(const struct options *o);

/* Prints the report and its ledger as the options say; the exit code. */
int options_render(
    const struct options *o, const char *command, struct fnl_report *report);

/* Closes standard output; the exit code, with a message when something did
 * not reach it. command is "" for funnel itself. */
int close_stdout(const char *command);

/* "funnel-convert: message" on standard error; returns the exit code. */
int complain(const char *command, const struct fnl_err *err);

int run_attribution(int argc, const char **argv);
int run_convert(int argc, const char **argv);
int run_pack(int argc, const char **argv);
int run_sla(int argc, const char **argv);
int run_velocity(int argc, const char **argv);

#endif
