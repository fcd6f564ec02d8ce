/*
 * velocity_week.c: the report week. The pipeline from one end of a window to
 * the other: open + generated + reopened - won - lost +- amounts = open, and
 * beside it what advanced, fell back and was put off (metrics.md 3.2.4, R16).
 *
 * Flows are gross: a deal that was won and opened again within a week counts
 * in both. What is open at both ends is looked up on its own, not carried
 * over, so that the difference, which must be nothing, is a check.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "query.h"
#include "span.h"
#include "velocity.h"

enum flow {
	FLOW_START,
	FLOW_GENERATED,
	FLOW_REOPENED,
	FLOW_PULLED_IN,
	FLOW_WON,
	FLOW_LOST,
	FLOW_REJECTED,
	FLOW_RECYCLED,
	FLOW_PUSHED_OUT,
	FLOW_UP,
	FLOW_DOWN,
	FLOW_DIFFERENCE,
	FLOW_END,
	FLOW_ADVANCED,
	FLOW_REGRESSED,
	FLOW_PUSHED,
	FLOW_PULLED,
	FLOW_SLIPPED,
	FLOW_COUNT
};

enum bridge { BRIDGE_STAGE, BRIDGE_CLOSE_DATE };

struct flow_row {
	const char *name;
	int deals, value; /* sign in the sum of deals, and of value */
	enum outcome outcome; /* no row where no stage has it; or none */
	bool due_only; /* a box of the close-date bridge */
	const char *part;
};

static const struct flow_row flows[FLOW_COUNT] = {
	[FLOW_START] = { "open at start", 1, 1, OUTCOME_NONE, false, "bridge" },
	[FLOW_GENERATED] = { "generated", 1, 1, OUTCOME_NONE, false, "bridge" },
	[FLOW_REOPENED] = { "reopened", 1, 1, OUTCOME_NONE, false, "bridge" },
	[FLOW_PULLED_IN] = { "pulled in", 1, 1, OUTCOME_NONE, true, "bridge" },
	[FLOW_WON] = { "won", -1, -1, OUTCOME_NONE, false, "bridge" },
	[FLOW_LOST] = { "lost", -1, -1, OUTCOME_NONE, false, "bridge" },
	[FLOW_REJECTED] = { "rejected", -1, -1, OUTCOME_REJECTED, false,
	    "bridge" },
	[FLOW_RECYCLED] = { "recycled", -1, -1, OUTCOME_RECYCLED, false,
	    "bridge" },
	[FLOW_PUSHED_OUT] = { "pushed out", -1, -1, OUTCOME_NONE, true,
	    "bridge" },
	[FLOW_UP] = { "amount up", 0, 1, OUTCOME_NONE, false, "bridge" },
	[FLOW_DOWN] = { "amount down", 0, -1, OUTCOME_NONE, false, "bridge" },
	[FLOW_DIFFERENCE] = { "difference", 0, 0, OUTCOME_NONE, false,
	    "bridge" },
	[FLOW_END] = { "open at end", 0, 0, OUTCOME_NONE, false, "bridge" },
	[FLOW_ADVANCED] = { "advanced", 0, 0, OUTCOME_NONE, false, "beside" },
	[FLOW_REGRESSED] = { "regressed", 0, 0, OUTCOME_NONE, false, "beside" },
	[FLOW_PUSHED] = { "close date later", 0, 0, OUTCOME_NONE, false,
	    "beside" },
	[FLOW_PULLED] = { "close date sooner", 0, 0, OUTCOME_NONE, false,
	    "beside" },
	[FLOW_SLIPPED] = { "slipped", 0, 0, OUTCOME_NONE, false, "beside" },
};

struct box {
	uint64_t deals, moves;
	struct value_tally value;
	uint64_t sum; /* ten-thousandths, modulo 2^64: for the check */
};

struct week_group {
	struct group_key key; /* first: groups know no more */
	struct box boxes[FLOW_COUNT];
	bool partial;
};

/* What happens to one record, in order. */
enum move_kind { MOVE_AMOUNT, MOVE_DUE, MOVE_OPEN, MOVE_CLOSE };

struct move {
	int64_t at;
	enum move_kind kind;
	enum flow flow; /* of opening and closing */
	struct value value;
	int64_t due;
};

