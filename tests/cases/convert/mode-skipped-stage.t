# HubSpot's own example: created -> Lead -> Customer without an Opportunity.
# Its "all stages" counts the contact at the first two only, `reached` at all
# four, with the skipped one imputed, and `any` at three.
# Source: metrics.md 3.1.1.
cat >log.csv <<'EOF'
id,stage,stage_entered
c,Contact,2026-01-01
c,Lead,2026-01-05
c,Customer,2026-02-01
EOF
for mode in strict reached any; do
	echo $mode
	funnel-convert -f csv --mode $mode log.csv -m entered,imputed \
		--stages Contact,Lead,Opportunity,won:Customer
done
