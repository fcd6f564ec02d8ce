/*
 * pattern: the regular expressions of the definitions file, in Perl's syntax.
 * The only file that knows PCRE2.
 *
 * Neither the expression nor the text is trusted: (a+)+$ takes 2^n steps on n
 * times an a. Steps are counted, for each text and for all texts together,
 * not seconds, so that the same input gives the same result everywhere.
 */
#ifndef FUNNEL_PATTERN_H
#define FUNNEL_PATTERN_H

#include "arena.h"

#define PATTERN_STEPS_MAX 100000 /* of one text: about 2 ms */
#define PATTERN_ALL_STEPS_MAX 200000000 /* of all texts: about 4 s */

struct pattern;

/* NULL when text is no regular expression, and *why says what is wrong:
 * "missing closing parenthesis (after 9 bytes)". */
struct pattern *
pattern_new(struct arena *arena, const char *text, const char **why);

enum pattern_result {
	PATTERN_MISSES,
	PATTERN_MATCHES,
	PATTERN_TOO_LONG, /* the text took too many steps or too much room */
};

/* Whether some part of the text matches. */
enum pattern_result pattern_match(struct pattern *pattern, struct slice text);

/* All texts together took too many steps: any further one is too long. So
 * whether it comes to that does not depend on their order. */
bool pattern_exhausted(const struct pattern *pattern);

#endif
