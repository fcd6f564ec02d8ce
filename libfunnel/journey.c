/*
 * journey.c: transforms as rows of a table, and the pool: paths are interned
 * by their bytes, so that the number of a path is that of its text.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "journey.h"
#include "query.h"

/* ---- counting channels ---- */

struct channel_counts
channel_counts_new(struct arena *arena)
{
	return (struct channel_counts){ .arena = arena, .round = 1 };
}

void
channel_counts_restart(struct channel_counts *counts)
{
	if (++counts->round != 0)
		return;
	if (counts->room)
		memset(counts->cells, 0, counts->room * sizeof(*counts->cells));
	counts->round = 1;
}

uint32_t *
channel_count(struct channel_counts *counts, uint32_t channel)
{
	struct channel_cell *cell;

	if (channel >= counts->room) {
		counts->room = 2 * ((size_t)channel + 1);
		counts->cells = arena_grow(counts->arena, counts->cells,
		    counts->room * sizeof(*counts->cells));
	}
	cell = &counts->cells[channel];
	if (cell->round != counts->round)
		*cell = (struct channel_cell){ counts->round, 0 };
	return &cell->count;
}

/* ---- transforms ---- */

struct transform {
	const struct transform_kind *kind;
	struct transforms *all;
	uint32_t channel; /* the argument of the kind, if it takes one */
	size_t count;
};

struct transforms {
	struct arena *arena;
	struct intern *channels;
	struct channel_counts counts;
	struct transform list[TRANSFORMS_MAX];
	size_t n;
};

enum argument { ARGUMENT_NONE, ARGUMENT_CHANNEL, ARGUMENT_COUNT };

struct transform_kind {
	const char *name;
	enum argument argument;
	size_t (*apply)(
	    const struct transform *t, struct journey_touch *touches, size_t n);
};

/* Touch i, the next one to be looked at, moves behind those kept so far, or
 * leaves its milestones to the last of them. */
static size_t
keep(struct journey_touch *touches, size_t kept, size_t i, bool keep_it)
{
	if (keep_it)
		touches[kept++] = touches[i];
	else if (kept)
		touches[kept - 1].milestones |= touches[i].milestones;
	return kept;
}

static size_t
t_unique(const struct transform *t, struct journey_touch *touches, size_t n)
{
	(void)t;
	(void)touches;
	return n;
}

static size_t
t_exposure(const struct transform *t, struct journey_touch *touches, size_t n)
{
	size_t kept = 0;

	(void)t;
	for (size_t i = 0; i < n; i++)
		kept = keep(touches, kept, i,
		    !kept || touches[i].channel != touches[kept - 1].channel);
	return kept;
}

static size_t
t_first(const struct transform *t, struct journey_touch *touches, size_t n)
{
	size_t kept = 0;

	channel_counts_restart(&t->all->counts);
	for (size_t i = 0; i < n; i++) {
		uint32_t *count =
		    channel_count(&t->all->counts, touches[i].channel);

		kept = keep(touches, kept, i, (*count)++ == 0);
	}
	return kept;
}

static uint32_t
frequency_channel(struct transforms *all, uint32_t channel, uint32_t count)
{
	struct slice name = intern_get(all->channels, channel);
	char text[16];
	int digits = snprintf(text, sizeof(text), "(%u)", (unsigned)count);
	size_t n = name.n + (size_t)digits;
	char *label = arena_grow(all->arena, NULL, n);
	uint32_t number;

	if (name.n)
		memcpy(label, name.p, name.n);
	memcpy(label + name.n, text, (size_t)digits);
	number = intern_put(all->channels, (struct slice){ label, n });
	arena_drop(all->arena, label);
	return number;
}

static size_t
t_frequency(const struct transform *t, struct journey_touch *touches, size_t n)
{
	size_t kept = t_first(t, touches, n);

	for (size_t i = 0; i < kept; i++)
		touches[i].channel =
		    frequency_channel(t->all, touches[i].channel,
			*channel_count(&t->all->counts, touches[i].channel));
	return kept;
}

static bool
is_all(const struct journey_touch *touches, size_t n, uint32_t channel)
{
	for (size_t i = 0; i < n; i++)
		if (touches[i].channel != channel)
			return false;
	return true;
}

static size_t
t_remove_if_not_all(
    const struct transform *t, struct journey_touch *touches, size_t n)
{
	size_t kept = 0;

	if (is_all(touches, n, t->channel))
		return n;
	for (size_t i = 0; i < n; i++)
		kept = keep(touches, kept, i, touches[i].channel != t->channel);
	return kept;
}

