# W2 grown old and W2 still young. 100 created on 15 January, 3 won and 7 lost
# 31 days later. With all followed so long win_time is 3 %; python3: -+ 1.96
# standard errors of log(-log 0.03), the error sqrt(0.03 0.97 / 100). With the 90
# created on 1 February instead they leave the risk set at 14 days, and of 10 are
# 3 won: 30 %, between 0.071134 and 0.577867. Counts and win_created are the
# same. A record whose stage nobody knows is in neither.
# Source: metrics.md 3.1.3, 3.1.6, 3.5.4.
for open in 15,01 01,02; do
	{
		echo id,created,stage,close_date
		i=1
		while [ $i -le 100 ]; do
			stage=Open at=${open#*,}-${open%,*}
			[ $i -gt 10 ] || stage=Lost at=01-15
			[ $i -gt 3 ] || stage=Won at=01-15
			echo "r$i,2026-$at,$stage,2026-02-15"
			i=$((i + 1))
		done
		echo r101,2026-01-15,Elsewhere,2026-02-15
	} >deals.csv
	funnel-convert -q -f csv --stages Open,won:Won,lost:Lost deals.csv \
		--report outcomes -m won,lost,open,unknown,win_created \
		-m win_time,win_time_lo,win_time_hi,matured_n,horizon_days,verdict |
	awk -F , -v OFS=, 'NR > 1 {
		for (i = 6; i <= 8; i++)
			$i = sprintf("%.6f", $i)
		print
	}'
done