struct week {
	struct velocity *v;
	enum bridge bridge;
	struct groups groups;
	bool this_week; /* nothing was said: the week that holds as_of */
	int64_t known; /* end of what is known */
	bool mixed;
	uint64_t deals, undated, negative;
	int64_t earliest; /* opening of all */
	/* of the record in hand: */
	struct move *moves;
	size_t n_moves, cap_moves;
	uint64_t ups, downs; /* of its amount, in the window in hand */
};

static int
take_bridge(const struct velocity *v, enum bridge *out, struct fnl_err *err)
{
	static const struct choice bridges[] = { { "stage", BRIDGE_STAGE },
		{ "close-date", BRIDGE_CLOSE_DATE }, { NULL, 0 } };
	int bridge;

	if (query_choice("--bridge", v->query->bridge, bridges, &bridge, err) <
	    0)
		return -1;
	*out = (enum bridge)bridge;
	return 0;
}

int
velocity_week_options(struct velocity *v, struct fnl_err *err)
{
	enum bridge bridge;

	return take_bridge(v, &bridge, err);
}

/* ---- moves of a record ---- */

static void
add_move(struct week *w, struct move move)
{
	if (w->n_moves == w->cap_moves) {
		w->cap_moves = w->cap_moves ? 2 * w->cap_moves : 64;
		w->moves = arena_grow(
		    w->v->arena, w->moves, w->cap_moves * sizeof(*w->moves));
	}
	w->moves[w->n_moves++] = move;
}

static struct value
value_of_change(struct week *w, const struct change *change)
{
	const struct velocity *v = w->v;
	uint32_t currency = change->currency;

	if (!change->known)
		return (struct value){ false, 0, 0 };
	if (!currency)
		currency = store_at(v->load.store, v->walk.record)->currency;
	return value_of_amount(
	    &w->v->value, change->value, currency, v->walk.timeline);
}

/* Amounts and close dates as a history knows them; the record's own where it
 * knows none. The first holds from the beginning (change.h). */
static void
add_changes(struct week *w)
{
	const struct store *store = w->v->load.store;
	const struct record *record = store_at(store, w->v->walk.record);
	const struct change *changes;
	bool amount = false, due = false;
	size_t n;

	changes = store_changes(store, w->v->walk.record, &n);
	for (size_t i = 0; i < n; i++) {
		const struct change *c = &changes[i];
		struct move move = {
			span_key(w->v->load.zone, stamp_when(c->at)),
			MOVE_AMOUNT, FLOW_UP, { false, 0, 0 }, SPAN_BEFORE_ALL
		};
		bool *seen = c->kind == CHANGE_AMOUNT ? &amount : &due;

		if (c->kind == CHANGE_OWNER || move.at >= w->known)
			continue;
		if (!*seen)
			move.at = SPAN_BEFORE_ALL;
		*seen = true;
		if (c->kind == CHANGE_AMOUNT) {
			move.value = value_of_change(w, c);
		} else {
			move.kind = MOVE_DUE;
			if (c->known)
				move.due = span_key(w->v->load.zone,
				    stamp_when((struct stamp){ c->value }));
		}
		add_move(w, move);
	}
	if (!amount)
		add_move(
		    w, (struct move){ SPAN_BEFORE_ALL, MOVE_AMOUNT, FLOW_UP,
			   value_of_record(
			       &w->v->value, record, w->v->walk.timeline),
			   0 });
	if (!due)
		add_move(w, (struct move){ SPAN_BEFORE_ALL, MOVE_DUE, FLOW_UP,
				{ false, 0, 0 },
				span_key(w->v->load.zone,
				    stamp_when(record->closed)) });
}

static enum flow
flow_of(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_WON:
		return FLOW_WON;
	case OUTCOME_REJECTED:
		return FLOW_REJECTED;
	case OUTCOME_RECYCLED:
		return FLOW_RECYCLED;
	case OUTCOME_LOST:
	case OUTCOME_NONE:
	case OUTCOME_COUNT:
		break;
	}
	return FLOW_LOST;
}

/* Openings and closings; false when one of them has no date: such a deal is
 * in no window. One that closed before it began did both when it closed. */
