/*
 * changelog: what a row of a history says besides its stage, to the changes
 * of the store (change.h).
 */
#ifndef FUNNEL_CHANGELOG_H
#define FUNNEL_CHANGELOG_H

#include "merge.h"

/*
 * Logs the amount, close date and owner of a row: of snapshots, moves and
 * stays what their columns hold, of a log of fields the value before and
 * after the change. stage is the row's, or STAGE_NONE. False when the row
 * says nothing of them, has no time, is deleted, or store->keep_changes is
 * not set.
 */
bool changelog_row(
    const struct merge *merge, const struct typed_row *row, uint16_t stage);

/* A row of a log of fields that changelog_row is for, if it has a time. */
bool changelog_is_change(const struct typed_row *row);

#endif
