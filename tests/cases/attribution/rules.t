# Which touches count, and how those that do not are told (metrics.md 3.3.1,
# R19, R49). Expected by hand, in the comments.
attribute()
{
	funnel-attribution -f csv --conversion won "$@"
	echo "exit $?"
}
cat >deals.csv <<'END'
id,created,close date,outcome,stage,amount
d1,2026-01-01,2026-02-20,won,Won,100
d2,2026-01-05,2026-02-10,won,Won,300
d3,2026-01-06,2026-02-11,lost,Lost,50
d4,2026-01-07,2026-02-20,won,Won,
d5,2026-01-07,,open,Offer,70
END
# d1: three touches within 10 days of the close, the first exactly 10 before,
# and one 11 days before; one on the day of the close, one after it. d2: one by
# a source that nobody agreed on. d3 is a null, d4 has no touch, d5 is open,
# x9 is no record.
cat >touches.csv <<'END'
deal id,date,channel
d1,2026-02-09,Fair
d1,2026-02-10,ads
d1,2026-02-15,Mail
d1,2026-02-20,Ads
d1,2026-02-21,Mail
d2,2026-02-01,Radio
d3,2026-02-01,Mail
d5,2026-02-01,Mail
x9,2026-02-01,Mail
END
cat >funnel.yaml <<'END'
stages:
  - { name: Offer }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
sources:
  - { name: Ads, aliases: [ads] }
  - { name: Mail }
  - { name: Fair }
END
# Without a look-back Fair 1/4, Ads 2/4, Mail 1/4; within 10 days Ads 2/3, Mail
# 1/3. Radio is (unmapped), d4 (none).
attribute -d funnel.yaml --touches touches.csv --model linear \
	-m linear,linear_value deals.csv
attribute -q -d funnel.yaml --touches touches.csv --model linear \
	--lookback 10d -m linear,linear_value deals.csv
# Without agreed sources every spelling is a channel.
attribute -q --stages Offer,won:Won,lost:Lost --touches touches.csv \
	--model first -m first deals.csv
# Transforms, in order: of Fair Ads Mail Ads the last two stay; then one of
# each.
attribute -q -d funnel.yaml --touches touches.csv --model first \
	--transform trim:2 -m first deals.csv
attribute -q -d funnel.yaml --touches touches.csv --report paths \
	--transform first -m conversions deals.csv
funnel-attribution -q -f md -d funnel.yaml --touches touches.csv \
	--conversion won --model linear --lookback 10d deals.csv |
	grep -E '^- (conv|without|null|open|after|beyond|unmapped|unj|unv|touch)'

# The same bytes, however the rows come.
(head -n 1 deals.csv; tail -n +2 deals.csv | sort -r) >deals2.csv
(head -n 1 touches.csv; tail -n +2 touches.csv | sort -r) >touches2.csv
funnel-attribution -q -d funnel.yaml --touches touches.csv --bootstrap 50 \
	--conversion won -f csv deals.csv >one
funnel-attribution -q -d funnel.yaml --touches touches2.csv --bootstrap 50 \
	--conversion won -f csv deals2.csv >other
cmp one other

for options in '--model lineer' '--model linear,linear' '--report credits' \
	'--paths 3' '--conversion Lost' '--transform trim' '--order 11' \
	'--lookback 3' '--key color' '--join by' '--bootstrap x' \
	'--report order --bootstrap 5'; do
	# shellcheck disable=SC2086 # options are words
	funnel-attribution -q -f csv --touches touches.csv $options deals.csv
	echo "exit $?"
done
attribute -q deals.csv
