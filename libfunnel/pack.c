/*
 * pack.c: the window, the sections, the files.
 */
#include <setjmp.h>
#include <string.h>
#include <unistd.h>

#include "book.h"
#include "chart.h"
#include "pack.h"
#include "page.h"
#include "query.h"
#include "render_text.h"

#define TREND_WEEKS 13 /* a quarter of them */
#define TREND_MONTHS 13 /* so that the first is last year's same month */
#define TREND_QUARTERS 8

static const struct {
	const char *name, *title;
	enum rhythm rhythm;
	enum period period;
	const char *word;
	int trend; /* periods of a series */
} rhythms[] = {
	{ "weekly", "Weekly review", WEEKLY, PERIOD_WEEK, "week", TREND_WEEKS },
	{ "monthly", "Monthly review", MONTHLY, PERIOD_MONTH, "month",
	    TREND_MONTHS },
	{ "quarterly", "Quarterly review", QUARTERLY, PERIOD_QUARTER, "quarter",
	    TREND_QUARTERS },
};

#define N_RHYTHMS (sizeof(rhythms) / sizeof(*rhythms))

static size_t
rhythm_number(const struct pack *p)
{
	size_t i = 0;

	while (i + 1 < N_RHYTHMS && rhythms[i].rhythm != p->rhythm)
		i++;
	return i;
}

/* ---- options ---- */

static int
check_target(const struct pack *p, struct fnl_err *err)
{
	struct money target;

	return p->query->target
		   ? query_amount("--target", p->query->target, &target, err)
		   : 0;
}

static int
take_rhythm(struct pack *p, struct fnl_err *err)
{
	struct choice choices[N_RHYTHMS + 1] = { { NULL, 0 } };
	int rhythm;

	for (size_t i = 0; i < N_RHYTHMS; i++)
		choices[i] =
		    (struct choice){ rhythms[i].name, (int)rhythms[i].rhythm };
	if (!p->query->rhythm)
		return fail(err, FNL_USAGE,
		    "say which review it is for: --weekly, --monthly or "
		    "--quarterly");
	if (query_choice("rhythm", p->query->rhythm, choices, &rhythm, err) < 0)
		return -1;
	p->rhythm = (enum rhythm)rhythm;
	return 0;
}

static void
take_inputs(struct pack *p)
{
	const struct fnl_pack_query *q = p->query;

	p->inputs.of[AGENDA_TOUCHES] = q->touches;
	p->inputs.of[AGENDA_ACTIVITIES] = q->activities;
	p->inputs.of[AGENDA_SPEND] = q->spend;
	p->inputs.of[AGENDA_LISTS] = q->lists;
	if (q->against)
		p->inputs.of[AGENDA_AGAINST] =
		    (struct fnl_list){ &q->against, 1 };
}

/* ---- the window ---- */

static const char *
day_text(struct arena *arena, int64_t day)
{
	char text[WHEN_TEXT];

	when_text(text, (struct when){ day * DAY_SECONDS, WHEN_DATE });
	return arena_text(arena, slice_of(text));
}

/* The first day of which nothing is known. */
static int64_t
first_unknown_day(const struct load *load)
{
	return zone_day(load->zone, load->as_of) +
	       (load->as_of.kind == WHEN_DATE);
}

static int64_t
step_back(enum period period, int64_t start, int n, int fiscal_month)
{
	while (n-- > 0)
		start = period_start(period, start - 1, fiscal_month);
	return start;
}

/*
 * The period that holds --review; without it the last one that is over. A
 * period that still runs is never taken by itself: half a month beside a whole
 * one reads as a fall.
 */
static int
find_window(struct pack *p, struct fnl_err *err)
{
	struct pack_window *w = &p->window;
	int fiscal_month = p->load.definitions.fiscal_month;
	int64_t unknown = first_unknown_day(&p->load);
	struct when day;

	w->period = rhythms[rhythm_number(p)].period;
	if (query_when("--review", p->query->review, p->load.zone, &day, err) <
	    0)
		return -1;
	w->from = period_start(w->period,
	    day.kind == WHEN_UNKNOWN ? unknown : zone_day(p->load.zone, day),
	    fiscal_month);
	if (day.kind == WHEN_UNKNOWN)
		w->from = step_back(w->period, w->from, 1, fiscal_month);
	w->to = period_next(w->period, w->from);
	w->running = w->to > unknown;
	if (w->from >= unknown)
		return fail(err, FNL_USAGE,
		    "--review %s: nothing is known of that time as of %s",
		    p->query->review, day_text(p->arena, unknown - 1));
	period_label(w->label, w->period, w->from, fiscal_month);
	return 0;
}

