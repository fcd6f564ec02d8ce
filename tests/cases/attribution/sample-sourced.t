# The worked example of credit: sourced by three rules, and what it cost, against
# its oracles; by hand in samples/README.md.
# Source: samples/oracle/credit-sourced.csv, credit-money.csv (case `oracle`).
credit()
{
	funnel-attribution -q -f csv -d samples/credit.yaml \
		--touches samples/credit-touches.csv \
		--touches samples/credit-calls.csv "$@" samples/credit-deals.csv
}
credit --report sourced -m deals,value,won,won_value |
	diff samples/oracle/credit-sourced.csv -
# Of those that somebody paid for.
credit --report money --conversion won --model linear \
	--spend samples/credit-costs.csv \
	-m spend,wins,value,roas,cost_per_opportunity,cac |
	awk -F , -v OFS=, '/^channel/ { print } $2 > 0 && !/^\(/ && NR > 1 {
		print $1, $2, sprintf("%.6f", $3), sprintf("%.4f", $4),
			sprintf("%.6f", $5), sprintf("%.4f", $6),
			sprintf("%.4f", $7)
	}' | diff samples/oracle/credit-money.csv -
