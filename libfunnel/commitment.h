/*
 * commitment: what the two teams promised each other (the definitions' `sla`,
 * metrics.md 3.4), made ready before the files are read and judged record by
 * record once they are.
 *
 * There is one row a kind in commitment_kinds[] (commitment.c): a clock,
 * attempts, a volume, a share worked, completeness at a hand-off, reasons,
 * dispositions, routing, order. Whatever the kind, what comes out are cases:
 * every record that a commitment looks at gives exactly one case with a status
 * of 3.4.2, so that nobody vanishes -- but for clocks whose every start counts
 * (`cycles: each`: one a start) and volumes (one a period, volume.h).
 */
#ifndef FUNNEL_COMMITMENT_H
#define FUNNEL_COMMITMENT_H

#include "clock.h"
#include "condition.h"
#include "criteria.h"
#include "distinct.h"
#include "fieldtime.h"
#include "names.h"
#include "touches.h"
#include "walk.h"

#define COMMITMENTS_MAX 100
#define ROUTES_MAX 100
#define ORDER_MAX 60 /* stages of `order`: they fit a 64 bit set */

/* What starts and stops clocks. */
enum moment_kind {
	MOMENT_NONE,
	MOMENT_STAGE, /* every entry to it */
	MOMENT_CREATED,
	MOMENT_ASSIGNED, /* from when on somebody owned it */
	MOMENT_SALES_TOUCH, /* by sales, and no robot */
	MOMENT_DISPOSITION, /* a later stage, or an outcome */
	MOMENT_TOUCH, /* touches of a type */
	MOMENT_COLUMN, /* a date of the record's own row */
};

struct moment {
	enum moment_kind kind;
	const char *text; /* as the definitions have it; NULL: none */
	uint16_t stage;
	struct names *types; /* of touches, or their channels; NULL: any */
	struct distinct type_marks; /* by text: one of them, or none */
	bool first_response; /* that of the record's own row is one, too */
	size_t segment; /* of a column */
	struct field_time *column;
};

struct commitment;
struct commitments;
struct sla_case;

/* Takes a case; it lives until the taker returns. */
typedef void case_taker(void *context, const struct sla_case *c);

struct commitment_kind {
	const char *name; /* "clock", as tables show it */
	bool (*is)(const struct commitment_definition *definition);
	/* Checks and resolves what the definition names; may be NULL. */
	int (*plan)(struct commitments *all, struct commitment *commitment,
	    struct fnl_err *err);
	/* What criteria.h is asked for; all conditions come before it. */
	int (*plan_criteria)(struct commitments *all,
	    struct commitment *commitment, struct fnl_err *err);
	/* Gives the cases of a record that exists and is selected. NULL: a
	 * volume, whose cases are periods. */
	void (*judge)(struct commitments *all, struct commitment *commitment,
	    case_taker *take, void *context);
};

struct commitment {
	const struct commitment_definition *definition;
	const struct commitment_kind *kind;
	size_t number; /* from 0, in the order of the definitions */
	double promise; /* a share; NaN: none */
	struct moment start, stop;
	bool has_target;
	struct clock_target target;
	enum clock_policy policy;
	bool calendar_of_owner; /* each owner's own (W29) */
	const struct workcal *calendar; /* or NULL: all time counts */
	uint16_t *stages; /* of `order` or `pause` */
	size_t n_stages;
	struct conditions where;
	size_t rule; /* of criteria: `passing` */
	size_t *filled; /* columns of criteria */
	const char *what; /* "SAL to sales touch within 24h (india)" */
};

struct route {
	const struct route_definition *definition;
	struct conditions where;
};

/* A period of a volume (metrics.md 3.4.8). */
struct sla_volume {
	uint64_t count; /* what passes the rule */
	uint64_t raw; /* all */
	double target; /* of the whole period */
	bool running; /* it is not over */
	double due; /* the target of the days that are over: pro rata by
		       working days, where a calendar is named */
	double projected; /* count at this pace at the end; over: the count */
};

/* A record against a commitment. Seconds; NaN is undefined. */
struct sla_case {
	const struct commitment *commitment;
	uint32_t record; /* NO_RECORD: a period of a volume */
	const uint32_t *by; /* its segments */
	struct when start; /* what it is dated by; unknown: it never started */
	struct when stop;
	struct clock_result clock; /* of other kinds: status, and NaN */
	const struct clock *measured; /* what clock is of; NULL: nothing was
					 measured */
	/* Judged in calendar time, where a calendar is named (3.4.5); else the
	 * same. */
	enum clock_status calendar_status;
	bool touched_before; /* something of the kind that stops it came
				before it started (3.4.3) */
	bool automated_only; /* not stopped, and robots touched it */
	double assigned_after; /* from the start to the owner: the system */
	double touched_after; /* from the owner to the stop: the human */
	double attempts; /* touches that count, until as_of */
	const char *why; /* what is wrong, in words; NULL: nothing to say */
	struct sla_volume *volume; /* of a period; NULL: of a record */
};

/* Fields that the run must want, in this order, after join_wants. */
enum commitment_want {
	WANT_RESPONSE,
	WANT_ASSIGNED,
	WANT_OWNER,
	WANT_REASON,
	COMMITMENT_WANTS
};
extern const enum field_id commitment_wants[COMMITMENT_WANTS];

struct commitments {
	struct arena *arena;
	struct load *load;
	struct criteria *criteria; /* reports may add to it in their plan */
	struct commitment *items;
	size_t n;
	struct route *routes;
	size_t n_routes;
	struct touches *touches; /* or NULL */
	bool void_is_late; /* --void late */
	const char *only_kind; /* what the others need, touches say, is not
				  asked for; NULL: all kinds */
	size_t want; /* of load->want_attribute: the first of ours */
	const struct workcal **calendars; /* by definitions.calendars */
	int64_t from, to; /* what the calendars cover, and a margin */
	struct names *calendar_of_owner; /* names of owners */
	struct field_time *response, *assigned; /* NULL: no file has it */
	/* the record that is being judged: */
	uint32_t record;
	const struct timeline *timeline;
	const uint32_t *by;
	const uint8_t *ranks; /* by stage */
	const struct touch *record_touches;
	size_t n_record_touches;
	struct judge_scratch *scratch;
};

/*
 * In load->plan: the commitments of the definitions, or the named ones of
 * them; none of them where `only` is NULL. want is the number of the first of
 * commitment_wants[] among load->wants.
 */
int commitments_plan(struct commitments *all, struct load *load,
    const struct fnl_list *only, size_t want, struct fnl_err *err);

/* Once all is read; touches may be NULL. Compiles the calendars over what the
 * data reach. */
int commitments_settle(
    struct commitments *all, struct touches *touches, struct fnl_err *err);

/* Gives the cases of one record of a walk for every commitment that judges
 * records. */
void commitments_judge(struct commitments *all, const struct walk *walk,
    case_taker *take, void *context);

/* The agreed reason of a rejected record: its text, agreed or not. */
bool
commitment_reason_is_agreed(const struct commitments *all, uint32_t record);

/* Holidays that were used, and what the rules of touches are. */
void commitments_notes(const struct commitments *all, struct table *table);
/* Beside rows of segments: what a volume is held against there. */
void
commitments_note_volumes(const struct commitments *all, struct table *table);

#endif
