# Boxes: first quartile to third, then the median as a line (x, y, dx, dy), the
# whisker to the ninth decile and its end. Stays of 1, 2, 3, 4 and 5 days: by R's
# type 7 quartiles 2, 3, 4 and 4.6.
{
	echo id,stage,stage_entered
	for n in 1 2 3 4 5; do
		printf '%s,Lead,2026-01-01\n%s,Won,2026-01-0%s\n' \
			"$n" "$n" $((n + 1))
	done
} >log.csv
funnel-velocity -q -r stages --stages Lead,won:Won -o table.csv \
	--chart-script script log.csv
sed -n '/^\$d1/,/^set multiplot/p' script
