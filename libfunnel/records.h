/*
 * records: the store. Rows of all files become dense records (leads, deals)
 * and stage events; rows of one record merge field by field.
 *
 * A record and an event are small and fixed, and everything that varies (the
 * columns that --by and --where name) stands beside them in arrays of
 * interned numbers, so that millions fit. Events stay in the order of input
 * until store_finish() groups them by record.
 */
#ifndef FUNNEL_RECORDS_H
#define FUNNEL_RECORDS_H

#include "definitions.h"
#include "ledger.h"
#include "preset.h"
#include "zone.h"

#define STAGE_NONE UINT16_MAX
#define NO_RECORD UINT32_MAX
#define RANKS_MAX DEFINITIONS_MAX_RANKED /* ranks fit a 64 bit set */

enum event_flag {
	EVENT_DATE = 1, /* at is a civil date, else an instant */
	EVENT_UNTIMED = 2, /* known to have happened, not when */
	EVENT_OLD_VALUE = 4, /* the stage that a logged change left */
	EVENT_DEAD = 8, /* replaced by a later row of the record */
	EVENT_FIRST = 16, /* untimed, and before all others of the record */
	EVENT_PRESENT = 32, /* the record's present stage, not a logged move */
	EVENT_DEAL_CREATED = 64, /* creation of the deal that a lead became */
	EVENT_WIDE = 128, /* from a column "date entered": one date a stage */
	EVENT_TYPED = 256, /* an ending at the close date of the record's own
			      row; made by timeline.c, in no store */
};

struct event {
	int64_t at;
	uint32_t record;
	uint16_t stage; /* index of definitions.stages */
	uint16_t flags;
};

enum record_flag {
	RECORD_SEEN = 1, /* a row of its own, not only history rows */
	RECORD_HISTORY = 2, /* has history rows or stage dates */
	RECORD_DELETED = 4,
	RECORD_LEAD = 8, /* its row came from a file of leads */
	RECORD_HAS_DEAL = 16, /* a lead that a deal was folded into */
	RECORD_AMOUNT = 32, /* the amount is known */
	RECORD_FOLDED = 256, /* counted as part of another record */
	RECORD_STAGE_UNKNOWN = 512, /* present stage not in the definitions,
				       and no flag says how it stands */
	RECORD_STATE = 2048, /* stage and outcome were said by an own row */
	RECORD_CREATED_LOGGED = 1024, /* created is from a `Created.` row */
};

struct stamp { /* a struct when in 8 bytes: seconds * 4 + kind */
	int64_t packed;
};

static inline struct stamp
stamp_of(struct when when)
{
	return (struct stamp){ when.seconds * 4 + (int64_t)when.kind };
}

static inline struct when
stamp_when(struct stamp stamp)
{
	return (struct when){ floor_div(stamp.packed, 4),
		(enum when_kind)(stamp.packed & 3) };
}

struct record {
	struct stamp created, closed;
	int64_t amount;
	uint32_t row_hash; /* of its last own row: tells the same row again */
	uint32_t deal; /* the record that this lead became, or NO_RECORD */
	uint32_t merged_into; /* the record that survived, or NO_RECORD */
	uint32_t wide_first; /* its events of stage columns stand together */
	uint32_t currency; /* number in store.texts */
	uint16_t stage; /* the present one, or STAGE_NONE */
	uint16_t flags;
	uint16_t wide_count;
	uint8_t outcome; /* enum outcome, as its own row says */
};

/* Where a segment takes its value when a record shows several (3.1.5). */
enum segment_at {
	SEGMENT_FIRST,
	SEGMENT_LAST,
	SEGMENT_RECORD,
	SEGMENT_STAGE,
};

enum conflict_rule { CONFLICT_LATER_WINS, CONFLICT_ERROR };

struct stage_set; /* folded names -> stage */
struct change; /* change.h */

struct unknown_stage {
	uint32_t text;
	uint64_t count;
};

