/*
 * periodlog: Zoho's stage history, whose one time (Modified Time) is when the
 * stage was entered in some exports and when it was left in others.
 */
#ifndef FUNNEL_PERIODLOG_H
#define FUNNEL_PERIODLOG_H

#include "reader.h"
#include "records.h"

/*
 * Decides per file by what its records prove together (R48, crm-exports.md
 * 5.4): most records have their earliest row at their creation (within a
 * minute): entry; most rows end when the next row was created: exit. Turns
 * exits into entries. Undecidable is refused with the option that decides.
 * Call it once all files are read: the deals' creation may stand in any.
 */
int periodlog_settle(struct reader *const *readers, size_t n,
    struct store *store, struct fnl_err *err);

#endif
