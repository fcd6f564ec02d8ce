/*
 * replay.c: each record under both files at once; sets; rows.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "replay.h"
#include "young.h"

/* ---- which stages are one ---- */

static const struct stage_definition *
stage_at(const struct replay_file *file, unsigned rank)
{
	return rank && rank <= file->path.n_ranks
		   ? &file->load->definitions
			  .stages[file->walk.timelines->stage_of_rank[rank]]
		   : NULL;
}

const struct stage_definition *
replay_stage_of(const struct replay *r, size_t pair, int file)
{
	return stage_at(&r->files[file], r->pairs[pair].rank[file]);
}

const struct stage_definition *
replay_next_of(const struct replay *r, size_t pair, int file)
{
	return stage_at(&r->files[file], r->pairs[pair].rank[file] + 1u);
}

static bool
same_name(const struct replay *r, unsigned before, unsigned after)
{
	return fold_equal(
	    slice_of(stage_at(&r->files[REPLAY_BEFORE], before)->name),
	    slice_of(stage_at(&r->files[REPLAY_AFTER], after)->name));
}

static bool
knows_as(const struct replay_file *file, unsigned rank,
    const struct stage_definition *other)
{
	uint16_t stage = store_stage(file->load->store, slice_of(other->name));

	return stage == file->walk.timelines->stage_of_rank[rank];
}

/* One of the files has the other's name among its aliases. */
static bool
same_alias(const struct replay *r, unsigned before, unsigned after)
{
	const struct replay_file *old = &r->files[REPLAY_BEFORE];
	const struct replay_file *new = &r->files[REPLAY_AFTER];

	return knows_as(old, before, stage_at(new, after)) ||
	       knows_as(new, after, stage_at(old, before));
}

static bool
both_won(const struct replay *r, unsigned before, unsigned after)
{
	return stage_at(&r->files[REPLAY_BEFORE], before)->outcome ==
		   OUTCOME_WON &&
	       stage_at(&r->files[REPLAY_AFTER], after)->outcome == OUTCOME_WON;
}

typedef bool
same_function(const struct replay *r, unsigned before, unsigned after);

/* Of the ranks of a file that have no partner, the one that is the same as
 * `rank` of the other, if there is just one; else 0. */
static unsigned
only_partner(const struct replay *r, same_function *same, int file,
    unsigned rank, uint8_t *const partner[REPLAY_FILES])
{
	unsigned found = 0;

	for (unsigned i = 1; i <= r->files[file].path.n_ranks; i++) {
		if (partner[file][i] ||
		    !(file == REPLAY_BEFORE ? same(r, i, rank)
					    : same(r, rank, i)))
			continue;
		if (found)
			return 0;
		found = i;
	}
	return found;
}

/* Each the only one for the other: where a file makes one stage of two, it is
 * for nobody to guess which of them it is. */
static void
pair_by(const struct replay *r, same_function *same,
    uint8_t *const partner[REPLAY_FILES])
{
	unsigned n = r->files[REPLAY_AFTER].path.n_ranks;

	for (unsigned i = 1; i <= n; i++) {
		unsigned old;

		if (partner[REPLAY_AFTER][i])
			continue;
		old = only_partner(r, same, REPLAY_BEFORE, i, partner);
		if (!old ||
		    only_partner(r, same, REPLAY_AFTER, old, partner) != i)
			continue;
		partner[REPLAY_AFTER][i] = (uint8_t)old;
		partner[REPLAY_BEFORE][old] = (uint8_t)i;
	}
}

static void
pair_stages(struct replay *r)
{
	uint8_t before[RANKS_MAX + 1] = { 0 }, after[RANKS_MAX + 1] = { 0 };
	uint8_t *const partner[REPLAY_FILES] = { before, after };

	pair_by(r, same_name, partner);
	pair_by(r, same_alias, partner);
	pair_by(r, both_won, partner);
	r->pairs = arena_array(r->arena, RANKS_MAX, sizeof(*r->pairs));
	for (unsigned i = 1; i <= r->files[REPLAY_AFTER].path.n_ranks; i++)
		if (after[i])
			r->pairs[r->n_pairs++] =
			    (struct replay_pair){ { after[i], (uint8_t)i } };
}

