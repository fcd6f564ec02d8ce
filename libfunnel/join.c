/*
 * join.c: indexes of persons and companies, and the search in them.
 */
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "join.h"
#include "recordid.h"

#define ACCOUNT_KEY_MAX FOLD_MAX

const enum field_id join_wants[JOIN_WANTS] = { FIELD_TOUCH_CONTACT,
	FIELD_CONVERTED_CONTACT, FIELD_ACCOUNT };

struct pair {
	uint32_t key, value;
};

/* Keys of one kind, and what each of them leads to. */
struct index {
	struct arena *arena;
	struct intern *keys;
	struct vec parent; /* uint32_t a key: keys of one thing form a tree */
	struct vec pairs; /* struct pair */
	struct pair *sorted;
	uint32_t *first; /* keys + 1 offsets into values */
	uint32_t *values;
};

/* What was found for a text that touches repeat. */
struct found {
	const uint32_t *records;
	uint32_t n;
	bool known;
};

struct join {
	struct arena *arena;
	struct load *load;
	enum join_by by;
	bool salesforce;
	struct index persons, accounts; /* to records */
	struct index companies; /* persons to accounts */
	/* struct found by number of store->texts: what touches repeat is
	 * looked up once. */
	struct vec by_contact, by_account, by_company;
	uint32_t one;
};

/* ---- Indexes ---- */

static struct index
index_new(struct arena *arena, struct intern *keys)
{
	struct index index = { .arena = arena, .keys = keys };

	index.parent = vec_new(arena, sizeof(uint32_t));
	index.pairs = vec_new(arena, sizeof(struct pair));
	return index;
}

static uint32_t *
parent_of(const struct index *index, uint32_t key)
{
	return vec_at(&index->parent, key);
}

/* Every key is its own root at first. */
static uint32_t
index_key(struct index *index, struct slice text)
{
	uint32_t key = intern_put(index->keys, text);

	while (index->parent.count <= key) {
		uint32_t next = (uint32_t)index->parent.count;

		*(uint32_t *)vec_push(&index->parent) = next;
	}
	return key;
}

static uint32_t
index_root(const struct index *index, uint32_t key)
{
	while (*parent_of(index, key) != key) {
		uint32_t *up = parent_of(index, key);

		*up = *parent_of(index, *up);
		key = *up;
	}
	return key;
}

static void
index_unite(struct index *index, uint32_t a, uint32_t b)
{
	if (a && b)
		*parent_of(index, index_root(index, a)) = index_root(index, b);
}

static void
index_add(struct index *index, uint32_t key, uint32_t value)
{
	if (key)
		*(struct pair *)vec_push(&index->pairs) =
		    (struct pair){ key, value };
}

static int
compare_pairs(const void *pa, const void *pb)
{
	const struct pair *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->value > b->value) - (a->value < b->value);
}

/* Pairs to offsets: values of one root together, each once. */
static void
index_settle(struct index *index)
{
	size_t n = index->pairs.count, kept = 0;
	size_t n_keys = intern_count(index->keys);
	struct pair *sorted =
	    arena_grow(index->arena, NULL, (n + 1) * sizeof(*sorted));

	for (size_t i = 0; i < n; i++) {
		sorted[i] = *(const struct pair *)vec_at(&index->pairs, i);
		sorted[i].key = index_root(index, sorted[i].key);
	}
	qsort(sorted, n, sizeof(*sorted), compare_pairs);
	index->first =
	    arena_array(index->arena, n_keys + 2, sizeof(*index->first));
	index->values =
	    arena_array(index->arena, n + 1, sizeof(*index->values));
	for (size_t i = 0; i < n; i++) {
		if (i && compare_pairs(&sorted[i - 1], &sorted[i]) == 0)
			continue;
		index->values[kept++] = sorted[i].value;
		index->first[sorted[i].key + 1]++;
	}
	for (size_t i = 1; i < n_keys + 2; i++)
		index->first[i] += index->first[i - 1];
	arena_drop(index->arena, sorted);
}

static const uint32_t *
index_find(const struct index *index, struct slice text, size_t *n)
{
	uint32_t key = intern_find(index->keys, text);

	*n = 0;
	if (!key || key >= index->parent.count)
		return NULL;
	key = index_root(index, key);
	*n = index->first[key + 1] - index->first[key];
	return index->values + index->first[key];
}

/* ---- Keys ---- */

/* Ids as rows of records have them, addresses in lower case. */
static struct slice
id_key(const struct join *join, struct slice text, char out[RECORD_ID_MAX])
{
	size_t n = 0;

	text = text.n ? slice_trim(text) : text;
	if (!text.n || text.n > RECORD_ID_MAX)
		return SLICE("");
	if (!memchr(text.p, '@', text.n))
		return record_id_read(text, join->salesforce, NULL, out, &n) ==
			       RECORD_ID_OK
			   ? (struct slice){ out, n }
			   : SLICE("");
	for (; n < text.n; n++)
		out[n] = ascii_lower(text.p[n]);
	return (struct slice){ out, n };
}

