# What W1 says about its modes: in `any` more are counted at SQL than at SAL
# (6 of 5), so the rate is 1.2, flagged and without an interval.
# Source: metrics.md 3.1.1; lost, won and open by hand from the records. `any`:
# of the 8 at Lead R7 is open; of the 7 at MQL R5 is lost, and R2 won without
# having been at SAL; of the 6 at SQL R6 and R10 are open and the other four
# were at Opportunity, the fifth there is R3; at Opportunity R4 is lost; R8 is
# the fifth at Closed Won. Bounds: Wilson's formula in Python, four decimals.
w1()
{
	funnel-convert -f csv -d samples/w1.yaml --map id=record \
		--map stage_entered=time "$@" samples/w1-history.csv
}
w1 --mode any -m entered,converted,rate,won,lost,open,nonmonotone
w1 --mode any -m lo,hi | awk -F , -v OFS=, '
	NR > 1 && $2 != "" { $2 = sprintf("%.4f", $2); $3 = sprintf("%.4f", $3) }
	{ print }'
w1 --mode strict -m entered,cumulative
