# The bonuses of the model points are agreed in the definitions (R27). Expected
# by hand: Web is first, Mail the last before the lead, Fair the last before the
# opportunity, Ads the last of all.
points()
{
	funnel-attribution -q -f csv --touches touches.csv --conversion won \
		--model points,custom:1:0:3,time_decay "$@" \
		-m points,points_value log.csv
	echo "exit $?"
}
cat >log.csv <<'EOF'
id,stage,stage_entered,amount
d1,Lead,2026-01-06,
d1,Opportunity,2026-01-10,
d1,Won,2026-01-20,1000
EOF
cat >touches.csv <<'EOF'
deal id,date,channel
d1,2026-01-01,Web
d1,2026-01-05,Mail
d1,2026-01-09,Fair
d1,2026-01-15,Ads
EOF
cat >agreed.yaml <<'EOF'
stages: [{ name: Lead }, { name: Opportunity }, { name: Won, outcome: won }]
EOF
cp agreed.yaml points.yaml
cat >>points.yaml <<'EOF'
attribution: { points: { first: 2, opportunity: 3, last: 0 } }
EOF
# 1 + 1 each: a quarter of 1000.
points -d agreed.yaml
# Web 1 + 2, Mail 1 + 1, Fair 1 + 3, Ads 1 + 0, of 10.
points -d points.yaml
# The weights that were taken are said.
funnel-attribution -q -f md -d points.yaml --touches touches.csv \
	--conversion won --model points,custom:1:0:3,time_decay:14d log.csv |
	grep -E '^- model'
