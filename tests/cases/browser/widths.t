# At the widths of a phone and a desk, by day and by night: the page itself
# never scrolls sideways, the table does so in its frame and keeps the names
# of its rows in sight; columns for machines wait behind a box to tick; all
# text stands out from its ground by 4.5 to 1 (WCAG 2.2, 1.4.3), and what is
# pressed is 24 pixels high with the room around it (2.5.8).
# Source: WCAG with its own formula of relative luminance; the numbers of
# columns are those of Markdown, without and with --all-columns.
. "$ROOT/tests/browser.sh"
funnel-convert -q -o page.html samples/hubspot-deals.csv
contrast='
	const canvas = document.createElement("canvas").getContext("2d",
		{ willReadFrequently: true });
	const rgba = colour => {
		canvas.clearRect(0, 0, 1, 1);
		canvas.fillStyle = colour;
		canvas.fillRect(0, 0, 1, 1);
		return [...canvas.getImageData(0, 0, 1, 1).data];
	};
	const ground = e => {
		for (; e; e = e.parentElement) {
			const colour = rgba(getComputedStyle(e)
				.backgroundColor);
			if (colour[3] === 255)
				return colour;
		}
		return [255, 255, 255, 255];
	};
	const luminance = colour => colour.slice(0, 3).map(c => c / 255)
		.map(c => c <= 0.04045 ? c / 12.92 :
			((c + 0.055) / 1.055) ** 2.4)
		.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const texts = [...document.body.querySelectorAll("*")].filter(e =>
		e.checkVisibility() && [...e.childNodes].some(n =>
		n.nodeType === Node.TEXT_NODE && n.data.trim()));
	const ratios = texts.map(e => {
		const two = [rgba(getComputedStyle(e).color), ground(e)]
			.map(luminance).sort((a, b) => b - a);
		return (two[0] + 0.05) / (two[1] + 0.05);
	});
	return texts.length > 50 && Math.min(...ratios) >= 4.5 ?
		"text stands out" : `${texts.length}: ${Math.min(...ratios)}`'
for window in '320 600' '375 700' '1280 900'; do
	for scheme in light dark; do
		# shellcheck disable=SC2086 # width and height
		browse page.html $window $scheme
		echo "$window $scheme:"
		run 'document.querySelector(".definitions").open = true;
			return "page wider than the window: " +
			(document.documentElement.scrollWidth > innerWidth)'
		run "$contrast"
	done
done
columns='return `columns: ${[...document.querySelectorAll("thead th")].filter(
	head => head.checkVisibility()).length}`'
for all in '' -a; do
	markdown=$(funnel-convert -q -f md $all samples/hubspot-deals.csv |
		sed -n '3s/[^|]//gp')
	[ "$(run "$columns")" = "columns: $((${#markdown} - 1))" ] &&
		echo "as many columns as Markdown ${all:-shows}"
	[ "$all" ] || click .all
done
run 'return "desk: frame scrolls " + (f => f.scrollWidth > f.clientWidth)(
	document.querySelector(".scroll"))'
browse page.html 375 700
run 'const frame = document.querySelector(".scroll");
	frame.scrollLeft = 200;
	return `phone: frame scrolls ${frame.scrollLeft > 0}, names stay ${
	document.querySelector("tbody th").getBoundingClientRect().left >= 0 &&
	document.querySelector("thead th").getBoundingClientRect().left >= 0}`'
run 'const low = [...document.querySelectorAll("a, input, summary, button")]
	.filter(e => e.checkVisibility() && !e.matches(".skip"))
	.filter(e => (e.closest("th") ?? e.closest("label") ?? e)
	.getBoundingClientRect().height < (e.matches("input") ? 16 : 24));
	return "too small to press: " + low.map(e => e.textContent)'
echo "console: $(console)"
