# The script of the bars: records that entered 14 12 9 8 6 4 and rates of 12/14,
# 9/12, 8/9, 6/8, 4/6 with their Wilson intervals, as in case sample-hubspot and
# samples/oracle/hubspot-deals.csv; where each name stands follows from the
# longest of them, 24 characters of 7.2 pixels and a margin of 22: 194.8.
funnel-convert -q -o table.csv -m entered --chart-script - \
	samples/hubspot-deals.csv
# What is printed does not change what is drawn.
funnel-convert -q -o table.csv --long --chart-script a \
	samples/hubspot-deals.csv
funnel-convert -q -o table.csv -m entered --chart-script b \
	samples/hubspot-deals.csv
cmp a b
