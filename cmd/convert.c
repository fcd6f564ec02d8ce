/*
 * convert.c: funnel-convert, stage conversion and win rates.
 */
#include "cmd.h"

static const char examples[] =
    "Examples:\n"
    "  funnel-convert -d funnel.yaml hubspot-contacts.csv\n"
    "  funnel-convert -d funnel.yaml --by source --period month leads.csv "
    "deals.csv\n"
    "  funnel-convert --by owner opportunities.csv\n"
    "  funnel-convert -d funnel.yaml -r segments --by source history.csv\n"
    "  funnel-convert -d funnel.yaml -r split --split 2026-03-01 --horizon "
    "30d history.csv\n"
    "  funnel-convert -d funnel.yaml -r change --by source --from 2026-04-01 "
    "--to 2026-07-01 history.csv\n"
    "  funnel-convert -d funnel.yaml -f json history.csv | jq .rows\n"
    "\n"
    "Exit codes: 0 done, 1 a rate is below --expect, 2 wrong options, 3 wrong "
    "data,\n"
    "4 the system failed.\n"
    "See funnel-convert(1), funnel-csv(5), funnel-definitions(5).\n";

int
run_convert(int argc, const char **argv)
{
	static struct options o;
	static struct fnl_convert_query q;
	struct option_tables shared = options_bind(&o);
	static char **expect, **touches;
	int strict_time = 0;
	struct poptOption own[] = {
		{ "report", 'r', POPT_ARG_STRING, &q.report, 0,
		    "stages, outcomes (win rates and cycle), passport, "
		    "segments, split, change, transitions, moves, gap, "
		    "acceptance, rejections, rejected, vocabulary, "
		    "qualification, replay or flips",
		    "REPORT" },
		{ "mode", 0, POPT_ARG_STRING, &q.mode, 0,
		    "reached, strict, any, current, exact or direct", "MODE" },
		{ "basis", 0, POPT_ARG_STRING, &q.basis, 0,
		    "cohort, horizon, period, active or closed", "BASIS" },
		{ "horizon", 0, POPT_ARG_STRING, &q.horizon, 0,
		    "Follow every record for just so long, such as 90d",
		    "DURATION" },
		{ "mature", 0, POPT_ARG_STRING, &q.mature, 0,
		    "Age at which young cohorts are compared, such as 90d",
		    "DURATION" },
		{ "window", 0, POPT_ARG_STRING, &q.window, 0,
		    "Count a stage only so long after the first one",
		    "DURATION" },
		{ "anchor", 0, POPT_ARG_STRING, &q.anchor, 0,
		    "Date a cohort by its entry to the first stage, or to "
		    "each step",
		    "first|step" },
		{ "count", 0, POPT_ARG_STRING, &q.count, 0,
		    "records, or entries to a stage", "UNIT" },
		{ "reentry", 0, POPT_ARG_STRING, &q.reentry, 0,
		    "Which entry counts: first or best", "RULE" },
		{ "strict-time", 0, POPT_ARG_NONE, &strict_time, 0,
		    "Equal times are no passage", NULL },
		{ "step", 0, POPT_ARG_STRING, &q.step, 0,
		    "segments, split, change: one step, such as MQL:SQL",
		    "FROM:TO" },
		{ "split", 0, POPT_ARG_STRING, &q.split, 0,
		    "split: compare what entered before and after", "DATE" },
		{ "gap", 0, POPT_ARG_STRING, &q.gap, 0,
		    "split: leave out what entered so long after it",
		    "DURATION" },
		{ "before", 0, POPT_ARG_STRING, &q.before, 0,
		    "change: another window than the one right before",
		    "FROM..TO" },
		{ "adjust", 0, POPT_ARG_STRING, &q.adjust, 0,
		    "segments, split, change: q by bh, or holm", "METHOD" },
		{ "passport", 0, POPT_ARG_STRING, &q.passport, 0,
		    "One number under every definition: win_rate", "NUMBER" },
		{ "handoff", 0, POPT_ARG_STRING, &q.handoff, 0,
		    "Stages at which marketing hands over and sales accepts",
		    "FROM:TO" },
		{ "target", 0, POPT_ARG_STRING, &q.target, 0,
		    "By when sales decides, such as 72h", "DURATION" },
		{ "recycled", 0, POPT_ARG_STRING, &q.recycled, 0,
		    "Count recycled records apart, or as decided", "RULE" },
		{ "outcome", 0, POPT_ARG_STRING, &q.outcome, 0,
		    "Whose reasons: rejected, recycled, lost or any",
		    "OUTCOME" },
		{ "last-rejected", 0, POPT_ARG_STRING, &q.last_rejected, 0,
		    "List the newest rejections, so many (10)", "N" },
		{ "against", 0, POPT_ARG_STRING, &q.against, 0,
		    "change, replay, flips: the old definitions", "FILE" },
		{ "members", 0, POPT_ARG_STRING, &q.members, 0,
		    "Of a stage with a rule: history, or rule for all that "
		    "pass",
		    "WHO" },
		{ "stage", 0, POPT_ARG_STRING, &q.stage, 0,
		    "Look at this stage only", "STAGE" },
		{ "rule", 0, POPT_ARG_STRING, &q.rule, 0,
		    "Another rule than the stage has", "RULE" },
		{ "touches", 0, POPT_ARG_ARGV, &touches, 0,
		    "Touches that the rules count", "FILE" },
		{ "join", 0, POPT_ARG_STRING, &q.join, 0,
		    "How touches find records: record, contact or account",
		    "BY" },
		{ "touch-date", 0, POPT_ARG_STRING, &q.touch_date, 0,
		    "Of campaign members: responded or associated", "WHICH" },
		{ "ci", 0, POPT_ARG_STRING, &q.interval, 0,
		    "wilson, or cp for Clopper-Pearson", "METHOD" },
		{ "fx", 0, POPT_ARG_STRING, &q.fx, 0,
		    "Day of the rate of an amount: close, created or asof",
		    "DAY" },
		{ "confidence", 0, POPT_ARG_STRING, &q.confidence, 0,
		    "Of the intervals (0.95)", "SHARE" },
		{ "losses", 0, POPT_ARG_STRING, &q.losses, 0,
		    "A re-opened loss in the chain: transient or absorbing",
		    "RULE" },
		{ "bootstrap", 0, POPT_ARG_STRING, &q.bootstrap, 0,
		    "Draws behind the intervals of a gap (1000)", "N" },
		{ "seed", 0, POPT_ARG_STRING, &q.seed, 0, "Of the draws (1)",
		    "N" },
		{ "expect", 0, POPT_ARG_ARGV, &expect, 0,
		    "Exit with 1 when the rate of this step, or FROM:TO, is "
		    "below",
		    "STAGE=RATE" },
		POPT_TABLEEND,
	};
	struct poptOption all[] = OPTION_GROUPS(own, "Conversion:", shared);
	struct fnl_report *report;
	struct fnl_err err = { 0 };
	int code = options_parse(
	    &o, "convert", all, "[OPTION...] FILE...", examples, argc, argv);

	if (code >= 0)
		return code;
	q.input = o.input;
	q.strict_time = strict_time != 0;
	q.expect = options_list(expect);
	q.touches = options_list(touches);
	q.metrics = options_metrics(&o);
	q.long_form = o.long_form != 0;
	if (fnl_convert(&report, &q, &err) < 0)
		return complain("convert", &err);
	code = options_render(&o, "convert", report);
	fnl_report_free(report);
	return code;
}
