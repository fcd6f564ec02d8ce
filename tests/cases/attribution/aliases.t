# Sources that no file spells as agreed: the agreed names get the credit all
# the same. Ads and Radio are 1 of 2 touches each, TV is nobody's.
cat >funnel.yaml <<'EOF'
stages:
  - { name: Offer }
  - { name: Won, outcome: won }
sources:
  - { name: Paid search, aliases: [ads] }
  - { name: Broadcast, aliases: [radio] }
EOF
printf 'id,created,close date,outcome,stage,amount\n%s\n%s\n' \
	d1,2026-01-01,2026-02-20,won,Won,100 \
	d2,2026-01-01,2026-02-20,won,Won,300 >deals.csv
printf 'deal id,date,channel\n%s\n%s\n%s\n' d1,2026-02-09,ads \
	d1,2026-02-10,Radio d2,2026-02-10,TV >touches.csv
funnel-attribution -q -f csv -d funnel.yaml --touches touches.csv \
	--conversion won --model linear -m linear,linear_value deals.csv
