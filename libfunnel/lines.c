/*
 * lines: bytes to physical lines of UTF-8.
 *
 * The decision that shaped it: the encoding of a file that is not UTF-16 is
 * decided line by line. One cell that somebody pasted from Windows does not
 * turn the rest of the file into nonsense, and a file that is Windows-1252
 * throughout needs no guess either.
 */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lines.h"

/* read(2), not mmap(2): pages of a mapped file count as memory in use. */
#define READ_BLOCK ((size_t)256 << 10)
#define HEAD_MAX 16 /* enough for every signature below */
#define WINDOWS_1252_MAX 3 /* UTF-8 bytes that one byte can become */
#define BLANKS SLICE(" \t\r\n")
#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */
#define NO_ICONV ((iconv_t)-1)

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
/* SLICE for tables, where a compound literal is no constant. */
/* clang-format off */
#define CONST_SLICE(literal) { (literal), sizeof(literal) - 1 }
/* clang-format on */

struct buffer {
	char *p;
	size_t n;
	size_t size;
};

struct lines {
	struct arena *arena;
	const char *name;
	size_t longest;

	int descriptor; /* -1: none */
	double size; /* of a regular file, else NaN */
	char head[HEAD_MAX];
	struct slice pending; /* bytes that come before the descriptor's */
	size_t block;
	bool ended; /* text holds the last bytes there are */
	iconv_t utf16;

	struct buffer raw; /* UTF-16 that is not yet decoded */
	struct buffer text;
	struct buffer decoded; /* one line that was Windows-1252 */
	size_t cursor; /* in text, the start of the next line */
	size_t next_cr; /* in text; text.n when there is none */
	size_t next_lf;
	bool cut; /* the start of the next line was dropped */

	struct digest *digest; /* NULL: nobody asked */
	struct sha256 *sha256;

	struct line_facts facts;
};

/* ---- what is no text ---- */

#define SAVE_AS_CSV \
	"open it and save it as CSV UTF-8, or export Details Only as CSV"
#define UNPACK "unpack it first"
#define EXPORT_CSV "export it as CSV"

static const struct signature {
	size_t offset;
	struct slice bytes;
	const char *what;
	const char *remedy;
} signatures[] = {
	/* PK alone could be a header: the usual name of a primary key. */
	{ 0, CONST_SLICE("PK\003\004"), "an XLSX or ZIP file", SAVE_AS_CSV },
	{ 0, CONST_SLICE("PK\005\006"), "an empty ZIP file", SAVE_AS_CSV },
	{ 0, CONST_SLICE("\320\317\021\340\241\261\032\341"), "an old XLS file",
	    SAVE_AS_CSV },
	{ 0, CONST_SLICE("\037\213"), "a gzip file", UNPACK " with gunzip" },
	{ 0, CONST_SLICE("\050\265\057\375"), "a zstd file",
	    UNPACK " with unzstd" },
	{ 0, CONST_SLICE("\3757zXZ"), "an xz file", UNPACK " with unxz" },
	/* After BZh and a digit for the block size: pi. */
	{ 4, CONST_SLICE("1AY&SY"), "a bzip2 file", UNPACK " with bunzip2" },
	{ 0, CONST_SLICE("7z\274\257\047\034"), "a 7-Zip file", UNPACK },
	{ 0, CONST_SLICE("%PDF-"), "a PDF document", EXPORT_CSV },
	{ 0, CONST_SLICE("PAR1"), "a Parquet file", EXPORT_CSV },
	{ 0, CONST_SLICE("SQLite format 3"), "an SQLite database", EXPORT_CSV },
	{ 0, CONST_SLICE("\377\376\000\000"), "UTF-32 text",
	    "save it as CSV UTF-8" },
	{ 0, CONST_SLICE("\000\000\376\377"), "UTF-32 text",
	    "save it as CSV UTF-8" },
};

/* A report that a CRM calls .xls is often an HTML table. */
static const struct slice markup[] = {
	CONST_SLICE("<html"),
	CONST_SLICE("<!doctype html"),
	CONST_SLICE("<head"),
	CONST_SLICE("<meta"),
	CONST_SLICE("<table"),
	CONST_SLICE("<?xml"),
};

