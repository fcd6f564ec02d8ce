# The script of the scorecard of funnel-sla(1): kept 3 of 5, 6 of 8, 1 of 2, 5 of 6
# with their Wilson intervals (by Python: 23.0724 88.2379, 40.9275 92.8521, 9.4531
# 90.5469, 43.6497 96.9947), promised 80, 90, 100 and 95 %. The volume has no share
# kept, and no line.
sla()
{
	funnel-sla -q -d samples/promises.yaml -f csv \
		--activities samples/promises-calls.csv \
		--as-of 2026-03-06T09:00:00+05:30 "$@" samples/promises-leads.csv
}
sla -o table.csv --chart-script -
# By days a line, with its promise dashed. Of 2 March (day 20514) P-1 and P-2, both
# kept (Wilson from 34.2380), of the 3rd P-9, but not P-3 and P-4 (6.1492 79.2340);
# P-5 of the 5th is pending.
sla -o table.csv -c follow-up --period day --chart-script script
sed -n '/^\$d1 /,/^END/p; /^\$d3 /,/^END/p' script
grep -c 'dt 2' script
grep -o '"Kept[^"]*"' script
