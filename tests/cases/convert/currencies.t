# Amounts in two currencies are never added: the sums are empty and a note
# says so; by currency each has its own. A blank amount is unknown and no 0.
# Source: metrics.md 3.0.9; by hand.
cat >deals.csv <<'EOF'
id,stage,created,Amount Currency,Amount
a,Won,2026-01-01,INR,100
b,Won,2026-01-01,EUR,10
c,Won,2026-01-01,INR,50
d,Lost,2026-01-01,INR,50
e,Won,2026-01-01,EUR,
EOF
report()
{
	funnel-convert --stages Open,won:Won,lost:Lost --report outcomes \
		"$@" deals.csv
}
report -f csv -m won,won_value,lost_value,win_value,mean_won_value
report -f csv --by currency \
	-m won,won_value,lost_value,win_value,mean_won_value
report -f table -m won | sed -n 's/^currency *//p'
