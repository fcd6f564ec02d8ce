/*
 * test_rates: rate files and conversions. Amounts are ten-thousandths. What
 * is expected was worked out by hand, next to each case, but for the table
 * products[], which says where it is from.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* before cmocka.h, whose fail() is a macro */
#include "csvin.h"
#include "rates.h"

#include <cmocka.h>

struct fixture {
	struct arena *arena;
	const struct zone *utc, *india;
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct fnl_err err = { 0 };

	*state = f;
	f->arena = arena_new();
	if (zone_open(f->arena, "UTC", &f->utc, &err) < 0 ||
	    zone_open(f->arena, "Asia/Kolkata", &f->india, &err) < 0)
		return -1;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	free(f);
	return 0;
}

static struct when
date(int64_t year, int month, int day)
{
	struct civil civil = { year, month, day };

	return (struct when){ civil_days(civil) * DAY_SECONDS, WHEN_DATE };
}

static struct rates *
parse(struct fixture *f, const char *to, const char *csv)
{
	struct rates *rates = NULL;
	struct fnl_err err = { 0 };

	if (rates_parse(f->arena, "rates.csv", slice_of(csv), to, f->utc,
		&rates, &err) < 0)
		fail_msg("%s", err.message);
	return rates;
}

static void
check(const struct rates *rates, const char *currency, struct when on,
    int64_t amount, int64_t expected)
{
	int64_t out = -1;

	if (!rates_convert(rates, slice_of(currency), on, amount, &out))
		fail_msg("no rate for %s", currency);
	if (out != expected)
		fail_msg("%lld, not %lld", (long long)out, (long long)expected);
}

static void
check_none(const struct rates *rates, const char *currency, struct when on)
{
	int64_t out = -1;

	assert_false(rates_convert(rates, slice_of(currency), on, 10000, &out));
	assert_int_equal(out, -1);
}

static const struct when unknown = { 0, WHEN_UNKNOWN };

/* metrics.md 3.0.9 [SF2]: 1 USD = 1.39 AUD from 1 January, 1.42 from 1
 * February. 1000 USD are 1390 AUD and then 1420. */
static void
test_dated_rates(void **state)
{
	const struct rates *rates = parse(*state, "AUD",
	    "currency,from,rate\n"
	    "USD,2026-02-01,1.42\n"
	    "USD,2026-01-01,1.39\n");

	check_none(rates, "USD", date(2025, 12, 31));
	check(rates, "USD", date(2026, 1, 1), 10000000, 13900000);
	check(rates, "USD", date(2026, 1, 31), 10000000, 13900000);
	check(rates, "USD", date(2026, 2, 1), 10000000, 14200000);
	check(rates, "USD", date(2036, 2, 1), 10000000, 14200000);
	check(rates, "USD", date(2026, 1, 15), -10000000, -13900000);
	check(rates, "USD", date(2026, 1, 15), 0, 0);
}

/* The direction: rates.h. 100 USD x 83.25 = 8325 INR. */
static void
test_many_currencies(void **state)
{
	const struct rates *rates = parse(*state, "INR",
	    "currency,from,rate\n"
	    "USD,2026-01-01,83.25\n"
	    "JPY,2026-01-01,0.55\n"
	    "EUR,2026-01-01,90\n"
	    "EUR,2026-03-01,91.5\n"
	    "AED,2026-02-01,22.67\n");

	check(rates, "USD", date(2026, 4, 1), 1000000, 83250000);
	check(rates, "JPY", date(2026, 4, 1), 1000000, 550000);
	check(rates, "EUR", date(2026, 2, 28), 1000000, 90000000);
	check(rates, "EUR", date(2026, 3, 1), 1000000, 91500000);
	check(rates, "AED", date(2026, 2, 1), 1000000, 22670000);
	check_none(rates, "AED", date(2026, 1, 31));
	check_none(rates, "EUR", date(2025, 1, 31));
	check_none(rates, "GBP", date(2026, 4, 1));
	check_none(rates, "", date(2026, 4, 1));
	check_none(rates, "US", date(2026, 4, 1));
}

static void
test_home(void **state)
{
	const struct rates *rates =
	    parse(*state, "INR", "currency,from,rate\nINR,2026-01-01,1.00\n");

	check(rates, "INR", date(2020, 1, 1), 12345, 12345);
	check(rates, "inr", unknown, INT64_MAX, INT64_MAX);
	check(rates, "INR", unknown, -INT64_MAX, -INT64_MAX);
	rates = parse(*state, "inr", "currency,from,rate\n");
	check(rates, "INR", unknown, 1, 1);
	check_none(rates, "USD", date(2026, 1, 1));
}

