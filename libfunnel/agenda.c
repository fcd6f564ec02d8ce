/*
 * agenda.c: the sections, and from their words to queries.
 */
#include <stddef.h>
#include <string.h>

#include "agenda.h"

#define ALWAYS (WEEKLY | MONTHLY | QUARTERLY)

const struct agenda_item agenda[] = {
	/* L10; quarterly for the targets themselves */
	{ "scorecard", "Both teams' promises",
	    "What sales and marketing promised each other, and what they kept.",
	    ALWAYS, "sla", "--report scorecard --from @from --to @to",
	    HAS_TOUCHES | HAS_ACTIVITIES, 0 },
	/* L01, L02, L03 */
	{ "breaches", "Promises to act on",
	    "Records whose time has run out, the latest first.", WEEKLY, "sla",
	    "--report breaches", HAS_TOUCHES | HAS_ACTIVITIES, 0 },
	/* V02, V04 */
	{ "response-times", "Response times",
	    "How long leads waited for sales.", MONTHLY, "sla",
	    "--report response-times --from @from --to @to",
	    HAS_TOUCHES | HAS_ACTIVITIES, 0 },
	/* L07 */
	{ "completeness", "Hand-offs with what sales needs",
	    "Which agreed fields were filled.", MONTHLY, "sla",
	    "--report completeness --from @from --to @to",
	    HAS_TOUCHES | HAS_ACTIVITIES, 0 },
	/* V06, V07 */
	{ "bridge", "The pipeline bridge",
	    "From the pipeline at the start of the period to that at its end.",
	    ALWAYS, "velocity",
	    "--report week --period @period --from @from --to @to", 0, 0 },
	/* V06 */
	{ "bridge-by", "The bridge by segment",
	    "Where the pipeline came from, and where it went.", ALWAYS,
	    "velocity",
	    "--report week --period @period --by @by --from @from --to @to", 0,
	    HAS_SEGMENTS },
	/* V08 */
	{ "stalled", "Deals that stand still",
	    "Open deals that are longer in their stage than nine of ten that "
	    "went on.",
	    WEEKLY | MONTHLY, "velocity", "--report stalled", 0, 0 },
	/* C22 */
	{ "acceptance", "What sales did with hand-overs",
	    "Of the leads that marketing handed over: accepted, sent back, "
	    "undecided.",
	    WEEKLY, "convert",
	    "--report acceptance --by @by --from @from --to @to", 0, 0 },
	/* C05 */
	{ "acceptance-trend", "Acceptance over time",
	    "Is what counts as qualified understood alike?",
	    MONTHLY | QUARTERLY, "convert",
	    "--report acceptance --period @period --from @trend --to @to", 0,
	    0 },
	/* C20 */
	{ "rejected", "The newest rejections", "Ten leads to read together.",
	    WEEKLY, "convert", "--report rejected --last-rejected 10", 0, 0 },
	/* C22, C19 */
	{ "rejections", "Why leads were sent back",
	    "The reasons, the most frequent first.", ALWAYS, "convert",
	    "--report rejections --by @by --from @from --to @to", 0, 0 },
	/* C15, C16 */
	{ "qualification", "Which criterion fails",
	    "The agreed criteria, judged on what was handed over.",
	    MONTHLY | QUARTERLY, "convert",
	    "--report qualification --from @from --to @to", HAS_TOUCHES, 0 },
	/* C03 */
	{ "conversion", "The funnel end to end",
	    "What entered in the period, and how far it came.",
	    MONTHLY | QUARTERLY, "convert",
	    "--report stages --from @from --to @to", 0, 0 },
	/* C12, V13 */
	{ "cohorts", "Conversion over time",
	    "Young cohorts beside what they will come to.", MONTHLY | QUARTERLY,
	    "convert",
	    "--report stages --period @period --from @trend --to @to", 0, 0 },
	/* M4 */
	{ "change", "Why rates changed",
	    "The newest period that all had time to come out of, against the "
	    "one before it: mix, rate, maturity.",
	    ALWAYS, "convert",
	    "--report change --by @by --from @settled_from --to @settled_to "
	    "--before @settled_before",
	    0, 0 },
	/* C27 */
	{ "segments", "Who leads and who lags",
	    "Each segment against the rest of them.", QUARTERLY, "convert",
	    "--report segments --by @by --from @trend --to @to", 0,
	    HAS_SEGMENTS },
	/* V14 */
	{ "gap", "The one gap to fix",
	    "The step that loses most, if it is more than noise.", ALWAYS,
	    "convert", "--report gap --by @by --from @trend --to @to", 0,
	    HAS_SEGMENTS },
	/* C11, A04 */
	{ "outcomes", "Won and lost", "What was closed in the period.",
	    MONTHLY | QUARTERLY, "convert",
	    "--report outcomes --basis closed --by @by --from @from --to @to",
	    0, 0 },
	/* C11, V13 */
	{ "outcomes-trend", "Won and lost over time",
	    "Win rates of what was closed in each period.", QUARTERLY,
	    "convert",
	    "--report outcomes --basis closed --period @period --from @trend "
	    "--to @to",
	    0, 0 },
	/* M6 */
	{ "passport", "The win rate under every definition",
	    "How far apart two honest numbers can lie.", QUARTERLY, "convert",
	    "--passport win_rate --from @trend --to @to", 0, 0 },
	/* V01 */
	{ "cycle", "How long deals take",
	    "From the start to the close, with what is still open.",
	    MONTHLY | QUARTERLY, "velocity",
	    "--report cycle --by @by --from @trend --to @to", 0, 0 },
	/* V03, V15 */
	{ "stage-times", "Time in each stage", "Where deals wait.", QUARTERLY,
	    "velocity", "--report stages --from @trend --to @to", 0, 0 },
	/* V05 */
	{ "velocity", "Pipeline velocity and its levers",
	    "Deals x win rate x value / cycle, and what moved it.",
	    MONTHLY | QUARTERLY, "velocity",
	    "--report velocity --period @period --from @trend --to @to", 0, 0 },
	/* V12 */
	{ "forecast", "The forecast", "What the open deals will bring.", ALWAYS,
	    "velocity", "--report forecast --until @until", 0, 0 },
	/* V09 */
	{ "plan", "The target worked backward",
	    "What it takes to reach the number, and by when.", QUARTERLY,
	    "velocity", "--report plan --target @target", 0, 0 },
	/* A01 */
	{ "credit", "Credit of channels, model by model",
	    "Does the order of channels depend on the model?",
	    MONTHLY | QUARTERLY, "attribution",
	    "--report credit --model first,last,linear,u,time_decay,markov "
	    "--bootstrap 200 --from @trend --to @to",
	    HAS_TOUCHES, HAS_TOUCHES },
	/* A02, A03 */
	{ "sourced", "Sourced and influenced pipeline",
	    "The same deals under three rules.", QUARTERLY, "attribution",
	    "--report sourced --from @trend --to @to", HAS_TOUCHES,
	    HAS_TOUCHES },
	/* A11 */
	{ "quality", "Quality of channels",
	    "Volume and what became of it in one row.", QUARTERLY,
	    "attribution", "--report quality --from @trend --to @to",
	    HAS_TOUCHES, HAS_TOUCHES },
	/* A06, A07 */
	{ "money", "What the credit cost",
	    "Spend beside what it is credited with.", MONTHLY | QUARTERLY,
	    "attribution", "--report money --model linear",
	    HAS_TOUCHES | HAS_SPEND, HAS_TOUCHES | HAS_SPEND },
	/* A08 */
	{ "accounts", "Engagement of accounts",
	    "Who in which account was met by marketing and by sales.", MONTHLY,
	    "attribution", "--report accounts", HAS_TOUCHES | HAS_ACTIVITIES,
	    HAS_TOUCHES },
	/* A09 */
	{ "overlap", "Two target lists", "Which accounts both teams work on.",
	    QUARTERLY, "attribution", "--report overlap",
	    HAS_LISTS | NO_RECORDS, HAS_LISTS },
	/* C13 */
	{ "replay", "The definitions against the old ones",
	    "What the new definitions changed on the same history.", QUARTERLY,
	    "convert", "--report replay", HAS_AGAINST | HAS_TOUCHES,
	    HAS_AGAINST },
	/* C25 */
	{ "vocabulary", "Words that were used",
	    "Spellings of sources, campaigns and reasons.", QUARTERLY,
	    "convert", "--report vocabulary", 0, 0 },
	{ NULL, NULL, NULL, 0, NULL, NULL, 0, 0 },
};

