/*
 * rejections.c: records that ended -> their reasons -> two tables.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "query.h"
#include "rejections.h"
#include "stats.h"

const enum field_id rejection_fields[N_REJECTION_FIELDS] = {
	FIELD_REJECT_REASON, FIELD_NAME, FIELD_SOURCE, FIELD_CAMPAIGN,
	FIELD_OWNER
};

/* A record that ended so, while the walk stands at it. */
struct rejection {
	uint32_t record;
	struct when at;
	const struct reason *reason;
	enum standing standing;
};

struct rejections {
	struct rejections_query *q;
	struct load *load;
	struct reasons *reasons;
	struct value_rules value;
	size_t reason_attribute;
	uint64_t ended[OUTCOME_COUNT]; /* as of now, in the window */
	uint64_t counted, given, listed, standing[STANDINGS];
	uint64_t reversed, undated;
};

int
rejections_outcomes(const char *text, unsigned *out, struct fnl_err *err)
{
	static const struct choice outcomes[] = {
		{ "rejected", 1 << OUTCOME_REJECTED },
		{ "recycled", 1 << OUTCOME_RECYCLED },
		{ "lost", 1 << OUTCOME_LOST },
		{ "any", 1 << OUTCOME_REJECTED | 1 << OUTCOME_RECYCLED |
			     1 << OUTCOME_LOST },
		{ NULL, 0 },
	};
	int bits;

	if (query_choice("--outcome", text, outcomes, &bits, err) < 0)
		return -1;
	*out = (unsigned)bits;
	return 0;
}

int
rejections_last(const char *text, uint64_t *out, struct fnl_err *err)
{
	int64_t n = REJECTED_DEFAULT;

	if (text && query_count("--last-rejected", text, &n, err) < 0)
		return -1;
	if (!n)
		return fail(err, FNL_USAGE,
		    "--last-rejected: '%s' lists nothing; say 1 or more", text);
	*out = (uint64_t)n;
	return 0;
}

/* ---- which records ---- */

static struct rejections *
start(struct rejections_query *q)
{
	struct load *load = q->load;
	struct rejections *r = arena_alloc(load->arena, sizeof(*r));

	r->q = q;
	r->load = load;
	r->reasons =
	    reasons_new(load->arena, &load->definitions, load->store->texts);
	r->value = load_value_rules(load, q->fx);
	r->reason_attribute = load_wanted(load, FIELD_REJECT_REASON);
	return r;
}

static bool
is_asked(const struct rejections *r, unsigned outcome)
{
	return r->q->outcomes & 1u << outcome;
}

/* It ended so once, whatever came after. */
static bool
ended_so_once(const struct rejections *r, const struct timeline *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (is_asked(r, t->visits[i].outcome))
			return true;
	return false;
}

/* The walk's record, if it stands in the tables. */
static bool
take(struct rejections *r, struct rejection *out)
{
	const struct walk *walk = r->q->walk;
	const struct timeline *t = walk->timeline;
	bool asked = is_asked(r, t->outcome);

	if (!asked && ended_so_once(r, t))
		r->reversed++;
	if (t->outcome == OUTCOME_NONE)
		return false;
	if (!window_holds(r->load->zone, &r->load->window, t->closed)) {
		r->undated += asked && t->closed.kind == WHEN_UNKNOWN;
		return false;
	}
	r->ended[t->outcome]++;
	if (!asked)
		return false;
	*out = (struct rejection){ walk->record, t->closed,
		reasons_of(r->reasons, store_attribute_at(r->load->store,
					   walk->record, r->reason_attribute)),
		STANDING_NONE };
	return true;
}

static enum standing
judge(const struct rejections *r, const struct rejection *rejection,
    const char **why)
{
	const struct rejections_query *q = r->q;

	return q->judge ? q->judge(q->judge_context, rejection->record,
			      rejection->at, rejection->reason, why)
			: STANDING_NONE;
}

static void
count(struct rejections *r, struct rejection *rejection)
{
	enum reason_kind kind = rejection->reason->kind;

	rejection->standing = judge(r, rejection, NULL);
	r->counted++;
	r->given += kind != REASON_BLANK;
	r->listed += kind == REASON_LISTED;
	r->standing[rejection->standing]++;
}

static bool
next(struct rejections *r, struct rejection *out)
{
	while (walk_next(r->q->walk))
		if (take(r, out)) {
			count(r, out);
			return true;
		}
	return false;
}

