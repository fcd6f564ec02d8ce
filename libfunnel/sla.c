/*
 * sla.c: the reports of funnel-sla, its options, and what comes before and
 * after a report.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "change.h"
#include "figures.h"
#include "query.h"
#include "sla.h"
#include "volume.h"

const struct sla_report sla_reports[] = {
	{ "scorecard", "each commitment: promised, kept, in which state",
	    sla_scorecard_options, sla_scorecard_plan, sla_scorecard,
	    SLA_COMMITMENTS, true },
	{ "breaches", "the records to act on, the latest first",
	    sla_breaches_options, NULL, sla_breaches, SLA_COMMITMENTS, false },
	{ "volume", "each period of a volume: counted, agreed, at this pace",
	    sla_volumes_options, sla_volumes_plan, sla_volumes, SLA_COMMITMENTS,
	    true },
	{ "response", "who converts, by how soon sales answered", NULL, NULL,
	    sla_response, SLA_ONE_CLOCK, false },
	{ "response-times", "how soon, by owner, source, weekday and hour",
	    sla_response_times_options, NULL, sla_response_times, SLA_ONE_CLOCK,
	    false },
	{ "completeness", "each field of a hand-over: how often it is filled",
	    sla_completeness_options, sla_completeness_plan, sla_completeness,
	    SLA_COMMITMENTS, false },
	{ "rejections", "how often for which reason, and what the data say",
	    sla_rejections_options, sla_rejections_plan, sla_rejections,
	    SLA_RECORDS, false },
	{ "rejected", "the newest rejections, one by one",
	    sla_rejections_options, sla_rejections_plan, sla_rejected,
	    SLA_RECORDS, false },
	{ "qualification", "each criterion of a stage: in how many it fails",
	    NULL, sla_qualification_plan, sla_qualification, SLA_RECORDS,
	    true },
	{ "explain", "one record: what happened, and what was made of it",
	    sla_explain_options, NULL, sla_explain, SLA_COMMITMENTS, false },
	{ NULL, NULL, NULL, NULL, NULL, SLA_RECORDS, false },
};

#define N_REPORTS (sizeof(sla_reports) / sizeof(*sla_reports))

/* join_wants stand at the end: they are of each record's own row. */
static const enum field_id sla_wants[SLA_WANTS] = {
	[WANT_RESPONSE] = FIELD_FIRST_RESPONSE,
	[WANT_ASSIGNED] = FIELD_ASSIGNED,
	[WANT_OWNER] = FIELD_OWNER,
	[WANT_REASON] = FIELD_REJECT_REASON,
	[SLA_NAME] = FIELD_NAME,
	[SLA_SOURCE] = FIELD_SOURCE,
	[SLA_CAMPAIGN] = FIELD_CAMPAIGN,
};

/* ---- options ---- */

static int
check_given(const struct sla *s, struct fnl_err *err)
{
	const struct fnl_sla_query *q = s->query;
	const struct report_option rows[] = {
		{ "--commitment", q->commitments.n != 0,
		    "scorecard breaches volume response response-times "
		    "completeness explain" },
		{ "--void", q->void_as != NULL,
		    "scorecard response-times explain" },
		{ "--due", q->due != NULL, "breaches" },
		{ "--fail-below", q->fail_below != NULL, "scorecard" },
		{ "--outcome", q->outcome != NULL, "rejections rejected" },
		{ "--last-rejected", q->last_rejected != NULL, "rejected" },
		{ "--conversion", q->conversion != NULL, "response" },
		{ "--dimension", q->dimensions.n != 0, "response-times" },
		{ "--explain", q->explain != NULL, "explain" },
		{ "--ci", q->interval != NULL,
		    "scorecard response completeness qualification" },
		{ "--confidence", q->confidence != NULL,
		    "scorecard response completeness qualification" },
	};

	return query_goes_with(
	    rows, sizeof(rows) / sizeof(*rows), s->report->name, err);
}

/* These say how touches are read. */
static int
check_touches(const struct fnl_sla_query *q, struct fnl_err *err)
{
	const char *option = q->join         ? "--join"
			     : q->touch_date ? "--touch-date"
					     : NULL;

	return !option || q->activities.n || q->touches.n
		   ? 0
		   : fail(err, FNL_USAGE,
			 "%s says nothing without --activities or --touches",
			 option);
}

