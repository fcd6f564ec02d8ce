/*
 * sla_scorecard.c: the report scorecard. Both teams on one page: one row a
 * commitment, segment and period, with every status, so that nobody vanishes
 * from a percentage (metrics.md 3.4.2), and beside it what would betray that
 * it was polished (M9).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "metric_sla.h"
#include "query.h"
#include "sla.h"

#define SLA_BULK 5 /* stops of one owner at one instant: nobody is so fast */

struct stop {
	uint32_t owner;
	int64_t at;
};

struct score {
	struct group_key key;
	struct sla_tally tally;
	struct sample late, over, elapsed, pending, assigned, touched;
	struct stop *stops;
	size_t n_stops, cap_stops;
	int64_t last_period; /* of a volume */
};

struct scorecard {
	struct sla *sla;
	struct groups *groups; /* of struct score, by commitment */
	double limit; /* of --fail-below; NaN: its promise */
	bool gate;
};

/* ---- counting ---- */

static void
add_stop(struct scorecard *card, struct score *score, const struct sla_case *x)
{
	const struct load *load = &card->sla->load;

	if (x->stop.kind != WHEN_INSTANT)
		return;
	score->tally.stopped++;
	if (score->n_stops == score->cap_stops) {
		score->cap_stops = score->cap_stops ? 2 * score->cap_stops : 16;
		score->stops = arena_grow(card->sla->arena, score->stops,
		    score->cap_stops * sizeof(*score->stops));
	}
	score->stops[score->n_stops++] =
	    (struct stop){ store_owner_at(load->store, x->record, x->stop,
			       load->want_attribute[WANT_OWNER]),
		    x->stop.seconds };
}

static void
add_volume(struct score *score, const struct sla_case *x)
{
	struct sla_tally *t = &score->tally;

	if (!isnan(t->volume) && x->start.seconds < score->last_period)
		return;
	score->last_period = x->start.seconds;
	t->volume = (double)x->volume->count;
	t->volume_target = x->volume->target;
	t->volume_due = x->volume->due;
	t->volume_projected = x->volume->projected;
}

static void
add_durations(
    struct scorecard *card, struct score *score, const struct sla_case *x)
{
	struct arena *arena = card->sla->arena;
	enum clock_status status = x->clock.status;

	if (x->stop.kind != WHEN_UNKNOWN)
		sample_add(arena, &score->elapsed, x->clock.elapsed);
	if (status == CLOCK_LATE)
		sample_add(arena, &score->late, x->clock.excess);
	if (status == CLOCK_BREACHED)
		sample_add(arena, &score->over, x->clock.excess);
	if (status == CLOCK_PENDING || status == CLOCK_PAUSED)
		sample_add(arena, &score->pending, x->clock.elapsed);
	sample_add(arena, &score->assigned, x->assigned_after);
	sample_add(arena, &score->touched, x->touched_after);
}

static void
start_tally(struct sla_tally *t, const struct commitment *c)
{
	t->promise = c->promise;
	t->is_clock = c->stop.kind != MOMENT_NONE;
	t->is_touched = c->stop.kind == MOMENT_SALES_TOUCH;
	t->is_worked =
	    c->stop.kind == MOMENT_SALES_TOUCH && !c->definition->attempts;
	t->volume = t->volume_target = NAN;
	t->volume_due = t->volume_projected = NAN;
	t->has_calendar = (c->calendar || c->calendar_of_owner) &&
			  c->has_target &&
			  c->target.unit != CLOCK_BUSINESS_DAYS;
}

static struct score *
score_of(struct scorecard *card, const struct sla_case *x)
{
	bool is_new;
	struct score *score = groups_at(
	    &card->groups[x->commitment->number], x->by, x->start, &is_new);

	if (is_new)
		start_tally(&score->tally, x->commitment);
	return score;
}

static void
take_case(void *context, const struct sla_case *x)
{
	struct scorecard *card = context;
	struct score *score = score_of(card, x);
	struct sla_tally *t = &score->tally;

	t->status[x->clock.status]++;
	t->calendar_met += x->calendar_status == CLOCK_MET;
	t->calendar_counted += clock_counts(x->calendar_status);
	if (x->clock.status == CLOCK_NA || x->clock.status == CLOCK_BAD)
		return;
	t->started++;
	t->touched_before += x->touched_before;
	t->automated_only += x->automated_only;
	if (x->volume) {
		add_volume(score, x);
		return;
	}
	add_stop(card, score, x);
	add_durations(card, score, x);
}

/* ---- a row ---- */

