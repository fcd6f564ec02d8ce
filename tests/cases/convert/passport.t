# The win rate of W1 under every definition: 2 of 10 or all of 2. By hand from
# the ten histories of metrics.md 3.1.1: won are R1 R2 R3 R8 R9, lost R4 R5.
# Of those that were strictly at L, R1 R2 R9 of 8 are won; R4's way back and R9's
# second pass end what is exact. All began on 1 January and are followed for 7
# days, so that of 30 days nothing is known; within 5 days R1 R2 R3 R8 are won, R9
# is not: 4 of 10, and with nobody censored before, 0.4 for win_time as well;
# python3: 0.122693 to 0.670205. The spread is that of the rows.
set -- -d samples/w1.yaml --map id=record --map stage_entered=time
funnel-convert -q -f csv --passport win_rate "$@" \
	-m definition,stage,reached,within,won,n samples/w1-history.csv
funnel-convert -q -f md --passport win_rate "$@" --horizon 5d --mode strict \
	-m won,n,rate,lo,hi,says samples/w1-history.csv | sed '/^- as/,$d'
