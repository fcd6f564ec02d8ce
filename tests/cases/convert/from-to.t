# The window has its first day and not its last: leads of 1 February to
# 28 February. A date with a time cuts at the second, in the zone of the
# report unless it says so. By hand.
cat >log.csv <<'EOF'
id,stage,stage_entered
a,Lead,2026-01-31T23:59:59Z
b,Lead,2026-02-01T00:00:00Z
c,Lead,2026-02-28T23:59:59Z
d,Lead,2026-03-01T00:00:00Z
EOF
leads()
{
	funnel-convert -f csv --stages Lead,MQL -m entered log.csv "$@" |
		sed -n 's/^Lead,//p'
}
leads --from 2026-02-01 --to 2026-03-01
leads --from 2026-02-01
leads --to 2026-02-01
leads --from 2026-02-28T23:59:59Z --to 2026-03-01T00:00:00Z
# The same second, five and a half hours ahead of UTC.
leads --from 2026-03-01T05:29:59+05:30
leads --tz Asia/Kolkata --from 2026-03-01T05:29:59
