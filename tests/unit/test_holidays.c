/*
 * iCalendar files to days and times off. What each means was read from RFC
 * 5545 and counted on a calendar; what is refused says where.
 */
#include "holidays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* After base.h, whose fail() is a macro here. */
#include <cmocka.h>

#include "zone_fixture.h"

#define BEGIN "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define END "END:VCALENDAR\r\n"
#define EVENT(lines) BEGIN "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n" END

static int64_t
day(int year, int month, int of_month)
{
	return civil_days((struct civil){ year, month, of_month });
}

static int
by_first(const void *a, const void *b)
{
	const struct holiday_days *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

static void
add_date(struct textbuf *text, int64_t of_day)
{
	struct civil date = civil_of_days(of_day);

	textbuf_add(text, "%d-%02d-%02d", (int)date.year, date.month, date.day);
}

/* "2026-01-26 2026-12-24..2026-12-26", in order; times as UTC behind. */
static const char *
texts_of(const struct holidays *list)
{
	struct textbuf text = { .arena = arena };
	struct holiday_days *days =
	    arena_array(arena, list->days.count, sizeof(*days));

	for (size_t i = 0; i < list->days.count; i++)
		days[i] = *(struct holiday_days *)vec_at(&list->days, i);
	if (list->days.count)
		qsort(days, list->days.count, sizeof(*days), by_first);
	for (size_t i = 0; i < list->days.count; i++) {
		if (i && days[i].first == days[i - 1].first)
			continue; /* the start of a rule, by the rule again */
		textbuf_add(&text, "%s", text.n ? " " : "");
		add_date(&text, days[i].first);
		if (days[i].last > days[i].first) {
			textbuf_add(&text, "..");
			add_date(&text, days[i].last);
		}
	}
	for (size_t i = 0; i < list->times.count; i++) {
		const struct holiday_time *time = vec_at(&list->times, i);
		char from[WHEN_TEXT], to[WHEN_TEXT];

		when_text(from, (struct when){ time->from, WHEN_INSTANT });
		when_text(to, (struct when){ time->to, WHEN_INSTANT });
		textbuf_add(&text, "%s%s/%s", text.n ? " " : "", from, to);
	}
	return textbuf_text(&text);
}

/* What a file closes in 2025 to 2027 in India, or the message. */
static const char *
read_text(struct slice text)
{
	static struct fnl_err err;
	struct holidays list = holidays_new(arena);

	err = (struct fnl_err){ .code = FNL_OK };
	if (holidays_parse(&list, "a.ics", text, open_zone("Asia/Kolkata"),
		day(2025, 1, 1), day(2027, 12, 31), &err) == 0)
		return texts_of(&list);
	assert_int_equal(err.code, FNL_DATA);
	return err.message;
}

struct pair {
	const char *text, *expected;
};

static void
assert_pairs(const struct pair *pairs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_string_equal(
		    read_text(slice_of(pairs[i].text)), pairs[i].expected);
}

#define ASSERT_PAIRS(pairs) \
	assert_pairs(pairs, sizeof(pairs) / sizeof((pairs)[0]))

static void
test_whole_days(void **state)
{
	static const struct pair pairs[] = {
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"), "2026-01-26" },
		/* the end is not included */
		{ EVENT("DTSTART;VALUE=DATE:20261224\r\n"
			"DTEND;VALUE=DATE:20261227\r\n"),
		    "2026-12-24..2026-12-26" },
		{ EVENT("DTSTART;VALUE=DATE:20261224\r\nDURATION:P2D\r\n"),
		    "2026-12-24..2026-12-25" },
		{ EVENT("DTSTART;VALUE=DATE:20261224\r\nDURATION:P1W\r\n"),
		    "2026-12-24..2026-12-30" },
		/* a common fault: the last day instead of the one after it */
		{ EVENT("DTSTART;VALUE=DATE:20261224\r\n"
			"DTEND;VALUE=DATE:20261224\r\n"),
		    "2026-12-24" },
		/* only what overlaps 2025 to 2027 */
		{ EVENT("DTSTART;VALUE=DATE:20241224\r\n"
			"DTEND;VALUE=DATE:20250103\r\n"),
		    "2025-01-01..2025-01-02" },
		{ EVENT("DTSTART;VALUE=DATE:20280101\r\n"), "" },
		/* TRANSP says nothing; a cancelled event is none */
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"TRANSP:TRANSPARENT\r\nDESCRIPTION:\r\n"),
		    "2026-01-26" },
		{ EVENT("STATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260126\r\n"),
		    "" },
		/* line ends, folded lines, small letters, a BOM */
		{ "\xEF\xBB\xBF"
		  "begin:vcalendar\nbegin:vevent\ndtst\n art;value=da\n"
		  "\tte:2026\n 0126\nend:vevent\nend:vcalendar",
		    "2026-01-26" },
		{ "BEGIN:VCALENDAR\rBEGIN:VEVENT\rDTSTART;VALUE=DATE:20260126\r"
		  "END:VEVENT\rEND:VCALENDAR\r\r",
		    "2026-01-26" },
		/* what other components and properties hold does not count */
		{ BEGIN "BEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\n"
			"DTSTART:19700101T000000\r\nEND:STANDARD\r\n"
			"END:VTIMEZONE\r\nBEGIN:VTODO\r\n"
			"DTSTART;VALUE=DATE:20260301\r\nEND:VTODO\r\n"
			"BEGIN:VEVENT\r\nX-DTSTART;VALUE=DATE:20260302\r\n"
			"nonsense\r\nDTSTART;VALUE=DATE:20260126\r\n"
			"BEGIN:VALARM\r\nDURATION:P9D\r\nEND:VALARM\r\n"
			"END:VEVENT\r\n" END,
		    "2026-01-26" },
		/* two calendars in one file */
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n")
			EVENT("DTSTART;VALUE=DATE:20260127\r\n"),
		    "2026-01-26 2026-01-27" },
	};

	(void)state;
	ASSERT_PAIRS(pairs);
}

