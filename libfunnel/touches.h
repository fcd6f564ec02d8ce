/*
 * touches: the rows of touch logs, campaign members, activities and the first
 * and last touches of persons, each with the record it belongs to (join.h).
 *
 * Files are sorted by name, and those that only join (contact roles, contacts,
 * accounts, campaigns) are read first, so that neither their order nor that of
 * rows decides anything. Only touches of one record at one instant keep the
 * order of input (metrics.md 3.3.1): by file, then by line.
 *
 * A row that says the same again, in the columns that are used, is dropped and
 * counted (3.0.11), and so is a second touch with the id of an earlier one.
 */
#ifndef FUNNEL_TOUCHES_H
#define FUNNEL_TOUCHES_H

#include "join.h"
#include "touch_row.h"

#define TOUCHES_MAX 1000000000
#define TOUCH_FILES_MAX 512

/* In the words of the command line; NULL stands for the default. */
struct touch_options {
	struct fnl_list files, spend;
	struct fnl_list activities; /* more files: logs among them are of what
				       sales did */
	struct fnl_list maps; /* touch.*=Column, cost=Column */
	const char *join; /* record | contact (default) | account */
	const char *touch_date; /* responded (default) | associated (R44) */
	const char *key; /* channel | campaign | source | any column; default:
			    attribution.key of the definitions, else channel */
};

/* A touch that belongs to no record. */
struct unjoined {
	struct stamp at;
	uint32_t key; /* what was looked for, the first that the row has */
	uint32_t channel;
	uint32_t type;
	uint32_t line;
	uint16_t file;
};

struct touches {
	struct load *load;
	struct touch_file *files; /* by name; those that join among them */
	size_t n_files;
	struct reader **readers; /* of the same files */
	enum touch_key key;
	const char *key_name; /* of the key's column */
	struct touch *all; /* record by record, in order of time */
	size_t n;
	uint32_t *first; /* n_records + 1 offsets into all */
	struct vec unjoined; /* struct unjoined, in order of input */
	uint64_t rows; /* rows that gave touches, joined or not */
	uint64_t read; /* touches that they gave, before joining */
	uint64_t shared; /* of them, those that belong to several records */
	bool tells_sales; /* every file of activities does (R51) */
	uint32_t *agreed; /* by text: the agreed name + 1 */
	size_t n_agreed;
};

/* Which --map is whose: touch.* and cost are the touches' and costs', all
 * others the records'. Lists in the arena. */
void touches_split_maps(struct arena *arena, const struct fnl_list *maps,
    struct fnl_list *records, struct fnl_list *touches);

/*
 * Reads the touch files; load has been read, with join_wants. What happened in
 * them moves store->latest and, where it was not given, load->as_of (R46).
 * --preset is not theirs: a log beside a CRM's records is no file of that CRM.
 */
int touches_load(struct load *load, const struct touch_options *options,
    struct touches **out, struct fnl_err *err);

/* The touches of a counted record, by time, then file, then line. A bare date
 * stands before the times of its day. */
const struct touch *
touches_of(const struct touches *touches, uint32_t record, size_t *n);

/*
 * What is credited for a touch: number of store->texts, 0 where its row does
 * not say. Channels and sources by the agreed name (R52), and as they stand
 * where none is agreed; campaigns and other columns as they stand.
 */
uint32_t touches_key(struct touches *touches, const struct touch *touch);

/* The same for a text from elsewhere, such as a row of costs. */
uint32_t touches_agreed(struct touches *touches, uint32_t text);

/* The credited values without an agreed source and their joined touches, most
 * frequent first, then by text; none where no sources are agreed. */
struct unmapped {
	uint32_t text;
	uint64_t touches;
};
const struct unmapped *
touches_unmapped(struct touches *touches, struct arena *arena, size_t *n);

/* What a line of --unjoined shows. */
struct slice touches_text(const struct touches *touches, uint32_t text);

#endif
