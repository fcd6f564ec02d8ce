# The cycle of a won deal: from the first entry to Opportunity, else from its
# creation, to the win (3.2.1); a deal that closed before it began is counted
# and left out. Median by R's type 7. By hand:
#   a 10 days from Opportunity; b 4 days from creation, its Opportunity being
#   skipped; c 7 days; d closed 5 days before it was created
# mean (10 + 4 + 7) / 3 = 7, median 7.
cat >deals.csv <<'EOF'
id,created,opp,won
a,2026-01-01,2026-01-10,2026-01-20
b,2026-01-01,,2026-01-05
c,2026-01-01,2026-01-03,2026-01-10
d,2026-02-06,,2026-02-01
EOF
funnel-convert -f csv --stages Lead,Opportunity,won:Won --report outcomes \
	--map stage:Opportunity=opp --map stage:Won=won deals.csv \
	-m won,cycle_n,cycle_mean,cycle_median,negative_cycles
