/*
 * metric_handoff.c: acceptance, rejection, recycling.
 */
#include <math.h>

#include "metric_handoff.h"

struct part { /* x of n */
	uint64_t x, n;
};

static double
share(struct part part)
{
	return stats_ratio((double)part.x, (double)part.n);
}

static struct interval
interval(const struct handoff_view *v, struct part part)
{
	return stats_proportion(part.x, part.n, v->confidence, v->method);
}

/* ---- counts ---- */

/* Records that entered the stage at which they are handed over (MQL). */
static double
m_mqls(const struct handoff_view *v)
{
	return (double)v->tally->handed;
}

/* Those that entered the stage of acceptance (SAL) or a later one since, also
 * when they had been rejected or recycled before. */
static double
m_accepted(const struct handoff_view *v)
{
	return (double)v->tally->accepted;
}

/* Not accepted, and the last decision was to reject. */
static double
m_rejected(const struct handoff_view *v)
{
	return (double)v->tally->rejected;
}

/* Not accepted, and the last decision was to recycle. A class of its own:
 * never undecided, and decided only with --recycled decided. */
static double
m_recycled(const struct handoff_view *v)
{
	return (double)v->tally->recycled;
}

/* Not accepted, and closed as lost: sales neither took it nor sent it back.
 * Beside the decided and the undecided. */
static double
m_lost(const struct handoff_view *v)
{
	return (double)v->tally->lost;
}

/* Nobody has decided anything since it was handed over. */
static double
m_undecided(const struct handoff_view *v)
{
	return (double)v->tally->undecided;
}

/* Undecided, and the target for a decision has not run out. */
static double
m_undecided_within(const struct handoff_view *v)
{
	return v->has_target ? (double)v->tally->within : NAN;
}

/* Undecided, and it has. */
static double
m_undecided_past(const struct handoff_view *v)
{
	return v->has_target ? (double)v->tally->past : NAN;
}

static uint64_t
decided(const struct handoff_view *v, const struct handoff_tally *tally)
{
	return tally->accepted + tally->rejected +
	       (v->recycled_decided ? tally->recycled : 0);
}

/* accepted + rejected, and recycled where --recycled decided says so. */
static double
m_decided(const struct handoff_view *v)
{
	return (double)decided(v, v->tally);
}

/* ---- acceptance ---- */

static struct part
sal_part(const struct handoff_view *v)
{
	return (struct part){ v->tally->accepted, decided(v, v->tally) };
}

/* accepted / decided (product.md C05). Where rejecting takes longer than
 * accepting, young periods look better than they will. Others call it SAL
 * rate or lead acceptance. */
static double
m_sal_rate(const struct handoff_view *v)
{
	return share(sal_part(v));
}

/* Its interval. */
static double
m_sal_rate_lo(const struct handoff_view *v)
{
	return interval(v, sal_part(v)).low;
}

static double
m_sal_rate_hi(const struct handoff_view *v)
{
	return interval(v, sal_part(v)).high;
}

static struct part
all_part(const struct handoff_view *v)
{
	return (struct part){ v->tally->accepted, v->tally->handed };
}

/* accepted / mqls: young periods look worse than they will. */
static double
m_sal_rate_all(const struct handoff_view *v)
{
	return share(all_part(v));
}

/* Its interval. */
static double
m_sal_rate_all_lo(const struct handoff_view *v)
{
	return interval(v, all_part(v)).low;
}

static double
m_sal_rate_all_hi(const struct handoff_view *v)
{
	return interval(v, all_part(v)).high;
}

/* Accepted after they had been rejected. */
static double
m_reversed(const struct handoff_view *v)
{
	return (double)v->tally->reversed;
}

/* Median days from the first hand-over to the first accept, of those that
 * have both dates. Short-biased while records are undecided. */
static double
m_days_to_accept(const struct handoff_view *v)
{
	return stats_quantile(v->tally->days, v->tally->n_days, 0.5);
}

/* ---- recycling ---- */

/* Sent back to marketing at some time since, also after they had been
 * accepted (product.md C21). */
static double
m_recycled_ever(const struct handoff_view *v)
{
	return (double)v->tally->recycled_ever;
}

