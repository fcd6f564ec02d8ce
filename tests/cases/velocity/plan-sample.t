# The main sample against its oracle: the target of samples/funnel.yaml, which
# is that of the fiscal quarter from 1 January 2027, worked backward.
# Source: samples/oracle/generic-ladder-plan.csv, which the case
# convert/oracle recomputes in SQL; by hand in samples/README.md. The oracle
# prints six digits, and ten of an amount.
funnel-velocity -q -f csv --report plan -d samples/funnel.yaml \
	--map id="Enquiry No" --map amount="Deal Value (INR)" \
	--map stage:Lead="Enquiry Date" --map stage:MQL="MQL Date" \
	--map stage:SAL="SAL Date" --map stage:SQL="SQL Date" \
	--map stage:Opportunity="Opportunity Date" \
	--map stage:Proposal="Proposal Date" \
	--map stage:"Closed Won"="Won Date" \
	--map stage:"Closed Lost"="Lost Date" \
	--map stage:Disqualified="Disqualified Date" \
	--map stage:Nurture="Nurture Date" \
	-m needed,needed_low,needed_high,rate,rate_lo,rate_hi,rate_n \
	-m value,coverage,needed_by,median_days,run_rate,gap \
	samples/generic-ladder.csv |
	awk -F , -v OFS=, '
	NR > 1 {
		for (i = 5; i <= NF; i++)
			if ($i != "" && i != 11)
				$i = sprintf(i == 9 ? "%.10g" : "%.6g", $i)
	}
	{ print }' | diff samples/oracle/generic-ladder-plan.csv -
