# W33 of metrics.md 3.5.4 as six leads: after 4 and 5 days MQL, after 2 and 3
# lost, one open for 6 days and one for a day. By 5 days 40 % go on, 0.051976 to
# 0.752816; by 4 days 20 %, 0.008369 to 0.581853; by 3 days none, which has no
# interval (R37); of 7 days nothing is known (R8). Without --mature 5 days,
# within which the two completed steps were done. 2 of 6 is the naive rate, 2 of
# 4 the resolved one; 4 have come to an end and f is followed: 5/6 is immature.
cat >log.csv <<'END'
id,stage,stage_entered
a,Lead,2026-01-06
b,Lead,2026-01-01
b,Lost,2026-01-03
c,Lead,2026-01-01
c,Lost,2026-01-04
d,Lead,2026-01-01
d,MQL,2026-01-05
e,Lead,2026-01-01
e,MQL,2026-01-06
f,Lead,2026-01-01
END
for mature in '' --mature=5d --mature=4d --mature=3d --mature=7d; do
	# shellcheck disable=SC2086 # none or one
	funnel-convert -f csv --stages Lead,MQL,lost:Lost --as-of 2026-01-07 \
		$mature log.csv \
		-m naive,resolved,matured,matured_lo,matured_hi,matured_n \
		-m horizon_days,verdict |
	awk -F , -v OFS=, '$1 == "Lead" {
		for (i = 2; i <= 6; i++)
			if ($i != "")
				$i = sprintf("%.6f", $i)
		print
	}'
done
