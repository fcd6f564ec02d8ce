# 8,800 opportunities of Maven Analytics' CRM challenge against the numbers
# that others published for them: won and lost by manager (through a look-up
# table), by product, won deals and their value by quarter of the close.
# Source: README.md of the data set. Its days are whole and its means have two
# digits, so ours are rounded here.
maven="$SHARED/data/crm-maven"
if ! [ -d "$maven" ]; then
	echo 'the data set crm-maven is not here' >&2
	exit 77
fi
report()
{
	funnel-convert -q -f csv --report outcomes "$@" \
		"$maven/sales_pipeline.csv"
}
report -m won,lost
report --lookup "$maven/sales_teams.csv" --by manager -m won,lost,win_closed |
	awk -F , -v OFS=, 'NR > 1 {
		print $1, $2, $2 + $3, sprintf("%.2f", 100 * $4)
	}'
report --by product -m won,cycle_mean,lost,mean_won_value |
	awk -F , -v OFS=, 'NR > 1 {
		$3 = sprintf("%.0f", $3)
		$5 = sprintf("%.2f", $5)
		print
	}'
report --basis closed --period quarter -m won,won_value
report --map account=account --where account= -m records
