# Basis closed, February: records that closed in it, looking back (R7). By hand
# from tests/data/hand-history.csv: a and d were won, b was lost on the 1st;
# f was won on 1 March. Of those that had been a Lead 2 of 3 were won.
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --basis closed \
	--from 2026-02-01 --to 2026-03-01 "$ROOT/tests/data/hand-history.csv" \
	-m entered,converted,lost,open
# The same as a win rate.
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --basis closed \
	--from 2026-02-01 --to 2026-03-01 --report outcomes \
	"$ROOT/tests/data/hand-history.csv" -m records,won,lost,open,win_closed