static int
take_options(struct sla *s, struct fnl_err *err)
{
	static const struct choice voids[] = { { "apart", false },
		{ "late", true }, { NULL, 0 } };
	static const struct choice intervals[] = {
		{ "wilson", INTERVAL_WILSON },
		{ "cp", INTERVAL_CLOPPER_PEARSON },
		{ NULL, 0 },
	};
	const struct fnl_sla_query *q = s->query;
	struct choice names[N_REPORTS] = { { NULL, 0 } };
	const char *name = q->report          ? q->report
			   : q->last_rejected ? "rejected"
			   : q->explain       ? "explain"
					      : NULL;
	int report, late, interval;

	for (int i = 0; sla_reports[i].name; i++)
		names[i] = (struct choice){ sla_reports[i].name, i };
	if (query_choice("--report", name, names, &report, err) < 0 ||
	    query_choice("--void", q->void_as, voids, &late, err) < 0 ||
	    query_choice("--ci", q->interval, intervals, &interval, err) < 0)
		return -1;
	s->report = &sla_reports[report];
	s->commitments.void_is_late = late != 0;
	s->interval = (enum interval_method)interval;
	s->confidence = 0.95;
	if (figure_check("sla", s->report->name, q->input.needs_chart, err) <
		0 ||
	    check_given(s, err) < 0 || check_touches(q, err) < 0 ||
	    (q->confidence && query_share("--confidence", q->confidence,
				  &s->confidence, err) < 0))
		return -1;
	return s->report->options ? s->report->options(s, err) : 0;
}

/* ---- the run ---- */

/* A clock that is answered by sales. */
static bool
is_answered(const struct commitment_definition *c)
{
	return c->start && c->stop &&
	       fold_equal(slice_of(c->stop), SLICE("sales touch"));
}

/* The one clock that --commitment names, or the only one that can be meant. */
static int
pick_clock(const struct sla *s, struct fnl_list *only, struct fnl_err *err)
{
	const struct definitions *d = &s->load.definitions;
	const char **name = arena_alloc(s->arena, sizeof(*name));

	if (only->n > 1)
		return fail(err, FNL_USAGE,
		    "--report %s is about one clock: name one with "
		    "--commitment",
		    s->report->name);
	for (unsigned i = 0; i < d->n_sla; i++) {
		const struct commitment_definition *c = &d->sla[i];

		if (only->n &&
		    fold_equal(slice_of(c->name), slice_of(only->items[0])) &&
		    !(c->start && c->stop))
			return fail(err, FNL_USAGE,
			    "--commitment: '%s' is no clock from a start to a "
			    "stop, which --report %s is about",
			    c->name, s->report->name);
		if (only->n || !is_answered(c))
			continue;
		if (*name)
			return fail(err, FNL_USAGE,
			    "'%s' and '%s' both stop with a sales touch: name "
			    "one with --commitment",
			    *name, c->name);
		*name = c->name;
	}
	if (!*name && !only->n && d->n_sla)
		return fail(err, FNL_USAGE,
		    "no commitment stops with a sales touch: name a clock "
		    "with --commitment");
	if (*name)
		*only = (struct fnl_list){ name, 1 };
	return 0;
}

static int
plan(struct load *load, void *context, struct fnl_err *err)
{
	struct sla *s = context;
	struct fnl_list only = query_split(s->arena, &s->query->commitments);

	if (s->report->about == SLA_ONE_CLOCK && pick_clock(s, &only, err) < 0)
		return -1;
	if (commitments_plan(&s->commitments, load,
		s->report->about != SLA_RECORDS ? &only : NULL, 0, err) < 0)
		return -1;
	return s->report->plan ? s->report->plan(s, err) : 0;
}

/* Only what somebody asks for: a text that is another one in every record, as
 * names and mail addresses are, costs more than all clocks. */
static void
want_fields(struct sla *s)
{
	size_t n = s->report->anonymous ? COMMITMENT_WANTS : SLA_WANTS;
	size_t join =
	    s->query->touches.n || s->query->activities.n ? JOIN_WANTS : 0;
	enum field_id *wants =
	    arena_array(s->arena, SLA_WANTS + JOIN_WANTS, sizeof(*wants));

	memcpy(wants, sla_wants, n * sizeof(*wants));
	memcpy(wants + n, join_wants, join * sizeof(*wants));
	s->load.wants = wants;
	s->load.n_wants = n + join;
	s->load.n_own_wants = join;
}

static int
load_records(struct sla *s, struct fnl_err *err)
{
	const struct fnl_sla_query *q = s->query;
	struct touch_options options = { .files = q->touches,
		.activities = q->activities,
		.join = q->join,
		.touch_date = q->touch_date };
	struct fnl_input *input = arena_alloc(s->arena, sizeof(*input));

	*input = q->input;
	touches_split_maps(
	    s->arena, &q->input.maps, &input->maps, &options.maps);
	want_fields(s);
	s->load.plan = plan;
	s->load.plan_context = s;
	if (load_input(s->arena, input, &s->load, err) < 0)
		return -1;
	return q->touches.n || q->activities.n
		   ? touches_load(&s->load, &options, &s->touches, err)
		   : 0;
}

