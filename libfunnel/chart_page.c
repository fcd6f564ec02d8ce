/*
 * chart_page.c: the texts of a chart, its panels, and the script around them.
 */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "chart_page.h"

#define WIDTH 800.0 /* pixels */
#define EM 7.2 /* of DejaVu Sans, a wide one, at 12 pixels */
#define LINE 17.0
#define NAME_MAX 24 /* characters of a name in the legend */
#define MARGIN 14.0

const char *const chart_colours[CHART_SERIES_MAX] = { "#0072B2", "#D55E00",
	"#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#444444" };
const int chart_shapes[CHART_SERIES_MAX] = { 7, 5, 9, 13, 11, 15, 3 };

static const char *const fills[CHART_SERIES_MAX] = { "\xe2\x96\x88",
	"\xe2\x96\x92", "\xe2\x96\x93", "\xe2\x96\x91", "=", "+", ":" };
static const char *const ascii_fills[CHART_SERIES_MAX] = { "#", "=", "+", "o",
	"*", "x", ":" };

/* The words of a page, by style, each with its block of data. */
static const struct word_style {
	const char *block;
	const char *place; /* gnuplot's justification */
	double size; /* pixels */
	const char *colour;
	bool bold;
} word_styles[WORD_COUNT] = {
	[WORD_TITLE] = { "title", "left", 16, "#000000", true },
	[WORD_LEFT] = { "left", "left", 12, "#222222", false },
	[WORD_RIGHT] = { "right", "right", 12, "#222222", false },
	[WORD_CENTRE] = { "centre", "center", 12, "#222222", false },
	[WORD_BOLD] = { "heading", "left", 12, "#000000", true },
	[WORD_PALE] = { "pale", "left", 11, "#666666", false },
	[WORD_WHITE] = { "white", "center", 12, "#ffffff", false },
	[WORD_SLANTED] = { "slanted", "rotate by 35 right", 12, "#222222",
	    false },
};

const char *
chart_fill(const struct chart_page *page, size_t series)
{
	return page->options->ascii ? ascii_fills[series % CHART_SERIES_MAX]
				    : fills[series % CHART_SERIES_MAX];
}

struct chart_page
chart_page_new(struct arena *arena, const struct chart_options *options)
{
	struct chart_page page = { .arena = arena,
		.options = options,
		.is_text = options->form == CHART_TEXT,
		.width = WIDTH,
		.em = EM,
		.line = LINE };

	if (page.is_text) {
		page.width = options->columns ? options->columns : 80;
		page.height = options->lines ? options->lines : 24;
		page.em = page.line = 1;
	}
	for (int i = 0; i < WORD_COUNT; i++)
		page.words[i].arena = arena;
	page.marks.arena = page.data.arena = page.plots.arena = arena;
	return page;
}

/* ---- words ---- */

/* Bytes of the longest beginning that is no wider than `most`. */
static size_t
fitting(struct slice text, size_t most)
{
	size_t n = 0, next;

	for (next = 0; next <= text.n; next++) {
		if (next < text.n &&
		    ((unsigned char)text.p[next] & 0xc0) == 0x80)
			continue;
		if (display_width((struct slice){ text.p, next }) > most)
			break;
		n = next;
	}
	return n;
}

const char *
chart_cut(const struct chart_page *page, const char *text, size_t most)
{
	const char *dots = page->options->ascii ? "..." : "\xe2\x80\xa6";
	size_t room = most - display_width(slice_of(dots));
	/* No character is narrower than a byte in four. */
	struct slice head = { text, strnlen(text, 16 * most) };

	if (display_width(slice_of(text)) <= most)
		return text;
	return arena_printf(
	    page->arena, "%.*s%s", (int)fitting(head, room), text, dots);
}

size_t
chart_widest(const char *const *texts, size_t n, size_t most)
{
	size_t widest = 0;

	for (size_t i = 0; i < n; i++) {
		size_t width = display_width(slice_of(texts[i]));

		if (width > widest)
			widest = width;
	}
	return widest < most ? widest : most;
}

/* U+FFFE and U+FFFF are characters of no XML document. */
static bool
is_no_character(const char *p)
{
	return p[0] == '\xef' && p[1] == '\xbf' &&
	       (p[2] == '\xbe' || p[2] == '\xbf');
}

/* As gnuplot reads it in a block of data: in a quoted text "" is a quote, and
 * \\ a backslash; \033 would be an escape sequence. */
static void
add_quoted(struct textbuf *out, const char *text)
{
	textbuf_add(out, "\"");
	for (const char *p = text; *p; p++) {
		if (is_no_character(p)) {
			textbuf_add(out, "?");
			p += 2;
		} else {
			textbuf_add(out,
			    *p == '"' || *p == '\\' ? "%c%c" : "%c", *p, *p);
		}
	}
	textbuf_add(out, "\"");
}

