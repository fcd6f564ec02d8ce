# Two quarters by hand. Everything enters Proposal on the day given. Known the
# day before 1 April: a won after 30 days, b lost after 60; c, d open (age 89
# and 30), so by stage each has 1/2: of 1000 and 200 expected 600, P10 0, P90
# 1200. c is won on 1 May, d in July: actual 1000, inside; squares (1/2 - 1)^2
# + (1/2 - 0)^2 = 0.5, Brier 0.25; error -400.
# By time: at 30 a b c d are at risk (a and d leave then), F 1/4, S 3/4;
# at 60 b c: S 3/8. d at 30: nobody was won later, and c at 89 is followed to
# 89 only: 0 up to there, a lower bound; c itself is the oldest: no odds. So
# only d: expected 0, actual 0, inside.
# Before 1 July: won a 30, c 120; lost b 60; open d 121: by stage 2 of 3, 200 x
# 2/3 = 133.33; it is won on 10 July: Brier (1/3)^2, actual 200, P10 0, P90
# 200, inside. By time d is the oldest: no odds.
# In all by stage 2 of 2 inside, Brier (0.5 + 1/9) / 3 = 0.2037, mean error
# (-400 - 66.67) / 2 = -233.33.
cat >history.csv <<'END'
id,stage,stage entered
a,Proposal,2026-01-01
a,Won,2026-01-31
b,Proposal,2026-01-01
b,Lost,2026-03-02
c,Proposal,2026-01-01
c,Won,2026-05-01
d,Proposal,2026-03-01
d,Won,2026-07-10
END
printf 'id,created,amount\nc,2026-01-01,1000\nd,2026-03-01,200\n' >deals.csv
backtest()
{
	funnel-velocity --report forecast --backtest \
		--stages Proposal,won:Won,lost:Lost "$@" history.csv deals.csv
}
backtest -q -f csv --as-of 2026-09-30 -m deals,no_odds,expected,p10,p90,actual \
	-m inside,error,quarters,coverage,wins,won,brier
# The quarter is not over the day before.
backtest -q -f csv --as-of 2026-09-29 -m deals | grep -c Q3
backtest --as-of 2026-03-31 -m deals -f md | grep '^- backtest'
