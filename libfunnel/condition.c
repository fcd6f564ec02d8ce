/*
 * condition.c: parse, prove, match.
 */
#include <inttypes.h>
#include <regex.h>
#include <string.h>

#include "condition.h"
#include "distinct.h"

enum verdict { NOT_YET, FAILS, HOLDS, UNREAD };

enum comparison { BY_TEXT, BY_NUMBER, BY_TIME };

struct condition {
	struct arena *arena;
	const char *column;
	size_t segment;
	char op[3]; /* "=" "!=" "<" ">" "<=" ">=" "~" */
	const char *value;
	enum comparison by;
	int64_t number; /* the value, by number */
	struct when time; /* or by time */
	const struct zone *zone;
	struct money_column numbers;
	struct date_column times;
	regex_t *regex;
	struct distinct verdicts; /* enum verdict, by text */
	bool held; /* for some record */
	uint64_t unread; /* records whose value could not be compared */
};

static void
free_regex(void *regex)
{
	regfree(regex);
}

static int
compile(struct condition *c, struct fnl_err *err)
{
	char message[128];
	int bad;

	c->regex = arena_alloc(c->arena, sizeof(*c->regex));
	bad = regcomp(c->regex, c->value, REG_EXTENDED | REG_ICASE | REG_NOSUB);
	if (bad) {
		regerror(bad, c->regex, message, sizeof(message));
		return fail(err, FNL_USAGE,
		    "--where: '%s' is no regular expression: %s", c->value,
		    message);
	}
	arena_defer(c->arena, free_regex, c->regex);
	return 0;
}

/* What < compares is said by the value beside it. */
static int
choose_comparison(struct condition *c, struct fnl_err *err)
{
	struct money_column point = { .mark = DECIMAL_POINT, .given = true };
	struct date_column iso = { .order = DATE_ORDER_YMD, .given = true };
	struct money money;

	if (money_read(slice_of(c->value), &point, 0, &money) == MONEY_OK) {
		c->by = BY_NUMBER;
		c->number = money.ten_thousandths;
		return 0;
	}
	if (date_read(slice_of(c->value), c->zone, &iso, 0, &c->time) ==
	    DATE_OK) {
		c->by = BY_TIME;
		return 0;
	}
	return fail(err, FNL_USAGE,
	    "--where: '%s' compares numbers or dates (2026-03-31), not '%s'",
	    c->op, c->value);
}

/* < and > do; = and != where the column is a date or an amount, so that
 * 2026-02-01 is found whichever way the export writes it. */
static bool
compares_values(const struct segments *segments, const struct condition *c)
{
	const struct segment *segment = &segments->items[c->segment];
	int field = segments->attributes[segment->attribute].field;

	if (*c->op == '<' || *c->op == '>')
		return true;
	return *c->value && segment->kind == SEGMENT_PLAIN && field >= 0 &&
	       (fields[field].type == FIELD_TIME ||
		   fields[field].type == FIELD_MONEY);
}

static int
plan(struct segments *segments, const char *text, struct condition *c,
    struct fnl_err *err)
{
	static const char *const operators[] = { "!=", "<=", ">=", "=", "<",
		">", "~" };
	size_t at = strcspn(text, "=!<>~");
	struct slice name = slice_trim((struct slice){ text, at });

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
		size_t n = strlen(operators[i]);

		if (!name.n || strncmp(text + at, operators[i], n) != 0)
			continue;
		memcpy(c->op, operators[i], n + 1);
		c->value =
		    arena_text(c->arena, slice_trim(slice_of(text + at + n)));
		c->column = arena_text(c->arena, name);
		if (segments_add(segments, c->column, &c->segment, err) < 0)
			return -1;
		if (*c->op == '~')
			return compile(c, err);
		return compares_values(segments, c) ? choose_comparison(c, err)
						    : 0;
	}
	return fail(err, FNL_USAGE,
	    "--where: cannot read '%s' (write COLUMN=VALUE; also != < > <= "
	    ">= ~)",
	    text);
}

int
conditions_plan(struct segments *segments, const struct fnl_list *where,
    const struct read_options *read, struct conditions *out,
    struct fnl_err *err)
{
	out->items =
	    arena_array(segments->arena, where->n + 1, sizeof(*out->items));
	for (; out->n < where->n; out->n++) {
		struct condition *c = &out->items[out->n];

		c->arena = c->verdicts.arena = segments->arena;
		c->zone = read->zone;
		c->times.order = read->date_order;
		c->times.given = read->date_order != DATE_ORDER_UNKNOWN;
		c->numbers.mark = read->decimal;
		c->numbers.given = read->decimal != DECIMAL_UNKNOWN;
		if (plan(segments, where->items[out->n], c, err) < 0)
			return -1;
	}
	return 0;
}

