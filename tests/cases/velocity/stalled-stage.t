# Open deals beyond the p90 of the stays of won deals. Won w1..w20 were 1..20
# days in Proposal: type 7 gives 1 + 0.9 x 19 = 18.1 days of 20 stays. In Demo
# only ten of them were, 2 days each: the pool of 30 stays decides, sorted 1,
# 2 x 11, 3..20, of which 0.9 x 29 = 26.1 is between the 27th, 17, and the
# 28th, 18: 17.1. Lost deals say nothing, whatever they took.
# As of 30 June: p 20 days in Proposal and q 19, r 18 (not beyond), s 18 in
# Demo (beyond 17.1), t 17 (not). The largest first, the longest of equals.
awk 'BEGIN {
	print "id,stage,stage entered"
	for (i = 1; i <= 20; i++) {
		if (i <= 10)
			printf "w%d,Demo,2026-02-27\n", i
		printf "w%d,Proposal,2026-03-01\n", i
		printf "w%d,Won,2026-03-%02d\n", i, 1 + i
	}
	print "x,Proposal,2025-01-01\nx,Lost,2026-03-01"
	print "p,Proposal,2026-06-10\nq,Proposal,2026-06-11"
	print "r,Proposal,2026-06-12\ns,Demo,2026-06-12\nt,Demo,2026-06-13"
}' >history.csv
cat >deals.csv <<'END'
id,opportunity name,owner,created,amount
p,Small,Asha,2026-06-01,90
q,Large,,2026-06-01,500
s,Early,Ben,2026-06-01,90
r,Young,Ben,2026-06-01,9000
END
stalled()
{
	funnel-velocity --report stalled --as-of 2026-06-30 \
		--stages Demo,Proposal,won:Won,lost:Lost "$@" \
		--map name='opportunity name' history.csv deals.csv
}
stalled -q -f csv -m name,owner,stage,value,age,threshold,threshold_from,threshold_n
stalled -q -f csv --stall-q 99% --by owner -m stage,age,threshold
stalled -f md | grep -E '^- (stalled|threshold|no)'
