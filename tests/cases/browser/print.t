# On paper: no links, no boxes and no arrows; nothing cut off by a frame; the
# definitions that are folded away on the screen are there; black on white
# though the screen is dark; a table that is wider than the paper is made to
# fit, with every column ticked, too. The PDF has pages, and then the screen is
# as before.
# Source: page.css says it, HTML names the parts.
. "$ROOT/tests/browser.sh"
funnel-convert -q -o page.html samples/hubspot-deals.csv
browse page.html 1280 900 dark
devtools Emulation.setEmulatedMedia '{"media":"print","features":[{"name":
	"prefers-color-scheme","value":"dark"}]}' >/dev/null
for selector in nav .skip .all .no-such header table caption summary dd \
	.notes footer; do
	run "const e = document.querySelector('$selector');
		return '$selector: ' + Boolean(e?.checkVisibility({
		contentVisibilityAuto: true }) && e.getBoundingClientRect().width)"
done
run 'return "arrow: " + getComputedStyle(document.querySelector(
	"thead button"), "::after").display'
run 'return "frame: " + getComputedStyle(document.querySelector(".scroll"))
	.overflow'
run 'const of = getComputedStyle(document.body);
	return of.color + " on " + of.backgroundColor'
devtools Emulation.setEmulatedMedia '{"media":""}' >/dev/null
for ticked in no yes; do
	# A4 is 794 CSS pixels wide, its margins here 24 mm. Text of the screen
	# is measured before, as the browser does when it prints.
	browse page.html 703 900
	[ $ticked = no ] || click .all
	run 'dispatchEvent(new Event("beforeprint"))' >event
	devtools Emulation.setEmulatedMedia '{"media":"print"}' >/dev/null
	run 'const table = document.querySelector("table");
		return "ticked '$ticked': fits " +
		(table.getBoundingClientRect().right <= innerWidth &&
		table.getBoundingClientRect().width > innerWidth / 2)'
	devtools Emulation.setEmulatedMedia '{"media":""}' >/dev/null
	run 'dispatchEvent(new Event("afterprint"))' >event
done
print_pdf page.pdf
head -c 5 page.pdf | tr '\n' ' '
pages=$(grep -aEc '/Type ?/Page($|[^s])' page.pdf)
[ "$pages" -ge 1 ] && [ "$pages" -le 6 ] && echo 'has pages'
run 'return "folded again: " + !document.querySelector("details").open'
echo "console: $(console)"
