# README.md shows what a reader will see (make examples rewrites it), and its
# definitions file is one.
command -v jq >/dev/null || { echo 'jq is missing' >&2; exit 77; }
command -v gnuplot >/dev/null || { echo "gnuplot is missing" >&2; exit 77; }
"$ROOT/tests/examples" "$ROOT/README.md" || exit

awk '/^```yaml$/ { on = 1; next } /^```$/ { on = 0 } on' "$ROOT/README.md" \
	>funnel.yaml
cat >log.csv <<'EOF'
id,stage,stage_entered
x,Inquiry,2026-01-01
x,Closed Won,2026-01-02
EOF
funnel-convert -d funnel.yaml -f tsv -m entered log.csv
