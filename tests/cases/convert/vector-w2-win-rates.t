# W2: 100 created, 3 won, 7 lost, 90 open. The same records have a win rate of
# 3 % by creation and of 30 % by what is closed; Wilson 0.1078 to 0.6032 and
# Clopper-Pearson 0.0667 to 0.6525 belong to 3 of 10.
# Source: metrics.md 3.1.3 and 3.5.1.
{
	echo id,created,stage,close_date
	i=1
	while [ $i -le 100 ]; do
		stage=Open
		[ $i -gt 10 ] || stage=Lost
		[ $i -gt 3 ] || stage=Won
		echo "r$i,2026-01-15,$stage,2026-02-15"
		i=$((i + 1))
	done
} >deals.csv
for method in wilson cp; do
	funnel-convert -f csv --stages Open,won:Won,lost:Lost --ci $method \
		--report outcomes deals.csv \
		-m records,won,lost,open,win_created,win_closed \
		-m win_closed_lo,win_closed_hi |
	awk -F , -v OFS=, 'NR > 1 {
		$7 = sprintf("%.4f", $7)
		$8 = sprintf("%.4f", $8)
	} { print }'
done
