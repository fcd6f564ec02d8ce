/*
 * sla_volume.c: the report volume. Each period of a commitment to a number:
 * what was counted and agreed, and where the running one will end at this
 * pace (metrics.md 3.4.8).
 */
#include <math.h>

#include "sla.h"

struct volume_column {
	struct column column;
	struct cell (*cell)(const struct sla *s, const struct sla_case *x);
};

static struct cell
cell_commitment(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_optional(x->commitment->definition->name);
}

static struct cell
cell_team(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_optional(x->commitment->definition->owner);
}

static struct cell
cell_of_period(const struct sla *s, const struct sla_case *x)
{
	static const struct {
		const char *name;
		enum period period;
	} periods[] = { { "day", PERIOD_DAY }, { "week", PERIOD_WEEK },
		{ "month", PERIOD_MONTH }, { "quarter", PERIOD_QUARTER },
		{ "year", PERIOD_YEAR } };
	char label[PERIOD_TEXT];

	for (size_t i = 0; i < sizeof(periods) / sizeof(*periods); i++)
		if (fold_equal(slice_of(x->commitment->definition->per),
			slice_of(periods[i].name)))
			period_label(label, periods[i].period,
			    x->start.seconds / DAY_SECONDS,
			    s->load.definitions.fiscal_month);
	return cell_optional(arena_text(s->arena, slice_of(label)));
}

static struct cell
cell_start(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_time(x->start);
}

static struct cell
cell_count_of(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_count(x->volume->count);
}

static struct cell
cell_raw(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_count(x->volume->raw);
}

static struct cell
cell_target(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_number(x->volume->target);
}

/* Of the whole target, also while the period runs; see pace. */
static struct cell
cell_attained(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_number(
	    stats_ratio((double)x->volume->count, x->volume->target));
}

static struct cell
cell_due(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_number(x->volume->due);
}

static struct cell
cell_projected(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_number(x->volume->projected);
}

static struct cell
cell_status(const struct sla *s, const struct sla_case *x)
{
	(void)s;
	return cell_optional(clock_status_name(x->clock.status));
}

static const struct volume_column volume_columns[] = {
	{ { "commitment", "Commitment", UNIT_TEXT, FOR_ALL,
	      "Its name in the definitions." },
	    cell_commitment },
	{ { "volume_period", "Period", UNIT_TEXT, FOR_ALL,
	      "The period it is agreed for." },
	    cell_of_period },
	{ { "start", "From", UNIT_TIME, FOR_MACHINES, "Its first day." },
	    cell_start },
	{ { "promised_by", "By", UNIT_TEXT, FOR_ROOM,
	      "The team that promised." },
	    cell_team },
	{ { "counted", "Counted", UNIT_COUNT, FOR_ALL,
	      "Records that entered the stage in it and pass the rule, or "
	      "touches." },
	    cell_count_of },
	{ { "raw", "Raw", UNIT_COUNT, FOR_ALL, "The same without the rule." },
	    cell_raw },
	{ { "target", "Agreed", UNIT_COUNT, FOR_ALL, "At least so many." },
	    cell_target },
	{ { "attained", "Share", UNIT_SHARE, FOR_ALL, "counted / target." },
	    cell_attained },
	{ { "due", "Due by now", UNIT_NUMBER, FOR_ROOM,
	      "Of the target, by the days that are over." },
	    cell_due },
	{ { "projected", "Pace", UNIT_NUMBER, FOR_ROOM,
	      "counted at the end of the period, at this pace." },
	    cell_projected },
	{ { "status", "Status", UNIT_TEXT, FOR_ALL,
	      "met; breached: the period is over; pending: it is not." },
	    cell_status },
};

#define N_COLUMNS (sizeof(volume_columns) / sizeof(*volume_columns))
#define N_KEYS 2

struct volume_rows {
	struct sla *sla;
	struct sheet sheet;
};

static void
take_case(void *context, const struct sla_case *x)
{
	struct volume_rows *rows = context;

	if (!x->volume)
		return;
	sheet_row(&rows->sheet, &(struct group_key){ .by = x->by });
	for (size_t i = 0; i < N_COLUMNS; i++)
		if (sheet_wants(&rows->sheet, i))
			sheet_cell(&rows->sheet, i,
			    volume_columns[i].cell(rows->sla, x));
}

int
sla_volumes_options(struct sla *s, struct fnl_err *err)
{
	s->commitments.only_kind = "volume";
	return s->query->input.period
		   ? fail(err, FNL_USAGE,
			 "--period says nothing to --report volume: each "
			 "commitment has its own ('per' of the definitions)")
		   : 0;
}

int
sla_volumes_plan(struct sla *s, struct fnl_err *err)
{
	return s->commitments.n
		   ? 0
		   : fail(err, FNL_USAGE,
			 "--report volume: no commitment is about a volume "
			 "('count' of the definitions)");
}

int
sla_volumes(struct sla *s, struct table **out, struct fnl_err *err)
{
	const struct column *columns[N_COLUMNS];
	struct volume_rows rows = { .sla = s };
	struct sheet_plan plan = { .title = "Volumes",
		.columns = columns,
		.n_columns = N_COLUMNS,
		.n_keys = N_KEYS };

	for (size_t i = 0; i < N_COLUMNS; i++)
		columns[i] = &volume_columns[i].column;
	if (sla_sheet(s, plan, &rows.sheet, err) < 0)
		return -1;
	sla_each(s, take_case, &rows);
	commitments_note_volumes(&s->commitments, rows.sheet.table);
	sla_notes(s, rows.sheet.table);
	*out = sheet_end(&rows.sheet);
	return 0;
}
