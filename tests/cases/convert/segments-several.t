# Four sources over a ladder of three stages: each against the rest of its
# step, twelve tests, one family. Counts by hand from the line below (leads,
# MQLs, won of each source); the differences are fractions of them. The p of z
# and of Fisher's exact test, Newcombe's intervals, q by Benjamini and Hochberg
# and by Holm are from a script in Python that knows math.erfc and math.comb
# and nothing of this program. Calls, 15 of 48, and the web, 30 of 100, are
# level on Lead:MQL but for 1.25 points. Small: fewer than 30.
awk 'BEGIN {
	print "id,source,Lead,MQL,Won"
	split("fair 40 24 6 web 100 30 10 referral 12 10 5 call 48 15 2", c)
	for (s = 1; s < 16; s += 4)
		for (i = 1; i <= c[s + 1]; i++)
			print c[s] i "," c[s] ",2026-01-05," \
				(i <= c[s + 2] ? "2026-01-20" : "") "," \
				(i <= c[s + 3] ? "2026-02-10" : "")
}' >leads.csv
report()
{
	funnel-convert -f csv --stages Lead,MQL,won:Won \
		--map stage:Lead=Lead --map stage:MQL=MQL --map stage:Won=Won \
		--report segments --by source leads.csv "$@" |
		awk -F , -v OFS=, 'NR > 1 {
			for (i = 2; i <= NF; i++)
				if ($i ~ /^[-0-9.]*[.e][-0-9]*$/)
					$i = sprintf("%.4f", $i)
		} { print }'
}
report -m rank,entered,converted,rate,rest_entered,rest_rate,difference
report -m difference_lo,difference_hi,test,z,p,q,verdict,small
report --adjust holm -m q,verdict,adjust --step Lead:MQL
