/*
 * touch_order: touches record by record and by time. Only those of one record
 * at one instant keep the order in which they were read (metrics.md 3.3.1).
 */
#ifndef FUNNEL_TOUCH_ORDER_H
#define FUNNEL_TOUCH_ORDER_H

#include "touch_row.h"
#include "zone.h"

/* Sorts all in place; n_records + 1 offsets into it. A bare date stands before
 * the times of its day. */
uint32_t *touch_order(struct arena *arena, const struct zone *zone,
    struct touch *all, size_t n, size_t n_records);

#endif
