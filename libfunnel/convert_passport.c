/*
 * convert_passport.c: the report passport. One question under every definition
 * that somebody may have had in mind (metrics.md 3.1.6): which of them gives
 * the other team's number, and how far they lie apart.
 */
#include <math.h>

#include "convert.h"
#include "query.h"

static const struct column columns[] = {
	{ "definition", "Definition", UNIT_TEXT, FOR_ALL,
	    "Name of the definition." },
	{ "stage", "Stage", UNIT_TEXT, FOR_ALL, "Of win_stage and the like." },
	{ "reached", "Reached by", UNIT_TEXT, FOR_ALL,
	    "The mode by which a stage is reached." },
	{ "within", "Within", UNIT_TEXT, FOR_ALL,
	    "Of win_horizon and win_time." },
	{ "won", "Won", UNIT_COUNT, FOR_ALL, "Records above the line." },
	{ "n", "Of", UNIT_COUNT, FOR_ALL, "Records below the line." },
	{ "rate", "Rate", UNIT_SHARE, FOR_ALL, "The win rate so defined." },
	{ "lo", "Low", UNIT_SHARE, FOR_ALL, "Lower bound of rate." },
	{ "hi", "High", UNIT_SHARE, FOR_ALL, "Upper bound of rate." },
	{ "says", "Which is", UNIT_TEXT, FOR_ROOM, "The definition in words." },
};

#define N_COLUMNS (sizeof(columns) / sizeof(*columns))
#define N_KEYS 4
#define ROUNDING 1e-12 /* of two equal rates the first is named */

struct meaning { /* one row, before it has numbers */
	const char *definition, *stage, *reached, *within, *says;
};

struct passport {
	struct convert *c;
	struct fnl_list horizons;
	struct tally *created, *closed; /* outcomes, by the two bases */
	struct path_rule paths[MODE_COUNT];
	struct tally *by_mode[MODE_COUNT]; /* NULL: not asked for */
	struct tally *stage_closed; /* by the mode of the run */
	struct sheet sheet;
	/* the ends of the spread, without and with those by stage: */
	double low[2], high[2];
	struct meaning lowest[2], highest[2];
};

int
convert_passport_options(struct convert *c, struct fnl_err *err)
{
	static const struct choice subjects[] = { { "win_rate", 0 },
		{ NULL, 0 } };
	const struct fnl_input *in = &c->query->input;
	int subject;

	if (query_choice(
		"--passport", c->query->passport, subjects, &subject, err) < 0)
		return -1;
	if (in->by.n || in->period)
		return fail(err, FNL_USAGE,
		    "a passport is of one number: leave --by and --period out, "
		    "and choose with --where, --from and --to");
	if (c->path.mode == MODE_DIRECT)
		return fail(err, FNL_USAGE,
		    "--mode direct counts moves, not who reached a stage: use "
		    "another one");
	return 0;
}

/* ---- counting ---- */

static struct tally *
new_tally(const struct passport *p, enum basis basis, bool outcomes)
{
	struct tally_rules rules = p->c->rules;

	rules.basis = basis;
	rules.anchor = ANCHOR_FIRST;
	rules.period = PERIOD_NONE;
	rules.fiscal_month = p->c->load.definitions.fiscal_month;
	rules.window = p->c->load.window;
	rules.as_of = p->c->load.as_of;
	rules.zone = p->c->load.zone;
	rules.n_ranks = p->c->walk.timelines->n_ranks;
	rules.start_rank = convert_start_rank(p->c);
	rules.value = load_value_rules(&p->c->load, rules.value.fx);
	rules.outcomes = rules.follow = outcomes;
	return tally_new(p->c->arena, &rules, 0);
}

/* Direct has moves and no count of a stage. */
static void
start_stages(struct passport *p)
{
	const struct convert *c = p->c;

	for (int mode = 0; mode < MODE_COUNT; mode++) {
		if (mode == MODE_DIRECT ||
		    (c->query->mode && mode != (int)c->path.mode))
			continue;
		p->paths[mode] = c->path;
		p->paths[mode].mode = (enum mode)mode;
		p->paths[mode].zone = c->load.zone;
		p->paths[mode].n_ranks = c->walk.timelines->n_ranks;
		p->by_mode[mode] = new_tally(p, BASIS_COHORT, false);
	}
	p->stage_closed = new_tally(p, BASIS_CLOSED, false);
}

