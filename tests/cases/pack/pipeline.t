# The pipelines of the manual, as they stand there, print what awk makes of the
# same CSV; the last one makes a workbook with the same numbers.
# Source: awk, and tests/sheet.
sed -n '/^\.\\" pipelines:/,/^\.Ed/p' "$ROOT/man/funnel-pack.1" |
	sed -e '/^\./d' -e 's/\\e/\\/g' >script
ln -s samples/pipeline-deals.csv deals.csv
funnel-convert -q -r outcomes --by source -f csv deals.csv |
	awk -F , 'NR > 1 { print $1 "," $3 }' | sort -t , -k 2nr >ours
[ -s ours ] || echo 'there is nothing to compare with'

# The paragraph that names a tool.
example()
{
	awk -v RS= -v tool="$1" 'index($0, tool)' script
}
tried=''
for tool in mlr xan; do
	command -v $tool >/dev/null || continue
	tried="$tried $tool"
	example $tool >run
	[ -s run ] || echo "no example with $tool"
	sh ./run | sed 1d | tr -d '\r' | diff ours - || echo "$tool differs"
done
example outcomes.xlsx >run
sh ./run
"$ROOT/tests/sheet" outcomes.xlsx >cells
sed 's/,.*//' ours | while read -r source; do
	grep -q "	$source\$" cells || echo "no $source in the workbook"
done
[ "$tried" ] || { echo 'neither mlr nor xan is here' >&2; exit 77; }
