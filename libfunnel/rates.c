/*
 * rates.c: a rate file to a table sorted by currency and day.
 *
 * Rates are integers of 1/RATE_UNIT, as amounts are of 1/MONEY_UNIT, so that
 * a conversion is exact up to its one rounding and the same on every machine.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "csvin.h"
#include "datetext.h"
#include "rates.h"

#define RATE_UNIT INT64_C(100000000) /* eight decimals */
#define SHOWN_MAX 60 /* bytes of a wrong cell that a message repeats */

struct rate {
	struct when from; /* a date, once the file is read */
	int64_t rate;
	uint32_t currency; /* its number in rates.currencies */
	uint32_t line;
};

struct rates {
	const struct zone *zone;
	struct intern *currencies; /* keys */
	uint32_t home; /* the currency of the report */
	struct rate *items; /* by currency, then day */
	size_t n;
};

enum column { CURRENCY, FROM, RATE, COLUMNS };

static const char *const column_names[COLUMNS] = { "currency", "from", "rate" };

/* A file that is being read. */
struct source {
	struct arena *arena;
	const char *path;
	struct csvin *in;
	struct rates *rates;
	size_t size; /* of rates->items, in bytes */
	uint32_t column[COLUMNS];
	uint32_t n_columns; /* of the header */
	struct date_column dates;
	struct fnl_err *err;
};

const char *
rates_path(struct arena *arena, const char *definitions, const char *rates)
{
	const char *slash = strrchr(definitions, '/');

	if (!slash || *rates == '/')
		return arena_text(arena, slice_of(rates));
	return arena_printf(
	    arena, "%.*s/%s", (int)(slash - definitions), definitions, rates);
}

/* The form under which two spellings are one currency; codes look as in ISO
 * 4217. Some CRMs write names, such as US Dollar, hence fold_key(). */
static struct slice
currency_key(char out[FOLD_MAX], struct slice text)
{
	size_t n = fold_key(out, FOLD_MAX, text);

	for (size_t i = 0; i < n; i++)
		if (out[i] >= 'a' && out[i] <= 'z')
			out[i] = (char)(out[i] - 'a' + 'A');
	return (struct slice){ out, n };
}

/* ---- from text ---- */

/* "'83,25' in column 'rate' is ...": of what is wrong with a cell. */
static int
fail_cell(const struct source *s, uint32_t line, enum column column,
    struct slice text, const char *problem)
{
	size_t n = 0;

	while (n < text.n && n < SHOWN_MAX && (unsigned char)text.p[n] >= ' ')
		n++;
	n = utf8_valid_prefix((struct slice){ text.p, n });
	return fail(s->err, FNL_DATA,
	    "%s:%" PRIu32 ": '%.*s' in column '%s' %s", s->path, line, (int)n,
	    text.p, column_names[column], problem);
}

static int
read_currency(const struct source *s, struct slice text, struct rate *rate)
{
	char buffer[FOLD_MAX];
	struct slice key = currency_key(buffer, text);

	if (!key.n)
		return fail_cell(s, rate->line, CURRENCY, text,
		    "is no currency (write a code such as USD)");
	if (key.n > RATES_MAX_CURRENCY)
		return fail_cell(s, rate->line, CURRENCY, text,
		    "is too long for a currency (write a code such as USD)");
	rate->currency = intern_put(s->rates->currencies, key);
	return 0;
}

static int
read_from(struct source *s, struct slice text, struct rate *rate)
{
	static const char *const problems[] = {
		[DATE_BLANK] = "is not a date (write it as 2026-01-31)",
		[DATE_BAD] = "is not a date (write it as 2026-01-31)",
		[DATE_CONTRADICTS] = "has day and month in another order than "
				     "the dates above (write it as "
				     "2026-01-31)",
		[DATE_FOREIGN_CALENDAR] = "is a year of another calendar "
					  "(write it as 2026-01-31)",
	};
	enum date_status status =
	    date_read(text, s->rates->zone, &s->dates, rate->line, &rate->from);

	if (status == DATE_OK || status == DATE_PENDING)
		return 0;
	return fail_cell(s, rate->line, FROM, text, problems[status]);
}

/* Digits, perhaps a point and digits. Nothing else: what a comma means would
 * have to be proved, and an exponent was rounded by a spreadsheet. */
