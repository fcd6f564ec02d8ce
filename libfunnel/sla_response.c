/*
 * sla_response.c: the report response. Of those whom sales answered within so
 * many minutes, who converted (metrics.md 3.4.10, product.md L22).
 *
 * Two traps lie in that question. A lead must stay unconverted until it is
 * answered, so that late answers look good or bad by that alone (immortal
 * time); the way out is a landmark (Anderson, Cain and Gelber 1983): a day
 * after the start everybody's bucket is known, and of those who are open and
 * unconverted then the conversions after it are counted. Who was touched only
 * later, or never, are one bucket at the landmark, "none in 24 h"; that it
 * falls into two, by what came afterwards, is shown and marked as parts.
 *
 * The other trap is that nobody drew lots: good leads are answered first. No
 * formula mends that, so a note says it.
 */
#include <inttypes.h>
#include <math.h>

#include "sla.h"

#define LANDMARK DAY_SECONDS
#define RESPONSE_SMALL 30 /* as in metric_compare.c */

enum bucket {
	BUCKET_5M,
	BUCKET_30M,
	BUCKET_60M,
	BUCKET_4H,
	BUCKET_24H,
	BUCKET_NONE, /* the two below together */
	BUCKET_LATER,
	BUCKET_NEVER,
	BUCKETS
};

/* Upper ends, which belong to them (R35). */
static const struct {
	const char *name;
	int64_t until;
} buckets[BUCKETS] = {
	[BUCKET_5M] = { "0-5 min", 300 },
	[BUCKET_30M] = { "5-30 min", 1800 },
	[BUCKET_60M] = { "30-60 min", 3600 },
	[BUCKET_4H] = { "1-4 h", 14400 },
	[BUCKET_24H] = { "4-24 h", LANDMARK },
	[BUCKET_NONE] = { "none in 24 h", 0 },
	[BUCKET_LATER] = { "> 24 h", INT64_MAX },
	[BUCKET_NEVER] = { "never", 0 },
};

/* How a case stands at the landmark. */
enum standing {
	STANDS_AT_RISK,
	STANDS_CONVERTED_BEFORE,
	STANDS_CLOSED_BEFORE,
	STANDS_YOUNG, /* the landmark is after as_of */
	STANDS_UNDATED, /* converted, nobody knows when */
	STANDINGS
};

struct count {
	uint64_t standing[STANDINGS];
	uint64_t converted; /* of those at risk */
	struct sample followed; /* seconds from the landmark, those at risk */
};

struct answers {
	struct group_key key;
	struct count counts[BUCKETS];
};

struct response {
	struct sla *sla;
	uint8_t rank; /* that converts, or a later one */
	uint16_t stage;
	struct groups groups; /* of struct answers */
	uint64_t na, unmeasured;
};

/* ---- what counts as a conversion ---- */

/* The first stage after a rank that none may leave out. */
static uint16_t
next_stage(const struct sla *s, unsigned rank)
{
	const struct timeline_rules *t = s->walk.timelines;

	while (++rank <= t->n_ranks) {
		uint16_t stage = t->stage_of_rank[rank];

		if (!s->load.definitions.stages[stage].optional)
			return stage;
	}
	return STAGE_NONE;
}

static uint16_t
stage_named(const struct sla *s, const char *name)
{
	const struct timeline_rules *t = s->walk.timelines;
	uint16_t stage = store_stage(s->load.store, slice_of(name));
	uint16_t last = t->n_ranks ? t->stage_of_rank[t->n_ranks] : STAGE_NONE;

	if (stage != STAGE_NONE || !fold_equal(slice_of(name), SLICE("won")))
		return stage;
	return last != STAGE_NONE &&
		       s->load.definitions.stages[last].outcome == OUTCOME_WON
		   ? last
		   : STAGE_NONE;
}

static int
take_default(struct response *r, const struct moment *start, uint8_t from,
    struct fnl_err *err)
{
	r->stage = from ? next_stage(r->sla, from) : STAGE_NONE;
	return r->stage != STAGE_NONE
		   ? 0
		   : fail(err, FNL_USAGE,
			 "which stage comes after '%s', where the clock "
			 "starts, is not known: say --conversion STAGE",
			 start->text);
}

