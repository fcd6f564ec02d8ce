/*
 * change: what a history says of a record besides its stages -- from when on
 * which amount, close date and owner held. Kept only where a report asks for
 * it (store->keep_changes), since it is as large as the history itself.
 *
 * The order of changes (ruling R40) decides which value is in force when
 * several rows tell of one instant. Clocks are good to the second and exports
 * come in any order, so the line in the file decides nothing:
 *
 *   1. the instant; a bare date stands at the end of its day, since it
 *      reaches that far;
 *   2. the stage of the row, by rank, endings last; rows of a log of fields,
 *      which have none, first;
 *   3. where rows say the value before the change, one follows on another:
 *      100 to 200 before 200 to 150;
 *   4. what the data leaves open: the smaller amount, the earlier date, the
 *      owner that sorts first comes first.
 *
 * Of two records that are counted as one, the record itself comes before
 * those that were folded into it: at one instant a deal says how its lead
 * stands.
 */
#ifndef FUNNEL_CHANGE_H
#define FUNNEL_CHANGE_H

#include "records.h"

#define RECORD_CHANGES_MAX 50000 /* of one record, once they are ordered */
#define LOGGED_CHANGES_MAX 1000000000 /* of a run */
#define NO_ATTRIBUTE SIZE_MAX

enum change_kind {
	CHANGE_AMOUNT,
	CHANGE_CLOSE_DATE,
	CHANGE_OWNER,
	CHANGE_KINDS,
};

struct change {
	struct stamp at; /* from when on; unknown: from the beginning */
	int64_t value; /* ten-thousandths; a stamp's packed value; number of
			  store->texts */
	uint32_t record; /* the one that is counted */
	uint32_t currency; /* of an amount: number of store->texts, 0 where
			      the row does not say: that of the record */
	uint8_t kind;
	bool known; /* false: the row says that it was blank */
};

/* ---- While rows are read ---- */

enum logged_flag {
	LOGGED_KNOWN = 1,
	LOGGED_BEFORE = 2, /* the value that a change replaced */
	LOGGED_USER_ID = 4, /* an owner by id; see changelog.c */
};

/* One cell of a row. What one row says stands together, and the value before
 * a change right before the one after it. */
struct logged_change {
	struct stamp at;
	int64_t value;
	uint32_t record;
	uint32_t currency;
	uint32_t row; /* number of the row's first logged change */
	uint16_t stage; /* of the row, or STAGE_NONE */
	uint8_t kind;
	uint8_t flags;
};

static inline void
store_log_change(struct store *store, struct logged_change change)
{
	*(struct logged_change *)vec_push(&store->logged_changes) = change;
}

/* For store_finish: owner[r] is the record that r is counted with, NULL when
 * each is its own. */
void changes_finish(struct store *store, const uint32_t *owner);

/* ---- After store_finish ---- */

/* The changes of a record and of those folded into it, by time, then kind. A
 * value equal to the one before it of its kind is left out. All that the
 * files hold, what came after --as-of too. */
const struct change *
store_changes(const struct store *store, uint32_t record, size_t *n);

/* Some record has one of the kind. */
bool store_has_changes(const struct store *store, enum change_kind kind);

/*
 * The change in force at a time; unknown is the last that is known. None that
 * came after --as-of is used. Where all changes of the kind are later than
 * the time, the earliest: a log begins with what it first saw, and that held
 * before too, as long as nobody says otherwise.
 *
 * NULL: nothing was known by --as-of if *any is set, else the record has no
 * changes of the kind, and its own row is all there is.
 */
const struct change *store_change_at(const struct store *store, uint32_t record,
    enum change_kind kind, struct when at, bool *any);

/* The same as values, with the record's own row where there are no changes.
 * *currency (may be NULL) is a number of store->texts. False, unknown and 0
 * are for what was blank or not known. */
bool store_amount_at(const struct store *store, uint32_t record, struct when at,
    int64_t *amount, uint32_t *currency);
struct when
store_close_date_at(const struct store *store, uint32_t record, struct when at);
/* attribute is that of the owner (load.h: wants), or NO_ATTRIBUTE. */
uint32_t store_owner_at(const struct store *store, uint32_t record,
    struct when at, size_t attribute);

#endif