static void
test_spelling(void **state)
{
	const struct rates *rates = parse(*state, "INR",
	    "currency,from,rate\n"
	    " usd ,2026-01-01, 83.25 \n"
	    "Euro,2026-01-01,90\n");

	check(rates, "USD", date(2026, 1, 1), 10000, 832500);
	check(rates, "Usd", date(2026, 1, 1), 10000, 832500);
	check(rates, " usd", date(2026, 1, 1), 10000, 832500);
	check(rates, "EURO", date(2026, 1, 1), 10000, 900000);
}

/* 2026-02-01 begins in India at 2026-01-31T18:30:00Z, 5 h 30 min before. */
static void
test_instants(void **state)
{
	struct fixture *f = *state;
	struct when last = { date(2026, 2, 1).seconds - 19800 - 1,
		WHEN_INSTANT };
	struct when first = { last.seconds + 1, WHEN_INSTANT };
	struct when either = { 0, WHEN_EITHER };
	struct when midnight_1970 = { 0, WHEN_INSTANT };
	struct rates *rates;

	assert_int_equal(rates_parse(f->arena, "rates.csv",
			     SLICE("currency,from,rate\n"
				   "USD,2026-01-01,2\nUSD,2026-02-01,3\n"),
			     "INR", f->india, &rates, NULL),
	    0);
	check(rates, "USD", last, 10000, 20000);
	check(rates, "USD", first, 10000, 30000);
	rates = parse(f, "INR",
	    "currency,from,rate\nUSD,2026-01-01,2\nUSD,2026-02-01,3\n");
	check(rates, "USD", first, 10000, 20000);
	rates = parse(f, "INR", "currency,from,rate\nUSD,1900-01-01,2\n");
	check(rates, "USD", midnight_1970, 10000, 20000);
	check_none(rates, "USD", unknown);
	check_none(rates, "USD", either);
}

/*
 * python3: a fractions.Fraction product, rounded half away from zero; no
 * result above 2^63 - 1. The last ones are random (seed 309).
 */
static const struct {
	const char *rate;
	int64_t amount;
	bool fits;
	int64_t expected;
} products[] = {
	{ "4", INT64_C(4611686018427387904), false, 0 }, /* 2^64 */
	{ "5", INT64_C(-3689348814741910325), false, 0 }, /* 2^64 + 9 */
	{ "1", INT64_C(9223372036854775807), true,
	    INT64_C(9223372036854775807) },
	{ "1", INT64_C(-9223372036854775807), true,
	    INT64_C(-9223372036854775807) },
	{ "1.00000001", INT64_C(9223372036854775807), false, 0 },
	{ "0.99999999", INT64_C(9223372036854775807), true,
	    INT64_C(9223371944621055438) },
	{ "999999999.99999999", INT64_C(9223372036854775807), false, 0 },
	{ "999999999.99999999", INT64_C(9223372036), true,
	    INT64_C(9223372035999999908) },
	{ "999999999.99999999", INT64_C(9223372037), false, 0 },
	{ "2", INT64_C(4611686018427387903), true,
	    INT64_C(9223372036854775806) },
	{ "2", INT64_C(4611686018427387904), false, 0 },
	{ "2", INT64_C(-4611686018427387904), false, 0 },
	{ "0.5", INT64_C(1), true, INT64_C(1) },
	{ "0.5", INT64_C(-1), true, INT64_C(-1) },
	{ "0.49999999", INT64_C(1), true, INT64_C(0) },
	{ "0.5", INT64_C(3), true, INT64_C(2) },
	{ "0.00000001", INT64_C(50000000), true, INT64_C(1) },
	{ "0.00000001", INT64_C(49999999), true, INT64_C(0) },
	{ "0.00000001", INT64_C(-50000000), true, INT64_C(-1) },
	{ "0.26482036", INT64_C(-22086), true, INT64_C(-5849) },
	{ "63.24401385", INT64_C(-4830928387), true, INT64_C(-305527301816) },
	{ "3608.15820776", INT64_C(-98251839074), true,
	    INT64_C(-354508179582368) },
	{ "1421.42529556", INT64_C(199), true, INT64_C(282864) },
	{ "0.86917530", INT64_C(-467), true, INT64_C(-406) },
	{ "0.61778166", INT64_C(-57399676), true, INT64_C(-35460467) },
	{ "694.21505337", INT64_C(544160076965885), true,
	    INT64_C(377764116872695163) },
	{ "190.48560808", INT64_C(52016746282087070), false, 0 },
	{ "0.85783732", INT64_C(1420722737237267), true,
	    INT64_C(1218748985374681) },
	{ "4178.10511383", INT64_C(-71097049925050), true,
	    INT64_C(-297050947870078223) },
	{ "53.76010164", INT64_C(-897), true, INT64_C(-48223) },
	{ "1.10533064", INT64_C(373447), true, INT64_C(412782) },
	{ "39.13550447", INT64_C(211819972445), true, INT64_C(8289681478457) },
	{ "0.00981561", INT64_C(-9208265262746), true, INT64_C(-90384740596) },
};

