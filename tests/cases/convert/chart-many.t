# One bar, sixty, and none. Of sixty owners ten are left out, and it is said.
owners()
{
	awk -v n="$1" 'BEGIN {
		print "id,stage,stage_entered,owner"
		for (i = 1; i <= n; i++) {
			printf "%d,Lead,2026-01-01,Owner %03d\n", i, i
			printf "%d,Won,2026-01-02,Owner %03d\n", i, i
		}
	}' >log.csv
	funnel-convert --stages Lead,won:Won -r outcomes --by owner \
		-o table.csv --chart-script chart.gp log.csv
	echo "exit $?"
}
owners 60
grep -c '"Owner' chart.gp
grep '^set terminal' chart.gp
grep -o '"not drawn.*' chart.gp
owners 1
grep -c '"Owner' chart.gp
rm chart.gp
funnel-convert --stages Lead,won:Won -o table.csv --from 2030-01-01 \
	-r outcomes --by owner --chart-script chart.gp log.csv
echo "exit $?"
ls chart.gp 2>/dev/null
