/*
 * convert_compare.c: steps and passages; the notes on them.
 */
#include <inttypes.h>
#include <string.h>

#include "convert_compare.h"
#include "query.h"
#include "span.h"

#define ALL_SEGMENTS "(all)"

/* Where all rows are about one step, people read it in the notes. */
static const struct column step_columns[2] = {
	{ "step", "Step", UNIT_TEXT, FOR_MACHINES,
	    "From which stage to which, as --step takes it." },
	{ "step", "Step", UNIT_TEXT, FOR_ALL,
	    "From which stage to which, as --step takes it." },
};

static const struct column mode_column = { "mode", "Mode", UNIT_TEXT,
	FOR_MACHINES, "See --mode." };
static const struct column basis_column = { "basis", "Basis", UNIT_TEXT,
	FOR_MACHINES, "cohort, or horizon where all are followed equally." };
static const struct column horizon_column = { "horizon", "Horizon", UNIT_TEXT,
	FOR_MACHINES, "For how long everybody is followed." };
static const struct column adjust_column = { "adjust", "Adjusted", UNIT_TEXT,
	FOR_MACHINES, "How q was made from p; see --adjust." };

const struct column *const compare_context[COMPARE_CONTEXT] = { &mode_column,
	&basis_column, &horizon_column, &adjust_column };

/* ---- options ---- */

int
compare_take_adjust(const struct convert *c, bool *holm, struct fnl_err *err)
{
	static const struct choice adjustments[] = { { "bh", 0 }, { "holm", 1 },
		{ NULL, 0 } };
	int adjustment;

	if (query_choice("--adjust", c->query->adjust, adjustments, &adjustment,
		err) < 0)
		return -1;
	*holm = adjustment == 1;
	return 0;
}

static int
fail_step(const char *text, struct fnl_err *err)
{
	return fail(err, FNL_USAGE,
	    "--step: '%s' is not FROM:TO, such as MQL:SQL", text);
}

int
compare_options(struct convert *c, struct fnl_err *err)
{
	const char *text = c->query->step;
	bool holm;

	if (text && !strchr(text, ':'))
		return fail_step(text, err);
	return compare_take_adjust(c, &holm, err);
}

/* ---- steps ---- */

static const char *
stage_name(const struct convert *c, unsigned rank)
{
	return c->load.definitions
	    .stages[c->walk.timelines->stage_of_rank[rank]]
	    .name;
}

static void
add_step(struct comparison *x, unsigned from, unsigned to)
{
	const struct convert *c = x->c;

	x->steps[x->n_steps++] = (struct step){ from, to,
		arena_printf(c->arena, "%s:%s", stage_name(c, from),
		    stage_name(c, to)) };
}

/* The rank of a stage on the way, 0 for none. */
static unsigned
rank_of(const struct convert *c, struct slice name)
{
	uint16_t stage = store_stage(c->load.store, name);

	return stage == STAGE_NONE ? 0
				   : c->walk.timelines->rank_of_stage[stage];
}

/* The colon that parts two stages: a name may hold one itself. */
static const char *
parting_colon(const struct convert *c, const char *text)
{
	for (const char *p = strchr(text, ':'); p; p = strchr(p + 1, ':')) {
		struct slice from = { text, (size_t)(p - text) };

		if (store_stage(c->load.store, from) != STAGE_NONE &&
		    store_stage(c->load.store, slice_of(p + 1)) != STAGE_NONE)
			return p;
	}
	return NULL;
}

static int
fail_stage(const struct convert *c, const char *text, struct fnl_err *err)
{
	const char *colon = strchr(text, ':');
	struct slice from = { text, (size_t)(colon - text) };

	return load_fail_stage(&c->load, "--step",
	    store_stage(c->load.store, from) == STAGE_NONE
		? arena_text(c->arena, from)
		: colon + 1,
	    err);
}

static int
take_step(struct comparison *x, const char *text, struct fnl_err *err)
{
	const struct convert *c = x->c;
	const char *colon = parting_colon(c, text);
	unsigned from, to;

	if (!colon)
		return fail_stage(c, text, err);
	from = rank_of(c, (struct slice){ text, (size_t)(colon - text) });
	to = rank_of(c, slice_of(colon + 1));
	if (!from || !to || from >= to)
		return fail(err, FNL_USAGE,
		    "--step: '%s' does not lead from a stage on the way to a "
		    "later one",
		    text);
	add_step(x, from, to);
	return 0;
}

static void
take_ladder(struct comparison *x)
{
	unsigned n_ranks = x->c->walk.timelines->n_ranks;

	for (unsigned k = 1; k < n_ranks; k++)
		add_step(x, k, k + 1);
	if (n_ranks > 2)
		add_step(x, 1, n_ranks);
}

