# 3.5.6: months of leads, all decided the next day, and a last one that is still
# open. First 100 a month: the individuals chart; python3: mean 0.284, mean
# moving range 0.28/9, limits 0.20124 and 0.36676, October below. Then more every
# month: the p chart, 0.2525 -+ 3 sqrt(0.2525 0.7475 / n), May above and September
# below; volume rises while the rate falls (C12), so misaligned. The open month
# is in neither and has no signal; by segment each is a series of its own.
months()
{
	for cell; do
		month=$((month + 1)) i=0 at=2026-$(printf %02d $month)
		while [ $i -lt "${cell#*/}" ]; do
			i=$((i + 1)) id=$month-$i-$name
			echo "$id,Lead,$at-01,$name"
			if [ "${cell%/*}" = open ]; then
				continue
			elif [ $i -le "${cell%/*}" ]; then
				echo "$id,MQL,$at-02,$name"
			else
				echo "$id,Lost,$at-02,$name"
			fi
		done
	done
}
{
	echo id,stage,stage_entered,source
	name=even month=0
	months 30/100 31/100 30/100 31/100 30/100 31/100 30/100 31/100 \
		30/100 10/100 open/100
	name=more month=4
	months 36/80 30/100 30/120 36/140 20/160 50/200 open/900
} >log.csv
funnel-convert -q -f csv --stages Lead,MQL,lost:Lost --by source -p month \
	-m entered,matured,limit_lo,limit_hi,signal,misaligned log.csv |
awk -F , -v OFS=, '$3 == "Lead" {
	for (i = 5; i <= 7; i++)
		if ($i != "")
			$i = sprintf("%.5f", $i)
	print
}'