static void
test_products(void **state)
{
	for (size_t i = 0; i < sizeof(products) / sizeof(*products); i++) {
		char csv[100];
		const struct rates *rates;

		snprintf(csv, sizeof(csv),
		    "currency,from,rate\nUSD,2026-01-01,%s\n",
		    products[i].rate);
		rates = parse(*state, "INR", csv);
		if (products[i].fits) {
			check(rates, "USD", date(2026, 1, 1),
			    products[i].amount, products[i].expected);
		} else {
			int64_t out = -1;

			assert_false(rates_convert(rates, SLICE("USD"),
			    date(2026, 1, 1), products[i].amount, &out));
			assert_int_equal(out, -1);
		}
	}
}

/* Files that say USD 83.25 from 2026-01-31 on, and no more. */
static void
test_files_that_are_read(void **state)
{
	static const char *const files[] = {
		"currency,from,rate\nUSD,2026-01-31,83.25",
		"\xef\xbb\xbf"
		"Currency,FROM,\"Rate\"\r\nUSD,2026-01-31,83.25\r\n",
		"rate,note,from,currency\n83.25,x,2026-01-31,USD\n",
		"currency;from;rate\nUSD;2026-01-31;83.25\n",
		"currency\tfrom\trate\nUSD\t2026-01-31\t83.25\n",
		"Rates of the "
		"bank\n\ncurrency,from,rate\nUSD,2026-01-31,83.25\n",
		"currency,from,rate\n\n,,\nUSD,2026-01-31,83.25,\n,,\n",
		"currency,from,rate,\nUSD,2026-01-31,83.25,83.26\n",
		"currency,from,rate\nUSD,31/01/2026,83.25\n",
		"currency,from,rate\nUSD,01/31/2026,83.25\n",
		"currency,from,rate\nUSD,31 Jan 2026,83.25\n",
		"currency,from,rate\nUSD,46053,83.25\n", /* Excel's serial */
		"currency,from,rate\nUSD,2026-01-31,083.2500\n",
		"currency,from,rate\nUSD,2026-01-31,83.250000000000000000\n",
		"currency,from,rate\nUSD,2026-01-31,83.25\n"
		"usd,2026-01-31,83.250\n",
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		const struct rates *rates = parse(*state, "INR", files[i]);

		check(rates, "USD", date(2026, 1, 31), 10000, 832500);
		check(rates, "USD", date(2099, 1, 1), 10000, 832500);
		check_none(rates, "USD", date(2026, 1, 30));
	}
}

/* 3/4/2026 is 3 April because 31/12/2025 in the next line is no month. */
static void
test_late_proof(void **state)
{
	const struct rates *rates = parse(*state, "INR",
	    "currency,from,rate\nUSD,3/4/2026,84\nUSD,31/12/2025,83\n");

	check(rates, "USD", date(2026, 4, 2), 10000, 830000);
	check(rates, "USD", date(2026, 4, 3), 10000, 840000);
	check_none(rates, "USD", date(2025, 12, 30));
}

#define DATE "(write it as 2026-01-31)"
#define NO_RATE "is no rate (write a number above 0, such as 83.25)"

