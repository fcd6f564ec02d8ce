/*
 * clock.c: one clock of one record.
 *
 * Own time is what is left of [start, end) once the pauses are out, seen
 * through the calendar that holds at each moment. A walk cuts it into
 * segments of one calendar and no pause; elapsed is a sum over them, and the
 * due instant lies in the one where the target runs out.
 */
#include "clock.h"

#include <math.h>
#include <stdlib.h>

#define TARGET_DIGITS 15

/* ---- targets ---- */

/* The leading digits of text, or -1. */
static int64_t
read_digits(const char **text)
{
	int64_t value = 0;
	int n = 0;

	for (; ascii_is_digit(**text) && n < TARGET_DIGITS; n++, ++*text)
		value = value * 10 + (**text - '0');
	return n ? value : -1;
}

int
clock_target_read(const char *what, const char *text, struct clock_target *out,
    struct fnl_err *err)
{
	static const struct {
		const char *name;
		enum clock_unit unit;
		int64_t n, seconds; /* of one */
	} units[] = {
		{ "s", CLOCK_SECONDS, 1, 1 },
		{ "m", CLOCK_SECONDS, 60, 60 },
		{ "h", CLOCK_SECONDS, 3600, 3600 },
		{ "d", CLOCK_DAYS, 1, DAY_SECONDS },
		{ "w", CLOCK_DAYS, 7, 7 * DAY_SECONDS },
		{ "bd", CLOCK_BUSINESS_DAYS, 1, DAY_SECONDS },
	};
	const char *p = text;
	int64_t n = read_digits(&p);

	for (size_t i = 0; n > 0 && i < sizeof(units) / sizeof(*units); i++)
		if (slice_equal(slice_of(p), slice_of(units[i].name)) &&
		    n <= CLOCK_TARGET_MAX / units[i].seconds) {
			*out = (struct clock_target){ units[i].unit,
				n * units[i].n };
			return 0;
		}
	return fail(err, FNL_USAGE,
	    "%s: cannot read '%s' as a target (such as 15m, 24h, 3d, 2w, or "
	    "10bd for working days; at most 100 years)",
	    what, text);
}

int
clock_check(const char *what, const struct clock_target *target,
    bool has_calendar, bool has_pauses, enum clock_policy policy,
    struct fnl_err *err)
{
	long long n = target->n;

	if (target->unit == CLOCK_DAYS && has_calendar)
		return fail(err, FNL_USAGE,
		    "%s: '%lldd' beside a calendar is neither working time "
		    "nor working days (write hours, or %lldbd)",
		    what, n, n);
	if (target->unit != CLOCK_BUSINESS_DAYS)
		return 0;
	if (!has_calendar)
		return fail(err, FNL_USAGE,
		    "%s: '%lldbd' needs a calendar (name one, or write %lldd "
		    "for days of 24 hours)",
		    what, n, n);
	if (has_pauses)
		return fail(err, FNL_USAGE,
		    "%s: '%lldbd' cannot be paused (write hours)", what, n);
	if (policy == CLOCK_RESUME)
		return fail(err, FNL_USAGE,
		    "%s: '%lldbd' cannot resume after a stop (write hours)",
		    what, n);
	return 0;
}

/* ---- the walk ---- */

struct segment {
	int64_t from, to;
	const struct workcal *calendar; /* NULL: all time counts */
};

struct walk {
	const struct clock *clock;
	int64_t at, end;
	size_t period, pause, n_pauses;
	int64_t known; /* a pause that ends later is still on */
};

/* Past the pauses that at is in. */
static void
skip_pauses(struct walk *w)
{
	for (; w->pause < w->n_pauses; w->pause++) {
		struct clock_pause pause = w->clock->pauses[w->pause];

		if (pause.from > w->at)
			return;
		if (pause.to > w->known)
			pause.to = INT64_MAX;
		if (pause.to > w->at)
			w->at = pause.to;
	}
}

static bool
next_segment(struct walk *w, struct segment *out)
{
	const struct clock *clock = w->clock;

	skip_pauses(w);
	if (w->at >= w->end)
		return false;
	*out = (struct segment){ w->at, w->end, NULL };
	while (w->period + 1 < clock->n_periods &&
	       clock->periods[w->period].until <= w->at)
		w->period++;
	if (w->period < clock->n_periods)
		out->calendar = clock->periods[w->period].calendar;
	if (w->period + 1 < clock->n_periods &&
	    clock->periods[w->period].until < out->to)
		out->to = clock->periods[w->period].until;
	if (w->pause < w->n_pauses && clock->pauses[w->pause].from < out->to)
		out->to = clock->pauses[w->pause].from;
	w->at = out->to;
	return true;
}

