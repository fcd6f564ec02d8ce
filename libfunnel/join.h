/*
 * join: to which records a touch belongs.
 *
 * The attempts, in this order; the first that finds a record ends it:
 *
 *   1. the lead or deal that the touch names, by id;
 *   2. its person, by id or e-mail address: the record with that id, and the
 *      records that name the person -- through a contact role, in their own
 *      contact or e-mail column, as the contact that a lead became;
 *   3. its company, by name (folded) or id: all records of that company;
 *   4. the company of its person, where a file of contacts says it.
 *
 * JOIN_RECORD stops after the first, JOIN_CONTACT after the second. A lead
 * and the deal that it became are one record. A person or a company with
 * several records gives its touch to all of them (metrics.md 3.3.1: touches
 * of a record or account): each record has its own path, and credit is shared
 * out within one path only. Only records that are counted are found: none
 * that is deleted, and none that is known by a link alone.
 *
 * What is known of persons and companies does not depend on the order in
 * which it is told: an address and an id that one row names together are one
 * person, an id and a name one company.
 */
#ifndef FUNNEL_JOIN_H
#define FUNNEL_JOIN_H

#include "load.h"

#define JOIN_WANTS 3

enum join_by { JOIN_RECORD, JOIN_CONTACT, JOIN_ACCOUNT };

/* The fields of records that joining looks at: the caller ends load->wants
 * with them and sets load->n_own_wants to JOIN_WANTS. */
extern const enum field_id join_wants[JOIN_WANTS];

struct join;

/* load has been read. salesforce: ids of 15 and 18 characters are one. */
struct join *join_new(struct load *load, enum join_by by, bool salesforce);

/* A contact of a deal. False: no counted record has that id. */
bool join_role(struct join *join, struct slice contact, struct slice record);
/* A contact's id, address and company; blank where not known. */
void join_contact(struct join *join, struct slice id, struct slice address,
    struct slice account);
/* An account's id and name. */
void join_account(struct join *join, struct slice id, struct slice name);
/* After the last of these, before the first touch. */
void join_settle(struct join *join);

struct touch_keys {
	struct slice record;
	uint32_t contact, account; /* numbers of store->texts, 0 is none */
};

/* Fetches what join_find() will touch for these ids; n is at most
 * WARM_ROWS. */
void join_warm(const struct join *join, const struct slice *records, size_t n);

/* The records of a touch, without repetition, in the order of their numbers;
 * valid until the next call. */
const uint32_t *
join_find(struct join *join, const struct touch_keys *keys, size_t *n);

#endif