static int
take_conversion(struct response *r, struct fnl_err *err)
{
	const struct sla *s = r->sla;
	const struct moment *start = &s->commitments.items[0].start;
	const uint8_t *ranks = s->walk.timelines->rank_of_stage;
	const char *name = s->query->conversion;
	uint8_t from = start->kind == MOMENT_STAGE ? ranks[start->stage] : 0;

	if (s->commitments.items[0].policy == CLOCK_RESUME)
		return fail(err, FNL_USAGE,
		    "--report response is about one answer to one start, and "
		    "'cycles: resume' adds several up");
	if (!name) {
		if (take_default(r, start, from, err) < 0)
			return -1;
	} else {
		r->stage = stage_named(s, name);
		if (r->stage == STAGE_NONE)
			return load_fail_stage(
			    &s->load, "--conversion", name, err);
	}
	r->rank = ranks[r->stage];
	if (!r->rank)
		return fail(err, FNL_USAGE,
		    "--conversion: '%s' is no stage that one can reach", name);
	if (r->rank <= from)
		return fail(err, FNL_USAGE,
		    "--conversion: '%s' does not come after '%s', where the "
		    "clock starts",
		    name, start->text);
	return 0;
}

/* ---- a case ---- */

/* Every hour counts, whatever the calendar: so do those up to the landmark. */
static enum bucket
bucket_of(const struct sla_case *x)
{
	enum bucket bucket = BUCKET_5M;
	int64_t seconds = x->stop.seconds - x->start.seconds;

	if (x->stop.kind == WHEN_UNKNOWN)
		return BUCKET_NEVER;
	while (bucket < BUCKET_NONE && seconds > buckets[bucket].until)
		bucket++;
	return bucket == BUCKET_NONE ? BUCKET_LATER : bucket;
}

/* When it first was where it had converted; NULL: it never was. */
static const struct visit *
conversion_of(const struct timeline *t, uint8_t rank)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->visits[i].rank >= rank)
			return &t->visits[i];
	return NULL;
}

/* The landmark's day counts as before it where only the date is known: what
 * is not surely later is not counted as later. */
static bool
is_before(const struct response *r, struct when at, struct when landmark)
{
	return when_compare(r->sla->load.zone, at, landmark) <= 0;
}

static bool
closed_before(
    const struct response *r, const struct timeline *t, struct when landmark)
{
	bool closed = false;

	for (size_t i = 0; i < t->n; i++)
		if (t->visits[i].at.kind != WHEN_UNKNOWN &&
		    is_before(r, t->visits[i].at, landmark))
			closed = t->visits[i].outcome != OUTCOME_NONE;
	return closed;
}

static enum standing
standing_of(const struct response *r, struct when start, bool *converted)
{
	const struct timeline *t = r->sla->commitments.timeline;
	const struct visit *conversion = conversion_of(t, r->rank);
	struct when landmark = { start.seconds + LANDMARK, WHEN_INSTANT };

	*converted = false;
	if (when_compare(r->sla->load.zone, landmark, r->sla->load.as_of) > 0)
		return STANDS_YOUNG;
	if (conversion && conversion->at.kind == WHEN_UNKNOWN)
		return STANDS_UNDATED;
	if (conversion && is_before(r, conversion->at, landmark))
		return STANDS_CONVERTED_BEFORE;
	if (closed_before(r, t, landmark))
		return STANDS_CLOSED_BEFORE;
	*converted = conversion != NULL;
	return STANDS_AT_RISK;
}

static void
add(struct response *r, struct count *count, const struct sla_case *x)
{
	bool converted;
	enum standing standing = standing_of(r, x->start, &converted);
	int64_t followed = sla_now(r->sla) - x->start.seconds - LANDMARK;

	count->standing[standing]++;
	count->converted += converted;
	if (standing == STANDS_AT_RISK)
		sample_add(r->sla->arena, &count->followed, (double)followed);
}