static int64_t
segment_elapsed(const struct segment *segment)
{
	if (!segment->calendar)
		return segment->to - segment->from;
	return workcal_elapsed(segment->calendar, segment->from, segment->to);
}

/* ---- times ---- */

enum ending { RUNNING, CLOSED, STOPPED };

/* A clock whose end is known. */
struct run {
	const struct clock_rules *rules;
	const struct clock *clock;
	enum ending ending;
	struct when end; /* that of as_of as it stands */
	int64_t as_of; /* an instant: the end of the day where it is a date */
	int64_t from, to; /* instants, unless by date */
	size_t n_pauses; /* those that began before the end */
};

static struct walk
walk_of(const struct run *run, int64_t from, int64_t to)
{
	return (struct walk){ .clock = run->clock,
		.at = from,
		.end = to,
		.n_pauses = run->n_pauses,
		.known = run->as_of };
}

/* Own and calendar seconds in [from, to); false when a calendar does not
 * reach so far. */
static bool
elapsed_between(
    const struct run *run, int64_t from, int64_t to, int64_t *own, int64_t *all)
{
	struct walk walk = walk_of(run, from, to);
	struct segment segment;

	*own = *all = 0;
	while (next_segment(&walk, &segment)) {
		int64_t seconds = segment_elapsed(&segment);

		if (seconds < 0)
			return false;
		*own += seconds;
		*all += segment.to - segment.from;
	}
	return true;
}

/* Where so many own seconds after the start are used up; WORKCAL_NEVER where
 * that is not known. */
static int64_t
due_after(const struct run *run, int64_t seconds)
{
	struct walk walk = walk_of(run, run->from, INT64_MAX);
	struct segment segment;

	while (next_segment(&walk, &segment)) {
		int64_t due = segment.calendar ? workcal_after(segment.calendar,
						     segment.from, seconds)
					       : segment.from + seconds;
		int64_t used;

		if (due != WORKCAL_NEVER && due <= segment.to)
			return due;
		if (segment.to == INT64_MAX)
			break;
		used = segment_elapsed(&segment);
		if (used < 0)
			break;
		seconds -= used;
	}
	return WORKCAL_NEVER;
}

/* The calendar that holds at the start. */
static const struct workcal *
first_calendar(const struct run *run)
{
	const struct clock *clock = run->clock;
	int64_t at = run->clock->start.seconds;
	size_t i = 0;

	if (clock->start.kind == WHEN_DATE)
		at = zone_utc(run->rules->zone, at);
	while (i + 1 < clock->n_periods && clock->periods[i].until <= at)
		i++;
	return i < clock->n_periods ? clock->periods[i].calendar : NULL;
}

static bool
is_paused(const struct run *run)
{
	for (size_t i = 0; i < run->n_pauses; i++)
		if (run->clock->pauses[i].to > run->as_of)
			return true;
	return false;
}

static enum clock_status
status_of(const struct run *run, bool within)
{
	switch (run->ending) {
	case STOPPED:
		return within ? CLOCK_MET : CLOCK_LATE;
	case CLOSED:
		return within ? CLOCK_VOID : CLOCK_BREACHED;
	default:
		if (!within)
			return CLOCK_BREACHED;
		return is_paused(run) ? CLOCK_PAUSED : CLOCK_PENDING;
	}
}

static void
refuse(struct clock_result *out, enum clock_status status,
    enum clock_reason reason)
{
	out->status = status;
	out->reason = reason;
}

static struct when
instant_or_unknown(int64_t at)
{
	if (at == WORKCAL_NEVER)
		return (struct when){ 0, WHEN_UNKNOWN };
	return (struct when){ at, WHEN_INSTANT };
}

static double
workdays_after(const struct workcal *calendar, int64_t day, int64_t last)
{
	int64_t n = workcal_days(calendar, day + 1, last + 1);

	return n < 0 ? NAN : (double)n;
}

/* Elapsed decides, not the due time: used up exactly at the close, a stop at
 * the next opening is in time (R32). */
static void
measure_seconds(const struct run *run, int64_t own, struct clock_result *out)
{
	struct clock_target target = run->rules->target;
	int64_t seconds =
	    target.unit == CLOCK_DAYS ? target.n * DAY_SECONDS : target.n;

	out->due = instant_or_unknown(due_after(run, seconds));
	out->status = status_of(run, own <= seconds);
	if (own > seconds)
		out->excess = (double)(own - seconds);
}

