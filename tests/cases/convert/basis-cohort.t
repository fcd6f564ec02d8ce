# Basis cohort, February: records whose first entry to Lead is in it, f by the
# date of its MQL since it skipped Lead (3.0.3), followed to the end of the
# data. By hand from tests/data/hand-history.csv:
#   Lead  d e f (f imputed); d and f became MQL, e is open
#   MQL   d f; both won
# With --anchor step each step has its own February:
#   MQL   c d f h; d f won, c lost, h open
#   Won   a d; f won on 1 March
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost \
	--from 2026-02-01 --to 2026-03-01 "$ROOT/tests/data/hand-history.csv" \
	-m entered,converted,won,lost,open,imputed
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --anchor step \
	--from 2026-02-01 --to 2026-03-01 "$ROOT/tests/data/hand-history.csv" \
	-m entered,converted,won,lost,open,imputed
