/*
 * zone: the system's compiled time zone files (TZif, RFC 8536), read
 * directly: the transitions that are in the file, then the rule at its end
 * (a POSIX TZ string) written out up to LAST_YEAR.
 *
 * libical is not used, although it knows these files: measured against
 * Python's zoneinfo on tzdata 2025b, libical 3.0.16 gives other offsets in 93
 * of 599 zones between 1971 and 2037 (Asia/Jerusalem 2013-2016, America/
 * Santiago, Africa/Cairo, Asia/Shanghai 1987), because it turns transitions
 * into recurrence rules, and in 21 after 2037 (Newfoundland by an hour all
 * summer); and it takes up to 43 ms a zone. glibc knows them only through TZ.
 *
 * A lookup divides the time into slots of 24 days and starts at the range
 * that the slot starts in: no search, and nothing that a call changes.
 */
#include "zone.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT 65536 /* bytes; the largest of tzdata 2025b has 3,872 */
#define ABBREVIATION_LIMIT 4 /* letters; such a name is not an IANA one */
#define NAME_LIMIT 64
#define PATH_LIMIT 128
#define NAMES_LIMIT 2048 /* tzdata 2025b has 599 */
#define DEPTH_LIMIT 3 /* America/Argentina/Salta */

#define FIRST_YEAR 1900
#define LAST_YEAR 2202 /* a year after the last that datetext reads */
#define FIRST_SECOND (-2208988800) /* 1900-01-01T00:00:00Z */
#define SLOT_SHIFT 21 /* slots of 2^21 s = 24.3 days */
#define SLOTS 4608 /* up to 2206 */
#define TIME_LIMIT (INT64_C(1) << 60) /* zic starts at -2^59 */
#define OFFSET_LIMIT (26 * 3600) /* RFC 8536, 3.2 */

/* From utc on, local time is utc + offset. Wall clocks show it from wall on:
 * the end of the gap, or of the second, repeated hour. */
struct range {
	int64_t utc;
	int64_t wall;
	int32_t offset;
};

struct zone {
	const char *name;
	const struct range *ranges; /* then one at INT64_MAX */
	size_t count;
	const uint16_t *slots; /* range at the start of each slot */
};

struct bytes {
	const unsigned char *p;
	size_t n;
};

/* Where a zone is put together. */
struct builder {
	struct range *ranges;
	size_t count;
	int64_t known; /* the last transition that the file holds */
};

struct counts {
	size_t ut, standard, leap, times, types, chars;
};

/* The day of a year on which a rule changes the clock, and when. */
struct rule {
	char kind; /* M: month, week, weekday; J: no leap day; N: from 0 */
	int month, week, day;
	int32_t seconds;
};

/* A POSIX TZ string: the rule for all times after the last transition. */
struct footer {
	int32_t standard, daylight; /* seconds east of Greenwich */
	bool changes; /* else there is no daylight saving time */
	struct rule start, end; /* of daylight saving time */
};

static const char *const directories[] = { "/usr/share/zoneinfo",
	"/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo" };

#define DIRECTORIES (sizeof(directories) / sizeof(directories[0]))

static const struct range utc_ranges[] = { { INT64_MIN, INT64_MIN, 0 } };
static const struct zone utc_zone = { "UTC", utc_ranges, 1, NULL };

/* A later change at the same time or before, as of a rule that ends one
 * daylight saving time as the next one starts, replaces the earlier. */
static void
add_range(struct builder *b, int64_t utc, int32_t offset)
{
	while (b->count > 1 && b->ranges[b->count - 1].utc >= utc)
		b->count--;
	if (b->count == 0 || b->ranges[b->count - 1].offset != offset)
		b->ranges[b->count++] = (struct range){ utc, 0, offset };
}

/* The next n bytes, or NULL where there are fewer. */
static const unsigned char *
take(struct bytes *bytes, size_t n)
{
	const unsigned char *p = bytes->p;

	if (n > bytes->n)
		return NULL;
	bytes->p += n;
	bytes->n -= n;
	return p;
}

static uint64_t
big_endian(const unsigned char *p, int n)
{
	uint64_t value = 0;

	for (int i = 0; i < n; i++)
		value = value << 8 | p[i];
	return value;
}