static void
count_record(struct passport *p)
{
	const struct walk *walk = &p->c->walk;
	const struct record *record = store_at(p->c->load.store, walk->record);
	struct reach reach;

	tally_outcome(p->created, NULL, walk->timeline, record);
	tally_outcome(p->closed, NULL, walk->timeline, record);
	for (int mode = 0; mode < MODE_COUNT; mode++) {
		if (!p->by_mode[mode])
			continue;
		path_reach(&p->paths[mode], walk->timeline, &reach);
		tally_stages(p->by_mode[mode], NULL, walk->timeline, &reach,
		    &p->paths[mode]);
		if (mode == (int)p->c->path.mode)
			tally_stages(p->stage_closed, NULL, walk->timeline,
			    &reach, &p->paths[mode]);
	}
}

static const struct group *
only_group(const struct tally *tally)
{
	return vec_at(&tally->groups.items, 0);
}

/* ---- rows ---- */

static void
widen(struct passport *p, size_t i, const struct meaning *meaning, double rate)
{
	if (!(rate >= p->low[i] - ROUNDING)) {
		p->low[i] = rate;
		p->lowest[i] = *meaning;
	}
	if (!(rate <= p->high[i] + ROUNDING)) {
		p->high[i] = rate;
		p->highest[i] = *meaning;
	}
}

static void
add_row(struct passport *p, struct meaning meaning, double won, double n,
    double rate, struct interval interval)
{
	const struct cell cells[N_COLUMNS] = {
		cell_optional(meaning.definition),
		cell_optional(meaning.stage),
		cell_optional(meaning.reached),
		cell_optional(meaning.within),
		cell_of_number(won, UNIT_COUNT),
		cell_of_number(n, UNIT_COUNT),
		cell_of_number(rate, UNIT_SHARE),
		cell_of_number(interval.low, UNIT_SHARE),
		cell_of_number(interval.high, UNIT_SHARE),
		cell_optional(meaning.says),
	};

	sheet_row(&p->sheet, NULL);
	for (size_t i = 0; i < N_COLUMNS; i++)
		sheet_cell(&p->sheet, i, cells[i]);
	if (isnan(rate))
		return;
	if (!meaning.stage)
		widen(p, 0, &meaning, rate);
	widen(p, 1, &meaning, rate);
}

static void
add_share(struct passport *p, struct meaning meaning, uint64_t won, uint64_t n)
{
	add_row(p, meaning, (double)won, (double)n,
	    stats_ratio((double)won, (double)n),
	    stats_proportion(won, n, p->c->confidence, p->c->interval));
}

/* Amounts are no draws, so that theirs has no interval. */
static void
add_value(struct passport *p, const struct outcome_tally *o)
{
	const struct value_tally *won = &o->won_value, *lost = &o->lost_value;
	struct meaning meaning = { .definition = "win_value",
		.says = "won amount / (won + lost amount), closed in the "
			"window" };

	add_row(p, meaning, (double)won->sum.known,
	    (double)(won->sum.known + lost->sum.known), metric_win_value(o),
	    (struct interval){ NAN, NAN });
}

static void
add_outcomes(struct passport *p)
{
	const struct outcome_tally *closed = &only_group(p->closed)->outcomes;
	const struct outcome_tally *made = &only_group(p->created)->outcomes;

	add_share(p,
	    (struct meaning){ .definition = "win_closed",
		.says = "won / (won + lost), closed in the window" },
	    closed->won, closed->won + closed->lost);
	add_share(p,
	    (struct meaning){ .definition = "win_closed_rejected",
		.says = "won / (won + lost + rejected), closed in the "
			"window" },
	    closed->won, closed->won + closed->lost + closed->rejected);
	add_value(p, closed);
	add_share(p,
	    (struct meaning){ .definition = "win_resolved",
		.says = "won / (won + lost) so far, created in the window" },
	    made->won, made->won + made->lost);
	add_share(p,
	    (struct meaning){ .definition = "win_created",
		.says = "won so far / created in the window" },
	    made->won, made->records - made->unknown);
}

static int
add_horizon(struct passport *p, const char *text, struct fnl_err *err)
{
	const struct follow *follow = &only_group(p->created)->outcomes.follow;
	struct maturity m;
	int64_t horizon;

	if (query_duration("--horizon", text, &horizon, err) < 0)
		return -1;
	m = follow_maturity(p->c->arena, follow, horizon, p->c->confidence);
	add_share(p,
	    (struct meaning){ .definition = "win_horizon",
		.within = text,
		.says = "won within it / created in the window and followed "
			"so long" },
	    (uint64_t)m.reached, (uint64_t)m.followed);
	add_row(p,
	    (struct meaning){ .definition = "win_time",
		.within = text,
		.says = "won within it, created in the window, open ones "
			"censored" },
	    NAN, m.timed, m.rate, m.interval);
	return 0;
}