/* "rejected", "rejected recycled lost". */
static const char *
outcomes_text(const struct rejections *r)
{
	struct textbuf text = { .arena = r->load->arena };

	for (unsigned i = 0; i < OUTCOME_COUNT; i++)
		if (is_asked(r, i))
			textbuf_add(&text, "%s%s", text.n ? " " : "",
			    outcome_name((enum outcome)i));
	return textbuf_text(&text);
}

static const char *
title(const struct rejections *r, const char *what)
{
	return arena_printf(r->load->arena, "%s: %s", what, outcomes_text(r));
}

/* ---- notes ---- */

static void
note_reasons(const struct rejections *r, struct table *table)
{
	if (!load_has_column(r->load, r->reason_attribute))
		table_note(table, "no_reasons",
		    "no file has a column of reasons: say which it is with "
		    "--map reject_reason=COLUMN");
	if (r->counted)
		table_note(table, "reasons",
		    "%" PRIu64 " of %" PRIu64 " have a reason (%.1f%%)%s",
		    r->given, r->counted,
		    100 * stats_ratio((double)r->given, (double)r->counted),
		    !reasons_agreed(r->reasons)
			? "; none was agreed: list rejection_reasons in the "
			  "definitions"
			: arena_printf(table->arena,
			      ", %" PRIu64 " of the agreed list (%.1f%%)",
			      r->listed,
			      100 * stats_ratio((double)r->listed,
					(double)r->counted)));
}

/* L11: what is asked of a rejection is both, a listed reason and a criterion
 * that fails. */
static void
note_standing(const struct rejections *r, struct table *table)
{
	if (!r->q->judge || !r->counted)
		return;
	table_note(table, "standing",
	    "%" PRIu64 " of %" PRIu64 " have an agreed reason that their data "
	    "bear out (%.1f%%); %" PRIu64 " are disputed, %" PRIu64
	    " undecided (rejection_criteria of the definitions)",
	    r->standing[STANDING_AGREED], r->counted,
	    100 * stats_ratio(
		      (double)r->standing[STANDING_AGREED], (double)r->counted),
	    r->standing[STANDING_DISPUTED], r->standing[STANDING_UNDECIDED]);
}

static void
note_outcomes(const struct rejections *r, struct table *table)
{
	table_note(table, "outcome",
	    "%s, of %" PRIu64 " rejected, %" PRIu64 " recycled and %" PRIu64
	    " lost (--outcome)",
	    outcomes_text(r), r->ended[OUTCOME_REJECTED],
	    r->ended[OUTCOME_RECYCLED], r->ended[OUTCOME_LOST]);
	note_count(table, "reversed", r->reversed,
	    "records that had ended so and went on, or ended otherwise, "
	    "since: not in the table");
	note_count(table, "undated", r->undated,
	    "records left out: they ended nobody knows when, and --from and "
	    "--to need a date");
}

static void
note_all(const struct rejections *r, struct table *table)
{
	note_reasons(r, table);
	note_standing(r, table);
	note_outcomes(r, table);
	walk_note_times(r->q->walk, table);
	load_notes(r->load, table);
	walk_note_records(r->q->walk, r->counted, table);
	walk_note_events(r->q->walk, table);
}

/* ---- columns ---- */

static const struct column outcome_column = { "outcome", "Outcome", UNIT_TEXT,
	FOR_MACHINES, "See --outcome." };
static const struct column *const context_columns[] = { &outcome_column };

static int
new_sheet(const struct rejections *r, struct sheet_plan plan,
    struct sheet *sheet, struct fnl_err *err)
{
	const struct cell context = cell_optional(outcomes_text(r));

	plan.n_keys = 1;
	plan.context = context_columns;
	plan.context_cells = &context;
	plan.n_context = 1;
	plan.metrics = r->q->metrics;
	plan.long_form = r->q->long_form;
	plan.figure = r->q->figure;
	return sheet_new(sheet, r->load, &plan, err);
}

static const struct column reason_column = { "reason", "Reason", UNIT_TEXT,
	FOR_ALL, "The agreed name; (unlisted) and the text; (blank)." };
static const struct column listed_column = { "listed", "Listed", UNIT_FLAG,
	FOR_ALL_IF_ANY, "It is one of rejection_reasons." };

/* ---- how often ---- */