static bool
add_passes(struct week *w, const struct pass *passes, size_t n)
{
	const struct zone *zone = w->v->load.zone;
	int64_t last = SPAN_BEFORE_ALL;

	for (size_t i = 0; i < n; i++) {
		bool closed = passes[i].outcome != OUTCOME_NONE;
		int64_t start = span_key(zone, passes[i].start);
		int64_t end = closed ? span_key(zone, passes[i].end) : start;

		if (start == SPAN_BEFORE_ALL || end == SPAN_BEFORE_ALL)
			return false;
		if (start < last)
			start = last;
		if (end < start) {
			w->negative += when_compare(zone, passes[i].end,
					   passes[i].start) < 0;
			start = end > last ? end : last;
			end = start;
		}
		add_move(w, (struct move){ .at = start,
				.kind = MOVE_OPEN,
				.flow = i ? FLOW_REOPENED : FLOW_GENERATED });
		if (closed)
			add_move(w, (struct move){ .at = end,
					.kind = MOVE_CLOSE,
					.flow = flow_of(passes[i].outcome) });
		last = end;
	}
	return true;
}

/* In the order of time; of one time first what the save changed, since its
 * row shows what held after it, then openings and closings as they came. */
static void
sort_moves(struct week *w)
{
	for (size_t i = 1; i < w->n_moves; i++) {
		struct move move = w->moves[i];
		bool passes = move.kind >= MOVE_OPEN;
		size_t j = i;

		for (; j; j--) {
			const struct move *before = &w->moves[j - 1];

			if (before->at < move.at ||
			    (before->at == move.at &&
				(passes || before->kind < MOVE_OPEN)))
				break;
			w->moves[j] = *before;
		}
		w->moves[j] = move;
	}
}

/* ---- state ---- */

struct state {
	bool open;
	struct value value;
	int64_t due;
};

static void
apply(struct state *state, const struct move *move)
{
	switch (move->kind) {
	case MOVE_AMOUNT:
		state->value = move->value;
		break;
	case MOVE_DUE:
		state->due = move->due;
		break;
	case MOVE_OPEN:
		state->open = true;
		break;
	case MOVE_CLOSE:
		state->open = false;
		break;
	}
}

/* All that came before a time: looked up, not carried over from the last
 * window. */
static struct state
state_at(const struct week *w, int64_t time)
{
	struct state state = { .due = SPAN_BEFORE_ALL };

	for (size_t i = 0; i < w->n_moves; i++)
		if (w->moves[i].at < time)
			apply(&state, &w->moves[i]);
	return state;
}

/* In the bridge: open, and of the close-date bridge due in the window, to its
 * very end, though nothing is known of that yet. */
static bool
is_in(const struct week *w, const struct state *state, struct span due)
{
	return state->open &&
	       (w->bridge == BRIDGE_STAGE ||
		   (state->due >= due.from && state->due < due.to));
}

/* ---- boxes ---- */

static void
put(struct box *box, struct value value)
{
	box->deals++;
	value_add(&box->value, value);
	if (value.known)
		box->sum += (uint64_t)value.amount;
}

static void
put_value(struct box *box, struct value value, uint64_t *changes)
{
	value_add(&box->value, value);
	box->sum += (uint64_t)value.amount;
	++*changes;
}

/* The difference of two values, where both are known and of one currency;
 * else what goes and what comes: an amount that is known no more has left the
 * sum. */
static void
put_change(struct week *w, struct week_group *group, struct value old,
    struct value new)
{
	struct box *up = &group->boxes[FLOW_UP];
	struct box *down = &group->boxes[FLOW_DOWN];
	struct value more = { true, new.amount - old.amount, new.currency };
	struct value less = { true, old.amount - new.amount, new.currency };

	if (old.known && new.known && old.currency == new.currency) {
		if (more.amount > 0)
			put_value(up, more, &w->ups);
		if (less.amount > 0)
			put_value(down, less, &w->downs);
		return;
	}
	if (old.known && old.amount)
		put_value(down, old, &w->downs);
	if (new.known &&new.amount)
		put_value(up, new, &w->ups);
}

