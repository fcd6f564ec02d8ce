/*
 * definitions.c: the definitions file. The only file that knows libcyaml and
 * the libyaml below it.
 *
 * One set of schema tables is gone through twice. libcyaml stores the values;
 * but what it logs of a file it refuses is the place of the last value it
 * liked, not of the key or value at fault, and it takes 'flase' for true and
 * '12x' for 12 (measured, 1.3.1). So check_value() walks libyaml's events
 * along the same tables first: it says exactly what is wrong and where, and
 * notes the place of every value for the rules that need the whole file.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cyaml/cyaml.h>
#include <yaml.h>

#include "definitions.h"
#include "hours.h"
#include "pattern.h"

#define SHOWN_MAX 60 /* bytes of a wrong value that a message repeats */
#define WORDS_SHOWN 20 /* known words that a message lists */
#define WORDS_MAX 64 /* keys of a mapping, words of an enumeration */
#define KEY_MAX (FOLD_MAX + 32) /* of the name space and a folded name */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- the grammar ---- */

#define NAME(key, type, member) \
	CYAML_FIELD_STRING_PTR( \
	    key, CYAML_FLAG_POINTER, type, member, 1, DEFINITIONS_MAX_NAME)
#define TEXT(key, type, member)                                              \
	CYAML_FIELD_STRING_PTR(key,                                          \
	    CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER_NULL_STR, type, member, \
	    0, DEFINITIONS_MAX_TEXT)
#define INTEGER(key, type, member) \
	CYAML_FIELD_INT_PTR(       \
	    key, CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER_NULL, type, member)
#define NUMBER(key, type, member) \
	CYAML_FIELD_FLOAT_PTR(    \
	    key, CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER_NULL, type, member)
#define WORD(key, type, member, words)                                       \
	CYAML_FIELD_ENUM(key, CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT, type, \
	    member, words, COUNT(words))
#define FLAG(key, type, member) \
	CYAML_FIELD_BOOL(key, CYAML_FLAG_OPTIONAL, type, member)
#define TEXTS_FROM(low, key, type, member)                                     \
	CYAML_FIELD_SEQUENCE_COUNT(key,                                        \
	    CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER_NULL, type, member.items, \
	    member.n, &list_text, low, DEFINITIONS_MAX_LIST)
