/*
 * test_render: the bytes of every format, written by hand from the rules in
 * render.h, RFC 4180, the linear TSV convention and GitHub Flavored Markdown;
 * and the law that every renderer shows the same cells, on random tables read
 * back by readers of this file's own (CSV, TSV) and by jansson.
 */
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "render.h"

#include <cmocka.h>

#include "arena_fixture.h"
#include <jansson.h>

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static const struct render_options plain = { 0 };

/* The bytes of a format, NUL-terminated in the arena of the table. */
static struct slice
rendered(const struct table *table, const char *format,
    const struct render_options *options)
{
	struct fnl_err err = { 0 };
	FILE *file = tmpfile();
	struct slice text;
	long length;
	char *bytes;

	assert_non_null(file);
	assert_int_equal(
	    format_find(format)->render(table, options, file, &err), 0);
	length = ftell(file);
	rewind(file);
	bytes = arena_alloc(table->arena, (size_t)length + 1);
	text = (struct slice){ bytes, fread(bytes, 1, (size_t)length, file) };
	fclose(file);
	assert_int_equal(text.n, length);
	return text;
}

static void
assert_renders(const struct table *table, const char *format,
    const struct render_options *options, const char *expected)
{
	assert_string_equal(rendered(table, format, options).p, expected);
}

/* Of a page what the report is; style and script stand around it. */
static const char *
report_of(struct arena *arena, struct slice text)
{
	const char *start = strstr(text.p, "<section");
	const char *end = strstr(text.p, "</main>");

	if (!start || !end)
		return text.p;
	return arena_text(
	    arena, (struct slice){ start, (size_t)(end - start) });
}

static void
assert_renders_file(const struct table *table, const char *format,
    const struct render_options *options, const char *path)
{
	static char expected[8192];
	FILE *file = fopen(path, "r");
	size_t n;

	assert_non_null(file);
	n = fread(expected, 1, sizeof(expected) - 1, file);
	expected[n] = '\0';
	fclose(file);
	assert_string_equal(
	    report_of(table->arena, rendered(table, format, options)),
	    expected);
}

/* One table with every unit. */

static const struct column sample_columns[] = {
	{ "stage", "Stage", UNIT_TEXT, FOR_ALL, "The stage." },
	{ "entered", "Entered", UNIT_COUNT, FOR_ALL, "Came in." },
	{ "rate", "Rate", UNIT_SHARE, FOR_ALL, "Went on." },
	{ "score", "Score", UNIT_NUMBER, FOR_ALL, "A number." },
	{ "age", "Age", UNIT_DAYS, FOR_ALL, "Days \"open\"." },
	{ "value", "Value", UNIT_MONEY, FOR_ALL, "Money." },
	{ "last_move", "Last move", UNIT_TIME, FOR_ALL, "A time." },
	{ "small", "Small", UNIT_FLAG, FOR_ALL, "Few records." },
	{ "mode", "Mode", UNIT_TEXT, FOR_MACHINES, "How counted." },
};

static struct table *
new_table(struct arena *arena, const char *title, const struct column *columns,
    size_t n)
{
	const struct column *pointers[16];

	assert_true(n <= LENGTH(pointers));
	for (size_t i = 0; i < n; i++)
		pointers[i] = &columns[i];
	return table_new(arena, title, pointers, n);
}

/* Days and seconds since 1970 from python3's datetime. */
static struct table *
sample(struct arena *arena)
{
	struct table *table =
	    new_table(arena, "Funnel", sample_columns, LENGTH(sample_columns));
	struct cell *row = table_row(table);

	row[0] = cell_text(SLICE("Lead"));
	row[1] = cell_count(12345);
	row[2] = cell_number(0.375);
	row[3] = cell_number(3.14159);
	row[4] = cell_number(12.25);
	row[5] = cell_money((struct money_sum){ 1234567, 5000, 2 });
	row[6] = cell_time((struct when){ 1774981805, WHEN_INSTANT });
	row[7] = cell_flag(true);
	row[8] = cell_text(SLICE("strict"));
	row = table_row(table);
	row[0] = cell_text(SLICE("मार्केटिंग"));
	row[8] = cell_text(SLICE(""));
	row = table_row(table);
	row[0] = cell_text(SLICE("=A1|`b`\n<i>"));
	row[1] = cell_count(0);
	row[2] = cell_number(0.0004);
	row[3] = cell_number(-0.5);
	row[4] = cell_number(0);
	row[5] = cell_money((struct money_sum){ -2500, 0, 1 });
	row[6] = cell_time((struct when){ 20512 * DAY_SECONDS, WHEN_DATE });
	row[7] = cell_flag(false);
	row[8] = cell_text(SLICE("a\tb\\\"c\", d"));
	table_note(table, "as_of", "2026-03-31");
	table_note(table, "skipped", "3 rows | blank");
	table_note(table, "skipped", "1 row");
	return table;
}