static const char *
parse_rate(struct slice text, int64_t *rate)
{
	const char *p = text.p, *end = text.p + text.n;
	int64_t whole = 0, fraction = 0, unit = RATE_UNIT;
	bool fine = false;

	for (; p < end && *p >= '0' && *p <= '9'; p++)
		if (whole < RATES_MAX)
			whole = whole * 10 + (*p - '0');
	if (p < end && *p == '.')
		for (p++; p < end && *p >= '0' && *p <= '9'; p++) {
			unit /= 10;
			fraction += (*p - '0') * unit;
			fine |= unit == 0 && *p != '0';
		}
	if (p == end && whole >= RATES_MAX)
		return "is too large (a rate is below 1000000000)";
	if (p == end && fine)
		return "has more than 8 decimals (round it)";
	*rate = whole * RATE_UNIT + fraction;
	return p == end && *rate > 0 ? NULL
				     : "is no rate (write a number above 0, "
				       "such as 83.25)";
}

static int
read_rate(const struct source *s, struct slice text, struct rate *rate)
{
	const char *problem = parse_rate(text, &rate->rate);

	if (!problem && rate->currency == s->rates->home &&
	    rate->rate != RATE_UNIT)
		problem = "is the rate of the report's own currency, which is "
			  "1 (write the other currencies, in units of it)";
	return problem ? fail_cell(s, rate->line, RATE, text, problem) : 0;
}

/* ---- rows ---- */

/* A decimal comma that nobody quoted would otherwise lose its decimals:
 * USD,2026-01-01,83,25. */
static bool
has_more_cells(const struct source *s, const struct csv_row *row)
{
	for (uint32_t i = s->n_columns; i < row->n_fields; i++)
		if (slice_trim(row->fields[i]).n)
			return true;
	return false;
}

/* The three cells; whether there is anything in them goes to *blank. */
static int
take_cells(const struct source *s, const struct csv_row *row,
    struct slice cells[COLUMNS], bool *blank)
{
	unsigned n_blank = 0;

	if (row->kind == CSV_MALFORMED)
		return fail(s->err, FNL_DATA,
		    "%s:%" PRIu32 ": the row cannot be read as CSV (close its "
		    "quotes, and double those inside a cell)",
		    s->path, row->line);
	if (has_more_cells(s, row))
		return fail(s->err, FNL_DATA,
		    "%s:%" PRIu32 ": more cells than the header has (write "
		    "the rate with a decimal point)",
		    s->path, row->line);
	for (int i = 0; i < COLUMNS; i++) {
		cells[i] = SLICE("");
		if (s->column[i] < row->n_fields)
			cells[i] = slice_trim(row->fields[s->column[i]]);
		n_blank += text_is_null(cells[i]);
	}
	*blank = n_blank == COLUMNS;
	for (int i = 0; i < COLUMNS && !*blank; i++)
		if (text_is_null(cells[i]))
			return fail(s->err, FNL_DATA,
			    "%s:%" PRIu32 ": column '%s' is blank (fill it in "
			    "or leave the row out)",
			    s->path, row->line, column_names[i]);
	return 0;
}

static struct rate *
add_rate(struct source *s)
{
	struct rates *rates = s->rates;
	size_t needed = (rates->n + 1) * sizeof(*rates->items);

	if (needed > s->size) {
		s->size = 2 * needed;
		rates->items = arena_grow(s->arena, rates->items, s->size);
	}
	return &rates->items[rates->n++];
}

static int
read_row(struct source *s, const struct csv_row *row)
{
	struct slice cells[COLUMNS];
	struct rate *rate;
	bool blank;

	if (take_cells(s, row, cells, &blank) < 0)
		return -1;
	if (blank)
		return 0;
	if (s->rates->n == RATES_MAX_ROWS)
		return fail(s->err, FNL_DATA,
		    "%s:%" PRIu32 ": more than %zu rates (leave out those "
		    "before the first record)",
		    s->path, row->line, RATES_MAX_ROWS);
	rate = add_rate(s);
	rate->line = row->line;
	if (read_currency(s, cells[CURRENCY], rate) < 0 ||
	    read_from(s, cells[FROM], rate) < 0)
		return -1;
	return read_rate(s, cells[RATE], rate);
}

