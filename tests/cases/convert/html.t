# The HTML page of every report: well formed as XML too, whatever the cells
# hold; the same bytes in any locale and zone; without an address of anything
# outside; its policy names the digest of the script that it holds.
# Source: xmllint and openssl, which know nothing of this program.
for tool in xmllint openssl; do
	if ! command -v $tool >/dev/null; then
		echo "$tool is missing (./bootstrap deps)" >&2
		exit 77
	fi
done
page()
{
	n=$((${n-0} + 1))
	"$@" -q -f html >page.html || echo "$*: $?"
	xmllint --noout page.html || echo "not well formed: $*"
	grep -nE '(src|href)="[^#]|url\([^#]|@import|https?:' page.html |
		grep -v ' xmlns.*="http://www.w3.org/'
	LC_ALL=C TZ=Asia/Kolkata "$@" -q -f html | cmp - page.html
}
deals=samples/hubspot-deals.csv
for report in stages outcomes; do
	page funnel-convert --report $report --by owner -p quarter $deals
done
for report in cycle stages stalled; do
	page funnel-velocity --report $report $deals
done
for model in linear first,last,markov; do
	page funnel-attribution -d samples/credit.yaml --model $model \
		--touches samples/credit-touches.csv samples/credit-deals.csv
done
page funnel-convert -a --from 2030-01-01 --as-of 2030-02-01 $deals
printf 'id,stage,created,"<a b=""c"">&amp;"\n' >hostile.csv
printf '%s,Open,2026-01-01,"%b"\n' 1 ']]><![CDATA[<x>' 2 "&lt;'\"\"\`\$" \
	3 '\001\002\033[2J\177' 4 '\342\200\256\357\277\276\357\277\277' \
	5 '\377\300\200\355\240\200' 6 '</style></script><!--' >>hostile.csv
page funnel-convert --report outcomes --by '<a b="c">&amp;' \
	--stages 'Open,won:Won' hostile.csv
echo "$n pages"
sed -n "s/.*'sha256-\([^']*\)'.*/\1/p" page.html >said
awk '/^<script>/ { sub(/^<script>/, ""); inside = 1 }
	/<\/script>/ { if (inside) { sub(/<\/script>.*/, ""); printf "%s", $0 }
		inside = 0 }
	inside' page.html | openssl dgst -sha256 -binary | base64 |
	cmp - said && [ -s said ] && echo 'its own script'