static void
put_move(struct week *w, struct week_group *group, const struct state *old,
    const struct state *new, const struct move *move, struct span due)
{
	bool was = is_in(w, old, due), is = is_in(w, new, due);

	switch (move->kind) {
	case MOVE_AMOUNT:
		if (is)
			put_change(w, group, old->value, new->value);
		break;
	case MOVE_DUE:
		if (was != is)
			put(&group
				 ->boxes[is ? FLOW_PULLED_IN : FLOW_PUSHED_OUT],
			    new->value);
		break;
	case MOVE_OPEN:
	case MOVE_CLOSE:
		if (was != is)
			put(&group->boxes[move->flow], new->value);
		break;
	}
}

/* ---- beside the bridge ---- */

/* Highest and present rank of what happened before a time. */
static void
ranks_at(const struct week *w, int64_t time, uint8_t *most, uint8_t *present)
{
	const struct timeline *t = w->v->walk.timeline;

	*most = *present = 0;
	for (size_t i = 0; i < t->n; i++) {
		const struct visit *visit = &t->visits[i];

		if (visit->at.kind == WHEN_UNKNOWN ||
		    span_key(w->v->load.zone, visit->at) >= time)
			continue;
		*present = visit->rank;
		if (visit->rank > *most)
			*most = visit->rank;
	}
}

/* How the record had ended by a time. */
static bool
is_lost_by(const struct week *w, int64_t time)
{
	bool lost = false;

	for (size_t i = 0; i < w->n_moves; i++) {
		const struct move *move = &w->moves[i];

		if (move->at < time && move->kind >= MOVE_OPEN)
			lost =
			    move->kind == MOVE_CLOSE && move->flow != FLOW_WON;
	}
	return lost;
}

static bool
was_generated(const struct week *w, int64_t time)
{
	for (size_t i = 0; i < w->n_moves; i++)
		if (w->moves[i].kind == MOVE_OPEN)
			return w->moves[i].at < time;
	return false;
}

static void
put_ranks(struct week *w, struct week_group *group, const struct state *start,
    const struct state *end, struct span span)
{
	uint8_t most_before, before, most_after, after;

	if (!was_generated(w, span.from))
		return;
	ranks_at(w, span.from, &most_before, &before);
	ranks_at(w, span.to, &most_after, &after);
	if (most_after > most_before && !is_lost_by(w, span.to))
		put(&group->boxes[FLOW_ADVANCED], end->value);
	if (start->open && end->open && after < before)
		put(&group->boxes[FLOW_REGRESSED], end->value);
}

/* Close dates that were moved while the deal was open, and stayed so: the CRM
 * sets the date of the close itself. */
static void
put_due(struct week *w, struct week_group *group, const struct state *start,
    const struct state *end, struct span span, struct span due_in)
{
	struct state state = *start;
	uint64_t later = 0, sooner = 0;

	for (size_t i = 0; i < w->n_moves; i++) {
		const struct move *move = &w->moves[i];
		int64_t due = state.due;

		if (move->at < span.from || move->at >= span.to)
			continue;
		apply(&state, move);
		if (move->kind != MOVE_DUE || !state.open ||
		    due == SPAN_BEFORE_ALL || state.due == SPAN_BEFORE_ALL ||
		    !state_at(w, move->at + 1).open)
			continue;
		later += state.due > due;
		sooner += state.due < due;
	}
	if (later)
		put(&group->boxes[FLOW_PUSHED], end->value);
	if (sooner)
		put(&group->boxes[FLOW_PULLED], end->value);
	group->boxes[FLOW_PUSHED].moves += later;
	group->boxes[FLOW_PULLED].moves += sooner;
	if (start->open && end->open && start->due >= due_in.from &&
	    start->due < due_in.to && end->due >= due_in.to)
		put(&group->boxes[FLOW_SLIPPED], end->value);
}

/* ---- windows ---- */

static struct week_group *
group_of(struct week *w, const uint32_t *by, struct span span)
{
	struct when from = { span.from, WHEN_DATE };
	struct week_group *group;
	bool is_new;

	if (span.from == SPAN_BEFORE_ALL)
		from.seconds = 0;
	group = groups_at(&w->groups, by, from, &is_new);
	group->partial = span.to != SPAN_AFTER_ALL && span.to > w->known;
	return group;
}

