/*
 * velocity.c: funnel-velocity, how long, how fast, what is stuck, and what it
 * takes to reach the number.
 */
#include "cmd.h"

static const char examples[] =
    "Examples:\n"
    "  funnel-velocity --by owner opportunities.csv\n"
    "  funnel-velocity -d funnel.yaml --start SAL --end SQL history.csv\n"
    "  funnel-velocity -d funnel.yaml --report week --by source deals.csv "
    "history.csv\n"
    "  funnel-velocity -d funnel.yaml --report stalled deals.csv history.csv\n"
    "  funnel-velocity -d funnel.yaml --report plan --target 20000000 *.csv\n"
    "\n"
    "Exit codes: 0 done, 2 wrong options, 3 wrong data, 4 the system "
    "failed.\n"
    "See funnel-velocity(1), funnel-csv(5), funnel-definitions(5).\n";

int
run_velocity(int argc, const char **argv)
{
	static struct options o;
	static struct fnl_velocity_query q;
	static char **assumptions;
	struct option_tables shared = options_bind(&o);
	int backtest = 0;
	struct poptOption own[] = {
		{ "report", 'r', POPT_ARG_STRING, &q.report, 0,
		    "cycle, stages, velocity, week, stalled, plan or forecast",
		    "REPORT" },
		{ "basis", 0, POPT_ARG_STRING, &q.basis, 0,
		    "Of a window: what closed in it, was created in it or, "
		    "for velocity, is open",
		    "BASIS" },
		{ "start", 0, POPT_ARG_STRING, &q.start, 0,
		    "cycle: a stage, or a date field such as created",
		    "POINT" },
		{ "end", 0, POPT_ARG_STRING, &q.end, 0,
		    "cycle: a stage, or a date field such as first_response",
		    "POINT" },
		{ "cycles", 0, POPT_ARG_STRING, &q.cycles, 0,
		    "cycle: a re-opened deal is one cycle (merge) or several "
		    "(split)",
		    "RULE" },
		{ "stay", 0, POPT_ARG_STRING, &q.stay, 0,
		    "stages: each stay, or a record's first, last, total or "
		    "longest (max)",
		    "WHICH" },
		{ "split", 0, POPT_ARG_STRING, &q.split, 0,
		    "cycle, stages: compare what began before and after",
		    "DATE" },
		{ "horizon", 0, POPT_ARG_STRING, &q.horizon, 0,
		    "cycle: share that is won so long after the start (90d)",
		    "DURATION" },
		{ "trailing", 0, POPT_ARG_STRING, &q.trailing, 0,
		    "Take rates and means from so long back (365d; forecast "
		    "and stalled: all)",
		    "DURATION" },
		{ "stat", 0, POPT_ARG_STRING, &q.statistic, 0,
		    "velocity, plan: mean or median value and cycle", "WHICH" },
		{ "bootstrap", 0, POPT_ARG_STRING, &q.bootstrap, 0,
		    "velocity: resamples for its interval (1000)", "N" },
		{ "seed", 0, POPT_ARG_STRING, &q.seed, 0,
		    "velocity, forecast: of the random numbers (1)", "N" },
		{ "bridge", 0, POPT_ARG_STRING, &q.bridge, 0,
		    "week: stage, or close-date for what is due in the period",
		    "WHICH" },
		{ "stall-q", 0, POPT_ARG_STRING, &q.stall_quantile, 0,
		    "stalled: quantile of completed stays (0.9)", "SHARE" },
		{ "target", 0, POPT_ARG_STRING, &q.target, 0,
		    "plan: revenue to reach (targets of the definitions)",
		    "AMOUNT" },
		{ "assume", 0, POPT_ARG_ARGV, &assumptions, 0,
		    "plan: a rate or the amount, instead of the measured one",
		    "STAGE=RATE" },
		{ "until", 0, POPT_ARG_STRING, &q.until, 0,
		    "plan, forecast: last day (of this quarter)", "DATE" },
		{ "draws", 0, POPT_ARG_STRING, &q.draws, 0,
		    "forecast: of the simulation (10000)", "N" },
		{ "rho", 0, POPT_ARG_STRING, &q.rho, 0,
		    "forecast: correlation of the deals (0)", "SHARE" },
		{ "backtest", 0, POPT_ARG_NONE, &backtest, 0,
		    "forecast: the same at past quarter starts, against what "
		    "came",
		    NULL },
		{ "fx", 0, POPT_ARG_STRING, &q.fx, 0,
		    "Day of the rate of an amount: close, created or asof",
		    "DAY" },
		{ "confidence", 0, POPT_ARG_STRING, &q.confidence, 0,
		    "Of the intervals (0.95)", "SHARE" },
		POPT_TABLEEND,
	};
	struct poptOption all[] = OPTION_GROUPS(own, "Velocity:", shared);
	struct fnl_report *report;
	struct fnl_err err = { 0 };
	int code = options_parse(
	    &o, "velocity", all, "[OPTION...] FILE...", examples, argc, argv);

	if (code >= 0)
		return code;
	q.input = o.input;
	q.assumptions = options_list(assumptions);
	q.backtest = backtest != 0;
	q.metrics = options_metrics(&o);
	q.long_form = o.long_form != 0;
	if (fnl_velocity(&report, &q, &err) < 0)
		return complain("velocity", &err);
	code = options_render(&o, "velocity", report);
	fnl_report_free(report);
	return code;
}
