/*
 * chart_page: a script for gnuplot, drawn as on squared paper. Everything that
 * is text -- titles, labels, figures, the legend -- has its place in pixels (on
 * a terminal: characters) and stands in a data block; what is drawn stands in
 * panels with scales of their own. So no name can act, and the layout holds
 * whatever the names are. Private to the chart files.
 */
#ifndef FUNNEL_CHART_PAGE_H
#define FUNNEL_CHART_PAGE_H

#include "chart_data.h"

/* How a text is set: one row of word_styles[] each. */
enum chart_word {
	WORD_TITLE,
	WORD_LEFT,
	WORD_RIGHT,
	WORD_CENTRE,
	WORD_BOLD, /* heading of a panel */
	WORD_PALE,
	WORD_WHITE, /* centred, on a dark field */
	WORD_SLANTED, /* ends at its place, coming from below */
	WORD_COUNT,
};

struct chart_page {
	struct arena *arena;
	const struct chart_options *options;
	bool is_text;
	double width, height; /* pixels or characters */
	double em, line; /* a character, a line of text */
	struct textbuf words[WORD_COUNT];
	struct textbuf marks; /* of the legend */
	struct textbuf data; /* blocks of numbers */
	struct textbuf plots;
	unsigned n_blocks;
};

/* An axis in the panel's own numbers, from end to end. */
struct chart_scale {
	double first, last;
	double step; /* between tics; 0: none */
	int decimals; /* of the tics, once divided */
	double per; /* what they are divided by */
	const char *unit; /* of that: "", "k", "M", "%" */
};

struct chart_panel {
	double left, right, top, bottom; /* on the page */
	struct chart_scale x, y;
	bool x_tics, y_tics;
};

/* Colours that the colour-blind can tell apart, and that differ in print
 * (Okabe and Ito 2008), without the yellow. */
extern const char *const chart_colours[CHART_SERIES_MAX];
extern const int chart_shapes[CHART_SERIES_MAX]; /* gnuplot's points */
/* What a series is drawn with on a terminal. */
const char *chart_fill(const struct chart_page *page, size_t series);

struct chart_page
chart_page_new(struct arena *arena, const struct chart_options *options);

/* The text, or as much of it as `most` characters hold. */
const char *
chart_cut(const struct chart_page *page, const char *text, size_t most);
/* The widest of n texts in characters, at most `most`. */
size_t chart_widest(const char *const *texts, size_t n, size_t most);

/* Puts harmless text at a place, x and y from the top left. */
void chart_word(struct chart_page *page, enum chart_word style, double x,
    double y, const char *text);

/* Title and legend (none for n < 2); the y below them. */
double chart_head(struct chart_page *page, const struct chart_data *data,
    const char *const *names, size_t n, size_t first_colour);
/* What was left out and what pale means; "" for nothing. */
const char *
chart_foot_text(const struct chart_page *page, const struct chart_data *data);
/* The same, in the last line of the page. */
void chart_foot(struct chart_page *page, const struct chart_data *data);

/* A range rounded outward to about so many tics; those of counts are whole. */
struct chart_scale chart_scale_new(const struct chart_page *page, double low,
    double high, unsigned tics, enum unit unit);
/* Where a number is on the page. */
double chart_x(const struct chart_panel *panel, double x);
double chart_y(const struct chart_panel *panel, double y);

/*
 * A panel: its margins, ranges and tics, then what is in it, one chart_plot
 * each, from blocks of data that were written before.
 */
void
chart_panel_begin(struct chart_page *page, const struct chart_panel *panel);
void chart_plot(struct chart_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void chart_panel_end(struct chart_page *page);

/* A block of data, $d1 and so on: its number. Then lines of numbers; NaN
 * stays unknown. */
unsigned chart_block(struct chart_page *page);
void chart_numbers(struct chart_page *page, const double *numbers, size_t n);
void chart_block_end(struct chart_page *page);

/* The whole script. */
const char *chart_page_end(struct chart_page *page);

#endif