struct store {
	struct arena *arena;
	const struct definitions *definitions;
	const struct zone *zone; /* of the report */
	struct ledger *ledger;
	struct stage_set *stages;
	struct intern *ids; /* number n is record n - 1 */
	struct intern *texts; /* attribute values, currencies */
	struct vec records;
	struct vec modified; /* struct stamp a record, once some row has one */
	struct vec events;
	bool keep_changes; /* set before the first row: see change.h */
	struct vec logged_changes; /* struct logged_change */
	size_t n_attributes;
	struct vec attributes; /* n_attributes uint32_t a record */
	struct vec attribute_times; /* struct stamp beside them, if history */
	bool *attribute_latest; /* n_attributes; see store_attribute */
	enum segment_at segment_at;
	uint16_t segment_stage; /* for SEGMENT_STAGE */
	enum conflict_rule conflict_rule;
	bool sorted; /* events came record by record */
	uint32_t last_record;
	struct when as_of; /* history rows after it give no attribute */
	struct when latest; /* latest thing that happened (R46) */
	bool histories; /* some file was a history or had stage dates */
	/* store_finish: */
	uint32_t *owner; /* the record that each is counted with, or NULL
			    where all count for themselves */
	uint32_t *first_event; /* n_records + 1 offsets into by_record */
	uint32_t *by_record; /* event numbers, or NULL when already sorted */
	struct change *changes; /* by record, if they are kept */
	uint32_t *first_change; /* n_records + 1 offsets into them, or NULL */
	uint64_t n_linked, n_merged, n_shared_deals, n_further_deals,
	    n_unseen_deals;
};

struct store *
store_new(struct arena *arena, const struct definitions *definitions,
    const struct zone *zone, struct ledger *ledger, size_t n_attributes);

/* The stage that a text names (name or alias, folded), or STAGE_NONE. */
uint16_t store_stage(struct store *store, struct slice text);
/* The stage at which deals begin: the one called Opportunity, else the first
 * stage of the presets' deals. The creation of a deal that a lead became
 * enters it, and the sales cycle starts there. Or STAGE_NONE. */
uint16_t store_deal_stage(const struct store *store);
/* Counts an unknown stage name. */
void store_unknown_stage(struct store *store, struct slice text);
/* "'Qualfied' 12 (nearest: 'Qualified')", one text per name, or NULL. */
const char *
store_unknown_stages(const struct store *store, struct arena *arena);

/* The record of an id, made when it is new. */
uint32_t store_record(struct store *store, struct slice id);
uint32_t
store_record_hashed(struct store *store, struct slice id, uint32_t hash);
/* Fetches what the next store_record_hashed() of n ids will touch. */
void store_warm(const struct store *store, const uint32_t *hashes, size_t n);

/* When the row that a record was last taken from was modified (R42). */
struct when store_modified(const struct store *store, uint32_t record);
void store_set_modified(struct store *store, uint32_t record, struct when when);
struct slice store_id(const struct store *store, uint32_t record);

void store_event(struct store *store, uint32_t record, uint16_t stage,
    struct when at, unsigned flags);

/* Something happened at this time: moves the default --as-of. */
void store_happened(struct store *store, struct when when);

/* Keeps an attribute value of a history row by the segment_at rule, or the
 * latest one where attribute_latest says so: that one tells how the record
 * stands, and so a deal's counts before that of the lead it was. */
void store_attribute(struct store *store, uint32_t record, size_t attribute,
    struct slice value, struct when at, uint16_t stage);

/* Keeps an attribute value of the record's own row. Where an earlier own row
 * said something else, it returns false, and replaces it if `later`. */
bool store_own_attribute(struct store *store, uint32_t record, size_t attribute,
    struct slice value, bool later);

/*
 * Links leads to deals and merged records to their winners, and groups the
 * events by record. Afterwards store_events() answers, and nothing may be
 * added.
 */
void store_finish(struct store *store);

static inline struct record *
store_at(const struct store *store, uint32_t record)
{
	return vec_at(&store->records, record);
}

/* The record that this one is counted with. */
static inline uint32_t
store_counted(const struct store *store, uint32_t record)
{
	return store->owner ? store->owner[record] : record;
}

/* The record of an id, or NO_RECORD. */
uint32_t store_find(const struct store *store, struct slice id);

static inline uint32_t
store_attribute_at(const struct store *store, uint32_t record, size_t attribute)
{
	return (
	    (const uint32_t *)vec_at(&store->attributes, record))[attribute];
}

static inline struct when
event_time(const struct event *event)
{
	if (event->flags & EVENT_UNTIMED)
		return (struct when){ 0, WHEN_UNKNOWN };
	return (struct when){ event->at,
		event->flags & EVENT_DATE ? WHEN_DATE : WHEN_INSTANT };
}

static inline void
event_set_time(struct event *event, struct when when)
{
	event->at = when.seconds;
	event->flags &= (uint16_t) ~(EVENT_DATE | EVENT_UNTIMED);
	if (when.kind == WHEN_UNKNOWN)
		event->flags |= EVENT_UNTIMED;
	if (when.kind == WHEN_DATE)
		event->flags |= EVENT_DATE;
}

/* The i-th event of a record, i from first_event[record] on. */
static inline const struct event *
store_event_at(const struct store *store, uint32_t i)
{
	return vec_at(
	    &store->events, store->by_record ? store->by_record[i] : i);
}

#endif
