# W7: of 586 new deals a product of adjacent rates predicts 7 wins, 89 were
# won; 8 % of 2,217 moves were off the ladder: 1.2 % against 15 % (metrics.md
# 3.1.8). A file that is so, by hand, stages Z A B C D:
#
#	 77  Z A won	          skips
#	 12  Z A B C D C D won    goes back
#	 88  Z A B C D C lost     goes back
#	 40  Z A B C lost
#	336  Z A lost
#	 33  Z lost
#
# Off the ladder: 77 + 12 + 88 = 177. Moves: 77 * 3 + 12 * 8 + 88 * 7 + 40 * 5
# + 336 * 3 + 33 * 2 = 2217. Adjacent: 553/586 x 140/553 x 140/140 x 112/240 x
# 12/112 = 7/586 = 1.195 %. As all are closed, the chain says what became of
# them: 89/586 = 15.188 %. Wilson's interval of 177/2217 in Python: 6.92 to
# 9.19.
awk 'function deals(n, path,   stages, k, i, j) {
	k = split(path, stages, " ")
	for (i = 0; i < n; i++) {
		id++
		for (j = 1; j <= k; j++)
			printf "%d,%s,2026-01-%02d\n", id, stages[j], j
	}
}
BEGIN {
	print "id,stage,stage_entered"
	deals(77, "Z A Won")
	deals(12, "Z A B C D C D Won")
	deals(88, "Z A B C D C Lost")
	deals(40, "Z A B C Lost")
	deals(336, "Z A Lost")
	deals(33, "Z Lost")
}' >log.csv
stages=Z,A,B,C,D,won:Won,lost:Lost
funnel-convert --stages $stages -r transitions -f md log.csv |
	sed -n '/^- \(nonc\|chain\)/p'
funnel-convert --stages $stages -r moves -m win_chance log.csv |
	awk -F , '$1 == "Z" { printf "%.6f %.6f\n", $2, 89 / 586 }'
