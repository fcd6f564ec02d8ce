# Models side by side: a block of bars each, 0 to the credit of samples/oracle/
# pipeline-credit.csv in the line of its channel; with --bootstrap their
# intervals, which the table has.
credit()
{
	funnel-attribution -q -o table.csv --touches \
		samples/pipeline-touches.csv --conversion won \
		--model first,linear "$@" --chart-script script \
		samples/pipeline-deals.csv
}
credit
sed -n '/^\$d1/,/^set multiplot/p; /^\$right/,/^END/p' script
grep -c xerrorbars script
credit --bootstrap 20
grep -c xerrorbars script
