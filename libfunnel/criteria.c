/*
 * criteria.c: plan the columns, judge their distinct values, look up.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "criteria.h"
#include "distinct.h"
#include "names.h"
#include "pattern.h"

enum verdict { NOT_YET, HOLDS, FAILS, BLANK, UNREAD };

/* A criterion, or a column that must be filled. */
struct test {
	const char *asked; /* "rule 'icp', criterion 'size'" */
	const char *column; /* NULL where touches are counted */
	size_t segment;
	const char *undecided; /* why no record can be told by it, or NULL */
	bool money; /* a field that holds amounts */
	bool lookup; /* a column of a look-up file */
	struct names *allowed; /* any_of, kinds of touches; NULL: any */
	double low, high; /* both allowed */
	struct pattern *pattern;
	struct money_column numbers;
	struct distinct verdicts; /* enum verdict, by text */
	uint64_t unread; /* records whose value could not be decided */
	struct slice example; /* the first such value in the order of texts */
};

struct rule {
	const struct rule_definition *definition;
	const char *asked;
	struct test *tests;
	bool lenient;
	const char *undecided;
};

struct criteria {
	struct load *load;
	struct touches *touches;
	struct names *blank;
	struct vec rules; /* struct rule */
	struct vec columns; /* struct test */
	size_t n_tests; /* of both */
};

