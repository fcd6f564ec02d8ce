/*
 * convert_qualification.c: the report qualification. The rule that the
 * definitions give to a stage, over the records that entered it: how many
 * pass, which criteria fail, and whether those that pass do better (product.md
 * C14-C16, C24, C28). The counting is in qualification.c, the table in
 * qualification_report.c.
 */
#include "convert.h"
#include "convert_compare.h"
#include "progress.h"
#include "qualification_report.h"

int
convert_qualification_options(struct convert *c, struct fnl_err *err)
{
	bool holm;

	return compare_take_adjust(c, &holm, err) < 0
		   ? -1
		   : convert_take_rules(c, err);
}

/* ---- counting ---- */

struct run {
	struct convert *c;
	struct qualification_report report;
	unsigned *ranks; /* of report.stages */
	uint64_t counted, undated;
};

static bool
is_asked(const struct convert *c, uint16_t stage)
{
	const char *name = c->query->stage;

	return !name || store_stage(c->load.store, slice_of(name)) == stage;
}

static void
take_stage(struct run *run, unsigned rank, size_t rule)
{
	struct convert *c = run->c;
	struct qualification_report *r = &run->report;
	bool is_last = rank == c->walk.timelines->n_ranks;

	run->ranks[r->n_stages] = rank;
	r->stages[r->n_stages++] = (struct qualified_stage){
		convert_stage(c, rank), is_last, is_last && convert_has_won(c),
		qualification_new(c->stage_rules->criteria, rule, &c->load)
	};
}

/* Every ranked stage with a rule; --stage leaves one of them. */
static int
choose_stages(struct run *run, struct fnl_err *err)
{
	struct convert *c = run->c;
	const struct timeline_rules *t = c->walk.timelines;

	run->ranks = arena_array(c->arena, RANKS_MAX, sizeof(*run->ranks));
	run->report.stages =
	    arena_array(c->arena, RANKS_MAX, sizeof(*run->report.stages));
	for (unsigned k = 1; k <= t->n_ranks; k++) {
		uint16_t stage = t->stage_of_rank[k];
		size_t rule = stage_rule(c->stage_rules, stage);

		if (rule != STAGE_RULE_NONE && is_asked(c, stage))
			take_stage(run, k, rule);
	}
	if (run->report.n_stages)
		return 0;
	return c->query->stage
		   ? fail(err, FNL_USAGE,
			 "--stage: '%s' has no rule, or is no stage that one "
			 "can reach: say which with --rule",
			 c->query->stage)
		   : fail(err, FNL_USAGE,
			 "no stage has a rule: give one in the definitions, or "
			 "say --stage STAGE --rule RULE");
}

static bool
count_at(struct run *run, size_t i, const struct reach *reach)
{
	const struct convert *c = run->c;
	unsigned rank = run->ranks[i];
	struct when at = reach->at[rank];
	struct progress progress;

	if (!(reach->counted & rank_bit(rank)))
		return false;
	if (!window_holds(c->load.zone, &c->load.window, at)) {
		run->undated += at.kind == WHEN_UNKNOWN;
		return false;
	}
	progress =
	    progress_of(&c->path, c->walk.timeline, reach, rank, c->load.as_of);
	qualification_add(&run->report.stages[i].counts, c->walk.by, at,
	    c->walk.record, progress.advanced, progress.won);
	return true;
}

static void
count_records(struct run *run)
{
	struct convert *c = run->c;

	c->path.zone = c->load.zone;
	c->path.n_ranks = c->walk.timelines->n_ranks;
	while (walk_next(&c->walk)) {
		struct reach reach;
		bool stands = false;

		path_reach(&c->path, c->walk.timeline, &reach);
		for (size_t i = 0; i < run->report.n_stages; i++)
			stands |= count_at(run, i, &reach);
		run->counted += stands;
	}
}

/* ---- the report ---- */

static void
note_all(const struct run *run, struct table *table)
{
	struct convert *c = run->c;

	table_note(table, "mode", "%s: %s", modes[c->path.mode].name,
	    modes[c->path.mode].help);
	qualification_notes(&run->report, table);
	walk_note_times(&c->walk, table);
	load_notes(&c->load, table);
	convert_note_records(c, run->counted, table);
	note_count(table, "undated", run->undated,
	    "entries without a date, left out: --from and --to need it");
	convert_note_shape(c, table);
}

int
convert_qualification(
    struct convert *c, struct table **out, struct fnl_err *err)
{
	struct run run = { .c = c,
		.report = { .load = &c->load,
		    .mode = modes[c->path.mode].name,
		    .follows = true,
		    .interval = c->interval,
		    .confidence = c->confidence } };
	struct sheet_plan plan = { .title = NULL };
	struct sheet sheet;

	if (c->query->touches.n && !stage_rules_count_touches(c->stage_rules))
		return fail(err, FNL_USAGE,
		    "--touches: no rule that is looked at counts touches");
	if (compare_take_adjust(c, &run.report.holm, err) < 0 ||
	    choose_stages(&run, err) < 0)
		return -1;
	qualification_plan(&run.report, &plan);
	if (convert_sheet(c, plan, &sheet, err) < 0)
		return -1;
	count_records(&run);
	qualification_rows(&run.report, &sheet);
	note_all(&run, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
