/*
 * stagerule: the rules that the definitions give to their stages, judged for
 * the records of a run, with the touches that they count.
 */
#ifndef FUNNEL_STAGERULE_H
#define FUNNEL_STAGERULE_H

#include "criteria.h"

#define STAGE_RULE_NONE SIZE_MAX

/* Zeroed; the first five are set by the caller. */
struct stage_rules {
	const char *stage; /* --stage: only its rule; NULL: of all stages */
	/* In place of stage: what other definitions call by one of the names of
	 * a stage here, or are won as it is. */
	const struct stage_definition *like;
	const char *rule; /* --rule: in place of the stage's own, or NULL */
	const char *file; /* of several definitions, for messages; or NULL */
	struct touch_options touches;
	/* set by stage_rules_load: */
	struct criteria *criteria;
	size_t n; /* rules */
	size_t *of_stage; /* by stage of the definitions, rule or
			     STAGE_RULE_NONE; NULL where these are built in */
};

/*
 * load_input() with the rules planned before and settled afterwards, and the
 * touch files between. load->wants are kept, and those of joining touches are
 * put behind them. Fails for a rule that cannot be decided, and where one needs
 * touches that nobody gave.
 */
int stage_rules_load(struct stage_rules *rules, struct arena *arena,
    const struct fnl_input *input, struct load *load, struct fnl_err *err);

/* Whether any of them counts touches; files that none looks at are a mistake.
 */
bool stage_rules_count_touches(const struct stage_rules *rules);

/* Of a stage, or STAGE_RULE_NONE. */
size_t stage_rule(const struct stage_rules *rules, uint16_t stage);

/* Values that the rule of a stage could not judge, for the notes. */
void stage_rules_note(const struct stage_rules *rules, struct table *table);

#endif