/* metrics.md 3.4.8; what exports write for nothing was blank before. */
static const char *const blank_words[] = { "n/a", "-", "unknown", "null" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- planning ---- */

static const char *
blank_word(const struct definitions *d, size_t i)
{
	size_t n = d->blank.n ? d->blank.n : COUNT(blank_words);

	if (i >= n)
		return NULL;
	return d->blank.n ? d->blank.items[i] : blank_words[i];
}

static struct names *
names_of(struct arena *arena, const struct texts *texts)
{
	struct names *names = names_new(arena);

	for (unsigned i = 0; i < texts->n; i++)
		names_add(names, texts->items[i], i);
	return names;
}

struct criteria *
criteria_new(struct load *load)
{
	struct criteria *c = arena_alloc(load->arena, sizeof(*c));
	const char *word;

	c->load = load;
	c->blank = names_new(load->arena);
	for (size_t i = 0; (word = blank_word(&load->definitions, i)); i++)
		names_add(c->blank, word, 0);
	c->rules = vec_new(load->arena, sizeof(struct rule));
	c->columns = vec_new(load->arena, sizeof(struct test));
	return c;
}

static int
count_test(struct criteria *c, const char *asked, struct fnl_err *err)
{
	if (c->n_tests++ < CRITERIA_TESTS_MAX)
		return 0;
	return fail(err, FNL_USAGE,
	    "%s: the rules and lists asked for have more than %d criteria",
	    asked, CRITERIA_TESTS_MAX);
}

static int
plan_column(struct criteria *c, struct test *test, const char *column,
    bool lenient, struct fnl_err *err)
{
	struct segments *segments = &c->load->segments;
	const struct segment *segment;
	int field;

	if (count_test(c, test->asked, err) < 0 ||
	    segments_column(segments, column, test->asked, lenient,
		&test->segment, err) < 0)
		return -1;
	segment = &segments->items[test->segment];
	field = segments->attributes[segment->attribute].field;
	test->column = column;
	test->verdicts.arena = c->load->arena;
	test->lookup = segment->kind == SEGMENT_LOOKUP;
	test->money = segment->kind == SEGMENT_PLAIN && field >= 0 &&
		      fields[field].type == FIELD_MONEY;
	return 0;
}

/* Touches without a number: at least one. */
static int
plan_bounds(
    const struct criterion *criterion, struct test *test, struct fnl_err *err)
{
	bool numbers =
	    criterion->at_least || criterion->at_most || criterion->between;

	test->low = criterion->touch.n && !numbers ? 1 : -INFINITY;
	test->high = INFINITY;
	if (criterion->between) {
		test->low = criterion->between[0];
		test->high = criterion->between[1];
	}
	if (criterion->at_least)
		test->low = fmax(test->low, *criterion->at_least);
	if (criterion->at_most)
		test->high = fmin(test->high, *criterion->at_most);
	if (test->low <= test->high)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: no number lies within all of its bounds (see at_least, "
	    "at_most and between)",
	    test->asked);
}

static bool
is_bounded(const struct test *test)
{
	return test->low > -INFINITY || test->high < INFINITY;
}

static int
plan_test(struct criteria *c, const struct rule *rule,
    const struct criterion *criterion, struct test *test, struct fnl_err *err)
{
	const struct read_options *read = &c->load->read;
	const char *why = "";

	test->asked = arena_printf(c->load->arena,
	    "%s: rule '%s', criterion '%s'", c->load->definitions.path,
	    rule->definition->name, criterion->name);
	if (plan_bounds(criterion, test, err) < 0)
		return -1;
	if (criterion->touch.n) {
		test->allowed = names_of(c->load->arena, &criterion->touch);
		test->verdicts.arena = c->load->arena;
		return count_test(c, test->asked, err);
	}
	if (criterion->any_of.n)
		test->allowed = names_of(c->load->arena, &criterion->any_of);
	test->numbers.mark = read->decimal;
	test->numbers.given = read->decimal != DECIMAL_UNKNOWN;
	if (criterion->matches)
		test->pattern =
		    pattern_new(c->load->arena, criterion->matches, &why);
	if (criterion->matches && !test->pattern)
		return fail(err, FNL_DATA,
		    "%s: '%s' is no regular expression: %s", test->asked,
		    criterion->matches, why);
	return plan_column(c, test, criterion->column, rule->lenient, err);
}

static int
fail_rule(const struct criteria *c, const char *name, const char *asked,
    struct fnl_err *err)
{
	const struct definitions *d = &c->load->definitions;
	struct arena *arena = c->load->arena;
	const char **names =
	    arena_array(arena, d->n_criteria + 1, sizeof(*names));
	struct textbuf known = { .arena = arena };
	const char *near;

	for (unsigned i = 0; i < d->n_criteria; i++) {
		names[i] = d->criteria[i].name;
		textbuf_add(&known, "%s%s", i ? ", " : "known: ", names[i]);
	}
	near = nearest_name(slice_of(name), names, d->n_criteria);
	return fail(err, FNL_USAGE, "%s: unknown rule '%s' (%s%s%s%s)", asked,
	    name, near ? "did you mean '" : "", near ? near : "",
	    near ? "'? " : "",
	    d->n_criteria ? known.p
			  : "the definitions have none: see criteria in "
			    "funnel-definitions(5)");
}

static const struct rule_definition *
find_rule(const struct definitions *d, const char *name)
{
	for (unsigned i = 0; i < d->n_criteria; i++)
		if (fold_equal(slice_of(d->criteria[i].name), slice_of(name)))
			return &d->criteria[i];
	return NULL;
}

int
criteria_add(struct criteria *c, const char *name, const char *asked,
    bool lenient, size_t *out, struct fnl_err *err)
{
	const struct rule_definition *definition =
	    find_rule(&c->load->definitions, name);
	struct rule *rule;

	if (!definition)
		return fail_rule(c, name, asked, err);
	*out = c->rules.count;
	rule = vec_push(&c->rules);
	rule->definition = definition;
	rule->asked = asked;
	rule->lenient = lenient;
	rule->tests = arena_array(
	    c->load->arena, definition->n_criteria, sizeof(*rule->tests));
	for (unsigned i = 0; i < definition->n_criteria; i++)
		if (plan_test(c, rule, &definition->criteria[i],
			&rule->tests[i], err) < 0)
			return -1;
	return 0;
}

int
criteria_add_column(struct criteria *c, const char *column, const char *asked,
    bool lenient, size_t *out, struct fnl_err *err)
{
	struct test *test;

	*out = c->columns.count;
	test = vec_push(&c->columns);
	test->asked = asked;
	test->low = -INFINITY;
	test->high = INFINITY;
	return plan_column(c, test, column, lenient, err);
}

/* ---- judging ---- */

/* An amount of nothing, whatever its decimal mark: 0, 0.00, INR 0. */
static bool
is_zero(struct slice text)
{
	bool zero = false;

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] >= '1' && text.p[i] <= '9')
			return false;
		zero |= text.p[i] == '0';
	}
	return zero;
}

static bool
is_blank(const struct criteria *c, const struct test *test, struct slice text)
{
	uint32_t ignored;

	return !text.n || names_find(c->blank, text, &ignored) ||
	       (test->lookup && slice_equal(text, SLICE(SEGMENT_NO_MATCH)));
}

static enum verdict
judge_number(struct test *test, struct slice text)
{
	int64_t number;
	double value;

	if (!distinct_number(&test->numbers, text, &number))
		return UNREAD;
	value = (double)number / MONEY_UNIT;
	return value >= test->low && value <= test->high ? HOLDS : FAILS;
}

static enum verdict
judge_pattern(struct test *test, struct slice text)
{
	switch (pattern_match(test->pattern, text)) {
	case PATTERN_MATCHES:
		return HOLDS;
	case PATTERN_MISSES:
		return FAILS;
	case PATTERN_TOO_LONG:
		break;
	}
	return UNREAD;
}

/* What fails one test fails, even if another cannot be decided. A blank word
 * that any_of lists is allowed: some CRMs mean Unknown as a value. */
