/*
 * zone: IANA time zones, read from the system's compiled files. A zone is
 * written out once as a sorted table of UTC transitions, so that a conversion
 * is a look into a table and never a call into a library or a look at TZ.
 */
#ifndef FUNNEL_ZONE_H
#define FUNNEL_ZONE_H

#include "arena.h"
#include "civil.h"

struct zone;

/* name is an IANA name such as Asia/Kolkata, or UTC, which needs no data. An
 * unknown name fails (FNL_USAGE) with the nearest known one, a system without
 * zone data with FNL_SYSTEM. Zones live in the arena. */
int zone_open(struct arena *arena, const char *name, const struct zone **out,
    struct fnl_err *err);
const char *zone_name(const struct zone *zone);

/* Local civil seconds (86400 x day + second of the day) of a UTC instant. */
int64_t zone_local(const struct zone *zone, int64_t utc);

/*
 * The UTC instant of local civil seconds. A local time that does not exist
 * (spring) moves later by the length of the gap; an ambiguous one (autumn)
 * takes the first occurrence (metrics.md 3.0.8, after zendesk/biz).
 */
int64_t zone_utc(const struct zone *zone, int64_t local);

/* The civil day (days since 1970-01-01) of a date or an instant, seen in the
 * zone. */
int64_t zone_day(const struct zone *zone, struct when when);

/* when is not WHEN_EITHER; unknown sorts first. Two instants compare as
 * instants; where one side is a date, both compare as civil dates (R49). So
 * a date equals every instant of its day: an order for sorting needs a rule
 * of its own within a day. */
int when_compare(const struct zone *zone, struct when a, struct when b);

/* b - a in days: instants in seconds / 86400, else civil days (3.0.8). NaN
 * when one is unknown. */
double when_days(const struct zone *zone, struct when a, struct when b);

/* [from, to); an unknown end is none. */
struct window {
	struct when from, to;
};

/* An unknown time is only in a window without ends. */
bool window_holds(
    const struct zone *zone, const struct window *window, struct when at);

#endif