static size_t
t_remove_if_last_and_not_all(
    const struct transform *t, struct journey_touch *touches, size_t n)
{
	size_t end = n, kept;

	while (end && touches[end - 1].channel == t->channel)
		end--;
	kept = end;
	if (kept == 0) /* it is all of them */
		return n;
	for (size_t i = end; i < n; i++)
		kept = keep(touches, kept, i, false);
	return kept;
}

static size_t
t_trim(const struct transform *t, struct journey_touch *touches, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		kept = keep(touches, kept, i, n - i <= t->count);
	return kept;
}

/* The names are those of Google's fractribution, whose unit tests are the
 * table of metrics.md 3.3.2. */
static const struct transform_kind kinds[] = {
	{ "unique", ARGUMENT_NONE, t_unique },
	{ "exposure", ARGUMENT_NONE, t_exposure },
	{ "first", ARGUMENT_NONE, t_first },
	{ "frequency", ARGUMENT_NONE, t_frequency },
	{ "remove_if_not_all", ARGUMENT_CHANNEL, t_remove_if_not_all },
	{ "remove_if_last_and_not_all", ARGUMENT_CHANNEL,
	    t_remove_if_last_and_not_all },
	{ "trim", ARGUMENT_COUNT, t_trim },
};

#define N_KINDS (sizeof(kinds) / sizeof(*kinds))

struct transforms *
transforms_new(struct arena *arena, struct intern *channels)
{
	struct transforms *all = arena_alloc(arena, sizeof(*all));

	all->arena = arena;
	all->channels = channels;
	all->counts = channel_counts_new(arena);
	return all;
}

/* argument is what follows the colon, NULL without one. */
static int
read_argument(struct transforms *all, struct transform *t, const char *argument,
    struct fnl_err *err)
{
	const char *name = t->kind->name;
	int64_t count;

	if (t->kind->argument == ARGUMENT_NONE)
		return !argument
			   ? 0
			   : fail(err, FNL_USAGE,
				 "transform '%s' takes nothing after it", name);
	if (!argument || !*argument)
		return fail(err, FNL_USAGE, "transform '%s' wants a %s: %s:%s",
		    name,
		    t->kind->argument == ARGUMENT_COUNT ? "number" : "channel",
		    name, t->kind->argument == ARGUMENT_COUNT ? "2" : "Direct");
	if (t->kind->argument == ARGUMENT_CHANNEL) {
		t->channel = intern_put(all->channels, slice_of(argument));
		return 0;
	}
	if (query_count(name, argument, &count, err) == -1)
		return -1;
	if (count == 0)
		return fail(err, FNL_USAGE, "'%s:0' would leave nothing", name);
	t->count = (size_t)count;
	return 0;
}

int
transforms_add(struct transforms *all, const char *text, struct fnl_err *err)
{
	struct choice choices[N_KINDS + 1] = { { NULL, 0 } };
	const char *colon = strchr(text, ':');
	const char *name = text;
	struct transform *t = &all->list[all->n];
	int kind;

	if (all->n == TRANSFORMS_MAX)
		return fail(
		    err, FNL_USAGE, "more than %d transforms", TRANSFORMS_MAX);
	if (colon)
		name = arena_text(
		    all->arena, (struct slice){ text, (size_t)(colon - text) });
	for (size_t i = 0; i < N_KINDS; i++)
		choices[i] = (struct choice){ kinds[i].name, (int)i };
	if (query_choice("transform", name, choices, &kind, err) == -1)
		return -1;
	*t = (struct transform){ .kind = &kinds[kind], .all = all };
	if (read_argument(all, t, colon ? colon + 1 : NULL, err) == -1)
		return -1;
	all->n++;
	return 0;
}

size_t
transforms_apply(
    struct transforms *all, struct journey_touch *touches, size_t n)
{
	for (size_t i = 0; i < all->n && n; i++)
		n = all->list[i].kind->apply(&all->list[i], touches, n);
	return n;
}

/* ---- the pool ---- */

struct path {
	const struct journey_touch *touches;
	size_t n;
	struct sum conversions, value, nulls;
};

struct pool {
	struct arena *arena;
	enum pool_key key;
	struct intern *texts; /* the bytes of a path's key */
	struct vec paths; /* of struct path, by the number of its text */
	void *scratch; /* the key that is looked for */
	size_t room;
};

struct pool *
pool_new(struct arena *arena, enum pool_key key)
{
	struct pool *pool = arena_alloc(arena, sizeof(*pool));

	pool->arena = arena;
	pool->key = key;
	pool->texts = intern_new(arena);
	pool->paths = vec_new(arena, sizeof(struct path));
	vec_push(&pool->paths);
	return pool;
}

