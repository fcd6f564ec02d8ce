# Two definitions beside each other, a row a set, but not those of neither: how many
# records (samples/oracle/replay-leads.csv), and the matured rates that the table
# has (case replay works them out).
replay()
{
	funnel-convert -q -o table.csv -d samples/replay-new.yaml \
		--chart-script script "$@" samples/replay-leads.csv
}
block()
{
	sed -n "/^\$d$1 /,/^END/p" script | sed '1d;$d'
}
replay -r replay --against samples/replay-old.yaml --stage MQL \
	-m matured,matured_lo,matured_hi,won_matured,won_matured_lo,won_matured_hi
grep -E '"(MQL|Records|Went|Won)[^"]*"$' script
block 1
# A rate that has no interval is a dot alone.
points()
{
	awk -F , -v at="$1" 'NR > 1 && $at != "" {
		low = $(at + 1) == "" ? $at : $(at + 1)
		high = $(at + 2) == "" ? $at : $(at + 2)
		printf "%.6g %.1f %.6g %.6g\n", 100 * $at, ++n - .5, 100 * low,
			100 * high
	}' table.csv
}
points 3 >2.csv
points 6 >3.csv
for i in 2 3; do
	block $i | awk '{ printf "%.6g %.1f %.6g %.6g\n", $1, $2, $3, $4 }' |
		diff - $i.csv
	[ -s $i.csv ] || echo "no rates"
done
# Which criteria fail in how many of 19, 10 0 6 6 (samples/oracle), with Wilson by
# Python: 31.7078 72.6702, up to 16.8179, 15.3644 53.9896.
replay -r qualification
grep -E '"(MQL|Fails)[^"]*"$' script
block 1
