/*
 * qualification_report: the table of the reports qualification, which
 * funnel-convert and funnel-sla both have, so that it takes neither's run: one
 * row a stage, segment, period and criterion.
 *
 *	qualification_plan(&report, &plan);	columns, for the sheet
 *	qualification_add(&report.stages[i].counts, ...) for each record
 *	qualification_rows(&report, &sheet);
 *	qualification_notes(&report, sheet.table);
 */
#ifndef FUNNEL_QUALIFICATION_REPORT_H
#define FUNNEL_QUALIFICATION_REPORT_H

#include "qualification.h"
#include "sheet.h"

/* A stage that has a rule. */
struct qualified_stage {
	const char *name;
	bool is_last, is_won; /* nothing comes after it; it is the win */
	struct qualification counts;
};

struct qualification_report {
	struct load *load;
	struct qualified_stage *stages;
	size_t n_stages;
	const char *mode; /* a column of its own; NULL: the command has none */
	bool follows; /* with what became of those that passed, and of the
			 others */
	bool holm; /* else Benjamini and Hochberg */
	enum interval_method interval;
	double confidence;
};

/* The title, columns, keys and context of a plan. */
void qualification_plan(
    const struct qualification_report *report, struct sheet_plan *plan);

void qualification_rows(
    const struct qualification_report *report, struct sheet *sheet);

/* How cells were judged, and which could not be. */
void qualification_notes(
    const struct qualification_report *report, struct table *table);

#endif
