/*
 * main.c: the commands. `funnel convert` and a link called funnel-convert
 * are the same: argv[0] decides first, then argv[1].
 */
#include <string.h>

#include "cmd.h"

static const struct command commands[] = {
	{ "convert", "stage conversion, leaks and win rates", run_convert },
	{ "velocity", "cycle length, pipeline, stalled deals, plan, forecast",
	    run_velocity },
	{ "attribution", "credit of channels and campaigns for what was won",
	    run_attribution },
	{ "sla", "whether both teams keep what they promised", run_sla },
	{ "pack", "all of it for a weekly, monthly or quarterly review",
	    run_pack },
};

#define N_COMMANDS (sizeof(commands) / sizeof(*commands))

static const struct command *
find(const char *name)
{
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(name, commands[i].name) == 0)
			return &commands[i];
	return NULL;
}

static void
print_index(FILE *out)
{
	fputs("Usage: funnel COMMAND [OPTION...] FILE...\n\n"
	      "One set of numbers for sales and marketing, from CRM exports "
	      "and agreed\ndefinitions.\n\nCommands:\n",
	    out);
	for (size_t i = 0; i < N_COMMANDS; i++)
		fprintf(
		    out, "  %-12s %s\n", commands[i].name, commands[i].summary);
	fputs("\nfunnel COMMAND --help shows the options of a command.\n", out);
}

static int
run_index(int argc, const char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";

	if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
		printf("funnel %s\n", FNL_VERSION);
	else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
		 strcmp(word, "help") == 0)
		print_index(stdout);
	else if (*word == '\0') {
		print_index(stderr);
		return FNL_USAGE;
	} else {
		fprintf(stderr,
		    "funnel: unknown command '%s'; see funnel --help\n", word);
		return FNL_USAGE;
	}
	return close_stdout("");
}

int
main(int argc, char **argv)
{
	const char **arguments = (const char **)argv;
	const char *slash = argc ? strrchr(argv[0], '/') : NULL;
	const char *name = slash ? slash + 1 : argc ? argv[0] : "funnel";
	const struct command *command = NULL;

	if (strncmp(name, "funnel-", 7) == 0)
		command = find(name + 7);
	if (command)
		return command->run(argc, arguments);
	if (argc > 1)
		command = find(argv[1]);
	if (command)
		return command->run(argc - 1, arguments + 1);
	return run_index(argc, arguments);
}
