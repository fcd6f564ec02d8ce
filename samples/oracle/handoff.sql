-- All leads.
.read samples/oracle/handoff.load
CREATE VIEW segment AS SELECT offer, record, 'all' AS segment FROM fate;
SELECT mqls, accepted, rejected, recycled, lost, undecided,
	undecided_within, undecided_past, reversed, recycled_ever, re_mql,
	second_accepted, opp_handed, opp_accepted, opp_rejected, opp_recycled,
	sal_rate, sal_rate_all, days_to_accept, recycle_rate, second_rate,
	opp_rate
FROM acceptance;
