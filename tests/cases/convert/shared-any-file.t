# Every CSV file of the shared data, one by one and each folder at once: a
# report, or one line that says why not; rows of a report are all used or in
# the ledger. Prints what breaks this, and how many files it tried.
data="$SHARED/data"
if ! [ -d "$data" ]; then
	echo 'the shared data is not here' >&2
	exit 77
fi
check()
{
	what=$1
	shift
	timeout 60 funnel-convert -q -f csv "$@" >out 2>err
	code=$?
	case $code in
	0) [ -s err ] && echo "$what: 0, and says $(head -n 1 err)" ;;
	2 | 3)
		[ -s out ] && echo "$what: $code, and prints"
		[ "$(grep -vc 'see funnel-convert --help$' err)" -eq 1 ] ||
			echo "$what: $code without one line"
		;;
	*) echo "$what: exit $code" ;;
	esac
}
find "$data" -name '*.csv' | LC_ALL=C sort >files
while read -r file; do
	check "${file#"$data"/}" "$file"
	check "${file#"$data"/} with stages" --stages Lead,MQL,won:Won \
		--no-id "$file"
done <files
for folder in "$data"/*-warehouse "$data"/salesforce-api; do
	check "${folder##*/}" "$folder"/*.csv
done
[ "$(wc -l <files)" -gt 50 ] || wc -l <files
