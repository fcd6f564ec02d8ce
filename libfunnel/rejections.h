/*
 * rejections: the reports on records that sales sent back: how often for
 * which reason, and the newest of them one by one (product.md C19, C20, L16,
 * L17). funnel-convert and funnel-sla both have them, so they take neither's
 * run.
 *
 *	load.wants = rejection_fields;		before load_input
 *	walk_start(&walk, &load);
 *	rejections_report(&query, &table, err);
 *
 * A record counts when it stands rejected as of as_of; one that was rejected
 * and then went on is counted in a note.
 */
#ifndef FUNNEL_REJECTIONS_H
#define FUNNEL_REJECTIONS_H

#include "reasons.h"
#include "sheet.h"
#include "walk.h"

/* The fields that the reports want besides those of --by; a command may want
 * more. */
#define N_REJECTION_FIELDS 5
extern const enum field_id rejection_fields[N_REJECTION_FIELDS];

#define REJECTED_DEFAULT 10 /* rows of rejected_report */

struct rejections_query {
	struct load *load;
	struct walk *walk; /* at its start */
	unsigned outcomes; /* bits 1 << enum outcome: which endings */
	enum fx fx;
	uint64_t last; /* so many rows of rejected_report */
	struct fnl_list metrics; /* of --metric, one an item */
	bool long_form;
	const struct figure *figure; /* how it is drawn, or NULL */
	/* Whether the data contradict the reason of a rejection: listed, say
	 * "Out of ICP", and the record passes every criterion (metrics.md
	 * 3.4.9). NULL where no criteria are known: then no column says so. */
	bool (*disputes)(
	    void *context, uint32_t record, const struct reason *reason);
	void *disputes_context;
};

/* The value of --outcome to bits; NULL is rejected. */
int rejections_outcomes(const char *text, unsigned *out, struct fnl_err *err);

/* The Pareto table of reasons by segment and period. */
int rejections_report(
    struct rejections_query *query, struct table **out, struct fnl_err *err);
/* The newest of them, one a row. */
int rejected_report(
    struct rejections_query *query, struct table **out, struct fnl_err *err);

#endif
