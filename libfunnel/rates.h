/*
 * rates: what one unit of a currency was worth in the currency of the report,
 * from a day on (metrics.md 3.0.9).
 *
 * A CSV file with the columns currency, from and rate. The rate is in units
 * of the report's currency for one unit of `currency`: in a report in INR,
 *
 *	currency,from,rate
 *	USD,2026-01-01,83.25
 *
 * makes 100 USD of 2026-01-01 or later 8325 INR. A rate has at most eight
 * decimals. Which day counts for a record (its close date, or the as-of date)
 * is the caller's to say.
 */
#ifndef FUNNEL_RATES_H
#define FUNNEL_RATES_H

#include "zone.h"

#define RATES_MAX_ROWS ((size_t)1 << 20) /* 150 currencies daily, 19 years */
#define RATES_MAX_CURRENCY 64 /* bytes of a name, folded */
#define RATES_MAX INT64_C(1000000000) /* a rate is below it */

struct digests; /* lines.h */
struct rates;

/* Where the `rates` of a definitions file are: beside that file, unless they
 * are an absolute path. */
const char *
rates_path(struct arena *arena, const char *definitions, const char *rates);

/*
 * Reads a rate file. zone is where the day of an instant is taken, and must
 * live as long as the rates. A file that is wrong anywhere is refused, as
 * "rates.csv:3: ...": a wrong rate would be wrong in every sum. So are dates
 * that do not show whether the day or the month comes first, two rates for
 * one currency and day, and another rate than 1 for to_currency.
 */
int rates_read(struct arena *arena, const char *path, struct digests *digests,
    const char *to_currency, const struct zone *zone, struct rates **out,
    struct fnl_err *err);

/* Same, from memory that is only read during the call; name is used in
 * messages. */
int rates_parse(struct arena *arena, const char *name, struct slice csv,
    const char *to_currency, const struct zone *zone, struct rates **out,
    struct fnl_err *err);

/*
 * The amount in the currency of the report at the rate in force on that day,
 * which is the one with the latest `from` not after it; rounded to
 * ten-thousandths, halves away from zero. Currencies are compared without
 * regard to case. An amount in the report's currency stays as it is whatever
 * the day. False where the currency or the day is unknown, where no rate is
 * in force, and where the result is too large.
 */
bool rates_convert(const struct rates *rates, struct slice currency,
    struct when on, int64_t ten_thousandths, int64_t *out);

#endif
