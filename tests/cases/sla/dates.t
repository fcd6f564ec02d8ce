# Activities whose only date has no time (the default report of Salesforce):
# 24 hours cannot be measured, and the case is bad, until a column with the time
# is named or there is CompletedDateTime; days can be. By hand: MQL on 3 March
# at 10:00, the call at 12:00 of that day, 2 hours; a task that is still to be
# done is none.
cat >leads.csv <<'END'
Id,MQL
A,2026-03-03T10:00:00Z
B,2026-03-03T10:00:00Z
END
cat >report.csv <<'END'
Activity ID,Subject,Date,Status,Task Subtype,Lead ID,Assigned,Done at
T-1,First call,2026-03-03,Completed,Call,A,Tara,2026-03-03T12:00:00Z
T-2,First call,2026-03-03,Not Started,Call,B,Tara,
END
sed 's/Done at/CompletedDateTime/' report.csv >api.csv
cat >funnel.yaml <<'END'
stages: [{ name: MQL }, { name: Won, outcome: won }]
columns: [{ stage: MQL, column: MQL }]
sla:
  - { name: hours, start: MQL, stop: sales touch, within: 24h }
  - { name: days, start: MQL, stop: sales touch, within: 1d }
END
judge()
{
	funnel-sla -q -d funnel.yaml --as-of 2026-03-06 \
		-m met,late,breached,bad,elapsed_median "$@" leads.csv
}
judge --activities report.csv
judge --activities report.csv --map 'touch.date=Done at'
judge --activities api.csv
