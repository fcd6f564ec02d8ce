/*
 * sla_completeness.c: the report completeness. Of what the two teams agreed to
 * hand over with a record, which field is filled how often, and how many
 * hand-overs have all of them (product.md L07, metrics.md 3.4.8): the
 * scorecard has the last line only, and one field that nobody fills makes that
 * 0 whatever the others do.
 */
#include "sla.h"

struct fill { /* of a commitment, segment and period */
	struct group_key key;
	uint64_t n; /* hand-overs */
	uint64_t whole; /* of them, those with every field */
	uint64_t cells; /* fields that are filled, of all of them */
	uint64_t *filled; /* by field */
};

struct completeness {
	struct sla *sla;
	struct groups *groups; /* of struct fill, by commitment */
};

static unsigned
n_fields(const struct commitment *c)
{
	return c->definition->filled.n;
}

/* ---- counting ---- */

static struct fill *
fill_of(struct completeness *k, const struct sla_case *x)
{
	bool is_new;
	struct fill *fill = groups_at(
	    &k->groups[x->commitment->number], x->by, x->start, &is_new);

	if (is_new)
		fill->filled = arena_array(k->sla->arena,
		    n_fields(x->commitment), sizeof(*fill->filled));
	return fill;
}

static void
take_case(void *context, const struct sla_case *x)
{
	struct completeness *k = context;
	const struct commitment *c = x->commitment;
	struct fill *fill;

	if (!clock_counts(x->clock.status))
		return;
	fill = fill_of(k, x);
	fill->n++;
	fill->whole += x->clock.status == CLOCK_MET;
	for (unsigned i = 0; i < n_fields(c); i++) {
		bool filled = criteria_filled(
		    k->sla->commitments.criteria, c->filled[i], x->record);

		fill->filled[i] += filled;
		fill->cells += filled;
	}
}

/* ---- table ---- */

enum {
	FILL_COMMITMENT,
	FILL_FIELD,
	FILL_TEAM,
	FILL_STAGE,
	FILL_N,
	FILL_FILLED,
	FILL_SHARE,
	FILL_LO,
	FILL_HI,
	FILL_BLANK,
	FILL_MEAN,
	FILL_COLUMNS
};

#define N_KEYS 2

static const struct column fill_columns[FILL_COLUMNS] = {
	[FILL_COMMITMENT] = { "commitment", "Commitment", UNIT_TEXT, FOR_ALL,
	    "Its name in the definitions." },
	[FILL_FIELD] = { "field", "Field", UNIT_TEXT, FOR_ALL,
	    "What was to be filled; (all fields): every one of them." },
	[FILL_TEAM] = { "promised_by", "By", UNIT_TEXT, FOR_ROOM,
	    "The team that promised." },
	[FILL_STAGE] = { "at", "At", UNIT_TEXT, FOR_MACHINES,
	    "The stage at which records are handed over." },
	[FILL_N] = { "n", "Handed over", UNIT_COUNT, FOR_ALL,
	    "Records that entered the stage." },
	[FILL_FILLED] = { "filled", "Filled", UNIT_COUNT, FOR_ALL,
	    "Those in which it is not blank." },
	[FILL_SHARE] = { "fill_rate", "Share", UNIT_SHARE, FOR_ALL,
	    "filled / n." },
	[FILL_LO] = { "lo", "Low", UNIT_SHARE, FOR_ROOM,
	    "Lower bound of its interval." },
	[FILL_HI] = { "hi", "High", UNIT_SHARE, FOR_ROOM,
	    "Upper bound of its interval." },
	[FILL_BLANK] = { "blank", "Blank", UNIT_COUNT, FOR_ALL,
	    "n less filled." },
	[FILL_MEAN] = { "mean_filled", "Mean filled", UNIT_SHARE, FOR_ALL,
	    "Mean share of the fields that a hand-over has; of all fields "
	    "only." },
};

