/*
 * funnel.h: the public interface of libfunnel, and all that cmd/ may see.
 *
 * Ownership in two lines: a handle that a function returns through its first
 * argument is yours, and its fnl_*_free releases everything reached from it.
 * Strings passed in are only read during the call; strings handed out live
 * as long as their handle.
 *
 * A function that can fail returns 0 or -1 and describes the first failure in
 * *err. The library never prints, never exits, reads no clock and no
 * environment variable, and has no mutable globals.
 */
#ifndef FUNNEL_FUNNEL_H
#define FUNNEL_FUNNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define FNL_VERSION "0.1.0"

/* The exit code of a command: how it ended. */
enum fnl_code {
	FNL_OK = 0,
	FNL_HOLDS = 1, /* done, and a condition that was asked about holds */
	FNL_USAGE = 2, /* the options are wrong */
	FNL_DATA = 3, /* an input is wrong */
	FNL_SYSTEM = 4, /* a file, memory or the machine */
};

#define FNL_MESSAGE_MAX 1024

struct fnl_err {
	enum fnl_code code;
	char message[FNL_MESSAGE_MAX]; /* lower case, no full stop, no
					  program name */
};

/* A list of option values. */
struct fnl_list {
	const char *const *items;
	size_t n;
};

/*
 * What every report reads and which part of it, in the words of the command
 * line; NULL and empty lists stand for the documented defaults. All texts
 * are checked by the library, so that every caller gets the same errors.
 */
struct fnl_input {
	struct fnl_list files; /* "-" is standard input */
	const char *definitions; /* a definitions file */
	const char *stages; /* instead: "Lead,MQL,won:Customer,lost:Dead" */
	const char *preset;
	struct fnl_list maps; /* field=Column, stage:NAME=Column */
	bool no_id; /* every row is a record of its own */
	struct fnl_list lookups; /* FILE or FILE:KEY */
	const char *input_zone, *zone;
	const char *date_order, *decimal, *delimiter;
	const char *wide_dates, *period_log, *duplicates;
	struct fnl_list where; /* COLUMN=VALUE, also != < > <= >= ~ */
	struct fnl_list by; /* fields or columns */
	const char *segment_at;
	const char *from, *to, *as_of;
	const char *period;
	bool strict;
	const char *max_bad;
	const char *options; /* as the user gave them, for the notes; or NULL */
	bool digests; /* the notes have the SHA-256 of every file of rows */
	bool chart; /* what a chart needs is counted, where the report has it */
	bool needs_chart; /* a report without one is refused */
	/* Called now and then while files are read; share is 0..1 or NaN. */
	void (*progress)(void *context, const char *file, double share);
	void *progress_context;
};

struct fnl_convert_query {
	struct fnl_input input;
	/* stages | outcomes | passport | segments | split | change |
	 * transitions | moves | gap | acceptance | rejections | rejected |
	 * vocabulary | qualification | replay | flips */
	const char *report;
	const char *mode, *basis, *horizon, *window, *anchor, *count, *reentry;
	const char *mature; /* horizon of the matured rates */
	const char *passport; /* win_rate */
	bool strict_time;
	const char *handoff; /* FROM:TO, two stages */
	const char *target; /* by when a hand-over is decided, such as 72h */
	const char *recycled; /* apart | decided */
	const char *outcome; /* rejected | recycled | lost | any */
	const char *last_rejected; /* a number of records */
	const char *step; /* FROM:TO */
	const char *split, *gap; /* split: a date, and how long is left out */
	const char *before; /* change: FROM..TO */
	const char *adjust; /* of many tests: bh | holm */
	const char *against; /* change, replay, flips: the old definitions */
	const char *members; /* replay, flips: history | rule */
	const char *stage, *rule; /* whose rule is looked at */
	struct fnl_list touches; /* files of touches that rules count */
	const char *join, *touch_date; /* of them */
	const char *interval, *confidence;
	const char *bootstrap, *seed; /* gap */
	const char *losses; /* transitions, moves: transient | absorbing */
	struct fnl_list expect; /* STAGE=RATE, FROM:TO=RATE */
	const char *fx; /* with rates: close | created | asof */
	struct fnl_list metrics; /* columns to show, in this order */
	bool long_form; /* one metric a row */
};

struct fnl_velocity_query {
	struct fnl_input input;
	/* cycle | stages | velocity | week | stalled | plan | forecast */
	const char *report;
	const char *basis, *start, *end, *cycles, *stay, *split, *horizon;
	const char *trailing, *statistic, *bootstrap, *seed, *bridge;
	const char *stall_quantile, *target, *until, *draws, *rho;
	struct fnl_list assumptions; /* STAGE=RATE, amount=VALUE */
	bool backtest;
	const char *confidence;
	const char *fx; /* with rates: close | created | asof */
	struct fnl_list metrics; /* columns to show, in this order */
	bool long_form;
};

struct fnl_attribution_query {
	struct fnl_input input;
	/* credit | paths | removal | transitions | order | money | sourced |
	 * sourced_deals | quality | timeline | unjoined | accounts | overlap */
	const char *report;
	struct fnl_list touches; /* files of touches */
	struct fnl_list path_files; /* instead: ready-made paths */
	struct fnl_list spend; /* files of costs */
	struct fnl_list lists; /* overlap: two files of accounts */
	struct fnl_list models; /* names of models, with their parameters */
	struct fnl_list transforms; /* what is done to paths, in this order */
	const char *key, *join, *touch_date, *conversion, *lookback, *direct;
	const char *influence; /* opportunity | close */
	const char *order, *removal, *paths, *bootstrap, *seed;
	bool self_loops, by_value;
	const char *confidence;
	const char *fx; /* with rates: close | created | asof */
	struct fnl_list metrics; /* columns to show, in this order */
	bool long_form;
};

