/*
 * standard: the definitions of a run that has no definitions file: the
 * standard stages of the CRM, the stages that --stages lists, or those that
 * --map names, in its order and file by file.
 */
#ifndef FUNNEL_STANDARD_H
#define FUNNEL_STANDARD_H

#include "reader.h"
#include "records.h"

/* "Lead,MQL,Opportunity,won:Customer,lost:Dead,rejected:Junk,recycled:Later" */
int standard_parse(struct arena *arena, const char *text,
    struct definitions *out, struct fnl_err *err);

/* From the objects of the files: stages of leads before those of deals. Fails
 * with more than RANKS_MAX ranked stages. */
int standard_compose(struct arena *arena, struct reader *const *readers,
    size_t n, struct definitions *out, struct fnl_err *err);

#endif
