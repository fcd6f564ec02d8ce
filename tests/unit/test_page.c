/*
 * test_page: several sections on one page, and the drawing of a chart on it.
 * Expected bytes are written by hand from page.h and HTML; what one table
 * looks like is tested with the other formats, what a browser makes of it in
 * tests/cases/browser.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "page.h"

#include <cmocka.h>

#include "arena_fixture.h"

static const struct render_options plain = { 0 };

static const struct column name = { "name", "Name", UNIT_TEXT, FOR_ALL,
	"A name." };
static const struct column detail = { "detail", "<i>", UNIT_COUNT, FOR_MACHINES,
	"\"A\" & 'b'." };

static const char *
written(const struct page *page)
{
	struct fnl_err err = { 0 };
	FILE *file = tmpfile();
	long length;
	char *bytes;

	assert_non_null(file);
	assert_int_equal(page_write(page, &plain, file, &err), 0);
	length = ftell(file);
	rewind(file);
	bytes = arena_alloc(page->arena, (size_t)length + 1);
	assert_int_equal(fread(bytes, 1, (size_t)length, file), length);
	fclose(file);
	return bytes;
}

static struct table *
table_titled(struct arena *arena, const char *title)
{
	const struct column *columns[] = { &name, &detail };

	return table_new(arena, title, columns, 2);
}

static void
assert_has(const char *page, const char *part)
{
	if (!strstr(page, part))
		fail_msg("the page lacks %s", part);
}

static void
assert_lacks(const char *page, const char *part)
{
	if (strstr(page, part))
		fail_msg("the page has %s", part);
}

static size_t
count(const char *page, const char *part)
{
	size_t n = 0;

	for (; (page = strstr(page, part)); page += strlen(part))
		n++;
	return n;
}

static void
sections_have_names_of_their_own(void **state)
{
	struct table *won = table_titled(*state, "Won");
	struct page_section sections[] = {
		{ .id = "leads", .table = table_titled(*state, "Leads") },
		{ .id = "won",
		    .table = won,
		    .title = "What we <won>",
		    .lead = "As \"agreed\"." },
	};
	const struct page page = { *state, "A & B", "Week 1.", sections, 2 };
	const char *text;

	table_note(won, "as_of", "2026-03-31");
	text = written(&page);
	assert_has(text, "<title>A &amp; B</title>");
	assert_has(text, "<h1><bdi>A &amp; B</bdi></h1>\n"
			 "<p class=\"lead\"><bdi>Week 1.</bdi></p>\n</header>");
	assert_has(text,
	    "<ul>\n<li><a href=\"#leads\"><bdi>Leads</bdi></a></li>\n"
	    "<li><a href=\"#won\"><bdi>What we &lt;won&gt;</bdi></a>"
	    "</li>\n</ul>");
	assert_has(text,
	    "<section id=\"won\" aria-labelledby=\"won-title\">\n"
	    "<h2 id=\"won-title\"><bdi>What we &lt;won&gt;</bdi></h2>\n"
	    "<p class=\"lead\"><bdi>As &quot;agreed&quot;.</bdi></p>\n");
	assert_has(text, "<a href=\"#leads-d1\" title=\"&quot;A&quot; &amp; "
			 "&#39;b&#39;.\"><bdi>&lt;i&gt;</bdi></a>");
	assert_has(text, "<dd id=\"won-d1\">");
	assert_has(text, "<h3 id=\"won-notes\">Notes</h3>");
	assert_lacks(text, "leads-notes");
	assert_lacks(text, "<figure");
	assert_int_equal(count(text, "<table>"), 2);
}

/* As gnuplot 5.4 writes them: names in both kinds of quotes, references by
 * href and by url. Text that looks like a name is no name. */
static void
drawings_share_no_names(void **state)
{
	struct page_section sections[] = {
		{ .id = "a", .table = table_titled(*state, "A") },
		{ .id = "b", .table = table_titled(*state, "B") },
	};
	const struct page page = { *state, "P", NULL, sections, 2 };
	const char *text;

	for (size_t i = 0; i < 2; i++)
		sections[i].chart = SLICE(
		    "<?xml version=\"1.0\"?>\n"
		    "<svg><title>Gnuplot</title><g id=\"plot\"><title>x</title>"
		    "<defs><circle id='gpDot' r='1'/></defs>"
		    "<use xlink:href='#gpDot' fill=\"url(#box)\"/>"
		    "<text> id=\"x\" href='#y']]></text></g></svg>\n");
	text = written(&page);
	assert_has(text,
	    "<figure id=\"a-chart\" role=\"img\" aria-label=\"Chart: A; the "
	    "table below has its figures\">\n"
	    "<svg><g id=\"a-plot\"><defs><circle id='a-gpDot' r='1'/></defs>"
	    "<use xlink:href='#a-gpDot' fill=\"url(#a-box)\"/>"
	    "<text> id=\"x\" href='#y']]&gt;</text></g></svg>\n</figure>\n");
	assert_has(text, "<circle id='b-gpDot' r='1'/>");
	assert_int_equal(count(text, "<?xml"), 0);
}

/* A drawing that breaks off ends the page no earlier. */
static void
a_drawing_may_break_off(void **state)
{
	static const char *const drawings[] = { "<svg><title>never ends", "<sv",
		"<svg id=\"", "no drawing" };

	for (size_t i = 0; i < sizeof(drawings) / sizeof(*drawings); i++) {
		struct page_section section = { .id = "a",
			.table = table_titled(*state, "A"),
			.chart = slice_of(drawings[i]) };
		const struct page page = { *state, "P", NULL, &section, 1 };

		assert_has(written(&page), "</figure>\n");
	}
}

static void
a_chart_that_is_missing_is_said(void **state)
{
	struct page_section section = { .id = "a",
		.table = table_titled(*state, "A"),
		.chart_note = "needs <gnuplot>" };
	const struct page page = { *state, "P", NULL, &section, 1 };

	assert_has(written(&page),
	    "<p class=\"chart-note\">Chart: needs &lt;gnuplot&gt;</p>\n");
	assert_lacks(written(&page), "<figure");
}

/* Neither without a figure nor where nobody asked. */
static void
nothing_is_drawn_unasked(void **state)
{
	static const struct figure figure = { .label = "name" };
	const struct render_options charts = { .charts = true };
	struct table *table = table_titled(*state, "A");
	struct page_section section = { .id = "a", .table = table };

	page_draw(&section, &charts);
	assert_int_equal(section.chart.n, 0);
	assert_null(section.chart_note);
	table->figure = &figure;
	page_draw(&section, &plain);
	assert_int_equal(section.chart.n, 0);
	assert_null(section.chart_note);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sections_have_names_of_their_own),
		TEST(drawings_share_no_names),
		TEST(a_drawing_may_break_off),
		TEST(a_chart_that_is_missing_is_said),
		TEST(nothing_is_drawn_unasked),
	};

	return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
