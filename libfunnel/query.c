/*
 * query.c: option texts to values.
 */
#include <stdio.h>
#include <string.h>

#include "datetext.h"
#include "query.h"

#define CHOICES_MAX 32
#define DURATION_MAX ((int64_t)100 * 366 * DAY_SECONDS)

static bool
is_word(const char *name)
{
	return (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z');
}

static int
fail_choice(const char *option, const char *text, const struct choice *choices,
    struct fnl_err *err)
{
	const char *names[CHOICES_MAX];
	char list[256] = "";
	const char *near;
	size_t n = 0, length = 0;

	for (const struct choice *c = choices; c->name; c++) {
		int added;

		/* The default without a word and ',' for comma: not listed. */
		if (!is_word(c->name) || n == CHOICES_MAX)
			continue;
		names[n] = c->name;
		added = snprintf(list + length, sizeof(list) - length, "%s%s",
		    n ? ", " : "", names[n]);
		if (added > 0 && (size_t)added < sizeof(list) - length)
			length += (size_t)added;
		n++;
	}
	near = nearest_name(slice_of(text), names, n);
	if (near)
		return fail(err, FNL_USAGE,
		    "unknown %s '%s' (did you mean '%s'? known: %s)", option,
		    text, near, list);
	return fail(
	    err, FNL_USAGE, "unknown %s '%s' (known: %s)", option, text, list);
}

int
query_choice(const char *option, const char *text, const struct choice *choices,
    int *out, struct fnl_err *err)
{
	if (!text) {
		*out = choices[0].value;
		return 0;
	}
	for (const struct choice *c = choices; c->name; c++)
		if (fold_equal(slice_of(text), slice_of(c->name))) {
			*out = c->value;
			return 0;
		}
	return fail_choice(option, text, choices, err);
}

/* The leading digits of text; -1 when there are none or too many. */
static int64_t
digits(const char **text)
{
	int64_t value = 0;
	size_t n = 0;

	for (; **text >= '0' && **text <= '9' && n < 15; n++, ++*text)
		value = value * 10 + (**text - '0');
	return n && n < 15 ? value : -1;
}

int
query_duration(
    const char *option, const char *text, int64_t *seconds, struct fnl_err *err)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 },
		{ 'd', DAY_SECONDS }, { 'w', 7 * DAY_SECONDS } };
	const char *p = text;
	int64_t n = digits(&p);

	for (size_t i = 0; n >= 0 && i < sizeof(units) / sizeof(*units); i++)
		if (p[0] == units[i].unit && p[1] == '\0' &&
		    n <= DURATION_MAX / units[i].seconds) {
			*seconds = n * units[i].seconds;
			return 0;
		}
	return fail(err, FNL_USAGE,
	    "%s: cannot read '%s' as a duration (such as 90d, 24h, 15m, 30s, "
	    "2w)",
	    option, text);
}

int
query_when(const char *option, const char *text, const struct zone *zone,
    struct when *out, struct fnl_err *err)
{
	struct date_column column = { .order = DATE_ORDER_YMD, .given = true };
	bool iso =
	    text && strlen(text) >= 10 && text[4] == '-' && text[7] == '-';

	*out = (struct when){ 0, WHEN_UNKNOWN };
	if (!text)
		return 0;
	if (iso && date_read(slice_of(text), zone, &column, 0, out) == DATE_OK)
		return 0;
	return fail(err, FNL_USAGE,
	    "%s: cannot read '%s' as a date (write 2026-03-31 or "
	    "2026-03-31T18:30:00+05:30)",
	    option, text);
}

int
query_count(
    const char *option, const char *text, int64_t *out, struct fnl_err *err)
{
	const char *p = text;

	*out = digits(&p);
	if (*out < 0 || *p)
		return fail(err, FNL_USAGE,
		    "%s: cannot read '%s' as a whole number", option, text);
	return 0;
}

int
query_share(
    const char *option, const char *text, double *out, struct fnl_err *err)
{
	const char *p = text;
	int64_t whole = digits(&p);
	double value = (double)whole, unit = 1;

	if (whole >= 0 && *p == '.')
		for (p++; *p >= '0' && *p <= '9'; p++)
			value += (*p - '0') * (unit /= 10);
	if (whole >= 0 && *p == '%') {
		value /= 100;
		p++;
	}
	if (whole < 0 || *p || value <= 0 || value >= 1)
		return fail(err, FNL_USAGE,
		    "%s: '%s' is not between 0 and 1 (write 0.95 or 95%%)",
		    option, text);
	*out = value;
	return 0;
}

static size_t
count_items(const struct fnl_list *list)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		n++;
		for (const char *p = list->items[i]; *p; p++)
			n += *p == ',';
	}
	return n;
}

int
query_amount(const char *option, const char *text, struct money *out,
    struct fnl_err *err)
{
	struct money_column column = { .mark = DECIMAL_POINT, .given = true };

	if (money_read(slice_of(text), &column, 0, out) == MONEY_OK &&
	    out->ten_thousandths > 0)
		return 0;
	return fail(err, FNL_USAGE,
	    "%s: cannot read '%s' as an amount above 0 (write 20000000, "
	    "2,00,00,000 or 2Cr)",
	    option, text);
}

struct fnl_list
query_split(struct arena *arena, const struct fnl_list *list)
{
	const char **items =
	    arena_array(arena, count_items(list) + 1, sizeof(*items));
	struct fnl_list split = { items, 0 };

	for (size_t i = 0; i < list->n; i++)
		for (const char *p = list->items[i]; p;) {
			const char *comma = strchr(p, ',');
			struct slice item = { p,
				comma ? (size_t)(comma - p) : strlen(p) };

			items[split.n++] = arena_text(arena, slice_trim(item));
			p = comma ? comma + 1 : NULL;
		}
	return split;
}

static bool
is_word_of(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; (p = strstr(p, word)); p += n)
		if ((p == words || p[-1] == ' ') &&
		    (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

int
query_goes_with(const struct report_option *options, size_t n,
    const char *report, struct fnl_err *err)
{
	for (size_t i = 0; i < n; i++)
		if (options[i].given && !is_word_of(options[i].reports, report))
			return fail(err, FNL_USAGE,
			    "%s says nothing to --report %s; it goes with: %s",
			    options[i].option, report, options[i].reports);
	return 0;
}
