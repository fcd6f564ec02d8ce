/*
 * durations: what the reports cycle and stages share -- the columns of a row
 * of durations, and the comparison of rows by the log-rank test.
 */
#ifndef FUNNEL_DURATIONS_H
#define FUNNEL_DURATIONS_H

#include "metric_cycle.h"
#include "velocity.h"

/* One row that has a curve: everything that was at risk in it. */
struct duration_row {
	const struct exposure_group *group;
	size_t row; /* of the group */
	unsigned part; /* rows are compared within a part, such as a stage */
	unsigned side; /* of --split: 0 before, 1 after; else 0 */
	struct exposure_tally *tally; /* its spells are sorted */
	struct log_rank test;
	double q;
};

struct duration_split {
	bool given;
	struct when at;
};

int duration_split_take(
    struct velocity *velocity, struct duration_split *out, struct fnl_err *err);

/* --horizon in days and as it was written; 90d where it was not. */
int duration_horizon_take(const struct velocity *velocity, double *days,
    const char **text, struct fnl_err *err);

/* 1 for what began at the split or later. */
unsigned duration_side(const struct velocity *velocity,
    const struct duration_split *split, struct when start);

/* All rows of all groups, sorted; parts and sides by the caller's layout:
 * row = part * n_sides + side. */
struct duration_row *duration_rows(const struct velocity *velocity,
    const struct groups *groups, size_t n_rows, unsigned n_sides, size_t *n);

/*
 * Fills test and q: before against after where there is a split, else each
 * segment against the others of its period, else each period against the one
 * before.
 */
void durations_compare(
    struct velocity *velocity, struct duration_row *rows, size_t n, bool split);
/* What was compared with what. */
void durations_note_comparison(
    const struct velocity *velocity, bool split, struct table *table);

/* The durations among sorted spells that ended by a cause (0: by any), in
 * the arena. */
const double *durations_of(struct arena *arena,
    const struct exposure_tally *tally, unsigned cause, size_t *n);
uint64_t durations_open(const struct exposure_tally *tally);

/* What a chart of the rows is drawn from: the points of their Kaplan-Meier
 * curves, one a row of table->drawn. Nothing where no chart is wanted. */
int velocity_curves(const struct velocity *velocity,
    const struct duration_row *rows, size_t n, struct table *table,
    struct fnl_err *err);

/* Fills the columns duration_metrics[] from own column `first` on. */
void
durations_fill(struct sheet *sheet, size_t first, struct duration_view *view);

#endif
