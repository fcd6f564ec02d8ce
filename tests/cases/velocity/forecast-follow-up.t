# As of 30 January d is open for 29 days, longer than anybody: no odds. The
# others would have to be followed beyond 29 days: as far as the data go is a
# lower bound. e and f are older than the one that was won, 0; h has it before
# it: of a, d, e, f at 10 days one was won, 1/4.
cat >history.csv <<'END'
id,stage,stage entered
a,Opportunity,2026-01-01
a,Won,2026-01-11
d,Opportunity,2026-01-01
e,Opportunity,2026-01-16
f,Opportunity,2026-01-06
h,Opportunity,2026-01-30
END
funnel-velocity -f md --report forecast --stages Opportunity,won:Won \
	--as-of 2026-01-30 -m no_odds,wins history.csv |
	grep -E '^. time|^- (lower|odds|methods|forecast)'
