/*
 * findings.c: from the tables of a pack to the few lines that a review starts
 * with. What changed is told only where an interval, a control limit or a test
 * says that it is more than chance; a rule of findings[] says which column
 * that is, and in which words.
 */
#include <string.h>

#include "pack.h"
#include "render_text.h"

enum finding_kind { CHANGED, STANDS_OUT, TO_ACT_ON, MOVED, NUMBER, KINDS };

static const struct {
	const char *name, *title;
} kinds[KINDS] = {
	[CHANGED] = { "changed", "What changed and is real" },
	[STANDS_OUT] = { "stands out", "What stands out and is real" },
	[TO_ACT_ON] = { "act on", "What to act on" },
	[MOVED] = { "moved", "What moved since the last pack" },
	[NUMBER] = { "number", "The numbers" },
};

/* Lines of a section in the summary, which is a page; the table has all. */
#define SUMMARY_LINES 5

/*
 * `say` is text with places. {id} is the cell of that column as people read
 * it, an amount with its currency; {id.} is the bare figure; {by} are the
 * names of the segments, {#} is the number of rows. What stands in brackets is
 * left out where a cell in it is not known.
 */
struct finding_rule {
	const char *section;
	enum finding_kind kind;
	const char *say;
	/* Only rows where the column has a value, and this one. */
	const char *where, *is;
	const char *unless; /* not where it reads so, in the same column */
	const char *low, *high; /* only where 0 lies outside of them */
	const char *some; /* only where this count is not 0 */
	bool this_period; /* of a series: only the period under review */
	bool count; /* one line about all rows */
};

static const struct finding_rule findings[] = {
	{ .section = "change",
	    .kind = CHANGED,
	    .say = "[{by}, ]{step}: {change.} points "
		   "({change_lo.} to {change_hi.})",
	    .low = "change_lo",
	    .high = "change_hi" },
	{ .section = "cohorts",
	    .kind = CHANGED,
	    .say = "{stage}: {matured} go on within {horizon_days} days, "
		   "{signal} the limits of {limit_lo} to {limit_hi}",
	    .where = "signal",
	    .this_period = true },
	{ .section = "segments",
	    .kind = STANDS_OUT,
	    .say = "{by}, {step}: {verdict}: {rate} of {entered}, "
		   "{difference.} points from the rest "
		   "({difference_lo.} to {difference_hi.})",
	    .where = "verdict",
	    .unless = "no difference" },
	{ .section = "scorecard",
	    .kind = TO_ACT_ON,
	    .say =
		"[{by}, ]{commitment}, promised by {promised_by}: {attained} "
		"of {n} kept ({lo} to {hi}), promised were {promise}",
	    .where = "verdict",
	    .is = "missed" },
	{ .section = "breaches",
	    .kind = TO_ACT_ON,
	    .say = "{#} in all",
	    .count = true },
	{ .section = "stalled",
	    .kind = TO_ACT_ON,
	    .say = "{#} in all",
	    .count = true },
	{ .section = "gap",
	    .kind = TO_ACT_ON,
	    .say = "[{by}, ]{stage}: {rate} of {entered} go on, {benchmark} "
		   "would[: worth {value} ({value_lo.} to {value_hi.})]",
	    .where = "verdict",
	    .is = "fix this" },
	{ .section = "moved",
	    .kind = MOVED,
	    .say = "{#} numbers and rows",
	    .count = true },
	{ .section = "bridge",
	    .kind = NUMBER,
	    .say = "{flow}[ {value}] (deals: {deals})",
	    .where = "part",
	    .is = "bridge",
	    .some = "deals" },
	{ .section = "conversion",
	    .kind = NUMBER,
	    .say = "{stage}: {rate} of {entered} went on ({lo} to {hi})",
	    .where = "rate" },
	{ .section = "acceptance-trend",
	    .kind = NUMBER,
	    .say = "{sal_rate} of {decided} decided "
		   "({sal_rate_lo} to {sal_rate_hi})",
	    .where = "sal_rate",
	    .this_period = true },
	{ .section = "outcomes-trend",
	    .kind = NUMBER,
	    .say = "won {won}, lost {lost}: {win_closed} "
		   "({win_closed_lo} to {win_closed_hi})",
	    .where = "win_closed",
	    .this_period = true },
	{ .section = "velocity",
	    .kind = NUMBER,
	    .say = "{velocity} a day[ ({velocity_lo.} to {velocity_hi.})]"
		   "[; the period before: {velocity_before}]",
	    .where = "velocity",
	    .this_period = true },
	{ .section = "forecast",
	    .kind = NUMBER,
	    .say = "{method}: {expected}[ ({p10.} to {p90.})] by {until}",
	    .where = "expected" },
};

