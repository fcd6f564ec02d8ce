# Basis active, February: who stood in a stage at any time in it, and who
# moved beyond it in it; won counts as a move, lost does not (3.1.2). Who left
# exactly on 1 February was not active (R6). By hand from
# tests/data/hand-history.csv:
#   Lead  c d h moved on, e stayed; b left on the 1st, f was never a Lead
#   MQL   a d won, c was lost in March, f won on 1 March, h stays: 2 of 5
# Won is the end: nobody stands in it.
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --basis active \
	--from 2026-02-01 --to 2026-03-01 "$ROOT/tests/data/hand-history.csv" \
	-m entered,converted,rate
# By month each month is such a window. March: Lead e g, g moved; MQL c g h.
# f left MQL exactly on 1 March: its win is in neither month.
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --basis active \
	--from 2026-02-01 --to 2026-04-01 --period month \
	"$ROOT/tests/data/hand-history.csv" -m entered,converted