static int
read_rows(struct source *s)
{
	const struct csv_batch *batch;
	int more;

	while ((more = csvin_read(s->in, &batch, s->err)) > 0)
		for (size_t i = 0; i < batch->n_rows; i++)
			if (read_row(s, &batch->rows[i]) < 0)
				return -1;
	return more;
}

/* ---- the header ---- */

static bool
is_column(struct slice cell, const char *name)
{
	return cell.n && fold_equal(cell, slice_of(name));
}

static unsigned
score_header(void *context, const struct csv_row *row)
{
	unsigned score = 0;

	(void)context;
	for (uint32_t i = 0; i < row->n_fields; i++)
		for (int k = 0; k < COLUMNS; k++)
			score += is_column(row->fields[i], column_names[k]);
	return score;
}

static int
find_column(const struct source *s, const struct csv_row *header,
    const char *name, uint32_t *column)
{
	unsigned found = 0;

	for (uint32_t i = 0; i < header->n_fields; i++)
		if (is_column(header->fields[i], name)) {
			*column = i;
			found++;
		}
	if (found == 1)
		return 0;
	if (found)
		return fail(s->err, FNL_DATA,
		    "%s:%" PRIu32 ": column '%s' is there %u times (keep one)",
		    s->path, header->line, name, found);
	return fail(s->err, FNL_DATA,
	    "%s:%" PRIu32 ": no column '%s' (the header must name currency, "
	    "from and rate)",
	    s->path, header->line, name);
}

static int
read_header(struct source *s)
{
	const struct csv_row *header = csvin_header(s->in, NULL);

	s->n_columns = header->n_fields;
	for (int i = 0; i < COLUMNS; i++)
		if (find_column(s, header, column_names[i], &s->column[i]) < 0)
			return -1;
	return 0;
}

/* ---- the table ---- */

/* The last row may be the one that proves the order of all dates. */
static int
resolve_dates(struct source *s)
{
	if (s->dates.either && s->dates.order == DATE_ORDER_UNKNOWN)
		return fail(s->err, FNL_DATA,
		    "%s:%" PRIu32 ": column 'from' does not show whether its "
		    "day or its month comes first (write dates as 2026-01-31)",
		    s->path, s->dates.first_either_line);
	for (size_t i = 0; i < s->rates->n; i++) {
		struct rate *rate = &s->rates->items[i];

		rate->from =
		    date_resolve(rate->from, s->dates.order, s->rates->zone);
		if (rate->from.kind != WHEN_DATE)
			return fail(s->err, FNL_DATA,
			    "%s:%" PRIu32 ": column 'from' holds a time (a "
			    "rate is in force from a day on: write it as "
			    "2026-01-31)",
			    s->path, rate->line);
	}
	return 0;
}

/* By currency, then day. */
static int
compare_keys(
    uint32_t currency_a, int64_t day_a, uint32_t currency_b, int64_t day_b)
{
	if (currency_a != currency_b)
		return currency_a < currency_b ? -1 : 1;
	return (day_a > day_b) - (day_a < day_b);
}

static int64_t
day_of(const struct rate *rate)
{
	return rate->from.seconds / DAY_SECONDS;
}

