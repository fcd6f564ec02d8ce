# W6: u1 ABC, u2 AB, u3 A, u4 B: 3, 2, 1 at the steps; the step rates are
# 2/3 and 1/2, and of the first step 1, 2/3 and 1/3. u4 never entered A.
# Source: metrics.md 3.1.4 (retentioneering's test).
cat >log.csv <<'EOF'
id,stage,stage_entered
u1,A,2026-01-01
u1,B,2026-01-02
u1,C,2026-01-03
u2,A,2026-01-01
u2,B,2026-01-02
u3,A,2026-01-01
u4,B,2026-01-01
EOF
funnel-convert -f csv --stages A,B,C --mode strict \
	-m entered,converted,rate,cumulative,open log.csv
