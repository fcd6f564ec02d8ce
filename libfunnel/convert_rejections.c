/*
 * convert_rejections.c: the reports rejections and rejected of funnel-convert;
 * what they say is in rejections.c.
 */
#include "convert.h"
#include "figures.h"
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
	uint64_t n;

	if (rejections_last(c->query->last_rejected, &n, err) < 0)
		return -1;
	return convert_rejections_options(c, err);
}

static int
query_of(struct convert *c, struct rejections_query *out, struct fnl_err *err)
{
	*out = (struct rejections_query){ .load = &c->load,
		.walk = &c->walk,
		.fx = c->rules.value.fx,
		.metrics = c->metrics,
		.long_form = c->query->long_form,
		.figure = figure_of("convert", c->report->name) };
	if (rejections_last(c->query->last_rejected, &out->last, err) < 0)
		return -1;
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