/* Here the due time decides (R33). */
static void
measure_workdays(const struct run *run, struct clock_result *out)
{
	const struct workcal *calendar = first_calendar(run);
	int64_t due, first, last, own, all;

	due = workcal_after_days(calendar, run->from, run->rules->target.n);
	first = zone_local(workcal_zone(calendar), run->from);
	last =
	    floor_div(zone_local(workcal_zone(calendar), run->to), DAY_SECONDS);
	out->due = instant_or_unknown(due);
	out->status = status_of(run, run->to <= due);
	out->workdays =
	    workdays_after(calendar, floor_div(first, DAY_SECONDS), last);
	if (run->to <= due || !elapsed_between(run, due, run->to, &own, &all))
		return;
	out->excess = (double)own;
	out->excess_workdays = workdays_after(calendar,
	    floor_div(zone_local(workcal_zone(calendar), due), DAY_SECONDS),
	    last);
}

static void
measure_times(const struct run *run, struct clock_result *out)
{
	int64_t own, all;

	out->end = instant_or_unknown(run->to);
	if (!elapsed_between(run, run->from, run->to, &own, &all)) {
		refuse(out, CLOCK_BAD, CLOCK_OUTSIDE);
		return;
	}
	out->elapsed = (double)own;
	out->calendar = (double)all;
	if (run->rules->target.unit == CLOCK_BUSINESS_DAYS)
		measure_workdays(run, out);
	else
		measure_seconds(run, own, out);
}

/* ---- dates ---- */

static void
measure_dates(const struct run *run, struct clock_result *out)
{
	const struct zone *zone = run->rules->zone;
	int64_t n = run->rules->target.n;
	int64_t first = zone_day(zone, run->clock->start);
	int64_t last = zone_day(zone, run->end), due = first + n;

	out->by_date = true;
	out->end = (struct when){ last * DAY_SECONDS, WHEN_DATE };
	out->due = (struct when){ due * DAY_SECONDS, WHEN_DATE };
	out->calendar = (double)((last - first) * DAY_SECONDS);
	out->elapsed = out->calendar;
	out->status = status_of(run, last <= due);
	if (last > due)
		out->excess = (double)((last - due) * DAY_SECONDS);
}

static void
measure_workdates(const struct run *run, struct clock_result *out)
{
	const struct zone *zone = run->rules->zone;
	int64_t first = zone_day(zone, run->clock->start);
	int64_t last = zone_day(zone, run->end), due;
	const struct workcal *calendar = first_calendar(run);

	out->by_date = true;
	out->end = (struct when){ last * DAY_SECONDS, WHEN_DATE };
	if (workcal_days(calendar, first, last + 1) < 0) {
		refuse(out, CLOCK_BAD, CLOCK_OUTSIDE);
		return;
	}
	due = workcal_day_after(calendar, first, run->rules->target.n);
	if (due != WORKCAL_NEVER)
		out->due = (struct when){ due * DAY_SECONDS, WHEN_DATE };
	out->calendar = (double)((last - first) * DAY_SECONDS);
	out->workdays = workdays_after(calendar, first, last);
	out->status = status_of(run, last <= due);
	if (last > due)
		out->excess_workdays = workdays_after(calendar, due, last);
}

/* ---- what the module offers ---- */

static bool
has_happened(const struct clock_rules *rules, struct when at)
{
	return at.kind != WHEN_UNKNOWN &&
	       when_compare(rules->zone, at, rules->as_of) <= 0;
}

/* The instant up to which as_of knows what happened. */
static int64_t
instant_of_as_of(const struct clock_rules *rules)
{
	if (rules->as_of.kind == WHEN_INSTANT)
		return rules->as_of.seconds;
	return zone_utc(rules->zone, rules->as_of.seconds + DAY_SECONDS);
}

static struct run
run_of(const struct clock_rules *rules, const struct clock *clock)
{
	struct run run = { rules, clock, RUNNING, rules->as_of,
		instant_of_as_of(rules), clock->start.seconds, 0,
		clock->n_pauses };
	int64_t bound;

	if (has_happened(rules, clock->stop)) {
		run.ending = STOPPED;
		run.end = clock->stop;
	} else if (has_happened(rules, clock->closed) &&
		   when_compare(rules->zone, clock->closed, clock->start) >=
		       0) {
		run.ending = CLOSED;
		run.end = clock->closed;
	}
	run.to = run.ending == RUNNING ? run.as_of : run.end.seconds;
	/* A pause that begins with as_of is on; with the stop, it is not. */
	bound = run.ending == RUNNING ? run.to + 1 : run.to;
	while (run.n_pauses && clock->pauses[run.n_pauses - 1].from >= bound)
		run.n_pauses--;
	return run;
}