/* Written by hand, one file a format; a document is no text (test_book). */
static void
every_format_shows_the_sample(void **state)
{
	const struct table *table = sample(*state);

	for (const struct format *f = formats; f->name; f++)
		if (!f->document)
			assert_renders_file(table, f->name, &plain,
			    arena_printf(*state, "tests/data/render_sample.%s",
				f->name));
}

static const struct column two[] = {
	{ "name", "Name", UNIT_TEXT, FOR_ALL, "A name." },
	{ "n", "n", UNIT_COUNT, FOR_ALL, "How many." },
	{ "basis", "Basis", UNIT_TEXT, FOR_MACHINES, "Of what." },
};

static struct table *
pairs(struct arena *arena, const struct slice *names, size_t n)
{
	struct table *table = new_table(arena, NULL, two, LENGTH(two));

	for (size_t i = 0; i < n; i++) {
		struct cell *row = table_row(table);

		row[0] = cell_text(names[i]);
		row[1] = cell_count(1000000 * i + i);
	}
	return table;
}

static void
machine_columns_are_shown_to_people_who_chose_them(void **state)
{
	const struct slice names[] = { SLICE("a") };
	const struct render_options all = { .all_columns = true };

	assert_renders(pairs(*state, names, 1), "table", &all,
	    "Name  n  Basis\n"
	    "────  ─  ─────\n"
	    "a     0  -\n");
	assert_renders(pairs(*state, names, 1), "md", &all,
	    "| Name | n | Basis |\n"
	    "| :-- | --: | :-- |\n"
	    "| a | 0 | - |\n");
}

static void
the_frame_can_be_ascii_and_the_grouping_indian(void **state)
{
	const struct slice names[] = { SLICE("a"), SLICE("\x1b[2J") };
	const struct render_options options = { .ascii = true,
		.indian_grouping = true };

	assert_renders(pairs(*state, names, 2), "table", &options,
	    "Name          n\n"
	    "----  ---------\n"
	    "a             0\n"
	    "?[2J  10,00,001\n");
}

static void
wide_characters_align(void **state)
{
	const struct slice names[] = { SLICE("広告キャンペーン"),
		SLICE("🚀 Launch"), SLICE("é"), SLICE("e\xcc\x81té") };

	/* Widths from Unicode's EastAsianWidth and general categories. */
	assert_renders(pairs(*state, names, 4), "table", &plain,
	    "Name                      n\n"
	    "────────────────  ─────────\n"
	    "広告キャンペーン          0\n"
	    "🚀 Launch         1,000,001\n"
	    "é                 2,000,002\n"
	    "e\xcc\x81té               3,000,003\n");
}

static void
no_rows_are_said(void **state)
{
	const struct table *table = pairs(*state, NULL, 0);

	assert_renders(table, "table", &plain,
	    "Name  n\n"
	    "────  ─\n"
	    "(no rows)\n");
	assert_renders(table, "md", &plain,
	    "| Name | n |\n"
	    "| :-- | --: |\n"
	    "\n"
	    "(no rows)\n");
	assert_renders(table, "csv", &plain, "name,n,basis\n");
	assert_renders(table, "tsv", &plain, "name\tn\tbasis\n");
	assert_renders(table, "jsonl", &plain, "");
	assert_renders_file(
	    table, "json", &plain, "tests/data/render_no_rows.json");
	assert_non_null(strstr(rendered(table, "html", &plain).p,
	    "<tbody>\n</tbody>\n</table>\n<p class=\"no-rows\">No rows.</p>"));
}

static void
a_lone_undefined_cell_is_no_blank_line(void **state)
{
	struct table *table = new_table(*state, "t", two, 1);

	table_row(table);
	assert_renders(table, "csv", &plain, "name\n\"\"\n");
	assert_renders(table, "tsv", &plain, "name\n\n");
	assert_renders(table, "jsonl", &plain, "{\"name\": null}\n");
}