static void
take_case(void *context, const struct sla_case *x)
{
	struct response *r = context;
	struct answers *answers;
	enum bucket bucket;
	bool is_new;

	if (x->clock.status == CLOCK_NA) {
		r->na++;
		return;
	}
	if (x->clock.status == CLOCK_BAD || x->start.kind != WHEN_INSTANT ||
	    x->stop.kind == WHEN_DATE) {
		r->unmeasured++;
		return;
	}
	answers = groups_at(&r->groups, x->by, x->start, &is_new);
	bucket = bucket_of(x);
	add(r, &answers->counts[bucket], x);
	if (bucket > BUCKET_NONE)
		add(r, &answers->counts[BUCKET_NONE], x);
}

/* ---- the table ---- */

static uint64_t
at_risk(const struct count *count)
{
	return count->standing[STANDS_AT_RISK];
}

static double
m_started(const struct sla *s, struct count *c)
{
	double n = 0;

	(void)s;
	for (int i = 0; i < STANDINGS; i++)
		n += (double)c->standing[i];
	return n;
}

static double
m_n(const struct sla *s, struct count *c)
{
	(void)s;
	return (double)at_risk(c);
}

static double
m_converted(const struct sla *s, struct count *c)
{
	(void)s;
	return (double)c->converted;
}

/* Undefined where nobody was at risk. A rate of what followed the landmark: a
 * bucket whose leads all convert at once has no such rate, and its leads
 * stand in converted_before. */
static double
m_rate(const struct sla *s, struct count *c)
{
	(void)s;
	return stats_ratio((double)c->converted, (double)at_risk(c));
}

static struct interval
interval_of(const struct sla *s, const struct count *c)
{
	return stats_proportion(
	    c->converted, at_risk(c), s->confidence, s->interval);
}

static double
m_lo(const struct sla *s, struct count *c)
{
	return interval_of(s, c).low;
}

static double
m_hi(const struct sla *s, struct count *c)
{
	return interval_of(s, c).high;
}

static double
m_small(const struct sla *s, struct count *c)
{
	(void)s;
	return at_risk(c) < RESPONSE_SMALL;
}

static double
m_converted_before(const struct sla *s, struct count *c)
{
	(void)s;
	return (double)c->standing[STANDS_CONVERTED_BEFORE];
}

static double
m_closed_before(const struct sla *s, struct count *c)
{
	(void)s;
	return (double)c->standing[STANDS_CLOSED_BEFORE];
}

static double
m_young(const struct sla *s, struct count *c)
{
	(void)s;
	return (double)c->standing[STANDS_YOUNG];
}

static double
m_undated(const struct sla *s, struct count *c)
{
	(void)s;
	return (double)c->standing[STANDS_UNDATED];
}

/* Buckets whose leads were followed for different times do not compare: the
 * younger ones had less time to convert. */
static double
m_followed(const struct sla *s, struct count *c)
{
	(void)s;
	return sample_quantile(&c->followed, 0.5) / DAY_SECONDS;
}

struct response_metric {
	struct column column;
	double (*value)(const struct sla *s, struct count *count);
};

static const struct column key_columns[] = {
	{ "bucket", "Answered in", UNIT_TEXT, FOR_ALL,
	    "From the start to the stop, every hour counted; the upper end "
	    "belongs to it." },
	{ "part_of", "Part of", UNIT_TEXT, FOR_ALL,
	    "The row that this one is a part of; rows without it add up." },
};

