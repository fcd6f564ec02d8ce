/*
 * sla_response_times.c: the report response-times. How soon sales answered:
 * the quantiles of one clock by owner, source, weekday and hour of its start.
 *
 * A quantile of those that were answered flatters whoever leaves leads alone
 * (metrics.md 3.4.2), so it never stands without the number of those that were
 * not, and beside it stands the Kaplan-Meier median, which counts them for as
 * long as they have waited.
 */
#include <math.h>
#include <string.h>

#include "change.h"
#include "query.h"
#include "sla.h"
#include "survival.h"

#define HOUR 3600.0
#define HOURS 24
#define WEEKDAYS 7

enum dimension { BY_ALL, BY_OWNER, BY_SOURCE, BY_WEEKDAY, BY_HOUR, DIMENSIONS };

static const char *const dimension_names[DIMENSIONS] = {
	[BY_ALL] = "all",
	[BY_OWNER] = "owner",
	[BY_SOURCE] = "source",
	[BY_WEEKDAY] = "weekday",
	[BY_HOUR] = "hour",
};

struct answer { /* seconds; NaN is undefined */
	double own; /* of the clock: working ones where it has a calendar */
	double all; /* every hour */
	enum clock_status status;
	bool stopped;
};

struct times { /* of one value of one dimension */
	struct group_key key; /* the segments, and the value behind them */
	size_t *items; /* of struct answer */
	size_t n, cap;
};

struct response_times {
	struct sla *sla;
	bool wanted[DIMENSIONS];
	uint32_t weekdays[WEEKDAYS], hours[HOURS]; /* texts that sort */
	bool has_calendar;
	const struct zone *zone; /* of weekdays and hours */
	struct vec answers; /* struct answer */
	struct groups groups[DIMENSIONS]; /* of struct times */
	struct spell *spells; /* room for all answers */
	uint64_t na, bad;
};

/* ---- options ---- */

static int
take_dimensions(struct response_times *r, struct fnl_err *err)
{
	struct choice choices[DIMENSIONS + 1] = { { NULL, 0 } };
	struct fnl_list asked =
	    query_split(r->sla->arena, &r->sla->query->dimensions);

	for (int i = 0; i < DIMENSIONS; i++) {
		choices[i] = (struct choice){ dimension_names[i], i };
		r->wanted[i] = asked.n == 0;
	}
	for (size_t i = 0; i < asked.n; i++) {
		int number;

		if (query_choice("--dimension", asked.items[i], choices,
			&number, err) < 0)
			return -1;
		r->wanted[number] = true;
	}
	return 0;
}

int
sla_response_times_options(struct sla *s, struct fnl_err *err)
{
	struct response_times *r = arena_alloc(s->arena, sizeof(*r));

	r->sla = s;
	s->plan = r;
	return take_dimensions(r, err);
}

/* ---- cases ---- */

/* Weekdays and hours are texts like owners and sources, "1" Monday and "00"
 * midnight, so that one order does for all. */
static void
name_times(struct response_times *r)
{
	struct intern *texts = r->sla->load.store->texts;
	char text[3] = "";

	for (int i = 0; i < WEEKDAYS; i++) {
		text[0] = (char)('1' + i);
		r->weekdays[i] = intern_put(texts, (struct slice){ text, 1 });
	}
	for (int i = 0; i < HOURS; i++) {
		text[0] = (char)('0' + i / 10);
		text[1] = (char)('0' + i % 10);
		r->hours[i] = intern_put(texts, (struct slice){ text, 2 });
	}
}

/* The agreed source, as --by source shows it. */
static uint32_t
source_of(struct response_times *r, uint32_t record)
{
	struct load *load = &r->sla->load;
	uint32_t raw = sla_text(r->sla, record, SLA_SOURCE);
	const struct source_definition *source = segments_source(
	    &load->segments, load->store, intern_get(load->store->texts, raw));

	return source ? intern_put(load->store->texts, slice_of(source->name))
		      : raw;
}

/* The value of a case, a number of store->texts; 0: it has none. */
static uint32_t
value_of(struct response_times *r, enum dimension d, const struct sla_case *x)
{
	bool timed = x->start.kind == WHEN_INSTANT;
	int64_t local =
	    timed ? zone_local(r->zone, x->start.seconds) : x->start.seconds;
	int64_t day = floor_div(local, DAY_SECONDS);

	switch (d) {
	case BY_OWNER:
		return sla_owner(r->sla, x->record);
	case BY_SOURCE:
		return source_of(r, x->record);
	case BY_WEEKDAY:
		return r->weekdays[civil_weekday(day)];
	case BY_HOUR:
		return timed ? r->hours[(local - day * DAY_SECONDS) / 3600] : 0;
	default:
		return 0;
	}
}

static void
add_answer(struct response_times *r, enum dimension d, const struct sla_case *x)
{
	uint32_t by[SEGMENTS_MAX + 1];
	size_t n = r->sla->load.segments.n_by;
	struct times *times;
	bool is_new;

	if (n)
		memcpy(by, x->by, n * sizeof(*by));
	by[n] = value_of(r, d, x);
	times = groups_at(&r->groups[d], by, x->start, &is_new);
	if (times->n == times->cap) {
		times->cap = times->cap ? 2 * times->cap : 16;
		times->items = arena_grow(r->sla->arena, times->items,
		    times->cap * sizeof(*times->items));
	}
	times->items[times->n++] = r->answers.count - 1;
}

