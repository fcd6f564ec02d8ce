/*
 * test_chart: scripts of tables made by hand: what no report of today has, such
 * as a target over time, and the limits. Expected places and numbers by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "chart.h"

#include <cmocka.h>

static const struct column period = { "period", "Period", UNIT_TEXT, FOR_ALL,
	"" };
static const struct column start_of_period = { "period_start", "Start",
	UNIT_TEXT, FOR_MACHINES, "" };
static const struct column name = { "name", "Name", UNIT_TEXT, FOR_ALL, "" };
static const struct column id = { "id", "Id", UNIT_TEXT, FOR_ALL, "" };
static const struct column rate = { "rate", "Met", UNIT_SHARE, FOR_ALL, "" };
static const struct column first = { "first", "First", UNIT_TIME, FOR_ALL, "" };
static const struct column state_column = { "state", "State", UNIT_TEXT,
	FOR_ALL, "" };
static const struct column goal = { "goal", "Goal", UNIT_SHARE, FOR_ALL, "" };
static const struct column count = { "n", "N", UNIT_COUNT, FOR_ALL, "" };

#define COLUMNS(...)                                                \
	(const struct column *const[]){ __VA_ARGS__ },              \
	    sizeof((const struct column *const[]){ __VA_ARGS__ }) / \
		sizeof(struct column *)

static const struct figure_measure rate_measure = { .value = "rate",
	.target = "goal" };
static const struct figure_measure count_measure = { .value = "n" };
static const struct figure over_time = { .measures = &rate_measure,
	.n_measures = 1 };
/* Two keys, periods of its own, and what pale says. */
static const struct figure_measure pace_measure = { .value = "rate",
	.target = "goal",
	.name = "Pace",
	.target_name = "agreed" };
static const struct figure own_periods = { .label = "name",
	.more = { "id", "period" },
	.period = "period",
	.period_start = "first",
	.young = "state",
	.young_is = "running",
	.young_means = "not over",
	.only = "state",
	.measures = &pace_measure,
	.n_measures = 1 };
static const struct figure list = { .label = "name",
	.label_else = "id",
	.each_row = true,
	.measures = &count_measure,
	.n_measures = 1 };

static struct cell
text(const char *value)
{
	return cell_text(slice_of(value));
}

static struct chart
draw(const struct table *table, enum chart_form form)
{
	struct chart_options options = { .form = form, .ascii = true };
	struct fnl_err err = { 0 };
	struct chart chart;

	if (chart_script(table, &options, &chart, &err) < 0)
		fail_msg("%s", err.message);
	return chart;
}

static void
has(const struct chart chart, const char *part)
{
	assert_non_null(chart.script);
	if (!strstr(chart.script, part))
		fail_msg("no '%s' in\n%s", part, chart.script);
}

/* 2026-01-05 is day 20458; a week later 20465. */
static void
test_target_over_time(void **state)
{
	struct arena *arena = arena_new();
	struct table *table = table_new(arena, "Met in time",
	    COLUMNS(&period, &start_of_period, &rate, &goal));
	static const char *const starts[] = { "2026-01-12", "2026-01-05" };
	struct chart chart;

	(void)state;
	table->figure = &over_time;
	for (int i = 0; i < 2; i++) {
		struct cell *row = table_row(table);

		row[0] = text(i ? "2026-W02" : "2026-W03");
		row[1] = text(starts[i]);
		row[2] = cell_number(i ? .5 : .75);
		row[3] = cell_number(.9);
	}
	chart = draw(table, CHART_SVG);
	has(chart, "20458\t50\tNaN\tNaN\n20465\t75\tNaN\tNaN\n");
	has(chart, "20458\t90\n20465\t90\n");
	has(chart, "with lines dt 2");
	has(chart, "\"Met, %\"");
	assert_null(chart.note);
	arena_free(arena);
}

static void
add_pace(struct table *table, const char *label, int64_t day, double pace,
    const char *state_text)
{
	struct cell *row = table_row(table);

	row[0] = text(label);
	row[1] = text("x");
	row[2] = text(day ? "later" : "sooner");
	row[3] = cell_time((struct when){ day * DAY_SECONDS, WHEN_DATE });
	if (state_text)
		row[4] = text(state_text);
	row[5] = cell_number(pace);
	row[6] = cell_number(.5);
}

static struct table *
new_paces(struct arena *arena)
{
	struct table *table = table_new(arena, "Paces",
	    COLUMNS(&name, &id, &period, &first, &state_column, &rate, &goal));

	table->figure = &own_periods;
	return table;
}

