# Whole seconds: A and B in the same one, written in either order. By default
# that is a passage (100 %), with --strict-time it is none (0 %); a tie across
# a bare date is one too.
# Source: metrics.md 3.0.2 (rybbit's 0 % instead of 100 %); by hand.
cat >log.csv <<'EOF'
id,stage,stage_entered
r,A,2026-01-01T10:00:00Z
r,B,2026-01-01T10:00:00Z
s,B,2026-01-01T11:00:00Z
s,A,2026-01-01T11:00:00Z
t,A,2026-01-01T12:00:00Z
t,B,2026-01-01T12:00:01Z
EOF
cat >days.csv <<'EOF'
id,stage,stage_entered
r,A,2026-01-01
r,B,2026-01-01
EOF
for file in log.csv days.csv; do
	for option in --reentry=first --strict-time; do
		funnel-convert -f csv --stages A,B --mode strict $option \
			-m entered,rate $file
	done
done