static void
text_that_acts_is_shown_harmlessly(void **state)
{
	const struct slice names[] = {
		SLICE("\x1b]0;x\x07\r\n\t\x7f"), /* sets a window's title */
		SLICE("\xe2\x80\xae"
		      "fdp.exe\xe2\x81\xa6"), /* U+202E, U+2066 */
		SLICE("\xc2\x9b\x00"), /* CSI in one character; NUL */
		SLICE("\xff\xc3"), /* no UTF-8 */
	};

	assert_renders(pairs(*state, names, 4), "table", &plain,
	    "Name                   n\n"
	    "─────────────  ─────────\n"
	    "�]0;x�\\r\\n\\t�          0\n"
	    "�fdp.exe�      1,000,001\n"
	    "��             2,000,002\n"
	    "��             3,000,003\n");
	assert_renders(pairs(*state, names, 2), "md", &plain,
	    "| Name | n |\n"
	    "| :-- | --: |\n"
	    "| �\\]0;x�\\\\r\\\\n\\\\t� | 0 |\n"
	    "| �fdp.exe� | 1,000,001 |\n");
}

static void
md_text_is_no_link_code_or_tag(void **state)
{
	const struct slice names[] = { SLICE("![x](javascript:y)"),
		SLICE("*a* _b_ ~c~ $d$ #1 &lt; \\|") };

	assert_renders(pairs(*state, names, 2), "md", &plain,
	    "| Name | n |\n"
	    "| :-- | --: |\n"
	    "| !\\[x\\](javascript:y) | 0 |\n"
	    "| \\*a\\* \\_b\\_ \\~c\\~ \\$d\\$ \\#1 &amp;lt; "
	    "\\\\\\| | 1,000,001 |\n");
}

static void
bytes_that_are_not_utf8_break_no_json(void **state)
{
	const struct slice names[] = { SLICE("a\xff"
					     "b\xed\xa0\x80"
					     "\x00"
					     "c") };

	assert_renders(pairs(*state, names, 1), "jsonl", &plain,
	    "{\"name\": \"a�b���\\u0000c\", \"n\": 0, \"basis\": null}\n");
	assert_true(
	    slice_equal(rendered(pairs(*state, names, 1), "csv", &plain),
		SLICE("name,n,basis\na\xff"
		      "b\xed\xa0\x80\x00"
		      "c,0,\n")));
}

static void
csv_quotes_what_readers_would_change(void **state)
{
	const struct slice names[] = { SLICE(" a"), SLICE("a "), SLICE("\t"),
		SLICE("a b"), SLICE("\r"), SLICE("-1+2"), SLICE("@x") };

	assert_renders(pairs(*state, names, 7), "csv", &plain,
	    "name,n,basis\n"
	    "\" a\",0,\n"
	    "\"a \",1000001,\n"
	    "\"\t\",2000002,\n"
	    "a b,3000003,\n"
	    "\"\r\",4000004,\n"
	    "-1+2,5000005,\n"
	    "@x,6000006,\n");
}

static void
long_text_is_cut_to_fit_the_terminal(void **state)
{
	const struct slice names[] = { SLICE("Webinar India 2026 North"),
		SLICE("Webinar India 2026 South"), SLICE("広告キャンペーン"),
		SLICE("short") };
	struct table *table = pairs(*state, names, 4);
	const struct render_options narrow = { .width = 26 };
	const struct render_options hopeless = { .width = 1, .ascii = true };

	table_note(table, "definitions",
	    "agreed on 2026-01-15 by sales  and marketing, "
	    "sha256:0123456789abcdef0123456789abcdef");
	assert_renders(table, "table", &narrow,
	    "Name                     n\n"
	    "───────────────  ─────────\n"
	    "Webinar…6 North          0\n"
	    "Webinar…6 South  1,000,001\n"
	    "広告キ…ペーン    2,000,002\n"
	    "short            3,000,003\n"
	    "\n"
	    "definitions  agreed on 2026-01-15 by\n"
	    "             sales and marketing,\n"
	    "             sha256:0123456789abcdef0123456789abcdef\n");
	table->notes.count = 0;
	assert_renders(table, "table", &hopeless,
	    "Name                  n\n"
	    "------------  ---------\n"
	    "Webin...orth          0\n"
	    "Webin...outh  1,000,001\n"
	    "広告...ーン   2,000,002\n"
	    "short         3,000,003\n");
}

static const struct column funnel_columns[] = {
	{ "stage", "Stage", UNIT_TEXT, FOR_ALL, "" },
	{ "entered", "Entered", UNIT_COUNT, FOR_ALL, "" },
	{ "converted", "Converted", UNIT_COUNT, FOR_ALL, "" },
	{ "rate", "Rate", UNIT_SHARE, FOR_ALL, "" },
	{ "lo", "Low", UNIT_SHARE, FOR_ROOM, "" },
	{ "hi", "High", UNIT_SHARE, FOR_ROOM, "" },
	{ "cumulative", "Of first", UNIT_SHARE, FOR_ROOM, "" },
	{ "lost", "Lost", UNIT_COUNT, FOR_ALL, "" },
	{ "rejected", "Rejected", UNIT_COUNT, FOR_ROOM_IF_ANY, "" },
	{ "imputed", "Skipped", UNIT_COUNT, FOR_ROOM_IF_ANY, "" },
	{ "leak_share", "Leak", UNIT_SHARE, FOR_ALL, "" },
	{ "mode", "Mode", UNIT_TEXT, FOR_MACHINES, "" },
};

