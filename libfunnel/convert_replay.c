/*
 * convert_replay.c: the report replay, and what it has in common with flips
 * and change. What a new definitions file would have made of the history,
 * beside the old one (product.md M1); the counting is in replay.c.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "convert_replay.h"
#include "query.h"
#include "young.h"

static const enum field_id wanted[] = { FIELD_NAME, FIELD_OWNER };
#define N_WANTED (sizeof(wanted) / sizeof(*wanted))

/* ---- options ---- */

static int
take_members(const struct convert *c, bool *by_rule, struct fnl_err *err)
{
	static const struct choice choices[] = { { "history", 0 },
		{ "rule", 1 }, { NULL, 0 } };
	int choice;

	if (query_choice(
		"--members", c->query->members, choices, &choice, err) < 0)
		return -1;
	*by_rule = choice == 1;
	return 0;
}

int
convert_replay_inputs(struct convert *c, struct fnl_err *err)
{
	const struct fnl_input *in = &c->query->input;

	for (size_t i = 0; i < in->files.n; i++)
		if (strcmp(in->files.items[i], "-") == 0)
			return fail(err, FNL_USAGE,
			    "standard input can be read only once, and "
			    "--against reads all twice: name a file");
	c->load.wants = wanted;
	c->load.n_wants = N_WANTED;
	return convert_take_rules(c, err);
}

int
convert_replay_options(struct convert *c, struct fnl_err *err)
{
	bool by_rule;

	if (!c->query->against)
		return fail(err, FNL_USAGE,
		    "--report %s needs --against, the old definitions",
		    c->report->name);
	return take_members(c, &by_rule, err) < 0
		   ? -1
		   : convert_replay_inputs(c, err);
}

/* ---- the run ---- */

/* The stage of --stage, or NULL; replay_start() fails if it is none. */
static const struct stage_definition *
asked_stage(const struct convert *c)
{
	uint16_t stage = STAGE_NONE;

	if (c->query->stage)
		stage = store_stage(c->load.store, slice_of(c->query->stage));
	return stage == STAGE_NONE ? NULL : &c->load.definitions.stages[stage];
}

/* The same input under the old file. */
static int
load_against(const struct convert *c, struct replay_file *file,
    struct stage_rules *rules, struct fnl_err *err)
{
	struct fnl_input *input = arena_alloc(c->arena, sizeof(*input));

	*input = c->query->input;
	input->definitions = c->query->against;
	input->stages = NULL;
	*rules = (struct stage_rules){ .like = asked_stage(c),
		.rule = c->stage_rules->rule,
		.file = c->query->against,
		.touches = c->stage_rules->touches };
	file->load->wants = wanted;
	file->load->n_wants = N_WANTED;
	return stage_rules_load(rules, c->arena, input, file->load, err);
}

static int
check_touches(
    const struct convert *c, const struct stage_rules *old, struct fnl_err *err)
{
	if (!c->query->touches.n || stage_rules_count_touches(old) ||
	    stage_rules_count_touches(c->stage_rules))
		return 0;
	return fail(
	    err, FNL_USAGE, "--touches: no rule of either file counts touches");
}

int
convert_replay_start(struct convert *c, struct replay *r, struct fnl_err *err)
{
	struct replay_file *old = &r->files[REPLAY_BEFORE];
	struct replay_file *new = &r->files[REPLAY_AFTER];
	struct stage_rules *rules = arena_alloc(c->arena, sizeof(*rules));

	r->arena = c->arena;
	old->load = arena_alloc(c->arena, sizeof(*old->load));
	new->load = &c->load;
	old->rules = rules;
	new->rules = c->stage_rules;
	old->path = new->path = c->path;
	return take_members(c, &r->by_rule, err) < 0 ||
		       load_against(c, old, rules, err) < 0 ||
		       check_touches(c, rules, err) < 0
		   ? -1
		   : replay_start(r, c->query->stage, err);
}

/* ---- what both tables have ---- */

/* What a spreadsheet must not mix: who counts, and the other file. */
static const struct column mode_column = { "mode", "Mode", UNIT_TEXT,
	FOR_MACHINES, "See --mode." };
static const struct column members_column = { "members", "Members", UNIT_TEXT,
	FOR_MACHINES, "See --members." };
