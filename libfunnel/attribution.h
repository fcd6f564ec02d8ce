/*
 * attribution: a run of funnel-attribution, from its options to its table.
 * Records and touches become journeys (metrics.md 3.3.1), equal ones one path
 * of a pool; each report is a file of its own, attribution_NAME.c, and a row of
 * attribution_reports[].
 */
#ifndef FUNNEL_ATTRIBUTION_H
#define FUNNEL_ATTRIBUTION_H

#include "credit.h"
#include "deal.h"
#include "journey.h"
#include "markov.h"
#include "names.h"
#include "pathfile.h"
#include "shapley.h"
#include "sheet.h"
#include "spend.h"
#include "stats.h"
#include "touches.h"
#include "walk.h"

struct attribution;

/* What a report has a use for. */
enum attribution_takes {
	TAKES_MODELS = 1 << 0, /* --model, --direct */
	TAKES_SPEND = 1 << 1, /* and needs it */
	TAKES_DRAWS = 1 << 2, /* --bootstrap, --seed, --confidence */
	TAKES_CHAIN = 1 << 3, /* --order, --self-loops */
	TAKES_CHAIN_VALUE = 1 << 4, /* --markov-value */
	TAKES_REMOVAL = 1 << 5,
	TAKES_TOP = 1 << 6, /* --paths */
	TAKES_INFLUENCE = 1 << 7,
	TAKES_TRANSFORMS = 1 << 8,
	TAKES_CONVERSION = 1 << 9, /* --conversion, --lookback */
	TAKES_PERIODS = 1 << 10, /* --period, --fx */
	TAKES_LISTS = 1 << 11,
	TAKES_READY_PATHS = 1 << 12, /* --path-file */
	/* It lists touches themselves: without journeys, and so without a
	 * conversion, models and transforms; it makes the walk. */
	LISTS_TOUCHES = 1 << 13,
};

struct attribution_report {
	const char *name; /* what --report takes */
	/* The journeys are there: counts, and gives the table with notes. */
	int (*run)(struct attribution *attribution, struct table **out,
	    struct fnl_err *err);
	unsigned takes; /* enum attribution_takes */
};

extern const struct attribution_report attribution_reports[];

/* What a record comes to. */
struct fate {
	bool converted; /* else it ended without, which is a null */
	struct when at; /* of the conversion or the end */
	struct when lead, opportunity, close; /* milestones, as known */
};

/* A model with its parameters, and how it was asked for. */
struct asked_model {
	const char *text;
	const struct model *model; /* or NULL: one of those below */
	struct weighting how;
	int (*credit)(struct attribution *attribution, struct arena *arena,
	    const struct pool *pool, struct credits *credits,
	    struct fnl_err *err);
	const char *weights; /* in words */
};

/* One record on its path: what a resample draws. */
struct journey_unit {
	uint32_t path;
	struct slice id; /* of the record */
	bool converted; /* else a null */
	double value; /* NaN: not known */
	double days; /* from its first touch; NaN: it has none */
};

/* The journeys of a segment and period. */
struct journey_group {
	struct group_key key; /* first: groups know no more */
	struct pool *pool; /* POOL_TOUCHES */
	struct vec units; /* of struct journey_unit, as they came */
	struct journey_unit **by_id; /* n_units */
	size_t n_units;
};

#define MODELS_MAX 24
/* The lead source among load.want_attribute, after those of the join. */
#define ATTRIBUTION_SOURCE JOIN_WANTS

struct attribution {
	struct arena *arena;
	const struct fnl_attribution_query *query;
	const struct attribution_report *report;
	struct fnl_list metrics;
	struct load load;
	struct touches *touches; /* or NULL: path files */
	struct pathfile *paths;
	struct spend *spend; /* or NULL */
	struct walk walk;
	struct value_rules value;
	struct deal_rules deals;
	struct asked_model models[MODELS_MAX];
	size_t n_models;
	struct intern *channels; /* names of channels; 0 is without one */
	uint32_t *channel_of_text; /* by number of store->texts */
	struct names *agreed; /* sources, or NULL where none are agreed */
	struct groups groups; /* struct journey_group */
	struct transforms *transforms;
	uint16_t conversion; /* stage */
	int64_t lookback; /* seconds, or -1 */
	struct markov_options markov;
	int64_t bootstrap, seed, top_paths;
	double confidence;
	enum fx fx;
	bool until_close; /* --influence */
	/* what the notes say */
	uint64_t conversions, without_touch, nulls, open, undated, beyond,
	    after, activities, unvalued, later, outside;
	bool mixed;
	uint32_t currency; /* of the values, number of store->texts */
	bool any_value;
};

