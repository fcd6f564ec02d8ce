/*
 * schema: a header + presets + definitions + --map -> which column is what.
 * The result is a plain table of column numbers that rows are read through.
 */
#ifndef FUNNEL_SCHEMA_H
#define FUNNEL_SCHEMA_H

#include "csvin.h"
#include "preset.h"

#define STAGE_COLUMNS_MAX 1024 /* a large portal: 4 a stage and pipeline */

/* A column that holds the date a stage was entered. */
struct stage_column {
	int column;
	const char *stage; /* the stage's name as the header or --map says it */
	const char *pipeline; /* or NULL */
	bool left; /* "Date exited": a check, no event */
	int rank; /* lower wins where two columns hold the same stage and
		     pipeline: --map (0), then Date entered "x", 'x', Became,
		     then the twins of each */
};

/* What the user said: --map field=Column, --map stage:NAME=Column, and the
 * definitions' columns, which --map overrides: of several maps of one field
 * or stage only the last counts. */
struct column_map {
	const char *field; /* canonical name, or NULL */
	const char *stage; /* or the name of a stage */
	const char *column;
	bool optional; /* the file may lack the column */
};

struct bind_request {
	enum purpose purpose;
	const char *preset; /* forced, or NULL */
	const struct column_map *maps;
	size_t n_maps;
	const char *const *wanted; /* other columns that the query names:
				      --by, --where */
	size_t n_wanted;
};

struct binding {
	const struct preset *preset;
	const struct preset_object *object;
	enum shape shape;
	int column[FIELD_COUNT]; /* -1 where the file has none */
	bool home_amount; /* the amount is in the organisation's currency, and
			     no column says which that is */
	struct stage_column *stages;
	size_t n_stages;
	/* Of a row that holds several touches (struct touch_columns): their
	 * dates are `stages`, and these their texts, -1 where absent. */
	struct touch_binding {
		int channel, campaign;
	} touches[TOUCH_COLUMNS_MAX];
	int *wanted; /* n_wanted columns, -1 where absent */
	const char **header; /* n_columns texts, as the file has them */
	size_t n_columns;
	const char **bound_notes; /* where several aliases of one field
				     matched: which one was used; what else
				     must be said of a column */
	size_t n_bound_notes;
};

/*
 * "field=Column" or "stage:NAME=Column" to a column_map, strings in the
 * arena. Fails with FNL_USAGE: what is wrong, the known fields nearest.
 */
int schema_parse_map(struct arena *arena, const char *text,
    struct column_map *out, struct fnl_err *err);

/*
 * How much a row looks like a header (see csvin.h); context is a
 * const struct bind_request. The more known headers, mapped or wanted columns
 * the higher; a row of names none of which is known scores 2, or 1 when it is
 * a single cell. 0: a blank row; a cell without letters but with digits where
 * fewer than half of the cells are known; two equal cells with nothing known.
 */
unsigned schema_header_score(void *context, const struct csv_row *row);

/*
 * Binds a header. path names the file in messages. Fails when a --map names
 * a column the file has not (with the nearest one), when --preset is
 * unknown. A file that no preset knows binds as generic.
 */
int schema_bind(struct arena *arena, const char *path,
    const struct csv_row *header, const struct bind_request *request,
    struct binding *out, struct fnl_err *err);

/*
 * Furniture (ruling R43): totals, copyright, confidentiality lines.
 *
 * FURNITURE_PATTERN: the first non-blank cell matches a pattern of
 * crm-exports.md 3.1 and the id and stage cells are blank, that cell itself
 * left aside. Where the file has neither, the campaign, name, account and
 * date cells take their place (ruling R45).
 *
 * FURNITURE_LONE: the row is one cell where more were promised. Whether it
 * stands in the block after the last full row, as R43 asks, only a reader of
 * the whole file can tell.
 */
enum furniture { FURNITURE_NONE, FURNITURE_PATTERN, FURNITURE_LONE };

enum furniture
schema_furniture(const struct binding *binding, const struct csv_row *row);

/* Either kind. */
bool
schema_is_furniture(const struct binding *binding, const struct csv_row *row);

#endif
