# Names are strangers': markup, scripts, quotes, back-ticks, $, entities, the
# ends of comments, text from right to left, 200 characters, line breaks, what
# is no character. All stay text, in cells, heads, notes and attributes; no
# element of theirs is on the page, nothing runs, nothing is asked for.
# Source: the names as written below; \n and the like as in render_text.
. "$ROOT/tests/browser.sh"
long=$(printf '%0200d' 0)
cat >names <<EOT
<script>document.title = 'run'</script>
"><img src=x onerror="document.title='run'">
' onmouseover='document.title=1
</table></section></main><iframe src="https://example.org/">
O'Brien & \`touch pwned\` \$(touch pwned) "Sons"
]]> --> &lt;b&gt; &#60; {{7*7}} \${7*7}
שלום (x) 123
مبيعات <b>
javascript:alert(1)
$long
EOT
{
	echo 'id,stage,created,"<svg onload=""document.title=1""> & ""x"""'
	n=0
	sed 's/"/""/g' names | while read -r name; do
		n=$((n + 1))
		printf '%d,Open,2026-01-01,"%s"\n' $n "$name"
	done
	printf '90,Open,2026-01-01,"a\nb\tc"\n'
	printf '91,Open,2026-01-01,"\342\200\256evil\342\201\246"\n'
	printf '92,Open,2026-01-01,"\357\277\276\001"\n'
} >'<b>.csv'
funnel-convert -q --report outcomes --stages 'Open,won:Won' -o page.html \
	--by '<svg onload="document.title=1"> & "x"' '<b>.csv'
browse page.html 1280 900
run 'return [...document.querySelectorAll("tbody th")].map(cell =>
	cell.textContent).join("\n")' | LC_ALL=C sort >cells
{
	cat names
	printf '%s\n' 'a\nb\tc' '�evil�' '��'
} | LC_ALL=C sort | diff - cells && echo 'all names as they are'
run 'return document.querySelector("thead th").textContent'
run 'return [...document.querySelectorAll("li")].map(note =>
	note.textContent).find(note => note.includes("<b>.csv"))
	?.replace(/:.*/, "")'
run 'return "elements: " + [...new Set([...document.body.querySelectorAll("*")]
	.filter(e => !e.closest("figure, .chart-note")).map(e => e.localName))].sort()
	.join(" ")'
run 'return "of the chart: " + document.querySelectorAll(
	"figure > :not(svg), svg :is(script, a, image, style, foreignObject)")
	.length'
run 'return "handlers: " + [...document.querySelectorAll("*")].flatMap(e =>
	[...e.attributes]).filter(a => a.name.startsWith("on")).length'
for selector in 'tbody th' 'thead th button'; do
	hover "$selector"
	await '!document.getElementById("tip").hidden'
	press Escape
done
run 'return document.title'
run 'return "wider than the window: " +
	(document.documentElement.scrollWidth > innerWidth)'
ls pwned 2>/dev/null
echo "console: $(console)"
echo "requests: $(requests)"
