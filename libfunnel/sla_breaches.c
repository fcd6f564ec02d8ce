/*
 * sla_breaches.c: the report breaches. The records to act on this morning:
 * what has run out or is not as agreed, the latest first, and with --due what
 * is about to run out. What was late and is done is in the scorecard only.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "query.h"
#include "sla.h"

struct breach {
	const struct commitment *commitment;
	const uint32_t *by;
	uint32_t record;
	uint32_t owner;
	struct slice id;
	struct when start, due;
	enum clock_status status;
	double elapsed, excess, attempts;
	const char *why;
	bool soon;
};

struct breaches {
	struct sla *sla;
	struct vec all; /* struct breach */
	int64_t due; /* seconds from as_of; -1: not asked for */
	uint64_t soon;
};

int
sla_breaches_options(struct sla *s, struct fnl_err *err)
{
	int64_t due;

	if (s->query->input.period)
		return fail(err, FNL_USAGE,
		    "--period says nothing to --report breaches: it lists what "
		    "is open as of --as-of");
	return s->query->due ? query_duration("--due", s->query->due, &due, err)
			     : 0;
}

/* ---- finding ---- */

/* A due date is due with its day. */
static bool
is_soon(const struct breaches *b, const struct sla_case *x)
{
	const struct zone *zone = b->sla->load.zone;
	struct when due = x->clock.due;

	if (b->due < 0 || x->clock.status != CLOCK_PENDING ||
	    due.kind == WHEN_UNKNOWN)
		return false;
	if (due.kind == WHEN_DATE)
		due.seconds = zone_utc(zone, due.seconds + DAY_SECONDS);
	return due.seconds <= sla_now(b->sla) + b->due;
}

static const uint32_t *
copy_by(const struct sla *s, const uint32_t *by)
{
	size_t n = s->load.segments.n_by;
	uint32_t *copy = arena_array(s->arena, n + 1, sizeof(*copy));

	if (n)
		memcpy(copy, by, n * sizeof(*by));
	return copy;
}

static void
take_case(void *context, const struct sla_case *x)
{
	struct breaches *b = context;
	bool soon = is_soon(b, x);
	struct breach *breach;

	if (x->volume || (!soon && x->clock.status != CLOCK_BREACHED &&
			     x->clock.status != CLOCK_BAD))
		return;
	breach = vec_push(&b->all);
	b->soon += soon;
	*breach = (struct breach){ .commitment = x->commitment,
		.by = copy_by(b->sla, x->by),
		.record = x->record,
		.owner = sla_owner(b->sla, x->record),
		.id = store_id(b->sla->load.store, x->record),
		.start = x->start,
		.due = x->clock.due,
		.status = x->clock.status,
		.elapsed = x->clock.elapsed,
		.excess = x->clock.excess,
		.attempts = x->attempts,
		.soon = soon };
	if (x->why)
		breach->why = arena_text(b->sla->arena, slice_of(x->why));
}

/* ---- order ---- */

static int
compare_late(double a, double b)
{
	if (isnan(a) != isnan(b))
		return isnan(a) ? 1 : -1;
	return isnan(a) ? 0 : (a < b) - (a > b);
}

/* What has run out before what is about to, and unusable times last; the
 * latest first; then by commitment, start and id. */
static int
compare_breaches(const void *pa, const void *pb)
{
	const struct breach *a = *(const struct breach *const *)pa;
	const struct breach *b = *(const struct breach *const *)pb;
	int order;

	if ((a->status == CLOCK_BAD) != (b->status == CLOCK_BAD))
		return a->status == CLOCK_BAD ? 1 : -1;
	if (a->soon != b->soon)
		return a->soon ? 1 : -1;
	order = compare_late(a->excess, b->excess);
	if (!order && a->soon && a->due.seconds != b->due.seconds)
		order = a->due.seconds < b->due.seconds ? -1 : 1;
	if (order)
		return order;
	if (a->commitment->number != b->commitment->number)
		return a->commitment->number < b->commitment->number ? -1 : 1;
	if (a->start.seconds != b->start.seconds)
		return a->start.seconds < b->start.seconds ? -1 : 1;
	return slice_compare(a->id, b->id);
}

/* ---- table ---- */

struct breach_column {
	struct column column;
	struct cell (*cell)(const struct sla *s, const struct breach *b);
};

static struct cell
cell_commitment(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_optional(b->commitment->definition->name);
}

static struct cell
cell_team(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_optional(b->commitment->definition->owner);
}

static struct cell
cell_id(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_text(b->id);
}