/* A rate needs time to become what it is: of a period that has just ended
 * most records are still on their way. */
static void
set_settled(struct pack *p)
{
	const struct pack_window *w = &p->window;
	int fiscal_month = p->load.definitions.fiscal_month;
	int64_t from = w->from, before;

	if (period_next(w->period, w->to) > first_unknown_day(&p->load))
		from = step_back(w->period, from, 1, fiscal_month);
	before = step_back(w->period, from, 1, fiscal_month);
	p->words.settled_from = day_text(p->arena, from);
	p->words.settled_to = day_text(p->arena, period_next(w->period, from));
	p->words.settled_before = arena_printf(p->arena, "%s..%s",
	    day_text(p->arena, before), p->words.settled_from);
}

static const char *
end_of_quarter(const struct pack *p)
{
	int64_t start = period_start(PERIOD_QUARTER,
	    first_unknown_day(&p->load), p->load.definitions.fiscal_month);

	return day_text(p->arena, period_next(PERIOD_QUARTER, start) - 1);
}

static void
set_words(struct pack *p)
{
	const struct pack_window *w = &p->window;
	int fiscal_month = p->load.definitions.fiscal_month;
	size_t rhythm = rhythm_number(p);

	set_settled(p);
	p->words.period = rhythms[rhythm].word;
	p->words.from = day_text(p->arena, w->from);
	p->words.to = day_text(p->arena, w->to);
	p->words.trend =
	    day_text(p->arena, step_back(w->period, w->from,
				   rhythms[rhythm].trend - 1, fiscal_month));
	p->words.until = end_of_quarter(p);
	p->words.target = p->query->target;
	p->words.by = p->query->by;
	if (!p->words.by &&
	    load_has_column(&p->load, p->load.want_attribute[0]))
		p->words.by = "source";
}

/* ---- sections ---- */

struct pack_section *
pack_add(struct pack *p, const char *id, const char *title, const char *lead)
{
	struct pack_section *section = vec_push(&p->sections);

	*section =
	    (struct pack_section){ .id = id, .title = title, .lead = lead };
	return section;
}

static const struct column needs_column = { "needs", "What it would need",
	UNIT_TEXT, FOR_ALL, "Why the section has no numbers." };

static void
add_lack(struct pack *p, struct pack_section *section, const char *why)
{
	static const struct column *const columns[] = { &needs_column };
	struct table *table = table_new(p->arena, section->title, columns, 1);

	section->lacks = arena_text(p->arena, slice_of(why));
	table_row(table)[0] = cell_text(slice_of(section->lacks));
	section->table = table;
}

/* ---- a run ---- */

/* Also where the pack itself runs out of memory in the middle of it. */
static void
end_run(void *pack)
{
	struct pack *p = pack;

	if (p->running)
		arena_free(p->running);
	p->running = NULL;
}

static int
run_query(struct pack *p, const char *command, const union agenda_query *query,
    struct table **out, struct fnl_err *err)
{
	struct pack_result result;

	if (p->run(p->running, command, query, &result, err) < 0)
		return -1;
	load_note_origin(result.load, p->origin);
	ledger_merge(p->load.ledger, result.load->ledger);
	*out = table_copy(p->arena, result.table);
	return 0;
}

/* A run in memory of its own, which is given back: a section is its table. */
static int
run_apart(struct pack *p, const char *command, const union agenda_query *query,
    struct table **out, struct fnl_err *err)
{
	int result;

	p->running = arena_new();
	if (!p->running)
		return fail(err, FNL_SYSTEM, "out of memory");
	if (setjmp(*arena_catch(p->running)))
		result = fail(err, FNL_SYSTEM, "out of memory");
	else
		result = run_query(p, command, query, out, err);
	end_run(p);
	return result;
}

/* Those of the inputs of an item that were given. */
static unsigned
given_inputs(const struct pack *p, const struct agenda_item *item)
{
	unsigned given = NO_RECORDS;

	for (unsigned i = 0; i < AGENDA_INPUTS; i++)
		if (p->inputs.of[i].n)
			given |= 1u << i;
	return given & item->inputs;
}

static int
run_with(struct pack *p, const struct agenda_item *item, unsigned inputs,
    struct pack_section *section, struct fnl_err *err)
{
	union agenda_query query;
	struct agenda_item narrowed = *item;