/* 97 columns wide: 24, 7, 9, 5, 5, 5, 8, 4, 7, 5 and nine gaps of 2. */
static struct table *
funnel(struct arena *arena)
{
	struct table *table =
	    new_table(arena, "Stages", funnel_columns, LENGTH(funnel_columns));
	struct cell *row = table_row(table);

	row[0] = cell_text(SLICE("Decision Maker Bought-In"));
	row[1] = cell_count(8);
	row[2] = cell_count(6);
	row[3] = cell_number(0.75);
	row[4] = cell_number(0.409);
	row[5] = cell_number(0.929);
	row[6] = cell_number(0.571);
	row[7] = cell_count(1);
	row[8] = cell_count(0);
	row[9] = cell_count(2);
	row[10] = cell_number(0.25);
	row = table_row(table);
	row[0] = cell_text(SLICE("Closed Won"));
	row[1] = cell_count(4);
	row[6] = cell_number(0.286);
	row[7] = cell_count(0);
	row[9] = cell_count(0);
	row[10] = cell_number(0);
	table_note(table, "as_of", "2026-03-29");
	table_settle(table);
	return table;
}

/* Written by hand: at 80 two columns go, at 60 two more and four letters of
 * the longest name, at 40 no more can go and lines are 52 wide. */
static void
columns_for_room_are_left_out_of_a_narrow_terminal(void **state)
{
	static const int widths[] = { 0, 40, 60, 80, 100 };
	const struct table *table = funnel(*state);

	for (size_t i = 0; i < LENGTH(widths); i++) {
		const struct render_options options = { .width = widths[i] };

		assert_renders_file(table, "table", &options,
		    arena_printf(
			*state, "tests/data/render_width_%d.table", widths[i]));
	}
}

static bool
leaves_out(const struct table *table, int width, const char *list)
{
	const struct render_options options = { .width = width };
	const char *line = strstr(rendered(table, "table", &options).p,
	    "left out to fit the width: ");

	return line ? list && strncmp(strchr(line, ':') + 2, list,
				  strlen(list)) == 0
		    : !list;
}

/* Without Skipped 97 - 9 = 88 are left. Low, High and Of first stand side by
 * side and leave together: 88 - 7 - 7 - 10 = 64. */
static void
no_column_is_left_out_too_early(void **state)
{
	const struct table *table = funnel(*state);

	assert_true(leaves_out(table, 97, NULL));
	assert_true(leaves_out(table, 96, "Skipped (--"));
	assert_true(leaves_out(table, 88, "Skipped (--"));
	assert_true(leaves_out(table, 87, "Low, High, Of first, Skipped"));
	assert_true(leaves_out(table, 64, "Low, High, Of first, Skipped"));
}

static void
whoever_asks_for_all_columns_gets_them(void **state)
{
	const struct table *table = funnel(*state);
	const struct render_options all = { .width = 40, .all_columns = true };
	const struct render_options narrow = { .width = 40 };
	const char *text = rendered(table, "table", &all).p;

	assert_null(strstr(text, "left out"));
	assert_non_null(strstr(text,
	    "Stage         Entered  Converted   Rate    Low   High  Of first  "
	    "Lost  Rejected  Skipped   Leak  Mode\n"));
	for (const struct format *f = formats; f->name; f++)
		if (f->render != format_find("table")->render)
			assert_string_equal(rendered(table, f->name, &narrow).p,
			    rendered(table, f->name, &plain).p);
	assert_non_null(strstr(rendered(table, "md", &narrow).p,
	    "| Rate | Low | High | Of first | Lost | Skipped | Leak |\n"));
}

static void
the_first_column_stays_and_titles_are_harmless(void **state)
{
	static const struct column hostile[] = {
		{ "a", "Name", UNIT_TEXT, FOR_ROOM, "" },
		{ "b", "\x1b[2J", UNIT_COUNT, FOR_ROOM, "" },
	};
	const struct render_options options = { .width = 3, .ascii = true };
	struct table *table = new_table(*state, NULL, hostile, LENGTH(hostile));

	assert_renders(table, "table", &options,
	    "Name\n"
	    "----\n"
	    "(no rows)\n"
	    "\n"
	    "left\nout\nto\nfit\nthe\nwidth:\n?[2J\n(--all-columns\n"
	    "or\n--metric\nshows\nthem)\n");
}

