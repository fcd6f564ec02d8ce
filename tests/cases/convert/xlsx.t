# A workbook has typed cells: counts, shares, money with its currency and lakh
# groups, days; what is undefined is no cell. Four sheets: the table, the notes
# with the options, the version of the definitions and the digests of what was
# read, the columns, the numbers of the chart. The header is frozen and filtered,
# and columns for machines are folded away.
# Source: by hand; sha256sum; number formats by ECMA-376 18.8.31.
command -v unzip >/dev/null || { echo 'no unzip' >&2; exit 77; }
cat >agreed.yaml <<'EOF'
version: 2026-Q1
currency: INR
stages: [{ name: Open }, { name: Won, outcome: won },
  { name: Lost, outcome: lost }]
EOF
cat >deals.csv <<'EOF'
id,stage,created,close_date,amount,owner
a,Won,2026-01-01,2026-02-01,12345678.5,Asha
b,Won,2026-01-03,2026-02-01,-2345678.25,Bina
c,Lost,2026-01-03,2026-02-01,99,Bina
d,Open,2026-01-03,,5,Chand
EOF
funnel-convert -d agreed.yaml --report outcomes --by owner \
	-m won,win_closed,won_value,cycle_median --where 'stage!=x y' \
	-o review.xlsx deals.csv
echo 'table:'
"$ROOT/tests/sheet" review.xlsx 1
echo 'notes:'
"$ROOT/tests/sheet" review.xlsx 2 | cut -f 1,4 | grep -A 1 -E \
	'	(funnel|options|title)$' | grep -v '^--'
for file in agreed.yaml deals.csv; do
	digest=$(sha256sum <$file)
	"$ROOT/tests/sheet" review.xlsx 2 | cut -f 4 |
		grep "^$file.*${digest%% *}" | sed "s/${digest%% *}/its digest/"
done
echo 'columns:'
"$ROOT/tests/sheet" review.xlsx 3 | cut -f 4 | head -n 15 | paste -s -d '|'
echo 'header:'
unzip -p review.xlsx xl/worksheets/sheet1.xml |
	grep -oE '<(pane|autoFilter)[^>]*>'
unzip -p review.xlsx xl/workbook.xml | grep -oE '<sheet name="[^"]*"'

# Folded: what a wide terminal does not show.
funnel-convert -d agreed.yaml --report outcomes --by owner -o all.xlsx \
	deals.csv
unzip -p all.xlsx xl/worksheets/sheet1.xml | grep -oE '<col [^>]*hidden="1"' |
	grep -c .
funnel-convert -d agreed.yaml --report outcomes --by owner -f json deals.csv |
	grep -c '^    {"id"'
funnel-convert -d agreed.yaml --report outcomes --by owner -f md deals.csv |
	grep -m 1 '^|' | tr -d -c '|' | wc -c | tr -d ' '
