/*
 * qualification.c: one look at the criteria a record; counts.
 */
#include <math.h>
#include <string.h>

#include "qualification.h"

struct qualification
qualification_new(
    const struct criteria *criteria, size_t rule, const struct load *load)
{
	return (struct qualification){ .criteria = criteria,
		.rule = rule,
		.n_criteria = criteria_rule(criteria, rule)->n_criteria,
		.groups = groups_new(load->arena,
		    sizeof(struct qualification_group), load->segments.n_by,
		    load->period, load->definitions.fiscal_month, load->zone) };
}

const char *
qualification_name(const struct qualification *q, unsigned count)
{
	return count ? criteria_rule(q->criteria, q->rule)
			   ->criteria[count - 1]
			   .name
		     : "(all)";
}

static void
count(struct qualification_count *c, bool failed, bool advanced, bool won)
{
	struct qualified *of = failed ? &c->failed : &c->passed;

	of->n++;
	of->advanced += advanced;
	of->won += won;
}

void
qualification_add(struct qualification *q, const uint32_t *by, struct when at,
    uint32_t record, bool advanced, bool won)
{
	struct criteria_result result =
	    criteria_of(q->criteria, q->rule, record, at);
	uint64_t failed = result.failed;
	bool is_new;
	struct qualification_group *group =
	    groups_at(&q->groups, by, at, &is_new);

	if (is_new)
		group->counts = arena_array(
		    q->groups.arena, q->n_criteria + 1, sizeof(*group->counts));
	count(&group->counts[0], failed, advanced, won);
	group->counts[0].blank += failed && failed == result.blank;
	group->counts[0].unread += failed && failed == result.unread;
	group->counts[0].alone += failed && !(failed & (failed - 1));
	for (unsigned i = 0; i < q->n_criteria; i++) {
		struct qualification_count *c = &group->counts[1 + i];
		uint64_t bit = (uint64_t)1 << i;

		count(c, failed & bit, advanced, won);
		c->blank += (result.blank & bit) != 0;
		c->unread += (result.unread & bit) != 0;
		c->alone += failed == bit;
	}
}

/* ---- from period to period ---- */

static bool
same_segment(const struct qualification *q, const struct qualification_group *a,
    const struct qualification_group *b)
{
	size_t n = q->groups.n_by;

	return n == 0 ||
	       memcmp(a->key.by, b->key.by, n * sizeof(*a->key.by)) == 0;
}

static void
shift(struct qualification_count *now, const struct qualification_count *before,
    double confidence)
{
	now->shift = stats_share_difference(now->passed.n,
	    now->passed.n + now->failed.n, before->passed.n,
	    before->passed.n + before->failed.n, confidence);
}

void
qualification_shift(struct qualification *q, void **sorted, double confidence)
{
	struct qualification_count nobody = { .failed = { 0, 0, 0 } };

	for (size_t i = 0; i < q->groups.items.count; i++) {
		struct qualification_group *now = sorted[i];
		struct qualification_group *before = i ? sorted[i - 1] : NULL;
		bool follows = before && now->key.dated && before->key.dated &&
			       same_segment(q, before, now);

		for (unsigned k = 0; k <= q->n_criteria; k++)
			shift(&now->counts[k],
			    follows ? &before->counts[k] : &nobody, confidence);
	}
}