/* Equal touches have equal bytes: one NaN, one zero. */
static struct journey_touch
same_bytes(const struct journey_touch *touch)
{
	struct journey_touch same = *touch;

	same.days = isnan(touch->days) ? (double)NAN : touch->days + 0.0;
	return same;
}

static struct slice
key_of(struct pool *pool, const struct journey_touch *touches, size_t n)
{
	bool all = pool->key == POOL_TOUCHES;
	size_t bytes = n * (all ? sizeof(*touches) : sizeof(uint32_t));

	if (bytes > pool->room) {
		pool->room = 2 * bytes;
		pool->scratch =
		    arena_grow(pool->arena, pool->scratch, pool->room);
	}
	for (size_t i = 0; i < n; i++)
		if (all)
			((struct journey_touch *)pool->scratch)[i] =
			    same_bytes(&touches[i]);
		else
			((uint32_t *)pool->scratch)[i] = touches[i].channel;
	return (struct slice){ pool->scratch, bytes };
}

static void
add_path(struct pool *pool, const struct journey_touch *touches, size_t n)
{
	struct journey_touch *copy = arena_array(pool->arena, n, sizeof(*copy));
	struct path *path = vec_push(&pool->paths);

	for (size_t i = 0; i < n; i++)
		copy[i] =
		    pool->key == POOL_TOUCHES
			? same_bytes(&touches[i])
			: (struct journey_touch){ NAN, touches[i].channel, 0 };
	path->touches = copy;
	path->n = n;
}

int
pool_put(struct pool *pool, const struct journey_touch *touches, size_t n,
    uint32_t *path, struct fnl_err *err)
{
	if (n > JOURNEY_MAX_TOUCHES)
		return fail(err, FNL_DATA,
		    "a journey of %zu touches (at most %d; a shorter look-back "
		    "leaves fewer)",
		    n, JOURNEY_MAX_TOUCHES);
	if (pool->paths.count >= POOL_MAX_PATHS)
		return fail(
		    err, FNL_DATA, "more than %d paths", POOL_MAX_PATHS);
	*path = intern_put(pool->texts, key_of(pool, touches, n));
	if (*path == pool->paths.count)
		add_path(pool, touches, n);
	return 0;
}

void
pool_add(struct pool *pool, uint32_t number, double conversions, double value,
    double nulls)
{
	struct path *path = vec_at(&pool->paths, number);

	sum_add(&path->conversions, conversions);
	sum_add(&path->nulls, nulls);
	if (!isnan(value))
		sum_add(&path->value, value);
}

void
pool_reset(struct pool *pool)
{
	for (size_t i = 0; i < pool->paths.count; i++) {
		struct path *path = vec_at(&pool->paths, i);

		*path = (struct path){ .touches = path->touches, .n = path->n };
	}
}

uint32_t
pool_find(struct pool *pool, const struct journey_touch *touches, size_t n)
{
	return intern_find(pool->texts, key_of(pool, touches, n));
}

enum pool_key
pool_key(const struct pool *pool)
{
	return pool->key;
}

size_t
pool_size(const struct pool *pool)
{
	return pool->paths.count;
}

static void
add_sums(struct path *to, const struct path *from)
{
	sum_join(&to->conversions, from->conversions);
	sum_join(&to->value, from->value);
	sum_join(&to->nulls, from->nulls);
}

static struct journey
journey_of(const struct path *path)
{
	return (struct journey){ path->touches, path->n,
		sum_value(path->conversions), sum_value(path->value),
		sum_value(path->nulls) };
}

struct journey
pool_journey(const struct pool *pool, size_t number)
{
	return journey_of(vec_at(&pool->paths, number));
}

struct journey
pool_total(const struct pool *pool)
{
	struct path total = { .n = 0 };

	for (size_t i = 1; i < pool->paths.count; i++)
		add_sums(&total, vec_at(&pool->paths, i));
	return journey_of(&total);
}

int
pool_transform(const struct pool *from, struct transforms *transforms,
    struct pool *to, struct fnl_err *err)
{
	struct journey_touch *touches =
	    arena_grow(to->arena, NULL, JOURNEY_MAX_TOUCHES * sizeof(*touches));

	for (size_t i = 0; i < from->paths.count; i++) {
		const struct path *path = vec_at(&from->paths, i);
		size_t n = path->n;
		uint32_t number;

		if (n)
			memcpy(touches, path->touches, n * sizeof(*touches));
		if (transforms)
			n = transforms_apply(transforms, touches, n);
		if (pool_put(to, touches, n, &number, err) == -1)
			return -1;
		add_sums(vec_at(&to->paths, number), path);
	}
	arena_drop(to->arena, touches);
	return 0;
}
