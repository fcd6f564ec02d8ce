# What was known at the end of January and on two other days. By hand from
# tests/data/hand-history.csv:
#   2026-01-31  a b c h are leads; a is an MQL; nobody has closed
#   2026-02-01  b was lost on that day
#   2026-02-10  a won; c, d and a are MQLs
cut()
{
	funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost --as-of $1 \
		"$ROOT/tests/data/hand-history.csv" \
		-m entered,converted,lost,open,as_of
}
cut 2026-01-31
cut 2026-02-01
cut 2026-02-10
