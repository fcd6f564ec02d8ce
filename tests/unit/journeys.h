/*
 * journeys: paths written as texts, "Search > Email", in a pool; paths at
 * random; the files of $FUNNEL_SHARED. Include it after cmocka.h.
 */
#ifndef TESTS_UNIT_JOURNEYS_H
#define TESTS_UNIT_JOURNEYS_H

#include <stdio.h>
#include <stdlib.h>

#include "journey.h"
#include "stats.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define TEXT_TOUCHES 128

/* Under AddressSanitizer a run costs many times as much. */
#ifdef __SANITIZE_ADDRESS__
#define CASES(n) ((n) / 10)
#else
#define CASES(n) (n)
#endif

#define assert_close(a, b, tolerance) \
	check_close(a, b, tolerance, __FILE__, __LINE__)

static inline void
check_close(double a, double b, double tolerance, const char *file, int line)
{
	if (fabs(a - b) <= tolerance)
		return;
	print_error("%.17g is not %.17g\n", a, b);
	_fail(file, line);
}

struct world {
	struct arena *arena;
	struct intern *channels;
	struct pool *pool;
};

static inline struct world
world_new(struct arena *arena, enum pool_key key)
{
	return (struct world){ arena, intern_new(arena), pool_new(arena, key) };
}

static inline uint32_t
channel(const struct world *world, const char *name)
{
	return intern_put(world->channels, slice_of(name));
}

static inline size_t
n_channels(const struct world *world)
{
	return intern_count(world->channels);
}

/* "A > B" to touches without days and milestones; returns how many. */
static inline size_t
read_touches(
    const struct world *world, const char *text, struct journey_touch *touches)
{
	size_t n = 0;

	while (*text) {
		const char *end = strstr(text, " > ");
		size_t length = end ? (size_t)(end - text) : strlen(text);
		struct slice name = { text, length };

		assert_true(n < TEXT_TOUCHES);
		touches[n++] = (struct journey_touch){ NAN,
			intern_put(world->channels, name), 0 };
		text += length + (end ? 3 : 0);
	}
	return n;
}

static inline void
add_touches(struct world *world, const struct journey_touch *touches, size_t n,
    double conversions, double value, double nulls)
{
	struct fnl_err err = { FNL_OK, "" };
	uint32_t path = 0;

	assert_int_equal(pool_put(world->pool, touches, n, &path, &err), 0);
	pool_add(world->pool, path, conversions, value, nulls);
}

static inline void
add_path(struct world *world, const char *text, double conversions,
    double value, double nulls)
{
	struct journey_touch touches[TEXT_TOUCHES];
	size_t n = read_touches(world, text, touches);

	add_touches(world, touches, n, conversions, value, nulls);
}

/* ---- at random ---- */

static inline size_t
random_touches(struct stats_random *random, const uint32_t *channels, size_t n,
    struct journey_touch *touches, size_t max)
{
	size_t length = stats_random_below(random, max + 1);
	double days = 0;

	for (size_t i = length; i-- > 0;) {
		days += 20 * stats_random_uniform(random);
		touches[i] = (struct journey_touch){ days,
			channels[stats_random_below(random, n)], 0 };
	}
	for (uint32_t bit = 1; length && bit <= MILESTONE_CLOSE; bit *= 2)
		if (stats_random_below(random, 3))
			touches[stats_random_below(random, length)]
			    .milestones |= bit;
	return length;
}

/* n journeys over k channels called a, b, ...; conversions 0..3, odd values,
 * nulls 0..3. */
static inline void
add_random(struct world *world, struct stats_random *random, size_t n, size_t k,
    size_t max_touches)
{
	struct journey_touch touches[TEXT_TOUCHES];
	uint32_t channels[26];

	for (size_t i = 0; i < k; i++)
		channels[i] = channel(world, (char[]){ (char)('a' + i), '\0' });
	for (size_t i = 0; i < n; i++) {
		size_t length =
		    random_touches(random, channels, k, touches, max_touches);
		double conversions = (double)stats_random_below(random, 4);
		double value =
		    conversions > 0 ? 1e4 * stats_random_uniform(random) : 0;

		add_touches(world, touches, length, conversions, value,
		    (double)stats_random_below(random, 4));
	}
}

/* ---- files of others ---- */

/* $FUNNEL_SHARED/data/NAME, its header line read; or skips. */
static inline FILE *
open_shared(const char *name)
{
	const char *shared = getenv("FUNNEL_SHARED");
	char path[4096], header[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/data/%s",
	    shared ? shared : "../shared", name);
	file = fopen(path, "r");
	if (!file) {
		print_message("skipped: no %s\n", path);
		skip();
	}
	assert_non_null(fgets(header, sizeof(header), file));
	return file;
}

/* The next line cut at its commas (these files quote nothing); false at the
 * end. */
#define LINE_MAX_BYTES 4096
static inline bool
read_cells(FILE *file, char line[LINE_MAX_BYTES], char **cells, size_t n)
{
	char *p = line;

	if (!fgets(line, LINE_MAX_BYTES, file))
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	for (size_t i = 0; i < n; i++) {
		char *comma = strchr(p, ',');

		cells[i] = p;
		if (comma)
			*comma = '\0';
		p = comma ? comma + 1 : p + strlen(p);
	}
	return true;
}

#endif
