# A price for every step, and twelve months of an event (metrics.md 3.3.5,
# product.md A06, A07). Expected by hand, in the comments.
money()
{
	funnel-attribution -q -f csv -d funnel.yaml --report money \
		--touches touches.csv --conversion won --model linear \
		--spend spend.csv "$@"
	echo "exit $?"
}
cat >funnel.yaml <<'EOF'
stages:
  - { name: Lead }
  - { name: MQL }
  - { name: SQL }
  - { name: Opportunity }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
EOF
cat >log.csv <<'EOF'
id,stage,stage_entered,amount
r1,MQL,2026-01-10,
r1,SQL,2026-01-15,
r1,Opportunity,2026-01-20,
r1,Won,2026-02-10,1000
r2,MQL,2026-01-12,
r2,SQL,2026-01-18,
r2,Opportunity,2026-01-25,
r2,Lost,2026-02-05,
r3,MQL,2026-01-14,
r3,SQL,2026-02-02,
r4,MQL,2026-01-20,
r5,Lead,2026-01-02,
EOF
cat >touches.csv <<'EOF'
deal id,date,channel
r1,2026-01-05,Ads
r1,2026-01-12,Fair
r2,2026-01-11,Fair
r3,2026-01-10,Ads
r3,2026-01-30,Fair
r4,2026-01-19,Ads
r4,2026-01-21,Fair
r5,2026-01-02,Ads
EOF
cat >spend.csv <<'EOF'
source,month,cost
Ads,2026-01,600
Fair,2026-01,900
EOF
# Touches up to the step: MQL Ads 1 + 1 + 1, Fair 1; SQL Ads 1/2 + 1/2, Fair
# 1/2 + 1 + 1/2; opportunity Ads 1/2, Fair 1/2 + 1; win 1/2 each. Ads 600 for
# 3, 1, 1/2, 1/2; Fair 900 for 1, 2, 3/2, 1/2; 1500 for 4, 3, 2, 1.
steps=mqls,cost_per_mql,sqls,cost_per_sql
steps=$steps,opportunities,cost_per_opportunity,wins,cac
money -m $steps log.csv
# In January two of the SQL, 1/2 and 3/2; in February what nobody paid for.
money -p month -m $steps log.csv
# No stage is called MQL or SQL: no such price, and no such column in a table.
grep -v 'QL }' funnel.yaml >short.yaml
grep -v QL log.csv >short.csv
mv funnel.yaml long.yaml
mv short.yaml funnel.yaml
money -m $steps short.csv
funnel-attribution -q -f md -d funnel.yaml --report money --touches touches.csv \
	--conversion won --spend spend.csv short.csv | grep '^| Channel'
mv long.yaml funnel.yaml

# An event: 365 days after 10 January 2025 is 10 January 2026, which counts,
# the 11th does not. The second fair has until October.
cat >deals.csv <<'EOF'
id,created,close date,outcome,stage,amount
d1,2025-01-20,2025-06-01,won,Won,1000
d2,2025-01-20,2026-01-10,won,Won,500
d3,2025-01-20,2026-01-11,won,Won,300
d4,2025-11-20,2026-01-12,won,Won,200
EOF
cat >touches.csv <<'EOF'
deal id,date,channel,campaign
d1,2025-01-10,Fair,Expo 25
d2,2025-01-10,Fair,Expo 25
d3,2025-01-10,Fair,Expo 25
d4,2025-10-01,Fair,Autumn fair
EOF
cat >spend.csv <<'EOF'
campaign,day,cost
Expo 25,2025-01-10,100
Autumn fair,2025-10-01,50
Print,,10
EOF
money --key campaign --lookback 365d -m spend,wins,value,roas,mature_from \
	deals.csv
funnel-attribution -q -f md -d funnel.yaml --report money --key campaign \
	--touches touches.csv --conversion won --lookback 365d \
	--spend spend.csv deals.csv | grep '^- spend'
