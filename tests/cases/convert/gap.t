# The one gap to fix, by hand. North: 100 at A, 30 of them at B, 15 of these won
# for 100 each; South: 100, 60, 30 for 50 each; all others are lost. At
# the rate of the rest North would have (0.6 - 0.3) x 100 x 15/30 = 15 wins more,
# worth 1,500; South -15 x 50 = -750. From B both win 50 %: no gap.
# Python: Newcombe's interval of 0.6 - 0.3 is 0.1629 to 0.4216, z 4.2640, p
# 2.0079e-05; among four tests q = p x 4 / 2. A million draws of (Bin(100, 0.6)
# - Bin(100, 0.3)) x Bin(30, 0.5)/30 in numpy: 2.5 % at 7.33, 97.5 % at 24.37;
# with 1000 draws the bounds lie within 1 of that. All amounts being equal, the
# value is 100 times the wins.
header()
{
	echo id,stage,stage_entered >log.csv
	echo id,region,amount,created >deals.csv
}
# region, first, count, at B, won, amount, month
deals()
{
	awk -v r="$1" -v a="$2" -v n="$3" -v x="$4" -v w="$5" -v v="$6" \
		-v m="$7" 'BEGIN {
		for (i = a; i < a + n; i++) {
			t = ",2026-" m "-0"
			print i "," r "," v t 1 >>"deals.csv"
			print i ",A" t 1 >>"log.csv"
			if (i < a + x) print i ",B" t 2 >>"log.csv"
			print i "," (i < a + w ? "Won" : "Lost") t 3 >>"log.csv"
		}
	}'
}
header
deals North 0 100 30 15 100 01
deals South 100 100 60 30 50 01
gap()
{
	funnel-convert --stages A,B,won:Won,lost:Lost -r gap "$@" deals.csv \
		log.csv
}
columns=entered,converted,rate,against,benchmark,benchmark_n,gap,win_rate,win_n
gap -f csv -b region -m $columns,mean_won_value,wins,value,verdict
gap -f csv -b region -m gap_lo,gap_hi,p,q | awk -F , -v OFS=, 'NR > 1 {
	for (i = 3; i <= 4; i++) $i = sprintf("%.4f", $i)
	for (i = 5; i <= 6; i++) $i = sprintf("%.4e", $i)
} { print }'
gap -f csv -b region -m wins_lo,wins_hi,value_lo,value_hi | awk -F , 'NR == 2 {
	print ($3 - 6.93)^2 < 1, ($4 - 24.47)^2 < 1
	print ($5 / 100 - $3)^2 < 1e-9, ($6 / 100 - $4)^2 < 1e-9
}'
gap -f md -b region | sed -n '/^- \(gap\|worth\)/p'

# The order of rows decides nothing, the draws included.
gap -b region >one.csv
(sed -n 1p log.csv && sed 1d log.csv | sort -r) >other && mv other log.csv
gap -b region | diff one.csv -

# What was agreed is the benchmark of its step, and the exit code tells: 45 %
# of 200 go on from A, Wilson's interval in Python is 38.26 to 51.93. At 60 %
# there would be 0.15 x 200 x 45/90 = 15 wins more of a mean of 66.67. The
# score's z is 0.15 / sqrt(0.6 x 0.4 / 200) = 4.3301, p 1.4902e-05.
gap -f csv --expect A=60% -m rate,against,benchmark,gap_lo,gap_hi,p,wins,value,verdict |
	awk -F , -v OFS=, '$1 == "A" {
		for (i = 5; i <= 6; i++) $i = sprintf("%.4f", $i)
		$7 = sprintf("%.4e", $7)
		for (i = 8; i <= 9; i++) $i = sprintf("%.6f", $i)
	} { print }'
for rate in 50 60; do
	gap -q --expect A=$rate% >out
	echo "exit $?"
done

# Too few to tell: 3 of 10 against 6 of 10.
header
deals North 0 10 3 2 100 01
deals South 100 10 6 3 50 01
gap -f csv -b region -m gap,verdict
gap -f md -b region | sed -n '/^- gap/p'

# The time before: 60 of 100 in January, 30 of 100 in March, both followed for
# ten days. What a step leads to is taken from all closed records, 50 wins of
# the 95 at B: 0.3 x 100 x 50/95 = 15.789 wins. Without amounts wins rank.
header
deals North 0 100 60 30 "" 01
deals North 100 100 30 15 "" 03
deals North 300 5 5 5 "" 04
gap -q -f csv --from 2026-03-01 --to 2026-04-01 --horizon 10d --as-of 2026-04-12 \
	-m entered,rate,against,benchmark,benchmark_n,wins,value,verdict
gap -f md --from 2026-03-01 --horizon 10d | sed -n '/^- worth/p;/not.*followed/p'

for options in '' '--from 2026-03-01' '-b region -p month' \
	'-b region --bootstrap 10' '-b region --seed x' '--expect A:Won=10%' \
	'--expect A=10%,A=20%' '-b region --ci cp'; do
	# shellcheck disable=SC2086 # options are words
	gap -q $options
done