static int
start(struct comparison *out, struct convert *c, struct fnl_err *err)
{
	*out = (struct comparison){ .c = c,
		.walk = &c->walk,
		.has_horizon = c->query->horizon != NULL,
		.horizon = c->rules.horizon,
		.horizon_text = c->query->horizon };
	c->path.zone = c->load.zone;
	c->path.n_ranks = c->walk.timelines->n_ranks;
	out->steps = arena_array(c->arena, RANKS_MAX + 1, sizeof(*out->steps));
	return compare_take_adjust(c, &out->holm, err);
}

int
compare_start(struct comparison *out, struct convert *c, struct fnl_err *err)
{
	if (start(out, c, err) < 0)
		return -1;
	if (c->query->step)
		return take_step(out, c->query->step, err);
	take_ladder(out);
	return 0;
}

int
compare_start_one(
    struct comparison *out, struct convert *c, struct fnl_err *err)
{
	unsigned from = rank_of(c, SLICE("MQL")), to = rank_of(c, SLICE("SQL"));

	if (start(out, c, err) < 0)
		return -1;
	if (c->query->step)
		return take_step(out, c->query->step, err);
	if (!from || from == c->path.n_ranks)
		return fail(err, FNL_USAGE,
		    "no stage on the way is called MQL: say which step with "
		    "--step FROM:TO");
	add_step(out, from, to > from ? to : from + 1);
	return 0;
}

/* ---- passages ---- */

void
compare_close_record(struct comparison *x)
{
	x->undated += x->lacks_date;
	x->not_followed += x->lacks_follow_up;
	x->counted += x->stands;
	x->lacks_date = x->lacks_follow_up = x->stands = false;
}

bool
compare_next(struct comparison *x, struct reach *out)
{
	struct convert *c = x->c;

	compare_close_record(x);
	if (!walk_next(&c->walk))
		return false;
	path_reach(&c->path, c->walk.timeline, out);
	c->stageless += out->counted == 0;
	return true;
}

static bool
is_followed(const struct comparison *x, struct when entry)
{
	const struct load *load = x->walk->load;

	return !x->has_horizon ||
	       when_days(load->zone, entry, load->as_of) * DAY_SECONDS >=
		   (double)x->horizon;
}

/* In mode direct every move on the way must have been made, in the others it
 * is enough to count at both ends. */
static bool
is_converted(const struct comparison *x, const struct step *step,
    const struct reach *reach)
{
	uint64_t way = rank_bit(step->to) - rank_bit(step->from);

	if (x->c->path.mode == MODE_DIRECT)
		return (reach->moved & way) == way;
	return reach->counted & rank_bit(step->to);
}

static bool
is_open(const struct comparison *x, const struct passage *p)
{
	const struct timeline *t = x->walk->timeline;

	if (!x->has_horizon)
		return !p->converted && t->outcome == OUTCOME_NONE;
	return !p->in_time && (t->outcome == OUTCOME_NONE ||
				  !path_within(x->walk->load->zone, p->entry,
				      t->closed, x->horizon));
}

bool
compare_passage(const struct comparison *x, const struct step *step,
    const struct reach *reach, struct passage *out)
{
	if (!(reach->counted & rank_bit(step->from)))
		return false;
	*out = (struct passage){ .entry = reach->at[step->from],
		.imputed = reach->imputed & rank_bit(step->from),
		.converted = is_converted(x, step, reach) };
	out->followed = is_followed(x, out->entry);
	out->in_time =
	    out->followed && out->converted &&
	    (!x->has_horizon || path_within(x->walk->load->zone, out->entry,
				    reach->by[step->to], x->horizon));
	out->open = is_open(x, out);
	return true;
}

void
compare_count(const struct comparison *x, const struct passage *p,
    struct share_count *count)
{
	count->entered++;
	count->converted += x->has_horizon ? p->in_time : p->converted;
	count->open += p->open;
	count->imputed += p->imputed;
}

int
compare_horizon_until(struct comparison *x, int64_t end, struct fnl_err *err)
{
	int64_t known = span_end_of_knowledge(&x->c->load), days;

	if (x->has_horizon)
		return 0;
	days = known == SPAN_AFTER_ALL || end == SPAN_AFTER_ALL
		   ? 0
		   : floor_div(known - end, DAY_SECONDS);
	if (days < 1)
		return fail(err, FNL_USAGE,
		    "the later side does not end before as-of, so that nothing "
		    "says how long to follow both: give --horizon, such as "
		    "--horizon 30d, or an earlier --to");
	x->has_horizon = true;
	x->horizon = days * DAY_SECONDS;
	x->horizon_text = arena_printf(x->c->arena, "%" PRId64 "d", days);
	return 0;
}

