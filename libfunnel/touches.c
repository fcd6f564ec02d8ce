/*
 * touches.c: rows of touch files to touches, record by record, and what gets
 * the credit for one.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "outside.h"
#include "query.h"
#include "seen.h"
#include "touch_order.h"
#include "touches.h"

struct campaign {
	uint32_t name, type;
};

struct reading {
	struct touches *touches;
	struct load *load;
	struct read_options read;
	struct touch_rules rules;
	struct touch_slots slots;
	struct join *join;
	enum join_by by;
	struct seen *seen;
	size_t cap;
	struct intern *campaigns; /* ids */
	struct vec campaign_of; /* struct campaign by number of the id */
	uint16_t file; /* that is being read */
};

static struct slice
text_of(const struct store *store, uint32_t text)
{
	return intern_get(store->texts, text);
}

struct slice
touches_text(const struct touches *touches, uint32_t text)
{
	return text_of(touches->load->store, text);
}

/* ---- Options ---- */

static bool
is_touch_map(const char *map)
{
	return strncmp(map, "touch.", 6) == 0 || strncmp(map, "cost=", 5) == 0;
}

void
touches_split_maps(struct arena *arena, const struct fnl_list *maps,
    struct fnl_list *records, struct fnl_list *touches)
{
	const char **mine = arena_array(arena, maps->n + 1, sizeof(*mine));
	const char **theirs = arena_array(arena, maps->n + 1, sizeof(*theirs));
	size_t n = 0;

	for (size_t i = 0; i < maps->n; i++)
		if (is_touch_map(maps->items[i]))
			mine[n++] = maps->items[i];
		else
			theirs[i - n] = maps->items[i];
	*touches = (struct fnl_list){ mine, n };
	*records = (struct fnl_list){ theirs, maps->n - n };
}

static void
take_key(struct reading *r, const char *key)
{
	static const struct choice keys[] = { { "channel", KEY_CHANNEL },
		{ "campaign", KEY_CAMPAIGN }, { "source", KEY_SOURCE },
		{ NULL, 0 } };
	struct touches *t = r->touches;

	if (!key)
		key = r->load->definitions.attribution.key;
	t->key_name = key ? key : "channel";
	t->key = KEY_COLUMN;
	for (const struct choice *c = keys; c->name; c++)
		if (fold_equal(slice_of(t->key_name), slice_of(c->name)))
			t->key = (enum touch_key)c->value;
}

static int
take_options(
    struct reading *r, const struct touch_options *options, struct fnl_err *err)
{
	static const struct choice joins[] = { { "contact", JOIN_CONTACT },
		{ "record", JOIN_RECORD }, { "account", JOIN_ACCOUNT },
		{ NULL, 0 } };
	static const struct choice dates[] = { { "responded", false },
		{ "associated", true }, { NULL, 0 } };
	int join, associated;

	if (query_choice("--join", options->join, joins, &join, err) < 0 ||
	    query_choice("--touch-date", options->touch_date, dates,
		&associated, err) < 0)
		return -1;
	r->by = (enum join_by)join;
	take_key(r, options->key);
	r->rules = (struct touch_rules){
		.sales = &r->load->definitions.sales_touches,
		.texts = r->load->store->texts,
		.key = r->touches->key,
		.key_name = r->touches->key_name,
		.associated = associated,
	};
	return 0;
}

/* ---- Files ---- */

static bool
is_named(const struct fnl_list *files, const char *path)
{
	for (size_t i = 0; i < files->n; i++)
		if (strcmp(files->items[i], path) == 0)
			return true;
	return false;
}

static struct fnl_list
both_lists(struct arena *arena, const struct touch_options *options)
{
	const struct fnl_list *a = &options->files, *b = &options->activities;
	const char **items =
	    arena_array(arena, a->n + b->n + 1, sizeof(*items));

	for (size_t i = 0; i < a->n; i++)
		items[i] = a->items[i];
	for (size_t i = 0; i < b->n; i++)
		items[a->n + i] = b->items[i];
	return (struct fnl_list){ items, a->n + b->n };
}

