/*
 * pack.c: funnel-pack, the files of a review. A pack is written beside its
 * directory and then takes its place at once: whoever looks sees the old pack
 * or the new one, never half of one, and a crash leaves the old one whole.
 */
#define _GNU_SOURCE 1 /* renameat2 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"

#define OPEN_DIRECTORIES 16 /* while a tree is removed */

static const char examples[] =
    "Examples:\n"
    "  funnel-pack --weekly -d funnel.yaml --leads leads.csv --deals "
    "deals.csv -o review/\n"
    "  funnel-pack --quarterly -d funnel.yaml --deals deals.csv --history "
    "log.csv\\\n"
    "      --touches touches.csv --spend costs.csv -o review/\n"
    "  funnel-pack --monthly -d funnel.yaml --leads leads.csv --compare "
    "january/ -o february/\n"
    "\n"
    "Exit codes: 0 done, 2 wrong options, 3 wrong data, 4 the system "
    "failed.\n"
    "See funnel-pack(1), funnel-csv(5), funnel-definitions(5).\n";

struct place {
	char path[PATH_MAX]; /* without a slash at its end */
	char beside[PATH_MAX]; /* where the new one is made */
};

static int
cannot(const char *what, const char *path)
{
	fprintf(stderr, "funnel-pack: cannot %s '%s': %s\n", what, path,
	    strerror(errno));
	return FNL_SYSTEM;
}

/* ---- files ---- */

static int
remove_one(
    const char *path, const struct stat *status, int type, struct FTW *at)
{
	(void)status;
	(void)type;
	(void)at;
	return remove(path);
}

static void
remove_tree(const char *path)
{
	nftw(path, remove_one, OPEN_DIRECTORIES, FTW_DEPTH | FTW_PHYS);
}