/* A header and these rows, and the message after "rates.csv:". */
static const struct {
	const char *rows, *message;
} refused[] = {
	{ "USD,2026-01-01,83.25\nUSD,2026-02-31,84\n",
	    "3: '2026-02-31' in column 'from' is not a date " DATE },
	{ "USD,soon,1\n", "2: 'soon' in column 'from' is not a date " DATE },
	{ "USD,unknown,1\n",
	    "2: 'unknown' in column 'from' is not a date " DATE },
	{ "USD,1404/10/11,1\n", "2: '1404/10/11' in column 'from' is a year "
				"of another calendar " DATE },
	{ "USD,31/01/2026,83\nUSD,02/28/2026,84\n",
	    "3: '02/28/2026' in column 'from' has day and month in another "
	    "order than the dates above " DATE },
	{ "EUR,2026-01-01,90\nUSD,01/02/2026,83\nUSD,01/03/2026,84\n",
	    "3: column 'from' does not show whether its day or its month "
	    "comes first (write dates as 2026-01-31)" },
	{ "EUR,2026-01-01,90\nUSD,2026-01-01T00:00:00Z,83\n",
	    "3: column 'from' holds a time (a rate is in force from a day on: "
	    "write it as 2026-01-31)" },
	{ "USD,2/3/2026 10:00,83\nUSD,31/1/2026,84\n",
	    "2: column 'from' holds a time (a rate is in force from a day on: "
	    "write it as 2026-01-31)" },
	{ "USD,2026-01-01,\"83,25\"\n",
	    "2: '83,25' in column 'rate' " NO_RATE },
	{ "USD,2026-01-01,0\n", "2: '0' in column 'rate' " NO_RATE },
	{ "USD,2026-01-01,0.000000000\n",
	    "2: '0.000000000' in column 'rate' " NO_RATE },
	{ "USD,2026-01-01,-83\n", "2: '-83' in column 'rate' " NO_RATE },
	{ "USD,2026-01-01,.\n", "2: '.' in column 'rate' " NO_RATE },
	{ "USD,2026-01-01,1.2.3\n", "2: '1.2.3' in column 'rate' " NO_RATE },
	{ "USD,2026-01-01,8.3E+01\n",
	    "2: '8.3E+01' in column 'rate' " NO_RATE },
	{ "USD,2026-01-01,nan\n", "2: 'nan' in column 'rate' " NO_RATE },
	{ "USD,2026-01-01,0.704225352\n",
	    "2: '0.704225352' in column 'rate' "
	    "has more than 8 decimals (round it)" },
	{ "USD,2026-01-01,1000000000\n",
	    "2: '1000000000' in column 'rate' is too large (a rate is below "
	    "1000000000)" },
	{ "USD,2026-01-01,99999999999999999999999999999999999999\n",
	    "2: '99999999999999999999999999999999999999' in column 'rate' is "
	    "too large (a rate is below 1000000000)" },
	{ "USD,2026-01-01,83,25\n",
	    "2: more cells than the header has (write the rate with a decimal "
	    "point)" },
	{ "USD,2026-01-01\n",
	    "2: column 'rate' is blank (fill it in or leave the row out)" },
	{ "USD,,83\n",
	    "2: column 'from' is blank (fill it in or leave the row out)" },
	{ "-,2026-01-01,83\n",
	    "2: column 'currency' is blank (fill it in or leave the row out)" },
	{ "__,2026-01-01,83\n", "2: '__' in column 'currency' is no currency "
				"(write a code such as USD)" },
	{ "INR,2026-01-01,1\ninr,2026-01-01,83.25\n",
	    "3: '83.25' in column 'rate' is the rate of the report's own "
	    "currency, which is 1 (write the other currencies, in units of "
	    "it)" },
	{ "USD,2026-01-01,83\nEUR,2026-01-01,90\nUSD,2026-02-01,84\n"
	  "usd,1 Jan 2026,83.5\n",
	    "5: 'USD' has another rate from 2026-01-01 on in line 2 (keep one "
	    "of the two)" },
	{ "USD,2026-01-01,83\nEUR,\"2026\"x,90\n",
	    "3: the row cannot be read as CSV (close its quotes, and double "
	    "those inside a cell)" },
	{ "USD,2026-01-01,\"83\n",
	    "2: the row cannot be read as CSV (close "
	    "its quotes, and double those inside a cell)" },
};

static void
check_refused(struct fixture *f, const char *csv, const char *message)
{
	struct rates *rates = NULL;
	struct fnl_err err = { 0 };

	assert_int_equal(rates_parse(f->arena, "rates.csv", slice_of(csv),
			     "INR", f->utc, &rates, &err),
	    -1);
	assert_int_equal(err.code, FNL_DATA);
	assert_string_equal(err.message, message);
	assert_null(rates);
}

static void
test_refused_rows(void **state)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		char csv[300], message[300];

		snprintf(csv, sizeof(csv), "currency,from,rate\n%s",
		    refused[i].rows);
		snprintf(message, sizeof(message), "rates.csv:%s",
		    refused[i].message);
		check_refused(*state, csv, message);
	}
}

