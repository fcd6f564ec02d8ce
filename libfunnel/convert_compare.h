/*
 * convert_compare: what the reports segments, split and change share -- steps
 * from one stage to a later one, what each record makes of them, and the
 * correction for many tests.
 *
 * A record stands in the cohort of a step by its entry to the first stage of
 * it, as with --anchor step; the mode says when it counts at a stage. Only
 * those who entered are in the numerator, so that every rate is a share.
 */
#ifndef FUNNEL_CONVERT_COMPARE_H
#define FUNNEL_CONVERT_COMPARE_H

#include "convert.h"
#include "metric_compare.h"

struct step {
	unsigned from, to; /* ranks */
	const char *name; /* "MQL:SQL", as --step takes it */
};

struct comparison {
	struct convert *c;
	struct walk *walk; /* that of the record in hand: c->walk, unless the
			      report has others */
	struct step *steps;
	size_t n_steps;
	/* The follow-up that everybody is given; without one everybody is
	 * followed to as-of. */
	bool has_horizon;
	int64_t horizon; /* seconds */
	const char *horizon_text;
	bool holm; /* else Benjamini and Hochberg */
	size_t n_tests;
	/* of the record in hand, and how many such: */
	bool lacks_date, lacks_follow_up, stands;
	uint64_t undated, not_followed, counted;
};

/* What a record makes of a step. */
struct passage {
	struct when entry; /* to the first stage; back-filled, may be unknown */
	bool imputed; /* it has no event of its own */
	bool converted; /* by as-of */
	bool followed; /* for the whole horizon */
	bool in_time; /* followed, and converted within the horizon */
	bool open; /* not converted, nor ended, in what is counted */
};

/* --adjust: by Holm, or else by Benjamini and Hochberg. */
int compare_take_adjust(
    const struct convert *convert, bool *holm, struct fnl_err *err);

/* --step in its form, --adjust. Before anything is read. */
int compare_options(struct convert *convert, struct fnl_err *err);

/* The input is read: the step of --step, else every step of the ladder, and
 * the whole of it. */
int compare_start(
    struct comparison *out, struct convert *convert, struct fnl_err *err);
/* The same for one step: that of --step, else from MQL to SQL; where no stage
 * is called SQL, to the one after MQL. */
int compare_start_one(
    struct comparison *out, struct convert *convert, struct fnl_err *err);

/* Before the next record and after the last, for a walk of the report's. */
void compare_close_record(struct comparison *comparison);
/* The next record of c->walk; false at the end. */
bool compare_next(struct comparison *comparison, struct reach *out);
/* False: it does not count at the first stage. */
bool compare_passage(const struct comparison *comparison,
    const struct step *step, const struct reach *reach, struct passage *out);

/* The horizon that all can be given who enter before `end`, a span key: from
 * there to as_of, in whole days. Fails where there is none. */
int compare_horizon_until(
    struct comparison *comparison, int64_t end, struct fnl_err *err);

/* Adds what a record makes of a step to a count, with the horizon where there
 * is one. */
void compare_count(const struct comparison *comparison,
    const struct passage *passage, struct share_count *count);

/* Fills q for all tests of a table; both are [n]. */
void compare_adjust(
    struct comparison *comparison, const double *p, double *q, size_t n);

/* The context of a row: mode, basis, horizon, adjust. */
#define COMPARE_CONTEXT 4
extern const struct column *const compare_context[COMPARE_CONTEXT];
void compare_context_cells(
    const struct comparison *comparison, struct cell cells[COMPARE_CONTEXT]);

/* What a row is about. */
const struct column *compare_step_column(const struct comparison *comparison);

/* Fills the own columns from `first` on. */
void compare_fill(struct sheet *sheet, size_t first,
    const struct compare_metric *metrics, size_t n,
    const struct compare_view *view);

/* How the intervals of shares and of their differences are made. */
const char *compare_interval_name(const struct comparison *comparison);

/* Mode and horizon, the family of tests, the method of the intervals, the
 * notes of every report. */
void compare_notes(
    struct comparison *comparison, const char *interval, struct table *table);

/* What stands in a segment's column on a row of all segments. */
const uint32_t *compare_all_segments(const struct comparison *comparison);

#endif
