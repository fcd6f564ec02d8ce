# What a forecast cannot take.
echo 'id,stage,created
a,Proposal,2026-02-01' >deals.csv
forecast()
{
	funnel-velocity --report forecast --stages Proposal,won:Won "$@" \
		deals.csv
	echo $?
}
forecast --period month
forecast --to 2026-03-31
forecast --until 2026-01-31
forecast --until 2026-03-31T10:00
forecast --until soon
forecast --rho 1
forecast --rho -1
forecast --draws 0
forecast --draws 10000001
forecast --trailing 0d
forecast --stall-q 0.9
forecast --backtest --by owner
forecast --backtest --until 2026-03-31
echo 'id,stage
a,Proposal' >deals.csv
forecast
