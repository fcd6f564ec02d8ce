# What is refused before anything is read.
try()
{
	funnel-convert "$@"
	echo "exit $?"
}
try --chart chart.jpg samples/hubspot-deals.csv
try --chart chart samples/hubspot-deals.csv
try -r rejected --chart chart.svg samples/hubspot-deals.csv
try -o same.svg --chart same.svg -f csv samples/hubspot-deals.csv
cp samples/hubspot-deals.csv deals.csv
ln deals.csv deals.svg
try --chart deals.svg deals.csv
funnel-attribution -r overlap --lists a,b --chart x.svg
echo "exit $?"