#define N_RULES (sizeof(findings) / sizeof(*findings))

/* ---- a table ---- */

/* One rule over one table. */
struct finding {
	const struct pack *pack;
	const struct finding_rule *rule;
	const struct pack_section *section;
	const struct table *table; /* of the section */
	struct text *text; /* cells as people read them */
	size_t row;
	struct textbuf line;
	struct textbuf *out; /* it, or what may be left out of it */
	bool unknown; /* some place had no value */
};

/* NULL: the table has no such column, as `currency` of one that has none. */
static const struct cell *
cell_of(const struct finding *f, struct slice id, size_t *column)
{
	size_t i = 0;

	while (i < f->table->n_columns &&
	       !slice_equal(slice_of(f->table->columns[i]->id), id))
		i++;
	*column = i;
	return i < f->table->n_columns ? &table_at(f->table, f->row)[i] : NULL;
}

static const struct cell *
cell_named(const struct finding *f, const char *id)
{
	size_t column;

	return cell_of(f, slice_of(id), &column);
}

static bool
is_known(const struct cell *cell)
{
	return cell && cell->kind != CELL_UNDEFINED &&
	       (cell->kind != CELL_TEXT || cell->as.text.n);
}

static bool
reads(const struct cell *cell, const char *text)
{
	return is_known(cell) && cell->kind == CELL_TEXT &&
	       slice_equal(cell->as.text, slice_of(text));
}

/* -1, 0, 1; 0 also where it is not known. */
static int
sign_of(const struct cell *cell)
{
	char exact[TEXT_EXACT];
	struct slice text = SLICE("");

	if (is_known(cell))
		text = text_exact(exact, cell);
	if (!text.n || (text.n == 1 && *text.p == '0'))
		return 0;
	return *text.p == '-' ? -1 : 1;
}

static bool
holds(const struct finding *f)
{
	const struct finding_rule *rule = f->rule;
	const struct cell *where =
	    rule->where ? cell_named(f, rule->where) : NULL;

	if (rule->where && !is_known(where))
		return false;
	if ((rule->is && !reads(where, rule->is)) ||
	    (rule->unless && reads(where, rule->unless)))
		return false;
	if (rule->this_period &&
	    !reads(cell_named(f, "period"), f->pack->window.label))
		return false;
	if (rule->some && !sign_of(cell_named(f, rule->some)))
		return false;
	return !rule->low || sign_of(cell_named(f, rule->low)) *
				     sign_of(cell_named(f, rule->high)) >
				 0;
}

/* ---- a line ---- */

/* Of the row's amounts, "" where it is not known or they are of several. */
static struct slice
currency_of(const struct finding *f)
{
	const struct cell *own = cell_named(f, "currency");

	if (f->table->mixes_currencies)
		return SLICE("");
	if (is_known(own) && own->kind == CELL_TEXT)
		return own->as.text;
	return f->table->currency ? slice_of(f->table->currency) : SLICE("");
}

/* Velocity is money, too, though no exact sum. */
static bool
is_money(const struct column *column)
{
	return column->unit == UNIT_MONEY ||
	       strncmp(column->id, "velocity", strlen("velocity")) == 0;
}

static void
add_cell(struct finding *f, struct slice id)
{
	bool bare = id.n && id.p[id.n - 1] == '.';
	size_t i;
	const struct cell *cell =
	    cell_of(f, (struct slice){ id.p, id.n - bare }, &i);
	struct slice currency = bare ? SLICE("") : currency_of(f), text;

	if (!is_known(cell)) {
		f->unknown = true;
		return;
	}
	if (currency.n && is_money(f->table->columns[i]))
		textbuf_add(f->out, "%.*s ", (int)currency.n, currency.p);
	text = text_cell(f->text, f->table->columns[i], cell);
	if (bare && text.n && text.p[text.n - 1] == '%')
		text.n--;
	textbuf_add(f->out, "%.*s", (int)text.n, text.p);
}