static void
without_a_terminal_nothing_is_cut(void **state)
{
	char huge[1000];
	const struct slice names[] = { { huge, sizeof(huge) }, SLICE("a") };
	struct slice text;

	memset(huge, 'x', sizeof(huge));
	text = rendered(pairs(*state, names, 2), "table", &plain);
	assert_int_equal(strspn(strstr(text.p, "xx"), "x"), 1000);
	/* 200 is ALIGN_WIDEST: two blanks, then the 9 of 1,000,001. */
	assert_string_equal(strstr(text.p, "\na ") + 1 + 200, "  1,000,001\n");
}

/* Figures for people: tests/data/render_figures.data. */

static const char *const unit_names[] = { "text", "count", "share", "number",
	"days", "hours", "money", "time", "flag" };

static enum unit
unit_named(const char *name)
{
	size_t unit = 0;

	while (strcmp(unit_names[unit], name) != 0)
		assert_true(++unit < LENGTH(unit_names));
	return (enum unit)unit;
}

static struct cell
figure_cell(const char *kind, const char *value)
{
	int64_t whole = (int64_t)strtoll(value, NULL, 10);
	struct cell count = { .kind = CELL_COUNT, .as.count = whole };
	struct money_sum sum = { floor_div(whole, MONEY_UNIT),
		whole - floor_div(whole, MONEY_UNIT) * MONEY_UNIT, 1 };

	if (strcmp(kind, "count") == 0)
		return count;
	if (strcmp(kind, "money") == 0)
		return cell_money(sum);
	assert_string_equal(kind, "number");
	return cell_number(strtod(value, NULL));
}

static void
assert_figure(const struct table *table, bool indian, const char *expected)
{
	const struct render_options options = { .ascii = true,
		.indian_grouping = indian };
	const char *text = rendered(table, "table", &options).p;
	const char *rule = strchr(text, '\n') + 1;
	const char *figure = strchr(rule, '\n') + 1;

	assert_string_equal(figure + strspn(figure, " "),
	    arena_printf(table->arena, "%s\n", expected));
}

static void
figures_are_rounded_as_people_read_them(void **state)
{
	FILE *file = fopen("tests/data/render_figures.data", "r");
	char line[256], unit[16], kind[16], value[40], western[40], indian[40];
	int cases = 0;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		struct column column = { "v", "v", UNIT_TEXT, FOR_ALL, "" };
		struct table *table;

		if (*line == '#' || *line == '\n')
			continue;
		assert_int_equal(sscanf(line, "%15s %15s %39s %39s %39s", unit,
				     kind, value, western, indian),
		    5);
		column.unit = unit_named(unit);
		table = new_table(*state, NULL, &column, 1);
		table_row(table)[0] = figure_cell(kind, value);
		assert_figure(table, false, western);
		assert_figure(table, true, indian);
		cases++;
	}
	fclose(file);
	assert_true(cases > 60);
}

/* The law: every renderer shows the same cells. */

#define RANDOM_TABLES 300