static void
take_case(void *context, const struct sla_case *x)
{
	struct response_times *r = context;

	r->na += x->clock.status == CLOCK_NA;
	r->bad += x->clock.status == CLOCK_BAD;
	if (x->clock.status == CLOCK_NA || x->clock.status == CLOCK_BAD)
		return;
	*(struct answer *)vec_push(&r->answers) =
	    (struct answer){ .own = x->clock.elapsed,
		    .all = x->clock.calendar,
		    .status = x->clock.status,
		    .stopped = x->stop.kind != WHEN_UNKNOWN };
	for (int d = 0; d < DIMENSIONS; d++)
		if (r->wanted[d])
			add_answer(r, (enum dimension)d, x);
}

/* ---- a row ---- */

/* Sorted seconds of one kind, own or all: answers, and who still waits. */
struct waits {
	struct sample answered;
	double km_median;
};

static struct waits
waits_of(struct response_times *r, const struct times *times, bool own)
{
	struct arena *arena = r->sla->arena;
	struct survival_curve curve;
	struct waits w = { .km_median = NAN };

	for (size_t i = 0; i < times->n; i++) {
		const struct answer *a = vec_at(&r->answers, times->items[i]);
		double seconds = own ? a->own : a->all;

		r->spells[i] = (struct spell){ -INFINITY, seconds, a->stopped };
		if (a->stopped)
			sample_add(arena, &w.answered, seconds);
	}
	survival_sort(r->spells, times->n);
	curve = survival_kaplan_meier(arena, r->spells, times->n);
	w.km_median = survival_quantile(&curve, 0.5);
	return w;
}

enum {
	COLUMN_DIMENSION,
	COLUMN_GROUP,
	COLUMN_STARTED,
	COLUMN_N,
	COLUMN_UNANSWERED,
	COLUMN_ATTAINED,
	COLUMN_ALL, /* N_QUANTILES of them, then the same of own time */
	N_QUANTILES = 5,
	COLUMN_OWN = COLUMN_ALL + N_QUANTILES,
	N_COLUMNS = COLUMN_OWN + N_QUANTILES
};
#define N_KEYS 2

static const struct column columns[N_COLUMNS] = {
	[COLUMN_DIMENSION] = { "dimension", "By", UNIT_TEXT, FOR_ALL,
	    "all, owner, source, weekday or hour." },
	[COLUMN_GROUP] = { "group", "Group", UNIT_TEXT, FOR_ALL,
	    "Which of them; weekday and hour are those of the start." },
	[COLUMN_STARTED] = { "started", "Started", UNIT_COUNT, FOR_ROOM,
	    "Cases whose clock started." },
	[COLUMN_N] = { "n", "N", UNIT_COUNT, FOR_ALL, "Of them, stopped." },
	[COLUMN_UNANSWERED] = { "unanswered", "Not", UNIT_COUNT, FOR_ALL,
	    "Of them, not stopped." },
	[COLUMN_ATTAINED] = { "attained", "Kept", UNIT_SHARE, FOR_ALL,
	    "met / (met + late + breached)." },
	[COLUMN_ALL] = { "median", "Median h", UNIT_HOURS, FOR_ALL,
	    "Median hours from start to stop of n, every hour counted." },
	{ "p75", "P75 h", UNIT_HOURS, FOR_ROOM, "75th percentile of them." },
	{ "p90", "P90 h", UNIT_HOURS, FOR_ALL, "90th percentile of them." },
	{ "p95", "P95 h", UNIT_HOURS, FOR_ROOM, "95th percentile of them." },
	{ "km_median", "KM median", UNIT_HOURS, FOR_ROOM,
	    "Kaplan-Meier median, with those not stopped." },
	[COLUMN_OWN] = { "work_median", "Work median", UNIT_HOURS,
	    FOR_ALL_IF_ANY, "median in hours of the calendar." },
	{ "work_p75", "Work p75", UNIT_HOURS, FOR_ROOM_IF_ANY,
	    "p75 in hours of the calendar." },
	{ "work_p90", "Work p90", UNIT_HOURS, FOR_ALL_IF_ANY,
	    "p90 in hours of the calendar." },
	{ "work_p95", "Work p95", UNIT_HOURS, FOR_ROOM_IF_ANY,
	    "p95 in hours of the calendar." },
	{ "work_km_median", "Work KM", UNIT_HOURS, FOR_ROOM_IF_ANY,
	    "km_median in hours of the calendar." },
};

static void
fill_quantiles(struct response_times *r, const struct times *times, bool own,
    struct sheet *sheet)
{
	static const double shares[] = { 0.5, 0.75, 0.9, 0.95 };
	struct waits w = waits_of(r, times, own);
	size_t at = own ? COLUMN_OWN : COLUMN_ALL;

