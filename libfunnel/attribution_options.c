/*
 * attribution_options.c: the options of funnel-attribution; those that say
 * nothing to the report are refused.
 */
#include <inttypes.h>
#include <string.h>

#include "attribution.h"
#include "figures.h"
#include "query.h"

#define REPORTS_MAX 32
#define PATHS_DEFAULT 20
#define PATHS_MAX 1000000
#define BOOTSTRAP_MAX 100000

/* Costs know their key and their days, and no segment of a record. */
static int
check_money(const struct attribution *a, struct fnl_err *err)
{
	const struct fnl_attribution_query *q = a->query;

	if (!(a->report->takes & TAKES_SPEND))
		return 0;
	if (!q->spend.n)
		return fail(err, FNL_USAGE,
		    "--report money needs the costs: --spend FILE");
	return q->input.by.n
		   ? fail(err, FNL_USAGE,
			 "--by says nothing to --report money: costs belong "
			 "to no segment; it goes by --key and --period")
		   : 0;
}

/* "credit, money": the reports that have a use for an option. */
static const char *
takers(struct arena *arena, unsigned use)
{
	struct textbuf text = { .arena = arena };

	for (const struct attribution_report *r = attribution_reports; r->name;
	     r++)
		if (r->takes & use)
			textbuf_add(&text, "%s%s",
			    textbuf_text(&text)[0] ? ", " : "", r->name);
	return textbuf_text(&text);
}

static int
check_given(const struct attribution *a, struct fnl_err *err)
{
	const struct fnl_attribution_query *q = a->query;
	const struct {
		const char *option;
		bool given;
		unsigned use;
	} rows[] = {
		{ "--model", q->models.n != 0, TAKES_MODELS },
		{ "--direct", q->direct != NULL, TAKES_MODELS },
		{ "--spend", q->spend.n != 0, TAKES_SPEND },
		{ "--bootstrap", q->bootstrap != NULL, TAKES_DRAWS },
		{ "--seed", q->seed != NULL, TAKES_DRAWS },
		{ "--confidence", q->confidence != NULL, TAKES_DRAWS },
		{ "--markov-value", q->by_value, TAKES_CHAIN_VALUE },
		{ "--order", q->order != NULL, TAKES_CHAIN },
		{ "--self-loops", q->self_loops, TAKES_CHAIN },
		{ "--removal", q->removal != NULL, TAKES_REMOVAL },
		{ "--paths", q->paths != NULL, TAKES_TOP },
		{ "--influence", q->influence != NULL, TAKES_INFLUENCE },
		{ "--transform", q->transforms.n != 0, TAKES_TRANSFORMS },
		{ "--conversion", q->conversion != NULL, TAKES_CONVERSION },
		{ "--lookback", q->lookback != NULL, TAKES_CONVERSION },
		{ "--fx", q->fx != NULL, TAKES_PERIODS },
		{ "--period", q->input.period != NULL, TAKES_PERIODS },
		{ "--lists", q->lists.n != 0, TAKES_LISTS },
		{ "--path-file", q->path_files.n != 0, TAKES_READY_PATHS },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].given && !(a->report->takes & rows[i].use))
			return fail(err, FNL_USAGE,
			    "%s says nothing to --report %s; it goes with: %s",
			    rows[i].option, a->report->name,
			    takers(a->arena, rows[i].use));
	return 0;
}

static int
take_count(const char *option, const char *text, int64_t least, int64_t most,
    int64_t *out, struct fnl_err *err)
{
	if (!text)
		return 0;
	if (query_count(option, text, out, err) < 0)
		return -1;
	return *out >= least && *out <= most
		   ? 0
		   : fail(err, FNL_USAGE,
			 "%s: %s is not from %" PRId64 " to %" PRId64, option,
			 text, least, most);
}

static int
take_chain(struct attribution *a, struct fnl_err *err)
{
	static const struct choice removals[] = { { "null", REMOVAL_NULL },
		{ "restart", REMOVAL_RESTART }, { NULL, 0 } };
	const struct fnl_attribution_query *q = a->query;
	int64_t order = 1;
	int removal;

	if (query_choice("--removal", q->removal, removals, &removal, err) <
		0 ||
	    take_count("--order", q->order, 1, MARKOV_MAX_ORDER, &order, err) <
		0)
		return -1;
	a->markov.removal = (enum markov_removal)removal;
	a->markov.order = (unsigned)order;
	a->markov.self_loops = q->self_loops;
	return 0;
}

static int
take_influence(struct attribution *a, struct fnl_err *err)
{
	static const struct choice ends[] = { { "opportunity", false },
		{ "close", true }, { NULL, 0 } };
	int end;

	if (query_choice("--influence", a->query->influence, ends, &end, err) <
	    0)
		return -1;
	a->until_close = end != 0;
	return 0;
}

static int
take_report(struct attribution *a, struct fnl_err *err)
{
	struct choice names[REPORTS_MAX] = { { NULL, 0 } };
	int report;

	for (int i = 0; attribution_reports[i].name; i++)
		names[i] = (struct choice){ attribution_reports[i].name, i };
	if (query_choice("--report", a->query->report, names, &report, err) < 0)
		return -1;
	a->report = &attribution_reports[report];
	return 0;
}

int
attribution_take_options(struct attribution *a, struct fnl_err *err)
{
	static const struct choice days[] = { { "close", FX_CLOSE },
		{ "created", FX_CREATED }, { "asof", FX_AS_OF }, { NULL, 0 } };
	const struct fnl_attribution_query *q = a->query;
	int day;

	if (take_report(a, err) < 0 ||
	    query_choice("--fx", q->fx, days, &day, err) < 0)
		return -1;
	a->fx = (enum fx)day;
	a->confidence = 0.95;
	a->seed = 1;
	a->top_paths = PATHS_DEFAULT;
	if (figure_check("attribution", a->report->name, q->input.needs_chart,
		err) < 0 ||
	    check_given(a, err) < 0 || check_money(a, err) < 0 ||
	    take_chain(a, err) < 0 || take_influence(a, err) < 0 ||
	    take_count("--bootstrap", q->bootstrap, 0, BOOTSTRAP_MAX,
		&a->bootstrap, err) < 0 ||
	    take_count("--seed", q->seed, 0, INT64_MAX, &a->seed, err) < 0 ||
	    take_count("--paths", q->paths, 1, PATHS_MAX, &a->top_paths, err) <
		0)
		return -1;
	return q->confidence ? query_share("--confidence", q->confidence,
				   &a->confidence, err)
			     : 0;
}
