# W11 of metrics.md 3.2.6, the worked examples of three published plans, with
# everything assumed. Every volume is rounded up, on the typed decimals:
# 2,000,000 / 60,000 = 33.3: 34 wins; / 0.22 = 154.5: 155 opportunities of
# 9,300,000, 4.65 times the target.
# 2,000,000 / 25,000 = 80; / 0.25 = 320; / 0.5 = 640.
# 100 deals; 5 demos give 3: 166.7: 167; 10 leads give 5: 334.
# And 21 / 0.35 = 60, of which doubles make 61.
printf 'id,stage,created\na,Won,2026-01-01\n' >deals.csv
plan()
{
	funnel-velocity -q -f csv --report plan \
		-m needed,needed_low,needed_high,rate,rate_n,rate_from,value \
		-m coverage "$@" deals.csv
}
plan --stages Lead,Opportunity,Offer,won:Won --target 2000000 \
	--assume amount=60000 --assume win=22%
plan --stages SQL,Opportunity,won:Won --target '20,00,000' \
	--assume amount=25000 --assume win=0.25 --assume SQL=50%
plan --stages Lead,Demo,won:Won --target 100 --assume amount=1 \
	--assume Demo=5:3 --assume lead=10:5
plan --stages Demo,won:Won --target 2.1Cr --assume amount=10L \
	--assume Demo=.35
