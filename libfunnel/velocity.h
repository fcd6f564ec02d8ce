/*
 * velocity: a run of funnel-velocity, from its options to its table. Each
 * report is a file of its own, velocity_NAME.c, and a row of
 * velocity_reports[]; this header is what they share.
 */
#ifndef FUNNEL_VELOCITY_H
#define FUNNEL_VELOCITY_H

#include "deal.h"
#include "exposure.h"
#include "sheet.h"
#include "stats.h"
#include "walk.h"

struct velocity;

struct velocity_report {
	const char *name; /* what --report takes */
	const char *help;
	/* Reads nothing, checks and takes its options; may be NULL. */
	int (*options)(struct velocity *velocity, struct fnl_err *err);
	/* The input is read: counts, and gives the table with its notes. */
	int (*run)(
	    struct velocity *velocity, struct table **out, struct fnl_err *err);
	bool changes; /* needs the history of amounts, close dates, owners */
	bool values; /* shows amounts */
	/* Fields that it shows beside those of --by, up to FIELD_COUNT. */
	const enum field_id *wants;
	size_t n_wants;
};

extern const struct velocity_report velocity_reports[];

enum velocity_basis { VELOCITY_CLOSED, VELOCITY_CREATED, VELOCITY_OPEN };
enum velocity_statistic { STATISTIC_MEAN, STATISTIC_MEDIAN };

struct velocity {
	struct arena *arena;
	const struct fnl_velocity_query *query;
	const struct velocity_report *report;
	struct fnl_list metrics; /* of --metric, one an item */
	struct load load;
	struct walk walk;
	struct value_rules value;
	struct deal_rules deals;
	/* options that several reports take, with their defaults */
	enum velocity_basis basis;
	enum velocity_statistic statistic;
	enum fx fx;
	double confidence;
	int64_t trailing; /* seconds back that rates and means are taken from */
	int64_t bootstrap, draws, seed;
};

#define TRAILING_DEFAULT ((int64_t)365 * DAY_SECONDS)
#define BOOTSTRAP_DEFAULT 1000
#define BOOTSTRAP_MAX 1000000
#define DRAWS_DEFAULT 10000
#define DRAWS_MAX 10000000
#define SEED_DEFAULT 1

/* Checks the options, reads the input, makes the table. */
int velocity_run(
    struct velocity *velocity, struct table **out, struct fnl_err *err);

/* A sheet of this run; columns, keys and context of plan are the caller's. */
int velocity_sheet(const struct velocity *velocity, struct sheet_plan plan,
    struct sheet *sheet, struct fnl_err *err);

/* The notes that every report has: times, input, records of which `counted`
 * stand in the table, events, amounts. */
void velocity_notes(struct velocity *velocity, uint64_t counted, bool mixed,
    struct table *table);

/* Whether amounts of a past time are those of then. */
void
velocity_note_amounts(const struct velocity *velocity, struct table *table);

/* "the opportunity stage 'Opportunity'", or that there is none. */
const char *velocity_start_name(const struct velocity *velocity);

/* When a deal enters the pipeline, which a skipped stage does not undo. */
const char *velocity_entry_name(const struct velocity *velocity);

int velocity_cycle_options(struct velocity *velocity, struct fnl_err *err);
int velocity_cycle(
    struct velocity *velocity, struct table **out, struct fnl_err *err);
int velocity_stages_options(struct velocity *velocity, struct fnl_err *err);
int velocity_stages(
    struct velocity *velocity, struct table **out, struct fnl_err *err);
int velocity_levers_options(struct velocity *velocity, struct fnl_err *err);
int velocity_levers(
    struct velocity *velocity, struct table **out, struct fnl_err *err);
int velocity_week_options(struct velocity *velocity, struct fnl_err *err);
int velocity_week(
    struct velocity *velocity, struct table **out, struct fnl_err *err);
int velocity_stalled_options(struct velocity *velocity, struct fnl_err *err);
int velocity_stalled(
    struct velocity *velocity, struct table **out, struct fnl_err *err);
int velocity_plan_options(struct velocity *velocity, struct fnl_err *err);
int velocity_plan(
    struct velocity *velocity, struct table **out, struct fnl_err *err);
int velocity_forecast_options(struct velocity *velocity, struct fnl_err *err);
int velocity_forecast(
    struct velocity *velocity, struct table **out, struct fnl_err *err);

#endif
