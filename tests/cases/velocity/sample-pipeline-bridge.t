# The bridge of the pipeline sample, against its oracles: every week, every
# month by source, the quarters of India, and what is due by month. Each closes:
# the line `difference` is 0.
# Source: samples/oracle/pipeline-{week,month-by-source,quarter-india,due}.csv
# (case `oracle`).
report()
{
	funnel-velocity -q -f csv --report week "$@" samples/pipeline-deals.csv \
		samples/pipeline-history.csv || exit
}
columns=deals,value,moves,unvalued

report --period week -m $columns | diff samples/oracle/pipeline-week.csv -
# Of the deals that went back the oracle knows by week only: over more time a
# deal can go back and come up again, see samples/README.md.
report --period month --by source -m $columns | grep -v ,regressed, |
	diff samples/oracle/pipeline-month-by-source.csv -
report --period quarter --tz Asia/Kolkata -m $columns |
	grep -v ,regressed, | diff samples/oracle/pipeline-quarter-india.csv -
# What stands beside the bridge is the same in both.
report --period month --bridge close-date -m deals,value,unvalued |
	grep -v -E ',(advanced|regressed|close date (later|sooner)|slipped),' |
	diff samples/oracle/pipeline-due.csv -
