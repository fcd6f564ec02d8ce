/*
 * chart.c: runs gnuplot, and fc-list to know which fonts it has: found on PATH,
 * without a shell, the script on its standard input. Input, output and
 * messages are unnamed files and no pipes, so that nothing can block, break or
 * be left half written.
 *
 * What would make two runs differ is taken away: the user's start files
 * (--default-settings), and the date and zone that cairo writes into a PDF.
 */
#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chart.h"

#define PROGRAM "gnuplot"
#define MESSAGE_MAX 300 /* bytes of what gnuplot has to say */

extern char **environ;

static const struct suffix {
	const char *suffix;
	enum chart_form form;
} suffixes[] = { { "svg", CHART_SVG }, { "png", CHART_PNG },
	{ "pdf", CHART_PDF } };

int
chart_form_of_file(const char *path, enum chart_form *out)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');

	*out = CHART_TEXT;
	if (strcmp(path, "-") == 0)
		return 0;
	for (size_t i = 0; dot && i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (fold_equal(
			slice_of(dot + 1), slice_of(suffixes[i].suffix))) {
			*out = suffixes[i].form;
			return 0;
		}
	return -1;
}

/* ---- running ---- */

/* A program with its standard input, output and messages in files. */
struct run {
	FILE *in, *out, *err;
};

static void
close_file(void *file)
{
	fclose(file);
}

static FILE *
unnamed_file(struct arena *arena)
{
	FILE *file = tmpfile();

	if (file)
		arena_defer(arena, close_file, file);
	return file;
}

static int
run_new(struct arena *arena, struct run *run, const char *input,
    struct fnl_err *err)
{
	run->in = unnamed_file(arena);
	run->out = unnamed_file(arena);
	run->err = unnamed_file(arena);
	if (!run->in || !run->out || !run->err ||
	    fputs(input, run->in) == EOF || fflush(run->in) != 0)
		return fail(err, FNL_SYSTEM,
		    "cannot write a temporary file: %s", strerror(errno));
	rewind(run->in);
	return 0;
}

/* cairo writes its date in the zone of the run. */
static char **
environment(struct arena *arena)
{
	size_t n = 0, kept = 0;
	char **out;

	while (environ[n])
		n++;
	out = arena_array(arena, n + 2, sizeof(*out));
	for (size_t i = 0; i < n; i++)
		if (strncmp(environ[i], "TZ=", 3) != 0)
			out[kept++] = environ[i];
	out[kept] = arena_text(arena, SLICE("TZ=UTC0"));
	return out;
}

/* Returns 0 or errno; *status is that of waitpid. 127 is how some systems say
 * that there is no such program. */
static int
run_program(struct arena *arena, const struct run *run,
    const char *const *words, int *status)
{
	posix_spawn_file_actions_t files;
	char *argv[4] = { NULL };
	pid_t child;
	int error = posix_spawn_file_actions_init(&files);

	if (error)
		return error;
	for (int i = 0; i < 3 && words[i]; i++)
		argv[i] = arena_text(arena, slice_of(words[i]));
	posix_spawn_file_actions_adddup2(&files, fileno(run->in), 0);
	posix_spawn_file_actions_adddup2(&files, fileno(run->out), 1);
	posix_spawn_file_actions_adddup2(&files, fileno(run->err), 2);
	error = posix_spawnp(
	    &child, argv[0], &files, NULL, argv, environment(arena));
	posix_spawn_file_actions_destroy(&files);
	if (error)
		return error;
	while (waitpid(child, status, 0) < 0)
		if (errno != EINTR)
			return errno;
	return WIFEXITED(*status) && WEXITSTATUS(*status) == 127 ? ENOENT : 0;
}

/* The first line that says something. */
static int
fail_as_told(FILE *told, struct fnl_err *err)
{
	char text[MESSAGE_MAX];
	size_t n, skip;

	rewind(told);
	n = fread(text, 1, sizeof(text) - 1, told);
	text[n] = '\0';
	skip = strspn(text, " \t\r\n^");
	text[skip + strcspn(text + skip, "\r\n")] = '\0';
	text_disarm(text + skip);
	return fail(err, FNL_SYSTEM, PROGRAM " could not draw the chart%s%s",
	    text[skip] ? ": " : "", text + skip);
}

static int
run_gnuplot(struct arena *arena, const struct run *run, struct fnl_err *err)
{
	static const char *const words[] = { PROGRAM, "--default-settings",
		NULL };
	int status, error = run_program(arena, run, words, &status);

	if (error == ENOENT)
		return fail(err, FNL_SYSTEM,
		    "charts need gnuplot, which is not installed (Debian, "
		    "Ubuntu: apt-get install gnuplot-nox)");
	if (error)
		return fail(err, FNL_SYSTEM, "cannot run '" PROGRAM "': %s",
		    strerror(error));
	if (WIFSIGNALED(status))
		return fail(err, FNL_SYSTEM, PROGRAM " ended with signal %d",
		    WTERMSIG(status));
	return WEXITSTATUS(status) ? fail_as_told(run->err, err) : 0;
}

/* ---- fonts ---- */

/*
 * gnuplot draws into a PNG or PDF at many times its size, and what pango then
 * shows for a character that no font has is as large: it covers the picture.
 * So fontconfig, which pango asks too, is asked first, once a script; names in
 * one without a font become question marks. Where fc-list is not installed, all
 * is taken to be there.
 */
#define BLOCK_BITS 7 /* 128 characters: as Unicode has its scripts */
#define BLOCKS_MAX 48
#define ASKED_MAX 8 /* characters of a block */
#define FIRST_ASKED 0x250 /* Latin is in every font */