/* Why a clock cannot be measured, or CLOCK_FINE. */
static enum clock_reason
reason_of(const struct run *run, bool by_date)
{
	if (run->ending == STOPPED &&
	    when_compare(run->rules->zone, run->end, run->clock->start) < 0)
		return CLOCK_REVERSED;
	if (by_date && run->rules->target.unit == CLOCK_SECONDS)
		return CLOCK_DATE_ONLY;
	if (by_date && run->clock->n_pauses)
		return CLOCK_PAUSED_DATES;
	if (run->rules->target.unit == CLOCK_BUSINESS_DAYS &&
	    !first_calendar(run))
		return CLOCK_NO_CALENDAR;
	return CLOCK_FINE;
}

static void
measure(const struct run *run, struct clock_result *out)
{
	bool by_date = run->clock->start.kind == WHEN_DATE ||
		       (run->ending != RUNNING && run->end.kind == WHEN_DATE);
	enum clock_reason reason = reason_of(run, by_date);

	if (reason != CLOCK_FINE)
		refuse(out, CLOCK_BAD, reason);
	else if (!by_date)
		measure_times(run, out);
	else if (run->rules->target.unit == CLOCK_DAYS)
		measure_dates(run, out);
	else
		measure_workdates(run, out);
}

void
clock_measure(const struct clock_rules *rules, const struct clock *clock,
    struct clock_result *out)
{
	struct run run;

	*out = (struct clock_result){ .reason = CLOCK_FINE,
		.elapsed = NAN,
		.calendar = NAN,
		.workdays = NAN,
		.excess = NAN,
		.excess_workdays = NAN };
	if (clock->start.kind == WHEN_UNKNOWN) {
		refuse(out, CLOCK_NA, CLOCK_NO_START);
	} else if (!has_happened(rules, clock->start)) {
		refuse(out, CLOCK_NA, CLOCK_STARTS_LATER);
	} else {
		run = run_of(rules, clock);
		measure(&run, out);
	}
}

size_t
clock_cycles(const struct zone *zone, enum clock_policy policy,
    const struct when *starts, size_t n_starts, const struct when *stops,
    size_t n_stops, struct clock_cycle *out)
{
	size_t i = 0, k = 0, n = 0;

	while (i < n_starts && !(n && policy == CLOCK_NEVER)) {
		struct clock_cycle cycle = { starts[i], { 0, WHEN_UNKNOWN } };

		while (
		    k < n_stops && when_compare(zone, stops[k], starts[i]) < 0)
			k++;
		if (k < n_stops)
			cycle.stop = stops[k];
		if (policy == CLOCK_RESET)
			n = 0;
		out[n++] = cycle;
		while (i < n_starts &&
		       (k == n_stops ||
			   when_compare(zone, starts[i], stops[k]) <= 0))
			i++;
	}
	return n;
}

bool
clock_gaps(const struct clock_cycle *cycles, size_t n, struct clock_pause *out)
{
	for (size_t i = 1; i < n; i++) {
		if (cycles[i - 1].stop.kind != WHEN_INSTANT ||
		    cycles[i].start.kind != WHEN_INSTANT)
			return false;
		out[i - 1] = (struct clock_pause){ cycles[i - 1].stop.seconds,
			cycles[i].start.seconds };
	}
	return true;
}

const char *
clock_status_name(enum clock_status status)
{
	static const char *const names[CLOCK_STATUSES] = { "met", "late",
		"breached", "pending", "paused", "void", "na", "bad" };

	return status < CLOCK_STATUSES ? names[status] : "";
}

const char *
clock_reason_text(enum clock_reason reason)
{
	static const char *const texts[CLOCK_REASONS] = {
		[CLOCK_FINE] = "",
		[CLOCK_NO_START] = "the clock has no start",
		[CLOCK_STARTS_LATER] = "the clock starts after the as-of time",
		[CLOCK_DATE_ONLY] = "a date without a time cannot be measured "
				    "in hours",
		[CLOCK_REVERSED] = "the stop is before the start",
		[CLOCK_PAUSED_DATES] = "a clock between dates cannot be paused",
		[CLOCK_OUTSIDE] = "a time lies outside what the calendar "
				  "covers",
		[CLOCK_NO_CALENDAR] = "no calendar holds when the clock starts",
	};

	return reason < CLOCK_REASONS ? texts[reason] : "";
}
