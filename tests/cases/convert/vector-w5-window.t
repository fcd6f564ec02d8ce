# W5: a window of 50 seconds. 123 (2 at 99, 1 at 100) gets to level 1, 234
# (2 at 250) to none, 345 (1 at 200 and 210, 2 at 230 and 240) to 2.
# Source: metrics.md 3.1.4 (ClickHouse issue 21835); R12: strict. The seconds
# count from 2026-01-01T00:00:00Z, once written as epoch and once as ISO.
cat >log.csv <<'EOF'
id,stage,seconds
123,2,99
123,1,100
234,2,250
345,1,200
345,1,210
345,2,230
345,2,240
EOF
awk -F , -v OFS=, 'NR == 1 { print "id,stage,stage_entered"; next }
	{ $3 += 1767225600; print }' log.csv >epoch.csv
awk -F , 'NR == 1 { print "id,stage,stage_entered"; next }
	{ printf "%s,%s,2026-01-01T00:%02d:%02dZ\n", $1, $2, int($3 / 60),
		$3 % 60 }' log.csv >iso.csv
for form in epoch iso; do
	funnel-convert -f csv --stages 1,2 --mode strict --window 50s \
		--by id -m entered $form.csv
done
