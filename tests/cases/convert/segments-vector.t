# 56 of 70 against 48 of 80: difference 0.2000, 0.0524 to 0.3339; z 2.6502, p
# 0.00805 (metrics.md 3.5.2). Two segments are each other's rest: the same test
# twice, so q = p by Benjamini and Hochberg and 2 p by Holm. The tea table 3,
# 1, 1, 3 goes to Fisher: p 0.4857. With --confidence 0.995 nothing is real.
log()
{
	awk -v A="$1" -v N="$2" -v B="$3" -v M="$4" 'BEGIN {
		print "id,squad,Lead,Won"
		for (i = 1; i <= N; i++)
			print "a" i ",a,2026-01-01," (i <= A ? "2026-01-02" : "")
		for (i = 1; i <= M; i++)
			print "b" i ",b,2026-01-01," (i <= B ? "2026-01-02" : "")
	}' >"$5"
}
report()
{
	funnel-convert -f csv --stages Lead,won:Won --map stage:Lead=Lead \
		--map stage:Won=Won --report segments --by squad "$@" |
		awk -F , -v OFS=, 'NR > 1 {
			for (i = 2; i <= NF; i++)
				if ($i ~ /^[-0-9.e]+$/)
					$i = sprintf("%.5f", $i)
		} { print }'
}
log 56 70 48 80 z.csv
log 3 4 1 4 tea.csv
report -m difference,difference_lo,difference_hi,test,z,p,q,verdict z.csv
report -m q,verdict --adjust holm z.csv
report -m verdict --confidence 0.995 z.csv
report -m test,z,p,q,verdict,small tea.csv
