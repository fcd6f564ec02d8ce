# --as-of T knows what was known then: the full history gives what the history
# cut at T gives. On every day from before the first event to the last, in
# each mode, by stages and by outcomes; a date includes its day.
# Source: the law of metrics.md 3.6; the cut is made by awk.
history="$ROOT/tests/data/hand-history.csv"
compare()
{
	funnel-convert -q -f csv --stages Lead,MQL,won:Won,lost:Lost \
		--as-of $day "$@" "$history" >full
	funnel-convert -q -f csv --stages Lead,MQL,won:Won,lost:Lost \
		--as-of $day "$@" cut.csv >short
	cmp -s full short || echo "$day: $* differs"
	compared=$((compared + 1))
}
compared=0
for day in 2026-01-05 2026-01-19 2026-01-20 2026-01-31 2026-02-01 \
	2026-02-10 2026-02-20 2026-02-28 2026-03-01 2026-03-14 2026-03-20; do
	awk -F , -v day=$day 'NR == 1 || $3 <= day' "$history" >cut.csv
	for mode in reached strict any current exact direct; do
		compare --mode $mode
	done
	compare --report outcomes
	compare --horizon 10d
	compare --basis period --period month
	compare --basis active --period month
	compare --basis closed
done
echo $compared comparisons
