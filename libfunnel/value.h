/*
 * value: what records are worth in the currency of the report. Amounts of
 * several currencies are never added: without rates, or where no rate is in
 * force, the sum says that it is mixed and prints empty (metrics.md 3.0.9).
 */
#ifndef FUNNEL_VALUE_H
#define FUNNEL_VALUE_H

#include "money.h"
#include "rates.h"
#include "timeline.h"

/* On which day an amount is converted; open records always as of as_of. */
enum fx { FX_CLOSE, FX_CREATED, FX_AS_OF };

struct value_rules {
	const struct rates *rates; /* or NULL: amounts stay as they are */
	enum fx fx;
	struct when as_of;
	const struct intern *texts; /* currencies of records */
	uint32_t currency; /* of the report, in texts */
	uint64_t unconverted; /* amounts for which no rate was in force */
};

/* An amount in ten-thousandths and its currency, a number of texts. */
struct value {
	bool known;
	int64_t amount;
	uint32_t currency;
};

/* The known amounts of some records, while they are in one currency. */
struct value_tally {
	struct money_sum sum;
	uint32_t currency;
	bool any, mixed;
};

/* An amount of a record with this timeline, in the report's currency where
 * there are rates; one without a rate in force keeps its own and is counted. */
struct value value_of_amount(struct value_rules *rules, int64_t amount,
    uint32_t currency, const struct timeline *timeline);

/* The same for the amount of the record's own row. */
struct value value_of_record(struct value_rules *rules,
    const struct record *record, const struct timeline *timeline);

/* The same for what it was as of a time, where a history of amounts is kept
 * (change.h); else its own row is all there is. */
struct value value_at(struct value_rules *rules, const struct store *store,
    uint32_t record, const struct timeline *timeline, struct when at);

/* Adds a known value; an unknown one changes nothing. */
void value_add(struct value_tally *tally, struct value value);

#endif
