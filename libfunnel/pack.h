/*
 * pack: the review pack of a week, a month or a quarter. Every section of the
 * agenda over the same files, as of the same time; what lacks an input is a
 * section that says what it would need, and no failure. What comes out is a
 * list of files in memory: the same bytes for the same input.
 *
 * Each section is a run of its own whose memory is given back before the next:
 * a pack needs room for the records once, however many sections it has.
 */
#ifndef FUNNEL_PACK_H
#define FUNNEL_PACK_H

#include "agenda.h"
#include "load.h"
#include "render.h"

struct pack_section {
	const char *id, *title, *lead;
	const char *command; /* what a user would type for it; NULL: none */
	const char *lacks; /* why there is no table; NULL: there is one */
	struct table *table; /* in the pack's arena */
	/* What its cells were in the pack before, row by row, as people read
	 * them; NULL where a cell is the same, itself NULL where none moved. */
	const char **before;
};

struct pack_file {
	const char *name; /* below the pack's directory */
	const char *section; /* its title, or NULL */
	struct slice bytes;
};

/* The period under review, [from, to), in days. */
struct pack_window {
	enum period period;
	int64_t from, to;
	char label[PERIOD_TEXT];
	bool running; /* it is not over */
};

/* What a run of a command leaves in its arena. */
struct pack_result {
	struct table *table;
	const struct load *load;
};

typedef int pack_runner(struct arena *arena, const char *command,
    const union agenda_query *query, struct pack_result *result,
    struct fnl_err *err);

struct pack {
	struct arena *arena;
	const struct fnl_pack_query *query;
	pack_runner *run;
	struct fnl_input input; /* of every section: the query's, and digests */
	struct fnl_input first; /* of what all have alike */
	struct load load; /* of the records, once, for what all have alike; its
			     ledger takes in those of all runs */
	enum rhythm rhythm;
	struct pack_window window;
	struct agenda_words words;
	struct agenda_files inputs;
	struct render_options options;
	struct vec sections; /* of struct pack_section */
	struct vec files; /* of struct pack_file */
	struct arena *running; /* of the run in work; NULL: there is none */
	FILE *scratch; /* without a name: what becomes a file of the pack */
	struct table *origin; /* notes: the options, the digests of all files */
};

/* From the query to the files. arena, query and run are set. */
int pack_make(struct pack *pack, struct fnl_err *err);

/* ---- what sections are made of; see pack.c ---- */

/* A section more, at the end. */
struct pack_section *
pack_add(struct pack *p, const char *id, const char *title, const char *lead);

/* findings.c: what changed and is real, what to act on, the numbers: one row
 * each, of all sections so far. */
struct table *pack_findings(const struct pack *pack);
/* "Example Industries: Weekly review", and which period it is about. */
const char *pack_title(const struct pack *pack);
const char *pack_lead(const struct pack *pack);
/* The findings as a page of Markdown, for mail and chat. */
void
pack_summary(const struct pack *pack, const struct table *findings, FILE *out);

/* moved.c: cells that are not what they were in the pack in a directory. */
int pack_moved(const struct pack *pack, const char *directory,
    struct table **out, struct fnl_err *err);

#endif
