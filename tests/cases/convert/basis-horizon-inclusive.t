# R4: the horizon includes its last day, for the conversion and for the
# follow-up. i converts on day 30 and k on day 31; j was followed for exactly
# 30 days and l for 29: 1 of 3. With times of day the same to the second.
cat >days.csv <<'EOF'
id,stage,stage_entered
i,Lead,2026-01-01
i,MQL,2026-01-31
k,Lead,2026-01-01
k,MQL,2026-02-01
j,Lead,2026-01-02
l,Lead,2026-01-03
EOF
sed '1!s/$/T10:00:00Z/' days.csv >seconds.csv
for file in days.csv seconds.csv; do
	funnel-convert -f csv --stages Lead,MQL --horizon 30d \
		-m entered,converted,open $file | sed -n 2p
	funnel-convert -f csv --stages Lead,MQL --horizon 31d --as-of \
		2026-02-03 -m entered,converted,open $file | sed -n 2p
done