/* ---- options ---- */

enum option_kind { OPTION_TEXT, OPTION_LIST };

struct option {
	const char *name;
	enum option_kind kind;
	size_t at; /* in the query, or in struct fnl_input */
};

#define OF(query, member) offsetof(struct fnl_##query##_query, member)

static const struct option convert_options[] = {
	{ "--report", OPTION_TEXT, OF(convert, report) },
	{ "--basis", OPTION_TEXT, OF(convert, basis) },
	{ "--before", OPTION_TEXT, OF(convert, before) },
	{ "--last-rejected", OPTION_TEXT, OF(convert, last_rejected) },
	{ "--passport", OPTION_TEXT, OF(convert, passport) },
	{ NULL, OPTION_TEXT, 0 },
};

static const struct option velocity_options[] = {
	{ "--report", OPTION_TEXT, OF(velocity, report) },
	{ "--until", OPTION_TEXT, OF(velocity, until) },
	{ "--target", OPTION_TEXT, OF(velocity, target) },
	{ NULL, OPTION_TEXT, 0 },
};

static const struct option attribution_options[] = {
	{ "--report", OPTION_TEXT, OF(attribution, report) },
	{ "--model", OPTION_LIST, OF(attribution, models) },
	{ "--bootstrap", OPTION_TEXT, OF(attribution, bootstrap) },
	{ NULL, OPTION_TEXT, 0 },
};

