/*
 * convert_rejections.c: the reports rejections and rejected of funnel-convert;
 * what they say is in rejections.c.
 */
#include "convert.h"
#include "figures.h"
#include "query.h"
#include "rejections.h"

int
convert_rejections_options(struct convert *c, struct fnl_err *err)
{
	unsigned outcomes;

	c->load.wants = rejection_fields;
	c->load.n_wants = N_REJECTION_FIELDS;
	return rejections_outcomes(c->query->outcome, &outcomes, err);
}

int
convert_rejected_options(struct convert *c, struct fnl_err *err)
{
	int64_t n;

	if (c->query->last_rejected &&
	    query_count("--last-rejected", c->query->last_rejected, &n, err) <
		0)
		return -1;
	return convert_rejections_options(c, err);
}

static int
query_of(struct convert *c, struct rejections_query *out, struct fnl_err *err)
{
	const char *last = c->query->last_rejected;
	int64_t n = REJECTED_DEFAULT;

	*out = (struct rejections_query){ .load = &c->load,
		.walk = &c->walk,
		.fx = c->rules.value.fx,
		.metrics = c->metrics,
		.long_form = c->query->long_form,
		.figure = figure_of("convert", c->report->name) };
	if (last && query_count("--last-rejected", last, &n, err) < 0)
		return -1;
	out->last = (uint64_t)n;
	return rejections_outcomes(c->query->outcome, &out->outcomes, err);
}

int
convert_rejections(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct rejections_query query;

	return query_of(c, &query, err) < 0
		   ? -1
		   : rejections_report(&query, out, err);
}

int
convert_rejected(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct rejections_query query;

	return query_of(c, &query, err) < 0 ? -1
					    : rejected_report(&query, out, err);
}
