/*
 * touches.c: rows of touch files to touches, record by record.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "outside.h"
#include "query.h"
#include "row.h"
#include "seen.h"
#include "touches.h"

/* The texts of a row, in the order of attributes. */
enum slot {
	SLOT_ID,
	SLOT_RECORD,
	SLOT_CONTACT,
	SLOT_ACCOUNT,
	SLOT_CHANNEL,
	SLOT_CAMPAIGN,
	SLOT_TYPE,
	SLOT_STATUS,
	SLOT_SOURCE,
	SLOT_KEY, /* these three are columns that somebody named */
	SLOT_BY,
	SLOT_AUTOMATED,
	SLOT_COLUMNS, /* of several touches in a row: channel, campaign */
	SLOTS = SLOT_COLUMNS + 2 * TOUCH_COLUMNS_MAX
};

static const enum field_id slot_fields[SLOT_KEY] = {
	[SLOT_ID] = FIELD_TOUCH_ID,
	[SLOT_RECORD] = FIELD_TOUCH_RECORD,
	[SLOT_CONTACT] = FIELD_TOUCH_CONTACT,
	[SLOT_ACCOUNT] = FIELD_TOUCH_ACCOUNT,
	[SLOT_CHANNEL] = FIELD_TOUCH_CHANNEL,
	[SLOT_CAMPAIGN] = FIELD_TOUCH_CAMPAIGN,
	[SLOT_TYPE] = FIELD_TOUCH_TYPE,
	[SLOT_STATUS] = FIELD_STATUS,
	[SLOT_SOURCE] = FIELD_SOURCE,
};

struct campaign {
	uint32_t name, type;
};

struct reading {
	struct touches *touches;
	struct load *load;
	struct read_options read;
	struct attribute_source attributes[SLOTS];
	const char *wanted[SLOTS];
	struct join *join;
	enum join_by by;
	bool associated;
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
read_key(struct reading *r, const char *key)
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
read_choices(
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
	r->associated = associated;
	read_key(r, options->key);
	return 0;
}

static void
plan_slots(struct reading *r)
{
	const struct touch_definition *sales =
	    &r->load->definitions.sales_touches;

	for (int i = 0; i < SLOTS; i++) {
		r->attributes[i] = (struct attribute_source){ -1, i, false };
		r->wanted[i] = "";
		if (i < SLOT_KEY)
			r->attributes[i].field = (int)slot_fields[i];
	}
	if (r->touches->key == KEY_COLUMN)
		r->wanted[SLOT_KEY] = r->touches->key_name;
	if (sales->by.column)
		r->wanted[SLOT_BY] = sales->by.column;
	if (sales->automated.column)
		r->wanted[SLOT_AUTOMATED] = sales->automated.column;
	r->read.attributes = r->attributes;
	r->read.n_attributes = SLOTS;
	r->read.bind.wanted = r->wanted;
	r->read.bind.n_wanted = SLOTS;
}

/* ---- Files ---- */

static bool
is_link(enum touch_row kind)
{
	return kind == TOUCH_ROW_ROLE || kind == TOUCH_ROW_CONTACT ||
	       kind == TOUCH_ROW_ACCOUNT || kind == TOUCH_ROW_CAMPAIGN;
}

/* The columns of several touches in a row are those of the kind of file. */
static void
bind_columns(struct reader *reader)
{
	struct binding *b = &reader->binding;

	for (size_t i = 0; i < b->n_stages; i++) {
		b->wanted[SLOT_COLUMNS + 2 * i] = b->touches[i].channel;
		b->wanted[SLOT_COLUMNS + 2 * i + 1] = b->touches[i].campaign;
	}
	row_want_columns(reader);
}

static int
check_link(const struct reader *reader, struct fnl_err *err)
{
	static const struct {
		enum touch_row kind;
		enum field_id field;
	} needs[] = {
		{ TOUCH_ROW_ROLE, FIELD_TOUCH_RECORD },
		{ TOUCH_ROW_ROLE, FIELD_TOUCH_CONTACT },
		{ TOUCH_ROW_CONTACT, FIELD_TOUCH_ID },
		{ TOUCH_ROW_ACCOUNT, FIELD_TOUCH_ID },
		{ TOUCH_ROW_CAMPAIGN, FIELD_TOUCH_ID },
	};
	const struct binding *b = &reader->binding;

	for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++)
		if (needs[i].kind == b->object->touch &&
		    b->column[needs[i].field] < 0)
			return fail(err, FNL_DATA,
			    "%s: no column tells the %s of a %s; name it with "
			    "--map %s=COLUMN",
			    reader->path,
			    fields[needs[i].field].name + strlen("touch."),
			    b->object->name, fields[needs[i].field].name);
	return 0;
}

