# Segments, amounts that are not there, several currencies. All chances are
# 1/2: won 1 of 2. By hand: Asha has USD 100 and one unvalued deal: 50 expected
# of a pipeline of 100, one win of the two. Ben has USD 10 and EUR 10, which
# nobody adds; neither are they added to what Asha won. Chi won USD 70 in this
# quarter and has nothing open: what is expected of nothing is empty.
cat >deals.csv <<'END'
id,owner,stage,created,close date,amount currency,amount
a,Asha,Proposal,2026-01-01,,USD,100
b,Asha,Proposal,2026-01-01,,,
c,Ben,Proposal,2026-01-01,,USD,10
d,Ben,Proposal,2026-01-01,,EUR,10
e,Chi,Won,2026-01-01,2026-01-20,USD,70
f,Chi,Lost,2026-01-01,2026-01-20,USD,70
END
forecast()
{
	funnel-velocity -f csv --report forecast \
		--stages Proposal,won:Won,lost:Lost "$@" -m \
		deals,unvalued,pipeline,expected,p90,wins,won_so_far,total \
		deals.csv | grep -E 'method|stage'
}
forecast --by owner -m currency
forecast --by currency
forecast
funnel-velocity -f md --report forecast --stages Proposal,won:Won,lost:Lost \
	deals.csv | grep '^- currency'
