/*
 * chunk.c: the memory of typed rows.
 */
#include <string.h>

#include "chunk.h"

static void
chunk_reserve(const struct reader *reader, struct chunk *chunk, size_t n)
{
	struct arena *arena = reader->arena;
	size_t n_stages = reader->binding.n_stages;
	size_t n_wanted = reader->options->n_attributes;
	size_t n_changes = row_has_change(reader) ? n : 0;

	if (n > chunk->cap_rows) {
		chunk->rows =
		    arena_grow(arena, chunk->rows, n * sizeof(*chunk->rows));
		chunk->stage_times = arena_grow(arena, chunk->stage_times,
		    (n * n_stages + 1) * sizeof(*chunk->stage_times));
		chunk->wanted = arena_grow(arena, chunk->wanted,
		    (n * n_wanted + 1) * sizeof(*chunk->wanted));
		if (n_changes)
			chunk->changes = arena_grow(
			    arena, chunk->changes, n * sizeof(*chunk->changes));
		chunk->ids.bytes = arena_grow(
		    arena, chunk->ids.bytes, n * (size_t)3 * ID_COPY_MAX);
		chunk->cap_rows = n;
	}
	memset(chunk->rows, 0, n * sizeof(*chunk->rows));
	memset(
	    chunk->stage_times, 0, n * n_stages * sizeof(*chunk->stage_times));
	if (n_changes)
		memset(chunk->changes, 0, n * sizeof(*chunk->changes));
	for (size_t i = 0; i < n; i++) {
		chunk->rows[i].change = n_changes ? chunk->changes + i : NULL;
		chunk->rows[i].stage_times = chunk->stage_times + i * n_stages;
		chunk->rows[i].wanted = chunk->wanted + i * n_wanted;
	}
	chunk->n_rows = n;
	chunk->ids.used = 0;
}

/* Parses a batch on its own: sees the binding, changes only the chunk and
 * the columns' proofs. */
int
chunk_parse(const struct reader *reader, const struct csv_batch *batch,
    struct columns *columns, struct chunk *chunk, struct fnl_err *err)
{
	chunk_reserve(reader, chunk, batch->n_rows);
	for (size_t i = 0; i < batch->n_rows; i++)
		if (row_read(reader, columns, &chunk->ids, &batch->rows[i],
			&chunk->rows[i], err) < 0)
			return -1;
	return 0;
}

static void
keep(struct arena *arena, struct slice *text)
{
	if (text->n)
		text->p = arena_text(arena, *text);
}

/* Makes a chunk independent of the batch that it was parsed from. */
struct chunk *
chunk_keep(const struct reader *reader, const struct chunk *chunk)
{
	struct chunk *kept = arena_alloc(reader->arena, sizeof(*kept));
	size_t n_stages = reader->binding.n_stages;
	size_t n_wanted = reader->options->n_attributes;

	chunk_reserve(reader, kept, chunk->n_rows);
	for (size_t i = 0; i < chunk->n_rows; i++) {
		const struct typed_row *from = &chunk->rows[i];
		struct typed_row *to = &kept->rows[i];
		struct when *times = to->stage_times;
		struct slice *wanted = to->wanted;
		struct row_change *change = to->change;

		*to = *from;
		to->stage_times = times;
		to->wanted = wanted;
		to->change = change;
		if (change)
			*change = *from->change;
		memcpy(times, from->stage_times, n_stages * sizeof(*times));
		keep(reader->arena, &to->example);
		for (int j = 0; j < ROW_TEXTS; j++)
			keep(reader->arena, &to->text[j]);
		for (size_t j = 0; j < n_wanted && !to->skipped; j++) {
			wanted[j] = from->wanted[j];
			keep(reader->arena, &wanted[j]);
		}
		for (unsigned j = 0; j < to->n_problems; j++)
			keep(reader->arena, &to->problems[j].value);
	}
	return kept;
}
