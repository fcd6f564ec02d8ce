# Nothing open: the deals are counted, 0; of nothing there is no sum, no range,
# no total.
cat >deals.csv <<'END'
id,stage,created,close date,amount
a,Won,2026-01-01,2026-01-20,70
END
funnel-velocity -q -f csv --report forecast --stages Proposal,won:Won \
	-m deals,unvalued,no_odds,pipeline,expected,sd,p10,p90,wins,won_so_far \
	-m total,draws,seed deals.csv
