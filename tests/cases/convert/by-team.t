# Raw sources become the agreed ones, and the team that owns them; what the
# definitions do not list stands as it is and belongs to no team, and the
# notes name it. By hand.
cat >deals.csv <<'EOF'
id,stage,Lead Source
a,Won,google_ads
b,Lost,Paid Search
c,Won,PAID_SEARCH
d,Open,SDR
e,Open,Carrier Pigeon
f,Won,
EOF
cat >agreed.yaml <<'EOF'
stages: [{ name: Open }, { name: Won, outcome: won },
  { name: Lost, outcome: lost }]
sources:
  - { name: Paid Search, team: marketing, aliases: [google_ads] }
  - { name: Outbound, team: sales, aliases: [SDR] }
EOF
for column in source team; do
	funnel-convert -f csv -d agreed.yaml --report outcomes --by $column \
		-m records,won deals.csv
done
funnel-convert -f csv -d agreed.yaml --report outcomes -m records \
	--where team=marketing deals.csv
funnel-convert -f table -d agreed.yaml --report outcomes --by source \
	-m records deals.csv | grep unmapped