	narrowed.inputs = inputs;
	return agenda_query(p->arena, &narrowed, &p->words, &p->input,
		   &p->inputs, &query, &section->command, err) < 0
		   ? -1
		   : run_apart(p, item->command, &query, &section->table, err);
}

/* The input that a command refuses because it has no use for it, as touches
 * where no rule counts them: its message begins with the option. */
static unsigned
refused_input(const struct fnl_err *why, unsigned spare)
{
	for (unsigned i = 0; i < AGENDA_INPUTS; i++) {
		const char *option = agenda_option((enum agenda_input)i);
		size_t n = strcspn(option, " ");

		if (spare & 1u << i && why->code == FNL_USAGE &&
		    strncmp(why->message, option, n) == 0)
			return 1u << i;
	}
	return 0;
}

/* What the input lacks is told by the section; what the machine lacks ends
 * the pack. */
static int
run_item(struct pack *p, const struct agenda_item *item,
    struct pack_section *section, struct fnl_err *err)
{
	unsigned inputs = given_inputs(p, item), refused;
	struct fnl_err why = { 0 };

	while (run_with(p, item, inputs, section, &why) < 0) {
		refused = refused_input(&why, inputs & ~item->needs);
		if (!refused && why.code == FNL_SYSTEM)
			return fail(err, FNL_SYSTEM, "%s: %s", item->title,
			    why.message);
		if (!refused) {
			add_lack(p, section, why.message);
			return 0;
		}
		inputs &= ~refused;
		why = (struct fnl_err){ 0 };
	}
	table_note(section->table, "command", "%s", section->command);
	return 0;
}

static int
add_item(struct pack *p, const struct agenda_item *item, struct fnl_err *err)
{
	struct pack_section *section =
	    pack_add(p, item->id, item->title, item->lead);
	const char *lacks = agenda_lacks(p->arena, item, &p->words, &p->inputs);

	if (!lacks)
		return run_item(p, item, section, err);
	add_lack(p, section, arena_printf(p->arena, "give %s", lacks));
	return 0;
}

static int
add_items(struct pack *p, struct fnl_err *err)
{
	for (const struct agenda_item *item = agenda; item->id; item++)
		if (item->rhythms & p->rhythm && add_item(p, item, err) < 0)
			return -1;
	return 0;
}

/* ---- files ---- */

static void
close_file(void *file)
{
	fclose(file);
}

/* One file without a name for all of them, one after another. */
static int
open_scratch(struct pack *p, struct fnl_err *err)
{
	if (!p->scratch) {
		p->scratch = tmpfile();
		if (!p->scratch)
			return fail(
			    err, FNL_SYSTEM, "cannot write a temporary file");
		arena_defer(p->arena, close_file, p->scratch);
	}
	rewind(p->scratch);
	if (ftruncate(fileno(p->scratch), 0) == 0)
		return 0;
	return fail(err, FNL_SYSTEM, "cannot write a temporary file");
}

/* What was written so far becomes a file of the pack. */
static int
take_bytes(
    struct pack *p, const char *name, const char *section, struct fnl_err *err)
{
	FILE *from = p->scratch;
	struct pack_file *file;
	long size;
	char *bytes;

	if (fflush(from) != 0 || ferror(from) || (size = ftell(from)) < 0)
		return fail(err, FNL_SYSTEM, "cannot write a temporary file");
	bytes = arena_alloc(p->arena, (size_t)size + 1);
	rewind(from);
	if (fread(bytes, 1, (size_t)size, from) != (size_t)size)
		return fail(err, FNL_SYSTEM, "cannot read a temporary file");
	file = vec_push(&p->files);
	*file = (struct pack_file){ arena_text(p->arena, slice_of(name)),
		section, { bytes, (size_t)size } };
	return 0;
}

static int
add_tables(struct pack *p, struct fnl_err *err)
{
	const struct format *csv = format_find("csv");

	for (size_t i = 0; i < p->sections.count; i++) {
		const struct pack_section *s = vec_at(&p->sections, i);
		if (s->lacks)
			continue;
		if (open_scratch(p, err) < 0 ||
		    csv->render(s->table, &p->options, p->scratch, err) < 0 ||
		    take_bytes(p,
			arena_printf(p->arena, "tables/%s.csv", s->id),
			s->title, err) < 0)
			return -1;
	}
	return 0;
}

