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
	/* What the data say of the reason for which a record was rejected at
	 * a time, and in words unless why is NULL: "fails: size". Itself NULL
	 * where no criteria go with reasons: then no column says so. */
	enum standing (*judge)(void *context, uint32_t record, struct when at,
	    const struct reason *reason, const char **why);
	void *judge_context;
};

/* The value of --outcome to bits; NULL is rejected. */
int rejections_outcomes(const char *text, unsigned *out, struct fnl_err *err);

/* How many rows --last-rejected asks for; NULL: REJECTED_DEFAULT. */
int rejections_last(const char *text, uint64_t *out, struct fnl_err *err);

/* The Pareto table of reasons by segment and period. */
int rejections_report(
    struct rejections_query *query, struct table **out, struct fnl_err *err);
/* The newest of them, one a row. */
int rejected_report(
    struct rejections_query *query, struct table **out, struct fnl_err *err);

#endif