static uint64_t
next_random(uint64_t *state)
{
	/* xorshift64 (Marsaglia 2003) */
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static size_t
below(uint64_t *random, size_t n)
{
	return (size_t)(next_random(random) >> 20) % n;
}

static struct cell
random_text(struct arena *arena, uint64_t *random)
{
	const struct slice pieces[] = { SLICE("a"), SLICE("N"), SLICE(","),
		SLICE("\""), SLICE("\n"), SLICE("\r"), SLICE("\t"), SLICE("\\"),
		SLICE(" "), SLICE("é"), SLICE("広"), SLICE("🚀"), SLICE("|"),
		SLICE("="), SLICE("\x01"), SLICE("\x7f"), SLICE("\xe2\x80\xae"),
		SLICE("n"), SLICE("\0") };
	size_t n = 0, count = below(random, 8);
	char *text = arena_alloc(arena, 4 * 8);

	while (count-- > 0) {
		struct slice piece = pieces[below(random, LENGTH(pieces))];

		memcpy(text + n, piece.p, piece.n);
		n += piece.n;
	}
	return cell_text((struct slice){ text, n });
}

static struct cell
random_number(uint64_t *random)
{
	uint64_t bits = next_random(random);
	double any;

	if (below(random, 3) > 0)
		return cell_number(
		    (double)below(random, 100) / (double)below(random, 30));
	memcpy(&any, &bits, sizeof(any));
	return cell_number(any);
}

static struct cell
random_cell(struct arena *arena, enum unit unit, uint64_t *random)
{
	int64_t whole = (int64_t)below(random, 4000000) - 2000000;
	struct money_sum money = { whole, (int64_t)below(random, 10000), 1 };
	struct when when = { whole * 1000, WHEN_INSTANT };

	if (below(random, 5) == 0)
		return cell_number(NAN);
	switch (unit) {
	case UNIT_TEXT:
		return random_text(arena, random);
	case UNIT_COUNT:
		return cell_count(next_random(random) >> below(random, 64));
	case UNIT_MONEY:
		return cell_money(money);
	case UNIT_TIME:
		return cell_time(when);
	case UNIT_FLAG:
		return cell_flag(below(random, 2) == 0);
	default:
		return random_number(random);
	}
}

static struct table *
random_table(struct arena *arena, uint64_t *random)
{
	static const char *const ids[] = { "a", "b", "c", "d", "e", "f", "g" };
	size_t n = 1 + below(random, LENGTH(ids)), rows = below(random, 12);
	struct column *columns = arena_array(arena, n, sizeof(*columns));
	struct table *table;

	for (size_t i = 0; i < n; i++)
		columns[i] = (struct column){ ids[i], "T",
			(enum unit)below(random, LENGTH(unit_names)),
			(enum audience)below(random, FOR_MACHINES + 1), "" };
	table = new_table(arena, "t", columns, n);
	while (rows-- > 0) {
		struct cell *row = table_row(table);

		for (size_t i = 0; i < n; i++)
			row[i] = random_cell(arena, columns[i].unit, random);
	}
	return table;
}

/* Ten-thousandths of an exact decimal. */
static int64_t
read_money(const char *text)
{
	int64_t sign = *text == '-' ? -1 : 1, value = 0;
	int decimals = -1;

	for (text += sign < 0; *text; text++) {
		if (*text == '.') {
			decimals = 0;
			continue;
		}
		value = value * 10 + (*text - '0');
		decimals += decimals >= 0;
	}
	for (decimals = decimals < 0 ? 0 : decimals; decimals < 4; decimals++)
		value *= 10;
	return sign * value;
}

/* Seconds since 1970 of YYYY-MM-DDTHH:MM:SSZ, a year at a time. */
static int64_t
read_time(const char *text)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243,
		273, 304, 334 };
	int year, month, day, hour, minute, second, days = 0;

	assert_int_equal(sscanf(text, "%d-%d-%dT%d:%d:%dZ", &year, &month, &day,
			     &hour, &minute, &second),
	    6);
	for (int y = 1970; y < year; y++)
		days +=
		    y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 366 : 365;
	for (int y = year; y < 1970; y++)
		days -=
		    y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 366 : 365;
	days += before[month - 1] + day - 1;
	days +=
	    month > 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return ((int64_t)days * 24 + hour) * 3600 + minute * 60 + second;
}

/* text is NUL-terminated behind its end. */
static void
assert_cell_is(const struct cell *cell, struct slice text)
{
	switch (cell->kind) {
	case CELL_UNDEFINED:
		assert_int_equal(text.n, 0);
		break;
	case CELL_TEXT:
		assert_true(slice_equal(cell->as.text, text));
		break;
	case CELL_COUNT:
		assert_true(strtoll(text.p, NULL, 10) == cell->as.count);
		break;
	case CELL_NUMBER:
		assert_true(strtod(text.p, NULL) == cell->as.number);
		break;
	case CELL_MONEY:
		assert_true(
		    read_money(text.p) == cell->as.money.units * MONEY_UNIT +
					      cell->as.money.ten_thousandths);
		break;
	case CELL_TIME:
		assert_true(read_time(text.p) == cell->as.time.seconds);
		break;
	}
}

struct field {
	struct slice text;
	bool quoted;
	bool last; /* of its line */
};

/* Reads one field of RFC 4180 CSV from *p on. */
static struct field
next_csv_field(struct arena *arena, struct slice *rest)
{
	const char *p = rest->p, *end = rest->p + rest->n;
	char *text = arena_alloc(arena, rest->n + 1);
	struct field field = { .quoted = *p == '"' };
	size_t n = 0;

	for (p += field.quoted; p < end; p++) {
		if (field.quoted && *p == '"' && *++p != '"')
			break;
		if (!field.quoted && (*p == ',' || *p == '\n'))
			break;
		assert_true(field.quoted || (*p != '"' && *p != '\r'));
		text[n++] = *p;
	}
	assert_true(p < end && (*p == ',' || *p == '\n'));
	field.last = *p++ == '\n';
	field.text = (struct slice){ text, n };
	*rest = (struct slice){ p, (size_t)(end - p) };
	return field;
}

