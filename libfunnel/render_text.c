/*
 * render_text.c: cells as text. Figures for people are rounded from the
 * digits that the machine formats print, half away from zero, as a reader
 * with a pencil or a spreadsheet would: printf rounds the binary value and
 * makes 6.2% of 1/16. So table and CSV can be compared digit by digit.
 */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render_text.h"

#define PLAIN_DIGITS 20 /* before the point; more are 1.235e+22 */
#define SIGNIFICANT 4
#define SMALLEST_POINT -4 /* 0.00001 is the last that is written out */
#define FIGURE_MAX 64 /* bytes of a figure: sign, digits, commas, point */

/* What adding fractions leaves behind: 0.1 + 0.2 + 0.7 is not quite 1. No
 * rate of fewer than 10^12 records is this near to 0 or 1 and not it. */
#define NOISE 1e-12

const char *
unit_name(enum unit unit)
{
	static const char *const names[] = {
		[UNIT_TEXT] = "text",
		[UNIT_COUNT] = "count",
		[UNIT_SHARE] = "share",
		[UNIT_NUMBER] = "number",
		[UNIT_DAYS] = "days",
		[UNIT_HOURS] = "hours",
		[UNIT_MONEY] = "money",
		[UNIT_TIME] = "time",
		[UNIT_FLAG] = "flag",
	};

	return names[unit];
}

struct text
text_new(const struct table *table, const struct render_options *options)
{
	return (struct text){ .options = options, .arena = table->arena };
}

static void
add(struct text *text, struct slice s)
{
	if (text->n + s.n > text->size) {
		text->size = 2 * (text->n + s.n);
		text->p = arena_grow(text->arena, text->p, text->size);
	}
	if (s.n)
		memcpy(text->p + text->n, s.p, s.n);
	text->n += s.n;
}

static struct slice
contents(const struct text *text)
{
	return (struct slice){ text->p, text->n };
}

static struct slice
replacement(const struct text *text)
{
	return slice_of(text->options->ascii ? "?" : "\xef\xbf\xbd");
}

/* Adds raw; what is UTF-8 goes through add_valid. */
static void
add_raw(struct text *text, struct slice raw,
    void (*add_valid)(struct text *, struct slice))
{
	while (raw.n > 0) {
		size_t n = utf8_valid_prefix(raw);

		add_valid(text, (struct slice){ raw.p, n });
		if (n < raw.n) {
			add(text, replacement(text));
			n++;
		}
		raw.p += n;
		raw.n -= n;
	}
}

struct slice
text_valid(struct text *text, struct slice raw)
{
	if (utf8_valid_prefix(raw) == raw.n)
		return raw;
	text->n = 0;
	add_raw(text, raw, add);
	return contents(text);
}

/*
 * Characters that act instead of being seen: controls (ESC starts terminal
 * sequences), line separators, and those that reorder the text around them
 * (Boucher and Anderson, Trojan Source, 2021; CVE-2021-42574). U+FFFE and
 * U+FFFF are no characters, and XML has no room for them.
 */
static const struct acting {
	uint32_t first, last;
	const char *shown; /* NULL: the replacement character */
} acting[] = {
	{ '\t', '\t', "\\t" },
	{ '\n', '\n', "\\n" },
	{ '\r', '\r', "\\r" },
	{ 0x00, 0x1f, NULL },
	{ 0x7f, 0x9f, NULL },
	{ 0x2028, 0x202e, NULL },
	{ 0x2066, 0x206f, NULL },
	{ 0xfffe, 0xffff, NULL },
};

static const struct acting *
find_acting(uint32_t c)
{
	for (size_t i = 0; i < sizeof(acting) / sizeof(*acting); i++)
		if (c >= acting[i].first && c <= acting[i].last)
			return &acting[i];
	return NULL;
}

/* The character that valid UTF-8 starts with, and its length. */
static uint32_t
first_character(struct slice valid, size_t *n)
{
	unsigned char lead = (unsigned char)valid.p[0];
	uint32_t c = lead;

	*n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	if (*n > 1)
		c &= 0x7fu >> *n;
	for (size_t i = 1; i < *n; i++)
		c = c << 6 | ((unsigned char)valid.p[i] & 0x3f);
	return c;
}

static void
add_harmless(struct text *text, struct slice valid)
{
	while (valid.n > 0) {
		size_t n;
		const struct acting *found =
		    find_acting(first_character(valid, &n));

		if (!found)
			add(text, (struct slice){ valid.p, n });
		else
			add(text, found->shown ? slice_of(found->shown)
					       : replacement(text));
		valid.p += n;
		valid.n -= n;
	}
}

