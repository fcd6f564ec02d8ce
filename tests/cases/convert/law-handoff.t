# Laws of the reports on hand-overs (metrics.md 3.6), on 400 leads with moves
# drawn by a fixed generator: every lead handed over is in one class, months and
# sources add up to all, the order of rows changes nothing, and --as-of knows
# what a log cut on that day by awk knows.
awk '
function draw(n) { seed = (seed * 16807) % 2147483647; return seed % n }
BEGIN {
	seed = 42
	split("MQL,SAL,SQL,Opportunity,Won,Lost,Rejected,Nurture,MQL,SAL", to, ",")
	split("Web,Fair,Partner", from, ",")
	print "id,stage,stage_entered,source,reject reason"
	for (i = 1; i <= 400; i++) {
		day = draw(80); source = from[1 + draw(3)]; n = draw(6)
		printf "%d,Lead,%s,%s,\n", i, date(day), source
		for (j = 0; j < n; j++) {
			day += draw(9)
			printf "%d,%s,%s,%s,r%d\n", i, to[1 + draw(10)],
				date(day), source, draw(4)
		}
	}
}
function date(d,    m) {
	m = d < 31 ? 1 : d < 59 ? 2 : d < 90 ? 3 : 4
	split("0,31,59,90", before, ",")
	return sprintf("2026-%02d-%02d", m, d + 1 - before[m])
}
' >log.csv
report()
{
	log=$1
	shift
	funnel-convert -q -f csv --handoff MQL:SAL --target 72h \
		--stages 'Lead,MQL,SAL,SQL,Opportunity,won:Won,lost:Lost,rejected:Rejected,recycled:Nurture' \
		-r acceptance "$@" "$log"
}
counts=mqls,accepted,rejected,recycled,lost,undecided,undecided_within
counts=$counts,undecided_past,reversed,recycled_ever,re_mql,second_accepted
counts=$counts,opp_handed,opp_accepted,opp_rejected,opp_recycled

report log.csv -m $counts >all
awk -F , 'NR == 2 {
	if ($1 != $2 + $3 + $4 + $5 + $6) print "the classes do not add up"
	if ($6 != $7 + $8) print "the target splits badly"
	if ($1 < 100 || !$9 || !$12 || !$16) print "too little to look at"
}' all
for by in --by=source --period=month; do
	report log.csv $by -m $counts |
		awk -F , -v OFS=, 'NR > 1 { for (i = 2; i <= NF; i++) sum[i] += $i }
		END { for (i = 2; i <= NF; i++)
			printf "%s%s", sum[i], i < NF ? "," : "\n" }' >sums
	tail -n 1 all | diff - sums || echo "$by does not add up"
done
# The dates of one day keep their order: by stage, as the program says.
{ head -n 1 log.csv; tail -n +2 log.csv | sort -t , -k 5,5 -k 2,2r; } >other.csv
report log.csv --by source >one
report other.csv --by source | diff one - && echo 'any order'
for day in 2026-01-15 2026-02-10 2026-03-01; do
	awk -F , -v day=$day 'NR == 1 || $3 <= day' log.csv >cut.csv
	report log.csv --as-of $day --by source >full
	report cut.csv --as-of $day --by source | diff full - &&
		echo "as of $day"
done
