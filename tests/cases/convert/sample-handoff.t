# Leads that marketing handed to sales, and what sales did with them: by source
# and month, the reasons of rejections, the newest of them. Numbers with a
# fraction are cut to the six digits behind the point that the oracles print.
# Source: samples/oracle/handoff*.csv, which the case `oracle` recomputes in
# SQL; all by hand in samples/README.md.
same()
{
	oracle=samples/oracle/$1.csv
	shift
	funnel-convert -q -f csv -d samples/funnel.yaml "$@" \
		samples/handoff-leads.csv samples/handoff-history.csv >got ||
		exit
	awk -F , -v OFS=, '
	NR == 1 { for (i = 1; i <= NF; i++)
		cut[i] = $i ~ /rate|days|share|cumulative/ }
	NR > 1 { for (i = 1; i <= NF; i++)
		if (cut[i] && $i != "")
			$i = sprintf("%.6f", $i) }
	{ print }' got | diff "$oracle" - || echo "$oracle differs"
}

counts=mqls,accepted,rejected,recycled,lost,undecided,undecided_within
counts=$counts,undecided_past,reversed,recycled_ever,re_mql,second_accepted
counts=$counts,opp_handed,opp_accepted,opp_rejected,opp_recycled,sal_rate
counts=$counts,sal_rate_all,days_to_accept,recycle_rate,second_rate,opp_rate
same handoff --report acceptance -m "$counts"
same handoff-by-source --report acceptance --by source -m "$counts"
same handoff-by-month --report acceptance --period month -m "$counts"
pareto=reason,n,share,cumulative,listed
same handoff-reasons --report rejections -m "$pareto"
same handoff-reasons-by-source --report rejections --by source -m "$pareto"
funnel-convert -q -f csv -d samples/funnel.yaml --last-rejected 5 \
	-m id,source,date,reason,listed,missing \
	samples/handoff-leads.csv samples/handoff-history.csv |
	sed 's/T[0-9:]*Z//' | diff samples/oracle/handoff-newest.csv -