static void
put_window(struct week *w, struct span due)
{
	struct span span = due;
	struct state start = state_at(w, span.from), state = start, end;
	struct week_group *group = group_of(w, w->v->walk.by, span);

	if (span.to > w->known)
		span.to = w->known;
	w->ups = w->downs = 0;
	if (is_in(w, &start, due))
		put(&group->boxes[FLOW_START], start.value);
	for (size_t i = 0; i < w->n_moves; i++) {
		struct state old = state;

		if (w->moves[i].at < span.from || w->moves[i].at >= span.to)
			continue;
		apply(&state, &w->moves[i]);
		put_move(w, group, &old, &state, &w->moves[i], due);
	}
	end = state_at(w, span.to);
	if (is_in(w, &end, due))
		put(&group->boxes[FLOW_END], end.value);
	group->boxes[FLOW_UP].deals += w->ups != 0;
	group->boxes[FLOW_UP].moves += w->ups;
	group->boxes[FLOW_DOWN].deals += w->downs != 0;
	group->boxes[FLOW_DOWN].moves += w->downs;
	put_ranks(w, group, &start, &end, span);
	put_due(w, group, &start, &end, span, due);
}

/* From its first opening on, to its last closing. */
static struct span
life_of(const struct week *w)
{
	struct span life = { SPAN_AFTER_ALL, SPAN_BEFORE_ALL };

	for (size_t i = 0; i < w->n_moves; i++) {
		const struct move *move = &w->moves[i];

		if (move->kind < MOVE_OPEN)
			continue;
		if (move->at < life.from)
			life.from = move->at;
		life.to = move->kind == MOVE_OPEN ? w->known - 1 : move->at;
	}
	return life;
}

/* The windows that touch a time from first to last. */
static void
put_windows(struct week *w, int64_t first, int64_t last,
    void (*put_one)(struct week *, struct span))
{
	const struct load *load = &w->v->load;
	struct span all = span_of_window(load);
	int64_t start;

	if (w->this_week)
		first = w->known - 1;
	if (first < all.from)
		first = all.from;
	if (load->period == PERIOD_NONE) {
		if (first < all.to && last >= all.from)
			put_one(w, all);
		return;
	}
	start = span_period(load, (struct span){ first, first });
	for (; start * DAY_SECONDS <= last && start * DAY_SECONDS < all.to &&
	       w->groups.items.count <= SPAN_ROWS_MAX;
	     start = period_next(load->period, start)) {
		struct span span = { start * DAY_SECONDS,
			period_next(load->period, start) * DAY_SECONDS };

		if (span.from < all.from)
			span.from = all.from;
		if (span.to > all.to)
			span.to = all.to;
		put_one(w, span);
	}
}

static void
put_record(struct week *w)
{
	struct span life = life_of(w);

	if (life.from < w->earliest)
		w->earliest = life.from;
	put_windows(w, life.from, life.to, put_window);
}

/* A window in which nothing happened is a row too, without segments. */
static void
put_empty(struct week *w, struct span span)
{
	group_of(w, NULL, span);
}

static void
count_deals(struct week *w)
{
	struct velocity *v = w->v;
	const struct pass *passes;

	while (walk_next(&v->walk)) {
		size_t n = deal_stays_open(
		    &v->deals, v->walk.record, v->walk.timeline, &passes);

		w->n_moves = 0;
		w->deals += n != 0;
		if (!n)
			continue;
		add_changes(w);
		if (!add_passes(w, passes, n)) {
			w->undated++;
			continue;
		}
		sort_moves(w);
		put_record(w);
	}
	if (!v->load.segments.n_by && w->earliest != SPAN_AFTER_ALL)
		put_windows(w, w->earliest, w->known - 1, put_empty);
}

/* ---- check ---- */

static int
check_box(const struct week_group *group, struct fnl_err *err)
{
	int64_t deals = 0;
	uint64_t value = 0;

	for (int i = 0; i < FLOW_COUNT; i++) {
		deals += flows[i].deals * (int64_t)group->boxes[i].deals;
		value += (uint64_t)flows[i].value * group->boxes[i].sum;
	}
	if (deals == (int64_t)group->boxes[FLOW_END].deals &&
	    value == group->boxes[FLOW_END].sum)
		return 0;
	return fail(err, FNL_SYSTEM,
	    "the bridge does not close: %" PRId64 " deals are not %" PRIu64
	    "; this is a mistake in funnel, please report it",
	    deals, group->boxes[FLOW_END].deals);
}

/* ---- table ---- */

