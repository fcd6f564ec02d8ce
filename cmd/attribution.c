/*
 * attribution.c: funnel-attribution, which channels and campaigns made the
 * pipeline and the revenue.
 */
#include "cmd.h"

static const char examples[] =
    "Examples:\n"
    "  funnel-attribution -d funnel.yaml --touches members.csv "
    "opportunities.csv\n"
    "  funnel-attribution --touches touches.csv --model linear,u,markov "
    "--conversion won deals.csv\n"
    "  funnel-attribution --touches touches.csv --bootstrap 500 deals.csv\n"
    "  funnel-attribution --touches touches.csv --report paths deals.csv\n"
    "\n"
    "Exit codes: 0 done, 2 wrong options, 3 wrong data, 4 the system "
    "failed.\n"
    "See funnel-attribution(1), funnel-csv(5), funnel-definitions(5).\n";

int
run_attribution(int argc, const char **argv)
{
	static struct options o;
	static struct fnl_attribution_query q;
	static char **touches, **spend, **paths, **models, **transforms,
	    **lists;
	struct option_tables shared = options_bind(&o);
	int self_loops = 0, by_value = 0;
	struct poptOption own[] = {
		{ "report", 'r', POPT_ARG_STRING, &q.report, 0,
		    "credit, paths, removal, transitions, order, money, "
		    "sourced, sourced_deals, quality, timeline, unjoined, "
		    "accounts or overlap",
		    "REPORT" },
		{ "touches", 0, POPT_ARG_ARGV, &touches, 0,
		    "Touches: campaign members, a log, activities", "FILE" },
		{ "spend", 0, POPT_ARG_ARGV, &spend, 0,
		    "money: costs, of an advertising network or a plain table",
		    "FILE" },
		{ "path-file", 0, POPT_ARG_ARGV, &paths, 0,
		    "Instead of records and touches: ready-made paths",
		    "FILE" },
		{ "model", 0, POPT_ARG_ARGV, &models, 0,
		    "first, last, last_non_direct, linear, u, j, inverse_j, "
		    "custom:F:M:L, time_decay[:7d], w, full_path, u50, u_lead, "
		    "points, participation, markov, shapley, shapley_rate, "
		    "counterfactual",
		    "MODEL,..." },
		{ "conversion", 0, POPT_ARG_STRING, &q.conversion, 0,
		    "A stage, or won (Opportunity)", "STAGE" },
		{ "lookback", 0, POPT_ARG_STRING, &q.lookback, 0,
		    "Only touches so long before the conversion", "DURATION" },
		{ "transform", 0, POPT_ARG_ARGV, &transforms, 0,
		    "unique, exposure, first, frequency, trim:N, "
		    "remove_if_not_all:X, remove_if_last_and_not_all:X",
		    "NAME,..." },
		{ "key", 0, POPT_ARG_STRING, &q.key, 0,
		    "What gets the credit: channel, campaign, source or a "
		    "column",
		    "KEY" },
		{ "join", 0, POPT_ARG_STRING, &q.join, 0,
		    "How touches find records: record, contact or account",
		    "BY" },
		{ "touch-date", 0, POPT_ARG_STRING, &q.touch_date, 0,
		    "Of campaign members: responded or associated", "WHICH" },
		{ "direct", 0, POPT_ARG_STRING, &q.direct, 0,
		    "Channel that last_non_direct passes over (Direct)",
		    "NAME" },
		{ "order", 0, POPT_ARG_STRING, &q.order, 0,
		    "Channels that a state of the chain remembers (1)", "K" },
		{ "self-loops", 0, POPT_ARG_NONE, &self_loops, 0,
		    "Repeats of a channel are steps of the chain", NULL },
		{ "removal", 0, POPT_ARG_STRING, &q.removal, 0,
		    "Who comes to a removed channel ends at null, or with "
		    "restart is left out where journeys start",
		    "RULE" },
		{ "markov-value", 0, POPT_ARG_NONE, &by_value, 0,
		    "Journeys count in the chain by their value", NULL },
		{ "paths", 0, POPT_ARG_STRING, &q.paths, 0,
		    "paths: how many (20)", "N" },
		{ "lists", 0, POPT_ARG_ARGV, &lists, 0,
		    "overlap: two lists of accounts", "A,B" },
		{ "bootstrap", 0, POPT_ARG_STRING, &q.bootstrap, 0,
		    "credit: resamples of records for intervals and the "
		    "stability of ranks",
		    "N" },
		{ "seed", 0, POPT_ARG_STRING, &q.seed, 0,
		    "Of the random numbers (1)", "N" },
		{ "influence", 0, POPT_ARG_STRING, &q.influence, 0,
		    "sourced: touches that influence come before the "
		    "opportunity or the close (opportunity)",
		    "END" },
		{ "fx", 0, POPT_ARG_STRING, &q.fx, 0,
		    "Day of the rate of an amount: close, created or asof",
		    "DAY" },
		{ "confidence", 0, POPT_ARG_STRING, &q.confidence, 0,
		    "Of the intervals (0.95)", "SHARE" },
		POPT_TABLEEND,
	};
	struct poptOption all[] = OPTION_GROUPS(own, "Attribution:", shared);
	struct fnl_report *report;
	struct fnl_err err = { 0 };
	int code = options_parse(&o, "attribution", all, "[OPTION...] FILE...",
	    examples, argc, argv);

	if (code >= 0)
		return code;
	q.input = o.input;
	q.touches = options_list(touches);
	q.spend = options_list(spend);
	q.path_files = options_list(paths);
	q.lists = options_list(lists);
	q.models = options_list(models);
	q.transforms = options_list(transforms);
	q.self_loops = self_loops != 0;
	q.by_value = by_value != 0;
	q.metrics = options_metrics(&o);
	q.long_form = o.long_form != 0;
	if (fnl_attribution(&report, &q, &err) < 0)
		return complain("attribution", &err);
	code = options_render(&o, "attribution", report);
	fnl_report_free(report);
	return code;
}
