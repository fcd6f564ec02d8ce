/*
 * touch_row: what a row of a touch file says -- whether it is a touch, when it
 * was, of which channel, and by whom.
 */
#ifndef FUNNEL_TOUCH_ROW_H
#define FUNNEL_TOUCH_ROW_H

#include "records.h"
#include "row.h"
#include "touch_file.h"

enum touch_flag {
	/* From a file of tasks, calls or meetings: nothing that marketing
	 * did, whether or not TOUCH_SALES says that it stops a clock. */
	TOUCH_ACTIVITY = 1,
	TOUCH_SALES = 2, /* by sales, as sales_touches say (R51); without
			    them every activity */
	TOUCH_AUTOMATED = 4, /* as sales_touches.automated says */
};

/* Texts are numbers of store->texts, 0 for what the row does not say. */
struct touch {
	struct stamp at; /* never unknown */
	uint32_t record; /* the one that is counted */
	uint32_t channel; /* as the row has it; where --key names another
			     column than channel or campaign, its text */
	uint32_t campaign; /* its name, where a file of campaigns has it */
	uint32_t person; /* id or address */
	uint32_t account;
	uint32_t type; /* call, email, meeting */
	uint32_t owner; /* who did it: id or name, as the row has it */
	uint32_t line;
	uint16_t file; /* of touches->files */
	uint16_t flags;
};

/* The same for the same touch again (metrics.md 3.0.11, R41). */
uint64_t
touch_row_hash(const struct touch_file *file, const struct typed_row *row);

/* The id of the deal that it names, else of the lead; 0 is Zoho's none. */
struct slice touch_row_record(const struct typed_row *row);

/* R44, R50: a member that did not respond and a task that is to be done are
 * none. */
bool touch_row_happened(const struct touch_rules *rules,
    const struct touch_file *file, const struct typed_row *row);

struct when touch_row_time(const struct touch_rules *rules,
    const struct touch_file *file, const struct typed_row *row);

/* What the row says of all its touches; when, of which record and of which
 * file are the caller's. */
struct touch touch_row_read(const struct touch_rules *rules,
    const struct touch_file *file, const struct typed_row *row);

/* Of a row that holds several touches, a date each: what is said of one of
 * them alone. False: there is none. */
bool touch_row_column(const struct touch_rules *rules,
    const struct typed_row *row, size_t column, struct touch *touch);

#endif
