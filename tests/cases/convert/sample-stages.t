# Every sample that holds stage dates, against its oracle: the same bytes
# below the header, whose first column the oracle calls `segment`.
# Source: samples/oracle/NAME.csv, which the case `oracle` recomputes in SQL.
#
# same NAME OPTION... FILE...
same()
{
	oracle=samples/oracle/$1.csv
	shift
	funnel-convert -q -f csv \
		-m entered,converted,lost,rejected,recycled,open,imputed \
		"$@" >got || exit
	sed 's/^segment,/source,/' "$oracle" | diff - got ||
		echo "$oracle differs"
}

same hubspot-deals samples/hubspot-deals.csv
same hubspot-contacts samples/hubspot-contacts.csv
same hubspot-contacts-by-source --by source samples/hubspot-contacts.csv
same hubspot-contacts-2023 samples/hubspot-contacts-2023.csv
same salesforce-opportunity-history samples/salesforce-opportunity-history.csv
same salesforce-history-report samples/salesforce-history-report.csv
same w1-history -d samples/w1.yaml --map id=record --map stage_entered=time \
	samples/w1-history.csv
same utf16-tab -d samples/funnel.yaml --map stage_entered="Entered On" \
	samples/utf16-tab.csv
