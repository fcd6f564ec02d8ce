# A click on a head sorts by the exact value, the second turns it round, the
# third gives the order of the report back. What is undefined is last both
# ways, equal values keep their order, names sort as people count.
# Source: by hand. 3/6 beats 1/3 beats 0/2; 33.3% of 3 and of 6 are one number.
. "$ROOT/tests/browser.sh"
{
	echo 'id,stage,created,closed,owner'
	for row in b10:Won b10:Open b10:Lost b10:Lost b2:Won b2:Lost b2:Lost \
		a:Won a:Won a:Won a:Lost a:Lost a:Lost none:Open \
		zero:Lost zero:Lost; do
		n=$((${n-0} + 1))
		echo "$n,${row#*:},2026-01-01,2026-01-02,${row%:*}"
	done
} >deals.csv
funnel-convert -q --report outcomes --by owner --stages Open,won:Won,lost:Lost \
	-m records,win_closed -o page.html deals.csv
browse page.html 1280 900
order()
{
	run "return '$1: ' + [...document.querySelectorAll('tbody th')].map(
		cell => cell.textContent).join(' ') + ' | ' +
		[...document.querySelectorAll('thead th')].map(head =>
		head.getAttribute('aria-sort') ?? '-').join(' ')"
}
order 'report'
for n in 1 2 3; do
	click 'thead th:nth-child(3) button'
	order "rate $n"
done
click 'thead th:nth-child(2) button'
order 'records 1'
click 'thead th:nth-child(1) button'
order 'owner 1'
click 'thead th:nth-child(1) button'
order 'owner 2'
run 'document.querySelector("thead button").focus()' >focus
press Enter
order 'owner 3, by keyboard'
echo "console: $(console)"