static struct field
next_tsv_field(struct arena *arena, struct slice *rest)
{
	const char *p = rest->p, *end = rest->p + rest->n;
	char *text = arena_alloc(arena, rest->n + 1);
	struct field field = { 0 };
	size_t n = 0;

	for (; p < end && *p != '\t' && *p != '\n'; p++) {
		if (*p != '\\')
			text[n++] = *p;
		else
			text[n++] = *++p == 't' ? '\t'
				    : *p == 'n' ? '\n'
				    : *p == 'r' ? '\r'
						: '\\';
	}
	assert_true(p < end);
	field.last = *p++ == '\n';
	field.text = (struct slice){ text, n };
	*rest = (struct slice){ p, (size_t)(end - p) };
	return field;
}

static void
assert_csv_holds(const struct table *table)
{
	struct slice rest = rendered(table, "csv", &plain);
	bool lone = table->n_columns == 1;

	rest.n -= 2 * table->n_columns; /* the header: ids of one letter */
	rest.p += 2 * table->n_columns;
	for (size_t r = 0; r < table->rows.count; r++)
		for (size_t i = 0; i < table->n_columns; i++) {
			const struct cell *cell = &table_at(table, r)[i];
			struct field field =
			    next_csv_field(table->arena, &rest);

			assert_int_equal(field.last, i + 1 == table->n_columns);
			assert_cell_is(cell, field.text);
			if (cell->kind == CELL_UNDEFINED)
				assert_int_equal(field.quoted, lone);
			else if (field.text.n == 0)
				assert_true(field.quoted);
		}
	assert_int_equal(rest.n, 0);
}

static void
assert_tsv_holds(const struct table *table)
{
	struct slice rest = rendered(table, "tsv", &plain);

	rest.n -= 2 * table->n_columns;
	rest.p += 2 * table->n_columns;
	for (size_t r = 0; r < table->rows.count; r++)
		for (size_t i = 0; i < table->n_columns; i++) {
			struct field field =
			    next_tsv_field(table->arena, &rest);

			assert_int_equal(field.last, i + 1 == table->n_columns);
			assert_cell_is(&table_at(table, r)[i], field.text);
		}
	assert_int_equal(rest.n, 0);
}

static void
assert_value_is(const struct cell *cell, enum unit unit, const json_t *value)
{
	double money;

	assert_non_null(value);
	if (cell->kind == CELL_UNDEFINED) {
		assert_true(json_is_null(value));
	} else if (unit == UNIT_FLAG) {
		assert_true(json_is_true(value));
	} else if (cell->kind == CELL_COUNT) {
		assert_true(json_integer_value(value) == cell->as.count);
	} else if (cell->kind == CELL_NUMBER) {
		assert_true(json_number_value(value) == cell->as.number);
	} else if (cell->kind == CELL_MONEY) {
		money = (double)(cell->as.money.units * MONEY_UNIT +
				 cell->as.money.ten_thousandths);
		assert_true(json_number_value(value) == money / MONEY_UNIT);
	} else {
		struct slice text = { json_string_value(value),
			json_string_length(value) };

		assert_cell_is(cell, text);
	}
}

static void
assert_object_is(const struct table *table, size_t r, const json_t *object)
{
	assert_int_equal(json_object_size(object), table->n_columns);
	for (size_t i = 0; i < table->n_columns; i++)
		assert_value_is(&table_at(table, r)[i], table->columns[i]->unit,
		    json_object_get(object, table->columns[i]->id));
}

static json_t *
parsed(struct slice text, size_t flags)
{
	json_error_t error;
	json_t *json = json_loadb(text.p, text.n,
	    JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES | flags, &error);

	assert_non_null(json);
	return json;
}

static void
assert_json_holds(const struct table *table)
{
	json_t *json = parsed(rendered(table, "json", &plain), 0);
	const json_t *rows = json_object_get(json, "rows");

	assert_int_equal(json_array_size(rows), table->rows.count);
	for (size_t r = 0; r < table->rows.count; r++)
		assert_object_is(table, r, json_array_get(rows, r));
	json_decref(json);
}

static void
assert_jsonl_holds(const struct table *table)
{
	struct slice rest = rendered(table, "jsonl", &plain);

	for (size_t r = 0; r < table->rows.count; r++) {
		const char *end = memchr(rest.p, '\n', rest.n);
		struct slice line = { rest.p, (size_t)(end - rest.p) };
		json_t *json = parsed(line, 0);

		assert_object_is(table, r, json);
		json_decref(json);
		rest.p += line.n + 1;
		rest.n -= line.n + 1;
	}
	assert_int_equal(rest.n, 0);
}