enum {
	PARETO_REASON,
	PARETO_N,
	PARETO_SHARE,
	PARETO_CUMULATIVE,
	PARETO_LISTED,
	PARETO_VALUE,
	PARETO_CURRENCY,
	PARETO_AGREED, /* from here on: only where somebody judges */
	PARETO_DISPUTED,
	PARETO_UNDECIDED,
	PARETO_COLUMNS
};

static const struct column n_column = { "n", "Records", UNIT_COUNT, FOR_ALL,
	"Records that ended for this reason." };
static const struct column share_column = { "share", "Share", UNIT_SHARE,
	FOR_ALL, "Of all of the segment and period." };
static const struct column cumulative_column = { "cumulative", "So far",
	UNIT_SHARE, FOR_ALL, "Share of this reason and those above it." };
static const struct column value_column = { "value", "Value", UNIT_MONEY,
	FOR_ROOM_IF_ANY, "Their amounts; empty where currencies mix." };
static const struct column currency_column = { "currency", "Currency",
	UNIT_TEXT, FOR_MACHINES, "Of the value." };
static const struct column agreed_column = { "agreed", "Agreed", UNIT_COUNT,
	FOR_ALL, "Those whose data bear the listed reason out." };
static const struct column disputed_column = { "disputed", "Disputed",
	UNIT_COUNT, FOR_ALL, "Those whose data contradict it." };
static const struct column undecided_column = { "undecided", "Undecided",
	UNIT_COUNT, FOR_ALL, "Those whose data say neither." };

static const struct column *const pareto_columns[PARETO_COLUMNS] = {
	[PARETO_REASON] = &reason_column,
	[PARETO_N] = &n_column,
	[PARETO_SHARE] = &share_column,
	[PARETO_CUMULATIVE] = &cumulative_column,
	[PARETO_LISTED] = &listed_column,
	[PARETO_VALUE] = &value_column,
	[PARETO_CURRENCY] = &currency_column,
	[PARETO_AGREED] = &agreed_column,
	[PARETO_DISPUTED] = &disputed_column,
	[PARETO_UNDECIDED] = &undecided_column,
};

static void
fill_pareto(const struct rejections *r, struct sheet *sheet,
    const struct pareto_row *row)
{
	double all = (double)row->group->n;
	bool summed = row->value.any && !row->value.mixed;

	sheet_row(sheet, &row->group->key);
	sheet_cell(sheet, PARETO_REASON,
	    cell_text(reason_label(r->load->arena, row->reason)));
	sheet_cell(sheet, PARETO_N, cell_count(row->n));
	sheet_cell(
	    sheet, PARETO_SHARE, cell_number(stats_ratio((double)row->n, all)));
	sheet_cell(sheet, PARETO_CUMULATIVE,
	    cell_number(stats_ratio((double)row->cumulative, all)));
	sheet_cell(sheet, PARETO_LISTED,
	    cell_flag(row->reason->kind == REASON_LISTED));
	if (summed) {
		sheet_cell(sheet, PARETO_VALUE, cell_money(row->value.sum));
		sheet_cell(sheet, PARETO_CURRENCY,
		    cell_of_text(r->load, row->value.currency, NULL));
	}
	for (size_t i = 0; r->q->judge && i + PARETO_AGREED < PARETO_COLUMNS;
	     i++)
		sheet_cell(sheet, PARETO_AGREED + i,
		    cell_count(row->standing[STANDING_AGREED + i]));
}

static struct pareto *
count_reasons(struct rejections *r)
{
	const struct load *load = r->load;
	struct pareto *pareto = pareto_new(load->arena, load->segments.n_by,
	    load->period, load->definitions.fiscal_month, load->zone);
	struct rejection rejection;

	while (next(r, &rejection))
		pareto_add(pareto, r->q->walk->by, rejection.at,
		    rejection.reason,
		    value_of_record(&r->value,
			store_at(load->store, rejection.record),
			r->q->walk->timeline),
		    rejection.standing);
	return pareto;
}

int
rejections_report(
    struct rejections_query *q, struct table **out, struct fnl_err *err)
{
	struct rejections *r = start(q);
	struct sheet_plan plan = { .title = title(r, "Reasons"),
		.period = q->load->period,
		.columns = pareto_columns,
		.n_columns = q->judge ? PARETO_COLUMNS : PARETO_AGREED };
	struct pareto_row **rows;
	struct sheet sheet;
	bool mixed = false;
	size_t n;