/* 0, or too long a name. */
static int
join(char out[PATH_MAX], const char *directory, const char *name)
{
	int n = snprintf(out, PATH_MAX, "%s/%s", directory, name);

	if (n >= 0 && n < PATH_MAX)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

/* The directory above a file of the pack, where it has one. */
static int
make_directory(char *path)
{
	char *slash = strrchr(path, '/');
	int made;

	*slash = '\0';
	made = mkdir(path, 0777);
	*slash = '/';
	return made == 0 || errno == EEXIST ? 0 : -1;
}

static int
write_file(const char *directory, const struct fnl_pack_file *file)
{
	char path[PATH_MAX];
	FILE *out;
	bool failed;

	if (join(path, directory, file->name) < 0 || make_directory(path) < 0)
		return cannot("write", file->name);
	out = fopen(path, "wb");
	if (!out)
		return cannot("write", path);
	failed = fwrite(file->bytes, 1, file->size, out) != file->size;
	failed |= fclose(out) != 0;
	return failed ? cannot("write", path) : FNL_OK;
}

/* ---- the directory ---- */

static bool
is_empty(const char *path)
{
	DIR *directory = opendir(path);
	const struct dirent *entry;
	bool empty = directory != NULL;

	while (empty && (entry = readdir(directory)))
		empty = strcmp(entry->d_name, ".") == 0 ||
			strcmp(entry->d_name, "..") == 0;
	if (directory)
		closedir(directory);
	return empty;
}

/* A name that is taken by something that is no pack is left alone. */
static int
check_place(const struct place *place)
{
	char manifest[PATH_MAX];
	struct stat status;

	if (lstat(place->path, &status) != 0)
		return errno == ENOENT ? FNL_OK : cannot("write", place->path);
	if (join(manifest, place->path, "manifest.json") == 0 &&
	    S_ISDIR(status.st_mode) &&
	    (access(manifest, F_OK) == 0 || is_empty(place->path)))
		return FNL_OK;
	fprintf(stderr,
	    "funnel-pack: '%s' is there and is no pack (no manifest.json); "
	    "give another -o\n",
	    place->path);
	return FNL_USAGE;
}

static int
take_place(struct place *place, const char *output)
{
	size_t n = output ? strlen(output) : 0;

	while (n > 1 && output[n - 1] == '/')
		n--;
	if (!n) {
		fputs("funnel-pack: say where it goes: -o DIRECTORY\n"
		      "funnel-pack: see funnel-pack --help\n",
		    stderr);
		return FNL_USAGE;
	}
	if (snprintf(place->path, PATH_MAX, "%.*s", (int)n, output) >=
		PATH_MAX ||
	    snprintf(place->beside, PATH_MAX, "%.*s.XXXXXX", (int)n, output) >=
		PATH_MAX) {
		errno = ENAMETOOLONG;
		return cannot("write", output);
	}
	return check_place(place);
}

/* mkdtemp() lets nobody else in; a pack is as open as any directory. */
static int
open_place(struct place *place)
{
	mode_t mask = umask(0);

	umask(mask);
	if (!mkdtemp(place->beside) || chmod(place->beside, 0777 & ~mask) != 0)
		return cannot("write", place->path);
	return FNL_OK;
}

/* The two change places in one step. */
static int
exchange(const struct place *place)
{
#ifdef RENAME_EXCHANGE
	return renameat2(
	    AT_FDCWD, place->beside, AT_FDCWD, place->path, RENAME_EXCHANGE);
#else
	(void)place;
	errno = ENOSYS;
	return -1;
#endif
}

/* Where the system cannot do that: the old one steps aside first. A crash in
 * between leaves it whole, under the name OLD.old. */
static int
replace(const struct place *place)
{
	char old[PATH_MAX];

	if (snprintf(old, sizeof(old), "%s.old", place->path) >=
	    (int)sizeof(old)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	remove_tree(old);
	if (rename(place->path, old) != 0)
		return -1;
	if (rename(place->beside, place->path) != 0) {
		rename(old, place->path);
		return -1;
	}
	remove_tree(old);
	return 0;
}

static int
put_in_place(const struct place *place)
{
	struct stat status;

	if (lstat(place->path, &status) != 0)
		return rename(place->beside, place->path) == 0
			   ? FNL_OK
			   : cannot("write", place->path);
	if (exchange(place) == 0) {
		remove_tree(place->beside);
		return FNL_OK;
	}
	if ((errno == ENOSYS || errno == EINVAL) && replace(place) == 0)
		return FNL_OK;
	return cannot("replace", place->path);
}

static int
write_pack(struct place *place, const struct fnl_pack *pack)
{
	int code = open_place(place);

	if (code != FNL_OK)
		return code;
	for (size_t i = 0; code == FNL_OK && i < fnl_pack_count(pack); i++) {
		struct fnl_pack_file file = fnl_pack_at(pack, i);

		code = write_file(place->beside, &file);
	}
	if (code == FNL_OK)
		code = put_in_place(place);
	if (code != FNL_OK)
		remove_tree(place->beside);
	return code;
}

/* ---- options ---- */

struct pack_options {
	int weekly, monthly, quarterly, no_charts;
	char **leads, **deals, **history, **touches, **activities, **spend,
	    **lists;
	char *by;
};

#define RECORD_LISTS 4
#define RECORD_FILES_MAX 4096

/* All records in one list, leads first. */
static int
take_records(const struct pack_options *p, const struct fnl_list *plain,
    struct fnl_list *out)
{
	static const char *all[RECORD_FILES_MAX];
	const struct fnl_list lists[RECORD_LISTS] = { *plain,
		options_list(p->leads), options_list(p->deals),
		options_list(p->history) };

	*out = (struct fnl_list){ all, 0 };
	for (size_t i = 0; i < RECORD_LISTS; i++)
		for (size_t k = 0; k < lists[i].n; k++) {
			if (out->n == RECORD_FILES_MAX) {
				fprintf(stderr,
				    "funnel-pack: more than %d files of "
				    "records: join some of them\n",
				    RECORD_FILES_MAX);
				return FNL_USAGE;
			}
			all[out->n++] = lists[i].items[k];
		}
	return FNL_OK;
}

/* ---- inputs ---- */

/* Every section reads the files anew, and what stands in the old pack goes
 * with it. */
static int
check_input(const char *path, const char *pack)
{
	char real[PATH_MAX];
	struct stat status;
	size_t n = strlen(pack);

	if (strcmp(path, "-") != 0 &&
	    (stat(path, &status) != 0 || access(path, R_OK) != 0))
		return cannot("open", path);
	if (strcmp(path, "-") == 0 || !S_ISREG(status.st_mode)) {
		fprintf(stderr,
		    "funnel-pack: '%s' is no file that can be read more than "
		    "once: save it as one first\n",
		    path);
		return FNL_USAGE;
	}
	if (n && realpath(path, real) && strncmp(real, pack, n) == 0 &&
	    real[n] == '/') {
		fprintf(stderr,
		    "funnel-pack: '%s' is in the directory that -o replaces: "
		    "move it, or give another -o\n",
		    path);
		return FNL_USAGE;
	}
	return FNL_OK;
}

/* "a.csv,b.csv" */
static int
check_lists(const char *names, const char *pack)
{
	int code = FNL_OK;

	while (code == FNL_OK && *names) {
		char name[PATH_MAX];
		size_t n = strcspn(names, ",");

		snprintf(name, sizeof(name), "%.*s", (int)n, names);
		code = check_input(name, pack);
		names += n + (names[n] == ',');
	}
	return code;
}

static int
check_inputs(const struct fnl_pack_query *q, const char *output)
{
	const struct fnl_list definitions = { &q->input.definitions,
		q->input.definitions != NULL },
			      against = { &q->against, q->against != NULL };
	const struct fnl_list lists[] = { q->input.files, q->touches,
		q->activities, q->spend, definitions, against };
	char pack[PATH_MAX];
	int code = FNL_OK;

	if (!realpath(output, pack))
		*pack = '\0';
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		for (size_t k = 0; code == FNL_OK && k < lists[i].n; k++)
			code = check_input(lists[i].items[k], pack);
	for (size_t k = 0; code == FNL_OK && k < q->lists.n; k++)
		code = check_lists(q->lists.items[k], pack);
	return code;
}

/* ---- the command ---- */

static int
take_rhythm(const struct pack_options *p, struct fnl_pack_query *q)
{
	if (p->weekly + p->monthly + p->quarterly > 1) {
		fputs("funnel-pack: --weekly, --monthly and --quarterly are "
		      "three packs: give one of them\n"
		      "funnel-pack: see funnel-pack --help\n",
		    stderr);
		return FNL_USAGE;
	}
	q->rhythm = p->weekly      ? "weekly"
		    : p->monthly   ? "monthly"
		    : p->quarterly ? "quarterly"
				   : NULL;
	return FNL_OK;
}

static int
make(const struct options *o, const struct fnl_pack_query *q)
{
	struct fnl_err err = { 0 };
	struct fnl_pack *pack;
	struct place place;
	int code = take_place(&place, o->output);

	if (code == FNL_OK)
		code = check_inputs(q, place.path);
	if (code != FNL_OK)
		return code;
	if (fnl_pack(&pack, q, &err) < 0)
		return complain("pack", &err);
	if (!o->quiet)
		fputs(fnl_pack_summary(pack), stderr);
	code = write_pack(&place, pack);
	if (code == FNL_OK && fnl_pack_too_bad(pack)) {
		fprintf(stderr, "funnel-pack: %s\n", fnl_pack_too_bad(pack));
		code = FNL_DATA;
	}
	fnl_pack_free(pack);
	return code;
}

int
run_pack(int argc, const char **argv)
{
	static struct options o;
	static struct fnl_pack_query q;
	static struct pack_options p;
	struct option_tables shared = options_bind(&o);
	struct poptOption own[] = {
		{ "weekly", 0, POPT_ARG_NONE, &p.weekly, 0,
		    "Of the last whole week", NULL },
		{ "monthly", 0, POPT_ARG_NONE, &p.monthly, 0,
		    "Of the last whole month", NULL },
		{ "quarterly", 0, POPT_ARG_NONE, &p.quarterly, 0,
		    "Of the last whole quarter", NULL },
		{ "review", 0, POPT_ARG_STRING, &q.review, 0,
		    "Instead: of the period that holds this day", "DATE" },
		{ "leads", 0, POPT_ARG_ARGV, &p.leads, 0,
		    "Exports of leads or contacts", "FILE" },
		{ "deals", 0, POPT_ARG_ARGV, &p.deals, 0,
		    "Exports of opportunities or deals", "FILE" },
		{ "history", 0, POPT_ARG_ARGV, &p.history, 0,
		    "Their histories of stages", "FILE" },
		{ "touches", 0, POPT_ARG_ARGV, &p.touches, 0,
		    "Touches of marketing", "FILE" },
		{ "activities", 0, POPT_ARG_ARGV, &p.activities, 0,
		    "What sales did: tasks, calls, mails, meetings", "FILE" },
		{ "spend", 0, POPT_ARG_ARGV, &p.spend, 0, "Costs", "FILE" },
		{ "lists", 0, POPT_ARG_ARGV, &p.lists, 0,
		    "Two lists of target accounts", "A,B" },
		{ "against", 0, POPT_ARG_STRING, &q.against, 0,
		    "Older definitions, to say what the new ones changed",
		    "FILE" },
		{ "compare", 0, POPT_ARG_STRING, &q.previous, 0,
		    "An earlier pack, to say what moved", "DIRECTORY" },
		{ "target", 0, POPT_ARG_STRING, &q.target, 0,
		    "Revenue to plan for (that of the definitions)", "AMOUNT" },
		{ "no-charts", 0, POPT_ARG_NONE, &p.no_charts, 0, "Tables only",
		    NULL },
		{ "output", 'o', POPT_ARG_STRING, &o.output, 0,
		    "Directory of the pack, replaced as a whole", "DIRECTORY" },
		{ "quiet", 'q', POPT_ARG_NONE, &o.quiet, 0,
		    "No summary of unused rows on standard error", NULL },
		POPT_TABLEEND,
	};
	struct poptOption selection[] = {
		{ "by", 'b', POPT_ARG_STRING, &p.by, 0,
		    "Segments (source, where a file has it)", "COLUMN,..." },
		{ "where", 'w', POPT_ARG_ARGV, &o.where, 0,
		    "Only such records; also != < > <= >= ~", "COLUMN=VALUE" },
		{ "as-of", 0, POPT_ARG_STRING, &o.input.as_of, 0,
		    "Know only what was known then (latest event)", "DATE" },
		{ "tz", 0, POPT_ARG_STRING, &o.input.zone, 0,
		    "Zone of days and periods (definitions, else UTC)",
		    "ZONE" },
		POPT_TABLEEND,
	};
	struct poptOption all[] = {
		{ NULL, 0, POPT_ARG_INCLUDE_TABLE, own, 0, "Pack:", NULL },
		{ NULL, 0, POPT_ARG_INCLUDE_TABLE, shared.input, 0,
		    "Input:", NULL },
		{ NULL, 0, POPT_ARG_INCLUDE_TABLE, selection, 0,
		    "Selection:", NULL },
		{ NULL, 0, POPT_ARG_INCLUDE_TABLE, shared.help, 0,
		    "Help:", NULL },
		POPT_TABLEEND,
	};
	int code = options_parse(
	    &o, "pack", all, "[OPTION...] FILE...", examples, argc, argv);

	if (code >= 0)
		return code;
	if (take_rhythm(&p, &q) != FNL_OK)
		return FNL_USAGE;
	q.input = o.input;
	if (take_records(&p, &o.input.files, &q.input.files) != FNL_OK)
		return FNL_USAGE;
	q.touches = options_list(p.touches);
	q.activities = options_list(p.activities);
	q.spend = options_list(p.spend);
	q.lists = options_list(p.lists);
	q.by = p.by;
	q.charts = !p.no_charts;
	return make(&o, &q);
}