static enum verdict
judge(const struct criteria *c, struct test *test, struct slice text)
{
	enum verdict number = HOLDS, pattern = HOLDS;
	uint32_t ignored;
	bool listed =
	    test->allowed && names_find(test->allowed, text, &ignored);

	if (!text.n || (is_blank(c, test, text) && !listed))
		return BLANK;
	if (test->allowed && !listed)
		return FAILS;
	if (is_bounded(test))
		number = judge_number(test, text);
	if (test->pattern)
		pattern = judge_pattern(test, text);
	if (number == FAILS || pattern == FAILS)
		return FAILS;
	return number == UNREAD || pattern == UNREAD ? UNREAD : HOLDS;
}

static enum verdict
judge_filled(const struct criteria *c, struct test *test, struct slice text)
{
	return is_blank(c, test, text) || (test->money && is_zero(text))
		   ? BLANK
		   : HOLDS;
}

static void
count_unread(const struct criteria *c, struct test *test, uint32_t record,
    struct slice text)
{
	if (!load_is_record(c->load, record))
		return;
	if (!test->unread++ || slice_compare(text, test->example) < 0)
		test->example = text;
}

static void
judge_column(const struct criteria *c, struct test *test,
    enum verdict (*judge_text)(
	const struct criteria *, struct test *, struct slice))
{
	struct store *store = c->load->store;

	for (uint32_t i = 0; i < store->records.count; i++) {
		uint32_t text =
		    segment_value(&c->load->segments, test->segment, store, i);
		struct slice value = intern_get(store->texts, text);
		char *verdict = distinct_mark(&test->verdicts, text);

		if (*verdict == NOT_YET)
			*verdict = (char)judge_text(c, test, value);
		if (*verdict == UNREAD)
			count_unread(c, test, i, value);
	}
}

static void
see_number(void *context, struct slice value)
{
	struct test *test = context;
	struct money money;

	money_read(value, &test->numbers, 0, &money);
}

static int
settle_column(const struct criteria *c, struct test *test,
    const struct criterion *criterion, struct fnl_err *err)
{
	if (is_bounded(test)) {
		distinct_see(&test->verdicts, &c->load->segments, test->segment,
		    c->load->store, see_number, test);
		if (distinct_check_decimal(
			&test->numbers, test->asked, test->column, err) < 0)
			return -1;
	}
	judge_column(c, test, judge);
	if (!test->pattern || !pattern_exhausted(test->pattern))
		return 0;
	return fail(err, FNL_DATA,
	    "%s: '%s' takes too long on the values of '%s'; write it without "
	    "repeats inside of repeats",
	    test->asked, criterion->matches, test->column);
}

static void
judge_kind(struct criteria *c, struct test *test, uint32_t text)
{
	char *verdict = distinct_mark(&test->verdicts, text);
	uint32_t ignored;

	if (*verdict == NOT_YET)
		*verdict = text && names_find(test->allowed,
				       intern_get(c->load->store->texts, text),
				       &ignored)
			       ? HOLDS
			       : FAILS;
}

/* The texts that may say of which kind a touch is: its channel as it stands
 * and as agreed, its campaign, its type. */
#define KIND_TEXTS 4

static void
kind_texts(struct touches *touches, const struct touch *touch,
    uint32_t texts[KIND_TEXTS])
{
	texts[0] = touch->channel;
	texts[1] = touches->key == KEY_COLUMN
		       ? 0
		       : touches_agreed(touches, touch->channel);
	texts[2] = touch->campaign;
	texts[3] = touch->type;
}

static void
judge_kinds(struct criteria *c, struct test *test)
{
	for (size_t i = 0; i < c->touches->n; i++) {
		uint32_t texts[KIND_TEXTS];

		kind_texts(c->touches, &c->touches->all[i], texts);
		for (size_t k = 0; k < KIND_TEXTS; k++)
			judge_kind(c, test, texts[k]);
	}
}

static const char *
absent_column(const struct criteria *c, const struct test *test)
{
	return segments_absent(&c->load->segments, test->segment,
	    c->load->readers, c->load->n_readers);
}

/* Why no record can be told by a test, or NULL. */
static const char *
why_undecided(const struct criteria *c, const struct test *test)
{
	if (test->column)
		return absent_column(c, test);
	return c->touches ? NULL
			  : "it counts touches: give their files with "
			    "--touches";
}

static int
settle_test(
    struct criteria *c, struct rule *rule, unsigned i, struct fnl_err *err)
{
	const struct criterion *criterion = &rule->definition->criteria[i];
	struct test *test = &rule->tests[i];