static void
test_recurring_days(void **state)
{
	static const struct pair pairs[] = {
		{ EVENT("DTSTART;VALUE=DATE:20200126\r\nRRULE:FREQ=YEARLY\r\n"),
		    "2025-01-26 2026-01-26 2027-01-26" },
		/* Thanksgiving */
		{ EVENT("DTSTART;VALUE=DATE:20201126\r\n"
			"DTEND;VALUE=DATE:20201128\r\n"
			"RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\n"),
		    "2025-11-27..2025-11-28 2026-11-26..2026-11-27 "
		    "2027-11-25..2027-11-26" },
		{ EVENT("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY\r\n"),
		    "" },
		{ EVENT("DTSTART;VALUE=DATE:20250101\r\n"
			"RRULE:FREQ=YEARLY;COUNT=2\r\n"),
		    "2025-01-01 2026-01-01" },
		{ EVENT("DTSTART;VALUE=DATE:20250101\r\n"
			"RRULE:FREQ=YEARLY;UNTIL=20260101\r\n"),
		    "2025-01-01 2026-01-01" },
		{ EVENT("DTSTART;VALUE=DATE:20250101\r\n"
			"RRULE:FREQ=YEARLY;UNTIL=20260101T000000Z\r\n"),
		    "2025-01-01 2026-01-01" },
		/* the start counts even where it does not fit the rule */
		{ EVENT("DTSTART;VALUE=DATE:20260102\r\n"
			"RRULE:FREQ=MONTHLY;BYMONTHDAY=15;COUNT=2\r\n"),
		    "2026-01-02 2026-01-15 2026-02-15" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"RDATE;VALUE=DATE:20260301,20260401\r\n"
			"RDATE;VALUE=DATE:20260501\r\n"
			"EXDATE;VALUE=DATE:20260401\r\n"),
		    "2026-01-26 2026-03-01 2026-05-01" },
		{ EVENT("DTSTART;VALUE=DATE:20250126\r\n"
			"EXDATE:20260126T000000\r\n"
			"RRULE:FREQ=YEARLY\r\n"),
		    "2025-01-26 2027-01-26" },
		/* one occurrence moved, one cancelled */
		{ BEGIN "BEGIN:VEVENT\r\nUID:a\r\n"
			"RECURRENCE-ID;VALUE=DATE:20260126\r\n"
			"DTSTART;VALUE=DATE:20260127\r\nEND:VEVENT\r\n"
			"BEGIN:VEVENT\r\nUID:a\r\n"
			"DTSTART;VALUE=DATE:20240126\r\n"
			"RRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n"
			"BEGIN:VEVENT\r\nUID:a\r\nSTATUS:CANCELLED\r\n"
			"RECURRENCE-ID;VALUE=DATE:20250126\r\n"
			"DTSTART;VALUE=DATE:20250126\r\nEND:VEVENT\r\n"
			"BEGIN:VEVENT\r\nUID:b\r\n"
			"DTSTART;VALUE=DATE:20250126\r\nEND:VEVENT\r\n" END,
		    "2025-01-26 2026-01-27 2027-01-26" },
	};

	(void)state;
	ASSERT_PAIRS(pairs);
}

