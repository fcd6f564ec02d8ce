/*
 * figures.c: one row a report. The ids are columns of the report's table; one
 * that it does not have (an option was not given) is passed over.
 */
#include <stdio.h>
#include <string.h>

#include "figures.h"

#define MEASURES(...)                                                          \
	.measures = (const struct figure_measure[]){ __VA_ARGS__ },            \
	.n_measures = sizeof((const struct figure_measure[]){ __VA_ARGS__ }) / \
		      sizeof(struct figure_measure)

static const struct row {
	const char *command, *report;
	struct figure figure;
} rows[] = {
	{ "convert", "stages",
	    { .label = "stage",
		.young = "verdict",
		.young_is = "immature",
		MEASURES({ .value = "entered", .name = "Entered, records" },
		    { .value = "rate",
			.low = "lo",
			.high = "hi",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "Went on to a later stage",
			.over_time = true }) } },
	{ "convert", "outcomes",
	    { .young = "verdict",
		.young_is = "immature",
		MEASURES({ .value = "won", .axis = "Closed, records" },
		    { .value = "lost" },
		    { .value = "win_closed",
			.low = "win_closed_lo",
			.high = "win_closed_hi",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "Won, of won and lost",
			.over_time = true }) } },
	{ "convert", "passport",
	    { .label = "definition",
		.more = { "stage", "within" },
		.each_row = true,
		MEASURES({ .value = "rate",
		    .low = "lo",
		    .high = "hi",
		    .mark = MARK_DOT,
		    .name = "Win rate under this definition" }) } },
	{ "convert", "segments",
	    { .label = "step",
		MEASURES({ .value = "rate",
		    .low = "lo",
		    .high = "hi",
		    .mark = MARK_DOT,
		    .name = "Went on" }) } },
	{ "convert", "split",
	    { .label = "split",
		MEASURES({ .value = "entered_30d",
			     .name = "Entered, records in 30 days" },
		    { .value = "rate",
			.low = "lo",
			.high = "hi",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "Went on" }) } },
	{ "convert", "change",
	    { .label = "step",
		MEASURES({ .value = "mix_effect",
			     .axis = "Changed the rate by",
			     .name = "mix of the segments" },
		    { .value = "rate_effect", .name = "their own rates" },
		    { .value = "maturity_effect", .name = "maturity" }) } },
	{ "convert", "transitions",
	    { .kind = FIGURE_HEAT,
		.label = "from",
		.series = "to",
		MEASURES({ .value = "share",
		    .name = "Share of the moves from a stage (line) to a "
			    "stage (column)" }) } },
	{ "convert", "moves",
	    { .label = "stage",
		MEASURES(
		    { .value = "advanced", .axis = "Moves from the stage" },
		    { .value = "skipped" }, { .value = "regressed" },
		    { .value = "ended" },
		    { .value = "nonconforming",
			.low = "nonconforming_lo",
			.high = "nonconforming_hi",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "Off the ladder",
			.over_time = true }) } },
	{ "convert", "gap",
	    { .label = "stage",
		MEASURES({ .value = "rate",
			     .target = "benchmark",
			     .mark = MARK_DOT,
			     .name = "Went on; | what it should be" },
		    { .value = "wins",
			.low = "wins_lo",
			.high = "wins_hi",
			.panel = 1,
			.name = "Wins that closing the gap brings" }) } },
	{ "convert", "acceptance",
	    { .label = "handoff",
		MEASURES(
		    { .value = "accepted", .axis = "Handed over, records" },
		    { .value = "rejected" }, { .value = "recycled" },
		    { .value = "undecided" },
		    { .value = "sal_rate",
			.low = "sal_rate_lo",
			.high = "sal_rate_hi",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "Accepted, of decided",
			.over_time = true }) } },
	{ "convert", "rejections",
	    { .label = "reason",
		MEASURES({ .value = "n", .name = "Rejected, records" },
		    { .value = "cumulative",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "This reason and those above" }) } },

	{ "velocity", "cycle",
	    { .kind = FIGURE_STEPS,
		.series = "curve",
		.x = "days",
		.x_name = "days since the start; | last seen open",
		.ticks = "censored",
		MEASURES({ .value = "surviving",
		    .low = "surviving_lo",
		    .high = "surviving_hi",
		    .name = "Not ended yet" }) } },
	{ "velocity", "stages",
	    { .kind = FIGURE_BOXES,
		.label = "stage",
		MEASURES({ .value = "p25" },
		    { .value = "median",
			.name = "Time in the stage: middle half, median, "
				"longest tenth" },
		    { .value = "p75" }, { .value = "p90" }) } },
	{ "velocity", "velocity",
	    { .no_time = true,
		MEASURES({ .value = "velocity",
			     .low = "velocity_lo",
			     .high = "velocity_hi",
			     .mark = MARK_DOT,
			     .name = "Velocity, value a day" },
		    { .value = "by_deals",
			.panel = 1,
			.name = "number of deals",
			.axis = "Changed since the period before by" },
		    { .value = "by_win_rate", .panel = 1, .name = "win rate" },
		    { .value = "by_value", .panel = 1, .name = "value" },
		    { .value = "by_cycle", .panel = 1, .name = "cycle" }) } },
	{ "velocity", "week",
	    { .kind = FIGURE_WATERFALL,
		.label = "flow",
		.only = "part",
		.is = "bridge",
		.sign = "sign",
		.first = "open at start",
		.last = "open at end",
		MEASURES({ .value = "value", .name = "Open pipeline, value" },
		    { .value = "deals", .name = "Open pipeline, deals" }) } },
	{ "velocity", "stalled",
	    { .label = "name",
		.label_else = "id",
		.each_row = true,
		MEASURES({ .value = "age",
		    .target = "threshold",
		    .name = "In its stage; | where it became stalled" }) } },
	{ "velocity", "plan",
	    { .label = "stage",
		MEASURES({ .value = "needed",
			     .low = "needed_low",
			     .high = "needed_high",
			     .target = "run_rate",
			     .name = "Needed, records; | at today's pace" },
		    { .value = "rate",
			.low = "rate_lo",
			.high = "rate_hi",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "Goes on" }) } },
	{ "velocity", "forecast",
	    { .label = "method",
		MEASURES({ .value = "expected",
		    .low = "p10",
		    .high = "p90",
		    .mark = MARK_DOT,
		    .name = "Expected value, and 80 % of the outcomes" }) } },
	{ "velocity", "forecast --backtest",
	    { .label = "quarter",
		.series = "method",
		.only = "stage",
		.is = "all",
		MEASURES({ .value = "expected",
		    .low = "p10",
		    .high = "p90",
		    .target = "actual",
		    .mark = MARK_DOT,
		    .name = "Forecast, value, and 80 % of the outcomes; "
			    "| what came" }) } },

	/* Its measures are those of the models that were asked for. */
	{ "attribution", "credit",
	    { .label = "channel", MEASURES({ .value = "linear" }) } },
	{ "attribution", "paths",
	    { .label = "path",
		MEASURES({ .value = "conversions",
			     .name = "Conversions on the path" },
		    { .value = "days",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "From the first touch" }) } },
	{ "attribution", "removal",
	    { .label = "channel",
		MEASURES({ .value = "removal",
		    .name = "Conversions lost without the channel" }) } },
	{ "attribution", "transitions",
	    { .kind = FIGURE_HEAT,
		.label = "from",
		.series = "to",
		MEASURES({ .value = "probability",
		    .name = "Share of the steps from a channel (line) to a "
			    "channel (column)" }) } },
	{ "attribution", "order",
	    { .label = "order",
		MEASURES({ .value = "log_loss",
		    .error = "standard_error",
		    .mark = MARK_DOT,
		    .name = "Log loss by order of the chain: less is "
			    "better" }) } },
	{ "attribution", "money",
	    { .label = "channel",
		MEASURES({ .value = "spend", .axis = "Value" },
		    { .value = "value", .name = "Credited" },
		    { .value = "roas",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "Credited, of what was spent",
			.over_time = true }) } },
	{ "attribution", "sourced",
	    { .label = "rule",
		MEASURES(
		    { .value = "value", .name = "Pipeline sourced, value" },
		    { .value = "share",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "Share of the deals",
			.over_time = true }) } },
	{ "attribution", "quality",
	    { .label = "channel",
		MEASURES({ .value = "leads", .axis = "Records" },
		    { .value = "opportunities" }, { .value = "wins" },
		    { .value = "win_rate",
			.panel = 1,
			.mark = MARK_DOT,
			.name = "Won, of won and lost",
			.over_time = true }) } },
	{ "attribution", "timeline",
	    { .kind = FIGURE_TIMES,
		.label = "id",
		.series = "channel",
		.x = "time",
		.x_name = "Touches",
		MEASURES({ .value = "line" }) } },
	{ "attribution", "accounts",
	    { .label = "account",
		MEASURES({ .value = "marketing", .axis = "Touches" },
		    { .value = "sales" }) } },
};

const struct figure *
figure_of(const char *command, const char *report)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(rows[i].command, command) == 0 &&
		    strcmp(rows[i].report, report) == 0)
			return &rows[i].figure;
	return NULL;
}

/* "stages, outcomes": the reports of a command that have a chart. */
static void
list_reports(const char *command, char *out, size_t size)
{
	size_t n = 0;

	*out = '\0';
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows) && n < size; i++)
		if (strcmp(rows[i].command, command) == 0)
			n += (size_t)snprintf(out + n, size - n, "%s%s",
			    n ? ", " : "", rows[i].report);
}

int
figure_check(
    const char *command, const char *report, bool wanted, struct fnl_err *err)
{
	char list[FNL_MESSAGE_MAX / 2];

	if (!wanted || figure_of(command, report))
		return 0;
	list_reports(command, list, sizeof(list));
	return fail(err, FNL_USAGE,
	    "--chart: --report %s is a list and has no chart; these have one: "
	    "%s",
	    report, list);
}
