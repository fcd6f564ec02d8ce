# When nothing is in the window or passes --where, the stages are there with 0
# entered and no rate (0/0 is empty, never 0 or 1; metrics.md 3.0.10), and the
# outcomes with 0 records. With segments or periods there is no group.
history="$ROOT/tests/data/hand-history.csv"
report()
{
	funnel-convert -f csv --stages Lead,MQL,won:Won,lost:Lost "$history" \
		"$@"
}
report --from 2030-01-01 -m entered,converted,rate,lo,hi,cumulative,leak_share
report --where id=nobody -m entered,rate
report --where id=nobody --report outcomes \
	-m records,won,win_closed,win_closed_lo,win_created,cycle_mean,won_value
report --where id=nobody --by id -m entered
report --from 2030-01-01 --period year -m entered
