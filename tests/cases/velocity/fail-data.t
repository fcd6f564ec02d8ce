# What is only wrong with the data at hand: a stage that is not one, a column
# that the report has not, a bridge that needs a history (2 where the command
# line is to be mended, 3 where it is the file), a file that is only a header.
deals=samples/pipeline-deals.csv history=samples/pipeline-history.csv
try()
{
	funnel-velocity -q -f csv "$@"
	echo "$*: $?"
}
try --end 'Closed Wun' "$deals" "$history"
try --start Prospectin "$deals" "$history"
try --by sorce "$deals" "$history"
try --report week --bridge close-date "$deals"
try --report velocity -m cycel "$deals" 2>&1 | sed 's/(columns: .*)/(...)/'
head -n 1 "$history" >header.csv
for report in cycle stages velocity week; do
	try --report $report header.csv
done
# Nothing happened yet: rows of nothing, which are not rows of 0 days.
try --as-of 2025-01-01 -m n,mean "$deals" "$history"
try --report velocity --as-of 2025-01-01 -m deals,velocity "$deals" "$history"
