# Basis period, February: entries to a stage in it over entries to the stage
# before in it, whichever records they are of (first entries, R5). By hand
# from tests/data/hand-history.csv:
#   Lead  d e, and f imputed on the day of its MQL; MQL c d f h: 4 of 3
#   Won   a d: 2 of 4
# It is no funnel of records: nothing is lost or open, no share of the first.
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --basis period \
	--from 2026-02-01 --to 2026-03-01 "$ROOT/tests/data/hand-history.csv" \
	-m entered,converted,rate,nonmonotone,cumulative,won,lost,open
