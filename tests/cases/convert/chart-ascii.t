# On a terminal that is told to be plain the chart is ASCII, but for names; it
# follows the report on standard output.
command -v gnuplot >/dev/null || { echo 'gnuplot is missing' >&2; exit 77; }
LC_ALL=C funnel-convert -q -f csv -m rate --chart - samples/hubspot-deals.csv
LC_ALL=C funnel-velocity -q -o table.csv --chart - samples/pipeline-deals.csv \
	samples/pipeline-history.csv | LC_ALL=C tr -d '[:print:]\n' | wc -c
funnel-convert -q -f csv -m rate --chart - samples/hubspot-deals.csv >/dev/full
echo "exit $?"
