/*
 * reasons: why sales sent records back, by the names that both teams agreed
 * on (`rejection_reasons` of the definitions file), and how often each reason
 * was given: the Pareto table of a segment and period.
 *
 *	reasons = reasons_new(arena, definitions, texts);
 *	pareto = pareto_new(arena, n_by, period, fiscal_month, zone);
 *	pareto_add(
 *	    pareto, by, when, reasons_of(reasons, text), value, STANDING_NONE);
 *	sorted = pareto_sorted(pareto, texts);
 *
 * A reason that was given and is not on the list keeps its text; its
 * spellings (names.h: case, blanks, underscores) are one reason. Which records
 * count as rejected is the caller's affair.
 */
#ifndef FUNNEL_REASONS_H
#define FUNNEL_REASONS_H

#include "definitions.h"
#include "groups.h"
#include "value.h"

enum reason_kind {
	REASON_BLANK,
	REASON_LISTED, /* on the agreed list, or a spelling of one there */
	REASON_UNLISTED, /* there is a list, and it is not on it */
	REASON_PLAIN, /* no list was agreed: nothing is listed or not */
};

struct reason {
	enum reason_kind kind;
	struct slice name; /* as agreed; else of its spellings the first in
			      the order of bytes; "(blank)" */
	uint32_t key; /* in texts: the folded name, 0 for none */
};

struct reasons;

/* texts holds the cells of the records (store->texts). */
struct reasons *reasons_new(struct arena *arena,
    const struct definitions *definitions, struct intern *texts);
/* The reason that cell number `text` gives; 0 is the blank one. Its address
 * never changes, its name may until all cells were seen. */
const struct reason *reasons_of(struct reasons *reasons, uint32_t text);
bool reasons_agreed(const struct reasons *reasons); /* there is a list */
/* "Poor timing", "(unlisted) budget", "(blank)". */
struct slice reason_label(struct arena *arena, const struct reason *reason);

/* ---- how often ---- */

struct pareto;

/* What a record's data say of the reason that was given (metrics.md 3.4.9,
 * product.md L11), as whoever knows the criteria finds. */
enum standing {
	STANDING_NONE, /* no listed reason, or nobody judges */
	STANDING_AGREED, /* a criterion fails that goes with the reason */
	STANDING_DISPUTED, /* all of them hold */
	STANDING_UNDECIDED, /* none fails and some cannot be told, or none goes
			       with the reason */
	STANDINGS
};

/* All reasons of one segment and period together. */
struct pareto_group {
	struct group_key key;
	uint64_t n;
	size_t place; /* among the groups, in the order of the table */
};

struct pareto_row {
	struct group_key key; /* the segments, then reason->key */
	struct pareto_group *group;
	const struct reason *reason;
	uint64_t n;
	uint64_t standing[STANDINGS]; /* their sum is n */
	uint64_t cumulative; /* n of this row and of those above it in its
				group; of pareto_sorted */
	struct value_tally value;
};

struct pareto *pareto_new(struct arena *arena, size_t n_by, enum period period,
    int fiscal_month, const struct zone *zone);
/* One more record. */
void pareto_add(struct pareto *pareto, const uint32_t *by, struct when when,
    const struct reason *reason, struct value value, enum standing standing);
/* By segment and period, the most frequent reason first, ties by name. *n is
 * their number. */
struct pareto_row **
pareto_sorted(struct pareto *pareto, const struct intern *texts, size_t *n);

#endif