int attribution_run(
    struct attribution *attribution, struct table **out, struct fnl_err *err);

/* The report and its options; --model needs the definitions and comes later. */
int
attribution_take_options(struct attribution *attribution, struct fnl_err *err);
int
attribution_take_models(struct attribution *attribution, struct fnl_err *err);

/* STAGE_NONE: none of the definitions is won. */
uint16_t attribution_won_stage(const struct attribution *attribution);
/* None yet. */
struct groups attribution_groups(const struct attribution *attribution);
/* Before a channel is asked for; the journeys do it themselves. */
void attribution_number_channels(struct attribution *attribution);
/* The journeys, from touches and records, or from path files. */
int attribution_journeys(struct attribution *attribution, struct fnl_err *err);
int
attribution_ready_paths(struct attribution *attribution, struct fnl_err *err);

/* Whether and when the record of a walk converted; false while it is open, as
 * how it ends is not known. */
bool attribution_fate(struct attribution *attribution, uint32_t record,
    const struct timeline *timeline, struct fate *fate);

/* The number of a touch's channel, 0: unmapped. */
uint32_t attribution_channel_of(
    const struct attribution *attribution, const struct touch *touch);

/* A sheet of this run; columns, keys and context of plan are the caller's. */
int attribution_sheet(const struct attribution *attribution,
    struct sheet_plan plan, struct sheet *sheet, struct fnl_err *err);
void attribution_notes(struct attribution *attribution, struct table *table);
/* The same for a report that walked the records itself, with what it met. */
void
attribution_notes_of(struct attribution *attribution, const struct walk *walk,
    const struct value_rules *value, bool mixed, struct table *table);

/* How a channel or a row of credits after them is called. */
const char *attribution_channel(
    const struct attribution *attribution, size_t row, size_t n_channels);

/* Whether a text is a channel: a source that the two teams agreed on or,
 * without agreed ones, any. Else it is unmapped, number 0. */
bool attribution_is_channel(
    const struct attribution *attribution, struct slice text);

/* The credit that a model gives to a pool, of the first n_channels. */
int attribution_give(struct attribution *attribution, struct arena *arena,
    const struct asked_model *model, const struct pool *pool, size_t n_channels,
    struct credits **out, struct fnl_err *err);

/* By channel, below n_channels: whether some path of the pool holds it. */
bool *attribution_seen(const struct attribution *attribution,
    const struct pool *pool, size_t n_channels);

int attribution_credit(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_paths(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_removal(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_transitions(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_order(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_money(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_sourced(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_sourced_deals(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_quality(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_timeline(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_unjoined(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
int attribution_accounts(
    struct attribution *attribution, struct table **out, struct fnl_err *err);
/* Reads its lists itself; nothing is loaded before. */
int attribution_overlap(
    struct attribution *attribution, struct table **out, struct fnl_err *err);

/* ---- for reports that list touches: attribution_timeline.c ---- */

/* Without periods; segments where they are wanted. */
int attribution_list(const struct attribution *attribution, const char *title,
    const struct column *columns, size_t n, size_t n_keys, bool segments,
    struct sheet *sheet, struct fnl_err *err);
/* As of as_of and in the window; counts those that are not. */
bool attribution_lists(struct attribution *attribution, struct stamp at);
/* An activity, or of another file and by sales (R51); all others are of
 * marketing, so that the two add up. */
bool attribution_by_sales(const struct touch *touch);
/* That of the record, else of the touch, which may be NULL; a number of
 * store->texts. */
uint32_t attribution_account(const struct attribution *attribution,
    uint32_t record, const struct touch *touch);

#endif
