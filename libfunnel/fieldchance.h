/*
 * fieldchance: a wanted field that holds chances to win, as the CRM shows
 * them -> shares. Exports write 30, 30%, 30.0 or 0.3, and 1 is either one per
 * cent or certain, so the column as a whole decides, over all files: a sign %
 * or a value above 1 proves per cent; else a value strictly between 0 and 1
 * proves shares. Where neither is there, nobody can say.
 */
#ifndef FUNNEL_FIELDCHANCE_H
#define FUNNEL_FIELDCHANCE_H

#include "load.h"

enum chance_unit {
	CHANCE_ABSENT, /* no record has any text there */
	CHANCE_UNDECIDED, /* only 0 and 1, or nothing readable */
	CHANCE_LATER, /* set by a caller who asks about a time before the
			 export, which tells only what is shown now */
	CHANCE_PERCENT,
	CHANCE_SHARE,
};

struct field_chance {
	const struct store *store;
	size_t attribute;
	enum chance_unit unit;
	double *shares; /* by number of the text; NaN: unreadable */
};

struct field_chance field_chance_new(const struct load *load, size_t attribute);
/* NaN: blank, unreadable, or outside 0..100 per cent. */
double field_chance_of(const struct field_chance *field, uint32_t record);
/* It says something that is no chance. */
bool field_chance_unread(const struct field_chance *field, uint32_t record);

/* "30", "30 %", "0,3", "75.0" to a number as written; NaN otherwise. */
double chance_read(struct slice text, bool *percent);

#endif
