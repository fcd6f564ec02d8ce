# By source the target is split by the won value of each, whose own deal size
# and rates are used. By hand, of 1,200: Web won 300 + 300 = 600 of 900, so
# 800 at 300: 3 wins, at 2/4: 6; Fair won 200 + 100 = 300, so 400 at 150: 3
# wins, at 2/2: 3. Call won nothing: a share of 0 and no needs, but its rate
# 0/1 and its run rate stand. Post won once, nobody knows for how much: its
# share is unknown. The sum of the run rates is that of all.
cat >deals.csv <<'END'
id,source,stage,created,close date,amount
a,Web,Won,2026-01-01,2026-02-01,300
b,Web,Won,2026-01-01,2026-02-02,300
c,Web,Lost,2026-01-01,2026-02-03,
d,Web,Lost,2026-01-01,2026-02-04,
e,Fair,Won,2026-01-01,2026-02-05,200
f,Fair,Won,2026-01-01,2026-02-06,100
g,Call,Lost,2026-01-01,2026-02-07,
h,Post,Won,2026-01-01,2026-02-08,
i,,Opportunity,2026-01-01,2026-12-31,
END
plan()
{
	funnel-velocity -q -f csv --report plan --as-of 2026-03-31 \
		--stages Opportunity,won:Won,lost:Lost --target 1200 "$@" \
		deals.csv
}
plan --by source -m share,target,amount,needed,rate,rate_n,value,coverage \
	-m run_rate
plan -m run_rate
# An assumed rate and deal size hold for every segment; the shares do not
# change: 800 / 100 = 8, 16; 400 / 100 = 4, 8.
plan --by source --assume amount=100 --assume win=50% -m share,needed
