/*
 * attribution_overlap.c: the report overlap: two lists of target accounts,
 * side by side (metrics.md 3.3.8, product.md A09). It reads neither records
 * nor touches.
 */
#include <stdlib.h>
#include <string.h>

#include "attribution.h"
#include "csvin.h"
#include "query.h"

#define LISTS 2
#define LIST_ACCOUNTS_MAX 1000000

struct target {
	struct slice key; /* folded */
	const char *name; /* first of its spellings by their bytes */
	unsigned in; /* a bit a list */
};

struct overlap {
	struct attribution *a;
	struct intern *keys;
	struct vec targets; /* struct target, by key; [0] is nobody */
	uint64_t only[LISTS], both;
	const char *columns[LISTS]; /* that were taken for the account */
};

/* ---- keys ---- */

static struct slice
without(struct slice text, const char *prefix)
{
	size_t n = strlen(prefix);

	if (text.n > n && fold_equal((struct slice){ text.p, n },
			      (struct slice){ prefix, n }))
		return (struct slice){ text.p + n, text.n - n };
	return text;
}

/* One list has https://www.acme.example/, the other acme.example. */
static struct slice
bare_domain(struct slice text)
{
	struct slice bare = without(without(text, "https://"), "http://");
	const char *slash, *dot;

	bare = without(bare, "www.");
	slash = memchr(bare.p, '/', bare.n);
	dot = memchr(bare.p, '.', bare.n);
	if (slash && dot && dot < slash && !memchr(bare.p, ' ', bare.n))
		bare.n = (size_t)(slash - bare.p);
	return bare;
}

/* False: the list had it before, or nothing is left of it. */
static bool
add_target(struct overlap *o, struct slice text, unsigned list)
{
	char key[FOLD_MAX];
	size_t n = fold_key(key, sizeof(key), bare_domain(text));
	uint32_t number = intern_put(o->keys, (struct slice){ key, n });
	struct target *target;

	if (number == o->targets.count) {
		target = vec_push(&o->targets);
		target->key = intern_get(o->keys, number);
	}
	target = vec_at(&o->targets, number);
	if (!target->name || slice_compare(text, slice_of(target->name)) < 0)
		target->name = arena_text(o->a->arena, text);
	if (!number || target->in & 1u << list)
		return false;
	target->in |= 1u << list;
	return true;
}

/* ---- files ---- */

struct list {
	struct overlap *overlap;
	struct csvin *in;
	struct ledger_file *file;
	unsigned number;
	uint32_t column;
};

static int
count(struct list *list, const struct csv_row *row, enum ledger_reason reason,
    struct fnl_err *err)
{
	return ledger_add(list->overlap->a->load.ledger, list->file, reason,
	    row->line, NULL, SLICE(""), err);
}

static int
take_row(struct list *list, const struct csv_row *row, struct fnl_err *err)
{
	struct slice text = SLICE("");

	if (row->kind == CSV_ROW && !row->filled)
		return count(list, row, LEDGER_BLANK, err);
	list->file->rows++;
	if (row->kind == CSV_MALFORMED)
		return count(list, row,
		    row->fault == CSV_FAULT_QUOTE ? LEDGER_MALFORMED
						  : LEDGER_TOO_LONG,
		    err);
	if (list->column < row->n_fields && row->fields[list->column].n)
		text = slice_trim(row->fields[list->column]);
	if (!text.n || text_is_null(text))
		return count(list, row, LEDGER_NO_ID, err);
	if (!add_target(list->overlap, text, list->number))
		return count(list, row, LEDGER_DUPLICATE, err);
	list->file->used++;
	return 0;
}

/* A column of a known name, else the first. */
static uint32_t
account_column(const struct csv_row *header)
{
	static const char *const names[] = { "account", "account name",
		"company", "company name", "name", "domain", "website" };

	for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++)
		for (uint32_t i = 0; i < header->n_fields; i++)
			if (fold_equal(slice_trim(header->fields[i]),
				slice_of(names[k])))
				return i;
	return 0;
}