void
chart_word(struct chart_page *page, enum chart_word style, double x, double y,
    const char *text)
{
	struct textbuf *out = &page->words[style];

	if (!*text)
		return;
	textbuf_add(out, "%.1f\t%.1f\t", x, y);
	add_quoted(out, text);
	textbuf_add(out, "\n");
}

/* ---- head and foot ---- */

static unsigned
colour_number(size_t series)
{
	unsigned colour = 0;

	for (const char *p = chart_colours[series % CHART_SERIES_MAX] + 1; *p;
	     p++)
		colour = colour * 16 +
			 (unsigned)(*p <= '9' ? *p - '0' : *p - 'A' + 10);
	return colour;
}

static void
add_mark(struct chart_page *page, double x, double y, size_t series, int shape)
{
	if (page->is_text)
		chart_word(page, WORD_LEFT, x, y, chart_fill(page, series));
	else
		textbuf_add(&page->marks, "%.1f\t%.1f\t%d\t%u\n", x + 4, y,
		    shape, colour_number(series));
}

static double
add_legend(struct chart_page *page, double y, const char *const *names,
    size_t n, size_t first_colour, bool shapes)
{
	double left = page->is_text ? 0 : MARGIN, x = left;

	for (size_t i = 0; i < n; i++) {
		const char *name = chart_cut(page, names[i], NAME_MAX);
		double width =
		    (double)(display_width(slice_of(name)) + 5) * page->em;

		if (x > left && x + width > page->width) {
			x = left;
			y += page->line;
		}
		add_mark(page, x, y, i + first_colour,
		    shapes ? chart_shapes[i % CHART_SERIES_MAX] : 5);
		chart_word(page, WORD_LEFT, x + 2 * page->em, y, name);
		x += width;
	}
	return y + page->line;
}

double
chart_head(struct chart_page *page, const struct chart_data *data,
    const char *const *names, size_t n, size_t first_colour)
{
	bool lines = data->over_time || data->figure->kind == FIGURE_STEPS ||
		     data->figure->kind == FIGURE_TIMES;
	double y = page->is_text ? 0 : 22;

	chart_word(page, WORD_TITLE, page->is_text ? 0 : MARGIN, y,
	    chart_cut(
		page, data->title, (size_t)(page->width / page->em / 1.4)));
	y += page->is_text ? 1 : 26;
	if (n > 1)
		y = add_legend(page, y, names, n, first_colour, lines) +
		    (page->is_text ? 0 : 4);
	return y;
}

const char *
chart_foot_text(const struct chart_page *page, const struct chart_data *data)
{
	const char *left_out = chart_left_out(data);
	bool lines = data->over_time;
	const char *means = data->figure->young_means;
	const char *looks = page->is_text ? "o, pale"
			    : lines       ? "dotted and hollow"
					  : "pale";
	const char *young = chart_has_young(data)
				? arena_printf(page->arena, "%s: %s", looks,
				      means ? means : "too early to tell")
				: "";

	if (!left_out)
		return young;
	return arena_printf(
	    page->arena, "%s%s%s", young, *young ? "; " : "", left_out);
}

void
chart_foot(struct chart_page *page, const struct chart_data *data)
{
	const char *text = chart_foot_text(page, data);

	if (*text)
		chart_word(page, WORD_PALE, page->is_text ? 0 : MARGIN,
		    page->is_text ? page->height - 1 : page->height - 12, text);
}

/* ---- scales ---- */

static const struct magnitude {
	bool indian;
	double from, per;
	const char *unit;
} magnitudes[] = {
	{ true, 1e7, 1e7, " Cr" },
	{ true, 1e5, 1e5, " L" },
	{ false, 1e9, 1e9, "B" },
	{ false, 1e6, 1e6, "M" },
	{ false, 1e4, 1e3, "k" },
};

static void
scale_unit(struct chart_scale *scale, bool indian)
{
	double most = fmax(fabs(scale->first), fabs(scale->last));

	scale->per = 1;
	scale->unit = "";
	for (size_t i = 0; i < sizeof(magnitudes) / sizeof(*magnitudes); i++) {
		const struct magnitude *m = &magnitudes[i];

		if ((!m->indian || indian) && most >= m->from) {
			scale->per = m->per;
			scale->unit = m->unit;
			return;
		}
	}
}

/* 1, 2 or 5 times a power of ten, at least x. */
static double
round_step(double x)
{
	double power = pow(10, floor(log10(x)));
	double mantissa = x / power;

	if (mantissa > 5)
		return 10 * power;
	return (mantissa > 2 ? 5 : mantissa > 1 ? 2 : 1) * power;
}