/* Of days 0 and 7; a row without a state is not drawn; the two keys but for the
 * period are the series; the line of the target is called as it looks. */
static void
test_own_periods(void **state)
{
	struct arena *arena = arena_new();
	struct table *table = new_paces(arena);
	struct chart chart;

	(void)state;
	add_pace(table, "a", 7, .25, "running");
	add_pace(table, "a", 0, .75, "over");
	add_pace(table, "b", 0, .1, "over");
	add_pace(table, "c", 0, .2, NULL);
	chart = draw(table, CHART_SVG);
	has(chart, "0\t75\tNaN\tNaN\n7\t25\tNaN\tNaN\n");
	has(chart, "0\t50\n7\t50\n");
	has(chart, "\"a - x\"\n");
	has(chart, "\"b - x\"\n");
	assert_null(strstr(chart.script, "\"c"));
	has(chart, "\"Pace; dashed: agreed, %\"\n");
	has(chart, "\"dotted and hollow: not over\"\n");
	/* With characters: from day 0 to 7 dashes at one height. */
	has(draw(table, CHART_TEXT), "\t\"-\"\n");
	arena_free(arena);
}

/* One period is no time: a bar a key, pale as it runs. */
static void
test_one_period(void **state)
{
	struct arena *arena = arena_new();
	struct table *table = new_paces(arena);
	struct chart chart;

	(void)state;
	add_pace(table, "a", 7, .25, "running");
	chart = draw(table, CHART_SVG);
	has(chart, "\"a - x - later\"\n");
	has(chart, "\"Pace; | agreed, %\"\n");
	has(chart, "\"pale: not over\"\n");
	has(chart, "fs solid 0.25");
	arena_free(arena);
}

/* Dots are hollow where they are too young: pt 6; the others pt 7. */
static void
test_young_dots(void **state)
{
	static const struct figure_measure dot = { .value = "rate",
		.mark = MARK_DOT };
	static const struct figure dots = { .label = "name",
		.young = "state",
		.measures = &dot,
		.n_measures = 1 };
	struct arena *arena = arena_new();
	struct table *table = new_paces(arena);
	struct chart chart;

	(void)state;
	table->figure = &dots;
	add_pace(table, "a", 0, .25, "young");
	add_pace(table, "b", 0, .75, NULL);
	chart = draw(table, CHART_SVG);
	has(chart, "$d1 << END\n75\t1.5\t75\t75\nEND\n");
	has(chart, "$d2 << END\n25\t0.5\t25\t25\nEND\n");
	has(chart, "$d1 using 1:2:3:4 with xerrorbars pt 7");
	has(chart, "$d2 using 1:2:3:4 with xerrorbars pt 6");
	has(chart, "\"pale: too early to tell\"\n");
	arena_free(arena);
}

/* A list keeps equal names apart; without a name the id stands. */
static void
test_list(void **state)
{
	struct arena *arena = arena_new();
	struct table *table =
	    table_new(arena, "List", COLUMNS(&name, &id, &count));
	struct chart chart;

	(void)state;
	table->figure = &list;
	for (unsigned i = 0; i < 3; i++) {
		struct cell *row = table_row(table);

		if (i < 2)
			row[0] = text("Same");
		row[1] = text("an-id");
		row[2] = cell_count(i + 1);
	}
	chart = draw(table, CHART_SVG);
	has(chart, "\"Same\"\n");
	has(chart, "\"an-id\"\n");
	has(chart, "0\t1\t0.5\t0.36\n0\t2\t1.5\t0.36\n0\t3\t2.5\t0.36\n");
	arena_free(arena);
}

/* A terminal of 10 lines has room for title, heading, tics and so many rows. */
static void
test_terminal(void **state)
{
	struct arena *arena = arena_new();
	struct table *table =
	    table_new(arena, "List", COLUMNS(&name, &id, &count));
	struct chart_options options = {
		.form = CHART_TEXT, .columns = 40, .lines = 10, .ascii = true
	};
	struct fnl_err err = { 0 };
	struct chart chart;

	(void)state;
	table->figure = &list;
	for (unsigned i = 0; i < 20; i++) {
		struct cell *row = table_row(table);

		row[0] = text("name");
		row[2] = cell_count(i);
	}
	assert_int_equal(chart_script(table, &options, &chart, &err), 0);
	has(chart, "set terminal dumb size 40,10 noenhanced\n");
	assert_string_equal(chart.note, "not drawn: 14 rows");
	arena_free(arena);
}

