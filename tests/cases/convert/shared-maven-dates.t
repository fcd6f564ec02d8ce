# The same opportunities with dates as 10/20/2016 and as 2016-10-20 give the
# same bytes in every format and grouping; both files have one name.
# Source: the publisher's two copies.
maven="$SHARED/data/crm-maven"
if ! [ -d "$maven" ]; then
	echo 'the data set crm-maven is not here' >&2
	exit 77
fi
cp "$maven/sales_pipeline.csv" us.csv
cp "$maven/iso/sales_pipeline.csv" iso.csv
cmp -s us.csv iso.csv && echo 'the two copies are one'
compare()
{
	for copy in us iso; do
		mv $copy.csv deals.csv
		funnel-convert "$@" deals.csv >$copy.out 2>$copy.err || echo $?
		mv deals.csv $copy.csv
	done
	cmp us.out iso.out && cmp us.err iso.err
}
for format in csv tsv json jsonl md table; do
	compare -f $format
done
compare -f csv --period month --by product
compare -f csv --basis closed --period week
compare -f table --from 2017-03-01 --to 2017-06-01 --by sales_agent
compare -f csv --as-of 2017-06-30
compare -f csv --where 'close_date>=2017-10-01'
