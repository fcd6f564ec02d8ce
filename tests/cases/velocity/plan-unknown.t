# What is unknown prints empty, and a note says why: no win to take a deal
# size from, no known amount, amounts in two currencies, no rate of a step.
# By hand: --by currency each has its own amounts but no share of a sum that
# does not exist.
head='id,stage,created,close date,amount,currency'
deals()
{
	echo "$head" >deals.csv
	cat >>deals.csv
}
plan()
{
	funnel-velocity -q -f csv --report plan --as-of 2026-03-31 \
		--stages Opportunity,won:Won,lost:Lost --target 100 \
		-m needed,rate,amount,value,needed_by "$@" deals.csv
	funnel-velocity -q -f md --report plan --as-of 2026-03-31 \
		--stages Opportunity,won:Won,lost:Lost --target 100 \
		"$@" deals.csv |
		grep -E '^- (deal.*size|no.*wins|currency)'
}
deals <<'END'
a,Lost,2026-01-01,2026-02-01,10,INR
END
plan
# The upper bound of 0 of 1, 0.7935, still says how few it could be: 10/0.7935
# = 12.6: 13; there is no lower one.
funnel-velocity -q -f csv --report plan --as-of 2026-03-31 --target 100 \
	--stages Opportunity,won:Won,lost:Lost --assume amount=10 \
	-m needed,needed_low,needed_high deals.csv
deals <<'END'
a,Won,2026-01-01,2026-02-01,,INR
END
plan
deals <<'END'
a,Won,2026-01-01,2026-02-01,50,INR
b,Won,2026-01-01,2026-02-01,10,USD
END
plan
plan --by currency
plan --assume amount=20
# A deal that was won for nothing.
deals <<'END'
a,Won,2026-01-01,2026-02-01,0,INR
END
plan