/* RFC 8536, 3.1: magic, version, 15 unused bytes, six counts. */
static bool
read_header(struct bytes *file, struct counts *counts)
{
	const unsigned char *p = take(file, 44);
	size_t *const fields[] = { &counts->ut, &counts->standard,
		&counts->leap, &counts->times, &counts->types, &counts->chars };

	if (!p || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	for (int i = 0; i < 6; i++) {
		*fields[i] = (size_t)big_endian(p + 20 + 4 * i, 4);
		if (*fields[i] > FILE_LIMIT)
			return false;
	}
	return true;
}

/* Bytes of the data that a header announces. */
static size_t
data_size(const struct counts *c, size_t time_size)
{
	return c->times * (time_size + 1) + c->types * 6 + c->chars +
	       c->leap * (time_size + 4) + c->standard + c->ut;
}

/* Seconds of an offset in a TZif type record; false out of RFC 8536. */
static bool
read_offset(const unsigned char *type, int32_t *offset)
{
	*offset = (int32_t)(uint32_t)big_endian(type, 4);
	return *offset > -OFFSET_LIMIT && *offset < OFFSET_LIMIT;
}

/* Times with leap seconds in them (right/) are refused: nothing else that
 * funnel reads counts those. */
static bool
read_ranges(struct bytes *file, struct builder *b)
{
	struct counts counts;
	const unsigned char *data, *types;
	int32_t offset;

	if (!read_header(file, &counts) || !take(file, data_size(&counts, 4)) ||
	    !read_header(file, &counts) || counts.leap > 0 ||
	    counts.types == 0 || !(data = take(file, data_size(&counts, 8))))
		return false;
	types = data + counts.times * 9;
	if (!read_offset(types, &offset))
		return false;
	add_range(b, INT64_MIN, offset);
	for (size_t i = 0; i < counts.times; i++) {
		size_t type = data[counts.times * 8 + i];
		int64_t utc = (int64_t)big_endian(data + 8 * i, 8);

		if (type >= counts.types || utc < -TIME_LIMIT ||
		    utc > TIME_LIMIT || !read_offset(types + 6 * type, &offset))
			return false;
		add_range(b, utc, offset);
		b->known = utc;
	}
	return true;
}

static bool
accept(struct bytes *text, char c)
{
	if (text->n == 0 || *text->p != c)
		return false;
	return take(text, 1) != NULL;
}

static bool
read_number(struct bytes *text, int max, int *out)
{
	size_t digits = 0;

	for (*out = 0; text->n && *text->p >= '0' && *text->p <= '9';
	     digits++) {
		*out = *out * 10 + (*take(text, 1) - '0');
		if (*out > max)
			return false;
	}
	return digits > 0;
}

/* [+-]hh[:mm[:ss]]; up to 167 hours in a rule (RFC 8536, 3.3.1). */
static bool
read_time(struct bytes *text, int max_hours, int32_t *seconds)
{
	int sign = accept(text, '-') ? -1 : 1;
	int hour, minute = 0, second = 0;

	if (sign > 0)
		(void)accept(text, '+');
	if (!read_number(text, max_hours, &hour))
		return false;
	if (accept(text, ':') && !read_number(text, 59, &minute))
		return false;
	if (accept(text, ':') && !read_number(text, 59, &second))
		return false;
	*seconds = sign * (hour * 3600 + minute * 60 + second);
	return true;
}

/* EST or <-03>. */
static bool
skip_name(struct bytes *text)
{
	bool quoted = accept(text, '<');
	size_t n = 0;

	for (; text->n; n++) {
		unsigned char c = *text->p;

		if (quoted ? c == '>'
			   : (c < 'A' || c > 'Z') && (c < 'a' || c > 'z'))
			break;
		take(text, 1);
	}
	return n > 0 && (!quoted || accept(text, '>'));
}

static bool
read_rule(struct bytes *text, struct rule *rule)
{
	*rule = (struct rule){ .kind = 'N', .seconds = 2 * 3600 };
	if (accept(text, 'M')) {
		rule->kind = 'M';
		if (!read_number(text, 12, &rule->month) ||
		    !accept(text, '.') || !read_number(text, 5, &rule->week) ||
		    !accept(text, '.') || !read_number(text, 6, &rule->day) ||
		    rule->month < 1 || rule->week < 1)
			return false;
	} else {
		if (accept(text, 'J'))
			rule->kind = 'J';
		if (!read_number(text, 365, &rule->day))
			return false;
	}
	return !accept(text, '/') || read_time(text, 167, &rule->seconds);
}

/* Between two line ends; nothing there is no rule. The offsets of a TZ string
 * are west of Greenwich, ours are east. */
static bool
read_footer(struct bytes text, struct footer *footer)
{
	if (!accept(&text, '\n'))
		return false;
	if (accept(&text, '\n'))
		return true;
	if (!skip_name(&text) || !read_time(&text, 24, &footer->standard))
		return false;
	footer->standard = -footer->standard;
	if (accept(&text, '\n'))
		return true;
	footer->changes = true;
	footer->daylight = footer->standard + 3600;
	if (!skip_name(&text))
		return false;
	if (text.n > 0 && *text.p != ',') {
		if (!read_time(&text, 24, &footer->daylight))
			return false;
		footer->daylight = -footer->daylight;
	}
	return accept(&text, ',') && read_rule(&text, &footer->start) &&
	       accept(&text, ',') && read_rule(&text, &footer->end) &&
	       accept(&text, '\n');
}

/* Local seconds at which a rule changes the clock in a year. */
static int64_t
rule_local(const struct rule *rule, int64_t year)
{
	int month = rule->kind == 'M' ? rule->month : 1;
	int64_t day = civil_days((struct civil){ year, month, 1 });

	if (rule->kind == 'M') {
		/* Sunday is 0 in a rule and 6 in civil. */
		int ahead = rule->day + 13 - civil_weekday(day);

		day += ahead % 7 + 7 * (rule->week - 1);
		while (civil_of_days(day).month != month)
			day -= 7; /* week 5 is the last one */
	} else if (rule->kind == 'J') {
		day += rule->day - 1 +
		       (rule->day >= 60 && civil_valid(year, 2, 29));
	} else {
		day += rule->day;
	}
	return day * DAY_SECONDS + rule->seconds;
}

/* Writes the rule out from the last transition in the file on. */
static void
add_rule_ranges(struct builder *b, const struct footer *footer)
{
	int64_t year = FIRST_YEAR;

	if (b->known > FIRST_SECOND)
		year = civil_of_days(floor_div(b->known, DAY_SECONDS)).year - 1;
	for (; year <= LAST_YEAR; year++) {
		struct range changes[] = {
			{ rule_local(&footer->start, year) - footer->standard,
			    0, footer->daylight },
			{ rule_local(&footer->end, year) - footer->daylight, 0,
			    footer->standard },
		};
		bool north = changes[0].utc < changes[1].utc;

		for (int i = 0; i < 2; i++) {
			struct range change = changes[north ? i : 1 - i];

			if (change.utc > b->known)
				add_range(b, change.utc, change.offset);
		}
	}
}

/*
 * Both rules for local times are one: the offset before a change holds until
 * the wall clock is past both the old and the new reading of that moment. In
 * a gap that moves the time later by its length; in a repeated hour it takes
 * the first.
 */
static void
finish(struct builder *b, uint16_t *slots)
{
	size_t i = 0;

	for (size_t k = 1; k < b->count; k++) {
		int32_t before = b->ranges[k - 1].offset;
		int32_t after = b->ranges[k].offset;

		b->ranges[k].wall =
		    b->ranges[k].utc + (before > after ? before : after);
	}
	b->ranges[0].wall = INT64_MIN;
	b->ranges[b->count] = (struct range){ INT64_MAX, INT64_MAX, 0 };
	for (int64_t slot = 0; slot < SLOTS; slot++) {
		while (
		    b->ranges[i + 1].utc <= FIRST_SECOND + (slot << SLOT_SHIFT))
			i++;
		slots[slot] = (uint16_t)i;
	}
}

/* NULL when the bytes are not a TZif file. */
static const struct zone *
build(struct arena *arena, const char *name, struct bytes file)
{
	size_t most = file.n / 9 + 2 * (LAST_YEAR - FIRST_YEAR + 1) + 2;
	struct builder b = { arena_array(arena, most, sizeof(*b.ranges)), 0,
		INT64_MIN };
	uint16_t *slots = arena_array(arena, SLOTS, sizeof(*slots));
	struct zone *zone = arena_alloc(arena, sizeof(*zone));
	struct footer footer = { 0 };

	if (!read_ranges(&file, &b) || !read_footer(file, &footer))
		return NULL;
	if (footer.changes)
		add_rule_ranges(&b, &footer);
	finish(&b, slots);
	*zone = (struct zone){ arena_text(arena, slice_of(name)), b.ranges,
		b.count, slots };
	return zone;
}

/* Reads directory/name; *n is 0 when there is no such file. Any other reason
 * not to open it is the machine's, not a wrong name. */
static int
read_file(const char *directory, const char *name, unsigned char *out,
    size_t *n, struct fnl_err *err)
{
	char path[PATH_LIMIT];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "rb");
	*n = 0;
	if (!file)
		return errno == ENOENT || errno == ENOTDIR || errno == EISDIR
			   ? 0
			   : fail(err, FNL_SYSTEM, "cannot open '%s': %s", path,
				 strerror(errno));
	*n = fread(out, 1, FILE_LIMIT, file);
	fclose(file);
	return 0;
}