static void
describe_files(struct reading *r, const struct touch_options *options)
{
	struct touches *t = r->touches;

	t->files =
	    arena_array(r->load->arena, t->n_files + 1, sizeof(*t->files));
	t->tells_sales = true;
	for (size_t i = 0; i < t->n_files; i++) {
		struct touch_file *file = &t->files[i];

		*file = touch_file_of(t->readers[i]);
		file->given_as_activities =
		    is_named(&options->activities, file->path);
		if (touch_file_has_activities(file))
			t->tells_sales &= file->tells_sales;
	}
}

static int
open_files(
    struct reading *r, const struct touch_options *options, struct fnl_err *err)
{
	struct touches *t = r->touches;

	struct fnl_list files = both_lists(r->load->arena, options);

	if (outside_open(r->load, &files,
		options->activities.n ? "--activities" : "--touches", &r->read,
		&t->readers, err) < 0)
		return -1;
	t->n_files = files.n;
	describe_files(r, options);
	for (size_t i = 0; i < t->n_files; i++)
		if (touch_file_check(&r->rules, &t->files[i], err) < 0)
			return -1;
	return touch_files_check_key(&r->rules, t->files, t->n_files, err);
}

/* ---- A touch and its records ---- */

static const struct reader *
reader_of(const struct reading *r)
{
	return r->touches->readers[r->file];
}

static const struct touch_file *
file_of(const struct reading *r)
{
	return &r->touches->files[r->file];
}

static int
push_touch(struct reading *r, const struct touch *touch, struct fnl_err *err)
{
	struct touches *t = r->touches;

	if (t->n == TOUCHES_MAX)
		return fail(err, FNL_DATA, "more than %d touches", TOUCHES_MAX);
	if (t->n == r->cap) {
		r->cap += r->cap / 4 + 4096;
		t->all = arena_grow(
		    r->load->arena, t->all, r->cap * sizeof(*t->all));
	}
	t->all[t->n++] = *touch;
	return 0;
}

static void
push_unjoined(
    struct reading *r, const struct typed_row *row, const struct touch *touch)
{
	struct unjoined *unjoined = vec_push(&r->touches->unjoined);
	struct slice key = touch_row_record(row);

	*unjoined = (struct unjoined){ .at = touch->at,
		.channel = touch->channel,
		.type = touch->type,
		.line = touch->line,
		.file = touch->file };
	unjoined->key = key.n           ? intern_put(r->load->store->texts, key)
			: touch->person ? touch->person
					: touch->account;
}

/* To all records it belongs to; *joined tells whether there is any. */
static int
join_touch(struct reading *r, const struct typed_row *row, struct touch *touch,
    bool *joined, struct fnl_err *err)
{
	struct touch_keys keys = { touch_row_record(row), touch->person,
		touch->account };
	size_t n;
	const uint32_t *records = join_find(r->join, &keys, &n);

	r->touches->read++;
	r->touches->shared += n > 1;
	r->touches->files[r->file].touches += n > 0;
	if (n)
		*joined = true;
	else
		push_unjoined(r, row, touch);
	for (size_t i = 0; i < n; i++) {
		touch->record = records[i];
		if (push_touch(r, touch, err) < 0)
			return -1;
	}
	return 0;
}

static int
count(struct reading *r, const struct typed_row *row, enum ledger_reason reason,
    struct slice example, struct fnl_err *err)
{
	return ledger_add(r->load->ledger, reader_of(r)->ledger_file, reason,
	    row->line, NULL, example, err);
}

static int
count_joined(struct reading *r, const struct typed_row *row, bool joined,
    const struct touch *touch, struct fnl_err *err)
{
	struct slice key = touch_row_record(row);

	r->touches->rows++;
	if (!joined)
		return count(r, row, LEDGER_UNJOINED,
		    key.n           ? key
		    : touch->person ? text_of(r->load->store, touch->person)
				    : row->wanted[TOUCH_SLOT_ACCOUNT],
		    err);
	reader_of(r)->ledger_file->used++;
	return 0;
}

