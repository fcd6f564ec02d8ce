/*
 * stagerule.c: plan the rules of the stages, load, settle.
 */
#include <string.h>

#include "stagerule.h"

/* ---- planning ---- */

static bool
is_called(const struct stage_definition *stage, const char *name)
{
	if (fold_equal(slice_of(stage->name), slice_of(name)))
		return true;
	for (unsigned i = 0; i < stage->aliases.n; i++)
		if (fold_equal(
			slice_of(stage->aliases.items[i]), slice_of(name)))
			return true;
	return false;
}

/* They share a name or an alias. */
static bool
is_like(
    const struct stage_definition *stage, const struct stage_definition *other)
{
	if (stage->outcome == OUTCOME_WON && other->outcome == OUTCOME_WON)
		return true;
	if (is_called(stage, other->name))
		return true;
	for (unsigned i = 0; i < other->aliases.n; i++)
		if (is_called(stage, other->aliases.items[i]))
			return true;
	return false;
}

static bool
is_asked(const struct stage_rules *r, const struct stage_definition *stage)
{
	if (r->like)
		return is_like(stage, r->like);
	return !r->stage || is_called(stage, r->stage);
}

static const char *
asked_by(const struct stage_rules *r, const struct load *load,
    const struct stage_definition *stage)
{
	return arena_printf(load->arena, "%s%s%s%s%s", r->file ? r->file : "",
	    r->file ? ": " : "", r->rule ? "--rule" : "stage '",
	    r->rule ? "" : stage->name, r->rule ? "" : "'");
}

static int
plan_stage(
    struct stage_rules *r, struct load *load, unsigned i, struct fnl_err *err)
{
	const struct stage_definition *stage = &load->definitions.stages[i];
	const char *rule = r->rule ? r->rule : stage->rule;

	r->of_stage[i] = STAGE_RULE_NONE;
	if (!rule || !is_asked(r, stage))
		return 0;
	r->n++;
	return criteria_add(r->criteria, rule, asked_by(r, load, stage), false,
	    &r->of_stage[i], err);
}

static bool
knows_stage(const struct definitions *d, const char *name)
{
	for (unsigned i = 0; i < d->n_stages; i++)
		if (is_called(&d->stages[i], name))
			return true;
	return false;
}

static int
plan(struct load *load, void *context, struct fnl_err *err)
{
	const struct definitions *d = &load->definitions;
	struct stage_rules *r = context;

	r->criteria = criteria_new(load);
	if (!d->n_stages) /* built in, once the files are known: no rules */
		return r->rule ? fail(err, FNL_USAGE,
				     "--rule: give the definitions that have "
				     "the rule '%s' (-d)",
				     r->rule)
			       : 0;
	if (r->stage && !knows_stage(d, r->stage))
		return load_fail_stage(load,
		    r->file ? arena_printf(load->arena, "--stage (%s)", r->file)
			    : "--stage",
		    r->stage, err);
	r->of_stage =
	    arena_array(load->arena, d->n_stages, sizeof(*r->of_stage));
	for (unsigned i = 0; i < d->n_stages; i++)
		if (plan_stage(r, load, i, err) < 0)
			return -1;
	return 0;
}

/* ---- loading ---- */

bool
stage_rules_count_touches(const struct stage_rules *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct rule_definition *rule =
		    criteria_rule(r->criteria, i);

		for (unsigned k = 0; k < rule->n_criteria; k++)
			if (rule->criteria[k].touch.n)
				return true;
	}
	return false;
}

static void
want_joins(struct load *load)
{
	enum field_id *wants = arena_array(
	    load->arena, load->n_wants + JOIN_WANTS, sizeof(*wants));

	if (load->n_wants)
		memcpy(wants, load->wants, load->n_wants * sizeof(*wants));
	memcpy(wants + load->n_wants, join_wants, sizeof(join_wants));
	load->wants = wants;
	load->n_wants += JOIN_WANTS;
	load->n_own_wants = JOIN_WANTS;
}

int
stage_rules_load(struct stage_rules *r, struct arena *arena,
    const struct fnl_input *input, struct load *load, struct fnl_err *err)
{
	struct fnl_input *records = arena_alloc(arena, sizeof(*records));
	struct touches *touches = NULL;
	bool given = r->touches.files.n > 0;

	*records = *input;
	load->arena = arena;
	load->plan = plan;
	load->plan_context = r;
	if (given) {
		touches_split_maps(
		    arena, &input->maps, &records->maps, &r->touches.maps);
		want_joins(load);
	}
	if (load_input(arena, records, load, err) < 0 ||
	    (given && touches_load(load, &r->touches, &touches, err) < 0))
		return -1;
	return criteria_settle(r->criteria, touches, err);
}

size_t
stage_rule(const struct stage_rules *r, uint16_t stage)
{
	return r->of_stage ? r->of_stage[stage] : STAGE_RULE_NONE;
}

void
stage_rules_note(const struct stage_rules *r, struct table *table)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct rule_definition *rule =
		    criteria_rule(r->criteria, i);

		for (unsigned k = 0; k < rule->n_criteria; k++) {
			const char *doubt =
			    criteria_doubt(r->criteria, i, k, table->arena);

			if (doubt)
				table_note(table, "undecided", "%s", doubt);
		}
	}
}
