# Conditions on dates and amounts mean the values, in whatever form the export
# writes them: 10/20/2026, 20.10.2026 and 1.250,50. By hand: b and c closed in
# or after October; b and c are worth 1000 or more.
cat >us.csv <<'EOF'
id,stage,close_date,amount
a,Won,9/30/2026,999.99
b,Won,10/1/2026,"1,000.00"
c,Won,10/20/2026,"1,250.50"
EOF
cat >de.csv <<'EOF'
id;stage;close_date;amount
a;Won;30.09.2026;999,99
b;Won;01.10.2026;1.000,00
c;Won;20.10.2026;1.250,50
EOF
for file in us de; do
	for condition in 'close_date>=2026-10-01' 'close_date<2026-10-01' \
		close_date=2026-10-01 'amount>=1000' 'amount<1000'; do
		records=$(funnel-convert -q -f csv --stages Open,won:Won \
			--report outcomes --where "$condition" -m records \
			$file.csv | sed 1d)
		echo "$file $condition $records"
	done
done
