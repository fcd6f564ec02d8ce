# The page has the chart of its report, with the same bytes every time, also
# where --metric hides what the chart shows; a list has none, nor has a table
# without rows. Without gnuplot there is the table, and a line that says what is
# missing. A name in the chart is text there, too.
# Source: the titles of gnuplot's own SVG are the stages of the file.
if ! command -v gnuplot >/dev/null; then
	echo 'gnuplot is missing (./bootstrap deps)' >&2
	exit 77
fi
deals=samples/hubspot-deals.csv
mkdir none
charts()
{
	echo "$1: charts $(grep -c '<svg' page.html)," \
		"tables $(grep -c '<table>' page.html)," \
		"lines instead $(grep -c '<p class="chart-note">' page.html)"
}
funnel-convert -q -o page.html $deals
charts stages
sed -n '/<svg/,/<\/svg>/p' page.html | grep -c 'Decision Maker Bought-In'
funnel-convert -q -m open -o page.html $deals
charts '-m open'
sed -n '/<svg/,/<\/svg>/p' page.html | grep -c 'Decision Maker Bought-In'
funnel-convert -q -f html -m open $deals | cmp - page.html
funnel-convert -q --report vocabulary -o page.html $deals
charts 'a list'
funnel-convert -q --report outcomes --by owner --from 2030-01-01 \
	--as-of 2030-02-01 -o page.html $deals
charts 'no rows'
grep -o '>Chart: .*<' page.html
funnel=$(command -v funnel-convert)
PATH=none "$funnel" -q -o page.html $deals
echo $?
charts 'no gnuplot'
grep -o '>Chart: .*not installed' page.html
cat >hostile.csv <<'EOT'
id,stage,stage_entered
1,"<script>a</script> `touch pwned` $(id) ""'",2026-01-01
1,"]]><b>&lt;",2026-01-02
EOT
cat >hostile.yaml <<'EOT'
stages:
  - name: "<script>a</script> `touch pwned` $(id) \"'"
  - name: "]]><b>&lt;"
EOT
funnel-convert -q -d hostile.yaml -o page.html hostile.csv
charts hostile
sed -n '/<svg/,/<\/svg>/p' page.html | grep -cE '<script|<b>'
ls pwned 2>/dev/null
! command -v xmllint >/dev/null || xmllint --noout page.html
