# W4: A 13:00, A 13:30, B 13:45, C 14:15 and a window of an hour. From the
# first A only B is in time; `--reentry best` starts again at the second A and
# reaches C, although the same stage logged twice running is one stay.
# Source: metrics.md 3.1.4 (Mixpanel's example); R12: strict, inclusive.
cat >log.csv <<'EOF'
id,stage,stage_entered
u,A,2026-01-01T13:00:00Z
u,A,2026-01-01T13:30:00Z
u,B,2026-01-01T13:45:00Z
u,C,2026-01-01T14:15:00Z
EOF
w4()
{
	funnel-convert -f csv --stages A,B,C --mode strict --window 1h \
		-m entered "$@" log.csv
}
w4
w4 --reentry first
w4 --reentry best
# 75 minutes from the first A to C: inclusive.
funnel-convert -f csv --stages A,B,C --mode strict --window 75m -m entered \
	log.csv