static uint32_t
put(struct reading *r, struct slice text)
{
	return intern_put(r->load->store->texts, text);
}

/* ---- A row ---- */

/* HubSpot: the first and the last touches of a contact, a column each. */
static int
take_person(struct reading *r, const struct typed_row *row, struct fnl_err *err)
{
	struct touch touch = touch_row_read(&r->rules, file_of(r), row);
	bool joined = false;

	touch.file = r->file;
	for (size_t i = 0; i < file_of(r)->binding->n_stages; i++) {
		if (!touch_row_column(&r->rules, row, i, &touch))
			continue;
		store_happened(r->load->store, row->stage_times[i]);
		if (join_touch(r, row, &touch, &joined, err) < 0)
			return -1;
	}
	return count_joined(r, row, joined, &touch, err);
}

/* A meeting can be planned for later than the export: its start says nothing
 * of how far the data reach (R46). */
static void
happened(struct reading *r, const struct typed_row *row, struct when at)
{
	store_happened(r->load->store, row->time[ROW_CREATED]);
	if (file_of(r)->kind != TOUCH_ROW_MEETING)
		store_happened(r->load->store, at);
}

static int
take_one(struct reading *r, const struct typed_row *row, struct when at,
    struct fnl_err *err)
{
	struct touch touch = touch_row_read(&r->rules, file_of(r), row);
	bool joined = false;

	touch.file = r->file;
	touch.at = stamp_of(at);
	happened(r, row, at);
	if (join_touch(r, row, &touch, &joined, err) < 0)
		return -1;
	return count_joined(r, row, joined, &touch, err);
}

static int
take_touch(struct reading *r, const struct typed_row *row, struct fnl_err *err)
{
	const struct touch_file *file = file_of(r);
	bool person = file->kind == TOUCH_ROW_PERSON;
	struct when at = touch_row_time(&r->rules, file, row);

	if (!touch_row_happened(&r->rules, file, row)) {
		store_happened(r->load->store, row->time[ROW_CREATED]);
		return count(r, row, LEDGER_NO_TOUCH, SLICE(""), err);
	}
	if (!person && at.kind == WHEN_UNKNOWN)
		return count(r, row, LEDGER_UNDATED, SLICE(""), err);
	if (seen_before(r->seen, touch_row_hash(file, row)))
		return count(r, row, LEDGER_DUPLICATE, SLICE(""), err);
	return person ? take_person(r, row, err) : take_one(r, row, at, err);
}

/* ---- Rows that join ---- */

static void
put_campaign(struct reading *r, const struct typed_row *row)
{
	uint32_t id = intern_put(r->campaigns, row->wanted[TOUCH_SLOT_ID]);
	struct campaign *campaign;

	while (r->campaign_of.count <= id)
		vec_push(&r->campaign_of);
	campaign = vec_at(&r->campaign_of, id);
	if (!campaign->name)
		campaign->name = put(r, row->wanted[TOUCH_SLOT_CAMPAIGN]);
	if (!campaign->type)
		campaign->type = put(r, row->wanted[TOUCH_SLOT_CHANNEL]);
}

static int
take_link(struct reading *r, const struct typed_row *row, struct fnl_err *err)
{
	const struct slice *texts = row->wanted;
	bool used = true;

	switch (file_of(r)->kind) {
	case TOUCH_ROW_ROLE:
		used = texts[TOUCH_SLOT_CONTACT].n &&
		       join_role(r->join, texts[TOUCH_SLOT_CONTACT],
			   texts[TOUCH_SLOT_RECORD]);
		break;
	case TOUCH_ROW_CONTACT:
		join_contact(r->join, texts[TOUCH_SLOT_ID],
		    texts[TOUCH_SLOT_CONTACT], texts[TOUCH_SLOT_ACCOUNT]);
		break;
	case TOUCH_ROW_ACCOUNT:
		join_account(
		    r->join, texts[TOUCH_SLOT_ID], texts[TOUCH_SLOT_ACCOUNT]);
		break;
	default:
		put_campaign(r, row);
	}
	if (!used)
		return count(
		    r, row, LEDGER_UNJOINED, texts[TOUCH_SLOT_RECORD], err);
	reader_of(r)->ledger_file->used++;
	return 0;
}