static int
check_time(
    const struct reading *r, const struct reader *reader, struct fnl_err *err)
{
	const struct binding *b = &reader->binding;
	bool member = b->object->touch == TOUCH_ROW_MEMBER;
	enum field_id needed =
	    member && r->associated ? FIELD_CREATED : FIELD_TOUCH_DATE;

	if (b->n_stages || b->column[needed] >= 0 ||
	    b->column[FIELD_FIRST_RESPONSE] >= 0)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: no column tells when %s; name it with --map %s=COLUMN%s",
	    reader->path,
	    !member         ? "a touch happened"
	    : r->associated ? "members were added"
			    : "members responded",
	    fields[needed].name,
	    member && !r->associated
		? ", or count from when they were added with --touch-date "
		  "associated"
		: "");
}

static int
check_person(const struct reader *reader, struct fnl_err *err)
{
	const int *column = reader->binding.column;

	if (column[FIELD_TOUCH_RECORD] >= 0 ||
	    column[FIELD_TOUCH_CONTACT] >= 0 ||
	    column[FIELD_TOUCH_ACCOUNT] >= 0)
		return 0;
	return fail(err, FNL_DATA,
	    "%s: no column tells whose touch it is; name one with --map "
	    "touch.record=COLUMN, touch.contact=COLUMN or "
	    "touch.account=COLUMN",
	    reader->path);
}

static int
check_file(
    const struct reading *r, const struct reader *reader, struct fnl_err *err)
{
	if (is_link(reader->binding.object->touch))
		return check_link(reader, err);
	return check_time(r, reader, err) < 0 ? -1 : check_person(reader, err);
}

/* A key that no file has would credit everything to nothing. */
static int
check_key(const struct reading *r, struct fnl_err *err)
{
	const struct touches *t = r->touches;
	const struct binding *first = NULL;
	const char *near;

	if (t->key != KEY_COLUMN)
		return 0;
	for (size_t i = 0; i < t->n_files; i++) {
		const struct binding *b = t->files[i].binding;

		if (b->wanted[SLOT_KEY] >= 0)
			return 0;
		if (!first && !is_link(t->files[i].kind))
			first = b;
	}
	near = first ? nearest_name(slice_of(t->key_name), first->header,
			   first->n_columns)
		     : NULL;
	return fail(err, FNL_USAGE,
	    "--key: no touch file has a column '%s'%s%s%s", t->key_name,
	    near ? " (did you mean '" : "", near ? near : "",
	    near ? "'?)" : "");
}

static void
describe_files(struct reading *r)
{
	struct touches *t = r->touches;

	t->files =
	    arena_array(r->load->arena, t->n_files + 1, sizeof(*t->files));
	t->tells_sales = true;
	for (size_t i = 0; i < t->n_files; i++) {
		struct touch_file *file = &t->files[i];
		const struct binding *b = &t->readers[i]->binding;

		bind_columns(t->readers[i]);
		file->path = t->readers[i]->path;
		file->binding = b;
		file->kind = b->object->touch;
		file->tells_sales = b->wanted[SLOT_BY] >= 0;
		if (file->kind == TOUCH_ROW_ACTIVITY ||
		    file->kind == TOUCH_ROW_MEETING)
			t->tells_sales &= file->tells_sales;
	}
}

static int
open_files(
    struct reading *r, const struct touch_options *options, struct fnl_err *err)
{
	struct touches *t = r->touches;

	if (outside_open(r->load, &options->files, "--touches", &r->read,
		&t->readers, err) < 0)
		return -1;
	t->n_files = options->files.n;
	describe_files(r);
	for (size_t i = 0; i < t->n_files; i++)
		if (check_file(r, t->readers[i], err) < 0)
			return -1;
	return check_key(r, err);
}

/* ---- Rows seen before ---- */

static const struct reader *
reader_of(const struct reading *r)
{
	return r->touches->readers[r->file];
}

/* Of the row's own id where it has one (R41), else of all its cells. */
static uint64_t
hash_of(const struct reading *r, const struct typed_row *row)
{
	const char *preset = reader_of(r)->binding.preset->id;
	struct slice id = row->wanted[SLOT_ID];

	return id.n
		   ? hash_bytes(id.p, id.n) ^ hash_bytes(preset, strlen(preset))
		   : row->whole_hash;
}

static bool
is_repeated(struct reading *r, const struct typed_row *row)
{
	return seen_before(r->seen, hash_of(r, row));
}

/* ---- A row ---- */

static enum touch_row
kind_of(const struct reading *r)
{
	return r->touches->files[r->file].kind;
}