static bool
starts_with(struct slice text, size_t offset, struct slice start)
{
	return text.n >= offset + start.n &&
	       memcmp(text.p + offset, start.p, start.n) == 0;
}

static int
refuse_binary(const struct lines *in, struct fnl_err *err)
{
	const struct signature *s = signatures;

	for (; s < signatures + COUNT(signatures); s++)
		if (starts_with(in->pending, s->offset, s->bytes))
			return fail(err, FNL_DATA, "'%s' is %s, not CSV (%s)",
			    in->name, s->what, s->remedy);
	return 0;
}

static bool
starts_with_markup(struct slice text, struct slice tag)
{
	if (text.n < tag.n)
		return false;
	for (size_t i = 0; i < tag.n; i++) {
		char c = text.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != tag.p[i])
			return false;
	}
	return true;
}

/* The text from its first character on that is none of those given. */
static struct slice
skip(const struct buffer *text, struct slice characters)
{
	size_t i = 0;

	while (i < text->n && memchr(characters.p, text->p[i], characters.n))
		i++;
	return (struct slice){ text->p + i, text->n - i };
}

static int
refuse_markup(const struct lines *in, struct fnl_err *err)
{
	struct slice text = skip(&in->text, BLANKS);

	for (size_t i = 0; i < COUNT(markup); i++)
		if (starts_with_markup(text, markup[i]))
			return fail(err, FNL_DATA,
			    "'%s' is an HTML or XML file, not CSV (%s)",
			    in->name, SAVE_AS_CSV);
	return 0;
}

/* ---- bytes to text ---- */

static void
reserve(struct arena *arena, struct buffer *buffer, size_t size)
{
	if (size <= buffer->size)
		return;
	buffer->size = size > 2 * buffer->size ? size : 2 * buffer->size;
	buffer->p = arena_grow(arena, buffer->p, buffer->size);
}

static int
read_once(
    struct lines *in, char *to, size_t room, size_t *n, struct fnl_err *err)
{
	ssize_t got = 0;

	if (in->pending.n) {
		got = (ssize_t)(in->pending.n < room ? in->pending.n : room);
		memcpy(to, in->pending.p, (size_t)got);
		in->pending.p += got;
		in->pending.n -= (size_t)got;
	} else if (in->descriptor >= 0) {
		do
			got = read(in->descriptor, to, room);
		while (got < 0 && errno == EINTR);
	}
	if (got < 0)
		return fail(err, FNL_SYSTEM, "cannot read '%s': %s", in->name,
		    strerror(errno));
	*n = (size_t)got;
	return 0;
}

/* Hashes what a block brought; n is 0 at the end of the file. */
static void
digest_add(struct lines *in, const char *p, size_t n)
{
	if (!in->digest)
		return;
	sha256_add(in->sha256, p, n);
	if (n == 0)
		sha256_end(in->sha256, in->digest->sha256);
}

/* Appends up to a block; a short one only at the end of the file. */
static int
read_block(struct lines *in, struct buffer *to, struct fnl_err *err)
{
	size_t end = to->n + in->block;

	reserve(in->arena, to, end);
	while (to->n < end && !in->ended) {
		size_t n;

		if (read_once(in, to->p + to->n, end - to->n, &n, err))
			return -1;
		digest_add(in, to->p + to->n, n);
		to->n += n;
		in->facts.bytes += n;
		in->ended = n == 0;
	}
	return 0;
}

static void
append(struct buffer *buffer, struct slice bytes)
{
	memcpy(buffer->p + buffer->n, bytes.p, bytes.n);
	buffer->n += bytes.n;
}

/*
 * Appends raw to text as UTF-8. Half a surrogate pair becomes U+FFFD, and so
 * does half a character at the end of the file; what may still be completed
 * by the next block stays in raw.
 */
