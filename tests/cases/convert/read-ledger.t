# Rows read are rows used and rows of the ledger (house law): 10 rows below the
# header, each with its line. Cells that were not understood are counted apart,
# their rows are used. By hand:
#   used a d e g h; b and c ragged; no id in line 5; line 8 malformed; g twice;
#   cells: 31 February, a stage nobody defined, a Jalali date. The record of the stage nobody
# defined is neither won nor open but unknown
cat >deals.csv <<'EOF'
id,stage,created
a,Open,2026-01-01
b,Open
c,Won,2026-01-01,extra
,Won,2026-01-01
d,Won,2026-02-31
e,Flying,2026-01-01
f,"Won"x,2026-01-01
g,Won,2026-01-01
g,Won,2026-01-01
h,Won,1405/03/22
EOF
funnel-convert -f csv --stages Open,won:Won --report outcomes \
	-m records,won,open,unknown --ledger ledger.csv deals.csv
cut -d , -f 1-7 ledger.csv
awk -F , 'NR > 1 && $3 == "row" { n += $4 } END { print n, "rows" }' ledger.csv
# --quiet leaves the summary out.
funnel-convert -q -f csv --stages Open,won:Won --report outcomes -m won \
	deals.csv
