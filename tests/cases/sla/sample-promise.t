# The worked sample: every kind of commitment and every status, two offices with
# their holidays, one of them from an .ics file. Numbers with a fraction are cut
# to the six digits behind the point that the oracles print.
# Source: samples/oracle/promise*.csv, which the case `convert/oracle`
# recomputes in SQL; all by hand in samples/README.md.
same()
{
	oracle=samples/oracle/$1.csv fields=$2
	shift 2
	funnel-sla -q -f csv -d samples/promise.yaml \
		--as-of 2026-03-13T12:00:00Z \
		--activities samples/promise-activities.csv "$@" \
		samples/promise-leads.csv samples/promise-history.csv >got ||
		exit
	awk -F , -v OFS=, '
	NR == 1 { for (i = 1; i <= NF; i++)
		cut[i] = $i ~ /attained|median|due|projected|late_by|elapsed/ }
	NR > 1 { for (i = 1; i <= NF; i++)
		if (cut[i] && $i != "")
			$i = sprintf("%.6f", $i) }
	{ print }' got | cut -d , -f "$fields" |
		diff "$oracle" - || echo "$oracle differs"
}

judged=follow-up,feedback,acceptance,assignment,attempts,context,worked
judged=$judged,reasons,dispositions,routing,steps
counts=met,late,breached,pending,paused,void,na,bad
# without promised_by, which is a key
same promise 1,3- -c $judged \
	-m $counts,attained,verdict,elapsed_median,late_median
same promise-by-owner 1-2,4- -c $judged --by owner --seg-at record \
	-m $counts
same promise-volume 2,4-9 --report volume \
	-m promised_by,counted,raw,target,due,projected,status
same promise-breaches 2- --report breaches -c follow-up \
	-m status,start,elapsed,late_by
