# A record list says where a deal is and not since when: nothing can be
# listed, and what is missing is said.
cat >deals.csv <<'END'
id,stage,created,close date
a,Won,2026-01-01,2026-01-20
b,Proposal,2026-01-01,
c,Proposal,2026-01-01,
END
funnel-velocity -f md --report stalled --stages Proposal,won:Won deals.csv |
	grep -E '^- (stalled|threshold|no|odds)|^\|'
