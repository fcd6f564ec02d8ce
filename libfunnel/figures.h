/*
 * figures: how each report of each command is drawn, one row a report.
 */
#ifndef FUNNEL_FIGURES_H
#define FUNNEL_FIGURES_H

#include "base.h"
#include "figure.h"

/* NULL where a report has no chart: a list of records. */
const struct figure *figure_of(const char *command, const char *report);

/* Refuses --chart of a report without one, and names those that have one. */
int figure_check(
    const char *command, const char *report, bool wanted, struct fnl_err *err);

#endif
