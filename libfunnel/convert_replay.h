/*
 * convert_replay: what the reports replay and flips have in common.
 */
#ifndef FUNNEL_CONVERT_REPLAY_H
#define FUNNEL_CONVERT_REPLAY_H

#include "convert.h"
#include "replay.h"

/* Reads the input under the old file, too, and pairs the stages; the caller
 * then says what is wanted and counts. */
int convert_replay_start(
    struct convert *convert, struct replay *replay, struct fnl_err *err);

/* With the context of both reports: mode, members, the old file. */
int
convert_replay_sheet(const struct convert *convert, const struct replay *replay,
    struct sheet_plan *plan, struct sheet *sheet, struct fnl_err *err);

/* Which files, stages, rules; and which records. */
void convert_replay_note_files(const struct convert *convert,
    const struct replay *replay, struct table *table);
void convert_replay_note_records(
    struct convert *convert, const struct replay *replay, struct table *table);

#endif
