# Amounts: 1,234 alone does not say whether its comma groups or divides, and
# is refused until --decimal does; one amount that can only be read in one way
# decides for the column; contradicting ones are refused. Lakh grouping,
# currency signs and brackets are read exactly, and not in binary: 0.1 + 0.2.
# Source: crm-exports.md 2.2; sums by hand.
deals()
{
	echo 'id;stage;created;amount' >deals.csv
	i=0
	for amount; do
		i=$((i + 1))
		echo "d$i;Won;2026-01-0$i;\"$amount\"" >>deals.csv
	done
}
value()
{
	funnel-convert -f csv --stages Open,won:Won --report outcomes \
		-m won_value deals.csv "$@" | sed 1d
}
deals 1,234 5,678
funnel-convert --stages Open,won:Won deals.csv
echo $?
value --decimal point
value --decimal comma
deals 1,234 1,234.50
value
deals 1.234 1.234,50
value
deals 1,234.50 1.234,50
funnel-convert --stages Open,won:Won deals.csv
echo $?
deals 12,34,567.00 '$22,700.00' '(1,200)'
value
deals 0.10 0.20
value
deals 10.5 -- ''
value
deals 10.5 lots
value