static void
add_segments(struct finding *f)
{
	f->unknown |= f->table->n_by == 0;
	for (size_t i = 0; i < f->table->n_by; i++) {
		textbuf_add(f->out, "%s", i ? ", " : "");
		add_cell(f, slice_of(f->table->columns[i]->id));
	}
}

static void
add_place(struct finding *f, struct slice name)
{
	if (slice_equal(name, SLICE("#")))
		textbuf_add(f->out, "%zu", f->table->rows.count);
	else if (slice_equal(name, SLICE("by")))
		add_segments(f);
	else
		add_cell(f, name);
}

/* Up to the end, or to the bracket that closes; returns what is left. */
static const char *
add_text(struct finding *f, const char *say)
{
	while (*say && *say != ']') {
		size_t n = strcspn(say, "{[]");

		textbuf_add(f->out, "%.*s", (int)n, say);
		say += n;
		if (*say == '{') {
			n = strcspn(say, "}");
			add_place(f, (struct slice){ say + 1, n - 1 });
			say += n + 1;
		} else if (*say == '[') {
			struct textbuf part = { .arena = f->out->arena };
			struct textbuf *whole = f->out;
			bool unknown = f->unknown;

			f->out = &part;
			f->unknown = false;
			say = add_text(f, say + 1) + 1;
			if (!f->unknown)
				textbuf_add(whole, "%s", textbuf_text(&part));
			f->out = whole;
			f->unknown = unknown;
		}
	}
	return say;
}

static const char *
line_of(struct finding *f)
{
	f->line = (struct textbuf){ .arena = f->pack->arena };
	f->out = &f->line;
	add_text(f, f->rule->say);
	return textbuf_text(&f->line);
}

/* ---- rows ---- */

static const struct column finding_columns[] = {
	{ "kind", "Kind", UNIT_TEXT, FOR_ALL,
	    "changed and stands out: an interval, a limit or a test says that "
	    "it is more than chance; act on; moved, since the last pack; "
	    "number." },
	{ "section", "Section", UNIT_TEXT, FOR_ALL,
	    "The section that it is from." },
	{ "finding", "Finding", UNIT_TEXT, FOR_ALL, "What it says." },
};

#define N_COLUMNS (sizeof(finding_columns) / sizeof(*finding_columns))

static void
add_row(struct finding *f, struct table *out)
{
	struct cell *row = table_row(out);

	row[0] = cell_text(slice_of(kinds[f->rule->kind].name));
	row[1] = cell_text(slice_of(f->section->title));
	row[2] = cell_text(slice_of(line_of(f)));
}

static void
add_rows(struct finding *f, struct table *out)
{
	size_t n = f->table->rows.count;

	if (f->rule->count && n)
		add_row(f, out);
	for (f->row = 0; !f->rule->count && f->row < n; f->row++)
		if (holds(f))
			add_row(f, out);
}

static const struct pack_section *
section_named(const struct pack *p, const char *id)
{
	for (size_t i = 0; i < p->sections.count; i++) {
		const struct pack_section *s = vec_at(&p->sections, i);

		if (strcmp(s->id, id) == 0 && !s->lacks && s->table)
			return s;
	}
	return NULL;
}

struct table *
pack_findings(const struct pack *p)
{
	const struct column *columns[N_COLUMNS];
	struct table *out;

	for (size_t i = 0; i < N_COLUMNS; i++)
		columns[i] = &finding_columns[i];
	out = table_new(p->arena, "What to know", columns, N_COLUMNS);
	for (size_t i = 0; i < N_RULES; i++) {
		struct finding f = { .pack = p,
			.rule = &findings[i],
			.section = section_named(p, findings[i].section) };
		struct text text;

		if (!f.section)
			continue;
		text = text_new(f.section->table, &p->options);
		f.text = &text;
		f.table = f.section->table;
		add_rows(&f, out);
	}
	return out;
}

/* ---- the summary ---- */

/* What Markdown would read as markup is told that it is none, and a line stays
 * a line. */
static void
put_plain(const struct pack *p, FILE *out, struct slice text)
{
	char *plain = arena_text(p->arena, text);

	text_disarm(plain);
	for (; *plain; plain++) {
		if (strchr("\\`*_{}[]<>#|~", *plain))
			fputc('\\', out);
		fputc(*plain, out);
	}
}

static void
put_bold(const struct pack *p, FILE *out, struct slice text)
{
	fputs("**", out);
	put_plain(p, out, text);
	fputs("**", out);
}

