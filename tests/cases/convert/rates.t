# Amounts of several currencies are added only at the rates that the
# definitions name: at the rate of the close date, or of the day that --fx
# says. What has no rate in force keeps the sum undefined. By hand:
# a 100 USD closed on 10 February at 84: 8400; b 10 USD closed on 10 January
# at 83: 830; c 500 INR. Won: 8400 + 830 + 500 = 9730. As created (a and b on
# 5 January): 8300 + 830 + 500 = 9630. As of 10 February: 8400 + 840 + 500 =
# 9740. With d, 7 EUR, no sum.
cat >agreed.yaml <<'END'
currency: INR
rates: rates.csv
stages:
  - { name: Open }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
END
cat >rates.csv <<'END'
currency,from,rate
USD,2026-01-01,83
USD,2026-02-01,84
END
cat >deals.csv <<'END'
id,stage,created,close date,amount currency,amount
a,Won,2026-01-05,2026-02-10,USD,100
b,Won,2026-01-05,2026-01-10,USD,10
c,Won,2026-01-05,2026-01-10,INR,500
END
won()
{
	funnel-convert -q -f csv -d agreed.yaml -m won_value,currency "$@" |
		sed 1d
}
won deals.csv
won --fx created deals.csv
won --fx asof deals.csv
echo 'd,Won,2026-01-05,2026-01-10,EUR,7' >>deals.csv
won deals.csv
funnel-convert -q -f md -d agreed.yaml deals.csv | grep '^- rates'
sed -i 's/currency: INR/company: X/' agreed.yaml
funnel-convert -f csv -d agreed.yaml deals.csv
echo $?
