# The options of funnel-sla on the worked sample. Source: the tables of
# samples/README.md ("Promises by hand"), counted again for each option.
run()
{
	funnel-sla -q -f csv -d samples/promise.yaml \
		--as-of 2026-03-13T12:00:00Z \
		--activities samples/promise-activities.csv "$@" \
		samples/promise-leads.csv samples/promise-history.csv
	echo "exit $?"
}

# 25 of 33 are 75.8 %; 42 of 51 82.4 %.
run -c follow-up,feedback --fail-below promise -m n
run -c follow-up --fail-below 75% -m n
run -c follow-up --fail-below 0.76 -m n
# A row that is below is named: 4 of 6 before, 12 of 14, 9 of 13 in the week of
# 9 March, where 9 of 13 is 69.2 %.
run -c follow-up --fail-below promise -p week \
	-m met,late,breached,pending,paused,void,bad
run -c follow-up --from 2026-03-02 --to 2026-03-09 \
	-m met,late,breached,pending,paused,void,na,bad
# 12 and 27 are late, too; what they took is no time to a stop.
run -c follow-up --void late -m attained,late,void,elapsed_median
# P25 has an hour left, until Friday 10:00 in New York, 14:00 UTC; P09 has two:
# one on Friday, one on Monday until 10:30 in India, 65 hours from now.
run -c follow-up --report breaches --due 4h -m status,due --where 'Lead Id=P25'
run -c follow-up --report breaches --due 64h -m status,due --where 'Lead Id=P09'
run -c follow-up --report breaches --due 65h -m status,due --where 'Lead Id=P09'
# P24 says `-`.
run -c routing --by source -m met,breached,na
run -c routing --ci cp --confidence 0.9 -m lo,hi | awk -F , -v OFS=, \
	'NR == 2 { $3 = sprintf("%.5f", $3); $4 = sprintf("%.5f", $4) } { print }'
run -c follwo-up
run --report breaches --void late