/* Folding loses nothing of an id: 18 characters differ by more than case. */
static struct slice
account_key(
    const struct join *join, struct slice text, char out[ACCOUNT_KEY_MAX])
{
	char id[RECORD_ID_MAX];
	size_t n;

	if (record_id_read(text, join->salesforce, NULL, id, &n) ==
	    RECORD_ID_OK)
		text = (struct slice){ id, n };
	return (struct slice){ out, fold_key(out, ACCOUNT_KEY_MAX, text) };
}

static uint32_t
person_key(struct join *join, struct slice text)
{
	char id[RECORD_ID_MAX];

	return index_key(&join->persons, id_key(join, text, id));
}

static uint32_t
company_key(struct join *join, struct slice text)
{
	char key[ACCOUNT_KEY_MAX];

	if (!text.n)
		return 0;
	return index_key(&join->accounts, account_key(join, text, key));
}

static uint32_t
counted_record(const struct join *join, uint32_t record)
{
	if (record == NO_RECORD)
		return NO_RECORD;
	record = store_counted(join->load->store, record);
	return load_is_record(join->load, record) ? record : NO_RECORD;
}

/* As it stands, as far as the file's own preset went; then as an id that some
 * other file wrote in full. */
static uint32_t
find_record(const struct join *join, struct slice text)
{
	const struct store *store = join->load->store;
	char id[RECORD_ID_MAX];
	uint32_t record;

	if (!text.n)
		return NO_RECORD;
	record = store_find(store, id_key(join, text, id));
	if (record == NO_RECORD)
		record = store_find(store, text);
	return counted_record(join, record);
}

/* ---- What records say ---- */

/* Of the wants that are of the own row. */
static size_t
attribute_of(const struct load *load, enum field_id field)
{
	size_t i = load->n_wants;

	while (i-- > load->n_wants - load->n_own_wants)
		if (load->wants[i] == field)
			return load->want_attribute[i];
	return NO_ATTRIBUTE;
}

static struct slice
attribute_text(const struct load *load, uint32_t record, size_t attribute)
{
	if (attribute == NO_ATTRIBUTE)
		return SLICE("");
	return intern_get(load->store->texts,
	    store_attribute_at(load->store, record, attribute));
}