static void
add_row(const struct completeness *k, struct sheet *sheet,
    const struct commitment *c, const struct fill *fill, const char *field,
    uint64_t filled)
{
	const struct sla *s = k->sla;
	struct interval bounds =
	    stats_proportion(filled, fill->n, s->confidence, s->interval);

	sheet_row(sheet, &fill->key);
	sheet_cell(sheet, FILL_COMMITMENT, cell_optional(c->definition->name));
	sheet_cell(sheet, FILL_FIELD, cell_optional(field));
	sheet_cell(sheet, FILL_TEAM, cell_optional(c->definition->owner));
	sheet_cell(sheet, FILL_STAGE, cell_optional(c->definition->at));
	sheet_cell(sheet, FILL_N, cell_count(fill->n));
	sheet_cell(sheet, FILL_FILLED, cell_count(filled));
	sheet_cell(sheet, FILL_SHARE,
	    cell_number(stats_ratio((double)filled, (double)fill->n)));
	sheet_cell(sheet, FILL_LO, cell_number(bounds.low));
	sheet_cell(sheet, FILL_HI, cell_number(bounds.high));
	sheet_cell(sheet, FILL_BLANK, cell_count(fill->n - filled));
}

static void
add_fill(const struct completeness *k, struct sheet *sheet,
    const struct commitment *c, const struct fill *fill)
{
	for (unsigned i = 0; i < n_fields(c); i++)
		add_row(k, sheet, c, fill, c->definition->filled.items[i],
		    fill->filled[i]);
	add_row(k, sheet, c, fill, "(all fields)", fill->whole);
	sheet_cell(sheet, FILL_MEAN,
	    cell_number(stats_ratio(
		(double)fill->cells, (double)fill->n * (double)n_fields(c))));
}

/* As in the scorecard: a commitment that nothing was about has its rows where
 * there are no segments and periods to name. */
static void
add_commitment(const struct completeness *k, struct sheet *sheet,
    const struct commitment *c)
{
	const struct sla *s = k->sla;
	const struct groups *groups = &k->groups[c->number];
	void **sorted = groups_sorted(groups, s->load.store->texts);
	struct fill none = { .n = 0 };

	for (size_t i = 0; i < groups->items.count; i++)
		add_fill(k, sheet, c, sorted[i]);
	if (groups->items.count || s->load.segments.n_by || s->load.period)
		return;
	none.filled = arena_array(s->arena, n_fields(c), sizeof(*none.filled));
	add_fill(k, sheet, c, &none);
}

/* ---- the report ---- */

static void
note_cells(const struct sla *s, struct table *table)
{
	table_note(table, "judged",
	    "fields as the export has them now; where a history has the "
	    "column, as --seg-at says");
	table_note(table, "blank", "%s",
	    criteria_blank(s->commitments.criteria, s->arena));
}

int
sla_completeness_options(struct sla *s, struct fnl_err *err)
{
	(void)err;
	s->commitments.only_kind = "completeness";
	return 0;
}

int
sla_completeness_plan(struct sla *s, struct fnl_err *err)
{
	return s->commitments.n
		   ? 0
		   : fail(err, FNL_USAGE,
			 "--report completeness: no commitment is about "
			 "filled fields ('at' and 'filled' of the "
			 "definitions)");
}

int
sla_completeness(struct sla *s, struct table **out, struct fnl_err *err)
{
	const struct commitments *all = &s->commitments;
	const struct column *columns[FILL_COLUMNS];
	struct completeness k = { .sla = s };
	struct sheet_plan plan = { .title = "What is handed over",
		.period = s->load.period,
		.columns = columns,
		.n_columns = FILL_COLUMNS,
		.n_keys = N_KEYS };
	struct sheet sheet;

	for (size_t i = 0; i < FILL_COLUMNS; i++)
		columns[i] = &fill_columns[i];
	if (sla_sheet(s, plan, &sheet, err) < 0)
		return -1;
	k.groups = arena_array(s->arena, all->n + 1, sizeof(*k.groups));
	for (size_t i = 0; i < all->n; i++)
		k.groups[i] = groups_new(s->arena, sizeof(struct fill),
		    s->load.segments.n_by, s->load.period,
		    s->load.definitions.fiscal_month, s->load.zone);
	sla_each(s, take_case, &k);
	for (size_t i = 0; i < all->n; i++)
		add_commitment(&k, &sheet, &all->items[i]);
	note_cells(s, sheet.table);
	sla_notes(s, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
