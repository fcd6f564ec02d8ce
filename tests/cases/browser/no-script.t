# Where scripts are off everything is there: the heads are links to their
# definitions and say them on hover, the box shows all columns, the list of
# definitions unfolds. No button is there that would do nothing.
# Source: the help of the column in the JSON of the same run.
. "$ROOT/tests/browser.sh"
for file in page.html report.json; do
	funnel-convert -q -m entered,rate -o $file samples/hubspot-deals.csv
done
help=$(jq -r '.columns[] | select(.id == "rate") | .help' report.json)
funnel-convert -q -o all.html samples/hubspot-deals.csv
browse page.html 1280 900
devtools Emulation.setScriptExecutionDisabled '{"value":true}' >/dev/null
browse page.html 1280 900
run 'return "buttons: " + document.querySelectorAll("button").length'
run 'return document.querySelector("thead th:nth-child(3) a").title' |
	sed "s|^$help\$|hover: HELP|"
click 'thead th:nth-child(3) a'
run 'return document.querySelector("dd:target").textContent' |
	sed "s|^$help\$|target: HELP|"
run 'return "unfolded: " + document.querySelector("dd:target")
	.checkVisibility()'
browse all.html 1280 2400
shown='return `columns that wait: ${[...document.querySelectorAll("thead th")]
	.filter(head => !head.checkVisibility()).length > 0}`'
run "$shown"
click .all
run "$shown"
click summary
run 'return "unfolded: " + document.querySelector("dd").checkVisibility()'
echo "console: $(console | grep -v 'scripting is disabled')"
