/*
 * spend: what was paid, from the reports of advertising networks, the costs of
 * campaigns and plain tables of source, month and cost.
 *
 * Rows are added, identical ones too (R45): a report that is split by device
 * has them; they are counted, for a note. Totals are furniture where the other
 * keys of their row are blank. What a file covers without a date of its own
 * stands above its header ("September 1, 2026 - September 30, 2026").
 */
#ifndef FUNNEL_SPEND_H
#define FUNNEL_SPEND_H

#include "touches.h"

#define NO_DAY INT64_MIN
#define SPEND_ROWS_MAX 100000000

/* Texts are numbers of store->texts. */
struct spend_row {
	int64_t from, next; /* days since 1970-01-01 [from, next): a day, a
			       week, a month or what the file covers; NO_DAY
			       where it is not said */
	int64_t cost; /* ten-thousandths */
	uint32_t key; /* as the row has it, by the key of the touches */
	uint32_t campaign;
	uint32_t currency; /* of cost: the report's where rates made it so;
			      0 is not said */
	uint32_t line;
	uint16_t file; /* of spend->readers */
};

struct spend_sum {
	uint32_t key; /* agreed, as touches_key() has it */
	uint32_t currency;
	int64_t month; /* first day, or NO_DAY: no one month holds the rows */
	struct money_sum cost;
};

struct spend {
	struct touches *touches;
	struct reader **readers; /* by name */
	size_t n_readers;
	struct vec rows; /* struct spend_row, in order of files and lines */
	struct spend_sum *sums; /* by text of the key, month, currency */
	size_t n_sums;
	uint64_t repeated; /* rows that are identical to an earlier one */
	uint64_t unconverted; /* rates are given, but none for these */
};

/* Reads options->spend; the touches have been read, be they none. Costs are
 * converted at the rate of the last day of their period, or of --as-of. */
int spend_load(struct touches *touches, const struct touch_options *options,
    struct spend **out, struct fnl_err *err);

/* What a row was paid for, as touches_key() has it. */
uint32_t spend_key(const struct spend *spend, const struct spend_row *row);

#endif
