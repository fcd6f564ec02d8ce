# --strict stops at the first bad row or cell, whichever it is, with its line;
# nothing is printed. Furniture, blank and doubled rows are not bad.
head='id,stage,stage_entered'
bad()
{
	printf '%s\na,Open,2026-01-01\n%s\nb,Flying,2026-01-01\n' \
		"$head" "$1" >log.csv
	funnel-convert -f csv --strict --stages Open,won:Won log.csv
	echo $?
}
bad 'a,Won'
bad ',Won,2026-01-02'
bad 'a,,2026-01-02'
bad 'a,Won,'
bad 'a,Won,soon'
bad 'a,"Won"x,2026-01-02'
bad 'a,Open,2026-01-01'
printf '%s\na,Open,2026-01-01\n\na,Open,2026-01-01\nTotal,,\n' "$head" >log.csv
funnel-convert -f csv --strict --stages Open,won:Won -m entered log.csv