	test->undecided = why_undecided(c, test);
	if (!test->undecided && test->column)
		return settle_column(c, test, criterion, err);
	if (!test->undecided) {
		judge_kinds(c, test);
		return 0;
	}
	if (!rule->lenient)
		return fail(err, FNL_USAGE, "%s: rule '%s', criterion '%s': %s",
		    rule->asked, rule->definition->name, criterion->name,
		    test->undecided);
	if (!rule->undecided)
		rule->undecided = arena_printf(c->load->arena,
		    "criterion '%s': %s", criterion->name, test->undecided);
	return 0;
}

int
criteria_settle(
    struct criteria *c, struct touches *touches, struct fnl_err *err)
{
	c->touches = touches;
	for (size_t i = 0; i < c->columns.count; i++) {
		struct test *test = vec_at(&c->columns, i);

		test->undecided = absent_column(c, test);
		judge_column(c, test, judge_filled);
	}
	for (size_t i = 0; i < c->rules.count; i++) {
		struct rule *rule = vec_at(&c->rules, i);

		for (unsigned k = 0; k < rule->definition->n_criteria; k++)
			if (settle_test(c, rule, k, err) < 0)
				return -1;
	}
	return 0;
}

/* ---- afterwards ---- */

const char *
criteria_undecided(const struct criteria *c, size_t rule)
{
	return ((const struct rule *)vec_at(&c->rules, rule))->undecided;
}

const char *
criteria_missing(const struct criteria *c, size_t column)
{
	return ((const struct test *)vec_at(&c->columns, column))->undecided;
}

const struct rule_definition *
criteria_rule(const struct criteria *c, size_t rule)
{
	return ((const struct rule *)vec_at(&c->rules, rule))->definition;
}

static enum verdict
verdict_of(const struct criteria *c, const struct test *test, uint32_t record)
{
	uint32_t text = segment_value(
	    &c->load->segments, test->segment, c->load->store, record);

	return (enum verdict)test->verdicts.marks[text];
}

static bool
is_of_kind(const struct criteria *c, const struct test *test,
    const struct touch *touch)
{
	uint32_t texts[KIND_TEXTS];

	kind_texts(c->touches, touch, texts);
	for (size_t k = 0; k < KIND_TEXTS; k++)
		if (test->verdicts.marks[texts[k]] == HOLDS)
			return true;
	return false;
}

static enum verdict
count_touches(const struct criteria *c, const struct test *test,
    uint32_t record, struct when at)
{
	double count = 0;
	size_t n;
	const struct touch *touch = touches_of(c->touches, record, &n);

	if (at.kind == WHEN_UNKNOWN)
		return UNREAD;
	for (size_t i = 0; i < n; i++)
		count += when_compare(
			     c->load->zone, stamp_when(touch[i].at), at) <= 0 &&
			 is_of_kind(c, test, &touch[i]);
	return count >= test->low && count <= test->high ? HOLDS : FAILS;
}

struct criteria_result
criteria_of(
    const struct criteria *c, size_t number, uint32_t record, struct when at)
{
	const struct rule *rule = vec_at(&c->rules, number);
	struct criteria_result result = { 0, 0, 0 };

	for (unsigned i = 0; i < rule->definition->n_criteria; i++) {
		const struct test *test = &rule->tests[i];
		enum verdict verdict = test->undecided ? UNREAD
				       : test->column
					   ? verdict_of(c, test, record)
					   : count_touches(c, test, record, at);

		result.failed |= (uint64_t)(verdict != HOLDS) << i;
		result.blank |= (uint64_t)(verdict == BLANK) << i;
		result.unread |= (uint64_t)(verdict == UNREAD) << i;
	}
	return result;
}

bool
criteria_filled(const struct criteria *c, size_t column, uint32_t record)
{
	return verdict_of(c, vec_at(&c->columns, column), record) == HOLDS;
}

/* ---- for notes ---- */

const char *
criteria_blank(const struct criteria *c, struct arena *arena)
{
	struct textbuf words = { .arena = arena };
	const char *word;

	textbuf_add(&words, "an empty cell");
	for (size_t i = 0; (word = blank_word(&c->load->definitions, i)); i++)
		textbuf_add(&words, ", '%s'", word);
	return words.p;
}

const char *
criteria_doubt(const struct criteria *c, size_t number, size_t criterion,
    struct arena *arena)
{
	const struct rule *rule = vec_at(&c->rules, number);
	const struct test *test = &rule->tests[criterion];

	if (!test->unread)
		return NULL;
	return arena_printf(arena,
	    "rule '%s', criterion '%s': %" PRIu64
	    " (records that do not pass because their '%s' %s, such as "
	    "'%.*s')",
	    rule->definition->name, rule->definition->criteria[criterion].name,
	    test->unread, test->column,
	    is_bounded(test) ? "is no number"
			     : "takes the regular expression too long",
	    (int)test->example.n, test->example.p);
}
