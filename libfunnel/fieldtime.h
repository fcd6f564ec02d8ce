/*
 * fieldtime: a time of a record's own row that the store keeps only as text
 * (--start and --end name it): read once per distinct value, by what the
 * values prove together.
 */
#ifndef FUNNEL_FIELDTIME_H
#define FUNNEL_FIELDTIME_H

#include "load.h"

struct field_time;

/* attribute is one of load->want_attribute[], or that of a column; name is for
 * messages. Fails where no file has it, and where the dates do not show
 * whether the day or the month comes first. */
int field_time_new(const struct load *load, const char *name, size_t attribute,
    struct field_time **out, struct fnl_err *err);

/* Of a record; unknown where its cell is blank or no date. */
struct when field_time_of(void *field_time, uint32_t record);
/* It has a text there that is no time. */
bool field_time_is_unread(const struct field_time *field_time, uint32_t record);
/* Cells that are neither blank nor a date. */
uint64_t field_time_unread(const struct field_time *field_time);

#endif
