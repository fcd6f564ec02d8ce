/*
 * moves.c: stays to counts, counts to chances.
 */
#include <math.h>
#include <string.h>

#include "markov.h"
#include "moves.h"
#include "stats.h"

static void
tally_make(const struct moves *m, struct move_tally *tally)
{
	tally->counts = arena_array(m->arena, (size_t)m->n_states * m->n_states,
	    sizeof(*tally->counts));
	tally->zero_dwell =
	    arena_array(m->arena, m->n_states, sizeof(*tally->zero_dwell));
}

/* The group of a segment and the period in which `when` lies. */
static struct move_tally *
group_at(struct moves *m, const uint32_t *by, struct when when)
{
	bool is_new;
	struct move_tally *tally = groups_at(&m->groups, by, when, &is_new);

	if (is_new)
		tally_make(m, tally);
	return tally;
}

struct moves *
moves_new(struct arena *arena, const struct moves_rules *rules, size_t n_by)
{
	struct moves *m = arena_alloc(arena, sizeof(*m));

	m->arena = arena;
	m->rules = *rules;
	m->n_states = rules->n_ranks + OUTCOME_RECYCLED - OUTCOME_WON + 1;
	m->groups = groups_new(arena, sizeof(struct move_tally), n_by,
	    rules->period, rules->fiscal_month, rules->zone);
	/* One group, which stands even when nothing counts. */
	if (!n_by && rules->period == PERIOD_NONE)
		group_at(m, NULL, (struct when){ 0, WHEN_UNKNOWN });
	return m;
}

/* ---- counting ---- */

static uint64_t *
count_at(const struct moves *m, const struct move_tally *tally, unsigned from,
    unsigned to)
{
	return &tally->counts[from * m->n_states + to];
}

static unsigned
state_of(const struct moves *m, const struct visit *visit)
{
	return visit->rank ? visit->rank
			   : m->rules.n_ranks + visit->outcome - OUTCOME_WON;
}

/* What is being counted of a record. */
struct stay_count {
	const uint32_t *by;
	bool stands, lacks_date;
};

/* A stay that began at `start`, left for `to` at `end`. */
static void
count_stay(struct moves *m, struct stay_count *c, unsigned from, unsigned to,
    struct when start, struct when end)
{
	struct move_tally *tally;

	if (!window_holds(m->rules.zone, &m->rules.window, start)) {
		c->lacks_date |= start.kind == WHEN_UNKNOWN;
		return;
	}
	tally = group_at(m, c->by, start);
	++*count_at(m, tally, from, to);
	tally->zero_dwell[from] += from != STATE_START && to != STATE_STAYS &&
				   start.kind != WHEN_UNKNOWN &&
				   end.kind != WHEN_UNKNOWN &&
				   when_compare(m->rules.zone, start, end) == 0;
	c->stands = true;
}

void
moves_add(struct moves *m, const uint32_t *by, const struct timeline *t)
{
	struct when start = t->n ? t->visits[0].at : t->created;
	struct stay_count c = { .by = by };
	unsigned state = STATE_START;

	if (!t->n) {
		m->stageless++;
		return;
	}
	for (size_t i = 0; i < t->n; i++) {
		const struct visit *v = &t->visits[i];
		unsigned next = state_of(m, v);

		if (next == state) {
			m->same_ending += !v->repeat;
			continue;
		}
		count_stay(m, &c, state, next, start, v->at);
		state = next;
		start = v->at;
	}
	count_stay(m, &c, state, STATE_STAYS, start, start);
	m->counted += c.stands;
	m->undated += c.lacks_date;
}

struct move_tally
moves_total(const struct moves *m)
{
	struct move_tally total = { .key = { .dated = true } };

	tally_make(m, &total);
	for (size_t g = 0; g < m->groups.items.count; g++) {
		const struct move_tally *tally = vec_at(&m->groups.items, g);

		for (size_t i = 0; i < (size_t)m->n_states * m->n_states; i++)
			total.counts[i] += tally->counts[i];
		for (size_t i = 0; i < m->n_states; i++)
			total.zero_dwell[i] += tally->zero_dwell[i];
	}
	return total;
}

/* ---- what a move is ---- */

enum outcome
moves_outcome(const struct moves *m, unsigned state)
{
	if (state > m->rules.n_ranks)
		return (enum outcome)(OUTCOME_WON + state - m->rules.n_ranks);
	return m->rules.has_won && state == m->rules.n_ranks ? OUTCOME_WON
							     : OUTCOME_NONE;
}

