/*
 * convert_moves.c: the reports transitions and moves: from where to where
 * records really went, how many of these moves the ladder knows, and the
 * chance to win that follows from them (metrics.md 3.1.8).
 *
 * Multiplying the rates of neighbouring stages assumes that all pass through
 * every stage once. Where deals jump, come in late or come back, that product
 * is far from what is won, and the moves say why.
 */
#include <inttypes.h>
#include <math.h>

#include "convert.h"
#include "moves.h"
#include "query.h"

struct move_run {
	struct convert *c;
	struct moves *moves;
	bool absorbing; /* losses */
	struct move_tally total;
};

/* A row: a state of a group, or where it led to. */
struct move_view {
	const struct move_run *run;
	const struct move_tally *tally;
	const double *wins;
	unsigned state, to;
	uint64_t entries;
	uint64_t kinds[MOVE_KINDS];
};

static const struct choice loss_names[] = { { "transient", 0 },
	{ "absorbing", 1 }, { NULL, 0 } };

int
convert_moves_options(struct convert *c, struct fnl_err *err)
{
	int ignored;

	return query_choice(
	    "--losses", c->query->losses, loss_names, &ignored, err);
}

/* ---- names ---- */

static struct cell
state_name(const struct move_run *run, unsigned state)
{
	enum outcome outcome = moves_outcome(run->moves, state);

	if (state == STATE_START)
		return cell_optional("(start)");
	return cell_optional(outcome != OUTCOME_NONE
				 ? outcome_name(outcome)
				 : convert_stage(run->c, state));
}

static struct cell
target_name(const struct move_view *v)
{
	if (v->to != STATE_STAYS)
		return state_name(v->run, v->to);
	return cell_optional(
	    moves_outcome(v->run->moves, v->state) == OUTCOME_NONE
		? "(open)"
		: "(closed)");
}

/* ---- figures ---- */

static uint64_t
count_of(const struct move_view *v, unsigned from, unsigned to)
{
	return v->tally->counts[from * v->run->moves->n_states + to];
}

static struct move_view
view_of(const struct move_run *run, const struct move_tally *tally,
    const double *wins, unsigned state)
{
	const struct moves *m = run->moves;
	struct move_view v = {
		.run = run, .tally = tally, .wins = wins, .state = state
	};

	v.entries = moves_entries(m, tally, state);
	for (unsigned to = 0; to < m->n_states; to++)
		v.kinds[moves_kind(m, state, to)] += count_of(&v, state, to);
	return v;
}

static uint64_t
nonconforming(const uint64_t *kinds)
{
	return kinds[MOVE_SKIPPED] + kinds[MOVE_REGRESSED] +
	       kinds[MOVE_REOPENED];
}

/* Moves that went past this stage. */
static uint64_t
jumped_over(const struct move_view *v)
{
	const struct moves *m = v->run->moves;
	uint64_t n = 0;

	for (unsigned from = 0; from < v->state; from++)
		for (unsigned to = v->state + 1; to <= m->rules.n_ranks; to++)
			if (v->state <= m->rules.n_ranks)
				n += count_of(v, from, to);
	return n;
}

static struct interval
share_interval(const struct move_view *v)
{
	const struct convert *c = v->run->c;

	return stats_proportion(nonconforming(v->kinds),
	    v->entries - v->kinds[MOVE_NONE], c->confidence, c->interval);
}

/* ---- columns of moves ---- */

/* The column of a kind reads it from the view, the others have a function. */
struct move_metric {
	struct column column;
	double (*value)(const struct move_view *v);
};

static double
m_entries(const struct move_view *v)
{
	return (double)v->entries;
}

static double
m_advanced(const struct move_view *v)
{
	return (double)v->kinds[MOVE_ADVANCED];
}

static double
m_skipped(const struct move_view *v)
{
	return (double)v->kinds[MOVE_SKIPPED];
}

static double
m_regressed(const struct move_view *v)
{
	return (double)v->kinds[MOVE_REGRESSED];
}

static double
m_ended(const struct move_view *v)
{
	return (double)v->kinds[MOVE_ENDED];
}

static double
m_reopened(const struct move_view *v)
{
	return (double)v->kinds[MOVE_REOPENED];
}

static double
m_stayed(const struct move_view *v)
{
	return (double)v->kinds[MOVE_NONE];
}

