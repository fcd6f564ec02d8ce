/*
 * render_text: what the formats share -- a cell as text, exact for machines,
 * rounded and harmless for people. Private to the render files.
 */
#ifndef FUNNEL_RENDER_TEXT_H
#define FUNNEL_RENDER_TEXT_H

#include "render.h"

typedef int render_function(const struct table *table,
    const struct render_options *options, FILE *out, struct fnl_err *err);
render_function render_table, render_csv, render_tsv, render_json, render_jsonl,
    render_md, render_html, render_xlsx;

/* A buffer in the arena of the table that every cell uses again. */
struct text {
	const struct render_options *options;
	struct arena *arena;
	char *p;
	size_t n;
	size_t size;
};

struct text
text_new(const struct table *table, const struct render_options *options);

/* The same text with every byte that is not UTF-8 shown as U+FFFD. Lives
 * until the buffer is used again, as do those below. */
struct slice text_valid(struct text *text, struct slice raw);
/* The same, and no character that could act on a terminal or a reader. */
struct slice text_harmless(struct text *text, struct slice raw);
/* A cell for people; an undefined one is "-". */
struct slice text_cell(
    struct text *text, const struct column *column, const struct cell *cell);

/*
 * A cell for machines, every digit of it: text as it is, undefined empty.
 * Lives as long as the table or out.
 */
#define TEXT_EXACT NUMBER_MAX /* the longest of them */
struct slice text_exact(char out[TEXT_EXACT], const struct cell *cell);

/* Do people see the column, where there is room? */
bool
text_shows(const struct render_options *options, const struct column *column);
bool text_is_right_aligned(const struct column *column);

const char *unit_name(enum unit unit); /* for programs */

void text_put(FILE *out, struct slice text);
/* What every format ends with: 0, or -1 when out did not take all of it. */
int text_end(FILE *out, struct fnl_err *err);

#endif
