# W12 (metrics.md 3.2.7): 200K at 30% and 50K at 80%. By hand: expected 60K +
# 40K; sd sqrt(200^2 x 0.21 + 50^2 x 0.16) = sqrt(8800) = 93.808K; four
# outcomes, 0 with 0.14, 50K with 0.56, 200K with 0.06, 250K with 0.24, so that
# P10 is 0, P50 50K and P90 250K. Wins 0.3 + 0.8. Nothing is won yet: 0, which
# is known. The other methods have learned from nobody: empty.
cat >deals.csv <<'END'
id,stage,created,amount,probability
a,Proposal,2026-01-10,200000,30
b,Proposal,2026-01-12,50000,80%
END
funnel-velocity -q -f csv --report forecast --stages Proposal,won:Won \
	-m deals,no_odds,pipeline,expected,sd,p10,p50,p90,wins,won_so_far,total \
	deals.csv
