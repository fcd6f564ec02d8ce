# What is younger converts less by as-of, and that is no change. Ten leads of
# January, ten of February, as-of 15 March, horizon 30 days:
#   January   paid 5, 2 won within 30 days
#             web  5, 1 won within 30 days, 1 after 45
#   February  paid 2 on the 5th, 1 won after 15 days
#             fair 2 on the 5th, 1 won after 15 days (a new segment)
#             web  6 on the 25th, followed for 18 days only, 1 won
# By hand: naive 0.4 -> 0.3. Within the horizon 3/10 -> 2/4, so that maturity
# is (0.3 - 0.4) - (0.5 - 0.3) = -0.3. Shares of the followed: paid 0.5 -> 0.5,
# web 0.5 -> 0, fair 0 -> 0.5. paid: rate 0.1 x 0.5 = 0.05, maturity (0.1 -
# 0.2) - (0.25 - 0.2) = -0.15. fair, all mix: 0.5 x 0.5 = 0.25, maturity 0.1 -
# 0.25 = -0.15. web is followed in January only, all mix: -0.5 x 0.2 = -0.1,
# maturity (0.1 - 0.2) - (0 - 0.1) = 0. All three add 0.1 or take it: one rank.
# No Simpson: of the two that have both rates, paid rose with the whole.
# The window before is as long as that of --from and --to, 28 days, unless it
# is named: 4 to 31 January leaves out who came on the 3rd.
cat >leads.csv <<'END'
id,source,Lead,Won
j1,paid,2026-01-03,2026-01-20
j2,paid,2026-01-10,2026-02-09
j3,paid,2026-01-10,
j4,paid,2026-01-10,
j5,paid,2026-01-10,
j6,web,2026-01-10,2026-01-10
j7,web,2026-01-10,2026-02-24
j8,web,2026-01-10,
j9,web,2026-01-10,
j10,web,2026-01-10,
f1,paid,2026-02-05,2026-02-20
f2,paid,2026-02-05,
f3,fair,2026-02-05,2026-02-20
f4,fair,2026-02-05,
f5,web,2026-02-25,2026-03-05
f6,web,2026-02-25,
f7,web,2026-02-25,
f8,web,2026-02-25,
f9,web,2026-02-25,
f10,web,2026-02-25,
m1,web,2026-03-15,
END
report()
{
	funnel-convert --stages Lead,won:Won --map stage:Lead=Lead \
		--map stage:Won=Won --report change --from 2026-02-01 \
		--to 2026-03-01 leads.csv "$@" |
		awk -F , -v OFS=, 'NR > 1 {
			for (i = 2; i <= NF; i++)
				if ($i ~ /^[-0-9.e]+$/)
					$i = sprintf("%.4g", $i)
		} { print }'
}
report -f csv --horizon 30d --by source --before 2026-01-01..2026-02-01 \
	-m rank,change,mix_effect,rate_effect,maturity_effect,simpson
report -f csv --horizon 30d -m before_entered,before_naive,after_naive
# Without --horizon: from --to to as-of, 15 days with both ends. In January j1,
# j2 and j7 come too late, in February nobody is cut off: j6 of 10; f1, f3 and
# f5 of 10.
report -f csv --before 2026-01-01..2026-02-01 \
	-m before_rate,after_rate,after_followed,horizon
report -f md --horizon 30d -m change | grep -E 'windows|change:|mix|follow'
