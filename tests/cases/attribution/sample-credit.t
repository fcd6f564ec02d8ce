# First, last and linear credit of the pipeline sample, against its oracle.
# Source: samples/oracle/pipeline-credit.csv (case `oracle`).
funnel-attribution -q -f csv --touches samples/pipeline-touches.csv \
	--conversion won --model first,last,linear \
	-m first,first_value,last,last_value,linear,linear_value \
	samples/pipeline-deals.csv |
	awk -F , -v OFS=, 'NR > 1 {
		for (i = 2; i <= NF; i++)
			$i = sprintf(i % 2 ? "%.4f" : "%.6f", $i)
	} { print }' |
	diff samples/oracle/pipeline-credit.csv -