static bool
is_letter_or_digit(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9');
}

/*
 * An IANA name starts with a capital and has no dot. So nothing outside the
 * directory can be named, and of what is in it neither posixrules nor right/,
 * whose times count leap seconds.
 */
static bool
is_zone_name(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n > NAME_LIMIT || name[0] < 'A' || name[0] > 'Z' ||
	    strstr(name, "//"))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_letter_or_digit(name[i]) && !strchr("_+-/", name[i]))
			return false;
	return true;
}

struct names {
	char (*text)[NAME_LIMIT + 1];
	const char **list;
	size_t count;
};

/* The zones below a directory. Allocates nothing: a jump out of here would
 * leave the directory open. */
static void
list_zones(struct names *names, const char *root, const char *prefix, int depth)
{
	char path[PATH_LIMIT];
	DIR *directory;
	struct dirent *entry;

	snprintf(path, sizeof(path), "%s/%s", root, prefix);
	directory = opendir(path);
	if (!directory) {
		if (*prefix && names->count < NAMES_LIMIT)
			snprintf(names->text[names->count++], NAME_LIMIT + 1,
			    "%s", prefix);
		return;
	}
	while ((entry = readdir(directory))) {
		char name[PATH_LIMIT];
		int n = snprintf(name, sizeof(name), "%s%s%s", prefix,
		    *prefix ? "/" : "", entry->d_name);

		if (depth > 0 && n <= NAME_LIMIT && is_zone_name(name))
			list_zones(names, root, name, depth - 1);
	}
	closedir(directory);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int
fail_unknown(struct arena *arena, const char *name, struct fnl_err *err)
{
	struct names names = { arena_array(
				   arena, NAMES_LIMIT, sizeof(*names.text)),
		arena_array(arena, NAMES_LIMIT, sizeof(*names.list)), 0 };
	const char *nearest;

	for (size_t i = 0; i < DIRECTORIES && names.count == 0; i++)
		list_zones(&names, directories[i], "", DEPTH_LIMIT);
	if (names.count == 0)
		return fail(err, FNL_SYSTEM,
		    "no time zone data for '%.*s' on this system (install "
		    "the package tzdata, or use UTC)",
		    NAME_LIMIT, name);
	/* readdir's order is the file system's. */
	qsort(names.text, names.count, sizeof(*names.text), by_name);
	for (size_t i = 0; i < names.count; i++)
		names.list[i] = names.text[i];
	nearest = nearest_name(slice_of(name), names.list, names.count);
	/* IST is three zones; EST is no better a guess than none. */
	if (nearest && strlen(name) <= ABBREVIATION_LIMIT &&
	    !fold_equal(slice_of(nearest), slice_of(name)))
		nearest = NULL;
	if (nearest)
		return fail(err, FNL_USAGE,
		    "unknown time zone '%.*s' (did you mean '%s'?)", NAME_LIMIT,
		    name, nearest);
	return fail(err, FNL_USAGE,
	    "unknown time zone '%.*s' (an IANA name such as Asia/Kolkata, "
	    "or UTC)",
	    NAME_LIMIT, name);
}

int
zone_open(struct arena *arena, const char *name, const struct zone **out,
    struct fnl_err *err)
{
	unsigned char *buffer;
	size_t n = 0;

	*out = &utc_zone;
	if (strcmp(name, "UTC") == 0)
		return 0;
	if (!is_zone_name(name))
		return fail_unknown(arena, name, err);
	buffer = arena_grow(arena, NULL, FILE_LIMIT);
	for (size_t i = 0; i < DIRECTORIES && n == 0; i++)
		if (read_file(directories[i], name, buffer, &n, err) < 0)
			return -1;
	*out = n ? build(arena, name, (struct bytes){ buffer, n }) : NULL;
	arena_drop(arena, buffer);
	if (n == 0)
		return fail_unknown(arena, name, err);
	if (!*out)
		return fail(err, FNL_SYSTEM,
		    "the time zone file of '%s' cannot be read (install the "
		    "package tzdata again)",
		    name);
	return 0;
}

const char *
zone_name(const struct zone *zone)
{
	return zone->name;
}

/* A range at or before the one that holds the UTC second, and near it. */
static const struct range *
slot_range(const struct zone *zone, int64_t utc)
{
	int64_t slot;

	if (utc < FIRST_SECOND)
		return zone->ranges;
	slot = (utc - FIRST_SECOND) >> SLOT_SHIFT;
	return zone->ranges + zone->slots[slot < SLOTS ? slot : SLOTS - 1];
}

int64_t
zone_local(const struct zone *zone, int64_t utc)
{
	const struct range *range = zone->ranges;

	if (zone->count > 1)
		for (range = slot_range(zone, utc); range[1].utc <= utc;)
			range++;
	return utc + range->offset;
}

int64_t
zone_utc(const struct zone *zone, int64_t local)
{
	const struct range *range = zone->ranges;

	if (zone->count > 1)
		for (range = slot_range(zone, local - OFFSET_LIMIT);
		     range[1].wall <= local;)
			range++;
	return local - range->offset;
}

int64_t
zone_day(const struct zone *zone, struct when when)
{
	int64_t local = when.kind == WHEN_INSTANT
			    ? zone_local(zone, when.seconds)
			    : when.seconds;

	return floor_div(local, DAY_SECONDS);
}

int
when_compare(const struct zone *zone, struct when a, struct when b)
{
	int64_t x = a.seconds, y = b.seconds;

	if (a.kind == WHEN_UNKNOWN || b.kind == WHEN_UNKNOWN)
		return (a.kind != WHEN_UNKNOWN) - (b.kind != WHEN_UNKNOWN);
	if (a.kind != WHEN_INSTANT || b.kind != WHEN_INSTANT) {
		x = zone_day(zone, a);
		y = zone_day(zone, b);
	}
	return (x > y) - (x < y);
}

double
when_days(const struct zone *zone, struct when a, struct when b)
{
	if (a.kind == WHEN_UNKNOWN || b.kind == WHEN_UNKNOWN)
		return NAN;
	if (a.kind == WHEN_INSTANT && b.kind == WHEN_INSTANT)
		return (double)(b.seconds - a.seconds) / DAY_SECONDS;
	return (double)(zone_day(zone, b) - zone_day(zone, a));
}

bool
window_holds(
    const struct zone *zone, const struct window *window, struct when at)
{
	struct when from = window->from, to = window->to;

	if (from.kind == WHEN_UNKNOWN && to.kind == WHEN_UNKNOWN)
		return true;
	if (at.kind == WHEN_UNKNOWN)
		return false;
	return (from.kind == WHEN_UNKNOWN ||
		   when_compare(zone, at, from) >= 0) &&
	       (to.kind == WHEN_UNKNOWN || when_compare(zone, at, to) < 0);
}