static bool
same_text(const struct cell *a, const struct cell *b)
{
	return slice_equal(a->as.text, b->as.text);
}

/* The rows from `first` on that are of one kind and section: numbers in one
 * line, others a line each. Returns the first row after them. */
static size_t
put_section(const struct pack *p, const struct table *table, size_t first,
    bool in_one, FILE *out)
{
	const struct cell *head = table_at(table, first);
	size_t i = first, n = table->rows.count;

	for (; i < n && same_text(&table_at(table, i)[0], &head[0]) &&
	       same_text(&table_at(table, i)[1], &head[1]);
	     i++) {
		if (!in_one && i - first >= SUMMARY_LINES)
			continue;
		if (!in_one || i == first) {
			fputs("* ", out);
			put_bold(p, out, head[1].as.text);
			fputs(": ", out);
		} else {
			fputs("; ", out);
		}
		put_plain(p, out, table_at(table, i)[2].as.text);
		fputs(in_one ? "" : "\n", out);
	}
	if (in_one)
		fputc('\n', out);
	else if (i - first > SUMMARY_LINES) {
		fputs("* ", out);
		put_bold(p, out, head[1].as.text);
		fprintf(out, ": and %zu more\n", i - first - SUMMARY_LINES);
	}
	return i;
}

/* Whether the pack has a section, and a table in it, that a finding of the
 * kind could come from. */
static void
look_for(
    const struct pack *p, enum finding_kind kind, bool *section, bool *table)
{
	*section = *table = false;
	for (size_t i = 0; i < N_RULES; i++)
		for (size_t k = 0; k < p->sections.count; k++) {
			const struct pack_section *s = vec_at(&p->sections, k);

			if (findings[i].kind != kind ||
			    strcmp(s->id, findings[i].section) != 0)
				continue;
			*section = true;
			*table |= !s->lacks;
		}
}

static const char *
nothing_of(enum finding_kind kind, bool table)
{
	if (!table)
		return "Not known: see what the input lacks.\n";
	return kind == CHANGED || kind == STANDS_OUT
		   ? "Nothing that chance does not explain.\n"
		   : "Nothing.\n";
}

static void
put_kind(const struct pack *p, const struct table *table,
    enum finding_kind kind, FILE *out)
{
	bool any = false, section, tables;
	size_t i = 0;

	look_for(p, kind, &section, &tables);
	if (!section)
		return;
	fprintf(out, "\n## %s\n\n", kinds[kind].title);
	while (i < table->rows.count) {
		if (!reads(&table_at(table, i)[0], kinds[kind].name)) {
			i++;
			continue;
		}
		i = put_section(p, table, i, kind == NUMBER, out);
		any = true;
	}
	if (!any)
		fputs(nothing_of(kind, tables), out);
}

/* The sections that lack the same, in one line. */
static void
put_lack(const struct pack *p, size_t first, FILE *out)
{
	const struct pack_section *s = vec_at(&p->sections, first);
	const char *lacks = s->lacks, *between = "";

	for (size_t i = 0; i < first; i++) {
		s = vec_at(&p->sections, i);
		if (s->lacks && strcmp(s->lacks, lacks) == 0)
			return;
	}
	fputs("* ", out);
	for (size_t i = first; i < p->sections.count; i++) {
		s = vec_at(&p->sections, i);
		if (!s->lacks || strcmp(s->lacks, lacks) != 0)
			continue;
		fputs(between, out);
		put_bold(p, out, slice_of(s->title));
		between = ", ";
	}
	fputs(": ", out);
	put_plain(p, out, slice_of(lacks));
	fputc('\n', out);
}

static void
put_lacks(const struct pack *p, FILE *out)
{
	bool any = false;

	for (size_t i = 0; i < p->sections.count; i++) {
		const struct pack_section *s = vec_at(&p->sections, i);

		if (!s->lacks)
			continue;
		if (!any)
			fputs("\n## What the input lacks\n\n", out);
		any = true;
		put_lack(p, i, out);
	}
}

void
pack_summary(const struct pack *p, const struct table *table, FILE *out)
{
	fputs("# ", out);
	put_plain(p, out, slice_of(pack_title(p)));
	fputs("\n\n", out);
	put_plain(p, out, slice_of(pack_lead(p)));
	fputc('\n', out);
	for (int kind = 0; kind < KINDS; kind++)
		put_kind(p, table, (enum finding_kind)kind, out);
	put_lacks(p, out);
}