static int
compare_rates(const void *va, const void *vb)
{
	const struct rate *a = va, *b = vb;
	int order =
	    compare_keys(a->currency, day_of(a), b->currency, day_of(b));

	return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int
check_contradictions(const struct source *s)
{
	for (size_t i = 1; i < s->rates->n; i++) {
		const struct rate *b = &s->rates->items[i], *a = b - 1;
		struct slice key =
		    intern_get(s->rates->currencies, b->currency);
		char day[WHEN_TEXT];

		if (a->currency != b->currency || day_of(a) != day_of(b) ||
		    a->rate == b->rate)
			continue;
		when_text(day, b->from);
		return fail(s->err, FNL_DATA,
		    "%s:%" PRIu32 ": '%.*s' has another rate from %s on in "
		    "line %" PRIu32 " (keep one of the two)",
		    s->path, b->line, (int)key.n, key.p, day, a->line);
	}
	return 0;
}

static int
build_table(struct source *s)
{
	struct rates *rates = s->rates;

	if (resolve_dates(s) < 0)
		return -1;
	if (rates->n)
		qsort(rates->items, rates->n, sizeof(*rates->items),
		    compare_rates);
	return check_contradictions(s);
}

static struct source
new_source(struct arena *arena, const char *path, const struct zone *zone,
    struct fnl_err *err)
{
	struct source s = { .arena = arena, .path = path, .err = err };

	s.rates = arena_alloc(arena, sizeof(*s.rates));
	s.rates->zone = zone;
	s.rates->currencies = intern_new(arena);
	return s;
}

static const struct csvin_options csv_options = { .score = score_header };

/* Where the file is open. */
static int
read_source(struct source *s, const char *to_currency, struct rates **out)
{
	char buffer[FOLD_MAX];
	struct slice key = currency_key(buffer, slice_of(to_currency));

	if (!key.n)
		return fail(s->err, FNL_DATA,
		    "%s: rates need the currency of the report (add "
		    "'currency: INR', or whichever it is, to the definitions)",
		    s->path);
	s->rates->home = intern_put(s->rates->currencies, key);
	if (read_header(s) < 0 || read_rows(s) < 0 || build_table(s) < 0)
		return -1;
	*out = s->rates;
	return 0;
}

int
rates_read(struct arena *arena, const char *path, struct digests *digests,
    const char *to_currency, const struct zone *zone, struct rates **out,
    struct fnl_err *err)
{
	struct source s = new_source(arena, path, zone, err);
	struct csvin_options options = csv_options;
	int status;

	options.digests = digests;
	if (csvin_open(arena, path, &options, &s.in, err) < 0)
		return -1;
	status = read_source(&s, to_currency, out);
	csvin_close(s.in);
	return status;
}

int
rates_parse(struct arena *arena, const char *name, struct slice csv,
    const char *to_currency, const struct zone *zone, struct rates **out,
    struct fnl_err *err)
{
	struct source s = new_source(arena, name, zone, err);

	if (csvin_open_memory(arena, csv, 0, &csv_options, &s.in, err) < 0)
		return -1;
	return read_source(&s, to_currency, out);
}

/* ---- conversion ---- */

/* The last entry of the currency that is not after the day, or NULL. */
static const struct rate *
rate_in_force(const struct rates *rates, uint32_t currency, int64_t day)
{
	size_t low = 0, high = rates->n; /* the first that is after */

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct rate *rate = &rates->items[middle];
		int order =
		    compare_keys(rate->currency, day_of(rate), currency, day);

		if (order > 0)
			high = middle;
		else
			low = middle + 1;
	}
	if (!low || rates->items[low - 1].currency != currency)
		return NULL;
	return &rates->items[low - 1];
}

/*
 * amount x rate / RATE_UNIT. The product can have 94 bits, so both sides are
 * split at RATE_UNIT; every partial product fits: amount / RATE_UNIT is below
 * 2^37, the other fractions below 2^27.
 */
static bool
multiply(int64_t amount, int64_t rate, int64_t *out)
{
	uint64_t unit = (uint64_t)RATE_UNIT;
	uint64_t size = amount < 0 ? -(uint64_t)amount : (uint64_t)amount;
	uint64_t whole = (uint64_t)rate / unit, part = (uint64_t)rate % unit;
	uint64_t result;

	if (whole && size > INT64_MAX / whole)
		return false;
	result = size * whole + size / unit * part +
		 (size % unit * part + unit / 2) / unit;
	if (result > INT64_MAX)
		return false;
	*out = amount < 0 ? -(int64_t)result : (int64_t)result;
	return true;
}

bool
rates_convert(const struct rates *rates, struct slice currency, struct when on,
    int64_t ten_thousandths, int64_t *out)
{
	char key[FOLD_MAX];
	uint32_t number =
	    intern_find(rates->currencies, currency_key(key, currency));
	const struct rate *rate;

	if (number == rates->home) {
		*out = ten_thousandths;
		return true;
	}
	if (on.kind != WHEN_DATE && on.kind != WHEN_INSTANT)
		return false;
	rate = rate_in_force(rates, number, zone_day(rates->zone, on));
	return rate && multiply(ten_thousandths, rate->rate, out);
}