/* HubSpot lists the contacts of a deal in one cell: "101;102". */
static void
add_persons(struct join *join, struct slice text, uint32_t record)
{
	while (text.n) {
		const char *end = memchr(text.p, ';', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;

		index_add(&join->persons,
		    person_key(join, (struct slice){ text.p, n }), record);
		n += end != NULL;
		text = (struct slice){ text.p + n, text.n - n };
	}
}

static void
add_record(struct join *join, uint32_t record, const size_t *attributes)
{
	const struct load *load = join->load;
	uint32_t counted = counted_record(join, record);

	if (counted == NO_RECORD)
		return;
	add_persons(join, attribute_text(load, record, attributes[0]), counted);
	add_persons(join, attribute_text(load, record, attributes[1]), counted);
	if (join->by == JOIN_ACCOUNT)
		index_add(&join->accounts,
		    company_key(
			join, attribute_text(load, record, attributes[2])),
		    counted);
}

struct join *
join_new(struct load *load, enum join_by by, bool salesforce)
{
	struct arena *arena = load->arena;
	struct join *join = arena_alloc(arena, sizeof(*join));
	size_t attributes[JOIN_WANTS];

	join->arena = arena;
	join->load = load;
	join->by = by;
	join->salesforce = salesforce;
	join->persons = index_new(arena, intern_new(arena));
	join->accounts = index_new(arena, intern_new(arena));
	join->companies = index_new(arena, join->persons.keys);
	join->by_contact = vec_new(arena, sizeof(struct found));
	join->by_account = vec_new(arena, sizeof(struct found));
	join->by_company = vec_new(arena, sizeof(struct found));
	if (by == JOIN_RECORD)
		return join;
	for (size_t i = 0; i < JOIN_WANTS; i++)
		attributes[i] = attribute_of(load, join_wants[i]);
	for (uint32_t i = 0; i < load->store->records.count; i++)
		add_record(join, i, attributes);
	return join;
}

bool
join_role(struct join *join, struct slice contact, struct slice record)
{
	uint32_t counted = find_record(join, record);

	if (counted == NO_RECORD)
		return false;
	index_add(&join->persons, person_key(join, contact), counted);
	return true;
}

void
join_contact(struct join *join, struct slice id, struct slice address,
    struct slice account)
{
	uint32_t person = person_key(join, id);
	uint32_t other = person_key(join, address);

	index_unite(&join->persons, person, other);
	if (join->by == JOIN_ACCOUNT && account.n && (person || other))
		index_add(&join->companies, person ? person : other,
		    company_key(join, account));
}

void
join_account(struct join *join, struct slice id, struct slice name)
{
	index_unite(
	    &join->accounts, company_key(join, id), company_key(join, name));
}

/* Companies are told by the roots of persons and of accounts. */
void
join_settle(struct join *join)
{
	index_settle(&join->persons);
	index_settle(&join->accounts);
	join->companies.parent = join->persons.parent;
	for (size_t i = 0; i < join->companies.pairs.count; i++) {
		struct pair *pair = vec_at(&join->companies.pairs, i);

		pair->value = index_root(&join->accounts, pair->value);
	}
	index_settle(&join->companies);
}

/* ---- Finding ---- */

static int
compare_numbers(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

static size_t
drop_repeated(uint32_t *numbers, size_t n)
{
	size_t kept = 0;

	qsort(numbers, n, sizeof(*numbers), compare_numbers);
	for (size_t i = 0; i < n; i++)
		if (!i || numbers[i] != numbers[i - 1])
			numbers[kept++] = numbers[i];
	return kept;
}

static struct found
find_contact(struct join *join, struct slice text)
{
	char id[RECORD_ID_MAX];
	uint32_t own = find_record(join, text), *records;
	size_t n;
	const uint32_t *named =
	    index_find(&join->persons, id_key(join, text, id), &n);

	if (own == NO_RECORD)
		return (struct found){ named, (uint32_t)n, true };
	records = arena_array(join->arena, n + 1, sizeof(*records));
	for (size_t i = 0; i < n; i++)
		records[i] = named[i];
	records[n] = own;
	n = drop_repeated(records, n + 1);
	return (struct found){ records, (uint32_t)n, true };
}

static struct found
find_account(struct join *join, struct slice text)
{
	char key[ACCOUNT_KEY_MAX];
	size_t n;
	const uint32_t *records =
	    index_find(&join->accounts, account_key(join, text, key), &n);

	return (struct found){ records, (uint32_t)n, true };
}

static struct found
find_company(struct join *join, struct slice contact)
{
	char id[RECORD_ID_MAX];
	size_t n_companies, n = 0, at = 0;
	const uint32_t *companies = index_find(
	    &join->companies, id_key(join, contact, id), &n_companies);
	const struct index *accounts = &join->accounts;
	uint32_t *records;

	for (size_t i = 0; i < n_companies; i++)
		n += accounts->first[companies[i] + 1] -
		     accounts->first[companies[i]];
	records = arena_array(join->arena, n + 1, sizeof(*records));
	for (size_t i = 0; i < n_companies; i++)
		for (uint32_t k = accounts->first[companies[i]];
		     k < accounts->first[companies[i] + 1]; k++)
			records[at++] = accounts->values[k];
	return (struct found){ records, (uint32_t)drop_repeated(records, at),
		true };
}

static struct found
found_before(struct join *join, struct vec *memo, uint32_t text,
    struct found (*find)(struct join *join, struct slice text))
{
	struct found *found;

	while (memo->count <= text)
		vec_push(memo);
	found = vec_at(memo, text);
	if (!found->known)
		*found = find(join, intern_get(join->load->store->texts, text));
	return *found;
}

/* A record that is no lead or deal of the input may be a contact. */
static struct found
person_records(struct join *join, const struct touch_keys *keys)
{
	struct found found = { 0 };

	if (keys->contact)
		found = found_before(
		    join, &join->by_contact, keys->contact, find_contact);
	if (!found.n && keys->record.n)
		found = found_before(join, &join->by_contact,
		    intern_put(join->load->store->texts, keys->record),
		    find_contact);
	return found;
}

static struct found
company_records(struct join *join, const struct touch_keys *keys)
{
	struct found found = { 0 };

	if (keys->account)
		found = found_before(
		    join, &join->by_account, keys->account, find_account);
	if (!found.n && keys->contact)
		found = found_before(
		    join, &join->by_company, keys->contact, find_company);
	return found;
}

void
join_warm(const struct join *join, const struct slice *records, size_t n)
{
	const struct store *store = join->load->store;
	uint32_t hashes[WARM_ROWS] = { 0 }, numbers[WARM_ROWS];
	char id[RECORD_ID_MAX];

	for (size_t i = 0; i < n; i++)
		hashes[i] = intern_hash(id_key(join, records[i], id));
	intern_warm(store->ids, hashes, numbers, n);
	for (size_t i = 0; i < n; i++)
		if (numbers[i])
			__builtin_prefetch(store_at(store, numbers[i] - 1));
	for (size_t i = 0; i < n; i++)
		if (numbers[i])
			__builtin_prefetch(
			    intern_get(store->ids, numbers[i]).p);
}

const uint32_t *
join_find(struct join *join, const struct touch_keys *keys, size_t *n)
{
	struct found found = { &join->one, 1, true };

	join->one = find_record(join, keys->record);
	if (join->one == NO_RECORD)
		found.n = 0;
	if (!found.n && join->by != JOIN_RECORD)
		found = person_records(join, keys);
	if (!found.n && join->by == JOIN_ACCOUNT)
		found = company_records(join, keys);
	*n = found.n;
	return found.records;
}
