/*
 * sla: a run of funnel-sla, from its options to its table. Each report is a
 * file of its own, sla_NAME.c, and a row of sla_reports[]; this header is what
 * they share.
 */
#ifndef FUNNEL_SLA_H
#define FUNNEL_SLA_H

#include "commitment.h"
#include "sheet.h"
#include "stats.h"
#include "walk.h"

struct sla;

/* What a report is about. */
enum sla_about {
	SLA_RECORDS, /* not the commitments: there may be none */
	SLA_COMMITMENTS,
	SLA_ONE_CLOCK, /* from one start to one stop */
};

struct sla_report {
	const char *name; /* what --report takes */
	const char *help;
	/* Checks and takes its options; nothing is read yet. May be NULL. */
	int (*options)(struct sla *sla, struct fnl_err *err);
	/* In load->plan, after the commitments: what it asks of criteria.h.
	 * May be NULL. */
	int (*plan)(struct sla *sla, struct fnl_err *err);
	/* All is read: counts, and gives the table with its notes. */
	int (*run)(struct sla *sla, struct table **out, struct fnl_err *err);
	enum sla_about about;
	bool anonymous; /* of a record it needs neither name nor source nor
			   campaign, which cost time and room */
};

extern const struct sla_report sla_reports[];

/* Of load.want_attribute, after commitment_wants[]. */
enum sla_want {
	SLA_NAME = COMMITMENT_WANTS,
	SLA_SOURCE,
	SLA_CAMPAIGN,
	SLA_WANTS
};

struct sla {
	struct arena *arena;
	const struct fnl_sla_query *query;
	const struct sla_report *report;
	struct fnl_list metrics; /* of --metric, one an item */
	struct load load;
	struct touches *touches; /* or NULL */
	struct commitments commitments;
	struct walk walk;
	void *plan; /* the report's own, from its plan() to its run() */
	enum interval_method interval;
	double confidence;
	/* what sla_each left out */
	uint64_t undated, outside;
};

int sla_run(struct sla *sla, struct table **out, struct fnl_err *err);

/*
 * Every case of every commitment: of the records of the walk, one commitment
 * after another, then the periods of volumes. With --from and --to those whose
 * start lies in the window; with --period those with a start.
 */
void sla_each(struct sla *sla, case_taker *take, void *context);

/* A sheet of this run; columns, keys and context of plan are the caller's. */
int sla_sheet(const struct sla *sla, struct sheet_plan plan,
    struct sheet *sheet, struct fnl_err *err);
/* The notes that every report has. */
void sla_notes(struct sla *sla, struct table *table);

/* The end of as_of: of its day where it is a date. */
int64_t sla_now(const struct sla *sla);

/* A text of a record: number of store->texts, 0 where nobody says. */
uint32_t sla_text(const struct sla *sla, uint32_t record, unsigned want);
/* Who owns it as of as_of. */
uint32_t sla_owner(const struct sla *sla, uint32_t record);

/* Numbers that are gathered to be sorted. */
struct sample {
	double *items;
	size_t n, cap;
};
/* NaN is left out. */
void sample_add(struct arena *arena, struct sample *sample, double value);
/* Sorts it; NaN when it is empty. R type 7. */
double sample_quantile(struct sample *sample, double p);

int sla_scorecard(struct sla *sla, struct table **out, struct fnl_err *err);
int sla_scorecard_options(struct sla *sla, struct fnl_err *err);
int sla_scorecard_plan(struct sla *sla, struct fnl_err *err);
int sla_breaches(struct sla *sla, struct table **out, struct fnl_err *err);
int sla_breaches_options(struct sla *sla, struct fnl_err *err);
int sla_volumes(struct sla *sla, struct table **out, struct fnl_err *err);
int sla_volumes_options(struct sla *sla, struct fnl_err *err);
int sla_volumes_plan(struct sla *sla, struct fnl_err *err);
int sla_response(struct sla *sla, struct table **out, struct fnl_err *err);
int
sla_response_times(struct sla *sla, struct table **out, struct fnl_err *err);
int sla_response_times_options(struct sla *sla, struct fnl_err *err);
int sla_explain(struct sla *sla, struct table **out, struct fnl_err *err);
int sla_explain_options(struct sla *sla, struct fnl_err *err);
int sla_completeness_options(struct sla *sla, struct fnl_err *err);
int sla_completeness_plan(struct sla *sla, struct fnl_err *err);
int sla_completeness(struct sla *sla, struct table **out, struct fnl_err *err);
int sla_rejections_options(struct sla *sla, struct fnl_err *err);
int sla_rejections_plan(struct sla *sla, struct fnl_err *err);
int sla_rejections(struct sla *sla, struct table **out, struct fnl_err *err);
int sla_qualification_plan(struct sla *sla, struct fnl_err *err);
int sla_qualification(struct sla *sla, struct table **out, struct fnl_err *err);
int sla_rejected(struct sla *sla, struct table **out, struct fnl_err *err);

#endif
