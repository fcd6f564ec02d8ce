/*
 * sla.c: funnel-sla, whether both teams keep what they promised each other.
 */

#include "cmd.h"

static const char examples[] =
    "Examples:\n"
    "  funnel-sla -d funnel.yaml --activities tasks.csv leads.csv\n"
    "  funnel-sla -d funnel.yaml --activities calls.csv --by owner "
    "leads.csv\n"
    "  funnel-sla -d funnel.yaml --report breaches --due 4h --activities "
    "calls.csv leads.csv\n"
    "  funnel-sla -d funnel.yaml --explain 00Q1 --activities calls.csv "
    "leads.csv\n"
    "  funnel-sla -d funnel.yaml --fail-below promise --activities "
    "calls.csv leads.csv\n"
    "\n"
    "Exit codes: 0 done, 1 a commitment is below --fail-below, 2 wrong "
    "options,\n3 wrong data, 4 the system failed.\n"
    "See funnel-sla(1), funnel-csv(5), funnel-definitions(5).\n";

int
run_sla(int argc, const char **argv)
{
	static struct options o;
	static struct fnl_sla_query q;
	static char **activities, **touches, **commitments, **dimensions;
	struct option_tables shared = options_bind(&o);
	struct poptOption own[] = {
		{ "report", 'r', POPT_ARG_STRING, &q.report, 0,
		    "scorecard, breaches, volume, response, response-times, "
		    "completeness, rejections, rejected, qualification or "
		    "explain",
		    "REPORT" },
		{ "activities", 0, POPT_ARG_ARGV, &activities, 0,
		    "What sales did: tasks, calls, mails, meetings", "FILE" },
		{ "touches", 0, POPT_ARG_ARGV, &touches, 0,
		    "Touches of marketing, for criteria that count them",
		    "FILE" },
		{ "commitment", 'c', POPT_ARG_ARGV, &commitments, 0,
		    "Only these, by their names, separated by commas",
		    "NAMES" },
		{ "due", 0, POPT_ARG_STRING, &q.due, 0,
		    "breaches: also what runs out within so long", "DURATION" },
		{ "void", 0, POPT_ARG_STRING, &q.void_as, 0,
		    "Closed without a stop: apart, or late", "HOW" },
		{ "fail-below", 0, POPT_ARG_STRING, &q.fail_below, 0,
		    "scorecard: exit with 1 when less was kept than this, or "
		    "with promise than its own",
		    "SHARE" },
		{ "outcome", 0, POPT_ARG_STRING, &q.outcome, 0,
		    "Whose reasons: rejected, recycled, lost or any",
		    "OUTCOME" },
		{ "last-rejected", 0, POPT_ARG_STRING, &q.last_rejected, 0,
		    "List the newest rejections, so many (10)", "N" },
		{ "conversion", 0, POPT_ARG_STRING, &q.conversion, 0,
		    "response: who counts as converted (the next stage)",
		    "STAGE" },
		{ "dimension", 0, POPT_ARG_ARGV, &dimensions, 0,
		    "response-times: only all, owner, source, weekday or hour",
		    "NAMES" },
		{ "explain", 0, POPT_ARG_STRING, &q.explain, 0,
		    "All that was made of one record, and from what", "ID" },
		{ "join", 0, POPT_ARG_STRING, &q.join, 0,
		    "How activities find records: record, contact or account",
		    "BY" },
		{ "touch-date", 0, POPT_ARG_STRING, &q.touch_date, 0,
		    "Of campaign members: responded or associated", "WHICH" },
		{ "ci", 0, POPT_ARG_STRING, &q.interval, 0,
		    "wilson, or cp for Clopper-Pearson", "METHOD" },
		{ "confidence", 0, POPT_ARG_STRING, &q.confidence, 0,
		    "Of the intervals (0.95)", "SHARE" },
		POPT_TABLEEND,
	};
	struct poptOption all[] = OPTION_GROUPS(own, "Commitments:", shared);
	struct fnl_report *report;
	struct fnl_err err = { 0 };
	int code = options_parse(
	    &o, "sla", all, "[OPTION...] FILE...", examples, argc, argv);

	if (code >= 0)
		return code;
	q.input = o.input;
	q.activities = options_list(activities);
	q.touches = options_list(touches);
	q.commitments = options_list(commitments);
	q.dimensions = options_list(dimensions);
	q.metrics = options_metrics(&o);
	q.long_form = o.long_form != 0;
	if (fnl_sla(&report, &q, &err) < 0)
		return complain("sla", &err);
	code = options_render(&o, "sla", report);
	fnl_report_free(report);
	return code;
}
