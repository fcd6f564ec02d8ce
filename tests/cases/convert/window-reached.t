# --window 30d in mode reached: a stage counts only when it was entered within
# 30 days of the first entry to Lead, that day included; a later entry to Lead
# does not start it again. By hand:
#   p  MQL on day 30: counts; Won on day 31: does not
#   q  MQL on day 31, though 1 day after it was a Lead again: does not
#   r  skipped Lead: its window runs from MQL; Won on day 30 counts
cat >log.csv <<'EOF'
id,stage,stage_entered
p,Lead,2026-01-01
p,MQL,2026-01-31
p,Won,2026-02-01
q,Lead,2026-01-01
q,Lost,2026-01-10
q,Lead,2026-01-31
q,MQL,2026-02-01
r,MQL,2026-01-01
r,Won,2026-01-31
EOF
for reentry in first best; do
	funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost \
		--window 30d --reentry $reentry -m entered,imputed log.csv
done