static const struct option sla_options[] = {
	{ "--report", OPTION_TEXT, OF(sla, report) },
	{ NULL, OPTION_TEXT, 0 },
};

/* Those of struct fnl_input. The user's own stand in every command; those of
 * the agenda are set beside them. */
static const struct option input_options[] = {
	{ "--definitions", OPTION_TEXT,
	    offsetof(struct fnl_input, definitions) },
	{ "--stages", OPTION_TEXT, offsetof(struct fnl_input, stages) },
	{ "--preset", OPTION_TEXT, offsetof(struct fnl_input, preset) },
	{ "--map", OPTION_LIST, offsetof(struct fnl_input, maps) },
	{ "--lookup", OPTION_LIST, offsetof(struct fnl_input, lookups) },
	{ "--in-tz", OPTION_TEXT, offsetof(struct fnl_input, input_zone) },
	{ "--date-order", OPTION_TEXT, offsetof(struct fnl_input, date_order) },
	{ "--decimal", OPTION_TEXT, offsetof(struct fnl_input, decimal) },
	{ "--delimiter", OPTION_TEXT, offsetof(struct fnl_input, delimiter) },
	{ "--wide-dates", OPTION_TEXT, offsetof(struct fnl_input, wide_dates) },
	{ "--zoho-history", OPTION_TEXT,
	    offsetof(struct fnl_input, period_log) },
	{ "--dup", OPTION_TEXT, offsetof(struct fnl_input, duplicates) },
	{ "--by", OPTION_LIST, offsetof(struct fnl_input, by) },
	{ "--period", OPTION_TEXT, offsetof(struct fnl_input, period) },
	{ "--where", OPTION_LIST, offsetof(struct fnl_input, where) },
	{ "--from", OPTION_TEXT, offsetof(struct fnl_input, from) },
	{ "--to", OPTION_TEXT, offsetof(struct fnl_input, to) },
	{ "--as-of", OPTION_TEXT, offsetof(struct fnl_input, as_of) },
	{ "--tz", OPTION_TEXT, offsetof(struct fnl_input, zone) },
	{ NULL, OPTION_TEXT, 0 },
};

/* Files of a kind, as the options of a command name them; several kinds can
 * be one list there. */
struct file_option {
	const char *name;
	enum option_kind kind;
	size_t at;
	enum agenda_input input;
};

static const struct file_option convert_files[] = {
	{ "--touches", OPTION_LIST, OF(convert, touches), AGENDA_TOUCHES },
	{ "--against", OPTION_TEXT, OF(convert, against), AGENDA_AGAINST },
	{ NULL, OPTION_LIST, 0, AGENDA_INPUTS },
};

static const struct file_option velocity_files[] = {
	{ NULL, OPTION_LIST, 0, AGENDA_INPUTS },
};