struct chart_scale
chart_scale_new(const struct chart_page *page, double low, double high,
    unsigned tics, enum unit unit)
{
	struct chart_scale scale = { .per = 1, .unit = "%" };
	bool per_cent = unit == UNIT_SHARE;

	if (!(high > low)) {
		low = fmin(low, 0);
		high = high > low ? high : low + 1;
	}
	if (per_cent && low >= 0 && high <= 100 && high > 50)
		high = 100;
	scale.step = round_step((high - low) / tics);
	if (unit == UNIT_COUNT && scale.step < 1)
		scale.step = 1;
	scale.first = floor(low / scale.step + 1e-9) * scale.step;
	scale.last = ceil(high / scale.step - 1e-9) * scale.step;
	if (!per_cent)
		scale_unit(&scale, page->options->indian_grouping);
	scale.decimals =
	    (int)fmax(0, -floor(log10(scale.step / scale.per) + 1e-9));
	return scale;
}

static double
share_of(const struct chart_scale *scale, double value)
{
	return (value - scale->first) / (scale->last - scale->first);
}

double
chart_x(const struct chart_panel *panel, double x)
{
	return panel->left +
	       share_of(&panel->x, x) * (panel->right - panel->left);
}

double
chart_y(const struct chart_panel *panel, double y)
{
	return panel->bottom -
	       share_of(&panel->y, y) * (panel->bottom - panel->top);
}

/* ---- panels ---- */

/* A terminal's last column and line are its ends. */
static double
screen_x(const struct chart_page *page, double x)
{
	return x / (page->width - (page->is_text ? 1 : 0));
}

static double
screen_y(const struct chart_page *page, double y)
{
	return 1 - y / (page->height - (page->is_text ? 1 : 0));
}

static size_t
count_tics(const struct chart_scale *scale)
{
	return (size_t)lround((scale->last - scale->first) / scale->step) + 1;
}

static void
tic_words(struct chart_page *page, const struct chart_panel *panel, bool is_x)
{
	const struct chart_scale *scale = is_x ? &panel->x : &panel->y;

	for (size_t i = 0; i < count_tics(scale); i++) {
		double value = scale->first + (double)i * scale->step;
		bool zero = fabs(value) < scale->step / 1e6;
		const char *text = arena_printf(page->arena, "%.*f%s",
		    zero ? 0 : scale->decimals, zero ? 0 : value / scale->per,
		    zero && *scale->unit != '%' ? "" : scale->unit);

		if (is_x)
			chart_word(page, WORD_CENTRE, chart_x(panel, value),
			    panel->bottom +
				page->line * (page->is_text ? 1 : .8),
			    text);
		else
			chart_word(page, WORD_RIGHT,
			    panel->left - page->em * (page->is_text ? 2 : 1),
			    chart_y(panel, value), text);
	}
}

static void
set_tics(struct chart_page *page, char axis, const struct chart_scale *scale,
    bool tics)
{
	textbuf_add(&page->plots, "set %crange [%.10g:%.10g]\n", axis,
	    scale->first, scale->last);
	if (!tics || page->is_text)
		textbuf_add(&page->plots, "unset %ctics\n", axis);
	else
		textbuf_add(&page->plots,
		    "set %ctics %.10g,%.10g format \"\" scale 0\n", axis,
		    scale->first, scale->step);
}

void
chart_panel_begin(struct chart_page *page, const struct chart_panel *panel)
{
	textbuf_add(&page->plots,
	    "\nset lmargin at screen %.5f\nset rmargin at screen %.5f\n"
	    "set tmargin at screen %.5f\nset bmargin at screen %.5f\n",
	    screen_x(page, panel->left), screen_x(page, panel->right),
	    screen_y(page, panel->top), screen_y(page, panel->bottom));
	set_tics(page, 'x', &panel->x, panel->x_tics);
	set_tics(page, 'y', &panel->y, panel->y_tics);
	if (panel->x_tics)
		tic_words(page, panel, true);
	if (panel->y_tics)
		tic_words(page, panel, false);
	textbuf_add(&page->plots, "plot NaN notitle");
}

void
chart_plot(struct chart_page *page, const char *format, ...)
{
	char line[256];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	textbuf_add(&page->plots, ", \\\n\t%s notitle", line);
}

void
chart_panel_end(struct chart_page *page)
{
	textbuf_add(&page->plots, "\n");
}

unsigned
chart_block(struct chart_page *page)
{
	textbuf_add(&page->data, "$d%u << END\n", ++page->n_blocks);
	return page->n_blocks;
}