#define TEXTS(key, type, member) TEXTS_FROM(0, key, type, member)
#define SOME_TEXTS(key, type, member) TEXTS_FROM(1, key, type, member)
#define LIST(key, type, member, entry)                                   \
	CYAML_FIELD_SEQUENCE_COUNT(key,                                  \
	    CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER_NULL, type, member, \
	    n_##member, entry, 0, DEFINITIONS_MAX_LIST)
#define GROUP(key, type, member, fields) \
	CYAML_FIELD_MAPPING(key, CYAML_FLAG_OPTIONAL, type, member, fields)
#define ENTRY(name, type, fields)                                       \
	static const cyaml_schema_value_t name = { CYAML_VALUE_MAPPING( \
	    CYAML_FLAG_DEFAULT, type, fields) }

static const cyaml_schema_value_t list_text = { CYAML_VALUE_STRING(
    CYAML_FLAG_POINTER, char, 1, DEFINITIONS_MAX_NAME) };
static const cyaml_schema_value_t list_number = { CYAML_VALUE_FLOAT(
    CYAML_FLAG_DEFAULT, double) };

static const cyaml_strval_t outcome_words[] = {
	{ "open", OUTCOME_NONE },
	{ "won", OUTCOME_WON },
	{ "lost", OUTCOME_LOST },
	{ "rejected", OUTCOME_REJECTED },
	{ "recycled", OUTCOME_RECYCLED },
};

static const cyaml_strval_t month_words[] = { { "January", 1 },
	{ "February", 2 }, { "March", 3 }, { "April", 4 }, { "May", 5 },
	{ "June", 6 }, { "July", 7 }, { "August", 8 }, { "September", 9 },
	{ "October", 10 }, { "November", 11 }, { "December", 12 }, { "Jan", 1 },
	{ "Feb", 2 }, { "Mar", 3 }, { "Apr", 4 }, { "Jun", 6 }, { "Jul", 7 },
	{ "Aug", 8 }, { "Sep", 9 }, { "Oct", 10 }, { "Nov", 11 }, { "Dec", 12 },
	{ "1", 1 }, { "2", 2 }, { "3", 3 }, { "4", 4 }, { "5", 5 }, { "6", 6 },
	{ "7", 7 }, { "8", 8 }, { "9", 9 }, { "10", 10 }, { "11", 11 },
	{ "12", 12 } };

static const cyaml_schema_field_t stage_fields[] = {
	NAME("name", struct stage_definition, name),
	TEXT("owner", struct stage_definition, owner),
	TEXT("means", struct stage_definition, means),
	TEXTS("aliases", struct stage_definition, aliases),
	WORD("outcome", struct stage_definition, outcome, outcome_words),
	FLAG("optional", struct stage_definition, optional),
	TEXT("rule", struct stage_definition, rule),
	TEXTS("requires", struct stage_definition, requires),
	CYAML_FIELD_END,
};
ENTRY(stage_entry, struct stage_definition, stage_fields);

static const cyaml_schema_field_t criterion_fields[] = {
	NAME("name", struct criterion, name),
	TEXT("column", struct criterion, column),
	NUMBER("at_least", struct criterion, at_least),
	NUMBER("at_most", struct criterion, at_most),
	SOME_TEXTS("any_of", struct criterion, any_of),
	CYAML_FIELD_SEQUENCE_FIXED("between",
	    CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER_NULL, struct criterion,
	    between, &list_number, 2),
	TEXT("matches", struct criterion, matches),
	SOME_TEXTS("touch", struct criterion, touch),
	CYAML_FIELD_END,
};
ENTRY(criterion_entry, struct criterion, criterion_fields);

static const cyaml_schema_field_t rule_fields[] = {
	NAME("name", struct rule_definition, name),
	CYAML_FIELD_SEQUENCE_COUNT("all", CYAML_FLAG_POINTER,
	    struct rule_definition, criteria, n_criteria, &criterion_entry, 1,
	    DEFINITIONS_MAX_CRITERIA),
	CYAML_FIELD_END,
};
ENTRY(rule_entry, struct rule_definition, rule_fields);

static const cyaml_schema_field_t source_fields[] = {
	NAME("name", struct source_definition, name),
	TEXT("team", struct source_definition, team),
	TEXTS("aliases", struct source_definition, aliases),
	CYAML_FIELD_END,
};
ENTRY(source_entry, struct source_definition, source_fields);

static const cyaml_schema_field_t reason_fields[] = {
	NAME("reason", struct reason_definition, reason),
	NAME("rule", struct reason_definition, rule),
	SOME_TEXTS("criteria", struct reason_definition, criteria),
	CYAML_FIELD_END,
};
ENTRY(reason_entry, struct reason_definition, reason_fields);

static const cyaml_schema_field_t calendar_fields[] = {
	NAME("name", struct calendar_definition, name),
	TEXT("timezone", struct calendar_definition, timezone),
	SOME_TEXTS("hours", struct calendar_definition, hours),
	TEXTS("breaks", struct calendar_definition, breaks),
	TEXTS("shifts", struct calendar_definition, shifts),
	TEXTS("holidays", struct calendar_definition, holidays),
	TEXTS("owners", struct calendar_definition, owners),
	CYAML_FIELD_END,
};
ENTRY(calendar_entry, struct calendar_definition, calendar_fields);

static const cyaml_schema_field_t commitment_fields[] = {
	NAME("name", struct commitment_definition, name),
	TEXT("owner", struct commitment_definition, owner),
	TEXT("start", struct commitment_definition, start),
	TEXT("stop", struct commitment_definition, stop),
	TEXT("within", struct commitment_definition, within),
	TEXT("calendar", struct commitment_definition, calendar),
	TEXT("promise", struct commitment_definition, promise),
	TEXT("count", struct commitment_definition, count),
	TEXT("passing", struct commitment_definition, passing),
	TEXT("per", struct commitment_definition, per),
	TEXT("at", struct commitment_definition, at),
	TEXT("share_of", struct commitment_definition, share_of),
	TEXT("rejected_with", struct commitment_definition, rejected_with),
	TEXT("disposed", struct commitment_definition, disposed),
	TEXT("routed", struct commitment_definition, routed),
	TEXT("cycles", struct commitment_definition, cycles),
	INTEGER("attempts", struct commitment_definition, attempts),
	INTEGER("at_least", struct commitment_definition, at_least),
	SOME_TEXTS("channels", struct commitment_definition, channels),
	SOME_TEXTS("filled", struct commitment_definition, filled),
	SOME_TEXTS("order", struct commitment_definition, order),
	SOME_TEXTS("pause", struct commitment_definition, pause),
	SOME_TEXTS("where", struct commitment_definition, where),
	FLAG("touched", struct commitment_definition, touched),
	CYAML_FIELD_END,
};
ENTRY(commitment_entry, struct commitment_definition, commitment_fields);

static const cyaml_schema_field_t route_fields[] = {
	NAME("name", struct route_definition, name),
	SOME_TEXTS("where", struct route_definition, where),
	CYAML_FIELD_SEQUENCE_COUNT("owners", CYAML_FLAG_POINTER,
	    struct route_definition, owners.items, owners.n, &list_text, 1,
	    DEFINITIONS_MAX_LIST),
	CYAML_FIELD_END,
};
ENTRY(route_entry, struct route_definition, route_fields);

static const cyaml_schema_field_t column_fields[] = {
	TEXT("field", struct column_definition, field),
	TEXT("stage", struct column_definition, stage),
	NAME("column", struct column_definition, column),
	CYAML_FIELD_END,
};
ENTRY(column_entry, struct column_definition, column_fields);

static const cyaml_schema_field_t target_fields[] = {
	NAME("period", struct target_definition, period),
	CYAML_FIELD_FLOAT(
	    "revenue", CYAML_FLAG_DEFAULT, struct target_definition, revenue),
	CYAML_FIELD_END,
};
ENTRY(target_entry, struct target_definition, target_fields);

static const cyaml_schema_field_t match_fields[] = {
	NAME("column", struct column_match, column),
	SOME_TEXTS("any_of", struct column_match, any_of),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t touch_fields[] = {
	TEXTS("types", struct touch_definition, types),
	GROUP("by", struct touch_definition, by, match_fields),
	GROUP("automated", struct touch_definition, automated, match_fields),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t points_fields[] = {
	NUMBER("first", struct points_definition, first),
	NUMBER("lead", struct points_definition, lead),
	NUMBER("opportunity", struct points_definition, opportunity),
	NUMBER("last", struct points_definition, last),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t attribution_fields[] = {
	TEXT("touches_within", struct attribution_definition, touches_within),
	TEXT("conversion", struct attribution_definition, conversion),
	TEXT("key", struct attribution_definition, key),
	TEXTS("models", struct attribution_definition, models),
	TEXT("marketing_sourced", struct attribution_definition,
	    marketing_sourced),
	GROUP("points", struct attribution_definition, points, points_fields),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t file_fields[] = {
	TEXT("version", struct definitions, version),
	TEXT("company", struct definitions, company),
	TEXT("timezone", struct definitions, timezone),
	WORD("fiscal_year_starts", struct definitions, fiscal_month,
	    month_words),
	TEXT("currency", struct definitions, currency),
	TEXT("rates", struct definitions, rates),
	CYAML_FIELD_SEQUENCE_COUNT("stages", CYAML_FLAG_POINTER,
	    struct definitions, stages, n_stages, &stage_entry, 1,
	    DEFINITIONS_MAX_STAGES),
	LIST("criteria", struct definitions, criteria, &rule_entry),
	SOME_TEXTS("blank", struct definitions, blank),
	LIST("sources", struct definitions, sources, &source_entry),
	TEXTS("rejection_reasons", struct definitions, rejection_reasons),
	LIST("rejection_criteria", struct definitions, rejection_criteria,
	    &reason_entry),
	LIST("calendars", struct definitions, calendars, &calendar_entry),
	LIST("sla", struct definitions, sla, &commitment_entry),
	LIST("routing", struct definitions, routing, &route_entry),
	LIST("columns", struct definitions, columns, &column_entry),
	LIST("targets", struct definitions, targets, &target_entry),
	GROUP("sales_touches", struct definitions, sales_touches, touch_fields),
	GROUP(
	    "attribution", struct definitions, attribution, attribution_fields),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t file_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_POINTER, struct definitions, file_fields) };

/* ---- forms of text ---- */

/* In a pattern 9 is a digit, A and a are letters, the rest is itself. */
static bool
fits(const char *text, const char *pattern)
{
	for (; *text && *pattern; text++, pattern++) {
		bool same = *pattern == '9'   ? *text >= '0' && *text <= '9'
			    : *pattern == 'A' ? *text >= 'A' && *text <= 'Z'
			    : *pattern == 'a' ? *text >= 'a' && *text <= 'z'
					      : *text == *pattern;
		if (!same)
			return false;
	}
	return !*text && !*pattern;
}

static bool
listed(const char *text, const char *const *words)
{
	while (*words && strcmp(text, *words) != 0)
		words++;
	return *words != NULL;
}

/* Whether the two digits at text lie in [low, high]. */
static bool
digits_in(const char *text, int low, int high)
{
	int value = (text[0] - '0') * 10 + text[1] - '0';

	return value >= low && value <= high;
}

/*
 * Bytes of the plain decimal that text starts with, 0 if there is none. More
 * than 15 digits do not survive a double, and a leading 0 would make libcyaml
 * read octal.
 */
static size_t
decimal_length(const char *text)
{
	size_t sign = text[0] == '-';
	size_t whole = strspn(text + sign, "0123456789");
	size_t point = text[sign + whole] == '.';
	size_t part = point ? strspn(text + sign + whole + 1, "0123456789") : 0;

	if (!whole || (whole > 1 && text[sign] == '0') || (point && !part) ||
	    whole + part > 15)
		return 0;
	return sign + whole + point + part;
}

static bool
fits_number(const char *text)
{
	size_t length = decimal_length(text);

	return length && !text[length];
}

static bool
fits_integer(const char *text)
{
	return fits_number(text) && !strchr(text, '.');
}

static bool
fits_count(const char *text)
{
	return fits_integer(text) && text[0] != '-' && text[0] != '0';
}

static bool
fits_amount(const char *text)
{
	return fits_number(text) && text[0] != '-';
}

static bool
fits_percentage(const char *text)
{
	size_t length = decimal_length(text);

	return length && text[0] != '-' && strcmp(text + length, "%") == 0 &&
	       strtod(text, NULL) <= 100;
}

static bool
fits_currency(const char *text)
{
	return fits(text, "AAA");
}

static bool
fits_duration(const char *text)
{
	static const char *const units[] = { "s", "m", "h", "d", "w", "bd",
		NULL };
	size_t digits = strspn(text, "0123456789");

	return digits && digits <= 6 && listed(text + digits, units);
}

static bool
fits_flag(const char *text)
{
	static const char *const words[] = { "true", "false", "True", "False",
		"yes", "no", "Yes", "No", "on", "off", NULL };

	return listed(text, words);
}

static bool
fits_rhythm(const char *text)
{
	static const char *const words[] = { "day", "week", "month", "quarter",
		"year", NULL };

	return listed(text, words);
}

static bool
fits_cycles(const char *text)
{
	static const char *const words[] = { "never", "reset", "resume", "each",
		NULL };

	return listed(text, words);
}

static bool
fits_sourced(const char *text)
{
	static const char *const words[] = { "field", "first", "presales",
		NULL };

	return listed(text, words);
}

static bool
fits_hours(const char *text)
{
	struct hours hours;

	return hours_weekly(text, &hours);
}

static bool
fits_shift(const char *text)
{
	struct hours hours;

	return hours_dated(text, &hours);
}

static bool
fits_break(const char *text)
{
	return fits_hours(text) || fits_shift(text);
}

static bool
fits_holiday(const char *text)
{
	struct hours hours;

	return hours_is_file(text) || hours_dates(text, &hours);
}

static bool
fits_period(const char *text)
{
	const char *quarter = strchr(text, 'Q');

	if (fits(text, "9999-Q9") || fits(text, "FY9999-99 Q9"))
		return quarter[1] >= '1' && quarter[1] <= '4';
	return fits(text, "9999") || fits(text, "FY9999-99") ||
	       (fits(text, "9999-99") && digits_in(text + 5, 1, 12));
}

/* What a value must look like: by its type, and by the path of its key. */
struct form {
	const char *path;
	bool (*fits)(const char *);
	const char *expected;
};

static const struct form type_forms[CYAML__TYPE_COUNT] = {
	[CYAML_BOOL] = { NULL, fits_flag, "true or false" },
	[CYAML_INT] = { NULL, fits_integer, "a whole number in digits only" },
	[CYAML_FLOAT] = { NULL, fits_number,
	    "a number in digits only, such as 50 or 0.5" },
};

#define POINTS_EXPECTED "points in digits only, such as 2 or 0.5"

static const struct form forms[] = {
	{ "currency", fits_currency, "three capital letters, such as INR" },
	{ "calendars.hours", fits_hours,
	    "days and times, such as Mon-Fri 09:30-18:30" },
	{ "calendars.breaks", fits_break,
	    "days or a date, and times, such as Mon-Fri 13:00-13:30 or "
	    "2026-10-20 14:00-18:00" },
	{ "calendars.shifts", fits_shift,
	    "a date and times, such as 2026-11-07 10:00-14:00" },
	{ "calendars.holidays", fits_holiday,
	    "a date such as 2026-01-26, dates such as "
	    "2026-12-24..2026-12-26, or a file name that ends in .ics" },
	{ "sla.within", fits_duration,
	    "a duration, such as 15m, 24h, 3d, 2w or 10bd for working days" },
	{ "sla.promise", fits_percentage, "a percentage, such as 90%" },
	{ "sla.attempts", fits_count, "a whole number from 1" },
	{ "sla.at_least", fits_count, "a whole number from 1" },
	{ "sla.per", fits_rhythm, "day, week, month, quarter or year" },
	{ "sla.cycles", fits_cycles, "never, reset, resume or each" },
	{ "targets.period", fits_period,
	    "a year, quarter or month, such as 2026, 2026-Q4 or 2026-10" },
	{ "targets.revenue", fits_amount,
	    "an amount in digits only, such as 50000000" },
	{ "attribution.touches_within", fits_duration,
	    "a duration, such as 90d" },
	{ "attribution.marketing_sourced", fits_sourced,
	    "field, first or presales" },
	{ "attribution.points.first", fits_amount, POINTS_EXPECTED },
	{ "attribution.points.lead", fits_amount, POINTS_EXPECTED },
	{ "attribution.points.opportunity", fits_amount, POINTS_EXPECTED },
	{ "attribution.points.last", fits_amount, POINTS_EXPECTED },
};

/*
 * Keys that go together: where `when` is given (NULL: always), one of `keys`
 * must be given too; only one where `alone` is set.
 */
static const struct key_rule {
	const char *path;
	const char *when;
	const char *const *keys; /* ends with NULL */
	bool alone;
} key_rules[] = {
	{ "calendars", NULL, (const char *const[]){ "hours", NULL }, false },
	{ "columns", NULL, (const char *const[]){ "field", "stage", NULL },
	    true },
	{ "criteria.all", NULL,
	    (const char *const[]){ "column", "touch", NULL }, true },
	{ "criteria.all", "column",
	    (const char *const[]){
		"at_least", "at_most", "any_of", "between", "matches", NULL },
	    false },
	{ "sla", NULL,
	    (const char *const[]){ "start", "count", "at", "share_of",
		"rejected_with", "disposed", "routed", "order", NULL },
	    true },
	{ "sla", "start", (const char *const[]){ "stop", "attempts", NULL },
	    true },
	{ "sla", "start", (const char *const[]){ "within", NULL }, false },
	{ "sla", "cycles", (const char *const[]){ "stop", NULL }, false },
	{ "sla", "pause", (const char *const[]){ "start", NULL }, false },
	{ "sla", "channels", (const char *const[]){ "attempts", NULL }, false },
	{ "sla", "stop", (const char *const[]){ "start", NULL }, false },
	{ "sla", "attempts", (const char *const[]){ "start", NULL }, false },
	{ "sla", "within", (const char *const[]){ "start", "share_of", NULL },
	    false },
	{ "sla", "calendar", (const char *const[]){ "within", "count", NULL },
	    false },
	{ "sla", "count", (const char *const[]){ "at_least", NULL }, false },
	{ "sla", "count", (const char *const[]){ "per", NULL }, false },
	{ "sla", "passing", (const char *const[]){ "count", NULL }, false },
	{ "sla", "at_least", (const char *const[]){ "count", NULL }, false },
	{ "sla", "per", (const char *const[]){ "count", NULL }, false },
	{ "sla", "at", (const char *const[]){ "filled", NULL }, false },
	{ "sla", "filled", (const char *const[]){ "at", NULL }, false },
	{ "sla", "share_of", (const char *const[]){ "touched", NULL }, false },
	{ "sla", "touched", (const char *const[]){ "share_of", NULL }, false },
};

/* Keys that mean nothing beside another one. */
static const struct key_bar {
	const char *path;
	const char *key;
	const char *beside;
} key_bars[] = {
	{ "criteria.all", "any_of", "touch" },
	{ "criteria.all", "matches", "touch" },
};

/* ---- the reader and its messages ---- */

struct place { /* from 1, as editors count */
	unsigned line, column;
};

struct node { /* a value as the file has it */
	const char *path; /* the keys above it: "stages.aliases" */
	const char *text;
	unsigned entry; /* of the list at the top that it is in */
	struct place place;
};

struct walk {
	struct arena *arena;
	const char *name;
	struct slice yaml;
	struct fnl_err *err;
	yaml_parser_t parser;
	yaml_event_t event;
	struct vec nodes;
	unsigned entry;
};

static int complain(const struct walk *w, struct place place,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

static int
complain(const struct walk *w, struct place place, const char *format, ...)
{
	char text[FNL_MESSAGE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return fail(w->err, FNL_DATA, "%s:%u:%u: %s", w->name, place.line,
	    place.column, text);
}

static struct place
place_of(yaml_mark_t mark)
{
	return (
	    struct place){ (unsigned)mark.line + 1, (unsigned)mark.column + 1 };
}

static struct place
here(const struct walk *w)
{
	return place_of(w->event.start_mark);
}

/* The place of a byte of the file, columns counted in characters. */
static struct place
place_of_byte(struct slice yaml, size_t offset)
{
	struct place place = { 1, 1 };

	for (size_t i = 0; i < offset && i < yaml.n; i++) {
		if (yaml.p[i] == '\n') {
			place.line++;
			place.column = 1;
		} else if (((unsigned char)yaml.p[i] & 0xc0) != 0x80) {
			place.column++;
		}
	}
	return place;
}

static struct slice
scalar(const struct walk *w)
{
	return (struct slice){ (const char *)w->event.data.scalar.value,
		w->event.data.scalar.length };
}

/* The text as a message shows it: its first line, cut when long. */
static const char *
shown(const struct walk *w, struct slice text)
{
	size_t n = 0;

	while (n < text.n && n < SHOWN_MAX && (unsigned char)text.p[n] >= ' ')
		n++;
	if (n == text.n)
		return arena_text(w->arena, text);
	n = utf8_valid_prefix((struct slice){ text.p, n });
	return arena_printf(w->arena, "%.*s...", (int)n, text.p);
}

/* " (did you mean 'x'?)", else the first of the known words. */
static const char *
suggest(
    const struct walk *w, struct slice text, const char *const *names, size_t n)
{
	const char *near = nearest_name(text, names, n);
	const char *list = "";

	if (near)
		return arena_printf(w->arena, " (did you mean '%s'?)", near);
	for (size_t i = 0; i < n && i < WORDS_SHOWN; i++)
		list = arena_printf(
		    w->arena, "%s%s%s", list, i ? ", " : "", names[i]);
	return arena_printf(
	    w->arena, " (known: %s%s)", list, n > WORDS_SHOWN ? ", ..." : "");
}

/* The key a path ends in, as messages name it. */
static const char *
key_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot ? dot + 1 : path;
}

/* ---- first pass: along the events ---- */

static int
syntax_error(const struct walk *w)
{
	const yaml_parser_t *p = &w->parser;
	struct place from = place_of(p->context_mark);

	if (p->error == YAML_MEMORY_ERROR)
		longjmp(*arena_catch(w->arena), 1);
	if (p->error == YAML_READER_ERROR)
		return complain(w, place_of_byte(w->yaml, p->problem_offset),
		    "not YAML: %s", p->problem);
	if (p->error == YAML_SCANNER_ERROR &&
	    p->buffer.pointer < p->buffer.last && *p->buffer.pointer == '\t')
		return complain(w, place_of(p->problem_mark),
		    "a tab cannot indent (use blanks)");
	if (!p->context)
		return complain(w, place_of(p->problem_mark),
		    "not YAML: %s (check the indentation)", p->problem);
	return complain(w, place_of(p->problem_mark),
	    "not YAML: %s %s (from %u:%u)", p->problem, p->context, from.line,
	    from.column);
}

static int
next_event(struct walk *w)
{
	yaml_event_delete(&w->event);
	return yaml_parser_parse(&w->parser, &w->event) ? 0 : syntax_error(w);
}

static void
note_value(struct walk *w, const char *path)
{
	struct node *node = vec_push(&w->nodes);

	node->path = path;
	node->text = arena_text(w->arena, scalar(w));
	node->entry = w->entry;
	node->place = here(w);
}

static int
check_enum(
    const struct walk *w, const cyaml_schema_value_t *schema, const char *path)
{
	const char *words[WORDS_MAX];
	unsigned n = schema->enumeration.count;

	for (unsigned i = 0; i < n; i++) {
		words[i] = schema->enumeration.strings[i].str;
		if (slice_equal(scalar(w), slice_of(words[i])))
			return 0;
	}
	return complain(w, here(w), "unknown %s '%s'%s", key_of(path),
	    shown(w, scalar(w)), suggest(w, scalar(w), words, n));
}

static int
check_string(
    const struct walk *w, const cyaml_schema_value_t *schema, const char *path)
{
	char folded[FOLD_MAX];

	if (schema->string.min && !fold_key(folded, sizeof(folded), scalar(w)))
		return complain(w, here(w), "'%s' is empty", key_of(path));
	if (scalar(w).n > schema->string.max)
		return complain(w, here(w), "'%s' is longer than %u bytes",
		    key_of(path), schema->string.max);
	return 0;
}

/* An escape such as "\e" must not reach a terminal, nor "\0" libcyaml. */
static bool
has_control(struct slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f)
			return true;
	}
	return false;
}

static int
check_form(const struct walk *w, const struct form *form, const char *path)
{
	if (!form->fits || form->fits(scalar(w).p))
		return 0;
	return complain(w, here(w),
	    "'%s' is not a value for '%s' (expected %s)", shown(w, scalar(w)),
	    key_of(path), form->expected);
}

static int
check_scalar(
    struct walk *w, const cyaml_schema_value_t *schema, const char *path)
{
	if (has_control(scalar(w)))
		return complain(w, here(w), "'%s' contains a control character",
		    key_of(path));
	if (schema->type == CYAML_ENUM && check_enum(w, schema, path))
		return -1;
	if (schema->type == CYAML_STRING && check_string(w, schema, path))
		return -1;
	if (check_form(w, &type_forms[schema->type], path))
		return -1;
	for (size_t i = 0; i < COUNT(forms); i++)
		if (strcmp(forms[i].path, path) == 0 &&
		    check_form(w, &forms[i], path))
			return -1;
	note_value(w, path);
	return 0;
}

static int check_value(
    struct walk *w, const cyaml_schema_value_t *schema, const char *path);

static int
check_list(struct walk *w, const cyaml_schema_value_t *schema, const char *path)
{
	struct place start = here(w);
	bool at_top = !strchr(path, '.');
	unsigned n = 0;

	for (;; n++) {
		if (next_event(w))
			return -1;
		if (w->event.type == YAML_SEQUENCE_END_EVENT)
			break;
		if (n == schema->sequence.max)
			return complain(w, here(w),
			    "too many entries in '%s' (at most %u)",
			    key_of(path), n);
		if (at_top)
			w->entry = n;
		if (check_value(w, schema->sequence.entry, path))
			return -1;
	}
	if (n < schema->sequence.min)
		return complain(w, start,
		    "too few entries in '%s' (%u given, at least %u needed)",
		    key_of(path), n, schema->sequence.min);
	return 0;
}

static int
unknown_key(const struct walk *w, const cyaml_schema_field_t *fields)
{
	const char *keys[WORDS_MAX];
	size_t n = 0;

	for (; fields[n].key; n++)
		keys[n] = fields[n].key;
	return complain(w, here(w), "unknown key '%s'%s", shown(w, scalar(w)),
	    suggest(w, scalar(w), keys, n));
}

/* The number of a key among fields, or -1. */
static int
field_of(const cyaml_schema_field_t *fields, struct slice key)
{
	for (int i = 0; fields[i].key; i++)
		if (slice_equal(slice_of(fields[i].key), key))
			return i;
	return -1;
}

static bool
has_key(const cyaml_schema_field_t *fields, uint64_t given, const char *key)
{
	return given >> field_of(fields, slice_of(key)) & 1;
}

static int
check_key_rule(const struct walk *w, const struct key_rule *rule,
    const cyaml_schema_field_t *fields, uint64_t given, struct place start)
{
	const char *list = "";
	unsigned n = 0;

	if (rule->when && !has_key(fields, given, rule->when))
		return 0;
	for (size_t i = 0; rule->keys[i]; i++) {
		n += has_key(fields, given, rule->keys[i]);
		list = arena_printf(w->arena, "%s%s'%s'", list,
		    !i                  ? ""
		    : rule->keys[i + 1] ? ", "
					: " or ",
		    rule->keys[i]);
	}
	if (n == 1 || (n && !rule->alone))
		return 0;
	return complain(w, start, "%s %s%s%s%s", n ? "only one of" : "missing",
	    list, rule->when ? " beside '" : " in '",
	    rule->when ? rule->when : key_of(rule->path),
	    n ? "' can be given" : "'");
}

static int
check_key_bar(const struct walk *w, const struct key_bar *bar,
    const cyaml_schema_field_t *fields, uint64_t given, struct place start)
{
	if (!has_key(fields, given, bar->key) ||
	    !has_key(fields, given, bar->beside))
		return 0;
	return complain(w, start, "'%s' cannot be given beside '%s'", bar->key,
	    bar->beside);
}

/* After the end of a mapping: is everything there that must be, and nothing
 * that cannot? */
static int
check_complete(const struct walk *w, const char *path,
    const cyaml_schema_field_t *fields, uint64_t given, struct place start)
{
	for (size_t i = 0; fields[i].key; i++)
		if (!(fields[i].value.flags & CYAML_FLAG_OPTIONAL) &&
		    !(given >> i & 1))
			return complain(w, start, "missing key '%s'%s%s%s",
			    fields[i].key, *path ? " in '" : "", key_of(path),
			    *path ? "'" : "");
	for (size_t i = 0; i < COUNT(key_rules); i++)
		if (strcmp(key_rules[i].path, path) == 0 &&
		    check_key_rule(w, &key_rules[i], fields, given, start))
			return -1;
	for (size_t i = 0; i < COUNT(key_bars); i++)
		if (strcmp(key_bars[i].path, path) == 0 &&
		    check_key_bar(w, &key_bars[i], fields, given, start))
			return -1;
	return 0;
}

/* The rule by which libcyaml stores NULL instead of a value. */
static bool
is_null(const struct walk *w, const cyaml_schema_value_t *schema)
{
	static const char *const nulls[] = { "~", "null", "Null", "NULL" };
	bool null_words = (schema->flags & CYAML_FLAG_POINTER_NULL_STR) ==
			  CYAML_FLAG_POINTER_NULL_STR;

	if (w->event.type != YAML_SCALAR_EVENT ||
	    (schema->flags & CYAML_FLAG_POINTER_NULL) !=
		CYAML_FLAG_POINTER_NULL)
		return false;
	for (size_t i = 0; null_words && i < COUNT(nulls); i++)
		if (slice_equal(scalar(w), slice_of(nulls[i])))
			return true;
	return scalar(w).n == 0;
}

static int
check_mapping(
    struct walk *w, const cyaml_schema_value_t *schema, const char *path)
{
	const cyaml_schema_field_t *fields = schema->mapping.fields;
	struct place start = here(w);
	uint64_t seen = 0, given = 0;

	for (;;) {
		const cyaml_schema_field_t *field;
		int i;

		if (next_event(w))
			return -1;
		if (w->event.type == YAML_MAPPING_END_EVENT)
			break;
		if (w->event.type != YAML_SCALAR_EVENT)
			return complain(w, here(w), "a key must be a word");
		i = field_of(fields, scalar(w));
		if (i < 0)
			return unknown_key(w, fields);
		field = &fields[i];
		if (seen >> i & 1)
			return complain(
			    w, here(w), "key '%s' is given twice", field->key);
		seen |= (uint64_t)1 << i;
		if (next_event(w))
			return -1;
		given |= (uint64_t)!is_null(w, &field->value) << i;
		if (check_value(w, &field->value,
			*path
			    ? arena_printf(w->arena, "%s.%s", path, field->key)
			    : field->key))
			return -1;
	}
	return check_complete(w, path, fields, given, start);
}

/* What a type of the schema is in YAML, and what to say when it is not. */
static const struct kind {
	yaml_event_type_t event;
	const char *title;
	int (*check)(struct walk *, const cyaml_schema_value_t *, const char *);
} kinds[CYAML__TYPE_COUNT] = {
	[CYAML_STRING] = { YAML_SCALAR_EVENT, "a single value", check_scalar },
	[CYAML_ENUM] = { YAML_SCALAR_EVENT, "a single value", check_scalar },
	[CYAML_BOOL] = { YAML_SCALAR_EVENT, "a single value", check_scalar },
	[CYAML_INT] = { YAML_SCALAR_EVENT, "a single value", check_scalar },
	[CYAML_FLOAT] = { YAML_SCALAR_EVENT, "a single value", check_scalar },
	[CYAML_SEQUENCE] = { YAML_SEQUENCE_START_EVENT,
	    "a list, such as [a, b] or lines that start with '-'", check_list },
	[CYAML_SEQUENCE_FIXED] = { YAML_SEQUENCE_START_EVENT,
	    "a list, such as [1, 2]", check_list },
	[CYAML_MAPPING] = { YAML_MAPPING_START_EVENT,
	    "keys with values, such as name: a", check_mapping },
};

static int
check_value(
    struct walk *w, const cyaml_schema_value_t *schema, const char *path)
{
	const struct kind *kind = &kinds[schema->type];

	if (w->event.type == YAML_ALIAS_EVENT)
		return complain(w, here(w),
		    "'*%s' refers to another value, which is not supported "
		    "(write the value out; put quotes round a text with '*')",
		    shown(
			w, slice_of((const char *)w->event.data.alias.anchor)));
	if (is_null(w, schema))
		return 0;
	if (w->event.type != kind->event)
		return complain(w, here(w), "%s%s%s must be %s",
		    *path ? "'" : "", *path ? key_of(path) : "the file",
		    *path ? "'" : "", kind->title);
	return kind->check(w, schema, path);
}

static int
check_stream(struct walk *w)
{
	if (next_event(w) || next_event(w)) /* the stream, the document */
		return -1;
	if (w->event.type == YAML_STREAM_END_EVENT)
		return complain(w, (struct place){ 1, 1 },
		    "the file is empty: 'stages' must be given");
	if (next_event(w) || check_value(w, &file_schema, ""))
		return -1;
	if (next_event(w) || next_event(w))
		return -1;
	if (w->event.type != YAML_STREAM_END_EVENT)
		return complain(w, here(w),
		    "a second document starts here (a definitions file has "
		    "one)");
	return 0;
}

/* ---- rules that need the whole file ---- */

/*
 * Names that must not be given twice, and what may refer to them. Every name
 * lives in a space; its own text, or `fixed`, is known there.
 */
static const struct name_rule {
	const char *path;
	const char *space; /* as messages call what is named */
	const char *fixed;
} name_rules[] = {
	{ "stages.name", "stage", NULL },
	{ "stages.aliases", "stage", NULL },
	{ "sources.name", "source", NULL },
	{ "sources.aliases", "source", NULL },
	{ "criteria.name", "rule", NULL },
	{ "calendars.name", "calendar", NULL },
	{ "sla.name", "commitment", NULL },
	{ "routing.name", "route", NULL },
	{ "columns.field", "column for the field", NULL },
	{ "columns.stage", "column for the stage", NULL },
	{ "targets.period", "target", NULL },
	{ "rejection_reasons", "list of reasons", "rejection_reasons" },
	{ "rejection_reasons", "reason", NULL },
	{ "rejection_criteria.reason", "reason with criteria", NULL },
};

/* What happens to a record besides entering a stage (product.md, L01-L14);
 * the last four are types of touches, and touch:TYPE is any other, column:NAME
 * a date of the record's own. */
static const char *const events[] = { "created", "assigned", "sales touch",
	"disposition", "content request", "fulfilled", "call", "objection",
	"touch:TYPE", "column:NAME", NULL };
static const char *const no_words[] = { NULL };
static const char *const owner_word[] = { "owner", NULL };

static const struct reference {
	const char *path;
	const char *space;
	const char *const *also; /* ends with NULL */
} references[] = {
	{ "stages.rule", "rule", no_words },
	{ "sla.start", "stage", events },
	{ "sla.stop", "stage", events },
	{ "sla.count", "stage", events },
	{ "sla.at", "stage", no_words },
	{ "sla.share_of", "stage", no_words },
	{ "sla.disposed", "stage", no_words },
	{ "sla.routed", "stage", no_words },
	{ "sla.order", "stage", no_words },
	{ "sla.pause", "stage", no_words },
	{ "sla.passing", "rule", no_words },
	{ "sla.calendar", "calendar", owner_word },
	{ "sla.rejected_with", "list of reasons", no_words },
	{ "rejection_criteria.reason", "reason", no_words },
	{ "rejection_criteria.rule", "rule", no_words },
	{ "columns.stage", "stage", no_words },
	{ "attribution.conversion", "stage", no_words },
};

static const struct node *
node_at(const struct walk *w, size_t i)
{
	return vec_at(&w->nodes, i);
}

static bool
has_path(const struct node *node, const char *path)
{
	return strcmp(node->path, path) == 0;
}

struct name {
	const char *space;
	const char *text;
	const struct node *node;
};

/* The names of the file: the key is folded and stands behind its space. */
struct names {
	struct intern *keys;
	struct vec items; /* struct name, by number of the key; [0] unused */
};

static struct slice
name_key(char out[KEY_MAX], const char *space, const char *name)
{
	size_t n = (size_t)snprintf(out, KEY_MAX - FOLD_MAX, "%s:", space);

	n += fold_key(out + n, FOLD_MAX, slice_of(name));
	return (struct slice){ out, n };
}

static int
add_name(const struct walk *w, struct names *names, const struct node *node,
    const struct name_rule *rule)
{
	const char *text = rule->fixed ? rule->fixed : node->text;
	struct name *name;
	char key[KEY_MAX];
	uint32_t number =
	    intern_put(names->keys, name_key(key, rule->space, text));

	while (names->items.count <= number)
		vec_push(&names->items);
	name = vec_at(&names->items, number);
	if (!name->node)
		*name = (struct name){ rule->space, text, node };
	/* Two spellings in one entry do no harm: they mean the same stage. */
	if (rule->fixed || name->node->entry == node->entry)
		return 0;
	return complain(w, node->place,
	    "%s '%s' is given twice (first in line %u)", rule->space,
	    shown(w, slice_of(text)), name->node->place.line);
}

static int
gather_names(const struct walk *w, struct names *names)
{
	for (size_t i = 0; i < w->nodes.count; i++)
		for (size_t k = 0; k < COUNT(name_rules); k++)
			if (has_path(node_at(w, i), name_rules[k].path) &&
			    add_name(w, names, node_at(w, i), &name_rules[k]))
				return -1;
	return 0;
}

static int
unknown_name(const struct walk *w, const struct names *names,
    const struct node *node, const struct reference *reference)
{
	const char **known = arena_array(
	    w->arena, names->items.count + COUNT(events), sizeof(*known));
	size_t n = 0;

	for (size_t i = 1; i < names->items.count; i++) {
		const struct name *name = vec_at(&names->items, i);

		if (strcmp(name->space, reference->space) == 0)
			known[n++] = name->text;
	}
	for (size_t i = 0; reference->also[i]; i++)
		known[n++] = reference->also[i];
	return complain(w, node->place, "unknown %s '%s'%s", reference->space,
	    shown(w, slice_of(node->text)),
	    n ? suggest(w, slice_of(node->text), known, n)
	      : " (none is defined)");
}

/* A word, or what goes before the colon of one, with something behind it. */
static bool
is_event(const char *text, const char *event)
{
	const char *colon = strchr(event, ':');
	size_t n = colon ? (size_t)(colon - event) + 1 : 0;

	return colon ? strncmp(text, event, n) == 0 && text[n] != '\0'
		     : fold_equal(slice_of(text), slice_of(event));
}

static int
check_reference(const struct walk *w, const struct names *names,
    const struct node *node, const struct reference *reference)
{
	char key[KEY_MAX];

	if (intern_find(names->keys,
		name_key(key, reference->space, node->text)) != UINT32_MAX)
		return 0;
	for (size_t i = 0; reference->also[i]; i++)
		if (is_event(node->text, reference->also[i]))
			return 0;
	return unknown_name(w, names, node, reference);
}

static int
check_references(const struct walk *w, const struct names *names)
{
	for (size_t i = 0; i < w->nodes.count; i++)
		for (size_t k = 0; k < COUNT(references); k++)
			if (has_path(node_at(w, i), references[k].path) &&
			    check_reference(
				w, names, node_at(w, i), &references[k]))
				return -1;
	return 0;
}

/* An upper bound below the lower one would pass nothing, silently. */
static int
check_between(const struct walk *w)
{
	for (size_t i = 0; i + 1 < w->nodes.count; i++) {
		const struct node *low = node_at(w, i);
		const struct node *high = node_at(w, i + 1);

		if (!has_path(low, "criteria.all.between"))
			continue;
		if (strtod(low->text, NULL) > strtod(high->text, NULL))
			return complain(w, low->place,
			    "'between' is from %s to %s (the smaller first)",
			    low->text, high->text);
		i++;
	}
	return 0;
}

/* Here, where the line is known. */
static int
check_patterns(const struct walk *w)
{
	for (size_t i = 0; i < w->nodes.count; i++) {
		const struct node *node = node_at(w, i);
		const char *why = "";

		if (has_path(node, "criteria.all.matches") &&
		    !pattern_new(w->arena, node->text, &why))
			return complain(w, node->place,
			    "'%s' is no regular expression: %s",
			    shown(w, slice_of(node->text)), why);
	}
	return 0;
}

static const struct rule_definition *
rule_named(const struct definitions *d, const char *name)
{
	unsigned i = 0;

	while (i + 1 < d->n_criteria &&
	       !fold_equal(slice_of(d->criteria[i].name), slice_of(name)))
		i++;
	return &d->criteria[i];
}

/* A criterion has its name within its rule only. */
static int
check_criterion(const struct walk *w, const struct rule_definition *rule,
    const struct node *node)
{
	const char **known =
	    arena_array(w->arena, rule->n_criteria + 1, sizeof(*known));

	for (unsigned i = 0; i < rule->n_criteria; i++) {
		known[i] = rule->criteria[i].name;
		if (fold_equal(slice_of(known[i]), slice_of(node->text)))
			return 0;
	}
	return complain(w, node->place, "rule '%s' has no criterion '%s'%s",
	    rule->name, shown(w, slice_of(node->text)),
	    suggest(w, slice_of(node->text), known, rule->n_criteria));
}

/* After the references: every rule that is named is there. */
static int
check_reasons(const struct walk *w, const struct definitions *d)
{
	for (size_t i = 0; i < w->nodes.count; i++) {
		const struct node *node = node_at(w, i);

		if (has_path(node, "rejection_criteria.criteria") &&
		    check_criterion(w,
			rule_named(d, d->rejection_criteria[node->entry].rule),
			node))
			return -1;
	}
	return 0;
}

/* The entry-th stage's value of a key; the first where there is none. */
static struct place
stage_place(const struct walk *w, const char *path, unsigned entry)
{
	for (size_t i = 0; i < w->nodes.count; i++)
		if (has_path(node_at(w, i), path) &&
		    node_at(w, i)->entry == entry)
			return node_at(w, i)->place;
	return (struct place){ 1, 1 };
}

static int
check_stages(const struct walk *w, const struct definitions *d)
{
	const struct stage_definition *won = NULL;
	unsigned n_open = 0;

	for (unsigned i = 0; i < d->n_stages; i++) {
		const struct stage_definition *stage = &d->stages[i];

		if (stage->outcome == OUTCOME_WON && won)
			return complain(w, stage_place(w, "stages.outcome", i),
			    "stage '%s' is won, and so is '%s' (only one can "
			    "be)",
			    stage->name, won->name);
		if (stage->outcome == OUTCOME_WON)
			won = stage;
		n_open += stage->outcome == OUTCOME_NONE;
		if (n_open + (won != NULL) > DEFINITIONS_MAX_RANKED)
			return complain(w, stage_place(w, "stages.name", i),
			    "more than %d ranked stages",
			    DEFINITIONS_MAX_RANKED);
	}
	if (!n_open)
		return complain(w, stage_place(w, "stages.name", 0),
		    "every stage has an outcome (at least one must have none, "
		    "to be entered before it)");
	return 0;
}

/* ---- second pass and what the module offers ---- */

/*
 * libcyaml's memory from the arena. It must not be jumped out of, or its
 * parser would leak: running out becomes the NULL that it expects.
 */
static void *
arena_memory(void *context, void *old, size_t size)
{
	struct arena *arena = context;
	jmp_buf outer;
	void *p;

	if (!size) {
		arena_drop(arena, old);
		return NULL;
	}
	memcpy(&outer, arena_catch(arena), sizeof(outer));
	if (setjmp(*arena_catch(arena)))
		p = NULL;
	else
		p = arena_grow(arena, old, size);
	memcpy(arena_catch(arena), &outer, sizeof(outer));
	return p;
}

static int
load(const struct walk *w, struct definitions *out)
{
	const cyaml_config_t config = {
		.mem_fn = arena_memory,
		.mem_ctx = w->arena,
		.flags = CYAML_CFG_NO_ALIAS,
	};
	cyaml_data_t *loaded = NULL;
	cyaml_err_t code = cyaml_load_data((const uint8_t *)w->yaml.p,
	    w->yaml.n, &config, &file_schema, &loaded, NULL);

	/* The bytes were parsed once: now only memory can make that fail. */
	if (code == CYAML_ERR_OOM || code == CYAML_ERR_LIBYAML_PARSER ||
	    code == CYAML_ERR_LIBYAML_PARSER_INIT)
		longjmp(*arena_catch(w->arena), 1);
	if (code != CYAML_OK || !loaded)
		return fail(w->err, FNL_SYSTEM, "%s: libcyaml says: %s",
		    w->name, cyaml_strerror(code));
	*out = *(const struct definitions *)loaded;
	arena_drop(w->arena, loaded);
	return 0;
}

static int
check_names(const struct walk *w)
{
	struct names names = {
		.keys = intern_new(w->arena),
		.items = vec_new(w->arena, sizeof(struct name)),
	};

	if (gather_names(w, &names))
		return -1;
	return check_references(w, &names);
}

static void
close_walk(void *object)
{
	struct walk *w = object;

	/* Both leave zeroes behind, so that a second call does nothing. */
	yaml_event_delete(&w->event);
	yaml_parser_delete(&w->parser);
}

/* A reader in the arena, so that a jump out of it leaks nothing. */
static struct walk *
open_walk(struct arena *arena, const char *name, struct slice yaml,
    struct fnl_err *err)
{
	struct walk *w = arena_alloc(arena, sizeof(*w));

	w->arena = arena;
	w->name = arena_text(arena, slice_of(name));
	w->yaml = yaml;
	w->err = err;
	w->nodes = vec_new(arena, sizeof(struct node));
	arena_defer(arena, close_walk, w);
	if (!yaml_parser_initialize(&w->parser))
		longjmp(*arena_catch(arena), 1);
	yaml_parser_set_input_string(
	    &w->parser, (const unsigned char *)yaml.p, yaml.n);
	return w;
}

static int
check_bytes(const struct walk *w)
{
	size_t valid = utf8_valid_prefix(w->yaml);

	if (w->yaml.n > DEFINITIONS_MAX_BYTES)
		return complain(w, (struct place){ 1, 1 },
		    "the file is larger than %zu bytes", DEFINITIONS_MAX_BYTES);
	if (valid < w->yaml.n)
		return complain(w, place_of_byte(w->yaml, valid),
		    "byte 0x%02x is not UTF-8 (save the file as UTF-8)",
		    (unsigned char)w->yaml.p[valid]);
	return 0;
}

int
definitions_parse(struct arena *arena, const char *name, struct slice yaml,
    struct definitions *out, struct fnl_err *err)
{
	struct walk *w = open_walk(arena, name, yaml, err);
	int status = check_bytes(w);

	*out = (struct definitions){ .path = NULL };
	if (!status)
		status = check_stream(w);
	close_walk(w);
	if (status || load(w, out) || check_names(w) || check_between(w) ||
	    check_patterns(w) || check_reasons(w, out) || check_stages(w, out))
		return -1;
	out->path = w->name;
	if (!out->fiscal_month)
		out->fiscal_month = 1;
	sha256_hex(out->sha256, yaml.p, yaml.n);
	return 0;
}

/* The file's bytes, at most one more than are allowed, or -1. */
static int
read_bytes(const char *path, char *bytes, size_t *n, struct fnl_err *err)
{
	FILE *file = fopen(path, "rb");
	int status = 0;

	if (!file)
		return fail(err, FNL_SYSTEM, "cannot open '%s': %s", path,
		    strerror(errno));
	*n = fread(bytes, 1, DEFINITIONS_MAX_BYTES + 1, file);
	if (ferror(file))
		status = fail(err, FNL_SYSTEM, "cannot read '%s': %s", path,
		    strerror(errno));
	fclose(file);
	return status;
}

int
definitions_read(struct arena *arena, const char *path, struct definitions *out,
    struct fnl_err *err)
{
	char *bytes = arena_grow(arena, NULL, DEFINITIONS_MAX_BYTES + 1);
	struct slice yaml = { bytes, 0 };
	int status = read_bytes(path, bytes, &yaml.n, err);

	if (!status)
		status = definitions_parse(arena, path, yaml, out, err);
	arena_drop(arena, bytes);
	return status;
}

const char *
outcome_name(enum outcome outcome)
{
	return outcome < OUTCOME_COUNT ? outcome_words[outcome].str : "";
}
