/*
 * definitions: what sales and marketing agreed, read from one YAML file. The
 * only file that knows libcyaml. See funnel-definitions(5).
 *
 * Everything is optional but `stages`; what is missing has a documented
 * default, and numbers that are missing are told from 0.
 */
#ifndef FUNNEL_DEFINITIONS_H
#define FUNNEL_DEFINITIONS_H

#include "arena.h"

/* What is longer is refused, with the line where it becomes too long. */
#define DEFINITIONS_MAX_BYTES ((size_t)1 << 20)
#define DEFINITIONS_MAX_STAGES 100 /* entries of `stages` */
#define DEFINITIONS_MAX_RANKED 60 /* of them without an outcome, or won */
#define DEFINITIONS_MAX_CRITERIA 64 /* of a rule: they fit a bit set */
#define DEFINITIONS_MAX_LIST 1000 /* entries of any other list */
#define DEFINITIONS_MAX_NAME 200 /* bytes of a name or of a list's entry */
#define DEFINITIONS_MAX_TEXT 2000 /* bytes of any other text */

enum outcome {
	OUTCOME_NONE, /* an open stage, or a record that is still open */
	OUTCOME_WON,
	OUTCOME_LOST,
	OUTCOME_REJECTED,
	OUTCOME_RECYCLED,
	OUTCOME_COUNT
};

const char *outcome_name(enum outcome outcome); /* "open", "won", ... */

struct texts {
	const char **items;
	unsigned n;
};

struct stage_definition {
	const char *name;
	const char *owner; /* NULL when not said, as every text below */
	const char *means;
	struct texts aliases;
	enum outcome outcome;
	bool optional;
	const char *rule;
	struct texts requires;
};

struct source_definition {
	const char *name;
	const char *team;
	struct texts aliases;
};

struct criterion { /* a test of a column, or of touches of some kind */
	const char *name;
	const char *column;
	double *at_least; /* NULL when not said */
	double *at_most;
	struct texts any_of;
	double *between; /* two numbers or NULL */
	const char *matches;
	struct texts touch;
};

struct rule_definition { /* a named list of criteria; all must hold */
	const char *name;
	struct criterion *criteria;
	unsigned n_criteria;
};

struct reason_definition { /* which criteria a rejection of a reason fails */
	const char *reason; /* of rejection_reasons */
	const char *rule;
	struct texts criteria; /* of the rule; n is 0: any of them */
};

struct calendar_definition {
	const char *name;
	const char *timezone;
	struct texts hours; /* the entries as hours.h reads them */
	struct texts breaks;
	struct texts shifts;
	struct texts holidays;
	struct texts owners; /* whose calendar it is */
};

struct commitment_definition { /* one line of `sla` */
	const char *name, *owner, *start, *stop, *within, *calendar, *promise;
	const char *count, *passing, *per, *at, *share_of, *rejected_with;
	const char *disposed, *routed;
	const char *cycles; /* never | reset | resume | each */
	int64_t *attempts;
	int64_t *at_least;
	struct texts channels;
	struct texts filled;
	struct texts order; /* of stages */
	struct texts pause; /* stages in which its clock stands still */
	struct texts where; /* conditions: to which records it applies */
	bool touched;
};

struct route_definition { /* who may own a record that fits */
	const char *name;
	struct texts where; /* conditions; none: every record */
	struct texts owners;
};

struct column_definition { /* as --map: a canonical field of an export */
	const char *field; /* or NULL where stage is set */
	const char *stage; /* the column holds the date of this stage */
	const char *column;
};

struct target_definition {
	const char *period;
	double revenue;
};

/* A column and the values that count; any true value where none is listed. */
struct column_match {
	const char *column;
	struct texts any_of;
};

struct touch_definition { /* what stops a follow-up clock */
	struct texts types;
	struct column_match by;
	struct column_match automated;
};

struct points_definition { /* of the model points; NULL when not said */
	double *first, *lead, *opportunity, *last;
};

struct attribution_definition {
	const char *touches_within, *conversion, *key;
	const char *marketing_sourced;
	struct texts models;
	struct points_definition points;
};

struct definitions {
	const char *path; /* as given; NULL for built-in stages */
	char sha256[SHA256_HEX]; /* of the file's bytes, or of the built-in
				    stages written as a file */
	const char *version, *company, *timezone, *currency, *rates;
	int fiscal_month; /* 1..12, default 1 */
	struct stage_definition *stages;
	unsigned n_stages;
	struct rule_definition *criteria;
	unsigned n_criteria;
	struct texts blank; /* cells that say nothing; n is 0 where not given */
	struct source_definition *sources;
	unsigned n_sources;
	struct texts rejection_reasons;
	struct reason_definition *rejection_criteria; /* one a reason */
	unsigned n_rejection_criteria;
	struct calendar_definition *calendars;
	unsigned n_calendars;
	struct commitment_definition *sla;
	unsigned n_sla;
	struct route_definition *routing; /* the first that fits holds */
	unsigned n_routing;
	struct column_definition *columns;
	unsigned n_columns;
	struct target_definition *targets;
	unsigned n_targets;
	struct touch_definition sales_touches;
	struct attribution_definition attribution;
};

/*
 * Reads a definitions file. Errors name path:line:column, the key or value
 * in quotes, and the nearest known word:
 * "funnel.yaml:12:7: unknown key 'alias' (did you mean 'aliases'?)". Beyond
 * the grammar it checks what the two teams would trip over: no stage, a
 * stage or alias that two stages claim (folded), two won stages, no ranked
 * stage or too many, an unknown outcome, a fiscal month that is none, and a
 * stage, rule, criterion, calendar, reason or list of reasons that is used but
 * not defined. A ranked stage after the outcomes is fine; whether a time zone
 * or a field exists is left to zone and schema. What is loaded lives in the
 * arena.
 */
int definitions_read(struct arena *arena, const char *path,
    struct definitions *out, struct fnl_err *err);

/* Same, from memory; name is used in messages and becomes out->path. */
int definitions_parse(struct arena *arena, const char *name, struct slice yaml,
    struct definitions *out, struct fnl_err *err);

#endif