void
chart_numbers(struct chart_page *page, const double *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		textbuf_add(&page->data, i ? "\t" : "");
		if (isfinite(numbers[i]))
			textbuf_add(&page->data, "%.10g", numbers[i]);
		else
			textbuf_add(&page->data, "NaN");
	}
	textbuf_add(&page->data, "\n");
}

void
chart_block_end(struct chart_page *page)
{
	textbuf_add(&page->data, "END\n");
}

/* ---- the script ---- */

/* A pixel is 1/96 inch, and a point 4/3 of it. */
static void
set_terminal(const struct chart_page *page, struct textbuf *out)
{
	const char *name = page->options->name;
	int w = (int)page->width, h = (int)page->height;

	switch (page->options->form) {
	case CHART_SVG:
		textbuf_add(out,
		    "set terminal svg size %d,%d noenhanced "
		    "font \"sans-serif,12\"%s%s%s background \"#ffffff\"\n",
		    w, h, name ? " name \"" : "", name ? name : "",
		    name ? "\"" : "");
		break;
	case CHART_PNG:
		textbuf_add(out,
		    "set terminal pngcairo size %d,%d noenhanced "
		    "font \"sans-serif,9\" background \"#ffffff\"\n",
		    w, h);
		break;
	case CHART_PDF:
		textbuf_add(out,
		    "set terminal pdfcairo size %.4fin,%.4fin noenhanced "
		    "font \"sans-serif,9\" fontscale 1 "
		    "background \"#ffffff\"\n",
		    page->width / 96, page->height / 96);
		break;
	case CHART_TEXT:
		textbuf_add(
		    out, "set terminal dumb size %d,%d noenhanced\n", w, h);
		break;
	}
}

static void
put_word_data(const struct chart_page *page, struct textbuf *out)
{
	for (int i = 0; i < WORD_COUNT; i++)
		if (page->words[i].n)
			textbuf_add(out, "$%s << END\n%sEND\n",
			    word_styles[i].block,
			    textbuf_text(&page->words[i]));
	if (page->marks.n)
		textbuf_add(
		    out, "$marks << END\n%sEND\n", textbuf_text(&page->marks));
}

static void
set_font(const struct chart_page *page, const struct word_style *style,
    struct textbuf *out)
{
	/* In an SVG gnuplot takes ":Bold" for a part of the family's name. */
	bool is_svg = page->options->form == CHART_SVG;
	double size = is_svg ? style->size : style->size * .75;

	if (page->is_text)
		return;
	textbuf_add(out, " tc rgb \"%s\" font \"sans-serif%s,%g\"",
	    style->colour, style->bold && !is_svg ? ":Bold" : "", size);
}

/* All texts at once, over the whole page. */
static void
put_words(const struct chart_page *page, struct textbuf *out)
{
	double end = page->is_text ? 1 : 0;

	textbuf_add(out,
	    "\nset lmargin at screen 0\nset rmargin at screen 1\n"
	    "set tmargin at screen 1\nset bmargin at screen 0\n"
	    "set xrange [0:%.10g]\nset yrange [%.10g:0]\n"
	    "unset border\nunset xtics\nunset ytics\nplot NaN notitle",
	    page->width - end, page->height - end);
	if (page->marks.n)
		textbuf_add(out,
		    ", \\\n\t$marks using 1:2:3:4 with points pt variable "
		    "ps 1 lc rgb variable notitle");
	for (int i = 0; i < WORD_COUNT; i++) {
		if (!page->words[i].n)
			continue;
		textbuf_add(out, ", \\\n\t$%s using 1:2:3 with labels %s",
		    word_styles[i].block, word_styles[i].place);
		set_font(page, &word_styles[i], out);
		textbuf_add(out, " notitle");
	}
	textbuf_add(out, "\n");
}

const char *
chart_page_end(struct chart_page *page)
{
	struct textbuf out = { .arena = page->arena };

	textbuf_add(&out,
	    "# A chart of funnel: gnuplot FILE >picture. The names are in the\n"
	    "# blocks of data, with their places; the numbers in $d1 and so "
	    "on.\n");
	set_terminal(page, &out);
	textbuf_add(&out,
	    "set encoding utf8\nset datafile separator \"\\t\"\n"
	    "set border 0 lc rgb \"#888888\"\n%s",
	    page->is_text ? "" : "set grid lt 1 lw 0.5 lc rgb \"#dddddd\"\n");
	put_word_data(page, &out);
	textbuf_add(&out, "%sset multiplot\n%s", textbuf_text(&page->data),
	    textbuf_text(&page->plots));
	put_words(page, &out);
	textbuf_add(&out, "unset multiplot\n");
	return textbuf_text(&out);
}