static int
keep_only(struct replay *r, const char *name, struct fnl_err *err)
{
	const struct replay_file *new = &r->files[REPLAY_AFTER];
	uint16_t stage = store_stage(new->load->store, slice_of(name));

	if (stage == STAGE_NONE)
		return load_fail_stage(new->load, "--stage", name, err);
	for (size_t i = 0; i < r->n_pairs; i++)
		if (new->walk.timelines
			->stage_of_rank[r->pairs[i].rank[REPLAY_AFTER]] ==
		    stage) {
			r->pairs[0] = r->pairs[i];
			r->n_pairs = 1;
			return 0;
		}
	if (!new->walk.timelines->rank_of_stage[stage])
		return fail(err, FNL_USAGE,
		    "--stage: '%s' is no stage that one can reach", name);
	return fail(err, FNL_DATA,
	    "--stage: the definitions of --against have no stage '%s', nor one "
	    "with that alias",
	    name);
}

const char *
replay_unpaired(const struct replay *r, int file)
{
	struct textbuf names = { .arena = r->arena };

	for (unsigned k = 1; k <= r->files[file].path.n_ranks; k++) {
		bool paired = false;

		for (size_t i = 0; i < r->n_pairs; i++)
			paired |= r->pairs[i].rank[file] == k;
		if (!paired)
			textbuf_add(&names, "%s'%s'", names.n ? ", " : "",
			    stage_at(&r->files[file], k)->name);
	}
	return textbuf_text(&names);
}

/* ---- the start ---- */

/* The same history reaches as far under both files, even if one of them has
 * no name for what happened last. */
static void
agree_on_as_of(struct replay *r)
{
	struct load *old = r->files[REPLAY_BEFORE].load;
	struct load *new = r->files[REPLAY_AFTER].load;

	if (new->as_of_given)
		return;
	if (old->as_of.kind == WHEN_UNKNOWN ||
	    (new->as_of.kind != WHEN_UNKNOWN &&when_compare(
				    new->zone, old->as_of, new->as_of) < 0))
		old->as_of = new->as_of;
	else
		new->as_of = old->as_of;
}

static void
start_file(struct replay_file *file)
{
	walk_start(&file->walk, file->load);
	file->path.zone = file->load->zone;
	file->path.n_ranks = file->walk.timelines->n_ranks;
	file->owner = load_wanted(file->load, FIELD_OWNER);
}

int
replay_start(struct replay *r, const char *only, struct fnl_err *err)
{
	const struct load *load = r->files[REPLAY_AFTER].load;

	agree_on_as_of(r);
	for (int i = 0; i < REPLAY_FILES; i++)
		start_file(&r->files[i]);
	pair_stages(r);
	if (only && keep_only(r, only, err) < 0)
		return -1;
	r->seen = arena_array(r->arena,
	    r->files[REPLAY_BEFORE].load->store->records.count + 1,
	    sizeof(*r->seen));
	r->groups = groups_new(r->arena, sizeof(struct replay_group),
	    load->segments.n_by, PERIOD_NONE, 1, load->zone);
	r->flips = vec_new(r->arena, sizeof(struct replay_flip));
	r->steps = arena_array(r->arena, r->n_pairs + 1, sizeof(*r->steps));
	r->wins = arena_array(r->arena, r->n_pairs + 1, sizeof(*r->wins));
	return 0;
}

/* ---- one record under one file ---- */

static bool
counted(const struct replay_file *file, unsigned rank)
{
	return file->reach.counted & rank_bit(rank);
}

/* It had come to the stage before; before the first one all are. */
static bool
came_near(const struct replay_file *file, unsigned rank, struct when *at)
{
	*at =
	    rank > 1 ? file->reach.at[rank - 1] : file->walk.timeline->created;
	return rank == 1 || counted(file, rank - 1);
}