static const struct column version_column = { "old_version", "Old version",
	UNIT_TEXT, FOR_MACHINES, "Of the old file." };
static const struct column sha_column = { "old_sha", "Old hash", UNIT_TEXT,
	FOR_MACHINES, "SHA-256 of the old file." };
#define N_CONTEXT (2 + REPLAY_CONTEXT)

size_t
convert_replay_context(
    const struct replay *r, const struct column **columns, struct cell *cells)
{
	const struct definitions *old =
	    &r->files[REPLAY_BEFORE].load->definitions;

	columns[0] = &version_column;
	columns[1] = &sha_column;
	cells[0] = cell_optional(old->version);
	cells[1] = cell_optional(old->sha256);
	return REPLAY_CONTEXT;
}

/* Both tables: what their columns say depends on the same. */
int
convert_replay_sheet(const struct convert *c, const struct replay *r,
    struct sheet_plan *plan, struct sheet *sheet, struct fnl_err *err)
{
	const struct column *columns[N_CONTEXT] = { &mode_column,
		&members_column };
	struct cell context[N_CONTEXT] = {
		cell_optional(modes[c->path.mode].name),
		cell_optional(r->by_rule ? "rule" : "history"),
	};

	plan->context = columns;
	plan->context_cells = context;
	plan->n_context =
	    2 + convert_replay_context(r, columns + 2, context + 2);
	return convert_sheet(c, *plan, sheet, err);
}

/* ---- replay: columns ---- */

struct view {
	const struct replay *r;
	const struct replay_row *row, *old;
	uint64_t owners; /* of members under either file */
	enum replay_set set;
	enum interval_method method;
	double confidence;
};

static bool
is_set_of_members(const struct view *v)
{
	return v->set != REPLAY_NEITHER;
}

/* Records of the set. kept + dropped = old, kept + added = new. */
static double
m_n(const struct view *v)
{
	return (double)v->row->n;
}

/* The same against the volume of the old file: 0.7 of the new one is 30 %
 * less. */
static double
m_n_of_old(const struct view *v)
{
	return is_set_of_members(v) ? stats_ratio(m_n(v), (double)v->old->n)
				    : NAN;
}

/* Members that entered the stage, by an event of their own or by a later
 * stage: what all rates are of. Without --members rule, all. */
static double
m_entered(const struct view *v)
{
	return is_set_of_members(v) ? (double)v->row->entered : NAN;
}

/* Distinct owners of the members, as their own rows say. */
static double
m_owners(const struct view *v)
{
	return is_set_of_members(v) ? (double)v->row->owners : NAN;
}

/* Owned members, shared among all who own one under either file: who loses
 * all of them stays in the mean. */
static double
m_load(const struct view *v)
{
	return is_set_of_members(v)
		   ? stats_ratio((double)v->row->owned, (double)v->owners)
		   : NAN;
}

/* Members of the owner that has most of them. */
static double
m_load_most(const struct view *v)
{
	return is_set_of_members(v) ? (double)v->row->most : NAN;
}

/* load against that of the old file. */
static double
m_load_of_old(const struct view *v)
{
	return is_set_of_members(v)
		   ? stats_ratio((double)v->row->owned, (double)v->old->owned)
		   : NAN;
}

/* Members that count at the next stage, too, whatever its rule: SQLs that
 * came from MQLs. */
static double
m_advanced(const struct view *v)
{
	return is_set_of_members(v) && !v->row->is_last
		   ? (double)v->row->advanced
		   : NAN;
}

/* The same against that of the old file: 0.6 of the MQLs at twice the rate
 * are 1.2 of the SQLs. */
static double
m_advanced_of_old(const struct view *v)
{
	return v->old->is_last
		   ? NAN
		   : stats_ratio(m_advanced(v), (double)v->old->advanced);
}

/* advanced / entered; young entries make it low. */
static double
m_rate(const struct view *v)
{
	return stats_ratio(m_advanced(v), (double)v->row->entered);
}

static struct interval
rate_interval(const struct view *v)
{
	if (isnan(m_advanced(v)))
		return (struct interval){ NAN, NAN };
	return stats_proportion(
	    v->row->advanced, v->row->entered, v->confidence, v->method);
}

static double
m_lo(const struct view *v)
{
	return rate_interval(v).low;
}

