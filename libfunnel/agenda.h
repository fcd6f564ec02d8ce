/*
 * agenda: what is looked at in a weekly, a monthly and a quarterly review
 * as data: one row a section, which says the command and the options that make
 * its table. A section is added by a row of agenda[]. The comments there name
 * the practice of product.md that a section is for; 1.5 says which of them
 * belong to which rhythm.
 */
#ifndef FUNNEL_AGENDA_H
#define FUNNEL_AGENDA_H

#include "arena.h"

enum rhythm { WEEKLY = 1, MONTHLY = 2, QUARTERLY = 4 };

/* Inputs beside the records. */
enum agenda_input {
	AGENDA_TOUCHES, /* files of touches */
	AGENDA_ACTIVITIES, /* files of what sales did */
	AGENDA_SPEND, /* files of costs */
	AGENDA_LISTS, /* two lists of target accounts */
	AGENDA_AGAINST, /* an older definitions file */
	AGENDA_INPUTS
};

#define HAS_TOUCHES (1u << AGENDA_TOUCHES)
#define HAS_ACTIVITIES (1u << AGENDA_ACTIVITIES)
#define HAS_SPEND (1u << AGENDA_SPEND)
#define HAS_LISTS (1u << AGENDA_LISTS)
#define HAS_AGAINST (1u << AGENDA_AGAINST)
#define HAS_SEGMENTS (1u << AGENDA_INPUTS) /* @by stands for something */
#define NO_RECORDS (1u << (AGENDA_INPUTS + 1)) /* of inputs: it reads none */

struct agenda_item {
	const char *id; /* of its files and its place on the page */
	const char *title;
	const char *lead; /* the question that it answers */
	unsigned rhythms;
	const char *command;
	/* Options of the command. A word that begins with @ stands for what
	 * the review is about, see struct agenda_words; an option whose word
	 * stands for nothing is left out. */
	const char *options;
	unsigned inputs; /* HAS_*: given to the command, where there are any */
	unsigned needs; /* those of them that it cannot do without, and
			   HAS_SEGMENTS */
};

extern const struct agenda_item agenda[]; /* ends with a NULL id */

/* What the words of the options stand for; NULL: nothing. */
struct agenda_words {
	const char *by; /* @by: segments */
	const char *period; /* @period: week, month, quarter */
	const char *from, *to; /* @from, @to: the period under review */
	/* @settled_from, @settled_to: the newest period after which another
	 * has passed, so that all records had time to move on; and
	 * @settled_before, the one before it, FROM..TO. */
	const char *settled_from, *settled_to, *settled_before;
	const char *trend; /* @trend: where series begin */
	const char *until; /* @until: the last day of the running quarter */
	const char *target; /* @target: revenue */
};

struct agenda_files {
	struct fnl_list of[AGENDA_INPUTS];
};

/* What an item can be asked of. */
union agenda_query {
	struct fnl_convert_query convert;
	struct fnl_velocity_query velocity;
	struct fnl_attribution_query attribution;
	struct fnl_sla_query sla;
};

/*
 * The query of an item over the records of input; *command is what a user
 * would type for it. Texts live in the arena. An option that the command does
 * not have is a fault of agenda[]: FNL_SYSTEM.
 */
int agenda_query(struct arena *arena, const struct agenda_item *item,
    const struct agenda_words *words, const struct fnl_input *input,
    const struct agenda_files *files, union agenda_query *out,
    const char **command, struct fnl_err *err);

/* "--touches FILE". */
const char *agenda_option(enum agenda_input input);
/* The options that the item needs and that are not given, as "--touches FILE
 * and --spend FILE"; NULL where it has all. */
const char *agenda_lacks(struct arena *arena, const struct agenda_item *item,
    const struct agenda_words *words, const struct agenda_files *files);

#endif
