/*
 * outside: files beside the records -- touches, costs -- opened with the same
 * options as those (zone, date order, decimal mark, delimiter), and sorted by
 * name.
 */
#ifndef FUNNEL_OUTSIDE_H
#define FUNNEL_OUTSIDE_H

#include "load.h"

/* The options for reading them; maps are theirs. The attributes are left to
 * the caller. A map may name a column of one of the files only. */
int outside_options(struct load *load, const struct fnl_list *maps,
    enum purpose purpose, struct read_options *out, struct fnl_err *err);

/* Opens all files; *out is sorted by name. option is for messages. */
int outside_open(struct load *load, const struct fnl_list *files,
    const char *option, const struct read_options *read, struct reader ***out,
    struct fnl_err *err);

#endif