static const char *
stage_name(const struct passport *p, unsigned k)
{
	const struct convert *c = p->c;

	return c->load.definitions.stages[c->walk.timelines->stage_of_rank[k]]
	    .name;
}

static void
add_stages(struct passport *p, const struct tally *tally, const char *mode,
    const char *definition, const char *says)
{
	const struct stage_tally *stages = only_group(tally)->stages;

	for (unsigned k = 1; k < tally->rules.n_ranks; k++)
		add_share(p,
		    (struct meaning){ .definition = definition,
			.stage = stage_name(p, k),
			.reached = mode,
			.says = says },
		    stages[k].wins, stages[k].entered);
}

static void
add_all_stages(struct passport *p)
{
	for (int mode = 0; mode < MODE_COUNT; mode++)
		if (p->by_mode[mode])
			add_stages(p, p->by_mode[mode], modes[mode].name,
			    "win_stage",
			    "won so far / reached the stage, began in the "
			    "window");
	if (p->stage_closed)
		add_stages(p, p->stage_closed, modes[p->c->path.mode].name,
		    "win_stage_closed",
		    "won / closed in the window and had reached the stage");
}

/* ---- notes ---- */

static const char *
name_of(const struct passport *p, const struct meaning *m)
{
	return arena_printf(p->c->arena, "%s%s%s%s%s%s%s", m->definition,
	    m->stage ? " " : "", m->stage ? m->stage : "",
	    m->reached ? " " : "", m->reached ? m->reached : "",
	    m->within ? " " : "", m->within ? m->within : "");
}

static void
note_spread(const struct passport *p, size_t i, struct table *table)
{
	if (isnan(p->low[i]))
		return;
	table_note(table, "spread",
	    "%s%.1f %% (%s) to %.1f %% (%s): %.1f points",
	    i ? "with those by stage, " : "", 100 * p->low[i],
	    name_of(p, &p->lowest[i]), 100 * p->high[i],
	    name_of(p, &p->highest[i]), 100 * (p->high[i] - p->low[i]));
}

static void
note_passport(const struct passport *p, struct table *table)
{
	const struct outcome_tally *closed = &only_group(p->closed)->outcomes;

	note_spread(p, 0, table);
	if (p->stage_closed)
		note_spread(p, 1, table);
	else
		table_note(table, "shape",
		    "no win rates by stage: the input does not say which "
		    "stages the records went through");
	walk_note_times(&p->c->walk, table);
	load_notes(&p->c->load, table);
	convert_note_records(p->c, p->created->counted, table);
	load_note_values(&p->c->load, &p->closed->rules.value,
	    closed->won_value.mixed || closed->lost_value.mixed, table);
}

/* ---- the report ---- */

static int
new_sheet(struct passport *p, struct fnl_err *err)
{
	const struct column **own =
	    arena_array(p->c->arena, N_COLUMNS, sizeof(*own));
	struct sheet_plan plan = { .title = "Win rates by definition",
		.columns = own,
		.n_columns = N_COLUMNS,
		.n_keys = N_KEYS };

	for (size_t i = 0; i < N_COLUMNS; i++)
		own[i] = &columns[i];
	return convert_sheet(p->c, plan, &p->sheet, err);
}

static void
count_records(struct passport *p)
{
	const struct convert *c = p->c;

	p->created = new_tally(p, BASIS_COHORT, true);
	p->closed = new_tally(p, BASIS_CLOSED, true);
	if (c->load.store->histories && convert_has_won(c))
		start_stages(p);
	while (walk_next(&p->c->walk))
		count_record(p);
}

int
convert_passport(struct convert *c, struct table **out, struct fnl_err *err)
{
	static const char *const usual[] = { "30d", "90d", "180d", "365d" };
	struct passport p = { .c = c,
		.horizons = { usual, sizeof(usual) / sizeof(*usual) },
		.low = { NAN, NAN },
		.high = { NAN, NAN } };

	if (c->query->horizon)
		p.horizons = (struct fnl_list){ &c->query->horizon, 1 };
	if (new_sheet(&p, err) < 0)
		return -1;
	count_records(&p);
	add_outcomes(&p);
	for (size_t i = 0; i < p.horizons.n; i++)
		if (add_horizon(&p, p.horizons.items[i], err) < 0)
			return -1;
	add_all_stages(&p);
	note_passport(&p, p.sheet.table);
	*out = sheet_end(&p.sheet);
	return 0;
}