/* 09:00 in Kolkata is 03:30 UTC; London changes its clocks on 2026-03-29. */
static void
test_times(void **state)
{
	static const struct pair pairs[] = {
		{ EVENT("DTSTART:20260126T090000\r\nDTEND:20260126T120000\r\n"),
		    "2026-01-26T03:30:00Z/2026-01-26T06:30:00Z" },
		{ EVENT("DTSTART:20260126T090000Z\r\nDURATION:PT90M\r\n"),
		    "2026-01-26T09:00:00Z/2026-01-26T10:30:00Z" },
		{ EVENT("DTSTART;TZID=Europe/London:20260327T170000\r\n"
			"DTEND;TZID=Europe/London:20260327T180000\r\n"
			"RRULE:FREQ=WEEKLY;COUNT=2\r\n"
			"EXDATE;TZID=Europe/London:20260327T170000\r\n"),
		    "2026-04-03T16:00:00Z/2026-04-03T17:00:00Z" },
		{ EVENT("DTSTART;TZID=\"Europe/London\":20260701T170000\r\n"
			"DURATION:PT1H\r\n"
			"RDATE:20260702T160000Z\r\n"
			"RRULE:FREQ=DAILY;UNTIL=20260701T160000Z\r\n"),
		    "2026-07-01T16:00:00Z/2026-07-01T17:00:00Z "
		    "2026-07-02T16:00:00Z/2026-07-02T17:00:00Z "
		    "2026-07-01T16:00:00Z/2026-07-01T17:00:00Z" },
		/* the last day of a date belongs to the rule */
		{ EVENT("DTSTART:20260126T090000\r\nDURATION:PT1H\r\n"
			"RRULE:FREQ=DAILY;UNTIL=20260127\r\n"
			"EXDATE;VALUE=DATE:20260126\r\n"),
		    "2026-01-27T03:30:00Z/2026-01-27T04:30:00Z" },
	};

	(void)state;
	ASSERT_PAIRS(pairs);
}

