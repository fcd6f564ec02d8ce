# The main sample: why Lead to SQL changed from January to February. It did
# not, 8 of 16 and 7 of 14; what the parts are is in SQL.
# Source: samples/oracle/generic-ladder-change.csv (case `oracle`); by hand in
# samples/README.md.
funnel-convert -q -f csv -d samples/funnel.yaml --map id="Enquiry No" \
	--map source="Enquiry Source" --map stage:Lead="Enquiry Date" \
	--map stage:MQL="MQL Date" --map stage:SAL="SAL Date" \
	--map stage:SQL="SQL Date" --map stage:Opportunity="Opportunity Date" \
	--map stage:Proposal="Proposal Date" \
	--map stage:"Closed Won"="Won Date" \
	--map stage:"Closed Lost"="Lost Date" \
	--map stage:Disqualified="Disqualified Date" \
	--map stage:Nurture="Nurture Date" --report change --step Lead:SQL \
	--by source --from 2026-02-01 --to 2026-03-01 \
	--before 2026-01-01..2026-02-01 --horizon 20d \
	-m change,mix_effect,rate_effect,maturity_effect \
	samples/generic-ladder.csv |
	awk -F , -v OFS=, 'NR > 1 {
		for (i = 2; i <= NF; i++)
			$i = sprintf("%.6f", $i)
	} { print }' | diff samples/oracle/generic-ladder-change.csv -
