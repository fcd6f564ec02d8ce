/*
 * load: what every report does first -- definitions, zones, files, the store.
 */
#ifndef FUNNEL_LOAD_H
#define FUNNEL_LOAD_H

#include "condition.h"
#include "rates.h"
#include "timeline.h"
#include "value.h"

#define INPUT_FILES_MAX 512

/* Zeroed; what a report wants beyond what its query names is set by the
 * caller, before load_input. */
struct load {
	const enum field_id *wants; /* fields that are read as attributes */
	size_t n_wants; /* at most WANTS_MAX */
	size_t n_own_wants; /* the last so many of them are of each record's
			       own row: that of a deal does not stand in for
			       that of the lead it was */
	size_t want_attribute[WANTS_MAX]; /* set by load_input: where
					     store_attribute_at() has them */
	/* What the report asks for in words of the definitions (criteria.h):
	 * called once they are read and before any file is. May be NULL. */
	int (*plan)(struct load *load, void *context, struct fnl_err *err);
	void *plan_context;
	bool changes; /* what histories say of amount, close date and owner is
			 kept: see change.h */
	struct arena *arena;
	const struct fnl_input *input;
	struct definitions definitions;
	const struct zone *zone; /* of the report */
	const struct zone *input_zone;
	struct read_options read;
	struct segments segments;
	struct conditions conditions;
	struct ledger *ledger;
	struct reader **readers;
	size_t n_readers;
	struct store *store;
	enum wide_dates wide_dates;
	enum conflict_rule conflict_rule;
	enum period period;
	struct window window; /* --from, --to */
	struct when as_of;
	bool as_of_given;
	int64_t max_bad; /* -1: no limit */
	struct rates *rates; /* of the definitions, or NULL */
	const char *rates_path;
};

/* Reads everything the query's input names into load->store. */
int load_input(struct arena *arena, const struct fnl_input *input,
    struct load *load, struct fnl_err *err);

/* The same without a record: definitions, zones, an empty store. What only
 * records have is refused. */
int load_nothing(struct arena *arena, const struct fnl_input *input,
    struct load *load, struct fnl_err *err);

/* Notes on the definitions, the files and what was found in them. */
void load_notes(struct load *load, struct table *table);

/* Some file has a column for an attribute of the store. */
bool load_has_column(const struct load *load, size_t attribute);

/* The attribute of a field of `wants`, or NO_ATTRIBUTE (change.h). */
size_t load_wanted(const struct load *load, enum field_id field);

/* Counted on its own: not deleted, not folded into another record, and known
 * by more than a link. */
bool load_is_record(const struct load *load, uint32_t record);

/* All conditions of --where hold. */
bool load_selects(struct load *load, uint32_t record);

/* "unknown stage 'SQLL' in --end (did you mean 'SQL'? known: ...)". */
int load_fail_stage(const struct load *load, const char *option,
    const char *name, struct fnl_err *err);

/* How amounts become those of the report. */
struct value_rules load_value_rules(const struct load *load, enum fx fx);
/* The options, and the digests of the files, where the query wants them. */
void load_note_origin(const struct load *load, struct table *table);
/* The currency of amounts that say none: that of the definitions, unless
 * there are amounts in another and no rates. NULL: nobody knows. */
const char *load_currency(const struct load *load);
/* The rates that were used, amounts that have none, sums that were refused. */
void load_note_values(const struct load *load, const struct value_rules *rules,
    bool mixed, struct table *table);

#endif