struct slice
text_harmless(struct text *text, struct slice raw)
{
	text->n = 0;
	add_raw(text, raw, add_harmless);
	return contents(text);
}

struct slice
text_exact(char out[TEXT_EXACT], const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_UNDEFINED:
		break;
	case CELL_TEXT:
		return cell->as.text;
	case CELL_COUNT:
		snprintf(out, TEXT_EXACT, "%" PRId64, cell->as.count);
		return slice_of(out);
	case CELL_NUMBER:
		number_text(out, cell->as.number);
		return slice_of(out);
	case CELL_MONEY:
		money_text(out, cell->as.money);
		return slice_of(out);
	case CELL_TIME:
		when_text(out, cell->as.time);
		return slice_of(out);
	}
	return SLICE("");
}

/* 0.d1d2..dn x 10^point with d1 and dn not 0; n = 0 is zero. */
struct decimal {
	bool negative;
	int n;
	int point;
	char digits[TEXT_EXACT];
};

static void
drop_zeros(struct decimal *d)
{
	while (d->n > 0 && d->digits[d->n - 1] == '0')
		d->n--;
}

/* Reads what text_exact wrote: digits with '.' and perhaps an exponent. */
static struct decimal
decimal_read(const char *exact)
{
	struct decimal d = { .negative = *exact == '-' };
	bool fraction = false;
	const char *p = exact + d.negative;

	for (; *p && *p != 'e'; p++) {
		if (*p == '.') {
			fraction = true;
			continue;
		}
		if (d.n > 0 || *p != '0')
			d.digits[d.n++] = *p;
		if (!fraction && d.n > 0)
			d.point++;
		else if (fraction && d.n == 0)
			d.point--;
	}
	if (*p == 'e')
		d.point += (int)strtol(p + 1, NULL, 10);
	drop_zeros(&d);
	if (d.n == 0)
		d.point = 0;
	return d;
}

/* Half away from zero. */
static struct decimal
decimal_round(struct decimal d, int decimals)
{
	int keep = d.point + decimals;
	bool up = keep >= 0 && keep < d.n && d.digits[keep] >= '5';

	if (keep >= d.n)
		return d;
	d.n = keep > 0 ? keep : 0;
	while (up && d.n > 0 && d.digits[d.n - 1] == '9')
		d.n--;
	if (up && d.n > 0) {
		d.digits[d.n - 1]++;
	} else if (up) {
		d.digits[d.n++] = '1';
		d.point++;
	}
	drop_zeros(&d);
	return d;
}

/* The zeros that a decimal leaves out are digits too. */
static char
digit_at(const struct decimal *d, int index)
{
	return index >= 0 && index < d->n ? d->digits[index] : '0';
}

/* Is there a comma before the last `left` digits of the whole part? */
static bool
groups_at(int left, bool indian)
{
	if (indian)
		return left == 3 || (left > 3 && left % 2 == 1);
	return left > 0 && left % 3 == 0;
}

static void
add_decimal(struct text *text, const struct decimal *d, int decimals)
{
	char out[FIGURE_MAX];
	size_t n = 0;

	if (d->negative && d->n > 0)
		out[n++] = '-';
	if (d->n == 0 || d->point <= 0)
		out[n++] = '0';
	for (int i = 0; d->n > 0 && i < d->point; i++) {
		out[n++] = digit_at(d, i);
		if (groups_at(d->point - i - 1, text->options->indian_grouping))
			out[n++] = ',';
	}
	if (decimals > 0)
		out[n++] = '.';
	for (int i = 0; i < decimals; i++)
		out[n++] = digit_at(d, (d->n ? d->point : 0) + i);
	add(text, (struct slice){ out, n });
}

/* How people read a figure of each unit. */
static const struct style {
	int shift; /* of the point: 2 for per cent */
	int decimals;
	bool significant; /* more decimals where SIGNIFICANT digits need them,
			     and no zeros at the end */
	const char *sign;
} styles[] = {
	[UNIT_TEXT] = { 0, 2, true, "" },
	[UNIT_COUNT] = { 0, 2, true, "" }, /* divided counts have decimals */
	[UNIT_SHARE] = { 2, 1, false, "%" },
	[UNIT_NUMBER] = { 0, 2, true, "" },
	[UNIT_DAYS] = { 0, 1, false, "" },
	[UNIT_HOURS] = { 0, 2, false, "" }, /* 3 minutes are 0.05 */
	[UNIT_MONEY] = { 0, 0, false, "" },
	[UNIT_TIME] = { 0, 2, true, "" },
	[UNIT_FLAG] = { 0, 2, true, "" },
};

