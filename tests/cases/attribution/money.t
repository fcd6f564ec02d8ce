# What was paid beside what was credited (metrics.md 3.3.5, R45). Expected by
# hand, in the comments.
report=money conversion=won
money()
{
	funnel-attribution -q -f csv -d funnel.yaml --report $report \
		--touches touches.csv --conversion $conversion "$@" deals.csv
	echo "exit $?"
}
own=spend,conversions,value,roas,cost_per_conversion,cac
cat >deals.csv <<'EOF'
id,created,close date,outcome,stage,amount,currency
d1,2026-01-01,2026-01-20,won,Won,1000,EUR
d2,2026-01-05,2026-01-25,won,Won,600,EUR
d3,2026-01-06,2026-02-10,won,Won,900,EUR
d4,2026-01-07,2026-02-15,won,Won,400,EUR
d5,2026-01-07,2026-02-20,won,Won,300,EUR
d6,2026-01-07,2026-02-20,lost,Lost,300,EUR
EOF
# Nobody agreed on Radio; d5 has no touch.
cat >touches.csv <<'EOF'
deal id,date,channel,campaign
d1,2026-01-10,ads,Brand
d1,2026-01-11,Mail,News
d2,2026-01-10,Fair,
d3,2026-02-01,Ads,Brand
d3,2026-02-02,Ads,Spring
d3,2026-02-03,Mail,News
d4,2026-02-01,Radio,
d6,2026-02-01,Mail,News
EOF
# A repeated row is paid twice; Print brought nothing, nobody paid for Fair,
# two rows have no one month.
cat >spend.csv <<'EOF'
source,month,cost,currency
ads,2026-01,100.10,EUR
ads,2026-01,100.10,EUR
Ads,2026-02,149.80,EUR
Mail,2026-02,50,EUR
Print,2026-02,80,EUR
Radio,2026-02,40,EUR
Mail,2026-Q1,20,EUR
Mail,,30,EUR
EOF
cat >funnel.yaml <<'EOF'
stages:
  - { name: Offer }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
sources:
  - { name: Ads, aliases: [ads] }
  - { name: Mail }
  - { name: Fair }
  - { name: Print }
EOF

# Ads 1/2 + 2/3 = 7/6 of 500 + 600 = 1100 for 350: roas 22/7, 300 each. Mail
# 1/2 + 1/3 = 5/6 of 500 + 300 = 800 for 100: 8, 120 each. Print 0 of 80, Fair
# 1 of 600, Radio 1 of 400 for 40: 10, 40 each; d5 is (none). All five: 3200
# for 350 + 100 + 80 + 40 = 570, 114 each.
money --spend spend.csv -m "$own"

# January: Ads 1/2 of 500 for 200.2: 2.4975.., 400.4; Mail 1/2 of 500. February:
# Ads 2/3 of 600 for 149.8: 4.00534.., 224.7; Mail 1/3 of 300 for 50: 6, 150.
# The quarter and the row without a month are Mail's 50 of no month.
money --spend spend.csv --period month -m "$own"

# Of the quarter only the row without a month is outside: Mail 70, 8 / 0.7,
# 70 / (5/6) = 84.
money --spend spend.csv --period quarter -m "$own"

# In February only, without the rows that it does not hold; credit to the last:
# Mail 1 of 900 for 50: 18, Ads nothing for 149.8.
money --spend spend.csv --from 2026-02-01 --to 2026-03-01 --model last \
	-m "$own"

# Who won came past Offer, d6 not, so far as is known: the same credit, and the
# price of a win is what it was.
conversion=Offer
money --spend spend.csv -m spend,conversions,cost_per_conversion,cac
conversion=won

# Google Ads, the total not counted: Brand 100.5 + 100.5, for 1/2 + 1/3 of 500
# + 300: 800 / 201, 241.2; Spring 1,020 for 1/3 of 300; nobody paid for News;
# Summer only cost. Touches and costs without a campaign are (unmapped).
cat >google.csv <<'EOF'
Campaign report
"January 1, 2026 - February 28, 2026"
Day,Campaign,Currency code,Cost,Impr.
2026-01-02,Brand,EUR,100.50,88
2026-01-02,Brand,EUR,100.50,88
2026-02-03,Spring,EUR,"1,020.00","10,500"
2026-02-03,Summer,EUR,15,1
Total: Account,--,EUR,"1,236.00","10,677"
EOF
money --spend google.csv --key campaign -m "$own"

# Costs in another currency, and in two: no roas; and no sums.
sed 's/EUR/USD/' google.csv >dollars.csv
money --spend dollars.csv --key campaign -m "$own"
money --spend dollars.csv --spend google.csv --key campaign -m "$own"

notes()
{
	funnel-attribution -q -f md -d funnel.yaml --report money \
		--touches touches.csv --conversion won "$@" deals.csv |
		grep -E '^- (model|spend)'
}
# 350 + 100 + 80 + 40 = 570; of February 149.8 + 50 + 80 + 40 = 319.8, not of
# it the two of January and the two without a month.
notes --spend spend.csv --period month
notes --spend spend.csv --from 2026-02-01 --to 2026-03-01
notes --spend dollars.csv --key campaign
# A network's report has no column for its channel, and nobody agreed on this.
notes --spend google.csv
notes --spend dollars.csv --spend google.csv --key campaign

# The same bytes, however the rows come.
(head -n 1 spend.csv; tail -n +2 spend.csv | sort -r) >spend2.csv
money --spend spend.csv --period month >one
money --spend spend2.csv --period month >other
cmp one other

# The first model of the definitions, and what is refused.
printf 'attribution:\n  models: [first, last]\n' >>funnel.yaml
money --spend spend.csv -m conversions
money --spend spend.csv --model first,last
money --spend spend.csv --by currency
money
money --spend deals.csv
report=credit
money --spend spend.csv