static int
read_list(
    struct overlap *o, const char *path, unsigned number, struct fnl_err *err)
{
	struct load *load = &o->a->load;
	struct csvin_options options = { .delimiter = load->read.delimiter,
		.digests = load->read.digests };
	struct list list = { .overlap = o, .number = number };
	const struct csv_batch *batch;
	const struct csv_row *header;
	int more;

	if (csvin_open(o->a->arena, path, &options, &list.in, err) < 0)
		return -1;
	header = csvin_header(list.in, &batch);
	list.column = account_column(header);
	if (list.column < header->n_fields)
		o->columns[number] =
		    arena_text(o->a->arena, header->fields[list.column]);
	list.file = ledger_open(load->ledger, path);
	while ((more = csvin_read(list.in, &batch, err)) > 0) {
		for (size_t i = 0; i < batch->n_rows; i++)
			if (take_row(&list, &batch->rows[i], err) < 0)
				return -1;
		if (o->targets.count > LIST_ACCOUNTS_MAX)
			return fail(err, FNL_DATA,
			    "--lists: more than %d accounts",
			    LIST_ACCOUNTS_MAX);
	}
	csvin_close(list.in);
	return more;
}

/* ---- the table ---- */

enum {
	TARGET_ACCOUNT,
	TARGET_IN,
	TARGET_KEY,
	TARGET_SIZE_A,
	TARGET_SIZE_B,
	TARGET_BOTH,
	TARGET_JACCARD,
	TARGET_COVERAGE_A,
	TARGET_COVERAGE_B,
	TARGET_COLUMNS
};

static const struct column target_columns[TARGET_COLUMNS] = {
	[TARGET_ACCOUNT] = { "account", "Account", UNIT_TEXT, FOR_ALL,
	    "The account, as a list has it." },
	[TARGET_IN] = { "in", "In", UNIT_TEXT, FOR_ALL,
	    "A, B or both: the lists that have it." },
	[TARGET_KEY] = { "key", "Key", UNIT_TEXT, FOR_MACHINES,
	    "What is compared: folded, a domain without www." },
	[TARGET_SIZE_A] = { "size_a", "A", UNIT_COUNT, FOR_MACHINES,
	    "Distinct accounts of the first list." },
	[TARGET_SIZE_B] = { "size_b", "B", UNIT_COUNT, FOR_MACHINES,
	    "Distinct accounts of the second list." },
	[TARGET_BOTH] = { "both", "Both", UNIT_COUNT, FOR_MACHINES,
	    "Accounts of both lists." },
	[TARGET_JACCARD] = { "jaccard", "Jaccard", UNIT_SHARE, FOR_MACHINES,
	    "both / accounts of either list." },
	[TARGET_COVERAGE_A] = { "coverage_a", "Of A", UNIT_SHARE, FOR_MACHINES,
	    "both / size_a." },
	[TARGET_COVERAGE_B] = { "coverage_b", "Of B", UNIT_SHARE, FOR_MACHINES,
	    "both / size_b." },
};

/* Those of both first, then those of A, then those of B. */
static int
compare_targets(const void *pa, const void *pb)
{
	const struct target *a = *(struct target *const *)pa;
	const struct target *b = *(struct target *const *)pb;
	unsigned rank_a = a->in == 3 ? 0 : a->in;
	unsigned rank_b = b->in == 3 ? 0 : b->in;

	if (rank_a != rank_b)
		return rank_a < rank_b ? -1 : 1;
	return slice_compare(a->key, b->key);
}

static struct target **
sort_targets(struct overlap *o)
{
	size_t n = o->targets.count - 1;
	struct target **sorted =
	    arena_array(o->a->arena, n + 1, sizeof(struct target *));

	for (size_t i = 0; i < n; i++) {
		sorted[i] = vec_at(&o->targets, i + 1);
		if (sorted[i]->in == 3)
			o->both++;
		else
			o->only[sorted[i]->in - 1]++;
	}
	if (n)
		qsort(sorted, n, sizeof(struct target *), compare_targets);
	return sorted;
}

