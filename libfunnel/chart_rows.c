/*
 * chart_rows.c: labels one under the other: what bars, waterfalls, boxes, heat
 * maps and points in time have in common.
 */
#include <math.h>

#include "chart_kinds.h"

#define LABEL_MAX 40 /* characters */
#define ROW 24.0 /* pixels of a label with one slot */
#define SLOT 14.0 /* of each of several */
#define GAP 8.0

static size_t
label_most(const struct chart_page *page)
{
	return page->is_text ? (size_t)(page->width / 3) : LABEL_MAX;
}

static double
foot_height(const struct chart_rows *r)
{
	double foot = *chart_foot_text(r->page, r->data) ? r->page->line : 0;

	return (r->page->is_text ? 1 : 2.2 * r->page->line) + foot;
}

/* A terminal has its lines, a picture grows. */
static void
fit_rows(struct chart_rows *r)
{
	struct chart_page *page = r->page;
	struct chart_data *d = r->data;

	r->n = d->n_labels;
	if (page->is_text) {
		double room = floor((page->height - r->top - 2) / r->row);

		if ((double)r->n > room)
			r->n = room > 1 ? (size_t)room : 1;
		d->labels_left += d->n_labels - r->n;
	}
	page->height = r->top + r->row * (double)r->n + foot_height(r);
}

static void
put_labels(struct chart_rows *r)
{
	const struct chart_page *page = r->page;

	for (size_t l = 0; l < r->n; l++)
		chart_word(r->page, WORD_RIGHT,
		    r->left - (page->is_text ? 2 : 8),
		    page->is_text ? r->top + (double)l * r->row
				  : r->top + ((double)l + .5) * r->row,
		    chart_cut(page, r->data->labels[l], label_most(page)));
}

void
chart_rows_lay_out(struct chart_rows *r, double head, size_t slots)
{
	struct chart_page *page = r->page;

	r->slots = slots;
	r->top = head + page->line;
	if (page->is_text)
		r->row = (double)slots;
	else
		r->row = slots > 1 ? (double)slots * SLOT + GAP : ROW;
	fit_rows(r);
	r->left =
	    (double)chart_widest(r->data->labels, r->n, label_most(page)) *
		page->em +
	    (page->is_text ? 2 : 22);
	put_labels(r);
}

double
chart_rows_y(
    const struct chart_rows *r, size_t label, size_t slot, size_t slots)
{
	double gap = r->page->is_text || r->slots == 1 ? 0 : GAP;
	double height = (r->row - gap) / (double)r->slots;
	double y = r->top + ((double)label + .5) * r->row +
		   ((double)slot + .5 - (double)slots / 2) * height;

	return r->page->is_text ? floor(y) : y;
}

double
chart_rows_at(
    const struct chart_rows *r, size_t label, size_t slot, size_t slots)
{
	return (chart_rows_y(r, label, slot, slots) - r->top) / r->row;
}

const char *
chart_repeat(const struct chart_page *page, const char *character, double n)
{
	struct textbuf text = { .arena = page->arena };

	for (; n >= 1; n--)
		textbuf_add(&text, "%s", character);
	return textbuf_text(&text);
}

void
chart_widen(struct chart_range *range, double value)
{
	if (isnan(value))
		return;
	range->low = fmin(range->low, value);
	range->high = fmax(range->high, value);
}