struct fnl_sla_query {
	struct fnl_input input;
	/* scorecard | breaches | volume | response | response-times |
	 * completeness | rejections | rejected | qualification | explain */
	const char *report;
	struct fnl_list activities; /* files of what sales did */
	struct fnl_list touches; /* of marketing, for criteria */
	struct fnl_list commitments; /* only those, by name */
	const char *join, *touch_date;
	const char *due; /* breaches: also what runs out so soon */
	const char *void_as; /* apart | late */
	const char *fail_below; /* a share, or "promise" */
	const char *outcome; /* rejected | recycled | lost | any */
	const char *last_rejected; /* a number of records */
	const char *conversion; /* response: a stage, or "won" */
	struct fnl_list dimensions; /* response-times: only those */
	const char *explain; /* the id of a record */
	const char *interval, *confidence;
	struct fnl_list metrics; /* columns to show, in this order */
	bool long_form;
};

/* A review pack: the reports of a weekly, monthly or quarterly review. */
struct fnl_pack_query {
	struct fnl_input input; /* the records, whatever they are of */
	const char *rhythm; /* weekly | monthly | quarterly */
	const char *review; /* a day of the period; NULL: the last whole one */
	const char *by; /* segments; NULL: source, where a file has it */
	const char *target; /* revenue to plan for */
	struct fnl_list touches, activities, spend, lists;
	const char *against; /* an older definitions file */
	const char *previous; /* directory of a pack to compare with */
	bool charts;
};

/* The files of a pack, in memory. */
struct fnl_pack;

struct fnl_pack_file {
	const char *name; /* below the pack's directory, with '/' */
	const void *bytes;
	size_t size;
};

int fnl_pack(struct fnl_pack **out, const struct fnl_pack_query *query,
    struct fnl_err *err);
size_t fnl_pack_count(const struct fnl_pack *pack);
struct fnl_pack_file fnl_pack_at(const struct fnl_pack *pack, size_t i);
/* As fnl_summary() and fnl_too_bad(), of the records. */
const char *fnl_pack_summary(const struct fnl_pack *pack);
const char *fnl_pack_too_bad(const struct fnl_pack *pack);
void fnl_pack_free(struct fnl_pack *pack);

/* The result of a report: a table with notes, and the ledger. */
struct fnl_report;

int fnl_convert(struct fnl_report **out, const struct fnl_convert_query *query,
    struct fnl_err *err);
int fnl_velocity(struct fnl_report **out,
    const struct fnl_velocity_query *query, struct fnl_err *err);
int fnl_attribution(struct fnl_report **out,
    const struct fnl_attribution_query *query, struct fnl_err *err);
int fnl_sla(struct fnl_report **out, const struct fnl_sla_query *query,
    struct fnl_err *err);
void fnl_report_free(struct fnl_report *report);

enum fnl_what {
	FNL_TABLE, /* the report */
	FNL_LEDGER, /* which input was used and which was not, and why */
};

struct fnl_style {
	const char *format; /* table csv tsv json jsonl md html xlsx */
	int width; /* of the terminal; 0: no limit */
	bool all_columns; /* also for people */
	bool charts; /* html: drawn by gnuplot, where the report has one */
};

/* Whether a format is known, before anything is opened. */
int fnl_check_format(const char *name, struct fnl_err *err);

/* Writes to a stream; the caller checks that it reached the disk. */
int fnl_render(struct fnl_report *report, enum fnl_what what,
    const struct fnl_style *style, FILE *out, struct fnl_err *err);

/*
 * A chart is drawn by gnuplot, as a file by the suffix of its name (svg, png,
 * pdf) or, for "-", as characters. The run must have been asked for one
 * (fnl_input.chart).
 */
struct fnl_chart_style {
	const char *file;
	int columns, lines; /* of a terminal; 0: 80, 24 */
	bool ascii; /* characters: nothing outside of ASCII but the names */
};

struct fnl_chart {
	const char *script; /* for gnuplot; NULL: there is nothing to draw */
	const char *note; /* what was left out, or why there is nothing; NULL */
};

/* Whether a chart can be written to a file of that name. */
int fnl_check_chart(const char *file, struct fnl_err *err);
int fnl_chart(struct fnl_report *report, const struct fnl_chart_style *style,
    struct fnl_chart *out, struct fnl_err *err);
/* Runs gnuplot; nothing is written where it is missing or fails. */
int fnl_draw(struct fnl_report *report, const struct fnl_chart *chart,
    const struct fnl_chart_style *style, FILE *out, struct fnl_err *err);

/* What the user should know of the input, as lines for standard error; ""
 * when every row was used. */
const char *fnl_summary(const struct fnl_report *report);
/* More bad rows and cells than --max-bad allows: the exit code is FNL_DATA
 * although the report stands. NULL when not, else the message. */
const char *fnl_too_bad(const struct fnl_report *report);

/* What was asked about and holds, such as a rate below --expect: the exit code
 * is FNL_HOLDS, unless there are too many bad rows. NULL when nothing does. */
const char *fnl_condition(const struct fnl_report *report);

/* The name of the format for a file name by its suffix, or NULL. */
const char *fnl_format_of_file(const char *path);
/* A document goes from hand to hand: it is nothing for a terminal, and its
 * notes should have the options and the digests of the input. */
bool fnl_format_is_document(const char *name);

#endif
