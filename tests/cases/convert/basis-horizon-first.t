# A horizon of 30 days from the entry to the first stage (R4, by option): a
# stage counts when it was reached within 30 days of Lead. By hand from
# tests/data/hand-history.csv, of a b c d f h:
#   Lead  6; MQL within 30 days a c d f; b lost on day 22; h open
#   MQL   4; won within 30 days of Lead d (25) and f (14 from where it came
#         in); a won on day 36 and c was lost on day 49: open on day 30
#   Won   d f
funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --horizon 30d \
	--anchor first "$ROOT/tests/data/hand-history.csv" \
	-m entered,converted,won,lost,open
