# The day that clocks go forward in New York, 8 March 2026: 02:30 does not
# exist and becomes 03:30, that is 07:30 UTC; and in November the first 01:30
# counts, 05:30 UTC. The window of one hour says which instant was read.
# Source: metrics.md 3.0.8, IANA rules (2026-03-08 and 2026-11-01); by hand.
cat >log.csv <<'EOF'
id,stage,stage_entered
s,A,2026-03-08T06:30:00Z
s,B,2026-03-08 02:30:00
t,A,2026-11-01T04:30:00Z
t,B,2026-11-01 01:30:00
EOF
for window in 60m 3599s; do
	funnel-convert -f csv --stages A,B --in-tz America/New_York \
		--mode strict --window $window --by id -m entered log.csv
done