static double
m_jumped_over(const struct move_view *v)
{
	return (double)jumped_over(v);
}

/* Left at the very time of its entry: the stage was clicked through. Where
 * the export holds dates, within the day. */
static double
m_zero_dwell(const struct move_view *v)
{
	return (double)v->tally->zero_dwell[v->state];
}

/* Of the moves out of it. Undefined where nobody left. */
static double
m_nonconforming(const struct move_view *v)
{
	return stats_ratio((double)nonconforming(v->kinds),
	    (double)v->entries - (double)v->kinds[MOVE_NONE]);
}

static double
m_nonconforming_lo(const struct move_view *v)
{
	return share_interval(v).low;
}

static double
m_nonconforming_hi(const struct move_view *v)
{
	return share_interval(v).high;
}

static double
m_win_chance(const struct move_view *v)
{
	return v->wins[v->state];
}

static const struct column move_stage = { "stage", "Stage", UNIT_TEXT, FOR_ALL,
	"The stage, (start), or an ending that was re-opened." };

static const struct move_metric move_metrics[] = {
	{ { "entries", "Entries", UNIT_COUNT, FOR_ALL, "Stays that began." },
	    m_entries },
	{ { "advanced", "Next", UNIT_COUNT, FOR_ALL,
	      "Left to the next stage." },
	    m_advanced },
	{ { "skipped", "Skips", UNIT_COUNT, FOR_ALL,
	      "Left to a later stage than the next." },
	    m_skipped },
	{ { "regressed", "Back", UNIT_COUNT, FOR_ALL,
	      "Left to an earlier stage." },
	    m_regressed },
	{ { "ended", "Ended", UNIT_COUNT, FOR_ALL,
	      "Left to lost, rejected or recycled." },
	    m_ended },
	{ { "reopened", "Re-opened", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Left an ending." },
	    m_reopened },
	{ { "stayed", "Stayed", UNIT_COUNT, FOR_ROOM,
	      "Still there: open, or closed for good." },
	    m_stayed },
	{ { "jumped_over", "Jumped", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Moves of others that went over this stage." },
	    m_jumped_over },
	{ { "zero_dwell", "Zero time", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Moves out of it at the time of its entry." },
	    m_zero_dwell },
	{ { "nonconforming", "Off ladder", UNIT_SHARE, FOR_ALL,
	      "(skipped + regressed + reopened) / moves out of it." },
	    m_nonconforming },
	{ { "nonconforming_lo", "Low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of nonconforming." },
	    m_nonconforming_lo },
	{ { "nonconforming_hi", "High", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of nonconforming." },
	    m_nonconforming_hi },
	{ { "win_chance", "Wins", UNIT_SHARE, FOR_ALL,
	      "Chance to end won from here, by the chain of moves." },
	    m_win_chance },
};

#define N_MOVE_METRICS (sizeof(move_metrics) / sizeof(*move_metrics))

static void
fill_moves(struct sheet *sheet, const struct move_view *v)
{
	sheet_row(sheet, &v->tally->key);
	sheet_cell(sheet, 0, state_name(v->run, v->state));
	for (size_t i = 0; i < N_MOVE_METRICS; i++)
		if (sheet_wants(sheet, 1 + i))
			sheet_cell(sheet, 1 + i,
			    cell_of_number(move_metrics[i].value(v),
				move_metrics[i].column.unit));
}

/* ---- columns of transitions ---- */

enum {
	PASSAGE_FROM,
	PASSAGE_TO,
	PASSAGE_N,
	PASSAGE_SHARE,
	PASSAGE_CONFORMING,
	PASSAGE_WIN_CHANCE,
	PASSAGE_COLUMNS
};

#define PASSAGE_KEYS 2

static const struct column passage_columns[PASSAGE_COLUMNS] = {
	[PASSAGE_FROM] = { "from", "From", UNIT_TEXT, FOR_ALL,
	    "The stage, (start), or an ending that was re-opened." },
	[PASSAGE_TO] = { "to", "To", UNIT_TEXT, FOR_ALL,
	    "Where the stay led; (open) and (closed): nowhere yet." },
	[PASSAGE_N] = { "n", "N", UNIT_COUNT, FOR_ALL, "How often." },
	[PASSAGE_SHARE] = { "share", "Share", UNIT_SHARE, FOR_ALL,
	    "Of all stays in from." },
	[PASSAGE_CONFORMING] = { "conforming", "Conforms", UNIT_TEXT, FOR_ALL,
	    "yes: to the next stage, or out; no; empty: no move." },
	[PASSAGE_WIN_CHANCE] = { "win_chance", "Wins", UNIT_SHARE, FOR_MACHINES,
	    "Chance to end won from from, by the chain." },
};

static struct cell
conforming_cell(enum move_kind kind)
{
	if (kind == MOVE_NONE)
		return cell_optional(NULL);
	return cell_optional(moves_conform(kind) ? "yes" : "no");
}

/* In the order of the ladder, what stays last. */
static void
fill_transitions(struct sheet *sheet, struct move_view *v)
{
	const struct moves *m = v->run->moves;

	for (unsigned i = 1; i <= m->n_states; i++) {
		uint64_t n;

		v->to = i % m->n_states;
		n = count_of(v, v->state, v->to);
		if (!n)
			continue;
		sheet_row(sheet, &v->tally->key);
		sheet_cell(sheet, PASSAGE_FROM, state_name(v->run, v->state));
		sheet_cell(sheet, PASSAGE_TO, target_name(v));
		sheet_cell(sheet, PASSAGE_N, cell_count(n));
		sheet_cell(sheet, PASSAGE_SHARE,
		    cell_number((double)n / (double)v->entries));
		sheet_cell(sheet, PASSAGE_CONFORMING,
		    conforming_cell(moves_kind(m, v->state, v->to)));
		sheet_cell(
		    sheet, PASSAGE_WIN_CHANCE, cell_number(v->wins[v->state]));
	}
}

/* ---- notes ---- */

static void
note_hygiene(const struct move_run *run, struct table *table)
{
	uint64_t kinds[MOVE_KINDS] = { 0 }, n = 0;
	struct interval interval;

	for (unsigned s = 0; s < run->moves->n_states; s++) {
		struct move_view v = view_of(run, &run->total, NULL, s);

		for (int kind = 0; kind < MOVE_KINDS; kind++)
			kinds[kind] += v.kinds[kind];
		n += v.entries - v.kinds[MOVE_NONE];
	}
	interval = stats_proportion(
	    nonconforming(kinds), n, run->c->confidence, run->c->interval);
	if (!n)
		return;
	table_note(table, "nonconforming",
	    "%" PRIu64 " of %" PRIu64
	    " moves, %.1f%% (%.1f to %.1f), are not to the next stage or out: "
	    "%" PRIu64 " skip a stage, %" PRIu64 " go back, %" PRIu64
	    " re-open",
	    nonconforming(kinds), n,
	    100 * (double)nonconforming(kinds) / (double)n, 100 * interval.low,
	    100 * interval.high, kinds[MOVE_SKIPPED], kinds[MOVE_REGRESSED],
	    kinds[MOVE_REOPENED]);
}

static const char *
percent(const struct move_run *run, double share)
{
	return isnan(share)
		   ? "undefined"
		   : arena_printf(run->c->arena, "%.1f%%", 100 * share);
}

static void
note_chain(const struct move_run *run, struct table *table)
{
	const struct moves *m = run->moves;
	double wins[STATES_MAX];

	table_note(table, "losses",
	    run->absorbing
		? "absorbing: the first loss is the end of the chain"
		: "transient: a loss that was re-opened goes on in the chain "
		  "(--losses absorbing: it does not)");
	if (!m->rules.n_ranks)
		return;
	moves_chances(m, &run->total, run->absorbing, wins);
	table_note(table, "chain",
	    "chance to win from %s: %s by the chain of all moves, open stays "
	    "left out; %s by the product of the shares from each stage to "
	    "the next",
	    convert_stage(run->c, 1), percent(run, wins[1]),
	    percent(run, moves_adjacent(m, &run->total)));
}

static void
note_run(const struct move_run *run, struct table *table)
{
	struct convert *c = run->c;

	note_hygiene(run, table);
	note_chain(run, table);
	if (c->load.period != PERIOD_NONE)
		table_note(table, "period",
		    "a stay counts in the period in which it began, wherever "
		    "and whenever it led");
	walk_note_times(&c->walk, table);
	load_notes(&c->load, table);
	convert_note_records(c, run->moves->counted, table);
	note_count(table, "stageless", run->moves->stageless,
	    "records that entered no stage");
	note_count(table, "undated", run->moves->undated,
	    "records with a stay left out: it has no date, and the window "
	    "needs one");
	note_count(table, "same_ending", run->moves->same_ending,
	    "changes from one ending to another of its kind, no moves");
}

/* ---- the run ---- */

static bool
is_shown(const struct move_view *v)
{
	return moves_outcome(v->run->moves, v->state) == OUTCOME_NONE ||
	       v->kinds[MOVE_REOPENED];
}

static void
group_rows(const struct move_run *run, const struct move_tally *tally,
    struct sheet *sheet, bool transitions)
{
	double wins[STATES_MAX];

	moves_chances(run->moves, tally, run->absorbing, wins);
	for (unsigned s = 0; s < run->moves->n_states; s++) {
		struct move_view v = view_of(run, tally, wins, s);

		if (transitions && is_shown(&v))
			fill_transitions(sheet, &v);
		else if (!transitions && (s <= run->moves->rules.n_ranks ||
					     v.kinds[MOVE_REOPENED]))
			fill_moves(sheet, &v);
	}
}

static struct moves_rules
rules_of(const struct convert *c)
{
	const struct timeline_rules *timelines = c->walk.timelines;
	const struct definitions *d = &c->load.definitions;
	unsigned last = timelines->n_ranks;

	return (struct moves_rules){ .n_ranks = last,
		.has_won =
		    last && d->stages[timelines->stage_of_rank[last]].outcome ==
				OUTCOME_WON,
		.window = c->load.window,
		.zone = c->load.zone,
		.period = c->load.period,
		.fiscal_month = d->fiscal_month };
}

static int
count_moves(struct convert *c, struct move_run *run, struct fnl_err *err)
{
	struct moves_rules rules;
	int losses;

	if (query_choice(
		"--losses", c->query->losses, loss_names, &losses, err) < 0)
		return -1;
	if (!c->load.store->histories)
		return fail(err, FNL_DATA,
		    "a record list shows no moves, only where records are: "
		    "export the stage history or the dates each stage was "
		    "entered");
	rules = rules_of(c);
	*run = (struct move_run){ .c = c,
		.moves = moves_new(c->arena, &rules, c->load.segments.n_by),
		.absorbing = losses == 1 };
	while (walk_next(&c->walk))
		moves_add(run->moves, c->walk.by, c->walk.timeline);
	run->total = moves_total(run->moves);
	return 0;
}

static const struct column losses_column = { "losses", "Losses", UNIT_TEXT,
	FOR_MACHINES, "See --losses." };
static const struct column *const context_columns[] = { &losses_column };

static int
run_report(struct convert *c, struct sheet_plan plan, bool transitions,
    struct table **out, struct fnl_err *err)
{
	struct move_run run;
	struct cell context;
	struct sheet sheet;
	void **sorted;

	if (count_moves(c, &run, err) < 0)
		return -1;
	context = cell_optional(loss_names[run.absorbing].name);
	plan.period = c->load.period;
	plan.context = context_columns;
	plan.context_cells = &context;
	plan.n_context = 1;
	if (convert_sheet(c, plan, &sheet, err) < 0)
		return -1;
	sorted = groups_sorted(&run.moves->groups, c->load.store->texts);
	for (size_t i = 0; i < run.moves->groups.items.count; i++)
		group_rows(&run, sorted[i], &sheet, transitions);
	note_run(&run, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

int
convert_transitions(struct convert *c, struct table **out, struct fnl_err *err)
{
	const struct column *columns[PASSAGE_COLUMNS];
	struct sheet_plan plan = { .title = "Transitions",
		.columns = columns,
		.n_columns = PASSAGE_COLUMNS,
		.n_keys = PASSAGE_KEYS };

	for (size_t i = 0; i < PASSAGE_COLUMNS; i++)
		columns[i] = &passage_columns[i];
	return run_report(c, plan, true, out, err);
}

int
convert_moves(struct convert *c, struct table **out, struct fnl_err *err)
{
	const struct column *columns[1 + N_MOVE_METRICS];
	struct sheet_plan plan = { .title = "Moves",
		.columns = columns,
		.n_columns = 1 + N_MOVE_METRICS,
		.n_keys = 1 };

	columns[0] = &move_stage;
	for (size_t i = 0; i < N_MOVE_METRICS; i++)
		columns[1 + i] = &move_metrics[i].column;
	return run_report(c, plan, false, out, err);
}
