# Intervals of one proportion through the command: x of n leads became MQL.
# Source: the table of metrics.md 3.5.1 (four decimals).
while read -r x n wilson exact; do
	awk -v x="$x" -v n="$n" 'BEGIN {
		print "id,stage,stage_entered"
		for (i = 1; i <= n; i++) {
			print i ",Lead,2026-01-01"
			if (i <= x)
				print i ",MQL,2026-01-02"
		}
	}' >log.csv
	for method in wilson cp; do
		funnel-convert -f csv --stages Lead,MQL --ci $method \
			-m lo,hi log.csv >$method || exit
	done
	expected="$wilson $exact"
	got=$(awk -F , '$1 == "Lead" { printf "%s%.4f-%.4f", dash, $2, $3
		dash = " " }' wilson cp)
	[ "$got" = "$expected" ] || echo "$x of $n: $got, not $expected"
done <<'EOF'
81 263 0.2553-0.3662 0.2527-0.3676
15 148 0.0624-0.1605 0.0578-0.1617
0 20 0.0000-0.1611 0.0000-0.1684
1 29 0.0061-0.1718 0.0009-0.1776
250 533 0.4270-0.5115 0.4260-0.5124
33 45 0.5896-0.8404 0.5806-0.8540
13 16 0.5699-0.9341 0.5435-0.9595
3 10 0.1078-0.6032 0.0667-0.6525
3 100 0.0103-0.0845 0.0062-0.0852
EOF
