/*
 * sla_rejections.c: the reports rejections and rejected of funnel-sla. What
 * they count and list is in rejections.c; here is whether the data bear out
 * the reason that was given, by the criteria that both teams tied to it
 * (rejection_criteria of the definitions; product.md L11, metrics.md 3.4.9).
 *
 * A criterion is judged by what the export has now, and touches as of the
 * rejection. One that cannot be told -- a blank cell, no number, no such
 * column -- neither bears a rejection out nor disputes it.
 */
#include "figures.h"
#include "query.h"
#include "rejections.h"
#include "sla.h"

struct asked { /* a rule that reasons are tied to */
	size_t rule; /* of criteria.h */
	uint64_t which; /* of its criteria, by any of them */
};

struct tie { /* of a reason */
	struct asked *asked;
	uint64_t which; /* of its criteria */
};

struct ties {
	struct sla *sla;
	struct names *reasons; /* to their place in items */
	struct tie *items; /* as rejection_criteria */
	struct names *rules; /* to their place in asked */
	struct asked *asked;
	uint32_t n_asked;
};

/* ---- planning ---- */

int
sla_rejections_options(struct sla *s, struct fnl_err *err)
{
	unsigned outcomes;
	uint64_t n;

	if (s->query->input.period && s->report->run == sla_rejected)
		return fail(err, FNL_USAGE,
		    "--period says nothing to --report rejected: it lists the "
		    "newest");
	if (rejections_last(s->query->last_rejected, &n, err) < 0)
		return -1;
	return rejections_outcomes(s->query->outcome, &outcomes, err);
}

static bool
goes_with(const struct reason_definition *reason, const char *criterion)
{
	for (unsigned i = 0; i < reason->criteria.n; i++)
		if (fold_equal(slice_of(reason->criteria.items[i]),
			slice_of(criterion)))
			return true;
	return !reason->criteria.n;
}

static uint64_t
which_of(
    const struct rule_definition *rule, const struct reason_definition *reason)
{
	uint64_t which = 0;

	for (unsigned i = 0; i < rule->n_criteria; i++)
		if (goes_with(reason, rule->criteria[i].name))
			which |= (uint64_t)1 << i;
	return which;
}

/* Lenient: a reason that cannot be judged takes nothing from the others. */
static int
ask(struct ties *ties, const struct reason_definition *reason,
    struct asked **out, struct fnl_err *err)
{
	struct sla *s = ties->sla;
	struct slice name = slice_of(reason->rule);
	uint32_t number;

	if (names_find(ties->rules, name, &number)) {
		*out = &ties->asked[number];
		return 0;
	}
	names_add(ties->rules, reason->rule, ties->n_asked);
	*out = &ties->asked[ties->n_asked++];
	return criteria_add(s->commitments.criteria, reason->rule,
	    arena_printf(
		s->arena, "reason '%s' of the definitions", reason->reason),
	    true, &(*out)->rule, err);
}

static int
tie_reason(struct ties *ties, unsigned number, struct fnl_err *err)
{
	const struct sla *s = ties->sla;
	const struct reason_definition *reason =
	    &s->load.definitions.rejection_criteria[number];
	struct tie *tie = &ties->items[number];

	names_add(ties->reasons, reason->reason, number);
	if (ask(ties, reason, &tie->asked, err) < 0)
		return -1;
	tie->which = which_of(
	    criteria_rule(s->commitments.criteria, tie->asked->rule), reason);
	tie->asked->which |= tie->which;
	return 0;
}

int
sla_rejections_plan(struct sla *s, struct fnl_err *err)
{
	unsigned n = s->load.definitions.n_rejection_criteria;
	struct ties *ties = arena_alloc(s->arena, sizeof(*ties));

	ties->sla = s;
	ties->reasons = names_new(s->arena);
	ties->rules = names_new(s->arena);
	ties->items = arena_array(s->arena, n + 1, sizeof(*ties->items));
	ties->asked = arena_array(s->arena, n + 1, sizeof(*ties->asked));
	s->plan = ties;
	for (unsigned i = 0; i < n; i++)
		if (tie_reason(ties, i, err) < 0)
			return -1;
	return 0;
}