static void
test_refused_headers(void **state)
{
	struct fixture *f = *state;
	struct rates *rates = NULL;
	struct fnl_err err = { 0 };

	check_refused(*state, "USD,2026-01-01,83\n",
	    "rates.csv:1: no column 'currency' (the header must name "
	    "currency, from and rate)");
	check_refused(*state, "a title\ncurrency,date,rate\n",
	    "rates.csv:2: no column 'from' (the header must name currency, "
	    "from and rate)");
	check_refused(*state, "currency,from,rate,Rate\n",
	    "rates.csv:1: column 'rate' is there 2 times (keep one)");
	assert_int_equal(
	    rates_parse(f->arena, "rates.csv", SLICE("currency,from,rate\n"),
		NULL, f->utc, &rates, &err),
	    -1);
	assert_string_equal(err.message,
	    "rates.csv: rates need the currency of the report (add "
	    "'currency: INR', or whichever it is, to the definitions)");
}

/* A message repeats at most 60 bytes, whole characters, no control bytes. */
static void
test_long_cells(void **state)
{
	char csv[400] = "currency,from,rate\n", message[400];
	char sixty_four[65];

	memset(sixty_four, 'x', 64);
	sixty_four[64] = '\0';
	snprintf(csv, sizeof(csv), "currency,from,rate\n%s,2026-01-01,2\n",
	    sixty_four);
	check(parse(*state, "INR", csv), sixty_four, date(2026, 1, 1), 1, 2);
	snprintf(csv, sizeof(csv), "currency,from,rate\n%sx,2026-01-01,2\n",
	    sixty_four);
	snprintf(message, sizeof(message),
	    "rates.csv:2: '%.60s' in column 'currency' is too long for a "
	    "currency (write a code such as USD)",
	    sixty_four);
	check_refused(*state, csv, message);
	snprintf(csv, sizeof(csv),
	    "currency,from,rate\nUSD,2026-01-01,%.59s\u20b9\n", sixty_four);
	snprintf(message, sizeof(message),
	    "rates.csv:2: '%.59s' in column 'rate' " NO_RATE, sixty_four);
	check_refused(*state, csv, message);
	check_refused(*state, "currency,from,rate\nUSD,2026-01-01,8\x1b[2J\n",
	    "rates.csv:2: '8' in column 'rate' " NO_RATE);
}

/* One row more than allowed; each has its own day or currency. */
static void
test_limit(void **state)
{
	struct fixture *f = *state;
	size_t size = (RATES_MAX_ROWS + 3) * 24, n;
	char *csv = malloc(size);
	struct rates *rates = NULL;
	struct fnl_err err = { 0 };

	assert_non_null(csv);
	n = (size_t)snprintf(csv, size, "currency,from,rate\n");
	for (size_t i = 0; i < RATES_MAX_ROWS; i++)
		n += (size_t)snprintf(csv + n, size - n, "C%zu,%zu,2\n",
		    i % 100, 30000 + i / 100);
	assert_int_equal(
	    rates_parse(f->arena, "rates.csv", (struct slice){ csv, n }, "INR",
		f->utc, &rates, &err),
	    0);
	check(rates, "C7", date(2100, 1, 1), 1, 2);
	n += (size_t)snprintf(csv + n, size - n, "USD,30000,2\n");
	assert_int_equal(
	    rates_parse(f->arena, "rates.csv", (struct slice){ csv, n }, "INR",
		f->utc, &rates, &err),
	    -1);
	assert_string_equal(err.message,
	    "rates.csv:1048578: more than 1048576 rates (leave out those "
	    "before the first record)");
	free(csv);
}

/* A small generator of its own, so that a failure can be repeated. */
static uint32_t
next_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u; /* Numerical Recipes */
	return *state >> 16;
}

/* Bytes that mean something to one of the layers, in any order: whatever is
 * accepted converts without a trap, and what is refused says so. */
