# The drift of the pass rate from month to month, as in convert/qualification-drift:
# January 48 of 80 pass, February 56 of 70 (metrics.md 3.5.2: difference 0.2000,
# 0.0524 to 0.3339, p 0.00805), none in March, April 1 of 2, told against February:
# by Fisher's exact test, of 57 that pass and 15 that fail 2 of April, 0.04108 and
# 0.33451 and 0.62441 for 0, 1 and 2 that pass, p 0.37559. The one criterion is the
# rule itself, so that each test is there twice, of four: q is 4 / 2 x 0.00805, and
# 0.37559. Drawn are the shares that fail, over time: 32 of 80, 14 of 70, 1 of 2
# with Wilson by Python 29.9618 50.9545, 12.3047 30.8166, 9.4531 90.5469.
cat >agreed.yaml <<'END'
timezone: UTC
stages:
  - { name: Lead, rule: fit }
  - { name: MQL }
criteria:
  - name: fit
    all: [{ name: score, column: Score, at_least: 50 }]
END
{
	echo id,Score,stage,stage_entered
	awk 'BEGIN {
		for (i = 1; i <= 80; i++)
			print "j" i "," (i > 48 ? 10 : 90) ",Lead,2026-01-05"
		for (i = 1; i <= 70; i++)
			print "f" i "," (i > 56 ? 10 : 90) ",Lead,2026-02-05"
		for (i = 1; i <= 2; i++)
			print "a" i "," (i > 1 ? 10 : 90) ",Lead,2026-04-05"
	}'
} >log.csv
funnel-sla -q -f csv -r qualification -d agreed.yaml -p month --chart-script script \
	-m n,passed,shift,shift_lo,shift_hi,shift_p,shift_q log.csv |
	awk -F , -v OFS=, '
	{ for (i = 5; i <= NF; i++)
		if ($i ~ /[.][0-9]/)
			$i = sprintf("%.5f", $i) } 1'
sed -n '/^\$d1 /,/^END/p' script
grep -E '"(Lead|Fails)[^"]*"' script