static void
test_refused(void **state)
{
	static const struct pair pairs[] = {
		{ "", "a.ics:1: there is no event in this file" },
		{ BEGIN END, "a.ics:1: there is no event in this file" },
		{ "Date,Holiday\r\n2026-01-26,Republic Day\r\n",
		    "a.ics:1: this is no iCalendar file (it must begin with "
		    "BEGIN:VCALENDAR)" },
		{ "BEGIN:VCARD\r\n",
		    "a.ics:1: this is no iCalendar file (it must begin with "
		    "BEGIN:VCALENDAR)" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n") "END:VEVENT\r\n",
		    "a.ics:7: END without a BEGIN" },
		{ BEGIN "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260126\r\n",
		    "a.ics:5: the file ends before END:VCALENDAR (it was cut "
		    "off)" },
		{ BEGIN "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260126\r\n"
			"END:VEVENT\r\n",
		    "a.ics:6: the file ends before END:VCALENDAR (it was cut "
		    "off)" },
		{ EVENT("SUMMARY:x\r\n"),
		    "a.ics:3: the event that begins here has no DTSTART" },
		{ EVENT("DTSTART;VALUE=DATE:20260132\r\n"),
		    "a.ics:3: the event that begins here has no valid date in "
		    "'DTSTART'" },
		{ EVENT("DTSTART:20260126T250000\r\n"),
		    "a.ics:3: the event that begins here has no valid date in "
		    "'DTSTART'" },
		{ EVENT("DTSTART;VALUE=DATE:26 January\r\n"),
		    "a.ics:3: cannot read '26 January' in the event that "
		    "begins here" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\nRRULE:FREQ=FOO\r\n"),
		    "a.ics:3: cannot read 'FREQ=FOO' in the event that begins "
		    "here" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"RRULE:FREQ=HOURLY\r\n"),
		    "a.ics:3: this event recurs within a day, which a holiday "
		    "cannot" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"RRULE:FREQ=DAILY;BYHOUR=1,2\r\n"),
		    "a.ics:3: this event recurs within a day, which a holiday "
		    "cannot" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"RRULE:RSCALE=HEBREW;FREQ=YEARLY\r\n"),
		    "a.ics:3: a rule of another calendar (RSCALE) is not "
		    "supported" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"EXRULE:FREQ=YEARLY\r\n"),
		    "a.ics:3: EXRULE is not supported (RFC 5545 dropped it; "
		    "list EXDATEs)" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"RDATE;VALUE=PERIOD:20260201T000000Z/PT1H\r\n"),
		    "a.ics:3: an RDATE with a period is not supported" },
		{ EVENT("DTSTART:20260126T090000\r\n"
			"RDATE;VALUE=DATE:20260201\r\n"),
		    "a.ics:3: an RDATE of this event is a date without a "
		    "time" },
		{ EVENT("RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20260126"
			"\r\nDTSTART;VALUE=DATE:20260126\r\n"),
		    "a.ics:3: RANGE=THISANDFUTURE is not supported" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"DTEND;VALUE=DATE:20260125\r\n"),
		    "a.ics:3: this event ends before it starts" },
		{ EVENT("DTSTART:20260126T090000\r\nDTEND:20260126T080000\r\n"),
		    "a.ics:3: this event ends before it starts" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\nDURATION:-P1D\r\n"),
		    "a.ics:3: this event ends before it starts" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"DTEND;VALUE=DATE:20280126\r\n"),
		    "a.ics:3: this event closes more than 366 days" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"DTEND:20260127T000000\r\n"),
		    "a.ics:3: of this event's start and end one is a date, "
		    "one a time" },
		{ EVENT("DTSTART;TZID=India Standard Time:20260126T090000\r\n"),
		    "a.ics:3: unknown time zone 'India Standard Time' (an "
		    "IANA name such as Asia/Kolkata, or UTC)" },
		{ EVENT("DTSTART;VALUE=DATE:20260126\r\n"
			"DTSTART;VALUE=DATE:20260127\r\n"),
		    "a.ics:3: 'DTSTART' is given twice in the event that "
		    "begins here" },
		/* what a terminal would obey is not repeated */
		{ EVENT("DTSTART;VALUE=DATE:\x1b[31m\r\n"),
		    "a.ics:3: cannot read '?[31m' in the event that begins "
		    "here" },
	};

	(void)state;
	ASSERT_PAIRS(pairs);
	assert_string_equal(read_text(SLICE("BEGIN\0:VCALENDAR")),
	    "a.ics:1: the file has a NUL byte (save it as UTF-8)");
}

