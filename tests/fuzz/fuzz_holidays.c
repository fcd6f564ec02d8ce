/*
 * Any bytes as an iCalendar file: no crash, no leak, no abort inside libical,
 * and a refusal always says where. What is read lies in the range.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "holidays.h"

#define FIRST 18262 /* 2020-01-01 */
#define LAST 22279 /* 2030-12-31 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
require(bool law)
{
	if (!law)
		abort();
}

static void
check(const struct holidays *list)
{
	for (size_t i = 0; i < list->days.count; i++) {
		const struct holiday_days *days = vec_at(&list->days, i);

		require(days->first <= days->last && days->first >= FIRST &&
			days->last <= LAST);
	}
	for (size_t i = 0; i < list->times.count; i++) {
		const struct holiday_time *time = vec_at(&list->times, i);

		require(time->from <= time->to);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_new();
	struct fnl_err err = { .code = FNL_OK };
	struct slice text = { (const char *)bytes, n };
	const struct zone *zone;
	struct holidays list;

	if (!arena)
		return 0;
	if (!setjmp(*arena_catch(arena))) {
		list = holidays_new(arena);
		if (zone_open(arena, "Asia/Kolkata", &zone, &err))
			abort();
		if (holidays_parse(&list, "f", text, zone, FIRST, LAST, &err))
			require(err.code == FNL_DATA &&
				strncmp(err.message, "f:", 2) == 0);
		else
			check(&list);
	}
	arena_free(arena);
	return 0;
}