static bool
is_word_of(const char *const *words, struct slice text)
{
	for (; text.n && words && *words; words++)
		if (fold_equal(text, slice_of(*words)))
			return true;
	return false;
}

static bool
is_text_of(const struct texts *texts, struct slice text)
{
	for (unsigned i = 0; i < texts->n; i++)
		if (fold_equal(text, slice_of(texts->items[i])))
			return true;
	return false;
}

/* Any true value where the definitions list none. */
static bool
column_matches(const struct column_match *match, struct slice text)
{
	static const char *const true_words[] = { "true", "yes", "y", "1", "on",
		NULL };

	return match->any_of.n ? is_text_of(&match->any_of, text)
			       : is_word_of(true_words, text);
}

static bool
is_activity(enum touch_row kind)
{
	return kind == TOUCH_ROW_ACTIVITY || kind == TOUCH_ROW_MEETING;
}

static bool
is_by_sales(const struct reading *r, const struct typed_row *row)
{
	const struct touch_definition *sales =
	    &r->load->definitions.sales_touches;
	struct slice type = row->wanted[SLOT_TYPE];

	if (r->touches->files[r->file].tells_sales
		? !column_matches(&sales->by, row->wanted[SLOT_BY])
		: !is_activity(kind_of(r)))
		return false;
	return !sales->types.n || !type.n || is_text_of(&sales->types, type);
}

static uint16_t
flags_of(const struct reading *r, const struct typed_row *row)
{
	const struct touch_definition *sales =
	    &r->load->definitions.sales_touches;
	unsigned flags = is_activity(kind_of(r)) ? TOUCH_ACTIVITY : 0;

	if (is_by_sales(r, row))
		flags |= TOUCH_SALES;
	if (sales->automated.column &&
	    column_matches(&sales->automated, row->wanted[SLOT_AUTOMATED]))
		flags |= TOUCH_AUTOMATED;
	return (uint16_t)flags;
}

/* R50: completed, or closed with a date of its own. */
static bool
activity_is_done(const struct reading *r, const struct typed_row *row)
{
	if (row->time[ROW_RESPONSE].kind != WHEN_UNKNOWN ||
	    row->flag[ROW_IS_CLOSED] == YES)
		return true;
	if (row->flag[ROW_IS_CLOSED] == NO)
		return false;
	return is_word_of(
	    reader_of(r)->binding.object->done, row->wanted[SLOT_STATUS]);
}

/* R44: a member that never responded is none. Where the status tells, the
 * time is that of its last change. */
static bool
member_responded(const struct reading *r, const struct typed_row *row)
{
	const char *const *done = reader_of(r)->binding.object->done;

	if (done)
		return is_word_of(done, row->wanted[SLOT_STATUS]);
	return row->time[ROW_TOUCH].kind != WHEN_UNKNOWN;
}

static bool
is_touch(const struct reading *r, const struct typed_row *row)
{
	switch (kind_of(r)) {
	case TOUCH_ROW_ACTIVITY:
		return activity_is_done(r, row);
	case TOUCH_ROW_MEMBER:
		return r->associated || member_responded(r, row);
	default:
		return true;
	}
}

