# The pass rate from month to month. January 48 of 80 pass, February 56 of 70
# (metrics.md 3.5.2: difference 0.2000, 0.0524 to 0.3339, p 0.00805), none in
# March, April 1 of 2, told against February. South has one month, so that there
# is nothing to tell it against. Two criteria: the second never fails, and its
# shift of 0 has no test but Fisher's, p 1.
cat >agreed.yaml <<'END'
stages:
  - { name: Lead, rule: fit }
  - { name: MQL }
criteria:
  - name: fit
    all:
      - { name: score, column: Score, at_least: 50 }
      - { name: region, column: Region, any_of: [North, South] }
END
{
	echo id,Region,Score,stage,stage_entered
	awk 'BEGIN {
		for (i = 1; i <= 80; i++)
			print "j" i ",North," (i > 48 ? 10 : 90) ",Lead,2026-01-05"
		for (i = 1; i <= 70; i++)
			print "f" i ",North," (i > 56 ? 10 : 90) ",Lead,2026-02-05"
		for (i = 1; i <= 2; i++)
			print "a" i ",North," (i > 1 ? 10 : 90) ",Lead,2026-04-05"
		for (i = 1; i <= 4; i++)
			print "s" i ",South,90,Lead,2026-02-05"
	}'
} >log.csv
funnel-convert -q -f csv -r qualification -d agreed.yaml --by region -p month \
	-m n,passed,shift,shift_lo,shift_hi,shift_p log.csv |
	awk -F , -v OFS=, '
	{ for (i = 6; i <= NF; i++)
		if ($i ~ /[.][0-9]/)
			$i = sprintf("%.5f", $i) } 1'