static const struct response_metric response_metrics[] = {
	{ { "n", "N", UNIT_COUNT, FOR_ALL,
	      "Open and not converted 24 hours after the start." },
	    m_n },
	{ { "converted", "Converted", UNIT_COUNT, FOR_ALL,
	      "Of n, those that converted afterwards." },
	    m_converted },
	{ { "rate", "Rate", UNIT_SHARE, FOR_ALL, "converted / n." }, m_rate },
	{ { "lo", "Low", UNIT_SHARE, FOR_ALL, "Lower bound of its interval." },
	    m_lo },
	{ { "hi", "High", UNIT_SHARE, FOR_ALL, "Upper bound of its interval." },
	    m_hi },
	{ { "small", "Small", UNIT_FLAG, FOR_ROOM_IF_ANY,
	      "yes where n is below 30." },
	    m_small },
	{ { "started", "Started", UNIT_COUNT, FOR_ROOM,
	      "All: n and those of the columns that follow." },
	    m_started },
	{ { "converted_before", "Before", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Converted within the 24 hours, or before the start." },
	    m_converted_before },
	{ { "closed_before", "Closed", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Closed without a conversion within the 24 hours." },
	    m_closed_before },
	{ { "young", "Young", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "The 24 hours are not over." },
	    m_young },
	{ { "undated", "Undated", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Converted, nobody knows when." },
	    m_undated },
	{ { "followed_median", "Followed d", UNIT_DAYS, FOR_ROOM,
	      "Median days from the 24 hours to as_of, of n." },
	    m_followed },
};

#define N_KEYS (sizeof(key_columns) / sizeof(*key_columns))
#define N_METRICS (sizeof(response_metrics) / sizeof(*response_metrics))

static void
fill_rows(
    const struct response *r, struct answers *answers, struct sheet *sheet)
{
	for (int b = 0; b < BUCKETS; b++) {
		struct count *count = &answers->counts[b];

		sheet_row(sheet, &answers->key);
		sheet_cell(sheet, 0, cell_optional(buckets[b].name));
		if (b > BUCKET_NONE)
			sheet_cell(
			    sheet, 1, cell_optional(buckets[BUCKET_NONE].name));
		for (size_t i = 0; i < N_METRICS; i++)
			sheet_cell(sheet, N_KEYS + i,
			    cell_of_number(
				response_metrics[i].value(r->sla, count),
				response_metrics[i].column.unit));
	}
}

/* Without a case the buckets have their rows, too, where there are no segments
 * and periods to name. */
static void
add_rows(struct response *r, struct sheet *sheet)
{
	const struct load *load = &r->sla->load;
	void **sorted = groups_sorted(&r->groups, load->store->texts);
	struct answers none = { .key = { .dated = false } };

	for (size_t i = 0; i < r->groups.items.count; i++)
		fill_rows(r, sorted[i], sheet);
	if (!r->groups.items.count && !load->segments.n_by && !load->period)
		fill_rows(r, &none, sheet);
}

static void
add_notes(const struct response *r, struct table *table)
{
	const struct commitment *c = &r->sla->commitments.items[0];

	table_note(table, "commitment", "%s: %s", c->definition->name, c->what);
	table_note(table, "conversion",
	    "%s or a later stage, more than 24 h after the start; who had "
	    "converted or was closed until then is in no rate",
	    r->sla->load.definitions.stages[r->stage].name);
	table_note(table, "selection",
	    "nobody drew lots: who is answered first may have been the better "
	    "lead, so a difference is not what speed alone does");
	note_count(table, "na", r->na,
	    "records that never started, or of which the clock is not");
	note_count(table, "unmeasured", r->unmeasured,
	    "cases whose start or stop is a bare date or cannot be used: in "
	    "no bucket");
}

int
sla_response(struct sla *s, struct table **out, struct fnl_err *err)
{
	const struct load *load = &s->load;
	const struct column *columns[N_KEYS + N_METRICS];
	struct response r = { .sla = s,
		.groups = groups_new(s->arena, sizeof(struct answers),
		    load->segments.n_by, load->period,
		    load->definitions.fiscal_month, load->zone) };
	struct sheet_plan plan = { .title = "Who converts, by how soon sales "
					    "answered",
		.period = load->period,
		.columns = columns,
		.n_columns = N_KEYS + N_METRICS,
		.n_keys = N_KEYS };
	struct sheet sheet;

	for (size_t i = 0; i < N_KEYS; i++)
		columns[i] = &key_columns[i];
	for (size_t i = 0; i < N_METRICS; i++)
		columns[N_KEYS + i] = &response_metrics[i].column;
	if (take_conversion(&r, err) < 0 || sla_sheet(s, plan, &sheet, err) < 0)
		return -1;
	sla_each(s, take_case, &r);
	add_rows(&r, &sheet);
	add_notes(&r, sheet.table);
	sla_notes(s, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
