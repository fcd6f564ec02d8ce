/*
 * qualification: a rule of the definitions over the records that stood at one
 * point, such as an entry to a stage -> how many passed, which criteria fail,
 * what became of those that passed and of the others; a segment and period
 * (product.md C14-C16, C24, C28).
 *
 *	struct qualification q = qualification_new(...);
 *	for each record
 *		qualification_add(&q, by, at, record, advanced, won);
 *	qualification_shift(&q, sorted);
 */
#ifndef FUNNEL_QUALIFICATION_H
#define FUNNEL_QUALIFICATION_H

#include "criteria.h"
#include "groups.h"
#include "stats.h"

struct qualified { /* of those that passed, and of the others */
	uint64_t n, advanced, won;
};

/* One criterion, or the rule as a whole: all of its criteria. */
struct qualification_count {
	struct qualified passed, failed;
	uint64_t blank, unread; /* of the failed: cells that say nothing, that
				   cannot be decided; of the rule, where no
				   criterion failed for another reason */
	uint64_t alone; /* of the failed: every other criterion holds */
	/* The share that passed, less that of the period before in the same
	 * segment; NaN in the first: */
	struct share_difference shift;
};

struct qualification_group {
	struct group_key key; /* first: groups know no more */
	struct qualification_count *counts; /* [0] the rule, [1 + i] its
					       criterion i */
};

struct qualification {
	const struct criteria *criteria;
	size_t rule;
	unsigned n_criteria;
	struct groups groups;
};

/* The criteria are settled. */
struct qualification qualification_new(
    const struct criteria *criteria, size_t rule, const struct load *load);

/* A record that stood there `at` a time: touches count up to then. */
void qualification_add(struct qualification *q, const uint32_t *by,
    struct when at, uint32_t record, bool advanced, bool won);

/* Fills shift, of groups as groups_sorted() has them. A period in which
 * nobody stood there is passed over. */
void
qualification_shift(struct qualification *q, void **sorted, double confidence);

/* "industry", or "(all)" for the rule. */
const char *qualification_name(const struct qualification *q, unsigned count);

#endif