struct block {
	uint32_t number;
	uint32_t asked[ASKED_MAX];
	size_t n_asked;
	bool missing;
};

struct blocks {
	struct block items[BLOCKS_MAX];
	size_t n;
};

/* The character at p, of valid UTF-8, and its length. */
static uint32_t
character_at(const char *p, size_t *n)
{
	unsigned char lead = (unsigned char)*p;
	uint32_t c = lead;

	*n = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	if (*n > 1)
		c &= 0x7fu >> *n;
	for (size_t i = 1; i < *n && p[i]; i++)
		c = c << 6 | ((unsigned char)p[i] & 0x3f);
	return c;
}

static struct block *
block_of(struct blocks *blocks, uint32_t c)
{
	for (size_t i = 0; i < blocks->n; i++)
		if (blocks->items[i].number == c >> BLOCK_BITS)
			return &blocks->items[i];
	return NULL;
}

static void
block_add(struct blocks *blocks, uint32_t c)
{
	struct block *block = block_of(blocks, c);

	if (!block && blocks->n < BLOCKS_MAX) {
		block = &blocks->items[blocks->n++];
		*block = (struct block){ .number = c >> BLOCK_BITS };
	}
	if (!block || block->n_asked == ASKED_MAX)
		return;
	for (size_t i = 0; i < block->n_asked; i++)
		if (block->asked[i] == c)
			return;
	block->asked[block->n_asked++] = c;
}

/* No font has these characters: fc-list was there, and listed none. */
static bool
is_missing(struct arena *arena, const struct block *block)
{
	struct textbuf pattern = { .arena = arena };
	const char *words[] = { "fc-list", NULL, NULL };
	struct run run;
	int status;

	textbuf_add(&pattern, ":charset=");
	for (size_t i = 0; i < block->n_asked; i++)
		textbuf_add(
		    &pattern, "%s%x", i ? " " : "", (unsigned)block->asked[i]);
	words[1] = textbuf_text(&pattern);
	if (run_new(arena, &run, "", NULL) < 0 ||
	    run_program(arena, &run, words, &status) != 0 || status != 0)
		return false;
	return fseek(run.out, 0, SEEK_END) == 0 && ftell(run.out) == 0;
}

static const char *
without_missing(struct arena *arena, const char *script)
{
	struct blocks *blocks = arena_alloc(arena, sizeof(*blocks));
	struct textbuf out = { .arena = arena };
	size_t n;

	for (const char *p = script; *p; p += n) {
		uint32_t c = character_at(p, &n);

		if (c >= FIRST_ASKED)
			block_add(blocks, c);
	}
	if (!blocks->n)
		return script;
	for (size_t i = 0; i < blocks->n; i++)
		blocks->items[i].missing = is_missing(arena, &blocks->items[i]);
	for (const char *p = script; *p; p += n) {
		uint32_t c = character_at(p, &n);
		const struct block *block = block_of(blocks, c);

		if (c >= FIRST_ASKED && (!block || block->missing))
			textbuf_add(&out, "?");
		else
			textbuf_add(&out, "%.*s", (int)n, p);
	}
	return textbuf_text(&out);
}

/* ---- its output ---- */

/* The same picture, the same bytes: cairo writes when it drew. */
static void
set_date(char *p, size_t n)
{
	static const char before[] = "/CreationDate (D:";
	static const char date[] = "19700101000000";
	const size_t length = sizeof(before) - 1;

	for (size_t i = 0; i + length + sizeof(date) <= n; i++)
		if (memcmp(p + i, before, length) == 0)
			memcpy(p + i + length, date, sizeof(date) - 1);
}

/* gnuplot begins a text page with a form feed and leaves blanks at the ends of
 * lines. */
static void
write_text(const char *p, size_t n, FILE *out)
{
	size_t blanks = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\f')
			continue;
		blanks = p[i] == ' ' ? blanks + 1 : blanks;
		if (p[i] == ' ')
			continue;
		for (; blanks && p[i] != '\n'; blanks--)
			putc(' ', out);
		blanks = 0;
		putc(p[i], out);
	}
}

static int
copy_picture(struct arena *arena, FILE *from, enum chart_form form, FILE *out,
    struct fnl_err *err)
{
	long size = fseek(from, 0, SEEK_END) == 0 ? ftell(from) : -1;
	char *p;

	if (size <= 0)
		return fail(err, FNL_SYSTEM, PROGRAM " drew nothing");
	p = arena_alloc(arena, (size_t)size);
	rewind(from);
	if (fread(p, 1, (size_t)size, from) != (size_t)size)
		return fail(
		    err, FNL_SYSTEM, "cannot read what " PROGRAM " drew");
	if (form == CHART_PDF)
		set_date(p, (size_t)size);
	if (form == CHART_TEXT)
		write_text(p, (size_t)size, out);
	else
		fwrite(p, 1, (size_t)size, out);
	if (fflush(out) == 0 && !ferror(out))
		return 0;
	return fail(err, FNL_SYSTEM, "cannot write the chart: %s",
	    errno ? strerror(errno) : "a write failed");
}

int
chart_run(struct arena *arena, const struct chart *chart,
    const struct chart_options *options, FILE *out, struct fnl_err *err)
{
	bool fonts = options->form == CHART_PNG || options->form == CHART_PDF;
	struct run run;

	if (run_new(arena, &run,
		fonts ? without_missing(arena, chart->script) : chart->script,
		err) < 0 ||
	    run_gnuplot(arena, &run, err) < 0)
		return -1;
	return copy_picture(arena, run.out, options->form, out, err);
}
