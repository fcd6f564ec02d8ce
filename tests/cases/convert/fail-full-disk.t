# A disk that is full is noticed, on stdout as with -o and --ledger, in every
# format: 4.
if ! [ -c /dev/full ]; then
	echo 'there is no /dev/full' >&2
	exit 77
fi
for format in csv tsv json jsonl md html table; do
	funnel-convert -q -f $format samples/hubspot-deals.csv >/dev/full
	echo $format $?
done
funnel-convert -q -o /dev/full samples/hubspot-deals.csv
echo $?
funnel-convert -q -f csv -m entered --ledger /dev/full samples/hubspot-deals.csv
echo $?
funnel-convert -q -o no/such/directory.csv samples/hubspot-deals.csv
echo $?
funnel-convert --help >/dev/full
echo $?
funnel-convert --version >/dev/full
echo $?
funnel --help >/dev/full
echo $?
