# The main sample: a sheet with a date column a stage and names of its own,
# as a whole, by source, by owner and by month.
# Source: samples/oracle/generic-ladder*.csv (case `oracle`); by hand in
# samples/README.md.
enquiries()
{
	funnel-convert -q -f csv -d samples/funnel.yaml \
		--map id="Enquiry No" --map source="Enquiry Source" \
		--map owner="Account Manager" --map amount="Deal Value (INR)" \
		--map stage:Lead="Enquiry Date" --map stage:MQL="MQL Date" \
		--map stage:SAL="SAL Date" --map stage:SQL="SQL Date" \
		--map stage:Opportunity="Opportunity Date" \
		--map stage:Proposal="Proposal Date" \
		--map stage:"Closed Won"="Won Date" \
		--map stage:"Closed Lost"="Lost Date" \
		--map stage:Disqualified="Disqualified Date" \
		--map stage:Nurture="Nurture Date" \
		"$@" samples/generic-ladder.csv >got || exit
	sed '1s/^[a-z]*,stage,/segment,stage,/' got
}
counts=entered,converted,lost,rejected,recycled,open,imputed

enquiries -m $counts | diff samples/oracle/generic-ladder.csv -
enquiries -m $counts --by source |
	diff samples/oracle/generic-ladder-by-source.csv -
enquiries -m $counts --by owner |
	diff samples/oracle/generic-ladder-by-owner.csv -
enquiries -m $counts --period month |
	diff samples/oracle/generic-ladder-by-month.csv -
# The oracle prints six digits.
enquiries -m entered,rate,cumulative |
	awk -F , -v OFS=, 'NR > 1 && $3 != "" { $3 = sprintf("%.6g", $3) } 1' |
	diff samples/oracle/generic-ladder-rates.csv -