	for (size_t i = 0; i < sizeof(shares) / sizeof(*shares); i++)
		sheet_cell(sheet, at++,
		    cell_number(
			sample_quantile(&w.answered, shares[i]) / HOUR));
	sheet_cell(sheet, at, cell_number(w.km_median / HOUR));
	arena_drop(r->sla->arena, w.answered.items);
}

static double
attained(const struct response_times *r, const struct times *times, uint64_t *n)
{
	uint64_t met = 0, counted = 0;

	*n = 0;
	for (size_t i = 0; i < times->n; i++) {
		const struct answer *a = vec_at(&r->answers, times->items[i]);

		*n += a->stopped;
		met += a->status == CLOCK_MET;
		counted += clock_counts(a->status);
	}
	return stats_ratio((double)met, (double)counted);
}

static struct cell
value_cell(
    const struct response_times *r, enum dimension d, const struct times *times)
{
	static const char *const weekdays[WEEKDAYS] = { "Mon", "Tue", "Wed",
		"Thu", "Fri", "Sat", "Sun" };
	const struct load *load = &r->sla->load;
	uint32_t value = times->key.by[load->segments.n_by];

	if (d == BY_ALL)
		return cell_optional(NULL);
	if (d == BY_WEEKDAY)
		return cell_optional(
		    weekdays[intern_get(load->store->texts, value).p[0] - '1']);
	return cell_of_text(load, value, "(blank)");
}

static void
fill_row(struct response_times *r, enum dimension d, const struct times *times,
    struct sheet *sheet)
{
	uint64_t n;
	double kept = attained(r, times, &n);

	sheet_row(sheet, &times->key);
	sheet_cell(sheet, COLUMN_DIMENSION, cell_optional(dimension_names[d]));
	sheet_cell(sheet, COLUMN_GROUP, value_cell(r, d, times));
	sheet_cell(sheet, COLUMN_STARTED, cell_count(times->n));
	sheet_cell(sheet, COLUMN_N, cell_count(n));
	sheet_cell(sheet, COLUMN_UNANSWERED, cell_count(times->n - n));
	sheet_cell(sheet, COLUMN_ATTAINED, cell_number(kept));
	fill_quantiles(r, times, false, sheet);
	if (r->has_calendar)
		fill_quantiles(r, times, true, sheet);
}

/* ---- the report ---- */

/* A dimension that no file tells of would be one row of blanks. */
static void
drop_absent(struct response_times *r)
{
	const struct load *load = &r->sla->load;

	r->wanted[BY_OWNER] &=
	    load_has_column(load, load->want_attribute[WANT_OWNER]) ||
	    store_has_changes(load->store, CHANGE_OWNER);
	r->wanted[BY_SOURCE] &=
	    load_has_column(load, load->want_attribute[SLA_SOURCE]);
}

static void
open_dimensions(struct response_times *r)
{
	const struct load *load = &r->sla->load;
	const struct commitment *c = &r->sla->commitments.items[0];

	r->zone = c->calendar ? workcal_zone(c->calendar) : load->zone;
	r->has_calendar = c->calendar || c->calendar_of_owner;
	r->answers = vec_new(r->sla->arena, sizeof(struct answer));
	name_times(r);
	for (int d = 0; d < DIMENSIONS; d++)
		r->groups[d] = groups_new(r->sla->arena, sizeof(struct times),
		    load->segments.n_by + 1, load->period,
		    load->definitions.fiscal_month, load->zone);
}

static void
add_rows(struct response_times *r, struct sheet *sheet)
{
	const struct intern *texts = r->sla->load.store->texts;

	r->spells = arena_array(
	    r->sla->arena, r->answers.count + 1, sizeof(*r->spells));
	for (int d = 0; d < DIMENSIONS; d++) {
		void **sorted = groups_sorted(&r->groups[d], texts);

		for (size_t i = 0; i < r->groups[d].items.count; i++)
			fill_row(r, (enum dimension)d, sorted[i], sheet);
	}
}

static void
add_notes(const struct response_times *r, struct table *table)
{
	const struct commitment *c = &r->sla->commitments.items[0];

	table_note(table, "commitment", "%s: %s", c->definition->name, c->what);
	table_note(table, "zone", "weekdays and hours are those of %s",
	    zone_name(r->zone));
	note_count(table, "na", r->na,
	    "records that never started, or of which the clock is not");
	note_count(table, "bad", r->bad,
	    "cases whose times cannot be used; --report breaches says why");
}

int
sla_response_times(struct sla *s, struct table **out, struct fnl_err *err)
{
	struct response_times *r = s->plan;
	const struct column *shown[N_COLUMNS];
	struct sheet_plan plan = { .title = "How soon sales answered",
		.period = s->load.period,
		.columns = shown,
		.n_columns = N_COLUMNS,
		.n_keys = N_KEYS };
	struct sheet sheet;

	for (size_t i = 0; i < N_COLUMNS; i++)
		shown[i] = &columns[i];
	if (sla_sheet(s, plan, &sheet, err) < 0)
		return -1;
	drop_absent(r);
	open_dimensions(r);
	sla_each(s, take_case, r);
	add_rows(r, &sheet);
	add_notes(r, sheet.table);
	sla_notes(s, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