static void
fill_target(
    const struct overlap *o, struct sheet *sheet, const struct target *target)
{
	static const char *const in[] = { "", "A", "B", "both" };
	uint64_t a = o->only[0] + o->both, b = o->only[1] + o->both;
	double both = (double)o->both;

	sheet_row(sheet, NULL);
	sheet_cell(sheet, TARGET_ACCOUNT, cell_optional(target->name));
	sheet_cell(sheet, TARGET_IN, cell_optional(in[target->in]));
	sheet_cell(sheet, TARGET_KEY, cell_text(target->key));
	sheet_cell(sheet, TARGET_SIZE_A, cell_count(a));
	sheet_cell(sheet, TARGET_SIZE_B, cell_count(b));
	sheet_cell(sheet, TARGET_BOTH, cell_count(o->both));
	sheet_cell(sheet, TARGET_JACCARD,
	    cell_number(stats_ratio(both, (double)(a + o->only[1]))));
	sheet_cell(sheet, TARGET_COVERAGE_A,
	    cell_number(stats_ratio(both, (double)a)));
	sheet_cell(sheet, TARGET_COVERAGE_B,
	    cell_number(stats_ratio(both, (double)b)));
}

static void
note_overlap(
    const struct overlap *o, const struct fnl_list *lists, struct table *table)
{
	uint64_t a = o->only[0] + o->both, b = o->only[1] + o->both;
	double either = (double)(a + o->only[1]);

	table_note(table, "lists",
	    "A is %s by its column '%s', B is %s by its column '%s'",
	    lists->items[0], o->columns[0] ? o->columns[0] : "",
	    lists->items[1], o->columns[1] ? o->columns[1] : "");
	if (either > 0)
		table_note(table, "overlap",
		    "A %.0f, B %.0f, both %.0f; Jaccard %.1f %%", (double)a,
		    (double)b, (double)o->both, 100 * (double)o->both / either);
	else
		table_note(table, "overlap", "no list has an account");
}

static int
check_input(const struct fnl_attribution_query *q, struct fnl_err *err)
{
	if (q->input.files.n || q->input.by.n || q->input.where.n ||
	    q->input.period || q->input.from || q->input.to || q->touches.n ||
	    q->path_files.n || q->key || q->join || q->touch_date)
		return fail(err, FNL_USAGE,
		    "--report overlap reads the two lists of --lists only: "
		    "leave out files of records and touches, and what selects "
		    "from them");
	return 0;
}

int
attribution_overlap(
    struct attribution *a, struct table **out, struct fnl_err *err)
{
	struct fnl_list lists = query_split(a->arena, &a->query->lists);
	struct overlap o = { .a = a,
		.keys = intern_new(a->arena),
		.targets = vec_new(a->arena, sizeof(struct target)) };
	struct target **sorted;
	struct sheet sheet;

	if (lists.n != LISTS)
		return fail(err, FNL_USAGE,
		    "--report overlap needs two lists: --lists A.csv,B.csv");
	if (check_input(a->query, err) < 0 ||
	    load_nothing(a->arena, &a->query->input, &a->load, err) < 0 ||
	    attribution_list(a, "Overlap of lists", target_columns,
		TARGET_COLUMNS, 1, false, &sheet, err) < 0)
		return -1;
	vec_push(&o.targets);
	for (unsigned i = 0; i < LISTS; i++)
		if (read_list(&o, lists.items[i], i, err) < 0)
			return -1;
	sorted = sort_targets(&o);
	for (size_t i = 0; i + 1 < o.targets.count; i++)
		fill_target(&o, &sheet, sorted[i]);
	note_overlap(&o, &lists, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
