# Two rows of one record that disagree: the later modification wins wherever it
# stands; without one the later row; --dup error refuses. Identical rows are
# dropped and never disagree (3.0.11, R42). By hand.
cat >deals.csv <<'EOF'
id,stage,created,Last Modified Date
a,Won,2026-01-01,2026-02-01
a,Open,2026-01-01,2026-01-15
b,Open,2026-01-01,2026-01-15
b,Open,2026-01-01,2026-01-15
EOF
cut -d , -f 1-3 deals.csv >plain.csv
for file in deals plain; do
	for rule in last error; do
		funnel-convert -f csv --stages Open,won:Won --dup $rule \
			--report outcomes -m records,won,open $file.csv
		echo $?
	done
done