enum {
	COLUMN_FLOW,
	COLUMN_PART,
	COLUMN_SIGN,
	COLUMN_DEALS,
	COLUMN_VALUE,
	COLUMN_MOVES,
	COLUMN_UNVALUED,
	COLUMN_CURRENCY,
	COLUMN_PARTIAL,
	N_COLUMNS
};

static const struct column columns[N_COLUMNS] = {
	[COLUMN_FLOW] = { "flow", "Flow", UNIT_TEXT, FOR_ALL,
	    "A box of the bridge, or what goes on beside it." },
	[COLUMN_PART] = { "part", "Part", UNIT_TEXT, FOR_MACHINES,
	    "bridge, or beside it." },
	[COLUMN_SIGN] = { "sign", "Sign", UNIT_NUMBER, FOR_MACHINES,
	    "How its value counts in the bridge: 1, -1 or 0." },
	[COLUMN_DEALS] = { "deals", "Deals", UNIT_COUNT, FOR_ALL, "Deals." },
	[COLUMN_VALUE] = { "value", "Value", UNIT_MONEY, FOR_ALL,
	    "Known amounts: as of the flow, beside the bridge as of the end." },
	[COLUMN_MOVES] = { "moves", "Moves", UNIT_COUNT, FOR_ALL_IF_ANY,
	    "Changes of the amount or the close date." },
	[COLUMN_UNVALUED] = { "unvalued", "No amount", UNIT_COUNT,
	    FOR_ALL_IF_ANY, "Deals whose amount is not known; in no value." },
	[COLUMN_CURRENCY] = { "currency", "Currency", UNIT_TEXT, FOR_MACHINES,
	    "Of the value." },
	[COLUMN_PARTIAL] = { "partial", "Not over", UNIT_FLAG, FOR_ALL_IF_ANY,
	    "The window is not over as of as-of." },
};
static const struct column bridge_column = { "bridge", "Bridge", UNIT_TEXT,
	FOR_MACHINES, "See --bridge." };
static const struct column *const context_columns[] = { &bridge_column };

static int
new_sheet(const struct week *w, struct sheet *sheet, struct fnl_err *err)
{
	const struct column *own[N_COLUMNS];
	struct cell context[] = { cell_optional(
	    w->bridge == BRIDGE_STAGE ? "stage" : "close-date") };
	struct sheet_plan plan = { .title = w->bridge == BRIDGE_STAGE
						? "Pipeline bridge"
						: "Bridge of what is due",
		.period = w->v->load.period,
		.columns = own,
		.n_columns = N_COLUMNS,
		.n_keys = 1,
		.context = context_columns,
		.context_cells = context,
		.n_context = 1 };

	for (int i = 0; i < N_COLUMNS; i++)
		own[i] = &columns[i];
	return velocity_sheet(w->v, plan, sheet, err);
}

/* The sum of nothing is 0; of amounts that nobody knows it is not known. */
static struct cell
value_cell(const struct box *box)
{
	static const struct money_sum nothing = { .known = 1 };

	if (box->value.mixed)
		return cell_optional(NULL);
	return cell_money(box->deals ? box->value.sum : nothing);
}

static bool
counts_moves(enum flow flow)
{
	return flow == FLOW_UP || flow == FLOW_DOWN || flow == FLOW_PUSHED ||
	       flow == FLOW_PULLED;
}

static void
fill_row(const struct week *w, struct sheet *sheet,
    const struct week_group *group, enum flow flow)
{
	const struct box *box = &group->boxes[flow];
	const struct value_tally *value = &box->value;

	sheet_row(sheet, &group->key);
	sheet_cell(sheet, COLUMN_FLOW, cell_optional(flows[flow].name));
	sheet_cell(sheet, COLUMN_PART, cell_optional(flows[flow].part));
	sheet_cell(sheet, COLUMN_SIGN, cell_number(flows[flow].value));
	sheet_cell(sheet, COLUMN_DEALS, cell_count(box->deals));
	sheet_cell(sheet, COLUMN_VALUE, value_cell(box));
	if (counts_moves(flow))
		sheet_cell(sheet, COLUMN_MOVES, cell_count(box->moves));
	if (flow != FLOW_UP && flow != FLOW_DOWN)
		sheet_cell(sheet, COLUMN_UNVALUED,
		    cell_count(box->deals - value->sum.known));
	if (value->any && !value->mixed)
		sheet_cell(sheet, COLUMN_CURRENCY,
		    cell_of_text(&w->v->load, value->currency, NULL));
	sheet_cell(sheet, COLUMN_PARTIAL, cell_flag(group->partial));
}

