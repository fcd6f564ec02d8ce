# Every sample that is a record list, against its oracle. The oracle prints
# rates with six digits, so they are cut to six here; and it calls the first
# column `segment`.
# Source: samples/oracle/NAME.csv, which the case `oracle` recomputes in SQL.
#
# same NAME COLUMN-OF-SEGMENT OPTION... FILE...
same()
{
	oracle=samples/oracle/$1.csv segment=$2
	shift 2
	funnel-convert -q -f csv --report outcomes -m records,won,lost \
		-m rejected,recycled,open,win_closed,win_created \
		"$@" >got || exit
	awk -F , -v OFS=, '
	NR > 1 {
		for (i = NF - 1; i <= NF; i++)
			if ($i != "")
				$i = sprintf("%.6g", $i)
	}
	{ print }' got >rounded
	sed "s/^segment,/$segment,/" "$oracle" | diff - rounded ||
		echo "$oracle differs"
}

same salesforce-opportunities - samples/salesforce-opportunities.csv
same salesforce-opportunities-by-owner owner --by owner \
	samples/salesforce-opportunities.csv
same salesforce-opportunities-by-source source --by source \
	samples/salesforce-opportunities.csv
same salesforce-report - samples/salesforce-report.csv
same salesforce-report-by-owner owner --by owner samples/salesforce-report.csv
same salesforce-report-by-source source --by source \
	samples/salesforce-report.csv
same zoho-deals - samples/zoho-deals.csv
same zoho-deals-by-owner owner --by owner samples/zoho-deals.csv
same zoho-deals-by-source source --by source samples/zoho-deals.csv
same hubspot-deals-outcomes-by-owner owner --by owner samples/hubspot-deals.csv
