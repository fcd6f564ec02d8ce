# Leads alone: a lead that was converted is open, since what became of it is
# known from the deals only. Junk Lead and Lost Lead are rejected, and the
# one `Contact in Future` is recycled, which the oracle counts as open.
# Source: samples/oracle/zoho-leads.csv (case `oracle`), which has converted
# and open leads apart.
awk -F , -v OFS=, 'NR > 1 { print $1, $2, $4, $3 + $5 }' \
	samples/oracle/zoho-leads.csv >expected
funnel-convert -q -f csv --by source --report outcomes \
	-m records,rejected,open,recycled samples/zoho-leads.csv >got || exit
awk -F , -v OFS=, 'NR > 1 { print $1, $2, $3, $4 + $5; recycled += $5 }
	END { if (recycled != 1) print recycled, "recycled" }' got |
	diff expected -
