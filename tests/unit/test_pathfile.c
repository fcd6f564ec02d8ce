/*
 * test_pathfile: path files to sequences of channels.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* before cmocka.h, whose fail() is a macro */
#include "touches.h"

#include "pathfile.h"

#include <cmocka.h>

#include "outside_fixture.h"

struct given {
	struct ledger *ledger;
	struct pathfile *paths;
};

static struct given
read_paths(struct fixture *f)
{
	struct given g = { ledger_new(f->arena, false), NULL };
	struct fnl_list files = { outside_files, n_outside };

	if (pathfile_read(
		f->arena, &files, 0, NULL, g.ledger, &g.paths, &f->err) < 0)
		fail_msg("%s", f->err.message);
	return g;
}

static void
assert_path(struct fixture *f, const struct pathfile *paths, size_t i,
    const char *expected)
{
	const struct path_row *row = vec_at(&paths->rows, i);
	struct textbuf text = { .arena = f->arena };

	for (uint32_t s = 0; s < row->n; s++) {
		struct slice name =
		    intern_get(paths->channels, paths->steps[row->first + s]);

		textbuf_add(&text, "%.*s ", (int)name.n, name.p);
	}
	textbuf_add(
	    &text, "%g %g %g", row->conversions, row->value, row->nulls);
	assert_string_equal(textbuf_text(&text), expected);
}

static void
assert_rows(const struct given *g, size_t file, uint64_t rows,
    enum ledger_reason reason, uint64_t n)
{
	const struct ledger_file *of = vec_at(&g->ledger->files, file);
	uint64_t sum = of->used;

	for (int r = 0; r < LEDGER_REASONS; r++)
		if (r != LEDGER_TITLE && r != LEDGER_BLANK)
			sum += of->entries[r].count;
	assert_int_equal(of->rows, rows);
	assert_int_equal(sum, rows);
	assert_int_equal(of->entries[reason].count, n);
}

static void
both_spellings(void **state)
{
	struct fixture *f = *state;
	struct given g;

	give_outside(
	    f, "2.csv", "path,conversions,value,null\na>b > a,2,30.5,1\n");
	give_outside(f, "1.csv",
	    "total_null;path;total_conversions;total_conversion_value\n"
	    "7;Paid Search >  b;1e+05;0\n;$(rm -rf ~);0;\n");
	g = read_paths(f);
	assert_int_equal(g.paths->rows.count, 3);
	assert_path(f, g.paths, 0, "Paid Search b 100000 0 7");
	assert_path(f, g.paths, 1, "$(rm -rf ~) 0 0 0");
	assert_path(f, g.paths, 2, "a b a 2 30.5 1");
	assert_int_equal(intern_count(g.paths->channels) - 1, 4);
	assert_true(g.paths->has_null && g.paths->has_value);
}

static void
paths_alone(void **state)
{
	struct fixture *f = *state;
	struct given g;

	give_outside(f, "1.csv", "path,conversions\na > b,3\n");
	g = read_paths(f);
	assert_path(f, g.paths, 0, "a b 3 0 0");
	assert_false(g.paths->has_null || g.paths->has_value);
}

static void
rows_that_are_no_path(void **state)
{
	struct fixture *f = *state;
	struct given g;

	give_outside(f, "1.csv",
	    "path,conversions,value,null\n"
	    "a > > b,1,1,1\n,1,1,1\na >,1,1,1\n> a,1,1,1\na,x,1,1\na,,1,1\n"
	    "a,-1,1,1\na,nan,1,1\na,1e,1,1\na,1,1e999,1\na,1,1\na,1,1,1\n"
	    "\n,,,\n");
	g = read_paths(f);
	assert_int_equal(g.paths->rows.count, 1);
	assert_int_equal(g.paths->n_steps, 1);
	assert_rows(&g, 0, 12, LEDGER_BAD_PATH, 10);
	assert_rows(&g, 0, 12, LEDGER_RAGGED, 1);
}

static void
no_path_file(void **state)
{
	struct fixture *f = *state;
	struct fnl_list files = { outside_files, 1 };
	struct pathfile *paths;

	give_outside(f, "1.csv", "path,customer\na,1\n");
	assert_int_equal(pathfile_read(f->arena, &files, 0, NULL,
			     ledger_new(f->arena, false), &paths, &f->err),
	    -1);
	assert_non_null(strstr(f->err.message, "path and conversions"));
}

static void
random_files(void **state)
{
	static const char start[] =
	    "path,conversions,value,null\na > b,1,2,3\n";
	struct fixture *f = *state;
	char bytes[2048];
	uint32_t random = 1;

	for (size_t i = 0; i < 40; i++) {
		struct fnl_list files = { outside_files, 1 };
		struct given g = { ledger_new(f->arena, false), NULL };
		struct fnl_err err = { FNL_OK, "" };

		for (size_t k = 0; k < sizeof(bytes); k++) {
			random = random * 1664525 + 1013904223;
			bytes[k] = ",>\n\"1ae\xff"[random >> 29];
		}
		memcpy(bytes, start, i % sizeof(start));
		n_outside = 0;
		give_outside_bytes(f, "1.csv", bytes, sizeof(bytes));
		if (pathfile_read(f->arena, &files, 0, NULL, g.ledger, &g.paths,
			&err) < 0)
			assert_true(err.code == FNL_DATA && *err.message);
		else
			assert_int_equal(g.paths->rows.count,
			    ((const struct ledger_file *)vec_at(
				 &g.ledger->files, 0))
				->used);
	}
}

/*
 * The sums of the 10,000 paths of the R package, by
 *   awk -F, 'NR > 1 { c += $2; v += $3; n += $4; k = split($1, a, " > ");
 *       steps += k; if (k > max) max = k;
 *       for (i in a) if (!(a[i] in seen)) { seen[a[i]]; channels++ } }
 *       END { print c, v, n, max, channels, steps }'
 */
static void
the_paths_of_a_package(void **state)
{
	struct fixture *f = *state;
	const char *path = shared_file(f, "attribution-paths/pathdata.csv");
	double conversions = 0, value = 0, nulls = 0;
	uint32_t longest = 0;
	struct given g;

	if (!path)
		skip();
	outside_files[0] = path;
	n_outside = 1;
	g = read_paths(f);
	n_outside = 0;
	assert_int_equal(g.paths->rows.count, 10000);
	for (size_t i = 0; i < 10000; i++) {
		const struct path_row *row = vec_at(&g.paths->rows, i);

		conversions += row->conversions;
		value += row->value;
		nulls += row->nulls;
		longest = row->n > longest ? row->n : longest;
	}
	assert_int_equal((int)conversions, 19785);
	assert_int_equal((int)nulls, 68602);
	assert_true(value > 74802.9715 && value < 74802.9725);
	assert_int_equal(longest, 89);
	assert_int_equal(intern_count(g.paths->channels) - 1, 12);
	assert_int_equal(g.paths->n_steps, 59454);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, setup, outside_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(both_spellings),
		TEST(paths_alone),
		TEST(rows_that_are_no_path),
		TEST(no_path_file),
		TEST(random_files),
		TEST(the_paths_of_a_package),
	};

	return cmocka_run_group_tests_name("pathfile", tests, NULL, NULL);
}
