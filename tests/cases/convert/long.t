# --long: one metric a row, for pivot tables; what the row is about stays, and
# what is undefined has no value. By hand: of two leads one became an MQL.
cat >log.csv <<'EOF'
id,stage,stage_entered
x,Lead,2026-01-01
x,MQL,2026-01-02
y,Lead,2026-01-01
EOF
funnel-convert -f csv --stages Lead,MQL --long -m entered,converted,rate log.csv