/* ---- judging ---- */

static const char *
in_words(const struct ties *ties, const struct tie *tie, const char *word,
    uint64_t which)
{
	const struct rule_definition *rule =
	    criteria_rule(ties->sla->commitments.criteria, tie->asked->rule);
	struct textbuf text = { .arena = ties->sla->arena };

	for (unsigned i = 0; i < rule->n_criteria; i++)
		if (which >> i & 1)
			textbuf_add(&text, "%s%s", text.n ? ", " : word,
			    rule->criteria[i].name);
	return textbuf_text(&text);
}

static enum standing
judge_tie(const struct ties *ties, const struct tie *tie, uint32_t record,
    struct when at, const char **why)
{
	struct criteria_result result = criteria_of(
	    ties->sla->commitments.criteria, tie->asked->rule, record, at);
	uint64_t untold = (result.blank | result.unread) & tie->which;
	uint64_t fails = result.failed & tie->which & ~untold;
	enum standing standing = fails    ? STANDING_AGREED
				 : untold ? STANDING_UNDECIDED
					  : STANDING_DISPUTED;

	if (why)
		*why = fails    ? in_words(ties, tie, "fails: ", fails)
		       : untold ? in_words(ties, tie, "cannot tell: ", untold)
				: in_words(ties, tie, "holds: ", tie->which);
	return standing;
}

static enum standing
judge_reason(void *context, uint32_t record, struct when at,
    const struct reason *reason, const char **why)
{
	const struct ties *ties = context;
	uint32_t number;

	if (reason->kind != REASON_LISTED)
		return STANDING_NONE;
	if (names_find(ties->reasons, reason->name, &number))
		return judge_tie(ties, &ties->items[number], record, at, why);
	if (why)
		*why = "no criterion goes with the reason";
	return STANDING_UNDECIDED;
}

/* ---- notes ---- */

static void
note_asked(
    const struct ties *ties, const struct asked *asked, struct table *table)
{
	const struct criteria *criteria = ties->sla->commitments.criteria;
	const struct rule_definition *rule =
	    criteria_rule(criteria, asked->rule);
	const char *undecided = criteria_undecided(criteria, asked->rule);

	if (undecided)
		table_note(
		    table, "undecided", "rule '%s', %s", rule->name, undecided);
	for (unsigned i = 0; i < rule->n_criteria; i++) {
		const char *doubt =
		    asked->which >> i & 1
			? criteria_doubt(criteria, asked->rule, i, table->arena)
			: NULL;

		if (doubt)
			table_note(table, "undecided", "%s", doubt);
	}
}

static void
note_ties(const struct ties *ties, struct table *table)
{
	const struct sla *s = ties->sla;

	for (uint32_t i = 0; i < ties->n_asked; i++)
		note_asked(ties, &ties->asked[i], table);
	if (ties->n_asked)
		table_note(table, "blank", "%s",
		    criteria_blank(s->commitments.criteria, s->arena));
	else
		table_note(table, "standing",
		    "not judged: no criteria go with reasons "
		    "(rejection_criteria of the definitions)");
}

/* ---- the reports ---- */

typedef int
report(struct rejections_query *query, struct table **out, struct fnl_err *err);

static int
run(struct sla *s, report *make, struct table **out, struct fnl_err *err)
{
	struct ties *ties = s->plan;
	struct rejections_query query = { .load = &s->load,
		.walk = &s->walk,
		.metrics = s->metrics,
		.long_form = s->query->long_form,
		.figure = figure_of("sla", s->report->name) };

	if (ties->n_asked) {
		query.judge = judge_reason;
		query.judge_context = ties;
	}
	if (rejections_last(s->query->last_rejected, &query.last, err) < 0 ||
	    rejections_outcomes(s->query->outcome, &query.outcomes, err) < 0)
		return -1;
	if (make(&query, out, err) < 0)
		return -1;
	note_ties(ties, *out);
	return 0;
}

int
sla_rejections(struct sla *s, struct table **out, struct fnl_err *err)
{
	return run(s, rejections_report, out, err);
}

int
sla_rejected(struct sla *s, struct table **out, struct fnl_err *err)
{
	return run(s, rejected_report, out, err);
}