static int
add_page(struct pack *p, struct page *page, struct page_section *sections,
    struct fnl_err *err)
{
	for (size_t i = 0; i < p->sections.count; i++) {
		const struct pack_section *s = vec_at(&p->sections, i);
		struct page_section *to = &sections[i];

		*to = (struct page_section){ .id = s->id,
			.title = s->title,
			.lead = s->lead,
			.lacks = s->lacks,
			.table = s->table,
			.before = s->before };
		if (!s->lacks)
			page_draw(to, &p->options);
	}
	return open_scratch(p, err) < 0 ||
		       page_write(page, &p->options, p->scratch, err) < 0
		   ? -1
		   : take_bytes(p, "index.html", NULL, err);
}

static int
add_charts(
    struct pack *p, const struct page_section *sections, struct fnl_err *err)
{
	for (size_t i = 0; i < p->sections.count; i++) {
		const struct page_section *s = &sections[i];
		if (!s->chart.n)
			continue;
		if (open_scratch(p, err) < 0)
			return -1;
		text_put(p->scratch, s->chart);
		if (take_bytes(p,
			arena_printf(p->arena, "charts/%s.svg", s->id),
			s->title, err) < 0)
			return -1;
	}
	return 0;
}

static int
add_book(struct pack *p, struct fnl_err *err)
{
	struct book *book = book_new(p->arena);
	for (size_t i = 0; i < p->sections.count; i++) {
		const struct pack_section *s = vec_at(&p->sections, i);

		book_add(book, s->id, s->table, &p->options);
	}
	return open_scratch(p, err) < 0 || book_write(book, p->scratch, err) < 0
		   ? -1
		   : take_bytes(p, "review.xlsx", NULL, err);
}

static int
add_summary(struct pack *p, const struct table *findings, struct fnl_err *err)
{
	if (open_scratch(p, err) < 0)
		return -1;
	pack_summary(p, findings, p->scratch);
	return take_bytes(p, "summary.md", NULL, err);
}

/* ---- the manifest ---- */

static const struct column manifest_columns[] = {
	{ "file", "File", UNIT_TEXT, FOR_ALL, "Its path in the pack." },
	{ "section", "Section", UNIT_TEXT, FOR_ALL, "What it is part of." },
	{ "bytes", "Bytes", UNIT_COUNT, FOR_ALL, "Its size." },
	{ "sha256", "SHA-256", UNIT_TEXT, FOR_ALL, "Its digest." },
};

#define N_MANIFEST (sizeof(manifest_columns) / sizeof(*manifest_columns))

static struct table *
manifest_of(struct pack *p)
{
	const struct column *columns[N_MANIFEST];
	struct table *table;

	for (size_t i = 0; i < N_MANIFEST; i++)
		columns[i] = &manifest_columns[i];
	table = table_new(p->arena, "Manifest", columns, N_MANIFEST);
	for (size_t i = 0; i < p->files.count; i++) {
		const struct pack_file *file = vec_at(&p->files, i);
		struct cell *row = table_row(table);
		char digest[SHA256_HEX];

		sha256_hex(digest, file->bytes.p, file->bytes.n);
		row[0] = cell_text(slice_of(file->name));
		if (file->section)
			row[1] = cell_text(slice_of(file->section));
		row[2] = cell_count(file->bytes.n);
		row[3] =
		    cell_text(slice_of(arena_text(p->arena, slice_of(digest))));
	}
	return table;
}

static void
note_inputs(struct table *table, const char *key, const struct fnl_list *files)
{
	for (size_t i = 0; i < files->n; i++)
		table_note(table, key, "%s", files->items[i]);
}

static void
copy_notes(struct table *to, const struct table *from)
{
	for (size_t i = 0; i < from->notes.count; i++) {
		const struct note *note = vec_at(&from->notes, i);

		table_note(to, note->key, "%s", note->text);
	}
}

static int
add_manifest(struct pack *p, struct fnl_err *err)
{
	static const char *const keys[AGENDA_INPUTS] = {
		[AGENDA_TOUCHES] = "touches",
		[AGENDA_ACTIVITIES] = "activities",
		[AGENDA_SPEND] = "spend",
		[AGENDA_LISTS] = "lists",
		[AGENDA_AGAINST] = "against",
	};
	struct table *table = manifest_of(p);
	table_note(table, "program", "funnel %s", FNL_VERSION);
	table_note(table, "review", "%s, %s to %s", p->window.label,
	    p->words.from, day_text(p->arena, p->window.to - 1));
	load_notes(&p->load, table);
	for (size_t i = 0; i < AGENDA_INPUTS; i++)
		note_inputs(table, keys[i], &p->inputs.of[i]);
	copy_notes(table, p->origin);
	for (size_t i = 0; i < p->sections.count; i++) {
		const struct pack_section *s = vec_at(&p->sections, i);

		if (s->command)
			table_note(
			    table, "command", "%s: %s", s->id, s->command);
		if (s->lacks)
			table_note(table, "lacks", "%s: %s", s->id, s->lacks);
	}
	return open_scratch(p, err) < 0 || format_find("json")->render(table,
					       &p->options, p->scratch, err) < 0
		   ? -1
		   : take_bytes(p, "manifest.json", NULL, err);
}

