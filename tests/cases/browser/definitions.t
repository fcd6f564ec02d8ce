# The definition of every number is one hover, one tap or one focus away, the
# exact value of a rounded one with it; Escape, a tap elsewhere and the next
# focus put it away. A screen reader gets it as the description of the head.
# Source: the help of the column in the JSON of the same run; 12 / 14 by bc.
. "$ROOT/tests/browser.sh"
for file in page.html report.json; do
	funnel-convert -q -m entered,rate -o $file samples/hubspot-deals.csv
done
help=$(jq -r '.columns[] | select(.id == "rate") | .help' report.json)
browse page.html 1280 900

# Says what the box shows, and whether all of it is in the window.
shown()
{
	await '!document.getElementById("tip").hidden'
	run 'const tip = document.getElementById("tip"), box =
		tip.getBoundingClientRect(), inside = box.left >= 0 &&
		box.top >= 0 && box.right <= innerWidth &&
		box.bottom <= innerHeight;
		return `'"$1"': ${[...tip.children].map(line =>
		line.textContent).join(" | ")}${inside ? "" : " (cut)"}`' |
		sed "s|$help|HELP|"
}

gone()
{
	await 'document.getElementById("tip").hidden'
	echo "gone: $1"
}

number='tbody tr:nth-child(1) td:nth-child(3)'
head='thead th:nth-child(3)'
[ -n "$help" ] && hover "$number" && shown 'hover a number'
press Escape && gone Escape
hover "$head" && shown 'hover a head'
hover h1 && gone 'the pointer left'
tap "$number" && shown 'tap a number'
tap h1 && gone 'tap elsewhere'
run 'document.querySelector("thead th:nth-child(2) button").focus()' >focus
press Tab && shown 'focus a head'
press Tab && gone 'the focus left'
run "const head = document.querySelector('$head button');
	return document.getElementById(head.getAttribute('aria-describedby'))
	.textContent" | sed "s|$help|described: HELP|"
browse page.html 375 700
tap 'tbody tr:nth-child(1) td:nth-child(2)' && shown 'on a phone'
echo "console: $(console)"
