# Wrong plans: 2, one error that says what was read and what to write.
cat >agreed.yaml <<'END'
currency: INR
stages:
  - { name: SQL }
  - { name: Opportunity, aliases: [Deal] }
  - { name: Offer }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
targets: [{ period: 2026, revenue: 100 }]
END
cat >deals.csv <<'END'
id,stage,created,close date,amount,currency
a,Won,2026-01-01,2026-02-01,10,USD
END
try()
{
	funnel-velocity -q --report plan -d agreed.yaml "$@" deals.csv
	echo "$*: $?"
}
for option in --target=abc --target=0 --target=-5 --target= --target=1.234,5 \
	--until=soon --until=2026-02-30 --until=2026-06-30T12:00:00 \
	--assume=22% --assume==22% --assume=Opportunity= --assume=Oportunity=5% \
	--assume=Opportunity=22 --assume=Opportunity=0 --assume=Opportunity=0.0% \
	--assume=Opportunity=101% --assume=Opportunity=3:5 \
	--assume=Opportunity=5:0 --assume=Opportunity=22,5% \
	--assume=Opportunity=0.1234567891 --assume=Opportunity=1:2:3 \
	--assume=Won=50% --assume=Lost=50% --assume=amount=many \
	--assume=amount=0 --period=month --draws=5 --by=nobody; do
	try "$option"
done
try --assume Deal=50% --assume opportunity=40%
try --assume amount=5 --assume amount=6
try --assume win=50% --assume win=40%
try --assume win=50% --assume Offer=40%
try --until 2026-01-31
# The target is in INR, the only deal in USD.
try
try --target 'EUR 100'
try --target 'USD 5' -m need
funnel-velocity -q --report plan --stages Lead,Opportunity,lost:Lost \
	--target 5 deals.csv
echo "no won stage: $?"
funnel-velocity -q --report plan --stages SQL,won:Won --target 5 \
	--assume win=20% deals.csv
echo "no opportunity: $?"
printf 'id,stage\na,Won\n' >deals.csv
try --target 5
