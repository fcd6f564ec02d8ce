# Every column of both reports, of the long form and of --period stands in
# COLUMNS of the page, and every column of the page in a report: one
# direction is `<`, the other `>`. Silence when they agree.
cat >log.csv <<'EOF'
id,stage,stage_entered
x,Lead,2026-01-01
EOF
for options in --long '-p month' '-p month --report outcomes'; do
	# shellcheck disable=SC2086 # options are words
	funnel-convert --stages Lead,won:Won $options -f json log.csv |
		sed -n 's/^    {"id": "\([a-z_]*\)".*/\1/p'
done | sort -u >reports
awk '
/^\.Sh / { inside = /COLUMNS/ }
inside && /^\.It Ic / {
	for (i = 3; i <= NF; i++)
		if ($i != "," && $i != "Ic")
			print $i
}' "$ROOT/man/funnel-convert.1" | sort -u >page
[ -s reports ] || echo 'no column found in a report'
diff reports page