static void
decode_utf16(struct lines *in)
{
	struct buffer *text = &in->text;
	char *from = in->raw.p;
	size_t left = in->raw.n;

	reserve(in->arena, text, text->n + 2 * left + sizeof(REPLACEMENT));
	for (;;) {
		char *to = text->p + text->n;
		size_t room = text->size - text->n;
		size_t status = iconv(in->utf16, &from, &left, &to, &room);

		text->n = text->size - room;
		if (status != (size_t)-1 || errno != EILSEQ)
			break;
		append(text, SLICE(REPLACEMENT));
		from += 2;
		left -= 2;
	}
	if (left && in->ended) {
		append(text, SLICE(REPLACEMENT));
		left = 0;
	}
	memmove(in->raw.p, from, left);
	in->raw.n = left;
}

static size_t
find(const struct lines *in, char c)
{
	const char *start = in->text.p + in->cursor;
	const char *hit = memchr(start, c, in->text.n - in->cursor);

	return hit ? (size_t)(hit - in->text.p) : in->text.n;
}

static void
move_to(struct lines *in, size_t cursor)
{
	in->cursor = cursor;
	in->next_cr = find(in, '\r');
	in->next_lf = find(in, '\n');
}

/*
 * The length of the next physical line with its end: LF, CR LF or CR; 0 when
 * the text so far holds no whole line.
 */
static size_t
line_length(struct lines *in)
{
	const struct buffer *text = &in->text;

	if (in->next_lf < in->cursor)
		in->next_lf = find(in, '\n');
	if (in->next_cr < in->cursor)
		in->next_cr = find(in, '\r');
	if (in->next_lf < in->next_cr)
		return in->next_lf + 1 - in->cursor;
	/* The LF of a CR that ends the block is still to come. */
	if (in->next_cr + 1 < text->n)
		return in->next_cr + 1 + (text->p[in->next_cr + 1] == '\n') -
		       in->cursor;
	return in->ended ? text->n - in->cursor : 0;
}

static size_t
count_lines(const char *p, size_t n)
{
	size_t lines = 0;

	for (size_t i = 0; i < n; i++)
		lines += p[i] == '\n' ||
			 (p[i] == '\r' && (i + 1 == n || p[i + 1] != '\n'));
	return lines;
}

static int
refuse_nul(const struct lines *in, size_t from, struct fnl_err *err)
{
	const char *start = in->text.p + from;
	const char *nul = memchr(start, '\0', in->text.n - from);
	uint64_t line;

	if (!nul)
		return 0;
	line = in->facts.lines + 1 +
	       count_lines(in->text.p, (size_t)(nul - in->text.p));
	if (in->utf16 != NO_ICONV)
		return fail(err, FNL_DATA,
		    "'%s' has a NUL character in line %" PRIu64
		    ", which CSV cannot have (export it again as CSV UTF-8)",
		    in->name, line);
	return fail(err, FNL_DATA,
	    "'%s' has a NUL byte at offset %" PRIu64 ", line %" PRIu64
	    ", which CSV cannot have (export it again as CSV UTF-8)",
	    in->name,
	    in->facts.bytes - (uint64_t)(in->text.p + in->text.n - nul), line);
}

/*
 * Appends a block to what is left of the text. Of a line that is too long
 * for a row only its last byte is kept: it may be half of a CR LF.
 */
int
lines_load(struct lines *in, struct fnl_err *err)
{
	struct buffer *text = &in->text;
	size_t old;

	if (text->n - in->cursor > in->longest) {
		in->cursor = text->n - 1;
		in->cut = true;
	}
	old = text->n - in->cursor;
	if (in->cursor)
		memmove(text->p, text->p + in->cursor, old);
	text->n = old;
	in->cursor = 0;
	if (read_block(in, in->utf16 == NO_ICONV ? text : &in->raw, err))
		return -1;
	if (in->utf16 != NO_ICONV)
		decode_utf16(in);
	if (in->facts.lines + text->n > UINT32_MAX)
		return fail(err, FNL_DATA,
		    "'%s' has more than %" PRIu32 " lines (split it)", in->name,
		    UINT32_MAX);
	move_to(in, 0);
	return refuse_nul(in, old, err);
}

/* ---- Windows-1252 ---- */

/*
 * 0x80 to 0x9f; the five that Windows leaves open are the C1 controls, as in
 * the WHATWG encoding standard (iconv would refuse them).
 */
/* clang-format off */
static const uint16_t windows_1252[] = {
	0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
	0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};
