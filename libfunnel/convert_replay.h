/*
 * convert_replay: what the reports replay and flips have in common, and change
 * with --against.
 */
#ifndef FUNNEL_CONVERT_REPLAY_H
#define FUNNEL_CONVERT_REPLAY_H

#include "convert.h"
#include "replay.h"

/* The input can be read twice, and rules are judged; before it is read. */
int convert_replay_inputs(struct convert *convert, struct fnl_err *err);

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

/* The old file on every row, put behind other context: how many columns. */
#define REPLAY_CONTEXT 2
size_t convert_replay_context(const struct replay *replay,
    const struct column **columns, struct cell *cells);

/* Parts of those: the old file, its stages, who is a member; cells that no
 * rule could judge; records that only the old file knows. */
void convert_replay_note_against(const struct convert *convert,
    const struct replay *replay, struct table *table);
void
convert_replay_note_rules(const struct replay *replay, struct table *table);
void convert_replay_note_old_records(
    const struct replay *replay, struct table *table);

#endif