static double
m_hi(const struct view *v)
{
	return rate_interval(v).high;
}

/* Incidence of the next stage at the horizon, other ends competing, open
 * records censored (Aalen and Johansen 1978); the same horizon in all sets. */
static double
m_matured(const struct view *v)
{
	return v->row->is_last ? NAN : v->row->next.rate;
}

static double
m_matured_lo(const struct view *v)
{
	return v->row->is_last ? NAN : v->row->next.interval.low;
}

static double
m_matured_hi(const struct view *v)
{
	return v->row->is_last ? NAN : v->row->next.interval.high;
}

static double
days_of(int64_t seconds)
{
	return seconds < 0 ? NAN : (double)seconds / DAY_SECONDS;
}

static double
m_horizon_days(const struct view *v)
{
	return is_set_of_members(v) && !v->row->is_last
		   ? days_of(v->row->next.horizon)
		   : NAN;
}

/* Members whose entry is the horizon or longer ago. */
static double
m_matured_n(const struct view *v)
{
	return isnan(m_horizon_days(v)) ? NAN : v->row->next.followed;
}

/* Members that are won as of as_of. Of the won stage itself it says nothing. */
static double
m_won(const struct view *v)
{
	return is_set_of_members(v) && !v->row->is_won ? (double)v->row->won
						       : NAN;
}

static double
m_won_of_old(const struct view *v)
{
	return v->old->is_won ? NAN
			      : stats_ratio(m_won(v), (double)v->old->won);
}

/* won / entered; young entries make it low. */
static double
m_won_rate(const struct view *v)
{
	return stats_ratio(m_won(v), (double)v->row->entered);
}

static struct interval
won_interval(const struct view *v)
{
	if (isnan(m_won(v)))
		return (struct interval){ NAN, NAN };
	return stats_proportion(
	    v->row->won, v->row->entered, v->confidence, v->method);
}

static double
m_won_lo(const struct view *v)
{
	return won_interval(v).low;
}

static double
m_won_hi(const struct view *v)
{
	return won_interval(v).high;
}

/* As matured, from the entry to the win. */
static double
m_won_matured(const struct view *v)
{
	return v->row->is_won ? NAN : v->row->win.rate;
}

static double
m_won_matured_lo(const struct view *v)
{
	return v->row->is_won ? NAN : v->row->win.interval.low;
}

static double
m_won_matured_hi(const struct view *v)
{
	return v->row->is_won ? NAN : v->row->win.interval.high;
}

static double
m_won_horizon_days(const struct view *v)
{
	return is_set_of_members(v) && !v->row->is_won
		   ? days_of(v->row->win.horizon)
		   : NAN;
}

static double
m_won_matured_n(const struct view *v)
{
	return isnan(m_won_horizon_days(v)) ? NAN : v->row->win.followed;
}

struct replay_metric {
	struct column column;
	double (*value)(const struct view *view);
	bool follows; /* needs to know how long each was followed */
};

static const struct column stage_column = { "stage", "Stage", UNIT_TEXT,
	FOR_ALL, "The stage, by the new file." };
static const struct column set_column = { "set", "Set", UNIT_TEXT, FOR_ALL,
	"Under which of the files." };
static const struct column next_column = { "next_stage", "Next stage",
	UNIT_TEXT, FOR_MACHINES, "The one after it." };
static const struct column *const keys[] = { &stage_column, &set_column,
	&next_column };
#define N_KEYS (sizeof(keys) / sizeof(*keys))