int
sla_run(struct sla *s, struct table **out, struct fnl_err *err)
{
	s->metrics = query_split(s->arena, &s->query->metrics);
	if (take_options(s, err) < 0 || load_records(s, err) < 0 ||
	    commitments_settle(&s->commitments, s->touches, err) < 0)
		return -1;
	walk_start(&s->walk, &s->load);
	return s->report->run(s, out, err);
}

/* ---- cases ---- */

struct taking {
	struct sla *sla;
	case_taker *take;
	void *context;
};

static void
take_in_window(void *context, const struct sla_case *x)
{
	struct taking *taking = context;
	struct sla *s = taking->sla;
	bool windowed = s->load.window.from.kind != WHEN_UNKNOWN ||
			s->load.window.to.kind != WHEN_UNKNOWN;

	if (x->start.kind == WHEN_UNKNOWN &&
	    (windowed || s->load.period != PERIOD_NONE)) {
		s->undated++;
		return;
	}
	if (windowed && !x->volume &&
	    !window_holds(s->load.zone, &s->load.window, x->start)) {
		s->outside++;
		return;
	}
	taking->take(taking->context, x);
}

void
sla_each(struct sla *s, case_taker *take, void *context)
{
	struct taking taking = { s, take, context };
	struct volumes *volumes = volumes_new(&s->commitments);

	while (walk_next(&s->walk)) {
		commitments_judge(
		    &s->commitments, &s->walk, take_in_window, &taking);
		volumes_add(volumes);
	}
	volumes_add_unjoined(volumes);
	volumes_give(volumes, take_in_window, &taking);
	s->undated += volumes_undated(volumes);
}

/* ---- what reports share ---- */

int
sla_sheet(const struct sla *s, struct sheet_plan plan, struct sheet *sheet,
    struct fnl_err *err)
{
	plan.metrics = s->metrics;
	plan.long_form = s->query->long_form;
	plan.figure = figure_of("sla", s->report->name);
	return sheet_new(sheet, &s->load, &plan, err);
}

int64_t
sla_now(const struct sla *s)
{
	struct when as_of = s->load.as_of;

	return as_of.kind == WHEN_DATE
		   ? zone_utc(s->load.zone, as_of.seconds + DAY_SECONDS)
		   : as_of.seconds;
}

uint32_t
sla_text(const struct sla *s, uint32_t record, unsigned want)
{
	if (want >= COMMITMENT_WANTS && s->report->anonymous)
		return 0;
	return store_attribute_at(
	    s->load.store, record, s->load.want_attribute[want]);
}

uint32_t
sla_owner(const struct sla *s, uint32_t record)
{
	return store_owner_at(s->load.store, record, s->load.as_of,
	    s->load.want_attribute[WANT_OWNER]);
}

void
sample_add(struct arena *arena, struct sample *sample, double value)
{
	if (isnan(value))
		return;
	if (sample->n == sample->cap) {
		sample->cap = sample->cap ? 2 * sample->cap : 16;
		sample->items = arena_grow(
		    arena, sample->items, sample->cap * sizeof(*sample->items));
	}
	sample->items[sample->n++] = value;
}

double
sample_quantile(struct sample *sample, double p)
{
	stats_sort(sample->items, sample->n);
	return stats_quantile(sample->items, sample->n, p);
}

/* ---- notes ---- */

static void
note_touches(const struct sla *s, struct table *table)
{
	const struct touches *t = s->touches;
	uint64_t unjoined = t ? t->unjoined.count : 0;

	if (!t)
		return;
	table_note(table, "touches",
	    "%" PRIu64 " rows gave %" PRIu64 " touches, %" PRIu64
	    " of them of a record",
	    t->rows, t->read, t->read - unjoined);
	note_count(
	    table, "unjoined", unjoined, "touches that belong to no record");
}

void
sla_notes(struct sla *s, struct table *table)
{
	walk_note_times(&s->walk, table);
	load_notes(&s->load, table);
	note_touches(s, table);
	commitments_notes(&s->commitments, table);
	walk_note_records(&s->walk, s->walk.records, table);
	walk_note_events(&s->walk, table);
	note_count(table, "undated", s->undated,
	    "cases that never started or nobody knows when: in no period and "
	    "no window");
	note_count(table, "outside", s->outside,
	    "cases that started outside --from and --to, left out");
}