static const struct file_option attribution_files[] = {
	{ "--touches", OPTION_LIST, OF(attribution, touches), AGENDA_TOUCHES },
	{ "--touches", OPTION_LIST, OF(attribution, touches),
	    AGENDA_ACTIVITIES },
	{ "--spend", OPTION_LIST, OF(attribution, spend), AGENDA_SPEND },
	{ "--lists", OPTION_LIST, OF(attribution, lists), AGENDA_LISTS },
	{ NULL, OPTION_LIST, 0, AGENDA_INPUTS },
};

static const struct file_option sla_files[] = {
	{ "--touches", OPTION_LIST, OF(sla, touches), AGENDA_TOUCHES },
	{ "--activities", OPTION_LIST, OF(sla, activities), AGENDA_ACTIVITIES },
	{ NULL, OPTION_LIST, 0, AGENDA_INPUTS },
};

static const struct command {
	const char *name;
	size_t input; /* in the query */
	const struct option *options;
	const struct file_option *files;
} commands[] = {
	{ "convert", OF(convert, input), convert_options, convert_files },
	{ "velocity", OF(velocity, input), velocity_options, velocity_files },
	{ "attribution", OF(attribution, input), attribution_options,
	    attribution_files },
	{ "sla", OF(sla, input), sla_options, sla_files },
};

static const struct command *
command_named(const char *name)
{
	size_t i = 0;

	while (strcmp(commands[i].name, name) != 0)
		i++;
	return &commands[i];
}

/* ---- a query ---- */

struct asking {
	struct arena *arena;
	const struct agenda_words *words;
	const struct command *command;
	union agenda_query *query;
	struct textbuf text; /* the command */
};

static void *
place(const struct asking *a, size_t at)
{
	return (char *)a->query + at;
}