static void
test_hostile(void **state)
{
	static const char alphabet[] = "\",;\t\r\n0123456789./-:UuSsD \xe2\x82"
				       "\xb9\xff\x1b'";
	static const char *const starts[] = { "", "currency,from,rate\n",
		"currency,from,rate\nUSD,2026-01-01,",
		"currency,from,rate\nUSD," };
	struct fixture *f = *state;
	uint32_t seed = 309;

	for (int i = 0; i < 2000; i++) {
		struct arena *arena = arena_new();
		struct fnl_err err = { 0 };
		struct rates *rates = NULL;
		char csv[128];
		size_t n =
		    (size_t)snprintf(csv, sizeof(csv), "%s", starts[i % 4]);
		size_t end = n + next_random(&seed) % 60;
		int64_t out;

		while (n < end)
			csv[n++] = alphabet[next_random(&seed) %
					    (sizeof(alphabet) - 1)];
		if (rates_parse(arena, "rates.csv", (struct slice){ csv, n },
			"INR", f->utc, &rates, &err) == 0)
			(void)rates_convert(rates, SLICE("USD"),
			    date(2030, 1, 1), INT64_MIN, &out);
		else
			assert_true(err.code == FNL_DATA && *err.message);
		arena_free(arena);
	}
}

/* Every beginning of a good file is read or refused with a message. */
static void
test_truncated(void **state)
{
	static const char csv[] = "currency,from,rate,note\r\n"
				  "USD,31/01/2026,\"83.25\",\"a \"\"b\"\"\"\r\n"
				  "EUR,2026-02-01,90.5,\xe2\x82\xac\r\n";
	struct fixture *f = *state;
	int refusals = 0;

	for (size_t n = 0; n < sizeof(csv); n++) {
		struct fnl_err err = { 0 };
		struct rates *rates = NULL;

		if (rates_parse(f->arena, "rates.csv", (struct slice){ csv, n },
			"INR", f->utc, &rates, &err) == 0)
			continue;
		assert_int_equal(err.code, FNL_DATA);
		assert_true(*err.message);
		refusals++;
	}
	assert_true(refusals > 20);
}

static void
test_path(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(
	    rates_path(f->arena, "a/b/funnel.yaml", "rates.csv"),
	    "a/b/rates.csv");
	assert_string_equal(rates_path(f->arena, "/funnel.yaml", "r/rates.csv"),
	    "/r/rates.csv");
	assert_string_equal(
	    rates_path(f->arena, "funnel.yaml", "rates.csv"), "rates.csv");
	assert_string_equal(
	    rates_path(f->arena, "a/funnel.yaml", "/b/rates.csv"),
	    "/b/rates.csv");
	assert_string_equal(
	    rates_path(f->arena, "a/funnel.yaml", "../rates.csv"),
	    "a/../rates.csv");
}

static void
test_file(void **state)
{
	static const char csv[] = "currency,from,rate\nUSD,2026-01-01,83.25\n"
				  "USD,2026-01-01,84\n";
	const char *directory = getenv("TMPDIR");
	struct fixture *f = *state;
	struct rates *rates = NULL;
	struct fnl_err err = { 0 };
	char path[512], message[600];
	int fd;

	snprintf(path, sizeof(path), "%s/test_rates.XXXXXX",
	    directory ? directory : "/tmp");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, csv, 40), 40); /* the first two lines */
	assert_int_equal(
	    rates_read(f->arena, path, NULL, "INR", f->utc, &rates, &err), 0);
	check(rates, "USD", date(2026, 1, 1), 10000, 832500);
	assert_int_equal(
	    write(fd, csv + 40, sizeof(csv) - 41), sizeof(csv) - 41);
	close(fd);
	assert_int_equal(
	    rates_read(f->arena, path, NULL, "INR", f->utc, &rates, &err), -1);
	snprintf(message, sizeof(message),
	    "%s:3: 'USD' has another rate from 2026-01-01 on in line 2 (keep "
	    "one of the two)",
	    path);
	assert_string_equal(err.message, message);
	unlink(path);
	err = (struct fnl_err){ 0 };
	assert_int_equal(
	    rates_read(f->arena, path, NULL, "INR", f->utc, &rates, &err), -1);
	assert_int_equal(err.code, FNL_SYSTEM);
	assert_non_null(strstr(err.message, path));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dated_rates),
		cmocka_unit_test(test_many_currencies),
		cmocka_unit_test(test_home),
		cmocka_unit_test(test_spelling),
		cmocka_unit_test(test_instants),
		cmocka_unit_test(test_products),
		cmocka_unit_test(test_files_that_are_read),
		cmocka_unit_test(test_late_proof),
		cmocka_unit_test(test_refused_rows),
		cmocka_unit_test(test_refused_headers),
		cmocka_unit_test(test_long_cells),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_file),
	};

	return cmocka_run_group_tests_name("rates", tests, setup, teardown);
}