/* Touches count up to the entry; without one, all that are known. */
static bool
passes(
    const struct replay_file *file, unsigned rank, struct replay_standing *out)
{
	size_t rule =
	    stage_rule(file->rules, file->walk.timelines->stage_of_rank[rank]);

	if (rule == STAGE_RULE_NONE)
		return true;
	out->failed = criteria_of(file->rules->criteria, rule,
	    file->walk.record, out->entered ? out->at : file->load->as_of)
			  .failed;
	return !out->failed;
}

static bool
has_rule(const struct replay_file *file, unsigned rank)
{
	return stage_rule(
		   file->rules, file->walk.timelines->stage_of_rank[rank]) !=
	       STAGE_RULE_NONE;
}

static enum replay_place
judge(struct replay *r, struct replay_file *file, unsigned rank,
    struct replay_standing *out)
{
	bool in, candidate;

	if (!file->present)
		return PLACE_ABSENT;
	out->entered = counted(file, rank);
	candidate = out->entered || r->by_rule;
	if (out->entered)
		out->at = file->reach.at[rank];
	else if (!has_rule(file, rank) || !came_near(file, rank, &out->at))
		return PLACE_NOT_ENTERED;
	in = window_holds(file->load->zone, &file->load->window, out->at);
	r->undated += candidate && !in && out->at.kind == WHEN_UNKNOWN;
	if (!in)
		return candidate ? PLACE_OUTSIDE : PLACE_NOT_ENTERED;
	if (!passes(file, rank, out))
		return candidate ? PLACE_FAILED : PLACE_NOT_ENTERED;
	file->passing += !out->entered;
	return candidate ? PLACE_MEMBER : PLACE_NOT_ENTERED;
}

static void
stand(struct replay_file *file, bool present)
{
	file->present = present;
	if (present)
		path_reach(&file->path, file->walk.timeline, &file->reach);
}

uint64_t
replay_counted(const struct replay_file *file)
{
	uint64_t ranks = 0;

	if (!file->present)
		return 0;
	for (unsigned rank = 1; rank <= file->path.n_ranks; rank++) {
		struct replay_standing at = { .entered = true,
			.at = file->reach.at[rank] };

		if (counted(file, rank) && passes(file, rank, &at))
			ranks |= rank_bit(rank);
	}
	return ranks;
}

/* ---- counting ---- */

static uint32_t
text_of(const struct replay_file *file, size_t attribute)
{
	return store_attribute_at(
	    file->load->store, file->walk.record, attribute);
}

/* A text of the old store in that of the new one. */
static uint32_t
in_new_words(const struct replay *r, uint32_t text)
{
	return intern_put(r->files[REPLAY_AFTER].load->store->texts,
	    intern_get(r->files[REPLAY_BEFORE].load->store->texts, text));
}

static uint32_t
owner_of(const struct replay *r)
{
	const struct replay_file *old = &r->files[REPLAY_BEFORE];
	const struct replay_file *new = &r->files[REPLAY_AFTER];

	return new->present ? text_of(new, new->owner)
			    : in_new_words(r, text_of(old, old->owner));
}

static void
add_owner(struct replay *r, struct replay_members *m)
{
	uint32_t owner = owner_of(r);

	if (!owner)
		return;
	if (m->n_owned == m->cap_owned) {
		m->cap_owned = m->cap_owned ? 2 * m->cap_owned : 8;
		m->owners = arena_grow(
		    r->arena, m->owners, m->cap_owned * sizeof(*m->owners));
	}
	m->owners[m->n_owned++] = owner;
}

static void
add_member(struct replay *r, struct replay_members *m,
    const struct replay_standing *at, const struct progress *progress)
{
	m->n++;
	add_owner(r, m);
	if (!at->entered) /* nothing came of it, and it says nothing */
		return;
	m->entered++;
	m->advanced += progress->advanced;
	m->won += progress->won;
	if (!r->follow || !progress->timed)
		return;
	follow_add(r->arena, &m->next, &progress->next);
	follow_add(r->arena, &m->win, &progress->win);
}