static int
take_row(void *context, const struct typed_row *row, struct fnl_err *err)
{
	struct reading *r = context;

	return touch_file_joins(file_of(r)) ? take_link(r, row, err)
					    : take_touch(r, row, err);
}

/* Rows name records and persons all over the memory. */
static void
warm_rows(void *context, const struct typed_row *rows, size_t n)
{
	const struct reading *r = context;
	struct slice records[WARM_ROWS];
	uint32_t hashes[WARM_ROWS] = { 0 }, numbers[WARM_ROWS];
	size_t n_records = 0, n_persons = 0;

	for (size_t i = 0; i < n; i++) {
		const struct slice *texts = rows[i].wanted;

		if (rows[i].skipped)
			continue;
		seen_warm(r->seen, touch_row_hash(file_of(r), &rows[i]));
		records[n_records] = touch_row_record(&rows[i]);
		n_records += records[n_records].n != 0;
		if (texts[TOUCH_SLOT_CONTACT].n)
			hashes[n_persons++] =
			    intern_hash(texts[TOUCH_SLOT_CONTACT]);
	}
	join_warm(r->join, records, n_records);
	intern_warm(r->load->store->texts, hashes, numbers, n_persons);
}

static int
read_files(struct reading *r, bool links, struct fnl_err *err)
{
	struct touches *t = r->touches;
	struct row_taker taker = { .ledger = r->load->ledger,
		.take = take_row,
		.context = r,
		.warm = links ? NULL : warm_rows };

	for (size_t i = 0; i < t->n_files; i++) {
		if (touch_file_joins(&t->files[i]) != links)
			continue;
		r->file = (uint16_t)i;
		if (reader_take(t->readers[i], &taker, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- All files ---- */

/* Members of the API say the id of their campaign; the file of campaigns has
 * its name and its type, which is the channel. */
static void
name_campaigns(struct reading *r)
{
	struct touches *t = r->touches;

	if (intern_count(r->campaigns) <= 1)
		return;
	for (size_t i = 0; i < t->n; i++) {
		struct touch *touch = &t->all[i];
		uint32_t id = intern_find(
		    r->campaigns, text_of(r->load->store, touch->campaign));
		const struct campaign *campaign;

		if (!id || id == UINT32_MAX)
			continue;
		campaign = vec_at(&r->campaign_of, id);
		if (campaign->name)
			touch->campaign = campaign->name;
		if (!touch->channel && t->key != KEY_COLUMN)
			touch->channel = campaign->type;
	}
}

static bool
any_salesforce(const struct touches *t)
{
	for (size_t i = 0; i < t->n_files; i++)
		if (t->readers[i]->salesforce)
			return true;
	for (size_t i = 0; i < t->load->n_readers; i++)
		if (t->load->readers[i]->salesforce)
			return true;
	return false;
}

static int
read_all(struct reading *r, struct fnl_err *err)
{
	struct touches *t = r->touches;

	r->join = join_new(r->load, r->by, any_salesforce(t));
	if (read_files(r, true, err) < 0)
		return -1;
	join_settle(r->join);
	if (read_files(r, false, err) < 0)
		return -1;
	seen_drop(r->seen);
	name_campaigns(r);
	t->first = touch_order(r->load->arena, r->load->zone, t->all, t->n,
	    r->load->store->records.count);
	return 0;
}

int
touches_load(struct load *load, const struct touch_options *options,
    struct touches **out, struct fnl_err *err)
{
	struct touches *t = arena_alloc(load->arena, sizeof(*t));
	struct reading *r = arena_alloc(load->arena, sizeof(*r));

	r->touches = t;
	r->load = t->load = load;
	r->seen = seen_new(load->arena);
	r->campaigns = intern_new(load->arena);
	r->campaign_of = vec_new(load->arena, sizeof(struct campaign));
	t->unjoined = vec_new(load->arena, sizeof(struct unjoined));
	if (take_options(r, options, err) < 0 ||
	    outside_options(
		load, &options->maps, PURPOSE_TOUCHES, &r->read, err) < 0)
		return -1;
	touch_slots_plan(&r->rules, &r->slots, &r->read);
	if (open_files(r, options, err) < 0 || read_all(r, err) < 0)
		return -1;
	if (!load->as_of_given)
		load->as_of = load->store->latest;
	*out = t;
	return 0;
}

/* ---- Afterwards ---- */

const struct touch *
touches_of(const struct touches *touches, uint32_t record, size_t *n)
{
	*n = touches->first[record + 1] - touches->first[record];
	return *n ? touches->all + touches->first[record] : NULL;
}

uint32_t
touches_agreed(struct touches *touches, uint32_t text)
{
	struct store *store = touches->load->store;
	const struct source_definition *source;

	if (!text)
		return 0;
	if (text >= touches->n_agreed) {
		touches->n_agreed = 2 * (size_t)text + 64;
		touches->agreed = arena_grow(store->arena, touches->agreed,
		    touches->n_agreed * sizeof(*touches->agreed));
	}
	if (!touches->agreed[text]) {
		source = segments_source(
		    &touches->load->segments, store, text_of(store, text));
		touches->agreed[text] =
		    1 +
		    (source ? intern_put(store->texts, slice_of(source->name))
			    : text);
	}
	return touches->agreed[text] - 1;
}

uint32_t
touches_key(struct touches *touches, const struct touch *touch)
{
	if (touches->key == KEY_CAMPAIGN)
		return touch->campaign;
	return touches->key == KEY_COLUMN
		   ? touch->channel
		   : touches_agreed(touches, touch->channel);
}

struct counted_text {
	struct unmapped unmapped;
	struct slice text;
};

static int
compare_counted(const void *pa, const void *pb)
{
	const struct counted_text *a = pa, *b = pb;

	if (a->unmapped.touches != b->unmapped.touches)
		return a->unmapped.touches > b->unmapped.touches ? -1 : 1;
	return slice_compare(a->text, b->text);
}

/* Touches by raw text, of those that name no agreed source; what an activity
 * is called is no source. */
static uint64_t *
count_unmapped(struct touches *t, struct arena *arena, size_t n_texts)
{
	uint64_t *counts = arena_grow(arena, NULL, n_texts * sizeof(*counts));
	struct store *store = t->load->store;

	for (size_t i = 0; i < t->n; i++)
		counts[t->all[i].channel] +=
		    !(t->all[i].flags & TOUCH_ACTIVITY);
	for (uint32_t i = 1; i < n_texts; i++)
		if (counts[i] && segments_source(&t->load->segments, store,
				     text_of(store, i)))
			counts[i] = 0;
	counts[0] = 0;
	return counts;
}

const struct unmapped *
touches_unmapped(struct touches *t, struct arena *arena, size_t *n)
{
	size_t n_texts = intern_count(t->load->store->texts), found = 0;
	struct counted_text *texts;
	struct unmapped *out;
	uint64_t *counts;

	*n = 0;
	if (!t->load->definitions.n_sources || t->key == KEY_CAMPAIGN ||
	    t->key == KEY_COLUMN)
		return NULL;
	counts = count_unmapped(t, arena, n_texts);
	for (size_t i = 0; i < n_texts; i++)
		*n += counts[i] != 0;
	texts = arena_array(arena, *n + 1, sizeof(*texts));
	out = arena_array(arena, *n + 1, sizeof(*out));
	for (uint32_t i = 0; i < n_texts; i++)
		if (counts[i])
			texts[found++] =
			    (struct counted_text){ { i, counts[i] },
				    text_of(t->load->store, i) };
	qsort(texts, found, sizeof(*texts), compare_counted);
	for (size_t i = 0; i < found; i++)
		out[i] = texts[i].unmapped;
	arena_drop(arena, counts);
	return out;
}
