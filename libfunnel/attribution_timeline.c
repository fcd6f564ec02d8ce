/*
 * attribution_timeline.c: the reports timeline and unjoined: touches as they
 * are, those of marketing and those of sales in one list (product.md A13).
 */
#include <stdlib.h>

#include "attribution.h"
#include "change.h"

int
attribution_list(const struct attribution *a, const char *title,
    const struct column *columns, size_t n, size_t n_keys, bool segments,
    struct sheet *sheet, struct fnl_err *err)
{
	const struct column **own = arena_array(a->arena, n, sizeof(*own));
	struct sheet_plan plan = { .title = title,
		.period = PERIOD_NONE,
		.no_segments = !segments,
		.columns = own,
		.n_columns = n,
		.n_keys = n_keys };

	for (size_t i = 0; i < n; i++)
		own[i] = &columns[i];
	return attribution_sheet(a, plan, sheet, err);
}

bool
attribution_lists(struct attribution *a, struct stamp at)
{
	struct when when = stamp_when(at);

	if (when_compare(a->load.zone, when, a->load.as_of) > 0) {
		a->later++;
		return false;
	}
	if (!window_holds(a->load.zone, &a->load.window, when)) {
		a->outside++;
		return false;
	}
	return true;
}

bool
attribution_by_sales(const struct touch *touch)
{
	return touch->flags & (TOUCH_ACTIVITY | TOUCH_SALES);
}

uint32_t
attribution_account(
    const struct attribution *a, uint32_t record, const struct touch *touch)
{
	const struct load *load = &a->load;
	uint32_t account = 0;

	for (size_t i = 0; i < load->n_wants; i++)
		if (load->wants[i] == FIELD_ACCOUNT &&
		    load->want_attribute[i] != NO_ATTRIBUTE)
			account = store_attribute_at(
			    load->store, record, load->want_attribute[i]);
	return account || !touch ? account : touch->account;
}

/* ---- timeline ---- */

enum {
	LINE_ID,
	LINE_TIME,
	LINE_KIND,
	LINE_CHANNEL,
	LINE_CAMPAIGN,
	LINE_TYPE,
	LINE_OWNER,
	LINE_PERSON,
	LINE_ACCOUNT,
	LINE_FILE,
	LINE_LINE,
	LINE_COLUMNS
};

static const struct column line_columns[LINE_COLUMNS] = {
	[LINE_ID] = { "id", "Record", UNIT_TEXT, FOR_ALL,
	    "Id of the record; a touch of several records has a row each." },
	[LINE_TIME] = { "time", "Time", UNIT_TIME, FOR_ALL,
	    "When it happened." },
	[LINE_KIND] = { "kind", "Kind", UNIT_TEXT, FOR_ALL,
	    "touch: of marketing; activity: of sales." },
	[LINE_CHANNEL] = { "channel", "Channel", UNIT_TEXT, FOR_ALL,
	    "What gets the credit (--key), by its agreed name." },
	[LINE_CAMPAIGN] = { "campaign", "Campaign", UNIT_TEXT, FOR_ROOM_IF_ANY,
	    "The campaign of the touch." },
	[LINE_TYPE] = { "type", "Type", UNIT_TEXT, FOR_ROOM_IF_ANY,
	    "The kind of activity, as its file has it." },
	[LINE_OWNER] = { "owner", "By", UNIT_TEXT, FOR_ROOM_IF_ANY,
	    "Who did it, as its file has it." },
	[LINE_PERSON] = { "person", "Person", UNIT_TEXT, FOR_ROOM_IF_ANY,
	    "Id or address of the person." },
	[LINE_ACCOUNT] = { "account", "Account", UNIT_TEXT, FOR_ROOM_IF_ANY,
	    "The account of the record, else of the touch." },
	[LINE_FILE] = { "file", "File", UNIT_TEXT, FOR_MACHINES,
	    "The file of touches." },
	[LINE_LINE] = { "line", "Line", UNIT_COUNT, FOR_MACHINES,
	    "Its line, the first is 1." },
};

/* A selected record, kept until all are sorted. */
struct listed {
	struct group_key key; /* its segments */
	struct slice id;
	uint32_t record;
};

static int
compare_listed(const void *pa, const void *pb)
{
	const struct listed *a = *(struct listed *const *)pa;
	const struct listed *b = *(struct listed *const *)pb;

	return slice_compare(a->id, b->id);
}

static struct listed *
new_listed(const struct attribution *a)
{
	struct listed *listed = arena_alloc(a->arena, sizeof(*listed));
	size_t n_by = a->load.segments.n_by;
	uint32_t *by = arena_array(a->arena, n_by + 1, sizeof(*by));

	for (size_t i = 0; i < n_by; i++)
		by[i] = a->walk.by[i];
	listed->key = (struct group_key){ .by = by, .dated = true };
	listed->record = a->walk.record;
	listed->id = store_id(a->load.store, listed->record);
	return listed;
}

