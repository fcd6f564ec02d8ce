# Every entry is a unit of its own: R9, an entry may use a conversion that lies
# after the next entry; with --reentry best only the last entry before it does.
# By hand: x entered A on 1, 3 and 8 January and B on 5 January.
#   first  A on the 1st and the 3rd convert, on the 8th not
#   best   A on the 3rd converts
# Period (R5): all three entries over the one to B. By record it is 1 and 1.
cat >log.csv <<'EOF'
id,stage,stage_entered
x,A,2026-01-01
x,Back,2026-01-02
x,A,2026-01-03
x,B,2026-01-05
x,A,2026-01-08
EOF
count()
{
	funnel-convert -f csv --stages A,B,recycled:Back \
		-m entered,converted,open log.csv "$@" | grep '^A,'
}
count --count entries
count --count entries --reentry best
count --count entries --basis period
count --count records --basis period
count
