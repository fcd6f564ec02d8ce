# What nobody can know is neither kept nor missed, and is said: a cell that is
# no date (B), a record without the date that is counted (B), a condition that
# none fits, files that do not tell sales and robots apart. By hand: A stopped
# after 2 hours, B nobody knows when, C not, D never started.
cat >leads.csv <<'END'
Id,Region,MQL,Fulfilled,Created Date
A,South,2026-03-02T10:00:00Z,2026-03-02T12:00:00Z,2026-03-01T12:00:00Z
B,South,2026-03-02T10:00:00Z,soon,
C,South,2026-03-02T10:00:00Z,,2026-03-01T12:00:00Z
D,South,,,2026-03-09T12:00:00Z
END
cat >calls.csv <<'END'
id,date,type
A,2026-03-03T12:00:00Z,call
END
cat >funnel.yaml <<'END'
stages: [{ name: MQL }, { name: Won, outcome: won }]
columns: [{ stage: MQL, column: MQL }]
sla:
  - { name: request, start: MQL, stop: "column:Fulfilled", within: 24h }
  - { name: north, start: MQL, stop: sales touch, within: 24h,
      where: [Region=North] }
  - { name: created, count: created, at_least: 1, per: month }
sales_touches:
  by: { column: Team, any_of: [Sales] }
  automated: { column: Robot }
END
funnel-sla -f table -d funnel.yaml --activities calls.csv \
	-m met,breached,na,bad,volume leads.csv |
	grep -Ev '^(as_of|definitions|input|wide_dates|commitment|$)'
funnel-sla -q -f table -d funnel.yaml --activities calls.csv -c request \
	--report breaches -m status,late_by,why leads.csv | sed '/^as_of/,$d'