/* clang-format on */

/* Writes one Windows-1252 byte as UTF-8 and returns the end. */
static char *
put_windows_1252(char *to, unsigned char c)
{
	unsigned code = c >= 0x80 && c < 0xa0 ? windows_1252[c - 0x80] : c;

	if (code < 0x80) {
		*to++ = (char)code;
	} else if (code < 0x800) {
		*to++ = (char)(0xc0 | code >> 6);
		*to++ = (char)(0x80 | (code & 0x3f));
	} else {
		*to++ = (char)(0xe0 | code >> 12);
		*to++ = (char)(0x80 | (code >> 6 & 0x3f));
		*to++ = (char)(0x80 | (code & 0x3f));
	}
	return to;
}

/* Eight bytes at a time: most lines of most files are plain ASCII. */
static bool
is_ascii(struct slice s)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t word, seen = 0;
	size_t i = 0;

	for (; i + sizeof(word) <= s.n; i += sizeof(word)) {
		memcpy(&word, s.p + i, sizeof(word));
		seen |= word;
	}
	word = 0;
	if (i < s.n)
		memcpy(&word, s.p + i, s.n - i);
	return ((seen | word) & high) == 0;
}

static struct slice
line_as_utf8(struct lines *in, struct slice line)
{
	char *to;

	if (is_ascii(line) || utf8_valid_prefix(line) == line.n)
		return line;
	if (in->facts.windows_1252_lines++ == 0)
		in->facts.first_windows_1252_line = (uint32_t)in->facts.lines;
	reserve(in->arena, &in->decoded, WINDOWS_1252_MAX * line.n);
	to = in->decoded.p;
	for (size_t i = 0; i < line.n; i++)
		to = put_windows_1252(to, (unsigned char)line.p[i]);
	return (struct slice){ in->decoded.p, (size_t)(to - in->decoded.p) };
}

/* ---- opening ---- */

static const struct {
	struct slice mark;
	enum csv_encoding encoding;
	const char *iconv_name; /* NULL: it is UTF-8 already */
} byte_order_marks[] = {
	{ CONST_SLICE("\xef\xbb\xbf"), CSV_UTF8_BOM, NULL },
	{ CONST_SLICE("\xff\xfe"), CSV_UTF16LE, "UTF-16LE" },
	{ CONST_SLICE("\xfe\xff"), CSV_UTF16BE, "UTF-16BE" },
};

static int
find_encoding(struct lines *in, struct fnl_err *err)
{
	const char *from = NULL;

	for (size_t i = 0; i < COUNT(byte_order_marks); i++) {
		struct slice mark = byte_order_marks[i].mark;

		if (!starts_with(in->pending, 0, mark))
			continue;
		in->facts.encoding = byte_order_marks[i].encoding;
		from = byte_order_marks[i].iconv_name;
		in->facts.bytes += mark.n;
		in->pending.p += mark.n;
		in->pending.n -= mark.n;
		break;
	}
	if (!from)
		return 0;
	in->utf16 = iconv_open("UTF-8", from);
	if (in->utf16 == NO_ICONV)
		return fail(err, FNL_SYSTEM,
		    "cannot read '%s': iconv does not know %s here (save it "
		    "as CSV UTF-8)",
		    in->name, from);
	return 0;
}

static int
refuse_nothing(const struct lines *in, struct fnl_err *err)
{
	if (in->text.n == 0)
		return fail(
		    err, FNL_DATA, "'%s' is empty (export it again)", in->name);
	if (in->ended && skip(&in->text, BLANKS).n == 0)
		return fail(err, FNL_DATA,
		    "'%s' has only blank lines (export it again)", in->name);
	return 0;
}

static int
open_descriptor(struct lines *in, const char *path, struct fnl_err *err)
{
	bool is_standard_input = strcmp(path, "-") == 0;
	struct stat status;

	if (is_standard_input)
		in->name = "standard input";
	in->descriptor =
	    is_standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (in->descriptor < 0 || fstat(in->descriptor, &status) != 0)
		return fail(err, FNL_SYSTEM, "cannot open '%s': %s", in->name,
		    strerror(errno));
	if (S_ISDIR(status.st_mode))
		return fail(err, FNL_SYSTEM, "cannot open '%s': %s", in->name,
		    strerror(EISDIR));
	if (S_ISREG(status.st_mode) && status.st_size > 0)
		in->size = (double)status.st_size;
	return 0;
}

