/*
 * replay: two definitions files over one history. Which records count at a
 * stage under both of them, under one, under neither, what became of them and
 * who has to work them (product.md M1).
 *
 * The input was read once under each file, since a file says what a stage is
 * called, which column holds what and which records end; a record is the same
 * by its id. Under a file a record is a member of a stage when the history
 * says that it entered the stage (by the mode, path.h) and it passes the rule
 * that the file gives to the stage. A rule never makes a record a member that
 * did not enter, unless by_rule is set: then it takes those that had come to
 * the stage before, too.
 *
 * What became of a record is what the history has, not what would have become
 * of it: those added were treated as what they were.
 */
#ifndef FUNNEL_REPLAY_H
#define FUNNEL_REPLAY_H

#include "groups.h"
#include "progress.h"
#include "stagerule.h"
#include "walk.h"

enum { REPLAY_BEFORE, REPLAY_AFTER, REPLAY_FILES }; /* the old file, the new */

enum replay_set {
	REPLAY_OLD, /* members under the old file: kept + dropped */
	REPLAY_NEW, /* under the new one: kept + added */
	REPLAY_KEPT, /* under both */
	REPLAY_DROPPED, /* under the old one only */
	REPLAY_ADDED, /* under the new one only */
	REPLAY_NEITHER, /* of all that exist under one of them */
	REPLAY_SETS
};

enum replay_place { /* of a record under a file, at a stage */
	PLACE_MEMBER,
	PLACE_ABSENT, /* not read, or did not exist as of then */
	PLACE_NOT_ENTERED,
	PLACE_FAILED, /* entered, does not pass */
	PLACE_OUTSIDE, /* of --from and --to, or undated */
};

struct replay_standing {
	enum replay_place place;
	bool entered, advanced, won;
	struct when at; /* the entry */
	uint64_t failed; /* criteria of the rule */
};

/* The history under one of the files. load, rules, and mode and window of
 * path are set by the caller. */
struct replay_file {
	struct load *load;
	const struct stage_rules *rules;
	struct path_rule path;
	struct walk walk;
	size_t owner; /* attribute */
	uint64_t passing; /* passed at a stage, having come to the one before,
			     and never entered it; once a stage */
	/* where it stands: */
	bool present;
	struct reach reach;
};

struct replay_pair { /* a stage of both files */
	uint8_t rank[REPLAY_FILES];
};

struct replay_flip { /* a record that one of the files has at a stage */
	size_t pair;
	struct slice id;
	uint32_t record[REPLAY_FILES]; /* NO_RECORD where absent */
	const uint32_t *by;
	struct replay_standing at[REPLAY_FILES];
};

/* Whose history it is measured by: those kept twice, by either. */
enum replay_part { PART_STAYED, PART_DROPPED, PART_KEPT, PART_ADDED, PARTS };

struct replay_members {
	uint64_t n, entered, advanced, won;
	uint32_t *owners; /* of those that have one; in the new file's texts */
	size_t n_owned, cap_owned;
	struct follow next, win; /* if wanted */
};

struct replay_stage {
	struct replay_members parts[PARTS];
	uint64_t neither;
};

struct replay_group {
	struct group_key key; /* first: groups know no more */
	struct replay_stage *stages; /* by pair */
};

struct replay { /* zeroed; the first five are set by the caller */
	struct arena *arena;
	struct replay_file files[REPLAY_FILES];
	bool by_rule;
	bool follow; /* fill next and win, which take memory */
	bool list; /* fill flips */
	struct replay_pair *pairs; /* in the order of the new file */
	size_t n_pairs;
	struct groups groups; /* in the words of the new file */
	struct follow_days *steps, *wins; /* by pair, under the new file: of
					     all, so that horizons are old */
	struct vec flips;
	char *seen; /* by record of the old file: the new one has it */
	uint32_t next_old;
	uint64_t records; /* that exist under one of the files */
	uint64_t undated; /* entries without a date, once a stage and file */
};

/* Both are loaded: as_of is the later of the two for both, where it was not
 * given, and the stages are paired -- by name, else by alias where only one
 * can be meant, else as the won one. `only` is a stage of the new file or
 * NULL. */
int replay_start(struct replay *replay, const char *only, struct fnl_err *err);

/* To the next record that exists under one of the files: `present`, `reach`
 * and `walk` of those say how it stands; false at the end. */
bool replay_next(struct replay *replay);

/* Of the record in hand: the ranks of a file at which it counts by the history
 * and passes the rule; none where it is not present. */
uint64_t replay_counted(const struct replay_file *file);

/* Its values of --by as a file, where it is present, has them; as numbers of
 * the new file's texts. */
void replay_segments(
    const struct replay *replay, int file, uint32_t by[SEGMENTS_MAX]);

/* All of them, to the groups. */
void replay_count(struct replay *replay);

/* By stage, then by id. */
void replay_sort_flips(struct replay *replay, struct replay_flip **out);

struct replay_row { /* a set at a stage */
	uint64_t n, entered, advanced, won;
	uint64_t owned; /* members that have an owner */
	uint64_t owners; /* distinct ones */
	uint64_t most; /* members of the owner that has most */
	struct maturity next, win;
	bool is_last, is_won; /* the stage, under the file it is measured by */
};

/* mature: the horizon in seconds, or -1 for one from the data. *owners is how
 * many own a member under either file: who shares the load. */
void replay_rows_of(const struct replay *replay,
    const struct replay_group *group, size_t pair, int64_t mature,
    double confidence, struct replay_row rows[REPLAY_SETS], uint64_t *owners);

/* The file by which the members of a set are measured: those of old and
 * dropped by the old one. */
int replay_file_of(enum replay_set set);

/* The stage of a pair under a file, and the one that follows, or NULL. */
const struct stage_definition *
replay_stage_of(const struct replay *replay, size_t pair, int file);
const struct stage_definition *
replay_next_of(const struct replay *replay, size_t pair, int file);

/* Ranked stages of a file that the other does not have: "'SAL', 'SQL'", "". */
const char *replay_unpaired(const struct replay *replay, int file);

#endif
