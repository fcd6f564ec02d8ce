/*
 * clocks: measures clocks in working time. Prints the seconds they took, the
 * compiling of the calendar left out, and the sum of what they measured, so
 * that nobody can leave the work away.
 *
 * clocks N: N clocks of 24 h over three years, of which a fifth never stop,
 * with hours, a break and 20 holidays a year.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "clock.h"

#define HOLIDAYS_A_YEAR 20
#define YEARS 5 /* 2024 to 2028 */
#define HOUR 3600

static const char *hours[] = { "Mon-Fri 09:30-18:30", "Sat 10:00-14:00" };
static const char *breaks[] = { "Mon-Fri 13:00-13:30" };

/* xorshift64*, Vigna 2016. */
static uint64_t
draw(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct texts
list_holidays(struct arena *arena)
{
	struct texts list = { arena_array(arena, YEARS * HOLIDAYS_A_YEAR,
				  sizeof(*list.items)),
		0 };

	for (int year = 2024; year < 2024 + YEARS; year++)
		for (int i = 0; i < HOLIDAYS_A_YEAR; i++)
			list.items[list.n++] = arena_printf(
			    arena, "%d-%02d-%02d", year, 1 + i % 12, 3 + i);
	return list;
}

static double
measure_all(const struct clock_rules *rules, const struct workcal *calendar,
    int64_t from, int64_t to, long n)
{
	struct clock_period period = { calendar, INT64_MAX };
	uint64_t state = 1;
	double sum = 0;

	for (long i = 0; i < n; i++) {
		int64_t start =
		    from + (int64_t)(draw(&state) % (uint64_t)(to - from));
		int64_t length = (int64_t)(draw(&state) % (200 * HOUR));
		struct clock clock = { .start = { start, WHEN_INSTANT },
			.stop = { start + length,
			    i % 5 ? WHEN_INSTANT : WHEN_UNKNOWN },
			.periods = &period,
			.n_periods = 1 };
		struct clock_result result;

		clock_measure(rules, &clock, &result);
		sum += result.elapsed + (double)result.status;
	}
	return sum;
}

static int
run(struct arena *arena, long n, struct fnl_err *err)
{
	struct calendar_definition definition = { .name = "bench",
		.hours = { hours, 2 },
		.breaks = { breaks, 1 },
		.holidays = list_holidays(arena) };
	struct clock_rules rules = { .target = { CLOCK_SECONDS, 24 * HOUR } };
	int64_t from = civil_days((struct civil){ 2024, 1, 1 }) * DAY_SECONDS;
	int64_t to = civil_days((struct civil){ 2027, 1, 1 }) * DAY_SECONDS;
	const struct workcal *calendar;
	double began, sum;

	rules.as_of = (struct when){ to, WHEN_INSTANT };
	if (zone_open(arena, "Asia/Kolkata", &rules.zone, err) ||
	    workcal_open(
		arena, &definition, NULL, rules.zone, from, to, &calendar, err))
		return -1;
	began = now();
	sum = measure_all(&rules, calendar, from, to, n);
	printf("%.3f s for %ld clocks (sum %.0f)\n", now() - began, n, sum);
	return 0;
}

int
main(int argc, char **argv)
{
	long n = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	struct arena *arena = arena_new();
	struct fnl_err err = { 0 };
	int status = 4;

	if (n <= 0) {
		fprintf(stderr, "usage: clocks N\n");
		arena_free(arena);
		return 2;
	}
	if (arena && !setjmp(*arena_catch(arena)))
		status = run(arena, n, &err) ? 3 : 0;
	if (status)
		fprintf(stderr, "clocks: %s\n",
		    status == 3 ? err.message : "out of memory");
	arena_free(arena);
	return status;
}
