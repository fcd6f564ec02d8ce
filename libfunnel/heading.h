/*
 * heading: the name of a column, and whether the names of a preset mean it.
 */
#ifndef FUNNEL_HEADING_H
#define FUNNEL_HEADING_H

#include "csvin.h"
#include "preset.h"

/* A column's name as one preset reads it. */
struct heading {
	struct slice text; /* trimmed */
	struct slice key; /* folded */
	struct slice bare; /* without the preset's prefix and twin suffix */
	struct slice bare_key;
	bool twin; /* had the suffix */
};

struct headings {
	struct heading *items;
	size_t n;
};

struct headings headings_read(struct arena *arena, const struct csv_row *header,
    const struct preset *preset);

/* text without what the preset lets stand before and after it. */
struct slice
heading_bare(const struct preset *preset, struct slice text, bool *twin);

/*
 * True when a folded name matches a name of a preset, in which '*' stands for
 * any characters.
 */
bool heading_matches(struct slice pattern, struct slice key);

/* Any of a list that ends with NULL; a blank name matches nothing. */
bool heading_matches_any(const char *const *patterns, struct slice key);

/* The column that a list of aliases gives, or -1: by priority of the
 * aliases, then whole names before bare ones, then from the left. */
int headings_alias(const struct headings *headings, const char *const *aliases);

/* The first column of this name (folded), or -1. */
int headings_find(const struct headings *headings, struct slice name);

/* The pattern of a column of stage dates and the stage in it, or NULL. */
const struct stage_pattern *heading_stage(const struct stage_pattern *patterns,
    struct slice text, struct slice *stage);

/* Cuts " (PIPELINE)" off a label and returns the pipeline, or a blank. */
struct slice heading_pipeline(struct slice *label);

/* Length of prefix, which is in lower case, when text starts with it in any
 * case (ASCII); else 0. */
size_t heading_prefix(struct slice text, const char *prefix);

#endif