/* ---- many tests ---- */

void
compare_adjust(struct comparison *x, const double *p, double *q, size_t n)
{
	x->n_tests = 0;
	for (size_t i = 0; i < n; i++)
		x->n_tests += p[i] >= 0;
	if (x->holm)
		stats_holm(x->c->arena, p, n, q);
	else
		stats_benjamini_hochberg(x->c->arena, p, n, q);
}

/* ---- table ---- */

void
compare_context_cells(
    const struct comparison *x, struct cell cells[COMPARE_CONTEXT])
{
	cells[0] = cell_optional(modes[x->c->path.mode].name);
	cells[1] = cell_optional(
	    bases[x->has_horizon ? BASIS_HORIZON : BASIS_COHORT].name);
	cells[2] = cell_optional(x->horizon_text);
	cells[3] = cell_optional(x->holm ? "holm" : "bh");
}

const struct column *
compare_step_column(const struct comparison *x)
{
	return &step_columns[x->n_steps > 1];
}

void
compare_fill(struct sheet *sheet, size_t first,
    const struct compare_metric *metrics, size_t n,
    const struct compare_view *view)
{
	for (size_t i = 0; i < n; i++) {
		const struct compare_metric *m = &metrics[i];

		if (sheet_wants(sheet, first + i))
			sheet_cell(sheet, first + i,
			    m->value
				? cell_of_number(m->value(view), m->column.unit)
				: cell_optional(m->text(view)));
	}
}

const uint32_t *
compare_all_segments(const struct comparison *x)
{
	const struct load *load = &x->c->load;
	size_t n_by = load->segments.n_by;
	uint32_t *by = arena_array(x->c->arena, n_by + 1, sizeof(*by));

	for (size_t i = 0; i < n_by; i++)
		by[i] = intern_put(load->store->texts, SLICE(ALL_SEGMENTS));
	return by;
}

static void
note_rules(const struct comparison *x, struct table *table)
{
	const struct convert *c = x->c;
	enum basis basis = x->has_horizon ? BASIS_HORIZON : BASIS_COHORT;

	if (x->n_steps == 1)
		table_note(table, "step", "%s", x->steps[0].name);
	table_note(table, "mode", "%s: %s", modes[c->path.mode].name,
	    modes[c->path.mode].help);
	table_note(table, "basis",
	    "%s: by the entry to the first stage of the step%s%s",
	    bases[basis].name,
	    x->has_horizon ? ", everybody followed for " : "",
	    x->has_horizon ? x->horizon_text : ", followed to as-of");
	if (c->query->window)
		table_note(table, "window",
		    "only stages within %s of the %s entry to the first stage",
		    c->query->window, c->path.reentry_best ? "best" : "first");
	walk_note_times(x->walk, table);
}

static void
note_tests(const struct comparison *x, struct table *table)
{
	table_note(table, "tests",
	    "%zu in the table, one family: pooled z where every expected "
	    "count is 5 or more, else Fisher's exact; q by %s",
	    x->n_tests, x->holm ? "Holm" : "Benjamini and Hochberg");
}

static void
note_records(
    const struct comparison *x, const char *interval, struct table *table)
{
	const struct convert *c = x->c;
	char confidence[NUMBER_MAX];

	number_text(confidence, 100 * c->confidence);
	table_note(table, "interval", "%s %% %s", confidence, interval);
	walk_note_records(x->walk, x->counted, table);
	walk_note_events(x->walk, table);
}

const char *
compare_interval_name(const struct comparison *x)
{
	return x->c->interval == INTERVAL_WILSON
		   ? "Wilson score, of differences Newcombe's"
		   : "Clopper-Pearson, of differences Newcombe's of two Wilson "
		     "scores";
}

void
compare_notes(struct comparison *x, const char *interval, struct table *table)
{
	struct convert *c = x->c;

	note_rules(x, table);
	note_tests(x, table);
	load_notes(&c->load, table);
	note_records(x, interval, table);
	note_count(table, "stageless", c->stageless,
	    "records that count at no stage: none entered, or not the first "
	    "one that the mode needs");
	note_count(table, "undated", x->undated,
	    "records left out at some step: its first stage has no date");
	note_count(table, "not_followed", x->not_followed,
	    "records that at some step are in no rate within the horizon: "
	    "as-of comes before its end");
	convert_note_shape(c, table);
}
