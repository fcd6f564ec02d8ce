# The order of rows and of files changes nothing: each report of the pipeline
# sample, with its notes, from rows as they are, turned round and shuffled, and
# from the files in both orders.
# Source: the law of metrics.md 3.6. Both files have their rows in the order of
# time.
reorder() # by the key that awk makes of the number of a line
{
	mkdir -p "$1"
	for file in pipeline-deals pipeline-history; do
		awk -v OFS='\t' "{ print NR == 1 ? -1 : $2, \$0 }" \
			samples/$file.csv | sort -n | cut -f 2- >"$1/$file.csv"
	done
}
reorder plain NR
reorder turned '10000 - NR'
reorder shuffled '(NR * 7919 + 13) % 1009'
cmp -s plain/pipeline-history.csv samples/pipeline-history.csv ||
	echo 'the rows are not those of the sample'
! cmp -s plain/pipeline-history.csv shuffled/pipeline-history.csv ||
	echo 'the rows are not shuffled'

compared=0
for options in --report=cycle '--report=cycle --by=source --cycles=split' \
	'--report=stages --by=owner' '--report=stages --stay=total' \
	'--report=velocity --period=month --by=source' \
	'--report=week --period=week' \
	'--report=week --period=month --bridge=close-date --by=source'; do
	for order in plain turned shuffled; do
		for files in 'pipeline-deals.csv pipeline-history.csv' \
			'pipeline-history.csv pipeline-deals.csv'; do
			# shellcheck disable=SC2086 # several words
			(cd $order && funnel-velocity -q -a -f json $options \
				$files) >got || exit
			[ -f first ] || cp got first
			cmp -s first got || echo "$order: $options differs"
			compared=$((compared + 1))
		done
	done
	rm first
done
echo $compared comparisons
