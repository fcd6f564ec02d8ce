# Without gnuplot: the report and the script are there, the chart is not, the
# message says what to install, the exit code is 4. The same for one that fails.
mkdir bin
ln -s "$(command -v funnel-convert)" bin/funnel-convert
run()
{
	PATH=$PWD/bin funnel-convert -q -f csv -m entered --chart chart.svg \
		--chart-script chart.gp samples/hubspot-deals.csv
	echo "exit $?"
}
run
grep -c 'set terminal svg' chart.gp
broken()
{
	printf '#!/bin/sh\n%s\n' "$1" >bin/gnuplot
	chmod +x bin/gnuplot
	run | tail -n 1
}
broken 'echo half a picture; echo " line 9: no such thing" >&2; exit 1'
broken 'kill -9 $$'
broken 'exit 0'
ls
