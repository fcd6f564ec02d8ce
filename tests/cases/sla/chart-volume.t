# Three a week are agreed; 4, 1 and 2 came, and of the third week 4 of 7 days are
# over with the 19th: at this pace 2 x 7 / 4 = 3.5. The weeks begin on days 20514,
# 20521, 20528. Drawn is the pace, that of a week that is over is its count: the
# line is dotted from the second week to the third.
cat >agreed.yaml <<'END'
timezone: UTC
stages: [{ name: MQL }, { name: SQL }]
sla:
  - { name: mqls, count: MQL, at_least: 3, per: week }
END
{
	echo id,stage,stage_entered
	for day in 02 03 04 05 09 16 18; do
		echo "r$day,MQL,2026-03-$day"
	done
} >log.csv
sla()
{
	funnel-sla -q -d agreed.yaml -r volume -f csv -m counted,projected,status \
		--chart-script script "$@" log.csv
	sed -n '/^\$d1 /,/^set multiplot/p' script
	grep -o '"[^"]*\(agreed\|not over\|2026.*\)"' script
}
sla --as-of 2026-03-19
# One week is no line: its count and its pace, 3 x 7 / 3, each beside the 3.
sla --as-of 2026-03-04