static struct replay_stage *
stage_of_group(struct replay *r, const uint32_t *by, size_t pair)
{
	struct when any = { 0, WHEN_UNKNOWN };
	bool is_new;
	struct replay_group *group = groups_at(&r->groups, by, any, &is_new);

	if (is_new)
		group->stages = arena_array(
		    r->arena, r->n_pairs + 1, sizeof(*group->stages));
	return &group->stages[pair];
}

static void
add_flip(struct replay *r, size_t pair, const uint32_t *by,
    const struct replay_standing at[REPLAY_FILES])
{
	size_t n_by = r->groups.n_by;
	uint32_t *values = arena_array(r->arena, n_by + 1, sizeof(*values));
	struct replay_flip *flip = vec_push(&r->flips);

	if (n_by)
		memcpy(values, by, n_by * sizeof(*values));
	*flip = (struct replay_flip){ .pair = pair, .by = values };
	for (int i = 0; i < REPLAY_FILES; i++) {
		const struct replay_file *file = &r->files[i];

		flip->at[i] = at[i];
		flip->record[i] = file->present ? file->walk.record : NO_RECORD;
		if (file->present)
			flip->id =
			    store_id(file->load->store, file->walk.record);
	}
}

static void
add_to_parts(struct replay *r, struct replay_stage *stage,
    const struct replay_standing at[REPLAY_FILES],
    const struct progress progress[REPLAY_FILES])
{
	bool old = at[REPLAY_BEFORE].place == PLACE_MEMBER;
	bool new = at[REPLAY_AFTER].place == PLACE_MEMBER;

	stage->neither += !old && !new;
	if (old)
		add_member(r, &stage->parts[new ? PART_STAYED : PART_DROPPED],
		    &at[REPLAY_BEFORE], &progress[REPLAY_BEFORE]);
	if (new)
		add_member(r, &stage->parts[old ? PART_KEPT : PART_ADDED],
		    &at[REPLAY_AFTER], &progress[REPLAY_AFTER]);
}

static void
count_pair(struct replay *r, size_t pair, const uint32_t *by)
{
	struct replay_standing at[REPLAY_FILES] = { { 0 }, { 0 } };
	struct progress progress[REPLAY_FILES];

	for (int i = 0; i < REPLAY_FILES; i++) {
		struct replay_file *file = &r->files[i];
		unsigned rank = r->pairs[pair].rank[i];

		at[i].place = judge(r, file, rank, &at[i]);
		if (!at[i].entered)
			continue;
		progress[i] = progress_of(&file->path, file->walk.timeline,
		    &file->reach, rank, file->load->as_of);
		at[i].advanced = progress[i].advanced;
		at[i].won = progress[i].won;
	}
	if (at[REPLAY_AFTER].entered && progress[REPLAY_AFTER].timed) {
		follow_days_add(
		    r->arena, &r->steps[pair], &progress[REPLAY_AFTER].next);
		follow_days_add(
		    r->arena, &r->wins[pair], &progress[REPLAY_AFTER].win);
	}
	add_to_parts(r, stage_of_group(r, by, pair), at, progress);
	if (r->list && (at[REPLAY_BEFORE].place == PLACE_MEMBER) !=
			   (at[REPLAY_AFTER].place == PLACE_MEMBER))
		add_flip(r, pair, by, at);
}

void
replay_segments(const struct replay *r, int file, uint32_t by[SEGMENTS_MAX])
{
	const struct walk *walk = &r->files[file].walk;

	for (size_t i = 0; i < r->groups.n_by; i++)
		by[i] = file == REPLAY_AFTER ? walk->by[i]
					     : in_new_words(r, walk->by[i]);
}

