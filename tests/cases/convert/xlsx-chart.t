# Beside the table stand charts that the spreadsheet draws, of numbers in a
# sheet of their own: how many came, and the share that went on with its
# interval; over months, lines. The pipeline of a week is a waterfall whose base
# is not seen. Names are cells, never formulas or markup.
# Source: by hand; Wilson's interval of 2 of 3, 0.2077 to 0.9385, by python3.
command -v unzip >/dev/null || { echo 'no unzip' >&2; exit 77; }
cat >log.csv <<'EOF'
id,stage,stage_entered,amount
x,=1+1,2026-01-01,100
x,<b>,2026-01-02,100
y,=1+1,2026-01-01,200
y,<b>,2026-01-03,200
z,=1+1,2026-02-04,400
EOF
charts()
{
	unzip -Z1 "$1" | grep -c '^xl/charts/'
	for chart in $(unzip -Z1 "$1" | grep '^xl/charts/'); do
		unzip -p "$1" "$chart" | sed 's/<c:f>/\n&/g; s/<\/c:f>/&\n/g
			s/<c:[a-z]*Chart>/\n&\n/g' |
			grep -E '^<c:(f|[a-z]*Chart)>'
	done
}
echo stages:
funnel-convert -q --stages '=1+1,<b>' -o stages.xlsx log.csv
charts stages.xlsx
"$ROOT/tests/sheet" stages.xlsx 4 | awk -F '\t' -v OFS='\t' '
	$2 == "number" && $4 !~ /^[0-9]+$/ { $4 = sprintf("%.4f", $4) } { print }'
echo months:
funnel-convert -q --stages '=1+1,<b>' -p month -o months.xlsx log.csv
charts months.xlsx
echo week:
funnel-velocity -q --stages '=1+1,<b>,won:Won' -r week --from 2026-02-02 \
	--to 2026-02-09 -o week.xlsx log.csv
charts week.xlsx
"$ROOT/tests/sheet" week.xlsx 4 | cut -f 1,2,4
