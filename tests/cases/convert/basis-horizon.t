# Basis horizon of 30 days: only who could be followed for so long, to
# 20 March, the latest event; and only what happened within it, from the entry
# to the stage itself (R4). By hand from tests/data/hand-history.csv:
#   Lead  by 18 February a b c d f h (f imputed); within 30 days a c d f
#         went on, b was lost, h stayed for 67 days: open
#   MQL   a c d f; a d f won within 30 days, c was lost on day 38: open
#   Won   a
# --horizon alone means this basis.
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --basis horizon \
	--horizon 30d "$ROOT/tests/data/hand-history.csv" \
	-m entered,converted,won,lost,open,imputed
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --horizon 30d \
	"$ROOT/tests/data/hand-history.csv" -m entered,converted,basis,horizon