static struct when
touch_time(const struct reading *r, const struct typed_row *row)
{
	if (kind_of(r) == TOUCH_ROW_MEMBER && r->associated)
		return row->time[ROW_CREATED];
	if (is_activity(kind_of(r)) &&
	    row->time[ROW_RESPONSE].kind != WHEN_UNKNOWN)
		return row->time[ROW_RESPONSE];
	return row->time[ROW_TOUCH];
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
	struct slice key = row->wanted[SLOT_RECORD];

	*unjoined = (struct unjoined){ .at = touch->at,
		.channel = touch->channel,
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
	struct touch_keys keys = { row->wanted[SLOT_RECORD], touch->person,
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
	struct slice key = row->wanted[SLOT_RECORD];

	r->touches->rows++;
	if (!joined)
		return count(r, row, LEDGER_UNJOINED,
		    key.n           ? key
		    : touch->person ? text_of(r->load->store, touch->person)
				    : row->wanted[SLOT_ACCOUNT],
		    err);
	reader_of(r)->ledger_file->used++;
	return 0;
}

static uint32_t
put(struct reading *r, struct slice text)
{
	return intern_put(r->load->store->texts, text);
}

/* What a row says of all its touches. */
static struct touch
touch_of(struct reading *r, const struct typed_row *row)
{
	struct slice channel = row->wanted[SLOT_CHANNEL];

	if (r->touches->key == KEY_SOURCE)
		channel = row->wanted[SLOT_SOURCE];
	if (r->touches->key == KEY_COLUMN)
		channel = row->wanted[SLOT_KEY];
	return (struct touch){ .channel = put(r, channel),
		.campaign = put(r, row->wanted[SLOT_CAMPAIGN]),
		.person = put(r, row->wanted[SLOT_CONTACT]),
		.account = put(r, row->wanted[SLOT_ACCOUNT]),
		.type = put(r, row->wanted[SLOT_TYPE]),
		.line = row->line,
		.file = r->file,
		.flags = flags_of(r, row) };
}

static bool
person_has_touch(const struct binding *b, const struct typed_row *row)
{
	for (size_t i = 0; i < b->n_stages; i++)
		if (row->stage_times[i].kind != WHEN_UNKNOWN)
			return true;
	return false;
}

/* HubSpot: the first and the last touches of a contact, a column each. */
static int
take_person(struct reading *r, const struct typed_row *row, struct fnl_err *err)
{
	const struct binding *b = &reader_of(r)->binding;
	bool joined = false;
	struct touch touch;

	if (!person_has_touch(b, row))
		return count(r, row, LEDGER_NO_TOUCH, SLICE(""), err);
	if (is_repeated(r, row))
		return count(r, row, LEDGER_DUPLICATE, SLICE(""), err);
	touch = touch_of(r, row);
	if (!touch.person)
		touch.person = put(r, row->wanted[SLOT_RECORD]);
	for (size_t i = 0; i < b->n_stages; i++) {
		const struct slice *texts = &row->wanted[SLOT_COLUMNS + 2 * i];

		if (row->stage_times[i].kind == WHEN_UNKNOWN)
			continue;
		touch.at = stamp_of(row->stage_times[i]);
		if (r->touches->key != KEY_COLUMN)
			touch.channel = put(r, texts[0]);
		touch.campaign = put(r, texts[1]);
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
	if (kind_of(r) != TOUCH_ROW_MEETING)
		store_happened(r->load->store, at);
}

static int
take_touch(struct reading *r, const struct typed_row *row, struct fnl_err *err)
{
	struct when at = touch_time(r, row);
	struct touch touch;
	bool joined = false;

	if (!is_touch(r, row)) {
		store_happened(r->load->store, row->time[ROW_CREATED]);
		return count(r, row, LEDGER_NO_TOUCH, SLICE(""), err);
	}
	if (at.kind == WHEN_UNKNOWN)
		return count(r, row, LEDGER_UNDATED, SLICE(""), err);
	if (is_repeated(r, row))
		return count(r, row, LEDGER_DUPLICATE, SLICE(""), err);
	happened(r, row, at);
	touch = touch_of(r, row);
	touch.at = stamp_of(at);
	if (join_touch(r, row, &touch, &joined, err) < 0)
		return -1;
	return count_joined(r, row, joined, &touch, err);
}

/* ---- Rows that join ---- */

static void
put_campaign(struct reading *r, const struct typed_row *row)
{
	uint32_t id = intern_put(r->campaigns, row->wanted[SLOT_ID]);
	struct campaign *campaign;

	while (r->campaign_of.count <= id)
		vec_push(&r->campaign_of);
	campaign = vec_at(&r->campaign_of, id);
	if (!campaign->name)
		campaign->name = put(r, row->wanted[SLOT_CAMPAIGN]);
	if (!campaign->type)
		campaign->type = put(r, row->wanted[SLOT_CHANNEL]);
}

static int
take_link(struct reading *r, const struct typed_row *row, struct fnl_err *err)
{
	const struct slice *texts = row->wanted;
	bool used = true;

	switch (kind_of(r)) {
	case TOUCH_ROW_ROLE:
		used =
		    texts[SLOT_CONTACT].n &&
		    join_role(r->join, texts[SLOT_CONTACT], texts[SLOT_RECORD]);
		break;
	case TOUCH_ROW_CONTACT:
		join_contact(r->join, texts[SLOT_ID], texts[SLOT_CONTACT],
		    texts[SLOT_ACCOUNT]);
		break;
	case TOUCH_ROW_ACCOUNT:
		join_account(r->join, texts[SLOT_ID], texts[SLOT_ACCOUNT]);
		break;
	default:
		put_campaign(r, row);
	}
	if (!used)
		return count(r, row, LEDGER_UNJOINED, texts[SLOT_RECORD], err);
	reader_of(r)->ledger_file->used++;
	return 0;
}

static int
take_row(void *context, const struct typed_row *row, struct fnl_err *err)
{
	struct reading *r = context;

	if (is_link(kind_of(r)))
		return take_link(r, row, err);
	return kind_of(r) == TOUCH_ROW_PERSON ? take_person(r, row, err)
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
		seen_warm(r->seen, hash_of(r, &rows[i]));
		if (texts[SLOT_RECORD].n)
			records[n_records++] = texts[SLOT_RECORD];
		if (texts[SLOT_CONTACT].n)
			hashes[n_persons++] = intern_hash(texts[SLOT_CONTACT]);
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
		if (is_link(t->files[i].kind) != links)
			continue;
		r->file = (uint16_t)i;
		if (reader_take(t->readers[i], &taker, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- Order ---- */

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

/* Moves each touch to its place, in circles, so that no second array of them
 * is needed. */
static void
permute(struct touch *all, uint32_t *place, size_t n)
{
	for (size_t i = 0; i < n; i++)
		while (place[i] != i) {
			uint32_t to = place[i];
			struct touch touch = all[to];

			__builtin_prefetch(&all[place[to]]);
			all[to] = all[i];
			all[i] = touch;
			place[i] = place[to];
			place[to] = to;
		}
}

/* Counting sort by record: stable, so input order stays within a record. */
static void
group_touches(struct reading *r)
{
	struct touches *t = r->touches;
	struct arena *arena = r->load->arena;
	size_t n_records = r->load->store->records.count;
	uint32_t *place = arena_grow(arena, NULL, (t->n + 1) * sizeof(*place));
	uint32_t *first = arena_array(arena, n_records + 2, sizeof(*first));

	for (size_t i = 0; i < t->n; i++)
		first[t->all[i].record + 2]++;
	for (size_t i = 2; i < n_records + 2; i++)
		first[i] += first[i - 1];
	for (size_t i = 0; i < t->n; i++)
		place[i] = first[t->all[i].record + 1]++;
	permute(t->all, place, t->n);
	arena_drop(arena, place);
	t->first = first;
}

struct ordered {
	int64_t day; /* 0 where times are of one kind and need none */
	size_t at; /* as it was read */
	struct touch touch;
};

static int
compare_ordered(const void *pa, const void *pb)
{
	const struct ordered *a = pa, *b = pb;
	struct when wa = stamp_when(a->touch.at), wb = stamp_when(b->touch.at);

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (wa.kind != wb.kind)
		return wa.kind < wb.kind ? -1 : 1;
	if (wa.seconds != wb.seconds)
		return wa.seconds < wb.seconds ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* A date equals every time of its day (R49), which is no order to sort by:
 * where both kinds are there, the day comes first, and its date before its
 * times. */
static void
sort_record(
    const struct zone *zone, struct ordered *room, struct touch *all, size_t n)
{
	bool mixed = false, sorted = true;

	for (size_t i = 1; i < n; i++) {
		struct when a = stamp_when(all[i - 1].at);
		struct when b = stamp_when(all[i].at);

		mixed |= a.kind != b.kind;
		sorted &= a.seconds <= b.seconds;
	}
	if (sorted && !mixed)
		return;
	for (size_t i = 0; i < n; i++)
		room[i] = (struct ordered){
			mixed ? zone_day(zone, stamp_when(all[i].at)) : 0, i,
			all[i]
		};
	qsort(room, n, sizeof(*room), compare_ordered);
	for (size_t i = 0; i < n; i++)
		all[i] = room[i].touch;
}

static void
sort_touches(struct reading *r)
{
	struct touches *t = r->touches;
	struct arena *arena = r->load->arena;
	size_t n_records = r->load->store->records.count, most = 0;
	struct ordered *room;

	for (size_t i = 0; i < n_records; i++)
		if (t->first[i + 1] - t->first[i] > most)
			most = t->first[i + 1] - t->first[i];
	room = arena_grow(arena, NULL, (most + 1) * sizeof(*room));
	for (size_t i = 0; i < n_records; i++)
		sort_record(r->load->zone, room, t->all + t->first[i],
		    t->first[i + 1] - t->first[i]);
	arena_drop(arena, room);
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
	group_touches(r);
	sort_touches(r);
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
	if (read_choices(r, options, err) < 0 ||
	    outside_options(
		load, &options->maps, PURPOSE_TOUCHES, &r->read, err) < 0)
		return -1;
	plan_slots(r);
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
	return touches->all + touches->first[record];
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

/* Touches by raw text, of those that name no agreed source. */
static uint64_t *
count_unmapped(struct touches *t, struct arena *arena, size_t n_texts)
{
	uint64_t *counts = arena_grow(arena, NULL, n_texts * sizeof(*counts));
	struct store *store = t->load->store;

	for (size_t i = 0; i < t->n; i++)
		counts[t->all[i].channel]++;
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
