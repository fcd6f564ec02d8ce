/*
 * sla_qualification.c: the report qualification of funnel-sla. Which criterion
 * fails in how many of the records that came to a stage, of the rules that
 * both teams tied to one: that of the stage itself, and what a volume counts
 * there (product.md L05, C15, C28). What became of them is no promise: that
 * side of it is in funnel-convert. The table is in qualification_report.c.
 */
#include "qualification_report.h"
#include "sla.h"

struct tied { /* a rule to a stage */
	const char *stage, *rule;
	size_t number; /* of criteria.h */
	uint16_t found; /* the stage, once all is read */
};

struct tieds {
	struct tied *items;
	size_t n;
};

struct run {
	struct sla *sla;
	const struct tieds *tieds;
	struct qualification_report report;
};

/* ---- planning ---- */

static bool
is_tied(const struct tieds *t, const char *stage, const char *rule)
{
	for (size_t i = 0; i < t->n; i++)
		if (fold_equal(slice_of(t->items[i].stage), slice_of(stage)) &&
		    fold_equal(slice_of(t->items[i].rule), slice_of(rule)))
			return true;
	return false;
}

static int
tie(struct sla *s, struct tieds *t, struct tied tied, const char *asked,
    struct fnl_err *err)
{
	struct tied *item = &t->items[t->n];

	if (is_tied(t, tied.stage, tied.rule))
		return 0;
	*item = tied;
	t->n++;
	return criteria_add(s->commitments.criteria, tied.rule, asked, false,
	    &item->number, err);
}

/* A stage by the name that the definitions have first, of any of its names;
 * NULL: a volume can also count touches. */
static const char *
stage_called(const struct definitions *d, const char *name)
{
	for (unsigned i = 0; i < d->n_stages; i++) {
		const struct stage_definition *stage = &d->stages[i];

		if (fold_equal(slice_of(stage->name), slice_of(name)))
			return stage->name;
		for (unsigned k = 0; k < stage->aliases.n; k++)
			if (fold_equal(slice_of(stage->aliases.items[k]),
				slice_of(name)))
				return stage->name;
	}
	return NULL;
}

static int
tie_stages(struct sla *s, struct tieds *t, struct fnl_err *err)
{
	const struct definitions *d = &s->load.definitions;

	for (unsigned i = 0; i < d->n_stages; i++) {
		const struct stage_definition *stage = &d->stages[i];

		if (stage->rule &&
		    tie(s, t, (struct tied){ stage->name, stage->rule, 0, 0 },
			arena_printf(s->arena, "stage '%s'", stage->name),
			err) < 0)
			return -1;
	}
	return 0;
}

static int
tie_volumes(struct sla *s, struct tieds *t, struct fnl_err *err)
{
	const struct definitions *d = &s->load.definitions;

	for (unsigned i = 0; i < d->n_sla; i++) {
		const struct commitment_definition *c = &d->sla[i];
		const char *stage =
		    c->count && c->passing ? stage_called(d, c->count) : NULL;

		if (stage &&
		    tie(s, t, (struct tied){ stage, c->passing, 0, 0 },
			arena_printf(s->arena, "commitment '%s'", c->name),
			err) < 0)
			return -1;
	}
	return 0;
}

int
sla_qualification_plan(struct sla *s, struct fnl_err *err)
{
	const struct definitions *d = &s->load.definitions;
	struct tieds *t = arena_alloc(s->arena, sizeof(*t));

	t->items = arena_array(
	    s->arena, (size_t)d->n_stages + d->n_sla + 1, sizeof(*t->items));
	s->plan = t;
	if (tie_stages(s, t, err) < 0 || tie_volumes(s, t, err) < 0)
		return -1;
	return t->n ? 0
		    : fail(err, FNL_USAGE,
			  "--report qualification: no stage has a rule, and no "
			  "volume counts what passes one ('rule' and 'passing' "
			  "of the definitions)");
}

/* ---- counting ---- */

static void
open_stages(struct run *run)
{
	struct sla *s = run->sla;
	struct qualification_report *r = &run->report;

	r->stages = arena_array(s->arena, run->tieds->n, sizeof(*r->stages));
	for (size_t i = 0; i < run->tieds->n; i++) {
		struct tied *tied = &run->tieds->items[i];

		tied->found = store_stage(s->load.store, slice_of(tied->stage));
		r->stages[r->n_stages++] = (struct qualified_stage){
			.name = tied->stage,
			.counts = qualification_new(
			    s->commitments.criteria, tied->number, &s->load),
		};
	}
}

/* The first entry to a stage; NULL: it was never there. */
static const struct visit *
entry_to(const struct timeline *t, uint16_t stage)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->visits[i].stage == stage)
			return &t->visits[i];
	return NULL;
}

static void
count_at(struct run *run, size_t i)
{
	struct sla *s = run->sla;
	const struct visit *entry =
	    entry_to(s->walk.timeline, run->tieds->items[i].found);
	bool dated = entry && entry->at.kind != WHEN_UNKNOWN;

	if (!entry)
		return;
	if (!window_holds(s->load.zone, &s->load.window, entry->at) ||
	    (!dated && s->load.period != PERIOD_NONE)) {
		s->undated += !dated;
		s->outside += dated;
		return;
	}
	qualification_add(&run->report.stages[i].counts, s->walk.by, entry->at,
	    s->walk.record, false, false);
}

static void
count_records(struct run *run)
{
	while (walk_next(&run->sla->walk))
		for (size_t i = 0; i < run->tieds->n; i++)
			count_at(run, i);
}

int
sla_qualification(struct sla *s, struct table **out, struct fnl_err *err)
{
	struct run run = { .sla = s,
		.tieds = s->plan,
		.report = { .load = &s->load,
		    .interval = s->interval,
		    .confidence = s->confidence } };
	struct sheet_plan plan = { .title = NULL };
	struct sheet sheet;

	open_stages(&run);
	qualification_plan(&run.report, &plan);
	if (sla_sheet(s, plan, &sheet, err) < 0)
		return -1;
	count_records(&run);
	qualification_rows(&run.report, &sheet);
	qualification_notes(&run.report, sheet.table);
	sla_notes(s, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
