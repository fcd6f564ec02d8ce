/*
 * book_chart: the charts of a workbook, drawn by the spreadsheet. Their
 * numbers stand in a sheet of their own, a column a series, since the rows of
 * a report are seldom in the order that a chart needs.
 */
#ifndef FUNNEL_BOOK_CHART_H
#define FUNNEL_BOOK_CHART_H

#include <xlsxwriter.h>

#include "table.h"

struct book_chart {
	const struct table *data; /* labels, then the series of each panel */
	const char *note; /* what was left out, or NULL */
	struct vec panels; /* see book_chart.c */
};

/* NULL where the table has no figure, or none that a spreadsheet can draw. */
struct book_chart *book_chart_new(const struct table *table);

/* Puts the charts below each other, from that column on, into a sheet; the
 * data stands in the sheet called data_name. */
lxw_error book_chart_put(const struct book_chart *chart, lxw_workbook *book,
    lxw_worksheet *sheet, size_t column, const char *data_name);

#endif