/* Lets a value add to the column's proof. */
static void
see_value(void *condition, struct slice value)
{
	struct condition *c = condition;
	struct money money;
	struct when when;

	if (c->by == BY_NUMBER)
		money_read(value, &c->numbers, 0, &money);
	else
		date_read(value, c->zone, &c->times, 0, &when);
}

static int
prove(struct condition *c, struct segments *segments, struct store *store,
    struct fnl_err *err)
{
	distinct_see(&c->verdicts, segments, c->segment, store, see_value, c);
	if (c->by == BY_NUMBER)
		return distinct_check_decimal(
		    &c->numbers, "--where", c->column, err);
	if (c->times.order != DATE_ORDER_UNKNOWN || !c->times.either)
		return 0;
	return fail(err, FNL_DATA,
	    "--where: no date of '%s' shows whether the day or the month "
	    "comes first; say --date-order dmy or mdy",
	    c->column);
}

int
conditions_prove(struct conditions *conditions, struct segments *segments,
    struct store *store, struct fnl_err *err)
{
	for (size_t i = 0; i < conditions->n; i++)
		if (conditions->items[i].by != BY_TEXT &&
		    prove(&conditions->items[i], segments, store, err) < 0)
			return -1;
	return 0;
}

static bool
compare_number(struct condition *c, struct slice text, int *order)
{
	int64_t number;

	if (!distinct_number(&c->numbers, text, &number))
		return false;
	*order = (number > c->number) - (number < c->number);
	return true;
}

static bool
compare_time(struct condition *c, struct slice text, int *order)
{
	struct when when;
	enum date_status status = date_read(text, c->zone, &c->times, 0, &when);

	if (status == DATE_PENDING)
		when = date_resolve(when, c->times.order, c->zone);
	else if (status != DATE_OK)
		return false;
	*order = when_compare(c->zone, when, c->time);
	return true;
}

static enum verdict
judge(struct condition *c, struct slice text)
{
	int order = 0;
	bool equal;

	if (c->regex)
		return regexec(c->regex, arena_text(c->arena, text), 0, NULL,
			   0) == 0
			   ? HOLDS
			   : FAILS;
	if (c->by == BY_TEXT) {
		equal = fold_equal(text, slice_of(c->value));
		return equal == (*c->op == '=') ? HOLDS : FAILS;
	}
	if (!text.n)
		return *c->op == '!' ? HOLDS : FAILS;
	if (!(c->by == BY_NUMBER ? compare_number(c, text, &order)
				 : compare_time(c, text, &order)))
		return UNREAD;
	if (*c->op == '=' || *c->op == '!')
		return (order == 0) == (*c->op == '=') ? HOLDS : FAILS;
	if (order == 0)
		return c->op[1] == '=' ? HOLDS : FAILS;
	return (order < 0) == (*c->op == '<') ? HOLDS : FAILS;
}

static bool
matches(struct condition *c, struct segments *segments, struct store *store,
    uint32_t record)
{
	uint32_t text = segment_value(segments, c->segment, store, record);
	char *verdict = distinct_mark(&c->verdicts, text);

	if (*verdict == NOT_YET)
		*verdict = (char)judge(c, intern_get(store->texts, text));
	c->unread += *verdict == UNREAD;
	c->held |= *verdict == HOLDS;
	return *verdict == HOLDS;
}

bool
conditions_match(struct conditions *conditions, struct segments *segments,
    struct store *store, uint32_t record)
{
	for (size_t i = 0; i < conditions->n; i++)
		if (!matches(&conditions->items[i], segments, store, record))
			return false;
	return true;
}

const char *
conditions_doubt(
    const struct conditions *conditions, size_t i, struct arena *arena)
{
	const struct condition *c = &conditions->items[i];

	if (c->unread)
		return arena_printf(arena,
		    "%" PRIu64 " (records whose '%s' is no %s that could be "
		    "compared with '%s')",
		    c->unread, c->column,
		    c->by == BY_NUMBER ? "number" : "date", c->value);
	if (!c->held)
		return arena_printf(
		    arena, "no record has %s%s%s", c->column, c->op, c->value);
	return NULL;
}