static int
compare_stops(const void *pa, const void *pb)
{
	const struct stop *a = pa, *b = pb;

	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static size_t
cell_of_stop(const struct stop *stop, size_t cells)
{
	uint64_t mixed = ((uint64_t)stop->at ^ (uint64_t)stop->owner << 40) *
			 UINT64_C(0x9e3779b97f4a7c15);

	return (size_t)(mixed >> 24) & (cells - 1);
}

/* Leaves those that could be in bulk: what shares its cell with too few others
 * is not. Few are left, and sorting all of them costs more than the clocks. */
static void
drop_lonely_stops(struct arena *arena, struct score *score)
{
	size_t cells, n = 0;
	uint8_t *crowds;

	for (cells = 1; cells < score->n_stops;)
		cells *= 2;
	crowds = arena_grow(arena, NULL, cells);
	memset(crowds, 0, cells);
	for (size_t i = 0; i < score->n_stops; i++) {
		uint8_t *crowd = &crowds[cell_of_stop(&score->stops[i], cells)];

		if (*crowd < SLA_BULK)
			++*crowd;
	}
	for (size_t i = 0; i < score->n_stops; i++)
		if (crowds[cell_of_stop(&score->stops[i], cells)] == SLA_BULK)
			score->stops[n++] = score->stops[i];
	score->n_stops = n;
	arena_drop(arena, crowds);
}

static uint64_t
bulk_of(struct arena *arena, struct score *score)
{
	uint64_t bulk = 0;
	size_t from = 0;

	drop_lonely_stops(arena, score);
	if (!score->n_stops)
		return 0;
	qsort(
	    score->stops, score->n_stops, sizeof(*score->stops), compare_stops);
	for (size_t i = 1; i <= score->n_stops; i++) {
		if (i < score->n_stops &&
		    !compare_stops(&score->stops[from], &score->stops[i]))
			continue;
		if (i - from >= SLA_BULK)
			bulk += i - from;
		from = i;
	}
	return bulk;
}

static void
settle_sample(struct sample *sample, const double **items, size_t *n)
{
	stats_sort(sample->items, sample->n);
	*items = sample->items;
	*n = sample->n;
}

static void
settle(struct arena *arena, struct score *score)
{
	struct sla_tally *t = &score->tally;

	settle_sample(&score->late, &t->late, &t->n_late);
	settle_sample(&score->over, &t->over, &t->n_over);
	settle_sample(&score->elapsed, &t->elapsed, &t->n_elapsed);
	settle_sample(&score->pending, &t->pending, &t->n_pending);
	settle_sample(&score->assigned, &t->assigned, &t->n_assigned);
	settle_sample(&score->touched, &t->touched, &t->n_touched);
	if (score->n_stops)
		t->bulk = bulk_of(arena, score);
}

static const struct column key_columns[] = {
	{ "commitment", "Commitment", UNIT_TEXT, FOR_ALL,
	    "Its name in the definitions." },
	{ "promised_by", "By", UNIT_TEXT, FOR_ALL, "The team that promised." },
};
static const struct column word_columns[] = {
	{ "verdict", "Verdict", UNIT_TEXT, FOR_ALL,
	    "kept or missed; empty without a promise or a case." },
	{ "kind", "Kind", UNIT_TEXT, FOR_MACHINES,
	    "clock, attempts, volume, worked, completeness, reasons, "
	    "disposition, routing or order." },
	{ "what", "What", UNIT_TEXT, FOR_MACHINES, "The commitment in words." },
};

#define N_KEYS (sizeof(key_columns) / sizeof(*key_columns))
#define N_WORDS (sizeof(word_columns) / sizeof(*word_columns))
#define VERDICT_AFTER 2 /* metrics: it stands beside the share it is about */

static const struct column **
own_columns(const struct sla *s, size_t *n)
{
	const struct column **columns = arena_array(
	    s->arena, N_KEYS + N_WORDS + n_sla_metrics, sizeof(*columns));

	*n = 0;
	for (size_t i = 0; i < N_KEYS; i++)
		columns[(*n)++] = &key_columns[i];
	for (size_t i = 0; i < n_sla_metrics; i++) {
		if (i == VERDICT_AFTER)
			columns[(*n)++] = &word_columns[0];
		columns[(*n)++] = &sla_metrics[i].column;
	}
	for (size_t i = 1; i < N_WORDS; i++)
		columns[(*n)++] = &word_columns[i];
	return columns;
}

static void
fill_row(struct scorecard *card, struct sheet *sheet,
    const struct commitment *c, struct score *score)
{
	const struct sla_view view = { &score->tally, card->sla->interval,
		card->sla->confidence };
	size_t at = 0;

	settle(card->sla->arena, score);
	sheet_row(sheet, &score->key);
	sheet_cell(sheet, at++, cell_optional(c->definition->name));
	sheet_cell(sheet, at++, cell_optional(c->definition->owner));
	for (size_t i = 0; i < n_sla_metrics; i++) {
		if (i == VERDICT_AFTER)
			sheet_cell(sheet, at++,
			    cell_optional(sla_verdict(&score->tally)));
		sheet_cell(sheet, at++,
		    cell_of_number(sla_metrics[i].value(&view),
			sla_metrics[i].column.unit));
	}
	sheet_cell(sheet, at++, cell_optional(c->kind->name));
	sheet_cell(sheet, at++, cell_optional(c->what));
}

/* ---- the gate ---- */

static bool
is_promise(const char *text)
{
	return fold_equal(slice_of(text), slice_of("promise"));
}

/* "promise", or a share for all. */
static int
take_gate(struct scorecard *card, struct fnl_err *err)
{
	const char *text = card->sla->query->fail_below;

	card->gate = text != NULL;
	card->limit = NAN;
	if (!text || is_promise(text))
		return 0;
	if (fold_equal(slice_of(text), slice_of("100%")) ||
	    fold_equal(slice_of(text), slice_of("1"))) {
		card->limit = 1;
		return 0;
	}
	return query_share("--fail-below", text, &card->limit, NULL) == 0
		   ? 0
		   : fail(err, FNL_USAGE,
			 "--fail-below: '%s' is neither a share above 0 (write "
			 "0.95 or 95%%) nor 'promise'",
			 text);
}

int
sla_scorecard_options(struct sla *s, struct fnl_err *err)
{
	struct scorecard card = { .sla = s };

	return take_gate(&card, err);
}

/* A gate that nothing can close would let everything pass. */
int
sla_scorecard_plan(struct sla *s, struct fnl_err *err)
{
	const struct commitments *all = &s->commitments;
	const char *text = s->query->fail_below;

	if (!text || !is_promise(text))
		return 0;
	for (size_t i = 0; i < all->n; i++)
		if (!isnan(all->items[i].promise))
			return 0;
	return fail(err, FNL_USAGE,
	    "--fail-below promise: no commitment has a 'promise' (give one in "
	    "the definitions, or a share)");
}

/* " (Asha / Web, 2026-W10)", or nothing where there is one row a
 * commitment. */
static const char *
row_name(const struct sla *s, const struct group_key *key)
{
	struct textbuf text = { .arena = s->arena };
	char period[PERIOD_TEXT] = "(undated)";
	size_t n = s->load.segments.n_by;

	for (size_t i = 0; i < n; i++)
		textbuf_add(&text, "%s%s", i ? " / " : "",
		    key->by[i]
			? arena_text(s->arena,
			      intern_get(s->load.store->texts, key->by[i]))
			: "(blank)");
	if (s->load.period != PERIOD_NONE && key->dated)
		period_label(period, s->load.period, key->period,
		    s->load.definitions.fiscal_month);
	if (s->load.period != PERIOD_NONE)
		textbuf_add(&text, "%s%s", n ? ", " : "", period);
	return n || s->load.period != PERIOD_NONE
		   ? arena_printf(s->arena, " (%s)", textbuf_text(&text))
		   : "";
}

static void
check_gate(const struct scorecard *card, const struct commitment *c,
    const struct score *score, struct table *table)
{
	double limit = isnan(card->limit) ? c->promise : card->limit;
	double attained = sla_attained(&score->tally);

	if (card->gate && attained < limit - SAME_SHARE)
		table_condition(table, "%s%s: %.1f%% kept, below %.1f%%",
		    c->definition->name, row_name(card->sla, &score->key),
		    100 * attained, 100 * limit);
}

/* ---- the report ---- */

static void
note_cards(const struct scorecard *card, struct table *table)
{
	const struct commitments *all = &card->sla->commitments;

	for (size_t i = 0; i < all->n; i++)
		table_note(table, "commitment", "%s: %s%s%s",
		    all->items[i].definition->name, all->items[i].what,
		    all->items[i].definition->promise ? ", promised " : "",
		    all->items[i].definition->promise
			? all->items[i].definition->promise
			: "");
	if (all->void_is_late)
		table_note(table, "void", "counted as late (--void late)");
}

/* A commitment that nothing was about has its row, too, where there are no
 * segments and periods to name. */
static void
add_rows(struct scorecard *card, struct sheet *sheet, size_t number)
{
	struct sla *s = card->sla;
	const struct commitment *c = &s->commitments.items[number];
	const struct groups *groups = &card->groups[number];
	void **sorted = groups_sorted(groups, s->load.store->texts);
	struct score none = { .n_stops = 0 };

	for (size_t i = 0; i < groups->items.count; i++) {
		fill_row(card, sheet, c, sorted[i]);
		check_gate(card, c, sorted[i], sheet->table);
	}
	if (groups->items.count || s->load.segments.n_by || s->load.period)
		return;
	start_tally(&none.tally, c);
	fill_row(card, sheet, c, &none);
}

int
sla_scorecard(struct sla *s, struct table **out, struct fnl_err *err)
{
	const struct commitments *all = &s->commitments;
	struct scorecard card = { .sla = s };
	struct sheet_plan plan = { .title = "What both teams promised",
		.period = s->load.period,
		.n_keys = N_KEYS };
	struct sheet sheet;

	plan.columns = own_columns(s, &plan.n_columns);
	if (take_gate(&card, err) < 0 || sla_sheet(s, plan, &sheet, err) < 0)
		return -1;
	card.groups = arena_array(s->arena, all->n + 1, sizeof(*card.groups));
	for (size_t i = 0; i < all->n; i++)
		card.groups[i] = groups_new(s->arena, sizeof(struct score),
		    s->load.segments.n_by, s->load.period,
		    s->load.definitions.fiscal_month, s->load.zone);
	sla_each(s, take_case, &card);
	for (size_t i = 0; i < all->n; i++)
		add_rows(&card, &sheet, i);
	note_cards(&card, sheet.table);
	commitments_note_volumes(&s->commitments, sheet.table);
	sla_notes(s, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