/* n times a text, between a beginning and an end. */
static const char *
read_many(const char *before, const char *text, int n, const char *after)
{
	size_t size = strlen(text);
	char *all = arena_alloc(
	    arena, strlen(before) + size * (size_t)n + strlen(after) + 1);
	char *p = all + strlen(before);

	memcpy(all, before, strlen(before));
	for (int i = 0; i < n; i++, p += size)
		memcpy(p, text, size);
	memcpy(p, after, strlen(after) + 1);
	return read_text(slice_of(all));
}

#define DAY_EVENT "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260126\n"

static void
test_limits(void **state)
{
	(void)state;
	assert_string_equal(read_many("", "BEGIN:VCALENDAR\n", 70000, ""),
	    "a.ics:1: the file is larger than 1048576 bytes");
	assert_string_equal(read_many("", "BEGIN:VCALENDAR\n", 17, ""),
	    "a.ics:17: components inside components, more than 16 deep");
	assert_string_equal(
	    read_many(BEGIN, "BEGIN:VEVENT\nDTSTART:20260126\nEND:VEVENT\n",
		20001, END),
	    "a.ics:60003: more than 20000 events");
	assert_string_equal(
	    read_many(
		BEGIN, DAY_EVENT "RRULE:FREQ=YEARLY\nEND:VEVENT\n", 201, END),
	    "a.ics:803: more than 200 events recur by a rule");
	assert_string_equal(
	    read_many(BEGIN DAY_EVENT "RDATE;VALUE=DATE:20260101", ",20260102",
		500, "\nEND:VEVENT\n" END),
	    "a.ics:5: more than 500 values in one line (write several lines)");
	assert_string_equal(
	    read_many(BEGIN DAY_EVENT "RDATE;VALUE=DATE:20260101", ",20260102",
		499, "\nEND:VEVENT\n" END),
	    "2026-01-01 2026-01-02 2026-01-26");
	assert_string_equal(
	    read_many(BEGIN DAY_EVENT, "RDATE;VALUE=DATE:20260101,20260102\n",
		25000, "END:VEVENT\n" END),
	    "a.ics:3: the events of this file recur more than 50000 times");
	/* rules that never fit, or always: each ends */
	assert_string_equal(
	    read_many(BEGIN,
		DAY_EVENT "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n"
			  "END:VEVENT\n",
		200, END),
	    "2026-01-26");
	assert_string_equal(
	    read_many(BEGIN "BEGIN:VEVENT\nDTSTART;VALUE=DATE:00010101\n",
		"RRULE:FREQ=DAILY\n", 1, "END:VEVENT\n" END),
	    "a.ics:3: the events of this file recur more than 50000 times");
}

static void
test_read_from_disk(void **state)
{
	char path[300];
	const char *directory = getenv("TMPDIR");
	struct holidays list = holidays_new(arena);
	struct fnl_err err = { 0 };
	const char text[] = EVENT("DTSTART;VALUE=DATE:20260126\r\n");
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "%s/funnel-holidays-XXXXXX",
	    directory ? directory : "/tmp");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	assert_int_equal(holidays_read(&list, path, open_zone("UTC"),
			     day(2026, 1, 1), day(2026, 12, 31), &err),
	    0);
	unlink(path);
	assert_string_equal(texts_of(&list), "2026-01-26");
	assert_int_equal(
	    holidays_read(&list, path, open_zone("UTC"), 0, 1, &err), -1);
	assert_int_equal(err.code, FNL_SYSTEM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_days),
		cmocka_unit_test(test_recurring_days),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_read_from_disk),
	};

	return cmocka_run_group_tests_name(
	    "holidays", tests, set_up, tear_down);
}
