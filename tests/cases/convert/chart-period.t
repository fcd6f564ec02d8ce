# Rates over periods: a line a stage, in days since 1970 (2026-01-01 is 20454),
# what is immature in a block of its own that begins where the mature part
# ends. By hand: of January's two leads both went on, of February's three two,
# of March's two none, both open.
cat >log.csv <<'EOF'
id,stage,stage_entered
a,Lead,2026-01-05
a,SQL,2026-01-15
b,Lead,2026-01-07
b,SQL,2026-01-17
c,Lead,2026-02-05
c,SQL,2026-02-15
d,Lead,2026-02-07
d,SQL,2026-02-17
e,Lead,2026-02-09
e,Lost,2026-02-10
f,Lead,2026-03-05
g,Lead,2026-03-06
EOF
funnel-convert -q -o table.csv --stages Lead,SQL,won:Won,lost:Lost \
	--period month --as-of 2026-03-07 --chart-script script log.csv
sed -n '/^\$d1/,$p' script | grep -v screen