static void
every_machine_format_holds_the_same_cells(void **state)
{
	uint64_t random = 20260331;

	for (int i = 0; i < RANDOM_TABLES; i++) {
		struct table *table = random_table(*state, &random);

		assert_csv_holds(table);
		assert_tsv_holds(table);
		assert_json_holds(table);
		assert_jsonl_holds(table);
	}
}

/* Formats for people: a line a row, whatever the cells hold, and within the
 * terminal where text can give way. */
static void
people_see_a_line_a_row(void **state)
{
	uint64_t random = 20260401;
	const struct render_options narrow = { .width = 40,
		.all_columns = true };

	for (int i = 0; i < RANDOM_TABLES; i++) {
		struct table *table = random_table(*state, &random);
		size_t rows = table->rows.count, lines = 0;
		struct slice text = rendered(table, "table", &narrow);

		assert_int_equal(utf8_valid_prefix(text), text.n);
		for (size_t c = 0; c < text.n; c++) {
			assert_true(text.p[c] == '\n' ||
				    (unsigned char)text.p[c] >= ' ');
			lines += text.p[c] == '\n';
		}
		assert_int_equal(lines, rows ? rows + 4 : 5);
	}
}

/* The width of the rule: after the title, a blank line and the head. */
static int
natural_width(const struct table *table)
{
	const char *p = strchr(rendered(table, "table", &plain).p, '\n') + 2;
	const char *rule = strchr(p, '\n') + 1;

	return (int)display_width(
	    (struct slice){ rule, (size_t)(strchr(rule, '\n') - rule) });
}

static void
room_enough_changes_nothing(void **state)
{
	uint64_t random = 20260402;

	for (int i = 0; i < RANDOM_TABLES; i++) {
		struct table *table = random_table(*state, &random);
		const struct render_options enough = { .width = natural_width(
							   table) };

		assert_renders(table, "table", &enough,
		    rendered(table, "table", &plain).p);
	}
}

static void
formats_are_found(void **state)
{
	(void)state;
	for (const struct format *f = formats; f->name; f++) {
		assert_ptr_equal(format_find(f->name), f);
		assert_non_null(f->help);
	}
	assert_null(format_find("xml"));
	assert_null(format_find("CSV"));
	assert_string_equal(format_of_file("a/b.csv")->name, "csv");
	assert_string_equal(format_of_file("B.2026.JSONL")->name, "jsonl");
	assert_string_equal(format_of_file("x.txt")->name, "table");
	assert_null(format_of_file("a.csv/b"));
	assert_null(format_of_file("csv"));
	assert_null(format_of_file("a."));
}

static void
a_full_disk_is_an_error(void **state)
{
	FILE *file = fopen("/dev/full", "w");
	struct table *table = sample(*state);

	if (!file)
		skip();
	fclose(file);
	for (int rows = 0; rows < 2000; rows++)
		table_row(table);
	for (const struct format *f = formats; f->name; f++) {
		struct fnl_err err = { 0 };

		file = fopen("/dev/full", "w");
		assert_int_equal(f->render(table, &plain, file, &err), -1);
		assert_int_equal(err.code, FNL_SYSTEM);
		assert_string_equal(err.message,
		    "cannot write the report: No space left on device");
		fclose(file);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_format_shows_the_sample),
		TEST(machine_columns_are_shown_to_people_who_chose_them),
		TEST(the_frame_can_be_ascii_and_the_grouping_indian),
		TEST(wide_characters_align),
		TEST(no_rows_are_said),
		TEST(a_lone_undefined_cell_is_no_blank_line),
		TEST(text_that_acts_is_shown_harmlessly),
		TEST(md_text_is_no_link_code_or_tag),
		TEST(bytes_that_are_not_utf8_break_no_json),
		TEST(csv_quotes_what_readers_would_change),
		TEST(long_text_is_cut_to_fit_the_terminal),
		TEST(columns_for_room_are_left_out_of_a_narrow_terminal),
		TEST(no_column_is_left_out_too_early),
		TEST(whoever_asks_for_all_columns_gets_them),
		TEST(the_first_column_stays_and_titles_are_harmless),
		TEST(without_a_terminal_nothing_is_cut),
		TEST(figures_are_rounded_as_people_read_them),
		TEST(every_machine_format_holds_the_same_cells),
		TEST(people_see_a_line_a_row),
		TEST(room_enough_changes_nothing),
		TEST(formats_are_found),
		TEST(a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