static struct part
recycle_part(const struct handoff_view *v)
{
	return (struct part){ v->tally->recycled_ever,
		v->tally->handed - v->tally->undecided };
}

/* recycled_ever / (mqls - undecided): of those on which anything was decided.
 * One record can be recycled and, later, accepted. */
static double
m_recycle_rate(const struct handoff_view *v)
{
	return share(recycle_part(v));
}

/* Its interval. */
static double
m_recycle_rate_lo(const struct handoff_view *v)
{
	return interval(v, recycle_part(v)).low;
}

static double
m_recycle_rate_hi(const struct handoff_view *v)
{
	return interval(v, recycle_part(v)).high;
}

/* Recycled, and handed over once more. */
static double
m_re_mql(const struct handoff_view *v)
{
	return (double)v->tally->again;
}

/* re_mql / recycled_ever. */
static double
m_re_mql_rate(const struct handoff_view *v)
{
	return stats_ratio(m_re_mql(v), m_recycled_ever(v));
}

/* Handed over once more, and accepted then. */
static double
m_second_accepted(const struct handoff_view *v)
{
	return (double)v->tally->accepted_again;
}

static struct part
second_part(const struct handoff_view *v)
{
	return (struct part){ v->tally->accepted_again, v->tally->again };
}

/* second_accepted / re_mql: the conversion of the second pass. Those of a
 * second pass that are undecided count below the line. */
static double
m_second_rate(const struct handoff_view *v)
{
	return share(second_part(v));
}

/* Its interval. */
static double
m_second_rate_lo(const struct handoff_view *v)
{
	return interval(v, second_part(v)).low;
}

static double
m_second_rate_hi(const struct handoff_view *v)
{
	return interval(v, second_part(v)).high;
}

/* ---- opportunities ---- */

static double
of_deals(const struct handoff_view *v, uint64_t n)
{
	return v->has_deals ? (double)n : NAN;
}

/* Records that entered the stage before the opportunity stage, in this
 * period, whether they ever were MQLs or not (product.md C08). */
static double
m_opp_handed(const struct handoff_view *v)
{
	return of_deals(v, v->deals->handed);
}

/* Those that entered the opportunity stage or a later one since. */
static double
m_opp_accepted(const struct handoff_view *v)
{
	return of_deals(v, v->deals->accepted);
}

/* Not accepted, and the last decision was to reject. */
static double
m_opp_rejected(const struct handoff_view *v)
{
	return of_deals(v, v->deals->rejected);
}

/* Not accepted, and the last decision was to recycle: counted apart, whatever
 * --recycled says. */
static double
m_opp_recycled(const struct handoff_view *v)
{
	return of_deals(v, v->deals->recycled);
}

static struct part
opp_part(const struct handoff_view *v)
{
	return (struct part){ v->deals->accepted,
		v->deals->accepted + v->deals->rejected };
}

/* opp_accepted / (opp_accepted + opp_rejected): whether sales trusts what it
 * is given. */
static double
m_opp_rate(const struct handoff_view *v)
{
	return share(opp_part(v));
}

/* Its interval. */
static double
m_opp_rate_lo(const struct handoff_view *v)
{
	return interval(v, opp_part(v)).low;
}

static double
m_opp_rate_hi(const struct handoff_view *v)
{
	return interval(v, opp_part(v)).high;
}

