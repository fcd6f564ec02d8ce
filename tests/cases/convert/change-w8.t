# W8 of metrics.md 3.1.10: paid 4000 at 5 % and direct 1000 at 20 % become paid
# 1000 at 3 % and direct 4000 at 18 %: 8 % -> 15 % although both fell, which
# is Simpson's paradox. Mix +0.09, rate -0.02, sum +0.07. By hand, direct: mix
# 0.6 x 0.19 = 0.114, rate -0.02 x 0.5; paid: mix -0.6 x 0.04, rate -0.02 x 0.5.
# Everything is followed long enough: no maturity. The interval of the change
# is Wald's: 1.959964 x sqrt(0.08 x 0.92 / 5000 + 0.15 x 0.85 / 5000) =
# 0.01243; those of the parts, and p, are from a script in Python that
# differentiates them numerically by each count.
awk 'BEGIN {
	print "id,source,Lead,Won"
	put("a", "paid", 4000, 200, "2026-01-10")
	put("b", "direct", 1000, 200, "2026-01-11")
	put("c", "paid", 1000, 30, "2026-02-10")
	put("d", "direct", 4000, 720, "2026-02-11")
	print "z,paid,2026-04-01,"
}
function put(id, source, n, won, day, i) {
	for (i = 1; i <= n; i++)
		print id i "," source "," day "," (i <= won ? day : "")
}' >leads.csv
report()
{
	funnel-convert -f csv --stages Lead,won:Won --map stage:Lead=Lead \
		--map stage:Won=Won --report change \
		--before 2026-01-01..2026-02-01 --from 2026-02-01 \
		--to 2026-03-01 leads.csv "$@" |
		awk -F , -v OFS=, 'NR > 1 {
			for (i = 2; i <= NF; i++)
				if ($i ~ /^[-0-9.e]+$/)
					$i = sprintf("%.4g", $i)
		} { print }'
}
report --by source -m rank,before_naive,after_naive,change,mix_effect \
	-m rate_effect,maturity_effect,simpson
report --by source -m change_lo,change_hi,mix_lo,mix_hi,rate_lo,rate_hi \
	-m maturity_lo,maturity_hi,p,q
report --by source -m before_entered,after_entered,before_followed \
	-m after_followed,before_rate,after_rate,before_share,after_share,horizon
# Without segments it is all rate.
report -m change,mix_effect,rate_effect,maturity_effect,mix_lo,simpson
