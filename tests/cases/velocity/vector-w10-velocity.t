# W10: 40 deals x 25 % x 25,000 / 90 days = 2,777.78 a day, 83,333 in 30 days.
# Twenty per cent more deals, win rate or value are 20 % more, a cycle shorter
# by 20 % is 25 % more. And 18 open deals x 24 % x 42,000 / 78 days = 2,326.15,
# with a cycle of 65 days 2,791.38 (the page that it is from prints 2,326 and
# 2,790).
# Source: metrics.md 3.2.3.
#
# deals SEGMENT WON LOST OPEN VALUE DAYS: as many as that, closed on 1 October
# and opened so many days before.
deals()
{
	awk -v segment="$1" -v won="$2" -v lost="$3" -v open="$4" \
		-v value="$5" -v opened="$6" '
	BEGIN {
		for (i = 0; i < won + lost + open; i++) {
			stage = i < won ? "Closed Won" : \
				i < won + lost ? "Closed Lost" : "Opportunity"
			print segment i "," segment "," stage "," opened "," \
				(i < won + lost ? "2026-10-01" : "") "," value
		}
	}'
}
velocity()
{
	funnel-velocity -q -f csv -d samples/w1.yaml --report velocity \
		--by case -m deals,win_rate,value,cycle,velocity,velocity_30d \
		"$@" deals.csv |
		awk -F , -v OFS=, '
		NR > 1 {
			$6 = sprintf("%.2f", $6)
			$7 = sprintf("%.0f", $7)
		}
		{ print }'
}
head='id,case,stage,created,close date,amount'

# 90 days before 1 October is 3 July, 72 is 21 July.
{
	echo "$head"
	deals base 10 30 0 25000 2026-07-03
	deals more_deals 12 36 0 25000 2026-07-03
	deals more_wins 12 28 0 25000 2026-07-03
	deals more_value 10 30 0 30000 2026-07-03
	deals shorter 10 30 0 25000 2026-07-21
} >deals.csv
velocity

# 78 days before 1 October is 15 July, 65 is 28 July; 6 of 25 are 24 %.
{
	echo "$head"
	deals c65 6 19 18 42000 2026-07-28
	deals c78 6 19 18 42000 2026-07-15
} >deals.csv
velocity --basis open
