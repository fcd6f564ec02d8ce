# Whether the weekly meeting was held (L21): weeks with a meeting, of all that
# are over. By the calendar: two in week 2 (from Monday, 5 January 2026), one
# in week 3 that belongs to no lead, none in week 4, one in week 5; of week 6
# three of seven days are over. So 3 of 4 weeks. Objections (L09): one each in
# weeks 3, 4 and 6, none in 5.
cat >agreed.yaml <<'END'
stages:
  - { name: MQL, owner: marketing }
  - { name: SAL, owner: sales }
sla:
  - { name: meeting, owner: both, count: "touch:meeting", per: week, at_least: 1, promise: 90% }
  - { name: objections, owner: sales, count: objection, per: week, at_least: 1 }
END
cat >leads.csv <<'END'
id,created,stage,Region
1,2026-01-01,MQL,north
2,2026-01-01,SAL,south
END
cat >log.csv <<'END'
id,date,type
1,2026-01-06,meeting
1,2026-01-07,Meeting
,2026-01-15,meeting
2,2026-01-15,objection
2,2026-01-20,objection
2,2026-01-28,meeting
1,2026-02-03,objection
2,2026-02-04,call
END
sla()
{
	funnel-sla -q -f csv -d agreed.yaml --activities log.csv "$@" leads.csv \
		2>/dev/null
}
sla -r volume -m counted,attained,due,status
sla -m attained,verdict,n,met,breached,pending
# Of the three weeks of a window.
sla -c meeting --from 2026-01-12 --to 2026-02-02 -m attained,n
# The meeting of week 3 was not known yet, and week 3 runs.
sla -c meeting -r volume --as-of 2026-01-14 -m counted,status
# Nobody's meeting is of no segment, and of no selected record.
sla -c meeting -r volume --by Region --to 2026-01-19 -m counted
sla -c meeting -r volume --where Region=north --to 2026-01-26 -m counted
# Which objections were the most frequent: a column of the records.
cat >objections.csv <<'END'
id,created,stage,objection
1,2026-01-15,SAL,price
2,2026-01-16,SAL,no budget
3,2026-01-16,SAL,price
4,2026-01-17,SAL,timing
END
funnel-convert -q -f csv -d agreed.yaml -r vocabulary --by objection \
	-m text,n objections.csv | grep '^objection'
