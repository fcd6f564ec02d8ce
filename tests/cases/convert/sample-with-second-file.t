# Exports that need a second file beside them: an old/new log and its record
# list (first stages, and records that never moved), a period log and the
# deals that prove what its Modified Time is, leads and the deals they became.
# In both orders of the files.
# Source: samples/oracle/NAME.csv (case `oracle`).
stages=entered,converted,lost,rejected,recycled,open,imputed

# both NAME FIRST SECOND OPTION...
both()
{
	oracle=samples/oracle/$1.csv first=samples/$2 second=samples/$3
	shift 3
	funnel-convert -q -f csv "$@" "$first" "$second" >got || exit
	diff "$oracle" got || echo "$oracle differs"
	funnel-convert -q -f csv "$@" "$second" "$first" >turned || exit
	diff got turned || echo "$oracle depends on the order of the files"
}

both salesforce-field-history salesforce-field-history.csv \
	salesforce-field-history-records.csv -m $stages
both zoho-stage-history zoho-stage-history.csv zoho-deals.csv -m $stages
funnel-convert -q -f csv --report outcomes -m records,won,lost,rejected \
	-m recycled,open samples/salesforce-leads.csv \
	samples/salesforce-deals-for-leads.csv >got || exit
cut -d , -f 1-6 samples/oracle/salesforce-leads.csv | diff - got
both salesforce-leads-by-source salesforce-leads.csv \
	salesforce-deals-for-leads.csv --report outcomes --by source \
	-m records,won,lost,rejected,recycled,open,win_closed,win_created |
	# The oracle calls the column of the segment so.
	sed '/^1c1$/d;/^< segment,/d;/^---$/d;/^> source,/d;/differs$/d'
