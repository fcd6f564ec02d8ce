# R6: a stay of no length counts at its instant. x passed MQL within one day,
# 1 February, on which the window begins: it was active in MQL and moved on;
# its stay in Lead ended exactly there: not active. y did the same on
# 31 January: its stay in MQL is no part of February.
cat >log.csv <<'EOF'
id,stage,stage_entered
x,Lead,2026-01-10
x,MQL,2026-02-01
x,SQL,2026-02-01
y,Lead,2026-01-10
y,MQL,2026-01-31
y,SQL,2026-01-31
EOF
funnel-convert -f csv --stages Lead,MQL,SQL,won:Won --basis active \
	--from 2026-02-01 --to 2026-03-01 -m entered,converted log.csv
