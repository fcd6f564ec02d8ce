# Windows-1252, semicolons, decimal commas, days first and German headers,
# read through a definitions file and --map.
# Source: samples/oracle/semicolon-latin1*.csv (case `oracle`).
report()
{
	funnel-convert -q -f csv -d samples/funnel.yaml --report outcomes \
		--map id=Nr --map account=Firma --map stage=Phase \
		--map amount=Betrag --map currency=Währung \
		--map created='Angelegt am' --map close_date='Abschluss am' \
		--map owner=Betreuer --map source=Quelle \
		-m records,won,lost,rejected,recycled,open,win_closed \
		-m win_created "$@" samples/semicolon-latin1.csv >got || exit
	# The oracle prints six digits of 2/3.
	sed 's/0\.6666666666666666/0.666667/' got
}

report | diff samples/oracle/semicolon-latin1.csv -
report --by owner | sed 's/^owner,/segment,/' |
	diff samples/oracle/semicolon-latin1-by-owner.csv -
