# What waiting costs. In Proposal: a won after 1 day, b after 2, c lost after
# 8, d won after 10; e is open for 6, f for 9. By hand, F of the wins:
#	1: 6 at risk, S 5/6, F 1/6; 2: 5, S 4/6, F 2/6; e leaves at 6;
#	8: 3, S 4/9, F 1/3; f leaves at 9; 10: 1, S 0, F 7/9
# At entry 7/9. e at 6: (7/9 - 1/3) / (4/6) = 2/3, so 900 x 1/9 = 100 less. f
# at 9: (4/9) / (4/9) = 1, so 90 x (7/9 - 1) = -20: it is won or it ends, and
# the losses are behind it. Stays of won deals 1, 2, 10: the median is 2, the
# p90 8.4.
cat >history.csv <<'END'
id,stage,stage entered
a,Proposal,2026-01-01
a,Won,2026-01-02
b,Proposal,2026-01-01
b,Won,2026-01-03
c,Proposal,2026-01-01
c,Lost,2026-01-09
d,Proposal,2026-01-01
d,Won,2026-01-11
e,Proposal,2026-01-25
f,Proposal,2026-01-22
END
printf 'id,created,amount\ne,2026-01-01,900\nf,2026-01-01,90\n' >deals.csv
stalled()
{
	funnel-velocity -q -f csv --report stalled --as-of 2026-01-31 \
		--stages Proposal,won:Won,lost:Lost "$@" history.csv deals.csv |
		awk -F, 'NR > 1 {
			printf "%s", $1
			for (i = 2; i <= NF; i++)
				printf ",%.6f", $i
			print ""
		}'
}
stalled --stall-q 0.5 -m value,age,threshold,expected_loss,p_entry,p_now
stalled -m value,age,threshold,expected_loss,p_entry,p_now
