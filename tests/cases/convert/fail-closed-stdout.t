# A stdout that is closed is an error, too; a closed stdin matters only to -.
funnel-convert -q -f csv samples/hubspot-deals.csv >&-
echo $?
funnel-convert -q -f csv -m entered samples/hubspot-deals.csv <&- | head -n 1
funnel-convert -q - <&-
echo $?
