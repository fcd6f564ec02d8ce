# The page of a pack: no message on the console, no request but for itself; every
# section has its heading, its place in the list, and its table or what it would
# need; as many charts as the pack has files of them; every table sorts; nothing
# is wider than the window at 1280 and at 375 pixels; the PDF has all headings.
# Source: the manifest and the CSVs of the same pack.
for tool in gnuplot pdftotext; do
	command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 77; }
done
. "$ROOT/tests/browser.sh"
. "$ROOT/tests/pack.sh"
# shellcheck disable=SC2086 # options are words
funnel-pack -q --quarterly $all -o review || exit
cp review/index.html page.html
browse page.html 1280 900
run 'return [...document.querySelectorAll("nav a")].map(link =>
	link.hash.slice(1)).join("\n")' >listed
run 'return [...document.querySelectorAll("main > section")].map(section =>
	section.id).join("\n")' | diff listed - && echo 'every section is listed'
run 'return [...document.querySelectorAll("section:has(table)")].map(section =>
	`${section.id} ${section.querySelectorAll("tbody tr").length}`)
	.sort().join("\n")' >tables
for table in review/tables/*.csv; do
	id=${table##*/}
	# Physical lines would count those in quoted cells, too.
	echo "${id%.csv} $(python3 -c 'import csv, sys
print(len(list(csv.reader(open(sys.argv[1], newline="")))) - 1)' "$table")"
done | LC_ALL=C sort | diff tables - && echo 'every table with all rows'
run 'return "sections without one: " + [...document.querySelectorAll(
	"section:has(.lacks)")].map(section => section.id).join(" ")'
charts=$(find review/charts -name '*.svg' | wc -l)
[ "$(run 'return document.querySelectorAll("figure svg").length')" = "$charts" ] &&
	[ "$charts" -gt 9 ] && echo 'every chart'
run 'let unsorted = 0;
	for (const table of document.querySelectorAll("table")) {
		const head = table.tHead.rows[0].cells[0];
		head.querySelector("button").click();
		unsorted += head.getAttribute("aria-sort") !== "ascending";
	}
	return "tables that do not sort: " + unsorted'
run 'const rows = [...document.querySelectorAll("#quality tbody tr")].map(row =>
	row.cells[0].textContent);
	return "by name: " + (rows.join() === [...rows].sort().join())'
run 'const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
	return "ids twice: " + (ids.length - new Set(ids).size)'
for width in 1280 375; do
	browse page.html $width 800
	run "return '$width: wider than the window: ' +
		(document.documentElement.scrollWidth > innerWidth)"
done
run 'return "frames of charts that are wider: " + [...document.querySelectorAll(
	"figure")].filter(f => f.getBoundingClientRect().width > innerWidth).length'
print_pdf page.pdf
pdftotext -layout page.pdf page.txt
run 'return [...document.querySelectorAll("h2")].map(h =>
	h.textContent).join("\n")' | while read -r heading; do
	grep -q -F "$heading" page.txt || echo "not in the PDF: $heading"
done
echo "console: $(console)"
echo "requests: $(requests | sort -u)"
