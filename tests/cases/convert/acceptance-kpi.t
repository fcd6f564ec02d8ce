# 80 of 100 MQLs accepted: 0.8 (metrics.md 3.1.7, its Seen check). Interval by
# the formula of Wilson, in Python: 0.711171, 0.866633. No definitions file
# tells who owns the stages, so --handoff does.
awk 'BEGIN {
	print "id,stage,stage_entered"
	for (i = 1; i <= 100; i++) {
		print i ",MQL,2026-01-05"
		print i "," (i <= 80 ? "SAL" : "Rejected") ",2026-01-07"
	}
}' >log.csv
funnel-convert -q -r acceptance --handoff MQL:SAL \
	--stages 'Lead,MQL,SAL,won:Won,rejected:Rejected' -f csv \
	-m mqls,accepted,decided,sal_rate,sal_rate_lo,sal_rate_hi log.csv