	if (new_sheet(r, plan, &sheet, err) < 0)
		return -1;
	rows = pareto_sorted(count_reasons(r), q->load->store->texts, &n);
	for (size_t i = 0; i < n; i++) {
		fill_pareto(r, &sheet, rows[i]);
		mixed |= rows[i]->value.mixed;
	}
	note_all(r, sheet.table);
	load_note_values(r->load, &r->value, mixed, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

/* ---- the newest ---- */

enum {
	LINE_ID,
	LINE_NAME,
	LINE_SOURCE,
	LINE_CAMPAIGN,
	LINE_OWNER,
	LINE_DATE,
	LINE_STAGE,
	LINE_REASON,
	LINE_LISTED,
	LINE_MISSING,
	LINE_STANDING, /* from here on: only where somebody judges */
	LINE_WHY,
	LINE_COLUMNS
};

static const struct column id_column = { "id", "Id", UNIT_TEXT, FOR_ALL,
	"Id of the record." };
static const struct column name_column = { "name", "Name", UNIT_TEXT,
	FOR_ROOM_IF_ANY, "Its name." };
static const struct column source_column = { "source", "Source", UNIT_TEXT,
	FOR_ALL_IF_ANY, "Its agreed source." };
static const struct column campaign_column = { "campaign", "Campaign",
	UNIT_TEXT, FOR_ALL_IF_ANY, "Its campaign." };
static const struct column owner_column = { "owner", "Owner", UNIT_TEXT,
	FOR_ALL_IF_ANY, "Who owns it now." };
static const struct column date_column = { "date", "Date", UNIT_TIME, FOR_ALL,
	"When it ended so." };
static const struct column stage_column = { "stage", "From stage", UNIT_TEXT,
	FOR_ROOM_IF_ANY, "The last stage it was in before." };
static const struct column missing_column = { "missing", "No reason", UNIT_FLAG,
	FOR_ROOM_IF_ANY, "Nobody said why." };
static const struct column standing_column = { "standing", "Data", UNIT_TEXT,
	FOR_ALL, "agreed, disputed or undecided: what they say of it." };
static const struct column why_column = { "why", "Why", UNIT_TEXT, FOR_ALL,
	"The criteria that fail, hold or cannot be told." };

static const struct column *const line_columns[LINE_COLUMNS] = {
	[LINE_ID] = &id_column,
	[LINE_NAME] = &name_column,
	[LINE_SOURCE] = &source_column,
	[LINE_CAMPAIGN] = &campaign_column,
	[LINE_OWNER] = &owner_column,
	[LINE_DATE] = &date_column,
	[LINE_STAGE] = &stage_column,
	[LINE_REASON] = &reason_column,
	[LINE_LISTED] = &listed_column,
	[LINE_MISSING] = &missing_column,
	[LINE_STANDING] = &standing_column,
	[LINE_WHY] = &why_column,
};

struct rejected {
	struct rejection rejection;
	struct slice id;
	int64_t day;
	uint16_t stage; /* or STAGE_NONE */
	uint32_t *by;
};

/* The ranked stage that came before the ending in force. */
static uint16_t
stage_before(const struct timeline *t)
{
	for (size_t i = t->n; i > 0; i--)
		if (t->visits[i - 1].rank)
			return t->visits[i - 1].stage;
	return STAGE_NONE;
}

static void
keep_line(const struct rejections *r, const struct rejection *from,
    struct rejected *line)
{
	const struct load *load = r->load;
	size_t n_by = load->segments.n_by;

	line->rejection = *from;
	line->id = store_id(load->store, from->record);
	line->stage = stage_before(r->q->walk->timeline);
	if (from->at.kind != WHEN_UNKNOWN)
		line->day = zone_day(load->zone, from->at);
	line->by = arena_array(load->arena, n_by + 1, sizeof(*line->by));
	if (n_by)
		memcpy(line->by, r->q->walk->by, n_by * sizeof(*line->by));
}

/* The newest first: days, of one day those with a time by it and then those
 * without, by id; the undated last. */
static int
compare_lines(const void *pa, const void *pb)
{
	const struct rejected *a = pa, *b = pb;
	const struct when *wa = &a->rejection.at, *wb = &b->rejection.at;

	if ((wa->kind == WHEN_UNKNOWN) != (wb->kind == WHEN_UNKNOWN))
		return wa->kind == WHEN_UNKNOWN ? 1 : -1;
	if (a->day != b->day)
		return a->day > b->day ? -1 : 1;
	if (wa->kind != wb->kind)
		return wa->kind == WHEN_INSTANT ? -1 : 1;
	if (wa->seconds != wb->seconds)
		return wa->seconds > wb->seconds ? -1 : 1;
	return slice_compare(a->id, b->id);
}

static struct slice
agreed_source(const struct rejections *r, uint32_t source)
{
	const struct store *store = r->load->store;
	struct slice raw = intern_get(store->texts, source);
	const struct source_definition *agreed =
	    segments_source(&r->load->segments, store, raw);

	return agreed ? slice_of(agreed->name) : raw;
}

static uint32_t
wanted_text(const struct rejections *r, const struct rejected *line,
    enum field_id field)
{
	return store_attribute_at(r->load->store, line->rejection.record,
	    load_wanted(r->load, field));
}

static void
fill_texts(const struct rejections *r, struct sheet *sheet,
    const struct rejected *line)
{
	static const struct {
		size_t column;
		enum field_id field;
	} plain[] = { { LINE_NAME, FIELD_NAME },
		{ LINE_CAMPAIGN, FIELD_CAMPAIGN },
		{ LINE_OWNER, FIELD_OWNER } };
	uint32_t source = wanted_text(r, line, FIELD_SOURCE);

	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		sheet_cell(sheet, plain[i].column,
		    cell_of_text(
			r->load, wanted_text(r, line, plain[i].field), NULL));
	if (source)
		sheet_cell(
		    sheet, LINE_SOURCE, cell_text(agreed_source(r, source)));
}

static void
fill_standing(const struct rejections *r, struct sheet *sheet,
    const struct rejection *rejection)
{
	static const char *const names[STANDINGS] = {
		[STANDING_AGREED] = "agreed",
		[STANDING_DISPUTED] = "disputed",
		[STANDING_UNDECIDED] = "undecided",
	};
	const char *why = NULL;

	if (!r->q->judge)
		return;
	judge(r, rejection, &why);
	sheet_cell(
	    sheet, LINE_STANDING, cell_optional(names[rejection->standing]));
	sheet_cell(sheet, LINE_WHY, cell_optional(why));
}

static void
fill_line(const struct rejections *r, struct sheet *sheet,
    const struct rejected *line)
{
	const struct definitions *d = &r->load->definitions;
	const struct reason *reason = line->rejection.reason;

	sheet_row(sheet, &(struct group_key){ .by = line->by });
	sheet_cell(sheet, LINE_ID, cell_text(line->id));
	fill_texts(r, sheet, line);
	sheet_cell(sheet, LINE_DATE, cell_time(line->rejection.at));
	if (line->stage != STAGE_NONE)
		sheet_cell(sheet, LINE_STAGE,
		    cell_optional(d->stages[line->stage].name));
	sheet_cell(sheet, LINE_REASON,
	    cell_text(reason_label(r->load->arena, reason)));
	sheet_cell(
	    sheet, LINE_LISTED, cell_flag(reason->kind == REASON_LISTED));
	sheet_cell(
	    sheet, LINE_MISSING, cell_flag(reason->kind == REASON_BLANK));
	fill_standing(r, sheet, &line->rejection);
}

static struct rejected *
list_lines(struct rejections *r, size_t *n)
{
	size_t most = r->load->store->records.count;
	struct rejected *lines =
	    arena_array(r->load->arena, most + 1, sizeof(*lines));
	struct rejection rejection;

	*n = 0;
	while (next(r, &rejection))
		keep_line(r, &rejection, &lines[(*n)++]);
	qsort(lines, *n, sizeof(*lines), compare_lines);
	return lines;
}

int
rejected_report(
    struct rejections_query *q, struct table **out, struct fnl_err *err)
{
	struct rejections *r = start(q);
	struct sheet_plan plan = { .title = title(r, "Newest"),
		.columns = line_columns,
		.n_columns = q->judge ? LINE_COLUMNS : LINE_STANDING };
	struct sheet sheet;
	struct rejected *lines;
	size_t n;

	if (new_sheet(r, plan, &sheet, err) < 0)
		return -1;
	lines = list_lines(r, &n);
	for (size_t i = 0; i < n && i < q->last; i++)
		fill_line(r, &sheet, &lines[i]);
	if (n > q->last)
		table_note(sheet.table, "last",
		    "the newest %" PRIu64 " of %zu: --last-rejected says how "
		    "many",
		    q->last, n);
	note_all(r, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
