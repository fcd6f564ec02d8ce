/*
 * criteria: the named rules of the definitions file, applied to records, and
 * whether the fields of a hand-over are filled (metrics.md 3.4.8, product.md
 * C14-C17). What each criterion means stands in funnel-definitions(5).
 *
 * A column is a term as in --by (segment.h): a column of the export, a
 * canonical field, the agreed source or team, a column of a --lookup file. Its
 * value is the one that --by would show: that of the record's own row, unless
 * a history has the column as well (--seg-at). When it came about is not
 * known, so that only touches are counted as of an instant.
 *
 * A criterion that does not hold is told apart by why: the cell is blank, or it
 * cannot be decided -- no number, a text that the pattern takes too long for,
 * touches as of an unknown time. None of these is a pass.
 *
 * Every distinct value of a column is judged once, in criteria_settle; asking
 * for a record afterwards only looks it up.
 */
#ifndef FUNNEL_CRITERIA_H
#define FUNNEL_CRITERIA_H

#include "touches.h"

#define CRITERIA_TESTS_MAX 1000 /* of all rules and lists asked for */

struct criteria;

/* ---- Before files are read: in load->plan, see load.h ---- */

struct criteria *criteria_new(struct load *load);

/*
 * A rule by its name; *out is its number. `asked` is who asks, for messages:
 * "--rule", "commitment 'mql-volume'". An unknown rule is refused with the
 * nearest one.
 *
 * A column that no input has is refused by load_input, which names the rule
 * and the criterion; for a `lenient` rule criteria_undecided() says so instead.
 */
int criteria_add(struct criteria *criteria, const char *rule, const char *asked,
    bool lenient, size_t *out, struct fnl_err *err);

/* A column whose cells must be filled, from `filled` or `requires`. As above;
 * of a lenient one that no input has criteria_missing() tells. */
int criteria_add_column(struct criteria *criteria, const char *column,
    const char *asked, bool lenient, size_t *out, struct fnl_err *err);

/* ---- Once all is read ---- */

/* touches may be NULL: rules that count touches are refused then, or are
 * undecided if lenient. */
int criteria_settle(
    struct criteria *criteria, struct touches *touches, struct fnl_err *err);

/* Why a lenient rule cannot be decided, or NULL when it can: "criterion
 * 'size': no input has a column 'Employes' (did you mean 'Employees'?)". No
 * record passes it then, and that criterion is unread for all of them; its
 * other criteria are judged. */
const char *criteria_undecided(const struct criteria *criteria, size_t rule);
/* The same of a lenient column. */
const char *criteria_missing(const struct criteria *criteria, size_t column);

/* Its criteria: bit i of the sets below is criteria_rule()->criteria[i]. */
const struct rule_definition *
criteria_rule(const struct criteria *criteria, size_t rule);

struct criteria_result {
	uint64_t failed; /* criteria that do not hold; 0: the record passes */
	uint64_t blank; /* of them, those whose cell is blank */
	uint64_t unread; /* of them, those that could not be decided */
};

/* Touches count that were at or before `at`; a date equals every time of its
 * day (R49). */
struct criteria_result criteria_of(const struct criteria *criteria, size_t rule,
    uint32_t record, struct when at);

static inline bool
criteria_pass(struct criteria_result result)
{
	return !result.failed;
}

/* The cell of a column of criteria_add_column() is filled. */
bool criteria_filled(
    const struct criteria *criteria, size_t column, uint32_t record);

/* For notes: "an empty cell, 'n/a', '-', ...", what counts as blank. */
const char *
criteria_blank(const struct criteria *criteria, struct arena *arena);

/* What the user should know of a criterion: records whose value could not be
 * decided, with an example; NULL when all is well. */
const char *criteria_doubt(const struct criteria *criteria, size_t rule,
    size_t criterion, struct arena *arena);

#endif
