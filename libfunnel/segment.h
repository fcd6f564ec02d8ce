/*
 * segment: the columns that --by and --where (condition.h) name, from their
 * text in the export to the value that both teams agreed on (sources, teams,
 * look-up files).
 *
 * A term is resolved to an attribute of the store before anything is read;
 * its values are turned into agreed ones once per distinct value, never per
 * record.
 */
#ifndef FUNNEL_SEGMENT_H
#define FUNNEL_SEGMENT_H

#include "reader.h"
#include "records.h"

#define SEGMENTS_MAX 32 /* --by and --where terms */
#define SEGMENT_COLUMNS_MAX 128 /* terms that the definitions name */
#define WANTS_MAX 16 /* fields that a report wants of its own accord */

enum segment_kind {
	SEGMENT_PLAIN,
	SEGMENT_SOURCE, /* raw value -> agreed source */
	SEGMENT_TEAM, /* raw value -> the team that owns the source */
	SEGMENT_CURRENCY, /* of the record's amount, from wherever it came */
	SEGMENT_LOOKUP, /* key -> the value of a look-up file */
};

/* The value of a key that the look-up file does not have. */
#define SEGMENT_NO_MATCH "(no match)"

struct lookup;

struct segment {
	const char *name; /* as the user wrote it */
	const char *asked; /* who asks for it, where no option does, or NULL */
	bool lenient; /* no input need have it */
	enum segment_kind kind;
	size_t attribute; /* of the store */
	const struct lookup *lookup;
	size_t lookup_column;
	uint32_t *memo; /* raw number -> agreed number + 1 */
	size_t n_memo;
};

struct segments {
	struct arena *arena;
	struct segment *items;
	size_t n;
	size_t n_by; /* the first n_by are --by, in order */
	size_t n_columns; /* the last so many were added by segments_column */
	struct attribute_source *attributes;
	size_t n_attributes;
	const char **wanted; /* header names among the attributes */
	size_t n_wanted;
	struct vec lookups; /* of struct lookup * */
	struct names *sources; /* agreed ones; made when first needed */
};

/* Reads the look-up files and resolves the terms. */
int segments_plan(struct arena *arena, const struct fnl_input *input,
    struct digests *digests, struct segments *out, struct fnl_err *err);

/* One more term; *out is its number. */
int segments_add(struct segments *segments, const char *name, size_t *out,
    struct fnl_err *err);

/*
 * A term that no option names but the definitions do; *out is its number,
 * that of an earlier term of the same name if there is one. `asked` says for
 * messages who asks. No term may be added with segments_add after it.
 */
int segments_column(struct segments *segments, const char *name,
    const char *asked, bool lenient, size_t *out, struct fnl_err *err);

/* A field that the report wants although no term names it, so that no file
 * need have it: returns its attribute. Of a history the latest value by
 * --as-of is kept, whatever --seg-at says, if `latest`. At most WANTS_MAX. */
size_t
segments_want(struct segments *segments, enum field_id field, bool latest);

/* Why no file has the column of a term, or NULL where one has: "no input has
 * a column 'Employes' (did you mean 'Employees'?)". */
const char *segments_absent(const struct segments *segments, size_t segment,
    struct reader *const *readers, size_t n);

/* Every term that is not lenient must be a column of at least one file. */
int segments_check(const struct segments *segments,
    struct reader *const *readers, size_t n, struct fnl_err *err);

/* The agreed value of a record, as a number of store->texts; 0 is blank. */
uint32_t segment_value(struct segments *segments, size_t segment,
    struct store *store, uint32_t record);

/* The agreed source of a raw value, or NULL. */
const struct source_definition *segments_source(
    struct segments *segments, const struct store *store, struct slice raw);

/* Raw source values without an agreed source, or NULL: "'fb', 'ig'". */
const char *segments_unmapped_sources(const struct segments *segments,
    const struct store *store, struct arena *arena);

/* What was read of the look-up files, and the keys that they lack. */
void segments_note_lookups(const struct segments *segments,
    const struct store *store, struct table *table);

#endif