/* For a shell: 'it'\''s'. What needs no quotes gets none. */
static void
say_word(struct asking *a, const char *word)
{
	static const char plain[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "-_./,:=+@%";

	textbuf_add(&a->text, " ");
	if (*word && word[strspn(word, plain)] == '\0') {
		textbuf_add(&a->text, "%s", word);
		return;
	}
	textbuf_add(&a->text, "'");
	for (const char *p = word; *p; p++)
		textbuf_add(&a->text, *p == '\'' ? "'\\''" : "%c", *p);
	textbuf_add(&a->text, "'");
}

static void
say_option(struct asking *a, const char *name, const char *value)
{
	textbuf_add(&a->text, " %s", name);
	say_word(a, value);
}

/* NULL: the word stands for nothing. */
static const char *
meaning(const struct agenda_words *words, const char *word)
{
	const struct {
		const char *word, *meaning;
	} table[] = { { "@by", words->by }, { "@period", words->period },
		{ "@from", words->from }, { "@to", words->to },
		{ "@settled_from", words->settled_from },
		{ "@settled_to", words->settled_to },
		{ "@settled_before", words->settled_before },
		{ "@trend", words->trend }, { "@until", words->until },
		{ "@target", words->target } };

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (strcmp(word, table[i].word) == 0)
			return table[i].meaning;
	return word;
}

static void
add_item(struct arena *arena, struct fnl_list *list, const char *item)
{
	const char **items = arena_array(arena, list->n + 1, sizeof(*items));

	if (list->n)
		memcpy(items, list->items, list->n * sizeof(*items));
	items[list->n] = item;
	*list = (struct fnl_list){ items, list->n + 1 };
}

static void
set(struct asking *a, enum option_kind kind, size_t at, const char *value)
{
	if (kind == OPTION_LIST)
		add_item(a->arena, place(a, at), value);
	else
		*(const char **)place(a, at) = value;
}

static int
set_option(
    struct asking *a, const char *name, const char *value, struct fnl_err *err)
{
	const struct command *command = a->command;

	for (const struct option *o = command->options; o->name; o++)
		if (strcmp(o->name, name) == 0) {
			set(a, o->kind, o->at, value);
			return 0;
		}
	for (const struct option *o = input_options; o->name; o++)
		if (strcmp(o->name, name) == 0) {
			set(a, o->kind, command->input + o->at, value);
			return 0;
		}
	return fail(err, FNL_SYSTEM, "the agenda has an option '%s' for %s",
	    name, command->name);
}

static int
set_options(struct asking *a, const char *options, struct fnl_err *err)
{
	char *text = arena_text(a->arena, slice_of(options));

	while (*text) {
		char *value = text + strcspn(text, " ");
		char *end = value + 1 + strcspn(value + 1, " ");
		char *next = *end ? end + 1 : end;

		*value++ = *end = '\0';
		value = (char *)meaning(a->words, value);
		if (value) {
			if (set_option(a, text, value, err) < 0)
				return -1;
			say_option(a, text, value);
		}
		text = next;
	}
	return 0;
}

/* What the user gave stands before what the agenda adds. */
static void
say_input(struct asking *a, const struct fnl_input *input)
{
	for (const struct option *o = input_options; o->name; o++) {
		const char *at = (const char *)input + o->at;

		if (o->kind == OPTION_LIST) {
			const struct fnl_list *list = (const void *)at;

			for (size_t i = 0; i < list->n; i++)
				say_option(a, o->name, list->items[i]);
		} else if (*(const char *const *)(const void *)at)
			say_option(
			    a, o->name, *(const char *const *)(const void *)at);
	}
	if (input->no_id)
		textbuf_add(&a->text, " --no-id");
}

static void
set_files(struct asking *a, const struct agenda_item *item,
    const struct agenda_files *files)
{
	for (const struct file_option *o = a->command->files; o->name; o++) {
		const struct fnl_list *list = &files->of[o->input];

		if (!(item->inputs & 1u << o->input))
			continue;
		for (size_t i = 0; i < list->n; i++) {
			set(a, o->kind, o->at, list->items[i]);
			say_option(a, o->name, list->items[i]);
		}
	}
}

static struct fnl_input
without_records(const struct fnl_input *input)
{
	struct fnl_input rest = *input;

	rest.files = rest.where = (struct fnl_list){ NULL, 0 };
	return rest;
}

int
agenda_query(struct arena *arena, const struct agenda_item *item,
    const struct agenda_words *words, const struct fnl_input *given,
    const struct agenda_files *files, union agenda_query *out,
    const char **command, struct fnl_err *err)
{
	const struct fnl_input own = item->inputs & NO_RECORDS
					 ? without_records(given)
					 : *given,
			       *input = &own;
	struct asking a = { .arena = arena,
		.words = words,
		.command = command_named(item->command),
		.query = out,
		.text = { .arena = arena } };

	memset(out, 0, sizeof(*out));
	memcpy(place(&a, a.command->input), input, sizeof(*input));
	textbuf_add(&a.text, "funnel %s", item->command);
	if (set_options(&a, item->options, err) < 0)
		return -1;
	say_input(&a, input);
	set_files(&a, item, files);
	for (size_t i = 0; i < input->files.n; i++)
		say_word(&a, input->files.items[i]);
	*command = textbuf_text(&a.text);
	return 0;
}

/* ---- what is missing ---- */

/* By what a bit of `needs` counts. */
static const char *const options[] = {
	[AGENDA_TOUCHES] = "--touches FILE",
	[AGENDA_ACTIVITIES] = "--activities FILE",
	[AGENDA_SPEND] = "--spend FILE",
	[AGENDA_LISTS] = "--lists A,B",
	[AGENDA_AGAINST] = "--against OLD.yaml",
	[AGENDA_INPUTS] = "--by COLUMN",
};

const char *
agenda_option(enum agenda_input input)
{
	return options[input];
}

const char *
agenda_lacks(struct arena *arena, const struct agenda_item *item,
    const struct agenda_words *words, const struct agenda_files *files)
{
	struct textbuf text = { .arena = arena };
	unsigned lacks = item->needs & (words->by ? ~HAS_SEGMENTS : ~0u);
	const char *between = "";

	for (unsigned i = 0; i < AGENDA_INPUTS; i++)
		if (files->of[i].n)
			lacks &= ~(1u << i);
	if (!lacks)
		return NULL;
	for (unsigned i = 0; i <= AGENDA_INPUTS; i++)
		if (lacks & 1u << i) {
			textbuf_add(&text, "%s%s", between, options[i]);
			between = " and ";
		}
	return textbuf_text(&text);
}