static void
count_record(struct replay *r)
{
	uint32_t by[SEGMENTS_MAX] = { 0 };

	/* In those of the new file where it has the record, so that a record
	 * is in one group whichever file is asked. */
	replay_segments(r,
	    r->files[REPLAY_AFTER].present ? REPLAY_AFTER : REPLAY_BEFORE, by);
	for (size_t i = 0; i < r->n_pairs; i++)
		count_pair(r, i, by);
}

/* --where is asked in the words of the new file, too, where it can be: else
 * the files would be compared over different records. */
static bool
is_chosen(struct replay *r, uint32_t record)
{
	struct load *old = r->files[REPLAY_BEFORE].load;
	struct load *new = r->files[REPLAY_AFTER].load;
	uint32_t twin = store_find(new->store, store_id(old->store, record));

	return twin != NO_RECORD && load_is_record(new, twin)
		   ? load_selects(new, twin)
		   : load_selects(old, record);
}

/* What the new file knows, in its order. */
static bool
next_of_new(struct replay *r)
{
	struct replay_file *old = &r->files[REPLAY_BEFORE];
	struct replay_file *new = &r->files[REPLAY_AFTER];
	bool found = walk_next(&new->walk);
	uint32_t twin;

	stand(new, found);
	if (!found)
		return false;
	twin = store_find(
	    old->load->store, store_id(new->load->store, new->walk.record));
	stand(old, twin != NO_RECORD && walk_at(&old->walk, twin));
	if (twin != NO_RECORD)
		r->seen[twin] = 1;
	return true;
}

/* Then what only the old one knows. */
static bool
next_of_old(struct replay *r)
{
	struct replay_file *old = &r->files[REPLAY_BEFORE];

	while (r->next_old < old->load->store->records.count) {
		uint32_t record = r->next_old++;

		if (!r->seen[record] && is_chosen(r, record) &&
		    walk_at(&old->walk, record)) {
			stand(old, true);
			return true;
		}
	}
	return false;
}

bool
replay_next(struct replay *r)
{
	bool found = next_of_new(r) || next_of_old(r);

	r->records += found;
	return found;
}

void
replay_count(struct replay *r)
{
	if (!r->groups.n_by) /* one group, which stands even if it is empty */
		stage_of_group(r, NULL, 0);
	while (replay_next(r))
		count_record(r);
}

/* ---- afterwards ---- */

static int
compare_flips(const void *pa, const void *pb)
{
	const struct replay_flip *a = pa, *b = pb;

	if (a->pair != b->pair)
		return a->pair < b->pair ? -1 : 1;
	return slice_compare(a->id, b->id);
}

void
replay_sort_flips(struct replay *r, struct replay_flip **out)
{
	size_t n = r->flips.count;

	*out = arena_array(r->arena, n + 1, sizeof(**out));
	for (size_t i = 0; i < n; i++)
		(*out)[i] = *(const struct replay_flip *)vec_at(&r->flips, i);
	qsort(*out, n, sizeof(**out), compare_flips);
}

static void
join_follow(struct arena *arena, struct follow *into, const struct follow *part)
{
	into->items = arena_grow(
	    arena, into->items, (into->n + part->n + 1) * sizeof(*into->items));
	if (part->n)
		memcpy(into->items + into->n, part->items,
		    part->n * sizeof(*into->items));
	into->n += part->n;
	into->untimed += part->untimed;
	into->negative += part->negative;
}

static void
join_members(struct arena *arena, struct replay_members *into,
    const struct replay_members *part)
{
	into->n += part->n;
	into->entered += part->entered;
	into->advanced += part->advanced;
	into->won += part->won;
	into->owners = arena_grow(arena, into->owners,
	    (into->n_owned + part->n_owned + 1) * sizeof(*into->owners));
	if (part->n_owned)
		memcpy(into->owners + into->n_owned, part->owners,
		    part->n_owned * sizeof(*into->owners));
	into->n_owned += part->n_owned;
	join_follow(arena, &into->next, &part->next);
	join_follow(arena, &into->win, &part->win);
}