const struct handoff_metric handoff_metrics[] = {
	{ { "mqls", "MQLs", UNIT_COUNT, FOR_ALL,
	      "Records that were handed over: entered the first stage of "
	      "--handoff." },
	    m_mqls },
	{ { "accepted", "Accepted", UNIT_COUNT, FOR_ALL,
	      "Those that entered its second stage or a later one since." },
	    m_accepted },
	{ { "rejected", "Rejected", UNIT_COUNT, FOR_ALL,
	      "Not accepted, and rejected last." },
	    m_rejected },
	{ { "recycled", "Recycled", UNIT_COUNT, FOR_ROOM,
	      "Not accepted, and recycled last." },
	    m_recycled },
	{ { "lost", "Lost", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Not accepted, and closed as lost." },
	    m_lost },
	{ { "undecided", "Undecided", UNIT_COUNT, FOR_ALL,
	      "Nothing was decided since." },
	    m_undecided },
	{ { "undecided_within", "In time", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Undecided, within the target (--target)." },
	    m_undecided_within },
	{ { "undecided_past", "Overdue", UNIT_COUNT, FOR_ALL_IF_ANY,
	      "Undecided, past the target." },
	    m_undecided_past },
	{ { "decided", "Decided", UNIT_COUNT, FOR_MACHINES,
	      "accepted + rejected (+ recycled: --recycled)." },
	    m_decided },
	{ { "sal_rate", "SAL rate", UNIT_SHARE, FOR_ALL,
	      "accepted / decided." },
	    m_sal_rate },
	{ { "sal_rate_lo", "Low", UNIT_SHARE, FOR_ROOM,
	      "Lower bound of its interval." },
	    m_sal_rate_lo },
	{ { "sal_rate_hi", "High", UNIT_SHARE, FOR_ROOM, "Upper bound." },
	    m_sal_rate_hi },
	{ { "sal_rate_all", "Of all", UNIT_SHARE, FOR_ALL, "accepted / mqls." },
	    m_sal_rate_all },
	{ { "sal_rate_all_lo", "Of all from", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of its interval." },
	    m_sal_rate_all_lo },
	{ { "sal_rate_all_hi", "Of all to", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound." },
	    m_sal_rate_all_hi },
	{ { "reversed", "Reversed", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Accepted after they had been rejected." },
	    m_reversed },
	{ { "days_to_accept", "Days to accept", UNIT_DAYS, FOR_ROOM,
	      "Median from the first hand-over to the first accept." },
	    m_days_to_accept },
	{ { "recycled_ever", "Ever recycled", UNIT_COUNT, FOR_MACHINES,
	      "Recycled at some time since, accepted ones too." },
	    m_recycled_ever },
	{ { "recycle_rate", "Recycle rate", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "recycled_ever / (mqls - undecided)." },
	    m_recycle_rate },
	{ { "recycle_rate_lo", "Recycle rate from", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of its interval." },
	    m_recycle_rate_lo },
	{ { "recycle_rate_hi", "Recycle rate to", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound." },
	    m_recycle_rate_hi },
	{ { "re_mql", "Again", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Recycled, and handed over once more." },
	    m_re_mql },
	{ { "re_mql_rate", "Again rate", UNIT_SHARE, FOR_MACHINES,
	      "re_mql / recycled_ever." },
	    m_re_mql_rate },
	{ { "second_accepted", "Then accepted", UNIT_COUNT, FOR_ROOM_IF_ANY,
	      "Handed over once more, and accepted then." },
	    m_second_accepted },
	{ { "second_rate", "Second pass", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "second_accepted / re_mql." },
	    m_second_rate },
	{ { "second_rate_lo", "Second pass from", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of its interval." },
	    m_second_rate_lo },
	{ { "second_rate_hi", "Second pass to", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound." },
	    m_second_rate_hi },
	{ { "opp_handed", "Opps offered", UNIT_COUNT, FOR_MACHINES,
	      "Records that entered the stage before the opportunity." },
	    m_opp_handed },
	{ { "opp_accepted", "Opps accepted", UNIT_COUNT, FOR_MACHINES,
	      "Those that entered the opportunity or a later stage since." },
	    m_opp_accepted },
	{ { "opp_rejected", "Opps rejected", UNIT_COUNT, FOR_MACHINES,
	      "Not accepted, and rejected last." },
	    m_opp_rejected },
	{ { "opp_recycled", "Opps recycled", UNIT_COUNT, FOR_MACHINES,
	      "Not accepted, and recycled last." },
	    m_opp_recycled },
	{ { "opp_rate", "Opp rate", UNIT_SHARE, FOR_ROOM_IF_ANY,
	      "opp_accepted / (opp_accepted + opp_rejected)." },
	    m_opp_rate },
	{ { "opp_rate_lo", "Opp rate from", UNIT_SHARE, FOR_MACHINES,
	      "Lower bound of its interval." },
	    m_opp_rate_lo },
	{ { "opp_rate_hi", "Opp rate to", UNIT_SHARE, FOR_MACHINES,
	      "Upper bound." },
	    m_opp_rate_hi },
};

const size_t n_handoff_metrics =
    sizeof(handoff_metrics) / sizeof(*handoff_metrics);