static void
find_mixed(struct week *w)
{
	for (size_t i = 0; i < w->groups.items.count; i++) {
		const struct week_group *group = vec_at(&w->groups.items, i);

		for (int f = 0; f < FLOW_COUNT; f++)
			w->mixed |= group->boxes[f].value.mixed;
	}
}

/* The same rows for the same definitions, whatever happened. */
static bool
is_shown(const struct week *w, enum flow flow)
{
	const struct definitions *d = &w->v->load.definitions;
	enum outcome outcome = flows[flow].outcome;
	bool known = outcome == OUTCOME_NONE;

	for (unsigned i = 0; i < d->n_stages; i++)
		known |= d->stages[i].outcome == outcome;
	return known &&
	       (!flows[flow].due_only || w->bridge == BRIDGE_CLOSE_DATE);
}

static void
note_week(const struct week *w, struct table *table)
{
	if (w->bridge == BRIDGE_STAGE)
		table_note(table, "bridge",
		    "stage: what is open at the end is open at start + "
		    "generated + reopened - won - lost +- amounts; a deal "
		    "enters with %s",
		    velocity_entry_name(w->v));
	else
		table_note(table, "bridge",
		    "close-date: the same for the open deals whose close date "
		    "lies in the window");
	if (w->this_week)
		table_note(table, "window",
		    "the week that holds as-of; --period week shows all");
	if (!w->groups.items.count)
		table_note(table, "no_deals",
		    "none was in the pipeline in the window, or nothing is "
		    "known of it");
	note_count(table, "deals", w->deals, "deals, closed and open");
	note_count(table, "undated", w->undated,
	    "deals of which no start or no close is dated, in no box");
	note_count(table, "neg_dur", w->negative,
	    "closed before they began: generated when they closed");
}

static int
week_table(struct week *w, struct table **out, struct fnl_err *err)
{
	void **sorted = groups_sorted(&w->groups, w->v->load.store->texts);
	struct sheet sheet;

	if (w->groups.items.count > SPAN_ROWS_MAX)
		return fail(err, FNL_USAGE,
		    "more than %d segments and periods; say a longer --period, "
		    "or --from",
		    SPAN_ROWS_MAX);
	find_mixed(w);
	if (new_sheet(w, &sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < w->groups.items.count; i++) {
		if (check_box(sorted[i], err) < 0)
			return -1;
		for (int f = 0; f < FLOW_COUNT; f++)
			if (is_shown(w, (enum flow)f))
				fill_row(w, &sheet, sorted[i], (enum flow)f);
	}
	note_week(w, sheet.table);
	velocity_notes(w->v, w->v->walk.records, w->mixed, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

/* ---- the run ---- */

/* Without close dates of the past a deal that slipped looks as if it had
 * always been due when it is due now. */
static int
check_due(const struct week *w, struct fnl_err *err)
{
	if (w->bridge == BRIDGE_STAGE ||
	    store_has_changes(w->v->load.store, CHANGE_CLOSE_DATE))
		return 0;
	return fail(err, FNL_DATA,
	    "--bridge close-date needs a history of close dates, such as "
	    "Salesforce's OpportunityHistory or a field history that tracks "
	    "the close date");
}

int
velocity_week(struct velocity *v, struct table **out, struct fnl_err *err)
{
	struct week w = { .v = v,
		.known = span_end_of_knowledge(&v->load),
		.earliest = SPAN_AFTER_ALL };

	if (take_bridge(v, &w.bridge, err) < 0 || check_due(&w, err) < 0)
		return -1;
	if (v->load.period == PERIOD_NONE && !v->query->input.from &&
	    !v->query->input.to) {
		w.this_week = true;
		v->load.period = PERIOD_WEEK;
	}
	w.groups = groups_new(v->arena, sizeof(struct week_group),
	    v->load.segments.n_by, v->load.period,
	    v->load.definitions.fiscal_month, v->load.zone);
	count_deals(&w);
	return week_table(&w, out, err);
}