static struct cell
cell_name(const struct sla *s, const struct breach *b)
{
	return cell_of_text(&s->load, sla_text(s, b->record, SLA_NAME), NULL);
}

static struct cell
cell_owner(const struct sla *s, const struct breach *b)
{
	return cell_of_text(&s->load, b->owner, "(blank)");
}

static struct cell
cell_status(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_optional(clock_status_name(b->status));
}

static struct cell
cell_start(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_time(b->start);
}

static struct cell
cell_due(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_time(b->due);
}

/* In the clock's own time: working hours where a calendar is named. */
static struct cell
cell_elapsed(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_number(b->elapsed / 3600);
}

static struct cell
cell_late_by(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_number(b->excess / 3600);
}

static struct cell
cell_attempts(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_number(b->attempts);
}

static struct cell
cell_why(const struct sla *s, const struct breach *b)
{
	(void)s;
	return cell_optional(b->soon && !b->why ? "due soon" : b->why);
}

static const struct breach_column breach_columns[] = {
	{ { "commitment", "Commitment", UNIT_TEXT, FOR_ALL,
	      "Its name in the definitions." },
	    cell_commitment },
	{ { "id", "Id", UNIT_TEXT, FOR_ALL, "Id of the record." }, cell_id },
	{ { "name", "Name", UNIT_TEXT, FOR_ROOM, "Its name." }, cell_name },
	{ { "owner", "Owner", UNIT_TEXT, FOR_ALL,
	      "Who owns it; (blank) where nobody is named." },
	    cell_owner },
	{ { "due", "Due", UNIT_TIME, FOR_ALL_IF_ANY,
	      "When it ran or runs out." },
	    cell_due },
	{ { "late_by", "Late by h", UNIT_HOURS, FOR_ALL,
	      "Hours of its clock past the target." },
	    cell_late_by },
	{ { "why", "Why", UNIT_TEXT, FOR_ALL_IF_ANY,
	      "What is missing or wrong, or due soon." },
	    cell_why },
	{ { "status", "Status", UNIT_TEXT, FOR_ROOM,
	      "breached; pending: due soon; bad: its times cannot be used." },
	    cell_status },
	{ { "start", "Start", UNIT_TIME, FOR_ROOM, "When it started." },
	    cell_start },
	{ { "promised_by", "By", UNIT_TEXT, FOR_ROOM,
	      "The team that promised." },
	    cell_team },
	{ { "elapsed", "Hours", UNIT_HOURS, FOR_MACHINES,
	      "Hours of its clock, working ones where a calendar is named." },
	    cell_elapsed },
	{ { "attempts", "Attempts", UNIT_COUNT, FOR_MACHINES,
	      "Touches that count, of a commitment to attempts." },
	    cell_attempts },
};

#define N_COLUMNS (sizeof(breach_columns) / sizeof(*breach_columns))
#define N_KEYS 2

static void
fill_rows(struct breaches *b, struct sheet *sheet)
{
	size_t n = b->all.count;
	struct breach **sorted =
	    arena_array(b->sla->arena, n + 1, sizeof(struct breach *));

	for (size_t i = 0; i < n; i++)
		sorted[i] = vec_at(&b->all, i);
	qsort(sorted, n, sizeof(*sorted), compare_breaches);
	for (size_t i = 0; i < n; i++) {
		sheet_row(sheet, &(struct group_key){ .by = sorted[i]->by });
		for (size_t k = 0; k < N_COLUMNS; k++)
			if (sheet_wants(sheet, k))
				sheet_cell(sheet, k,
				    breach_columns[k].cell(b->sla, sorted[i]));
	}
}

int
sla_breaches(struct sla *s, struct table **out, struct fnl_err *err)
{
	const struct column *columns[N_COLUMNS];
	struct breaches b = { .sla = s,
		.all = vec_new(s->arena, sizeof(struct breach)),
		.due = -1 };
	struct sheet_plan plan = { .title = "What to act on",
		.columns = columns,
		.n_columns = N_COLUMNS,
		.n_keys = N_KEYS };
	struct sheet sheet;

	for (size_t i = 0; i < N_COLUMNS; i++)
		columns[i] = &breach_columns[i].column;
	if (s->query->due &&
	    query_duration("--due", s->query->due, &b.due, err) < 0)
		return -1;
	if (sla_sheet(s, plan, &sheet, err) < 0)
		return -1;
	sla_each(s, take_case, &b);
	fill_rows(&b, &sheet);
	if (b.due >= 0)
		table_note(sheet.table, "due_soon",
		    "%" PRIu64 " run out within %s", b.soon, s->query->due);
	sla_notes(s, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
