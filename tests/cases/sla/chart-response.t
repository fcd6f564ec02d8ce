# The bars and dots of the example of funnel-sla(1): n 0 1 0 1 1 2, of which the one
# in 1-4 h converted, and pale and hollow the two parts of the two, 1 and 1. Wilson
# by Python: 0 of 1 up to 79.3451, 1 of 1 from 20.6549, 0 of 2 up to 65.7620.
sla()
{
	funnel-sla -q -d samples/promises.yaml -f csv \
		--activities samples/promises-calls.csv \
		--as-of 2026-03-06T09:00:00+05:30 "$@" samples/promises-leads.csv
}
sla -o table.csv -r response --chart-script script
sed -n '/^\$d1 /,/^set multiplot/p' script
grep -E '"(0-5 min|none in 24 h|> 24 h|never|pale.*)"$' script
grep '^	\$d' script | sed 's/ notitle.*//'
# What is printed does not change what is drawn.
sla -o table.csv -r response -m n --chart-script other
cmp script other
# Lists of records have no chart.
sla -o table.csv -r breaches --chart-script other
echo "exit $?"
