# Kaplan-Meier by hand: five deals, at risk 5, won after 10 days, open at 19,
# lost after 30 and won after 40, open at 49: S = 4/5, 4/5 * 2/3 = 8/15,
# 8/15 * 1/2 = 4/15. Points: days, per cent, the interval (log-log; NaN where S
# is 1), then the ticks of the two that were last seen open, 1.2 below.
cat >deals.csv <<'EOF'
id,created,close date,outcome,stage
a,2026-01-01,2026-01-11,won,Won
b,2026-03-01,,,Open
c,2026-01-01,2026-01-31,lost,Lost
d,2026-01-01,2026-02-10,won,Won
e,2026-01-30,,,Open
EOF
funnel-velocity -q -o table.csv --as-of 2026-03-20 --chart-script script \
	deals.csv
sed -n '/^\$d1/,/^END/p; /^\$d2/,/^END/p' script | cut -f 1,2 |
	awk '{ print ($2 ~ /[.]/) ? sprintf("%s %.4f", $1, $2) : $0 }'
# With --split each side has a curve.
funnel-velocity -q -o table.csv --as-of 2026-03-20 --split 2026-01-15 \
	--chart-script script deals.csv
grep -o '"before"\|"after"' script