/* Money is money in every column, such as the values of the long form. */
static const struct style *
style_of(enum unit unit, const struct cell *cell)
{
	return &styles[cell->kind == CELL_MONEY ? UNIT_MONEY : unit];
}

/* The cell without the noise of its last bits, where that is no figure. */
static struct cell
without_noise(const struct style *style, struct cell cell)
{
	if (cell.kind != CELL_NUMBER || style->significant)
		return cell;
	if (fabs(cell.as.number) < NOISE)
		cell.as.number = 0;
	if (fabs(cell.as.number - 1) < NOISE)
		cell.as.number = 1;
	return cell;
}

static void
add_scientific(struct text *text, const struct decimal *value)
{
	struct decimal d = decimal_round(*value, SIGNIFICANT - value->point);
	char exponent[16];
	int power = d.point - 1;

	d.point = 1;
	add_decimal(text, &d, d.n - 1);
	snprintf(exponent, sizeof(exponent), "e%+03d", power);
	add(text, slice_of(exponent));
}

static void
add_significant(struct text *text, const struct decimal *value)
{
	int decimals = SIGNIFICANT - value->point;
	struct decimal d = decimal_round(*value, decimals < 2 ? 2 : decimals);

	add_decimal(text, &d, d.n > d.point ? d.n - d.point : 0);
}

static bool
is_hundred(const struct decimal *d)
{
	return d->n == 1 && d->digits[0] == '1' && d->point == 3;
}

/*
 * With fixed decimals. What is not 0 never reads as 0, and a rate that is not
 * 1 never as 100%: one lost deal of ten thousand is the news.
 */
static void
add_fixed(
    struct text *text, const struct style *style, const struct decimal *value)
{
	struct decimal d = decimal_round(*value, style->decimals);

	if (d.n == 0 && value->n > 0) {
		d = (struct decimal){ .n = 1,
			.digits = "1",
			.negative = value->negative,
			.point = 1 - style->decimals };
		add(text, value->negative ? SLICE(">") : SLICE("<"));
	} else if (style->shift && is_hundred(&d) && !is_hundred(value) &&
		   !value->negative) {
		if (value->point < d.point)
			d = (struct decimal){
				.n = 3, .digits = "999", .point = 2
			};
		add(text, SLICE(">"));
	}
	add_decimal(text, &d, style->decimals);
}

static void
add_figure(struct text *text, enum unit unit, const struct cell *cell)
{
	const struct style *style = style_of(unit, cell);
	struct cell quiet = without_noise(style, *cell);
	char exact[TEXT_EXACT];
	struct decimal d;

	text_exact(exact, &quiet);
	d = decimal_read(exact);
	if (d.n > 0)
		d.point += style->shift;
	if (d.point > PLAIN_DIGITS ||
	    (style->significant && d.point < SMALLEST_POINT))
		add_scientific(text, &d);
	else if (style->significant)
		add_significant(text, &d);
	else
		add_fixed(text, style, &d);
	add(text, slice_of(style->sign));
}

/* 2026-03-31T18:30:00Z as 2026-03-31 18:30Z; a date stays. */
static void
add_time(struct text *text, struct when when)
{
	char exact[WHEN_TEXT];
	char *t;

	when_text(exact, when);
	t = strchr(exact, 'T');
	if (!t) {
		add(text, slice_of(exact));
		return;
	}
	*t = ' ';
	add(text, (struct slice){ exact, (size_t)(strrchr(t, ':') - exact) });
	add(text, SLICE("Z"));
}

struct slice
text_cell(
    struct text *text, const struct column *column, const struct cell *cell)
{
	text->n = 0;
	if (cell->kind == CELL_UNDEFINED)
		return SLICE("-");
	if (cell->kind == CELL_TEXT)
		return text_harmless(text, cell->as.text);
	if (cell->kind == CELL_TIME)
		add_time(text, cell->as.time);
	else
		add_figure(text, column->unit, cell);
	return contents(text);
}

bool
text_shows(const struct render_options *options, const struct column *column)
{
	return column->audience == FOR_ALL || column->audience == FOR_ROOM ||
	       options->all_columns;
}

bool
text_is_right_aligned(const struct column *column)
{
	return column->unit != UNIT_TEXT && column->unit != UNIT_TIME &&
	       column->unit != UNIT_FLAG;
}

void
text_put(FILE *out, struct slice text)
{
	if (text.n)
		fwrite(text.p, 1, text.n, out);
}

int
text_end(FILE *out, struct fnl_err *err)
{
	if (fflush(out) == 0 && !ferror(out))
		return 0;
	return fail(err, FNL_SYSTEM, "cannot write the report: %s",
	    errno ? strerror(errno) : "a write failed");
}