static int
read_head(struct lines *in, struct fnl_err *err)
{
	size_t n, total = 0;

	do {
		if (read_once(in, in->head + total, HEAD_MAX - total, &n, err))
			return -1;
		total += n;
	} while (n && total < HEAD_MAX);
	in->pending = (struct slice){ in->head, total };
	return 0;
}

static void
close_deferred(void *object)
{
	lines_close(object);
}

struct lines *
lines_new(struct arena *arena, size_t longest)
{
	struct lines *in = arena_alloc(arena, sizeof(*in));

	in->arena = arena;
	in->longest = longest;
	in->descriptor = -1;
	in->size = NAN;
	in->block = READ_BLOCK;
	in->utf16 = NO_ICONV;
	arena_defer(arena, close_deferred, in);
	return in;
}

/* Normally one block; more where the first line with words in it goes on. */
static int
load_first(struct lines *in, struct fnl_err *err)
{
	struct slice text;
	size_t lines;

	do {
		if (lines_load(in, err))
			return -1;
		text = skip(&in->text, SLICE(" \t\r\n,;\""));
		lines = count_lines(text.p, text.n);
	} while (!in->ended && in->text.n <= in->longest &&
		 lines < (in->text.n < READ_BLOCK ? LINES_FIRST + 1 : 1));
	return 0;
}

/* The first bytes of the file are in pending. */
static int
start(struct lines *in, struct fnl_err *err)
{
	if (refuse_binary(in, err) || find_encoding(in, err) ||
	    load_first(in, err) || refuse_nothing(in, err) ||
	    refuse_markup(in, err)) {
		lines_close(in);
		return -1;
	}
	return 0;
}

void
lines_digest(struct lines *in, struct digests *digests)
{
	if (!digests)
		return;
	in->digest = vec_push(&digests->files);
	in->sha256 = arena_alloc(in->arena, sha256_size());
	sha256_start(in->sha256);
}

int
lines_open(struct lines *in, const char *path, struct fnl_err *err)
{
	in->name = arena_text(in->arena, slice_of(path));
	if (in->digest)
		in->digest->name = in->name;
	if (open_descriptor(in, path, err) || read_head(in, err)) {
		lines_close(in);
		return -1;
	}
	return start(in, err);
}

int
lines_open_memory(
    struct lines *in, struct slice bytes, size_t block, struct fnl_err *err)
{
	in->name = "memory";
	in->pending = bytes;
	in->size = bytes.n ? (double)bytes.n : NAN;
	if (block)
		in->block = block;
	return start(in, err);
}

bool
lines_next(struct lines *in, struct line *line)
{
	size_t n = line_length(in);

	if (n == 0)
		return false;
	line->text = (struct slice){ in->text.p + in->cursor, n };
	line->cut = in->cut;
	line->number = (uint32_t)++in->facts.lines;
	in->cursor += n;
	in->cut = false;
	if (!line->cut)
		line->text = line_as_utf8(in, line->text);
	return true;
}

bool
lines_ended(const struct lines *in)
{
	return in->ended;
}

void
lines_rewind(struct lines *in)
{
	in->facts.lines = 0;
	in->facts.windows_1252_lines = 0;
	in->facts.first_windows_1252_line = 0;
	move_to(in, 0);
}

const char *
lines_name(const struct lines *in)
{
	return in->name;
}

const struct line_facts *
lines_facts(const struct lines *in)
{
	return &in->facts;
}

double
lines_progress(const struct lines *in)
{
	double share = (double)in->facts.bytes / in->size;

	return share > 1 ? 1 : share;
}

void
lines_close(struct lines *in)
{
	if (in->descriptor > STDIN_FILENO)
		close(in->descriptor);
	if (in->utf16 != NO_ICONV)
		iconv_close(in->utf16);
	in->descriptor = -1;
	in->utf16 = NO_ICONV;
}
