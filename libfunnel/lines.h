/*
 * lines: the bytes of a file to physical lines of UTF-8, whatever the file's
 * encoding and line ends; what is no text at all is refused.
 */
#ifndef FUNNEL_LINES_H
#define FUNNEL_LINES_H

#include "arena.h"

#define LINES_FIRST 50 /* lines that are there after opening */

enum csv_encoding {
	CSV_UTF8,
	CSV_UTF8_BOM,
	CSV_UTF16LE,
	CSV_UTF16BE,
};

struct line {
	struct slice text; /* with its end: LF, CR LF, CR or end of file */
	uint32_t number; /* from 1 */
	bool cut; /* it is longer than allowed, text is only its end */
};

/* Of the lines that lines_next has given, but bytes: of what was read. */
struct line_facts {
	enum csv_encoding encoding;
	uint64_t bytes;
	uint64_t lines;
	uint64_t windows_1252_lines; /* lines that were not UTF-8 */
	uint32_t first_windows_1252_line;
};

/* What a run read: every file with the SHA-256 of its bytes, as they came. */
struct digest {
	const char *name;
	char sha256[SHA256_HEX]; /* "" until the file was read to its end */
};
struct digests {
	struct vec files; /* of struct digest, in the order of opening */
};

struct lines;

/* Reads lines of up to longest bytes; longer ones are cut. */
struct lines *lines_new(struct arena *arena, size_t longest);

/* Adds the file to be opened to digests; NULL: to none. */
void lines_digest(struct lines *lines, struct digests *digests);

/*
 * Opens a file ("-" is standard input), refuses what is no text, and loads
 * a block of it, or as many as it takes to have LINES_FIRST lines.
 */
int lines_open(struct lines *lines, const char *path, struct fnl_err *err);

/* The same for bytes in memory, block of them at a time, 0 for as many as
 * from a file. */
int lines_open_memory(
    struct lines *lines, struct slice bytes, size_t block, struct fnl_err *err);

/* The next line, valid until the next call; false when a load must come
 * first or, if lines_ended, there is none. */
bool lines_next(struct lines *lines, struct line *line);

/* Loads the next block and lets go of the lines that were given. */
int lines_load(struct lines *lines, struct fnl_err *err);

/* All bytes there are have been loaded. */
bool lines_ended(const struct lines *lines);

/* Back to the first line; only after opening, before another load. */
void lines_rewind(struct lines *lines);

const char *lines_name(const struct lines *lines); /* for messages */
const struct line_facts *lines_facts(const struct lines *lines);
double lines_progress(const struct lines *lines); /* as csvin_progress */
void lines_close(struct lines *lines); /* also happens with the arena */

#endif