/*
 * The metric counts lost as the one way out that conforms; rejected and
 * recycled are ways out that both teams agreed on too, else it would be bad
 * hygiene to reject an MQL.
 */
enum move_kind
moves_kind(const struct moves *m, unsigned from, unsigned to)
{
	if (to == STATE_STAYS)
		return MOVE_NONE;
	if (moves_outcome(m, from) != OUTCOME_NONE)
		return MOVE_REOPENED;
	if (to > m->rules.n_ranks)
		return MOVE_ENDED;
	if (to < from)
		return MOVE_REGRESSED;
	return to == from + 1 ? MOVE_ADVANCED : MOVE_SKIPPED;
}

uint64_t
moves_entries(
    const struct moves *m, const struct move_tally *tally, unsigned state)
{
	uint64_t n = 0;

	for (unsigned to = 0; to < m->n_states; to++)
		n += *count_at(m, tally, state, to);
	return n;
}

/* ---- the chain ---- */

/* How often a state ended as the chain has it: its stays that last, where it
 * is an ending; all of them where that is absorbing. */
static uint64_t
ends_of(const struct moves *m, const struct move_tally *tally, unsigned state,
    bool absorbing)
{
	enum outcome outcome = moves_outcome(m, state);

	if (outcome == OUTCOME_NONE)
		return 0;
	if (absorbing && outcome != OUTCOME_WON)
		return moves_entries(m, tally, state);
	return *count_at(m, tally, state, STATE_STAYS);
}

static uint64_t
goes_on(const struct moves *m, const struct move_tally *tally, unsigned from,
    unsigned to, bool absorbing)
{
	enum outcome outcome = moves_outcome(m, from);

	if (to == STATE_STAYS ||
	    (absorbing && outcome != OUTCOME_NONE && outcome != OUTCOME_WON))
		return 0;
	return *count_at(m, tally, from, to);
}

/* The states from which some way leads to an end, as a set of flags: what is
 * left has a solution. */
static void
find_ending(const struct moves *m, const struct move_tally *tally,
    bool absorbing, bool *ending)
{
	bool more = true;

	for (unsigned s = 0; s < m->n_states; s++)
		ending[s] = ends_of(m, tally, s, absorbing) > 0;
	while (more) {
		more = false;
		for (unsigned s = 0; s < m->n_states; s++)
			for (unsigned t = 1; t < m->n_states && !ending[s]; t++)
				more |= ending[s] =
				    ending[t] &&
				    goes_on(m, tally, s, t, absorbing) > 0;
	}
}

void
moves_chances(const struct moves *m, const struct move_tally *tally,
    bool absorbing, double *wins)
{
	bool ending[STATES_MAX];
	unsigned place[STATES_MAX] = { 0 }, n = 0;
	double *weights, *solved;

	find_ending(m, tally, absorbing, ending);
	for (unsigned s = 0; s < m->n_states; s++)
		if (ending[s])
			place[n++] = s;
	weights =
	    arena_grow(m->arena, NULL, (size_t)n * (n + 2) * sizeof(*weights));
	solved = arena_array(m->arena, n, sizeof(*solved));
	for (unsigned i = 0; i < n; i++) {
		double *row = &weights[(size_t)i * (n + 2)];
		bool won = moves_outcome(m, place[i]) == OUTCOME_WON;

		row[won ? 0 : 1] =
		    (double)ends_of(m, tally, place[i], absorbing);
		for (unsigned j = 0; j < n; j++)
			row[2 + j] = (double)goes_on(
			    m, tally, place[i], place[j], absorbing);
	}
	markov_converts(m->arena, weights, n, solved);
	for (unsigned s = 0; s < m->n_states; s++)
		wins[s] = NAN;
	for (unsigned i = 0; i < n; i++)
		wins[place[i]] = solved[i];
	arena_drop(m->arena, weights);
}

double
moves_adjacent(const struct moves *m, const struct move_tally *tally)
{
	double product = m->rules.has_won ? 1 : (double)NAN;

	for (unsigned k = 1; k < m->rules.n_ranks; k++)
		product *= stats_ratio((double)*count_at(m, tally, k, k + 1),
		    (double)moves_entries(m, tally, k));
	return product;
}
