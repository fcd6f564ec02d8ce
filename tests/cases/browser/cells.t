# The page holds the cells that TSV has, digit by digit, the hidden columns
# too; it has one table with its heads and its chart, its landmarks, no name
# twice and none that is missing, says nothing on the console and asks for
# nothing but itself.
# Source: the TSV of the same run; the names of landmarks are HTML's.
if ! command -v gnuplot >/dev/null; then
	echo 'gnuplot is missing (./bootstrap deps)' >&2
	exit 77
fi
. "$ROOT/tests/browser.sh"
funnel-convert -q -o page.html --by owner samples/hubspot-deals.csv
funnel-convert -q -o cells.tsv --by owner samples/hubspot-deals.csv
browse page.html 1280 900
run 'return [...document.querySelectorAll("tbody tr")].map(row =>
	[...row.cells].map(cell => cell.classList.contains("none") ? "" :
	cell.dataset.value ?? cell.textContent).join("\t")).join("\n")' >cells
sed 1d cells.tsv | diff - cells && [ "$(wc -l <cells)" -gt 9 ] &&
	echo 'same cells'
run 'return [...document.querySelectorAll("dt code")].map(id =>
	id.textContent).join("\t")' >ids
head -n 1 cells.tsv | diff - ids && echo 'same columns'
run 'return "heads as columns: " + (document.querySelectorAll(
	"thead th[scope=col]").length === document.querySelectorAll("dt").length)'
for selector in header nav main footer table caption 'tbody th[scope=row]' h1 \
	'figure[role=img][aria-label] svg' 'svg title, svg script, svg a' \
	 'html[lang]' 'main script, main style'; do
	run "return '$selector: ' +
		document.querySelectorAll('$selector').length"
done
run 'const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
	return "ids twice: " + (ids.length - new Set(ids).size)'
run 'const names = ["aria-describedby", "aria-labelledby",
	"data-definition", "for"], ids = [...document.querySelectorAll("*")]
	.flatMap(e => [e.hash?.slice(1), ...names.map(name =>
	e.getAttribute(name))]).filter(id => id);
	return `ids referred to: ${ids.length > 50}, missing: ` +
	ids.filter(id => !document.getElementById(id)).length'
echo "console: $(console)"
echo "requests: $(requests)"
