/*
 * visits: timelines for tests, written as the sequences of metrics.md 3.1.1.
 *
 * "L M A X" is a record that entered Lead, MQL and SAL and was lost. Without
 * a time every visit is one day after the one before, the first on day 0;
 * "L@90" is an instant, 90 seconds after 1970-01-01, "L@d3" the civil date of
 * day 3, "L@?" a visit whose time nobody knows.
 */
#ifndef TESTS_UNIT_VISITS_H
#define TESTS_UNIT_VISITS_H

#include <stdlib.h>
#include <string.h>

#include "timeline.h"

#define VISITS_MAX 32
#define LADDER "LMASOW" /* ranks 1..6 */
#define LADDER_RANKS 6
#define LADDER_STAGES "L,M,A,S,O,won:W,lost:X,rejected:J,recycled:R"

struct visits {
	struct visit items[VISITS_MAX];
	struct timeline timeline;
};

static inline struct when
visit_when(const char *text, long index)
{
	if (!text)
		return (struct when){ index * DAY_SECONDS, WHEN_INSTANT };
	if (*text == '?')
		return (struct when){ 0, WHEN_UNKNOWN };
	if (*text == 'd')
		return (struct when){ strtol(text + 1, NULL, 10) * DAY_SECONDS,
			WHEN_DATE };
	return (struct when){ strtol(text, NULL, 10), WHEN_INSTANT };
}

static inline enum outcome
visit_outcome(char letter)
{
	switch (letter) {
	case 'W':
		return OUTCOME_WON;
	case 'X':
		return OUTCOME_LOST;
	case 'J':
		return OUTCOME_REJECTED;
	case 'R':
		return OUTCOME_RECYCLED;
	default:
		return OUTCOME_NONE;
	}
}

/* The stage number of LADDER_STAGES: L 0 .. W 5, X 6, J 7, R 8. */
static inline uint16_t
visit_stage(char letter)
{
	static const char letters[] = LADDER "XJR";

	return (uint16_t)(strchr(letters, letter) - letters);
}

static inline const struct timeline *
visits_read(struct visits *v, const char *text)
{
	struct timeline *t = &v->timeline;

	memset(v, 0, sizeof(*v));
	t->visits = v->items;
	for (const char *p = text; *p && t->n < VISITS_MAX;) {
		size_t n = strcspn(p, " ");
		uint16_t stage = visit_stage(*p);

		v->items[t->n] = (struct visit){
			.at = visit_when(n > 1 ? p + 2 : NULL, (long)t->n),
			.stage = stage,
			.rank = (uint8_t)(stage < LADDER_RANKS ? stage + 1 : 0),
			.outcome = (uint8_t)visit_outcome(*p),
		};
		t->outcome = visit_outcome(*p);
		t->n++;
		p += n + strspn(p + n, " ");
	}
	if (t->outcome != OUTCOME_NONE)
		t->closed = v->items[t->n - 1].at;
	return t;
}

#endif