static void
test_nothing(void **state)
{
	struct arena *arena = arena_new();
	struct table *table =
	    table_new(arena, "List", COLUMNS(&name, &id, &count));
	struct chart_options options = { .form = CHART_SVG };
	struct fnl_err err = { 0 };
	struct chart chart;

	(void)state;
	table->figure = &list;
	assert_null(draw(table, CHART_SVG).script);
	table_row(table);
	assert_null(draw(table, CHART_TEXT).script);
	assert_string_equal(draw(table, CHART_SVG).note, "nothing to draw");
	table->figure = NULL;
	assert_int_equal(chart_script(table, &options, &chart, &err), -1);
	assert_int_equal(err.code, FNL_USAGE);
	arena_free(arena);
}

/* A figure of another table: its columns are not there, whatever its kind. */
static void
test_no_columns(void **state)
{
	static const struct figure_measure absent = { .value = "nowhere" };
	static const struct figure_measure boxes[4] = { { .value = "n" },
		{ .value = "n" }, { .value = "n" }, { .value = "nowhere" } };
	static const struct figure figures[] = {
		{ .kind = FIGURE_BARS, .measures = &absent, .n_measures = 1 },
		{ .kind = FIGURE_BARS,
		    .label = "nowhere",
		    .measures = &count_measure,
		    .n_measures = 1 },
		{ .kind = FIGURE_WATERFALL,
		    .label = "nowhere",
		    .first = "Same",
		    .last = "Same",
		    .measures = &count_measure,
		    .n_measures = 1 },
		{ .kind = FIGURE_WATERFALL,
		    .label = "name",
		    .first = "Same",
		    .last = "Same",
		    .measures = &absent,
		    .n_measures = 1 },
		{ .kind = FIGURE_BOXES,
		    .label = "name",
		    .measures = boxes,
		    .n_measures = 4 },
		{ .kind = FIGURE_STEPS,
		    .x = "n",
		    .measures = &absent,
		    .n_measures = 1 },
		{ .kind = FIGURE_STEPS,
		    .x = "nowhere",
		    .measures = &count_measure,
		    .n_measures = 1 },
		{ .kind = FIGURE_HEAT,
		    .label = "name",
		    .series = "nowhere",
		    .measures = &count_measure,
		    .n_measures = 1 },
		{ .kind = FIGURE_TIMES,
		    .label = "nowhere",
		    .x = "n",
		    .measures = &count_measure,
		    .n_measures = 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++) {
		struct arena *arena = arena_new();
		struct table *table =
		    table_new(arena, "List", COLUMNS(&name, &id, &count));
		struct cell *row = table_row(table);

		row[0] = text("Same");
		row[2] = cell_count(1);
		table->figure = &figures[i];
		assert_null(draw(table, CHART_SVG).script);
		assert_string_equal(
		    draw(table, CHART_TEXT).note, "nothing to draw");
		arena_free(arena);
	}
}

/* One value, zero, and values far from each other still have an axis. */
static void
test_ranges(void **state)
{
	static const uint64_t values[] = { 0, 1, 7, 1234567890123 };

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		struct arena *arena = arena_new();
		struct table *table =
		    table_new(arena, "List", COLUMNS(&name, &id, &count));
		struct chart chart;

		table->figure = &list;
		table_row(table)[2] = cell_count(values[i]);
		chart = draw(table, CHART_SVG);
		has(chart, i == 3   ? "set xrange [0:1.5e+12]"
			   : i == 2 ? "set xrange [0:8]"
				    : "set xrange [0:1]");
		assert_null(strstr(chart.script, "nan"));
		arena_free(arena);
	}
}

static void
test_form_of_file(void **state)
{
	enum chart_form form;

	(void)state;
	assert_int_equal(chart_form_of_file("a.b/c.SVG", &form), 0);
	assert_int_equal(form, CHART_SVG);
	assert_int_equal(chart_form_of_file("-", &form), 0);
	assert_int_equal(form, CHART_TEXT);
	assert_int_equal(chart_form_of_file("a.svg/c", &form), -1);
	assert_int_equal(chart_form_of_file("svg", &form), -1);
	assert_int_equal(chart_form_of_file("", &form), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_target_over_time),
		cmocka_unit_test(test_own_periods),
		cmocka_unit_test(test_one_period),
		cmocka_unit_test(test_young_dots),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_terminal),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_no_columns),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_form_of_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