/* The selected records that have touches, by their ids. */
static struct listed **
list_records(struct attribution *a, size_t *n)
{
	struct listed **all = arena_array(a->arena,
	    a->load.store->records.count + 1, sizeof(struct listed *));
	size_t n_touches;

	*n = 0;
	while (walk_next(&a->walk)) {
		touches_of(a->touches, a->walk.record, &n_touches);
		if (n_touches)
			all[(*n)++] = new_listed(a);
	}
	if (*n)
		qsort(all, *n, sizeof(struct listed *), compare_listed);
	return all;
}

static void
fill_place(const struct attribution *a, struct sheet *sheet, size_t column,
    uint16_t file, uint32_t line)
{
	sheet_cell(sheet, column, cell_optional(a->touches->files[file].path));
	sheet_cell(sheet, column + 1, cell_count(line));
}

static void
fill_line(const struct attribution *a, struct sheet *sheet,
    const struct listed *listed, const struct touch *touch)
{
	const struct {
		int column;
		uint32_t text;
	} texts[] = {
		{ LINE_CHANNEL, touches_key(a->touches, touch) },
		{ LINE_CAMPAIGN, touch->campaign },
		{ LINE_TYPE, touch->type },
		{ LINE_OWNER, touch->owner },
		{ LINE_PERSON, touch->person },
		{ LINE_ACCOUNT, attribution_account(a, touch->record, touch) },
	};

	sheet_row(sheet, &listed->key);
	sheet_cell(sheet, LINE_ID, cell_text(listed->id));
	sheet_cell(sheet, LINE_TIME, cell_time(stamp_when(touch->at)));
	sheet_cell(sheet, LINE_KIND,
	    cell_optional(attribution_by_sales(touch) ? "activity" : "touch"));
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		sheet_cell(sheet, (size_t)texts[i].column,
		    cell_of_text(&a->load, texts[i].text, NULL));
	fill_place(a, sheet, LINE_FILE, touch->file, touch->line);
}

int
attribution_timeline(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	struct listed **records;
	struct sheet sheet;
	size_t n, n_touches;

	if (attribution_list(a, "Timeline", line_columns, LINE_COLUMNS, 2, true,
		&sheet, err) < 0)
		return -1;
	records = list_records(a, &n);
	for (size_t i = 0; i < n; i++) {
		const struct touch *touches =
		    touches_of(a->touches, records[i]->record, &n_touches);

		for (size_t k = 0; k < n_touches; k++)
			if (attribution_lists(a, touches[k].at))
				fill_line(a, &sheet, records[i], &touches[k]);
	}
	attribution_notes(a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}

/* ---- unjoined ---- */

enum { LOST_FILE, LOST_LINE, LOST_TIME, LOST_KEY, LOST_CHANNEL, LOST_COLUMNS };

static const struct column lost_columns[LOST_COLUMNS] = {
	[LOST_FILE] = { "file", "File", UNIT_TEXT, FOR_ALL,
	    "The file of touches." },
	[LOST_LINE] = { "line", "Line", UNIT_COUNT, FOR_ALL,
	    "Its line, the first is 1." },
	[LOST_TIME] = { "time", "Time", UNIT_TIME, FOR_ALL,
	    "When it happened." },
	[LOST_KEY] = { "key", "Looked for", UNIT_TEXT, FOR_ALL,
	    "The record, person or account of its row that no record has." },
	[LOST_CHANNEL] = { "channel", "Channel", UNIT_TEXT, FOR_ALL,
	    "What would get the credit (--key)." },
};

/* All of them, whatever --where selects: no record, so nothing to select
 * them by. */
int
attribution_unjoined(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	const struct vec *all = &a->touches->unjoined;
	struct sheet sheet;

	if (attribution_list(a, "Touches without a record", lost_columns,
		LOST_COLUMNS, 2, false, &sheet, err) < 0)
		return -1;
	while (walk_next(&a->walk)) /* for the notes alone */
		;
	for (size_t i = 0; i < all->count; i++) {
		const struct unjoined *lost = vec_at(all, i);
		uint32_t channel =
		    a->touches->key == KEY_COLUMN
			? lost->channel
			: touches_agreed(a->touches, lost->channel);

		if (!attribution_lists(a, lost->at))
			continue;
		sheet_row(&sheet, NULL);
		fill_place(a, &sheet, LOST_FILE, lost->file, lost->line);
		sheet_cell(&sheet, LOST_TIME, cell_time(stamp_when(lost->at)));
		sheet_cell(
		    &sheet, LOST_KEY, cell_of_text(&a->load, lost->key, NULL));
		sheet_cell(&sheet, LOST_CHANNEL,
		    cell_of_text(&a->load, channel, NULL));
	}
	attribution_notes(a, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