/* ---- all of it ---- */

const char *
pack_lead(const struct pack *p)
{
	char as_of[WHEN_TEXT];

	when_text(as_of, p->load.as_of);
	return arena_printf(p->arena, "%s: %s to %s%s. Known as of %s.%s%s%s",
	    p->window.label, p->words.from,
	    day_text(p->arena, p->window.to - 1),
	    p->window.running ? ", which is not over" : "", as_of,
	    p->load.definitions.version ? " Definitions: version " : "",
	    p->load.definitions.version ? p->load.definitions.version : "",
	    p->load.definitions.version ? "." : "");
}

const char *
pack_title(const struct pack *p)
{
	const char *company = p->load.definitions.company;

	return arena_printf(p->arena, "%s%s%s", company ? company : "",
	    company ? ": " : "", rhythms[rhythm_number(p)].title);
}

static int
load_records(struct pack *p, struct fnl_err *err)
{
	static const enum field_id wants[] = { FIELD_SOURCE };

	p->load.wants = wants;
	p->load.n_wants = sizeof(wants) / sizeof(*wants);
	p->input = p->query->input;
	p->input.chart = p->query->charts;
	p->input.digests = true;
	p->first = p->input;
	if (p->query->by)
		p->first.by = (struct fnl_list){ &p->query->by, 1 };
	return load_input(p->arena, &p->first, &p->load, err);
}

/* They come first on the page, and are found last. */
static void
open_findings(struct pack *p)
{
	pack_add(p, "findings", "What to know",
	    "What changed and is more than chance, what to act on, the "
	    "numbers.");
}

/* After all that it compares. */
static int
add_moved(struct pack *p, struct fnl_err *err)
{
	struct pack_section *section;

	if (!p->query->previous)
		return 0;
	section = pack_add(p, "moved", "What moved since the last pack",
	    "Numbers and rows that are not what they were there.");
	return pack_moved(p, p->query->previous, &section->table, err);
}

static struct table *
add_findings(struct pack *p)
{
	struct pack_section *first = vec_at(&p->sections, 0);

	first->table = pack_findings(p);
	return first->table;
}

static void
add_input(struct pack *p)
{
	struct pack_section *section = pack_add(p, "input", "What was read",
	    "Every row of every file was used, or is counted here.");

	section->table = ledger_table(p->load.ledger, p->arena);
	load_notes(&p->load, section->table);
}

int
pack_make(struct pack *p, struct fnl_err *err)
{
	struct page page = { .arena = p->arena };
	struct page_section *sections;
	struct table *findings;

	p->sections = vec_new(p->arena, sizeof(struct pack_section));
	p->files = vec_new(p->arena, sizeof(struct pack_file));
	p->origin = table_new(p->arena, "Origin", NULL, 0);
	arena_defer(p->arena, end_run, p);
	if (take_rhythm(p, err) < 0 || check_target(p, err) < 0 ||
	    load_records(p, err) < 0 || find_window(p, err) < 0)
		return -1;
	take_inputs(p);
	set_words(p);
	load_note_origin(&p->load, p->origin);
	p->options.indian_grouping =
	    p->load.definitions.currency &&
	    strcmp(p->load.definitions.currency, "INR") == 0;
	p->options.charts = p->query->charts;
	open_findings(p);
	if (add_items(p, err) < 0)
		return -1;
	if (add_moved(p, err) < 0)
		return -1;
	add_input(p);
	findings = add_findings(p);
	page.title = pack_title(p);
	page.lead = pack_lead(p);
	page.n_sections = p->sections.count;
	sections = arena_array(p->arena, page.n_sections, sizeof(*sections));
	page.sections = sections;
	return add_page(p, &page, sections, err) < 0 || add_book(p, err) < 0 ||
		       add_summary(p, findings, err) < 0 ||
		       add_tables(p, err) < 0 ||
		       add_charts(p, sections, err) < 0 ||
		       add_manifest(p, err) < 0
		   ? -1
		   : 0;
}