static const struct replay_metric metrics[] = {
	{ { "n", "Records", UNIT_COUNT, FOR_ALL, "Records of the set." }, m_n,
	    false },
	{ { "n_of_old", "Of old", UNIT_SHARE, FOR_ALL,
	      "n against that of the old file." },
	    m_n_of_old, false },
	{ { "entered", "Entered", UNIT_COUNT, FOR_MACHINES,
	      "Those that entered the stage." },
	    m_entered, false },
	{ { "owners", "Owners", UNIT_COUNT, FOR_MACHINES, "Distinct owners." },
	    m_owners, false },
	{ { "load", "Each", UNIT_NUMBER, FOR_ROOM, "Owned records an owner." },
	    m_load, false },
	{ { "load_most", "Most", UNIT_COUNT, FOR_MACHINES,
	      "Records of the owner that has most." },
	    m_load_most, false },
	{ { "load_of_old", "Load of old", UNIT_SHARE, FOR_MACHINES,
	      "load against that of the old file." },
	    m_load_of_old, false },
	{ { "advanced", "Went on", UNIT_COUNT, FOR_ALL,
	      "Those that count at the next stage." },
	    m_advanced, false },
	{ { "advanced_of_old", "Of old's", UNIT_SHARE, FOR_ROOM,
	      "advanced against that of the old file." },
	    m_advanced_of_old, false },
	{ { "rate", "Rate", UNIT_SHARE, FOR_MACHINES, "advanced / entered." },
	    m_rate, false },
	{ { "lo", "Low", UNIT_SHARE, FOR_MACHINES, "Lower bound of rate." },
	    m_lo, false },
	{ { "hi", "High", UNIT_SHARE, FOR_MACHINES, "Upper bound of rate." },
	    m_hi, false },
	{ { "matured", "Matured", UNIT_SHARE, FOR_ALL,
	      "The rate that comes of it by the horizon." },
	    m_matured, true },
	{ { "matured_lo", "Low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of matured." },
	    m_matured_lo, true },
	{ { "matured_hi", "High", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of matured." },
	    m_matured_hi, true },
	{ { "matured_n", "Followed", UNIT_COUNT, FOR_MACHINES,
	      "Those that began the horizon ago." },
	    m_matured_n, true },
	{ { "horizon_days", "Horizon", UNIT_DAYS, FOR_MACHINES,
	      "Days of matured." },
	    m_horizon_days, true },
	{ { "won", "Won", UNIT_COUNT, FOR_ALL, "Those that are won." }, m_won,
	    false },
	{ { "won_of_old", "Won of old", UNIT_SHARE, FOR_MACHINES,
	      "won against that of the old file." },
	    m_won_of_old, false },
	{ { "won_rate", "Won rate", UNIT_SHARE, FOR_MACHINES,
	      "won / entered." },
	    m_won_rate, false },
	{ { "won_lo", "Won low", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of won_rate." },
	    m_won_lo, false },
	{ { "won_hi", "Won high", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound of won_rate." },
	    m_won_hi, false },
	{ { "won_matured", "Matured won", UNIT_SHARE, FOR_ALL,
	      "The won rate that comes of it by the horizon." },
	    m_won_matured, true },
	{ { "won_matured_lo", "Low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of won_matured." },
	    m_won_matured_lo, true },
	{ { "won_matured_hi", "High", UNIT_SHARE, FOR_ROOM,
	      "Upper bound of won_matured." },
	    m_won_matured_hi, true },
	{ { "won_matured_n", "Won followed", UNIT_COUNT, FOR_MACHINES,
	      "Those that began its horizon ago." },
	    m_won_matured_n, true },
	{ { "won_horizon_days", "Won horizon", UNIT_DAYS, FOR_MACHINES,
	      "Days of won_matured." },
	    m_won_horizon_days, true },
};

#define N_METRICS (sizeof(metrics) / sizeof(*metrics))

/* ---- replay: rows ---- */

static const char *const set_names[REPLAY_SETS] = {
	[REPLAY_OLD] = "old",
	[REPLAY_NEW] = "new",
	[REPLAY_KEPT] = "kept",
	[REPLAY_DROPPED] = "dropped",
	[REPLAY_ADDED] = "added",
	[REPLAY_NEITHER] = "neither",
};

static void
fill_row(struct sheet *sheet, const struct view *v, size_t pair)
{
	const struct stage_definition *next =
	    replay_next_of(v->r, pair, replay_file_of(v->set));

	sheet_cell(sheet, 0,
	    cell_optional(replay_stage_of(v->r, pair, REPLAY_AFTER)->name));
	sheet_cell(sheet, 1, cell_optional(set_names[v->set]));
	sheet_cell(sheet, 2,
	    cell_optional(is_set_of_members(v) && next ? next->name : NULL));
	for (size_t i = 0; i < N_METRICS; i++)
		if (sheet_wants(sheet, N_KEYS + i))
			sheet_cell(sheet, N_KEYS + i,
			    cell_of_number(
				metrics[i].value(v), metrics[i].column.unit));
}

static void
fill_stage(const struct convert *c, const struct replay *r, struct sheet *sheet,
    const struct replay_group *group, size_t pair)
{
	struct replay_row rows[REPLAY_SETS];
	struct view v = { .r = r,
		.old = &rows[REPLAY_OLD],
		.method = c->interval,
		.confidence = c->confidence };

	replay_rows_of(
	    r, group, pair, c->mature, c->confidence, rows, &v.owners);
	for (int set = 0; set < REPLAY_SETS; set++) {
		v.set = (enum replay_set)set;
		v.row = &rows[set];
		sheet_row(sheet, &group->key);
		fill_row(sheet, &v, pair);
	}
}

/* ---- notes ---- */

static const char *const file_names[REPLAY_FILES] = { "old", "new" };

static void
note_old(const struct replay *r, struct table *table)
{
	const struct replay_file *old = &r->files[REPLAY_BEFORE];
	const struct definitions *d = &old->load->definitions;
	const char *unknown =
	    store_unknown_stages(old->load->store, table->arena);

	table_note(table, "against", "%s, version %s, sha256 %s", d->path,
	    d->version ? d->version : "not given", d->sha256);
	for (size_t i = 0; i < old->load->n_readers; i++) {
		const struct reader *mine = old->load->readers[i];
		const struct reader *new =
		    r->files[REPLAY_AFTER].load->readers[i];

		if (mine->ledger_file->used != new->ledger_file->used)
			table_note(table, "old_rows",
			    "%s: under the old file %" PRIu64 " of %" PRIu64
			    " rows were used, under the new one %" PRIu64,
			    mine->path, mine->ledger_file->used,
			    mine->ledger_file->rows, new->ledger_file->used);
	}
	if (unknown)
		table_note(table, "old_stages",
		    "stages that the old file does not have: %s", unknown);
}

static const char *
rule_name(const struct replay *r, size_t pair, int file)
{
	const struct replay_file *f = &r->files[file];
	size_t rule = stage_rule(f->rules,
	    f->walk.timelines->stage_of_rank[r->pairs[pair].rank[file]]);

	return rule == STAGE_RULE_NONE
		   ? "no rule"
		   : arena_printf(r->arena, "rule '%s'",
			 criteria_rule(f->rules->criteria, rule)->name);
}

/* What is compared: where neither file has a rule, the history alone. */
static void
note_stages(const struct replay *r, struct table *table)
{
	for (size_t i = 0; i < r->n_pairs; i++) {
		const char *old = rule_name(r, i, REPLAY_BEFORE);
		const char *new = rule_name(r, i, REPLAY_AFTER);
		const char *was = replay_stage_of(r, i, REPLAY_BEFORE)->name;
		const char *is = replay_stage_of(r, i, REPLAY_AFTER)->name;

		if (strcmp(old, "no rule") != 0 ||
		    strcmp(new, "no rule") != 0 || strcmp(was, is) != 0)
			table_note(table, "replayed",
			    "'%s' with %s in the old file, '%s' with %s in the "
			    "new one",
			    was, old, is, new);
	}
}

static void
note_unpaired(
    const struct convert *c, const struct replay *r, struct table *table)
{
	bool one = c->query->stage || c->query->step;

	for (int i = 0; !one && i < REPLAY_FILES; i++) {
		const char *names = replay_unpaired(r, i);

		if (*names)
			table_note(table, "unpaired",
			    "stages of the %s file that cannot be told to be "
			    "one with a stage of the other, left out: %s",
			    file_names[i], names);
	}
}

static void
note_members(const struct replay *r, struct table *table)
{
	table_note(table, "members",
	    r->by_rule ? "who passes the rule of a stage, having come to the "
			 "stage before; where there is no rule, who entered it"
		       : "who entered the stage by the history, and passes the "
			 "rule that the file gives to it");
	for (int i = 0; i < REPLAY_FILES; i++)
		if (r->files[i].passing)
			table_note(table, "not_entered",
			    "%" PRIu64
			    " under the %s file pass the rule of a stage that "
			    "they never entered, having come to the stage "
			    "before%s",
			    r->files[i].passing, file_names[i],
			    r->by_rule ? ": members without a rate"
				       : ": no members (--members rule)");
}

void
convert_replay_note_against(
    const struct convert *c, const struct replay *r, struct table *table)
{
	note_old(r, table);
	note_stages(r, table);
	note_unpaired(c, r, table);
	note_members(r, table);
}

void
convert_replay_note_rules(const struct replay *r, struct table *table)
{
	for (int i = 0; i < REPLAY_FILES; i++)
		stage_rules_note(r->files[i].rules, table);
}

void
convert_replay_note_files(
    const struct convert *c, const struct replay *r, struct table *table)
{
	convert_replay_note_against(c, r, table);
	table_note(table, "mode", "%s: %s", modes[c->path.mode].name,
	    modes[c->path.mode].help);
	if (c->query->window)
		table_note(table, "window",
		    "only stages within %s of the %s entry to the first stage",
		    c->query->window, c->path.reentry_best ? "best" : "first");
	convert_replay_note_rules(r, table);
}

void
convert_replay_note_old_records(const struct replay *r, struct table *table)
{
	note_count(table, "old_records",
	    r->records - r->files[REPLAY_AFTER].walk.records,
	    "more records, which only the old file knows");
}

void
convert_replay_note_records(
    struct convert *c, const struct replay *r, struct table *table)
{
	const struct walk *walk = &r->files[REPLAY_AFTER].walk;

	walk_note_times(walk, table);
	load_notes(&c->load, table);
	walk_note_records(walk, walk->records, table);
	convert_replay_note_old_records(r, table);
	note_count(table, "undated", r->undated,
	    "entries without a date, left out: --from and --to need it");
	walk_note_events(walk, table);
	convert_note_shape(c, table);
}

static void
note_rates(const struct convert *c, const struct replay *r, struct table *table)
{
	char confidence[NUMBER_MAX];

	number_text(confidence, 100 * c->confidence);
	table_note(table, "interval",
	    "%s %% %s; of matured rates by the variance of Aalen and Johansen",
	    confidence,
	    c->interval == INTERVAL_WILSON ? "Wilson score"
					   : "Clopper-Pearson");
	table_note(table, "rates",
	    "what became of the records as they were treated: those dropped "
	    "were worked by the old definition, those added were not");
	if (!r->follow)
		return;
	if (c->query->mature)
		table_note(table, "matured", "at %s, open records censored",
		    c->query->mature);
	else
		table_note(table, "matured",
		    "at the number of days within which %g %% of the completed "
		    "steps, or wins, of all records under the new file were "
		    "done, the same for all sets; open records censored",
		    100 * YOUNG_COMPLETED);
}

/* ---- replay ---- */

static int
new_sheet(const struct convert *c, const struct replay *r, struct sheet *sheet,
    struct fnl_err *err)
{
	const struct column **columns =
	    arena_array(c->arena, N_KEYS + N_METRICS, sizeof(*columns));
	struct sheet_plan plan = { .title = "Definition replay",
		.columns = columns,
		.n_columns = N_KEYS + N_METRICS,
		.n_keys = N_KEYS };

	for (size_t i = 0; i < N_KEYS; i++)
		columns[i] = keys[i];
	for (size_t i = 0; i < N_METRICS; i++)
		columns[N_KEYS + i] = &metrics[i].column;
	return convert_replay_sheet(c, r, &plan, sheet, err);
}

static bool
wants_follow(const struct sheet *sheet)
{
	for (size_t i = 0; i < N_METRICS; i++)
		if (metrics[i].follows && sheet_wants(sheet, N_KEYS + i))
			return true;
	return false;
}

int
convert_replay(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct replay *r = arena_alloc(c->arena, sizeof(*r));
	struct sheet sheet;
	void **sorted;

	if (convert_replay_start(c, r, err) < 0 ||
	    new_sheet(c, r, &sheet, err) < 0)
		return -1;
	r->follow = wants_follow(&sheet);
	replay_count(r);
	sorted = groups_sorted(&r->groups, c->load.store->texts);
	for (size_t i = 0; i < r->groups.items.count; i++)
		for (size_t pair = 0; pair < r->n_pairs; pair++)
			fill_stage(c, r, &sheet, sorted[i], pair);
	convert_replay_note_files(c, r, sheet.table);
	note_rates(c, r, sheet.table);
	convert_replay_note_records(c, r, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