static int
compare_numbers(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

static void
count_owners(struct replay_members *m, uint64_t *owners, uint64_t *most)
{
	*owners = *most = 0;
	if (m->n_owned)
		qsort(
		    m->owners, m->n_owned, sizeof(*m->owners), compare_numbers);
	for (size_t i = 0, end; i < m->n_owned; i = end) {
		for (end = i + 1;
		     end < m->n_owned && m->owners[end] == m->owners[i]; end++)
			;
		++*owners;
		if (end - i > *most)
			*most = end - i;
	}
}

static void
mark_stage(
    const struct replay *r, size_t pair, int file, struct replay_row *row)
{
	row->is_last = r->pairs[pair].rank[file] == r->files[file].path.n_ranks;
	row->is_won = replay_stage_of(r, pair, file)->outcome == OUTCOME_WON;
}

static struct maturity
maturity_of(const struct replay *r, const struct follow *follow,
    const struct follow_days *days, int64_t mature, double confidence)
{
	return follow_maturity(r->arena, follow,
	    mature >= 0 ? mature : follow_horizon(days, YOUNG_COMPLETED),
	    confidence);
}

static const struct {
	int file; /* under which its members are measured */
	bool parts[PARTS];
} sets[REPLAY_SETS] = {
	[REPLAY_OLD] = { REPLAY_BEFORE,
	    { [PART_STAYED] = true, [PART_DROPPED] = true } },
	[REPLAY_NEW] = { REPLAY_AFTER,
	    { [PART_KEPT] = true, [PART_ADDED] = true } },
	[REPLAY_KEPT] = { REPLAY_AFTER, { [PART_KEPT] = true } },
	[REPLAY_DROPPED] = { REPLAY_BEFORE, { [PART_DROPPED] = true } },
	[REPLAY_ADDED] = { REPLAY_AFTER, { [PART_ADDED] = true } },
	[REPLAY_NEITHER] = { REPLAY_AFTER, { false } },
};

int
replay_file_of(enum replay_set set)
{
	return sets[set].file;
}

/* The parts together; the caller drops what it holds. */
static struct replay_members
join_parts(const struct replay *r, const struct replay_stage *stage,
    const bool parts[PARTS])
{
	struct replay_members all = { 0 };

	for (int i = 0; i < PARTS; i++)
		if (parts[i])
			join_members(r->arena, &all, &stage->parts[i]);
	return all;
}

static void
drop_members(struct arena *arena, struct replay_members *m)
{
	arena_drop(arena, m->owners);
	arena_drop(arena, m->next.items);
	arena_drop(arena, m->win.items);
}

static struct replay_row
row_of(const struct replay *r, const struct replay_stage *stage, size_t pair,
    enum replay_set set, int64_t mature, double confidence)
{
	struct replay_members all = join_parts(r, stage, sets[set].parts);
	struct replay_row row = {
		.n = set == REPLAY_NEITHER ? stage->neither : all.n,
		.entered = all.entered,
		.advanced = all.advanced,
		.won = all.won,
		.owned = all.n_owned,
	};

	mark_stage(r, pair, sets[set].file, &row);
	count_owners(&all, &row.owners, &row.most);
	row.next =
	    maturity_of(r, &all.next, &r->steps[pair], mature, confidence);
	row.win = maturity_of(r, &all.win, &r->wins[pair], mature, confidence);
	drop_members(r->arena, &all);
	return row;
}

void
replay_rows_of(const struct replay *r, const struct replay_group *group,
    size_t pair, int64_t mature, double confidence,
    struct replay_row rows[REPLAY_SETS], uint64_t *owners)
{
	static const bool either[PARTS] = {
		[PART_KEPT] = true, [PART_DROPPED] = true, [PART_ADDED] = true
	};
	const struct replay_stage *stage = &group->stages[pair];
	struct replay_members all = join_parts(r, stage, either);
	uint64_t most;

	count_owners(&all, owners, &most);
	drop_members(r->arena, &all);
	for (int set = 0; set < REPLAY_SETS; set++)
		rows[set] = row_of(
		    r, stage, pair, (enum replay_set)set, mature, confidence);
}
