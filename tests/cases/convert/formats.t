# One small report in every format: the same cells, and the undefined rate of
# the last stage empty, a dash or null, never 0 (3.0.10). A name with a comma,
# quotes and a bar is quoted as each format asks.
# Source: by hand, 3 leads, 2 MQLs: 2/3; the formats' own rules (RFC 4180,
# JSON, GitHub's tables).
cat >log.csv <<'EOF'
id,stage,stage_entered
x,"Lead, ""new""|hot",2026-01-01
x,MQL,2026-01-02
y,"Lead, ""new""|hot",2026-01-01
y,MQL,2026-01-03
z,"Lead, ""new""|hot",2026-01-04
EOF
cat >agreed.yaml <<'EOF'
stages: [{ name: 'Lead, "new"|hot' }, { name: MQL }]
EOF
for format in csv tsv json jsonl md table; do
	echo "$format:"
	funnel-convert -f $format -d agreed.yaml -m entered,converted,rate \
		log.csv
done
