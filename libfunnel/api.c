/*
 * api.c: the doors of the library. Behind each, running out of memory becomes
 * an error.
 */
#include <inttypes.h>
#include <string.h>

#include "attribution.h"
#include "chart.h"
#include "convert.h"
#include "pack.h"
#include "query.h"
#include "render.h"
#include "sla.h"
#include "velocity.h"

struct fnl_report {
	struct arena *arena;
	struct table *table;
	struct table *ledger;
	const char *summary;
	const char *too_bad;
	bool indian_grouping;
};

static const char *
too_bad(const struct load *load)
{
	uint64_t bad = ledger_bad(load->ledger);

	if (load->max_bad < 0 || bad <= (uint64_t)load->max_bad)
		return NULL;
	return arena_printf(load->arena,
	    "%" PRIu64 " bad rows and cells, more than --max-bad %" PRId64, bad,
	    load->max_bad);
}

/* Notes that a user must hear of although a format shows none. */
static bool
is_notable(const char *key)
{
	static const char *const keys[] = { "never_moved", "no_deals",
		"no_date_column", "no_column", "no_match", "pipelines",
		"undatable", "unseen_deals", "where" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

static void
add_disarmed(struct textbuf *lines, const char *title, const char *text)
{
	char *line = arena_printf(lines->arena, "%s: %s", title, text);

	text_disarm(line);
	textbuf_add(lines, "%s\n", line);
}

/* The ledger's lines, every stage name that nobody defined, what the notes
 * say that changes how the numbers read. */
static const char *
summary(const struct load *load, const struct table *table)
{
	const char *unknown = store_unknown_stages(load->store, load->arena);
	struct textbuf lines = { .arena = load->arena };

	textbuf_add(
	    &lines, "%s", ledger_summary(load->ledger, load->arena, false));
	if (unknown)
		add_disarmed(&lines, "stages in no definition", unknown);
	for (size_t i = 0; i < table->notes.count; i++) {
		const struct note *note = vec_at(&table->notes, i);

		if (is_notable(note->key))
			add_disarmed(&lines, note->key, note->text);
	}
	return textbuf_text(&lines);
}

static void
report_input(const struct load *load, struct fnl_report *report)
{
	report->ledger = ledger_table(load->ledger, load->arena);
	report->summary = summary(load, report->table);
	report->too_bad = too_bad(load);
	report->table->currency = load_currency(load);
	load_note_origin(load, report->table);
	report->indian_grouping =
	    load->definitions.currency &&
	    strcmp(load->definitions.currency, "INR") == 0;
}

static int
out_of_memory(struct fnl_err *err)
{
	return fail(err, FNL_SYSTEM, "out of memory");
}

/* A run in its arena: fills the table, and says where it loaded. */
typedef int run_function(struct arena *arena, const void *query,
    struct table **table, const struct load **load, struct fnl_err *err);

static int
run_convert(struct arena *arena, const void *query, struct table **table,
    const struct load **load, struct fnl_err *err)
{
	struct convert *c = arena_alloc(arena, sizeof(*c));

	c->arena = arena;
	c->query = query;
	*load = &c->load;
	return convert_run(c, table, err);
}

static int
run_velocity(struct arena *arena, const void *query, struct table **table,
    const struct load **load, struct fnl_err *err)
{
	struct velocity *v = arena_alloc(arena, sizeof(*v));

	v->arena = arena;
	v->query = query;
	*load = &v->load;
	return velocity_run(v, table, err);
}

static int
run_attribution(struct arena *arena, const void *query, struct table **table,
    const struct load **load, struct fnl_err *err)
{
	struct attribution *a = arena_alloc(arena, sizeof(*a));

	a->arena = arena;
	a->query = query;
	*load = &a->load;
	return attribution_run(a, table, err);
}

static int
run_sla(struct arena *arena, const void *query, struct table **table,
    const struct load **load, struct fnl_err *err)
{
	struct sla *s = arena_alloc(arena, sizeof(*s));

	s->arena = arena;
	s->query = query;
	*load = &s->load;
	return sla_run(s, table, err);
}

static int
report_of(struct fnl_report **out, run_function *run, const void *query,
    struct fnl_err *err)
{
	struct arena *arena = arena_new();
	struct fnl_report *report;
	const struct load *load;

	if (!arena)
		return out_of_memory(err);
	if (setjmp(*arena_catch(arena))) {
		arena_free(arena);
		return out_of_memory(err);
	}
	report = arena_alloc(arena, sizeof(*report));
	report->arena = arena;
	if (run(arena, query, &report->table, &load, err) < 0) {
		arena_free(arena);
		return -1;
	}
	report_input(load, report);
	*out = report;
	return 0;
}

int
fnl_convert(struct fnl_report **out, const struct fnl_convert_query *query,
    struct fnl_err *err)
{
	return report_of(out, run_convert, query, err);
}

int
fnl_velocity(struct fnl_report **out, const struct fnl_velocity_query *query,
    struct fnl_err *err)
{
	return report_of(out, run_velocity, query, err);
}

int
fnl_attribution(struct fnl_report **out,
    const struct fnl_attribution_query *query, struct fnl_err *err)
{
	return report_of(out, run_attribution, query, err);
}

int
fnl_sla(struct fnl_report **out, const struct fnl_sla_query *query,
    struct fnl_err *err)
{
	return report_of(out, run_sla, query, err);
}

void
fnl_report_free(struct fnl_report *report)
{
	if (report)
		arena_free(report->arena);
}

#define FORMATS_MAX 31

int
fnl_check_format(const char *name, struct fnl_err *err)
{
	struct choice known[FORMATS_MAX + 1] = { { NULL, 0 } };
	int ignored;

	for (int i = 0; i < FORMATS_MAX && formats[i].name; i++)
		known[i] = (struct choice){ formats[i].name, i };
	return query_choice("--format", name, known, &ignored, err);
}

int
fnl_render(struct fnl_report *report, enum fnl_what what,
    const struct fnl_style *style, FILE *out, struct fnl_err *err)
{
	struct render_options options = { .width = style->width,
		.all_columns = style->all_columns,
		.indian_grouping = report->indian_grouping,
		.charts = style->charts };

	if (fnl_check_format(style->format, err) < 0)
		return -1;
	if (setjmp(*arena_catch(report->arena)))
		return out_of_memory(err);
	return format_find(style->format)
	    ->render(what == FNL_LEDGER ? report->ledger : report->table,
		&options, out, err);
}

/* ---- charts ---- */

int
fnl_check_chart(const char *file, struct fnl_err *err)
{
	enum chart_form ignored;

	if (chart_form_of_file(file, &ignored) == 0)
		return 0;
	return fail(err, FNL_USAGE,
	    "--chart: cannot draw '%s'; write .svg, .png or .pdf, or - for the "
	    "terminal",
	    file);
}

static struct chart_options
chart_options(
    const struct fnl_report *report, const struct fnl_chart_style *style)
{
	struct chart_options options = { .columns = style->columns,
		.lines = style->lines,
		.ascii = style->ascii,
		.indian_grouping = report->indian_grouping };

	chart_form_of_file(style->file, &options.form);
	return options;
}

int
fnl_chart(struct fnl_report *report, const struct fnl_chart_style *style,
    struct fnl_chart *out, struct fnl_err *err)
{
	struct chart_options options = chart_options(report, style);
	struct chart chart;

	if (fnl_check_chart(style->file, err) < 0)
		return -1;
	if (setjmp(*arena_catch(report->arena)))
		return out_of_memory(err);
	if (chart_script(report->table, &options, &chart, err) < 0)
		return -1;
	*out = (struct fnl_chart){ chart.script, chart.note };
	return 0;
}

int
fnl_draw(struct fnl_report *report, const struct fnl_chart *chart,
    const struct fnl_chart_style *style, FILE *out, struct fnl_err *err)
{
	struct chart_options options = chart_options(report, style);
	const struct chart drawn = { chart->script, chart->note };

	if (setjmp(*arena_catch(report->arena)))
		return out_of_memory(err);
	return chart_run(report->arena, &drawn, &options, out, err);
}

const char *
fnl_summary(const struct fnl_report *report)
{
	return report->summary;
}

const char *
fnl_too_bad(const struct fnl_report *report)
{
	return report->too_bad;
}

const char *
fnl_condition(const struct fnl_report *report)
{
	return report->table->condition;
}

const char *
fnl_format_of_file(const char *path)
{
	const struct format *format = format_of_file(path);

	return format ? format->name : NULL;
}

/* ---- packs ---- */

struct fnl_pack {
	struct arena *arena;
	struct pack pack;
	const char *summary;
	const char *too_bad;
};

static int
run_for_pack(struct arena *arena, const char *command,
    const union agenda_query *query, struct pack_result *result,
    struct fnl_err *err)
{
	static const struct {
		const char *command;
		run_function *run;
	} runs[] = { { "convert", run_convert }, { "velocity", run_velocity },
		{ "attribution", run_attribution }, { "sla", run_sla } };
	struct table *table;
	const struct load *load;
	size_t i = 0;

	while (strcmp(runs[i].command, command) != 0)
		i++;
	if (runs[i].run(arena, query, &table, &load, err) < 0)
		return -1;
	table->currency = load_currency(load);
	*result = (struct pack_result){ table, load };
	return 0;
}

int
fnl_pack(struct fnl_pack **out, const struct fnl_pack_query *query,
    struct fnl_err *err)
{
	struct arena *arena = arena_new();
	struct fnl_pack *made;

	if (!arena)
		return out_of_memory(err);
	if (setjmp(*arena_catch(arena))) {
		arena_free(arena);
		return out_of_memory(err);
	}
	made = arena_alloc(arena, sizeof(*made));
	made->arena = arena;
	made->pack.arena = arena;
	made->pack.query = query;
	made->pack.run = run_for_pack;
	if (pack_make(&made->pack, err) < 0) {
		arena_free(arena);
		return -1;
	}
	made->summary =
	    summary(&made->pack.load, table_new(arena, "", NULL, 0));
	made->too_bad = too_bad(&made->pack.load);
	*out = made;
	return 0;
}

size_t
fnl_pack_count(const struct fnl_pack *pack)
{
	return pack->pack.files.count;
}

struct fnl_pack_file
fnl_pack_at(const struct fnl_pack *pack, size_t i)
{
	const struct pack_file *file = vec_at(&pack->pack.files, i);

	return (
	    struct fnl_pack_file){ file->name, file->bytes.p, file->bytes.n };
}

const char *
fnl_pack_summary(const struct fnl_pack *pack)
{
	return pack->summary;
}

const char *
fnl_pack_too_bad(const struct fnl_pack *pack)
{
	return pack->too_bad;
}

void
fnl_pack_free(struct fnl_pack *pack)
{
	if (pack)
		arena_free(pack->arena);
}

bool
fnl_format_is_document(const char *name)
{
	const struct format *format = format_find(name);

	return format && format->document;
}
