# W1 as a chain: from Lead 77/116 end won, with every loss absorbing 16/29; the
# product of the adjacent shares, open rows in them, is 35/162 (metrics.md
# 3.1.8). The others by hand: O = 4/6 + 2/6 X, X = 1/3 O or 0, S = 4/5 O + 1/5
# M, A = 5/6 S + 1/6 M, M = 6/8 A + 1/8 S + 1/8 X, L = M; with M = 77/116 that
# is O = 3/4, X = 1/4, S = 3/5 + M/5 = 85/116, A = 1/2 + M/3 = 251/348; the
# start is 8/10 L + 1/10 O + 1/10. Absorbing: O = 2/3, S = 8/15 + M/5 = 56/87
# (M = 16/29), A = 4/9 + M/3 = 164/261, and 8/10 M + 2/30 + 1/10 = 529/870.
w1()
{
	funnel-convert -q -d samples/w1.yaml --map id=record \
		--map stage_entered=time "$@" samples/w1-history.csv
}
digits()
{
	awk -F , -v OFS=, 'NR > 1 { $NF = sprintf("%.12f", $NF) } { print }'
}
w1 -r moves -f csv -m win_chance | digits >got
awk 'BEGIN {
	print "stage,win_chance"
	m = 77 / 116
	printf "(start),%.12f\nLead,%.12f\nMQL,%.12f\n", .8*m + .175, m, m
	printf "SAL,%.12f\nSQL,%.12f\n", 251 / 348, 85 / 116
	printf "Opportunity,%.12f\nwon,%.12f\nlost,%.12f\n", .75, 1, .25
}' | diff - got
w1 -r moves -f csv -m win_chance --losses absorbing | digits >got
awk 'BEGIN {
	printf "stage,win_chance\n(start),%.12f\n", 529 / 870
	printf "Lead,%.12f\nMQL,%.12f\n", 16 / 29, 16 / 29
	printf "SAL,%.12f\nSQL,%.12f\n", 164 / 261, 56 / 87
	printf "Opportunity,%.12f\nwon,%.12f\nlost,%.12f\n", 2 / 3, 1, 0
}' | diff - got

# Each stay of Lead with the chance that goes with it; 35/162 is 21.6 %. Moves
# off the ladder by hand: R2 M-S, R3 start-O, R8 start-W skip; R4 A-M and R10
# S-M go back; R9 X-O re-opens: 6 of 43, of which Wilson's interval in Python
# is 6.56 to 27.26.
w1 -r transitions -f csv -m n,share,win_chance | sed -n '1p;/^Lead/p' | digits
w1 -r transitions -f md | sed -n '/^- \(nonc\|loss\|chain\)/p'

# In the moves, the same figures a stage: of 10 records 2 start late, of the 8
# that leave MQL one skips a stage, of those that leave SAL and SQL one each
# goes back. Wilson in Python: 2/10 5.67 to 50.98, 1/8 2.24 to 47.09.
w1 -r moves -f csv -m nonconforming,nonconforming_lo,nonconforming_hi |
	awk -F , -v OFS=, '
	NR > 1 && $2 != "" {
		for (i = 2; i <= 4; i++) $i = sprintf("%.4f", $i)
	}
	{ print }'
